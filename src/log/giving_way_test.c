/*
 * What takes long and lets others have the log meanwhile: a copy, a walk over all facts,
 * a verification.
 */
#include <pthread.h>
#include <stdio.h>

#include "base/test.h"
#include "log/faulty_testing.h"
#include "log/inside.h"
#include "log/log_testing.h"

#define FACTS 20000 /* some forty slices */
#define SLICES_MAX 200
#define COPY_SIZE_MAX ((size_t)64 << 20)

struct copy_house {
	struct log_house h;
	char folder[TEST_FOLDER_SIZE], path[TEST_FOLDER_SIZE + 32]; /* of the copy */
	struct copying copying;
	struct fault fault;
};

static void copy_house_make(struct copy_house *c)
{
	struct world *w = &c->h.simulated.world;
	struct file *file;

	*c = (struct copy_house){ .fault = { 0 } };
	log_house_make(&c->h);
	log_house_grow(&c->h, FACTS);
	test_folder_make(c->folder);
	snprintf(c->path, sizeof(c->path), "%s/" LOG_FILE, c->folder);
	CHECK_INT(w->file_open(w, &file, c->path, FILE_CREATE, &c->fault), OK);
	w->file_close(file);
}

static void copy_house_clear(struct copy_house *c)
{
	test_folder_remove(c->folder);
	log_house_clear(&c->h);
}

static void begin(struct copy_house *c)
{
	CHECK_INT(copying_begin(&c->copying, c->h.log, c->path, &c->fault), OK);
}

/* false: that was the last one. */
static bool slice(struct copy_house *c)
{
	enum err e;
	bool more = copying_slice(&c->copying, &e, &c->fault);

	CHECK_INT(e, OK);
	return more;
}

/* The copy opens, is whole, and has as many facts as the log. */
static void check_copy(struct copy_house *c)
{
	struct log_proof ours, theirs;
	struct log *copy;

	CHECK_INT(log_open(&copy, &c->h.simulated.world, c->folder, &c->fault), OK);
	CHECK_INT(log_verify(copy, &theirs, NULL, NULL, &c->fault), OK);
	CHECK_INT(log_verify(c->h.log, &ours, NULL, NULL, &c->fault), OK);
	CHECK_INT(theirs.fact_count, ours.fact_count);
	CHECK_INT(theirs.slot_count, ours.slot_count);
	CHECK(memcmp(&theirs.root, &ours.root, sizeof(ours.root)) == 0);
	log_close(copy);
}

TEST(a_copy_ends_and_is_whole_although_more_comes_in_than_a_slice_takes)
{
	struct copy_house c;
	int slices = 0;

	copy_house_make(&c);
	begin(&c);
	while (slice(&c)) {
		log_house_grow(&c.h, LOG_BATCH_MAX);
		CHECK(++slices < SLICES_MAX);
	}
	copying_end(&c.copying);
	CHECK(slices > 1);
	check_copy(&c);
	copy_house_clear(&c);
}

TEST(a_batch_that_finds_no_room_between_two_slices_leaves_the_copy_whole)
{
	struct copy_house c;
	struct faulty disk;
	struct log_entry entry;
	struct log_batch b = { .entries = &entry, .entry_count = 1 };

	copy_house_make(&c);
	faulty_start(&disk, "faulty");
	log_house_close(&c.h);
	c.h.simulated.world.vfs = "faulty";
	CHECK_INT(log_house_open(&c.h, &c.fault), OK);
	begin(&c);
	CHECK(slice(&c));
	entry = made_entry(FACTS, c.h.arena);
	faulty_arm(&disk, 1, FAULTY_WRITE, SQLITE_FULL, false);
	CHECK_INT(log_append(c.h.log, &b, NULL), ERR_FULL);
	while (slice(&c))
		;
	copying_end(&c.copying);
	check_copy(&c);
	copy_house_clear(&c);
	faulty_stop(&disk);
}

/* --- somebody is erased meanwhile ------------------------------------------------------- */

static const uint8_t key[64] = "a key that stands nowhere else, in two halves of thirty-two:..";

static void put_key(struct copy_house *c, bool erase)
{
	struct log_slot slot = { .subject = { { 1 } } };
	struct log_batch b = { .slots = &slot, .slot_count = 1 };

	if (!erase)
		slot.bytes = bytes_of(key, sizeof(key));
	CHECK_INT(log_append(c->h.log, &b, &c->fault), OK);
}

