/*
 * kill: what was acknowledged outlives `kill -9`.
 *
 * A child opens the register and lets 32 threads record: households, whole families,
 * choices, withdrawals; one of them also locks, unlocks and backs up.  Each says through
 * a pipe what it is about to send, and after reg_record() what was acknowledged.  When
 * the parent has read a random number of acknowledgements it kills the child, opens the
 * register itself and holds it against what it was told:
 *
 *     acknowledged       repeated, the same refs are the answer
 *     sent and no more   repeated, it is there as a whole, or it is recorded now
 *     facts on the disk  those before, and these: not one beside
 *
 * Now and then a second child is killed while it opens what the first one left.  The
 * register goes on from death to death, so that what one kill spoils shows at the next.
 *
 * IKHTIAR_KILLS says how many; a register lives for DEATHS of them.  A case is one
 * register: its seed gives how many acknowledgements each child has and what it records,
 * not the order in which the threads come, so a case that failed is worth several runs.
 */
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/prop.h"
#include "register/town_testing.h"

#define KILLS 100
#define DEATHS 20
#define WRITERS 32
#define STEPS_MAX 48 /* of a writer, which then waits for the end */
#define ACKNOWLEDGED_MAX 400
#define SENT_MAX ((size_t)WRITERS * STEPS_MAX)
#define JSON_MAX 1600
#define PERSONS_MAX 4
#define ANSWER_MEMORY (4 * 1024 * 1024)
#define SEED UINT64_C(20261126)

/* --- what the child tells ------------------------------------------------------- */

enum word {
	OPENS,	  /* from here on it may be killed */
	SENT,	  /* `json` is proposed by `writer` next */
	RECORDED, /* and it is on the disk, from `seq` on */
	DROPS,	  /* the backup goes, to make place for another */
	KEPT,	  /* one is there that holds `seq` facts or more */
	FAILED,	  /* `json` is what failed, and why */
};

/* Written at once, and so never mixed with another writer's. */
struct message {
	enum word word;
	unsigned writer;
	int64_t role;
	uint64_t seq;
	size_t count;
	char json[JSON_MAX];
};
_Static_assert(sizeof(struct message) <= PIPE_BUF, "a message goes through the pipe as one");

/* --- the child ------------------------------------------------------------------ */

/* A writer has a town of its own around the one register: its names, its chance. */
struct writer {
	struct town town;
	unsigned number, life, step;
	int pipe;
	char person[ID_HEX_SIZE + 1]; /* whom it registered last; empty: nobody yet */
	pthread_t thread;
};

static void tell(const struct writer *w, const struct message *m)
{
	if (write(w->pipe, m, sizeof(*m)) != sizeof(*m))
		_exit(1);
}

_Noreturn static void fail(const struct writer *w, const char *what, const struct fault *f)
{
	struct message m = { .word = FAILED, .writer = w->number };

	snprintf(m.json, sizeof(m.json), "%.1000s: %s (%s, %s)", what, f->key ? f->key : "refused",
		 f->values[0], f->values[1]);
	tell(w, &m);
	_exit(1);
}

static uint64_t pick(struct town *t, uint64_t count)
{
	uint64_t n;

	t->world.world.chance(&t->world.world, &n, sizeof(n));
	return n % count;
}

#define HOUSEHOLD                                                                                  \
	"{\"key\": \"%u/%u/%u\", \"kind\": \"household.registered\", \"subject\": \"@h\","         \
	" \"residence\": \"PK5\"}"
#define PERSON                                                                                     \
	", {\"kind\": \"person.registered\", \"subject\": \"@p%u\", \"household\": \"@h\","        \
	" \"given_latin\": \"Zarmina\", \"sex\": \"female\", \"birth_year\": 1990,"                \
	" \"group\": \"por\"}"

static void write_household(struct writer *w, char out[JSON_MAX])
{
	snprintf(out, JSON_MAX, HOUSEHOLD, w->life, w->number, w->step);
}

