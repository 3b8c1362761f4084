#include "base/prop.h"

#include "base/utf8.h"

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

RUN_TESTS()
