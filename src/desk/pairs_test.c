/*
 * Records that may be one person: the list names nobody, the two files side by side say
 * what speaks for it, and who may not decide sees neither.
 */
#include <stdio.h>

#include "desk/desk_testing.h"

/* Ajmal of Kandahar with his wife; he again, written otherwise, with her again; his
 * brother with a wife of his own; and somebody else. */
static void town_with_ajmal_twice(struct town *t)
{
	static const struct {
		const char *who, *house, *rest;
	} people[] = {
		{ "@ajmal", "@one",
		  "\"given\": \"اجمل\", \"father\": \"ګل خان\", \"grandfather\": \"تورپيکی\","
		  " \"sex\": \"male\", \"birth_year\": 1988, \"origin\": \"AF27\"" },
		{ "@spozhmai", "@one",
		  "\"given\": \"سپوږمۍ\", \"father\": \"نور محمد\", \"sex\": \"female\","
		  " \"birth_year\": 1991, \"origin\": \"AF27\"" },
		{ "@brother", "@brothers",
		  "\"given\": \"ارسلا\", \"father\": \"ګل خان\", \"grandfather\": \"تورپيکی\","
		  " \"sex\": \"male\", \"birth_year\": 1988, \"origin\": \"AF27\"" },
		{ "@somebody", "@brothers",
		  "\"given_latin\": \"Jamila\", \"sex\": \"female\", \"birth_year\": 1970" },
		{ "@again", "@two",
		  "\"given_latin\": \"Ajmal\", \"father_latin\": \"Gul Khan\","
		  " \"grandfather_latin\": \"Torpekai\", \"sex\": \"male\","
		  " \"birth_year\": 1989, \"origin\": \"AF27\"" },
		{ "@wife", "@two",
		  "\"given_latin\": \"Spogmay\", \"father_latin\": \"Noor Mohammad\","
		  " \"sex\": \"female\", \"birth_year\": 1991, \"origin\": \"AF27\"" },
	};

	town_make(t, 1);
	for (size_t i = 0; i < COUNT_OF(people); i++) {
		if (!i || strcmp(people[i - 1].house, people[i].house))
			town_records_of(t, ROLE_REGISTRATION,
					"{\"kind\": \"household.registered\", \"subject\":"
					" \"%s\", \"residence\": \"PK5\"}",
					people[i].house);
		town_records_of(t, ROLE_REGISTRATION,
				"{\"kind\": \"person.registered\", \"subject\": \"%s\","
				" \"household\": \"%s\", \"group\": \"por\", %s}",
				people[i].who, people[i].house, people[i].rest);
		town_wait(t, 60);
	}
}

static bool is_at(struct town *t, const json_t *j, const char *path, const char *who)
{
	struct id id = town_id(t, who);
	char hex[ID_HEX_SIZE + 1];

	hex_write(hex, bytes_of(id.at, ID_SIZE));
	return !strcmp(json_text_at(j, path), hex);
}

static bool is_pair(struct town *t, const json_t *pair, const char *a, const char *b)
{
	return is_at(t, pair, "a/id", a) && is_at(t, pair, "b/id", b);
}

TEST(the_list_has_numbers_and_no_names_and_brothers_are_not_on_it)
{
	struct town t;
	struct clerk c;
	const json_t *j;

	town_with_ajmal_twice(&t);
	clerk_begin(&c, &t, ROLE_REGISTRATION, WORDS_EN);
	j = clerk_gets(&c, desk_pairs(&c.desk, 1000, NULL, clerk_asks(&c)), SHAPE_PAIRS);
	CHECK_INT(json_array_size(json_at(j, "pairs")), 2);
	CHECK(is_pair(&t, json_at(j, "pairs/0"), "@ajmal", "@again"));
	CHECK(is_pair(&t, json_at(j, "pairs/1"), "@spozhmai", "@wife"));
	CHECK(!strncmp(json_text_at(j, "pairs/0/a/case_number"), "PSH-26-00001", 12));
	CHECK_INT(json_integer_value(json_at(j, "looked_at")), 6);
	CHECK_INT(json_integer_value(json_at(j, "people")), 6);
	CHECK(!json_mentions(j, "Ajmal") && !json_mentions(j, "اجمل"));
	clerk_end(&c);
	town_end(&t);
}

