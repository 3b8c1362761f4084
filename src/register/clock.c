/*
 * clock: what time it is for the next fact, and whether that may be believed.
 *
 * Three rules count time: cooling-off, lapse, and the twelve hours before boarding.
 * A wall clock that somebody moved would open them.  Two things betray a jump:
 *
 *   - while the program runs, the wall clock and the steady clock, which nobody can
 *     set, move apart by more than JUMP_MS;
 *   - at the first fact known, the wall clock is behind the newest recorded fact by
 *     more than JUMP_MS, or ahead of it by more than GAP_S.  (No steady clock lives
 *     through a restart of the machine, so a smaller jump made while the register
 *     was closed is not seen.)
 *
 * From then on no rule counts time as passed until clock.confirmed is recorded.  That
 * it jumped is a setting of the log, so that a restart does not confirm it.
 *
 * `recorded` does not follow a clock that jumped: it goes on by the steady clock from
 * the time that was believed last, or from the newest fact, until the clock is
 * confirmed.  Otherwise a year ahead would stand in facts for good, and as `recorded`
 * never runs backwards, nothing would age for that year once the clock is right again.
 * For the same reason it keeps its distance where a clock is confirmed that is behind
 * the newest fact: standing still, it would let a boarding's twelve hours last for days.
 * After a restart such a clock is behind again, and is to be confirmed once more.
 *
 * What somebody says has happened is a claim, which the wall clock bounds.  A demo
 * register's clock is made up by whoever uses it (--at) and is not watched.
 */
#include "register/inside.h"

#define JUMP_MS (5 * 60 * INT64_C(1000))
#define GAP_S (30 * 24 * INT64_C(3600))

static int64_t apart(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

/* Believe the wall clock from here on. */
static void set_both(struct clock_watch *c, struct world *w)
{
	c->wall_ms = c->from_ms = w->now_ms(w);
	c->steady_ms = w->steady_ms(w);
}

void clock_start(struct clock_watch *c, struct world *w)
{
	*c = (struct clock_watch){ 0 };
	pthread_mutex_init(&c->lock, NULL);
	set_both(c, w);
}

void clock_be_watched(struct clock_watch *c, bool jumped)
{
	c->watched = true;
	c->jumped = c->adrift = jumped;
}

void clock_end(struct clock_watch *c)
{
	pthread_mutex_destroy(&c->lock);
}

void clock_know_last(struct clock_watch *c, struct world *w, int64_t last)
{
	int64_t now = w->now_ms(w) / 1000 + c->ahead_ms / 1000;

	pthread_mutex_lock(&c->lock);
	c->last = last;
	if (c->watched && !c->jumped && last && (now < last - JUMP_MS / 1000 || now > last + GAP_S))
		c->jumped = c->adrift = true;
	if (c->adrift && last) {
		c->from_ms = last * 1000;
		c->steady_ms = w->steady_ms(w);
		c->adrift = false;
	}
	pthread_mutex_unlock(&c->lock);
}

/* Under the lock. */
static void watch(struct clock_watch *c, struct world *w)
{
	int64_t wall = w->now_ms(w) - c->wall_ms, steady = w->steady_ms(w) - c->steady_ms;

	if (c->watched && apart(wall, steady) > JUMP_MS)
		c->jumped = true;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

struct clock_now clock_now(struct clock_watch *c, struct world *w)
{
	struct clock_now out;
	int64_t wall_ms = w->now_ms(w), ms;

	pthread_mutex_lock(&c->lock);
	watch(c, w);
	ms = c->jumped ? c->from_ms + w->steady_ms(w) - c->steady_ms : wall_ms + c->ahead_ms;
	out.seconds = later(ms / 1000, c->last);
	out.claims_until = later(wall_ms / 1000, out.seconds);
	out.jumped = c->jumped;
	pthread_mutex_unlock(&c->lock);
	return out;
}

void clock_recorded(struct clock_watch *c, int64_t recorded)
{
	pthread_mutex_lock(&c->lock);
	if (recorded > c->last)
		c->last = recorded;
	pthread_mutex_unlock(&c->lock);
}

void clock_confirm(struct clock_watch *c, struct world *w)
{
	pthread_mutex_lock(&c->lock);
	c->jumped = c->adrift = false;
	set_both(c, w);
	c->ahead_ms = later(c->last * 1000 - c->wall_ms, 0);
	if (c->ahead_ms <= JUMP_MS)
		c->ahead_ms = 0;
	pthread_mutex_unlock(&c->lock);
}
