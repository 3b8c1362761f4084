/*
 * disk_testing: a disk in memory that remembers every call that changed it, and that
 * says no when it is told to.
 *
 *     struct disk d;
 *
 *     disk_start(&d);
 *     disk_is_under(&d, &simulated);        the world's files, and SQLite's, are on `d`
 *     …
 *     disk_stop(&d);
 *
 * A file is a *node*; a name leads to it from a folder.  The two become durable apart,
 * as POSIX has it: bytes when the file is synced, names when the folder is.  What a
 * cut of power can leave is made out of the journal by log/cut_testing.h.
 *
 * It does what the system's disk does for base/world_real.c and for SQLite's own VFS:
 * the same calls in the same order, each of which may fail.  In particular the folder
 * of a new journal or WAL is synced with the first sync of that file, and nobody hears
 * of it when that fails.  There is no shared memory and there are no locks: a log must
 * not need the first, and a second connection is not what this disk is for.
 *
 * One thread at a time: a register's writer and whoever waits for it take turns.
 */
#pragma once

#include <sqlite3.h>

#include "base/world_testing.h"

#define DISK_NAME_SIZE 64
#define DISK_PATH_SIZE 512
#define DISK_ROOT 0 /* the node of "/" */

/* The sorts of calls, as a set. */
enum disk_call {
	DISK_READ = 1, /* of bytes, sizes and names; an open of what is there */
	DISK_MAKE = 2, /* of a file or a folder                               */
	DISK_WRITE = 4,
	DISK_TRUNCATE = 8,
	DISK_SYNC = 16,
	DISK_RENAME = 32,
	DISK_REMOVE = 64,
	DISK_SYNC_FOLDER = 128,

	DISK_CHANGE = 254, /* all but the reads */
	/* Where room can be short. */
	DISK_GROW = DISK_MAKE | DISK_WRITE | DISK_SYNC | DISK_RENAME,
};

/* One call that changed the disk, and what it said. */
struct disk_record {
	enum disk_call call;
	bool failed; /* a sync that said no; other calls that failed are not here */
	uint32_t node;
	uint32_t folder; /* of the name that the call makes, gives or takes away */
	uint64_t offset; /* of a write; the size of a truncate                   */
	uint64_t size;
	uint8_t *bytes; /* of a write                                            */
	char name[DISK_NAME_SIZE];
};

struct disk_node {
	bool folder;
	uint8_t *at;
	size_t size, room;
};

struct disk_name {
	uint32_t folder, node;
	char name[DISK_NAME_SIZE];
};

struct disk {
	struct disk_node *nodes;
	size_t node_count, node_room;
	struct disk_name *names;
	size_t name_count, name_room;

	bool remembers; /* true from the start */
	struct disk_record *journal;
	size_t journal_count, journal_room;

	/* Call number `fail_at` of the sorts `fail_calls` fails; 0: none. */
	int fail_calls, fail_error; /* EIO, ENOSPC */
	uint64_t fail_at, calls;    /* calls of those sorts, since disk_fails() */
	bool for_good;		    /* and all later ones                       */

	sqlite3_vfs vfs;
	char vfs_name[32];
};

/* An empty disk, known to SQLite. */
void disk_start(struct disk *d);
void disk_stop(struct disk *d);
/* Let the world's files be on `d`, and SQLite's; it must outlive the world. */
void disk_is_under(struct disk *d, struct world_simulated *w);

/* From here on call number `at` (from 1) of the sorts in `calls` fails with `error`. */
void disk_fails(struct disk *d, int calls, uint64_t at, int error, bool for_good);
/* The disk is in order again. */
void disk_is_mended(struct disk *d);
/* Whether the call that should fail was reached. */
bool disk_has_failed(const struct disk *d);

/* Whether `piece` is anywhere in a file of the folder. */
bool disk_holds(const struct disk *d, const char *folder, struct bytes piece);
/* The whole of a file, until the disk changes; no bytes where there is none. */
struct bytes disk_file(const struct disk *d, const char *path);
/* A number that two disks with the same names and bytes share; others hardly do. */
uint64_t disk_image(const struct disk *d);

/* --- the calls: 0, or what errno would be ------------------------------------------ */

struct disk_handle {
	uint32_t node;
	bool made; /* by this open */
};
/* Both false: it must be there. */
struct disk_opening {
	bool make, must_be_new;
};
int disk_open(struct disk *d, const char *path, const struct disk_opening *how,
	      struct disk_handle *out);
/* *got less than `size`: there is no more. */
int disk_read(struct disk *d, uint32_t node, void *out, size_t size, uint64_t at, size_t *got);
/* Where it fails, half of it gets there. */
int disk_write(struct disk *d, uint32_t node, struct bytes b, uint64_t at);
int disk_truncate(struct disk *d, uint32_t node, uint64_t size);
int disk_sync(struct disk *d, uint32_t node);
int disk_size(struct disk *d, const char *path, uint64_t *size);
int disk_make_folder(struct disk *d, const char *path);
int disk_rename(struct disk *d, const char *from, const char *to);
int disk_remove(struct disk *d, const char *path);
/* Of the folder in which `path` is. */
int disk_sync_folder(struct disk *d, const char *path);

/* --- the parts, for whoever rebuilds a disk ------------------------------------------ */

uint32_t node_new(struct disk *d, bool folder);
void node_write(struct disk *d, uint32_t node, struct bytes b, uint64_t at);
void node_resize(struct disk *d, uint32_t node, uint64_t size);
/* Do to nodes and names what the call did. */
void disk_apply(struct disk *d, const struct disk_record *r);
/* The memory of a disk that SQLite does not know. */
void disk_free(struct disk *d);
/* Forget all files and names, and the journal; nothing fails any more. */
void disk_clear(struct disk *d);
/* The same files and names, with no journal yet. */
void disk_copy(struct disk *out, const struct disk *from);

/* disk_vfs_testing.c: SQLite's way to this disk. */
void disk_vfs_start(struct disk *d);
void disk_vfs_stop(struct disk *d);
