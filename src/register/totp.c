/*
 * totp: the second factor of an account: an authenticator by RFC 6238, and the recovery
 * codes that are printed with it.
 *
 * A setting holds what is known of it, sealed by the site's identity key: a random nonce,
 * and an XChaCha20-Poly1305 box with "ikhtiar/totp/v1", the site and the setting's name as
 * associated data, so that none serves for another account and none that was begun for
 * one that counts.  In the box:
 *
 *      1  version: 1
 *     20  secret
 *      8  u64le  the newest step of which a code was used; 0: none
 *    128  of each recovery code a keyed BLAKE2b of 16 bytes; zero: it was used
 *
 * A code is looked at, and what it uses up written, within one turn, and only then it is
 * answered: neither two at the same moment nor a restart make one work twice.
 */
#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "register/change.h"

#define SECRET_SIZE 20 /* RFC 4226 §4 R6: 160 bits are recommended */
#define STEP_S 30
#define DIGITS 6
#define STEPS_BESIDE 1
#define STEPS_A_DAY (86400 / STEP_S)

#define CODE_HASH_SIZE 16
#define PLAIN_SIZE (1 + SECRET_SIZE + 8 + TOTP_RECOVERY_CODES * CODE_HASH_SIZE)
#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define STORED_SIZE (NONCE_SIZE + PLAIN_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES)
#define VERSION 1
#define LABEL "ikhtiar/totp/v1"
#define LABEL_SIZE (sizeof(LABEL) - 1)
#define AD_SIZE_MAX (LABEL_SIZE + ID_SIZE + SETTING_NAME_MAX)

struct authenticator {
	uint8_t secret[SECRET_SIZE];
	uint64_t step_used;
	uint8_t recovery[TOTP_RECOVERY_CODES][CODE_HASH_SIZE];
};

static struct totp_settings settings_of(const struct id *account)
{
	struct totp_settings s = { "totp/", "totp-begun/" };

	hex_write(s.counts + strlen(s.counts), bytes_of(account->at, ID_SIZE));
	hex_write(s.begun + strlen(s.begun), bytes_of(account->at, ID_SIZE));
	return s;
}

/* --- on the disk -------------------------------------------------------------------- */

/* Where one lies, and the identity key that opens it: that of the register, or of who has
 * proved who she is and may not unlock it yet.  Used under turn. */
struct safe {
	struct reg *reg;
	const struct secret *key;
	const char *setting;
};

static size_t associated(uint8_t out[AD_SIZE_MAX], const struct safe *s)
{
	size_t size = strlen(s->setting);

	memcpy(out, LABEL, LABEL_SIZE);
	memcpy(out + LABEL_SIZE, s->reg->self.site.at, ID_SIZE);
	memcpy(out + LABEL_SIZE + ID_SIZE, s->setting, size);
	return LABEL_SIZE + ID_SIZE + size;
}

static void seal(uint8_t out[STORED_SIZE], const struct safe *s, const struct authenticator *a)
{
	struct world *w = s->reg->world;
	uint8_t plain[PLAIN_SIZE], ad[AD_SIZE_MAX];
	size_t ad_size = associated(ad, s);

	plain[0] = VERSION;
	memcpy(plain + 1, a->secret, SECRET_SIZE);
	store_u64(plain + 1 + SECRET_SIZE, a->step_used);
	memcpy(plain + 1 + SECRET_SIZE + 8, a->recovery, sizeof(a->recovery));
	w->chance(w, out, NONCE_SIZE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE_SIZE, NULL, plain, sizeof(plain), ad,
						   ad_size, NULL, out, secret_bytes(s->key).at);
	sodium_memzero(plain, sizeof(plain));
}

static bool unseal(struct authenticator *out, const struct safe *s, struct bytes b)
{
	uint8_t plain[PLAIN_SIZE], ad[AD_SIZE_MAX];
	size_t ad_size = associated(ad, s);
	bool opens = b.size == STORED_SIZE &&
		     !crypto_aead_xchacha20poly1305_ietf_decrypt(
			     plain, NULL, NULL, b.at + NONCE_SIZE, b.size - NONCE_SIZE, ad, ad_size,
			     b.at, secret_bytes(s->key).at) &&
		     plain[0] == VERSION;

	if (opens) {
		memcpy(out->secret, plain + 1, SECRET_SIZE);
		out->step_used = load_u64(bytes_of(plain + 1 + SECRET_SIZE, 8));
		memcpy(out->recovery, plain + 1 + SECRET_SIZE + 8, sizeof(out->recovery));
	}
	sodium_memzero(plain, sizeof(plain));
	return opens;
}

