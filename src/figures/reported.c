/*
 * reported: a list of published figures is read.
 *
 * Columns are found by their names.  A row is a figure where each of its cells is what
 * its column takes; the first cell that is not, from the left, is told, and the row is
 * none.  Where something is, who calls knows: this room has no map.
 */
#include "figures/figures.h"

#include "base/calendar.h"
#include "base/utf8.h"

#define DECIMALS_MAX 2
#define DIGITS_MAX 15
#define NOT_THERE SIZE_MAX

enum cell_sort { CELL_LINE, CELL_DAY, CELL_VALUE, CELL_AREA };

static const struct list_column {
	const char *name;
	enum cell_sort sort;
	bool needed;	     /* the column, and in each row its cell */
	size_t size_max;     /* as fact/kinds.def has it */
	size_t at;	     /* in struct figure */
	const char *missing; /* what an empty cell is told as */
} columns[] = {
#define COLUMN(name, sort, needed, size_max, member, missing)                                      \
	{                                                                                          \
		(name), (sort), (needed), (size_max), offsetof(struct figure, member), (missing)   \
	}
	COLUMN("source", CELL_LINE, true, 400, source, "figures.no-source"),
	COLUMN("publisher", CELL_LINE, true, 200, publisher, "figures.no-publisher"),
	COLUMN("report", CELL_LINE, false, 200, report, NULL),
	COLUMN("as_of", CELL_DAY, true, 40, as_of, "figures.no-as-of"),
	COLUMN("period_start", CELL_DAY, false, 40, period_start, NULL),
	COLUMN("period_end", CELL_DAY, false, 40, period_end, NULL),
	COLUMN("area_name", CELL_LINE, false, 200, area_name, NULL),
	COLUMN("area_pcode", CELL_AREA, false, 40, area, NULL),
	COLUMN("group", CELL_LINE, true, 120, group, "figures.no-group"),
	COLUMN("measure", CELL_LINE, true, 120, measure, "figures.no-measure"),
	COLUMN("value", CELL_VALUE, true, 40, value, "figures.no-value"),
	COLUMN("unit", CELL_LINE, true, 60, unit, "figures.no-unit"),
	COLUMN("note", CELL_LINE, false, 1000, note, NULL),
#undef COLUMN
};

/* A list while it is read. */
struct reader {
	const struct figures_reading *how;
	size_t place[COUNT_OF(columns)]; /* of each column in the list */
	struct figure *figures;
	size_t count, room;
	struct fault *fault;
};

static enum err no_memory(struct fault *f)
{
	return fault(f, ERR_MEMORY, "memory.none");
}

/* --- a value ------------------------------------------------------------------------- */

static bool separates(uint32_t c)
{
	/* comma, Arabic comma and thousands, apostrophes, and spaces of any width */
	static const uint32_t all[] = {
		',', 0x60c, 0x66c, '\'', 0x2019, ' ', 0xa0, 0x2009, 0x202f
	};

	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (all[i] == c)
			return true;
	return false;
}

/* A number while it is read from left to right. */
struct numeral {
	char digits[DIGITS_MAX + DECIMALS_MAX + 2]; /* as they will be kept */
	size_t size;
	size_t run;	       /* digits since the last separator or point */
	size_t groups;	       /* separators so far */
	bool lakhs, thousands; /* a group in between had two, or three */
	bool point;
};

/* Whether what stands before a separator or the end of the whole part is a group. */
static bool group_ends(struct numeral *n, bool last)
{
	if (!n->groups)
		return n->run > 0 && (last || n->run <= 3);
	n->lakhs |= n->run == 2;
	n->thousands |= n->run == 3 && !last;
	return last ? n->run == 3 && !(n->lakhs && n->thousands) : n->run == 2 || n->run == 3;
}

static bool take_character(struct numeral *n, uint32_t c)
{
	int digit = digit_value(c);

	if (digit >= 0) {
		if (n->size >= DIGITS_MAX + (n->point ? DECIMALS_MAX + 1u : 0u) ||
		    (n->point && n->run == DECIMALS_MAX))
			return false;
		n->digits[n->size++] = (char)('0' + digit);
		n->run++;
		return true;
	}
	if (n->point || !n->run)
		return false;
	if (separates(c)) {
		if (!group_ends(n, false))
			return false;
		n->groups++;
		n->run = 0;
		return true;
	}
	if ((c != '.' && c != 0x66b) || !group_ends(n, true))
		return false;
	n->point = true;
	n->digits[n->size++] = '.';
	n->run = 0;
	return true;
}

