/*
 * A backup, on a medium that has no room, takes no large file, is pulled out, or gives
 * back something else than was written.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "register/inside.h"
#include "register/town_testing.h"

#define FILE_MAX ((size_t)16 * 1024 * 1024)

struct stick {
	struct town town; /* first: open_losing() is given its world */
	char path[TOWN_PATH_SIZE], part[TOWN_PATH_SIZE + 8], list[TOWN_PATH_SIZE + 16];
	bool sealed; /* of a stick that loses bytes */
	enum err (*open)(struct world *w, struct file **out, const char *path, enum file_mode mode,
			 struct fault *f);
};

static void path_of(char out[TOWN_PATH_SIZE], const struct town *t, const char *name)
{
	CHECK(snprintf(out, TOWN_PATH_SIZE, "%s/%s", t->folder, name) < TOWN_PATH_SIZE);
}

static void stick_is_at(struct stick *s, const char *name)
{
	path_of(s->path, &s->town, name);
	snprintf(s->part, sizeof(s->part), "%s.part", s->path);
	snprintf(s->list, sizeof(s->list), "%s.erasures", s->path);
}

static void stick_make(struct stick *s, uint64_t seed)
{
	s->sealed = false;
	town_make(&s->town, seed);
	town_registers_family(&s->town);
	stick_is_at(s, "backup");
}

static enum err backs_up(struct stick *s)
{
	s->town.fault = (struct fault){ 0 };
	return reg_backup(s->town.reg, s->path, NULL, &s->town.fault);
}

static bool is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

static void check_nothing_left(const struct stick *s)
{
	CHECK(!is_there(s->path) && !is_there(s->part) && !is_there(s->list));
}

/* That the register goes on, and the next backup is one. */
static void check_goes_on(struct stick *s)
{
	struct reg_proof proof;

	town_records(&s->town, ROLE_PROTECTION,
		     "{\"kind\": \"hold.placed\", \"subject\": \"@lal\", \"reason\": \"legal\"}");
	CHECK_INT(reg_verify(s->town.reg, NULL, &proof, &s->town.fault), OK);
	CHECK(!proof.damaged && proof.folds_agree);
	CHECK_INT(backs_up(s), OK);
	CHECK(is_there(s->path) && is_there(s->list) && !is_there(s->part));
}

static enum err restore(struct stick *s, const char *backup)
{
	char dir[TOWN_PATH_SIZE];
	struct reg_restoring what = { .path = backup, .dir = dir };

	path_of(dir, &s->town, "restored");
	return reg_restore(&s->town.world.world, &what, &s->town.fault);
}

/* --- a medium that is too small ---------------------------------------------------- */

TEST(a_backup_for_which_there_is_no_room_is_refused_before_it_begins)
{
	struct stick s;

	stick_make(&s, 1);
	s.town.world.medium.room = 100000;
	CHECK_INT(backs_up(&s), ERR_FULL);
	CHECK_TEXT(s.town.fault.key, "backup.no-room");
	check_nothing_left(&s);
	s.town.world.medium.room = 0;
	check_goes_on(&s);
	town_end(&s.town);
}

TEST(a_backup_larger_than_a_file_may_be_there_is_refused_before_it_begins)
{
	struct stick s;

	stick_make(&s, 2);
	s.town.world.medium.file_max = 100000;
	CHECK_INT(backs_up(&s), ERR_FULL);
	CHECK_TEXT(s.town.fault.key, "backup.file-too-large");
	CHECK_TEXT(s.town.fault.values[2], "1");
	check_nothing_left(&s);
	s.town.world.medium.file_max = 0;
	check_goes_on(&s);
	town_end(&s.town);
}

