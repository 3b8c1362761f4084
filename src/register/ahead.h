/*
 * ahead: facts of the log, opened by a thread of its own ahead of who folds them.
 *
 * Opening a fact and folding it cost about the same.  So one thread reads, decrypts
 * and decodes, and the caller folds what it has opened: chunk by chunk, in the order
 * asked for, through a ring of few chunks.
 *
 *     struct ahead *a;
 *     const struct opened *o;
 *
 *     if ((e = ahead_start(&a, &how, f)))
 *             return e;
 *     while (!e && (o = ahead_next(a)))
 *             e = … o->fact …
 *     e = ahead_end(&a, e, &count, f);
 */
#pragma once

#include "register/key_table.h"

/* One fact, as it came out; views in it last until the next ahead_next(). */
struct opened {
	struct fact_ref ref;
	struct id subject;
	bool readable; /* else its keys are gone */
	struct fact fact;
};

struct ahead;

struct ahead_how {
	struct reg *reg;
	const struct key_table *keys;
	bool with_keys; /* else only what is in clear is opened, the rest is unreadable */
	bool whole;	/* both boxes, and held against the leaf: for who verifies */
	enum fold_order order;
	uint64_t own_length; /* of the own origin only so many; 0: all */
};

/* Begin; ahead_end() is due.  What `how` points to must outlive it. */
MUST_USE enum err ahead_start(struct ahead **out, const struct ahead_how *how, struct fault *f);
/* The next fact that is not damaged; NULL: there is none, or ahead_end() says why. */
const struct opened *ahead_next(struct ahead *a);
/* How many facts have been handed out so far. */
uint64_t ahead_count(const struct ahead *a);
/*
 * Stop the thread, wait for it, free all; NULL is harmless.  `e` is the caller's own
 * error, which counts first.  *count gets what the reading came to.
 */
MUST_USE enum err ahead_end(struct ahead *a, enum err e, struct fold_count *count, struct fault *f);

/*
 * Open one entry as the thread does, for who must read a fact again.  ERR_NOT_FOUND:
 * its keys are gone.
 */
MUST_USE enum err ahead_open(struct fact *out, struct arena *a, const struct ahead_how *how,
			     const struct origin *o, const struct log_entry *entry,
			     struct fault *f);
