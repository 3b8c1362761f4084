#include "base/gcm.h"

#include "base/prop.h"

#define TEXT_SIZE_MAX 64

/* Test cases 13, 14 and 16 of McGrew and Viega, "The Galois/Counter Mode of Operation". */
static const struct {
	const char *key, *nonce, *associated, *plain, *sealed;
} cases[] = {
	{ "0000000000000000000000000000000000000000000000000000000000000000",
	  "000000000000000000000000", "", "", "530f8afbc74536b9a963b4f1c4cb738b" },
	{ "0000000000000000000000000000000000000000000000000000000000000000",
	  "000000000000000000000000", "", "00000000000000000000000000000000",
	  "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919" },
	{ "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
	  "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
	  "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
	  "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
	  "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
	  "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
	  "76fc6ece0f4e1768cddf8853bb2d551b" },
};

static struct bytes unhexed(uint8_t *out, const char *hex)
{
	size_t size = strlen(hex) / 2;

	CHECK(hex_read(out, size, text_of(hex)));
	return bytes_of(out, size);
}

TEST(the_cases_of_its_authors_are_sealed_and_open)
{
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		uint8_t key[GCM_KEY_SIZE], nonce[GCM_NONCE_SIZE], associated[TEXT_SIZE_MAX];
		uint8_t plain_room[TEXT_SIZE_MAX], sealed_room[TEXT_SIZE_MAX + GCM_TAG_SIZE];
		uint8_t out[TEXT_SIZE_MAX + GCM_TAG_SIZE];
		struct gcm_lock lock = { key, nonce, unhexed(associated, cases[i].associated) };
		struct bytes plain = unhexed(plain_room, cases[i].plain);
		struct bytes sealed = unhexed(sealed_room, cases[i].sealed);

		unhexed(key, cases[i].key);
		unhexed(nonce, cases[i].nonce);
		gcm_seal(out, &lock, plain);
		CHECK(bytes_same(bytes_of(out, plain.size + GCM_TAG_SIZE), sealed));
		CHECK(gcm_open(out, &lock, sealed));
		CHECK(bytes_same(bytes_of(out, plain.size), plain));
	}
}

/* One bit of the key, the nonce, what is associated, the text or the tag. */
static void a_changed_bit_opens_nothing(struct prop *p)
{
	uint8_t box[32 + GCM_KEY_SIZE + GCM_NONCE_SIZE + 8 + GCM_TAG_SIZE] = { 0 };
	uint8_t *key = box, *nonce = key + GCM_KEY_SIZE, *with = nonce + GCM_NONCE_SIZE;
	uint8_t *sealed = with + 8, out[32], nothing[32] = { 0 };
	struct gcm_lock lock = { key, nonce, bytes_of(with, 8) };
	uint64_t bit;

	gcm_seal(sealed, &lock, bytes_of("what nobody else is to read now.", 32));
	CHECK(gcm_open(out, &lock, bytes_of(sealed, 32 + GCM_TAG_SIZE)));
	bit = prop_uint(p, 0, 8 * sizeof(box) - 1);
	box[bit / 8] ^= (uint8_t)(1u << bit % 8);
	CHECK(!gcm_open(out, &lock, bytes_of(sealed, 32 + GCM_TAG_SIZE)));
	CHECK(!memcmp(out, nothing, sizeof(out)));
}

TEST(what_was_changed_anywhere_does_not_open)
{
	prop_run(a_changed_bit_opens_nothing, 500, 1);
}

TEST(what_is_shorter_than_a_tag_does_not_open)
{
	static const uint8_t zeros[GCM_KEY_SIZE];
	struct gcm_lock lock = { zeros, zeros, { 0 } };

	CHECK(!gcm_open(NULL, &lock, bytes_of(zeros, GCM_TAG_SIZE - 1)));
}

RUN_TESTS()
