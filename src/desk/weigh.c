/*
 * Weighing: whom to look at, and what speaks for each of them.
 *
 * Looked at are those whose names are like hers, the households of those whose names are
 * like her relatives', and who has her number; at most CANDIDATES_MAX, so that no question
 * takes longer for being vague.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "desk/sought.h"

#define CANDIDATES_MAX 160
#define RELATIVES_NAMED_MAX 20
/* What must speak for somebody of the household being the relative, and what it counts. */
#define RELATIVE_LEAST 2.0f
#define RELATIVE_MOST 10.0f
/* Of her own record, where a father may be meant. */
#define FATHER_LEAST 3.0f
/* Who is so many bits behind the best is not shown. */
#define BEHIND_MOST 14.0f
/* Years by which an age that is not known well is wrong, and a year that is. */
#define ABOUT_YEARS 5
#define SAID_YEARS 1
#define NUMBER_WHOLE 7

static const float worth[] = {
#define EVIDENCE(name, key, of_pair, bits) bits,
#include "desk/evidence.def"
};

/* --- evidence --------------------------------------------------------------------------- */

static void add(struct likely *l, enum evidence_sort sort, struct text said, float bits)
{
	if (l->count == EVIDENCE_MAX)
		return;
	l->evidence[l->count++] = (struct evidence){ sort, said, bits };
	l->bits += bits;
}

static void add_field(struct likely *l, enum evidence_sort sort, struct text said)
{
	add(l, sort, said, worth[sort]);
}

struct named {
	struct match_reason reasons[MATCH_REASONS_MAX];
	size_t count;
	float bits;
};

static void why(const struct view *v, struct text names, const struct id *person, struct named *out)
{
	out->count = reg_named_why(v->d->reg, names, person, out->reasons, &out->bits);
}

static void add_names(struct view *v, struct likely *l, const struct named *n)
{
	static const enum evidence_sort sorts[] = {
		[MATCH_SAME] = EVIDENCE_NAME_SAME,	 [MATCH_SPELLED] = EVIDENCE_NAME_SPELLED,
		[MATCH_JOINED] = EVIDENCE_NAME_JOINED,	 [MATCH_ORDER] = EVIDENCE_NAME_ORDER,
		[MATCH_MISSING] = EVIDENCE_NAME_MISSING, [MATCH_EXTRA] = EVIDENCE_NAME_EXTRA,
	};

	for (size_t i = 0; i < n->count; i++) {
		const struct match_reason *r = &n->reasons[i];

		add(l, sorts[r->sort], arena_copy_text(v->d->arena, text_of(r->asked)), r->bits);
	}
	/* Found by something else: that she is called otherwise speaks against her. */
	if (!n->count)
		add_field(l, EVIDENCE_NAME_OTHER, (struct text){ 0 });
}

static int year_of(int32_t day)
{
	return date_of(GREGORIAN, day).year;
}

static void weigh_year(struct view *v, const struct sought *s, const struct person *p,
		       struct likely *l)
{
	struct text said = arena_print(v->d->arena, "%d", s->year);
	int from, to, off, near = s->about ? ABOUT_YEARS : SAID_YEARS;

	if (!s->year || p->born_from == DAY_NONE || p->born_to == DAY_NONE ||
	    !view_sees(v, KIND_PERSON_REGISTERED, PERSON_REGISTERED_BIRTH_DATE))
		return;
	from = year_of(p->born_from);
	to = year_of(p->born_to);
	off = s->year < from ? from - s->year : s->year > to ? s->year - to : 0;
	if (!off && !s->about && to - from <= 1)
		add_field(l, EVIDENCE_YEAR_SAME, said);
	else
		add_field(l, off <= near ? EVIDENCE_YEAR_NEAR : EVIDENCE_YEAR_OTHER, said);
}

static bool lies_in(const struct view *v, const struct area *asked, struct text key)
{
	const struct area *hers = key.size ? atlas_area_of_key(v->d->atlas, key) : NULL;

	return hers && area_contains(asked, hers->today ? hers->today : hers);
}

static void weigh_areas(struct view *v, const struct sought *s, const struct person *p,
			struct likely *l)
{
	struct household h;
	bool housed = state_household(v->s, &p->household, &h);

