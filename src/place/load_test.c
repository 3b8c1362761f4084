/* The shipped data holds together; a file that does not is told apart by line and column. */
#include "base/prop.h"
#include "base/sha256.h"
#include "base/test.h"
#include "place/place_testing.h"

#define PROVINCES_OF_AFGHANISTAN 34
#define TESTED_BYTES_MAX ((size_t)8 << 20)

/* The shipped files, of which a test puts others in their place. */
struct shipped {
	struct arena *arena;
	struct atlas_files files;
};

static struct shipped shipped_open(void)
{
	struct shipped s = { 0 };

	CHECK(!arena_new(&s.arena, TESTED_BYTES_MAX));
	s.files = shipped_files(s.arena);
	return s;
}

/* What atlas_load() says of the files with `text` in the place of `file`. */
static struct fault verdict_on(struct shipped *s, enum place_file file, const char *text)
{
	struct atlas_files files = s->files;
	struct fault f = { 0 };
	struct atlas *atlas;

	files.files[file] = bytes_of(text, strlen(text));
	if (!atlas_load(&atlas, &files, &f))
		atlas_free(atlas);
	return f;
}

static bool says(struct fault f, const char *key, const char *second, const char *third)
{
	return f.key && strcmp(f.key, key) == 0 && strcmp(f.values[1], second) == 0 &&
	       (!third || strcmp(f.values[2], third) == 0);
}

TEST(all_areas_are_there_and_each_has_its_parent)
{
	const struct atlas *atlas = kept_atlas();
	size_t count, provinces = 0, districts = 0;
	const struct area *areas = atlas_areas(atlas, &count);

	CHECK(count == 3 + 602 + 8);
	for (size_t i = 0; i < count; i++) {
		const struct area *a = &areas[i];

		CHECK((a->level == AREA_COUNTRY) == !a->parent);
		CHECK(!a->parent || a->parent->level == a->level - 1);
		CHECK(!a->parent || text_same(a->parent->country, a->country));
		CHECK(name_in(&a->names, TEXT_EN).size && name_in(&a->names, TEXT_UR).size);
		CHECK(atlas_area_of_key(atlas, a->key) == a);
		CHECK(a->today->today == a->today);
		provinces += a->today == a && a->level == AREA_PROVINCE;
		districts += a->today == a && a->level == AREA_DISTRICT;
	}
	CHECK(provinces == 41 && districts == 561);
}

TEST(every_place_lies_somewhere_and_is_found_by_its_id)
{
	const struct atlas *atlas = kept_atlas();
	size_t count;
	const struct place *places = atlas_places(atlas, &count), *torkham;

	CHECK(count == 90);
	for (size_t i = 0; i < count; i++) {
		const struct place *found;

		CHECK(places[i].area->level >= AREA_PROVINCE);
		CHECK(!atlas_place(atlas, places[i].id, &found, NULL) && found == &places[i]);
	}
	CHECK(!atlas_place(atlas, TEXT("XP-TORKHAM"), &torkham, NULL));
	CHECK(text_is(torkham->area->key, "PK513@cod-ab-2022"));
	CHECK(text_is(torkham->other_side->key, "AF0617@cod-ab-2021"));
	CHECK(torkham->located && torkham->lat_udeg == 34122641 && torkham->lon_udeg == 71093202);
	CHECK(atlas_place(atlas, TEXT("XP-NOWHERE"), &torkham, NULL) == ERR_NOT_FOUND);
}

TEST(every_directive_applies_somewhere)
{
	const struct atlas *atlas = kept_atlas();
	size_t count, provinces = 0;
	const struct shipped_directive *directives = atlas_directives(atlas, &count);

	CHECK(count == 60);
	for (size_t i = 0; i < count; i++) {
		CHECK(directives[i].area_count >= 1);
		for (size_t j = 0; j < directives[i].area_count; j++) {
			CHECK(text_is(directives[i].areas[j]->country, "PAK"));
			provinces += directives[i].areas[j]->level == AREA_PROVINCE;
		}
	}
	CHECK(provinces > 0);
	CHECK(text_is(directives[49].id, "DIR-050") && directives[49].area_count == 3);
}

