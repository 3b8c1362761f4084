/*
 * calendar: days, instants, and how people write them.
 *
 * A day is an int32_t, days since 1970-01-01; an instant an int64_t, seconds since
 * 1970-01-01T00:00Z.  Two calendars: Gregorian and Solar Hijri as Afghanistan keeps
 * it.  Our sites keep one offset all the year; there is no table of zones to
 * go stale.
 */
#pragma once

#include "base/bytes.h"
#include "base/err.h"

/* --- days --------------------------------------------------------------------------- */

enum calendar { GREGORIAN, SOLAR_HIJRI };

struct date {
	int year, month, day; /* month and day from 1 */
};

/* Years that dates may have. */
#define GREGORIAN_YEAR_MIN 1800
#define GREGORIAN_YEAR_MAX 2199
#define SOLAR_YEAR_MIN 1210
#define SOLAR_YEAR_MAX 1500
#define DAY_MIN (-62091) /* 1800-01-01 */
#define DAY_MAX 84005	 /* 2199-12-31 */

/* How many days a month has, 0 where there is no such month or year. */
int month_days(enum calendar c, int year, int month);
bool date_exists(enum calendar c, struct date d);
/* `d` must exist. */
int32_t day_of(enum calendar c, struct date d);
/* `day` must be within DAY_MIN and DAY_MAX. */
struct date date_of(enum calendar c, int32_t day);

/* Whole years from `from` to `to`, as birthdays are counted (29 February: 1 March). */
int years_between(int32_t from, int32_t to);
/* `day` moved by years: 29 February becomes 1 March where there is none. */
int32_t day_plus_years(int32_t day, int years);
/* 0 Sunday … 6 Saturday, and the Sunday on or before. */
int weekday(int32_t day);
int32_t week_start(int32_t day);

enum month_names { MONTHS_LATIN, MONTHS_DARI, MONTHS_PASHTO };
/* A Solar Hijri month's Afghan name, month 1 to 12. */
struct text solar_month_name(enum month_names n, int month);

/* "2025-04-04" and a zero. */
#define DATE_TEXT_SIZE 16
void date_write(char out[DATE_TEXT_SIZE], int32_t day);
/* The next one of this form that stands by itself in `rest`, what is before it, and what is
 * behind it as `rest`; false, and nothing is touched: none does. */
bool date_next(struct text *rest, struct text *before, struct text *day);
/* The same form in either calendar. */
void date_write_in(char out[DATE_TEXT_SIZE], enum calendar c, int32_t day);

enum date_order {
	DATE_ORDER_UNKNOWN, /* only a year first is understood */
	DATE_YMD,
	DATE_DMY,
	DATE_MDY,
};

struct date_form {
	enum calendar calendar;
	enum date_order order;
	const char *field; /* for the fault; NULL: "date" */
};

/*
 * Read a date as people write it: three numbers in ASCII, Arabic or Persian digits
 * between - / . or spaces; a Solar Hijri month may be a name.  A year has four
 * digits.  Faults (ERR_INPUT), first value the field:
 *   date.not-a-date, date.no-such-day, date.no-such-day-solar, date.no-such-month,
 *   date.year-out-of-range, date.order-unknown, date.not-iso
 */
MUST_USE enum err date_read(int32_t *out, struct text t, const struct date_form *form,
			    struct fault *f);
/* Exactly YYYY-MM-DD, Gregorian.  Same faults. */
MUST_USE enum err date_read_iso(int32_t *out, struct text t, const char *field, struct fault *f);

/* --- instants --------------------------------------------------------------------------- */

struct zone {
	const char *name;
	int offset_min; /* east of Greenwich */
};

/* NULL: not one of ours. */
const struct zone *zone_of(struct text name);
/* NULL behind the last. */
const struct zone *zone_at(size_t at);

/* The day of an instant, and the instant at which a day begins, at an offset. */
int32_t day_at(int64_t seconds, int zone_min);
int64_t day_begins(int32_t day, int zone_min);

/* "2025-04-04T10:00:00+05:00" (RFC 3339), and for people "2025-04-04 10:00 +05:00". */
#define TIME_TEXT_SIZE 32
void time_write(char out[TIME_TEXT_SIZE], int64_t seconds, int zone_min);
void time_show(char out[TIME_TEXT_SIZE], int64_t seconds, int zone_min);

/*
 * RFC 3339 with its offset; the seconds may be missing, parts of a second are
 * dropped.  Faults: time.not-a-time, time.no-such-time, and those of dates.
 */
MUST_USE enum err time_read(int64_t *out, struct text t, const char *field, struct fault *f);

/* "+25h", "+90m", "+3d" in seconds; 0: not of this form. */
int64_t step_of_time(const char *word);

/* Instants that time_write() can write at every offset. */
#define TIME_MIN ((int64_t)(DAY_MIN + 1) * 86400)
#define TIME_MAX ((int64_t)(DAY_MAX)*86400 - 1)
