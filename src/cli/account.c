/*
 * `ikhtiar account`: who may work with this register.
 */
#include "cli/cli.h"
#include "cli/commands.h"

/* "registration,counsellor": a mask of roles.  ERR_INPUT: a word that is no role. */
static enum err roles_of(struct cli *c, uint16_t *out)
{
	const char *words = option_value(&c->line, "roles");

	*out = 0;
	while (words && *words) {
		struct text word = { words, strcspn(words, ",") };
		int64_t role = code_of_word(CODES_ROLE, word);

		if (!role)
			return fault(&c->fault, ERR_INPUT, "account.no-such-role", word);
		*out |= (uint16_t)(1u << role);
		words += word.size + (words[word.size] == ',');
	}
	if (!*out)
		return fault(&c->fault, ERR_INPUT, "account.which-roles");
	return OK;
}

static enum err sex_of(struct cli *c, uint8_t *out)
{
	const char *word = option_value(&c->line, "sex");

	*out = word ? (uint8_t)code_of_word(CODES_SEX, text_of(word)) : 0;
	if (word && !*out)
		return fault(&c->fault, ERR_INPUT, "account.no-such-sex", word);
	return OK;
}

static enum err new_passphrase(struct cli *c, struct secret **out)
{
	return cli_passphrase(c, out, "new-pass-file", "new-pass-fd", NULL);
}

static enum err open_account(struct cli *c, struct text name)
{
	struct secret *passphrase = NULL;
	uint16_t roles;
	uint8_t sex;
	struct id made;
	enum err e;

	if ((e = roles_of(c, &roles)) || (e = sex_of(c, &sex)))
		return e;
	if (!(e = new_passphrase(c, &passphrase)))
		e = reg_account_open(c->reg, &c->session, name, roles, sex, passphrase, &made,
				     &c->fault);
	secret_free(passphrase);
	return e;
}

static enum err close_account(struct cli *c, struct text name)
{
	return reg_account_close(c->reg, &c->session, name, &c->fault);
}

static enum err change_roles(struct cli *c, struct text name)
{
	uint16_t roles;
	enum err e = roles_of(c, &roles);

	return e ? e : reg_account_roles(c->reg, &c->session, name, roles, &c->fault);
}

/* One's own.  It logs in by itself: the passphrase is asked for once, and given twice. */
static enum err change_passphrase(struct cli *c, struct text name)
{
	struct secret *old = NULL, *changed = NULL;
	enum err e;

	(void)name;
	if (!(e = cli_login_keeping(c, &old)) && !(e = new_passphrase(c, &changed)))
		e = reg_account_passphrase(c->reg, &c->session, old, changed, &c->fault);
	secret_free(old);
	secret_free(changed);
	return e;
}

/* Two lines of the file that --halves-file names. */
static enum err read_halves(struct cli *c, struct text half[2])
{
	const char *path = option_value(&c->line, "halves-file");
	struct bytes b;
	size_t split;
	enum err e;

	if (!path)
		return fault(&c->fault, ERR_INPUT, "account.which-halves");
	if ((e = file_load(&b, c->arena, c->world, path, 1024, &c->fault)))
		return e;
	for (split = 0; split < b.size && b.at[split] != '\n';)
		split++;
	if (split == b.size)
		return fault(&c->fault, ERR_INPUT, "account.which-halves");
	half[0] = (struct text){ (const char *)b.at, split };
	half[1] = (struct text){ (const char *)b.at + split + 1, b.size - split - 1 };
	for (size_t i = 0; i < 2; i++)
		while (half[i].size && strchr(" \r\n", half[i].at[half[i].size - 1]))
			half[i].size--;
	return OK;
}

static enum err recover(struct cli *c, struct text name)
{
	struct secret *passphrase = NULL;
	struct text half[2];
	enum err e;

	if (!(e = read_halves(c, half)) && !(e = new_passphrase(c, &passphrase)))
		e = reg_account_recover(c->reg, half[0], half[1], name, passphrase, &c->fault);
	secret_free(passphrase);
	return e;
}

/* One's own: what the authenticator is given, shown this once. */
static void print_totp(struct cli *c, const struct reg_totp *totp)
{
	struct json_writer w;

	if (!c->json) {
		cli_line(c, "%s", say(c->arena, c->words, "account.totp-secret", totp->secret).at);
		cli_line(c, "%s", cli_say(c, "account.totp-recovery"));
		for (size_t i = 0; i < TOTP_RECOVERY_CODES; i++)
			cli_line(c, "  %s", totp->recovery[i]);
		cli_tell(c, "%s", cli_say(c, "account.totp-next"));
		return;
	}
	cli_json_begin(c, &w);
	json_key(&w, "secret");
	json_text(&w, text_of(totp->secret));
	json_key(&w, "recovery");
	json_array_begin(&w);
	for (size_t i = 0; i < TOTP_RECOVERY_CODES; i++)
		json_text(&w, text_of(totp->recovery[i]));
	json_array_end(&w);
	cli_json_end(c, &w);
}

