/*
 * verify: everything that can be told without a key.
 *
 * SQLite looks at every page; then all facts are walked through once, and out of
 * their commitments each origin's tree is made anew and held against the tiles that
 * are stored and the edge that is in memory.  Slots and settings are where their
 * places say, and settings whole.  Whether a commitment is that of its fact only who
 * holds the keys can tell.
 */
#include "log/inside.h"

#define TOLD_EVERY 1000

struct verifying {
	struct log *log;
	struct fault *fault;
	struct log_proof *proof;
	void (*at)(void *self, uint64_t done, uint64_t of);
	void *self;
	uint64_t of;
	const struct known_origin *origin;
	struct tree_edge edge; /* made anew, of `origin` */

	/* of the own origin and of all, at the beginning */
	uint64_t own_length;
	struct tree_edge own_edge;
	int64_t tile_count;
};

/*
 * SQLite's check goes on where a page cannot be read, or there is no memory for it, and
 * says so among the damage.  A clerk who is told of damage restores a backup: where the
 * disk only failed to read, that is what she is told.
 */
static int code_of_unread(struct text said)
{
	static const char *const words[] = { "error code=", "error code " };
	const char *at = NULL;
	int code = SQLITE_OK;

	for (size_t i = 0; !at && i < COUNT_OF(words); i++)
		at = memmem(said.at, said.size, words[i], strlen(words[i]));
	if (!at)
		return code;
	at += strlen("error code=");
	while (at < said.at + said.size && *at >= '0' && *at <= '9' && code < 100000)
		code = 10 * code + (*at++ - '0');
	return code;
}

static enum err check_pages(struct verifying *x)
{
	struct log *l = x->log;
	struct query q = query(l, STATEMENT_INTEGRITY);
	enum err e = OK, ended;

	if (query_row(&q)) {
		struct text said = query_text(&q, 0);
		int code = code_of_unread(said);

		if ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_NOMEM)
			e = log_failed(l, code, x->fault);
		else if (query_holds(&q) && !text_is(said, "ok"))
			e = fault(x->fault, ERR_DAMAGED, "log.damaged", l->path, said);
	}
	ended = query_end(&q, e ? NULL : x->fault);
	return e ? e : ended;
}

static enum err check_tile(void *self, unsigned level, uint64_t n,
			   const struct hash hashes[TILE_WIDTH])
{
	struct verifying *x = self;
	struct hash stored[TILE_WIDTH];
	enum err e;

	x->proof->tile_count++;
	if ((e = tile_read(x->log, x->origin, level, n, stored, x->fault)))
		return e;
	if (memcmp(stored, hashes, sizeof(stored)) != 0)
		return fault(x->fault, ERR_DAMAGED, "log.tile-damaged", x->log->path, level, n);
	return OK;
}

/* All facts of an origin have been seen. */
static enum err end_of_origin(struct verifying *x)
{
	struct log *l = x->log;
	bool own = x->origin == own_origin(l);
	struct hash root;

	if (x->edge.size != (own ? x->own_length : x->origin->length))
		return fact_fault(x->fault, ERR_DAMAGED, "log.gap", &x->origin->origin,
				  x->edge.size);
	if (!own)
		return OK;
	tree_root(&x->edge, &x->proof->root);
	tree_root(&x->own_edge, &root);
	if (memcmp(&root, &x->proof->root, sizeof(root)) != 0)
		return fault(x->fault, ERR_DAMAGED, "log.tree-differs", l->path);
	return OK;
}

static enum err check_fact(struct verifying *x, const struct walk *w)
{
	struct hash leaf;
	enum err e;

	if (x->origin != w->origin) {
		if (x->origin && (e = end_of_origin(x)))
			return e;
		x->origin = w->origin;
		x->edge.size = 0;
	}
	if (x->at && x->proof->fact_count % TOLD_EVERY == 0)
		x->at(x->self, x->proof->fact_count, x->of);
	x->proof->fact_count++;
	log_leaf(&leaf, &w->entry.commitment);
	return tree_add(&x->edge, &leaf, check_tile, x);
}

static enum err check_facts(struct verifying *x)
{
	struct walk w;
	enum err e = OK;