static void write_family(struct writer *w, char out[JSON_MAX])
{
	unsigned persons = 1 + (unsigned)pick(&w->town, PERSONS_MAX);
	int size = snprintf(out, JSON_MAX, "[" HOUSEHOLD, w->life, w->number, w->step);

	for (unsigned i = 1; i <= persons; i++)
		size += snprintf(out + size, (size_t)(JSON_MAX - size), PERSON, i);
	snprintf(out + size, (size_t)(JSON_MAX - size), "]");
}

/* Of two facts about one person, by the same officer. */
static void write_choice(struct writer *w, char out[JSON_MAX])
{
	char form[2 * HASH_SIZE + 1];

	memset(form, 'a', sizeof(form) - 1);
	form[sizeof(form) - 1] = 0;
	snprintf(out, JSON_MAX,
		 "[{\"key\": \"%u/%u/%u\", \"kind\": \"choice.made\", \"subject\": \"%s\","
		 " \"answer\": \"stay\", \"form\": \"%s\", \"mark\": \"thumb\", \"by\": \"%s\","
		 " \"witness\": \"Gul\", \"company\": \"alone\"},"
		 " {\"kind\": \"hold.placed\", \"subject\": \"%s\", \"reason\": \"legal\"}]",
		 w->life, w->number, w->step, w->person, form, w->person, w->person);
}

static void write_withdrawal(struct writer *w, char out[JSON_MAX])
{
	snprintf(out, JSON_MAX,
		 "{\"key\": \"%u/%u/%u\", \"kind\": \"choice.withdrawn\", \"subject\": \"%s\","
		 " \"channel\": \"phone\"}",
		 w->life, w->number, w->step, w->person);
}

static const struct sort {
	int64_t role;
	bool of_person;
	void (*write)(struct writer *w, char out[JSON_MAX]);
} sorts[] = {
	{ ROLE_REGISTRATION, false, write_family },
	{ ROLE_REGISTRATION, false, write_household },
	{ ROLE_PROTECTION, true, write_choice },
	{ ROLE_CASHIER, true, write_withdrawal },
};

/* Propose until the register is not locked meanwhile; it must be recorded. */
static void record(struct writer *w)
{
	const struct sort *sort = &sorts[pick(&w->town, COUNT_OF(sorts))];
	struct message m = { .word = SENT, .writer = w->number };
	struct town *t = &w->town;
	enum err e;

	if (sort->of_person && !w->person[0])
		sort = &sorts[0];
	m.role = sort->role;
	sort->write(w, m.json);
	tell(w, &m);
	do {
		t->name_count = 0;
		e = town_propose(t, m.role, m.json);
	} while (e == ERR_LOCKED);
	if (e || t->answer.sort != SUBMISSION_RECORDED)
		fail(w, m.json, &t->fault);
	m.word = RECORDED;
	m.seq = t->answer.refs[0].seq;
	m.count = t->answer.count;
	tell(w, &m);
	if (sort == &sorts[0])
		hex_write(w->person, bytes_of(t->facts[1].subject.at, ID_SIZE));
}

static void lock_and_unlock(struct writer *w)
{
	reg_lock(w->town.reg);
	if (town_login(&w->town, ROLE_CASHIER, town_account(ROLE_CASHIER)))
		fail(w, "login", &w->town.fault);
}

static void path_of(char out[TOWN_PATH_SIZE], const struct town *t, const char *name)
{
	snprintf(out, TOWN_PATH_SIZE, "%s/%s", t->folder, name);
}

/* Always to the same path, where an earlier life may have begun one. */
static void back_up(struct writer *w)
{
	struct message m = { .word = DROPS, .writer = w->number };
	struct world *world = world_real();
	struct town *t = &w->town;
	char path[TOWN_PATH_SIZE];
	uint64_t size;
	struct reg_status status;

	path_of(path, t, "backup");
	t->fault = (struct fault){ 0 };
	tell(w, &m);
	if (!world->file_size(world, path, &size, NULL) && world->remove(world, path, &t->fault))
		fail(w, "remove", &t->fault);
	if (reg_status(t->reg, &status, &t->fault) || reg_backup(t->reg, path, NULL, &t->fault))
		fail(w, "backup", &t->fault);
	m.word = KEPT;
	m.seq = status.facts;
	tell(w, &m);
}

