/*
 * change: one change of an account: a fact, and the settings that come and go with it in
 * the same transaction.
 *
 *     struct change c;
 *
 *     if ((e = change_begin(&c, r, by, KIND_ACCOUNT_CLOSED, f)))
 *             return e;
 *     c.account = …;
 *     change_setting(&c, c.keyring, (struct bytes){ 0 });
 *     e = change_record(&c, DEED_MANAGE_ACCOUNTS, f);
 *     arena_free(c.arena);
 */
#pragma once

#include "register/inside.h"

#define CHANGE_SETTINGS_MAX 4

/* Of an authenticator: the one that counts, and one that no code was seen of yet. */
struct totp_settings {
	char counts[SETTING_NAME_MAX], begun[SETTING_NAME_MAX];
};

struct change {
	struct reg *reg;
	const struct session *by;
	struct arena *arena;
	struct id account;
	struct fact fact;
	struct value roles[ROLE_AUDITOR];
	/* what settings view */
	char login[SETTING_NAME_MAX], keyring[SETTING_NAME_MAX];
	uint8_t entry[KEYRING_ENTRY_SIZE];
	struct totp_settings totp;
	struct log_setting settings[CHANGE_SETTINGS_MAX];
	size_t setting_count;
};

MUST_USE enum err change_begin(struct change *c, struct reg *r, const struct session *by,
			       enum kind kind, struct fault *f);
/* `name` and `bytes` must last until change_record(); empty bytes: it goes. */
void change_setting(struct change *c, const char *name, struct bytes bytes);
/* DEED_NONE: of her own account, which anybody may. */
MUST_USE enum err change_record(struct change *c, enum deed deed, struct fault *f);

/* --- account.c ------------------------------------------------------------------ */

/* The id of an open account of that name, however it is written.  ERR_NOT_FOUND. */
MUST_USE enum err account_named(struct reg *r, struct text name, struct id *out, struct fault *f);
/* She has an account with some role, whatever it may do.  ERR_DENIED, ERR_LOCKED. */
MUST_USE enum err account_may_keep_own(struct reg *r, const struct session *by, struct fault *f);
/* She may change the accounts of others.  ERR_DENIED, ERR_LOCKED. */
MUST_USE enum err account_may_change(struct reg *r, const struct session *by, struct fault *f);

/* --- totp.c --------------------------------------------------------------------- */

/* The account of the change has no authenticator from now on. */
void totp_forget(struct change *c);
