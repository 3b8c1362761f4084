/*
 * csv: bytes → UTF-8 → rows.
 *
 *     source ──read──▶ raw (32 KiB) ──decode──▶ text (96 KiB) ──parse──▶ row
 *
 * Everything that has a meaning in CSV is ASCII, so the parser looks at bytes and
 * copies runs of the others.  The decoder gives only whole and valid characters; the
 * bytes of one that is cut at the end of `raw` wait for the next piece.  Where the
 * bytes stop making sense the decoder sets `broken`, and the parser fails once it
 * gets there: by then it knows line and column.
 *
 * Only the row at hand is in memory, so a file may have any size.  Most rows have no
 * quotes and lie whole in `text`: their cells are left there (read_row_in_place()).
 * All others are put together in `row`.
 */
#include "base/csv.h"

#include <assert.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

#define RAW_SIZE ((size_t)32 * 1024)
/* A byte of windows-1256 takes three at most, two bytes of UTF-16 as well. */
#define TEXT_SIZE (3 * RAW_SIZE)
#define END (-1)

enum decoding { DECODE_UTF8, DECODE_UTF16_LE, DECODE_UTF16_BE, DECODE_1256 };

struct csv {
	struct csv_source source;
	struct csv_form form;
	enum decoding decoding;
	bool begun;  /* the encoding and the separator are known   */
	bool ended;  /* the source gives no more                   */
	const char *broken; /* why decoding stopped; NULL: it did not */
	bool dead;   /* a fault was given                          */
	uint64_t position;

	uint8_t raw[RAW_SIZE];
	size_t raw_at, raw_size;
	char text[TEXT_SIZE];
	size_t text_at, text_size;

	bool stops[UCHAR_MAX + 1]; /* what has a meaning, or must not be: see find_stops() */
	uint64_t line; /* that the parser is in, from 1 */
	uint64_t rows;
	bool after_cr; /* a line feed now belongs to the line end before it */

	struct buffer row;  /* the cells, each with a zero byte behind it */
	size_t *starts;     /* of each cell, in `row`                      */
	struct text *cells; /* made from `starts` when the row is complete */
	size_t count, room;
	bool quoted_any;
	struct csv_row out;

	struct bytes memory; /* csv_open_bytes(): what is left of it */
	struct world *world; /* csv_open_file() */
	struct file *file;
};

/* --- opening ----------------------------------------------------------------------------- */

enum err csv_open(struct csv **out, const struct csv_source *source, const struct csv_form *form,
		  struct fault *f)
{
	struct csv *c = calloc(1, sizeof(*c));

	*out = c;
	if (!c)
		return fault(f, ERR_MEMORY, "memory.none");
	if (source)
		c->source = *source;
	if (form)
		c->form = *form;
	if (!c->form.name)
		c->form.name = "CSV";
	c->line = 1;
	/* A zero byte stands behind each cell. */
	c->row.limit = CSV_ROW_SIZE_MAX + CSV_COLUMNS_MAX;
	return OK;
}

static enum err read_memory(void *self, void *out, size_t size, size_t *got, struct fault *f)
{
	struct csv *c = self;

	(void)f;
	*got = c->memory.size < size ? c->memory.size : size;
	if (*got) {
		memcpy(out, c->memory.at, *got);
		c->memory = bytes_of(c->memory.at + *got, c->memory.size - *got);
	}
	return OK;
}

enum err csv_open_bytes(struct csv **out, struct bytes b, const struct csv_form *form,
			struct fault *f)
{
	enum err e = csv_open(out, NULL, form, f);

	if (e)
		return e;
	(*out)->memory = b;
	(*out)->source = (struct csv_source){ *out, read_memory };
	return OK;
}

static enum err read_file(void *self, void *out, size_t size, size_t *got, struct fault *f)
{
	struct csv *c = self;

	return c->world->file_read(c->file, out, size, got, f);
}

