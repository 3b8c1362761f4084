/*
 * receipt: what a person takes home: that a fact was recorded, by whom and when, and
 * nothing about her.
 *
 *     IKH1:…                       base45 (RFC 9285) of
 *     d2 84                        COSE_Sign1 (RFC 9052 §4.2), tag 18
 *        43 a1 01 27               protected header { alg (1): EdDSA (-8) }
 *        a0                        unprotected header, empty
 *        58 xx                     claims (CWT, RFC 8392), a map:
 *           01  text                 issuer: the origin line, "ikhtiar/<site>/<epoch>"
 *           06  int                  issued at: when it was recorded, seconds
 *           07  bytes                id: the commitment
 *           3a 00 01 00 00  uint     -65537, private: seq
 *           3a 00 01 00 01  uint     -65538, private: number of the kind
 *        58 40 …                   Ed25519 over [ "Signature1", protected, '', claims ]
 *
 * At most 203 bytes, 310 characters.
 */
#include <assert.h>

#include "base/cbor.h"
#include "proof/base45.h"
#include "proof/note.h"
#include "proof/sign.h"

#define PREFIX "IKH1:"
#define TAG_COSE_SIGN1 0xd2
#define CLAIMS_SIZE_MAX 160
#define COSE_SIZE_MAX 240

enum claim {
	CLAIM_ISSUER = 1,
	CLAIM_ISSUED_AT = 6,
	CLAIM_ID = 7,
	CLAIM_SEQ = -65537,
	CLAIM_KIND = -65538,
};
#define CLAIM_COUNT 5

static const uint8_t protected_header[] = { 0xa1, 0x01, 0x27 };

static void write_claims(struct buffer *b, const struct receipt *r, struct text issuer)
{
	cbor_write_map(b, CLAIM_COUNT);
	cbor_write_int(b, CLAIM_ISSUER);
	cbor_write_text(b, issuer);
	cbor_write_int(b, CLAIM_ISSUED_AT);
	cbor_write_int(b, r->recorded);
	cbor_write_int(b, CLAIM_ID);
	cbor_write_bytes(b, bytes_of(r->commitment.at, HASH_SIZE));
	cbor_write_int(b, CLAIM_SEQ);
	cbor_write_uint(b, r->seq);
	cbor_write_int(b, CLAIM_KIND);
	cbor_write_uint(b, r->kind);
}

/* Sig_structure of RFC 9052 §4.4. */
static void write_signed(struct buffer *b, struct bytes claims)
{
	cbor_write_array(b, 4);
	cbor_write_text(b, TEXT("Signature1"));
	cbor_write_bytes(b, bytes_of(protected_header, sizeof(protected_header)));
	cbor_write_bytes(b, bytes_of("", 0));
	cbor_write_bytes(b, claims);
}

static void write_cose(struct buffer *b, struct bytes claims, struct bytes signature)
{
	buffer_byte(b, TAG_COSE_SIGN1);
	cbor_write_array(b, 4);
	cbor_write_bytes(b, bytes_of(protected_header, sizeof(protected_header)));
	cbor_write_map(b, 0);
	cbor_write_bytes(b, claims);
	cbor_write_bytes(b, signature);
}

enum err receipt_write(struct text *out, struct arena *a, const struct receipt *r,
		       const struct secret *seed, struct fault *f)
{
	struct buffer claims = { .limit = CLAIMS_SIZE_MAX };
	struct buffer whole = { .limit = COSE_SIZE_MAX };
	struct text issuer = origin_line(a, &r->origin), base45;
	uint8_t signature[SIGNATURE_SIZE];
	struct hash public_key;
	enum err e;

	if (!issuer.at)
		return fault(f, ERR_MEMORY, "proof.no-memory");
	write_claims(&claims, r, issuer);
	write_signed(&whole, buffer_bytes(&claims));
	if ((e = buffer_end(&claims, f)) || (e = buffer_end(&whole, f)))
		goto out;
	sign(signature, &public_key, buffer_bytes(&whole), seed);
	buffer_reset(&whole);
	write_cose(&whole, buffer_bytes(&claims), bytes_of(signature, sizeof(signature)));
	if ((e = buffer_end(&whole, f)))
		goto out;
	base45 = base45_write(a, buffer_bytes(&whole));
	if (base45.at)
		*out = arena_print(a, PREFIX "%.*s", SHOWN(base45));
	if (!base45.at || !out->at)
		e = fault(f, ERR_MEMORY, "proof.no-memory");
	else
		assert(out->size <= RECEIPT_TEXT_MAX);
out:
	buffer_free(&whole);
	buffer_free(&claims);
	return e;
}

