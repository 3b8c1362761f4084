#include <assert.h>
#include <stdlib.h>

#include "centre/inside.h"

enum err families_new(struct families *fs, size_t room)
{
	bool there = true;

	*fs = (struct families){ .room = room };
	pthread_mutex_init(&fs->lock, NULL);
	/* Touched now: the memory of the day is measured. */
	if ((fs->at = malloc(room * sizeof(*fs->at))))
		memset(fs->at, 1, room * sizeof(*fs->at));
	for (size_t i = 0; i < STAGE_COUNT; i++) {
		/* Twice as long: some stand in it twice. */
		struct queue *q = &fs->queues[i];

		if ((q->at = malloc(2 * room * sizeof(*q->at))))
			memset(q->at, 1, 2 * room * sizeof(*q->at));
		there = there && q->at;
	}
	return there && fs->at ? OK : ERR_MEMORY;
}

void families_free(struct families *fs)
{
	for (size_t i = 0; i < STAGE_COUNT; i++)
		free(fs->queues[i].at);
	free(fs->at);
	pthread_mutex_destroy(&fs->lock);
}

static void put(struct families *fs, enum stage stage, uint32_t which)
{
	struct queue *q = &fs->queues[stage];

	assert(q->count < 2 * fs->room);
	q->at[(q->first + q->count++) % (2 * fs->room)] = which;
}

bool families_add(struct families *fs, const struct family *family, enum stage stage)
{
	size_t which;
	bool fits;

	pthread_mutex_lock(&fs->lock);
	which = atomic_load(&fs->count);
	if ((fits = which < fs->room)) {
		fs->at[which] = *family;
		atomic_store(&fs->count, which + 1);
		if (stage != STAGE_COUNT)
			put(fs, stage, (uint32_t)which);
	}
	pthread_mutex_unlock(&fs->lock);
	return fits;
}

bool families_take(struct families *fs, enum stage stage, uint32_t *which)
{
	struct queue *q = &fs->queues[stage];
	bool there;

	pthread_mutex_lock(&fs->lock);
	if ((there = q->count > 0)) {
		*which = q->at[q->first];
		q->first = (q->first + 1) % (2 * fs->room);
		q->count--;
	}
	pthread_mutex_unlock(&fs->lock);
	return there;
}

void families_put(struct families *fs, enum stage stage, uint32_t which)
{
	pthread_mutex_lock(&fs->lock);
	put(fs, stage, which);
	pthread_mutex_unlock(&fs->lock);
}

bool families_bus(struct families *fs, size_t seats, size_t *bus)
{
	bool room;

	pthread_mutex_lock(&fs->lock);
	if (fs->bus < BUSES && fs->bus_seats + seats > BUS_SEATS) {
		fs->bus++;
		fs->bus_seats = 0;
	}
	if ((room = fs->bus < BUSES)) {
		fs->bus_seats += seats;
		*bus = fs->bus;
	}
	pthread_mutex_unlock(&fs->lock);
	return room;
}
