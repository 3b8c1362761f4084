/* Cells become what their column means, or are refused with what to do. */
#include <stdio.h>
#include <stdlib.h>

#include "base/prop.h"
#include "base/test.h"
#include "base/utf8.h"
#include "import/convert.h"
#include "place/place_testing.h"

#define CELLS_TESTED 12

/* A map of one column or a few, and a row for it. */
struct desk {
	const struct atlas *atlas;
	struct arena *arena;
	struct import_map map;
	struct header header;
	struct plan plan;
	uint64_t stripped;
	struct fault fault;
	struct text column;
	json_t *out;
};

/* Flat columns as in a map: "\"given\": \"name\"". */
static struct desk *desk_new(const char *columns)
{
	struct desk *d = calloc(1, sizeof(*d));
	char json[1500];

	CHECK(d);
	d->atlas = kept_atlas();
	CHECK_INT(arena_new(&d->arena, (size_t)4 << 20), OK);
	snprintf(json, sizeof(json), "{\"source\": \"x\", \"id\": \"id\", %s}", columns);
	CHECK_INT(import_map_read(&d->map, bytes_of(json, strlen(json)), &d->fault), OK);
	d->out = json_object();
	return d;
}

static void desk_end(struct desk *d)
{
	json_decref(d->out);
	import_map_free(&d->map);
	arena_free(d->arena);
	free(d);
}

/* "a|b" as the cells of a row, at most CELLS_TESTED. */
static size_t split(struct desk *d, const char *line, struct text *cells)
{
	size_t count = 0;

	for (;; line++) {
		size_t size = strcspn(line, "|");

		CHECK(count < CELLS_TESTED);
		cells[count++] = arena_copy_text(d->arena, (struct text){ line, size });
		line += size;
		if (!*line)
			return count;
	}
}

static enum err plan_for(struct desk *d, enum section_sort section, const char *header)
{
	struct list_sheet sheet = { .name = "list.csv", .header = &d->header };

	d->header.count = split(d, header, d->header.names);
	return plan_make(&d->plan, &d->map.sections[section], &sheet, d->atlas, &d->stripped,
			 &d->fault);
}

static enum err convert_as(struct desk *d, const char *line, bool numbers)
{
	struct text cells[CELLS_TESTED];
	bool is_number[CELLS_TESTED];
	struct row row = { .number = 2,
			   .count = split(d, line, cells),
			   .cells = cells,
			   .is_number = numbers ? is_number : NULL };

	memset(is_number, numbers, sizeof(is_number));
	json_object_clear(d->out);
	d->fault = (struct fault){ 0 };
	return plan_convert(&d->plan, &row, d->arena, d->out, &d->column, &d->fault);
}

/* What comes out as JSON, finished as a person. */
static void check_result(struct desk *d, const char *wanted)
{
	struct fault f = { 0 };
	char *is;

	CHECK_INT(convert_finish(d->out, NULL, TEXT(""), &f), OK);
	is = json_dumps(d->out, JSON_COMPACT | JSON_SORT_KEYS);
	if (strcmp(is, wanted) != 0)
		check_failed(__FILE__, __LINE__, "%s and not %s", is, wanted);
	free(is);
}

struct case_of_cell {
	const char *columns, *cell;
	bool number;
	const char *wanted; /* JSON, or the key of a fault */
};

static void check_cases(enum section_sort section, const struct case_of_cell *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct case_of_cell *c = &cases[i];
		struct desk *d = desk_new(c->columns);
		enum err e;

		CHECK_INT(plan_for(d, section, "c|d"), OK);
		e = convert_as(d, c->cell, c->number);
		if (c->wanted[0] == '{') {
			if (e)
				check_failed(__FILE__, __LINE__, "%s: %s is %s (%s)", c->columns,
					     c->cell, d->fault.key, d->fault.values[0]);
			check_result(d, c->wanted);
		} else {
			if (!e || strcmp(d->fault.key, c->wanted) != 0)
				check_failed(__FILE__, __LINE__, "%s: %s is %s and not %s",
					     c->columns, c->cell, e ? d->fault.key : "taken",
					     c->wanted);
			CHECK_TEXT(d->column, "c");
		}
		desk_end(d);
	}
}

