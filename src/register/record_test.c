/*
 * The write door: what may come in, what is told about the rest, and that an array is
 * recorded whole or not at all.
 */
#include <stdio.h>

#include "register/town_testing.h"

/* "@name" of this town must not be there. */
static bool is_unknown(struct town *t, const char *name)
{
	struct id id = town_id(t, name);
	const struct state *s;
	bool unknown;

	CHECK_INT(reg_read_begin(t->reg, &t->as[ROLE_REGISTRATION], DEED_FIND, &s, &t->fault), OK);
	unknown = state_sort_of(s, &id) == SUBJECT_0;
	reg_read_end(t->reg);
	return unknown;
}

static uint64_t facts_there(struct town *t)
{
	struct reg_status status;

	CHECK_INT(reg_status(t->reg, &status, &t->fault), OK);
	return status.facts;
}

static void check_input(struct town *t, int64_t role, const char *json, const char *key)
{
	uint64_t before = facts_there(t);

	CHECK_INT(town_propose(t, role, json), ERR_INPUT);
	CHECK_TEXT(t->fault.key, key);
	CHECK_INT(facts_there(t), before);
}

#define PERSON_OF(subject, household)                                                              \
	"{\"kind\": \"person.registered\", \"subject\": \"" subject                                \
	"\", \"household\": \"" household                                                          \
	"\", \"given_latin\": \"Gul\", \"sex\": \"female\", \"birth_year\": 1990,"                 \
	" \"group\": \"por\"}"
#define WITHDRAWN(subject)                                                                         \
	"{\"kind\": \"choice.withdrawn\", \"subject\": \"" subject "\", \"channel\": \"phone\"}"

TEST(a_family_is_recorded_as_a_whole_and_gets_a_case_number)
{
	struct town t;

	town_make(&t, 1);
	town_registers_family(&t);
	CHECK_INT(t.answer.count, 4);
	CHECK_INT(case_number_check(t.answer.case_number, &t.fault), OK);
	CHECK(!memcmp(t.answer.case_number.at, "PSH-26-00001-", 13));
	CHECK_INT(t.answer.refs[3].seq, t.answer.refs[0].seq + 3);
	CHECK(town_person(&t, "@zarmina").registered);
	town_end(&t);
}

TEST(case_numbers_count_on_also_after_a_restart)
{
	struct town t;

	town_make(&t, 2);
	town_registers_family(&t);
	town_close(&t);
	town_open(&t);
	town_login_all(&t);
	town_records(&t, ROLE_REGISTRATION,
		     "{\"kind\": \"household.registered\", \"subject\": \"@second\","
		     " \"residence\": \"PK5\"}");
	CHECK(!memcmp(t.answer.case_number.at, "PSH-26-00002-", 13));
	town_end(&t);
}

TEST(an_array_with_one_wrong_fact_leaves_nothing)
{
	struct town t;

	town_make(&t, 4);
	check_input(
		&t, ROLE_REGISTRATION,
		"[{\"kind\": \"household.registered\", \"subject\": \"@h\","
		"  \"residence\": \"PK5\"}," PERSON_OF("@p", "@h") "," PERSON_OF("@p", "@h") "]",
		"subject.exists");
	CHECK(is_unknown(&t, "@h"));
	CHECK(is_unknown(&t, "@p"));
	town_end(&t);
}

TEST(subjects_must_be_there_and_of_the_right_sort)
{
	struct town t;

	town_make(&t, 5);
	town_registers_family(&t);
	check_input(&t, ROLE_COUNSELLOR, WITHDRAWN("@nobody"), "subject.unknown");
	check_input(&t, ROLE_COUNSELLOR, WITHDRAWN("@household"), "subject.other-sort");
	check_input(&t, ROLE_REGISTRATION, PERSON_OF("@new", "@nowhere"), "reference.unknown");
	check_input(&t, ROLE_REGISTRATION, PERSON_OF("@new", "@zarmina"), "reference.other-sort");
	check_input(&t, ROLE_REGISTRATION, PERSON_OF("@zarmina", "@household"), "subject.exists");
	town_end(&t);
}

