/*
 * The second factor: nothing of it counts before a code was seen, each code works once,
 * and what is wrong with one is told as what it is.
 */
#include <liboath/oath.h>
#include <pthread.h>
#include <stdlib.h>

#include "register/inside.h"
#include "register/town_testing.h"

struct phone {
	struct town *town;
	struct reg_totp shown;
	uint8_t secret[20];
};

static const struct session *she(struct town *t)
{
	return &t->as[ROLE_COUNSELLOR];
}

static void phone_reads(struct phone *p)
{
	char *secret = NULL;
	size_t size = 0;

	CHECK_INT(oath_base32_decode(p->shown.secret, strlen(p->shown.secret), &secret, &size),
		  OATH_OK);
	CHECK_INT(size, sizeof(p->secret));
	memcpy(p->secret, secret, size);
	free(secret);
}

/* What it shows `after_s` from now. */
static struct text phone_shows(struct phone *p, int64_t after_s)
{
	static char code[TOTP_CODE_SIZE];

	CHECK(totp_code(code, bytes_of(p->secret, sizeof(p->secret)),
			(uint64_t)(p->town->world.wall_ms / 1000 + after_s) / 30));
	return text_of(code);
}

static enum err begins(struct phone *p, struct town *t)
{
	enum err e;

	p->town = t;
	t->fault = (struct fault){ 0 };
	e = reg_totp_begin(t->reg, she(t), &p->shown, &t->fault);
	if (!e)
		phone_reads(p);
	return e;
}

static enum err confirms(struct town *t, struct text code)
{
	t->fault = (struct fault){ 0 };
	return reg_totp_confirm(t->reg, she(t), code, &t->fault);
}

/* The account of `role` has given her passphrase, and gives a code. */
static enum err checks_as(struct town *t, int64_t role, struct text code, struct fault *f)
{
	struct text name = text_of(town_account(role));
	struct secret *passphrase = NULL;
	struct reg_entrant entrant;
	enum err e;

	CHECK_INT(secret_of(&passphrase, bytes_of_text(name), f), OK);
	CHECK_INT(reg_prove(t->reg, name, passphrase, &entrant, f), OK);
	CHECK(id_same(&entrant.who.account, &t->as[role].account));
	e = reg_entrant_totp(t->reg, &entrant, code, f);
	reg_entrant_free(&entrant);
	secret_free(passphrase);
	return e;
}

static enum err checks(struct town *t, struct text code)
{
	t->fault = (struct fault){ 0 };
	return checks_as(t, ROLE_COUNSELLOR, code, &t->fault);
}

static bool has(struct town *t)
{
	bool out;

	CHECK_INT(reg_totp_has(t->reg, she(t), &out, &t->fault), OK);
	return out;
}

/* A town whose counsellor has one, and a minute has passed since. */
static void town_with_phone(struct town *t, struct phone *p, uint64_t seed)
{
	town_make(t, seed);
	CHECK_INT(begins(p, t), OK);
	CHECK_INT(confirms(t, phone_shows(p, 0)), OK);
	town_wait(t, 60);
}

TEST(an_authenticator_counts_only_once_a_code_of_it_was_seen)
{
	struct reg_status before, after;
	struct phone phone;
	struct town t;

	town_make(&t, 1);
	CHECK(!has(&t));
	CHECK_FAULT(confirms(&t, TEXT("123456")), ERR_DENIED, &t.fault, "totp.not-begun");
	CHECK_INT(begins(&phone, &t), OK);
	CHECK(!has(&t));
	CHECK_FAULT(checks(&t, phone_shows(&phone, 0)), ERR_DENIED, &t.fault, "totp.none");
	CHECK_FAULT(confirms(&t, text_of(phone.shown.recovery[0])), ERR_DENIED, &t.fault,
		    "totp.wrong");
	CHECK_INT(reg_status(t.reg, &before, &t.fault), OK);
	CHECK_INT(confirms(&t, phone_shows(&phone, 0)), OK);
	CHECK_INT(reg_status(t.reg, &after, &t.fault), OK);
	CHECK(has(&t));
	CHECK_INT(after.facts, before.facts + 1);
	town_end(&t);
}

TEST(a_code_works_once_also_after_a_restart)
{
	struct phone phone;
	struct town t;

	town_make(&t, 2);
	CHECK_INT(begins(&phone, &t), OK);
	CHECK_INT(confirms(&t, phone_shows(&phone, 0)), OK);
	CHECK_FAULT(checks(&t, phone_shows(&phone, 0)), ERR_DENIED, &t.fault, "totp.used");
	town_wait(&t, 30);
	CHECK_INT(checks(&t, phone_shows(&phone, 0)), OK);
	town_close(&t);
	town_open(&t);
	town_login_all(&t);
	CHECK_FAULT(checks(&t, phone_shows(&phone, 0)), ERR_DENIED, &t.fault, "totp.used");
	town_end(&t);
}

