/*
 * rows: a sheet of a workbook or a CSV file, row by row, whatever it came from.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/world.h"
#include "import/import.h"

#define ROW_CELLS_MAX 4096

/* One row; views until the next call. */
struct row {
	uint64_t number; /* as the person who made the list counts, from 1 */
	size_t count;
	const struct text *cells;
	const bool *is_number; /* NULL: all are text */
};

struct rows {
	void *self;
	MUST_USE enum err (*next)(void *self, const struct row **row, struct fault *f); /* NULL: end */
	uint64_t (*place)(const void *self); /* of `of`, for a progress bar */
	void (*close)(void *self);
	uint64_t of;
	const char *name; /* of file or sheet, for messages */
	bool from_1904;   /* its days are counted from 1904, as old Macintoshes did */
};

/* Whether the file is a workbook, by its first bytes; its name may say anything. */
MUST_USE enum err rows_is_workbook(struct world *w, const struct import_file *file, bool *out,
				   struct fault *f);

/* `encoding`: "windows-1256", or NULL. */
MUST_USE enum err rows_of_csv(struct rows *out, struct world *w, const struct import_file *file,
			      const char *encoding, struct fault *f);
void rows_close(struct rows *r); /* of zeros is harmless */

/* --- workbooks (.xlsx, ECMA-376) ----------------------------------------------------- */

struct workbook;

/*
 * Open a workbook.  What its parts may grow to is bounded before they are read: a zip
 * bomb is ERR_LIMIT.  ERR_INPUT: not a workbook, or a damaged one.  Name and
 * content of `file` must outlive it.
 */
MUST_USE enum err xlsx_open(struct workbook **out, struct world *w,
				const struct import_file *file, struct fault *f);
void xlsx_close(struct workbook *b); /* NULL is harmless */
size_t xlsx_count(const struct workbook *b);
struct text xlsx_name(const struct workbook *b, size_t at);
/*
 * The sheet of that name, or of what Kobo makes of a long one ("…" behind 28
 * characters, _ for characters that a title cannot have); false: none.
 */
bool xlsx_find(const struct workbook *b, struct text name, size_t *at);
/* The rows of a sheet; the workbook must outlive them. */
MUST_USE enum err xlsx_rows(struct rows *out, struct workbook *b, size_t at, struct fault *f);
