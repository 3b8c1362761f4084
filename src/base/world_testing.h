/*
 * world_testing: a world for tests: chance from a seed, clocks moved by hand, the
 * real disk underneath, which can be told to fail.  Any thread may use it; what a test
 * sets it sets while no other does.
 */
#pragma once

#include "base/world.h"

struct disk;

struct world_simulated {
	struct world world; /* first: hand out &s.world */
	int64_t wall_ms, monotonic_ms;
	bool waits_last; /* a wait ends only where somebody ends it; else at once, for time
			  * stands still here until a test moves it */
	uint64_t chance_state;
	uint64_t disk_calls;   /* opens, reads, writes, syncs, renames … so far */
	uint64_t disk_fail_at; /* the call that fails with disk_error; 0: none  */
	enum err disk_error;   /* ERR_IO unless changed                         */
	bool disk_dead;        /* after that call all others fail as well       */
	struct disk *disk;     /* instead of the real one (log/disk_testing.h)  */
	struct medium medium;  /* where not zero, what the disk says of itself  */
};

/* The clocks stand at 2026-11-24T05:00:00Z. */
void world_simulated_init(struct world_simulated *out, uint64_t seed);
/* Move both clocks on. */
void world_wait(struct world_simulated *s, int64_t ms);

/* A new folder under /tmp, gone with all that is in it by test_folder_remove(). */
#define TEST_FOLDER_SIZE 64
void test_folder_make(char out[TEST_FOLDER_SIZE]);
void test_folder_remove(const char *folder);
