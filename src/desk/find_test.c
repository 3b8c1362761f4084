/*
 * Who is found by what is known of her, why, and for how little nobody is shown.
 */
#include <stdio.h>
#include <stdlib.h>

#include "desk/desk_testing.h"

/*
 * The family of the town, and another: Ajmal, son of Gul Khan, of Kandahar, born in 1988,
 * with his wife Spozhmai and a card; and eleven households of one Mohammad Ahmad each.
 */
static struct town *town_of_many(void)
{
	struct town *t = calloc(1, sizeof(*t));

	CHECK(t != NULL);
	town_make(t, 1);
	town_registers_family(t);
	town_records(t, ROLE_REGISTRATION,
		     "[{\"kind\": \"household.registered\", \"subject\": \"@other\","
		     "  \"residence\": \"PK5\", \"language\": \"pbu\"},"
		     " {\"kind\": \"person.registered\", \"subject\": \"@ajmal\","
		     "  \"household\": \"@other\", \"given\": \"اجمل\", \"father\": \"ګل خان\","
		     "  \"sex\": \"male\", \"birth_year\": 1988, \"group\": \"por\","
		     "  \"relation\": \"head\", \"language\": \"pbu\", \"origin\": \"AF27\","
		     "  \"documents\": [{\"kind\": \"por\", \"number\": \"17301-7654321-9\"}]},"
		     " {\"kind\": \"person.registered\", \"subject\": \"@spozhmai\","
		     "  \"household\": \"@other\", \"given\": \"سپوږمۍ\", \"father\": \"نور محمد\","
		     "  \"sex\": \"female\", \"birth_year\": 1991, \"group\": \"undocumented\","
		     "  \"relation\": \"spouse\", \"language\": \"pbu\", \"origin\": \"AF27\"}]");
	for (int i = 0; i < 11; i++)
		town_records_of(t, ROLE_REGISTRATION,
				"[{\"kind\": \"household.registered\", \"subject\": \"@h%d\","
				"  \"residence\": \"PK5\", \"language\": \"pbu\"},"
				" {\"kind\": \"person.registered\", \"subject\": \"@m%d\","
				"  \"household\": \"@h%d\", \"given_latin\": \"Mohammad\","
				"  \"father_latin\": \"Ahmad\", \"sex\": \"male\","
				"  \"birth_year\": 1980, \"group\": \"undocumented\","
				"  \"relation\": \"head\", \"language\": \"pbu\"}]",
				i, i, i);
	return t;
}

static void town_free(struct town *t)
{
	town_end(t);
	free(t);
}

static const json_t *asks(struct clerk *c, const struct desk_search *q)
{
	return clerk_gets(c, desk_find(&c->desk, q, clerk_asks(c)), SHAPE_FINDINGS);
}

static const json_t *finds(struct clerk *c, const char *query)
{
	const struct desk_search q = { .words = text_of(query) };

	return asks(c, &q);
}

static size_t found_count(const json_t *j)
{
	return json_array_size(json_at(j, "found"));
}

/* Whether a reason of the first one found is this sentence. */
static bool is_said(const json_t *j, const char *sentence)
{
	size_t at;
	json_t *reason;

	json_array_foreach(json_at(j, "found/0/reasons"), at, reason)
		if (!strcmp(json_text_at(reason, "said"), sentence))
			return true;
	return false;
}

TEST(she_is_found_by_a_name_in_another_script_and_one_thing_more)
{
	static const char *const queries[] = {
		"Zarmeena 1990",
		"زرمینه ۱۹۹۰",
		"زرمینہ 1369",
		"zarmina, husband Habeeb",
		"Zarmeena about 36",
		"زرمينه شوهر حبیب",
		"zarmina wife of habib, peshawar",
	};
	struct town *t = town_of_many();
	struct clerk c;

	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	for (size_t i = 0; i < COUNT_OF(queries); i++) {
		const json_t *j = finds(&c, queries[i]);

		CHECK_TEXT(json_text_at(j, "found/0/name"), "Zarmina (زرمینه)");
		CHECK(json_is_true(json_at(j, "found/0/reasons/0/speaks_for")));
		CHECK(!json_at(j, "advice"));
	}
	clerk_end(&c);
	town_free(t);
}

TEST(the_reasons_are_told_in_the_readers_language)
{
	struct town *t = town_of_many();
	struct clerk c;
	const json_t *j;

	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	j = finds(&c, "ajmal son of gul khan, kandahar, 1988");
	CHECK_TEXT(json_text_at(j, "found/0/father"), "ګل خان");
	CHECK(is_said(j, "“ajmal” is another spelling of her name"));
	CHECK(is_said(j, "Kandahar is an area of hers"));
	CHECK(is_said(j, "Born in 1988"));
	clerk_end(&c);
	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_FA_AF);
	j = finds(&c, "ajmal son of gul khan, kandahar, 1988");
	CHECK(json_mentions(j, "املای دیگر"));
	CHECK(!json_mentions(j, "spelling"));
	clerk_end(&c);
	town_free(t);
}

