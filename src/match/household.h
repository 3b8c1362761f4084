/*
 * household: what the other members say.
 *
 * Of two households, each member is at most one of the other: the pairs are taken by what
 * speaks for them, each person once.  What is left for a pair of persons is how many others
 * of the two households go together, in five steps, beside how many could: that nobody of a
 * large household stands in the other one speaks against it, and where one of the two stands
 * alone is another case.  How often doubles and others have each of these is learned.  Who
 * fits better to another one of that household loses by that.
 */
#pragma once

#include "match/model.h"

struct household_bits {
	float support, rivals;
};

/* Adds to the bits of each pair what the households say; `out` has one for each pair. */
MUST_USE enum err households_weigh(struct household_bits *out, struct scored *pairs, size_t count,
				   const struct records *r, struct fault *f);
