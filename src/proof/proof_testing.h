/* proof_testing: a seed, its public key, and memory for what is signed. */
#pragma once

#include "proof/proof.h"

struct desk {
	struct arena *arena;
	struct secret *seed;
	struct hash public_key;
};

/* `seed` NULL: one that is always the same. */
void desk_make(struct desk *d, const uint8_t seed[SIGN_SEED_SIZE]);
void desk_clear(struct desk *d);