TEST(cells_of_a_person_become_what_their_column_means)
{
	static const struct case_of_cell cases[] = {
		{ "\"given\": \"c\"", "زرمینه", false, "{\"given\":\"زرمینه\"}" },
		{ "\"given\": \"c\"", "  Zarmina  ", false, "{\"given_latin\":\"Zarmina\"}" },
		{ "\"given\": \"c\", \"given_latin\": \"d\"", "زرمینه|Zarmina", false,
		  "{\"given\":\"زرمینه\",\"given_latin\":\"Zarmina\"}" },
		{ "\"given\": \"c\", \"given_latin\": \"d\"", "Zarmina|Zarmeena", false,
		  "{\"given_latin\":\"Zarmeena\"}" },
		{ "\"given\": \"c\"", "\xe2\x80\x8fزر\xc2\xa0گل\xe2\x80\x8e", false,
		  "{\"given\":\"زر گل\"}" },
		{ "\"given\": \"c\"", "Zarmina\r\nGul", false,
		  "{\"given_latin\":\"Zarmina  Gul\"}" },
		{ "\"given\": \"c\"", "", false, "{}" },
		{ "\"given\": \"c\"", "#N/A", false, "import.cell-error" },
		{ "\"given\": \"c\"", "#REF!", false, "import.cell-error" },
		/* codes */
		{ "\"sex\": \"c\"", "Female", false, "{\"sex\":\"female\"}" },
		{ "\"sex\": {\"column\": \"c\", \"codes\": {\"زن\": \"female\", \"1\": \"male\"}}",
		  "زن", false, "{\"sex\":\"female\"}" },
		{ "\"sex\": {\"column\": \"c\", \"codes\": {\"1\": \"male\"}}", "1", true,
		  "{\"sex\":\"male\"}" },
		{ "\"sex\": {\"column\": \"c\", \"codes\": {\"1\": \"male\"}}", "male", false,
		  "{\"sex\":\"male\"}" },
		{ "\"sex\": {\"column\": \"c\", \"codes\": {\"1\": \"male\"}}", "3", false,
		  "import.no-such-code" },
		{ "\"sex\": {\"column\": \"c\", \"codes\": {\"9\": null}}", "9", false, "{}" },
		{ "\"group\": {\"value\": \"por\"}, \"given\": \"c\"", "", false,
		  "{\"group\":\"por\"}" },
		/* areas */
		{ "\"origin\": \"c\"", "AF06", false, "{\"origin\":\"AF06@cod-ab-2021\"}" },
		{ "\"origin\": {\"column\": \"c\", \"vintage\": \"cod-ab-2022\"}", "PK5", false,
		  "{\"origin\":\"PK5@cod-ab-2022\"}" },
		{ "\"origin\": {\"column\": \"c\", \"vintage\": \"cod-ab-2022\"}", "AFG", false,
		  "{\"origin\":\"AFG\"}" },
		{ "\"origin\": {\"column\": \"c\", \"codes\": {\"Nangarhar\": \"AF06\"}}",
		  "Nangarhar", false, "{\"origin\":\"AF06@cod-ab-2021\"}" },
		{ "\"origin\": {\"column\": \"c\", \"codes\": {\"Nangarhar\": \"AF06\"}}", "AF01",
		  false, "{\"origin\":\"AF01@cod-ab-2021\"}" },
		{ "\"origin\": \"c\"", "Nangarhar", false, "place.area-name" },
		{ "\"origin\": \"c\"", "PK7@cod-ab-2018", false, "place.area-older-other" },
		{ "\"origin\": {\"column\": \"c\", \"vintage\": \"cod-ab-2018\"}", "PK7", false,
		  "place.area-older-other" },
		/* papers */
		{ "\"document\": \"c\"", "00000-1234567-8", false,
		  "{\"documents\":[{\"kind\":\"other\",\"number\":\"00000-1234567-8\"}]}" },
		{ "\"document\": \"c\"", "1730112345671", true,
		  "{\"documents\":[{\"kind\":\"other\",\"number\":\"1730112345671\"}]}" },
		{ "\"document\": {\"number\": \"c\", \"kind\": {\"column\": \"d\", \"codes\": {\"P\": \"por\"}}}",
		  "7|P", false, "{\"documents\":[{\"kind\":\"por\",\"number\":\"7\"}]}" },
		{ "\"document\": {\"number\": \"c\", \"kind\": \"d\"}", "|none", false,
		  "{\"documents\":[{\"kind\":\"none\"}]}" },
		{ "\"document\": {\"kind\": {\"value\": \"por\"}, \"number\": \"c\"}", "7", false,
		  "{\"documents\":[{\"kind\":\"por\",\"number\":\"7\"}]}" },
		{ "\"document\": {\"kind\": {\"value\": \"por\"}, \"number\": \"c\"}", "", false,
		  "{}" },
		{ "\"documents\": [{\"number\": \"c\", \"kind\": {\"value\": \"por\"}},"
		  " {\"number\": \"d\", \"kind\": {\"value\": \"passport\"}}]",
		  "|9", false, "{\"documents\":[{\"kind\":\"passport\",\"number\":\"9\"}]}" },
		{ "\"document\": {\"number\": \"d\", \"valid_to\": {\"column\": \"c\", \"order\": \"dmy\"}}",
		  "31/12/2023|7", false,
		  "{\"documents\":[{\"kind\":\"other\",\"number\":\"7\",\"valid_to\":\"2023-12-31\"}]}" },
		{ "\"document\": \"c\"", "1.73012E+12", false, "import.digits-lost" },
		{ "\"document\": \"c\"", "1.73012E+12", true, "import.digits-lost" },
		{ "\"document\": \"c\"", "1,73012e12", false, "import.digits-lost" },
		{ "\"document\": \"c\"", "17301123456712345", true, "import.digits-lost" },
		{ "\"document\": \"c\"", "17301123456712345", false,
		  "{\"documents\":[{\"kind\":\"other\",\"number\":\"17301123456712345\"}]}" },
		{ "\"document\": \"c\"", "12E34-5", false,
		  "{\"documents\":[{\"kind\":\"other\",\"number\":\"12E34-5\"}]}" },
		/* select_multiple without columns of its own */
		{ "\"needs\": {\"column\": \"c\", \"codes\": {\"disab\": \"DS\", \"old\": \"ER\"}}",
		  "disab  old disab", false, "{\"needs\":[\"DS\",\"ER\"]}" },
		{ "\"needs\": \"c\"", "DS ER", false, "{\"needs\":[\"DS\",\"ER\"]}" },
		{ "\"needs\": {\"column\": \"c\", \"codes\": {\"other\": null, \"old\": \"ER\"}}",
		  "other old", false, "{\"needs\":[\"ER\"]}" },
		{ "\"needs\": {\"column\": \"c\", \"codes\": {\"disab\": \"DS\"}}",
		  "Disability Older person", false, "import.no-such-code" },
		{ "\"needs\": {\"column\": \"c\", \"codes\": {\"disab\": \"DS\"}}", "", false,
		  "{}" },
	};

	check_cases(SECTION_PERSON, cases, COUNT_OF(cases));
}

