/* Which area a text means, and what is said when it means none. */
#include "base/prop.h"
#include "base/test.h"
#include "place/place_testing.h"

/* Whether the atlas refuses `given` with the sentence `key`. */
static bool refused(const struct atlas *atlas, const char *given, const char *key, struct fault *f)
{
	const struct area *area;

	*f = (struct fault){ 0 };
	return atlas_area(atlas, text_of(given), &area, f) == ERR_INPUT && !area &&
	       strcmp(f->key, key) == 0;
}

static bool value_is(const struct fault *f, unsigned i, const char *value)
{
	return i < f->value_count && strcmp(f->values[i], value) == 0;
}

static const struct area *area_of(const struct atlas *atlas, const char *given)
{
	const struct area *area = NULL;

	CHECK(!atlas_area(atlas, text_of(given), &area, NULL));
	return area;
}

TEST(a_key_of_the_current_list_names_its_area)
{
	const struct atlas *atlas = kept_atlas();
	const struct area *peshawar = area_of(atlas, "PK528@cod-ab-2022");

	CHECK(text_is(peshawar->key, "PK528@cod-ab-2022"));
	CHECK(text_is(peshawar->country, "PAK"));
	CHECK(peshawar->level == AREA_DISTRICT);
	CHECK(text_is(name_in(&peshawar->names, TEXT_EN), "Peshawar"));
	CHECK(text_is(name_in(&peshawar->names, TEXT_UR), "پشاور"));
	CHECK(text_is(peshawar->parent->key, "PK5@cod-ab-2022"));
	CHECK(peshawar->parent->parent == area_of(atlas, "PAK"));
	CHECK(peshawar->today == peshawar);
}

TEST(a_code_without_a_list_means_the_current_list)
{
	const struct atlas *atlas = kept_atlas();

	CHECK(text_is(area_of(atlas, "PK7")->key, "PK7@cod-ab-2022"));
	CHECK(text_is(name_in(&area_of(atlas, "PK7")->names, TEXT_EN), "Sindh"));
	CHECK(text_is(area_of(atlas, "AF0617")->key, "AF0617@cod-ab-2021"));
	CHECK(text_is(area_of(atlas, "IRN")->key, "IRN"));
}

TEST(a_code_of_the_other_list_is_refused_with_both_meanings)
{
	const struct atlas *atlas = kept_atlas();
	struct fault f;

	CHECK(refused(atlas, "PK7@cod-ab-2018", "place.area-older-other", &f));
	CHECK(value_is(&f, 0, "PK7"));
	CHECK(value_is(&f, 1, "cod-ab-2018"));
	CHECK(value_is(&f, 2, "Balochistan"));
	CHECK(value_is(&f, 3, "cod-ab-2022"));
	CHECK(value_is(&f, 4, "Sindh"));
	CHECK(value_is(&f, 5, "PK2@cod-ab-2022"));
}

TEST(a_code_that_only_the_older_list_has_is_refused_with_its_code_of_today)
{
	static const char *const spellings[] = { "PK8", "PK8@cod-ab-2018", "PK8@cod-ab-2022" };
	const struct atlas *atlas = kept_atlas();
	struct fault f;

	for (size_t i = 0; i < COUNT_OF(spellings); i++) {
		CHECK(refused(atlas, spellings[i], "place.area-older-only", &f));
		CHECK(value_is(&f, 2, "Sindh"));
		CHECK(value_is(&f, 4, "PK7@cod-ab-2022"));
	}
}

TEST(a_code_that_means_the_same_in_both_lists_is_refused_with_the_key_to_write)
{
	const struct atlas *atlas = kept_atlas();
	struct fault f;

	CHECK(refused(atlas, "PK6@cod-ab-2018", "place.area-older-same", &f));
	CHECK(value_is(&f, 3, "PK6@cod-ab-2022"));
}

TEST(a_name_is_refused_with_the_codes_that_it_may_mean)
{
	const struct atlas *atlas = kept_atlas();
	struct fault f;

	CHECK(refused(atlas, "Peshawar", "place.area-name", &f));
	CHECK(value_is(&f, 1, "PK528@cod-ab-2022 (Peshawar, Khyber Pakhtunkhwa)"));
	CHECK(refused(atlas, "sar e pol", "place.area-name", &f));
	CHECK(strstr(f.values[1], "AF22@cod-ab-2021"));
	CHECK(refused(atlas, "كابل", "place.area-name", &f)); /* an Arabic kaf */
	CHECK(value_is(&f, 1,
		       "AF01@cod-ab-2021 (Kabul, Afghanistan), AF0101@cod-ab-2021 (Kabul, Kabul)"));
}

TEST(every_other_mistake_has_its_own_sentence)
{
	static const struct {
		const char *given, *key;
	} mistakes[] = {
		{ "", "place.area-empty" },
		{ "pk528", "place.area-case" },
		{ "PK599", "place.area-no-district" },
		{ "XX12", "place.area-unknown" },
		{ "@", "place.area-unknown" },
		{ "AFG@cod-ab-2021", "place.area-country-vintage" },
		{ "PK528@", "place.area-vintage-empty" },
		{ "PK528@cod-ab-1999", "place.area-vintage-unknown" },
		{ "PK528@cod-ab-2021", "place.area-vintage-foreign" },
		{ "PK528@cod-ab-2018", "place.area-not-in-list" },
	};
	const struct atlas *atlas = kept_atlas();
	struct fault f;

	for (size_t i = 0; i < COUNT_OF(mistakes); i++)
		CHECK(refused(atlas, mistakes[i].given, mistakes[i].key, &f));
}

