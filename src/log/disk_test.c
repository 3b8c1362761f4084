/* The disk in memory, and what a cut of power leaves of it. */
#include <errno.h>
#include <stdio.h>

#include "base/test.h"
#include "log/cut_testing.h"

#define FILE_PATH "/letter"

struct desk {
	struct disk disk, left;
	struct world_simulated world;
};

static void desk_make(struct desk *d)
{
	disk_start(&d->disk);
	disk_start(&d->left);
	d->left.remembers = false;
	world_simulated_init(&d->world, 1);
	disk_is_under(&d->disk, &d->world);
}

static void desk_clear(struct desk *d)
{
	disk_stop(&d->left);
	disk_stop(&d->disk);
}

/* Write all of `text` to FILE_PATH, without a sync. */
static uint32_t writes(struct desk *d, const char *text)
{
	struct disk_opening how = { .make = true };
	struct disk_handle h;

	CHECK_INT(disk_open(&d->disk, FILE_PATH, &how, &h), 0);
	CHECK_INT(disk_write(&d->disk, h.node, bytes_of_text(text_of(text)), 0), 0);
	return h.node;
}

/* The file after a cut at the end. */
static struct text left(struct desk *d, enum cut_manner manner, uint64_t seed)
{
	struct cut c = { manner, seed };
	struct past past;
	struct bytes b;

	past_start(&past, &d->disk, NULL);
	while (past_goes_on(&past))
		;
	past_cut(&past, &c, &d->left);
	past_end(&past);
	b = disk_file(&d->left, FILE_PATH);
	return (struct text){ (const char *)b.at, b.size };
}

TEST(what_was_not_synced_is_there_or_not)
{
	struct desk d;
	uint32_t file;

	desk_make(&d);
	file = writes(&d, "first");
	CHECK_TEXT(left(&d, CUT_KEPT, 0), "first");
	CHECK_TEXT(left(&d, CUT_LOST, 0), "");
	/* Its bytes are safe, its name is not. */
	CHECK_INT(disk_sync(&d.disk, file), 0);
	CHECK_TEXT(left(&d, CUT_LOST, 0), "");
	CHECK_INT(disk_sync_folder(&d.disk, FILE_PATH), 0);
	CHECK_TEXT(left(&d, CUT_LOST, 0), "first");
	file = writes(&d, "other");
	CHECK_TEXT(left(&d, CUT_KEPT, 0), "other");
	CHECK_TEXT(left(&d, CUT_LOST, 0), "first");
	desk_clear(&d);
}

TEST(a_file_saved_as_a_whole_is_the_old_or_the_new_one_at_every_point)
{
	struct desk d;
	struct past past;
	struct fault f = { 0 };
	size_t saved;

	desk_make(&d);
	CHECK_INT(file_save(&d.world.world, FILE_PATH, bytes_of_text(TEXT("old")), &f), OK);
	saved = d.disk.journal_count;
	CHECK_INT(file_save(&d.world.world, FILE_PATH, bytes_of_text(TEXT("new one")), &f), OK);
	past_start(&past, &d.disk, NULL);
	while (past_goes_on(&past)) {
		for (uint64_t n = 0; past.point >= saved && n < 8 * CUT_MANNERS; n++) {
			struct cut c = { (enum cut_manner)(n % CUT_MANNERS), n };
			struct bytes b;

			past_cut(&past, &c, &d.left);
			b = disk_file(&d.left, FILE_PATH);
			CHECK(bytes_same(b, bytes_of_text(TEXT("old"))) ||
			      bytes_same(b, bytes_of_text(TEXT("new one"))));
		}
	}
	past_end(&past);
	CHECK_TEXT(left(&d, CUT_LOST, 0), "new one");
	desk_clear(&d);
}

TEST(what_a_sync_could_not_bring_is_lost_whatever_later_syncs_say)
{
	struct desk d;
	uint32_t file;

	desk_make(&d);
	file = writes(&d, "first");
	CHECK_INT(disk_sync(&d.disk, file), 0);
	CHECK_INT(disk_sync_folder(&d.disk, FILE_PATH), 0);
	writes(&d, "other");
	disk_fails(&d.disk, DISK_SYNC, 1, EIO, false);
	CHECK_INT(disk_sync(&d.disk, file), EIO);
	CHECK(disk_has_failed(&d.disk));
	CHECK_INT(disk_sync(&d.disk, file), 0);
	CHECK(bytes_same(disk_file(&d.disk, FILE_PATH), bytes_of_text(TEXT("other"))));
	CHECK_TEXT(left(&d, CUT_KEPT, 0), "first");
	desk_clear(&d);
}

TEST(sectors_of_a_torn_write_are_old_or_new_and_one_seed_tears_alike)
{
	char old[4 * 512 + 1], new_[sizeof(old)];
	struct desk d;
	bool torn = false;

	desk_make(&d);
	memset(old, 'o', sizeof(old) - 1);
	memset(new_, 'n', sizeof(new_) - 1);
	old[sizeof(old) - 1] = new_[sizeof(new_) - 1] = 0;
	CHECK_INT(disk_sync(&d.disk, writes(&d, old)), 0);
	CHECK_INT(disk_sync_folder(&d.disk, FILE_PATH), 0);
	writes(&d, new_);
	for (uint64_t seed = 0; seed < 20; seed++) {
		struct text t = left(&d, CUT_TORN_512, seed);
		uint64_t image = disk_image(&d.left);

		CHECK_INT(t.size, sizeof(old) - 1);
		for (size_t at = 0; at < t.size; at += 512)
			CHECK(!memcmp(t.at + at, old, 512) || !memcmp(t.at + at, new_, 512));
		torn = torn || memchr(t.at, 'o', t.size);
		left(&d, CUT_TORN_512, seed);
		CHECK(disk_image(&d.left) == image);
	}
	CHECK(torn);
	desk_clear(&d);
}

TEST(the_call_that_should_fail_does_so_once_or_for_good)
{
	struct desk d;
	uint32_t file;

	desk_make(&d);
	file = writes(&d, "first");
	disk_fails(&d.disk, DISK_WRITE, 2, ENOSPC, false);
	CHECK_INT(disk_write(&d.disk, file, bytes_of_text(TEXT("1234")), 0), 0);
	CHECK_INT(disk_write(&d.disk, file, bytes_of_text(TEXT("5678")), 0), ENOSPC);
	CHECK(bytes_same(disk_file(&d.disk, FILE_PATH), bytes_of_text(TEXT("5634t"))));
	CHECK_INT(disk_write(&d.disk, file, bytes_of_text(TEXT("1234")), 0), 0);
	disk_fails(&d.disk, DISK_CHANGE, 1, EIO, true);
	CHECK_INT(disk_truncate(&d.disk, file, 0), EIO);
	CHECK_INT(disk_remove(&d.disk, FILE_PATH), EIO);
	disk_is_mended(&d.disk);
	CHECK_INT(disk_remove(&d.disk, FILE_PATH), 0);
	desk_clear(&d);
}

RUN_TESTS()
