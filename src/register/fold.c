/*
 * fold: all facts of the log, opened and added up to a state.
 *
 * Keys first: every slot is unwrapped once into a table by subject, which is wiped
 * at the end.  Asking the log for the slot of each fact would read the same few
 * pages a million times and unwrap the same keys ten.
 *
 * The shuffled order is for reg_verify(): facts come as late and as concurrent as
 * they ever could, and the state must be the same.
 */
#include <sodium.h>
#include <stdlib.h>

#include "register/inside.h"

#define TOLD_EVERY 1000

/* --- keys by subject: open addressing, at most half full ------------------------ */

struct keyed {
	struct id subject;
	bool taken, erased;
	struct subject_keys keys;
};

struct key_table {
	struct keyed *at;
	size_t size; /* a power of two */
	uint8_t salt[crypto_shorthash_KEYBYTES];
};

static struct keyed *place_of(const struct key_table *t, const struct id *subject)
{
	uint64_t hash;
	size_t i;

	crypto_shorthash((uint8_t *)&hash, subject->at, ID_SIZE, t->salt);
	for (i = (size_t)hash & (t->size - 1); t->at[i].taken; i = (i + 1) & (t->size - 1))
		if (id_same(&t->at[i].subject, subject))
			break;
	return &t->at[i];
}

static void keys_table_free(struct key_table *t)
{
	if (t->at)
		sodium_memzero(t->at, t->size * sizeof(*t->at));
	free(t->at);
	*t = (struct key_table){ 0 };
}

static enum err count_slot(void *self, const struct id *subject, struct bytes slot, struct fault *f)
{
	size_t *count = self;

	(void)subject, (void)slot, (void)f;
	(*count)++;
	return OK;
}

struct slot_filling {
	struct key_table *table;
	const struct site_keys *site;
	size_t damaged;
};

/* A slot that does not open leaves its subject without keys but remembered, so that
 * its facts count as damaged and not as erased. */
static enum err fill_slot(void *self, const struct id *subject, struct bytes stored,
			  struct fault *f)
{
	struct slot_filling *x = self;
	struct keyed *k = place_of(x->table, subject);
	struct slot slot;

	(void)f;
	k->subject = *subject;
	k->taken = true;
	if (slot_read(&slot, subject, stored, NULL) || slot_open(&k->keys, &slot, x->site, NULL))
		x->damaged++;
	return OK;
}

static enum err note_erased(void *self, struct text name, struct bytes when, struct fault *f)
{
	size_t prefix = sizeof(ERASED_PREFIX) - 1;
	struct key_table *t = self;
	struct keyed *k;
	struct id id;

	(void)when, (void)f;
	if (!hex_read(&id, ID_SIZE, (struct text){ name.at + prefix, name.size - prefix }))
		return OK;
	k = place_of(t, &id);
	k->erased = k->taken;
	return OK;
}

static enum err keys_table_fill(struct key_table *t, struct reg *r, const struct site_keys *site,
				struct fault *f)
{
	struct slot_filling x = { .table = t, .site = site };
	size_t count = 0;
	enum err e;

	r->world->chance(r->world, t->salt, sizeof(t->salt));
	if ((e = log_each_slot(r->log, count_slot, &count, f)))
		return e;
	for (t->size = 16; t->size / 2 < count + 1; t->size *= 2)
		;
	t->at = calloc(t->size, sizeof(*t->at));
	if (!t->at)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if ((e = log_each_slot(r->log, fill_slot, &x, f)))
		return e;
	return log_each_setting(r->log, ERASED_PREFIX, note_erased, t, f);
}

/* --- the walk ------------------------------------------------------------------- */

struct folding {
	struct reg *reg;
	const struct fold_how *how;
	struct key_table keys;
	struct arena *arena; /* of one fact */
	struct state *state; /* NULL: look only */
	struct fold_count *count;
	uint64_t of;
	struct fact_ref *order; /* of the shuffle */
	size_t order_count, order_size;
};

static void tell(const struct folding *x)
{
	const struct reg_progress *p = x->how->progress;

	if (p && p->told)
		p->told(p->self, x->count->facts,
			x->of > x->count->facts ? x->of : x->count->facts);
}

static enum err damaged(struct folding *x, const struct fact_ref *ref, const struct fault *why)
{
	if (x->count->damaged++ == 0) {
		x->count->first_damaged = *ref;
		x->count->first_fault = *why;
	}
	return OK;
}

static enum err unreadable(struct folding *x, const struct fact_ref *ref, const struct id *subject,
			   struct fault *f)
{
	x->count->unreadable++;
	return x->state ? state_unreadable(x->state, ref, subject, f) : OK;
}

static enum err take_entry(void *self, const struct origin *o, const struct log_entry *e,
			   struct fault *f)
{
	struct folding *x = self;
	struct fact_ref ref = { .site = o->site, .epoch = o->epoch, .seq = e->seq };
	bool public = envelope_is_public(e->envelope);
	const struct keyed *k = x->how->keys ? place_of(&x->keys, &e->subject) : NULL;
	struct fault why = { 0 };
	struct fact fact;
	struct hash commitment;
	enum err err;

