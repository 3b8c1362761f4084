#include <stdio.h>
#include <stdlib.h>

#include "base/embed.h"
#include "base/sha256.h"
#include "base/test.h"
#include "base/world_testing.h"
#include "desk/desk.h"
#include "place/place_testing.h"

/* Who asks has no register here: what needs one is told in propose_test.c. */
struct asking {
	struct desk desk;
	struct world_simulated world;
	struct atlas *atlas;
	struct name_book *names;
};

static struct asking *asking_make(void)
{
	struct asking *d = calloc(1, sizeof(*d));

	CHECK(d != NULL);
	world_simulated_init(&d->world, 1);
	d->desk.world = &d->world.world;
	d->desk.zone_min = 300;
	CHECK_INT(arena_new(&d->desk.arena, (size_t)1 << 20), OK);
	CHECK_INT(name_book_new(&d->names, &d->desk), OK);
	return d;
}

static void asking_end(struct asking *d)
{
	name_book_free(d->names);
	atlas_free(d->atlas);
	arena_free(d->desk.arena);
	free(d);
}

static struct id id_named(struct asking *d, const char *name)
{
	struct id id;

	CHECK_INT(name_book_find(d->names, SUBJECT_PERSON, text_of(name), &id), OK);
	return id;
}

static void check_used(struct asking *d, const char *const *wanted, size_t count)
{
	CHECK_INT(name_book_used_count(d->names), count);
	for (size_t i = 0; i < count; i++) {
		struct id id, known = id_named(d, wanted[i]);

		CHECK_TEXT(name_book_used(d->names, i, &id), wanted[i]);
		CHECK(id_same(&id, &known));
	}
}

/* --- names ------------------------------------------------------------------------------ */

TEST(a_name_is_the_same_id_each_time)
{
	struct asking *d = asking_make();
	struct id zarmina = id_named(d, "@zarmina"), habib = id_named(d, "@habib");
	struct id again = id_named(d, "@zarmina");

	CHECK(id_same(&zarmina, &again));
	CHECK(!id_same(&zarmina, &habib));
	asking_end(d);
}

TEST(thousands_of_names_are_kept_apart)
{
	struct asking *d = asking_make();
	struct id first[3000];
	char name[16];

	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < COUNT_OF(first); i++) {
			struct id id;

			snprintf(name, sizeof(name), "@p%zu", i);
			id = id_named(d, name);
			if (!round)
				first[i] = id;
			CHECK(id_same(&id, &first[i]));
			CHECK(i == 0 || !id_same(&id, &first[i - 1]));
		}
	}
	asking_end(d);
}

TEST(a_name_bound_to_an_id_stands_for_it_from_then_on)
{
	struct asking *d = asking_make();
	struct id made = id_named(d, "@h"), known = { { 1, 2, 3 } }, other = { { 4 } }, now;

	CHECK_INT(name_book_bind(d->names, TEXT("@h"), &known), OK);
	now = id_named(d, "@h");
	CHECK(id_same(&now, &known));
	CHECK(!id_same(&now, &made));
	CHECK_INT(name_book_bind(d->names, TEXT("@unheard-of"), &other), OK);
	now = id_named(d, "@unheard-of");
	CHECK(id_same(&now, &other));
	asking_end(d);
}

TEST(hex_digits_are_the_id_itself)
{
	struct asking *d = asking_make();
	struct id id = id_named(d, "00112233445566778899aabbccddeeff");

	CHECK_INT(id.at[0], 0);
	CHECK_INT(id.at[1], 0x11);
	CHECK_INT(id.at[15], 0xff);
	check_used(d, NULL, 0);
	asking_end(d);
}

TEST(a_code_stands_for_the_instrument_that_every_list_means_by_it)
{
	struct asking *d = asking_make();
	struct id id, known = reference_id(TEXT("TOR-KP"));

	d->atlas = shipped_atlas();
	d->desk.atlas = d->atlas;
	CHECK_INT(name_book_find(d->names, SUBJECT_INSTRUMENT, TEXT("code:TOR-KP"), &id), OK);
	CHECK(id_same(&id, &known));
	asking_end(d);
}

TEST(a_name_is_one_to_sixty_bytes_behind_its_sign)
{
	struct asking *d = asking_make();
	char name[1 + NAME_SIZE_MAX + 1];
	struct id id;

	memset(name, 'a', sizeof(name));
	name[0] = '@';
	CHECK_INT(name_book_find(d->names, SUBJECT_PERSON, (struct text){ name, 1 + NAME_SIZE_MAX },
				 &id),
		  OK);
	CHECK_FAULT(
		name_book_find(d->names, SUBJECT_PERSON, (struct text){ name, sizeof(name) }, &id),
		ERR_INPUT, &d->desk.fault, "record.bad-name");
	CHECK_FAULT(name_book_find(d->names, SUBJECT_PERSON, TEXT("@"), &id), ERR_INPUT,
		    &d->desk.fault, "record.bad-name");
	asking_end(d);
}

TEST(a_fault_goes_to_whoever_asked)
{
	struct asking *d = asking_make();
	struct name_source source = name_book_source(d->names);
	struct fault f;
	struct id id;

	CHECK_FAULT(source.resolve(source.self, SUBJECT_PERSON, TEXT("@"), &id, &f), ERR_INPUT, &f,
		    "record.bad-name");
	CHECK(d->desk.fault.key == NULL);
	asking_end(d);
}

