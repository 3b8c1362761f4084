/*
 * list: a CSV of instruments, row by row; then what only the whole list shows.
 *
 * Rows are read by the table of columns below.  Codes that a row names are looked for
 * when all rows are there: a list may be in any order.
 */
#include "base/csv.h"
#include "base/utf8.h"
#include "directive/directive.h"

#define COLUMN_NONE SIZE_MAX
#define CELL_SIZE_MAX 1000

enum column {
	COLUMN_ID,
	COLUMN_DATE,
	COLUMN_AUTHORITY,
	COLUMN_LEVEL,
	COLUMN_INSTRUMENT,
	COLUMN_GROUP,
	COLUMN_AREAS,
	COLUMN_EFFECT,
	COLUMN_DETAIL,
	COLUMN_FROM,
	COLUMN_TO,
	COLUMN_BASIS,
	COLUMN_SOURCE,
	COLUMN_NOTE,
	COLUMN_NUMBER,
	COLUMN_UNDER,
	COLUMN_SUPERSEDES,
	COLUMN_KNOWN,
	COLUMN_END_KNOWN,
	COLUMN_VERIFIED,
	COLUMN_PARTIES,
	COLUMNS
};

struct reader {
	const struct directive_reading *how;
	struct arena *arena;
	struct fault *fault;	  /* of the list as a whole */
	size_t place[COLUMNS];	  /* of each column in the list; COLUMN_NONE */
	const struct text *cells; /* of the row in hand */
	size_t cell_count;
	struct directive_row *rows;
	size_t count, room;
};

/* --- cells ------------------------------------------------------------------------------ */

static enum err no_memory(struct fault *f)
{
	return fault(f, ERR_MEMORY, "memory.none");
}

static enum err keep_text(const struct reader *r, struct text cell, struct text *out,
			  struct fault *f)
{
	*out = arena_copy_text(r->arena, cell);
	return out->at ? OK : no_memory(f);
}

static enum err keep_day(struct text cell, const char *column, int32_t *out, struct fault *f)
{
	const struct date_form form = { GREGORIAN, DATE_YMD, column };

	*out = DIRECTIVE_NO_DAY;
	return cell.size ? date_read(out, cell, &form, f) : OK;
}

static bool next_part(struct text *rest, struct text *part)
{
	const char *bar = rest->size ? memchr(rest->at, '|', rest->size) : NULL;
	size_t size = bar ? (size_t)(bar - rest->at) : rest->size;

	if (!rest->size)
		return false;
	*part = text_trimmed((struct text){ rest->at, size }, BLANKS);
	rest->at += size + (bar != NULL);
	rest->size -= size + (bar != NULL);
	return true;
}

/* The parts of a cell as an array; areas as they are kept. */
static enum err keep_parts(const struct reader *r, struct text cell, size_t most, bool areas,
			   const struct text **out, size_t *count, struct fault *f)
{
	struct text *list = arena_take_array(r->arena, most, sizeof(*list)), part;
	enum err e = list ? OK : no_memory(f);

	*count = 0;
	while (!e && next_part(&cell, &part)) {
		if (*count == most)
			e = fault(f, ERR_LIMIT, "directive.too-many-parts", most);
		else if (areas)
			e = r->how->area(r->how->self, part, &list[(*count)++], f);
		else
			e = keep_text(r, part, &list[(*count)++], f);
	}
	*out = list;
	return e;
}

static enum err keep_level(struct text cell, struct directive *d, struct fault *f)
{
	d->level = directive_level_of(cell);
	return d->level ? OK : fault(f, ERR_INPUT, "directive.no-such-level", cell);
}

/* --- columns ------------------------------------------------------------------------------ */

static const struct {
	const char *name;
	bool there;  /* the list must have it */
	bool needed; /* a row must fill it */
} columns[COLUMNS] = {
	[COLUMN_ID] = { "id", true, true },
	[COLUMN_DATE] = { "date", true, true },
	[COLUMN_AUTHORITY] = { "authority", true, true },
	[COLUMN_LEVEL] = { "authority_level", true, true },
	[COLUMN_INSTRUMENT] = { "instrument", true, true },
	[COLUMN_GROUP] = { "group", true, true },
	[COLUMN_AREAS] = { "jurisdiction_pcode", true, true },
	[COLUMN_EFFECT] = { "effect", true, true },
	[COLUMN_DETAIL] = { "detail", false, false },
	[COLUMN_FROM] = { "valid_from", true, false },
	[COLUMN_TO] = { "valid_to", true, false },
	[COLUMN_BASIS] = { "basis", true, true },
	[COLUMN_SOURCE] = { "source", true, false },
	[COLUMN_NOTE] = { "note", false, false },
	[COLUMN_NUMBER] = { "number", false, false },
	[COLUMN_UNDER] = { "under", false, false },
	[COLUMN_SUPERSEDES] = { "supersedes", false, false },
	[COLUMN_KNOWN] = { "known_on", false, false },
	[COLUMN_END_KNOWN] = { "end_known_on", false, false },
	[COLUMN_VERIFIED] = { "verified_by", false, false },
	[COLUMN_PARTIES] = { "parties", false, false },
};

