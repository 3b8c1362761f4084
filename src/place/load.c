/*
 * load: the files of data/ become an atlas.
 *
 * Each file has a row struct, and a table that says which column goes where in
 * it (rows.h).  What a row names in another file (a parent, the district of a
 * place, the parts of a sheet) is linked afterwards, so that the order of the
 * rows does not matter; a name that leads nowhere is an error with its line.
 *
 * All files but areas.csv and older_vintage.csv name areas by the code alone and
 * mean the current list; sheets.csv writes the whole key.
 *
 * The version of a sheet is the SHA-256 of its text, so that a changed word is
 * another version and nobody has to remember to raise a number:
 *
 *     "ikhtiar/sheet/v1\n" key "\n" { topic "\n" as_of "\n" basis "\n" source "\n"
 *                                     en "\n" ur "\n" ps "\n" fa "\n" }…
 *
 * No cell has a line end in it, so they separate without doubt.
 */
#include <stdlib.h>

#include "base/buffer.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "place/atlas.h"
#include "place/rows.h"

#define ATLAS_BYTES_MAX ((size_t)64 << 20)
/* Of the folded names of one area. */
#define FOLDED_BYTES_MAX ((size_t)256 << 10)

#define NEEDED true
#define MAY_BE_EMPTY false

#define COLUMN(row, header, sort, need, member)                                                    \
	{                                                                                          \
		(header), (sort), (need), offsetof(struct row, member)                             \
	}

#define NAME_COLUMNS(row, member, en, ur, ps, fa)                                                  \
	COLUMN(row, en, CELL_TEXT, NEEDED, member.in[TEXT_EN]),                                    \
		COLUMN(row, ur, CELL_TEXT, MAY_BE_EMPTY, member.in[TEXT_UR]),                      \
		COLUMN(row, ps, CELL_TEXT, MAY_BE_EMPTY, member.in[TEXT_PS]),                      \
		COLUMN(row, fa, CELL_TEXT, MAY_BE_EMPTY, member.in[TEXT_FA])

#define NAMES_OF(row, member) NAME_COLUMNS(row, member, "name_en", "name_ur", "name_ps", "name_fa")

/* --- the rows ----------------------------------------------------------------- */

struct vintage_row {
	struct row row;
	struct vintage vintage;
};

static const struct column vintage_columns[] = {
	COLUMN(vintage_row, "vintage", CELL_TEXT, NEEDED, vintage.name),
	COLUMN(vintage_row, "country", CELL_TEXT, NEEDED, vintage.country),
	COLUMN(vintage_row, "valid_from", CELL_DATE, NEEDED, vintage.valid_from),
	COLUMN(vintage_row, "current", CELL_FLAG, NEEDED, vintage.current),
	COLUMN(vintage_row, "title", CELL_TEXT, NEEDED, vintage.title),
	COLUMN(vintage_row, "source", CELL_TEXT, NEEDED, vintage.source),
};

struct area_row {
	struct row row;
	struct area area;
	uint64_t level;
	struct text vintage, parent, today;
};

#define AREA_COLUMNS                                                                               \
	COLUMN(area_row, "pcode", CELL_TEXT, NEEDED, area.code),                                   \
		COLUMN(area_row, "vintage", CELL_TEXT, MAY_BE_EMPTY, vintage),                     \
		COLUMN(area_row, "country", CELL_TEXT, NEEDED, area.country),                      \
		COLUMN(area_row, "level", CELL_UINT, NEEDED, level),                               \
		COLUMN(area_row, "parent_pcode", CELL_TEXT, MAY_BE_EMPTY, parent),                 \
		COLUMN(area_row, "alt_en", CELL_TEXT, MAY_BE_EMPTY, area.other_names),             \
		COLUMN(area_row, "label_lat", CELL_UDEG, MAY_BE_EMPTY, area.lat_udeg),             \
		COLUMN(area_row, "label_lon", CELL_UDEG, MAY_BE_EMPTY, area.lon_udeg),             \
		NAMES_OF(area_row, area.names)

