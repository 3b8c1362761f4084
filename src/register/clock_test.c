/* When the clock is believed. */
#include <stdio.h>

#include "base/test.h"
#include "base/world_testing.h"
#include "register/inside.h"
#include "register/town_testing.h"

#define HOUR_MS (3600 * INT64_C(1000))

struct watched {
	struct world_simulated world;
	struct clock_watch clock;
	int64_t start; /* seconds */
};

static void watched_init(struct watched *w)
{
	world_simulated_init(&w->world, 1);
	w->start = w->world.wall_ms / 1000;
	clock_start(&w->clock, &w->world.world);
	clock_be_watched(&w->clock, false);
}

static struct clock_now now(struct watched *w)
{
	return clock_now(&w->clock, &w->world.world);
}

TEST(time_that_passes_is_no_jump)
{
	struct watched w;

	watched_init(&w);
	world_wait(&w.world, 100 * 24 * HOUR_MS);
	CHECK(!now(&w).jumped);
	CHECK_INT(now(&w).seconds, w.start + 100 * DAY);
	clock_end(&w.clock);
}

TEST(a_wall_clock_that_is_moved_while_we_run_is_a_jump)
{
	static const int64_t moves_ms[] = { 25 * HOUR_MS, -25 * HOUR_MS, HOUR_MS, -HOUR_MS };

	for (size_t i = 0; i < COUNT_OF(moves_ms); i++) {
		struct watched w;

		watched_init(&w);
		w.world.wall_ms += moves_ms[i];
		CHECK(now(&w).jumped);
		clock_end(&w.clock);
	}
}

TEST(a_clock_that_is_set_right_by_a_minute_is_no_jump)
{
	struct watched w;

	watched_init(&w);
	w.world.wall_ms -= 60 * 1000;
	CHECK(!now(&w).jumped);
	clock_end(&w.clock);
}

TEST(a_clock_behind_the_last_fact_is_a_jump_and_recorded_stands_still)
{
	struct watched w;

	watched_init(&w);
	clock_know_last(&w.clock, &w.world.world, w.start + 2 * DAY);
	CHECK(now(&w).jumped);
	CHECK_INT(now(&w).seconds, w.start + 2 * DAY);
	clock_end(&w.clock);
}

TEST(a_clock_far_ahead_of_the_last_fact_is_a_jump)
{
	struct watched w;

	watched_init(&w);
	clock_know_last(&w.clock, &w.world.world, w.start - 29 * DAY);
	CHECK(!now(&w).jumped);
	clock_know_last(&w.clock, &w.world.world, w.start - 31 * DAY);
	CHECK(now(&w).jumped);
	clock_end(&w.clock);
}

TEST(a_jump_stands_until_it_is_confirmed_even_if_the_clock_is_set_back)
{
	struct watched w;

	watched_init(&w);
	w.world.wall_ms += 25 * HOUR_MS;
	CHECK(now(&w).jumped);
	w.world.wall_ms -= 25 * HOUR_MS;
	CHECK(now(&w).jumped);
	clock_confirm(&w.clock, &w.world.world);
	CHECK(!now(&w).jumped);
	clock_end(&w.clock);
}

TEST(after_a_confirmation_the_clock_is_watched_from_there)
{
	struct watched w;

	watched_init(&w);
	w.world.wall_ms += 25 * HOUR_MS;
	CHECK(now(&w).jumped);
	clock_confirm(&w.clock, &w.world.world);
	CHECK(!now(&w).jumped);
	w.world.wall_ms += HOUR_MS;
	CHECK(now(&w).jumped);
	clock_end(&w.clock);
}

TEST(recorded_never_runs_backwards)
{
	struct watched w;

	watched_init(&w);
	clock_recorded(&w.clock, w.start + 100);
	CHECK_INT(now(&w).seconds, w.start + 100);
	clock_recorded(&w.clock, w.start + 50);
	CHECK_INT(now(&w).seconds, w.start + 100);
	world_wait(&w.world, 200 * 1000);
	CHECK_INT(now(&w).seconds, w.start + 200);
	clock_end(&w.clock);
}

TEST(a_demo_register_s_clock_is_nobody_s_business)
{
	struct watched w;

	world_simulated_init(&w.world, 1);
	clock_start(&w.clock, &w.world.world);
	clock_know_last(&w.clock, &w.world.world, w.world.wall_ms / 1000 - 400 * DAY);
	w.world.wall_ms += 25 * HOUR_MS;
	CHECK(!now(&w).jumped);
	clock_end(&w.clock);
}

TEST(recorded_does_not_follow_a_clock_that_jumped)
{
	struct watched w;

	watched_init(&w);
	clock_know_last(&w.clock, &w.world.world, w.start);
	w.world.wall_ms += 365 * DAY * 1000;
	world_wait(&w.world, HOUR_MS);
	CHECK(now(&w).jumped);
	CHECK_INT(now(&w).seconds, w.start + HOUR);
	/* Set right and confirmed, it goes on from there. */
	w.world.wall_ms -= 365 * DAY * 1000;
	clock_confirm(&w.clock, &w.world.world);
	world_wait(&w.world, HOUR_MS);
	CHECK_INT(now(&w).seconds, w.start + 2 * HOUR);
	clock_end(&w.clock);
}

