/*
 * Keeping a register: verify, backup, erasures, restore, status.  They work locked, and
 * say what they could not prove.
 */
#include <assert.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/metrics.h"

/* One line of a report, in words and in JSON alike. */
struct line {
	const char *key;   /* of the JSON */
	const char *label; /* of the catalogue */
	const char *text;  /* NULL: `number` */
	uint64_t number;
	bool is_flag;
};

static void print_report(struct cli *c, const struct line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct line *l = &lines[i];
		const char *label = cli_padded(c, cli_say(c, l->label), 34);

		if (l->is_flag)
			cli_line(c, "%s %s", label, cli_say(c, l->number ? "yes" : "no"));
		else if (l->text)
			cli_line(c, "%s %s", label, cli_shown(c, l->text));
		else
			cli_line(c, "%s %llu", label, (unsigned long long)l->number);
	}
}

static void report(struct cli *c, const struct line *lines, size_t count)
{
	struct json_writer w;

	if (!c->json) {
		print_report(c, lines, count);
		return;
	}
	cli_json_begin(c, &w);
	for (size_t i = 0; i < count; i++) {
		json_key(&w, lines[i].key);
		if (lines[i].is_flag)
			json_bool(&w, lines[i].number);
		else if (lines[i].text)
			json_text(&w, text_of(lines[i].text));
		else
			json_int(&w, (int64_t)lines[i].number);
	}
	cli_json_end(c, &w);
}

enum ending cmd_status(struct cli *c)
{
	struct reg_status s;

	if (cli_open(c) || cli_login_if_asked(c) || reg_status(c->reg, &s, &c->fault))
		return cli_fail(c);
	if (option_value(&c->line, "prometheus"))
		return metrics_write(&c->out, c->reg, c->world, c->arena, &c->fault) ? cli_fail(c)
										     : DONE;
	const struct line lines[] = {
		{ "site", "status.site", arena_copy_text(c->arena, s.site.name).at, 0, false },
		{ "locked", "status.locked", NULL, s.locked, true },
		{ "epoch", "status.epoch", NULL, s.self.epoch, false },
		{ "facts", "status.facts", NULL, s.facts, false },
		{ "bytes", "status.bytes", NULL, s.log_bytes, false },
		{ "checkpoint", "status.checkpoint", NULL, s.checkpoint_size, false },
		{ "last-backup", "status.last-backup",
		  s.last_backup ? cli_time(c, s.last_backup) : cli_say(c, "never"), 0, false },
		{ "erasures-unlisted", "status.erasures-unlisted", NULL, s.erasures_unlisted,
		  false },
		{ "clock-jumped", "status.clock-jumped", NULL, s.clock_jumped, true },
		{ "households", "status.households",
		  s.locked ? cli_say(c, "status.unknown-locked") : NULL, s.households, false },
		{ "persons", "status.persons",
		  s.locked ? cli_say(c, "status.unknown-locked") : NULL, s.persons, false },
	};
	report(c, lines, COUNT_OF(lines));
	return DONE;
}

/* --- verify --------------------------------------------------------------------- */

/* Of the report, those that a locked register can answer. */
#define PROOF_LOCKED_LINES 8
/* The same of --stats: nothing of it is in memory then, and nobody is counted. */
#define STATS_LOCKED_LINES 2
#define VERIFY_LINES_MAX 20

struct verify_report {
	struct line lines[VERIFY_LINES_MAX];
	size_t count;
	char first[FACT_REF_TEXT_SIZE]; /* damaged */
};

static void add_lines(struct verify_report *r, const struct line *lines, size_t count)
{
	assert(r->count + count <= COUNT_OF(r->lines));
	memcpy(r->lines + r->count, lines, count * sizeof(*lines));
	r->count += count;
}

static void add_proof(struct verify_report *r, const struct reg_proof *p, bool locked)
{
	fact_ref_write(r->first, &p->first_damaged);
	const struct line lines[] = {
		{ "locked", "status.locked", NULL, locked, true },
		{ "facts", "verify.facts", NULL, p->facts, false },
		{ "tiles", "verify.tiles", NULL, p->tiles, false },
		{ "slots", "verify.slots", NULL, p->slots, false },
		{ "checkpoint-there", "verify.checkpoint-there", NULL, p->checkpoint_there, true },
		{ "checkpoint-held", "verify.checkpoint-held", NULL, p->checkpoint_held, true },
		{ "damaged", "verify.damaged", NULL, p->damaged, false },
		{ "first-damaged", "verify.first-damaged", p->damaged ? r->first : "-", 0, false },
		/* What only the keys can prove. */
		{ "opened", "verify.opened", NULL, p->envelopes_opened, false },
		{ "commitments", "verify.commitments", NULL, p->commitments_checked, false },
		{ "folded-twice", "verify.folded-twice", NULL, p->folded, true },
		{ "folds-agree", "verify.folds-agree", NULL, p->folds_agree, true },
		{ "unreadable", "verify.unreadable", NULL, p->unreadable, false },
		{ "unknown", "verify.unknown", NULL, p->unknown, false },
	};
	add_lines(r, lines, locked ? PROOF_LOCKED_LINES : COUNT_OF(lines));
}

