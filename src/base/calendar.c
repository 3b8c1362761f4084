/*
 * calendar: Gregorian by the civil-from-days algorithm (eras of 400 years of which
 * the first month is March), Solar Hijri by its cycle of 33 years.
 *
 * In Solar Hijri the first six months have 31 days, the next five 30, and Hut has
 * 29, in a leap year 30.  A year is leap when the remainder of year / 33 is one of
 * 1 5 9 13 17 22 26 30.  That is the rule of the astronomical calendar as it came
 * out from 1178 to 1633, and agrees day by day with the official one and ICU over
 * the years taken here.  1 Hamal 1403 is 20 March 2024.
 */
#include "base/calendar.h"

#include <assert.h>
#include <stdio.h>

#include "base/utf8.h"

#define DAY_S 86400

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* --- Gregorian ----------------------------------------------------------------------- */

static bool gregorian_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int64_t gregorian_day(struct date d)
{
	int64_t year = d.month <= 2 ? d.year - 1 : d.year;
	int64_t era = floor_div(year, 400), of_era = year - era * 400;
	int64_t of_year = (153 * (d.month > 2 ? d.month - 3 : d.month + 9) + 2) / 5 + d.day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct date gregorian_date(int64_t day)
{
	int64_t era = floor_div(day + 719468, 146097), of_era = day + 719468 - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;

	return (struct date){
		.year = (int)(year + era * 400 + (month >= 10)),
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.day = (int)(of_year - (153 * month + 2) / 5 + 1),
	};
}

/* --- Solar Hijri ------------------------------------------------------------------------ */

#define CYCLE 33
#define CYCLE_DAYS (CYCLE * 365 + 8)
/* 1 Hamal of the year 0, counted back from 1 Hamal 1403: 42 cycles and 17 years,
 * with four leap years among these 17. */
#define SOLAR_YEAR_0 (19802 - 42 * CYCLE_DAYS - 17 * 365 - 4)

static const int leap_rests[] = { 1, 5, 9, 13, 17, 22, 26, 30 };

static bool solar_leap(int year)
{
	for (size_t i = 0; i < COUNT_OF(leap_rests); i++)
		if (year % CYCLE == leap_rests[i])
			return true;
	return false;
}

/* Days from the start of a cycle to its year `rest`. */
static int days_before(int rest)
{
	int days = rest * 365;

	for (size_t i = 0; i < COUNT_OF(leap_rests) && leap_rests[i] < rest; i++)
		days++;
	return days;
}

static int days_before_month(int month)
{
	return month <= 7 ? (month - 1) * 31 : (month - 1) * 30 + 6;
}

static int64_t solar_day(struct date d)
{
	return SOLAR_YEAR_0 + (int64_t)(d.year / CYCLE) * CYCLE_DAYS + days_before(d.year % CYCLE) +
	       days_before_month(d.month) + d.day - 1;
}

static struct date solar_date(int64_t day)
{
	int64_t cycle = floor_div(day - SOLAR_YEAR_0, CYCLE_DAYS);
	int left = (int)(day - SOLAR_YEAR_0 - cycle * CYCLE_DAYS), rest = left / 366;
	struct date d;

	if (rest + 1 < CYCLE && days_before(rest + 1) <= left)
		rest++;
	left -= days_before(rest);
	d.month = left < 186 ? left / 31 + 1 : (left - 186) / 30 + 7;
	d.day = left - days_before_month(d.month) + 1;
	d.year = (int)cycle * CYCLE + rest;
	return d;
}

/* --- both --------------------------------------------------------------------------------- */

static const struct {
	int year_min, year_max;
	int64_t (*day)(struct date d);
	struct date (*date)(int64_t day);
	bool (*leap)(int year);
	uint8_t days[12]; /* of a common year */
	uint8_t leap_month;
} calendars[] = {
	[GREGORIAN] = { GREGORIAN_YEAR_MIN,
			GREGORIAN_YEAR_MAX,
			gregorian_day,
			gregorian_date,
			gregorian_leap,
			{ 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 },
			2 },
	[SOLAR_HIJRI] = { SOLAR_YEAR_MIN,
			  SOLAR_YEAR_MAX,
			  solar_day,
			  solar_date,
			  solar_leap,
			  { 31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29 },
			  12 },
};

static bool year_is_taken(enum calendar c, int year)
{
	return year >= calendars[c].year_min && year <= calendars[c].year_max;
}

int month_days(enum calendar c, int year, int month)
{
	if (month < 1 || month > 12 || !year_is_taken(c, year))
		return 0;
	return calendars[c].days[month - 1] +
	       (month == calendars[c].leap_month && calendars[c].leap(year));
}

bool date_exists(enum calendar c, struct date d)
{
	return d.day >= 1 && d.day <= month_days(c, d.year, d.month);
}

int32_t day_of(enum calendar c, struct date d)
{
	assert(date_exists(c, d));
	return (int32_t)calendars[c].day(d);
}

struct date date_of(enum calendar c, int32_t day)
{
	assert(day >= DAY_MIN && day <= DAY_MAX);
	return calendars[c].date(day);
}

int years_between(int32_t from, int32_t to)
{
	struct date a = date_of(GREGORIAN, from), b = date_of(GREGORIAN, to);

	return b.year - a.year - (b.month < a.month || (b.month == a.month && b.day < a.day));
}

int32_t day_plus_years(int32_t day, int years)
{
	struct date d = date_of(GREGORIAN, day);
	int64_t out;

	d.year += years;
	if (d.month == 2 && d.day == 29 && !gregorian_leap(d.year))
		d = (struct date){ d.year, 3, 1 };
	out = gregorian_day(d);
	return (int32_t)(out < DAY_MIN ? DAY_MIN : out > DAY_MAX ? DAY_MAX : out);
}

int weekday(int32_t day)
{
	/* 1970-01-01 was a Thursday. */
	int64_t since_sunday = (int64_t)day + 4;

	return (int)(since_sunday - floor_div(since_sunday, 7) * 7);
}

int32_t week_start(int32_t day)
{
	return day - weekday(day);
}

/* --- names of months ------------------------------------------------------------------------ */

static const struct text solar_months[12][3] = {
	{ TEXT("Hamal"), TEXT("حمل"), TEXT("وری") },
	{ TEXT("Sawr"), TEXT("ثور"), TEXT("غویی") },
	{ TEXT("Jawza"), TEXT("جوزا"), TEXT("غبرګولی") },
	{ TEXT("Saratan"), TEXT("سرطان"), TEXT("چنګاښ") },
	{ TEXT("Asad"), TEXT("اسد"), TEXT("زمری") },
	{ TEXT("Sunbula"), TEXT("سنبله"), TEXT("وږی") },
	{ TEXT("Mizan"), TEXT("میزان"), TEXT("تله") },
	{ TEXT("Aqrab"), TEXT("عقرب"), TEXT("لړم") },
	{ TEXT("Qaws"), TEXT("قوس"), TEXT("لیندۍ") },
	{ TEXT("Jadi"), TEXT("جدی"), TEXT("مرغومی") },
	{ TEXT("Dalw"), TEXT("دلو"), TEXT("سلواغه") },
	{ TEXT("Hut"), TEXT("حوت"), TEXT("کب") },
};

struct text solar_month_name(enum month_names n, int month)
{
	assert(month >= 1 && month <= 12);
	return solar_months[month - 1][n];
}

/* --- writing -------------------------------------------------------------------------------- */

void date_write_in(char out[DATE_TEXT_SIZE], enum calendar c, int32_t day)
{
	struct date d;

	if (day < DAY_MIN || day > DAY_MAX) {
		strcpy(out, "(no date)");
		return;
	}
	d = date_of(c, day);
	snprintf(out, DATE_TEXT_SIZE, "%04d-%02u-%02u", (short)d.year, (unsigned char)d.month,
		 (unsigned char)d.day);
}

void date_write(char out[DATE_TEXT_SIZE], int32_t day)
{
	date_write_in(out, GREGORIAN, day);
}

/* A part of a longer word: of a number, an address, a time. */
static bool is_of_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       c == '/' || c == '-' || c == '_';
}

