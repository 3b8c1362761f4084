/*
 * A day at a centre, and a disk that says no to one call after another: full, or
 * failing, once or until somebody mends it.
 *
 * For each step of the day call number 1, 2, 3 … fails, until there is none so high.
 * The step then succeeds, or tells a fault that has words.  The disk is mended, and the
 * step tried again as a clerk would: at once, and where the register says that it takes
 * nothing more, after closing and opening it.  Nothing is recorded twice; the next step
 * goes as ever; and what was told as done is there when power is cut right then, with
 * nothing on the disk but what it has confirmed.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/words.h"
#include "log/cut_testing.h"
#include "register/day_testing.h"

#define SEED 1

/* --- how a disk fails ------------------------------------------------------------------ */

static const struct way {
	const char *word;
	int calls, error;
	bool for_good;
} ways[] = {
	{ "full-once", DISK_GROW, ENOSPC, false },
	{ "full", DISK_GROW, ENOSPC, true },
	{ "failing-once", DISK_CHANGE, EIO, false },
	{ "failing", DISK_CHANGE, EIO, true },
	{ "unreadable-once", DISK_READ, EIO, false },
};

/* --- a day that went well ------------------------------------------------------------------ */

struct trials {
	struct day day;
	struct disk disk;		   /* of the day                   */
	struct disk before[DAY_STEPS_MAX]; /* as it was before each step   */
	struct town towns[DAY_STEPS_MAX];  /* and who was there            */
	struct disk work, left;		   /* of the case, and after a cut */
	struct words *words;
	uint64_t cases, told; /* of the cases, those in which a fault was told */
	char how[128];	      /* to run the case again */
};

static void day_is_played(struct trials *t)
{
	memset(t, 0, sizeof(*t));
	disk_start(&t->disk);
	disk_start(&t->work);
	disk_start(&t->left);
	day_begin(&t->day, &t->disk, SEED);
	while (t->day.steps < day_length()) {
		disk_copy(&t->before[t->day.steps], &t->disk);
		t->towns[t->day.steps] = t->day.town;
		t->towns[t->day.steps].reg = NULL;
		CHECK_INT(day_goes_on(&t->day), OK);
	}
	town_close(&t->day.town);
	CHECK_INT(words_open(&t->words, WORDS_EN, NULL), OK);
}

static void day_is_over(struct trials *t)
{
	words_close(t->words);
	day_end(&t->day);
	for (size_t i = 0; i < day_length(); i++)
		disk_free(&t->before[i]);
	disk_stop(&t->left);
	disk_stop(&t->work);
	disk_stop(&t->disk);
}

/* --- one case -------------------------------------------------------------------------------- */

/* The town before the step, on the disk of the case. */
static void day_is_at(struct trials *t, struct day *d, size_t step)
{
	*d = t->day;
	d->disk = &t->work;
	d->steps = step;
	d->town = t->towns[step];
	disk_copy(&t->work, &t->before[step]);
	disk_is_under(&t->work, &d->town.world);
	if (step > 0)
		CHECK_INT(day_reopens(&d->town), OK);
}

static void check_told(const struct trials *t, const struct day *d, enum err e)
{
	const struct fault *f = &d->town.fault;

	CHECK_INT(f->err, e);
	CHECK(e == ERR_FULL || e == ERR_IO || e == ERR_DEAD);
	CHECK(f->key && words_have(t->words, f->key));
}

/* What a clerk does who is told that the disk failed, once it is in order again. */
static void step_is_repeated(struct day *d)
{
	enum err e = d->town.reg || d->steps == 0 ? day_tries_again(d) : ERR_DEAD;

	if (e == ERR_DEAD) {
		CHECK_INT(day_reopens(&d->town), OK);
		e = day_tries_again(d);
	}
	CHECK_TEXT(e ? d->town.fault.key : "", "");
}

