#include "import/convert.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

/*
 * A spreadsheet counts days from 1900-01-01 as 1, with a 29 February 1900 that never
 * was (ECMA-376 part 1, 18.17.4.1); behind that the day 0 is 1899-12-30.  Old ones of
 * Macintosh count from 1904-01-01 as 0.
 */
#define DAY_0_OF_1900 (-25569)
#define DAY_0_OF_1904 (-24107)
#define SERIAL_MIN 61
#define SERIAL_MAX 109574 /* 2199 */
/* A number in a spreadsheet keeps so many digits; those behind become zeros. */
#define DIGITS_KEPT 15
#define NUMBER_MAX 1000000
/* 1 Hamal to 29 Qaws of a Solar Hijri year lie in this Gregorian one: nine of its months. */
#define SOLAR_YEAR_OFFSET 621

/* --- the header ---------------------------------------------------------------------- */

static size_t count_name(const struct header *h, struct text name, size_t *at)
{
	size_t found = 0;

	for (size_t i = 0; i < h->count; i++)
		if (text_same(h->names[i], name)) {
			*at = i;
			found++;
		}
	return found;
}

bool header_has(const struct header *h, struct text name, size_t *at)
{
	return count_name(h, name, at) == 1;
}

enum err header_find(const struct header *h, struct text name, const char *sheet, size_t *at,
		     struct fault *f)
{
	switch (count_name(h, name, at)) {
	case 0: return fault(f, ERR_INPUT, "import.missing-column", name, sheet);
	case 1: return OK;
	default: return fault(f, ERR_INPUT, "import.ambiguous-column", name, sheet);
	}
}

/* --- the plan ------------------------------------------------------------------------ */

/* "needs/disab" for a column "needs": its own columns, known to the map or not. */
static enum err find_details(struct plan *p, unsigned column, const struct list_sheet *sheet,
			     struct fault *f)
{
	struct text name = p->section->columns[column].from;

	for (size_t i = 0; i < sheet->header->count; i++) {
		struct text t = sheet->header->names[i];

		if (t.size <= name.size + 1 || memcmp(t.at, name.at, name.size) != 0 ||
		    t.at[name.size] != '/')
			continue;
		if (p->detail_count == DETAILS_MAX)
			return fault(f, ERR_LIMIT, "import.too-many-details", name, DETAILS_MAX);
		p->details[p->detail_count++] = (struct detail){
			i, column, { t.at + name.size + 1, t.size - name.size - 1 }
		};
	}
	return OK;
}

/*
 * The day of an age: its own column, that of Kobo's repeats ("_submission_" before the
 * household's name), the day on which the household was asked, or a day as written.
 */
static enum err find_on(struct plan *p, size_t column, const struct list_sheet *sheet,
			struct fault *f)
{
	struct text on = p->section->columns[column].on;
	char repeated[80];
	struct fault no_date = { 0 };
	int32_t day;

	p->on_at[column] = NO_COLUMN;
	if (header_has(sheet->header, on, &p->on_at[column]) ||
	    date_read_iso(&day, on, NULL, &no_date) == OK)
		return OK;
	snprintf(repeated, sizeof(repeated), "_submission_%.*s", SHOWN(on));
	if (header_has(sheet->header, text_of(repeated), &p->on_at[column]) ||
	    text_same(on, sheet->happened))
		return OK;
	return header_find(sheet->header, on, sheet->name, &p->on_at[column], f);
}

enum err plan_make(struct plan *p, const struct section *s, const struct list_sheet *sheet,
		   const struct atlas *atlas, uint64_t *marks_stripped, struct fault *f)
{
	enum err e = OK;

	*p = (struct plan){ .section = s,
			    .atlas = atlas,
			    .from_1904 = sheet->from_1904,
			    .marks_stripped = marks_stripped };
	for (size_t i = 0; i < s->column_count && !e; i++) {
		const struct column *c = &s->columns[i];

		p->at[i] = NO_COLUMN;
		if (!c->from.size ||
		    (c->optional && !count_name(sheet->header, c->from, &p->at[i])))
			continue;
		e = header_find(sheet->header, c->from, sheet->name, &p->at[i], f);
		if (!e && c->target->how == HOW_AGE)
			e = find_on(p, i, sheet, f);
		if (!e && c->target->how == HOW_CODES)
			e = find_details(p, (unsigned)i, sheet, f);
	}
	return e;
}

