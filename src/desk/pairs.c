/*
 * pairs: records that may be one person, to be decided one by one.
 *
 * The list says which records and how much speaks for it; whose they are stands in the
 * files, and to open a pair is to open both.  What is weighed is what is weighed when
 * somebody is looked for: the later record is the question, the earlier one the answer.
 *
 * Those who may decide of pairs see all that is weighed (policy/fields.def), so that the
 * list, which is one for all of them, tells nobody what is hidden.
 */
#include "base/utf8.h"
#include "desk/sought.h"

/* How much must speak for two records to be a pair of this strength, in bits; what that
 * finds is in docs/MATCHING.md.  0: they are none. */
static const struct {
	const char *word;
	float bits_least;
} strengths[] = {
	[1] = { "weak", 18 },
	[2] = { "fair", 22 },
	[3] = { "strong", 28 },
};
#define PAIR_BITS (strengths[1].bits_least)
/* What all relatives together count. */
#define RELATIVES_MOST 10.0f
/* Of people at a time: who records waits no longer than for these. */
#define PEOPLE_AT_ONCE 4
#define WEIGHING_MEMORY ((size_t)4 << 20)

static unsigned strength_of(float bits)
{
	unsigned strength = COUNT_OF(strengths) - 1;

	while (strength && bits < strengths[strength].bits_least)
		strength--;
	return strength;
}

/* Whoever opens two records that little speaks for is told that it is little. */
static struct text strength_word(unsigned strength)
{
	return text_of(strengths[strength ? strength : 1].word);
}

/* --- a record as a question ---------------------------------------------------------------- */

static struct text joined(struct view *v, struct text all, struct text next)
{
	if (!all.size || !next.size)
		return all.size ? all : next;
	return arena_print(v->d->arena, "%.*s %.*s", SHOWN(all), SHOWN(next));
}

static struct text known(struct text own, struct text latin)
{
	return own.size ? own : latin;
}

/* All that she is called, folded. */
static struct text names_of(struct view *v, const struct id *person)
{
	struct person_names n;
	struct text all;

	if (!state_names(v->s, person, &n))
		return (struct text){ 0 };
	all = joined(v, known(n.given, n.given_latin), known(n.father, n.father_latin));
	all = joined(v, all, known(n.grandfather, n.grandfather_latin));
	all = joined(v, all, known(n.family, n.family_latin));
	return text_fold(v->d->arena, all);
}

/* A paper that both have, else her first one. */
static struct text number_of(struct view *v, const struct id *person, const struct id *other)
{
	struct person_names hers, theirs;

	if (!state_names(v->s, person, &hers) || !state_names(v->s, other, &theirs))
		return (struct text){ 0 };
	for (size_t i = 0; i < hers.document_count; i++)
		for (size_t k = 0; k < theirs.document_count; k++)
			if (text_same(hers.documents[i].digits, theirs.documents[k].digits))
				return hers.documents[i].digits;
	return hers.document_count ? hers.documents[0].digits : (struct text){ 0 };
}

static void ask_birth(const struct person *p, struct sought *out)
{
	int from, to;

	if (p->born_from == DAY_NONE || p->born_to == DAY_NONE)
		return;
	from = date_of(GREGORIAN, p->born_from).year;
	to = date_of(GREGORIAN, p->born_to).year;
	out->year = (from + to) / 2;
	out->about = to > from;
}

static void ask_relatives(struct view *v, const struct id *person, struct sought *out)
{
	struct id members[MEMBERS_MAX];
	struct person p;
	size_t count;

	if (!state_person(v->s, person, &p))
		return;
	count = state_members(v->s, &p.household, members, MEMBERS_MAX);
	for (size_t i = 0; i < count && i < MEMBERS_MAX; i++)
		if (!id_same(&members[i], person) && out->relative_count < SOUGHT_RELATIVES_MAX)
			out->relatives[out->relative_count++] = names_of(v, &members[i]);
}

/* Without her household. */
static bool ask(struct view *v, const struct id *person, const struct id *other, struct sought *out)
{
	const struct area *origin;
	struct person p;

	*out = (struct sought){ 0 };
	if (!state_person(v->s, person, &p))
		return false;
	origin = p.origin.size ? atlas_area_of_key(v->d->atlas, p.origin) : NULL;
	out->names = names_of(v, person);
	out->number = number_of(v, person, other);
	out->sex = p.sex;
	ask_birth(&p, out);
	if (origin)
		out->areas[out->area_count++] = origin->today ? origin->today : origin;
	return out->names.size > 0;
}

/* --- what speaks for it ---------------------------------------------------------------------- */

