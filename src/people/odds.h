/*
 * odds: things by how common they are, and reading a list by the names of its columns.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

/* Items of one size with running totals of their weights. */
struct odds {
	size_t count, room, item_size;
	uint64_t *totals;
	uint8_t *items;
};

/* Add a copy of `item`; one of weight 0 is never picked. */
MUST_USE enum err odds_add(struct odds *t, struct arena *a, uint64_t weight, const void *item,
			    size_t size, struct fault *f);
/* The item that `chance`, any number, falls on; the table must not be empty. */
const void *odds_pick(const struct odds *t, uint64_t chance);

/* The weights of all its items. */
uint64_t odds_total(const struct odds *t);

struct odds_row; /* a row of a list, with the names of its columns */

/* The cell under a column; a column that is not there is asked for by mistake. */
struct text odds_cell(const struct odds_row *row, const char *column);
/* A decimal number times `scale`, rounded down; what is no number is 0. */
uint64_t odds_number(const struct odds_row *row, const char *column, uint64_t scale);

typedef enum err odds_take(void *self, const struct odds_row *row, struct fault *f);
/* Give each row of the list `b` to `take`; the first row names the columns. */
MUST_USE enum err odds_read(struct bytes b, const char *name, odds_take *take, void *self,
			     struct fault *f);
