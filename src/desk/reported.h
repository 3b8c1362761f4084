/*
 * reported: the figures that others published, as the register has them, and what they
 * are called.
 *
 * They are facts in clear: all of this works while the register is locked.
 */
#pragma once

#include "desk/view.h"
#include "figures/figures.h"

/* All of them, those as of the newest day first; in the desk's arena. */
struct reported {
	const struct figure *figures;
	const struct id *ids; /* of each, its subject */
	size_t count;
};
MUST_USE enum err reported_read(struct desk *d, struct reported *out);

/*
 * Fill area or place, and path, of what a list calls `given`; `self` is a desk.  ERR_INPUT:
 * no such code, one of an older list, or one that only in an older list means the area that
 * the row itself names (out->area_name).
 */
MUST_USE enum err reported_locate(void *self, struct text given, struct figure *out,
				  struct fault *f);
/* The way from the country to an area: "PAK/PK6@cod-ab-2022"; `at` is NULL: no memory. */
struct text reported_path(struct arena *a, const struct area *area);

/* In the reader's language, as far as the words of the list are known: else as printed. */
struct text reported_group(const struct view *v, const struct figure *x);
struct text reported_measure(const struct view *v, const struct figure *x);
struct text reported_unit(const struct view *v, const struct figure *x);
/* "Punjab"; as printed where it has no code; "not said". */
struct text reported_where(const struct view *v, const struct figure *x);
/* "99,857", "73 %". */
struct text reported_value(const struct view *v, const struct figure *x);
/* What is wrong, as a sentence. */
struct text reported_contradiction(const struct view *v, const struct contradiction *c);
