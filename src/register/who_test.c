/*
 * Who is found under which name, and that looking for somebody is recorded: once a
 * question, and not without end.
 */
#include <stdio.h>

#include "register/town_testing.h"

/* Who is found first under this name; a zero id: nobody. */
static struct id found_by(struct town *t, const char *name)
{
	struct reg_named found[REG_NAMED_MAX] = { 0 };
	const struct state *s;
	size_t count;

	CHECK_INT(reg_read_begin(t->reg, &t->as[ROLE_REGISTRATION], DEED_FIND, &s, &t->fault), OK);
	count = reg_named(t->reg, text_of(name), found, REG_NAMED_MAX);
	reg_read_end(t->reg);
	return count ? found[0].person : (struct id){ 0 };
}

static bool is_found_by(struct town *t, const char *who, const char *name)
{
	struct id wanted = town_id(t, who), found = found_by(t, name);

	return id_same(&wanted, &found);
}

static enum err searches(struct town *t, int64_t role, const char *words, uint32_t shown)
{
	struct reg_search s = { text_of(words), OPENING_COUNSELLING, shown };

	t->fault = (struct fault){ 0 };
	return reg_searched(t->reg, &t->as[role], &s, &t->fault);
}

static uint64_t facts(struct town *t)
{
	struct reg_status status;

	CHECK_INT(reg_status(t->reg, &status, &t->fault), OK);
	return status.facts;
}

TEST(a_person_is_found_in_another_script_and_spelling_than_she_was_registered_in)
{
	struct town t;

	town_make(&t, 1);
	town_registers_family(&t);
	CHECK(is_found_by(&t, "@zarmina", "Zarmeena"));
	CHECK(is_found_by(&t, "@zarmina", "زرمينه"));
	CHECK(is_found_by(&t, "@habib", "Habeeb"));
	town_end(&t);
}

TEST(who_is_registered_amended_or_erased_is_found_as_she_is_now)
{
	struct town t;

	town_make(&t, 2);
	town_registers_family(&t);
	/* What is asked for before is not answered from memory afterwards. */
	CHECK(is_found_by(&t, "@zarmina", "Zarmina"));
	town_records(&t, ROLE_REGISTRATION,
		     "[{\"kind\": \"person.amended\", \"subject\": \"@zarmina\","
		     "  \"given\": \"سپوږمۍ\", \"given_latin\": \"Spozhmai\"}]");
	CHECK(is_found_by(&t, "@zarmina", "Spogmay"));
	CHECK(is_found_by(&t, "@zarmina", "Spozhmai"));
	CHECK(is_found_by(&t, "@zarmina", "Spozhmai"));
	CHECK(!is_found_by(&t, "@zarmina", "Zarmina"));
	town_records(&t, ROLE_PROTECTION,
		     "[{\"kind\": \"person.erased\", \"subject\": \"@zarmina\","
		     "  \"reason\": \"person-asked\"}]");
	CHECK(!is_found_by(&t, "@zarmina", "Spozhmai"));
	CHECK(is_found_by(&t, "@habib", "Habib"));
	town_end(&t);
}

TEST(a_lock_wipes_the_index_and_the_next_login_fills_it)
{
	struct town t;

	town_make(&t, 3);
	town_registers_family(&t);
	reg_lock(t.reg);
	town_login_all(&t);
	CHECK(is_found_by(&t, "@zarmina", "Zarmeena"));
	town_end(&t);
}

TEST(a_question_is_recorded_once_and_its_words_are_not)
{
	struct town t;
	uint64_t before;

	town_make(&t, 4);
	town_registers_family(&t);
	before = facts(&t);
	CHECK_INT(searches(&t, ROLE_COUNSELLOR, "zarmina gul", 10), OK);
	CHECK_INT(searches(&t, ROLE_COUNSELLOR, "zarmina gul 1990", 2), OK);
	CHECK_INT(searches(&t, ROLE_COUNSELLOR, "zarmina gu", 10), OK);
	CHECK_INT(facts(&t), before + 1);
	CHECK_INT(searches(&t, ROLE_COUNSELLOR, "ajmal khan", 1), OK);
	CHECK_INT(facts(&t), before + 2);
	town_wait(&t, 121);
	CHECK_INT(searches(&t, ROLE_COUNSELLOR, "ajmal khan", 1), OK);
	CHECK_INT(facts(&t), before + 3);
	/* Another account's question is another, whatever its words are. */
	CHECK_INT(searches(&t, ROLE_REGISTRATION, "ajmal khan", 1), OK);
	CHECK_INT(facts(&t), before + 4);
	town_end(&t);
}

TEST(a_question_that_has_forty_wordings_is_another_one)
{
	struct town t;
	uint64_t before;

	town_make(&t, 5);
	before = facts(&t);
	for (int i = 0; i < 40; i++)
		CHECK_INT(searches(&t, ROLE_COUNSELLOR, i % 2 ? "gul khan" : "gul khan 1990", 10),
			  OK);
	CHECK_INT(facts(&t), before + 1);
	CHECK_INT(searches(&t, ROLE_COUNSELLOR, "gul khan", 10), OK);
	CHECK_INT(facts(&t), before + 2);
	town_end(&t);
}

TEST(whoever_has_asked_too_many_questions_waits_and_a_lock_forgets_none)
{
	struct town t;
	char words[40];

	town_make(&t, 6);
	for (int i = 0; i < SEARCHES_AN_HOUR; i++) {
		snprintf(words, sizeof(words), "%03d gul", i);
		CHECK_INT(searches(&t, ROLE_COUNSELLOR, words, 10), OK);
	}
	reg_lock(t.reg);
	town_login_all(&t);
	CHECK_FAULT(searches(&t, ROLE_COUNSELLOR, "one more", 10), ERR_LIMIT, &t.fault,
		    "search.too-many");
	CHECK_INT(searches(&t, ROLE_REGISTRATION, "one more", 10), OK);
	town_wait(&t, HOUR);
	CHECK_INT(searches(&t, ROLE_COUNSELLOR, "one more", 10), OK);
	/* What she looked for is no file that she opened. */
	CHECK_INT(reg_openings_left(t.reg, &t.as[ROLE_COUNSELLOR]), OPENINGS_AN_HOUR);
	town_end(&t);
}

TEST(who_may_look_for_nobody_records_no_question)
{
	struct town t;

	town_make(&t, 7);
	CHECK_INT(searches(&t, ROLE_BORDER, "gul khan", 10), ERR_DENIED);
	town_end(&t);
}

RUN_TESTS()
