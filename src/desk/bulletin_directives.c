/*
 * bulletin_directives: which instruments were in force in a week, anywhere and for anybody.
 *
 * The book (directive/directive.h) answers for one group, area and day; so it is asked for
 * every group and every area that an instrument names, on the week's first and last day, as
 * was known when the week went out.  One that others have replaced everywhere is not among
 * them, and one that is known only since then is not, either: the same week written again is
 * the same bulletin.
 */
#include <stdlib.h>

#include "base/calendar.h"
#include "desk/bulletin.h"
#include "desk/instruments.h"

#define ASKING_MEMORY ((size_t)64 << 20)

struct asking {
	const struct instruments *all;
	struct arena *scratch; /* of one answer */
	struct period week;
	int32_t known_on;
	bool *in_force; /* of each of the book */
};

static enum err ask(struct asking *k, enum directive_group group, struct text area, int32_t on,
		    struct fault *f)
{
	struct directive_question q = { group, area, on, k->known_on };
	const struct directive_found *found;
	size_t count;
	enum err e;

	arena_reset(k->scratch);
	if ((e = directive_applies(k->all->book, &q, k->scratch, &found, &count, f)))
		return e;
	for (size_t i = 0; i < count; i++)
		k->in_force[found[i].directive - k->all->directives] = true;
	return OK;
}

/* Whether an instrument before this one names the area, too. */
static bool was_asked(const struct instruments *all, size_t upto, struct text area)
{
	for (size_t i = 0; i < upto; i++)
		for (size_t n = 0; n < all->directives[i].area_count; n++)
			if (text_same(all->directives[i].areas[n], area))
				return true;
	return false;
}

static enum err ask_of_area(struct asking *k, struct text area, struct fault *f)
{
	enum err e = OK;

	for (int g = DIRECTIVE_GROUP_NONE + 1; !e && g < DIRECTIVE_GROUPS; g++) {
		e = ask(k, (enum directive_group)g, area, k->week.start, f);
		if (!e)
			e = ask(k, (enum directive_group)g, area, k->week.end, f);
	}
	return e;
}

static enum err ask_all(struct asking *k, struct fault *f)
{
	enum err e = OK;

	for (size_t i = 0; i < k->all->count; i++)
		for (size_t n = 0; !e && n < k->all->directives[i].area_count; n++)
			if (!was_asked(k->all, i, k->all->directives[i].areas[n]))
				e = ask_of_area(k, k->all->directives[i].areas[n], f);
	return e;
}

/* --- as they are cited ----------------------------------------------------------------- */

static int32_t first_day(const struct directive *d)
{
	return d->from == DIRECTIVE_NO_DAY ? d->date : d->from;
}

/* The state's texts move once it is let go: they are copied. */
static struct text day_text(struct arena *a, int32_t day)
{
	char text[DATE_TEXT_SIZE] = "";

	if (day != DIRECTIVE_NO_DAY)
		date_write(text, day);
	return arena_copy_text(a, text_of(text));
}

static struct bulletin_directive cite(struct arena *a, const struct directive *d,
				      struct period week)
{
	int32_t began = first_day(d);

	return (struct bulletin_directive){
		.code = arena_copy_text(a, d->code),
		.date = day_text(a, d->date),
		.authority = arena_copy_text(a, d->authority),
		.title = arena_copy_text(a, d->title),
		.from = day_text(a, began),
		.to = day_text(a, d->to),
		.began = began >= week.start && began <= week.end,
	};
}

/* Those that began in the week stand first, then the newest. */
static int by_beginning(const void *a, const void *b)
{
	const struct bulletin_directive *x = a, *y = b;
	int days = memcmp(y->from.at, x->from.at,
			  x->from.size < y->from.size ? x->from.size : y->from.size);

	if (x->began != y->began)
		return x->began ? -1 : 1;
	return days ? days : strcmp(x->code.at, y->code.at);
}

enum err bulletin_directives(struct desk *d, const struct state *s, struct desk_bulletin *out)
{
	struct instruments all;
	struct asking k = { .all = &all,
			    .week = out->week.release.period,
			    .known_on = day_at(out->week.published, d->zone_min) };
	struct bulletin_directive *at;
	struct view v = { .d = d, .s = s };
	enum err e;

	if ((e = instruments_read(&all, &v)))
		return e;
	k.in_force = arena_take_array(d->arena, all.count + 1, sizeof(*k.in_force));
	at = arena_take_array(d->arena, all.count + 1, sizeof(*at));
	if (!k.in_force || !at || arena_new(&k.scratch, ASKING_MEMORY))
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	memset(k.in_force, 0, all.count * sizeof(*k.in_force));
	e = ask_all(&k, &d->fault);
	arena_free(k.scratch);
	out->bulletin.directives = at;
	for (size_t i = 0; !e && i < all.count; i++)
		if (k.in_force[i])
			at[out->bulletin.directive_count++] =
				cite(d->arena, &all.directives[i], k.week);
	if (arena_was_short(d->arena))
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	qsort(at, out->bulletin.directive_count, sizeof(*at), by_beginning);
	return e;
}