static enum err keep_cell(const struct reader *r, enum column c, struct text cell,
			  struct directive_row *row, struct fault *f)
{
	const char *name = columns[c].name;
	struct directive *d = &row->directive;

	switch (c) {
	case COLUMN_ID: return keep_text(r, cell, &d->code, f);
	case COLUMN_DATE: return keep_day(cell, name, &d->date, f);
	case COLUMN_AUTHORITY: return keep_text(r, cell, &d->authority, f);
	case COLUMN_LEVEL: return keep_level(cell, d, f);
	case COLUMN_INSTRUMENT: return keep_text(r, cell, &d->title, f);
	case COLUMN_GROUP: return keep_text(r, cell, &d->groups, f);
	case COLUMN_AREAS:
		return keep_parts(r, cell, DIRECTIVE_AREAS_MAX, true, &d->areas, &d->area_count, f);
	case COLUMN_EFFECT: return keep_text(r, cell, &d->effect, f);
	case COLUMN_DETAIL: return keep_text(r, cell, &d->detail, f);
	case COLUMN_FROM: return keep_day(cell, name, &d->from, f);
	case COLUMN_TO: return keep_day(cell, name, &d->to, f);
	case COLUMN_BASIS: return keep_text(r, cell, &d->basis, f);
	case COLUMN_SOURCE: return keep_text(r, cell, &d->source, f);
	case COLUMN_NOTE: return keep_text(r, cell, &d->note, f);
	case COLUMN_NUMBER: return keep_text(r, cell, &d->number, f);
	case COLUMN_UNDER: return keep_text(r, cell, &d->under, f);
	case COLUMN_SUPERSEDES:
		return keep_parts(r, cell, DIRECTIVE_LINKS_MAX, false, &d->supersedes,
				  &d->supersedes_count, f);
	case COLUMN_KNOWN: return keep_day(cell, name, &d->known, f);
	case COLUMN_END_KNOWN: return keep_day(cell, name, &d->end_known, f);
	case COLUMN_VERIFIED: return keep_text(r, cell, &row->verified_by, f);
	case COLUMN_PARTIES: return keep_text(r, cell, &row->parties, f);
	case COLUMNS: break;
	}
	return OK;
}

static enum err find_columns(struct reader *r, const struct csv_row *head)
{
	for (int c = 0; c < COLUMNS; c++) {
		r->place[c] = COLUMN_NONE;
		for (size_t i = 0; i < head->count; i++)
			if (text_is(text_trimmed(head->cells[i], BLANKS), columns[c].name))
				r->place[c] = i;
		if (r->place[c] == COLUMN_NONE && columns[c].there)
			return fault(r->fault, ERR_INPUT, "directive.column-missing", r->how->name,
				     columns[c].name);
	}
	return OK;
}

/* --- rows --------------------------------------------------------------------------------- */

static void tell(const struct reader *r, uint64_t line, enum column c, const struct fault *why,
		 bool kept)
{
	const struct directive_reject reject = { line, columns[c].name, why, kept };

	r->how->rejected(r->how->self, &reject);
}

static struct text cell_of(const struct reader *r, enum column c)
{
	size_t at = r->place[c];

	if (at == COLUMN_NONE || at >= r->cell_count)
		return (struct text){ "", 0 };
	return text_trimmed(r->cells[at], BLANKS);
}

static enum err check_cell(enum column c, struct text cell, struct fault *f)
{
	uint32_t character;

	if (!cell.size && columns[c].needed)
		return fault(f, ERR_INPUT, "directive.cell-empty");
	if (cell.size > CELL_SIZE_MAX)
		return fault(f, ERR_INPUT, "directive.cell-too-long", CELL_SIZE_MAX);
	if (utf8_first_forbidden(cell, &character) < cell.size)
		return fault(f, ERR_INPUT, "directive.cell-control");
	return OK;
}

/* *wrong: it was told, and the row is none.  An error is the world's. */
static enum err read_row(const struct reader *r, struct directive_row *row, bool *wrong)
{
	*wrong = false;
	for (int c = 0; c < COLUMNS; c++) {
		struct text cell = cell_of(r, (enum column)c);
		struct fault why = { 0 };

		if (check_cell((enum column)c, cell, &why) ||
		    keep_cell(r, (enum column)c, cell, row, &why)) {
			if (why.err == ERR_MEMORY)
				return no_memory(r->fault);
			tell(r, row->line, (enum column)c, &why, false);
			*wrong = true;
		}
	}
	return OK;
}

