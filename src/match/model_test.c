#include "base/prop.h"
#include "base/world_testing.h"
#include "match/match.h"
#include "match/models.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define MAP_COLUMNS                                                                                \
	"\"id\":\"no\",\"given\":\"given\",\"father\":\"father\",\"sex\":\"sex\","                 \
	"\"birth\":\"birth\",\"origin\":\"area\""
#define MAP "{" MAP_COLUMNS "}"
#define MAP_OF_HOUSEHOLDS "{\"household\":\"household\"," MAP_COLUMNS "}"

/* What a list of families teaches: brothers and sisters, and some who stand there twice. */
struct learned {
	struct records records;
	struct models models;
	char folder[TEST_FOLDER_SIZE];
};

static void write_families(struct buffer *out)
{
	static const char *const names[] = { "Zarmina", "Ajmal",  "Fatima", "Rahmat", "Khalid",
					     "Shakila", "Yasmin", "Tariq",  "Naqib",  "Sardar" };

	buffer_text(out, TEXT("no,household,given,father,sex,birth,area\n"));
	for (unsigned i = 0; i < 300; i++)
		for (unsigned again = 0; again <= (i % 6 == 0); again++)
			buffer_print(out, "%u-%u,%u-%u,%s,%s %s,%c,%u-%02u-%02u,AF%02u\n", i, again,
				     i / 3, again, names[i % 10], names[i / 3 % 7],
				     names[i / 3 % 9], i % 2 ? 'm' : 'f', 1960 + i * 7 % 50,
				     1 + i % 12, 2 + i % 26, 1 + i / 3 % 20);
}

/* The same families, of which every second person stands there in Arabic letters as well. */
static void write_in_two_scripts(struct buffer *out)
{
	static const char *const names[][2] = {
		{ "Zarmina", "زرمینه" }, { "Ajmal", "اجمل" },  { "Fatima", "فاطمه" },
		{ "Rahmat", "رحمت" },	 { "Khalid", "خالد" }, { "Shakila", "شکیله" },
		{ "Yasmin", "یاسمین" },	 { "Tariq", "طارق" },  { "Naqib", "نقیب" },
		{ "Sardar", "سردار" },
	};

	buffer_text(out, TEXT("no,given,father,sex,birth,area\n"));
	for (unsigned i = 0; i < 300; i++)
		for (unsigned script = 0; script <= i % 2; script++)
			buffer_print(out, "%u-%u,%s,%s %s,%c,%u-%02u-%02u,AF%02u\n", i, script,
				     names[i % 10][script], names[i / 3 % 7][script],
				     names[i / 3 % 9][script], i % 4 < 2 ? 'm' : 'f',
				     1960 + i * 7 % 50, 1 + i % 12, 2 + i % 26, 1 + i / 3 % 20);
}

static struct learned *learned_from(void (*write_people)(struct buffer *out), const char *map)
{
	struct learned *l = calloc(1, sizeof(*l));
	struct histogram patterns = { 0 };
	struct buffer list = { 0 };
	struct compared c;
	struct memo *memo;
	struct fault f = { 0 };
	char path[TEST_FOLDER_SIZE + 16];
	struct records_order order = {
		.world = world_real(), .first = path, .map = text_of(map), .threads = 1
	};

	test_folder_make(l->folder);
	snprintf(path, sizeof(path), "%s/list.csv", l->folder);
	write_people(&list);
	CHECK_INT(file_save(order.world, path, bytes_of_text(buffer_as_text(&list)), &f), OK);
	buffer_free(&list);
	CHECK_INT(match_channel_shipped(&l->records.channel, &f), OK);
	CHECK_INT(records_read(&l->records, &order, &f), OK);
	CHECK_INT(memo_new(&memo, &l->records, &f), OK);
	for (uint32_t a = 0; a < l->records.count; a++)
		for (uint32_t b = a + 1; b < l->records.count; b++) {
			compare(&c, memo, a, b);
			CHECK(histogram_add(&patterns, c.pattern, 1));
		}
	histogram_settle(&patterns);
	CHECK_INT(models_learn(&l->models, &l->records, memo, &patterns, &f), OK);
	memo_free(memo);
	histogram_free(&patterns);
	return l;
}

