/*
 * log: making, opening and closing, and the origins.
 *
 * A register's file comes into being at once: it is made beside its name, synced, and
 * renamed.  On opening, what a killed process left in the WAL is brought in and the
 * WAL is cut, so that nothing that was erased lingers there.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "log/inside.h"

#define NEW_SUFFIX ".new"

static char *path_in(const char *dir, const char *suffix)
{
	size_t size = strlen(dir) + sizeof("/" LOG_FILE) + strlen(suffix);
	char *path = malloc(size);

	if (path)
		snprintf(path, size, "%s/" LOG_FILE "%s", dir, suffix);
	return path;
}

void log_lock(struct log *l)
{
	int failed;

	atomic_fetch_add(&l->waiting, 1);
	failed = pthread_mutex_lock(&l->lock);
	assert(!failed);
	(void)failed;
	if (!l->depth) {
		while (l->owed && l->turns >= l->turns_let)
			pthread_cond_wait(&l->next_turn, &l->lock);
		l->turns++;
		pthread_cond_broadcast(&l->next_turn);
	}
	atomic_fetch_sub(&l->waiting, 1);
	l->depth++;
}

void log_unlock(struct log *l)
{
	int failed;

	l->depth--;
	failed = pthread_mutex_unlock(&l->lock);
	assert(!failed);
	(void)failed;
}

void log_hold(struct log *l)
{
	log_lock(l);
}

void log_let_go(struct log *l)
{
	log_unlock(l);
}

bool log_is_wanted(const struct log *l)
{
	return l->depth == 1 && atomic_load(&l->waiting);
}

void log_give_way(struct log *l)
{
	uint64_t turn = l->turns, let = turn + atomic_load(&l->waiting);

	assert(l->depth == 1);
	if (let > l->turns_let)
		l->turns_let = let;
	l->owed++;
	l->depth = 0;
	/* Some may wait for a turn that is owed to others, and may have theirs now. */
	pthread_cond_broadcast(&l->next_turn);
	/* Who waits takes the lock, whatever else happens, and tells of it then. */
	while (atomic_load(&l->waiting) && l->turns == turn)
		pthread_cond_wait(&l->next_turn, &l->lock);
	l->depth = 1;
	if (!--l->owed)
		pthread_cond_broadcast(&l->next_turn);
}

/* --- origins ------------------------------------------------------------------------- */

const struct known_origin *origin_find(const struct log *l, const struct origin *o)
{
	for (size_t i = 0; i < l->origin_count; i++) {
		const struct known_origin *k = &l->origins[i];

		if (k->origin.epoch == o->epoch && id_same(&k->origin.site, &o->site))
			return k;
	}
	return NULL;
}

static enum err load_length(struct log *l, struct known_origin *k, struct fault *f)
{
	struct query q = query(l, STATEMENT_FACT_LAST);
	int64_t last;
	enum err e;

	query_put_int(&q, 1, place_of(k->number, 0));
	query_put_int(&q, 2, place_of(k->number, SEQ_MAX));
	if (!(e = query_number(&q, &last, f)))
		k->length = last ? ((uint64_t)last & SEQ_MAX) + 1 : 0;
	return e;
}

static bool read_origin(struct query *q, struct known_origin *k, bool *own)
{
	int64_t number = query_int(q, 0), epoch = query_int(q, 2), owned = query_int(q, 3);

	*k = (struct known_origin){ .number = (uint64_t)number, .origin.epoch = (uint32_t)epoch };
	*own = owned == 1;
	return query_fixed(q, 1, k->origin.site.at, ID_SIZE) && number >= 1 &&
	       number <= (int64_t)ORIGIN_NUMBER_MAX && epoch >= 0 && epoch <= UINT32_MAX &&
	       (owned == 0 || owned == 1);
}

static enum err origins_take(struct log *l, struct query *q, struct fault *f)
{
	size_t owned = 0;

