/*
 * Pairs over the server: a list that opens nothing, two files opened and recorded as such,
 * and a decision to which a second person has to have agreed at the screen.
 */
#include "api/server_testing.h"

#include <stdio.h>

struct screen {
	struct server server;
	struct browser browser;
	char one[ID_HEX_SIZE + 1], other[ID_HEX_SIZE + 1];
};

/* Zarmina, and she again, in another household. */
static void begin(struct screen *s, int64_t role)
{
	server_begin(&s->server, 1);
	town_registers_family(&s->server.town);
	town_wait(&s->server.town, 60);
	town_records(&s->server.town, ROLE_REGISTRATION,
		     "[{\"kind\": \"household.registered\", \"subject\": \"@two\", \"residence\":"
		     "  \"PK5\"},"
		     " {\"kind\": \"person.registered\", \"subject\": \"@again\", \"household\":"
		     "  \"@two\", \"given\": \"زرمینه\", \"sex\": \"female\", \"birth_year\": 1990,"
		     "  \"group\": \"por\"}]");
	server_id(&s->server, "@zarmina", s->one);
	server_id(&s->server, "@again", s->other);
	browser_comes(&s->browser, &s->server, role);
}

static void end(struct screen *s)
{
	browser_end(&s->browser);
	server_end(&s->server);
}

/* A grant of hers is approved. */
static void approve(struct screen *s)
{
	town_records(&s->server.town, ROLE_ADMINISTRATOR,
		     "{\"kind\": \"tariff.set\", \"subject\": \"@tariff\", \"provider\": \"UNHCR\","
		     " \"part\": 1, \"amount\": 37500, \"currency\": \"USD\", \"per\": \"person\","
		     " \"valid_from\": \"2020-01-01\", \"source\": \"a circular\"}");
	town_records(&s->server.town, ROLE_REGISTRATION,
		     "{\"kind\": \"grant.approved\", \"subject\": \"@zarmina\", \"tariff\":"
		     " \"@tariff\", \"part\": 1, \"amount\": 37500}");
}

static unsigned opens(struct screen *s)
{
	return browser_posts_of(&s->browser, "/api/pairs/open", "{\"a\": \"%s\", \"b\": \"%s\"}",
				s->other, s->one);
}

/* `kind` of both; `second` less than 0: nobody agrees. */
static unsigned decides(struct screen *s, const char *kind, int64_t second)
{
	char agrees[80] = "", hex[ID_HEX_SIZE + 1];

	if (second >= 0) {
		hex_write(hex, bytes_of(s->server.town.as[second].account.at, ID_SIZE));
		snprintf(agrees, sizeof(agrees), ", \"second\": \"%s\"", hex);
	}
	return browser_posts_of(
		&s->browser, "/api/facts",
		"{\"facts\": [{\"kind\": \"%s\", \"subject\": \"%s\", \"other\": \"%s\"%s},"
		" {\"kind\": \"%s\", \"subject\": \"%s\", \"other\": \"%s\"%s}]}",
		kind, s->one, s->other, agrees, kind, s->other, s->one, agrees);
}

static unsigned agrees(struct screen *s, const char *said)
{
	return browser_posts_of(&s->browser, "/api/session/second",
				"{\"name\": \"protection\", \"passphrase\": \"protection\","
				" \"pair\": {\"a\": \"%s\", \"b\": \"%s\", \"said\": \"%s\"}}",
				s->one, s->other, said);
}

TEST(to_open_a_pair_opens_both_files_and_nobody_elses)
{
	char path[80];
	struct screen s;

	begin(&s, ROLE_REGISTRATION);
	CHECK_INT(browser_gets(&s.browser, "/api/pairs"), 200);
	CHECK_INT(town_person(&s.server.town, "@zarmina").opened_count, 0);
	CHECK_INT(opens(&s), 200);
	CHECK_TEXT(browser_said(&s.browser, "a/person/id"), s.one);
	CHECK_INT(town_person(&s.server.town, "@zarmina").opened_count, 1);
	CHECK_INT(town_person(&s.server.town, "@again").opened_count, 1);
	CHECK_INT(town_person(&s.server.town, "@habib").opened_count, 0);
	snprintf(path, sizeof(path), "/api/people/%s", s.other);
	CHECK_INT(browser_gets(&s.browser, path), 200);
	end(&s);
}

TEST(a_pair_counts_among_the_files_that_an_account_opens_in_an_hour)
{
	struct screen s;

	begin(&s, ROLE_REGISTRATION);
	for (int i = 0; i < OPENINGS_AN_HOUR / 2; i++)
		CHECK_INT(opens(&s), 200);
	CHECK_INT(opens(&s), 429);
	end(&s);
}

TEST(who_decides_of_no_pair_opens_none_by_it)
{
	struct screen s;

	begin(&s, ROLE_COUNSELLOR);
	CHECK_INT(browser_gets(&s.browser, "/api/pairs"), 403);
	CHECK_INT(opens(&s), 403);
	CHECK_INT(town_person(&s.server.town, "@zarmina").opened_count, 0);
	end(&s);
}

TEST(what_was_decided_of_a_pair_is_off_the_list)
{
	struct screen s;

	begin(&s, ROLE_REGISTRATION);
	CHECK_INT(decides(&s, "person.same-as", -1), 201);
	CHECK_INT(browser_gets(&s.browser, "/api/pairs"), 200);
	CHECK_INT(json_array_size(json_at(s.browser.json, "pairs")), 0);
	end(&s);
}

TEST(a_decision_that_touches_a_grant_takes_a_second_person_at_the_screen)
{
	struct screen s;

	begin(&s, ROLE_REGISTRATION);
	approve(&s);
	CHECK_INT(opens(&s), 200);
	CHECK(json_is_true(json_at(s.browser.json, "takes_two")));
	CHECK_INT(decides(&s, "person.same-as", -1), 422);
	CHECK_TEXT(browser_said(&s.browser, "refused/0/rule"), "PAID_ONCE");
	CHECK_INT(decides(&s, "person.same-as", ROLE_PROTECTION), 403);
	CHECK_TEXT(browser_said(&s.browser, "key"), "facts.second-first");
	CHECK_INT(agrees(&s, "same"), 200);
	CHECK_INT(decides(&s, "person.same-as", ROLE_PROTECTION), 201);
	end(&s);
}

TEST(who_agreed_to_the_same_has_not_agreed_to_different)
{
	struct screen s;

	begin(&s, ROLE_REGISTRATION);
	approve(&s);
	CHECK_INT(agrees(&s, "same"), 200);
	CHECK_INT(decides(&s, "person.not-same-as", ROLE_PROTECTION), 403);
	CHECK_INT(agrees(&s, "different"), 200);
	CHECK_INT(decides(&s, "person.not-same-as", ROLE_CASHIER), 403);
	CHECK_INT(decides(&s, "person.not-same-as", ROLE_PROTECTION), 201);
	end(&s);
}

TEST(a_second_person_is_asked_one_thing)
{
	struct screen s;

	begin(&s, ROLE_REGISTRATION);
	CHECK_INT(browser_posts(&s.browser, "/api/session/second",
				"{\"name\": \"protection\", \"passphrase\": \"protection\"}"),
		  400);
	CHECK_TEXT(browser_said(&s.browser, "key"), "second.one-thing");
	end(&s);
}

RUN_TESTS()
