/*
 * session: a table of devices behind one lock, which is never held while a PIN is hashed.
 *
 * The table is walked from its beginning for each request: 512 hashes are 16 KiB.
 */
#include "api/session.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "api/api.h"
#include "base/sha256.h"
#include "base/utf8.h"

#define FAILING_MAX 8 /* names tried in vain that a device remembers  */
#define FREE_TRIES 3  /* slips of the pen                             */
#define FAILING_WAIT_S_MAX 60
#define CODE_FAILING_MAX 64	     /* accounts whose codes were tried in vain */
#define CODE_FAILING_WAIT_S_MAX 3600 /* a million codes, and those of a day are told apart */
#define OPEN_FILES_MAX 128

/* A device may ask so often, and so many times at once after a pause. */
#define REQUEST_MS 20
#define REQUESTS_AT_ONCE 500

/* A PIN has a million values: slow enough to try all of them only with the process in
 * hand, quick enough for forty tablets at noon. */
#define PIN_OPERATIONS 3
#define PIN_MEMORY ((size_t)4 * 1024 * 1024)

struct pin {
	bool set;
	unsigned tries; /* wrong ones since the last right one */
	uint8_t salt[crypto_pwhash_SALTBYTES];
	uint8_t hash[KEY_SIZE];
};

struct open_file {
	struct id id;
	int64_t until_ms;
};

struct holder {
	struct id account; /* none: this place is free */
	uint32_t renewed;  /* which of her passphrases she gave */
	bool open;	   /* else her PIN is asked for */
	bool code_due;
	int64_t acted_ms, ends_ms, again_until_ms;
	struct agreement agreed; /* with a second person */
	int64_t agreed_until_ms;
	struct pin pin;
	struct open_file files[OPEN_FILES_MAX];
	size_t file_next; /* the place of the next one: the oldest */
};

struct failing {
	struct hash name;
	unsigned count;
	int64_t until_ms;
};

#define NOBODY SIZE_MAX

struct device {
	struct hash cookie;
	struct holder holders[HOLDERS_MAX];
	size_t at_screen; /* NOBODY, or whose place */
	struct failing failing[FAILING_MAX];
	size_t failing_next;
	int64_t asked_ms;  /* the last request */
	int64_t credit_ms; /* what the next requests may cost */
};

struct sessions {
	pthread_mutex_t lock;
	struct world *world;
	struct secret *key; /* of tokens, names and PINs; of this process alone */
	struct failing codes[CODE_FAILING_MAX]; /* by account */
	size_t code_next;
	struct device *devices[SESSIONS_MAX];
};

enum err sessions_new(struct sessions **out, struct world *w, struct fault *f)
{
	struct sessions *s = calloc(1, sizeof(*s));
	enum err e;

	*out = NULL;
	if (!s)
		return fault(f, ERR_MEMORY, "memory.none");
	if ((e = secret_random(&s->key, w, KEY_SIZE, f))) {
		free(s);
		return e;
	}
	pthread_mutex_init(&s->lock, NULL);
	s->world = w;
	*out = s;
	return OK;
}

static void forget_device(struct sessions *s, size_t at)
{
	sodium_memzero(s->devices[at], sizeof(*s->devices[at]));
	free(s->devices[at]);
	s->devices[at] = NULL;
}

