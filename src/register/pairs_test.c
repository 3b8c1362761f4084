/*
 * Pairs of records that may be one person: each is found once, waits until somebody has
 * decided of it, and comes back only where that was left open or taken back.
 */
#include "register/inside.h"
#include "register/town_testing.h"

#include <stdio.h>

enum { WEAK = 1, STRONG };

struct scale {
	unsigned strength;
	struct id weak; /* with whomever: little speaks for it */
	unsigned used;
};

static unsigned weigh(void *self, const struct id *a, const struct id *b)
{
	struct scale *s = self;

	s->used++;
	return id_same(a, &s->weak) || id_same(b, &s->weak) ? WEAK : s->strength;
}

/* What waits, once `people` more were looked at. */
static struct reg_pairs looks(struct town *t, struct scale *scale, uint32_t people)
{
	struct reg_scales scales = { weigh, scale };
	const struct state *s;
	struct reg_pairs found;

	CHECK_INT(reg_work_begin(t->reg, &s, &t->fault), OK);
	reg_pairs_look(t->reg, &scales, people);
	reg_pairs(t->reg, &found);
	reg_read_end(t->reg);
	return found;
}

static struct reg_pairs all(struct town *t)
{
	struct scale scale = { .strength = STRONG };

	return looks(t, &scale, UINT32_MAX);
}

/* A household of its own, with one person. */
static void comes(struct town *t, const char *who, const char *names)
{
	town_records_of(t, ROLE_REGISTRATION,
			"[{\"kind\": \"household.registered\", \"subject\": \"%s-house\","
			"  \"residence\": \"PK5\"},"
			" {\"kind\": \"person.registered\", \"subject\": \"%s\", \"household\":"
			"  \"%s-house\", %s, \"sex\": \"female\", \"group\": \"por\"}]",
			who, who, who, names);
	town_wait(t, 60);
}

#define SPOZHMAI "\"given\": \"سپوږمۍ\", \"father\": \"تورپيکۍ\""
#define SPOZHMAI_LATIN "\"given_latin\": \"Spozhmai\", \"father_latin\": \"Torpekai\""

static void town_with_pair(struct town *t, uint64_t seed)
{
	town_make(t, seed);
	comes(t, "@one", SPOZHMAI);
	comes(t, "@other", "\"given_latin\": \"Jamila\"");
	comes(t, "@again", SPOZHMAI_LATIN);
}

static void says(struct town *t, const char *kind)
{
	town_records_of(t, ROLE_REGISTRATION,
			"[{\"kind\": \"%s\", \"subject\": \"@one\", \"other\": \"@again\"},"
			" {\"kind\": \"%s\", \"subject\": \"@again\", \"other\": \"@one\"}]",
			kind, kind);
}

static enum err opens(struct town *t, const char *who)
{
	struct id person = town_id(t, who);

	return reg_opened(t->reg, &t->as[ROLE_REGISTRATION], &person, OPENING_REGISTRATION,
			  &t->fault);
}

TEST(a_pair_is_found_across_scripts_and_its_first_record_stands_first)
{
	struct reg_pairs found;
	struct id one, again;
	struct town t;

	town_with_pair(&t, 1);
	one = town_id(&t, "@one");
	again = town_id(&t, "@again");
	found = all(&t);
	CHECK_INT(found.count, 1);
	CHECK(id_same(&found.pairs[0].a, &one));
	CHECK(id_same(&found.pairs[0].b, &again));
	CHECK_INT(found.pairs[0].since, town_person(&t, "@again").registered_at);
	CHECK_INT(found.looked.people, 3);
	CHECK_INT(found.looked.at, 3);
	CHECK_INT(all(&t).count, 1);
	town_end(&t);
}

TEST(too_little_makes_no_pair_and_nobody_is_weighed_twice)
{
	struct scale scale = { .strength = 0 };
	struct town t;

	town_with_pair(&t, 2);
	CHECK_INT(looks(&t, &scale, UINT32_MAX).count, 0);
	CHECK_INT(scale.used, 1);
	CHECK_INT(looks(&t, &scale, UINT32_MAX).count, 0);
	CHECK_INT(scale.used, 1);
	town_end(&t);
}

