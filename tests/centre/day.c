/*
 * The clients keep step by a barrier at both ends of each hour; between two hours the
 * day alone runs: it sets the clock, locks, unlocks, and looks at the memory.
 */
#include "centre/inside.h"

#include <errno.h>
#include <malloc.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "import/import.h"

#define CLIENT_MEMORY ((size_t)8 << 20)
#define LIVE_FAMILIES_MAX 30000 /* registered during the day */
#define BEFORE_FACTS 8		/* a person at most, registered, counselled and asked */
#define PAUSE_S 30		/* of a client, between two jobs of an ordinary hour */

/* How busy it is, hour by hour, beside an ordinary hour; 0: closed, and locked. */
static const unsigned char business[DAY_HOURS] = {
	0, 0, 0, 0, 0, 0, 0, 1, 3, 3, 2, 2, 1, 1, 1, 2, 2, 1, 1, 0, 0, 0, 0, 0,
};
#define HOUR_OF_KEEPING 10 /* an import and a backup at once */
#define HOUR_OF_VERIFYING 14

const char *operation_word(enum operation o)
{
	static const char *const words[] = {
#define OPERATION(name, word) [OPERATION_##name] = word,
		DAY_OPERATIONS(OPERATION)
#undef OPERATION
	};

	return words[o];
}

bool operation_records(enum operation o)
{
	return o >= OPERATION_REGISTER && o != OPERATION_SCAN;
}

int64_t real_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* SplitMix64. */
uint64_t chance_of(struct client *c, uint64_t n)
{
	uint64_t z = c->chance += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (z ^ z >> 31) % n;
}

static bool is_timed(const struct day *d)
{
	return d->plan.seconds > 0;
}

static int64_t hour_ns(const struct day *d)
{
	return (int64_t)d->plan.seconds * 1000000000 / DAY_HOURS;
}

int64_t midnight_ms(void)
{
	int64_t day = (CENTRE_MADE_MS / 1000 + CENTRE_ZONE_S) / 86400 + 2;

	return (day * 86400 - CENTRE_ZONE_S) * 1000;
}

/* --- clients ----------------------------------------------------------------------------- */

static enum err client_start(struct client *c, struct day *d, size_t number, size_t acks)
{
	enum err e = arena_new(&c->arena, CLIENT_MEMORY);

	c->day = d;
	c->number = number;
	c->chance = d->plan.seed * 1000 + number;
	c->acks.room = acks;
	if (!e && !(c->acks.at = malloc(acks * sizeof(*c->acks.at))))
		e = ERR_MEMORY;
	/* Touched now: the memory of the day is measured. */
	if (!e)
		memset(c->acks.at, 0, acks * sizeof(*c->acks.at));
	return e;
}

static void client_end(struct client *c)
{
	arena_free(c->arena);
	free(c->acks.at);
}

static void fail(struct day *d, const struct fault *why)
{
	bool before = false;

	if (atomic_compare_exchange_strong(&d->failed, &before, true))
		d->centre->fault = *why;
}

static enum phase phase_of(enum phase at_start, enum phase at_end)
{
	return at_end == PHASE_WHILE || at_end == PHASE_VERIFY ? at_end : at_start;
}

static void do_job(struct client *c)
{
	enum operation o = client_next(c);
	struct day_tally *t = &c->day->tallies[o];
	enum phase phase = (enum phase)atomic_load(&c->day->phase);
	enum ending ending;

	if (job_do(c, o, &ending)) {
		fail(c->day, &c->fault);
		return;
	}
	if (ending == ENDING_NOTHING)
		return;
	phase = phase_of(phase, (enum phase)atomic_load(&c->day->phase));
	histogram_add(&t->times[phase], (uint64_t)(real_ns() - c->began_ns));
	if (ending != ENDING_READ)
		atomic_fetch_add(ending == ENDING_RECORDED ? &t->recorded : &t->refused, 1);
}

static void sleep_until(int64_t ns)
{
	struct timespec t = { .tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000 };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
		;
}

/* Until the next job: a border has its own pace, whatever the answer takes. */
static int64_t pause_ns(struct client *c, unsigned busy)
{
	if (client_desk(c) == DESK_BORDER)
		return (int64_t)(1e9 / c->day->plan.scans_per_s);
	return hour_ns(c->day) * PAUSE_S / 3600 / busy * (int64_t)(50 + chance_of(c, 101)) / 100;
}

/* One that fell behind does not catch up, but at the border, where the queue waits. */
static void timed_hour(struct client *c, unsigned busy)
{
	int64_t end = c->day->begin_ns + hour_ns(c->day) * (c->day->now_hour + 1);

	c->due_ns = real_ns() + (int64_t)chance_of(c, 1000000) * pause_ns(c, busy) / 1000000;
	while (c->due_ns < end && !atomic_load(&c->day->failed)) {
		sleep_until(c->due_ns);
		do_job(c);
		if (client_desk(c) != DESK_BORDER && c->due_ns < real_ns())
			c->due_ns = real_ns();
		c->due_ns += pause_ns(c, busy);
	}
}

