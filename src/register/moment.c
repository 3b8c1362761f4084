/*
 * moment: who waits hears of anything new.
 *
 * The writer, lock and unlock count one on and wake all who wait, after they have let
 * go of the gate: whoever comes back finds what she was woken for.
 */
#include "register/inside.h"

void moments_start(struct moments *m, struct world *w)
{
	pthread_condattr_t monotonic;

	*m = (struct moments){ .now = (uint64_t)w->now_ms(w) };
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&m->passed, &monotonic);
	pthread_condattr_destroy(&monotonic);
	pthread_mutex_init(&m->lock, NULL);
}

void moments_end(struct moments *m)
{
	pthread_mutex_destroy(&m->lock);
	pthread_cond_destroy(&m->passed);
}

void moment_pass(struct moments *m)
{
	pthread_mutex_lock(&m->lock);
	m->now++;
	pthread_cond_broadcast(&m->passed);
	pthread_mutex_unlock(&m->lock);
}

uint64_t reg_moment(struct reg *r)
{
	uint64_t now;

	pthread_mutex_lock(&r->moments.lock);
	now = r->moments.now;
	pthread_mutex_unlock(&r->moments.lock);
	return now;
}

uint64_t reg_wait(struct reg *r, uint64_t known, int wait_ms)
{
	struct timespec until = r->world->deadline(r->world, wait_ms);
	struct moments *m = &r->moments;
	uint64_t now;
	int over = 0;

	assert(!gate_is_inside(r));
	pthread_mutex_lock(&m->lock);
	while (m->now == known && !m->woken && !over)
		over = pthread_cond_timedwait(&m->passed, &m->lock, &until);
	now = m->now;
	pthread_mutex_unlock(&m->lock);
	return now;
}

void reg_wake(struct reg *r)
{
	pthread_mutex_lock(&r->moments.lock);
	r->moments.woken = true;
	pthread_cond_broadcast(&r->moments.passed);
	pthread_mutex_unlock(&r->moments.lock);
}
