/*
 * keys: the sets of a record's atoms under which it may meet another (candidates.h).
 *
 * They are made level by level: of two atoms, of three, of four.  A level is made of those
 * keys of the level below that too many have, which note_many() says.
 */
#pragma once

#include "match/atoms.h"

#define KEY_ATOMS 4	/* at the most */
#define EXTENDED_MAX 10 /* so many of a record's atoms, the rarest, are in keys of three and more */
#define KEYS_AT_ONCE 276 /* of one level: ATOMS_MAX over 2 is more than EXTENDED_MAX over 4 */

/* What keys are made by; `records` and `atoms` are the caller's. */
struct key_rules {
	const struct records *records;
	const struct atoms *atoms;
	unsigned most[KEY_ATOMS + 1]; /* how many may share a key of so many atoms */
	bool families; /* three atoms and more have one that brothers and sisters do not share */
	unsigned sex;  /* column by which women and men have keys of their own; COLUMNS_MAX: none */
};

struct key {
	uint32_t hash;
	uint8_t at[KEY_ATOMS]; /* which atoms of the record */
};

/* A record as its keys are made of it.  Bit j of pairs[i] and bit k of triples[i][j] say that
 * too many have it; i < j < k. */
struct view {
	unsigned count;
	uint64_t hashes[ATOMS_MAX], base;
	double people[ATOMS_MAX];
	uint8_t columns[ATOMS_MAX];
	uint32_t own, births; /* a bit for each */
	uint32_t pairs[ATOMS_MAX], triples[EXTENDED_MAX][EXTENDED_MAX];
	unsigned keys_count;
	struct key keys[KEYS_AT_ONCE];
};

void key_rules_make(struct key_rules *out, const struct records *r, const struct atoms *a);
void view_record(struct view *v, const struct key_rules *by, uint32_t record);
/* Of 2 to KEY_ATOMS atoms, into v->keys; the levels below have been made and noted. */
void make_keys(struct view *v, const struct key_rules *by, unsigned level);
/* Too many have this key of so many atoms. */
void note_many(struct view *v, const struct key *k, unsigned level);
/* What of a record's keys of two and three is needed for those of more, until another level is
 * made: which of the pairs and triples of its first atoms too many have, a bit each. */
#define EXTENDED_PAIRS (EXTENDED_MAX * (EXTENDED_MAX - 1) / 2)
#define EXTENDED_TRIPLES (EXTENDED_PAIRS * (EXTENDED_MAX - 2) / 3)
struct noted {
	uint64_t of_two[(EXTENDED_PAIRS + 63) / 64], of_three[(EXTENDED_TRIPLES + 63) / 64];
};
void keep_noted(struct noted *out, const struct view *v, unsigned level);
/* As if the level had been made and noted again; the levels below are. */
void recall_noted(struct view *v, const struct noted *from, unsigned level);
/* Of a set: the sum of its atoms' hashes, whatever their order. */
uint32_t hash_of(uint64_t sum);
