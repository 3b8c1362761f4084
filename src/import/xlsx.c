/*
 * A thin reader of workbooks: libzip for the container, expat for the parts.
 *
 *     xl/workbook.xml             <workbookPr date1904="1"/> <sheet name="…" r:id="rId1"/>
 *     xl/_rels/workbook.xml.rels  <Relationship Id="rId1" Target="worksheets/sheet1.xml"/>
 *     xl/sharedStrings.xml        <si><t>…</t></si>, or <si><r><t>…</t></r>…</si>
 *     xl/worksheets/sheet1.xml    <row r="2"><c r="A2" t="s"><v>0</v></c>…</row>
 *
 * A cell's type: s is a shared string, inlineStr and str are text, b is 1 or 0, e an
 * error ("#N/A"), n (or none) a number, given as it is written there.  Dates are
 * numbers too: what a column means is the map's business.  Styles, formulas and the
 * rest are passed over.  _x000D_ in a text is the character U+000D.
 *
 * A sheet is parsed piece by piece into rows that wait until they are asked for.  The
 * row that is cut at the end of a piece lives in a buffer of its own, so that the
 * memory of the others can be used again.
 *
 * Bounds: size of the file, size of each part as the container states it and as it
 * turns out, ratio of packed to unpacked, nesting, size of one tag, cells of a row,
 * bytes of a cell and of a row.  A document type is refused, so nothing can be defined
 * that grows.  The file is read through the world, whole: packed it is small.
 */
#include <expat.h>
#include <stdlib.h>
#include <zip.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "import/rows.h"

#define FILE_SIZE_MAX ((size_t)256 << 20)
#define PART_SIZE_MAX ((uint64_t)1 << 30)
#define RATIO_MAX 200 /* Excel's own sheets reach about 20 */
#define RATIO_FROM ((uint64_t)16 << 20)
#define PIECE_SIZE (64 * 1024)
#define TAG_SIZE_MAX ((uint64_t)1 << 20)
#define DEPTH_MAX 64
#define SHEETS_MAX 256
#define STRINGS_MAX ((size_t)1 << 24)
#define BOOK_ARENA ((size_t)1 << 30)
#define WAITING_ARENA ((size_t)64 << 20)
#define CELL_SIZE_MAX ((size_t)1 << 20)
#define ROW_SIZE_MAX ((size_t)4 << 20)
#define TITLE_MAX 31 /* characters of a sheet's title */

struct sheet_name {
	struct text name, id, target;
};

struct workbook {
	zip_t *zip;
	struct arena *arena;
	const char *path;
	bool from_1904;
	size_t sheet_count;
	struct sheet_name sheets[SHEETS_MAX];
	struct text *strings;
	size_t string_count, string_room;
};

/* --- parts --------------------------------------------------------------------------- */

struct part {
	zip_file_t *file;
	const char *name;
	uint64_t size, read;
};

/* Z_MEM_ERROR, which libzip hands on. */
#define ZLIB_NO_MEMORY (-4)

static bool is_no_memory(const zip_error_t *error)
{
	int code = zip_error_code_zip(error);

	return code == ZIP_ER_MEMORY ||
	       (code == ZIP_ER_ZLIB && zip_error_code_system(error) == ZLIB_NO_MEMORY);
}

/* A part that libzip does not give: damaged, or there was no memory for it. */
static enum err part_fault(const struct workbook *b, const char *name, zip_error_t *error,
			   struct fault *f)
{
	if (is_no_memory(error))
		return fault(f, ERR_MEMORY, "memory.none");
	return fault(f, ERR_INPUT, "xlsx.damaged", b->path, name);
}

static enum err part_open(struct part *p, struct workbook *b, const char *name, struct fault *f)
{
	zip_stat_t s;

