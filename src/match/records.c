/* Reading lists by their map. */
#include "match/records.h"

#include <stdlib.h>

#include "base/calendar.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/utf8.h"

#define STRINGS_SIZE_MAX ((size_t)4 << 30)

/* --- the map ---------------------------------------------------------------------------- */

static const struct {
	const char *key;
	enum column_sort sort;
} known[] = {
	{ "given", COLUMN_NAME },	{ "father", COLUMN_NAME },
	{ "grandfather", COLUMN_NAME }, { "family", COLUMN_NAME },
	{ "full_name", COLUMN_NAME },	{ "sex", COLUMN_SEX },
	{ "birth", COLUMN_BIRTH },	{ "origin", COLUMN_AREA },
	{ "residence", COLUMN_AREA },	{ "document", COLUMN_DOCUMENT },
};

static const char *const parts_of_birth[] = { "birth_year", "birth_month", "birth_day" };

/* Which cells of a row are what, in one list. */
struct cells {
	size_t id, household, truth;
	size_t of[COLUMNS_MAX]; /* of each column; SIZE_MAX: not in the map */
	size_t birth[3];	/* where it comes in parts */
};

struct reading {
	struct records *records;
	const struct records_order *order;
	json_t *map;
	unsigned birth; /* the column that comes in parts; COLUMNS_MAX: none */
	/* The column of the list that each column is read from. */
	struct text from[COLUMNS_MAX];
	const char *list; /* the file that is read */
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
	struct records *out = r->records;
	struct column *c = &out->columns[out->columns_count];

	if (out->columns_count == COLUMNS_MAX)
		return fault(r->fault, ERR_LIMIT, "match.too-many-columns", COLUMNS_MAX);
	if (!from.at)
		return fault(r->fault, ERR_INPUT, "match.map-column");
	name = utf8_cut(name, sizeof(c->name) - 1);
	memcpy(c->name, name.at, name.size);
	c->sort = sort;
	c->strings.bytes.limit = STRINGS_SIZE_MAX;
	r->from[out->columns_count++] = from;
	return OK;
}

static enum err add_others(struct reading *r)
{
	static const struct {
		const char *word;
		enum column_sort sort;
	} sorts[] = { { "text", COLUMN_TEXT },
		      { "code", COLUMN_CODE },
		      { "number", COLUMN_NUMBER } };
	const json_t *list = json_object_get(r->map, "other"), *other;
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
	for (size_t i = 0; i < COUNT_OF(parts_of_birth); i++)
		if (!strcmp(key, parts_of_birth[i]))
			return true;
	return !strcmp(key, "id") || !strcmp(key, "household") || !strcmp(key, "truth") ||
	       !strcmp(key, "other");
}

static enum err read_map(struct reading *r)
{
	const char *key;
	json_t *value;
	enum err e = OK;

	if ((e = json_parse(&r->map, r->order->map, r->fault)))
		return e;
	json_object_foreach(r->map, key, value)
		if (!key_is_known(key))
			return fault(r->fault, ERR_INPUT, "match.map-key", key);
	if (!named(json_object_get(r->map, "id")).at)
		return fault(r->fault, ERR_INPUT, "match.map-id");
	for (size_t i = 0; !e && i < COUNT_OF(known); i++) {
		const json_t *j = json_object_get(r->map, known[i].key);

		if (j)
			e = add_column(r, text_of(known[i].key), known[i].sort, named(j));
	}
	r->birth = COLUMNS_MAX;
	if (!e && json_object_get(r->map, "birth_year")) {
		r->birth = r->records->columns_count;
		e = add_column(r, TEXT("birth"), COLUMN_BIRTH, TEXT(""));
	}
	if (!e)
		e = add_others(r);
	if (!e && !r->records->columns_count)
		e = fault(r->fault, ERR_INPUT, "match.map-nothing");
	return e;
}

static size_t cell_named(const struct csv_row *row, struct text name)
{
	for (size_t i = 0; i < row->count; i++)
		if (text_same(text_trimmed(row->cells[i], BLANKS), name))
			return i;
	return SIZE_MAX;
}

/* Says which columns there are: the clerk sees which one is meant. */
static enum err no_such_column(const struct reading *r, const struct csv_row *head,
			       struct text name)
{
	struct buffer there = { .limit = FAULT_VALUE_SIZE };
	enum err e;

