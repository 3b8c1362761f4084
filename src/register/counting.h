/*
 * counting: what happened in a period, as figures/ counts it: facts of the state become
 * lines of codes, areas of the atlas the places where things are counted.
 */
#pragma once

#include "register/inside.h"

#define COUNTED_COUNTRY "PAK"	  /* where things are counted */
#define DESTINATION_COUNTRY "AFG" /* where people mean to go  */

/* The places of the atlas. */
struct counting_frame {
	struct figure_frame frame;
	struct reference reference;
	const struct area *areas; /* all of the atlas */
	uint16_t *place_of, *destination_of; /* by area */
	struct text vintage; /* of the country's areas */
};
MUST_USE enum err counting_frame_make(struct counting_frame *out, const struct atlas *atlas,
				      struct arena *a, struct fault *f);

/* Which facts are counted in a period. */
struct counting_span {
	struct period period;
	int64_t to; /* recorded before its end … */
	int64_t from; /* … and not counted in the period before: recorded from then on, */
	struct fact_ref published; /* or here only after that one went out; none: no such */
	int64_t now; /* how old a withdrawal is */
};
/* All of them, under the readers' lock; the lines live in `a`. */
MUST_USE enum err happenings_count(struct happenings *out, struct reg *r, const struct state *s,
				   const struct counting_frame *frame,
				   const struct counting_span *span, struct arena *a,
				   struct fault *f);

/* The fact with which a period went out; false: it has not. */
bool period_went_out(const struct reg *r, const struct state *s, struct period period,
		     struct fact_ref *with);
/* The week, or the four weeks, as `like` is one, in which a moment lies at the site. */
struct period period_around(const struct reg *r, int64_t seconds, struct period like);

/* What became of a withdrawal: waiting.c. */
struct waiting {
	bool acted_on;
	int64_t wait_s; /* until then; else until now */
};
/*
 * Read from the facts about the person: of a thing that few do and whose order matters the
 * state keeps no column.  What is read meanwhile is of an arena of its own.
 */
MUST_USE enum err withdrawal_waiting(struct waiting *out, struct reg *r, const struct state *s,
				     const struct counted *withdrawal, int64_t now,
				     struct fault *f);