	*p = (struct part){ .name = name };
	if (zip_stat(b->zip, name, 0, &s) || !(s.valid & ZIP_STAT_SIZE))
		return fault(f, ERR_INPUT, "xlsx.no-part", b->path, name);
	if (s.size > PART_SIZE_MAX || (s.size > RATIO_FROM && (s.valid & ZIP_STAT_COMP_SIZE) &&
				       s.size / RATIO_MAX > s.comp_size))
		return fault(f, ERR_LIMIT, "xlsx.bomb", b->path, name, s.size);
	p->file = zip_fopen(b->zip, name, 0);
	if (!p->file)
		return part_fault(b, name, zip_get_error(b->zip), f);
	p->size = s.size;
	return OK;
}

static void part_close(struct part *p)
{
	if (p->file)
		zip_fclose(p->file);
	p->file = NULL;
}

/*
 * One part being parsed.  A handler that finds something wrong fills `fault` and stops
 * the parser; expat may still call a few handlers then, which must do nothing.
 */
struct parsing {
	XML_Parser parser;
	struct workbook *book;
	struct part part;
	struct fault fault;
	unsigned depth;
	void (*start)(struct parsing *p, const char *name, const char **attributes);
	void (*end)(struct parsing *p, const char *name);
	void (*text)(struct parsing *p, struct bytes b);
};

static void stop(struct parsing *p)
{
	XML_StopParser(p->parser, XML_FALSE);
}

static void stop_without_memory(struct parsing *p)
{
	fault(&p->fault, ERR_MEMORY, "memory.none");
	stop(p);
}

/* Names may carry a prefix: "x:row" is a row. */
static const char *without_prefix(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}

static const char *attribute(const char **attributes, const char *wanted)
{
	for (; attributes[0]; attributes += 2)
		if (strcmp(without_prefix(attributes[0]), wanted) == 0)
			return attributes[1];
	return NULL;
}

static void on_start(void *self, const XML_Char *name, const XML_Char **attributes)
{
	struct parsing *p = self;

	if (p->fault.key)
		return;
	if (++p->depth > DEPTH_MAX) {
		fault(&p->fault, ERR_LIMIT, "xlsx.too-deep", p->book->path, p->part.name);
		stop(p);
	} else {
		p->start(p, without_prefix(name), attributes);
	}
}

static void on_end(void *self, const XML_Char *name)
{
	struct parsing *p = self;

	if (p->fault.key)
		return;
	p->depth--;
	if (p->end)
		p->end(p, without_prefix(name));
}

static void on_text(void *self, const XML_Char *at, int size)
{
	struct parsing *p = self;

	if (!p->fault.key)
		p->text(p, bytes_of(at, (size_t)size));
}

static void on_doctype(void *self, const XML_Char *name, const XML_Char *system,
		       const XML_Char *public_, int internal)
{
	struct parsing *p = self;

	(void)name;
	(void)system;
	(void)public_;
	(void)internal;
	fault(&p->fault, ERR_INPUT, "xlsx.doctype", p->book->path, p->part.name);
	stop(p);
}

/* Open the part and make ready to parse it; parsing_end() in any case. */
static enum err parsing_begin(struct parsing *p, const char *name, struct fault *f)
{
	enum err e = part_open(&p->part, p->book, name, f);

	if (e)
		return e;
	p->parser = XML_ParserCreate("UTF-8");
	if (!p->parser)
		return fault(f, ERR_MEMORY, "memory.none");
	XML_SetUserData(p->parser, p);
	XML_SetElementHandler(p->parser, on_start, on_end);
	if (p->text)
		XML_SetCharacterDataHandler(p->parser, on_text);
	XML_SetStartDoctypeDeclHandler(p->parser, on_doctype);
	return OK;
}

static void parsing_end(struct parsing *p)
{
	if (p->parser)
		XML_ParserFree(p->parser);
	part_close(&p->part);
}

static enum err told(const struct parsing *p, struct fault *f)
{
	if (p->fault.key && f && !f->key)
		*f = p->fault;
	return p->fault.err;
}

