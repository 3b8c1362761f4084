/*
 * today: the centre's day, and what waits for those who protect.
 *
 * Of people a desk is shown only who comes to it today; no list here is by answer, by
 * group or by area, and none goes back before this morning.
 *
 * A token is what is called in the yard: the number of the household as it stands in its
 * case number, and her number in it, "12-2".  It is short, a number in every language,
 * the same all day and on her slip; it names nobody, and says nothing that whoever stands
 * in the yard does not see.  Who has no case number is called by her alias.
 */
#include <stdio.h>
#include <stdlib.h>

#include "desk/movements.h"
#include "desk/node.h"

/* Of a list of today; a centre that has more at one desk has another problem. */
#define EXPECTED_MAX 500
#define CASES_SHOWN_MAX 200
#define DAY_S 86400

/* --- tokens --------------------------------------------------------------------------- */

/* The counter of "PSH-26-00012-K", without its zeros; empty: not of this form. */
static struct text counter_of(struct text case_number)
{
	struct text rest = case_number;

	if (case_number_check(case_number, &(struct fault){ 0 }))
		return (struct text){ 0 };
	for (int dashes = 0; dashes < 2; rest = (struct text){ rest.at + 1, rest.size - 1 })
		dashes += rest.at[0] == '-';
	while (rest.size && rest.at[0] == '0')
		rest = (struct text){ rest.at + 1, rest.size - 1 };
	rest.size = (size_t)((const char *)memchr(rest.at, '-', rest.size) - rest.at);
	return rest;
}

static struct text token_of(struct arena *a, const struct person *p, const struct household *h)
{
	struct text counter = counter_of(h->case_number);
	char alias[ALIAS_SIZE];

	if (counter.size && p->member)
		return arena_print(a, "%.*s-%u", SHOWN(counter), (unsigned)p->member);
	alias_of(alias, &p->id);
	return arena_copy_text(a, text_of(alias));
}

/* --- who comes today ---------------------------------------------------------------------- */

struct queue {
	struct waiting {
		struct id person;
		int64_t at;	    /* by which they are ordered, and which is shown */
		bool only_assessed; /* of a case: nothing but an assessment is due */
	} * people;
	size_t count;
};

struct day {
	struct view *v;
	int64_t begins, ends;
	bool expects, waits, decides; /* which of the lists this account has */
	bool all_waiting;	      /* else those whom she registered herself */
	struct queue expected, waiting, counselled;
	int64_t reviews, holds, legal_clocks, legal_oldest;
};

static bool is_today(const struct day *d, int64_t at)
{
	return at >= d->begins && at < d->ends;
}

static void join(struct queue *q, const struct person *p, int64_t at)
{
	if (q->count < EXPECTED_MAX)
		q->people[q->count++] = (struct waiting){ .person = p->id, .at = at };
}

/* Who was counselled today has come, whatever her appointment was for. */
static void note_caseload(struct day *d, const struct person *p)
{
	if (d->expects && is_today(d, p->appointment) && !is_today(d, p->counselled))
		join(&d->expected, p, p->appointment);
	if (d->waits && is_today(d, p->registered_at) && !p->counselled &&
	    !person_is_child(p, d->v->today) &&
	    (d->all_waiting || id_same(&p->registered_by, &d->v->d->session.account)))
		join(&d->waiting, p, p->registered_at);
	if (d->decides && is_today(d, p->counselled) && !p->answer && !p->withdrawn)
		join(&d->counselled, p, p->counselled);
}

static void note_counts(struct day *d, const struct person *p)
{
	d->reviews += p->review_due;
	d->holds += p->holds;
	if (!p->incident_since)
		return;
	d->legal_clocks++;
	if (!d->legal_oldest || p->incident_since < d->legal_oldest)
		d->legal_oldest = p->incident_since;
}

static bool note_person(void *self, const struct person *p)
{
	if (p->died || p->erased || !p->registered)
		return true;
	note_caseload(self, p);
	note_counts(self, p);
	return true;
}