TEST(areas_and_places_must_be_in_the_atlas)
{
	struct town t;

	town_make(&t, 6);
	CHECK_INT(town_propose(&t, ROLE_REGISTRATION,
			       "{\"kind\": \"household.registered\", \"subject\": \"@h\","
			       " \"residence\": \"PK999\"}"),
		  ERR_INPUT);
	check_input(&t, ROLE_MOVEMENT,
		    "{\"kind\": \"movement.planned\", \"subject\": \"@bus\","
		    " \"departs\": \"2026-12-01T08:00:00+05:00\", \"from\": \"VRC-NOWHERE\","
		    " \"crossing\": \"XP-TORKHAM\", \"seats\": 2}",
		    "place.unknown-to-register");
	check_input(&t, ROLE_MOVEMENT,
		    "{\"kind\": \"movement.planned\", \"subject\": \"@bus\","
		    " \"departs\": \"2026-12-01T08:00:00+05:00\", \"from\": \"VRC-AZAKHEL\","
		    " \"crossing\": \"VRC-AZAKHEL\", \"seats\": 2}",
		    "place.no-crossing");
	town_end(&t);
}

TEST(an_area_is_kept_with_its_vintage)
{
	struct household h;
	struct town t;
	const struct state *s;
	struct id id;

	town_make(&t, 7);
	town_registers_family(&t);
	id = town_id(&t, "@household");
	CHECK_INT(reg_read_begin(t.reg, &t.as[ROLE_REGISTRATION], DEED_FIND, &s, &t.fault), OK);
	CHECK(state_household(s, &id, &h));
	CHECK_TEXT(h.residence, "PK5@cod-ab-2022");
	reg_read_end(t.reg);
	town_end(&t);
}

TEST(a_role_records_only_its_own_deeds)
{
	struct town t;

	town_make(&t, 8);
	town_registers_family(&t);
	CHECK_INT(town_propose(&t, ROLE_BORDER, PERSON_OF("@new", "@household")), ERR_DENIED);
	CHECK_TEXT(t.fault.key, "deed.denied");
	CHECK_INT(town_propose(&t, ROLE_CASHIER,
			       "{\"kind\": \"review.made\", \"subject\": \"@zarmina\","
			       " \"finding\": \"voluntary\", \"company\": \"alone\"}"),
		  ERR_DENIED);
	CHECK(is_unknown(&t, "@new"));
	town_end(&t);
}

TEST(what_the_register_records_itself_nobody_records_by_hand)
{
	struct town t;

	town_make(&t, 9);
	CHECK_INT(town_propose(&t, ROLE_ADMINISTRATOR,
			       "{\"kind\": \"account.opened\", \"subject\": \"@eve\","
			       " \"name\": \"eve\", \"roles\": [\"administrator\"]}"),
		  ERR_DENIED);
	CHECK_TEXT(t.fault.key, "deed.by-nobody");
	town_end(&t);
}

TEST(a_rule_refuses_and_nothing_is_recorded)
{
	struct town t;
	uint64_t before;

	town_make(&t, 10);
	town_registers_family(&t);
	town_plans_bus(&t, 3 * DAY, 4);
	before = facts_there(&t);
	CHECK(town_refused_by(&t, ROLE_MOVEMENT,
			      "{\"kind\": \"seat.assigned\", \"subject\": \"@zarmina\","
			      " \"movement\": \"@bus\"}",
			      RULE_OWN_CHOICE));
	CHECK_INT(t.answer.refused_at, 0);
	CHECK_INT(facts_there(&t), before);
	CHECK_INT(town_person(&t, "@zarmina").seat, 0);
	town_end(&t);
}

TEST(each_fact_of_an_array_is_judged_on_top_of_those_before)
{
	struct town t;

	town_make(&t, 11);
	town_registers_family(&t);
	town_records(
		&t, ROLE_PROTECTION,
		"[{\"kind\": \"hold.placed\", \"subject\": \"@zarmina\", \"reason\": \"medical\"},"
		" {\"kind\": \"hold.placed\", \"subject\": \"@zarmina\", \"reason\": \"legal\"}]");
	CHECK_INT(t.facts[1].head_count, 1);
	CHECK(!fact_ref_compare(&t.facts[1].heads[0], &t.answer.refs[0]));
	CHECK_INT(town_person(&t, "@zarmina").holds, 2);
	town_end(&t);
}

/* --- repeats -------------------------------------------------------------------- */

