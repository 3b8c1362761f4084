/*
 * ahead: a ring of chunks between the thread that opens and the one that folds.
 *
 *     filled   chunks that the thread has handed over, since the start
 *     folded   chunks that the caller has done with
 *
 * filled - folded is at most RING; chunk n lies in ring[n % RING].  Each of the two
 * numbers is written by one side alone, under the lock; what lies in a chunk belongs
 * to the thread until it is counted as filled, and to the caller from then on until
 * it is counted as folded.  Each is made when its place in the ring is first reached,
 * since a small register fits into one or two.
 *
 * In shuffled order a subject's facts come as late and as concurrent as they ever
 * could.  Each of them costs a look-up on the disk, and one more when its subject is
 * folded again, so of a large register a sample of the subjects is taken, another one
 * each time: their facts come last, in any order.
 */
#include "register/ahead.h"

#include <sodium.h>
#include <stdlib.h>

#define RING 4
#define CHUNK_FACTS 256
/* Most chunks stay far below it; a single fact may need FACT_MEMORY_MAX. */
#define CHUNK_MEMORY ((size_t)512 * 1024)
#define SHUFFLED_FACTS 100000

struct chunk {
	struct arena *arena;
	size_t count;
	struct opened facts[CHUNK_FACTS];
};

struct ahead {
	struct ahead_how how;
	pthread_t thread;
	bool started;

	/* of the thread, until it has ended */
	struct chunk *filling; /* NULL: none is begun */
	struct fold_count count;
	enum err err;
	struct fault why;
	struct fact_ref *late; /* facts of the sample, in the shuffled order */
	size_t late_count, late_room;
	uint64_t sample_salt[2], one_in;

	/* of the caller */
	struct chunk *folding; /* NULL: none yet, or the last one is done with */
	size_t at;
	uint64_t handed_out;

	pthread_mutex_t lock; /* of these */
	pthread_cond_t moved;
	uint64_t filled, folded;
	bool ended, stop;

	struct chunk *ring[RING]; /* NULL: not made yet */
};

/* --- chunks ----------------------------------------------------------------------- */

static void chunk_free(struct chunk *c)
{
	if (!c)
		return;
	sodium_memzero(c->facts, sizeof(c->facts));
	arena_free(c->arena);
	free(c);
}

/* NULL: no memory. */
static struct chunk *chunk_new(void)
{
	struct chunk *c = calloc(1, sizeof(*c));

	if (c && !arena_new(&c->arena, CHUNK_MEMORY + FACT_MEMORY_MAX) &&
	    !arena_reserve(c->arena, CHUNK_MEMORY))
		return c;
	chunk_free(c);
	return NULL;
}

/* --- the ring, from the thread's side ------------------------------------------- */

/* The next free chunk is what is filled.  ERR_BUSY: the caller wants no more. */
static enum err begin_chunk(struct ahead *a)
{
	struct chunk **c = NULL;

	pthread_mutex_lock(&a->lock);
	while (!a->stop && a->filled - a->folded == RING)
		pthread_cond_wait(&a->moved, &a->lock);
	if (!a->stop)
		c = &a->ring[a->filled % RING];
	pthread_mutex_unlock(&a->lock);
	if (!c)
		return ERR_BUSY;
	if (*c)
		arena_reset((*c)->arena);
	else if (!(*c = chunk_new()))
		return ERR_MEMORY;
	(*c)->count = 0;
	a->filling = *c;
	return OK;
}

static void hand_over(struct ahead *a)
{
	a->filling = NULL;
	pthread_mutex_lock(&a->lock);
	a->filled++;
	pthread_cond_signal(&a->moved);
	pthread_mutex_unlock(&a->lock);
}

/* Room for one more fact.  ERR_BUSY: the caller wants no more. */
static enum err next_place(struct opened **out, struct ahead *a)
{
	struct chunk *c = a->filling;
	enum err e;

	if (c && (c->count == CHUNK_FACTS || arena_used(c->arena) > CHUNK_MEMORY))
		hand_over(a);
	if (!a->filling && (e = begin_chunk(a)))
		return e;
	*out = &a->filling->facts[a->filling->count];
	return OK;
}

/* --- opening -------------------------------------------------------------------- */

