/*
 * Many writers at once: none lost, none mixed, and each checked against what the
 * others had recorded before.
 */
#include <pthread.h>
#include <stdio.h>

#include "register/batch.h"
#include "register/town_testing.h"

#define WRITERS 32
#define ROUNDS 8

struct writing {
	struct town *town;
	int number;
	int recorded, refused;
	bool failed;
	pthread_t thread;
};

static void all_write(struct town *t, struct writing *all, void *(*write)(void *self))
{
	for (int i = 0; i < WRITERS; i++) {
		all[i] = (struct writing){ .town = t, .number = i };
		CHECK(!pthread_create(&all[i].thread, NULL, write, &all[i]));
	}
	for (int i = 0; i < WRITERS; i++) {
		pthread_join(all[i].thread, NULL);
		CHECK(!all[i].failed);
	}
}

static struct id own_id(int writer, int round, int which)
{
	struct id id = { { 1 } };

	id.at[1] = (uint8_t)writer;
	id.at[2] = (uint8_t)round;
	id.at[3] = (uint8_t)which;
	return id;
}

static void household_of_two(struct fact facts[3], const struct id ids[3])
{
	fact_begin(&facts[0], KIND_HOUSEHOLD_REGISTERED);
	facts[0].values[HOUSEHOLD_REGISTERED_RESIDENCE] =
		(struct value){ .given = true, .text = TEXT("PK5") };
	for (int i = 1; i < 3; i++) {
		struct value *v = facts[i].values;

		fact_begin(&facts[i], KIND_PERSON_REGISTERED);
		v[PERSON_REGISTERED_HOUSEHOLD] = (struct value){ .given = true, .id = &ids[0] };
		v[PERSON_REGISTERED_GIVEN_LATIN] =
			(struct value){ .given = true, .text = TEXT("Gul") };
		v[PERSON_REGISTERED_SEX] = (struct value){ .given = true, .number = SEX_FEMALE };
		v[PERSON_REGISTERED_GROUP] = (struct value){ .given = true, .number = GROUP_POR };
	}
	for (int i = 0; i < 3; i++)
		facts[i].subject = ids[i];
}

static void *register_households(void *self)
{
	struct writing *w = self;
	struct town *t = w->town;

	for (int round = 0; round < ROUNDS && !w->failed; round++) {
		struct id ids[3] = { own_id(w->number, round, 1), own_id(w->number, round, 2),
				     own_id(w->number, round, 3) };
		struct submission_answer answer;
		struct fact facts[3];
		struct arena *a = NULL;
		struct fault f = { 0 };

		household_of_two(facts, ids);
		w->failed =
			arena_new(&a, 1 << 20) ||
			reg_record(t->reg, &t->as[ROLE_REGISTRATION], facts, 3, a, &answer, &f) ||
			answer.sort != SUBMISSION_RECORDED ||
			answer.refs[2].seq != answer.refs[0].seq + 2 ||
			case_number_check(answer.case_number, NULL);
		w->recorded++;
		arena_free(a);
	}
	return NULL;
}

TEST(thirty_two_writers_lose_nothing_and_no_case_number_is_given_twice)
{
	struct writing all[WRITERS];
	struct reg_status status;
	struct reg_proof proof;
	struct town t;

	town_make(&t, 1);
	all_write(&t, all, register_households);
	CHECK_INT(reg_status(t.reg, &status, &t.fault), OK);
	CHECK_INT(status.households, WRITERS * ROUNDS);
	CHECK_INT(status.persons, 2 * WRITERS * ROUNDS);
	town_records(&t, ROLE_REGISTRATION,
		     "{\"kind\": \"household.registered\", \"subject\": \"@h\","
		     " \"residence\": \"PK5\"}");
	CHECK(!memcmp(t.answer.case_number.at, "PSH-26-00257-", 13));
	CHECK_INT(reg_verify(t.reg, NULL, &proof, &t.fault), OK);
	CHECK(proof.folds_agree && proof.damaged == 0);
	town_end(&t);
}

