/*
 * Two figures that cannot both be: a part that is larger than its whole, a count that falls,
 * two values for one cell, one number of two groups; and a part of which it is not said of
 * which whole it is one.
 */
#include "figures/contradictions.h"

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

static bool measure_is_part(struct text part, struct text whole)
{
	for (size_t i = 0; i < COUNT_OF(measure_parts); i++)
		if (text_is(whole, measure_parts[i].whole) && text_is(part, measure_parts[i].part))
			return true;
	return false;
}

static bool period_lies_in(const struct figure *part, const struct figure *whole)
{
	return figure_has_period(part) && figure_has_period(whole) &&
	       part->period_start >= whole->period_start && part->period_end <= whole->period_end;
}

static void tell_two(struct search *s, enum contradiction_sort sort, const struct figure *whole,
		     const struct figure *part)
{
	contradiction_tell(s, (struct contradiction){ .sort = sort, .whole = whole }, &part, 1);
}

/* The same count since the same day, printed as of two days. */
static bool same_series(const struct figure *x, const struct figure *y)
{
	return figures_same_body(x, y) && figures_same_measure(x, y) && figures_same_area(x, y) &&
	       text_same(x->group, y->group) && figure_has_period(x) && figure_has_period(y) &&
	       x->period_start == y->period_start && figure_is_somewhere(x);
}

static bool is_part(const struct figure *part, const struct figure *whole)
{
	bool measure, group, area, period = !figures_same_period(part, whole);

	/* A later report may count the same days anew. */
	if (period ? !period_lies_in(part, whole) : part->as_of != whole->as_of)
		return false;
	if (!figures_same_body(part, whole) || !text_same(part->unit, whole->unit) ||
	    !figure_adds_up(part) || !figure_adds_up(whole) || !figure_is_somewhere(part))
		return false;
	measure = measure_is_part(part->measure, whole->measure);
	group = figure_group_is_part(part->group, whole->group);
	area = figure_lies_in(part, whole);
	return (measure || text_same(part->measure, whole->measure)) &&
	       (group || text_same(part->group, whole->group)) &&
	       (area || figures_same_area(part, whole)) && (measure || group || area || period);
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

	for (size_t i = 0; figure_adds_up(later) && i < s->count; i++) {
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
	return figure_has_period(x) && x->period_start == x->period_end;
}

static bool same_cell(const struct figure *x, const struct figure *y)
{
	return x->as_of == y->as_of && figure_has_period(x) && figures_same_period(x, y) &&
	       figures_same_measure(x, y) && text_same(x->group, y->group) &&
	       figures_same_area(x, y) && figure_is_somewhere(x) &&
	       (figures_same_body(x, y) || is_of_one_day(x));
}

static void find_other_value(struct search *s, const struct figure *x)
{
	for (const struct figure *y = x + 1; y < s->all + s->count; y++)
		if (same_cell(x, y) && !figure_spans_meet(figure_span(x), figure_span(y)))
			tell_two(s, CONTRADICTION_CELL, x, y);
}

/* So exact a number is hardly found twice by chance. */
#define TELLING_LEAST (1000 * FIGURE_ONE)

static bool is_telling(const struct figure *x)
{
	struct figure_span span = figure_span(x);

	return figure_adds_up(x) && span.least == span.most && x->hundredths >= TELLING_LEAST;
}

static void find_other_base(struct search *s, const struct figure *x)
{
	if (!is_telling(x))
		return;
	for (const struct figure *y = x + 1; y < s->all + s->count; y++)
		if (x->hundredths == y->hundredths && x->as_of == y->as_of &&
		    figures_same_measure(x, y) && figures_same_area(x, y) &&
		    figure_is_somewhere(x) && !text_same(x->source, y->source) &&
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

		if (!figures_same_frame(x, part) || !figure_lies_in(part, x))
			continue;
		wholes->unsound |= text_same(x->group, part->group);
		if (figure_depth(x) > depth)
			wholes->count = 0;
		if (figure_depth(x) < depth)
			continue;
		depth = figure_depth(x);
		sum_add(wholes, x);
	}
}

static void find_unsaid_whole(struct search *s, const struct figure *part)
{
	struct sum wholes;

	if (!figure_adds_up(part))
		return;
	wholes_around(s, part, &wholes);
	if (!wholes.unsound && wholes.count > 1)
		contradiction_tell(
			s, (struct contradiction){ .sort = CONTRADICTION_UNSAID, .whole = part },
			wholes.parts, wholes.count);
}

void contradictions_of_two(struct search *s, const struct figure *x)
{
	find_larger_part(s, x);
	find_fall(s, x);
	find_other_value(s, x);
	find_other_base(s, x);
	find_unsaid_whole(s, x);
}
