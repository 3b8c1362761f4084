#include "figures/figures_testing.h"

#include <stdio.h>

#include "base/calendar.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/test.h"
#include "base/words.h"

#define WEEK ((struct period){ 20779, 20785 })

struct edition {
	struct test_country country;
	struct release week, four;
	struct bulletin bulletin;
	struct buffer out;
};

static struct text no_name(void *self, enum axis axis, struct text code, const struct words *w)
{
	(void)self;
	(void)axis;
	(void)w;
	return code;
}

static const struct bulletin_directive directive = {
	.code = TEXT("DIR-056"),
	.date = TEXT("2026-11-23"),
	.authority = TEXT("=cmd|' /C calc'!A0"),
	.title = TEXT("<b>Statement</b>"),
	.from = TEXT("2026-11-23"),
	.began = true,
};

static void edition_make(struct edition *e)
{
	*e = (struct edition){ 0 };
	test_country_make(&e->country);
	test_happens(&e->country, FIGURE_RETURN_SPONTANEOUS, IN_PK501, 143);
	test_happens(&e->country, FIGURE_RETURN_DEPORTED, IN_PK6, 41);
	test_happens(&e->country, FIGURE_ARREST, IN_PK501, 3);
	test_happens(&e->country, FIGURE_ARREST, IN_PK502, 58);
	e->week = test_release(&e->country, WEEK, 7);
	e->four = test_release(&e->country, four_weeks_of(20779), 7);
	e->bulletin = (struct bulletin){
		.week = &e->week,
		.four = &e->four,
		.site = TEXT("Azakhel"),
		.vintage = TEXT("cod-ab-2022"),
		.contact = TEXT("+92 000"),
		.directives = &directive,
		.directive_count = 1,
		.name = no_name,
	};
}

/* Whether it stands in what was written. */
static bool says(const struct edition *e, const char *piece)
{
	return memmem(e->out.at, e->out.size, piece, strlen(piece)) != NULL;
}

static void edition_end(struct edition *e)
{
	buffer_free(&e->out);
	test_country_end(&e->country);
}

/* --- one form against the others -------------------------------------------------- */

#define NUMBERS_MAX 4096
#define LINE_SIZE 200

/* "return-deported;province=PK6 40", one a number, in the order of the file. */
struct numbers {
	char lines[NUMBERS_MAX][LINE_SIZE];
	size_t count;
};

static void note(struct numbers *n, struct text figure, const struct text axes[AXIS_COUNT],
		 struct text value)
{
	char *line = n->lines[n->count++];
	int size = snprintf(line, LINE_SIZE, "%.*s", SHOWN(figure));

	CHECK(n->count < NUMBERS_MAX);
	for (enum axis x = 0; x < AXIS_COUNT; x++)
		if (axes[x].size)
			size += snprintf(line + size, LINE_SIZE - (size_t)size, ";%s=%.*s",
					 axis_word(x), SHOWN(axes[x]));
	snprintf(line + size, LINE_SIZE - (size_t)size, " %.*s", SHOWN(value));
}

static struct numbers *numbers_of_csv(struct edition *e, const struct release *r)
{
	struct numbers *n = arena_take(e->country.arena, sizeof(*n));
	const struct csv_row *row;
	struct csv *csv = NULL;
	struct fault f = { 0 };

	buffer_reset(&e->out);
	bulletin_csv(&e->out, &e->bulletin, r, false);
	CHECK(!csv_open_bytes(&csv, buffer_bytes(&e->out), NULL, &f));
	for (size_t line = 0; !csv_next(csv, &row, &f) && row; line++) {
		bool told = row->cells[BULLETIN_VALUE].size;

		CHECK_INT(row->count, BULLETIN_COLUMNS);
		if (line < 2)
			continue;
		CHECK_TEXT(row->cells[BULLETIN_VALUE + 1], told ? "" : "*");
		note(n, row->cells[0], row->cells + 4,
		     told ? row->cells[BULLETIN_VALUE] : TEXT("*"));
	}
	csv_close(csv);
	return n;
}

static void take_json_table(struct numbers *n, const json_t *table)
{
	const json_t *cells = json_object_get(table, "cells"), *cell;
	size_t at;

	json_array_foreach(cells, at, cell) {
		const json_t *value = json_object_get(cell, "value");
		struct text axes[AXIS_COUNT];
		char number[24];

		for (enum axis x = 0; x < AXIS_COUNT; x++)
			axes[x] = json_text_of(json_object_get(cell, axis_word(x)));
		snprintf(number, sizeof(number), "%lld", (long long)json_integer_value(value));
		CHECK(json_is_null(value) == (json_object_get(cell, "status") != NULL));
		note(n, json_text_of(json_object_get(table, "figure")), axes,
		     json_is_null(value) ? TEXT("*") : text_of(number));
	}
}

static struct numbers *numbers_of_json(struct edition *e, const char *release)
{
	struct numbers *n = arena_take(e->country.arena, sizeof(*n));
	json_t *j = NULL;
	const json_t *table;
	struct fault f = { 0 };
	size_t at;

