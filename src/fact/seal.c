/*
 * Sealing: XChaCha20-Poly1305 (the IETF construction with a nonce of 24 bytes), by
 * libsodium.  A random nonce of that length may be drawn as often as one likes.
 *
 *     case box:      r (32) · 89 · kind … key · {case body}   padded, sealed by the case key
 *     identity box:  {identity body}                          padded, sealed by the identity key
 *
 * Associated data of a box, so that it opens in its own place only:
 *
 *     "ikhtiar/envelope/v1" · 1 case, 2 identity · site · epoch u32le · seq u64le · subject
 *
 * and of a wrapped key: "ikhtiar/slot/v1" · 1 case, 2 identity · subject.
 *
 * An identity box is there also where there is nothing in it, so that its size does
 * not tell a fact with a name from one without, up to the step of the padding.
 */
#include "fact/codec.h"

#include "base/sha256.h"
#include "base/world.h"

#include <assert.h>
#include <sodium.h>

#define ENVELOPE_VERSION 1
#define ENVELOPE_PUBLIC 0
#define ENVELOPE_SEALED 1
#define ENVELOPE_HEAD_SIZE 2
#define NONCE_SIZE 24
#define TAG_SIZE 16
#define BOX_HEAD_SIZE (NONCE_SIZE + 4)

static_assert(NONCE_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "nonce");
static_assert(TAG_SIZE == crypto_aead_xchacha20poly1305_ietf_ABYTES, "tag");
static_assert(KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "key");
static_assert(WRAPPED_KEY_SIZE == NONCE_SIZE + KEY_SIZE + TAG_SIZE, "wrapped key");

enum box { BOX_CASE = 1, BOX_IDENTITY = 2 };

/* --- associated data -------------------------------------------------------- */

#define ASSOCIATED_SIZE_MAX 80

struct associated {
	uint8_t at[ASSOCIATED_SIZE_MAX];
	size_t size;
};

static void associate(struct associated *a, const void *at, size_t size)
{
	assert(a->size + size <= sizeof a->at);
	memcpy(a->at + a->size, at, size);
	a->size += size;
}

static void associate_little_endian(struct associated *a, uint64_t n, size_t size)
{
	uint8_t bytes[8];

	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)(n >> (8 * i));
	associate(a, bytes, size);
}

static struct associated associated_with_box(enum box box, const struct fact_ref *ref,
					     const struct id *subject)
{
	struct associated a = { .size = 0 };

	associate(&a, "ikhtiar/envelope/v1", 19);
	associate_little_endian(&a, box, 1);
	associate(&a, ref->site.at, ID_SIZE);
	associate_little_endian(&a, ref->epoch, 4);
	associate_little_endian(&a, ref->seq, 8);
	associate(&a, subject->at, ID_SIZE);
	return a;
}

static struct associated associated_with_slot(enum box box, const struct id *subject)
{
	struct associated a = { .size = 0 };

	associate(&a, "ikhtiar/slot/v1", 15);
	associate_little_endian(&a, box, 1);
	associate(&a, subject->at, ID_SIZE);
	return a;
}

/* --- one box ---------------------------------------------------------------- */

/* `out` gets plain.size + TAG_SIZE bytes. */
static void encrypt(uint8_t *out, struct bytes plain, const struct associated *with,
		    const uint8_t nonce[NONCE_SIZE], const uint8_t key[KEY_SIZE])
{
	unsigned long long size;
	int failed = crypto_aead_xchacha20poly1305_ietf_encrypt(
		out, &size, plain.at, plain.size, with->at, with->size, NULL, nonce, key);

	assert(!failed && size == plain.size + TAG_SIZE);
}

/* `out` gets sealed.size - TAG_SIZE bytes; false: they were not sealed so. */
static bool decrypt(uint8_t *out, struct bytes sealed, const struct associated *with,
		    const uint8_t nonce[NONCE_SIZE], const uint8_t key[KEY_SIZE])
{
	return crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, sealed.at, sealed.size,
							  with->at, with->size, nonce, key) == 0;
}

/* ISO/IEC 7816-4: one byte 0x80 always, then zeros to the next step. */
static void pad(struct buffer *plain)
{
	size_t size = PAD_STEP - plain->size % PAD_STEP;
	uint8_t *at = buffer_take(plain, size);

	if (!at)
		return;
	memset(at, 0, size);
	at[0] = 0x80;
}

