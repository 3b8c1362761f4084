/*
 * records: one or two lists of people as rows of numbers.
 *
 * A record is for each column the number of its value, 0 where nothing is known; they lie
 * side by side, as they are asked for together.  Equal values of a column are one number,
 * with how often they stand there.  What is compared of a value (its
 * words, its day) is worked out once for each value, not for each record.
 */
#pragma once

#include "base/buffer.h"
#include "base/world.h"
#include "match/dictionary.h"

enum column_sort {
	COLUMN_NAME,
	COLUMN_SEX,
	COLUMN_BIRTH,
	COLUMN_AREA,
	COLUMN_DOCUMENT,
	COLUMN_TEXT,
	COLUMN_CODE,
	COLUMN_NUMBER,
};

#define COLUMNS_MAX 20
#define VALUE_WORDS_MAX 8
#define RECORDS_MAX 50000000u

/* Texts by number, from 1, each once. */
struct strings {
	struct buffer bytes;
	uint32_t *ends;	  /* of each */
	uint32_t *counts; /* how often it was put in */
	uint32_t count, room;
	struct string_place {
		uint32_t hash, number; /* 0: free */
	} * places;
	uint32_t places_count;
};

struct value_words {
	uint8_t count;
	bool latin : 1;	 /* the first of them is in Latin letters */
	bool joins : 1;	 /* all of them together are a word … */
	uint16_t sounds; /* … of these sounds */
	uint32_t at[VALUE_WORDS_MAX];
};

/* A day as it was known: 0 where a part is not. */
struct day_known {
	uint16_t year;
	uint8_t month, day;
};

struct column {
	char name[64]; /* as the map calls it: given, birth, suburb */
	enum column_sort sort;
	struct strings strings;
	struct value_words *words; /* of each value: names, and texts in letters */
	struct day_known *days;	   /* of births */
};

struct records {
	const struct channel *channel;
	uint32_t count, room;
	uint32_t second; /* the first record of the second list; count where there is one list */
	struct strings ids;
	uint32_t *id_of;      /* the text of its id */
	uint32_t *households; /* 0: not known */
	uint32_t *values;     /* of each record, column by column (record_values()) */
	struct strings household_names;
	uint32_t *persons; /* who it is known to be, to measure by; 0: not known */
	struct strings person_names;
	unsigned columns_count;
	struct column columns[COLUMNS_MAX];
	struct dictionary words;
};

/*
 * Read a list, and a second one where `second` is not NULL, by the map.  ERR_INPUT: the map
 * or a list is not as it should be.  What comes out is the same for any number of threads,
 * also what is wrong.  `told` hears how far it is, from any of them, one at a time.
 */
struct records_order {
	struct world *world;
	const char *first, *second;
	struct text map;
	unsigned threads; /* 1 to SHARES_MAX */
	void (*told)(void *self, uint64_t done, uint64_t of);
	void *self;
};
MUST_USE enum err records_read(struct records *out, const struct records_order *order,
			       struct fault *f);
void records_free(struct records *r); /* wipes */

/* The words of a value as one; false: too long, or of two scripts. */
bool words_joined(struct token *out, const struct token *tokens, const struct value_words *v);

/* Of each column. */
static inline uint32_t *record_values(const struct records *r, uint32_t record)
{
	return r->values + (size_t)record * r->columns_count;
}

/* Households by number, below households_end(): one number in two lists is two of them; 0: it
 * is not known. */
static inline uint32_t household_of(const struct records *r, uint32_t record)
{
	uint32_t h = r->households[record];

	return h ? h * 2 + (record >= r->second) : 0;
}

static inline size_t households_end(const struct records *r)
{
	return ((size_t)r->household_names.count + 1) * 2;
}

/* Of two records, the lower number above the other one; 0: one is not known. */
static inline uint64_t both_households(const struct records *r, uint32_t a, uint32_t b)
{
	uint64_t x = household_of(r, a), y = household_of(r, b);

	if (!x || !y)
		return 0;
	return x < y ? x << 32 | y : y << 32 | x;
}

struct text record_id(const struct records *r, uint32_t record);
struct text string_at(const struct strings *s, uint32_t number);
uint32_t string_find(const struct strings *s, struct text t); /* 0: none */

/*
 * A text on its way into the table.  Among a million of them the place of one is in no cache:
 * the places of the next few are asked for before the first is needed.
 */
struct string_sought {
	struct text text;
	uint32_t hash;
};
struct string_sought string_soon(const struct strings *s, struct text t);
/* The number of the text, a new one where it is new; 0 for the empty one.  ERR_LIMIT: all
 * texts together are longer than 4 GiB. */
MUST_USE enum err string_put(struct strings *s, const struct string_sought *sought,
			     uint32_t *number, struct fault *f);
void strings_free(struct strings *s);

/* A day in any usual way of writing: 1980-02-01, 19800201, 1/2/1980 (day first), 1980; the
 * same in the Afghan calendar, whose years are told by their size.  The first day of a year
 * is a year alone.  All zeroes: no day that somebody alive can be born on. */
struct day_known day_read(struct text t);
