/*
 * Facts as deterministic CBOR, both ways, walked along the table.
 *
 *     8e                        array of 14
 *        50 <16 bytes>             site
 *        00                        epoch
 *        18 2a                     seq
 *        50 <16 bytes>             subject
 *        18 1e                     kind: 30, choice.made            ┐
 *        01                        version                          │
 *        81 83 50… 00 07           heads: [[site, epoch, seq], …]   │
 *        50 <16 bytes>             actor                            │ the middle
 *        1a 69 23 …                recorded                         │
 *        1a 69 23 …                happened                         │
 *        f4                        happened is a day: false         │
 *        f6                        key: null                        ┘
 *        a2 01 02 03 01 …          case body: {field number: value}
 *        a1 04 66 …                identity body
 *
 * A value: texts and numbers as themselves, a flag as true or false, a code, date or
 * time as its number, an id or hash as bytes, a fact as [site, epoch, seq], a record
 * as {part number: value}, a list as an array of at least one.
 *
 * What fact_read() takes holds what the table says: types, bounds, words of a list,
 * required fields.  So whoever folds it need not look again.  The other side of
 * that: a new word of a list, a new part of a record or a wider bound is a new
 * version of every kind that uses it.  A new optional field is not.
 *
 * Kept raw and written again in its place among the known: a field that the table
 * does not have, and, of a newer version, also a value that is not as the table says.
 */
#include "fact/codec.h"

#include "base/calendar.h"

#include <assert.h>

#define PLAIN_ITEMS 14
#define SEQ_MOST INT64_MAX
#define NUMBER_MOST UINT32_MAX /* of kinds and versions */
static bool in_body(const struct field *field, enum body which)
{
	return (field->seal == SEAL_IDENTITY) == (which == BODY_IDENTITY);
}

/* --- writing ---------------------------------------------------------------- */

static void put_ref(struct buffer *out, const struct fact_ref *r)
{
	cbor_write_array(out, 3);
	cbor_write_bytes(out, bytes_of(r->site.at, ID_SIZE));
	cbor_write_uint(out, r->epoch);
	cbor_write_uint(out, r->seq);
}

static void put_item(struct buffer *out, const struct field *field, const struct value *v);

static void put_record(struct buffer *out, enum record_type type, const struct value *parts)
{
	size_t count;
	const struct field *fields = record_fields(type, &count);
	uint64_t given = 0;

	for (size_t i = 0; i < count; i++)
		given += parts[i].given;
	cbor_write_map(out, given);
	for (size_t i = 0; i < count; i++) {
		if (!parts[i].given)
			continue;
		cbor_write_uint(out, fields[i].number);
		put_item(out, &fields[i], &parts[i]);
	}
}

static void put_item(struct buffer *out, const struct field *field, const struct value *v)
{
	switch (field->type) {
	case TYPE_NAME:
	case TYPE_LINE:
	case TYPE_AREA:
	case TYPE_LANGUAGE: cbor_write_text(out, v->text); break;
	case TYPE_FLAG: cbor_write_bool(out, v->number != 0); break;
	case TYPE_CODE:
	case TYPE_NUMBER:
	case TYPE_MONEY:
	case TYPE_DATE:
	case TYPE_TIME: cbor_write_int(out, v->number); break;
	case TYPE_SUBJECT: cbor_write_bytes(out, bytes_of(v->id->at, ID_SIZE)); break;
	case TYPE_HASH: cbor_write_bytes(out, bytes_of(v->hash->at, HASH_SIZE)); break;
	case TYPE_FACT: put_ref(out, v->fact); break;
	case TYPE_RECORD: put_record(out, field->of, v->items); break;
	}
}

static void put_value(struct buffer *out, const struct field *field, const struct value *v)
{
	if (field->many == 1) {
		put_item(out, field, v);
		return;
	}
	cbor_write_array(out, v->count);
	for (size_t i = 0; i < v->count; i++)
		put_item(out, field, &v->items[i]);
}

/* The raw entries one by one; each was checked when it was read. */
struct raw_walk {
	struct bytes rest, entry;
	uint64_t key; /* of `entry`; UINT64_MAX: there is no more */
};

