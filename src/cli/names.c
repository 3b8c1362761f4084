/*
 * `ikhtiar names`: the search for a name in a list, and the learning of how names are
 * spelled.
 */
#include <stdlib.h>

#include "base/csv.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "match/match.h"

#define TABLE_SIZE_MAX ((size_t)64 << 20)

/* Who is in the list, besides the names: the ids, one behind the other. */
struct listed {
	struct buffer ids;
	uint64_t *ends; /* of the id of each person */
	uint32_t room;
};

/* By the clock on the wall, and of a processor: on a busy machine the two are far apart. */
enum clock { WALL, PROCESSOR, CLOCKS };

struct time_taken {
	uint64_t ns[CLOCKS];
};

struct names_run {
	struct cli *cli;
	struct channel *learned; /* another than the program's own */
	const struct channel *channel;
	struct match_index *index;
	struct match_search *search;
	struct listed listed;
	unsigned top;
	uint64_t *times_ns[CLOCKS]; /* of each query */
	size_t queries, times_room;
	struct time_taken build;
};

static struct time_taken now_ns(struct cli *c)
{
	struct timespec t = c->outside->deadline(c->outside, 0);

	return (struct time_taken){ { [WALL] = (uint64_t)t.tv_sec * 1000000000u +
					       (uint64_t)t.tv_nsec,
				      [PROCESSOR] = c->outside->worked_ns(c->outside) } };
}

static struct time_taken since(struct cli *c, struct time_taken begun)
{
	struct time_taken t = now_ns(c);

	for (int clock = 0; clock < CLOCKS; clock++)
		t.ns[clock] -= begun.ns[clock];
	return t;
}

/* --- the list ------------------------------------------------------------------------- */

static enum err keep_id(struct names_run *r, struct text id, uint32_t number)
{
	struct listed *l = &r->listed;

	if (number >= l->room) {
		uint32_t room = l->room ? l->room * 2 : 4096;
		uint64_t *ends = realloc(l->ends, room * sizeof(*ends));

		if (!ends)
			return fault(&r->cli->fault, ERR_MEMORY, "memory.none");
		l->ends = ends;
		l->room = room;
	}
	buffer_text(&l->ids, id);
	l->ends[number] = l->ids.size;
	return buffer_end(&l->ids, &r->cli->fault);
}

static struct text id_of(const struct names_run *r, uint32_t number)
{
	uint64_t from = number ? r->listed.ends[number - 1] : 0;

	return (struct text){ (const char *)r->listed.ids.at + from,
			      (size_t)(r->listed.ends[number] - from) };
}

/*
 * A table of ids and names: the columns that are called so, or the first two of a table
 * whose first row is one of its own.
 */
struct id_and_name {
	struct csv *csv;
	const struct csv_row *row; /* one that is to be read again; NULL: none */
	struct text id, name;
	size_t id_at, name_at;
};

static size_t column_of(const struct csv_row *row, const char *name)
{
	size_t i = 0;

	while (i < row->count && !text_is(row->cells[i], name))
		i++;
	return i;
}

static enum err table_open(struct cli *c, struct id_and_name *t, const char *path)
{
	const struct csv_form form = { .name = path, .separator = '\t' };
	const struct csv_row *row;
	enum err e;

	if ((e = csv_open_file(&t->csv, c->world, path, &form, &c->fault)) ||
	    (e = csv_next(t->csv, &row, &c->fault)) || !row)
		return e;
	if (row->count < 2)
		return fault(&c->fault, ERR_INPUT, "match.two-columns", path);
	t->id_at = column_of(row, "id");
	t->name_at = column_of(row, "name");
	if (t->id_at == row->count || t->name_at == row->count) {
		t->row = row;
		t->id_at = 0;
		t->name_at = 1;
	}
	return OK;
}

/* false: the end, or an error in *e. */
static bool table_next(struct cli *c, struct id_and_name *t, enum err *e)
{
	const struct csv_row *row = t->row;

	t->row = NULL;
	*e = row ? OK : csv_next(t->csv, &row, &c->fault);
	if (*e || !row)
		return false;
	t->id = t->id_at < row->count ? row->cells[t->id_at] : TEXT("");
	t->name = t->name_at < row->count ? row->cells[t->name_at] : TEXT("");
	return true;
}

static enum err read_list(struct names_run *r, const char *path)
{
	struct cli *c = r->cli;
	struct id_and_name t = { 0 };
	struct time_taken begun = now_ns(c);
	uint64_t size = 0;
	struct progress bar;
	uint32_t number;
	enum err e;

