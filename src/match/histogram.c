/* Patterns counted. */
#include "match/histogram.h"

#include <stdlib.h>

static struct bin *bin_of(struct bin *at, size_t room, uint64_t pattern)
{
	size_t i = (size_t)((pattern * 0x9e3779b97f4a7c15ull) >> 20) & (room - 1);

	while (at[i].pattern && at[i].pattern != pattern)
		i = (i + 1) & (room - 1);
	return &at[i];
}

static bool grow(struct histogram *h)
{
	size_t room = h->room ? h->room * 2 : 4096;
	struct bin *at = calloc(room, sizeof(*at));

	if (!at)
		return false;
	for (size_t i = 0; i < h->room; i++)
		if (h->at[i].pattern)
			*bin_of(at, room, h->at[i].pattern) = h->at[i];
	free(h->at);
	h->at = at;
	h->room = room;
	return true;
}

bool histogram_add(struct histogram *h, uint64_t pattern, double times)
{
	struct bin *b;

	if ((h->count + 1) * 2 > h->room && !grow(h))
		return false;
	b = bin_of(h->at, h->room, pattern + 1);
	h->count += !b->pattern;
	b->pattern = pattern + 1;
	b->count += times;
	return true;
}

bool histogram_join(struct histogram *h, const struct histogram *other, double times)
{
	for (size_t i = 0; i < other->room; i++)
		if (other->at[i].pattern &&
		    !histogram_add(h, other->at[i].pattern - 1, other->at[i].count * times))
			return false;
	return true;
}

static int by_pattern(const void *a, const void *b)
{
	const struct bin *x = a, *y = b;

	return x->pattern < y->pattern ? -1 : x->pattern > y->pattern;
}

void histogram_settle(struct histogram *h)
{
	size_t kept = 0;

	for (size_t i = 0; i < h->room; i++)
		if (h->at[i].pattern)
			h->at[kept++] = h->at[i];
	if (kept)
		qsort(h->at, kept, sizeof(*h->at), by_pattern);
}

void histogram_free(struct histogram *h)
{
	free(h->at);
	*h = (struct histogram){ 0 };
}