	if (!s->area_count || !view_sees(v, KIND_PERSON_REGISTERED, PERSON_REGISTERED_ORIGIN) ||
	    !view_sees(v, KIND_PERSON_REGISTERED, PERSON_REGISTERED_DESTINATION) ||
	    !view_sees(v, KIND_HOUSEHOLD_REGISTERED, HOUSEHOLD_REGISTERED_RESIDENCE))
		return;
	for (size_t i = 0; i < s->area_count; i++) {
		const struct area *a = s->areas[i];

		if (lies_in(v, a, p->origin) || lies_in(v, a, p->destination) ||
		    (housed && lies_in(v, a, h.residence))) {
			add_field(l, EVIDENCE_AREA_SAME, view_name_in(v, &a->names));
			return;
		}
	}
	add_field(l, EVIDENCE_AREA_OTHER, view_name_in(v, &s->areas[0]->names));
}

/*
 * What speaks for each of a household being the relatives who were named: several of one
 * household are looked at, and each other member is asked for once.
 */
struct kin {
	struct id household;
	struct id members[MEMBERS_MAX];
	size_t count;
	float bits[SOUGHT_RELATIVES_MAX][MEMBERS_MAX];
};

static void load_kin(struct view *v, const struct sought *s, const struct id *household,
		     struct kin *out)
{
	struct named n;

	out->household = *household;
	out->count = state_members(v->s, household, out->members, MEMBERS_MAX);
	if (out->count > MEMBERS_MAX)
		out->count = MEMBERS_MAX;
	/* Name by name: one that is asked for again costs less than another one. */
	for (size_t r = 0; r < s->relative_count; r++)
		for (size_t i = 0; i < out->count; i++) {
			why(v, s->relatives[r], &out->members[i], &n);
			out->bits[r][i] = n.bits;
		}
}

/* The best of the household, or of her own record where it may be her father. */
static float relative_bits(const struct kin *kin, const struct person *p, size_t relative)
{
	float best = 0;

	for (size_t i = 0; i < kin->count; i++) {
		bool herself = id_same(&kin->members[i], &p->id);
		float bits = kin->bits[relative][i];

		if (bits > best && bits > (herself ? FATHER_LEAST : RELATIVE_LEAST))
			best = bits;
	}
	return best < RELATIVE_MOST ? best : RELATIVE_MOST;
}

static void weigh_relatives(const struct sought *s, const struct kin *kin, const struct person *p,
			    struct likely *l)
{
	for (size_t i = 0; i < s->relative_count; i++) {
		float bits = relative_bits(kin, p, i);

		if (bits > 0)
			add(l, EVIDENCE_RELATIVE, s->relatives[i], bits);
		else
			add_field(l, EVIDENCE_RELATIVE_OTHER, s->relatives[i]);
	}
}

static void weigh_sex(const struct sought *s, const struct person *p, struct likely *l)
{
	if (s->sex && p->sex)
		add_field(l, s->sex == p->sex ? EVIDENCE_SEX_SAME : EVIDENCE_SEX_OTHER,
			  (struct text){ 0 });
}

/* One sign is another, one is missing or too many, or two neighbours have changed places. */
static bool differ_by_one(struct text a, struct text b)
{
	size_t head = 0, tail = 0, left_a, left_b;

	if (a.size < b.size)
		return differ_by_one(b, a);
	while (head < b.size && a.at[head] == b.at[head])
		head++;
	while (tail < b.size - head && a.at[a.size - 1 - tail] == b.at[b.size - 1 - tail])
		tail++;
	left_a = a.size - head - tail;
	left_b = b.size - head - tail;
	if (left_a == 2 && left_b == 2)
		return a.at[head] == b.at[head + 1] && a.at[head + 1] == b.at[head];
	return left_a == 1 && left_b <= 1;
}

/* What her number says of one of her papers; EVIDENCE_SORTS: nothing. */
static enum evidence_sort number_evidence(struct text asked, struct text hers)
{
	if (text_same(asked, hers))
		return EVIDENCE_NUMBER_SAME;
	if (asked.size >= NUMBER_WHOLE && differ_by_one(asked, hers))
		return EVIDENCE_NUMBER_NEAR;
	if (hers.size > asked.size &&
	    (text_begins(hers, asked) ||
	     text_same((struct text){ hers.at + hers.size - asked.size, asked.size }, asked)))
		return EVIDENCE_NUMBER_PART;
	return EVIDENCE_SORTS;
}

static void weigh_number(struct view *v, const struct sought *s, const struct person_names *n,
			 struct likely *l)
{
	enum evidence_sort best = EVIDENCE_SORTS;

	if (!s->number.size || !view_sees(v, KIND_PERSON_REGISTERED, PERSON_REGISTERED_DOCUMENTS))
		return;
	for (size_t i = 0; i < n->document_count; i++) {
		enum evidence_sort one = number_evidence(s->number, n->documents[i].digits);

		if (one < best)
			best = one;
	}
	if (best != EVIDENCE_SORTS)
		add_field(l, best, s->number);
}

