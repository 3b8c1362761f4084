/*
 * The write door, and the opening of files, through the server.
 */
#include <stdio.h>

#include "api/server_testing.h"
#include "api/session.h"

#define FAMILY                                                                                     \
	"{\"facts\": ["                                                                            \
	"{\"kind\": \"household.registered\", \"subject\": \"@house\", \"residence\": \"PK528\","  \
	" \"key\": \"family-1\"},"                                                                 \
	"{\"kind\": \"person.registered\", \"subject\": \"@gul\", \"household\": \"@house\","      \
	" \"given_latin\": \"Gul\", \"sex\": \"female\", \"birth_year\": 1990, \"group\": "        \
	"\"por\"}]}"

/* "/api/people/3f…" of a town's "@name". */
static const char *address_of(struct server *s, const char *above, const char *name,
			      const char *below)
{
	static char address[120];
	char id[ID_HEX_SIZE + 1];

	server_id(s, name, id);
	snprintf(address, sizeof(address), "/api/%s/%s%s", above, id, below);
	return address;
}

static unsigned opens(struct browser *b, const char *name)
{
	char id[ID_HEX_SIZE + 1];

	server_id(b->server, name, id);
	return browser_posts_of(b, "/api/openings",
				"{\"subject\": \"%s\", \"purpose\": \"counselling\"}", id);
}

/* --- recording ------------------------------------------------------------------------- */

TEST(a_family_is_recorded_as_a_whole_and_its_names_have_ids)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_REGISTRATION);
	CHECK_INT(browser_posts(&b, "/api/facts", FAMILY), 201);
	CHECK(json_is_false(json_object_get(b.json, "repeated")));
	CHECK_INT(json_array_size(json_object_get(b.json, "recorded")), 2);
	CHECK_TEXT(browser_said(&b, "ids/0/name"), "@house");
	CHECK_TEXT(browser_said(&b, "ids/1/name"), "@gul");
	CHECK(!strncmp(browser_said(&b, "case_number"), "PSH-26-", 7));
	browser_end(&b);
	server_end(&s);
}

TEST(a_form_that_is_sent_twice_is_recorded_once_and_answered_the_same)
{
	char first[ID_HEX_SIZE + 1];
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_REGISTRATION);
	CHECK_INT(browser_posts(&b, "/api/facts", FAMILY), 201);
	snprintf(first, sizeof(first), "%s", browser_said(&b, "ids/1/id"));
	CHECK_INT(browser_posts(&b, "/api/facts", FAMILY), 201);
	CHECK(json_is_true(json_object_get(b.json, "repeated")));
	CHECK_TEXT(browser_said(&b, "ids/0/name"), "@house");
	CHECK_TEXT(browser_said(&b, "ids/1/id"), first);
	browser_end(&b);
	server_end(&s);
}

TEST(what_the_rules_refuse_is_told_with_each_rule_and_what_to_do_next)
{
	char person[ID_HEX_SIZE + 1], bus[ID_HEX_SIZE + 1];
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	town_registers_family(&s.town);
	town_plans_bus(&s.town, 48 * HOUR, 10);
	server_id(&s, "@zarmina", person);
	server_id(&s, "@bus", bus);
	browser_comes(&b, &s, ROLE_MOVEMENT);
	CHECK_INT(browser_posts_of(&b, "/api/facts",
				   "{\"facts\": [{\"kind\": \"seat.assigned\", \"subject\": \"%s\","
				   " \"movement\": \"%s\"}]}",
				   person, bus),
		  422);
	CHECK_TEXT(browser_said(&b, "key"), "facts.refused");
	CHECK_INT(json_integer_value(json_object_get(b.json, "at")), 0);
	CHECK(json_array_size(json_object_get(b.json, "refused")) > 0);
	CHECK(*browser_said(&b, "refused/0/statement") && *browser_said(&b, "refused/0/next"));
	browser_end(&b);
	server_end(&s);
}

TEST(an_account_records_only_what_its_roles_may)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_BORDER);
	CHECK_INT(browser_posts(&b, "/api/facts", FAMILY), 403);
	CHECK_TEXT(browser_said(&b, "key"), "deed.denied");
	browser_end(&b);
	server_end(&s);
}

