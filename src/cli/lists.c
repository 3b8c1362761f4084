/*
 * `ikhtiar people`, `import` and `reference`: lists that come in from outside, or
 * that are made up.
 */
#include "base/csv.h"
#include "base/embed.h"
#include "cli/commands.h"
#include "cli/propose.h"
#include "import/import.h"
#include "people/people.h"

#include <errno.h>
#include <stdlib.h>

#define REJECTS_SIZE_MAX ((size_t)1 << 30)
#define SYNTHETIC_MAX 1000000000ull
#define WEEKS_MAX 52

static enum err number_of(struct cli *c, const char *option, uint64_t fallback, uint64_t most,
			  uint64_t *out)
{
	const char *given = option_value(&c->line, option);
	char *end;

	*out = fallback;
	if (!given)
		return OK;
	errno = 0;
	*out = strtoull(given, &end, 10);
	if (errno || end == given || *end || *given == '-' || *out > most)
		return fault(&c->fault, ERR_INPUT, "use.not-a-number", option, given, most);
	return OK;
}

static enum err chosen_day(struct cli *c, int32_t *out)
{
	const char *given = option_value(&c->line, "on");

	*out = (int32_t)(c->world->now_ms(c->world) / 86400000);
	return given ? date_read_iso(out, text_of(given), "--on", &c->fault) : OK;
}

static enum err people_of(struct cli *c, struct people **out, uint64_t seed, int32_t today)
{
	static const char *const paths[] = {
#define PATH(name, path) path,
		PEOPLE_FILES(PATH)
#undef PATH
	};
	struct people_files files;

	for (int i = 0; i < PEOPLE_FILE_COUNT; i++)
		files.files[i] = embedded(paths[i]);
	return people_new(out, &files, c->atlas, seed, today, &c->fault);
}

static enum err write_households(struct cli *c, const struct people *people,
				 struct made_household *h, uint64_t count)
{
	bool csv = option_value(&c->line, "csv");
	enum err e = OK;

	if (csv)
		people_write_csv_header(&c->out);
	for (uint64_t i = 0; !e && i < count; i++) {
		people_make(people, i, h);
		if (csv)
			people_write_csv(&c->out, h);
		else
			people_write_facts(&c->out, h);
		e = cli_flush(c);
	}
	return e;
}

static enum err write_weeks(struct cli *c, const struct people *people, struct made_household *h,
			    uint64_t count, uint64_t weeks)
{
	enum err e = OK;

	buffer_print(&c->out, "story: %llu weeks of a centre\n", (unsigned long long)weeks);
	for (uint64_t i = 0; !e && i < weeks; i++) {
		people_write_week(&c->out, people, h, count, i);
		e = cli_flush(c);
	}
	return e;
}

enum ending cmd_people(struct cli *c)
{
	struct made_household *h = NULL;
	struct people *people = NULL;
	uint64_t count, seed, weeks;
	int32_t today;
	enum err e;

	if (!option_value(&c->line, "synthetic"))
		fault(&c->fault, ERR_INPUT, "people.how-many");
	if (c->fault.err || number_of(c, "weeks", 0, WEEKS_MAX, &weeks) ||
	    number_of(c, "synthetic", 0, weeks ? WEEK_HOUSEHOLDS_MAX : SYNTHETIC_MAX, &count) ||
	    number_of(c, "seed", 1, UINT64_MAX, &seed) || chosen_day(c, &today))
		return cli_fail(c);
	if ((e = people_of(c, &people, seed, today)))
		return cli_fail(c);
	h = arena_take(c->arena, sizeof(*h));
	if (!h)
		e = fault(&c->fault, ERR_MEMORY, "memory.none");
	if (!e)
		e = weeks ? write_weeks(c, people, h, count, weeks)
			  : write_households(c, people, h, count);
	people_free(people);
	return e ? cli_fail(c) : DONE;
}

/* The map that --map names, a file or one that ships with ikhtiar; without it the one
 * that the list's own columns call for. */
static enum err map_of(struct cli *c, const struct import_order *order, struct bytes *out)
{
	const char *map = option_value(&c->line, "map");
	enum err e = OK;

	if (!map)
		e = import_recognise(c->world, order->files, order->file_count, &map, &c->fault);
	if (e)
		return e;
	if (!map)
		return fault(&c->fault, ERR_INPUT, "import.which-map");
	*out = import_ready_map(map);
	if (out->at)
		return OK;
	return file_load(out, c->arena, c->world, map, (size_t)1 << 20, &c->fault);
}

