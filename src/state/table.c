/* Doubling moves slots by the hash that stands in them; nothing is hashed again. */
#include "state/table.h"

#include <stdlib.h>

#define TABLE_START 64u

static void put(struct table_slot *slots, uint32_t mask, struct table_slot slot)
{
	uint32_t at = slot.hash & mask;

	while (slots[at].value)
		at = (at + 1) & mask;
	slots[at] = slot;
}

static bool grow(struct table *t)
{
	uint32_t size = t->slots ? 2 * (t->mask + 1) : TABLE_START;
	struct table_slot *slots = size ? calloc(size, sizeof(*slots)) : NULL;

	if (!slots)
		return false;
	for (uint32_t i = 0; t->slots && i <= t->mask; i++)
		if (t->slots[i].value)
			put(slots, size - 1, t->slots[i]);
	free(t->slots);
	t->slots = slots;
	t->mask = size - 1;
	return true;
}

bool table_add(struct table *t, uint64_t hash, uint32_t value)
{
	bool full = !t->slots || t->count >= t->mask / 4 * 3;

	if (full && !grow(t))
		return false;
	put(t->slots, t->mask, (struct table_slot){ (uint32_t)(hash ^ hash >> 32), value });
	t->count++;
	return true;
}

void table_free(struct table *t)
{
	if (t->slots)
		explicit_bzero(t->slots, ((size_t)t->mask + 1) * sizeof(*t->slots));
	free(t->slots);
	*t = (struct table){ 0 };
}

uint64_t table_bytes(const struct table *t)
{
	return t->slots ? ((uint64_t)t->mask + 1) * sizeof(*t->slots) : 0;
}

uint64_t hash_of_bytes(const void *at, size_t size, uint64_t seed)
{
	const uint8_t *b = at;
	uint64_t h = hash_mix(seed ^ size ^ 0x9e3779b97f4a7c15u);

	for (; size >= 8; b += 8, size -= 8) {
		uint64_t word;

		memcpy(&word, b, 8);
		h = hash_mix(h ^ word);
	}
	for (uint64_t shift = 0, word = 0; size; size--, shift += 8) {
		word |= (uint64_t)*b++ << shift;
		if (size == 1)
			h = hash_mix(h ^ word);
	}
	return h;
}