#define KEYED(key, more)                                                                           \
	"[{\"kind\": \"household.registered\", \"subject\": \"@new-each-time\", \"key\": \"" key   \
	"\", \"residence\": \"PK5\"}" more "]"

/* A repeat from another file: the same name stands for another id. */
static void forget_names(struct town *t)
{
	t->name_count = 0;
}

static void check_repeat(struct town *t, const struct id *subject, uint64_t seq, const char *number)
{
	forget_names(t);
	CHECK_INT(town_propose(t, ROLE_REGISTRATION,
			       KEYED("k1", "," PERSON_OF("@p", "@new-each-time"))),
		  OK);
	CHECK_INT(t->answer.sort, SUBMISSION_REPEATED);
	CHECK_INT(t->answer.count, 2);
	CHECK_INT(t->answer.refs[0].seq, seq);
	CHECK(id_same(&t->facts[0].subject, subject));
	CHECK_TEXT(t->answer.case_number, number);
}

TEST(a_repeat_is_answered_as_the_first_time_also_after_a_restart)
{
	char number[CASE_NUMBER_MAX];
	struct town t;
	struct id subject;
	uint64_t seq, there;

	town_make(&t, 12);
	town_records(&t, ROLE_REGISTRATION, KEYED("k1", "," PERSON_OF("@p", "@new-each-time")));
	seq = t.answer.refs[0].seq;
	subject = t.facts[0].subject;
	snprintf(number, sizeof(number), "%.*s", SHOWN(t.answer.case_number));
	there = facts_there(&t);
	check_repeat(&t, &subject, seq, number);
	town_close(&t);
	town_open(&t);
	town_login_all(&t);
	check_repeat(&t, &subject, seq, number);
	CHECK_INT(facts_there(&t), there);
	town_end(&t);
}

TEST(a_key_that_was_used_for_something_else_is_told)
{
	struct town t;

	town_make(&t, 13);
	town_records(&t, ROLE_REGISTRATION, KEYED("k1", "," PERSON_OF("@p", "@new-each-time")));
	forget_names(&t);
	check_input(&t, ROLE_REGISTRATION, KEYED("k1", ""), "key.used-otherwise");
	check_input(&t, ROLE_REGISTRATION,
		    KEYED("k1", "," PERSON_OF("@p", "@new-each-time") "," PERSON_OF(
					"@q", "@new-each-time")),
		    "key.used-otherwise");
	town_end(&t);
}

/* --- seats ---------------------------------------------------------------------- */

static void two_choose_to_return(struct town *t)
{
	town_registers_family(t);
	town_counsels(t, "@zarmina");
	town_counsels(t, "@habib");
	town_wait(t, HOUR);
	town_chooses(t, "@zarmina", "return");
	town_chooses(t, "@habib", "return");
	town_wait(t, 25 * HOUR);
	town_plans_bus(t, 3 * HOUR, 3);
}

#define SEAT(who, more)                                                                            \
	"{\"kind\": \"seat.assigned\", \"subject\": \"" who "\", \"movement\": \"@bus\"" more "}"

TEST(the_lowest_free_seat_is_given_where_none_is_asked_for)
{
	struct town t;

	town_make(&t, 14);
	two_choose_to_return(&t);
	town_records(&t, ROLE_MOVEMENT, SEAT("@zarmina", ", \"seat\": 1"));
	check_input(&t, ROLE_MOVEMENT, SEAT("@habib", ", \"seat\": 1"), "seat.taken");
	CHECK_TEXT(t.fault.values[1], "2");
	check_input(&t, ROLE_MOVEMENT, SEAT("@habib", ", \"seat\": 4"), "seat.beyond");
	check_input(&t, ROLE_MOVEMENT, SEAT("@zarmina", ""), "seat.has-one");
	town_records(&t, ROLE_MOVEMENT, SEAT("@habib", ""));
	CHECK_INT(town_person(&t, "@habib").seat, 2);
	town_records(&t, ROLE_COUNSELLOR,
		     "{\"kind\": \"child.heard\", \"subject\": \"@lal\", \"view\": \"agrees\","
		     " \"company\": \"alone\"}");
	town_records(&t, ROLE_MOVEMENT, SEAT("@lal", ""));
	CHECK_INT(town_person(&t, "@lal").seat, 3);
	town_records(&t, ROLE_REGISTRATION, PERSON_OF("@gul", "@household"));
	check_input(&t, ROLE_MOVEMENT, SEAT("@gul", ""), "movement.full");
	town_end(&t);
}