	cli_progress(c, &bar, "match.reading");
	if ((e = c->world->file_size(c->world, path, &size, &c->fault)) ||
	    (e = table_open(c, &t, path)))
		goto out;
	while (table_next(c, &t, &e)) {
		if ((e = match_index_add(r->index, t.name, &number, &c->fault)) ||
		    (e = keep_id(r, t.id, number)))
			goto out;
		if (number % 4096 == 0)
			progress_at(&bar, csv_position(t.csv), size);
	}
	if (!e)
		e = match_index_settle(r->index, &c->fault);
out:
	progress_end(&bar);
	csv_close(t.csv);
	r->build = since(c, begun);
	return e;
}

/* --- the questions -------------------------------------------------------------------- */

static bool grow_times(struct names_run *r)
{
	size_t room = r->times_room ? r->times_room * 2 : 4096;

	for (int clock = 0; clock < CLOCKS; clock++) {
		uint64_t *times = realloc(r->times_ns[clock], room * sizeof(*times));

		if (!times)
			return false;
		r->times_ns[clock] = times;
	}
	r->times_room = room;
	return true;
}

static enum err keep_time(struct names_run *r, struct time_taken t)
{
	if (r->queries == r->times_room && !grow_times(r))
		return fault(&r->cli->fault, ERR_MEMORY, "memory.none");
	for (int clock = 0; clock < CLOCKS; clock++)
		r->times_ns[clock][r->queries] = t.ns[clock];
	r->queries++;
	return OK;
}

static void write_found(struct names_run *r, struct buffer *out, struct text query,
			const struct match_found *found, size_t count)
{
	struct csv_writer w = { .out = out, .separator = '\t' };
	char bits[32];

	for (size_t i = 0; i < count; i++) {
		csv_cell(&w, query);
		csv_cell_int(&w, (int64_t)i + 1);
		csv_cell(&w, id_of(r, found[i].number));
		snprintf(bits, sizeof(bits), "%.2f", (double)found[i].bits);
		csv_cell(&w, text_of(bits));
		csv_row_end(&w);
	}
}

#define PIECE_SIZE ((size_t)1 << 20)

static enum err answer_all(struct names_run *r, struct id_and_name *t, struct file *file)
{
	struct match_found found[MATCH_FOUND_MAX];
	struct cli *c = r->cli;
	struct buffer out = { 0 };
	enum err e = OK;

	buffer_text(&out, TEXT("query\trank\tid\tbits\r\n"));
	while (!e && table_next(c, t, &e)) {
		struct time_taken begun = now_ns(c);
		size_t count = match_search_run(r->search, t->name, found, r->top);

		e = keep_time(r, since(c, begun));
		write_found(r, &out, t->id, found, count);
		if (!e && out.size > PIECE_SIZE) {
			e = c->world->file_write(file, buffer_bytes(&out), &c->fault);
			buffer_reset(&out);
		}
	}
	if (!e && !(e = buffer_end(&out, &c->fault)))
		e = c->world->file_write(file, buffer_bytes(&out), &c->fault);
	buffer_free(&out);
	return e;
}

static enum err ask_all(struct names_run *r, const char *queries, const char *path)
{
	struct cli *c = r->cli;
	struct id_and_name t = { 0 };
	struct file *file = NULL;
	enum err e;

	if ((e = table_open(c, &t, queries)) ||
	    (e = c->world->file_open(c->world, &file, path, FILE_REPLACE, &c->fault)))
		goto out;
	e = answer_all(r, &t, file);
out:
	c->world->file_close(file);
	csv_close(t.csv);
	return e;
}

/* --- what it took --------------------------------------------------------------------- */

