/*
 * buffer: output that grows, with a limit, and an error that is remembered.
 *
 *     struct buffer b = { .limit = 4096 };
 *
 *     buffer_text(&b, TEXT("name: "));
 *     buffer_print(&b, "%u\n", count);
 *     if (!(e = buffer_end(&b, f)))
 *             … buffer_bytes(&b) …
 *     buffer_free(&b);
 *
 * All zeroes is an empty buffer whose limit is BUFFER_LIMIT.  After the first
 * error (ERR_LIMIT, ERR_MEMORY) nothing more is added, so only the end is looked
 * at.  Memory that is outgrown, reset or freed is wiped: it may have held names.
 */
#pragma once

#include "base/bytes.h"
#include "base/err.h"

#define BUFFER_LIMIT (64 * 1024 * 1024)

struct buffer {
	uint8_t *at;
	size_t size; /* in use */
	size_t room;
	size_t limit; /* 0: BUFFER_LIMIT */
	enum err err; /* the first */
};

void buffer_add(struct buffer *b, struct bytes bytes);
void buffer_byte(struct buffer *b, uint8_t byte);
void buffer_text(struct buffer *b, struct text t);
/* printf at the end of it. */
void buffer_print(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Room for `size` bytes at the end, to be filled by the caller; NULL on an error. */
uint8_t *buffer_take(struct buffer *b, size_t size);
/* Forget all behind the first `size` bytes. */
void buffer_cut(struct buffer *b, size_t size);

/* What is in it so far; valid until the next change. */
static inline struct bytes buffer_bytes(const struct buffer *b)
{
	return (struct bytes){ b->at, b->size };
}
static inline struct text buffer_as_text(const struct buffer *b)
{
	return (struct text){ (const char *)b->at, b->size };
}

/* The first error, told as a fault; what was added before it is still there. */
MUST_USE enum err buffer_end(const struct buffer *b, struct fault *f);
/* Empty it, wiped, keep memory and limit, forget the error. */
void buffer_reset(struct buffer *b);
/* All zeroes again, but for the limit. */
void buffer_free(struct buffer *b);
