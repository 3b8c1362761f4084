/*
 * manager: telling whoever watches over the server, systemd as a rule, how it is
 * (sd_notify(3)).  Where nobody does, nothing happens.
 */
#pragma once

#include "base/world.h"

struct manager {
	struct world *world;
	struct file *to;  /* NULL: nobody */
	unsigned pause_s; /* so often it wants to hear of us, twice over; >= 1 */
};

/* Before confine(): it calls somebody. */
void manager_find(struct manager *m, struct world *w);
void manager_tell(struct manager *m, const char *what);
void manager_leave(struct manager *m);
