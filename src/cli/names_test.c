#include "cli/names.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/embed.h"
#include "base/prop.h"
#include "base/sha256.h"
#include "base/world_testing.h"
#include "place/place_testing.h"

/* A command with no register: what needs one is told in tests/cli/. */
struct desk {
	struct cli c;
	struct world_simulated world;
	struct name_book *names;
};

static struct desk *desk_make(void)
{
	struct desk *d = calloc(1, sizeof(*d));

	CHECK(d != NULL);
	world_simulated_init(&d->world, 1);
	d->c.world = &d->world.world;
	d->c.zone_min = 300;
	CHECK_INT(arena_new(&d->c.arena, (size_t)1 << 20), OK);
	CHECK_INT(name_book_new(&d->names, &d->c), OK);
	return d;
}

static void desk_end(struct desk *d)
{
	name_book_free(d->names);
	atlas_free(d->c.atlas);
	buffer_free(&d->c.out);
	arena_free(d->c.arena);
	free(d);
}

static struct id id_named(struct desk *d, const char *name)
{
	struct id id;

	CHECK_INT(name_book_find(d->names, SUBJECT_PERSON, text_of(name), &id), OK);
	return id;
}

static void check_used(struct desk *d, const char *const *wanted, size_t count)
{
	struct json_writer w;
	json_t *used;
	size_t i = 0;
	const char *name;
	json_t *hex;

	buffer_reset(&d->c.out);
	json_begin(&w, &d->c.out);
	name_book_write_used(d->names, &w);
	CHECK_INT(json_parse(&used, buffer_as_text(&d->c.out), &d->c.fault), OK);
	CHECK_INT(json_object_size(used), count);
	json_object_foreach(used, name, hex)
	{
		CHECK_TEXT(name, wanted[i++]);
		CHECK_INT(json_string_length(hex), 2 * ID_SIZE);
	}
	json_decref(used);
}

/* --- names ------------------------------------------------------------------------------ */

TEST(a_name_is_the_same_id_each_time)
{
	struct desk *d = desk_make();
	struct id zarmina = id_named(d, "@zarmina"), habib = id_named(d, "@habib");
	struct id again = id_named(d, "@zarmina");

	CHECK(id_same(&zarmina, &again));
	CHECK(!id_same(&zarmina, &habib));
	desk_end(d);
}

TEST(thousands_of_names_are_kept_apart)
{
	struct desk *d = desk_make();
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
	desk_end(d);
}

TEST(a_name_bound_to_an_id_stands_for_it_from_then_on)
{
	struct desk *d = desk_make();
	struct id made = id_named(d, "@h"), known = { { 1, 2, 3 } }, other = { { 4 } }, now;

	CHECK_INT(name_book_bind(d->names, TEXT("@h"), &known), OK);
	now = id_named(d, "@h");
	CHECK(id_same(&now, &known));
	CHECK(!id_same(&now, &made));
	CHECK_INT(name_book_bind(d->names, TEXT("@unheard-of"), &other), OK);
	now = id_named(d, "@unheard-of");
	CHECK(id_same(&now, &other));
	desk_end(d);
}

TEST(hex_digits_are_the_id_itself)
{
	struct desk *d = desk_make();
	struct id id = id_named(d, "00112233445566778899aabbccddeeff");

	CHECK_INT(id.at[0], 0);
	CHECK_INT(id.at[1], 0x11);
	CHECK_INT(id.at[15], 0xff);
	check_used(d, NULL, 0);
	desk_end(d);
}

TEST(a_name_is_one_to_sixty_bytes_behind_its_sign)
{
	struct desk *d = desk_make();
	char name[1 + NAME_SIZE_MAX + 1];
	struct id id;

	memset(name, 'a', sizeof(name));
	name[0] = '@';
	CHECK_INT(name_book_find(d->names, SUBJECT_PERSON, (struct text){ name, 1 + NAME_SIZE_MAX },
				 &id),
		  OK);
	CHECK_FAULT(
		name_book_find(d->names, SUBJECT_PERSON, (struct text){ name, sizeof(name) }, &id),
		ERR_INPUT, &d->c.fault, "record.bad-name");
	CHECK_FAULT(name_book_find(d->names, SUBJECT_PERSON, TEXT("@"), &id), ERR_INPUT,
		    &d->c.fault, "record.bad-name");
	desk_end(d);
}

TEST(a_fault_goes_to_whoever_asked)
{
	struct desk *d = desk_make();
	struct name_source source = name_book_source(d->names);
	struct fault f;
	struct id id;

	CHECK_FAULT(source.resolve(source.self, SUBJECT_PERSON, TEXT("@"), &id, &f), ERR_INPUT, &f,
		    "record.bad-name");
	CHECK(d->c.fault.key == NULL);
	desk_end(d);
}

TEST(the_names_of_a_line_are_told_once_in_the_order_of_their_use)
{
	struct desk *d = desk_make();

	id_named(d, "@h");
	id_named(d, "@zarmina");
	id_named(d, "@h");
	check_used(d, (const char *const[]){ "@h", "@zarmina" }, 2);
	desk_end(d);
}