static void weigh_names(struct view *v, const struct sought *s, const struct person *p,
			struct likely *l)
{
	struct named fewer, more = { 0 };

	if (!s->names.size) {
		weigh_areas(v, s, p, l);
		return;
	}
	why(v, s->names, &p->id, &fewer);
	if (s->more_names.size)
		why(v, s->more_names, &p->id, &more);
	/* "Wardak" is a province, or her family's name: whichever says more. */
	if (more.bits > fewer.bits + worth[EVIDENCE_AREA_SAME]) {
		add_names(v, l, &more);
		return;
	}
	add_names(v, l, &fewer);
	weigh_areas(v, s, p, l);
}

/* All but what her relatives say. */
static enum err weigh_herself(struct view *v, const struct sought *s, const struct id *person,
			      struct person *p, struct likely *out)
{
	struct person_names names;

	*out = (struct likely){ .id = *person };
	if (!state_person(v->s, person, p) || p->erased || !state_names(v->s, person, &names))
		return fault(&v->d->fault, ERR_NOT_FOUND, "name.unknown", TEXT(""));
	weigh_names(v, s, p, out);
	weigh_year(v, s, p, out);
	weigh_sex(s, p, out);
	weigh_number(v, s, &names, out);
	return OK;
}

enum err sought_weigh(struct view *v, const struct sought *s, const struct id *person,
		      struct likely *out)
{
	struct kin *kin = NULL;
	struct person p;
	enum err e = weigh_herself(v, s, person, &p, out);

	if (e || !s->relative_count)
		return e;
	kin = arena_take(v->d->arena, sizeof(*kin));
	if (!kin)
		return fault(&v->d->fault, ERR_MEMORY, "memory.none");
	load_kin(v, s, &p.household, kin);
	weigh_relatives(s, kin, &p, out);
	return OK;
}

/* --- whom to look at ------------------------------------------------------------------------ */

struct finding {
	struct view *v;
	const struct sought *sought;
	struct id candidates[CANDIDATES_MAX];
	size_t candidate_count;
	const struct kin *kin[CANDIDATES_MAX]; /* of the households met so far */
	size_t kin_count;
	struct likely best[FIND_MAX];
	size_t best_count;
};

static void look_at(struct finding *x, const struct id *person)
{
	for (size_t i = 0; i < x->candidate_count; i++)
		if (id_same(&x->candidates[i], person))
			return;
	if (x->candidate_count < CANDIDATES_MAX)
		x->candidates[x->candidate_count++] = *person;
}

static void look_at_named(struct finding *x, struct text names)
{
	struct reg_named found[REG_NAMED_MAX];
	size_t count = names.size ? reg_named(x->v->d->reg, names, found, REG_NAMED_MAX) : 0;

	for (size_t i = 0; i < count; i++)
		look_at(x, &found[i].person);
}

static void look_at_household_of(struct finding *x, struct text relative)
{
	struct reg_named found[RELATIVES_NAMED_MAX];
	size_t count = reg_named(x->v->d->reg, relative, found, RELATIVES_NAMED_MAX);

	for (size_t i = 0; i < count; i++) {
		struct id members[MEMBERS_MAX];
		struct person p;
		size_t members_count;

		if (!state_person(x->v->s, &found[i].person, &p))
			continue;
		members_count = state_members(x->v->s, &p.household, members, MEMBERS_MAX);
		for (size_t m = 0; m < members_count && m < MEMBERS_MAX; m++)
			look_at(x, &members[m]);
	}
}

static void look_at_number(struct finding *x, struct text number)
{
	struct id found[FIND_MAX];
	size_t count = state_of_number(x->v->s, number, found);

	for (size_t i = 0; i < count; i++)
		if (state_sort_of(x->v->s, &found[i]) == SUBJECT_PERSON)
			look_at(x, &found[i]);
}

/*
 * A number with a slip in it: each that differs in one digit, or has two neighbours
 * changed, is looked up, some hundred and fifty for an identity card.  One that is missing
 * or too many is found among those whom her name brings.
 */
static void look_at_slips(struct finding *x, struct text number)
{
	char slip[64];

	if (number.size < NUMBER_WHOLE || number.size > sizeof(slip))
		return;
	memcpy(slip, number.at, number.size);
	for (size_t i = 0; i < number.size; i++) {
		for (char c = '0'; c <= '9' && number.at[i] <= '9'; c++) {
			slip[i] = c;
			if (c != number.at[i])
				look_at_number(x, (struct text){ slip, number.size });
		}
		slip[i] = number.at[i];
		if (i + 1 == number.size || number.at[i] == number.at[i + 1])
			continue;
		slip[i] = number.at[i + 1];
		slip[i + 1] = number.at[i];
		look_at_number(x, (struct text){ slip, number.size });
		memcpy(slip, number.at, number.size);
	}
}

