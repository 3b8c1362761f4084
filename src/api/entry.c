/*
 * entry: coming in, going out, and one's own account.
 */
#include <sodium.h>

#include "api/inside.h"
#include "base/sha256.h"

/* Roles that need an authenticator: what they do reaches everybody's file.  A demo's
 * accounts are for trying, and need none. */
#define CODE_ROLES (ROLE_BIT(ADMINISTRATOR) | ROLE_BIT(PROTECTION))

/* --- how a browser stands --------------------------------------------------------------- */

enum err answer_health(struct asked *q)
{
	q->kept = &q->api->health[reg_is_locked(q->desk.reg)];
	return OK;
}

static void write_colleagues(struct asked *q)
{
	json_key(&q->w, "colleagues");
	json_array_begin(&q->w);
	for (size_t i = 0; i < q->seen.colleague_count; i++) {
		struct session who = { .account = q->seen.colleagues[i] };
		struct text name = account_name(q, &who, &who.account);

		if (!name.size)
			continue;
		json_object_begin(&q->w);
		write_id(&q->w, "account", &who.account);
		json_key(&q->w, "name");
		json_text(&q->w, name);
		json_object_end(&q->w);
	}
	json_array_end(&q->w);
}

static enum err write_draft_key(struct asked *q)
{
	char text[sodium_base64_ENCODED_LEN(KEY_SIZE, sodium_base64_VARIANT_ORIGINAL)];
	uint8_t key[KEY_SIZE];
	enum err e = reg_draft_key(q->desk.reg, &q->seen.who, key, &q->desk.fault);

	if (e)
		return e;
	sodium_bin2base64(text, sizeof(text), key, KEY_SIZE, sodium_base64_VARIANT_ORIGINAL);
	json_key(&q->w, "draft_key");
	json_text(&q->w, text_of(text));
	sodium_memzero(key, sizeof(key));
	sodium_memzero(text, sizeof(text));
	return OK;
}

/* What only she may have: nobody gets it from a screen that asks for a PIN. */
static enum err write_own(struct asked *q)
{
	json_key(&q->w, "token");
	json_text(&q->w, text_of(q->seen.token));
	return write_draft_key(q);
}

static void write_holder(struct asked *q)
{
	json_key(&q->w, "pin_set");
	json_bool(&q->w, q->seen.pin_set);
	json_key(&q->w, "idle_s");
	json_int(&q->w, IDLE_MS / 1000);
	write_time(q, "ends", (q->desk.world->now_ms(q->desk.world) + q->seen.left_ms) / 1000);
}

static enum err write_session(struct asked *q)
{
	static const char *const words[] = { [STANDING_OUT] = "out",
					     [STANDING_IN] = "in",
					     [STANDING_PIN] = "pin",
					     [STANDING_CODE] = "code" };
	enum standing standing = q->seen.standing;
	enum err e = OK;

	json_object_begin(&q->w);
	json_key(&q->w, "standing");
	json_text(&q->w, text_of(words[standing]));
	desk_session(&q->desk, &q->w);
	if (standing != STANDING_OUT)
		write_holder(q);
	if (standing == STANDING_IN || standing == STANDING_CODE)
		e = write_own(q);
	if (q->seen.colleague_count)
		write_colleagues(q);
	json_object_end(&q->w);
	return e;
}

enum err answer_session(struct asked *q)
{
	return write_session(q);
}

/* The same after what changed it. */
static enum err answer_session_now(struct asked *q)
{
	enum err e = learn_who(q, false);

	return e ? e : write_session(q);
}

/* --- in ------------------------------------------------------------------------------- */

/* A wrong passphrase or code: it is counted against this browser. */
static enum err count_failure(struct asked *q, struct text name)
{
	struct cookie before = q->cookie;

	q->problem.status = 401;
	/* Without a place to count in there is nothing to count. */
	if (!sessions_failed(q->api->sessions, &q->cookie, name, &(struct fault){ 0 }))
		q->new_cookie = !before.given || memcmp(before.at, q->cookie.at, KEY_SIZE) != 0;
	return q->desk.fault.err;
}

