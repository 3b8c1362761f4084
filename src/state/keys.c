/*
 * Idempotency keys of the last 30 days, as each origin counts them: one site whose
 * clock is years ahead must not make the others forget.  Old ones are left out when
 * the table has doubled; a question sees none that is too old in any case.
 */
#include "state/inside.h"

#define KEEP_S (30 * 86400)
#define ROOM_LEAST 4096

void keys_init(struct keys *k)
{
	*k = (struct keys){ 0 };
	chunks_init(&k->rows, sizeof(struct key_row), 10);
}

void keys_free(struct keys *k)
{
	chunks_free(&k->rows);
	table_free(&k->of_key);
}

static struct key_row *row_at(const struct keys *k, uint32_t row)
{
	return chunks_at(&k->rows, row);
}

static bool is_fresh(const struct state *s, const struct key_row *r)
{
	return trail_origin(&s->trail, r->fact)->last_recorded - r->recorded <= KEEP_S;
}

static bool add(struct state *s, struct keys *k, const struct key_row *new)
{
	uint32_t row = k->rows.count ? k->rows.count : 1;

	if (!chunks_reach(&k->rows, row + 1) ||
	    !table_add(&k->of_key, hash_of_id(&new->key, s->subjects.key), row))
		return false;
	*row_at(k, row) = *new;
	return true;
}

static bool clear_old(struct state *s)
{
	struct keys fresh;

	keys_init(&fresh);
	for (uint32_t i = 1; i < s->keys.rows.count; i++)
		if (is_fresh(s, row_at(&s->keys, i)) && !add(s, &fresh, row_at(&s->keys, i))) {
			keys_free(&fresh);
			return false;
		}
	fresh.kept = fresh.rows.count;
	keys_free(&s->keys);
	s->keys = fresh;
	return true;
}

bool keys_note(struct state *s, const struct id *key, uint32_t fact, int64_t recorded)
{
	struct key_row row = { .key = *key, .fact = fact, .recorded = (uint32_t)recorded };

	if (id_is_none(key))
		return true;
	if (s->keys.rows.count > ROOM_LEAST && s->keys.rows.count > 2 * s->keys.kept &&
	    !clear_old(s))
		return false;
	return !is_fresh(s, &row) || add(s, &s->keys, &row);
}

bool state_key(const struct state *s, const struct id *key, struct fact_ref *first)
{
	struct table_walk w = table_walk(&s->keys.of_key, hash_of_id(key, s->subjects.key));
	bool found = false;
	uint32_t at;

	while ((at = table_next(&s->keys.of_key, &w))) {
		const struct key_row *r = row_at(&s->keys, at);
		struct fact_ref ref;

		if (!id_same(&r->key, key) || !is_fresh(s, r))
			continue;
		ref = trail_ref(&s->trail, r->fact);
		if (!found || fact_ref_compare(&ref, first) < 0)
			*first = ref;
		found = true;
	}
	return found;
}
