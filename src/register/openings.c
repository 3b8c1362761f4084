/*
 * openings: who read whose file, and who looked for somebody, within the last hour.
 *
 * What is counted is record.opened and search.made themselves, as the log has them: the
 * list is filled while the facts are folded and then by the writer, so a restart forgets
 * nothing and nothing is counted that is not recorded.  It is as long as an hour is busy,
 * a few thousand lines at most, and is run through for each of them.
 */
#include <stdlib.h>

#include "register/inside.h"

#define HOUR_S 3600
#define ROOM_FIRST 256

/* A line of the future is of before the clock was put right: it counts no more. */
static bool is_within_hour(const struct opening *o, int64_t now)
{
	return o->at > now - HOUR_S && o->at <= now;
}

static bool make_room(struct openings *o)
{
	struct opening *grown;
	size_t room;

	if (o->first + o->count < o->room)
		return true;
	if (o->first > o->count) {
		memcpy(o->lines, o->lines + o->first, o->count * sizeof(*o->lines));
		o->first = 0;
		return true;
	}
	room = o->room ? 2 * o->room : ROOM_FIRST;
	grown = reallocarray(o->lines, room, sizeof(*grown));
	if (!grown)
		return false;
	o->lines = grown;
	o->room = room;
	return true;
}

/* What an account may do so often within an hour. */
static const struct budget {
	enum kind kind;
	uint32_t an_hour;
	const char *key;
} budgets[] = {
	{ KIND_RECORD_OPENED, OPENINGS_AN_HOUR, "opened.too-many" },
	{ KIND_SEARCH_MADE, SEARCHES_AN_HOUR, "search.too-many" },
};

static const struct budget *budget_of(enum kind k)
{
	for (size_t i = 0; i < COUNT_OF(budgets); i++)
		if (budgets[i].kind == k)
			return &budgets[i];
	return NULL;
}

enum err openings_take(struct openings *o, const struct id *site, const struct fact *fact)
{
	if (!fact->kind || !budget_of(fact->kind->kind) || !id_same(&fact->ref.site, site))
		return OK;
	while (o->count && !is_within_hour(&o->lines[o->first], fact->recorded)) {
		o->first++;
		o->count--;
	}
	if (!make_room(o))
		return ERR_MEMORY;
	o->lines[o->first + o->count++] = (struct opening){
		.at = fact->recorded,
		.account = fact->actor,
		.kind = fact->kind->kind,
	};
	return OK;
}

void openings_free(struct openings *o)
{
	free(o->lines);
	*o = (struct openings){ 0 };
}

uint32_t openings_of(const struct openings *o, enum kind kind, const struct id *account,
		     int64_t now, int64_t *oldest)
{
	uint32_t count = 0;

	for (size_t i = 0; i < o->count; i++) {
		const struct opening *line = &o->lines[o->first + i];

		if (line->kind != kind || !id_same(&line->account, account) ||
		    !is_within_hour(line, now))
			continue;
		if (!count++)
			*oldest = line->at;
	}
	return count;
}

enum err check_openings(const struct proposing *p, struct fault *f)
{
	const struct submission *s = p->submission;
	const struct budget *b = budget_of(s->facts[0].kind->kind);
	int64_t oldest = 0;
	uint32_t count;

	if (!b)
		return OK;
	assert(s->count == 1);
	count = openings_of(&p->reg->openings, b->kind, &s->by->account, p->now.seconds, &oldest);
	if (count < b->an_hour)
		return OK;
	return fault(f, ERR_LIMIT, b->key, b->an_hour,
		     (oldest + HOUR_S - p->now.seconds + 59) / 60);
}

/* As openings_of(), now; while locked as many as one may. */
static uint32_t opened_now(struct reg *r, const struct session *by, int64_t now, int64_t *oldest)
{
	uint32_t count = OPENINGS_AN_HOUR;

	gate_enter(r);
	if (r->state)
		count = openings_of(&r->openings, KIND_RECORD_OPENED, &by->account, now, oldest);
	gate_leave(r);
	return count;
}

uint32_t reg_openings_left(struct reg *r, const struct session *by)
{
	int64_t oldest;
	uint32_t count = opened_now(r, by, clock_now(&r->clock, r->world).seconds, &oldest);

	return count < OPENINGS_AN_HOUR ? OPENINGS_AN_HOUR - count : 0;
}

unsigned reg_openings_wait_s(struct reg *r, const struct session *by)
{
	int64_t now = clock_now(&r->clock, r->world).seconds, oldest = now - HOUR_S;

	if (opened_now(r, by, now, &oldest) < OPENINGS_AN_HOUR)
		return 0;
	return (unsigned)(oldest + HOUR_S - now);
}
