/*
 * keyring: the site's keys, wrapped once for every account and once for the
 * recovery sheet.
 *
 * An entry:
 *
 *    1  version: 3 for a passphrase, 2 for the recovery secret; 1 for a passphrase as
 *       it was typed, before there was one form for all keyboards
 *    4  u32le  Argon2id operations        (0 in version 2)
 *    8  u64le  Argon2id memory in bytes   (0 in version 2)
 *   16  salt
 *   24  nonce
 *  112  XChaCha20-Poly1305 box of identity key (32), case key (32), seed (32)
 *
 * The key of the box is Argon2id of the passphrase in form C (passphrase.c); of the recovery secret, which is
 * 200 random bits and needs no slowing down, a keyed BLAKE2b.  Associated data:
 * "ikhtiar/keyring/v1", site, account (zero for recovery), and the entry up to the
 * nonce, so that no entry serves for another account and no limits can be lowered.
 */
#include <sodium.h>
#include <stdio.h>

#include "base/utf8.h"
#include "register/inside.h"

#define KEYS_SIZE (2 * KEY_SIZE + SIGN_SEED_SIZE)
#define HEAD_SIZE (1 + 4 + 8 + crypto_pwhash_SALTBYTES)
#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_SIZE crypto_aead_xchacha20poly1305_ietf_ABYTES
#define LABEL "ikhtiar/keyring/v1"
#define LABEL_SIZE (sizeof(LABEL) - 1)
#define AD_SIZE (LABEL_SIZE + 2 * ID_SIZE + HEAD_SIZE)

/* Limits of an entry that this program takes: a forged one could ask for all memory. */
#define OPERATIONS_MAX 16
#define MEMORY_MAX (UINT64_C(1) << 30)

#define NAME_SIZE_MAX 200

enum entry_version { ENTRY_AS_TYPED = 1, ENTRY_RECOVERY = 2, ENTRY_PASSPHRASE = 3 };

static_assert(KEYRING_ENTRY_SIZE == HEAD_SIZE + NONCE_SIZE + KEYS_SIZE + TAG_SIZE, "entry");
static_assert(SALT_SIZE == crypto_generichash_KEYBYTES, "salt");

struct entry_head {
	uint8_t version;
	struct hardness hard;
	uint8_t salt[crypto_pwhash_SALTBYTES];
};

struct hardness hardness_of(bool demo)
{
	if (demo)
		return (struct hardness){ crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN };
	return (struct hardness){ crypto_pwhash_OPSLIMIT_MODERATE,
				  crypto_pwhash_MEMLIMIT_MODERATE };
}

void site_secrets_free(struct site_secrets *k)
{
	secret_free(k->site.identity);
	secret_free(k->site.case_);
	secret_free(k->seed);
	*k = (struct site_secrets){ 0 };
}

static enum err empty_secrets(struct site_secrets *out, struct fault *f)
{
	struct secret **each[] = { &out->site.identity, &out->site.case_, &out->seed };

	*out = (struct site_secrets){ 0 };
	for (size_t i = 0; i < COUNT_OF(each); i++) {
		if (secret_new(each[i], KEY_SIZE, f)) {
			site_secrets_free(out);
			return ERR_MEMORY;
		}
	}
	return OK;
}

static_assert(KEY_SIZE == SIGN_SEED_SIZE, "all three secrets have one size");

enum err site_secrets_new(struct site_secrets *out, struct world *w, struct fault *f)
{
	enum err e;

	*out = (struct site_secrets){ 0 };
	if ((e = secret_random(&out->site.identity, w, KEY_SIZE, f)) ||
	    (e = secret_random(&out->site.case_, w, KEY_SIZE, f)) ||
	    (e = secret_random(&out->seed, w, SIGN_SEED_SIZE, f)))
		site_secrets_free(out);
	return e;
}

enum err site_secrets_copy(struct site_secrets *out, const struct site_secrets *k, struct fault *f)
{
	enum err e = empty_secrets(out, f);

	if (e)
		return e;
	memcpy(secret_fill(out->site.identity), secret_bytes(k->site.identity).at, KEY_SIZE);
	memcpy(secret_fill(out->site.case_), secret_bytes(k->site.case_).at, KEY_SIZE);
	memcpy(secret_fill(out->seed), secret_bytes(k->seed).at, SIGN_SEED_SIZE);
	return OK;
}

