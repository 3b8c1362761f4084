/*
 * trail: which facts are known, and which of them are about the same subject.
 *
 * Every known fact has a number of four bytes.  The numbers of one origin (an epoch of
 * a site) are given out in blocks of 256 that stand for 256 seqs in a row, so a number
 * says origin and seq without keeping either, and a fact costs five bytes: the link to
 * the fact before it about the same subject, and its marks.
 *
 *     number = block << 8 | seq & 255        block → (origin, seq >> 8)
 *
 * Number 0 is no fact (block 0 is never given out).
 */
#pragma once

#include "fact/fact.h"
#include "state/chunks.h"
#include "state/table.h"

enum trail_mark {
	TRAIL_KNOWN = 1,
	TRAIL_UNREADABLE = 2,
	TRAIL_WAITING = 4, /* some head of it is not known or waits itself */
};

struct trail_origin {
	struct id site;
	uint32_t epoch;
	int64_t last_recorded;
};

struct trail {
	struct chunks origins; /* struct trail_origin; origin n is item n */
	struct table origin_of;
	struct chunks blocks; /* struct trail_block */
	struct table block_of;
	struct chunks links; /* uint32_t by fact number */
	struct chunks marks; /* uint8_t by fact number */
	uint32_t last_origin, last_block; /* where the last look-up ended */
	uint64_t count;
};

void trail_init(struct trail *t);
void trail_free(struct trail *t);
uint64_t trail_bytes(const struct trail *t);

/* The number of `ref`, made where it has none; 0: no memory. */
MUST_USE uint32_t trail_place(struct trail *t, const struct fact_ref *ref);
/* The number of a known fact, 0: not known. */
uint32_t trail_find(const struct trail *t, const struct fact_ref *ref);
struct fact_ref trail_ref(const struct trail *t, uint32_t fact);
/* The origin of a placed fact. */
struct trail_origin *trail_origin(const struct trail *t, uint32_t fact);

static inline uint32_t *trail_link(const struct trail *t, uint32_t fact)
{
	return chunks_at(&t->links, fact);
}

static inline uint8_t *trail_marks(const struct trail *t, uint32_t fact)
{
	return chunks_at(&t->marks, fact);
}