static enum err tell_wait(struct asked *q, unsigned wait_s)
{
	if (!wait_s)
		return OK;
	q->problem.retry_after_s = wait_s;
	return refuse(q, 429, ERR_DENIED, "session.wait", wait_s);
}

static enum err may_try(struct asked *q, struct text name)
{
	return tell_wait(q, sessions_wait_s(q->api->sessions, &q->cookie, name));
}

/* Her second factor, where she has one. */
static enum err check_code(struct asked *q, const struct reg_entrant *n, struct text name,
			   bool *has_one)
{
	struct sessions *sessions = q->api->sessions;
	struct text code = body_text(q, "code");
	enum err e = reg_entrant_has_totp(q->desk.reg, n, has_one, &q->desk.fault);

	if (e || !*has_one)
		return e;
	if (!code.size)
		return refuse(q, 401, ERR_DENIED, "session.code-needed");
	if ((e = tell_wait(q, sessions_code_wait_s(sessions, &n->who.account))))
		return e;
	if ((e = reg_entrant_totp(q->desk.reg, n, code, &q->desk.fault)) != ERR_DENIED)
		return e;
	sessions_code_failed(sessions, &n->who.account);
	return count_failure(q, name);
}

static enum err prove(struct asked *q, struct text name, struct reg_entrant *out)
{
	struct secret *passphrase = NULL;
	enum err e = body_secret(q, "passphrase", &passphrase);

	if (!e)
		e = reg_prove(q->desk.reg, name, passphrase, out, &q->desk.fault);
	secret_free(passphrase);
	return e == ERR_DENIED ? count_failure(q, name) : e;
}

/* Only who has proved all that she has to unlocks the register. */
static enum err come_in(struct asked *q, struct reg_entrant *n, struct text name, bool *has_code)
{
	enum err e = check_code(q, n, name, has_code);

	if (!e && (e = reg_enter(q->desk.reg, n, NULL, &q->desk.fault)) == ERR_DENIED)
		e = count_failure(q, name);
	return e;
}

enum err take_login(struct asked *q)
{
	struct newcomer n = { .name = body_text(q, "name"), .shared = body_flag(q, "shared") };
	struct reg_entrant entrant = { .keys = NULL };
	struct session who;
	bool has_code;
	enum err e;

	if (!(e = may_try(q, n.name)) && !(e = prove(q, n.name, &entrant)))
		e = come_in(q, &entrant, n.name, &has_code);
	who = entrant.who;
	n.renewed = entrant.renewed;
	reg_entrant_free(&entrant);
	if (e)
		return e;
	n.account = who.account;
	n.code_due = !has_code && !reg_site(q->desk.reg).demo &&
		     reg_roles(q->desk.reg, &who) & CODE_ROLES;
	if ((e = sessions_enter(q->api->sessions, &q->cookie, &n, &q->desk.fault)))
		return e;
	q->new_cookie = true;
	return answer_session_now(q);
}

enum err take_logout(struct asked *q)
{
	sessions_leave(q->api->sessions, &q->cookie);
	return answer_session_now(q);
}

/* --- behind a PIN ------------------------------------------------------------------------ */

enum err take_pin(struct asked *q)
{
	enum err e =
		sessions_set_pin(q->api->sessions, &q->cookie, body_text(q, "pin"), &q->desk.fault);

	return e ? e : answer_session_now(q);
}

/* Of who is at the screen; apart from the names that are tried at a login. */
static struct text own_name(const struct asked *q)
{
	return (struct text){ (const char *)q->seen.who.account.at, ID_SIZE };
}

/* A wrong passphrase of who is at the screen counts as at a login. */
static enum err count_own_failure(struct asked *q)
{
	enum err e = count_failure(q, own_name(q));

	/* Who she is was never in doubt. */
	q->problem.status = 403;
	return e;
}

