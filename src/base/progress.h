/*
 * progress: one line on a terminal that says how far a long work is.
 *
 *     Reading facts  [########........]  52 %  1,040,000 of 2,000,000  12 s
 *
 * Drawn at most ten times a second, and wiped away at the end; only where somebody
 * looks.
 */
#pragma once

#include "base/bytes.h"
#include "base/world.h"

/* Where it is drawn; `put` NULL: nowhere. */
struct progress_screen {
	void (*put)(void *self, struct text t);
	void *self;
};

struct progress {
	struct world *world;
	const char *what; /* borrowed */
	struct progress_screen screen;
	int64_t begun_ms, drawn_ms;
	bool drawn;
};

void progress_begin(struct progress *p, struct world *w, const char *what,
		    struct progress_screen screen);
/* `of` 0: not known. */
void progress_at(struct progress *p, uint64_t done, uint64_t of);
void progress_end(struct progress *p);

#define PROGRESS_LINE_SIZE 256
/* The line itself, without the codes that place it; its size. */
size_t progress_line(char out[PROGRESS_LINE_SIZE], const struct progress *p, uint64_t done,
		     uint64_t of, int64_t now_ms);

/* Whether `fd` is a terminal on which such a line can be drawn over itself. */
bool progress_wanted(int fd);

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
