/*
 * listing: all that a list says, read to its end: households, and their people.
 *
 *     1  every row becomes a line of JSON, by the map; what cannot is rejected
 *     2  people find their household by the column that joins them
 *
 * A row is kept as JSON: small, and without pointers into it.
 */
#pragma once

#include "base/index.h"
#include "import/convert.h"

#define NOBODY SIZE_MAX

struct listed_person {
	struct text json;
	struct text key; /* her own; empty: her place among those of the household counts */
	const char *sheet;
	uint64_t row;
	size_t next; /* of the same household; NOBODY: last */
	unsigned ordinal; /* among them, from 1, counted with those rejected */
};

struct listed_household {
	struct text key;
	struct text json; /* `at` NULL: rejected when it was read */
	struct text shared; /* JSON, of each of its people; `at` NULL: nothing */
	struct text happened, day; /* of the submission; empty: not said */
	const char *sheet;
	uint64_t row;
	size_t first, last;
	unsigned people;
};

struct listing {
	struct world *world;
	const struct atlas *atlas;
	const struct import_order *order;
	const struct reg_progress *progress;
	struct import_result *result;
	struct import_map map;
	struct text source; /* begins each key: which list this is */
	struct arena *table; /* lives as long as the listing */
	struct arena *row;   /* of one row, or one batch     */
	struct index *joins; /* hash of a join's value → household, or SKIPPED */
	struct index *keys;  /* hashes of the keys that were seen               */
	struct listed_household *households;
	size_t household_count, household_room;
	struct listed_person *people;
	size_t person_count, person_room;
};

/* Read the map and all files; listing_free() in any case. */
MUST_USE enum err listing_read(struct listing *l, struct fault *f);
void listing_free(struct listing *l);

/* Tell of a row that is not taken; `changed` as in struct import_reject. */
void listing_reject(struct listing *l, const char *sheet, uint64_t row, struct text column,
		    const struct fault *why, bool changed);
/* The column that a field of a fact comes from; empty: none, or none that is known. */
struct text listing_column(const struct listing *l, enum section_sort section, const char *field);

/* "kobo:h:uuid…" of a household, "kobo:p:uuid…/2" of a person, "kobo:i:7" by her own key;
 * `at` is NULL without memory. */
struct text listing_key(struct listing *l, const struct listed_household *h,
			const struct listed_person *p);
