#include "desk/desk_testing.h"

#include <stdio.h>
#include <stdlib.h>

#define SITE_OFFSET "+05:00"

/* A family came this morning; she was counselled, he waits. */
static struct town *town_at_work(void)
{
	struct town *t = calloc(1, sizeof(*t));

	CHECK(t != NULL);
	town_make(t, 1);
	town_registers_family(t);
	town_counsels(t, "@zarmina");
	return t;
}

static void town_free(struct town *t)
{
	town_end(t);
	free(t);
}

static const json_t *today(struct clerk *c, struct town *t, int64_t role)
{
	clerk_begin(c, t, role, WORDS_EN);
	return clerk_gets(c, desk_today(&c->desk, 3, clerk_asks(c)), SHAPE_TODAY);
}

static size_t count(const json_t *j, const char *list)
{
	return json_array_size(json_object_get(j, list));
}

static void expects(struct town *t, const char *who, const char *at)
{
	town_records_of(t, ROLE_COUNSELLOR,
			"{\"kind\": \"appointment.set\", \"subject\": \"%s\", \"at\": \"%s\","
			" \"purpose\": \"counselling\"}",
			who, at);
}

/* --- the day --------------------------------------------------------------------------- */

TEST(a_counsellor_sees_who_waits_and_who_was_counselled_and_has_not_chosen)
{
	struct town *t = town_at_work();
	struct clerk c;
	const json_t *j = today(&c, t, ROLE_COUNSELLOR);

	CHECK_INT(count(j, "waiting"), 1);
	CHECK_TEXT(json_text_at(j, "waiting/0/name"), "Habib");
	CHECK_INT(count(j, "counselled"), 1);
	CHECK_TEXT(json_text_at(j, "counselled/0/name"), "Zarmina (زرمینه)");
	CHECK(*json_text_at(j, "counselled/0/case_number"));
	clerk_end(&c);
	town_chooses(t, "@zarmina", "stay");
	j = today(&c, t, ROLE_COUNSELLOR);
	CHECK_INT(count(j, "counselled"), 0);
	clerk_end(&c);
	town_free(t);
}

TEST(what_is_called_in_the_yard_is_a_number_and_no_name)
{
	struct town *t = town_at_work();
	struct clerk c;
	const json_t *j = today(&c, t, ROLE_COUNSELLOR);

	CHECK_TEXT(json_text_at(j, "counselled/0/token"), "1-1");
	CHECK_TEXT(json_text_at(j, "waiting/0/token"), "1-2");
	clerk_end(&c);
	town_free(t);
}

TEST(who_is_expected_today_is_listed_by_the_hour_until_she_has_come)
{
	struct town *t = town_at_work();
	struct clerk c;
	const json_t *j;

	expects(t, "@habib", "2026-11-24T15:00:00" SITE_OFFSET);
	expects(t, "@lal", "2026-11-24T14:00:00" SITE_OFFSET);
	j = today(&c, t, ROLE_REGISTRATION);
	CHECK_INT(count(j, "expected"), 2);
	CHECK_TEXT(json_text_at(j, "expected/0/name"), "Lal");
	CHECK_TEXT(json_text_at(j, "expected/1/at"), "2026-11-24T15:00:00" SITE_OFFSET);
	clerk_end(&c);
	town_counsels(t, "@habib");
	expects(t, "@zarmina", "2026-11-25T14:00:00" SITE_OFFSET);
	town_records(t, ROLE_COUNSELLOR,
		     "{\"kind\": \"appointment.missed\", \"subject\": \"@lal\"}");
	j = today(&c, t, ROLE_REGISTRATION);
	CHECK_INT(count(j, "expected"), 0);
	clerk_end(&c);
	town_free(t);
}

