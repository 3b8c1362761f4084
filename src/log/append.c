/*
 * append: one batch is one transaction.
 *
 * COMMIT writes to the WAL and syncs it; then the facts are safe.  Every
 * CHECKPOINT_FRAMES pages the WAL is brought into the file; this is done here and not
 * by SQLite itself, which forgets what became of it.  Where the disk says no to a sync,
 * nobody knows what it has kept, so the log is dead until it is opened and looked at
 * again; a full disk is no such case, the transaction is taken back as a whole.
 *
 * Erasing: the row is overwritten with zeros where it is, its place forgotten, and once
 * that is committed the WAL, which holds older states of the page, is brought in and
 * cut to nothing.
 */
#include "log/inside.h"

#define CHECKPOINT_FRAMES 125

/* --- the WAL -------------------------------------------------------------------------- */

static void checkpoint(struct log *l, int mode)
{
	int code = sqlite3_wal_checkpoint_v2(l->db, "main", mode, NULL, NULL);

	switch (code & 0xff) {
	case SQLITE_OK:
		l->wal_frames = 0;
		if (mode == SQLITE_CHECKPOINT_TRUNCATE)
			l->wipe_due = false;
		break;
	case SQLITE_BUSY:
	case SQLITE_FULL:
	case SQLITE_NOMEM:
		/* The WAL stays as it is, and the next append tries again. */
		break;
	default:
		l->dead = true;
	}
}

void log_wipe_wal(struct log *l)
{
	l->wipe_due = true;
	checkpoint(l, SQLITE_CHECKPOINT_TRUNCATE);
}

static void tidy(struct log *l)
{
	if (l->wipe_due)
		checkpoint(l, SQLITE_CHECKPOINT_TRUNCATE);
	else if (l->wal_frames >= CHECKPOINT_FRAMES)
		checkpoint(l, SQLITE_CHECKPOINT_PASSIVE);
}

/* --- facts ------------------------------------------------------------------------------ */

struct appending {
	struct log *log;
	struct fault *fault;
	bool wipe;
};

static enum err write_tile(void *self, unsigned level, uint64_t n,
			   const struct hash hashes[TILE_WIDTH])
{
	struct appending *x = self;
	struct query q = query(x->log, STATEMENT_TILE_ADD);

	query_put_int(&q, 1, place_of(own_origin(x->log)->number, (uint64_t)level << 32 | n));
	query_put_bytes(&q, 2, bytes_of(hashes, TILE_WIDTH * sizeof(*hashes)));
	return query_end(&q, x->fault);
}

static enum err write_entry(struct appending *x, const struct log_entry *entry)
{
	struct log *l = x->log;
	struct query q = query(l, STATEMENT_FACT_ADD);
	struct hash leaf;
	enum err e;

	query_put_int(&q, 1, place_of(own_origin(l)->number, entry->seq));
	query_put_bytes(&q, 2, bytes_of(entry->subject.at, ID_SIZE));
	query_put_bytes(&q, 3, bytes_of(entry->commitment.at, HASH_SIZE));
	query_put_bytes(&q, 4, entry->envelope);
	if ((e = query_end(&q, x->fault)))
		return e;
	log_leaf(&leaf, &entry->commitment);
	return tree_add(&l->edge, &leaf, write_tile, x);
}

/* --- slots and settings -------------------------------------------------------------------- */

/* In the order of statements.def. */
struct keep_statements {
	enum statement find, add, overwrite, point, forget;
};
static const struct keep_statements slot_statements = {
	STATEMENT_SLOT_FIND,  STATEMENT_SLOT_ADD,    STATEMENT_SLOT_OVERWRITE,
	STATEMENT_SLOT_POINT, STATEMENT_SLOT_FORGET,
};
static const struct keep_statements setting_statements = {
	STATEMENT_SETTING_FIND,	 STATEMENT_SETTING_ADD,	   STATEMENT_SETTING_OVERWRITE,
	STATEMENT_SETTING_POINT, STATEMENT_SETTING_FORGET,
};

struct keeping {
	const struct keep_statements *statements;
	struct bytes subject; /* or … */
	struct text name;     /* … this one */
	struct bytes bytes;   /* to keep; empty: erase */
};

static void put_key(struct query *q, const struct keeping *k)
{
	if (k->subject.size)
		query_put_bytes(q, 1, k->subject);
	else
		query_put_text(q, 1, k->name);
}

/* Where it is kept now, and in how many bytes; *number 0: nowhere. */
static enum err find_kept(struct appending *x, const struct keeping *k, int64_t *number,
			  size_t *size)
{
	struct query q = query(x->log, k->statements->find);
	bool lost = false;
	enum err e;

	*number = 0;
	*size = 0;
	put_key(&q, k);
	if (query_row(&q)) {
		lost = query_is_null(&q, 1);
		*number = query_int(&q, 0);
		*size = (size_t)query_int(&q, 1);
	}
	e = query_end(&q, x->fault);
	if (!e && lost)
		e = fault(x->fault, ERR_DAMAGED, "log.kept-damaged", x->log->path);
	return e;
}

static enum err overwrite(struct appending *x, const struct keeping *k, int64_t number,
			  size_t zeros)
{
	struct query q = query(x->log, k->statements->overwrite);

	query_put_int(&q, 1, number);
	if (zeros)
		query_put_zeros(&q, 2, zeros);
	else
		query_put_bytes(&q, 2, k->bytes);
	return query_end(&q, x->fault);
}

static enum err add_kept(struct appending *x, const struct keeping *k)
{
	struct query q = query(x->log, k->statements->add);
	enum err e;

