/*
 * Logging in and out, and that one person's leaving loses nothing.
 */
#include <stdio.h>

#include "register/town_testing.h"

static struct secret *passphrase(const char *text)
{
	struct secret *s = NULL;

	CHECK_INT(secret_of(&s, bytes_of_text(text_of(text)), NULL), OK);
	return s;
}

static enum err opens(struct town *t, const char *name, uint16_t roles, struct session *out)
{
	struct secret *s = passphrase(name);
	enum err e;

	t->fault = (struct fault){ 0 };
	e = reg_account_open(t->reg, &t->as[ROLE_ADMINISTRATOR], text_of(name), roles, 0, s,
			     &out->account, &t->fault);
	secret_free(s);
	return e;
}

static enum err logs_in(struct town *t, const char *name, const char *words, struct session *out)
{
	struct secret *s = passphrase(words);
	enum err e;

	t->fault = (struct fault){ 0 };
	e = reg_login(t->reg, text_of(name), s, NULL, out, &t->fault);
	secret_free(s);
	return e;
}

TEST(a_register_is_locked_until_somebody_logs_in)
{
	const struct state *s;
	struct town t;

	town_make(&t, 1);
	town_registers_family(&t);
	reg_lock(t.reg);
	CHECK(reg_is_locked(t.reg));
	CHECK_FAULT(reg_read_begin(t.reg, &t.as[ROLE_REGISTRATION], DEED_FIND, &s, &t.fault),
		    ERR_LOCKED, &t.fault, "register.locked");
	CHECK_INT(town_propose(&t, ROLE_REGISTRATION,
			       "{\"kind\": \"household.registered\", \"subject\": \"@h\","
			       " \"residence\": \"PK5\"}"),
		  ERR_LOCKED);
	CHECK_INT(reg_roles(t.reg, &t.as[ROLE_REGISTRATION]), 0);
	CHECK_INT(town_login(&t, ROLE_REGISTRATION, town_account(ROLE_REGISTRATION)), OK);
	CHECK(!reg_is_locked(t.reg));
	CHECK(town_person(&t, "@zarmina").registered);
	town_end(&t);
}

TEST(a_wrong_passphrase_and_a_name_that_is_not_there_get_the_same_answer)
{
	struct session who;
	struct fault wrong;
	struct town t;

	town_make(&t, 2);
	CHECK_INT(logs_in(&t, town_account(ROLE_BORDER), "something else", &who), ERR_DENIED);
	wrong = t.fault;
	CHECK_INT(logs_in(&t, "nobody", "something else", &who), ERR_DENIED);
	CHECK(!memcmp(&wrong, &t.fault, sizeof(wrong)));
	CHECK_INT(logs_in(&t, "", "something else", &who), ERR_DENIED);
	town_end(&t);
}

TEST(a_login_name_is_read_however_it_is_written)
{
	struct session a, b;
	struct town t;

	town_make(&t, 3);
	CHECK_INT(opens(&t, "Zahrā Gul", ROLE_BIT(COUNSELLOR), &a), OK);
	CHECK_INT(logs_in(&t, "zahrā  GUL", "Zahrā Gul", &b), OK);
	CHECK(id_same(&a.account, &b.account));
	CHECK_INT(opens(&t, "ZAHRĀ GUL", ROLE_BIT(COUNSELLOR), &b), ERR_INPUT);
	CHECK_TEXT(t.fault.key, "account.exists");
	town_end(&t);
}

TEST(only_an_administrator_changes_accounts)
{
	struct session eve = { 0 };
	struct town t;
	struct secret *s = passphrase("eve");

	town_make(&t, 4);
	CHECK_FAULT(reg_account_open(t.reg, &t.as[ROLE_REGISTRATION], TEXT("eve"),
				     ROLE_BIT(ADMINISTRATOR), 0, s, &eve.account, &t.fault),
		    ERR_DENIED, &t.fault, "deed.denied");
	CHECK_INT(logs_in(&t, "eve", "eve", &eve), ERR_DENIED);
	CHECK_INT(reg_account_roles(t.reg, &t.as[ROLE_REGISTRATION],
				    text_of(town_account(ROLE_REGISTRATION)),
				    ROLE_BIT(ADMINISTRATOR), &t.fault),
		  ERR_DENIED);
	CHECK_INT(reg_account_close(t.reg, &t.as[ROLE_REGISTRATION],
				    text_of(town_account(ROLE_BORDER)), &t.fault),
		  ERR_DENIED);
	secret_free(s);
	town_end(&t);
}

