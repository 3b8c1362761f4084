#include "import/listing.h"

#include <stdlib.h>

#include "base/sha256.h"
#include "base/utf8.h"

#define ROW_ARENA ((size_t)64 << 20)
#define TABLE_ARENA ((size_t)8 << 30)
/* In `joins`: a household that the map says to leave out, with its people. */
#define SKIPPED (INDEX_NONE - 1)
/* A key in a fact may have 120 bytes: source, sort, key and place share them. */
#define SOURCE_SIZE_MAX 40
#define KEY_SIZE_SHOWN 64

/* --- rejects ------------------------------------------------------------------------- */

void listing_reject(struct listing *l, const char *sheet, uint64_t row, struct text column,
		    const struct fault *why, bool changed)
{
	struct import_reject r = { sheet, row, column, why, changed };

	if (changed)
		l->result->changed++;
	else
		l->result->rejected++;
	if (l->order->rejected)
		l->order->rejected(l->order->self, &r);
}

struct text listing_column(const struct listing *l, enum section_sort section, const char *field)
{
	const struct section *s = &l->map.sections[section];
	/* "documents[1].number" is of the field "documents". */
	size_t size = strcspn(field, "[.");

	for (size_t i = 0; i < s->column_count; i++) {
		const char *known = s->columns[i].target->told.field;

		if (strlen(known) == size && memcmp(known, field, size) == 0)
			return s->columns[i].from;
	}
	return TEXT("");
}

/* A fault of this row: no other row need suffer. */
static bool is_of_the_row(enum err e)
{
	return e == ERR_INPUT || e == ERR_LIMIT || e == ERR_NOT_FOUND;
}

/* --- keys ---------------------------------------------------------------------------- */

static struct id hashed(struct text t)
{
	struct hash h = sha256_of(bytes_of_text(t));
	struct id id;

	memcpy(id.at, h.at, ID_SIZE);
	return id;
}

/* What is too long keeps its beginning, cut between characters, and gets a hash for the
 * rest. */
static struct text shortened(struct arena *a, struct text t, size_t size_max)
{
	char hex[ID_HEX_SIZE + 1];
	struct id id;

	if (t.size <= size_max)
		return t;
	id = hashed(t);
	hex_write(hex, bytes_of(id.at, ID_SIZE));
	return arena_print(a, "%.*s~%.16s", SHOWN(utf8_cut(t, size_max - 17)), hex);
}

struct text listing_key(struct listing *l, const struct listed_household *h,
			const struct listed_person *p)
{
	struct text key = p && p->key.size ? p->key : h->key;
	struct text kept = shortened(l->row, key, KEY_SIZE_SHOWN);

	if (!kept.at)
		return kept;
	if (!p)
		return arena_print(l->row, "%.*s:h:%.*s", SHOWN(l->source), SHOWN(kept));
	if (p->key.size)
		return arena_print(l->row, "%.*s:i:%.*s", SHOWN(l->source), SHOWN(kept));
	return arena_print(l->row, "%.*s:p:%.*s/%u", SHOWN(l->source), SHOWN(kept), p->ordinal);
}

/* Give a key to this row alone: the second one in a list is nobody we could tell apart. */
static enum err take_key(struct listing *l, struct text key, const char *sort, uint64_t row,
			 struct fault *f)
{
	struct text whole = arena_print(l->row, "%s:%.*s", sort, SHOWN(key));
	struct id id;
	uint32_t before;

	if (!whole.at)
		return fault(f, ERR_MEMORY, "memory.none");
	id = hashed(whole);
	before = index_get(l->keys, &id);
	if (before != INDEX_NONE)
		return fault(f, ERR_INPUT, "import.key-twice", key, before);
	return index_put(l->keys, &id, row < INDEX_NONE ? (uint32_t)row : 0, f);
}

/* --- growing ------------------------------------------------------------------------- */

static enum err grow(void **at, size_t count, size_t *room, size_t item, struct fault *f)
{
	size_t wanted = *room ? 2 * *room : 256;
	void *more;