static const struct column area_columns[] = { AREA_COLUMNS };
static const struct column older_columns[] = {
	AREA_COLUMNS,
	COLUMN(area_row, "today_pcode", CELL_TEXT, NEEDED, today),
};

struct place_row {
	struct row row;
	struct place place;
	struct text country, province, district, other_side;
};

static const struct column place_columns[] = {
	COLUMN(place_row, "id", CELL_TEXT, NEEDED, place.id),
	COLUMN(place_row, "kind", CELL_TEXT, NEEDED, place.kind),
	NAMES_OF(place_row, place.names),
	COLUMN(place_row, "country", CELL_TEXT, NEEDED, country),
	COLUMN(place_row, "adm1_pcode", CELL_TEXT, MAY_BE_EMPTY, province),
	COLUMN(place_row, "adm2_pcode", CELL_TEXT, MAY_BE_EMPTY, district),
	COLUMN(place_row, "other_side_pcode", CELL_TEXT, MAY_BE_EMPTY, other_side),
	COLUMN(place_row, "lat", CELL_UDEG, MAY_BE_EMPTY, place.lat_udeg),
	COLUMN(place_row, "lon", CELL_UDEG, MAY_BE_EMPTY, place.lon_udeg),
	COLUMN(place_row, "coord_precision", CELL_TEXT, MAY_BE_EMPTY, place.precision),
	COLUMN(place_row, "note", CELL_TEXT, MAY_BE_EMPTY, place.note),
	COLUMN(place_row, "source", CELL_TEXT, NEEDED, place.source),
};

struct tariff_row {
	struct row row;
	struct shipped_tariff tariff;
};

static const struct column tariff_columns[] = {
	COLUMN(tariff_row, "id", CELL_TEXT, NEEDED, tariff.id),
	COLUMN(tariff_row, "provider", CELL_TEXT, NEEDED, tariff.provider),
	COLUMN(tariff_row, "group", CELL_TEXT, NEEDED, tariff.group),
	COLUMN(tariff_row, "part", CELL_UINT, NEEDED, tariff.part),
	COLUMN(tariff_row, "amount_minor", CELL_UINT, NEEDED, tariff.amount_minor),
	COLUMN(tariff_row, "currency", CELL_TEXT, NEEDED, tariff.currency),
	COLUMN(tariff_row, "per", CELL_TEXT, NEEDED, tariff.per),
	COLUMN(tariff_row, "valid_from", CELL_DATE, NEEDED, tariff.valid_from),
	COLUMN(tariff_row, "valid_to", CELL_DATE, MAY_BE_EMPTY, tariff.valid_to),
	COLUMN(tariff_row, "rule", CELL_TEXT, NEEDED, tariff.rule),
	COLUMN(tariff_row, "basis", CELL_TEXT, NEEDED, tariff.basis),
	COLUMN(tariff_row, "source", CELL_TEXT, NEEDED, tariff.source),
	COLUMN(tariff_row, "note", CELL_TEXT, MAY_BE_EMPTY, tariff.note),
};

struct directive_row {
	struct row row;
	struct shipped_directive directive;
	struct text areas;
};

static const struct column directive_columns[] = {
	COLUMN(directive_row, "id", CELL_TEXT, NEEDED, directive.id),
	COLUMN(directive_row, "date", CELL_DATE, NEEDED, directive.date),
	COLUMN(directive_row, "authority", CELL_TEXT, NEEDED, directive.authority),
	COLUMN(directive_row, "authority_level", CELL_TEXT, NEEDED, directive.level),
	COLUMN(directive_row, "instrument", CELL_TEXT, NEEDED, directive.instrument),
	COLUMN(directive_row, "group", CELL_TEXT, NEEDED, directive.group),
	COLUMN(directive_row, "jurisdiction", CELL_TEXT, NEEDED, directive.jurisdiction),
	COLUMN(directive_row, "jurisdiction_pcode", CELL_TEXT, NEEDED, areas),
	COLUMN(directive_row, "effect", CELL_TEXT, NEEDED, directive.effect),
	COLUMN(directive_row, "detail", CELL_TEXT, MAY_BE_EMPTY, directive.detail),
	COLUMN(directive_row, "valid_from", CELL_DATE, MAY_BE_EMPTY, directive.valid_from),
	COLUMN(directive_row, "valid_to", CELL_DATE, MAY_BE_EMPTY, directive.valid_to),
	COLUMN(directive_row, "basis", CELL_TEXT, NEEDED, directive.basis),
	COLUMN(directive_row, "source", CELL_TEXT, MAY_BE_EMPTY, directive.source),
	COLUMN(directive_row, "note", CELL_TEXT, MAY_BE_EMPTY, directive.note),
};

