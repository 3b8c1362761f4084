/*
 * bulletin: a release as others read it: CSV with HXL, JSON, DHIS2.
 *
 * All of them are written from the same rows, in the order of the plan.  A number that
 * is published as 0 stands for "fewer than 5", and none of them says 0.
 */
#include "figures/figures.h"

#include <stdio.h>

#include "base/calendar.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/sha256.h"

#define STAR TEXT("*")
#define BYTE_ORDER_MARK TEXT("\xef\xbb\xbf")
#define LICENCE "CC BY 4.0"
#define METHOD                                                                                     \
	"Rounded to multiples of 5 so that parts add up; each number is within 4 of the "          \
	"truth and right on average. * means fewer than 5, also none. See docs/FIGURES.md."

/* --- rows ---------------------------------------------------------------------------- */

enum column {
	COLUMN_FIGURE,
	COLUMN_PERIOD,
	COLUMN_START,
	COLUMN_END,
	COLUMN_AXES,
	COLUMN_VINTAGE = COLUMN_AXES + AXIS_COUNT,
	COLUMN_VALUE,
	COLUMN_STATUS,
	COLUMN_COUNT,
};
_Static_assert(COLUMN_COUNT == BULLETIN_COLUMNS && COLUMN_VALUE == BULLETIN_VALUE, "columns");

static const struct {
	const char *heading, *hxl, *doc;
} columns[COLUMN_COUNT] = {
	[COLUMN_FIGURE] = { "figure", "#indicator+code", "which figure of the plan" },
	[COLUMN_PERIOD] = { "period", "#meta+period", "the week, or the first of four weeks" },
	[COLUMN_START] = { "start", "#date+start", "first day, a Sunday" },
	[COLUMN_END] = { "end", "#date+end", "last day, a Saturday" },
#define AXIS(name, word, hxl)                                                                      \
	[COLUMN_AXES + AXIS_##name] = { word, hxl, "part of the whole; empty: all" },
#include "figures/plan.def"
	[COLUMN_VINTAGE] = { "vintage", "#meta+vintage", "list of areas that the codes are of" },
	[COLUMN_VALUE] = { "value", "#affected", "a multiple of 5; empty where status is *" },
	[COLUMN_STATUS] = { "status", "#status", "*: fewer than 5, also none" },
};

const char *bulletin_heading(size_t column)
{
	return columns[column].heading;
}

const char *bulletin_hxl(size_t column)
{
	return columns[column].hxl;
}

struct period_texts {
	char id[PERIOD_ID_SIZE], start[DATE_TEXT_SIZE], end[DATE_TEXT_SIZE];
};

static struct period_texts texts_of(struct period p)
{
	struct period_texts t = { { 0 }, { 0 }, { 0 } };

	period_id(t.id, p);
	date_write(t.start, p.start);
	date_write(t.end, p.end);
	return t;
}

void bulletin_each_row(const struct bulletin *b, const struct release *r,
		       void (*visit)(void *self, const struct bulletin_row *row), void *self)
{
	struct period_texts period = texts_of(r->period);
	struct bulletin_row row;

	for (size_t t = 0; t < FIGURE_COUNT; t++)
		for (size_t i = 0; i < r->tables[t].count; i++) {
			const struct figure_cell *c = &r->tables[t].cells[i];

			row = (struct bulletin_row){ .value = c->value };
			row.cells[COLUMN_FIGURE] = text_of(figure_word(r->tables[t].figure));
			row.cells[COLUMN_PERIOD] = text_of(period.id);
			row.cells[COLUMN_START] = text_of(period.start);
			row.cells[COLUMN_END] = text_of(period.end);
			for (size_t x = 0; x < AXIS_COUNT; x++)
				row.cells[COLUMN_AXES + x] = c->at[x];
			row.cells[COLUMN_VINTAGE] = b->vintage;
			row.cells[COLUMN_STATUS] = c->value ? TEXT("") : STAR;
			visit(self, &row);
		}
}

/* --- CSV ----------------------------------------------------------------------------- */

static void write_row(void *self, const struct bulletin_row *row)
{
	struct csv_writer *w = self;

	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		if (i == COLUMN_VALUE && row->value)
			csv_cell_int(w, (int64_t)row->value);
		else
			csv_cell(w, row->cells[i]);
	}
	csv_row_end(w);
}

