/*
 * days: how many people the site receives by appointment on a day, and whether there is
 * room for one more.
 *
 * This is no rule of the constitution: it keeps desks from being promised twice, and
 * guards nobody's freedom (docs/decisions/0013).  Of what is set for a day the most
 * particular counts, dates before days of the week before all days; of two that are
 * alike the smaller number, which is the same in whatever order they came.
 */
#include <sodium.h>

#include "register/inside.h"

/* How far ahead a day with room is looked for. */
#define AHEAD_DAYS 365

/* --- what is set ------------------------------------------------------------------ */

struct setting_days {
	const struct reg *reg;
	struct reg_day *days;
	size_t count;
};

static uint8_t weekday_code(int32_t day)
{
	int n = weekday(day);

	return n ? (uint8_t)n : WEEKDAY_SUNDAY;
}

static bool is_among(const struct days *d, int32_t day)
{
	return (d->first_day == DAY_NONE || day >= d->first_day) &&
	       (d->last_day == DAY_NONE || day <= d->last_day) &&
	       (!d->weekday || d->weekday == weekday_code(day));
}

static void set_day(struct reg_day *day, const struct days *by)
{
	bool dated = by->first_day != DAY_NONE || by->last_day != DAY_NONE;
	unsigned rank = dated ? DAY_DATED : by->weekday ? DAY_OF_WEEK : DAY_OF_ALL;

	if (rank < day->set_by || (rank == day->set_by && by->people_max >= day->people_max))
		return;
	day->set_by = rank;
	day->people_max = by->people_max;
	day->reason = by->reason;
}

static bool note_days(void *self, const struct days *d)
{
	struct setting_days *x = self;

	if (d->ended || !id_same(&d->site, &x->reg->self.site))
		return true;
	for (size_t i = 0; i < x->count; i++)
		if (is_among(d, x->days[i].day))
			set_day(&x->days[i], d);
	return true;
}

#define AT_A_TIME 64

void reg_days(struct reg *r, const struct state *s, struct reg_day *out, size_t count)
{
	struct setting_days x = { r, out, count };
	int32_t first = out[0].day;
	uint32_t taken[AT_A_TIME];

	for (size_t i = 0; i < count; i++)
		out[i] = (struct reg_day){ .day = first + (int32_t)i };
	state_each_days(s, note_days, &x);
	for (size_t at = 0; at < count; at += AT_A_TIME) {
		size_t some = count - at < AT_A_TIME ? count - at : AT_A_TIME;

		state_expected(s, day_begins(out[at].day, r->zone->offset_min), taken, some);
		for (size_t i = 0; i < some; i++)
			out[at + i].taken = taken[i];
	}
}

bool reg_day_has_room(const struct reg_day *d)
{
	return d->set_by == DAY_OPEN || d->taken < d->people_max;
}

/* --- whether there is room ---------------------------------------------------------- */

static int32_t day_it_is_for(const struct reg *r, const struct fact *appointment)
{
	return site_day(r, appointment->values[APPOINTMENT_SET_AT].number);
}

struct id appointment_day(const struct reg *r, const struct fact *appointment)
{
	static const char name[] = "ikhtiar/appointments/v1";
	int32_t day = day_it_is_for(r, appointment);
	struct id id;

	crypto_generichash(id.at, ID_SIZE, (const uint8_t *)&day, sizeof(day),
			   (const uint8_t *)name, sizeof(name) - 1);
	return id;
}

/* Whose day it is already gives a place back with the old hour. */
static bool had_it(const struct proposing *p, const struct id *person, int32_t day)
{
	struct person row;

	return state_person(p->state, person, &row) && row.appointment &&
	       site_day(p->reg, row.appointment) == day;
}

/* Whom the facts before this one expect on that day, and nothing did before. */
static uint32_t count_before(const struct proposing *p, const struct fact *fact, int32_t day)
{
	const struct fact *facts = p->submission->facts;
	uint32_t count = 0;

	for (size_t i = 0; &facts[i] != fact; i++)
		count += facts[i].kind->kind == KIND_APPOINTMENT_SET &&
			 day_it_is_for(p->reg, &facts[i]) == day &&
			 !id_same(&facts[i].subject, &fact->subject) &&
			 !had_it(p, &facts[i].subject, day);
	return count;
}

/* The next day with room, as text; empty: none within a year. */
static void find_next(const struct proposing *p, int32_t day, char out[DATE_TEXT_SIZE])
{
	struct reg_day *days = arena_take_array(p->scratch, AHEAD_DAYS, sizeof(*days));

	*out = 0;
	if (!days)
		return;
	days[0].day = day + 1;
	reg_days(p->reg, p->state, days, AHEAD_DAYS);
	for (size_t i = 0; i < AHEAD_DAYS; i++)
		if (reg_day_has_room(&days[i])) {
			date_write(out, days[i].day);
			return;
		}
}

static enum err refuse_day(const struct proposing *p, const struct reg_day *d, struct fault *f)
{
	char day[DATE_TEXT_SIZE], next[DATE_TEXT_SIZE];

	date_write(day, d->day);
	find_next(p, d->day, next);
	if (!*next)
		return fault(f, ERR_INPUT, "days.no-room", day);
	if (!d->people_max)
		return fault(f, ERR_INPUT, "days.closed", day, next);
	return fault(f, ERR_INPUT, "days.full", day, d->people_max, next);
}

/* Of a day that is over it is told what was. */
enum err check_appointment(struct proposing *p, struct fact *fact, const struct fact *named,
			   struct fault *f)
{
	struct reg_day d = { .day = day_it_is_for(p->reg, fact) };

	(void)named;
	if (d.day < site_day(p->reg, p->now.seconds) || had_it(p, &fact->subject, d.day))
		return OK;
	reg_days(p->reg, p->state, &d, 1);
	d.taken += count_before(p, fact, d.day);
	return reg_day_has_room(&d) ? OK : refuse_day(p, &d, f);
}
