/*
 * Whoever waits is called by her token, to a desk; the screen in the yard shows it to
 * anybody, and never a name.
 */
#include "api/server_testing.h"

#include <stdio.h>

struct yard {
	struct server server;
	struct browser counsellor, other, screen;
};

static void begin(struct yard *y)
{
	server_begin(&y->server, 1);
	town_registers_family(&y->server.town);
	browser_comes(&y->counsellor, &y->server, ROLE_COUNSELLOR);
	browser_comes(&y->other, &y->server, ROLE_PROTECTION);
	browser_begin(&y->screen, &y->server);
}

static void end(struct yard *y)
{
	browser_end(&y->screen);
	browser_end(&y->other);
	browser_end(&y->counsellor);
	server_end(&y->server);
}

static unsigned calls(struct yard *y, struct browser *by, const char *who, int desk)
{
	char id[ID_HEX_SIZE + 1];

	server_id(&y->server, who, id);
	return browser_posts_of(by, "/api/calls", "{\"person\": \"%s\", \"desk\": %d}", id, desk);
}

static size_t shown(struct yard *y)
{
	CHECK_INT(browser_gets(&y->screen, "/api/called"), 200);
	return json_array_size(json_object_get(y->screen.json, "calls"));
}

TEST(a_screen_at_which_nobody_is_shows_tokens_and_no_name)
{
	struct yard y;

	begin(&y);
	CHECK_INT(shown(&y), 0);
	CHECK_INT(calls(&y, &y.counsellor, "@zarmina", 3), 200);
	CHECK_INT(calls(&y, &y.other, "@habib", 12), 200);
	CHECK_INT(shown(&y), 2);
	CHECK_TEXT(browser_said(&y.screen, "calls/0/token"), "1-2");
	CHECK_TEXT(browser_said(&y.screen, "calls/1/token"), "1-1");
	CHECK_INT(json_integer_value(json_at(y.screen.json, "calls/1/desk")), 3);
	CHECK(!json_mentions(y.screen.json, "Zarmina"));
	end(&y);
}

TEST(a_token_that_is_called_again_stands_first_and_once)
{
	struct yard y;
	json_int_t before;

	begin(&y);
	CHECK_INT(calls(&y, &y.counsellor, "@zarmina", 3), 200);
	CHECK_INT(calls(&y, &y.counsellor, "@habib", 3), 200);
	CHECK_INT(shown(&y), 2);
	before = json_integer_value(json_at(y.screen.json, "calls/0/number"));
	CHECK_INT(calls(&y, &y.counsellor, "@zarmina", 3), 200);
	CHECK_INT(shown(&y), 2);
	CHECK_TEXT(browser_said(&y.screen, "calls/0/token"), "1-1");
	CHECK(json_integer_value(json_at(y.screen.json, "calls/0/number")) > before);
	end(&y);
}

TEST(two_desks_that_call_the_same_token_at_once_do_not_both_have_it)
{
	struct yard y;

	begin(&y);
	CHECK_INT(calls(&y, &y.counsellor, "@zarmina", 3), 200);
	CHECK_INT(calls(&y, &y.other, "@zarmina", 4), 409);
	CHECK_TEXT(browser_said(&y.other, "key"), "calls.another-desk");
	town_wait(&y.server.town, 31);
	CHECK_INT(calls(&y, &y.other, "@zarmina", 4), 200);
	CHECK_INT(shown(&y), 1);
	CHECK_INT(json_integer_value(json_at(y.screen.json, "calls/0/desk")), 4);
	end(&y);
}

TEST(a_call_is_forgotten_after_half_an_hour_and_records_nothing)
{
	struct yard y;
	uint64_t before;

	begin(&y);
	before = reg_moment(y.server.town.reg);
	CHECK_INT(calls(&y, &y.counsellor, "@zarmina", 3), 200);
	CHECK_INT(reg_moment(y.server.town.reg), before);
	town_wait(&y.server.town, HOUR / 2);
	CHECK_INT(shown(&y), 1);
	town_wait(&y.server.town, 1);
	CHECK_INT(shown(&y), 0);
	end(&y);
}

TEST(a_desk_has_a_number_and_whom_it_calls_is_there)
{
	struct yard y;

	begin(&y);
	CHECK_INT(calls(&y, &y.counsellor, "@zarmina", 0), 400);
	CHECK_TEXT(browser_said(&y.counsellor, "key"), "calls.desk");
	CHECK_INT(calls(&y, &y.counsellor, "@zarmina", 100), 400);
	CHECK_INT(calls(&y, &y.counsellor, "@nobody-yet", 3), 404);
	CHECK_INT(shown(&y), 0);
	end(&y);
}

TEST(more_tokens_than_are_kept_leave_the_newest)
{
	struct yard y;

	begin(&y);
	town_records(&y.server.town, ROLE_REGISTRATION,
		     "{\"kind\": \"household.registered\", \"subject\": \"@other\","
		     " \"residence\": \"PK528\"}");
	for (int i = 0; i < 70; i++) {
		char name[24];

		snprintf(name, sizeof(name), "@child-%d", i);
		town_records_of(&y.server.town, ROLE_REGISTRATION,
				"{\"kind\": \"person.registered\", \"subject\": \"%s\","
				" \"household\": \"%s\", \"given_latin\": \"Lal\","
				" \"sex\": \"male\", \"birth_year\": 2015, \"group\": \"acc\"}",
				name, i % 2 ? "@other" : "@household");
		CHECK_INT(calls(&y, &y.counsellor, name, 1), 200);
	}
	CHECK_INT(shown(&y), 64);
	/* The last one, and the seventh: the fourth child of a family that had three members. */
	CHECK_TEXT(browser_said(&y.screen, "calls/0/token"), "2-35");
	CHECK_TEXT(browser_said(&y.screen, "calls/63/token"), "1-7");
	end(&y);
}

RUN_TESTS()
