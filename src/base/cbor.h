/*
 * cbor: deterministic CBOR (RFC 8949 §4.2.1), written and read strictly.
 *
 * Of CBOR we use integers, byte strings, text, arrays, maps, false, true and null;
 * no tags, no floats, nothing of indefinite length.  Every value has exactly one
 * encoding, so what was read and is written again is the same byte for byte.
 *
 * The writer adds to a struct buffer, whose sticky error is the only one:
 *
 *     cbor_write_array(&b, 2);
 *     cbor_write_text(&b, TEXT("stay"));
 *     cbor_write_uint(&b, 7);
 *
 * The reader remembers its first error and then gives zeros and empty views, so
 * that the code looks like the format; values are worth something only once
 * cbor_end() is OK:
 *
 *     cbor_begin(&r, bytes);
 *     if (cbor_read_array(&r, 2) != 2)
 *             cbor_fail(&r);
 *     answer = cbor_read_text(&r, 16);
 *     count = cbor_read_uint(&r, 100);
 *     e = cbor_end(&r, f);
 */
#pragma once

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/err.h"

/* --- write ---------------------------------------------------------------------- */

void cbor_write_uint(struct buffer *b, uint64_t n);
void cbor_write_int(struct buffer *b, int64_t n);
void cbor_write_bytes(struct buffer *b, struct bytes bytes);
/* `t` must be UTF-8. */
void cbor_write_text(struct buffer *b, struct text t);
void cbor_write_bool(struct buffer *b, bool yes);
void cbor_write_null(struct buffer *b);
/* `count` items must follow. */
void cbor_write_array(struct buffer *b, uint64_t count);
/* `count` pairs of key and value must follow, by key in the order of their bytes. */
void cbor_write_map(struct buffer *b, uint64_t count);
/* An item, or several, as cbor_skip_raw() gave them. */
void cbor_write_raw(struct buffer *b, struct bytes items);

/*
 * A map that asserts that its keys come in order, each once, and as many as said:
 * call one of the keys before each value, cbor_map_end() behind the last.
 */
struct cbor_map {
	struct buffer *out;
	uint64_t left;
	size_t last_at, last_size; /* of the key before, in `out`; size 0: none yet */
};
void cbor_map_begin(struct cbor_map *m, struct buffer *b, uint64_t count);
void cbor_map_key_uint(struct cbor_map *m, uint64_t key);
void cbor_map_key_text(struct cbor_map *m, struct text key);
void cbor_map_end(struct cbor_map *m);

/* --- read ----------------------------------------------------------------------- */

#define CBOR_DEPTH_MAX 8

enum cbor_sort {
	CBOR_NOTHING, /* the end, or an error before */
	CBOR_UINT,
	CBOR_NEGATIVE,
	CBOR_BYTES,
	CBOR_TEXT,
	CBOR_ARRAY,
	CBOR_MAP,
	CBOR_BOOL,
	CBOR_NULL,
};

struct cbor_reader {
	const uint8_t *start, *at, *end;
	enum err err;    /* the first */
	const char *key; /* of its sentence */
	size_t error_at; /* byte, from 0 */
	enum err blame;  /* what an error counts as; ERR_DAMAGED unless changed */
	unsigned depth;  /* of open arrays and maps */
	struct cbor_level {
		uint64_t left; /* items; two for each pair of a map */
		bool map;
		struct bytes last_key;
	} levels[CBOR_DEPTH_MAX];
};

/* Read `b`, which must outlive the reader and all that it gives. */
void cbor_begin(struct cbor_reader *r, struct bytes b);

enum cbor_sort cbor_peek(const struct cbor_reader *r);
/* 0 and an error where it is more than `max`. */
uint64_t cbor_read_uint(struct cbor_reader *r, uint64_t max);
int64_t cbor_read_int(struct cbor_reader *r, int64_t min, int64_t max);
struct bytes cbor_read_bytes(struct cbor_reader *r, size_t size_max);
/* Exactly `size` bytes into `out`; zeros on an error. */
void cbor_read_fixed(struct cbor_reader *r, void *out, size_t size);
struct text cbor_read_text(struct cbor_reader *r, size_t size_max);
bool cbor_read_bool(struct cbor_reader *r);
void cbor_read_null(struct cbor_reader *r);
/* How many items, or pairs, follow; an array or map is closed by reading its last. */
uint64_t cbor_read_array(struct cbor_reader *r, uint64_t count_max);
uint64_t cbor_read_map(struct cbor_reader *r, uint64_t count_max);
/* The next item with all that is in it, checked, as it stands there. */
struct bytes cbor_skip_raw(struct cbor_reader *r);

/* For the caller: what was read makes no sense.  Keeps an earlier error. */
void cbor_fail(struct cbor_reader *r);
/* Nothing more to come and all well: OK; else r->blame, with a fault. */
MUST_USE enum err cbor_end(struct cbor_reader *r, struct fault *f);
