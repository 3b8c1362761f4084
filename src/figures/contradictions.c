/*
 * contradictions: what cannot be true at once among figures that others published.
 *
 * A false alarm does more harm here than a missed one: whoever is told of a contradiction
 * that is none believes the next one no more.  So each finder below asks for the same
 * measure in the same unit, and for
 *
 *   one report   the same source, report and day: what one text says of one moment;
 *   one body     the same report, or the same publisher where none is named: whoever counts
 *                from a day on and prints how it goes;
 *
 * and of two values takes what their spans (figure_span) leave open in favour of both.
 *
 * Parts may be less than their whole, since a text names the largest districts and leaves
 * the rest.  They are held to add up only where they are known to be all: groups by the
 * table below, areas where the same ones made up the whole in another report of that body.
 *
 * The figures are some hundreds, so each is simply held against each.
 */
#include "figures/figures.h"

/* --- what is part of what ------------------------------------------------------------------ */

#define DIVISION_PARTS_MAX 4

/*
 * A group and its parts as texts name them.  `complete`: these are all of it, unless the
 * report also counts `besides`.
 */
static const struct group_division {
	const char *whole;
	bool complete;
	const char *parts[DIVISION_PARTS_MAX];
	const char *besides;
} group_divisions[] = {
	{ "all Afghans", true, { "PoR", "ACC", "undocumented" }, "asylum_seekers" },
	{ "all Afghans", true, { "PoR", "ACC+undocumented" }, "asylum_seekers" },
	{ "all Afghans", true, { "PoR+ACC", "undocumented" }, "asylum_seekers" },
	{ "all Afghans", true, { "men", "women", "children" }, NULL },
	{ "all Afghans", false, { "asylum_seekers", "UMRF" }, NULL },
	{ "PoR+ACC", true, { "PoR", "ACC" }, NULL },
	{ "ACC+undocumented", true, { "ACC", "undocumented" }, NULL },
	{ "PoR", true, { "PoR in refugee villages", "PoR outside refugee villages" }, NULL },
};

/* What is counted among what. */
static const struct measure_part {
	const char *whole, *part;
} measure_parts[] = {
	{ "returns_including_deportations", "deportations" },
	{ "returns_cumulative", "deportations" },
	{ "returns_cumulative", "returns_including_deportations" },
	{ "returns_cumulative", "voluntary_returns_cumulative" },
	{ "arrests_detentions_cumulative", "arrests_detentions" },
};

static size_t part_count_of(const struct group_division *d)
{
	size_t count = 0;

	while (count < DIVISION_PARTS_MAX && d->parts[count])
		count++;
	return count;
}

static bool group_is_part(struct text part, struct text whole)
{
	for (size_t i = 0; i < COUNT_OF(group_divisions); i++) {
		const struct group_division *d = &group_divisions[i];

		if (!text_is(whole, d->whole))
			continue;
		for (size_t k = 0; k < part_count_of(d); k++)
			if (text_is(part, d->parts[k]) || group_is_part(part, text_of(d->parts[k])))
				return true;
	}
	return false;
}

static bool measure_is_part(struct text part, struct text whole)
{
	for (size_t i = 0; i < COUNT_OF(measure_parts); i++)
		if (text_is(whole, measure_parts[i].whole) && text_is(part, measure_parts[i].part))
			return true;
	return false;
}

/* --- how two figures stand to each other ------------------------------------------------------ */

static bool is_percent(const struct figure *x)
{
	return text_is(x->unit, "percent");
}

/* A share of a whole that is 100 percent of something. */
static bool is_share(const struct figure *x)
{
	return is_percent(x) && text_begins(x->measure, TEXT("share_of_"));
}

/* Whether parts of it add up: a number, and neither a rank nor an average nor a share. */
static bool adds_up(const struct figure *x)
{
	return x->hundredths >= 0 && !is_percent(x) && !text_is(x->unit, "rank") &&
	       !text_begins(x->measure, TEXT("average_"));
}

static bool same_report(const struct figure *x, const struct figure *y)
{
	return x->as_of == y->as_of && text_same(x->source, y->source) &&
	       text_same(x->report, y->report);
}

static struct text body_of(const struct figure *x)
{
	return x->report.size ? x->report : x->publisher;
}

static bool same_body(const struct figure *x, const struct figure *y)
{
	return text_same(body_of(x), body_of(y));
}

