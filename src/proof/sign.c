/*
 * sign: the secret key that libsodium wants is the seed and the public key; it is made
 * for each signature and wiped.
 */
#include "proof/sign.h"

#include <assert.h>
#include <sodium.h>

_Static_assert(SIGN_SEED_SIZE == crypto_sign_SEEDBYTES, "a seed is one of Ed25519");
_Static_assert(SIGN_PUBLIC_SIZE == crypto_sign_PUBLICKEYBYTES && HASH_SIZE == SIGN_PUBLIC_SIZE,
	       "a public key fits a struct hash");
_Static_assert(SIGNATURE_SIZE == crypto_sign_BYTES, "a signature is one of Ed25519");

static void open_seed(uint8_t key[crypto_sign_SECRETKEYBYTES], struct hash *public_key,
		      const struct secret *seed)
{
	assert(secret_size(seed) == SIGN_SEED_SIZE);
	crypto_sign_seed_keypair(public_key->at, key, secret_bytes(seed).at);
}

void public_key_of(struct hash *public_key, const struct secret *seed)
{
	uint8_t key[crypto_sign_SECRETKEYBYTES];

	open_seed(key, public_key, seed);
	sodium_memzero(key, sizeof(key));
}

void sign(uint8_t signature[SIGNATURE_SIZE], struct hash *public_key, struct bytes message,
	  const struct secret *seed)
{
	uint8_t key[crypto_sign_SECRETKEYBYTES];

	open_seed(key, public_key, seed);
	crypto_sign_detached(signature, NULL, message.at, message.size, key);
	sodium_memzero(key, sizeof(key));
}

bool signature_holds(const uint8_t signature[SIGNATURE_SIZE], struct bytes message,
		     const struct hash *public_key)
{
	return crypto_sign_verify_detached(signature, message.at, message.size, public_key->at) ==
	       0;
}
