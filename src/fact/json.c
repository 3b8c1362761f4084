/*
 * Facts as people and other programs write them: JSON, both ways, along the table.
 *
 *     {"kind": "choice.made", "subject": "@zarmina", "happened": "2026-11-24",
 *      "answer": "return", "destination": "AF01@cod-ab-2022", …}
 *
 *   text, area, language   string
 *   code                   string, a word of its list
 *   flag                   true or false
 *   number, money          integer; money in minor units of the currency
 *   date                   "2025-03-20", or {"solar_hijri": "1403-12-30"}
 *   time                   RFC 3339; without an offset, the site's
 *   subject                32 hex digits, or a name that the caller resolves
 *   fact                   "<site>/<epoch>/<seq>"
 *   hash                   64 hex digits
 *   record                 object;  a list: array
 *
 * A field that is called like one of the five words of the frame (the "key" of
 * site.joined) stands inside "body".
 */
#include "fact/fact.h"
#include "fact/where.h"

#include "base/calendar.h"
#include "base/nearest.h"
#include "base/sha256.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdio.h>

#define KEY_TEXT_SIZE_MAX 64
#define NOON_S (12 * 3600)

/* Words of the frame, beside which the fields may stand. */
static const char *const frame_words[] = { "kind", "subject", "happened", "key", "body" };

struct reading {
	const struct kind_spec *kind;
	struct arena *arena;
	const struct name_source *names;
	int zone_min;
	struct fault *fault;
};

#define NO_MEMORY(r) fault((r)->fault, ERR_MEMORY, "fact.no-memory")

/* --- what was found instead ---------------------------------------------------- */

#define FOUND_SIZE 64
#define FOUND_TEXT_MAX 48

static const char *found(char out[FOUND_SIZE], const json_t *j)
{
	struct text t;

	switch (json_typeof(j)) {
	case JSON_STRING:
		t = utf8_cut(json_text_of(j), FOUND_TEXT_MAX);
		snprintf(out, FOUND_SIZE, "\"%.*s\"", SHOWN(t));
		break;
	case JSON_INTEGER:
		snprintf(out, FOUND_SIZE, "%lld", (long long)json_integer_value(j));
		break;
	case JSON_REAL: snprintf(out, FOUND_SIZE, "%.10g", json_real_value(j)); break;
	case JSON_OBJECT: return strcpy(out, "{…}");
	case JSON_ARRAY: return strcpy(out, "[…]");
	case JSON_TRUE: return strcpy(out, "true");
	case JSON_FALSE: return strcpy(out, "false");
	case JSON_NULL: return strcpy(out, "null");
	}
	return out;
}

static enum err wrong_type(struct reading *r, const struct where *w, const json_t *j)
{
	static const char *const sentences[] = {
		[TYPE_NAME] = "fact.want-text",	      [TYPE_LINE] = "fact.want-text",
		[TYPE_AREA] = "fact.want-area",	      [TYPE_LANGUAGE] = "fact.want-language",
		[TYPE_CODE] = "fact.want-code",	      [TYPE_FLAG] = "fact.want-flag",
		[TYPE_NUMBER] = "fact.want-number",   [TYPE_MONEY] = "fact.want-money",
		[TYPE_DATE] = "fact.want-date",	      [TYPE_TIME] = "fact.want-time",
		[TYPE_SUBJECT] = "fact.want-subject", [TYPE_FACT] = "fact.want-fact",
		[TYPE_HASH] = "fact.want-hash",	      [TYPE_RECORD] = "fact.want-record",
	};
	const struct field *field = w->part ? w->part : w->field;
	char where[WHERE_SIZE], what[FOUND_SIZE];

	return fault(r->fault, ERR_INPUT, sentences[field->type], where_write(where, w),
		     found(what, j));
}

/* --- words that nobody knows ----------------------------------------------------- */

/* "stay, return, undecided", as many as there is room for. */
struct listing {
	char text[FAULT_VALUE_SIZE];
	size_t size;
};

