#include "base/err.h"

#include "base/test.h"

TEST(a_fault_keeps_its_values_in_order)
{
	struct fault f = { 0 };

	CHECK_INT(fault(&f, ERR_INPUT, "date.no-such-day", "birth", 31, -7L, UINT64_MAX), ERR_INPUT);
	CHECK_INT(f.err, ERR_INPUT);
	CHECK_TEXT(f.key, "date.no-such-day");
	CHECK_INT(f.value_count, 4);
	CHECK_TEXT(f.values[0], "birth");
	CHECK_TEXT(f.values[1], "31");
	CHECK_TEXT(f.values[2], "-7");
	CHECK_TEXT(f.values[3], "18446744073709551615");
}

TEST(the_first_fault_is_the_one_that_stays)
{
	struct fault f = { 0 };

	CHECK_INT(fault(&f, ERR_IO, "file.failed", "log"), ERR_IO);
	CHECK_INT(fault(&f, ERR_DEAD, "memory.none"), ERR_DEAD);
	CHECK_INT(f.err, ERR_IO);
	CHECK_TEXT(f.key, "file.failed");
	CHECK_INT(f.value_count, 1);
}

TEST(nobody_has_to_listen_to_a_fault)
{
	CHECK_INT(fault(NULL, ERR_FULL, "file.disk-full", "x"), ERR_FULL);
}

TEST(a_long_value_is_cut_at_a_whole_character)
{
	char long_value[2 * FAULT_VALUE_SIZE + 1] = { 0 };
	struct fault f = { 0 };

	for (size_t i = 0; i < FAULT_VALUE_SIZE; i++)
		memcpy(long_value + 2 * i, "ی", 2);
	CHECK_INT(fault(&f, ERR_INPUT, "x.y", (const char *)long_value), ERR_INPUT);
	CHECK_INT(strlen(f.values[0]), (FAULT_VALUE_SIZE - 1) / 2 * 2);
	CHECK(memcmp(f.values[0], long_value, strlen(f.values[0])) == 0);
}

TEST(a_value_cannot_drive_the_terminal_or_turn_the_line_around)
{
	struct fault f = { 0 };

	CHECK_INT(fault(&f, ERR_INPUT, "x.y", TEXT("a\x1b[2J\nb"), TEXT("\xe2\x80\xaeten"), TEXT("\xff")),
		  ERR_INPUT);
	CHECK_TEXT(f.values[0], "a\xef\xbf\xbd[2J\xef\xbf\xbd" "b");
	CHECK_TEXT(f.values[1], "\xef\xbf\xbdten");
	CHECK_TEXT(f.values[2], "\xef\xbf\xbd");
}

RUN_TESTS()
