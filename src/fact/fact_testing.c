/*
 * Each value is drawn within what the table allows; then what values mean together
 * is put right, in the way that fact_check() wants it.
 */
#include "fact/fact_testing.h"

#include "base/calendar.h"
#include "base/cbor.h"
#include "base/utf8.h"

#include <stdlib.h>

#define HEADS_RANDOM_MAX 5
#define NUMBERED_SIZE 5 /* of an item's number and its colon */
#define ITEMS_RANDOM_MAX 4
#define UNKNOWN_RANDOM_MAX 4
#define RAW_DEPTH_MAX 3

static void *take(struct arena *a, size_t count, size_t size)
{
	void *piece = arena_take_array(a, count, size);

	if (!piece)
		abort();
	return piece;
}

/* --- values ------------------------------------------------------------------ */

/* Ids of subjects are even, of what they refer to odd. */
static struct id random_id(struct prop *p, bool odd)
{
	struct id id = prop_id(p);

	id.at[0] |= 1;
	id.at[ID_SIZE - 1] = (uint8_t)((id.at[ID_SIZE - 1] & 0xfe) | odd);
	return id;
}

static struct fact_ref random_ref(struct prop *p)
{
	return (struct fact_ref){
		.site = random_id(p, true),
		.epoch = (uint32_t)prop_uint(p, 0, UINT32_MAX),
		.seq = prop_uint(p, 0, INT64_MAX),
	};
}

static struct text random_line(struct prop *p, struct arena *a, size_t least, size_t most)
{
	struct text t = prop_text(p, most);
	char *out = take(a, most, 1);
	uint32_t forbidden;

	t = (struct text){ t.at, utf8_first_forbidden(t, &forbidden) };
	t = utf8_cut(utf8_nfc(a, t), most);
	while (t.size && t.at[0] == ' ')
		t = (struct text){ t.at + 1, t.size - 1 };
	while (t.size && t.at[t.size - 1] == ' ')
		t.size--;
	if (t.size)
		memcpy(out, t.at, t.size);
	for (; t.size < least; t.size++)
		out[t.size] = 'a';
	return (struct text){ out, t.size };
}

/* Pictures alone are no name: it ends with a letter. */
static struct text random_name(struct prop *p, struct arena *a, size_t most)
{
	struct text line = random_line(p, a, 0, most - 1);
	char *out = take(a, most, 1);

	if (line.size)
		memcpy(out, line.at, line.size);
	out[line.size] = 'z';
	return (struct text){ out, line.size + 1 };
}

static void random_item(struct prop *p, struct arena *a, const struct field *field, size_t at,
			struct value *v);

static void random_record(struct prop *p, struct arena *a, enum record_type type, struct value *v)
{
	size_t count;
	const struct field *fields = record_fields(type, &count);
	struct value *parts = take(a, count, sizeof *parts);

	for (size_t i = 0; i < count; i++) {
		if (fields[i].need == NEED_REQUIRED || prop_bool(p))
			random_item(p, a, &fields[i], 0, &parts[i]);
	}
	v->items = parts;
}

/* `at`: which item of a list, so that no two are the same. */
static void random_item(struct prop *p, struct arena *a, const struct field *field, size_t at,
			struct value *v)
{
	static const char *const areas[] = { "PAK", "AFG", "PK528@cod-ab-2022",
					     "AF01@cod-ab-2021" };
	static const char *const languages[] = { "pbt", "pbu", "prs", "urd" };
	int32_t today = day_at(FACT_RANDOM_NOW, 0);
	const struct code_word *words;
	struct fact_ref *ref;
	struct hash *hash;
	struct id *id;
	size_t count;

