/* movements: what the views of convoys give to that of the day. */
#pragma once

#include "desk/view.h"

/* One Movement. */
void view_movement(struct view *v, const struct movement *m);
/* The member "movements": those that depart at `from` or later and before `to`, soonest
 * first, at most 500. */
MUST_USE enum err view_movements(struct view *v, int64_t from, int64_t to);