TEST(every_province_of_afghanistan_has_a_sheet_in_four_languages)
{
	const struct atlas *atlas = kept_atlas();
	size_t count, provinces = 0;
	const struct area *areas = atlas_areas(atlas, &count);

	for (size_t i = 0; i < count; i++) {
		const struct sheet *sheet;

		if (!text_is(areas[i].country, "AFG"))
			continue;
		CHECK(!atlas_sheet(atlas, &areas[i], &sheet, NULL));
		CHECK(area_contains(sheet->area, &areas[i]));
		CHECK((sheet->area->level == AREA_COUNTRY) == (areas[i].level == AREA_COUNTRY));
		provinces += areas[i].level == AREA_PROVINCE;
		for (size_t j = 0; j < sheet->line_count; j++)
			for (size_t k = 0; k < TEXT_LANGUAGE_COUNT; k++)
				CHECK(sheet->lines[j]->text.in[k].size);
	}
	CHECK(provinces == PROVINCES_OF_AFGHANISTAN);
}

TEST(every_line_of_a_sheet_names_its_source_or_says_that_nothing_is_known)
{
	const struct atlas *atlas = kept_atlas();
	size_t count, unknown = 0;
	const struct sheet *sheets = atlas_sheets(atlas, &count);

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < sheets[i].line_count; j++) {
			const struct sheet_line *line = sheets[i].lines[j];
			bool not_known = text_is(line->basis, "not-known");

			CHECK(not_known == !line->source.size);
			unknown += not_known;
		}
	CHECK(unknown == 12);
}

TEST(an_area_outside_afghanistan_has_no_sheet)
{
	const struct atlas *atlas = kept_atlas();
	const struct area *peshawar;
	const struct sheet *sheet;
	struct fault f = { 0 };

	CHECK(!atlas_area(atlas, TEXT("PK528"), &peshawar, NULL));
	CHECK(atlas_sheet(atlas, peshawar, &sheet, &f) == ERR_NOT_FOUND && !sheet);
	CHECK(strcmp(f.key, "place.no-sheet") == 0);
}

/* The hash of the documented form, made another way than the loader makes it. */
static struct hash version_by_hand(struct arena *a, const struct sheet *s)
{
	struct text all = arena_print(a, "ikhtiar/sheet/v1\n%.*s\n", SHOWN(s->area->key));

	for (size_t i = 0; i < s->line_count; i++) {
		const struct sheet_line *l = s->lines[i];

		all = arena_print(a, "%.*s%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n",
				  SHOWN(all), SHOWN(l->topic), SHOWN(l->as_of), SHOWN(l->basis),
				  SHOWN(l->source), SHOWN(l->text.in[TEXT_EN]),
				  SHOWN(l->text.in[TEXT_UR]), SHOWN(l->text.in[TEXT_PS]),
				  SHOWN(l->text.in[TEXT_FA]));
	}
	return sha256_of(bytes_of_text(all));
}

TEST(the_version_of_a_sheet_is_the_hash_of_its_text_and_finds_it_again)
{
	const struct atlas *atlas = kept_atlas();
	struct arena *a = NULL;
	size_t count;
	const struct sheet *sheets = atlas_sheets(atlas, &count);
	struct hash none = { { 0 } };

	CHECK(!arena_new(&a, TESTED_BYTES_MAX));
	CHECK(count == 1 + PROVINCES_OF_AFGHANISTAN);
	for (size_t i = 0; i < count; i++) {
		struct hash version = version_by_hand(a, &sheets[i]);

		CHECK(memcmp(version.at, sheets[i].version.at, HASH_SIZE) == 0);
		CHECK(atlas_sheet_of_version(atlas, &version) == &sheets[i]);
		arena_reset(a);
	}
	CHECK(!atlas_sheet_of_version(atlas, &none));
	arena_free(a);
}

TEST(a_changed_word_is_another_version)
{
	struct shipped s = shipped_open();
	struct bytes *lines = &s.files.files[PLACE_FILE_SHEET_LINES];
	struct bytes copy = arena_copy(s.arena, *lines);
	struct atlas *before = shipped_atlas(), *after = NULL;
	size_t count;
	const struct sheet *old = atlas_sheets(before, &count);
	char *word = memmem(copy.at, copy.size, "freely", strlen("freely"));

	CHECK(word);
	memcpy(word, "gladly", strlen("gladly"));
	*lines = copy;
	CHECK(!atlas_load(&after, &s.files, NULL));
	for (size_t i = 0; i < count; i++)
		CHECK(!atlas_sheet_of_version(after, &old[i].version));
	atlas_free(before);
	atlas_free(after);
	arena_free(s.arena);
}

