/* Random pairs. */
#include "match/strangers.h"

#include <math.h>

#define RANDOM_PAIRS 200000

static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15ull;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ z >> 27) * 0x94d049bb133111ebull;
	return z ^ z >> 31;
}

static bool have_one_name(const struct records *r, uint64_t pattern)
{
	for (unsigned k = 0; k < r->columns_count; k++)
		if (column_is_own(&r->columns[k]) && r->columns[k].sort == COLUMN_NAME)
			return level_in(pattern, k) >= NAME_SUBSET;
	return false;
}

static void look_at_pair(struct strangers *s, const struct records *r, const struct compared *c)
{
	bool one_name = have_one_name(r, c->pattern);

	s->pairs++;
	for (unsigned k = 0; k < r->columns_count; k++) {
		unsigned level = level_in(c->pattern, k);

		s->levels[k][level]++;
		s->rarities[k][level] += exp2((double)c->rarities[k]);
		s->of_name[k][level] += one_name;
	}
}

void strangers_count(struct strangers out[SCRIPTS_COUNT], const struct records *r, struct memo *m)
{
	uint32_t second = r->second < r->count ? r->second : 0;
	uint64_t state = 1;
	struct compared c;

	for (unsigned i = 0; i < RANDOM_PAIRS && r->count > 1; i++) {
		uint32_t a = (uint32_t)(next_random(&state) % (second ? second : r->count));
		uint32_t b = second + (uint32_t)(next_random(&state) % (r->count - second));

		if (a == b)
			continue;
		compare(&c, m, a, b);
		look_at_pair(&out[scripts_in(c.pattern)], r, &c);
	}
}

void strangers_join(struct strangers *s, const struct strangers *other)
{
	s->pairs += other->pairs;
	for (unsigned k = 0; k < COLUMNS_MAX; k++)
		for (unsigned l = 0; l < LEVELS_MAX; l++) {
			s->levels[k][l] += other->levels[k][l];
			s->rarities[k][l] += other->rarities[k][l];
			s->of_name[k][l] += other->of_name[k][l];
		}
}
