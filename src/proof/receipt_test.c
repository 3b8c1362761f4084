/* The vectors of base45 are the examples of RFC 9285, sections 4.3 and 4.4. */
#include <sodium.h>

#include "base/cbor.h"
#include "base/prop.h"
#include "proof/base45.h"
#include "proof/proof_testing.h"
#include "proof/sign.h"

/* --- base45 ------------------------------------------------------------------------------- */

static const struct {
	const char *bytes, *text;
} vectors[] = {
	{ "", "" },
	{ "AB", "BB8" },
	{ "Hello!!", "%69 VD92EX0" },
	{ "base-45", "UJCLQE7W581" },
	{ "ietf!", "QED8WEX0" },
};

TEST(base45_is_that_of_the_rfc)
{
	struct arena *a;

	CHECK_INT(arena_new(&a, 10000), OK);
	for (size_t i = 0; i < COUNT_OF(vectors); i++) {
		struct text bytes = text_of(vectors[i].bytes);
		uint8_t read[32];
		size_t size;

		CHECK_TEXT(base45_write(a, bytes_of_text(bytes)), vectors[i].text);
		CHECK(base45_read(read, sizeof(read), &size, text_of(vectors[i].text)));
		CHECK_INT(size, bytes.size);
		CHECK(size == 0 || memcmp(read, bytes.at, size) == 0);
	}
	arena_free(a);
}

TEST(base45_that_stands_for_no_bytes_is_refused)
{
	/* RFC 9285 §6: GGW is 65536; :: is 2024, more than a byte. */
	static const char *const wrong[] = {
		"GGW", "::", "ZZZ", "A", "BB8A", "bb8", "B_8", "BB8\n"
	};
	static const char *const right[] = { "FGW", "U5" };
	uint8_t read[8];
	size_t size;

	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		CHECK(!base45_read(read, sizeof(read), &size, text_of(wrong[i])));
	CHECK(!base45_read(read, sizeof(read), &size, (struct text){ "BB\0", 3 }));
	CHECK(base45_read(read, sizeof(read), &size, text_of(right[0])));
	CHECK(size == 2 && read[0] == 0xff && read[1] == 0xff);
	CHECK(base45_read(read, sizeof(read), &size, text_of(right[1])));
	CHECK(size == 1 && read[0] == 0xff);
	CHECK(!base45_read(read, 1, &size, text_of("BB8")));
	CHECK(!base45_read(read, 2, &size, text_of("BB8BB8")));
	CHECK(base45_read(read, 2, &size, text_of("BB8")));
}

static void bytes_survive_base45(struct prop *p)
{
	struct bytes b = prop_bytes(p, 300);
	struct text t = base45_write(p->arena, b);
	uint8_t read[300];
	size_t size;

	CHECK(t.at && base45_read(read, sizeof(read), &size, t));
	CHECK(bytes_same(bytes_of(read, size), b));
}

TEST(any_bytes_survive_base45)
{
	prop_run(bytes_survive_base45, 500, 1);
}

/* --- receipts ------------------------------------------------------------------------------- */

static const struct receipt sample = {
	.origin = { .site = { { 0x3f, 0xa0 } }, .epoch = 1 },
	.seq = 4711,
	.commitment = { { 9, 8, 7 } },
	.kind = 33,
	.recorded = 1795496400,
};

static void receipt_check(const struct receipt *is, const struct receipt *wanted)
{
	CHECK(id_same(&is->origin.site, &wanted->origin.site));
	CHECK_INT(is->origin.epoch, wanted->origin.epoch);
	CHECK(is->seq == wanted->seq);
	CHECK(memcmp(&is->commitment, &wanted->commitment, HASH_SIZE) == 0);
	CHECK(is->kind == wanted->kind);
	CHECK_INT(is->recorded, wanted->recorded);
}

