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
	int64_t to; /* recorded before its end … */
	int64_t from; /* … and not counted in the period before: recorded from then on, */
	struct fact_ref published; /* or here only after that one went out; none: no such */
	int64_t now; /* how old a withdrawal is */
};
/* All of them; the lines live in `a`. */
MUST_USE enum err happenings_count(struct happenings *out, const struct state *s,
				   const struct atlas *atlas, const struct counting_frame *frame,
				   const struct counting_span *span, struct arena *a,
				   struct fault *f);