TEST(two_people_of_one_household_are_no_pair)
{
	struct town t;

	town_with_pair(&t, 3);
	CHECK_INT(all(&t).count, 1);
	town_records(&t, ROLE_REGISTRATION,
		     "{\"kind\": \"person.moved\", \"subject\": \"@again\", \"household\":"
		     " \"@one-house\", \"own_choice\": true}");
	CHECK_INT(all(&t).count, 0);
	town_end(&t);
}

TEST(what_was_decided_is_asked_no_more_also_after_a_lock)
{
	static const char *const kinds[] = { "person.same-as", "person.not-same-as" };

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		struct town t;

		town_with_pair(&t, 4 + i);
		CHECK_INT(all(&t).count, 1);
		says(&t, kinds[i]);
		CHECK_INT(all(&t).count, 0);
		reg_lock(t.reg);
		town_login_all(&t);
		CHECK_INT(all(&t).count, 0);
		/* A name that is put right makes no new question of it. */
		town_records(&t, ROLE_REGISTRATION,
			     "{\"kind\": \"person.amended\", \"subject\": \"@one\","
			     " \"given_latin\": \"Spozhmay\"}");
		CHECK_INT(all(&t).count, 0);
		town_end(&t);
	}
}

TEST(what_was_left_open_is_asked_again_after_some_days)
{
	struct town t;

	town_with_pair(&t, 6);
	says(&t, "person.maybe-same-as");
	CHECK_INT(all(&t).count, 0);
	town_wait(&t, PAIR_LATER_S - 120);
	CHECK_INT(all(&t).count, 0);
	town_wait(&t, 120);
	CHECK_INT(all(&t).count, 1);
	says(&t, "person.maybe-same-as");
	CHECK_INT(all(&t).count, 0);
	town_end(&t);
}

TEST(what_was_left_open_is_asked_again_once_either_file_changes)
{
	static const char *const who[] = { "@one", "@again" };

	for (size_t i = 0; i < COUNT_OF(who); i++) {
		struct town t;

		town_with_pair(&t, 7 + i);
		says(&t, "person.maybe-same-as");
		CHECK_INT(all(&t).count, 0);
		/* That somebody read it changes no file. */
		CHECK_INT(opens(&t, who[i]), OK);
		CHECK_INT(all(&t).count, 0);
		town_records_of(&t, ROLE_REGISTRATION,
				"{\"kind\": \"person.amended\", \"subject\": \"%s\","
				" \"birth_year\": 1990}",
				who[i]);
		CHECK_INT(all(&t).count, 1);
		town_end(&t);
	}
}

TEST(a_decision_that_is_annulled_is_asked_for_again)
{
	char fact[FACT_REF_TEXT_SIZE], second[ID_HEX_SIZE + 1];
	struct town t;

	town_with_pair(&t, 9);
	says(&t, "person.not-same-as");
	CHECK_INT(all(&t).count, 0);
	fact_ref_write(fact, &t.answer.refs[0]);
	hex_write(second, bytes_of(t.as[ROLE_PROTECTION].account.at, ID_SIZE));
	town_records_of(&t, ROLE_REGISTRATION,
			"{\"kind\": \"fact.annulled\", \"subject\": \"@one\", \"fact\": \"%s\","
			" \"reason\": \"entered-twice\", \"second\": \"%s\"}",
			fact, second);
	CHECK_INT(all(&t).count, 1);
	town_end(&t);
}

TEST(who_is_erased_is_in_no_pair)
{
	struct town t;

	town_with_pair(&t, 10);
	CHECK_INT(all(&t).count, 1);
	town_records(&t, ROLE_PROTECTION,
		     "{\"kind\": \"person.erased\", \"subject\": \"@again\","
		     " \"reason\": \"person-asked\"}");
	CHECK_INT(all(&t).count, 0);
	town_end(&t);
}

