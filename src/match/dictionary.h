/*
 * dictionary: every word of the names there are, once, and which of them are near.
 *
 * Words are numbered from 1 in the order in which they came; 0 is no word.  They are found
 * by what they are (a hash), and by the keys of their skeletons (letters.h), each with the
 * words that have it and the sounds that are in them, so that most of those that are not
 * near are passed over without being looked at.
 *
 * Whole skeletons and those with a consonant left out are keys apart: two words of which
 * either has lost one share what is left, and of three consonants or fewer that is nearly
 * nothing (four of ten comparisons were of such, and one of a hundred of what they found
 * was worth anything).
 */
#pragma once

#include "base/err.h"
#include "match/spelling.h"

/* A word of a key, which sounds it has (letters.h), its script and how long it is. */
struct key_word {
	uint32_t word;
	uint16_t sounds;
	uint8_t latin, size;
};

struct dictionary {
	const struct channel *channel;
	uint32_t count, room; /* of words, 0 aside; of places in the arrays below */
	struct token *tokens;
	bool compared;		    /* it is asked for near words */
	struct spelling *spellings; /* where it is compared, else NULL */
	uint32_t *people;	    /* how many have the word */

	uint32_t *places; /* word by hash of its token, 0 none */
	uint32_t places_count;

	struct key_place {
		uint32_t key, count, room;
		struct key_word *words;
	} * keys;
	uint32_t keys_count, keys_used;
	size_t key_words; /* rooms of all keys */
};

/* All zeroes but for `channel` and `compared` is an empty one. */
void dictionary_free(struct dictionary *d); /* wipes */
size_t dictionary_size(const struct dictionary *d);

uint32_t dictionary_hash(const struct token *t);
/* 0: it is not in it. */
uint32_t dictionary_find(const struct dictionary *d, const struct token *t);
/* Its number, a new one where it is new.  ERR_MEMORY: all is as it was, but for room. */
MUST_USE enum err dictionary_add(struct dictionary *d, const struct token *t, uint32_t *word,
				 struct fault *f);

/* How many people have a word with the consonants of `t` that is about as long, of its script,
 * or of the other one where there is none: a first guess, of keys alone. */
uint32_t dictionary_people_like(const struct dictionary *d, const struct token *t);

/* A word that may be another spelling, and how much speaks for it (1/64 bits). */
struct near {
	uint32_t word;
	int32_t evidence;
};

#define NEAR_MAX 64

/*
 * The words that share a key with `t`, those for which most speaks first, at most NEAR_MAX
 * of those with `least` evidence; gives how many.  The dictionary is one that is compared.
 */
size_t dictionary_near(const struct dictionary *d, const struct token *t, int least,
		       struct near out[NEAR_MAX]);
