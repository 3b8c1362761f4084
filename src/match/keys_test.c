#include "base/prop.h"
#include "match/keys.h"

/* A record of any number of atoms, any pairs of which, and triples of these, are noted. */
static void note_any(struct view *v, struct prop *p)
{
	*v = (struct view){ .count = (unsigned)prop_uint(p, 0, ATOMS_MAX) };
	for (unsigned i = 0; i < v->count; i++)
		for (unsigned j = i + 1; j < v->count; j++) {
			if (!prop_bool(p))
				continue;
			v->pairs[i] |= UINT32_C(1) << j;
			for (unsigned k = j + 1; j < EXTENDED_MAX && k < EXTENDED_MAX; k++)
				v->triples[i][j] |= (uint32_t)prop_bool(p) << k;
		}
}

static void what_is_kept_of_two_and_three_is_recalled(struct prop *p)
{
	struct view v, again;
	struct noted noted = { 0 };

	note_any(&v, p);
	keep_noted(&noted, &v, 2);
	keep_noted(&noted, &v, 3);
	again = (struct view){ .count = v.count };
	recall_noted(&again, &noted, 2);
	recall_noted(&again, &noted, 3);
	for (unsigned i = 0; i < v.count && i < EXTENDED_MAX; i++) {
		CHECK(again.pairs[i] == (v.pairs[i] & ((UINT32_C(1) << EXTENDED_MAX) - 1)));
		for (unsigned j = 0; j < EXTENDED_MAX; j++)
			CHECK(again.triples[i][j] == v.triples[i][j]);
	}
}

TEST(what_is_kept_of_keys_until_another_level_is_the_same)
{
	prop_run(what_is_kept_of_two_and_three_is_recalled, 2000, 1);
}

RUN_TESTS()
