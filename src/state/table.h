/*
 * table: numbers found again by a hash of what they stand for.
 *
 * Open addressing with linear probing, at most three quarters full, eight bytes a
 * slot.  The table keeps 32 bits of each hash and a number other than 0; whether a
 * candidate is really the thing looked for, the caller sees by looking at it.
 * Nothing is ever taken out: who has to forget builds a new one.
 */
#pragma once

#include "base/bytes.h"

struct table_slot {
	uint32_t hash, value;
};

struct table {
	struct table_slot *slots;
	uint32_t mask;
	uint32_t count;
};

struct table_walk {
	uint32_t hash, at;
};

void table_free(struct table *t);
MUST_USE bool table_add(struct table *t, uint64_t hash, uint32_t value);
uint64_t table_bytes(const struct table *t);

/* Candidates one after the other, 0 at the end. */
static inline struct table_walk table_walk(const struct table *t, uint64_t hash)
{
	uint32_t h = (uint32_t)(hash ^ hash >> 32);

	return (struct table_walk){ .hash = h, .at = h & t->mask };
}

static inline uint32_t table_next(const struct table *t, struct table_walk *w)
{
	if (!t->slots)
		return 0;
	for (;;) {
		struct table_slot slot = t->slots[w->at];

		if (!slot.value)
			return 0;
		w->at = (w->at + 1) & t->mask;
		if (slot.hash == w->hash)
			return slot.value;
	}
}

/* Hashes for tables; not for anything that an attacker must not foresee. */
uint64_t hash_of_bytes(const void *at, size_t size, uint64_t seed);

static inline uint64_t hash_mix(uint64_t h)
{
	h = (h ^ h >> 32) * 0xd6e8feb86659fd93u;
	h = (h ^ h >> 32) * 0xd6e8feb86659fd93u;
	return h ^ h >> 32;
}

static inline uint64_t hash_of_id(const struct id *id, uint64_t key)
{
	uint64_t half[2];

	memcpy(half, id->at, sizeof(half));
	return hash_mix(half[0] ^ hash_mix(half[1] ^ key));
}

static inline uint64_t hash_of_text(struct text t, uint64_t seed)
{
	return hash_of_bytes(t.at, t.size, seed);
}
