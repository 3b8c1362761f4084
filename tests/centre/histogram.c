#include "centre/histogram.h"

#include <stddef.h>

#include "base/bytes.h"

#define LEAST_BITS 8 /* 256 ns */

static size_t step_of(uint64_t ns)
{
	unsigned octave = 0;
	size_t step;

	if (ns < 1 << LEAST_BITS)
		return 0;
	octave = 63u - (unsigned)__builtin_clzll(ns) - LEAST_BITS;
	if (octave >= HISTOGRAM_OCTAVES)
		return HISTOGRAM_OCTAVES * HISTOGRAM_STEPS - 1;
	step = (size_t)(ns >> (octave + LEAST_BITS - 4)) - HISTOGRAM_STEPS;
	return octave * HISTOGRAM_STEPS + step;
}

/* The end of a step. */
static double seconds_of(size_t at)
{
	uint64_t octave = at / HISTOGRAM_STEPS, step = at % HISTOGRAM_STEPS;

	return (double)((HISTOGRAM_STEPS + step + 1) << (octave + LEAST_BITS - 4)) / 1e9;
}

static void be_worst(struct histogram *h, uint64_t ns)
{
	uint_least64_t worst = atomic_load(&h->worst_ns);

	while (ns > worst && !atomic_compare_exchange_weak(&h->worst_ns, &worst, ns))
		;
}

void histogram_add(struct histogram *h, uint64_t ns)
{
	atomic_fetch_add(&h->at[step_of(ns)], 1);
	atomic_fetch_add(&h->count, 1);
	be_worst(h, ns);
}

void histogram_merge(struct histogram *h, const struct histogram *from)
{
	for (size_t i = 0; i < COUNT_OF(h->at); i++)
		atomic_fetch_add(&h->at[i], atomic_load(&from->at[i]));
	atomic_fetch_add(&h->count, atomic_load(&from->count));
	be_worst(h, atomic_load(&from->worst_ns));
}

double histogram_part(const struct histogram *h, double part)
{
	uint64_t count = atomic_load(&h->count), below = 0;
	uint64_t wanted = (uint64_t)(part * (double)count);

	for (size_t i = 0; count && i < COUNT_OF(h->at); i++) {
		below += atomic_load(&h->at[i]);
		if (below > wanted || below == count)
			return seconds_of(i) < histogram_worst(h) ? seconds_of(i)
								  : histogram_worst(h);
	}
	return 0;
}

double histogram_worst(const struct histogram *h)
{
	return (double)atomic_load(&h->worst_ns) / 1e9;
}
