/*
 * A second person at somebody else's screen: she proves who she is, and what she agrees to
 * is one thing and no more.
 */
#include "api/server_testing.h"

#include <stdio.h>

struct screen {
	struct server server;
	struct browser browser;
	char person[ID_HEX_SIZE + 1], fact[80];
};

/* Somebody was counselled who is another; at the screen is registration. */
static void begin(struct screen *s)
{
	struct fact_ref ref;

	server_begin(&s->server, 1);
	town_registers_family(&s->server.town);
	town_counsels(&s->server.town, "@zarmina");
	ref = s->server.town.answer.refs[0];
	fact_ref_write(s->fact, &ref);
	server_id(&s->server, "@zarmina", s->person);
	browser_comes(&s->browser, &s->server, ROLE_REGISTRATION);
}

static void end(struct screen *s)
{
	browser_end(&s->browser);
	server_end(&s->server);
}

static unsigned agrees(struct screen *s, const char *name, const char *passphrase, const char *fact)
{
	return browser_posts_of(&s->browser, "/api/session/second",
				"{\"name\": \"%s\", \"passphrase\": \"%s\", \"fact\": \"%s\"}",
				name, passphrase, fact);
}

static unsigned annuls(struct screen *s, int64_t second)
{
	char id[ID_HEX_SIZE + 1];

	hex_write(id, bytes_of(s->server.town.as[second].account.at, ID_SIZE));
	return browser_posts_of(&s->browser, "/api/facts",
				"{\"facts\": [{\"kind\": \"fact.annulled\", \"subject\": \"%s\","
				" \"fact\": \"%s\", \"reason\": \"wrong-person\","
				" \"second\": \"%s\"}]}",
				s->person, s->fact, id);
}

static void check_not_without_her(struct screen *s, int64_t second)
{
	CHECK_INT(annuls(s, second), 403);
	CHECK_TEXT(browser_said(&s->browser, "key"), "facts.second-first");
}

TEST(a_fact_is_annulled_once_a_second_person_has_agreed_at_the_screen)
{
	struct screen s;

	begin(&s);
	check_not_without_her(&s, ROLE_PROTECTION);
	CHECK_INT(agrees(&s, "protection", "protection", s.fact), 200);
	CHECK_INT(annuls(&s, ROLE_PROTECTION), 201);
	CHECK_INT(town_person(&s.server.town, "@zarmina").counselled, 0);
	/* Who sits at the screen is who sat there. */
	CHECK_INT(browser_gets(&s.browser, "/api/session"), 200);
	CHECK_TEXT(browser_said(&s.browser, "name"), "registration");
	end(&s);
}

TEST(an_agreement_is_hers_alone_to_that_fact_alone_and_for_five_minutes)
{
	struct screen s;

	begin(&s);
	CHECK_INT(agrees(&s, "protection", "protection", "00000000000000000000000000000000/1/1"),
		  200);
	check_not_without_her(&s, ROLE_PROTECTION);
	CHECK_INT(agrees(&s, "protection", "protection", s.fact), 200);
	check_not_without_her(&s, ROLE_COUNSELLOR);
	town_wait(&s.server.town, 301);
	check_not_without_her(&s, ROLE_PROTECTION);
	CHECK(town_person(&s.server.town, "@zarmina").counselled != 0);
	end(&s);
}

TEST(who_sits_at_the_screen_is_no_second_person)
{
	struct screen s;

	begin(&s);
	CHECK_INT(agrees(&s, "registration", "registration", s.fact), 400);
	CHECK_TEXT(browser_said(&s.browser, "key"), "second.same-officer");
	check_not_without_her(&s, ROLE_REGISTRATION);
	end(&s);
}

TEST(a_wrong_passphrase_of_the_second_person_waits_as_at_a_login_and_puts_nobody_out)
{
	struct screen s;

	begin(&s);
	for (int i = 0; i < 3; i++) {
		CHECK_INT(agrees(&s, "protection", "guessed", s.fact), 403);
		CHECK_TEXT(browser_said(&s.browser, "key"), "login.denied");
	}
	CHECK_INT(agrees(&s, "protection", "guessed", s.fact), 403);
	CHECK_INT(agrees(&s, "protection", "protection", s.fact), 429);
	check_not_without_her(&s, ROLE_PROTECTION);
	CHECK_INT(browser_gets(&s.browser, "/api/today"), 200);
	end(&s);
}

RUN_TESTS()
