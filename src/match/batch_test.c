#include "base/prop.h"
#include "base/world_testing.h"
#include "match/match.h"
#include "match/records.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>

#define MAP                                                                                        \
	"{\"id\":\"no\",\"household\":\"hh\",\"given\":\"given\",\"father\":\"father\","           \
	"\"sex\":\"sex\",\"birth\":\"birth\",\"origin\":\"area\"}"

/* A list of people of many names: N households of three, of which every fifth stands there
 * a second time, in the other script, a year younger. */
static const char *const given[][2] = {
	{ "Zarmina", "زرمینه" }, { "Ajmal", "اجمل" },	   { "Spozhmai", "سپوږمۍ" },
	{ "Naqib", "نقیب" },	 { "Fatima", "فاطمه" },	   { "Rahmat", "رحمت" },
	{ "Khalid", "خالد" },	 { "Shakila", "شکیله" },   { "Tariq", "طارق" },
	{ "Yasmin", "یاسمین" },	 { "Baryalai", "بریالی" },
};
static const char *const fathers[][2] = {
	{ "Mohammad", "محمد" },	       { "Abdul Rahman", "عبدالرحمن" }, { "Karim", "کریم" },
	{ "Najibullah", "نجیب الله" }, { "Sardar", "سردار" },		{ "Ghulam", "غلام" },
	{ "Jawad", "جواد" },
};

static void write_person(struct buffer *out, unsigned household, unsigned member, bool again)
{
	unsigned n = household * 3 + member;

	buffer_print(out, "%s%u,%s%u,%s,%s %s,%s,%u-%02u-%02u,AF%02u\n", again ? "b" : "a", n,
		     again ? "y" : "x", household, given[(household * 5 + member * 4) % 11][again],
		     fathers[household % 7][again], given[household % 11][again],
		     member % 2 ? "f" : "m", 1960 + (n * 7) % 50, 1 + n % 12,
		     again && member == 1 ? 1 + (n + 1) % 28 : 1 + n % 28, 1 + household % 30);
}

#define HEADING "no,hh,given,father,sex,birth,area\n"

static struct text write_list(struct buffer *out, unsigned households)
{
	buffer_text(out, TEXT(HEADING));
	for (unsigned h = 0; h < households; h++)
		for (unsigned m = 0; m < 3; m++) {
			write_person(out, h, m, false);
			if (h % 5 == 0)
				write_person(out, h, m, true);
		}
	return buffer_as_text(out);
}

struct there {
	char folder[TEST_FOLDER_SIZE];
	char path[TEST_FOLDER_SIZE + 16], second[TEST_FOLDER_SIZE + 16];
	struct match_batch *batch;
	struct fault fault;
};

static enum err match_lists(struct there *t, struct text list, const struct text *second,
			    const char *map, unsigned threads)
{
	struct match_order order = { .world = world_real(),
				     .map = text_of(map),
				     .threads = threads };

	*t = (struct there){ 0 };
	test_folder_make(t->folder);
	snprintf(t->path, sizeof(t->path), "%s/list.csv", t->folder);
	snprintf(t->second, sizeof(t->second), "%s/second.csv", t->folder);
	CHECK_INT(file_save(order.world, t->path, bytes_of_text(list), &t->fault), OK);
	order.first = t->path;
	if (second) {
		CHECK_INT(file_save(order.world, t->second, bytes_of_text(*second), &t->fault), OK);
		order.second = t->second;
	}
	return match_batch_new(&t->batch, &order, &t->fault);
}

static enum err match_list(struct there *t, struct text list, const char *map, unsigned threads)
{
	return match_lists(t, list, NULL, map, threads);
}

static void leave(struct there *t)
{
	match_batch_free(t->batch);
	test_folder_remove(t->folder);
}

static void check_refused(const char *list, const char *map, const char *key)
{
	struct there t;

	CHECK(match_list(&t, text_of(list), map, 1) != OK);
	CHECK_TEXT(t.fault.key ? t.fault.key : "(no fault)", key);
	leave(&t);
}

/* How many pairs are the same person, and how many of these are not. */
static unsigned count_same(const struct match_batch *b, unsigned *wrong)
{
	unsigned same = 0;

	*wrong = 0;
	for (size_t i = 0; i < match_batch_pairs(b); i++) {
		struct match_pair p = match_batch_pair(b, i);

		same += p.same;
		*wrong += p.same && (p.id_a.size != p.id_b.size || p.id_a.at[0] == p.id_b.at[0] ||
				     memcmp(p.id_a.at + 1, p.id_b.at + 1, p.id_a.size - 1) != 0);
	}
	return same;
}

