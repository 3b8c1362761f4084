/*
 * account: logging in, and the accounts of a register.
 *
 * A login name leads to its account by a salted hash in the settings, since a locked
 * register has no names; the account's entry of the keyring is then opened with the
 * passphrase.  A name that is not there costs the same derivation and gets the same
 * answer.  An entry and its hash come and go in the same transaction as the facts
 * account.opened and account.closed, so that there is no account without a way in and
 * no way in without an account.
 *
 * A derivation takes most of a second and 256 MiB, so it is done by the thread that
 * asks, outside all locks.
 */
#include <sodium.h>
#include <stdlib.h>

#include "register/change.h"

#define ENTRY_MEMORY (64 * 1024)

/* Whether it can be the passphrase of the account of that name. */
static enum err passphrase_fits(const struct reg *r, struct text name,
				const struct secret *passphrase, struct fault *f)
{
	struct passphrase_place place = { .demo = r->site.demo,
					  .account = name,
					  .site = r->site.name };

	return passphrase_check(passphrase, &place, f);
}

/* --- logging in ----------------------------------------------------------------- */

/* The account of a login name; none where there is none. */
static enum err account_of_name(struct reg *r, struct text name, struct arena *a, struct id *out,
				struct fault *f)
{
	char setting[SETTING_NAME_MAX];
	struct fault why = { 0 };
	struct bytes stored;
	enum err e;

	*out = (struct id){ 0 };
	if ((e = login_setting(setting, name, r->salt, &why)))
		return e == ERR_MEMORY ? fault_again(f, &why) : OK;
	if ((e = setting_or_none(r, setting, a, &stored, f)))
		return e;
	if (stored.size == ID_SIZE)
		memcpy(out->at, stored.at, ID_SIZE);
	return OK;
}

static enum err entry_of(struct reg *r, const struct id *account, struct arena *a,
			 struct bytes *out, struct fault *f)
{
	char setting[SETTING_NAME_MAX];

	keyring_setting(setting, account);
	return setting_or_none(r, setting, a, out, f);
}

/* Open the account's entry: ERR_DENIED alike for no entry and a wrong passphrase. */
static enum err open_entry(struct reg *r, const struct id *account, const struct secret *passphrase,
			   struct site_secrets *out, struct fault *f)
{
	struct holder h = { .site = r->self.site, .account = *account };
	struct bytes entry = { 0 };
	struct arena *a = NULL;
	enum err e;

	if ((e = call_arena(&a, ENTRY_MEMORY, f)))
		return e;
	if (!id_is_none(account))
		e = entry_of(r, account, a, &entry, f);
	if (e)
		goto out;
	derivation_begin(r);
	if (entry.size) {
		e = keyring_open(out, entry, &h, passphrase, f);
	} else {
		keyring_waste(passphrase, hardness_of(r->site.demo));
		e = ERR_DENIED;
	}
	derivation_end(r);
	if (e == ERR_DENIED)
		fault(f, e, "login.denied");
out:
	arena_free(a);
	return e;
}

/* Unlock with these keys where nobody has meanwhile. */
static enum err unlock_once(struct reg *r, struct site_secrets *k,
			    const struct reg_progress *progress, struct fault *f)
{
	enum err e = OK;

	pthread_mutex_lock(&r->turn);
	if (!r->state)
		e = unlock(r, k, progress, f);
	pthread_mutex_unlock(&r->turn);
	return e;
}

struct standing {
	bool open;
	uint16_t roles; /* 0: closed */
};

/*
 * How an account stands now.  ERR_LOCKED.  All of it is one look: whoever looks twice
 * may find the register locked and then open, and calls a good passphrase wrong.
 */
static enum err standing_of(struct reg *r, const struct id *account, struct standing *out,
			    struct fault *f)
{
	struct account row;
	enum err e = OK;

	/* A damaged register still lets in who holds a key to it: to verify it. */
	gate_enter(r);
	*out = (struct standing){ .open = r->damage.key };
	if (!r->state)
		e = fault(f, ERR_LOCKED, "register.locked");
	else if (state_account(r->state, account, &row) && row.open)
		*out = (struct standing){ true, row.roles };
	gate_leave(r);
	return e;
}

enum err reg_prove(struct reg *r, struct text name, const struct secret *passphrase,
		   struct reg_entrant *out, struct fault *f)
{
	struct arena *a = NULL;
	enum err e;

