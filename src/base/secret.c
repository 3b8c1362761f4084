/*
 * secret: one allocation of libsodium's, between guard pages, locked, kept out of
 * core files, and wiped when freed.
 *
 * sodium_malloc() puts the end against the guard page, so the size is rounded up to
 * keep the header aligned.  Where the system lets a process lock too little memory
 * the pages may be swapped; core files and guards do not depend on that.
 */
#include "base/secret.h"

#include <assert.h>
#include <sodium.h>

#define ALIGNMENT 16

struct secret {
	size_t size;
	uint8_t at[];
};

enum err secret_new(struct secret **out, size_t size, struct fault *f)
{
	size_t whole = (sizeof(**out) + size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

	assert(size > 0 && size <= SECRET_SIZE_MAX);
	*out = sodium_init() < 0 ? NULL : sodium_malloc(whole);
	if (!*out)
		return fault(f, ERR_MEMORY, "memory.none");
	sodium_memzero(*out, whole);
	(*out)->size = size;
	return OK;
}

enum err secret_of(struct secret **out, struct bytes b, struct fault *f)
{
	enum err e;

	*out = NULL;
	if (b.size > SECRET_SIZE_MAX)
		return fault(f, ERR_LIMIT, "memory.too-large", SECRET_SIZE_MAX);
	if ((e = secret_new(out, b.size, f)))
		return e;
	memcpy((*out)->at, b.at, b.size);
	return OK;
}

enum err secret_random(struct secret **out, struct world *w, size_t size, struct fault *f)
{
	enum err e = secret_new(out, size, f);

	if (!e)
		w->chance(w, (*out)->at, size);
	return e;
}

void secret_free(struct secret *s)
{
	sodium_free(s);
}

struct bytes secret_bytes(const struct secret *s)
{
	return (struct bytes){ s->at, s->size };
}

uint8_t *secret_fill(struct secret *s)
{
	return s->at;
}

size_t secret_size(const struct secret *s)
{
	return s->size;
}

bool secret_same(const struct secret *a, const struct secret *b)
{
	return a->size == b->size && sodium_memcmp(a->at, b->at, a->size) == 0;
}