static void forget(struct learned *l)
{
	records_free(&l->records);
	test_folder_remove(l->folder);
	free(l);
}

static uint64_t with_level(uint64_t pattern, unsigned column, unsigned level)
{
	unsigned at = column * LEVEL_BITS;

	return (pattern & ~((uint64_t)(LEVELS_MAX - 1) << at)) | (uint64_t)level << at;
}

static float bits_of(const struct learned *l, uint64_t pattern, float shared)
{
	return model_bits(
		model_for(&l->models, pattern),
		&(struct scored){ .pattern = pattern, .rarity = shared, .shared = shared });
}

static bool is_her_own(const struct column *c)
{
	return column_is_own(c) || c->sort == COLUMN_BIRTH;
}

static uint64_t any_pattern(const struct records *r, uint64_t random)
{
	uint64_t pattern = 0;

	for (unsigned i = 0; i < r->columns_count; i++) {
		unsigned levels = levels_of(r->columns[i].sort) + 1;

		pattern = with_level(pattern, i, (unsigned)(random >> (8 * i) & 255) % levels);
	}
	return pattern;
}

/* With a column at each of its levels, and not known. */
static void check_never_falls(const struct learned *l, uint64_t pattern, unsigned column)
{
	unsigned top = level_same(l->records.columns[column].sort);

	for (unsigned level = 1; level < top; level++)
		CHECK(bits_of(l, with_level(pattern, column, level + 1), 0) >=
		      bits_of(l, with_level(pattern, column, level), 0) - 0.001f);
	CHECK(bits_of(l, with_level(pattern, column, top), 0) >=
	      bits_of(l, with_level(pattern, column, 0), 0) - 0.001f);
}

#define RUNS 20000

TEST(evidence_never_falls_when_one_more_field_agrees_and_its_level_never_either)
{
	struct learned *l = learned_from(write_families, MAP_OF_HOUSEHOLDS);

	for (unsigned run = 0; run < RUNS; run++)
		check_never_falls(l, any_pattern(&l->records, run * 0x9e3779b97f4a7c15ull),
				  run % l->records.columns_count);
	forget(l);
}

/* What relatives share is left out: there, a father's name can speak for a sister. */
TEST(where_no_household_is_known_it_never_falls_by_what_is_her_own)
{
	struct learned *l = learned_from(write_families, MAP);
	const struct model *model = model_for(&l->models, 0);

	for (unsigned run = 0; run < RUNS; run++) {
		unsigned k = run % l->records.columns_count;
		const struct column *c = &l->records.columns[k];

		for (unsigned level = 1; level < level_same(c->sort); level++)
			CHECK(model->level_bits[k][level + 1] >= model->level_bits[k][level]);
		if (is_her_own(c))
			check_never_falls(l, any_pattern(&l->records, run * 0x9e3779b97f4a7c15ull),
					  k);
	}
	forget(l);
}

TEST(what_brothers_and_sisters_share_is_not_taken_for_one_person)
{
	struct learned *l = learned_from(write_families, MAP);
	uint64_t sister = 0, herself = 0;

	for (unsigned k = 0; k < l->records.columns_count; k++) {
		const struct column *c = &l->records.columns[k];
		unsigned same = level_same(c->sort);

		herself = with_level(herself, k, same);
		sister = with_level(sister, k, is_her_own(c) ? 1 : same);
	}
	CHECK(bits_of(l, herself, 0) > 0);
	CHECK(bits_of(l, sister, 0) < -5);
	/* A rare name of the father is rare for all his children. */
	CHECK(bits_of(l, sister, 6) < -5);
	forget(l);
}

