#include "base/test.h"
#include "match/household.h"

#include <stdlib.h>

#define TWICE 40 /* of each sort */
#define MEMBERS 4

/* Households and pairs of their members. */
struct yard {
	struct records records;
	uint32_t households[4096];
	struct scored pairs[4096];
	struct household_bits out[4096];
	size_t count;
};

/* The first of so many new records of one household. */
static uint32_t arrive(struct yard *y, unsigned members)
{
	uint32_t first = y->records.count;

	y->records.household_names.count++;
	for (unsigned i = 0; i < members; i++)
		y->households[y->records.count++] = y->records.household_names.count;
	return first;
}

static void look_alike(struct yard *y, uint32_t a, uint32_t b, float bits)
{
	y->pairs[y->count++] = (struct scored){ .a = a, .b = b, .bits = bits };
}

/* Two households of `members` each, the first `alike` of whom go together; gives the last pair. */
static size_t arrive_twice(struct yard *y, unsigned members, unsigned alike, float bits)
{
	uint32_t a = arrive(y, members), b = arrive(y, members);

	for (unsigned i = 0; i < alike; i++)
		look_alike(y, a + i, b + i, bits);
	return y->count - 1;
}

TEST(that_nobody_else_of_a_household_is_there_speaks_against_it_and_to_be_alone_does_not)
{
	struct yard *y = calloc(1, sizeof(*y));
	struct fault f = { 0 };
	size_t alone, left, together;

	y->records.households = y->households;
	for (unsigned i = 0; i < TWICE; i++) {
		arrive_twice(y, MEMBERS, MEMBERS, 10);
		arrive_twice(y, 1, 1, 8);
		arrive_twice(y, MEMBERS, 1, -6);
		arrive_twice(y, MEMBERS, 1, -6);
	}
	alone = arrive_twice(y, 1, 1, 1);
	left = arrive_twice(y, MEMBERS, 1, 1);
	together = arrive_twice(y, MEMBERS, MEMBERS, 1);
	y->records.second = y->records.count;
	CHECK_INT(households_weigh(y->out, y->pairs, y->count, &y->records, &f), OK);

	CHECK(y->out[alone].support > 0);
	CHECK(y->out[left].support < -3);
	CHECK(y->out[together].support > 1);
	/* The sum is what is said. */
	CHECK(y->pairs[left].bits == 1 + y->out[left].support + y->out[left].rivals);
	free(y);
}

RUN_TESTS()
