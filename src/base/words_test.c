#include "base/words.h"

#include "base/prop.h"

#define ISOLATED(t) "\xe2\x81\xa8" t "\xe2\x81\xa9"

static struct arena *new_arena(void)
{
	struct arena *a = NULL;

	CHECK(!arena_new(&a, 1 << 20));
	return a;
}

static struct words *new_words(enum words_language l)
{
	struct words *w = NULL;

	CHECK(!words_open(&w, l, NULL));
	return w;
}

TEST(a_fault_is_said_with_its_values)
{
	struct words *w = new_words(WORDS_EN);
	struct arena *a = new_arena();
	struct fault f = { 0 };

	CHECK_INT(fault(&f, ERR_INPUT, "date.no-such-day", "birth", 30, 2, 2025, 28), ERR_INPUT);
	CHECK_TEXT(say_fault(a, w, &f), "There is no day 30 in month 2 of 2025: its last is 28 (field birth).");
	CHECK_TEXT(say(a, w, "file.not-found", TEXT("x")),
		   "There is no file or folder x. Check the spelling of its name.");
	arena_free(a);
	words_close(w);
}

TEST(a_key_without_a_sentence_is_said_with_its_values)
{
	struct words *w = new_words(WORDS_UR);
	struct arena *a = new_arena();

	CHECK(!words_have(w, "no.such-key-anywhere"));
	CHECK_TEXT(say(a, w, "no.such-key-anywhere"), "no.such-key-anywhere");
	CHECK_TEXT(say(a, w, "no.such-key-anywhere", 1, "two"), "no.such-key-anywhere: 1, two");
	arena_free(a);
	words_close(w);
	words_close(NULL);
}

TEST(where_memory_ends_the_key_is_said)
{
	struct words *w = new_words(WORDS_EN);
	struct arena *a = NULL;

	CHECK(!arena_new(&a, 8));
	CHECK_TEXT(say(a, w, "file.not-found", "x"), "file.not-found");
	arena_free(a);
	words_close(w);
}

TEST(languages_are_known_by_their_codes)
{
	static const struct {
		const char *code;
		enum words_language language;
	} cases[] = {
		{ "en", WORDS_EN }, { "en_GB.UTF-8", WORDS_EN }, { "UR", WORDS_UR },
		{ "ps", WORDS_PS }, { "pbt", WORDS_PS }, { "fa-AF", WORDS_FA_AF },
		{ "fa_AF.UTF-8", WORDS_FA_AF }, { "prs", WORDS_FA_AF },
	};
	enum words_language l;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CHECK(words_language_read(&l, text_of(cases[i].code)));
		CHECK_INT(l, cases[i].language);
	}
	CHECK(!words_language_read(&l, TEXT("C.UTF-8")));
	CHECK(!words_language_read(&l, TEXT("")));
	CHECK(!words_language_read(&l, TEXT("english")));
	CHECK(words_language_info(WORDS_PS)->right_to_left);
	CHECK_TEXT(words_language_info(WORDS_FA_AF)->code, "fa-AF");
}

/* --- catalogues made by hand ------------------------------------------------------------ */

struct entry {
	struct text key, sentence;
};

static void put_u32(uint8_t *at, size_t n)
{
	for (int i = 0; i < 4; i++)
		at[i] = (uint8_t)(n >> 8 * i);
}

static struct bytes make_mo(struct arena *a, const struct entry *entries, size_t count)
{
	uint8_t *at = arena_take(a, 64 * 1024);
	size_t size = 20 + 16 * count;

	CHECK(at);
	put_u32(at, 0x950412de);
	put_u32(at + 8, count);
	put_u32(at + 12, 20);
	put_u32(at + 16, 20 + 8 * count);
	for (size_t i = 0; i < 2 * count; i++) {
		struct text t = i < count ? entries[i].key : entries[i - count].sentence;

		put_u32(at + 20 + 8 * i, t.size);
		put_u32(at + 24 + 8 * i, size);
		memcpy(at + size, t.at, t.size);
		size += t.size + 1;
	}
	return bytes_of(at, size);
}

static const struct entry three[] = {
	{ TEXT(""), TEXT("header") },
	{ TEXT("people\0people"), TEXT("{1} person\0{1} people") },
	{ TEXT("place"), TEXT("{2} in {1}, {3} {x} {}") },
};

TEST(sentences_are_found_by_key)
{
	struct arena *a = new_arena();
	struct catalogue c;

	CHECK(!catalogue_open(&c, make_mo(a, three, 3), NULL));
	CHECK_TEXT(catalogue_find(&c, TEXT("place")), "{2} in {1}, {3} {x} {}");
	CHECK_INT(catalogue_find(&c, TEXT("people")).size, 21);
	CHECK(!catalogue_find(&c, TEXT("plac")).at);
	CHECK(!catalogue_find(&c, TEXT("places")).at);
	arena_free(a);
}

/* The room's own struct, to try sentences that no catalogue has. */
struct words {
	enum words_language language;
	struct catalogue own, english;
};

