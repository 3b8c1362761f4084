/*
 * Areas that do not add up to the larger one around them, and shares of areas that are more
 * than all.
 */
#include "figures/contradictions.h"

#define DEPTH_MAX 4

/* What the same report says of the areas `depth` deep in that of `whole`. */
static void areas_within(const struct search *s, const struct figure *whole, size_t depth,
			 struct sum *sum)
{
	*sum = (struct sum){ 0 };
	for (size_t i = 0; i < s->count; i++) {
		const struct figure *x = &s->all[i];

		if (!figures_same_frame(x, whole) || !text_same(x->group, whole->group) ||
		    !figure_lies_in(x, whole) || figure_depth(x) != depth)
			continue;
		for (size_t k = 0; k < sum->count; k++)
			sum->unsound |= text_same(sum->parts[k]->path, x->path);
		sum_add(sum, x);
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
	size_t depth = figure_depth(parts->parts[0]);

	for (size_t i = 0; i < s->count; i++) {
		const struct figure *other = &s->all[i];
		struct sum sum;

		if (figures_same_report(other, whole) || !figures_same_body(other, whole) ||
		    !figures_same_measure(other, whole) || !figures_same_area(other, whole) ||
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

	if (!figure_adds_up(whole))
		return;
	for (size_t depth = figure_depth(whole) + 1; depth <= DEPTH_MAX; depth++) {
		areas_within(s, whole, depth, &sum);
		/* A single part that is too large is told as such. */
		if (sum.unsound || sum.count < 2)
			continue;
		if (sum.span.least > span.most ||
		    (sum.span.most < span.least && were_all(s, whole, &sum)))
			contradiction_tell_sum(s, whole, &sum);
	}
}

/* Whether both are shares of one whole, by areas of the same sort. */
static bool same_shares(const struct figure *x, const struct figure *y)
{
	return figure_is_share(x) && figures_same_frame(x, y) && text_same(x->group, y->group) &&
	       figure_depth(x) > 0 && figure_depth(x) == figure_depth(y);
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
		sum_add(&sum, x);
	}
	if (!sum.unsound && sum.count > 1 && sum.span.least > 100 * FIGURE_ONE)
		contradiction_tell_sum(s, NULL, &sum);
}

void contradictions_of_areas(struct search *s, const struct figure *x)
{
	find_whole_of_areas(s, x);
	find_shares_of_areas(s, x);
}
