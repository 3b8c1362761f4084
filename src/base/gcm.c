/*
 * gcm: over nettle.  libsodium's AES-GCM is there only where the processor has
 * instructions for it, which a five-year-old laptop need not have.
 */
#include "base/gcm.h"

#include <assert.h>
#include <nettle/gcm.h>
#include <nettle/memops.h>

static_assert(GCM_KEY_SIZE == AES256_KEY_SIZE, "key");
static_assert(GCM_NONCE_SIZE == GCM_IV_SIZE, "nonce");
static_assert(GCM_TAG_SIZE == GCM_DIGEST_SIZE, "tag");

static void begin(struct gcm_aes256_ctx *c, const struct gcm_lock *lock)
{
	gcm_aes256_set_key(c, lock->key);
	gcm_aes256_set_iv(c, GCM_NONCE_SIZE, lock->nonce);
	gcm_aes256_update(c, lock->associated.size, lock->associated.at);
}

void gcm_seal(uint8_t *out, const struct gcm_lock *lock, struct bytes plain)
{
	struct gcm_aes256_ctx c;

	begin(&c, lock);
	gcm_aes256_encrypt(&c, plain.size, out, plain.at);
	gcm_aes256_digest(&c, GCM_TAG_SIZE, out + plain.size);
	explicit_bzero(&c, sizeof(c));
}

bool gcm_open(uint8_t *out, const struct gcm_lock *lock, struct bytes sealed)
{
	uint8_t tag[GCM_TAG_SIZE];
	struct gcm_aes256_ctx c;
	size_t size;
	bool opens;

	if (sealed.size < GCM_TAG_SIZE)
		return false;
	size = sealed.size - GCM_TAG_SIZE;
	begin(&c, lock);
	gcm_aes256_decrypt(&c, size, out, sealed.at);
	gcm_aes256_digest(&c, GCM_TAG_SIZE, tag);
	opens = memeql_sec(tag, sealed.at + size, GCM_TAG_SIZE);
	explicit_bzero(&c, sizeof(c));
	if (!opens)
		explicit_bzero(out, size);
	return opens;
}