static bool has_form(struct text t, const char *form)
{
	for (size_t i = 0; i < t.size; i++)
		if (form[i] == 'd' ? t.at[i] < '0' || t.at[i] > '9' : t.at[i] != form[i])
			return false;
	return true;
}

bool date_next(struct text *rest, struct text *before, struct text *day)
{
	static const char form[] = "dddd-dd-dd";
	const size_t size = sizeof(form) - 1;
	struct text t = *rest;

	for (size_t at = 0; at + size <= t.size; at++) {
		struct text it = { t.at + at, size };

		if (!has_form(it, form) || (at && is_of_word(t.at[at - 1])) ||
		    (at + size < t.size && is_of_word(t.at[at + size])))
			continue;
		*before = (struct text){ t.at, at };
		*day = it;
		*rest = (struct text){ t.at + at + size, t.size - at - size };
		return true;
	}
	return false;
}

struct clock_time {
	char date[DATE_TEXT_SIZE];
	unsigned char hour, minute, second, zone_hour, zone_minute;
	char sign;
};

static bool split_time(struct clock_time *t, int64_t seconds, int zone_min)
{
	int of_day, east = zone_min < 0 ? -zone_min : zone_min;
	int32_t day;

	assert(east < 24 * 60);
	if (seconds < TIME_MIN || seconds > TIME_MAX)
		return false;
	day = day_at(seconds, zone_min);
	of_day = (int)(seconds - day_begins(day, zone_min));
	date_write(t->date, day);
	t->hour = (unsigned char)(of_day / 3600);
	t->minute = (unsigned char)(of_day / 60 % 60);
	t->second = (unsigned char)(of_day % 60);
	t->sign = zone_min < 0 ? '-' : '+';
	t->zone_hour = (unsigned char)(east / 60);
	t->zone_minute = (unsigned char)(east % 60);
	return true;
}

