/*
 * jobs: what a client does at its desk, one job at a time.
 *
 * What a client prepares (a made household, names to look for) is not counted as
 * waiting: `began_ns` is set when the register is asked.
 */
#include <assert.h>
#include <stdio.h>

#include "centre/inside.h"

#define DAY_S 86400
#define ADULT_DAYS 6575 /* 18 years */
#define MOVEMENT_NUMBER (UINT32_MAX - 1)

/* --- who does what ------------------------------------------------------------------ */

#define JOBS_MAX 4
struct crew {
	enum desk desk;
	unsigned clients;
	struct {
		enum operation operation;
		unsigned percent;
	} jobs[JOBS_MAX];
};

/* DAY_CLIENTS in all. */
static const struct crew crews[] = {
	{ DESK_RECEPTION,    8, { { OPERATION_FIND, 60 }, { OPERATION_SHOW, 25 },
				  { OPERATION_MOVEMENTS, 12 }, { OPERATION_WITHDRAW, 3 } } },
	{ DESK_REGISTRATION, 8, { { OPERATION_REGISTER, 55 }, { OPERATION_FIND, 25 },
				  { OPERATION_APPROVE, 15 }, { OPERATION_SHOW, 5 } } },
	{ DESK_COUNSELLING,  8, { { OPERATION_COUNSEL, 60 }, { OPERATION_SHOW, 25 },
				  { OPERATION_READY, 15 } } },
	{ DESK_CONSENT,      5, { { OPERATION_CHOOSE, 70 }, { OPERATION_READY, 20 },
				  { OPERATION_SHOW, 10 } } },
	{ DESK_BOARDING,     3, { { OPERATION_ASK, 70 }, { OPERATION_READY, 30 } } },
	{ DESK_MOVEMENTS,    4, { { OPERATION_SEAT, 40 }, { OPERATION_DEPART, 40 },
				  { OPERATION_MOVEMENTS, 20 } } },
	{ DESK_CASH,         3, { { OPERATION_PAY, 70 }, { OPERATION_FIND, 30 } } },
	{ DESK_BORDER,       1, { { OPERATION_SCAN, 100 } } },
};

static const struct crew *crew_of(const struct client *c)
{
	size_t first = 0, i = 0;

	while (i + 1 < COUNT_OF(crews) && c->number >= first + crews[i].clients)
		first += crews[i++].clients;
	return &crews[i];
}

enum desk client_desk(const struct client *c)
{
	return crew_of(c)->desk;
}

enum operation client_next(struct client *c)
{
	const struct crew *crew = crew_of(c);
	uint64_t percent = chance_of(c, 100);
	size_t i = 0;

	while (i + 1 < JOBS_MAX && percent >= crew->jobs[i].percent)
		percent -= crew->jobs[i++].percent;
	return crew->jobs[i].operation;
}

/* --- recording ----------------------------------------------------------------------- */

static struct reg *reg(struct client *c)
{
	return c->day->centre->reg;
}

static const struct session *at(struct client *c, enum desk desk)
{
	return &c->day->centre->as[desk];
}

static int64_t now_s(struct client *c)
{
	struct world *w = &c->day->centre->clock.world;

	return w->now_ms(w) / 1000;
}

struct fact *client_fact(struct client *c, enum kind kind, const struct id *subject)
{
	struct fact *f = &c->facts[c->fact_count++];

	fact_begin(f, kind);
	f->subject = *subject;
	f->happened = now_s(c);
	return f;
}

static enum err acknowledge(struct client *c, const struct submission_answer *answer)
{
	struct acks *acks = &c->acks;

	for (size_t i = 0; i < answer->count; i++) {
		if (acks->count == acks->room)
			return fault(&c->fault, ERR_LIMIT, "day: too many facts for one client");
		acks->at[acks->count++] = (struct ack){ answer->refs[i].seq, c->facts[i].subject };
	}
	return OK;
}

