/*
 * workbook: the bulletin's numbers as .xlsx.  The library writes the file by itself; what
 * it says of the time comes from here, so that the same bulletin is the same file.
 */
#include "cli/bulletin.h"

#include <xlsxwriter.h>

struct sheet_writing {
	lxw_worksheet *sheet;
	lxw_row_t row;
	char cell[256];
};

/* Zero-ended, as the library wants it. */
static const char *ended(struct sheet_writing *s, struct text t)
{
	size_t size = t.size < sizeof(s->cell) ? t.size : sizeof(s->cell) - 1;

	memcpy(s->cell, t.at ? t.at : "", size);
	s->cell[size] = 0;
	return s->cell;
}

/* Texts are written as texts: none of them becomes a formula. */
static void write_row(void *self, const struct bulletin_row *row)
{
	struct sheet_writing *s = self;

	for (size_t i = 0; i < BULLETIN_COLUMNS; i++) {
		if (i == BULLETIN_VALUE && row->value)
			worksheet_write_number(s->sheet, s->row, (lxw_col_t)i, (double)row->value,
					       NULL);
		else if (row->cells[i].size)
			worksheet_write_string(s->sheet, s->row, (lxw_col_t)i,
					       ended(s, row->cells[i]), NULL);
	}
	s->row++;
}

static void write_sheet(lxw_workbook *book, const char *name, const struct bulletin *b,
			const struct release *r)
{
	struct sheet_writing s = { .sheet = workbook_add_worksheet(book, name), .row = 2 };

	if (!s.sheet)
		return;
	for (size_t i = 0; i < BULLETIN_COLUMNS; i++) {
		worksheet_write_string(s.sheet, 0, (lxw_col_t)i, bulletin_heading(i), NULL);
		worksheet_write_string(s.sheet, 1, (lxw_col_t)i, bulletin_hxl(i), NULL);
	}
	bulletin_each_row(b, r, write_row, &s);
	worksheet_freeze_panes(s.sheet, 2, 0);
}

enum err bulletin_workbook(const char *path, const struct bulletin *b, int64_t when,
			   struct fault *f)
{
	lxw_doc_properties about = { .title = "Bulletin", .created = when };
	lxw_workbook *book = workbook_new(path);
	lxw_error error;

	if (!book)
		return fault(f, ERR_MEMORY, "memory.none");
	workbook_set_properties(book, &about);
	write_sheet(book, "week", b, b->week);
	if (b->four)
		write_sheet(book, "four weeks", b, b->four);
	error = workbook_close(book);
	if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
		return fault(f, ERR_MEMORY, "memory.none");
	return error ? fault(f, ERR_IO, "bulletin.no-workbook", path, lxw_strerror(error)) : OK;
}