static void list_word(struct listing *l, const char *word)
{
	int added = snprintf(l->text + l->size, sizeof l->text - l->size, "%s%s",
			     l->size ? ", " : "", word);

	if ((size_t)added < sizeof l->text - l->size)
		l->size += (size_t)added;
	else
		l->text[l->size] = '\0';
}

static enum err unknown_kind(struct reading *r, struct text given)
{
	struct nearest n = nearest_to(given);

	for (size_t i = 0; i < kind_count(); i++)
		nearest_try(&n, kind_at(i)->word);
	if (n.word)
		return fault(r->fault, ERR_INPUT, "fact.kind-nearest", given, n.word);
	return fault(r->fault, ERR_INPUT, "fact.kind-unknown", given);
}

static enum err unknown_code(struct reading *r, const struct where *w, enum code_set set,
			     struct text given)
{
	struct nearest n = nearest_to(given);
	struct listing all = { .size = 0 };
	char where[WHERE_SIZE];
	size_t count;
	const struct code_word *words = code_words(set, &count);

	for (size_t i = 0; i < count; i++) {
		nearest_try(&n, words[i].word);
		list_word(&all, words[i].word);
	}
	if (n.word)
		return fault(r->fault, ERR_INPUT, "fact.code-nearest", where_write(where, w), given,
			     n.word, &all.text[0]);
	return fault(r->fault, ERR_INPUT, "fact.code-unknown", where_write(where, w), given,
		     &all.text[0]);
}

static enum err unknown_field(struct reading *r, struct text given, const struct field *fields,
			      size_t count, bool framed)
{
	struct nearest n = nearest_to(given);
	struct listing all = { .size = 0 };

	for (size_t i = 0; i < count; i++) {
		nearest_try(&n, fields[i].word);
		list_word(&all, fields[i].word);
	}
	for (size_t i = 0; framed && i < COUNT_OF(frame_words); i++)
		nearest_try(&n, frame_words[i]);
	if (n.word)
		return fault(r->fault, ERR_INPUT, "fact.field-nearest", given, r->kind->word,
			     n.word);
	if (count == 0)
		return fault(r->fault, ERR_INPUT, "fact.field-none", given, r->kind->word);
	return fault(r->fault, ERR_INPUT, "fact.field-unknown", given, r->kind->word, &all.text[0]);
}

static const struct field *field_of_word(const struct field *fields, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(fields[i].word, word) == 0)
			return &fields[i];
	}
	return NULL;
}

/* --- values in --------------------------------------------------------------------- */

/* False: `j` is neither a text nor the object of another calendar. */
static bool date_of_json(const json_t *j, struct text *t, enum calendar *c)
{
	const json_t *solar = json_object_get(j, "solar_hijri");

	if (json_is_object(j) && json_object_size(j) == 1 && json_is_string(solar)) {
		*c = SOLAR_HIJRI;
		*t = json_text_of(solar);
		return true;
	}
	*c = GREGORIAN;
	*t = json_text_of(j);
	return json_is_string(j);
}

static enum err read_day(struct reading *r, const char *where, struct text t, enum calendar c,
			 int64_t *out)
{
	struct date_form form = { .calendar = c, .order = DATE_YMD, .field = where };
	int32_t day = 0;
	enum err e = date_read(&day, t, &form, r->fault);

	*out = day;
	return e;
}

static bool has_offset(struct text t)
{
	for (size_t i = t.size; i > 0; i--) {
		char c = t.at[i - 1];

		if (c == 'Z' || c == 'z' || c == '+')
			return true;
		if (c == 'T' || c == 't' || c == ' ')
			return false;
		if (c == '-')
			return true;
	}
	return false;
}

static enum err read_time(struct reading *r, const char *where, struct text t, int64_t *out)
{
	int min = r->zone_min < 0 ? -r->zone_min : r->zone_min;

