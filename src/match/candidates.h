/*
 * candidates: which pairs of records are worth a comparison.
 *
 * A record is a handful of atoms: the skeletons of its names (whichever column they stand
 * in), its day and year of birth, its areas, its number, its other values.  Two records
 * that share two atoms meet under the key of both; where so many have these two that it
 * says little, under keys of three.  Who stands together with too many under one key is
 * compared with the next few of them only, so that a million equal rows stay bounded.
 */
#pragma once

#include "match/records.h"

struct pair {
	uint32_t a, b; /* records, a < b */
};

struct pairs {
	struct pair *at;
	size_t count, room;
};

/* In ascending order, each once.  Of two lists one record of each; never two of one
 * household of one list. */
MUST_USE enum err candidates_find(struct pairs *out, const struct records *r, struct fault *f);
MUST_USE enum err pairs_add(struct pairs *p, uint32_t a, uint32_t b, struct fault *f);
void pairs_sort(struct pairs *p, struct pair *room); /* `room` for as many; each stays once */
void pairs_free(struct pairs *p);
/* Whether these two can be one person at all. */
bool pair_is_possible(const struct records *r, uint32_t a, uint32_t b);
