/*
 * waiting: how long a withdrawal waits until the operation moves her no further.
 *
 * Her word counts at once: her seat is free, and no rule lets her go.  But who withdraws on
 * the way, by telephone or where nobody has heard of it, still sits in a bus.  So a
 * withdrawal is *acted on*
 *
 *     at once     where she was not under way, or said it to the officer at the gate
 *     later       when she turned back, or sat with somebody again and chose anew
 *     not yet     where a departure is the last that is known of her, and
 *     never       where she crossed on that way, or with the operation all the same
 *
 * by when things were recorded, whichever site did so.
 */
#include "register/counting.h"

#define WAITING_MEMORY ((size_t)16 << 20)

enum step_sort { STEP_DEPARTED, STEP_TURNED_BACK, STEP_BROUGHT_OVER, STEP_CROSSED, STEP_CHOSE };

/* What is known of one way: of departures, turns and crossings. */
struct way {
	struct arena *arena;
	struct step {
		int64_t at;
		enum step_sort sort;
	} * steps;
	size_t count;
};

static enum step_sort sort_of_crossing(const struct fact *f)
{
	if (f->values[CROSSING_RECORDED_DIRECTION].number != DIRECTION_CROSSED)
		return STEP_TURNED_BACK;
	return f->values[CROSSING_RECORDED_RETURN_KIND].number == RETURN_KIND_FACILITATED
		       ? STEP_BROUGHT_OVER
		       : STEP_CROSSED;
}

static bool step_of(const struct fact *f, struct step *out)
{
	out->at = f->recorded;
	switch (f->kind ? f->kind->kind : 0) {
	case KIND_DEPARTURE_RECORDED: out->sort = STEP_DEPARTED; return true;
	case KIND_CHOICE_MADE: out->sort = STEP_CHOSE; return true;
	case KIND_CROSSING_RECORDED: out->sort = sort_of_crossing(f); return true;
	default: return false;
	}
}

static bool is_annulled(const struct fact *facts, size_t count, const struct fact_ref *ref)
{
	for (size_t i = 0; i < count; i++)
		if (facts[i].kind && facts[i].kind->kind == KIND_FACT_ANNULLED &&
		    !fact_ref_compare(facts[i].values[FACT_ANNULLED_FACT].fact, ref))
			return true;
	return false;
}

/* In the order of their times: what came late stands where it belongs. */
static void add_step(struct way *w, struct step step)
{
	size_t at = w->count++;

	for (; at && w->steps[at - 1].at > step.at; at--)
		w->steps[at] = w->steps[at - 1];
	w->steps[at] = step;
}

static enum err read_way(struct way *w, struct reg *r, const struct state *s,
			 const struct id *person, struct fault *f)
{
	const struct fact_ref *refs;
	struct fact *facts;
	size_t count, read = 0;
	enum err e;

	if ((e = state_facts_of(s, person, w->arena, &refs, &count, f)))
		return e;
	facts = arena_take_array(w->arena, count + 1, sizeof(*facts));
	w->steps = arena_take_array(w->arena, count + 1, sizeof(*w->steps));
	if (!facts || !w->steps)
		return fault(f, ERR_MEMORY, "register.no-memory");
	for (size_t i = 0; i < count; i++) {
		e = entry_read(r, &r->keys.site, &refs[i], w->arena, &facts[read], f);
		if (e && e != ERR_NOT_FOUND)
			return e;
		read += !e;
	}
	for (size_t i = 0; i < read; i++) {
		struct step step;

		if (step_of(&facts[i], &step) && !is_annulled(facts, read, &facts[i].ref))
			add_step(w, step);
	}
	return OK;
}

/* A choice that comes after it is another matter: what she does then is her new answer. */
static struct waiting waiting_on(const struct way *w, const struct counted *withdrawal, int64_t now)
{
	bool under_way = false;
	int64_t stopped = withdrawal->recorded;
	size_t i = 0;

	for (; i < w->count && w->steps[i].at <= withdrawal->recorded; i++)
		if (w->steps[i].sort != STEP_CHOSE)
			under_way = w->steps[i].sort == STEP_DEPARTED;
	under_way &= withdrawal->sort != CHANNEL_GATE;
	for (bool over = false; !over && i < w->count; i++) {
		bool was_under_way = under_way;

		switch (w->steps[i].sort) {
		case STEP_DEPARTED: under_way = true; break;
		case STEP_BROUGHT_OVER: under_way = over = true; break;
		case STEP_CROSSED: over = true; break;
		case STEP_CHOSE: over = true; /* fallthrough */
		case STEP_TURNED_BACK: under_way = false; break;
		}
		if (was_under_way && !under_way)
			stopped = w->steps[i].at;
	}
	return under_way ? (struct waiting){ false, now - withdrawal->recorded }
			 : (struct waiting){ true, stopped - withdrawal->recorded };
}

enum err withdrawal_waiting(struct waiting *out, struct reg *r, const struct state *s,
			    const struct counted *withdrawal, int64_t now, struct fault *f)
{
	struct way w = { 0 };
	enum err e;

	if ((e = call_arena(&w.arena, WAITING_MEMORY, f)))
		return e;
	if (!(e = read_way(&w, r, s, &withdrawal->subject, f)))
		*out = waiting_on(&w, withdrawal, now);
	arena_free(w.arena);
	return e;
}
