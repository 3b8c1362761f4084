/*
 * inside: what the files of log/ share.
 *
 * The file is one SQLite database in WAL mode, held by one connection under an
 * exclusive lock (so there is no -shm file, and a second process is turned away at
 * once).  Its tables:
 *
 *   origin         number · site · epoch · own (1 for the one that grows)
 *   fact           place = number << 40 | seq · subject · commitment · envelope
 *   tile           place = number << 40 | level << 32 | n · 256 hashes; full ones only
 *   slot           number · subject · bytes        slot_place     subject · number
 *   setting        number · name · bytes · check   setting_place  name · number
 *
 * (check: the last CHECK_SIZE bytes of `bytes`, see check.c.)
 *
 * Facts have no index but the place: a random key would cost a factor of nine.
 *
 * Slots and settings are written at the end of their table, are overwritten where they
 * are, and never move: the small place tables say where the one that counts is.  This
 * is what makes erasing certain.  SQLite wipes what it deletes (secure_delete), but
 * where it moves rows of different sizes between the pages of a tree it leaves copies
 * behind in the gaps (found in some of 10,000 rows in version 3.40), and such a copy
 * would outlive the wiping of the row.  A wiped row stays, all zeros.
 *
 * `lock` guards everything but `length` and `waiting`.  It is recursive, so that who walks
 * through the facts may read others.  Whoever holds it for longer than a write takes gives
 * way now and then: a mutex that is let go and taken again at once wakes nobody.  Who gave
 * way is owed the next turn: as many have the log meanwhile as waited for it then, and who
 * comes later, or comes again, waits until it was given back.
 */
#pragma once

#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

#include "base/buffer.h"
#include "log/tree.h"

#define SEQ_BITS 40
#define SEQ_MAX ((UINT64_C(1) << SEQ_BITS) - 1)
#define ORIGIN_NUMBER_MAX ((UINT64_C(1) << 23) - 1)
#define ORIGIN_COUNT_MAX 10000

#define STATEMENT(name, sql) STATEMENT_##name,
enum statement {
#include "log/statements.def"
	STATEMENT_COUNT
};
#undef STATEMENT

struct known_origin {
	struct origin origin;
	uint64_t number, length;
};

struct log {
	struct world *world;
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENT_COUNT];
	char *path;
	pthread_mutex_t lock;
	atomic_uint waiting;	  /* threads in log_lock() */
	unsigned depth;		  /* how often its holder has taken it */
	uint64_t turns;		  /* how often the lock was taken */
	pthread_cond_t next_turn; /* told each time */
	unsigned owed;		  /* threads that gave way and have not had it again */
	uint64_t turns_let;	  /* while there are any: nobody has it once turns are so many */

	struct known_origin *origins;
	size_t origin_count, own;
	struct tree_edge edge;	     /* of the own origin */
	atomic_uint_fast64_t length; /* of the own origin, to be read without the lock */

	unsigned walks; /* under way: log_each() and its like */
	int wal_frames; /* since the last checkpoint */
	bool wipe_due;	/* the WAL holds what was erased */
	bool dead;	/* a sync has failed */
};

void log_lock(struct log *l);
void log_unlock(struct log *l);
/* Under the lock: whether somebody waits for it and could be let in: it was taken once. */
bool log_is_wanted(const struct log *l);
/* Then: let somebody have it. */
void log_give_way(struct log *l);

static inline const struct known_origin *own_origin(const struct log *l)
{
	return &l->origins[l->own];
}
const struct known_origin *origin_find(const struct log *l, const struct origin *o);

static inline int64_t place_of(uint64_t number, uint64_t rest)
{
	return (int64_t)(number << SEQ_BITS | rest);
}

/* --- sqlite.c: the connection ------------------------------------------------------- */

/* Connect to the file l->path; from here on log_disconnect() is due. */
MUST_USE enum err log_connect(struct log *l, struct fault *f);
void log_disconnect(struct log *l);
/* For a file of no bytes: the tables, and `self` as the one origin. */
MUST_USE enum err log_lay_out(struct log *l, const struct origin *self, struct fault *f);
/* WAL, the look at the tables, the statements; `format` is that of the file. */
MUST_USE enum err log_make_ready(struct log *l, int64_t *format, struct fault *f);
/* Say, in the transaction that is under way, that the file is of LOG_FORMAT now. */
MUST_USE enum err log_mark_format(struct log *l, struct fault *f);
/* What a result code of SQLite's is in our words. */
enum err log_failed(struct log *l, int code, struct fault *f);

/*
 * One run of a statement.  It remembers its first error, so that only the end is
 * looked at, and views that it gives last until the next row.
 *
 *     struct query q = query(l, STATEMENT_FACT_READ);
 *
 *     query_put_int(&q, 1, place);
 *     if (query_row(&q))
 *             … query_bytes(&q, 3) …
 *     e = query_end(&q, f);
 */
