/*
 * The examples of RFC 8949.  What of appendix A is in our subset is told again in the
 * diagnostic notation that the RFC gives beside it, and written again byte for byte.
 */
#include "base/cbor.h"

#include <inttypes.h>

#include "base/test.h"
#include "base/utf8.h"
#include "base/vectors_testing.h"

/* As JSON does, with all that is not ASCII in UTF-16 escapes. */
static void say_text(struct buffer *notation, struct text t)
{
	uint32_t c;

	buffer_text(notation, TEXT("\""));
	while (utf8_next(&t, &c)) {
		if (c >= 0x10000) {
			buffer_print(notation, "\\u%04x\\u%04x", 0xd7c0 + (c >> 10),
				     0xdc00 + (c & 0x3ff));
		} else if (c >= 0x80) {
			buffer_print(notation, "\\u%04x", c);
		} else {
			if (c == '"' || c == '\\')
				buffer_text(notation, TEXT("\\"));
			buffer_byte(notation, (uint8_t)c);
		}
	}
	buffer_text(notation, TEXT("\""));
}

static void say_bytes(struct buffer *notation, struct bytes b)
{
	buffer_text(notation, TEXT("h'"));
	for (size_t i = 0; i < b.size; i++)
		buffer_print(notation, "%02x", b.at[i]);
	buffer_text(notation, TEXT("'"));
}

/* One item is read, told in `notation` and written to `again`. */
static void tell(struct cbor_reader *r, struct buffer *notation, struct buffer *again)
{
	enum cbor_sort sort = cbor_peek(r);
	uint64_t count;
	struct bytes b;
	struct text t;
	int64_t n;
	bool yes;

	switch (sort) {
	case CBOR_UINT:
		count = cbor_read_uint(r, UINT64_MAX);
		buffer_print(notation, "%" PRIu64, count);
		cbor_write_uint(again, count);
		return;
	case CBOR_NEGATIVE:
		n = cbor_read_int(r, INT64_MIN, -1);
		buffer_print(notation, "%" PRId64, n);
		cbor_write_int(again, n);
		return;
	case CBOR_BYTES:
		b = cbor_read_bytes(r, SIZE_MAX);
		say_bytes(notation, b);
		cbor_write_bytes(again, b);
		return;
	case CBOR_TEXT:
		t = cbor_read_text(r, SIZE_MAX);
		say_text(notation, t);
		cbor_write_text(again, t);
		return;
	case CBOR_BOOL:
		yes = cbor_read_bool(r);
		buffer_text(notation, yes ? TEXT("true") : TEXT("false"));
		cbor_write_bool(again, yes);
		return;
	case CBOR_NULL:
		cbor_read_null(r);
		buffer_text(notation, TEXT("null"));
		cbor_write_null(again);
		return;
	case CBOR_ARRAY:
		count = cbor_read_array(r, UINT64_MAX);
		cbor_write_array(again, count);
		buffer_text(notation, TEXT("["));
		break;
	case CBOR_MAP:
		count = cbor_read_map(r, UINT64_MAX);
		cbor_write_map(again, count);
		buffer_text(notation, TEXT("{"));
		break;
	default: cbor_fail(r); return;
	}
	for (uint64_t i = 0; i < count && !r->err; i++) {
		buffer_text(notation, i ? TEXT(", ") : TEXT(""));
		tell(r, notation, again);
		if (sort == CBOR_MAP) {
			buffer_text(notation, TEXT(": "));
			tell(r, notation, again);
		}
	}
	buffer_text(notation, sort == CBOR_ARRAY ? TEXT("]") : TEXT("}"));
}

static bool is_refused(struct bytes b)
{
	struct buffer notation = { 0 }, again = { 0 };
	struct fault f = { 0 };
	struct cbor_reader r;
	bool refused, skipped;

	cbor_begin(&r, b);
	tell(&r, &notation, &again);
	refused = cbor_end(&r, &f) == ERR_DAMAGED && f.key;
	cbor_begin(&r, b);
	skipped = cbor_skip_raw(&r).size > 0 && !cbor_end(&r, NULL);
	buffer_free(&notation);
	buffer_free(&again);
	return refused && !skipped;
}

static void check_taken(struct bytes b, struct text diagnostic)
{
	struct buffer notation = { 0 }, again = { 0 };
	struct cbor_reader r;

	cbor_begin(&r, b);
	tell(&r, &notation, &again);
	if (cbor_end(&r, NULL) || !text_same(buffer_as_text(&notation), diagnostic) ||
	    !bytes_same(buffer_bytes(&again), b))
		check_failed(__FILE__, __LINE__, "%.*s is read as %.*s", SHOWN(diagnostic),
			     SHOWN(buffer_as_text(&notation)));
	buffer_free(&notation);
	buffer_free(&again);
}

/* Beyond an int64_t: no field of ours is so, but what we do not know is passed on. */
static void check_passed_on(struct bytes b)
{
	struct cbor_reader r;

	cbor_begin(&r, b);
	CHECK(bytes_same(cbor_skip_raw(&r), b));
	CHECK(!cbor_end(&r, NULL));
	cbor_begin(&r, b);
	CHECK_INT(cbor_read_int(&r, INT64_MIN, INT64_MAX), 0);
	CHECK_INT(cbor_end(&r, NULL), ERR_DAMAGED);
}

TEST(the_examples_of_appendix_a_are_taken_where_they_are_deterministic_and_else_refused)
{
	size_t taken = 0, passed_on = 0, refused = 0;
	struct text fields[3];
	struct vectors v;

	vectors_open(&v, "tests/vectors/cbor/appendix-a.tsv");
	while (vectors_next(&v, fields, COUNT_OF(fields))) {
		struct bytes b = vectors_hex(&v, fields[1]);

		if (text_is(fields[0], "taken")) {
			check_taken(b, fields[2]);
			taken++;
		} else if (text_is(fields[0], "raw")) {
			check_passed_on(b);
			passed_on++;
		} else {
			CHECK_TEXT(fields[0], "refused");
			if (!is_refused(b))
				check_failed(__FILE__, __LINE__, "%.*s", SHOWN(fields[2]));
			refused++;
		}
	}
	CHECK_INT(taken, 36);
	CHECK_INT(passed_on, 1);
	CHECK_INT(refused, 44);
	vectors_close(&v, 81);
}

TEST(a_byte_missing_or_one_more_makes_any_example_of_appendix_a_refused)
{
	struct text fields[3];
	struct vectors v;

	vectors_open(&v, "tests/vectors/cbor/appendix-a.tsv");
	while (vectors_next(&v, fields, COUNT_OF(fields))) {
		struct bytes b = vectors_hex(&v, fields[1]);

		/* vectors_hex() leaves a zero there. */
		CHECK(is_refused(bytes_of(b.at, b.size + 1)));
		for (size_t size = 0; size < b.size; size++)
			CHECK(is_refused(bytes_of(b.at, size)));
	}
	vectors_close(&v, 81);
}

TEST(what_appendix_f_calls_not_well_formed_is_refused)
{
	struct text fields[2];
	struct vectors v;

	vectors_open(&v, "tests/vectors/cbor/appendix-f.tsv");
	while (vectors_next(&v, fields, COUNT_OF(fields)))
		if (!is_refused(vectors_hex(&v, fields[0])))
			check_failed(__FILE__, __LINE__, "%.*s: %.*s", SHOWN(fields[0]),
				     SHOWN(fields[1]));
	vectors_close(&v, 94);
}

RUN_TESTS()