/* Whether this is the passphrase of who is at the screen. */
static enum err check_passphrase(struct asked *q)
{
	struct secret *passphrase = NULL;
	enum err e;

	if ((e = may_try(q, own_name(q))) || (e = body_secret(q, "passphrase", &passphrase)))
		return e;
	e = reg_account_again(q->desk.reg, &q->seen.who, passphrase, &q->desk.fault);
	secret_free(passphrase);
	return e == ERR_DENIED ? count_own_failure(q) : e;
}

enum err take_session_open(struct asked *q)
{
	struct text pin = body_text(q, "pin");
	enum err e;

	if (q->seen.standing == STANDING_OUT)
		return refuse(q, 401, ERR_DENIED, "session.nobody");
	if (pin.size)
		e = sessions_open_by_pin(q->api->sessions, &q->cookie, NULL, pin, &q->desk.fault);
	else if (!(e = check_passphrase(q)))
		sessions_open(q->api->sessions, &q->cookie, &q->seen.who.account);
	return e ? e : answer_session_now(q);
}

enum err take_session_away(struct asked *q)
{
	sessions_away(q->api->sessions, &q->cookie);
	return answer_session_now(q);
}

enum err take_switch(struct asked *q)
{
	struct id account = body_id(q, "account");
	enum err e = sessions_open_by_pin(q->api->sessions, &q->cookie, &account,
					  body_text(q, "pin"), &q->desk.fault);

	return e ? e : answer_session_now(q);
}

/* --- a second person ------------------------------------------------------------------------ */

struct agreement agreement_to_annul(const struct id *second, struct text fact)
{
	return (struct agreement){ .second = *second, .what = sha256_of(bytes_of_text(fact)) };
}

struct agreement agreement_on_pair(const struct id *second, const struct pair_agreed *pair)
{
	struct text ids[2] = { pair->a, pair->b };
	bool in_order = ids[0].size != ids[1].size ? ids[0].size < ids[1].size
						   : memcmp(ids[0].at, ids[1].at, ids[0].size) <= 0;
	struct agreement out = { .second = *second };
	struct sha256 h;

	sha256_begin(&h);
	sha256_add(&h, bytes_of_text(pair->said));
	for (int i = 0; i < 2; i++)
		sha256_add(&h, bytes_of_text(ids[i == in_order]));
	sha256_end(&h, &out.what);
	return out;
}

/* What she was asked; a fact or a pair, and not both. */
static enum err read_agreement(struct asked *q, const struct id *second, struct agreement *out)
{
	const json_t *pair = json_object_get(q->body, "pair");
	struct pair_agreed of = {
		.a = json_text_of(json_object_get(pair, "a")),
		.b = json_text_of(json_object_get(pair, "b")),
		.said = json_text_of(json_object_get(pair, "said")),
	};
	struct text fact = body_text(q, "fact");

	if ((pair != NULL) == (fact.size > 0))
		return fault(&q->desk.fault, ERR_INPUT, "second.one-thing");
	*out = pair ? agreement_on_pair(second, &of) : agreement_to_annul(second, fact);
	return OK;
}

/* Her account; nothing is unlocked by it, and she is in at no screen. */
static enum err prove_second(struct asked *q, struct id *second)
{
	struct reg_entrant entrant = { .keys = NULL };
	struct text name = body_text(q, "name");
	bool has_code;
	enum err e;

	if (!(e = may_try(q, name)) && !(e = prove(q, name, &entrant)))
		e = check_code(q, &entrant, name, &has_code);
	*second = entrant.who.account;
	reg_entrant_free(&entrant);
	return e;
}

enum err take_second(struct asked *q)
{
	struct agreement agreed;
	struct id second;
	enum err e = prove_second(q, &second);