	if (!has_offset(t)) {
		t = arena_print(r->arena, "%.*s%c%02d:%02d", SHOWN(t), r->zone_min < 0 ? '-' : '+',
				min / 60, min % 60);
		if (!t.at)
			return NO_MEMORY(r);
	}
	return time_read(out, t, where, r->fault);
}

static enum err read_id(struct reading *r, enum subject_sort sort, struct text t, struct id *out)
{
	if (hex_read(out->at, ID_SIZE, t))
		return OK;
	if (!r->names)
		return fault(r->fault, ERR_INPUT, "fact.id-form", t);
	return r->names->resolve(r->names->self, sort, t, out, r->fault);
}

static enum err read_fields(struct reading *r, struct where *w, const struct field *fields,
			    size_t count, const json_t *j, struct value *out);

static enum err read_reference(struct reading *r, const struct where *w, const json_t *j,
			       struct value *out)
{
	struct fact_ref *ref = arena_take(r->arena, sizeof *ref);

	if (!ref)
		return NO_MEMORY(r);
	if (!fact_ref_read(ref, json_text_of(j)))
		return wrong_type(r, w, j);
	out->fact = ref;
	return OK;
}

static enum err read_hash(struct reading *r, const struct where *w, const json_t *j,
			  struct value *out)
{
	struct hash *hash = arena_take(r->arena, sizeof *hash);

	if (!hash)
		return NO_MEMORY(r);
	if (!hex_read(hash->at, HASH_SIZE, json_text_of(j)))
		return wrong_type(r, w, j);
	out->hash = hash;
	return OK;
}

static enum err read_subject(struct reading *r, const struct field *field, struct text t,
			     struct value *out)
{
	struct id *id = arena_take(r->arena, sizeof *id);

	out->id = id;
	return id ? read_id(r, field->of, t, id) : NO_MEMORY(r);
}

static enum err read_record(struct reading *r, struct where *w, enum record_type type,
			    const json_t *j, struct value *out)
{
	size_t count;
	const struct field *fields = record_fields(type, &count);
	struct value *parts = arena_take_array(r->arena, count, sizeof *parts);

	out->items = parts;
	return parts ? read_fields(r, w, fields, count, j, parts) : NO_MEMORY(r);
}

/* Of a string that is one, by its field's type. */
static enum err read_string(struct reading *r, const struct where *w, const struct field *field,
			    const json_t *j, struct value *out)
{
	struct text t = json_text_of(j);

	switch (field->type) {
	case TYPE_CODE:
		out->number = code_of_word(field->of, t);
		return out->number ? OK : unknown_code(r, w, field->of, t);
	case TYPE_SUBJECT: return read_subject(r, field, t, out);
	case TYPE_FACT: return read_reference(r, w, j, out);
	case TYPE_HASH: return read_hash(r, w, j, out);
	default: out->text = arena_copy_text(r->arena, t); return out->text.at ? OK : NO_MEMORY(r);
	}
}

static enum err read_item(struct reading *r, struct where *w, const struct field *field,
			  const json_t *j, struct value *out)
{
	char where[WHERE_SIZE];
	enum calendar calendar;
	struct text t;

	out->given = true;
	switch (field->type) {
	case TYPE_FLAG:
		out->number = json_is_true(j);
		return json_is_boolean(j) ? OK : wrong_type(r, w, j);
	case TYPE_NUMBER:
	case TYPE_MONEY:
		out->number = json_integer_value(j);
		return json_is_integer(j) ? OK : wrong_type(r, w, j);
	case TYPE_DATE:
		if (!date_of_json(j, &t, &calendar))
			return wrong_type(r, w, j);
		return read_day(r, where_write(where, w), t, calendar, &out->number);
	case TYPE_TIME:
		if (!json_is_string(j))
			return wrong_type(r, w, j);
		return read_time(r, where_write(where, w), json_text_of(j), &out->number);
	case TYPE_RECORD:
		return json_is_object(j) ? read_record(r, w, field->of, j, out)
					 : wrong_type(r, w, j);
	default: return json_is_string(j) ? read_string(r, w, field, j, out) : wrong_type(r, w, j);
	}
}

