#include "figures/figures.h"

#include "base/calendar.h"
#include "base/prop.h"
#include "base/test.h"

static int32_t day(int year, int month, int day_of_month)
{
	return day_of(GREGORIAN, (struct date){ year, month, day_of_month });
}

static const char *id_of(struct period p)
{
	static char id[PERIOD_ID_SIZE];

	period_id(id, p);
	return id;
}

TEST(a_week_runs_from_sunday_to_saturday)
{
	struct period p = week_of(day(2026, 11, 26));

	CHECK_INT(p.start, day(2026, 11, 22));
	CHECK_INT(p.end, day(2026, 11, 28));
	CHECK_TEXT(id_of(p), "2026-W47");
	CHECK(period_is_week(p));
}

TEST(the_week_of_new_year_belongs_to_the_year_of_its_wednesday)
{
	CHECK_TEXT(id_of(week_of(day(2025, 12, 31))), "2025-W53");
	CHECK_TEXT(id_of(week_of(day(2026, 1, 3))), "2025-W53");
	CHECK_TEXT(id_of(week_of(day(2026, 1, 4))), "2026-W01");
	CHECK_TEXT(id_of(week_of(day(2025, 1, 1))), "2025-W01");
}

TEST(dhis2_has_its_own_word_for_the_same_week)
{
	char id[PERIOD_ID_SIZE];

	period_dhis2(id, week_of(day(2026, 1, 5)));
	CHECK_TEXT(id, "2026SunW1");
}

static void a_period_is_read_as_it_is_written(struct prop *p)
{
	int32_t at = (int32_t)prop_int(p, day(1901, 1, 1), day(2100, 1, 1));
	struct period week = week_of(at), four = four_weeks_of(at), read;
	struct fault f = { 0 };

	CHECK(week.start <= at && at <= week.end);
	CHECK(four.start <= week.start && week.end <= four.end);
	CHECK_INT(four.end - four.start + 1, 28);
	CHECK_INT(four_weeks_of(four.start).start, four.start);
	CHECK_INT(four_weeks_of(four.end).start, four.start);
	CHECK(!period_read(&read, text_of(id_of(week)), &f));
	CHECK_INT(read.start, week.start);
	CHECK_INT(read.end, week.end);
	CHECK(!period_read(&read, text_of(id_of(four)), &f));
	CHECK_INT(read.start, four.start);
	CHECK_INT(read.end, four.end);
}

TEST(each_week_and_each_four_weeks_are_read_as_they_are_written)
{
	prop_run(a_period_is_read_as_it_is_written, 2000, 7);
}

TEST(what_is_no_week_is_refused)
{
	static const char *const forms[] = { "",	 "2026",      "2026-47",     "2026-W4",
					     "2026-W4x", "2026-W47-", "2026-W45-3W", "1700-W01" };
	struct period p;
	struct fault f;

	for (size_t i = 0; i < COUNT_OF(forms); i++)
		CHECK_FAULT(period_read(&p, text_of(forms[i]), &f), ERR_INPUT, &f,
			    "figures.period-form");
	CHECK_FAULT(period_read(&p, TEXT("2026-W53"), &f), ERR_INPUT, &f, "figures.no-such-period");
	CHECK_FAULT(period_read(&p, TEXT("2026-W46-4W"), &f), ERR_INPUT, &f,
		    "figures.no-such-period");
}

TEST(a_week_is_closed_once_seven_whole_days_have_gone)
{
	struct period p = week_of(day(2026, 11, 26));

	CHECK(!period_is_closed(p, day(2026, 12, 5)));
	CHECK(period_is_closed(p, day(2026, 12, 6)));
}

RUN_TESTS()
