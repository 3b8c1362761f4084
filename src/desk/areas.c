/*
 * areas: a district or province by its name in any language, an old name or its P-code,
 * as somebody types it.
 *
 * Names are compared folded (text_fold).  Best first: what is written exactly so; what
 * begins so; what has a word that begins so; and of these a name of today before an older
 * one, and a larger area before a smaller one, since whoever types "kabul" rather means
 * the province.  There are some hundreds of areas, so each key that is typed folds them
 * all again, and nothing has to be kept.
 */
#include "base/utf8.h"
#include "desk/view.h"

#define AREAS_SHOWN_MAX 20
/* Of one name, folded. */
#define FOLDING_MEMORY ((size_t)64 << 10)

/* How well a name fits, the best first; NO_FIT: not at all. */
enum fit { FIT_EXACT, FIT_BEGINS, FIT_WORD, NO_FIT };

struct search {
	const struct view *v;
	struct text query;     /* folded */
	struct arena *folding; /* emptied after each area */
	struct hit {
		const struct area *area;
		unsigned rank; /* the smaller, the better */
	} hits[AREAS_SHOWN_MAX];
	size_t count;
};

static bool begins_at(struct text name, size_t at, struct text query)
{
	return name.size - at >= query.size && !memcmp(name.at + at, query.at, query.size);
}

static enum fit fit_of(struct search *s, struct text name)
{
	struct text folded = text_fold(s->folding, name);

	if (!folded.size || folded.size < s->query.size)
		return NO_FIT;
	if (begins_at(folded, 0, s->query))
		return folded.size == s->query.size ? FIT_EXACT : FIT_BEGINS;
	for (size_t at = 1; at < folded.size; at++)
		if (strchr(" -(", folded.at[at - 1]) && begins_at(folded, at, s->query))
			return FIT_WORD;
	return NO_FIT;
}

static enum fit better(enum fit a, enum fit b)
{
	return a < b ? a : b;
}

/* Of several names between `|`. */
static enum fit fit_of_others(struct search *s, struct text all)
{
	enum fit best = NO_FIT;

	while (all.size) {
		const char *end = memchr(all.at, '|', all.size);
		size_t size = end ? (size_t)(end - all.at) : all.size;

		best = better(best, fit_of(s, (struct text){ all.at, size }));
		all.at += size + (end != NULL);
		all.size -= size + (end != NULL);
	}
	return best;
}

/* Whether it fits, a name of today before an older one, and the larger area first. */
static bool rank_of(struct search *s, const struct area *area, unsigned *rank)
{
	enum fit today = fit_of(s, area->code), older;

	for (int l = 0; l < TEXT_LANGUAGE_COUNT; l++)
		today = better(today, fit_of(s, area->names.in[l]));
	older = fit_of_others(s, area->other_names);
	*rank = better(today, older) * 8u + (older < today) * 4u + area->level;
	return better(today, older) != NO_FIT;
}

static void keep(struct search *s, const struct area *area, unsigned rank)
{
	size_t at = s->count;

	while (at > 0 && s->hits[at - 1].rank > rank)
		at--;
	if (at == AREAS_SHOWN_MAX)
		return;
	s->count += s->count < AREAS_SHOWN_MAX;
	memmove(&s->hits[at + 1], &s->hits[at], (s->count - 1 - at) * sizeof(s->hits[0]));
	s->hits[at] = (struct hit){ area, rank };
}

/* Only areas of today's lists: an older code is explained where it is entered. */
static void look_through(struct search *s, struct text country)
{
	size_t count;
	const struct area *areas = atlas_areas(s->v->d->atlas, &count);

	for (size_t i = 0; i < count; i++) {
		unsigned rank;

		if (areas[i].today != &areas[i] ||
		    (country.size && !text_same(areas[i].country, country)))
			continue;
		if (rank_of(s, &areas[i], &rank))
			keep(s, &areas[i], rank);
		arena_reset(s->folding);
	}
}

enum err desk_areas(struct desk *d, struct text query, struct text country, struct json_writer *w)
{
	struct view v;
	struct search s = { .v = &v, .query = text_fold(d->arena, query) };

	if (arena_new(&s.folding, FOLDING_MEMORY))
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	view_begin_open(&v, d, w);
	if (s.query.size)
		look_through(&s, country);
	json_object_begin(w);
	json_key(w, "areas");
	json_array_begin(w);
	for (size_t i = 0; i < s.count; i++)
		view_area(&v, s.hits[i].area);
	json_array_end(w);
	json_object_end(w);
	arena_free(s.folding);
	return view_end(&v, OK);
}