TEST(yesterday_is_on_nobodys_list)
{
	struct town *t = town_at_work();
	struct clerk c;
	const json_t *j;

	expects(t, "@habib", "2026-11-24T15:00:00" SITE_OFFSET);
	town_wait(t, DAY);
	j = today(&c, t, ROLE_PROTECTION);
	CHECK_INT(count(j, "expected") + count(j, "waiting") + count(j, "counselled"), 0);
	clerk_end(&c);
	town_free(t);
}

TEST(whoever_registers_sees_her_own_people_wait_and_nobodys_counselling)
{
	struct town *t = town_at_work();
	struct secret *passphrase;
	struct clerk c;
	const json_t *j = today(&c, t, ROLE_REGISTRATION);

	CHECK_INT(count(j, "waiting"), 1);
	CHECK_INT(count(j, "counselled"), 0);
	CHECK(!json_at(j, "reviews") && !json_at(j, "holds") && !json_at(j, "legal_clocks"));
	clerk_end(&c);
	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	CHECK_INT(secret_of(&passphrase, bytes_of_text(TEXT("another")), &t->fault), OK);
	CHECK_INT(reg_account_open(t->reg, &t->as[ROLE_ADMINISTRATOR], TEXT("another"),
				   ROLE_BIT(REGISTRATION), SEX_MALE, passphrase,
				   &c.desk.session.account, &t->fault),
		  OK);
	secret_free(passphrase);
	j = clerk_gets(&c, desk_today(&c.desk, 0, clerk_asks(&c)), SHAPE_TODAY);
	CHECK_INT(count(j, "waiting"), 0);
	clerk_end(&c);
	town_free(t);
}

TEST(no_list_of_people_is_for_whoever_has_no_desk)
{
	static const int64_t roles[] = { ROLE_CASHIER,	    ROLE_MOVEMENT,	ROLE_BORDER,
					 ROLE_STATISTICIAN, ROLE_ADMINISTRATOR, ROLE_AUDITOR };
	struct town *t = town_at_work();

	expects(t, "@habib", "2026-11-24T15:00:00" SITE_OFFSET);
	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		struct clerk c;
		const json_t *j = today(&c, t, roles[i]);

		CHECK_INT(count(j, "expected") + count(j, "waiting") + count(j, "counselled"), 0);
		CHECK(!json_mentions(j, "Zarmina") && !json_mentions(j, "Habib"));
		clerk_end(&c);
	}
	town_free(t);
}

TEST(the_buses_of_today_and_tomorrow_are_shown_to_whoever_may_know_of_them)
{
	struct town *t = town_at_work();
	struct clerk c;

	town_plans_bus(t, 20 * HOUR, 10);
	town_records(t, ROLE_MOVEMENT,
		     "{\"kind\": \"movement.planned\", \"subject\": \"@later\","
		     " \"departs\": \"2026-12-24T08:00:00+05:00\", \"from\": \"VRC-AZAKHEL\","
		     " \"crossing\": \"XP-CHAMAN\", \"seats\": 7}");
	CHECK_INT(count(today(&c, t, ROLE_BORDER), "movements"), 1);
	clerk_end(&c);
	CHECK_INT(count(today(&c, t, ROLE_CASHIER), "movements"), 0);
	clerk_end(&c);
	town_free(t);
}