static int64_t hundredths_of(struct text plain)
{
	int64_t value = 0;
	size_t decimals = 0;
	bool point = false;

	for (size_t i = 0; i < plain.size; i++) {
		if (plain.at[i] == '.') {
			point = true;
			continue;
		}
		value = value * 10 + (plain.at[i] - '0');
		decimals += point;
	}
	for (; decimals < DECIMALS_MAX; decimals++)
		value *= 10;
	return value;
}

enum err figure_value_read(struct arena *a, struct text given, struct text *plain,
			   int64_t *hundredths, struct fault *f)
{
	struct text rest = text_trimmed(given, BLANKS);
	struct numeral n = { 0 };
	uint32_t c;

	while (utf8_next(&rest, &c))
		if (!take_character(&n, c))
			return fault(f, ERR_INPUT, "figures.no-number", given);
	if (!n.run || (!n.point && !group_ends(&n, true)))
		return fault(f, ERR_INPUT, "figures.no-number", given);
	*plain = arena_copy_text(a, (struct text){ n.digits, n.size });
	if (!plain->at)
		return no_memory(f);
	*hundredths = hundredths_of(*plain);
	return OK;
}

/* --- a cell, and a row ----------------------------------------------------------------- */

static enum err read_day(const struct list_column *c, struct text cell, int32_t *out,
			 struct fault *f)
{
	const struct date_form form = { .order = DATE_YMD, .field = c->name };

	return date_read(out, cell, &form, f);
}

static enum err read_cell(const struct reader *r, const struct list_column *c, struct text cell,
			  struct figure *out, struct fault *f)
{
	void *to = (char *)out + c->at;
	uint32_t hidden;

	if (utf8_first_forbidden(cell, &hidden) < cell.size)
		return fault(f, ERR_INPUT, "figures.hidden-character", c->name);
	if (cell.size > c->size_max)
		return fault(f, ERR_LIMIT, "figures.too-long", c->name, c->size_max);
	switch (c->sort) {
	case CELL_DAY: return read_day(c, cell, to, f);
	case CELL_VALUE:
		return figure_value_read(r->how->arena, cell, &out->value, &out->hundredths, f);
	case CELL_AREA: return r->how->locate(r->how->self, cell, out, f);
	case CELL_LINE: break;
	}
	*(struct text *)to = utf8_nfc(r->how->arena, cell);
	return ((struct text *)to)->at ? OK : no_memory(f);
}

/* What each cell by itself cannot show; *column gets whose it is. */
static enum err check_days(const struct reader *r, const struct figure *x, const char **column,
			   struct fault *f)
{
	*column = "period_end";
	if (x->period_start != FIGURE_DAY_NONE && x->period_end != FIGURE_DAY_NONE &&
	    x->period_end < x->period_start)
		return fault(f, ERR_INPUT, "figures.period-backwards");
	*column = "as_of";
	if (x->period_end != FIGURE_DAY_NONE && x->as_of < x->period_end)
		return fault(f, ERR_INPUT, "figures.as-of-too-early");
	if (x->as_of > r->how->today)
		return fault(f, ERR_INPUT, "figures.as-of-too-late");
	return OK;
}

static size_t column_named(const char *name)
{
	size_t at = 0;

	while (strcmp(columns[at].name, name) != 0)
		at++;
	return at;
}

/* *at gets the column of the table whose cell is at fault. */
static enum err read_row(const struct reader *r, const struct csv_row *row, struct figure *out,
			 size_t *at, struct fault *f)
{
	const char *name = NULL;
	enum err e;

	*out = (struct figure){ .as_of = FIGURE_DAY_NONE,
				.period_start = FIGURE_DAY_NONE,
				.period_end = FIGURE_DAY_NONE };
	for (*at = 0; *at < COUNT_OF(columns); (*at)++) {
		const struct list_column *c = &columns[*at];
		size_t place = r->place[*at];
		struct text cell = { NULL, 0 };

		if (place < row->count)
			cell = text_trimmed(row->cells[place], BLANKS);
		if (!cell.size && c->needed)
			return fault(f, ERR_INPUT, c->missing);
		if (cell.size && (e = read_cell(r, c, cell, out, f)))
			return e;
	}
	if ((e = check_days(r, out, &name, f)))
		*at = column_named(name);
	return e;
}

static void tell_refused(const struct reader *r, const struct csv_row *row, size_t at,
			 const struct fault *why)
{
	bool there = at < COUNT_OF(columns) && r->place[at] != NOT_THERE;
	struct figure_refusal refusal = {
		.line = row->line,
		.column = there ? r->place[at] + 1 : 0,
		.column_name = there ? columns[at].name : "",
		.why = why,
	};

	r->how->refused(r->how->self, &refusal);
}

static struct figure *room_for_one(struct reader *r)
{
	struct figure *wider;

