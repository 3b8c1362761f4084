/*
 * writer: the queue, and who takes from it.
 *
 * One at a time is *busy*: checks a batch, brings it to the disk, folds it.  Where
 * nobody is, the thread that comes with a submission runs it itself: two changes of
 * thread would cost a lonely writer as much as the disk does.  Who comes meanwhile
 * queues up, and the writer's own thread takes them, batch after batch, until nobody
 * waits any more; so batches grow with the load by themselves.
 *
 * A submission lies on the stack of the thread that waits for it, on a semaphore of its
 * own: one broadcast to 64 waiters costs more than the disk, and a condition would have
 * each of them take the queue's lock once more, while it is held to wake the others.
 */
#include <errno.h>
#include <stdlib.h>

#include "register/batch.h"

struct writer {
	struct reg *reg;
	pthread_t thread;
	pthread_mutex_t lock; /* of all below but `waiting` and `batch` */
	pthread_cond_t called;
	struct submission *first, **end;
	bool busy, stop;

	/* of who is busy */
	struct submission *waiting; /* taken from the queue, not yet in a batch */
	struct batch *batch;
};

/* All that is queued, behind what waits already; under the lock. */
static void take_queue(struct writer *w)
{
	struct submission **end = &w->waiting;

	while (*end)
		end = &(*end)->next;
	*end = w->first;
	w->first = NULL;
	w->end = &w->first;
}

/* The writer's thread becomes busy; false: to stop, and nobody waits. */
static bool become_busy(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	while (w->busy || !(w->first || w->stop))
		pthread_cond_wait(&w->called, &w->lock);
	w->busy = w->first != NULL;
	take_queue(w);
	pthread_mutex_unlock(&w->lock);
	return w->waiting != NULL;
}

/* Whether somebody waits; else the thread is busy no more. */
static bool stay_busy(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	take_queue(w);
	w->busy = w->waiting != NULL;
	pthread_mutex_unlock(&w->lock);
	return w->waiting != NULL;
}

/* The oldest first, and then whatever does not touch what is in. */
static void fill(struct writer *w)
{
	struct submission **at = &w->waiting;

	while (*at) {
		struct submission *s = *at;

		if (batch_take(w->batch, s))
			*at = s->next;
		else
			at = &s->next;
	}
}

/* Behind this a submission may be gone. */
static void wake(const struct batch *b)
{
	for (size_t i = 0; i < b->taken_count; i++)
		sem_post(&b->taken[i]->woken);
}

static void round_of(struct writer *w)
{
	struct reg *r = w->reg;
	uint64_t unsigned_count;

	pthread_mutex_lock(&r->turn);
	fill(w);
	batch_run(w->batch);
	wake(w->batch);
	batch_clear(w->batch);
	unsigned_count = log_length(r->log) - r->signed_last.size;
	/* One that fails now is tried again after the next batch. */
	if (unsigned_count >= CHECKPOINT_EVERY)
		never_mind(checkpoint_renew(r, NULL));
	pthread_mutex_unlock(&r->turn);
}

static void *run(void *self)
{
	struct writer *w = self;

	while (become_busy(w))
		do
			round_of(w);
		while (stay_busy(w));
	return NULL;
}

enum err writer_start(struct reg *r, struct fault *f)
{
	struct writer *w = calloc(1, sizeof(*w));
	enum err e;

	if (!w)
		return fault(f, ERR_MEMORY, "register.no-memory");
	w->reg = r;
	w->end = &w->first;
	if ((e = batch_new(&w->batch, r, f)))
		goto out;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->called, NULL);
	if (pthread_create(&w->thread, NULL, run, w)) {
		pthread_cond_destroy(&w->called);
		pthread_mutex_destroy(&w->lock);
		e = fault(f, ERR_IO, "register.no-thread");
		goto out;
	}
	r->writer = w;
	return OK;
out:
	batch_free(w->batch);
	free(w);
	return e;
}

void writer_stop(struct reg *r)
{
	struct writer *w = r->writer;

	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->stop = true;
	pthread_cond_signal(&w->called);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->called);
	pthread_mutex_destroy(&w->lock);
	batch_free(w->batch);
	free(w);
	r->writer = NULL;
}

/* The one that comes while nobody is busy; it never waits for another batch. */
static void run_alone(struct writer *w, struct submission *s)
{
	w->waiting = s;
	round_of(w);
	assert(!w->waiting);
	pthread_mutex_lock(&w->lock);
	w->busy = false;
	if (w->first || w->stop)
		pthread_cond_signal(&w->called);
	pthread_mutex_unlock(&w->lock);
}

static void queue_up(struct writer *w, struct submission *s)
{
	*w->end = s;
	w->end = &s->next;
	/* Who is busy looks into the queue before it rests. */
	if (!w->busy)
		pthread_cond_signal(&w->called);
}

enum err writer_submit(struct reg *r, struct submission *s)
{
	struct writer *w = r->writer;
	bool alone;

	/* Who is busy would wait for this reader, and this reader for who is busy. */
	assert(!gate_is_inside(r));
	s->next = NULL;
	sem_init(&s->woken, 0, 0);
	pthread_mutex_lock(&w->lock);
	alone = !w->busy && !w->first;
	if (alone)
		w->busy = true;
	else
		queue_up(w, s);
	pthread_mutex_unlock(&w->lock);
	if (alone)
		run_alone(w, s);
	while (sem_wait(&s->woken) && errno == EINTR)
		;
	sem_destroy(&s->woken);
	return s->err;
}
