/*
 * book: instruments with their links found once, so that a question only walks.
 *
 * A list of others may say anything: what does not hold together is noted as a flaw of
 * the instrument and left out of the links.  So a book can be made of whatever a register
 * has, and a circle of supersessions ends neither in a loop nor in two instruments that
 * make each other vanish.
 */
#include <assert.h>

#include "directive/inside.h"

/* --- codes ------------------------------------------------------------------------------ */

static int compare(struct text a, struct text b)
{
	size_t size = a.size < b.size ? a.size : b.size;
	int order = size ? memcmp(a.at, b.at, size) : 0;

	return order ? order : (a.size > b.size) - (a.size < b.size);
}

/* Where `code` stands in by_code, or would. */
static size_t place_of(const struct directive_book *b, struct text code, bool *there)
{
	size_t low = 0, high = b->code_count;

	*there = false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct entry *e = &b->entries[b->by_code[middle]];
		int order = compare(e->directive->code, code);

		if (!order)
			*there = true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t entry_of_code(const struct directive_book *b, struct text code)
{
	bool there;
	size_t at = place_of(b, code, &there);

	return there ? b->by_code[at] : ENTRY_NONE;
}

static void add_code(struct directive_book *b, size_t entry)
{
	bool there;
	size_t at = place_of(b, b->entries[entry].directive->code, &there);

	b->entries[entry].flaws.twice = there;
	if (there)
		return;
	memmove(&b->by_code[at + 1], &b->by_code[at], (b->code_count - at) * sizeof(*b->by_code));
	b->by_code[at] = entry;
	b->code_count++;
}

/* --- links ------------------------------------------------------------------------------ */

static int32_t or_day(int32_t day, int32_t otherwise)
{
	return day == DIRECTIVE_NO_DAY ? otherwise : day;
}

static void begin_entry(struct entry *e, const struct directive *d)
{
	assert(d->area_count <= DIRECTIVE_AREAS_MAX);
	assert(d->supersedes_count <= DIRECTIVE_LINKS_MAX);
	*e = (struct entry){
		.directive = d,
		.cover = directive_cover_of(d->groups),
		.effect = directive_effect_of(d->effect),
		.from = or_day(d->from, d->date),
		.known = or_day(d->known, d->date),
		.under = ENTRY_NONE,
	};
	e->flaws.ends_before = d->to != DIRECTIVE_NO_DAY && d->to < e->from;
}

static size_t link_to(const struct directive_book *b, struct entry *e, struct text code)
{
	size_t at = code.size ? entry_of_code(b, code) : ENTRY_NONE;

	if (code.size && at == ENTRY_NONE)
		e->flaws.not_known = code;
	return at;
}

static void link_entry(struct directive_book *b, struct entry *e)
{
	const struct directive *d = e->directive;

	e->under = link_to(b, e, d->under);
	for (size_t i = 0; i < d->supersedes_count; i++) {
		size_t at = link_to(b, e, d->supersedes[i]);

		if (at != ENTRY_NONE)
			e->supersedes[e->supersedes_count++] = at;
	}
}

/* Whether `from` leads to `to` by supersessions, itself aside.  `seen` and `stack` have
 * room for all. */
static bool leads_to(const struct directive_book *b, size_t from, size_t to, uint8_t *seen,
		     size_t *stack)
{
	size_t depth = 0;

	memset(seen, 0, b->count);
	for (stack[depth++] = from; depth;) {
		const struct entry *e = &b->entries[stack[--depth]];

		for (size_t i = 0; i < e->supersedes_count; i++) {
			size_t next = e->supersedes[i];

			if (next == to)
				return true;
			if (!seen[next])
				stack[depth++] = next;
			seen[next] = 1;
		}
	}
	return false;
}

/* Links within a circle go only when all circles are known: one link less hides another. */
static void drop_circles(struct directive_book *b, uint8_t *seen, size_t *stack)
{
	for (size_t i = 0; i < b->count; i++)
		b->entries[i].flaws.circle =
			b->entries[i].supersedes_count && leads_to(b, i, i, seen, stack);
	for (size_t i = 0; i < b->count; i++) {
		struct entry *e = &b->entries[i];
		size_t kept = 0;

		for (size_t k = 0; k < e->supersedes_count; k++)
			if (!e->flaws.circle || !b->entries[e->supersedes[k]].flaws.circle)
				e->supersedes[kept++] = e->supersedes[k];
		e->supersedes_count = kept;
	}
}

static void find_loops_under(struct directive_book *b)
{
	for (size_t i = 0; i < b->count; i++) {
		size_t at = b->entries[i].under, steps = 0;

		while (at != ENTRY_NONE && at != i && steps++ < b->count)
			at = b->entries[at].under;
		b->entries[i].flaws.under_itself = at == i;
	}
}

enum err directive_book_new(struct directive_book **out, struct arena *a,
			    const struct directive *all, size_t count,
			    const struct directive_map *map, struct fault *f)
{
	struct directive_book *b = arena_take(a, sizeof(*b));
	uint8_t *seen = arena_take(a, count + 1);
	size_t *stack = arena_take_array(a, count + 1, sizeof(*stack));

	*out = NULL;
	if (count > DIRECTIVES_MAX)
		return fault(f, ERR_LIMIT, "directive.too-many", DIRECTIVES_MAX);
	if (b) {
		b->entries = arena_take_array(a, count + 1, sizeof(*b->entries));
		b->by_code = arena_take_array(a, count + 1, sizeof(*b->by_code));
	}
	if (!b || !b->entries || !b->by_code || !seen || !stack)
		return fault(f, ERR_MEMORY, "memory.none");
	b->arena = a;
	b->map = map;
	b->count = count;
	for (size_t i = 0; i < count; i++) {
		begin_entry(&b->entries[i], &all[i]);
		add_code(b, i);
	}
	for (size_t i = 0; i < count; i++)
		link_entry(b, &b->entries[i]);
	drop_circles(b, seen, stack);
	find_loops_under(b);
	*out = b;
	return OK;
}

bool directive_flawed(const struct directive_book *b, size_t at, struct directive_flaws *out)
{
	assert(at < b->count);
	*out = b->entries[at].flaws;
	return out->ends_before || out->twice || out->circle || out->under_itself ||
	       out->not_known.size;
}

const struct directive *directive_of_code(const struct directive_book *b, struct text code)
{
	size_t at = entry_of_code(b, code);

	return at == ENTRY_NONE ? NULL : b->entries[at].directive;
}