static void raw_next(struct raw_walk *w)
{
	struct cbor_reader r;
	size_t key_size, value_size;

	w->rest = bytes_of(w->rest.at + w->entry.size, w->rest.size - w->entry.size);
	w->entry = bytes_of(w->rest.at, 0);
	w->key = UINT64_MAX;
	if (w->rest.size == 0)
		return;
	cbor_begin(&r, w->rest);
	w->key = cbor_read_uint(&r, UINT64_MAX);
	assert(!r.err);
	key_size = (size_t)(r.at - w->rest.at);
	cbor_begin(&r, bytes_of(w->rest.at + key_size, w->rest.size - key_size));
	value_size = cbor_skip_raw(&r).size;
	assert(!r.err);
	w->entry.size = key_size + value_size;
}

void codec_write_body(struct buffer *out, const struct fact *f, enum body which)
{
	const struct raw_fields *raw =
		which == BODY_IDENTITY ? &f->unknown_identity : &f->unknown_case;
	size_t count = f->kind ? f->kind->field_count : 0;
	uint64_t given = raw->count;
	struct raw_walk w = { .rest = raw->entries };

	for (size_t i = 0; i < count; i++)
		given += f->values[i].given && in_body(&f->kind->fields[i], which);
	cbor_write_map(out, given);
	if (raw->count)
		raw_next(&w);
	else
		w.key = UINT64_MAX;
	for (size_t i = 0; i < count; i++) {
		const struct field *field = &f->kind->fields[i];

		if (!f->values[i].given || !in_body(field, which))
			continue;
		for (; w.key < field->number; raw_next(&w))
			buffer_add(out, w.entry);
		cbor_write_uint(out, field->number);
		put_value(out, field, &f->values[i]);
	}
	buffer_add(out, w.rest);
}

void codec_write_middle(struct buffer *out, const struct fact *f)
{
	assert(f->head_count <= HEADS_MAX);
	cbor_write_uint(out, f->kind ? (uint64_t)f->kind->kind : f->kind_number);
	cbor_write_uint(out, f->version == 0 && f->kind ? f->kind->version : f->version);
	cbor_write_array(out, f->head_count);
	for (size_t i = 0; i < f->head_count; i++)
		put_ref(out, &f->heads[i]);
	cbor_write_bytes(out, bytes_of(f->actor.at, ID_SIZE));
	cbor_write_int(out, f->recorded);
	cbor_write_int(out, f->happened);
	cbor_write_bool(out, f->happened_is_day);
	if (id_is_none(&f->key))
		cbor_write_null(out);
	else
		cbor_write_bytes(out, bytes_of(f->key.at, ID_SIZE));
}

void fact_write(struct buffer *out, const struct fact *f)
{
	cbor_write_array(out, PLAIN_ITEMS);
	cbor_write_bytes(out, bytes_of(f->ref.site.at, ID_SIZE));
	cbor_write_uint(out, f->ref.epoch);
	cbor_write_uint(out, f->ref.seq);
	cbor_write_bytes(out, bytes_of(f->subject.at, ID_SIZE));
	codec_write_middle(out, f);
	codec_write_body(out, f, BODY_CASE);
	codec_write_body(out, f, BODY_IDENTITY);
}

/* --- reading ---------------------------------------------------------------- */

void codec_begin(struct decoding *d, struct arena *a, struct bytes b)
{
	cbor_begin(&d->r, b);
	d->arena = a;
	d->no_memory = false;
}

static void *take(struct decoding *d, size_t count, size_t size)
{
	void *piece = arena_take_array(d->arena, count, size);

	if (!piece) {
		d->no_memory = true;
		cbor_fail(&d->r);
	}
	return piece;
}

static void expect(struct decoding *d, bool holds)
{
	if (!holds)
		cbor_fail(&d->r);
}

static void read_ref(struct decoding *d, struct fact_ref *out)
{
	expect(d, cbor_read_array(&d->r, 3) == 3);
	cbor_read_fixed(&d->r, out->site.at, ID_SIZE);
	out->epoch = (uint32_t)cbor_read_uint(&d->r, UINT32_MAX);
	out->seq = cbor_read_uint(&d->r, SEQ_MOST);
}

/* A view of exactly `size` bytes: ids and hashes have no alignment of their own. */
static const void *view(struct decoding *d, size_t size)
{
	struct bytes b = cbor_read_bytes(&d->r, size);

	expect(d, b.size == size);
	return b.at;
}