enum err csv_open_file(struct csv **out, struct world *w, const char *path,
		       const struct csv_form *form, struct fault *f)
{
	enum err e = csv_open(out, NULL, form, f);

	if (e)
		return e;
	(*out)->world = w;
	(*out)->source = (struct csv_source){ *out, read_file };
	if (!form || !form->name)
		(*out)->form.name = path;
	if ((e = w->file_open(w, &(*out)->file, path, FILE_READ, f))) {
		csv_close(*out);
		*out = NULL;
	}
	return e;
}

void csv_close(struct csv *c)
{
	if (!c)
		return;
	if (c->file)
		c->world->file_close(c->file);
	buffer_free(&c->row);
	free(c->starts);
	free(c->cells);
	explicit_bzero(c, sizeof(*c));
	free(c);
}

char csv_separator(const struct csv *c)
{
	return c->begun ? c->form.separator : 0;
}

uint64_t csv_position(const struct csv *c)
{
	return c->position;
}

/* --- bytes to UTF-8 ------------------------------------------------------------------------ */

/* 0x80 … 0xff of windows-1256. */
static const uint16_t windows_1256[128] = {
	0x20ac, 0x067e, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0679,
	0x2039, 0x0152, 0x0686, 0x0698, 0x0688, 0x06af, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
	0x2013, 0x2014, 0x06a9, 0x2122, 0x0691, 0x203a, 0x0153, 0x200c, 0x200d, 0x06ba, 0x00a0,
	0x060c, 0x00a2, 0x00a3, 0x00a4, 0x00a5, 0x00a6, 0x00a7, 0x00a8, 0x00a9, 0x06be, 0x00ab,
	0x00ac, 0x00ad, 0x00ae, 0x00af, 0x00b0, 0x00b1, 0x00b2, 0x00b3, 0x00b4, 0x00b5, 0x00b6,
	0x00b7, 0x00b8, 0x00b9, 0x061b, 0x00bb, 0x00bc, 0x00bd, 0x00be, 0x061f, 0x06c1, 0x0621,
	0x0622, 0x0623, 0x0624, 0x0625, 0x0626, 0x0627, 0x0628, 0x0629, 0x062a, 0x062b, 0x062c,
	0x062d, 0x062e, 0x062f, 0x0630, 0x0631, 0x0632, 0x0633, 0x0634, 0x0635, 0x0636, 0x00d7,
	0x0637, 0x0638, 0x0639, 0x063a, 0x0640, 0x0641, 0x0642, 0x0643, 0x00e0, 0x0644, 0x00e2,
	0x0645, 0x0646, 0x0647, 0x0648, 0x00e7, 0x00e8, 0x00e9, 0x00ea, 0x00eb, 0x0649, 0x064a,
	0x00ee, 0x00ef, 0x064b, 0x064c, 0x064d, 0x064e, 0x00f4, 0x064f, 0x0650, 0x00f7, 0x0651,
	0x00f9, 0x0652, 0x00fb, 0x00fc, 0x200e, 0x200f, 0x06d2,
};

/* Fill `raw` as far as the source goes. */
static enum err fill_raw(struct csv *c, struct fault *f)
{
	enum err e = OK;
	size_t got = 1;

	memmove(c->raw, c->raw + c->raw_at, c->raw_size - c->raw_at);
	c->raw_size -= c->raw_at;
	c->raw_at = 0;
	while (!e && got && !c->ended && c->raw_size < RAW_SIZE) {
		e = c->source.read(c->source.self, c->raw + c->raw_size, RAW_SIZE - c->raw_size,
				   &got, f);
		c->raw_size += got;
		c->position += got;
		c->ended = !e && got == 0;
	}
	return e;
}

static void decode_utf8(struct csv *c)
{
	struct text all = { (const char *)c->raw, c->raw_size };
	size_t valid = utf8_valid_size(all), left = all.size - valid;

	memcpy(c->text, all.at, valid);
	c->text_size = valid;
	c->raw_at = valid;
	/* Up to three bytes may be the beginning of a character that goes on. */
	if (left > 3 || (left && c->ended))
		c->broken = "csv.encoding";
}

