/*
 * instruments: what the register knows of directives and agreements, as a book that can
 * be asked (directive/directive.h).
 */
#pragma once

#include "desk/view.h"

struct instruments {
	struct arena *arena;
	const struct atlas *atlas;
	const struct instrument *rows; /* copies; their texts are the state's */
	struct directive *directives;  /* of those that have ever been in force */
	const struct instrument **of;  /* the row of each directive */
	size_t row_count, count;
	struct directive_map map;
	struct directive_book *book;
};

/* Of the state that `v` looks at, which must last as long; memory of the desk's arena. */
MUST_USE enum err instruments_read(struct instruments *out, struct view *v);
/* The code of an instrument; its id in hex where it is not known here. */
struct text instruments_code(const struct instruments *all, const struct id *id);
/* The row of a directive of the book. */
const struct instrument *instruments_row(const struct instruments *all, const struct directive *d);

/* The day of a step: the one that it says, else that on which it was recorded. */
int32_t instrument_step_day(const struct view *v, const struct instrument_step *s);
/* Whether it is, or was, on its way through those who approve it. */
bool instrument_is_negotiated(const struct instrument *i);