struct sheet_row {
	struct row row;
	struct sheet sheet;
	struct text area, parts;
};

static const struct column sheet_columns[] = {
	COLUMN(sheet_row, "id", CELL_TEXT, NEEDED, sheet.id),
	COLUMN(sheet_row, "area", CELL_TEXT, NEEDED, area),
	COLUMN(sheet_row, "date", CELL_DATE, NEEDED, sheet.date),
	COLUMN(sheet_row, "parts", CELL_TEXT, NEEDED, parts),
	COLUMN(sheet_row, "review", CELL_TEXT, MAY_BE_EMPTY, sheet.review),
};

struct line_row {
	struct row row;
	struct sheet_line line;
	struct text part;
};

static const struct column line_columns[] = {
	COLUMN(line_row, "part", CELL_TEXT, NEEDED, part),
	COLUMN(line_row, "topic", CELL_TEXT, NEEDED, line.topic),
	COLUMN(line_row, "as_of", CELL_DATE, MAY_BE_EMPTY, line.as_of),
	COLUMN(line_row, "basis", CELL_TEXT, NEEDED, line.basis),
	COLUMN(line_row, "source", CELL_TEXT, MAY_BE_EMPTY, line.source),
	NAME_COLUMNS(line_row, line.text, "text_en", "text_ur", "text_ps", "text_fa"),
};

struct need_row {
	struct row row;
	struct need need;
};

static const struct column need_columns[] = {
	COLUMN(need_row, "code", CELL_TEXT, NEEDED, need.code),
	NAMES_OF(need_row, need.names),
	COLUMN(need_row, "source", CELL_TEXT, NEEDED, need.source),
	COLUMN(need_row, "per_10000", CELL_UINT, NEEDED, need.per_10000),
	COLUMN(need_row, "of", CELL_TEXT, NEEDED, need.of),
	COLUMN(need_row, "rate_basis", CELL_TEXT, NEEDED, need.rate_basis),
	COLUMN(need_row, "rate_source", CELL_TEXT, MAY_BE_EMPTY, need.rate_source),
};

struct language_row {
	struct row row;
	struct language language;
	struct text text_language;
};

static const struct column language_columns[] = {
	COLUMN(language_row, "code", CELL_TEXT, NEEDED, language.code),
	COLUMN(language_row, "text_language", CELL_TEXT, NEEDED, text_language),
	COLUMN(language_row, "macro", CELL_TEXT, MAY_BE_EMPTY, language.macro),
	NAMES_OF(language_row, language.names),
	COLUMN(language_row, "note", CELL_TEXT, MAY_BE_EMPTY, language.note),
};

struct paper_row {
	struct row row;
	struct paper paper;
};

static const struct column paper_columns[] = {
	COLUMN(paper_row, "kind", CELL_TEXT, NEEDED, paper.kind),
	NAMES_OF(paper_row, paper.names),
	COLUMN(paper_row, "length_min", CELL_UINT, NEEDED, paper.length_min),
	COLUMN(paper_row, "length_max", CELL_UINT, NEEDED, paper.length_max),
	COLUMN(paper_row, "letters", CELL_FLAG, NEEDED, paper.letters),
	COLUMN(paper_row, "basis", CELL_TEXT, NEEDED, paper.basis),
	COLUMN(paper_row, "note", CELL_TEXT, MAY_BE_EMPTY, paper.note),
};

