/*
 * convert: one row of a list, by the map, into the fields of a proposal.
 *
 * Between the row and the fact a person is a JSON object with the fields of
 * person.registered.  convert_finish() makes it one: what a person has from her
 * household's row is added, and of several ways to give a birth the most exact stays.
 */
#pragma once

#include "import/map.h"
#include "import/rows.h"
#include "place/place.h"

#define HEADER_MAX ROW_CELLS_MAX
/* Longer cells are nothing that a fact keeps. */
#define CELL_TAKEN_MAX ((size_t)64 << 10)

struct header {
	size_t count;
	struct text names[HEADER_MAX];
};

/* Where a name stands in the header; ERR_INPUT: not there, or there twice. */
MUST_USE enum err header_find(const struct header *h, struct text name, const char *sheet,
			      size_t *at, struct fault *f);
/* Without complaint; false: not there (or more than once). */
bool header_has(const struct header *h, struct text name, size_t *at);

/*
 * The cell of a row as clean text: stray marks gone, line ends as blanks, none at the
 * ends; empty where the row is shorter.  ERR_LIMIT: larger than we take.  ERR_INPUT:
 * a spreadsheet's error ("#N/A").
 */
MUST_USE enum err cell_of(const struct row *row, size_t at, struct arena *a, uint64_t *stripped,
			  struct text *out, struct fault *f);

#define DETAILS_MAX 512
#define NO_COLUMN SIZE_MAX

/* A section's columns, found in one sheet's header. */
struct plan {
	const struct section *section;
	const struct atlas *atlas;
	bool from_1904;
	uint64_t *marks_stripped;
	size_t at[COLUMNS_MAX];    /* NO_COLUMN: a fixed value, or not in this list */
	size_t on_at[COLUMNS_MAX]; /* of an age's day; NO_COLUMN: fixed, or the household's */
	/* A select_multiple's columns of its own: needs/disab = 1 or 0. */
	size_t detail_count;
	struct detail {
		size_t at;
		unsigned column; /* of the section */
		struct text word; /* behind the slash */
	} details[DETAILS_MAX];
};

/* What a plan is made for. */
struct list_sheet {
	const char *name;
	const struct header *header;
	bool from_1904;
	struct text happened; /* the household's column; an age may refer to it */
};

/* ERR_INPUT: a column that the map names is missing, or its name stands there twice. */
MUST_USE enum err plan_make(struct plan *p, const struct section *s, const struct list_sheet *sheet,
			    const struct atlas *atlas, uint64_t *marks_stripped, struct fault *f);

/*
 * Put what the row says into the JSON object `out`.  ERR_INPUT, ERR_LIMIT: what is
 * wrong, and in *column with which column.
 */
MUST_USE enum err plan_convert(const struct plan *p, const struct row *row, struct arena *a,
			       json_t *out, struct text *column, struct fault *f);

/*
 * What a household says of when it was asked: *when for "happened", an instant where
 * the cell has an offset and else a day; *day for ages.
 */
MUST_USE enum err convert_time(struct text cell, bool is_number, bool from_1904, struct text column,
			       struct arena *a, struct text *when, struct text *day,
			       struct fault *f);

/*
 * Make of `person` what can be proposed: with what her household's row says of all its
 * people (`shared`, may be NULL) where her own says nothing, and `day` (may be empty)
 * for an age without one.
 */
MUST_USE enum err convert_finish(json_t *person, json_t *shared, struct text day, struct fault *f);