TEST(placeholders_take_values_in_any_order_and_unknown_ones_stand)
{
	struct arena *a = new_arena();
	struct words w = { .language = WORDS_EN };

	CHECK(!catalogue_open(&w.own, make_mo(a, three, 3), NULL));
	CHECK_TEXT(say(a, &w, "place", "Peshawar", 3), "3 in Peshawar, {3} {x} {}");
	CHECK_TEXT(say(a, &w, "place", "{2}", "{1}"), "{1} in {2}, {3} {x} {}");
	arena_free(a);
}

TEST(values_are_isolated_where_the_language_runs_to_the_left)
{
	struct arena *a = new_arena();
	struct words w = { .language = WORDS_PS };

	CHECK(!catalogue_open(&w.own, make_mo(a, three, 3), NULL));
	CHECK_TEXT(say(a, &w, "place", "PK528", 3),
		   ISOLATED("3") " in " ISOLATED("PK528") ", {3} {x} {}");
	arena_free(a);
}

TEST(numbers_take_their_form)
{
	struct arena *a = new_arena();
	struct words w = { .language = WORDS_EN };

	CHECK(!catalogue_open(&w.own, make_mo(a, three, 3), NULL));
	CHECK_TEXT(say_count(a, &w, "people", 0), "0 people");
	CHECK_TEXT(say_count(a, &w, "people", 1), "1 person");
	CHECK_TEXT(say_count(a, &w, "people", 2), "2 people");
	w.language = WORDS_FA_AF;
	CHECK_TEXT(say_count(a, &w, "people", 0), ISOLATED("0") " person");
	CHECK_TEXT(say_count(a, &w, "people", 2), ISOLATED("2") " people");
	arena_free(a);
}

TEST(a_walk_meets_every_key_once_as_the_language_says_it)
{
	struct words *w = new_words(WORDS_UR);
	struct arena *a = new_arena();
	struct text key, forms, before = TEXT("");
	uint32_t at = 0;
	size_t count = 0;

	for (; words_next(w, &at, &key, &forms); before = key, count++) {
		CHECK(strcmp(before.at, key.at) < 0);
		CHECK(words_have(w, key.at));
		if (!memchr(forms.at, '{', forms.size))
			CHECK(text_same(text_of(forms.at), say(a, w, key.at)));
		arena_reset(a);
	}
	CHECK(count > 1000);
	arena_free(a);
	words_close(w);
}

TEST(every_language_that_is_there_opens)
{
	for (enum words_language l = 0; l < WORDS_LANGUAGES; l++) {
		struct words *w = new_words(l);

		CHECK_INT(words_language(w), l);
		CHECK(words_have(w, "memory.none"));
		words_close(w);
	}
}

TEST(keys_out_of_order_are_damage)
{
	static const struct entry entries[] = { { TEXT("b"), TEXT("B") }, { TEXT("a"), TEXT("A") } };
	struct arena *a = new_arena();
	struct catalogue c;
	struct fault f;

	CHECK_FAULT(catalogue_open(&c, make_mo(a, entries, 2), &f), ERR_DAMAGED, &f, "words.damaged");
	CHECK(!catalogue_find(&c, TEXT("a")).at);
	arena_free(a);
}

TEST(a_catalogue_cut_off_anywhere_is_damage)
{
	struct arena *a = new_arena();
	struct bytes b = make_mo(a, three, 3);
	struct catalogue c;

	for (size_t size = 0; size < b.size; size++) {
		struct bytes cut = arena_copy(a, bytes_of(b.at, size));

		CHECK_INT(catalogue_open(&c, cut, NULL), ERR_DAMAGED);
		arena_reset(a);
		b = make_mo(a, three, 3);
	}
	arena_free(a);
}

static void check_catalogue(struct prop *p, struct words *w, struct bytes b)
{
	if (catalogue_open(&w->own, b, NULL))
		return;
	CHECK(say(p->arena, w, "place", "x", 1).at);
	for (uint64_t n = 0; n < 4; n++)
		CHECK(say_count(p->arena, w, "people", n).at);
}

static void a_changed_catalogue_is_refused_or_stays_within_itself(struct prop *p)
{
	struct bytes b = make_mo(p->arena, three, 3);
	uint8_t *copy = arena_take(p->arena, b.size);
	struct words w = { .language = (enum words_language)prop_pick(p, WORDS_LANGUAGES) };

	memcpy(copy, b.at, b.size);
	for (size_t i = (size_t)prop_uint(p, 1, 4); i; i--)
		copy[prop_uint(p, 0, b.size - 1)] = (uint8_t)prop_uint(p, 0, 255);
	check_catalogue(p, &w, bytes_of(copy, b.size));
}

static void any_file_is_a_catalogue_or_refused(struct prop *p)
{
	struct words w = { .language = (enum words_language)prop_pick(p, WORDS_LANGUAGES) };

	check_catalogue(p, &w, prop_rest(p));
}

TEST(no_change_of_a_catalogue_leads_out_of_it)
{
	prop_run(a_changed_catalogue_is_refused_or_stays_within_itself, 3000, 17);
	prop_run(any_file_is_a_catalogue_or_refused, 3000, 18);
}

PROP_FUZZ(11, any_file_is_a_catalogue_or_refused)
PROP_FUZZ(12, a_changed_catalogue_is_refused_or_stays_within_itself)
RUN_TESTS()
