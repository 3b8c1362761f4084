/* RFC 6238, appendix B: the table of mode SHA1. */
#include "base/test.h"
#include "base/vectors_testing.h"
#include "register/inside.h"

#define ROWS 6

TEST(the_digits_are_those_of_rfc_6238)
{
	static const char secret[] = "12345678901234567890";
	struct text row[3];
	struct vectors v;

	vectors_open(&v, "tests/vectors/totp/sha1.tsv");
	while (vectors_next(&v, row, COUNT_OF(row))) {
		uint64_t step = vectors_number(row[0]) / 30, step_told = 0;
		struct bytes told = vectors_hex(&v, row[1]);
		char code[TOTP_CODE_SIZE];

		for (size_t i = 0; i < told.size; i++)
			step_told = step_told << 8 | told.at[i];
		CHECK_INT(step, step_told);
		CHECK(totp_code(code, bytes_of(secret, 20), step));
		CHECK_INT(row[2].size, 8);
		CHECK(!memcmp(code, row[2].at + 2, 6));
	}
	vectors_close(&v, ROWS);
}

RUN_TESTS()