	v->given = true;
	switch (field->type) {
	case TYPE_NAME: v->text = random_name(p, a, (size_t)field->most); break;
	case TYPE_LINE:
		v->text = random_line(p, a, (size_t)field->least,
				      (size_t)field->most - (field->many > 1 ? NUMBERED_SIZE : 0));
		if (field->many > 1) /* no two of a list are alike */
			v->text = arena_print(a, "%zu:%.*s", at, SHOWN(v->text));
		break;
	case TYPE_AREA: v->text = text_of(areas[(prop_pick(p, 1) + at) % COUNT_OF(areas)]); break;
	case TYPE_LANGUAGE: v->text = text_of(languages[prop_pick(p, COUNT_OF(languages))]); break;
	case TYPE_CODE:
		words = code_words(field->of, &count);
		v->number = words[(field->many > 1 ? at : prop_pick(p, count)) % count].number;
		break;
	case TYPE_FLAG: v->number = prop_bool(p); break;
	case TYPE_NUMBER:
	case TYPE_MONEY:
		v->number = field->many > 1 ? field->least + (int64_t)at :
					      prop_int(p, field->least, field->most);
		break;
	case TYPE_DATE: v->number = today - (int64_t)prop_uint(p, 0, 40000); break;
	case TYPE_TIME: v->number = FACT_RANDOM_NOW + prop_int(p, -1000000, 100000000); break;
	case TYPE_SUBJECT:
		id = take(a, 1, sizeof *id);
		*id = random_id(p, true);
		id->at[1] = (uint8_t)at;
		v->id = id;
		break;
	case TYPE_HASH:
		hash = take(a, 1, sizeof *hash);
		prop_fill(p, hash->at, HASH_SIZE);
		hash->at[0] = (uint8_t)at;
		v->hash = hash;
		break;
	case TYPE_FACT:
		ref = take(a, 1, sizeof *ref);
		*ref = random_ref(p);
		v->fact = ref;
		break;
	case TYPE_RECORD: random_record(p, a, field->of, v); break;
	}
}

static void random_value(struct prop *p, struct arena *a, const struct field *field,
			 struct value *v)
{
	size_t most = field->many < ITEMS_RANDOM_MAX ? field->many : ITEMS_RANDOM_MAX, count, first;
	struct value *items;

	if (field->type == TYPE_CODE)
		code_words(field->of, &most);
	if (most > field->many)
		most = field->many;
	if (field->many == 1) {
		random_item(p, a, field, 0, v);
		return;
	}
	count = (size_t)prop_uint(p, 1, most);
	first = field->type == TYPE_CODE ? prop_pick(p, most) : 0;
	items = take(a, count, sizeof *items);
	for (size_t i = 0; i < count; i++)
		random_item(p, a, field, first + i, &items[i]);
	*v = (struct value){ .given = true, .count = (uint16_t)count, .items = items };
}

/* --- what belongs together ------------------------------------------------------ */

/* NULL: the kind has no such field. */
static struct value *value_named(struct fact *f, const char *word, enum field_type type)
{
	for (size_t i = 0; i < f->kind->field_count; i++) {
		const struct field *field = &f->kind->fields[i];

		if (strcmp(field->word, word) == 0 && field->type == type)
			return &f->values[i];
	}
	return NULL;
}

static void set(struct value *v, int64_t number)
{
	*v = (struct value){ .given = true, .number = number };
}

static void drop(struct value *v)
{
	*v = (struct value){ .given = false };
}

/* One way to give a birth, or none. */
static void settle_birth(struct prop *p, struct fact *f)
{
	struct value *date = value_named(f, "birth_date", TYPE_DATE);
	struct value *year = value_named(f, "birth_year", TYPE_NUMBER);
	struct value *age = value_named(f, "age", TYPE_NUMBER);
	struct value *age_on = value_named(f, "age_on", TYPE_DATE);
	int32_t today = day_at(FACT_RANDOM_NOW, 0);
	size_t which = prop_pick(p, 4);

	if (!date)
		return;
	drop(date);
	drop(year);
	drop(age);
	drop(age_on);
	if (which == 1)
		set(date, today - (int64_t)prop_uint(p, 0, 40000));
	if (which == 2)
		set(year, prop_int(p, 1890, 2026));
	if (which == 3) {
		set(age, prop_int(p, 0, 120));
		set(age_on, today - (int64_t)prop_uint(p, 0, 4000));
	}
}