void sessions_free(struct sessions *s)
{
	if (!s)
		return;
	sessions_clear(s);
	for (size_t i = 0; i < SESSIONS_MAX; i++)
		if (s->devices[i])
			forget_device(s, i);
	secret_free(s->key);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

static int64_t now_of(struct sessions *s)
{
	return s->world->steady_ms(s->world);
}

/* --- the cookie --------------------------------------------------------------------- */

struct cookie cookie_read(struct text header)
{
	static const char name[] = API_COOKIE "=";
	struct cookie c = { .given = false };
	const char *at = header.at ? header.at : "", *end = at + header.size;

	while (at < end) {
		const char *next = memchr(at, ';', (size_t)(end - at));
		size_t size = (size_t)((next ? next : end) - at);

		if (size == sizeof(name) - 1 + 2 * KEY_SIZE &&
		    !memcmp(at, name, sizeof(name) - 1) &&
		    hex_read(c.at, KEY_SIZE,
			     (struct text){ at + sizeof(name) - 1, 2 * KEY_SIZE })) {
			c.given = true;
			return c;
		}
		at = next ? next + 1 : end;
		while (at < end && *at == ' ')
			at++;
	}
	return c;
}

void cookie_write(char out[COOKIE_LINE_SIZE], const struct cookie *c)
{
	char hex[2 * KEY_SIZE + 1];

	hex_write(hex, bytes_of(c->at, KEY_SIZE));
	snprintf(out, COOKIE_LINE_SIZE, API_COOKIE "=%s; Path=/; Secure; HttpOnly; SameSite=Strict",
		 hex);
	sodium_memzero(hex, sizeof(hex));
}

/* --- devices ------------------------------------------------------------------------- */

/* All that follows is called with the lock held, but for what says otherwise. */

static void forget_holder(struct device *d, size_t at)
{
	sodium_memzero(&d->holders[at], sizeof(d->holders[at]));
	if (d->at_screen == at)
		d->at_screen = NOBODY;
}

static bool is_free(const struct holder *h)
{
	return id_is_none(&h->account);
}

static bool has_holder(const struct device *d)
{
	for (size_t i = 0; i < HOLDERS_MAX; i++)
		if (!is_free(&d->holders[i]))
			return true;
	return false;
}

/* What became of the holders while nobody asked. */
static void let_time_pass(struct device *d, int64_t now)
{
	for (size_t i = 0; i < HOLDERS_MAX; i++) {
		struct holder *h = &d->holders[i];
		bool idle = h->open && now - h->acted_ms >= IDLE_MS;

		if (is_free(h))
			continue;
		if (now >= h->ends_ms || (idle && !h->pin.set))
			forget_holder(d, i);
		else if (idle)
			h->open = false;
	}
}

/* The device of a cookie, as it is now; NULL: not known. */
static struct device *device_of(struct sessions *s, const struct cookie *c)
{
	struct hash hash;

	if (!c->given)
		return NULL;
	hash = sha256_of(bytes_of(c->at, KEY_SIZE));
	for (size_t i = 0; i < SESSIONS_MAX; i++)
		if (s->devices[i] && !memcmp(&s->devices[i]->cookie, &hash, sizeof(hash))) {
			let_time_pass(s->devices[i], now_of(s));
			return s->devices[i];
		}
	return NULL;
}

static struct holder *holder_at_screen(struct sessions *s, const struct cookie *c)
{
	struct device *d = device_of(s, c);

	return d && d->at_screen != NOBODY ? &d->holders[d->at_screen] : NULL;
}

/* As long as `account` is at the screen: another may have come to it since who asked was
 * looked at.  NULL: she is not. */
static struct holder *holder_if_still(struct sessions *s, const struct cookie *c,
				      const struct id *account)
{
	struct holder *h = holder_at_screen(s, c);

	return h && id_same(&h->account, account) ? h : NULL;
}

/* A new secret for the device: what was known before is worth nothing. */
static void renew_cookie(struct sessions *s, struct device *d, struct cookie *c)
{
	c->given = true;
	s->world->chance(s->world, c->at, KEY_SIZE);
	d->cookie = sha256_of(bytes_of(c->at, KEY_SIZE));
}

/* A free place, if need be that of the device that nobody is in and that was quiet the
 * longest; SESSIONS_MAX: none. */
static size_t place_for_device(struct sessions *s)
{
	size_t quiet = SESSIONS_MAX;

	for (size_t i = 0; i < SESSIONS_MAX; i++) {
		if (!s->devices[i])
			return i;
		let_time_pass(s->devices[i], now_of(s));
		if (!has_holder(s->devices[i]) &&
		    (quiet == SESSIONS_MAX ||
		     s->devices[i]->asked_ms < s->devices[quiet]->asked_ms))
			quiet = i;
	}
	if (quiet < SESSIONS_MAX)
		forget_device(s, quiet);
	return quiet;
}

/* The device of the cookie, or a new one with a new cookie. */
static enum err device_for(struct sessions *s, struct cookie *c, struct device **out,
			   struct fault *f)
{
	size_t at;

	if ((*out = device_of(s, c)))
		return OK;
	if ((at = place_for_device(s)) == SESSIONS_MAX)
		return fault(f, ERR_FULL, "session.full", SESSIONS_MAX);
	if (!(s->devices[at] = calloc(1, sizeof(struct device))))
		return fault(f, ERR_MEMORY, "memory.none");
	*out = s->devices[at];
	(*out)->at_screen = NOBODY;
	(*out)->asked_ms = now_of(s);
	(*out)->credit_ms = REQUEST_MS * REQUESTS_AT_ONCE;
	renew_cookie(s, *out, c);
	return OK;
}

/* --- how a browser stands ----------------------------------------------------------- */

/* A hash that only this process can make; needs no lock. */
static struct hash keyed(const struct sessions *s, struct bytes first, struct bytes second)
{
	crypto_generichash_state state;
	struct bytes key = secret_bytes(s->key);
	struct hash out;

	crypto_generichash_init(&state, key.at, key.size, sizeof(out.at));
	crypto_generichash_update(&state, first.at, first.size);
	crypto_generichash_update(&state, second.at, second.size);
	crypto_generichash_final(&state, out.at, sizeof(out.at));
	sodium_memzero(&state, sizeof(state));
	return out;
}

/*
 * The token is of the device and of the account: a page that still shows what another saw
 * at this screen cannot write in the name of who is there now.
 */
static void write_token(struct sessions *s, const struct cookie *c, const struct id *account,
			char out[SESSION_TOKEN_SIZE])
{
	struct hash token = keyed(s, bytes_of(c->at, KEY_SIZE), bytes_of(account->at, ID_SIZE));

	hex_write(out, bytes_of(token.at, sizeof(token.at)));
}

static enum standing standing_of(const struct holder *h)
{
	if (!h->open)
		return STANDING_PIN;
	return h->code_due ? STANDING_CODE : STANDING_IN;
}

static void see_colleagues(const struct device *d, struct seen *out)
{
	for (size_t i = 0; i < HOLDERS_MAX; i++)
		if (i != d->at_screen && !is_free(&d->holders[i]))
			out->colleagues[out->colleague_count++] = d->holders[i].account;
}

/* Whether one more request is too many: time gives credit, a request costs some. */
static unsigned charge(struct device *d, int64_t now)
{
	const int64_t most = REQUEST_MS * REQUESTS_AT_ONCE;

	d->credit_ms += now - d->asked_ms;
	if (d->credit_ms > most)
		d->credit_ms = most;
	d->asked_ms = now;
	if (d->credit_ms < REQUEST_MS)
		return 1;
	d->credit_ms -= REQUEST_MS;
	return 0;
}

void sessions_look(struct sessions *s, const struct cookie *c, bool acts, struct seen *out)
{
	struct device *d;

	*out = (struct seen){ .standing = STANDING_OUT };
	pthread_mutex_lock(&s->lock);
	if ((d = device_of(s, c))) {
		int64_t now = now_of(s);

		out->wait_s = charge(d, now);
		see_colleagues(d, out);
		if (d->at_screen != NOBODY) {
			struct holder *h = &d->holders[d->at_screen];

			if (acts && h->open)
				h->acted_ms = now;
			out->standing = standing_of(h);
			out->who.account = h->account;
			out->renewed = h->renewed;
			out->pin_set = h->pin.set;
			out->left_ms = h->ends_ms - now;
			write_token(s, c, &h->account, out->token);
		}
	}
	pthread_mutex_unlock(&s->lock);
}

uint64_t sessions_count(struct sessions *s)
{
	uint64_t count = 0;

	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < SESSIONS_MAX; i++) {
		if (!s->devices[i])
			continue;
		let_time_pass(s->devices[i], now_of(s));
		for (size_t h = 0; h < HOLDERS_MAX; h++)
			count += !is_free(&s->devices[i]->holders[h]);
	}
	pthread_mutex_unlock(&s->lock);
	return count;
}

