/*
 * reported: the figures of an area, side by side, with what contradicts what.
 *
 * Contradictions are searched among all figures, and those shown that name one of the area;
 * what they name besides is shown with them, wherever it is.
 */
#include "desk/reported.h"

#include <stdlib.h>

/* --- from facts ------------------------------------------------------------------------ */

static int32_t day_of_value(const struct value *v)
{
	return v->given ? (int32_t)v->number : FIGURE_DAY_NONE;
}

struct text reported_path(struct arena *a, const struct area *area)
{
	struct text above;

	area = area->today;
	if (!area->parent)
		return area->key;
	above = reported_path(a, area->parent);
	return above.at ? arena_print(a, "%.*s/%.*s", SHOWN(above), SHOWN(area->key)) : above;
}

static struct text path_of_place(struct arena *a, const struct place *place)
{
	struct text above = reported_path(a, place->area);

	return above.at ? arena_print(a, "%.*s/%.*s", SHOWN(above), SHOWN(place->id)) : above;
}

static struct text path_of(const struct desk *d, const struct figure *x)
{
	const struct area *area = atlas_area_of_key(d->atlas, x->area);
	const struct place *place;

	if (x->place.size && !atlas_place(d->atlas, x->place, &place, &(struct fault){ 0 }))
		return path_of_place(d->arena, place);
	return area ? reported_path(d->arena, area) : x->area;
}

/* A value that was recorded by hand may be none; it is shown and not compared. */
static void read_value(const struct desk *d, struct figure *x, struct text given)
{
	if (!figure_value_read(d->arena, given, &x->value, &x->hundredths, &(struct fault){ 0 }))
		return;
	x->value = given;
	x->hundredths = FIGURE_UNREADABLE;
}

static struct figure figure_of(const struct desk *d, const struct fact *fact)
{
	const struct value *v = fact->values;
	struct figure x = {
		.source = v[FIGURE_REPORTED_SOURCE].text,
		.publisher = v[FIGURE_REPORTED_PUBLISHER].text,
		.report = v[FIGURE_REPORTED_REPORT].text,
		.as_of = day_of_value(&v[FIGURE_REPORTED_AS_OF]),
		.period_start = day_of_value(&v[FIGURE_REPORTED_PERIOD_START]),
		.period_end = day_of_value(&v[FIGURE_REPORTED_PERIOD_END]),
		.entered = fact->recorded,
		.area_name = v[FIGURE_REPORTED_AREA_NAME].text,
		.area = v[FIGURE_REPORTED_AREA].text,
		.place = v[FIGURE_REPORTED_PLACE].text,
		.group = v[FIGURE_REPORTED_GROUP].text,
		.measure = v[FIGURE_REPORTED_MEASURE].text,
		.unit = v[FIGURE_REPORTED_UNIT].text,
		.note = v[FIGURE_REPORTED_NOTE].text,
	};

	read_value(d, &x, v[FIGURE_REPORTED_VALUE].text);
	x.path = path_of(d, &x);
	return x;
}

/* As of the newest day first; of one day, source by source, as they were entered. */
static int compare_facts(const void *a, const void *b)
{
	const struct fact *x = *(const struct fact *const *)a;
	const struct fact *y = *(const struct fact *const *)b;
	struct text source_x = x->values[FIGURE_REPORTED_SOURCE].text;
	struct text source_y = y->values[FIGURE_REPORTED_SOURCE].text;
	int64_t day_x = x->values[FIGURE_REPORTED_AS_OF].number;
	int64_t day_y = y->values[FIGURE_REPORTED_AS_OF].number;
	size_t size = source_x.size < source_y.size ? source_x.size : source_y.size;
	int order = memcmp(source_x.at, source_y.at, size);

	if (day_x != day_y)
		return day_x > day_y ? -1 : 1;
	if (order || source_x.size != source_y.size)
		return order ? order : source_x.size < source_y.size ? -1 : 1;
	return fact_ref_compare(&x->ref, &y->ref);
}

enum err reported_read(struct desk *d, struct reported *out)
{
	const struct fact *facts, **sorted;
	struct figure *figures;
	struct id *ids;
	size_t count;
	enum err e;

