/*
 * What was loaded from a row was folded before and, where `past` is NULL, is known.
 * Lists are short (most people have two marks), so everything is a walk.
 */
#include "state/standing.h"

#define FIRST_ROOM 16

int64_t time_held(int64_t seconds)
{
	return seconds < 1 ? 1 : seconds > UINT32_MAX ? UINT32_MAX : seconds;
}

int64_t fact_time(const struct fact *f)
{
	return time_held(f->recorded);
}

static bool grow(struct standing *s)
{
	uint32_t room = s->room ? 2 * s->room : FIRST_ROOM;
	struct mark *more = arena_take_array(s->arena, room, sizeof(*more));

	if (!more) {
		s->failed = true;
		return false;
	}
	if (s->count)
		memcpy(more, s->marks, s->count * sizeof(*more));
	s->marks = more;
	s->room = room;
	return true;
}

struct mark *standing_add(struct standing *s, enum mark_sort sort, const struct fact *f)
{
	struct mark *m;

	m = s->count < s->room || grow(s) ? &s->marks[s->count++] : &s->spare;
	*m = (struct mark){
		.sort = (uint8_t)sort,
		.position = s->now,
		.ref = f->ref,
		.recorded = fact_time(f),
		.officer = f->actor,
	};
	return m;
}

bool standing_knows(const struct standing *s, const struct mark *m)
{
	return !s->past || past_has(s->past, m->position);
}

static void drop(struct standing *s, uint32_t at)
{
	memmove(&s->marks[at], &s->marks[at + 1], (s->count - at - 1) * sizeof(*s->marks));
	s->count--;
}

void standing_lift(struct standing *s, uint32_t sorts, uint8_t code)
{
	for (uint32_t i = s->count; i-- > 0;) {
		const struct mark *m = &s->marks[i];

		if (sorts >> m->sort & 1 && (!code || m->code == code) && standing_knows(s, m))
			drop(s, i);
	}
}

struct mark *standing_named(struct standing *s, enum mark_sort sort, const struct fact_ref *ref)
{
	for (uint32_t i = 0; i < s->count; i++) {
		struct mark *m = &s->marks[i];

		if (m->sort == sort && fact_ref_compare(&m->ref, ref) == 0)
			return standing_knows(s, m) ? m : NULL;
	}
	return NULL;
}

void standing_lift_one(struct standing *s, enum mark_sort sort, const struct fact_ref *ref)
{
	struct mark *m = standing_named(s, sort, ref);

	if (m)
		drop(s, (uint32_t)(m - s->marks));
}

void standing_lift_about(struct standing *s, enum mark_sort sort, const struct id *other)
{
	for (uint32_t i = s->count; i-- > 0;) {
		const struct mark *m = &s->marks[i];

		if (m->sort == sort && id_same(&m->other, other) && standing_knows(s, m))
			drop(s, i);
	}
}

void standing_kill(struct standing *s, uint32_t sorts)
{
	for (uint32_t i = s->count; i-- > 0;)
		if (sorts >> s->marks[i].sort & 1)
			drop(s, i);
}

void standing_hide_departures(struct standing *s)
{
	for (uint32_t i = 0; i < s->count; i++)
		if (s->marks[i].sort == MARK_DEPARTURE)
			s->marks[i].flags |= FLAG_HIDDEN;
}

bool standing_has(const struct standing *s, enum mark_sort sort)
{
	for (uint32_t i = 0; i < s->count; i++)
		if (s->marks[i].sort == sort)
			return true;
	return false;
}

/* --- endings: only where facts are concurrent --------------------------------- */

void standing_ended(struct standing *s, uint32_t endings)
{
	if (!s->past)
		return;
	if (s->ending_count == s->ending_room) {
		uint32_t room = s->ending_room ? 2 * s->ending_room : FIRST_ROOM;
		void *more = arena_take_array(s->arena, room, sizeof(*s->endings));

		if (!more) {
			s->failed = true;
			return;
		}
		if (s->ending_count)
			memcpy(more, s->endings, s->ending_count * sizeof(*s->endings));
		s->endings = more;
		s->ending_room = room;
	}
	s->endings[s->ending_count].position = s->now;
	s->endings[s->ending_count++].endings = endings;
}

bool standing_missed(const struct standing *s, uint32_t endings)
{
	for (uint32_t i = 0; i < s->ending_count; i++)
		if (s->endings[i].endings & endings && s->past &&
		    !past_has(s->past, s->endings[i].position))
			return true;
	return false;
}

bool standing_heard(const struct standing *s, uint32_t endings)
{
	for (uint32_t i = 0; i < s->ending_count; i++)
		if (s->endings[i].endings & endings && s->past &&
		    past_has(s->past, s->endings[i].position))
			return true;
	return false;
}