TEST(what_waits_is_counted_for_whoever_may_know_of_it)
{
	struct town *t = town_at_work();
	struct clerk c;
	const json_t *j;

	town_records(
		t, ROLE_BORDER,
		"{\"kind\": \"incident.reported\", \"subject\": \"@habib\", \"sort\": \"arrest\"}");
	town_wait(t, 60);
	town_records(t, ROLE_BORDER,
		     "{\"kind\": \"incident.reported\", \"subject\": \"@zarmina\", \"sort\":"
		     " \"extortion\"}");
	town_records(
		t, ROLE_CASHIER,
		"{\"kind\": \"hold.placed\", \"subject\": \"@zarmina\", \"reason\": \"medical\"}");
	j = today(&c, t, ROLE_LEGAL_AID);
	CHECK_INT(json_integer_value(json_at(j, "reviews")), 1);
	CHECK_INT(json_integer_value(json_at(j, "holds")), 1);
	CHECK_INT(json_integer_value(json_at(j, "legal_clocks")), 2);
	CHECK_TEXT(json_text_at(j, "legal_oldest"), "2026-11-24T10:00:00" SITE_OFFSET);
	clerk_end(&c);
	j = today(&c, t, ROLE_COUNSELLOR);
	CHECK_INT(json_integer_value(json_at(j, "holds")), 1);
	CHECK(!json_at(j, "legal_clocks") && !json_at(j, "legal_oldest"));
	clerk_end(&c);
	town_free(t);
}

TEST(nothing_waits_for_who_has_died)
{
	struct town *t = town_at_work();
	struct clerk c;
	const json_t *j;

	town_records(t, ROLE_CASHIER,
		     "{\"kind\": \"hold.placed\", \"subject\": \"@habib\", \"reason\": \"medical\"}");
	town_records(t, ROLE_PROTECTION, "{\"kind\": \"person.died\", \"subject\": \"@habib\"}");
	j = today(&c, t, ROLE_PROTECTION);
	CHECK_INT(json_integer_value(json_at(j, "holds")), 0);
	CHECK_INT(count(j, "waiting"), 0);
	j = clerk_gets(&c, desk_cases(&c.desk, clerk_asks(&c)), SHAPE_CASES);
	CHECK_INT(count(j, "cases"), 0);
	clerk_end(&c);
	town_free(t);
}

/* --- cases -------------------------------------------------------------------------------- */

static const json_t *cases(struct clerk *c, struct town *t, int64_t role)
{
	clerk_begin(c, t, role, WORDS_EN);
	return clerk_gets(c, desk_cases(&c->desk, clerk_asks(c)), SHAPE_CASES);
}

TEST(the_longest_wait_stands_first)
{
	struct town *t = town_at_work();
	struct clerk c;
	const json_t *j;

	town_records(
		t, ROLE_CASHIER,
		"{\"kind\": \"hold.placed\", \"subject\": \"@zarmina\", \"reason\": \"medical\"}");
	town_wait(t, 60);
	town_records(
		t, ROLE_BORDER,
		"{\"kind\": \"incident.reported\", \"subject\": \"@habib\", \"sort\": \"arrest\"}");
	town_records(
		t, ROLE_MOVEMENT,
		"{\"kind\": \"complaint.made\", \"subject\": \"@habib\", \"about\": \"conduct\"}");
	j = cases(&c, t, ROLE_PROTECTION);
	CHECK_INT(count(j, "cases"), 2);
	CHECK(json_is_false(json_at(j, "more")));
	CHECK_TEXT(json_text_at(j, "cases/0/name"), "Zarmina (زرمینه)");
	CHECK_INT(json_integer_value(json_at(j, "cases/0/holds")), 1);
	CHECK_TEXT(json_text_at(j, "cases/1/name"), "Habib");
	CHECK(json_is_true(json_at(j, "cases/1/detained")));
	CHECK(json_is_true(json_at(j, "cases/1/review_due")));
	CHECK_INT(json_integer_value(json_at(j, "cases/1/complaints")), 1);
	CHECK_TEXT(json_text_at(j, "cases/1/legal_since"), "2026-11-24T10:01:00" SITE_OFFSET);
	clerk_end(&c);
	town_free(t);
}

TEST(a_case_is_closed_by_what_it_waited_for)
{
	struct town *t = town_at_work();
	struct clerk c;

	town_records(
		t, ROLE_CASHIER,
		"{\"kind\": \"hold.placed\", \"subject\": \"@zarmina\", \"reason\": \"medical\"}");
	town_records(t, ROLE_PROTECTION, "{\"kind\": \"hold.lifted\", \"subject\": \"@zarmina\"}");
	CHECK_INT(count(cases(&c, t, ROLE_LEGAL_AID), "cases"), 0);
	clerk_end(&c);
	town_free(t);
}

