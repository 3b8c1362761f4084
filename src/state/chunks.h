/*
 * chunks: a growing array whose items never move.
 *
 * Items lie in blocks of 1 << shift, made as they are needed and zeroed, so that
 * growth copies nothing (no old copy of somebody's row stays behind in freed
 * memory) and a pointer to an item holds until chunks_free(), which wipes.
 */
#pragma once

#include "base/bytes.h"

struct chunks {
	uint8_t **blocks;
	uint32_t block_count, block_room;
	uint32_t count; /* of items */
	size_t item_size;
	unsigned shift;
};

void chunks_init(struct chunks *c, size_t item_size, unsigned shift);
void chunks_free(struct chunks *c);
/* Make sure that items 0 … count - 1 are there; false: no memory. */
MUST_USE bool chunks_reach(struct chunks *c, uint32_t count);
uint64_t chunks_bytes(const struct chunks *c);

static inline void *chunks_at(const struct chunks *c, uint32_t at)
{
	size_t inside = at & ((1u << c->shift) - 1);

	return c->blocks[at >> c->shift] + inside * c->item_size;
}