	for (; query_row(q); l->origin_count++) {
		struct known_origin *grown;
		bool own, whole;

		if (l->origin_count == ORIGIN_COUNT_MAX)
			return fault(f, ERR_LIMIT, "log.too-many-origins", l->path,
				     ORIGIN_COUNT_MAX);
		grown = realloc(l->origins, (l->origin_count + 1) * sizeof(*grown));
		if (!grown)
			return fault(f, ERR_MEMORY, "log.no-memory");
		l->origins = grown;
		whole = read_origin(q, &grown[l->origin_count], &own);
		if (!query_holds(q))
			return OK;
		if (!whole || origin_find(l, &grown[l->origin_count].origin))
			return fault(f, ERR_DAMAGED, "log.origin-damaged", l->path);
		if (own) {
			l->own = l->origin_count;
			owned++;
		}
	}
	if (q->code == SQLITE_DONE && owned != 1)
		return fault(f, ERR_DAMAGED, "log.origin-damaged", l->path);
	return OK;
}

static enum err origins_load(struct log *l, struct fault *f)
{
	struct query q = query(l, STATEMENT_ORIGIN_ALL);
	enum err e = origins_take(l, &q, f), ended = query_end(&q, f);

	if (!e)
		e = ended;
	for (size_t i = 0; !e && i < l->origin_count; i++)
		e = load_length(l, &l->origins[i], f);
	if (!e)
		atomic_store(&l->length, own_origin(l)->length);
	return e;
}

enum err log_origins(struct log *l, struct arena *a, const struct origin **out, size_t *count,
		     struct fault *f)
{
	struct origin *all;

	log_lock(l);
	all = arena_take_array(a, l->origin_count, sizeof(*all));
	for (size_t i = 0; all && i < l->origin_count; i++)
		all[i] = l->origins[i].origin;
	*out = all;
	*count = all ? l->origin_count : 0;
	log_unlock(l);
	return all ? OK : fault(f, ERR_MEMORY, "log.no-memory");
}

struct origin log_self(const struct log *l)
{
	return own_origin(l)->origin;
}

uint64_t log_length(struct log *l)
{
	return atomic_load(&l->length);
}

/* --- a new epoch ------------------------------------------------------------------------ */

static enum err change_owner(struct log *l, const struct known_origin *next, struct fault *f)
{
	struct query q;
	enum err e;

	if ((e = query_run(l, STATEMENT_BEGIN, f)))
		return e;
	q = query(l, STATEMENT_ORIGIN_DISOWN);
	query_put_int(&q, 1, (int64_t)own_origin(l)->number);
	e = query_end(&q, f);
	if (!e) {
		q = query(l, STATEMENT_ORIGIN_ADD);
		query_put_int(&q, 1, (int64_t)next->number);
		query_put_bytes(&q, 2, bytes_of(next->origin.site.at, ID_SIZE));
		query_put_int(&q, 3, next->origin.epoch);
		e = query_end(&q, f);
	}
	if (!e)
		e = query_run(l, STATEMENT_COMMIT, f);
	if (e && !sqlite3_get_autocommit(l->db) && query_run(l, STATEMENT_ROLLBACK, NULL))
		l->dead = true;
	return e;
}

static enum err begin_epoch(struct log *l, struct fault *f)
{
	struct known_origin next = { .origin = own_origin(l)->origin };
	struct known_origin *grown;
	enum err e;

	if (l->dead)
		return fault(f, ERR_DEAD, "log.dead", l->path);
	for (size_t i = 0; i < l->origin_count; i++) {
		const struct known_origin *k = &l->origins[i];

		if (k->number >= next.number)
			next.number = k->number + 1;
		if (id_same(&k->origin.site, &next.origin.site) &&
		    k->origin.epoch >= next.origin.epoch)
			next.origin.epoch = k->origin.epoch + 1;
	}
	if (l->origin_count == ORIGIN_COUNT_MAX || next.number > ORIGIN_NUMBER_MAX ||
	    next.origin.epoch == 0)
		return fault(f, ERR_LIMIT, "log.too-many-origins", l->path, ORIGIN_COUNT_MAX);
	grown = realloc(l->origins, (l->origin_count + 1) * sizeof(*grown));
	if (!grown)
		return fault(f, ERR_MEMORY, "log.no-memory");
	l->origins = grown;
	if ((e = change_owner(l, &next, f)))
		return e;
	l->own = l->origin_count++;
	l->origins[l->own] = next;
	memset(&l->edge, 0, sizeof(l->edge));
	atomic_store(&l->length, 0);
	return OK;
}

