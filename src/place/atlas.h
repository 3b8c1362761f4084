/*
 * atlas: what is behind `struct atlas`; private to place/.
 *
 * load.c fills it, area.c and atlas.c answer from it.  Areas are sorted by code,
 * and of one code the current list comes first: a lookup is a binary search, and
 * what else the code means stands beside what it means today.
 */
#pragma once

#include "base/arena.h"
#include "place/place.h"

/* An array and how long it is. */
#define LIST_OF(sort)                                                                              \
	struct {                                                                                   \
		const struct sort *at;                                                             \
		size_t count;                                                                      \
	}

struct atlas {
	struct arena *arena; /* holds everything, the atlas itself too */
	LIST_OF(vintage) vintages;
	LIST_OF(area) areas;
	LIST_OF(place) places;
	LIST_OF(sheet) sheets;
	LIST_OF(shipped_tariff) tariffs;
	LIST_OF(shipped_directive) directives;
	LIST_OF(need) needs;
	LIST_OF(language) languages;
	LIST_OF(paper) papers;
};

/* The first of the areas with the code `code`, and how many there are; NULL: none. */
const struct area *areas_of_code(const struct atlas *a, struct text code, size_t *count);
/* The area that `code` means today; NULL: none. */
const struct area *area_of_today(const struct atlas *a, struct text code);
/* The area of `code` in the list `vintage`; NULL: none. */
const struct area *area_in_vintage(const struct atlas *a, struct text code, struct text vintage);

/* Order of the areas: by code, then the current list first, then by vintage. */
int areas_compare(const struct area *x, const struct area *y);

/* -1, 0, 1: bytewise, a prefix before what it begins. */
int texts_compare(struct text x, struct text y);
/* Take what stands before the next `separator` off `*rest`; false: nothing was left. */
bool text_next(struct text *rest, char separator, struct text *piece);
/* ur, ps, fa, en; false: another word. */
bool text_language_read(struct text word, enum text_language *out);
