#include "desk/reference.h"

#include <stdlib.h>

#include "base/sha256.h"
#include "desk/desk_testing.h"

/* Somebody asks in a town where little happened. */
struct asking {
	struct town town;
	struct clerk clerk;
};

static struct asking *asking_begin(int64_t role, enum words_language l)
{
	struct asking *a = calloc(1, sizeof(*a));

	CHECK(a != NULL);
	town_make(&a->town, 1);
	clerk_begin(&a->clerk, &a->town, role, l);
	return a;
}

static void asking_end(struct asking *a)
{
	clerk_end(&a->clerk);
	town_end(&a->town);
	free(a);
}

/* --- the program's tables --------------------------------------------------------------- */

TEST(the_seventeen_rules_are_told_to_whoever_is_not_even_in)
{
	struct asking *a = asking_begin(ROLE_BORDER, WORDS_FA_AF);
	const json_t *j;

	a->clerk.desk.session = (struct session){ 0 };
	reg_lock(a->town.reg);
	j = clerk_gets(&a->clerk, desk_rules(&a->clerk.desk, clerk_asks(&a->clerk)), SHAPE_RULES);
	CHECK_INT(json_array_size(json_at(j, "rules")), RULES_COUNT);
	CHECK_TEXT(json_text_at(j, "rules/4/rule"), "TIME_TO_THINK");
	CHECK(json_array_size(json_at(j, "rules/4/guards")) > 0);
	CHECK(strcmp(json_text_at(j, "rules/4/statement"), "rule.time-to-think") != 0);
	asking_end(a);
}

/* A kind by its word, among all. */
static const json_t *kind_in(const json_t *kinds, const char *word)
{
	size_t at;
	json_t *kind;

	json_array_foreach(json_object_get(kinds, "kinds"), at, kind)
		if (!strcmp(json_text_at(kind, "word"), word))
			return kind;
	return NULL;
}

TEST(kinds_say_what_this_account_may_record_in_its_language)
{
	struct asking *a = asking_begin(ROLE_COUNSELLOR, WORDS_UR);
	const json_t *j = clerk_gets(&a->clerk, desk_kinds(&a->clerk.desk, clerk_asks(&a->clerk)),
				     SHAPE_KINDS);
	const json_t *choice = kind_in(j, "choice.made");

	CHECK_INT(json_array_size(json_at(j, "kinds")), kind_count());
	CHECK(json_is_true(json_at(choice, "may_record")));
	CHECK(json_is_false(json_at(kind_in(j, "grant.paid"), "may_record")));
	CHECK(json_is_false(json_at(kind_in(j, "account.opened"), "may_record")));
	CHECK_TEXT(json_text_at(choice, "fields/0/of"), "answer");
	CHECK_TEXT(json_text_at(choice, "fields/0/words/0/word"), "stay");
	CHECK(json_is_true(json_at(choice, "fields/0/required")));
	CHECK(strcmp(json_text_at(choice, "fields/0/words/0/said"), "stay") != 0);
	asking_end(a);
}

TEST(the_declaration_is_the_text_whose_hash_a_choice_names)
{
	struct asking *a = asking_begin(ROLE_COUNSELLOR, WORDS_PS);
	const json_t *j =
		clerk_gets(&a->clerk, desk_form(&a->clerk.desk, clerk_asks(&a->clerk)), SHAPE_FORM);
	struct hash h = sha256_of(bytes_of_text(json_text_of(json_at(j, "text"))));
	char hex[2 * HASH_SIZE + 1];

	hex_write(hex, bytes_of(h.at, HASH_SIZE));
	CHECK_TEXT(json_text_at(j, "hash"), hex);
	CHECK_TEXT(json_text_at(j, "language"), "ps");
	asking_end(a);
}

/* --- what comes with it ------------------------------------------------------------------- */

TEST(a_districts_sheet_is_that_of_its_province_in_the_readers_language)
{
	struct asking *a = asking_begin(ROLE_COUNSELLOR, WORDS_PS);
	struct desk *d = &a->clerk.desk;
	const json_t *j = clerk_gets(
		&a->clerk, desk_sheet(d, TEXT("AF0617"), clerk_asks(&a->clerk)), SHAPE_SHEET);

	CHECK_TEXT(json_text_at(j, "area/code"), "AF06");
	CHECK_TEXT(json_text_at(j, "area/name"), "ننګرهار");
	CHECK_INT(strlen(json_text_at(j, "version")), 2 * HASH_SIZE);
	CHECK(json_array_size(json_at(j, "lines")) > 5);
	CHECK(*json_text_at(j, "lines/0/text"));
	clerk_is_refused(&a->clerk, desk_sheet(d, TEXT("PK528"), clerk_asks(&a->clerk)),
			 ERR_NOT_FOUND, "place.no-sheet");
	clerk_is_refused(&a->clerk, desk_sheet(d, TEXT("AF99"), clerk_asks(&a->clerk)), ERR_INPUT,
			 "place.area-unknown");
	asking_end(a);
}

TEST(places_are_named_in_the_readers_language)
{
	struct asking *a = asking_begin(ROLE_MOVEMENT, WORDS_UR);
	const json_t *j = clerk_gets(&a->clerk, desk_places(&a->clerk.desk, clerk_asks(&a->clerk)),
				     SHAPE_PLACES);

	CHECK_TEXT(json_text_at(j, "places/0/code"), "XP-TORKHAM");
	CHECK_TEXT(json_text_at(j, "places/0/name"), "طورخم");
	CHECK_TEXT(json_text_at(j, "places/0/kind"), "border_crossing");
	asking_end(a);
}

/* --- areas ------------------------------------------------------------------------------ */