/* --- cells --------------------------------------------------------------------------- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* A line end inside a cell (Alt and Enter) is a blank. */
static struct text on_one_line(struct arena *a, struct text t)
{
	bool broken = false;
	char *out;

	for (size_t i = 0; i < t.size; i++)
		broken |= is_blank(t.at[i]) && t.at[i] != ' ';
	if (!broken || !(out = arena_take(a, t.size + 1)))
		return broken ? (struct text){ NULL, 0 } : t;
	for (size_t i = 0; i < t.size; i++)
		out[i] = is_blank(t.at[i]) ? ' ' : t.at[i];
	return (struct text){ out, t.size };
}

static bool is_error(struct text t)
{
	static const char *const errors[] = { "#N/A",	"#REF!",   "#VALUE!", "#NAME?",
					      "#NULL!", "#DIV/0!", "#NUM!" };

	for (size_t i = 0; i < COUNT_OF(errors); i++)
		if (text_is(t, errors[i]))
			return true;
	return false;
}

enum err cell_of(const struct row *row, size_t at, struct arena *a, uint64_t *stripped,
		 struct text *out, struct fault *f)
{
	struct text t = at < row->count ? text_trimmed(row->cells[at], BLANKS) : TEXT("");

	*out = TEXT("");
	if (t.size > CELL_TAKEN_MAX)
		return fault(f, ERR_LIMIT, "import.cell-too-large", t.size, CELL_TAKEN_MAX);
	if (!t.size)
		return OK;
	if (is_error(t))
		return fault(f, ERR_INPUT, "import.cell-error", t);
	t = utf8_strip(a, t, stripped);
	t = t.at ? on_one_line(a, t) : t;
	if (!t.at)
		return fault(f, ERR_MEMORY, "memory.none");
	*out = text_trimmed(t, BLANKS);
	return OK;
}

/* One cell on its way: what the map says of it, and where the value goes. */
struct conversion {
	const struct plan *plan;
	const struct column *column;
	const struct row *row;
	bool is_number, from_1904;
	struct arena *arena;
	json_t *out;
	struct fault *fault;
};

static enum err no_memory(const struct conversion *v)
{
	return fault(v->fault, ERR_MEMORY, "memory.none");
}

static const char *field_of(const struct conversion *v)
{
	return v->column->target->told.field;
}

static enum err put_json(const struct conversion *v, json_t *object, const char *field, json_t *j)
{
	return json_object_set_new(object, field, j) ? no_memory(v) : OK;
}

/* Why jansson made no string of `t`. */
static enum err no_string(const struct conversion *v, const char *field, struct text t)
{
	return utf8_valid(t) ? no_memory(v) : fault(v->fault, ERR_INPUT, "import.not-text", field);
}

static enum err put(const struct conversion *v, const char *field, struct text t)
{
	json_t *j = json_stringn(t.at, t.size);

	if (!j)
		return no_string(v, field, t);
	return put_json(v, v->out, field, j);
}

/* "1.73012E+12": a spreadsheet has thrown digits away. */
static bool has_lost_digits(struct text t)
{
	size_t i = 0;

	while (i < t.size &&
	       ((t.at[i] >= '0' && t.at[i] <= '9') || t.at[i] == '.' || t.at[i] == ','))
		i++;
	if (i == 0 || i + 1 >= t.size || (t.at[i] != 'E' && t.at[i] != 'e'))
		return false;
	i += t.at[i + 1] == '+' ? 2 : 1;
	for (size_t k = i; k < t.size; k++)
		if (t.at[k] < '0' || t.at[k] > '9')
			return false;
	return i < t.size;
}

