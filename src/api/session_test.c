/*
 * Sessions on a clock that is moved by hand.
 */
#include <stdio.h>

#include "api/api.h"
#include "api/session.h"
#include "base/test.h"
#include "base/world_testing.h"

#define MINUTE (INT64_C(60) * 1000)
#define PIN TEXT("481516")

static const struct id zahra = { { 7 } }, nadia = { { 8 } };

struct yard {
	struct world_simulated world;
	struct sessions *sessions;
	struct fault fault;
};

static void begin(struct yard *y)
{
	*y = (struct yard){ .sessions = NULL };
	world_simulated_init(&y->world, 1);
	CHECK_INT(sessions_new(&y->sessions, &y->world.world, &y->fault), OK);
}

static struct id account(uint8_t number)
{
	return (struct id){ { number } };
}

static enum err enters(struct yard *y, struct cookie *c, uint8_t number, bool shared)
{
	const struct newcomer n = { .account = account(number),
				    .name = TEXT("zahra"),
				    .shared = shared };

	y->fault = (struct fault){ 0 };
	return sessions_enter(y->sessions, c, &n, &y->fault);
}

/* A browser at which this account has just logged in. */
static struct cookie browser_of(struct yard *y, uint8_t number)
{
	struct cookie c = { .given = false };

	CHECK_INT(enters(y, &c, number, false), OK);
	return c;
}

static struct seen look(struct yard *y, const struct cookie *c)
{
	struct seen seen;

	sessions_look(y->sessions, c, false, &seen);
	return seen;
}

static void check_at_screen(struct yard *y, const struct cookie *c, uint8_t number)
{
	struct seen seen = look(y, c);
	struct id wanted = account(number);

	CHECK(id_same(&seen.who.account, &wanted));
}

static void check_stands(struct yard *y, const struct cookie *c, enum standing wanted)
{
	CHECK_INT(look(y, c).standing, wanted);
}

static void sets_pin(struct yard *y, const struct cookie *c)
{
	CHECK_INT(sessions_set_pin(y->sessions, c, PIN, &y->fault), OK);
}

static enum err tries_pin(struct yard *y, const struct cookie *c, const struct id *whose,
			  struct text pin)
{
	y->fault = (struct fault){ 0 };
	return sessions_open_by_pin(y->sessions, c, whose, pin, &y->fault);
}

/* --- cookies ------------------------------------------------------------------------- */

#define HEX64 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

TEST(our_cookie_is_found_among_others_and_only_in_our_form)
{
	static const struct {
		const char *header;
		bool given;
	} headers[] = {
		{ "", false },
		{ API_COOKIE "=" HEX64, true },
		{ "a=b; " API_COOKIE "=" HEX64 "; c=d", true },
		{ "a=b;" API_COOKIE "=" HEX64, true },
		{ API_COOKIE "=" HEX64 "0", false },
		{ API_COOKIE "=zz; " API_COOKIE "=" HEX64, true },
		{ "x" API_COOKIE "=" HEX64, false },
		{ "ikhtiar=" HEX64, false },
		{ ";;;", false },
	};

	for (size_t i = 0; i < COUNT_OF(headers); i++)
		CHECK_INT(cookie_read(text_of(headers[i].header)).given, headers[i].given);
	CHECK(!cookie_read((struct text){ NULL, 0 }).given);
}

TEST(a_cookie_that_is_written_reads_the_same)
{
	struct cookie c = cookie_read(TEXT(API_COOKIE "=" HEX64));
	char line[COOKIE_LINE_SIZE];

	cookie_write(line, &c);
	CHECK_TEXT(text_of(line),
		   API_COOKIE "=" HEX64 "; Path=/; Secure; HttpOnly; SameSite=Strict");
}

/* --- coming in, idling, going ---------------------------------------------------------- */

TEST(who_has_logged_in_is_in_and_nobody_else_is)
{
	struct yard y;
	struct cookie c, other = { .given = true, .at = { 1 } }, none = { .given = false };

	begin(&y);
	c = browser_of(&y, 7);
	check_stands(&y, &c, STANDING_IN);
	check_at_screen(&y, &c, 7);
	check_stands(&y, &other, STANDING_OUT);
	check_stands(&y, &none, STANDING_OUT);
	CHECK_INT(sessions_count(y.sessions), 1);
	sessions_free(y.sessions);
}

TEST(a_login_makes_the_cookie_of_before_worthless)
{
	struct yard y;
	struct cookie before, after;

	begin(&y);
	before = after = browser_of(&y, 7);
	CHECK_INT(enters(&y, &after, 7, false), OK);
	check_stands(&y, &before, STANDING_OUT);
	check_stands(&y, &after, STANDING_IN);
	sessions_free(y.sessions);
}

