/*
 * A preview is a few foldings laid over the state.  Each proposal is folded onto a
 * copy of its subject's row just as if it knew everything before it, which is how it
 * will be recorded.  An annulment changes nothing here: what it leaves out is seen
 * once it is recorded.
 */
#include "state/inside.h"

struct layer {
	struct layer *next;
	struct folding row;
};

struct preview {
	const struct state *s;
	struct arena *a;
	struct layer *first, **last;
};

enum err preview_new(struct preview **out, struct arena *a, const struct state *s)
{
	struct preview *p = arena_take(a, sizeof(*p));

	if (!p)
		return ERR_MEMORY;
	*p = (struct preview){ .s = s, .a = a };
	p->last = &p->first;
	*out = p;
	return OK;
}

static const struct id *id_of(const struct folding *row)
{
	/* Every member of the union begins with its id. */
	return &row->person.id;
}

static struct folding *over(const struct preview *p, const struct id *id)
{
	for (struct layer *l = p->first; l; l = l->next)
		if (id_same(id_of(&l->row), id))
			return &l->row;
	return NULL;
}

static struct folding *lay_over(struct preview *p, const struct id *id, enum subject_sort sort)
{
	struct layer *l = arena_take(p->a, sizeof(*l));
	uint32_t number = subjects_find(&p->s->subjects, id);
	const struct subject *subject = subject_at(&p->s->subjects, number);

	if (!l)
		return NULL;
	folding_init(&l->row, sort, id, p->a);
	if (number && subject->sort == sort)
		row_load(p->s, subject, &l->row);
	*p->last = l;
	p->last = &l->next;
	return &l->row;
}

enum err preview_take(struct preview *p, const struct fact *proposed, struct fault *f)
{
	struct folding *row = over(p, &proposed->subject);

	if (!row)
		row = lay_over(p, &proposed->subject, proposed->kind->subject);
	if (!row)
		return no_memory(f);
	if (row->sort == SUBJECT_PERSON && fold_flags(proposed->kind->kind) & FOLD_JUDGED)
		row->person.broken |= fold_judge(&row->person, proposed);
	if (row->sort == SUBJECT_PERSON)
		count_fact(&row->person, proposed);
	fold_step(row, proposed);
	fold_derive(row);
	return row->standing.failed ? no_memory(f) : OK;
}

enum subject_sort preview_sort_of(const struct preview *p, const struct id *id)
{
	enum subject_sort sort = state_sort_of(p->s, id);
	const struct folding *row = over(p, id);

	return sort || !row ? sort : row->sort;
}

#define PREVIEW_READ(thing, SORT)                                                                  \
	bool preview_##thing(const struct preview *p, const struct id *id, struct thing *out)      \
	{                                                                                          \
		const struct folding *row = over(p, id);                                           \
                                                                                                   \
		if (!row || row->sort != (SORT))                                                   \
			return state_##thing(p->s, id, out);                                       \
		*out = row->thing;                                                                 \
		return true;                                                                       \
	}
PREVIEW_READ(person, SUBJECT_PERSON)
PREVIEW_READ(household, SUBJECT_HOUSEHOLD)
PREVIEW_READ(movement, SUBJECT_MOVEMENT)
PREVIEW_READ(account, SUBJECT_ACCOUNT)
PREVIEW_READ(tariff, SUBJECT_TARIFF)

size_t preview_same_as(const struct preview *p, const struct id *person, struct id *out, size_t max)
{
	const struct folding *row = over(p, person);

	if (!row || row->sort != SUBJECT_PERSON)
		return state_same_as(p->s, person, out, max);
	return same_as_in(&row->standing, out, max);
}

/* --- who belongs to what ------------------------------------------------------ */

typedef size_t those_of(const struct state *s, const struct id *what, struct id *out, size_t max);
typedef const struct id *belongs_to(const struct person *p);

static const struct id *household_of(const struct person *p)
{
	return &p->household;
}

static const struct id *movement_of(const struct person *p)
{
	return &p->movement;
}

static void put(struct id *out, size_t max, size_t *count, const struct id *id)
{
	if (*count < max)
		out[*count] = *id;
	++*count;
}

/* Those of the state who still belong, and those whom the proposals bring. */
static size_t those(const struct preview *p, const struct id *what, those_of *of, belongs_to *to,
		    struct id *out, size_t max)
{
	size_t before = of(p->s, what, NULL, 0), count = 0;
	struct id *ids = arena_take_array(p->a, before + 1, sizeof(*ids));

	if (!ids)
		return 0;
	of(p->s, what, ids, before);
	for (size_t i = 0; i < before; i++) {
		const struct folding *row = over(p, &ids[i]);

		if (!row || id_same(to(&row->person), what))
			put(out, max, &count, &ids[i]);
	}
	for (const struct layer *l = p->first; l; l = l->next) {
		bool known = l->row.sort != SUBJECT_PERSON || !id_same(to(&l->row.person), what);

		for (size_t i = 0; !known && i < before; i++)
			known = id_same(&ids[i], id_of(&l->row));
		if (!known)
			put(out, max, &count, id_of(&l->row));
	}
	return count;
}

size_t preview_members(const struct preview *p, const struct id *household, struct id *out,
		       size_t max)
{
	return those(p, household, state_members, household_of, out, max);
}

size_t preview_seated(const struct preview *p, const struct id *movement, struct id *out,
		      size_t max)
{
	struct movement m;

	if (preview_movement(p, movement, &m) && m.cancelled)
		return 0;
	return those(p, movement, state_seated, movement_of, out, max);
}