static bool same_measure(const struct figure *x, const struct figure *y)
{
	return x->hundredths >= 0 && y->hundredths >= 0 && text_same(x->measure, y->measure) &&
	       text_same(x->unit, y->unit);
}

static bool same_period(const struct figure *x, const struct figure *y)
{
	return x->period_start == y->period_start && x->period_end == y->period_end;
}

static bool same_area(const struct figure *x, const struct figure *y)
{
	if (x->path.size || y->path.size)
		return text_same(x->path, y->path);
	return text_same(x->area_name, y->area_name);
}

/* In another report "not said" may be another place. */
static bool is_somewhere(const struct figure *x)
{
	return x->path.size || x->area_name.size;
}

static bool lies_in(const struct figure *part, const struct figure *whole)
{
	return whole->path.size && part->path.size > whole->path.size &&
	       text_begins(part->path, whole->path) && part->path.at[whole->path.size] == '/';
}

/* 0: no code; 1 a country, 2 a province, 3 a district, 4 a place in one. */
static size_t depth_of(const struct figure *x)
{
	size_t depth = x->path.size > 0;

	for (size_t i = 0; i < x->path.size; i++)
		depth += x->path.at[i] == '/';
	return depth;
}

static bool has_period(const struct figure *x)
{
	return x->period_start != FIGURE_DAY_NONE && x->period_end != FIGURE_DAY_NONE;
}

static bool period_lies_in(const struct figure *part, const struct figure *whole)
{
	return has_period(part) && has_period(whole) && part->period_start >= whole->period_start &&
	       part->period_end <= whole->period_end;
}

/* One moment of one text: what may be added and compared without asking more. */
static bool same_frame(const struct figure *x, const struct figure *y)
{
	return same_report(x, y) && same_measure(x, y) && same_period(x, y);
}

/* --- what is found -------------------------------------------------------------------------------- */

struct search {
	const struct figure *all;
	size_t count;
	struct arena *arena;
	struct contradiction *found;
	size_t found_count, room;
	bool is_short; /* of memory */
};

/* Figures that are added. */
struct sum {
	const struct figure *parts[CONTRADICTION_PARTS_MAX];
	size_t count;
	int64_t is;
	struct figure_span span;
	bool unsound; /* a part twice, or too many: they are not added */
};

static void add_part(struct sum *s, const struct figure *x)
{
	struct figure_span span = figure_span(x);

	if (s->count == CONTRADICTION_PARTS_MAX) {
		s->unsound = true;
		return;
	}
	s->parts[s->count++] = x;
	s->is += x->hundredths;
	s->span.least += span.least;
	s->span.most += span.most;
}

static bool spans_meet(struct figure_span x, struct figure_span y)
{
	return x.least <= y.most && y.least <= x.most;
}

static bool make_room(struct search *s)
{
	struct contradiction *wider;
	size_t room = s->room ? 2 * s->room : 16;

	if (s->found_count < s->room)
		return true;
	wider = arena_take_array(s->arena, room, sizeof(*wider));
	s->is_short |= !wider;
	if (!wider)
		return false;
	if (s->found_count)
		memcpy(wider, s->found, s->found_count * sizeof(*wider));
	s->found = wider;
	s->room = room;
	return true;
}

/* `c` as it is but for its parts, which are copied. */
static void tell(struct search *s, struct contradiction c, const struct figure *const *parts,
		 size_t count)
{
	const struct figure **kept =
		arena_take_array(s->arena, count, sizeof(const struct figure *));

	s->is_short |= !kept;
	if (!kept || !make_room(s))
		return;
	memcpy(kept, parts, count * sizeof(const struct figure *));
	c.parts = kept;
	c.part_count = count;
	if (!c.first_count)
		c.first_count = count;
	s->found[s->found_count++] = c;
}

static void tell_two(struct search *s, enum contradiction_sort sort, const struct figure *whole,
		     const struct figure *part)
{
	tell(s, (struct contradiction){ .sort = sort, .whole = whole }, &part, 1);
}

static void tell_sum(struct search *s, const struct figure *whole, const struct sum *sum)
{
	struct contradiction c = { .sort = CONTRADICTION_SUM, .whole = whole, .sum = sum->is };

	tell(s, c, sum->parts, sum->count);
}

/* --- groups that do not add up ----------------------------------------------------------------------- */

