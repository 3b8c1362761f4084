/* Finding people and households by their numbers, and no more of them than was asked for. */
#include "base/test.h"
#include "state/house_testing.h"

static size_t find(struct house *h, const char *query, struct id out[FIND_MAX])
{
	return state_of_number(house_state(h), text_of(query), out);
}

static bool finds_only(struct house *h, const char *query, const char *who)
{
	struct id found[FIND_MAX], wanted = id_of_name(who);

	return find(h, query, found) == 1 && id_same(&found[0], &wanted);
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

TEST(nobody_is_found_by_a_name_or_by_how_a_number_begins)
{
	struct house h = house_with(ADULT("zarmina"));
	struct id found[FIND_MAX];

	give_paper(&h, "zarmina", "1400-1234-56789");
	CHECK_INT(find(&h, "zarmina", found), 0);
	CHECK_INT(find(&h, "1400", found), 0);
	CHECK_INT(find(&h, "1400*", found), 0);
	CHECK_INT(find(&h, "", found), 0);
	house_end(&h);
}

TEST(a_number_that_was_corrected_no_longer_finds_her)
{
	struct house h = house_with(ADULT("zarmina"));
	struct id found[FIND_MAX];

	at(&h, SITE_OFFICE, with_text(amended("zarmina"), PERSON_AMENDED_SOURCE_KEY, "kobo:1"));
	at(&h, SITE_OFFICE, with_text(amended("zarmina"), PERSON_AMENDED_SOURCE_KEY, "kobo:2"));
	while (next_order(&h)) {
		CHECK_INT(find(&h, "kobo:1", found), 0);
		CHECK(finds_only(&h, "kobo:2", "zarmina"));
	}
}

/* Thousands of people, so that runs are merged. */
TEST(among_thousands_the_one_is_found_and_the_few_of_one_list)
{
	struct house h = house_with(ADULT("zarmina"));
	struct id found[FIND_MAX];

	for (int i = 0; i < 3000; i++) {
		const char *name = arena_print(h.arena, "person%04d", i).at;
		const char *key = arena_print(h.arena, "key %04d", i / 12).at;

		at(&h, SITE_OFFICE,
		   with_text(registered(name, "home"), PERSON_REGISTERED_SOURCE_KEY,
			     i % 3 ? name : key));
		if (i % 500 == 0)
			house_state(&h);
	}
	CHECK(finds_only(&h, "person0043", "person0043"));
	CHECK(finds_only(&h, "Person 2999", "person2999"));
	for (int i = 0; i < 250; i++) /* of every age */
		CHECK_INT(find(&h, arena_print(h.arena, "key%04d", i).at, found), 4);
	CHECK_INT(find(&h, "key", found), 0);
	house_end(&h);
}

TEST(of_many_with_one_number_ten_are_told)
{
	struct house h = house_with(ADULT("zarmina"));
	struct id found[FIND_MAX];

	for (int i = 0; i < 30; i++)
		at(&h, SITE_OFFICE,
		   with_text(registered(arena_print(h.arena, "person%d", i).at, "home"),
			     PERSON_REGISTERED_SOURCE_KEY, "twice"));
	CHECK_INT(find(&h, "twice", found), FIND_MAX);
	for (size_t i = 0; i < FIND_MAX; i++)
		for (size_t n = 0; n < i; n++)
			CHECK(!id_same(&found[i], &found[n]));
	house_end(&h);
}

RUN_TESTS()
