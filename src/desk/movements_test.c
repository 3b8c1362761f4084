#include "desk/desk_testing.h"

#include <stdio.h>
#include <stdlib.h>

#include "desk/slip.h"

/* The family wants to return, and has had its time to think; the bus leaves in six hours. */
static struct town *town_of_travellers(void)
{
	struct town *t = calloc(1, sizeof(*t));

	CHECK(t != NULL);
	town_make(t, 1);
	town_registers_family(t);
	town_counsels(t, "@zarmina");
	town_counsels(t, "@habib");
	town_chooses(t, "@zarmina", "return");
	town_chooses(t, "@habib", "return");
	town_records(t, ROLE_COUNSELLOR,
		     "{\"kind\": \"child.heard\", \"subject\": \"@lal\", \"view\": \"agrees\","
		     " \"company\": \"alone\"}");
	town_wait(t, 25 * HOUR);
	town_plans_bus(t, 6 * HOUR, 40);
	return t;
}

static void town_free(struct town *t)
{
	town_end(t);
	free(t);
}

static void does(struct town *t, int64_t role, const char *who, const char *kind, const char *rest)
{
	town_records_of(t, role, "{\"kind\": \"%s\", \"subject\": \"%s\"%s}", kind, who, rest);
}

#define OVER_TORKHAM                                                                               \
	", \"crossing\": \"XP-TORKHAM\", \"direction\": \"crossed\","                              \
	" \"return_kind\": \"facilitated-voluntary\""

static void seats(struct town *t)
{
	town_records(t, ROLE_MOVEMENT,
		     "[{\"kind\": \"seat.assigned\", \"subject\": \"@zarmina\","
		     "  \"movement\": \"@bus\", \"seat\": 3},"
		     " {\"kind\": \"seat.assigned\", \"subject\": \"@habib\","
		     "  \"movement\": \"@bus\", \"seat\": 1},"
		     " {\"kind\": \"seat.assigned\", \"subject\": \"@lal\","
		     "  \"movement\": \"@bus\", \"seat\": 2}]");
}

static void asks_again(struct town *t, const char *who)
{
	does(t, ROLE_LEGAL_AID, who, "choice.reconfirmed",
	     ", \"company\": \"alone\", \"by_transporter\": false");
}

static void all_depart(struct town *t)
{
	asks_again(t, "@zarmina");
	asks_again(t, "@habib");
	town_records(t, ROLE_MOVEMENT,
		     "[{\"kind\": \"departure.recorded\", \"subject\": \"@habib\","
		     "  \"movement\": \"@bus\"},"
		     " {\"kind\": \"departure.recorded\", \"subject\": \"@lal\","
		     "  \"movement\": \"@bus\"},"
		     " {\"kind\": \"departure.recorded\", \"subject\": \"@zarmina\","
		     "  \"movement\": \"@bus\"}]");
}

static const json_t *manifest(struct clerk *c, struct town *t, int64_t role)
{
	struct id bus = town_id(t, "@bus");

	clerk_begin(c, t, role, WORDS_EN);
	return clerk_gets(c, desk_manifest(&c->desk, &bus, clerk_asks(c)), SHAPE_MANIFEST);
}

/* --- movements ------------------------------------------------------------------------ */