static const json_t *areas(struct asking *a, const char *query, const char *country)
{
	return clerk_gets(
		&a->clerk,
		desk_areas(&a->clerk.desk, text_of(query), text_of(country), clerk_asks(&a->clerk)),
		SHAPE_AREAS);
}

TEST(an_area_is_found_by_its_name_in_any_language_an_old_name_or_its_code)
{
	static const struct {
		const char *query, *code;
	} cases[] = {
		{ "nangarhar", "AF06" }, { "NANG", "AF06" },	 { "ننګرهار", "AF06" },
		{ "ننگرهار", "AF06" },	 { "AF06", "AF06" },	 { "af0617", "AF0617" },
		{ "wardak", "AF04" },	 { "Panjshir", "AF08" }, { "پشاور", "PK528" },
		{ "kabul", "AF01" },
	};
	struct asking *a = asking_begin(ROLE_REGISTRATION, WORDS_EN);

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		CHECK_TEXT(json_text_at(areas(a, cases[i].query, ""), "areas/0/code"),
			   cases[i].code);
	asking_end(a);
}

TEST(a_province_stands_before_its_district_of_the_same_name)
{
	struct asking *a = asking_begin(ROLE_REGISTRATION, WORDS_EN);
	const json_t *j = areas(a, "kabul", "AFG");

	CHECK_TEXT(json_text_at(j, "areas/0/level"), "province");
	CHECK_TEXT(json_text_at(j, "areas/1/level"), "district");
	CHECK_TEXT(json_text_at(j, "areas/1/within"), "Kabul, Afghanistan");
	asking_end(a);
}

TEST(areas_may_be_asked_of_one_country_and_are_at_most_twenty)
{
	struct asking *a = asking_begin(ROLE_REGISTRATION, WORDS_EN);
	const json_t *j = areas(a, "af", "AFG");

	CHECK_INT(json_array_size(json_at(j, "areas")), 20);
	CHECK_INT(json_array_size(json_at(areas(a, "nangarhar", "PAK"), "areas")), 0);
	CHECK_INT(json_array_size(json_at(areas(a, "", ""), "areas")), 0);
	CHECK_INT(json_array_size(json_at(areas(a, "no such place", ""), "areas")), 0);
	asking_end(a);
}

/* --- what is in force -------------------------------------------------------------------- */

#define TARIFF(subject, from, to)                                                                  \
	"{\"kind\": \"tariff.set\", \"subject\": \"" subject "\", \"provider\": \"UNHCR\","        \
	" \"group\": \"por\", \"part\": 1, \"amount\": 37500, \"currency\": \"USD\","              \
	" \"per\": \"person\", \"valid_from\": \"" from "\", \"valid_to\": \"" to "\","            \
	" \"source\": \"a memorandum\"}"

TEST(only_tariffs_that_are_in_force_today_are_told)
{
	struct asking *a = asking_begin(ROLE_CASHIER, WORDS_EN);
	const json_t *j;

	town_records(&a->town, ROLE_ADMINISTRATOR, TARIFF("@now", "2026-11-24", "2026-11-24"));
	town_records(&a->town, ROLE_ADMINISTRATOR, TARIFF("@over", "2026-01-01", "2026-11-23"));
	town_records(&a->town, ROLE_ADMINISTRATOR, TARIFF("@later", "2026-11-25", "2027-01-01"));
	j = clerk_gets(&a->clerk, desk_tariffs(&a->clerk.desk, clerk_asks(&a->clerk)),
		       SHAPE_TARIFFS);
	CHECK_INT(json_array_size(json_at(j, "tariffs")), 1);
	CHECK_INT(json_integer_value(json_at(j, "tariffs/0/amount")), 37500);
	CHECK_TEXT(json_text_at(j, "tariffs/0/group"), "por");
	asking_end(a);
}

TEST(an_advisory_is_told_as_long_as_it_is_in_force)
{
	struct asking *a = asking_begin(ROLE_BORDER, WORDS_EN);
	const json_t *j;

	town_records(&a->town, ROLE_PROTECTION,
		     "[{\"kind\": \"advisory.set\", \"subject\": \"@closed\", \"sort\":"
		     "  \"crossing-closed\", \"state\": \"in-force\", \"crossing\": \"XP-CHAMAN\","
		     "  \"source\": \"the gate\"}]");
	town_records(&a->town, ROLE_PROTECTION,
		     "[{\"kind\": \"advisory.set\", \"subject\": \"@area\", \"sort\":"
		     "  \"returns-suspended\", \"state\": \"in-force\", \"area\": \"AF06\","
		     "  \"source\": \"OCHA\"}]");
	j = clerk_gets(&a->clerk, desk_advisories(&a->clerk.desk, clerk_asks(&a->clerk)),
		       SHAPE_ADVISORIES);
	CHECK_INT(json_array_size(json_at(j, "advisories")), 2);
	town_records(&a->town, ROLE_PROTECTION,
		     "[{\"kind\": \"advisory.set\", \"subject\": \"@closed\", \"sort\":"
		     "  \"crossing-closed\", \"state\": \"ended\", \"crossing\": \"XP-CHAMAN\","
		     "  \"source\": \"the gate\"}]");
	j = clerk_gets(&a->clerk, desk_advisories(&a->clerk.desk, clerk_asks(&a->clerk)),
		       SHAPE_ADVISORIES);
	CHECK_INT(json_array_size(json_at(j, "advisories")), 1);
	CHECK_TEXT(json_text_at(j, "advisories/0/area"), "Nangarhar (AF06)");
	CHECK(text_begins(text_of(json_text_at(j, "advisories/0/area_key")), TEXT("AF06")));
	asking_end(a);
}

RUN_TESTS()