void time_write(char out[TIME_TEXT_SIZE], int64_t seconds, int zone_min)
{
	struct clock_time t;

	if (split_time(&t, seconds, zone_min))
		snprintf(out, TIME_TEXT_SIZE, "%.10sT%02u:%02u:%02u%c%02u:%02u", t.date, t.hour,
			 t.minute, t.second, t.sign, t.zone_hour, t.zone_minute);
	else
		strcpy(out, "(no time)");
}

void time_show(char out[TIME_TEXT_SIZE], int64_t seconds, int zone_min)
{
	struct clock_time t;

	if (split_time(&t, seconds, zone_min))
		snprintf(out, TIME_TEXT_SIZE, "%.10s %02u:%02u %c%02u:%02u", t.date, t.hour,
			 t.minute, t.sign, t.zone_hour, t.zone_minute);
	else
		strcpy(out, "(no time)");
}

/* --- zones ------------------------------------------------------------------------------------ */

static const struct zone zones[] = {
	{ "Asia/Karachi", 5 * 60 },
	{ "Asia/Kabul", 4 * 60 + 30 },
	{ "UTC", 0 },
};

const struct zone *zone_at(size_t at)
{
	return at < COUNT_OF(zones) ? &zones[at] : NULL;
}

const struct zone *zone_of(struct text name)
{
	for (size_t i = 0; i < COUNT_OF(zones); i++)
		if (text_is(name, zones[i].name))
			return &zones[i];
	return NULL;
}

int32_t day_at(int64_t seconds, int zone_min)
{
	int64_t day = floor_div(seconds, DAY_S);

	/* Far from our years there is no day to be exact about, but no overflow either. */
	if (day < DAY_MIN || day > DAY_MAX)
		return day < DAY_MIN ? DAY_MIN : DAY_MAX;
	return (int32_t)floor_div(seconds + (int64_t)zone_min * 60, DAY_S);
}

int64_t day_begins(int32_t day, int zone_min)
{
	return (int64_t)day * DAY_S - (int64_t)zone_min * 60;
}

/* --- reading dates -------------------------------------------------------------------------- */

#define WRITTEN_SIZE_MAX 64

/* One of the three parts of a written date. */
struct part {
	int number; /* -1: a name */
	size_t digits;
	struct text name;
};

static const char *name_of(const char *field)
{
	return field ? field : "date";
}

static struct text trim(struct text t)
{
	while (t.size && t.at[0] == ' ') {
		t.at++;
		t.size--;
	}
	while (t.size && t.at[t.size - 1] == ' ')
		t.size--;
	return t;
}

/* A number of up to four digits in one script or another, else a word. */
static struct part read_part(struct text t)
{
	struct part p = { .name = t };
	uint32_t c;

	while (utf8_next(&t, &c)) {
		int value = digit_value(c);

		if (value < 0 || ++p.digits > 4)
			return (struct part){ .number = -1, .name = p.name };
		p.number = p.number * 10 + value;
	}
	if (!p.digits)
		p.number = -1;
	return p;
}

static bool is_separator(char c)
{
	return c == '-' || c == '/' || c == '.' || c == ' ';
}