	*out = (struct reported){ 0 };
	if ((e = reg_public(d->reg, KIND_FIGURE_REPORTED, d->arena, &facts, &count, &d->fault)))
		return e;
	sorted = arena_take_array(d->arena, count + 1, sizeof(const struct fact *));
	figures = arena_take_array(d->arena, count + 1, sizeof(*figures));
	ids = arena_take_array(d->arena, count + 1, sizeof(*ids));
	if (!sorted || !figures || !ids)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	for (size_t i = 0; i < count; i++)
		sorted[i] = &facts[i];
	qsort(sorted, count, sizeof(const struct fact *), compare_facts);
	for (size_t i = 0; i < count; i++) {
		figures[i] = figure_of(d, sorted[i]);
		ids[i] = sorted[i]->subject;
	}
	*out = (struct reported){ figures, ids, count };
	return arena_was_short(d->arena) ? fault(&d->fault, ERR_MEMORY, "memory.none") : OK;
}

/* --- where a list means --------------------------------------------------------------------- */

/*
 * PK7 is Sindh, and in the list of 2018 it was Balochistan: a row that says PK7 and
 * "Balochistan" has its codes from there.
 */
static enum err check_vintage(const struct desk *d, const struct area *area, const struct figure *x,
			      struct fault *f)
{
	const struct area *other = area_other_meaning(d->atlas, area);

	if (!other || !x->area_name.size || area_is_called(area, x->area_name) ||
	    !area_is_called(other, x->area_name))
		return OK;
	return fault(f, ERR_INPUT, "figures.area-of-other-list", area->code,
		     name_in(&area->names, TEXT_EN), area->vintage->name,
		     name_in(&other->names, TEXT_EN), other->vintage->name, other->today->key);
}

enum err reported_locate(void *self, struct text given, struct figure *out, struct fault *f)
{
	struct desk *d = self;
	const struct place *place;
	const struct area *area;
	enum err e;

	if (!atlas_place(d->atlas, given, &place, &(struct fault){ 0 })) {
		out->place = place->id;
		out->path = path_of_place(d->arena, place);
	} else {
		if ((e = atlas_area(d->atlas, given, &area, f)) ||
		    (e = check_vintage(d, area, out, f)))
			return e;
		out->area = area->key;
		out->path = reported_path(d->arena, area);
	}
	return out->path.at ? OK : fault(f, ERR_MEMORY, "memory.none");
}

/* --- what is shown ----------------------------------------------------------------------------- */

/* Of all figures, those that are shown, and where each then stands. */
struct choice {
	const struct reported *all;
	const struct contradiction *contradictions;
	size_t contradiction_count;
	bool *shown;
	size_t *place;
};

/* Whether `x` is of the area whose path this is; an empty one is everywhere. */
static bool is_within(const struct figure *x, struct text path)
{
	return !path.size || text_same(x->path, path) ||
	       (text_begins(x->path, path) && x->path.at[path.size] == '/');
}

static bool names_shown(const struct choice *c, const struct contradiction *k, const bool *shown)
{
	for (size_t i = 0; i < c->all->count; i++)
		if (shown[i] && contradiction_names(k, &c->all->figures[i]))
			return true;
	return false;
}

static size_t index_of(const struct choice *c, const struct figure *x)
{
	return (size_t)(x - c->all->figures);
}

static void show_named(struct choice *c, const struct contradiction *k)
{
	if (k->whole)
		c->shown[index_of(c, k->whole)] = true;
	for (size_t i = 0; i < k->part_count; i++)
		c->shown[index_of(c, k->parts[i])] = true;
}

/* Those of the area, the contradictions that name them, and what these name. */
static enum err choose(struct desk *d, struct choice *c, struct text path)
{
	const struct reported *all = c->all;
	bool *of_area = arena_take_array(d->arena, all->count + 1, sizeof(*of_area));
	const struct contradiction *found;
	struct contradiction *kept;
	size_t found_count;
	enum err e;

	c->shown = arena_take_array(d->arena, all->count + 1, sizeof(*c->shown));
	c->place = arena_take_array(d->arena, all->count + 1, sizeof(*c->place));
	if ((e = figures_contradictions(&found, &found_count, all->figures, all->count, d->arena,
					&d->fault)))
		return e;
	kept = arena_take_array(d->arena, found_count + 1, sizeof(*kept));
	if (!of_area || !c->shown || !c->place || !kept)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	for (size_t i = 0; i < all->count; i++)
		c->shown[i] = of_area[i] = is_within(&all->figures[i], path);
	for (size_t i = 0; i < found_count; i++) {
		if (!names_shown(c, &found[i], of_area))
			continue;
		kept[c->contradiction_count++] = found[i];
		show_named(c, &found[i]);
	}
	c->contradictions = kept;
	for (size_t i = 0, at = 0; i < all->count; i++)
		c->place[i] = c->shown[i] ? at++ : 0;
	return OK;
}