	for (size_t i = 0; i < head->count; i++)
		buffer_print(&there, "%s%.*s", i ? ", " : "",
			     SHOWN(text_trimmed(head->cells[i], BLANKS)));
	e = fault(r->fault, ERR_INPUT, "match.no-such-column", name, r->list,
		  buffer_as_text(&there));
	buffer_free(&there);
	return e;
}

/* Where the column stands; SIZE_MAX where the map names none.  ERR_INPUT: it is not there. */
static enum err find_cell(const struct reading *r, const struct csv_row *head, struct text name,
			  size_t *out)
{
	*out = name.at ? cell_named(head, name) : SIZE_MAX;
	return name.at && *out == SIZE_MAX ? no_such_column(r, head, name) : OK;
}

static enum err cells_of(struct reading *r, struct cells *c, const struct csv_row *head)
{
	enum err e;

	if ((e = find_cell(r, head, named(json_object_get(r->map, "id")), &c->id)) ||
	    (e = find_cell(r, head, named(json_object_get(r->map, "household")), &c->household)) ||
	    (e = find_cell(r, head, named(json_object_get(r->map, "truth")), &c->truth)))
		return e;
	for (unsigned i = 0; i < r->records->columns_count; i++) {
		struct text from = i == r->birth ? (struct text){ NULL, 0 } : r->from[i];

		if ((e = find_cell(r, head, from, &c->of[i])))
			return e;
	}
	for (size_t i = 0; i < COUNT_OF(parts_of_birth); i++) {
		struct text part = named(json_object_get(r->map, parts_of_birth[i]));

		if ((e = find_cell(r, head, part, &c->birth[i])))
			return e;
	}
	return OK;
}

/* --- values ----------------------------------------------------------------------------- */

static struct text cell(const struct csv_row *row, size_t at)
{
	return at < row->count ? text_trimmed(row->cells[at], BLANKS) : TEXT("");
}

#define PLAIN_SIZE 256

/* Lower case, digits as ASCII, of a document only letters and digits; cut. */
static struct text plain(char out[PLAIN_SIZE], struct text t, bool joined)
{
	size_t size = 0;
	uint32_t c;

	while (size + 4 < PLAIN_SIZE && utf8_next(&t, &c)) {
		int digit = digit_value(c);

		if (digit >= 0)
			c = (uint32_t)('0' + digit);
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (joined &&
		    (c == ' ' || c == '-' || c == '/' || c == '.' || c == 0x200E || c == 0x200F))
			continue;
		size += utf8_write(out + size, c);
	}
	return (struct text){ out, size };
}

#define YEAR_FIRST 1850
#define YEAR_LAST 2100

/* Years of the Afghan calendar in which somebody can be born who is still alive. */
#define SOLAR_YEAR_FIRST 1260
#define SOLAR_YEAR_LAST 1450
#define SOLAR_BEHIND 621 /* what is added where no more than the year is known */

static struct day_known day_in_year(int year, int month, int day)
{
	struct day_known d = { .year = (uint16_t)year };

	if (month >= 1 && month <= 12 && day >= 1 && day <= 31 && (month != 1 || day != 1)) {
		d.month = (uint8_t)month;
		d.day = (uint8_t)day;
	}
	return d;
}

static struct day_known day_of_solar(struct date written)
{
	bool is_year = written.month == 1 && written.day == 1;

	if (is_year || !date_exists(SOLAR_HIJRI, written))
		return day_in_year(written.year + SOLAR_BEHIND, 0, 0);
	written = date_of(GREGORIAN, day_of(SOLAR_HIJRI, written));
	return day_in_year(written.year, written.month, written.day);
}

struct day_known day_read(struct text t)
{
	unsigned numbers[3] = { 0 }, digits[3] = { 0 }, count = 0;
	struct date written;
	uint32_t c;

