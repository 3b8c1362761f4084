/*
 * Coming in, going out and coming back, through the server.
 */
#include <stdio.h>

#include "api/server_testing.h"
#include "api/session.h"

static void check_stands(struct browser *b, const char *wanted)
{
	CHECK_INT(browser_gets(b, "/api/session"), 200);
	CHECK_TEXT(browser_said(b, "standing"), wanted);
}

static void sets_pin(struct browser *b)
{
	CHECK_INT(browser_posts(b, "/api/session/pin", "{\"pin\": \"481516\"}"), 200);
	CHECK(json_is_true(json_object_get(b->json, "pin_set")));
}

static unsigned finds(struct browser *b)
{
	return browser_posts(b, "/api/find", "{\"q\": \"zarmina\"}");
}

static void wait_ms(struct server *s, int64_t ms)
{
	world_wait(&s->town.world, ms);
}

/* --- in ------------------------------------------------------------------------------- */

TEST(who_comes_in_is_told_who_she_is_and_what_she_may)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_BORDER);
	CHECK_TEXT(browser_said(&b, "name"), "border");
	CHECK_TEXT(browser_said(&b, "roles/0"), "border");
	CHECK(json_mentions(b.json, "crossing.recorded"));
	CHECK(!json_mentions(b.json, "show-person"));
	CHECK_INT(strlen(browser_said(&b, "draft_key")), 44);
	CHECK_INT(strlen(browser_said(&b, "token")), 64);
	browser_end(&b);
	server_end(&s);
}

TEST(a_cookie_that_was_set_before_the_login_is_worth_nothing_after_it)
{
	char before[HEADER_SIZE];
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	CHECK_INT(browser_logs_in(&b, "border", "wrong"), 401);
	CHECK(b.cookie[0]);
	memcpy(before, b.cookie, sizeof(before));
	CHECK_INT(browser_logs_in(&b, "border", "border"), 200);
	CHECK(strcmp(before, b.cookie));
	memcpy(b.cookie, before, sizeof(before));
	check_stands(&b, "out");
	browser_end(&b);
	server_end(&s);
}

TEST(a_wrong_name_and_a_wrong_passphrase_get_the_same_answer)
{
	char first[400];
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	CHECK_INT(browser_logs_in(&b, "border", "wrong"), 401);
	snprintf(first, sizeof(first), "%.*s", (int)b.got.body.size, (const char *)b.got.body.at);
	CHECK_INT(browser_logs_in(&b, "nobody", "wrong"), 401);
	CHECK_TEXT(((struct text){ (const char *)b.got.body.at, b.got.body.size }), first);
	browser_end(&b);
	server_end(&s);
}

TEST(an_empty_passphrase_is_told_in_words_for_who_forgot_to_type_it)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	for (int i = 0; i < 5; i++)
		CHECK_INT(browser_logs_in(&b, "border", ""), 400);
	CHECK_TEXT(browser_said(&b, "key"), "session.no-passphrase");
	CHECK_TEXT(browser_said(&b, "detail"), "The passphrase is empty. Type it, and try again.");
	/* It is no failure: nobody waits for it. */
	CHECK_INT(browser_logs_in(&b, "border", "border"), 200);
	browser_end(&b);
	server_end(&s);
}

TEST(who_fails_often_waits_and_the_account_is_locked_for_nobody_else)
{
	struct server s;
	struct browser stranger, own;

	server_begin(&s, 1);
	browser_begin(&stranger, &s);
	browser_begin(&own, &s);
	for (int i = 0; i < 4; i++)
		CHECK_INT(browser_logs_in(&stranger, "border", "wrong"), 401);
	CHECK_INT(browser_logs_in(&stranger, "border", "border"), 429);
	CHECK_TEXT(browser_said(&stranger, "key"), "session.wait");
	CHECK_INT(stranger.got.retry_after_s, 2);
	CHECK_INT(browser_logs_in(&own, "border", "border"), 200);
	wait_ms(&s, 2000);
	CHECK_INT(browser_logs_in(&stranger, "border", "border"), 200);
	browser_end(&own);
	browser_end(&stranger);
	server_end(&s);
}

TEST(health_is_as_it_is_now_and_not_as_it_was_kept)
{
	char etag[HEADER_SIZE];
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	CHECK_INT(browser_gets(&b, "/api/health"), 200);
	CHECK(json_is_false(json_object_get(b.json, "locked")));
	CHECK_TEXT(browser_said(&b, "site"), "Peshawar Azakhel");
	snprintf(etag, sizeof(etag), "%.*s", SHOWN(b.got.etag));
	b.if_none_match = etag;
	CHECK_INT(browser_gets(&b, "/api/health"), 304);
	reg_lock(s.town.reg);
	CHECK_INT(browser_gets(&b, "/api/health"), 200);
	CHECK(json_is_true(json_object_get(b.json, "locked")));
	browser_end(&b);
	server_end(&s);
}

