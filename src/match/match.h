/*
 * match: who is this?  Whether two spellings are one name, and two records one person.
 *
 * Nothing here merges anything: what comes out is evidence, in bits, for a person to look
 * at.  One bit more says that "the same" has become twice as likely against "by chance";
 * 10 bits are a thousand to one.  Evidence adds up, and the parts are the explanation.
 *
 * A name is any text, in Arabic or Latin script or both: one word, or given name, father
 * and grandfather in a row.  How spellings become one another was learned from names that
 * many people have spelled (data/match/); which names are frequent is learned from the
 * people that are looked through.
 *
 * Only the calls that take a struct match_search or build something may run one at a time;
 * several searches may read one index at once.
 */
#pragma once

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/err.h"

/* --- how spellings become one another ------------------------------------------------- */

struct channel;

/* The one that is part of the program.  It is made when it is first asked for, which takes
 * some milliseconds, and kept: nobody frees it.  Any thread may ask. */
MUST_USE enum err match_channel_shipped(const struct channel **out, struct fault *f);
/* One that match_learn() wrote; the caller frees it.  ERR_INPUT: it is something else. */
MUST_USE enum err match_channel_read(struct channel **out, struct text table, struct fault *f);
void match_channel_free(struct channel *c); /* NULL is harmless */

/*
 * Learn a channel from tables of spellings (tabs between; columns group, form, latin and,
 * where it is known, count: how often it was seen) and write it to `out`.  The same tables
 * give the same bytes.
 */
MUST_USE enum err match_learn(struct buffer *out, const struct text *tables, size_t count,
			      struct fault *f);

/* --- an index of names ---------------------------------------------------------------- */

struct match_index;

/* `c` must outlive it. */
MUST_USE enum err match_index_new(struct match_index **out, const struct channel *c,
				  struct fault *f);
/* NULL is harmless; wipes. */
void match_index_free(struct match_index *x);

#define MATCH_PEOPLE_MAX 100000000u

/*
 * Add a person under all names by which she is known, in `name`.  *number gets hers: they
 * count from 0 and are not used again.  ERR_MEMORY: the index is as it was.
 */
MUST_USE enum err match_index_add(struct match_index *x, struct text name, uint32_t *number,
				  struct fault *f);
/* Nobody finds her from now on. */
void match_index_remove(struct match_index *x, uint32_t number);
/* Make searches fast after many were added; it happens by itself now and then. */
MUST_USE enum err match_index_settle(struct match_index *x, struct fault *f);
uint32_t match_index_count(const struct match_index *x);
/* Bytes in use, the channel aside. */
size_t match_index_size(const struct match_index *x);

/* What a search needs besides the index, for one thread. */
struct match_search;

MUST_USE enum err match_search_new(struct match_search **out, const struct match_index *x,
				   struct fault *f);
void match_search_free(struct match_search *s); /* NULL is harmless; wipes */

struct match_found {
	uint32_t number; /* of the person */
	float bits;
};

#define MATCH_FOUND_MAX 100

/*
 * The best `most` (1 to MATCH_FOUND_MAX) for a name, best first; gives how many.  The
 * index must not change meanwhile.  The work is bounded: of a name that a million people
 * have, those are looked at that have the rarest of its words.
 */
size_t match_search_run(struct match_search *s, struct text name, struct match_found *out,
			size_t most);

enum match_reason_sort {
	MATCH_SAME,    /* one word, written alike                      */
	MATCH_SPELLED, /* one name, written in another way             */
	MATCH_JOINED,  /* two words that are one on the other side     */
	MATCH_ORDER,   /* words that stand in another order            */
	MATCH_MISSING, /* asked for, and not there                     */
	MATCH_EXTRA,   /* there, and not asked for                     */
};

#define MATCH_WORD_SIZE 80

struct match_reason {
	enum match_reason_sort sort;
	char asked[MATCH_WORD_SIZE]; /* as it was compared; "" where there is none */
	char found[MATCH_WORD_SIZE];
	float bits;
};

#define MATCH_REASONS_MAX 32

/*
 * Why person `number` is or is not found by `name`: the bits of the reasons add up to
 * *bits, which is what match_search_run() gives.  Gives how many.
 */
size_t match_search_explain(struct match_search *s, struct text name, uint32_t number,
			    struct match_reason out[MATCH_REASONS_MAX], float *bits);

/* --- lists ---------------------------------------------------------------------------- */

struct world;
struct match_batch;

enum match_stage { MATCH_READING, MATCH_MEETING, MATCH_COMPARING, MATCH_WEIGHING };

struct match_order {
	struct world *world;
	const char *first, *second; /* lists; `second` NULL: doubles within the first */
	struct text map;	    /* JSON: which column is what (docs/MATCHING.md) */
	unsigned threads;	    /* 1 to MATCH_THREADS_MAX; the result is the same for any */
	/* Called by any of the threads, one at a time. */
	void (*told)(void *self, enum match_stage stage, uint64_t done, uint64_t of);
	void *self; /* of told(); it may be NULL */
};

#define MATCH_THREADS_MAX 64

/*
 * Find the pairs that may be one person.  ERR_INPUT: the map or a list is wrong, and the
 * fault says where.  The caller frees it.
 */
MUST_USE enum err match_batch_new(struct match_batch **out, const struct match_order *order,
				  struct fault *f);
void match_batch_free(struct match_batch *b); /* NULL is harmless; wipes */

struct match_pair {
	struct text id_a, id_b;
	float bits;
	double probability;
	bool same; /* more likely than not, and no better pair speaks against it */
};

size_t match_batch_pairs(const struct match_batch *b);
struct match_pair match_batch_pair(const struct match_batch *b, size_t number);
uint32_t match_batch_records(const struct match_batch *b);
struct text match_batch_id(const struct match_batch *b, uint32_t record);
/* The first record of the list that is the same person. */
uint32_t match_batch_cluster(const struct match_batch *b, uint32_t record);

struct match_counts {
	uint32_t records;
	uint64_t candidates;
	double doubles; /* expected among them */
	/* Where the map names a column "truth": pairs that are one person by it, and how many of
	 * them are candidates. */
	uint64_t known, known_met;
};
struct match_counts match_batch_counts(const struct match_batch *b);

/* One line of an explanation: the column "" is what is no column's. */
struct match_line {
	const char *column; /* of the map: given, birth, … */
	const char *key;    /* of the catalogue: how the two agree */
	struct text a, b;
	float bits;
};

#define MATCH_LINES_MAX 32

/*
 * Why two records are or are not one person: lines whose bits add up to *bits; gives how
 * many.  ERR_NOT_FOUND: no record has such an id.
 */
MUST_USE enum err match_batch_explain(struct match_batch *b, struct text id_a, struct text id_b,
				      struct match_line out[MATCH_LINES_MAX], size_t *count,
				      float *bits, struct fault *f);