/* --- coming in ----------------------------------------------------------------------- */

static struct failing *failing_of(struct device *d, const struct hash *name)
{
	for (size_t i = 0; i < FAILING_MAX; i++)
		if (d->failing[i].count && !memcmp(&d->failing[i].name, name, sizeof(*name)))
			return &d->failing[i];
	return NULL;
}

unsigned sessions_wait_s(struct sessions *s, const struct cookie *c, struct text name)
{
	struct hash hash = keyed(s, bytes_of_text(name), (struct bytes){ 0 });
	const struct failing *failing = NULL;
	struct device *d;
	int64_t left_ms = 0;

	pthread_mutex_lock(&s->lock);
	if ((d = device_of(s, c)) && (failing = failing_of(d, &hash)))
		left_ms = failing->until_ms - now_of(s);
	pthread_mutex_unlock(&s->lock);
	return left_ms > 0 ? (unsigned)((left_ms + 999) / 1000) : 0;
}

/* Twice as long each time, once it can be no slip of the pen any more. */
static int64_t wait_after(unsigned failures, int64_t most_s)
{
	int64_t wait_s = failures > FREE_TRIES;

	for (unsigned i = FREE_TRIES; i < failures && wait_s < most_s; i++)
		wait_s *= 2;
	return 1000 * (wait_s < most_s ? wait_s : most_s);
}

