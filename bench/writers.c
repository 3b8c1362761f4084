/*
 * writers: durable facts with 1, 8 and 64 writers that wait for each answer.
 *
 * In turns of a few tenths of a second, so that a busy machine is busy for all alike:
 *
 *     ours    reg_record(), one fact each, no two writers about one household
 *     bare    SQLite alone, our settings, rows of the same bytes, as many in one
 *             transaction as ours had in the turn before
 *     sync    as many bytes over the same megabyte of a file, and fdatasync()
 *
 * How many facts ours had in a transaction is counted by SQLite's commit hook, which
 * only a static counter can hear: the register's connection is its own.
 */
#include "bench.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define WRITERS_MAX 64
#define PEOPLE 2048 /* of as many households: each file gets a few facts, as files do */
#define TURNS 5
#define SYNC_FILE_SIZE (1 << 20)
#define ROW_SIZE 64 /* of a fact beside its envelope: place, subject, commitment */
#define CHECKPOINT_FRAMES "125"

/* --- counted commits ------------------------------------------------------------- */

static atomic_ullong commits;

static int note_commit(void *self)
{
	(void)self;
	atomic_fetch_add(&commits, 1);
	return 0;
}

static int hook(sqlite3 *db, const char **error, const struct sqlite3_api_routines *api)
{
	(void)error, (void)api;
	sqlite3_commit_hook(db, note_commit, NULL);
	return SQLITE_OK;
}

/* --- ours ------------------------------------------------------------------------ */

struct load {
	struct bench *bench;
	struct id people[PEOPLE];
	size_t people_count;
	struct id last_household;
	double envelope_size; /* on average */
};

struct one_writer {
	struct load *load;
	pthread_t thread;
	size_t number, of; /* writers; each has every so manieth person */
	double until;
	uint64_t facts;
	struct samples times;
};

static void *write_on(void *self)
{
	struct one_writer *w = self;
	struct bench *b = w->load->bench;
	struct arena *a = NULL;
	struct fault f = { 0 };
	double start = seconds();

	must(arena_new(&a, ANSWER_MEMORY), &f, "take memory");
	while (start < w->until) {
		size_t turn = w->facts % (PEOPLE / w->of);
		struct submission_answer answer;
		struct fact fact;
		double end;

		later_fact(&fact, a, &w->load->people[w->number + w->of * turn], (unsigned)w->facts,
			   b->world->now_ms(b->world) / 1000);
		must(reg_record(b->reg, &b->session, &fact, 1, a, &answer, &f), &f, "record");
		must_be(answer.sort == SUBMISSION_RECORDED, "record: refused");
		end = seconds();
		samples_add(&w->times, end - start);
		start = end;
		w->facts++;
		arena_reset(a);
	}
	arena_free(a);
	return NULL;
}

struct turn {
	double seconds;
	uint64_t facts, commits;
};

static struct turn ours(struct load *load, size_t writers, double length, struct samples *times)
{
	struct one_writer w[WRITERS_MAX];
	double start = seconds();
	unsigned long long before = atomic_load(&commits);
	struct turn t = { 0 };

	for (size_t i = 0; i < writers; i++) {
		w[i] = (struct one_writer){
			.load = load, .number = i, .of = writers, .until = start + length
		};
		must_be(!pthread_create(&w[i].thread, NULL, write_on, &w[i]), "start a thread");
	}
	for (size_t i = 0; i < writers; i++) {
		pthread_join(w[i].thread, NULL);
		t.facts += w[i].facts;
		for (size_t n = 0; times && n < w[i].times.count; n++)
			samples_add(times, w[i].times.at[n]);
		free(w[i].times.at);
	}
	t.seconds = seconds() - start;
	t.commits = atomic_load(&commits) - before;
	return t;
}

/* --- bare SQLite ----------------------------------------------------------------- */

struct bare {
	sqlite3 *db;
	sqlite3_stmt *begin, *insert, *commit;
	sqlite3_int64 place;
	uint8_t *envelope;
};

static void run(struct bare *b, const char *sql)
{
	must_be(!sqlite3_exec(b->db, sql, NULL, NULL, NULL), sql);
}

static void step(sqlite3_stmt *s)
{
	must_be(sqlite3_step(s) == SQLITE_DONE, sqlite3_sql(s));
	sqlite3_reset(s);
}

static sqlite3_stmt *prepared(struct bare *b, const char *sql)
{
	sqlite3_stmt *s = NULL;

	must_be(!sqlite3_prepare_v3(b->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL), sql);
	return s;
}

