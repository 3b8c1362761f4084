/*
 * Lists that anybody saved, under maps that anybody wrote: each row is kept or told as
 * rejected, and what is kept can be recorded.
 */
#include <stdio.h>

#include "base/prop.h"
#include "base/utf8.h"
#include "base/world_testing.h"
#include "import/listing.h"
#include "place/place_testing.h"

#define PATH_SIZE (TEST_FOLDER_SIZE + 100)
#define KEY_SIZE_MAX 120 /* of a source key in a fact */

/* A flat list that has most of what can be mapped, and its ready map for two files. */
static const char flat_map[] =
	"{\"source\": \"list-*\", \"id\": \"id\", \"household\": \"hh\", \"skip\": {\"state\": "
	"[\"x\"]},"
	" \"given\": \"given\", \"sex\": {\"column\": \"sex\", \"codes\": {\"1\": \"male\"}},"
	" \"birth\": {\"column\": \"born\", \"order\": \"dmy\"}, \"phone\": \"phone\","
	" \"residence\": {\"column\": \"where\", \"vintage\": \"cod-ab-2022\"},"
	" \"document\": {\"number\": \"paper\", \"kind\": {\"value\": \"por\"}}}";

struct desk {
	struct world_simulated world;
	char folder[TEST_FOLDER_SIZE];
	char paths[2][PATH_SIZE];
	struct import_order order;
	struct import_result result;
	struct listing listing;
	uint64_t told;
	struct fault fault;
};

static void count_reject(void *self, const struct import_reject *r)
{
	struct desk *d = self;

	CHECK(r->why->key && utf8_valid(r->column));
	d->told++;
}

static void desk_make(struct desk *d, struct bytes map)
{
	memset(d, 0, sizeof(*d));
	world_simulated_init(&d->world, 1);
	test_folder_make(d->folder);
	d->order.map = map;
	d->order.rejected = count_reject;
	d->order.self = d;
}

static void put_list(struct desk *d, const char *name, struct bytes content)
{
	size_t at = d->order.file_count++;
	FILE *file;

	snprintf(d->paths[at], PATH_SIZE, "%s/%s", d->folder, name);
	d->order.files[at].name = d->paths[at];
	file = fopen(d->paths[at], "wb");
	CHECK(file && fwrite(content.at, 1, content.size, file) == content.size && !fclose(file));
}

static void check_json(struct text t)
{
	json_t *j;

	CHECK_INT(json_parse(&j, t, NULL), OK);
	CHECK(json_is_object(j));
	json_decref(j);
}

static void check_key(struct listing *l, const struct listed_household *h,
		      const struct listed_person *p)
{
	struct text key = listing_key(l, h, p);

	CHECK(key.at && utf8_valid(key) && key.size <= KEY_SIZE_MAX);
}

static void check_kept(struct listing *l)
{
	for (size_t i = 0; i < l->household_count; i++) {
		const struct listed_household *h = &l->households[i];

		if (!h->json.at)
			continue;
		check_json(h->json);
		check_key(l, h, NULL);
		for (size_t n = h->first; n != NOBODY; n = l->people[n].next) {
			check_json(l->people[n].json);
			check_key(l, h, &l->people[n]);
		}
	}
}

static enum err read_lists(struct desk *d)
{
	struct listing *l = &d->listing;
	enum err e;

	*l = (struct listing){ .world = &d->world.world,
			       .atlas = kept_atlas(),
			       .order = &d->order,
			       .result = &d->result };
	e = listing_read(l, &d->fault);
	CHECK(e == OK || e == ERR_INPUT || e == ERR_LIMIT);
	CHECK_INT(d->fault.key != NULL, e != OK);
	CHECK_INT(d->told, d->result.rejected);
	if (!e)
		check_kept(l);
	return e;
}

static void desk_end(struct desk *d)
{
	listing_free(&d->listing);
	test_folder_remove(d->folder);
}

/* --- whatever comes ----------------------------------------------------------------- */

/* Up to the first zero byte, which *rest begins behind. */
static struct bytes up_to_zero(struct bytes *rest)
{
	const uint8_t *zero = rest->size ? memchr(rest->at, 0, rest->size) : NULL;
	struct bytes first = bytes_of(rest->at, zero ? (size_t)(zero - rest->at) : rest->size);
	size_t gone = first.size + (zero != NULL);

	*rest = bytes_of(rest->at + gone, rest->size - gone);
	return first;
}

static void any_list_is_kept_or_told_row_by_row(struct prop *p)
{
	bool flat = prop_bool(p);
	struct bytes rest = prop_rest(p);
	struct desk d;

	desk_make(&d, flat ? bytes_of(flat_map, strlen(flat_map)) : import_ready_map("odk"));
	put_list(&d, "form.csv", flat ? rest : up_to_zero(&rest));
	if (!flat)
		put_list(&d, "form-members.csv", rest);
	read_lists(&d);
	desk_end(&d);
}
PROP_FUZZ(31, any_list_is_kept_or_told_row_by_row)

static void any_list_under_any_map_is_kept_or_told(struct prop *p)
{
	struct bytes rest = prop_rest(p), map = up_to_zero(&rest);
	struct desk d;

	desk_make(&d, map);
	put_list(&d, "list.csv", rest);
	read_lists(&d);
	desk_end(&d);
}
PROP_FUZZ(32, any_list_under_any_map_is_kept_or_told)

TEST(noise_is_no_list)
{
	prop_run(any_list_is_kept_or_told_row_by_row, 300, 1);
	prop_run(any_list_under_any_map_is_kept_or_told, 300, 2);
}

/* A name of two bytes a letter was cut in the middle of a letter, and the whole list was
 * rejected for it. */
TEST(a_long_key_in_arabic_letters_is_cut_between_letters)
{
	static const char list[] = "id,hh,given,sex,born,phone,where,paper,state\n"
				   "aa,خاندان نمبر ایک پشاور کیمپ آزاخیل ضلع نوشہرہ,زرمینه,,,,,,\n"
				   "b,خاندان نمبر دو پشاور کیمپ آزاخیل ضلع نوشہرہ,زرمینه,,,,,,\n";
	struct desk d;

	desk_make(&d, bytes_of(flat_map, strlen(flat_map)));
	put_list(&d, "xفہرست خاندان مہاجر کیمپ آزاخیل.csv", bytes_of(list, strlen(list)));
	CHECK_INT(read_lists(&d), OK);
	CHECK_INT(d.listing.household_count, 2);
	CHECK_INT(d.told, 0);
	desk_end(&d);
}

RUN_TESTS()