static void read_item(struct decoding *d, const struct field *field, struct value *out);

static void read_record(struct decoding *d, enum record_type type, struct value *out)
{
	size_t count, at = 0;
	const struct field *fields = record_fields(type, &count);
	struct value *parts = take(d, count, sizeof *parts);

	for (uint64_t left = cbor_read_map(&d->r, count); left > 0 && !d->r.err; left--) {
		uint64_t number = cbor_read_uint(&d->r, UINT64_MAX);

		while (at < count && fields[at].number < number)
			at++;
		expect(d, at < count && fields[at].number == number);
		if (!d->r.err)
			read_item(d, &fields[at], &parts[at]);
	}
	if (d->r.err)
		return;
	for (size_t i = 0; i < count; i++)
		expect(d, parts[i].given || fields[i].need == NEED_OPTIONAL);
	out->items = parts;
}

static void read_item(struct decoding *d, const struct field *field, struct value *out)
{
	struct fact_ref *ref;

	switch (field->type) {
	case TYPE_NAME:
	case TYPE_LINE:
	case TYPE_AREA:
	case TYPE_LANGUAGE:
		out->text = cbor_read_text(&d->r, (size_t)field->most);
		expect(d, out->text.size >= (size_t)field->least);
		break;
	case TYPE_CODE:
		out->number = cbor_read_int(&d->r, 1, INT32_MAX);
		expect(d, code_is_known(field->of, out->number));
		break;
	case TYPE_FLAG: out->number = cbor_read_bool(&d->r); break;
	case TYPE_NUMBER:
	case TYPE_MONEY: out->number = cbor_read_int(&d->r, field->least, field->most); break;
	case TYPE_DATE: out->number = cbor_read_int(&d->r, DAY_MIN, DAY_MAX); break;
	case TYPE_TIME: out->number = cbor_read_int(&d->r, TIME_MIN, TIME_MAX); break;
	case TYPE_SUBJECT: out->id = view(d, ID_SIZE); break;
	case TYPE_HASH: out->hash = view(d, HASH_SIZE); break;
	case TYPE_FACT:
		ref = take(d, 1, sizeof *ref);
		if (ref)
			read_ref(d, ref);
		out->fact = ref;
		break;
	case TYPE_RECORD: read_record(d, field->of, out); break;
	}
	out->given = true;
}

static void read_value(struct decoding *d, const struct field *field, struct value *out)
{
	struct value *items;
	uint64_t count;

	if (field->many == 1) {
		read_item(d, field, out);
		return;
	}
	count = cbor_read_array(&d->r, field->many);
	expect(d, count > 0);
	if (d->r.err || !(items = take(d, count, sizeof *items)))
		return;
	for (uint64_t i = 0; i < count; i++)
		read_item(d, field, &items[i]);
	*out = (struct value){ .given = true, .count = (uint16_t)count, .items = items };
}

/* False: the value is not as the table says, and of a newer version: it stays raw. */
static bool read_known(struct decoding *d, const struct fact *f, const struct field *field,
		       struct value *out)
{
	struct cbor_reader before = d->r;

	read_value(d, field, out);
	if (!d->r.err || d->no_memory || f->version <= f->kind->version)
		return true;
	d->r = before;
	*out = (struct value){ .given = false };
	return false;
}

/* Entries that stand together in what is read stay a view of it. */
static void keep_raw(struct decoding *d, struct raw_fields *raw, struct bytes entry)
{
	uint8_t *joined;

	if (d->r.err)
		return;
	if (raw->count == 0) {
		raw->entries = entry;
	} else if (raw->entries.at + raw->entries.size == entry.at) {
		raw->entries.size += entry.size;
	} else {
		joined = take(d, 1, raw->entries.size + entry.size);
		if (!joined)
			return;
		memcpy(joined, raw->entries.at, raw->entries.size);
		memcpy(joined + raw->entries.size, entry.at, entry.size);
		raw->entries = bytes_of(joined, raw->entries.size + entry.size);
	}
	raw->count++;
}