static enum err make_room(struct reader *r)
{
	size_t room = r->room ? 2 * r->room : 64;
	struct directive_row *rows;

	if (r->count < r->room)
		return OK;
	if (r->count >= DIRECTIVES_MAX)
		return fault(r->fault, ERR_LIMIT, "directive.too-many", DIRECTIVES_MAX);
	if (!(rows = arena_take_array(r->arena, room, sizeof(*rows))))
		return no_memory(r->fault);
	if (r->count)
		memcpy(rows, r->rows, r->count * sizeof(*rows));
	r->rows = rows;
	r->room = room;
	return OK;
}

static enum err read_rows(struct reader *r, struct csv *csv)
{
	const struct csv_row *cells;
	bool wrong;
	enum err e;

	while (!(e = csv_next(csv, &cells, r->fault)) && cells) {
		if ((e = make_room(r)))
			return e;
		r->rows[r->count] = (struct directive_row){ .line = cells->line };
		r->cells = cells->cells;
		r->cell_count = cells->count;
		if ((e = read_row(r, &r->rows[r->count], &wrong)))
			return e;
		r->count += !wrong;
	}
	return e;
}

/* --- what only all of them show --------------------------------------------------------------- */

static bool nowhere_contains(const void *self, struct text whole, struct text part)
{
	(void)self;
	return text_same(whole, part);
}

static bool is_wrong(const struct reader *r, const struct directive_row *row,
		     const struct directive_flaws *flaws)
{
	struct fault why = { 0 };
	enum column c;

	if (flaws->ends_before) {
		c = COLUMN_TO;
		fault(&why, ERR_INPUT, "directive.ends-before");
	} else if (flaws->twice) {
		c = COLUMN_ID;
		fault(&why, ERR_INPUT, "directive.twice", row->directive.code);
	} else if (flaws->circle) {
		c = COLUMN_SUPERSEDES;
		fault(&why, ERR_INPUT, "directive.circle", row->directive.code);
	} else if (flaws->under_itself) {
		c = COLUMN_UNDER;
		fault(&why, ERR_INPUT, "directive.under-itself", row->directive.code);
	} else {
		return false;
	}
	tell(r, row->line, c, &why, false);
	return true;
}

/* A code that neither the list nor whoever reads it knows: it may still come. */
static void look_for(const struct reader *r, const struct directive_book *b,
		     const struct directive_row *row, struct text code, enum column c)
{
	struct fault why = { 0 };

	if (!code.size || directive_of_code(b, code) || r->how->known(r->how->self, code))
		return;
	fault(&why, ERR_NOT_FOUND, "directive.not-known-yet", code);
	tell(r, row->line, c, &why, true);
}

static enum err drop_wrong(struct reader *r)
{
	const struct directive_map nowhere = { NULL, nowhere_contains };
	struct directive *all = arena_take_array(r->arena, r->count + 1, sizeof(*all));
	struct directive_book *b;
	size_t kept = 0;
	enum err e;

	if (!all)
		return no_memory(r->fault);
	for (size_t i = 0; i < r->count; i++)
		all[i] = r->rows[i].directive;
	if ((e = directive_book_new(&b, r->arena, all, r->count, &nowhere, r->fault)))
		return e;
	for (size_t i = 0; i < r->count; i++) {
		const struct directive_row *row = &r->rows[i];
		struct directive_flaws flaws;

		if (directive_flawed(b, i, &flaws) && is_wrong(r, row, &flaws))
			continue;
		look_for(r, b, row, row->directive.under, COLUMN_UNDER);
		for (size_t k = 0; k < row->directive.supersedes_count; k++)
			look_for(r, b, row, row->directive.supersedes[k], COLUMN_SUPERSEDES);
		r->rows[kept++] = *row;
	}
	r->count = kept;
	return OK;
}

enum err directive_list_read(const struct directive_reading *how, struct bytes list,
			     struct arena *a, const struct directive_row **out, size_t *count,
			     struct fault *f)
{
	struct reader r = { .how = how, .arena = a, .fault = f };
	const struct csv_form form = { .name = how->name };
	const struct csv_row *head = NULL;
	struct csv *csv = NULL;
	enum err e;

	*count = 0;
	if (!(e = csv_open_bytes(&csv, list, &form, f)))
		e = csv_next(csv, &head, f);
	if (!e && !head)
		e = fault(f, ERR_INPUT, "directive.empty-list", how->name);
	if (!e)
		e = find_columns(&r, head);
	if (!e)
		e = read_rows(&r, csv);
	if (!e)
		e = drop_wrong(&r);
	csv_close(csv);
	*out = r.rows;
	*count = e ? 0 : r.count;
	return e;
}
