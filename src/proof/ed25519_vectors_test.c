/*
 * Project Wycheproof's signatures: forged, cut, lengthened, with S beyond the order of
 * the group, and good ones of RFC 8032.  Ed25519 signs the same message always with
 * the same bytes, so each good one is also made again out of its seed.
 */
#include "base/test.h"
#include "base/vectors_testing.h"
#include "proof/proof_testing.h"
#include "proof/sign.h"

enum column { NUMBER, VERDICT, SEED, PUBLIC_KEY, MESSAGE, SIGNATURE, COMMENT, COLUMN_COUNT };

static void check_signed_so(struct bytes seed, const struct hash *public_key, struct bytes message,
			    struct bytes signature)
{
	uint8_t made[SIGNATURE_SIZE];
	struct hash made_by;
	struct desk d;

	CHECK_INT(seed.size, SIGN_SEED_SIZE);
	desk_make(&d, seed.at);
	sign(made, &made_by, message, d.seed);
	CHECK(bytes_same(bytes_of(made, SIGNATURE_SIZE), signature));
	CHECK(bytes_same(bytes_of(made_by.at, HASH_SIZE), bytes_of(public_key->at, HASH_SIZE)));
	CHECK(bytes_same(bytes_of(d.public_key.at, HASH_SIZE),
			 bytes_of(public_key->at, HASH_SIZE)));
	desk_clear(&d);
}

TEST(the_signatures_of_wycheproof_hold_where_they_are_valid_and_only_there)
{
	size_t valid = 0, invalid = 0, of_another_size = 0;
	struct text fields[COLUMN_COUNT];
	struct vectors v;

	vectors_open(&v, "tests/vectors/ed25519/eddsa.tsv");
	while (vectors_next(&v, fields, COLUMN_COUNT)) {
		struct bytes message = vectors_hex(&v, fields[MESSAGE]);
		struct bytes signature = vectors_hex(&v, fields[SIGNATURE]);
		bool is_valid = text_is(fields[VERDICT], "valid");
		struct hash public_key;

		CHECK(hex_read(public_key.at, HASH_SIZE, fields[PUBLIC_KEY]));
		CHECK(is_valid || text_is(fields[VERDICT], "invalid"));
		if (signature.size != SIGNATURE_SIZE) {
			/* Our readers of notes and receipts take 64 bytes and nothing else. */
			CHECK(!is_valid);
			of_another_size++;
			continue;
		}
		if (signature_holds(signature.at, message, &public_key) != is_valid)
			check_failed(__FILE__, __LINE__, "case %.*s: %.*s", SHOWN(fields[NUMBER]),
				     SHOWN(fields[COMMENT]));
		if (is_valid)
			check_signed_so(vectors_hex(&v, fields[SEED]), &public_key, message,
					signature);
		valid += is_valid;
		invalid += !is_valid;
	}
	CHECK_INT(valid, 84);
	CHECK_INT(invalid + of_another_size, 61);
	vectors_close(&v, 145);
}

RUN_TESTS()