static void write_where(struct view *v, const struct figure *x)
{
	view_text(v, "area", x->area);
	view_text(v, "place", x->place);
	view_text(v, "area_name", x->area_name);
	view_text(v, "where", reported_where(v, x));
}

static void write_contradicted_by(struct view *v, const struct choice *c, const struct figure *x)
{
	json_key(v->w, "contradictions");
	json_array_begin(v->w);
	for (size_t i = 0; i < c->contradiction_count; i++)
		if (contradiction_names(&c->contradictions[i], x))
			json_uint(v->w, i);
	json_array_end(v->w);
}

static void write_figure(struct view *v, const struct choice *c, size_t at)
{
	const struct figure *x = &c->all->figures[at];

	json_object_begin(v->w);
	view_id(v, "id", &c->all->ids[at]);
	view_text(v, "source", x->source);
	view_text(v, "publisher", x->publisher);
	view_text(v, "report", x->report);
	view_day(v, "as_of", x->as_of);
	view_day(v, "period_start", x->period_start);
	view_day(v, "period_end", x->period_end);
	view_time(v, "entered", x->entered);
	write_where(v, x);
	view_text(v, "group", x->group);
	view_text(v, "group_said", reported_group(v, x));
	view_text(v, "measure", x->measure);
	view_text(v, "measure_said", reported_measure(v, x));
	view_text(v, "value", x->value);
	view_text(v, "value_said", reported_value(v, x));
	view_text(v, "unit", x->unit);
	view_text(v, "unit_said", reported_unit(v, x));
	view_text(v, "note", x->note);
	write_contradicted_by(v, c, x);
	json_object_end(v->w);
}

static void write_contradiction(struct view *v, const struct choice *c,
				const struct contradiction *k)
{
	json_object_begin(v->w);
	view_text(v, "sort", text_of(contradiction_word(k->sort)));
	view_text(v, "said", reported_contradiction(v, k));
	json_key(v->w, "figures");
	json_array_begin(v->w);
	for (size_t i = 0; i < c->all->count; i++)
		if (contradiction_names(k, &c->all->figures[i]))
			json_uint(v->w, c->place[i]);
	json_array_end(v->w);
	json_object_end(v->w);
}

static void write_all(struct view *v, const struct choice *c)
{
	json_key(v->w, "figures");
	json_array_begin(v->w);
	for (size_t i = 0; i < c->all->count; i++)
		if (c->shown[i])
			write_figure(v, c, i);
	json_array_end(v->w);
	json_key(v->w, "contradictions");
	json_array_begin(v->w);
	for (size_t i = 0; i < c->contradiction_count; i++)
		write_contradiction(v, c, &c->contradictions[i]);
	json_array_end(v->w);
}

/* The newest come first: those behind the day are a beginning that is cut off. */
static struct reported known_by(const struct reported *all, int32_t day)
{
	size_t later = 0;

	while (day != FIGURE_DAY_NONE && later < all->count && all->figures[later].as_of > day)
		later++;
	return (struct reported){ all->figures + later, all->ids + later, all->count - later };
}

static enum err read_asked(struct desk *d, struct text given, const struct area **area,
			   struct text *path)
{
	enum err e;

	*area = NULL;
	*path = TEXT("");
	if (!given.size)
		return OK;
	if ((e = atlas_area(d->atlas, given, area, &d->fault)))
		return e;
	*path = reported_path(d->arena, *area);
	return path->at ? OK : fault(&d->fault, ERR_MEMORY, "memory.none");
}

enum err desk_figures(struct desk *d, struct text area, struct text on, struct json_writer *w)
{
	int32_t day = FIGURE_DAY_NONE;
	struct reported all, known;
	struct choice choice = { .all = &known };
	const struct area *place;
	struct text path;
	struct view v;
	enum err e;

	if ((e = read_asked(d, area, &place, &path)) ||
	    (on.size && (e = date_read_iso(&day, on, "on", &d->fault))) ||
	    (e = reported_read(d, &all)))
		return e;
	known = known_by(&all, day);
	if ((e = choose(d, &choice, path)))
		return e;
	view_begin_open(&v, d, w);
	json_object_begin(w);
	if (place)
		view_area_of(&v, "area", place->key);
	view_day(&v, "on", day);
	write_all(&v, &choice);
	json_object_end(w);
	return view_end(&v, OK);
}
