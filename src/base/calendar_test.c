#include "base/calendar.h"

#include <stdio.h>

#include "base/prop.h"

static int32_t gregorian(int year, int month, int day)
{
	return day_of(GREGORIAN, (struct date){ year, month, day });
}

static int32_t solar(int year, int month, int day)
{
	return day_of(SOLAR_HIJRI, (struct date){ year, month, day });
}

TEST(the_epoch_and_the_ends_of_our_years_are_where_they_should_be)
{
	CHECK_INT(gregorian(1970, 1, 1), 0);
	CHECK_INT(gregorian(2000, 3, 1), 11017);
	CHECK_INT(gregorian(GREGORIAN_YEAR_MIN, 1, 1), DAY_MIN);
	CHECK_INT(gregorian(GREGORIAN_YEAR_MAX, 12, 31), DAY_MAX);
}

/* Found in the calendar of ICU 78, which follows the official one. */
TEST(leap_years_are_those_of_the_official_calendar)
{
	static const int leap[] = {
		1300, 1304, 1309, 1313, 1317, 1321, 1325, 1329, 1333, 1337, 1342, 1346, 1350,
		1354, 1358, 1362, 1366, 1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403,
		1408, 1412, 1416, 1420, 1424, 1428, 1432, 1436, 1441, 1445, 1449,
	};
	size_t at = 0;

	for (int year = 1300; year <= 1450; year++) {
		bool is_leap = at < COUNT_OF(leap) && leap[at] == year;

		CHECK_INT(month_days(SOLAR_HIJRI, year, 12), is_leap ? 30 : 29);
		at += is_leap;
	}
	CHECK_INT(at, COUNT_OF(leap));
}

TEST(both_calendars_meet_on_days_that_everybody_knows)
{
	CHECK_INT(solar(1403, 1, 1), gregorian(2024, 3, 20));
	CHECK_INT(solar(1403, 12, 30), gregorian(2025, 3, 20));
	CHECK_INT(solar(1404, 1, 1), gregorian(2025, 3, 21));
	CHECK_INT(solar(1300, 1, 1), gregorian(1921, 3, 21));
	CHECK_INT(solar(1357, 2, 7), gregorian(1978, 4, 27));
	CHECK_INT(solar(1450, 12, 29), gregorian(2072, 3, 19));
}

TEST(the_first_date_in_a_sentence_is_found_and_what_only_looks_like_one_is_not)
{
	static const char *const none[] = { "",
					    "2025-05",
					    "2025-05-0",
					    "25-05-04",
					    "2025-5-04 xx",
					    "2025/05/04",
					    "PES-25-0-4",
					    "a2025-0b-04-1",
					    "2025-05_04",
					    "x/2025-05-04/y",
					    "12025-05-04",
					    "2025-05-041",
					    "2025-05-04T09:00" };
	struct text rest = TEXT("۲۰۲۵, 2025-04-28 to 2025-05-04"), before, day = { 0 };

	CHECK(date_next(&rest, &before, &day));
	CHECK_TEXT(before, "۲۰۲۵, ");
	CHECK_TEXT(day, "2025-04-28");
	CHECK(date_next(&rest, &before, &day));
	CHECK_TEXT(before, " to ");
	CHECK_TEXT(day, "2025-05-04");
	CHECK(!rest.size && !date_next(&rest, &before, &day));
	rest = TEXT("a/2025-05-04/b (2025-05-05)");
	CHECK(date_next(&rest, &before, &day));
	CHECK_TEXT(day, "2025-05-05");
	CHECK_TEXT(rest, ")");
	for (size_t i = 0; i < COUNT_OF(none); i++) {
		rest = text_of(none[i]);
		CHECK(!date_next(&rest, &before, &day));
		CHECK_TEXT(rest, none[i]);
	}
}

TEST(every_day_of_our_years_survives_both_calendars_in_order)
{
	struct date before = { 0, 0, 0 };

	for (int32_t day = DAY_MIN; day <= DAY_MAX; day++) {
		struct date g = date_of(GREGORIAN, day);

		CHECK(date_exists(GREGORIAN, g) && day_of(GREGORIAN, g) == day);
	}
	for (int32_t day = solar(SOLAR_YEAR_MIN, 1, 1); day <= solar(SOLAR_YEAR_MAX, 12, 29);
	     day++) {
		struct date s = date_of(SOLAR_HIJRI, day);

		CHECK(date_exists(SOLAR_HIJRI, s) && day_of(SOLAR_HIJRI, s) == day);
		CHECK(s.year > before.year || s.month > before.month || s.day > before.day);
		before = s;
	}
}