/* Feed the next piece to the parser; *last: there is no other. */
static enum err parsing_feed(struct parsing *p, bool *last, struct fault *f)
{
	struct part *part = &p->part;
	void *at = XML_GetBuffer(p->parser, PIECE_SIZE);
	zip_int64_t got;
	XML_Index parsed;

	if (!at)
		return fault(f, ERR_MEMORY, "memory.none");
	got = zip_fread(part->file, at, PIECE_SIZE);
	if (got < 0)
		return part_fault(p->book, part->name, zip_file_get_error(part->file), f);
	part->read += (uint64_t)got;
	if (part->read > part->size)
		return fault(f, ERR_LIMIT, "xlsx.bomb", p->book->path, part->name, part->read);
	*last = got == 0;
	if (*last && part->read != part->size)
		return fault(f, ERR_INPUT, "xlsx.damaged", p->book->path, part->name);
	if (XML_ParseBuffer(p->parser, (int)got, *last) == XML_STATUS_ERROR && !p->fault.key) {
		if (XML_GetErrorCode(p->parser) == XML_ERROR_NO_MEMORY)
			return fault(f, ERR_MEMORY, "memory.none");
		return fault(f, ERR_INPUT, "xlsx.not-xml", p->book->path, part->name,
			     XML_ErrorString(XML_GetErrorCode(p->parser)),
			     (uint64_t)XML_GetCurrentLineNumber(p->parser));
	}
	/* A tag that does not end is looked at again with each piece. */
	parsed = XML_GetCurrentByteIndex(p->parser);
	if (!p->fault.key && !*last && parsed >= 0 && part->read - (uint64_t)parsed > TAG_SIZE_MAX)
		return fault(f, ERR_LIMIT, "xlsx.tag-too-large", p->book->path, part->name);
	return told(p, f);
}

/* A small part at once. */
static enum err parse_whole(struct parsing *p, const char *name, struct fault *f)
{
	bool last = false;
	enum err e = parsing_begin(p, name, f);

	while (!e && !last)
		e = parsing_feed(p, &last, f);
	parsing_end(p);
	return e;
}

/* --- sheets -------------------------------------------------------------------------- */

static void start_workbook(struct parsing *p, const char *name, const char **attributes)
{
	struct workbook *b = p->book;
	const char *title = attribute(attributes, "name"), *id = attribute(attributes, "id");
	const char *from_1904 = attribute(attributes, "date1904");
	struct sheet_name *sheet;

	if (strcmp(name, "workbookPr") == 0 && from_1904)
		b->from_1904 = strcmp(from_1904, "1") == 0 || strcmp(from_1904, "true") == 0;
	if (strcmp(name, "sheet") != 0 || !title || !id)
		return;
	if (b->sheet_count == SHEETS_MAX) {
		fault(&p->fault, ERR_LIMIT, "xlsx.too-many-sheets", b->path, SHEETS_MAX);
		stop(p);
		return;
	}
	sheet = &b->sheets[b->sheet_count++];
	sheet->name = arena_copy_text(b->arena, text_of(title));
	sheet->id = arena_copy_text(b->arena, text_of(id));
	if (!sheet->name.at || !sheet->id.at)
		stop_without_memory(p);
}

static void start_relations(struct parsing *p, const char *name, const char **attributes)
{
	struct workbook *b = p->book;
	const char *id = attribute(attributes, "Id"), *target = attribute(attributes, "Target");

	if (strcmp(name, "Relationship") != 0 || !id || !target)
		return;
	for (size_t i = 0; i < b->sheet_count; i++) {
		struct sheet_name *sheet = &b->sheets[i];

		if (!text_is(sheet->id, id))
			continue;
		sheet->target = target[0] == '/' ? arena_copy_text(b->arena, text_of(target + 1))
						 : arena_print(b->arena, "xl/%s", target);
		if (!sheet->target.at)
			stop_without_memory(p);
	}
}

