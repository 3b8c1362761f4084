/* Finding people by what they say, and no more of them than was asked for. */
#include "base/test.h"
#include "state/house_testing.h"

static struct event named(const char *who, const char *given, const char *family)
{
	struct event e = with_text(amended(who), PERSON_AMENDED_GIVEN, given);

	return with_text(e, PERSON_AMENDED_FAMILY, family);
}

static size_t find(struct house *h, const char *query, struct id out[FIND_MAX])
{
	return state_find(house_state(h), text_of(query), out);
}

static bool finds_only(struct house *h, const char *query, const char *who)
{
	struct id found[FIND_MAX], wanted = id_of_name(who);

	return find(h, query, found) == 1 && id_same(&found[0], &wanted);
}

TEST(a_person_is_found_by_her_name_in_either_script_whole_or_given)
{
	struct house h = house_with(ADULT("zarmina"), ADULT("gul"));

	at(&h, SITE_OFFICE, named("zarmina", "زرمینه", "خان"));
	at(&h, SITE_OFFICE, with_text(amended("zarmina"), PERSON_AMENDED_FAMILY_LATIN, "Khan"));
	while (next_order(&h)) {
		CHECK(finds_only(&h, "زرمینه", "zarmina"));
		CHECK(finds_only(&h, "زرمینه خان", "zarmina"));
		CHECK(finds_only(&h, "ZARMINA", "zarmina"));
		CHECK(finds_only(&h, "zarmina  khan", "zarmina"));
		CHECK(finds_only(&h, "khan", "zarmina"));
		CHECK(finds_only(&h, "gul", "gul"));
	}
}

TEST(a_prefix_of_three_letters_finds_and_one_of_two_does_not)
{
	struct house h = house_with(ADULT("zarmina"), ADULT("zahra"));
	struct id found[FIND_MAX];

	CHECK(finds_only(&h, "zar", "zarmina"));
	CHECK_INT(find(&h, "za", found), 0);
	CHECK_INT(find(&h, "", found), 0);
	CHECK_INT(find(&h, "zar*", found), 0);
	CHECK_INT(find(&h, "armina", found), 0);
	house_end(&h);
}

TEST(a_name_that_was_corrected_no_longer_finds_her)
{
	struct house h = house_with(ADULT("zarmina"));
	struct id found[FIND_MAX];

	at(&h, SITE_OFFICE, with_text(amended("zarmina"), PERSON_AMENDED_GIVEN_LATIN, "Zarghuna"));
	while (next_order(&h)) {
		CHECK_INT(find(&h, "zarmina", found), 0);
		CHECK_INT(find(&h, "zarm", found), 0);
		CHECK(finds_only(&h, "zarghuna", "zarmina"));
	}
}

TEST(a_household_is_found_by_its_case_number_however_it_is_typed)
{
	struct house h = house_with(ADULT("zarmina"));
	struct id id, home = id_of_name("home");

	CHECK(finds_only(&h, "AZK-25-00001-K", "home"));
	CHECK(finds_only(&h, "azk2500001k", "home"));
	CHECK(state_household_of_case(house_state(&h), TEXT("azk 25 00001 k"), &id));
	CHECK(id_same(&id, &home));
	CHECK(!state_household_of_case(house_state(&h), TEXT("AZK-25-00002-K"), &id));
	CHECK(!state_household_of_case(house_state(&h), TEXT("zarmina"), &id));
	house_end(&h);
}

/* A paper of hers in the place of those on record. */
static void give_paper(struct house *h, const char *who, const char *number)
{
	struct value parts[4] = {
		[DOCUMENT_PART_KIND] = { .given = true, .number = DOCUMENT_KIND_TAZKIRA },
		[DOCUMENT_PART_NUMBER] = { .given = true, .text = text_of(number) },
	};
	struct value *kept = arena_take_array(h->arena, 4, sizeof(*kept));
	struct value *list = arena_take(h->arena, sizeof(*list));
	size_t fact = at(h, SITE_OFFICE, amended(who));

	memcpy(kept, parts, sizeof(parts));
	*list = (struct value){ .given = true, .items = kept };
	h->facts[fact].values[PERSON_AMENDED_DOCUMENTS] =
		(struct value){ .given = true, .count = 1, .items = list };
}