enum err sessions_failed(struct sessions *s, struct cookie *c, struct text name, struct fault *f)
{
	struct hash hash = keyed(s, bytes_of_text(name), (struct bytes){ 0 });
	struct failing *failing;
	struct device *d;
	enum err e;

	pthread_mutex_lock(&s->lock);
	if (!(e = device_for(s, c, &d, f))) {
		if (!(failing = failing_of(d, &hash))) {
			failing = &d->failing[d->failing_next++ % FAILING_MAX];
			*failing = (struct failing){ .name = hash };
		}
		failing->count++;
		failing->until_ms = now_of(s) + wait_after(failing->count, FAILING_WAIT_S_MAX);
	}
	pthread_mutex_unlock(&s->lock);
	return e;
}

static void forget_failing(struct sessions *s, struct device *d, struct text name)
{
	struct hash hash = keyed(s, bytes_of_text(name), (struct bytes){ 0 });
	struct failing *failing = failing_of(d, &hash);

	if (failing)
		*failing = (struct failing){ 0 };
}

/* --- codes tried in vain ---------------------------------------------------------------- */

static struct failing *code_failing_of(struct sessions *s, const struct id *account)
{
	struct hash hash = keyed(s, bytes_of(account->at, ID_SIZE), (struct bytes){ 0 });

	for (size_t i = 0; i < CODE_FAILING_MAX; i++)
		if (s->codes[i].count && !memcmp(&s->codes[i].name, &hash, sizeof(hash)))
			return &s->codes[i];
	return NULL;
}

unsigned sessions_code_wait_s(struct sessions *s, const struct id *account)
{
	const struct failing *failing;
	int64_t left_ms = 0;

	pthread_mutex_lock(&s->lock);
	if ((failing = code_failing_of(s, account)))
		left_ms = failing->until_ms - now_of(s);
	pthread_mutex_unlock(&s->lock);
	return left_ms > 0 ? (unsigned)((left_ms + 999) / 1000) : 0;
}

void sessions_code_failed(struct sessions *s, const struct id *account)
{
	struct failing *failing;

	pthread_mutex_lock(&s->lock);
	if (!(failing = code_failing_of(s, account))) {
		failing = &s->codes[s->code_next++ % CODE_FAILING_MAX];
		*failing = (struct failing){ .name = keyed(s, bytes_of(account->at, ID_SIZE),
							   (struct bytes){ 0 }) };
	}
	failing->count++;
	failing->until_ms = now_of(s) + wait_after(failing->count, CODE_FAILING_WAIT_S_MAX);
	pthread_mutex_unlock(&s->lock);
}

/* She is in, by whatever proved it. */
static void forget_codes(struct sessions *s, const struct id *account)
{
	struct failing *failing = code_failing_of(s, account);

	if (failing)
		*failing = (struct failing){ 0 };
}

/* --- at the screen ---------------------------------------------------------------------- */

/* Who leaves the screen stays only behind a PIN. */
static void clear_screen(struct device *d)
{
	if (d->at_screen == NOBODY)
		return;
	if (d->holders[d->at_screen].pin.set)
		d->holders[d->at_screen].open = false;
	else
		forget_holder(d, d->at_screen);
	d->at_screen = NOBODY;
}

/* Her place on the device, or a free one; NOBODY: there is none. */
static size_t place_of(const struct device *d, const struct id *account)
{
	size_t free_place = NOBODY;

	for (size_t i = 0; i < HOLDERS_MAX; i++) {
		if (id_same(&d->holders[i].account, account))
			return i;
		if (is_free(&d->holders[i]) && free_place == NOBODY)
			free_place = i;
	}
	return free_place;
}

