/* sha256: over nettle. */
#include "base/sha256.h"

void sha256_begin(struct sha256 *s)
{
	sha256_init(&s->context);
}

void sha256_add(struct sha256 *s, struct bytes b)
{
	if (b.size)
		sha256_update(&s->context, b.size, b.at);
}

void sha256_end(struct sha256 *s, struct hash *out)
{
	_Static_assert(HASH_SIZE == SHA256_DIGEST_SIZE, "a hash is a SHA-256");

	sha256_digest(&s->context, HASH_SIZE, out->at);
	explicit_bzero(s, sizeof(*s));
}

struct hash sha256_of(struct bytes b)
{
	struct sha256 s;
	struct hash out;

	sha256_begin(&s);
	sha256_add(&s, b);
	sha256_end(&s, &out);
	return out;
}
