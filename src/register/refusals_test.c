/*
 * Refusals of the register, each by its own key: whoever reads the sentence knows what
 * to do instead.  Nothing is recorded by any of them.
 */
#include <stdio.h>

#include "register/town_testing.h"

static uint64_t facts_there(struct town *t)
{
	struct reg_status status;

	CHECK_INT(reg_status(t->reg, &status, &t->fault), OK);
	return status.facts;
}

/* A family, a bus, one that was cancelled, a cashier who has left, a child erased. */
static void town_with_history(struct town *t)
{
	town_make(t, 1);
	town_registers_family(t);
	town_plans_bus(t, 26 * HOUR, 3);
	town_records(t, ROLE_MOVEMENT,
		     "{\"kind\": \"movement.planned\", \"subject\": \"@off\", \"departs\":"
		     " \"2026-12-01T08:00:00+05:00\", \"from\": \"VRC-AZAKHEL\","
		     " \"crossing\": \"XP-TORKHAM\", \"seats\": 2}");
	town_records(t, ROLE_MOVEMENT, "{\"kind\": \"movement.cancelled\", \"subject\": \"@off\"}");
	CHECK_INT(reg_account_close(t->reg, &t->as[ROLE_ADMINISTRATOR],
				    text_of(town_account(ROLE_CASHIER)), &t->fault),
		  OK);
	town_records(t, ROLE_PROTECTION,
		     "{\"kind\": \"person.erased\", \"subject\": \"@lal\","
		     " \"reason\": \"person-asked\"}");
}

static const struct {
	int64_t role;
	const char *json, *key;
} refusals[] = {
	{ ROLE_REGISTRATION,
	  "{\"kind\": \"person.moved\", \"subject\": \"@zarmina\", \"household\":"
	  " \"@household\", \"own_choice\": true}",
	  "household.already-there" },
	{ ROLE_REGISTRATION,
	  "{\"kind\": \"person.same-as\", \"subject\": \"@zarmina\", \"other\": \"@lal\"}",
	  "reference.erased" },
	{ ROLE_REGISTRATION,
	  "{\"kind\": \"choice.withdrawn\", \"subject\": \"@lal\", \"channel\": \"phone\"}",
	  "subject.erased" },
	{ ROLE_MOVEMENT,
	  "{\"kind\": \"seat.released\", \"subject\": \"@zarmina\", \"reason\":"
	  " \"person-asked\"}",
	  "seat.has-none" },
	{ ROLE_MOVEMENT, "{\"kind\": \"movement.cancelled\", \"subject\": \"@off\"}",
	  "movement.cancelled" },
	{ ROLE_MOVEMENT,
	  "{\"kind\": \"departure.recorded\", \"subject\": \"@zarmina\", \"movement\": \"@off\"}",
	  "movement.cancelled" },
};

TEST(each_refusal_has_its_key_and_records_nothing)
{
	struct town t;

	town_with_history(&t);
	for (size_t i = 0; i < COUNT_OF(refusals); i++) {
		uint64_t before = facts_there(&t);

		CHECK_FAULT(town_propose(&t, refusals[i].role, refusals[i].json), ERR_INPUT,
			    &t.fault, refusals[i].key);
		CHECK_INT(facts_there(&t), before);
	}
	town_end(&t);
}

/* Protection annuls the fact, with this account as the second person. */
static enum err annuls(struct town *t, const char *fact, const struct id *second)
{
	char hex[ID_HEX_SIZE + 1];

	hex_write(hex, bytes_of(second->at, ID_SIZE));
	return town_propose_of(t, ROLE_PROTECTION,
			       "{\"kind\": \"fact.annulled\", \"subject\": \"@zarmina\", \"fact\":"
			       " \"%s\", \"reason\": \"wrong-person\", \"second\": \"%s\"}",
			       fact, hex);
}

TEST(the_second_person_of_an_annulment_is_another_one_who_works_here)
{
	char pressure[FACT_REF_TEXT_SIZE];
	struct town t;

	town_with_history(&t);
	town_records(&t, ROLE_PROTECTION,
		     "{\"kind\": \"pressure.reported\", \"subject\": \"@zarmina\", \"sort\":"
		     " \"threat\", \"reporter\": \"person\"}");
	fact_ref_write(pressure, &t.answer.refs[0]);
	CHECK_FAULT(annuls(&t, pressure, &t.as[ROLE_PROTECTION].account), ERR_INPUT, &t.fault,
		    "second.same-officer");
	CHECK_FAULT(annuls(&t, pressure, &t.as[ROLE_CASHIER].account), ERR_INPUT, &t.fault,
		    "second.closed");
	CHECK_INT(annuls(&t, pressure, &t.as[ROLE_REGISTRATION].account), OK);
	town_end(&t);
}

TEST(a_household_takes_as_many_members_as_a_member_s_number_can_name)
{
	struct town t;

	town_make(&t, 2);
	town_records(&t, ROLE_REGISTRATION,
		     "{\"kind\": \"household.registered\", \"subject\": \"@h\", \"residence\": "
		     "\"PK5\"}");
	for (size_t i = 0; i <= MEMBERS_MAX; i++) {
		enum err e = town_propose_of(
			&t, ROLE_REGISTRATION,
			"{\"kind\": \"person.registered\", \"subject\": \"@p%zu\", \"household\":"
			" \"@h\", \"given_latin\": \"Gul\", \"sex\": \"female\", \"birth_year\": "
			"1990,"
			" \"group\": \"por\"}",
			i);

		CHECK_INT(e, i < MEMBERS_MAX ? OK : ERR_INPUT);
	}
	CHECK_TEXT(t.fault.key, "household.full");
	town_end(&t);
}

