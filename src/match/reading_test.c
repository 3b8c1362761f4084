/* Lists as records, by any number of threads. */
#include <pthread.h> /* for the build that looks for races */
#include <stdio.h>

#include "base/csv.h"
#include "base/test.h"
#include "base/world_testing.h"
#include "match/atoms.h"
#include "match/match.h"
#include "match/records.h"

#define MAP                                                                                        \
	"{\"id\":\"no\",\"household\":\"hh\",\"truth\":\"who\",\"given\":\"given\",\"sex\":"       \
	"\"sex\","                                                                                 \
	"\"birth_year\":\"y\",\"birth_month\":\"m\",\"birth_day\":\"d\",\"document\":\"card\"}"
#define HEADING "no,hh,who,given,sex,y,m,d,card\n"

struct read {
	char folder[TEST_FOLDER_SIZE];
	char paths[2][TEST_FOLDER_SIZE + 16];
	struct records records;
	struct fault fault;
	enum err err;
};

/* Beside the folder's name, which is another one each time. */
static void read_lists(struct read *out, struct text first, struct text second, unsigned threads)
{
	struct text lists[] = { first, second };
	struct records_order order = { .world = world_real(),
				       .map = TEXT(MAP),
				       .threads = threads };

	*out = (struct read){ 0 };
	test_folder_make(out->folder);
	for (unsigned i = 0; i < 2; i++) {
		snprintf(out->paths[i], sizeof(out->paths[i]), "%s/%u.csv", out->folder, i);
		CHECK(!file_save(order.world, out->paths[i], bytes_of_text(lists[i]), NULL));
	}
	order.first = out->paths[0];
	order.second = second.size ? out->paths[1] : NULL;
	CHECK(!match_channel_shipped(&out->records.channel, NULL));
	out->err = records_read(&out->records, &order, &out->fault);
}

static void leave(struct read *r)
{
	records_free(&r->records);
	test_folder_remove(r->folder);
}

/* Many blocks; each id once, names often, and cards that are nearly each one's own. */
#define ROWS 9000

static void write_rows(struct buffer *out, char list, unsigned from, unsigned to)
{
	static const char *const names[] = { "زرمینه", "Ajmal", "Khan, Rahmat", "", "Gul Jan" };

	for (unsigned i = from; i < to; i++)
		buffer_print(out, "%c%u,h%u,p%u,\"%s %u\",%s,%u,%u,%u,PK-%u/%c\n", list, i, i / 5,
			     i * 7 % 6000, names[i % 5], i % 211, i % 3 ? "F" : "m", 1950 + i % 60,
			     1 + i % 12, 1 + i % 28, i / 2, list);
}

static void check_same_strings(const struct strings *a, const struct strings *b)
{
	CHECK_INT(a->count, b->count);
	for (uint32_t i = 1; i <= a->count; i++)
		CHECK(text_same(string_at(a, i), string_at(b, i)) && a->counts[i] == b->counts[i]);
}

static void check_same(const struct records *a, const struct records *b)
{
	size_t size = a->count * sizeof(uint32_t);

	CHECK_INT(a->count, b->count);
	CHECK_INT(a->second, b->second);
	CHECK(!memcmp(a->id_of, b->id_of, size) && !memcmp(a->persons, b->persons, size));
	CHECK(!memcmp(a->households, b->households, size));
	CHECK(!memcmp(a->values, b->values, size * a->columns_count));
	check_same_strings(&a->ids, &b->ids);
	check_same_strings(&a->household_names, &b->household_names);
	check_same_strings(&a->person_names, &b->person_names);
	for (unsigned i = 0; i < a->columns_count; i++)
		check_same_strings(&a->columns[i].strings, &b->columns[i].strings);
	CHECK_INT(a->words.count, b->words.count);
}

static void check_same_atoms(const struct records *r, unsigned threads)
{
	struct atoms one, more;

	CHECK(!atoms_make(&one, r, 1, NULL) && !atoms_make(&more, r, threads, NULL));
	CHECK(one.count > 0 && one.count == more.count);
	CHECK(!memcmp(one.people, more.people, one.count * sizeof(*one.people)));
	CHECK(!memcmp(one.weights, more.weights, one.count));
	CHECK(!memcmp(one.starts, more.starts, (r->count + 1) * sizeof(*one.starts)));
	CHECK(!memcmp(one.of, more.of, one.starts[r->count] * sizeof(*one.of)));
	CHECK(!memcmp(one.known, more.known, r->count));
	atoms_free(&one);
	atoms_free(&more);
}

static const unsigned more_threads[] = { 2, 5 };

