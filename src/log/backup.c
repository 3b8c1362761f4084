/*
 * backup: a copy that is either whole or not there.
 *
 * VACUUM INTO writes what is there and nothing else: no free page, no older state of
 * one.  It does not sync, so that is done here, on a file beside the name, which only
 * then gets the name.
 */
#include <stdio.h>
#include <stdlib.h>

#include "log/inside.h"

#define PART_SUFFIX ".part"

static enum err vacuum_into(struct log *l, const char *path, struct fault *f)
{
	struct query q = query(l, STATEMENT_BACKUP);
	enum err e;

	query_put_text(&q, 1, text_of(path));
	if (!(e = query_end(&q, NULL)))
		return OK;
	/* It is the copy's disk that is full, not the register's. */
	return e == ERR_FULL ? fault(f, e, "log.full", path) : log_failed(l, q.code, f);
}

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
		e = vacuum_into(l, part, f);
	if (!e)
		e = sync(w, part, f);
	return e;
}

enum err log_backup(struct log *l, const char *path, struct fault *f)
{
	struct world *w = l->world;
	size_t room = strlen(path) + sizeof(PART_SUFFIX);
	char *part = malloc(room);
	uint64_t size;
	enum err e;

	if (!part)
		return fault(f, ERR_MEMORY, "log.no-memory");
	snprintf(part, room, "%s" PART_SUFFIX, path);
	log_lock(l);
	assert(!l->walks);
	if (!w->file_size(w, path, &size, NULL))
		e = fault(f, ERR_BUSY, "log.backup-exists", path);
	else if (!(e = write_part(l, part, f)))
		e = w->rename(w, part, path, f);
	if (e && e != ERR_BUSY && w->remove(w, part, NULL)) {
		/* The first failure is the one worth telling. */
	}
	log_unlock(l);
	free(part);
	return e;
}
