/*
 * doubles: the records that are one person by what was decided of pairs.
 *
 * "The same" goes on: where A is B and B is C, A is C.  So her records are all that are
 * reached from one of them, DOUBLES_MAX at most.
 */
#include "register/inside.h"

/* Of a preview in which nothing is proposed. */
#define PREVIEW_MEMORY 4096

static bool is_listed(const struct doubles *d, const struct id *person)
{
	for (size_t i = 0; i < d->count; i++)
		if (id_same(&d->ids[i], person))
			return true;
	return false;
}

/* Whether `other` says of `person` what she says of it. */
static bool says_so_too(const struct preview *p, const struct id *other, const struct id *person)
{
	struct id same[DOUBLES_MAX];
	size_t count = preview_same_as(p, other, same, DOUBLES_MAX);

	for (size_t i = 0; i < count && i < DOUBLES_MAX; i++)
		if (id_same(&same[i], person))
			return true;
	return false;
}

static void list_those_of(const struct preview *p, const struct id *person, struct doubles *out)
{
	struct id same[DOUBLES_MAX];
	size_t count = preview_same_as(p, person, same, DOUBLES_MAX);

	out->unsure |= count > DOUBLES_MAX;
	for (size_t i = 0; i < count && i < DOUBLES_MAX; i++) {
		out->unsure |= !says_so_too(p, &same[i], person);
		if (is_listed(out, &same[i]))
			continue;
		if (out->count == DOUBLES_MAX)
			out->unsure = true;
		else
			out->ids[out->count++] = same[i];
	}
}

void doubles_of(const struct preview *p, const struct id *person, struct doubles *out)
{
	*out = (struct doubles){ .ids = { *person }, .count = 1 };
	for (size_t i = 0; i < out->count; i++)
		list_those_of(p, &out->ids[i], out);
}

/* --- two persons for a decision ------------------------------------------------------ */

static bool has_grant(const struct state *s, const struct id *person)
{
	struct person p;

	return state_person(s, person, &p) && (p.approved_parts || p.paid_parts);
}

static bool touches_grant(const struct state *s, const struct preview *now, const struct id *person)
{
	struct doubles d;

	doubles_of(now, person, &d);
	for (size_t i = 0; i < d.count; i++)
		if (has_grant(s, &d.ids[i]))
			return true;
	return false;
}

bool reg_pair_takes_two(const struct state *s, const struct id *a, const struct id *b)
{
	struct preview *now;
	struct arena *arena;
	bool takes;

	/* Without memory nothing is shown; what is right, the rule says again. */
	if (call_arena(&arena, PREVIEW_MEMORY, NULL))
		return true;
	takes = preview_new(&now, arena, s) || touches_grant(s, now, a) || touches_grant(s, now, b);
	arena_free(arena);
	return takes;
}

/* --- for the rules ------------------------------------------------------------------- */

/* Those with whom one of her other records stands in a household, it among them. */
static size_t load_kin(const struct preview *p, const struct id *household, struct person *out)
{
	struct id ids[MEMBERS_MAX];
	size_t count, loaded = 0;

	if (id_is_none(household))
		return 0;
	count = preview_members(p, household, ids, MEMBERS_MAX);
	for (size_t i = 0; i < count && i < MEMBERS_MAX; i++)
		loaded += preview_person(p, &ids[i], &out[loaded]);
	return loaded;
}

enum err fill_doubles(struct question *q, const struct asking *a, struct fault *f)
{
	struct doubles d;
	struct person *doubles, *kin;

	doubles_of(a->preview, &q->fact->subject, &d);
	q->doubles_unsure = d.unsure;
	if (d.count == 1)
		return OK;
	doubles = arena_take_array(a->arena, d.count, sizeof(*doubles));
	kin = arena_take_array(a->arena, d.count * MEMBERS_MAX, sizeof(*kin));
	if (!doubles || !kin)
		return fault(f, ERR_MEMORY, "register.no-memory");
	q->doubles = doubles;
	q->double_kin = kin;
	for (size_t i = 1; i < d.count; i++) {
		struct person *one = &doubles[q->double_count];

		if (!preview_person(a->preview, &d.ids[i], one))
			continue;
		q->double_count++;
		q->double_kin_count +=
			load_kin(a->preview, &one->household, &kin[q->double_kin_count]);
	}
	return OK;
}
