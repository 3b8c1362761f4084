/*
 * base45: RFC 9285: bytes in the 45 characters that a QR code packs densely.  Two
 * bytes become three characters, a single last one becomes two.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

/* `at` is NULL where there is no memory. */
struct text base45_write(struct arena *a, struct bytes b);
/*
 * Read `t` into `out`, of `room` bytes; false: a character that is none of them, a group
 * that stands for no bytes, or more than fits.
 */
MUST_USE bool base45_read(uint8_t *out, size_t room, size_t *size, struct text t);
