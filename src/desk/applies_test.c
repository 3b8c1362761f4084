/* The shipped directives, recorded in a town and asked at its desk. */
#include <stdlib.h>

#include "base/world.h"
#include "desk/desk_testing.h"

#define LIST "data/directives/directives.csv"

struct asking {
	struct town town;
	struct clerk clerk;
};

static void none_is_rejected(void *self, const struct directive_reject *reject)
{
	(void)self;
	check_failed(__FILE__, __LINE__, "line %d, %s: %s", (int)reject->line, reject->column,
		     reject->why->key);
}

/* All rows of the list, each through the door. */
static void record_list(struct asking *a)
{
	struct desk *d = &a->clerk.desk;
	const struct directive_row *rows;
	struct buffer fact = { 0 };
	struct json_writer w;
	struct bytes list;
	size_t count;

	CHECK(!file_load(&list, d->arena, world_real(), LIST, (size_t)1 << 20, NULL));
	CHECK(!desk_read_directives(d, LIST, list, none_is_rejected, NULL, &rows, &count));
	CHECK_INT(count, 60);
	for (size_t i = 0; i < count; i++) {
		buffer_reset(&fact);
		json_begin(&w, &fact);
		desk_write_directive(&w, &rows[i]);
		buffer_byte(&fact, 0);
		town_records(&a->town, ROLE_LEGAL_AID, (const char *)fact.at);
	}
	buffer_free(&fact);
}

static struct asking *asking_begin(int64_t role, enum words_language l)
{
	struct asking *a = calloc(1, sizeof(*a));

	CHECK(a != NULL);
	town_make(&a->town, 1);
	clerk_begin(&a->clerk, &a->town, role, l);
	record_list(a);
	return a;
}

static void asking_end(struct asking *a)
{
	clerk_end(&a->clerk);
	town_end(&a->town);
	free(a);
}

static const json_t *applies(struct asking *a, const char *group, const char *area, const char *on,
			     const char *known_on)
{
	const struct desk_applies q = { text_of(group), text_of(area), text_of(on),
					text_of(known_on) };

	return clerk_gets(&a->clerk, desk_applies(&a->clerk.desk, &q, clerk_asks(&a->clerk)),
			  SHAPE_APPLIES);
}

/* The instrument of that code in a list; NULL: none. */
static const json_t *of_code(const json_t *list, const char *code)
{
	json_t *one;
	size_t at;

	json_array_foreach(list, at, one)
		if (!strcmp(json_text_at(one, "id"), code))
			return one;
	return NULL;
}

static const json_t *applied(const json_t *answer, const char *code)
{
	return of_code(json_object_get(answer, "instruments"), code);
}

static bool conflict(const json_t *answer, const char *a, const char *b)
{
	return json_mentions(json_object_get(applied(answer, a), "conflicts_with"), b) &&
	       json_mentions(json_object_get(applied(answer, b), "conflicts_with"), a);
}

TEST(in_peshawar_the_order_and_the_provinces_word_stand_side_by_side)
{
	struct asking *a = asking_begin(ROLE_LEGAL_AID, WORDS_EN);
	const json_t *j = applies(a, "ACC", "PK528", "2025-04-04", "");

	CHECK(conflict(j, "DIR-039", "DIR-056") && conflict(j, "DIR-039", "DIR-012"));
	CHECK_TEXT(json_text_at(applied(j, "DIR-039"), "under"), "DIR-022");
	CHECK_TEXT(json_text_at(applied(j, "DIR-056"), "areas/0"), "PK5@cod-ab-2022");
	CHECK_TEXT(json_text_at(applied(j, "DIR-056"), "stance"), "stays");
	CHECK(json_mentions(json_object_get(j, "notes"), "does not say which prevails"));
	asking_end(a);
}

TEST(what_ended_within_thirty_days_is_told_apart_from_what_is_in_force)
{
	struct asking *a = asking_begin(ROLE_LEGAL_AID, WORDS_EN);
	const json_t *j = applies(a, "undocumented", "PK528", "2023-11-30", "");

	/* "Leave by 1 November." */
	CHECK(!applied(j, "DIR-022"));
	CHECK(of_code(json_object_get(j, "ended"), "DIR-022") != NULL);
	j = applies(a, "undocumented", "PK528", "2023-12-02", "");
	CHECK(!of_code(json_object_get(j, "ended"), "DIR-022"));
	j = applies(a, "undocumented", "PK528", "2023-11-01", "");
	CHECK(applied(j, "DIR-022") != NULL);
	CHECK(!of_code(json_object_get(j, "ended"), "DIR-022"));
	asking_end(a);
}

static const json_t *times(struct asking *a, const char *group, const char *area)
{
	const struct desk_applies q = { text_of(group), text_of(area), TEXT(""), TEXT("") };

	return clerk_gets(&a->clerk, desk_times(&a->clerk.desk, &q, clerk_asks(&a->clerk)),
			  SHAPE_TIMES);
}

