/*
 * passphrase: one line that opens the site's keys, from where a person put it.
 * It is a line of 1 to 1,023 bytes without its end (LF or CRLF).  Each gives a new
 * secret that the caller frees.  ERR_DENIED: there is none to be had, or it is empty.
 * ERR_LIMIT: it is longer.
 */
#pragma once

#include "base/err.h"
#include "base/secret.h"
#include "base/world.h"

/* The first line. */
MUST_USE enum err passphrase_from_file(struct secret **out, struct world *w, const char *path,
					struct fault *f);
/* What stands behind the line is left for the next to read.  ERR_INPUT: no number of an
 * open descriptor. */
MUST_USE enum err passphrase_from_fd(struct secret **out, const char *number, struct fault *f);
/* ERR_DENIED at once where standard input is no terminal. */
MUST_USE enum err passphrase_from_terminal(struct secret **out, const char *prompt,
					   struct fault *f);
