/*
 * question: all that a rule may look at, put together from the state.
 *
 * What is not known is left out (NULL, 0), and the rules take that for the less
 * certain case.
 */
#include "register/inside.h"

bool kind_is_guarded(enum kind k)
{
	for (int r = 1; r <= RULES_COUNT; r++)
		if (rule_guards((enum rule)r, k))
			return true;
	return false;
}

/* Places in the list of today where the list of then says what became of it. */
static const struct area *area_now(const struct atlas *a, struct text key)
{
	const struct area *area = atlas_area_of_key(a, key);

	return area && area->today ? area->today : area;
}

static bool area_within(void *self, struct text inner, struct text outer)
{
	const struct asking *a = self;
	const struct area *part = area_now(a->reg->atlas, inner);
	const struct area *whole = area_now(a->reg->atlas, outer);

	return part && whole && area_contains(whole, part);
}

/* A value of the fact, where it is of that kind and given. */
static const struct value *value_of(const struct fact *fact, enum kind kind, enum field_slot slot)
{
	const struct value *v = &fact->values[slot];

	return fact->kind->kind == kind && v->given ? v : NULL;
}

static const struct id *id_of(const struct fact *fact, enum kind kind, enum field_slot slot)
{
	const struct value *v = value_of(fact, kind, slot);

	return v ? v->id : NULL;
}

/* --- the family ----------------------------------------------------------------- */

static enum err fill_members(struct question *q, const struct asking *a, struct fault *f)
{
	struct id ids[MEMBERS_MAX];
	struct person *members = arena_take_array(a->arena, MEMBERS_MAX, sizeof(*members));
	size_t count;

	if (!members)
		return fault(f, ERR_MEMORY, "register.no-memory");
	q->members = members;
	if (id_is_none(&q->person->household))
		return OK;
	count = preview_members(a->preview, &q->person->household, ids, MEMBERS_MAX);
	for (size_t i = 0; i < count && i < MEMBERS_MAX; i++)
		if (preview_person(a->preview, &ids[i], &members[q->member_count]))
			q->member_count++;
	return OK;
}

static enum err fill_guardian(struct question *q, const struct asking *a, struct fault *f)
{
	struct person *guardian;

	if (id_is_none(&q->person->guardian))
		return OK;
	guardian = arena_take(a->arena, sizeof(*guardian));
	if (!guardian)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if (preview_person(a->preview, &q->person->guardian, guardian))
		q->guardian = guardian;
	return OK;
}

/* --- the movement, the tariff, the officers ------------------------------------- */

static enum err fill_movement(struct question *q, const struct asking *a, struct fault *f)
{
	const struct id *id = id_of(q->fact, KIND_SEAT_ASSIGNED, SEAT_ASSIGNED_MOVEMENT);
	struct movement *m;

	if (!id)
		id = id_of(q->fact, KIND_DEPARTURE_RECORDED, DEPARTURE_RECORDED_MOVEMENT);
	if (!id)
		id = &q->person->movement;
	if (id_is_none(id))
		return OK;
	m = arena_take(a->arena, sizeof(*m));
	if (!m)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if (!preview_movement(a->preview, id, m))
		return OK;
	q->movement = m;
	q->seats_taken = preview_seated(a->preview, id, NULL, 0);
	return OK;
}

static enum err fill_tariff(struct question *q, const struct asking *a, struct fault *f)
{
	const struct id *id = id_of(q->fact, KIND_GRANT_APPROVED, GRANT_APPROVED_TARIFF);
	struct tariff *t;

	if (!id)
		id = id_of(q->fact, KIND_GRANT_PAID, GRANT_PAID_TARIFF);
	if (!id)
		return OK;
	t = arena_take(a->arena, sizeof(*t));
	if (!t)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if (preview_tariff(a->preview, id, t))
		q->tariff = t;
	return OK;
}

static enum err fill_account(const struct account **out, const struct asking *a,
			     const struct id *id, struct fault *f)
{
	struct account *account;

	if (!id)
		return OK;
	account = arena_take(a->arena, sizeof(*account));
	if (!account)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if (preview_account(a->preview, id, account))
		*out = account;
	return OK;
}

/* --- her other records ------------------------------------------------------------ */

/* A field of another subject, and the kind that has it. */
struct field_place {
	enum kind kind;
	enum field_slot slot;
};

static const struct id *first_of(const struct fact *fact, const struct field_place *places,
				 size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (places[i].kind == fact->kind->kind)
			return id_of(fact, places[i].kind, places[i].slot);
	return NULL;
}

