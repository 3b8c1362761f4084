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
	t->count++;
	return OK;
}

struct slot_filling {
	struct key_table *table;
	const struct site_keys *site;
	uint32_t filled;
};

/* A slot that does not open leaves its subject without keys but remembered, so that
 * its facts count as damaged and not as erased. */
static enum err fill_slot(void *self, const struct id *subject, struct bytes stored,
			  struct fault *f)
{
	struct slot_filling *x = self;
	struct keyed *k = &x->table->at[x->filled];
	struct slot slot;

	assert(x->filled < x->table->count);
	k->damaged = slot_read(&slot, subject, stored, NULL) ||
		     slot_open(&k->keys, &slot, x->site, NULL);
	return index_put(x->table->places, subject, x->filled++, f);
}

static enum err note_erased(void *self, struct text name, struct bytes when, struct fault *f)
{
	size_t prefix = sizeof(ERASED_PREFIX) - 1;
	struct key_table *t = self;
	uint32_t n = INDEX_NONE;
	struct id id;

	(void)when, (void)f;
	if (hex_read(&id, ID_SIZE, (struct text){ name.at + prefix, name.size - prefix }))
		n = index_get(t->places, &id);
	if (n != INDEX_NONE)
		t->at[n].erased = true;
	return OK;
}

enum err key_table_fill(struct key_table *t, struct reg *r, const struct site_keys *site,
			struct fault *f)
{
	struct slot_filling x = { .table = t, .site = site };
	struct index_key key;
	enum err e;

	*t = (struct key_table){ 0 };
	if ((e = log_each_slot(r->log, count_slot, t, f)))
		return e;
	t->at = calloc(t->count + 1, sizeof(*t->at));
	if (!t->at)
		return fault(f, ERR_MEMORY, "register.no-memory");
	r->world->chance(r->world, &key, sizeof(key));
	if ((e = index_new(&t->places, key, t->count, f)))
		return e;
	if ((e = log_each_slot(r->log, fill_slot, &x, f)))
		return e;
	return log_each_setting(r->log, ERASED_PREFIX, note_erased, t, f);
}
