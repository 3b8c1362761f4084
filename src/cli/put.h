/*
 * put: bytes to a descriptor, to their end: the one way in which cli/ writes one.
 */
#pragma once

#include <sys/types.h>

#include "base/bytes.h"

/* As write(2): a part of `size` bytes may be taken; -1 with errno. */
typedef ssize_t put_part(int fd, const void *at, size_t size);

/* Until all of `b` is taken, whatever interrupts it.  false: nobody takes the rest. */
MUST_USE bool put_all(int fd, struct bytes b, put_part *part);
