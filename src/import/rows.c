#include "import/rows.h"

#include <stdlib.h>

#include "base/csv.h"

enum err rows_is_workbook(struct world *w, const char *path, bool *out, struct fault *f)
{
	static const char zip[4] = { 'P', 'K', 3, 4 };
	struct file *file = NULL;
	char first[4];
	size_t got = 0;
	enum err e;

	*out = false;
	if (!(e = w->file_open(w, &file, path, FILE_READ, f)))
		e = w->file_read(file, first, sizeof(first), &got, f);
	if (!e)
		*out = got == sizeof(first) && memcmp(first, zip, sizeof(zip)) == 0;
	w->file_close(file);
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

enum err rows_of_csv(struct rows *out, struct world *w, const char *path, const char *encoding,
		     struct fault *f)
{
	struct csv_form form = { .name = path };
	struct csv_rows *r;
	uint64_t size;
	enum err e;

	*out = (struct rows){ 0 };
	if (encoding && strcmp(encoding, "windows-1256") == 0)
		form.encoding = CSV_WINDOWS_1256;
	if ((e = w->file_size(w, path, &size, f)))
		return e;
	r = calloc(1, sizeof(*r));
	if (!r)
		return fault(f, ERR_MEMORY, "memory.none");
	if ((e = csv_open_file(&r->csv, w, path, &form, f))) {
		free(r);
		return e;
	}
	*out = (struct rows){ .self = r,
			      .next = next_csv,
			      .place = place_csv,
			      .close = close_csv,
			      .of = size,
			      .name = path };
	return OK;
}

void rows_close(struct rows *r)
{
	if (r->close)
		r->close(r->self);
	*r = (struct rows){ 0 };
}
