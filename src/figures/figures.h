/*
 * figures: what the numbers are.
 *
 * Two sorts, never mixed.  *Counted* figures come from the register's own facts and
 * leave the house rounded and by a fixed plan only (docs/FIGURES.md says what that
 * protects, and what it does not).  *Reported* figures are those of others, kept as
 * they were printed.
 *
 * The room stands on base/ alone: who calls it brings the counts, the keys and the
 * words.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

/* --- cross-tables: crosstable.c ------------------------------------------------------ */

/* One column of codes, one for each row: 0 to count - 1, of one or of two bytes. */
struct code_column {
	const uint8_t *narrow; /* count <= 256; NULL: */
	const uint16_t *wide;
	uint32_t count;
};

#define CROSSTABLE_COLUMNS_MAX 6
#define CROSSTABLE_CELLS_MAX ((size_t)1 << 24)

/* Counts of rows by several codes at once; the last column's codes lie side by side. */
struct crosstable {
	uint32_t counts[CROSSTABLE_COLUMNS_MAX]; /* of codes, column by column */
	size_t column_count;
	size_t cell_count;
	uint64_t *cells;
};

/*
 * Count `row_count` rows by `column_count` columns; the cells live in `a`.
 * ERR_LIMIT: more cells than CROSSTABLE_CELLS_MAX.  ERR_MEMORY.
 */
MUST_USE enum err crosstable_count(struct crosstable *out, const struct code_column *columns,
				   size_t column_count, size_t row_count, struct arena *a,
				   struct fault *f);

/* --- rounding: round.c --------------------------------------------------------------- */

#define ROUND_BASE 5
#define ROUND_KEY_SIZE 32
#define ROUND_DEPTH_MAX 8

/*
 * A number of a table and its place in it.  A node may be divided in several ways: a
 * province by district and, apart from that, by group.  The nodes of a table stand
 * root first, each behind its parent, those of one division side by side.
 */
struct count_node {
	uint32_t parent;      /* index; the root's own is 0 */
	struct text division; /* by what its parent is divided here: "district" */
	struct text code;     /* which of them: "PK211"; twice in no division */
	uint64_t count;	      /* the truth; a parent's is the sum of each of its divisions */
};

/* What the draws depend on: the same give the same table. */
struct round_draw {
	struct bytes key;    /* ROUND_KEY_SIZE bytes that nobody else knows */
	struct text release; /* "2026-W41" */
	struct text event;   /* "return.deported" */
};

/*
 * Round the `count` (1 and more) nodes of a table into `published`: each a multiple of
 * ROUND_BASE, within 4 of the truth, right on average, and each parent the sum of each of
 * its divisions.  A zero stays one.  What is needed meanwhile is of `scratch`.  ERR_MEMORY.
 */
MUST_USE enum err round_table(uint64_t *published, const struct round_draw *draw,
			      const struct count_node *nodes, size_t count, struct arena *scratch,
			      struct fault *f);
