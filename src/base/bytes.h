/*
 * bytes: views of memory, of text, and the ids that everything is named by.
 *
 * A view borrows: it is never freed and lives no longer than what it looks at.
 * `struct text` is UTF-8 and is not ended by a zero byte.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MUST_USE __attribute__((warn_unused_result))
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

struct bytes {
	const uint8_t *at;
	size_t size;
};

struct text {
	const char *at;
	size_t size;
};

/* 16 random bytes: a subject, a site, an account, an idempotency key. */
#define ID_SIZE 16
#define ID_HEX_SIZE 32
struct id {
	uint8_t at[ID_SIZE];
};

#define HASH_SIZE 32
struct hash {
	uint8_t at[HASH_SIZE];
};

/* A literal as a text, also in a static initialiser: TEXT("stay"). */
#define TEXT(literal) ((struct text){ (literal), sizeof(literal) - 1 })
/* For printf: "%.*s", SHOWN(t). */
#define SHOWN(t) (int)(t).size, (t).at

static inline struct text text_of(const char *s)
{
	return (struct text){ s, s ? strlen(s) : 0 };
}

static inline struct bytes bytes_of(const void *at, size_t size)
{
	return (struct bytes){ at, size };
}

static inline struct bytes bytes_of_text(struct text t)
{
	return (struct bytes){ (const uint8_t *)t.at, t.size };
}

static inline bool text_same(struct text a, struct text b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

static inline bool text_is(struct text a, const char *b)
{
	return text_same(a, text_of(b));
}

static inline bool text_begins(struct text t, struct text with)
{
	return t.size >= with.size && text_same((struct text){ t.at, with.size }, with);
}

/* What stands around words in a file that people write. */
#define BLANKS " \t\r\n"
/* `t` without the characters of `blanks` at its ends. */
struct text text_trimmed(struct text t, const char *blanks);

static inline bool bytes_same(struct bytes a, struct bytes b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

static inline bool id_same(const struct id *a, const struct id *b)
{
	return memcmp(a->at, b->at, ID_SIZE) == 0;
}

static inline bool id_is_none(const struct id *a)
{
	static const struct id none;

	return id_same(a, &none);
}

/* Write `b` as lower-case hex into `out`, 2 * b.size characters and a zero. */
void hex_write(char *out, struct bytes b);

/* Read exactly `size` bytes of hex, either case; false: `t` is something else. */
MUST_USE bool hex_read(void *out, size_t size, struct text t);
