/*
 * log: the facts of one register, in the order in which its sites took them in.
 *
 * A log only grows.  What log_append() has acknowledged survives a killed process
 * and a cut of power.  Facts are named by origin and seq: an *origin* is one epoch
 * of one site, and fact `seq` of an origin is leaf `seq` of that origin's Merkle
 * tree; numbers start at 0 and have no gap.  The register's own epoch is the one
 * origin that log_append() adds to; others come by sync, later, or are the epochs
 * before a restore.  The log cannot read what it keeps: sealing is the business of
 * fact/.  Any thread may call any function.
 *
 * Beside the facts the log's file keeps what is not part of history: slots (the
 * wrapped keys of subjects; overwriting one is how a person is erased), the keyring
 * (the site's keys, wrapped by each account's passphrase), signed checkpoints, and
 * settings that are public.  All of it changes in the same transactions.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/world.h"

struct log;

/*
 * The two hashes of the tree (RFC 9162 §2.1.1): a leaf is SHA-256(0x00 · C), a node
 * SHA-256(0x01 · left · right).
 */
void log_leaf(struct hash *leaf, const struct hash *commitment);
void log_node(struct hash *node, const struct hash *left, const struct hash *right);

#define LOG_FILE "register.sqlite"
/* Its size is a multiple of this. */
#define LOG_PAGE_SIZE 8192
#define LOG_BATCH_MAX 1000
#define LOG_ENVELOPE_SIZE_MAX (1024 * 1024)
/* Of a slot's or a setting's bytes. */
#define LOG_KEPT_SIZE_MAX (64 * 1024)
#define LOG_FORMAT 2 /* 1, of version 0.1.0, is brought to it on opening */

struct origin {
	struct id site;
	uint32_t epoch;
};

/*
 * Make a register's file in the folder `dir`, which must exist, for `self`.
 * ERR_BUSY: there is one already.
 */
MUST_USE enum err log_create(struct world *w, const char *dir, const struct origin *self,
			     struct fault *f);
/*
 * Remove a register's files from the folder, and what was left of making one.  What
 * cannot be removed stays.
 */
void log_clear_away(struct world *w, const char *dir);
/*
 * Open it; the caller closes it.  `w` must outlive it.
 * ERR_NOT_FOUND: no register there.  ERR_BUSY: another process has it open.
 * ERR_NEWER: a later version made it.  ERR_DAMAGED: SQLite or the tree disagree.
 */
MUST_USE enum err log_open(struct log **out, struct world *w, const char *dir, struct fault *f);
void log_close(struct log *l); /* NULL is harmless */

/*
 * Begin the next epoch of the same site: it becomes the origin that grows here, with
 * no facts; the ones before stay.  For a backup that became a register again.
 */
MUST_USE enum err log_begin_epoch(struct log *l, struct fault *f);

/*
 * Between these two no other thread uses the log, so that many calls wait for it once, and
 * what they read is of one moment.
 */
void log_hold(struct log *l);
void log_let_go(struct log *l); /* by the same thread */

/* The origin that grows here, and how many facts it has. */
struct origin log_self(const struct log *l);
uint64_t log_length(struct log *l);
/* All origins, own first is not promised; *count gets how many. */
MUST_USE enum err log_origins(struct log *l, struct arena *a, const struct origin **out,
			      size_t *count, struct fault *f);

/* One sealed fact, to be kept or as it was kept. */
struct log_entry {
	uint64_t seq; /* given by log_append */
	struct id subject;
	struct hash commitment; /* C; the leaf is SHA-256(0x00 · C) */
	struct bytes envelope;
};

/* Opaque bytes that change with the facts of one batch. */
struct log_slot {
	struct id subject;
	struct bytes bytes; /* not all zeros; empty: overwrite with zeros and forget (erase) */
};
struct log_setting {
	const char *name;   /* static, of the callers' making: "keyring/3f…", "checkpoint" */
	struct bytes bytes; /* empty: remove */
};

struct log_batch {
	const struct log_entry *entries;
	size_t entry_count; /* 0 to LOG_BATCH_MAX */
	const struct log_slot *slots;
	size_t slot_count;
	const struct log_setting *settings;
	size_t setting_count;
};

