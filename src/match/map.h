/*
 * map: which column of a list is what (docs/MATCHING.md).
 */
#pragma once

#include "base/csv.h"
#include "base/json.h"
#include "match/records.h"

/* What is read of a row: a birth may come in three parts. */
enum field {
	FIELD_ID,
	FIELD_HOUSEHOLD,
	FIELD_PERSON,
	FIELD_BIRTH_YEAR,
	FIELD_BIRTH_MONTH,
	FIELD_BIRTH_DAY,
	FIELD_COLUMNS, /* from here on those of the records, in their order */
	FIELDS_MAX = FIELD_COLUMNS + COLUMNS_MAX
};

struct map {
	json_t *json;
	unsigned fields;
	unsigned birth;		      /* the column that comes in parts; COLUMNS_MAX: none */
	struct text from[FIELDS_MAX]; /* what each is called in a list; NULL: it is in none */
};

/* Read the map, and give `r` its columns.  ERR_INPUT: it is no map. */
MUST_USE enum err map_read(struct map *out, struct records *r, struct text json, struct fault *f);
void map_free(struct map *m);

/* Which cell of its rows each field is, by the heading of a list; SIZE_MAX where the map
 * names none.  ERR_INPUT: the list has no such column; the fault says which there are. */
MUST_USE enum err map_cells(const struct map *m, const char *list, const struct csv_row *heading,
			    size_t cells[FIELDS_MAX], struct fault *f);