TEST(a_week_begins_on_sunday)
{
	CHECK_INT(weekday(0), 4);
	CHECK_INT(weekday(gregorian(2026, 11, 22)), 0);
	CHECK_INT(week_start(gregorian(2026, 11, 24)), gregorian(2026, 11, 22));
	CHECK_INT(week_start(gregorian(2026, 11, 22)), gregorian(2026, 11, 22));
	CHECK_INT(weekday(gregorian(1969, 12, 28)), 0);
}

TEST(years_are_counted_by_birthdays)
{
	CHECK_INT(years_between(gregorian(2008, 11, 24), gregorian(2026, 11, 23)), 17);
	CHECK_INT(years_between(gregorian(2008, 11, 24), gregorian(2026, 11, 24)), 18);
	CHECK_INT(years_between(gregorian(2008, 2, 29), gregorian(2026, 2, 28)), 17);
	CHECK_INT(years_between(gregorian(2008, 2, 29), gregorian(2026, 3, 1)), 18);
	CHECK_INT(day_plus_years(gregorian(2008, 2, 29), 18), gregorian(2026, 3, 1));
	CHECK_INT(day_plus_years(gregorian(2008, 2, 29), 4), gregorian(2012, 2, 29));
	CHECK_INT(day_plus_years(gregorian(2008, 5, 1), -1), gregorian(2007, 5, 1));
	CHECK_INT(day_plus_years(gregorian(2199, 1, 1), 500), DAY_MAX);
}

struct reading {
	const char *text;
	enum calendar calendar;
	enum date_order order;
	int year, month, day; /* Gregorian */
};

TEST(dates_are_read_as_people_write_them)
{
	static const struct reading cases[] = {
		{ "2025-04-03", GREGORIAN, DATE_ORDER_UNKNOWN, 2025, 4, 3 },
		{ " 2025/4/3 ", GREGORIAN, DATE_DMY, 2025, 4, 3 },
		{ "3/4/2025", GREGORIAN, DATE_DMY, 2025, 4, 3 },
		{ "4.3.2025", GREGORIAN, DATE_MDY, 2025, 4, 3 },
		{ "٣/٤/٢٠٢٥", GREGORIAN, DATE_DMY, 2025, 4, 3 },
		{ "29 2 2024", GREGORIAN, DATE_DMY, 2024, 2, 29 },
		{ "۱۴۰۳-۱۲-۳۰", SOLAR_HIJRI, DATE_YMD, 2025, 3, 20 },
		{ "31 Sunbula 1403", SOLAR_HIJRI, DATE_ORDER_UNKNOWN, 2024, 9, 21 },
		{ "1403 sunbula 31", SOLAR_HIJRI, DATE_ORDER_UNKNOWN, 2024, 9, 21 },
		{ "۳۱ سنبله ۱۴۰۳", SOLAR_HIJRI, DATE_MDY, 2024, 9, 21 },
		{ "30 کب 1403", SOLAR_HIJRI, DATE_DMY, 2025, 3, 20 },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct reading *c = &cases[i];
		const struct date_form form = { c->calendar, c->order, NULL };
		struct fault f = { 0 };
		int32_t day;

		if (date_read(&day, text_of(c->text), &form, &f))
			check_failed(__FILE__, __LINE__, "%s: %s", c->text, f.key);
		CHECK_INT(day, gregorian(c->year, c->month, c->day));
	}
}

static void check_date_fault(const char *text, enum calendar calendar, enum date_order order,
			     const char *key)
{
	const struct date_form form = { calendar, order, "birth" };
	struct fault f;
	int32_t day;

	CHECK_FAULT(date_read(&day, text_of(text), &form, &f), ERR_INPUT, &f, key);
	CHECK_TEXT(f.values[0], "birth");
	CHECK_INT(day, 0);
}

