/*
 * On which days the site receives people by appointment, and that no day is promised to
 * more than it holds, however they come.
 */
#include "register/town_testing.h"

#include <stdio.h>

#include "register/inside.h"

/* A Thursday behind the town's own day, a Tuesday, and the Friday behind it. */
#define THURSDAY "2026-11-26"
#define FRIDAY "2026-11-27"

static void sets(struct town *t, const char *days, const char *more)
{
	town_records_of(t, ROLE_ADMINISTRATOR, "{\"kind\": \"days.set\", \"subject\": \"%s\", %s}",
			days, more);
}

static enum err expects_at(struct town *t, const char *who, const char *day, const char *clock)
{
	return town_propose_of(t, ROLE_COUNSELLOR,
			       "{\"kind\": \"appointment.set\", \"subject\": \"%s\","
			       " \"at\": \"%sT%s:00+05:00\", \"purpose\": \"counselling\"}",
			       who, day, clock);
}

static enum err expects(struct town *t, const char *who, const char *day)
{
	return expects_at(t, who, day, "09:00");
}

static void check_refused(struct town *t, const char *day, const char *key, const char *next)
{
	CHECK_FAULT(expects(t, "@habib", day), ERR_INPUT, &t->fault, key);
	CHECK_TEXT(t->fault.values[t->fault.value_count - 1], next);
}

static void town_of_one_a_day(struct town *t)
{
	town_make(t, 1);
	town_registers_family(t);
	sets(t, "@usual", "\"people_max\": 1");
}

TEST(a_site_that_has_set_nothing_takes_as_many_as_come)
{
	struct town t;

	town_make(&t, 1);
	town_registers_family(&t);
	CHECK_INT(expects(&t, "@zarmina", THURSDAY), OK);
	CHECK_INT(expects(&t, "@habib", THURSDAY), OK);
	town_end(&t);
}

TEST(a_day_that_is_full_is_refused_and_the_next_with_room_is_told)
{
	struct town t;

	town_of_one_a_day(&t);
	sets(&t, "@fridays", "\"people_max\": 0, \"weekday\": \"friday\"");
	CHECK_INT(expects(&t, "@zarmina", THURSDAY), OK);
	check_refused(&t, THURSDAY, "days.full", "2026-11-28");
	check_refused(&t, FRIDAY, "days.closed", "2026-11-28");
	CHECK_INT(expects(&t, "@habib", "2026-11-28"), OK);
	town_end(&t);
}

TEST(an_appointment_that_moves_within_its_day_or_leaves_it_frees_its_place)
{
	struct town t;

	town_of_one_a_day(&t);
	CHECK_INT(expects(&t, "@zarmina", THURSDAY), OK);
	CHECK_INT(expects_at(&t, "@zarmina", THURSDAY, "11:30"), OK);
	CHECK_INT(expects(&t, "@zarmina", FRIDAY), OK);
	CHECK_INT(expects(&t, "@habib", THURSDAY), OK);
	town_end(&t);
}

TEST(dates_go_before_days_of_the_week_and_of_two_alike_the_smaller_counts)
{
	struct town t;

	town_of_one_a_day(&t);
	sets(&t, "@thursdays", "\"people_max\": 0, \"weekday\": \"thursday\"");
	CHECK_INT(expects(&t, "@zarmina", THURSDAY), ERR_INPUT);
	sets(&t, "@extra",
	     "\"people_max\": 2, \"first_day\": \"2026-11-26\", \"last_day\": \"2026-11-26\"");
	CHECK_INT(expects(&t, "@zarmina", THURSDAY), OK);
	sets(&t, "@less",
	     "\"people_max\": 1, \"first_day\": \"2026-11-25\", \"last_day\": \"2026-12-30\"");
	CHECK_INT(expects(&t, "@habib", THURSDAY), ERR_INPUT);
	sets(&t, "@less", "\"people_max\": 1, \"ended\": true");
	CHECK_INT(expects(&t, "@habib", THURSDAY), OK);
	town_end(&t);
}

TEST(a_family_that_is_given_one_day_at_once_is_counted_whole)
{
	static const char both[] =
		"[{\"kind\": \"appointment.set\", \"subject\": \"@zarmina\","
		"  \"at\": \"2026-11-26T09:00:00+05:00\", \"purpose\": \"counselling\"},"
		" {\"kind\": \"appointment.set\", \"subject\": \"@habib\","
		"  \"at\": \"2026-11-26T09:20:00+05:00\", \"purpose\": \"counselling\"}]";
	struct town t;

	town_of_one_a_day(&t);
	CHECK_FAULT(town_propose(&t, ROLE_COUNSELLOR, both), ERR_INPUT, &t.fault, "days.full");
	CHECK_INT(expects(&t, "@zarmina", THURSDAY), OK);
	sets(&t, "@usual", "\"people_max\": 2");
	CHECK_INT(town_propose(&t, ROLE_COUNSELLOR, both), OK);
	town_end(&t);
}

TEST(where_no_day_within_a_year_has_room_that_is_what_is_told)
{
	struct town t;

	town_of_one_a_day(&t);
	sets(&t, "@usual", "\"people_max\": 0");
	CHECK_FAULT(expects(&t, "@zarmina", THURSDAY), ERR_INPUT, &t.fault, "days.no-room");
	town_end(&t);
}

TEST(a_day_that_is_over_is_told_as_it_was)
{
	struct town t;

	town_of_one_a_day(&t);
	sets(&t, "@usual", "\"people_max\": 0");
	town_wait(&t, 3 * DAY);
	CHECK_INT(expects(&t, "@zarmina", "2026-11-24"), OK);
	town_end(&t);
}

TEST(two_appointments_of_one_day_never_share_a_batch)
{
	struct fact a, b;
	struct town t;
	struct id one, other;

	town_make(&t, 1);
	fact_begin(&a, KIND_APPOINTMENT_SET);
	fact_begin(&b, KIND_APPOINTMENT_SET);
	/* The last minute of a day at the site and the first one of the next. */
	a.values[APPOINTMENT_SET_AT] = value_number(1743706740);
	b.values[APPOINTMENT_SET_AT] = value_number(1743706740 - 60 * 60);
	one = appointment_day(t.reg, &a);
	other = appointment_day(t.reg, &b);
	CHECK(id_same(&one, &other));
	b.values[APPOINTMENT_SET_AT] = value_number(1743706740 + 60);
	other = appointment_day(t.reg, &b);
	CHECK(!id_same(&one, &other));
	town_end(&t);
}

RUN_TESTS()