static void bare_open(struct bare *b, const char *dir, struct world *w)
{
	char path[4096];

	*b = (struct bare){ .place = 1 };
	snprintf(path, sizeof(path), "%s/bare.sqlite", dir);
	must_be(!sqlite3_open_v2(path, &b->db,
				 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
				 NULL),
		"open bare SQLite");
	run(b, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cell_size_check = ON; "
	       "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; "
	       "PRAGMA page_size = 8192; PRAGMA cache_size = -16384; "
	       "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
	       "PRAGMA wal_autocheckpoint = " CHECKPOINT_FRAMES "; "
	       "CREATE TABLE fact (place INTEGER PRIMARY KEY, subject BLOB NOT NULL, "
	       "commitment BLOB NOT NULL, envelope BLOB NOT NULL) STRICT");
	b->begin = prepared(b, "BEGIN IMMEDIATE");
	b->insert = prepared(b, "INSERT INTO fact VALUES (?1, ?2, ?3, ?4)");
	b->commit = prepared(b, "COMMIT");
	b->envelope = malloc(LOG_ENVELOPE_SIZE_MAX);
	must_be(b->envelope, "take memory");
	w->chance(w, b->envelope, LOG_ENVELOPE_SIZE_MAX);
}

static void bare_close(struct bare *b)
{
	sqlite3_finalize(b->begin);
	sqlite3_finalize(b->insert);
	sqlite3_finalize(b->commit);
	sqlite3_close(b->db);
	free(b->envelope);
}

static void bare_commit(struct bare *b, size_t facts, int envelope_size)
{
	step(b->begin);
	for (size_t i = 0; i < facts; i++) {
		sqlite3_bind_int64(b->insert, 1, b->place++);
		sqlite3_bind_blob(b->insert, 2, b->envelope + i, ID_SIZE, SQLITE_STATIC);
		sqlite3_bind_blob(b->insert, 3, b->envelope + i, HASH_SIZE, SQLITE_STATIC);
		sqlite3_bind_blob(b->insert, 4, b->envelope + i, envelope_size, SQLITE_STATIC);
		step(b->insert);
	}
	step(b->commit);
}

/* So many facts in the next transaction that they come to `batch` on average. */
static size_t next_batch(double batch, uint64_t facts, uint64_t transactions)
{
	double due = batch * (double)(transactions + 1) - (double)facts;

	return due < 1 ? 1 : (size_t)(due + 0.5);
}

static struct turn bare(struct bare *b, const struct load *load, double batch, double length,
			struct samples *times)
{
	double start = seconds(), now = start;
	struct turn t = { 0 };

	while (now < start + length) {
		size_t facts = next_batch(batch, t.facts, t.commits);
		double before = now;

		bare_commit(b, facts, (int)load->envelope_size);
		now = seconds();
		samples_add(times, now - before);
		t.facts += facts;
		t.commits++;
	}
	t.seconds = now - start;
	return t;
}

/* --- fdatasync ------------------------------------------------------------------- */

static int sync_open(const char *dir, const uint8_t *bytes)
{
	char path[4096];
	int file;

	snprintf(path, sizeof(path), "%s/sync", dir);
	file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	must_be(file >= 0 && pwrite(file, bytes, SYNC_FILE_SIZE, 0) == SYNC_FILE_SIZE &&
			!fsync(file),
		"write a file");
	return file;
}

static struct turn synced(int file, const struct load *load, const uint8_t *bytes, double batch,
			  double length)
{
	size_t size = (size_t)(batch * (load->envelope_size + ROW_SIZE)), at = 0;
	double start = seconds(), now = start;
	struct turn t = { 0 };

	must_be(size < SYNC_FILE_SIZE, "sync so much");
	for (; now < start + length; now = seconds()) {
		if (at + size > SYNC_FILE_SIZE)
			at = 0;
		must_be(pwrite(file, bytes, size, (off_t)at) == (ssize_t)size && !fdatasync(file),
			"sync");
		at += size;
		t.commits++;
	}
	t.seconds = now - start;
	t.facts = (uint64_t)(batch * (double)t.commits);
	return t;
}

/* --- the load -------------------------------------------------------------------- */

/* One living person of each household, which stand together. */
static bool note_person(void *self, const struct person *p)
{
	struct load *load = self;

	if (p->died || id_same(&p->household, &load->last_household))
		return true;
	load->last_household = p->household;
	load->people[load->people_count++] = p->id;
	return load->people_count < COUNT_OF(load->people);
}