TEST(a_date_that_cannot_be_says_why)
{
	check_date_fault("31 Mizan 1403", SOLAR_HIJRI, DATE_DMY, "date.no-such-day-solar");
	check_date_fault("1404-12-30", SOLAR_HIJRI, DATE_YMD, "date.no-such-day-solar");
	check_date_fault("2025-02-30", GREGORIAN, DATE_YMD, "date.no-such-day");
	check_date_fault("2025-02-29", GREGORIAN, DATE_YMD, "date.no-such-day");
	check_date_fault("2025-04-00", GREGORIAN, DATE_YMD, "date.no-such-day");
	check_date_fault("2025-13-01", GREGORIAN, DATE_YMD, "date.no-such-month");
	check_date_fault("1 Brumaire 1403", SOLAR_HIJRI, DATE_DMY, "date.no-such-month");
	check_date_fault("1403-01-01", GREGORIAN, DATE_YMD, "date.year-out-of-range");
	check_date_fault("2025-01-01", SOLAR_HIJRI, DATE_YMD, "date.year-out-of-range");
	check_date_fault("3/4/2025", GREGORIAN, DATE_ORDER_UNKNOWN, "date.order-unknown");
	check_date_fault("3/4/2025", GREGORIAN, DATE_YMD, "date.order-unknown");
}

TEST(what_is_no_date_is_refused)
{
	static const char *const none[] = {
		"",
		"today",
		"2025",
		"2025-04",
		"2025-04-03-",
		"2025--03",
		"-2025-04-03",
		"25-04-03",
		"2025-04/03",
		"20250403",
		"02025-04-03",
		"2025-004-03",
		"2025-04-003",
		"2025-x-03",
		"2025-04-0x",
		"\xff",
		"45750",
		"2025-04-2025",
		"3/April/2025",
	};

	for (size_t i = 0; i < COUNT_OF(none); i++)
		check_date_fault(none[i], GREGORIAN, DATE_DMY, "date.not-a-date");
}

TEST(the_fault_of_a_day_names_the_last_one)
{
	const struct date_form form = { SOLAR_HIJRI, DATE_DMY, NULL };
	struct fault f = { 0 };
	int32_t day;

	CHECK_INT(date_read(&day, TEXT("31 Mizan 1403"), &form, &f), ERR_INPUT);
	CHECK_TEXT(f.values[0], "date");
	CHECK_TEXT(f.values[1], "31");
	CHECK_TEXT(f.values[2], "Mizan");
	CHECK_TEXT(f.values[3], "میزان");
	CHECK_TEXT(f.values[4], "1403");
	CHECK_TEXT(f.values[5], "30");
}

TEST(a_day_is_written_in_both_calendars)
{
	char out[DATE_TEXT_SIZE];

	date_write(out, gregorian(2025, 3, 20));
	CHECK_TEXT(out, "2025-03-20");
	date_write_in(out, SOLAR_HIJRI, gregorian(2025, 3, 20));
	CHECK_TEXT(out, "1403-12-30");
	date_write(out, INT32_MIN);
	CHECK_TEXT(out, "(no date)");
	CHECK_TEXT(solar_month_name(MONTHS_PASHTO, 8), "لړم");
	CHECK_TEXT(solar_month_name(MONTHS_DARI, 12), "حوت");
}

TEST(an_instant_carries_the_offset_of_its_zone)
{
	const int64_t at = INT64_C(1795496400); /* 2026-11-24T05:00:00Z */
	char out[TIME_TEXT_SIZE];

	time_write(out, at, zone_of(TEXT("Asia/Karachi"))->offset_min);
	CHECK_TEXT(out, "2026-11-24T10:00:00+05:00");
	time_write(out, at, zone_of(TEXT("Asia/Kabul"))->offset_min);
	CHECK_TEXT(out, "2026-11-24T09:30:00+04:30");
	time_write(out, at, -330);
	CHECK_TEXT(out, "2026-11-23T23:30:00-05:30");
	time_show(out, at, 300);
	CHECK_TEXT(out, "2026-11-24 10:00 +05:00");
	time_show(out, INT64_MAX, 300);
	CHECK_TEXT(out, "(no time)");
	time_write(out, INT64_MIN, -300);
	CHECK_TEXT(out, "(no time)");
	CHECK(!zone_of(TEXT("Mars/Olympus")));
	CHECK_TEXT(zone_at(2)->name, "UTC");
	CHECK(!zone_at(3));
}

