/*
 * What somebody can learn who knows the method, and every number that was published.
 *
 * The leaves of a table could be many: those that the same numbers would have been
 * published of.  What he knows of a leaf is the range of its values in all of these.
 */
#include "figures/figures_testing.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/test.h"
#include "base/world_testing.h"

/* --- everything is tried ---------------------------------------------------------- */

#define LEAVES_MAX 3
#define LEAF_MOST 9
#define KEYS 240
#define SHAPES 8 /* 0 or 5, of each leaf */

/* For each published table of 0s and 5s: which values each leaf could have. */
struct known {
	bool seen, could[LEAVES_MAX][LEAF_MOST + 1];
};

static void try_table(struct known known[SHAPES], const uint64_t *counts, size_t leaves)
{
	struct test_table t;

	test_leaves(&t, counts, leaves);
	for (uint64_t n = 0; n < KEYS; n++) {
		struct test_key key = test_key(n);
		size_t shape = 0;
		bool small = true;

		test_round(&t, &key);
		for (size_t i = 0; i < leaves; i++) {
			small &= t.published[1 + i] <= ROUND_BASE;
			shape |= (size_t)(t.published[1 + i] != 0) << i;
		}
		if (!small)
			continue;
		known[shape].seen = true;
		for (size_t i = 0; i < leaves; i++)
			known[shape].could[i][counts[i]] = true;
	}
}

static size_t width(const bool could[LEAF_MOST + 1])
{
	size_t count = 0;

	for (size_t n = 0; n <= LEAF_MOST; n++)
		count += could[n];
	return count;
}

static void nobody_knows_more(size_t leaves)
{
	struct known known[SHAPES] = { 0 };
	uint64_t counts[LEAVES_MAX];
	size_t tables = 1;

	for (size_t i = 0; i < leaves; i++)
		tables *= LEAF_MOST + 1;
	for (size_t table = 0; table < tables; table++) {
		for (size_t i = 0, left = table; i < leaves; i++, left /= LEAF_MOST + 1)
			counts[i] = left % (LEAF_MOST + 1);
		try_table(known, counts, leaves);
	}
	for (size_t shape = 0; shape < (size_t)1 << leaves; shape++)
		for (size_t i = 0; i < leaves; i++)
			CHECK_INT(width(known[shape].could[i]), shape >> i & 1 ? 9 : 5);
}

TEST(of_two_leaves_each_has_five_values_behind_a_star_and_nine_behind_a_number)
{
	nobody_knows_more(2);
}

TEST(of_three_leaves_each_has_five_values_behind_a_star_and_nine_behind_a_number)
{
	nobody_knows_more(3);
}

/* --- with a solver ---------------------------------------------------------------- */

/* The truth could be any whole numbers that add up and lie within 4 of what is published. */
static void write_problem(FILE *file, const struct test_table *t, size_t leaf, bool most)
{
	fprintf(file, "%s\n obj: n%zu\nSubject To\n", most ? "Maximize" : "Minimize", leaf);
	for (size_t parent = 0; parent < t->count; parent++) {
		bool divided = false;

		for (size_t i = 1; i < t->count; i++) {
			if (t->nodes[i].parent != parent)
				continue;
			fprintf(file, divided ? " + n%zu" : " c%zu: n%zu", divided ? i : parent, i);
			divided = true;
		}
		if (divided)
			fprintf(file, " - n%zu = 0\n", parent);
	}
	fputs("Bounds\n", file);
	for (size_t i = 0; i < t->count; i++)
		fprintf(file, " %llu <= n%zu <= %llu\n",
			(unsigned long long)(t->published[i] < 4 ? 0 : t->published[i] - 4), i,
			(unsigned long long)(t->published[i] + 4));
	fputs("Generals\n", file);
	for (size_t i = 0; i < t->count; i++)
		fprintf(file, " n%zu\n", i);
	fputs("End\n", file);
}

static long solve(const char *folder, const struct test_table *t, size_t leaf, bool most)
{
	char problem[TEST_FOLDER_SIZE + 16], answer[TEST_FOLDER_SIZE + 16], command[400], line[200];
	double value = -1;
	FILE *file;

	snprintf(problem, sizeof(problem), "%s/problem.lp", folder);
	snprintf(answer, sizeof(answer), "%s/answer", folder);
	snprintf(command, sizeof(command), "glpsol --lp %s -o %s >/dev/null", problem, answer);
	CHECK((file = fopen(problem, "w")));
	write_problem(file, t, leaf, most);
	CHECK(!fclose(file));
	CHECK(!system(command));
	CHECK((file = fopen(answer, "r")));
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "Objective: obj = %lf", &value) == 1)
			break;
	fclose(file);
	CHECK(value >= 0);
	return (long)(value + 0.5);
}

#define INNER 3
#define LEAVES 4

TEST(a_solver_finds_no_leaf_narrower_than_five_values_or_nine_behind_a_number)
{
	const uint64_t counts[INNER * LEAVES] = { 0, 2, 4, 7, 1, 3, 8, 9, 12, 6, 11, 1 };
	char folder[TEST_FOLDER_SIZE];
	struct test_table t;

	test_folder_make(folder);
	for (uint64_t n = 0; n < 3; n++) {
		struct test_key key = test_key(n);

		test_two_levels(&t, counts, INNER, LEAVES);
		test_round(&t, &key);
		for (size_t leaf = 1 + INNER; leaf < t.count; leaf++) {
			long values =
				solve(folder, &t, leaf, true) - solve(folder, &t, leaf, false) + 1;

			CHECK(values >= (t.published[leaf] ? 9 : 5));
		}
	}
	test_folder_remove(folder);
}

/* --- over many keys --------------------------------------------------------------- */

#define MANY_KEYS 100000
#define CHI_SQUARE_MOST 15.1 /* of one degree of freedom, once in 10,000 */

/* Each leaf goes up as often as its rest says: a count of r over a base of 5. */
TEST(over_a_hundred_thousand_keys_every_number_is_right_on_average)
{
	const uint64_t counts[] = { 0, 2, 4, 7 };
	uint64_t ups[COUNT_OF(counts)] = { 0 };
	struct test_table t;

	test_leaves(&t, counts, COUNT_OF(counts));
	for (uint64_t n = 0; n < MANY_KEYS; n++) {
		struct test_key key = test_key(n);

		test_round(&t, &key);
		for (size_t i = 0; i < COUNT_OF(counts); i++)
			ups[i] += t.published[1 + i] > counts[i];
	}
	CHECK_INT(ups[0], 0);
	for (size_t i = 1; i < COUNT_OF(counts); i++) {
		double part = (double)(counts[i] % ROUND_BASE) / ROUND_BASE;
		double wanted = part * MANY_KEYS, off = (double)ups[i] - wanted;

		CHECK(off * off / (wanted * (1 - part)) < CHI_SQUARE_MOST);
	}
}

/* She crosses each week, alone in her cell.  No week tells it for sure, a year does on
 * average: that is what rounding can do, and what it cannot. */
TEST(one_person_a_week_is_told_in_no_week_and_right_on_average_in_a_year)
{
	const uint64_t counts[] = { 1, 3, 40 };
	uint64_t year = 0, hers = 0;
	struct test_table t;

	test_leaves(&t, counts, COUNT_OF(counts));
	for (uint64_t week = 0; week < 52; week++) {
		struct test_key key = test_key(week);

		test_round(&t, &key);
		year += t.published[1];
		hers += t.published[1] != 0;
	}
	CHECK(hers > 0 && hers < 26);
	CHECK(year > 10 && year < 110); /* 52, four standard deviations on each side */
}

RUN_TESTS()
