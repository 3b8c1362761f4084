/* Household evidence. */
#include "match/household.h"

#include <math.h>
#include <stdlib.h>

#define ROUNDS 3
#define GROUP_MAX 64 /* pairs of two households; more are not looked at */
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

/* A pair of which both households are known: all that is asked of it lies together. */
struct member_pair {
	uint64_t households;
	uint32_t pair, a, b;
	float alone, bits; /* without households, and with what they say until now */
	float rivals;
	uint8_t level;
};

struct weighing {
	const struct records *records;
	struct member_pair *pairs; /* by households */
	size_t count;
	uint32_t *sizes; /* members of each household, of each list */
};

static int by_households(const void *a, const void *b)
{
	const struct member_pair *x = a, *y = b;

	if (x->households != y->households)
		return x->households < y->households ? -1 : 1;
	return x->pair < y->pair ? -1 : x->pair > y->pair;
}

static void gather(struct weighing *w, const struct scored *pairs, size_t count)
{
	const struct records *r = w->records;

	for (uint32_t i = 0; i < r->count; i++)
		w->sizes[household_of(r, i)]++;
	for (size_t i = 0; i < count; i++) {
		const struct scored *p = &pairs[i];
		uint64_t households = both_households(r, p->a, p->b);

		if (!households)
			continue;
		w->pairs[w->count++] = (struct member_pair){
			.households = households,
			.pair = (uint32_t)i,
			.a = p->a,
			.b = p->b,
			.alone = p->bits,
			.bits = p->bits,
		};
	}
	qsort(w->pairs, w->count, sizeof(*w->pairs), by_households);
}

static bool shares_a_person(const struct member_pair *x, const struct member_pair *y)
{
	return x->a == y->a || x->b == y->b || x->a == y->b || x->b == y->a;
}

/* The best of those that are not taken; NULL: there is none. */
static const struct member_pair *best_of(const struct member_pair *group, size_t count,
					 const bool taken[GROUP_MAX])
{
	const struct member_pair *best = NULL;

	for (size_t i = 0; i < count; i++)
		if (!taken[i] && (!best || group[i].bits > best->bits))
			best = &group[i];
	return best;
}

/* Pairs of a group that cannot be beside this one. */
static void take(bool taken[GROUP_MAX], const struct member_pair *group, size_t count,
		 const struct member_pair *it)
{
	for (size_t i = 0; i < count; i++)
		taken[i] |= shares_a_person(&group[i], it);
}

/* What the others of the two households support pair `it` with. */
static double support_of(const struct member_pair *group, size_t count,
			 const struct member_pair *it)
{
	const struct member_pair *best;
	bool taken[GROUP_MAX] = { false };
	double sum = 0;

	take(taken, group, count, it);
	while ((best = best_of(group, count, taken))) {
		sum += probability_of(best->bits);
		take(taken, group, count, best);
	}
	return sum;
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
static float rivals_of(const struct member_pair *group, size_t count, const struct member_pair *it)
{
	double sum = 0;
	float bits;

	for (size_t i = 0; i < count; i++)
		if (&group[i] != it && shares_a_person(&group[i], it))
			sum += exp2(fminf(group[i].alone, 40));
	bits = (float)log2(1 + sum);
	return bits > RIVALS_MOST ? -RIVALS_MOST : -bits;
}

/* Have `look` done with each group of pairs of two households. */
static void each_group(struct weighing *w, void (*look)(const struct weighing *w,
							struct member_pair *group, size_t count))
{
	for (size_t from = 0, to; from < w->count; from = to) {
		struct member_pair *group = w->pairs + from;

		for (to = from; to < w->count && w->pairs[to].households == group->households;)
			to++;
		look(w, group, to - from < GROUP_MAX ? to - from : GROUP_MAX);
	}
}

static void find_rivals(const struct weighing *w, struct member_pair *group, size_t count)
{
	(void)w;
	for (size_t i = 0; i < count; i++)
		group[i].rivals = rivals_of(group, count, &group[i]);
}

static void find_support(const struct weighing *w, struct member_pair *group, size_t count)
{
	unsigned others = others_of(w, group->households);

	for (size_t i = 0; i < count; i++)
		group[i].level =
			(uint8_t)support_level(others, support_of(group, count, &group[i]));
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
		const struct member_pair *it = &w->pairs[i];
		double p = probability_of(it->bits);

		if (!it->level)
			continue;
		m[it->level] += p;
		all_m += p;
		u[it->level] += 1 - p;
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

static void weigh(struct weighing *w, float bits[SUPPORT_LEVELS])
{
	each_group(w, find_rivals);
	for (unsigned round = 0; round < ROUNDS; round++) {
		each_group(w, find_support);
		learn_levels(w, bits);
		for (size_t i = 0; i < w->count; i++) {
			struct member_pair *it = &w->pairs[i];

			it->bits = it->alone + bits[it->level] + it->rivals;
		}
	}
}

static void give(const struct weighing *w, const float bits[SUPPORT_LEVELS],
		 struct household_bits *out, struct scored *pairs)
{
	for (size_t i = 0; i < w->count; i++) {
		const struct member_pair *it = &w->pairs[i];

		out[it->pair] = (struct household_bits){ bits[it->level], it->rivals };
		pairs[it->pair].bits = it->bits;
	}
}

enum err households_weigh(struct household_bits *out, struct scored *pairs, size_t count,
			  const struct records *r, struct fault *f)
{
	struct weighing w = { .records = r };
	float bits[SUPPORT_LEVELS];
	enum err e = OK;

	w.pairs = malloc((count + 1) * sizeof(*w.pairs));
	w.sizes = calloc(households_end(r), sizeof(*w.sizes));
	if (!w.pairs || !w.sizes) {
		e = fault(f, ERR_MEMORY, "memory.none");
	} else {
		gather(&w, pairs, count);
		if (w.count) {
			weigh(&w, bits);
			give(&w, bits, out, pairs);
		}
	}
	free(w.pairs);
	free(w.sizes);
	return e;
}
