#include "import/map.h"

#define HOUSEHOLD true
#define PERSON false

static const struct target targets[] = {
	{ { "residence", HOUSEHOLD, "residence", "area" }, HOW_AREA },
	{ { "address", HOUSEHOLD, "address", "text" }, HOW_LINE },
	{ { "phone", HOUSEHOLD, "phone", "text" }, HOW_LINE },
	{ { "phone_owner", HOUSEHOLD, "phone_owner", "code" }, HOW_CODE },
	{ { "phone_safe", HOUSEHOLD, "phone_safe", "yes-no" }, HOW_FLAG },
	{ { "household_language", HOUSEHOLD, "language", "code" }, HOW_CODE },
	{ { "arrival_year", HOUSEHOLD, "arrival_year", "number" }, HOW_NUMBER },
	{ { "given", PERSON, "given", "name" }, HOW_NAME },
	{ { "full_name", PERSON, "given", "name" }, HOW_NAME },
	{ { "family", PERSON, "family", "name" }, HOW_NAME },
	{ { "father", PERSON, "father", "name" }, HOW_NAME },
	{ { "grandfather", PERSON, "grandfather", "name" }, HOW_NAME },
	{ { "given_latin", PERSON, "given_latin", "text" }, HOW_LINE },
	{ { "family_latin", PERSON, "family_latin", "text" }, HOW_LINE },
	{ { "father_latin", PERSON, "father_latin", "text" }, HOW_LINE },
	{ { "grandfather_latin", PERSON, "grandfather_latin", "text" }, HOW_LINE },
	{ { "sex", PERSON, "sex", "code" }, HOW_CODE },
	{ { "birth", PERSON, "birth_date", "date" }, HOW_DATE },
	{ { "birth_estimated", PERSON, "birth_year", "yes-no" }, HOW_ESTIMATED },
	{ { "birth_year", PERSON, "birth_year", "number" }, HOW_NUMBER },
	{ { "age", PERSON, "age", "age" }, HOW_AGE },
	{ { "relation", PERSON, "relation", "code" }, HOW_CODE },
	{ { "marital", PERSON, "marital", "code" }, HOW_CODE },
	{ { "care", PERSON, "care", "code" }, HOW_CODE },
	{ { "group", PERSON, "group", "code" }, HOW_CODE },
	{ { "document", PERSON, "documents", "document" }, HOW_DOCUMENT },
	{ { "document_number", PERSON, "documents", "document" }, HOW_DOCUMENT },
	{ { "document_kind", PERSON, "documents", "code" }, HOW_DOCUMENT_KIND },
	{ { "document_valid_to", PERSON, "documents", "date" }, HOW_DOCUMENT_DATE },
	{ { "origin", PERSON, "origin", "area" }, HOW_AREA },
	{ { "destination", PERSON, "destination", "area" }, HOW_AREA },
	{ { "needs", PERSON, "needs", "select_multiple" }, HOW_CODES },
	{ { "language", PERSON, "language", "code" }, HOW_CODE },
};

const struct import_target *import_target_at(size_t at)
{
	return at < COUNT_OF(targets) ? &targets[at].told : NULL;
}

/* What a spreadsheet can never say for a person: a word that begins with one of these. */
static const char *const never[] = {
	"choice",   "choose",  "chose",	  "answer",  "return",	  "repatriat", "inten",
	"decision", "decide",  "consent", "counsel", "review",	  "assess",    "fitness",
	"volunt",   "willing", "wish",	  "want",    "withdraw",  "reconfirm", "pressure",
	"hold",	    "finding", "grant",	  "seat",    "departure", "crossing",  "sharing",
};

static bool begins_with_never(const char *word, size_t size)
{
	for (size_t i = 0; i < COUNT_OF(never); i++) {
		size_t least = strlen(never[i]);

		if (size >= least && strncasecmp(word, never[i], least) == 0)
			return true;
	}
	return false;
}