/* A number with more digits than a spreadsheet keeps. */
static bool is_cut_number(struct text t)
{
	size_t digits = 0;

	for (size_t i = 0; i < t.size; i++)
		digits += t.at[i] >= '0' && t.at[i] <= '9';
	return digits > DIGITS_KEPT && !memchr(t.at, '.', t.size);
}

/*
 * The word of ours for a word of the list; empty: one that says nothing.  *known: the
 * map has it, or it is ours already, or there are no codes.
 */
static struct text translate(const struct column *c, struct text t, bool *known)
{
	const char *name;
	json_t *j;

	*known = true;
	if (!c->codes)
		return t;
	json_object_foreach(c->codes, name, j)
		if (text_is(t, name))
			return json_is_string(j)    ? json_text_of(j)
			       : json_is_boolean(j) ? (json_is_true(j) ? TEXT("yes") : TEXT("no"))
						    : TEXT("");
	json_object_foreach(c->codes, name, j)
		if (json_is_string(j) && text_same(json_text_of(j), t))
			return t;
	*known = false;
	return t;
}

static enum err translated(const struct conversion *v, struct text *t)
{
	struct text given = *t;
	bool known;

	*t = translate(v->column, given, &known);
	if (known)
		return OK;
	return fault(v->fault, ERR_INPUT, "import.no-such-code", given, v->column->from);
}

static struct text lower(struct arena *a, struct text t)
{
	char *out = arena_take(a, t.size + 1);

	if (!out)
		return (struct text){ NULL, 0 };
	for (size_t i = 0; i < t.size; i++)
		out[i] = (char)(t.at[i] >= 'A' && t.at[i] <= 'Z' ? t.at[i] + 32 : t.at[i]);
	return (struct text){ out, t.size };
}

/* --- texts and codes ----------------------------------------------------------------- */

/* Letters beyond Latin, Greek and Cyrillic: the name stands in her own script. */
static bool is_own_script(struct text t)
{
	uint32_t c;

	while (utf8_next(&t, &c))
		if (c >= 0x0590 && c < 0x1e00)
			return true;
	return false;
}

/* A column of its own for the other script goes before. */
static enum err convert_name(const struct conversion *v, struct text t)
{
	char latin[32];
	const char *field = field_of(v);

	snprintf(latin, sizeof(latin), "%s_latin", field);
	if (!is_own_script(t))
		field = latin;
	return json_object_get(v->out, field) ? OK : put(v, field, t);
}

static enum err convert_line(const struct conversion *v, struct text t)
{
	return put(v, field_of(v), t);
}

static enum err convert_code(const struct conversion *v, struct text t)
{
	enum err e = translated(v, &t);

	if (e || !t.size)
		return e;
	t = lower(v->arena, t);
	return t.at ? put(v, field_of(v), t) : no_memory(v);
}

static bool has_digit(struct text t)
{
	for (size_t i = 0; i < t.size; i++)
		if (t.at[i] >= '0' && t.at[i] <= '9')
			return true;
	return false;
}

/* With the vintage of the map where the cell has none; countries (PAK) have none. */
static enum err convert_area(const struct conversion *v, struct text t)
{
	struct text vintage = v->column->vintage;
	const struct area *area;
	bool known;
	enum err e;

	/* A P-code needs no line in the map. */
	t = translate(v->column, t, &known);
	if (!t.size)
		return OK;
	if (vintage.size && !memchr(t.at, '@', t.size) && has_digit(t)) {
		t = arena_print(v->arena, "%.*s@%.*s", SHOWN(t), SHOWN(vintage));
		if (!t.at)
			return no_memory(v);
	}
	e = atlas_area(v->plan->atlas, t, &area, v->fault);
	return e ? e : put(v, field_of(v), area->key);
}