#define BIRTH(more) "\"birth\": {\"column\": \"c\"" more "}"

TEST(dates_and_ages_become_what_is_known_of_a_birth)
{
	static const struct case_of_cell cases[] = {
		{ BIRTH(""), "1990-04-03", false, "{\"birth_date\":\"1990-04-03\"}" },
		{ BIRTH(""), "1990-04-03T10:00:00.000+05:00", false,
		  "{\"birth_date\":\"1990-04-03\"}" },
		{ BIRTH(""), "1990-04-03 00:00:00", false, "{\"birth_date\":\"1990-04-03\"}" },
		{ BIRTH(""), "19900403", false, "{\"birth_date\":\"1990-04-03\"}" },
		{ BIRTH(""), "19900403", true, "{\"birth_date\":\"1990-04-03\"}" },
		{ BIRTH(""), "۱۹۹۰/۴/۳", false, "{\"birth_date\":\"1990-04-03\"}" },
		{ BIRTH(""), "3/4/1990", false, "date.order-unknown" },
		{ BIRTH(", \"order\": \"dmy\""), "3/4/1990", false,
		  "{\"birth_date\":\"1990-04-03\"}" },
		{ BIRTH(", \"order\": \"mdy\""), "3/4/1990 10:15", false,
		  "{\"birth_date\":\"1990-03-04\"}" },
		{ BIRTH(", \"order\": \"dmy\""), "30/2/1990", false, "date.no-such-day" },
		{ BIRTH(""), "yesterday", false, "date.not-a-date" },
		/* a spreadsheet's numbers */
		{ BIRTH(""), "32966", true, "{\"birth_date\":\"1990-04-03\"}" },
		{ BIRTH(""), "32966.75", true, "{\"birth_date\":\"1990-04-03\"}" },
		{ BIRTH(", \"calendar\": \"solar-hijri\""), "32966", true,
		  "{\"birth_date\":\"1990-04-03\"}" },
		{ BIRTH(""), "61", true, "{\"birth_date\":\"1900-03-01\"}" },
		{ BIRTH(""), "60", true, "import.not-a-serial" },
		{ BIRTH(""), "1E3", true, "import.digits-lost" },
		{ BIRTH(""), "200000", true, "import.not-a-serial" },
		{ BIRTH(""), "32966", false, "date.not-a-date" },
		/* a year */
		{ BIRTH(""), "1990", false, "{\"birth_year\":1990}" },
		{ BIRTH(""), "1990", true, "{\"birth_year\":1990}" },
		{ BIRTH(", \"calendar\": \"solar-hijri\""), "۱۳۶۹", false,
		  "{\"birth_year\":1990}" },
		{ BIRTH(", \"calendar\": \"solar-hijri\""), "1403-12-30", false,
		  "{\"birth_date\":\"2025-03-20\"}" },
		{ BIRTH(", \"calendar\": \"solar-hijri\", \"order\": \"dmy\""), "31/7/1369", false,
		  "date.no-such-day-solar" },
		/* ages, and what goes before them */
		{ "\"age\": {\"column\": \"c\", \"on\": \"d\"}", "34|2025-03-01T10:11:12", false,
		  "{\"age\":34,\"age_on\":\"2025-03-01\"}" },
		{ "\"age\": {\"column\": \"c\", \"on\": \"2025-03-01\"}", "۳۴", false,
		  "{\"age\":34,\"age_on\":\"2025-03-01\"}" },
		{ "\"age\": {\"column\": \"c\", \"on\": \"2025-03-01\"}", "34.0", true,
		  "{\"age\":34,\"age_on\":\"2025-03-01\"}" },
		{ "\"age\": {\"column\": \"c\", \"on\": \"2025-03-01\"}", "34.5", true,
		  "import.not-a-number" },
		{ "\"age\": {\"column\": \"c\", \"on\": \"2025-03-01\"}", "about 30", false,
		  "import.not-a-number" },
		{ "\"age\": {\"column\": \"c\", \"on\": \"2025-03-01\"}", "-3", false,
		  "import.not-a-number" },
		{ "\"age\": {\"column\": \"c\", \"on\": \"2025-03-01\"}", "99999999999999999999",
		  false, "import.not-a-number" },
		{ "\"age\": {\"column\": \"c\", \"on\": \"2025-03-01\"}, \"birth\": \"d\"",
		  "34|1990-04-03", false, "{\"birth_date\":\"1990-04-03\"}" },
		{ "\"age\": {\"column\": \"c\", \"on\": \"2025-03-01\"}, \"birth_year\": \"d\"",
		  "34|1990", false, "{\"birth_year\":1990}" },
		{ "\"birth\": \"c\", \"birth_year\": \"d\"", "1990-04-03|1990", false,
		  "{\"birth_date\":\"1990-04-03\"}" },
		/* a guess */
		{ "\"birth\": \"c\", \"birth_estimated\": \"d\"", "1990-01-01|TRUE", false,
		  "{\"birth_year\":1990}" },
		{ "\"birth\": \"c\", \"birth_estimated\": \"d\"", "1990-01-01|0", false,
		  "{\"birth_date\":\"1990-01-01\"}" },
		{ "\"birth\": \"d\", \"birth_estimated\": \"c\"", "perhaps|1990-01-01", false,
		  "import.not-yes-or-no" },
	};

	check_cases(SECTION_PERSON, cases, COUNT_OF(cases));
}