	walk_begin(&w, x->log);
	while (!e && walk_next(&w, &e, x->fault))
		e = check_fact(x, &w);
	e = walk_end(&w, e, x->fault);
	if (!e && x->origin)
		e = end_of_origin(x);
	if (!e && x->own_length == 0)
		tree_root(&x->own_edge, &x->proof->root);
	if (!e && x->at)
		x->at(x->self, x->proof->fact_count, x->of);
	return e;
}

/* The two tables of what is kept are alike; columns: number, subject or name, bytes. */
struct kept {
	enum statement all, find, count;
	bool checked; /* the bytes carry a check of their own */
};
static const struct kept kept_slots = { STATEMENT_SLOT_EACH, STATEMENT_SLOT_FIND,
					STATEMENT_SLOT_COUNT, false };
static const struct kept kept_settings = { STATEMENT_SETTING_ALL, STATEMENT_SETTING_FIND,
					   STATEMENT_SETTING_COUNT, true };

/* Whether the row is the one that counts for its subject or name. */
static enum err is_in_place(struct verifying *x, const struct kept *k, struct query *row,
			    bool *in_place)
{
	struct query q = query(x->log, k->find);

	if (k->checked)
		query_put_text(&q, 1, query_text(row, 1));
	else
		query_put_bytes(&q, 1, query_bytes(row, 1));
	*in_place = query_row(&q) && query_int(&q, 0) == query_int(row, 0);
	return query_end(&q, x->fault);
}

/* A row that is not wiped is whole, and in its place. */
static enum err check_row(struct verifying *x, const struct kept *k, struct query *row,
			  uint64_t *count)
{
	struct bytes bytes = query_bytes(row, 2);
	struct id subject;
	bool whole = bytes.size && (k->checked || query_fixed(row, 1, subject.at, ID_SIZE));
	bool in_place = false;
	enum err e = OK;

	if (!query_holds(row) || (whole && all_zero(bytes)))
		return OK;
	if (whole && k->checked)
		whole = check_take(&bytes, query_text(row, 1));
	if (whole)
		e = is_in_place(x, k, row, &in_place);
	if (e)
		return e;
	(*count)++;
	if (in_place || !query_holds(row))
		return OK;
	return fault(x->fault, ERR_DAMAGED, "log.kept-damaged", x->log->path);
}

static enum err check_kept(struct verifying *x, const struct kept *k, uint64_t *count)
{
	struct query q = query(x->log, k->all);
	int64_t places;
	enum err e = OK, ended;

	*count = 0;
	while (!e && query_row(&q))
		e = check_row(x, k, &q, count);
	ended = query_end(&q, e ? NULL : x->fault);
	if (e || ended)
		return e ? e : ended;
	q = query(x->log, k->count);
	if (!(e = query_number(&q, &places, x->fault)) && (uint64_t)places != *count)
		e = fault(x->fault, ERR_DAMAGED, "log.kept-damaged", x->log->path);
	return e;
}

static enum err begin(struct verifying *x)
{
	struct query q = query(x->log, STATEMENT_TILE_COUNT);

	x->own_length = own_origin(x->log)->length;
	x->own_edge = x->log->edge;
	for (size_t i = 0; i < x->log->origin_count; i++)
		x->of += x->log->origins[i].length;
	return query_number(&q, &x->tile_count, x->fault);
}

static enum err verify(struct verifying *x)
{
	uint64_t setting_count;
	enum err e;

	if ((e = check_pages(x)) || (e = begin(x)) || (e = check_facts(x)))
		return e;
	if ((uint64_t)x->tile_count != x->proof->tile_count)
		return fault(x->fault, ERR_DAMAGED, "log.tree-differs", x->log->path);
	if ((e = check_kept(x, &kept_slots, &x->proof->slot_count)))
		return e;
	return check_kept(x, &kept_settings, &setting_count);
}

enum err log_verify(struct log *l, struct log_proof *out,
		    void (*at)(void *self, uint64_t done, uint64_t of), void *self, struct fault *f)
{
	struct verifying x = { .log = l, .fault = f, .proof = out, .at = at, .self = self };
	enum err e;

	*out = (struct log_proof){ 0 };
	log_lock(l);
	e = verify(&x);
	log_unlock(l);
	return e;
}
