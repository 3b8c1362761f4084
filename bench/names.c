/*
 * names: how often the right name is among the first ten, of names that the channel has not
 * learned from.
 *
 * Whole groups (all spellings of one name) are held out in turn, five times: the channel is
 * learned from the rest, all names are put into an index, and each spelling of the groups
 * that were held out is asked for.  It is found where one of its group, but not the same
 * letters again, is among the ten.  Lists and questions are written to a folder, so that
 * others can be asked the same.
 */
#include "bench.h"

#include <stdlib.h>

#include "match/match.h"

#define FOLDS 5
#define BEST 10

enum script { FORMS, LATINS, SCRIPTS };

static const struct experiment {
	const char *name;
	enum script asked, in;
	bool pashto; /* only names with Pashto letters; else only the others */
} experiments[] = {
	{ "across", LATINS, FORMS, false },
	{ "back", FORMS, LATINS, false },
	{ "latin", LATINS, LATINS, false },
	{ "pashto", LATINS, FORMS, true },
};

struct named {
	struct text name;
	unsigned group;
};

/* Names in one script, each once; those of group 0 are only in the way. */
struct name_list {
	struct named *at;
	size_t count;
};

struct trial {
	struct spellings spellings;
	unsigned pashto_from; /* groups above this are names with Pashto letters */
	struct name_list lists[SCRIPTS];
	struct match_index *index;
	struct match_search *search;
	struct samples times[COUNT_OF(experiments)];
	unsigned found[COUNT_OF(experiments)];
};

/* --- lists ------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	size_t size = x->name.size < y->name.size ? x->name.size : y->name.size;
	int order = memcmp(x->name.at, y->name.at, size);

	if (order)
		return order;
	if (x->name.size != y->name.size)
		return x->name.size < y->name.size ? -1 : 1;
	return (x->group > y->group) - (x->group < y->group);
}

static struct name_list names_of(const struct spellings *s, enum script script)
{
	struct name_list n = { .at = calloc(s->count + 1, sizeof(*n.at)) };
	size_t kept = 0;

	must_be(n.at, "take memory");
	for (size_t i = 0; i < s->count; i++)
		n.at[n.count++] = (struct named){ script == FORMS ? s->at[i].form : s->at[i].latin,
						  s->at[i].group };
	qsort(n.at, n.count, sizeof(*n.at), by_name);
	for (size_t i = 0; i < n.count; i++)
		if (!kept || by_name(&n.at[i], &n.at[kept - 1]))
			n.at[kept++] = n.at[i];
	n.count = kept;
	return n;
}

/* Whether there is anything to be found. */
static bool has_another(const struct name_list *list, const struct named *asked)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->at[i].group == asked->group && !text_same(list->at[i].name, asked->name))
			return true;
	return false;
}

static bool is_asked(const struct trial *t, const struct experiment *e, const struct named *n)
{
	return n->group && (n->group > t->pashto_from) == e->pashto &&
	       has_another(&t->lists[e->in], n);
}

/* --- for the others ------------------------------------------------------------------ */

static FILE *file_in(const char *folder, const char *name)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s.tsv", folder, name);
	file = fopen(path, "w");
	must_be(file, "write a list");
	return file;
}

static void write_names(const struct trial *t, const char *folder)
{
	static const char *const lists[SCRIPTS] = { "forms", "latins" };

	for (int s = 0; s < SCRIPTS; s++) {
		FILE *file = file_in(folder, lists[s]);

		for (size_t i = 0; i < t->lists[s].count; i++)
			fprintf(file, "%u\t%.*s\n", t->lists[s].at[i].group,
				SHOWN(t->lists[s].at[i].name));
		must_be(!fclose(file), "write a list");
	}
	for (size_t x = 0; x < COUNT_OF(experiments); x++) {
		const struct experiment *e = &experiments[x];
		const struct name_list *asked = &t->lists[e->asked];
		FILE *file = file_in(folder, e->name);

		for (size_t i = 0; i < asked->count; i++)
			if (is_asked(t, e, &asked->at[i]))
				fprintf(file, "%u\t%.*s\n", asked->at[i].group,
					SHOWN(asked->at[i].name));
		must_be(!fclose(file), "write questions");
	}
}

/* --- folds ------------------------------------------------------------------------- */

