/*
 * accounts: opening them, giving them roles, closing them.
 */
#include "api/inside.h"

enum err answer_accounts(struct asked *q)
{
	return desk_accounts(&q->desk, &q->w);
}

/* The list of the body as a mask. */
static uint16_t body_roles(const struct asked *q)
{
	const json_t *list = json_object_get(q->body, "roles"), *role;
	unsigned roles = 0;
	size_t i;

	json_array_foreach(list, i, role)
		roles |= 1u << code_of_word(CODES_ROLE, json_text_of(role));
	return (uint16_t)roles;
}

static void write_account(struct asked *q, const struct id *account, uint16_t roles)
{
	struct text sex = body_text(q, "sex");

	json_object_begin(&q->w);
	write_id(&q->w, "id", account);
	json_key(&q->w, "name");
	json_text(&q->w, body_text(q, "name"));
	write_roles(&q->w, roles);
	if (sex.size) {
		json_key(&q->w, "sex");
		json_text(&q->w, sex);
	}
	json_key(&q->w, "open");
	json_bool(&q->w, true);
	json_key(&q->w, "totp");
	json_bool(&q->w, false);
	json_object_end(&q->w);
}

enum err take_account(struct asked *q)
{
	uint16_t roles = body_roles(q);
	uint8_t sex = (uint8_t)code_of_word(CODES_SEX, body_text(q, "sex"));
	struct secret *passphrase = NULL;
	struct id account;
	enum err e;

	if ((e = need_again(q)) || (e = body_secret(q, "passphrase", &passphrase)))
		return e;
	e = reg_account_open(q->desk.reg, &q->desk.session, body_text(q, "name"), roles, sex,
			     passphrase, &account, &q->desk.fault);
	secret_free(passphrase);
	if (!e)
		write_account(q, &account, roles);
	return e;
}

enum err take_roles(struct asked *q)
{
	struct id account = body_id(q, "account");
	uint16_t roles = body_roles(q);
	struct text name = account_name(q, &q->desk.session, &account);
	enum err e = need_again(q);

	if (!e && !name.size)
		e = fault(&q->desk.fault, ERR_NOT_FOUND, "account.none");
	if (e)
		return e;
	if (roles)
		e = reg_account_roles(q->desk.reg, &q->desk.session, name, roles, &q->desk.fault);
	else if (!(e = reg_account_close(q->desk.reg, &q->desk.session, name, &q->desk.fault)))
		sessions_drop(q->api->sessions, &account);
	if (!e)
		write_done(q);
	return e;
}