/* --- shared strings ------------------------------------------------------------------ */

struct strings {
	struct parsing parsing; /* first */
	struct buffer text;
	bool inside;	   /* of a <t> that is shown */
	unsigned phonetic; /* depth of <rPh>, which is not */
};

static void start_strings(struct parsing *p, const char *name, const char **attributes)
{
	struct strings *s = (struct strings *)p;

	(void)attributes;
	if (strcmp(name, "si") == 0)
		buffer_reset(&s->text);
	s->phonetic += strcmp(name, "rPh") == 0;
	s->inside = strcmp(name, "t") == 0 && !s->phonetic;
}

static bool make_room(struct workbook *b)
{
	size_t room = b->string_room ? 2 * b->string_room : 1024;
	struct text *more;

	if (b->string_count < b->string_room)
		return true;
	more = realloc(b->strings, room * sizeof(*more));
	if (!more)
		return false;
	b->strings = more;
	b->string_room = room;
	return true;
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
				      : -1;
}

/* "_x000D_" at the front of `t`; 0: something else. */
static uint32_t escaped(struct text t)
{
	uint32_t c = 0;

	if (t.size < 7 || t.at[0] != '_' || t.at[1] != 'x' || t.at[6] != '_')
		return 0;
	for (size_t i = 2; i < 6; i++) {
		int digit = hex_digit(t.at[i]);

		if (digit < 0)
			return 0;
		c = c << 4 | (uint32_t)digit;
	}
	return c >= 0xd800 && c < 0xe000 ? 0 : c;
}

/* A copy with a zero byte behind it, escapes as what they stand for. */
static struct text kept_text(struct arena *a, struct text t)
{
	char *out = arena_take(a, t.size + 1);
	size_t size = 0;

	if (!out)
		return (struct text){ NULL, 0 };
	while (t.size) {
		uint32_t c = t.at[0] == '_' ? escaped(t) : 0;
		size_t taken = c ? 7 : 1;

		if (c)
			size += utf8_write(out + size, c);
		else
			out[size++] = t.at[0];
		t = (struct text){ t.at + taken, t.size - taken };
	}
	out[size] = 0;
	return (struct text){ out, size };
}

static void end_strings(struct parsing *p, const char *name)
{
	struct strings *s = (struct strings *)p;
	struct workbook *b = p->book;

	s->inside = false;
	if (strcmp(name, "rPh") == 0 && s->phonetic)
		s->phonetic--;
	if (strcmp(name, "si") != 0)
		return;
	if (s->text.err == ERR_LIMIT)
		fault(&p->fault, ERR_LIMIT, "xlsx.string-too-large", b->path, b->string_count + 1,
		      CELL_SIZE_MAX);
	else if (b->string_count == STRINGS_MAX)
		fault(&p->fault, ERR_LIMIT, "xlsx.too-many-strings", b->path, STRINGS_MAX);
	else if (s->text.err || !make_room(b) ||
		 !(b->strings[b->string_count] = kept_text(b->arena, buffer_as_text(&s->text))).at)
		fault(&p->fault, ERR_MEMORY, "memory.none");
	else
		b->string_count++;
	if (p->fault.key)
		stop(p);
}

static void text_strings(struct parsing *p, struct bytes b)
{
	struct strings *s = (struct strings *)p;

	if (s->inside)
		buffer_add(&s->text, b);
}

static enum err read_strings(struct workbook *b, struct fault *f)
{
	struct strings s = {
		.parsing = { .book = b,
			     .start = start_strings,
			     .end = end_strings,
			     .text = text_strings },
		.text = { .limit = CELL_SIZE_MAX },
	};
	zip_stat_t there;
	enum err e;

	/* A workbook of numbers alone has no strings. */
	if (zip_stat(b->zip, "xl/sharedStrings.xml", 0, &there))
		return OK;
	e = parse_whole(&s.parsing, "xl/sharedStrings.xml", f);
	buffer_free(&s.text);
	return e;
}