static struct channel *channel_without(const struct spellings *s, unsigned fold)
{
	struct buffer table = { 0 }, learned = { 0 };
	struct channel *channel = NULL;
	struct fault f = { 0 };
	struct text rows;

	buffer_text(&table, TEXT("group\tform\tlatin\tcount\n"));
	for (size_t i = 0; i < s->count; i++)
		if (s->at[i].group && s->at[i].group % FOLDS != fold)
			buffer_print(&table, "%u\t%.*s\t%.*s\t%u\n", s->at[i].group,
				     SHOWN(s->at[i].form), SHOWN(s->at[i].latin), s->at[i].times);
	must(buffer_end(&table, &f), &f, "write what is learned from");
	rows = buffer_as_text(&table);
	must(match_learn(&learned, &rows, 1, &f), &f, "learn");
	must(match_channel_read(&channel, buffer_as_text(&learned), &f), &f,
	     "read what was learned");
	buffer_free(&table);
	buffer_free(&learned);
	return channel;
}

static void index_list(struct trial *t, const struct channel *channel, const struct name_list *list)
{
	struct fault f = { 0 };
	uint32_t number;

	must(match_index_new(&t->index, channel, &f), &f, "make an index");
	for (size_t i = 0; i < list->count; i++)
		must(match_index_add(t->index, list->at[i].name, &number, &f), &f, "add a name");
	must(match_index_settle(t->index, &f), &f, "settle the index");
	must(match_search_new(&t->search, t->index, &f), &f, "make a search");
}

/* The very name that is asked for is none of the ten. */
static bool is_found(struct trial *t, const struct experiment *e, const struct named *asked)
{
	struct match_found found[BEST + 1];
	size_t count = match_search_run(t->search, asked->name, found, BEST + 1), looked = 0;

	for (size_t i = 0; i < count && looked < BEST; i++) {
		const struct named *n = &t->lists[e->in].at[found[i].number];

		if (text_same(n->name, asked->name))
			continue;
		looked++;
		if (n->group == asked->group)
			return true;
	}
	return false;
}

static void ask(struct trial *t, size_t x, unsigned fold)
{
	const struct experiment *e = &experiments[x];
	const struct name_list *asked = &t->lists[e->asked];

	for (size_t i = 0; i < asked->count; i++) {
		double begun;

		if (asked->at[i].group % FOLDS != fold || !is_asked(t, e, &asked->at[i]))
			continue;
		begun = seconds();
		t->found[x] += is_found(t, e, &asked->at[i]);
		samples_add(&t->times[x], seconds() - begun);
	}
}

static void run_fold(struct trial *t, unsigned fold)
{
	struct channel *channel = channel_without(&t->spellings, fold);

	for (int s = 0; s < SCRIPTS; s++) {
		index_list(t, channel, &t->lists[s]);
		for (size_t x = 0; x < COUNT_OF(experiments); x++)
			if ((int)experiments[x].in == s)
				ask(t, x, fold);
		match_search_free(t->search);
		match_index_free(t->index);
	}
	match_channel_free(channel);
}

static void tell_experiment(struct trial *t, size_t x)
{
	char name[40];

	snprintf(name, sizeof(name), "%s_asked", experiments[x].name);
	tell(name, (double)t->times[x].count);
	snprintf(name, sizeof(name), "%s_recall", experiments[x].name);
	tell(name, t->found[x] / (double)t->times[x].count);
	samples_tell(&t->times[x], experiments[x].name);
}

void part_names(int count, char **arguments)
{
	struct trial t = { 0 };

	(void)count;
	spellings_read(&t.spellings, arguments[1]);
	t.pashto_from = t.spellings.groups;
	spellings_read(&t.spellings, arguments[2]);
	spellings_read(&t.spellings, arguments[3]);
	for (int s = 0; s < SCRIPTS; s++) {
		t.lists[s] = names_of(&t.spellings, (enum script)s);
		tell(s == FORMS ? "forms" : "latins", (double)t.lists[s].count);
	}
	write_names(&t, arguments[0]);
	for (unsigned fold = 0; fold < FOLDS; fold++)
		run_fold(&t, fold);
	for (size_t x = 0; x < COUNT_OF(experiments); x++)
		tell_experiment(&t, x);
	for (int s = 0; s < SCRIPTS; s++)
		free(t.lists[s].at);
	spellings_free(&t.spellings);
}
