/* Tables of names in Arabic and in Latin letters. */
#include "bench.h"

#include <stdlib.h>

#include "base/csv.h"

/* Where a column stands in a row; the row's end where there is none. */
static size_t column_named(const struct csv_row *head, const char *name)
{
	size_t i = 0;

	while (i < head->count && !text_is(head->cells[i], name))
		i++;
	return i;
}

static struct text cell_at(const struct csv_row *row, size_t i)
{
	return i < row->count ? row->cells[i] : TEXT("");
}

static struct text kept(struct spellings *s, struct text t)
{
	char *at = arena_take(s->arena, t.size + 1);

	must_be(at, "keep a spelling");
	memcpy(at, t.at, t.size);
	at[t.size] = '\0';
	return (struct text){ at, t.size };
}

static void add(struct spellings *s, struct spelling it)
{
	if (s->count == s->room) {
		s->room = s->room ? 2 * s->room : 4096;
		s->at = realloc(s->at, s->room * sizeof(*s->at));
		must_be(s->at, "take memory");
	}
	it.form = kept(s, it.form);
	it.latin = kept(s, it.latin);
	s->at[s->count++] = it;
}

/* "Muhammad|Mohammed" is two. */
static void add_each(struct spellings *s, struct spelling it, struct text latins)
{
	for (size_t from = 0, to; from < latins.size; from = to + 1) {
		for (to = from; to < latins.size && latins.at[to] != '|';)
			to++;
		it.latin = (struct text){ latins.at + from, to - from };
		add(s, it);
	}
}

static unsigned number_at(const struct csv_row *row, size_t i)
{
	return i < row->count ? (unsigned)strtoul(row->cells[i].at, NULL, 10) : 0;
}

void spellings_read(struct spellings *s, const char *path)
{
	const struct csv_form how = { .name = path, .separator = '\t' };
	size_t form, latin, more, group, times;
	const struct csv_row *row;
	struct csv *csv = NULL;
	unsigned before = s->groups;
	struct fault f = { 0 };

	if (!s->arena)
		must(arena_new(&s->arena, ANSWER_MEMORY), &f, "take memory");
	must(csv_open_file(&csv, world_real(), path, &how, &f), &f, "read a table of names");
	must(csv_next(csv, &row, &f), &f, "read a table of names");
	must_be(row, "read a table of names that has a first row");
	form = column_named(row, "form");
	latin = column_named(row, "latin");
	more = column_named(row, "latin_variants");
	group = column_named(row, "group");
	times = column_named(row, "count");
	for (;;) {
		struct spelling it;

		must(csv_next(csv, &row, &f), &f, "read a table of names");
		if (!row)
			break;
		it = (struct spelling){ cell_at(row, form), cell_at(row, latin),
					number_at(row, group), number_at(row, times) };
		it.group += it.group ? before : 0;
		it.times += !it.times;
		s->groups = it.group > s->groups ? it.group : s->groups;
		add(s, it);
		add_each(s, it, cell_at(row, more));
	}
	csv_close(csv);
}

void spellings_free(struct spellings *s)
{
	arena_free(s->arena);
	free(s->at);
	*s = (struct spellings){ 0 };
}