TEST(a_withdrawal_frees_the_seat)
{
	struct town t;

	town_make(&t, 15);
	two_choose_to_return(&t);
	town_records(&t, ROLE_MOVEMENT, SEAT("@zarmina", ""));
	town_records(&t, ROLE_BORDER, WITHDRAWN("@zarmina"));
	CHECK_INT(town_person(&t, "@zarmina").status, STATUS_WITHDRAWN);
	town_records(&t, ROLE_MOVEMENT, SEAT("@habib", ", \"seat\": 1"));
	town_end(&t);
}

TEST(nobody_gets_a_seat_on_a_movement_that_is_cancelled_or_has_left)
{
	struct town t;

	town_make(&t, 16);
	two_choose_to_return(&t);
	town_wait(&t, 16 * HOUR);
	check_input(&t, ROLE_MOVEMENT, SEAT("@zarmina", ""), "movement.left");
	town_records(&t, ROLE_MOVEMENT,
		     "{\"kind\": \"movement.cancelled\", \"subject\": \"@bus\"}");
	check_input(&t, ROLE_MOVEMENT, SEAT("@zarmina", ""), "movement.cancelled");
	town_end(&t);
}

/* --- facts that name a fact ----------------------------------------------------- */

TEST(a_fact_that_is_named_must_be_there_of_that_person_and_of_that_kind)
{
	char hold[FACT_REF_TEXT_SIZE], moved[FACT_REF_TEXT_SIZE];
	struct fact_ref far;
	struct town t;

	town_make(&t, 17);
	town_registers_family(&t);
	fact_ref_write(moved, &t.answer.refs[1]);
	town_records(
		&t, ROLE_PROTECTION,
		"{\"kind\": \"hold.placed\", \"subject\": \"@zarmina\", \"reason\": \"medical\"}");
	fact_ref_write(hold, &t.answer.refs[0]);
	far = t.answer.refs[0];
	CHECK_INT(town_propose_of(
			  &t, ROLE_PROTECTION,
			  "{\"kind\": \"hold.lifted\", \"subject\": \"@habib\", \"hold\": \"%s\"}",
			  hold),
		  ERR_INPUT);
	CHECK_TEXT(t.fault.key, "named.of-another");
	CHECK_INT(
		town_propose_of(
			&t, ROLE_PROTECTION,
			"{\"kind\": \"hold.lifted\", \"subject\": \"@zarmina\", \"hold\": \"%s\"}",
			moved),
		ERR_INPUT);
	CHECK_TEXT(t.fault.key, "named.other-kind");
	far.seq += 1000;
	fact_ref_write(moved, &far);
	CHECK_INT(
		town_propose_of(
			&t, ROLE_PROTECTION,
			"{\"kind\": \"hold.lifted\", \"subject\": \"@zarmina\", \"hold\": \"%s\"}",
			moved),
		ERR_INPUT);
	CHECK_TEXT(t.fault.key, "named.unknown");
	town_records_of(&t, ROLE_PROTECTION,
			"{\"kind\": \"hold.lifted\", \"subject\": \"@zarmina\", \"hold\": \"%s\"}",
			hold);
	CHECK_INT(town_person(&t, "@zarmina").holds, 0);
	town_end(&t);
}

/* --- giving something of hers to somebody --------------------------------------- */

#define SHARES(kind, more)                                                                         \
	"{\"kind\": \"sharing." kind "\", \"subject\": \"@zarmina\", \"recipient\": \"" more

/* Asked for by one officer, approved by another. */
static enum err export_of_name(struct town *t, const char *recipient)
{
	char request[FACT_REF_TEXT_SIZE];

	town_records_of(t, ROLE_PROTECTION,
			"{\"kind\": \"export.requested\", \"subject\": \"@zarmina\","
			" \"recipient\": \"%s\", \"fields\": [\"name\"]}",
			recipient);
	fact_ref_write(request, &t->answer.refs[0]);
	return town_propose_of(t, ROLE_LEGAL_AID,
			       "{\"kind\": \"export.approved\", \"subject\": \"@zarmina\","
			       " \"request\": \"%s\"}",
			       request);
}

