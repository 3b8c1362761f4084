/*
 * tree: the Merkle tree of RFC 9162 over one origin's facts, cut into the tiles of
 * C2SP tlog-tiles.
 *
 * A tile of level 0 is 256 leaves in a row; a tile of level n + 1 is 256 roots of full
 * tiles of level n.  So of a tree that only grows just the unfinished tile of each
 * level can change: that is its edge, and all of the tree that is in memory.
 *
 *     size 70,000:  level 0   273 full tiles, and 112 hashes in the edge
 *                   level 1     1 full tile,  and  17 hashes in the edge
 *                   level 2                         1 hash   in the edge
 */
#pragma once

#include "log/log.h"

#define TILE_WIDTH 256
#define TREE_LEVELS 5 /* 256^5 = 2^40 leaves */

struct tree_edge {
	uint64_t size; /* leaves */
	/* Of tiles[n] the first tree_edge_count(size, n) count. */
	struct hash tiles[TREE_LEVELS][TILE_WIDTH];
};

static inline unsigned tree_edge_count(uint64_t size, unsigned level)
{
	return (unsigned)(size >> (8 * level)) % TILE_WIDTH;
}

/* Root of `width` hashes, a power of two up to TILE_WIDTH. */
void tree_perfect(struct hash *root, const struct hash *hashes, size_t width);

/* Told of each tile that is full now; what it gives but OK stops tree_add(). */
typedef enum err tree_tile_full(void *self, unsigned level, uint64_t n,
				const struct hash hashes[TILE_WIDTH]);
/* Add one leaf at the right; after an error *e is worth nothing. */
MUST_USE enum err tree_add(struct tree_edge *e, const struct hash *leaf, tree_tile_full *full,
			   void *self);
/* Root of the tree; of no leaves: SHA-256 of nothing. */
void tree_root(const struct tree_edge *e, struct hash *root);
