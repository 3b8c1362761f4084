#include "base/prop.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "base/world_testing.h"

static void values_stay_within_their_bounds(struct prop *p)
{
	uint64_t a = prop_uint(p, 0, UINT64_MAX), b = prop_uint(p, 0, UINT64_MAX);
	uint64_t least = a < b ? a : b, most = a < b ? b : a, n = prop_uint(p, least, most);
	int64_t i = prop_int(p, INT64_MIN, 5);
	struct text t = prop_text(p, 33);
	uint32_t c;

	CHECK(n >= least && n <= most);
	CHECK(i <= 5);
	CHECK(prop_pick(p, 7) < 7);
	CHECK(prop_bytes(p, 9).size <= 9);
	CHECK(t.size <= 33 && utf8_valid(t));
	CHECK_INT(utf8_first_forbidden(t, &c), t.size);
}

TEST(no_value_leaves_its_bounds)
{
	prop_run(values_stay_within_their_bounds, 3000, 18);
}

TEST(without_bytes_values_are_the_least)
{
	struct arena *a = NULL;
	struct prop p = { .left = { NULL, 0 } };

	CHECK(!arena_new(&a, 1000));
	p.arena = a;
	CHECK(prop_end(&p));
	CHECK_INT(prop_uint(&p, 3, 1000), 3);
	CHECK_INT(prop_int(&p, -7, 1000), -7);
	CHECK(!prop_bool(&p));
	CHECK_INT(prop_pick(&p, 5), 0);
	CHECK_INT(prop_bytes(&p, 100).size, 0);
	CHECK_INT(prop_text(&p, 100).size, 0);
	arena_free(a);
}

static void both_ends_come_up(struct prop *p)
{
	static unsigned seen[3];

	if (!p->arena) { /* asked at the end */
		CHECK(seen[0] && seen[1] && seen[2]);
		return;
	}
	switch (prop_uint(p, 10, 1000000)) {
	case 10:
		seen[0]++;
		break;
	case 1000000:
		seen[1]++;
		break;
	default:
		seen[2]++;
	}
}

TEST(both_ends_of_a_range_come_up)
{
	struct prop asked = { .arena = NULL };

	prop_run(both_ends_come_up, 5000, 19);
	both_ends_come_up(&asked);
}

static unsigned rests_taken;

static void the_rest_is_taken_whole(struct prop *p)
{
	size_t pick = prop_pick(p, 256);
	struct bytes rest = prop_rest(p);

	CHECK_INT(rest.size, 3);
	CHECK_INT(pick, 'x');
	CHECK(memcmp(rest.at, "abc", 3) == 0);
	CHECK(prop_end(p));
	rests_taken++;
}

TEST(a_kept_case_is_run_by_the_property_of_its_number_alone)
{
	static const struct prop_fuzzed its = { 7, the_rest_is_taken_whole, "its" };
	char folder[TEST_FOLDER_SIZE], path[TEST_FOLDER_SIZE + 8];

	test_folder_make(folder);
	snprintf(path, sizeof(path), "%s/case", folder);
	CHECK_INT(file_save(world_real(), path, bytes_of("\7xabc", 5), NULL), OK);
	snprintf(path, sizeof(path), "%s/other", folder);
	CHECK_INT(file_save(world_real(), path, bytes_of("\10", 1), NULL), OK);
	prop_run_kept(&its, folder);
	CHECK_INT(rests_taken, 1);
	snprintf(path, sizeof(path), "%s/case", folder);
	CHECK_INT(setenv("IKHTIAR_BYTES", path, 1), 0);
	prop_run_kept(&its, "/nowhere");
	CHECK_INT(rests_taken, 2);
	CHECK_INT(unsetenv("IKHTIAR_BYTES"), 0);
	test_folder_remove(folder);
}

RUN_TESTS()