/*
 * Takes the padding off again; false: there is none.  In no constant time: who gets
 * here has the key, and sodium_unpad() costs as much as the decryption.
 */
static bool unpad(struct bytes *plain)
{
	size_t size = plain->size, least = plain->size - PAD_STEP;

	while (size > least && plain->at[size - 1] == 0)
		size--;
	if (size == least || plain->at[size - 1] != 0x80)
		return false;
	plain->size = size - 1;
	return true;
}

/* Pads `plain` and puts it, sealed, onto `out`. */
static void seal_box(struct buffer *out, struct buffer *plain, const struct associated *with,
		     const uint8_t key[KEY_SIZE], struct world *w)
{
	uint8_t *head, *box;
	size_t size;

	pad(plain);
	if (plain->err) {
		out->err = out->err ? out->err : plain->err;
		return;
	}
	size = plain->size + TAG_SIZE;
	if (!(head = buffer_take(out, BOX_HEAD_SIZE + size)))
		return;
	box = head + BOX_HEAD_SIZE;
	w->chance(w, head, NONCE_SIZE);
	for (size_t i = 0; i < 4; i++)
		head[NONCE_SIZE + i] = (uint8_t)(size >> (8 * i));
	encrypt(box, buffer_bytes(plain), with, head, key);
}

enum opening { OPENED, NOT_OURS, NO_MEMORY };

/* Take a box off the front of `rest`; *plain gets what was sealed, without padding. */
static enum opening open_box(struct bytes *plain, struct arena *a, struct bytes *rest,
			     const struct associated *with, const uint8_t key[KEY_SIZE])
{
	const uint8_t *nonce = rest->at;
	size_t size = 0;
	uint8_t *out;

	if (rest->size < BOX_HEAD_SIZE)
		return NOT_OURS;
	for (size_t i = 0; i < 4; i++)
		size |= (size_t)rest->at[NONCE_SIZE + i] << (8 * i);
	*rest = bytes_of(rest->at + BOX_HEAD_SIZE, rest->size - BOX_HEAD_SIZE);
	if (size > rest->size || size < PAD_STEP + TAG_SIZE || (size - TAG_SIZE) % PAD_STEP != 0)
		return NOT_OURS;
	if (!(out = arena_take(a, size - TAG_SIZE)))
		return NO_MEMORY;
	if (!decrypt(out, bytes_of(rest->at, size), with, nonce, key))
		return NOT_OURS;
	*plain = bytes_of(out, size - TAG_SIZE);
	*rest = bytes_of(rest->at + size, rest->size - size);
	return unpad(plain) ? OPENED : NOT_OURS;
}

/* --- keys of a subject -------------------------------------------------------- */

void subject_keys_wipe(struct subject_keys *k)
{
	sodium_memzero(k, sizeof *k);
}

static const uint8_t *key_of(const struct secret *s)
{
	struct bytes b = secret_bytes(s);

	assert(b.size == KEY_SIZE);
	return b.at;
}

static void wrap(uint8_t out[WRAPPED_KEY_SIZE], const uint8_t key[KEY_SIZE], enum box box,
		 const struct id *subject, const struct secret *site, struct world *w)
{
	struct associated with = associated_with_slot(box, subject);

	w->chance(w, out, NONCE_SIZE);
	encrypt(out + NONCE_SIZE, bytes_of(key, KEY_SIZE), &with, out, key_of(site));
}

static bool unwrap(uint8_t out[KEY_SIZE], const uint8_t wrapped[WRAPPED_KEY_SIZE], enum box box,
		   const struct id *subject, const struct secret *site)
{
	struct associated with = associated_with_slot(box, subject);

	return decrypt(out, bytes_of(wrapped + NONCE_SIZE, KEY_SIZE + TAG_SIZE), &with, wrapped,
		       key_of(site));
}

void slot_make(struct slot *slot, struct subject_keys *keys, const struct id *subject,
	       const struct site_keys *site, struct world *w)
{
	slot->subject = *subject;
	w->chance(w, keys->identity, KEY_SIZE);
	w->chance(w, keys->case_, KEY_SIZE);
	wrap(slot->identity, keys->identity, BOX_IDENTITY, subject, site->identity, w);
	wrap(slot->case_, keys->case_, BOX_CASE, subject, site->case_, w);
}

enum err slot_open(struct subject_keys *keys, const struct slot *slot, const struct site_keys *site,
		   struct fault *f)
{
	char hex[ID_HEX_SIZE + 1];

