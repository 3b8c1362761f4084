/*
 * rows: columns are found by the names in the first record; a cell is read by
 * the sort of its column and written to its place in the row struct.
 *
 * Rows grow by doubling in the arena: what was outgrown stays behind until the
 * arena goes, at most as much again as is kept.
 */
#include "place/rows.h"

#include <stdlib.h>

#include "base/calendar.h"
#include "base/csv.h"
#include "base/utf8.h"

#define COLUMN_NOT_FOUND SIZE_MAX
#define ROWS_AT_FIRST 32
#define UINT_CELL_MAX UINT64_C(1000000000000)
#define UDEG_MAX (180 * INT32_C(1000000))

/* A file while it is read. */
struct reading {
	const struct row_table *table;
	const char *path;
	struct arena *arena;
	struct fault *fault;
	size_t header_count;
	size_t place[ROW_COLUMNS_MAX]; /* of each column of the table, in the file */
};

/* --- cells --------------------------------------------------------------------- */

static bool digits_read(struct text t, uint64_t *out)
{
	*out = 0;
	if (!t.size || t.size > 18)
		return false;
	for (size_t i = 0; i < t.size; i++) {
		if (t.at[i] < '0' || t.at[i] > '9')
			return false;
		*out = *out * 10 + (uint64_t)(t.at[i] - '0');
	}
	return true;
}

/* "34.122641", "-0.5", "70": at most six digits behind the point. */
static bool udeg_read(struct text t, int32_t *out)
{
	bool negative = t.size && t.at[0] == '-';
	const char *point;
	uint64_t whole, part = 0;

	if (negative)
		t = (struct text){ t.at + 1, t.size - 1 };
	point = t.size ? memchr(t.at, '.', t.size) : NULL;
	if (point) {
		struct text behind = { point + 1, t.size - (size_t)(point + 1 - t.at) };

		if (behind.size > 6 || !digits_read(behind, &part))
			return false;
		for (size_t i = behind.size; i < 6; i++)
			part *= 10;
		t.size = (size_t)(point - t.at);
	}
	if (!digits_read(t, &whole) || whole > 180 || whole * 1000000 + part > UDEG_MAX)
		return false;
	*out = (int32_t)(whole * 1000000 + part);
	if (negative)
		*out = -*out;
	return true;
}

static enum err bad_cell(const struct reading *r, const char *key, uint64_t line,
			 const struct column *c, struct text cell)
{
	return fault(r->fault, ERR_INPUT, key, r->path, line, c->name, cell);
}

static enum err check_cell(const struct reading *r, uint64_t line, const struct column *c,
			   struct text cell)
{
	uint32_t character;

	if (c->needed && !cell.size)
		return fault(r->fault, ERR_INPUT, "place.cell-empty", r->path, line, c->name);
	if (cell.size > CELL_SIZE_MAX)
		return fault(r->fault, ERR_LIMIT, "place.cell-too-long", r->path, line, c->name,
			     CELL_SIZE_MAX);
	if (utf8_first_forbidden(cell, &character) < cell.size)
		return fault(r->fault, ERR_INPUT, "place.cell-control", r->path, line, c->name);
	return OK;
}

static enum err read_text(const struct reading *r, struct text cell, void *out)
{
	struct text copy = arena_copy_text(r->arena, cell);

	if (!copy.at)
		return fault(r->fault, ERR_MEMORY, "place.no-memory");
	memcpy(out, &copy, sizeof(copy));
	return OK;
}

static enum err read_cell(const struct reading *r, uint64_t line, const struct column *c,
			  struct text cell, void *out)
{
	int32_t udeg = UDEG_UNKNOWN, day;
	uint64_t number = 0;
	bool yes;

