/*
 * cut_testing: what a cut of power leaves of a disk.
 *
 *     struct past past;
 *
 *     past_start(&past, &disk, NULL);           of the day's journal
 *     while (past_goes_on(&past))               one more call has reached the disk
 *             past_cut(&past, &(struct cut){ CUT_SOME_512, 7 }, &left);
 *     past_end(&past);
 *
 * A call is *settled* when the disk has confirmed it: a write or a truncate by a later
 * sync of the file, a name by a later sync of its folder.  All else is *pending*, and of
 * that anything may be there: each manner of cutting says what.  Calls take effect in
 * their order; another order would leave the same as some of them not taking place,
 * since of two that touch the same sector or name the last one counts.
 *
 * What was pending when a sync failed is lost, whatever later syncs say: the system
 * tells of a page that it could not write once, and then forgets it.
 */
#pragma once

#include "log/disk_testing.h"

enum cut_manner {
	CUT_KEPT,      /* all that is pending is there                           */
	CUT_LOST,      /* none of it                                             */
	CUT_TORN_512,  /* all; of the newest write only some sectors of 512      */
	CUT_TORN_4096, /* … of 4096 bytes                                        */
	CUT_SOME,      /* some of the calls                                      */
	CUT_SOME_512,  /* … and of writes some sectors; what is not there is     */
	CUT_SOME_4096, /*   old, or where the file had not been that long, noise */
	CUT_MANNERS
};
const char *cut_manner_word(enum cut_manner m);
/* Whether another seed can leave something else. */
bool cut_manner_is_random(enum cut_manner m);

struct cut {
	enum cut_manner manner;
	uint64_t seed;
};

struct past {
	const struct disk *disk;
	size_t point; /* calls of the journal that have been made */
	struct disk settled;
	size_t *pending; /* their places in the journal */
	size_t pending_count;
};

/* `before`: what was there, settled, when the journal began; NULL: nothing. */
void past_start(struct past *p, const struct disk *of, const struct disk *before);
/* One more call; false: there was none left. */
bool past_goes_on(struct past *p);
/* Make `out` the disk that is found when power comes back. */
void past_cut(const struct past *p, const struct cut *c, struct disk *out);
void past_end(struct past *p);
