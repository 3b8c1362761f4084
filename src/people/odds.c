#include "people/odds.h"

#include <assert.h>

#include "base/csv.h"

#define COLUMNS_MAX 32

struct odds_row {
	size_t count;
	const char *const *columns;
	const struct text *cells;
};

enum err odds_add(struct odds *t, struct arena *a, uint64_t weight, const void *item, size_t size,
		  struct fault *f)
{
	if (t->count == t->room) {
		size_t room = t->room ? t->room * 2 : 64;
		uint64_t *totals = arena_take_array(a, room, sizeof(*totals));
		uint8_t *items = arena_take_array(a, room, size);

		if (!totals || !items)
			return fault(f, ERR_MEMORY, "memory.none");
		if (t->count) {
			memcpy(totals, t->totals, t->count * sizeof(*totals));
			memcpy(items, t->items, t->count * size);
		}
		t->totals = totals;
		t->items = items;
		t->room = room;
		t->item_size = size;
	}
	if (weight == 0)
		return OK;
	memcpy(t->items + t->count * size, item, size);
	t->totals[t->count] = (t->count ? t->totals[t->count - 1] : 0) + weight;
	t->count++;
	return OK;
}

const void *odds_pick(const struct odds *t, uint64_t chance)
{
	size_t from = 0, to = t->count - 1;
	uint64_t at;

	assert(t->count > 0);
	at = chance % t->totals[t->count - 1];
	while (from < to) {
		size_t middle = (from + to) / 2;

		if (t->totals[middle] > at)
			to = middle;
		else
			from = middle + 1;
	}
	return t->items + from * t->item_size;
}

uint64_t odds_total(const struct odds *t)
{
	return t->count ? t->totals[t->count - 1] : 0;
}

struct text odds_cell(const struct odds_row *row, const char *column)
{
	for (size_t i = 0; i < row->count; i++)
		if (strcmp(row->columns[i], column) == 0)
			return row->cells[i];
	return (struct text){ "", 0 };
}

uint64_t odds_number(const struct odds_row *row, const char *column, uint64_t scale)
{
	struct text t = odds_cell(row, column);
	uint64_t n = 0, part = scale;
	size_t i = 0;

	for (; i < t.size && t.at[i] >= '0' && t.at[i] <= '9' && n < UINT32_MAX; i++)
		n = n * 10 + (uint64_t)(t.at[i] - '0');
	n *= scale;
	if (i < t.size && t.at[i] == '.')
		for (i++; i < t.size && t.at[i] >= '0' && t.at[i] <= '9'; i++) {
			part /= 10;
			n += part * (uint64_t)(t.at[i] - '0');
		}
	return n;
}

static enum err read_columns(const struct csv_row *head, const char *name, struct arena *a,
			     const char **columns, struct fault *f)
{
	if (!head || head->count > COLUMNS_MAX)
		return fault(f, ERR_INPUT, "people.tables-empty", name);
	for (size_t i = 0; i < head->count; i++) {
		columns[i] = arena_copy_text(a, head->cells[i]).at;
		if (!columns[i])
			return fault(f, ERR_MEMORY, "memory.none");
	}
	return OK;
}

enum err odds_read(struct bytes b, const char *name, odds_take *take, void *self, struct fault *f)
{
	const struct csv_form form = { .name = name };
	const char *columns[COLUMNS_MAX];
	const struct csv_row *row;
	struct arena *a = NULL;
	struct csv *csv = NULL;
	size_t count = 0;
	enum err e;

	if ((e = arena_new(&a, (size_t)1 << 20)) || (e = csv_open_bytes(&csv, b, &form, f)))
		goto out;
	if (!(e = csv_next(csv, &row, f)) && !(e = read_columns(row, name, a, columns, f)))
		count = row->count;
	while (!e && !(e = csv_next(csv, &row, f)) && row) {
		struct odds_row r = { row->count < count ? row->count : count, columns,
				      row->cells };

		e = take(self, &r, f);
	}
out:
	csv_close(csv);
	arena_free(a);
	return e;
}
