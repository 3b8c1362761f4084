/*
 * import: people from the lists that others keep: Kobo, ODK, HOPE, a flat list.
 *
 *     files → tables (sheet or CSV) → rows joined by key → values by the map →
 *     household with its people → facts → the write door
 *
 * A map says which column is what (docs/IMPORT.md has its form).  No column can be
 * mapped to a choice, a counselling, a review or an assessment: a spreadsheet's
 * "wants to return: yes" is nobody's choice.  Only household.registered and
 * person.registered come out of an import.  What is not understood becomes a reject
 * with sheet, row, column and reason, and loses nothing else.  Importing the same
 * list twice records nothing twice: each household and person carries the key that
 * its list gave it.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/csv.h"
#include "base/err.h"
#include "base/words.h"
#include "base/world.h"
#include "register/register.h"

#define IMPORT_FILES_MAX 16

/* What was not taken, or not overwritten, and why. */
struct import_reject {
	const char *sheet;   /* file or sheet */
	uint64_t row;        /* as the list's owner counts, from 1 */
	struct text column;  /* empty: the row as a whole */
	const struct fault *why;
	bool changed; /* it is on record already, and differs: for a person to decide */
};

/* On the disk under its name; with `content`, in memory, and the name is for people only. */
struct import_file {
	const char *name;
	struct bytes content; /* `at` is NULL: on the disk */
};

struct import_order {
	struct import_file files[IMPORT_FILES_MAX];
	size_t file_count;
	struct bytes map; /* JSON */
	bool dry_run;
	bool bring_back; /* also those who were erased here: they have decided so */
	/* Told of each reject as it is found; what it points at lives during the call. */
	void (*rejected)(void *self, const struct import_reject *reject);
	void *self;
};

struct import_result {
	uint64_t rows, households, people; /* read */
	uint64_t recorded;                 /* households of which something was recorded now */
	uint64_t fit;                      /* the same in a dry run: what would be recorded */
	uint64_t known;                    /* households on record already: nothing done */
	uint64_t changed;                  /* differ from what is on record: listed, not overwritten */
	uint64_t rejected;                 /* told as rejects */
	uint64_t skipped;                  /* rows that the map says to leave out */
	uint64_t marks_stripped;           /* stray bidi marks and no-break spaces */
};

/*
 * Import by `order` in the name of `by`.  ERR_INPUT: a file or the map is not
 * usable at all (a column the map names is missing; the map names a choice; …);
 * rejected rows are not an error.  A list is read to its end before anything is
 * recorded, then many households at a time, each whole or not at all: one that broke
 * off is imported again.  ERR_BUSY: another list is being read.
 */
MUST_USE enum err import_run(struct reg *r, struct world *w, const struct atlas *atlas,
			     const struct session *by, const struct import_order *order,
			     const struct reg_progress *progress, struct import_result *out,
			     struct fault *f);

/* --- ready mappings ------------------------------------------------------------------ */

/* A mapping that ships with ikhtiar, "kobo"; `at` is NULL where there is none such. */
struct bytes import_ready_map(const char *word);

/*
 * The ready mapping that the names of the columns call for without being asked: HOPE's
 * template, the list of `ikhtiar people --csv`.  *word is NULL where none does.
 */
MUST_USE enum err import_recognise(struct world *w, const struct import_file *files,
				   size_t file_count, const char **word, struct fault *f);

/* --- rejects as a list --------------------------------------------------------------- */

/* The first row: sheet, row, column, what, reason. */
void import_rejects_head(struct csv_writer *w);
/* Sheet, row and column, and what is wrong in the language of `words`. */
void import_rejects_row(struct csv_writer *w, const struct words *words,
			const struct import_reject *reject);

/* --- for documents ------------------------------------------------------------------- */

/* What a column can be mapped to. */
struct import_target {
	const char *name;  /* in the map */
	bool household;    /* else of a person */
	const char *field; /* of household.registered or person.registered */
	const char *as;    /* how a cell is read: "text", "area", … */
};
/* NULL behind the last. */
const struct import_target *import_target_at(size_t at);