static const struct figure *of_group(const struct search *s, const struct figure *frame,
				     const char *group)
{
	for (size_t i = 0; group && i < s->count; i++)
		if (text_is(s->all[i].group, group) && same_frame(&s->all[i], frame) &&
		    same_area(&s->all[i], frame))
			return &s->all[i];
	return NULL;
}

/* All parts of the division where `frame` is; false: one is missing, or more is counted. */
static bool divide(const struct search *s, const struct figure *frame,
		   const struct group_division *d, struct sum *sum)
{
	*sum = (struct sum){ 0 };
	if (!d->complete || of_group(s, frame, d->besides))
		return false;
	for (size_t i = 0; i < part_count_of(d); i++) {
		const struct figure *part = of_group(s, frame, d->parts[i]);

		if (!part)
			return false;
		add_part(sum, part);
	}
	return true;
}

static void find_whole_of_groups(struct search *s, const struct figure *whole)
{
	struct sum sum;

	for (size_t i = 0; i < COUNT_OF(group_divisions); i++)
		if (text_is(whole->group, group_divisions[i].whole) &&
		    divide(s, whole, &group_divisions[i], &sum) &&
		    !spans_meet(sum.span, figure_span(whole)))
			tell_sum(s, whole, &sum);
}

/* The same for what is told once: where `first` is the first of them. */
static bool divide_from(const struct search *s, const struct figure *first,
			const struct group_division *d, struct sum *sum)
{
	return text_is(first->group, d->parts[0]) && divide(s, first, d, sum) &&
	       sum->parts[0] == first;
}

static bool is_hundred(struct figure_span span)
{
	const int64_t hundred = 100 * FIGURE_ONE;

	return spans_meet(span, (struct figure_span){ hundred, hundred });
}

/* Of shares the whole is 100; told once, at the division's first part. */
static void find_shares_of_groups(struct search *s, const struct figure *first)
{
	struct sum sum;

	for (size_t i = 0; is_share(first) && i < COUNT_OF(group_divisions); i++)
		if (!strcmp(group_divisions[i].whole, "all Afghans") &&
		    divide_from(s, first, &group_divisions[i], &sum) && !is_hundred(sum.span))
			tell_sum(s, NULL, &sum);
}

static void compare_divisions(struct search *s, const struct sum *one, const struct sum *two)
{
	struct contradiction c = { .sort = CONTRADICTION_DIVISIONS,
				   .whole = one->parts[0],
				   .first_count = one->count,
				   .sum = one->is,
				   .other = two->is };
	const struct figure *parts[2 * DIVISION_PARTS_MAX];

	if (spans_meet(one->span, two->span))
		return;
	memcpy(parts, one->parts, one->count * sizeof(const struct figure *));
	memcpy(parts + one->count, two->parts, two->count * sizeof(const struct figure *));
	tell(s, c, parts, one->count + two->count);
}

/* The total is not printed, but it was divided twice; told at the first part of the first. */
static void find_two_divisions(struct search *s, const struct figure *first)
{
	for (size_t i = 0; adds_up(first) && i < COUNT_OF(group_divisions); i++) {
		const char *whole = group_divisions[i].whole;
		struct sum one, two;

		if (!divide_from(s, first, &group_divisions[i], &one) || of_group(s, first, whole))
			continue;
		for (size_t k = i + 1; k < COUNT_OF(group_divisions); k++)
			if (!strcmp(group_divisions[k].whole, whole) &&
			    divide(s, first, &group_divisions[k], &two))
				compare_divisions(s, &one, &two);
	}
}

/* --- areas that do not add up ---------------------------------------------------------------------------- */

#define DEPTH_MAX 4

/* What the same report says of the areas `depth` deep in that of `whole`. */
static void areas_within(const struct search *s, const struct figure *whole, size_t depth,
			 struct sum *sum)
{
	*sum = (struct sum){ 0 };
	for (size_t i = 0; i < s->count; i++) {
		const struct figure *x = &s->all[i];

		if (!same_frame(x, whole) || !text_same(x->group, whole->group) ||
		    !lies_in(x, whole) || depth_of(x) != depth)
			continue;
		for (size_t k = 0; k < sum->count; k++)
			sum->unsound |= text_same(sum->parts[k]->path, x->path);
		add_part(sum, x);
	}
}

static bool same_areas(const struct sum *one, const struct sum *two)
{
	if (one->count != two->count)
		return false;
	for (size_t i = 0; i < one->count; i++) {
		bool there = false;

		for (size_t k = 0; k < two->count; k++)
			there |= text_same(one->parts[i]->path, two->parts[k]->path);
		if (!there)
			return false;
	}
	return true;
}

