/*
 * period: the weeks of the bulletin, Sunday to Saturday, and four of them together.
 *
 * Four weeks always begin with the same ones, counted from the first Sunday of 1970, so
 * that two sites mean the same four.
 */
#include "figures/figures.h"

#include <stdio.h>

#include "base/calendar.h"

#define WEEK 7
#define FIRST_SUNDAY 3 /* 1970-01-04 */
#define WEDNESDAY 3    /* days after the Sunday */

struct period week_of(int32_t day)
{
	int32_t start = week_start(day);

	return (struct period){ start, start + WEEK - 1 };
}

struct period four_weeks_of(int32_t day)
{
	int32_t since = week_start(day) - FIRST_SUNDAY;
	int32_t into = ((since % (4 * WEEK)) + 4 * WEEK) % (4 * WEEK);
	int32_t start = week_start(day) - into;

	return (struct period){ start, start + 4 * WEEK - 1 };
}

bool period_is_week(struct period p)
{
	return p.end - p.start + 1 == WEEK;
}

bool period_is_closed(struct period p, int32_t today)
{
	return today - p.end > PERIOD_CLOSED_DAYS;
}

static int32_t new_year(int year)
{
	return day_of(GREGORIAN, (struct date){ year, 1, 1 });
}

static void year_and_week(struct period p, int *year, int *week)
{
	int32_t middle = p.start + WEDNESDAY;

	*year = date_of(GREGORIAN, middle).year;
	*week = (middle - new_year(*year)) / WEEK + 1;
}

void period_id(char out[PERIOD_ID_SIZE], struct period p)
{
	int year, week;

	year_and_week(p, &year, &week);
	snprintf(out, PERIOD_ID_SIZE, "%d-W%02d%s", year, week, period_is_week(p) ? "" : "-4W");
}

void period_dhis2(char out[PERIOD_ID_SIZE], struct period p)
{
	int year, week;

	year_and_week(p, &year, &week);
	snprintf(out, PERIOD_ID_SIZE, "%dSunW%d", year, week);
}

/* -1: not `size` digits. */
static int digits(const char *at, size_t size)
{
	int n = 0;

	for (size_t i = 0; i < size; i++) {
		if (at[i] < '0' || at[i] > '9')
			return -1;
		n = n * 10 + (at[i] - '0');
	}
	return n;
}

enum err period_read(struct period *out, struct text t, struct fault *f)
{
	bool week_form = t.size == 8, four_form = t.size == 11 && !memcmp(t.at + 8, "-4W", 3);
	int year = -1, week = -1;
	char id[PERIOD_ID_SIZE];

	if ((week_form || four_form) && !memcmp(t.at + 4, "-W", 2)) {
		year = digits(t.at, 4);
		week = digits(t.at + 6, 2);
	}
	if (year <= GREGORIAN_YEAR_MIN || year >= GREGORIAN_YEAR_MAX || week < 1)
		return fault(f, ERR_INPUT, "figures.period-form", t);
	*out = week_of(new_year(year) + (week - 1) * WEEK + WEDNESDAY);
	/* The Wednesday looked for lies in this week or in a neighbour. */
	for (int32_t shift = -WEEK; shift <= WEEK; shift += WEEK) {
		struct period tried = week_of(out->start + shift);

		if (four_form)
			tried = four_weeks_of(tried.start);
		period_id(id, tried);
		if (text_is(t, id)) {
			*out = tried;
			return OK;
		}
	}
	return fault(f, ERR_INPUT, "figures.no-such-period", t);
}