	if (x->count->facts++ % TOLD_EVERY == 0)
		tell(x);
	if (!public && (!k || !k->taken))
		return unreadable(x, &ref, &e->subject, f);
	arena_reset(x->arena);
	err = entry_open(&fact, x->arena, o, e, public ? NULL : &k->keys, &why);
	if (err == ERR_MEMORY)
		return fault(f, err, "register.no-memory");
	if (err && !public && k->erased)
		return unreadable(x, &ref, &e->subject, f);
	if (err)
		return damaged(x, &ref, &why);
	x->count->opened++;
	if (x->how->commitments) {
		fact_commit(&commitment, &fact);
		x->count->commitments++;
		if (memcmp(&commitment, &e->commitment, sizeof(commitment))) {
			fault(&why, ERR_DAMAGED, "register.fact-damaged", o->epoch, e->seq);
			return damaged(x, &ref, &why);
		}
	}
	if (!fact.kind)
		x->count->unknown++;
	return x->state ? state_take(x->state, &fact, f) : OK;
}

static enum err note_place(void *self, const struct origin *o, const struct log_entry *e,
			   struct fault *f)
{
	struct folding *x = self;

	if (x->order_count == x->order_size) {
		size_t size = x->order_size ? 2 * x->order_size : 1024;
		struct fact_ref *grown = realloc(x->order, size * sizeof(*grown));

		if (!grown)
			return fault(f, ERR_MEMORY, "register.no-memory");
		x->order = grown;
		x->order_size = size;
	}
	x->order[x->order_count++] =
		(struct fact_ref){ .site = o->site, .epoch = o->epoch, .seq = e->seq };
	return OK;
}

static void shuffle(struct folding *x)
{
	struct world *w = x->reg->world;

	for (size_t left = x->order_count; left > 1; left--) {
		struct fact_ref swapped = x->order[left - 1];
		uint64_t n;

		w->chance(w, &n, sizeof(n));
		x->order[left - 1] = x->order[n % left];
		x->order[n % left] = swapped;
	}
}

static enum err walk_shuffled(struct folding *x, struct fault *f)
{
	struct arena *a = NULL;
	enum err e;

	if ((e = arena_new(&a, FACT_MEMORY_MAX)))
		return e;
	e = log_each(x->reg->log, note_place, x, f);
	shuffle(x);
	for (size_t i = 0; !e && i < x->order_count; i++) {
		struct origin o = { .site = x->order[i].site, .epoch = x->order[i].epoch };
		struct log_entry entry;

		arena_reset(a);
		e = log_read(x->reg->log, &o, x->order[i].seq, a, &entry, f);
		if (!e)
			e = take_entry(x, &o, &entry, f);
	}
	arena_free(a);
	return e;
}

/* For the state, when it folds a subject again. */
static enum err read_again(void *self, const struct fact_ref *ref, const struct id *subject,
			   struct arena *a, struct fact *out, struct fault *f)
{
	struct folding *x = self;
	struct origin o = { .site = ref->site, .epoch = ref->epoch };
	const struct keyed *k = place_of(&x->keys, subject);
	struct log_entry entry;
	enum err e = log_read(x->reg->log, &o, ref->seq, a, &entry, f);

	if (e)
		return e;
	if (envelope_is_public(entry.envelope))
		return entry_open(out, a, &o, &entry, NULL, f);
	if (!k->taken)
		return ERR_NOT_FOUND;
	e = entry_open(out, a, &o, &entry, &k->keys, k->erased ? NULL : f);
	return e == ERR_DAMAGED && k->erased ? ERR_NOT_FOUND : e;
}

enum err fold(struct reg *r, const struct fold_how *how, struct state **out,
	      struct fold_count *count, struct fault *f)
{
	struct folding x = { .reg = r, .how = how, .count = count, .of = log_length(r->log) };
	struct fact_reader reader = { .self = &x, .read = read_again };
	enum err e;

	*count = (struct fold_count){ 0 };
	if ((e = arena_new(&x.arena, FACT_MEMORY_MAX)))
		goto out;
	if (out && (e = state_new(&x.state)))
		goto out;
	if (how->keys && (e = keys_table_fill(&x.keys, r, how->keys, f)))
		goto out;
	if (how->order == FOLD_SHUFFLED)
		e = walk_shuffled(&x, f);
	else
		e = log_each(r->log, take_entry, &x, f);
	if (e)
		goto out;
	tell(&x);
	if (x.state)
		e = state_settle(x.state, &reader, f);
	if (!e && out) {
		*out = x.state;
		x.state = NULL;
	}
out:
	state_free(x.state);
	keys_table_free(&x.keys);
	free(x.order);
	arena_free(x.arena);
	return e;
}
