/* sha256: SHA-256 in pieces or at once (nettle does the work). */
#pragma once

#include <nettle/sha2.h>

#include "base/bytes.h"

struct sha256 {
	struct sha256_ctx context;
};

void sha256_begin(struct sha256 *s);
void sha256_add(struct sha256 *s, struct bytes b);
/* Gives the hash and wipes `s`. */
void sha256_end(struct sha256 *s, struct hash *out);

struct hash sha256_of(struct bytes b);