/* Which lists are this account's. */
static void open_desk(struct day *d)
{
	const struct view *v = d->v;
	bool desk = policy_allows(v->roles, DEED_CASELOAD);

	d->begins = day_begins(v->today, v->d->zone_min);
	d->ends = d->begins + DAY_S;
	d->expects = desk && view_knows(v, KIND_APPOINTMENT_SET);
	d->waits = desk;
	d->all_waiting = view_knows(v, KIND_COUNSELLING_HELD);
	d->decides = desk && policy_allows(v->roles, DEED_RECORD_CHOICE_MADE);
}

static int earliest_first(const void *a, const void *b)
{
	const struct waiting *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return memcmp(x->person.at, y->person.at, ID_SIZE);
}

static void write_expected(struct view *v, const struct waiting *one)
{
	struct household h = { 0 };
	struct person p;

	if (!state_person(v->s, &one->person, &p))
		return;
	if (!state_household(v->s, &p.household, &h))
		h = (struct household){ 0 };
	json_object_begin(v->w);
	view_id(v, "person", &p.id);
	view_text(v, "name", view_person_name(v, &p.id));
	view_text(v, "case_number", view_case_number(v, &h));
	view_time(v, "at", one->at);
	view_text(v, "token", token_of(v->d->arena, &p, &h));
	json_object_end(v->w);
}

static void write_queue(struct view *v, const char *key, struct queue *q)
{
	qsort(q->people, q->count, sizeof(*q->people), earliest_first);
	json_key(v->w, key);
	json_array_begin(v->w);
	for (size_t i = 0; i < q->count; i++)
		write_expected(v, &q->people[i]);
	json_array_end(v->w);
}

static void write_counts(struct view *v, const struct day *d)
{
	if (view_knows(v, KIND_REVIEW_MADE))
		view_int(v, "reviews", d->reviews);
	if (view_knows(v, KIND_HOLD_PLACED))
		view_int(v, "holds", d->holds);
	if (!view_knows(v, KIND_INCIDENT_REPORTED))
		return;
	view_int(v, "legal_clocks", d->legal_clocks);
	view_time(v, "legal_oldest", d->legal_oldest);
}

static enum err write_movements(struct view *v, const struct day *d)
{
	if (policy_allows(v->roles, DEED_MOVEMENTS))
		return view_movements(v, d->begins, d->begins + 2 * DAY_S);
	json_key(v->w, "movements");
	json_array_begin(v->w);
	json_array_end(v->w);
	return OK;
}

static enum err write_today(struct day *d, const struct node *n)
{
	struct view *v = d->v;
	struct queue *queues[] = { &d->expected, &d->waiting, &d->counselled };
	enum err e;

	for (size_t i = 0; i < COUNT_OF(queues); i++) {
		queues[i]->people =
			arena_take_array(v->d->arena, EXPECTED_MAX, sizeof(*queues[i]->people));
		if (!queues[i]->people)
			return fault(&v->d->fault, ERR_MEMORY, "memory.none");
	}
	state_each_awaited(v->s, d->begins, note_person, d);
	json_object_begin(v->w);
	write_queue(v, "expected", &d->expected);
	write_queue(v, "waiting", &d->waiting);
	write_queue(v, "counselled", &d->counselled);
	e = write_movements(v, d);
	write_counts(v, d);
	json_key(v->w, "node");
	view_node(v, n);
	json_object_end(v->w);
	return e;
}

enum err desk_today(struct desk *d, uint64_t sessions, struct json_writer *w)
{
	struct view v;
	struct day day = { .v = &v };
	struct node n;
	enum err e;

	if ((e = node_look(&n, d, sessions)) || (e = view_begin(&v, d, DEED_STATUS, w)))
		return e;
	open_desk(&day);
	return view_end(&v, write_today(&day, &n));
}