#define TABLE(row, list, rows_most)                                                                \
	{                                                                                          \
		.row_size = sizeof(struct row), .rows_max = (rows_most), .columns = (list),        \
		.column_count = COUNT_OF(list),                                                    \
	}

/* The bounds are several times what the files hold, and far below what hurts. */
static const struct row_table tables[PLACE_FILE_COUNT] = {
	[PLACE_FILE_VINTAGES] = TABLE(vintage_row, vintage_columns, 64),
	[PLACE_FILE_COUNTRIES] = TABLE(area_row, area_columns, 64),
	[PLACE_FILE_AREAS] = TABLE(area_row, area_columns, 8000),
	[PLACE_FILE_OLDER] = TABLE(area_row, older_columns, 4000),
	[PLACE_FILE_PLACES] = TABLE(place_row, place_columns, 1000),
	[PLACE_FILE_TARIFFS] = TABLE(tariff_row, tariff_columns, 500),
	[PLACE_FILE_DIRECTIVES] = TABLE(directive_row, directive_columns, 1000),
	[PLACE_FILE_SHEETS] = TABLE(sheet_row, sheet_columns, 500),
	[PLACE_FILE_SHEET_LINES] = TABLE(line_row, line_columns, 2000),
	[PLACE_FILE_NEEDS] = TABLE(need_row, need_columns, 200),
	[PLACE_FILE_LANGUAGES] = TABLE(language_row, language_columns, 500),
	[PLACE_FILE_PAPERS] = TABLE(paper_row, paper_columns, 64),
};

/* --- what several files need --------------------------------------------------- */

struct loader {
	struct atlas *atlas;
	struct arena *arena;
	struct rows rows[PLACE_FILE_COUNT];
	struct fault *fault;
};

static enum err no_memory(struct loader *l)
{
	return fault(l->fault, ERR_MEMORY, "place.no-memory");
}

/* `value` in `column` of that row leads nowhere. */
static enum err leads_nowhere(struct loader *l, enum place_file file, const void *row,
			      const char *column, struct text value)
{
	return fault(l->fault, ERR_INPUT, "place.leads-nowhere", place_file_path(file),
		     ((const struct row *)row)->line, column, value);
}

static struct text text_in(const struct rows *rows, size_t i, size_t at)
{
	struct text t;

	memcpy(&t, (const char *)row_at(rows, i) + at, sizeof(t));
	return t;
}

/* No two rows of `file` have the same text at `at`. */
static enum err check_ids(struct loader *l, enum place_file file, size_t at)
{
	const struct rows *rows = &l->rows[file];

	for (size_t i = 0; i < rows->count; i++)
		for (size_t j = 0; j < i; j++)
			if (text_same(text_in(rows, i, at), text_in(rows, j, at)))
				return fault(l->fault, ERR_INPUT, "place.twice",
					     place_file_path(file),
					     ((const struct row *)row_at(rows, i))->line,
					     text_in(rows, i, at));
	return OK;
}

/* Both coordinates, or none. */
static bool locate(int32_t *lat_udeg, int32_t *lon_udeg)
{
	if (*lat_udeg != UDEG_UNKNOWN && *lon_udeg != UDEG_UNKNOWN)
		return true;
	*lat_udeg = 0;
	*lon_udeg = 0;
	return false;
}

/* --- areas ------------------------------------------------------------------------ */

static enum err link_vintages(struct loader *l)
{
	const struct rows *rows = &l->rows[PLACE_FILE_VINTAGES];
	struct atlas *a = l->atlas;

