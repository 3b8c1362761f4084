#include "base/cbor.h"

#include <cbor.h>
#include <stdlib.h>

#include "base/prop.h"

/* --- RFC 8949, Appendix A, what of it we take ------------------------------------------ */

static void check_written(const struct buffer *b, const char *hex)
{
	char *is = calloc(1, 2 * b->size + 1);

	CHECK(is);
	hex_write(is, buffer_bytes(b));
	CHECK_TEXT(is, hex);
	free(is);
}

TEST(numbers_are_written_as_in_appendix_a)
{
	static const struct {
		uint64_t n;
		const char *hex;
	} cases[] = {
		{ 0, "00" }, { 1, "01" }, { 10, "0a" }, { 23, "17" }, { 24, "1818" },
		{ 25, "1819" }, { 100, "1864" }, { 1000, "1903e8" }, { 1000000, "1a000f4240" },
		{ 1000000000000, "1b000000e8d4a51000" },
		{ UINT64_MAX, "1bffffffffffffffff" },
		{ 255, "18ff" }, { 256, "190100" }, { 65535, "19ffff" }, { 65536, "1a00010000" },
		{ UINT32_MAX, "1affffffff" }, { UINT64_C(1) << 32, "1b0000000100000000" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct buffer b = { 0 };
		struct cbor_reader r;

		cbor_write_uint(&b, cases[i].n);
		check_written(&b, cases[i].hex);
		cbor_begin(&r, buffer_bytes(&b));
		CHECK(cbor_read_uint(&r, UINT64_MAX) == cases[i].n);
		CHECK(!cbor_end(&r, NULL));
		buffer_free(&b);
	}
}

TEST(negative_numbers_are_written_as_in_appendix_a)
{
	static const struct {
		int64_t n;
		const char *hex;
	} cases[] = {
		{ -1, "20" }, { -10, "29" }, { -100, "3863" }, { -1000, "3903e7" },
		{ INT64_MIN, "3b7fffffffffffffff" }, { INT64_MAX, "1b7fffffffffffffff" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct buffer b = { 0 };
		struct cbor_reader r;

		cbor_write_int(&b, cases[i].n);
		check_written(&b, cases[i].hex);
		cbor_begin(&r, buffer_bytes(&b));
		CHECK_INT(cbor_read_int(&r, INT64_MIN, INT64_MAX), cases[i].n);
		CHECK(!cbor_end(&r, NULL));
		buffer_free(&b);
	}
}

TEST(strings_and_simple_values_are_written_as_in_appendix_a)
{
	struct buffer b = { 0 };

	cbor_write_array(&b, 11);
	cbor_write_bool(&b, false);
	cbor_write_bool(&b, true);
	cbor_write_null(&b);
	cbor_write_bytes(&b, bytes_of(NULL, 0));
	cbor_write_bytes(&b, bytes_of("\x01\x02\x03\x04", 4));
	cbor_write_text(&b, TEXT(""));
	cbor_write_text(&b, TEXT("IETF"));
	cbor_write_text(&b, TEXT("\"\\"));
	cbor_write_text(&b, TEXT("ü"));
	cbor_write_text(&b, TEXT("水"));
	cbor_write_text(&b, TEXT("𐅑"));
	check_written(&b, "8bf4f5f640440102030460644945544662225c62c3bc63e6b0b464f0908591");
	buffer_free(&b);
}

static struct bytes from_hex(uint8_t *out, size_t room, const char *hex)
{
	size_t size = strlen(hex) / 2;

	CHECK(size <= room && hex_read(out, size, text_of(hex)));
	return bytes_of(out, size);
}

TEST(arrays_and_maps_of_appendix_a_are_read)
{
	static const char *const good[] = {
		"80", "83010203", "8301820203820405",
		"98190102030405060708090a0b0c0d0e0f101112131415161718181819",
		"a0", "a201020304", "a26161016162820203", "826161a161626163",
		"a56161614161626142616361436164614461656145", "40", "4401020304", "f4", "f5", "f6",
	};

	for (size_t i = 0; i < COUNT_OF(good); i++) {
		uint8_t memory[64];
		struct bytes b = from_hex(memory, sizeof(memory), good[i]), raw;
		struct cbor_reader r;

		cbor_begin(&r, b);
		raw = cbor_skip_raw(&r);
		CHECK(!cbor_end(&r, NULL));
		CHECK(bytes_same(raw, b));
	}
}

/* --- what is not taken ------------------------------------------------------------------ */

TEST(what_is_not_the_one_encoding_is_refused_where_it_stands)
{
	static const struct {
		const char *hex, *key, *at;
	} cases[] = {
		{ "", "cbor.ends-early", "0" },
		{ "18", "cbor.ends-early", "1" },
		{ "1900", "cbor.ends-early", "1" },
		{ "44010203", "cbor.ends-early", "1" },
		{ "8301", "cbor.ends-early", "1" },
		{ "830102", "cbor.ends-early", "1" },
		{ "8281818101", "cbor.ends-early", "5" },
		{ "a101", "cbor.ends-early", "1" },
		{ "9bffffffffffffffff", "cbor.ends-early", "9" },
		{ "bb8000000000000000", "cbor.ends-early", "9" },
		{ "5bffffffffffffffff00", "cbor.ends-early", "9" },
		{ "0000", "cbor.more-behind", "1" },
		{ "1817", "cbor.not-shortest", "1" },
		{ "1900ff", "cbor.not-shortest", "1" },
		{ "1a0000ffff", "cbor.not-shortest", "1" },
		{ "1b00000000ffffffff", "cbor.not-shortest", "1" },
		{ "5800", "cbor.not-shortest", "1" },
		{ "980101", "cbor.not-shortest", "1" },
		{ "1c", "cbor.not-taken", "0" },
		{ "9f01ff", "cbor.not-taken", "0" },
		{ "bf6161019fff", "cbor.not-taken", "0" },
		{ "5f4100ff", "cbor.not-taken", "0" },
		{ "7f6161ff", "cbor.not-taken", "0" },
		{ "ff", "cbor.not-taken", "0" },
		{ "c11a514b67b0", "cbor.not-taken", "0" },
		{ "f7", "cbor.not-taken", "0" },
		{ "f0", "cbor.not-taken", "0" },
		{ "f814", "cbor.not-taken", "0" },
		{ "f90000", "cbor.not-taken", "0" },
		{ "fb3ff199999999999a", "cbor.not-taken", "0" },
		{ "61ff", "cbor.not-utf8", "1" },
		{ "62c328", "cbor.not-utf8", "1" },
		{ "63eda080", "cbor.not-utf8", "1" },
		{ "a201010101", "cbor.key-order", "3" },
		{ "a202010101", "cbor.key-order", "3" },
		{ "a2616201616101", "cbor.key-order", "4" },
		{ "a262616101616201", "cbor.key-order", "5" },
		{ "a18001", "cbor.key-sort", "1" },
		{ "a1f401", "cbor.key-sort", "1" },
		{ "81818181818181818101", "cbor.too-deep", "9" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		uint8_t memory[32];
		struct cbor_reader r;
		struct fault f = { 0 };

		cbor_begin(&r, from_hex(memory, sizeof(memory), cases[i].hex));
		(void)cbor_skip_raw(&r);
		if (cbor_end(&r, &f) != ERR_DAMAGED || strcmp(f.key, cases[i].key) != 0 ||
		    strcmp(f.values[0], cases[i].at) != 0)
			check_failed(__FILE__, __LINE__, "%s: %s at %s", cases[i].hex,
				     f.key ? f.key : "taken", f.values[0]);
	}
}

TEST(eight_levels_are_taken)
{
	struct cbor_reader r;

	cbor_begin(&r, bytes_of("\x81\x81\x81\x81\x81\x81\x81\x81\x01", 9));
	CHECK_INT(cbor_skip_raw(&r).size, 9);
	CHECK(!cbor_end(&r, NULL));
	/* An empty one takes no level. */
	cbor_begin(&r, bytes_of("\x81\x81\x81\x81\x81\x81\x81\x81\x80", 9));
	CHECK_INT(cbor_skip_raw(&r).size, 9);
	CHECK(!cbor_end(&r, NULL));
}

TEST(the_reader_keeps_its_first_error_and_gives_zeros)
{
	struct cbor_reader r;
	struct fault f;
	uint8_t fixed[2] = { 9, 9 };

	cbor_begin(&r, bytes_of("\x82\x05\x07", 3));
	r.blame = ERR_INPUT;
	CHECK_INT(cbor_read_array(&r, 2), 2);
	CHECK_INT(cbor_read_text(&r, 10).size, 0);
	CHECK_INT(cbor_read_uint(&r, 10), 0);
	CHECK_INT(cbor_peek(&r), CBOR_NOTHING);
	CHECK(!cbor_read_bool(&r));
	cbor_read_fixed(&r, fixed, 2);
	CHECK(fixed[0] == 0 && fixed[1] == 0);
	cbor_fail(&r);
	CHECK_FAULT(cbor_end(&r, &f), ERR_INPUT, &f, "cbor.other-sort");
	CHECK_TEXT(f.values[0], "1");
}

TEST(values_out_of_bounds_are_refused)
{
	struct cbor_reader r;
	struct fault f;

	cbor_begin(&r, bytes_of("\x0b", 1));
	CHECK_INT(cbor_read_uint(&r, 10), 0);
	CHECK_FAULT(cbor_end(&r, &f), ERR_DAMAGED, &f, "cbor.out-of-bounds");
	cbor_begin(&r, bytes_of("\x2a", 1));
	CHECK_INT(cbor_read_int(&r, -10, 0), 0);
	CHECK_FAULT(cbor_end(&r, &f), ERR_DAMAGED, &f, "cbor.out-of-bounds");
	cbor_begin(&r, bytes_of("\x3b\x80\x00\x00\x00\x00\x00\x00\x00", 9));
	CHECK_INT(cbor_read_int(&r, INT64_MIN, INT64_MAX), 0);
	CHECK_FAULT(cbor_end(&r, &f), ERR_DAMAGED, &f, "cbor.out-of-bounds");
	cbor_begin(&r, bytes_of("\x43" "abc", 4));
	CHECK_INT(cbor_read_bytes(&r, 2).size, 0);
	CHECK_FAULT(cbor_end(&r, &f), ERR_DAMAGED, &f, "cbor.out-of-bounds");
	cbor_begin(&r, bytes_of("\x82\x01\x01", 3));
	CHECK_INT(cbor_read_array(&r, 1), 0);
	CHECK_FAULT(cbor_end(&r, &f), ERR_DAMAGED, &f, "cbor.out-of-bounds");
	cbor_begin(&r, bytes_of("\xf6", 1));
	CHECK(!cbor_read_bool(&r));
	CHECK_FAULT(cbor_end(&r, &f), ERR_DAMAGED, &f, "cbor.other-sort");
}

TEST(unknown_fields_come_out_again_byte_for_byte)
{
	/* {1: true, 7: [1, {"a": null}], 9: 2} of which only 1 and 9 are known. */
	static const uint8_t all[] = { 0xa3, 0x01, 0xf5, 0x07, 0x82, 0x01, 0xa1, 0x61, 'a', 0xf6,
				       0x09, 0x02 };
	struct cbor_reader r;
	struct bytes raw;

	cbor_begin(&r, bytes_of(all, sizeof(all)));
	CHECK_INT(cbor_read_map(&r, 10), 3);
	CHECK_INT(cbor_read_uint(&r, 100), 1);
	CHECK(cbor_read_bool(&r));
	CHECK_INT(cbor_read_uint(&r, 100), 7);
	CHECK_INT(cbor_peek(&r), CBOR_ARRAY);
	raw = cbor_skip_raw(&r);
	CHECK(bytes_same(raw, bytes_of(all + 4, 6)));
	CHECK_INT(cbor_read_uint(&r, 100), 9);
	CHECK_INT(cbor_read_uint(&r, 100), 2);
	CHECK(!cbor_end(&r, NULL));
}

TEST(a_checked_map_is_a_map)
{
	struct buffer b = { 0 };
	struct cbor_map m;

	cbor_map_begin(&m, &b, 3);
	cbor_map_key_uint(&m, 2);
	cbor_write_null(&b);
	cbor_map_key_uint(&m, 300);
	cbor_write_text(&b, TEXT("x"));
	cbor_map_key_text(&m, TEXT("a"));
	cbor_write_uint(&b, 1);
	cbor_map_end(&m);
	check_written(&b, "a302f619012c6178616101");
	buffer_free(&b);
}

static void write_keys(uint64_t first, uint64_t second, uint64_t count)
{
	struct buffer b = { 0 };
	struct cbor_map m;

	cbor_map_begin(&m, &b, count);
	cbor_map_key_uint(&m, first);
	cbor_write_null(&b);
	cbor_map_key_uint(&m, second);
	cbor_write_null(&b);
	cbor_map_end(&m);
	buffer_free(&b);
}

TEST(a_checked_map_stops_at_keys_out_of_order_or_count)
{
	write_keys(1, 2, 2);
	CHECK_ASSERTS(write_keys(2, 1, 2));
	CHECK_ASSERTS(write_keys(1, 1, 2));
	CHECK_ASSERTS(write_keys(1, 2, 1));
	CHECK_ASSERTS(write_keys(1, 2, 3));
}

/* --- properties ------------------------------------------------------------------------- */

/* A random item of our subset; maps get keys that rise. */
static void write_any(struct prop *p, struct buffer *b, unsigned depth)
{
	size_t sort = prop_pick(p, depth < CBOR_DEPTH_MAX ? 8 : 6);
	uint64_t count, key = 0;

	switch (sort) {
	case 0:
		cbor_write_uint(b, prop_uint(p, 0, UINT64_MAX));
		return;
	case 1:
		cbor_write_int(b, prop_int(p, INT64_MIN, INT64_MAX));
		return;
	case 2:
		cbor_write_bytes(b, prop_bytes(p, 300));
		return;
	case 3:
		cbor_write_text(b, prop_text(p, 300));
		return;
	case 4:
		cbor_write_bool(b, prop_bool(p));
		return;
	case 5:
		cbor_write_null(b);
		return;
	default:
		break;
	}
	count = prop_uint(p, 0, 30) / (depth + 1);
	if (sort == 6)
		cbor_write_array(b, count);
	else
		cbor_write_map(b, count);
	for (uint64_t i = 0; i < count; i++) {
		if (sort == 7) {
			key += prop_uint(p, 1, 100000);
			cbor_write_uint(b, key);
		}
		write_any(p, b, depth + 1);
	}
}

/* What the reader sees, written again. */
static void copy_any(struct cbor_reader *r, struct buffer *b)
{
	uint64_t count;
	int64_t n;

	switch (cbor_peek(r)) {
	case CBOR_UINT:
		cbor_write_uint(b, cbor_read_uint(r, UINT64_MAX));
		return;
	case CBOR_NEGATIVE:
		n = cbor_read_int(r, INT64_MIN, -1);
		cbor_write_int(b, n);
		return;
	case CBOR_BYTES:
		cbor_write_bytes(b, cbor_read_bytes(r, SIZE_MAX));
		return;
	case CBOR_TEXT:
		cbor_write_text(b, cbor_read_text(r, SIZE_MAX));
		return;
	case CBOR_BOOL:
		cbor_write_bool(b, cbor_read_bool(r));
		return;
	case CBOR_NULL:
		cbor_read_null(r);
		cbor_write_null(b);
		return;
	case CBOR_ARRAY:
		count = cbor_read_array(r, UINT64_MAX);
		cbor_write_array(b, count);
		for (uint64_t i = 0; i < count && !r->err; i++)
			copy_any(r, b);
		return;
	case CBOR_MAP:
		count = cbor_read_map(r, UINT64_MAX);
		cbor_write_map(b, count);
		for (uint64_t i = 0; i < 2 * count && !r->err; i++)
			copy_any(r, b);
		return;
	case CBOR_NOTHING:
		cbor_fail(r);
		return;
	}
}

static bool libcbor_agrees(struct bytes b)
{
	struct cbor_load_result result;
	cbor_item_t *item = cbor_load(b.at, b.size, &result);
	unsigned char *again = NULL;
	size_t room = 0, size;
	bool same;

	if (!item)
		return false;
	size = cbor_serialize_alloc(item, &again, &room);
	same = result.read == b.size && bytes_same(bytes_of(again, size), b);
	free(again);
	cbor_decref(&item);
	return same;
}

static void what_is_written_is_read(struct prop *p)
{
	struct buffer b = { 0 }, again = { 0 };
	struct cbor_reader r;

	write_any(p, &b, 0);
	CHECK(!buffer_end(&b, NULL));
	cbor_begin(&r, buffer_bytes(&b));
	copy_any(&r, &again);
	CHECK(!cbor_end(&r, NULL));
	CHECK(bytes_same(buffer_bytes(&b), buffer_bytes(&again)));
	CHECK(libcbor_agrees(buffer_bytes(&b)));
	buffer_free(&b);
	buffer_free(&again);
}

TEST(any_item_survives_and_libcbor_reads_the_same)
{
	prop_run(what_is_written_is_read, 3000, 10);
}

/* Whatever bytes are taken, there is no second way to write what they say. */
static void what_is_taken_is_the_one_encoding(struct prop *p)
{
	struct bytes b = prop_rest(p);
	struct buffer again = { 0 };
	struct cbor_reader r;

	cbor_begin(&r, b);
	copy_any(&r, &again);
	if (!cbor_end(&r, NULL)) {
		CHECK(bytes_same(b, buffer_bytes(&again)));
		CHECK(libcbor_agrees(b));
		cbor_begin(&r, b);
		CHECK(bytes_same(cbor_skip_raw(&r), b));
		CHECK(!cbor_end(&r, NULL));
	}
	buffer_free(&again);
}

/* A good item with one byte changed is closer to good than random bytes. */
static void a_changed_byte_is_seen_or_means_something_else(struct prop *p)
{
	struct buffer b = { 0 };
	size_t at;

	write_any(p, &b, 0);
	at = (size_t)prop_uint(p, 0, b.size - 1);
	b.at[at] ^= (uint8_t)prop_uint(p, 1, 255);
	prop_run_bytes(what_is_taken_is_the_one_encoding, buffer_bytes(&b));
	buffer_free(&b);
}

TEST(bytes_that_are_taken_have_one_meaning_and_meanings_one_encoding)
{
	prop_run(what_is_taken_is_the_one_encoding, 3000, 11);
	prop_run(a_changed_byte_is_seen_or_means_something_else, 5000, 12);
}

PROP_FUZZ(1, what_is_taken_is_the_one_encoding)
PROP_FUZZ(2, a_changed_byte_is_seen_or_means_something_else)
PROP_FUZZ(3, what_is_written_is_read)
RUN_TESTS()