TEST(movements_to_come_are_listed_soonest_first_and_past_ones_when_asked_for)
{
	struct town *t = town_of_travellers();
	const json_t *j;
	struct clerk c;

	town_records(t, ROLE_MOVEMENT,
		     "{\"kind\": \"movement.planned\", \"subject\": \"@later\","
		     " \"departs\": \"2026-12-24T08:00:00+05:00\", \"from\": \"VRC-AZAKHEL\","
		     " \"crossing\": \"XP-CHAMAN\", \"seats\": 7, \"transporter\": \"Khyber\"}");
	clerk_begin(&c, t, ROLE_BORDER, WORDS_PS);
	j = clerk_gets(&c, desk_movements(&c.desk, false, clerk_asks(&c)), SHAPE_MOVEMENTS);
	CHECK_INT(json_array_size(json_at(j, "movements")), 2);
	CHECK_TEXT(json_text_at(j, "movements/0/crossing"), "XP-TORKHAM");
	CHECK_TEXT(json_text_at(j, "movements/0/crossing_name"), "تورخم");
	CHECK_TEXT(json_text_at(j, "movements/1/departs"), "2026-12-24T08:00:00+05:00");
	CHECK_TEXT(json_text_at(j, "movements/1/transporter"), "Khyber");
	town_wait(t, 60 * DAY);
	j = clerk_gets(&c, desk_movements(&c.desk, false, clerk_asks(&c)), SHAPE_MOVEMENTS);
	CHECK_INT(json_array_size(json_at(j, "movements")), 0);
	j = clerk_gets(&c, desk_movements(&c.desk, true, clerk_asks(&c)), SHAPE_MOVEMENTS);
	CHECK_INT(json_array_size(json_at(j, "movements")), 2);
	clerk_end(&c);
	town_free(t);
}

TEST(a_cashier_is_told_of_no_movement)
{
	struct town *t = town_of_travellers();
	struct clerk c;

	clerk_begin(&c, t, ROLE_CASHIER, WORDS_EN);
	clerk_is_refused(&c, desk_movements(&c.desk, false, clerk_asks(&c)), ERR_DENIED,
			 "deed.denied");
	clerk_end(&c);
	town_free(t);
}

/* --- the manifest ----------------------------------------------------------------------- */

TEST(a_manifest_lists_aliases_by_seat_and_no_name)
{
	struct town *t = town_of_travellers();
	const json_t *j;
	struct clerk c;

	seats(t);
	asks_again(t, "@zarmina");
	j = manifest(&c, t, ROLE_PROTECTION);
	CHECK_INT(json_array_size(json_at(j, "travellers")), 3);
	for (int i = 0; i < 3; i++) {
		char path[32];

		snprintf(path, sizeof(path), "travellers/%d/seat", i);
		CHECK_INT(json_integer_value(json_at(j, path)), i + 1);
	}
	CHECK(json_is_true(json_at(j, "travellers/2/asked_again")));
	CHECK(json_is_false(json_at(j, "travellers/0/asked_again")));
	CHECK(json_is_false(json_at(j, "travellers/0/ready")));
	CHECK_INT(json_integer_value(json_at(j, "movement/taken")), 3);
	CHECK(!json_mentions(j, "Zarmina") && !json_mentions(j, "زرمینه"));
	CHECK(!json_mentions(j, "PSH-") && !json_mentions(j, "1234567"));
	clerk_end(&c);
	town_free(t);
}

TEST(whoever_was_asked_again_and_meets_every_rule_is_ready)
{
	struct town *t = town_of_travellers();
	const json_t *j;
	struct clerk c;

	seats(t);
	asks_again(t, "@zarmina");
	asks_again(t, "@habib");
	j = manifest(&c, t, ROLE_MOVEMENT);
	CHECK(json_is_true(json_at(j, "travellers/0/ready")));
	CHECK(json_is_true(json_at(j, "travellers/2/ready")));
	clerk_end(&c);
	town_free(t);
}

TEST(whoever_withdraws_is_on_no_manifest_from_that_moment)
{
	struct town *t = town_of_travellers();
	const json_t *j;
	struct clerk c;

	seats(t);
	does(t, ROLE_BORDER, "@zarmina", "choice.withdrawn", ", \"channel\": \"gate\"");
	j = manifest(&c, t, ROLE_MOVEMENT);
	CHECK_INT(json_array_size(json_at(j, "travellers")), 2);
	CHECK_INT(json_integer_value(json_at(j, "travellers/0/seat")), 1);
	CHECK_INT(json_integer_value(json_at(j, "travellers/1/seat")), 2);
	clerk_end(&c);
	town_free(t);
}