	a->vintages.at = rows_cut(l->arena, rows, offsetof(struct vintage_row, vintage),
				  sizeof(struct vintage));
	a->vintages.count = rows->count;
	if (!a->vintages.at)
		return no_memory(l);
	for (size_t i = 0; i < a->vintages.count; i++) {
		const struct vintage *v = &a->vintages.at[i];
		size_t current = 0;

		for (size_t j = 0; j < a->vintages.count; j++)
			current += a->vintages.at[j].current &&
				   text_same(a->vintages.at[j].country, v->country);
		if (current != 1)
			return fault(l->fault, ERR_INPUT, "place.not-one-current-list",
				     place_file_path(PLACE_FILE_VINTAGES), v->country);
	}
	return check_ids(l, PLACE_FILE_VINTAGES, offsetof(struct vintage_row, vintage.name));
}

/* Level, vintage and key of the area in a row. */
static enum err describe_area(struct loader *l, enum place_file file, struct area_row *row)
{
	struct area *area = &row->area;

	for (size_t i = 0; i < l->atlas->vintages.count; i++)
		if (text_same(l->atlas->vintages.at[i].name, row->vintage) &&
		    text_same(l->atlas->vintages.at[i].country, area->country))
			area->vintage = &l->atlas->vintages.at[i];
	if (row->vintage.size && !area->vintage)
		return leads_nowhere(l, file, row, "vintage", row->vintage);
	if (row->level > AREA_DISTRICT || (row->level == AREA_COUNTRY) != !area->vintage)
		return fault(l->fault, ERR_INPUT, "place.area-level", place_file_path(file),
			     row->row.line, area->code);
	area->level = (enum area_level)row->level;
	area->located = locate(&area->lat_udeg, &area->lon_udeg);
	area->key = area->code;
	if (area->vintage)
		area->key =
			arena_print(l->arena, "%.*s@%.*s", SHOWN(area->code), SHOWN(row->vintage));
	return area->key.at ? OK : no_memory(l);
}

static int rows_compare(const void *x, const void *y)
{
	return areas_compare(&(*(struct area_row *const *)x)->area,
			     &(*(struct area_row *const *)y)->area);
}

/* A row of areas, and the file that it is from. */
static enum place_file file_of(const struct loader *l, const struct area_row *row)
{
	static const enum place_file files[] = { PLACE_FILE_COUNTRIES, PLACE_FILE_AREAS };

	for (size_t i = 0; i < COUNT_OF(files); i++) {
		const struct rows *rows = &l->rows[files[i]];

		for (size_t j = 0; j < rows->count; j++)
			if (row_at(rows, j) == row)
				return files[i];
	}
	return PLACE_FILE_OLDER;
}

/* Parent and today of the area that stands at `area`, from its row. */
static enum err link_area(struct loader *l, struct area *area, const struct area_row *row)
{
	const struct atlas *a = l->atlas;

	if (area->level == AREA_PROVINCE)
		area->parent = area_in_vintage(a, area->country, TEXT(""));
	if (area->level == AREA_DISTRICT)
		area->parent = area_in_vintage(a, row->parent, row->vintage);
	if (area->level != AREA_COUNTRY && (!area->parent || area->parent->level >= area->level))
		return leads_nowhere(l, file_of(l, row), row, "parent_pcode", row->parent);
	area->today = area;
	if (area->vintage && !area->vintage->current) {
		size_t count;
		const struct area *now = areas_of_code(a, row->today, &count);

		if (!now || !now->vintage || !now->vintage->current ||
		    !text_same(now->country, area->country))
			return leads_nowhere(l, file_of(l, row), row, "today_pcode", row->today);
		area->today = now;
	}
	return OK;
}

/* `name` folded behind what there is of them. */
static void add_folded(struct buffer *all, struct arena *scratch, struct text name)
{
	struct text folded = text_fold(scratch, name);

	if (!folded.size)
		return;
	if (all->size)
		buffer_text(all, TEXT("|"));
	buffer_text(all, folded);
}

static void fold_area(struct buffer *all, struct arena *scratch, const struct area *area)
{
	struct text rest = area->other_names, other;

	for (int l = 0; l < TEXT_LANGUAGE_COUNT; l++)
		add_folded(all, scratch, area->names.in[l]);
	add_folded(all, scratch, area->code);
	while (text_next(&rest, '|', &other))
		add_folded(all, scratch, other);
}