TEST(a_registered_refugee_gets_375_dollars_and_her_family_700_later)
{
	const struct atlas *atlas = kept_atlas();
	size_t count, found = 0;
	const struct shipped_tariff *tariffs = atlas_tariffs(atlas, &count);

	for (size_t i = 0; i < count; i++) {
		const struct shipped_tariff *t = &tariffs[i];

		CHECK(t->amount_minor > 0 && text_is(t->currency, "USD"));
		if (!text_is(t->group, "por") || t->valid_to.size)
			continue;
		found += t->part == 1 && text_is(t->per, "person") && t->amount_minor == 37500;
		found += t->part == 2 && text_is(t->per, "family") && t->amount_minor == 70000;
		found += t->part == 2 && text_is(t->per, "family-of-one") &&
			 t->amount_minor == 35000;
	}
	CHECK(found == 3);
}

TEST(needs_languages_and_papers_are_found_by_their_words)
{
	const struct atlas *atlas = kept_atlas();

	CHECK(atlas_need(atlas, TEXT("DS"))->per_10000 == 230);
	CHECK(!atlas_need(atlas, TEXT("ds")));
	CHECK(atlas_language(atlas, TEXT("pbu"))->text_language == TEXT_PS);
	CHECK(atlas_language(atlas, TEXT("haz"))->text_language == TEXT_FA);
	CHECK(!atlas_language(atlas, TEXT("xxx")));
	CHECK(atlas_paper(atlas, TEXT("e-tazkira"))->length_min == 13);
	CHECK(atlas_paper(atlas, TEXT("passport"))->letters);
	CHECK(!atlas_paper(atlas, TEXT("cnic")));
}

#define NEEDS "code,name_en,name_ur,name_ps,name_fa,source,per_10000,of,rate_basis,rate_source\n"

TEST(columns_are_found_by_name_and_unknown_ones_passed_over)
{
	struct shipped s = shipped_open();
	const char *turned = "extra,rate_source,rate_basis,of,per_10000,source,name_fa,name_ps,"
			     "name_ur,name_en,code\n"
			     "x,,b,persons,7,s,,,,Child,CR\n";

	CHECK(!verdict_on(&s, PLACE_FILE_NEEDS, turned).key);
	arena_free(s.arena);
}

TEST(a_missing_column_is_named)
{
	struct shipped s = shipped_open();

	CHECK(says(verdict_on(&s, PLACE_FILE_NEEDS, "code,name_en\nCR,Child\n"),
		   "place.column-missing", "name_ur", NULL));
	CHECK(says(verdict_on(&s, PLACE_FILE_NEEDS, "code," NEEDS), "place.column-twice", "code",
		   NULL));
	arena_free(s.arena);
}

