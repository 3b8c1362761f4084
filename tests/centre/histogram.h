/*
 * histogram: how long things took, in 16 steps an octave from 256 ns to some 20 minutes:
 * a value is told at most 6 % too long.  Any thread may add.
 */
#pragma once

#include <stdatomic.h>
#include <stdint.h>

#define HISTOGRAM_OCTAVES 32
#define HISTOGRAM_STEPS 16

struct histogram {
	atomic_uint at[HISTOGRAM_OCTAVES * HISTOGRAM_STEPS];
	atomic_uint count;
	atomic_uint_least64_t worst_ns;
};

void histogram_add(struct histogram *h, uint64_t ns);
/* Add what is in `from`, too. */
void histogram_merge(struct histogram *h, const struct histogram *from);
/* Seconds below which `part` (0 to 1) of them lie; 0 where there are none. */
double histogram_part(const struct histogram *h, double part);
double histogram_worst(const struct histogram *h);