TEST(the_three_counts_name_who_is_missing_between_them)
{
	struct town *t = town_of_travellers();
	struct id habib, zarmina;
	char alias[ALIAS_SIZE];
	const json_t *j;
	struct clerk c;

	seats(t);
	all_depart(t);
	does(t, ROLE_BORDER, "@habib", "crossing.recorded", OVER_TORKHAM);
	does(t, ROLE_BORDER, "@lal", "crossing.recorded", OVER_TORKHAM);
	does(t, ROLE_BORDER, "@lal", "arrival.recorded", ", \"area\": \"AF06\"");
	j = manifest(&c, t, ROLE_BORDER);
	CHECK_INT(json_integer_value(json_at(j, "boarded")), 3);
	CHECK_INT(json_integer_value(json_at(j, "crossed")), 2);
	CHECK_INT(json_integer_value(json_at(j, "arrived")), 1);
	zarmina = town_id(t, "@zarmina");
	alias_of(alias, &zarmina);
	CHECK_INT(json_array_size(json_at(j, "missing_at_crossing")), 1);
	CHECK_TEXT(json_text_at(j, "missing_at_crossing/0"), alias);
	habib = town_id(t, "@habib");
	alias_of(alias, &habib);
	CHECK_INT(json_array_size(json_at(j, "missing_at_arrival")), 1);
	CHECK_TEXT(json_text_at(j, "missing_at_arrival/0"), alias);
	clerk_end(&c);
	town_free(t);
}

TEST(a_manifest_is_gone_two_days_after_it_left)
{
	struct town *t = town_of_travellers();
	struct id bus = town_id(t, "@bus"), none = { { 7 } };
	struct clerk c;

	seats(t);
	clerk_begin(&c, t, ROLE_PROTECTION, WORDS_EN);
	town_wait(t, 6 * HOUR + 2 * DAY - 60);
	clerk_gets(&c, desk_manifest(&c.desk, &bus, clerk_asks(&c)), SHAPE_MANIFEST);
	town_wait(t, 60);
	clerk_is_refused(&c, desk_manifest(&c.desk, &bus, clerk_asks(&c)), ERR_NOT_FOUND,
			 "desk.manifest-over");
	clerk_is_refused(&c, desk_manifest(&c.desk, &none, clerk_asks(&c)), ERR_NOT_FOUND,
			 "desk.no-movement");
	clerk_end(&c);
	town_free(t);
}

TEST(a_manifest_is_for_who_boards_and_who_protects)
{
	static const int64_t roles[] = { ROLE_REGISTRATION, ROLE_COUNSELLOR,	ROLE_LEGAL_AID,
					 ROLE_CASHIER,	    ROLE_ADMINISTRATOR, ROLE_AUDITOR };
	struct town *t = town_of_travellers();
	struct id bus = town_id(t, "@bus");

	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		struct clerk c;

		clerk_begin(&c, t, roles[i], WORDS_EN);
		clerk_is_refused(&c, desk_manifest(&c.desk, &bus, clerk_asks(&c)), ERR_DENIED,
				 "deed.denied");
		clerk_is_refused(&c, desk_scan(&c.desk, TEXT("x"), NULL, clerk_asks(&c)),
				 ERR_DENIED, "deed.denied");
		clerk_end(&c);
	}
	town_free(t);
}

/* --- at the gate -------------------------------------------------------------------------- */

struct gate {
	struct town *town;
	struct clerk clerk;
};

static void gate_open(struct gate *g)
{
	g->town = town_of_travellers();
	clerk_begin(&g->clerk, g->town, ROLE_BORDER, WORDS_EN);
}

static void gate_close(struct gate *g)
{
	clerk_end(&g->clerk);
	town_free(g->town);
}

/* What is said to `scanned`, where the movement `at` stands ("": none). */
static const json_t *scans(struct gate *g, const char *scanned, const char *at)
{
	struct id movement;
	const struct id *stands = NULL;

	if (*at) {
		movement = town_id(g->town, at);
		stands = &movement;
	}
	return clerk_gets(
		&g->clerk,
		desk_scan(&g->clerk.desk, text_of(scanned), stands, clerk_asks(&g->clerk)),
		SHAPE_SCANNED);
}

