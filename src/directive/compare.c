/*
 * compare: the longest run of words that two texts share, the classic way: a table of how
 * long it is for each pair of ends, walked back from the start.  What both begin and end
 * with is cut off first, so that the table is as small as the change.
 */
#include "directive/directive.h"

#define TOKENS_MAX 1500 /* of what differs: a table of 4.5 MB */

struct tokens {
	struct text *at;
	size_t count;
};

/* How many bytes the next token has: a line with its end; or a word with the blanks behind
 * it, or an end of line. */
static size_t token_size(struct text t, bool by_line)
{
	size_t size = 0;

	if (t.at[0] == '\n')
		return 1;
	while (size < t.size && t.at[size] != '\n' && (by_line || t.at[size] != ' '))
		size++;
	if (by_line)
		return size + (size < t.size);
	while (size < t.size && t.at[size] == ' ')
		size++;
	return size;
}

static bool cut(struct arena *a, struct text t, bool by_line, struct tokens *out)
{
	struct text rest = t;
	size_t count = 0;

	while (rest.size) {
		size_t size = token_size(rest, by_line);

		rest = (struct text){ rest.at + size, rest.size - size };
		count++;
	}
	out->count = 0;
	if (!(out->at = arena_take_array(a, count + 1, sizeof(*out->at))))
		return false;
	while (t.size) {
		size_t size = token_size(t, by_line);

		out->at[out->count++] = (struct text){ t.at, size };
		t = (struct text){ t.at + size, t.size - size };
	}
	return true;
}

struct comparing {
	struct tokens before, after;
	size_t head, tail; /* how many both begin and end with */
	uint16_t *table;   /* length of the longest shared run from [i][j] on */
	struct text_change *changes;
	size_t count;
};

static void cut_ends(struct comparing *c)
{
	const struct tokens *b = &c->before, *n = &c->after;

	c->head = c->tail = 0;
	while (c->head < b->count && c->head < n->count &&
	       text_same(b->at[c->head], n->at[c->head]))
		c->head++;
	while (c->tail < b->count - c->head && c->tail < n->count - c->head &&
	       text_same(b->at[b->count - 1 - c->tail], n->at[n->count - 1 - c->tail]))
		c->tail++;
}

/* Runs of one sort are one change; tokens of a text lie one behind the other. */
static void add(struct comparing *c, enum change_sort sort, struct text t)
{
	struct text_change *last = c->count ? &c->changes[c->count - 1] : NULL;

	if (last && last->sort == sort && last->text.at + last->text.size == t.at)
		last->text.size += t.size;
	else
		c->changes[c->count++] = (struct text_change){ sort, t };
}

static void fill(struct comparing *c, size_t rows, size_t columns)
{
	const struct text *b = c->before.at + c->head, *n = c->after.at + c->head;
	size_t width = columns + 1;

	for (size_t i = rows; i-- > 0;)
		for (size_t j = columns; j-- > 0;) {
			const uint16_t *here = &c->table[i * width + j];
			uint16_t skip_old = here[width], skip_new = here[1];

			c->table[i * width + j] = text_same(b[i], n[j])
							  ? (uint16_t)(here[width + 1] + 1)
						  : skip_old > skip_new ? skip_old
									: skip_new;
		}
}

static void walk(struct comparing *c, size_t rows, size_t columns)
{
	const struct text *b = c->before.at + c->head, *n = c->after.at + c->head;
	size_t width = columns + 1, i = 0, j = 0;

	while (i < rows || j < columns) {
		const uint16_t *here = &c->table[i * width + j];

		if (i < rows && j < columns && text_same(b[i], n[j]))
			add(c, CHANGE_SAME, b[i++]), j++;
		else if (j == columns || (i < rows && here[width] >= here[1]))
			add(c, CHANGE_GONE, b[i++]);
		else
			add(c, CHANGE_NEW, n[j++]);
	}
}

static bool tokens_of(struct comparing *c, struct text before, struct text after, struct arena *a,
		      bool by_line)
{
	if (!cut(a, before, by_line, &c->before) || !cut(a, after, by_line, &c->after))
		return false;
	cut_ends(c);
	return true;
}

static size_t differing(const struct comparing *c)
{
	size_t most = c->before.count > c->after.count ? c->before.count : c->after.count;

	return most - c->head - c->tail;
}

enum err text_compare(struct text before, struct text after, struct arena *a,
		      const struct text_change **out, size_t *count, struct fault *f)
{
	struct comparing c = { 0 };
	size_t rows, columns;

	*count = 0;
	if (!tokens_of(&c, before, after, a, false) ||
	    (differing(&c) > TOKENS_MAX && !tokens_of(&c, before, after, a, true)))
		return fault(f, ERR_MEMORY, "memory.none");
	if (differing(&c) > TOKENS_MAX)
		return fault(f, ERR_LIMIT, "directive.texts-differ", TOKENS_MAX);
	rows = c.before.count - c.head - c.tail;
	columns = c.after.count - c.head - c.tail;
	c.table = arena_take_array(a, (rows + 1) * (columns + 1), sizeof(*c.table));
	c.changes = arena_take_array(a, c.before.count + c.after.count + 1, sizeof(*c.changes));
	if (!c.table || !c.changes)
		return fault(f, ERR_MEMORY, "memory.none");
	fill(&c, rows, columns);
	for (size_t i = 0; i < c.head; i++)
		add(&c, CHANGE_SAME, c.before.at[i]);
	walk(&c, rows, columns);
	for (size_t i = c.before.count - c.tail; i < c.before.count; i++)
		add(&c, CHANGE_SAME, c.before.at[i]);
	*out = c.changes;
	*count = c.count;
	return OK;
}
