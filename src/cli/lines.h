/*
 * lines: text line by line from standard input or a file, each of bounded length.
 */
#pragma once

#include "base/bytes.h"
#include "base/err.h"
#include "base/world.h"
#include "cli/caller.h"

struct lines;

/* Where lines come from. */
struct line_source {
	struct world *world;   /* of files */
	struct caller *caller; /* of standard input */
	const char *path;      /* "-": standard input */
};
/* `line_max` in bytes, a CR at its end counted; whoever opens it closes it, and what
 * `from` names must outlive it.  ERR_NOT_FOUND: no such file. */
MUST_USE enum err lines_open(struct lines **out, const struct line_source *from, size_t line_max,
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