TEST(cells_of_a_household_become_what_their_column_means)
{
	static const struct case_of_cell cases[] = {
		{ "\"given\": \"g\", \"phone_safe\": \"c\"", "Yes", false,
		  "{\"phone_safe\":true}" },
		{ "\"given\": \"g\", \"phone_safe\": \"c\"", "0", true, "{\"phone_safe\":false}" },
		{ "\"given\": \"g\", \"phone_safe\": {\"column\": \"c\", \"codes\": {\"هو\": true}}",
		  "هو", false, "{\"phone_safe\":true}" },
		{ "\"given\": \"g\", \"phone_safe\": \"c\"", "sometimes", false,
		  "import.not-yes-or-no" },
		{ "\"given\": \"g\", \"phone\": \"c\"", "+92 000 0000001", false,
		  "{\"phone\":\"+92 000 0000001\"}" },
		{ "\"given\": \"g\", \"phone\": \"c\"", "9.23E+11", true, "import.digits-lost" },
		{ "\"given\": \"g\", \"address\": \"c\"", "House 3\nStreet 4", false,
		  "{\"address\":\"House 3 Street 4\"}" },
		{ "\"given\": \"g\", \"arrival_year\": \"c\"", "1985", true,
		  "{\"arrival_year\":1985}" },
		{ "\"given\": \"g\", \"household_language\": {\"column\": \"c\", \"codes\": {\"Pashto\": \"pbu\"}}",
		  "Pashto", false, "{\"language\":\"pbu\"}" },
	};

	check_cases(SECTION_HOUSEHOLD, cases, COUNT_OF(cases));
}