TEST(a_household_is_found_by_those_who_live_in_it)
{
	struct town *t = town_of_many();
	struct clerk c;
	const json_t *j;

	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	j = finds(&c, "wife Spogmay, husband Ajmal");
	CHECK_INT(found_count(j), 2);
	CHECK(json_mentions(j, "سپوږمۍ"));
	j = finds(&c, "Ajmal, wife Zarmina");
	CHECK(!is_said(j, "zarmina is in her family"));
	clerk_end(&c);
	town_free(t);
}

TEST(a_single_word_shows_nobody_and_records_nothing)
{
	static const char *const queries[] = {
		"zarmina",	 "Zar", "m",	"1990",	  "kandahar",	    "36",
		"kandahar 1990", "",	"wife", "a 1990", "zarmina zarmina"
	};
	struct town *t = town_of_many();
	struct reg_status before, after;
	struct clerk c;

	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	CHECK_INT(reg_status(t->reg, &before, &t->fault), OK);
	for (size_t i = 0; i < COUNT_OF(queries); i++) {
		/* A province alone is a name that somebody may have: a name and a year. */
		const json_t *j = finds(&c, queries[i]);

		CHECK_INT(found_count(j), 0);
		CHECK(*json_text_at(j, "advice"));
	}
	CHECK(json_is_false(json_at(finds(&c, "zarmina"), "enough")));
	CHECK_INT(reg_status(t->reg, &after, &t->fault), OK);
	CHECK(after.facts <= before.facts + 1);
	clerk_end(&c);
	town_free(t);
}

TEST(at_most_ten_are_shown_of_eleven_who_are_alike)
{
	struct town *t = town_of_many();
	struct clerk c;

	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	CHECK_INT(found_count(finds(&c, "Muhammad Ahmed")), FIND_MAX);
	clerk_end(&c);
	town_free(t);
}

TEST(one_number_is_enough_in_any_digits_and_with_a_wrong_one)
{
	static const char *const queries[] = {
		"17301-7654321-9",	/* as it is                     */
		"۱۷۳۰۱۷۶۵۴۳۲۱۹",	/* in the digits of Dari        */
		"17301 7654321 8",	/* its last digit is wrong      */
		"17301-7645321-9",	/* two have changed places      */
		"ajmal 17301-765432-9", /* one is missing, and his name */
		"ajmal 3219",		/* the end of it                */
	};
	struct town *t = town_of_many();
	struct clerk c;

	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	for (size_t i = 0; i < COUNT_OF(queries); i++)
		CHECK_TEXT(json_text_at(finds(&c, queries[i]), "found/0/name"), "اجمل");
	CHECK_INT(found_count(finds(&c, "99999-9999999-9")), 0);
	clerk_end(&c);
	town_free(t);
}

TEST(the_bits_of_the_reasons_add_up_and_are_given_to_who_asks)
{
	struct town *t = town_of_many();
	struct desk_search q = { .words = TEXT("Spogmay noor mohammad, about 30, kandahar"),
				 .bits = true };
	struct clerk c;
	const json_t *j;
	json_t *reason;
	size_t at;
	json_int_t sum = 0;

	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	j = asks(&c, &q);
	json_array_foreach(json_at(j, "found/0/reasons"), at, reason)
		sum += json_integer_value(json_at(reason, "bits_tenths"));
	CHECK(sum > 0);
	CHECK_INT(json_integer_value(json_at(j, "found/0/bits_tenths")), sum);
	q.bits = false;
	CHECK(!json_mentions(asks(&c, &q), "bits_tenths"));
	clerk_end(&c);
	town_free(t);
}

TEST(why_not_is_answered_for_whom_the_officer_expected)
{
	struct town *t = town_of_many();
	char number[CASE_NUMBER_MAX + 4];
	struct desk_search q = { .words = TEXT("Gulalai Noorzai 1950") };
	struct clerk c;
	const json_t *j;

	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	snprintf(number, sizeof(number), "%s/1",
		 json_text_at(finds(&c, "17301-7654321-9"), "found/0/case_number"));
	q.expected = text_of(number);
	j = asks(&c, &q);
	CHECK_INT(found_count(j), 0);
	CHECK_TEXT(json_text_at(j, "expected/name"), "اجمل");
	CHECK(json_mentions(json_at(j, "expected"), "Not born about 1950"));
	clerk_end(&c);
	town_free(t);
}