/* Power is cut, and nothing is kept but what the disk has confirmed. */
static void check_survives(struct trials *t, const struct day *d, size_t step, uint64_t facts)
{
	struct town again = d->town;
	struct reg_proof proof;
	struct past past;

	past_start(&past, &t->work, &t->before[step]);
	while (past_goes_on(&past))
		;
	past_cut(&past, &(struct cut){ CUT_LOST, 0 }, &t->left);
	past_end(&past);
	again.reg = NULL;
	disk_is_under(&t->left, &again.world);
	CHECK_INT(day_reopens(&again), OK);
	CHECK_INT(reg_verify(again.reg, NULL, &proof, &again.fault), OK);
	CHECK_INT(proof.facts, facts);
	CHECK_INT(proof.damaged, 0);
	CHECK(proof.folds_agree);
	CHECK(proof.checkpoint_held || !proof.checkpoint_there);
	town_close(&again);
}

/* The next step; an account that knows of the failure only now is opened again. */
static void day_goes_on_after_all(struct day *d)
{
	enum err e = day_goes_on(d);

	if (e)
		step_is_repeated(d);
}

/* False: there is no call of that number. */
static bool try_failure(struct trials *t, size_t step, const struct way *way, uint64_t call)
{
	struct day d;
	uint64_t facts = t->day.marks[step].facts;
	bool reached;
	enum err e;

	snprintf(t->how, sizeof(t->how),
		 "IKHTIAR_CASE=%zu:%s:%" PRIu64 " build/release/tests/faults/disk_fails_test", step,
		 way->word, call);
	check_again(t->how);
	day_is_at(t, &d, step);
	disk_fails(&t->work, way->calls, call, way->error, way->for_good);
	e = day_goes_on(&d);
	reached = disk_has_failed(&t->work);
	if (e) {
		CHECK(reached);
		check_told(t, &d, e);
	} else if (reached) {
		check_survives(t, &d, step, facts);
	}
	disk_is_mended(&t->work);
	if (e)
		step_is_repeated(&d);
	if (reached) {
		CHECK_INT(day_look(&d.town).facts, facts);
		if (d.steps < day_length()) {
			facts = t->day.marks[d.steps].facts;
			day_goes_on_after_all(&d);
			CHECK_INT(day_look(&d.town).facts, facts);
		}
		CHECK(!t->day.marks[step].erased || !day_boy_is_in(&d, &t->work, DAY_REGISTER));
		check_survives(t, &d, step, facts);
	}
	town_close(&d.town);
	check_again(NULL);
	t->cases += reached;
	t->told += e != OK;
	return reached;
}

/* --- all of them ------------------------------------------------------------------------------- */

static void try_case(struct trials *t, const char *text)
{
	char word[20];
	size_t step, w = 0;
	uint64_t call;

	CHECK(sscanf(text, "%zu:%19[^:]:%" SCNu64, &step, word, &call) == 3);
	while (w < COUNT_OF(ways) && strcmp(ways[w].word, word))
		w++;
	CHECK(w < COUNT_OF(ways) && step < day_length());
	CHECK(try_failure(t, step, &ways[w], call));
}

static void try_way(struct trials *t, const struct way *way)
{
	for (size_t step = 0; step < day_length(); step++) {
		uint64_t call = 1;

		while (try_failure(t, step, way, call))
			call++;
	}
}

TEST(a_disk_that_says_no_is_told_and_nothing_acknowledged_is_lost)
{
	static struct trials t;
	const char *one = getenv("IKHTIAR_CASE");

	day_is_played(&t);
	if (one)
		try_case(&t, one);
	for (size_t w = 0; !one && w < COUNT_OF(ways); w++) {
		try_way(&t, &ways[w]);
		printf("%s: %" PRIu64 " calls, %" PRIu64 " faults told\n", ways[w].word, t.cases,
		       t.told);
		t.cases = t.told = 0;
	}
	day_is_over(&t);
}

RUN_TESTS()
