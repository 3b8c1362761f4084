/*
 * sqlite: the connection, its settings, the tables, the statements, and what errors
 * of SQLite's mean.
 *
 * The order matters: the exclusive locking mode comes before the first look at the
 * file, so that SQLite keeps the WAL's index in its own memory and makes no -shm
 * file; the format is read before WAL mode is asked for, so that a file of a later
 * version is left as it is.
 *
 * The tables' own SQL is compared with what stands here: a trigger, a view or a column
 * that somebody added is not run but refused.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "log/inside.h"

#define APPLICATION_ID 0x494b4831 /* "IKH1" */
#define CACHE_KIB 16384
/* The largest value: an envelope, a tile, or SQLite's own words about damage. */
#define LENGTH_MAX (LOG_ENVELOPE_SIZE_MAX + 64 * 1024)

static const char *const tables[] = {
	"CREATE TABLE origin (number INTEGER PRIMARY KEY, site BLOB NOT NULL, "
	"epoch INTEGER NOT NULL, own INTEGER NOT NULL) STRICT",
	"CREATE TABLE fact (place INTEGER PRIMARY KEY, subject BLOB NOT NULL, "
	"commitment BLOB NOT NULL, envelope BLOB NOT NULL) STRICT",
	"CREATE TABLE tile (place INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT",
	"CREATE TABLE slot (number INTEGER PRIMARY KEY, subject BLOB NOT NULL, "
	"bytes BLOB NOT NULL) STRICT",
	"CREATE TABLE slot_place (subject BLOB PRIMARY KEY, number INTEGER NOT NULL) "
	"STRICT, WITHOUT ROWID",
	"CREATE TABLE setting (number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
	"bytes BLOB NOT NULL) STRICT",
	"CREATE TABLE setting_place (name TEXT PRIMARY KEY, number INTEGER NOT NULL) "
	"STRICT, WITHOUT ROWID",
};

static const char *const statement_sql[] = {
#define STATEMENT(name, sql) [STATEMENT_##name] = (sql),
#include "log/statements.def"
#undef STATEMENT
};