static bool copy_has_key(struct copy_house *c)
{
	struct arena *a = NULL;
	struct bytes all;
	bool found;

	CHECK_INT(arena_new(&a, COPY_SIZE_MAX), OK);
	CHECK_INT(file_load(&all, a, &c->h.simulated.world, c->path, COPY_SIZE_MAX, &c->fault), OK);
	found = memmem(all.at, all.size, key, sizeof(key) / 2) != NULL;
	arena_free(a);
	return found;
}

TEST(who_is_erased_between_two_slices_is_in_no_piece_of_the_copy)
{
	struct copy_house c;

	copy_house_make(&c);
	put_key(&c, false);
	log_house_grow(&c.h, FACTS);
	begin(&c);
	while (!copy_has_key(&c))
		CHECK(slice(&c));
	put_key(&c, true);
	while (slice(&c))
		;
	copying_end(&c.copying);
	CHECK(!copy_has_key(&c));
	check_copy(&c);
	copy_house_clear(&c);
}

/* --- others want the log ------------------------------------------------------------------ */

struct waiting {
	struct copy_house *house;
	bool grows;    /* one fact is appended in its turn */
	bool had_turn; /* under the log's lock */
	bool was_let;  /* what the copy saw after its slice */
};

static void *want_the_log(void *self)
{
	struct waiting *w = self;

	log_lock(w->house->h.log);
	if (w->grows)
		log_house_grow(&w->house->h, 1);
	w->had_turn = true;
	log_unlock(w->house->h.log);
	return NULL;
}

static void *copy_a_slice(void *self)
{
	struct waiting *w = self;
	enum err e;

	(void)copying_slice(&w->house->copying, &e, NULL);
	w->was_let = w->had_turn;
	return NULL;
}

/* Gives the thread once there are so many that wait. */
static pthread_t start(struct waiting *w, void *(*run)(void *self), unsigned waiting)
{
	pthread_t thread;

	CHECK(!pthread_create(&thread, NULL, run, w));
	while (atomic_load(&w->house->h.log->waiting) < waiting)
		;
	return thread;
}

/* Both wait for the lock, the copy first, so it has the lock when the other still waits. */
TEST(who_waits_for_the_log_has_a_turn_before_a_slice_is_over)
{
	struct copy_house c;
	struct waiting w = { .house = &c };
	pthread_t copy, other;

	copy_house_make(&c);
	begin(&c);
	log_lock(c.h.log);
	copy = start(&w, copy_a_slice, 1);
	other = start(&w, want_the_log, 2);
	log_unlock(c.h.log);
	pthread_join(copy, NULL);
	pthread_join(other, NULL);
	CHECK(w.was_let);
	copying_end(&c.copying);
	copy_house_clear(&c);
}

/* --- a walk ---------------------------------------------------------------------------------- */

struct walking {
	struct copy_house *house;
	struct waiting *waiting;
	pthread_t other;
	uint64_t visits, let_after; /* rows before the other had its turn */
};

/* In the middle of the walk somebody comes who wants the log, and appends. */
static enum err visit(void *self, const struct origin *o, const struct log_entry *e,
		      struct fault *f)
{
	struct walking *w = self;

	(void)o, (void)f;
	CHECK_INT(e->seq, w->visits);
	if (++w->visits == FACTS / 2)
		w->other = start(w->waiting, want_the_log, 1);
	if (w->visits > FACTS / 2 && !w->waiting->had_turn)
		w->let_after++;
	return OK;
}

TEST(who_waits_for_the_log_waits_for_some_rows_of_a_walk_at_most)
{
	struct copy_house c;
	struct waiting waiting = { .house = &c, .grows = true };
	struct walking w = { .house = &c, .waiting = &waiting };

	copy_house_make(&c);
	CHECK_INT(log_each(c.h.log, visit, &w, &c.fault), OK);
	pthread_join(w.other, NULL);
	CHECK(w.let_after < 100);
	/* What came meanwhile is not of this walk. */
	CHECK_INT(w.visits, FACTS);
	CHECK_INT(log_length(c.h.log), FACTS + 1);
	copy_house_clear(&c);
}

/* Told of each thousandth fact, it lets somebody append, and knows nothing of that. */
static void let_append(void *self, uint64_t done, uint64_t of)
{
	struct walking *w = self;

	CHECK_INT(of, FACTS);
	if (++w->visits == 3)
		w->other = start(w->waiting, want_the_log, 1);
	CHECK(done <= of);
}

