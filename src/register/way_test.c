/*
 * The main job, through the real door with the real rules: a family decides, and only
 * those who choose to go cross the border.
 */
#include <stdio.h>

#include "register/town_testing.h"

#define SEAT(who) "{\"kind\": \"seat.assigned\", \"subject\": \"" who "\", \"movement\": \"@bus\"}"
#define DEPARTS(who)                                                                               \
	"{\"kind\": \"departure.recorded\", \"subject\": \"" who "\", \"movement\": \"@bus\"}"
#define RECONFIRMS(who)                                                                            \
	"{\"kind\": \"choice.reconfirmed\", \"subject\": \"" who "\", \"company\": \"alone\","     \
	" \"by_transporter\": false}"
#define WITHDRAWS(who)                                                                             \
	"{\"kind\": \"choice.withdrawn\", \"subject\": \"" who "\", \"channel\": \"gate\"}"
#define CROSSES(who)                                                                               \
	"{\"kind\": \"crossing.recorded\", \"subject\": \"" who                                    \
	"\", \"crossing\": \"XP-TORKHAM\","                                                        \
	" \"direction\": \"crossed\", \"return_kind\": \"facilitated-voluntary\"}"

static size_t seats_of(struct town *t)
{
	struct id bus = town_id(t, "@bus");
	const struct state *s;
	size_t count;

	CHECK_INT(reg_read_begin(t->reg, &t->as[ROLE_MOVEMENT], DEED_MANIFEST, &s, &t->fault), OK);
	count = state_seated(s, &bus, NULL, 0);
	reg_read_end(t->reg);
	return count;
}

/* Both adults return, a day has passed, and the bus leaves in `bus_s`. */
static void ready_to_go(struct town *t, uint64_t seed, int64_t bus_s)
{
	town_make(t, seed);
	town_registers_family(t);
	town_counsels(t, "@zarmina");
	town_counsels(t, "@habib");
	town_records(t, ROLE_COUNSELLOR,
		     "{\"kind\": \"child.heard\", \"subject\": \"@lal\", \"view\": \"agrees\","
		     " \"company\": \"alone\"}");
	town_wait(t, HOUR);
	town_chooses(t, "@zarmina", "return");
	town_chooses(t, "@habib", "return");
	town_wait(t, 25 * HOUR);
	town_plans_bus(t, bus_s, 10);
}

TEST(who_stays_or_is_undecided_gets_no_seat_and_loses_nothing_else)
{
	struct town t;

	town_make(&t, 1);
	town_registers_family(&t);
	town_plans_bus(&t, 10 * DAY, 10);
	CHECK(town_refused_by(&t, ROLE_MOVEMENT, SEAT("@zarmina"), RULE_OWN_CHOICE));
	town_counsels(&t, "@zarmina");
	town_wait(&t, HOUR);
	town_chooses(&t, "@zarmina", "undecided");
	town_wait(&t, 25 * HOUR);
	CHECK(town_refused_by(&t, ROLE_MOVEMENT, SEAT("@zarmina"), RULE_OWN_CHOICE));
	town_chooses(&t, "@zarmina", "stay");
	CHECK(town_refused_by(&t, ROLE_MOVEMENT, SEAT("@zarmina"), RULE_OWN_CHOICE));
	CHECK_INT(town_person(&t, "@zarmina").status, STATUS_STAY);
	town_records(&t, ROLE_LEGAL_AID,
		     "{\"kind\": \"incident.reported\", \"subject\": \"@zarmina\","
		     " \"sort\": \"eviction\"}");
	town_end(&t);
}

TEST(a_family_that_chose_to_return_gets_home)
{
	static const char *const who[] = { "@zarmina", "@habib", "@lal" };
	struct town t;

	ready_to_go(&t, 2, 3 * HOUR);
	town_records(&t, ROLE_MOVEMENT,
		     "[" SEAT("@zarmina") "," SEAT("@habib") "," SEAT("@lal") "]");
	CHECK_INT(seats_of(&t), 3);
	CHECK(town_refused_by(&t, ROLE_MOVEMENT, DEPARTS("@zarmina"), RULE_ASKED_AGAIN));
	town_records(&t, ROLE_COUNSELLOR, RECONFIRMS("@zarmina"));
	town_records(&t, ROLE_COUNSELLOR, RECONFIRMS("@habib"));
	town_wait(&t, 3 * HOUR);
	town_records(&t, ROLE_MOVEMENT,
		     "[" DEPARTS("@zarmina") "," DEPARTS("@habib") "," DEPARTS("@lal") "]");
	town_wait(&t, 2 * HOUR);
	town_records(&t, ROLE_BORDER,
		     "[" CROSSES("@zarmina") "," CROSSES("@habib") "," CROSSES("@lal") "]");
	for (size_t i = 0; i < COUNT_OF(who); i++) {
		CHECK_INT(town_person(&t, who[i]).status, STATUS_CROSSED);
		CHECK_INT(town_person(&t, who[i]).broken, 0);
	}
	town_end(&t);
}

