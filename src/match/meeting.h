/*
 * meeting: who meets a record at its places (candidates.h), and of those the ones who are
 * worth a comparison by a first look at the atoms that both have.
 */
#pragma once

#include "match/candidates.h"

#define CANDIDATES_MAX 4096 /* behind one record; more are not looked at */

/* What is needed to go through them, for one thread. */
struct meeting {
	const struct candidates *candidates;
	uint64_t *seen;	 /* of each record a bit: it is among the found */
	uint8_t *shared; /* of each atom: which one of the record's it is, from 1; 0: none */
	uint64_t says[2][ATOMS_MAX + 1]; /* what that says, to one who has it as her own in [1] */
	unsigned count;
	uint32_t found[CANDIDATES_MAX];
};

MUST_USE enum err meeting_new(struct meeting **out, const struct candidates *c, struct fault *f);
void meeting_free(struct meeting *m); /* NULL is harmless */

/*
 * Which records behind `record` (in the list) it is worth a comparison with, as what both
 * share says `least` half bits, ascending, in m->found; gives how many.  Of two lists one record of each; never two of one household of
 * one list.
 */
unsigned candidates_behind(struct meeting *m, uint32_t record, int least);
/* Whether these two can be one person at all. */
bool pair_is_possible(const struct records *r, uint32_t a, uint32_t b);
