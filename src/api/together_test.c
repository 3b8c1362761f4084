/*
 * Many browsers at once: what one does is whole for the others, and nobody gets more tries
 * by trying at the same time.
 */
#include <pthread.h>
#include <stdio.h>

#include "api/server_testing.h"
#include "api/session.h"

#define THREADS 8
#define ROUNDS 6

/* --- one PIN, many hands ---------------------------------------------------------------- */

struct hand {
	struct sessions *sessions;
	struct cookie cookie;
	unsigned wrong; /* tries that were looked at */
};

static void *tries_all_the_time(void *self)
{
	struct hand *h = self;

	for (int i = 0; i < 4; i++) {
		struct fault f = { 0 };
		enum err e =
			sessions_open_by_pin(h->sessions, &h->cookie, NULL, TEXT("000000"), &f);

		h->wrong += e == ERR_DENIED && !strcmp(f.key, "session.pin-wrong");
	}
	return NULL;
}

TEST(many_who_try_a_pin_at_once_have_no_more_tries_than_one)
{
	const struct newcomer n = { .account = { { 7 } }, .name = TEXT("zahra") };
	struct cookie c = { .given = false };
	struct hand hands[THREADS];
	pthread_t threads[THREADS];
	struct world_simulated world;
	struct sessions *sessions;
	struct fault f = { 0 };
	unsigned wrong = 0;

	world_simulated_init(&world, 1);
	CHECK_INT(sessions_new(&sessions, &world.world, &f), OK);
	CHECK_INT(sessions_enter(sessions, &c, &n, &f), OK);
	CHECK_INT(sessions_set_pin(sessions, &c, TEXT("481516"), &f), OK);
	sessions_away(sessions, &c);
	for (int i = 0; i < THREADS; i++) {
		hands[i] = (struct hand){ .sessions = sessions, .cookie = c };
		CHECK(!pthread_create(&threads[i], NULL, tries_all_the_time, &hands[i]));
	}
	for (int i = 0; i < THREADS; i++) {
		CHECK(!pthread_join(threads[i], NULL));
		wrong += hands[i].wrong;
	}
	CHECK(wrong < PIN_TRIES);
	CHECK_INT(sessions_open_by_pin(sessions, &c, NULL, TEXT("481516"), &f), ERR_DENIED);
	sessions_free(sessions);
}

/* --- many browsers, and a lock ------------------------------------------------------------ */

struct worker {
	struct server *server;
	int64_t role;
	bool locks;
	unsigned answered;
};

/* Comes in as often as she is put out, and asks what her role asks. */
static void *works(void *self)
{
	static const char *const addresses[] = { "/api/session", "/api/movements", "/api/kinds",
						 "/api/changes?after=0" };
	struct worker *w = self;
	const char *name = town_account(w->role);
	struct browser b;

	browser_begin(&b, w->server);
	for (int round = 0; round < ROUNDS; round++) {
		browser_logs_in(&b, name, name);
		for (size_t i = 0; i < COUNT_OF(addresses); i++)
			w->answered += browser_gets(&b, addresses[i]) == 200;
		if (w->locks)
			browser_posts(&b, "/api/lock", NULL);
	}
	browser_end(&b);
	return NULL;
}

TEST(while_one_locks_the_others_get_whole_answers_and_come_in_again)
{
	struct worker workers[THREADS];
	pthread_t threads[THREADS];
	struct server s = { .api = NULL };
	unsigned answered = 0;

	town_make(&s.town, 1);
	server_stands(&s);
	for (int i = 0; i < THREADS; i++) {
		workers[i] = (struct worker){ .server = &s, .role = 1 + i, .locks = i == 0 };
		CHECK(!pthread_create(&threads[i], NULL, works, &workers[i]));
	}
	for (int i = 0; i < THREADS; i++) {
		CHECK(!pthread_join(threads[i], NULL));
		answered += workers[i].answered;
	}
	CHECK(answered >= ROUNDS * THREADS);
	server_end(&s);
}

RUN_TESTS()