static enum err read_list(struct reading *r, struct where *w, const json_t *j, struct value *out)
{
	const struct field *field = w->field;
	size_t count = json_array_size(j);
	char what[FOUND_SIZE];
	struct value *items;
	enum err e = OK;

	if (!json_is_array(j))
		return fault(r->fault, ERR_INPUT, "fact.want-list", field->word, found(what, j));
	if (count == 0)
		return fault(r->fault, ERR_INPUT, "fact.list-empty", field->word);
	if (count > field->many)
		return fault(r->fault, ERR_INPUT, "fact.list-too-long", field->word, count,
			     field->many);
	if (!(items = arena_take_array(r->arena, count, sizeof *items)))
		return NO_MEMORY(r);
	for (size_t i = 0; !e && i < count; i++) {
		w->item = (unsigned)i + 1;
		e = read_item(r, w, field, json_array_get(j, i), &items[i]);
	}
	*out = (struct value){ .given = true, .count = (uint16_t)count, .items = items };
	return e;
}

/* A field of the kind, or with w->field a part of its record. */
static enum err read_field(struct reading *r, struct where *w, const struct field *field,
			   const json_t *j, struct value *out)
{
	struct where here = *w;
	char where[WHERE_SIZE];

	if (here.field)
		here.part = field;
	else
		here.field = field;
	if (out->given)
		return fault(r->fault, ERR_INPUT, "fact.field-twice", where_write(where, &here));
	return field->many > 1 ? read_list(r, &here, j, out) : read_item(r, &here, field, j, out);
}

static bool is_frame_word(const char *word)
{
	for (size_t i = 0; i < COUNT_OF(frame_words); i++) {
		if (strcmp(frame_words[i], word) == 0)
			return true;
	}
	return false;
}

/* `w` NULL: `j` is the frame, whose own words are left alone. */
static enum err read_fields(struct reading *r, struct where *w, const struct field *fields,
			    size_t count, const json_t *j, struct value *out)
{
	struct where top = { .field = NULL };
	const char *word;
	json_t *value;
	enum err e = OK;

	json_object_foreach((json_t *)j, word, value)
	{
		const struct field *field = field_of_word(fields, count, word);

		if (!w && is_frame_word(word))
			continue;
		if (!field)
			return unknown_field(r, text_of(word), fields, count, !w);
		if ((e = read_field(r, w ? w : &top, field, value, &out[field - fields])))
			return e;
	}
	return e;
}

/* --- the frame in ------------------------------------------------------------------ */

static enum err read_kind(struct reading *r, const json_t *j)
{
	const json_t *kind = json_object_get(j, "kind");
	char what[FOUND_SIZE];

	if (!kind)
		return fault(r->fault, ERR_INPUT, "fact.kind-missing");
	if (!json_is_string(kind))
		return fault(r->fault, ERR_INPUT, "fact.want-kind", found(what, kind));
	r->kind = kind_of_word(json_text_of(kind));
	return r->kind ? OK : unknown_kind(r, json_text_of(kind));
}

static enum err read_frame_subject(struct reading *r, struct fact *out, const json_t *j)
{
	char what[FOUND_SIZE];

	if (!j)
		return fault(r->fault, ERR_INPUT, "fact.subject-missing", r->kind->word,
			     subject_word(r->kind->subject));
	if (!json_is_string(j))
		return fault(r->fault, ERR_INPUT, "fact.want-subject", "subject", found(what, j));
	return read_id(r, r->kind->subject, json_text_of(j), &out->subject);
}

static enum err read_happened(struct reading *r, struct fact *out, const json_t *j)
{
	enum calendar calendar;
	char what[FOUND_SIZE];
	struct text t;
	int64_t day;
	enum err e;

