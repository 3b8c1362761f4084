/*
 * line: pieces of work that pass several stations, done by several threads.
 *
 *     station 0        1, 2, 3 …             the last
 *     makes them  ──▶  do what they do  ──▶  keeps what came out
 *
 * A station has one piece at a time, and has them in the order in which they were made; those
 * between the first and the last have a piece in any order, or at once, so they write what
 * is their own.  The last one has it when all others had it; then its place is free for a new
 * one, so that few are on their way.  Which thread is where is open, and what comes out
 * is not: any thread takes the station that is farthest behind.
 */
#pragma once

#include <stdbool.h>

#define LINE_STATIONS_MAX 32

struct line {
	unsigned stations; /* 2 to LINE_STATIONS_MAX */
	unsigned places;   /* how many pieces may be on their way */
	/*
	 * Do at `station` what is to be done with the piece in `place`.  False: it was not done,
	 * and this station does nothing more.  No new pieces are begun then; the other
	 * stations still have all that were.  This is how the first one ends the line.
	 */
	bool (*work)(void *self, unsigned station, unsigned place);
	void *self;
};

/* Done when this returns.  `threads`: 1 to SHARES_MAX. */
void line_run(const struct line *l, unsigned threads);