#define HOUSEHOLDS 75
#define DOUBLES (HOUSEHOLDS / 5 * 3)

TEST(doubles_are_found_across_scripts_and_siblings_are_not)
{
	struct buffer list = { 0 };
	struct there t;
	unsigned same, wrong;

	CHECK_INT(match_list(&t, write_list(&list, HOUSEHOLDS), MAP, 1), OK);
	same = count_same(t.batch, &wrong);
	CHECK(same - wrong >= DOUBLES * 95 / 100);
	CHECK(wrong <= DOUBLES * 3 / 100);
	leave(&t);
	buffer_free(&list);
}

/* Long enough that threads are at work at once, and keys fall together in their counters. */
#define HOUSEHOLDS_MANY 1000

TEST(candidates_do_not_depend_on_how_far_another_thread_has_come)
{
	struct buffer list = { 0 };
	struct there one, four;

	write_list(&list, HOUSEHOLDS_MANY);
	CHECK_INT(match_list(&one, buffer_as_text(&list), MAP, 1), OK);
	CHECK_INT(match_list(&four, buffer_as_text(&list), MAP, 4), OK);
	CHECK_INT(match_batch_counts(one.batch).candidates,
		  match_batch_counts(four.batch).candidates);
	leave(&one);
	leave(&four);
	buffer_free(&list);
}

TEST(any_number_of_threads_gives_the_same_bits)
{
	struct buffer list = { 0 };
	struct there one, three;

	write_list(&list, HOUSEHOLDS);
	CHECK_INT(match_list(&one, buffer_as_text(&list), MAP, 1), OK);
	CHECK_INT(match_list(&three, buffer_as_text(&list), MAP, 3), OK);
	CHECK_INT(match_batch_pairs(one.batch), match_batch_pairs(three.batch));
	for (size_t i = 0; i < match_batch_pairs(one.batch); i++) {
		struct match_pair a = match_batch_pair(one.batch, i);
		struct match_pair b = match_batch_pair(three.batch, i);

		CHECK(text_same(a.id_a, b.id_a) && text_same(a.id_b, b.id_b));
		CHECK(memcmp(&a.bits, &b.bits, sizeof(a.bits)) == 0 && a.same == b.same);
	}
	leave(&one);
	leave(&three);
	buffer_free(&list);
}

/* Two atoms each, so that all that is known of one is also a key of two. */
static struct text write_plain_names(struct buffer *out, unsigned people)
{
	static const char *const men[] = { "Mohammad", "Karim", "Sardar", "Ghulam", "Jawad" };

	buffer_text(out, TEXT("no,given,father\n"));
	for (unsigned i = 0; i < people; i++)
		buffer_print(out, "%03u,%s,%s\n", i, given[i % 11][0], men[i % 5]);
	return buffer_as_text(out);
}

TEST(no_pair_is_a_candidate_twice_where_keys_of_two_levels_are_one)
{
	static const char map[] = "{\"id\":\"no\",\"given\":\"given\",\"father\":\"father\"}";
	struct buffer list = { 0 };
	struct there one, three;

	write_plain_names(&list, 220);
	CHECK_INT(match_list(&one, buffer_as_text(&list), map, 1), OK);
	CHECK_INT(match_list(&three, buffer_as_text(&list), map, 3), OK);
	CHECK_INT(match_batch_counts(one.batch).candidates,
		  match_batch_counts(three.batch).candidates);
	CHECK(match_batch_pairs(one.batch) > 0);
	for (size_t i = 0; i < match_batch_pairs(one.batch); i++) {
		struct match_pair pair = match_batch_pair(one.batch, i);

		CHECK(memcmp(pair.id_a.at, pair.id_b.at, 3) < 0);
	}
	leave(&one);
	leave(&three);
	buffer_free(&list);
}

