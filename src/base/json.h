/*
 * json: in by jansson behind a gate, out by a writer of our own.
 *
 * What comes in is measured before it is parsed: size, nesting, number of values,
 * length of numbers.  One document is one value; the same key twice, broken UTF-8
 * and \u0000 are errors.  Faults give line and column, both from 1.
 *
 * The writer adds to a struct buffer and needs no memory of its own:
 *
 *     json_begin(&w, &buffer);
 *     json_object_begin(&w);
 *     json_key(&w, "answer");
 *     json_text(&w, TEXT("stay"));
 *     json_object_end(&w);
 *
 * (jansson has json_object(), json_array() and json_null(): hence the longer
 * names.)
 */
#pragma once

#include <jansson.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/err.h"

/* --- in --------------------------------------------------------------------------- */

#define JSON_SIZE_MAX (1024 * 1024)
#define JSON_DEPTH_MAX 32
#define JSON_VALUES_MAX (100 * 1000)
#define JSON_NUMBER_SIZE_MAX 40

/*
 * Parse one document; the caller gives *out back with json_decref().
 * ERR_LIMIT: larger or deeper than we take.  ERR_INPUT: not JSON.
 */
MUST_USE enum err json_parse(json_t **out, struct text t, struct fault *f);
/* The same, of at most `size_max` bytes instead of JSON_SIZE_MAX. */
MUST_USE enum err json_parse_large(json_t **out, struct text t, size_t size_max, struct fault *f);

/* `j` in one line, for free(); NULL: no memory.  (json_dumps() may leave out a piece then.) */
char *json_line(const json_t *j);

/* A string's text, borrowed from `j`; `at` is NULL where `j` is no string. */
struct text json_text_of(const json_t *j);

/* --- out -------------------------------------------------------------------------- */

struct json_writer {
	struct buffer *out;
	bool pretty;        /* set after json_begin(): one value a line, two spaces */
	bool after_key;
	unsigned depth;     /* <= JSON_DEPTH_MAX */
	uint64_t begun;     /* bit n: level n has a value already */
	uint64_t is_object; /* bit n: level n is an object */
};

void json_begin(struct json_writer *w, struct buffer *out);
void json_object_begin(struct json_writer *w);
void json_object_end(struct json_writer *w);
void json_array_begin(struct json_writer *w);
void json_array_end(struct json_writer *w);
void json_key(struct json_writer *w, const char *key);
void json_key_text(struct json_writer *w, struct text key);
/* What is not UTF-8 in `t` becomes U+FFFD. */
void json_text(struct json_writer *w, struct text t);
void json_string_of(struct json_writer *w, const char *s); /* NULL: null */
void json_hex(struct json_writer *w, struct bytes b);
void json_int(struct json_writer *w, int64_t n);
void json_uint(struct json_writer *w, uint64_t n);
void json_bool(struct json_writer *w, bool yes);
void json_none(struct json_writer *w); /* null */
/* A value that is JSON already. */
void json_raw(struct json_writer *w, struct text value);