/* Whether she finds a place once the screen is cleared for her. */
static bool has_room(const struct device *d, const struct newcomer *n)
{
	return !n->shared || place_of(d, &n->account) != NOBODY ||
	       (d->at_screen != NOBODY && !d->holders[d->at_screen].pin.set);
}

static void take_place(struct device *d, const struct newcomer *n, int64_t now)
{
	size_t at;

	if (!n->shared)
		for (size_t i = 0; i < HOLDERS_MAX; i++)
			forget_holder(d, i);
	clear_screen(d);
	at = place_of(d, &n->account);
	forget_holder(d, at);
	d->holders[at] = (struct holder){
		.account = n->account,
		.renewed = n->renewed,
		.open = true,
		.code_due = n->code_due,
		.acted_ms = now,
		.ends_ms = now + SESSION_MS,
		.again_until_ms = now + AGAIN_MS,
	};
	d->at_screen = at;
}

enum err sessions_enter(struct sessions *s, struct cookie *c, const struct newcomer *n,
			struct fault *f)
{
	struct device *d;
	enum err e;

	assert(!id_is_none(&n->account));
	pthread_mutex_lock(&s->lock);
	if (!(e = device_for(s, c, &d, f)) && !has_room(d, n))
		e = fault(f, ERR_FULL, "session.tablet-full", HOLDERS_MAX);
	if (!e) {
		take_place(d, n, now_of(s));
		forget_failing(s, d, n->name);
		forget_codes(s, &n->account);
		renew_cookie(s, d, c);
	}
	pthread_mutex_unlock(&s->lock);
	return e;
}

void sessions_leave(struct sessions *s, const struct cookie *c)
{
	struct device *d;

	pthread_mutex_lock(&s->lock);
	if ((d = device_of(s, c)) && d->at_screen != NOBODY)
		forget_holder(d, d->at_screen);
	pthread_mutex_unlock(&s->lock);
}

/* NULL: every account. */
static void drop(struct sessions *s, const struct id *account)
{
	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < SESSIONS_MAX; i++)
		for (size_t h = 0; s->devices[i] && h < HOLDERS_MAX; h++)
			if (!account || id_same(&s->devices[i]->holders[h].account, account))
				forget_holder(s->devices[i], h);
	pthread_mutex_unlock(&s->lock);
}

void sessions_drop_older(struct sessions *s, const struct id *account, uint32_t renewed)
{
	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < SESSIONS_MAX; i++)
		for (size_t h = 0; s->devices[i] && h < HOLDERS_MAX; h++)
			if (id_same(&s->devices[i]->holders[h].account, account) &&
			    s->devices[i]->holders[h].renewed != renewed)
				forget_holder(s->devices[i], h);
	pthread_mutex_unlock(&s->lock);
}

void sessions_drop(struct sessions *s, const struct id *account)
{
	drop(s, account);
}

void sessions_clear(struct sessions *s)
{
	drop(s, NULL);
}

/* --- the PIN ------------------------------------------------------------------------- */

/* The digits in ASCII; ERR_INPUT: not six.  Needs no lock. */
static enum err read_pin(char out[PIN_DIGITS], struct text pin, struct fault *f)
{
	size_t count = 0;
	uint32_t c;

	while (utf8_next(&pin, &c)) {
		int digit = digit_value(c);

		if (digit < 0 || count == PIN_DIGITS)
			return fault(f, ERR_INPUT, "session.pin-form", PIN_DIGITS);
		out[count++] = (char)('0' + digit);
	}
	return count == PIN_DIGITS ? OK : fault(f, ERR_INPUT, "session.pin-form", PIN_DIGITS);
}

/* Takes some milliseconds and needs no lock. */
static enum err hash_pin(const struct sessions *s, const struct id *account,
			 const char digits[PIN_DIGITS], const uint8_t *salt, uint8_t out[KEY_SIZE],
			 struct fault *f)
{
	struct hash from = keyed(s, bytes_of(account->at, ID_SIZE), bytes_of(digits, PIN_DIGITS));
	int failed = crypto_pwhash(out, KEY_SIZE, (const char *)from.at, sizeof(from.at), salt,
				   PIN_OPERATIONS, PIN_MEMORY, crypto_pwhash_ALG_ARGON2ID13);

