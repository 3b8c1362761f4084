/* What a log does when the disk fails, the process dies, or somebody is erased. */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/prop.h"
#include "log/faulty_testing.h"
#include "log/log_testing.h"

/* --- the disk fails at one call after another -------------------------------------------- */

#define FIRST_FACTS 250 /* so that the next batch fills a tile */
#define BATCH 10

/* Facts, a slot that is overwritten, and one that is erased. */
static enum err append_batch(struct log_house *h, struct fault *f)
{
	static const uint8_t key[] = "a key of a person, wrapped by the site";
	struct log_entry entries[BATCH];
	struct log_slot slots[] = { { .subject = { { 1 } }, .bytes = { key, sizeof(key) } },
				    { .subject = { { 2 } } } };
	struct log_setting setting = { "clock", { key, 4 } };
	struct log_batch b = { entries, BATCH, slots, 2, &setting, 1 };

	arena_reset(h->arena);
	for (size_t i = 0; i < BATCH; i++)
		entries[i] = made_entry(log_length(h->log) + i, h->arena);
	return log_append(h->log, &b, f);
}

static void put_slots(struct log_house *h)
{
	struct log_slot slots[] = {
		{ .subject = { { 1 } }, .bytes = { (const uint8_t *)"first", 5 } },
		{ .subject = { { 2 } }, .bytes = { (const uint8_t *)"second", 6 } },
	};
	struct log_batch b = { .slots = slots, .slot_count = 2 };
	struct fault f = { 0 };

	CHECK_INT(log_append(h->log, &b, &f), OK);
}

static void check_whole(struct log_house *h, uint64_t length, bool second_there)
{
	struct log_proof proof;
	struct fault f = { 0 };
	struct id second = { { 2 } };
	struct bytes slot;

	CHECK_INT(log_length(h->log), length);
	CHECK_INT(log_verify(h->log, &proof, NULL, NULL, &f), OK);
	CHECK_INT(proof.fact_count, length);
	CHECK_INT(proof.slot_count, second_there ? 2 : 1);
	CHECK_INT(log_slot_read(h->log, &second, h->arena, &slot, NULL),
		  second_there ? OK : ERR_NOT_FOUND);
}

/* A log of FIRST_FACTS on the faulty disk, healthy so far. */
static void faulty_house_make(struct log_house *h, struct faulty *disk)
{
	struct fault f = { 0 };

	log_house_make(h);
	log_house_close(h);
	faulty_start(disk, "faulty");
	h->simulated.world.vfs = "faulty";
	CHECK_INT(log_house_open(h, &f), OK);
	log_house_grow(h, FIRST_FACTS);
	put_slots(h);
}

static void faulty_house_clear(struct log_house *h, struct faulty *disk)
{
	log_house_clear(h);
	faulty_stop(disk);
}

/* One try with call `n` failing; false: it was not reached. */
static bool try_failure(unsigned n, int sorts, int code, bool for_good)
{
	struct log_house h;
	struct faulty disk;
	struct fault f = { 0 };
	enum err e, again;
	uint64_t length;
	bool reached, kept;

	faulty_house_make(&h, &disk);
	faulty_arm(&disk, n, sorts, code, for_good);
	e = append_batch(&h, &f);
	reached = disk.calls >= n;
	if (reached && for_good) {
		again = append_batch(&h, NULL);
		CHECK(again != OK || e == OK);
	}
	if (!for_good)
		faulty_arm(&disk, 0, 0, 0, false);
	length = FIRST_FACTS;
	if (!e)
		length += BATCH;
	CHECK_INT(log_length(h.log), length);
	log_house_close(&h);
	faulty_arm(&disk, 0, 0, 0, false);
	CHECK_INT(log_house_open(&h, &f), OK);
	/* What failed at its very end may be there; half of it never is. */
	kept = log_length(h.log) == FIRST_FACTS + BATCH;
	CHECK(kept || (e && log_length(h.log) == FIRST_FACTS));
	check_whole(&h, log_length(h.log), !kept);
	CHECK_INT(append_batch(&h, &f), OK);
	faulty_house_clear(&h, &disk);
	return reached;
}

TEST(a_batch_is_whole_or_not_there_whichever_call_of_the_disk_fails)
{
	static const struct {
		int sorts, code;
	} ways[] = {
		{ FAULTY_WRITE, SQLITE_FULL },
		{ FAULTY_ANY, SQLITE_IOERR_WRITE },
		{ FAULTY_SYNC, SQLITE_IOERR_FSYNC },
	};

	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		unsigned n = 1;

		while (try_failure(n, ways[i].sorts, ways[i].code, false))
			n++;
		CHECK(n > 1);
	}
}

