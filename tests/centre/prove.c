/*
 * prove: after the day, on a register that was closed and opened again: is all there
 * that somebody was told is there, and was nobody wronged.
 */
#include "centre/inside.h"

#include <stdlib.h>

struct proving {
	struct day *day;
	struct day_proof *proof;
	struct id *wanted; /* by seq; zero: nobody was told of it */
	uint64_t length, found;
	struct id *departed;
	size_t departed_count, departed_room;
};

/* --- nothing acknowledged is lost ------------------------------------------------------ */

static enum err want(struct proving *p, const struct acks *acks, struct fault *f)
{
	for (size_t i = 0; i < acks->count; i++) {
		const struct ack *a = &acks->at[i];

		if (a->seq >= p->length)
			return fault(f, ERR_DAMAGED, "day: a recorded fact is behind the end",
				     a->seq);
		if (!id_is_none(&p->wanted[a->seq]))
			return fault(f, ERR_DAMAGED, "day: two were told the same place", a->seq);
		p->wanted[a->seq] = a->subject;
		p->proof->acknowledged++;
	}
	return OK;
}

static enum err compare(void *self, const struct origin *o, const struct log_entry *e,
			struct fault *f)
{
	struct proving *p = self;

	(void)o;
	if (id_is_none(&p->wanted[e->seq]))
		return OK;
	p->found++;
	if (!id_same(&p->wanted[e->seq], &e->subject))
		return fault(f, ERR_DAMAGED, "day: another fact stands in its place", e->seq);
	return OK;
}

static enum err prove_acknowledged(struct proving *p, struct fault *f)
{
	struct day *d = p->day;
	struct log *log = NULL;
	enum err e = log_open(&log, &d->centre->clock.world, d->centre->dir, f);

	if (e)
		return e;
	p->length = log_length(log);
	p->wanted = calloc((size_t)p->length, sizeof(*p->wanted));
	if (!p->wanted)
		e = ERR_MEMORY;
	if (!e)
		e = want(p, &d->before.acks, f);
	for (size_t i = 0; !e && i < DAY_CLIENTS; i++)
		e = want(p, &d->clients[i].acks, f);
	if (!e)
		e = log_each(log, compare, p, f);
	log_close(log);
	if (!e && p->found != p->proof->acknowledged)
		e = fault(f, ERR_DAMAGED, "day: a recorded fact is lost", p->found,
			  p->proof->acknowledged);
	return e;
}

/* --- nobody was wronged ---------------------------------------------------------------- */

/* Who withdraws between the look at her slip and the record of her crossing has crossed
 * even so, and is marked: that is no wrong of the register's. */
#define MARKED_AT_BORDER (UINT32_C(1) << RULE_REVOCABLE | UINT32_C(1) << RULE_OWN_CHOICE)

static bool look_at(void *self, const struct person *person)
{
	struct proving *p = self;
	struct fault *f = &p->day->centre->fault;

	if (person->paid_twice)
		fault(f, ERR_DAMAGED, "day: somebody was paid twice");
	if (person->broken & ~MARKED_AT_BORDER)
		fault(f, ERR_DAMAGED, "day: a rule was broken", person->broken);
	p->proof->paid += person->paid_parts != 0;
	if (person->departed && p->departed_count < p->departed_room)
		p->departed[p->departed_count++] = person->id;
	return !f->key;
}

/* In her history no departure stands behind a withdrawal that no choice came after. */
static enum err prove_departure(struct proving *p, const struct id *person, struct arena *a)
{
	struct centre *c = p->day->centre;
	bool withdrawn = false;
	const struct fact *facts;
	size_t count;
	enum err e =
		reg_history(c->reg, &c->as[DESK_CONSENT], person, a, &facts, &count, &c->fault);

	for (size_t i = 0; !e && i < count; i++) {
		switch (facts[i].kind ? facts[i].kind->kind : KIND_UNKNOWN) {
		case KIND_CHOICE_WITHDRAWN: withdrawn = true; break;
		case KIND_CHOICE_MADE: withdrawn = false; break;
		case KIND_DEPARTURE_RECORDED:
			p->proof->departed++;
			if (withdrawn)
				e = fault(&c->fault, ERR_DAMAGED,
					  "day: somebody departed who had withdrawn");
			break;
		default: break;
		}
	}
	return e;
}

static enum err prove_people(struct proving *p)
{
	struct centre *c = p->day->centre;
	const struct state *s;
	struct arena *a = NULL;
	enum err e;

	p->departed_room = BUSES * BUS_SEATS;
	p->departed = calloc(p->departed_room, sizeof(*p->departed));
	if (!p->departed || (e = arena_new(&a, (size_t)64 << 20)))
		return ERR_MEMORY;
	e = reg_read_begin(c->reg, &c->as[DESK_CONSENT], DEED_SHOW_PERSON, &s, &c->fault);
	if (!e) {
		state_each_person(s, look_at, p);
		reg_read_end(c->reg);
		e = c->fault.err;
	}
	for (size_t i = 0; !e && i < p->departed_count; i++) {
		arena_reset(a);
		e = prove_departure(p, &p->departed[i], a);
	}
	arena_free(a);
	return e;
}

static enum err prove_sound(struct centre *c)
{
	struct reg_proof proof;
	enum err e = reg_verify(c->reg, NULL, &proof, &c->fault);

	if (!e && (!proof.folds_agree || proof.damaged || !proof.checkpoint_held))
		e = fault(&c->fault, ERR_DAMAGED, "day: not sound when it was over");
	return e;
}

enum err day_prove(struct day *d, struct day_proof *out)
{
	struct centre *c = d->centre;
	struct proving p = { .day = d, .proof = out };
	enum err e;

	*out = (struct day_proof){ 0 };
	reg_close(c->reg);
	c->reg = NULL;
	if (!(e = prove_acknowledged(&p, &c->fault)) &&
	    !(e = reg_open(&c->reg, &c->clock.world, c->atlas, c->dir, &c->fault)) &&
	    !(e = centre_login(c, DESK_CONSENT)) && !(e = prove_sound(c)))
		e = prove_people(&p);
	free(p.wanted);
	free(p.departed);
	return e;
}