TEST(a_closed_account_neither_logs_in_nor_works_on)
{
	struct session zahra;
	struct town t;

	town_make(&t, 5);
	CHECK_INT(opens(&t, "zahra", ROLE_BIT(REGISTRATION), &zahra), OK);
	t.as[ROLE_REGISTRATION] = zahra;
	CHECK_INT(reg_account_close(t.reg, &t.as[ROLE_ADMINISTRATOR], TEXT("zahra"), &t.fault), OK);
	CHECK_INT(logs_in(&t, "zahra", "zahra", &zahra), ERR_DENIED);
	CHECK_INT(town_propose(&t, ROLE_REGISTRATION,
			       "{\"kind\": \"household.registered\", \"subject\": \"@h\","
			       " \"residence\": \"PK5\"}"),
		  ERR_DENIED);
	CHECK_TEXT(t.fault.key, "account.closed");
	town_close(&t);
	town_open(&t);
	CHECK_INT(logs_in(&t, "zahra", "zahra", &zahra), ERR_DENIED);
	CHECK(reg_is_locked(t.reg));
	town_end(&t);
}

TEST(roles_change_at_once)
{
	struct town t;

	town_make(&t, 6);
	CHECK_INT(reg_account_roles(t.reg, &t.as[ROLE_ADMINISTRATOR],
				    text_of(town_account(ROLE_BORDER)),
				    ROLE_BIT(BORDER) | ROLE_BIT(MOVEMENT), &t.fault),
		  OK);
	CHECK_INT(reg_roles(t.reg, &t.as[ROLE_BORDER]), ROLE_BIT(BORDER) | ROLE_BIT(MOVEMENT));
	town_end(&t);
}

TEST(the_last_administrator_stays)
{
	const char *admin = town_account(ROLE_ADMINISTRATOR);
	struct session second;
	struct town t;

	town_make(&t, 7);
	CHECK_FAULT(reg_account_close(t.reg, &t.as[ROLE_ADMINISTRATOR], text_of(admin), &t.fault),
		    ERR_INPUT, &t.fault, "account.last-administrator");
	CHECK_FAULT(reg_account_roles(t.reg, &t.as[ROLE_ADMINISTRATOR], text_of(admin),
				      ROLE_BIT(AUDITOR), &t.fault),
		    ERR_INPUT, &t.fault, "account.last-administrator");
	CHECK_INT(opens(&t, "second", ROLE_BIT(ADMINISTRATOR), &second), OK);
	CHECK_INT(reg_account_close(t.reg, &second, text_of(admin), &t.fault), OK);
	CHECK_INT(reg_account_close(t.reg, &second, TEXT("second"), &t.fault), ERR_INPUT);
	town_end(&t);
}

TEST(a_new_passphrase_needs_the_old_one_and_replaces_it)
{
	struct secret *old = passphrase(town_account(ROLE_BORDER)),
		      *new_ = passphrase("river stone");
	struct session who;
	struct town t;

	town_make(&t, 8);
	CHECK_INT(reg_account_passphrase(t.reg, &t.as[ROLE_BORDER], new_, new_, &t.fault),
		  ERR_DENIED);
	CHECK_INT(reg_account_passphrase(t.reg, &t.as[ROLE_BORDER], old, new_, &t.fault), OK);
	CHECK_INT(logs_in(&t, town_account(ROLE_BORDER), town_account(ROLE_BORDER), &who),
		  ERR_DENIED);
	town_close(&t);
	town_open(&t);
	CHECK_INT(logs_in(&t, town_account(ROLE_BORDER), "river stone", &who), OK);
	secret_free(old);
	secret_free(new_);
	town_end(&t);
}