/* The kernel itself says EFBIG, as it does where a FAT32 stick has 4 GiB in one file. */
TEST(a_file_that_becomes_too_large_half_way_is_told_as_that_and_leaves_nothing)
{
	struct rlimit before, small;
	struct stick s;
	enum err e;

	stick_make(&s, 3);
	/* Opened anew, the register's own WAL begins small. */
	town_close(&s.town);
	town_open(&s.town);
	town_login_all(&s.town);
	CHECK_INT(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = (struct rlimit){ .rlim_cur = 60000, .rlim_max = before.rlim_max };
	signal(SIGXFSZ, SIG_IGN);
	CHECK_INT(setrlimit(RLIMIT_FSIZE, &small), 0);
	e = backs_up(&s);
	CHECK_INT(setrlimit(RLIMIT_FSIZE, &before), 0);
	CHECK_INT(e, ERR_FULL);
	CHECK_TEXT(s.town.fault.key, "file.too-large-for-medium");
	check_nothing_left(&s);
	check_goes_on(&s);
	town_end(&s.town);
}

/* A medium that is mounted says itself that it is full, half the way: asked before, it
 * has more room than it will have. */
TEST(a_real_medium_that_is_full_half_way_is_told_as_that_and_gets_the_next_backup)
{
	char folder[TOWN_PATH_SIZE];
	struct stick s;

	stick_make(&s, 9);
	path_of(folder, &s.town, "mounted");
	CHECK_INT(mkdir(folder, 0700), 0);
	if (mount("tmpfs", folder, "tmpfs", 0, "size=60k")) {
		fprintf(stderr, "skipped: no medium can be mounted here (%s)\n", strerror(errno));
		town_end(&s.town);
		return;
	}
	stick_is_at(&s, "mounted/backup");
	s.town.world.medium.room = UINT64_MAX;
	CHECK_INT(backs_up(&s), ERR_FULL);
	CHECK_TEXT(s.town.fault.key, "log.full");
	check_nothing_left(&s);
	CHECK_INT(mount("tmpfs", folder, "tmpfs", MS_REMOUNT, "size=16m"), 0);
	check_goes_on(&s);
	CHECK_INT(restore(&s, s.path), OK);
	CHECK_INT(umount(folder), 0);
	town_end(&s.town);
}

/* --- a medium that is pulled out ------------------------------------------------------ */

/* The n-th call from here on fails, and all after it; false: there was none. */
static bool pulled_at(uint64_t n, bool for_good)
{
	struct stick s;
	struct world_simulated *w = &s.town.world;
	bool reached;
	enum err e;

	stick_make(&s, 4);
	w->disk_fail_at = w->disk_calls + n;
	w->disk_dead = for_good;
	e = backs_up(&s);
	reached = w->disk_calls >= w->disk_fail_at;
	w->disk_fail_at = 0;
	/* A call that only looks whether there is something may fail; and what has its name
	 * is whole, also where a stick that is gone does not let it be taken away again. */
	CHECK(!e || for_good || !is_there(s.path));
	CHECK(e || is_there(s.path));
	if (is_there(s.path)) {
		CHECK_INT(restore(&s, s.path), OK);
		CHECK_INT(unlink(s.path), 0);
	}
	check_goes_on(&s);
	town_end(&s.town);
	return reached;
}

TEST(a_stick_that_is_pulled_at_any_call_leaves_the_register_whole_and_no_half_backup)
{
	uint64_t n = 1;

	while (pulled_at(n, true))
		n++;
	CHECK(n > 20);
}

TEST(any_one_call_that_fails_leaves_the_register_whole_and_no_half_backup)
{
	uint64_t n = 1;

	while (pulled_at(n, false))
		n++;
	CHECK(n > 20);
}

/* --- a medium that keeps something else --------------------------------------------- */

/* Change one byte of a file where it lies. */
static void change(const char *path, long at)
{
	FILE *file = fopen(path, "r+b");
	int byte;

	CHECK(file && !fseek(file, at, SEEK_SET));
	byte = fgetc(file);
	CHECK(byte != EOF && !fseek(file, at, SEEK_SET));
	CHECK(fputc(byte ^ 0x10, file) != EOF && !fclose(file));
}

/* When the sealed copy is opened to be read back, the stick has lost a byte of it. */
static enum err open_losing(struct world *w, struct file **out, const char *path,
			    enum file_mode mode, struct fault *f)
{
	struct stick *s = (struct stick *)w; /* the world is the first thing in it */

	if (s->sealed && mode == FILE_READ) {
		s->sealed = false;
		change(path, 5000);
	}
	s->sealed = s->sealed || mode == FILE_APPEND;
	return s->open(w, out, path, mode, f);
}

TEST(a_medium_that_gives_back_something_else_gets_no_backup)
{
	struct stick s;

	stick_make(&s, 6);
	s.open = s.town.world.world.file_open;
	s.town.world.world.file_open = open_losing;
	CHECK_INT(backs_up(&s), ERR_DAMAGED);
	CHECK_TEXT(s.town.fault.key, "backup.not-as-written");
	check_nothing_left(&s);
	s.town.world.world.file_open = s.open;
	check_goes_on(&s);
	town_end(&s.town);
}

static void check_refused(struct stick *s, const char *spoilt)
{
	char dir[TOWN_PATH_SIZE];

	path_of(dir, &s->town, "restored");
	CHECK_FAULT(restore(s, spoilt), ERR_DAMAGED, &s->town.fault, "backup.not-as-written");
	CHECK(!is_there(dir));
}

TEST(a_backup_with_one_byte_changed_or_cut_anywhere_is_refused)
{
	char spoilt[TOWN_PATH_SIZE];
	struct arena *a = NULL;
	struct stick s;
	struct bytes file;

	stick_make(&s, 7);
	CHECK_INT(backs_up(&s), OK);
	path_of(spoilt, &s.town, "spoilt");
	CHECK_INT(arena_new(&a, FILE_MAX), OK);
	CHECK_INT(file_load(&file, a, world_real(), s.path, FILE_MAX, &s.town.fault), OK);
	CHECK_INT(file.size % LOG_PAGE_SIZE, SEAL_SIZE);
	for (size_t at = 0; at < file.size; at += at < file.size - SEAL_SIZE ? 4096 : 1) {
		CHECK_INT(file_save(&s.town.world.world, spoilt, file, &s.town.fault), OK);
		change(spoilt, (long)at);
		check_refused(&s, spoilt);
		CHECK_INT(truncate(spoilt, (off_t)at + 1), 0);
		check_refused(&s, spoilt);
	}
	CHECK_INT(restore(&s, s.path), OK);
	arena_free(a);
	town_end(&s.town);
}

TEST(a_backup_of_version_0_1_0_which_has_no_seal_is_restored)
{
	struct stick s;
	uint64_t size;

	stick_make(&s, 8);
	CHECK_INT(backs_up(&s), OK);
	CHECK_INT(s.town.world.world.file_size(&s.town.world.world, s.path, &size, NULL), OK);
	CHECK_INT(truncate(s.path, (off_t)(size - SEAL_SIZE)), 0);
	CHECK_INT(restore(&s, s.path), OK);
	town_end(&s.town);
}

RUN_TESTS()
