/*
 * rows: a CSV file as an array of structs, by a table of its columns.
 *
 * The first record of a file names its columns; they are found by name, in any
 * order, and columns that nobody asks for are passed over.  A cell is at most
 * CELL_SIZE_MAX bytes and has no control or invisible characters.  Every row struct starts
 * with a `struct row`, which says where it stands in the file, so that what is
 * found wrong later can still be pointed at.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

#define CELL_SIZE_MAX 1200

/* Given by an empty CELL_UDEG. */
#define UDEG_UNKNOWN INT32_MIN

enum cell_sort {
	CELL_TEXT, /* struct text                                             */
	CELL_DATE, /* struct text, YYYY-MM-DD of a day that exists            */
	CELL_UINT, /* uint64_t, at most 1,000,000,000,000                     */
	CELL_UDEG, /* int32_t, millionths of a degree, from a decimal number  */
	CELL_FLAG, /* bool, from yes or no                                    */
};

struct column {
	const char *name;
	enum cell_sort sort;
	bool needed; /* an empty cell is an error */
	size_t at;   /* offset in the row struct */
};

struct row {
	uint64_t line; /* in the file, from 1 */
};

struct row_table {
	size_t row_size;
	size_t rows_max;
	const struct column *columns;
	size_t column_count;
};

#define ROW_COLUMNS_MAX 32

struct rows {
	const struct row_table *table;
	void *at;
	size_t count;
};

static inline void *row_at(const struct rows *r, size_t i)
{
	return (char *)r->at + i * r->table->row_size;
}

/*
 * Read `file`, called `path` in a fault, into `out`, all of it memory of `a`; at
 * least one row.  ERR_INPUT, ERR_LIMIT: the fault names file, line and column.
 */
MUST_USE enum err rows_read(struct rows *out, struct arena *a, const struct row_table *t,
			    const char *path, struct bytes file, struct fault *f);

/*
 * The rows without what only loading needs: an array of the `size` bytes at
 * `at` of each.  NULL: the arena is full.
 */
void *rows_cut(struct arena *a, const struct rows *r, size_t at, size_t size);