static void settle_period(struct fact *f, const char *first_word, const char *last_word)
{
	struct value *first = value_named(f, first_word, TYPE_DATE);
	struct value *last = value_named(f, last_word, TYPE_DATE);

	if (first && last && first->given && last->given && first->number > last->number) {
		int64_t later = first->number;

		first->number = last->number;
		last->number = later;
	}
}

static void settle(struct prop *p, struct fact *f)
{
	settle_birth(p, f);
	settle_period(f, "valid_from", "valid_to");
	settle_period(f, "from", "to");
	settle_period(f, "period_start", "period_end");
	settle_period(f, "first_day", "last_day");
	switch (f->kind->kind) {
	case KIND_PERSON_REGISTERED:
		if (!f->values[PERSON_REGISTERED_GIVEN].given)
			f->values[PERSON_REGISTERED_GIVEN_LATIN] =
				(struct value){ .given = true, .text = TEXT("Zarmina") };
		break;
	case KIND_CHOICE_MADE:
		if (f->values[CHOICE_MADE_ANSWER].number == ANSWER_RETURN)
			f->values[CHOICE_MADE_DESTINATION] =
				(struct value){ .given = true, .text = TEXT("AFG") };
		break;
	case KIND_ASSESSMENT_MADE:
		drop(&f->values[ASSESSMENT_MADE_PARENT_BASIS]);
		if (f->values[ASSESSMENT_MADE_SORT].number == ASSESSMENT_OTHER_PARENT)
			set(&f->values[ASSESSMENT_MADE_PARENT_BASIS], PARENT_BASIS_CONSENT);
		break;
	default: break;
	}
}

/* --- the whole ------------------------------------------------------------------- */

static void random_heads(struct prop *p, struct arena *a, struct fact *f)
{
	size_t count = (size_t)prop_uint(p, 0, HEADS_RANDOM_MAX), kept = 0;
	struct fact_ref *heads;

	if (count == 0)
		return;
	heads = take(a, count, sizeof *heads);
	for (size_t i = 0; i < count; i++) {
		struct fact_ref ref = random_ref(p);

		ref.site.at[0] = (uint8_t)(1 + i);
		heads[kept++] = ref;
	}
	f->heads = heads;
	f->head_count = kept;
}

static void random_frame(struct prop *p, struct arena *a, struct fact *f)
{
	f->ref = random_ref(p);
	f->subject = random_id(p, false);
	f->actor = random_id(p, true);
	f->recorded = FACT_RANDOM_NOW - (int64_t)prop_uint(p, 0, 100000000);
	f->happened = f->recorded - (int64_t)prop_uint(p, 0, 10000000);
	f->happened_is_day = prop_bool(p);
	if (f->happened_is_day)
		f->happened = day_begins(day_at(f->happened, 0), 0) + 12 * 3600;
	if (prop_bool(p))
		f->key = random_id(p, true);
	prop_fill(p, f->r.at, HASH_SIZE);
	f->r.at[0] |= 1;
	random_heads(p, a, f);
}

void fact_random(struct prop *p, struct arena *a, enum kind kind, struct fact *out)
{
	fact_begin(out, kind);
	random_frame(p, a, out);
	for (size_t i = 0; i < out->kind->field_count; i++) {
		const struct field *field = &out->kind->fields[i];

		if (field->need == NEED_REQUIRED || prop_bool(p))
			random_value(p, a, field, &out->values[i]);
	}
	settle(p, out);
}

enum kind kind_random(struct prop *p)
{
	return kind_at(prop_pick(p, kind_count()))->kind;
}

/* --- what this version does not know ------------------------------------------------ */