TEST(the_lines_of_an_explanation_add_up_and_are_the_same_from_either_side)
{
	struct match_line lines[MATCH_LINES_MAX];
	struct buffer list = { 0 };
	struct there t;
	size_t count;
	float bits, back;

	CHECK_INT(match_list(&t, write_list(&list, 60), MAP, 1), OK);
	for (size_t i = 0; i < match_batch_pairs(t.batch); i++) {
		struct match_pair p = match_batch_pair(t.batch, i);
		float sum = 0;

		CHECK_INT(match_batch_explain(t.batch, p.id_a, p.id_b, lines, &count, &bits,
					      &t.fault),
			  OK);
		for (size_t k = 0; k < count; k++)
			sum += lines[k].bits;
		CHECK(fabsf(sum - p.bits) < 0.01f && fabsf(sum - bits) < 0.01f);
		CHECK_INT(match_batch_explain(t.batch, p.id_b, p.id_a, lines, &count, &back,
					      &t.fault),
			  OK);
		CHECK(fabsf(bits - back) < 0.01f);
	}
	CHECK_INT(match_batch_explain(t.batch, TEXT("nobody"), TEXT("a1"), lines, &count, &bits,
				      &t.fault),
		  ERR_NOT_FOUND);
	leave(&t);
	buffer_free(&list);
}

/* Of each person a whole record, and two that have little in common. */
static void write_thirds(struct buffer *out)
{
	buffer_text(out, TEXT(HEADING));
	for (unsigned i = 0; i < 60; i++) {
		const char *name = given[i % 11][0], *father = fathers[i % 7][0];
		const char *grandfather = given[i / 6 % 11][0];

		buffer_print(out, "%u-w,,%s,%s %s,f,%u-%02u-%02u,AF%02u\n", i, name, father,
			     grandfather, 1940 + i, 1 + i % 12, 2 + i % 26, 1 + i % 20);
		buffer_print(out, "%u-x,,%s,%s %s,f,,AF%02u\n", i, name, father, grandfather,
			     1 + i % 20);
		buffer_print(out, "%u-y,,%s,,,%u-%02u-%02u,AF%02u\n", i, name, 1940 + i, 1 + i % 12,
			     2 + i % 26, 1 + i % 20);
	}
}

TEST(two_who_are_like_a_third_are_the_same_and_the_explanation_says_so)
{
	struct match_line lines[MATCH_LINES_MAX];
	struct buffer list = { 0 };
	unsigned helped = 0;
	struct there t;
	size_t count;
	float bits;

	write_thirds(&list);
	CHECK_INT(match_list(&t, buffer_as_text(&list), MAP, 1), OK);
	for (size_t i = 0; i < match_batch_pairs(t.batch); i++) {
		struct match_pair p = match_batch_pair(t.batch, i);

		CHECK_INT(match_batch_explain(t.batch, p.id_a, p.id_b, lines, &count, &bits,
					      &t.fault),
			  OK);
		CHECK(fabsf(bits - p.bits) < 0.01f);
		for (size_t k = 0; k < count; k++)
			helped +=
				!strcmp(lines[k].key, "match.third") && lines[k].bits > 1 && p.same;
	}
	CHECK(helped > 0);
	leave(&t);
	buffer_free(&list);
}

/* In how many pairs a name is said to stand in the other's column. */
static unsigned count_swapped(const char *map)
{
	struct match_line lines[MATCH_LINES_MAX];
	struct buffer list = { 0 };
	unsigned swapped = 0;
	struct there t;
	size_t count;
	float bits;

	buffer_text(&list, TEXT("no,given,other,birth\n"));
	for (unsigned i = 0; i < 70; i++)
		buffer_print(&list, "a%u,%s,%s,%u-05-%02u\nb%u,%s,,%u-05-%02u\n", i,
			     given[i % 11][0], fathers[i % 7][0], 1940 + i, 2 + i % 20, i,
			     fathers[i % 7][0], 1940 + i, 2 + i % 20);
	CHECK_INT(match_list(&t, buffer_as_text(&list), map, 1), OK);
	for (unsigned i = 0; i < 70; i++) {
		char a[8], b[8];

		snprintf(a, sizeof(a), "a%u", i);
		snprintf(b, sizeof(b), "b%u", i);
		CHECK_INT(match_batch_explain(t.batch, text_of(a), text_of(b), lines, &count, &bits,
					      &t.fault),
			  OK);
		for (size_t k = 0; k < count; k++)
			swapped += !strcmp(lines[k].key, "match.name-swapped");
	}
	leave(&t);
	buffer_free(&list);
	return swapped;
}

TEST(a_family_name_that_stands_alone_is_found_in_the_other_column_and_a_father_is_not_his_child)
{
	/* Not all: Rahmat and Abdul Rahman are somewhat alike as they stand. */
	CHECK(count_swapped("{\"id\":\"no\",\"given\":\"given\",\"family\":\"other\","
			    "\"birth\":\"birth\"}") > 60);
	CHECK_INT(count_swapped("{\"id\":\"no\",\"given\":\"given\",\"father\":\"other\","
				"\"birth\":\"birth\"}"),
		  0);
}