/* Whether these areas were all of it in another report of the same body. */
static bool were_all(const struct search *s, const struct figure *whole, const struct sum *parts)
{
	size_t depth = depth_of(parts->parts[0]);

	for (size_t i = 0; i < s->count; i++) {
		const struct figure *other = &s->all[i];
		struct sum sum;

		if (same_report(other, whole) || !same_body(other, whole) ||
		    !same_measure(other, whole) || !same_area(other, whole) ||
		    !text_same(other->group, whole->group))
			continue;
		areas_within(s, other, depth, &sum);
		if (!sum.unsound && same_areas(&sum, parts) && sum.is == other->hundredths)
			return true;
	}
	return false;
}

static void find_whole_of_areas(struct search *s, const struct figure *whole)
{
	struct figure_span span = figure_span(whole);
	struct sum sum;

	if (!adds_up(whole))
		return;
	for (size_t depth = depth_of(whole) + 1; depth <= DEPTH_MAX; depth++) {
		areas_within(s, whole, depth, &sum);
		/* A single part that is too large is told as such. */
		if (sum.unsound || sum.count < 2)
			continue;
		if (sum.span.least > span.most ||
		    (sum.span.most < span.least && were_all(s, whole, &sum)))
			tell_sum(s, whole, &sum);
	}
}

/* Whether both are shares of one whole, by areas of the same sort. */
static bool same_shares(const struct figure *x, const struct figure *y)
{
	return is_share(x) && same_frame(x, y) && text_same(x->group, y->group) &&
	       depth_of(x) > 0 && depth_of(x) == depth_of(y);
}

/* Some areas have less than all, but never more; told at the first of them. */
static void find_shares_of_areas(struct search *s, const struct figure *first)
{
	struct sum sum = { 0 };

	for (size_t i = 0; i < s->count; i++) {
		const struct figure *x = &s->all[i];

		if (!same_shares(x, first))
			continue;
		if (x < first)
			return;
		add_part(&sum, x);
	}
	if (!sum.unsound && sum.count > 1 && sum.span.least > 100 * FIGURE_ONE)
		tell_sum(s, NULL, &sum);
}

/* --- two figures that cannot both be ------------------------------------------------------------------------ */

/* The same count since the same day, printed as of two days. */
static bool same_series(const struct figure *x, const struct figure *y)
{
	return same_body(x, y) && same_measure(x, y) && same_area(x, y) &&
	       text_same(x->group, y->group) && has_period(x) && has_period(y) &&
	       x->period_start == y->period_start && is_somewhere(x);
}

static bool is_part(const struct figure *part, const struct figure *whole)
{
	bool measure, group, area, period = !same_period(part, whole);

	if (!same_body(part, whole) || !text_same(part->unit, whole->unit) || !adds_up(part) ||
	    !adds_up(whole) || !is_somewhere(part))
		return false;
	/* A later report may count the same days anew. */
	if (period ? !period_lies_in(part, whole) : part->as_of != whole->as_of)
		return false;
	measure = measure_is_part(part->measure, whole->measure);
	group = group_is_part(part->group, whole->group);
	area = lies_in(part, whole);
	return (measure || text_same(part->measure, whole->measure)) &&
	       (group || text_same(part->group, whole->group)) &&
	       (area || same_area(part, whole)) && (measure || group || area || period);
}

static void find_larger_part(struct search *s, const struct figure *whole)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct figure *part = &s->all[i];

		if (part != whole && is_part(part, whole) && !same_series(part, whole) &&
		    figure_span(part).least > figure_span(whole).most)
			tell_two(s, CONTRADICTION_PART, whole, part);
	}
}

/* Only the one before is compared: of a series that falls once, one fall is told. */
static void find_fall(struct search *s, const struct figure *later)
{
	const struct figure *before = NULL;

	for (size_t i = 0; adds_up(later) && i < s->count; i++) {
		const struct figure *x = &s->all[i];

		if (same_series(x, later) && x->period_end < later->period_end &&
		    (!before || x->period_end > before->period_end))
			before = x;
	}
	if (before && figure_span(before).least > figure_span(later).most)
		tell_two(s, CONTRADICTION_FALL, later, before);
}

