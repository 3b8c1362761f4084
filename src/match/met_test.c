#include "base/test.h"
#include "match/met.h"

#include <stdlib.h>

/*
 * 4,500 people, 10,122,750 pairs: given names agree by chance in one of a hundred pairs,
 * family names as well, births in one of a thousand.
 */
static struct model *model_of_three_columns(void)
{
	static const enum column_sort sorts[] = { COLUMN_NAME, COLUMN_NAME, COLUMN_BIRTH };
	struct records *r = calloc(1, sizeof(*r));
	struct model *m = calloc(1, sizeof(*m));

	r->columns_count = COUNT_OF(sorts);
	m->records = r;
	m->pairs_all = 4500.0 * 4499 / 2;
	for (unsigned k = 0; k < COUNT_OF(sorts); k++) {
		double same = sorts[k] == COLUMN_BIRTH ? 0.001 : 0.01;

		r->columns[k].sort = sorts[k];
		m->u[k][1] = 1 - same;
		m->u[k][level_same(sorts[k])] = same;
	}
	return m;
}

static void model_free(struct model *m)
{
	free((void *)m->records);
	free(m);
}

static uint64_t pattern_of(unsigned given, unsigned family, unsigned birth)
{
	return (uint64_t)given | (uint64_t)family << LEVEL_BITS | (uint64_t)birth << 2 * LEVEL_BITS;
}

static uint32_t met_of(const struct histogram *h, const uint32_t *met, uint64_t pattern)
{
	size_t i = 0;

	while (i < h->count && h->at[i].pattern - 1 != pattern)
		i++;
	CHECK(i < h->count);
	return met[i];
}

TEST(births_are_learned_from_those_whose_names_agree_and_not_from_those_who_met_by_their_birth)
{
	const unsigned given = 1, family = 2, birth = 4;
	uint64_t other_birth = pattern_of(NAME_SAME, NAME_SAME, BIRTH_DIFFERS);
	uint64_t other_given = pattern_of(NAME_DIFFERS, NAME_SAME, BIRTH_SAME);
	struct model *m = model_of_three_columns();
	struct histogram h = { 0 };
	uint32_t *met;

	/* Strangers with both names: 1,012 by chance. */
	CHECK(histogram_add(&h, other_birth, 900));
	CHECK(histogram_add(&h, pattern_of(NAME_SAME, NAME_SAME, BIRTH_SAME), 400));
	/* With the family and the day: 101; those with another day are no candidates. */
	CHECK(histogram_add(&h, other_given, 150));
	CHECK(histogram_add(&h, pattern_of(NAME_DIFFERS, NAME_SAME, BIRTH_DIFFERS), 2000));
	histogram_settle(&h);
	met = met_columns(m, &h);
	CHECK(met != NULL);

	CHECK_INT(met_of(&h, met, other_birth), birth);
	CHECK_INT(met_of(&h, met, other_given), given);
	CHECK_INT(met_of(&h, met, pattern_of(NAME_SAME, NAME_SAME, BIRTH_SAME)),
		  given | family | birth);
	free(met);
	histogram_free(&h);
	model_free(m);
}

RUN_TESTS()