	if (!j)
		return OK;
	if (!date_of_json(j, &t, &calendar))
		return fault(r->fault, ERR_INPUT, "fact.want-happened", found(what, j));
	if (calendar == GREGORIAN && t.size && memchr(t.at, ':', t.size))
		return read_time(r, "happened", t, &out->happened);
	if ((e = read_day(r, "happened", t, calendar, &day)))
		return e;
	out->happened = day_begins((int32_t)day, 0) + NOON_S;
	out->happened_is_day = true;
	return OK;
}

/* An id as it is; any other text as the beginning of its hash. */
static enum err read_key(struct reading *r, struct fact *out, const json_t *j)
{
	struct text t = json_text_of(j);
	char what[FOUND_SIZE];
	struct sha256 sum;
	struct hash hash;

	if (!j)
		return OK;
	if (!json_is_string(j) || t.size < 1 || t.size > KEY_TEXT_SIZE_MAX)
		return fault(r->fault, ERR_INPUT, "fact.want-key", found(what, j),
			     KEY_TEXT_SIZE_MAX);
	if (hex_read(out->key.at, ID_SIZE, t) && !id_is_none(&out->key))
		return OK;
	sha256_begin(&sum);
	sha256_add(&sum, bytes_of("ikhtiar/key/v1", 15)); /* with its zero byte */
	sha256_add(&sum, bytes_of_text(t));
	sha256_end(&sum, &hash);
	memcpy(out->key.at, hash.at, ID_SIZE);
	return OK;
}

static enum err read_body(struct reading *r, struct fact *out, const json_t *j)
{
	const json_t *body = json_object_get(j, "body");
	struct where top = { .field = NULL };
	const struct kind_spec *k = r->kind;
	char what[FOUND_SIZE];
	enum err e = read_fields(r, NULL, k->fields, k->field_count, j, out->values);

	if (e || !body)
		return e;
	if (!json_is_object(body))
		return fault(r->fault, ERR_INPUT, "fact.want-body", found(what, body));
	return read_fields(r, &top, k->fields, k->field_count, body, out->values);
}

enum err fact_from_json(struct fact *out, struct arena *a, const json_t *j,
			const struct name_source *names, int64_t now, int zone_min, struct fault *f)
{
	struct reading r = { .arena = a, .names = names, .zone_min = zone_min, .fault = f };
	char what[FOUND_SIZE];
	enum err e;

	memset(out, 0, sizeof *out);
	if (!json_is_object(j))
		return fault(f, ERR_INPUT, "fact.not-an-object", found(what, j));
	if ((e = read_kind(&r, j)))
		return e;
	fact_begin(out, r.kind->kind);
	out->happened = now;
	if ((e = read_frame_subject(&r, out, json_object_get(j, "subject"))) ||
	    (e = read_happened(&r, out, json_object_get(j, "happened"))) ||
	    (e = read_key(&r, out, json_object_get(j, "key"))))
		return e;
	return read_body(&r, out, j);
}

/* --- out --------------------------------------------------------------------------- */

static void write_ref(struct json_writer *out, const struct fact_ref *ref)
{
	char text[FACT_REF_TEXT_SIZE];

	fact_ref_write(text, ref);
	json_string_of(out, text);
}

static void write_day(struct json_writer *out, int64_t day)
{
	char text[DATE_TEXT_SIZE];

	date_write(text, (int32_t)day);
	json_string_of(out, text);
}

static void write_time(struct json_writer *out, int64_t seconds, int zone_min)
{
	char text[TIME_TEXT_SIZE];

	time_write(text, seconds, zone_min);
	json_string_of(out, text);
}

static void write_item(struct json_writer *out, const struct field *field, const struct value *v,
		       int zone_min);

