#include "match/line.h"

#include <pthread.h>

#include "base/test.h"

#define PIECES 500
#define PLACES 4
#define STATIONS 5

/* What each station has seen.  Numbers of others are read under a lock. */
struct seen {
	pthread_mutex_t lock;
	unsigned places[PLACES]; /* the piece that lies in each */
	unsigned done[STATIONS];
	unsigned wrong; /* pieces out of their order, or before their time */
	unsigned most;	/* on their way at once */
	unsigned stops; /* the station that stops … */
	unsigned at;	/* … at this piece */
};

static unsigned least_done(const struct seen *s, unsigned stations)
{
	unsigned least = s->done[0];

	for (unsigned i = 1; i < stations; i++)
		least = s->done[i] < least ? s->done[i] : least;
	return least;
}

static bool see(void *self, unsigned station, unsigned place)
{
	struct seen *s = self;
	bool goes_on;

	pthread_mutex_lock(&s->lock);
	goes_on = station != s->stops || s->done[station] < s->at;
	if (!station)
		s->places[place] = s->done[0];
	s->wrong += s->places[place] != s->done[station];
	s->wrong += station == STATIONS - 1 && least_done(s, STATIONS - 1) <= s->done[station];
	s->done[station] += goes_on;
	if (s->done[0] - s->done[STATIONS - 1] > s->most)
		s->most = s->done[0] - s->done[STATIONS - 1];
	pthread_mutex_unlock(&s->lock);
	return goes_on;
}

static struct seen run(unsigned threads, unsigned stops, unsigned at)
{
	struct seen s = { .stops = stops, .at = at };

	pthread_mutex_init(&s.lock, NULL);
	line_run(&(struct line){ STATIONS, PLACES, see, &s }, threads);
	pthread_mutex_destroy(&s.lock);
	return s;
}

TEST(each_station_has_every_piece_in_order_and_the_last_one_when_all_others_had_it)
{
	for (unsigned threads = 1; threads <= 7; threads++) {
		struct seen s = run(threads, 0, PIECES);

		CHECK_INT(s.wrong, 0);
		for (unsigned i = 0; i < STATIONS; i++)
			CHECK_INT(s.done[i], PIECES);
	}
}

TEST(no_more_pieces_are_on_their_way_than_there_are_places)
{
	CHECK_INT(run(1, 0, PIECES).most, PLACES);
	for (unsigned threads = 2; threads <= 7; threads++)
		CHECK(run(threads, 0, PIECES).most <= PLACES);
}

TEST(where_a_station_stops_the_others_have_what_was_begun_and_nothing_new_is)
{
	for (unsigned threads = 1; threads <= 7; threads++) {
		struct seen s = run(threads, 2, 100);

		CHECK_INT(s.wrong, 0);
		CHECK_INT(s.done[2], 100);
		CHECK(s.done[0] > 100 && s.done[0] <= 100 + PLACES);
		CHECK_INT(s.done[1], s.done[0]);
		CHECK_INT(s.done[3], s.done[0]);
		CHECK_INT(s.done[STATIONS - 1], 100);
	}
}

TEST(a_line_that_makes_nothing_ends)
{
	for (unsigned threads = 1; threads <= 7; threads++)
		CHECK_INT(run(threads, 0, 0).done[1], 0);
}

RUN_TESTS()