TEST(a_child_on_its_own_waits_for_its_assessments)
{
	struct town *t = town_at_work();
	struct clerk c;
	const json_t *j;

	town_records(t, ROLE_REGISTRATION,
		     "{\"kind\": \"person.amended\", \"subject\": \"@lal\", \"care\": "
		     "\"unaccompanied\"}");
	j = cases(&c, t, ROLE_PROTECTION);
	CHECK_INT(count(j, "cases"), 1);
	CHECK_TEXT(json_text_at(j, "cases/0/assessments/0"), "best-interests");
	CHECK_TEXT(json_text_at(j, "cases/0/assessments/1"), "tracing");
	clerk_end(&c);
	town_free(t);
}

TEST(what_was_done_to_somebody_stands_before_assessments_that_wait_longer)
{
	struct town *t = town_at_work();
	struct clerk c;
	const json_t *j;

	town_records(t, ROLE_REGISTRATION,
		     "{\"kind\": \"person.amended\", \"subject\": \"@lal\", \"care\": "
		     "\"unaccompanied\"}");
	town_wait(t, 60);
	town_records(
		t, ROLE_BORDER,
		"{\"kind\": \"incident.reported\", \"subject\": \"@habib\", \"sort\": \"arrest\"}");
	j = cases(&c, t, ROLE_PROTECTION);
	CHECK_INT(count(j, "cases"), 2);
	CHECK_TEXT(json_text_at(j, "cases/0/name"), "Habib");
	CHECK_INT(json_integer_value(json_at(j, "cases/1/incidents")), 0);
	clerk_end(&c);
	town_free(t);
}

TEST(two_hundred_cases_are_shown_and_that_there_are_more)
{
	struct town *t = town_at_work();
	struct clerk c;
	const json_t *j;

	for (int i = 0; i < 203; i++) {
		town_records_of(
			t, ROLE_REGISTRATION,
			"[{\"kind\": \"household.registered\", \"subject\": \"@h%d\","
			" \"residence\": \"PK5\"},"
			" {\"kind\": \"person.registered\", \"subject\": \"@p%d\", \"household\":"
			" \"@h%d\", \"given_latin\": \"P%d\", \"sex\": \"female\","
			" \"birth_year\": 1980, \"group\": \"por\"}]",
			i, i, i, i);
		town_records_of(t, ROLE_CASHIER,
				"{\"kind\": \"hold.placed\", \"subject\": \"@p%d\", \"reason\":"
				" \"medical\"}",
				i);
		town_wait(t, 1);
	}
	j = cases(&c, t, ROLE_PROTECTION);
	CHECK_INT(count(j, "cases"), 200);
	CHECK(json_is_true(json_at(j, "more")));
	CHECK_TEXT(json_text_at(j, "cases/0/name"), "P0");
	CHECK_TEXT(json_text_at(j, "cases/199/name"), "P199");
	clerk_end(&c);
	town_free(t);
}

TEST(cases_are_for_who_protects_and_who_gives_legal_aid)
{
	static const int64_t roles[] = { ROLE_REGISTRATION,  ROLE_COUNSELLOR, ROLE_CASHIER,
					 ROLE_MOVEMENT,	     ROLE_BORDER,     ROLE_STATISTICIAN,
					 ROLE_ADMINISTRATOR, ROLE_AUDITOR };
	struct town *t = town_at_work();

	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		struct clerk c;

		clerk_begin(&c, t, roles[i], WORDS_EN);
		clerk_is_refused(&c, desk_cases(&c.desk, clerk_asks(&c)), ERR_DENIED,
				 "deed.denied");
		clerk_end(&c);
	}
	town_free(t);
}

RUN_TESTS()
