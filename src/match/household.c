/* Household evidence. */
#include "match/household.h"

#include <math.h>
#include <stdlib.h>

#define ROUNDS 3
#define RIVALS_MOST 12.0f
#define SUPPORT_MOST 10.0f
#define AGAINST_MOST 6.0f /* households part, and people marry into others */
#define PRIOR_PAIRS 20.0

/*
 * Levels: 0 where a household is not known, ALONE where one of the two has no other member;
 * then, for one, two, and more others who could go together, five steps of how many do.
 */
#define ALONE 1
#define SUPPORTED 2
#define OTHERS_MOST 3
#define STEPS 5
#define SUPPORT_LEVELS (SUPPORTED + OTHERS_MOST * STEPS)

/* A pair, by the two households. */
struct member_pair {
	uint64_t households;
	uint32_t pair;
};

struct weighing {
	const struct records *records;
	struct scored *pairs;
	struct household_bits *out;
	float *alone; /* bits without households */
	uint8_t *level;
	struct member_pair *by_household;
	size_t count, member_pairs;
	uint32_t *sizes; /* members of each household, of each list */
};

static uint32_t household_of(const struct records *r, uint32_t record)
{
	uint32_t h = r->households[record];

	return h ? h * 2 + (record >= r->second) : 0;
}

static int by_households(const void *a, const void *b)
{
	const struct member_pair *x = a, *y = b;

	if (x->households != y->households)
		return x->households < y->households ? -1 : 1;
	return x->pair < y->pair ? -1 : x->pair > y->pair;
}

static void gather(struct weighing *w)
{
	const struct records *r = w->records;

	for (uint32_t i = 0; i < r->count; i++)
		w->sizes[household_of(r, i)]++;
	for (size_t i = 0; i < w->count; i++) {
		uint64_t a = household_of(r, w->pairs[i].a), b = household_of(r, w->pairs[i].b);

		w->alone[i] = w->pairs[i].bits;
		if (!a || !b)
			continue;
		w->by_household[w->member_pairs++] =
			(struct member_pair){ a < b ? a << 32 | b : b << 32 | a, (uint32_t)i };
	}
	qsort(w->by_household, w->member_pairs, sizeof(*w->by_household), by_households);
}

static bool shares_a_person(const struct scored *x, const struct scored *y)
{
	return x->a == y->a || x->b == y->b || x->a == y->b || x->b == y->a;
}

/* What the others of the two households support pair `own` with. */
static double support_of(const struct weighing *w, const struct member_pair *group, size_t count,
			 size_t own)
{
	const struct scored *it = &w->pairs[group[own].pair];
	bool taken[64] = { false };
	double sum = 0;

	for (;;) {
		size_t best = SIZE_MAX;

		for (size_t i = 0; i < count; i++)
			if (i != own && !taken[i] &&
			    !shares_a_person(&w->pairs[group[i].pair], it) &&
			    (best == SIZE_MAX ||
			     w->pairs[group[i].pair].bits > w->pairs[group[best].pair].bits))
				best = i;
		if (best == SIZE_MAX)
			return sum;
		sum += probability_of(w->pairs[group[best].pair].bits);
		for (size_t i = 0; i < count; i++)
			taken[i] = taken[i] || shares_a_person(&w->pairs[group[i].pair],
							       &w->pairs[group[best].pair]);
	}
}

/* How many besides a pair could go together. */
static unsigned others_of(const struct weighing *w, uint64_t households)
{
	uint32_t a = w->sizes[households >> 32], b = w->sizes[(uint32_t)households];

	return (a < b ? a : b) - 1;
}

static unsigned support_level(unsigned others, double sum)
{
	static const double steps[STEPS - 1] = { 0.02, 0.2, 0.7, 1.4 };
	unsigned step = 0;

	if (!others)
		return ALONE;
	while (step < COUNT_OF(steps) && sum >= steps[step])
		step++;
	return SUPPORTED + ((others < OTHERS_MOST ? others : OTHERS_MOST) - 1) * STEPS + step;
}

