/*
 * shares: one piece of work, done by several threads.
 *
 * What comes out must not depend on how many there are: a share reads what all have and
 * writes what is its own, or adds to numbers that only grow.
 */
#pragma once

#include <stddef.h>

#define SHARES_MAX 64

/* Have `work` done once for each share below `count`, the first in this thread; it is done
 * when this returns, however few threads could be had. */
void in_shares(unsigned count, void (*work)(void *self, unsigned share), void *self);

/* Where share `number` of `count` begins among `all`; it ends where the next one begins. */
static inline size_t share_begin(size_t all, unsigned number, unsigned count)
{
	return all / count * number + all % count * number / count;
}