/* All begin the same household: what one gets, no other does. */
static void *begin_household(void *self)
{
	struct writing *w = self;
	struct town *t = w->town;
	struct submission_answer answer = { 0 };
	struct arena *a = NULL;
	struct fault f = { 0 };
	struct fact fact;
	enum err e;

	fact_begin(&fact, KIND_HOUSEHOLD_REGISTERED);
	fact.subject = own_id(200, 0, 0);
	fact.values[HOUSEHOLD_REGISTERED_RESIDENCE] =
		(struct value){ .given = true, .text = TEXT("PK5") };
	if (arena_new(&a, 1 << 20)) {
		w->failed = true;
		return NULL;
	}
	e = reg_record(t->reg, &t->as[ROLE_REGISTRATION], &fact, 1, a, &answer, &f);
	if (!e && answer.sort == SUBMISSION_RECORDED)
		w->recorded++;
	else if (e == ERR_INPUT && !strcmp(f.key, "subject.exists"))
		w->refused++;
	else
		w->failed = true;
	arena_free(a);
	return NULL;
}

TEST(of_thirty_two_who_begin_the_same_household_one_does)
{
	struct writing all[WRITERS];
	int recorded = 0, refused = 0;
	struct town t;

	town_make(&t, 2);
	all_write(&t, all, begin_household);
	for (int i = 0; i < WRITERS; i++) {
		recorded += all[i].recorded;
		refused += all[i].refused;
	}
	CHECK_INT(recorded, 1);
	CHECK_INT(refused, WRITERS - 1);
	town_end(&t);
}

/* The same key from everywhere: recorded once, answered everywhere alike. */
static void *repeat(void *self)
{
	struct writing *w = self;
	struct town *t = w->town;
	struct submission_answer answer = { 0 };
	struct arena *a = NULL;
	struct fault f = { 0 };
	struct fact fact;

	fact_begin(&fact, KIND_HOUSEHOLD_REGISTERED);
	fact.subject = own_id(w->number, 0, 9);
	fact.key = own_id(201, 0, 0);
	fact.values[HOUSEHOLD_REGISTERED_RESIDENCE] =
		(struct value){ .given = true, .text = TEXT("PK5") };
	w->failed = arena_new(&a, 1 << 20) ||
		    reg_record(t->reg, &t->as[ROLE_REGISTRATION], &fact, 1, a, &answer, &f);
	w->recorded = answer.sort == SUBMISSION_RECORDED;
	w->refused = answer.sort == SUBMISSION_REPEATED;
	arena_free(a);
	return NULL;
}

TEST(the_same_key_from_thirty_two_is_recorded_once)
{
	struct writing all[WRITERS];
	int recorded = 0, repeated = 0;
	struct town t;

	town_make(&t, 3);
	all_write(&t, all, repeat);
	for (int i = 0; i < WRITERS; i++) {
		recorded += all[i].recorded;
		repeated += all[i].refused;
	}
	CHECK_INT(recorded, 1);
	CHECK_INT(repeated, WRITERS - 1);
	town_end(&t);
}

static void register_or_be_locked(struct writing *w)
{
	struct town *t = w->town;

	for (int round = 0; round < ROUNDS; round++) {
		struct submission_answer answer;
		struct arena *a = NULL;
		struct fault f = { 0 };
		struct fact fact;
		enum err e;

		fact_begin(&fact, KIND_HOUSEHOLD_REGISTERED);
		fact.subject = own_id(w->number, round, 1);
		fact.values[HOUSEHOLD_REGISTERED_RESIDENCE] =
			(struct value){ .given = true, .text = TEXT("PK5") };
		e = arena_new(&a, 1 << 20);
		if (!e)
			e = reg_record(t->reg, &t->as[ROLE_REGISTRATION], &fact, 1, a, &answer, &f);
		w->failed |= e && e != ERR_LOCKED;
		arena_free(a);
	}
}

/* Some read while others write, and one locks and unlocks under them all. */
static void *read_or_write(void *self)
{
	struct writing *w = self;
	struct town *t = w->town;

	for (int round = 0; round < 4 * ROUNDS; round++) {
		struct reg_named found[2];
		struct fault f = { 0 };
		const struct state *s;
		enum err e;

		if (w->number % 2)
			continue;
		e = reg_read_begin(t->reg, &t->as[ROLE_REGISTRATION], DEED_FIND, &s, &f);
		if (e && e != ERR_LOCKED)
			w->failed = true;
		if (e)
			continue;
		if (reg_named(t->reg, TEXT("zarmina"), found, COUNT_OF(found)) != 1 ||
		    reg_roles(t->reg, &t->as[ROLE_REGISTRATION]) != ROLE_BIT(REGISTRATION))
			w->failed = true;
		reg_read_end(t->reg);
	}
	if (w->number % 2)
		register_or_be_locked(w);
	return NULL;
}

