/*
 * drafts: what was typed and is not recorded yet, which a browser keeps and only an
 * unlocked register can open.
 *
 *     key = BLAKE2b (the site's case key; salt: the account)
 *     sealed = AES-256-GCM (key, nonce, JSON; associated: label 0 account 0 place)
 *
 * The account stands there as 32 hex digits, as web/src/core/drafts.ts writes it.  A draft
 * is handed over here, since no browser may have two accounts' keys: an administrator, who
 * sees no case, moves a sealed form from one clerk to another.
 */
#include <sodium.h>

#include "base/gcm.h"
#include "register/change.h"

#define LABEL "ikhtiar/draft/v1"
static_assert(sizeof(LABEL) - 1 == crypto_generichash_blake2b_PERSONALBYTES, "label");
static_assert(ID_SIZE == crypto_generichash_blake2b_SALTBYTES, "account");
static_assert(KEY_SIZE == GCM_KEY_SIZE, "key");
static_assert(DRAFT_NONCE_SIZE == GCM_NONCE_SIZE, "nonce");

#define HOUSEHOLD_FORM "household/new"
#define PLACE_SIZE_MAX 64

/* --- keys -------------------------------------------------------------------------- */

/* Inside the gate, unlocked. */
static void derive(struct reg *r, const struct id *account, uint8_t out[KEY_SIZE])
{
	crypto_generichash_blake2b_salt_personal(out, KEY_SIZE, NULL, 0,
						 secret_bytes(r->keys.site.case_).at, KEY_SIZE,
						 account->at, (const uint8_t *)LABEL);
}

enum err reg_draft_key(struct reg *r, const struct session *by, uint8_t out[KEY_SIZE],
		       struct fault *f)
{
	struct account row;
	enum err e = OK;

	gate_enter(r);
	if (!r->state)
		e = fault(f, ERR_LOCKED, "register.locked");
	else if (!state_account(r->state, &by->account, &row) || !row.open)
		e = fault(f, ERR_DENIED, "account.closed");
	else
		derive(r, &by->account, out);
	gate_leave(r);
	return e;
}

/* Of an account that may be closed. */
static enum err key_of(struct reg *r, const struct id *account, uint8_t out[KEY_SIZE],
		       struct fault *f)
{
	enum err e = OK;

	gate_enter(r);
	if (r->state)
		derive(r, account, out);
	else
		e = fault(f, ERR_LOCKED, "register.locked");
	gate_leave(r);
	return e;
}

/* --- sealed ------------------------------------------------------------------------ */

#define ASSOCIATED_SIZE_MAX (sizeof(LABEL) + ID_HEX_SIZE + 1 + PLACE_SIZE_MAX)

static struct bytes associated(uint8_t out[ASSOCIATED_SIZE_MAX], const struct reg_draft *d)
{
	uint8_t *at = out + sizeof(LABEL);

	memcpy(out, LABEL, sizeof(LABEL));
	hex_write((char *)at, bytes_of(d->account.at, ID_SIZE));
	at += ID_HEX_SIZE + 1;
	memcpy(at, d->place.at, d->place.size);
	return bytes_of(out, (size_t)(at - out) + d->place.size);
}

/* What the forms of others hold is not for whoever registers households. */
static bool is_household_form(struct text place)
{
	return place.size <= PLACE_SIZE_MAX &&
	       (text_is(place, HOUSEHOLD_FORM) || text_begins(place, TEXT(HOUSEHOLD_FORM "/")));
}

/* `out` has room for all that is sealed. */
static enum err open_draft(struct reg *r, const struct reg_draft *d, uint8_t *out, struct fault *f)
{
	uint8_t key[KEY_SIZE], with[ASSOCIATED_SIZE_MAX];
	struct gcm_lock lock = { key, d->nonce, associated(with, d) };
	enum err e = key_of(r, &d->account, key, f);

	if (!e && !gcm_open(out, &lock, d->sealed))
		e = fault(f, ERR_INPUT, "draft.damaged");
	sodium_memzero(key, sizeof(key));
	return e;
}

static enum err seal_draft(struct reg *r, struct reg_draft *d, struct arena *a, struct bytes plain,
			   struct fault *f)
{
	uint8_t key[KEY_SIZE], with[ASSOCIATED_SIZE_MAX];
	struct gcm_lock lock = { key, d->nonce, associated(with, d) };
	uint8_t *out = arena_take(a, plain.size + GCM_TAG_SIZE);
	enum err e;

	if (!out)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if ((e = key_of(r, &d->account, key, f)))
		return e;
	r->world->chance(r->world, d->nonce, GCM_NONCE_SIZE);
	gcm_seal(out, &lock, plain);
	d->sealed = bytes_of(out, plain.size + GCM_TAG_SIZE);
	sodium_memzero(key, sizeof(key));
	return OK;
}

/* --- from one to another ------------------------------------------------------------ */

static enum err may_hand_over(struct reg *r, const struct session *by, const struct reg_draft *d,
			      enum deed *deed, struct fault *f)
{
	*deed = DEED_NONE;
	if (id_same(&by->account, &d->account))
		return account_may_keep_own(r, by, f);
	*deed = DEED_MANAGE_ACCOUNTS;
	return policy_allows(reg_roles(r, by), *deed) ? OK
						      : fault(f, ERR_DENIED, "draft.not-yours");
}

static enum err record_hand_over(struct reg *r, const struct session *by, enum deed deed,
				 const struct reg_draft *from, const struct reg_draft *to,
				 struct fault *f)
{
	struct change c;
	enum err e;

	if ((e = change_begin(&c, r, by, KIND_DRAFT_HANDED_OVER, f)))
		return e;
	c.account = from->account;
	c.fact.values[DRAFT_HANDED_OVER_TO] = (struct value){ .given = true, .id = &to->account };
	e = change_record(&c, deed, f);
	arena_free(c.arena);
	return e;
}

enum err reg_draft_hand_over(struct reg *r, const struct session *by, const struct reg_draft *draft,
			     struct reg_draft *out, struct arena *a, struct fault *f)
{
	size_t room = draft->sealed.size + GCM_TAG_SIZE;
	uint8_t *plain = arena_take(a, room);
	enum deed deed;
	enum err e;

	assert(!gate_is_inside(r) && draft->sealed.size <= DRAFT_SIZE_MAX);
	if (!plain)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if ((e = may_hand_over(r, by, draft, &deed, f)))
		return e;
	if (!is_household_form(draft->place) || !is_household_form(out->place))
		return fault(f, ERR_INPUT, "draft.other-form");
	/* Recorded once it is known to open, and before anybody has it. */
	if (!(e = open_draft(r, draft, plain, f)) &&
	    !(e = record_hand_over(r, by, deed, draft, out, f)))
		e = seal_draft(r, out, a, bytes_of(plain, draft->sealed.size - GCM_TAG_SIZE), f);
	sodium_memzero(plain, room);
	return e;
}