enum err client_record(struct client *c, enum desk desk, enum ending *out)
{
	struct submission_answer answer;
	enum err e;

	*out = ENDING_NOTHING;
	if (!c->fact_count)
		return OK;
	c->began_ns = real_ns();
	e = reg_record(reg(c), at(c, desk), c->facts, c->fact_count, c->arena, &answer, &c->fault);
	if (e)
		return e;
	*out = answer.sort == SUBMISSION_RECORDED ? ENDING_RECORDED : ENDING_REFUSED;
	return answer.sort == SUBMISSION_RECORDED ? acknowledge(c, &answer) : OK;
}

/* --- reading ------------------------------------------------------------------------- */

static enum err read_begin(struct client *c, enum deed deed, const struct state **s)
{
	return reg_read_begin(reg(c), at(c, client_desk(c)), deed, s, &c->fault);
}

/* Anybody who is known. */
static struct family *somebody(struct client *c)
{
	struct families *fs = &c->day->families;

	return &fs->at[chance_of(c, atomic_load(&fs->count))];
}

static struct id member_of(const struct family *family, unsigned bit)
{
	return made_id(family->number, bit + 1);
}

static struct id somebodys_id(struct client *c)
{
	return member_of(somebody(c), 0);
}

static enum err find(struct client *c, enum ending *out)
{
	struct families *fs = &c->day->families;
	const struct made_person *p = &c->made.people[0];
	struct reg_named found[REG_NAMED_MAX];
	const struct state *s;
	enum err e;

	people_make(c->day->centre->people, fs->at[chance_of(c, atomic_load(&fs->count))].number,
		    &c->made);
	const struct text words[] = {
		p->given, p->given_latin, p->family, p->father_latin, p->grandfather,
	};

	c->began_ns = real_ns();
	if ((e = read_begin(c, DEED_FIND, &s)))
		return e;
	(void)reg_named(reg(c), words[chance_of(c, COUNT_OF(words))], found, COUNT_OF(found));
	reg_read_end(reg(c));
	*out = ENDING_READ;
	return OK;
}

static enum err show(struct client *c, enum ending *out)
{
	const struct session *by = at(c, client_desk(c));
	struct id person = somebodys_id(c), members[HOUSEHOLD_SIZE_MAX];
	const struct fact *facts;
	const struct state *s;
	struct person_names names;
	struct person p;
	size_t count;
	enum err e;

	c->began_ns = real_ns();
	e = reg_opened(reg(c), by, &person, OPENING_PERSON_ASKED, &c->fault);
	/* A whole desk works with one account here, and may open as many as one. */
	if (e == ERR_LIMIT) {
		*out = ENDING_REFUSED;
		return OK;
	}
	if (e)
		return e;
	if ((e = read_begin(c, DEED_SHOW_PERSON, &s)))
		return e;
	if (!state_person(s, &person, &p))
		e = fault(&c->fault, ERR_NOT_FOUND,
			  "day: a person who was registered is not there");
	count = e ? 0 : state_members(s, &p.household, members, COUNT_OF(members));
	for (size_t i = 0; i < count && i < COUNT_OF(members); i++)
		if (!state_person(s, &members[i], &p) || !state_names(s, &members[i], &names))
			e = fault(&c->fault, ERR_NOT_FOUND, "day: a member is not there");
	reg_read_end(reg(c));
	if (!e)
		e = reg_history(reg(c), by, &person, c->arena, &facts, &count, &c->fault);
	*out = ENDING_READ;
	return e;
}

static enum err judge(struct client *c, const struct state *s, const struct id *person)
{
	struct verdict verdicts[RULES_COUNT + 1];

	return reg_ready(reg(c), at(c, client_desk(c)), s, person, KIND_DEPARTURE_RECORDED,
			 verdicts, c->arena, &c->fault);
}

static enum err ready(struct client *c, enum ending *out)
{
	struct id person = somebodys_id(c);
	const struct state *s;
	enum err e;

