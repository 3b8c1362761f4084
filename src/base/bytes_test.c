#include "base/prop.h"

TEST(hex_is_written_in_lower_case)
{
	char out[9];

	hex_write(out, bytes_of("\x00\x7f\xab\xff", 4));
	CHECK_TEXT(out, "007fabff");
}

TEST(hex_of_another_size_or_with_another_letter_is_refused)
{
	uint8_t out[2];

	CHECK(hex_read(out, 2, TEXT("aBcD")));
	CHECK_INT(out[0], 0xab);
	CHECK_INT(out[1], 0xcd);
	CHECK(!hex_read(out, 2, TEXT("abc")));
	CHECK(!hex_read(out, 2, TEXT("abcde")));
	CHECK(!hex_read(out, 2, TEXT("abcdef")));
	CHECK(!hex_read(out, 2, TEXT("abcg")));
	CHECK(!hex_read(out, 2, TEXT("ab d")));
}

static void hex_reads_what_it_wrote(struct prop *p)
{
	struct id id = prop_id(p), back;
	char hex[ID_HEX_SIZE + 1];

	hex_write(hex, bytes_of(id.at, ID_SIZE));
	CHECK_INT(strlen(hex), ID_HEX_SIZE);
	CHECK(hex_read(back.at, ID_SIZE, text_of(hex)));
	CHECK(id_same(&id, &back));
}

TEST(every_id_survives_hex)
{
	prop_run(hex_reads_what_it_wrote, 500, 1);
}

TEST(empty_views_are_the_same_wherever_they_look)
{
	CHECK(text_same(TEXT(""), (struct text){ NULL, 0 }));
	CHECK(bytes_same(bytes_of("x", 0), bytes_of(NULL, 0)));
	CHECK(!text_is(TEXT("stay"), "stays"));
}

TEST(only_the_ends_of_a_text_are_trimmed)
{
	CHECK_TEXT(text_trimmed(TEXT(" \t a b\n "), " \t\n"), "a b");
	CHECK_TEXT(text_trimmed(TEXT("\ta "), " "), "\ta");
	CHECK_INT(text_trimmed(TEXT("   "), " ").size, 0);
	CHECK_INT(text_trimmed((struct text){ 0 }, " ").size, 0);
	/* A zero byte ends the blanks and is none of them. */
	CHECK_INT(text_trimmed(TEXT("\0a"), " ").size, 2);
}

TEST(a_text_begins_with_its_own_front_and_with_nothing)
{
	CHECK(text_begins(TEXT("abc"), TEXT("ab")));
	CHECK(text_begins(TEXT("abc"), TEXT("abc")));
	CHECK(text_begins(TEXT("abc"), TEXT("")));
	CHECK(!text_begins(TEXT("abc"), TEXT("abcd")));
	CHECK(!text_begins(TEXT("abc"), TEXT("b")));
}

RUN_TESTS()