TEST(the_columns_of_a_select_multiple_go_before_its_summary)
{
	struct desk *d = desk_new(
		"\"needs\": {\"column\": \"n\", \"codes\": {\"disab\": \"DS\", \"old\": \"ER\","
		" \"Older person\": \"ER\", \"other\": null}}");

	CHECK_INT(plan_for(d, SECTION_PERSON, "n|n/disab|n/old|n/other|n/new"), OK);
	CHECK_INT(convert_as(d, "Disability Older person|1|1|0|0", false), OK);
	check_result(d, "{\"needs\":[\"DS\",\"ER\"]}");
	CHECK_INT(convert_as(d, "|0|true|1|", false), OK);
	check_result(d, "{\"needs\":[\"ER\"]}");
	/* Unanswered. */
	CHECK_INT(convert_as(d, "||||", false), OK);
	check_result(d, "{}");
	/* A choice that the map does not know is not lost in silence. */
	CHECK_FAULT(convert_as(d, "x|0|0|0|1", false), ERR_INPUT, &d->fault, "import.no-such-code");
	CHECK_TEXT(d->fault.values[0], "new");
	/* Exported with labels. */
	CHECK_INT(plan_for(d, SECTION_PERSON, "n|n/Older person"), OK);
	CHECK_INT(convert_as(d, "Older person|1", false), OK);
	check_result(d, "{\"needs\":[\"ER\"]}");
	desk_end(d);
}

TEST(a_column_that_is_missing_or_there_twice_is_told)
{
	struct desk *d = desk_new(
		"\"given\": \"name\", \"father\": {\"column\": \"f\", \"optional\": true}");

	CHECK_FAULT(plan_for(d, SECTION_PERSON, "nam|f"), ERR_INPUT, &d->fault,
		    "import.missing-column");
	CHECK_TEXT(d->fault.values[0], "name");
	CHECK_TEXT(d->fault.values[1], "list.csv");
	CHECK_FAULT(plan_for(d, SECTION_PERSON, "name|x|name"), ERR_INPUT, &d->fault,
		    "import.ambiguous-column");
	CHECK_INT(plan_for(d, SECTION_PERSON, "x|x|name"), OK);
	CHECK_INT(convert_as(d, "a|b|Zarmina", false), OK);
	check_result(d, "{\"given_latin\":\"Zarmina\"}");
	CHECK_FAULT(plan_for(d, SECTION_PERSON, "name|f|f"), ERR_INPUT, &d->fault,
		    "import.ambiguous-column");
	desk_end(d);
}

