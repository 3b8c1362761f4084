/*
 * `ikhtiar init`: a new register, its first account, and the recovery sheet.
 */
#include "cli/commands.h"
#include "cli/demo.h"

static enum err site_of(struct cli *c, struct reg_site *site)
{
	const char *name = option_value(&c->line, "site");
	const char *code = option_value(&c->line, "code");
	const char *zone = option_value(&c->line, "zone");

	if (!name || !*name)
		return fault(&c->fault, ERR_INPUT, "init.which-site");
	*site = (struct reg_site){
		.name = text_of(name),
		.code = text_of(code ? code : ""),
		.zone = text_of(zone ? zone : "Asia/Karachi"),
		.demo = option_value(&c->line, "demo") != NULL,
	};
	return OK;
}

static void print_recovery(struct cli *c, const struct reg_recovery *recovery)
{
	for (int half = 0; half < 2; half++) {
		cli_line(c, "%s %d: %s%s", cli_say(c, "init.half"), half + 1,
			 c->demo ? "DEMO " : "", recovery->half[half]);
		cli_line(c, "  %s", cli_say(c, half ? "init.second-holder" : "init.first-holder"));
	}
}

static void answer(struct cli *c, const char *folder, const struct reg_recovery *recovery)
{
	struct json_writer w;

	if (!c->json) {
		print_recovery(c, recovery);
		cli_tell(c, "%s", cli_say(c, c->demo ? "init.demo-made" : "init.made"));
		return;
	}
	cli_json_begin(c, &w);
	json_key(&w, "made");
	json_text(&w, text_of(folder));
	json_key(&w, "recovery");
	json_array_begin(&w);
	json_text(&w, text_of(recovery->half[0]));
	json_text(&w, text_of(recovery->half[1]));
	json_array_end(&w);
	cli_json_end(c, &w);
}

/* 2000-01-01T00:00Z */
#define DEMO_BEGINS INT64_C(946684800)

enum ending cmd_init(struct cli *c)
{
	const char *folder = c->line.arguments[0];
	const char *admin = option_value(&c->line, "admin");
	const char *at = option_value(&c->line, "at");
	struct reg_recovery recovery = { 0 };
	struct secret *passphrase = NULL;
	struct reg_site site;
	int64_t seconds;
	enum err e;

	if (site_of(c, &site))
		return cli_fail(c);
	if (at && !site.demo) {
		fault(&c->fault, ERR_INPUT, "clock.not-a-demo", folder);
		return cli_fail(c);
	}
	c->demo = site.demo;
	if (!admin)
		admin = site.demo ? "administrator" : "admin";
	if (site.demo)
		e = demo_new_passphrase(c, &passphrase);
	else
		e = cli_passphrase(c, &passphrase, "pass-file", "pass-fd", NULL);
	if (!e && at && !(e = demo_time(c, at, &seconds)))
		demo_stand(c, seconds);
	/* Time never runs backwards in a register: begun long ago, a demo can be put at any
	 * day that somebody wants to play. */
	if (!e && !at && site.demo)
		demo_stand(c, DEMO_BEGINS);
	if (!e)
		e = reg_create(c->world, folder, &site, text_of(admin), passphrase, &recovery, &c->fault);
	if (!e && site.demo)
		e = demo_found(c, folder, text_of(admin), passphrase);
	if (!e)
		answer(c, folder, &recovery);
	explicit_bzero(&recovery, sizeof(recovery));
	secret_free(passphrase);
	return e ? cli_fail(c) : DONE;
}