/* ERR_DENIED, told as `none`: there is none. */
static enum err read_it(struct authenticator *out, const struct safe *s, const char *none,
			struct fault *f)
{
	struct arena *a = NULL;
	struct bytes stored;
	enum err e;

	*out = (struct authenticator){ 0 };
	if ((e = call_arena(&a, 64 * 1024, f)))
		return e;
	e = setting_or_none(s->reg, s->setting, a, &stored, f);
	if (!e && !stored.size)
		e = fault(f, ERR_DENIED, none);
	if (!e && !unseal(out, s, stored))
		e = fault(f, ERR_DAMAGED, "totp.damaged");
	arena_free(a);
	return e;
}

static enum err write_it(const struct safe *s, const struct authenticator *a, struct fault *f)
{
	uint8_t stored[STORED_SIZE];
	struct log_setting setting = { s->setting, bytes_of(stored, sizeof(stored)) };

	seal(stored, s, a);
	return settings_write(s->reg, &setting, 1, f);
}

/* The turn, for an account that is open; where it fails the turn is given back. */
static enum err turn_begin(struct reg *r, const struct session *by, struct fault *f)
{
	enum err e;

	assert(!gate_is_inside(r));
	pthread_mutex_lock(&r->turn);
	if ((e = account_may_keep_own(r, by, f)))
		pthread_mutex_unlock(&r->turn);
	return e;
}

/* --- codes -------------------------------------------------------------------------- */

bool totp_code(char out[TOTP_CODE_SIZE], struct bytes secret, uint64_t step)
{
	/* RFC 6238 §4.2: TOTP = HOTP(K, T), where T is the number of time steps. */
	return oath_hotp_generate((const char *)secret.at, secret.size, step, DIGITS, false,
				  OATH_HOTP_DYNAMIC_TRUNCATION, out) == OATH_OK;
}

static bool is_code_of(const struct authenticator *a, const char *code, uint64_t step)
{
	char right[TOTP_CODE_SIZE];
	bool is = totp_code(right, bytes_of(a->secret, SECRET_SIZE), step) &&
		  !sodium_memcmp(right, code, DIGITS);

	sodium_memzero(right, sizeof(right));
	return is;
}

/* How many steps from `now` the code is of, the nearest; within `most`, else more. */
static uint64_t steps_apart(const struct authenticator *a, const char *code, uint64_t now,
			    uint64_t most, uint64_t *step)
{
	for (uint64_t apart = 0; apart <= most; apart++) {
		*step = now + apart;
		if (is_code_of(a, code, *step))
			return apart;
		*step = now - apart;
		if (apart <= now && is_code_of(a, code, *step))
			return apart;
	}
	return most + 1;
}

static enum err use_digits(struct authenticator *a, const char *code, int64_t now_s,
			   struct fault *f)
{
	uint64_t now = (uint64_t)(now_s > 0 ? now_s : 0) / STEP_S, step;
	uint64_t apart = steps_apart(a, code, now, STEPS_A_DAY, &step);

	if (apart > STEPS_A_DAY)
		return fault(f, ERR_DENIED, "totp.wrong");
	if (step <= a->step_used)
		return fault(f, ERR_DENIED, "totp.used");
	if (apart > STEPS_BESIDE)
		return fault(f, ERR_DENIED, "totp.clock", apart * STEP_S / 60);
	a->step_used = step;
	return OK;
}

/* Crockford's base 32, of which five characters and five make a code. */
#define RECOVERY_LETTERS 10

static void hash_recovery(uint8_t out[CODE_HASH_SIZE], const struct safe *s, const char *letters)
{
	crypto_generichash(out, CODE_HASH_SIZE, (const uint8_t *)letters, RECOVERY_LETTERS,
			   secret_bytes(s->key).at, KEY_SIZE);
}

static enum err use_recovery(struct authenticator *a, const struct safe *s, const char *letters,
			     struct fault *f)
{
	uint8_t hash[CODE_HASH_SIZE];

