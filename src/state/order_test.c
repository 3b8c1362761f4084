/* The order of the fold and the pasts, against the words that define them. */
#include "base/prop.h"
#include "state/order.h"

#define NODES_MAX 220

struct history {
	struct node nodes[NODES_MAX];
	uint32_t heads[NODES_MAX][4];
	uint32_t count;
	bool before[NODES_MAX][NODES_MAX]; /* [a][b]: b lies in the past of a */
};

/*
 * Nodes stand by ref, so a history is dealt in any order of indexes: `age` says in
 * which they were recorded.  Some name nodes far back, some wait for ever.
 */
static void deal(struct prop *p, struct history *h)
{
	uint32_t age[NODES_MAX];

	h->count = (uint32_t)prop_uint(p, 0, NODES_MAX);
	for (uint32_t i = 0; i < h->count; i++) {
		uint32_t other = (uint32_t)prop_pick(p, i + 1);

		age[i] = age[other];
		age[other] = i;
	}
	for (uint32_t n = 0; n < h->count; n++) {
		struct node *node = &h->nodes[age[n]];

		*node = (struct node){ .heads = h->heads[age[n]] };
		node->lost = prop_pick(p, 40) == 1;
		for (size_t i = prop_pick(p, 4); n && i > 0; i--) {
			uint32_t back = (uint32_t)prop_pick(p, prop_bool(p) && n > 6 ? 6 : n) + 1;
			uint32_t head = age[n - back];

			h->heads[age[n]][node->head_count++] = head;
			h->before[age[n]][head] = true;
			for (uint32_t b = 0; b < h->count; b++)
				h->before[age[n]][b] |= h->before[head][b];
		}
	}
}

static bool is_ready(const struct history *h, const bool *placed, uint32_t node)
{
	if (placed[node] || h->nodes[node].lost)
		return false;
	for (uint32_t i = 0; i < h->nodes[node].head_count; i++)
		if (!placed[h->nodes[node].heads[i]])
			return false;
	return true;
}

static void the_order_is_as_defined(struct prop *p)
{
	struct history *h = arena_take(p->arena, sizeof(*h));
	bool placed[NODES_MAX] = { false };
	struct order o;
	uint32_t count = 0;

	deal(p, h);
	CHECK(order_make(&o, p->arena, h->nodes, h->count));
	for (uint32_t node = 0; node < h->count;) {
		if (!is_ready(h, placed, node)) {
			node++;
			continue;
		}
		CHECK(count < o.placed);
		CHECK_INT(o.at[count], node);
		CHECK_INT(o.position[node], count);
		placed[node] = true;
		count++;
		node = 0; /* always the least that is ready */
	}
	CHECK_INT(o.placed, count);
	for (uint32_t k = 0; k < count; k++)
		for (uint32_t n = 0; n < count; n++)
			CHECK_INT(past_has(&o.pasts[k], n), h->before[o.at[k]][o.at[n]]);
	for (uint32_t k = count; k < h->count; k++)
		CHECK_INT(o.position[o.at[k]], POSITION_NONE);
}
PROP_FUZZ(11, the_order_is_as_defined)

TEST(always_the_least_that_is_ready_comes_next_and_pasts_are_what_leads_there)
{
	prop_run(the_order_is_as_defined, 400, 1);
}

TEST(one_site_alone_needs_no_bits)
{
	struct node nodes[1000];
	uint32_t heads[1000];
	struct arena *a;
	struct order o;

	CHECK_INT(arena_new(&a, 1 << 20), OK);
	for (uint32_t i = 0; i < COUNT_OF(nodes); i++) {
		heads[i] = i - (i > 0);
		nodes[i] = (struct node){ .heads = &heads[i], .head_count = i > 0 };
	}
	CHECK(order_make(&o, a, nodes, COUNT_OF(nodes)));
	for (uint32_t i = 0; i < COUNT_OF(nodes); i++)
		CHECK(o.pasts[i].full == i && !o.pasts[i].bits);
	arena_free(a);
}

RUN_TESTS()
