/* What the register does, and what it says, when a call of the disk fails. */
#include <errno.h>

#include "register/day_testing.h"

#define BACKUP "/town/backup"
#define HOLDS "{\"kind\": \"hold.placed\", \"subject\": \"@zarmina\", \"reason\": \"medical\"}"

/* A town with a family, on a disk in memory. */
struct shore {
	struct disk disk;
	struct day day;
	struct town *town;
};

static void shore_make(struct shore *s)
{
	disk_start(&s->disk);
	s->disk.remembers = false;
	day_begin(&s->day, &s->disk, 1);
	s->town = &s->day.town;
}

static void shore_clear(struct shore *s)
{
	day_end(&s->day);
	disk_stop(&s->disk);
}

static void steps_are_done(struct shore *s, size_t steps)
{
	shore_make(s);
	while (s->day.steps < steps)
		CHECK_INT(day_goes_on(&s->day), OK);
}

/* As it is once the first family was registered. */
static void shore_make_with_family(struct shore *s)
{
	steps_are_done(s, 6);
}

static struct bytes backup_of(struct shore *s)
{
	return disk_file(&s->disk, BACKUP);
}

/* --- making one --------------------------------------------------------------------- */

/* False: there is no call of that number. */
static bool is_made_after_all(uint64_t call)
{
	struct shore s;
	bool reached;
	enum err e;

	shore_make(&s);
	disk_fails(&s.disk, DISK_GROW, call, ENOSPC, true);
	e = day_goes_on(&s.day);
	reached = disk_has_failed(&s.disk);
	disk_is_mended(&s.disk);
	if (e)
		CHECK_INT(day_tries_again(&s.day), OK);
	shore_clear(&s);
	return reached;
}

TEST(a_register_whose_making_met_a_full_disk_is_made_by_the_next_try)
{
	uint64_t call = 1;

	while (is_made_after_all(call))
		call++;
	CHECK(call > 10);
}

/* --- backups ------------------------------------------------------------------------ */

static bool is_there_if_told(uint64_t call)
{
	struct fault f = { 0 };
	struct shore s;
	bool reached;
	enum err e;

	shore_make_with_family(&s);
	disk_fails(&s.disk, DISK_WRITE, call, ENOSPC, true);
	e = reg_backup(s.town->reg, BACKUP, NULL, &f);
	reached = disk_has_failed(&s.disk);
	if (e)
		CHECK_INT(f.err, ERR_FULL);
	CHECK((e == OK) == (backup_of(&s).size > 0));
	shore_clear(&s);
	return reached;
}

TEST(a_backup_for_whose_note_there_is_no_room_is_a_backup)
{
	uint64_t call = 1;

	while (is_there_if_told(call))
		call++;
	CHECK(call > 10);
}

TEST(a_backup_that_nobody_can_see_just_now_is_not_overwritten)
{
	struct reg_restoring what = { .path = BACKUP, .dir = DAY_RESTORED };
	struct fault f;
	struct shore s;
	uint64_t image;

	shore_make_with_family(&s);
	CHECK_INT(reg_backup(s.town->reg, BACKUP, NULL, &s.town->fault), OK);
	image = disk_image(&s.disk);
	disk_fails(&s.disk, DISK_READ, 1, EIO, false);
	CHECK_FAULT(reg_backup(s.town->reg, BACKUP, NULL, &f), ERR_IO, &f, "file.failed");
	CHECK(disk_image(&s.disk) == image);
	/* Nor is it told as not there. */
	disk_fails(&s.disk, DISK_READ, 1, EIO, false);
	CHECK_FAULT(reg_restore(&s.town->world.world, &what, &f), ERR_IO, &f, "file.failed");
	shore_clear(&s);
}

/* --- reading ------------------------------------------------------------------------ */

/* Nothing is damaged: whoever is told so throws good data away. */
static void check_honest(const struct town *t, enum err e)
{
	if (e) {
		CHECK_INT(e, ERR_IO);
		CHECK_INT(t->fault.err, ERR_IO);
		CHECK(t->fault.key && !strstr(t->fault.key, "damaged"));
	}
}

static enum err look_through(struct town *t)
{
	struct id zarmina = town_id(t, "@zarmina");
	const struct fact *facts;
	struct reg_proof proof;
	size_t count;
	enum err e;

	if ((e = reg_verify(t->reg, NULL, &proof, &t->fault)))
		return e;
	CHECK_INT(proof.damaged, 0);
	CHECK(proof.checkpoint_there && proof.checkpoint_held);
	return reg_history(t->reg, &t->as[ROLE_PROTECTION], &zarmina, t->arena, &facts, &count,
			   &t->fault);
}

/* Read number `call` fails, if there is one so high; how many there were. */
static uint64_t reads_with(struct shore *s, uint64_t call)
{
	struct town *t = s->town;
	enum err e;

	town_close(t);
	disk_fails(&s->disk, DISK_READ, call, EIO, false);
	e = day_reopens(t);
	check_honest(t, e);
	if (!e) {
		check_honest(t, town_propose(t, ROLE_PROTECTION, HOLDS));
		check_honest(t, look_through(t));
	}
	disk_is_mended(&s->disk);
	return s->disk.calls;
}

TEST(a_disk_that_fails_to_read_is_told_as_that_and_not_as_damage)
{
	struct shore s;
	uint64_t reads;

	/* With a list of hundreds, and without memory in which SQLite keeps its pages. */
	steps_are_done(&s, 13);
	sqlite3_soft_heap_limit64(1);
	reads = reads_with(&s, UINT64_MAX);
	CHECK(reads > 100);
	for (uint64_t call = 1 + CASES_BEGIN; call <= reads; call += CASES_STEP)
		reads_with(&s, call);
	sqlite3_soft_heap_limit64(0);
	CHECK_INT(day_reopens(s.town), OK);
	CHECK_INT(look_through(s.town), OK);
	shore_clear(&s);
}

RUN_TESTS()