TEST(a_batch_is_whole_or_not_there_at_whichever_call_the_disk_goes_away_for_good)
{
	unsigned n = 1;

	while (try_failure(n, FAULTY_ANY, SQLITE_IOERR_WRITE, true))
		n++;
	CHECK(n > 5);
}

TEST(after_a_failed_sync_nothing_more_is_taken_until_opened_again)
{
	struct log_house h;
	struct faulty disk;
	struct log_entry e;
	struct fault f;

	faulty_house_make(&h, &disk);
	faulty_arm(&disk, 1, FAULTY_SYNC, SQLITE_IOERR_FSYNC, false);
	CHECK_FAULT(append_batch(&h, &f), ERR_IO, &f, "log.failed");
	CHECK_FAULT(append_batch(&h, &f), ERR_DEAD, &f, "log.dead");
	CHECK_FAULT(log_begin_epoch(h.log, &f), ERR_DEAD, &f, "log.dead");
	CHECK_INT(log_length(h.log), FIRST_FACTS);
	CHECK_INT(log_read(h.log, &h.self, 7, h.arena, &e, &f), OK);
	log_house_close(&h);
	CHECK_INT(log_house_open(&h, &f), OK);
	CHECK_INT(append_batch(&h, &f), OK);
	faulty_house_clear(&h, &disk);
}

TEST(a_full_disk_refuses_a_batch_and_takes_it_once_there_is_room)
{
	struct log_house h;
	struct faulty disk;
	struct fault f;

	faulty_house_make(&h, &disk);
	faulty_arm(&disk, 2, FAULTY_WRITE, SQLITE_FULL, false);
	CHECK_FAULT(append_batch(&h, &f), ERR_FULL, &f, "log.full");
	CHECK_INT(log_length(h.log), FIRST_FACTS);
	CHECK_INT(append_batch(&h, &f), OK);
	check_whole(&h, FIRST_FACTS + BATCH, false);
	faulty_house_clear(&h, &disk);
}

TEST(a_failed_sync_of_the_file_itself_keeps_what_was_acknowledged)
{
	struct log_house h;
	struct faulty disk;
	struct fault f = { 0 };

	/* The batch erases, so the WAL is brought in: its sync, then that of the file. */
	faulty_house_make(&h, &disk);
	faulty_arm(&disk, 3, FAULTY_SYNC, SQLITE_IOERR_FSYNC, false);
	CHECK_INT(append_batch(&h, &f), OK);
	CHECK_FAULT(append_batch(&h, &f), ERR_DEAD, &f, "log.dead");
	log_house_close(&h);
	CHECK_INT(log_house_open(&h, &f), OK);
	check_whole(&h, FIRST_FACTS + BATCH, false);
	faulty_house_clear(&h, &disk);
}

TEST(a_backup_that_fails_leaves_no_file)
{
	struct log_house h;
	struct faulty disk;
	struct fault f;
	uint64_t size;
	char path[256];

	faulty_house_make(&h, &disk);
	snprintf(path, sizeof(path), "%s/copy", h.folder);
	faulty_arm(&disk, 3, FAULTY_WRITE, SQLITE_FULL, false);
	CHECK_FAULT(log_backup(h.log, path, &f), ERR_FULL, &f, "log.full");
	CHECK_TEXT(f.values[0], strcat(path, ".part"));
	CHECK_INT(h.simulated.world.file_size(&h.simulated.world, path, &size, NULL),
		  ERR_NOT_FOUND);
	path[strlen(path) - 5] = 0;
	CHECK_INT(h.simulated.world.file_size(&h.simulated.world, path, &size, NULL),
		  ERR_NOT_FOUND);
	CHECK_INT(log_backup(h.log, path, &f), OK);
	CHECK_INT(append_batch(&h, &f), OK);
	faulty_house_clear(&h, &disk);
}

/* --- the process dies --------------------------------------------------------------------------- */

/* In a child: append for ever, telling each length that was acknowledged. */
static _Noreturn void append_for_ever(struct log_house *h, int tell, uint64_t exit_at)
{
	struct fault f = { 0 };

	if (log_house_open(h, &f))
		_exit(2);
	for (;;) {
		uint64_t length;

		if (append_batch(h, &f))
			_exit(3);
		length = log_length(h->log);
		if (write(tell, &length, sizeof(length)) != sizeof(length))
			_exit(4);
		if (length == exit_at)
			_exit(0);
	}
}