	if (r->count < r->room)
		return &r->figures[r->count];
	wider = arena_take_array(r->how->arena, r->room ? 2 * r->room : 64, sizeof(*wider));
	if (!wider)
		return NULL;
	if (r->count)
		memcpy(wider, r->figures, r->count * sizeof(*wider));
	r->figures = wider;
	r->room = r->room ? 2 * r->room : 64;
	return &r->figures[r->count];
}

static enum err take_row(struct reader *r, const struct csv_row *row)
{
	struct figure *figure = room_for_one(r);
	struct fault why = { 0 };
	size_t at;
	enum err e;

	if (!figure)
		return no_memory(r->fault);
	if (r->count == FIGURES_MAX)
		return fault(r->fault, ERR_LIMIT, "figures.too-many", FIGURES_MAX);
	e = read_row(r, row, figure, &at, &why);
	if (e == ERR_MEMORY)
		return no_memory(r->fault);
	if (e)
		tell_refused(r, row, at, &why);
	else
		r->count++;
	return OK;
}

/* --- the list ---------------------------------------------------------------------------- */

static size_t column_of(struct text name)
{
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		if (text_is(name, columns[i].name))
			return i;
	return NOT_THERE;
}

/* A column of an unknown name is more likely a known one that is mistyped than nothing. */
static enum err read_head(struct reader *r, const struct csv_row *row)
{
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		r->place[i] = NOT_THERE;
	for (size_t i = 0; row && i < row->count; i++) {
		struct text name = text_trimmed(row->cells[i], BLANKS);
		size_t at = column_of(name);

		if (at == NOT_THERE)
			return fault(r->fault, ERR_INPUT, "figures.column-unknown", i + 1, name);
		if (r->place[at] != NOT_THERE)
			return fault(r->fault, ERR_INPUT, "figures.column-twice", i + 1, name);
		r->place[at] = i;
	}
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		if (columns[i].needed && r->place[i] == NOT_THERE)
			return fault(r->fault, ERR_INPUT, "figures.column-missing",
				     columns[i].name);
	return OK;
}

enum err figures_read(const struct figure **out, size_t *count, const struct figures_reading *how,
		      struct fault *f)
{
	struct reader r = { .how = how, .fault = f };
	const struct csv_row *row;
	enum err e;

	if (!(e = csv_next(how->csv, &row, f)))
		e = read_head(&r, row);
	while (!e && !(e = csv_next(how->csv, &row, f)) && row)
		e = take_row(&r, row);
	*out = r.figures;
	*count = e ? 0 : r.count;
	return e;
}

/* --- how exactly it is known ----------------------------------------------------------------- */

/* Said of a number that is not exact; in a note only where it stands in quotes there, as
 * the source's own word: "day approximate" is not about the number. */
static const char *const hedges[] = {
	"about",     "almost", "approx", "around",  "close to", "estimated",
	"more than", "nearly", "over",	 "roughly", "some",
};

static bool begins_with_hedge(struct text t)
{
	for (size_t i = 0; i < COUNT_OF(hedges); i++) {
		struct text hedge = text_of(hedges[i]);

		if (text_begins(t, hedge))
			return true;
	}
	return text_begins(t, TEXT("an estimated"));
}

static bool says_rounded(struct text note)
{
	for (size_t i = 0; i < note.size; i++) {
		struct text rest = { note.at + i, note.size - i };

		if (text_begins(rest, TEXT("rounded")))
			return true;
		if (rest.at[0] == '"' &&
		    begins_with_hedge((struct text){ rest.at + 1, rest.size - 1 }))
			return true;
	}
	return false;
}

static size_t zeros_at_end(struct text digits)
{
	size_t count = 0;

	while (count + 1 < digits.size && digits.at[digits.size - 1 - count] == '0')
		count++;
	return count;
}

static int64_t power_of_ten(size_t n)
{
	int64_t p = 1;

	while (n--)
		p *= 10;
	return p;
}

/* Half of the last decimal that is printed, in hundredths. */
static int64_t half_decimal(struct text value)
{
	const char *point = memchr(value.at, '.', value.size);
	size_t decimals = point ? value.size - (size_t)(point + 1 - value.at) : 0;

	return decimals < DECIMALS_MAX ? FIGURE_ONE / power_of_ten(decimals) / 2 : 1;
}

struct figure_span figure_span(const struct figure *f)
{
	size_t zeros = zeros_at_end(f->value);
	int64_t step = 0;

	if (text_is(f->unit, "percent"))
		step = half_decimal(f->value);
	else if (!memchr(f->value.at, '.', f->value.size) && (zeros >= 2 || says_rounded(f->note)))
		step = power_of_ten(zeros) * FIGURE_ONE;
	return (struct figure_span){ f->hundredths - step, f->hundredths + step };
}
