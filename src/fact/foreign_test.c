/*
 * What we write, read by somebody else's CBOR: libcbor, which knows nothing of ours.
 */
#include "fact/fact_testing.h"

#include <cbor.h>

static cbor_item_t *item_at(cbor_item_t *array, size_t at)
{
	CHECK(at < cbor_array_size(array));
	return cbor_move(cbor_array_get(array, at));
}

static int64_t number_of(const cbor_item_t *item)
{
	if (cbor_isa_negint(item))
		return (int64_t)(-1 - (int64_t)cbor_get_int(item));
	CHECK(cbor_isa_uint(item));
	return (int64_t)cbor_get_int(item);
}

static void check_bytes(const cbor_item_t *item, const void *at, size_t size)
{
	CHECK(cbor_isa_bytestring(item) && cbor_bytestring_is_definite(item));
	CHECK(cbor_bytestring_length(item) == size);
	CHECK(memcmp(cbor_bytestring_handle(item), at, size) == 0);
}

static void check_ref(cbor_item_t *item, const struct fact_ref *ref)
{
	CHECK(cbor_isa_array(item) && cbor_array_size(item) == 3);
	check_bytes(item_at(item, 0), ref->site.at, ID_SIZE);
	CHECK(cbor_get_int(item_at(item, 1)) == ref->epoch);
	CHECK(cbor_get_int(item_at(item, 2)) == ref->seq);
}

static void check_item(cbor_item_t *item, const struct field *field, const struct value *v);

/* Every given field of `want` seal stands in the map under its number, and nothing else. */
static void check_map(cbor_item_t *map, const struct field *fields, const struct value *values,
		      size_t count, bool all, bool identity)
{
	struct cbor_pair *pairs = cbor_map_handle(map);
	size_t at = 0;

	CHECK(cbor_isa_map(map) && cbor_map_is_definite(map));
	for (size_t i = 0; i < count; i++) {
		if (!values[i].given || (!all && (fields[i].seal == SEAL_IDENTITY) != identity))
			continue;
		CHECK(at < cbor_map_size(map));
		CHECK_INT(number_of(pairs[at].key), fields[i].number);
		if (fields[i].many == 1) {
			check_item(pairs[at].value, &fields[i], &values[i]);
		} else {
			CHECK_INT(cbor_array_size(pairs[at].value), values[i].count);
			for (size_t j = 0; j < values[i].count; j++)
				check_item(item_at(pairs[at].value, j), &fields[i],
					   &values[i].items[j]);
		}
		at++;
	}
	CHECK_INT(at, cbor_map_size(map));
}

static void check_item(cbor_item_t *item, const struct field *field, const struct value *v)
{
	const struct field *parts;
	size_t count;

	switch (field->type) {
	case TYPE_NAME:
	case TYPE_LINE:
	case TYPE_AREA:
	case TYPE_LANGUAGE:
		CHECK(cbor_isa_string(item) && cbor_string_length(item) == v->text.size);
		CHECK(memcmp(cbor_string_handle(item), v->text.at, v->text.size) == 0);
		break;
	case TYPE_FLAG: CHECK(cbor_is_bool(item) && cbor_get_bool(item) == (v->number != 0)); break;
	case TYPE_SUBJECT: check_bytes(item, v->id->at, ID_SIZE); break;
	case TYPE_HASH: check_bytes(item, v->hash->at, HASH_SIZE); break;
	case TYPE_FACT: check_ref(item, v->fact); break;
	case TYPE_RECORD:
		parts = record_fields(field->of, &count);
		check_map(item, parts, v->items, count, true, false);
		break;
	default: CHECK_INT(number_of(item), v->number); break;
	}
}

static void check_frame(cbor_item_t *array, const struct fact *f)
{
	CHECK(cbor_isa_array(array) && cbor_array_is_definite(array));
	CHECK_INT(cbor_array_size(array), 14);
	check_bytes(item_at(array, 0), f->ref.site.at, ID_SIZE);
	CHECK(cbor_get_int(item_at(array, 1)) == f->ref.epoch);
	CHECK(cbor_get_int(item_at(array, 2)) == f->ref.seq);
	check_bytes(item_at(array, 3), f->subject.at, ID_SIZE);
	CHECK_INT(number_of(item_at(array, 4)), f->kind->kind);
	CHECK_INT(number_of(item_at(array, 5)), f->version);
	CHECK_INT(cbor_array_size(item_at(array, 6)), f->head_count);
	for (size_t i = 0; i < f->head_count; i++)
		check_ref(item_at(item_at(array, 6), i), &f->heads[i]);
	check_bytes(item_at(array, 7), f->actor.at, ID_SIZE);
	CHECK_INT(number_of(item_at(array, 8)), f->recorded);
	CHECK_INT(number_of(item_at(array, 9)), f->happened);
	CHECK(cbor_get_bool(item_at(array, 10)) == f->happened_is_day);
	if (id_is_none(&f->key))
		CHECK(cbor_is_null(item_at(array, 11)));
	else
		check_bytes(item_at(array, 11), f->key.at, ID_SIZE);
}

static void libcbor_reads_the_same(struct prop *p)
{
	struct buffer b = { .limit = FACT_SIZE_MAX };
	struct cbor_load_result result;
	unsigned char *again = NULL;
	size_t room = 0, size;
	cbor_item_t *array;
	struct fact f;

	fact_random(p, p->arena, kind_random(p), &f);
	fact_write(&b, &f);
	CHECK_INT(b.err, OK);
	array = cbor_load(b.at, b.size, &result);
	CHECK_INT(result.error.code, CBOR_ERR_NONE);
	CHECK_INT(result.read, b.size);
	check_frame(array, &f);
	check_map(item_at(array, 12), f.kind->fields, f.values, f.kind->field_count, false, false);
	check_map(item_at(array, 13), f.kind->fields, f.values, f.kind->field_count, false, true);
	size = cbor_serialize_alloc(array, &again, &room);
	CHECK(bytes_same(bytes_of(again, size), buffer_bytes(&b)));
	free(again);
	cbor_decref(&array);
	buffer_free(&b);
}

TEST(libcbor_finds_every_value_where_the_table_says)
{
	prop_run(libcbor_reads_the_same, 2000, 11);
}

RUN_TESTS()
