/*
 * "Any thread may call any function here": each function while each other runs, and
 * all of them at once.  Whatever is answered in between, nothing that was recorded is
 * lost, and the folds agree.  ThreadSanitizer looks on in the build tsan.
 */
#include <pthread.h>
#include <stdio.h>

#include "register/town_testing.h"

#define ROUNDS 3
#define ARENA_SIZE ((size_t)16 * 1024 * 1024)

struct actor {
	struct town *town;
	uint8_t number; /* of the act */
	uint8_t serial; /* among all actors of the town */
	uint8_t round;
	struct id person;
	struct fact_ref choice; /* a fact of hers */
	struct arena *arena;
	struct fault fault;
	enum err err;
	uint64_t recorded; /* households */
	pthread_t thread;
};

static struct secret *passphrase_of(int64_t role)
{
	struct secret *s = NULL;

	if (secret_of(&s, bytes_of_text(text_of(town_account(role))), NULL))
		return NULL;
	return s;
}

/* --- what may be called ---------------------------------------------------------- */

static enum err record(struct actor *a)
{
	struct submission_answer answer;
	struct fact fact;
	enum err e;

	fact_begin(&fact, KIND_HOUSEHOLD_REGISTERED);
	fact.subject = (struct id){ { 1, a->serial, a->round } };
	fact.values[HOUSEHOLD_REGISTERED_RESIDENCE] =
		(struct value){ .given = true, .text = TEXT("PK5") };
	e = reg_record(a->town->reg, &a->town->as[ROLE_REGISTRATION], &fact, 1, a->arena, &answer,
		       &a->fault);
	a->recorded += !e;
	return e;
}

static enum err read_ready(struct actor *a)
{
	struct verdict verdicts[RULES_COUNT + 1];
	const struct session *by = &a->town->as[ROLE_PROTECTION];
	struct reg_named found[2];
	const struct state *s;
	enum err e = reg_read_begin(a->town->reg, by, DEED_FIND, &s, &a->fault);

	if (e)
		return e;
	if (reg_named(a->town->reg, TEXT("zarmina"), found, COUNT_OF(found)) != 1)
		e = ERR_NOT_FOUND;
	if (!e)
		e = reg_ready(a->town->reg, by, s, &a->person, KIND_DEPARTURE_RECORDED, verdicts,
			      a->arena, &a->fault);
	reg_read_end(a->town->reg);
	return e;
}

static enum err open_file(struct actor *a)
{
	return reg_opened(a->town->reg, &a->town->as[ROLE_PROTECTION], &a->person,
			  OPENING_PROTECTION, &a->fault);
}

static enum err read_history(struct actor *a)
{
	const struct fact *facts;
	size_t count;

	return reg_history(a->town->reg, &a->town->as[ROLE_PROTECTION], &a->person, a->arena,
			   &facts, &count, &a->fault);
}

static enum err take_receipt(struct actor *a)
{
	struct text receipt;

	return reg_receipt(a->town->reg, &a->town->as[ROLE_PROTECTION], &a->choice, a->arena,
			   &receipt, &a->fault);
}

static enum err ask_status(struct actor *a)
{
	struct reg_status status;

	reg_site(a->town->reg);
	reg_roles(a->town->reg, &a->town->as[ROLE_AUDITOR]);
	reg_is_locked(a->town->reg);
	return reg_status(a->town->reg, &status, &a->fault);
}

static enum err verify(struct actor *a)
{
	struct reg_proof proof;
	enum err e = reg_verify(a->town->reg, NULL, &proof, &a->fault);

	return !e && (proof.damaged || (proof.folded && !proof.folds_agree)) ? ERR_DAMAGED : e;
}

static enum err back_up(struct actor *a)
{
	char path[TOWN_PATH_SIZE + 32];

	snprintf(path, sizeof(path), "%s/backup-%d-%d", a->town->folder, a->serial, a->round);
	return reg_backup(a->town->reg, path, NULL, &a->fault);
}

static enum err log_in(struct actor *a)
{
	struct secret *passphrase = passphrase_of(ROLE_REGISTRATION);
	struct session session;
	enum err e = passphrase ? reg_login(a->town->reg, text_of(town_account(ROLE_REGISTRATION)),
					    passphrase, NULL, &session, &a->fault)
				: ERR_MEMORY;

	secret_free(passphrase);
	return e;
}

static enum err log_in_wrongly(struct actor *a)
{
	struct secret *passphrase = passphrase_of(ROLE_CASHIER);
	struct session session;
	enum err e = passphrase ? reg_login(a->town->reg, text_of(town_account(ROLE_COUNSELLOR)),
					    passphrase, NULL, &session, &a->fault)
				: ERR_MEMORY;

	secret_free(passphrase);
	return e == ERR_DENIED ? OK : ERR_DAMAGED;
}

static enum err change_passphrase(struct actor *a)
{
	struct secret *same = passphrase_of(ROLE_AUDITOR);
	enum err e = same ? reg_account_passphrase(a->town->reg, &a->town->as[ROLE_AUDITOR], same,
						   same, &a->fault)
			  : ERR_MEMORY;

