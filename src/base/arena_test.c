#include "base/arena.h"

#include "base/prop.h"

static struct arena *new_arena(size_t limit)
{
	struct arena *a = NULL;

	CHECK(!arena_new(&a, limit));
	return a;
}

TEST(an_arena_gives_no_more_than_its_limit)
{
	struct arena *a = new_arena(100);

	CHECK(arena_take(a, 64));
	CHECK(!arena_take(a, 64));
	CHECK(arena_take(a, 16));
	CHECK_INT(arena_used(a), 80);
	CHECK(!arena_take(a, SIZE_MAX));
	CHECK(!arena_take(a, SIZE_MAX - 8));
	arena_free(a);
}

TEST(a_product_that_overflows_gives_nothing)
{
	struct arena *a = new_arena(SIZE_MAX);

	CHECK(!arena_take_array(a, SIZE_MAX / 2, 3));
	CHECK(arena_take_array(a, 3, 5));
	arena_free(a);
}

TEST(a_reset_arena_gives_zeroes_again)
{
	struct arena *a = new_arena(1 << 20);
	char *first = arena_take(a, 1000), *again;

	memset(first, 'x', 1000);
	for (int i = 0; i < 100; i++)
		CHECK(arena_take(a, 5000));
	arena_reset(a);
	CHECK_INT(arena_used(a), 0);
	again = arena_take(a, 1000);
	for (int i = 0; i < 1000; i++)
		CHECK_INT(again[i], 0);
	arena_free(a);
}

TEST(text_is_copied_with_a_zero_behind_it)
{
	struct arena *a = new_arena(1 << 20);
	struct text t = arena_copy_text(a, (struct text){ "withdrawn", 4 });

	CHECK_TEXT(t, "with");
	CHECK_INT(t.at[4], 0);
	CHECK(arena_copy_text(a, (struct text){ NULL, 0 }).at);
	CHECK_TEXT(arena_print(a, "%d of %s", 3, "12"), "3 of 12");
	arena_free(a);
}

TEST(where_memory_ends_text_is_null)
{
	struct arena *a = new_arena(16);

	CHECK(!arena_print(a, "%s", "seventeen letters").at);
	CHECK(!arena_copy_text(a, TEXT("seventeen letters")).at);
	arena_free(a);
	arena_free(NULL);
}

/* Pieces are aligned, zero, and none touches another. */
static void pieces_are_apart(struct prop *p)
{
	struct arena *a = new_arena(1 << 20);
	unsigned char *pieces[64];
	size_t sizes[64], count = 0;

	while (!prop_end(p) && count < 64) {
		if (prop_uint(p, 0, 15) == 0) {
			arena_reset(a);
			count = 0;
		}
		sizes[count] = (size_t)prop_uint(p, 0, 9000);
		pieces[count] = arena_take(a, sizes[count]);
		CHECK(pieces[count] && (uintptr_t)pieces[count] % 16 == 0);
		for (size_t i = 0; i < sizes[count]; i++)
			CHECK(pieces[count][i] == 0);
		memset(pieces[count], (int)count + 1, sizes[count]);
		count++;
	}
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < sizes[i]; j++)
			CHECK(pieces[i][j] == i + 1);
	arena_free(a);
}

TEST(no_two_pieces_share_a_byte)
{
	prop_run(pieces_are_apart, 50, 2);
}

TEST(an_arena_remembers_that_it_was_short_until_it_is_emptied)
{
	struct arena *a;

	CHECK_INT(arena_new(&a, 1000), OK);
	CHECK(arena_take(a, 900) && !arena_was_short(a));
	CHECK(!arena_take(a, 200) && arena_was_short(a));
	CHECK(arena_take(a, 16) && arena_was_short(a));
	arena_reset(a);
	CHECK(!arena_was_short(a));
	CHECK(!arena_copy_text(a, (struct text){ "", SIZE_MAX - 1 }).at && arena_was_short(a));
	arena_free(a);
}

TEST(an_arena_in_room_of_the_callers_gives_that_and_no_more)
{
	_Alignas(max_align_t) unsigned char room[1024];
	struct arena *a = arena_in(room, sizeof(room));
	unsigned char *piece;

	for (int round = 0; round < 2; round++) {
		piece = arena_take(a, 900);
		CHECK(piece && piece > room && piece + 900 <= room + sizeof(room));
		for (size_t i = 0; i < 900; i++)
			CHECK(piece[i] == 0);
		memset(piece, 'x', 900);
		CHECK(!arena_take(a, 100));
		arena_reset(a);
	}
	piece = arena_take(a, 900);
	memset(piece, 'x', 900);
	arena_free(a);
	for (size_t i = 0; i < 900; i++)
		CHECK(piece[i] == 0);
}

TEST(a_reserved_block_counts_for_nothing_until_it_is_taken_and_outlives_a_reset)
{
	struct arena *a = NULL;
	unsigned char *first, *again;

	CHECK_INT(arena_new(&a, 100000), OK);
	CHECK_INT(arena_reserve(a, 50000), OK);
	CHECK_INT(arena_used(a), 0);
	first = arena_take(a, 40000);
	memset(first, 'x', 40000);
	arena_reset(a);
	again = arena_take(a, 40000);
	CHECK(again == first);
	for (size_t i = 0; i < 40000; i++)
		CHECK(again[i] == 0);
	arena_free(a);
}

RUN_TESTS()