/* What the one writer does that also keeps the register, instead of recording. */
static void (*const keepings[])(struct writer *w) = { lock_and_unlock, back_up };

static void *write_on(void *self)
{
	struct writer *w = self;

	for (w->step = 0; w->step < STEPS_MAX; w->step++)
		if (w->number == 0 && pick(&w->town, 4) == 0)
			keepings[pick(&w->town, COUNT_OF(keepings))](w);
		else
			record(w);
	return NULL;
}

/* `t` is the parent's town, closed; nobody comes back from here. */
_Noreturn static void live(struct town *t, unsigned life, int pipe)
{
	struct writer *all = calloc(WRITERS, sizeof(*all));
	struct message opens = { .word = OPENS };

	if (!all)
		_exit(1);
	all[0].pipe = pipe;
	tell(&all[0], &opens);
	town_open(t);
	if (town_login(t, ROLE_CASHIER, town_account(ROLE_CASHIER)))
		fail(&all[0], "login", &t->fault);
	for (unsigned i = 0; i < WRITERS; i++) {
		all[i] = (struct writer){ .town = *t, .number = i, .life = life, .pipe = pipe };
		all[i].town.world.chance_state = pick(t, UINT64_MAX);
		if (arena_new(&all[i].town.arena, ANSWER_MEMORY) ||
		    pthread_create(&all[i].thread, NULL, write_on, &all[i]))
			_exit(1);
	}
	for (;;)
		pause();
}

/* --- the parent ----------------------------------------------------------------- */

/* What is known of a register since it was last held against what was told. */
struct told {
	struct town town;
	unsigned lives;
	uint64_t facts; /* then */
	struct message *sent;
	bool *acknowledged; /* sent[i]; its seq and count are filled in */
	size_t sent_count, acknowledged_count;
	size_t newest[WRITERS]; /* index in `sent` */
	bool kept;		/* a backup of `facts_kept` facts */
	uint64_t facts_kept;
};

static void forget(struct told *k)
{
	struct reg_status status;

	CHECK_INT(reg_status(k->town.reg, &status, &k->town.fault), OK);
	k->facts = status.facts;
	k->sent_count = k->acknowledged_count = 0;
	k->kept = false;
}

static void take(struct told *k, const struct message *m)
{
	size_t at;

	switch (m->word) {
	case OPENS: break;
	case SENT:
		at = k->newest[m->writer] = k->sent_count++;
		k->sent[at] = *m;
		k->acknowledged[at] = false;
		break;
	case RECORDED:
		at = k->newest[m->writer];
		k->sent[at] = *m;
		k->acknowledged[at] = true;
		k->acknowledged_count++;
		break;
	case DROPS: k->kept = false; break;
	case KEPT:
		k->kept = true;
		k->facts_kept = m->seq;
		break;
	case FAILED:
		check_failed(__FILE__, __LINE__, "life %u, writer %u: %s", k->lives, m->writer,
			     m->json);
	}
}

static bool read_message(int pipe, struct message *m)
{
	size_t size = 0;

	while (size < sizeof(*m)) {
		ssize_t got = read(pipe, (char *)m + size, sizeof(*m) - size);

		if (got <= 0)
			return false;
		size += (size_t)got;
	}
	return true;
}

/* Kill a child of the closed town after so many acknowledgements; 0: while it opens. */
static void live_and_die(struct told *k, size_t acknowledged)
{
	size_t enough = k->acknowledged_count + acknowledged;
	struct message m;
	bool killed = false;
	int ends[2], status;
	pid_t child;

	k->lives++;
	k->town.world.chance_state = pick(&k->town, UINT64_MAX);
	CHECK(!pipe(ends));
	fflush(NULL);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		close(ends[0]);
		live(&k->town, k->lives, ends[1]);
	}
	close(ends[1]);
	while (read_message(ends[0], &m)) {
		take(k, &m);
		if (!killed && k->acknowledged_count >= enough)
			killed = kill(child, SIGKILL) == 0;
	}
	close(ends[0]);
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void verify(struct town *t)
{
	struct reg_proof proof;

	CHECK_INT(reg_verify(t->reg, NULL, &proof, &t->fault), OK);
	CHECK_INT(proof.damaged + proof.unreadable, 0);
	CHECK(proof.folds_agree);
	CHECK(!proof.checkpoint_there || proof.checkpoint_held);
}