TEST(what_was_recorded_by_an_older_list_can_still_be_shown)
{
	const struct atlas *atlas = kept_atlas();
	const struct area *old = atlas_area_of_key(atlas, TEXT("PK7@cod-ab-2018"));

	CHECK(old);
	CHECK(text_is(name_in(&old->names, TEXT_EN), "Balochistan"));
	CHECK(text_is(old->today->key, "PK2@cod-ab-2022"));
	CHECK(!atlas_area_of_key(atlas, TEXT("PK7")));
	CHECK(!atlas_area_of_key(atlas, TEXT("PK7@cod-ab-1999")));
}

TEST(an_area_whose_code_meant_another_can_be_told)
{
	const struct atlas *atlas = kept_atlas();
	const struct area *other = area_other_meaning(atlas, area_of(atlas, "PK7"));

	CHECK(other && text_is(other->key, "PK7@cod-ab-2018"));
	CHECK(!area_other_meaning(atlas, area_of(atlas, "PK6")));
	CHECK(!area_other_meaning(atlas, area_of(atlas, "PK528")));
}

TEST(an_area_contains_itself_and_what_lies_in_it_and_nothing_else)
{
	const struct atlas *atlas = kept_atlas();
	const struct area *pakistan = area_of(atlas, "PAK");
	const struct area *sindh = area_of(atlas, "PK7");
	const struct area *kp = area_of(atlas, "PK5");
	const struct area *peshawar = area_of(atlas, "PK528");

	CHECK(area_contains(kp, kp));
	CHECK(area_contains(kp, peshawar));
	CHECK(area_contains(pakistan, peshawar));
	CHECK(!area_contains(peshawar, kp));
	CHECK(!area_contains(sindh, peshawar));
	CHECK(!area_contains(area_of(atlas, "AFG"), peshawar));
	CHECK(area_at_level(peshawar, AREA_PROVINCE) == kp);
	CHECK(area_at_level(kp, AREA_PROVINCE) == kp);
	CHECK(!area_at_level(pakistan, AREA_PROVINCE));
}

TEST(a_name_that_is_not_known_in_a_language_is_given_in_a_near_one)
{
	struct names names = { .in = { [TEXT_EN] = TEXT("Kabul"), [TEXT_FA] = TEXT("کابل") } };

	CHECK(text_is(name_in(&names, TEXT_PS), "کابل"));
	CHECK(text_is(name_in(&names, TEXT_UR), "کابل"));
	CHECK(text_is(name_in(&names, TEXT_EN), "Kabul"));
	names.in[TEXT_FA] = TEXT("");
	CHECK(text_is(name_in(&names, TEXT_PS), "Kabul"));
}

/* A key, a name, or what came of one that was typed badly. */
static struct text typed(struct prop *p, const struct atlas *atlas)
{
	static const char *const tails[] = { "", "@", "@cod-ab-2022", "@cod-ab-2018", "@x", "1" };
	size_t count;
	const struct area *areas = atlas_areas(atlas, &count);
	const struct area *area = &areas[prop_pick(p, count)];
	struct text tail = text_of(tails[prop_pick(p, COUNT_OF(tails))]);

	switch (prop_pick(p, 4)) {
	case 0: return prop_text(p, 60);
	case 1: return arena_print(p->arena, "%.*s%.*s", SHOWN(area->code), SHOWN(tail));
	case 2:
		return arena_print(p->arena, "%.*s%.*s", SHOWN(area->names.in[TEXT_UR]),
				   SHOWN(tail));
	default: return (struct text){ area->key.at, (size_t)prop_uint(p, 0, area->key.size) };
	}
}

/* Whatever is typed is an area of today, under its own key, or refused with words. */
static void typing_gives_an_area_of_today_or_a_refusal(struct prop *p)
{
	const struct atlas *atlas = kept_atlas();

	for (int i = 0; i < 20 && !prop_end(p); i++) {
		struct text given = typed(p, atlas);
		struct fault f = { 0 };
		const struct area *area;

		if (atlas_area(atlas, given, &area, &f)) {
			CHECK(f.err == ERR_INPUT && f.key && !area);
			CHECK(!strncmp(f.key, "place.area-", strlen("place.area-")));
			continue;
		}
		CHECK(area->today == area);
		CHECK(atlas_area_of_key(atlas, area->key) == area);
		CHECK(text_same(area->key, given) || text_same(area->code, given));
	}
}
PROP_FUZZ(11, typing_gives_an_area_of_today_or_a_refusal)

TEST(whatever_is_typed_is_an_area_of_today_or_refused)
{
	prop_run(typing_gives_an_area_of_today_or_a_refusal, 200, 1);
}

RUN_TESTS()