/* --- read ------------------------------------------------------------------------------- */

static void expect_claim(struct cbor_reader *r, enum claim claim)
{
	if (cbor_read_int(r, INT64_MIN, INT64_MAX) != claim)
		cbor_fail(r);
}

static bool read_claims(struct receipt *out, struct bytes claims)
{
	struct cbor_reader r;

	cbor_begin(&r, claims);
	if (cbor_read_map(&r, CLAIM_COUNT) != CLAIM_COUNT)
		cbor_fail(&r);
	expect_claim(&r, CLAIM_ISSUER);
	if (!origin_line_read(&out->origin, cbor_read_text(&r, ORIGIN_LINE_MAX)))
		cbor_fail(&r);
	expect_claim(&r, CLAIM_ISSUED_AT);
	out->recorded = cbor_read_int(&r, INT64_MIN, INT64_MAX);
	expect_claim(&r, CLAIM_ID);
	cbor_read_fixed(&r, out->commitment.at, HASH_SIZE);
	expect_claim(&r, CLAIM_SEQ);
	out->seq = cbor_read_uint(&r, UINT64_MAX);
	expect_claim(&r, CLAIM_KIND);
	out->kind = cbor_read_uint(&r, UINT64_MAX);
	return cbor_end(&r, NULL) == OK;
}

/* The COSE_Sign1 behind its tag: claims and signature. */
static bool read_cose(struct bytes b, struct bytes *claims, uint8_t signature[SIGNATURE_SIZE])
{
	struct cbor_reader r;
	struct bytes header;

	if (b.size == 0 || b.at[0] != TAG_COSE_SIGN1)
		return false;
	cbor_begin(&r, bytes_of(b.at + 1, b.size - 1));
	if (cbor_read_array(&r, 4) != 4)
		cbor_fail(&r);
	header = cbor_read_bytes(&r, sizeof(protected_header));
	if (!bytes_same(header, bytes_of(protected_header, sizeof(protected_header))))
		cbor_fail(&r);
	cbor_read_map(&r, 0);
	*claims = cbor_read_bytes(&r, CLAIMS_SIZE_MAX);
	cbor_read_fixed(&r, signature, SIGNATURE_SIZE);
	return cbor_end(&r, NULL) == OK;
}

static enum err check_signature(struct bytes claims, const uint8_t signature[SIGNATURE_SIZE],
				const struct hash *public_key, struct fault *f)
{
	struct buffer signed_bytes = { .limit = COSE_SIZE_MAX };
	enum err e;

	write_signed(&signed_bytes, claims);
	e = buffer_end(&signed_bytes, f);
	if (!e && !signature_holds(signature, buffer_bytes(&signed_bytes), public_key))
		e = fault(f, ERR_DAMAGED, "proof.receipt-not-ours");
	buffer_free(&signed_bytes);
	return e;
}

enum err receipt_read(struct receipt *out, struct text t, const struct hash *public_key,
		      struct fault *f)
{
	const size_t prefix = sizeof(PREFIX) - 1;
	uint8_t cose[COSE_SIZE_MAX], signature[SIGNATURE_SIZE];
	struct receipt read = { 0 };
	struct bytes claims;
	size_t size;
	enum err e;

	memset(out, 0, sizeof(*out));
	if (t.size > RECEIPT_TEXT_MAX || t.size < prefix || memcmp(t.at, PREFIX, prefix) != 0)
		return fault(f, ERR_INPUT, "proof.no-receipt");
	t.at += prefix;
	t.size -= prefix;
	if (!base45_read(cose, sizeof(cose), &size, t) ||
	    !read_cose(bytes_of(cose, size), &claims, signature))
		return fault(f, ERR_INPUT, "proof.no-receipt");
	if ((e = check_signature(claims, signature, public_key, f)))
		return e;
	if (!read_claims(&read, claims))
		return fault(f, ERR_INPUT, "proof.no-receipt");
	*out = read;
	return OK;
}
