#include "base/utf8.h"

#include "base/buffer.h"
#include "base/prop.h"

static struct arena *new_arena(void)
{
	struct arena *a = NULL;

	CHECK(!arena_new(&a, 1 << 20));
	return a;
}

/* First and last of each row of table 3-7, and their neighbours outside. */
TEST(well_formed_is_what_table_3_7_says)
{
	static const char *const good[] = {
		"\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xe0\xbf\xbf", "\xe1\x80\x80",
		"\xec\xbf\xbf", "\xed\x80\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf",
		"\xf0\x90\x80\x80", "\xf0\xbf\xbf\xbf", "\xf1\x80\x80\x80", "\xf3\xbf\xbf\xbf",
		"\xf4\x80\x80\x80", "\xf4\x8f\xbf\xbf",
	};
	static const char *const bad[] = {
		"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2\x7f", "\xc2\xc0",
		"\xe0\x9f\xbf", "\xe0\xa0", "\xe1\x80", "\xe1\x80\x7f", "\xed\xa0\x80",
		"\xed\xbf\xbf", "\xf0\x8f\xbf\xbf", "\xf0\x90\x80", "\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80", "\xf8\x88\x80\x80\x80", "\xfe", "\xff",
	};

	for (size_t i = 0; i < COUNT_OF(good); i++)
		CHECK(utf8_valid(text_of(good[i])));
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		CHECK(!utf8_valid(text_of(bad[i])));
	CHECK_INT(utf8_valid_size(TEXT("ab\xd8\xa7\xd8")), 4);
	CHECK(utf8_valid((struct text){ NULL, 0 }));
}

TEST(every_scalar_value_survives)
{
	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		char out[4];
		struct text t = { out, 0 };
		uint32_t back;

		if (c == 0xd800)
			c = 0xe000;
		t.size = utf8_write(out, c);
		CHECK(utf8_next(&t, &back));
		CHECK(back == c && t.size == 0);
	}
}

TEST(a_broken_byte_is_walked_over_as_one_character)
{
	struct text t = TEXT("a\xff\xd8z");
	uint32_t c;

	CHECK(utf8_next(&t, &c) && c == 'a');
	CHECK(utf8_next(&t, &c) && c == 0xfffd);
	CHECK(utf8_next(&t, &c) && c == 0xfffd);
	CHECK(utf8_next(&t, &c) && c == 'z');
	CHECK(!utf8_next(&t, &c));
	CHECK_INT(utf8_count(TEXT("آصف")), 3);
}

TEST(text_is_cut_between_characters)
{
	CHECK_TEXT(utf8_cut(TEXT("یک"), 3), "ی");
	CHECK_TEXT(utf8_cut(TEXT("یک"), 4), "یک");
	CHECK_TEXT(utf8_cut(TEXT("یک"), 1), "");
}

TEST(what_nobody_can_see_is_found_where_it_stands)
{
	static const struct {
		const char *text;
		size_t at;
		uint32_t c;
	} cases[] = {
		{ "Zarmina", 7, 0 },
		{ "می\xe2\x80\x8cخواهم", 17, 0 }, /* the joiner is ours */
		{ "a\nb", 1, '\n' },
		{ "ab\x7f", 2, 0x7f },
		{ "\xc2\x85x", 0, 0x85 },
		{ "x\xe2\x80\xaey", 1, 0x202e },
		{ "x\xe2\x81\xa6y", 1, 0x2066 },
		{ "xy\xd8\x9c", 2, 0x061c },
		{ "\xef\xbb\xbfx", 0, 0xfeff },
		{ "x\xe2\x80\x8b", 1, 0x200b },
		{ "x\xf3\xa0\x81\x81", 1, 0xe0041 },
		{ "x\xf0\x9f\xbf\xbe", 1, 0x1fffe },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		uint32_t c;

		CHECK_INT(utf8_first_forbidden(text_of(cases[i].text), &c), cases[i].at);
		CHECK_INT(c, cases[i].c);
	}
}

TEST(stray_marks_are_taken_away_and_counted)
{
	struct arena *a = new_arena();
	uint64_t count = 0;

	CHECK_TEXT(utf8_strip(a, TEXT("\xef\xbb\xbf\xe2\x80\x8f" "1730\xc2\xa0" "2"), &count), "1730 2");
	CHECK_INT(count, 3);
	CHECK_TEXT(utf8_strip(a, TEXT("می\xe2\x80\x8cخواهم"), &count), "می\xe2\x80\x8cخواهم");
	CHECK_INT(count, 3);
	arena_free(a);
}