	switch (c->sort) {
	case CELL_DATE:
		if (cell.size && date_read_iso(&day, cell, c->name, NULL))
			return bad_cell(r, "place.cell-date", line, c, cell);
		return read_text(r, cell, out);
	case CELL_TEXT: return read_text(r, cell, out);
	case CELL_UINT:
		if (cell.size && (!digits_read(cell, &number) || number > UINT_CELL_MAX))
			return bad_cell(r, "place.cell-number", line, c, cell);
		memcpy(out, &number, sizeof(number));
		return OK;
	case CELL_UDEG:
		if (cell.size && !udeg_read(cell, &udeg))
			return bad_cell(r, "place.cell-degrees", line, c, cell);
		memcpy(out, &udeg, sizeof(udeg));
		return OK;
	case CELL_FLAG:
		yes = text_is(cell, "yes");
		if (cell.size && !yes && !text_is(cell, "no"))
			return bad_cell(r, "place.cell-yes-no", line, c, cell);
		memcpy(out, &yes, sizeof(yes));
		return OK;
	}
	abort(); /* a column of a sort that has no case above */
}

/* --- records ------------------------------------------------------------------- */

static enum err find_columns(struct reading *r, const struct text *cells, size_t count)
{
	r->header_count = count;
	for (size_t i = 0; i < r->table->column_count; i++) {
		const char *name = r->table->columns[i].name;

		r->place[i] = COLUMN_NOT_FOUND;
		for (size_t j = 0; j < count; j++) {
			if (!text_is(cells[j], name))
				continue;
			if (r->place[i] != COLUMN_NOT_FOUND)
				return fault(r->fault, ERR_INPUT, "place.column-twice", r->path,
					     name);
			r->place[i] = j;
		}
		if (r->place[i] == COLUMN_NOT_FOUND)
			return fault(r->fault, ERR_INPUT, "place.column-missing", r->path, name);
	}
	return OK;
}

static enum err read_row(const struct reading *r, const struct csv_row *row, void *out)
{
	struct row head = { .line = row->line };
	enum err e = OK;

	if (row->count != r->header_count)
		return fault(r->fault, ERR_INPUT, "place.row-cells", r->path, row->line, row->count,
			     r->header_count);
	memcpy(out, &head, sizeof(head));
	for (size_t i = 0; !e && i < r->table->column_count; i++) {
		const struct column *c = &r->table->columns[i];
		struct text cell = row->cells[r->place[i]];

		e = check_cell(r, row->line, c, cell);
		if (!e)
			e = read_cell(r, row->line, c, cell, (char *)out + c->at);
	}
	return e;
}

/* Room for one row more. */
static enum err make_room(const struct reading *r, struct rows *rows, size_t *room)
{
	size_t more = *room ? *room * 2 : ROWS_AT_FIRST;
	void *at;

	if (rows->count == r->table->rows_max)
		return fault(r->fault, ERR_LIMIT, "place.too-many-rows", r->path,
			     r->table->rows_max);
	if (rows->count < *room)
		return OK;
	at = arena_take_array(r->arena, more, r->table->row_size);
	if (!at)
		return fault(r->fault, ERR_MEMORY, "place.no-memory");
	if (rows->count)
		memcpy(at, rows->at, rows->count * r->table->row_size);
	rows->at = at;
	*room = more;
	return OK;
}

enum err rows_read(struct rows *out, struct arena *a, const struct row_table *t, const char *path,
		   struct bytes file, struct fault *f)
{
	struct reading r = { .table = t, .path = path, .arena = a, .fault = f };
	const struct csv_form form = { .name = path, .separator = ',' };
	const struct csv_row *row = NULL;
	struct csv *csv = NULL;
	size_t room = 0;
	enum err e;

	*out = (struct rows){ .table = t };
	if ((e = csv_open_bytes(&csv, file, &form, f)) || (e = csv_next(csv, &row, f)))
		goto out;
	if (row && (e = find_columns(&r, row->cells, row->count)))
		goto out;
	while (row && !(e = csv_next(csv, &row, f)) && row) {
		if ((e = make_room(&r, out, &room)))
			break;
		if ((e = read_row(&r, row, row_at(out, out->count))))
			break;
		out->count++;
	}
	if (!e && !out->count)
		e = fault(f, ERR_INPUT, "place.no-rows", path);
out:
	csv_close(csv);
	return e;
}

void *rows_cut(struct arena *a, const struct rows *r, size_t at, size_t size)
{
	char *out = arena_take_array(a, r->count, size);

	for (size_t i = 0; out && i < r->count; i++)
		memcpy(out + i * size, (const char *)row_at(r, i) + at, size);
	return out;
}
