/*
 * tree: hashing.  The root is folded from the right: each set bit of the size is a
 * perfect subtree, the least one furthest right, and 8 bits are one level's tile.
 */
#include "log/tree.h"

#include <assert.h>

#include "base/sha256.h"

void log_leaf(struct hash *leaf, const struct hash *commitment)
{
	static const uint8_t mark = 0x00;
	struct sha256 s;

	sha256_begin(&s);
	sha256_add(&s, bytes_of(&mark, 1));
	sha256_add(&s, bytes_of(commitment->at, HASH_SIZE));
	sha256_end(&s, leaf);
}

void log_node(struct hash *node, const struct hash *left, const struct hash *right)
{
	static const uint8_t mark = 0x01;
	struct sha256 s;

	sha256_begin(&s);
	sha256_add(&s, bytes_of(&mark, 1));
	sha256_add(&s, bytes_of(left->at, HASH_SIZE));
	sha256_add(&s, bytes_of(right->at, HASH_SIZE));
	sha256_end(&s, node);
}

void tree_perfect(struct hash *root, const struct hash *hashes, size_t width)
{
	struct hash row[TILE_WIDTH / 2];
	const struct hash *below = hashes;

	assert(width && width <= TILE_WIDTH && (width & (width - 1)) == 0);
	for (; width > 1; width /= 2) {
		for (size_t i = 0; i < width / 2; i++)
			log_node(&row[i], &below[2 * i], &below[2 * i + 1]);
		below = row;
	}
	*root = below[0];
}

enum err tree_add(struct tree_edge *e, const struct hash *leaf, tree_tile_full *full, void *self)
{
	struct hash up = *leaf;
	uint64_t n = e->size; /* which hash of its level `up` is */
	enum err err;

	for (unsigned level = 0; level < TREE_LEVELS; level++) {
		e->tiles[level][n % TILE_WIDTH] = up;
		if (n % TILE_WIDTH < TILE_WIDTH - 1)
			break;
		n /= TILE_WIDTH;
		if ((err = full(self, level, n, e->tiles[level])))
			return err;
		tree_perfect(&up, e->tiles[level], TILE_WIDTH);
	}
	e->size++;
	return OK;
}

void tree_root(const struct tree_edge *e, struct hash *root)
{
	bool any = false;

	for (unsigned level = 0; level < TREE_LEVELS; level++) {
		unsigned count = tree_edge_count(e->size, level);

		for (unsigned width = 1; width < TILE_WIDTH; width *= 2) {
			struct hash left;

			if (!(count & width))
				continue;
			tree_perfect(&left, &e->tiles[level][count & ~(2 * width - 1)], width);
			if (any)
				log_node(root, &left, root);
			else
				*root = left;
			any = true;
		}
	}
	if (!any)
		*root = sha256_of((struct bytes){ NULL, 0 });
}