TEST(a_list_that_is_asked_for_looks_on_a_little_at_a_time)
{
	struct town t;
	struct clerk c;
	const json_t *j;

	town_with_ajmal_twice(&t);
	clerk_begin(&c, &t, ROLE_PROTECTION, WORDS_EN);
	j = clerk_gets(&c, desk_pairs(&c.desk, 0, NULL, clerk_asks(&c)), SHAPE_PAIRS);
	CHECK_INT(json_array_size(json_at(j, "pairs")), 0);
	CHECK_INT(json_integer_value(json_at(j, "looked_at")), 0);
	j = clerk_gets(&c, desk_pairs(&c.desk, 5, NULL, clerk_asks(&c)), SHAPE_PAIRS);
	CHECK_INT(json_array_size(json_at(j, "pairs")), 1);
	CHECK_INT(json_integer_value(json_at(j, "looked_at")), 5);
	j = clerk_gets(&c, desk_pairs(&c.desk, 1, NULL, clerk_asks(&c)), SHAPE_PAIRS);
	CHECK_INT(json_array_size(json_at(j, "pairs")), 2);
	clerk_end(&c);
	town_end(&t);
}

TEST(what_was_looked_at_for_nobody_in_particular_waits_for_who_asks_and_goes_with_a_lock)
{
	struct reg_looked looked;
	struct town t;
	struct clerk c;
	const json_t *j;

	town_with_ajmal_twice(&t);
	clerk_begin(&c, &t, ROLE_REGISTRATION, WORDS_EN);
	c.desk.session = (struct session){ 0 };
	CHECK_INT(desk_pairs_look(&c.desk, 5, &looked), OK);
	CHECK_INT(looked.at, 5);
	CHECK(looked.more);
	CHECK_INT(desk_pairs_look(&c.desk, 5, &looked), OK);
	CHECK_INT(looked.at, 6);
	CHECK(!looked.more);
	c.desk.session = t.as[ROLE_REGISTRATION];
	j = clerk_gets(&c, desk_pairs(&c.desk, 0, NULL, clerk_asks(&c)), SHAPE_PAIRS);
	CHECK_INT(json_array_size(json_at(j, "pairs")), 2);
	reg_lock(t.reg);
	CHECK_INT(desk_pairs_look(&c.desk, 5, &looked), ERR_LOCKED);
	town_login_all(&t);
	j = clerk_gets(&c, desk_pairs(&c.desk, 0, NULL, clerk_asks(&c)), SHAPE_PAIRS);
	CHECK_INT(json_array_size(json_at(j, "pairs")), 0);
	CHECK_INT(json_integer_value(json_at(j, "looked_at")), 0);
	clerk_end(&c);
	town_end(&t);
}

TEST(who_does_not_decide_sees_no_list_and_no_pair)
{
	static const int64_t roles[] = { ROLE_COUNSELLOR, ROLE_CASHIER, ROLE_BORDER,
					 ROLE_ADMINISTRATOR, ROLE_AUDITOR };
	struct town t;

	town_with_ajmal_twice(&t);
	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		struct id one = town_id(&t, "@ajmal"), other = town_id(&t, "@again");
		struct clerk c;

		clerk_begin(&c, &t, roles[i], WORDS_EN);
		clerk_is_refused(&c, desk_pairs(&c.desk, 1000, NULL, clerk_asks(&c)), ERR_DENIED,
				 "deed.denied");
		clerk_is_refused(&c, desk_pair(&c.desk, &one, &other, clerk_asks(&c)), ERR_DENIED,
				 "deed.denied");
		clerk_end(&c);
	}
	town_end(&t);
}

static const json_t *pair_of(struct clerk *c, struct town *t, const char *one, const char *other)
{
	struct id a = town_id(t, one), b = town_id(t, other);

	return clerk_gets(c, desk_pair(&c->desk, &a, &b, clerk_asks(c)), SHAPE_PAIR);
}