/*
 * Append a batch as one unit: all is on the disk when this returns OK, none is
 * kept otherwise.  Entries must carry the seqs from log_length() on, in order.  Where
 * a slot is erased or replaced, or a setting removed, its old bytes are in no file of
 * the log any more; erasing what is not there is no error.
 * ERR_FULL: no room, the log is as it was.  ERR_DEAD: a sync has failed, and this
 * log takes nothing more until it is opened again; whether the batch that met the
 * failure (ERR_IO, or ERR_MEMORY at its end) is there, as a whole, is known only then.
 */
MUST_USE enum err log_append(struct log *l, const struct log_batch *b, struct fault *f);

/* One fact, into `a`.  ERR_NOT_FOUND, ERR_DAMAGED. */
MUST_USE enum err log_read(struct log *l, const struct origin *o, uint64_t seq, struct arena *a,
			   struct log_entry *out, struct fault *f);
/*
 * Every fact of every origin that there is when the walk begins, by origin and seq; views
 * in *e last for the call, and others append and read between two calls.  `visit` stops the walk with anything but OK, and that is what comes back.  It may
 * read the log, but not walk through the same again, and not change it.
 */
typedef enum err log_visit(void *self, const struct origin *o, const struct log_entry *e,
			   struct fault *f);
MUST_USE enum err log_each(struct log *l, log_visit *visit, void *self, struct fault *f);

/* ERR_NOT_FOUND: erased, or there never was one. */
MUST_USE enum err log_slot_read(struct log *l, const struct id *subject, struct arena *a,
				struct bytes *out, struct fault *f);
/* Those that there are, in the order in which they came. */
typedef enum err log_visit_slot(void *self, const struct id *subject, struct bytes slot,
				struct fault *f);
MUST_USE enum err log_each_slot(struct log *l, log_visit_slot *visit, void *self, struct fault *f);

/* ERR_NOT_FOUND: no such setting. */
MUST_USE enum err log_setting_read(struct log *l, const char *name, struct arena *a,
				   struct bytes *out, struct fault *f);
typedef enum err log_visit_setting(void *self, struct text name, struct bytes bytes,
				   struct fault *f);
/* Those whose name begins with `prefix`, by name. */
MUST_USE enum err log_each_setting(struct log *l, const char *prefix, log_visit_setting *visit,
				   void *self, struct fault *f);

/* Root of the own tree over the first `size` leaves, size <= log_length(). */
MUST_USE enum err log_root(struct log *l, uint64_t size, struct hash *out, struct fault *f);
/* The same of any origin's tree, from the disk.  ERR_NOT_FOUND: it has fewer leaves. */
MUST_USE enum err log_root_of(struct log *l, const struct origin *o, uint64_t size,
			      struct hash *out, struct fault *f);
/*
 * A full tile of hashes, C2SP tlog-tiles: 256 hashes of `level` from index
 * 256 * n on, computed or stored; *count gets how many there are (partial tile).
 */
MUST_USE enum err log_tile(struct log *l, unsigned level, uint64_t n, struct hash out[256],
			   size_t *count, struct fault *f);

/*
 * Copy everything into a new file, as it is at the end of the call: others append and
 * read meanwhile, and wait for a slice of the copy at most.  ERR_BUSY: `path` exists.
 * ERR_FULL: no room on its medium, or a file may not be that large there.
 */
MUST_USE enum err log_backup(struct log *l, const char *path, struct fault *f);

/*
 * Read everything back as SQLite and the tree see it: integrity_check, seqs without
 * a gap, every stored tile and the right edge against the leaves, as they are at the
 * beginning.  Others wait while SQLite looks at its pages and while the slots are looked
 * at (some 5 ms for 1,000 people), and go on while the facts are read.
 * `at` (may be NULL) is told every 1,000 facts: for a progress bar.
 */
struct log_proof {
	uint64_t fact_count, slot_count, tile_count;
	struct hash root; /* of the own origin */
};
MUST_USE enum err log_verify(struct log *l, struct log_proof *out,
			     void (*at)(void *self, uint64_t done, uint64_t of), void *self,
			     struct fault *f);

/* Bytes in the log's files, for status. */
uint64_t log_bytes(struct log *l);