TEST(who_does_nothing_for_a_quarter_of_an_hour_is_out_without_a_pin)
{
	struct yard y;
	struct cookie c;

	begin(&y);
	c = browser_of(&y, 7);
	world_wait(&y.world, 14 * MINUTE);
	sessions_look(y.sessions, &c, true, &(struct seen){ 0 });
	world_wait(&y.world, 14 * MINUTE);
	check_stands(&y, &c, STANDING_IN);
	world_wait(&y.world, 1 * MINUTE);
	check_stands(&y, &c, STANDING_OUT);
	sessions_free(y.sessions);
}

TEST(what_a_screen_asks_by_itself_keeps_nobody_in)
{
	struct yard y;
	struct cookie c;

	begin(&y);
	c = browser_of(&y, 7);
	for (int i = 0; i < 15; i++) {
		check_stands(&y, &c, STANDING_IN);
		world_wait(&y.world, MINUTE);
	}
	check_stands(&y, &c, STANDING_OUT);
	sessions_free(y.sessions);
}

TEST(with_a_pin_it_is_asked_for_over_the_same_screen)
{
	struct yard y;
	struct cookie c;

	begin(&y);
	c = browser_of(&y, 7);
	sets_pin(&y, &c);
	world_wait(&y.world, 15 * MINUTE);
	check_stands(&y, &c, STANDING_PIN);
	CHECK_INT(tries_pin(&y, &c, NULL, TEXT("۴۸۱۵۱۶")), OK);
	check_stands(&y, &c, STANDING_IN);
	sessions_free(y.sessions);
}

TEST(a_session_ends_after_twelve_hours_whatever_is_done)
{
	struct yard y;
	struct cookie c;

	begin(&y);
	c = browser_of(&y, 7);
	sets_pin(&y, &c);
	for (int64_t passed = 0; passed < SESSION_MS; passed += 10 * MINUTE) {
		check_stands(&y, &c, STANDING_IN);
		world_wait(&y.world, 10 * MINUTE);
		sessions_look(y.sessions, &c, true, &(struct seen){ 0 });
	}
	check_stands(&y, &c, STANDING_OUT);
	sessions_free(y.sessions);
}

TEST(who_goes_is_out_and_a_closed_account_is_out_everywhere)
{
	struct yard y;
	struct cookie here, there, other;

	begin(&y);
	here = browser_of(&y, 7);
	there = browser_of(&y, 7);
	other = browser_of(&y, 8);
	sessions_leave(y.sessions, &here);
	check_stands(&y, &here, STANDING_OUT);
	check_stands(&y, &there, STANDING_IN);
	sessions_drop(y.sessions, &(struct id){ { 7 } });
	check_stands(&y, &there, STANDING_OUT);
	check_stands(&y, &other, STANDING_IN);
	sessions_clear(y.sessions);
	check_stands(&y, &other, STANDING_OUT);
	CHECK_INT(sessions_count(y.sessions), 0);
	sessions_free(y.sessions);
}

/* --- the PIN ------------------------------------------------------------------------- */

TEST(after_five_wrong_pins_only_the_passphrase_opens)
{
	struct yard y;
	struct cookie c;

	begin(&y);
	c = browser_of(&y, 7);
	sets_pin(&y, &c);
	sessions_away(y.sessions, &c);
	for (int i = 0; i < PIN_TRIES - 1; i++) {
		CHECK_INT(tries_pin(&y, &c, NULL, TEXT("000000")), ERR_DENIED);
		CHECK_TEXT(y.fault.key, "session.pin-wrong");
	}
	CHECK_INT(tries_pin(&y, &c, NULL, TEXT("000000")), ERR_DENIED);
	CHECK_TEXT(y.fault.key, "session.pin-none");
	CHECK_INT(tries_pin(&y, &c, NULL, PIN), ERR_DENIED);
	check_stands(&y, &c, STANDING_PIN);
	sessions_open(y.sessions, &c, &zahra);
	check_stands(&y, &c, STANDING_IN);
	CHECK(!look(&y, &c).pin_set);
	sessions_free(y.sessions);
}

TEST(a_right_pin_forgives_the_wrong_ones_before)
{
	struct yard y;
	struct cookie c;

	begin(&y);
	c = browser_of(&y, 7);
	sets_pin(&y, &c);
	for (int round = 0; round < 3; round++) {
		sessions_away(y.sessions, &c);
		for (int i = 0; i < PIN_TRIES - 1; i++)
			CHECK_INT(tries_pin(&y, &c, NULL, TEXT("000000")), ERR_DENIED);
		CHECK_INT(tries_pin(&y, &c, NULL, PIN), OK);
	}
	sessions_free(y.sessions);
}

