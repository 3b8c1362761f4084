/*
 * Reading: a line (line.h) from bytes to records.
 *
 *                    ┌─▶ ids ──────────┐
 *     rows of bytes ─┼─▶ households ───┼─▶ numbers, row by row
 *                    ├─▶ given names ──┤
 *                    └─▶ …             ┘
 *
 * Each field has a table of its texts, and is a station: its texts get their numbers in the
 * order of the list, whichever thread is there.  When something is wrong, stations differ in
 * how far they are; but all of them come to the end of the blocks that were begun, so that
 * the first row that is wrong is found, and it is told.
 */
#include "match/reading.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "match/large.h"
#include "match/line.h"

/* A block of ordinary rows stays in a processor's own cache. */
#define BLOCK_ROWS_MAX 1024u
#define BLOCK_SIZE_MAX ((size_t)256 * 1024) /* and what one more row has */
#define BLOCKS 8

#define PLAIN_SIZE 256

struct block {
	uint32_t first; /* the number of its first record */
	uint32_t count;
	struct buffer bytes; /* of its rows */
	struct {
		uint32_t from, size; /* in `bytes` */
	} cells[FIELDS_MAX][BLOCK_ROWS_MAX];
	uint64_t lines[BLOCK_ROWS_MAX];
	uint32_t numbers[FIELDS_MAX][BLOCK_ROWS_MAX]; /* what the stations make of them */
};

struct station {
	enum field field;
	const struct column *column; /* NULL: the field is none */
	struct strings *strings;
	/* What was wrong, in which record. */
	enum err err;
	uint32_t record;
	struct fault fault;
};

struct reading {
	struct records *records;
	const struct map *map;
	const struct records_order *order;
	struct csv *csv;
	uint64_t size; /* of the file */
	size_t cells[FIELDS_MAX];
	uint32_t rows; /* records of this list and of the one before it */
	bool over;
	struct block *blocks;
	unsigned stations_count;
	struct station stations[LINE_STATIONS_MAX];
};

static bool stop(struct station *s, uint32_t record, enum err e)
{
	s->err = e;
	s->record = record;
	return false;
}

/* --- rows --------------------------------------------------------------------------------- */

/* Its cells lie one behind the other: they are copied at once. */
static enum err add_row(const struct reading *r, struct block *b, const struct csv_row *row,
			struct fault *f)
{
	const struct text *first = row->cells, *last = &row->cells[row->count - 1];
	size_t before = b->bytes.size;

	if (b->first + b->count >= RECORDS_MAX)
		return fault(f, ERR_LIMIT, "match.too-many-rows", RECORDS_MAX);
	buffer_text(&b->bytes,
		    (struct text){ first->at, (size_t)(last->at + last->size - first->at) });
	if (b->bytes.err)
		return buffer_end(&b->bytes, f);
	for (unsigned i = 0; i < r->map->fields; i++) {
		size_t at = r->cells[i];
		bool is_there = at < row->count;

		b->cells[i][b->count].from =
			is_there ? (uint32_t)(before + (size_t)(row->cells[at].at - first->at)) : 0;
		b->cells[i][b->count].size = is_there ? (uint32_t)row->cells[at].size : 0;
	}
	b->lines[b->count++] = row->line;
	return OK;
}

static bool read_block(struct reading *r, struct station *s, struct block *b)
{
	const struct csv_row *row;
	enum err e = OK;

	buffer_reset(&b->bytes);
	b->first = r->rows;
	b->count = 0;
	while (!r->over && b->count < BLOCK_ROWS_MAX && b->bytes.size < BLOCK_SIZE_MAX) {
		if (!(e = csv_next(r->csv, &row, &s->fault)) && row)
			e = add_row(r, b, row, &s->fault);
		r->over = e || !row;
	}
	r->rows += b->count;
	if (r->order->told)
		r->order->told(r->order->self, csv_position(r->csv), r->size);
	if (e)
		stop(s, r->rows, e);
	/* What stands before a row that is wrong goes its way. */
	return b->count > 0;
}

/* --- values ------------------------------------------------------------------------------- */

static struct text cell_of(const struct block *b, unsigned field, uint32_t row)
{
	const char *at = (const char *)b->bytes.at + b->cells[field][row].from;