struct query {
	struct log *log;
	sqlite3_stmt *s;
	int code;
};
struct query query(struct log *l, enum statement which);
void query_put_int(struct query *q, int at, int64_t n);
void query_put_bytes(struct query *q, int at, struct bytes b);
void query_put_text(struct query *q, int at, struct text t);
void query_put_zeros(struct query *q, int at, size_t size);
/* The next row; false: there is none, or an error. */
bool query_row(struct query *q);
/*
 * Whether the row's values are those on the disk.  False: there was no memory to put one
 * together, which is no damage; query_end() says so.
 */
static inline bool query_holds(const struct query *q)
{
	return q->code == SQLITE_ROW;
}
bool query_is_null(struct query *q, int column);
int64_t query_int(struct query *q, int column);
struct bytes query_bytes(struct query *q, int column);
struct text query_text(struct query *q, int column);
/* Whether the column has exactly `size` (1 or more) bytes; `out` gets them. */
bool query_fixed(struct query *q, int column, void *out, size_t size);
/* Every run ends here. */
MUST_USE enum err query_end(struct query *q, struct fault *f);
/* A statement without values and rows. */
MUST_USE enum err query_run(struct log *l, enum statement which, struct fault *f);
/* A statement of one row with one number, 0 where it is null. */
MUST_USE enum err query_number(struct query *q, int64_t *out, struct fault *f);

/* --- check.c -------------------------------------------------------------------------- */

#define CHECK_SIZE ((size_t)8)

/* What is stored for the setting `name`: its bytes with their check behind them. */
MUST_USE enum err check_add(struct buffer *stored, struct text name, struct bytes bytes,
			    struct fault *f);
/* Take the check off; false: `stored` is not what was kept under `name`. */
bool check_take(struct bytes *stored, struct text name);

/* --- append.c ------------------------------------------------------------------------- */

/* In a transaction: keep these settings, or, where they have no bytes, wipe them. */
MUST_USE enum err settings_keep(struct log *l, const struct log_setting *settings, size_t count,
				struct fault *f);
/* Bring what is in the WAL into the file and cut the WAL; a failed sync ends in l->dead. */
void log_wipe_wal(struct log *l);

/* --- backup.c ------------------------------------------------------------------------- */

/*
 * A copy on its way; between two slices any thread may use the log.
 *
 *     e = copying_begin(&c, l, path, f);
 *     while (!e && copying_slice(&c, &e, f))
 *             ;
 *     copying_end(&c);
 */
struct copying {
	struct log *log;
	const char *path;
	sqlite3 *db;
	sqlite3_backup *backup;
	int page_count; /* of the register at the slice before */
};
/* Into the file `path`, which is there and empty; copying_end() is due in any case. */
MUST_USE enum err copying_begin(struct copying *c, struct log *l, const char *path,
				struct fault *f);
/* false: that was the last one, or *e says what is wrong. */
bool copying_slice(struct copying *c, enum err *e, struct fault *f);
void copying_end(struct copying *c);

/* --- upgrade.c ------------------------------------------------------------------------ */

/* A file of an earlier format becomes one of this, as a whole or not at all. */
MUST_USE enum err log_upgrade(struct log *l, struct fault *f);

/* --- read.c ----------------------------------------------------------------------------- */

/*
 * A walk over all facts that there are when it begins: the origin and entry of each row,
 * held against the place where it should be.  Between two rows it gives way, and views
 * of the row before are gone.
 */
struct walk {
	struct query query;
	const struct known_origin *origin; /* NULL before the first fact */
	struct log_entry entry;
	uint64_t next; /* seq that should come */
	int64_t place; /* of the row before; -1: none */
	uint64_t own_length;
	unsigned rows; /* since it gave way, or might have */
};
void walk_begin(struct walk *w, struct log *l);
/* The next fact; false: the end, or *e says what is wrong. */
bool walk_next(struct walk *w, enum err *e, struct fault *f);
MUST_USE enum err walk_end(struct walk *w, enum err e, struct fault *f);
bool all_zero(struct bytes b);

/* --- tiles.c ------------------------------------------------------------------------------ */

/* The edge of an origin's tree as it stands on the disk. */
MUST_USE enum err edge_load(struct log *l, const struct known_origin *o, struct tree_edge *out,
			    struct fault *f);
MUST_USE enum err tile_read(struct log *l, const struct known_origin *o, unsigned level, uint64_t n,
			    struct hash out[TILE_WIDTH], struct fault *f);
/* A sentence about a fact: {1} site, {2} epoch, {3} seq. */
enum err fact_fault(struct fault *f, enum err e, const char *key, const struct origin *o,
		    uint64_t seq);