	buffer_reset(&e->out);
	bulletin_json(&e->out, &e->bulletin);
	CHECK(!json_parse(&j, buffer_as_text(&e->out), &f));
	json_array_foreach(json_object_get(json_object_get(j, release), "tables"), at, table)
		take_json_table(n, table);
	json_decref(j);
	return n;
}

/* The next "<td>…</td>" behind *at. */
static struct text next_cell(const char **at, const char *end)
{
	const char *from = memmem(*at, (size_t)(end - *at), "<td>", 4), *to;

	CHECK(from);
	to = memmem(from, (size_t)(end - from), "</td>", 5);
	CHECK(to);
	*at = to + 5;
	return (struct text){ from + 4, (size_t)(to - from) - 4 };
}

/* Those of the table behind the n-th summary of the page. */
static struct numbers *numbers_of_page(struct edition *e, size_t table)
{
	struct numbers *n = arena_take(e->country.arena, sizeof(*n));
	struct words *words = NULL;
	const char *at, *end;
	struct fault f = { 0 };

	buffer_reset(&e->out);
	CHECK(!words_open(&words, WORDS_PS, &f));
	CHECK(!bulletin_page(&e->out, &e->bulletin, words, &f));
	words_close(words);
	at = (const char *)e->out.at;
	end = at + e->out.size;
	for (size_t i = 0; i <= table; i++)
		CHECK((at = memmem(at + 1, (size_t)(end - at - 1), "<summary>", 9)));
	CHECK((end = memmem(at, (size_t)(end - at), "</details>", 10)));
	CHECK((at = memmem(at, (size_t)(end - at), "<tbody>", 7)));
	while (memmem(at, (size_t)(end - at), "<td>", 4)) {
		struct text cells[BULLETIN_COLUMNS];
		struct text value;

		for (size_t i = 0; i < BULLETIN_COLUMNS; i++)
			cells[i] = next_cell(&at, end);
		value = cells[BULLETIN_VALUE].size ? cells[BULLETIN_VALUE] : TEXT("*");
		note(n, cells[0], cells + 4, value);
	}
	return n;
}

static void are_the_same(const struct numbers *a, const struct numbers *b)
{
	CHECK(a->count > FIGURE_COUNT);
	CHECK_INT(a->count, b->count);
	for (size_t i = 0; i < a->count; i++)
		CHECK_TEXT(a->lines[i], b->lines[i]);
}

TEST(the_page_the_csv_and_the_json_say_the_same_numbers)
{
	struct edition e;

	edition_make(&e);
	are_the_same(numbers_of_csv(&e, &e.week), numbers_of_json(&e, "week"));
	are_the_same(numbers_of_csv(&e, &e.week), numbers_of_page(&e, 0));
	are_the_same(numbers_of_csv(&e, &e.four), numbers_of_json(&e, "four_weeks"));
	are_the_same(numbers_of_csv(&e, &e.four), numbers_of_page(&e, 1));
	edition_end(&e);
}

TEST(the_same_release_is_the_same_file_each_time)
{
	struct edition e;
	struct text first;

	edition_make(&e);
	bulletin_csv(&e.out, &e.bulletin, &e.week, true);
	first = arena_copy_text(e.country.arena, buffer_as_text(&e.out));
	CHECK(text_begins(first, TEXT("\xef\xbb\xbf"
				      "figure,period,")));
	buffer_reset(&e.out);
	bulletin_csv(&e.out, &e.bulletin, &e.week, true);
	CHECK(text_same(first, buffer_as_text(&e.out)));
	edition_end(&e);
}

TEST(the_page_names_districts_only_of_four_weeks)
{
	struct words *words = NULL;
	struct fault f = { 0 };
	struct edition e;

	edition_make(&e);
	CHECK(!words_open(&words, WORDS_EN, &f));
	CHECK(!bulletin_page(&e.out, &e.bulletin, words, &f));
	CHECK(says(&e, "<th scope=\"row\">PK502</th>"));
	buffer_reset(&e.out);
	e.bulletin.four = NULL;
	CHECK(!bulletin_page(&e.out, &e.bulletin, words, &f));
	CHECK(!says(&e, "PK502"));
	words_close(words);
	edition_end(&e);
}

TEST(a_text_goes_along_that_says_method_licence_and_contact)
{
	struct edition e;

	edition_make(&e);
	bulletin_about(&e.out, &e.bulletin);
	CHECK(says(&e, "Azakhel, 2026-W47 (2026-11-22 to 2026-11-28)"));
	CHECK(says(&e, "CC BY 4.0"));
	CHECK(says(&e, "Contact: +92 000"));
	edition_end(&e);
}

TEST(what_a_directive_is_called_is_no_markup)
{
	struct words *words = NULL;
	struct fault f = { 0 };
	struct edition e;

	edition_make(&e);
	CHECK(!words_open(&words, WORDS_EN, &f));
	CHECK(!bulletin_page(&e.out, &e.bulletin, words, &f));
	CHECK(says(&e, "&lt;b&gt;Statement"));
	CHECK(!says(&e, "<b>Statement"));
	words_close(words);
	edition_end(&e);
}