TEST(readers_see_a_whole_state_or_a_locked_register)
{
	struct writing all[WRITERS];
	struct reg_proof proof;
	struct town t;

	town_make(&t, 6);
	town_registers_family(&t);
	for (int i = 0; i < WRITERS; i++) {
		all[i] = (struct writing){ .town = &t, .number = i };
		CHECK(!pthread_create(&all[i].thread, NULL, read_or_write, &all[i]));
	}
	for (int i = 0; i < 5; i++) {
		reg_lock(t.reg);
		CHECK_INT(town_login(&t, ROLE_AUDITOR, town_account(ROLE_AUDITOR)), OK);
	}
	for (int i = 0; i < WRITERS; i++) {
		pthread_join(all[i].thread, NULL);
		CHECK(!all[i].failed);
	}
	CHECK_INT(reg_verify(t.reg, NULL, &proof, &t.fault), OK);
	CHECK(proof.folds_agree && proof.damaged == 0);
	town_end(&t);
}

/* --- what may go together ------------------------------------------------------- */

static struct submission about(struct fact *fact, struct id subject, enum kind kind)
{
	fact_begin(fact, kind);
	fact->subject = subject;
	return (struct submission){ .facts = fact, .count = 1 };
}

TEST(two_members_of_a_household_do_not_go_into_one_batch)
{
	struct submission a, b, c;
	struct fact facts[3];
	struct batch *batch = NULL;
	struct town t;

	town_make(&t, 4);
	town_registers_family(&t);
	CHECK_INT(batch_new(&batch, t.reg, &t.fault), OK);
	a = about(&facts[0], town_id(&t, "@zarmina"), KIND_CHOICE_WITHDRAWN);
	b = about(&facts[1], town_id(&t, "@habib"), KIND_CHOICE_WITHDRAWN);
	c = about(&facts[2], own_id(0, 0, 1), KIND_HOUSEHOLD_REGISTERED);
	CHECK(batch_take(batch, &a));
	CHECK(!batch_take(batch, &b));
	CHECK(batch_take(batch, &c));
	batch_clear(batch);
	CHECK(batch_take(batch, &b));
	batch_clear(batch);
	batch_free(batch);
	town_end(&t);
}

TEST(a_form_that_knows_somebody_does_not_go_with_what_is_recorded_about_her)
{
	struct submission a, b;
	struct reg_known known;
	struct fact facts[2];
	struct batch *batch = NULL;
	struct town t;

	town_make(&t, 7);
	town_registers_family(&t);
	known = (struct reg_known){ town_id(&t, "@zarmina"), 1 };
	CHECK_INT(batch_new(&batch, t.reg, &t.fault), OK);
	a = about(&facts[0], town_id(&t, "@zarmina"), KIND_CHOICE_WITHDRAWN);
	b = about(&facts[1], own_id(0, 0, 1), KIND_HOUSEHOLD_REGISTERED);
	b.known = &known;
	b.known_count = 1;
	CHECK(batch_take(batch, &a));
	CHECK(!batch_take(batch, &b));
	batch_clear(batch);
	CHECK(batch_take(batch, &b));
	CHECK(!batch_take(batch, &a));
	batch_clear(batch);
	batch_free(batch);
	town_end(&t);
}

TEST(facts_in_clear_and_accounts_go_alone)
{
	static const enum kind alone[] = { KIND_ADVISORY_SET, KIND_TERMS_SET, KIND_TARIFF_SET,
					   KIND_ACCOUNT_ROLES, KIND_CLOCK_CONFIRMED };
	struct submission a, b;
	struct fact facts[2];
	struct batch *batch = NULL;
	struct town t;

	town_make(&t, 5);
	CHECK_INT(batch_new(&batch, t.reg, &t.fault), OK);
	for (size_t i = 0; i < COUNT_OF(alone); i++) {
		a = about(&facts[0], own_id(0, 0, 1), alone[i]);
		b = about(&facts[1], own_id(0, 0, 2), KIND_HOUSEHOLD_REGISTERED);
		CHECK(batch_take(batch, &a));
		CHECK(!batch_take(batch, &b));
		batch_clear(batch);
		CHECK(batch_take(batch, &b));
		CHECK(!batch_take(batch, &a));
		batch_clear(batch);
	}
	batch_free(batch);
	town_end(&t);
}

RUN_TESTS()
