/*
 * Groups that do not add up to what the same report prints of all of them, or that are
 * divided in two ways.
 */
#include "figures/contradictions.h"

/* --- what is part of what ----------------------------------------------------------------- */

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

static size_t part_count_of(const struct group_division *d)
{
	size_t count = 0;

	while (count < DIVISION_PARTS_MAX && d->parts[count])
		count++;
	return count;
}

bool figure_group_is_part(struct text part, struct text whole)
{
	for (size_t i = 0; i < COUNT_OF(group_divisions); i++) {
		const struct group_division *d = &group_divisions[i];

		if (!text_is(whole, d->whole))
			continue;
		for (size_t k = 0; k < part_count_of(d); k++)
			if (text_is(part, d->parts[k]) ||
			    figure_group_is_part(part, text_of(d->parts[k])))
				return true;
	}
	return false;
}

/* --- what does not add up ------------------------------------------------------------------ */

static const struct figure *of_group(const struct search *s, const struct figure *frame,
				     const char *group)
{
	for (size_t i = 0; group && i < s->count; i++)
		if (text_is(s->all[i].group, group) && figures_same_frame(&s->all[i], frame) &&
		    figures_same_area(&s->all[i], frame))
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
		sum_add(sum, part);
	}
	return true;
}

static void find_whole_of_groups(struct search *s, const struct figure *whole)
{
	struct sum sum;

	for (size_t i = 0; i < COUNT_OF(group_divisions); i++)
		if (text_is(whole->group, group_divisions[i].whole) &&
		    divide(s, whole, &group_divisions[i], &sum) &&
		    !figure_spans_meet(sum.span, figure_span(whole)))
			contradiction_tell_sum(s, whole, &sum);
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

	return figure_spans_meet(span, (struct figure_span){ hundred, hundred });
}

/* Of shares the whole is 100; told once, at the division's first part. */
static void find_shares_of_groups(struct search *s, const struct figure *first)
{
	struct sum sum;

	for (size_t i = 0; figure_is_share(first) && i < COUNT_OF(group_divisions); i++)
		if (!strcmp(group_divisions[i].whole, "all Afghans") &&
		    divide_from(s, first, &group_divisions[i], &sum) && !is_hundred(sum.span))
			contradiction_tell_sum(s, NULL, &sum);
}

static void compare_divisions(struct search *s, const struct sum *one, const struct sum *two)
{
	struct contradiction c = { .sort = CONTRADICTION_DIVISIONS,
				   .whole = one->parts[0],
				   .first_count = one->count,
				   .sum = one->is,
				   .other = two->is };
	const struct figure *parts[2 * DIVISION_PARTS_MAX];

	if (figure_spans_meet(one->span, two->span))
		return;
	memcpy(parts, one->parts, one->count * sizeof(const struct figure *));
	memcpy(parts + one->count, two->parts, two->count * sizeof(const struct figure *));
	contradiction_tell(s, c, parts, one->count + two->count);
}

/* The total is not printed, but it was divided twice; told at the first part of the first. */
static void find_two_divisions(struct search *s, const struct figure *first)
{
	for (size_t i = 0; figure_adds_up(first) && i < COUNT_OF(group_divisions); i++) {
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

void contradictions_of_groups(struct search *s, const struct figure *x)
{
	find_whole_of_groups(s, x);
	find_shares_of_groups(s, x);
	find_two_divisions(s, x);
}
