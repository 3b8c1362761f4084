/*
 * tiles: the tree as it lies on the disk.
 *
 * Full tiles are rows.  The rest is made of what is there: an unfinished tile of level
 * 0 from at most 255 commitments, one of a higher level from the roots of at most 255
 * full tiles below.  So opening a log of any length reads about 1,000 rows, and the
 * tree at an older size is the same tiles, cut where that size cuts them.
 */
#include "log/inside.h"

static enum err tile_fault(struct log *l, unsigned level, uint64_t n, struct fault *f)
{
	return fault(f, ERR_DAMAGED, "log.tile-damaged", l->path, level, n);
}

enum err tile_read(struct log *l, const struct known_origin *o, unsigned level, uint64_t n,
		   struct hash out[TILE_WIDTH], struct fault *f)
{
	struct query q = query(l, STATEMENT_TILE_READ);
	bool whole;
	enum err e;

	query_put_int(&q, 1, place_of(o->number, (uint64_t)level << 32 | n));
	whole = query_row(&q) && query_fixed(&q, 0, out, TILE_WIDTH * sizeof(*out));
	e = query_end(&q, f);
	return !e && !whole ? tile_fault(l, level, n, f) : e;
}

/* The leaves from number `first` on. */
static enum err leaves_read(struct log *l, const struct known_origin *o, uint64_t first,
			    unsigned count, struct hash *out, struct fault *f)
{
	struct query q = query(l, STATEMENT_FACT_COMMITMENTS);
	uint64_t at = first;
	bool whole = true;
	enum err e;

	query_put_int(&q, 1, place_of(o->number, first));
	query_put_int(&q, 2, place_of(o->number, first + count - 1));
	for (; whole && at < first + count && query_row(&q); at++) {
		struct hash commitment;

		whole = query_int(&q, 0) == place_of(o->number, at) &&
			query_fixed(&q, 1, commitment.at, HASH_SIZE);
		if (whole)
			log_leaf(&out[at - first], &commitment);
	}
	if ((e = query_end(&q, f)))
		return e;
	if (!whole || at != first + count)
		return fact_fault(f, ERR_DAMAGED, "log.gap", &o->origin, whole ? at : at - 1);
	return OK;
}

/* The first `count` hashes, less than TILE_WIDTH, of an unfinished tile. */
static enum err tile_make(struct log *l, const struct known_origin *o, unsigned level, uint64_t n,
			  unsigned count, struct hash *out, struct fault *f)
{
	struct hash below[TILE_WIDTH];
	enum err e = OK;

	if (count && level == 0)
		return leaves_read(l, o, n * TILE_WIDTH, count, out, f);
	for (unsigned i = 0; !e && i < count; i++) {
		if (!(e = tile_read(l, o, level - 1, n * TILE_WIDTH + i, below, f)))
			tree_perfect(&out[i], below, TILE_WIDTH);
	}
	return e;
}

/* How many full tiles of `level` a tree of `size` leaves has. */
static uint64_t tiles_full(uint64_t size, unsigned level)
{
	return size >> (8 * (level + 1));
}

/* That the disk has as many full tiles as the facts make: more mean that facts are lost. */
static enum err check_tile_count(struct log *l, const struct known_origin *o, unsigned level,
				 struct fault *f)
{
	struct query q = query(l, STATEMENT_TILE_LAST);
	uint64_t wanted = tiles_full(o->length, level);
	uint64_t first = (uint64_t)level << 32;
	int64_t last;
	enum err e;

	query_put_int(&q, 1, place_of(o->number, first));
	query_put_int(&q, 2, place_of(o->number, first | UINT32_MAX));
	if ((e = query_number(&q, &last, f)))
		return e;
	if (last != (wanted ? place_of(o->number, first | (wanted - 1)) : 0))
		return tile_fault(l, level, wanted, f);
	return OK;
}

enum err edge_load(struct log *l, const struct known_origin *o, struct tree_edge *out,
		   struct fault *f)
{
	enum err e = OK;

	memset(out, 0, sizeof(*out));
	out->size = o->length;
	for (unsigned level = 0; !e && level < TREE_LEVELS; level++) {
		if (!(e = check_tile_count(l, o, level, f)))
			e = tile_make(l, o, level, tiles_full(o->length, level),
				      tree_edge_count(o->length, level), out->tiles[level], f);
	}
	return e;
}

/* --- the own tree -------------------------------------------------------------------------- */

static enum err own_tile(struct log *l, unsigned level, uint64_t n, struct hash out[TILE_WIDTH],
			 size_t *count, struct fault *f)
{
	uint64_t full;

	*count = 0;
	if (level >= TREE_LEVELS)
		return OK;
	full = tiles_full(l->edge.size, level);
	if (n < full) {
		*count = TILE_WIDTH;
		return tile_read(l, own_origin(l), level, n, out, f);
	}
	if (n == full) {
		*count = tree_edge_count(l->edge.size, level);
		memcpy(out, l->edge.tiles[level], *count * sizeof(*out));
	}
	return OK;
}

enum err log_tile(struct log *l, unsigned level, uint64_t n, struct hash out[256], size_t *count,
		  struct fault *f)
{
	enum err e;

	log_lock(l);
	e = own_tile(l, level, n, out, count, f);
	log_unlock(l);
	return e;
}

/* The edge as it was when the own tree had `size` leaves. */
static enum err edge_at(struct log *l, uint64_t size, struct tree_edge *out, struct fault *f)
{
	enum err e = OK;

	memset(out, 0, sizeof(*out));
	out->size = size;
	for (unsigned level = 0; !e && level < TREE_LEVELS; level++) {
		size_t count;

		if (!tree_edge_count(size, level))
			continue;
		e = own_tile(l, level, tiles_full(size, level), out->tiles[level], &count, f);
		assert(e || count >= tree_edge_count(size, level));
	}
	return e;
}

enum err log_root(struct log *l, uint64_t size, struct hash *out, struct fault *f)
{
	struct tree_edge edge;
	enum err e = OK;

	log_lock(l);
	assert(size <= l->edge.size);
	if (size == l->edge.size)
		tree_root(&l->edge, out);
	else if (!(e = edge_at(l, size, &edge, f)))
		tree_root(&edge, out);
	log_unlock(l);
	return e;
}

/* --- any tree -------------------------------------------------------------------------------- */

static enum err root_of(struct log *l, const struct known_origin *o, uint64_t size,
			struct hash *out, struct fault *f)
{
	struct tree_edge edge = { .size = size };
	enum err e = OK;

	for (unsigned level = 0; !e && level < TREE_LEVELS; level++)
		e = tile_make(l, o, level, tiles_full(size, level), tree_edge_count(size, level),
			      edge.tiles[level], f);
	if (!e)
		tree_root(&edge, out);
	return e;
}

enum err log_root_of(struct log *l, const struct origin *o, uint64_t size, struct hash *out,
		     struct fault *f)
{
	const struct known_origin *k;
	enum err e;

	log_lock(l);
	k = origin_find(l, o);
	if (!k || size > k->length)
		e = fact_fault(f, ERR_NOT_FOUND, "log.no-fact", o, size);
	else
		e = root_of(l, k, size, out, f);
	log_unlock(l);
	return e;
}