TEST(a_pin_has_six_digits)
{
	static const char *const wrong[] = { "", "12345", "1234567", "12345a", "1 2345", "۱۲۳۴۵" };
	struct yard y;
	struct cookie c;

	begin(&y);
	c = browser_of(&y, 7);
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		CHECK_FAULT(sessions_set_pin(y.sessions, &c, text_of(wrong[i]), &y.fault),
			    ERR_INPUT, &y.fault, "session.pin-form");
	CHECK(!look(&y, &c).pin_set);
	sessions_free(y.sessions);
}

TEST(nobody_has_no_pin)
{
	struct yard y;
	struct cookie none = { .given = false };

	begin(&y);
	CHECK_FAULT(sessions_set_pin(y.sessions, &none, PIN, &y.fault), ERR_DENIED, &y.fault,
		    "session.nobody");
	CHECK_FAULT(sessions_open_by_pin(y.sessions, &none, NULL, PIN, &y.fault), ERR_DENIED,
		    &y.fault, "session.nobody");
	sessions_free(y.sessions);
}

TEST(who_goes_away_without_a_pin_is_out)
{
	struct yard y;
	struct cookie c;

	begin(&y);
	c = browser_of(&y, 7);
	sessions_away(y.sessions, &c);
	check_stands(&y, &c, STANDING_OUT);
	sessions_free(y.sessions);
}

/* --- a shared tablet ------------------------------------------------------------------- */

TEST(on_a_shared_tablet_two_switch_with_their_pins)
{
	struct id first = account(7), second = account(8);
	struct yard y;
	struct cookie c;
	struct seen seen;

	begin(&y);
	c = browser_of(&y, 7);
	sets_pin(&y, &c);
	CHECK_INT(enters(&y, &c, 8, true), OK);
	sets_pin(&y, &c);
	seen = look(&y, &c);
	check_at_screen(&y, &c, 8);
	CHECK_INT(seen.colleague_count, 1);
	CHECK(id_same(&seen.colleagues[0], &first));
	CHECK_INT(tries_pin(&y, &c, &first, PIN), OK);
	check_at_screen(&y, &c, 7);
	CHECK_INT(tries_pin(&y, &c, &(struct id){ { 9 } }, PIN), ERR_NOT_FOUND);
	sessions_leave(y.sessions, &c);
	check_stands(&y, &c, STANDING_OUT);
	CHECK_INT(tries_pin(&y, &c, &second, PIN), OK);
	check_stands(&y, &c, STANDING_IN);
	sessions_free(y.sessions);
}

TEST(whoever_has_no_pin_does_not_stay_on_a_shared_tablet)
{
	struct yard y;
	struct cookie c;

	begin(&y);
	c = browser_of(&y, 7);
	CHECK_INT(enters(&y, &c, 8, true), OK);
	CHECK_INT(look(&y, &c).colleague_count, 0);
	sessions_free(y.sessions);
}

TEST(a_login_that_is_not_shared_leaves_nobody_else_on_the_tablet)
{
	struct yard y;
	struct cookie c;

	begin(&y);
	c = browser_of(&y, 7);
	sets_pin(&y, &c);
	CHECK_INT(enters(&y, &c, 8, false), OK);
	CHECK_INT(look(&y, &c).colleague_count, 0);
	sessions_free(y.sessions);
}

TEST(a_ninth_account_finds_the_tablet_full_and_changes_nothing_for_the_others)
{
	struct yard y;
	struct cookie c;

	begin(&y);
	c = browser_of(&y, 1);
	sets_pin(&y, &c);
	for (uint8_t n = 2; n <= HOLDERS_MAX; n++) {
		CHECK_INT(enters(&y, &c, n, true), OK);
		sets_pin(&y, &c);
	}
	CHECK_INT(enters(&y, &c, HOLDERS_MAX + 1, true), ERR_FULL);
	CHECK_TEXT(y.fault.key, "session.tablet-full");
	check_stands(&y, &c, STANDING_IN);
	CHECK_INT(sessions_count(y.sessions), HOLDERS_MAX);
	sessions_free(y.sessions);
}

