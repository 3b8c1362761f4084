/*
 * applies: one question, answered by walking over the book.
 *
 * An instrument stands in the answer where it was known on the day from which one looks,
 * covers the group and the area, and is in force on the day in question.  It is in force
 * no more where another that was known by then has replaced it for the same group and
 * area: a province that replaces its own order replaces nobody else's, and what replaces
 * an order for some of a group leaves it in force for the others.
 */
#include <stdlib.h>

#include "directive/inside.h"

struct asking {
	const struct directive_book *book;
	const struct directive_question *q;
	struct arena *arena;
	struct directive_found *found;
	size_t count;
	bool short_of_memory;
};

/* --- whether it is known, covers, is in force ------------------------------------------- */

static bool known_by(int32_t since, const struct directive_question *q)
{
	return q->known_on == DIRECTIVE_NO_DAY || since <= q->known_on;
}

static bool in_area(const struct asking *k, const struct entry *e)
{
	const struct directive *d = e->directive;

	for (size_t i = 0; i < d->area_count; i++)
		if (k->book->map->contains(k->book->map->self, d->areas[i], k->q->area))
			return true;
	return false;
}

static bool covers_all(const struct asking *k, const struct entry *e)
{
	return e->cover.whole >> k->q->group & 1;
}

static bool covers(const struct asking *k, const struct entry *e)
{
	return ((e->cover.whole | e->cover.some) >> k->q->group & 1) || e->cover.unclear;
}

/* The last day, as was known then. */
static int32_t end_of(const struct asking *k, const struct entry *e)
{
	const struct directive *d = e->directive;

	if (d->end_known != DIRECTIVE_NO_DAY && !known_by(d->end_known, k->q))
		return DIRECTIVE_NO_DAY;
	return d->to;
}

static bool on_the_day(const struct asking *k, const struct entry *e)
{
	int32_t to = end_of(k, e);

	return !e->flaws.twice && !e->flaws.ends_before && e->from <= k->q->on &&
	       (to == DIRECTIVE_NO_DAY || k->q->on <= to);
}

static bool supersedes(const struct entry *e, size_t other)
{
	for (size_t i = 0; i < e->supersedes_count; i++)
		if (e->supersedes[i] == other)
			return true;
	return false;
}

/* Whether `e` replaces another for whom and where is asked. */
static bool replaces(const struct asking *k, const struct entry *e, size_t other)
{
	return supersedes(e, other) && known_by(e->known, k->q) && covers_all(k, e) &&
	       in_area(k, e);
}

static bool is_replaced(const struct asking *k, size_t at)
{
	for (size_t i = 0; i < k->book->count; i++)
		if (k->book->entries[i].from <= k->q->on && replaces(k, &k->book->entries[i], at))
			return true;
	return false;
}

/* --- what is told of each ------------------------------------------------------------------ */

/* Room for `count` codes. */
static struct text *codes(struct asking *k, size_t count)
{
	struct text *list = arena_take_array(k->arena, count + 1, sizeof(*list));

	k->short_of_memory |= !list;
	return list;
}

static void tell_superseded(struct asking *k, struct directive_found *found, size_t at)
{
	const struct directive_book *b = k->book;
	size_t count = 0;
	struct text *list;

	for (size_t i = 0; i < b->count; i++)
		count += replaces(k, &b->entries[i], at);
	found->superseded_by = list = codes(k, count);
	for (size_t i = 0; list && i < b->count; i++)
		if (replaces(k, &b->entries[i], at))
			list[found->superseded_count++] = b->entries[i].directive->code;
}

/* The next of the line; one that leads back to itself is the last that is told. */
static size_t next_under(const struct directive_book *b, size_t at)
{
	return b->entries[at].flaws.under_itself ? ENTRY_NONE : b->entries[at].under;
}

/* The line of what it was issued under, up to the first. */
static void tell_under(struct asking *k, struct directive_found *found, const struct entry *e)
{
	const struct directive_book *b = k->book;
	size_t count = 0;
	struct text *list;

	for (size_t at = e->under; at != ENTRY_NONE; at = next_under(b, at))
		count++;
	found->under = list = codes(k, count);
	for (size_t at = e->under; list && at != ENTRY_NONE; at = next_under(b, at))
		list[found->under_count++] = b->entries[at].directive->code;
}