/* `first` to `end` - 1, who are all called alike. */
static void namesakes_come(struct town *t, int first, int end)
{
	char who[16];

	for (int i = first; i < end; i++) {
		snprintf(who, sizeof(who), "@p%d", i);
		comes(t, who, SPOZHMAI);
	}
}

TEST(what_most_speaks_for_stands_first_and_of_these_the_oldest)
{
	struct scale scale = { .strength = STRONG };
	struct reg_pairs found;
	struct town t;

	town_make(&t, 12);
	namesakes_come(&t, 0, 5);
	scale.weak = town_id(&t, "@p0");
	found = looks(&t, &scale, UINT32_MAX);
	CHECK_INT(found.count, 10);
	for (size_t i = 0; i < found.count; i++)
		CHECK_INT(found.pairs[i].strength, i < 6 ? STRONG : WEAK);
	for (size_t i = 1; i < found.count; i++)
		CHECK(i == 6 || found.pairs[i - 1].since <= found.pairs[i].since);
	town_end(&t);
}

/* Of the one that changed it is not known any more how much speaks for it. */
TEST(a_pair_of_which_a_file_changes_is_weighed_again)
{
	struct scale scale = { .strength = STRONG };
	struct town t;

	town_with_pair(&t, 13);
	CHECK_INT(looks(&t, &scale, UINT32_MAX).pairs[0].strength, STRONG);
	town_records(&t, ROLE_REGISTRATION,
		     "{\"kind\": \"person.amended\", \"subject\": \"@one\","
		     " \"birth_year\": 1950}");
	scale.strength = WEAK;
	CHECK_INT(looks(&t, &scale, UINT32_MAX).pairs[0].strength, WEAK);
	town_records(&t, ROLE_REGISTRATION,
		     "{\"kind\": \"person.amended\", \"subject\": \"@one\","
		     " \"sex\": \"male\"}");
	scale.strength = 0;
	CHECK_INT(looks(&t, &scale, UINT32_MAX).count, 0);
	town_end(&t);
}

/* More strong pairs than are kept push out the one for which little speaks. */
TEST(a_pair_that_found_no_room_is_found_again_once_others_are_decided)
{
	enum { PEOPLE = 80, STAY = 4 };
	struct scale scale = { .strength = STRONG };
	struct reg_pairs found;
	struct town t;

	town_with_pair(&t, 14);
	scale.weak = town_id(&t, "@again");
	CHECK_INT(looks(&t, &scale, UINT32_MAX).count, 1);
	namesakes_come(&t, 0, PEOPLE);
	looks(&t, &scale, UINT32_MAX);
	CHECK(scale.used > PAIRS_KEPT_MAX);
	for (int i = STAY; i < PEOPLE; i++)
		town_records_of(&t, ROLE_PROTECTION,
				"{\"kind\": \"person.erased\", \"subject\": \"@p%d\","
				" \"reason\": \"person-asked\"}",
				i);
	found = looks(&t, &scale, UINT32_MAX);
	found = looks(&t, &scale, UINT32_MAX);
	CHECK(found.count > STAY);
	CHECK_INT(found.pairs[found.count - 1].strength, WEAK);
	CHECK(!found.looked.more);
	town_end(&t);
}

/* Each may be everybody before her, and no question costs more for that. */
TEST(two_hundred_pairs_are_shown_at_most_and_each_look_does_so_much_work_and_no_more)
{
	enum { PEOPLE = 40, LIKE = 10 };
	struct scale scale = { .strength = WEAK };
	struct reg_pairs found;
	struct town t;

	town_make(&t, 11);
	namesakes_come(&t, 0, PEOPLE);
	for (int i = 0; i < PEOPLE; i++) {
		unsigned before = scale.used;

		found = looks(&t, &scale, 1);
		CHECK(scale.used - before <= 2 * LIKE);
	}
	CHECK_INT(found.count, REG_PAIRS_MAX);
	CHECK(!found.looked.more);
	for (size_t i = 1; i < found.count; i++)
		CHECK(found.pairs[i - 1].since <= found.pairs[i].since);
	town_end(&t);
}

RUN_TESTS()