/* "wants_to_return", "choice.made"; "household_size" holds no hold. */
static bool is_never(const char *name)
{
	size_t size;

	for (; *name; name += size + (name[size] != 0)) {
		size = strcspn(name, "._- /");
		if (begins_with_never(name, size))
			return true;
	}
	return false;
}

static struct text text_at(const json_t *j, const char *key)
{
	struct text t = json_text_of(json_object_get(j, key));

	return t.at ? t : TEXT("");
}

/* The first column that `j` names, however deep: only to say which. */
static struct text any_text(json_t *j)
{
	struct text t = json_text_of(j);
	const char *key;
	json_t *inside;
	size_t i;

	json_object_foreach(j, key, inside)
		if (!t.at)
			t = any_text(inside);
	json_array_foreach(j, i, inside)
		if (!t.at)
			t = any_text(inside);
	return t;
}

static enum err unknown_word(const char *name, json_t *j, const char *where, struct fault *f)
{
	if (is_never(name))
		return fault(f, ERR_INPUT, "import.never-a-choice", name, any_text(j));
	return fault(f, ERR_INPUT, "import.map-unknown-word", name, where);
}

/* Whether all keys of `j` are among the words, which end with a NULL. */
static enum err check_words(json_t *j, const char *const *words, const char *where, struct fault *f)
{
	const char *key;
	json_t *value;

	json_object_foreach(j, key, value) {
		size_t i = 0;

		while (words[i] && strcmp(words[i], key) != 0)
			i++;
		if (!words[i])
			return unknown_word(key, value, where, f);
	}
	return OK;
}

/* --- a column ------------------------------------------------------------------------ */

static enum err find_target(const char *name, json_t *j, const struct target **out, struct fault *f)
{
	for (size_t i = 0; i < COUNT_OF(targets); i++) {
		if (strcmp(targets[i].told.name, name) == 0) {
			*out = &targets[i];
			return OK;
		}
	}
	if (is_never(name))
		return fault(f, ERR_INPUT, "import.never-a-choice", name, any_text(j));
	return fault(f, ERR_INPUT, "import.no-such-target", name, any_text(j));
}

static enum err read_order(struct column *c, const json_t *j, struct fault *f)
{
	static const struct {
		const char *word;
		enum date_order order;
	} orders[] = { { "ymd", DATE_YMD }, { "dmy", DATE_DMY }, { "mdy", DATE_MDY } };
	struct text order = text_at(j, "order"), calendar = text_at(j, "calendar");

	c->calendar = text_is(calendar, "solar-hijri") ? SOLAR_HIJRI : GREGORIAN;
	if (calendar.size && c->calendar == GREGORIAN && !text_is(calendar, "gregorian"))
		return fault(f, ERR_INPUT, "import.no-such-calendar", calendar, c->from);
	for (size_t i = 0; i < COUNT_OF(orders); i++)
		if (text_is(order, orders[i].word))
			c->order = orders[i].order;
	if (order.size && c->order == DATE_ORDER_UNKNOWN)
		return fault(f, ERR_INPUT, "import.no-such-order", order, c->from);
	return OK;
}

/* Codes stand for a word of ours; null stands for nothing said, true and false for themselves. */
static enum err check_codes(const struct column *c, struct fault *f)
{
	const char *name;
	json_t *j;

	if (!c->codes)
		return OK;
	if (!json_is_object(c->codes))
		return fault(f, ERR_INPUT, "import.map-not-understood", "codes");
	json_object_foreach(c->codes, name, j)
		if (!json_is_string(j) && !json_is_null(j) && !json_is_boolean(j))
			return fault(f, ERR_INPUT, "import.map-not-understood", name);
	return OK;
}

static enum err read_column(struct column *c, const char *name, json_t *j, struct fault *f)
{
	static const char *const words[] = { "column", "value",	  "as", "codes",    "calendar",
					     "order",  "vintage", "on", "optional", NULL };
	struct text as = text_at(j, "as");
	enum err e;