TEST(nothing_of_hers_is_given_to_anybody_without_her_own_agreement)
{
	struct town t;

	town_make(&t, 22);
	town_registers_family(&t);
	CHECK_INT(reg_account_roles(t.reg, &t.as[ROLE_ADMINISTRATOR],
				    text_of(town_account(ROLE_LEGAL_AID)), ROLE_BIT(PROTECTION),
				    &t.fault),
		  OK);
	CHECK_INT(export_of_name(&t, "Clinic"), ERR_INPUT);
	CHECK_TEXT(t.fault.key, "export.no-agreement");
	town_records(&t, ROLE_PROTECTION,
		     SHARES("agreed", "clinic\", \"fields\": [\"needs\"], \"purpose\": \"care\","
				      " \"until\": \"2026-12-24\"}"));
	CHECK_INT(export_of_name(&t, "Clinic"), ERR_INPUT);
	town_records(&t, ROLE_PROTECTION,
		     SHARES("agreed", "clinic\", \"fields\": [\"name\", \"needs\"],"
				      " \"purpose\": \"care\", \"until\": \"2026-12-24\"}"));
	CHECK_INT(export_of_name(&t, "Ministry"), ERR_INPUT);
	CHECK_INT(export_of_name(&t, "Clinic"), OK);
	town_records(&t, ROLE_PROTECTION, SHARES("withdrawn", "Clinic\"}"));
	CHECK_INT(export_of_name(&t, "Clinic"), ERR_INPUT);
	town_end(&t);
}

TEST(an_agreement_ends_on_its_day_and_nobody_approves_her_own_request)
{
	struct town t;

	town_make(&t, 23);
	town_registers_family(&t);
	town_records(&t, ROLE_PROTECTION,
		     SHARES("agreed", "clinic\", \"fields\": [\"name\"], \"purpose\": \"care\","
				      " \"until\": \"2026-11-30\"}"));
	t.as[ROLE_LEGAL_AID] = t.as[ROLE_PROTECTION];
	CHECK_INT(export_of_name(&t, "clinic"), ERR_INPUT);
	CHECK_TEXT(t.fault.key, "export.same-officer");
	CHECK_INT(reg_account_roles(t.reg, &t.as[ROLE_ADMINISTRATOR],
				    text_of(town_account(ROLE_AUDITOR)), ROLE_BIT(PROTECTION),
				    &t.fault),
		  OK);
	t.as[ROLE_LEGAL_AID] = t.as[ROLE_AUDITOR];
	CHECK_INT(export_of_name(&t, "clinic"), OK);
	town_wait(&t, 7 * DAY);
	CHECK_INT(export_of_name(&t, "clinic"), ERR_INPUT);
	CHECK_TEXT(t.fault.key, "export.no-agreement");
	town_end(&t);
}

/* --- reads ---------------------------------------------------------------------- */

static enum err resolves(struct town *t, enum subject_sort sort, const char *name, struct id *out)
{
	const struct state *s;
	enum err e;

	t->fault = (struct fault){ 0 };
	CHECK_INT(reg_read_begin(t->reg, &t->as[ROLE_REGISTRATION], DEED_FIND, &s, &t->fault), OK);
	e = reg_resolve(t->reg, s, sort, text_of(name), out, &t->fault);
	reg_read_end(t->reg);
	return e;
}

