/*
 * Kahn's algorithm with a heap of what is ready.  Facts on a cycle, which an honest
 * site cannot write, are never ready and wait for ever.
 *
 * The bits of pasts are limited.  Beyond the limit a fact counts as knowing nothing:
 * so it lifts nothing, which is the safe side, and is the same at every site.
 */
#include "state/order.h"

#define PAST_WORDS_MAX ((size_t)8 << 20)

/* --- the least of what is ready: a binary heap of node indexes ---------------- */

struct ready {
	uint32_t *at;
	uint32_t count;
};

static void push(struct ready *r, uint32_t v)
{
	uint32_t i = r->count++;

	for (; i && r->at[(i - 1) / 2] > v; i = (i - 1) / 2)
		r->at[i] = r->at[(i - 1) / 2];
	r->at[i] = v;
}

static uint32_t pop(struct ready *r)
{
	uint32_t least = r->at[0], v = r->at[--r->count], i = 0;

	for (;;) {
		uint32_t child = 2 * i + 1;

		if (child + 1 < r->count && r->at[child + 1] < r->at[child])
			child++;
		if (child >= r->count || r->at[child] >= v)
			break;
		r->at[i] = r->at[child];
		i = child;
	}
	r->at[i] = v;
	return least;
}

/* --- who names whom ----------------------------------------------------------- */

struct naming {
	uint32_t *first; /* of node i: namers[first[i] … first[i + 1] - 1] */
	uint32_t *namers;
	uint32_t *missing; /* heads of node i not placed yet */
};

static bool find_namers(struct naming *n, struct arena *a, const struct node *nodes, uint32_t count)
{
	size_t total = 0;

	n->first = arena_take_array(a, (size_t)count + 2, sizeof(uint32_t));
	n->missing = arena_take_array(a, (size_t)count + 1, sizeof(uint32_t));
	for (uint32_t i = 0; i < count; i++)
		total += nodes[i].head_count;
	n->namers = arena_take_array(a, total + 1, sizeof(uint32_t));
	if (!n->first || !n->missing || !n->namers || total >= UINT32_MAX)
		return false;
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t h = 0; h < nodes[i].head_count; h++)
			n->first[nodes[i].heads[h] + 2]++;
	for (uint32_t i = 2; i <= count; i++)
		n->first[i] += n->first[i - 1];
	for (uint32_t i = 0; i < count; i++) {
		n->missing[i] = nodes[i].head_count;
		for (uint32_t h = 0; h < nodes[i].head_count; h++)
			n->namers[n->first[nodes[i].heads[h] + 1]++] = i;
	}
	return true;
}

/* --- pasts -------------------------------------------------------------------- */

/*
 * The union of the pasts of what `n` names, and those themselves.  Bits of positions
 * before `full` stand for nothing.
 */
static bool find_past(struct order *o, struct arena *a, const struct node *n, struct past *p,
		      size_t *words_left)
{
	size_t words;

	*p = (struct past){ 0 };
	for (uint32_t h = 0; h < n->head_count; h++) {
		uint32_t at = o->position[n->heads[h]];
		uint32_t full = o->pasts[at].full + (o->pasts[at].full == at);

		p->full = full > p->full ? full : p->full;
		p->end = at + 1 > p->end ? at + 1 : p->end;
	}
	if (p->full >= p->end)
		return true;
	p->base = p->full / 64;
	words = (p->end + 63) / 64 - p->base;
	if (words > *words_left) {
		*p = (struct past){ 0 };
		return true;
	}
	*words_left -= words;
	if (!(p->bits = arena_take_array(a, words, sizeof(uint64_t))))
		return false;
	for (uint32_t h = 0; h < n->head_count; h++) {
		uint32_t at = o->position[n->heads[h]];
		const struct past *named = &o->pasts[at];

		for (uint32_t w = p->base; named->full < named->end && w < (named->end + 63) / 64;
		     w++)
			if (w >= named->base)
				p->bits[w - p->base] |= named->bits[w - named->base];
		if (at >= p->base * 64)
			p->bits[at / 64 - p->base] |= (uint64_t)1 << at % 64;
	}
	while (past_has(p, p->full))
		p->full++;
	return true;
}

/* --- the order ---------------------------------------------------------------- */

static bool place(struct order *o, struct arena *a, const struct node *nodes, uint32_t node,
		  size_t *words_left)
{
	o->at[o->placed] = node;
	o->position[node] = o->placed;
	return find_past(o, a, &nodes[node], &o->pasts[o->placed++], words_left);
}

bool order_make(struct order *o, struct arena *a, const struct node *nodes, uint32_t count)
{
	struct ready ready = { .at = arena_take_array(a, (size_t)count + 1, sizeof(uint32_t)) };
	size_t words_left = PAST_WORDS_MAX;
	struct naming n;
	uint32_t last;

	*o = (struct order){
		.at = arena_take_array(a, (size_t)count + 1, sizeof(uint32_t)),
		.position = arena_take_array(a, (size_t)count + 1, sizeof(uint32_t)),
		.pasts = arena_take_array(a, (size_t)count + 1, sizeof(struct past)),
	};
	if (!ready.at || !o->at || !o->position || !o->pasts || !find_namers(&n, a, nodes, count))
		return false;
	for (uint32_t i = 0; i < count; i++) {
		o->position[i] = POSITION_NONE;
		if (!n.missing[i] && !nodes[i].lost)
			push(&ready, i);
	}
	while (ready.count) {
		uint32_t node = pop(&ready);

		if (!place(o, a, nodes, node, &words_left))
			return false;
		for (uint32_t i = n.first[node]; i < n.first[node + 1]; i++)
			if (!--n.missing[n.namers[i]] && !nodes[n.namers[i]].lost)
				push(&ready, n.namers[i]);
	}
	last = o->placed;
	for (uint32_t i = 0; i < count; i++)
		if (o->position[i] == POSITION_NONE)
			o->at[last++] = i;
	return true;
}