static void check_survivors(struct log_house *h, uint64_t acknowledged)
{
	struct log_proof proof;
	struct fault f = { 0 };

	CHECK_INT(log_house_open(h, &f), OK);
	CHECK(log_length(h->log) >= acknowledged);
	CHECK_INT(log_length(h->log) % BATCH, 0);
	CHECK_INT(log_verify(h->log, &proof, NULL, NULL, &f), OK);
	CHECK_INT(proof.fact_count, log_length(h->log));
	log_house_close(h);
}

TEST(what_was_acknowledged_survives_a_killed_process_and_no_half_batch_is_seen)
{
	struct log_house h;
	uint64_t acknowledged = 0;

	log_house_make(&h);
	log_house_close(&h);
	for (int round = 1; round <= 5; round++) {
		int pipes[2], status;
		pid_t child;

		CHECK_INT(pipe(pipes), 0);
		child = fork();
		if (child == 0)
			append_for_ever(&h, pipes[1], 0);
		close(pipes[1]);
		for (int i = 0; i < 4 * round; i++)
			CHECK(read(pipes[0], &acknowledged, sizeof(acknowledged)) == 8);
		CHECK_INT(kill(child, SIGKILL), 0);
		while (read(pipes[0], &acknowledged, sizeof(acknowledged)) == 8)
			;
		CHECK_INT(waitpid(child, &status, 0), child);
		CHECK(WIFSIGNALED(status));
		close(pipes[0]);
		check_survivors(&h, acknowledged);
	}
	log_house_clear(&h);
}

TEST(a_process_that_ends_without_closing_leaves_every_acknowledged_fact)
{
	struct log_house h;
	uint64_t acknowledged = 0;
	int pipes[2], status;
	pid_t child;

	log_house_make(&h);
	log_house_close(&h);
	CHECK_INT(pipe(pipes), 0);
	child = fork();
	if (child == 0)
		append_for_ever(&h, pipes[1], 300);
	close(pipes[1]);
	while (read(pipes[0], &acknowledged, sizeof(acknowledged)) == 8)
		;
	close(pipes[0]);
	CHECK_INT(waitpid(child, &status, 0), child);
	CHECK_INT(status, 0);
	CHECK_INT(acknowledged, 300);
	check_survivors(&h, 300);
	log_house_clear(&h);
}

/* --- somebody is erased ----------------------------------------------------------------------------- */

#define PEOPLE 3000
#define KEY_PIECE 16 /* that much of a key must not be found */

/* A key of 64 to 143 bytes that occurs nowhere else. */
static struct bytes key_of(uint8_t out[160], unsigned who)
{
	size_t size = 64 + made_commitment(who).at[0] % 80u;

	for (size_t at = 0; at < size; at += HASH_SIZE)
		memcpy(out + at, made_commitment((uint64_t)(who + 1) << 20 | at).at, HASH_SIZE);
	return bytes_of(out, size);
}

static struct id subject_of(unsigned who)
{
	struct id subject;

	memcpy(subject.at, made_commitment(who).at, ID_SIZE);
	return subject;
}

static void put_keys(struct log_house *h, unsigned first, unsigned count, bool erase)
{
	uint8_t keys[100][160];
	struct log_slot slots[100];
	struct log_batch b = { .slots = slots, .slot_count = count };
	struct fault f = { 0 };

	for (unsigned i = 0; i < count; i++) {
		unsigned who = erase ? 7 * (first + i) % PEOPLE : first + i;

		slots[i] = (struct log_slot){ .subject = subject_of(who) };
		if (!erase)
			slots[i].bytes = key_of(keys[i], who);
	}
	CHECK_INT(log_append(h->log, &b, &f), OK);
}

/* The whole of a file; the caller frees it. */
static uint8_t *slurp(const char *folder, const char *name, size_t *size)
{
	char path[400];
	uint8_t *all;
	FILE *file;
	long end;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "rb");
	CHECK(file && fseek(file, 0, SEEK_END) == 0);
	end = ftell(file);
	CHECK(end >= 0);
	rewind(file);
	*size = (size_t)end;
	all = malloc(*size + 1);
	CHECK(all && fread(all, 1, *size, file) == *size);
	fclose(file);
	return all;
}

