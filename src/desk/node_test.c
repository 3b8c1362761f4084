#include "desk/desk_testing.h"

#include <stdlib.h>

static struct town *town_new(void)
{
	struct town *t = calloc(1, sizeof(*t));

	CHECK(t != NULL);
	town_make(t, 1);
	return t;
}

static void town_free(struct town *t)
{
	town_end(t);
	free(t);
}

TEST(the_node_tells_how_it_stands_and_of_nobody)
{
	struct town *t = town_new();
	struct clerk c;
	const json_t *j;

	town_registers_family(t);
	clerk_begin(&c, t, ROLE_BORDER, WORDS_EN);
	j = clerk_gets(&c, desk_node(&c.desk, 7, clerk_asks(&c)), SHAPE_NODE_STATE);
	CHECK(json_integer_value(json_at(j, "facts")) > 10);
	CHECK(json_integer_value(json_at(j, "disk_bytes")) > 0);
	CHECK(json_integer_value(json_at(j, "disk_room_bytes")) > 0);
	CHECK_INT(json_integer_value(json_at(j, "sessions")), 7);
	CHECK(!json_at(j, "last_backup"));
	CHECK(json_is_false(json_at(j, "locked")));
	CHECK_TEXT(json_text_at(j, "version"), IKHTIAR_VERSION);
	clerk_end(&c);
	town_free(t);
}

TEST(a_clock_that_jumped_is_shown_with_what_confirms_it)
{
	struct town *t = town_new();
	struct clerk c;
	const json_t *j;

	town_watch_clock(t);
	t->world.wall_ms += 3 * DAY * 1000;
	clerk_begin(&c, t, ROLE_ADMINISTRATOR, WORDS_EN);
	j = clerk_gets(&c, desk_node(&c.desk, 1, clerk_asks(&c)), SHAPE_NODE_STATE);
	CHECK(json_is_true(json_at(j, "clock_jumped")));
	CHECK(!strncmp(json_text_at(j, "clock"), "2026-11-27T", 11));
	town_records_of(t, ROLE_ADMINISTRATOR,
			"{\"kind\": \"clock.confirmed\", \"subject\": \"%s\"}",
			json_text_at(j, "site"));
	j = clerk_gets(&c, desk_node(&c.desk, 1, clerk_asks(&c)), SHAPE_NODE_STATE);
	CHECK(json_is_false(json_at(j, "clock_jumped")));
	CHECK(!json_at(j, "clock"));
	clerk_end(&c);
	town_free(t);
}

TEST(accounts_are_listed_by_name_with_roles_and_whether_they_have_an_authenticator)
{
	struct town *t = town_new();
	struct clerk c;
	const json_t *j;

	CHECK_INT(reg_account_close(t->reg, &t->as[ROLE_ADMINISTRATOR], TEXT("border"), &t->fault),
		  OK);
	clerk_begin(&c, t, ROLE_AUDITOR, WORDS_EN);
	j = clerk_gets(&c, desk_accounts(&c.desk, clerk_asks(&c)), SHAPE_ACCOUNTS);
	CHECK_INT(json_array_size(json_at(j, "accounts")), ROLE_AUDITOR);
	CHECK_TEXT(json_text_at(j, "accounts/0/name"), "administrator");
	CHECK_TEXT(json_text_at(j, "accounts/0/roles/0"), "administrator");
	CHECK(json_is_false(json_at(j, "accounts/0/totp")));
	CHECK_TEXT(json_text_at(j, "accounts/1/name"), "auditor");
	CHECK_TEXT(json_text_at(j, "accounts/2/name"), "border");
	CHECK(json_is_false(json_at(j, "accounts/2/open")));
	clerk_end(&c);
	town_free(t);
}

TEST(who_works_here_is_no_business_of_whoever_works_here)
{
	static const int64_t roles[] = { ROLE_REGISTRATION, ROLE_COUNSELLOR,  ROLE_PROTECTION,
					 ROLE_LEGAL_AID,    ROLE_CASHIER,     ROLE_MOVEMENT,
					 ROLE_BORDER,	    ROLE_STATISTICIAN };
	struct town *t = town_new();

	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		struct clerk c;

		clerk_begin(&c, t, roles[i], WORDS_EN);
		clerk_is_refused(&c, desk_accounts(&c.desk, clerk_asks(&c)), ERR_DENIED,
				 "deed.denied");
		clerk_end(&c);
	}
	town_free(t);
}

/* The Session with what only the server knows. */
static const json_t *session(struct clerk *c)
{
	struct json_writer *w = clerk_asks(c);

	json_object_begin(w);
	json_key(w, "standing");
	json_text(w, TEXT("in"));
	desk_session(&c->desk, w);
	json_object_end(w);
	return clerk_gets(c, OK, SHAPE_SESSION);
}

static bool lists(const json_t *j, const char *list, const char *word)
{
	size_t at;
	json_t *item;

	json_array_foreach(json_object_get(j, list), at, item)
		if (!strcmp(json_string_value(item), word))
			return true;
	return false;
}

TEST(a_session_says_who_asks_and_what_she_may_do)
{
	struct town *t = town_new();
	struct clerk c;
	const json_t *j;

	clerk_begin(&c, t, ROLE_MOVEMENT, WORDS_EN);
	j = session(&c);
	CHECK_TEXT(json_text_at(j, "site"), "Peshawar Azakhel");
	CHECK_TEXT(json_text_at(j, "name"), "movement");
	CHECK_TEXT(json_text_at(j, "now"), "2026-11-24T10:00:00+05:00");
	CHECK(json_is_true(json_at(j, "demo")));
	CHECK(lists(j, "roles", "movement"));
	CHECK(lists(j, "deeds", "manifest") && lists(j, "deeds", "choice.withdrawn"));
	CHECK(!lists(j, "deeds", "find") && !lists(j, "deeds", "choice.made"));
	clerk_end(&c);
	town_free(t);
}

TEST(a_locked_register_tells_no_name_and_nobody_is_nobody)
{
	struct town *t = town_new();
	struct clerk c;
	const json_t *j;

	clerk_begin(&c, t, ROLE_MOVEMENT, WORDS_EN);
	reg_lock(t->reg);
	j = session(&c);
	CHECK(json_is_true(json_at(j, "locked")));
	CHECK(json_at(j, "account") && !json_at(j, "name") && !json_at(j, "deeds"));
	c.desk.session = (struct session){ 0 };
	CHECK(!json_at(session(&c), "account"));
	clerk_end(&c);
	town_free(t);
}

TEST(a_sound_register_is_proved_sound)
{
	struct town *t = town_new();
	struct clerk c;
	const json_t *j;

	town_registers_family(t);
	clerk_begin(&c, t, ROLE_STATISTICIAN, WORDS_EN);
	j = clerk_gets(&c, desk_verify(&c.desk, clerk_asks(&c)), SHAPE_PROVED);
	CHECK(json_is_true(json_at(j, "sound")));
	CHECK_INT(json_integer_value(json_at(j, "damaged")), 0);
	CHECK(json_integer_value(json_at(j, "opened")) > 10);
	CHECK(!json_at(j, "first_damaged"));
	clerk_end(&c);
	town_free(t);
}

RUN_TESTS()
