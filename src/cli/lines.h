/*
 * lines: text line by line from standard input or a file, each of bounded length.
 */
#pragma once

#include "base/bytes.h"
#include "base/err.h"
#include "base/world.h"

struct lines;

/* `path` "-": standard input.  `line_max` in bytes, a CR at its end counted.  The caller
 * closes it.  ERR_NOT_FOUND: no such file. */
MUST_USE enum err lines_open(struct lines **out, struct world *w, const char *path, size_t line_max,
			     struct fault *f);
void lines_close(struct lines *l); /* NULL is harmless; wipes */
/* Bytes read so far; *of gets how many there are, 0 where nobody knows. */
uint64_t lines_place(const struct lines *l, uint64_t *of);
/*
 * The next line without its end (LF or CRLF, which the last one may lack), valid until
 * the next call; `at` is NULL behind the last.
 * ERR_LIMIT: it was longer and is skipped; the ones after it can still be read.
 */
MUST_USE enum err lines_next(struct lines *l, struct text *line, struct fault *f);
