/*
 * letters: a name as tokens, and a token as letters of one small alphabet.
 *
 * What was typed is kept by others.  Here compatibility forms, case, vowel signs,
 * tatweel, joiners and bidi marks are gone (ﷴ is محمد, Zarmīna is zarmina), a letter
 * that two keyboards write in two ways is one, and a doubled Latin consonant is single.
 * Bound names are one token: Abd al-Rahman, Najib Ullah, Najm ud-Din.  Words that say
 * that nothing is known (unknown, نامعلوم) are no tokens.
 */
#pragma once

#include "base/bytes.h"

enum letter {
	LETTER_NONE,
#define LETTER(name, ...) LETTER_##name,
#include "match/letters.def"
#undef LETTER
	LETTER_A, /* … and the other 25 of Latin in their order */
	LETTERS = LETTER_A + 26
};

#define LETTERS_ARABIC (LETTER_A - 1) /* from 1 */

static inline bool letter_is_latin(uint8_t letter)
{
	return letter >= LETTER_A;
}

#define TOKEN_LETTERS_MAX 18
#define TOKENS_MAX 12

/* Letters of one script; those behind the last are 0, so that two are compared as bytes. */
struct token {
	uint8_t size;
	uint8_t letters[TOKEN_LETTERS_MAX];
};

static inline bool token_is_latin(const struct token *t)
{
	return t->size && letter_is_latin(t->letters[0]);
}

static inline bool token_same(const struct token *a, const struct token *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/*
 * The tokens of a name, at most TOKENS_MAX; gives how many.  A word of two scripts is cut
 * where the script changes.  Of a name of more than NAME_SIZE_MAX bytes the beginning
 * counts, of a word the first TOKEN_LETTERS_MAX letters.
 */
#define NAME_SIZE_MAX 4096
size_t tokens_of(struct token out[TOKENS_MAX], struct text name);

/* `b` right behind `a`; false, and nothing is done: of two scripts, or too long. */
bool token_join(struct token *out, const struct token *a, const struct token *b);

/* The letters as UTF-8, for explanations; gives the size. */
#define TOKEN_SHOWN_SIZE (TOKEN_LETTERS_MAX * 2 + 1)
size_t token_show(char out[TOKEN_SHOWN_SIZE], const struct token *t);

/* --- skeletons ---------------------------------------------------------------------- */

/*
 * The keys under which a token is looked up: its consonants in eight classes, both scripts
 * alike, and the same with one of them left out.  A letter that is read in two ways gives
 * a key for each.  Two spellings of a name nearly always share one (97 of 100).  The first
 * `exact` of them are whole skeletons.
 */
#define KEYS_MAX 40
struct keys {
	unsigned count, exact;
	uint32_t at[KEYS_MAX];
	uint16_t sounds; /* which of the sounds of letters.c are in it, a bit each */
};
#define KEY_OF_THREE (UINT32_C(1) << 12) /* keys of three consonants and more are not less */
void keys_of(struct keys *out, const struct token *t);
uint16_t sounds_in(const struct token *t); /* those of struct keys */
