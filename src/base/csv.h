/*
 * csv: tables as others save them, read row by row within limits, and written.
 *
 * Quotes as in RFC 4180, line ends CRLF, LF or CR.  UTF-8 with or without a byte
 * order mark, UTF-16 with one; windows-1256 only where the caller says so.  Bytes
 * that are not UTF-8 and of no declared encoding are refused, with the remedy.
 * The separator is the one of , ; tab that stands most often in the first row
 * outside of quotes, unless the caller names it.  An empty line is no row.
 *
 *     while (!(e = csv_next(c, &row, f)) && row)
 *             … row->cells[0] …
 */
#pragma once

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/world.h"

struct csv;

#define CSV_CELL_SIZE_MAX (1024 * 1024)
#define CSV_ROW_SIZE_MAX (4 * 1024 * 1024)
#define CSV_COLUMNS_MAX 4096

enum csv_encoding {
	CSV_DETECT, /* UTF-8, or UTF-16 by its byte order mark */
	CSV_WINDOWS_1256,
};

struct csv_form {
	const char *name; /* for faults: the file's; must outlive the reader */
	char separator;   /* 0: find out */
	enum csv_encoding encoding;
};

struct csv_row {
	uint64_t line; /* where it begins, from 1 */
	uint64_t number; /* of the row, from 1 */
	size_t count;
	/* UTF-8, one behind the other with a zero byte after each; valid until the next call. */
	const struct text *cells;
};

/* Where the bytes come from: *got 0 is the end. */
struct csv_source {
	void *self;
	MUST_USE enum err (*read)(void *self, void *out, size_t size, size_t *got,
				  struct fault *f);
};

/* `form` NULL: nothing is known.  The caller closes it. */
MUST_USE enum err csv_open(struct csv **out, const struct csv_source *source,
			   const struct csv_form *form, struct fault *f);
/* Of memory, which must outlive it. */
MUST_USE enum err csv_open_bytes(struct csv **out, struct bytes b, const struct csv_form *form,
				 struct fault *f);
/* Of a file of any size. */
MUST_USE enum err csv_open_file(struct csv **out, struct world *w, const char *path,
				const struct csv_form *form, struct fault *f);
void csv_close(struct csv *c); /* NULL is harmless; wipes */

/*
 * The next row, NULL in *row at the end.  The number of cells is each row's own.
 * Faults give name, line and column (cell, from 1); after one all is over.
 */
MUST_USE enum err csv_next(struct csv *c, const struct csv_row **row, struct fault *f);
/* Found or told; 0 before the first row. */
char csv_separator(const struct csv *c);
/* Bytes read so far, for a progress bar. */
uint64_t csv_position(const struct csv *c);

/* --- out ---------------------------------------------------------------------------- */

struct csv_writer {
	struct buffer *out;
	char separator; /* 0: a comma */
	bool defuse;    /* a cell that a spreadsheet would take for a formula gets a ' before it */
	bool begun;     /* the row has a cell */
};

void csv_cell(struct csv_writer *w, struct text t);
void csv_cell_int(struct csv_writer *w, int64_t n);
void csv_row_end(struct csv_writer *w); /* CRLF */
