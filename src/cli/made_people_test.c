/* Made-up people are taken by the doors that real ones come through. */
#include <stdio.h>
#include <stdlib.h>

#include "base/calendar.h"
#include "base/sha256.h"
#include "base/test.h"
#include "import/import.h"
#include "people/people.h"
#include "register/town_testing.h"

#define HOUSEHOLDS 2000
#define HOUSEHOLDS_RECORDED 150
#define FILE_MAX ((size_t)4 << 20)

/* The town's clock stands at 2026-11-24. */
static int32_t today(void)
{
	return day_of(GREGORIAN, (struct date){ 2026, 11, 24 });
}

static int64_t now(void)
{
	return day_begins(today(), 0) + 5 * HOUR;
}

static struct people *people_shipped(struct arena *a, const struct atlas *atlas)
{
	static const char *const paths[] = {
#define PATH(name, path) "data/" path,
		PEOPLE_FILES(PATH)
#undef PATH
	};
	struct people_files files;
	struct people *p;
	struct fault f = { 0 };

	for (int i = 0; i < PEOPLE_FILE_COUNT; i++)
		CHECK_INT(file_load(&files.files[i], a, world_real(), paths[i], FILE_MAX, &f), OK);
	CHECK_INT(people_new(&p, &files, atlas, 1, today(), &f), OK);
	return p;
}

/* "@7.2" is always the same id. */
static enum err id_of_name(void *self, enum subject_sort sort, struct text name, struct id *out,
			   struct fault *f)
{
	struct hash h = sha256_of(bytes_of_text(name));

	(void)self;
	(void)sort;
	(void)f;
	CHECK(name.size > 1 && name.at[0] == '@');
	memcpy(out->at, h.at, ID_SIZE);
	return OK;
}

/* The facts of one household, each checked; memory of `a`. */
static struct fact *facts_of(const struct made_household *h, struct arena *a, size_t *count)
{
	const struct name_source names = { .resolve = id_of_name };
	struct buffer line = { 0 };
	struct fault f = { 0 };
	struct fact *facts;
	json_t *j;

	people_write_facts(&line, h);
	CHECK_INT(json_parse(&j, buffer_as_text(&line), &f), OK);
	*count = json_array_size(j);
	facts = arena_take_array(a, *count, sizeof(*facts));
	CHECK(facts);
	for (size_t i = 0; i < *count; i++) {
		enum err e =
			fact_from_json(&facts[i], a, json_array_get(j, i), &names, now(), 300, &f);

		if (e || (e = fact_check(&facts[i], a, now(), &f)))
			check_failed(__FILE__, __LINE__, "%.*s: %s (%s, %s)",
				     SHOWN(buffer_as_text(&line)), f.key, f.values[0], f.values[1]);
	}
	json_decref(j);
	buffer_free(&line);
	return facts;
}

TEST(the_facts_of_made_up_people_are_without_a_fault)
{
	struct made_household *h = malloc(sizeof(*h));
	struct atlas *atlas = shipped_atlas();
	struct arena *files, *a;
	struct people *p;
	size_t count;

	CHECK(h && !arena_new(&files, (size_t)16 << 20) && !arena_new(&a, (size_t)16 << 20));
	p = people_shipped(files, atlas);
	for (uint64_t n = 0; n < HOUSEHOLDS; n++) {
		people_make(p, n, h);
		facts_of(h, a, &count);
		CHECK(count > h->count);
		arena_reset(a);
	}
	people_free(p);
	arena_free(files);
	arena_free(a);
	atlas_free(atlas);
	free(h);
}

TEST(made_up_households_are_recorded_whole)
{
	struct made_household *h = malloc(sizeof(*h));
	struct town t;
	struct arena *files, *a;
	struct reg_status status;
	struct people *p;
	size_t people = 0;

	CHECK(h && !arena_new(&files, (size_t)16 << 20) && !arena_new(&a, (size_t)16 << 20));
	town_make(&t, 1);
	p = people_shipped(files, t.atlas);
	for (uint64_t n = 0; n < HOUSEHOLDS_RECORDED; n++) {
		struct submission_answer answer;
		struct fact *facts;
		size_t count;

		people_make(p, n, h);
		people += h->count;
		facts = facts_of(h, a, &count);
		CHECK_INT(reg_record(t.reg, &t.as[ROLE_REGISTRATION], facts, count, a, &answer,
				     &t.fault),
			  OK);
		CHECK_INT(answer.sort, SUBMISSION_RECORDED);
		arena_reset(a);
	}
	CHECK_INT(reg_status(t.reg, &status, &t.fault), OK);
	CHECK_INT(status.counts.households, HOUSEHOLDS_RECORDED);
	CHECK_INT(status.counts.persons, people);
	people_free(p);
	arena_free(files);
	arena_free(a);
	town_end(&t);
	free(h);
}

static void tell_reject(void *self, const struct import_reject *r)
{
	(void)self;
	check_failed(__FILE__, __LINE__, "row %d, %.*s: %s (%s)", (int)r->row, SHOWN(r->column),
		     r->why->key, r->why->values[0]);
}

TEST(the_flat_list_of_made_up_people_is_recognised_and_imported_twice_without_doubles)
{
	struct made_household *h = malloc(sizeof(*h));
	struct import_order order = { .file_count = 1, .rejected = tell_reject };
	struct import_result result;
	struct buffer list = { 0 };
	struct town t;
	struct arena *files;
	struct people *p;
	char path[TOWN_PATH_SIZE];
	const char *word;

	CHECK(h && !arena_new(&files, (size_t)16 << 20));
	town_make(&t, 1);
	p = people_shipped(files, t.atlas);
	people_write_csv_header(&list);
	for (uint64_t n = 0; n < HOUSEHOLDS_RECORDED; n++) {
		people_make(p, n, h);
		people_write_csv(&list, h);
	}
	snprintf(path, sizeof(path), "%s/people.csv", t.folder);
	CHECK_INT(file_save(world_real(), path, buffer_bytes(&list), &t.fault), OK);
	order.files[0].name = path;
	CHECK_INT(import_recognise(&t.world.world, order.files, 1, &word, &t.fault), OK);
	CHECK_TEXT(word, "people");
	order.map = import_ready_map(word);
	for (int round = 0; round < 2; round++) {
		CHECK_INT(import_run(t.reg, &t.world.world, t.atlas, &t.as[ROLE_REGISTRATION],
				     &order, NULL, &result, &t.fault),
			  OK);
		CHECK_INT(result.rejected + result.changed, 0);
		CHECK_INT(result.recorded, round ? 0 : HOUSEHOLDS_RECORDED);
		CHECK_INT(result.known, round ? HOUSEHOLDS_RECORDED : 0);
	}
	buffer_free(&list);
	people_free(p);
	arena_free(files);
	town_end(&t);
	free(h);
}

RUN_TESTS()
