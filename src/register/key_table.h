/*
 * key_table: the open keys of every subject, for the time of one fold.
 *
 * Every slot is unwrapped once.  Asking the log for the slot of each fact would read
 * the same few pages a million times and unwrap the same keys ten.  The erased are in
 * the table as well, so that a fact that nobody can read is told from one about nobody:
 * a subject whose bytes changed on the disk would pass for erased, and its fact be left
 * out without a word.
 */
#pragma once

#include "base/index.h"
#include "register/inside.h"

struct keyed {
	struct subject_keys keys; /* where there is a slot and it is open */
	bool slot;
	bool damaged; /* the slot does not open: no keys, and no facts believed */
	bool erased;  /* her keys open her erasure alone */
};

struct key_table {
	struct index *places; /* of subjects in `at`; NULL: an empty table */
	struct keyed *at;
	size_t count, room;
};

/*
 * Every slot of the log, and all who were erased; the caller frees it, also where this
 * fails.  `site` NULL: only know that there is a slot, leave it closed.
 */
MUST_USE enum err key_table_fill(struct key_table *t, struct reg *r, const struct site_keys *site,
				 struct fault *f);
/* NULL: nobody of that id ever had keys. */
const struct keyed *key_table_find(const struct key_table *t, const struct id *subject);
void key_table_free(struct key_table *t); /* wipes */
