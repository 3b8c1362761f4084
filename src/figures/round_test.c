#include "figures/figures_testing.h"

#include "base/test.h"

static uint64_t distance(uint64_t a, uint64_t b)
{
	return a < b ? b - a : a - b;
}

/* What each division of `parent` adds up to, held against it. */
static void divisions_add_up(const struct test_table *t, size_t parent)
{
	for (size_t i = 1; i < t->count; i++) {
		struct text division = t->nodes[i].division;
		uint64_t sum = 0;

		if (t->nodes[i].parent != parent)
			continue;
		for (size_t k = 1; k < t->count; k++)
			if (t->nodes[k].parent == parent &&
			    text_same(t->nodes[k].division, division))
				sum += t->published[k];
		CHECK_INT(sum, t->published[parent]);
	}
}

static void a_table_is_rounded_well(struct prop *p)
{
	struct test_table t;
	struct test_key key;
	uint64_t once[TESTED_NODES_MAX];

	prop_fill(p, key.at, sizeof(key.at));
	test_any(&t, p);
	test_round(&t, &key);
	for (size_t i = 0; i < t.count; i++) {
		CHECK_INT(t.published[i] % ROUND_BASE, 0);
		CHECK(distance(t.published[i], t.nodes[i].count) < ROUND_BASE);
		CHECK(t.nodes[i].count || !t.published[i]);
		divisions_add_up(&t, i);
	}
	memcpy(once, t.published, sizeof(once));
	test_round(&t, &key);
	CHECK(!memcmp(once, t.published, sizeof(once)));
}

TEST(every_number_is_a_multiple_of_five_within_four_of_the_truth_and_adds_up)
{
	prop_run(a_table_is_rounded_well, 400, 5);
}

TEST(a_number_without_a_rest_is_published_as_it_is)
{
	const uint64_t counts[] = { 0, 5, 40, 1005 };
	struct test_table t;

	test_leaves(&t, counts, COUNT_OF(counts));
	for (uint64_t n = 0; n < 50; n++) {
		struct test_key key = test_key(n);

		test_round(&t, &key);
		for (size_t i = 0; i < t.count; i++)
			CHECK_INT(t.published[i], t.nodes[i].count);
	}
}

/* A message is never cut in two ways: who is named "ab" in "c" draws apart from "a" in "bc". */
TEST(tables_of_two_events_or_two_weeks_are_drawn_apart)
{
	const uint64_t counts[] = { 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4 };
	struct round_draw draws[] = { { .release = TEXT("ab"), .event = TEXT("c") },
				      { .release = TEXT("a"), .event = TEXT("bc") } };
	struct test_key key = test_key(1);
	struct test_table t[2];
	struct arena *a = NULL;
	struct fault f = { 0 };

	CHECK(!arena_new(&a, 1 << 20));
	for (size_t i = 0; i < 2; i++) {
		draws[i].key = bytes_of(key.at, sizeof(key.at));
		test_leaves(&t[i], counts, COUNT_OF(counts));
		CHECK(!round_table(t[i].published, &draws[i], t[i].nodes, t[i].count, a, &f));
	}
	CHECK(memcmp(t[0].published, t[1].published, sizeof(t[0].published)));
	arena_free(a);
}

/*
 * The draws are written down here a second time, by hand, for one table: a later version
 * must give the same numbers for the same key, or what it publishes again is another table.
 */
TEST(the_numbers_of_a_key_never_change)
{
	const uint64_t counts[] = { 0, 2, 4, 7, 1, 3, 8, 9, 12, 6, 11, 1 };
	const uint64_t wanted[] = { 65, 10, 25, 30, 0, 0, 0, 10, 0, 5, 10, 10, 15, 5, 10, 0 };
	struct test_key key = test_key(20261);
	struct test_table t;

	test_two_levels(&t, counts, 3, 4);
	test_round(&t, &key);
	CHECK_INT(t.count, COUNT_OF(wanted));
	for (size_t i = 0; i < t.count; i++)
		CHECK_INT(t.published[i], wanted[i]);
}

TEST(what_does_not_fit_its_memory_is_no_table)
{
	const uint64_t counts[] = { 1, 2 };
	struct test_key key = test_key(1);
	struct round_draw draw = { .key = bytes_of(key.at, sizeof(key.at)) };
	struct test_table t;
	struct arena *a = NULL;
	struct fault f;

	CHECK(!arena_new(&a, 64));
	test_leaves(&t, counts, COUNT_OF(counts));
	CHECK_FAULT(round_table(t.published, &draw, t.nodes, t.count, a, &f), ERR_MEMORY, &f,
		    "figures.no-memory");
	arena_free(a);
}

TEST(counts_that_do_not_add_up_are_a_mistake)
{
	const uint64_t counts[] = { 1, 2 };
	struct test_key key = test_key(1);
	struct test_table t;

	test_leaves(&t, counts, COUNT_OF(counts));
	t.nodes[0].count++;
	CHECK_ASSERTS(test_round(&t, &key));
}

RUN_TESTS()