static enum err resolves(struct town *t, enum subject_sort sort, struct text name)
{
	const struct state *s;
	struct id found;
	enum err e;

	CHECK_INT(reg_read_begin(t->reg, &t->as[ROLE_REGISTRATION], DEED_FIND, &s, &t->fault), OK);
	t->fault = (struct fault){ 0 };
	e = reg_resolve(t->reg, s, sort, name, &found, &t->fault);
	reg_read_end(t->reg);
	return e;
}

TEST(a_name_that_names_nobody_or_something_else_is_told_as_that)
{
	static const struct {
		enum subject_sort sort;
		const char *name;
		enum err err;
		const char *key;
	} cases[] = {
		{ SUBJECT_PERSON, "", ERR_INPUT, "name.form" },
		{ SUBJECT_PERSON, "\xff", ERR_INPUT, "name.form" },
		{ SUBJECT_0, "00112233445566778899aabbccddeeff", ERR_NOT_FOUND, "name.unknown" },
		{ SUBJECT_ACCOUNT, "nobody", ERR_NOT_FOUND, "name.unknown" },
		{ SUBJECT_PERSON, "- -", ERR_NOT_FOUND, "name.unknown" },
		{ SUBJECT_HOUSEHOLD, "anything", ERR_NOT_FOUND, "name.unknown" },
	};
	char member[CASE_NUMBER_MAX + 2];
	struct town t;

	town_make(&t, 3);
	town_registers_family(&t);
	snprintf(member, sizeof(member), "%.*s/1", SHOWN(t.answer.case_number));
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		CHECK_FAULT(resolves(&t, cases[i].sort, text_of(cases[i].name)), cases[i].err,
			    &t.fault, cases[i].key);
	CHECK_FAULT(resolves(&t, SUBJECT_HOUSEHOLD, text_of(member)), ERR_INPUT, &t.fault,
		    "name.other-sort");
	town_end(&t);
}

/* The number of its newest household, in `t`, of the two that it has. */
static void second_number(char *out, struct town *t)
{
	for (int i = 1; i <= 2; i++)
		town_records_of(t, ROLE_REGISTRATION,
				"{\"kind\": \"household.registered\", \"subject\": \"@h%d\","
				" \"residence\": \"PK5\"}",
				i);
	snprintf(out, CASE_NUMBER_MAX, "%.*s", SHOWN(t->answer.case_number));
}

TEST(a_good_number_of_no_household_here_is_told_as_that)
{
	char number[CASE_NUMBER_MAX];
	struct town there, here;

	town_make(&there, 5);
	second_number(number, &there);
	town_end(&there);
	town_make(&here, 6);
	CHECK_FAULT(resolves(&here, SUBJECT_HOUSEHOLD, text_of(number)), ERR_NOT_FOUND, &here.fault,
		    "name.no-case");
	town_end(&here);
}

TEST(a_paper_that_two_people_hold_names_neither)
{
	struct town t;

	town_make(&t, 7);
	town_registers_family(&t);
	town_records(&t, ROLE_REGISTRATION,
		     "{\"kind\": \"person.amended\", \"subject\": \"@zarmina\", \"documents\":"
		     " [{\"kind\": \"por\", \"number\": \"00000-1234567-8\"}]}");
	CHECK_FAULT(resolves(&t, SUBJECT_PERSON, TEXT("00000-1234567-8")), ERR_INPUT, &t.fault,
		    "name.not-only-one");
	town_end(&t);
}

TEST(a_login_name_that_is_no_text_is_denied_like_any_other)
{
	struct secret *passphrase = NULL;
	struct session by;
	struct town t;

	town_make(&t, 8);
	CHECK_INT(secret_of(&passphrase, bytes_of("any", 3), &t.fault), OK);
	CHECK_FAULT(reg_login(t.reg, TEXT("\xff"), passphrase, NULL, &by, &t.fault), ERR_DENIED,
		    &t.fault, "login.denied");
	secret_free(passphrase);
	town_end(&t);
}

TEST(a_submission_of_nothing_of_too_much_or_of_no_kind_is_refused)
{
	static struct fact facts[LOG_BATCH_MAX + 1];
	static const struct {
		size_t count;
		enum err err;
		const char *key;
	} cases[] = {
		{ 0, ERR_LIMIT, "submission.size" },
		{ LOG_BATCH_MAX + 1, ERR_LIMIT, "submission.size" },
		{ 1, ERR_INPUT, "kind.unknown" },
	};
	struct submission_answer answer;
	struct town t;

	town_make(&t, 4);
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		CHECK_FAULT(reg_record(t.reg, &t.as[ROLE_REGISTRATION], facts, cases[i].count,
				       t.arena, &answer, &t.fault),
			    cases[i].err, &t.fault, cases[i].key);
	town_end(&t);
}

RUN_TESTS()
