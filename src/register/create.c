/*
 * create: a new register, with its first two facts.
 *
 *   0  site.joined      in clear: name, code, zone, public key, demo or not
 *   1  account.opened   the first administrator
 *
 * Both are appended in one batch with the keyring and the recovery entry.  Where that
 * fails nothing is left; one whose making broke off has no facts, is told as unfinished
 * when it is opened, and is made anew when it is made again.
 */
#include <sodium.h>

#include "register/inside.h"

#define CODE_FROM_NAME 3
#define CODE_MAX 6

/* The first letters of the name: "Peshawar Azakhel" is PES. */
static enum err code_of_site(char out[CODE_MAX + 1], const struct reg_site *site, struct fault *f)
{
	struct text from = site->code.size ? site->code : site->name;
	size_t most = site->code.size ? CODE_MAX : CODE_FROM_NAME, count = 0;

	for (size_t i = 0; i < from.size && count < most; i++) {
		char c = from.at[i];

		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (c >= 'A' && c <= 'Z')
			out[count++] = c;
		else if (site->code.size)
			return fault(f, ERR_INPUT, "site.code-form", site->code);
	}
	out[count] = 0;
	if (count < 2)
		return fault(f, ERR_INPUT, "site.code-needed", site->name);
	if (site->code.size > CODE_MAX)
		return fault(f, ERR_INPUT, "site.code-form", site->code);
	return OK;
}

struct making {
	struct world *world;
	const struct reg_site *site;
	struct text admin;
	const struct secret *passphrase;
	char code[CODE_MAX + 1];
	struct origin self;
	struct id account;
	struct site_secrets keys;
	struct hash sign_key;
	int64_t now;
	uint8_t salt[SALT_SIZE];
	struct secret *recovery;
	struct arena *arena;
};

static struct fact first_fact(struct making *m, uint64_t seq, enum kind kind)
{
	struct fact fact;

	fact_begin(&fact, kind);
	fact.ref = (struct fact_ref){ .site = m->self.site, .epoch = m->self.epoch, .seq = seq };
	fact.recorded = fact.happened = m->now;
	m->world->chance(m->world, &fact.r, sizeof(fact.r));
	return fact;
}

static enum err site_joined(struct making *m, struct fact *out, struct fault *f)
{
	*out = first_fact(m, 0, KIND_SITE_JOINED);
	out->subject = m->self.site;
	out->values[SITE_JOINED_NAME] = value_text(m->site->name);
	out->values[SITE_JOINED_CODE] = value_text(text_of(m->code));
	out->values[SITE_JOINED_ZONE] = value_text(m->site->zone);
	out->values[SITE_JOINED_KEY] = value_hash(&m->sign_key);
	out->values[SITE_JOINED_DEMO] = value_number(m->site->demo);
	return fact_check(out, m->arena, m->now, f);
}

static enum err account_opened(struct making *m, struct fact *out, struct fault *f)
{
	static const struct value roles[] = { { .given = true, .number = ROLE_ADMINISTRATOR } };

	*out = first_fact(m, 1, KIND_ACCOUNT_OPENED);
	out->subject = m->account;
	out->actor = m->account;
	out->values[ACCOUNT_OPENED_NAME] = value_text(m->admin);
	out->values[ACCOUNT_OPENED_ROLES] = value_list(roles, COUNT_OF(roles));
	return fact_check(out, m->arena, m->now, f);
}

enum first_setting {
	FIRST_SALT,
	FIRST_LOGIN,
	FIRST_KEYRING,
	FIRST_RECOVERY,
	FIRST_PUBLIC,
	FIRST_SETTINGS
};

struct first_settings {
	char login[SETTING_NAME_MAX], keyring[SETTING_NAME_MAX], recovery[SETTING_NAME_MAX];
	uint8_t entry[KEYRING_ENTRY_SIZE], recovery_entry[KEYRING_ENTRY_SIZE];
	struct log_setting all[FIRST_SETTINGS];
};

static enum err make_settings(struct making *m, struct first_settings *s, struct fault *f)
{
	struct holder admin = { .site = m->self.site, .account = m->account };
	struct holder sheet = { .site = m->self.site };
	struct hardness hard = hardness_of(m->site->demo);
	enum err e;