TEST(two_lists_are_the_same_records_and_atoms_for_any_number_of_threads)
{
	struct buffer first = { 0 }, second = { 0 };
	struct read one, more;

	buffer_text(&first, TEXT(HEADING));
	write_rows(&first, 'a', 0, ROWS);
	buffer_text(&second, TEXT(HEADING));
	write_rows(&second, 'a', 0, ROWS / 4);
	write_rows(&second, 'b', 0, ROWS / 4);
	read_lists(&one, buffer_as_text(&first), buffer_as_text(&second), 1);
	CHECK_INT(one.err, OK);
	CHECK_INT(one.records.count, ROWS + ROWS / 4 * 2);
	CHECK_INT(one.records.second, ROWS);
	CHECK_TEXT(record_id(&one.records, 8999), "a8999");
	CHECK_TEXT(string_at(&one.records.columns[2].strings, 1), "pk0a"); /* card */
	for (size_t i = 0; i < COUNT_OF(more_threads); i++) {
		read_lists(&more, buffer_as_text(&first), buffer_as_text(&second), more_threads[i]);
		CHECK_INT(more.err, OK);
		check_same(&one.records, &more.records);
		check_same_atoms(&one.records, more_threads[i]);
		leave(&more);
	}
	leave(&one);
	buffer_free(&first);
	buffer_free(&second);
}

/* The lines `at[i]` of a list are `rows[i]`, and nothing is wrong elsewhere. */
static void check_wrong(const unsigned at[2], const char *const rows[2], const char *key,
			unsigned line)
{
	static const unsigned threads[] = { 1, 2, 5 };
	struct buffer list = { 0 };
	char number[16];

	snprintf(number, sizeof(number), "%u", line);
	buffer_text(&list, TEXT(HEADING));
	write_rows(&list, 'a', 0, at[0]);
	buffer_text(&list, text_of(rows[0]));
	write_rows(&list, 'a', at[0], at[1]);
	buffer_text(&list, text_of(rows[1]));
	write_rows(&list, 'a', at[1], ROWS);
	for (size_t i = 0; i < COUNT_OF(threads); i++) {
		struct read r;

		read_lists(&r, buffer_as_text(&list), TEXT(""), threads[i]);
		CHECK_INT(r.err, ERR_INPUT);
		CHECK_TEXT(r.fault.key, key);
		CHECK_TEXT(r.fault.values[1 - !strcmp(key, "match.no-id")], number);
		leave(&r);
	}
	buffer_free(&list);
}

#define TWICE "a17,h,p,Ajmal,m,1980,1,2,x\n"
#define NO_ID " ,h,p,Ajmal,m,1980,1,2,x\n"
#define NO_UTF8 "x,h,p,\xFF,m,1980,1,2,x\n"
#define BAD_QUOTE "x,h,p,\"Ajmal\"x,m,1980,1,2,x\n"

TEST(of_two_rows_that_are_wrong_the_first_is_told_however_far_a_thread_has_come)
{
	/* The heading is a line, and lines count from 1. */
	check_wrong((unsigned[]){ 7000, 7001 }, (const char *[]){ TWICE, BAD_QUOTE },
		    "match.id-twice", 7002);
	check_wrong((unsigned[]){ 7000, 7001 }, (const char *[]){ BAD_QUOTE, TWICE },
		    "csv.after-quote", 7002);
	check_wrong((unsigned[]){ 3000, 3000 }, (const char *[]){ NO_ID, TWICE }, "match.no-id",
		    3002);
	check_wrong((unsigned[]){ 3000, 8900 }, (const char *[]){ NO_UTF8, NO_ID }, "csv.encoding",
		    3002);
	check_wrong((unsigned[]){ 20, 8900 }, (const char *[]){ TWICE, NO_UTF8 }, "match.id-twice",
		    22);
}

TEST(rows_of_a_megabyte_are_read_among_small_ones)
{
	struct buffer list = { 0 };
	struct read one, more;

	buffer_text(&list, TEXT(HEADING));
	write_rows(&list, 'a', 0, 2000);
	for (unsigned i = 0; i < 6; i++) {
		uint8_t *who;

		buffer_print(&list, "long%u,h,%u", i, i % 3);
		who = buffer_take(&list, CSV_CELL_SIZE_MAX - 1);
		CHECK(who);
		memset(who, 'p', CSV_CELL_SIZE_MAX - 1);
		buffer_text(&list, TEXT(",Ajmal,m,1980,1,2,x\n"));
	}
	write_rows(&list, 'a', 2000, 4000);
	read_lists(&one, buffer_as_text(&list), TEXT(""), 1);
	CHECK_INT(one.err, OK);
	CHECK_INT(one.records.count, 4006);
	CHECK_INT(one.records.persons[2003], one.records.persons[2000]);
	CHECK(one.records.persons[2001] != one.records.persons[2000]);
	read_lists(&more, buffer_as_text(&list), TEXT(""), 2);
	CHECK_INT(more.err, OK);
	check_same(&one.records, &more.records);
	leave(&one);
	leave(&more);
	buffer_free(&list);
}

RUN_TESTS()