TEST(the_first_login_unlocks_the_register)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	reg_lock(s.town.reg);
	CHECK_INT(browser_gets(&b, "/api/today"), 423);
	CHECK_TEXT(browser_said(&b, "key"), "register.locked");
	CHECK_INT(browser_logs_in(&b, "border", "border"), 200);
	CHECK(json_is_false(json_object_get(b.json, "locked")));
	browser_end(&b);
	server_end(&s);
}

/* --- out ------------------------------------------------------------------------------- */

TEST(who_logs_out_is_out_with_whatever_her_browser_kept)
{
	char cookie[HEADER_SIZE], token[HEADER_SIZE];
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_BORDER);
	memcpy(cookie, b.cookie, sizeof(cookie));
	memcpy(token, b.token, sizeof(token));
	CHECK_INT(browser_posts(&b, "/api/logout", NULL), 200);
	CHECK_TEXT(browser_said(&b, "standing"), "out");
	memcpy(b.cookie, cookie, sizeof(cookie));
	memcpy(b.token, token, sizeof(token));
	CHECK_INT(browser_gets(&b, "/api/changes?after=0"), 401);
	CHECK_INT(browser_posts(&b, "/api/verify", NULL), 401);
	browser_end(&b);
	server_end(&s);
}

TEST(lock_puts_everybody_out_whoever_asked_for_it)
{
	struct server s;
	struct browser b, other;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_BORDER);
	browser_comes(&other, &s, ROLE_PROTECTION);
	sets_pin(&other);
	CHECK_INT(browser_posts(&b, "/api/lock", NULL), 200);
	CHECK_TEXT(browser_said(&b, "standing"), "out");
	CHECK(json_is_true(json_object_get(b.json, "locked")));
	CHECK_INT(browser_gets(&other, "/api/changes?after=0"), 423);
	CHECK_INT(browser_logs_in(&b, "border", "border"), 200);
	check_stands(&other, "out");
	browser_end(&other);
	browser_end(&b);
	server_end(&s);
}

TEST(a_register_that_was_locked_by_another_door_puts_everybody_out)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_BORDER);
	reg_lock(s.town.reg);
	check_stands(&b, "out");
	CHECK_INT(town_login(&s.town, ROLE_BORDER, "border"), OK);
	check_stands(&b, "out");
	browser_end(&b);
	server_end(&s);
}

TEST(an_account_that_closes_while_it_types_is_out_at_once)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_BORDER);
	CHECK_INT(reg_account_close(s.town.reg, &s.town.as[ROLE_ADMINISTRATOR], TEXT("border"),
				    &s.town.fault),
		  OK);
	CHECK_INT(browser_gets(&b, "/api/changes?after=0"), 401);
	check_stands(&b, "out");
	browser_end(&b);
	server_end(&s);
}

TEST(a_role_that_was_taken_away_is_gone_at_once)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	CHECK_INT(finds(&b), 200);
	CHECK_INT(reg_account_roles(s.town.reg, &s.town.as[ROLE_ADMINISTRATOR], TEXT("counsellor"),
				    ROLE_BIT(BORDER), &s.town.fault),
		  OK);
	CHECK_INT(finds(&b), 403);
	CHECK_TEXT(browser_said(&b, "key"), "deed.denied");
	browser_end(&b);
	server_end(&s);
}

/* --- away and back ------------------------------------------------------------------------ */

TEST(after_a_quarter_of_an_hour_the_pin_is_asked_and_nothing_else_is_given)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	sets_pin(&b);
	wait_ms(&s, IDLE_MS);
	CHECK_INT(finds(&b), 401);
	CHECK_TEXT(browser_said(&b, "key"), "session.pin");
	check_stands(&b, "pin");
	CHECK_TEXT(browser_said(&b, "name"), "counsellor");
	CHECK(!json_object_get(b.json, "token") && !json_object_get(b.json, "draft_key"));
	CHECK_INT(browser_posts(&b, "/api/session/open", "{\"pin\": \"000000\"}"), 403);
	CHECK_TEXT(browser_said(&b, "key"), "session.pin-wrong");
	CHECK_INT(browser_posts(&b, "/api/session/open", "{\"pin\": \"٤٨١٥١٦\"}"), 200);
	CHECK_TEXT(browser_said(&b, "standing"), "in");
	CHECK_INT(finds(&b), 200);
	browser_end(&b);
	server_end(&s);
}

TEST(waiting_for_changes_keeps_nobody_in)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	for (int minute = 0; minute < 15; minute++) {
		CHECK_INT(browser_gets(&b, "/api/changes?after=0"), 200);
		wait_ms(&s, 60 * 1000);
	}
	CHECK_INT(browser_gets(&b, "/api/changes?after=0"), 401);
	browser_end(&b);
	server_end(&s);
}