	/* Who sits at this screen was never in doubt. */
	if (q->problem.status == 401)
		q->problem.status = 403;
	if (e)
		return e;
	if (id_same(&second, &q->seen.who.account))
		return fault(&q->desk.fault, ERR_INPUT, "second.same-officer");
	if ((e = read_agreement(q, &second, &agreed)))
		return e;
	sessions_agree(q->api->sessions, &q->cookie, &q->seen.who.account, &agreed);
	json_object_begin(&q->w);
	write_id(&q->w, "account", &second);
	json_object_end(&q->w);
	return OK;
}

/* --- one's own account --------------------------------------------------------------------- */

enum err take_again(struct asked *q)
{
	enum err e = check_passphrase(q);

	if (e)
		return e;
	sessions_again(q->api->sessions, &q->cookie, &q->seen.who.account);
	write_done(q);
	return OK;
}

enum err take_passphrase(struct asked *q)
{
	struct secret *old = NULL, *new_ = NULL;
	enum err e = may_try(q, own_name(q));

	if (e)
		return e;
	if (!(e = body_secret(q, "old", &old)) && !(e = body_secret(q, "new", &new_)))
		e = reg_account_passphrase(q->desk.reg, &q->desk.session, old, new_,
					   &q->desk.fault);
	secret_free(old);
	secret_free(new_);
	if (e)
		return e == ERR_DENIED ? count_own_failure(q) : e;
	sessions_renewed(q->api->sessions, &q->cookie, &q->seen.who.account,
			 reg_passphrase_renewed(q->desk.reg, &q->seen.who.account));
	write_done(q);
	return OK;
}

/* What stands in an address is written with percent signs. */
static struct text percent_encode(struct arena *a, struct text t)
{
	char *to = arena_take(a, 3 * t.size + 1);
	size_t size = 0;

	for (size_t i = 0; to && i < t.size; i++) {
		unsigned char c = (unsigned char)t.at[i];
		bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
			     (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';

		if (plain) {
			to[size++] = t.at[i];
			continue;
		}
		to[size++] = '%';
		hex_write(to + size, bytes_of(&c, 1));
		size += 2;
	}
	return (struct text){ to, size };
}

static void write_totp(struct asked *q, const struct reg_totp *totp)
{
	struct arena *a = q->desk.arena;
	struct text site = percent_encode(a, reg_site(q->desk.reg).name);
	struct text name = percent_encode(a, q->name);

	json_object_begin(&q->w);
	json_key(&q->w, "secret");
	json_text(&q->w, text_of(totp->secret));
	json_key(&q->w, "uri");
	json_text(&q->w, arena_print(a, "otpauth://totp/%.*s:%.*s?secret=%s&issuer=%.*s",
				     SHOWN(site), SHOWN(name), totp->secret, SHOWN(site)));
	json_key(&q->w, "recovery");
	json_array_begin(&q->w);
	for (size_t i = 0; i < TOTP_RECOVERY_CODES; i++)
		json_text(&q->w, text_of(totp->recovery[i]));
	json_array_end(&q->w);
	json_object_end(&q->w);
}

/* An authenticator in use is not replaced by whoever finds the screen open. */
enum err take_totp(struct asked *q)
{
	struct reg_totp totp;
	bool has_one;
	enum err e = reg_totp_has(q->desk.reg, &q->desk.session, &has_one, &q->desk.fault);

	if (e || (has_one && (e = need_again(q))))
		return e;
	if ((e = reg_totp_begin(q->desk.reg, &q->desk.session, &totp, &q->desk.fault)))
		return e;
	write_totp(q, &totp);
	sodium_memzero(&totp, sizeof(totp));
	return OK;
}

enum err take_totp_confirm(struct asked *q)
{
	enum err e = reg_totp_confirm(q->desk.reg, &q->desk.session, body_text(q, "code"),
				      &q->desk.fault);

	if (e)
		return e;
	sessions_code_set(q->api->sessions, &q->cookie, &q->seen.who.account);
	write_done(q);
	return OK;
}

enum err take_lock(struct asked *q)
{
	reg_lock(q->desk.reg);
	sessions_clear(q->api->sessions);
	return answer_session_now(q);
}