TEST(a_daughter_of_whom_only_a_frequent_name_is_known_is_found_by_her_family)
{
	struct buffer list = { 0 };
	struct there t;
	size_t family = 0;

	write_list(&list, HOUSEHOLDS);
	for (unsigned h = 0; h < HOUSEHOLDS; h++) {
		buffer_print(&list, "a%u,x%u,Fatima,,,,\n", 1000 + h, h);
		if (h % 5 == 0)
			buffer_print(&list, "b%u,y%u,فاطمه,,,,\n", 1000 + h, h);
	}
	CHECK_INT(match_list(&t, buffer_as_text(&list), MAP, 1), OK);
	/* She is among the pairs, though by her name she could be any of ninety. */
	for (size_t i = 0; i < match_batch_pairs(t.batch); i++) {
		struct match_pair p = match_batch_pair(t.batch, i);

		family += p.id_a.size == 5 && p.id_b.size == 5 && p.id_a.at[0] != p.id_b.at[0] &&
			  !memcmp(p.id_a.at + 1, p.id_b.at + 1, 4);
	}
	CHECK_INT(family, HOUSEHOLDS / 5);
	leave(&t);
	buffer_free(&list);
}

TEST(two_of_one_household_are_never_one_person)
{
	struct buffer list = { 0 };
	struct there t;

	buffer_text(&list, TEXT(HEADING));
	for (unsigned i = 0; i < 40; i++) /* twins of one name in each household */
		buffer_print(&list,
			     "t%u,h%u,Mohammad,Ahmad,m,2010-05-05,AF01\n"
			     "u%u,h%u,Mohammad,Ahmad,m,2010-05-05,AF01\n",
			     i, i, i, i);
	CHECK_INT(match_list(&t, buffer_as_text(&list), MAP, 1), OK);
	for (uint32_t i = 0; i + 1 < match_batch_records(t.batch); i += 2)
		CHECK(match_batch_cluster(t.batch, i) != match_batch_cluster(t.batch, i + 1));
	leave(&t);
	buffer_free(&list);
}

TEST(many_equal_rows_meet_and_are_bounded_work)
{
	struct buffer list = { 0 };
	struct there t;

	buffer_text(&list, TEXT(HEADING));
	for (unsigned i = 0; i < 4000; i++)
		buffer_print(&list, "r%u,,Mohammad,Ahmad,m,1980-01-01,AF01\n", i);
	CHECK_INT(match_list(&t, buffer_as_text(&list), MAP, 1), OK);
	CHECK(match_batch_counts(t.batch).candidates >= 3999);
	CHECK(match_batch_counts(t.batch).candidates <= 4000ull * 100);
	leave(&t);
	buffer_free(&list);
}

TEST(what_is_known_of_the_doubles_measures_the_candidates_and_is_no_evidence)
{
	static const char map[] = "{\"id\":\"no\",\"given\":\"given\",\"father\":\"father\","
				  "\"birth\":\"birth\",\"truth\":\"hh\"}";
	struct buffer list = { 0 };
	struct there t;

	/* The same person under all that is hers; and one whom nothing but the truth joins. */
	buffer_text(&list, TEXT(HEADING "x,p,Zarmina,Naqib,f,1984-05-06,\ny,p,Baryalai,Sardar,m,"
					"1950-02-03,\n"));
	for (unsigned i = 0; i < 20; i++)
		for (unsigned k = 0; k < 2; k++)
			buffer_print(&list, "%u-%u,q%u,%s,%s,f,%u-05-%02u,\n", i, k, i,
				     given[i % 11][0], fathers[i % 7][0], 1960 + i, 1 + i);
	CHECK_INT(match_list(&t, buffer_as_text(&list), map, 2), OK);
	CHECK_INT(match_batch_counts(t.batch).known, 21);
	CHECK_INT(match_batch_counts(t.batch).known_met, 20);
	leave(&t);
	buffer_free(&list);
}