TEST(the_names_of_a_line_are_told_once_in_the_order_of_their_use)
{
	struct asking *d = asking_make();

	id_named(d, "@h");
	id_named(d, "@zarmina");
	id_named(d, "@h");
	check_used(d, (const char *const[]){ "@h", "@zarmina" }, 2);
	asking_end(d);
}

TEST(a_line_tells_none_of_the_names_of_the_line_before)
{
	struct asking *d = asking_make();

	id_named(d, "@h");
	id_named(d, "@zarmina");
	name_book_begin_line(d->names);
	check_used(d, NULL, 0);
	id_named(d, "@zarmina");
	check_used(d, (const char *const[]){ "@zarmina" }, 1);
	asking_end(d);
}

/* --- proposals ----------------------------------------------------------------------------- */

static json_t *expanded(struct asking *d, const char *json, enum err wanted, const char *key)
{
	json_t *proposal;

	d->desk.fault = (struct fault){ 0 };
	CHECK_INT(json_parse(&proposal, text_of(json), &d->desk.fault), OK);
	CHECK_INT(name_book_expand(d->names, proposal), wanted);
	CHECK_TEXT(d->desk.fault.key ? d->desk.fault.key : "", key);
	return proposal;
}

static void check_hash(json_t *proposal, const char *field, const struct hash *h)
{
	char hex[2 * HASH_SIZE + 1];

	hex_write(hex, bytes_of(h->at, HASH_SIZE));
	CHECK_TEXT(json_text_of(json_object_get(proposal, field)), hex);
}

TEST(times_from_now_become_times_at_the_sites_offset)
{
	struct asking *d = asking_make();
	json_t *j =
		expanded(d, "{\"departs\": \"+47h\", \"at\": \"+30m\", \"note\": \"+1h\"}", OK, "");

	CHECK_TEXT(json_text_of(json_object_get(j, "departs")), "2026-11-26T09:00:00+05:00");
	CHECK_TEXT(json_text_of(json_object_get(j, "at")), "2026-11-24T10:30:00+05:00");
	CHECK_TEXT(json_text_of(json_object_get(j, "note")), "+1h");
	json_decref(j);
	asking_end(d);
}

TEST(the_current_form_is_the_hash_of_its_text_in_the_language)
{
	static const struct {
		const char *json, *file;
	} cases[] = {
		{ "{\"form\": \"current\"}", "forms/choice.en.txt" },
		{ "{\"form\": \"current\", \"form_language\": \"ps\"}", "forms/choice.ps.txt" },
		{ "{\"form\": \"current\", \"form_language\": \"fa-AF\"}",
		  "forms/choice.fa_AF.txt" },
	};
	struct asking *d = asking_make();

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct bytes text = embedded(cases[i].file);
		json_t *j = expanded(d, cases[i].json, OK, "");
		struct hash h = sha256_of(text);

		CHECK(text.size > 0);
		check_hash(j, "form", &h);
		CHECK(!json_object_get(j, "form_language"));
		json_decref(j);
	}
	asking_end(d);
}

TEST(a_form_in_no_language_of_ours_is_refused)
{
	struct asking *d = asking_make();

	json_decref(expanded(d, "{\"form\": \"current\", \"form_language\": \"de\"}", ERR_INPUT,
			     "record.no-such-form"));
	json_decref(expanded(d, "{\"form\": \"current\", \"form_language\": 7}", ERR_INPUT,
			     "record.no-such-form"));
	asking_end(d);
}

TEST(the_current_sheet_is_that_of_the_area)
{
	struct asking *d = asking_make();
	const struct area *area;
	const struct sheet *sheet;
	json_t *j;

	d->atlas = shipped_atlas();
	d->desk.atlas = d->atlas;
	CHECK_INT(atlas_area(d->desk.atlas, TEXT("AF06"), &area, NULL), OK);
	CHECK_INT(atlas_sheet(d->desk.atlas, area, &sheet, NULL), OK);
	j = expanded(d, "{\"sheet\": \"current\", \"sheet_area\": \"AF06\"}", OK, "");
	check_hash(j, "sheet", &sheet->version);
	json_decref(j);
	json_decref(expanded(d, "{\"sheet\": \"current\"}", ERR_INPUT, "record.sheet-of-where"));
	json_decref(expanded(d, "{\"sheet\": \"current\", \"sheet_area\": \"AF99\"}", ERR_INPUT,
			     "place.area-unknown"));
	asking_end(d);
}

TEST(a_proposal_without_such_words_stays_as_it_is)
{
	struct asking *d = asking_make();
	const char *json =
		"{\"form\": \"3f\", \"sheet\": 5, \"departs\": \"2026-11-26\", \"at\": 7}";
	json_t *j = expanded(d, json, OK, ""), *same;

	CHECK_INT(json_parse(&same, text_of(json), &d->desk.fault), OK);
	CHECK(json_equal(j, same));
	json_decref(same);
	json_decref(j);
	asking_end(d);
}

RUN_TESTS()