/* Three parts between two separators of one kind. */
static bool split(struct part parts[3], struct text t)
{
	size_t count = 0, from = 0;
	char separator = 0;

	for (size_t i = 0; i <= t.size; i++) {
		if (i < t.size && !is_separator(t.at[i]))
			continue;
		if (count == 3 || i == from)
			return false;
		if (i < t.size && separator && t.at[i] != separator)
			return false;
		if (i < t.size)
			separator = t.at[i];
		parts[count++] = read_part((struct text){ t.at + from, i - from });
		from = i + 1;
	}
	return count == 3;
}

static int month_of_name(struct text name)
{
	for (int month = 1; month <= 12; month++)
		for (size_t i = 0; i < COUNT_OF(solar_months[0]); i++) {
			struct text known = solar_months[month - 1][i];

			if (known.size == name.size &&
			    strncasecmp(known.at, name.at, name.size) == 0)
				return month;
		}
	return 0;
}

static enum err not_a_date(struct text t, const struct date_form *form, struct fault *f)
{
	return fault(f, ERR_INPUT, "date.not-a-date", name_of(form->field), t);
}

/* Which part is what; the year is where the four digits are. */
static enum err put_in_order(const struct part *order[3], const struct part parts[3], struct text t,
			     const struct date_form *form, struct fault *f)
{
	bool year_first = parts[0].digits == 4, year_last = parts[2].digits == 4;
	bool named = parts[1].number < 0;

	order[0] = year_first ? &parts[0] : &parts[2];
	order[1] = &parts[1];
	order[2] = year_first ? &parts[2] : &parts[0];
	if (year_first == year_last)
		return not_a_date(t, form, f);
	if (year_first || named || form->order == DATE_DMY)
		return OK;
	if (form->order != DATE_MDY)
		return fault(f, ERR_INPUT, "date.order-unknown", name_of(form->field), t);
	order[1] = &parts[0];
	order[2] = &parts[1];
	return OK;
}

static enum err check_date(const struct date *d, const struct date_form *form, struct fault *f)
{
	const char *field = name_of(form->field);
	int days;

	if (!year_is_taken(form->calendar, d->year))
		return fault(f, ERR_INPUT, "date.year-out-of-range", field, d->year,
			     calendars[form->calendar].year_min,
			     calendars[form->calendar].year_max);
	if (d->month < 1 || d->month > 12)
		return fault(f, ERR_INPUT, "date.no-such-month", field, d->month);
	days = month_days(form->calendar, d->year, d->month);
	if (d->day >= 1 && d->day <= days)
		return OK;
	if (form->calendar == SOLAR_HIJRI)
		return fault(f, ERR_INPUT, "date.no-such-day-solar", field, d->day,
			     solar_month_name(MONTHS_LATIN, d->month),
			     solar_month_name(MONTHS_DARI, d->month), d->year, days);
	return fault(f, ERR_INPUT, "date.no-such-day", field, d->day, d->month, d->year, days);
}

enum err date_read(int32_t *out, struct text t, const struct date_form *form, struct fault *f)
{
	struct part parts[3];
	const struct part *order[3];
	struct text written = trim(t);
	struct date d;
	enum err e;

	*out = 0;
	if (written.size > WRITTEN_SIZE_MAX || !utf8_valid(written) || !split(parts, written))
		return not_a_date(written, form, f);
	if ((e = put_in_order(order, parts, written, form, f)))
		return e;
	d.year = order[0]->number;
	d.month = order[1]->number;
	d.day = order[2]->number;
	if (d.month < 0 && form->calendar == SOLAR_HIJRI)
		d.month = month_of_name(order[1]->name);
	if (d.month < 0 || d.day < 0 || order[2]->digits > 2 || order[1]->digits > 2)
		return not_a_date(written, form, f);
	if (d.month == 0 && order[1]->number < 0)
		return fault(f, ERR_INPUT, "date.no-such-month", name_of(form->field),
			     order[1]->name);
	if ((e = check_date(&d, form, f)))
		return e;
	*out = day_of(form->calendar, d);
	return OK;
}

/* `pattern`: 0 stands for a digit, all else for itself.  Digits go to numbers[], one
 * for each run. */
static bool read_pattern(struct text t, const char *pattern, int *numbers)
{
	if (t.size != strlen(pattern))
		return false;
	for (size_t i = 0; i < t.size; i++) {
		if (pattern[i] != '0') {
			if (t.at[i] != pattern[i])
				return false;
			continue;
		}
		if (t.at[i] < '0' || t.at[i] > '9')
			return false;
		if (i == 0 || pattern[i - 1] != '0')
			*numbers++ = 0;
		numbers[-1] = numbers[-1] * 10 + (t.at[i] - '0');
	}
	return true;
}