TEST(the_day_of_an_age_is_found_where_it_stands)
{
	struct desk *d = desk_new("\"age\": {\"column\": \"age\", \"on\": \"_submission_time\"}");
	struct list_sheet sheet = { .name = "members",
				    .header = &d->header,
				    .happened = TEXT("_submission_time") };
	struct fault f = { 0 };

	CHECK_FAULT(plan_for(d, SECTION_PERSON, "age"), ERR_INPUT, &d->fault,
		    "import.missing-column");
	/* Kobo's repeats have it under another name. */
	CHECK_INT(plan_for(d, SECTION_PERSON, "age|_submission__submission_time"), OK);
	CHECK_INT(convert_as(d, "34|2025-03-01T10:00:00", false), OK);
	check_result(d, "{\"age\":34,\"age_on\":\"2025-03-01\"}");
	/* ODK's have not: the household's counts. */
	d->header.count = 1;
	CHECK_INT(plan_make(&d->plan, &d->map.sections[SECTION_PERSON], &sheet, d->atlas,
			    &d->stripped, &d->fault),
		  OK);
	CHECK_INT(convert_as(d, "34", false), OK);
	CHECK_FAULT(convert_finish(d->out, NULL, TEXT(""), &f), ERR_INPUT, &f,
		    "import.age-of-no-day");
	f = (struct fault){ 0 };
	CHECK_INT(convert_finish(d->out, NULL, TEXT("2025-03-02"), &f), OK);
	CHECK_TEXT(json_text_of(json_object_get(d->out, "age_on")), "2025-03-02");
	desk_end(d);
}

TEST(when_a_household_was_asked_is_an_instant_or_a_day)
{
	static const struct {
		const char *cell;
		bool number;
		const char *when, *day;
	} cases[] = {
		{ "2025-03-01T23:30:00.123Z", false, "2025-03-01T23:30:00.123Z", "2025-03-01" },
		{ "2025-03-01T10:00:00+05:00", false, "2025-03-01T10:00:00+05:00", "2025-03-01" },
		{ "2025-03-01T10:00:00", false, "2025-03-01", "2025-03-01" },
		{ "2025-03-01 10:00:00", false, "2025-03-01", "2025-03-01" },
		{ "2025-03-01", false, "2025-03-01", "2025-03-01" },
		{ "45717.5", true, "2025-03-01", "2025-03-01" },
		{ "3/1/2025", false, NULL, NULL },
	};
	struct arena *a;

	CHECK_INT(arena_new(&a, 1 << 20), OK);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct text when, day;
		struct fault f = { 0 };
		enum err e = convert_time(text_of(cases[i].cell), cases[i].number, false, TEXT("c"),
					  a, &when, &day, &f);

		if (!cases[i].when) {
			CHECK_INT(e, ERR_INPUT);
			continue;
		}
		CHECK_INT(e, OK);
		CHECK_TEXT(when, cases[i].when);
		CHECK_TEXT(day, cases[i].day);
	}
	arena_free(a);
}

TEST(a_day_of_a_macintosh_is_four_years_later)
{
	struct text when, day;
	struct fault f = { 0 };
	struct arena *a;

	CHECK_INT(arena_new(&a, 1 << 20), OK);
	CHECK_INT(convert_time(TEXT("31504"), true, true, TEXT("c"), a, &when, &day, &f), OK);
	CHECK_TEXT(day, "1990-04-03");
	arena_free(a);
}

TEST(a_cell_that_is_too_large_is_refused_and_marks_are_counted)
{
	struct desk *d = desk_new("\"given\": \"c\"");
	struct text cell = { calloc(1, CELL_TAKEN_MAX + 1), CELL_TAKEN_MAX + 1 };
	struct row row = { .number = 2, .count = 1, .cells = &cell };

	memset((char *)(uintptr_t)cell.at, 'a', cell.size);
	CHECK_INT(plan_for(d, SECTION_PERSON, "c"), OK);
	CHECK_FAULT(plan_convert(&d->plan, &row, d->arena, d->out, &d->column, &d->fault),
		    ERR_LIMIT, &d->fault, "import.cell-too-large");
	free((char *)(uintptr_t)cell.at);
	CHECK_INT(convert_as(d, "\xe2\x80\x8f\xc2\xa0ز", false), OK);
	CHECK_INT(d->stripped, 2);
	desk_end(d);
}