	assert(!gate_is_inside(r));
	*out = (struct reg_entrant){ .keys = calloc(1, sizeof(*out->keys)) };
	if (!out->keys)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if (!(e = call_arena(&a, ENTRY_MEMORY, f)) &&
	    !(e = account_of_name(r, name, a, &out->who.account, f))) {
		/* Before her entry is read: a passphrase that is replaced meanwhile is old. */
		out->renewed = reg_passphrase_renewed(r, &out->who.account);
		e = open_entry(r, &out->who.account, passphrase, out->keys, f);
	}
	if (e)
		reg_entrant_free(out);
	arena_free(a);
	return e;
}

enum err reg_enter(struct reg *r, struct reg_entrant *n, const struct reg_progress *progress,
		   struct fault *f)
{
	struct standing standing;
	enum err e;

	if ((e = unlock_once(r, n->keys, progress, f)) ||
	    (e = standing_of(r, &n->who.account, &standing, f)))
		return e;
	return standing.open ? OK : fault(f, ERR_DENIED, "login.denied");
}

void reg_entrant_free(struct reg_entrant *n)
{
	if (n->keys)
		site_secrets_free(n->keys);
	free(n->keys);
	*n = (struct reg_entrant){ .keys = NULL };
}

enum err reg_login(struct reg *r, struct text name, const struct secret *passphrase,
		   const struct reg_progress *progress, struct session *out, struct fault *f)
{
	struct reg_entrant entrant;
	enum err e = reg_prove(r, name, passphrase, &entrant, f);

	if (!e && !(e = reg_enter(r, &entrant, progress, f)))
		*out = entrant.who;
	reg_entrant_free(&entrant);
	return e;
}

uint16_t reg_roles(struct reg *r, const struct session *by)
{
	struct standing standing;

	return standing_of(r, &by->account, &standing, NULL) ? 0 : standing.roles;
}

/* --- passphrases that are replaced ---------------------------------------------- */

static struct renewal *renewal_of(const struct renewals *all, const struct id *account)
{
	for (size_t i = 0; i < all->line_count; i++)
		if (id_same(&all->lines[i].account, account))
			return &all->lines[i];
	return NULL;
}

/* NULL: no memory. */
static struct renewal *new_renewal(struct renewals *all, const struct id *account)
{
	struct renewal *grown = reallocarray(all->lines, all->line_count + 1, sizeof(*grown));

	if (!grown)
		return NULL;
	all->lines = grown;
	grown[all->line_count] = (struct renewal){ .account = *account };
	return &grown[all->line_count++];
}

/* Under turn, once the new one is on the disk. */
static void count_renewal(struct reg *r, const struct id *account)
{
	struct renewal *line;

	pthread_rwlock_wrlock(&r->gate);
	if (!(line = renewal_of(&r->renewals, account)))
		line = new_renewal(&r->renewals, account);
	if (line)
		line->count++;
	else
		r->renewals.of_all++;
	pthread_rwlock_unlock(&r->gate);
}

uint32_t reg_passphrase_renewed(struct reg *r, const struct id *account)
{
	const struct renewal *line;
	uint32_t count;

	gate_enter(r);
	line = renewal_of(&r->renewals, account);
	count = r->renewals.of_all + (line ? line->count : 0);
	gate_leave(r);
	return count;
}

/* --- changing accounts ---------------------------------------------------------- */

/* Wrap the keys in memory for the account of the change. */
static enum err wrap_for(struct change *c, const struct secret *passphrase, struct fault *f)
{
	struct reg *r = c->reg;
	struct holder h = { .site = r->self.site, .account = c->account };
	struct site_secrets copy = { 0 };
	enum err e;

	gate_enter(r);
	e = r->state ? site_secrets_copy(&copy, &r->keys, f)
		     : fault(f, ERR_LOCKED, "register.locked");
	gate_leave(r);
	if (e)
		return e;
	derivation_begin(r);
	e = keyring_wrap(c->entry, &copy, &h, passphrase, hardness_of(r->site.demo), r->world, f);
	derivation_end(r);
	site_secrets_free(&copy);
	if (e)
		return e;
	keyring_setting(c->keyring, &c->account);
	change_setting(c, c->keyring, bytes_of(c->entry, sizeof(c->entry)));
	return OK;
}