/* Others of the two households that one of the two would rather be. */
static float rivals_of(const struct weighing *w, const struct member_pair *group, size_t count,
		       size_t own)
{
	const struct scored *it = &w->pairs[group[own].pair];
	double sum = 0;
	float bits;

	for (size_t i = 0; i < count; i++)
		if (i != own && shares_a_person(&w->pairs[group[i].pair], it))
			sum += exp2(fminf(w->alone[group[i].pair], 40));
	bits = (float)log2(1 + sum);
	return bits > RIVALS_MOST ? -RIVALS_MOST : -bits;
}

#define GROUP_MAX 64

static void weigh_groups(struct weighing *w)
{
	for (size_t from = 0, to; from < w->member_pairs; from = to) {
		const struct member_pair *group = w->by_household + from;
		unsigned others = others_of(w, group->households);
		size_t count;

		for (to = from;
		     to < w->member_pairs && w->by_household[to].households == group->households;)
			to++;
		count = to - from < GROUP_MAX ? to - from : GROUP_MAX;
		for (size_t i = 0; i < count; i++) {
			w->level[group[i].pair] =
				(uint8_t)support_level(others, support_of(w, group, count, i));
			w->out[group[i].pair].rivals = rivals_of(w, group, count, i);
		}
	}
}

/* Before anything is learned: one of four stands alone, and so on for each number of others. */
static double known_level(const double steps[STEPS], unsigned level)
{
	double share = 1.0 / (1 + OTHERS_MOST);

	return level == ALONE ? share : share * steps[(level - SUPPORTED) % STEPS];
}

/* What each level is worth; that more go together never less. */
static void learn_levels(const struct weighing *w, float bits[SUPPORT_LEVELS])
{
	static const double known_m[STEPS] = { 0.4, 0.1, 0.1, 0.2, 0.2 };
	static const double known_u[STEPS] = { 0.9, 0.05, 0.02, 0.02, 0.01 };
	double m[SUPPORT_LEVELS], u[SUPPORT_LEVELS];
	double all_m = PRIOR_PAIRS, all_u = PRIOR_PAIRS;

	for (unsigned l = 1; l < SUPPORT_LEVELS; l++) {
		m[l] = PRIOR_PAIRS * known_level(known_m, l);
		u[l] = PRIOR_PAIRS * known_level(known_u, l);
	}
	for (size_t i = 0; i < w->count; i++) {
		double p = probability_of(w->pairs[i].bits);

		if (!w->level[i])
			continue;
		m[w->level[i]] += p;
		all_m += p;
		u[w->level[i]] += 1 - p;
		all_u += 1 - p;
	}
	bits[0] = 0;
	for (unsigned l = 1; l < SUPPORT_LEVELS; l++) {
		bits[l] = (float)log2(m[l] / all_m / (u[l] / all_u));
		if (l > SUPPORTED && (l - SUPPORTED) % STEPS && bits[l] < bits[l - 1])
			bits[l] = bits[l - 1];
		bits[l] = fmaxf(-AGAINST_MOST, fminf(bits[l], SUPPORT_MOST));
	}
}

static void weigh(struct weighing *w)
{
	float bits[SUPPORT_LEVELS];

	for (unsigned round = 0; round < ROUNDS; round++) {
		weigh_groups(w);
		learn_levels(w, bits);
		for (size_t i = 0; i < w->count; i++) {
			w->out[i].support = bits[w->level[i]];
			w->pairs[i].bits = w->alone[i] + w->out[i].support + w->out[i].rivals;
		}
	}
}

enum err households_weigh(struct household_bits *out, struct scored *pairs, size_t count,
			  const struct records *r, struct fault *f)
{
	struct weighing w = { .records = r, .pairs = pairs, .out = out, .count = count };
	enum err e = OK;

	w.alone = calloc(count + 1, sizeof(*w.alone));
	w.level = calloc(count + 1, sizeof(*w.level));
	w.by_household = calloc(count + 1, sizeof(*w.by_household));
	w.sizes = calloc((size_t)r->household_names.count * 2 + 4, sizeof(*w.sizes));
	if (!w.alone || !w.level || !w.by_household || !w.sizes) {
		e = fault(f, ERR_MEMORY, "memory.none");
	} else {
		gather(&w);
		if (w.member_pairs)
			weigh(&w);
	}
	free(w.alone);
	free(w.level);
	free(w.by_household);
	free(w.sizes);
	return e;
}
