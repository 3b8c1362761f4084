/*
 * A day at a centre, and a cut of power after every call that changed the disk.
 *
 * For each point and each manner of cutting the disk is made as it may be found again;
 * the register on it is opened, unlocked and verified, and held against what had been
 * acknowledged until then: each fact that the day had, none of half an array, the same
 * tree and the same state; the signed checkpoint, the backups to the last byte, the
 * list of the erased; of the erased boy's keys not a piece.  Then the day goes on.
 *
 * Many cuts leave the same bytes.  Each image is opened once, and what it holds is
 * remembered.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "log/cut_testing.h"
#include "register/day_testing.h"

#define SEED 1
#define SEEDS_SHORT 2 /* of each random manner */
#define SEEDS_LONG 64

/* What was found on a disk. */
struct found {
	uint64_t image;
	bool there;    /* a register that opens           */
	bool restored; /* and another, out of the backup  */
	uint64_t mark; /* which it is at: of the day's, by the count of facts */
	uint64_t checkpoint_size;
};

struct cuts {
	struct day day;
	struct disk disk;  /* of the day  */
	struct disk left;  /* of the case */
	struct town again; /* the town when power is back */
	struct past past;
	struct found *found;
	size_t found_count, found_room;
	uint64_t cases;
	char how[128]; /* to run the case again */
};

static void day_is_played(struct cuts *c)
{
	memset(c, 0, sizeof(*c));
	disk_start(&c->disk);
	disk_start(&c->left);
	c->left.remembers = false;
	day_begin(&c->day, &c->disk, SEED);
	while (c->day.steps < day_length())
		CHECK_INT(day_goes_on(&c->day), OK);
	town_close(&c->day.town);
	c->again = c->day.town;
	disk_is_under(&c->left, &c->again.world);
	past_start(&c->past, &c->disk, NULL);
}

static void day_is_over(struct cuts *c)
{
	past_end(&c->past);
	town_close(&c->again);
	day_end(&c->day);
	disk_stop(&c->left);
	disk_stop(&c->disk);
	free(c->found);
}

/* --- one disk ------------------------------------------------------------------------ */

/* The mark of the day with as many facts; the last of several. */
static size_t mark_of(const struct cuts *c, uint64_t facts)
{
	for (size_t i = day_length(); i-- > 0;)
		if (c->day.marks[i].facts == facts)
			return i;
	check_failed(__FILE__, __LINE__, "%" PRIu64 " facts: half a step is there", facts);
}

static void check_whole(struct cuts *c, struct found *found)
{
	struct town *t = &c->again;
	struct day_mark now = day_look(t);
	struct reg_proof proof;
	const struct day_mark *then;

	found->mark = mark_of(c, now.facts);
	found->checkpoint_size = now.checkpoint_size;
	then = &c->day.marks[found->mark];
	CHECK(!memcmp(&now.root, &then->root, HASH_SIZE));
	CHECK(!memcmp(&now.digest, &then->digest, HASH_SIZE));
	CHECK_INT(now.erased, then->erased);
	CHECK(!then->erased || !day_boy_is_in(&c->day, &c->left, DAY_REGISTER));
	CHECK_INT(reg_verify(t->reg, NULL, &proof, &t->fault), OK);
	CHECK(proof.folds_agree);
	CHECK_INT(proof.damaged, 0);
	CHECK(proof.checkpoint_held || !proof.checkpoint_there);
}

/* What was recorded last is known as that, and what comes next is recorded. */
static void check_goes_on(struct cuts *c, size_t mark)
{
	struct town *t = &c->again;
	size_t last = mark, next = mark + 1;

	while (last > 0 && !day_step_records(day_step(last)))
		last--;
	if (last > 0) {
		CHECK_INT(town_propose(t, day_step(last)->role, day_step(last)->json), OK);
		CHECK_INT(t->answer.sort, SUBMISSION_REPEATED);
	}
	while (next < day_length() && !day_step_records(day_step(next)))
		next++;
	/* Whose account was not opened yet cannot record. */
	if (last > 0 && next < day_length())
		town_records(t, day_step(next)->role, day_step(next)->json);
}

/* What became of the older backup goes on in a new epoch, without the boy; or it is none. */
static bool is_restored(struct cuts *c)
{
	struct town *t = &c->again;
	struct reg *restored = NULL;
	struct reg_status status;
	enum err e = reg_open(&restored, &t->world.world, t->atlas, DAY_RESTORED, &t->fault);

	if (e == ERR_NOT_FOUND)
		return false;
	CHECK_INT(e, OK);
	CHECK_INT(reg_status(restored, &status, &t->fault), OK);
	CHECK_INT(status.self.epoch, 1);
	CHECK_INT(status.facts, 1);
	CHECK(!day_boy_is_in(&c->day, &c->left, DAY_RESTORED));
	reg_close(restored);
	return true;
}

