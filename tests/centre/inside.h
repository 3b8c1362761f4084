/* inside: what the files of a day share. */
#pragma once

#include <pthread.h>

#include "centre/day.h"

#define FACTS_MAX 64 /* of one submission: a household with all in it */
#define BUSES 40
#define BUS_SEATS 300

/* --- families.c: who waits where ---------------------------------------------------- */

/* For what a family waits; each has a queue. */
enum stage {
	STAGE_COUNSEL,
	STAGE_CHOOSE,
	STAGE_SEAT,
	STAGE_ASK,
	STAGE_DEPART,
	STAGE_CROSS,
	STAGE_APPROVE,
	STAGE_PAY,
	STAGE_COUNT
};

struct family {
	uint64_t number;	   /* of the made household: whose ids follow from it */
	uint32_t adults, children; /* bit n: the n-th person, who lives */
	size_t bus;
	char case_number[CASE_NUMBER_MAX];
	char destination[48];
};

/* Places in `families`; a ring. */
struct queue {
	uint32_t *at;
	size_t first, count;
};

struct families {
	pthread_mutex_t lock;
	struct family *at;
	size_t room;
	atomic_size_t count;
	struct queue queues[STAGE_COUNT];
	size_t bus, bus_seats; /* taken on it */
	atomic_uint_least64_t next_number;
};

MUST_USE enum err families_new(struct families *fs, size_t room);
void families_free(struct families *fs);
/* Somebody new, known to all from here on; false: no room. */
bool families_add(struct families *fs, const struct family *family, enum stage stage);
/* The first in the queue; false: nobody waits. */
bool families_take(struct families *fs, enum stage stage, uint32_t *which);
void families_put(struct families *fs, enum stage stage, uint32_t which);
/* A bus with room for so many; false: all are full. */
bool families_bus(struct families *fs, size_t seats, size_t *bus);

/* --- the day ----------------------------------------------------------------------------- */

struct ack {
	uint64_t seq;
	struct id subject;
};

/* All facts that one client was told are recorded. */
struct acks {
	struct ack *at;
	size_t count, room;
};

struct client {
	struct day *day;
	size_t number;
	pthread_t thread;
	uint64_t chance;
	struct arena *arena;
	struct fact facts[FACTS_MAX];
	size_t fact_count;
	struct made_household made;
	struct acks acks;
	struct fault fault;
	int64_t due_ns;	  /* timed: when the next job is due */
	int64_t began_ns; /* the job: when its submission or question began */
};

struct day {
	struct centre *centre;
	struct day_plan plan;
	struct families families;
	struct client clients[DAY_CLIENTS], before; /* `before`: who registered them */
	struct day_tally tallies[OPERATION_COUNT];
	struct day_memory memory[DAY_HOURS];
	struct day_summary summary;
	pthread_barrier_t hour;
	atomic_bool failed;
	atomic_int phase;
	int64_t begin_ns; /* timed: midnight */
	unsigned now_hour;
};

int64_t real_ns(void);
/* When the day begins, there. */
int64_t midnight_ms(void);
/* 0 to n - 1. */
uint64_t chance_of(struct client *c, uint64_t n);

/* --- before.c -------------------------------------------------------------------------------- */

/* Register all, bring some families as far as a choice, write the list. */
MUST_USE enum err day_prepare(struct day *d);

/* --- jobs.c ---------------------------------------------------------------------------------- */

/* How a job ended; NOTHING: there was nobody to do it for. */
enum ending { ENDING_NOTHING, ENDING_READ, ENDING_RECORDED, ENDING_REFUSED };

/* The desk of a client, and what it does next. */
enum desk client_desk(const struct client *c);
enum operation client_next(struct client *c);
MUST_USE enum err job_do(struct client *c, enum operation o, enum ending *out);

/* Record what is in c->facts, at `desk`. */
MUST_USE enum err client_record(struct client *c, enum desk desk, enum ending *out);
/* A new, empty fact of this kind in c->facts. */
struct fact *client_fact(struct client *c, enum kind kind, const struct id *subject);
/* Fill in who of it lives, and what the register calls it. */
MUST_USE enum err client_learn(struct client *c, struct family *family);
/* The facts of a counselling, and of choices to return, of all who are asked. */
void add_counselling(struct client *c, const struct family *family);
void add_choices(struct client *c, const struct family *family, int64_t answer);
