/*
 * The dates in a certificate are of the real clock, also in a demo: browsers look at
 * theirs.
 */
#include "cli/tls.h"

#include "cli/commands.h"

#define FILE_SIZE_MAX 65536

static enum err of_site(struct cli *c, struct tls_files *out)
{
	const char *names[GIVEN_MAX];
	const struct tls_site site = {
		.world = c->outside,
		.folder = reg_folder(c->reg),
		.name = reg_site(c->reg).name,
		.names = names,
		.name_count = option_values(&c->line, "name", names),
	};

	if (site.name_count > TLS_NAMES_MAX)
		return fault(&c->fault, ERR_LIMIT, "tls.too-many", TLS_NAMES_MAX);
	return tls_of_site(out, &site, c->arena, &c->fault);
}

static enum err of_files(struct cli *c, struct tls_files *out, const char *cert, const char *key)
{
	enum err e;

	if (!cert || !key)
		return fault(&c->fault, ERR_INPUT, "tls.both");
	if ((e = file_load(&out->certificate, c->arena, c->world, cert, FILE_SIZE_MAX,
			   &c->fault)) ||
	    (e = file_load(&out->key, c->arena, c->world, key, FILE_SIZE_MAX, &c->fault)))
		return e;
	return tls_check(out, &c->fault);
}

enum err tls_wanted(struct cli *c, struct tls_files *out, bool *wanted)
{
	const char *cert = option_value(&c->line, "cert"), *key = option_value(&c->line, "key");

	*out = (struct tls_files){ 0 };
	*wanted = cert || key || option_value(&c->line, "tls");
	if (cert || key)
		return of_files(c, out, cert, key);
	return *wanted ? of_site(c, out) : OK;
}

void tls_tell(struct cli *c, const struct tls_files *files)
{
	char fingerprint[FINGERPRINT_SIZE];

	tls_fingerprint(fingerprint, files);
	if (*fingerprint)
		cli_line(c, "%s", say(c->arena, c->words, "tls.fingerprint", fingerprint).at);
}

enum ending cmd_tls(struct cli *c)
{
	char fingerprint[FINGERPRINT_SIZE];
	struct tls_files files;
	struct json_writer w;

	if (cli_open(c) || of_site(c, &files))
		return cli_fail(c);
	if (!c->json) {
		cli_line(c, "%s", cli_say(c, files.made ? "tls.made" : "tls.fits"));
		tls_tell(c, &files);
		return DONE;
	}
	tls_fingerprint(fingerprint, &files);
	cli_json_begin(c, &w);
	json_key(&w, "made");
	json_bool(&w, files.made);
	json_key(&w, "fingerprint");
	json_text(&w, text_of(fingerprint));
	cli_json_end(c, &w);
	return DONE;
}
