/*
 * reading: the rows of a list, made records by several threads.
 */
#pragma once

#include "match/map.h"

/* Add the records of the list at `path`.  ERR_INPUT: it is not as it should be; the fault is
 * that of the first row that is not, and of the first of its fields. */
MUST_USE enum err list_read(struct records *r, const struct map *m,
			    const struct records_order *order, const char *path, struct fault *f);