TEST(people_are_named_by_case_number_paper_or_id)
{
	char number[CASE_NUMBER_MAX], member[CASE_NUMBER_MAX + 2], hex[ID_HEX_SIZE + 1];
	struct id habib, household, found;
	struct town t;

	town_make(&t, 18);
	town_registers_family(&t);
	snprintf(number, sizeof(number), "%.*s", SHOWN(t.answer.case_number));
	snprintf(member, sizeof(member), "%s/2", number);
	habib = town_id(&t, "@habib");
	household = town_id(&t, "@household");
	hex_write(hex, bytes_of(habib.at, ID_SIZE));

	CHECK_INT(resolves(&t, SUBJECT_HOUSEHOLD, number, &found), OK);
	CHECK(id_same(&found, &household));
	CHECK_INT(resolves(&t, SUBJECT_PERSON, member, &found), OK);
	CHECK(id_same(&found, &habib));
	CHECK_INT(resolves(&t, SUBJECT_PERSON, hex, &found), OK);
	CHECK(id_same(&found, &habib));
	CHECK_INT(resolves(&t, SUBJECT_PERSON, "00000 1234567 8", &found), OK);
	CHECK(id_same(&found, &habib));

	CHECK_INT(resolves(&t, SUBJECT_PERSON, number, &found), ERR_INPUT);
	CHECK_TEXT(t.fault.key, "name.which-member");
	CHECK_INT(resolves(&t, SUBJECT_HOUSEHOLD, hex, &found), ERR_INPUT);
	CHECK_TEXT(t.fault.key, "name.other-sort");
	CHECK_INT(resolves(&t, SUBJECT_PERSON, "00000-9999999-9", &found), ERR_NOT_FOUND);
	member[strlen(member) - 1] = '9';
	CHECK_INT(resolves(&t, SUBJECT_PERSON, member, &found), ERR_NOT_FOUND);
	CHECK_TEXT(t.fault.key, "name.no-member");
	town_end(&t);
}

TEST(reading_a_file_is_itself_a_fact)
{
	struct town t;
	struct id zarmina;

	town_make(&t, 19);
	town_registers_family(&t);
	zarmina = town_id(&t, "@zarmina");
	CHECK_INT(reg_opened(t.reg, &t.as[ROLE_PROTECTION], &zarmina, OPENING_PROTECTION, &t.fault),
		  OK);
	CHECK_INT(town_person(&t, "@zarmina").opened_count, 1);
	CHECK_INT(reg_opened(t.reg, &t.as[ROLE_STATISTICIAN], &zarmina, OPENING_AUDIT, &t.fault),
		  ERR_DENIED);
	CHECK_INT(town_person(&t, "@zarmina").opened_count, 1);
	town_end(&t);
}

TEST(readiness_and_the_door_say_the_same)
{
	struct verdict verdicts[RULES_COUNT + 1];
	const struct state *s;
	struct id zarmina;
	struct town t;

	town_make(&t, 20);
	town_registers_family(&t);
	town_plans_bus(&t, 3 * DAY, 4);
	zarmina = town_id(&t, "@zarmina");
	CHECK_INT(reg_read_begin(t.reg, &t.as[ROLE_MOVEMENT], DEED_READY, &s, &t.fault), OK);
	CHECK_INT(reg_ready(t.reg, &t.as[ROLE_MOVEMENT], s, &zarmina, KIND_SEAT_ASSIGNED, verdicts,
			    t.arena, &t.fault),
		  OK);
	CHECK(reg_roles(t.reg, &t.as[ROLE_MOVEMENT]) == ROLE_BIT(MOVEMENT));
	reg_read_end(t.reg);
	CHECK_INT(town_propose(&t, ROLE_MOVEMENT, SEAT("@zarmina", "")), OK);
	for (int r = 1; r <= RULES_COUNT; r++)
		CHECK_INT(verdicts[r].outcome, t.answer.verdicts[r].outcome);
	town_end(&t);
}

TEST(a_history_shows_each_role_its_own_fields)
{
	const struct fact *facts;
	struct id zarmina;
	struct town t;
	size_t count;

	town_make(&t, 21);
	town_registers_family(&t);
	town_records(
		&t, ROLE_PROTECTION,
		"{\"kind\": \"pressure.reported\", \"subject\": \"@zarmina\", \"sort\": \"threat\","
		" \"reporter\": \"person\", \"note\": \"they came at night\"}");
	zarmina = town_id(&t, "@zarmina");
	CHECK_INT(reg_history(t.reg, &t.as[ROLE_PROTECTION], &zarmina, t.arena, &facts, &count,
			      &t.fault),
		  OK);
	CHECK_INT(count, 2);
	CHECK_INT(facts[0].kind->kind, KIND_PERSON_REGISTERED);
	CHECK_TEXT(facts[1].values[PRESSURE_REPORTED_NOTE].text, "they came at night");
	CHECK_INT(reg_history(t.reg, &t.as[ROLE_STATISTICIAN], &zarmina, t.arena, &facts, &count,
			      &t.fault),
		  ERR_DENIED);
	town_end(&t);
}

RUN_TESTS()