	hash_recovery(hash, s, letters);
	for (size_t i = 0; i < TOTP_RECOVERY_CODES; i++) {
		if (sodium_memcmp(hash, a->recovery[i], sizeof(hash)))
			continue;
		sodium_memzero(a->recovery[i], sizeof(hash));
		return OK;
	}
	return fault(f, ERR_DENIED, "totp.wrong");
}

/* As it is compared: digits of any script as ASCII, capitals, no blanks and dashes, and
 * what a hand mistakes for 0 and 1; its length, 0: it is none. */
static size_t plain_code(char out[RECOVERY_LETTERS], struct text code)
{
	size_t count = 0;
	uint32_t c;

	while (code.size && utf8_next(&code, &c)) {
		int digit = digit_value(c);

		if (c == ' ' || c == '-')
			continue;
		if (count == RECOVERY_LETTERS)
			return 0;
		if (digit >= 0)
			c = (uint32_t)('0' + digit);
		else if (c >= 'a' && c <= 'z')
			c -= 'a' - 'A';
		if (c > '~')
			return 0;
		out[count++] = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : (char)c;
	}
	return count;
}

/* Which codes are taken: a recovery code says nothing about whose authenticator it is. */
enum codes { CODES_OF_AUTHENTICATOR, CODES_ALL };

/* Whether the code is right; what it uses up is marked in `a`, not yet on the disk. */
static enum err use_code(struct authenticator *a, const struct safe *s, enum codes taken,
			 struct text code, struct fault *f)
{
	struct world *w = s->reg->world;
	char plain[RECOVERY_LETTERS];
	size_t size = plain_code(plain, code);
	enum err e;

	if (size == DIGITS)
		e = use_digits(a, plain, w->now_ms(w) / 1000, f);
	else if (size == RECOVERY_LETTERS && taken == CODES_ALL)
		e = use_recovery(a, s, plain, f);
	else
		e = fault(f, ERR_DENIED, "totp.wrong");
	sodium_memzero(plain, sizeof(plain));
	return e;
}

/* --- begin and confirm -------------------------------------------------------------- */

static enum err print_secret(struct reg_totp *out, const struct authenticator *a, struct fault *f)
{
	char *letters = NULL;
	size_t size = 0;

	if (oath_base32_encode((const char *)a->secret, SECRET_SIZE, &letters, &size) != OATH_OK)
		return fault(f, ERR_MEMORY, "register.no-memory");
	assert(size < sizeof(out->secret));
	memcpy(out->secret, letters, size + 1);
	sodium_memzero(letters, size);
	free(letters);
	return OK;
}

