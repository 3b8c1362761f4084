#include "desk/desk_testing.h"

#include <stdio.h>
#include <stdlib.h>

/* The family of the town: she has been counselled and wants to return. */
static struct town *town_of_a_family(void)
{
	struct town *t = calloc(1, sizeof(*t));

	CHECK(t != NULL);
	town_make(t, 1);
	town_registers_family(t);
	town_counsels(t, "@zarmina");
	town_chooses(t, "@zarmina", "return");
	return t;
}

static void town_free(struct town *t)
{
	town_end(t);
	free(t);
}

/* What an account of `role` is shown of "@zarmina"; the clerk keeps it. */
static const json_t *shows(struct town *t, struct clerk *c, int64_t role, enum words_language l)
{
	struct id id = town_id(t, "@zarmina");

	clerk_begin(c, t, role, l);
	return clerk_gets(c, desk_person(&c->desk, &id, clerk_asks(c)), SHAPE_PERSON);
}

/* --- a person ------------------------------------------------------------------------ */

TEST(a_counsellor_sees_who_she_is_and_what_she_chose)
{
	struct town *t = town_of_a_family();
	struct clerk c;
	const json_t *j = shows(t, &c, ROLE_COUNSELLOR, WORDS_EN);

	CHECK_TEXT(json_text_at(j, "name"), "Zarmina (زرمینه)");
	CHECK_TEXT(json_text_at(j, "names/given"), "زرمینه");
	CHECK_TEXT(json_text_at(j, "sex"), "female");
	CHECK_TEXT(json_text_at(j, "born_from"), "1990-01-01");
	CHECK_TEXT(json_text_at(j, "born_to"), "1990-12-31");
	CHECK(json_is_false(json_at(j, "child")));
	CHECK_TEXT(json_text_at(j, "status"), "return");
	CHECK_TEXT(json_text_at(j, "choice/answer"), "return");
	CHECK_TEXT(json_text_at(j, "choice/destination/code"), "AF06");
	CHECK_TEXT(json_text_at(j, "choice/destination/within"), "Afghanistan");
	CHECK_TEXT(json_text_at(j, "destination/level"), "province");
	CHECK_INT(json_integer_value(json_at(j, "member")), 1);
	CHECK(json_at(j, "counselled") != NULL);
	CHECK(json_is_false(json_at(j, "review_due")));
	/* What is protected further stays with protection staff. */
	CHECK(!json_at(j, "incidents") && !json_at(j, "complaints") && !json_at(j, "paid_parts"));
	clerk_end(&c);
	town_free(t);
}

TEST(whoever_registers_sees_nothing_of_a_choice)
{
	static const char *const hidden[] = { "choice",	    "counselled", "withdrawn", "holds",
					      "review_due", "incidents",  "detained",  "broken",
					      "seat",	    "departed" };
	struct town *t = town_of_a_family();
	struct clerk c;
	const json_t *j = shows(t, &c, ROLE_REGISTRATION, WORDS_EN);

	CHECK_TEXT(json_text_at(j, "status"), "registered");
	for (size_t i = 0; i < COUNT_OF(hidden); i++)
		CHECK(!json_at(j, hidden[i]));
	CHECK_TEXT(json_text_at(j, "name"), "Zarmina (زرمینه)");
	CHECK(json_at(j, "paid_parts") != NULL);
	clerk_end(&c);
	town_free(t);
}

TEST(an_auditor_sees_what_was_done_and_no_name_and_no_paper)
{
	struct town *t = town_of_a_family();
	struct clerk c;
	const json_t *j = shows(t, &c, ROLE_AUDITOR, WORDS_EN);

	CHECK_TEXT(json_text_at(j, "name"), json_text_at(j, "alias"));
	CHECK_TEXT(json_text_at(j, "choice/answer"), "return");
	CHECK(!json_at(j, "names") && !json_at(j, "papers"));
	CHECK(!json_mentions(j, "Zarmina") && !json_mentions(j, "زرمینه"));
	clerk_end(&c);
	town_free(t);
}

TEST(a_file_is_closed_to_whoever_has_no_business_with_it)
{
	static const int64_t roles[] = { ROLE_CASHIER, ROLE_MOVEMENT, ROLE_BORDER,
					 ROLE_STATISTICIAN, ROLE_ADMINISTRATOR };
	struct town *t = town_of_a_family();
	struct id id = town_id(t, "@zarmina"), household = town_id(t, "@household");

	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		struct clerk c;

		clerk_begin(&c, t, roles[i], WORDS_EN);
		clerk_is_refused(&c, desk_person(&c.desk, &id, clerk_asks(&c)), ERR_DENIED,
				 "deed.denied");
		clerk_is_refused(&c, desk_household(&c.desk, &household, clerk_asks(&c)),
				 ERR_DENIED, "deed.denied");
		clerk_end(&c);
	}
	town_free(t);
}