	c->began_ns = real_ns();
	if ((e = read_begin(c, DEED_READY, &s)))
		return e;
	e = judge(c, s, &person);
	reg_read_end(reg(c));
	*out = ENDING_READ;
	return e;
}

struct counting {
	const struct state *s;
	size_t seated;
};

static bool count_seated(void *self, const struct movement *m)
{
	struct counting *x = self;

	x->seated += state_seated(x->s, &m->id, NULL, 0);
	return true;
}

static enum err movements(struct client *c, enum ending *out)
{
	struct counting x = { 0 };
	enum err e;

	c->began_ns = real_ns();
	if ((e = read_begin(c, DEED_MOVEMENTS, &x.s)))
		return e;
	state_each_movement(x.s, count_seated, &x);
	reg_read_end(reg(c));
	*out = ENDING_READ;
	return OK;
}

/* --- a family's way -------------------------------------------------------------------- */

static void learn_member(struct family *family, unsigned bit, const struct person *p, int32_t today)
{
	if (p->died)
		return;
	if (p->born_to != DAY_NONE && p->born_to <= today - ADULT_DAYS)
		family->adults |= UINT32_C(1) << bit;
	else
		family->children |= UINT32_C(1) << bit;
}

static void put_text(char *out, size_t size, struct text t)
{
	snprintf(out, size, "%.*s", (int)t.size, t.size ? t.at : "");
}

enum err client_learn(struct client *c, struct family *family)
{
	struct id household = made_id(family->number, 0), id;
	const struct state *s;
	struct household h;
	struct person p;
	enum err e;

	if ((e = reg_read_begin(reg(c), at(c, DESK_REGISTRATION), DEED_SHOW_HOUSEHOLD, &s,
				&c->fault)))
		return e;
	if (state_household(s, &household, &h))
		put_text(family->case_number, sizeof(family->case_number), h.case_number);
	else
		e = fault(&c->fault, ERR_NOT_FOUND, "day: a household is not there");
	for (unsigned bit = 0; bit < HOUSEHOLD_SIZE_MAX; bit++) {
		id = member_of(family, bit);
		if (!state_person(s, &id, &p))
			break;
		learn_member(family, bit, &p, (int32_t)(now_s(c) / DAY_S));
		if (bit == 0)
			put_text(family->destination, sizeof(family->destination),
				 p.destination.size ? p.destination : TEXT("AF06"));
	}
	reg_read_end(reg(c));
	return e;
}

static bool is_in(uint32_t set, unsigned bit)
{
	return set >> bit & 1;
}

static enum err register_family(struct client *c, enum ending *out)
{
	struct families *fs = &c->day->families;
	struct family family = { .number = atomic_fetch_add(&fs->next_number, 1) };
	enum err e;

	people_make(c->day->centre->people, family.number, &c->made);
	e = made_facts(&c->made, now_s(c), c->arena, c->facts, &c->fact_count, FACTS_MAX,
		       &c->fault);
	if (!e)
		e = client_record(c, DESK_REGISTRATION, out);
	if (!e && *out == ENDING_RECORDED && !(e = client_learn(c, &family)) &&
	    !families_add(fs, &family, STAGE_COUNSEL))
		e = fault(&c->fault, ERR_LIMIT, "day: more families than there is room for");
	return e;
}

static void counsel_one(struct client *c, const struct family *family, const struct id *person)
{
	static const struct hash sheet = { { 1 } };
	struct value *v = client_fact(c, KIND_COUNSELLING_HELD, person)->values;

	v[COUNSELLING_HELD_COMPANY] = given_number(COMPANY_ALONE);
	v[COUNSELLING_HELD_LANGUAGE_SPOKEN] = given_text("pbu");
	v[COUNSELLING_HELD_UNDERSTOOD] = given_number(1);
	v[COUNSELLING_HELD_COUNSELLOR_SEX] = given_number(SEX_FEMALE);
	v[COUNSELLING_HELD_TOPICS] = given_topics(c->arena);
	v[COUNSELLING_HELD_SHEET] = given_hash(&sheet);
	v[COUNSELLING_HELD_SHEET_AREA] = given_text(family->destination);
	v[COUNSELLING_HELD_READ_BACK] = given_number(1);
}