static enum err convert_flag(const struct conversion *v, struct text t)
{
	static const struct {
		const char *word;
		bool yes;
	} words[] = {
		{ "yes", true }, { "y", true },	 { "1", true },	 { "true", true },
		{ "no", false }, { "n", false }, { "0", false }, { "false", false },
	};
	struct text given = t;
	enum err e = translated(v, &t);

	if (e || !t.size)
		return e;
	t = lower(v->arena, t);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (t.at && text_is(t, words[i].word))
			return put_json(v, v->out,
					v->column->target->how == HOW_ESTIMATED ? "birth_estimated"
										: field_of(v),
					json_boolean(words[i].yes));
	return fault(v->fault, ERR_INPUT, "import.not-yes-or-no", given, v->column->from);
}

/* --- numbers and days ---------------------------------------------------------------- */

/* "34", "۳۴", and "34.0" as some programs write a whole number. */
static enum err read_number(const struct conversion *v, struct text t, json_int_t *out)
{
	struct text ascii = digits_to_ascii(v->arena, t);
	size_t i = 0;

	if (!ascii.at)
		return no_memory(v);
	for (*out = 0;
	     i < ascii.size && ascii.at[i] >= '0' && ascii.at[i] <= '9' && *out <= NUMBER_MAX; i++)
		*out = *out * 10 + (ascii.at[i] - '0');
	if (i > 0 && i + 1 < ascii.size && ascii.at[i] == '.')
		for (i++; i < ascii.size && ascii.at[i] == '0';)
			i++;
	if (i == 0 || i != ascii.size || *out > NUMBER_MAX)
		return fault(v->fault, ERR_INPUT, "import.not-a-number", t, v->column->from);
	return OK;
}

static enum err convert_number(const struct conversion *v, struct text t)
{
	json_int_t n;
	enum err e = read_number(v, t, &n);

	return e ? e : put_json(v, v->out, field_of(v), json_integer(n));
}

static enum err day_of_serial(struct text t, struct text column, bool from_1904, int32_t *day,
			      struct fault *f)
{
	int64_t serial = 0;

	/* What stands behind the point is the time of day. */
	for (size_t i = 0; i < t.size && t.at[i] != '.'; i++) {
		if (t.at[i] < '0' || t.at[i] > '9' || serial > SERIAL_MAX)
			return fault(f, ERR_INPUT, "import.not-a-serial", t, column);
		serial = serial * 10 + (t.at[i] - '0');
	}
	if (serial < SERIAL_MIN || serial > SERIAL_MAX)
		return fault(f, ERR_INPUT, "import.not-a-serial", t, column);
	*day = (int32_t)serial + (from_1904 ? DAY_0_OF_1904 : DAY_0_OF_1900);
	return OK;
}

/* Without a time of day behind it: "2025-04-03T10:00:00Z", "3/4/2025 10:00". */
static struct text date_part(struct text t)
{
	for (size_t i = 6; i + 4 < t.size; i++) {
		bool one = t.at[i + 2] == ':', two = t.at[i + 3] == ':';

		if ((t.at[i] == ' ' || t.at[i] == 'T' || t.at[i] == 't') && (one || two))
			return (struct text){ t.at, i };
	}
	return t;
}

static bool all_digits(struct text t)
{
	for (size_t i = 0; i < t.size; i++)
		if (t.at[i] < '0' || t.at[i] > '9')
			return false;
	return t.size > 0;
}

/* The day of a cell: a date as written, or a spreadsheet's serial number. */
static enum err read_day(const struct conversion *v, struct text t, int32_t *day)
{
	const struct column *c = v->column;
	struct date_form form = { .calendar = c->calendar, .order = c->order };
	struct text column = arena_copy_text(v->arena, c->from);