static enum err begin_totp(struct cli *c, struct text name)
{
	struct reg_totp totp;
	enum err e = reg_totp_begin(c->reg, &c->session, &totp, &c->fault);

	(void)name;
	if (!e)
		print_totp(c, &totp);
	explicit_bzero(&totp, sizeof(totp));
	return e;
}

static enum err confirm_totp(struct cli *c, struct text code)
{
	if (!code.size)
		return fault(&c->fault, ERR_INPUT, "account.which-code");
	return reg_totp_confirm(c->reg, &c->session, code, &c->fault);
}

static enum err reset_totp(struct cli *c, struct text name)
{
	return reg_totp_reset(c->reg, &c->session, name, &c->fault);
}

struct listing {
	struct cli *c;
	struct json_writer w;
};

static const char *role_words(struct cli *c, uint16_t roles)
{
	size_t count;
	const struct code_word *words = code_words(CODES_ROLE, &count);
	const char *out = "";

	for (size_t i = 0; i < count; i++)
		if (roles & (1u << words[i].number))
			out = arena_print(c->arena, "%s %s", out, words[i].word).at;
	return out;
}

static void write_roles(struct json_writer *w, uint16_t roles)
{
	size_t count;
	const struct code_word *words = code_words(CODES_ROLE, &count);

	json_array_begin(w);
	for (size_t i = 0; i < count; i++)
		if (roles & (1u << words[i].number))
			json_text(w, text_of(words[i].word));
	json_array_end(w);
}

static bool list_account(void *self, const struct account *a)
{
	struct listing *l = self;

	if (l->c->json) {
		json_object_begin(&l->w);
		json_key(&l->w, "name");
		json_text(&l->w, a->name);
		json_key(&l->w, "open");
		json_bool(&l->w, a->open);
		json_key(&l->w, "roles");
		write_roles(&l->w, a->roles);
		json_object_end(&l->w);
		return true;
	}
	cli_line(l->c, "%-20.*s %-8s%s", SHOWN(a->name),
		 cli_say(l->c, a->open ? "account.is-open" : "account.is-closed"),
		 role_words(l->c, a->roles));
	return true;
}

static enum err list(struct cli *c, struct text name)
{
	struct listing l = { .c = c };
	const struct state *s;
	enum err e = reg_read_begin(c->reg, &c->session, DEED_ACCOUNT_LIST, &s, &c->fault);

	(void)name;
	if (e)
		return e;
	if (c->json) {
		cli_json_begin(c, &l.w);
		json_key(&l.w, "accounts");
		json_array_begin(&l.w);
	}
	state_each_account(s, list_account, &l);
	if (c->json) {
		json_array_end(&l.w);
		cli_json_end(c, &l.w);
	}
	reg_read_end(c->reg);
	return OK;
}

static const struct act {
	const char *word;
	enum err (*run)(struct cli *c, struct text name);
	bool needs_name, needs_login, answers;
} acts[] = {
	{ "open", open_account, true, true, false },
	{ "close", close_account, true, true, false },
	{ "roles", change_roles, true, true, false },
	{ "passphrase", change_passphrase, false, false, false },
	{ "recover", recover, true, false, false },
	{ "totp", begin_totp, false, true, true },
	{ "totp-confirm", confirm_totp, false, true, false },
	{ "reset-totp", reset_totp, true, true, false },
	{ "list", list, false, true, true },
};

static const struct act *act_named(const char *word)
{
	for (size_t i = 0; i < COUNT_OF(acts); i++)
		if (strcmp(acts[i].word, word) == 0)
			return &acts[i];
	return NULL;
}

static void answer_done(struct cli *c, const struct act *act)
{
	struct json_writer w;

	if (!c->json) {
		cli_tell(c, "%s", cli_say(c, "account.done"));
		return;
	}
	cli_json_begin(c, &w);
	json_key(&w, "done");
	json_text(&w, text_of(act->word));
	cli_json_end(c, &w);
}

enum ending cmd_account(struct cli *c)
{
	const char *word = c->line.arguments[1];
	const char *name = c->line.argument_count > 2 ? c->line.arguments[2] : NULL;
	const struct act *act = act_named(word);

	if (!act) {
		fault(&c->fault, ERR_INPUT, "account.what", word);
		return cli_fail(c);
	}
	if (act->needs_name && !name) {
		fault(&c->fault, ERR_INPUT, "account.which", word);
		return cli_fail(c);
	}
	if (cli_open(c) || (act->needs_login && cli_login(c)) ||
	    act->run(c, text_of(name ? name : "")))
		return cli_fail(c);
	if (!act->answers)
		answer_done(c, act);
	return DONE;
}
