/* Lines: who is where, under one lock that is never held while there is work. */
#include "match/line.h"

#include <assert.h>
#include <pthread.h>
#include <stdint.h>

#include "match/shares.h"

struct running {
	const struct line *line;
	pthread_mutex_t lock;	/* of all below */
	pthread_cond_t changed; /* a station is free, or has stopped */
	struct station {
		uint64_t done; /* pieces */
		bool busy, stopped;
	} stations[LINE_STATIONS_MAX];
	unsigned busy;
	bool ending;
};

/* Whether there is a piece for the station. */
static bool is_ready(const struct running *r, unsigned number)
{
	const struct station *first = r->stations, *s = &first[number];
	const struct station *last = &first[r->line->stations - 1];

	if (s->busy || s->stopped)
		return false;
	if (s == first)
		return !r->ending && s->done - last->done < r->line->places;
	if (s < last)
		return s->done < first->done;
	for (const struct station *other = first; other < last; other++)
		if (other->done == s->done)
			return false;
	return true;
}

/* The station that is farthest behind, of those that are ready; false: none is. */
static bool find_ready(const struct running *r, unsigned *number)
{
	bool found = false;

	for (unsigned i = 0; i < r->line->stations; i++)
		if (is_ready(r, i) && (!found || r->stations[i].done < r->stations[*number].done)) {
			*number = i;
			found = true;
		}
	return found;
}

/* As many pieces as are there: what the station knows is in this processor's cache. */
static void work_at(struct running *r, unsigned number)
{
	struct station *s = &r->stations[number];

	while (is_ready(r, number)) {
		unsigned place = (unsigned)(s->done % r->line->places);
		bool done;

		s->busy = true;
		r->busy++;
		pthread_mutex_unlock(&r->lock);
		done = r->line->work(r->line->self, number, place);
		pthread_mutex_lock(&r->lock);
		s->busy = false;
		r->busy--;
		s->done += done;
		s->stopped = !done;
		r->ending |= !done;
		pthread_cond_broadcast(&r->changed);
	}
}

/* Nothing is ready and nobody is busy: nothing will be. */
static void work_along(void *its, unsigned share)
{
	struct running *r = its;
	unsigned number = 0;
	bool found;

	(void)share;
	pthread_mutex_lock(&r->lock);
	while ((found = find_ready(r, &number)) || r->busy)
		if (found)
			work_at(r, number);
		else
			pthread_cond_wait(&r->changed, &r->lock);
	pthread_mutex_unlock(&r->lock);
}

void line_run(const struct line *l, unsigned threads)
{
	struct running r = { .line = l,
			     .lock = PTHREAD_MUTEX_INITIALIZER,
			     .changed = PTHREAD_COND_INITIALIZER };

	assert(l->stations >= 2 && l->stations <= LINE_STATIONS_MAX && l->places);
	in_shares(threads, work_along, &r);
	pthread_cond_destroy(&r.changed);
	pthread_mutex_destroy(&r.lock);
}