TEST(a_reader_of_pashto_is_given_the_name_in_its_own_script_first)
{
	struct town *t = town_of_a_family();
	struct clerk c;
	const json_t *j = shows(t, &c, ROLE_COUNSELLOR, WORDS_PS);

	CHECK_TEXT(json_text_at(j, "name"), "زرمینه (Zarmina)");
	CHECK_TEXT(json_text_at(j, "destination/name"), "ننګرهار");
	clerk_end(&c);
	town_free(t);
}

TEST(a_withdrawal_and_a_hold_stand_in_the_file)
{
	struct town *t = town_of_a_family();
	struct clerk c;
	const json_t *j;

	town_records(t, ROLE_BORDER,
		     "{\"kind\": \"choice.withdrawn\", \"subject\": \"@zarmina\", \"channel\": "
		     "\"gate\"}");
	town_records(t, ROLE_CASHIER,
		     "{\"kind\": \"hold.placed\", \"subject\": \"@zarmina\", \"reason\": "
		     "\"protection\"}");
	j = shows(t, &c, ROLE_LEGAL_AID, WORDS_EN);
	CHECK_TEXT(json_text_at(j, "status"), "withdrawn");
	CHECK(json_at(j, "withdrawn") != NULL && !json_at(j, "choice/answer"));
	CHECK_INT(json_integer_value(json_at(j, "holds")), 1);
	clerk_end(&c);
	town_free(t);
}

TEST(nobody_is_shown_under_an_id_that_nobody_has)
{
	struct town *t = town_of_a_family();
	struct id nobody = { { 1, 2, 3 } };
	struct clerk c;

	clerk_begin(&c, t, ROLE_PROTECTION, WORDS_EN);
	clerk_is_refused(&c, desk_person(&c.desk, &nobody, clerk_asks(&c)), ERR_NOT_FOUND,
			 "desk.no-person");
	clerk_is_refused(&c, desk_household(&c.desk, &nobody, clerk_asks(&c)), ERR_NOT_FOUND,
			 "desk.no-household");
	clerk_is_refused(&c, desk_ready(&c.desk, &nobody, TEXT(""), clerk_asks(&c)), ERR_NOT_FOUND,
			 "desk.no-person");
	clerk_end(&c);
	town_free(t);
}

/* --- a household ---------------------------------------------------------------------- */

TEST(a_household_shows_its_members_in_the_order_in_which_they_came)
{
	struct town *t = town_of_a_family();
	struct id household = town_id(t, "@household");
	const json_t *j;
	struct clerk c;

	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	j = clerk_gets(&c, desk_household(&c.desk, &household, clerk_asks(&c)), SHAPE_HOUSEHOLD);
	CHECK_INT(json_array_size(json_at(j, "people")), 3);
	CHECK_TEXT(json_text_at(j, "people/0/names/given_latin"), "Zarmina");
	CHECK_TEXT(json_text_at(j, "people/1/names/given_latin"), "Habib");
	CHECK_TEXT(json_text_at(j, "people/1/papers/0/number"), "00000-1234567-8");
	CHECK_TEXT(json_text_at(j, "people/2/names/given_latin"), "Lal");
	CHECK(json_is_true(json_at(j, "people/2/child")));
	CHECK_TEXT(json_text_at(j, "residence/code"), "PK5");
	CHECK(*json_text_at(j, "case_number"));
	clerk_end(&c);
	town_free(t);
}

TEST(an_auditor_is_not_told_the_case_number)
{
	struct town *t = town_of_a_family();
	struct id household = town_id(t, "@household");
	const json_t *j;
	struct clerk c;

	clerk_begin(&c, t, ROLE_AUDITOR, WORDS_EN);
	j = clerk_gets(&c, desk_household(&c.desk, &household, clerk_asks(&c)), SHAPE_HOUSEHOLD);
	CHECK(!json_at(j, "case_number"));
	CHECK(!json_mentions(j, "PSH-"));
	CHECK_TEXT(json_text_at(j, "residence/code"), "PK5");
	clerk_end(&c);
	town_free(t);
}

/* --- whose file ---------------------------------------------------------------------------- */

