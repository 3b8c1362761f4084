/*
 * buffer: memory doubles.  It is moved by hand and not by realloc(), which would
 * leave a copy of what was in it behind.
 */
#include "base/buffer.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define ROOM_AT_FIRST 256

static size_t limit_of(const struct buffer *b)
{
	return b->limit ? b->limit : BUFFER_LIMIT;
}

static bool move(struct buffer *b, size_t room)
{
	uint8_t *at = malloc(room);

	if (!at)
		return false;
	if (b->at) {
		memcpy(at, b->at, b->size);
		explicit_bzero(b->at, b->size);
	}
	free(b->at);
	b->at = at;
	b->room = room;
	return true;
}

/* Room for `more` bytes; false: the error is set. */
static bool make_room(struct buffer *b, size_t more)
{
	size_t limit = limit_of(b), room = b->room ? b->room : ROOM_AT_FIRST;

	if (b->err)
		return false;
	if (b->size > limit || more > limit - b->size) {
		b->err = ERR_LIMIT;
		return false;
	}
	if (b->at && more <= b->room - b->size)
		return true;
	while (room - b->size < more)
		room = room > limit / 2 ? limit : room * 2;
	if (room < b->size + more)
		room = b->size + more;
	if (!move(b, room))
		b->err = ERR_MEMORY;
	return !b->err;
}

uint8_t *buffer_take(struct buffer *b, size_t size)
{
	uint8_t *out;

	if (!make_room(b, size))
		return NULL;
	out = b->at + b->size;
	b->size += size;
	return out;
}

void buffer_add(struct buffer *b, struct bytes bytes)
{
	uint8_t *to = buffer_take(b, bytes.size);

	if (to && bytes.size)
		memcpy(to, bytes.at, bytes.size);
}

void buffer_byte(struct buffer *b, uint8_t byte)
{
	buffer_add(b, bytes_of(&byte, 1));
}

void buffer_text(struct buffer *b, struct text t)
{
	buffer_add(b, bytes_of_text(t));
}

void buffer_print(struct buffer *b, const char *format, ...)
{
	va_list values;
	int size;

	va_start(values, format);
	size = vsnprintf(NULL, 0, format, values);
	va_end(values);
	assert(size >= 0);
	/* The zero byte that vsnprintf() wants stands behind the end for a moment. */
	if (!make_room(b, (size_t)size + 1))
		return;
	va_start(values, format);
	vsnprintf((char *)b->at + b->size, (size_t)size + 1, format, values);
	va_end(values);
	b->size += (size_t)size;
}

void buffer_cut(struct buffer *b, size_t size)
{
	assert(size <= b->size);
	if (b->at)
		explicit_bzero(b->at + size, b->size - size);
	b->size = size;
}

enum err buffer_end(const struct buffer *b, struct fault *f)
{
	if (b->err == ERR_LIMIT)
		return fault(f, ERR_LIMIT, "memory.too-large", limit_of(b));
	if (b->err)
		return fault(f, b->err, "memory.none");
	return OK;
}

void buffer_reset(struct buffer *b)
{
	buffer_cut(b, 0);
	b->err = OK;
}

void buffer_free(struct buffer *b)
{
	size_t limit = b->limit;

	if (b->at)
		explicit_bzero(b->at, b->size);
	free(b->at);
	*b = (struct buffer){ .limit = limit };
}