/* In how many files of the folder a piece of the key is. */
static unsigned files_with_key(const char *folder, const uint8_t *key, size_t key_size)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	unsigned found = 0;

	CHECK(dir);
	while ((entry = readdir(dir))) {
		bool here = false;
		size_t size;
		uint8_t *all;

		if (entry->d_name[0] == '.')
			continue;
		all = slurp(folder, entry->d_name, &size);
		for (size_t at = 0; at + KEY_PIECE <= key_size; at += KEY_PIECE)
			here = here || memmem(all, size, key + at, KEY_PIECE);
		found += here;
		free(all);
	}
	closedir(dir);
	return found;
}

TEST(of_an_erased_key_no_piece_is_in_any_file)
{
	struct log_house h;
	struct fault f = { 0 };
	uint8_t key[160];
	struct bytes k;
	char path[256];

	log_house_make(&h);
	for (unsigned who = 0; who < PEOPLE; who += 100) {
		put_keys(&h, who, 100, false);
		log_house_grow(&h, 20);
	}
	for (unsigned i = 0; i < 60; i += 20)
		put_keys(&h, i, 20, true);
	snprintf(path, sizeof(path), "%s/copy", h.folder);
	CHECK_INT(log_backup(h.log, path, &f), OK);
	for (unsigned i = 0; i < 60; i++) {
		k = key_of(key, 7 * i % PEOPLE);
		CHECK_INT(files_with_key(h.folder, k.at, k.size), 0);
	}
	/* One that was not erased is in the register and in its copy. */
	k = key_of(key, 1);
	CHECK(files_with_key(h.folder, k.at, k.size) >= 2);
	log_house_clear(&h);
}

TEST(a_key_that_was_replaced_and_a_setting_that_was_removed_are_in_no_file)
{
	static const char old[] = "the first wrapped key of the subject";
	static const char newer[] = "another, of another size";
	static const char same[] = "AN EQUALLY LONG ONE, of the subject!";
	struct log_house h;
	struct log_slot slot = { .subject = { { 9 } } };
	struct log_setting setting = { "keyring/9", { (const uint8_t *)old, sizeof(old) } };
	struct log_batch slots = { .slots = &slot, .slot_count = 1 };
	struct log_batch settings = { .settings = &setting, .setting_count = 1 };
	struct fault f = { 0 };

	log_house_make(&h);
	slot.bytes = bytes_of(old, sizeof(old));
	CHECK_INT(log_append(h.log, &slots, &f), OK);
	CHECK_INT(log_append(h.log, &settings, &f), OK);
	CHECK(files_with_key(h.folder, (const uint8_t *)old, sizeof(old)) > 0);
	slot.bytes = bytes_of(same, sizeof(same));
	CHECK_INT(log_append(h.log, &slots, &f), OK);
	setting.bytes.size = 0;
	CHECK_INT(log_append(h.log, &settings, &f), OK);
	CHECK_INT(files_with_key(h.folder, (const uint8_t *)old, sizeof(old)), 0);
	CHECK(files_with_key(h.folder, (const uint8_t *)same, sizeof(same)) > 0);
	slot.bytes = bytes_of(newer, sizeof(newer));
	CHECK_INT(log_append(h.log, &slots, &f), OK);
	CHECK_INT(files_with_key(h.folder, (const uint8_t *)same, sizeof(same)), 0);
	CHECK(files_with_key(h.folder, (const uint8_t *)newer, sizeof(newer)) > 0);
	log_house_clear(&h);
}

TEST(what_was_erased_just_before_a_kill_is_gone_once_opened_again)
{
	struct log_house h;
	struct faulty disk;
	struct fault f = { 0 };
	struct log_slot slot = { .subject = subject_of(5) };
	struct log_batch b = { .slots = &slot, .slot_count = 1 };
	uint8_t key[160];
	struct bytes k = key_of(key, 5);

	faulty_house_make(&h, &disk);
	slot.bytes = k;
	CHECK_INT(log_append(h.log, &b, &f), OK);
	slot.bytes.size = 0;
	/* Committed, and then the disk is gone before the WAL is cut. */
	faulty_arm(&disk, 2, FAULTY_SYNC, SQLITE_IOERR_FSYNC, true);
	CHECK_INT(log_append(h.log, &b, &f), OK);
	CHECK(files_with_key(h.folder, k.at, k.size) > 0);
	log_house_close(&h);
	faulty_arm(&disk, 0, 0, 0, false);
	CHECK_INT(log_house_open(&h, &f), OK);
	CHECK_INT(files_with_key(h.folder, k.at, k.size), 0);
	faulty_house_clear(&h, &disk);
}

RUN_TESTS()
