#include "base/prop.h"
#include "match/letters.h"

/* The tokens of a name as words with blanks between them. */
static struct text words_of(char out[1024], const char *name)
{
	struct token tokens[TOKENS_MAX];
	size_t count = tokens_of(tokens, text_of(name)), size = 0;

	for (size_t i = 0; i < count; i++) {
		if (i)
			out[size++] = ' ';
		size += token_show(out + size, &tokens[i]);
	}
	return (struct text){ out, size };
}

#define CHECK_WORDS(name, wanted)                                                                  \
	do {                                                                                       \
		char room[1024];                                                                   \
		CHECK_TEXT(words_of(room, name), wanted);                                          \
	} while (0)

TEST(what_a_keyboard_chooses_makes_no_difference)
{
	CHECK_WORDS("زرمينه", "زرمينه");
	CHECK_WORDS("زرمینه", "زرمينه");
	CHECK_WORDS("زرمینہ", "زرمينه");
	CHECK_WORDS("ګل", "گل");
	CHECK_WORDS("كريم", "كريم");
	CHECK_WORDS("کریم", "كريم");
	CHECK_WORDS("أحمد", "احمد");
	CHECK_WORDS("مُحَمَّد", "محمد");
	CHECK_WORDS("بی\xE2\x80\x8Cبی", "بيبي");
	CHECK_WORDS("محـــمد", "محمد");
	CHECK_WORDS("\xE2\x80\x8Fاحمد\xE2\x80\x8E", "احمد");
}

TEST(compatibility_forms_are_their_letters)
{
	CHECK_WORDS("ﷴ", "محمد");
	CHECK_WORDS("ﺯﺭﻣﻴﻨﻪ", "زرمينه");
	CHECK_WORDS("ＡＨＭＡＤ", "ahmad");
}

TEST(latin_letters_lose_case_marks_and_doubles)
{
	CHECK_WORDS("Zarmīna", "zarmina");
	CHECK_WORDS("MOHAMMAD", "mohamad");
	CHECK_WORDS("Sana'a", "sanaa");
	CHECK_WORDS("Zarmeena", "zarmeena");
	CHECK_WORDS("Łukasz", "lukasz");
}

TEST(letters_that_sound_differently_somewhere_stay_apart)
{
	CHECK_WORDS("ښ ش خ", "ښ ش خ");
	CHECK_WORDS("ږ ژ گ", "ږ ژ گ");
	CHECK_WORDS("ځ ز څ س", "ځ ز څ س");
}

TEST(bound_names_are_one_word_however_they_are_written)
{
	CHECK_WORDS("Abd al-Rahman", "abdalrahman");
	CHECK_WORDS("Abdul Rahman", "abdulrahman");
	CHECK_WORDS("عبد الرحمن", "عبدالرحمن");
	CHECK_WORDS("Najib Ullah Khan", "najibulah khan");
	CHECK_WORDS("نجیب الله خان", "نجيبالله خان");
	CHECK_WORDS("Najm ud Din", "najmudin");
}

TEST(a_word_that_mixes_scripts_is_cut_where_the_script_changes)
{
	CHECK_WORDS("Gulگل", "gul گل");
}

TEST(words_for_not_known_are_no_names)
{
	CHECK_WORDS("Unknown", "");
	CHECK_WORDS("احمد نامعلوم", "احمد");
	CHECK_WORDS("N/A", "n a");
	CHECK_WORDS("", "");
	CHECK_WORDS("😀 12 ۱۲", "");
}

TEST(a_name_of_four_kilobytes_is_cut_and_not_lost)
{
	char name[5000];
	struct token tokens[TOKENS_MAX];

	memset(name, 'z', sizeof(name));
	CHECK_INT(tokens_of(tokens, (struct text){ name, sizeof(name) }), 1);
	for (size_t i = 0; i < sizeof(name); i++)
		name[i] = "zahra "[i % 6];
	CHECK_INT(tokens_of(tokens, (struct text){ name, sizeof(name) }), TOKENS_MAX);
}

static bool share_a_key(const char *a, const char *b)
{
	struct token x[TOKENS_MAX], y[TOKENS_MAX];
	struct keys of_x, of_y;

	CHECK(tokens_of(x, text_of(a)) && tokens_of(y, text_of(b)));
	keys_of(&of_x, &x[0]);
	keys_of(&of_y, &y[0]);
	for (unsigned i = 0; i < of_x.count; i++)
		for (unsigned j = 0; j < of_y.count; j++)
			if (of_x.at[i] == of_y.at[j])
				return true;
	return false;
}

TEST(spellings_of_one_name_share_a_key)
{
	CHECK(share_a_key("زرمینه", "Zarmeena"));
	CHECK(share_a_key("رضیه", "Razia"));
	CHECK(share_a_key("رضیه", "Radhia"));
	CHECK(share_a_key("ښایسته", "Khaista"));
	CHECK(share_a_key("ښایسته", "Shaista"));
	CHECK(share_a_key("Naqib", "Nqaib"));
	CHECK(share_a_key("نقیب", "نیب"));
	CHECK(!share_a_key("زرمینه", "Baktash"));
}

static void any_text_is_words_within_their_limits(struct prop *p)
{
	struct token tokens[TOKENS_MAX];
	struct bytes b = prop_rest(p);
	size_t count = tokens_of(tokens, (struct text){ (const char *)b.at, b.size });
	struct keys keys;

	CHECK(count <= TOKENS_MAX);
	for (size_t i = 0; i < count; i++) {
		const struct token *t = &tokens[i];

		CHECK(t->size >= 1 && t->size <= TOKEN_LETTERS_MAX);
		for (unsigned k = 0; k < TOKEN_LETTERS_MAX; k++) {
			CHECK((t->letters[k] != 0) == (k < t->size));
			CHECK(k >= t->size || letter_is_latin(t->letters[k]) == token_is_latin(t));
		}
		keys_of(&keys, t);
		CHECK(keys.count >= 1 && keys.exact <= keys.count && keys.count <= KEYS_MAX);
	}
}

TEST(any_bytes_become_words)
{
	prop_run(any_text_is_words_within_their_limits, 2000, 1);
}

PROP_FUZZ(1, any_text_is_words_within_their_limits)

RUN_TESTS()
