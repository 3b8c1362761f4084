/*
 * Authenticators, through the server: what is asked at the login, and of whom one is asked.
 */
#include <liboath/oath.h>
#include <stdio.h>
#include <stdlib.h>

#include "api/server_testing.h"

#define PASSPHRASE "copper lantern seven rivers"

struct phone {
	char secret[64]; /* raw */
	size_t size;
};

/* Scans what the screen shows. */
static void phone_scans(struct phone *p, const struct browser *b)
{
	const char *shown = browser_said(b, "secret");
	char *secret = NULL;

	CHECK_INT(oath_base32_decode(shown, strlen(shown), &secret, &p->size), OATH_OK);
	CHECK(p->size <= sizeof(p->secret));
	memcpy(p->secret, secret, p->size);
	free(secret);
}

static const char *phone_shows(const struct phone *p, const struct server *s)
{
	static char code[8];

	CHECK_INT(oath_totp_generate(p->secret, p->size, (time_t)(s->town.world.wall_ms / 1000), 30,
				     0, 6, code),
		  OATH_OK);
	return code;
}

static unsigned confirms(struct browser *b, const char *code)
{
	return browser_posts_of(b, "/api/account/totp/confirm", "{\"code\": \"%s\"}", code);
}

static unsigned logs_in_with(struct browser *b, const char *code)
{
	return browser_posts_of(b, "/api/login",
				"{\"name\": \"counsellor\", \"passphrase\": \"counsellor\","
				" \"code\": \"%s\"}",
				code);
}

/* The counsellor at `b` has one from now on. */
static void takes_phone(struct phone *p, struct browser *b)
{
	CHECK_INT(browser_posts(b, "/api/account/totp", NULL), 200);
	phone_scans(p, b);
	CHECK_INT(confirms(b, phone_shows(p, b->server)), 200);
	world_wait(&b->server->town.world, 30 * 1000);
}

TEST(an_authenticator_is_shown_with_its_address_and_its_printed_codes)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	CHECK_INT(browser_posts(&b, "/api/account/totp", NULL), 200);
	CHECK(!strncmp(browser_said(&b, "uri"),
		       "otpauth://totp/Peshawar%20Azakhel:counsellor?secret=", 52));
	CHECK_INT(json_array_size(json_object_get(b.json, "recovery")), TOTP_RECOVERY_CODES);
	browser_end(&b);
	server_end(&s);
}

TEST(once_it_was_confirmed_the_login_asks_for_its_code_and_takes_each_once)
{
	struct server s;
	struct browser b, other;
	struct phone p;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	takes_phone(&p, &b);
	browser_begin(&other, &s);
	CHECK_INT(browser_logs_in(&other, "counsellor", "counsellor"), 401);
	CHECK_TEXT(browser_said(&other, "key"), "session.code-needed");
	CHECK_INT(logs_in_with(&other, "000000"), 401);
	CHECK_INT(logs_in_with(&other, phone_shows(&p, &s)), 200);
	CHECK_INT(logs_in_with(&b, phone_shows(&p, &s)), 401);
	browser_end(&other);
	browser_end(&b);
	server_end(&s);
}

TEST(wrong_codes_wait_as_wrong_passphrases_do)
{
	struct server s;
	struct browser b;
	struct phone p;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	takes_phone(&p, &b);
	for (int i = 0; i < 4; i++)
		CHECK_INT(logs_in_with(&b, "000000"), 401);
	CHECK_INT(logs_in_with(&b, phone_shows(&p, &s)), 429);
	browser_end(&b);
	server_end(&s);
}

