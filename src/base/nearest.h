/*
 * nearest: which known word was probably meant.
 */
#pragma once

#include "base/bytes.h"

/* A search among words that are shown to it one after the other. */
struct nearest {
	struct text given;
	const char *word; /* the best so far; NULL: none is near */
	unsigned distance;
};

/*
 * Begin a search for `given`.  A word is near when at most a third of its letters
 * (and at most 3) are missing, too many, wrong, or swapped with their neighbour.
 */
struct nearest nearest_to(struct text given);
void nearest_try(struct nearest *n, const char *word);