	if (count < *room)
		return OK;
	more = reallocarray(*at, wanted, item);
	if (!more)
		return fault(f, ERR_MEMORY, "memory.none");
	*at = more;
	*room = wanted;
	return OK;
}

/* --- one sheet ----------------------------------------------------------------------- */

struct source_sheet {
	struct list_sheet of; /* first */
	enum section_sort section;
	struct header header;
	struct plan plans[SECTIONS]; /* a flat list has both in one row */
	bool has_key[KEYS_MAX];
	size_t key_at[KEYS_MAX];
	bool has_join, has_happened;
	size_t join_at, happened_at;
};

static enum err read_header(struct listing *l, struct source_sheet *s, struct rows *rows,
			    struct fault *f)
{
	const struct row *row;
	enum err e = rows->next(rows->self, &row, f);

	if (e)
		return e;
	if (!row)
		return fault(f, ERR_INPUT, "import.empty", rows->name);
	s->header.count = row->count;
	for (size_t k = 0; k < row->count && !e; k++) {
		struct text name;

		e = cell_of(row, k, l->table, &l->result->marks_stripped, &name, f);
		if (!e && !(s->header.names[k] = arena_copy_text(l->table, name)).at)
			e = fault(f, ERR_MEMORY, "memory.none");
	}
	return e;
}

/* Keys may be in several columns: the first of them that a row has counts. */
static enum err find_keys(struct source_sheet *s, const struct section *section, struct fault *f)
{
	bool any = section->key_count == 0;

	for (size_t k = 0; k < section->key_count; k++)
		any |= s->has_key[k] = header_has(&s->header, section->keys[k], &s->key_at[k]);
	return any ? OK
		   : fault(f, ERR_INPUT, "import.missing-column", section->keys[0], s->of.name);
}

/* Whether this sheet's rows hold what the section is about. */
static bool has_section(const struct listing *l, const struct source_sheet *s, int section)
{
	if (l->map.flat)
		return section != SECTION_SHARED;
	return (section == SECTION_PERSON) == (s->section == SECTION_PERSON);
}

static enum err plan_sheet(struct listing *l, struct source_sheet *s, struct fault *f)
{
	const struct section *section = &l->map.sections[s->section];
	struct text join = s->section == SECTION_PERSON ? section->parent : section->join;
	enum err e;

	if ((e = find_keys(s, section, f)))
		return e;
	if (join.size && (e = header_find(&s->header, join, s->of.name, &s->join_at, f)))
		return e;
	if (section->happened.size &&
	    (e = header_find(&s->header, section->happened, s->of.name, &s->happened_at, f)))
		return e;
	s->has_join = join.size > 0;
	s->has_happened = section->happened.size > 0;
	s->of.happened = l->map.sections[l->map.flat ? SECTION_PERSON : SECTION_HOUSEHOLD].happened;
	for (int k = 0; k < SECTIONS && !e; k++)
		if (has_section(l, s, k))
			e = plan_make(&s->plans[k], &l->map.sections[k], &s->of, l->atlas,
				      &l->result->marks_stripped, f);
	return e;
}

/* --- rows that are not about anybody ------------------------------------------------- */

static bool is_blank(const struct row *row)
{
	for (size_t i = 0; i < row->count; i++)
		for (size_t k = 0; k < row->cells[i].size; k++)
			if (!strchr(" \t\r\n", row->cells[i].at[k]))
				return false;
	return true;
}

/* "#sex +code": tags of the Humanitarian Exchange Language, all of them. */
static bool is_hxl(const struct row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->cells[i].size && row->cells[i].at[0] != '#')
			return false;
	return true;
}

/* "Full name - STRING - required": what HOPE's template writes below the names. */
static bool is_label(struct text t)
{
	struct text required = TEXT(" - required");
	size_t capitals = 0;

	if (t.size > required.size &&
	    memcmp(t.at + t.size - required.size, required.at, required.size) == 0)
		t.size -= required.size;
	while (capitals < t.size &&
	       (t.at[t.size - capitals - 1] == '_' ||
		(t.at[t.size - capitals - 1] >= 'A' && t.at[t.size - capitals - 1] <= 'Z')))
		capitals++;
	return capitals >= 2 && t.size > capitals + 3 &&
	       memcmp(t.at + t.size - capitals - 3, " - ", 3) == 0;
}

