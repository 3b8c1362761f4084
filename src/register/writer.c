/*
 * writer: the queue, and the one thread that takes from it.
 *
 * A submission lies on the stack of the thread that waits for it.  It is woken by its
 * own condition variable: one broadcast to 64 waiters costs more than the disk.
 *
 * While a batch is on its way to the disk the next submissions queue up; so batches
 * grow with the load by themselves, and one lonely writer never waits for company.
 */
#include <stdlib.h>

#include "register/batch.h"

struct writer {
	struct reg *reg;
	pthread_t thread;
	pthread_mutex_t lock; /* of all below but `waiting` and `batch` */
	pthread_cond_t called;
	struct submission *first, **end;
	bool stop;

	/* of the thread alone */
	struct submission *waiting; /* taken from the queue, not yet in a batch */
	struct batch *batch;
};

/* All that is queued, behind what waits already; false: to stop, and nothing left. */
static bool collect(struct writer *w)
{
	struct submission **end = &w->waiting;

	while (*end)
		end = &(*end)->next;
	pthread_mutex_lock(&w->lock);
	while (!w->waiting && !w->first && !w->stop)
		pthread_cond_wait(&w->called, &w->lock);
	*end = w->first;
	w->first = NULL;
	w->end = &w->first;
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

static void wake(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	for (size_t i = 0; i < w->batch->taken_count; i++) {
		w->batch->taken[i]->done = true;
		pthread_cond_signal(&w->batch->taken[i]->woken);
	}
	pthread_mutex_unlock(&w->lock);
}

static void round_of(struct writer *w)
{
	struct reg *r = w->reg;
	uint64_t unsigned_count;

	pthread_mutex_lock(&r->turn);
	fill(w);
	batch_run(w->batch);
	wake(w);
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

	while (collect(w))
		round_of(w);
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

enum err writer_submit(struct reg *r, struct submission *s)
{
	struct writer *w = r->writer;

	/* The writer would wait for this reader, and this reader for the writer. */
	assert(!gate_is_inside(r));
	s->done = false;
	s->next = NULL;
	pthread_cond_init(&s->woken, NULL);
	pthread_mutex_lock(&w->lock);
	*w->end = s;
	w->end = &s->next;
	pthread_cond_signal(&w->called);
	while (!s->done)
		pthread_cond_wait(&s->woken, &w->lock);
	pthread_mutex_unlock(&w->lock);
	pthread_cond_destroy(&s->woken);
	return s->err;
}
