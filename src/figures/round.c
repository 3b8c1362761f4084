/*
 * round: additive, unbiased rounding to base 5, from the root of a table down.
 *
 *     the root, true n = 5q + r:  5q + 5 with the chance r/5, else 5q
 *     a node published as M, its children n_i = 5 q_i + r_i, S the sum of the r_i:
 *         ups = (M - 5 sum of q_i) / 5 of the children go up: floor(S/5) or ceil(S/5)
 *         which, is drawn by systematic sampling: the children lie one behind the other
 *         on a line, each as long as its r_i/5, in a random order; marks stand at
 *         u, u + 1, u + 2, …; a child goes up where a mark lies on its piece
 *
 *          ├─ r=4 ──────┼─ r=2 ─┼─ r=3 ────┤        S/5 = 1.8
 *             ↑ u                  ↑ u + 1
 *
 * (Madow 1949; unbiased controlled rounding: Cox 1987.)  The parent's own draw has
 * already said whether floor or ceil: u is drawn from the part of [0, 1) that gives that
 * many marks, [0, f) for ceil and [f, 1) for floor, f the fraction of S/5.  So that
 * parent and children together are as if u had been drawn from the whole.
 *
 * All is done in units of 1/5, in integers.  A mark at u hits the piece from lo to hi
 * where lo <= u < hi; lo and hi are whole units, so of u only the whole units matter.  A
 * draw is 53 bits of HMAC-SHA-256: its product with at most 5 fits 64 bits, and the
 * shift that follows loses nothing.
 */
#include "figures/figures.h"

#include <assert.h>
#include <nettle/hmac.h>
#include <stdlib.h>

#define DRAW_BITS 53

/* A child that may go up, and its place on the line. */
struct piece {
	struct hash order;
	size_t node;
};

struct rounding {
	struct hmac_sha256_ctx begun; /* key, release and event are in it */
	const struct count_node *nodes;
	size_t count;
	uint64_t *published;
	struct piece *pieces;
};

/* Its size first: "ab" "c" and "a" "bc" are two messages. */
static void add(struct hmac_sha256_ctx *h, struct text t)
{
	uint8_t size[4] = { (uint8_t)t.size, (uint8_t)(t.size >> 8), (uint8_t)(t.size >> 16),
			    (uint8_t)(t.size >> 24) };

	hmac_sha256_update(h, sizeof(size), size);
	if (t.size)
		hmac_sha256_update(h, t.size, (const uint8_t *)t.at);
}

/* From the root down, which itself has no name. */
static void add_path(struct hmac_sha256_ctx *h, const struct count_node *nodes, size_t node)
{
	size_t way[ROUND_DEPTH_MAX], depth = 0;

	for (; node; node = nodes[node].parent) {
		assert(depth < ROUND_DEPTH_MAX);
		way[depth++] = node;
	}
	while (depth--) {
		add(h, nodes[way[depth]].division);
		add(h, nodes[way[depth]].code);
	}
}

static struct hash chance(const struct rounding *r, size_t node, struct text label,
			  struct text division)
{
	struct hmac_sha256_ctx h = r->begun;
	struct hash out;

	add_path(&h, r->nodes, node);
	add(&h, label);
	add(&h, division);
	hmac_sha256_digest(&h, HASH_SIZE, out.at);
	explicit_bzero(&h, sizeof(h));
	return out;
}

/* One of 0 … units - 1, all alike. */
static unsigned draw_unit(const struct hash *h, unsigned units)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < 8; i++)
		bits = bits << 8 | h->at[i];
	return (unsigned)((bits >> (64 - DRAW_BITS)) * units >> DRAW_BITS);
}

static unsigned rest_of(uint64_t count)
{
	return (unsigned)(count % ROUND_BASE);
}