TEST(what_is_wrong_in_a_file_is_told_with_line_and_column)
{
	static const struct {
		enum place_file file;
		const char *text, *key, *second, *third;
	} wrongs[] = {
		{ PLACE_FILE_NEEDS, NEEDS, "place.no-rows", "", NULL },
		{ PLACE_FILE_NEEDS, NEEDS "CR,,,,,s,1,persons,b,\n", "place.cell-empty", "2",
		  "name_en" },
		{ PLACE_FILE_NEEDS, NEEDS "CR,n,,,,s,1,persons,b\n", "place.row-cells", "2", "9" },
		{ PLACE_FILE_NEEDS, NEEDS "CR,n,,,,s,-1,persons,b,\n", "place.cell-number", "2",
		  "per_10000" },
		{ PLACE_FILE_NEEDS, NEEDS "CR,n,,,,s,2000000000000,persons,b,\n",
		  "place.cell-number", "2", "per_10000" },
		{ PLACE_FILE_NEEDS, NEEDS "CR,n\tm,,,,s,1,persons,b,\n", "place.cell-control", "2",
		  "name_en" },
		{ PLACE_FILE_NEEDS,
		  NEEDS "CR,n,,,,s,1,persons,b,\nDS,n,,,,s,1,persons,b,\nCR,n,,,,s,1,persons,b,\n",
		  "place.twice", "4", "CR" },
		{ PLACE_FILE_VINTAGES,
		  "vintage,country,valid_from,current,title,source\n"
		  "cod-ab-2022,PAK,2022-02-30,yes,t,s\n",
		  "place.cell-date", "2", "valid_from" },
		{ PLACE_FILE_VINTAGES,
		  "vintage,country,valid_from,current,title,source\n"
		  "cod-ab-2022,PAK,2022-09-09,maybe,t,s\n",
		  "place.cell-yes-no", "2", "current" },
		{ PLACE_FILE_VINTAGES,
		  "vintage,country,valid_from,current,title,source\n"
		  "cod-ab-2022,PAK,2022-09-09,no,t,s\n",
		  "place.not-one-current-list", "PAK", NULL },
		{ PLACE_FILE_COUNTRIES,
		  "pcode,vintage,country,level,parent_pcode,name_en,name_ur,name_fa,name_ps,"
		  "alt_en,label_lat,label_lon\n"
		  "PAK,,PAK,0,,Pakistan,,,,,91.1234567,\n",
		  "place.cell-degrees", "2", "label_lat" },
		{ PLACE_FILE_COUNTRIES,
		  "pcode,vintage,country,level,parent_pcode,name_en,name_ur,name_fa,name_ps,"
		  "alt_en,label_lat,label_lon\n"
		  "PAK,,PAK,1,,Pakistan,,,,,,\n",
		  "place.area-level", "2", "PAK" },
		{ PLACE_FILE_COUNTRIES,
		  "pcode,vintage,country,level,parent_pcode,name_en,name_ur,name_fa,name_ps,"
		  "alt_en,label_lat,label_lon\n"
		  "PAK,,PAK,0,,Pakistan,,,,,,\n",
		  "place.leads-nowhere", "2", "parent_pcode" },
		{ PLACE_FILE_LANGUAGES,
		  "code,text_language,macro,name_en,name_ur,name_fa,name_ps,note\n"
		  "prs,de,,Dari,,,,\n",
		  "place.leads-nowhere", "2", "text_language" },
		{ PLACE_FILE_SHEETS,
		  "id,area,date,parts,review\nSHEET-AFG,AFG,2026-01-01,national|nothing,\n",
		  "place.leads-nowhere", "2", "parts" },
		{ PLACE_FILE_SHEETS,
		  "id,area,date,parts,review\nSHEET-AFG,AFG,2026-01-01,national|national,\n",
		  "place.leads-nowhere", "2", "parts" },
		{ PLACE_FILE_SHEETS,
		  "id,area,date,parts,review\nSHEET-AF06,AF06,2026-01-01,national,\n",
		  "place.leads-nowhere", "2", "area" },
	};
	struct shipped s = shipped_open();

	for (size_t i = 0; i < COUNT_OF(wrongs); i++)
		CHECK(says(verdict_on(&s, wrongs[i].file, wrongs[i].text), wrongs[i].key,
			   wrongs[i].second, wrongs[i].third));
	arena_free(s.arena);
}

/* A file as it is shipped, with some bytes of it changed, cut off or doubled. */
static struct bytes damaged(struct prop *p, struct bytes shipped)
{
	static const char marks[] = "\",\n\r;@|-.0 \xff";
	uint8_t *copy = arena_take(p->arena, shipped.size * 2);
	size_t size = shipped.size, changes = prop_uint(p, 1, 6);

	CHECK(copy);
	memcpy(copy, shipped.at, size);
	for (size_t i = 0; i < changes; i++) {
		size_t at = prop_uint(p, 0, size - 1);

		switch (prop_pick(p, 4)) {
		case 0: size = at + 1; break;
		case 1:
			memmove(copy + at / 2, copy + at, size - at);
			size -= at - at / 2;
			break;
		default: copy[at] = (uint8_t)marks[prop_pick(p, sizeof(marks))];
		}
	}
	return bytes_of(copy, size);
}

