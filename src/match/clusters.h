/*
 * clusters: which records are one person, out of pairs.
 *
 * Pairs are taken by descending bits.  Two groups become one where all pairs between them
 * together speak for it: those that were never candidates speak against it a little, and
 * two people of one household of one list are never one.
 */
#pragma once

#include "match/model.h"

/* out[record] gets the least record of its cluster. */
MUST_USE enum err clusters_make(uint32_t *out, const struct scored *pairs, size_t count,
				const struct records *r, struct fault *f);