TEST(the_corner_button_hides_at_once_and_the_passphrase_opens_as_well)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	sets_pin(&b);
	CHECK_INT(browser_posts(&b, "/api/session/away", NULL), 200);
	CHECK_TEXT(browser_said(&b, "standing"), "pin");
	CHECK_INT(browser_posts(&b, "/api/session/open", "{\"passphrase\": \"wrong\"}"), 403);
	CHECK_INT(browser_posts(&b, "/api/session/open", "{\"passphrase\": \"counsellor\"}"), 200);
	CHECK_TEXT(browser_said(&b, "standing"), "in");
	browser_end(&b);
	server_end(&s);
}

TEST(wrong_passphrases_over_a_screen_wait_as_those_at_a_login_do)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	sets_pin(&b);
	CHECK_INT(browser_posts(&b, "/api/session/away", NULL), 200);
	for (int i = 0; i < 4; i++)
		CHECK_INT(browser_posts(&b, "/api/session/open", "{\"passphrase\": \"wrong\"}"),
			  403);
	CHECK_INT(browser_posts(&b, "/api/session/open", "{\"passphrase\": \"counsellor\"}"), 429);
	browser_end(&b);
	server_end(&s);
}

TEST(nobody_opens_a_screen_at_which_nobody_is)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	CHECK_INT(browser_posts(&b, "/api/session/open", "{\"pin\": \"481516\"}"), 401);
	CHECK_INT(browser_posts(&b, "/api/session/open", "{\"passphrase\": \"border\"}"), 401);
	CHECK_INT(browser_posts(&b, "/api/session/away", NULL), 200);
	CHECK_TEXT(browser_said(&b, "standing"), "out");
	browser_end(&b);
	server_end(&s);
}

/* --- a shared tablet ------------------------------------------------------------------- */

#define SHARED "{\"name\": \"%s\", \"passphrase\": \"%s\", \"shared\": true}"

TEST(two_share_a_tablet_and_a_stale_page_of_one_cannot_write_as_the_other)
{
	char stale[HEADER_SIZE], first[ID_HEX_SIZE + 1];
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	sets_pin(&b);
	snprintf(first, sizeof(first), "%s", browser_said(&b, "account"));
	CHECK_INT(browser_posts_of(&b, "/api/login", SHARED, "border", "border"), 200);
	sets_pin(&b);
	memcpy(stale, b.token, sizeof(stale));
	CHECK_TEXT(browser_said(&b, "colleagues/0/name"), "counsellor");
	CHECK_INT(browser_posts_of(&b, "/api/session/switch",
				   "{\"account\": \"%s\", \"pin\": \"481516\"}", first),
		  200);
	CHECK_TEXT(browser_said(&b, "name"), "counsellor");
	memcpy(b.token, stale, sizeof(stale));
	CHECK_INT(browser_posts(&b, "/api/verify", NULL), 403);
	CHECK_TEXT(browser_said(&b, "key"), "session.token");
	browser_end(&b);
	server_end(&s);
}

/* --- one's own account --------------------------------------------------------------------- */

TEST(a_passphrase_is_changed_by_who_knows_the_old_one)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_BORDER);
	CHECK_INT(browser_posts(&b, "/api/account/passphrase",
				"{\"old\": \"wrong\", \"new\": \"copper lantern seven rivers\"}"),
		  403);
	CHECK_INT(browser_posts(&b, "/api/account/passphrase",
				"{\"old\": \"border\", \"new\": \"copper lantern seven rivers\"}"),
		  200);
	CHECK_INT(browser_posts(&b, "/api/logout", NULL), 200);
	CHECK_INT(browser_logs_in(&b, "border", "border"), 401);
	CHECK_INT(browser_logs_in(&b, "border", "copper lantern seven rivers"), 200);
	browser_end(&b);
	server_end(&s);
}

TEST(a_new_passphrase_ends_ones_sessions_at_every_other_browser)
{
	struct server s;
	struct browser b, other, colleague;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_BORDER);
	browser_comes(&other, &s, ROLE_BORDER);
	browser_comes(&colleague, &s, ROLE_CASHIER);
	sets_pin(&other);
	CHECK_INT(browser_posts(&b, "/api/account/passphrase",
				"{\"old\": \"border\", \"new\": \"copper lantern seven rivers\"}"),
		  200);
	CHECK_INT(browser_posts(&other, "/api/session/open", "{\"pin\": \"481516\"}"), 401);
	check_stands(&other, "out");
	check_stands(&b, "in");
	check_stands(&colleague, "in");
	browser_end(&colleague);
	browser_end(&other);
	browser_end(&b);
	server_end(&s);
}