static void answer_import(struct cli *c, const struct import_result *r)
{
	const struct {
		const char *key;
		uint64_t number;
	} lines[] = {
		{ "rows", r->rows },	   { "households", r->households },
		{ "people", r->people },   { "recorded", r->recorded },
		{ "fit", r->fit },	   { "known", r->known },
		{ "changed", r->changed }, { "rejected", r->rejected },
		{ "skipped", r->skipped }, { "marks-stripped", r->marks_stripped },
	};
	struct json_writer w;

	if (c->json)
		cli_json_begin(c, &w);
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		if (c->json) {
			json_key(&w, lines[i].key);
			json_int(&w, (int64_t)lines[i].number);
			continue;
		}
		cli_line(c, "%s %llu",
			 cli_padded(c,
				    cli_say(c, arena_print(c->arena, "import.%s", lines[i].key).at),
				    28),
			 (unsigned long long)lines[i].number);
	}
	if (c->json)
		cli_json_end(c, &w);
}

struct rejects {
	struct cli *c;
	struct buffer csv;
	struct csv_writer writer;
};

static void write_reject(void *self, const struct import_reject *r)
{
	struct rejects *out = self;

	import_rejects_row(&out->writer, out->c->words, r);
}

static enum err begin_rejects(struct rejects *out, struct cli *c)
{
	*out = (struct rejects){ .c = c, .csv = { .limit = REJECTS_SIZE_MAX } };
	out->writer = (struct csv_writer){ .out = &out->csv, .defuse = true };
	import_rejects_head(&out->writer);
	return buffer_end(&out->csv, &c->fault);
}

/* Beside the list, where nobody said otherwise; only where there is something in it. */
static enum err save_rejects(struct cli *c, struct rejects *out, const struct import_result *r,
			     const char *list)
{
	const char *path = option_value(&c->line, "rejects");

	if (!r->rejected && !r->changed)
		return OK;
	if (!path)
		path = arena_print(c->arena, "%s.rejects.csv", list).at;
	if (buffer_end(&out->csv, &c->fault) ||
	    file_save(c->world, path, buffer_bytes(&out->csv), &c->fault))
		return c->fault.err;
	cli_tell(c, "%s %s", cli_say(c, "import.see-rejects"), path);
	return OK;
}

static enum err run_import(struct cli *c, struct import_order order, struct import_result *result)
{
	struct reg_progress told;
	struct rejects rejects;
	struct fault unsaved = { 0 };
	struct progress bar;
	enum err e = begin_rejects(&rejects, c);

	order.rejected = write_reject;
	order.self = &rejects;
	told = cli_progress(c, &bar, "progress.import");
	if (!e)
		e = import_run(c->reg, c->world, c->atlas, &c->session, &order, &told, result,
			       &c->fault);
	progress_end(&bar);
	/* What broke off is told first; the rejects so far are worth having all the same. */
	if (e)
		unsaved = c->fault;
	if (save_rejects(c, &rejects, result, order.files[0].name) && !e)
		e = c->fault.err;
	if (unsaved.key)
		c->fault = unsaved;
	buffer_free(&rejects.csv);
	return e;
}

enum ending cmd_import(struct cli *c)
{
	struct import_order order = {
		.dry_run = option_value(&c->line, "dry-run") != NULL,
		.bring_back = option_value(&c->line, "bring-back") != NULL,
	};
	struct import_result result = { 0 };
	enum err e;

	if (c->line.argument_count - 1 > IMPORT_FILES_MAX)
		fault(&c->fault, ERR_LIMIT, "import.too-many-files", IMPORT_FILES_MAX);
	for (size_t i = 1; i < c->line.argument_count && !c->fault.err; i++)
		order.files[order.file_count++].name = c->line.arguments[i];
	if (c->fault.err || map_of(c, &order, &order.map) || cli_open(c) || cli_login(c))
		return cli_fail(c);
	e = run_import(c, order, &result);
	/* Also where it broke off: what was recorded until then is recorded. */
	if (!e || result.recorded)
		answer_import(c, &result);
	if (e)
		return cli_fail_after(c);
	return result.rejected ? WRONG_INPUT : DONE;
}
