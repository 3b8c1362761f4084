/*
 * A day at a centre: however the threads fall, nothing acknowledged is lost and nobody
 * is wronged.
 *
 *     build/release/tests/faults/day_test                     so many jobs, some 10 s
 *     IKHTIAR_SEED=7 build/release/tests/faults/day_test      others
 *     IKHTIAR_DAY_S=300 build/release/tests/faults/day_test   five minutes of the clock
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/test.h"
#include "base/world_testing.h"
#include "centre/day.h"
#include "place/place_testing.h"

/* Less than a list that keeps something of every fact would cost. */
#define GROWTH_MAX 16 /* bytes a fact */

struct lived {
	struct centre centre;
	struct day *day;
	struct atlas *atlas;
	char folder[TEST_FOLDER_SIZE];
	char dir[TEST_FOLDER_SIZE + 16], list[TEST_FOLDER_SIZE + 16], backup[TEST_FOLDER_SIZE + 16];
};

static uint64_t from_environment(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text ? strtoull(text, NULL, 10) : otherwise;
}

/* What went wrong, and how to see it again; so far as threads fall the same way. */
static void must(struct lived *l, enum err e, uint64_t seed)
{
	const struct fault *f = &l->centre.fault;

	if (!e)
		return;
	fprintf(stderr,
		"%s (%s %s)\n  IKHTIAR_SEED=%llu IKHTIAR_DAY_S=%llu "
		"build/release/tests/faults/day_test\n",
		f->key ? f->key : "no memory", f->values[0], f->values[1], (unsigned long long)seed,
		(unsigned long long)from_environment("IKHTIAR_DAY_S", 0));
	CHECK_INT(e, OK);
}

static void live(struct lived *l, uint64_t seed)
{
	struct day_plan plan = {
		.seed = seed,
		.people = 2000,
		.families = 120,
		.seconds = from_environment("IKHTIAR_DAY_S", 0),
		.jobs = 8,
		.scans_per_s = 20,
		.import_households = 300,
		.list = l->list,
		.backup = l->backup,
	};

	must(l, centre_make(&l->centre, l->dir, l->atlas, seed, plan.seconds == 0), seed);
	must(l, day_new(&l->day, &l->centre, &plan), seed);
	must(l, day_run(l->day), seed);
}

static void arrive(struct lived *l)
{
	test_folder_make(l->folder);
	snprintf(l->dir, sizeof(l->dir), "%s/register", l->folder);
	snprintf(l->list, sizeof(l->list), "%s/list.csv", l->folder);
	snprintf(l->backup, sizeof(l->backup), "%s/backup", l->folder);
	l->atlas = shipped_atlas();
}

static void leave(struct lived *l)
{
	day_free(l->day);
	centre_end(&l->centre);
	atlas_free(l->atlas);
	test_folder_remove(l->folder);
}

/* A day on which nobody did this or that, or was never refused, would prove nothing. */
static void check_busy(const struct day *d)
{
	for (int o = 0; o < OPERATION_COUNT; o++) {
		const struct day_tally *t = day_tally(d, (enum operation)o);
		unsigned times = 0;

		for (int p = 0; p < PHASE_COUNT; p++)
			times += atomic_load(&t->times[p].count);
		CHECK(times > 0);
	}
	CHECK(atomic_load(&day_tally(d, OPERATION_DEPART)->recorded) > 0);
	CHECK(atomic_load(&day_tally(d, OPERATION_DEPART)->refused) > 0);
	CHECK(atomic_load(&day_tally(d, OPERATION_PAY)->recorded) > 0);
	CHECK(atomic_load(&day_tally(d, OPERATION_PAY)->refused) > 0);
	CHECK(day_summary(d).imported > 0);
}

static void check_flat(const struct day *d)
{
	struct day_growth g = day_growth(d);

	if (g.unexplained > DAY_NOISE + GROWTH_MAX * (int64_t)g.facts)
		fprintf(stderr, "%lld bytes more for %llu facts\n", (long long)g.unexplained,
			(unsigned long long)g.facts);
	CHECK(g.unexplained <= DAY_NOISE + GROWTH_MAX * (int64_t)g.facts);
}

TEST(a_day_at_a_centre_loses_nothing_and_wrongs_nobody)
{
	uint64_t seed = from_environment("IKHTIAR_SEED", 1);
	static struct lived l;
	struct day_proof proof;

	arrive(&l);
	live(&l, seed);
	check_busy(l.day);
	check_flat(l.day);
	must(&l, day_prove(l.day, &proof), seed);
	CHECK(proof.departed > 0 && proof.paid > 0);
	leave(&l);
}

/* The figures of the bench come out of it. */
TEST(a_histogram_tells_a_time_at_most_a_sixteenth_too_long)
{
	struct histogram h = { 0 };

	for (uint64_t us = 1; us <= 1000; us++)
		histogram_add(&h, us * 1000);
	CHECK_INT(atomic_load(&h.count), 1000);
	for (double part = 0.01; part < 1; part += 0.01) {
		double is = part * 1000e-6;

		CHECK(histogram_part(&h, part) >= is);
		CHECK(histogram_part(&h, part) <= (is + 1e-6) * 17 / 16 + 1e-9);
	}
	CHECK(histogram_worst(&h) == 1000e-6);
	CHECK(histogram_part(&h, 1) == 1000e-6);
}

RUN_TESTS()