TEST(the_day_of_an_instant_is_that_of_the_place)
{
	const int64_t late = INT64_C(1795550400); /* 2026-11-24T20:00:00Z */

	CHECK_INT(day_at(late, 0), gregorian(2026, 11, 24));
	CHECK_INT(day_at(late, 300), gregorian(2026, 11, 25));
	CHECK_INT(day_at(-1, 0), -1);
	CHECK_INT(day_at(day_begins(gregorian(2026, 11, 25), 270), 270), gregorian(2026, 11, 25));
	CHECK_INT(day_at(day_begins(gregorian(2026, 11, 25), 270) - 1, 270),
		  gregorian(2026, 11, 24));
	CHECK_INT(day_at(INT64_MAX, 300), DAY_MAX);
	CHECK_INT(day_at(INT64_MIN, -300), DAY_MIN);
}

TEST(instants_are_read_with_their_offset)
{
	static const struct {
		const char *text;
		int64_t at;
	} cases[] = {
		{ "2026-11-24T10:00:00+05:00", 1795496400 },
		{ "2026-11-24T09:30:00+04:30", 1795496400 },
		{ "2026-11-24T05:00:00Z", 1795496400 },
		{ "2026-11-24t05:00:00z", 1795496400 },
		{ "2026-11-24 05:00Z", 1795496400 },
		{ "2026-11-24T10:00+05:00", 1795496400 },
		{ "2026-11-24T05:00:00.999Z", 1795496400 },
		{ "2026-11-24T00:00:01-05:00", 1795496401 },
		{ "1969-12-31T23:59:59Z", -1 },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int64_t at;

		if (time_read(&at, text_of(cases[i].text), NULL, NULL))
			check_failed(__FILE__, __LINE__, "%s", cases[i].text);
		CHECK_INT(at, cases[i].at);
	}
}

