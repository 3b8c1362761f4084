/*
 * What goes into a bulletin: a week that went out, the four weeks that were over by then,
 * and the directives that were in force in it.  All of it is public, and is read as what is public is,
 * also while the register is locked.
 */
#include "desk/bulletin.h"

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
		e = bulletin_directives(d, p.state, out);
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