/* Once, since each word that is typed at a desk may be an area's name. */
static enum err fold_areas(struct loader *l, struct area *areas, size_t count)
{
	struct buffer all = { .limit = FOLDED_BYTES_MAX };
	struct arena *scratch = NULL;
	enum err e = OK;

	if (arena_new(&scratch, FOLDED_BYTES_MAX))
		return no_memory(l);
	for (size_t i = 0; !e && i < count; i++) {
		if (areas[i].today != &areas[i] || areas[i].level == AREA_COUNTRY)
			continue;
		buffer_reset(&all);
		fold_area(&all, scratch, &areas[i]);
		areas[i].folded = arena_copy_text(l->arena, buffer_as_text(&all));
		if (all.err || arena_was_short(scratch) || !areas[i].folded.at)
			e = no_memory(l);
		arena_reset(scratch);
	}
	buffer_free(&all);
	arena_free(scratch);
	return e;
}

static enum err link_areas(struct loader *l)
{
	static const enum place_file files[] = { PLACE_FILE_COUNTRIES, PLACE_FILE_AREAS,
						 PLACE_FILE_OLDER };
	struct area_row **order;
	struct area *areas;
	size_t count = 0;
	enum err e = OK;

	for (size_t i = 0; i < COUNT_OF(files); i++)
		count += l->rows[files[i]].count;
	order = arena_take_array(l->arena, count, sizeof(*order));
	areas = arena_take_array(l->arena, count, sizeof(*areas));
	if (!order || !areas)
		return no_memory(l);
	count = 0;
	for (size_t i = 0; i < COUNT_OF(files); i++)
		for (size_t j = 0; !e && j < l->rows[files[i]].count; j++) {
			order[count] = row_at(&l->rows[files[i]], j);
			e = describe_area(l, files[i], order[count++]);
		}
	if (e)
		return e;
	qsort(order, count, sizeof(*order), rows_compare);
	for (size_t i = 0; i < count; i++) {
		areas[i] = order[i]->area;
		if (i && text_same(areas[i].key, areas[i - 1].key))
			return fault(l->fault, ERR_INPUT, "place.twice",
				     place_file_path(file_of(l, order[i])), order[i]->row.line,
				     areas[i].key);
	}
	l->atlas->areas.at = areas;
	l->atlas->areas.count = count;
	for (size_t i = 0; !e && i < count; i++)
		e = link_area(l, &areas[i], order[i]);
	return e ? e : fold_areas(l, areas, count);
}

/* --- places ------------------------------------------------------------------------- */

/* The area of today's list that `code` names. */
static enum err link_code(struct loader *l, enum place_file file, const void *row,
			  const char *column, struct text code, const struct area **area)
{
	*area = area_of_today(l->atlas, code);
	return *area ? OK : leads_nowhere(l, file, row, column, code);
}

static enum err link_places(struct loader *l)
{
	const struct rows *rows = &l->rows[PLACE_FILE_PLACES];
	struct place *places;
	enum err e = OK;

	places = rows_cut(l->arena, rows, offsetof(struct place_row, place), sizeof(*places));
	if (!places)
		return no_memory(l);
	for (size_t i = 0; !e && i < rows->count; i++) {
		const struct place_row *row = row_at(rows, i);
		struct place *p = &places[i];
		const struct {
			const char *column;
			struct text code;
			const struct area **area;
		} codes[] = {
			{ "country", row->country, &p->area },
			{ "adm1_pcode", row->province, &p->area },
			{ "adm2_pcode", row->district, &p->area },
			{ "other_side_pcode", row->other_side, &p->other_side },
		};

		p->located = locate(&p->lat_udeg, &p->lon_udeg);
		for (size_t j = 0; !e && j < COUNT_OF(codes); j++)
			if (codes[j].code.size)
				e = link_code(l, PLACE_FILE_PLACES, row, codes[j].column,
					      codes[j].code, codes[j].area);
	}
	l->atlas->places.at = places;
	l->atlas->places.count = rows->count;
	return e ? e : check_ids(l, PLACE_FILE_PLACES, offsetof(struct place_row, place.id));
}

