/*
 * day: a centre for 24 hours in so many seconds: what each operation costs its client,
 * what an import, a backup and a verification cost the others, and what becomes of the
 * memory.  What happens in it is told in tests/centre/day.h.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

#include "centre/day.h"

#define PATH_SIZE 4096
#define FAMILIES_OF_PEOPLE 30 /* one family in so many people has chosen to return */
#define SCANS_PER_S 20
#define LISTED 1500 /* households, some 8,000 rows */

static const char *const phase_words[PHASE_COUNT] = {
	[PHASE_BEFORE] = "before", [PHASE_WHILE] = "while", [PHASE_AFTER] = "after",
	[PHASE_VERIFY] = "verify", [PHASE_ELSE] = "else",
};

static void tell_of(const char *what, const char *which, double value)
{
	char name[80];

	snprintf(name, sizeof(name), "%s_%s", what, which);
	tell(name, value);
}

static void tell_times(const char *what, const struct histogram *h)
{
	tell_of(what, "count", (double)atomic_load(&h->count));
	tell_of(what, "p50", histogram_part(h, 0.50));
	tell_of(what, "p95", histogram_part(h, 0.95));
	tell_of(what, "p99", histogram_part(h, 0.99));
	tell_of(what, "worst", histogram_worst(h));
}

static void tell_operations(const struct day *d)
{
	for (enum operation o = 0; o < OPERATION_COUNT; o++) {
		const struct day_tally *t = day_tally(d, o);
		struct histogram all = { 0 };

		for (int p = 0; p < PHASE_COUNT; p++)
			histogram_merge(&all, &t->times[p]);
		tell_times(operation_word(o), &all);
		tell_of(operation_word(o), "refused", (double)atomic_load(&t->refused));
	}
}

/* Reads, scans and what else is recorded, phase by phase. */
static void tell_phases(const struct day *d)
{
	for (int p = 0; p < PHASE_COUNT; p++) {
		struct histogram reads = { 0 }, writes = { 0 };
		char name[40];

		for (enum operation o = 0; o < OPERATION_COUNT; o++) {
			const struct day_tally *t = day_tally(d, o);

			if (o != OPERATION_SCAN)
				histogram_merge(operation_records(o) ? &writes : &reads,
						&t->times[p]);
		}
		snprintf(name, sizeof(name), "%s_reads", phase_words[p]);
		tell_times(name, &reads);
		snprintf(name, sizeof(name), "%s_writes", phase_words[p]);
		tell_times(name, &writes);
		snprintf(name, sizeof(name), "%s_scans", phase_words[p]);
		tell_times(name, &day_tally(d, OPERATION_SCAN)->times[p]);
	}
}

static void tell_memory(const struct day *d)
{
	for (unsigned hour = 0; hour < DAY_HOURS; hour++) {
		const struct day_memory *m = day_memory(d, hour);
		char name[20];

		if (!m->facts)
			continue;
		snprintf(name, sizeof(name), "hour%02u", hour);
		tell_of(name, "facts", (double)m->facts);
		tell_of(name, "resident", (double)m->resident);
		tell_of(name, "taken", (double)m->taken);
		tell_of(name, "sqlite", (double)m->sqlite);
		tell_of(name, "state", (double)m->state);
	}
	tell("growth_facts", (double)day_growth(d).facts);
	tell("growth_bytes", (double)day_growth(d).unexplained);
	tell("growth_noise", DAY_NOISE);
}

static void tell_summary(const struct day *d, const struct day_proof *proof)
{
	struct day_summary s = day_summary(d);

	tell("facts", (double)s.facts);
	tell("facts_per_s", (double)s.facts / s.open_s);
	tell("login_s", s.login_s);
	tell("import_s", s.import_s);
	tell("import_households", (double)s.imported);
	tell("backup_s", s.backup_s);
	tell("verify_s", s.verify_s);
	tell("acknowledged", (double)proof->acknowledged);
	tell("departed", (double)proof->departed);
	tell("paid", (double)proof->paid);
}

void part_day(int count, char **arguments)
{
	char list[PATH_SIZE], backup[PATH_SIZE];
	struct day_plan plan = {
		.seed = 1,
		.people = strtoull(arguments[1], NULL, 10),
		.seconds = strtoull(arguments[2], NULL, 10),
		.scans_per_s = SCANS_PER_S,
		.import_households = LISTED,
		.list = list,
		.backup = backup,
	};
	struct centre *c = calloc(1, sizeof(*c));
	struct day_proof proof;
	struct day *d = NULL;
	struct bench b;

	(void)count;
	must_be(c && plan.seconds, "live a day in no time");
	plan.families = (size_t)plan.people / FAMILIES_OF_PEOPLE;
	snprintf(list, sizeof(list), "%s.csv", arguments[0]);
	snprintf(backup, sizeof(backup), "%s.backup", arguments[0]);
	bench_begin(&b);
	must(centre_make(c, arguments[0], b.atlas, plan.seed, false), &c->fault, "make a centre");
	must(day_new(&d, c, &plan), &c->fault, "begin the day");
	must(day_run(d), &c->fault, "live through the day");
	tell_operations(d);
	tell_phases(d);
	tell_memory(d);
	must(day_prove(d, &proof), &c->fault, "find all that was recorded");
	tell_summary(d, &proof);
	day_free(d);
	centre_end(c);
	free(c);
	bench_end(&b);
}