static struct found look_at(struct cuts *c)
{
	struct found found = { .image = disk_image(&c->left) };
	struct town *t = &c->again;
	enum err e;

	for (size_t i = 0; i < c->found_count; i++)
		if (c->found[i].image == found.image)
			return c->found[i];
	if ((e = town_try_open(t))) {
		if (e != ERR_NOT_FOUND)
			CHECK_TEXT(t->fault.key, "register.unfinished");
	} else {
		found.there = true;
		CHECK_INT(town_login(t, ROLE_ADMINISTRATOR, town_account(ROLE_ADMINISTRATOR)), OK);
		check_whole(c, &found);
		check_goes_on(c, found.mark);
		town_close(t);
		found.restored = is_restored(c);
	}
	if (c->found_count == c->found_room) {
		c->found_room = c->found_room ? 2 * c->found_room : 1024;
		c->found = realloc(c->found, c->found_room * sizeof(*c->found));
		CHECK(c->found);
	}
	c->found[c->found_count++] = found;
	return found;
}

/* --- one case ---------------------------------------------------------------------------- */

static size_t acknowledged(const struct cuts *c)
{
	size_t done = 0;

	while (done < day_length() && c->day.marks[done].calls <= c->past.point)
		done++;
	return done;
}

/* A backup is there as it was made, or not at all; and where it was told, it is there. */
static void check_backups(struct cuts *c, size_t told)
{
	for (size_t i = 0; i < DAY_BACKUPS; i++) {
		struct bytes is = disk_file(&c->left, day_backups[i]);

		if (i < told || is.size)
			CHECK(bytes_same(is, disk_file(&c->disk, day_backups[i])));
	}
}

static void try_cut(struct cuts *c, const struct cut *how)
{
	size_t done = acknowledged(c);
	const struct day_mark *told = done ? &c->day.marks[done - 1] : NULL;
	const struct day_mark *next = done < day_length() ? &c->day.marks[done] : told;
	struct found found;
	uint64_t facts;

	snprintf(c->how, sizeof(c->how),
		 "IKHTIAR_CASE=%zu:%s:%" PRIu64 " build/release/tests/faults/power_cut_test",
		 c->past.point, cut_manner_word(how->manner), how->seed);
	check_again(c->how);
	past_cut(&c->past, how, &c->left);
	c->cases++;
	if (told) {
		check_backups(c, told->backups);
		CHECK(disk_file(&c->left, DAY_ERASURES).size >= told->erased);
	}
	found = look_at(c);
	if (told) {
		CHECK(found.there);
		facts = c->day.marks[found.mark].facts;
		CHECK(facts == told->facts || facts == next->facts);
		CHECK(found.checkpoint_size >= told->checkpoint_size);
		CHECK(found.restored || !told->restored);
	}
	check_again(NULL);
}

/* --- all of them ----------------------------------------------------------------------------- */

static void try_point(struct cuts *c, uint64_t seeds)
{
	for (int m = 0; m < CUT_MANNERS; m++) {
		struct cut how = { .manner = (enum cut_manner)m };
		uint64_t tries = cut_manner_is_random(how.manner) ? seeds : 1;

		for (how.seed = 0; how.seed < tries; how.seed++)
			try_cut(c, &how);
	}
}

static enum cut_manner manner_of(const char *word)
{
	int m = 0;

	while (m < CUT_MANNERS && strcmp(cut_manner_word((enum cut_manner)m), word))
		m++;
	CHECK(m < CUT_MANNERS);
	return (enum cut_manner)m;
}

static void try_case(struct cuts *c, const char *text)
{
	struct cut how;
	char word[16];
	size_t point;

	CHECK(sscanf(text, "%zu:%15[^:]:%" SCNu64, &point, word, &how.seed) == 3);
	how.manner = manner_of(word);
	while (c->past.point < point)
		CHECK(past_goes_on(&c->past));
	try_cut(c, &how);
}

TEST(what_was_acknowledged_is_there_wherever_power_is_cut)
{
	static struct cuts c;
	const char *one = getenv("IKHTIAR_CASE");
	uint64_t seeds = getenv("IKHTIAR_LONG") ? SEEDS_LONG : SEEDS_SHORT;

	day_is_played(&c);
	if (one)
		try_case(&c, one);
	else
		do
			try_point(&c, seeds);
		while (past_goes_on(&c.past));
	printf("power cuts: %zu points, %" PRIu64 " cases, %zu different disks\n", c.past.point + 1,
	       c.cases, c.found_count);
	day_is_over(&c);
}

RUN_TESTS()