TEST(over_the_years_an_instrument_is_in_force_from_its_first_day_to_its_last)
{
	struct asking *a = asking_begin(ROLE_LEGAL_AID, WORDS_EN);
	const json_t *rows = json_object_get(times(a, "acc", "PK528"), "rows");
	const json_t *order = of_code(rows, "DIR-039"), *word = of_code(rows, "DIR-056");
	json_t *span;
	size_t at;

	CHECK_TEXT(json_text_at(order, "spans/0/from"), "2025-04-01");
	CHECK(json_mentions(json_at(order, "spans/0/conflicts_with"), "DIR-012"));
	/* The province speaks on the fourth: not before is it contradicted by that. */
	json_array_foreach(json_object_get(order, "spans"), at, span)
		CHECK(json_mentions(json_object_get(span, "conflicts_with"), "DIR-056") ==
		      (strcmp(json_text_at(span, "from"), "2025-04-04") >= 0));
	CHECK_TEXT(json_text_at(word, "spans/0/from"), "2025-04-04");
	/* Nothing of Sindh stands among what is so in Peshawar. */
	CHECK(!of_code(rows, "DIR-028"));
	asking_end(a);
}

TEST(whoever_asks_what_was_known_then_is_told_that_the_cards_had_lapsed)
{
	struct asking *a = asking_begin(ROLE_BORDER, WORDS_EN);

	CHECK(applied(applies(a, "PoR", "PK528", "2023-08-01", ""), "DIR-029") != NULL);
	CHECK(!applied(applies(a, "PoR", "PK528", "2023-08-01", "2023-08-01"), "DIR-029"));
	asking_end(a);
}

TEST(instruments_are_told_to_anybody_also_while_the_register_is_locked)
{
	struct asking *a = asking_begin(ROLE_BORDER, WORDS_FA_AF);
	const json_t *j;

	reg_lock(a->town.reg);
	a->clerk.desk.session = (struct session){ 0 };
	j = applies(a, "UMRF", "PK2", "2023-12-01", "");
	CHECK_TEXT(json_text_at(applied(j, "DIR-029"), "groups/1"), "UMRF");
	CHECK(strstr(json_text_at(applied(j, "DIR-029"), "says"), "تمدید"));
	asking_end(a);
}

static void step(struct asking *a, const char *code, const char *step, const char *on)
{
	struct id id = reference_id(text_of(code)), court = reference_id(TEXT("DIR-041"));
	char hex[2][ID_HEX_SIZE + 1];

	hex_write(hex[0], bytes_of(id.at, ID_SIZE));
	hex_write(hex[1], bytes_of(court.at, ID_SIZE));
	town_records_of(&a->town, ROLE_LEGAL_AID,
			"{\"kind\": \"instrument.step\", \"subject\": \"%s\", \"step\": \"%s\","
			" \"on\": \"%s\", \"by\": \"%s\"}",
			hex[0], step, on, hex[1]);
}

TEST(what_a_court_holds_back_says_by_what_until_it_is_resumed)
{
	struct asking *a = asking_begin(ROLE_LEGAL_AID, WORDS_EN);
	const json_t *order;

	step(a, "DIR-045", "suspended", "2025-09-01");
	step(a, "DIR-045", "resumed", "2025-09-20");
	order = applied(applies(a, "PoR", "PK528", "2025-09-10", ""), "DIR-045");
	CHECK(json_is_true(json_object_get(order, "paused")));
	CHECK_TEXT(json_text_at(order, "paused_by"), "DIR-041");
	order = applied(applies(a, "PoR", "PK528", "2025-09-10", "2025-08-31"), "DIR-045");
	CHECK(json_is_false(json_object_get(order, "paused")));
	order = applied(applies(a, "PoR", "PK528", "2025-09-20", ""), "DIR-045");
	CHECK(json_is_false(json_object_get(order, "paused")));
	asking_end(a);
}

TEST(an_instrument_that_replaces_one_which_is_not_known_yet_is_kept)
{
	struct asking *a = asking_begin(ROLE_LEGAL_AID, WORDS_EN);
	const json_t *j;

	town_records(&a->town, ROLE_LEGAL_AID,
		     "{\"kind\": \"instrument.recorded\", \"subject\": \"@stay\","
		     " \"code\": \"PHC-1\", \"date\": \"2026-01-02\","
		     " \"authority\": \"Peshawar High Court\", \"level\": \"court\","
		     " \"instrument\": \"Order\", \"groups\": \"students\", \"areas\": [\"PK5\"],"
		     " \"effect\": \"suspend\", \"basis\": \"retrieved\","
		     " \"supersedes\": [\"f00d0000000000000000000000000000\"]}");
	/* Words that nobody here knows are shown to everybody, and never dropped. */
	j = applied(applies(a, "acc", "PK528", "2026-01-02", ""), "PHC-1");
	CHECK(json_is_true(json_object_get(j, "unclear")));
	CHECK(json_is_true(json_object_get(j, "some")));
	asking_end(a);
}