static const json_t *scans_slip_of(struct gate *g, const char *who, const char *at)
{
	struct id id = town_id(g->town, who);
	char slip[SLIP_SIZE + 1];

	slip_write(slip, &id);
	return scans(g, slip, at);
}

TEST(a_slip_of_who_left_with_this_movement_is_accepted)
{
	struct gate g;
	const json_t *j;

	gate_open(&g);
	seats(g.town);
	all_depart(g.town);
	j = scans_slip_of(&g, "@zarmina", "@bus");
	CHECK_TEXT(json_text_at(j, "answer"), "accept");
	CHECK_TEXT(json_text_at(j, "why"), "She may pass.");
	CHECK_INT(json_integer_value(json_at(j, "seat")), 3);
	CHECK(!json_mentions(j, "Zarmina"));
	CHECK_TEXT(json_text_at(scans_slip_of(&g, "@zarmina", ""), "answer"), "accept");
	gate_close(&g);
}

TEST(a_paper_in_any_digits_and_a_case_number_lead_to_the_same_person)
{
	static const char *const papers[] = { "00000-1234567-8", " ۰۰۰۰۰-۱۲۳۴۵۶۷-۸\r\n",
					      "٠٠٠٠٠١٢٣٤٥٦٧٨" };
	struct id household;
	struct household h;
	const struct state *s;
	char number[CASE_NUMBER_MAX + 4];
	struct gate g;

	gate_open(&g);
	seats(g.town);
	all_depart(g.town);
	household = town_id(g.town, "@household");
	for (size_t i = 0; i < COUNT_OF(papers); i++)
		CHECK_TEXT(json_text_at(scans(&g, papers[i], "@bus"), "answer"), "accept");
	CHECK_INT(reg_read_begin(g.town->reg, &g.town->as[ROLE_REGISTRATION], DEED_SHOW_HOUSEHOLD,
				 &s, &g.town->fault),
		  OK);
	CHECK(state_household(s, &household, &h));
	snprintf(number, sizeof(number), "%.*s/2", SHOWN(h.case_number));
	reg_read_end(g.town->reg);
	CHECK_TEXT(json_text_at(scans(&g, number, "@bus"), "answer"), "accept");
	number[strlen(number) - 2] = '\0';
	CHECK_TEXT(json_text_at(scans(&g, number, "@bus"), "key"), "scan.which-member");
	gate_close(&g);
}

/* A hand writes a small letter, and an O for a zero. */
static void misspell(char *alias)
{
	for (; *alias; alias++) {
		if (*alias >= 'A' && *alias <= 'Z')
			*alias = (char)(*alias - 'A' + 'a');
		if (*alias == '0')
			*alias = 'O';
	}
}

TEST(the_letters_that_are_printed_on_a_slip_lead_to_her_as_its_picture_does)
{
	char alias[ALIAS_SIZE];
	struct id zarmina;
	struct gate g;

	gate_open(&g);
	zarmina = town_id(g.town, "@zarmina");
	alias_of(alias, &zarmina);
	CHECK_TEXT(json_text_at(scans(&g, alias, "@bus"), "key"), "scan.nobody");
	seats(g.town);
	all_depart(g.town);
	CHECK_TEXT(json_text_at(scans(&g, alias, "@bus"), "answer"), "accept");
	misspell(alias);
	CHECK_TEXT(json_text_at(scans(&g, alias, "@bus"), "answer"), "accept");
	alias[ALIAS_SIZE - 3]++;
	CHECK_TEXT(json_text_at(scans(&g, alias, "@bus"), "key"), "scan.nobody");
	gate_close(&g);
}

TEST(a_passport_is_read_by_its_zone_and_a_wrong_check_digit_is_told)
{
	struct gate g;

	gate_open(&g);
	town_records(g.town, ROLE_REGISTRATION,
		     "{\"kind\": \"person.amended\", \"subject\": \"@zarmina\", \"documents\":"
		     " [{\"kind\": \"passport\", \"number\": \"L898902C3\"}]}");
	seats(g.town);
	all_depart(g.town);
	CHECK_TEXT(json_text_at(scans(&g,
				      "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\r\n"
				      "L898902C36UTO7408122F1204159ZE184226B<<<<<10\r\n",
				      "@bus"),
				"answer"),
		   "accept");
	CHECK_TEXT(json_text_at(scans(&g,
				      "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\r\n"
				      "L898902C37UTO7408122F1204159ZE184226B<<<<<10\r\n",
				      "@bus"),
				"key"),
		   "scan.zone-misread");
	gate_close(&g);
}

