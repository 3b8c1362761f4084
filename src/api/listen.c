/* listen: inet_pton() for the address, a reader of our own for what stands around it. */
#include "api/listen.h"

#include <arpa/inet.h>

static bool read_port(in_port_t *out, const char *digits)
{
	unsigned long port = 0;

	if (!*digits || strlen(digits) > 5)
		return false;
	for (; *digits; digits++) {
		if (*digits < '0' || *digits > '9')
			return false;
		port = port * 10 + (unsigned long)(*digits - '0');
	}
	*out = htons((in_port_t)port);
	return port <= UINT16_MAX;
}

static bool read_v4(struct listen_at *out, const char *address, const char *port)
{
	struct sockaddr_in *to = &out->address.v4;

	to->sin_family = AF_INET;
	if (inet_pton(AF_INET, address, &to->sin_addr) != 1)
		return false;
	out->loopback = ntohl(to->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
	return read_port(&to->sin_port, port);
}

/* In brackets. */
static bool read_v6(struct listen_at *out, char *address, const char *port)
{
	struct sockaddr_in6 *to = &out->address.v6;
	size_t size = strlen(address);

	if (size < 2 || address[size - 1] != ']')
		return false;
	address[size - 1] = 0;
	to->sin6_family = AF_INET6;
	if (inet_pton(AF_INET6, address + 1, &to->sin6_addr) != 1)
		return false;
	out->loopback = IN6_IS_ADDR_LOOPBACK(&to->sin6_addr);
	return read_port(&to->sin6_port, port);
}

bool listen_read(struct listen_at *out, const char *t)
{
	char address[INET6_ADDRSTRLEN + sizeof("[]")];
	const char *colon = strrchr(t, ':');
	size_t size = colon ? (size_t)(colon - t) : 0;

	*out = (struct listen_at){ 0 };
	if (!size || size >= sizeof(address))
		return false;
	memcpy(address, t, size);
	address[size] = 0;
	return *address == '[' ? read_v6(out, address, colon + 1)
			       : read_v4(out, address, colon + 1);
}
