#include "proof/proof_testing.h"

#include <sodium.h>

#include "base/test.h"

void desk_make(struct desk *d, const uint8_t seed[SIGN_SEED_SIZE])
{
	static const uint8_t usual[SIGN_SEED_SIZE] = "a seed of thirty-two bytes, say";
	struct fault f = { 0 };

	CHECK(sodium_init() >= 0);
	CHECK_INT(arena_new(&d->arena, (size_t)1 << 20), OK);
	CHECK_INT(secret_of(&d->seed, bytes_of(seed ? seed : usual, SIGN_SEED_SIZE), &f), OK);
	public_key_of(&d->public_key, d->seed);
}

void desk_clear(struct desk *d)
{
	secret_free(d->seed);
	arena_free(d->arena);
}
