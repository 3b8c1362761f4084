/* Published figures are read as they were printed, and what is none is told with its place. */
#include <stdio.h>
#include <stdlib.h>

#include "base/calendar.h"
#include "base/prop.h"
#include "base/test.h"
#include "figures/reported_testing.h"

#define HEAD "source,publisher,as_of,area_pcode,group,measure,value,unit\n"
#define FILE_MEMORY ((size_t)4 << 20)

/* What one row of a list is refused for: "2:value:figures.no-number"; "" where it is not. */
static const char *refusal_of(const char *rows)
{
	static char kept[80];
	char csv[2000];
	struct read_list l;

	snprintf(csv, sizeof(csv), HEAD "%s\n", rows);
	l = list_read(text_of(csv));
	CHECK(!l.err && l.refusal_count <= 1 && l.count + l.refusal_count == 1);
	snprintf(kept, sizeof(kept), "%s", l.refusal_count ? l.refusals[0] : "");
	list_free(&l);
	return kept;
}

static const char *row_with_value(const char *value)
{
	static char row[300];

	snprintf(row, sizeof(row), "u,p,2025-04-04,PK6,PoR,stock,\"%s\",persons", value);
	return refusal_of(row);
}

/* The value as it is kept; "none" where it is refused. */
static const char *value_of(const char *given)
{
	static char kept[80];
	struct arena *a;
	struct text plain;
	int64_t hundredths;
	enum err e;

	CHECK(!arena_new(&a, 4096));
	e = figure_value_read(a, text_of(given), &plain, &hundredths, NULL);
	if (e)
		snprintf(kept, sizeof(kept), "none");
	else
		snprintf(kept, sizeof(kept), "%.*s = %lld", SHOWN(plain), (long long)hundredths);
	arena_free(a);
	return kept;
}

TEST(a_value_is_understood_in_the_digits_of_any_script)
{
	CHECK_TEXT(value_of("99857"), "99857 = 9985700");
	CHECK_TEXT(value_of("۹۹٬۸۵۷"), "99857 = 9985700");
	CHECK_TEXT(value_of("٩٩،٨٥٧"), "99857 = 9985700");
	CHECK_TEXT(value_of("۵۸٫۱"), "58.1 = 5810");
}

TEST(a_value_is_understood_with_its_thousands_apart)
{
	CHECK_TEXT(value_of("99,857"), "99857 = 9985700");
	CHECK_TEXT(value_of(" 1 304 000 "), "1304000 = 130400000");
	CHECK_TEXT(value_of("1,70,000"), "170000 = 17000000");
	CHECK_TEXT(value_of("12,34,567"), "1234567 = 123456700");
	CHECK_TEXT(value_of("1,304,000.5"), "1304000.5 = 130400050");
	CHECK_TEXT(value_of("2.3"), "2.3 = 230");
	CHECK_TEXT(value_of("58.12"), "58.12 = 5812");
	CHECK_TEXT(value_of("0"), "0 = 0");
}

TEST(a_value_that_could_be_two_is_none)
{
	static const char *const none[] = {
		"",
		"99.857",
		"9,98,57",
		"1,2345",
		"1000,000",
		"1,,000",
		",100",
		"100,",
		"1,304,70,000",
		"12.",
		".5",
		"-5",
		"1e5",
		"about 100",
		"1.304.000",
		"1,000 000x",
		"1234567890123456",
	};

	for (size_t i = 0; i < COUNT_OF(none); i++)
		CHECK_TEXT(value_of(none[i]), "none");
}

TEST(a_row_is_refused_with_its_line_its_column_and_why)
{
	CHECK_TEXT(refusal_of("u,p,2025-04-04,PK6,PoR,stock,5,persons"), "");
	CHECK_TEXT(refusal_of(",p,2025-04-04,PK6,PoR,stock,5,persons"),
		   "2:source:figures.no-source");
	CHECK_TEXT(refusal_of("u,p,,PK6,PoR,stock,5,persons"), "2:as_of:figures.no-as-of");
	CHECK_TEXT(refusal_of("u,p,2025-04-04,PK6,,stock,5,persons"), "2:group:figures.no-group");
	CHECK_TEXT(refusal_of("u,p,2025-04-04,PK6,PoR,,5,persons"), "2:measure:figures.no-measure");
	CHECK_TEXT(refusal_of("u,p,2025-04-04,PK6,PoR,stock,5,"), "2:unit:figures.no-unit");
	CHECK_TEXT(refusal_of("u,p,2025-04-04,XY9,PoR,stock,5,persons"),
		   "2:area_pcode:place.area-unknown");
	CHECK_TEXT(refusal_of("u,p,2025-02-30,PK6,PoR,stock,5,persons"),
		   "2:as_of:date.no-such-day");
	CHECK_TEXT(refusal_of("u,p,2027-01-01,PK6,PoR,stock,5,persons"),
		   "2:as_of:figures.as-of-too-late");
	CHECK_TEXT(row_with_value("9,98,57"), "2:value:figures.no-number");
}

