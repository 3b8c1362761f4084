#include "import/rows.h"

#include <stdlib.h>

#include "base/csv.h"

#define MARK_SIZE 4

static bool has_mark(const char *first, size_t size)
{
	static const char zip[MARK_SIZE] = { 'P', 'K', 3, 4 };

	return size >= MARK_SIZE && memcmp(first, zip, MARK_SIZE) == 0;
}

enum err rows_is_workbook(struct world *w, const struct import_file *file, bool *out,
			  struct fault *f)
{
	struct file *open = NULL;
	char first[MARK_SIZE];
	size_t got = 0;
	enum err e;

	*out = file->content.at && has_mark((const char *)file->content.at, file->content.size);
	if (file->content.at)
		return OK;
	if (!(e = w->file_open(w, &open, file->name, FILE_READ, f)))
		e = w->file_read(open, first, sizeof(first), &got, f);
	if (!e)
		*out = has_mark(first, got);
	w->file_close(open);
	return e;
}

struct csv_rows {
	struct csv *csv;
	struct row row;
};

static enum err next_csv(void *self, const struct row **row, struct fault *f)
{
	struct csv_rows *r = self;
	const struct csv_row *read;
	enum err e = csv_next(r->csv, &read, f);

	*row = NULL;
	if (e || !read)
		return e;
	r->row = (struct row){ .number = read->line, .count = read->count, .cells = read->cells };
	*row = &r->row;
	return OK;
}

static uint64_t place_csv(const void *self)
{
	return csv_position(((const struct csv_rows *)self)->csv);
}

static void close_csv(void *self)
{
	struct csv_rows *r = self;

	csv_close(r->csv);
	free(r);
}

static enum err open_csv(struct csv **out, uint64_t *size, struct world *w,
			 const struct import_file *file, const struct csv_form *form,
			 struct fault *f)
{
	enum err e;

	*size = file->content.size;
	if (file->content.at)
		return csv_open_bytes(out, file->content, form, f);
	e = w->file_size(w, file->name, size, f);
	return e ? e : csv_open_file(out, w, file->name, form, f);
}

enum err rows_of_csv(struct rows *out, struct world *w, const struct import_file *file,
		     const char *encoding, struct fault *f)
{
	struct csv_form form = { .name = file->name };
	struct csv_rows *r;
	uint64_t size;
	enum err e;

	*out = (struct rows){ 0 };
	if (encoding && strcmp(encoding, "windows-1256") == 0)
		form.encoding = CSV_WINDOWS_1256;
	r = calloc(1, sizeof(*r));
	if (!r)
		return fault(f, ERR_MEMORY, "memory.none");
	if ((e = open_csv(&r->csv, &size, w, file, &form, f))) {
		free(r);
		return e;
	}
	*out = (struct rows){ .self = r,
			      .next = next_csv,
			      .place = place_csv,
			      .close = close_csv,
			      .of = size,
			      .name = file->name };
	return OK;
}

void rows_close(struct rows *r)
{
	if (r->close)
		r->close(r->self);
	*r = (struct rows){ 0 };
}
