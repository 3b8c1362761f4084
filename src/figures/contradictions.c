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
#include "figures/contradictions.h"

/* --- what is found ---------------------------------------------------------------------- */

void sum_add(struct sum *s, const struct figure *x)
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

bool figure_spans_meet(struct figure_span x, struct figure_span y)
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

void contradiction_tell(struct search *s, struct contradiction c, const struct figure *const *parts,
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

void contradiction_tell_sum(struct search *s, const struct figure *whole, const struct sum *sum)
{
	struct contradiction c = { .sort = CONTRADICTION_SUM, .whole = whole, .sum = sum->is };

	contradiction_tell(s, c, sum->parts, sum->count);
}

/* --- the door ----------------------------------------------------------------------------- */

static void (*const finders[])(struct search *s, const struct figure *x) = {
	contradictions_of_groups,
	contradictions_of_areas,
	contradictions_of_two,
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
