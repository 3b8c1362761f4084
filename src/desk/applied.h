/*
 * applied: what the answers about directives have in common: of one day (applies.c), over
 * the years (times.c), for the members of a household (household_applies.c).
 */
#pragma once

#include "desk/instruments.h"

/* What is in force for a group, in an area, on a day; memory of the desk's arena. */
struct applied {
	const struct directive_found *found;
	size_t count;
};

/* What somebody typed, as the book is asked.  ERR_INPUT: no such group, area or day. */
MUST_USE enum err applied_question(struct view *v, const struct desk_applies *asked,
				   struct directive_question *q, const struct area **area);
MUST_USE enum err applied_ask(struct view *v, const struct instruments *all,
			      const struct directive_question *q, struct applied *out);
/*
 * The days on which an answer can become another one, in order, each once: between two of
 * them nothing begins, ends, is held back or goes on.
 */
MUST_USE enum err applied_days(const struct instruments *all, const int32_t **out, size_t *count,
			       struct fault *f);

/* In the reader's language: a group, and what an effect means for it. */
struct text applied_group(struct view *v, enum directive_group g);
struct text applied_effect(struct view *v, enum directive_effect e, enum directive_group g);
/* Codes of instruments as a list. */
void applied_codes(struct view *v, const char *key, const struct text *codes, size_t count);
/* One Applied. */
void applied_write(struct view *v, const struct instruments *all, const struct directive_found *f,
		   enum directive_group g);
/* The member "notes": what to know about these answers. */
void applied_notes(struct view *v, const struct applied *answers, size_t count);