static struct value roles_value(struct change *c, uint16_t roles)
{
	size_t count = 0;

	for (int64_t role = 1; role <= ROLE_AUDITOR; role++)
		if (roles & 1u << role)
			c->roles[count++] = value_number(role);
	return value_list(c->roles, count);
}

enum err account_named(struct reg *r, struct text name, struct id *out, struct fault *f)
{
	struct standing standing;
	struct arena *a = NULL;
	enum err e;

	if ((e = call_arena(&a, ENTRY_MEMORY, f)))
		return e;
	e = account_of_name(r, name, a, out, f);
	arena_free(a);
	if (e || (e = standing_of(r, out, &standing, f)))
		return e;
	return standing.open && !id_is_none(out) ? OK
						 : fault(f, ERR_NOT_FOUND, "account.unknown", name);
}

enum err account_may_keep_own(struct reg *r, const struct session *by, struct fault *f)
{
	struct standing standing;
	enum err e = standing_of(r, &by->account, &standing, f);

	return !e && !standing.roles ? fault(f, ERR_DENIED, "login.denied") : e;
}

/* Before a derivation is spent on it; the writer asks again. */
enum err account_may_change(struct reg *r, const struct session *by, struct fault *f)
{
	struct standing standing;
	enum err e = standing_of(r, &by->account, &standing, f);

	if (e)
		return e;
	if (!policy_allows(standing.roles, DEED_MANAGE_ACCOUNTS))
		return fault(f, ERR_DENIED, "deed.denied", deed_word(DEED_MANAGE_ACCOUNTS));
	return OK;
}

enum err reg_account_open(struct reg *r, const struct session *by, struct text name, uint16_t roles,
			  uint8_t sex, const struct secret *passphrase, struct id *out,
			  struct fault *f)
{
	struct change c;
	enum err e;

	if ((e = account_may_change(r, by, f)) || (e = passphrase_fits(r, name, passphrase, f)))
		return e;
	if ((e = change_begin(&c, r, by, KIND_ACCOUNT_OPENED, f)))
		return e;
	r->world->chance(r->world, &c.account, ID_SIZE);
	if ((e = login_setting(c.login, name, r->salt, f)) || (e = wrap_for(&c, passphrase, f)))
		goto out;
	change_setting(&c, c.login, bytes_of(c.account.at, ID_SIZE));
	c.fact.values[ACCOUNT_OPENED_NAME] = value_text(name);
	c.fact.values[ACCOUNT_OPENED_ROLES] = roles_value(&c, roles);
	if (sex)
		c.fact.values[ACCOUNT_OPENED_SEX] = value_number(sex);
	if ((e = change_record(&c, DEED_MANAGE_ACCOUNTS, f)))
		goto out;
	*out = c.account;
out:
	arena_free(c.arena);
	return e;
}

enum err reg_account_roles(struct reg *r, const struct session *by, struct text name,
			   uint16_t roles, struct fault *f)
{
	struct change c;
	enum err e;

	if ((e = account_may_change(r, by, f)) ||
	    (e = change_begin(&c, r, by, KIND_ACCOUNT_ROLES, f)))
		return e;
	c.fact.values[ACCOUNT_ROLES_ROLES] = roles_value(&c, roles);
	if (!(e = account_named(r, name, &c.account, f)))
		e = change_record(&c, DEED_MANAGE_ACCOUNTS, f);
	arena_free(c.arena);
	return e;
}

enum err reg_account_close(struct reg *r, const struct session *by, struct text name,
			   struct fault *f)
{
	struct change c;
	enum err e;

	if ((e = account_may_change(r, by, f)) ||
	    (e = change_begin(&c, r, by, KIND_ACCOUNT_CLOSED, f)))
		return e;
	if ((e = account_named(r, name, &c.account, f)) ||
	    (e = login_setting(c.login, name, r->salt, f)))
		goto out;
	keyring_setting(c.keyring, &c.account);
	change_setting(&c, c.keyring, (struct bytes){ 0 });
	change_setting(&c, c.login, (struct bytes){ 0 });
	totp_forget(&c);
	e = change_record(&c, DEED_MANAGE_ACCOUNTS, f);
out:
	arena_free(c.arena);
	return e;
}

