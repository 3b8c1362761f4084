/*
 * mrz: the machine-readable zone of a passport or an identity card (ICAO Doc 9303).
 *
 *     TD3, part 4: two lines of 44, a passport
 *     TD1, part 5: three lines of 30, a card
 *
 * Scanners give the lines with line ends, with blanks, or run together; all are taken.
 */
#pragma once

#include "base/bytes.h"

#define MRZ_NUMBER_SIZE_MAX 22

enum mrz_reading {
	MRZ_NONE,  /* something else */
	MRZ_WRONG, /* such a zone, and a check digit does not fit: read it again */
	MRZ_READ,
};

/* The number of the document, without fillers, zero-ended. */
enum mrz_reading mrz_read(char number[MRZ_NUMBER_SIZE_MAX + 1], struct text t);