/* --- the workbook -------------------------------------------------------------------- */

/* What is in memory is unpacked where it lies. */
static enum err open_zip(struct workbook *b, struct world *w, struct bytes file, struct fault *f)
{
	zip_source_t *source;
	zip_error_t error;
	enum err e = OK;

	if (!file.at && (e = file_load(&file, b->arena, w, b->path, FILE_SIZE_MAX, f)))
		return e;
	/* Nothing at all would be an empty archive. */
	if (file.size == 0)
		return fault(f, ERR_INPUT, "xlsx.not-a-workbook", b->path);
	source = zip_source_buffer_create(file.at, file.size, 0, NULL);
	if (!source)
		return fault(f, ERR_MEMORY, "memory.none");
	zip_error_init(&error);
	b->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
	if (!b->zip) {
		zip_source_free(source);
		e = is_no_memory(&error) ? fault(f, ERR_MEMORY, "memory.none")
					 : fault(f, ERR_INPUT, "xlsx.not-a-workbook", b->path);
	}
	zip_error_fini(&error);
	return e;
}

enum err xlsx_open(struct workbook **out, struct world *w, const struct import_file *file,
		       struct fault *f)
{
	struct workbook *b = calloc(1, sizeof(*b));
	struct parsing sheets = { .book = b, .start = start_workbook };
	struct parsing relations = { .book = b, .start = start_relations };
	enum err e;

	*out = NULL;
	if (!b || arena_new(&b->arena, BOOK_ARENA)) {
		free(b);
		return fault(f, ERR_MEMORY, "memory.none");
	}
	b->path = file->name;
	if (!(e = open_zip(b, w, file->content, f)) &&
	    !(e = parse_whole(&sheets, "xl/workbook.xml", f)) &&
	    !(e = parse_whole(&relations, "xl/_rels/workbook.xml.rels", f)))
		e = read_strings(b, f);
	if (e)
		xlsx_close(b);
	else
		*out = b;
	return e;
}

void xlsx_close(struct workbook *b)
{
	if (!b)
		return;
	if (b->zip)
		zip_discard(b->zip);
	free(b->strings);
	arena_free(b->arena);
	free(b);
}

size_t xlsx_count(const struct workbook *b)
{
	return b->sheet_count;
}

struct text xlsx_name(const struct workbook *b, size_t at)
{
	return b->sheets[at].name;
}

/*
 * Whether `title` is what Kobo's exporter (formpack, unique_name_for_xls) makes of
 * `name`: []*?:\/ become _, as does an apostrophe at either end; what is longer than 31
 * characters ends in "...".
 */
static bool is_title_of(struct text title, struct text name)
{
	size_t count = utf8_count(name), kept = count > TITLE_MAX ? TITLE_MAX - 3 : count;
	uint32_t wanted, is;

	for (size_t i = 0; i < kept; i++) {
		if (!utf8_next(&name, &wanted) || !utf8_next(&title, &is))
			return false;
		if ((wanted < 0x80 && strchr("[]*?:\\/", (int)wanted)) ||
		    (wanted == '\'' && (i == 0 || i + 1 == count)))
			wanted = '_';
		if (wanted != is)
			return false;
	}
	return text_is(title, count > TITLE_MAX ? "..." : "");
}

bool xlsx_find(const struct workbook *b, struct text name, size_t *at)
{
	for (*at = 0; *at < b->sheet_count; ++*at)
		if (text_same(b->sheets[*at].name, name))
			return true;
	for (*at = 0; *at < b->sheet_count; ++*at)
		if (is_title_of(b->sheets[*at].name, name))
			return true;
	return false;
}

/* --- the rows of a sheet ------------------------------------------------------------- */

enum cell_sort { CELL_NUMBER, CELL_SHARED, CELL_TEXT };