	sodium_memzero(&from, sizeof(from));
	return failed ? fault(f, ERR_MEMORY, "memory.none") : OK;
}

/* The account at the screen; none: nobody. */
static struct id account_at_screen(struct sessions *s, const struct cookie *c)
{
	struct holder *h;
	struct id account = { 0 };

	pthread_mutex_lock(&s->lock);
	if ((h = holder_at_screen(s, c)))
		account = h->account;
	pthread_mutex_unlock(&s->lock);
	return account;
}

enum err sessions_set_pin(struct sessions *s, const struct cookie *c, struct text pin,
			  struct fault *f)
{
	struct id account = account_at_screen(s, c);
	struct pin made = { .set = true };
	char digits[PIN_DIGITS];
	struct holder *h;
	enum err e;

	if ((e = read_pin(digits, pin, f)))
		return e;
	s->world->chance(s->world, made.salt, sizeof(made.salt));
	if (!(e = hash_pin(s, &account, digits, made.salt, made.hash, f))) {
		pthread_mutex_lock(&s->lock);
		h = holder_if_still(s, c, &account);
		if (h && h->open)
			h->pin = made;
		else
			e = fault(f, ERR_DENIED, "session.nobody");
		pthread_mutex_unlock(&s->lock);
	}
	sodium_memzero(&made, sizeof(made));
	sodium_memzero(digits, sizeof(digits));
	return e;
}

void sessions_away(struct sessions *s, const struct cookie *c)
{
	struct device *d;

	pthread_mutex_lock(&s->lock);
	if ((d = device_of(s, c)) && d->at_screen != NOBODY) {
		if (d->holders[d->at_screen].pin.set)
			d->holders[d->at_screen].open = false;
		else
			forget_holder(d, d->at_screen);
	}
	pthread_mutex_unlock(&s->lock);
}

/* NULL: no such device, or she is not on it. */
static struct holder *holder_on(struct device *d, const struct id *account)
{
	for (size_t i = 0; d && i < HOLDERS_MAX; i++)
		if (!is_free(&d->holders[i]) && id_same(&d->holders[i].account, account))
			return &d->holders[i];
	return NULL;
}

/* What there is to compare with.  The try is counted before it is looked at, so that
 * many at once are not more than PIN_TRIES. */
static enum err begin_try(struct sessions *s, const struct cookie *c, const struct id *account,
			  struct pin *out, struct fault *f)
{
	struct holder *h;
	enum err e = OK;

	pthread_mutex_lock(&s->lock);
	h = holder_on(device_of(s, c), account);
	if (!h)
		e = fault(f, ERR_NOT_FOUND, "session.no-such-colleague");
	else if (!h->pin.set || h->pin.tries >= PIN_TRIES)
		e = fault(f, ERR_DENIED, "session.pin-none");
	if (!e) {
		h->pin.tries++;
		*out = h->pin;
	}
	pthread_mutex_unlock(&s->lock);
	return e;
}

static void come_to_screen(struct device *d, struct holder *h, int64_t now)
{
	size_t at = (size_t)(h - d->holders);

	if (d->at_screen != at)
		clear_screen(d);
	d->at_screen = at;
	h->open = true;
	h->acted_ms = now;
	h->pin.tries = 0;
}

static enum err end_try(struct sessions *s, const struct cookie *c, const struct id *account,
			bool right, struct fault *f)
{
	struct device *d;
	struct holder *h;
	enum err e = OK;

	pthread_mutex_lock(&s->lock);
	d = device_of(s, c);
	h = holder_on(d, account);
	if (!h || !h->pin.set) {
		e = fault(f, ERR_DENIED, "session.pin-none");
	} else if (right) {
		come_to_screen(d, h, now_of(s));
	} else if (h->pin.tries >= PIN_TRIES) {
		h->pin = (struct pin){ .set = false };
		e = fault(f, ERR_DENIED, "session.pin-none");
	} else {
		e = fault(f, ERR_DENIED, "session.pin-wrong", PIN_TRIES - h->pin.tries);
	}
	pthread_mutex_unlock(&s->lock);
	return e;
}