static const struct {
	int what, value;
} limits[] = {
	{ SQLITE_LIMIT_LENGTH, LENGTH_MAX },
	{ SQLITE_LIMIT_SQL_LENGTH, 4096 },
	{ SQLITE_LIMIT_COLUMN, 32 },
	{ SQLITE_LIMIT_EXPR_DEPTH, 20 },
	{ SQLITE_LIMIT_COMPOUND_SELECT, 4 },
	{ SQLITE_LIMIT_FUNCTION_ARG, 8 },
	{ SQLITE_LIMIT_ATTACHED, 0 },
	{ SQLITE_LIMIT_VARIABLE_NUMBER, 8 },
	{ SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
	{ SQLITE_LIMIT_WORKER_THREADS, 0 },
};

static const struct {
	int what, on;
} switches[] = {
	{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
	{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
	{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
	{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
	{ SQLITE_DBCONFIG_DQS_DML, 0 },
	{ SQLITE_DBCONFIG_DQS_DDL, 0 },
};

/* --- what errors mean ---------------------------------------------------------------- */

enum err log_failed(struct log *l, int code, struct fault *f)
{
	int error;

	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return fault(f, ERR_BUSY, "log.busy", l->path);
	case SQLITE_FULL:
		return fault(f, ERR_FULL, "log.full", l->path);
	case SQLITE_NOMEM:
		return fault(f, ERR_MEMORY, "log.no-memory");
	case SQLITE_NOTADB:
		return fault(f, ERR_DAMAGED, "log.not-a-register", l->path);
	case SQLITE_CORRUPT:
		return fault(f, ERR_DAMAGED, "log.damaged", l->path, sqlite3_errmsg(l->db));
	default:
		error = sqlite3_system_errno(l->db);
		return fault(f, ERR_IO, "log.failed", l->path,
			     error ? strerror(error) : sqlite3_errstr(code));
	}
}

/* --- the connection --------------------------------------------------------------------- */

static int note_frames(void *self, sqlite3 *db, const char *name, int frames)
{
	struct log *l = self;

	(void)db;
	(void)name;
	l->wal_frames = frames;
	return SQLITE_OK;
}

static int switch_off_and_on(sqlite3 *db)
{
	int code = SQLITE_OK;

	for (size_t i = 0; i < COUNT_OF(limits); i++)
		sqlite3_limit(db, limits[i].what, limits[i].value);
	for (size_t i = 0; !code && i < COUNT_OF(switches); i++)
		code = sqlite3_db_config(db, switches[i].what, switches[i].on, NULL);
	return code;
}

static int pragmas(sqlite3 *db)
{
	char sql[400];

	snprintf(sql, sizeof(sql),
		 "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cell_size_check = ON; "
		 "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; "
		 "PRAGMA synchronous = FULL; PRAGMA page_size = %d; PRAGMA cache_size = -%d;",
		 LOG_PAGE_SIZE, CACHE_KIB);
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

enum err log_connect(struct log *l, struct fault *f)
{
	/* Serialized by our own lock. */
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
		    SQLITE_OPEN_EXRESCODE;
	int code = sqlite3_open_v2(l->path, &l->db, flags, l->world->vfs);

	if (!code)
		code = switch_off_and_on(l->db);
	if (!code)
		code = sqlite3_busy_timeout(l->db, 0);
	if (!code)
		code = pragmas(l->db);
	if (!code)
		sqlite3_wal_hook(l->db, note_frames, l);
	return code ? log_failed(l, code, f) : OK;
}

void log_disconnect(struct log *l)
{
	int code;

	for (size_t i = 0; i < COUNT_OF(l->statements); i++) {
		sqlite3_finalize(l->statements[i]);
		l->statements[i] = NULL;
	}
	/* The last connection brings the WAL in and removes it. */
	code = sqlite3_close(l->db);
	assert(!code);
	(void)code;
	l->db = NULL;
}

/* --- statements of the moment -------------------------------------------------------------- */

/* One value of a statement that is run once, as a number or into `text`. */
static enum err ask_once(struct log *l, const char *sql, int64_t *number, char *text,
			 size_t text_size, struct fault *f)
{
	sqlite3_stmt *s = NULL;
	int code = sqlite3_prepare_v2(l->db, sql, -1, &s, NULL);

	if (!code)
		code = sqlite3_step(s);
	if (code == SQLITE_ROW && number)
		*number = sqlite3_column_int64(s, 0);
	if (code == SQLITE_ROW && text) {
		const char *value = (const char *)sqlite3_column_text(s, 0);

		if (!value)
			code = SQLITE_NOMEM;
		snprintf(text, text_size, "%s", value ? value : "");
	}
	sqlite3_finalize(s);
	return code == SQLITE_ROW ? OK : log_failed(l, code, f);
}

/* --- a new file ------------------------------------------------------------------------------ */

static enum err add_origin(struct log *l, const struct origin *self, struct fault *f)
{
	struct query q;
	int code = sqlite3_prepare_v2(l->db, statement_sql[STATEMENT_ORIGIN_ADD], -1,
				      &l->statements[STATEMENT_ORIGIN_ADD], NULL);

	if (code)
		return log_failed(l, code, f);
	q = query(l, STATEMENT_ORIGIN_ADD);
	query_put_int(&q, 1, 1);
	query_put_bytes(&q, 2, bytes_of(self->site.at, ID_SIZE));
	query_put_int(&q, 3, self->epoch);
	return query_end(&q, f);
}

enum err log_lay_out(struct log *l, const struct origin *self, struct fault *f)
{
	char sql[120];
	int code = sqlite3_exec(l->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL);
	enum err e;

	for (size_t i = 0; !code && i < COUNT_OF(tables); i++)
		code = sqlite3_exec(l->db, tables[i], NULL, NULL, NULL);
	snprintf(sql, sizeof(sql), "PRAGMA application_id = %d; PRAGMA user_version = %d;",
		 APPLICATION_ID, LOG_FORMAT);
	if (!code)
		code = sqlite3_exec(l->db, sql, NULL, NULL, NULL);
	if (code)
		return log_failed(l, code, f);
	if ((e = add_origin(l, self, f)))
		return e;
	code = sqlite3_exec(l->db, "COMMIT", NULL, NULL, NULL);
	return code ? log_failed(l, code, f) : OK;
}

/* --- a file that was there --------------------------------------------------------------------- */

static enum err check_format(struct log *l, int64_t *version, struct fault *f)
{
	int64_t application;
	enum err e;

	if ((e = ask_once(l, "PRAGMA application_id", &application, NULL, 0, f)))
		return e;
	if ((e = ask_once(l, "PRAGMA user_version", version, NULL, 0, f)))
		return e;
	if (application != APPLICATION_ID || *version < 1)
		return fault(f, ERR_DAMAGED, "log.not-a-register", l->path);
	if (*version > LOG_FORMAT)
		return fault(f, ERR_NEWER, "log.newer", l->path, *version, LOG_FORMAT);
	return OK;
}

static enum err check_tables(struct log *l, struct fault *f)
{
	sqlite3_stmt *s = NULL;
	int code = sqlite3_prepare_v2(l->db, "SELECT sql FROM sqlite_schema ORDER BY rowid", -1,
				      &s, NULL);
	bool same = true;
	size_t at = 0;

	while (!code && (code = sqlite3_step(s)) == SQLITE_ROW) {
		const char *sql = (const char *)sqlite3_column_text(s, 0);

		same = same && at < COUNT_OF(tables) && sql && strcmp(sql, tables[at]) == 0;
		at++;
		code = !sql && sqlite3_errcode(l->db) == SQLITE_NOMEM ? SQLITE_NOMEM : SQLITE_OK;
	}
	sqlite3_finalize(s);
	if (code != SQLITE_DONE)
		return log_failed(l, code, f);
	if (!same || at != COUNT_OF(tables))
		return fault(f, ERR_DAMAGED, "log.other-tables", l->path);
	return OK;
}

enum err log_mark_format(struct log *l, struct fault *f)
{
	char sql[60];
	int code;

	snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", LOG_FORMAT);
	code = sqlite3_exec(l->db, sql, NULL, NULL, NULL);
	return code ? log_failed(l, code, f) : OK;
}

enum err log_make_ready(struct log *l, int64_t *format, struct fault *f)
{
	char mode[16];
	int code = SQLITE_OK;
	enum err e;

	if ((e = check_format(l, format, f)))
		return e;
	if ((e = ask_once(l, "PRAGMA journal_mode = WAL", NULL, mode, sizeof(mode), f)))
		return e;
	if (strcmp(mode, "wal") != 0)
		return fault(f, ERR_IO, "log.no-wal", l->path);
	if ((e = check_tables(l, f)))
		return e;
	for (size_t i = 0; !code && i < COUNT_OF(statement_sql); i++)
		code = sqlite3_prepare_v3(l->db, statement_sql[i], -1, SQLITE_PREPARE_PERSISTENT,
					  &l->statements[i], NULL);
	return code ? log_failed(l, code, f) : OK;
}

/* --- queries --------------------------------------------------------------------------------------- */

struct query query(struct log *l, enum statement which)
{
	assert(!sqlite3_stmt_busy(l->statements[which]));
	return (struct query){ .log = l, .s = l->statements[which], .code = SQLITE_OK };
}

void query_put_int(struct query *q, int at, int64_t n)
{
	if (!q->code)
		q->code = sqlite3_bind_int64(q->s, at, n);
}

void query_put_bytes(struct query *q, int at, struct bytes b)
{
	/* No bytes are a value, and a null pointer would be none. */
	if (!q->code)
		q->code = sqlite3_bind_blob64(q->s, at, b.size ? b.at : (const void *)"", b.size,
					      SQLITE_STATIC);
}

void query_put_text(struct query *q, int at, struct text t)
{
	if (!q->code)
		q->code = sqlite3_bind_text64(q->s, at, t.at, t.size, SQLITE_STATIC, SQLITE_UTF8);
}

void query_put_zeros(struct query *q, int at, size_t size)
{
	if (!q->code)
		q->code = sqlite3_bind_zeroblob64(q->s, at, size);
}

bool query_row(struct query *q)
{
	if (q->code == SQLITE_OK || q->code == SQLITE_ROW)
		q->code = sqlite3_step(q->s);
	return q->code == SQLITE_ROW;
}

bool query_is_null(struct query *q, int column)
{
	return sqlite3_column_type(q->s, column) == SQLITE_NULL;
}

int64_t query_int(struct query *q, int column)
{
	return sqlite3_column_int64(q->s, column);
}

struct bytes query_bytes(struct query *q, int column)
{
	const void *at = sqlite3_column_blob(q->s, column);
	int size = sqlite3_column_bytes(q->s, column);

	/* A value across several pages is put together in memory, which may not be there. */
	if (!at && sqlite3_errcode(q->log->db) == SQLITE_NOMEM)
		q->code = SQLITE_NOMEM;
	return bytes_of(at, at ? (size_t)size : 0);
}

struct text query_text(struct query *q, int column)
{
	struct bytes b = query_bytes(q, column);

	return (struct text){ (const char *)b.at, b.size };
}

bool query_fixed(struct query *q, int column, void *out, size_t size)
{
	struct bytes b = query_bytes(q, column);

	assert(size > 0);
	if (b.size != size)
		return false;
	memcpy(out, b.at, size);
	return true;
}

enum err query_end(struct query *q, struct fault *f)
{
	enum err e = OK;

	if (q->code == SQLITE_OK)
		q->code = sqlite3_step(q->s);
	if (q->code != SQLITE_ROW && q->code != SQLITE_DONE)
		e = log_failed(q->log, q->code, f);
	sqlite3_reset(q->s);
	sqlite3_clear_bindings(q->s);
	return e;
}

enum err query_run(struct log *l, enum statement which, struct fault *f)
{
	struct query q = query(l, which);

	return query_end(&q, f);
}

enum err query_number(struct query *q, int64_t *out, struct fault *f)
{
	*out = query_row(q) ? query_int(q, 0) : 0;
	return query_end(q, f);
}
