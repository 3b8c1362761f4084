#include "base/buffer.h"

#include "base/prop.h"

TEST(what_is_added_stands_in_order)
{
	struct buffer b = { 0 };

	buffer_text(&b, TEXT("seat "));
	buffer_print(&b, "%d", 12);
	buffer_byte(&b, '.');
	buffer_add(&b, bytes_of(NULL, 0));
	CHECK_TEXT(buffer_as_text(&b), "seat 12.");
	CHECK(!buffer_end(&b, NULL));
	buffer_free(&b);
	CHECK_INT(b.size, 0);
}

TEST(a_full_buffer_remembers_that_and_keeps_what_it_has)
{
	struct buffer b = { .limit = 8 };
	struct fault f;

	buffer_text(&b, TEXT("12345678"));
	CHECK(!buffer_end(&b, NULL));
	buffer_text(&b, TEXT("9"));
	CHECK_FAULT(buffer_end(&b, &f), ERR_LIMIT, &f, "memory.too-large");
	CHECK_TEXT(f.values[0], "8");
	buffer_cut(&b, 4);
	buffer_text(&b, TEXT("x"));
	CHECK_TEXT(buffer_as_text(&b), "1234");
	buffer_reset(&b);
	buffer_text(&b, TEXT("x"));
	CHECK_TEXT(buffer_as_text(&b), "x");
	buffer_free(&b);
}

TEST(a_cut_buffer_does_not_keep_what_was_cut)
{
	struct buffer b = { 0 };

	buffer_text(&b, TEXT("ZARMINA"));
	buffer_cut(&b, 3);
	CHECK(memcmp(b.at, "ZAR\0\0\0\0", 7) == 0);
	buffer_free(&b);
}

/* Against the plainest thing that could be right: one large array. */
static void a_buffer_is_an_array(struct prop *p)
{
	struct buffer b = { .limit = (size_t)prop_uint(p, 1, 5000) };
	char *model = arena_take(p->arena, 6000);
	size_t size = 0;
	bool full = false;

	while (!prop_end(p)) {
		struct bytes piece = prop_bytes(p, 300);

		full = full || piece.size > b.limit - size;
		buffer_add(&b, piece);
		if (!full && piece.size) {
			memcpy(model + size, piece.at, piece.size);
			size += piece.size;
		}
		CHECK_INT(b.err, full ? ERR_LIMIT : OK);
		CHECK(bytes_same(buffer_bytes(&b), bytes_of(model, size)));
	}
	buffer_free(&b);
}

TEST(a_buffer_grows_up_to_its_limit_exactly)
{
	prop_run(a_buffer_is_an_array, 300, 3);
}

RUN_TESTS()