TEST(names_across_scripts_are_weighed_by_themselves_where_there_are_enough_of_them)
{
	struct learned *one = learned_from(write_families, MAP),
		       *two = learned_from(write_in_two_scripts, MAP);
	const struct model *latin = &two->models.of[BOTH_LATIN];
	const struct model *across = &two->models.of[ACROSS_SCRIPTS];

	for (unsigned i = 0; i < SCRIPTS_COUNT; i++) {
		CHECK_INT(one->models.which[i], BOTH_LATIN);
		CHECK_INT(two->models.which[i], i);
	}
	/* Column 0 is the given name: whoever is the same is spelled otherwise, not the same. */
	CHECK(across->m[0][NAME_SPELLED] > 0.9);
	CHECK(across->u[0][NAME_SAME] < latin->u[0][NAME_SAME] / 10);
	CHECK(across->level_bits[0][NAME_SPELLED] > 1);
	/* 150 doubles, each once in either script. */
	CHECK(across->doubles > 120 && across->doubles < 180);
	forget(one);
	forget(two);
}

RUN_TESTS()

TEST(who_was_found_makes_all_likelier_and_who_was_not_makes_nobody_less_so)
{
	struct learned *l = learned_from(write_families, MAP);
	double doubles = models_doubles(&l->models);
	const struct model *model = model_for(&l->models, 0);
	float before = model->prior_bits;

	CHECK(models_expect(&l->models, doubles / 2) == 0);
	CHECK(model->prior_bits == before);
	CHECK(fabsf(models_expect(&l->models, doubles * 4) - 2) < 1e-5f);
	CHECK(fabsf(model->prior_bits - before - 2) < 1e-4f);
	CHECK(fabs(models_doubles(&l->models) - doubles * 4) < 1e-6 * doubles);
	forget(l);
}

/* People of whom every third stands there again, with her father's name in place of hers. */
static void write_with_swaps(struct buffer *out)
{
	static const char *const names[] = { "Zarmina", "Ajmal",  "Fatima", "Rahmat",
					     "Khalid",	"Sharif", "Yasmin" };

	buffer_text(out, TEXT("no,given,father,sex,birth,area\n"));
	for (unsigned i = 0; i < 120; i++)
		for (unsigned again = 0; again <= (i % 3 == 0); again++)
			buffer_print(out, "%u-%u,%s,%s,%c,%u-%02u-%02u,AF%02u\n", i, again,
				     names[again ? i / 7 % 7 : i % 7],
				     names[again ? i % 7 : i / 7 % 7], i % 2 ? 'm' : 'f',
				     1960 + i * 7 % 50, 1 + i % 12, 2 + i % 26, 1 + i / 3 % 20);
}

/* Every pair, against this many bits: gives how many come to them. */
static unsigned compare_early(const struct learned *l, float least)
{
	struct worth worth[SCRIPTS_COUNT];
	unsigned kept = 0;
	struct asked asked;
	struct compared early, whole;
	struct memo *memo;
	struct fault f = { 0 };

	CHECK_INT(memo_new(&memo, &l->records, &f), OK);
	models_worth(&l->models, least, worth);
	for (uint32_t a = 0; a < l->records.count; a++) {
		asked_begin(&asked, memo, worth, a);
		for (uint32_t b = 0; b < l->records.count; b++) {
			struct scored pair;

			compare(&whole, memo, a, b);
			pair = (struct scored){ .pattern = whole.pattern, .rarity = whole.rarity };
			if (!compare_if_worth(&early, &asked, b)) {
				CHECK(model_bits(model_for(&l->models, whole.pattern), &pair) <
				      least);
				continue;
			}
			kept++;
			CHECK(early.pattern == whole.pattern);
			CHECK(early.rarity == whole.rarity);
		}
	}
	memo_free(memo);
	return kept;
}

TEST(a_comparison_that_ends_early_leaves_out_only_what_comes_to_too_little)
{
	void (*const lists[])(struct buffer *) = { write_families, write_in_two_scripts,
						   write_with_swaps };

	for (unsigned i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct learned *l = learned_from(lists[i], MAP);
		unsigned all = l->records.count * l->records.count, some, few;

		CHECK_INT(compare_early(l, -INFINITY), all);
		some = compare_early(l, -14);
		few = compare_early(l, 5);
		CHECK(few > 0 && few < some && some < all);
		forget(l);
	}
}