TEST(one_step_to_either_side_is_taken_and_none_before_the_newest_used)
{
	struct phone phone;
	struct town t;

	town_with_phone(&t, &phone, 3);
	CHECK_INT(checks(&t, phone_shows(&phone, -30)), OK);
	CHECK_INT(checks(&t, phone_shows(&phone, 30)), OK);
	CHECK_FAULT(checks(&t, phone_shows(&phone, 0)), ERR_DENIED, &t.fault, "totp.used");
	town_end(&t);
}

TEST(a_clock_that_is_wrong_is_told_as_that)
{
	struct phone phone;
	struct town t;

	town_with_phone(&t, &phone, 4);
	CHECK_FAULT(checks(&t, phone_shows(&phone, 5400)), ERR_DENIED, &t.fault, "totp.clock");
	CHECK_TEXT(t.fault.values[0], "90");
	town_wait(&t, 8 * HOUR);
	CHECK_FAULT(checks(&t, phone_shows(&phone, -5400)), ERR_DENIED, &t.fault, "totp.clock");
	CHECK_FAULT(checks(&t, phone_shows(&phone, 2 * DAY)), ERR_DENIED, &t.fault, "totp.wrong");
	/* It used nothing up. */
	CHECK_INT(checks(&t, phone_shows(&phone, 0)), OK);
	town_end(&t);
}

TEST(digits_may_be_of_any_script_and_with_blanks)
{
	static const char *const persian[] = { "۰", "۱", "۲", "۳", "۴", "۵", "۶", "۷", "۸", "۹" };
	char typed[64] = "";
	struct phone phone;
	struct town t;
	struct text code;

	town_with_phone(&t, &phone, 5);
	code = phone_shows(&phone, 0);
	for (size_t i = 0; i < code.size; i++) {
		strcat(typed, persian[code.at[i] - '0']);
		strcat(typed, i == 2 ? " " : "");
	}
	CHECK_INT(checks(&t, text_of(typed)), OK);
	town_end(&t);
}

TEST(what_is_no_code_is_wrong)
{
	static const char *const wrong[] = { "",       "12345",	      "1234567",
					     "zahra!", "12345678901", "۱۲۳۴۵",
					     "éééééé", "AAAAA-AAAAA", "\xff\xff\xff\xff\xff\xff" };
	struct phone phone;
	struct town t;

	town_with_phone(&t, &phone, 6);
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		CHECK_FAULT(checks(&t, text_of(wrong[i])), ERR_DENIED, &t.fault, "totp.wrong");
	town_end(&t);
}

TEST(each_recovery_code_works_once_however_it_is_written)
{
	struct phone phone;
	char typed[32];
	struct town t;

	town_with_phone(&t, &phone, 7);
	for (size_t i = 0; i < TOTP_RECOVERY_CODES; i++) {
		size_t size = strlen(phone.shown.recovery[i]);

		for (size_t k = 0; k <= size; k++) {
			char c = phone.shown.recovery[i][k];

			typed[k] = c == '-' ? ' ' : c == '0' ? 'o' : c == '1' ? 'l' : c;
		}
		CHECK_INT(checks(&t, text_of(typed)), OK);
		CHECK_FAULT(checks(&t, text_of(phone.shown.recovery[i])), ERR_DENIED, &t.fault,
			    "totp.wrong");
	}
	CHECK_INT(checks(&t, phone_shows(&phone, 0)), OK);
	town_end(&t);
}

TEST(while_a_new_one_is_begun_the_old_one_goes_on)
{
	struct phone old, new_;
	struct town t;

	town_with_phone(&t, &old, 8);
	CHECK_INT(begins(&new_, &t), OK);
	CHECK_INT(checks(&t, phone_shows(&old, 0)), OK);
	CHECK_INT(confirms(&t, phone_shows(&new_, 0)), OK);
	town_wait(&t, 60);
	CHECK_INT(checks(&t, phone_shows(&old, 0)), ERR_DENIED);
	CHECK_INT(checks(&t, text_of(old.shown.recovery[0])), ERR_DENIED);
	CHECK_INT(checks(&t, phone_shows(&new_, 0)), OK);
	town_end(&t);
}

static enum err resets(struct town *t, int64_t by)
{
	t->fault = (struct fault){ 0 };
	return reg_totp_reset(t->reg, &t->as[by], text_of(town_account(ROLE_COUNSELLOR)),
			      &t->fault);
}