static void find_people(struct load *load)
{
	struct bench *b = load->bench;
	const struct state *s;

	load->people_count = 0;
	must(reg_read_begin(b->reg, &b->session, DEED_SHOW_PERSON, &s, &b->fault), &b->fault,
	     "read");
	state_each_person(s, note_person, load);
	reg_read_end(b->reg);
	must_be(load->people_count == COUNT_OF(load->people), "find people enough: make more");
}

struct measuring {
	double bytes;
	uint64_t facts, from;
};

static enum err measure(void *self, const struct origin *o, const struct log_entry *e,
			struct fault *f)
{
	struct measuring *m = self;

	(void)o, (void)f;
	if (e->seq >= m->from) {
		m->bytes += (double)e->envelope.size;
		m->facts++;
	}
	return OK;
}

/* Write a little, and see in the log how large such facts are. */
static void measure_envelopes(struct load *load, const char *dir)
{
	struct bench *b = load->bench;
	struct measuring m = { 0 };
	struct reg_status status;
	struct log *log = NULL;

	must(reg_status(b->reg, &status, &b->fault), &b->fault, "ask for the status");
	m.from = status.facts;
	ours(load, 8, 0.2, NULL);
	reg_close(b->reg);
	b->reg = NULL;
	must(log_open(&log, b->world, dir, &b->fault), &b->fault, "open the log");
	must(log_each(log, measure, &m, &b->fault), &b->fault, "read the log");
	log_close(log);
	must_be(m.facts, "measure facts");
	load->envelope_size = m.bytes / (double)m.facts;
	bench_open(b, dir);
	bench_login(b);
}

static void tell_of(size_t writers, const char *what, double value)
{
	char name[40];

	snprintf(name, sizeof(name), "w%zu_%s", writers, what);
	tell(name, value);
}

static double rate(const struct turn *t)
{
	return (double)t->facts / t->seconds;
}

static void compare(struct load *load, struct bare *b, int file, size_t writers, double length)
{
	struct samples times = { 0 }, commit_times = { 0 };
	struct samples rates = { 0 }, of_bare = { 0 }, of_sync = { 0 }, batches = { 0 };

	for (int i = 0; i < TURNS; i++) {
		struct turn our = ours(load, writers, length, &times), other;
		double batch = (double)our.facts / (double)(our.commits ? our.commits : 1);

		batch = batch < 1 ? 1 : batch;
		samples_add(&batches, batch);
		samples_add(&rates, rate(&our));
		other = bare(b, load, batch, length, &commit_times);
		samples_add(&of_bare, rate(&our) / rate(&other));
		other = synced(file, load, b->envelope, batch, length / 2);
		samples_add(&of_sync, rate(&our) / rate(&other));
	}
	tell_of(writers, "facts_per_s", samples_part(&rates, 0.5));
	tell_of(writers, "of_bare", samples_part(&of_bare, 0.5));
	tell_of(writers, "of_sync", samples_part(&of_sync, 0.5));
	tell_of(writers, "batch", samples_part(&batches, 0.5));
	tell_of(writers, "p50", samples_part(&times, 0.50));
	tell_of(writers, "p99", samples_part(&times, 0.99));
	tell_of(writers, "commit_p50", samples_part(&commit_times, 0.50));
	tell_of(writers, "commit_p99", samples_part(&commit_times, 0.99));
	free(times.at);
	free(commit_times.at);
	free(rates.at);
	free(of_bare.at);
	free(of_sync.at);
	free(batches.at);
}

void part_writers(int count, char **arguments)
{
	static const size_t writers[] = { 1, 8, WRITERS_MAX };
	const char *dir = arguments[0];
	double length = strtod(arguments[1], NULL) / (2.5 * TURNS * COUNT_OF(writers));
	struct load *load = calloc(1, sizeof(*load));
	struct bare other;
	struct bench b;
	int file;

	(void)count;
	must_be(load && length > 0, "take memory");
	sqlite3_auto_extension((void (*)(void))hook);
	bench_begin(&b);
	bench_open(&b, dir);
	bench_login(&b);
	load->bench = &b;
	find_people(load);
	measure_envelopes(load, dir);
	tell("envelope_bytes", load->envelope_size);
	sqlite3_reset_auto_extension();
	bare_open(&other, dir, b.world);
	file = sync_open(dir, other.envelope);
	for (size_t i = 0; i < COUNT_OF(writers); i++)
		compare(load, &other, file, writers[i], length);
	close(file);
	bare_close(&other);
	free(load);
	bench_end(&b);
}