static void decode_1256(struct csv *c)
{
	for (; c->raw_at < c->raw_size; c->raw_at++) {
		uint8_t byte = c->raw[c->raw_at];

		c->text_size += utf8_write(c->text + c->text_size,
					   byte < 0x80 ? byte : windows_1256[byte - 0x80]);
	}
}

static uint32_t unit_at(const struct csv *c, size_t at)
{
	unsigned first = c->raw[at], second = c->raw[at + 1];

	return c->decoding == DECODE_UTF16_LE ? first | second << 8 : first << 8 | second;
}

/* How many bytes the character at `at` has, 0: more must come, or it is none. */
static size_t utf16_at(const struct csv *c, size_t at, uint32_t *out)
{
	uint32_t low;

	if (c->raw_size - at < 2)
		return 0;
	*out = unit_at(c, at);
	if (*out < 0xd800 || *out > 0xdfff)
		return 2;
	if (*out > 0xdbff || c->raw_size - at < 4)
		return 0;
	low = unit_at(c, at + 2);
	if (low < 0xdc00 || low > 0xdfff)
		return 0;
	*out = 0x10000 + ((*out - 0xd800) << 10) + (low - 0xdc00);
	return 4;
}

static void decode_utf16(struct csv *c)
{
	uint32_t character;
	size_t n;

	while ((n = utf16_at(c, c->raw_at, &character))) {
		c->text_size += utf8_write(c->text + c->text_size, character);
		c->raw_at += n;
	}
	n = c->raw_size - c->raw_at;
	if (n >= 4 || (n && c->ended))
		c->broken = "csv.encoding-utf16";
}

/* More text; none at the end. */
static enum err fill_text(struct csv *c, struct fault *f)
{
	static void (*const decode[])(struct csv *c) = {
		[DECODE_UTF8] = decode_utf8,
		[DECODE_UTF16_LE] = decode_utf16,
		[DECODE_UTF16_BE] = decode_utf16,
		[DECODE_1256] = decode_1256,
	};
	enum err e;

	c->text_at = c->text_size = 0;
	if (c->broken)
		return OK;
	if ((e = fill_raw(c, f)))
		return e;
	decode[c->decoding](c);
	return OK;
}

/* --- encoding and separator ---------------------------------------------------------------- */

static const struct {
	struct text mark;
	enum decoding decoding;
} marks[] = {
	{ TEXT("\xef\xbb\xbf"), DECODE_UTF8 },
	{ TEXT("\xff\xfe"), DECODE_UTF16_LE },
	{ TEXT("\xfe\xff"), DECODE_UTF16_BE },
};

static bool begins_with(const struct csv *c, struct text t)
{
	return c->raw_size >= t.size && memcmp(c->raw, t.at, t.size) == 0;
}

static enum err find_encoding(struct csv *c, struct fault *f)
{
	if (begins_with(c, TEXT("PK\x03\x04")))
		return fault(f, ERR_INPUT, "csv.is-workbook", c->form.name);
	if (c->form.encoding == CSV_WINDOWS_1256) {
		c->decoding = DECODE_1256;
		return OK;
	}
	for (size_t i = 0; i < COUNT_OF(marks); i++)
		if (begins_with(c, marks[i].mark)) {
			c->decoding = marks[i].decoding;
			c->raw_at = marks[i].mark.size;
			break;
		}
	return OK;
}

