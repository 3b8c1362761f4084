/*
 * What goes into a bulletin: a week that went out, the four weeks that were over by then,
 * and the directives of its days.  All of it is public, and is read as what is public is,
 * also while the register is locked.
 */
#include "base/calendar.h"
#include "desk/desk.h"

static const struct area *area_of_code(const struct atlas *atlas, struct text code)
{
	size_t count;
	const struct area *areas = atlas_areas(atlas, &count);

	for (size_t i = 0; i < count; i++)
		if (areas[i].today == &areas[i] && text_same(areas[i].code, code))
			return &areas[i];
	return NULL;
}

static struct text name(void *self, enum axis axis, struct text code, const struct words *w)
{
	const struct atlas *atlas = self;
	enum text_language language = (enum text_language)words_language(w);
	const struct place *place;
	const struct area *area;

	if (axis == AXIS_CROSSING)
		return atlas_place(atlas, code, &place, NULL) ? code
							      : name_in(&place->names, language);
	area = area_of_code(atlas, code);
	return area ? name_in(&area->names, language) : code;
}

/* --- directives ---------------------------------------------------------------------- */

struct taking {
	struct arena *arena;
	struct period week;
	struct bulletin_directive *at;
	size_t count, room;
	bool failed;
};

static struct text kept(struct taking *t, struct text text)
{
	struct text out = arena_copy_text(t->arena, text);

	t->failed |= !out.at;
	return out;
}

static bool count_directive(void *self, const struct instrument *i)
{
	(void)i;
	(*(size_t *)self)++;
	return true;
}

static bool take_directive(void *self, const struct instrument *i)
{
	struct taking *t = self;
	char date[DATE_TEXT_SIZE];

	if (i->date < t->week.start || i->date > t->week.end || t->count == t->room)
		return true;
	date_write(date, i->date);
	t->at[t->count++] = (struct bulletin_directive){ kept(t, i->code), kept(t, text_of(date)),
							 kept(t, i->authority), kept(t, i->title) };
	return true;
}

static enum err take_directives(struct desk *d, const struct state *s, struct desk_bulletin *out)
{
	struct taking t = { .arena = d->arena, .week = out->week.release.period };

	state_each_instrument(s, count_directive, &t.room);
	t.at = arena_take_array(d->arena, t.room + 1, sizeof(*t.at));
	if (t.at)
		state_each_instrument(s, take_directive, &t);
	if (!t.at || t.failed)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	out->bulletin.directives = t.at;
	out->bulletin.directive_count = t.count;
	return OK;
}

/* --- the bulletin -------------------------------------------------------------------- */

/* The newest four weeks that were over by the end of the week, where they went out. */
static enum err take_four(struct desk *d, const struct reg_public *p, struct desk_bulletin *out)
{
	struct period week = out->week.release.period, four = four_weeks_of(week.end);
	struct fault why = { 0 };
	enum err e;

	if (four.end > week.end)
		four = four_weeks_of(four.start - 1);
	e = reg_public_release(d->reg, p, four, d->arena, &out->four, &why);
	if (!e)
		out->bulletin.four = &out->four.release;
	if (e && e != ERR_NOT_FOUND)
		d->fault = why;
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err take_week(struct desk *d, const struct reg_public *p, const struct period *week,
			  struct desk_bulletin *out)
{
	struct period newest;
	enum err e;

	if (!week) {
		if ((e = reg_public_release_newest(d->reg, p, &newest, &d->fault)))
			return e;
		week = &newest;
	}
	return reg_public_release(d->reg, p, *week, d->arena, &out->week, &d->fault);
}

enum err desk_bulletin(struct desk *d, const struct period *week, struct desk_bulletin *out)
{
	struct site_state site = reg_site(d->reg);
	struct reg_public p;
	enum err e;

	*out = (struct desk_bulletin){ 0 };
	if ((e = reg_public_begin(d->reg, &p, &d->fault)))
		return e;
	if (!(e = take_week(d, &p, week, out)) && !(e = take_four(d, &p, out)))
		e = take_directives(d, p.state, out);
	reg_public_end(d->reg, &p);
	out->bulletin.week = &out->week.release;
	out->bulletin.vintage = out->week.vintage;
	out->bulletin.site = site.name;
	out->bulletin.demo = site.demo;
	out->bulletin.self = (void *)d->atlas;
	out->bulletin.name = name;
	return e;
}

/* Every week from the first goes out, so that the first that has not ends them. */
static enum err take_weeks(struct desk *d, const struct reg_public *p, struct reg_release *out,
			   size_t room, size_t *count)
{
	struct fault why = { 0 };
	struct period week;
	enum err e = reg_public_release_newest(d->reg, p, &week, &why);

	while (!e && *count < room) {
		e = reg_public_release(d->reg, p, week, d->arena, &out[*count], &why);
		*count += !e;
		week = week_of(week.start - 1);
	}
	if (e && e != ERR_NOT_FOUND)
		d->fault = why;
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err desk_weeks(struct desk *d, struct reg_release *out, size_t room, size_t *count)
{
	struct reg_public p;
	enum err e;

	*count = 0;
	if ((e = reg_public_begin(d->reg, &p, &d->fault)))
		return e;
	e = take_weeks(d, &p, out, room, count);
	reg_public_end(d->reg, &p);
	return e;
}