	secret_free(same);
	return e;
}

static enum err change_roles(struct actor *a)
{
	return reg_account_roles(
		a->town->reg, &a->town->as[ROLE_ADMINISTRATOR], text_of(town_account(ROLE_BORDER)),
		ROLE_BIT(BORDER) | (a->round % 2 ? ROLE_BIT(MOVEMENT) : 0), &a->fault);
}

static enum err lock_it(struct actor *a)
{
	reg_lock(a->town->reg);
	return log_in(a);
}

typedef enum err act(struct actor *a);

static const struct {
	const char *name;
	act *act;
} acts[] = {
	{ "record", record },
	{ "read", read_ready },
	{ "open a file", open_file },
	{ "history", read_history },
	{ "receipt", take_receipt },
	{ "status", ask_status },
	{ "verify", verify },
	{ "backup", back_up },
	{ "log in", log_in },
	{ "log in wrongly", log_in_wrongly },
	{ "change a passphrase", change_passphrase },
	{ "change roles", change_roles },
	{ "lock", lock_it },
};

static size_t number_of(act *wanted)
{
	size_t number = 0;

	while (acts[number].act != wanted)
		number++;
	return number;
}

/* --- at the same time ------------------------------------------------------------ */

static void *act_in_rounds(void *self)
{
	struct actor *a = self;

	for (a->round = 0; a->round < ROUNDS && !a->err; a->round++) {
		a->err = acts[a->number].act(a);
		if (a->err == ERR_LOCKED) /* by who locks */
			a->err = OK;
	}
	return NULL;
}

/* Gives how many households were recorded. */
static uint64_t act_together(struct actor *actors, size_t count)
{
	uint64_t recorded = 0;

	for (size_t i = 0; i < count; i++)
		CHECK(!pthread_create(&actors[i].thread, NULL, act_in_rounds, &actors[i]));
	for (size_t i = 0; i < count; i++)
		pthread_join(actors[i].thread, NULL);
	for (size_t i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		if (a->err)
			check_failed(__FILE__, __LINE__, "%s, beside %s: error %d, %s",
				     acts[a->number].name, acts[actors[!i].number].name, a->err,
				     a->fault.key ? a->fault.key : "no fault");
		recorded += a->recorded;
		arena_free(a->arena);
	}
	return recorded;
}

static struct actor actor_of(struct town *t, size_t number, size_t serial)
{
	struct actor a = { .town = t,
			   .number = (uint8_t)number,
			   .serial = (uint8_t)serial,
			   .person = town_id(t, "@zarmina") };

	a.choice = t->answer.refs[0];
	CHECK_INT(arena_new(&a.arena, ARENA_SIZE), OK);
	return a;
}

static void make_town_with_family(struct town *t, uint64_t seed)
{
	town_make(t, seed);
	town_registers_family(t);
	town_counsels(t, "@zarmina");
	town_chooses(t, "@zarmina", "return");
}

static void check_whole(struct town *t, uint64_t households)
{
	struct reg_status status;
	struct reg_proof proof;

	town_login_all(t);
	CHECK_INT(reg_status(t->reg, &status, &t->fault), OK);
	CHECK_INT(status.households, households);
	CHECK_INT(reg_verify(t->reg, NULL, &proof, &t->fault), OK);
	CHECK(proof.folded && proof.folds_agree && proof.damaged == 0);
}

TEST(each_function_may_be_called_while_each_other_runs)
{
	uint64_t households = 1;
	size_t serial = 0;
	struct town t;

	make_town_with_family(&t, 1);
	for (size_t i = 0; i < COUNT_OF(acts); i++)
		for (size_t j = i; j < COUNT_OF(acts); j++) {
			struct actor two[2];

			two[0] = actor_of(&t, i, serial++);
			two[1] = actor_of(&t, j, serial++);

			households += act_together(two, 2);
		}
	check_whole(&t, households);
	town_end(&t);
}

/* She was told that her passphrase is wrong. */
TEST(who_finds_the_register_locked_is_told_so_and_not_denied)
{
	static act *const of_accounts[] = { log_in, change_passphrase, change_roles };
	uint64_t households = 1;
	struct town t;

	make_town_with_family(&t, 3);
	for (size_t i = 0; i < 10 * COUNT_OF(of_accounts); i++) {
		struct actor two[2];

		two[0] = actor_of(&t, number_of(of_accounts[i % COUNT_OF(of_accounts)]), 2 * i);
		two[1] = actor_of(&t, number_of(lock_it), 2 * i + 1);
		households += act_together(two, 2);
	}
	check_whole(&t, households);
	town_end(&t);
}

TEST(all_functions_may_be_called_at_once)
{
	struct actor all[2 * COUNT_OF(acts)];
	struct town t;

	make_town_with_family(&t, 2);
	for (size_t i = 0; i < COUNT_OF(all); i++)
		all[i] = actor_of(&t, i % COUNT_OF(acts), i);
	check_whole(&t, 1 + act_together(all, COUNT_OF(all)));
	town_end(&t);
}

RUN_TESTS()
