/*
 * backup: a copy that is either whole or not there.
 *
 * Pages are copied a slice at a time over the one connection that there is, and between
 * two slices whoever waits for the log has his turn.  What is appended, overwritten or
 * wiped meanwhile SQLite writes through to the pages that were copied already: the copy
 * is what the log is at the last slice.  (VACUUM INTO packs tighter and was used before;
 * it holds the connection from the first row to the last, and nobody records for seconds.)
 *
 * A page is copied with what lies in its gaps, so that of an erased key no piece is in
 * the copy for the reasons for which none is in the register (inside.h).
 *
 * SQLite does not sync the copy, so that is done here, on a file beside the name, which
 * only then gets the name.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "log/inside.h"

#define PART_SUFFIX ".part"
/* 256 KiB: a slow stick holds up who waits for the log by a twentieth of a second. */
#define SLICE_PAGES 32

/* --- pages ---------------------------------------------------------------------------------- */

/* What went wrong is the copy's, but for pages of the register that cannot be read. */
static enum err copying_failed(struct copying *c, int code, struct fault *f)
{
	int error = 0;

	/* The backup's own calls leave the connection's errno alone. */
	if (c->db)
		(void)sqlite3_file_control(c->db, "main", SQLITE_FCNTL_LAST_ERRNO, &error);
	switch (code & 0xff) {
	case SQLITE_FULL: return fault(f, ERR_FULL, "log.full", c->path);
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		if (error == EFBIG)
			return fault(f, ERR_FULL, "file.too-large-for-medium", c->path);
		return fault(f, ERR_IO, "log.failed", c->path,
			     error ? strerror(error) : sqlite3_errstr(code));
	default: return log_failed(c->log, code, f);
	}
}

enum err copying_begin(struct copying *c, struct log *l, const char *path, struct fault *f)
{
	/* Only ever used by who holds the log's lock.  It needs no journal: a copy that
	 * breaks off is removed.  Its cache is a slice, so that none leaves all to the last. */
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
		    SQLITE_OPEN_EXRESCODE;
	char sql[120];
	int code;

	*c = (struct copying){ .log = l, .path = path };
	snprintf(sql, sizeof(sql),
		 "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = %d;",
		 SLICE_PAGES);
	log_lock(l);
	assert(!l->walks);
	code = sqlite3_open_v2(path, &c->db, flags, l->world->vfs);
	if (!code)
		code = sqlite3_exec(c->db, sql, NULL, NULL, NULL);
	if (!code && !(c->backup = sqlite3_backup_init(c->db, "main", l->db, "main")))
		code = sqlite3_extended_errcode(c->db);
	log_unlock(l);
	return code ? copying_failed(c, code, f) : OK;
}

/* A slice, and as much as the register has grown since the last: so the end comes nearer. */
static int next_slice(struct copying *c)
{
	int count = sqlite3_backup_pagecount(c->backup);
	int slice = SLICE_PAGES + (c->page_count ? count - c->page_count : 0);

	c->page_count = count;
	return slice;
}

bool copying_slice(struct copying *c, enum err *e, struct fault *f)
{
	int code;

	log_lock(c->log);
	assert(!c->log->walks);
	code = sqlite3_backup_step(c->backup, next_slice(c));
	if (!code && log_is_wanted(c->log))
		log_give_way(c->log);
	log_unlock(c->log);
	*e = code == SQLITE_OK || code == SQLITE_DONE ? OK : copying_failed(c, code, f);
	return code == SQLITE_OK;
}

void copying_end(struct copying *c)
{
	log_lock(c->log);
	/* Both repeat what the last slice has said. */
	(void)sqlite3_backup_finish(c->backup);
	(void)sqlite3_close(c->db);
	log_unlock(c->log);
	*c = (struct copying){ 0 };
}

static enum err copy_pages(struct log *l, const char *path, struct fault *f)
{
	struct copying c;
	enum err e = copying_begin(&c, l, path, f);

	while (!e && copying_slice(&c, &e, f))
		;
	copying_end(&c);
	return e;
}

/* --- the file ------------------------------------------------------------------------------- */

static enum err sync(struct world *w, const char *path, struct fault *f)
{
	struct file *file = NULL;
	enum err e = w->file_open(w, &file, path, FILE_READ, f);

	if (!e)
		e = w->file_sync(file, f);
	w->file_close(file);
	return e;
}

/* An empty file of ours first: SQLite would make one that others can read. */
static enum err write_part(struct log *l, const char *part, struct fault *f)
{
	struct world *w = l->world;
	struct file *file = NULL;
	enum err e = w->file_open(w, &file, part, FILE_REPLACE, f);

	w->file_close(file);
	if (!e)
		e = copy_pages(l, part, f);
	if (!e)
		e = sync(w, part, f);
	return e;
}

enum err log_backup(struct log *l, const char *path, struct fault *f)
{
	struct world *w = l->world;
	size_t room = strlen(path) + sizeof(PART_SUFFIX);
	char *part = malloc(room);
	enum err e;

	if (!part)
		return fault(f, ERR_MEMORY, "log.no-memory");
	snprintf(part, room, "%s" PART_SUFFIX, path);
	if ((e = file_check_free(w, path, "log.backup-exists", f)))
		goto out;
	if (!(e = write_part(l, part, f)))
		e = w->rename(w, part, path, f);
	if (e && w->remove(w, part, NULL)) {
		/* The first failure is the one worth telling. */
	}
out:
	free(part);
	return e;
}