TEST(whoever_is_erased_is_erased_by_who_gave_her_passphrase_again)
{
	char id[ID_HEX_SIZE + 1];
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	town_registers_family(&s.town);
	browser_comes(&b, &s, ROLE_PROTECTION);
	server_id(&s, "@lal", id);
	world_wait(&s.town.world, AGAIN_MS);
	CHECK_INT(browser_posts_of(&b, "/api/facts",
				   "{\"facts\": [{\"kind\": \"person.erased\", \"subject\": \"%s\","
				   " \"reason\": \"asked\"}]}",
				   id),
		  403);
	CHECK_TEXT(browser_said(&b, "key"), "session.again-needed");
	browser_end(&b);
	server_end(&s);
}

TEST(facts_that_are_none_are_a_problem_and_not_a_crash)
{
	static const char *const bodies[] = {
		"{\"facts\": []}",
		"{\"facts\": [{}]}",
		"{\"facts\": [{\"kind\": 7}]}",
		"{\"facts\": [{\"kind\": \"person.erased\"}]}",
		"{\"facts\": [{\"kind\": \"choice.made\", \"subject\": []}]}",
		"{\"facts\": [{\"kind\": \"choice.withdrawn\", \"subject\": \"@\"}]}",
	};
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_PROTECTION);
	for (size_t i = 0; i < COUNT_OF(bodies); i++)
		CHECK_INT(browser_posts(&b, "/api/facts", bodies[i]), 400);
	browser_end(&b);
	server_end(&s);
}

/* --- two officers ------------------------------------------------------------------------ */

#define AMENDED                                                                                    \
	"{\"facts\": [{\"kind\": \"person.amended\", \"subject\": \"%s\", \"birth_year\": 1986}]," \
	" \"known\": [{\"subject\": \"%s\", \"version\": %d}]}"

TEST(of_two_officers_with_one_form_the_second_sees_what_the_first_recorded)
{
	char id[ID_HEX_SIZE + 1];
	struct server s;
	struct browser first, second;
	int version;

	server_begin(&s, 1);
	town_registers_family(&s.town);
	browser_comes(&first, &s, ROLE_REGISTRATION);
	browser_comes(&second, &s, ROLE_PROTECTION);
	server_id(&s, "@habib", id);
	version = (int)reg_person_version(&(struct person){ .fact_count = 1 });
	CHECK_INT(opens(&second, "@habib"), 200);
	CHECK_INT(browser_posts_of(&first, "/api/facts", AMENDED, id, id, version), 201);
	CHECK_INT(browser_posts_of(&second, "/api/facts", AMENDED, id, id, version), 409);
	CHECK_TEXT(browser_said(&second, "key"), "facts.overtaken");
	CHECK_INT(json_array_size(json_object_get(second.json, "changed")), 1);
	CHECK_TEXT(browser_said(&second, "changed/0/subject"), id);
	CHECK_TEXT(browser_said(&second, "changed/0/by"), "registration");
	CHECK_TEXT(browser_said(&second, "changed/0/what"),
		   say(second.arena, s.words[WORDS_EN], "kind.person.amended").at);
	CHECK_INT(browser_posts_of(&second, "/api/facts", AMENDED, id, id, version + 1), 201);
	browser_end(&second);
	browser_end(&first);
	server_end(&s);
}

TEST(a_version_that_nobody_can_have_seen_is_not_hers)
{
	char id[ID_HEX_SIZE + 1];
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	town_registers_family(&s.town);
	browser_comes(&b, &s, ROLE_REGISTRATION);
	server_id(&s, "@habib", id);
	CHECK_INT(browser_posts_of(&b, "/api/facts", AMENDED, id, id, -1), 409);
	CHECK_INT(browser_posts_of(&b, "/api/facts", AMENDED, id, id, 77), 409);
	CHECK_INT(json_array_size(json_object_get(b.json, "changed")), 0);
	browser_end(&b);
	server_end(&s);
}

/* --- files ------------------------------------------------------------------------------- */

TEST(a_file_is_read_only_after_it_was_opened_and_that_is_recorded)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	town_registers_family(&s.town);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	CHECK_INT(browser_gets(&b, address_of(&s, "people", "@zarmina", "")), 403);
	CHECK_TEXT(browser_said(&b, "key"), "opening.first");
	CHECK_INT(browser_gets(&b, address_of(&s, "people", "@zarmina", "/history")), 403);
	CHECK_INT(town_person(&s.town, "@zarmina").opened_count, 0);
	CHECK_INT(opens(&b, "@zarmina"), 200);
	CHECK_INT(town_person(&s.town, "@zarmina").opened_count, 1);
	CHECK_INT(json_integer_value(json_object_get(b.json, "left")), OPENINGS_AN_HOUR - 3);
	CHECK_INT(browser_gets(&b, address_of(&s, "people", "@zarmina", "")), 200);
	CHECK_INT(browser_gets(&b, address_of(&s, "people", "@zarmina", "/history")), 200);
	browser_end(&b);
	server_end(&s);
}