static void make_recovery(struct reg_totp *out, struct authenticator *a, const struct safe *s)
{
	struct world *w = s->reg->world;
	static const char base32[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

	for (size_t i = 0; i < TOTP_RECOVERY_CODES; i++) {
		uint8_t drawn[RECOVERY_LETTERS];
		char letters[RECOVERY_LETTERS];

		w->chance(w, drawn, sizeof(drawn));
		for (size_t k = 0; k < RECOVERY_LETTERS; k++)
			letters[k] = base32[drawn[k] & 31];
		hash_recovery(a->recovery[i], s, letters);
		memcpy(out->recovery[i], letters, 5);
		out->recovery[i][5] = '-';
		memcpy(out->recovery[i] + 6, letters + 5, 5);
		out->recovery[i][11] = 0;
		sodium_memzero(drawn, sizeof(drawn));
		sodium_memzero(letters, sizeof(letters));
	}
}

enum err reg_totp_begin(struct reg *r, const struct session *by, struct reg_totp *out,
			struct fault *f)
{
	struct totp_settings settings = settings_of(&by->account);
	struct safe begun = { .reg = r, .setting = settings.begun };
	struct authenticator a = { 0 };
	enum err e;

	*out = (struct reg_totp){ 0 };
	if ((e = turn_begin(r, by, f)))
		return e;
	begun.key = r->keys.site.identity;
	r->world->chance(r->world, a.secret, SECRET_SIZE);
	make_recovery(out, &a, &begun);
	if (!(e = print_secret(out, &a, f)))
		e = write_it(&begun, &a, f);
	pthread_mutex_unlock(&r->turn);
	sodium_memzero(&a, sizeof(a));
	if (e)
		sodium_memzero(out, sizeof(*out));
	return e;
}

/* What was begun, sealed as the one that counts, where the code is of it. */
static enum err confirm(struct reg *r, const struct session *by, struct text code,
			const struct totp_settings *settings, uint8_t stored[STORED_SIZE],
			struct fault *f)
{
	struct safe begun = { .reg = r, .setting = settings->begun };
	struct safe counts = { .reg = r, .setting = settings->counts };
	struct authenticator a;
	enum err e;

	if ((e = turn_begin(r, by, f)))
		return e;
	begun.key = counts.key = r->keys.site.identity;
	if (!(e = read_it(&a, &begun, "totp.not-begun", f)) &&
	    !(e = use_code(&a, &begun, CODES_OF_AUTHENTICATOR, code, f)))
		seal(stored, &counts, &a);
	pthread_mutex_unlock(&r->turn);
	sodium_memzero(&a, sizeof(a));
	return e;
}

enum err reg_totp_confirm(struct reg *r, const struct session *by, struct text code,
			  struct fault *f)
{
	struct totp_settings settings = settings_of(&by->account);
	uint8_t stored[STORED_SIZE];
	struct change c;
	enum err e;

	if ((e = confirm(r, by, code, &settings, stored, f)) ||
	    (e = change_begin(&c, r, by, KIND_ACCOUNT_TOTP, f)))
		return e;
	c.account = by->account;
	c.fact.values[ACCOUNT_TOTP_AUTHENTICATOR] = value_number(true);
	change_setting(&c, settings.counts, bytes_of(stored, sizeof(stored)));
	change_setting(&c, settings.begun, (struct bytes){ 0 });
	e = change_record(&c, DEED_NONE, f);
	arena_free(c.arena);
	return e;
}

/* --- in use ------------------------------------------------------------------------- */

static enum err is_in_use(struct reg *r, const struct id *account, bool *out, struct fault *f)
{
	struct totp_settings settings = settings_of(account);
	struct arena *a = NULL;
	struct bytes stored = { 0 };
	enum err e;

	*out = false;
	if ((e = call_arena(&a, 64 * 1024, f)))
		return e;
	e = setting_or_none(r, settings.counts, a, &stored, f);
	*out = stored.size > 0;
	arena_free(a);
	return e;
}

enum err reg_totp_has(struct reg *r, const struct session *by, bool *out, struct fault *f)
{
	enum err e = account_may_keep_own(r, by, f);

	*out = false;
	return e ? e : is_in_use(r, &by->account, out, f);
}

enum err reg_entrant_has_totp(struct reg *r, const struct reg_entrant *n, bool *out,
			      struct fault *f)
{
	return is_in_use(r, &n->who.account, out, f);
}

enum err reg_entrant_totp(struct reg *r, const struct reg_entrant *n, struct text code,
			  struct fault *f)
{
	struct totp_settings settings = settings_of(&n->who.account);
	struct safe counts = { r, n->keys->site.identity, settings.counts };
	struct authenticator a;
	enum err e;

	assert(!gate_is_inside(r));
	pthread_mutex_lock(&r->turn);
	if (!(e = read_it(&a, &counts, "totp.none", f)) &&
	    !(e = use_code(&a, &counts, CODES_ALL, code, f)))
		e = write_it(&counts, &a, f);
	pthread_mutex_unlock(&r->turn);
	sodium_memzero(&a, sizeof(a));
	return e;
}

enum err reg_totp_reset(struct reg *r, const struct session *by, struct text name, struct fault *f)
{
	struct change c;
	enum err e;

	if ((e = account_may_change(r, by, f)) ||
	    (e = change_begin(&c, r, by, KIND_ACCOUNT_TOTP, f)))
		return e;
	c.fact.values[ACCOUNT_TOTP_AUTHENTICATOR] = value_number(false);
	if (!(e = account_named(r, name, &c.account, f))) {
		totp_forget(&c);
		e = change_record(&c, DEED_MANAGE_ACCOUNTS, f);
	}
	arena_free(c.arena);
	return e;
}

void totp_forget(struct change *c)
{
	c->totp = settings_of(&c->account);
	change_setting(c, c->totp.counts, (struct bytes){ 0 });
	change_setting(c, c->totp.begun, (struct bytes){ 0 });
}
