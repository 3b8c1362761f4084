/*
 * find: looking for somebody by what is known of her, and for doubles of those who are
 * about to be registered.
 *
 * Whom to show is decided first, then the question is recorded, then the answer is
 * written: nobody is shown for a question that could not be recorded.  The readers' lock is
 * given back in between, so that whoever is erased meanwhile is written by nobody.
 */
#include "base/utf8.h"
#include "desk/sought.h"

/* What must speak for somebody to be shown, and to be shown as a likely double: a rare name
 * and a year are not enough where the father is another. */
#define SHOWN_BITS 3.0f
#define DOUBLE_BITS 10.0f

/* Of whom the answer tells. */
struct findings {
	const struct likely *found;
	size_t count;
	struct likely *expected; /* NULL: nobody was expected */
	bool enough;		 /* was asked that somebody may be shown */
};

/* --- written ------------------------------------------------------------------------------- */

/* What an officer compares her with who stands before him. */
static void write_side_by_side(struct view *v, const struct person *p)
{
	struct person_names n;

	if (policy_sees_names(v->roles) && state_names(v->s, &p->id, &n)) {
		view_text(v, "father", n.father.size ? n.father : n.father_latin);
		view_text(v, "grandfather",
			  n.grandfather.size ? n.grandfather : n.grandfather_latin);
	}
	if (view_sees(v, KIND_PERSON_REGISTERED, PERSON_REGISTERED_SEX))
		view_code(v, "sex", CODES_SEX, p->sex);
	if (view_sees(v, KIND_PERSON_REGISTERED, PERSON_REGISTERED_BIRTH_DATE)) {
		view_day(v, "born_from", p->born_from);
		view_day(v, "born_to", p->born_to);
	}
	if (view_sees(v, KIND_PERSON_REGISTERED, PERSON_REGISTERED_ORIGIN))
		view_area_of(v, "origin", p->origin);
}

static void write_found(struct view *v, const struct likely *l, bool with_bits)
{
	const struct id *household = &l->id;
	struct household h;
	struct person p;
	bool person = state_person(v->s, &l->id, &p);

	json_object_begin(v->w);
	view_id(v, "id", &l->id);
	view_text(v, "sort", person ? TEXT("person") : TEXT("household"));
	if (person) {
		view_text(v, "name", view_person_name(v, &l->id));
		household = &p.household;
	}
	if (state_household(v->s, household, &h))
		view_text(v, "case_number", view_case_number(v, &h));
	if (person && p.member)
		view_int(v, "member", p.member);
	if (person)
		write_side_by_side(v, &p);
	sought_write_reasons(v, l, with_bits ? REASONS_WITH_BITS : REASONS_OF_SEARCH);
	json_object_end(v->w);
}

static void write_list(struct view *v, const struct likely *found, size_t count, bool with_bits)
{
	json_key(v->w, "found");
	json_array_begin(v->w);
	for (size_t i = 0; i < count; i++)
		if (state_sort_of(v->s, &found[i].id))
			write_found(v, &found[i], with_bits);
	json_array_end(v->w);
}

/* --- one number ------------------------------------------------------------------------------ */

/* Letters, a dash and digits: "PES-26-00012". */
static bool looks_like_case(struct text t)
{
	size_t letters = 0;

	while (letters < t.size && ((t.at[letters] | 32) >= 'a' && (t.at[letters] | 32) <= 'z'))
		letters++;
	return letters >= 2 && letters + 3 < t.size && t.at[letters] == '-' &&
	       t.at[letters + 1] >= '0' && t.at[letters + 1] <= '9';
}

/* "PES-26-00012-K/2", as a slip says it; anything else with a stroke is a paper's number. */
static size_t find_member(struct view *v, struct text query, struct id out[FIND_MAX])
{
	struct fault nobody = { 0 };

	if (!looks_like_case(query) || !memchr(query.at, '/', query.size))
		return 0;
	return reg_resolve(v->d->reg, v->s, SUBJECT_PERSON, query, out, &nobody) ? 0 : 1;
}

static bool has_digit(struct text t)
{
	for (size_t i = 0; i < t.size; i++)
		if (t.at[i] >= '0' && t.at[i] <= '9')
			return true;
	return false;
}

/* Who has this very number: of a paper, of a case, of a list. */
static enum err find_by_number(struct view *v, struct text plain, const struct likely **out,
			       size_t *count)
{
	struct id found[FIND_MAX];
	struct likely *likely;

	*count = has_digit(plain) ? state_of_number(v->s, plain, found) : 0;
	if (!*count)
		*count = find_member(v, plain, found);
	if (!*count)
		return OK;
	likely = arena_take_array(v->d->arena, *count, sizeof(*likely));
	if (!likely)
		return fault(&v->d->fault, ERR_MEMORY, "memory.none");
	for (size_t i = 0; i < *count; i++)
		likely[i] = (struct likely){
			.id = found[i],
			.bits = 1,
			.evidence = { { EVIDENCE_NUMBER_SAME, plain, 0 } },
			.count = 1,
		};
	*out = likely;
	return OK;
}

/* --- a question ------------------------------------------------------------------------------ */

/* Her whom the officer expected: what spoke for and against her. */
static enum err weigh_expected(struct view *v, const struct desk_search *q, const struct sought *s,
			       struct findings *out)
{
	struct desk *d = v->d;
	struct id person;
	enum err e;

	if (!q->expected.size)
		return OK;
	if ((e = reg_resolve(d->reg, v->s, SUBJECT_PERSON, q->expected, &person, &d->fault)))
		return e;
	out->expected = arena_take(d->arena, sizeof(*out->expected));
	if (!out->expected)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	return sought_weigh(v, s, &person, out->expected);
}