enum err sessions_open_by_pin(struct sessions *s, const struct cookie *c, const struct id *account,
			      struct text pin, struct fault *f)
{
	struct id whose = account ? *account : account_at_screen(s, c);
	uint8_t hash[KEY_SIZE];
	char digits[PIN_DIGITS];
	struct pin kept;
	enum err e;

	if (id_is_none(&whose))
		return fault(f, ERR_DENIED, "session.nobody");
	if ((e = read_pin(digits, pin, f)) || (e = begin_try(s, c, &whose, &kept, f)))
		return e;
	if (!(e = hash_pin(s, &whose, digits, kept.salt, hash, f)))
		e = end_try(s, c, &whose, !sodium_memcmp(hash, kept.hash, KEY_SIZE), f);
	sodium_memzero(&kept, sizeof(kept));
	sodium_memzero(digits, sizeof(digits));
	return e;
}

void sessions_open(struct sessions *s, const struct cookie *c, const struct id *account)
{
	struct holder *h;

	pthread_mutex_lock(&s->lock);
	if ((h = holder_if_still(s, c, account)))
		come_to_screen(device_of(s, c), h, now_of(s));
	pthread_mutex_unlock(&s->lock);
}

/* --- what a session remembers ---------------------------------------------------------- */

void sessions_code_set(struct sessions *s, const struct cookie *c, const struct id *account)
{
	struct holder *h;

	pthread_mutex_lock(&s->lock);
	if ((h = holder_if_still(s, c, account)))
		h->code_due = false;
	pthread_mutex_unlock(&s->lock);
}

void sessions_renewed(struct sessions *s, const struct cookie *c, const struct id *account,
		      uint32_t renewed)
{
	struct holder *h;

	pthread_mutex_lock(&s->lock);
	if ((h = holder_if_still(s, c, account)))
		h->renewed = renewed;
	pthread_mutex_unlock(&s->lock);
}

void sessions_again(struct sessions *s, const struct cookie *c, const struct id *account)
{
	struct holder *h;

	pthread_mutex_lock(&s->lock);
	if ((h = holder_if_still(s, c, account)))
		h->again_until_ms = now_of(s) + AGAIN_MS;
	pthread_mutex_unlock(&s->lock);
}

bool sessions_was_again(struct sessions *s, const struct cookie *c, const struct id *account)
{
	const struct holder *h;
	bool was;

	pthread_mutex_lock(&s->lock);
	h = holder_if_still(s, c, account);
	was = h && now_of(s) < h->again_until_ms;
	pthread_mutex_unlock(&s->lock);
	return was;
}

void sessions_agree(struct sessions *s, const struct cookie *c, const struct id *account,
		    const struct agreement *a)
{
	struct holder *h;

	pthread_mutex_lock(&s->lock);
	if ((h = holder_if_still(s, c, account))) {
		h->agreed = *a;
		h->agreed_until_ms = now_of(s) + AGAIN_MS;
	}
	pthread_mutex_unlock(&s->lock);
}

bool sessions_was_agreed(struct sessions *s, const struct cookie *c, const struct id *account,
			 const struct agreement *a)
{
	const struct holder *h;
	bool was;

	pthread_mutex_lock(&s->lock);
	h = holder_if_still(s, c, account);
	was = h && now_of(s) < h->agreed_until_ms && id_same(&h->agreed.second, &a->second) &&
	      !memcmp(h->agreed.what.at, a->what.at, HASH_SIZE);
	pthread_mutex_unlock(&s->lock);
	return was;
}

void sessions_opened(struct sessions *s, const struct cookie *c, const struct id *account,
		     const struct id *file)
{
	struct holder *h;

	pthread_mutex_lock(&s->lock);
	if ((h = holder_if_still(s, c, account)))
		h->files[h->file_next++ % OPEN_FILES_MAX] =
			(struct open_file){ *file, now_of(s) + OPENING_MS };
	pthread_mutex_unlock(&s->lock);
}

bool sessions_has_open(struct sessions *s, const struct cookie *c, const struct id *account,
		       const struct id *file)
{
	const struct holder *h;
	bool has = false;

	pthread_mutex_lock(&s->lock);
	h = holder_if_still(s, c, account);
	for (size_t i = 0; h && i < OPEN_FILES_MAX; i++)
		if (id_same(&h->files[i].id, file) && now_of(s) < h->files[i].until_ms)
			has = true;
	pthread_mutex_unlock(&s->lock);
	return has;
}
