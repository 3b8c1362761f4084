/*
 * vectors_testing: test cases that others wrote, from tests/vectors/.
 *
 * A file holds one case a line, its fields between tabs; a line that begins with # is
 * a heading.  Whatever is wrong with a file fails the test.
 *
 *     vectors_open(&v, "tests/vectors/cbor/appendix-f.tsv");
 *     while (vectors_next(&v, fields, COUNT_OF(fields)))
 *             …
 *     vectors_close(&v, 94);
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

struct vectors {
	struct arena *arena; /* of the cases, until vectors_close() */
	const char *path;
	struct text rest;
	size_t count; /* of the cases so far */
};

/* Tests run in the root of the sources, from which `path` leads. */
void vectors_open(struct vectors *v, const char *path);
/* Exactly `count` fields; false behind the last case. */
bool vectors_next(struct vectors *v, struct text *fields, size_t count);
/* A file that lost cases on the way would pass unseen: how many there must have been. */
void vectors_close(struct vectors *v, size_t count);

/* With a zero byte behind it, not counted. */
struct bytes vectors_hex(struct vectors *v, struct text hex);
uint64_t vectors_number(struct text decimal);
/* The next piece of `rest` before a blank; false at its end. */
bool vectors_word(struct text *rest, struct text *word);
