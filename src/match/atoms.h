/*
 * atoms: what two records of one person are likely to share.
 *
 * Skeletons of names, whichever column they stand in, alone and written together; the day
 * of birth, the year, and two bands of years that overlap, so that a year that is one or two
 * off shares one of them; an area, a number, any other value.  An atom is a number; how many
 * records have it says how much it says.  A record of seven columns has some ten.
 */
#pragma once

#include "match/records.h"

#define ATOMS_MAX 24 /* of one record */
#define WEIGHT_MOST 48

/* Set in an atom of a record: it is of the person herself, not of all her family. */
#define ATOM_OWN 0x80000000u

enum atom_sort { ATOM_NAME, ATOM_BIRTH, ATOM_OTHER };

struct atoms {
	uint32_t count;	  /* of atoms */
	uint32_t *people; /* how many records have each */
	uint8_t *columns; /* the column of each; of all names the same */
	uint8_t *sorts;	  /* enum atom_sort of each */
	uint8_t *weights; /* what it says that two have it, in half bits; 1 at least */
	uint32_t *starts; /* where those of each record begin in `of`, and one more */
	uint32_t *of;	  /* of each record, the rarest first */
	uint8_t *known;	  /* of which sorts each record has atoms, a bit each */
};

/* The same for any number of threads, 1 to SHARES_MAX. */
MUST_USE enum err atoms_make(struct atoms *out, const struct records *r, unsigned threads,
			     struct fault *f);
void atoms_free(struct atoms *a);
