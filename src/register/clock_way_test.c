/*
 * What a clock does to the way of a family: it jumps back or forward, or one of the two
 * clocks stands still; while the register is in use, over a lock, over a restart.
 */
#include <stdio.h>

#include "register/town_testing.h"

#define SEAT "{\"kind\": \"seat.assigned\", \"subject\": \"@habib\", \"movement\": \"@bus\"}"
#define DEPARTS                                                                                    \
	"{\"kind\": \"departure.recorded\", \"subject\": \"@habib\", \"movement\": \"@bus\"}"
#define RECONFIRMS                                                                                 \
	"{\"kind\": \"choice.reconfirmed\", \"subject\": \"@habib\", \"company\": \"alone\","      \
	" \"by_transporter\": false}"
#define WITHDRAWS "{\"kind\": \"choice.withdrawn\", \"subject\": \"@habib\", \"channel\": \"gate\"}"

static const struct fault none = { 0 };

enum meanwhile { IN_USE, LOCKED, CLOSED, MEANWHILES };

static void open_watched(struct town *t)
{
	town_open(t);
	town_watch_clock(t);
	town_login_all(t);
}

/* A man who is a household of his own is counselled, and chose an hour ago to return. */
static void has_chosen(struct town *t, uint64_t seed)
{
	town_make(t, seed);
	town_records(t, ROLE_REGISTRATION,
		     "[{\"kind\": \"household.registered\", \"subject\": \"@household\","
		     "  \"residence\": \"PK5\", \"language\": \"pbu\"},"
		     " {\"kind\": \"person.registered\", \"subject\": \"@habib\","
		     "  \"household\": \"@household\", \"given_latin\": \"Habib\","
		     "  \"sex\": \"male\", \"birth_year\": 1985, \"group\": \"por\","
		     "  \"language\": \"pbu\", \"destination\": \"AF06\"}]");
	town_counsels(t, "@habib");
	town_wait(t, HOUR);
	town_chooses(t, "@habib", "return");
	town_wait(t, HOUR);
	town_close(t);
	open_watched(t);
}

/* Each clock moves by itself. */
static void clocks_move(struct town *t, enum meanwhile m, int64_t wall_s, int64_t steady_s)
{
	if (m == CLOSED)
		town_close(t);
	if (m == LOCKED)
		reg_lock(t->reg);
	t->world.wall_ms += wall_s * 1000;
	t->world.monotonic_ms += steady_s * 1000;
	if (m == CLOSED)
		open_watched(t);
	if (m == LOCKED)
		town_login_all(t);
}

static bool is_jumped(struct town *t)
{
	struct reg_status status;

	CHECK_INT(reg_status(t->reg, &status, &t->fault), OK);
	return status.clock_jumped;
}

static int64_t newest_recorded(struct town *t)
{
	return reg_site(t->reg).last_recorded;
}

static void confirms_clock(struct town *t)
{
	char hex[ID_HEX_SIZE + 1];
	struct id site = reg_site(t->reg).id;

	hex_write(hex, bytes_of(site.at, ID_SIZE));
	town_records_of(t, ROLE_ADMINISTRATOR,
			"{\"kind\": \"clock.confirmed\", \"subject\": \"%s\"}", hex);
	t->fault = none;
}

static bool lacks(struct town *t, const char *json, enum rule rule, const char *why)
{
	return town_refused_by(t, ROLE_MOVEMENT, json, rule) &&
	       !strcmp(t->answer.verdicts[rule].why, why);
}

static void reports_incident(struct town *t)
{
	town_records(t, ROLE_PROTECTION,
		     "{\"kind\": \"incident.reported\", \"subject\": \"@habib\","
		     " \"sort\": \"eviction\"}");
}

/* Two days back, a year forward, a wall that stands and one that runs alone. */
static const struct way {
	const char *name;
	int64_t wall_s, steady_s;
	bool while_closed; /* also seen where nobody was watching */
} ways[] = {
	{ "back two days", -2 * DAY, 0, true },
	{ "forward a year", 365 * DAY, 0, true },
	{ "the wall clock stands still", 0, 25 * HOUR, false },
	{ "the steady clock stands still", 25 * HOUR, 0, false },
};

static void on_that_clock_no_time_passes_until_it_is_confirmed(const struct way *way,
							       enum meanwhile m)
{
	struct town t;
	int64_t before, after;