/* How many facts of this one were on the disk; it is on the disk from now on. */
static size_t repeat(struct told *k, size_t i, uint64_t length)
{
	const struct message *m = &k->sent[i];
	struct town *t = &k->town;
	enum err e;

	t->name_count = 0;
	e = town_propose(t, m->role, m->json);
	if (e)
		check_failed(__FILE__, __LINE__, "life %u: %s: %s", k->lives, t->fault.key,
			     m->json);
	if (k->acknowledged[i]) {
		CHECK_INT(t->answer.sort, SUBMISSION_REPEATED);
		CHECK_INT(t->answer.count, m->count);
	}
	if (t->answer.sort != SUBMISSION_REPEATED) {
		CHECK_INT(t->answer.sort, SUBMISSION_RECORDED);
		CHECK(t->answer.refs[0].seq >= length);
		return 0;
	}
	for (size_t n = 0; n < t->answer.count; n++) {
		CHECK(t->answer.refs[n].seq < length);
		if (k->acknowledged[i])
			CHECK_INT(t->answer.refs[n].seq, m->seq + n);
	}
	return t->answer.count;
}

/* A file with the name of a backup is one, whole, whenever its maker was killed. */
static void check_backup(struct told *k)
{
	char path[TOWN_PATH_SIZE];
	struct town again = k->town;
	struct reg_status status;
	uint64_t size;

	path_of(path, &k->town, "backup");
	if (world_real()->file_size(world_real(), path, &size, NULL)) {
		CHECK(!k->kept);
		return;
	}
	path_of(again.dir, &k->town, "again");
	CHECK_INT(reg_restore(&again.world.world,
			      &(struct reg_restoring){ .path = path, .dir = again.dir },
			      &again.fault),
		  OK);
	town_open(&again);
	CHECK_INT(town_login(&again, ROLE_CASHIER, town_account(ROLE_CASHIER)), OK);
	verify(&again);
	CHECK_INT(reg_status(again.reg, &status, &again.fault), OK);
	CHECK(!k->kept || status.counts.facts > k->facts_kept);
	town_close(&again);
	test_folder_remove(again.dir);
}

static void survive(struct told *k)
{
	struct reg_status status;
	struct town *t = &k->town;
	uint64_t facts = k->facts;

	town_open(t);
	CHECK_INT(town_login(t, ROLE_CASHIER, town_account(ROLE_CASHIER)), OK);
	verify(t);
	CHECK_INT(reg_status(t->reg, &status, &t->fault), OK);
	for (size_t i = 0; i < k->sent_count; i++)
		facts += repeat(k, i, status.facts);
	CHECK_INT(status.facts, facts);
	forget(k);
	town_close(t);
}

static void a_register_outlives_its_killers(struct prop *p)
{
	struct told k = { .sent = arena_take_array(p->arena, SENT_MAX, sizeof(*k.sent)),
			  .acknowledged = arena_take_array(p->arena, SENT_MAX, sizeof(bool)) };
	uint64_t seed;

	CHECK(k.sent && k.acknowledged);
	prop_fill(p, &seed, sizeof(seed));
	town_make(&k.town, seed);
	forget(&k);
	town_close(&k.town);
	while (k.lives < DEATHS) {
		live_and_die(&k, 1 + pick(&k.town, ACKNOWLEDGED_MAX));
		if (pick(&k.town, 4) == 0 && k.lives < DEATHS)
			live_and_die(&k, 0);
		check_backup(&k);
		survive(&k);
	}
	town_end(&k.town);
}

TEST(what_was_acknowledged_outlives_every_kill_and_is_there_once)
{
	const char *kills = getenv("IKHTIAR_KILLS");

	prop_run(a_register_outlives_its_killers,
		 (kills ? (unsigned)strtoul(kills, NULL, 10) : KILLS) / DEATHS, SEED);
}

RUN_TESTS()