TEST(two_files_stand_side_by_side_with_the_earlier_one_first)
{
	struct town t;
	struct clerk c;
	const json_t *j;

	town_with_ajmal_twice(&t);
	clerk_begin(&c, &t, ROLE_REGISTRATION, WORDS_EN);
	j = pair_of(&c, &t, "@again", "@ajmal");
	CHECK(is_at(&t, j, "a/person/id", "@ajmal"));
	CHECK(is_at(&t, j, "b/person/id", "@again"));
	CHECK_TEXT(json_text_at(j, "a/person/names/given"), "اجمل");
	CHECK(json_mentions(j, "“ajmal”"));
	CHECK(json_mentions(j, "The years of birth are near each other, about 1989"));
	CHECK(json_is_false(json_at(j, "takes_two")));
	/* With whom they live is not opened with them. */
	CHECK(json_mentions(j, "In both households others are called alike: 1"));
	CHECK(!json_mentions(j, "Spogmay") && !json_mentions(j, "spogmay"));
	clerk_end(&c);
	town_end(&t);
}

TEST(the_reasons_of_a_pair_are_told_in_the_readers_language_and_accuse_nobody)
{
	static const char *const words[] = { "fraud", "suspect", "duplicate", "fake" };
	struct town t;

	town_with_ajmal_twice(&t);
	for (int l = 0; l < WORDS_LANGUAGES; l++) {
		struct clerk c;
		const json_t *j;

		clerk_begin(&c, &t, ROLE_REGISTRATION, (enum words_language)l);
		j = pair_of(&c, &t, "@ajmal", "@again");
		CHECK(json_array_size(json_at(j, "reasons")) > 3);
		CHECK_INT(json_mentions(j, "is written in another way"), l == WORDS_EN);
		for (size_t i = 0; i < COUNT_OF(words); i++)
			CHECK(!json_mentions(j, words[i]));
		clerk_end(&c);
	}
	town_end(&t);
}

TEST(a_record_and_itself_are_no_pair_and_neither_is_one_with_nobody)
{
	struct id one, nobody = { { 7 } };
	struct town t;
	struct clerk c;

	town_with_ajmal_twice(&t);
	one = town_id(&t, "@ajmal");
	clerk_begin(&c, &t, ROLE_REGISTRATION, WORDS_EN);
	clerk_is_refused(&c, desk_pair(&c.desk, &one, &one, clerk_asks(&c)), ERR_NOT_FOUND,
			 "desk.no-pair");
	clerk_is_refused(&c, desk_pair(&c.desk, &one, &nobody, clerk_asks(&c)), ERR_NOT_FOUND,
			 "desk.no-pair");
	clerk_end(&c);
	town_end(&t);
}

TEST(both_files_say_what_was_decided_to_whom_it_concerns)
{
	static const char *const who[] = { "@ajmal", "@again" };
	struct town t;

	town_with_ajmal_twice(&t);
	town_records(
		&t, ROLE_REGISTRATION,
		"[{\"kind\": \"person.same-as\", \"subject\": \"@ajmal\", \"other\": \"@again\"},"
		" {\"kind\": \"person.same-as\", \"subject\": \"@again\", \"other\":"
		"  \"@ajmal\"}]");
	for (int i = 0; i < 2; i++) {
		struct id person = town_id(&t, who[i]);
		struct clerk c;
		const json_t *j;

		clerk_begin(&c, &t, ROLE_REGISTRATION, WORDS_EN);
		j = clerk_gets(&c, desk_person(&c.desk, &person, clerk_asks(&c)), SHAPE_PERSON);
		CHECK_INT(json_array_size(json_at(j, "pairs")), 1);
		CHECK(is_at(&t, j, "pairs/0/other", who[!i]));
		CHECK_TEXT(json_text_at(j, "pairs/0/said"), "same");
		CHECK(json_is_false(json_at(j, "pairs/0/takes_two")));
		clerk_end(&c);
		clerk_begin(&c, &t, ROLE_COUNSELLOR, WORDS_EN);
		j = clerk_gets(&c, desk_person(&c.desk, &person, clerk_asks(&c)), SHAPE_PERSON);
		CHECK(!json_at(j, "pairs"));
		clerk_end(&c);
	}
	town_end(&t);
}

RUN_TESTS()
