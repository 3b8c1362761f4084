/* Work in shares. */
#include "match/shares.h"

#include <assert.h>
#include <pthread.h>

struct share {
	pthread_t thread;
	void (*work)(void *self, unsigned share);
	void *self;
	unsigned number;
};

static void *run(void *its)
{
	struct share *s = its;

	s->work(s->self, s->number);
	return NULL;
}

void in_shares(unsigned count, void (*work)(void *self, unsigned share), void *self)
{
	struct share shares[SHARES_MAX];
	unsigned started = 1;

	assert(count >= 1 && count <= SHARES_MAX);
	for (unsigned i = 0; i < count; i++)
		shares[i] = (struct share){ .work = work, .self = self, .number = i };
	while (started < count &&
	       !pthread_create(&shares[started].thread, NULL, run, &shares[started]))
		started++;
	work(self, 0);
	for (unsigned i = started; i < count; i++)
		work(self, i);
	for (unsigned i = 1; i < started; i++)
		pthread_join(shares[i].thread, NULL);
}