TEST(who_takes_a_new_browser_for_each_wrong_code_waits_all_the_same)
{
	struct server s;
	struct browser b, other;
	struct phone p;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	takes_phone(&p, &b);
	for (int i = 0; i < 4; i++) {
		browser_begin(&other, &s);
		CHECK_INT(logs_in_with(&other, "000000"), 401);
		browser_end(&other);
	}
	browser_begin(&other, &s);
	CHECK_INT(logs_in_with(&other, phone_shows(&p, &s)), 429);
	CHECK_TEXT(browser_said(&other, "key"), "session.wait");
	world_wait(&s.town.world, 2 * 1000);
	CHECK_INT(logs_in_with(&other, phone_shows(&p, &s)), 200);
	browser_end(&other);
	browser_end(&b);
	server_end(&s);
}

TEST(an_authenticator_in_use_is_not_replaced_by_whoever_finds_the_screen_open)
{
	struct server s;
	struct browser b;
	struct phone p;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	takes_phone(&p, &b);
	world_wait(&s.town.world, 5 * 60 * 1000);
	CHECK_INT(browser_posts(&b, "/api/account/totp", NULL), 403);
	CHECK_TEXT(browser_said(&b, "key"), "session.again-needed");
	browser_end(&b);
	server_end(&s);
}

/* A real register, whose passphrases take a second each; its administrator is nadia. */
static void real_server_begin(struct server *s)
{
	struct reg_site site = { TEXT("Peshawar"), TEXT("PES"), TEXT("Asia/Karachi"), false };
	struct secret *passphrase = NULL;

	*s = (struct server){ .api = NULL };
	world_simulated_init(&s->town.world, 1);
	s->town.atlas = kept_atlas();
	CHECK_INT(arena_new(&s->town.arena, 1 << 20), OK);
	test_folder_make(s->town.folder);
	snprintf(s->town.dir, sizeof(s->town.dir), "%s/register", s->town.folder);
	CHECK_INT(secret_of(&passphrase, bytes_of_text(TEXT(PASSPHRASE)), NULL), OK);
	CHECK_INT(reg_create(&s->town.world.world, s->town.dir, &site, TEXT("nadia"), passphrase,
			     &s->town.recovery, &s->town.fault),
		  OK);
	secret_free(passphrase);
	town_open(&s->town);
	server_stands(s);
}

TEST(who_reaches_every_file_sets_up_an_authenticator_before_anything_else)
{
	struct server s;
	struct browser b;
	struct phone p;

	real_server_begin(&s);
	browser_begin(&b, &s);
	CHECK_INT(browser_logs_in(&b, "nadia", PASSPHRASE), 200);
	CHECK_TEXT(browser_said(&b, "standing"), "code");
	CHECK_INT(browser_gets(&b, "/api/accounts"), 403);
	CHECK_TEXT(browser_said(&b, "key"), "session.code-first");
	CHECK_INT(browser_posts(&b, "/api/account/totp", NULL), 200);
	phone_scans(&p, &b);
	CHECK_INT(confirms(&b, "000000"), 403);
	CHECK_INT(browser_gets(&b, "/api/accounts"), 403);
	CHECK_INT(confirms(&b, phone_shows(&p, &s)), 200);
	CHECK_INT(browser_gets(&b, "/api/accounts"), 200);
	browser_end(&b);
	server_end(&s);
}

TEST(a_right_passphrase_with_a_wrong_code_leaves_the_register_locked)
{
	struct server s;
	struct browser b;
	struct phone p;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	takes_phone(&p, &b);
	CHECK_INT(browser_posts(&b, "/api/logout", NULL), 200);
	reg_lock(s.town.reg);
	CHECK_INT(browser_logs_in(&b, "counsellor", "counsellor"), 401);
	CHECK_TEXT(browser_said(&b, "key"), "session.code-needed");
	CHECK(reg_is_locked(s.town.reg));
	CHECK_INT(logs_in_with(&b, "000000"), 401);
	CHECK(reg_is_locked(s.town.reg));
	CHECK_INT(logs_in_with(&b, phone_shows(&p, &s)), 200);
	CHECK(!reg_is_locked(s.town.reg));
	browser_end(&b);
	server_end(&s);
}

RUN_TESTS()