TEST(what_the_rules_say_of_her_is_told_only_out_of_a_file_that_is_open)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	town_registers_family(&s.town);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	CHECK_INT(browser_gets(&b, address_of(&s, "people", "@zarmina", "/ready")), 403);
	CHECK_TEXT(browser_said(&b, "key"), "opening.first");
	CHECK_INT(opens(&b, "@zarmina"), 200);
	CHECK_INT(browser_gets(&b, address_of(&s, "people", "@zarmina", "/ready")), 200);
	CHECK_TEXT(browser_said(&b, "for"), "departure.recorded");
	browser_end(&b);
	server_end(&s);
}

TEST(opening_one_person_opens_her_household_and_each_of_it_is_told)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	town_registers_family(&s.town);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	CHECK_INT(opens(&b, "@zarmina"), 200);
	CHECK(*browser_said(&b, "person"));
	CHECK_INT(town_person(&s.town, "@habib").opened_count, 1);
	CHECK_INT(town_person(&s.town, "@lal").opened_count, 1);
	CHECK_INT(browser_gets(&b, address_of(&s, "people", "@habib", "")), 200);
	CHECK_INT(browser_gets(&b, address_of(&s, "households", "@household", "")), 200);
	browser_end(&b);
	server_end(&s);
}

TEST(opening_a_household_opens_all_of_it_and_each_is_recorded)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	town_registers_family(&s.town);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	CHECK_INT(opens(&b, "@household"), 200);
	CHECK_INT(town_person(&s.town, "@habib").opened_count, 1);
	CHECK_INT(town_person(&s.town, "@lal").opened_count, 1);
	CHECK_INT(browser_gets(&b, address_of(&s, "people", "@habib", "")), 200);
	CHECK_INT(browser_gets(&b, address_of(&s, "households", "@household", "")), 200);
	CHECK_INT(browser_gets(&b, address_of(&s, "households", "@household", "/history")), 200);
	browser_end(&b);
	server_end(&s);
}

TEST(a_file_is_open_in_this_session_alone_and_for_half_an_hour)
{
	struct server s;
	struct browser b, other;

	server_begin(&s, 1);
	town_registers_family(&s.town);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	browser_comes(&other, &s, ROLE_COUNSELLOR);
	CHECK_INT(browser_posts(&b, "/api/session/pin", "{\"pin\": \"481516\"}"), 200);
	CHECK_INT(opens(&b, "@zarmina"), 200);
	CHECK_INT(browser_gets(&other, address_of(&s, "people", "@zarmina", "")), 403);
	world_wait(&s.town.world, OPENING_MS);
	CHECK_INT(browser_posts(&b, "/api/session/open", "{\"pin\": \"481516\"}"), 200);
	CHECK_INT(browser_gets(&b, address_of(&s, "people", "@zarmina", "")), 403);
	browser_end(&other);
	browser_end(&b);
	server_end(&s);
}

TEST(somebody_who_is_not_there_is_neither_opened_nor_told_apart)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	CHECK_INT(browser_gets(&b, "/api/people/00112233445566778899aabbccddeeff"), 403);
	CHECK_TEXT(browser_said(&b, "key"), "opening.first");
	CHECK_INT(opens(&b, "@nobody"), 404);
	browser_end(&b);
	server_end(&s);
}

TEST(whoever_has_opened_as_many_files_as_one_may_waits)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	town_registers_family(&s.town);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	for (int i = 0; i < OPENINGS_AN_HOUR / 3; i++)
		CHECK_INT(opens(&b, "@household"), 200);
	CHECK_INT(opens(&b, "@zarmina"), 429);
	CHECK_TEXT(browser_said(&b, "key"), "opened.too-many");
	CHECK_INT(b.got.retry_after_s, 3600);
	CHECK_INT(json_integer_value(json_object_get(b.json, "retry_after_s")), 3600);
	browser_end(&b);
	server_end(&s);
}

RUN_TESTS()