	if (unwrap(keys->identity, slot->identity, BOX_IDENTITY, &slot->subject, site->identity) &&
	    unwrap(keys->case_, slot->case_, BOX_CASE, &slot->subject, site->case_))
		return OK;
	subject_keys_wipe(keys);
	hex_write(hex, bytes_of(slot->subject.at, ID_SIZE));
	return fault(f, ERR_DAMAGED, "fact.slot-damaged", &hex[0]);
}

/* --- envelopes ---------------------------------------------------------------- */

enum err fact_commit(struct hash *commitment, const struct fact *f, struct fault *fault)
{
	struct buffer plain = { .limit = FACT_SIZE_MAX };
	struct sha256 sum;
	enum err e;

	fact_write(&plain, f);
	assert(plain.err != ERR_LIMIT);
	if ((e = plain.err)) {
		fault(fault, e, "fact.no-memory");
		goto out;
	}
	sha256_begin(&sum);
	sha256_add(&sum, bytes_of("ikhtiar/leaf/v1", 16)); /* with its zero byte */
	sha256_add(&sum, bytes_of(f->r.at, HASH_SIZE));
	sha256_add(&sum, buffer_bytes(&plain));
	sha256_end(&sum, commitment);
out:
	buffer_free(&plain);
	return e;
}

static void seal_both(struct buffer *out, const struct fact *f, const struct subject_keys *keys,
		      struct world *w)
{
	struct associated with_case = associated_with_box(BOX_CASE, &f->ref, &f->subject);
	struct associated with_identity = associated_with_box(BOX_IDENTITY, &f->ref, &f->subject);
	struct buffer plain = { .limit = ENVELOPE_SIZE_MAX };

	buffer_add(&plain, bytes_of(f->r.at, HASH_SIZE));
	cbor_write_array(&plain, MIDDLE_ITEMS + 1);
	codec_write_middle(&plain, f);
	codec_write_body(&plain, f, BODY_CASE);
	seal_box(out, &plain, &with_case, keys->case_, w);
	buffer_reset(&plain);
	codec_write_body(&plain, f, BODY_IDENTITY);
	seal_box(out, &plain, &with_identity, keys->identity, w);
	buffer_free(&plain);
}

void fact_seal(struct buffer *out, const struct fact *f, const struct subject_keys *keys,
	       struct world *w)
{
	assert(!sodium_is_zero(f->r.at, HASH_SIZE));
	assert(!f->kind || (f->kind->seal == SEAL_CLEAR) == (keys == NULL));
	buffer_byte(out, ENVELOPE_VERSION);
	buffer_byte(out, keys ? ENVELOPE_SEALED : ENVELOPE_PUBLIC);
	if (keys) {
		seal_both(out, f, keys, w);
		return;
	}
	buffer_add(out, bytes_of(f->r.at, HASH_SIZE));
	fact_write(out, f);
}

bool envelope_is_public(struct bytes envelope)
{
	return envelope.size >= ENVELOPE_HEAD_SIZE && envelope.at[0] == ENVELOPE_VERSION &&
	       envelope.at[1] == ENVELOPE_PUBLIC;
}

static enum err damaged(const struct fact_ref *ref, struct fault *f)
{
	char text[FACT_REF_TEXT_SIZE];

	fact_ref_write(text, ref);
	return fault(f, ERR_DAMAGED, "fact.envelope-damaged", &text[0]);
}

/* Only what a later version made may be sealed otherwise than the table says. */
static bool sealed_as_the_table_says(const struct fact *f, bool public)
{
	return !f->kind || f->version > f->kind->version || (f->kind->seal == SEAL_CLEAR) == public;
}

static enum err open_public(struct fact *out, struct arena *a, struct bytes rest,
			    const struct fact_ref *ref, const struct id *subject, struct fault *f)
{
	struct bytes plain;
	struct fault inside = { .err = OK };
	enum err e;

	if (rest.size < HASH_SIZE)
		return damaged(ref, f);
	plain = arena_copy(a, bytes_of(rest.at + HASH_SIZE, rest.size - HASH_SIZE));
	if (!plain.at)
		return fault(f, ERR_MEMORY, "fact.no-memory");
	e = fact_read(out, a, plain, &inside);
	if (e == ERR_MEMORY)
		return fault(f, e, "fact.no-memory");
	if (e || fact_ref_compare(&out->ref, ref) != 0 || !id_same(&out->subject, subject) ||
	    !sealed_as_the_table_says(out, true))
		return damaged(ref, f);
	memcpy(out->r.at, rest.at, HASH_SIZE);
	return OK;
}