	t = digits_to_ascii(v->arena, t);
	if (!t.at || !column.at)
		return no_memory(v);
	form.field = column.at;
	t = date_part(t);
	/* YYYYMMDD; no serial number is so long. */
	if (t.size == 8 && all_digits(t)) {
		t = arena_print(v->arena, "%.4s-%.2s-%.2s", t.at, t.at + 4, t.at + 6);
		if (!t.at)
			return no_memory(v);
	} else if (v->is_number) {
		return day_of_serial(t, c->from, v->from_1904, day, v->fault);
	}
	return date_read(day, t, &form, v->fault);
}

static enum err put_day(const struct conversion *v, json_t *object, const char *field, int32_t day)
{
	char text[DATE_TEXT_SIZE];

	date_write(text, day);
	return put_json(v, object, field, json_string(text));
}

/* A year alone is a year. */
static enum err convert_date(const struct conversion *v, struct text t)
{
	struct text ascii = digits_to_ascii(v->arena, t);
	int year;
	int32_t day;
	enum err e;

	if (!ascii.at)
		return no_memory(v);
	if (ascii.size == 4 && all_digits(ascii)) {
		year = (ascii.at[0] - '0') * 1000 + (ascii.at[1] - '0') * 100 +
		       (ascii.at[2] - '0') * 10 + (ascii.at[3] - '0');
		if (v->column->calendar == SOLAR_HIJRI)
			year += SOLAR_YEAR_OFFSET;
		return put_json(v, v->out, "birth_year", json_integer(year));
	}
	e = read_day(v, t, &day);
	return e ? e : put_day(v, v->out, field_of(v), day);
}

static enum err convert_age(const struct conversion *v, struct text t)
{
	const struct plan *p = v->plan;
	const struct column *c = v->column;
	size_t on_at = p->on_at[c - p->section->columns];
	struct column on = { .from = c->on, .order = DATE_YMD };
	struct conversion of_day = *v;
	struct fault no_date = { 0 };
	struct text said;
	int32_t day;
	json_int_t age;
	enum err e = read_number(v, t, &age);

	if (e || (e = put_json(v, v->out, "age", json_integer(age))))
		return e;
	if (on_at == NO_COLUMN) /* convert_finish() knows when the household was asked */
		return date_read_iso(&day, c->on, NULL, &no_date)
			       ? OK
			       : put_day(v, v->out, "age_on", day);
	if ((e = cell_of(v->row, on_at, v->arena, p->marks_stripped, &said, v->fault)) ||
	    !said.size)
		return e;
	of_day.column = &on;
	of_day.is_number = v->row->is_number && v->row->is_number[on_at];
	e = read_day(&of_day, said, &day);
	return e ? e : put_day(v, v->out, "age_on", day);
}

/* --- papers -------------------------------------------------------------------------- */

/* The paper of that number; all before it exist, if only empty. */
static json_t *document_of(const struct conversion *v, unsigned at)
{
	json_t *documents = json_object_get(v->out, "documents");

	if (!documents) {
		documents = json_array();
		if (json_object_set_new(v->out, "documents", documents))
			return NULL;
	}
	while (json_array_size(documents) <= at)
		if (json_array_append_new(documents, json_object()))
			return NULL;
	return json_array_get(documents, at);
}

static enum err put_of_document(const struct conversion *v, const char *part, struct text t)
{
	json_t *document = document_of(v, v->column->document), *j = json_stringn(t.at, t.size);

	if (!document || !j) {
		json_decref(j);
		return document ? no_string(v, part, t) : no_memory(v);
	}
	return put_json(v, document, part, j);
}

static enum err convert_document(const struct conversion *v, struct text t)
{
	if (v->is_number && is_cut_number(t))
		return fault(v->fault, ERR_INPUT, "import.digits-lost", t, v->column->from);
	return put_of_document(v, "number", t);
}

static enum err convert_document_kind(const struct conversion *v, struct text t)
{
	json_t *document;
	enum err e = translated(v, &t);

	if (e || !t.size)
		return e;
	t = lower(v->arena, t);
	if (!t.at)
		return no_memory(v);
	/* A kind that the map fixes says nothing of who has no such paper. */
	if (!v->column->from.size) {
		document =
			json_array_get(json_object_get(v->out, "documents"), v->column->document);
		if (!json_object_get(document, "number"))
			return OK;
	}
	return put_of_document(v, "kind", t);
}

