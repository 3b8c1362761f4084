/* bulletin: what a bulletin is gathered from. */
#pragma once

#include "desk/desk.h"

/* The instruments that were in force in the week, by a state of what is public. */
MUST_USE enum err bulletin_directives(struct desk *d, const struct state *s,
				      struct desk_bulletin *out);