static bool is_labels(const struct row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->cells[i].size && !is_label(row->cells[i]))
			return false;
	return true;
}

/* Whether the map says that a row with this value is not to be taken. */
static enum err is_skipped(struct listing *l, const struct source_sheet *s, const struct row *row,
			   bool *skipped, struct fault *f)
{
	const char *column;
	json_t *values, *value;
	size_t at, k;

	*skipped = false;
	json_object_foreach(l->map.skip, column, values) {
		struct text t;
		enum err e;

		if (!header_has(&s->header, text_of(column), &at))
			continue;
		if ((e = cell_of(row, at, l->row, &l->result->marks_stripped, &t, f)))
			return e;
		json_array_foreach(values, k, value)
			*skipped |= text_same(json_text_of(value), t);
	}
	return OK;
}

/* --- one row ------------------------------------------------------------------------- */

/* What a row says beside its columns. */
struct row_head {
	struct text key, join, happened, day;
};

static enum err read_head(struct listing *l, const struct source_sheet *s, const struct row *row,
			  struct row_head *out, struct text *column, struct fault *f)
{
	const struct section *section = &l->map.sections[s->section];
	uint64_t *stripped = &l->result->marks_stripped;
	struct text happened = TEXT("");
	enum err e = OK;

	*out = (struct row_head){ TEXT(""), TEXT(""), TEXT(""), TEXT("") };
	for (size_t k = 0; k < section->key_count && !e && !out->key.size; k++)
		if (s->has_key[k]) {
			*column = section->keys[k];
			e = cell_of(row, s->key_at[k], l->row, stripped, &out->key, f);
		}
	if (!e && s->has_join) {
		*column = s->section == SECTION_PERSON ? section->parent : section->join;
		e = cell_of(row, s->join_at, l->row, stripped, &out->join, f);
	}
	if (!e && s->has_happened) {
		*column = section->happened;
		e = cell_of(row, s->happened_at, l->row, stripped, &happened, f);
	}
	if (!e && happened.size)
		e = convert_time(happened, row->is_number && row->is_number[s->happened_at],
				 s->of.from_1904, section->happened, l->row, &out->happened,
				 &out->day, f);
	return e;
}

/* The row's fields by one plan, as a line of JSON in the table. */
static enum err convert_row(struct listing *l, const struct plan *plan, const struct row *row,
			    struct text *json, struct text *column, struct fault *f)
{
	json_t *out = json_object();
	char *dumped = NULL;
	enum err e = out ? plan_convert(plan, row, l->row, out, column, f)
			 : fault(f, ERR_MEMORY, "memory.none");

	if (!e) {
		dumped = json_line(out);
		*json = dumped ? arena_copy_text(l->table, text_of(dumped))
			       : (struct text){ NULL, 0 };
		e = json->at ? OK : fault(f, ERR_MEMORY, "memory.none");
	}
	free(dumped);
	json_decref(out);
	return e;
}

static enum err convert_household(struct listing *l, const struct source_sheet *s,
				  const struct row *row, struct listed_household *h,
				  struct text *column, struct fault *f)
{
	struct text shared = { NULL, 0 };
	enum err e = OK;

	if (!l->map.flat && l->map.sections[SECTION_SHARED].column_count)
		e = convert_row(l, &s->plans[SECTION_SHARED], row, &shared, column, f);
	if (!e)
		e = convert_row(l, &s->plans[SECTION_HOUSEHOLD], row, &h->json, column, f);
	h->shared = shared;
	return e;
}

