/*
 * `ikhtiar bulletin`: publishes the weeks that are closed, where who asks may, and writes
 * one of those that went out as a folder for any web server:
 *
 *     index.html en.html ur.html ps.html fa-AF.html    the page
 *     week.csv four-weeks.csv bulletin.json bulletin.xlsx dictionary.csv
 *     dhis2-values.csv dhis2-units.csv about.txt
 *     sums.txt           SHA-256 of each of these, as sha256sum(1) checks them
 *     sums.txt.note      the register's signed statement over sums.txt
 *     checkpoint.txt key.txt
 *     public/            the public pages, as they are on the day, with these files in
 *                        public/bulletin/
 *
 * Written twice of the same week the files are the same, byte for byte, but for the
 * checkpoint, which is that of the log as it is now, and the public pages.
 */
#include "cli/bulletin.h"

#include <assert.h>

#include "base/sha256.h"
#include "cli/commands.h"

#define WORKBOOK_SIZE_MAX ((size_t)64 << 20)

struct publishing {
	struct cli *cli;
	const char *out; /* folder */
	struct desk_bulletin gathered;
	struct bulletin bulletin; /* the same, with who is asked about it */
	struct buffer file;	  /* the one at hand */
	struct buffer sums;
	struct reg_bulletin_files kept; /* what the public pages give, too */
	size_t published;
};

/* --- what goes in -------------------------------------------------------------------- */

static enum err gather(struct publishing *p)
{
	struct cli *c = p->cli;
	const char *given = option_value(&c->line, "week");
	const char *contact = option_value(&c->line, "contact");
	struct period week;
	enum err e = OK;

	if (policy_allows(reg_roles(c->reg, &c->session), DEED_PUBLISH) &&
	    (e = reg_publish(c->reg, &c->session, &p->published, &c->fault)))
		return e;
	if (given && (e = period_read(&week, text_of(given), &c->fault)))
		return e;
	if (given && !period_is_week(week))
		return fault(&c->fault, ERR_INPUT, "bulletin.no-week", given);
	cli_ask(c, &c->session, c->arena);
	e = cli_asked(c, desk_bulletin(&c->desk, given ? &week : NULL, &p->gathered));
	p->bulletin = p->gathered.bulletin;
	p->bulletin.contact = text_of(contact ? contact : "");
	return e;
}

/* --- files --------------------------------------------------------------------------- */

static void note_sum(struct publishing *p, const char *file, struct bytes b)
{
	struct hash h = sha256_of(b);
	char hex[2 * HASH_SIZE + 1];

	hex_write(hex, bytes_of(h.at, HASH_SIZE));
	buffer_print(&p->sums, "%s  %s\n", hex, file);
}

static const char *path_of(struct publishing *p, const char *file)
{
	return arena_print(p->cli->arena, "%s/%s", p->out, file).at;
}

static enum err save(struct publishing *p, const char *file, struct bytes b)
{
	const char *path = path_of(p, file);

	if (!path)
		return fault(&p->cli->fault, ERR_MEMORY, "memory.none");
	return file_save(p->cli->outside, path, b, &p->cli->fault);
}

/* What is in the buffer becomes a file; it is empty afterwards. */
static enum err save_summed(struct publishing *p, const char *file)
{
	enum err e = buffer_end(&p->file, &p->cli->fault);

	if (!e)
		e = save(p, file, buffer_bytes(&p->file));
	if (!e)
		note_sum(p, file, buffer_bytes(&p->file));
	buffer_reset(&p->file);
	return e;
}

/* `b` must last. */
static void note_kept(struct publishing *p, const char *file, struct bytes b)
{
	assert(p->kept.count < BULLETIN_FILES_MAX);
	p->kept.at[p->kept.count++] = (struct reg_bulletin_file){ text_of(file), b };
}

/* The same, of a file that the public pages give. */
static enum err save_kept(struct publishing *p, const char *file)
{
	struct text body = arena_copy_text(p->cli->arena, buffer_as_text(&p->file));

	if (!body.at)
		return fault(&p->cli->fault, ERR_MEMORY, "memory.none");
	note_kept(p, file, bytes_of_text(body));
	return save_summed(p, file);
}

static enum err save_pages(struct publishing *p)
{
	struct cli *c = p->cli;
	enum err e = OK;

	for (int l = 0; !e && l < WORDS_LANGUAGES; l++) {
		const char *code = words_language_info((enum words_language)l)->code;
		struct text file = arena_print(c->arena, "%s.html", code);
		struct words *words = NULL;

		if (!file.at)
			return fault(&c->fault, ERR_MEMORY, "memory.none");
		if (!(e = words_open(&words, (enum words_language)l, &c->fault)) &&
		    !(e = bulletin_page(&p->file, &p->bulletin, words, &c->fault)))
			e = save_summed(p, file.at);
		if (!e && l == WORDS_EN &&
		    !(e = bulletin_page(&p->file, &p->bulletin, words, &c->fault)))
			e = save_summed(p, "index.html");
		words_close(words);
	}
	return e;
}

static enum err save_tables(struct publishing *p)
{
	bool mark = option_value(&p->cli->line, "bom");
	enum err e;

	bulletin_csv(&p->file, &p->bulletin, p->bulletin.week, mark);
	e = save_kept(p, "week.csv");
	if (!e && p->bulletin.four) {
		bulletin_csv(&p->file, &p->bulletin, p->bulletin.four, mark);
		e = save_kept(p, "four-weeks.csv");
	}
	if (e)
		return e;
	bulletin_json(&p->file, &p->bulletin);
	if ((e = save_kept(p, "bulletin.json")))
		return e;
	bulletin_dictionary(&p->file);
	if ((e = save_kept(p, "dictionary.csv")))
		return e;
	bulletin_about(&p->file, &p->bulletin);
	return save_kept(p, "about.txt");
}