static void store_le(uint8_t *at, uint64_t n, size_t size)
{
	for (size_t i = 0; i < size; i++)
		at[i] = (uint8_t)(n >> (8 * i));
}

static uint64_t load_le(const uint8_t *at, size_t size)
{
	uint64_t n = 0;

	for (size_t i = 0; i < size; i++)
		n |= (uint64_t)at[i] << (8 * i);
	return n;
}

static void head_write(uint8_t out[HEAD_SIZE], const struct entry_head *h)
{
	out[0] = h->version;
	store_le(out + 1, h->hard.operations, 4);
	store_le(out + 5, h->hard.memory_bytes, 8);
	memcpy(out + 13, h->salt, sizeof(h->salt));
}

static bool head_read(struct entry_head *h, struct bytes entry)
{
	if (entry.size != KEYRING_ENTRY_SIZE)
		return false;
	h->version = entry.at[0];
	h->hard.operations = (uint32_t)load_le(entry.at + 1, 4);
	h->hard.memory_bytes = load_le(entry.at + 5, 8);
	memcpy(h->salt, entry.at + 13, sizeof(h->salt));
	if (h->version == ENTRY_RECOVERY)
		return h->hard.operations == 0 && h->hard.memory_bytes == 0;
	return (h->version == ENTRY_PASSPHRASE || h->version == ENTRY_AS_TYPED) &&
	       h->hard.operations >= crypto_pwhash_OPSLIMIT_MIN &&
	       h->hard.operations <= OPERATIONS_MAX &&
	       h->hard.memory_bytes >= crypto_pwhash_MEMLIMIT_MIN &&
	       h->hard.memory_bytes <= MEMORY_MAX;
}

static void associated(uint8_t out[AD_SIZE], const struct holder *holder, const uint8_t *head)
{
	memcpy(out, LABEL, LABEL_SIZE);
	memcpy(out + LABEL_SIZE, holder->site.at, ID_SIZE);
	memcpy(out + LABEL_SIZE + ID_SIZE, holder->account.at, ID_SIZE);
	memcpy(out + LABEL_SIZE + 2 * ID_SIZE, head, HEAD_SIZE);
}

static enum err derive_slowly(struct secret *key, const struct entry_head *h, struct bytes from,
			      struct fault *f)
{
	if (crypto_pwhash(secret_fill(key), KEY_SIZE, (const char *)from.at, from.size, h->salt,
			  h->hard.operations, (size_t)h->hard.memory_bytes,
			  crypto_pwhash_ALG_ARGON2ID13))
		return fault(f, ERR_MEMORY, "passphrase.no-memory", h->hard.memory_bytes >> 20);
	return OK;
}

static enum err derive(struct secret *key, const struct entry_head *h,
		       const struct secret *passphrase, struct fault *f)
{
	struct bytes from = secret_bytes(passphrase);
	struct secret *nfc = NULL;
	enum err e;

	switch ((enum entry_version)h->version) {
	case ENTRY_RECOVERY:
		crypto_generichash(secret_fill(key), KEY_SIZE, h->salt, sizeof(h->salt), from.at,
				   from.size);
		return OK;
	case ENTRY_AS_TYPED: return derive_slowly(key, h, from, f);
	case ENTRY_PASSPHRASE: break;
	}
	if (!(e = passphrase_nfc(&nfc, passphrase, f)))
		e = derive_slowly(key, h, secret_bytes(nfc), f);
	secret_free(nfc);
	return e;
}

enum err keyring_wrap(uint8_t out[KEYRING_ENTRY_SIZE], const struct site_secrets *k,
		      const struct holder *holder, const struct secret *passphrase,
		      struct hardness hard, struct world *w, struct fault *f)
{
	struct entry_head h = { .version = ENTRY_PASSPHRASE, .hard = hard };
	struct secret *key = NULL, *plain = NULL;
	uint8_t ad[AD_SIZE];
	enum err e;