TEST(four_hundred_of_one_name_and_a_name_of_four_kilobytes_are_bounded_work)
{
	struct buffer list = { 0 };
	struct there t;

	buffer_text(&list, TEXT(HEADING));
	for (unsigned i = 0; i < 400; i++)
		buffer_print(&list, "r%u,,Mohammad,Ahmad,m,19%02u-01-01,AF%02u\n", i, 40 + i % 60,
			     i % 30);
	buffer_text(&list, TEXT("long,,"));
	for (unsigned i = 0; i < 512; i++)
		buffer_text(&list, TEXT("Ahmad \xD9\x85"));
	buffer_text(&list, TEXT(",Ahmad,m,1980,AF01\n"));
	CHECK_INT(match_list(&t, buffer_as_text(&list), MAP, 1), OK);
	CHECK_INT(match_batch_records(t.batch), 401);
	CHECK(match_batch_counts(t.batch).candidates <= 400ull * 60);
	leave(&t);
	buffer_free(&list);
}

TEST(odd_rows_are_read_without_harm)
{
	static const char rows[] =
		HEADING "1,h,A,,m,0000-00-00,\n2,h2,😀,😀,?,1880-13-45,AF01\n3,,ﷴ,Gulگل,f,۱۳۶۰,\n"
			"4,,,,,,\n5,h3,\xE2\x80\x8F"
			"Ahmad,Karim,m,1.2.1990,AF\n6,h4,Ahmad,Karim,m,"
			"19900201,AF\n";
	struct there t;

	CHECK_INT(match_list(&t, text_of(rows), MAP, 2), OK);
	CHECK_INT(match_batch_records(t.batch), 6);
	leave(&t);
	CHECK_INT(match_list(&t, TEXT(HEADING), MAP, 1), OK);
	CHECK_INT(match_batch_pairs(t.batch), 0);
	leave(&t);
}

TEST(a_list_or_a_map_that_cannot_be_used_says_why)
{
	check_refused("", MAP, "match.empty");
	check_refused(HEADING ",h,A,B,m,,\n", MAP, "match.no-id");
	check_refused(HEADING "1,h,A,B,m,,\n1,h,C,D,f,,\n", MAP, "match.id-twice");
	check_refused("no,given\n1,A\n", MAP, "match.no-such-column");
	check_refused(HEADING, "{\"given\":\"given\"}", "match.map-id");
	check_refused(HEADING, "{\"id\":\"no\"}", "match.map-nothing");
	check_refused(HEADING, "{\"id\":\"no\",\"answer\":\"given\"}", "match.map-key");
	check_refused(HEADING, "{\"id\":\"no\",\"given\":7}", "match.map-column");
	check_refused(HEADING, "{\"id\":\"no\",\"other\":[{\"column\":\"area\"}]}",
		      "match.map-other");
}

TEST(an_id_of_the_first_list_may_stand_once_in_the_second_and_not_twice)
{
	struct text first = TEXT(HEADING "1,h,Ajmal,Karim,m,,\n2,h,Zarmina,Karim,f,,\n");
	struct text once = TEXT(HEADING "2,h,Zarmina,Karim,f,,\n3,h,Ajmal,Karim,m,,\n");
	struct text twice = TEXT(HEADING "2,h,Zarmina,Karim,f,,\n2,h,Ajmal,Karim,m,,\n");
	struct there t;

	CHECK_INT(match_lists(&t, first, &once, MAP, 1), OK);
	CHECK_INT(match_batch_records(t.batch), 4);
	leave(&t);
	CHECK_INT(match_lists(&t, first, &twice, MAP, 1), ERR_INPUT);
	CHECK_TEXT(t.fault.key, "match.id-twice");
	leave(&t);
}

/* Each stands there eight times, three of them under other names. */
#define AUTHORS 300
#define OTHER_NAME 5 /* from this one on */
#define TIMES 8

static void write_authors(struct buffer *out)
{
	static const char *const towns[] = { "Herat", "Ghazni", "Balkh", "Zabul", "Khost" };

	buffer_text(out, TEXT("no,given,family,birth,town,trade\n"));
	for (unsigned i = 0; i < AUTHORS; i++)
		for (unsigned k = 0; k < TIMES; k++) {
			buffer_print(out, "%u-%u,%s,%s%s,", i, k,
				     given[(k < OTHER_NAME ? i : i + k) % 11][0], fathers[i % 7][0],
				     given[i * 3 % 11][0]);
			if (k % 3)
				buffer_print(out, "%u", 1900 + i * 7 % 60);
			buffer_print(out, ",%s %u,%c%u\n", towns[i % 5], i % 3, 'a' + i % 4, i % 2);
		}
}

