/* sign: Ed25519 (RFC 8032) out of a seed in locked memory. */
#pragma once

#include "proof/proof.h"

#define SIGNATURE_SIZE 64

void sign(uint8_t signature[SIGNATURE_SIZE], struct hash *public_key, struct bytes message,
	  const struct secret *seed);
MUST_USE bool signature_holds(const uint8_t signature[SIGNATURE_SIZE], struct bytes message,
			      const struct hash *public_key);