enum err log_begin_epoch(struct log *l, struct fault *f)
{
	enum err e;

	log_lock(l);
	assert(!l->walks);
	e = begin_epoch(l, f);
	log_unlock(l);
	return e;
}

/* --- make, open, close ---------------------------------------------------------------------- */

static enum err lay_out(struct world *w, char *path, const struct origin *self, struct fault *f)
{
	struct log l = { .world = w, .path = path };
	struct file *file = NULL;
	enum err e = w->file_open(w, &file, path, FILE_REPLACE, f);

	w->file_close(file);
	if (e)
		return e;
	if (!(e = log_connect(&l, f)))
		e = log_lay_out(&l, self, f);
	log_disconnect(&l);
	return e;
}

enum err log_create(struct world *w, const char *dir, const struct origin *self, struct fault *f)
{
	char *path = path_in(dir, ""), *beside = path_in(dir, NEW_SUFFIX);
	enum err e;

	if (!path || !beside) {
		e = fault(f, ERR_MEMORY, "log.no-memory");
		goto out;
	}
	if ((e = file_check_free(w, path, "log.exists", f)))
		goto out;
	if (!(e = lay_out(w, beside, self, f)))
		e = w->rename(w, beside, path, f);
	if (e && w->remove(w, beside, NULL)) {
		/* It is made anew the next time; the first failure is the one worth telling. */
	}
out:
	free(beside);
	free(path);
	return e;
}

void log_clear_away(struct world *w, const char *dir)
{
	static const char *const suffixes[] = {
		"", "-wal", "-shm", "-journal", NEW_SUFFIX, NEW_SUFFIX "-journal",
	};

	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		char *path = path_in(dir, suffixes[i]);

		if (path && w->remove(w, path, NULL)) {
			/* Most of them are not there. */
		}
		free(path);
	}
}

static enum err find_file(struct log *l, const char *dir, struct fault *f)
{
	uint64_t size;
	enum err e;

	l->path = path_in(dir, "");
	if (!l->path)
		return fault(f, ERR_MEMORY, "log.no-memory");
	if ((e = l->world->file_size(l->world, l->path, &size, NULL)) == ERR_NOT_FOUND)
		return fault(f, e, "log.no-register", dir);
	return e ? l->world->file_size(l->world, l->path, &size, f) : OK;
}

static void lock_start(struct log *l)
{
	pthread_mutexattr_t again;

	pthread_mutexattr_init(&again);
	pthread_mutexattr_settype(&again, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&l->lock, &again);
	pthread_mutexattr_destroy(&again);
	pthread_cond_init(&l->next_turn, NULL);
}

enum err log_open(struct log **out, struct world *w, const char *dir, struct fault *f)
{
	struct log *l = calloc(1, sizeof(*l));
	int64_t format;
	enum err e;

	*out = NULL;
	if (!l)
		return fault(f, ERR_MEMORY, "log.no-memory");
	l->world = w;
	lock_start(l);
	if ((e = find_file(l, dir, f)) || (e = log_connect(l, f)) ||
	    (e = log_make_ready(l, &format, f)))
		goto out;
	if (format < LOG_FORMAT && (e = log_upgrade(l, f)))
		goto out;
	log_wipe_wal(l);
	if ((e = origins_load(l, f)) || (e = edge_load(l, own_origin(l), &l->edge, f)))
		goto out;
	*out = l;
out:
	if (e)
		log_close(l);
	return e;
}

void log_close(struct log *l)
{
	if (!l)
		return;
	log_disconnect(l);
	pthread_cond_destroy(&l->next_turn);
	pthread_mutex_destroy(&l->lock);
	free(l->origins);
	free(l->path);
	free(l);
}

uint64_t log_bytes(struct log *l)
{
	static const char *const suffixes[] = { "", "-wal" };
	uint64_t sum = 0, size;
	size_t room = strlen(l->path) + sizeof("-wal");
	char *path = malloc(room);

	for (size_t i = 0; path && i < COUNT_OF(suffixes); i++) {
		snprintf(path, room, "%s%s", l->path, suffixes[i]);
		if (!l->world->file_size(l->world, path, &size, NULL))
			sum += size;
	}
	free(path);
	return sum;
}