static void a_receipt_reads_the_same(struct prop *p)
{
	struct receipt r = {
		.origin = { prop_id(p), (uint32_t)prop_uint(p, 0, UINT32_MAX) },
		.seq = prop_uint(p, 0, UINT64_MAX),
		.kind = prop_uint(p, 0, UINT64_MAX),
		.recorded = prop_int(p, INT64_MIN, INT64_MAX),
	};
	struct receipt read;
	struct desk d;
	struct text t;
	struct fault f = { 0 };

	prop_fill(p, r.commitment.at, HASH_SIZE);
	desk_make(&d, NULL);
	CHECK_INT(receipt_write(&t, d.arena, &r, d.seed, &f), OK);
	CHECK(t.size <= RECEIPT_TEXT_MAX);
	CHECK_INT(receipt_read(&read, t, &d.public_key, &f), OK);
	receipt_check(&read, &r);
	desk_clear(&d);
}

TEST(every_receipt_reads_the_same_and_fits_the_qr_code)
{
	prop_run(a_receipt_reads_the_same, 500, 1);
}

TEST(the_longest_receipt_is_as_long_as_the_file_says)
{
	struct receipt r = { .origin.epoch = UINT32_MAX,
			     .seq = UINT64_MAX,
			     .kind = UINT64_MAX,
			     .recorded = INT64_MIN };
	struct desk d;
	struct text t;
	struct fault f = { 0 };

	desk_make(&d, NULL);
	CHECK_INT(receipt_write(&t, d.arena, &r, d.seed, &f), OK);
	CHECK_INT(t.size, 310);
	desk_clear(&d);
}

/* Byte by byte by hand, from RFC 9052 and RFC 8392, and not by our own writer. */
TEST(a_receipt_is_a_cose_sign1_over_a_cwt)
{
	static const uint8_t head[] = { 0xd2, 0x84, 0x43, 0xa1, 0x01, 0x27, 0xa0, 0x58, 0x66 };
	static const uint8_t claims[] =
		"\xa5\x01\x78\x2aikhtiar/3fa00000000000000000000000000000/1"
		"\x06\x1a\x6b\x05\x19\xd0"
		"\x07\x58\x20\x09\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
		"\x3a\x00\x01\x00\x00\x19\x12\x67"
		"\x3a\x00\x01\x00\x01\x18\x21";
	static const uint8_t tail[] = { 0x58, 0x40 };
	static const uint8_t signed_head[] = "\x84\x6aSignature1\x43\xa1\x01\x27\x40\x58\x66";
	uint8_t cose[240], message[sizeof(signed_head) - 1 + 0x66];
	struct desk d;
	struct text t;
	struct fault f = { 0 };
	size_t size;

	desk_make(&d, NULL);
	CHECK_INT(receipt_write(&t, d.arena, &sample, d.seed, &f), OK);
	CHECK(t.size > 5 && memcmp(t.at, "IKH1:", 5) == 0);
	CHECK(base45_read(cose, sizeof(cose), &size, (struct text){ t.at + 5, t.size - 5 }));
	CHECK_INT(size, sizeof(head) + 0x66 + sizeof(tail) + 64);
	CHECK_INT(sizeof(claims) - 1, 0x66);
	CHECK(memcmp(cose, head, sizeof(head)) == 0);
	CHECK(memcmp(cose + sizeof(head), claims, 0x66) == 0);
	CHECK(memcmp(cose + sizeof(head) + 0x66, tail, sizeof(tail)) == 0);
	memcpy(message, signed_head, sizeof(signed_head) - 1);
	memcpy(message + sizeof(signed_head) - 1, claims, 0x66);
	CHECK(crypto_sign_verify_detached(cose + size - 64, message, sizeof(message),
					  d.public_key.at) == 0);
	desk_clear(&d);
}

TEST(a_receipt_of_another_site_is_not_ours)
{
	struct receipt read;
	struct desk d;
	struct text t;
	struct fault f = { 0 };
	struct hash other;

	desk_make(&d, NULL);
	other = d.public_key;
	CHECK_INT(receipt_write(&t, d.arena, &sample, d.seed, &f), OK);
	CHECK_INT(receipt_read(&read, t, &other, &f), OK);
	other.at[3] ^= 1;
	CHECK_FAULT(receipt_read(&read, t, &other, &f), ERR_DAMAGED, &f, "proof.receipt-not-ours");
	CHECK_INT(read.seq, 0);
	desk_clear(&d);
}