TEST(who_withdraws_at_the_gate_is_off_the_manifest_at_once)
{
	struct town t;

	ready_to_go(&t, 3, 3 * HOUR);
	town_records(&t, ROLE_MOVEMENT,
		     "[" SEAT("@zarmina") "," SEAT("@habib") "," SEAT("@lal") "]");
	town_records(&t, ROLE_COUNSELLOR, RECONFIRMS("@zarmina"));
	town_records(&t, ROLE_BORDER, WITHDRAWS("@zarmina"));
	CHECK_INT(seats_of(&t), 2);
	CHECK_INT(town_person(&t, "@zarmina").status, STATUS_WITHDRAWN);
	CHECK_INT(town_person(&t, "@habib").status, STATUS_SEATED);
	CHECK(town_refused_by(&t, ROLE_MOVEMENT, DEPARTS("@zarmina"), RULE_REVOCABLE));
	town_end(&t);
}

TEST(a_departure_in_the_array_after_a_withdrawal_is_refused)
{
	struct town t;

	ready_to_go(&t, 4, 3 * HOUR);
	town_records(&t, ROLE_MOVEMENT, SEAT("@zarmina"));
	CHECK_INT(reg_account_roles(t.reg, &t.as[ROLE_ADMINISTRATOR],
				    text_of(town_account(ROLE_MOVEMENT)),
				    ROLE_BIT(MOVEMENT) | ROLE_BIT(BORDER), &t.fault),
		  OK);
	CHECK(town_refused_by(&t, ROLE_MOVEMENT,
			      "[" WITHDRAWS("@zarmina") "," DEPARTS("@zarmina") "]",
			      RULE_REVOCABLE));
	CHECK_INT(t.answer.refused_at, 1);
	CHECK_INT(town_person(&t, "@zarmina").status, STATUS_SEATED);
	town_end(&t);
}

TEST(pressure_stops_everything_until_a_review_finds_the_choice_free)
{
	struct town t;

	ready_to_go(&t, 5, 3 * DAY);
	town_records(
		&t, ROLE_CASHIER,
		"{\"kind\": \"pressure.reported\", \"subject\": \"@zarmina\", \"sort\": \"arrest\","
		" \"reporter\": \"relative\"}");
	CHECK(town_refused_by(&t, ROLE_MOVEMENT, SEAT("@zarmina"), RULE_FREE));
	CHECK_INT(reg_account_roles(t.reg, &t.as[ROLE_ADMINISTRATOR],
				    text_of(town_account(ROLE_LEGAL_AID)), ROLE_BIT(PROTECTION),
				    &t.fault),
		  OK);
	town_records(&t, ROLE_LEGAL_AID,
		     "{\"kind\": \"review.made\", \"subject\": \"@zarmina\","
		     " \"finding\": \"voluntary\", \"company\": \"alone\"}");
	town_records(&t, ROLE_MOVEMENT, SEAT("@zarmina"));
	town_end(&t);
}

struct warning {
	const char *sort, *where;
};

static void warns(struct town *t, const struct warning *w, const char *state)
{
	town_records_of(t, ROLE_PROTECTION,
			"{\"kind\": \"advisory.set\", \"subject\": \"@advisory\","
			" \"sort\": \"%s\", %s, \"state\": \"%s\", \"source\": \"flash update\"}",
			w->sort, w->where, state);
}

TEST(a_closed_crossing_and_a_suspended_area_stop_departures)
{
	static const struct warning warnings[] = {
		{ "crossing-closed", "\"crossing\": \"XP-TORKHAM\"" },
		{ "returns-suspended", "\"area\": \"AFG\"" },
		{ "returns-suspended", "\"area\": \"AF06\"" },
	};

	for (size_t i = 0; i < COUNT_OF(warnings); i++) {
		struct town t;

		ready_to_go(&t, 6 + i, 3 * DAY);
		warns(&t, &warnings[i], "in-force");
		CHECK(town_refused_by(&t, ROLE_MOVEMENT, SEAT("@zarmina"), RULE_SAFE_TO_GO));
		warns(&t, &warnings[i], "ended");
		town_records(&t, ROLE_MOVEMENT, SEAT("@zarmina"));
		town_end(&t);
	}
}

TEST(an_advisory_about_another_place_stops_nobody)
{
	static const struct warning warnings[] = {
		{ "crossing-closed", "\"crossing\": \"XP-CHAMAN\"" },
		{ "returns-suspended", "\"area\": \"AF01\"" },
	};

	for (size_t i = 0; i < COUNT_OF(warnings); i++) {
		struct town t;

		ready_to_go(&t, 10 + i, 3 * DAY);
		warns(&t, &warnings[i], "in-force");
		town_records(&t, ROLE_MOVEMENT, SEAT("@zarmina"));
		town_end(&t);
	}
}

TEST(a_hold_is_not_lifted_by_who_asked_for_the_departure)
{
	struct town t;

	ready_to_go(&t, 9, 3 * DAY);
	town_records(
		&t, ROLE_PROTECTION,
		"{\"kind\": \"hold.placed\", \"subject\": \"@zarmina\", \"reason\": \"medical\"}");
	CHECK(town_refused_by(&t, ROLE_MOVEMENT, SEAT("@zarmina"), RULE_HOLDS_HOLD));
	CHECK_INT(town_propose(&t, ROLE_MOVEMENT,
			       "{\"kind\": \"hold.lifted\", \"subject\": \"@zarmina\"}"),
		  ERR_DENIED);
	town_records(&t, ROLE_PROTECTION, "{\"kind\": \"hold.lifted\", \"subject\": \"@zarmina\"}");
	town_records(&t, ROLE_MOVEMENT, SEAT("@zarmina"));
	town_end(&t);
}

RUN_TESTS()
