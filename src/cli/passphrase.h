/*
 * passphrase: one line that opens the site's keys, from where a person put it.
 * Each gives a new secret that the caller frees.  ERR_DENIED: there is none to be had.
 */
#pragma once

#include "base/err.h"
#include "base/secret.h"
#include "base/world.h"

MUST_USE enum err passphrase_from_file(struct secret **out, struct world *w, const char *path,
					struct fault *f);
MUST_USE enum err passphrase_from_fd(struct secret **out, const char *number, struct fault *f);
/* ERR_DENIED at once where standard input is no terminal. */
MUST_USE enum err passphrase_from_terminal(struct secret **out, const char *prompt,
					   struct fault *f);
