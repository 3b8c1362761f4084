/*
 * order: the order of the fold, and what lies in whose causal past.
 *
 * Among the facts whose heads are all placed, always the least by (site, epoch, seq)
 * is placed next: positions count from 0.  Positions run with causality, so the past
 * of a fact is a set of smaller positions.  Nearly always it is all of them; so it is
 * kept as "everything before `full`, and of [full, end) those with a bit":
 *
 *     one site alone:            full = own position, no bits
 *     two sites, not yet synced: full = where they parted, a bit for each since then
 */
#pragma once

#include "base/arena.h"
#include "fact/fact.h"

struct past {
	uint32_t full, end;
	uint32_t base; /* word number of bits[0]: position / 64 */
	uint64_t *bits;
};

/* One fact as the order needs it. */
struct node {
	struct fact_ref ref;
	uint32_t fact;       /* number in the trail */
	const uint32_t *heads; /* indexes of nodes it names */
	uint32_t head_count;
	bool lost;           /* names a fact that is not known: waits */
};

#define POSITION_NONE UINT32_MAX

struct order {
	uint32_t placed;     /* how many; order[0 … placed - 1] */
	uint32_t *at;        /* position → index of node; those that wait follow */
	uint32_t *position;  /* index of node → position, POSITION_NONE: waits */
	struct past *pasts;  /* by position */
};

/* `nodes` stand by ref.  false: no memory. */
MUST_USE bool order_make(struct order *out, struct arena *a, const struct node *nodes,
			 uint32_t count);

/* Whether `position` lies in the past of the fact at `now`. */
static inline bool past_has(const struct past *past, uint32_t position)
{
	if (position < past->full)
		return true;
	if (position >= past->end)
		return false;
	return past->bits[position / 64 - past->base] >> position % 64 & 1;
}
