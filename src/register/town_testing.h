/*
 * town_testing: a demo register in a folder of its own, with one account for each
 * role, on a clock that is moved by hand.
 *
 *     struct town t;
 *
 *     town_make(&t, 1);
 *     town_records(&t, ROLE_REGISTRATION, "{\"kind\": \"household.registered\", …}");
 *     town_wait(&t, 25 * HOUR);
 *     CHECK(town_refused_by(&t, ROLE_MOVEMENT, seat, RULE_TIME_TO_THINK));
 *     town_end(&t);
 *
 * What is proposed is JSON as `ikhtiar record` takes it: one object, or an array that
 * is recorded as a whole; "@name" stands for a new id and is the same for the whole
 * life of a town.
 */
#pragma once

#include "base/test.h"
#include "base/world_testing.h"
#include "log/disk_testing.h"
#include "place/place_testing.h"
#include "register/register.h"

#define HOUR INT64_C(3600)
#define DAY (24 * HOUR)

#define TOWN_NAMES_MAX 512
#define TOWN_PATH_SIZE (TEST_FOLDER_SIZE + 64)

struct town_name {
	char name[40];
	struct id id;
};

struct town {
	struct world_simulated world;
	char folder[TEST_FOLDER_SIZE];
	char dir[TOWN_PATH_SIZE]; /* of the register, in `folder` */
	const struct atlas *atlas; /* one for all towns of a program */
	struct reg *reg;
	struct reg_recovery recovery;
	struct session as[ROLE_AUDITOR + 1]; /* by role */
	struct town_name names[TOWN_NAMES_MAX];
	size_t name_count;

	/* of the newest proposal */
	struct arena *arena;
	struct fault fault;
	struct submission_answer answer;
	struct fact *facts;
	size_t fact_count;
};

/* The account of a role is called as the role is, and so is its passphrase. */
const char *town_account(int64_t role);

/* A register that is open, unlocked, and has all its accounts. */
void town_make(struct town *t, uint64_t seed);
/*
 * The same in parts: on a disk in memory, which must outlive it, nothing yet; then the
 * register, open, with its administrator; then the account of one role after another.
 */
void town_begin_on(struct town *t, uint64_t seed, struct disk *d);
enum err town_found(struct town *t);
enum err town_opens_account(struct town *t, int64_t role);
/* Close it, and remove all it wrote. */
void town_end(struct town *t);
/* Close the register, and open it again: locked. */
void town_close(struct town *t);
void town_open(struct town *t);
enum err town_try_open(struct town *t); /* what reg_open() says */
/* Log in as `role`; what reg_login() says. */
enum err town_login(struct town *t, int64_t role, const char *passphrase);
void town_login_all(struct town *t);
/* Watch the clock as a real register's is watched, until it is closed: a demo's is not,
 * and a real one's passphrases take a second each. */
void town_watch_clock(struct town *t);
void town_wait(struct town *t, int64_t seconds);

/* Propose; the answer, or the fault, is in the town. */
enum err town_propose(struct town *t, int64_t role, const char *json);
/* The same, and it must be recorded. */
void town_records(struct town *t, int64_t role, const char *json);
/* The same with a printf format. */
void town_records_of(struct town *t, int64_t role, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
enum err town_propose_of(struct town *t, int64_t role, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Whether the proposal is refused, and by this rule among others. */
bool town_refused_by(struct town *t, int64_t role, const char *json, enum rule rule);

/* The id of "@name", a new one where it was not used yet. */
struct id town_id(struct town *t, const char *name);
/* The row of person "@name"; she must be there. */
struct person town_person(struct town *t, const char *name);

/* "@household", and two adults and a child in it: "@zarmina", "@habib", "@lal". */
void town_registers_family(struct town *t);
/* `who` is counselled on AF06; chooses `answer`, before another officer. */
void town_counsels(struct town *t, const char *who);
void town_chooses(struct town *t, const char *who, const char *answer);
/* The same proposed under a key that makes a repeat harmless (NULL: none). */
enum err town_proposes_counselling(struct town *t, const char *who, const char *key);
enum err town_proposes_choice(struct town *t, const char *who, const char *answer, const char *key);
/* "@bus": departs `after_s` from now, over Torkham. */
void town_plans_bus(struct town *t, int64_t after_s, int seats);