enum err ahead_open(struct fact *out, struct arena *a, const struct ahead_how *how,
		    const struct origin *o, const struct log_entry *entry, struct fault *f)
{
	bool public = envelope_is_public(entry->envelope);
	const struct keyed *k = NULL;
	struct entry_opening opening = {
		.origin = o,
		.entry = entry,
		.wanted = how->whole ? NULL : state_folds_identity,
		.held_against_leaf = how->whole || public,
	};
	struct fault why = { 0 };
	enum err e;

	if (!public) {
		k = key_table_find(how->keys, &entry->subject);
		/* Whoever has no keys was erased, or is nobody: the subject was changed. */
		if (!k)
			return fault(f, ERR_DAMAGED, "register.fact-damaged", o->epoch, entry->seq);
		if (!k->slot || !how->with_keys)
			return ERR_NOT_FOUND;
		if (k->damaged)
			return fault(f, ERR_DAMAGED, "slot.damaged");
		opening.keys = &k->keys;
	}
	e = entry_open_as(out, a, &opening, &why);
	if (e == ERR_DAMAGED && k && k->erased)
		return ERR_NOT_FOUND;
	return e ? fault_again(f, &why) : OK;
}

static void note_damage(struct ahead *a, const struct fact_ref *ref, const struct fault *why)
{
	if (a->count.damaged++ == 0) {
		a->count.first_damaged = *ref;
		a->count.first_fault = *why;
	}
}

/* Whether it has come since who folds has begun. */
static bool is_later(const struct ahead *a, const struct origin *o, uint64_t seq)
{
	const struct origin *self = &a->how.reg->self;

	return a->how.own_length && seq >= a->how.own_length && o->epoch == self->epoch &&
	       id_same(&o->site, &self->site);
}

static enum err open_entry(void *self, const struct origin *o, const struct log_entry *entry,
			   struct fault *f)
{
	struct ahead *a = self;
	struct opened *to;
	struct fault why = { 0 };
	enum err e;

	if (is_later(a, o, entry->seq))
		return OK;
	e = next_place(&to, a);
	/* Nobody waits for the rest; without a word, for the caller has its own. */
	if (e == ERR_BUSY)
		return e;
	if (e)
		return fault(f, e, "register.no-memory");
	a->count.facts++;
	to->ref = (struct fact_ref){ .site = o->site, .epoch = o->epoch, .seq = entry->seq };
	to->subject = entry->subject;
	e = ahead_open(&to->fact, a->filling->arena, &a->how, o, entry, &why);
	if (e == ERR_MEMORY)
		return fault(f, e, "register.no-memory");
	to->readable = e != ERR_NOT_FOUND;
	if (e && to->readable) {
		note_damage(a, &to->ref, &why);
		return OK;
	}
	a->filling->count++;
	if (!to->readable) {
		a->count.unreadable++;
		return OK;
	}
	a->count.opened++;
	a->count.commitments += a->how.whole;
	a->count.unknown += !to->fact.kind;
	return OK;
}

/* --- in shuffled order ---------------------------------------------------------- */

static bool is_in_sample(const struct ahead *a, const struct id *subject)
{
	uint64_t hash;

	crypto_shorthash((uint8_t *)&hash, subject->at, ID_SIZE, (const uint8_t *)a->sample_salt);
	return hash % a->one_in == 0;
}

static enum err open_or_note(void *self, const struct origin *o, const struct log_entry *entry,
			     struct fault *f)
{
	struct ahead *a = self;

	if (is_later(a, o, entry->seq) || !is_in_sample(a, &entry->subject))
		return open_entry(a, o, entry, f);
	if (a->late_count == a->late_room) {
		size_t room = a->late_room ? 2 * a->late_room : 1024;
		struct fact_ref *grown = realloc(a->late, room * sizeof(*grown));

		if (!grown)
			return fault(f, ERR_MEMORY, "register.no-memory");
		a->late = grown;
		a->late_room = room;
	}
	a->late[a->late_count++] =
		(struct fact_ref){ .site = o->site, .epoch = o->epoch, .seq = entry->seq };
	return OK;
}