TEST(a_unit_that_begins_like_a_formula_is_defused)
{
	const struct bulletin_unit units[] = { { TEXT("PK1"), TEXT("=1+1"), TEXT("PAK") } };
	struct edition e;

	edition_make(&e);
	bulletin_dhis2_units(&e.out, units, COUNT_OF(units));
	CHECK(says(&e, "\r\n\"'=1+1\","));
	edition_end(&e);
}

TEST(dhis2_gets_the_numbers_of_areas_by_its_own_name_of_the_week)
{
	struct edition e;

	edition_make(&e);
	bulletin_dhis2_values(&e.out, &e.bulletin);
	CHECK(says(&e, ",2026SunW47,PK6,"));
	CHECK(says(&e, ",2026SunW47,PK5,female_18-59,"));
	CHECK(!says(&e, ",0\r\n"));
	CHECK(!says(&e, "XP-TORKHAM"));
	edition_end(&e);
}

TEST(the_dictionary_has_every_column_and_every_figure)
{
	struct edition e;

	edition_make(&e);
	bulletin_dictionary(&e.out);
	for (enum figure_counted i = 0; i < FIGURE_COUNT; i++)
		CHECK(says(&e, figure_word(i)));
	for (size_t i = 0; i < BULLETIN_COLUMNS; i++)
		CHECK(says(&e, bulletin_hxl(i)));
	edition_end(&e);
}

/* --- HXL -------------------------------------------------------------------------- */

/* "#indicator+num" of a schema means every tag that has these attributes, among others. */
static bool tag_fits(struct text pattern, struct text tag)
{
	size_t size = 0;

	if (text_is(pattern, "#*"))
		return true;
	while (size < pattern.size && pattern.at[size] != '+')
		size++;
	if (!text_begins(tag, (struct text){ pattern.at, size }) ||
	    (tag.size > size && tag.at[size] != '+'))
		return false;
	return size == pattern.size ||
	       memmem(tag.at, tag.size, pattern.at + size, pattern.size - size);
}

static bool any_fits(struct text patterns, struct text tag)
{
	while (patterns.size) {
		const char *comma = memchr(patterns.at, ',', patterns.size);
		size_t size = comma ? (size_t)(comma - patterns.at) : patterns.size;

		if (tag_fits((struct text){ patterns.at, size }, tag))
			return true;
		patterns.at += size + (comma != NULL);
		patterns.size -= size + (comma != NULL);
	}
	return false;
}

static bool is_number(struct text t)
{
	for (size_t i = 0; i < t.size; i++)
		if (t.at[i] < '0' || t.at[i] > '9')
			return false;
	return true;
}

static void cell_keeps_rule(const json_t *rule, struct text tag, struct text cell)
{
	struct text type = json_text_of(json_object_get(rule, "#valid_datatype"));
	int32_t day;

	if (!cell.size || !any_fits(json_text_of(json_object_get(rule, "#valid_tag")), tag))
		return;
	if (text_is(type, "number"))
		CHECK(is_number(cell));
	if (text_is(type, "date"))
		CHECK(!date_read_iso(&day, cell, "cell", NULL));
	if (json_object_get(rule, "#valid_value+whitespace"))
		CHECK(text_same(text_trimmed(cell, BLANKS), cell));
}

/* The rules of libhxl's default schema about types and blanks; those about spelling are
 * warnings that compare a cell with the others. */
TEST(the_csv_keeps_the_rules_of_libhxl)
{
	struct bytes schema;
	const struct csv_row *row;
	struct text tags[BULLETIN_COLUMNS];
	struct csv *csv = NULL;
	struct fault f = { 0 };
	json_t *rules = NULL;
	const json_t *rule;
	struct edition e;
	size_t at, dates = 0;

	edition_make(&e);
	CHECK(!file_load(&schema, e.country.arena, world_real(),
			 "tests/vectors/hxl/default-schema.json", 1 << 16, &f));
	CHECK(!json_parse(&rules, (struct text){ (const char *)schema.at, schema.size }, &f));
	bulletin_csv(&e.out, &e.bulletin, &e.week, false);
	CHECK(!csv_open_bytes(&csv, buffer_bytes(&e.out), NULL, &f));
	for (size_t line = 0; !csv_next(csv, &row, &f) && row; line++)
		for (size_t i = 0; i < BULLETIN_COLUMNS; i++) {
			if (line == 1)
				tags[i] = arena_copy_text(e.country.arena, row->cells[i]);
			if (line < 2)
				continue;
			json_array_foreach(rules, at, rule)
				cell_keeps_rule(rule, tags[i], row->cells[i]);
			dates += text_begins(tags[i], TEXT("#date"));
		}
	CHECK(dates > 0 && json_array_size(rules) > 3);
	csv_close(csv);
	json_decref(rules);
	edition_end(&e);
}

RUN_TESTS()
