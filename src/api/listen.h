/*
 * listen: the address at which a server is found, in numbers: nobody is asked for a name.
 */
#pragma once

#include <netinet/in.h>

#include "base/bytes.h"

struct listen_at {
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} address;
	bool loopback; /* no other machine reaches it */
};

/* "127.0.0.1:8080", "[::1]:8080"; false: something else. */
MUST_USE bool listen_read(struct listen_at *out, const char *t);