	put_key(&q, k);
	query_put_bytes(&q, 2, k->bytes);
	if ((e = query_end(&q, x->fault)))
		return e;
	q = query(x->log, k->statements->point);
	put_key(&q, k);
	query_put_int(&q, 2, sqlite3_last_insert_rowid(x->log->db));
	return query_end(&q, x->fault);
}

static enum err forget(struct appending *x, const struct keeping *k)
{
	struct query q = query(x->log, k->statements->forget);

	put_key(&q, k);
	return query_end(&q, x->fault);
}

static enum err keep(struct appending *x, const struct keeping *k)
{
	int64_t number;
	size_t size;
	enum err e;

	if ((e = find_kept(x, k, &number, &size)))
		return e;
	if (!number)
		return k->bytes.size ? add_kept(x, k) : OK;
	/* An old slot is a key; an old setting is wiped where it is removed. */
	if (k->subject.size || !k->bytes.size)
		x->wipe = true;
	if (size == k->bytes.size)
		return overwrite(x, k, number, 0);
	if (size && (e = overwrite(x, k, number, size)))
		return e;
	return k->bytes.size ? add_kept(x, k) : forget(x, k);
}

/* --- the batch ---------------------------------------------------------------------------------- */

static enum err check_sizes(const struct log *l, const struct log_batch *b, struct fault *f)
{
	uint64_t next = own_origin(l)->length;

	assert(b->entry_count <= LOG_BATCH_MAX);
	if (SEQ_MAX - next < b->entry_count)
		return fault(f, ERR_LIMIT, "log.too-many-facts", l->path);
	for (size_t i = 0; i < b->entry_count; i++) {
		assert(b->entries[i].seq == next + i);
		assert(b->entries[i].envelope.size);
		if (b->entries[i].envelope.size > LOG_ENVELOPE_SIZE_MAX)
			return fault(f, ERR_LIMIT, "log.fact-too-large",
				     b->entries[i].envelope.size, LOG_ENVELOPE_SIZE_MAX);
	}
	for (size_t i = 0; i < b->slot_count; i++) {
		assert(b->slots[i].bytes.size <= LOG_KEPT_SIZE_MAX);
		assert(!b->slots[i].bytes.size || !all_zero(b->slots[i].bytes));
	}
	for (size_t i = 0; i < b->setting_count; i++) {
		assert(b->settings[i].name[0]);
		if (b->settings[i].bytes.size > LOG_KEPT_SIZE_MAX)
			return fault(f, ERR_LIMIT, "log.setting-too-large", b->settings[i].name,
				     LOG_KEPT_SIZE_MAX);
	}
	return OK;
}

static enum err keep_settings(struct appending *x, const struct log_setting *settings, size_t count)
{
	struct buffer stored = { .limit = LOG_KEPT_SIZE_MAX + CHECK_SIZE };
	enum err e = OK;

	for (size_t i = 0; !e && i < count; i++) {
		struct keeping k = { .statements = &setting_statements,
				     .name = text_of(settings[i].name) };

		if (settings[i].bytes.size) {
			e = check_add(&stored, k.name, settings[i].bytes, x->fault);
			k.bytes = buffer_bytes(&stored);
		}
		if (!e)
			e = keep(x, &k);
	}
	buffer_free(&stored);
	return e;
}

enum err settings_keep(struct log *l, const struct log_setting *settings, size_t count,
		       struct fault *f)
{
	struct appending x = { .log = l, .fault = f };

	return keep_settings(&x, settings, count);
}

static enum err write_batch(struct appending *x, const struct log_batch *b)
{
	enum err e = OK;

	for (size_t i = 0; !e && i < b->entry_count; i++)
		e = write_entry(x, &b->entries[i]);
	for (size_t i = 0; !e && i < b->slot_count; i++) {
		struct keeping k = { .statements = &slot_statements,
				     .subject = bytes_of(b->slots[i].subject.at, ID_SIZE),
				     .bytes = b->slots[i].bytes };

		e = keep(x, &k);
	}
	return e ? e : keep_settings(x, b->settings, b->setting_count);
}

/* What COMMIT could not bring to the disk, another try may not bring there either. */
static enum err commit(struct appending *x)
{
	enum err e = query_run(x->log, STATEMENT_COMMIT, x->fault);

	if (e && e != ERR_FULL)
		x->log->dead = true;
	return e;
}

static enum err transact(struct appending *x, const struct log_batch *b)
{
	struct log *l = x->log;
	enum err e;

	if ((e = query_run(l, STATEMENT_BEGIN, x->fault)))
		return e;
	if (!(e = write_batch(x, b)))
		e = commit(x);
	if (e && !sqlite3_get_autocommit(l->db) && query_run(l, STATEMENT_ROLLBACK, NULL))
		l->dead = true;
	return e;
}

static enum err append(struct log *l, const struct log_batch *b, struct fault *f)
{
	struct appending x = { .log = l, .fault = f };
	struct tree_edge before;
	enum err e;

	if (l->dead)
		return fault(f, ERR_DEAD, "log.dead", l->path);
	if ((e = check_sizes(l, b, f)))
		return e;
	if (!b->entry_count && !b->slot_count && !b->setting_count)
		return OK;
	before = l->edge;
	if ((e = transact(&x, b))) {
		l->edge = before;
		return e;
	}
	l->origins[l->own].length += b->entry_count;
	atomic_store(&l->length, own_origin(l)->length);
	l->wipe_due = l->wipe_due || x.wipe;
	tidy(l);
	return OK;
}

enum err log_append(struct log *l, const struct log_batch *b, struct fault *f)
{
	enum err e;

	log_lock(l);
	assert(!l->walks);
	e = append(l, b, f);
	log_unlock(l);
	return e;
}
