/*
 * pairs: of all who meet, those who may be one person.
 *
 * Who meets is a matter of keys (candidates.h) and there are too many of them to be kept:
 * what agreement is worth is learned from those of every few records, and tells of the others
 * which are worth keeping.  Then the rest of their households is looked at (kin.h).
 */
#pragma once

#include "match/candidates.h"
#include "match/models.h"

/* In order of a, then b; a < b, and no pair is there twice. */
struct pairs {
	struct scored *at;
	size_t count;
	uint64_t candidates; /* that were compared */
	uint64_t known_met;  /* of these, how many are known to be one person */
};

struct pairs_order {
	const struct records *records;
	struct candidates *candidates; /* freed on the way: beside them there is no room */
	unsigned threads;	       /* 1 to SHARES_MAX; the pairs are the same for any */
	void (*told)(void *self, uint64_t done, uint64_t of); /* by any thread, one at a time */
	void *self;
};
/* Bits without households in `out`, what they were learned by in `models`. */
MUST_USE enum err pairs_find(struct pairs *out, struct models *models, const struct pairs_order *by,
			     struct fault *f);
void pairs_free(struct pairs *p);
