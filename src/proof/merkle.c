/*
 * merkle: proofs of RFC 9162, made from tiles.
 *
 * Every hash of a proof is the root of a run of leaves [low, high).  It is put together
 * from the right out of perfect subtrees, one for each set bit of high - low; a perfect
 * subtree of height h is 2^(h mod 8) neighbouring hashes of one tile of level h / 8.
 */
#include <assert.h>

#include "base/sha256.h"
#include "proof/proof.h"

#define TILE_WIDTH 256
#define TILE_HEIGHT 8

/* Reads tiles, remembers the last one and the first error. */
struct prover {
	struct log *log;
	struct fault *fault;
	enum err err;
	bool loaded;
	unsigned level; /* of the tile in memory */
	uint64_t n;
	size_t count;
	struct hash tile[TILE_WIDTH];
	struct merkle_proof *proof;
};

static void load_tile(struct prover *p, unsigned level, uint64_t n)
{
	if (p->err || (p->loaded && p->level == level && p->n == n))
		return;
	p->err = log_tile(p->log, level, n, p->tile, &p->count, p->fault);
	p->loaded = !p->err;
	p->level = level;
	p->n = n;
}

/* Root of the subtree number `index` among those of 2^height leaves. */
static void perfect(struct prover *p, unsigned height, uint64_t index, struct hash *out)
{
	size_t width = (size_t)1 << height % TILE_HEIGHT;
	uint64_t first = index * width;
	struct hash row[TILE_WIDTH];

	load_tile(p, height / TILE_HEIGHT, first / TILE_WIDTH);
	if (p->err)
		return;
	first %= TILE_WIDTH;
	assert(first + width <= p->count);
	memcpy(row, p->tile + first, width * sizeof(*row));
	for (; width > 1; width /= 2) {
		for (size_t i = 0; i < width / 2; i++)
			log_node(&row[i], &row[2 * i], &row[2 * i + 1]);
	}
	*out = row[0];
}

static void add_run(struct prover *p, uint64_t low, uint64_t high)
{
	struct hash sum, left;
	uint64_t count = high - low;
	bool any = false;

	for (unsigned height = 0; count >> height; height++) {
		uint64_t before = count >> height & ~UINT64_C(1);

		if (!(count >> height & 1))
			continue;
		perfect(p, height, (low >> height) + before, &left);
		if (p->err)
			return;
		if (any)
			log_node(&sum, &left, &sum);
		else
			sum = left;
		any = true;
	}
	assert(any && p->proof->count < PROOF_HASHES_MAX);
	p->proof->at[p->proof->count++] = sum;
}

/* The greatest power of two that is less than `count`, which is 2 or more. */
static uint64_t split(uint64_t count)
{
	return UINT64_C(1) << (63 - __builtin_clzll(count - 1));
}

static void turn_around(struct merkle_proof *p)
{
	for (size_t i = 0; i < p->count / 2; i++) {
		struct hash swapped = p->at[i];

		p->at[i] = p->at[p->count - 1 - i];
		p->at[p->count - 1 - i] = swapped;
	}
}

/* RFC 9162 §2.1.3.1, from the root down. */
enum err inclusion_prove(struct merkle_proof *out, struct log *l, uint64_t seq, uint64_t size,
			 struct fault *f)
{
	struct prover p = { .log = l, .fault = f, .proof = out };
	uint64_t low = 0, high = size, length = log_length(l);

	out->count = 0;
	if (seq >= size || size > length)
		return fault(f, ERR_INPUT, "proof.no-such-leaf", seq, size, length);
	while (!p.err && high - low > 1) {
		uint64_t middle = low + split(high - low);

		if (seq < middle) {
			add_run(&p, middle, high);
			high = middle;
		} else {
			add_run(&p, low, middle);
			low = middle;
		}
	}
	turn_around(out);
	return p.err;
}

/* RFC 9162 §2.1.4.1, from the root down. */
enum err consistency_prove(struct merkle_proof *out, struct log *l, uint64_t older, uint64_t newer,
			   struct fault *f)
{
	struct prover p = { .log = l, .fault = f, .proof = out };
	uint64_t low = 0, high = newer, length = log_length(l);

	out->count = 0;
	if (older > newer || newer > length)
		return fault(f, ERR_INPUT, "proof.no-such-size", older, newer, length);
	if (older == 0 || older == newer)
		return OK;
	while (!p.err && older != high) {
		uint64_t middle = low + split(high - low);

		if (older <= middle) {
			add_run(&p, middle, high);
			high = middle;
		} else {
			add_run(&p, low, middle);
			low = middle;
		}
	}
	/* Where the older tree is a subtree of the newer, its root is known. */
	if (!p.err && low > 0)
		add_run(&p, low, high);
	turn_around(out);
	return p.err;
}

/* --- verify -------------------------------------------------------------------------------- */

static bool hash_same(const struct hash *a, const struct hash *b)
{
	return memcmp(a->at, b->at, HASH_SIZE) == 0;
}

/* RFC 9162 §2.1.3.2 */
bool inclusion_holds(const struct merkle_proof *p, const struct hash *leaf, uint64_t seq,
		     uint64_t size, const struct hash *root)
{
	struct hash sum = *leaf;
	uint64_t at = seq, last = size - 1;

	if (seq >= size || p->count > PROOF_HASHES_MAX)
		return false;
	for (size_t i = 0; i < p->count; i++) {
		if (last == 0)
			return false;
		if ((at & 1) || at == last) {
			log_node(&sum, &p->at[i], &sum);
			while (at && !(at & 1)) {
				at >>= 1;
				last >>= 1;
			}
		} else {
			log_node(&sum, &sum, &p->at[i]);
		}
		at >>= 1;
		last >>= 1;
	}
	return last == 0 && hash_same(&sum, root);
}

/* RFC 9162 §2.1.4.2, for 0 < older < newer. */
static bool extends(const struct merkle_proof *p, uint64_t older, uint64_t newer,
		    const struct hash *older_root, const struct hash *newer_root)
{
	uint64_t at = older - 1, last = newer - 1;
	bool subtree = (older & (older - 1)) == 0;
	struct hash old_sum, new_sum;
	size_t i = 0;

	if (p->count == 0 || p->count > PROOF_HASHES_MAX)
		return false;
	old_sum = subtree ? *older_root : p->at[i++];
	new_sum = old_sum;
	while (at & 1) {
		at >>= 1;
		last >>= 1;
	}
	for (; i < p->count; i++) {
		if (last == 0)
			return false;
		if ((at & 1) || at == last) {
			log_node(&old_sum, &p->at[i], &old_sum);
			log_node(&new_sum, &p->at[i], &new_sum);
			while (at && !(at & 1)) {
				at >>= 1;
				last >>= 1;
			}
		} else {
			log_node(&new_sum, &new_sum, &p->at[i]);
		}
		at >>= 1;
		last >>= 1;
	}
	return last == 0 && hash_same(&old_sum, older_root) && hash_same(&new_sum, newer_root);
}

bool consistency_holds(const struct merkle_proof *p, uint64_t older, uint64_t newer,
		       const struct hash *older_root, const struct hash *newer_root)
{
	struct hash nothing = sha256_of((struct bytes){ NULL, 0 });

	/* A tree of no leaf has one root, and every tree extends it. */
	if (older > newer || (older == 0 && !hash_same(older_root, &nothing)))
		return false;
	if (older == newer)
		return p->count == 0 && hash_same(older_root, newer_root);
	if (older == 0)
		return p->count == 0;
	return extends(p, older, newer, older_root, newer_root);
}
