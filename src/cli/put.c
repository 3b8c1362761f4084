#include "cli/put.h"

#include <errno.h>

bool put_all(int fd, struct bytes b, put_part *part)
{
	while (b.size) {
		ssize_t put = part(fd, b.at, b.size);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		b = bytes_of(b.at + put, b.size - (size_t)put);
	}
	return true;
}
