/* before: who was registered two days before the day, and the list that will be imported. */
#include <stdlib.h>

#include "centre/inside.h"

#define LISTED_FIRST UINT64_C(2000000) /* the number of the first household of the list */
#define BUS_DEPARTS_S (47 * 3600) /* after midnight: the next day, when who chose today may go */

struct preparing {
	struct client *c;
	struct fact facts[LOG_BATCH_MAX];
	size_t count;
};

/* Many submissions of one desk as one: the disk is asked once. */
static enum err flush(struct preparing *x, enum desk desk)
{
	struct client *c = x->c;
	struct submission_answer answer;
	struct centre *centre = c->day->centre;
	enum err e = OK;

	if (x->count)
		e = reg_record(centre->reg, &centre->as[desk], x->facts, x->count, c->arena,
			       &answer, &c->fault);
	if (!e && x->count && answer.sort != SUBMISSION_RECORDED)
		e = fault(&c->fault, ERR_INPUT, "day: refused before it began");
	for (size_t i = 0; !e && i < x->count; i++)
		c->acks.at[c->acks.count++] =
			(struct ack){ answer.refs[i].seq, x->facts[i].subject };
	x->count = 0;
	arena_reset(c->arena);
	return e;
}

static enum err register_before(struct preparing *x, uint64_t *number)
{
	struct client *c = x->c;
	int64_t now = CENTRE_MADE_MS / 1000;
	enum err e = OK;

	for (uint64_t people = 0; !e && people < c->day->plan.people; ++*number) {
		people_make(c->day->centre->people, *number, &c->made);
		people += c->made.count;
		if (x->count + FACTS_MAX > LOG_BATCH_MAX)
			e = flush(x, DESK_REGISTRATION);
		if (!e)
			e = made_facts(&c->made, now, c->arena, x->facts, &x->count, LOG_BATCH_MAX,
				       &c->fault);
	}
	return e ? e : flush(x, DESK_REGISTRATION);
}

/* Families one by one: where one is refused (nobody in it may choose) the others are not. */
static enum err prepare_family(struct client *c, struct family *family, bool *willing)
{
	enum ending ending;
	enum err e;

	c->fact_count = 0;
	add_counselling(c, family);
	if (!(e = client_record(c, DESK_COUNSELLING, &ending))) {
		c->fact_count = 0;
		add_choices(c, family, ANSWER_RETURN);
		e = client_record(c, DESK_CONSENT, &ending);
	}
	*willing = ending == ENDING_RECORDED;
	arena_reset(c->arena);
	return e;
}

static enum err plan_buses(struct client *c)
{
	enum ending ending;
	enum err e = OK;

	for (size_t i = 0; !e && i < BUSES; i++) {
		struct id bus = made_id(UINT32_MAX - 1, i);
		struct value *v;

		c->fact_count = 0;
		v = client_fact(c, KIND_MOVEMENT_PLANNED, &bus)->values;
		v[MOVEMENT_PLANNED_DEPARTS] = given_number(midnight_ms() / 1000 + BUS_DEPARTS_S);
		v[MOVEMENT_PLANNED_FROM] = given_text("VRC-AZAKHEL");
		v[MOVEMENT_PLANNED_CROSSING] = given_text("XP-TORKHAM");
		v[MOVEMENT_PLANNED_SEATS] = given_number(BUS_SEATS);
		e = client_record(c, DESK_MOVEMENTS, &ending);
		arena_reset(c->arena);
	}
	return e;
}

static enum err register_all(struct day *d)
{
	struct preparing *x = calloc(1, sizeof(*x));
	struct client *c = &d->before;
	uint64_t households = 0;
	size_t willing_count = 0;
	enum err e;

	if (!x)
		return ERR_MEMORY;
	x->c = c;
	if (!(e = register_before(x, &households)))
		e = plan_buses(c);
	atomic_store(&d->families.next_number, households);
	for (uint64_t n = 0; !e && n < households; n++) {
		struct family family = { .number = n };
		bool willing = false;

		e = client_learn(c, &family);
		if (!e && willing_count < d->plan.families)
			e = prepare_family(c, &family, &willing);
		willing_count += willing;
		if (!e &&
		    !families_add(&d->families, &family, willing ? STAGE_SEAT : STAGE_COUNSEL))
			e = fault(&c->fault, ERR_LIMIT,
				  "day: more families than there is room for");
	}
	free(x);
	return e;
}

static enum err write_list(struct day *d)
{
	struct client *c = &d->before;
	struct world *w = &d->centre->clock.world;
	struct buffer out = { 0 };
	enum err e;

	people_write_csv_header(&out);
	for (uint64_t n = 0; n < d->plan.import_households; n++) {
		people_make(d->centre->people, LISTED_FIRST + n, &c->made);
		people_write_csv(&out, &c->made);
	}
	if (!(e = buffer_end(&out, &c->fault)))
		e = file_save(w, d->plan.list, buffer_bytes(&out), &c->fault);
	buffer_free(&out);
	return e;
}

enum err day_prepare(struct day *d)
{
	enum err e = register_all(d);

	return e ? e : write_list(d);
}