TEST(a_file_is_named_by_case_number_by_paper_and_by_id)
{
	struct town *t = town_of_a_family();
	struct id wanted = town_id(t, "@household"), habib = town_id(t, "@habib");
	struct id household, person;
	char number[CASE_NUMBER_MAX + 4], hex[ID_HEX_SIZE + 1];
	struct clerk c;

	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	snprintf(number, sizeof(number), "%s",
		 json_text_at(clerk_gets(&c, desk_household(&c.desk, &wanted, clerk_asks(&c)),
					 SHAPE_HOUSEHOLD),
			      "case_number"));
	CHECK_INT(desk_whose(&c.desk, text_of(number), &household, &person), OK);
	CHECK(id_same(&household, &wanted) && id_is_none(&person));
	strcat(number, "/۲");
	CHECK_INT(desk_whose(&c.desk, text_of(number), &household, &person), OK);
	CHECK(id_same(&household, &wanted) && id_same(&person, &habib));
	CHECK_INT(desk_whose(&c.desk, TEXT("00000-1234567-8"), &household, &person), OK);
	CHECK(id_same(&person, &habib));
	hex_write(hex, bytes_of(habib.at, ID_SIZE));
	CHECK_INT(desk_whose(&c.desk, text_of(hex), &household, &person), OK);
	CHECK(id_same(&person, &habib));
	hex_write(hex, bytes_of(t->as[ROLE_BORDER].account.at, ID_SIZE));
	CHECK_FAULT(desk_whose(&c.desk, text_of(hex), &household, &person), ERR_NOT_FOUND,
		    &c.desk.fault, "name.unknown");
	clerk_end(&c);
	town_free(t);
}

/* --- readiness -------------------------------------------------------------------------- */

static const json_t *rule_in(const json_t *readiness, const char *id)
{
	size_t at;
	json_t *rule;

	json_array_foreach(json_object_get(readiness, "rules"), at, rule)
		if (!strcmp(json_text_at(rule, "rule"), id))
			return rule;
	return NULL;
}

TEST(each_rule_says_whether_it_is_met_and_what_to_do_next)
{
	struct town *t = town_of_a_family();
	struct id id = town_id(t, "@zarmina");
	const json_t *j;
	struct clerk c;

	clerk_begin(&c, t, ROLE_MOVEMENT, WORDS_UR);
	j = clerk_gets(&c, desk_ready(&c.desk, &id, TEXT(""), clerk_asks(&c)), SHAPE_READINESS);
	CHECK_TEXT(json_text_at(j, "for"), "departure.recorded");
	CHECK(json_is_false(json_at(j, "ready")));
	CHECK_TEXT(json_text_at(rule_in(j, "INFORMED"), "outcome"), "met");
	CHECK(!json_at(rule_in(j, "INFORMED"), "why"));
	CHECK_TEXT(json_text_at(rule_in(j, "TIME_TO_THINK"), "outcome"), "missing");
	CHECK(*json_text_at(rule_in(j, "TIME_TO_THINK"), "not_before"));
	CHECK(*json_text_at(rule_in(j, "TIME_TO_THINK"), "next"));
	CHECK(!json_mentions(j, "Zarmina"));
	clerk_is_refused(&c, desk_ready(&c.desk, &id, TEXT("lunch"), clerk_asks(&c)), ERR_INPUT,
			 "desk.ready-for-what");
	clerk_end(&c);
	town_free(t);
}

TEST(a_refusal_names_the_rule_its_source_and_the_next_step)
{
	struct town *t = town_of_a_family();
	const json_t *j;
	struct clerk c;

	town_plans_bus(t, 48 * HOUR, 4);
	CHECK_INT(town_propose(t, ROLE_MOVEMENT,
			       "{\"kind\": \"departure.recorded\", \"subject\": \"@zarmina\","
			       " \"movement\": \"@bus\"}"),
		  OK);
	clerk_begin(&c, t, ROLE_MOVEMENT, WORDS_EN);
	clerk_asks(&c);
	json_object_begin(&c.writer);
	json_key(&c.writer, "type");
	json_text(&c.writer, TEXT("about:blank"));
	json_key(&c.writer, "title");
	json_text(&c.writer, TEXT("Unprocessable Content"));
	json_key(&c.writer, "status");
	json_int(&c.writer, 422);
	json_key(&c.writer, "detail");
	json_text(&c.writer, TEXT("refused"));
	json_key(&c.writer, "key");
	json_text(&c.writer, TEXT("facts.refused"));
	json_key(&c.writer, "refused");
	desk_refusals(&c.desk, t->answer.verdicts, &c.writer);
	json_object_end(&c.writer);
	j = clerk_gets(&c, OK, SHAPE_PROBLEM);
	CHECK(json_array_size(json_at(j, "refused")) >= 2);
	CHECK(strstr(json_text_at(j, "refused/0/source"), "UNHCR") != NULL);
	CHECK(*json_text_at(j, "refused/0/next"));
	clerk_end(&c);
	town_free(t);
}

RUN_TESTS()
