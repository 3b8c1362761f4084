/*
 * Whoever waits for something new hears of it; and what was filled in while others
 * recorded is told as overtaken, to all but one.
 */
#include <pthread.h>

#include "register/town_testing.h"

#define WAITERS 40

struct waiter {
	struct reg *reg;
	uint64_t known, heard;
	pthread_t thread;
};

static void *wait_for_news(void *self)
{
	struct waiter *w = self;

	w->heard = reg_wait(w->reg, w->known, 60000);
	return NULL;
}

static void all_wait(struct town *t, struct waiter *all)
{
	t->world.waits_last = true;
	for (int i = 0; i < WAITERS; i++) {
		all[i] = (struct waiter){ .reg = t->reg, .known = reg_moment(t->reg) };
		CHECK(!pthread_create(&all[i].thread, NULL, wait_for_news, &all[i]));
	}
}

static void all_come_back(struct waiter *all, uint64_t at_least)
{
	for (int i = 0; i < WAITERS; i++) {
		pthread_join(all[i].thread, NULL);
		CHECK(all[i].heard >= all[i].known + at_least);
	}
}

TEST(forty_who_wait_hear_of_what_is_recorded_of_locking_and_of_unlocking)
{
	struct waiter all[WAITERS];
	struct town t;

	town_make(&t, 1);
	all_wait(&t, all);
	town_registers_family(&t);
	all_come_back(all, 1);
	all_wait(&t, all);
	reg_lock(t.reg);
	all_come_back(all, 1);
	all_wait(&t, all);
	CHECK_INT(town_login(&t, ROLE_AUDITOR, town_account(ROLE_AUDITOR)), OK);
	all_come_back(all, 1);
	town_end(&t);
}

TEST(a_register_that_is_about_to_close_lets_nobody_wait)
{
	struct waiter all[WAITERS];
	struct town t;

	town_make(&t, 2);
	all_wait(&t, all);
	reg_wake(t.reg);
	all_come_back(all, 0);
	CHECK_INT(reg_wait(t.reg, reg_moment(t.reg), 60000), reg_moment(t.reg));
	town_end(&t);
}

TEST(a_wait_ends_when_its_time_is_over)
{
	uint64_t known;
	struct town t;

	town_make(&t, 3);
	known = reg_moment(t.reg);
	CHECK_INT(reg_wait(t.reg, known, 60000), known);
	town_end(&t);
}

TEST(what_was_known_before_a_restart_is_not_taken_for_what_is_now)
{
	uint64_t known;
	struct town t;

	town_make(&t, 4);
	town_registers_family(&t);
	known = reg_moment(t.reg);
	town_close(&t);
	town_wait(&t, 60);
	town_open(&t);
	t.world.waits_last = true;
	CHECK(reg_wait(t.reg, known, 60000) != known);
	town_end(&t);
}

TEST(what_is_refused_is_nothing_new)
{
	uint64_t known;
	struct town t;

	town_make(&t, 5);
	town_registers_family(&t);
	known = reg_moment(t.reg);
	CHECK_INT(town_propose(&t, ROLE_CASHIER,
			       "{\"kind\": \"review.made\", \"subject\": \"@zarmina\","
			       " \"finding\": \"voluntary\", \"company\": \"alone\"}"),
		  ERR_DENIED);
	CHECK_INT(reg_moment(t.reg), known);
	town_end(&t);
}

/* --- known as she was ------------------------------------------------------------- */

static struct fact withdrawal(const struct id *who)
{
	struct fact fact;

	fact_begin(&fact, KIND_CHOICE_WITHDRAWN);
	fact.subject = *who;
	fact.values[CHOICE_WITHDRAWN_CHANNEL] =
		(struct value){ .given = true, .number = CHANNEL_PHONE };
	return fact;
}

/* She withdraws, in a form that showed her as `version`. */
static enum answer_sort submit(struct town *t, struct fact *fact, const struct id *who,
			       uint32_t version)
{
	struct reg_known known[] = { { town_id(t, "@habib"), 1 }, { *who, version } };
	struct reg_submission s = { .facts = fact, .count = 1, .known = known, .known_count = 2 };

	arena_reset(t->arena);
	t->fault = (struct fault){ 0 };
	CHECK_INT(reg_submit(t->reg, &t->as[ROLE_COUNSELLOR], &s, t->arena, &t->answer, &t->fault),
		  OK);
	return t->answer.sort;
}

TEST(a_form_that_others_overtook_is_not_recorded_and_says_about_whom)
{
	struct fact fact;
	struct town t;
	struct id her;

	town_make(&t, 6);
	town_registers_family(&t);
	her = town_id(&t, "@zarmina");
	CHECK_INT(reg_person_version(&(struct person){ 0 }), 0);
	CHECK_INT(town_person(&t, "@zarmina").fact_count, 1);
	fact = withdrawal(&her);
	CHECK_INT(submit(&t, &fact, &her, 1), SUBMISSION_RECORDED);
	fact = withdrawal(&her);
	CHECK_INT(submit(&t, &fact, &her, 1), SUBMISSION_OVERTAKEN);
	CHECK_INT(t.answer.overtaken_at, 1);
	CHECK_INT(town_person(&t, "@zarmina").fact_count, 2);
	town_end(&t);
}