/* Of , ; tab the one that stands most often in the first row. */
static char find_separator(const struct csv *c)
{
	static const char separators[] = { ',', ';', '\t' };
	size_t counts[sizeof(separators)] = { 0 }, best = 0;
	bool quoted = false;

	for (size_t i = c->text_at; i < c->text_size; i++) {
		char character = c->text[i];

		if (character == '"')
			quoted = !quoted;
		if (quoted)
			continue;
		/* Empty lines before the first row tell nothing. */
		if ((character == '\n' || character == '\r') && i > c->text_at &&
		    (counts[0] || counts[1] || counts[2]))
			break;
		for (size_t j = 0; j < sizeof(separators); j++)
			counts[j] += character == separators[j];
	}
	for (size_t j = 1; j < sizeof(separators); j++)
		if (counts[j] > counts[best])
			best = j;
	return separators[best];
}

static void find_stops(struct csv *c)
{
	static const char stops[] = { '\0', '\n', '\r', '"' };

	for (size_t i = 0; i < sizeof(stops); i++)
		c->stops[(unsigned char)stops[i]] = true;
	c->stops[(unsigned char)c->form.separator] = true;
}

static enum err begin(struct csv *c, struct fault *f)
{
	enum err e;

	if ((e = fill_raw(c, f)) || (e = find_encoding(c, f)) || (e = fill_text(c, f)))
		return e;
	if (!c->form.separator)
		c->form.separator = find_separator(c);
	find_stops(c);
	c->begun = true;
	return OK;
}

/* --- rows ------------------------------------------------------------------------------------ */

static enum err refuse(const struct csv *c, enum err e, const char *key, uint64_t limit,
		       struct fault *f)
{
	size_t column = c->count ? c->count : 1;

	return fault(f, e, key, c->form.name, c->line, column, limit);
}

/* The next byte stays where it is; END at the end. */
static enum err peek(struct csv *c, int *out, struct fault *f)
{
	enum err e = OK;

	*out = END;
	while (!e && c->text_at == c->text_size && !c->broken &&
	       !(c->ended && c->raw_at == c->raw_size))
		e = fill_text(c, f);
	if (e)
		return e;
	if (c->text_at < c->text_size)
		*out = (unsigned char)c->text[c->text_at];
	else if (c->broken)
		return refuse(c, ERR_INPUT, c->broken, 0, f);
	if (*out == 0)
		return refuse(c, ERR_INPUT, "csv.zero-byte", 0, f);
	return OK;
}

/* CRLF, LF and CR are one line end each. */
static void count_line(struct csv *c, int character)
{
	if (character == '\n' && !c->after_cr)
		c->line++;
	if (character == '\r')
		c->line++;
	c->after_cr = character == '\r';
}

static enum err begin_cell(struct csv *c, struct fault *f)
{
	if (c->count == CSV_COLUMNS_MAX)
		return refuse(c, ERR_LIMIT, "csv.too-many-columns", CSV_COLUMNS_MAX, f);
	if (c->count == c->room) {
		size_t room = c->room ? c->room * 2 : 64;
		size_t *starts = realloc(c->starts, room * sizeof(*starts));
		struct text *cells = starts ? realloc(c->cells, room * sizeof(*cells)) : NULL;

		if (starts)
			c->starts = starts;
		if (!cells)
			return fault(f, ERR_MEMORY, "memory.none");
		c->cells = cells;
		c->room = room;
	}
	c->starts[c->count++] = c->row.size;
	return OK;
}

/* Add a run of text to the cell at hand. */
static enum err add(struct csv *c, const char *at, size_t size, struct fault *f)
{
	size_t cell = c->row.size - c->starts[c->count - 1];

	if (size > CSV_CELL_SIZE_MAX - cell)
		return refuse(c, ERR_LIMIT, "csv.cell-too-large", CSV_CELL_SIZE_MAX, f);
	if (c->row.size - c->count + size > CSV_ROW_SIZE_MAX)
		return refuse(c, ERR_LIMIT, "csv.row-too-large", CSV_ROW_SIZE_MAX, f);
	buffer_text(&c->row, (struct text){ at, size });
	return buffer_end(&c->row, f);
}

/* As much of `text` as is one cell's own: up to a quote, where `quoted`, else up to a
 * separator or line end. */
