/*
 * ids: a set of ids that is emptied at no cost: a place counts as taken only where
 * it was filled in this round.  Open addressing; more than IDS_MAX do not fit.
 */
#include "register/ids.h"

#define PLACES (2 * IDS_MAX)

static_assert((PLACES & (PLACES - 1)) == 0, "a power of two");

/* Ids from outside are mixed with random bytes of the register: nobody who chooses
 * ids can make all of them land in one place. */
static size_t place_of(const struct id_set *s, const struct id *id)
{
	uint64_t hash;
	size_t i;

	crypto_shorthash((uint8_t *)&hash, id->at, ID_SIZE, s->salt);
	for (i = (size_t)hash & (PLACES - 1); s->at[i].round == s->round;
	     i = (i + 1) & (PLACES - 1))
		if (id_same(&s->at[i].id, id))
			break;
	return i;
}

void ids_clear(struct id_set *s)
{
	s->round++;
	s->count = 0;
}

bool ids_has(const struct id_set *s, const struct id *id)
{
	return s->at[place_of(s, id)].round == s->round;
}

bool ids_add(struct id_set *s, const struct id *id)
{
	size_t i = place_of(s, id);

	if (s->at[i].round == s->round)
		return true;
	if (s->count == IDS_MAX)
		return false;
	s->at[i].id = *id;
	s->at[i].round = s->round;
	s->listed[s->count++] = *id;
	return true;
}