/* --- directives ------------------------------------------------------------------------ */

static enum err link_directives(struct loader *l)
{
	const struct rows *rows = &l->rows[PLACE_FILE_DIRECTIVES];
	struct shipped_directive *directives;
	enum err e = OK;

	directives = rows_cut(l->arena, rows, offsetof(struct directive_row, directive),
			      sizeof(*directives));
	if (!directives)
		return no_memory(l);
	for (size_t i = 0; !e && i < rows->count; i++) {
		const struct directive_row *row = row_at(rows, i);
		struct shipped_directive *d = &directives[i];
		struct text rest = row->areas, code;

		while (!e && text_next(&rest, '|', &code)) {
			if (d->area_count == SHIPPED_AREAS_MAX)
				return fault(l->fault, ERR_LIMIT, "place.too-many-areas",
					     place_file_path(PLACE_FILE_DIRECTIVES), row->row.line,
					     SHIPPED_AREAS_MAX);
			e = link_code(l, PLACE_FILE_DIRECTIVES, row, "jurisdiction_pcode", code,
				      &d->areas[d->area_count++]);
		}
	}
	l->atlas->directives.at = directives;
	l->atlas->directives.count = rows->count;
	return e ? e
		 : check_ids(l, PLACE_FILE_DIRECTIVES,
			     offsetof(struct directive_row, directive.id));
}

/* --- sheets ------------------------------------------------------------------------------ */

static void add_line(struct sha256 *sha, struct text t)
{
	sha256_add(sha, bytes_of_text(t));
	sha256_add(sha, bytes_of("\n", 1));
}

static struct hash version_of(const struct sheet *s)
{
	struct sha256 sha;
	struct hash version;

	sha256_begin(&sha);
	add_line(&sha, TEXT("ikhtiar/sheet/v1"));
	add_line(&sha, s->area->key);
	for (size_t i = 0; i < s->line_count; i++) {
		const struct sheet_line *line = s->lines[i];

		add_line(&sha, line->topic);
		add_line(&sha, line->as_of);
		add_line(&sha, line->basis);
		add_line(&sha, line->source);
		for (size_t j = 0; j < TEXT_LANGUAGE_COUNT; j++)
			add_line(&sha, line->text.in[j]);
	}
	sha256_end(&sha, &version);
	return version;
}

/* Add the lines of `part` to those of the sheet; how many there were. */
static size_t add_part(const struct rows *lines, struct text part, const struct sheet_line **out)
{
	size_t count = 0;

	for (size_t i = 0; i < lines->count; i++) {
		const struct line_row *row = row_at(lines, i);

		if (text_same(row->part, part))
			out[count++] = &row->line;
	}
	return count;
}

static enum err link_sheet(struct loader *l, struct sheet *s, const struct sheet_row *row)
{
	const struct rows *all = &l->rows[PLACE_FILE_SHEET_LINES];
	const struct sheet_line **lines;
	struct text rest = row->parts, part;

	s->area = atlas_area_of_key(l->atlas, row->area);
	if (!s->area)
		return leads_nowhere(l, PLACE_FILE_SHEETS, row, "area", row->area);
	lines = arena_take_array(l->arena, all->count, sizeof(*lines));
	if (!lines)
		return no_memory(l);
	while (text_next(&rest, '|', &part)) {
		struct text before = { row->parts.at, (size_t)(part.at - row->parts.at) }, earlier;
		size_t count;

		while (before.size && text_next(&before, '|', &earlier))
			if (text_same(earlier, part))
				return leads_nowhere(l, PLACE_FILE_SHEETS, row, "parts", part);
		count = add_part(all, part, lines + s->line_count);
		if (!count)
			return leads_nowhere(l, PLACE_FILE_SHEETS, row, "parts", part);
		s->line_count += count;
	}
	s->lines = lines;
	s->version = version_of(s);
	return OK;
}