	while (utf8_next(&t, &c)) {
		int digit = digit_value(c);

		if (digit < 0) {
			count += count < 3 && digits[count];
			/* What stands behind the day is the hour. */
			if (count == 3)
				break;
			continue;
		}
		if (count < 3 && digits[count] < 8) {
			numbers[count] = numbers[count] * 10 + (unsigned)digit;
			digits[count]++;
		}
	}
	if (digits[0] == 8) {
		numbers[1] = numbers[0] / 100 % 100;
		numbers[2] = numbers[0] % 100;
		numbers[0] /= 10000;
	} else if (digits[2] == 4) {
		unsigned year = numbers[2];

		numbers[2] = numbers[0];
		numbers[0] = year;
	}
	written = (struct date){ (int)numbers[0], (int)numbers[1], (int)numbers[2] };
	if (written.year >= SOLAR_YEAR_FIRST && written.year <= SOLAR_YEAR_LAST)
		return day_of_solar(written);
	if (written.year < YEAR_FIRST || written.year > YEAR_LAST)
		return (struct day_known){ 0 };
	return day_in_year(written.year, written.month, written.day);
}

static enum err put_value(struct reading *r, unsigned column, const struct csv_row *row,
			  const struct cells *cells, uint32_t record)
{
	struct column *c = &r->records->columns[column];
	char room[PLAIN_SIZE], parts[PLAIN_SIZE];
	struct text t = cell(row, cells->of[column]);

	if (column == r->birth) {
		struct text y = cell(row, cells->birth[0]), m = cell(row, cells->birth[1]);
		struct text d = cell(row, cells->birth[2]);
		int size = snprintf(parts, sizeof(parts), "%.*s-%.*s-%.*s", SHOWN(utf8_cut(y, 8)),
				    SHOWN(utf8_cut(m, 8)), SHOWN(utf8_cut(d, 8)));

		t = y.size ? (struct text){ parts, (size_t)size } : TEXT("");
	}
	if (c->sort == COLUMN_NAME)
		t = utf8_cut(t, NAME_SIZE_MAX);
	else
		t = plain(room, t, c->sort == COLUMN_DOCUMENT);
	return string_put(&c->strings, t, &record_values(r->records, record)[column], r->fault);
}

static bool grow_column(uint32_t **at, size_t count)
{
	uint32_t *grown = realloc(*at, count * sizeof(*grown));

	*at = grown ? grown : *at;
	return grown != NULL;
}

static bool grow_records(struct records *r)
{
	uint32_t room = r->room + r->room / 4 + 4096;

	if (!grow_column(&r->id_of, room) || !grow_column(&r->households, room) ||
	    !grow_column(&r->persons, room) ||
	    !grow_column(&r->values, (size_t)room * r->columns_count))
		return false;
	r->room = room;
	return true;
}

static enum err put_record(struct reading *r, const struct csv_row *row, const struct cells *cells)
{
	struct records *out = r->records;
	struct text id = cell(row, cells->id);
	uint32_t record = out->count, times;
	enum err e;

	if (record >= RECORDS_MAX)
		return fault(r->fault, ERR_LIMIT, "match.too-many-rows", RECORDS_MAX);
	if (record == out->room && !grow_records(out))
		return fault(r->fault, ERR_MEMORY, "memory.none");
	if (!id.size)
		return fault(r->fault, ERR_INPUT, "match.no-id", row->line);
	if ((e = string_put(&out->ids, id, &out->id_of[record], r->fault)))
		return e;
	/* An id of the second list may be one of the first list as well: ids of that one have
	 * the numbers up to `second`, which is 0 while it is read. */
	times = record >= out->second && out->id_of[record] <= out->second ? 2 : 1;
	if (out->ids.counts[out->id_of[record]] > times)
		return fault(r->fault, ERR_INPUT, "match.id-twice", id, row->line);
	if ((e = string_put(&out->household_names, cell(row, cells->household),
			    &out->households[record], r->fault)) ||
	    (e = string_put(&out->person_names, cell(row, cells->truth), &out->persons[record],
			    r->fault)))
		return e;
	for (unsigned i = 0; !e && i < out->columns_count; i++)
		e = put_value(r, i, row, cells, record);
	out->count++;
	return e;
}

static enum err read_list(struct reading *r, const char *path)
{
	const struct csv_form form = { .name = path };
	struct world *w = r->order->world;
	const struct csv_row *row;
	struct csv *csv = NULL;
	struct cells cells;
	uint64_t size = 0;
	enum err e;