	c->from = json_is_string(j) ? json_text_of(j) : text_at(j, "column");
	c->fixed = text_at(j, "value");
	if ((e = check_words(j, words, name, f)))
		return e;
	if (!c->from.size && !c->fixed.size)
		return fault(f, ERR_INPUT, "import.no-column-named", name);
	if (c->from.size && c->fixed.size)
		return fault(f, ERR_INPUT, "import.column-and-value", name, c->from, c->fixed);
	if (as.size && !text_is(as, c->target->told.as))
		return fault(f, ERR_INPUT, "import.no-such-as", as, name, c->target->told.as);
	c->codes = json_object_get(j, "codes");
	c->vintage = text_at(j, "vintage");
	c->on = text_at(j, "on");
	c->optional = json_is_true(json_object_get(j, "optional"));
	if (c->target->how == HOW_AGE && !c->on.size)
		return fault(f, ERR_INPUT, "import.age-without-day", c->from);
	if (c->target->how == HOW_AGE && c->fixed.size)
		return fault(f, ERR_INPUT, "import.no-column-named", name);
	e = check_codes(c, f);
	return e ? e : read_order(c, j, f);
}

/* "given_name", or {"column": "dob", "calendar": "gregorian", "order": "dmy"}. */
static enum err add_column(struct import_map *m, enum section_sort sort, const char *name,
			   json_t *j, unsigned document, struct fault *f)
{
	struct column c = { .document = document };
	struct section *s;
	enum err e;

	if ((e = find_target(name, j, &c.target, f)) || (e = read_column(&c, name, j, f)))
		return e;
	if (c.target->told.household && sort == SECTION_PERSON && !m->flat)
		return fault(f, ERR_INPUT, "import.of-the-household", name, c.from);
	s = &m->sections[c.target->told.household	     ? SECTION_HOUSEHOLD
			 : sort == SECTION_PERSON || m->flat ? SECTION_PERSON
							     : SECTION_SHARED];
	if (s->column_count == COLUMNS_MAX)
		return fault(f, ERR_LIMIT, "import.too-many-columns", COLUMNS_MAX);
	s->columns[s->column_count++] = c;
	return OK;
}

/* "document": {"kind": {…}, "number": "doc_no"} is two columns. */
static enum err add_document(struct import_map *m, enum section_sort sort, json_t *j,
			     unsigned document, struct fault *f)
{
	static const char *const words[] = { "kind", "number", "valid_to", NULL };
	static const struct {
		const char *part, *target;
	} parts[] = {
		{ "kind", "document_kind" },
		{ "number", "document_number" },
		{ "valid_to", "document_valid_to" },
	};
	json_t *number = json_object_get(j, "number");
	enum err e;

	if (!number && !json_object_get(j, "kind"))
		return add_column(m, sort, "document", j, document, f);
	e = check_words(j, words, "document", f);
	for (size_t i = 0; !e && i < COUNT_OF(parts); i++) {
		json_t *part = json_object_get(j, parts[i].part);

		if (part)
			e = add_column(m, sort, parts[i].target, part, document, f);
	}
	return e;
}

/* "documents": one after the other, as different columns hold different papers. */
static enum err add_documents(struct import_map *m, enum section_sort sort, json_t *j,
			      struct fault *f)
{
	json_t *one;
	size_t i;

	if (!json_is_array(j))
		return fault(f, ERR_INPUT, "import.map-not-understood", "documents");
	if (json_array_size(j) > DOCUMENTS_MAX)
		return fault(f, ERR_LIMIT, "import.too-many-documents", DOCUMENTS_MAX);
	json_array_foreach(j, i, one) {
		enum err e = add_document(m, sort, one, (unsigned)i, f);

		if (e)
			return e;
	}
	return OK;
}