void bulletin_csv(struct buffer *out, const struct bulletin *b, const struct release *r, bool mark)
{
	struct csv_writer w = { .out = out, .defuse = true };

	if (mark)
		buffer_text(out, BYTE_ORDER_MARK);
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		csv_cell(&w, text_of(columns[i].heading));
	csv_row_end(&w);
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		csv_cell(&w, text_of(columns[i].hxl));
	csv_row_end(&w);
	bulletin_each_row(b, r, write_row, &w);
}

void bulletin_dictionary(struct buffer *out)
{
	struct csv_writer w = { .out = out, .defuse = true };
	static const char *const headings[] = { "sort", "name", "hxl", "what it is" };

	for (size_t i = 0; i < COUNT_OF(headings); i++)
		csv_cell(&w, text_of(headings[i]));
	csv_row_end(&w);
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		csv_cell(&w, TEXT("column"));
		csv_cell(&w, text_of(columns[i].heading));
		csv_cell(&w, text_of(columns[i].hxl));
		csv_cell(&w, text_of(columns[i].doc));
		csv_row_end(&w);
	}
	for (enum figure_counted f = 0; f < FIGURE_COUNT; f++) {
		csv_cell(&w, TEXT("figure"));
		csv_cell(&w, text_of(figure_word(f)));
		csv_cell(&w, TEXT(""));
		csv_cell(&w, text_of(figure_doc(f)));
		csv_row_end(&w);
	}
}

/* --- JSON ---------------------------------------------------------------------------- */

static void write_text(struct json_writer *w, const char *key, struct text t)
{
	json_key(w, key);
	json_text(w, t);
}

static void write_cell(struct json_writer *w, const struct figure_cell *c)
{
	json_object_begin(w);
	for (enum axis x = 0; x < AXIS_COUNT; x++)
		if (c->at[x].size)
			write_text(w, axis_word(x), c->at[x]);
	json_key(w, "value");
	if (c->value)
		json_uint(w, c->value);
	else
		json_none(w);
	if (!c->value)
		write_text(w, "status", STAR);
	json_object_end(w);
}

static void write_release(struct json_writer *w, const char *key, const struct release *r)
{
	struct period_texts period = texts_of(r->period);

	json_key(w, key);
	json_object_begin(w);
	write_text(w, "period", text_of(period.id));
	write_text(w, "start", text_of(period.start));
	write_text(w, "end", text_of(period.end));
	json_key(w, "tables");
	json_array_begin(w);
	for (size_t t = 0; t < FIGURE_COUNT; t++) {
		if (!r->tables[t].count)
			continue;
		json_object_begin(w);
		write_text(w, "figure", text_of(figure_word(r->tables[t].figure)));
		write_text(w, "what", text_of(figure_doc(r->tables[t].figure)));
		json_key(w, "cells");
		json_array_begin(w);
		for (size_t i = 0; i < r->tables[t].count; i++)
			write_cell(w, &r->tables[t].cells[i]);
		json_array_end(w);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
}

static void write_directives(struct json_writer *w, const struct bulletin *b)
{
	json_key(w, "directives");
	json_array_begin(w);
	for (size_t i = 0; i < b->directive_count; i++) {
		const struct bulletin_directive *d = &b->directives[i];

		json_object_begin(w);
		write_text(w, "code", d->code);
		write_text(w, "date", d->date);
		write_text(w, "authority", d->authority);
		write_text(w, "instrument", d->title);
		write_text(w, "from", d->from);
		if (d->to.size)
			write_text(w, "to", d->to);
		json_key(w, "began");
		json_bool(w, d->began);
		json_object_end(w);
	}
	json_array_end(w);
}

void bulletin_json(struct buffer *out, const struct bulletin *b)
{
	struct json_writer w;

	json_begin(&w, out);
	json_object_begin(&w);
	write_text(&w, "site", b->site);
	json_key(&w, "demo");
	json_bool(&w, b->demo);
	write_text(&w, "vintage", b->vintage);
	write_text(&w, "licence", TEXT(LICENCE));
	write_text(&w, "method", TEXT(METHOD));
	write_text(&w, "contact", b->contact);
	write_release(&w, "week", b->week);
	if (b->four)
		write_release(&w, "four_weeks", b->four);
	write_directives(&w, b);
	json_object_end(&w);
	buffer_text(out, TEXT("\n"));
}

/* --- a word about all of them -------------------------------------------------------- */

void bulletin_about(struct buffer *out, const struct bulletin *b)
{
	struct period_texts period = texts_of(b->week->period);

	buffer_print(out,
		     "%s%.*s, %s (%s to %s)\n\nMethod: " METHOD "\n\nLicence: " LICENCE
		     ", naming the source.\n",
		     b->demo ? "DEMO: " : "", SHOWN(b->site), period.id, period.start, period.end);
	if (b->contact.size)
		buffer_print(out, "\nContact: %.*s\n", SHOWN(b->contact));
	buffer_print(
		out,
		"\nAreas: P-codes of OCHA's list %.*s.  Columns and figures: dictionary.csv.\n",
		SHOWN(b->vintage));
}

/* --- DHIS2 --------------------------------------------------------------------------- */

#define UID_SIZE 11

/* DHIS2 names everything by a letter and ten letters or digits: made of the code, so that
 * it is the same each time. */
static void write_uid(char out[UID_SIZE + 1], struct text code)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	struct hash h = sha256_of(bytes_of_text(code));

	for (size_t i = 0; i < UID_SIZE; i++)
		out[i] = digits[h.at[i] % (i ? sizeof(digits) - 1 : 52)];
	out[UID_SIZE] = 0;
}