static enum err link_sheets(struct loader *l)
{
	const struct rows *rows = &l->rows[PLACE_FILE_SHEETS];
	struct sheet *sheets;
	enum err e = OK;

	sheets = rows_cut(l->arena, rows, offsetof(struct sheet_row, sheet), sizeof(*sheets));
	if (!sheets)
		return no_memory(l);
	for (size_t i = 0; !e && i < rows->count; i++)
		e = link_sheet(l, &sheets[i], row_at(rows, i));
	l->atlas->sheets.at = sheets;
	l->atlas->sheets.count = rows->count;
	if (!e)
		e = check_ids(l, PLACE_FILE_SHEETS, offsetof(struct sheet_row, area));
	return e ? e : check_ids(l, PLACE_FILE_SHEETS, offsetof(struct sheet_row, sheet.id));
}

/* --- lists that name nothing else ------------------------------------------------------------ */

static enum err link_languages(struct loader *l)
{
	const struct rows *rows = &l->rows[PLACE_FILE_LANGUAGES];
	struct language *languages;

	languages = rows_cut(l->arena, rows, offsetof(struct language_row, language),
			     sizeof(*languages));
	if (!languages)
		return no_memory(l);
	for (size_t i = 0; i < rows->count; i++) {
		const struct language_row *row = row_at(rows, i);

		if (!text_language_read(row->text_language, &languages[i].text_language))
			return leads_nowhere(l, PLACE_FILE_LANGUAGES, row, "text_language",
					     row->text_language);
	}
	l->atlas->languages.at = languages;
	l->atlas->languages.count = rows->count;
	return check_ids(l, PLACE_FILE_LANGUAGES, offsetof(struct language_row, language.code));
}

#define LINK_PLAIN(list, FILE, row_type, member, id)                                               \
	static enum err link_##list(struct loader *l)                                              \
	{                                                                                          \
		const struct rows *rows = &l->rows[PLACE_FILE_##FILE];                             \
                                                                                                   \
		l->atlas->list.at = rows_cut(l->arena, rows, offsetof(struct row_type, member),    \
					     sizeof(((struct row_type *)NULL)->member));           \
		l->atlas->list.count = rows->count;                                                \
		if (!l->atlas->list.at)                                                            \
			return no_memory(l);                                                       \
		return check_ids(l, PLACE_FILE_##FILE, offsetof(struct row_type, member.id));      \
	}

LINK_PLAIN(tariffs, TARIFFS, tariff_row, tariff, id)
LINK_PLAIN(needs, NEEDS, need_row, need, code)
LINK_PLAIN(papers, PAPERS, paper_row, paper, kind)

/* --- all ------------------------------------------------------------------------------------------ */

enum err atlas_load(struct atlas **out, const struct atlas_files *files, struct fault *f)
{
	/* In an order in which each finds what it names. */
	static enum err (*const links[])(struct loader *) = {
		link_vintages, link_areas,     link_places, link_directives, link_sheets,
		link_tariffs,  link_languages, link_needs,  link_papers,
	};
	struct loader l = { .fault = f };
	enum err e = OK;

	*out = NULL;
	if (!arena_new(&l.arena, ATLAS_BYTES_MAX))
		l.atlas = arena_take(l.arena, sizeof(*l.atlas));
	if (!l.atlas) {
		e = no_memory(&l);
		goto out;
	}
	l.atlas->arena = l.arena;
	for (enum place_file file = 0; !e && file < PLACE_FILE_COUNT; file++)
		e = rows_read(&l.rows[file], l.arena, &tables[file], place_file_path(file),
			      files->files[file], f);
	for (size_t i = 0; !e && i < COUNT_OF(links); i++)
		e = links[i](&l);
	if (!e) {
		*out = l.atlas;
		l.arena = NULL;
	}
out:
	arena_free(l.arena);
	return e;
}

void atlas_free(struct atlas *a)
{
	if (a)
		arena_free(a->arena);
}