	return text_trimmed((struct text){ at, b->cells[field][row].size }, BLANKS);
}

static bool joins(uint32_t c)
{
	return c == ' ' || c == '-' || c == '/' || c == '.' || c == 0x200E || c == 0x200F;
}

/* Lower case, digits as ASCII, of a document only letters and digits; cut. */
static struct text plain(char out[PLAIN_SIZE], struct text t, bool joined)
{
	size_t size = 0;
	uint32_t c;

	while (size + 4 < PLAIN_SIZE && utf8_next(&t, &c)) {
		int digit = digit_value(c);

		if (digit >= 0)
			c = (uint32_t)('0' + digit);
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (!joined || !joins(c))
			size += utf8_write(out + size, c);
	}
	return (struct text){ out, size };
}

/* A birth that comes in parts: 1980-2-13. */
static struct text parts_joined(char out[PLAIN_SIZE], const struct block *b, uint32_t row)
{
	struct text year = cell_of(b, FIELD_BIRTH_YEAR, row);
	struct text month = cell_of(b, FIELD_BIRTH_MONTH, row);
	struct text day = cell_of(b, FIELD_BIRTH_DAY, row);

	if (!year.size)
		return TEXT("");
	return (struct text){
		out, (size_t)snprintf(out, PLAIN_SIZE, "%.*s-%.*s-%.*s", SHOWN(utf8_cut(year, 8)),
				      SHOWN(utf8_cut(month, 8)), SHOWN(utf8_cut(day, 8)))
	};
}

static struct text value_of(const struct reading *r, const struct station *s, const struct block *b,
			    uint32_t row, char room[PLAIN_SIZE])
{
	struct text t = cell_of(b, s->field, row);
	char parts[PLAIN_SIZE];

	if (!s->column)
		return t;
	if (s->field == FIELD_COLUMNS + r->map->birth)
		t = parts_joined(parts, b, row);
	if (s->column->sort == COLUMN_NAME)
		return utf8_cut(t, NAME_SIZE_MAX);
	return plain(room, t, s->column->sort == COLUMN_DOCUMENT);
}

/*
 * Each record has an id, and no other one of its list has it.  An id of the second list may
 * be one of the first list as well: ids of that one have the numbers up to `second`, which
 * is 0 while it is read.
 */
static enum err check_id(const struct records *r, uint32_t number, uint64_t line, struct fault *f)
{
	if (!number)
		return fault(f, ERR_INPUT, "match.no-id", line);
	if (r->ids.counts[number] > (number <= r->second ? 2 : 1))
		return fault(f, ERR_INPUT, "match.id-twice", string_at(&r->ids, number), line);
	return OK;
}

static enum err number_cell(const struct reading *r, struct station *s, struct block *b,
			    uint32_t row, const struct string_sought *sought)
{
	uint32_t *number = &b->numbers[s->field][row];
	enum err e = string_put(s->strings, sought, number, &s->fault);

	if (!e && s->field == FIELD_ID)
		e = check_id(r->records, *number, b->lines[row], &s->fault);
	return e;
}

#define AT_ONCE 32u /* texts, whose places are asked for before they are needed */

static bool number_block(const struct reading *r, struct station *s, struct block *b)
{
	struct string_sought sought[AT_ONCE];
	char rooms[AT_ONCE][PLAIN_SIZE];
	enum err e;

	for (uint32_t from = 0; from < b->count; from += AT_ONCE) {
		uint32_t count = b->count - from < AT_ONCE ? b->count - from : AT_ONCE;

		for (uint32_t i = 0; i < count; i++)
			sought[i] = string_soon(s->strings, value_of(r, s, b, from + i, rooms[i]));
		for (uint32_t i = 0; i < count; i++)
			if ((e = number_cell(r, s, b, from + i, &sought[i])))
				return stop(s, b->first + from + i, e);
	}
	return true;
}

/* --- records ------------------------------------------------------------------------------ */

static bool grow_column(uint32_t **at, size_t count)
{
	uint32_t *grown = realloc(*at, count * sizeof(*grown));

	in_large_pages(grown, count * sizeof(*grown));
	*at = grown ? grown : *at;
	return grown != NULL;
}