static enum err add_any(struct import_map *m, enum section_sort sort, const char *name, json_t *j,
			struct fault *f)
{
	if (strcmp(name, "document") == 0)
		return add_document(m, sort, j, 0, f);
	if (strcmp(name, "documents") == 0)
		return add_documents(m, sort, j, f);
	return add_column(m, sort, name, j, 0, f);
}

/* --- sections ------------------------------------------------------------------------ */

static enum err read_keys(struct section *s, const json_t *keys, struct fault *f)
{
	size_t count = json_is_array(keys) ? json_array_size(keys) : keys != NULL;

	if (count > KEYS_MAX)
		return fault(f, ERR_LIMIT, "import.too-many-keys", KEYS_MAX);
	for (size_t i = 0; i < count; i++) {
		s->keys[i] = json_text_of(json_is_array(keys) ? json_array_get(keys, i) : keys);
		if (!s->keys[i].size)
			return fault(f, ERR_INPUT, "import.map-not-understood", "key");
	}
	s->key_count = count;
	return OK;
}

static enum err read_sheet(struct section *s, const json_t *sheet, size_t fallback, struct fault *f)
{
	json_int_t number = json_integer_value(sheet);

	s->sheet_number = fallback;
	if (json_is_integer(sheet) && number >= 1 && number <= 10000)
		s->sheet_number = (size_t)number;
	else if (json_is_string(sheet))
		s->sheet = json_text_of(sheet);
	else if (sheet)
		return fault(f, ERR_INPUT, "import.map-not-understood", "sheet");
	return OK;
}

static enum err read_section(struct import_map *m, enum section_sort sort, json_t *j,
			     struct fault *f)
{
	static const char *const words[] = { "sheet",	 "key",	    "parent", "join",
					     "happened", "columns", NULL };
	struct section *s = &m->sections[sort];
	json_t *columns = json_object_get(j, "columns"), *column;
	const char *name;
	enum err e;

	if (!json_is_object(j) || !json_is_object(columns))
		return fault(f, ERR_INPUT, "import.map-not-understood",
			     sort == SECTION_PERSON ? "person" : "household");
	s->parent = text_at(j, "parent");
	s->join = text_at(j, "join");
	s->happened = text_at(j, "happened");
	if ((e = check_words(j, words, sort == SECTION_PERSON ? "person" : "household", f)) ||
	    (e = read_sheet(s, json_object_get(j, "sheet"), sort == SECTION_PERSON ? 2 : 1, f)) ||
	    (e = read_keys(s, json_object_get(j, "key"), f)))
		return e;
	json_object_foreach(columns, name, column)
		if ((e = add_any(m, sort, name, column, f)))
			return e;
	return OK;
}

/* Where the map does not say what `parent` names: Kobo's, ODK's, else a shared column. */
static void guess_join(struct import_map *m)
{
	struct section *people = &m->sections[SECTION_PERSON];
	struct section *households = &m->sections[SECTION_HOUSEHOLD];

	if (households->join.size)
		return;
	households->join = text_is(people->parent, "_parent_index") ? TEXT("_index")
			   : text_is(people->parent, "PARENT_KEY")  ? TEXT("KEY")
								    : people->parent;
}

static enum err read_nested(struct import_map *m, struct fault *f)
{
	static const char *const words[] = { "source",	  "header", "skip", "ignore", "encoding",
					     "household", "person", "note", NULL };
	struct section *people = &m->sections[SECTION_PERSON];
	enum err e;

	if ((e = check_words(m->json, words, "{}", f)) ||
	    (e = read_section(m, SECTION_HOUSEHOLD, json_object_get(m->json, "household"), f)) ||
	    (e = read_section(m, SECTION_PERSON, json_object_get(m->json, "person"), f)))
		return e;
	if (!people->parent.size)
		return fault(f, ERR_INPUT, "import.no-column-named", "parent");
	if (!m->sections[SECTION_HOUSEHOLD].key_count)
		return fault(f, ERR_INPUT, "import.no-column-named", "key");
	guess_join(m);
	return OK;
}