static void *client_run(void *self)
{
	struct client *c = self;
	struct day *d = c->day;

	for (unsigned hour = 0; hour < DAY_HOURS; hour++) {
		unsigned busy = business[hour];

		pthread_barrier_wait(&d->hour);
		if (busy && is_timed(d))
			timed_hour(c, busy);
		for (unsigned i = 0; !is_timed(d) && i < busy * d->plan.jobs; i++)
			if (!atomic_load(&d->failed))
				do_job(c);
		arena_reset(c->arena);
		pthread_barrier_wait(&d->hour);
	}
	return NULL;
}

/* --- from its beginning to its end ------------------------------------------------------------ */

/* So many facts at most that one client is told of. */
static size_t acks_of(const struct day_plan *plan)
{
	return plan->seconds ? 50000 : (size_t)plan->jobs * 40 * 4 + 1000;
}

enum err day_new(struct day **out, struct centre *centre, const struct day_plan *plan)
{
	struct day *d = calloc(1, sizeof(*d));
	enum err e;

	*out = d;
	if (!d)
		return ERR_MEMORY;
	d->centre = centre;
	d->plan = *plan;
	pthread_barrier_init(&d->hour, NULL, DAY_CLIENTS + 1);
	e = families_new(&d->families, (size_t)plan->people / 2 + LIVE_FAMILIES_MAX);
	for (size_t i = 0; !e && i < DAY_CLIENTS; i++)
		e = client_start(&d->clients[i], d, i, acks_of(plan));
	if (!e)
		e = client_start(&d->before, d, DAY_CLIENTS,
				 (size_t)plan->people * BEFORE_FACTS + LOG_BATCH_MAX);
	if (e || (e = day_prepare(d)))
		centre->fault = d->before.fault;
	atomic_store(&d->phase, PHASE_ELSE);
	return e;
}

void day_free(struct day *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < DAY_CLIENTS; i++)
		client_end(&d->clients[i]);
	client_end(&d->before);
	families_free(&d->families);
	pthread_barrier_destroy(&d->hour);
	free(d);
}

/* --- what the keepers do meanwhile ---------------------------------------------------------- */

struct keeper {
	struct day *day;
	pthread_t thread;
	double *seconds;
	enum err (*keep)(struct day *d, struct fault *f);
	atomic_uint *busy; /* keepers at work; the last one ends the phase */
};

static void *keeper_run(void *self)
{
	struct keeper *k = self;
	struct fault f = { 0 };
	int64_t began = real_ns();

	if (k->keep(k->day, &f))
		fail(k->day, &f);
	*k->seconds = (double)(real_ns() - began) / 1e9;
	if (atomic_fetch_sub(k->busy, 1) == 1)
		atomic_store(&k->day->phase,
			     atomic_load(&k->day->phase) == PHASE_WHILE ? PHASE_AFTER : PHASE_ELSE);
	return NULL;
}

static enum err import_list(struct day *d, struct fault *f)
{
	struct import_order order = { .files = { { .name = d->plan.list } },
				      .file_count = 1,
				      .map = import_ready_map("people") };
	struct import_result result;
	struct centre *c = d->centre;
	enum err e = import_run(c->reg, &c->clock.world, c->atlas, &c->as[DESK_REGISTRATION],
				&order, NULL, &result, f);

	d->summary.imported = e ? 0 : result.recorded;
	return e;
}

static enum err back_up(struct day *d, struct fault *f)
{
	return reg_backup(d->centre->reg, d->plan.backup, NULL, f);
}

static enum err verify(struct day *d, struct fault *f)
{
	struct reg_proof proof;
	enum err e = reg_verify(d->centre->reg, NULL, &proof, f);

	if (!e && (!proof.folds_agree || proof.damaged || !proof.checkpoint_held))
		e = fault(f, ERR_DAMAGED, "day: not sound while it was in use");
	return e;
}

static void keepers_start(struct keeper *keepers, size_t count, atomic_uint *busy, enum phase phase)
{
	atomic_store(busy, (unsigned)count);
	atomic_store(&keepers->day->phase, (int)phase);
	for (size_t i = 0; i < count; i++) {
		keepers[i].busy = busy;
		if (pthread_create(&keepers[i].thread, NULL, keeper_run, &keepers[i]))
			abort();
	}
}

/* --- hour by hour ------------------------------------------------------------------------------ */