TEST(the_token_of_one_account_is_none_of_another_at_the_same_screen)
{
	struct yard y;
	struct cookie c;
	struct seen first, second;

	begin(&y);
	c = browser_of(&y, 7);
	sets_pin(&y, &c);
	CHECK_INT(enters(&y, &c, 8, true), OK);
	sets_pin(&y, &c);
	second = look(&y, &c);
	CHECK_INT(tries_pin(&y, &c, &(struct id){ { 7 } }, PIN), OK);
	first = look(&y, &c);
	CHECK_INT(strlen(first.token), 2 * KEY_SIZE);
	CHECK(strcmp(first.token, second.token));
	sessions_free(y.sessions);
}

/* --- failing --------------------------------------------------------------------------- */

TEST(wrong_codes_make_the_account_wait_up_to_an_hour_until_she_is_in)
{
	static const unsigned waits_s[] = { 0,	0,   0,	  2,   4,    8,	   16,	 32,
					    64, 128, 256, 512, 1024, 2048, 3600, 3600 };
	struct yard y;
	struct cookie c = { .given = false };

	begin(&y);
	for (size_t i = 0; i < COUNT_OF(waits_s); i++) {
		sessions_code_failed(y.sessions, &zahra);
		CHECK_INT(sessions_code_wait_s(y.sessions, &zahra), waits_s[i]);
	}
	CHECK_INT(sessions_code_wait_s(y.sessions, &nadia), 0);
	world_wait(&y.world, 60 * MINUTE);
	CHECK_INT(sessions_code_wait_s(y.sessions, &zahra), 0);
	sessions_code_failed(y.sessions, &zahra);
	CHECK_INT(enters(&y, &c, 7, false), OK);
	CHECK_INT(sessions_code_wait_s(y.sessions, &zahra), 0);
	sessions_free(y.sessions);
}

TEST(who_fails_waits_longer_each_time_and_makes_nobody_else_wait)
{
	struct yard y;
	struct cookie stranger = { .given = false }, own;

	begin(&y);
	own = browser_of(&y, 7);
	for (int i = 0; i < 3; i++) {
		CHECK_INT(sessions_failed(y.sessions, &stranger, TEXT("zahra"), &y.fault), OK);
		CHECK_INT(sessions_wait_s(y.sessions, &stranger, TEXT("zahra")), 0);
	}
	CHECK_INT(sessions_failed(y.sessions, &stranger, TEXT("zahra"), &y.fault), OK);
	CHECK_INT(sessions_wait_s(y.sessions, &stranger, TEXT("zahra")), 2);
	CHECK_INT(sessions_failed(y.sessions, &stranger, TEXT("zahra"), &y.fault), OK);
	CHECK_INT(sessions_wait_s(y.sessions, &stranger, TEXT("zahra")), 4);
	for (int i = 0; i < 50; i++)
		CHECK_INT(sessions_failed(y.sessions, &stranger, TEXT("zahra"), &y.fault), OK);
	CHECK_INT(sessions_wait_s(y.sessions, &stranger, TEXT("zahra")), 60);
	CHECK_INT(sessions_wait_s(y.sessions, &stranger, TEXT("nadia")), 0);
	CHECK_INT(sessions_wait_s(y.sessions, &own, TEXT("zahra")), 0);
	world_wait(&y.world, MINUTE);
	CHECK_INT(sessions_wait_s(y.sessions, &stranger, TEXT("zahra")), 0);
	sessions_free(y.sessions);
}

TEST(a_login_forgives_the_failures_before)
{
	struct yard y;
	struct cookie c = { .given = false };

	begin(&y);
	for (int i = 0; i < 6; i++)
		CHECK_INT(sessions_failed(y.sessions, &c, TEXT("zahra"), &y.fault), OK);
	CHECK_INT(enters(&y, &c, 7, false), OK);
	CHECK_INT(sessions_wait_s(y.sessions, &c, TEXT("zahra")), 0);
	sessions_free(y.sessions);
}

TEST(browsers_at_which_nobody_is_in_make_room_for_others)
{
	struct yard y;

	begin(&y);
	for (int i = 0; i < 2 * SESSIONS_MAX; i++) {
		struct cookie stranger = { .given = false };

		CHECK_INT(sessions_failed(y.sessions, &stranger, TEXT("zahra"), &y.fault), OK);
	}
	(void)browser_of(&y, 7);
	sessions_free(y.sessions);
}

TEST(when_every_place_is_taken_nobody_is_put_out_for_another)
{
	struct cookie first, more = { .given = false };
	struct yard y;

	begin(&y);
	first = browser_of(&y, 7);
	for (int i = 1; i < SESSIONS_MAX; i++)
		(void)browser_of(&y, 8);
	CHECK_INT(enters(&y, &more, 9, false), ERR_FULL);
	CHECK_TEXT(y.fault.key, "session.full");
	check_stands(&y, &first, STANDING_IN);
	sessions_free(y.sessions);
}

