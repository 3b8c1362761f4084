#include "base/test.h"
#include "match/kin.h"

#define SURE 3.0f
#define DOUBTED (-3.0f)

/* Households of records that lie side by side. */
struct yard {
	struct records records;
	uint32_t households[256];
	struct scored pairs[64];
	size_t count;
	struct kin kin;
	struct fault fault;
};

/* The first of so many new records of one household. */
static uint32_t arrive(struct yard *y, unsigned members)
{
	uint32_t first = y->records.count;

	y->records.household_names.count++;
	for (unsigned i = 0; i < members; i++)
		y->households[y->records.count++] = y->records.household_names.count;
	y->records.second = y->records.count;
	return first;
}

static void look_alike(struct yard *y, uint32_t a, uint32_t b, float bits)
{
	y->pairs[y->count++] = (struct scored){ .a = a, .b = b, .bits = bits };
}

static void make_kin(struct yard *y)
{
	y->records.households = y->households;
	CHECK_INT(kin_new(&y->kin, y->pairs, y->count, &y->records, &y->fault), OK);
}

TEST(who_is_found_brings_the_others_of_both_households_once)
{
	struct yard y = { 0 };
	uint32_t a = arrive(&y, 3), other = arrive(&y, 2), b = arrive(&y, 4);
	uint32_t found[KIN_PAIRS_MAX][2];
	bool seen[16][16] = { 0 };
	unsigned count;

	look_alike(&y, a, b, SURE);
	look_alike(&y, a + 1, b + 2, SURE);
	look_alike(&y, a, other, DOUBTED);
	make_kin(&y);
	CHECK_INT(y.kin.count, 1);
	count = kin_of(&y.kin, 0, found);
	CHECK_INT(count, 3 * 4);
	for (unsigned i = 0; i < count; i++) {
		CHECK(found[i][0] < a + 3 && found[i][1] >= b && found[i][1] < b + 4);
		CHECK(!seen[found[i][0]][found[i][1]]);
		seen[found[i][0]][found[i][1]] = true;
	}
	kin_free(&y.kin);
}

TEST(who_has_no_household_or_is_alone_in_it_brings_nobody)
{
	struct yard y = { 0 };
	uint32_t alone = arrive(&y, 1), family = arrive(&y, 4), nobody = y.records.count++;

	y.records.second = y.records.count;
	look_alike(&y, alone, family, SURE);
	look_alike(&y, family + 1, nobody, SURE);
	make_kin(&y);
	CHECK_INT(y.kin.count, 0);
	kin_free(&y.kin);
}

TEST(a_household_that_looks_like_very_many_or_is_very_large_is_bounded_work)
{
	struct yard y = { 0 };
	uint32_t hall = arrive(&y, KIN_MEMBERS_MAX + 1), common = arrive(&y, 2);

	for (unsigned i = 0; i < 40; i++)
		look_alike(&y, common, arrive(&y, 2), SURE);
	look_alike(&y, hall, arrive(&y, 2), SURE);
	make_kin(&y);
	CHECK_INT(y.kin.count, 0);
	kin_free(&y.kin);
}

TEST(one_number_in_two_lists_is_two_households)
{
	struct yard y = { 0 };
	uint32_t a = arrive(&y, 2), b = y.records.count;
	uint32_t found[KIN_PAIRS_MAX][2];

	y.households[b] = y.households[b + 1] = y.households[a];
	y.records.count += 2;
	look_alike(&y, a, b, SURE);
	make_kin(&y);
	CHECK_INT(y.kin.count, 1);
	CHECK_INT(kin_of(&y.kin, 0, found), 4);
	for (unsigned i = 0; i < 4; i++)
		CHECK(found[i][0] < b && found[i][1] >= b);
	kin_free(&y.kin);
}

RUN_TESTS()