/* However a file is damaged, it loads or is refused with a sentence. */
static void a_damaged_file_loads_or_is_refused(struct prop *p)
{
	struct shipped s = shipped_open();
	struct bytes *file = &s.files.files[prop_pick(p, PLACE_FILE_COUNT)];
	struct fault f = { 0 };
	struct atlas *atlas;

	*file = prop_bool(p) ? damaged(p, *file) : prop_bytes(p, 400);
	if (atlas_load(&atlas, &s.files, &f)) {
		CHECK(!atlas);
		CHECK(f.key && (f.err == ERR_INPUT || f.err == ERR_LIMIT));
	} else {
		CHECK(atlas);
	}
	atlas_free(atlas);
	arena_free(s.arena);
}

TEST(random_bytes_never_break_the_loader)
{
	prop_run(a_damaged_file_loads_or_is_refused, 400, 1);
}

/* The first lines of a file. */
static struct bytes lines_of(struct bytes file, size_t count)
{
	const uint8_t *end = file.at, *behind = file.at + file.size;

	while (count-- && end < behind) {
		const uint8_t *newline = memchr(end, '\n', (size_t)(behind - end));

		end = newline ? newline + 1 : behind;
	}
	return bytes_of(file.at, (size_t)(end - file.at));
}

static bool begins_with(struct bytes line, const char *start)
{
	return line.size >= strlen(start) && memcmp(line.at, start, strlen(start)) == 0;
}

/* Of the areas only those that the first lines of the other files name. */
static struct bytes few_areas(struct arena *a, struct bytes file)
{
	static const char *const starts[] = { "pcode,", "AF06,",  "AF0617,", "PK1,",
					      "PK5,",	"PK513,", "PK530," };
	uint8_t *kept = arena_take(a, file.size);
	size_t size = 0;

	CHECK(kept);
	while (file.size) {
		struct bytes line = lines_of(file, 1);

		for (size_t i = 0; i < COUNT_OF(starts); i++)
			if (begins_with(line, starts[i])) {
				memcpy(kept + size, line.at, line.size);
				size += line.size;
			}
		file = bytes_of(line.at + line.size, file.size - line.size);
	}
	return bytes_of(kept, size);
}

/* The first lines of what is shipped: loaded some thousand times a second. */
static struct atlas_files small_files(void)
{
	static struct atlas_files small;
	static struct arena *kept;

	if (kept)
		return small;
	CHECK(!arena_new(&kept, TESTED_BYTES_MAX));
	small = shipped_files(kept);
	for (enum place_file file = 0; file < PLACE_FILE_COUNT; file++)
		if (file == PLACE_FILE_AREAS)
			small.files[file] = few_areas(kept, small.files[file]);
		else if (file != PLACE_FILE_COUNTRIES && file != PLACE_FILE_VINTAGES)
			small.files[file] = lines_of(small.files[file], 2);
	return small;
}

/* Lines that somebody wrote under the heading of one of the files. */
static void lines_of_anybody_load_or_are_refused(struct prop *p)
{
	struct atlas_files files = small_files();
	struct bytes *file = &files.files[prop_pick(p, PLACE_FILE_COUNT)];
	struct bytes heading = lines_of(*file, 1), lines = prop_rest(p);
	uint8_t *both = arena_take(p->arena, heading.size + lines.size);
	struct fault f = { 0 };
	struct atlas *atlas;

	CHECK(both);
	memcpy(both, heading.at, heading.size);
	if (lines.size)
		memcpy(both + heading.size, lines.at, lines.size);
	*file = bytes_of(both, heading.size + lines.size);
	if (atlas_load(&atlas, &files, &f)) {
		CHECK(!atlas);
		CHECK(f.key && (f.err == ERR_INPUT || f.err == ERR_LIMIT));
	} else {
		CHECK(atlas);
	}
	atlas_free(atlas);
}
PROP_FUZZ(1, lines_of_anybody_load_or_are_refused)

TEST(a_small_atlas_loads_as_well)
{
	struct atlas_files files = small_files();
	struct atlas *atlas;
	struct fault f = { 0 };

	if (atlas_load(&atlas, &files, &f))
		check_failed(__FILE__, __LINE__, "%s (%s, %s)", f.key, f.values[0], f.values[1]);
	atlas_free(atlas);
	prop_run(lines_of_anybody_load_or_are_refused, 2000, 2);
}

RUN_TESTS()
