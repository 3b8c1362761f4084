/*
 * How many files an account may open within an hour, and that nothing makes the register
 * forget how many it has opened.
 */
#include <pthread.h>

#include "register/town_testing.h"

static enum err opens(struct town *t, int64_t role)
{
	struct id her = town_id(t, "@zarmina");

	t->fault = (struct fault){ 0 };
	return reg_opened(t->reg, &t->as[role], &her, OPENING_COUNSELLING, &t->fault);
}

static void opens_all_but(struct town *t, uint32_t left)
{
	while (reg_openings_left(t->reg, &t->as[ROLE_COUNSELLOR]) > left)
		CHECK_INT(opens(t, ROLE_COUNSELLOR), OK);
}

TEST(whoever_has_opened_too_many_files_waits_and_hears_how_long)
{
	struct town t;

	town_make(&t, 1);
	town_registers_family(&t);
	CHECK_INT(reg_openings_left(t.reg, &t.as[ROLE_COUNSELLOR]), OPENINGS_AN_HOUR);
	CHECK_INT(opens(&t, ROLE_COUNSELLOR), OK);
	town_wait(&t, HOUR / 2);
	opens_all_but(&t, 0);
	CHECK_FAULT(opens(&t, ROLE_COUNSELLOR), ERR_LIMIT, &t.fault, "opened.too-many");
	CHECK_TEXT(t.fault.values[0], "300");
	CHECK_TEXT(t.fault.values[1], "30");
	CHECK_INT(reg_openings_wait_s(t.reg, &t.as[ROLE_COUNSELLOR]), HOUR / 2);
	CHECK_INT(town_person(&t, "@zarmina").opened_count, OPENINGS_AN_HOUR);
	town_wait(&t, HOUR / 2);
	CHECK_INT(reg_openings_left(t.reg, &t.as[ROLE_COUNSELLOR]), 1);
	CHECK_INT(reg_openings_wait_s(t.reg, &t.as[ROLE_COUNSELLOR]), 0);
	CHECK_INT(opens(&t, ROLE_COUNSELLOR), OK);
	CHECK_INT(opens(&t, ROLE_COUNSELLOR), ERR_LIMIT);
	town_end(&t);
}

TEST(what_one_account_opens_is_not_counted_against_another)
{
	struct town t;

	town_make(&t, 2);
	town_registers_family(&t);
	opens_all_but(&t, 0);
	CHECK_INT(reg_openings_left(t.reg, &t.as[ROLE_PROTECTION]), OPENINGS_AN_HOUR);
	CHECK_INT(opens(&t, ROLE_PROTECTION), OK);
	town_end(&t);
}

TEST(neither_locking_nor_a_restart_forgets_what_was_opened)
{
	struct town t;

	town_make(&t, 3);
	town_registers_family(&t);
	opens_all_but(&t, 7);
	reg_lock(t.reg);
	CHECK_INT(reg_openings_left(t.reg, &t.as[ROLE_COUNSELLOR]), 0);
	town_login_all(&t);
	CHECK_INT(reg_openings_left(t.reg, &t.as[ROLE_COUNSELLOR]), 7);
	town_close(&t);
	town_wait(&t, HOUR / 2);
	town_open(&t);
	town_login_all(&t);
	CHECK_INT(reg_openings_left(t.reg, &t.as[ROLE_COUNSELLOR]), 7);
	town_end(&t);
}

TEST(what_is_not_recorded_is_not_counted)
{
	struct id nobody = { { 9 } };
	struct town t;

	town_make(&t, 4);
	town_registers_family(&t);
	CHECK_INT(reg_opened(t.reg, &t.as[ROLE_COUNSELLOR], &nobody, OPENING_COUNSELLING, &t.fault),
		  ERR_INPUT);
	CHECK_INT(reg_openings_left(t.reg, &t.as[ROLE_COUNSELLOR]), OPENINGS_AN_HOUR);
	town_end(&t);
}

/* A thousand and more, so that the list moves up and grows. */
TEST(a_long_day_is_counted_hour_by_hour)
{
	struct town t;

	town_make(&t, 5);
	town_registers_family(&t);
	for (int i = 0; i < 600; i++) {
		CHECK_INT(opens(&t, ROLE_COUNSELLOR), OK);
		CHECK_INT(opens(&t, ROLE_PROTECTION), OK);
		town_wait(&t, 36);
	}
	CHECK_INT(reg_openings_left(t.reg, &t.as[ROLE_COUNSELLOR]), OPENINGS_AN_HOUR - 99);
	town_end(&t);
}

#define READERS 8

static void *opens_until_told(void *self)
{
	struct town *t = self;
	struct id her = town_id(t, "@zarmina");
	struct fault f = { 0 };
	enum err e = OK;

	while (!e)
		e = reg_opened(t->reg, &t->as[ROLE_COUNSELLOR], &her, OPENING_COUNSELLING, &f);
	return e == ERR_LIMIT ? NULL : self;
}

TEST(eight_browsers_of_one_account_open_together_no_more_than_one_may)
{
	pthread_t threads[READERS];
	void *failed;
	struct town t;

	town_make(&t, 6);
	town_registers_family(&t);
	for (int i = 0; i < READERS; i++)
		CHECK(!pthread_create(&threads[i], NULL, opens_until_told, &t));
	for (int i = 0; i < READERS; i++) {
		pthread_join(threads[i], &failed);
		CHECK(!failed);
	}
	CHECK_INT(town_person(&t, "@zarmina").opened_count, OPENINGS_AN_HOUR);
	town_end(&t);
}

/* --- the passphrase again ------------------------------------------------------------ */

TEST(only_her_own_passphrase_says_that_it_is_she)
{
	struct secret *own = NULL, *others = NULL;
	struct town t;

	town_make(&t, 8);
	CHECK_INT(secret_of(&own, bytes_of_text(text_of(town_account(ROLE_BORDER))), NULL), OK);
	CHECK_INT(secret_of(&others, bytes_of_text(text_of(town_account(ROLE_CASHIER))), NULL), OK);
	CHECK_INT(reg_account_again(t.reg, &t.as[ROLE_BORDER], own, &t.fault), OK);
	CHECK_FAULT(reg_account_again(t.reg, &t.as[ROLE_BORDER], others, &t.fault), ERR_DENIED,
		    &t.fault, "login.denied");
	reg_lock(t.reg);
	CHECK_INT(reg_account_again(t.reg, &t.as[ROLE_BORDER], own, &t.fault), ERR_LOCKED);
	CHECK(reg_is_locked(t.reg));
	secret_free(own);
	secret_free(others);
	town_end(&t);
}

RUN_TESTS()