TEST(a_line_tells_none_of_the_names_of_the_line_before)
{
	struct desk *d = desk_make();

	id_named(d, "@h");
	id_named(d, "@zarmina");
	name_book_begin_line(d->names);
	check_used(d, NULL, 0);
	id_named(d, "@zarmina");
	check_used(d, (const char *const[]){ "@zarmina" }, 1);
	desk_end(d);
}

/* --- times from now ---------------------------------------------------------------------- */

TEST(a_step_of_time_is_a_number_of_days_hours_or_minutes)
{
	static const char *const wrong[] = { "",      "+",	  "25h",
					     "+h",    "+25",	  "+25s",
					     "+2.5h", "++5h",	  "+ 5h",
					     "+-5h",  "+100001d", "+5hh",
					     "+5h ",  "+0h",	  "+99999999999999999999h",
					     "-5h" };

	CHECK_INT(step_of_time("+25h"), 25 * 3600);
	CHECK_INT(step_of_time("+90m"), 90 * 60);
	CHECK_INT(step_of_time("+3d"), 3 * 86400);
	CHECK_INT(step_of_time("+100000d"), INT64_C(100000) * 86400);
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		CHECK_INT(step_of_time(wrong[i]), 0);
}

static void any_word_is_a_step_forward_or_none(struct prop *p)
{
	struct text word = prop_text(p, 30);
	int64_t step = step_of_time(arena_print(p->arena, "+%.*s", SHOWN(word)).at);

	CHECK(step >= 0 && step <= INT64_C(100000) * 86400);
}

TEST(any_word_is_a_step_or_none)
{
	prop_run(any_word_is_a_step_forward_or_none, 5000, 1);
}

/* --- proposals ----------------------------------------------------------------------------- */

static json_t *expanded(struct desk *d, const char *json, enum err wanted, const char *key)
{
	json_t *proposal;

	d->c.fault = (struct fault){ 0 };
	CHECK_INT(json_parse(&proposal, text_of(json), &d->c.fault), OK);
	CHECK_INT(name_book_expand(d->names, proposal), wanted);
	CHECK_TEXT(d->c.fault.key ? d->c.fault.key : "", key);
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
	struct desk *d = desk_make();
	json_t *j =
		expanded(d, "{\"departs\": \"+47h\", \"at\": \"+30m\", \"note\": \"+1h\"}", OK, "");

	CHECK_TEXT(json_text_of(json_object_get(j, "departs")), "2026-11-26T09:00:00+05:00");
	CHECK_TEXT(json_text_of(json_object_get(j, "at")), "2026-11-24T10:30:00+05:00");
	CHECK_TEXT(json_text_of(json_object_get(j, "note")), "+1h");
	json_decref(j);
	desk_end(d);
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
	struct desk *d = desk_make();

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct bytes text = embedded(cases[i].file);
		json_t *j = expanded(d, cases[i].json, OK, "");
		struct hash h = sha256_of(text);

		CHECK(text.size > 0);
		check_hash(j, "form", &h);
		CHECK(!json_object_get(j, "form_language"));
		json_decref(j);
	}
	desk_end(d);
}

TEST(a_form_in_no_language_of_ours_is_refused)
{
	struct desk *d = desk_make();

	json_decref(expanded(d, "{\"form\": \"current\", \"form_language\": \"de\"}", ERR_INPUT,
			     "record.no-such-form"));
	json_decref(expanded(d, "{\"form\": \"current\", \"form_language\": 7}", ERR_INPUT,
			     "record.no-such-form"));
	desk_end(d);
}

TEST(the_current_sheet_is_that_of_the_area)
{
	struct desk *d = desk_make();
	const struct area *area;
	const struct sheet *sheet;
	json_t *j;

	d->c.atlas = shipped_atlas();
	CHECK_INT(atlas_area(d->c.atlas, TEXT("AF06"), &area, NULL), OK);
	CHECK_INT(atlas_sheet(d->c.atlas, area, &sheet, NULL), OK);
	j = expanded(d, "{\"sheet\": \"current\", \"sheet_area\": \"AF06\"}", OK, "");
	check_hash(j, "sheet", &sheet->version);
	json_decref(j);
	json_decref(expanded(d, "{\"sheet\": \"current\"}", ERR_INPUT, "record.sheet-of-where"));
	json_decref(expanded(d, "{\"sheet\": \"current\", \"sheet_area\": \"AF99\"}", ERR_INPUT,
			     "place.area-unknown"));
	desk_end(d);
}

TEST(a_proposal_without_such_words_stays_as_it_is)
{
	struct desk *d = desk_make();
	const char *json =
		"{\"form\": \"3f\", \"sheet\": 5, \"departs\": \"2026-11-26\", \"at\": 7}";
	json_t *j = expanded(d, json, OK, ""), *same;

	CHECK_INT(json_parse(&same, text_of(json), &d->c.fault), OK);
	CHECK(json_equal(j, same));
	json_decref(same);
	json_decref(j);
	desk_end(d);
}

PROP_FUZZ(11, any_word_is_a_step_forward_or_none)
RUN_TESTS()