TEST(what_an_account_may_not_see_is_no_evidence)
{
	struct town *t = town_of_many();
	struct clerk c;
	const json_t *j;

	clerk_begin(&c, t, ROLE_CASHIER, WORDS_EN);
	j = finds(&c, "ajmal gul khan, kandahar, 1988");
	CHECK_TEXT(json_text_at(j, "found/0/name"), "اجمل");
	CHECK(!json_at(j, "found/0/case_number"));
	CHECK(json_at(j, "found/0/origin") || !json_mentions(j, "Kandahar"));
	CHECK(json_at(j, "found/0/born_from") || !json_mentions(j, "1988"));
	clerk_end(&c);
	town_free(t);
}

TEST(where_nobody_is_found_she_is_told_what_else_to_try)
{
	struct town *t = town_of_many();
	const json_t *j;
	struct clerk c;

	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	j = finds(&c, "Qwzx Xqzw");
	CHECK_INT(found_count(j), 0);
	CHECK(strstr(json_text_at(j, "advice"), "somebody of her household") != NULL);
	j = finds(&c, "zarmina");
	CHECK(strstr(json_text_at(j, "advice"), "fits too many people") != NULL);
	j = finds(&c, "PSH-26-00001-Z");
	CHECK(strstr(json_text_at(j, "advice"), "PSH-26-00001-Z") != NULL);
	clerk_end(&c);
	town_free(t);
}

TEST(a_member_is_found_by_what_her_slip_says)
{
	struct town *t = town_of_many();
	char number[CASE_NUMBER_MAX + 4];
	const json_t *j;
	struct clerk c;
	size_t end;

	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	snprintf(number, sizeof(number), "%s/",
		 json_text_at(finds(&c, "habib zarmina"), "found/0/case_number"));
	end = strlen(number);
	strcpy(number + end, "۲");
	j = finds(&c, number);
	CHECK_INT(found_count(j), 1);
	CHECK_TEXT(json_text_at(j, "found/0/name"), "Habib");
	strcpy(number + end, "9");
	CHECK_INT(found_count(finds(&c, number)), 0);
	clerk_end(&c);
	town_free(t);
}

/* --- doubles ------------------------------------------------------------------------------- */

static const json_t *doubles_of(struct clerk *c, const struct desk_draft *drafts, size_t count)
{
	return clerk_gets(c, desk_doubles(&c->desk, drafts, count, clerk_asks(c)), SHAPE_DOUBLES);
}

TEST(a_double_is_shown_before_she_is_registered_a_second_time)
{
	static const struct desk_draft drafts[] = {
		{ .name = TEXT("Gulalai"), .year = 1960, .sex = SEX_FEMALE },
		{ .name = TEXT("Zarmeena"), .year = 1991, .sex = SEX_FEMALE },
		{ .name = TEXT("Habeeb"), .year = 1985, .sex = SEX_MALE },
	};
	struct town *t = town_of_many();
	struct clerk c;
	const json_t *j;

	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	j = doubles_of(&c, drafts, COUNT_OF(drafts));
	CHECK_INT(json_array_size(json_at(j, "people")), 2);
	CHECK_INT(json_integer_value(json_at(j, "people/0/at")), 1);
	CHECK_TEXT(json_text_at(j, "people/0/found/0/name"), "Zarmina (زرمینه)");
	CHECK_TEXT(json_text_at(j, "people/1/found/0/name"), "Habib");
	clerk_end(&c);
	town_free(t);
}

TEST(a_namesake_of_her_year_with_another_father_is_no_likely_double)
{
	static const struct desk_draft drafts[] = {
		{ .name = TEXT("سپوږمۍ شېر علي"), .year = 1991, .sex = SEX_FEMALE },
		{ .name = TEXT("سپوږمۍ"), .year = 1991, .sex = SEX_FEMALE },
	};
	struct town *t = town_of_many();
	struct clerk c;

	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	CHECK_INT(json_array_size(json_at(doubles_of(&c, drafts, 1), "people")), 0);
	/* Of whom no father is told may be she. */
	CHECK_INT(json_array_size(json_at(doubles_of(&c, drafts + 1, 1), "people")), 1);
	clerk_end(&c);
	town_free(t);
}

TEST(who_is_registered_for_the_first_time_has_no_double)
{
	static const struct desk_draft drafts[] = {
		{ .name = TEXT("Palwasha Sher Ali"), .year = 2001, .sex = SEX_FEMALE },
		{ .name = TEXT("Zarmina"), .sex = SEX_MALE, .year = 2015 },
	};
	struct town *t = town_of_many();
	struct clerk c;

	clerk_begin(&c, t, ROLE_REGISTRATION, WORDS_EN);
	CHECK_INT(json_array_size(json_at(doubles_of(&c, drafts, 1), "people")), 0);
	/* A boy of that name is another person than the woman. */
	CHECK_INT(json_array_size(json_at(doubles_of(&c, drafts + 1, 1), "people")), 0);
	clerk_end(&c);
	town_free(t);
}

RUN_TESTS()
