/*
 * inlet: a Unix socket in the register's folder, for programs of the server's own user.
 *
 * Its file is there as long as it is open.  One that is found there was left by a server
 * that was killed, for the register is ours, and is removed.
 */
#pragma once

#include "base/world.h"

struct inlet {
	struct world *world;
	const char *name;
	int folder;    /* of the register; -1: none */
	int listening; /* -1: none */
};

/* `name` must outlive it.  The caller closes it, also after a failure. */
MUST_USE enum err inlet_open(struct inlet *out, struct world *w, const char *dir, const char *name,
			     struct fault *f);
void inlet_close(struct inlet *i);