enum err desk_token(struct desk *d, const struct id *person, struct text *out)
{
	struct household h = { 0 };
	const struct state *s;
	struct person p;
	bool found;
	enum err e = reg_read_begin(d->reg, &d->session, DEED_CASELOAD, &s, &d->fault);

	if (e)
		return e;
	found = state_person(s, person, &p);
	if (found && !state_household(s, &p.household, &h))
		h = (struct household){ 0 };
	if (found)
		*out = token_of(d->arena, &p, &h);
	reg_read_end(d->reg);
	if (!found)
		return fault(&d->fault, ERR_NOT_FOUND, "desk.no-person");
	return out->at ? OK : fault(&d->fault, ERR_MEMORY, "memory.none");
}

/* --- what waits ------------------------------------------------------------------------- */

struct cases {
	struct view *v;
	struct waiting *list; /* in their order, CASES_SHOWN_MAX at most */
	size_t count;
	bool more;
};

/*
 * The longest wait first; but what is due for a child since it was registered does not hide
 * what was done to somebody this morning, of which there may be one among hundreds.
 */
static bool stands_before(const struct waiting *a, const struct waiting *b)
{
	return a->only_assessed != b->only_assessed ? b->only_assessed : a->at < b->at;
}

static void keep_case(struct cases *c, const struct waiting *one)
{
	size_t at = c->count;

	while (at > 0 && stands_before(one, &c->list[at - 1]))
		at--;
	c->more |= c->count == CASES_SHOWN_MAX;
	if (at == CASES_SHOWN_MAX)
		return;
	c->count += c->count < CASES_SHOWN_MAX;
	memmove(&c->list[at + 1], &c->list[at], (c->count - 1 - at) * sizeof(c->list[0]));
	c->list[at] = *one;
}

static uint32_t assessments_due(const struct view *v, const struct person *p)
{
	struct person guardian;
	bool has = !id_is_none(&p->guardian) && state_person(v->s, &p->guardian, &guardian);

	return person_assessments_due(p, has ? &guardian : NULL, v->today);
}

/* An assessment that nothing else goes with waits since she came. */
static bool note_case(void *self, const struct person *p)
{
	struct cases *c = self;
	bool waits = p->waits_since || assessments_due(c->v, p);
	struct waiting one = {
		.person = p->id,
		.at = p->waits_since ? p->waits_since : p->registered_at,
		.only_assessed = !p->waits_since,
	};

	if (waits && !p->died && !p->erased)
		keep_case(c, &one);
	return true;
}

static void write_case(struct view *v, const struct id *person)
{
	struct household h;
	struct person p;

	if (!state_person(v->s, person, &p))
		return;
	json_object_begin(v->w);
	view_id(v, "person", &p.id);
	view_text(v, "name", view_person_name(v, &p.id));
	if (state_household(v->s, &p.household, &h))
		view_text(v, "case_number", view_case_number(v, &h));
	view_flag(v, "review_due", p.review_due);
	view_int(v, "holds", p.holds);
	view_codes(v, "assessments", CODES_ASSESSMENT, assessments_due(v, &p));
	view_int(v, "incidents", p.incidents_open);
	view_flag(v, "detained", p.detentions_open > 0);
	view_time(v, "legal_since", p.incident_since);
	view_int(v, "complaints", p.complaints_open);
	json_object_end(v->w);
}

enum err desk_cases(struct desk *d, struct json_writer *w)
{
	struct view v;
	struct cases c = { .v = &v };
	enum err e;

	c.list = arena_take_array(d->arena, CASES_SHOWN_MAX, sizeof(*c.list));
	if (!c.list)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	if ((e = view_begin(&v, d, DEED_CASES, w)))
		return e;
	state_each_person(v.s, note_case, &c);
	json_object_begin(w);
	json_key(w, "cases");
	json_array_begin(w);
	for (size_t i = 0; i < c.count; i++)
		write_case(&v, &c.list[i].person);
	json_array_end(w);
	view_flag(&v, "more", c.more);
	json_object_end(w);
	return view_end(&v, OK);
}
