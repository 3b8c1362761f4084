/*
 * The two files lie beside the log and are nobody's secret: whoever can read the folder
 * of a demo may do everything in it.
 */
#include "cli/demo.h"

#include <stdlib.h>

#define ACCOUNTS_FILE "demo-accounts.json"
#define CLOCK_FILE "demo-clock"
#define ACCOUNTS_SIZE_MAX 65536
#define CLOCK_FILE_SIZE_MAX 64

static const struct demo_account accounts[] = {
	{ "registration", ROLE_REGISTRATION, SEX_FEMALE },
	{ "counsellor", ROLE_COUNSELLOR, SEX_FEMALE },
	{ "protection", ROLE_PROTECTION, SEX_FEMALE },
	{ "reviewer", ROLE_PROTECTION, SEX_FEMALE },
	{ "boarding", ROLE_PROTECTION, SEX_FEMALE },
	{ "legal-aid", ROLE_LEGAL_AID, SEX_MALE },
	{ "cashier", ROLE_CASHIER, SEX_FEMALE },
	{ "movement", ROLE_MOVEMENT, SEX_MALE },
	{ "border", ROLE_BORDER, SEX_FEMALE },
	{ "statistician", ROLE_STATISTICIAN, SEX_FEMALE },
	{ "auditor", ROLE_AUDITOR, SEX_MALE },
};

const struct demo_account *demo_accounts(size_t *count)
{
	*count = COUNT_OF(accounts);
	return accounts;
}

static const char *file_in(struct cli *c, const char *folder, const char *name)
{
	return arena_print(c->arena, "%s/%s", folder, name).at;
}

static int64_t now_s(struct cli *c)
{
	return c->world->now_ms(c->world) / 1000;
}

/* The next command goes on from here. */
static enum err remember(struct cli *c, const char *folder)
{
	struct text line = arena_print(c->arena, "%lld\n", (long long)now_s(c));

	return file_save(c->world, file_in(c, folder, CLOCK_FILE), bytes_of_text(line), &c->fault);
}

enum err demo_new_passphrase(struct cli *c, struct secret **out)
{
	static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789x";
	uint8_t chance[16];
	char word[16];
	enum err e;

	c->world->chance(c->world, chance, sizeof(chance));
	for (size_t i = 0; i < sizeof(word); i++)
		word[i] = letters[chance[i] % 32];
	e = secret_of(out, bytes_of(word, sizeof(word)), &c->fault);
	explicit_bzero(word, sizeof(word));
	return e;
}

static void write_passphrase(struct json_writer *w, const char *name, const struct secret *s)
{
	struct bytes b = secret_bytes(s);

	json_key(w, name);
	json_text(w, (struct text){ (const char *)b.at, b.size });
}

static enum err open_accounts(struct cli *c, const char *folder, struct text admin,
			      const struct secret *admin_passphrase, struct json_writer *w)
{
	struct session by;
	struct id made;
	enum err e;

	if ((e = reg_open(&c->reg, c->world, c->atlas, folder, &c->fault)))
		return e;
	if ((e = reg_login(c->reg, admin, admin_passphrase, NULL, &by, &c->fault)))
		return e;
	for (size_t i = 0; !e && i < COUNT_OF(accounts); i++) {
		const struct demo_account *a = &accounts[i];
		struct secret *passphrase = NULL;

		if (!(e = demo_new_passphrase(c, &passphrase)))
			e = reg_account_open(c->reg, &by, text_of(a->name),
					     (uint16_t)(1u << a->role), (uint8_t)a->sex, passphrase,
					     &made, &c->fault);
		if (!e)
			write_passphrase(w, a->name, passphrase);
		secret_free(passphrase);
	}
	return e;
}