void add_counselling(struct client *c, const struct family *family)
{
	for (unsigned bit = 0; bit < HOUSEHOLD_SIZE_MAX; bit++) {
		struct id person = member_of(family, bit);

		if (is_in(family->adults, bit))
			counsel_one(c, family, &person);
		if (is_in(family->children, bit)) {
			struct value *v = client_fact(c, KIND_CHILD_HEARD, &person)->values;

			v[CHILD_HEARD_VIEW] = given_number(CHILD_VIEW_AGREES);
			v[CHILD_HEARD_COMPANY] = given_number(COMPANY_ALONE);
		}
	}
}

static void choose_one(struct client *c, const struct family *family, const struct id *person,
		       int64_t answer)
{
	static const struct hash form = { { 2 } };
	struct value *v = client_fact(c, KIND_CHOICE_MADE, person)->values;

	v[CHOICE_MADE_ANSWER] = given_number(answer);
	v[CHOICE_MADE_FORM] = given_hash(&form);
	v[CHOICE_MADE_MARK] = given_number(MARK_THUMB);
	v[CHOICE_MADE_WITNESS] = given_text("Made-up Witness");
	v[CHOICE_MADE_BY] = given_id(&c->facts[c->fact_count - 1].subject);
	v[CHOICE_MADE_COMPANY] = given_number(COMPANY_ALONE);
	if (answer == ANSWER_RETURN)
		v[CHOICE_MADE_DESTINATION] = given_text(family->destination);
}

void add_choices(struct client *c, const struct family *family, int64_t answer)
{
	for (unsigned bit = 0; bit < HOUSEHOLD_SIZE_MAX; bit++) {
		struct id person = member_of(family, bit);

		if (is_in(family->adults, bit))
			choose_one(c, family, &person, answer);
	}
}

static void add_of_bus(struct client *c, const struct family *family, enum kind kind,
		       const struct id *bus)
{
	/* Grown-ups first: a child follows who has a seat. */
	for (int pass = 0; pass < 2; pass++)
		for (unsigned bit = 0; bit < HOUSEHOLD_SIZE_MAX; bit++) {
			struct id person = member_of(family, bit);

			if (is_in(pass ? family->children : family->adults, bit))
				client_fact(c, kind, &person)
					->values[kind == KIND_SEAT_ASSIGNED
							 ? (int)SEAT_ASSIGNED_MOVEMENT
							 : (int)DEPARTURE_RECORDED_MOVEMENT] =
					given_id(bus);
		}
}

/* Everybody of `who`, with nothing but what `fill` says. */
static void add_each(struct client *c, const struct family *family, uint32_t who, enum kind kind,
		     void (*fill)(struct client *c, struct value *v))
{
	for (unsigned bit = 0; bit < HOUSEHOLD_SIZE_MAX; bit++) {
		struct id person = member_of(family, bit);

		if (is_in(who, bit))
			fill(c, client_fact(c, kind, &person)->values);
	}
}

static void fill_question(struct client *c, struct value *v)
{
	(void)c;
	v[CHOICE_RECONFIRMED_COMPANY] = given_number(COMPANY_ALONE);
	v[CHOICE_RECONFIRMED_BY_TRANSPORTER] = given_number(0);
}

static void fill_crossing(struct client *c, struct value *v)
{
	(void)c;
	v[CROSSING_RECORDED_CROSSING] = given_text("XP-TORKHAM");
	v[CROSSING_RECORDED_DIRECTION] = given_number(DIRECTION_CROSSED);
	v[CROSSING_RECORDED_RETURN_KIND] = given_number(RETURN_KIND_FACILITATED);
}