TEST(a_passphrase_that_was_replaced_by_another_door_ends_every_session)
{
	struct secret *old = NULL, *new_ = NULL;
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_BORDER);
	CHECK_INT(secret_of(&old, bytes_of_text(TEXT("border")), &s.town.fault), OK);
	CHECK_INT(secret_of(&new_, bytes_of_text(TEXT("copper lantern")), &s.town.fault), OK);
	CHECK_INT(reg_account_passphrase(s.town.reg, &s.town.as[ROLE_BORDER], old, new_,
					 &s.town.fault),
		  OK);
	check_stands(&b, "out");
	CHECK_INT(browser_logs_in(&b, "border", "copper lantern"), 200);
	check_stands(&b, "in");
	secret_free(new_);
	secret_free(old);
	browser_end(&b);
	server_end(&s);
}

TEST(an_old_passphrase_that_is_guessed_at_an_open_screen_waits_as_at_a_login)
{
	static const char right[] =
		"{\"old\": \"border\", \"new\": \"copper lantern seven rivers\"}";
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_BORDER);
	for (int i = 0; i < 4; i++)
		CHECK_INT(browser_posts(
				  &b, "/api/account/passphrase",
				  "{\"old\": \"wrong\", \"new\": \"copper lantern seven rivers\"}"),
			  403);
	CHECK_INT(browser_posts(&b, "/api/account/passphrase", right), 429);
	CHECK_TEXT(browser_said(&b, "key"), "session.wait");
	world_wait(&s.town.world, 2 * 1000);
	CHECK_INT(browser_posts(&b, "/api/account/passphrase", right), 200);
	browser_end(&b);
	server_end(&s);
}

TEST(the_passphrase_is_asked_again_and_counts_for_five_minutes)
{
	static const char body[] = "{\"name\": \"nadia\", \"roles\": [\"border\"], \"passphrase\": "
				   "\"copper lantern seven rivers\"}";
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_ADMINISTRATOR);
	wait_ms(&s, AGAIN_MS);
	CHECK_INT(browser_posts(&b, "/api/accounts", body), 403);
	CHECK_TEXT(browser_said(&b, "key"), "session.again-needed");
	CHECK_INT(browser_posts(&b, "/api/session/again", "{\"passphrase\": \"wrong\"}"), 403);
	CHECK_INT(browser_posts(&b, "/api/session/again", "{\"passphrase\": \"administrator\"}"),
		  200);
	CHECK_INT(browser_posts(&b, "/api/accounts", body), 200);
	browser_end(&b);
	server_end(&s);
}

/* --- accounts of others --------------------------------------------------------------------- */

TEST(an_account_is_opened_given_another_role_and_closed)
{
	char id[ID_HEX_SIZE + 1];
	struct server s;
	struct browser admin, b;

	server_begin(&s, 1);
	browser_comes(&admin, &s, ROLE_ADMINISTRATOR);
	CHECK_INT(
		browser_posts(&admin, "/api/accounts",
			      "{\"name\": \"nadia\", \"roles\": [\"border\"], \"sex\": \"female\","
			      " \"passphrase\": \"copper lantern seven rivers\"}"),
		200);
	snprintf(id, sizeof(id), "%s", browser_said(&admin, "id"));
	browser_begin(&b, &s);
	CHECK_INT(browser_logs_in(&b, "nadia", "copper lantern seven rivers"), 200);
	CHECK_INT(browser_posts_of(&admin, "/api/accounts/roles",
				   "{\"account\": \"%s\", \"roles\": [\"cashier\", \"auditor\"]}",
				   id),
		  200);
	check_stands(&b, "in");
	CHECK_TEXT(browser_said(&b, "roles/0"), "cashier");
	CHECK_TEXT(browser_said(&b, "roles/1"), "auditor");
	CHECK_INT(browser_posts_of(&admin, "/api/accounts/roles",
				   "{\"account\": \"%s\", \"roles\": []}", id),
		  200);
	check_stands(&b, "out");
	CHECK_INT(browser_logs_in(&b, "nadia", "copper lantern seven rivers"), 401);
	browser_end(&b);
	browser_end(&admin);
	server_end(&s);
}

TEST(a_name_that_is_taken_and_an_account_that_is_none_are_told)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_ADMINISTRATOR);
	CHECK_INT(browser_posts(&b, "/api/accounts",
				"{\"name\": \"border\", \"roles\": [\"border\"], \"passphrase\": "
				"\"copper lantern seven rivers\"}"),
		  400);
	CHECK_TEXT(browser_said(&b, "key"), "account.exists");
	CHECK_INT(
		browser_posts(&b, "/api/accounts/roles",
			      "{\"account\": \"00112233445566778899aabbccddeeff\", \"roles\": []}"),
		404);
	CHECK_TEXT(browser_said(&b, "key"), "account.none");
	browser_end(&b);
	server_end(&s);
}

RUN_TESTS()
