/*
 * index: places in two arrays side by side, their number a power of two.
 *
 *     ids      16 bytes a place
 *     numbers  4 bytes a place; INDEX_NONE: the place is free
 *
 * An id stands at its home place or behind it, without a free place in between.
 * Removing therefore moves the followers up instead of leaving a mark, so that an
 * index that lives long does not slow down.
 */
#include "base/index.h"

#include <assert.h>
#include <stdlib.h>

#define PLACES_MIN 16

struct index {
	struct index_key key;
	size_t count;
	size_t mask; /* places - 1 */
	struct id *ids;
	uint32_t *numbers;
};

/* Both halves of the 128 bits of a product. */
static uint64_t fold_product(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide product = (wide)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* wyhash's two steps: the halves under their keys, then all bits into all others. */
static size_t home_of(const struct index *x, const struct id *id)
{
	uint64_t low, high;

	memcpy(&low, id->at, 8);
	memcpy(&high, id->at + 8, 8);
	low = fold_product(low ^ x->key.at[0], high ^ x->key.at[1]);
	return (size_t)fold_product(low ^ UINT64_C(0xa0761d6478bd642f),
				    UINT64_C(0xe7037ed1a0b428db)) & x->mask;
}

/* Where `id` stands, or the free place where it would. */
static size_t find_place(const struct index *x, const struct id *id)
{
	size_t at = home_of(x, id);

	while (x->numbers[at] != INDEX_NONE && !id_same(&x->ids[at], id))
		at = (at + 1) & x->mask;
	return at;
}

static bool take_places(struct index *x, size_t places)
{
	x->ids = malloc(places * sizeof(*x->ids));
	x->numbers = malloc(places * sizeof(*x->numbers));
	x->mask = places - 1;
	if (!x->ids || !x->numbers)
		return false;
	memset(x->numbers, 0xff, places * sizeof(*x->numbers));
	return true;
}

static void free_places(struct index *x)
{
	free(x->ids);
	free(x->numbers);
}

static bool is_full(size_t count, size_t places)
{
	return count > places / 4 * 3;
}

enum err index_new(struct index **out, struct index_key key, size_t count, struct fault *f)
{
	size_t places = PLACES_MIN;

	*out = NULL;
	if (count > INDEX_COUNT_MAX)
		return fault(f, ERR_LIMIT, "memory.too-large", INDEX_COUNT_MAX);
	while (is_full(count, places))
		places *= 2;
	*out = calloc(1, sizeof(**out));
	if (*out && take_places(*out, places)) {
		(*out)->key = key;
		return OK;
	}
	index_free(*out);
	*out = NULL;
	return fault(f, ERR_MEMORY, "memory.none");
}

void index_free(struct index *x)
{
	if (!x)
		return;
	free_places(x);
	free(x);
}

size_t index_count(const struct index *x)
{
	return x->count;
}

uint32_t index_get(const struct index *x, const struct id *id)
{
	return x->numbers[find_place(x, id)];
}

static bool grow(struct index *x)
{
	struct index bigger = { .key = x->key, .count = x->count };

	if (!take_places(&bigger, (x->mask + 1) * 2)) {
		free_places(&bigger);
		return false;
	}
	for (size_t at = 0; at <= x->mask; at++) {
		size_t to;

		if (x->numbers[at] == INDEX_NONE)
			continue;
		to = find_place(&bigger, &x->ids[at]);
		bigger.ids[to] = x->ids[at];
		bigger.numbers[to] = x->numbers[at];
	}
	free_places(x);
	*x = bigger;
	return true;
}

enum err index_put(struct index *x, const struct id *id, uint32_t number, struct fault *f)
{
	size_t at = find_place(x, id);

	assert(number != INDEX_NONE);
	if (x->numbers[at] == INDEX_NONE) {
		if (x->count == INDEX_COUNT_MAX)
			return fault(f, ERR_LIMIT, "memory.too-large", INDEX_COUNT_MAX);
		if (is_full(x->count + 1, x->mask + 1)) {
			if (!grow(x))
				return fault(f, ERR_MEMORY, "memory.none");
			at = find_place(x, id);
		}
		x->ids[at] = *id;
		x->count++;
	}
	x->numbers[at] = number;
	return OK;
}

bool index_remove(struct index *x, const struct id *id)
{
	size_t hole = find_place(x, id);

	if (x->numbers[hole] == INDEX_NONE)
		return false;
	for (size_t at = (hole + 1) & x->mask; x->numbers[at] != INDEX_NONE;
	     at = (at + 1) & x->mask) {
		size_t from_home = (at - home_of(x, &x->ids[at])) & x->mask;
		size_t from_hole = (at - hole) & x->mask;

		if (from_home < from_hole)
			continue;
		x->ids[hole] = x->ids[at];
		x->numbers[hole] = x->numbers[at];
		hole = at;
	}
	x->numbers[hole] = INDEX_NONE;
	x->count--;
	return true;
}

void index_clear(struct index *x)
{
	memset(x->numbers, 0xff, (x->mask + 1) * sizeof(*x->numbers));
	x->count = 0;
}

bool index_next(const struct index *x, size_t *at, struct id *id, uint32_t *number)
{
	while (*at <= x->mask && x->numbers[*at] == INDEX_NONE)
		++*at;
	if (*at > x->mask)
		return false;
	*id = x->ids[*at];
	*number = x->numbers[*at];
	++*at;
	return true;
}
