/*
 * forward: a command line is run by the server that has its register open.
 */
#pragma once

#include "cli/cli.h"

/*
 * Ask the server behind the socket in the folder of the first argument, where there is
 * one: *forwarded, and the status with which the command ended there is in `ending`.
 * Where nobody listens nothing happens.  ERR_DENIED: the server is another user's.
 * ERR_IO: it stopped before it answered.
 */
MUST_USE enum err forward(struct cli *c, int argc, char **argv, bool *forwarded,
			  enum ending *ending);
