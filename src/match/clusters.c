/* Clusters. */
#include "match/clusters.h"

#include <math.h>
#include <stdlib.h>

#include "match/meeting.h"

#define PAIR_MOST 8.0f	  /* bits of one pair, for or against */
#define NEVER_MET (-2.0f) /* bits of a pair that was no candidate */
#define CLUSTER_MAX 200

struct clustering {
	const struct records *records;
	struct scored *pairs;
	size_t count;
	uint32_t *of;	 /* the least record of its cluster */
	uint32_t *next;	 /* the next record of its cluster, UINT32_MAX: the last */
	uint32_t *sizes; /* of the cluster of its least record */
	size_t *starts;	 /* pairs by their first record */
};

static float bits_of(const struct clustering *c, uint32_t a, uint32_t b)
{
	uint32_t low = a < b ? a : b, high = a < b ? b : a;
	size_t from = c->starts[low], to = c->starts[low + 1];

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (c->pairs[mid].b < high)
			from = mid + 1;
		else
			to = mid;
	}
	if (from == c->starts[low + 1] || c->pairs[from].b != high)
		return NEVER_MET;
	if (c->pairs[from].bits > PAIR_MOST)
		return PAIR_MOST;
	return c->pairs[from].bits < -PAIR_MOST ? -PAIR_MOST : c->pairs[from].bits;
}

static bool are_one(const struct clustering *c, uint32_t x, uint32_t y)
{
	float sum = 0;

	if (c->sizes[x] + c->sizes[y] > CLUSTER_MAX)
		return false;
	for (uint32_t a = x; a != UINT32_MAX; a = c->next[a])
		for (uint32_t b = y; b != UINT32_MAX; b = c->next[b]) {
			if (!pair_is_possible(c->records, a, b) &&
			    c->records->second == c->records->count)
				return false;
			sum += bits_of(c, a, b);
		}
	return sum > 0;
}

static void join(struct clustering *c, uint32_t x, uint32_t y)
{
	uint32_t low = x < y ? x : y, high = x < y ? y : x, last = low;

	for (uint32_t a = high; a != UINT32_MAX; a = c->next[a])
		c->of[a] = low;
	while (c->next[last] != UINT32_MAX)
		last = c->next[last];
	c->next[last] = high;
	c->sizes[low] += c->sizes[high];
}

struct order {
	float bits;
	uint32_t pair;
};

static int by_bits(const void *a, const void *b)
{
	const struct order *x = a, *y = b;

	if (x->bits != y->bits)
		return x->bits < y->bits ? 1 : -1;
	return x->pair < y->pair ? -1 : x->pair > y->pair;
}

static void take_all(struct clustering *c, struct order *order)
{
	size_t count = 0;

	for (size_t i = 0; i < c->count; i++)
		if (c->pairs[i].bits > 0)
			order[count++] = (struct order){ c->pairs[i].bits, (uint32_t)i };
	qsort(order, count, sizeof(*order), by_bits);
	for (size_t i = 0; i < count; i++) {
		const struct scored *p = &c->pairs[order[i].pair];
		uint32_t x = c->of[p->a], y = c->of[p->b];

		if (x != y && are_one(c, x, y))
			join(c, x, y);
	}
}

/*
 * What a third record says of two: with x and y the bits of each against the third, either
 * all three are one person, or one pair of them is, or none.
 */
static float third_bits(float x, float y)
{
	return (float)log2((exp2((double)x + (double)y) + 1) /
			   (exp2((double)x) + exp2((double)y) + 1));
}

/*
 * The best of the thirds, and no more than makes the pair as sure as one pair can be.  A
 * pair that is so already needs none, so that equal rows by the thousand are little work.
 */
static float best_third(const struct clustering *c, const struct scored *p)
{
	float best = 0, room = PAIR_MOST - p->bits;

	if (c->of[p->a] != c->of[p->b] || room <= 0)
		return 0;
	for (uint32_t i = c->of[p->a]; i != UINT32_MAX; i = c->next[i])
		if (i != p->a && i != p->b)
			best = fmaxf(best, third_bits(bits_of(c, p->a, i), bits_of(c, p->b, i)));
	return best < room ? best : room;
}

static void ask_thirds(const struct clustering *c, float *thirds)
{
	for (size_t i = 0; i < c->count; i++)
		thirds[i] = best_third(c, &c->pairs[i]);
	/* Only then, or one third would speak through another. */
	for (size_t i = 0; i < c->count; i++)
		c->pairs[i].bits += thirds[i];
}

enum err clusters_make(uint32_t *out, float *thirds, struct scored *pairs, size_t count,
		       const struct records *r, struct fault *f)
{
	struct clustering c = { .records = r, .pairs = pairs, .count = count, .of = out };
	struct order *order = malloc((count + 1) * sizeof(*order));
	enum err e = OK;

	c.next = malloc((r->count + 1) * sizeof(*c.next));
	c.sizes = malloc((r->count + 1) * sizeof(*c.sizes));
	c.starts = calloc(r->count + 2, sizeof(*c.starts));
	if (!order || !c.next || !c.sizes || !c.starts) {
		e = fault(f, ERR_MEMORY, "memory.none");
		goto out;
	}
	for (uint32_t i = 0; i < r->count; i++) {
		out[i] = i;
		c.next[i] = UINT32_MAX;
		c.sizes[i] = 1;
	}
	for (size_t i = 0; i < count; i++)
		c.starts[pairs[i].a + 1]++;
	for (uint32_t i = 0; i < r->count; i++)
		c.starts[i + 1] += c.starts[i];
	take_all(&c, order);
	ask_thirds(&c, thirds);
out:
	free(order);
	free(c.next);
	free(c.sizes);
	free(c.starts);
	return e;
}
