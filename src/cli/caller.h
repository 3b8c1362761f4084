/*
 * caller: who runs a command: where its words go, and what it reads comes from.
 *
 * A command is run by the process itself, or by a running server for a process that asks
 * it through its socket.  The same code gives the same answers, since it knows nothing of
 * either: all that it takes and gives, files aside, goes through here.
 */
#pragma once

#include "base/bytes.h"
#include "base/err.h"
#include "base/secret.h"

struct caller {
	const char *as, *language; /* IKHTIAR_AS, IKHTIAR_LANG; NULL: not there */
	bool colour;		   /* its standard output is a terminal that shows colours */
	bool draws;		   /* its standard error shows how far the work is */
	bool journal; /* or goes to the journal, which takes "<3>" before a line as its priority */

	/* To standard output; false: nobody can read it. */
	MUST_USE bool (*put_out)(struct caller *c, struct bytes b);
	/* To standard error; helps, and is never needed. */
	void (*put_err)(struct caller *c, struct text t);
	/* Up to `size` bytes of standard input; *got 0: its end. */
	MUST_USE enum err (*take_in)(struct caller *c, void *out, size_t size, size_t *got,
				     struct fault *f);
	/* As passphrase_from_fd() and passphrase_from_terminal() of this caller. */
	MUST_USE enum err (*passphrase_of_fd)(struct caller *c, struct secret **out,
					      const char *number, struct fault *f);
	MUST_USE enum err (*passphrase_of_terminal)(struct caller *c, struct secret **out,
						    const char *prompt, struct fault *f);
};

/* This process, with its environment and its three descriptors. */
void caller_process(struct caller *out);