enum err date_read_iso(int32_t *out, struct text t, const char *field, struct fault *f)
{
	const struct date_form form = { GREGORIAN, DATE_YMD, field };
	int numbers[3];
	struct date d;
	enum err e;

	*out = 0;
	if (!read_pattern(t, "0000-00-00", numbers))
		return fault(f, ERR_INPUT, "date.not-iso", name_of(field), t);
	d = (struct date){ numbers[0], numbers[1], numbers[2] };
	if ((e = check_date(&d, &form, f)))
		return e;
	*out = day_of(GREGORIAN, d);
	return OK;
}

/* --- reading instants ---------------------------------------------------------------------- */

/* "Z", "+05:00"; 24 * 60 and more: it is none. */
static int read_offset(struct text t)
{
	int numbers[2];

	if (text_is(t, "Z") || text_is(t, "z"))
		return 0;
	if (read_pattern(t, "+00:00", numbers) && numbers[0] < 24 && numbers[1] < 60)
		return numbers[0] * 60 + numbers[1];
	if (read_pattern(t, "-00:00", numbers) && numbers[0] < 24 && numbers[1] < 60)
		return -(numbers[0] * 60 + numbers[1]);
	return 24 * 60;
}

/* "10:00", "10:00:00", "10:00:00.25": how many characters it is, 0: it is none. */
static size_t read_clock(struct text t, int numbers[3])
{
	size_t size = 8;

	numbers[2] = 0;
	if (t.size < 8 || t.at[5] != ':')
		return t.size >= 5 && read_pattern((struct text){ t.at, 5 }, "00:00", numbers) ? 5
											       : 0;
	if (!read_pattern((struct text){ t.at, 8 }, "00:00:00", numbers))
		return 0;
	if (t.size > 8 && t.at[8] == '.') {
		size = 9;
		while (size < t.size && t.at[size] >= '0' && t.at[size] <= '9')
			size++;
	}
	return size == 9 ? 0 : size;
}

static bool is_time_mark(char c)
{
	return c == 'T' || c == 't' || c == ' ';
}

enum err time_read(int64_t *out, struct text t, const char *field, struct fault *f)
{
	const char *name = field ? field : "time";
	int clock[3], zone_min;
	int64_t seconds;
	size_t size;
	int32_t day;
	enum err e;

	*out = 0;
	if (t.size < 17 || t.size > WRITTEN_SIZE_MAX || !is_time_mark(t.at[10]))
		return fault(f, ERR_INPUT, "time.not-a-time", name, t);
	if ((e = date_read_iso(&day, (struct text){ t.at, 10 }, name, f)))
		return e;
	size = read_clock((struct text){ t.at + 11, t.size - 11 }, clock);
	zone_min = read_offset((struct text){ t.at + 11 + size, t.size - 11 - size });
	if (!size || zone_min >= 24 * 60)
		return fault(f, ERR_INPUT, "time.not-a-time", name, t);
	if (clock[0] > 23 || clock[1] > 59 || clock[2] > 59)
		return fault(f, ERR_INPUT, "time.no-such-time", name, t);
	seconds = day_begins(day, zone_min) + clock[0] * 3600 + clock[1] * 60 + clock[2];
	if (seconds < TIME_MIN || seconds > TIME_MAX)
		return fault(f, ERR_INPUT, "date.year-out-of-range", name, t, GREGORIAN_YEAR_MIN,
			     GREGORIAN_YEAR_MAX);
	*out = seconds;
	return OK;
}

/* In units: so many days are a lifetime thrice over. */
#define STEP_MAX 100000

int64_t step_of_time(const char *word)
{
	static const struct {
		char letter;
		int64_t seconds;
	} units[] = { { 'd', 86400 }, { 'h', 3600 }, { 'm', 60 } };
	int64_t n = 0;

	if (*word++ != '+')
		return 0;
	for (; *word >= '0' && *word <= '9' && n <= STEP_MAX; word++)
		n = 10 * n + (*word - '0');
	if (n > STEP_MAX)
		return 0;
	for (size_t i = 0; i < COUNT_OF(units); i++)
		if (word[0] == units[i].letter && word[1] == '\0')
			return n * units[i].seconds;
	return 0;
}