static void shuffle(struct ahead *a)
{
	struct world *w = a->how.reg->world;

	for (size_t left = a->late_count; left > 1; left--) {
		struct fact_ref swapped = a->late[left - 1];
		uint64_t n;

		w->chance(w, &n, sizeof(n));
		a->late[left - 1] = a->late[n % left];
		a->late[n % left] = swapped;
	}
}

static enum err open_late(struct ahead *a, struct fault *f)
{
	struct log *log = a->how.reg->log;
	struct arena *arena = NULL;
	enum err e;

	if ((e = arena_new(&arena, FACT_MEMORY_MAX)))
		return fault(f, e, "register.no-memory");
	for (size_t i = 0; !e && i < a->late_count; i++) {
		struct origin o = { .site = a->late[i].site, .epoch = a->late[i].epoch };
		struct log_entry entry;

		arena_reset(arena);
		e = log_read(log, &o, a->late[i].seq, arena, &entry, f);
		if (!e)
			e = open_entry(a, &o, &entry, f);
	}
	arena_free(arena);
	return e;
}

static enum err walk_shuffled(struct ahead *a, struct fault *f)
{
	struct world *w = a->how.reg->world;
	enum err e;

	w->chance(w, a->sample_salt, sizeof(a->sample_salt));
	a->one_in = log_length(a->how.reg->log) / SHUFFLED_FACTS + 1;
	if ((e = log_each(a->how.reg->log, open_or_note, a, f)))
		return e;
	shuffle(a);
	return open_late(a, f);
}

/* --- the thread ----------------------------------------------------------------- */

static void *run(void *self)
{
	struct ahead *a = self;

	a->err = a->how.order == FOLD_SHUFFLED ? walk_shuffled(a, &a->why)
					       : log_each(a->how.reg->log, open_entry, a, &a->why);
	if (a->filling)
		hand_over(a);
	pthread_mutex_lock(&a->lock);
	a->ended = true;
	pthread_cond_signal(&a->moved);
	pthread_mutex_unlock(&a->lock);
	return NULL;
}

enum err ahead_start(struct ahead **out, const struct ahead_how *how, struct fault *f)
{
	struct ahead *a = calloc(1, sizeof(*a));
	struct fold_count none;

	if (!a)
		return fault(f, ERR_MEMORY, "register.no-memory");
	a->how = *how;
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->moved, NULL);
	if (pthread_create(&a->thread, NULL, run, a))
		return ahead_end(a, fault(f, ERR_IO, "register.no-thread"), &none, f);
	a->started = true;
	*out = a;
	return OK;
}

/* --- the ring, from the caller's side ------------------------------------------- */

/* The chunk that was folded goes back, the next one comes; NULL: there is none. */
static struct chunk *next_chunk(struct ahead *a)
{
	struct chunk *c = NULL;

	pthread_mutex_lock(&a->lock);
	if (a->folding) {
		a->folded++;
		pthread_cond_signal(&a->moved);
	}
	while (!a->ended && a->filled == a->folded)
		pthread_cond_wait(&a->moved, &a->lock);
	if (a->filled > a->folded)
		c = a->ring[a->folded % RING];
	pthread_mutex_unlock(&a->lock);
	a->folding = c;
	a->at = 0;
	return c;
}

const struct opened *ahead_next(struct ahead *a)
{
	struct chunk *c = a->folding;

	while (!c || a->at == c->count)
		if (!(c = next_chunk(a)))
			return NULL;
	a->handed_out++;
	return &c->facts[a->at++];
}

uint64_t ahead_count(const struct ahead *a)
{
	return a->handed_out;
}

enum err ahead_end(struct ahead *a, enum err e, struct fold_count *count, struct fault *f)
{
	if (!a)
		return e;
	if (a->started) {
		pthread_mutex_lock(&a->lock);
		a->stop = true;
		pthread_cond_signal(&a->moved);
		pthread_mutex_unlock(&a->lock);
		pthread_join(a->thread, NULL);
	}
	/* Without a word it was only told to stop. */
	if (!e && a->err && a->why.key)
		e = fault_again(f, &a->why);
	*count = a->count;
	for (size_t i = 0; i < RING; i++)
		chunk_free(a->ring[i]);
	free(a->late);
	pthread_cond_destroy(&a->moved);
	pthread_mutex_destroy(&a->lock);
	free(a);
	return e;
}