static uint64_t resident(void)
{
	unsigned long long pages = 0;
	FILE *file = fopen("/proc/self/statm", "r");

	if (!file || fscanf(file, "%*u %llu", &pages) != 1)
		pages = 0;
	if (file)
		fclose(file);
	return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void look_at_memory(struct day *d, struct day_memory *m)
{
	struct reg_status status;
	struct fault f = { 0 };
	struct mallinfo2 info = mallinfo2();

	if (reg_status(d->centre->reg, &status, &f)) {
		fail(d, &f);
		return;
	}
	*m = (struct day_memory){ .resident = resident(),
				  .taken = info.uordblks + info.hblkhd,
				  .sqlite = (uint64_t)sqlite3_memory_used(),
				  .state = status.counts.bytes,
				  .facts = status.facts };
}

/* The others' sessions go on once it is unlocked. */
static void open_up(struct day *d)
{
	int64_t began = real_ns();

	if (centre_login(d->centre, DESK_RECEPTION))
		fail(d, &d->centre->fault);
	d->summary.login_s = (double)(real_ns() - began) / 1e9;
}

static bool is_open(unsigned hour)
{
	return hour < DAY_HOURS && business[hour];
}

/* The first login is in the hour before they open. */
static void hour_begins(struct day *d, unsigned hour)
{
	d->now_hour = hour;
	if (!is_timed(d))
		centre_clock_set(&d->centre->clock, midnight_ms() + (int64_t)hour * 3600000, 0);
	if (!is_open(hour) && is_open(hour + 1))
		open_up(d);
	if (hour == HOUR_OF_KEEPING - 1)
		atomic_store(&d->phase, PHASE_BEFORE);
	if (hour == HOUR_OF_KEEPING + 2)
		atomic_store(&d->phase, PHASE_ELSE);
}

static void hour_ends(struct day *d, unsigned hour)
{
	if (is_open(hour))
		look_at_memory(d, &d->memory[hour]);
	if (is_open(hour) && !is_open(hour + 1))
		reg_lock(d->centre->reg);
	if (is_timed(d))
		sleep_until(d->begin_ns + hour_ns(d) * (hour + 1));
}

static void live(struct day *d)
{
	struct keeper keepers[] = {
		{ .day = d, .seconds = &d->summary.import_s, .keep = import_list },
		{ .day = d, .seconds = &d->summary.backup_s, .keep = back_up },
		{ .day = d, .seconds = &d->summary.verify_s, .keep = verify },
	};
	atomic_uint busy;

	for (unsigned hour = 0; hour < DAY_HOURS; hour++) {
		int64_t began;

		hour_begins(d, hour);
		began = real_ns();
		if (hour == HOUR_OF_KEEPING)
			keepers_start(&keepers[0], 2, &busy, PHASE_WHILE);
		if (hour == HOUR_OF_VERIFYING)
			keepers_start(&keepers[2], 1, &busy, PHASE_VERIFY);
		pthread_barrier_wait(&d->hour);
		pthread_barrier_wait(&d->hour);
		if (is_open(hour))
			d->summary.open_s += (double)(real_ns() - began) / 1e9;
		for (size_t i = 0; hour == HOUR_OF_KEEPING && i < 2; i++)
			pthread_join(keepers[i].thread, NULL);
		if (hour == HOUR_OF_VERIFYING)
			pthread_join(keepers[2].thread, NULL);
		hour_ends(d, hour);
	}
}

static enum err count_facts(struct day *d, uint64_t *out)
{
	struct reg_status status;
	enum err e = reg_status(d->centre->reg, &status, &d->centre->fault);

	*out = e ? 0 : status.facts;
	return e;
}

enum err day_run(struct day *d)
{
	uint64_t before, after;
	enum err e;

	reg_lock(d->centre->reg);
	if ((e = count_facts(d, &before)))
		return e;
	d->begin_ns = real_ns();
	centre_clock_set(&d->centre->clock, midnight_ms(),
			 is_timed(d) ? (int)(86400 / d->plan.seconds) : 0);
	for (size_t i = 0; i < DAY_CLIENTS; i++)
		if (pthread_create(&d->clients[i].thread, NULL, client_run, &d->clients[i]))
			abort();
	live(d);
	for (size_t i = 0; i < DAY_CLIENTS; i++)
		pthread_join(d->clients[i].thread, NULL);
	if (atomic_load(&d->failed))
		return d->centre->fault.err;
	e = count_facts(d, &after);
	d->summary.facts = after - before;
	return e;
}

/* --- what it was like --------------------------------------------------------------------------- */

const struct day_tally *day_tally(const struct day *d, enum operation o)
{
	return &d->tallies[o];
}

const struct day_memory *day_memory(const struct day *d, unsigned hour)
{
	return &d->memory[hour];
}

struct day_summary day_summary(const struct day *d)
{
	return d->summary;
}

struct day_growth day_growth(const struct day *d)
{
	const struct day_memory *first = NULL, *last = NULL;
	unsigned open = 0;

	for (unsigned hour = 0; hour < DAY_HOURS; hour++) {
		if (!is_open(hour))
			continue;
		if (++open == 2)
			first = &d->memory[hour];
		last = &d->memory[hour];
	}
	return (struct day_growth){
		.facts = last->facts - first->facts,
		.unexplained = (int64_t)(last->taken - first->taken) -
			       (int64_t)(last->sqlite - first->sqlite) -
			       (int64_t)(last->state - first->state),
	};
}
