/*
 * Project Wycheproof's XChaCha20-Poly1305, held against libsodium as it is installed;
 * and a wrapped key of ours, opened by that same construction from what the format
 * says alone, so that the vectors speak for what is on our disks too.
 */
#include <sodium.h>

#include "base/secret.h"
#include "base/test.h"
#include "base/vectors_testing.h"
#include "base/world_testing.h"
#include "fact/fact.h"

#define NONCE_SIZE 24
#define TAG_SIZE 16

/* What one box is made of; `sealed` has its tag behind it. */
struct box {
	struct bytes key, nonce, associated, message, sealed;
};

/* Opens to its message, and that is sealed to the same bytes again. */
static bool holds(const struct box *b)
{
	uint8_t out[1024];
	unsigned long long size = 0;

	CHECK(b->key.size == KEY_SIZE && b->nonce.size == NONCE_SIZE);
	CHECK(b->sealed.size <= sizeof(out) && b->sealed.size == b->message.size + TAG_SIZE);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, &size, NULL, b->sealed.at,
						       b->sealed.size, b->associated.at,
						       b->associated.size, b->nonce.at, b->key.at))
		return false;
	CHECK(bytes_same(bytes_of(out, (size_t)size), b->message));
	crypto_aead_xchacha20poly1305_ietf_encrypt(out, &size, b->message.at, b->message.size,
						   b->associated.at, b->associated.size, NULL,
						   b->nonce.at, b->key.at);
	CHECK(bytes_same(bytes_of(out, (size_t)size), b->sealed));
	return true;
}

static struct bytes joined(struct vectors *v, struct bytes sealed, struct bytes tag)
{
	uint8_t *out = arena_take(v->arena, sealed.size + tag.size);

	CHECK(out && tag.size == TAG_SIZE);
	memcpy(out, sealed.at, sealed.size);
	memcpy(out + sealed.size, tag.at, tag.size);
	return bytes_of(out, sealed.size + tag.size);
}

TEST(the_boxes_of_wycheproof_open_where_they_are_valid_and_only_there)
{
	struct text fields[9];
	size_t valid = 0;
	struct vectors v;

	CHECK(sodium_init() >= 0);
	vectors_open(&v, "tests/vectors/xchacha20-poly1305/aead.tsv");
	while (vectors_next(&v, fields, COUNT_OF(fields))) {
		struct box b = {
			.key = vectors_hex(&v, fields[2]),
			.nonce = vectors_hex(&v, fields[3]),
			.associated = vectors_hex(&v, fields[4]),
			.message = vectors_hex(&v, fields[5]),
			.sealed =
				joined(&v, vectors_hex(&v, fields[6]), vectors_hex(&v, fields[7])),
		};
		bool is_valid = text_is(fields[1], "valid");

		CHECK(is_valid || text_is(fields[1], "invalid"));
		if (holds(&b) != is_valid)
			check_failed(__FILE__, __LINE__, "case %.*s: %.*s", SHOWN(fields[0]),
				     SHOWN(fields[8]));
		valid += is_valid;
	}
	CHECK_INT(valid, 220);
	vectors_close(&v, 280);
}

/* "ikhtiar/slot/v1" · 1 case, 2 identity · subject. */
static void check_wrapped(const uint8_t wrapped[WRAPPED_KEY_SIZE], uint8_t box,
			  const struct id *subject, const struct secret *site,
			  const uint8_t key[KEY_SIZE])
{
	uint8_t associated[15 + 1 + ID_SIZE] = "ikhtiar/slot/v1";
	struct box b = {
		.key = secret_bytes(site),
		.nonce = bytes_of(wrapped, NONCE_SIZE),
		.associated = bytes_of(associated, sizeof(associated)),
		.message = bytes_of(key, KEY_SIZE),
		.sealed = bytes_of(wrapped + NONCE_SIZE, KEY_SIZE + TAG_SIZE),
	};

	associated[15] = box;
	memcpy(associated + 16, subject->at, ID_SIZE);
	CHECK(holds(&b));
	associated[15] ^= 3;
	CHECK(!holds(&b));
}

TEST(a_key_of_ours_is_wrapped_by_the_same_construction)
{
	const struct id subject = { "a subject of us" };
	struct world_simulated w;
	struct subject_keys keys;
	struct site_keys site = { NULL, NULL };
	uint8_t seed[KEY_SIZE] = { 1 };
	struct slot slot;

	CHECK(sodium_init() >= 0);
	world_simulated_init(&w, 1);
	CHECK(!secret_of(&site.case_, bytes_of(seed, KEY_SIZE), NULL));
	seed[0] = 2;
	CHECK(!secret_of(&site.identity, bytes_of(seed, KEY_SIZE), NULL));
	slot_make(&slot, &keys, &subject, &site, &w.world);
	check_wrapped(slot.case_, 1, &subject, site.case_, keys.case_);
	check_wrapped(slot.identity, 2, &subject, site.identity, keys.identity);
	subject_keys_wipe(&keys);
	secret_free(site.case_);
	secret_free(site.identity);
}

RUN_TESTS()