TEST(one_person_under_another_name_is_not_taken_for_her_own_sister)
{
	static const char map[] = "{\"id\":\"no\",\"given\":\"given\",\"family\":\"family\","
				  "\"birth\":\"birth\",\"other\":["
				  "{\"column\":\"town\",\"as\":\"text\"},"
				  "{\"column\":\"trade\",\"as\":\"code\"}]}";
	struct buffer list = { 0 };
	struct there t;
	unsigned others = 0;

	write_authors(&list);
	CHECK_INT(match_list(&t, buffer_as_text(&list), map, 1), OK);
	for (size_t i = 0; i < match_batch_pairs(t.batch); i++) {
		struct match_pair p = match_batch_pair(t.batch, i);
		char last = p.id_b.at[p.id_b.size - 1];

		others += p.same && last >= '0' + OTHER_NAME &&
			  text_begins(p.id_b, (struct text){ p.id_a.at, p.id_a.size - 1 });
	}
	CHECK(others >= AUTHORS * OTHER_NAME * (TIMES - OTHER_NAME) / 2);
	leave(&t);
	buffer_free(&list);
}

TEST(a_column_that_is_not_there_is_told_with_those_that_are)
{
	struct there t;

	CHECK_INT(match_list(&t, TEXT("No; name;birth\n1;A;\n"), "{\"id\":\"no\"}", 1), ERR_INPUT);
	CHECK_TEXT(t.fault.key, "match.map-nothing");
	leave(&t);
	CHECK_INT(match_list(&t, TEXT("No; name;birth\n1;A;\n"),
			     "{\"id\":\"no\",\"given\":\"name\"}", 1),
		  ERR_INPUT);
	CHECK_TEXT(t.fault.key, "match.no-such-column");
	CHECK_TEXT(t.fault.values[0], "no");
	CHECK_TEXT(t.fault.values[1], t.path);
	CHECK_TEXT(t.fault.values[2], "No, name, birth");
	leave(&t);
}

TEST(a_list_of_two_columns_with_semicolons_a_mark_and_other_digits_is_read)
{
	struct there t;

	CHECK_INT(match_list(&t, TEXT("\xEF\xBB\xBFid;name\r\n۱;Zarmina\r\n۲;زرمینه\r\n۳;\r\n"),
			     "{\"id\":\"id\",\"full_name\":\"name\"}", 1),
		  OK);
	CHECK_INT(match_batch_records(t.batch), 3);
	CHECK_INT(match_batch_pairs(t.batch), 1);
	leave(&t);
}

static void check_day(const char *written, unsigned year, unsigned month, unsigned day)
{
	struct day_known d = day_read(text_of(written));

	CHECK_INT(d.year, year);
	CHECK_INT(d.month, month);
	CHECK_INT(d.day, day);
}

TEST(days_are_read_in_every_usual_way)
{
	check_day("1980-02-03", 1980, 2, 3);
	check_day("19800203", 1980, 2, 3);
	check_day("3/2/1980", 1980, 2, 3);
	check_day("03.02.1980", 1980, 2, 3);
	check_day("1980-02-03T00:00:00Z", 1980, 2, 3);
	check_day("۱۹۸۰-۰۲-۰۳", 1980, 2, 3);
	check_day("1980", 1980, 0, 0);
	check_day("1980-01-01", 1980, 0, 0);
	check_day("0000-00-00", 0, 0, 0);
	check_day("1780-05-05", 0, 0, 0);
	check_day("unknown", 0, 0, 0);
	check_day("", 0, 0, 0);
}

TEST(a_day_of_the_afghan_calendar_is_the_same_day)
{
	check_day("۱۳۶۹/۲/۳", 1990, 4, 23);
	check_day("1369-02-03", 1990, 4, 23);
	check_day("13690203", 1990, 4, 23);
	check_day("1369", 1990, 0, 0);
	check_day("1369-01-01", 1990, 0, 0);
	check_day("1369-12-31", 1990, 0, 0); /* the twelfth month has 29 or 30 */
	check_day("1240-05-05", 0, 0, 0);
}

static void any_list_is_matched_or_refused(struct prop *p)
{
	struct bytes b = prop_rest(p);
	struct buffer list = { 0 };
	struct there t;

	buffer_text(&list, TEXT(HEADING));
	buffer_add(&list, b);
	if (match_list(&t, buffer_as_text(&list), MAP, 1) == OK) {
		for (size_t i = 0; i < match_batch_pairs(t.batch); i++)
			CHECK(isfinite(match_batch_pair(t.batch, i).bits));
	} else {
		CHECK(t.fault.key && !t.batch);
	}
	leave(&t);
	buffer_free(&list);
}

PROP_FUZZ(3, any_list_is_matched_or_refused)

RUN_TESTS()