TEST(each_reason_not_to_pass_has_its_own_sentence)
{
	struct gate g;
	const json_t *j;

	gate_open(&g);
	seats(g.town);
	j = scans_slip_of(&g, "@zarmina", "@bus");
	CHECK_TEXT(json_text_at(j, "answer"), "refuse");
	CHECK_TEXT(json_text_at(j, "key"), "scan.not-departed");
	all_depart(g.town);
	town_records(g.town, ROLE_MOVEMENT,
		     "{\"kind\": \"movement.planned\", \"subject\": \"@other\","
		     " \"departs\": \"2026-11-30T08:00:00+05:00\", \"from\": \"VRC-AZAKHEL\","
		     " \"crossing\": \"XP-TORKHAM\", \"seats\": 7}");
	CHECK_TEXT(json_text_at(scans_slip_of(&g, "@zarmina", "@other"), "key"),
		   "scan.other-movement");
	does(g.town, ROLE_BORDER, "@habib", "crossing.recorded", OVER_TORKHAM);
	j = scans_slip_of(&g, "@habib", "@bus");
	CHECK_TEXT(json_text_at(j, "key"), "scan.crossed");
	CHECK(*json_text_at(j, "crossed"));
	does(g.town, ROLE_BORDER, "@zarmina", "hold.placed", ", \"reason\": \"medical\"");
	CHECK_TEXT(json_text_at(scans_slip_of(&g, "@zarmina", "@bus"), "key"), "scan.held");
	does(g.town, ROLE_BORDER, "@zarmina", "incident.reported", ", \"sort\": \"detention\"");
	CHECK_TEXT(json_text_at(scans_slip_of(&g, "@zarmina", "@bus"), "key"), "scan.detained");
	does(g.town, ROLE_BORDER, "@zarmina", "choice.withdrawn", ", \"channel\": \"gate\"");
	j = scans_slip_of(&g, "@zarmina", "@bus");
	CHECK_TEXT(json_text_at(j, "answer"), "refuse");
	CHECK_TEXT(json_text_at(j, "key"), "scan.withdrawn");
	gate_close(&g);
}

TEST(what_leads_to_nobody_says_what_to_do_instead)
{
	static const struct {
		const char *scanned, *key;
	} cases[] = {
		{ "", "scan.empty" },
		{ " \r\n", "scan.empty" },
		{ "https://example.org/menu", "scan.nobody" },
		{ "IKH1:6BF+70.OD", "scan.receipt" },
		{ "IKS1:0123456789ABCDEFGHJKMNPQRSTV", "scan.slip-misread" },
		{ "99999-9999999-9", "scan.nobody" },
		{ "PSH-26-00001-Z", "scan.nobody" },
	};
	struct id nobody = { { 9, 9 } };
	char slip[SLIP_SIZE + 1];
	struct gate g;

	gate_open(&g);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const json_t *j = scans(&g, cases[i].scanned, "");

		CHECK_TEXT(json_text_at(j, "answer"), "unknown");
		CHECK_TEXT(json_text_at(j, "key"), cases[i].key);
		CHECK(!json_at(j, "person") && !json_at(j, "alias"));
	}
	slip_write(slip, &nobody);
	CHECK_TEXT(json_text_at(scans(&g, slip, ""), "key"), "scan.nobody");
	clerk_is_refused(&g.clerk,
			 desk_scan(&g.clerk.desk, TEXT("x"), &nobody, clerk_asks(&g.clerk)),
			 ERR_NOT_FOUND, "desk.no-movement");
	gate_close(&g);
}

RUN_TESTS()