TEST(every_effect_and_group_has_its_words_in_every_language)
{
	for (int l = 0; l < WORDS_LANGUAGES; l++) {
		struct words *words;
		char key[80];

		CHECK(!words_open(&words, (enum words_language)l, NULL));
		for (int e = 1; e < DIRECTIVE_EFFECTS; e++) {
			snprintf(key, sizeof key, "directive.effect.%s",
				 directive_effect_word((enum directive_effect)e));
			CHECK(words_have(words, key));
		}
		for (int g = 1; g < DIRECTIVE_GROUPS; g++) {
			snprintf(key, sizeof key, "directive.group.%s",
				 directive_group_word((enum directive_group)g));
			CHECK(words_have(words, key));
		}
		words_close(words);
	}
}

/* --- a family of several papers ----------------------------------------------------------- */

#define MEMBER(name, group)                                                                        \
	"{\"kind\": \"person.registered\", \"subject\": \"@" name "\", \"household\": \"@home\","  \
	" \"given\": \"" name "\", \"given_latin\": \"" name "\", \"sex\": \"female\","            \
	" \"birth_year\": 1990, \"relation\": \"head\", \"group\": \"" group "\"}"

TEST(a_family_of_several_papers_is_shown_side_by_side_and_each_with_what_protects_her)
{
	struct asking *a = asking_begin(ROLE_LEGAL_AID, WORDS_EN);
	const json_t *j, *holder, *husband;
	struct id home;

	town_records(&a->town, ROLE_REGISTRATION,
		     "[{\"kind\": \"household.registered\", \"subject\": \"@home\","
		     "  \"residence\": \"PK702\"}," MEMBER("Zarmina", "acc") "," MEMBER(
			     "Daud", "undocumented") "]");
	home = town_id(&a->town, "@home");
	j = clerk_gets(&a->clerk,
		       desk_household_applies(&a->clerk.desk, &home, clerk_asks(&a->clerk)),
		       SHAPE_HOUSEHOLD_APPLIES);
	CHECK_TEXT(json_text_at(j, "area/code"), "PK702");
	CHECK_INT(json_array_size(json_object_get(j, "members")), 2);
	holder = json_at(j, "members/0");
	husband = json_at(j, "members/1");
	CHECK_TEXT(json_text_at(holder, "group"), "acc");
	CHECK(of_code(json_object_get(holder, "protects"), "DIR-012") != NULL);
	CHECK(!of_code(json_object_get(holder, "others"), "DIR-060"));
	CHECK_TEXT(json_text_at(husband, "group"), "undocumented");
	CHECK_TEXT(json_text_at(of_code(json_object_get(husband, "others"), "DIR-060"), "line/1"),
		   "DIR-022");
	asking_end(a);
}

static void would_go_to(struct asking *a, const char *who, const char *area)
{
	town_records_of(
		&a->town, ROLE_REGISTRATION,
		"{\"kind\": \"person.amended\", \"subject\": \"%s\", \"destination\": \"%s\"}", who,
		area);
}

/* How many advisories stand with Zarmina, Habib and their child. */
static void check_advisories(struct asking *a, size_t zarmina, size_t habib, size_t lal)
{
	struct id home = town_id(&a->town, "@household");
	const json_t *j = clerk_gets(
		&a->clerk, desk_household_applies(&a->clerk.desk, &home, clerk_asks(&a->clerk)),
		SHAPE_HOUSEHOLD_APPLIES);

	CHECK_INT(json_array_size(json_at(j, "members/0/advisories")), zarmina);
	CHECK_INT(json_array_size(json_at(j, "members/1/advisories")), habib);
	CHECK_INT(json_array_size(json_at(j, "members/2/advisories")), lal);
}

TEST(who_would_go_to_where_returns_are_suspended_is_told_and_a_child_as_its_guardian)
{
	struct asking *a = asking_begin(ROLE_PROTECTION, WORDS_EN);

	town_registers_family(&a->town);
	would_go_to(a, "@habib", "AF01");
	check_advisories(a, 0, 0, 0);
	town_records(&a->town, ROLE_PROTECTION,
		     "{\"kind\": \"advisory.set\", \"subject\": \"@flood\","
		     " \"sort\": \"returns-suspended\", \"state\": \"in-force\","
		     " \"area\": \"AF06\", \"source\": \"UNHCR\"}");
	check_advisories(a, 1, 0, 0);
	would_go_to(a, "@habib", "AF06");
	check_advisories(a, 1, 1, 1);
	asking_end(a);
}

RUN_TESTS()