static enum err look(struct view *v, const struct desk_search *q, struct text plain,
		     struct text folded, struct findings *out)
{
	struct sought s;
	enum err e;

	*out = (struct findings){ 0 };
	if ((e = sought_read(v->d, folded, v->today, &s)) ||
	    (e = find_by_number(v, plain, &out->found, &out->count)))
		return e;
	out->enough = out->count || sought_is_enough(&s);
	if (!out->enough)
		return OK;
	if (!out->count && (e = sought_find(v, &s, SHOWN_BITS, &out->found, &out->count)))
		return e;
	return weigh_expected(v, q, &s, out);
}

/* A case number with a slip of the pen is worth more than "nobody". */
static void write_advice(struct view *v, struct text plain, const struct findings *x)
{
	struct fault f = { 0 };

	if (looks_like_case(plain) && case_number_check(plain, &f))
		view_text(v, "advice", say_fault(v->d->arena, v->d->words, &f));
	else
		view_said(v, "advice", x->enough ? "desk.nobody-found" : "desk.more-is-needed");
}

static void write_findings(struct view *v, const struct desk_search *q, struct text plain,
			   const struct findings *x)
{
	json_object_begin(v->w);
	write_list(v, x->found, x->count, q->bits);
	if (x->expected && state_sort_of(v->s, &x->expected->id)) {
		json_key(v->w, "expected");
		write_found(v, x->expected, q->bits);
	}
	view_flag(v, "enough", x->enough);
	if (!x->count)
		write_advice(v, plain, x);
	json_object_end(v->w);
}

enum err desk_find(struct desk *d, const struct desk_search *q, struct json_writer *w)
{
	struct reg_search search = { .purpose = q->purpose };
	struct findings x;
	struct text plain;
	struct view v;
	enum err e;

	if ((e = view_plain(d, q->words, &plain)))
		return e;
	search.words = text_fold(d->arena, plain);
	if (!search.words.at)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	if ((e = view_begin(&v, d, DEED_FIND, w)))
		return e;
	if ((e = view_end(&v, look(&v, q, plain, search.words, &x))))
		return e;
	search.shown = (uint32_t)(x.count + (x.expected != NULL));
	if (x.enough && (e = reg_searched(d->reg, &d->session, &search, &d->fault)))
		return e;
	if ((e = view_begin(&v, d, DEED_FIND, w)))
		return e;
	write_findings(&v, q, plain, &x);
	return view_end(&v, OK);
}

/* --- doubles of who is about to be registered -------------------------------------------------- */

struct doubles {
	const struct likely *found;
	size_t count;
};

static struct text folded(struct desk *d, struct text t)
{
	return text_fold(d->arena, t);
}

static enum err read_draft(struct desk *d, const struct desk_draft *drafts, size_t count, size_t at,
			   struct sought *out)
{
	const struct desk_draft *draft = &drafts[at];
	struct fault unknown = { 0 };
	struct text rest;

	*out = (struct sought){ .year = draft->year, .sex = draft->sex, .about = draft->about };
	out->names = folded(d, draft->name);
	out->number = folded(d, draft->number);
	if (!out->names.at || !out->number.at)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	for (rest = out->names; rest.size; rest.at++, rest.size--)
		out->name_words +=
			rest.at[0] != ' ' && (rest.at == out->names.at || rest.at[-1] == ' ');
	if (draft->origin.size && !atlas_area(d->atlas, draft->origin, &out->areas[0], &unknown))
		out->area_count = 1;
	for (size_t i = 0; i < count && out->relative_count < SOUGHT_RELATIVES_MAX; i++)
		if (i != at && drafts[i].name.size)
			out->relatives[out->relative_count++] = folded(d, drafts[i].name);
	return OK;
}

static enum err look_for_doubles(struct view *v, const struct desk_draft *drafts, size_t count,
				 struct doubles *out, uint32_t *shown)
{
	enum err e = OK;

	*shown = 0;
	for (size_t i = 0; !e && i < count; i++) {
		struct sought s;

		if ((e = read_draft(v->d, drafts, count, i, &s)))
			return e;
		if (s.names.size && sought_is_enough(&s))
			e = sought_find(v, &s, DOUBLE_BITS, &out[i].found, &out[i].count);
		*shown += (uint32_t)out[i].count;
	}
	return e;
}

enum err desk_doubles(struct desk *d, const struct desk_draft *drafts, size_t count,
		      struct json_writer *w)
{
	struct doubles *found = arena_take_array(d->arena, count + 1, sizeof(*found));
	struct reg_search search = { .purpose = OPENING_REGISTRATION };
	struct view v;
	enum err e;

	if (!found)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	if ((e = view_begin(&v, d, DEED_RECORD_PERSON_REGISTERED, w)))
		return e;
	if ((e = view_end(&v, look_for_doubles(&v, drafts, count, found, &search.shown))))
		return e;
	if (count)
		search.words = folded(d, drafts[0].name);
	if (search.shown && (e = reg_searched(d->reg, &d->session, &search, &d->fault)))
		return e;
	if ((e = view_begin(&v, d, DEED_RECORD_PERSON_REGISTERED, w)))
		return e;
	json_object_begin(w);
	json_key(w, "people");
	json_array_begin(w);
	for (size_t i = 0; i < count; i++) {
		if (!found[i].count)
			continue;
		json_object_begin(w);
		view_int(&v, "at", (int64_t)i);
		write_list(&v, found[i].found, found[i].count, false);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
	return view_end(&v, OK);
}
