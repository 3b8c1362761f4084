/*
 * arena: a chain of blocks, newest first.
 *
 *     arena → block (in use) → block → … → first block
 *
 * A block is never moved, so what was given out stays where it is.  Blocks grow
 * with the arena; a piece larger than a block gets a block of its own size.  All
 * behind `used` is zero: blocks come zeroed and are wiped before they are used
 * again, so that taking costs no memset.
 */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define ALIGNMENT alignof(max_align_t)
#define BLOCK_AT_FIRST 4096
#define BLOCK_MOST ((size_t)1024 * 1024)

struct block {
	struct block *next;
	size_t size, used;
	alignas(max_align_t) unsigned char at[];
};

struct arena {
	size_t limit, used;
	struct block *blocks;
	bool was_short; /* it has said no since it was empty */
	bool lent;	/* it stands with its one block in memory of the caller's */
};

enum err arena_new(struct arena **out, size_t limit)
{
	*out = calloc(1, sizeof(**out));
	if (!*out)
		return ERR_MEMORY;
	(*out)->limit = limit;
	return OK;
}

struct arena *arena_in(void *room, size_t size)
{
	struct arena *a = room;
	size_t head = (sizeof(*a) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	struct block *b = (struct block *)((unsigned char *)room + head);

	assert((uintptr_t)room % ALIGNMENT == 0 && size > head + sizeof(*b));
	memset(room, 0, size);
	b->size = size - head - sizeof(*b);
	*a = (struct arena){ .limit = b->size, .blocks = b, .lent = true };
	return a;
}

static void free_block(struct block *b)
{
	explicit_bzero(b->at, b->used);
	free(b);
}

void arena_free(struct arena *a)
{
	struct block *next;

	if (!a)
		return;
	if (a->lent) {
		explicit_bzero(a->blocks->at, a->blocks->used);
		return;
	}
	for (struct block *b = a->blocks; b; b = next) {
		next = b->next;
		free_block(b);
	}
	free(a);
}

void arena_reset(struct arena *a)
{
	struct block *next;

	for (struct block *b = a->blocks; b && b->next; b = next) {
		next = b->next;
		free_block(b);
		a->blocks = next;
	}
	if (a->blocks) {
		explicit_bzero(a->blocks->at, a->blocks->used);
		a->blocks->used = 0;
	}
	a->used = 0;
	a->was_short = false;
}

bool arena_was_short(const struct arena *a)
{
	return a->was_short;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}

static struct block *add_block(struct arena *a, size_t size_min)
{
	size_t size = a->blocks ? a->blocks->size * 2 : BLOCK_AT_FIRST;
	struct block *b;

	if (size > BLOCK_MOST)
		size = BLOCK_MOST;
	if (size < size_min)
		size = size_min;
	if (size > SIZE_MAX - sizeof(*b))
		return NULL;
	b = calloc(1, sizeof(*b) + size);
	if (!b)
		return NULL;
	b->size = size;
	b->next = a->blocks;
	a->blocks = b;
	return b;
}

enum err arena_reserve(struct arena *a, size_t size)
{
	assert(!a->blocks && size <= a->limit);
	return add_block(a, size) ? OK : ERR_MEMORY;
}

static void *take(struct arena *a, size_t size)
{
	struct block *b = a->blocks;
	void *out;

	if (size > a->limit)
		return NULL;
	/* Two empty pieces are two places all the same. */
	size = size ? (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT;
	if (size > a->limit - a->used)
		return NULL;
	if (!b || size > b->size - b->used)
		b = add_block(a, size);
	if (!b)
		return NULL;
	out = b->at + b->used;
	b->used += size;
	a->used += size;
	return out;
}

void *arena_take(struct arena *a, size_t size)
{
	void *out = take(a, size);

	a->was_short |= !out;
	return out;
}

void *arena_take_array(struct arena *a, size_t count, size_t size)
{
	size_t product;

	if (__builtin_mul_overflow(count, size, &product))
		return NULL;
	return arena_take(a, product);
}

struct text arena_copy_text(struct arena *a, struct text t)
{
	char *out = t.size < SIZE_MAX ? arena_take(a, t.size + 1) : NULL;

	if (!out)
		return (struct text){ NULL, 0 };
	if (t.size)
		memcpy(out, t.at, t.size);
	return (struct text){ out, t.size };
}

struct bytes arena_copy(struct arena *a, struct bytes b)
{
	uint8_t *out = arena_take(a, b.size);

	if (!out)
		return (struct bytes){ NULL, 0 };
	if (b.size)
		memcpy(out, b.at, b.size);
	return (struct bytes){ out, b.size };
}

struct text arena_print(struct arena *a, const char *format, ...)
{
	va_list values;
	char *out;
	int size;

	va_start(values, format);
	size = vsnprintf(NULL, 0, format, values);
	va_end(values);
	out = size < 0 ? NULL : arena_take(a, (size_t)size + 1);
	if (!out)
		return (struct text){ NULL, 0 };
	va_start(values, format);
	vsnprintf(out, (size_t)size + 1, format, values);
	va_end(values);
	return (struct text){ out, (size_t)size };
}