static void put_random(struct prop *p, struct buffer *out, unsigned depth)
{
	size_t count = (size_t)prop_uint(p, 0, 3), sort = prop_pick(p, depth ? 9 : 7);
	uint64_t key = 0;

	switch (sort) {
	case 0: cbor_write_uint(out, prop_uint(p, 0, UINT64_MAX)); break;
	case 1: cbor_write_int(out, prop_int(p, INT64_MIN, -1)); break;
	case 2: cbor_write_bytes(out, prop_bytes(p, 300)); break;
	case 3: cbor_write_text(out, prop_text(p, 40)); break;
	case 4: cbor_write_bool(out, prop_bool(p)); break;
	case 5: cbor_write_null(out); break;
	case 6: cbor_write_map(out, 0); break;
	case 7:
		cbor_write_array(out, count);
		for (size_t i = 0; i < count; i++)
			put_random(p, out, depth - 1);
		break;
	default:
		cbor_write_map(out, count);
		for (size_t i = 0; i < count; i++) {
			key += 1 + prop_uint(p, 0, 300);
			cbor_write_uint(out, key);
			put_random(p, out, depth - 1);
		}
		break;
	}
}

static bool is_known(const struct fact *f, uint64_t number)
{
	for (size_t i = 0; f->kind && i < f->kind->field_count; i++) {
		if (f->kind->fields[i].number == number)
			return true;
	}
	return false;
}

static struct raw_fields random_raw(struct prop *p, struct arena *a, const struct fact *f)
{
	struct raw_fields raw = { .count = 0 };
	struct buffer b = { .limit = FACT_SIZE_MAX };
	size_t count = (size_t)prop_uint(p, 0, UNKNOWN_RANDOM_MAX);
	uint64_t number = 0;

	for (size_t i = 0; i < count; i++) {
		for (number += 1 + prop_uint(p, 0, 20); is_known(f, number);)
			number++;
		cbor_write_uint(&b, number);
		put_random(p, &b, RAW_DEPTH_MAX);
		raw.count++;
	}
	if (raw.count)
		raw.entries = arena_copy(a, buffer_bytes(&b));
	buffer_free(&b);
	return raw;
}

void fact_random_unknown(struct prop *p, struct arena *a, struct fact *f)
{
	f->unknown_case = random_raw(p, a, f);
	if (!f->kind || f->kind->seal != SEAL_CLEAR)
		f->unknown_identity = random_raw(p, a, f);
}

/* One field becomes an array in an array, which nothing of the table is. */
static void change_type(struct prop *p, struct arena *a, struct fact *f)
{
	size_t at = prop_pick(p, f->kind->field_count);
	const struct field *field = &f->kind->fields[at];
	struct raw_fields *raw =
		field->seal == SEAL_IDENTITY ? &f->unknown_identity : &f->unknown_case;
	struct buffer b = { .limit = FACT_SIZE_MAX };

	cbor_write_uint(&b, field->number);
	cbor_write_array(&b, 1);
	cbor_write_array(&b, 1);
	put_random(p, &b, 1);
	*raw = (struct raw_fields){ .entries = arena_copy(a, buffer_bytes(&b)), .count = 1 };
	buffer_free(&b);
	drop(&f->values[at]);
}

void fact_random_newer(struct prop *p, struct arena *a, struct fact *f)
{
	f->version = f->kind->version + 1 + prop_uint(p, 0, 1000);
	fact_random_unknown(p, a, f);
	if (f->kind->field_count && prop_bool(p))
		change_type(p, a, f);
}

void fact_random_foreign(struct prop *p, struct arena *a, struct fact *out)
{
	memset(out, 0, sizeof *out);
	random_frame(p, a, out);
	out->kind_number = prop_uint(p, 1000, UINT32_MAX);
	out->version = prop_uint(p, 1, UINT32_MAX);
	fact_random_unknown(p, a, out);
}