/* {"id": "rec_id", "household": "hh_no", "given": "given", …, "other": […]} */
static enum err read_flat(struct import_map *m, struct fault *f)
{
	/* Those behind "encoding" are for matching. */
	static const char *const not_columns[] = { "id",       "household", "sheet",  "source",
						   "header",   "skip",	    "ignore", "note",
						   "happened", "encoding",  "other",  "birth_month",
						   "birth_day" };
	struct section *people = &m->sections[SECTION_PERSON];
	const char *name;
	json_t *column;
	enum err e;

	m->flat = true;
	people->parent = text_at(m->json, "household");
	people->happened = text_at(m->json, "happened");
	if ((e = read_keys(people, json_object_get(m->json, "id"), f)) ||
	    (e = read_sheet(people, json_object_get(m->json, "sheet"), 1, f)))
		return e;
	json_object_foreach(m->json, name, column) {
		bool skip = false;

		for (size_t i = 0; i < COUNT_OF(not_columns); i++)
			skip |= strcmp(name, not_columns[i]) == 0;
		if (!skip && (e = add_any(m, SECTION_PERSON, name, column, f)))
			return e;
	}
	if (people->column_count && !people->key_count && !people->parent.size)
		return fault(f, ERR_INPUT, "import.no-column-named", "id");
	return OK;
}

/* --- the whole ----------------------------------------------------------------------- */

/* {"_validation_status": ["validation_status_not_approved"]} */
static enum err read_skip(struct import_map *m, struct fault *f)
{
	json_t *skip = json_object_get(m->json, "skip"), *values, *value;
	const char *column;
	size_t i;

	if (skip && !json_is_object(skip))
		return fault(f, ERR_INPUT, "import.map-not-understood", "skip");
	json_object_foreach(skip, column, values) {
		if (!json_is_array(values))
			return fault(f, ERR_INPUT, "import.map-not-understood", column);
		json_array_foreach(values, i, value)
			if (!json_is_string(value))
				return fault(f, ERR_INPUT, "import.map-not-understood", column);
	}
	m->skip = skip;
	return OK;
}

static enum err read_all(struct import_map *m, struct fault *f)
{
	bool nested;
	enum err e;

	if (!json_is_object(m->json))
		return fault(f, ERR_INPUT, "import.map-not-understood", "{}");
	nested = json_is_object(json_object_get(m->json, "person")) ||
		 json_is_object(json_object_get(m->json, "household"));
	m->source = text_at(m->json, "source");
	m->encoding = text_at(m->json, "encoding");
	if (m->encoding.size && !text_is(m->encoding, "windows-1256") &&
	    !text_is(m->encoding, "utf-8"))
		return fault(f, ERR_INPUT, "import.encoding", m->encoding);
	if ((e = read_skip(m, f)) || (e = nested ? read_nested(m, f) : read_flat(m, f)))
		return e;
	if (m->sections[SECTION_PERSON].column_count == 0)
		return fault(f, ERR_INPUT, "import.map-names-none");
	return OK;
}

enum err import_map_read(struct import_map *out, struct bytes b, struct fault *f)
{
	struct text t = { (const char *)b.at, b.size };
	enum err e;

	*out = (struct import_map){ 0 };
	/* Windows' editor puts a mark before what it saves. */
	if (t.size >= 3 && memcmp(t.at, "\xef\xbb\xbf", 3) == 0)
		t = (struct text){ t.at + 3, t.size - 3 };
	if (!(e = json_parse(&out->json, t, f)))
		e = read_all(out, f);
	if (e)
		import_map_free(out);
	return e;
}

void import_map_free(struct import_map *m)
{
	json_decref(m->json);
	*m = (struct import_map){ 0 };
}