/* A cell of the row that is being read. */
struct cell {
	enum cell_sort sort;
	size_t from, size; /* in `text` */
};

struct waiting {
	struct waiting *next;
	struct row row;
};

struct sheet_rows {
	struct parsing parsing; /* first */
	struct arena *arena;	/* of the rows that wait */
	struct waiting *first, *last;
	bool ended;
	/* the row and the cell that are being read */
	uint64_t number;
	size_t count, column;
	struct cell cells[ROW_CELLS_MAX];
	struct buffer text;
	bool inside;	   /* of a <v> or <t> that is shown */
	unsigned phonetic; /* depth of <rPh>, which is not */
};

/* "BC12" is column 54, counted from 0; ROW_CELLS_MAX: beyond what we take, or none. */
static size_t column_of(const char *reference)
{
	size_t column = 0;

	for (; *reference >= 'A' && *reference <= 'Z' && column <= ROW_CELLS_MAX; reference++)
		column = column * 26 + (size_t)(*reference - 'A' + 1);
	return column == 0 || column > ROW_CELLS_MAX ? ROW_CELLS_MAX : column - 1;
}

static enum cell_sort sort_of(const char *type)
{
	if (!type || strcmp(type, "n") == 0)
		return CELL_NUMBER;
	return strcmp(type, "s") == 0 ? CELL_SHARED : CELL_TEXT;
}

static void start_cell(struct sheet_rows *r, const char **attributes)
{
	const char *reference = attribute(attributes, "r");

	r->column = reference ? column_of(reference) : r->count;
	if (r->column >= ROW_CELLS_MAX) {
		fault(&r->parsing.fault, ERR_LIMIT, "xlsx.too-many-columns", r->parsing.book->path,
		      r->number, ROW_CELLS_MAX);
		stop(&r->parsing);
		return;
	}
	while (r->count <= r->column)
		r->cells[r->count++] = (struct cell){ .sort = CELL_TEXT };
	r->cells[r->column] = (struct cell){ sort_of(attribute(attributes, "t")), r->text.size, 0 };
}

static void start_sheet(struct parsing *p, const char *name, const char **attributes)
{
	struct sheet_rows *r = (struct sheet_rows *)p;

	r->inside = false;
	if (strcmp(name, "row") == 0) {
		const char *number = attribute(attributes, "r");

		r->number = number ? strtoull(number, NULL, 10) : r->number + 1;
		r->count = 0;
		buffer_reset(&r->text);
	} else if (strcmp(name, "c") == 0) {
		start_cell(r, attributes);
	} else if (strcmp(name, "rPh") == 0) {
		r->phonetic++;
	} else {
		r->inside = r->count && !r->phonetic &&
			    (strcmp(name, "v") == 0 || strcmp(name, "t") == 0);
	}
}

static void text_sheet(struct parsing *p, struct bytes b)
{
	struct sheet_rows *r = (struct sheet_rows *)p;
	struct cell *cell = &r->cells[r->column];

	if (!r->inside)
		return;
	if (cell->size + b.size > CELL_SIZE_MAX) {
		fault(&p->fault, ERR_LIMIT, "xlsx.cell-too-large", p->book->path, r->number,
		      r->column + 1, CELL_SIZE_MAX);
		stop(p);
		return;
	}
	buffer_add(&r->text, b);
	cell->size += b.size;
}

static struct text text_of_cell(struct sheet_rows *r, const struct cell *cell)
{
	const struct workbook *b = r->parsing.book;
	struct text t;
	size_t at = 0;

	if (!cell->size)
		return TEXT("");
	t = (struct text){ (const char *)r->text.at + cell->from, cell->size };
	if (cell->sort != CELL_SHARED)
		return kept_text(r->arena, t);
	for (size_t i = 0; i < t.size && at < STRINGS_MAX; i++) {
		if (t.at[i] < '0' || t.at[i] > '9')
			return TEXT("");
		at = at * 10 + (size_t)(t.at[i] - '0');
	}
	return at < b->string_count ? b->strings[at] : TEXT("");
}