TEST(a_day_in_persian_digits_is_understood)
{
	CHECK_TEXT(refusal_of("u,p,۲۰۲۵-۰۴-۰۴,PK6,PoR,stock,5,persons"), "");
}

TEST(a_period_that_ends_before_it_begins_or_after_the_figure_is_refused)
{
	static const char head[] = "source,publisher,as_of,period_start,period_end,group,measure,"
				   "value,unit\n";
	char csv[600];
	struct read_list l;

	snprintf(csv, sizeof(csv),
		 "%su,p,2025-04-04,2025-04-02,2025-04-01,PoR,m,5,persons\n"
		 "u,p,2025-04-04,2025-04-01,2025-04-05,PoR,m,5,persons\n"
		 "u,p,2025-04-04,2025-04-01,2025-04-04,PoR,m,5,persons\n",
		 head);
	l = list_read(text_of(csv));
	CHECK_INT(l.count, 1);
	CHECK_INT(l.refusal_count, 2);
	CHECK_TEXT(l.refusals[0], "2:period_end:figures.period-backwards");
	CHECK_TEXT(l.refusals[1], "3:as_of:figures.as-of-too-early");
	list_free(&l);
}

static const char *fault_of_head(const char *head)
{
	static char kept[80];
	struct read_list l = list_read(text_of(head));

	CHECK(l.err == ERR_INPUT && l.count == 0);
	snprintf(kept, sizeof(kept), "%s", l.fault.key);
	list_free(&l);
	return kept;
}

TEST(a_list_without_a_column_that_says_whose_it_is_is_none)
{
	CHECK_TEXT(fault_of_head("publisher,as_of,group,measure,value,unit\n"),
		   "figures.column-missing");
	CHECK_TEXT(fault_of_head("source,publsher,as_of,group,measure,value,unit\n"),
		   "figures.column-unknown");
	CHECK_TEXT(fault_of_head("source,source,publisher,as_of,group,measure,value,unit\n"),
		   "figures.column-twice");
	CHECK_TEXT(fault_of_head(""), "figures.column-missing");
}

TEST(of_the_shipped_figures_all_are_read_but_five_that_say_no_day_or_nobody)
{
	static const char *const refused[] = {
		"162:as_of:figures.no-as-of", "163:as_of:figures.no-as-of",
		"164:as_of:figures.no-as-of", "226:group:figures.no-group",
		"232:group:figures.no-group",
	};
	struct arena *a;
	struct read_list l;

	CHECK(!arena_new(&a, FILE_MEMORY));
	l = list_read(shipped_file(a, "data/figures/published_figures.csv"));
	CHECK_INT(l.err, OK);
	CHECK_INT(l.count, 315);
	CHECK_INT(l.refusal_count, COUNT_OF(refused));
	for (size_t i = 0; i < COUNT_OF(refused); i++)
		CHECK_TEXT(l.refusals[i], refused[i]);
	list_free(&l);
	arena_free(a);
}

/* --- how exactly a number is known --------------------------------------------------------- */

static struct figure_span span_of(const char *value, const char *unit, const char *note)
{
	struct figure x = { .value = text_of(value), .unit = text_of(unit), .note = text_of(note) };
	struct text plain;
	struct arena *a;

	CHECK(!arena_new(&a, 4096));
	CHECK(!figure_value_read(a, x.value, &plain, &x.hundredths, NULL));
	arena_free(a);
	return figure_span(&x);
}

static void check_span(struct figure_span s, int64_t least, int64_t most)
{
	CHECK_INT(s.least, least);
	CHECK_INT(s.most, most);
}