/* Counts over a time by two bodies are two counts; of one day they are of the same people. */
static bool is_of_one_day(const struct figure *x)
{
	return has_period(x) && x->period_start == x->period_end;
}

static bool same_cell(const struct figure *x, const struct figure *y)
{
	return x->as_of == y->as_of && has_period(x) && same_period(x, y) && same_measure(x, y) &&
	       text_same(x->group, y->group) && same_area(x, y) && is_somewhere(x) &&
	       (same_body(x, y) || is_of_one_day(x));
}

static void find_other_value(struct search *s, const struct figure *x)
{
	for (const struct figure *y = x + 1; y < s->all + s->count; y++)
		if (same_cell(x, y) && !spans_meet(figure_span(x), figure_span(y)))
			tell_two(s, CONTRADICTION_CELL, x, y);
}

/* So exact a number is hardly found twice by chance. */
#define TELLING_LEAST (1000 * FIGURE_ONE)

static bool is_telling(const struct figure *x)
{
	struct figure_span span = figure_span(x);

	return adds_up(x) && span.least == span.most && x->hundredths >= TELLING_LEAST;
}

static void find_other_base(struct search *s, const struct figure *x)
{
	for (const struct figure *y = x + 1; is_telling(x) && y < s->all + s->count; y++)
		if (x->hundredths == y->hundredths && x->as_of == y->as_of && same_measure(x, y) &&
		    same_area(x, y) && is_somewhere(x) && !text_same(x->source, y->source) &&
		    !text_same(x->group, y->group))
			tell_two(s, CONTRADICTION_BASE, x, y);
}

/* What the report says of the smallest area around that of `part`, or unsound where it has
 * a whole of the same group in any. */
static void wholes_around(const struct search *s, const struct figure *part, struct sum *wholes)
{
	size_t depth = 0;

	*wholes = (struct sum){ 0 };
	for (size_t i = 0; i < s->count; i++) {
		const struct figure *x = &s->all[i];

		if (!same_frame(x, part) || !lies_in(part, x))
			continue;
		wholes->unsound |= text_same(x->group, part->group);
		if (depth_of(x) > depth)
			wholes->count = 0;
		if (depth_of(x) < depth)
			continue;
		depth = depth_of(x);
		add_part(wholes, x);
	}
}

static void find_unsaid_whole(struct search *s, const struct figure *part)
{
	struct sum wholes;

	if (!adds_up(part))
		return;
	wholes_around(s, part, &wholes);
	if (!wholes.unsound && wholes.count > 1)
		tell(s, (struct contradiction){ .sort = CONTRADICTION_UNSAID, .whole = part },
		     wholes.parts, wholes.count);
}

/* --- the door ---------------------------------------------------------------------------------------------------- */

static void (*const finders[])(struct search *s, const struct figure *x) = {
	find_whole_of_groups, find_shares_of_groups, find_two_divisions, find_whole_of_areas,
	find_shares_of_areas, find_larger_part,	     find_fall,		 find_other_value,
	find_other_base,      find_unsaid_whole,
};

enum err figures_contradictions(const struct contradiction **out, size_t *contradictions,
				const struct figure *figures, size_t count, struct arena *a,
				struct fault *f)
{
	struct search s = { .all = figures, .count = count, .arena = a };

	*out = NULL;
	*contradictions = 0;
	if (count > FIGURES_MAX)
		return fault(f, ERR_LIMIT, "figures.too-many", FIGURES_MAX);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < COUNT_OF(finders); k++)
			finders[k](&s, &figures[i]);
	if (s.is_short)
		return fault(f, ERR_MEMORY, "memory.none");
	*out = s.found;
	*contradictions = s.found_count;
	return OK;
}

bool contradiction_names(const struct contradiction *c, const struct figure *figure)
{
	if (c->whole == figure)
		return true;
	for (size_t i = 0; i < c->part_count; i++)
		if (c->parts[i] == figure)
			return true;
	return false;
}

const char *contradiction_word(enum contradiction_sort s)
{
	static const char *const words[CONTRADICTIONS_COUNT] = {
		[CONTRADICTION_SUM] = "sum",	   [CONTRADICTION_DIVISIONS] = "divisions",
		[CONTRADICTION_PART] = "part",	   [CONTRADICTION_CELL] = "cell",
		[CONTRADICTION_FALL] = "fall",	   [CONTRADICTION_BASE] = "base",
		[CONTRADICTION_UNSAID] = "unsaid",
	};

	return words[s];
}