static enum err save_dhis2(struct publishing *p)
{
	struct cli *c = p->cli;
	size_t count, units = 0;
	const struct area *areas = atlas_areas(c->atlas, &count);
	struct bulletin_unit *at = arena_take_array(c->arena, count + 1, sizeof(*at));
	enum err e;

	if (!at)
		return fault(&c->fault, ERR_MEMORY, "memory.none");
	for (size_t i = 0; i < count; i++)
		if (areas[i].today == &areas[i] && text_is(areas[i].country, "PAK"))
			at[units++] = (struct bulletin_unit){
				areas[i].code, name_in(&areas[i].names, TEXT_EN),
				areas[i].parent ? areas[i].parent->code : TEXT("")
			};
	bulletin_dhis2_values(&p->file, &p->bulletin);
	if ((e = save_kept(p, "dhis2-values.csv")))
		return e;
	bulletin_dhis2_units(&p->file, at, units);
	return save_kept(p, "dhis2-units.csv");
}

static enum err save_workbook(struct publishing *p)
{
	struct cli *c = p->cli;
	const char *path = path_of(p, "bulletin.xlsx");
	struct bytes b;
	enum err e;

	if (!path)
		return fault(&c->fault, ERR_MEMORY, "memory.none");
	if ((e = bulletin_workbook(path, &p->bulletin, p->gathered.week.published, &c->fault)) ||
	    (e = file_load(&b, c->arena, c->outside, path, WORKBOOK_SIZE_MAX, &c->fault)))
		return e;
	note_sum(p, "bulletin.xlsx", b);
	note_kept(p, "bulletin.xlsx", b);
	return OK;
}

static enum err save_noted(struct publishing *p, const char *file, struct bytes b)
{
	note_kept(p, file, b);
	return save(p, file, b);
}

static enum err save_proof(struct publishing *p)
{
	struct cli *c = p->cli;
	char id[PERIOD_ID_SIZE], about[PERIOD_ID_SIZE + 16];
	struct statement said = { .hash = sha256_of(buffer_bytes(&p->sums)) };
	struct reg_seal seal;
	enum err e;

	period_id(id, p->gathered.week.release.period);
	snprintf(about, sizeof(about), "bulletin %s", id);
	said.about = text_of(about);
	if ((e = buffer_end(&p->sums, &c->fault)) ||
	    (e = reg_bulletin_seal(c->reg, &c->session, &said, c->arena, &seal, &c->fault)))
		return e;
	(void)((e = save_noted(p, "sums.txt", buffer_bytes(&p->sums))) ||
	       (e = save_noted(p, "sums.txt.note", bytes_of_text(seal.note))) ||
	       (e = save_noted(p, "checkpoint.txt", bytes_of_text(seal.checkpoint))) ||
	       (e = save_noted(p, "key.txt", bytes_of_text(seal.key))));
	return e;
}

/* The newest week's files go to the public pages, from whoever may publish. */
static enum err keep_files(struct publishing *p)
{
	struct cli *c = p->cli;

	if (option_value(&c->line, "week") ||
	    !policy_allows(reg_roles(c->reg, &c->session), DEED_PUBLISH))
		return OK;
	p->kept.week = p->gathered.week.release.period;
	p->kept.contact = p->bulletin.contact;
	return reg_bulletin_keep(c->reg, &c->session, &p->kept, &c->fault);
}

static enum err save_all(struct publishing *p)
{
	struct fault why = { 0 };
	enum err e = p->cli->outside->folder_make(p->cli->outside, p->out, &why);

	/* Where there is a folder already, its files are written anew. */
	if (e && e != ERR_BUSY) {
		p->cli->fault = why;
		return e;
	}
	(void)((e = save_pages(p)) || (e = save_tables(p)) || (e = save_dhis2(p)) ||
	       (e = save_workbook(p)) || (e = save_proof(p)) || (e = keep_files(p)) ||
	       (e = site_save(p->cli, p->out)));
	return e;
}

/* --- the command --------------------------------------------------------------------- */

static void answer(struct publishing *p)
{
	struct cli *c = p->cli;
	char id[PERIOD_ID_SIZE], four[PERIOD_ID_SIZE];
	struct json_writer w;

	period_id(id, p->gathered.week.release.period);
	if (p->bulletin.four)
		period_id(four, p->bulletin.four->period);
	if (!c->json) {
		cli_tell(c, "%s", say(c->arena, c->words, "bulletin.published", p->published).at);
		cli_line(c, "%s %s", id, p->out);
		return;
	}
	cli_json_begin(c, &w);
	json_key(&w, "published");
	json_uint(&w, p->published);
	json_key(&w, "week");
	json_string_of(&w, id);
	json_key(&w, "four_weeks");
	json_string_of(&w, p->bulletin.four ? four : NULL);
	json_key(&w, "folder");
	json_string_of(&w, p->out);
	cli_json_end(c, &w);
}

enum ending cmd_bulletin(struct cli *c)
{
	struct publishing *p;
	enum err e;

	if (c->line.argument_count < 2) {
		fault(&c->fault, ERR_INPUT, "bulletin.no-folder");
		return cli_fail(c);
	}
	if (cli_open(c) || cli_login(c))
		return cli_fail(c);
	if (!(p = arena_take(c->arena, sizeof(*p)))) {
		fault(&c->fault, ERR_MEMORY, "memory.none");
		return cli_fail(c);
	}
	*p = (struct publishing){ .cli = c, .out = c->line.arguments[1] };
	(void)((e = gather(p)) || (e = save_all(p)));
	buffer_free(&p->file);
	buffer_free(&p->sums);
	if (e)
		return cli_fail(c);
	answer(p);
	return DONE;
}
