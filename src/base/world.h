/*
 * world: the only way to the clock, to chance, to the disk and to the network.
 *
 * Everything that can differ between two runs comes in through a `struct world`,
 * so that a test can stop the clock, deal the random bytes from a seed and fail
 * the tenth write.  The real one is world_real(); a made-up one is
 * world_simulated (in base/world_testing.h, tests only).
 *
 * SQLite does its own reading and writing through the VFS named in `vfs`
 * (NULL: the system's); everything else goes through `disk`.
 */
#pragma once

#include <time.h>

#include "base/bytes.h"
#include "base/err.h"

struct world;
struct file; /* an open file of this world */

enum file_mode {
	FILE_READ,   /* must exist                                            */
	FILE_CREATE, /* must not exist; 0600                                  */
	FILE_REPLACE, /* made or emptied; 0600                                */
	FILE_APPEND  /* must exist; written at its end                        */
};

/* What a file system takes, in bytes. */
struct medium {
	uint64_t room;	   /* free, for this user */
	uint64_t file_max; /* the largest file: 4 GiB less one on a FAT32 stick */
};

#define WORLD_ADDRESS_SIZE 46

struct world {
	/* Milliseconds since 1970-01-01T00:00Z as the wall clock claims. */
	int64_t (*now_ms)(struct world *w);
	/* Milliseconds of a clock that is never set and counts suspended time. */
	int64_t (*steady_ms)(struct world *w);
	/* The instant `ms` from now on CLOCK_MONOTONIC: until when a condition is waited for. */
	struct timespec (*deadline)(struct world *w, int64_t ms);
	/* Nanoseconds of a processor that the calling thread has had. */
	uint64_t (*worked_ns)(struct world *w);
	/* Fill `size` unpredictable bytes. */
	void (*chance)(struct world *w, void *out, size_t size);

	MUST_USE enum err (*file_open)(struct world *w, struct file **out, const char *path,
				       enum file_mode mode, struct fault *f);
	/* At most `size` bytes from where the last read ended; *got 0 at the end. */
	MUST_USE enum err (*file_read)(struct file *file, void *out, size_t size, size_t *got,
				       struct fault *f);
	MUST_USE enum err (*file_write)(struct file *file, struct bytes b, struct fault *f);
	MUST_USE enum err (*file_sync)(struct file *file, struct fault *f);
	/* What was synced leaves the memory: the next read comes from the medium itself. */
	MUST_USE enum err (*file_forget)(struct file *file, struct fault *f);
	void (*file_close)(struct file *file); /* NULL is harmless */
	MUST_USE enum err (*file_size)(struct world *w, const char *path, uint64_t *size,
				       struct fault *f);
	/* Atomically give `from` the name `to`, and sync the folder. */
	MUST_USE enum err (*rename)(struct world *w, const char *from, const char *to,
				    struct fault *f);
	MUST_USE enum err (*remove)(struct world *w, const char *path, struct fault *f);
	/* A folder of mode 0700, its name synced; ERR_BUSY: it is there and not empty. */
	MUST_USE enum err (*folder_make)(struct world *w, const char *path, struct fault *f);

	/* Of the medium on which the folder of `path` lies. */
	MUST_USE enum err (*medium)(struct world *w, const char *path, struct medium *out,
				    struct fault *f);

	/* The addresses of this machine in its networks ("10.0.0.5", "fd12::5"), loopback and
	 * those of one cable aside; at most `most`, gives how many. */
	size_t (*addresses)(struct world *w, char out[][WORLD_ADDRESS_SIZE], size_t most);

	/*
	 * Whoever has started this process and wants to hear how it is (sd_notify(3)); each
	 * write is one message, "READY=1".  ERR_NOT_FOUND: nobody wants to.
	 */
	MUST_USE enum err (*manager)(struct world *w, struct file **out, struct fault *f);

	const char *vfs; /* of SQLite; NULL: its default */
};

/* The real one: static, shared by all threads. */
struct world *world_real(void);

/*
 * The real one with another wall clock, that stands at `at_ms` and is moved by
 * the caller through `now_ms`: the clock of a demo register (`--at`).
 */
struct world_at {
	struct world world;
	int64_t at_ms;
	int64_t steady_ms; /* once it runs: what the steady clock said then */
};
void world_at_init(struct world_at *out, int64_t at_ms);
/* From now on it goes on from where it stands, as fast as the steady clock. */
void world_at_run(struct world_at *w);

/*
 * The chance of another world, drawn WORLD_DRAWN_SIZE bytes at a time: asking the system
 * for each nonce costs more than using it.  Of `world` nothing but chance() may be called,
 * by one thread; what was given out is wiped here.
 */
#define WORLD_DRAWN_SIZE 4096
struct world_drawing {
	struct world world;
	struct world *from; /* must outlive it */
	size_t left;
	uint8_t drawn[WORLD_DRAWN_SIZE];
};
void world_drawing_init(struct world_drawing *out, struct world *from);
void world_drawing_wipe(struct world_drawing *d);

/* The whole of a file of at most `size_max` bytes, as memory of `a`. */
struct arena;
MUST_USE enum err file_load(struct bytes *out, struct arena *a, struct world *w, const char *path,
			    size_t size_max, struct fault *f);
/*
 * ERR_BUSY, told as `key` with the path: there is something.  Where nobody can say, there
 * may be, and that is what is told.
 */
MUST_USE enum err file_check_free(struct world *w, const char *path, const char *key,
				  struct fault *f);
/* Write a file as a whole: beside it, synced, renamed.  0600. */
MUST_USE enum err file_save(struct world *w, const char *path, struct bytes b, struct fault *f);