TEST(what_is_no_instant_is_refused)
{
	static const struct {
		const char *text, *key;
	} cases[] = {
		{ "", "time.not-a-time" },
		{ "2026-11-24", "time.not-a-time" },
		{ "2026-11-24T10:00:00", "time.not-a-time" },
		{ "2026-11-24T10:00:00+5:00", "time.not-a-time" },
		{ "2026-11-24T10:00:00+05:60", "time.not-a-time" },
		{ "2026-11-24T10:00:00+24:00", "time.not-a-time" },
		{ "2026-11-24T10:00:00.Z", "time.not-a-time" },
		{ "2026-11-24T10:00:0Z", "time.not-a-time" },
		{ "2026-11-24X10:00:00Z", "time.not-a-time" },
		{ "2026-11-24T10:00:00ZZ", "time.not-a-time" },
		{ "2026-11-24T24:00:00Z", "time.no-such-time" },
		{ "2026-11-24T10:60:00Z", "time.no-such-time" },
		{ "2026-11-24T23:59:60Z", "time.no-such-time" },
		{ "2026-02-30T10:00:00Z", "date.no-such-day" },
		{ "2026.11.24T10:00:00Z", "date.not-iso" },
		{ "1800-01-01T10:00:00Z", "date.year-out-of-range" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fault f;
		int64_t at;

		CHECK_FAULT(time_read(&at, text_of(cases[i].text), "happened", &f), ERR_INPUT, &f,
			    cases[i].key);
	}
}

static void instants_survive_writing(struct prop *p)
{
	int64_t at = prop_int(p, TIME_MIN, TIME_MAX), back;
	int zone_min = (int)prop_int(p, -14 * 60, 14 * 60);
	char out[TIME_TEXT_SIZE];

	time_write(out, at, zone_min);
	CHECK(!time_read(&back, text_of(out), NULL, NULL));
	CHECK_INT(back, at);
}

TEST(every_instant_is_read_as_it_was_written)
{
	prop_run(instants_survive_writing, 3000, 8);
}

/* What is taken for a date is a day that exists, and written it is taken for the same. */
static void check_date(struct text t, const struct date_form *form)
{
	const struct date_form written = { .calendar = form->calendar, .order = DATE_YMD };
	char out[DATE_TEXT_SIZE];
	struct fault f = { 0 };
	int32_t day, back;

	if (date_read(&day, t, form, &f)) {
		CHECK(f.key);
		return;
	}
	CHECK(day >= DAY_MIN && day <= DAY_MAX);
	CHECK(date_exists(form->calendar, date_of(form->calendar, day)));
	date_write_in(out, form->calendar, day);
	CHECK_INT(date_read(&back, text_of(out), &written, NULL), OK);
	CHECK_INT(back, day);
}

static void check_time(struct text t)
{
	char out[TIME_TEXT_SIZE];
	struct fault f = { 0 };
	int64_t at, back;

	if (time_read(&at, t, NULL, &f)) {
		CHECK(f.key);
		return;
	}
	CHECK(at >= TIME_MIN && at <= TIME_MAX);
	time_write(out, at, 0);
	CHECK_INT(time_read(&back, text_of(out), NULL, NULL), OK);
	CHECK_INT(back, at);
}

static struct date_form any_form(struct prop *p)
{
	struct date_form form = { .order = (enum date_order)prop_pick(p, 4) };

	form.calendar = prop_bool(p) ? SOLAR_HIJRI : GREGORIAN;
	return form;
}

static void any_text_is_a_day_that_exists_or_a_fault(struct prop *p)
{
	struct date_form form = any_form(p);
	struct bytes b = prop_rest(p);
	struct text t = { (const char *)b.at, b.size };

	check_date(t, &form);
	check_time(t);
}

static void letters_of_any_script_are_a_day_or_a_fault(struct prop *p)
{
	struct date_form form = any_form(p);
	struct text t = prop_text(p, 40);

	check_date(t, &form);
	check_time(t);
}

static void a_day_is_taken_exactly_where_it_exists(struct prop *p)
{
	struct date_form form = any_form(p);
	struct date d = { (int)prop_uint(p, 1000, 2300), (int)prop_uint(p, 0, 14),
			  (int)prop_uint(p, 0, 33) };
	const int by_order[4][3] = { { d.year, d.month, d.day },
				     { d.year, d.month, d.day },
				     { d.day, d.month, d.year },
				     { d.month, d.day, d.year } };
	const int *numbers = by_order[form.order];
	char between = "-/. "[prop_pick(p, 4)];
	char out[40];
	int32_t day;
	enum err e;

	snprintf(out, sizeof(out), "%d%c%d%c%d", numbers[0], between, numbers[1], between,
		 numbers[2]);
	e = date_read(&day, text_of(out), &form, NULL);
	CHECK_INT(e == OK, date_exists(form.calendar, d));
	if (!e)
		CHECK_INT(day, day_of(form.calendar, d));
}

TEST(random_text_is_a_day_that_exists_or_a_fault)
{
	prop_run(letters_of_any_script_are_a_day_or_a_fault, 3000, 9);
	prop_run(any_text_is_a_day_that_exists_or_a_fault, 3000, 10);
}

TEST(no_day_is_taken_that_does_not_exist)
{
	prop_run(a_day_is_taken_exactly_where_it_exists, 20000, 11);
}

/* --- steps of time ---------------------------------------------------------------------- */

TEST(a_step_of_time_is_a_number_of_days_hours_or_minutes)
{
	static const char *const wrong[] = { "",      "+",	  "25h",
					     "+h",    "+25",	  "+25s",
					     "+2.5h", "++5h",	  "+ 5h",
					     "+-5h",  "+100001d", "+5hh",
					     "+5h ",  "+0h",	  "+99999999999999999999h",
					     "-5h" };

	CHECK_INT(step_of_time("+25h"), 25 * 3600);
	CHECK_INT(step_of_time("+90m"), 90 * 60);
	CHECK_INT(step_of_time("+3d"), 3 * 86400);
	CHECK_INT(step_of_time("+100000d"), INT64_C(100000) * 86400);
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		CHECK_INT(step_of_time(wrong[i]), 0);
}

static void any_word_is_a_step_forward_or_none(struct prop *p)
{
	struct text word = prop_text(p, 30);
	int64_t step = step_of_time(arena_print(p->arena, "+%.*s", SHOWN(word)).at);

	CHECK(step >= 0 && step <= INT64_C(100000) * 86400);
}

TEST(any_word_is_a_step_or_none)
{
	prop_run(any_word_is_a_step_forward_or_none, 5000, 1);
}

PROP_FUZZ(1, any_text_is_a_day_that_exists_or_a_fault)
PROP_FUZZ(2, letters_of_any_script_are_a_day_or_a_fault)
PROP_FUZZ(3, a_day_is_taken_exactly_where_it_exists)
PROP_FUZZ(4, instants_survive_writing)
PROP_FUZZ(5, any_word_is_a_step_forward_or_none)
RUN_TESTS()