static int by_time(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void write_number(struct json_writer *w, const char *key, double number)
{
	char digits[48];

	snprintf(digits, sizeof(digits), "%.3f", number);
	json_key(w, key);
	json_raw(w, text_of(digits));
}

static double at_share(const struct names_run *r, enum clock clock, unsigned per_mille)
{
	size_t at = r->queries * per_mille / 1000;

	if (!r->queries)
		return 0;
	return (double)r->times_ns[clock][at < r->queries ? at : r->queries - 1] / 1e6;
}

static void write_times(struct names_run *r, struct json_writer *w)
{
	static const struct {
		const char *key;
		enum clock clock;
		unsigned per_mille;
	} rows[] = {
		{ "p50_ms", WALL, 500 },	  { "p99_ms", WALL, 990 },
		{ "worst_ms", WALL, 1000 },	  { "p50_cpu_ms", PROCESSOR, 500 },
		{ "p99_cpu_ms", PROCESSOR, 990 }, { "worst_cpu_ms", PROCESSOR, 1000 },
	};

	for (int clock = 0; clock < CLOCKS && r->queries; clock++)
		qsort(r->times_ns[clock], r->queries, sizeof(uint64_t), by_time);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		write_number(w, rows[i].key, at_share(r, rows[i].clock, rows[i].per_mille));
}

static void write_stats(struct names_run *r)
{
	uint32_t people = match_index_count(r->index);
	double build_s = (double)r->build.ns[WALL] / 1e9;
	struct json_writer w;

	cli_json_begin(r->cli, &w);
	json_key(&w, "people");
	json_uint(&w, people);
	write_number(&w, "build_s", build_s);
	write_number(&w, "build_cpu_s", (double)r->build.ns[PROCESSOR] / 1e9);
	write_number(&w, "people_per_s", build_s > 0 ? people / build_s : 0);
	write_number(&w, "bytes_per_person",
		     people ? (double)match_index_size(r->index) / people : 0);
	json_key(&w, "queries");
	json_uint(&w, r->queries);
	write_times(r, &w);
	cli_json_end(r->cli, &w);
}

/* --- the commands --------------------------------------------------------------------- */

static enum err load_channel(struct names_run *r)
{
	struct cli *c = r->cli;
	const char *path = option_value(&c->line, "channel");
	struct bytes table;
	enum err e;

	if (!path)
		return match_channel_shipped(&r->channel, &c->fault);
	if ((e = file_load(&table, c->arena, c->world, path, TABLE_SIZE_MAX, &c->fault)))
		return e;
	e = match_channel_read(&r->learned, (struct text){ (const char *)table.at, table.size },
			       &c->fault);
	r->channel = r->learned;
	return e;
}

static enum err read_top(struct cli *c, unsigned *out)
{
	const char *given = option_value(&c->line, "top");
	char *end;
	unsigned long top = 10;

	if (given) {
		top = strtoul(given, &end, 10);
		if (end == given || *end || *given == '-' || top < 1 || top > MATCH_FOUND_MAX)
			return fault(&c->fault, ERR_INPUT, "use.not-a-number", "top", given,
				     MATCH_FOUND_MAX);
	}
	*out = (unsigned)top;
	return OK;
}

enum ending cmd_names(struct cli *c)
{
	struct names_run r = { .cli = c, .listed.ids.limit = (size_t)4 << 30 };
	const char *queries = option_value(&c->line, "queries");
	const char *out = option_value(&c->line, "out");
	enum err e = OK;

	if (!queries || !out)
		e = fault(&c->fault, ERR_INPUT, "match.which-files");
	if (e || (e = read_top(c, &r.top)) || (e = load_channel(&r)) ||
	    (e = match_index_new(&r.index, r.channel, &c->fault)) ||
	    (e = read_list(&r, c->line.arguments[0])) ||
	    (e = match_search_new(&r.search, r.index, &c->fault)) ||
	    (e = ask_all(&r, queries, out)))
		goto out;
	if (option_value(&c->line, "stats"))
		write_stats(&r);
out:
	match_search_free(r.search);
	match_index_free(r.index);
	match_channel_free(r.learned);
	buffer_free(&r.listed.ids);
	free(r.listed.ends);
	for (int clock = 0; clock < CLOCKS; clock++)
		free(r.times_ns[clock]);
	return e ? cli_fail(c) : DONE;
}

enum ending cmd_learn(struct cli *c)
{
	struct text tables[ARGUMENTS_MAX];
	struct buffer out = { 0 };
	struct bytes table;
	enum err e = OK;

	for (size_t i = 0; !e && i < c->line.argument_count; i++) {
		e = file_load(&table, c->arena, c->world, c->line.arguments[i], TABLE_SIZE_MAX,
			      &c->fault);
		tables[i] = (struct text){ (const char *)table.at, table.size };
	}
	if (!e)
		e = match_learn(&out, tables, c->line.argument_count, &c->fault);
	if (!e)
		e = buffer_end(&out, &c->fault);
	if (!e)
		buffer_text(&c->out, buffer_as_text(&out));
	buffer_free(&out);
	return e ? cli_fail(c) : DONE;
}
