/*
 * relation: how two figures of others stand to each other: of one text, of one body, of one
 * area, the one within the other.
 */
#include "figures/contradictions.h"

static bool figure_is_percent(const struct figure *x)
{
	return text_is(x->unit, "percent");
}

bool figure_is_share(const struct figure *x)
{
	return figure_is_percent(x) && text_begins(x->measure, TEXT("share_of_"));
}

bool figure_adds_up(const struct figure *x)
{
	return x->hundredths >= 0 && !figure_is_percent(x) && !text_is(x->unit, "rank") &&
	       !text_begins(x->measure, TEXT("average_"));
}

bool figures_same_report(const struct figure *x, const struct figure *y)
{
	return x->as_of == y->as_of && text_same(x->source, y->source) &&
	       text_same(x->report, y->report);
}

static struct text body_of(const struct figure *x)
{
	return x->report.size ? x->report : x->publisher;
}

bool figures_same_body(const struct figure *x, const struct figure *y)
{
	return text_same(body_of(x), body_of(y));
}

bool figures_same_measure(const struct figure *x, const struct figure *y)
{
	return x->hundredths >= 0 && y->hundredths >= 0 && text_same(x->measure, y->measure) &&
	       text_same(x->unit, y->unit);
}

bool figures_same_period(const struct figure *x, const struct figure *y)
{
	return x->period_start == y->period_start && x->period_end == y->period_end;
}

bool figures_same_area(const struct figure *x, const struct figure *y)
{
	if (x->path.size || y->path.size)
		return text_same(x->path, y->path);
	return text_same(x->area_name, y->area_name);
}

bool figure_is_somewhere(const struct figure *x)
{
	return x->path.size || x->area_name.size;
}

bool figure_lies_in(const struct figure *part, const struct figure *whole)
{
	return whole->path.size && part->path.size > whole->path.size &&
	       text_begins(part->path, whole->path) && part->path.at[whole->path.size] == '/';
}

size_t figure_depth(const struct figure *x)
{
	size_t depth = x->path.size > 0;

	for (size_t i = 0; i < x->path.size; i++)
		depth += x->path.at[i] == '/';
	return depth;
}

bool figure_has_period(const struct figure *x)
{
	return x->period_start != FIGURE_DAY_NONE && x->period_end != FIGURE_DAY_NONE;
}

bool figures_same_frame(const struct figure *x, const struct figure *y)
{
	return figures_same_report(x, y) && figures_same_measure(x, y) && figures_same_period(x, y);
}
