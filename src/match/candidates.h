/*
 * candidates: which pairs of records are worth a comparison.
 *
 * Two records meet under a key: a set of up to four atoms (atoms.h) that both have.  A key
 * that few records have is a place to meet; one that many have says too little, and is
 * taken together with one atom more:
 *
 *     Ahmad                   40,000 have it
 *     Ahmad, Karim             1,100
 *     Ahmad, Karim, 1985          20
 *     Ahmad, Karim, Kandahar       6     they meet here
 *     Ahmad, Karim, 1985, Jan      3     and here
 *
 * So all places are small, however frequent names are, and their number grows as the list
 * does.  How many have a key is counted in a table by its hash, in which two keys may fall
 * together: it is never less than it is.  Where families are known, three atoms and more
 * have one among them that brothers and sisters do not share.  Whole records meet as well,
 * so that rows that are written twice do; a place of too many is cut into pieces, so that a
 * million equal rows stay bounded.
 *
 * Of those who meet, the ones go on whose common atoms say enough (meeting.h).
 */
#pragma once

#include "match/atoms.h"

struct candidates {
	const struct records *records;
	struct atoms atoms;
	uint32_t *places; /* records, ascending in each place; the last one has PLACE_END */
	size_t places_count;
	size_t *starts;	 /* of each record, and one more: where in `seats` … */
	uint32_t *seats; /* … it sits in `places`, unless it is the last one there */
	/* What common atoms must say, in half bits: to be learned from, and to be looked at. */
	int least_learned, least;
};

#define PLACE_END 0x80000000u

MUST_USE enum err candidates_new(struct candidates *out, const struct records *r, unsigned threads,
				 struct fault *f);
void candidates_free(struct candidates *c);
