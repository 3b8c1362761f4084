/*
 * index: from an id to a number, for millions of ids.
 *
 * Open addressing with linear steps, at most three quarters full; 20 bytes a place.
 * The place of an id is mixed with a key that nobody outside knows: ids of others
 * could be chosen so that all fall on one place.  The order of the entries says
 * nothing.  Readers may share it while nobody writes.
 */
#pragma once

#include "base/bytes.h"
#include "base/err.h"

struct index;

#define INDEX_NONE UINT32_MAX
#define INDEX_COUNT_MAX (UINT32_C(1) << 30)

struct index_key {
	uint64_t at[2]; /* of chance */
};

/* Room for `count` entries from the start; it grows by itself. */
MUST_USE enum err index_new(struct index **out, struct index_key key, size_t count,
			    struct fault *f);
void index_free(struct index *x); /* NULL is harmless */

size_t index_count(const struct index *x);
/* INDEX_NONE: not in it. */
uint32_t index_get(const struct index *x, const struct id *id);
/* Add, or replace; `number` is not INDEX_NONE.  On an error all is as it was. */
MUST_USE enum err index_put(struct index *x, const struct id *id, uint32_t number,
			    struct fault *f);
/* Whether it was there. */
bool index_remove(struct index *x, const struct id *id);
void index_clear(struct index *x);

/* Walk through all: start with *at 0; false behind the last.  No change meanwhile. */
bool index_next(const struct index *x, size_t *at, struct id *id, uint32_t *number);