static void tell_paused(const struct asking *k, struct directive_found *found,
			const struct directive *d)
{
	for (size_t i = 0; i < d->pause_count; i++) {
		const struct directive_pause *p = &d->pauses[i];
		int32_t known = p->known == DIRECTIVE_NO_DAY ? p->from : p->known;

		if (known_by(known, k->q) && p->from <= k->q->on &&
		    (p->to == DIRECTIVE_NO_DAY || k->q->on <= p->to)) {
			found->paused = true;
			found->paused_by = p->by;
		}
	}
}

static void tell(struct asking *k, size_t at)
{
	const struct entry *e = &k->book->entries[at];
	struct directive_found *found = &k->found[k->count++];

	*found = (struct directive_found){
		.directive = e->directive,
		.effect = e->effect,
		.some = !covers_all(k, e),
		.unclear = e->cover.unclear || e->effect == DIRECTIVE_EFFECT_UNCLEAR,
		.from = e->from,
		.to = end_of(k, e),
	};
	tell_superseded(k, found, at);
	tell_under(k, found, e);
	tell_paused(k, found, e->directive);
}

/* Two that each cover only some may speak of different people. */
static bool conflict(const struct directive_found *a, const struct directive_found *b)
{
	return directive_effects_contradict(a->effect, b->effect) && !(a->some && b->some);
}

static void tell_conflicts(struct asking *k, struct directive_found *found)
{
	size_t count = 0;
	struct text *list;

	for (size_t i = 0; i < k->count; i++)
		count += conflict(&k->found[i], found);
	found->conflicts_with = list = codes(k, count);
	for (size_t i = 0; list && i < k->count; i++)
		if (conflict(&k->found[i], found))
			list[found->conflict_count++] = k->found[i].directive->code;
}

/* --- in order --------------------------------------------------------------------------------- */

static int by_level(const void *one, const void *other)
{
	const struct directive *a = (*(const struct entry *const *)one)->directive;
	const struct directive *b = (*(const struct entry *const *)other)->directive;
	size_t size = a->code.size < b->code.size ? a->code.size : b->code.size;
	int order;

	if (a->level != b->level)
		return a->level < b->level ? -1 : 1;
	if (a->date != b->date)
		return a->date < b->date ? -1 : 1;
	order = size ? memcmp(a->code.at, b->code.at, size) : 0;
	return order ? order : (a->code.size > b->code.size) - (a->code.size < b->code.size);
}

/* Those in force, in order; gives how many. */
static size_t pick(const struct asking *k, const struct entry **picked)
{
	const struct directive_book *b = k->book;
	size_t count = 0;

	for (size_t i = 0; i < b->count; i++) {
		const struct entry *e = &b->entries[i];

		if (known_by(e->known, k->q) && covers(k, e) && in_area(k, e) && on_the_day(k, e) &&
		    !is_replaced(k, i))
			picked[count++] = e;
	}
	qsort(picked, count, sizeof(*picked), by_level);
	return count;
}

enum err directive_applies(const struct directive_book *b, const struct directive_question *q,
			   struct arena *a, const struct directive_found **out, size_t *count,
			   struct fault *f)
{
	struct asking k = { .book = b, .q = q, .arena = a };
	const struct entry **picked = arena_take_array(a, b->count + 1, sizeof(const void *));
	size_t picked_count;

	*count = 0;
	k.found = arena_take_array(a, b->count + 1, sizeof(*k.found));
	if (!picked || !k.found)
		return fault(f, ERR_MEMORY, "memory.none");
	picked_count = pick(&k, picked);
	for (size_t i = 0; i < picked_count; i++)
		tell(&k, (size_t)(picked[i] - b->entries));
	for (size_t i = 0; i < k.count; i++)
		tell_conflicts(&k, &k.found[i]);
	if (k.short_of_memory)
		return fault(f, ERR_MEMORY, "memory.none");
	*out = k.found;
	*count = k.count;
	return OK;
}
