/*
 * day: a centre for a day, from midnight to midnight: what forty clients ask of one
 * register, as its server will: each a thread that waits for its answer.
 *
 * Before the day so many people are registered, and of some families the adults were
 * counselled two days ago and chose to return.  Then, hour by hour:
 *
 *     first login in the morning · reception, registration, counselling, consent,
 *     seats, the question at boarding, departures, the border, grants approved by one
 *     and paid by another · withdrawals by whoever is asked · an import of a list and a
 *     backup at once · a verification · locked at night
 *
 * Families go from desk to desk through queues.  Some stand in the queue for the cash
 * twice, and some withdraw while they are anywhere in it: what the rules refuse is an
 * answer like others and is counted.
 *
 * The day is either so many seconds long (the bench) or so many jobs (a test): then
 * clients do not pause, and the clock is set on from hour to hour.
 */
#pragma once

#include "centre/centre.h"
#include "centre/histogram.h"

#define DAY_HOURS 24
#define DAY_CLIENTS 40

#define DAY_OPERATIONS(OPERATION)                                                                  \
	OPERATION(FIND, "find")                                                                    \
	OPERATION(SHOW, "show")                                                                    \
	OPERATION(READY, "ready")                                                                  \
	OPERATION(MOVEMENTS, "movements")                                                          \
	OPERATION(REGISTER, "register")                                                            \
	OPERATION(COUNSEL, "counsel")                                                              \
	OPERATION(CHOOSE, "choose")                                                                \
	OPERATION(WITHDRAW, "withdraw")                                                            \
	OPERATION(SEAT, "seat")                                                                    \
	OPERATION(ASK, "ask")                                                                      \
	OPERATION(DEPART, "depart")                                                                \
	OPERATION(SCAN, "scan")                                                                    \
	OPERATION(APPROVE, "approve")                                                              \
	OPERATION(PAY, "pay")

enum operation {
#define OPERATION(name, word) OPERATION_##name,
	DAY_OPERATIONS(OPERATION)
#undef OPERATION
		OPERATION_COUNT
};
const char *operation_word(enum operation o);
/* Whether it is there to record something (a scan may, and is neither). */
bool operation_records(enum operation o);

/* What else was going on. */
enum phase {
	PHASE_BEFORE, /* the hour before … */
	PHASE_WHILE,  /* … an import and a backup … */
	PHASE_AFTER,  /* … and the hour after */
	PHASE_VERIFY, /* while all was verified */
	PHASE_ELSE,
	PHASE_COUNT
};

struct day_plan {
	uint64_t seed;
	uint64_t people;    /* registered before the day, at least */
	size_t families;    /* of these, that have chosen to return */
	uint64_t seconds;   /* how long the day takes; 0: … */
	unsigned jobs;	    /* … jobs of a client in an hour of ordinary business */
	double scans_per_s; /* at the border, where the day has seconds */
	uint64_t import_households;
	const char *list;   /* where the list to be imported is written */
	const char *backup; /* and the backup */
};

struct day_tally {
	struct histogram times[PHASE_COUNT];
	atomic_uint recorded, refused; /* of those that record */
};

/* Memory in use at the end of an hour; all zeros while locked. */
struct day_memory {
	uint64_t resident; /* bytes of the process */
	uint64_t taken;	   /* of these, that malloc() has given out */
	uint64_t sqlite;   /* of these, SQLite's: mostly its cache, which has a limit */
	uint64_t state;	   /* and the columns of the state */
	uint64_t facts;
};

struct day;

/* Register who was there before; everything that goes wrong is in the centre's fault. */
MUST_USE enum err day_new(struct day **out, struct centre *c, const struct day_plan *plan);
void day_free(struct day *d); /* NULL is harmless */
/* Live through it. */
MUST_USE enum err day_run(struct day *d);

/* --- what it was like ----------------------------------------------------------------- */

const struct day_tally *day_tally(const struct day *d, enum operation o);
const struct day_memory *day_memory(const struct day *d, unsigned hour);
struct day_summary {
	uint64_t facts; /* durable, by all */
	double open_s;	/* while it was open */
	double login_s; /* the first in the morning, which unlocks */
	double import_s, backup_s, verify_s;
	uint64_t imported; /* households */
};
struct day_summary day_summary(const struct day *d);

/*
 * Close the register, open it again, and look whether all is there: what was
 * acknowledged, sound, paid once, and nobody gone against her word.  What is wrong is
 * told in c->fault, by keys of the test's own.
 */
struct day_proof {
	uint64_t acknowledged, departed, paid;
};
MUST_USE enum err day_prove(struct day *d, struct day_proof *out);
/*
 * From the second hour of business to the last: the facts that came, and by how many
 * bytes the memory grew beyond what the state's columns and SQLite's cache explain.
 * What each thread's malloc() keeps at hand counts as taken, so a megabyte up or down
 * says nothing.
 */
#define DAY_NOISE (1 << 20)
struct day_growth {
	uint64_t facts;
	int64_t unexplained;
};
struct day_growth day_growth(const struct day *d);