/* What of them one of `count` takes, rounded up. */
static uint64_t each(uint64_t bytes, uint64_t count)
{
	return count ? (bytes + count - 1) / count : 0;
}

/* How much disk and memory it takes, for whoever plans for ten times as many people. */
static enum err add_stats(struct verify_report *r, struct cli *c, uint64_t facts)
{
	struct reg_status s;
	enum err e = reg_status(c->reg, &s, &c->fault);

	if (e)
		return e;
	const uint64_t disk = s.log_bytes, memory = s.counts.bytes;
	const struct line lines[] = {
		{ "disk", "stats.disk", NULL, disk, false },
		{ "disk-per-fact", "stats.disk-per-fact", NULL, each(disk, facts), false },
		{ "disk-per-person", "stats.disk-per-person", NULL, each(disk, s.persons), false },
		{ "memory", "stats.memory", NULL, memory, false },
		{ "memory-per-fact", "stats.memory-per-fact", NULL, each(memory, facts), false },
		{ "memory-per-person", "stats.memory-per-person", NULL, each(memory, s.persons),
		  false },
	};
	add_lines(r, lines, s.locked ? STATS_LOCKED_LINES : COUNT_OF(lines));
	return OK;
}

enum ending cmd_verify(struct cli *c)
{
	struct verify_report r = { .count = 0 };
	struct progress bar;
	struct reg_progress told;
	struct reg_proof p;
	bool locked;
	enum err e;

	if (cli_open(c) || cli_login_if_asked(c))
		return cli_fail(c);
	told = cli_progress(c, &bar, "progress.verify");
	e = reg_verify(c->reg, &told, &p, &c->fault);
	progress_end(&bar);
	if (e)
		return cli_fail(c);
	locked = reg_is_locked(c->reg);
	add_proof(&r, &p, locked);
	if (option_value(&c->line, "stats") && add_stats(&r, c, p.facts))
		return cli_fail(c);
	report(c, r.lines, r.count);
	if (!c->json && locked)
		cli_line(c, "%s", cli_say(c, "verify.locked"));
	if (!c->json)
		cli_line(c, "%s",
			 cli_say(c, reg_proof_is_sound(&p) ? "verify.sound" : "verify.not-sound"));
	return reg_proof_is_sound(&p) ? DONE : FAILED;
}

/* --- backup, erasures, restore ------------------------------------------------------ */

enum ending cmd_backup(struct cli *c)
{
	const char *path = c->line.arguments[1];
	const char *list = arena_print(c->arena, "%s.erasures", path).at;
	struct progress bar;
	struct reg_progress told;
	enum err e;

	if (cli_open(c) || cli_login_if_asked(c))
		return cli_fail(c);
	if (!c->quiet)
		cli_tell(c, "%s", say(c->arena, c->words, "backup.begins", cli_shown(c, path)).at);
	told = cli_progress(c, &bar, "progress.backup");
	e = reg_backup(c->reg, path, &told, &c->fault);
	progress_end(&bar);
	if (e)
		return cli_fail(c);
	const struct line lines[] = {
		{ "written", "backup.written", path, 0, false },
		{ "list", "backup.list", list, 0, false },
		{ "read-back", "backup.read-back", NULL, true, true },
	};
	report(c, lines, COUNT_OF(lines));
	if (!c->json)
		cli_line(c, "%s", cli_say(c, "backup.safe"));
	return DONE;
}

enum ending cmd_erasures(struct cli *c)
{
	const char *path = c->line.arguments[1];
	uint64_t count;

	if (cli_open(c) || reg_erasures(c->reg, path, &count, &c->fault))
		return cli_fail(c);
	const struct line lines[] = {
		{ "written", "erasures.written", path, 0, false },
		{ "erased", "erasures.count", NULL, count, false },
		{ "read-back", "backup.read-back", NULL, true, true },
	};
	report(c, lines, COUNT_OF(lines));
	return DONE;
}

static_assert(GIVEN_MAX <= RESTORE_LISTS_MAX, "each list that can be given is taken");

enum ending cmd_restore(struct cli *c)
{
	const char *lists[GIVEN_MAX];
	const struct reg_restoring what = {
		.path = c->line.arguments[0],
		.dir = c->line.arguments[1],
		.lists = lists,
		.list_count = option_values(&c->line, "erasures", lists),
	};

	if (reg_restore(c->world, &what, &c->fault) ||
	    reg_open(&c->reg, c->world, c->atlas, what.dir, &c->fault))
		return cli_fail(c);
	c->demo = reg_site(c->reg).demo;
	const struct line lines[] = { { "made", "restore.made", what.dir, 0, false } };
	report(c, lines, COUNT_OF(lines));
	if (!what.list_count)
		cli_tell(c, "%s",
			 say(c->arena, c->words, "restore.no-list", cli_shown(c, what.dir)).at);
	return DONE;
}
