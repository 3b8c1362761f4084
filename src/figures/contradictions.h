/*
 * contradictions: what the finders share, one file for each sort of reason
 * (contradictions.c says how they are meant).
 */
#pragma once

#include "figures/figures.h"

struct search {
	const struct figure *all;
	size_t count;
	struct arena *arena;
	struct contradiction *found;
	size_t found_count, room;
	bool is_short; /* of memory */
};

/* Figures that are added. */
struct sum {
	const struct figure *parts[CONTRADICTION_PARTS_MAX];
	size_t count;
	int64_t is;
	struct figure_span span;
	bool unsound; /* a part twice, or too many: they are not added */
};

void sum_add(struct sum *s, const struct figure *x);
bool figure_spans_meet(struct figure_span x, struct figure_span y);

/* --- what is found: contradictions.c ---------------------------------------------------- */

/* `c` as it is but for its parts, which are copied. */
void contradiction_tell(struct search *s, struct contradiction c, const struct figure *const *parts,
			size_t count);
/* That these do not add up to `whole`; NULL: to a hundred percent. */
void contradiction_tell_sum(struct search *s, const struct figure *whole, const struct sum *sum);

/* --- the finders: what contradicts this figure, told at one of those that do ------------- */

void contradictions_of_groups(struct search *s, const struct figure *x);
void contradictions_of_areas(struct search *s, const struct figure *x);
void contradictions_of_two(struct search *s, const struct figure *x);

/* Whether a group is counted within another, however deep. */
bool figure_group_is_part(struct text part, struct text whole);

/* --- relation.c --------------------------------------------------------------------------- */

/* A share of a whole that is 100 percent of something. */
bool figure_is_share(const struct figure *x);
/* Whether parts of it add up: a number, and neither a rank nor an average nor a share. */
bool figure_adds_up(const struct figure *x);
bool figure_has_period(const struct figure *x);
/* In another report "not said" may be another place. */
bool figure_is_somewhere(const struct figure *x);
/* 0: no code; 1 a country, 2 a province, 3 a district, 4 a place in one. */
size_t figure_depth(const struct figure *x);

bool figures_same_report(const struct figure *x, const struct figure *y);
bool figures_same_body(const struct figure *x, const struct figure *y);
bool figures_same_measure(const struct figure *x, const struct figure *y);
bool figures_same_period(const struct figure *x, const struct figure *y);
bool figures_same_area(const struct figure *x, const struct figure *y);
bool figure_lies_in(const struct figure *part, const struct figure *whole);
/* One moment of one text: what may be added and compared without asking more. */
bool figures_same_frame(const struct figure *x, const struct figure *y);