/* A household that cannot be read is kept empty, so that its people are not orphans. */
static enum err add_household(struct listing *l, const struct source_sheet *s,
			      const struct row *row, const struct row_head *head, size_t *at,
			      struct fault *f)
{
	struct listed_household h = {
		.sheet = s->of.name, .row = row->number, .first = NOBODY, .last = NOBODY
	};
	/* A flat list's household is known by what joins its people, or by its one person. */
	struct text key = l->map.flat && head->join.size ? head->join : head->key;
	struct text column = TEXT("");
	struct fault why = { 0 };
	struct id id = hashed(head->join);
	enum err e;

	if ((e = grow((void **)&l->households, l->household_count, &l->household_room, sizeof(h),
		      f)))
		return e;
	if (!key.size)
		e = fault(&why, ERR_INPUT, "import.no-key");
	else if (!(e = take_key(l, key, "h", row->number, &why)))
		e = convert_household(l, s, row, &h, &column, &why);
	if (e && !is_of_the_row(e)) {
		*f = why;
		return e;
	}
	if (e) {
		h.json = (struct text){ NULL, 0 };
		listing_reject(l, s->of.name, row->number, column, &why, false);
	}
	h.key = arena_copy_text(l->table, key);
	h.happened = arena_copy_text(l->table, head->happened);
	h.day = arena_copy_text(l->table, head->day);
	if (!h.key.at || !h.happened.at || !h.day.at)
		return fault(f, ERR_MEMORY, "memory.none");
	*at = l->household_count;
	if (head->join.size && (e = index_put(l->joins, &id, (uint32_t)*at, f)))
		return e;
	l->households[l->household_count++] = h;
	return OK;
}

static void append_person(struct listing *l, size_t household, const struct listed_person *p)
{
	struct listed_household *h = &l->households[household];

	if (h->last == NOBODY)
		h->first = l->person_count;
	else
		l->people[h->last].next = l->person_count;
	h->last = l->person_count;
	l->people[l->person_count++] = *p;
}

static enum err add_person(struct listing *l, const struct source_sheet *s, const struct row *row,
			   const struct row_head *head, size_t household, struct fault *f)
{
	struct listed_person p = { .sheet = s->of.name, .row = row->number, .next = NOBODY };
	struct text column = TEXT("");
	struct fault why = { 0 };
	enum err e;

	l->result->people++;
	p.ordinal = ++l->households[household].people;
	if ((e = grow((void **)&l->people, l->person_count, &l->person_room, sizeof(p), f)))
		return e;
	if (head->key.size)
		e = take_key(l, head->key, "i", row->number, &why);
	if (!e)
		e = convert_row(l, &s->plans[SECTION_PERSON], row, &p.json, &column, &why);
	if (e && !is_of_the_row(e)) {
		*f = why;
		return e;
	}
	if (e) {
		listing_reject(l, s->of.name, row->number, column, &why, false);
		return OK;
	}
	p.key = arena_copy_text(l->table, head->key);
	if (!p.key.at)
		return fault(f, ERR_MEMORY, "memory.none");
	append_person(l, household, &p);
	return OK;
}

/* --- people to their household ------------------------------------------------------- */

static enum err take_skipped(struct listing *l, const struct source_sheet *s,
			     const struct row_head *head, struct fault *f)
{
	struct id id = hashed(head->join);

	l->result->skipped++;
	if (s->section != SECTION_HOUSEHOLD || !head->join.size)
		return OK;
	return index_put(l->joins, &id, SKIPPED, f);
}

static enum err take_person(struct listing *l, const struct source_sheet *s, const struct row *row,
			    const struct row_head *head, struct fault *f)
{
	struct id id = hashed(head->join);
	uint32_t found = head->join.size ? index_get(l->joins, &id) : INDEX_NONE;
	size_t household = found;
	struct fault why = { 0 };
	enum err e;

	if (found == SKIPPED) {
		l->result->skipped++;
		return OK;
	}
	l->result->rows++;
	if (found == INDEX_NONE && !l->map.flat) {
		fault(&why, ERR_INPUT, "import.orphan", head->join);
		listing_reject(l, s->of.name, row->number, l->map.sections[SECTION_PERSON].parent,
			       &why, false);
		return OK;
	}
	/* In a flat list a person without a household is one of her own. */
	if (found == INDEX_NONE && (e = add_household(l, s, row, head, &household, f)))
		return e;
	return add_person(l, s, row, head, household, f);
}