TEST(a_rounded_number_is_known_to_its_last_other_digit)
{
	check_span(span_of("35235", "persons", ""), 3523500, 3523500);
	check_span(span_of("54720", "persons", ""), 5472000, 5472000);
	check_span(span_of("1300000", "persons", ""), 120000000, 140000000);
	check_span(span_of("160000", "persons", ""), 15000000, 17000000);
	check_span(span_of("830", "persons", "\"over\""), 82000, 84000);
	check_span(span_of("970", "persons", ""), 97000, 97000);
	check_span(span_of("970", "persons", "day approximate"), 97000, 97000);
	check_span(span_of("970", "persons", "rounded by source"), 96000, 98000);
}

TEST(a_percentage_is_known_to_half_of_its_last_decimal)
{
	check_span(span_of("48", "percent", ""), 4750, 4850);
	check_span(span_of("100", "percent", ""), 9950, 10050);
	check_span(span_of("58.1", "percent", ""), 5805, 5815);
}

/* --- UNHCR's series ------------------------------------------------------------------------- */

/* Persons by place, of one year and group; columns by name. */
static int64_t places_add_up_to(struct text csv, const char *year, const char *group)
{
	size_t year_at = 0, group_at = 0, total_at = 0;
	const struct csv_row *row;
	struct csv *c;
	int64_t sum = 0;

	CHECK(!csv_open_bytes(&c, bytes_of_text(csv), NULL, NULL));
	CHECK(!csv_next(c, &row, NULL) && row);
	for (size_t i = 0; i < row->count; i++) {
		year_at = text_is(row->cells[i], "year") ? i : year_at;
		group_at = text_is(row->cells[i], "group") ? i : group_at;
		total_at = text_is(row->cells[i], "total") ? i : total_at;
	}
	while (!csv_next(c, &row, NULL) && row)
		if (text_is(row->cells[year_at], year) && text_is(row->cells[group_at], group))
			sum += atoll(row->cells[total_at].at);
	csv_close(c);
	return sum;
}

TEST(unhcrs_places_add_up_to_its_national_totals_from_2013_to_2025)
{
	struct read_list l;
	struct text places;
	size_t compared = 0;
	struct arena *a;

	CHECK(!arena_new(&a, FILE_MEMORY));
	places = shipped_file(a, "data/figures/unhcr_places.csv");
	l = list_read(shipped_file(a, "data/figures/unhcr_yearly.csv"));
	CHECK_INT(l.count, 189);
	for (size_t i = 0; i < l.count; i++) {
		const struct figure *x = &l.figures[i];
		char year[8], group[8];

		if (!text_is(x->measure, "stock_end_year") ||
		    date_of(GREGORIAN, x->as_of).year < 2013)
			continue;
		snprintf(year, sizeof(year), "%d", date_of(GREGORIAN, x->as_of).year);
		snprintf(group, sizeof(group), "%.*s", SHOWN(x->group));
		CHECK_INT(places_add_up_to(places, year, group) * FIGURE_ONE, x->hundredths);
		compared++;
	}
	/* refugees and asylum-seekers of 13 years, others of concern of 6, one year of OIP */
	CHECK_INT(compared, 13 + 13 + 6 + 1);
	list_free(&l);
	arena_free(a);
}

/* --- whatever a file holds -------------------------------------------------------------------- */

static void any_file_is_figures_or_refusals_or_a_fault(struct prop *p)
{
	struct bytes b = prop_rest(p);
	struct read_list l = list_read((struct text){ (const char *)b.at, b.size });

	CHECK(!l.err || l.fault.key);
	for (size_t i = 0; i < l.count; i++) {
		struct text plain;
		int64_t again;

		CHECK(l.figures[i].source.size && l.figures[i].group.size &&
		      l.figures[i].unit.size);
		CHECK(l.figures[i].as_of != FIGURE_DAY_NONE);
		CHECK(!figure_value_read(l.arena, l.figures[i].value, &plain, &again, NULL));
		CHECK(again == l.figures[i].hundredths && text_same(plain, l.figures[i].value));
		CHECK(figure_span(&l.figures[i]).least <= again);
	}
	list_free(&l);
}

TEST(any_file_of_random_bytes_is_figures_or_a_fault)
{
	prop_run(any_file_is_figures_or_refusals_or_a_fault, 300, 1);
}

PROP_FUZZ(1, any_file_is_figures_or_refusals_or_a_fault)

RUN_TESTS()