/* "Na\0me" became "Name", and nobody was told. */
TEST(a_zero_byte_in_a_list_is_kept_for_those_who_refuse_it)
{
	struct arena *a = new_arena();
	uint64_t count = 0;
	uint32_t c;
	struct text odd = TEXT("Na\0me"), stripped = utf8_strip(a, odd, &count);

	CHECK(text_same(stripped, odd));
	CHECK_INT(count, 0);
	CHECK_INT(utf8_first_forbidden(stripped, &c), 2);
	CHECK_INT(c, 0);
	CHECK(text_same(digits_to_ascii(a, TEXT("۱\0" "2")), TEXT("1\0" "2")));
	arena_free(a);
}

TEST(text_is_put_into_normal_form_c)
{
	struct arena *a = new_arena();

	CHECK_TEXT(utf8_nfc(a, TEXT("e\xcc\x81")), "é");
	CHECK_TEXT(utf8_nfc(a, TEXT("\xd8\xa7\xd9\x93")), "آ");
	CHECK_TEXT(utf8_nfc(a, TEXT("\xe2\x84\xab")), "Å");
	/* Marks are put in order: shadda and fatha. */
	CHECK_TEXT(utf8_nfc(a, TEXT("\xd8\xa8\xd9\x91\xd9\x8e")), "\xd8\xa8\xd9\x8e\xd9\x91");
	/* A compatibility form is another matter. */
	CHECK_TEXT(utf8_nfc(a, TEXT("ﻻ")), "ﻻ");
	CHECK(!utf8_nfc(a, TEXT("\xff")).at);
	arena_free(a);
}

TEST(what_clerks_write_differently_is_folded_into_one)
{
	static const struct {
		const char *one, *other;
	} same[] = {
		{ "Zarmina  KHAN ", "zarmina khan" },
		{ "علي", "علی" },                     /* Arabic ya           */
		{ "كريم", "کریم" },                   /* Arabic kaf          */
		{ "مُحَمَّد", "محمد" },                  /* vowel signs         */
		{ "محـــمد", "محمد" },                /* tatweel             */
		{ "أحمد", "احمد" },                   /* hamza               */
		{ "آصف", "اصف" },                     /* madda               */
		{ "ګل", "گل" },                       /* Pashto gaf          */
		{ "فاطمة", "فاطمه" },                 /* ta marbuta          */
		{ "خاں", "خان" },                     /* noon ghunna         */
		{ "شاہ", "شاه" },                     /* Urdu ha             */
		{ "نور\xe2\x80\x8cالله", "نورالله" }, /* zero-width joiner   */
		{ "\xe2\x80\x8fزرمینه", "زرمینه" },   /* bidi mark           */
		{ "۱۷۳۰۱", "17301" },                 /* Persian digits      */
		{ "١٧٣٠١", "17301" },                 /* Arabic digits       */
		{ "ﻻ", "لا" },                         /* presentation form   */
		{ "Straße", "STRASSE" },
		{ "a\xc2\xa0\t b", "a b" },
	};
	struct arena *a = new_arena();

	for (size_t i = 0; i < COUNT_OF(same); i++) {
		struct text one = text_fold(a, text_of(same[i].one));
		struct text other = text_fold(a, text_of(same[i].other));

		CHECK(one.at && other.at);
		if (!text_same(one, other))
			check_failed(__FILE__, __LINE__, "%s and %s", same[i].one, same[i].other);
	}
	CHECK(!text_same(text_fold(a, TEXT("پروین")), text_fold(a, TEXT("نسرین"))));
	CHECK(!text_same(text_fold(a, TEXT("چمن")), text_fold(a, TEXT("جمن"))));
	CHECK(!text_fold(a, TEXT("\xff")).at);
	CHECK_TEXT(text_fold(a, TEXT("  ")), "");
	arena_free(a);
}

TEST(digits_of_three_scripts_become_ascii)
{
	struct arena *a = new_arena();

	CHECK_TEXT(digits_to_ascii(a, TEXT("۱۴۰۳/٠٧/30")), "1403/07/30");
	CHECK_INT(digit_value(0x06f4), 4);
	CHECK_INT(digit_value('a'), -1);
	arena_free(a);
}

/* What is folded or normalized stays so, and is still UTF-8. */
static void folding_twice_changes_nothing(struct prop *p)
{
	struct text t = prop_text(p, 200);
	struct text nfc = utf8_nfc(p->arena, t), folded = text_fold(p->arena, t);

	CHECK(utf8_valid(t));
	CHECK(nfc.at && utf8_valid(nfc));
	CHECK(text_same(utf8_nfc(p->arena, nfc), nfc));
	CHECK(folded.at && utf8_valid(folded));
	CHECK(text_same(text_fold(p->arena, folded), folded));
	CHECK(text_same(text_fold(p->arena, nfc), folded));
}

