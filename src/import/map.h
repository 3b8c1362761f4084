/*
 * map: what the columns of a list mean.
 *
 *     {"source": "kobo", "skip": {"_validation_status": ["…not_approved"]},
 *      "household": {"sheet": 1, "key": ["meta/rootUuid", "_uuid"], "happened": "_submission_time",
 *                    "columns": {"residence": {"column": "location/district", "as": "area",
 *                                              "vintage": "cod-ab-2022"}, "phone": "contact/phone"}},
 *      "person": {"sheet": "members", "parent": "_parent_index", "columns": {…}}}
 *
 * or, flat, one row a person: {"id": "rec_id", "household": "hh_no", "given": "given", …}.
 * docs/IMPORT.md has all of it.  What a column can be mapped to is the table in map.c;
 * a choice, a counselling, a review or an assessment is not in it.  A word that the
 * map's form does not know is refused: a mapping with a slip of the pen would leave out
 * in silence what its maker meant.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/calendar.h"
#include "base/err.h"
#include "base/json.h"
#include "import/import.h"

enum section_sort {
	SECTION_HOUSEHOLD,
	SECTION_PERSON,
	SECTION_SHARED, /* of each person, but in the household's row */
	SECTIONS
};

/* How a cell becomes a value of the fact. */
enum how {
	HOW_LINE,      /* as it is                                                  */
	HOW_NAME,      /* to the field of its script: given or given_latin          */
	HOW_CODE,      /* by `codes`, else the word itself                          */
	HOW_CODES,     /* select_multiple                                           */
	HOW_AREA,      /* P-code, or by `codes`                                     */
	HOW_NUMBER,
	HOW_FLAG,
	HOW_DATE,      /* to birth_date; a year alone to birth_year                  */
	HOW_ESTIMATED, /* the date of birth is a guess: only its year counts         */
	HOW_AGE,       /* with the day on which it was said                          */
	HOW_DOCUMENT,  /* a number; its kind is another column, or fixed              */
	HOW_DOCUMENT_KIND,
	HOW_DOCUMENT_DATE,
};

struct target {
	struct import_target told;
	enum how how;
};

#define DOCUMENTS_MAX 8

struct column {
	const struct target *target;
	struct text from;  /* name of the column in the list; empty: `fixed` */
	struct text fixed; /* the same for all rows */
	json_t *codes;     /* borrowed from the map; NULL: none */
	enum calendar calendar;
	enum date_order order;
	struct text vintage;  /* empty: as written, or the current one */
	struct text on;       /* of an age: column with the day, or the day itself */
	unsigned document;    /* which of the papers */
	bool optional;        /* a list without that column will do */
};

#define COLUMNS_MAX 64
#define KEYS_MAX 4

struct section {
	struct text sheet; /* name; empty: by number */
	size_t sheet_number; /* from 1 */
	struct text keys[KEYS_MAX];
	size_t key_count;
	struct text parent;   /* of people: column that names the household */
	struct text join;     /* of households: column that `parent` names  */
	struct text happened; /* column; empty: now */
	size_t column_count;
	struct column columns[COLUMNS_MAX];
};

struct import_map {
	json_t *json; /* everything else borrows from it */
	struct text source, encoding;
	json_t *skip;  /* column → list of values; NULL */
	bool flat;     /* one row a person */
	struct section sections[SECTIONS];
};

/*
 * Read a map; import_map_free() gives it back.  ERR_INPUT, each with its own key:
 * no column mapped; a target that we do not know; a target that nobody can import;
 * a word that has no meaning where it stands.
 */
MUST_USE enum err import_map_read(struct import_map *out, struct bytes b, struct fault *f);
void import_map_free(struct import_map *m);