static enum err own_passphrase_fits(struct reg *r, const struct session *by,
				    const struct secret *passphrase, struct fault *f)
{
	struct account row = { .name = TEXT("") };
	struct arena *a = NULL;
	struct text name = TEXT("");
	enum err e;

	if ((e = call_arena(&a, ENTRY_MEMORY, f)))
		return e;
	gate_enter(r);
	if (r->state && state_account(r->state, &by->account, &row))
		name = arena_copy_text(a, row.name);
	gate_leave(r);
	e = name.at ? passphrase_fits(r, name, passphrase, f)
		    : fault(f, ERR_MEMORY, "register.no-memory");
	arena_free(a);
	return e;
}

enum err reg_account_passphrase(struct reg *r, const struct session *by, const struct secret *old,
				const struct secret *new_, struct fault *f)
{
	struct site_secrets opened = { 0 };
	struct change c = { .reg = r, .by = by, .account = by->account };
	enum err e;

	assert(!gate_is_inside(r));
	if ((e = account_may_keep_own(r, by, f)) || (e = own_passphrase_fits(r, by, new_, f)))
		return e;
	if ((e = open_entry(r, &by->account, old, &opened, f)))
		return e;
	site_secrets_free(&opened);
	if ((e = wrap_for(&c, new_, f)))
		return e;
	pthread_mutex_lock(&r->turn);
	/* Closed meanwhile: no entry comes back to life. */
	if (!(e = account_may_keep_own(r, by, f)))
		e = settings_write(r, c.settings, c.setting_count, f);
	if (!e)
		count_renewal(r, &by->account);
	pthread_mutex_unlock(&r->turn);
	return e;
}

/* --- who is at the screen --------------------------------------------------------- */

enum err reg_account_again(struct reg *r, const struct session *by, const struct secret *passphrase,
			   struct fault *f)
{
	struct site_secrets opened = { 0 };
	enum err e;

	assert(!gate_is_inside(r));
	if ((e = account_may_keep_own(r, by, f)) ||
	    (e = open_entry(r, &by->account, passphrase, &opened, f)))
		return e;
	site_secrets_free(&opened);
	return OK;
}

/* --- recovery ------------------------------------------------------------------- */

/* The keys by the sheet; a sheet of another register does not open this one. */
static enum err keys_of_sheet(struct reg *r, struct text half_a, struct text half_b,
			      struct site_secrets *out, struct fault *f)
{
	struct holder sheet = { .site = r->self.site };
	struct secret *secret = NULL;
	struct arena *a = NULL;
	struct bytes entry;
	enum err e;

	if ((e = recovery_join(&secret, half_a, half_b, f)) ||
	    (e = call_arena(&a, ENTRY_MEMORY, f)))
		goto out;
	if ((e = entry_of(r, &sheet.account, a, &entry, f)))
		goto out;
	e = keyring_open(out, entry, &sheet, secret, f);
	if (e == ERR_DENIED)
		fault(f, e, "recovery.other-register");
out:
	secret_free(secret);
	arena_free(a);
	return e;
}

static enum err recover(struct reg *r, struct text name, const struct secret *new_, struct fault *f)
{
	struct session herself;
	struct change c;
	enum err e;

	if ((e = account_named(r, name, &herself.account, f)) ||
	    (e = change_begin(&c, r, &herself, KIND_ACCOUNT_RECOVERED, f)))
		return e;
	c.account = herself.account;
	if (!(e = wrap_for(&c, new_, f)))
		e = change_record(&c, DEED_NONE, f);
	if (!e) {
		pthread_mutex_lock(&r->turn);
		count_renewal(r, &c.account);
		pthread_mutex_unlock(&r->turn);
	}
	arena_free(c.arena);
	return e;
}

enum err reg_account_recover(struct reg *r, struct text half_a, struct text half_b,
			     struct text name, const struct secret *new_, struct fault *f)
{
	bool was_locked = reg_is_locked(r);
	struct site_secrets keys = { 0 };
	enum err e;

	assert(!gate_is_inside(r));
	if ((e = passphrase_fits(r, name, new_, f)) ||
	    (e = keys_of_sheet(r, half_a, half_b, &keys, f)))
		return e;
	if (!(e = unlock_once(r, &keys, NULL, f)))
		e = recover(r, name, new_, f);
	site_secrets_free(&keys);
	if (was_locked)
		reg_lock(r);
	return e;
}