static enum err take_row(struct listing *l, const struct source_sheet *s, const struct row *row,
			 struct fault *f)
{
	struct text column = TEXT("");
	struct fault why = { 0 };
	struct row_head head;
	bool skipped = false;
	size_t at;
	enum err e = read_head(l, s, row, &head, &column, &why);

	if (!e)
		e = is_skipped(l, s, row, &skipped, &why);
	if (e && !is_of_the_row(e)) {
		*f = why;
		return e;
	}
	if (e) {
		listing_reject(l, s->of.name, row->number, column, &why, false);
		return OK;
	}
	if (skipped)
		return take_skipped(l, s, &head, f);
	if (s->section == SECTION_PERSON)
		return take_person(l, s, row, &head, f);
	l->result->rows++;
	return add_household(l, s, row, &head, &at, f);
}

static enum err read_rows(struct listing *l, struct rows *rows, enum section_sort section,
			  struct fault *f)
{
	struct source_sheet *s = calloc(1, sizeof(*s));
	const struct row *row = NULL;
	bool first = true;
	uint64_t read = 0;
	enum err e = OK;

	if (!s)
		return fault(f, ERR_MEMORY, "memory.none");
	s->section = section;
	s->of = (struct list_sheet){ .name = arena_copy_text(l->table, text_of(rows->name)).at,
				     .header = &s->header,
				     .from_1904 = rows->from_1904 };
	if (!s->of.name)
		e = fault(f, ERR_MEMORY, "memory.none");
	if (e || (e = read_header(l, s, rows, f)) || (e = plan_sheet(l, s, f)))
		goto out;
	while (!e && !(e = rows->next(rows->self, &row, f)) && row) {
		if (!is_blank(row) && !(first && (is_hxl(row) || is_labels(row))))
			e = take_row(l, s, row, f);
		first = false;
		arena_reset(l->row);
		if (l->progress && l->progress->told && ++read % 256 == 0)
			l->progress->told(l->progress->self, rows->place(rows->self), rows->of);
	}
out:
	free(s);
	return e;
}

/* --- files --------------------------------------------------------------------------- */

/* A sheet by the map's name or number. */
static bool find_sheet(const struct workbook *b, const struct section *s, size_t *at)
{
	if (s->sheet.size)
		return xlsx_find(b, s->sheet, at);
	*at = s->sheet_number - 1;
	return s->sheet_number <= xlsx_count(b);
}

/* The names of all sheets, for who has to choose one. */
static struct text sheet_names(struct listing *l, const struct workbook *b)
{
	struct text out = TEXT("");

	for (size_t i = 0; i < xlsx_count(b) && out.at && out.size < 150; i++)
		out = arena_print(l->row, "%.*s%s%.*s", SHOWN(out), i ? ", " : "",
				  SHOWN(xlsx_name(b, i)));
	return out.at ? out : TEXT("");
}

/*
 * A repeat that nobody filled in has no sheet at all, so a workbook with the households
 * alone is whole.  Where there are others, the map is more likely to be wrong.
 */
static enum err no_sheet(struct listing *l, const struct workbook *b, const char *path,
			 enum section_sort section, struct fault *f)
{
	const struct section *s = &l->map.sections[section];

	if (section == SECTION_PERSON && !l->map.flat && xlsx_count(b) == 1)
		return OK;
	if (s->sheet.size)
		return fault(f, ERR_INPUT, "import.no-sheet", s->sheet, path, sheet_names(l, b));
	return fault(f, ERR_INPUT, "import.no-sheet", s->sheet_number, path, sheet_names(l, b));
}

static enum err read_sheet(struct listing *l, struct workbook *b, const char *path,
			   enum section_sort section, struct fault *f)
{
	struct rows rows = { 0 };
	size_t at;
	enum err e;