TEST(both_halves_of_the_sheet_give_an_account_back_and_that_is_a_fact)
{
	const char *admin = town_account(ROLE_ADMINISTRATOR);
	struct secret *new_ = passphrase("river stone");
	struct reg_status before, after;
	struct session who;
	struct town t;

	town_make(&t, 9);
	town_close(&t);
	town_open(&t);
	CHECK_INT(reg_status(t.reg, &before, &t.fault), OK);
	CHECK_INT(reg_account_recover(t.reg, text_of(t.recovery.half[1]),
				      text_of(t.recovery.half[0]), text_of(admin), new_, &t.fault),
		  OK);
	CHECK(reg_is_locked(t.reg));
	CHECK_INT(reg_status(t.reg, &after, &t.fault), OK);
	CHECK_INT(after.facts, before.facts + 1);
	CHECK_INT(logs_in(&t, admin, admin, &who), ERR_DENIED);
	CHECK_INT(logs_in(&t, admin, "river stone", &who), OK);
	secret_free(new_);
	town_end(&t);
}

TEST(one_half_of_the_sheet_gives_nothing)
{
	const char *admin = town_account(ROLE_ADMINISTRATOR);
	struct secret *new_ = passphrase("river stone");
	struct town t, other;

	town_make(&t, 10);
	town_make(&other, 11);
	CHECK_FAULT(reg_account_recover(t.reg, text_of(t.recovery.half[0]),
					text_of(other.recovery.half[1]), text_of(admin), new_,
					&t.fault),
		    ERR_DENIED, &t.fault, "recovery.other-register");
	CHECK_FAULT(reg_account_recover(t.reg, text_of(t.recovery.half[0]),
					text_of(t.recovery.half[0]), text_of(admin), new_,
					&t.fault),
		    ERR_INPUT, &t.fault, "recovery.same-half");
	CHECK_FAULT(reg_account_recover(t.reg, text_of(other.recovery.half[0]),
					text_of(other.recovery.half[1]), text_of(admin), new_,
					&t.fault),
		    ERR_DENIED, &t.fault, "recovery.other-register");
	secret_free(new_);
	town_end(&other);
	town_end(&t);
}

/* A real register, with what Argon2id takes there. */
TEST(a_real_register_takes_no_short_passphrase)
{
	struct reg_site site = { TEXT("Quetta Baleli"), { 0 }, TEXT("Asia/Karachi"), false };
	struct secret *shortest = passphrase("river, stone, "), *good = passphrase("river, stone, w");
	struct world_simulated world;
	char folder[TEST_FOLDER_SIZE], dir[TOWN_PATH_SIZE];
	struct reg_recovery recovery;
	struct atlas *atlas = shipped_atlas();
	struct session who;
	struct reg *r = NULL;
	struct fault f = { 0 };

	world_simulated_init(&world, 12);
	test_folder_make(folder);
	snprintf(dir, sizeof(dir), "%s/register", folder);
	CHECK_FAULT(reg_create(&world.world, dir, &site, TEXT("nadia"), shortest, &recovery, &f),
		    ERR_INPUT, &f, "passphrase.short");
	CHECK_INT(reg_create(&world.world, dir, &site, TEXT("nadia"), good, &recovery, &f), OK);
	CHECK_INT(reg_create(&world.world, dir, &site, TEXT("nadia"), good, &recovery, &f),
		  ERR_BUSY);
	CHECK_INT(reg_open(&r, &world.world, atlas, dir, &f), OK);
	CHECK_TEXT(reg_site(r).code, "QUE");
	CHECK(!reg_site(r).demo);
	CHECK_INT(reg_login(r, TEXT("nadia"), shortest, NULL, &who, &f), ERR_DENIED);
	CHECK_INT(reg_login(r, TEXT("nadia"), good, NULL, &who, &f), OK);
	CHECK_INT(reg_roles(r, &who), ROLE_BIT(ADMINISTRATOR));
	reg_close(r);
	secret_free(shortest);
	secret_free(good);
	atlas_free(atlas);
	test_folder_remove(folder);
}

RUN_TESTS()