TEST(a_folded_text_is_its_own_fold)
{
	prop_run(folding_twice_changes_nothing, 3000, 6);
}

/* A joiner, which goes, sends text around the short way for plain letters. */
static void both_ways_fold_alike(struct prop *p)
{
	static const struct {
		uint32_t first, last;
	} letters[] = { { ' ', '~' }, { 0x621, 0x64a }, { 0x660, 0x669 }, { 0x671, 0x6d5 },
			{ 0x6f0, 0x6f9 } };
	struct buffer one = { 0 }, other = { 0 };

	for (size_t count = (size_t)prop_uint(p, 0, 20); count; count--) {
		size_t of = prop_pick(p, COUNT_OF(letters));
		char at[4];
		size_t size = utf8_write(at, (uint32_t)prop_uint(p, letters[of].first,
								 letters[of].last));

		buffer_text(&one, (struct text){ at, size });
		buffer_text(&other, (struct text){ at, size });
	}
	buffer_text(&other, TEXT("\xe2\x80\x8c"));
	CHECK(text_same(text_fold(p->arena, buffer_as_text(&one)),
			text_fold(p->arena, buffer_as_text(&other))));
	CHECK(text_same(utf8_nfc(p->arena, buffer_as_text(&one)), buffer_as_text(&one)));
	buffer_free(&one);
	buffer_free(&other);
}

TEST(plain_letters_fold_the_same_the_short_way)
{
	prop_run(both_ways_fold_alike, 5000, 20);
}

static void broken_text_is_never_believed(struct prop *p)
{
	struct bytes b = prop_rest(p);
	struct text t = { (const char *)b.at, b.size }, rest = t;
	uint64_t count = 0;
	size_t valid = utf8_valid_size(t), characters = 0;
	uint32_t c;

	CHECK(valid <= t.size);
	while (utf8_next(&rest, &c))
		characters++;
	CHECK_INT(utf8_count(t), characters);
	CHECK((utf8_nfc(p->arena, t).at != NULL) == (valid == t.size));
	CHECK(utf8_valid(utf8_strip(p->arena, t, &count)));
}

TEST(random_bytes_are_walked_over_safely)
{
	prop_run(broken_text_is_never_believed, 2000, 7);
}

/* The longest that NFKC makes of a character is U+FDFA: 3 bytes become 33. */
#define GROWTH_MAX 11

/* However odd a name is, its fold is one that can be looked up and stored. */
static void any_name_folds_to_a_fold(struct prop *p)
{
	struct bytes b = prop_rest(p);
	struct text t = { (const char *)b.at, b.size }, folded, nfc, stripped;
	uint64_t touched = 0;
	uint32_t c;

	t.size = utf8_valid_size(t);
	nfc = utf8_nfc(p->arena, t);
	folded = text_fold(p->arena, t);
	CHECK(nfc.at && utf8_valid(nfc) && nfc.size <= GROWTH_MAX * t.size);
	CHECK(text_same(utf8_nfc(p->arena, nfc), nfc));
	CHECK(folded.at && utf8_valid(folded) && folded.size <= GROWTH_MAX * t.size);
	CHECK(text_same(text_fold(p->arena, folded), folded));
	CHECK(text_same(text_fold(p->arena, nfc), folded));
	stripped = utf8_strip(p->arena, t, &touched);
	CHECK(utf8_valid(stripped) && stripped.size <= t.size);
	CHECK_INT(touched == 0, text_same(stripped, t));
	CHECK(utf8_first_forbidden(t, &c) <= t.size);
}

TEST(any_name_has_one_fold)
{
	prop_run(any_name_folds_to_a_fold, 2000, 8);
}

PROP_FUZZ(1, any_name_folds_to_a_fold)
PROP_FUZZ(2, broken_text_is_never_believed)
PROP_FUZZ(3, folding_twice_changes_nothing)
PROP_FUZZ(4, both_ways_fold_alike)
TEST(what_nobody_should_see_is_shown_as_a_replacement)
{
	struct text rest = TEXT("a\xf7\b\u202e\u0641\u200c!");
	char out[32], bytes[4];
	size_t at = 0, size;

	while ((size = utf8_shown(&rest, bytes))) {
		memcpy(out + at, bytes, size);
		at += size;
	}
	CHECK_TEXT(((struct text){ out, at }), "a\ufffd\ufffd\ufffd\u0641\u200c!");
}

RUN_TESTS()