TEST(a_browser_that_asks_without_pause_waits_and_others_do_not)
{
	struct yard y;
	struct cookie c, other;

	begin(&y);
	c = browser_of(&y, 7);
	other = browser_of(&y, 8);
	for (int i = 0; i < 500; i++)
		CHECK_INT(look(&y, &c).wait_s, 0);
	CHECK_INT(look(&y, &c).wait_s, 1);
	CHECK_INT(look(&y, &other).wait_s, 0);
	world_wait(&y.world, 1000);
	for (int i = 0; i < 50; i++)
		CHECK_INT(look(&y, &c).wait_s, 0);
	CHECK_INT(look(&y, &c).wait_s, 1);
	sessions_free(y.sessions);
}

/* --- what a session remembers ------------------------------------------------------------ */

TEST(a_file_that_was_opened_is_open_for_half_an_hour_in_that_session_alone)
{
	struct id file = { { 1 } }, not_opened = { { 2 } };
	struct yard y;
	struct cookie c, other;

	begin(&y);
	c = browser_of(&y, 7);
	other = browser_of(&y, 7);
	sets_pin(&y, &c);
	sessions_opened(y.sessions, &c, &zahra, &file);
	CHECK(sessions_has_open(y.sessions, &c, &zahra, &file));
	CHECK(!sessions_has_open(y.sessions, &c, &zahra, &not_opened));
	CHECK(!sessions_has_open(y.sessions, &other, &zahra, &file));
	world_wait(&y.world, OPENING_MS - 1);
	CHECK(sessions_has_open(y.sessions, &c, &zahra, &file));
	world_wait(&y.world, 1);
	CHECK(!sessions_has_open(y.sessions, &c, &zahra, &file));
	sessions_free(y.sessions);
}

TEST(nobody_reads_what_her_colleague_on_the_tablet_has_open)
{
	struct id file = { { 1 } };
	struct yard y;
	struct cookie c;

	begin(&y);
	c = browser_of(&y, 7);
	sets_pin(&y, &c);
	sessions_opened(y.sessions, &c, &zahra, &file);
	CHECK_INT(enters(&y, &c, 8, true), OK);
	CHECK(!sessions_has_open(y.sessions, &c, &nadia, &file));
	sessions_free(y.sessions);
}

TEST(a_passphrase_counts_for_five_minutes_and_once_more_when_asked_again)
{
	struct yard y;
	struct cookie c;

	begin(&y);
	c = browser_of(&y, 7);
	CHECK(sessions_was_again(y.sessions, &c, &zahra));
	world_wait(&y.world, AGAIN_MS);
	CHECK(!sessions_was_again(y.sessions, &c, &zahra));
	sessions_again(y.sessions, &c, &zahra);
	CHECK(sessions_was_again(y.sessions, &c, &zahra));
	sessions_free(y.sessions);
}

/* Her passphrase took a second to look at, and a colleague has come to the screen in it. */
TEST(what_one_has_proved_opens_nothing_for_the_colleague_who_came_meanwhile)
{
	struct id file = { { 1 } };
	struct yard y;
	struct cookie c;

	begin(&y);
	c = browser_of(&y, 7);
	sets_pin(&y, &c);
	CHECK_INT(enters(&y, &c, 8, true), OK);
	sets_pin(&y, &c);
	world_wait(&y.world, AGAIN_MS);
	sessions_away(y.sessions, &c);
	sessions_open(y.sessions, &c, &zahra);
	check_stands(&y, &c, STANDING_PIN);
	CHECK_INT(tries_pin(&y, &c, NULL, PIN), OK);
	sessions_again(y.sessions, &c, &zahra);
	CHECK(!sessions_was_again(y.sessions, &c, &nadia));
	sessions_opened(y.sessions, &c, &zahra, &file);
	CHECK(!sessions_has_open(y.sessions, &c, &nadia, &file));
	sessions_free(y.sessions);
}

TEST(an_authenticator_that_is_due_stands_before_everything)
{
	const struct newcomer n = { .account = account(7),
				    .name = TEXT("zahra"),
				    .code_due = true };
	struct cookie c = { .given = false };
	struct yard y;

	begin(&y);
	CHECK_INT(sessions_enter(y.sessions, &c, &n, &y.fault), OK);
	check_stands(&y, &c, STANDING_CODE);
	sessions_code_set(y.sessions, &c, &zahra);
	check_stands(&y, &c, STANDING_IN);
	sessions_free(y.sessions);
}

RUN_TESTS()