	if (!find_sheet(b, &l->map.sections[section], &at))
		return no_sheet(l, b, path, section, f);
	if (!(e = xlsx_rows(&rows, b, at, f)))
		e = read_rows(l, &rows, section, f);
	rows_close(&rows);
	return e;
}

/* Households first: people look for theirs.  A join means something within one file only. */
static enum err read_workbook(struct listing *l, const struct import_file *file, struct fault *f)
{
	struct workbook *b;
	enum err e = xlsx_open(&b, l->world, file, f);

	if (e)
		return e;
	if (!l->map.flat) {
		index_clear(l->joins);
		e = read_sheet(l, b, file->name, SECTION_HOUSEHOLD, f);
	}
	if (!e)
		e = read_sheet(l, b, file->name, SECTION_PERSON, f);
	xlsx_close(b);
	return e;
}

static enum err read_csv(struct listing *l, const struct import_file *file,
			 enum section_sort section, struct fault *f)
{
	struct rows rows = { 0 };
	const char *encoding = l->map.encoding.size ? l->map.encoding.at : NULL;
	enum err e = rows_of_csv(&rows, l->world, file, encoding, f);

	if (!e)
		e = read_rows(l, &rows, section, f);
	rows_close(&rows);
	return e;
}

static enum err read_files(struct listing *l, struct fault *f)
{
	const struct import_order *o = l->order;
	enum err e = OK;

	if (o->file_count == 0)
		return fault(f, ERR_INPUT, "import.no-file");
	for (size_t k = 0; k < o->file_count && !e; k++) {
		bool workbook;

		if ((e = rows_is_workbook(l->world, &o->files[k], &workbook, f)))
			return e;
		if (workbook)
			e = read_workbook(l, &o->files[k], f);
		else
			e = read_csv(l, &o->files[k],
				     k || l->map.flat ? SECTION_PERSON : SECTION_HOUSEHOLD, f);
	}
	return e;
}

/* --- which list ---------------------------------------------------------------------- */

/* "/home/a/list 3.csv" is "list 3". */
static struct text stem_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct text name = text_of(slash ? slash + 1 : path);

	for (size_t i = name.size; i-- > 1;)
		if (name.at[i] == '.')
			return (struct text){ name.at, i };
	return name;
}

/*
 * Where the keys are numbers that begin anew in each list, the map says which list it
 * is: by a name, or by * for the name of the file.
 */
static enum err find_source(struct listing *l, struct fault *f)
{
	struct text source = l->map.source, stem = { NULL, 0 };
	const char *star = source.size ? memchr(source.at, '*', source.size) : NULL;

	if (!source.size)
		return fault(f, ERR_INPUT, "import.no-source");
	if (star && l->order->file_count) {
		stem = stem_of(l->order->files[0].name);
		source = arena_print(l->table, "%.*s%.*s%s", (int)(star - source.at), source.at,
				     SHOWN(stem), star + 1);
	}
	l->source = source.at ? shortened(l->table, source, SOURCE_SIZE_MAX) : source;
	return l->source.at ? OK : fault(f, ERR_MEMORY, "memory.none");
}

enum err listing_read(struct listing *l, struct fault *f)
{
	struct index_key key;
	enum err e;

	l->world->chance(l->world, &key, sizeof(key));
	if (arena_new(&l->table, TABLE_ARENA) || arena_new(&l->row, ROW_ARENA))
		return fault(f, ERR_MEMORY, "memory.none");
	if ((e = import_map_read(&l->map, l->order->map, f)) || (e = find_source(l, f)) ||
	    (e = index_new(&l->joins, key, 1024, f)) || (e = index_new(&l->keys, key, 1024, f)))
		return e;
	e = read_files(l, f);
	l->result->households = l->household_count;
	return e;
}

void listing_free(struct listing *l)
{
	free(l->households);
	free(l->people);
	index_free(l->joins);
	index_free(l->keys);
	arena_free(l->row);
	arena_free(l->table);
	import_map_free(&l->map);
}