static void look_at_all(struct finding *x)
{
	const struct sought *s = x->sought;

	if (s->number.size) {
		look_at_number(x, s->number);
		if (!x->candidate_count)
			look_at_slips(x, s->number);
	}
	look_at_named(x, s->names);
	look_at_named(x, s->more_names);
	for (size_t i = 0; i < s->relative_count; i++)
		look_at_household_of(x, s->relatives[i]);
}

static void keep_best(struct finding *x, const struct likely *l)
{
	size_t at = x->best_count;

	while (at > 0 && x->best[at - 1].bits < l->bits)
		at--;
	if (at == FIND_MAX)
		return;
	x->best_count += x->best_count < FIND_MAX;
	memmove(&x->best[at + 1], &x->best[at], (x->best_count - 1 - at) * sizeof(x->best[0]));
	x->best[at] = *l;
}

static const struct kin *kin_of(struct finding *x, const struct id *household)
{
	struct kin *kin;

	for (size_t i = 0; i < x->kin_count; i++)
		if (id_same(&x->kin[i]->household, household))
			return x->kin[i];
	kin = arena_take(x->v->d->arena, sizeof(*kin));
	if (kin) {
		load_kin(x->v, x->sought, household, kin);
		x->kin[x->kin_count++] = kin;
	}
	return kin;
}

/* false: she is not there any more, or there is no memory. */
static bool weigh_candidate(struct finding *x, const struct id *person, struct likely *out)
{
	const struct sought *s = x->sought;
	const struct kin *kin;
	struct person p;

	if (weigh_herself(x->v, s, person, &p, out))
		return false;
	if (!s->relative_count)
		return true;
	if (!(kin = kin_of(x, &p.household)))
		return false;
	weigh_relatives(s, kin, &p, out);
	return true;
}

enum err sought_find(struct view *v, const struct sought *s, float bits_least,
		     const struct likely **out, size_t *count)
{
	struct finding *x = arena_take(v->d->arena, sizeof(*x));

	*count = 0;
	if (!x)
		return fault(&v->d->fault, ERR_MEMORY, "memory.none");
	x->v = v;
	x->sought = s;
	look_at_all(x);
	for (size_t i = 0; i < x->candidate_count; i++) {
		struct likely l;

		if (weigh_candidate(x, &x->candidates[i], &l) && l.bits >= bits_least)
			keep_best(x, &l);
	}
	while (x->best_count && x->best[x->best_count - 1].bits < x->best[0].bits - BEHIND_MOST)
		x->best_count--;
	*out = x->best;
	*count = x->best_count;
	return OK;
}

/* --- in words -------------------------------------------------------------------------------- */

static struct text evidence_said(const struct view *v, const struct evidence *e, enum reasons how)
{
	static const struct {
		const char *sought, *of_pair;
	} keys[] = {
#define EVIDENCE(name, key, of_pair, bits) { key, of_pair },
#include "desk/evidence.def"
	};
	const char *key = how == REASONS_OF_PAIR ? keys[e->sort].of_pair : keys[e->sort].sought;

	return say(v->d->arena, v->d->words, key, e->said);
}

/* In tenths, so that the parts add up to the whole. */
static int64_t tenths(float bits)
{
	return (int64_t)(bits * 10 + (bits < 0 ? -0.5f : 0.5f));
}

void sought_write_reasons(struct view *v, const struct likely *l, enum reasons how)
{
	bool with_bits = how == REASONS_WITH_BITS;
	int64_t all = 0;

	json_key(v->w, "reasons");
	json_array_begin(v->w);
	for (size_t i = 0; i < l->count; i++) {
		const struct evidence *e = &l->evidence[i];

		/* A further name of hers says nothing to who did not ask for the sum. */
		if (e->sort == EVIDENCE_NAME_EXTRA && !with_bits)
			continue;
		json_object_begin(v->w);
		view_text(v, "said", evidence_said(v, e, how));
		view_flag(v, "speaks_for", e->bits > 0);
		if (with_bits)
			view_int(v, "bits_tenths", tenths(e->bits));
		json_object_end(v->w);
		all += tenths(e->bits);
	}
	json_array_end(v->w);
	if (with_bits)
		view_int(v, "bits_tenths", all);
}
