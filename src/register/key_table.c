/* key_table: an index from subjects to a dense array, so that no place for keys is empty. */
#include "register/key_table.h"

#include <sodium.h>
#include <stdlib.h>

const struct keyed *key_table_find(const struct key_table *t, const struct id *subject)
{
	uint32_t n = t->places ? index_get(t->places, subject) : INDEX_NONE;

	return n == INDEX_NONE ? NULL : &t->at[n];
}

void key_table_free(struct key_table *t)
{
	if (t->at)
		sodium_memzero(t->at, t->count * sizeof(*t->at));
	free(t->at);
	index_free(t->places);
	*t = (struct key_table){ 0 };
}

static enum err count_slot(void *self, const struct id *subject, struct bytes slot, struct fault *f)
{
	struct key_table *t = self;

	(void)subject, (void)slot, (void)f;
	t->room++;
	return OK;
}

static enum err count_erased(void *self, struct text name, struct bytes when, struct fault *f)
{
	struct key_table *t = self;

	(void)name, (void)when, (void)f;
	t->room++;
	return OK;
}

struct filling {
	struct key_table *table;
	const struct site_keys *site;
};

/* The place of a subject, a new one where it has none.  NULL: it has come since they
 * were counted, and is of nobody whose facts are folded. */
static enum err place_for(struct key_table *t, const struct id *subject, struct keyed **out,
			  struct fault *f)
{
	uint32_t n = index_get(t->places, subject);
	enum err e = OK;

	*out = NULL;
	if (n == INDEX_NONE && t->count == t->room)
		return OK;
	if (n == INDEX_NONE) {
		n = (uint32_t)t->count++;
		e = index_put(t->places, subject, n, f);
	}
	*out = &t->at[n];
	return e;
}

/* A slot that does not open leaves its subject without keys but remembered, so that
 * its facts count as damaged and not as erased. */
static enum err fill_slot(void *self, const struct id *subject, struct bytes stored,
			  struct fault *f)
{
	struct filling *x = self;
	struct slot slot;
	struct keyed *k;
	enum err e;

	if ((e = place_for(x->table, subject, &k, f)) || !k)
		return e;
	k->slot = true;
	k->damaged = x->site && (slot_read(&slot, subject, stored, NULL) ||
				 slot_open(&k->keys, &slot, x->site, NULL));
	return OK;
}

static enum err note_erased(void *self, struct text name, struct bytes when, struct fault *f)
{
	size_t prefix = sizeof(ERASED_PREFIX) - 1;
	struct keyed *k;
	struct id id;
	enum err e;

	(void)when;
	if (!hex_read(&id, ID_SIZE, (struct text){ name.at + prefix, name.size - prefix }))
		return OK;
	if (!(e = place_for(self, &id, &k, f)) && k)
		k->erased = true;
	return e;
}

enum err key_table_fill(struct key_table *t, struct reg *r, const struct site_keys *site,
			struct fault *f)
{
	struct filling x = { .table = t, .site = site };
	struct index_key key;
	enum err e;

	*t = (struct key_table){ 0 };
	if ((e = log_each_slot(r->log, count_slot, t, f)) ||
	    (e = log_each_setting(r->log, ERASED_PREFIX, count_erased, t, f)))
		return e;
	t->at = calloc(t->room + 1, sizeof(*t->at));
	if (!t->at)
		return fault(f, ERR_MEMORY, "register.no-memory");
	r->world->chance(r->world, &key, sizeof(key));
	if ((e = index_new(&t->places, key, t->room, f)))
		return e;
	/* Slots come in the order in which they were made, so those for whom there is no
	 * place are the newest; among the erased it could be anybody, so they go first. */
	if ((e = log_each_setting(r->log, ERASED_PREFIX, note_erased, t, f)))
		return e;
	return log_each_slot(r->log, fill_slot, &x, f);
}