/* The row that ended, among those that wait; false: too large, or no memory. */
static bool keep_row(struct sheet_rows *r)
{
	struct waiting *w = arena_take(r->arena, sizeof(*w));
	struct text *cells = arena_take_array(r->arena, r->count, sizeof(*cells));
	bool *is_number = arena_take(r->arena, r->count);

	if (r->text.err || !w || !cells || !is_number)
		return false;
	for (size_t i = 0; i < r->count; i++) {
		cells[i] = text_of_cell(r, &r->cells[i]);
		is_number[i] = r->cells[i].sort == CELL_NUMBER && cells[i].size;
		if (!cells[i].at)
			return false;
	}
	w->row = (struct row){ r->number, r->count, cells, is_number };
	if (r->last)
		r->last->next = w;
	else
		r->first = w;
	r->last = w;
	return true;
}

/* Why a row was not kept: the list's fault, or the machine's, which has room for a row. */
static bool is_too_large(const struct sheet_rows *r)
{
	return r->text.err == ERR_LIMIT || arena_used(r->arena) > WAITING_ARENA - 2 * ROW_SIZE_MAX;
}

static void end_sheet(struct parsing *p, const char *name)
{
	struct sheet_rows *r = (struct sheet_rows *)p;

	r->inside = false;
	if (strcmp(name, "rPh") == 0 && r->phonetic)
		r->phonetic--;
	if (strcmp(name, "row") != 0 || !r->count)
		return;
	if (!keep_row(r)) {
		if (is_too_large(r))
			fault(&p->fault, ERR_LIMIT, "xlsx.row-too-large", p->book->path, r->number);
		else
			fault(&p->fault, ERR_MEMORY, "memory.none");
		stop(p);
	}
	r->count = 0;
}

static enum err next_sheet(void *self, const struct row **row, struct fault *f)
{
	struct sheet_rows *r = self;
	enum err e = OK;

	*row = NULL;
	/* All that waited was given: its memory can serve again. */
	if (!r->first) {
		r->last = NULL;
		arena_reset(r->arena);
	}
	while (!e && !r->first && !r->ended)
		e = parsing_feed(&r->parsing, &r->ended, f);
	if (e || !r->first)
		return e;
	*row = &r->first->row;
	r->first = r->first->next;
	return OK;
}

static uint64_t place_sheet(const void *self)
{
	return ((const struct sheet_rows *)self)->parsing.part.read;
}

static void close_sheet(void *self)
{
	struct sheet_rows *r = self;

	parsing_end(&r->parsing);
	buffer_free(&r->text);
	arena_free(r->arena);
	free(r);
}

enum err xlsx_rows(struct rows *out, struct workbook *b, size_t at, struct fault *f)
{
	struct sheet_rows *r = calloc(1, sizeof(*r));
	enum err e;

	*out = (struct rows){ 0 };
	if (!r || arena_new(&r->arena, WAITING_ARENA)) {
		free(r);
		return fault(f, ERR_MEMORY, "memory.none");
	}
	r->text.limit = ROW_SIZE_MAX;
	r->parsing = (struct parsing){
		.book = b, .start = start_sheet, .end = end_sheet, .text = text_sheet
	};
	if (!b->sheets[at].target.at)
		e = fault(f, ERR_INPUT, "xlsx.no-part", b->path, b->sheets[at].name);
	else
		e = parsing_begin(&r->parsing, b->sheets[at].target.at, f);
	if (e) {
		close_sheet(r);
		return e;
	}
	*out = (struct rows){ .self = r,
			      .next = next_sheet,
			      .place = place_sheet,
			      .close = close_sheet,
			      .of = r->parsing.part.size,
			      .name = b->sheets[at].name.at,
			      .from_1904 = b->from_1904 };
	return OK;
}