TEST(after_a_restart_on_a_wrong_clock_time_goes_on_from_the_newest_fact)
{
	static const int64_t wrong[] = { 365 * DAY, -2 * DAY };

	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct watched w;

		watched_init(&w);
		clock_know_last(&w.clock, &w.world.world, w.start - wrong[i]);
		world_wait(&w.world, HOUR_MS);
		CHECK(now(&w).jumped);
		CHECK_INT(now(&w).seconds, w.start - wrong[i] + HOUR);
		clock_end(&w.clock);
	}
}

TEST(a_wall_clock_that_stands_still_or_a_steady_clock_that_does_is_a_jump)
{
	struct watched w;

	watched_init(&w);
	w.world.monotonic_ms += HOUR_MS;
	CHECK(now(&w).jumped);
	CHECK_INT(now(&w).seconds, w.start + HOUR);
	clock_end(&w.clock);

	watched_init(&w);
	w.world.wall_ms += HOUR_MS;
	CHECK(now(&w).jumped);
	CHECK_INT(now(&w).seconds, w.start);
	clock_end(&w.clock);
}

TEST(a_clock_confirmed_behind_the_newest_fact_still_moves)
{
	struct watched w;

	watched_init(&w);
	clock_know_last(&w.clock, &w.world.world, w.start + 2 * DAY);
	clock_confirm(&w.clock, &w.world.world);
	CHECK(!now(&w).jumped);
	world_wait(&w.world, 13 * HOUR_MS);
	CHECK(!now(&w).jumped);
	CHECK_INT(now(&w).seconds, w.start + 2 * DAY + 13 * HOUR);
	clock_end(&w.clock);
}

TEST(what_is_said_to_have_happened_may_be_as_late_as_the_wall_clock_says)
{
	struct watched w;

	watched_init(&w);
	clock_know_last(&w.clock, &w.world.world, w.start - 60 * DAY);
	CHECK(now(&w).jumped);
	CHECK_INT(now(&w).seconds, w.start - 60 * DAY);
	CHECK_INT(now(&w).claims_until, w.start);
	clock_end(&w.clock);
}

/* --- in a register that is no demo ---------------------------------------------- */

struct real {
	struct world_simulated world;
	char folder[TEST_FOLDER_SIZE], dir[TOWN_PATH_SIZE];
	struct atlas *atlas;
	struct secret *passphrase;
	struct reg *reg;
	struct session admin;
	struct fault fault;
};

static void real_open(struct real *r)
{
	CHECK_INT(reg_open(&r->reg, &r->world.world, r->atlas, r->dir, &r->fault), OK);
	CHECK_INT(reg_login(r->reg, TEXT("nadia"), r->passphrase, NULL, &r->admin, &r->fault), OK);
}

static void real_make(struct real *r)
{
	struct reg_site site = { TEXT("Quetta"), { 0 }, TEXT("Asia/Karachi"), false };
	struct reg_recovery recovery;

	*r = (struct real){ .atlas = shipped_atlas() };
	world_simulated_init(&r->world, 1);
	test_folder_make(r->folder);
	snprintf(r->dir, sizeof(r->dir), "%s/register", r->folder);
	CHECK_INT(secret_of(&r->passphrase, bytes_of_text(TEXT("river, stone, w")), NULL), OK);
	CHECK_INT(reg_create(&r->world.world, r->dir, &site, TEXT("nadia"), r->passphrase,
			     &recovery, &r->fault),
		  OK);
	real_open(r);
}

static void real_end(struct real *r)
{
	reg_close(r->reg);
	secret_free(r->passphrase);
	atlas_free(r->atlas);
	test_folder_remove(r->folder);
}

static bool is_jumped(struct real *r)
{
	struct reg_status status;

	CHECK_INT(reg_status(r->reg, &status, &r->fault), OK);
	return status.clock_jumped;
}

static void real_records(struct real *r, enum kind kind)
{
	struct submission_answer answer;
	struct arena *a = NULL;
	struct fact fact;

	CHECK_INT(arena_new(&a, 1 << 20), OK);
	fact_begin(&fact, kind);
	fact.subject = reg_site(r->reg).id;
	fact.happened = r->world.wall_ms / 1000;
	if (kind == KIND_TERMS_SET) {
		memset(&fact.subject, 7, sizeof(fact.subject));
		fact.values[TERMS_SET_COOLING] = value_number(48);
		fact.values[TERMS_SET_LAPSE] = value_number(90);
		fact.values[TERMS_SET_RECONFIRM] = value_number(12);
	}
	CHECK_INT(reg_record(r->reg, &r->admin, &fact, 1, a, &answer, &r->fault), OK);
	CHECK_INT(answer.sort, SUBMISSION_RECORDED);
	arena_free(a);
}

TEST(a_jump_outlives_a_restart_until_an_administrator_confirms_the_clock)
{
	struct real r;

	real_make(&r);
	CHECK(!is_jumped(&r));
	r.world.wall_ms += 40 * DAY * 1000;
	CHECK(is_jumped(&r));
	real_records(&r, KIND_TERMS_SET);
	reg_close(r.reg);
	real_open(&r); /* the newest fact is of now, and both clocks agree from here on */
	CHECK(is_jumped(&r));
	real_records(&r, KIND_CLOCK_CONFIRMED);
	CHECK(!is_jumped(&r));
	reg_close(r.reg);
	real_open(&r);
	CHECK(!is_jumped(&r));
	real_end(&r);
}

RUN_TESTS()