TEST(a_person_is_found_by_the_number_of_a_paper_in_any_digits)
{
	struct house h = house_with(ADULT("zarmina"));
	struct id id = id_of_name("zarmina"), found[FIND_MAX];
	struct person_names n;

	give_paper(&h, "zarmina", "۱۴۰۰-1234-56789");
	while (next_order(&h)) {
		CHECK(finds_only(&h, "1400123456789", "zarmina"));
		CHECK(finds_only(&h, "1400-1234-56789", "zarmina"));
		CHECK_INT(find(&h, "140012345678", found), 0);
		CHECK(state_names(house_state(&h), &id, &n));
		CHECK_INT(n.document_count, 1);
		CHECK_INT(n.documents[0].kind, DOCUMENT_KIND_TAZKIRA);
		CHECK_INT(n.documents[0].valid_to, DAY_NONE);
	}
}

/* U+FDFA is eighteen letters when it is folded: there is room for them. */
TEST(a_name_of_letters_that_unfold_is_found)
{
	struct house h = house_with(ADULT("zarmina"));
	char name[3 * 20 + 1] = "";

	for (int i = 0; i < 20; i++)
		strcat(name, "\xef\xb7\xba");
	at(&h, SITE_OFFICE, named("zarmina", name, name));
	CHECK(finds_only(&h, name, "zarmina"));
	house_end(&h);
}

TEST(a_source_key_is_found_with_every_character_of_it)
{
	struct house h = house_with(ADULT("zarmina"));
	struct id id, her = id_of_name("zarmina");

	at(&h, SITE_OFFICE, with_text(amended("zarmina"), PERSON_AMENDED_SOURCE_KEY, "kobo:A-1/2"));
	CHECK(state_of_source_key(house_state(&h), TEXT("kobo:A-1/2"), &id));
	CHECK(id_same(&id, &her));
	CHECK(!state_of_source_key(house_state(&h), TEXT("kobo:A-12"), &id));
	CHECK(!state_of_source_key(house_state(&h), TEXT("kobo:a-1/2"), &id));
	house_end(&h);
}

/* Thousands of people, so that runs are merged and words are sorted. */
TEST(among_many_the_one_is_found_and_of_many_never_more_than_ten)
{
	struct house h = house_with(ADULT("zarmina"));
	struct id found[FIND_MAX];

	for (int i = 0; i < 3000; i++) {
		const char *name = arena_print(h.arena, "person%04d", i).at;
		const char *family = arena_print(h.arena, "family%04d", i * 7 % 3000).at;

		at(&h, SITE_OFFICE,
		   with_text(registered(name, "home"), PERSON_REGISTERED_FAMILY_LATIN, family));
		if (i % 500 == 0)
			house_state(&h);
	}
	CHECK(finds_only(&h, "person0042", "person0042"));
	CHECK(finds_only(&h, "family0294", "person0042"));
	CHECK(finds_only(&h, "person2999 family2993", "person2999"));
	CHECK(finds_only(&h, "zarm", "zarmina"));
	for (int i = 0; i < 300; i++) { /* words of every age, each with its nine neighbours */
		CHECK_INT(find(&h, arena_print(h.arena, "person%03d", i).at, found), 10);
		CHECK_INT(find(&h, arena_print(h.arena, "family%03d", i).at, found), 10);
	}
	CHECK_INT(find(&h, "person", found), FIND_MAX);
	for (size_t i = 0; i < FIND_MAX; i++)
		for (size_t n = 0; n < i; n++)
			CHECK(!id_same(&found[i], &found[n]));
	house_end(&h);
}

RUN_TESTS()