	if ((e = login_setting(s->login, m->admin, m->salt, f)))
		return e;
	keyring_setting(s->keyring, &m->account);
	keyring_setting(s->recovery, &sheet.account);
	if ((e = keyring_wrap(s->entry, &m->keys, &admin, m->passphrase, hard, m->world, f)) ||
	    (e = keyring_wrap(s->recovery_entry, &m->keys, &sheet, m->recovery, hard, m->world, f)))
		return e;
	s->all[FIRST_SALT] = (struct log_setting){ SALT_SETTING, bytes_of(m->salt, SALT_SIZE) };
	s->all[FIRST_LOGIN] = (struct log_setting){ s->login, bytes_of(m->account.at, ID_SIZE) };
	s->all[FIRST_KEYRING] =
		(struct log_setting){ s->keyring, bytes_of(s->entry, sizeof(s->entry)) };
	s->all[FIRST_RECOVERY] =
		(struct log_setting){ s->recovery,
				      bytes_of(s->recovery_entry, sizeof(s->recovery_entry)) };
	s->all[FIRST_PUBLIC] = (struct log_setting){ PUBLIC_SETTING, bytes_of_text(TEXT(LISTED)) };
	return OK;
}

static enum err append_first(struct making *m, struct log *l, struct fault *f)
{
	struct first_settings settings = { 0 };
	struct sealing sealing;
	struct buffer scratch = { .limit = ENVELOPE_SIZE_MAX };
	uint8_t stored[SLOT_STORED_SIZE];
	struct log_entry entries[2];
	struct subject_keys keys;
	struct fact facts[2];
	struct slot slot;
	struct log_slot slots[] = { { m->account, bytes_of(stored, sizeof(stored)) } };
	struct log_batch b = {
		.entries = entries,
		.entry_count = COUNT_OF(entries),
		.slots = slots,
		.slot_count = COUNT_OF(slots),
		.settings = settings.all,
		.setting_count = FIRST_SETTINGS,
	};
	enum err e;

	slot_make(&slot, &keys, &m->account, &m->keys.site, m->world);
	slot_store(stored, &slot);
	if ((e = site_joined(m, &facts[0], f)) || (e = account_opened(m, &facts[1], f)) ||
	    (e = make_settings(m, &settings, f)))
		goto out;
	sealing = (struct sealing){ .world = m->world, .scratch = &scratch, .arena = m->arena };
	if ((e = entry_seal(&entries[0], &sealing, &facts[0], NULL, f)) ||
	    (e = entry_seal(&entries[1], &sealing, &facts[1], &keys, f)))
		goto out;
	e = log_append(l, &b, f);
out:
	subject_keys_wipe(&keys);
	buffer_free(&scratch);
	return e;
}

static enum err check_site(struct making *m, struct fault *f)
{
	struct passphrase_place place = { .demo = m->site->demo,
					  .account = m->admin,
					  .site = m->site->name };
	enum err e;

	if (!zone_of(m->site->zone))
		return fault(f, ERR_INPUT, "site.zone-unknown", m->site->zone);
	if ((e = passphrase_check(m->passphrase, &place, f)))
		return e;
	return code_of_site(m->code, m->site, f);
}

/* What was begun here and has no facts is nobody's. */
static void clear_unfinished(struct world *w, const char *dir)
{
	struct log *l = NULL;
	enum err e = log_open(&l, w, dir, NULL);
	bool unfinished = e == ERR_NOT_FOUND || (!e && !log_length(l) && log_self(l).epoch == 0);

	log_close(l);
	if (unfinished)
		log_clear_away(w, dir);
}

static enum err make_in(struct making *m, const char *dir, struct fault *f)
{
	struct log *l = NULL;
	enum err e;

	if (!(e = log_create(m->world, dir, &m->self, f)) && !(e = log_open(&l, m->world, dir, f)))
		e = append_first(m, l, f);
	log_close(l);
	if (e)
		log_clear_away(m->world, dir);
	return e;
}

enum err reg_create(struct world *w, const char *dir, const struct reg_site *site,
		    struct text admin, const struct secret *passphrase,
		    struct reg_recovery *recovery, struct fault *f)
{
	struct making m = { .world = w, .site = site, .admin = admin, .passphrase = passphrase };
	enum err e;

	if (sodium_init() < 0)
		return fault(f, ERR_IO, "register.no-crypto");
	if ((e = check_site(&m, f)))
		return e;
	m.now = w->now_ms(w) / 1000;
	w->chance(w, &m.self.site, ID_SIZE);
	w->chance(w, &m.account, ID_SIZE);
	w->chance(w, m.salt, SALT_SIZE);
	if ((e = call_arena(&m.arena, FACT_MEMORY_MAX, f)) || (e = site_secrets_new(&m.keys, w, f)))
		goto out;
	if ((e = secret_random(&m.recovery, w, RECOVERY_SECRET_SIZE, f)))
		goto out;
	public_key_of(&m.sign_key, m.keys.seed);
	if ((e = recovery_split(recovery, m.recovery, w, f)))
		goto out;
	clear_unfinished(w, dir);
	if (!(e = w->folder_make(w, dir, f)))
		e = make_in(&m, dir, f);
out:
	secret_free(m.recovery);
	site_secrets_free(&m.keys);
	arena_free(m.arena);
	return e;
}
