/*
 * bench: the parts that `bench/run` calls, one a process.
 *
 * A part prints what it measured as lines "name value" and judges nothing: ratios,
 * limits and the table are made in bench/table.  A part stands on the public doors of
 * the rooms only; its peers (bare SQLite, fdatasync, bare decryption) are written out
 * here.  Whatever goes wrong ends the process: a measure of half a run is worth nothing.
 */
#pragma once

#include "base/buffer.h"
#include "base/words.h"
#include "fact/fact.h"
#include "log/log.h"
#include "people/people.h"
#include "place/place.h"
#include "register/register.h"
#include "state/state.h"

#define ANSWER_MEMORY ((size_t)256 << 20)

/* One register, opened by one account that has every role. */
struct bench {
	struct world *world;
	struct atlas *atlas;
	struct reg *reg;
	struct session session;
	struct fault fault;
};

void bench_begin(struct bench *b);
void bench_end(struct bench *b); /* closes the register, too */
/* The name of the account, and what it is opened by. */
#define BENCH_ACCOUNT "bench"
#define BENCH_PASSPHRASE "bench-bench-bench"
/* A new demo register in `dir`, opened and unlocked. */
void bench_create(struct bench *b, const char *dir);
void bench_open(struct bench *b, const char *dir);
void bench_login(struct bench *b);

/* --- what all need --------------------------------------------------------------- */

/* Where `e` is no OK, say so and end. */
void must(enum err e, const struct fault *f, const char *doing);
void must_be(bool so, const char *doing);
double seconds(void);		/* of a clock that is never set */
double processor_seconds(void); /* that this thread has had */
void tell(const char *name, double value);

/* Times of one operation, in seconds. */
struct samples {
	double *at;
	size_t count, room;
};
void samples_add(struct samples *s, double value);
/* The value below which `part` (0 to 1) of them lie; sorts. */
double samples_part(struct samples *s, double part);
/* "NAME_p50 …" and "NAME_p99 …" in seconds, and frees. */
void samples_tell(struct samples *s, const char *name);

/* The most memory that this process has had, in bytes. */
double memory_peak(void);

/* --- facts ----------------------------------------------------------------------- */

/* The n-th of the small facts that fill a person's file while years go by. */
void later_fact(struct fact *out, struct arena *a, const struct id *person, unsigned n,
		int64_t now);
/* Record them as one unit, or end. */
void record_all(struct bench *b, struct arena *a, struct fact *facts, size_t count);

/* --- a server, and who talks to it ------------------------------------------------- */

struct served {
	struct words *words[WORDS_LANGUAGES];
	struct api *api;
	struct http *http;
};
/* On loopback, at any port; `b` must outlive it. */
void served_start(struct served *s, struct bench *b);
void served_stop(struct served *s);
unsigned served_port(const struct served *s);

int talk_call(unsigned port);
/* A browser with one connection; a cookie and a token once it is in. */
struct talker {
	int fd;
	unsigned port;
	char cookie[200], token[100]; /* lines of the head */
	struct buffer said;
	const char *body; /* of the newest answer, zero-ended */
};
void talk_begin(struct talker *t, unsigned port);
void talk_end(struct talker *t);
/* `what` is "POST /api/find"; gives the status. */
unsigned talk(struct talker *t, const char *what, struct text body);
void talk_login(struct talker *t, const char *name, const char *passphrase);

/* --- names in many spellings -------------------------------------------------------- */

struct spelling {
	struct text form, latin;
	unsigned group; /* of one name; 0: not said */
	unsigned times; /* how often it was seen */
};
struct spellings {
	struct spelling *at;
	size_t count, room;
	unsigned groups; /* the highest group */
	struct arena *arena;
};
/*
 * Add a table with tabs: columns form and latin, and where they are there latin_variants
 * (`|` between), group and count.  Groups of another table are other groups.
 */
void spellings_read(struct spellings *s, const char *path);
void spellings_free(struct spellings *s);

/* The same numbers on every machine. */
struct draws {
	uint64_t state;
};
uint64_t draw(struct draws *d, uint64_t below);
bool draw_per_mille(struct draws *d, unsigned so_many);

/* --- the parts ------------------------------------------------------------------- */

void part_make(int count, char **arguments);
void part_writers(int count, char **arguments);
void part_unlock(int count, char **arguments);
void part_decrypt(int count, char **arguments);
void part_keep(int count, char **arguments);
void part_passphrase(int count, char **arguments);
void part_serve(int count, char **arguments);
void part_border(int count, char **arguments);
void part_day(int count, char **arguments);
void part_crosstable(int count, char **arguments);
void part_publish(int count, char **arguments);
void part_names(int count, char **arguments);
void part_register(int count, char **arguments);
void part_cost(int count, char **arguments);
