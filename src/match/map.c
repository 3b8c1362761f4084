/* The map of a list: JSON to columns, and columns to the cells of a row. */
#include "match/map.h"

#include "base/utf8.h"

/* What a map may name beside "other", and which field that is; the rest are columns. */
static const struct {
	const char *key;
	enum field field;      /* FIELD_COLUMNS: a column of its own … */
	enum column_sort sort; /* … of this sort */
} known[] = {
	{ "id", FIELD_ID, 0 },
	{ "household", FIELD_HOUSEHOLD, 0 },
	{ "truth", FIELD_PERSON, 0 },
	{ "birth_year", FIELD_BIRTH_YEAR, 0 },
	{ "birth_month", FIELD_BIRTH_MONTH, 0 },
	{ "birth_day", FIELD_BIRTH_DAY, 0 },
	{ "given", FIELD_COLUMNS, COLUMN_NAME },
	{ "father", FIELD_COLUMNS, COLUMN_NAME },
	{ "grandfather", FIELD_COLUMNS, COLUMN_NAME },
	{ "family", FIELD_COLUMNS, COLUMN_NAME },
	{ "full_name", FIELD_COLUMNS, COLUMN_NAME },
	{ "sex", FIELD_COLUMNS, COLUMN_SEX },
	{ "birth", FIELD_COLUMNS, COLUMN_BIRTH },
	{ "origin", FIELD_COLUMNS, COLUMN_AREA },
	{ "residence", FIELD_COLUMNS, COLUMN_AREA },
	{ "document", FIELD_COLUMNS, COLUMN_DOCUMENT },
};

struct reading {
	struct map *map;
	struct records *records;
	struct fault *fault;
};

/* A column's name in the map: "col" or {"column": "col"}. */
static struct text named(const json_t *j)
{
	return json_text_of(json_is_object(j) ? json_object_get(j, "column") : j);
}

static enum err add_column(struct reading *r, struct text name, enum column_sort sort,
			   struct text from)
{
	struct column *c = &r->records->columns[r->records->columns_count];

	if (r->records->columns_count == COLUMNS_MAX)
		return fault(r->fault, ERR_LIMIT, "match.too-many-columns", COLUMNS_MAX);
	name = utf8_cut(name, sizeof(c->name) - 1);
	memcpy(c->name, name.at, name.size);
	c->sort = sort;
	r->records->columns_count++;
	r->map->from[r->map->fields++] = from;
	return OK;
}

static enum err add_known(struct reading *r, size_t number, const json_t *value)
{
	struct text from = named(value);

	if (known[number].field != FIELD_COLUMNS) {
		r->map->from[known[number].field] = from;
		return OK;
	}
	if (!from.at)
		return fault(r->fault, ERR_INPUT, "match.map-column");
	return add_column(r, text_of(known[number].key), known[number].sort, from);
}

static enum err add_others(struct reading *r)
{
	static const struct {
		const char *word;
		enum column_sort sort;
	} sorts[] = { { "text", COLUMN_TEXT },
		      { "code", COLUMN_CODE },
		      { "number", COLUMN_NUMBER } };
	const json_t *list = json_object_get(r->map->json, "other"), *other;
	enum err e = OK;
	size_t i;

	json_array_foreach(list, i, other) {
		struct text as = json_text_of(json_object_get(other, "as")), from = named(other);
		size_t k = 0;

		while (k < COUNT_OF(sorts) && !text_is(as, sorts[k].word))
			k++;
		if (k == COUNT_OF(sorts) || !from.at)
			return fault(r->fault, ERR_INPUT, "match.map-other", i + 1);
		if ((e = add_column(r, from, sorts[k].sort, from)))
			return e;
	}
	return OK;
}

static bool key_is_known(const char *key)
{
	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (!strcmp(key, known[i].key))
			return true;
	return !strcmp(key, "other");
}

static enum err check_keys(const struct reading *r)
{
	const char *key;
	json_t *value;

	json_object_foreach(r->map->json, key, value)
		if (!key_is_known(key))
			return fault(r->fault, ERR_INPUT, "match.map-key", key);
	if (!named(json_object_get(r->map->json, "id")).at)
		return fault(r->fault, ERR_INPUT, "match.map-id");
	return OK;
}

enum err map_read(struct map *out, struct records *r, struct text json, struct fault *f)
{
	struct reading reading = { out, r, f };
	enum err e;

	*out = (struct map){ .fields = FIELD_COLUMNS, .birth = COLUMNS_MAX };
	if ((e = json_parse(&out->json, json, f)) || (e = check_keys(&reading)))
		return e;
	for (size_t i = 0; !e && i < COUNT_OF(known); i++) {
		const json_t *value = json_object_get(out->json, known[i].key);

		if (value)
			e = add_known(&reading, i, value);
	}
	if (!e && out->from[FIELD_BIRTH_YEAR].at) {
		out->birth = r->columns_count;
		e = add_column(&reading, TEXT("birth"), COLUMN_BIRTH, (struct text){ NULL, 0 });
	}
	if (!e)
		e = add_others(&reading);
	if (!e && !r->columns_count)
		e = fault(f, ERR_INPUT, "match.map-nothing");
	return e;
}

void map_free(struct map *m)
{
	json_decref(m->json);
}

/* --- cells -------------------------------------------------------------------------------- */

static size_t cell_named(const struct csv_row *heading, struct text name)
{
	for (size_t i = 0; i < heading->count; i++)
		if (text_same(text_trimmed(heading->cells[i], BLANKS), name))
			return i;
	return SIZE_MAX;
}

/* Says which columns there are: the clerk sees which one is meant. */
static enum err no_such_column(const char *list, const struct csv_row *heading, struct text name,
			       struct fault *f)
{
	struct buffer there = { .limit = FAULT_VALUE_SIZE };
	enum err e;

	for (size_t i = 0; i < heading->count; i++)
		buffer_print(&there, "%s%.*s", i ? ", " : "",
			     SHOWN(text_trimmed(heading->cells[i], BLANKS)));
	e = fault(f, ERR_INPUT, "match.no-such-column", name, list, buffer_as_text(&there));
	buffer_free(&there);
	return e;
}

enum err map_cells(const struct map *m, const char *list, const struct csv_row *heading,
		   size_t cells[FIELDS_MAX], struct fault *f)
{
	for (unsigned i = 0; i < m->fields; i++) {
		cells[i] = m->from[i].at ? cell_named(heading, m->from[i]) : SIZE_MAX;
		if (m->from[i].at && cells[i] == SIZE_MAX)
			return no_such_column(list, heading, m->from[i], f);
	}
	return OK;
}
