/*
 * strangers: how two agree who are taken by chance.
 *
 * From a fixed seed, so that one list always teaches the same.  Counted apart by the letters
 * in which the names of the two are written (compare.h): in one script strangers have the
 * same name letter by letter, in two scripts only names that sound alike.
 */
#pragma once

#include "match/compare.h"

struct strangers {
	double pairs;
	double levels[COLUMNS_MAX][LEVELS_MAX];	  /* how many have each */
	double rarities[COLUMNS_MAX][LEVELS_MAX]; /* sums of 2^rarity */
	double of_name[COLUMNS_MAX][LEVELS_MAX];  /* those who have one given name */
};

/* `m` is of these records. */
void strangers_count(struct strangers out[SCRIPTS_COUNT], const struct records *r, struct memo *m);
/* All that `other` saw as well. */
void strangers_join(struct strangers *s, const struct strangers *other);
