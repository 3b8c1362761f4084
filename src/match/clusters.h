/*
 * clusters: which records are one person, out of pairs.
 *
 * Pairs are taken by descending bits.  Two groups become one where all pairs between them
 * together speak for it: those that were never candidates speak against it a little, and
 * two people of one household of one list are never one.
 */
#pragma once

#include "match/model.h"

/*
 * out[record] gets the least record of its cluster.  Two of one cluster may look less alike
 * than each of them and a third one: what the best third says is added to the bits of their
 * pair, and thirds[pair] gets it.
 */
MUST_USE enum err clusters_make(uint32_t *out, float *thirds, struct scored *pairs, size_t count,
				const struct records *r, struct fault *f);