TEST(a_receipt_with_any_character_changed_cut_or_added_is_refused)
{
	struct receipt read;
	struct desk d;
	struct text t;
	struct fault f = { 0 };
	char longer[RECEIPT_TEXT_MAX];

	desk_make(&d, NULL);
	CHECK_INT(receipt_write(&t, d.arena, &sample, d.seed, &f), OK);
	CHECK(t.size + 3 < sizeof(longer));
	for (size_t at = 0; at < t.size; at++) {
		char *bytes = (char *)(uintptr_t)t.at;
		char before = bytes[at];

		for (const char *c = "0AZ $:/\nb"; *c; c++) {
			bytes[at] = *c;
			if (*c != before)
				CHECK(receipt_read(&read, t, &d.public_key, NULL) != OK);
		}
		bytes[at] = before;
		CHECK(receipt_read(&read, (struct text){ t.at, at }, &d.public_key, NULL) != OK);
	}
	memcpy(longer, t.at, t.size);
	memcpy(longer + t.size, "BB8", 3);
	CHECK_FAULT(receipt_read(&read, (struct text){ longer, t.size + 3 }, &d.public_key, &f),
		    ERR_INPUT, &f, "proof.no-receipt");
	CHECK_INT(receipt_read(&read, t, &d.public_key, &f), OK);
	desk_clear(&d);
}

static struct text receipt_around(struct arena *a, struct bytes cose)
{
	struct text t = base45_write(a, cose);

	return arena_print(a, "IKH1:%.*s", SHOWN(t));
}

static void no_bytes_are_a_receipt_without_the_key(struct prop *p)
{
	struct text t = receipt_around(p->arena, prop_rest(p));
	struct hash key = { { 1 } };
	struct receipt read;

	CHECK(receipt_read(&read, t, &key, NULL) != OK);
}
PROP_FUZZ(1, no_bytes_are_a_receipt_without_the_key)

static void no_text_is_a_receipt_without_the_key(struct prop *p)
{
	struct bytes b = prop_rest(p);
	struct hash key = { { 1 } };
	struct receipt read;

	CHECK(receipt_read(&read, (struct text){ (const char *)b.at, b.size }, &key, NULL) != OK);
}
PROP_FUZZ(2, no_text_is_a_receipt_without_the_key)

TEST(noise_is_no_receipt)
{
	prop_run(no_bytes_are_a_receipt_without_the_key, 2000, 1);
	prop_run(no_text_is_a_receipt_without_the_key, 2000, 2);
}

/* Signed by the right key, of the right form, and with any claims in it. */
static void signed_claims_are_those_of_a_receipt_or_refused(struct prop *p)
{
	static const uint8_t head[] = { 0xd2, 0x84, 0x43, 0xa1, 0x01, 0x27, 0xa0 };
	struct bytes claims = prop_rest(p);
	uint8_t signature[SIGNATURE_SIZE];
	struct buffer message = { 0 }, cose = { 0 };
	struct receipt read;
	struct text t, again;
	struct desk d;

	desk_make(&d, NULL);
	buffer_text(&message, TEXT("\x84\x6aSignature1\x43\xa1\x01\x27\x40"));
	cbor_write_bytes(&message, claims);
	sign(signature, &d.public_key, buffer_bytes(&message), d.seed);
	buffer_add(&cose, bytes_of(head, sizeof(head)));
	cbor_write_bytes(&cose, claims);
	cbor_write_bytes(&cose, bytes_of(signature, sizeof(signature)));
	t = receipt_around(p->arena, buffer_bytes(&cose));
	if (!receipt_read(&read, t, &d.public_key, NULL)) {
		CHECK_INT(receipt_write(&again, p->arena, &read, d.seed, NULL), OK);
		CHECK(text_same(again, t));
	}
	buffer_free(&message);
	buffer_free(&cose);
	desk_clear(&d);
}
PROP_FUZZ(3, signed_claims_are_those_of_a_receipt_or_refused)

TEST(what_is_read_of_a_receipt_is_all_that_it_says)
{
	prop_run(signed_claims_are_those_of_a_receipt_or_refused, 300, 3);
}

RUN_TESTS()