TEST(a_form_knows_no_more_people_than_facts_can_be_recorded_at_once)
{
	static const struct reg_known known[LOG_BATCH_MAX + 1];
	struct reg_submission s = { .count = 1, .known = known, .known_count = COUNT_OF(known) };
	struct submission_answer answer;
	struct fact fact;
	struct town t;

	town_make(&t, 11);
	town_registers_family(&t);
	fact = withdrawal(&(struct id){ { 1 } });
	s.facts = &fact;
	CHECK_FAULT(reg_submit(t.reg, &t.as[ROLE_COUNSELLOR], &s, t.arena, &answer, &t.fault),
		    ERR_LIMIT, &t.fault, "submission.known");
	town_end(&t);
}

TEST(a_repeat_gets_the_first_answer_although_it_was_overtaken_since)
{
	struct fact fact;
	struct town t;
	struct id her;

	town_make(&t, 7);
	town_registers_family(&t);
	her = town_id(&t, "@zarmina");
	for (int i = 0; i < 2; i++) {
		fact = withdrawal(&her);
		memset(fact.key.at, 7, ID_SIZE);
		CHECK_INT(submit(&t, &fact, &her, 1),
			  i ? SUBMISSION_REPEATED : SUBMISSION_RECORDED);
	}
	town_end(&t);
}

TEST(whoever_only_reads_a_file_overtakes_nobody)
{
	struct fact fact;
	struct town t;
	struct id her;

	town_make(&t, 8);
	town_registers_family(&t);
	her = town_id(&t, "@zarmina");
	CHECK_INT(reg_opened(t.reg, &t.as[ROLE_REGISTRATION], &her, OPENING_COUNSELLING, &t.fault),
		  OK);
	CHECK_INT(town_person(&t, "@zarmina").opened_count, 1);
	fact = withdrawal(&her);
	CHECK_INT(submit(&t, &fact, &her, 1), SUBMISSION_RECORDED);
	town_end(&t);
}

TEST(a_form_about_somebody_who_was_erased_meanwhile_is_overtaken)
{
	struct id her, him;
	struct fact fact;
	struct town t;

	town_make(&t, 9);
	town_registers_family(&t);
	her = town_id(&t, "@zarmina");
	him = town_id(&t, "@habib");
	town_records(&t, ROLE_ADMINISTRATOR,
		     "{\"kind\": \"person.erased\", \"subject\": \"@zarmina\","
		     " \"reason\": \"person-asked\"}");
	fact = withdrawal(&him);
	CHECK_INT(submit(&t, &fact, &her, 1), SUBMISSION_OVERTAKEN);
	CHECK_INT(t.answer.overtaken_at, 1);
	town_end(&t);
}

#define OFFICERS 16

struct officer {
	struct town *town;
	struct id her;
	enum err err;
	enum answer_sort sort;
	pthread_t thread;
};

static void *fill_form(void *self)
{
	struct officer *o = self;
	struct reg_known known = { o->her, 1 };
	struct fact fact = withdrawal(&o->her);
	struct reg_submission s = { .facts = &fact, .count = 1, .known = &known, .known_count = 1 };
	struct submission_answer answer = { 0 };
	struct arena *a = NULL;
	struct fault f = { 0 };

	o->err = arena_new(&a, 1 << 20);
	if (!o->err)
		o->err =
			reg_submit(o->town->reg, &o->town->as[ROLE_COUNSELLOR], &s, a, &answer, &f);
	o->sort = answer.sort;
	arena_free(a);
	return NULL;
}

TEST(of_sixteen_who_know_her_as_she_was_one_records_and_the_others_are_told)
{
	struct officer all[OFFICERS];
	int recorded = 0;
	struct town t;

	town_make(&t, 10);
	town_registers_family(&t);
	for (int i = 0; i < OFFICERS; i++) {
		all[i] = (struct officer){ .town = &t, .her = town_id(&t, "@zarmina") };
		CHECK(!pthread_create(&all[i].thread, NULL, fill_form, &all[i]));
	}
	for (int i = 0; i < OFFICERS; i++) {
		pthread_join(all[i].thread, NULL);
		CHECK_INT(all[i].err, OK);
		CHECK(all[i].sort == SUBMISSION_RECORDED || all[i].sort == SUBMISSION_OVERTAKEN);
		recorded += all[i].sort == SUBMISSION_RECORDED;
	}
	CHECK_INT(recorded, 1);
	CHECK_INT(town_person(&t, "@zarmina").fact_count, 2);
	town_end(&t);
}

RUN_TESTS()
