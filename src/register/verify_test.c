/* A verification while others go on. */
#include <pthread.h>
#include <stdatomic.h>

#include "register/inside.h"
#include "register/town_testing.h"

#define TOWN_FACTS 400

static struct hash digest_of(struct town *t)
{
	struct hash out;

	CHECK_INT(state_digest(t->reg->state, &out), OK);
	return out;
}

/* Not more often than an account may. */
static void opens_file(struct town *t)
{
	struct id habib = town_id(t, "@habib");

	CHECK_INT(
		reg_opened(t->reg, &t->as[ROLE_PROTECTION], &habib, OPENING_PROTECTION, &t->fault),
		OK);
	town_wait(t, HOUR / 100);
}

TEST(a_fold_leaves_out_what_has_come_since)
{
	static const enum fold_order orders[] = { FOLD_AS_LOGGED, FOLD_SHUFFLED };
	struct hash then, now;
	struct fold_count count;
	struct state *folded;
	struct town t;

	town_make(&t, 71);
	town_registers_family(&t);
	then = digest_of(&t);
	struct fold_how how = { .keys = &t.reg->keys.site, .own_length = log_length(t.reg->log) };

	opens_file(&t);
	town_counsels(&t, "@zarmina");
	for (size_t i = 0; i < COUNT_OF(orders); i++) {
		how.order = orders[i];
		CHECK_INT(fold(t.reg, &how, &folded, &count, &t.fault), OK);
		CHECK_INT(state_digest(folded, &now), OK);
		CHECK(memcmp(&then, &now, sizeof(now)) == 0);
		CHECK_INT(count.facts, how.own_length);
		state_free(folded);
	}
	town_end(&t);
}

/* --- others at work ------------------------------------------------------------------ */

struct working {
	struct town *town;
	pthread_t thread;
	atomic_bool stop, failed;
	atomic_uint done;
};

static void *withdraw(void *self)
{
	struct working *w = self;
	struct town *t = w->town;
	struct id habib = town_id(t, "@habib");
	struct arena *a = NULL;
	struct fault f = { 0 };

	if (arena_new(&a, 1 << 20))
		return NULL;
	for (; !atomic_load(&w->stop) && !atomic_load(&w->failed); atomic_fetch_add(&w->done, 1)) {
		struct submission_answer answer;
		struct fact fact;

		fact_begin(&fact, KIND_CHOICE_WITHDRAWN);
		fact.subject = habib;
		fact.values[CHOICE_WITHDRAWN_CHANNEL] = value_number(CHANNEL_PHONE);
		atomic_store(&w->failed, reg_record(t->reg, &t->as[ROLE_PROTECTION], &fact, 1, a,
						    &answer, &f) != OK);
		arena_reset(a);
	}
	arena_free(a);
	return NULL;
}

static void *erase_family(void *self)
{
	static const char *const who[] = { "@zarmina", "@habib", "@lal" };
	struct working *w = self;
	struct town *t = w->town;
	struct arena *a = NULL;
	struct fault f = { 0 };

	if (arena_new(&a, 1 << 20))
		return NULL;
	for (size_t i = 0; i < COUNT_OF(who) && !atomic_load(&w->failed); i++) {
		struct submission_answer answer;
		struct fact fact;

		fact_begin(&fact, KIND_PERSON_ERASED);
		fact.subject = town_id(t, who[i]);
		fact.happened = t->world.wall_ms / 1000;
		fact.values[PERSON_ERASED_REASON] = value_number(ERASURE_PERSON_ASKED);
		atomic_store(&w->failed, reg_record(t->reg, &t->as[ROLE_PROTECTION], &fact, 1, a,
						    &answer, &f) ||
						 answer.sort != SUBMISSION_RECORDED);
		atomic_fetch_add(&w->done, 1);
	}
	arena_free(a);
	return NULL;
}

static void start(struct working *w, struct town *t, void *(*work)(void *self))
{
	*w = (struct working){ .town = t };
	CHECK(!pthread_create(&w->thread, NULL, work, w));
}

static void check_sound(struct town *t)
{
	struct reg_proof proof;

	CHECK_INT(reg_verify(t->reg, NULL, &proof, &t->fault), OK);
	CHECK(proof.folded && proof.folds_agree && proof.checkpoint_held);
	CHECK_INT(proof.damaged, 0);
}

TEST(who_records_while_all_is_verified_is_let_in_and_the_proof_holds)
{
	struct working w;
	struct town t;
	unsigned before;

	town_make(&t, 72);
	town_registers_family(&t);
	for (int i = 0; i < TOWN_FACTS; i++)
		opens_file(&t);
	reg_lock(t.reg);
	town_login_all(&t);
	start(&w, &t, withdraw);
	while (!atomic_load(&w.done))
		;
	before = atomic_load(&w.done);
	for (int i = 0; i < 5; i++)
		check_sound(&t);
	CHECK(atomic_load(&w.done) > before);
	atomic_store(&w.stop, true);
	pthread_join(w.thread, NULL);
	CHECK(!w.failed);
	town_end(&t);
}

TEST(who_is_erased_while_all_is_verified_is_no_damage)
{
	struct working w;
	struct town t;

	town_make(&t, 73);
	town_registers_family(&t);
	for (int i = 0; i < TOWN_FACTS; i++)
		opens_file(&t);
	reg_lock(t.reg);
	town_login_all(&t);
	start(&w, &t, erase_family);
	while (atomic_load(&w.done) < 3 && !atomic_load(&w.failed))
		check_sound(&t);
	pthread_join(w.thread, NULL);
	CHECK(!w.failed);
	check_sound(&t);
	town_end(&t);
}

RUN_TESTS()
