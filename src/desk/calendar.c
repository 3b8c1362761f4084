/*
 * calendar: on which days the site has room for an appointment; numbers, and no person.
 */
#include "desk/view.h"

#define SHOWN_DAYS 56

static void write_day(struct view *v, const struct reg_day *d)
{
	json_object_begin(v->w);
	view_day(v, "day", d->day);
	if (d->set_by != DAY_OPEN)
		view_int(v, "people_max", d->people_max);
	view_int(v, "taken", d->taken);
	view_flag(v, "room", reg_day_has_room(d));
	view_text(v, "reason", d->reason);
	json_object_end(v->w);
}

struct setting {
	struct view *v;
	struct id site;
};

static bool write_days(void *self, const struct days *d)
{
	struct setting *x = self;
	struct view *v = x->v;

	if (d->ended || !id_same(&d->site, &x->site) ||
	    (d->last_day != DAY_NONE && d->last_day < v->today))
		return true;
	json_object_begin(v->w);
	view_id(v, "id", &d->id);
	view_int(v, "people_max", d->people_max);
	view_code(v, "weekday", CODES_WEEKDAY, d->weekday);
	view_day(v, "first_day", d->first_day);
	view_day(v, "last_day", d->last_day);
	view_text(v, "reason", d->reason);
	json_object_end(v->w);
	return true;
}

enum err desk_calendar(struct desk *d, struct json_writer *w)
{
	struct reg_day days[SHOWN_DAYS];
	struct view v;
	struct setting setting = { &v, reg_site(d->reg).id };
	enum err e;

	if ((e = view_begin(&v, d, DEED_STATUS, w)))
		return e;
	days[0].day = v.today;
	reg_days(d->reg, v.s, days, SHOWN_DAYS);
	json_object_begin(w);
	json_key(w, "days");
	json_array_begin(w);
	for (size_t i = 0; i < SHOWN_DAYS; i++)
		write_day(&v, &days[i]);
	json_array_end(w);
	json_key(w, "set");
	json_array_begin(w);
	state_each_days(v.s, write_days, &setting);
	json_array_end(w);
	json_object_end(w);
	return view_end(&v, OK);
}
