/* figures_testing: tables for the tests. */
#include "figures/figures_testing.h"

#include "base/test.h"

static const char *const codes[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l" };

struct test_key test_key(uint64_t n)
{
	struct test_key key = { { 0 } };

	memcpy(key.at, &n, sizeof(n));
	return key;
}

static size_t add(struct test_table *t, uint32_t parent, const char *division, size_t code)
{
	CHECK(t->count < TESTED_NODES_MAX && code < COUNT_OF(codes));
	t->nodes[t->count] =
		(struct count_node){ parent, text_of(division), text_of(codes[code]), 0 };
	return t->count++;
}

void test_leaves(struct test_table *t, const uint64_t *counts, size_t count)
{
	*t = (struct test_table){ .count = 1 };
	for (size_t i = 0; i < count; i++) {
		t->nodes[add(t, 0, "leaf", i)].count = counts[i];
		t->nodes[0].count += counts[i];
	}
}

void test_two_levels(struct test_table *t, const uint64_t *counts, size_t inner, size_t leaves)
{
	*t = (struct test_table){ .count = 1 };
	for (size_t i = 0; i < inner; i++)
		add(t, 0, "inner", i);
	for (size_t i = 0; i < inner; i++)
		for (size_t j = 0; j < leaves; j++) {
			uint64_t n = counts[i * leaves + j];

			t->nodes[add(t, (uint32_t)(1 + i), "leaf", j)].count = n;
			t->nodes[1 + i].count += n;
			t->nodes[0].count += n;
		}
}

/* --- of any shape ----------------------------------------------------------------- */

/* Cut `left` into the counts of a family. */
static void divide(struct test_table *t, struct prop *p, uint32_t parent, const char *division)
{
	uint64_t left = t->nodes[parent].count;
	size_t children = 1 + prop_pick(p, COUNT_OF(codes) - 1);

	for (size_t i = 0; i < children; i++) {
		uint64_t most = left < 12 || prop_bool(p) ? left : 12;
		uint64_t n = i + 1 == children ? left : prop_uint(p, 0, most);

		t->nodes[add(t, parent, division, i)].count = n;
		left -= n;
	}
}

void test_any(struct test_table *t, struct prop *p)
{
	*t = (struct test_table){ .count = 1 };
	t->nodes[0].count = prop_uint(p, 0, prop_bool(p) ? 60 : 1000000);
	for (uint32_t parent = 0; parent < 30 && parent < t->count; parent++) {
		if (parent && !prop_bool(p))
			continue;
		divide(t, p, parent, "first");
		if (prop_bool(p))
			divide(t, p, parent, "second");
	}
}

void test_round(struct test_table *t, const struct test_key *key)
{
	struct round_draw draw = { bytes_of(key->at, sizeof(key->at)), TEXT("2026-W41"),
				   TEXT("return.spontaneous") };
	struct arena *a = NULL;
	struct fault f = { 0 };

	CHECK(!arena_new(&a, 1 << 20));
	CHECK(!round_table(t->published, &draw, t->nodes, t->count, a, &f));
	arena_free(a);
}