static enum err add_run(struct csv *c, bool quoted, struct fault *f)
{
	size_t from = c->text_at;

	while (c->text_at < c->text_size) {
		char character = c->text[c->text_at];

		if (!character || (quoted ? character == '"'
					  : character == c->form.separator || character == '\n' ||
						    character == '\r'))
			break;
		if (quoted)
			count_line(c, character);
		c->text_at++;
	}
	return add(c, c->text + from, c->text_at - from, f);
}

static bool ends_cell(const struct csv *c, int character)
{
	return character == END || character == c->form.separator || character == '\n' ||
	       character == '\r';
}

static enum err read_plain_cell(struct csv *c, struct fault *f)
{
	int character;
	enum err e;

	c->after_cr = false;
	while (!(e = peek(c, &character, f)) && !ends_cell(c, character))
		if ((e = add_run(c, false, f)))
			break;
	return e;
}

static enum err read_quoted_cell(struct csv *c, struct fault *f)
{
	uint64_t begun_in = c->line;
	int character;
	enum err e;

	c->text_at++;
	c->after_cr = false;
	c->quoted_any = true;
	for (;;) {
		if ((e = peek(c, &character, f)))
			return e;
		if (character == END)
			return fault(f, ERR_INPUT, "csv.quote-open", c->form.name, begun_in,
				     c->count);
		if (character != '"') {
			if ((e = add_run(c, true, f)))
				return e;
			continue;
		}
		c->text_at++;
		if ((e = peek(c, &character, f)))
			return e;
		if (character != '"')
			break;
		c->text_at++;
		c->after_cr = false;
		if ((e = add(c, "\"", 1, f)))
			return e;
	}
	c->after_cr = false;
	return ends_cell(c, character) ? OK : refuse(c, ERR_INPUT, "csv.after-quote", 0, f);
}

/* A cell and what ends it; *more: another one follows in this row. */
static enum err read_cell(struct csv *c, bool *more, struct fault *f)
{
	int character;
	enum err e;

	*more = false;
	if ((e = begin_cell(c, f)) || (e = peek(c, &character, f)))
		return e;
	e = character == '"' ? read_quoted_cell(c, f) : read_plain_cell(c, f);
	if (e || (e = peek(c, &character, f)))
		return e;
	buffer_byte(&c->row, 0);
	if (character == END)
		return buffer_end(&c->row, f);
	c->text_at++;
	*more = character == c->form.separator;
	if (!*more)
		count_line(c, character);
	return buffer_end(&c->row, f);
}

static void empty_row(struct csv *c)
{
	buffer_reset(&c->row);
	c->count = 0;
	c->quoted_any = false;
}

/* Over the line feed of a CRLF; *end: nothing more comes. */
static enum err begin_row(struct csv *c, bool *end, struct fault *f)
{
	int character;
	enum err e;

	*end = false;
	empty_row(c);
	if ((e = peek(c, &character, f)))
		return e;
	if (c->after_cr && character == '\n') {
		c->text_at++;
		c->after_cr = false;
		return begin_row(c, end, f);
	}
	*end = character == END;
	return OK;
}

static void finish_cells(struct csv *c)
{
	const char *at = (const char *)c->row.at;

	for (size_t i = 0; i < c->count; i++) {
		size_t next = i + 1 < c->count ? c->starts[i + 1] : c->row.size;

		c->cells[i] = (struct text){ at + c->starts[i], next - c->starts[i] - 1 };
	}
}

static void finish_row(struct csv *c, uint64_t line)
{
	c->out = (struct csv_row){
		.line = line, .number = ++c->rows, .count = c->count, .cells = c->cells
	};
}

/* The zero byte behind each cell takes the place of what ended it. */
static void end_cells_in_place(struct csv *c)
{
	for (size_t i = 0; i < c->count; i++)
		c->text[c->cells[i].at + c->cells[i].size - c->text] = 0;
}

/*
 * A row that lies whole in `text` and has no quotes; there is room for as many cells as
 * rows before it had.  False: it is another one, and stands where it stood.
 */
