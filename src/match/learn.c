/*
 * Learning a channel: expectation and maximisation over pairs of spellings.
 *
 * Every spelling of a form teaches three things: how the form becomes the spelling, how one
 * spelling becomes another one of the form, and (over a group of forms, which are one
 * name) how one form becomes another.  Each pair counts by how often its spellings were
 * seen; of many, less.
 */
#include <math.h>
#include <stdlib.h>

#include "base/csv.h"
#include "match/counts.h"
#include "match/match.h"

#define ROUNDS 12
#define GROUP_MAX 256
#define COLUMNS_READ 4

struct spelled {
	struct token form, latin;
	double seen;
};

struct pair {
	struct token from, to;
	double weight;
};

struct lesson {
	struct pair *pairs;
	size_t count, room;
	struct channel_counts *counts;
	struct channel channel;
	bool short_of_memory;
};

static void add_pair(struct lesson *l, const struct token *from, const struct token *to,
		     double weight)
{
	if (l->count == l->room) {
		size_t room = l->room ? l->room * 2 : 4096;
		struct pair *pairs = realloc(l->pairs, room * sizeof(*pairs));

		if (!pairs) {
			l->short_of_memory = true;
			return;
		}
		l->pairs = pairs;
		l->room = room;
	}
	l->pairs[l->count++] = (struct pair){ *from, *to, weight };
}

/* All pairs that the rows of one group make. */
static void add_group(struct lesson *l, const struct spelled *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct spelled *a = &rows[i];

		add_pair(l, &a->form, &a->latin, a->seen);
		for (size_t j = 0; j < count; j++) {
			const struct spelled *b = &rows[j];
			double both = sqrt(a->seen * b->seen);

			if (token_same(&a->form, &b->form))
				add_pair(l, &a->latin, &b->latin, both / (double)count);
			if (i != j)
				add_pair(l, &a->form, &b->form, both / (double)(count * count));
		}
		add_pair(l, &a->form, &a->form, a->seen / (double)count);
	}
}

/* --- reading -------------------------------------------------------------------------- */

struct columns {
	size_t at[COLUMNS_READ]; /* group, form, latin, count; SIZE_MAX: not there */
};

static enum err columns_of(struct columns *out, const struct csv_row *row, struct fault *f)
{
	static const char *const names[COLUMNS_READ] = { "group", "form", "latin", "count" };

	for (size_t i = 0; i < COLUMNS_READ; i++) {
		out->at[i] = SIZE_MAX;
		for (size_t k = 0; k < row->count; k++)
			if (text_is(row->cells[k], names[i]))
				out->at[i] = k;
		if (out->at[i] == SIZE_MAX && i < 3)
			return fault(f, ERR_INPUT, "match.no-column", names[i]);
	}
	return OK;
}

static struct text cell(const struct csv_row *row, size_t at)
{
	return at < row->count ? row->cells[at] : TEXT("");
}

/* The whole of a cell as one token; false: there is none. */
static bool token_of(struct token *out, struct text name)
{
	struct token tokens[TOKENS_MAX];
	size_t count = tokens_of(tokens, name);

	if (count == 0)
		return false;
	*out = tokens[0];
	for (size_t i = 1; i < count; i++)
		if (!token_join(out, out, &tokens[i]))
			return false;
	return true;
}

static bool spelled_read(struct spelled *out, const struct csv_row *row, const struct columns *c)
{
	struct text count = cell(row, c->at[3]);

	out->seen = count.size ? 1 + log2(fmax(1, strtod(count.at, NULL))) : 1;
	return token_of(&out->form, cell(row, c->at[1])) && !token_is_latin(&out->form) &&
	       token_of(&out->latin, cell(row, c->at[2])) && token_is_latin(&out->latin);
}

static enum err read_pairs(struct lesson *l, struct text table, struct fault *f)
{
	const struct csv_form form = { .name = "pairs", .separator = '\t' };
	struct spelled rows[GROUP_MAX];
	size_t count = 0;
	const struct csv_row *row;
	struct csv *csv = NULL;
	struct columns columns;
	char group[64] = "";
	enum err e;

	if ((e = csv_open_bytes(&csv, bytes_of_text(table), &form, f)))
		return e;
	if (!(e = csv_next(csv, &row, f)) && row)
		e = columns_of(&columns, row, f);
	while (!e && row && !(e = csv_next(csv, &row, f)) && row) {
		struct text its = cell(row, columns.at[0]);

		if (its.size >= sizeof(group))
			its.size = sizeof(group) - 1;
		if (!text_is(its, group)) {
			add_group(l, rows, count);
			count = 0;
			memcpy(group, its.at, its.size);
			group[its.size] = 0;
		}
		if (count < GROUP_MAX && spelled_read(&rows[count], row, &columns))
			count++;
	}
	add_group(l, rows, count);
	csv_close(csv);
	return e;
}

/* --- learning ------------------------------------------------------------------------- */

static void count_words(struct lesson *l)
{
	for (size_t i = 0; i < l->count; i++)
		if (!token_is_latin(&l->pairs[i].from) && token_is_latin(&l->pairs[i].to)) {
			channel_count_word(l->counts, &l->pairs[i].from, 0.25);
			channel_count_word(l->counts, &l->pairs[i].to, 1);
		}
}

static void learn_round(struct lesson *l)
{
	memset(l->counts, 0, sizeof(*l->counts));
	count_words(l);
	for (size_t i = 0; i < l->count; i++)
		channel_count_pair(l->counts, &l->channel, &l->pairs[i].from, &l->pairs[i].to,
				   l->pairs[i].weight);
	channel_of_counts(&l->channel, l->counts);
}

enum err match_learn(struct buffer *out, const struct text *tables, size_t count, struct fault *f)
{
	struct lesson *l = calloc(1, sizeof(*l));
	enum err e = OK;

	if (!l || !(l->counts = calloc(1, sizeof(*l->counts))))
		e = fault(f, ERR_MEMORY, "memory.none");
	for (size_t i = 0; !e && i < count; i++)
		e = read_pairs(l, tables[i], f);
	if (!e && l->short_of_memory)
		e = fault(f, ERR_MEMORY, "memory.none");
	if (!e) {
		channel_of_counts(&l->channel, l->counts);
		for (unsigned i = 0; i < ROUNDS; i++)
			learn_round(l);
		counts_write(l->counts, out);
	}
	if (l) {
		free(l->pairs);
		free(l->counts);
	}
	free(l);
	return e;
}
