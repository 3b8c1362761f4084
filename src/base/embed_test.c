#include "base/embed.h"

#include "base/test.h"

TEST(the_english_catalogue_is_in_the_program)
{
	struct bytes b = embedded("words/en.mo");

	CHECK(b.size > 100);
	CHECK(memcmp(b.at, "\xde\x12\x04\x95", 4) == 0);
	CHECK_INT(b.at[b.size], 0);
}

TEST(what_is_not_in_the_program_is_null)
{
	CHECK(!embedded("words/xx.mo").at);
	CHECK(!embedded("").at);
}

RUN_TESTS()