static void write_record(struct json_writer *out, enum record_type type, const struct value *parts,
			 int zone_min)
{
	size_t count;
	const struct field *fields = record_fields(type, &count);

	json_object_begin(out);
	for (size_t i = 0; i < count; i++) {
		if (!parts[i].given)
			continue;
		json_key(out, fields[i].word);
		write_item(out, &fields[i], &parts[i], zone_min);
	}
	json_object_end(out);
}

static void write_item(struct json_writer *out, const struct field *field, const struct value *v,
		       int zone_min)
{
	switch (field->type) {
	case TYPE_NAME:
	case TYPE_LINE:
	case TYPE_AREA:
	case TYPE_LANGUAGE: json_text(out, v->text); break;
	case TYPE_CODE: json_string_of(out, code_word(field->of, v->number)); break;
	case TYPE_FLAG: json_bool(out, v->number != 0); break;
	case TYPE_NUMBER:
	case TYPE_MONEY: json_int(out, v->number); break;
	case TYPE_DATE: write_day(out, v->number); break;
	case TYPE_TIME: write_time(out, v->number, zone_min); break;
	case TYPE_SUBJECT: json_hex(out, bytes_of(v->id->at, ID_SIZE)); break;
	case TYPE_FACT: write_ref(out, v->fact); break;
	case TYPE_HASH: json_hex(out, bytes_of(v->hash->at, HASH_SIZE)); break;
	case TYPE_RECORD: write_record(out, field->of, v->items, zone_min); break;
	}
}

static void write_value(struct json_writer *out, const struct field *field, const struct value *v,
			int zone_min)
{
	if (field->many == 1) {
		write_item(out, field, v, zone_min);
		return;
	}
	json_array_begin(out);
	for (size_t i = 0; i < v->count; i++)
		write_item(out, field, &v->items[i], zone_min);
	json_array_end(out);
}

static void write_fields(struct json_writer *out, const struct fact *f,
			 const struct field_filter *filter, int zone_min)
{
	const struct kind_spec *k = f->kind;

	json_key(out, "body");
	json_object_begin(out);
	for (size_t i = 0; k && i < k->field_count; i++) {
		if (!f->values[i].given)
			continue;
		if (filter && !filter->may_see(filter->self, k, &k->fields[i]))
			continue;
		json_key(out, k->fields[i].word);
		write_value(out, &k->fields[i], &f->values[i], zone_min);
	}
	json_object_end(out);
}

/* What the site adds when it takes a proposal in. */
static void write_recorded(struct json_writer *out, const struct fact *f, int zone_min)
{
	if (id_is_none(&f->ref.site))
		return;
	json_key(out, "ref");
	write_ref(out, &f->ref);
	json_key(out, "actor");
	json_hex(out, bytes_of(f->actor.at, ID_SIZE));
	json_key(out, "recorded");
	write_time(out, f->recorded, zone_min);
}

void fact_to_json(struct json_writer *out, const struct fact *f, const struct field_filter *filter,
		  int zone_min)
{
	unsigned unknown = (unsigned)f->unknown_case.count + f->unknown_identity.count;

	json_object_begin(out);
	json_key(out, "kind");
	if (f->kind)
		json_string_of(out, f->kind->word);
	else
		json_uint(out, f->kind_number);
	if (!f->kind || f->version > f->kind->version) {
		json_key(out, "version");
		json_uint(out, f->version);
	}
	json_key(out, "subject");
	json_hex(out, bytes_of(f->subject.at, ID_SIZE));
	write_recorded(out, f, zone_min);
	json_key(out, "happened");
	if (f->happened_is_day)
		write_day(out, day_at(f->happened, 0));
	else
		write_time(out, f->happened, zone_min);
	if (!id_is_none(&f->key)) {
		json_key(out, "key");
		json_hex(out, bytes_of(f->key.at, ID_SIZE));
	}
	write_fields(out, f, filter, zone_min);
	if (unknown) {
		json_key(out, "unknown_fields");
		json_uint(out, unknown);
	}
	json_object_end(out);
}