static enum err convert_document_date(const struct conversion *v, struct text t)
{
	json_t *document = document_of(v, v->column->document);
	int32_t day;
	enum err e = read_day(v, t, &day);

	if (e)
		return e;
	return document ? put_day(v, document, "valid_to", day) : no_memory(v);
}

/* Papers of which nothing is known go; a number without a kind is of some other paper. */
static enum err finish_documents(json_t *person, struct fault *f)
{
	json_t *documents = json_object_get(person, "documents");

	for (size_t i = json_array_size(documents); i-- > 0;) {
		json_t *one = json_array_get(documents, i);

		if (!json_object_get(one, "kind") && json_object_get(one, "number") &&
		    json_object_set_new(one, "kind", json_string("other")))
			return fault(f, ERR_MEMORY, "memory.none");
		if (!json_object_get(one, "kind"))
			json_array_remove(documents, i);
	}
	if (documents && json_array_size(documents) == 0)
		json_object_del(person, "documents");
	return OK;
}

/* --- select_multiple ----------------------------------------------------------------- */

static enum err add_word(const struct conversion *v, json_t *list, struct text given)
{
	struct text t = given;
	json_t *old;
	size_t i;
	enum err e = translated(v, &t);

	if (e || !t.size)
		return e;
	json_array_foreach(list, i, old)
		if (text_same(json_text_of(old), t))
			return OK;
	return json_array_append_new(list, json_stringn(t.at, t.size)) ? no_memory(v) : OK;
}

/* The columns of its own, where there are any: needs/disab = 1. */
static enum err add_details(const struct conversion *v, json_t *list, bool *any)
{
	const struct plan *p = v->plan;
	enum err e = OK;

	for (size_t i = 0; i < p->detail_count && !e; i++) {
		const struct detail *d = &p->details[i];
		struct text t;

		if (&p->section->columns[d->column] != v->column)
			continue;
		*any = true;
		e = cell_of(v->row, d->at, v->arena, p->marks_stripped, &t, v->fault);
		if (!e && (text_is(t, "1") || text_is(lower(v->arena, t), "true")))
			e = add_word(v, list, d->word);
	}
	return e;
}

/*
 * "disab old", or the columns needs/disab = 1.  A summary of labels has blanks inside its
 * words and cannot be taken apart: without columns of its own, a word that the map does
 * not know is refused.
 */
static enum err convert_codes(const struct conversion *v, struct text t)
{
	json_t *list = json_array();
	bool details = false;
	enum err e = list ? add_details(v, list, &details) : no_memory(v);

	while (!details && !e && t.size) {
		const char *blank = memchr(t.at, ' ', t.size);
		struct text word = { t.at, blank ? (size_t)(blank - t.at) : t.size };

		e = add_word(v, list, word);
		t = text_trimmed((struct text){ t.at + word.size, t.size - word.size }, BLANKS);
	}
	if (!e && json_array_size(list) && json_object_set(v->out, field_of(v), list))
		e = no_memory(v);
	json_decref(list);
	return e;
}

/* --- a row --------------------------------------------------------------------------- */

typedef enum err convert(const struct conversion *v, struct text t);

static convert *const converts[] = {
	[HOW_LINE] = convert_line,
	[HOW_NAME] = convert_name,
	[HOW_CODE] = convert_code,
	[HOW_CODES] = convert_codes,
	[HOW_AREA] = convert_area,
	[HOW_NUMBER] = convert_number,
	[HOW_FLAG] = convert_flag,
	[HOW_DATE] = convert_date,
	[HOW_ESTIMATED] = convert_flag,
	[HOW_AGE] = convert_age,
	[HOW_DOCUMENT] = convert_document,
	[HOW_DOCUMENT_KIND] = convert_document_kind,
	[HOW_DOCUMENT_DATE] = convert_document_date,
};

