/* gcm: AES-256-GCM (NIST SP 800-38D), as every browser has it (nettle does the work). */
#pragma once

#include "base/bytes.h"
#include "base/err.h"

#define GCM_KEY_SIZE 32
#define GCM_NONCE_SIZE 12
#define GCM_TAG_SIZE 16

/* What a text is sealed under.  Two texts under one key never have the same nonce. */
struct gcm_lock {
	const uint8_t *key, *nonce; /* GCM_KEY_SIZE, GCM_NONCE_SIZE */
	struct bytes associated;    /* is not sealed, and cannot be changed either */
};

/* `out` gets the sealed text with its tag behind it: GCM_TAG_SIZE more than `plain`. */
void gcm_seal(uint8_t *out, const struct gcm_lock *lock, struct bytes plain);
/* The other way; false: it is not what was sealed so, and `out` is wiped. */
MUST_USE bool gcm_open(uint8_t *out, const struct gcm_lock *lock, struct bytes sealed);