static void round_root(const struct rounding *r)
{
	uint64_t n = r->nodes[0].count;
	struct hash h = chance(r, 0, TEXT("root"), TEXT(""));

	r->published[0] = n - rest_of(n);
	if (draw_unit(&h, ROUND_BASE) < rest_of(n))
		r->published[0] += ROUND_BASE;
}

static int by_order(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;
	int way = memcmp(x->order.at, y->order.at, HASH_SIZE);

	return way ? way : (x->node > y->node) - (x->node < y->node);
}

/* Marks at u, u + 5, …: how many lie before `end`. */
static uint64_t marks_before(uint64_t end, unsigned u)
{
	return (end + ROUND_BASE - 1 - u) / ROUND_BASE;
}

/* Where the first mark stands, given whether this family got the one more. */
static unsigned first_mark(const struct rounding *r, size_t first, unsigned fraction, bool more)
{
	const struct count_node *child = &r->nodes[first];
	struct hash h = chance(r, child->parent, TEXT("sys"), child->division);

	assert(fraction || !more);
	return more ? draw_unit(&h, fraction) : fraction + draw_unit(&h, ROUND_BASE - fraction);
}

/* The children that have a rest, in their order; of a child without one the place on the
 * line is a point, which no mark hits. */
static size_t lay_out(const struct rounding *r, size_t first, size_t end)
{
	size_t count = 0;

	for (size_t i = first; i < end; i++) {
		if (!rest_of(r->nodes[i].count))
			continue;
		r->pieces[count++] = (struct piece){ chance(r, i, TEXT("order"), TEXT("")), i };
	}
	qsort(r->pieces, count, sizeof(*r->pieces), by_order);
	return count;
}

static void round_family(const struct rounding *r, size_t first, size_t end)
{
	uint64_t published = r->published[r->nodes[first].parent];
	uint64_t floors = 0, rests = 0, line = 0, ups;
	size_t count;
	unsigned u;

	for (size_t i = first; i < end; i++) {
		r->published[i] = r->nodes[i].count - rest_of(r->nodes[i].count);
		floors += r->published[i];
		rests += rest_of(r->nodes[i].count);
	}
	assert(floors + rests == r->nodes[r->nodes[first].parent].count);
	ups = (published - floors) / ROUND_BASE;
	if (!ups)
		return;
	u = first_mark(r, first, rest_of(rests), ups > rests / ROUND_BASE);
	count = lay_out(r, first, end);
	for (size_t i = 0; i < count; i++) {
		size_t node = r->pieces[i].node;
		uint64_t from = line;

		line += rest_of(r->nodes[node].count);
		if (marks_before(line, u) > marks_before(from, u))
			r->published[node] += ROUND_BASE;
	}
	assert(marks_before(rests, u) == ups);
}

static bool same_family(const struct count_node *a, const struct count_node *b)
{
	return a->parent == b->parent && text_same(a->division, b->division);
}

static void begin(struct rounding *r, const struct round_draw *draw)
{
	assert(draw->key.size == ROUND_KEY_SIZE);
	hmac_sha256_set_key(&r->begun, draw->key.size, draw->key.at);
	add(&r->begun, draw->release);
	add(&r->begun, draw->event);
}

enum err round_table(uint64_t *published, const struct round_draw *draw,
		     const struct count_node *nodes, size_t count, struct arena *scratch,
		     struct fault *f)
{
	struct rounding r = { .nodes = nodes, .count = count, .published = published };

	r.pieces = arena_take_array(scratch, count, sizeof(*r.pieces));
	if (!r.pieces)
		return fault(f, ERR_MEMORY, "figures.no-memory");
	begin(&r, draw);
	round_root(&r);
	for (size_t first = 1, end; first < count; first = end) {
		assert(nodes[first].parent < first);
		for (end = first + 1; end < count && same_family(&nodes[first], &nodes[end]);)
			end++;
		round_family(&r, first, end);
	}
	explicit_bzero(&r.begun, sizeof(r.begun));
	return OK;
}
