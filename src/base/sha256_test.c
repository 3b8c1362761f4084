#include "base/sha256.h"

#include "base/prop.h"

static void check_hash(struct text t, const char *wanted)
{
	struct hash h = sha256_of(bytes_of_text(t));
	char hex[2 * HASH_SIZE + 1];

	hex_write(hex, bytes_of(h.at, HASH_SIZE));
	CHECK_TEXT(hex, wanted);
}

/* FIPS 180-4's examples. */
TEST(the_examples_of_the_standard_come_out)
{
	check_hash(TEXT(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	check_hash(TEXT("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	check_hash(TEXT("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
		   "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void pieces_hash_as_the_whole(struct prop *p)
{
	struct bytes all = prop_bytes(p, 2000), left = all;
	struct hash whole = sha256_of(all), pieces;
	struct sha256 s;

	sha256_begin(&s);
	while (left.size) {
		size_t size = (size_t)prop_uint(p, 1, left.size);

		sha256_add(&s, bytes_of(left.at, size));
		left = bytes_of(left.at + size, left.size - size);
	}
	sha256_end(&s, &pieces);
	CHECK(memcmp(whole.at, pieces.at, HASH_SIZE) == 0);
}

TEST(a_hash_does_not_depend_on_the_pieces)
{
	prop_run(pieces_hash_as_the_whole, 200, 4);
}

RUN_TESTS()
