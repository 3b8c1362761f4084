/*
 * kin: who is looked at because her household is.
 *
 * A family comes back together.  Where one of a household is likely the same person as one
 * of another household, the others of both are compared with each other, whatever they have
 * in common: a daughter without a birth date, called by half of her name, meets nobody under
 * a key of her own, and is found by her mother.
 */
#pragma once

#include "match/model.h"

struct kin {
	const struct records *records;
	uint32_t *starts, *members; /* of each household of each list, its records */
	uint64_t *pairs;	    /* of households that are looked at, each once */
	size_t count;
};

/* Which households are looked at, by the bits of the pairs that were found without them. */
MUST_USE enum err kin_new(struct kin *out, const struct scored *pairs, size_t count,
			  const struct records *r, struct fault *f);
void kin_free(struct kin *k);

#define KIN_MEMBERS_MAX 24 /* of a household; more are hardly one family */
#define KIN_PAIRS_MAX (KIN_MEMBERS_MAX * KIN_MEMBERS_MAX)

/* The pairs of records of pair `number` of households, the lower record first, those of one
 * lower record behind each other; gives how many. */
unsigned kin_of(const struct kin *k, size_t number, uint32_t out[KIN_PAIRS_MAX][2]);