	r->list = path;
	if ((e = w->file_size(w, path, &size, r->fault)) ||
	    (e = csv_open_file(&csv, w, path, &form, r->fault)) ||
	    (e = csv_next(csv, &row, r->fault)))
		goto out;
	if (!row) {
		e = fault(r->fault, ERR_INPUT, "match.empty", path);
		goto out;
	}
	if ((e = cells_of(r, &cells, row)))
		goto out;
	while (!(e = csv_next(csv, &row, r->fault)) && row) {
		if ((e = put_record(r, row, &cells)))
			break;
		if (r->order->told && row->number % 4096 == 0)
			r->order->told(r->order->self, csv_position(csv), size);
	}
out:
	csv_close(csv);
	return e;
}

/* --- what is compared of each value ------------------------------------------------------- */

bool words_joined(struct token *out, const struct token *tokens, const struct value_words *v)
{
	*out = tokens[v->at[0]];
	for (unsigned i = 1; i < v->count; i++)
		if (!token_join(out, out, &tokens[v->at[i]]))
			return false;
	return true;
}

static enum err words_of_value(struct records *r, struct value_words *out, struct text t,
			       uint32_t people, struct fault *f)
{
	struct token tokens[TOKENS_MAX], joined;
	size_t count = tokens_of(tokens, t);
	enum err e = OK;

	for (size_t i = 0; !e && i < count && i < VALUE_WORDS_MAX; i++) {
		e = dictionary_add(&r->words, &tokens[i], &out->at[i], f);
		if (!e)
			r->words.people[out->at[i]] += people;
		out->count = (uint8_t)(i + 1);
	}
	if (!e && out->count && words_joined(&joined, r->words.tokens, out)) {
		out->joins = true;
		out->sounds = sounds_in(&joined);
	}
	return e;
}

static enum err work_out(struct records *r, struct column *c, struct fault *f)
{
	size_t count = (size_t)c->strings.count + 1;
	enum err e = OK;

	if (c->sort == COLUMN_NAME)
		c->words = calloc(count, sizeof(*c->words));
	if (c->sort == COLUMN_BIRTH)
		c->days = calloc(count, sizeof(*c->days));
	if ((c->sort == COLUMN_NAME && !c->words) || (c->sort == COLUMN_BIRTH && !c->days))
		return fault(f, ERR_MEMORY, "memory.none");
	for (uint32_t i = 1; !e && i < count; i++) {
		if (c->words)
			e = words_of_value(r, &c->words[i], string_at(&c->strings, i),
					   c->strings.counts[i], f);
		if (c->days)
			c->days[i] = day_read(string_at(&c->strings, i));
	}
	/* A value of which nothing is left is not known. */
	for (uint32_t i = 0; i < r->count; i++) {
		uint32_t *value = &record_values(r, i)[c - r->columns];

		if ((c->words && !c->words[*value].count) || (c->days && !c->days[*value].year))
			*value = 0;
	}
	return e;
}

enum err records_read(struct records *out, const struct records_order *order, struct fault *f)
{
	struct reading r = { .records = out, .order = order, .fault = f };
	enum err e;

	out->ids.bytes.limit = out->household_names.bytes.limit = STRINGS_SIZE_MAX;
	out->person_names.bytes.limit = STRINGS_SIZE_MAX;
	out->words.channel = out->channel;
	if (!(e = read_map(&r)))
		e = read_list(&r, order->first);
	out->second = out->count;
	if (!e && order->second)
		e = read_list(&r, order->second);
	for (unsigned i = 0; !e && i < out->columns_count; i++)
		e = work_out(out, &out->columns[i], f);
	json_decref(r.map);
	return e;
}

void records_free(struct records *r)
{
	for (unsigned i = 0; i < r->columns_count; i++) {
		free(r->columns[i].words);
		free(r->columns[i].days);
		strings_free(&r->columns[i].strings);
	}
	free(r->id_of);
	free(r->households);
	free(r->persons);
	free(r->values);
	strings_free(&r->ids);
	strings_free(&r->household_names);
	strings_free(&r->person_names);
	dictionary_free(&r->words);
}

struct text record_id(const struct records *r, uint32_t record)
{
	return string_at(&r->ids, r->id_of[record]);
}