static_assert((int)GRANT_APPROVED_TARIFF == (int)GRANT_PAID_TARIFF &&
		      (int)GRANT_APPROVED_PART == (int)GRANT_PAID_PART &&
		      (int)GRANT_APPROVED_AMOUNT == (int)GRANT_PAID_AMOUNT,
	      "both kinds have the same fields in the same order");

static void fill_grant(struct client *c, struct value *v)
{
	v[GRANT_PAID_TARIFF] = given_id(&c->day->centre->tariff);
	v[GRANT_PAID_PART] = given_number(1);
	v[GRANT_PAID_AMOUNT] = given_number(CENTRE_GRANT);
}

static enum err counsel(struct client *c, uint32_t which, enum ending *out)
{
	add_counselling(c, &c->day->families.at[which]);
	return client_record(c, DESK_COUNSELLING, out);
}

/* All three answers are given the same care; who returns waits for a seat. */
static enum err choose(struct client *c, uint32_t which, enum ending *out)
{
	struct families *fs = &c->day->families;
	int64_t answer = ANSWER_STAY + (int64_t)chance_of(c, 3);
	enum err e;

	add_choices(c, &fs->at[which], answer);
	e = client_record(c, DESK_CONSENT, out);
	if (!e && *out == ENDING_RECORDED && answer == ANSWER_RETURN)
		families_put(fs, STAGE_SEAT, which);
	return e;
}

static enum err seat(struct client *c, uint32_t which, enum ending *out)
{
	struct families *fs = &c->day->families;
	struct family *family = &fs->at[which];
	uint32_t all = family->adults | family->children;
	struct id bus;

	if (!families_bus(fs, (size_t)__builtin_popcount(all), &family->bus))
		return OK;
	bus = made_id(MOVEMENT_NUMBER, family->bus);
	add_of_bus(c, family, KIND_SEAT_ASSIGNED, &bus);
	return client_record(c, DESK_MOVEMENTS, out);
}

static enum err ask(struct client *c, uint32_t which, enum ending *out)
{
	const struct family *family = &c->day->families.at[which];

	add_each(c, family, family->adults, KIND_CHOICE_RECONFIRMED, fill_question);
	return client_record(c, DESK_BOARDING, out);
}

static enum err depart(struct client *c, uint32_t which, enum ending *out)
{
	const struct family *family = &c->day->families.at[which];
	struct id bus = made_id(MOVEMENT_NUMBER, family->bus);

	add_of_bus(c, family, KIND_DEPARTURE_RECORDED, &bus);
	return client_record(c, DESK_MOVEMENTS, out);
}

/* One in eight has a second slip for the cash, and may be at both counters at once. */
static enum err approve(struct client *c, uint32_t which, enum ending *out)
{
	struct families *fs = &c->day->families;
	enum err e;

	add_each(c, &fs->at[which], fs->at[which].adults, KIND_GRANT_APPROVED, fill_grant);
	e = client_record(c, DESK_REGISTRATION, out);
	if (!e && *out == ENDING_RECORDED && !chance_of(c, 8))
		families_put(fs, STAGE_PAY, which);
	return e;
}

static enum err pay(struct client *c, uint32_t which, enum ending *out)
{
	const struct family *family = &c->day->families.at[which];

	add_each(c, family, family->adults, KIND_GRANT_PAID, fill_grant);
	return client_record(c, DESK_CASH, out);
}

static enum err withdraw(struct client *c, enum ending *out)
{
	struct id person = somebodys_id(c);

	client_fact(c, KIND_CHOICE_WITHDRAWN, &person)->values[CHOICE_WITHDRAWN_CHANNEL] =
		given_number(CHANNEL_IN_PERSON);
	return client_record(c, DESK_RECEPTION, out);
}

/* --- the border ---------------------------------------------------------------------------- */