/* --- whatever comes ------------------------------------------------------------------ */

/* A row of two cells under any of the columns that a map may have. */
static void check_cells(struct prop *p, struct desk *d, const struct text cells[2])
{
	bool is_number[2] = { prop_bool(p), prop_bool(p) };
	struct row row = { .number = 2, .count = 2, .cells = cells, .is_number = is_number };
	struct fault f = { 0 };
	enum err e;

	CHECK_INT(plan_for(d, SECTION_PERSON, "c|d"), OK);
	e = plan_convert(&d->plan, &row, d->arena, d->out, &d->column, &f);
	CHECK(e == OK || e == ERR_INPUT || e == ERR_LIMIT);
	CHECK_INT(f.key != NULL, e != OK);
	if (!e) {
		e = convert_finish(d->out, NULL, TEXT("2025-01-01"), &f);
		CHECK_INT(e, OK);
		CHECK(!json_object_get(d->out, "birth_date") ||
		      !json_object_get(d->out, "birth_year"));
	}
}

static struct desk *desk_of_any_column(struct prop *p)
{
	static const char *const columns[] = {
		"\"given\": \"c\"",
		"\"sex\": {\"column\": \"c\", \"codes\": {\"1\": \"male\"}}",
		"\"origin\": {\"column\": \"c\", \"vintage\": \"cod-ab-2021\"}",
		"\"birth\": {\"column\": \"c\", \"order\": \"dmy\"}",
		"\"birth\": {\"column\": \"c\", \"calendar\": \"solar-hijri\"}",
		"\"birth\": \"c\", \"birth_estimated\": \"d\"",
		"\"age\": {\"column\": \"c\", \"on\": \"d\"}",
		"\"document\": {\"number\": \"c\", \"kind\": \"d\", \"valid_to\": \"c\"}",
		"\"needs\": {\"column\": \"c\", \"codes\": {\"a\": \"DS\"}}",
	};

	return desk_new(columns[prop_pick(p, COUNT_OF(columns))]);
}

static void any_cell_is_taken_or_refused(struct prop *p)
{
	static const char *const pieces[] = { "0",  "1",    "9", "19", "2025",	       "-", "/",
					      ".",  " ",    ":", "T",  "E+",	       "#", "@",
					      "PK", "AF06", "ز", "۹",  "\xe2\x80\x8f", "\n" };
	struct desk *d = desk_of_any_column(p);
	struct buffer b = { 0 };
	struct text cells[2];

	for (int i = 0; i < 2; i++) {
		buffer_reset(&b);
		for (size_t n = prop_uint(p, 0, 8); n; n--)
			buffer_text(&b, text_of(pieces[prop_pick(p, COUNT_OF(pieces))]));
		cells[i] = prop_bool(p) ? prop_text(p, 200)
					: arena_copy_text(d->arena, buffer_as_text(&b));
	}
	check_cells(p, d, cells);
	buffer_free(&b);
	desk_end(d);
}
PROP_FUZZ(11, any_cell_is_taken_or_refused)

/* The readers of rows give valid UTF-8, so that is what a cell may hold. */
static void any_text_in_a_cell_is_taken_or_refused(struct prop *p)
{
	struct desk *d = desk_of_any_column(p);
	struct text cells[2];
	struct bytes rest;
	size_t first;

	first = prop_pick(p, 256);
	rest = prop_rest(p);
	rest.size = utf8_valid_size((struct text){ (const char *)rest.at, rest.size });
	cells[0] = utf8_cut((struct text){ (const char *)rest.at, rest.size },
			    first < rest.size ? first : rest.size);
	cells[1] = (struct text){ cells[0].at + cells[0].size, rest.size - cells[0].size };
	check_cells(p, d, cells);
	desk_end(d);
}
PROP_FUZZ(12, any_text_in_a_cell_is_taken_or_refused)

TEST(any_cell_is_taken_or_refused_without_harm)
{
	prop_run(any_cell_is_taken_or_refused, 3000, 1);
	prop_run(any_text_in_a_cell_is_taken_or_refused, 3000, 2);
}

RUN_TESTS()
