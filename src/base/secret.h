/*
 * secret: a key or a passphrase in memory that is locked, guarded and wiped.
 *
 * It never reaches a core file, nor the swap as far as the system lets this process
 * lock memory, and there is no way to print one.  Whoever makes it frees it; it does
 * not grow.
 */
#pragma once

#include "base/bytes.h"
#include "base/err.h"
#include "base/world.h"

struct secret;

#define SECRET_SIZE_MAX (64 * 1024)

/* `size` (1 to SECRET_SIZE_MAX) zero bytes. */
MUST_USE enum err secret_new(struct secret **out, size_t size, struct fault *f);
/* A copy of `b`; wiping the original is the caller's. */
MUST_USE enum err secret_of(struct secret **out, struct bytes b, struct fault *f);
/* `size` bytes that nobody can guess. */
MUST_USE enum err secret_random(struct secret **out, struct world *w, size_t size,
				struct fault *f);
/* NULL is harmless. */
void secret_free(struct secret *s);

/* Look at it; borrow it to fill it in. */
struct bytes secret_bytes(const struct secret *s);
uint8_t *secret_fill(struct secret *s);
size_t secret_size(const struct secret *s);
/* In a time that tells nothing but the sizes. */
bool secret_same(const struct secret *a, const struct secret *b);