/* DHIS2 has areas, sex and age; crossings, destinations, groups, waits and corrections have
 * no unit there. */
static bool is_for_dhis2(const struct figure_cell *c)
{
	return c->value && !c->at[AXIS_GROUP].size && !c->at[AXIS_CROSSING].size &&
	       !c->at[AXIS_DESTINATION].size && !c->at[AXIS_WAIT].size && !c->at[AXIS_OF].size &&
	       !text_is(c->at[AXIS_PROVINCE], CODE_OTHER);
}

static void write_value(struct csv_writer *w, enum figure_counted figure, const char *period,
			const struct figure_cell *c)
{
	struct text unit = c->at[AXIS_PROVINCE].size ? c->at[AXIS_PROVINCE] : TEXT("PAK");
	char options[64];

	snprintf(options, sizeof(options), "%.*s%s%.*s", SHOWN(c->at[AXIS_SEX]),
		 c->at[AXIS_AGE].size ? "_" : "", SHOWN(c->at[AXIS_AGE]));
	csv_cell(w, text_of(figure_word(figure)));
	csv_cell(w, text_of(period));
	csv_cell(w, unit);
	csv_cell(w, c->at[AXIS_SEX].size ? text_of(options) : TEXT("default"));
	csv_cell(w, TEXT("default"));
	csv_cell_int(w, (int64_t)c->value);
	csv_row_end(w);
}

void bulletin_dhis2_values(struct buffer *out, const struct bulletin *b)
{
	static const char *const headings[] = {
		"dataelement",		"period", "orgunit", "categoryoptioncombo",
		"attributeoptioncombo", "value"
	};
	struct csv_writer w = { .out = out, .defuse = true };
	char period[PERIOD_ID_SIZE];

	period_dhis2(period, b->week->period);
	for (size_t i = 0; i < COUNT_OF(headings); i++)
		csv_cell(&w, text_of(headings[i]));
	csv_row_end(&w);
	for (size_t t = 0; t < FIGURE_COUNT; t++)
		for (size_t i = 0; i < b->week->tables[t].count; i++)
			if (is_for_dhis2(&b->week->tables[t].cells[i]))
				write_value(&w, b->week->tables[t].figure, period,
					    &b->week->tables[t].cells[i]);
}

void bulletin_dhis2_units(struct buffer *out, const struct bulletin_unit *units, size_t count)
{
	static const char *const headings[] = { "name", "uid", "code", "parent", "shortName" };
	struct csv_writer w = { .out = out, .defuse = true };
	char uid[UID_SIZE + 1];

	for (size_t i = 0; i < COUNT_OF(headings); i++)
		csv_cell(&w, text_of(headings[i]));
	csv_row_end(&w);
	for (size_t i = 0; i < count; i++) {
		csv_cell(&w, units[i].name);
		write_uid(uid, units[i].code);
		csv_cell(&w, text_of(uid));
		csv_cell(&w, units[i].code);
		write_uid(uid, units[i].parent);
		csv_cell(&w, units[i].parent.size ? text_of(uid) : TEXT(""));
		csv_cell(&w, units[i].name);
		csv_row_end(&w);
	}
}