static bool grow_records(struct records *r)
{
	uint32_t room = r->room + r->room / 4 + 4 * BLOCK_ROWS_MAX;

	if (!grow_column(&r->id_of, room) || !grow_column(&r->households, room) ||
	    !grow_column(&r->persons, room) ||
	    !grow_column(&r->values, (size_t)room * r->columns_count))
		return false;
	r->room = room;
	return true;
}

static bool keep_block(const struct reading *r, struct station *s, const struct block *b)
{
	struct records *out = r->records;
	size_t size = b->count * sizeof(uint32_t);

	assert(b->first == out->count);
	if (out->count + b->count > out->room && !grow_records(out))
		return stop(s, b->first, fault(&s->fault, ERR_MEMORY, "memory.none"));
	memcpy(out->id_of + out->count, b->numbers[FIELD_ID], size);
	memcpy(out->households + out->count, b->numbers[FIELD_HOUSEHOLD], size);
	memcpy(out->persons + out->count, b->numbers[FIELD_PERSON], size);
	for (uint32_t row = 0; row < b->count; row++)
		for (unsigned i = 0; i < out->columns_count; i++)
			record_values(out, b->first + row)[i] = b->numbers[FIELD_COLUMNS + i][row];
	out->count += b->count;
	return true;
}

/* --- the line ----------------------------------------------------------------------------- */

static bool work(void *self, unsigned number, unsigned place)
{
	struct reading *r = self;
	struct station *s = &r->stations[number];
	struct block *b = &r->blocks[place];

	if (!number)
		return read_block(r, s, b);
	if (number + 1 == r->stations_count)
		return keep_block(r, s, b);
	return number_block(r, s, b);
}

static void add_station(struct reading *r, enum field field, const struct column *c,
			struct strings *strings)
{
	r->stations[r->stations_count++] =
		(struct station){ .field = field, .column = c, .strings = strings };
}

/* In the order in which what is wrong with a row is told. */
static void add_stations(struct reading *r)
{
	struct records *out = r->records;

	r->stations_count = 1;
	add_station(r, FIELD_ID, NULL, &out->ids);
	add_station(r, FIELD_HOUSEHOLD, NULL, &out->household_names);
	add_station(r, FIELD_PERSON, NULL, &out->person_names);
	for (unsigned i = 0; i < out->columns_count; i++)
		add_station(r, FIELD_COLUMNS + i, &out->columns[i], &out->columns[i].strings);
	r->stations_count++;
}

static enum err first_wrong(const struct reading *r, struct fault *f)
{
	const struct station *first = NULL;

	for (const struct station *s = r->stations; s < r->stations + r->stations_count; s++)
		if (s->err && (!first || s->record < first->record))
			first = s;
	if (first && f && !f->key)
		*f = first->fault;
	return first ? first->err : OK;
}

static enum err pass_rows(struct reading *r, struct fault *f)
{
	enum err e;

	r->rows = r->records->count;
	r->blocks = calloc(BLOCKS, sizeof(*r->blocks));
	if (!r->blocks)
		return fault(f, ERR_MEMORY, "memory.none");
	add_stations(r);
	line_run(&(struct line){ r->stations_count, BLOCKS, work, r }, r->order->threads);
	e = first_wrong(r, f);
	for (unsigned i = 0; i < BLOCKS; i++)
		buffer_free(&r->blocks[i].bytes);
	free(r->blocks);
	return e;
}

enum err list_read(struct records *r, const struct map *m, const struct records_order *order,
		   const char *path, struct fault *f)
{
	const struct csv_form form = { .name = path };
	struct reading reading = { .records = r, .map = m, .order = order };
	const struct csv_row *heading;
	struct world *w = order->world;
	enum err e;

	if ((e = w->file_size(w, path, &reading.size, f)) ||
	    (e = csv_open_file(&reading.csv, w, path, &form, f)) ||
	    (e = csv_next(reading.csv, &heading, f)))
		goto out;
	if (!heading)
		e = fault(f, ERR_INPUT, "match.empty", path);
	else if (!(e = map_cells(m, path, heading, reading.cells, f)))
		e = pass_rows(&reading, f);
out:
	csv_close(reading.csv);
	return e;
}
