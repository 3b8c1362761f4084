/*
 * key_table: the open keys of every subject, for the time of one fold.
 *
 * Every slot is unwrapped once.  Asking the log for the slot of each fact would read
 * the same few pages a million times and unwrap the same keys ten.
 */
#pragma once

#include "base/index.h"
#include "register/inside.h"

struct keyed {
	struct subject_keys keys;
	bool damaged; /* the slot does not open: no keys, and no facts believed */
	bool erased;  /* these open her erasure alone */
};

struct key_table {
	struct index *places; /* of subjects in `at`; NULL: an empty table */
	struct keyed *at;
	size_t count;
};

/* Every slot of the log; the caller frees it, also where this fails. */
MUST_USE enum err key_table_fill(struct key_table *t, struct reg *r, const struct site_keys *site,
				 struct fault *f);
/* NULL: this subject has none. */
const struct keyed *key_table_find(const struct key_table *t, const struct id *subject);
void key_table_free(struct key_table *t); /* wipes */