TEST(a_verification_proves_what_was_there_when_it_began)
{
	struct copy_house c;
	struct waiting waiting = { .house = &c, .grows = true };
	struct walking w = { .house = &c, .waiting = &waiting };
	struct log_proof proof;

	copy_house_make(&c);
	CHECK_INT(log_verify(c.h.log, &proof, let_append, &w, &c.fault), OK);
	pthread_join(w.other, NULL);
	CHECK_INT(proof.fact_count, FACTS);
	CHECK_INT(log_length(c.h.log), FACTS + 1);
	copy_house_clear(&c);
}

/* --- who holds it ----------------------------------------------------------------------- */

struct reader {
	struct log *log;
	atomic_bool done;
	pthread_t thread;
};

static void *reads(void *self)
{
	struct reader *r = self;
	struct arena *a = NULL;
	struct bytes bytes;
	struct fault f = { 0 };

	CHECK_INT(arena_new(&a, 1 << 20), OK);
	CHECK_INT(log_setting_read(r->log, "nothing", a, &bytes, &f), ERR_NOT_FOUND);
	atomic_store(&r->done, true);
	arena_free(a);
	return NULL;
}

TEST(whoever_holds_the_log_waits_once_and_others_until_it_lets_go)
{
	struct log_house h;
	struct reader r = { .done = false };

	log_house_make(&h);
	log_house_grow(&h, 10);
	r.log = h.log;
	log_hold(h.log);
	CHECK(!pthread_create(&r.thread, NULL, reads, &r));
	while (!atomic_load(&h.log->waiting))
		;
	CHECK_INT(log_length(h.log), 10);
	CHECK(!atomic_load(&r.done));
	log_let_go(h.log);
	pthread_join(r.thread, NULL);
	CHECK(atomic_load(&r.done));
	log_house_clear(&h);
}

/* --- who holds it again and again ------------------------------------------------------- */

#define QUICK_WRITERS 3

struct writers {
	struct log *log;
	atomic_bool stop;
	atomic_uint begun;
	uint64_t turns; /* under the log's lock */
};

/* Never without the log for longer than it takes to want it again: where nothing is owed, a
 * mutex gives these writers millions of turns before a walk is through. */
static void *hold_again(void *self)
{
	struct writers *w = self;

	atomic_fetch_add(&w->begun, 1);
	while (!atomic_load(&w->stop)) {
		log_hold(w->log);
		w->turns++;
		log_let_go(w->log);
	}
	return NULL;
}

struct steady_walk {
	struct writers *writers;
	uint64_t rows, turns_before, turns; /* of the writers since its first row */
	pthread_t thread;
};

static enum err count_row(void *self, const struct origin *o, const struct log_entry *e,
			  struct fault *f)
{
	struct steady_walk *w = self;

	(void)o, (void)e, (void)f;
	if (!w->rows++)
		w->turns_before = w->writers->turns;
	w->turns = w->writers->turns - w->turns_before;
	return OK;
}

static void *walk(void *self)
{
	struct steady_walk *w = self;

	CHECK_INT(log_each(w->writers->log, count_row, w, NULL), OK);
	return NULL;
}

TEST(who_gave_way_has_the_log_again_after_those_who_waited_then)
{
	struct log_house h;
	struct writers w = { .turns = 0 };
	struct steady_walk walks[2] = { { .writers = &w }, { .writers = &w } };
	pthread_t quick[QUICK_WRITERS];

	log_house_make(&h);
	log_house_grow(&h, FACTS);
	w.log = h.log;
	for (int i = 0; i < 2; i++)
		CHECK(!pthread_create(&walks[i].thread, NULL, walk, &walks[i]));
	for (int i = 0; i < QUICK_WRITERS; i++)
		CHECK(!pthread_create(&quick[i], NULL, hold_again, &w));
	for (int i = 0; i < 2; i++)
		pthread_join(walks[i].thread, NULL);
	atomic_store(&w.stop, true);
	for (int i = 0; i < QUICK_WRITERS; i++)
		pthread_join(quick[i], NULL);
	for (int i = 0; i < 2; i++) {
		CHECK_INT(walks[i].rows, FACTS);
		/* At each of the times that one of the two gave way, each writer once. */
		CHECK(walks[i].turns < FACTS);
	}
	log_house_clear(&h);
}

RUN_TESTS()
