/*
 * compare: two records, column by column, as levels of agreement.
 *
 * Level 0: not known on one side, which speaks neither for nor against.  From 1 (they
 * differ) a higher level is never worth less (model.c).  The levels of all columns of a pair
 * are its pattern, LEVEL_BITS a column; above them stands in which letters the names are.
 */
#pragma once

#include <assert.h>

#include "match/records.h"

#define LEVEL_BITS 3
#define LEVELS_MAX 8

/* Levels of the sorts of columns; `known` is what EM begins with, the share of the doubles
 * that have it (model.c). */
enum name_level {
	NAME_DIFFERS = 1,
	NAME_PARTLY,
	NAME_NEAR,
	NAME_SUBSET,
	NAME_SPELLED,
	NAME_SAME,
	NAME_SWAPPED, /* given name and father or family stand in each other's column */
};
enum birth_level {
	BIRTH_DIFFERS = 1,
	BIRTH_YEARS,	 /* within five years */
	BIRTH_NEXT_YEAR, /* within one */
	BIRTH_YEAR,	 /* the year is the same, the days are not */
	BIRTH_YEAR_ONLY, /* the year is the same, and one side knows no more */
	BIRTH_SLIP,	 /* one part differs, or day and month are swapped */
	BIRTH_SAME,
};
enum plain_level { PLAIN_DIFFERS = 1, PLAIN_PARTLY, PLAIN_NEAR, PLAIN_SAME };

unsigned levels_of(enum column_sort sort);  /* the last one; without level 0 */
unsigned level_same(enum column_sort sort); /* the one up to which they are in order */

/* What was found out about pairs of words; several threads may share it. */
struct memo;
MUST_USE enum err memo_new(struct memo **out, const struct records *r, struct fault *f);
void memo_free(struct memo *m);

/* In which letters the names of two are written. */
enum scripts { BOTH_LATIN, BOTH_ARABIC, ACROSS_SCRIPTS, SCRIPTS_COUNT };
#define SCRIPTS_AT (COLUMNS_MAX * LEVEL_BITS)
static_assert(SCRIPTS_AT <= 62, "a pattern and one is a number of 64 bits");

/* Whether relatives do not share it more than strangers: a given name, sex, a number. */
bool column_is_own(const struct column *c);

struct compared {
	uint64_t pattern;
	float rarity; /* bits for agreeing on what is rarer or more frequent than usual */
	float shared; /* of these, what relatives share */
	float rarities[COLUMNS_MAX];
};
void compare(struct compared *out, struct memo *m, uint32_t a, uint32_t b);

/* What an agreement is worth in bits, level by level, and what is too little of it. */
struct worth {
	float before, least;
	const float (*levels)[LEVELS_MAX]; /* of each column … */
	float most[COLUMNS_MAX];	   /* … and the most of them */
};

/* One record that is compared with many. */
struct asked {
	struct memo *memo;
	const struct worth *worth; /* of each pair of scripts */
	uint32_t record;
	/* What each column may come to, and all of them. */
	float most[SCRIPTS_COUNT][COLUMNS_MAX], all[SCRIPTS_COUNT];
};
void asked_begin(struct asked *q, struct memo *m, const struct worth worth[SCRIPTS_COUNT],
		 uint32_t record);

/*
 * compare() with the one who is asked for.  False as soon as it is certain that the pair does
 * not come to what is wanted: nine of ten do not, and it shows in what is cheap to look at.
 */
bool compare_if_worth(struct compared *out, const struct asked *q, uint32_t other);

/* Its values lie anywhere in memory: ask for them before they are needed, and then (`next`)
 * for the words that they are. */
void compare_soon(const struct memo *m, uint32_t record, bool next);

static inline unsigned level_in(uint64_t pattern, unsigned column)
{
	return pattern >> (column * LEVEL_BITS) & (LEVELS_MAX - 1);
}

static inline enum scripts scripts_in(uint64_t pattern)
{
	return (enum scripts)(pattern >> SCRIPTS_AT);
}

static inline uint64_t levels_in(uint64_t pattern)
{
	return pattern & ((UINT64_C(1) << SCRIPTS_AT) - 1);
}