const struct id *other_of_pair(const struct fact *fact)
{
	static const struct field_place places[] = {
		{ KIND_PERSON_SAME_AS, PERSON_SAME_AS_OTHER },
		{ KIND_PERSON_NOT_SAME_AS, PERSON_NOT_SAME_AS_OTHER },
		{ KIND_PERSON_MAYBE_SAME_AS, PERSON_MAYBE_SAME_AS_OTHER },
	};

	return first_of(fact, places, COUNT_OF(places));
}

static enum err fill_pair(struct question *q, const struct asking *a, struct fault *f)
{
	const struct id *id = other_of_pair(q->fact);
	enum kind k = q->fact->kind->kind;
	struct person *other;

	if (!id)
		return k == KIND_GRANT_APPROVED || k == KIND_GRANT_PAID ? fill_doubles(q, a, f)
									: OK;
	other = arena_take(a->arena, sizeof(*other));
	if (!other)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if (preview_person(a->preview, id, other))
		q->other = other;
	return fill_doubles(q, a, f);
}

/* Whoever agrees, where the kind has a place for her. */
static const struct id *second_of(const struct fact *fact)
{
	static const struct field_place places[] = {
		{ KIND_FACT_ANNULLED, FACT_ANNULLED_SECOND },
		{ KIND_PERSON_SAME_AS, PERSON_SAME_AS_SECOND },
		{ KIND_PERSON_NOT_SAME_AS, PERSON_NOT_SAME_AS_SECOND },
	};

	return first_of(fact, places, COUNT_OF(places));
}

/* --- advisories ----------------------------------------------------------------- */

#define ADVISORIES_MAX 256

struct looking {
	struct question *q;
	struct advisory *found;
};

static bool is_about(const struct question *q, const struct advisory *adv)
{
	/* A child goes where its guardian goes. */
	bool follows = q->guardian && person_is_child(q->person, q->today);
	const struct person *p = follows ? q->guardian : q->person;
	struct text to = p->choice_destination.size ? p->choice_destination : p->destination;
	const struct value *choice = value_of(q->fact, KIND_CHOICE_MADE, CHOICE_MADE_DESTINATION);

	if (choice)
		to = choice->text;
	if (adv->crossing.size && q->movement && text_same(adv->crossing, q->movement->crossing))
		return true;
	if (!adv->area.size)
		return false;
	/* Nobody knows where she goes: then it may be there. */
	return !to.size || q->area_within(q->areas, to, adv->area);
}

static bool note_advisory(void *self, const struct advisory *adv)
{
	struct looking *x = self;

	if (adv->in_force && is_about(x->q, adv))
		x->found[x->q->advisory_count++] = *adv;
	return x->q->advisory_count < ADVISORIES_MAX;
}

static enum err fill_advisories(struct question *q, const struct asking *a, struct fault *f)
{
	struct looking x = { .q = q };

	x.found = arena_take_array(a->arena, ADVISORIES_MAX, sizeof(*x.found));
	if (!x.found)
		return fault(f, ERR_MEMORY, "register.no-memory");
	q->advisories = x.found;
	state_each_advisory(a->state, note_advisory, &x);
	return OK;
}

enum err question_make(struct question *out, const struct asking *a, const struct fact *fact,
		       const struct fact *named, struct fault *f)
{
	struct person *person = arena_take(a->arena, sizeof(*person));
	struct terms *terms = arena_take(a->arena, sizeof(*terms));
	enum err e;

	if (!person || !terms)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if (!preview_person(a->preview, &fact->subject, person))
		*person = (struct person){ .id = fact->subject };
	*terms = state_terms(a->state);
	*out = (struct question){
		.fact = fact,
		.person = person,
		.terms = terms,
		.now = a->now.seconds,
		.time_counts = !a->now.jumped,
		.today = site_day(a->reg, a->now.seconds),
		.named = named,
		.area_within = area_within,
		.areas = (void *)(uintptr_t)a,
	};
	if ((e = fill_members(out, a, f)) || (e = fill_guardian(out, a, f)) ||
	    (e = fill_movement(out, a, f)) || (e = fill_tariff(out, a, f)) ||
	    (e = fill_account(&out->actor, a, &fact->actor, f)) ||
	    (e = fill_account(&out->second, a, second_of(fact), f)) || (e = fill_pair(out, a, f)))
		return e;
	return fill_advisories(out, a, f);
}
