/*
 * progress: one line on a terminal that says how far a long work is.
 *
 *     Reading facts  [########........]  52 %  1,040,000 of 2,000,000  12 s
 *
 * Drawn on standard error, only where that is a terminal, at most ten times a
 * second; wiped away at the end.  Elsewhere nothing is written.
 */
#pragma once

#include "base/bytes.h"
#include "base/world.h"

struct progress {
	struct world *world;
	const char *what; /* borrowed */
	int fd;           /* where to draw; -1: nowhere */
	int64_t begun_ms, drawn_ms;
	bool drawn;
};

/* `wanted` false: draw nothing. */
void progress_begin(struct progress *p, struct world *w, const char *what, bool wanted);
/* `of` 0: not known. */
void progress_at(struct progress *p, uint64_t done, uint64_t of);
void progress_end(struct progress *p);

#define PROGRESS_LINE_SIZE 256
/* The line itself, without the codes that place it; its size. */
size_t progress_line(char out[PROGRESS_LINE_SIZE], const struct progress *p, uint64_t done,
		     uint64_t of, int64_t now_ms);

/* --- colours ---------------------------------------------------------------------- */

enum colour {
	COLOUR_NONE, /* back to plain */
	COLOUR_BOLD,
	COLOUR_DIM,
	COLOUR_RED,
	COLOUR_GREEN,
	COLOUR_YELLOW,
	COLOUR_BLUE,
	COLOURS
};

/* Whether `fd` is a terminal that shows colours and NO_COLOR is not set. */
bool colour_wanted(int fd);
/* The code that begins it, "" where not `on`. */
const char *colour(enum colour c, bool on);