void codec_read_body(struct decoding *d, struct fact *out, enum body which)
{
	struct raw_fields *raw =
		which == BODY_IDENTITY ? &out->unknown_identity : &out->unknown_case;
	const struct kind_spec *k = out->kind;
	size_t count = k ? k->field_count : 0, at = 0;

	for (uint64_t left = cbor_read_map(&d->r, UINT16_MAX); left > 0 && !d->r.err; left--) {
		const uint8_t *start = d->r.at;
		uint64_t number = cbor_read_uint(&d->r, UINT64_MAX);

		while (at < count && k->fields[at].number < number)
			at++;
		if (at < count && k->fields[at].number == number) {
			if (in_body(&k->fields[at], which)) {
				if (read_known(d, out, &k->fields[at], &out->values[at]))
					continue;
			} else {
				/* The table knows better where it belongs, unless it is older. */
				expect(d, out->version > k->version);
			}
		}
		cbor_skip_raw(&d->r);
		keep_raw(d, raw, bytes_of(start, (size_t)(d->r.at - start)));
	}
}

void codec_read_middle(struct decoding *d, struct fact *out)
{
	struct fact_ref *heads;

	out->kind_number = cbor_read_uint(&d->r, NUMBER_MOST);
	out->kind = kind_of_number(out->kind_number);
	out->version = cbor_read_uint(&d->r, NUMBER_MOST);
	expect(d, out->kind_number > 0 && out->version > 0);
	out->head_count = (size_t)cbor_read_array(&d->r, HEADS_MAX);
	if (out->head_count > 0 && (heads = take(d, out->head_count, sizeof *heads))) {
		out->heads = heads;
		for (size_t i = 0; i < out->head_count; i++) {
			read_ref(d, &heads[i]);
			expect(d, i == 0 || fact_ref_compare(&heads[i - 1], &heads[i]) < 0);
		}
	}
	cbor_read_fixed(&d->r, out->actor.at, ID_SIZE);
	out->recorded = cbor_read_int(&d->r, TIME_MIN, TIME_MAX);
	out->happened = cbor_read_int(&d->r, TIME_MIN, TIME_MAX);
	out->happened_is_day = cbor_read_bool(&d->r);
	if (cbor_peek(&d->r) == CBOR_NULL) {
		cbor_read_null(&d->r);
	} else {
		cbor_read_fixed(&d->r, out->key.at, ID_SIZE);
		expect(d, !id_is_none(&out->key));
	}
}

enum err codec_end(struct decoding *d, struct fault *f)
{
	if (d->no_memory)
		return fault(f, ERR_MEMORY, "fact.no-memory");
	return cbor_end(&d->r, f);
}

enum err codec_complete(const struct fact *fact, enum body which, struct fault *f)
{
	const struct kind_spec *k = fact->kind;

	if (!k || fact->version != k->version)
		return OK;
	for (size_t i = 0; i < k->field_count; i++) {
		const struct field *field = &k->fields[i];

		if (field->need == NEED_REQUIRED && in_body(field, which) && !fact->values[i].given)
			return fault(f, ERR_DAMAGED, "fact.incomplete", k->word, field->word);
	}
	return OK;
}

enum err fact_read(struct fact *out, struct arena *a, struct bytes b, struct fault *f)
{
	struct decoding d;
	enum err e;

	memset(out, 0, sizeof *out);
	if (b.size > FACT_SIZE_MAX)
		return fault(f, ERR_DAMAGED, "fact.encoding-too-large", b.size, FACT_SIZE_MAX);
	codec_begin(&d, a, b);
	expect(&d, cbor_read_array(&d.r, PLAIN_ITEMS) == PLAIN_ITEMS);
	cbor_read_fixed(&d.r, out->ref.site.at, ID_SIZE);
	out->ref.epoch = (uint32_t)cbor_read_uint(&d.r, UINT32_MAX);
	out->ref.seq = cbor_read_uint(&d.r, SEQ_MOST);
	cbor_read_fixed(&d.r, out->subject.at, ID_SIZE);
	codec_read_middle(&d, out);
	codec_read_body(&d, out, BODY_CASE);
	codec_read_body(&d, out, BODY_IDENTITY);
	if ((e = codec_end(&d, f)) || (e = codec_complete(out, BODY_CASE, f)))
		return e;
	return codec_complete(out, BODY_IDENTITY, f);
}
