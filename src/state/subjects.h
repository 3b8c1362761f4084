/*
 * subjects: everything that has an id gets a number of four bytes, the first time it
 * is named: also an officer or a household whose own facts have not come yet.
 *
 * Of each the chain of its facts is kept (the newest here, the others through the
 * trail's links, in the order of the fold) and its heads: the placed facts that no
 * other placed fact names.  One head stands in the subject itself, more in the heap.
 */
#pragma once

#include "state/heap.h"
#include "state/trail.h"

enum subject_mark {
	SUBJECT_DIRTY = 1,   /* to be folded again                           */
	SUBJECT_WAITS = 2,   /* some of its facts wait                       */
	SUBJECT_ERASED = 4,  /* for good: never folded again                 */
	SUBJECT_FORKED = 8,  /* `head` is a block of the heap: several heads */
	SUBJECT_HAS_ROW = 16,
};

struct subject {
	struct id id;
	uint32_t row; /* of its sort's rows, where SUBJECT_HAS_ROW */
	uint32_t last; /* fact; 0: none */
	uint32_t head;
	uint32_t first_member; /* of a household: row of a person + 1; 0: none */
	uint8_t sort;  /* enum subject_sort; 0: not known */
	uint8_t marks;
};

struct subjects {
	struct chunks items; /* number n is item n; 0 is none */
	struct table of_id;
	uint64_t key; /* mixed into hashes: ids come from outside too */
};

MUST_USE bool subjects_init(struct subjects *s, uint64_t key);
void subjects_free(struct subjects *s);
uint64_t subjects_bytes(const struct subjects *s);

/* 0: not known. */
uint32_t subjects_find(const struct subjects *s, const struct id *id);
/* Made where it is new; 0: no memory (or `id` is none, which has number 0). */
uint32_t subjects_intern(struct subjects *s, const struct id *id);

static inline struct subject *subject_at(const struct subjects *s, uint32_t number)
{
	return chunks_at(&s->items, number);
}

/* The heads: numbers of facts, valid until they change. */
struct heads {
	const uint32_t *at;
	size_t count;
};
struct heads subject_heads(const struct subject *s, const struct heap *h);
MUST_USE bool subject_set_heads(struct subject *s, struct heap *h, struct heads heads);