static enum err convert_cell(struct conversion *v, size_t at)
{
	struct text t = v->column->fixed;
	enum err e;

	v->is_number = v->row->is_number && at < v->row->count && v->row->is_number[at];
	if (at != NO_COLUMN &&
	    (e = cell_of(v->row, at, v->arena, v->plan->marks_stripped, &t, v->fault)))
		return e;
	/* An empty summary of a select_multiple may still have details. */
	if (!t.size && v->column->target->how != HOW_CODES)
		return OK;
	if (has_lost_digits(t))
		return fault(v->fault, ERR_INPUT, "import.digits-lost", t, v->column->from);
	return converts[v->column->target->how](v, t);
}

enum err plan_convert(const struct plan *p, const struct row *row, struct arena *a, json_t *out,
		      struct text *column, struct fault *f)
{
	/* What is fixed comes last: a kind of paper waits for its number. */
	for (int fixed = 0; fixed < 2; fixed++) {
		for (size_t i = 0; i < p->section->column_count; i++) {
			struct conversion v = { .plan = p,
						.column = &p->section->columns[i],
						.from_1904 = p->from_1904,
						.row = row,
						.arena = a,
						.out = out,
						.fault = f };
			enum err e;

			if ((p->at[i] == NO_COLUMN) != fixed)
				continue;
			if ((e = convert_cell(&v, p->at[i]))) {
				*column = v.column->from;
				return e;
			}
		}
	}
	return OK;
}

/* --- what the whole row says --------------------------------------------------------- */

enum err convert_time(struct text cell, bool is_number, bool from_1904, struct text column,
		      struct arena *a, struct text *when, struct text *day, struct fault *f)
{
	const struct column c = { .from = column, .order = DATE_YMD };
	const struct conversion v = {
		.column = &c, .is_number = is_number, .from_1904 = from_1904, .arena = a, .fault = f
	};
	char text[DATE_TEXT_SIZE];
	struct fault no_time = { 0 };
	int64_t seconds;
	int32_t n;
	enum err e = read_day(&v, cell, &n);

	if (e)
		return e;
	date_write(text, n);
	*day = *when = arena_copy_text(a, text_of(text));
	if (!day->at)
		return no_memory(&v);
	if (!is_number && time_read(&seconds, cell, NULL, &no_time) == OK)
		*when = cell;
	return OK;
}

/* Of a date, a year and an age the most exact one stays; of a guessed date its year. */
static enum err finish_birth(json_t *person, struct text day, struct fault *f)
{
	struct text date = json_text_of(json_object_get(person, "birth_date"));
	bool guessed = json_is_true(json_object_get(person, "birth_estimated"));

	json_object_del(person, "birth_estimated");
	if (date.at && guessed) {
		if (json_object_set_new(person, "birth_year", json_integer(atoi(date.at))))
			return fault(f, ERR_MEMORY, "memory.none");
		json_object_del(person, "birth_date");
	}
	if (json_object_get(person, "birth_date"))
		json_object_del(person, "birth_year");
	if (json_object_get(person, "birth_date") || json_object_get(person, "birth_year")) {
		json_object_del(person, "age");
		json_object_del(person, "age_on");
	}
	if (!json_object_get(person, "age") || json_object_get(person, "age_on"))
		return OK;
	if (!day.size)
		return fault(f, ERR_INPUT, "import.age-of-no-day");
	return json_object_set_new(person, "age_on", json_stringn(day.at, day.size))
		       ? fault(f, ERR_MEMORY, "memory.none")
		       : OK;
}

enum err convert_finish(json_t *person, json_t *shared, struct text day, struct fault *f)
{
	enum err e;

	if (shared && json_object_update_missing(person, shared))
		return fault(f, ERR_MEMORY, "memory.none");
	if ((e = finish_birth(person, day, f)))
		return e;
	return finish_documents(person, f);
}
