/*
 * spelling: how much speaks for one name in two spellings, one of them compared with many.
 *
 * A search holds each word that is asked for against thousands.  What is the same each time is
 * made once: of the words of a dictionary their chains and what they are worth by themselves,
 * of the word asked for what each unit can give of it and each letter can take from it.
 */
#pragma once

#include <assert.h>

#include "match/channel.h"

/* A unit and its context as one number. */
#define STEPS_COUNT (UNITS_COUNT * CONTEXTS_COUNT)

/*
 * A word as it is held against others: one line of memory, read at once.  Steps are those of
 * its letters and pieces: the gaps between them follow from these.
 */
struct spelling {
	struct token token;
	uint8_t count; /* of its steps */
	uint8_t last;  /* the context of the gap behind the last of them */
	int16_t plain; /* channel_plain() */
	uint16_t steps[TOKEN_LETTERS_MAX];
	/* Tables of it begin with a line.  One by itself may stand anywhere: on a stack that is
	 * aligned to less, a compiler's checks do not move it. */
	uint8_t filled[4];
};
static_assert(sizeof(struct spelling) == 64, "none lies across two lines");
void spelling_of(struct spelling *out, const struct channel *c, const struct token *t);

/* Places that a processor works on at once. */
#define LANES 8u
typedef int16_t lanes __attribute__((vector_size(2 * LANES)));

/* Lanes for a place before and behind each letter, and before and behind each unit. */
#define LETTER_LANES ((TOKEN_LETTERS_MAX + LANES) / LANES)
#define CHAIN_LANES ((CHAIN_MAX + LANES) / LANES)

/* What a unit gives of a word: nothing, the letter before each place, the two before it. */
struct row {
	lanes one[LETTER_LANES], two[LETTER_LANES];
	int16_t nothing;
};

/*
 * The most that a step and the gap before it give of a token, and the token of the letters of
 * the step: by these alone most words are put aside.
 */
struct bound {
	int16_t back, there;
	uint16_t gap; /* the step before it; of a gap, itself */
};

/*
 * A token that is compared with many.  Bounds, rows and columns are made when they are first
 * needed: most units of a dictionary never stand beside this token.
 */
struct comparison {
	const struct channel *channel;
	struct token token;
	struct results results;
	struct chain chains[2]; /* to Arabic, to Latin */
	int plain;
	bool latin;
	int16_t letters[LETTERS]; /* the most that the token can give for each */
	struct bound bounds[STEPS_COUNT];
	bool rows_made[STEPS_COUNT];
	struct row rows[STEPS_COUNT];
	/* Of each result, what it brings more than nothing behind each unit of the chain; and what
	 * nothing alone has cost behind each, by script. */
	bool columns_made[RESULTS_COUNT];
	lanes columns[RESULTS_COUNT][CHAIN_LANES];
	lanes nothing[2][CHAIN_LANES];
};
void comparison_with(struct comparison *out, const struct channel *c, const struct token *t);
/* How much speaks for one name in two spellings, in 1/64 bits, the same from either side;
 * something less than `least` where it is less.  What is below -100 bits is not told apart. */
int comparison_evidence(struct comparison *with, const struct spelling *other, int least);
/* The same of two that are compared once: nothing is prepared. */
int tokens_evidence(const struct channel *c, const struct token *a, const struct token *b,
		    int least);