static enum err read_case(struct fact *out, struct arena *a, struct bytes plain, struct fault *f)
{
	struct decoding d;
	enum err e;

	if (plain.size < HASH_SIZE)
		return ERR_DAMAGED;
	memcpy(out->r.at, plain.at, HASH_SIZE);
	codec_begin(&d, a, bytes_of(plain.at + HASH_SIZE, plain.size - HASH_SIZE));
	if (cbor_read_array(&d.r, MIDDLE_ITEMS + 1) != MIDDLE_ITEMS + 1)
		cbor_fail(&d.r);
	codec_read_middle(&d, out);
	codec_read_body(&d, out, BODY_CASE);
	e = codec_end(&d, f);
	return e ? e : codec_complete(out, BODY_CASE, f);
}

static enum err read_identity(struct fact *out, struct arena *a, struct bytes plain,
			      struct fault *f)
{
	struct decoding d;
	enum err e;

	codec_begin(&d, a, plain);
	codec_read_body(&d, out, BODY_IDENTITY);
	e = codec_end(&d, f);
	return e ? e : codec_complete(out, BODY_IDENTITY, f);
}

/* Take the next box off `rest` and read what is in it. */
static enum err open_body(struct fact *out, struct arena *a, struct bytes *rest, enum box box,
			  const struct subject_keys *keys, struct fault *f)
{
	struct associated with = associated_with_box(box, &out->ref, &out->subject);
	struct fault inside = { .err = OK };
	struct bytes plain;
	enum err e = OK;

	switch (open_box(&plain, a, rest, &with,
			 box == BOX_CASE ? keys->case_ : keys->identity)) {
	case OPENED:
		e = box == BOX_CASE ? read_case(out, a, plain, &inside) :
				      read_identity(out, a, plain, &inside);
		break;
	case NOT_OURS: e = ERR_DAMAGED; break;
	case NO_MEMORY: e = ERR_MEMORY; break;
	}
	if (e == ERR_MEMORY)
		return fault(f, e, "fact.no-memory");
	return e ? damaged(&out->ref, f) : OK;
}

static enum err open_sealed(struct fact *out, struct arena *a, struct bytes rest,
			    const struct subject_keys *keys, identity_wanted *wanted,
			    struct fault *f)
{
	enum err e;

	if ((e = open_body(out, a, &rest, BOX_CASE, keys, f)))
		return e;
	if (!sealed_as_the_table_says(out, false))
		return damaged(&out->ref, f);
	if (wanted && out->kind && !wanted(out->kind->kind))
		return OK;
	if ((e = open_body(out, a, &rest, BOX_IDENTITY, keys, f)))
		return e;
	return rest.size > 0 ? damaged(&out->ref, f) : OK;
}

enum err fact_open_wanted(struct fact *out, struct arena *a, struct bytes envelope,
			  const struct fact_ref *ref, const struct id *subject,
			  const struct subject_keys *keys, identity_wanted *wanted,
			  struct fault *f)
{
	struct bytes rest;

	memset(out, 0, sizeof *out);
	if (envelope.size < ENVELOPE_HEAD_SIZE || envelope.size > ENVELOPE_SIZE_MAX ||
	    envelope.at[1] > ENVELOPE_SEALED)
		return damaged(ref, f);
	if (envelope.at[0] != ENVELOPE_VERSION)
		return fault(f, ERR_NEWER, "fact.envelope-newer", envelope.at[0]);
	rest = bytes_of(envelope.at + ENVELOPE_HEAD_SIZE, envelope.size - ENVELOPE_HEAD_SIZE);
	if (envelope_is_public(envelope))
		return open_public(out, a, rest, ref, subject, f);
	if (!keys)
		return fault(f, ERR_LOCKED, "fact.sealed");
	out->ref = *ref;
	out->subject = *subject;
	return open_sealed(out, a, rest, keys, wanted, f);
}

enum err fact_open(struct fact *out, struct arena *a, struct bytes envelope,
		   const struct fact_ref *ref, const struct id *subject,
		   const struct subject_keys *keys, struct fault *f)
{
	return fact_open_wanted(out, a, envelope, ref, subject, keys, NULL, f);
}