	if (id_is_none(&holder->account))
		h = (struct entry_head){ .version = ENTRY_RECOVERY };
	w->chance(w, h.salt, sizeof(h.salt));
	if ((e = secret_new(&key, KEY_SIZE, f)) || (e = secret_new(&plain, KEYS_SIZE, f)) ||
	    (e = derive(key, &h, passphrase, f)))
		goto out;
	memcpy(secret_fill(plain), secret_bytes(k->site.identity).at, KEY_SIZE);
	memcpy(secret_fill(plain) + KEY_SIZE, secret_bytes(k->site.case_).at, KEY_SIZE);
	memcpy(secret_fill(plain) + 2 * KEY_SIZE, secret_bytes(k->seed).at, SIGN_SEED_SIZE);
	head_write(out, &h);
	w->chance(w, out + HEAD_SIZE, NONCE_SIZE);
	associated(ad, holder, out);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + HEAD_SIZE + NONCE_SIZE, NULL,
						   secret_fill(plain), KEYS_SIZE, ad, AD_SIZE, NULL,
						   out + HEAD_SIZE, secret_fill(key));
out:
	secret_free(plain);
	secret_free(key);
	return e;
}

enum err keyring_open(struct site_secrets *out, struct bytes entry, const struct holder *holder,
		      const struct secret *passphrase, struct fault *f)
{
	struct secret *key = NULL, *plain = NULL;
	struct entry_head h;
	uint8_t ad[AD_SIZE];
	enum err e;

	if (!head_read(&h, entry))
		return fault(f, ERR_DAMAGED, "keyring.damaged");
	if ((e = secret_new(&key, KEY_SIZE, f)) || (e = secret_new(&plain, KEYS_SIZE, f)) ||
	    (e = derive(key, &h, passphrase, f)))
		goto out;
	associated(ad, holder, entry.at);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(
		    secret_fill(plain), NULL, NULL, entry.at + HEAD_SIZE + NONCE_SIZE,
		    KEYS_SIZE + TAG_SIZE, ad, AD_SIZE, entry.at + HEAD_SIZE, secret_fill(key))) {
		e = ERR_DENIED;
		goto out;
	}
	if ((e = empty_secrets(out, f)))
		goto out;
	memcpy(secret_fill(out->site.identity), secret_fill(plain), KEY_SIZE);
	memcpy(secret_fill(out->site.case_), secret_fill(plain) + KEY_SIZE, KEY_SIZE);
	memcpy(secret_fill(out->seed), secret_fill(plain) + 2 * KEY_SIZE, SIGN_SEED_SIZE);
out:
	secret_free(plain);
	secret_free(key);
	return e;
}

void keyring_waste(const struct secret *passphrase, struct hardness hard)
{
	struct entry_head h = { .version = ENTRY_PASSPHRASE, .hard = hard };
	struct secret *key = NULL;

	/* Where there is too little memory, a known name takes less time as well. */
	if (!secret_new(&key, KEY_SIZE, NULL))
		never_mind(derive(key, &h, passphrase, NULL));
	secret_free(key);
}

void keyring_setting(char out[SETTING_NAME_MAX], const struct id *account)
{
	static const char prefix[] = "keyring/";

	memcpy(out, prefix, sizeof(prefix));
	if (id_is_none(account))
		strcpy(out + sizeof(prefix) - 1, "recovery");
	else
		hex_write(out + sizeof(prefix) - 1, bytes_of(account->at, ID_SIZE));
}

enum err login_setting(char out[SETTING_NAME_MAX], struct text name, const uint8_t salt[SALT_SIZE],
		       struct fault *f)
{
	static const char prefix[] = "login/";
	uint8_t hash[HASH_SIZE];
	struct arena *a = NULL;
	struct text folded;
	enum err e;

	if ((e = call_arena(&a, 64 * 1024, f)))
		goto out;
	if (!utf8_valid(name) || name.size > NAME_SIZE_MAX) {
		e = fault(f, ERR_INPUT, "account.name-form");
		goto out;
	}
	folded = text_fold(a, name);
	if (!folded.at || folded.size == 0) {
		e = folded.at ? fault(f, ERR_INPUT, "account.name-form")
			      : fault(f, ERR_MEMORY, "register.no-memory");
		goto out;
	}
	crypto_generichash(hash, sizeof(hash), (const uint8_t *)folded.at, folded.size, salt,
			   SALT_SIZE);
	memcpy(out, prefix, sizeof(prefix));
	hex_write(out + sizeof(prefix) - 1, bytes_of(hash, sizeof(hash)));
out:
	arena_free(a);
	return e;
}