/* Who of a family goes on: not who has withdrawn since the bus left. */
static uint32_t going_on(const struct state *s, const struct family *family)
{
	uint32_t going = family->adults | family->children;

	for (unsigned bit = 0; bit < HOUSEHOLD_SIZE_MAX; bit++) {
		struct id id = member_of(family, bit);
		struct person p;

		if (is_in(going, bit) && state_person(s, &id, &p) && p.withdrawn)
			going &= ~(UINT32_C(1) << bit);
	}
	return going;
}

/* From the number on her slip to the rules' answer. */
static enum err look_up(struct client *c, const struct family *family, uint32_t *going)
{
	char slip[CASE_NUMBER_MAX + 2];
	const struct state *s;
	struct id person;
	enum err e;

	snprintf(slip, sizeof(slip), "%s/1", family->case_number);
	if ((e = read_begin(c, DEED_READY, &s)))
		return e;
	e = reg_resolve(reg(c), s, SUBJECT_PERSON, text_of(slip), &person, &c->fault);
	if (!e)
		e = judge(c, s, &person);
	*going = going_on(s, family);
	reg_read_end(reg(c));
	return e;
}

/* Who comes with a bus is let through; who comes by herself is looked up. */
static enum err scan(struct client *c, enum ending *out)
{
	struct families *fs = &c->day->families;
	const struct family *family = somebody(c);
	int64_t began = c->day->plan.seconds ? c->due_ns : real_ns();
	uint32_t which, going;
	bool by_bus;
	enum err e;

	if ((by_bus = families_take(fs, STAGE_CROSS, &which)))
		family = &fs->at[which];
	e = look_up(c, family, &going);
	if (!e && by_bus) {
		add_each(c, family, going, KIND_CROSSING_RECORDED, fill_crossing);
		e = client_record(c, DESK_BORDER, out);
		families_put(fs, STAGE_APPROVE, which);
	}
	if (*out == ENDING_NOTHING)
		*out = ENDING_READ;
	c->began_ns = began;
	return e;
}

/* --- one job -------------------------------------------------------------------------------- */

/* From its own queue to the next; STAGE_COUNT: to none. */
static const struct step {
	enum err (*run)(struct client *c, uint32_t which, enum ending *out);
	enum stage from, to;
} steps[OPERATION_COUNT] = {
	[OPERATION_COUNSEL] = { counsel, STAGE_COUNSEL, STAGE_CHOOSE },
	[OPERATION_CHOOSE] = { choose, STAGE_CHOOSE, STAGE_COUNT },
	[OPERATION_SEAT] = { seat, STAGE_SEAT, STAGE_ASK },
	[OPERATION_ASK] = { ask, STAGE_ASK, STAGE_DEPART },
	[OPERATION_DEPART] = { depart, STAGE_DEPART, STAGE_CROSS },
	[OPERATION_APPROVE] = { approve, STAGE_APPROVE, STAGE_PAY },
	[OPERATION_PAY] = { pay, STAGE_PAY, STAGE_COUNT },
};

static enum err (*const alone[OPERATION_COUNT])(struct client *c, enum ending *out) = {
	[OPERATION_FIND] = find,
	[OPERATION_SHOW] = show,
	[OPERATION_READY] = ready,
	[OPERATION_MOVEMENTS] = movements,
	[OPERATION_REGISTER] = register_family,
	[OPERATION_WITHDRAW] = withdraw,
	[OPERATION_SCAN] = scan,
};

enum err job_do(struct client *c, enum operation o, enum ending *out)
{
	struct families *fs = &c->day->families;
	const struct step *step = &steps[o];
	uint32_t which;
	enum err e;

	*out = ENDING_NOTHING;
	c->fact_count = 0;
	arena_reset(c->arena);
	if (alone[o])
		return alone[o](c, out);
	if (!families_take(fs, step->from, &which))
		return OK;
	e = step->run(c, which, out);
	if (!e && *out == ENDING_RECORDED && step->to != STAGE_COUNT)
		families_put(fs, step->to, which);
	return e;
}