/* That others of the two households are called alike: how many, and not who. */
static void sum_relatives(struct view *v, struct likely *l)
{
	size_t kept = 0, alike = 0;
	float bits = 0;

	for (size_t i = 0; i < l->count; i++) {
		const struct evidence *e = &l->evidence[i];

		if (e->sort == EVIDENCE_RELATIVE || e->sort == EVIDENCE_RELATIVE_OTHER) {
			alike += e->sort == EVIDENCE_RELATIVE;
			bits += e->bits;
		} else {
			l->evidence[kept++] = *e;
		}
	}
	l->count = kept;
	if (alike)
		l->evidence[l->count++] = (struct evidence){
			EVIDENCE_RELATIVES,
			arena_print(v->d->arena, "%zu", alike),
			bits,
		};
}

/* Of what all relatives say this is told by them together, at most. */
static void cap_relatives(struct likely *l)
{
	float bits = 0;

	for (size_t i = 0; i < l->count; i++)
		if (l->evidence[i].sort == EVIDENCE_RELATIVE ||
		    l->evidence[i].sort == EVIDENCE_RELATIVE_OTHER)
			bits += l->evidence[i].bits;
	if (bits > RELATIVES_MOST)
		l->bits -= bits - RELATIVES_MOST;
}

/* `earlier` as an answer to `later`, by what the two files say of the two alone. */
static float alone(struct view *v, const struct id *earlier, const struct id *later)
{
	struct likely l;
	struct sought s;

	if (!ask(v, later, earlier, &s))
		return 0;
	return sought_weigh(v, &s, earlier, &l) ? 0 : l.bits;
}

/* Whether `person` fits another of the household of `of` better than it: each is one of
 * them at most, and brothers are not each other. */
static bool fits_another(struct view *v, const struct id *person, const struct id *of, float bits)
{
	struct id members[MEMBERS_MAX];
	struct person p;
	size_t count;

	if (!state_person(v->s, of, &p))
		return false;
	count = state_members(v->s, &p.household, members, MEMBERS_MAX);
	for (size_t i = 0; i < count && i < MEMBERS_MAX; i++)
		if (!id_same(&members[i], of) && alone(v, &members[i], person) > bits)
			return true;
	return false;
}

/* Whether anything of her given name is among all that the other is called: who shares a
 * father, a district and a year, and not the name, is a brother. */
static bool is_called_so(struct view *v, const struct id *person, const struct id *other)
{
	struct match_reason reasons[MATCH_REASONS_MAX];
	struct person_names n;
	struct text given;
	size_t count;
	float bits;

	if (!state_names(v->s, person, &n))
		return false;
	given = text_fold(v->d->arena, known(n.given, n.given_latin));
	count = given.size ? reg_named_why(v->d->reg, given, other, reasons, &bits) : 0;
	for (size_t i = 0; i < count; i++)
		if (reasons[i].sort == MATCH_SAME || reasons[i].sort == MATCH_SPELLED ||
		    reasons[i].sort == MATCH_JOINED)
			return true;
	return false;
}

/* The same with their households. */
static enum err compare(struct view *v, const struct id *earlier, const struct id *later,
			struct likely *out)
{
	struct sought s;
	enum err e;

	*out = (struct likely){ .id = *earlier };
	if (!ask(v, later, earlier, &s))
		return OK;
	ask_relatives(v, later, &s);
	if (!(e = sought_weigh(v, &s, earlier, out)))
		cap_relatives(out);
	return e;
}

/* --- the list -------------------------------------------------------------------------------- */

/* The arena of one comparison, since there are thousands. */
struct weighing {
	struct view view;
	struct desk desk;
};

/* What costs least is asked first: of most it is the last question. */
static unsigned weigh_pair(struct view *v, const struct id *earlier, const struct id *later)
{
	float bits = alone(v, earlier, later);
	struct likely l;

	if (bits < PAIR_BITS - RELATIVES_MOST || !is_called_so(v, later, earlier) ||
	    !is_called_so(v, earlier, later) || compare(v, earlier, later, &l) ||
	    l.bits < PAIR_BITS || fits_another(v, later, earlier, bits) ||
	    fits_another(v, earlier, later, bits))
		return 0;
	return strength_of(l.bits);
}

static unsigned weigh(void *self, const struct id *earlier, const struct id *later)
{
	struct weighing *x = self;
	unsigned strength = weigh_pair(&x->view, earlier, later);

	arena_reset(x->desk.arena);
	return strength;
}

static enum err look_on(struct desk *d, uint32_t people, const struct reg_progress *progress,
			struct reg_looked *out)
{
	struct weighing x = { .desk = *d };
	struct reg_scales scales = { weigh, &x };
	enum err e = OK;

