/*
 * socket: a running server runs command lines of others, on the register that it has open.
 *
 * Whoever may read the register's folder reaches the socket in it, and must be of the
 * server's own user: for her the server does what she could do herself.  Each command has
 * a thread of its own, which works in the client's current folder; a client who is gone
 * ends it at her next word.
 */
#pragma once

#include "cli/cli.h"

struct socket_server;

/* At most so many commands at a time; whoever comes then waits. */
#define SOCKET_CLIENTS_MAX 16

/*
 * Listen in the register's folder `dir`; a socket that was left there by a server that
 * was killed goes.  `ground`, with a register, must outlive it.  The caller stops it.
 */
MUST_USE enum err socket_start(struct socket_server **out, const struct cli_ground *ground,
			       const char *dir, struct fault *f);
/* Nobody comes in any more, and those who are in are cut off; NULL is harmless.  Before
 * the register is closed. */
void socket_stop(struct socket_server *s);
