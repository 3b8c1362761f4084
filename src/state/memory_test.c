/* What the rows stand on: blocks that never move, a heap, tables, numbers of facts. */
#include "base/prop.h"
#include "state/heap.h"
#include "state/trail.h"

#define BLOCKS 64

/* Each block is filled with its own byte, and found again with it. */
static bool holds(const struct heap *h, uint32_t block, size_t size, uint8_t byte)
{
	struct bytes b = heap_at(h, block);

	for (size_t i = 0; i < b.size; i++)
		if (b.at[i] != byte)
			return false;
	return b.size == size;
}

static void blocks_keep_what_they_hold(struct prop *p)
{
	uint32_t blocks[BLOCKS] = { 0 };
	size_t sizes[BLOCKS] = { 0 };
	struct heap h = { 0 };

	while (!prop_end(p)) {
		size_t n = prop_pick(p, BLOCKS);

		heap_drop(&h, blocks[n]);
		sizes[n] = prop_uint(p, 1, prop_pick(p, 50) ? 700 : 300000);
		blocks[n] = heap_take(&h, sizes[n]);
		CHECK(blocks[n]);
		CHECK(holds(&h, blocks[n], sizes[n], 0));
		memset(heap_edit(&h, blocks[n]), (int)n + 1, sizes[n]);
		for (size_t i = 0; i < BLOCKS; i++)
			CHECK(!blocks[i] || holds(&h, blocks[i], sizes[i], (uint8_t)(i + 1)));
	}
	heap_free(&h);
}

TEST(a_block_keeps_what_it_holds_until_it_is_dropped_and_comes_back_empty)
{
	prop_run(blocks_keep_what_they_hold, 25, 1);
}

TEST(what_was_dropped_is_used_again)
{
	struct heap h = { 0 };
	uint32_t blocks[100];
	uint64_t bytes;

	for (size_t round = 0; round < 200; round++) {
		for (size_t i = 0; i < COUNT_OF(blocks); i++)
			CHECK((blocks[i] = heap_take(&h, 100 + i)) != 0);
		if (round == 0)
			bytes = h.bytes;
		for (size_t i = 0; i < COUNT_OF(blocks); i++)
			heap_drop(&h, blocks[i]);
	}
	CHECK_INT(h.bytes, bytes);
	heap_free(&h);
}

TEST(items_of_chunks_stay_where_they_are)
{
	struct chunks c;
	uint32_t *first;

	chunks_init(&c, sizeof(uint32_t), 2);
	CHECK(chunks_reach(&c, 1));
	first = chunks_at(&c, 0);
	for (uint32_t i = 0; i < 1000; i++) {
		CHECK(chunks_reach(&c, i + 1));
		*(uint32_t *)chunks_at(&c, i) = i;
	}
	CHECK(first == chunks_at(&c, 0));
	for (uint32_t i = 0; i < 1000; i++)
		CHECK_INT(*(uint32_t *)chunks_at(&c, i), i);
	chunks_free(&c);
}

TEST(a_fact_is_found_by_its_place_and_its_place_by_its_number)
{
	struct fact_ref refs[200];
	uint32_t numbers[200];
	struct trail t;

	trail_init(&t);
	for (size_t i = 0; i < COUNT_OF(refs); i++) {
		refs[i] = (struct fact_ref){ .epoch = (uint32_t)(i % 3), .seq = i * i * 1000003 };
		refs[i].site.at[0] = (uint8_t)(i % 7);
		CHECK(!trail_find(&t, &refs[i]));
		CHECK((numbers[i] = trail_place(&t, &refs[i])) != 0);
		CHECK(!trail_find(&t, &refs[i])); /* placed is not known yet */
		*trail_marks(&t, numbers[i]) = TRAIL_KNOWN;
	}
	for (size_t i = 0; i < COUNT_OF(refs); i++) {
		struct fact_ref ref = trail_ref(&t, numbers[i]);

		CHECK_INT(trail_find(&t, &refs[i]), numbers[i]);
		CHECK_INT(fact_ref_compare(&ref, &refs[i]), 0);
	}
	trail_free(&t);
}

TEST(facts_in_a_row_cost_little)
{
	struct trail t;

	trail_init(&t);
	for (uint64_t seq = 0; seq < 1000000; seq++) {
		struct fact_ref ref = { .seq = seq };

		CHECK(trail_place(&t, &ref));
	}
	CHECK(trail_bytes(&t) < 6000000);
	trail_free(&t);
}

RUN_TESTS()