TEST(whoever_manages_accounts_takes_a_lost_one_away_and_that_is_a_fact)
{
	struct reg_status before, after;
	struct phone phone;
	struct town t;

	town_with_phone(&t, &phone, 9);
	CHECK_FAULT(resets(&t, ROLE_COUNSELLOR), ERR_DENIED, &t.fault, "deed.denied");
	CHECK(has(&t));
	CHECK_INT(reg_status(t.reg, &before, &t.fault), OK);
	CHECK_INT(resets(&t, ROLE_ADMINISTRATOR), OK);
	CHECK_INT(reg_status(t.reg, &after, &t.fault), OK);
	CHECK_INT(after.facts, before.facts + 1);
	CHECK(!has(&t));
	CHECK_FAULT(checks(&t, phone_shows(&phone, 0)), ERR_DENIED, &t.fault, "totp.none");
	town_end(&t);
}

TEST(one_that_is_taken_away_does_not_come_back_by_what_was_begun_before)
{
	struct phone phone;
	struct town t;

	town_make(&t, 10);
	CHECK_INT(begins(&phone, &t), OK);
	CHECK_INT(resets(&t, ROLE_ADMINISTRATOR), OK);
	CHECK_FAULT(confirms(&t, phone_shows(&phone, 0)), ERR_DENIED, &t.fault, "totp.not-begun");
	town_end(&t);
}

TEST(while_it_is_locked_nobody_changes_an_authenticator)
{
	struct phone phone;
	struct town t;
	bool out;

	town_with_phone(&t, &phone, 11);
	reg_lock(t.reg);
	CHECK_INT(reg_totp_has(t.reg, she(&t), &out, &t.fault), ERR_LOCKED);
	CHECK_INT(begins(&phone, &t), ERR_LOCKED);
	town_end(&t);
}

TEST(a_code_is_looked_at_while_all_is_locked_and_unlocks_nothing)
{
	struct phone phone;
	struct town t;

	town_with_phone(&t, &phone, 14);
	reg_lock(t.reg);
	CHECK_FAULT(checks(&t, TEXT("000000")), ERR_DENIED, &t.fault, "totp.wrong");
	CHECK_INT(checks(&t, phone_shows(&phone, 0)), OK);
	CHECK_FAULT(checks(&t, phone_shows(&phone, 0)), ERR_DENIED, &t.fault, "totp.used");
	CHECK(reg_is_locked(t.reg));
	town_end(&t);
}

/* Whoever held the disk gave the counsellor the cashier's authenticator. */
TEST(an_authenticator_serves_for_no_other_account)
{
	char from[SETTING_NAME_MAX] = "totp/", to[SETTING_NAME_MAX] = "totp/";
	struct log_setting moved = { .name = to };
	struct phone phone;
	struct town t;

	town_with_phone(&t, &phone, 12);
	hex_write(from + 5, bytes_of(she(&t)->account.at, ID_SIZE));
	hex_write(to + 5, bytes_of(t.as[ROLE_CASHIER].account.at, ID_SIZE));
	CHECK_INT(setting_or_none(t.reg, from, t.arena, &moved.bytes, &t.fault), OK);
	CHECK_INT(settings_write(t.reg, &moved, 1, &t.fault), OK);
	CHECK_FAULT(checks_as(&t, ROLE_CASHIER, phone_shows(&phone, 0), &t.fault), ERR_DAMAGED,
		    &t.fault, "totp.damaged");
	town_end(&t);
}

/* --- two at the same moment ---------------------------------------------------------- */

#define BROWSERS 8

struct browser {
	struct town *town;
	struct text code;
	enum err err;
	pthread_t thread;
};

static void *types_code(void *self)
{
	struct browser *b = self;
	struct fault f = { 0 };

	b->err = checks_as(b->town, ROLE_COUNSELLOR, b->code, &f);
	return NULL;
}

TEST(of_eight_browsers_that_type_the_same_code_one_comes_in)
{
	struct browser all[BROWSERS];
	struct phone phone;
	struct town t;
	int came_in = 0;

	town_with_phone(&t, &phone, 13);
	for (int i = 0; i < BROWSERS; i++) {
		all[i] = (struct browser){ .town = &t, .code = phone_shows(&phone, 0) };
		CHECK(!pthread_create(&all[i].thread, NULL, types_code, &all[i]));
	}
	for (int i = 0; i < BROWSERS; i++) {
		pthread_join(all[i].thread, NULL);
		CHECK(all[i].err == OK || all[i].err == ERR_DENIED);
		came_in += all[i].err == OK;
	}
	CHECK_INT(came_in, 1);
	town_end(&t);
}

RUN_TESTS()