static bool read_row_in_place(struct csv *c)
{
	size_t from = c->text_at, count = 0;

	for (size_t at = from; at < c->text_size; at++) {
		char character = c->text[at];

		if (!c->stops[(unsigned char)character])
			continue;
		if (!character || character == '"' || count == c->room)
			return false;
		c->cells[count++] = (struct text){ c->text + from, at - from };
		from = at + 1;
		if (character == c->form.separator)
			continue;
		c->count = count;
		c->text_at = from;
		c->after_cr = false;
		count_line(c, character);
		end_cells_in_place(c);
		return true;
	}
	return false;
}

/* One line; *kept: it is a row. */
static enum err read_row(struct csv *c, bool *kept, bool *end, struct fault *f)
{
	bool more = true;
	uint64_t line;
	enum err e;

	*kept = false;
	if ((e = begin_row(c, end, f)) || *end)
		return e;
	line = c->line;
	if (!read_row_in_place(c)) {
		while (!e && more)
			e = read_cell(c, &more, f);
		if (e)
			return e;
		finish_cells(c);
	}
	/* One empty cell without quotes is an empty line. */
	*kept = c->count > 1 || c->cells[0].size || c->quoted_any;
	if (*kept)
		finish_row(c, line);
	return OK;
}

enum err csv_next(struct csv *c, const struct csv_row **row, struct fault *f)
{
	bool kept = false, end = false;
	enum err e = OK;

	*row = NULL;
	assert(!c->dead);
	if (!c->begun)
		e = begin(c, f);
	while (!e && !kept && !end)
		e = read_row(c, &kept, &end, f);
	c->dead = e != OK;
	if (!e && kept)
		*row = &c->out;
	return e;
}

/* --- out ------------------------------------------------------------------------------------ */

static bool is_formula(struct text t)
{
	return t.size && memchr("=+-@\t\r", t.at[0], 6);
}

static bool needs_quotes(struct text t, char separator)
{
	if (!t.size)
		return false;
	for (size_t i = 0; i < t.size; i++)
		if (t.at[i] == separator || t.at[i] == '"' || t.at[i] == '\n' || t.at[i] == '\r')
			return true;
	return t.at[0] == ' ' || t.at[t.size - 1] == ' ';
}

static char separator_of(const struct csv_writer *w)
{
	return w->separator ? w->separator : ',';
}

static void write_quoted(struct buffer *b, struct text t)
{
	buffer_text(b, TEXT("\""));
	for (size_t i = 0; i < t.size; i++) {
		if (t.at[i] == '"')
			buffer_text(b, TEXT("\""));
		buffer_byte(b, (uint8_t)t.at[i]);
	}
	buffer_text(b, TEXT("\""));
}

void csv_cell(struct csv_writer *w, struct text t)
{
	char separator = separator_of(w);
	bool defused = w->defuse && is_formula(t);

	if (w->begun)
		buffer_byte(w->out, (uint8_t)separator);
	/* An empty first cell is quoted: alone it would be an empty line. */
	if (needs_quotes(t, separator) || defused || (!w->begun && !t.size)) {
		struct buffer cell = { .limit = t.size + 1 };

		if (defused)
			buffer_text(&cell, TEXT("'"));
		buffer_text(&cell, t);
		write_quoted(w->out, buffer_as_text(&cell));
		if (cell.err)
			w->out->err = cell.err;
		buffer_free(&cell);
	} else {
		buffer_text(w->out, t);
	}
	w->begun = true;
}

void csv_cell_int(struct csv_writer *w, int64_t n)
{
	if (w->begun)
		buffer_byte(w->out, (uint8_t)separator_of(w));
	buffer_print(w->out, "%" PRId64, n);
	w->begun = true;
}

void csv_row_end(struct csv_writer *w)
{
	buffer_text(w->out, TEXT("\r\n"));
	w->begun = false;
}
