/*
 * histogram: how many pairs have each pattern of agreement.
 *
 * Of a million records there are some thousand patterns and millions of pairs: what is
 * learned is learned from the patterns.  Several threads fill one each, and these are added
 * up; settled, it is in the order of the patterns, so that sums over it are the same bits
 * whoever counted what.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct bin {
	uint64_t pattern; /* plus one, so that 0 is free */
	double count;
};

/* All zeroes is an empty one. */
struct histogram {
	struct bin *at;
	size_t room, count;
};

/* `times` more pairs of this pattern; false: no memory. */
MUST_USE bool histogram_add(struct histogram *h, uint64_t pattern, double times);
/* All of `other` as well, `times` over; false: no memory. */
MUST_USE bool histogram_join(struct histogram *h, const struct histogram *other, double times);
/* From now on at[0] to at[count - 1] are the patterns, ascending, and nothing is added. */
void histogram_settle(struct histogram *h);
void histogram_free(struct histogram *h);