enum err demo_found(struct cli *c, const char *folder, struct text admin,
		    const struct secret *passphrase)
{
	struct buffer file = { .limit = ACCOUNTS_SIZE_MAX };
	struct json_writer w;
	enum err e;

	json_begin(&w, &file);
	json_object_begin(&w);
	write_passphrase(&w, arena_copy_text(c->arena, admin).at, passphrase);
	e = open_accounts(c, folder, admin, passphrase, &w);
	json_object_end(&w);
	if (!e)
		e = file_save(c->world, file_in(c, folder, ACCOUNTS_FILE), buffer_bytes(&file),
			      &c->fault);
	if (!e && option_value(&c->line, "at"))
		e = remember(c, folder);
	buffer_free(&file);
	return e;
}

enum err demo_passphrase(struct cli *c, const char *folder, const char *name, struct secret **out)
{
	const char *path = file_in(c, folder, ACCOUNTS_FILE);
	const char *passphrase;
	json_t *accounts_json = NULL;
	struct bytes b;
	enum err e;

	/* A backup does not carry it. */
	if (file_load(&b, c->arena, c->world, path, ACCOUNTS_SIZE_MAX, &(struct fault){ 0 }))
		return fault(&c->fault, ERR_DENIED, "demo.no-passphrases", path);
	e = json_parse(&accounts_json, (struct text){ (const char *)b.at, b.size }, &c->fault);
	if (e)
		return e;
	passphrase = json_string_value(json_object_get(accounts_json, name));
	e = passphrase ? secret_of(out, bytes_of_text(text_of(passphrase)), &c->fault)
		       : fault(&c->fault, ERR_DENIED, "demo.no-such-account", name);
	json_decref(accounts_json);
	return e;
}

/* A time as `--at` takes it: without an offset it is that of the first site, Karachi. */
static enum err read_time(struct cli *c, const char *at, int64_t *out)
{
	size_t size = strlen(at);
	bool plain = size <= strlen("2025-04-04T10:00:00") && strchr(at, 'T');

	return time_read(out, plain ? arena_print(c->arena, "%s+05:00", at) : text_of(at), "--at",
			 &c->fault);
}

enum err demo_time(struct cli *c, const char *at, int64_t *seconds)
{
	int64_t step = step_of_time(at);

	if (!step)
		return read_time(c, at, seconds);
	*seconds = now_s(c) + step;
	if (*seconds > TIME_MAX)
		return fault(&c->fault, ERR_INPUT, "date.year-out-of-range", "--at", at,
			     GREGORIAN_YEAR_MIN, GREGORIAN_YEAR_MAX);
	return OK;
}

void demo_stand(struct cli *c, int64_t seconds)
{
	world_at_init(&c->clock, seconds * 1000);
}

/* Where the demo stands; the real time where nothing that makes sense is remembered. */
static int64_t remembered(struct cli *c, const char *folder)
{
	const char *path = file_in(c, folder, CLOCK_FILE);
	int64_t now = now_s(c);
	struct fault none = { 0 };
	struct bytes b;
	long long seconds;
	char *end;

	if (file_load(&b, c->arena, c->world, path, CLOCK_FILE_SIZE_MAX, &none))
		return now;
	seconds = strtoll((const char *)b.at, &end, 10);
	return *end == '\n' && seconds >= TIME_MIN && seconds <= TIME_MAX ? seconds : now;
}

enum err demo_clock(struct cli *c, const char *folder, const char *at)
{
	int64_t seconds, before = remembered(c, folder);
	enum err e;

	demo_stand(c, before);
	if (!at)
		return OK;
	if ((e = demo_time(c, at, &seconds)))
		return e;
	if (seconds < before)
		cli_tell(c, "%s",
			 say(c->arena, c->words, "clock.demo-set-back", cli_time(c, before),
			     cli_time(c, seconds))
				 .at);
	demo_stand(c, seconds);
	return remember(c, folder);
}

void demo_run(struct cli *c)
{
	world_at_run(&c->clock);
}

enum err demo_keep_time(struct cli *c, const char *folder)
{
	uint64_t size;
	bool was_put = !c->world->file_size(c->world, file_in(c, folder, CLOCK_FILE), &size,
					    &(struct fault){ 0 });

	return was_put ? remember(c, folder) : OK;
}
