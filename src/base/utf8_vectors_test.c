/*
 * Markus Kuhn's stress test, every neighbour of every bound of the Unicode Standard's
 * table 3-7, and utf8proc's decoder beside ours.
 */
#include "base/utf8.h"

#include <utf8proc.h>

#include "base/test.h"
#include "base/vectors_testing.h"

static void check_characters(struct vectors *v, struct text bytes, struct text characters)
{
	struct text word;
	uint32_t c;

	while (vectors_word(&characters, &word)) {
		uint32_t wanted = 0;

		for (size_t i = 0; i < word.size; i++)
			wanted =
				wanted << 4 | (uint32_t)(word.at[i] <= '9' ? word.at[i] - '0'
									   : word.at[i] - 'a' + 10);
		CHECK(utf8_next(&bytes, &c));
		if (c != wanted)
			check_failed(__FILE__, __LINE__, "case %zu: U+%04X", v->count, c);
	}
	CHECK(!utf8_next(&bytes, &c));
}

TEST(the_stress_test_is_passed)
{
	struct text fields[4];
	size_t valid = 0;
	struct vectors v;

	vectors_open(&v, "tests/vectors/utf8/stress.tsv");
	while (vectors_next(&v, fields, COUNT_OF(fields))) {
		struct bytes b = vectors_hex(&v, fields[2]);
		struct text t = { (const char *)b.at, b.size };
		bool wanted = text_is(fields[1], "valid");

		if (utf8_valid(t) != wanted)
			check_failed(__FILE__, __LINE__, "%.*s", SHOWN(fields[0]));
		if (wanted)
			check_characters(&v, t, fields[3]);
		valid += wanted;
	}
	CHECK_INT(valid, 78);
	vectors_close(&v, 142);
}

/* --- table 3-7 ------------------------------------------------------------------------------ */

#define ROW_BYTES_MAX 4

/* "Well-Formed UTF-8 Byte Sequences", row by row. */
static const struct row {
	size_t size;
	struct range {
		uint8_t first, last;
	} at[ROW_BYTES_MAX];
} rows[] = {
	{ 1, { { 0x00, 0x7f } } },
	{ 2, { { 0xc2, 0xdf }, { 0x80, 0xbf } } },
	{ 3, { { 0xe0, 0xe0 }, { 0xa0, 0xbf }, { 0x80, 0xbf } } },
	{ 3, { { 0xe1, 0xec }, { 0x80, 0xbf }, { 0x80, 0xbf } } },
	{ 3, { { 0xed, 0xed }, { 0x80, 0x9f }, { 0x80, 0xbf } } },
	{ 3, { { 0xee, 0xef }, { 0x80, 0xbf }, { 0x80, 0xbf } } },
	{ 4, { { 0xf0, 0xf0 }, { 0x90, 0xbf }, { 0x80, 0xbf }, { 0x80, 0xbf } } },
	{ 4, { { 0xf1, 0xf3 }, { 0x80, 0xbf }, { 0x80, 0xbf }, { 0x80, 0xbf } } },
	{ 4, { { 0xf4, 0xf4 }, { 0x80, 0x8f }, { 0x80, 0xbf }, { 0x80, 0xbf } } },
};

/* All bounds of the table with their neighbours, and the ends of a byte. */
static const uint8_t bounds[] = {
	0x00, 0x01, 0x7e, 0x7f, 0x80, 0x81, 0x8e, 0x8f, 0x90, 0x91, 0x9e, 0x9f, 0xa0, 0xa1,
	0xbe, 0xbf, 0xc0, 0xc1, 0xc2, 0xc3, 0xde, 0xdf, 0xe0, 0xe1, 0xe2, 0xeb, 0xec, 0xed,
	0xee, 0xef, 0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xfd, 0xfe, 0xff,
};

static bool is_row(const struct row *row, const uint8_t *bytes)
{
	for (size_t i = 0; i < row->size; i++)
		if (bytes[i] < row->at[i].first || bytes[i] > row->at[i].last)
			return false;
	return true;
}

static size_t size_of_row(const uint8_t *bytes, size_t left)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].size <= left && is_row(&rows[i], bytes))
			return rows[i].size;
	return 0;
}

/* How many of `size` bytes are well-formed characters one after the other. */
static size_t by_the_table(const uint8_t *bytes, size_t size)
{
	size_t at = 0, n = 1;

	while (at < size && n) {
		n = size_of_row(bytes + at, size - at);
		at += n;
	}
	return at;
}

/* As by_the_table(), by utf8proc. */
static size_t by_utf8proc(const uint8_t *bytes, size_t size)
{
	utf8proc_ssize_t n = 1;
	utf8proc_int32_t c;
	size_t at = 0;

	while (at < size && n > 0) {
		n = utf8proc_iterate(bytes + at, (utf8proc_ssize_t)(size - at), &c);
		at += n > 0 ? (size_t)n : 0;
	}
	return at;
}

static void check_same(const uint8_t *bytes, size_t size)
{
	struct text t = { (const char *)bytes, size };
	size_t is = utf8_valid_size(t);

	if (is != by_the_table(bytes, size) || is != by_utf8proc(bytes, size))
		check_failed(__FILE__, __LINE__, "%02x %02x %02x %02x, the first %zu: %zu",
			     bytes[0], bytes[1], bytes[2], bytes[3], size, is);
}

TEST(every_sequence_of_bounds_is_what_the_table_and_utf8proc_say)
{
	for (size_t i = 0; i < COUNT_OF(bounds); i++)
		for (size_t j = 0; j < COUNT_OF(bounds); j++)
			for (size_t k = 0; k < COUNT_OF(bounds); k++)
				for (size_t l = 0; l < COUNT_OF(bounds); l++)
					check_same((uint8_t[]){ bounds[i], bounds[j], bounds[k],
								bounds[l] },
						   4);
}

TEST(every_pair_of_bytes_is_what_the_table_and_utf8proc_say)
{
	for (unsigned first = 0; first <= UINT8_MAX; first++) {
		for (unsigned second = 0; second <= UINT8_MAX; second++) {
			uint8_t bytes[4] = { (uint8_t)first, (uint8_t)second, 0x80, 0x80 };

			for (size_t size = 1; size <= 4; size++)
				check_same(bytes, size);
		}
	}
}

RUN_TESTS()