	*out = (struct reg_looked){ .more = true };
	if (arena_new(&x.desk.arena, WEIGHING_MEMORY))
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	while (people && out->more) {
		uint32_t count = people < PEOPLE_AT_ONCE ? people : PEOPLE_AT_ONCE;

		/* For all who may ask: they see the same. */
		x.view = (struct view){ .d = &x.desk, .roles = deed_roles(DEED_PAIRS) };
		if ((e = reg_work_begin(d->reg, &x.view.s, &d->fault)))
			break;
		*out = reg_pairs_look(d->reg, &scales, count);
		reg_read_end(d->reg);
		people -= count;
		if (progress)
			progress->told(progress->self, out->at, out->people);
	}
	arena_free(x.desk.arena);
	return e;
}

enum err desk_pairs_look(struct desk *d, uint32_t people, struct reg_looked *out)
{
	return look_on(d, people, NULL, out);
}

static void write_record(struct view *v, const char *key, const struct id *id)
{
	struct person p;

	json_key(v->w, key);
	json_object_begin(v->w);
	view_id(v, "id", id);
	if (state_person(v->s, id, &p))
		view_number_of(v, &p);
	json_object_end(v->w);
}

static void write_pairs(struct view *v, const struct reg_pairs *found)
{
	json_object_begin(v->w);
	json_key(v->w, "pairs");
	json_array_begin(v->w);
	for (size_t i = 0; i < found->count; i++) {
		const struct reg_pair *pair = &found->pairs[i];

		json_object_begin(v->w);
		write_record(v, "a", &pair->a);
		write_record(v, "b", &pair->b);
		view_text(v, "strength", strength_word(pair->strength));
		view_time(v, "since", pair->since);
		json_object_end(v->w);
	}
	json_array_end(v->w);
	view_int(v, "looked_at", (int64_t)found->looked.at);
	view_int(v, "people", (int64_t)found->looked.people);
	json_object_end(v->w);
}

/* Whoever may not see the list has nothing looked at for her. */
static enum err may_ask(struct desk *d, struct json_writer *w)
{
	struct view v;
	enum err e = view_begin(&v, d, DEED_PAIRS, w);

	return e ? e : view_end(&v, OK);
}

enum err desk_pairs(struct desk *d, uint32_t people, const struct reg_progress *progress,
		    struct json_writer *w)
{
	struct reg_pairs *found = arena_take(d->arena, sizeof(*found));
	struct reg_looked looked;
	struct view v;
	enum err e;

	if (!found)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	if ((e = may_ask(d, w)) || (e = look_on(d, people, progress, &looked)) ||
	    (e = view_begin(&v, d, DEED_PAIRS, w)))
		return e;
	reg_pairs(d->reg, found);
	write_pairs(&v, found);
	return view_end(&v, OK);
}

/* --- side by side ----------------------------------------------------------------------------- */

static void write_side(struct view *v, const char *key, const struct person *p)
{
	struct household h;

	json_key(v->w, key);
	json_object_begin(v->w);
	json_key(v->w, "person");
	view_person(v, p);
	view_id(v, "household", &p->household);
	if (state_household(v->s, &p->household, &h)) {
		view_text(v, "case_number", view_case_number(v, &h));
		if (view_sees(v, KIND_HOUSEHOLD_REGISTERED, HOUSEHOLD_REGISTERED_RESIDENCE))
			view_area_of(v, "residence", h.residence);
	}
	view_time(v, "registered", p->registered_at);
	json_object_end(v->w);
}

/* In the order in which they were registered. */
static bool load_both(struct view *v, const struct id *one, const struct id *other,
		      struct person out[2])
{
	struct person p, q;
	bool first;

	if (id_same(one, other) || !state_person(v->s, one, &p) || p.erased ||
	    !state_person(v->s, other, &q) || q.erased)
		return false;
	first = p.registered_at != q.registered_at ? p.registered_at < q.registered_at
						   : memcmp(one, other, ID_SIZE) < 0;
	out[0] = first ? p : q;
	out[1] = first ? q : p;
	return true;
}

static enum err write_pair(struct view *v, const struct id *one, const struct id *other)
{
	struct person p[2];
	struct likely l;
	enum err e;

	if (!load_both(v, one, other, p))
		return fault(&v->d->fault, ERR_NOT_FOUND, "desk.no-pair");
	if ((e = compare(v, &p[0].id, &p[1].id, &l)))
		return e;
	sum_relatives(v, &l);
	json_object_begin(v->w);
	write_side(v, "a", &p[0]);
	write_side(v, "b", &p[1]);
	sought_write_reasons(v, &l, REASONS_OF_PAIR);
	view_text(v, "strength", strength_word(strength_of(l.bits)));
	view_flag(v, "takes_two", reg_pair_takes_two(v->s, one, other));
	json_object_end(v->w);
	return OK;
}

enum err desk_pair(struct desk *d, const struct id *one, const struct id *other,
		   struct json_writer *w)
{
	struct view v;
	enum err e = view_begin(&v, d, DEED_PAIRS, w);

	return e ? e : view_end(&v, write_pair(&v, one, other));
}