	has_chosen(&t, 1);
	before = newest_recorded(&t);
	town_plans_bus(&t, 5 * DAY, 10);
	clocks_move(&t, m, way->wall_s, way->steady_s);
	CHECK(is_jumped(&t));
	CHECK(lacks(&t, SEAT, RULE_TIME_TO_THINK, "missing.clock"));
	/* Order is kept, and time goes on as the steady clock says. */
	reports_incident(&t);
	after = newest_recorded(&t);
	CHECK(after >= before && after <= before + 2 * HOUR + way->steady_s);
	town_wait(&t, 25 * HOUR);
	CHECK(lacks(&t, SEAT, RULE_TIME_TO_THINK, "missing.clock"));
	/* Set right. */
	t.world.wall_ms += (way->steady_s - way->wall_s) * 1000;
	CHECK(is_jumped(&t));
	confirms_clock(&t);
	CHECK(!is_jumped(&t));
	CHECK(newest_recorded(&t) >= after);
	town_records(&t, ROLE_MOVEMENT, SEAT);
	town_end(&t);
}

TEST(on_a_clock_that_jumped_or_stands_no_time_passes_until_it_is_confirmed)
{
	for (size_t i = 0; i < COUNT_OF(ways); i++)
		for (enum meanwhile m = IN_USE; m < MEANWHILES; m++) {
			if (m == CLOSED && !ways[i].while_closed)
				continue;
			on_that_clock_no_time_passes_until_it_is_confirmed(&ways[i], m);
		}
}

TEST(a_withdrawal_waits_for_no_clock)
{
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		struct town t;

		has_chosen(&t, 2);
		clocks_move(&t, IN_USE, ways[i].wall_s, ways[i].steady_s);
		town_records(&t, ROLE_BORDER, WITHDRAWS);
		CHECK_INT(town_person(&t, "@habib").status, STATUS_WITHDRAWN);
		town_end(&t);
	}
}

/* After the clock was a year ahead and is right again, the day counts as ever. */
TEST(cooling_off_is_a_day_after_a_clock_was_a_year_ahead)
{
	struct town t;

	has_chosen(&t, 3);
	clocks_move(&t, CLOSED, 365 * DAY, 0);
	reports_incident(&t);
	clocks_move(&t, CLOSED, -365 * DAY, 0);
	confirms_clock(&t);
	town_plans_bus(&t, 21 * HOUR, 10);
	CHECK(lacks(&t, SEAT, RULE_TIME_TO_THINK, "missing.cooling-off"));
	town_wait(&t, 23 * HOUR);
	town_records_of(&t, ROLE_MOVEMENT,
			"{\"kind\": \"movement.planned\", \"subject\": \"@later\","
			" \"departs\": \"2026-11-26T13:00+05:00\", \"from\": \"VRC-AZAKHEL\","
			" \"crossing\": \"XP-TORKHAM\", \"seats\": 10}");
	town_records(&t, ROLE_MOVEMENT,
		     "{\"kind\": \"seat.assigned\", \"subject\": \"@habib\","
		     " \"movement\": \"@later\"}");
	town_end(&t);
}

TEST(a_boarding_s_twelve_hours_end_on_a_clock_confirmed_behind_the_newest_fact)
{
	struct town t;

	has_chosen(&t, 4);
	town_wait(&t, 25 * HOUR);
	town_plans_bus(&t, 3 * HOUR, 10);
	town_records(&t, ROLE_MOVEMENT, SEAT);
	clocks_move(&t, IN_USE, -2 * DAY, 0);
	confirms_clock(&t);
	town_records(&t, ROLE_COUNSELLOR, RECONFIRMS);
	town_wait(&t, 13 * HOUR);
	CHECK(lacks(&t, DEPARTS, RULE_ASKED_AGAIN, "missing.asked-in-time"));
	town_end(&t);
}

TEST(a_choice_lapses_on_a_clock_confirmed_behind_the_newest_fact)
{
	struct town t;

	has_chosen(&t, 5);
	clocks_move(&t, IN_USE, -2 * DAY, 0);
	confirms_clock(&t);
	town_plans_bus(&t, 100 * DAY, 10);
	town_records(&t, ROLE_MOVEMENT, SEAT);
	town_wait(&t, 90 * DAY);
	CHECK(lacks(&t, DEPARTS, RULE_TIME_TO_THINK, "missing.lapsed"));
	town_end(&t);
}

TEST(a_jump_that_nobody_confirmed_stands_after_a_lock_and_after_a_restart)
{
	for (enum meanwhile m = IN_USE; m < MEANWHILES; m++) {
		struct town t;

		has_chosen(&t, 6);
		clocks_move(&t, IN_USE, 2 * DAY, 0);
		CHECK(is_jumped(&t));
		reports_incident(&t);
		clocks_move(&t, m, -2 * DAY, 0);
		CHECK(is_jumped(&t));
		town_end(&t);
	}
}

RUN_TESTS()
