/* Who agree on the rest, and how many there would be by chance. */
#include "match/met.h"

#include <stdlib.h>

/* Strangers' columns are not quite independent, so that they need not all be there. */
#define MET_SHARE 0.5

/* A pattern without one of its columns, and where it stands in the histogram. */
struct rest {
	uint64_t pattern;
	size_t at;
};

static int by_pattern(const void *a, const void *b)
{
	const struct rest *x = a, *y = b;

	if (x->pattern != y->pattern)
		return x->pattern < y->pattern ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* How many pairs of strangers have this pattern, whatever they have in `column`. */
static double strangers_with(const struct model *m, uint64_t pattern, unsigned column)
{
	double count = m->pairs_all;

	for (unsigned k = 0; k < m->records->columns_count; k++) {
		unsigned level = level_in(pattern, k);

		if (k != column)
			count *= level ? (1 - m->unknown[k]) * m->u[k][level] : m->unknown[k];
	}
	return count;
}

static void look_at_column(uint32_t *met, const struct model *m, const struct histogram *h,
			   struct rest *order, unsigned column)
{
	uint64_t it = (uint64_t)(LEVELS_MAX - 1) << (column * LEVEL_BITS);

	for (size_t i = 0; i < h->count; i++)
		order[i] = (struct rest){ (h->at[i].pattern - 1) & ~it, i };
	qsort(order, h->count, sizeof(*order), by_pattern);
	for (size_t from = 0, to; from < h->count; from = to) {
		double least = MET_SHARE * strangers_with(m, order[from].pattern, column);
		double found = 0;

		for (to = from; to < h->count && order[to].pattern == order[from].pattern; to++)
			found += h->at[order[to].at].count;
		for (size_t i = from; found > least && i < to; i++)
			met[order[i].at] |= 1u << column;
	}
}

uint32_t *met_columns(const struct model *m, const struct histogram *h)
{
	uint32_t *met = calloc(h->count + 1, sizeof(*met));
	struct rest *order = malloc((h->count + 1) * sizeof(*order));

	for (unsigned k = 0; met && order && k < m->records->columns_count; k++)
		look_at_column(met, m, h, order, k);
	if (!order) {
		free(met);
		met = NULL;
	}
	free(order);
	return met;
}
