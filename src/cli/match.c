/*
 * `ikhtiar match`: doubles within a list, or the people of one list in another.
 */
#include <stdlib.h>

#include "base/csv.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "match/match.h"

#define MAP_SIZE_MAX ((size_t)1 << 20)
#define PIECE_SIZE ((size_t)1 << 20)
#define PROBABILITY_LEAST 0.05

struct match_run {
	struct cli *cli;
	struct match_batch *batch;
	struct progress bar;
	enum match_stage stage;
	double least;
	uint64_t begun_ns, same;
};

static uint64_t now_ns(struct cli *c)
{
	struct timespec t = c->outside->deadline(c->outside, 0);

	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void told(void *self, enum match_stage stage, uint64_t done, uint64_t of)
{
	static const char *const keys[] = { "match.reading-lists", "match.meeting",
					    "match.comparing", "match.weighing" };
	struct match_run *r = self;

	if (stage != r->stage) {
		progress_end(&r->bar);
		cli_progress(r->cli, &r->bar, keys[stage]);
		r->stage = stage;
	}
	progress_at(&r->bar, done, of);
}

/* --- files out ---------------------------------------------------------------------------- */

struct table_out {
	struct cli *cli;
	struct file *file;
	struct buffer buffer;
	struct csv_writer writer;
};

static enum err table_begin(struct table_out *t, struct cli *c, const char *path)
{
	*t = (struct table_out){ .cli = c };
	t->writer.out = &t->buffer;
	return c->world->file_open(c->world, &t->file, path, FILE_REPLACE, &c->fault);
}

/* A row is whole: what is there goes out when it is much. */
static enum err table_row(struct table_out *t, bool last)
{
	enum err e;

	if (!last)
		csv_row_end(&t->writer);
	if (!last && t->buffer.size < PIECE_SIZE)
		return OK;
	if ((e = buffer_end(&t->buffer, &t->cli->fault)))
		return e;
	e = t->cli->world->file_write(t->file, buffer_bytes(&t->buffer), &t->cli->fault);
	buffer_reset(&t->buffer);
	return e;
}

static void table_end(struct table_out *t)
{
	t->cli->world->file_close(t->file);
	buffer_free(&t->buffer);
}

static void number_cell(struct csv_writer *w, const char *format, double number)
{
	char digits[48];

	snprintf(digits, sizeof(digits), "%.*f", *format - '0', number);
	csv_cell(w, text_of(digits));
}

static enum err write_pairs(struct match_run *r, const char *path)
{
	struct table_out t;
	enum err e = table_begin(&t, r->cli, path);

	if (e)
		return e;
	buffer_text(&t.buffer, TEXT("id_a,id_b,bits,probability,decision\r\n"));
	for (size_t i = 0; !e && i < match_batch_pairs(r->batch); i++) {
		struct match_pair p = match_batch_pair(r->batch, i);

		r->same += p.same;
		if (p.probability < r->least)
			continue;
		csv_cell(&t.writer, p.id_a);
		csv_cell(&t.writer, p.id_b);
		number_cell(&t.writer, "2", (double)p.bits);
		number_cell(&t.writer, "4", p.probability);
		csv_cell(&t.writer, p.same ? TEXT("same") : TEXT("ask"));
		e = table_row(&t, false);
	}
	if (!e)
		e = table_row(&t, true);
	table_end(&t);
	return e;
}

static enum err write_clusters(struct match_run *r, const char *path)
{
	struct table_out t;
	enum err e = table_begin(&t, r->cli, path);

	if (e)
		return e;
	buffer_text(&t.buffer, TEXT("id,cluster\r\n"));
	for (uint32_t i = 0; !e && i < match_batch_records(r->batch); i++) {
		csv_cell(&t.writer, match_batch_id(r->batch, i));
		csv_cell_int(&t.writer, match_batch_cluster(r->batch, i) + 1);
		e = table_row(&t, false);
	}
	if (!e)
		e = table_row(&t, true);
	table_end(&t);
	return e;
}

/* --- words and numbers -------------------------------------------------------------------- */

static void write_stats(struct match_run *r)
{
	struct match_counts n = match_batch_counts(r->batch);
	struct json_writer w;
	char seconds[48];

	snprintf(seconds, sizeof(seconds), "%.3f", (double)(now_ns(r->cli) - r->begun_ns) / 1e9);
	cli_json_begin(r->cli, &w);
	json_key(&w, "records");
	json_uint(&w, n.records);
	json_key(&w, "candidates");
	json_uint(&w, n.candidates);
	if (n.known) {
		char completeness[32];

		snprintf(completeness, sizeof(completeness), "%.4f",
			 (double)n.known_met / (double)n.known);
		json_key(&w, "known_doubles");
		json_uint(&w, n.known);
		json_key(&w, "completeness");
		json_raw(&w, text_of(completeness));
	}
	json_key(&w, "doubles_expected");
	json_uint(&w, (uint64_t)n.doubles);
	json_key(&w, "same");
	json_uint(&w, r->same);
	json_key(&w, "seconds");
	json_raw(&w, text_of(seconds));
	cli_json_end(r->cli, &w);
}

static enum err explain(struct match_run *r, const char *id_a, const char *id_b)
{
	struct match_line lines[MATCH_LINES_MAX];
	struct cli *c = r->cli;
	size_t count;
	float bits;
	enum err e;

	e = match_batch_explain(r->batch, text_of(id_a), text_of(id_b), lines, &count, &bits,
				&c->fault);
	if (e)
		return e;
	for (size_t i = 0; i < count; i++)
		cli_line(c, "%+8.2f  %-14s %s  %.*s | %.*s", (double)lines[i].bits, lines[i].column,
			 cli_say(c, lines[i].key), SHOWN(lines[i].a), SHOWN(lines[i].b));
	cli_line(c, "%+8.2f  %s", (double)bits, cli_say(c, "match.sum"));
	return OK;
}

/* --- the command -------------------------------------------------------------------------- */

static enum err read_number(struct cli *c, const char *name, double least, double most, double *out)
{
	const char *given = option_value(&c->line, name);
	char *end;

	if (!given)
		return OK;
	*out = strtod(given, &end);
	if (end == given || *end || !(*out >= least && *out <= most))
		return fault(&c->fault, ERR_INPUT, "match.bad-number", name, given);
	return OK;
}

/* The last words of a command line that has --explain are two ids. */
static enum err read_order(struct match_run *r, struct match_order *order, size_t ids)
{
	struct cli *c = r->cli;
	const char *map = option_value(&c->line, "map");
	size_t lists = c->line.argument_count - (c->line.argument_count < ids ? 0 : ids);
	double threads = 2;
	struct bytes b;
	enum err e;

	if (!map || lists < 1 || lists > 2)
		return fault(&c->fault, ERR_INPUT, "match.which-lists");
	if ((e = read_number(c, "threads", 1, MATCH_THREADS_MAX, &threads)) ||
	    (e = read_number(c, "min-probability", 0, 1, &r->least)) ||
	    (e = file_load(&b, c->arena, c->world, map, MAP_SIZE_MAX, &c->fault)))
		return e;
	*order = (struct match_order){
		.world = c->world,
		.first = c->line.arguments[0],
		.second = lists > 1 ? c->line.arguments[1] : NULL,
		.map = { (const char *)b.at, b.size },
		.threads = (unsigned)threads,
		.told = told,
		.self = r,
	};
	return OK;
}

enum ending cmd_match(struct cli *c)
{
	struct match_run r = { .cli = c, .least = PROBABILITY_LEAST, .stage = MATCH_READING };
	const char *explained = option_value(&c->line, "explain");
	const char *pairs = option_value(&c->line, "out");
	const char *clusters = option_value(&c->line, "clusters");
	size_t words = c->line.argument_count;
	struct match_order order;
	enum err e = OK;

	r.begun_ns = now_ns(c);
	cli_progress(c, &r.bar, "match.reading-lists");
	if (!(e = read_order(&r, &order, explained ? 1 : 0)))
		e = match_batch_new(&r.batch, &order, &c->fault);
	progress_end(&r.bar);
	if (!e && explained)
		e = explain(&r, explained, c->line.arguments[words - 1]);
	if (!e && pairs)
		e = write_pairs(&r, pairs);
	if (!e && clusters)
		e = write_clusters(&r, clusters);
	if (!e && option_value(&c->line, "stats"))
		write_stats(&r);
	match_batch_free(r.batch);
	return e ? cli_fail(c) : DONE;
}
