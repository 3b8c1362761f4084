/*
 * travel: whether she can bear it, whether the way is safe, who has to let go first,
 * and that her card is the last thing she gives.
 */
#include "rules/judging.h"

/* --- 11 ---------------------------------------------------------------------------------- */

/*
 * "Illness, late pregnancy, disability: a fitness assessment and escort."
 *
 * Whoever was assessed without such a need is held to what was found all the same.
 */
struct verdict judge_fit_to_travel(const struct question *q)
{
	const struct person *p = q->person;

	if (q->fact->kind->kind != KIND_DEPARTURE_RECORDED)
		return allowed();
	switch (p->fitness) {
	case RESULT_FAVOURABLE: return allowed();
	case RESULT_FAVOURABLE_WITH_ESCORT: return p->escort_named ? allowed() : missing("escort");
	case RESULT_UNFAVOURABLE: return refused("fitness");
	case RESULT_PENDING: return missing("fitness");
	default: return person_needs_fitness(p) ? missing("fitness") : allowed();
	}
}

/* --- 12 ---------------------------------------------------------------------------------- */

/* "No departure to an area or over a crossing under a suspension or closure." */
struct verdict judge_safe_to_go(const struct question *q)
{
	if (!question_is_travel(q))
		return allowed();
	for (size_t i = 0; i < q->advisory_count; i++) {
		if (!q->advisories[i].in_force)
			continue;
		switch (q->advisories[i].sort) {
		case ADVISORY_CROSSING_CLOSED: return refused("crossing-closed");
		case ADVISORY_RETURNS_SUSPENDED: return refused("returns-suspended");
		default: return refused("crossing-attacked");
		}
	}
	return allowed();
}

/* --- 13 ---------------------------------------------------------------------------------- */

static struct verdict may_lift(const struct question *q)
{
	const struct person *p = q->person;
	const struct id *actor = &q->fact->actor;

	if (!q->actor || !(q->actor->roles & 1u << ROLE_PROTECTION))
		return refused("lift-role");
	if (!p->holds)
		return refused("no-hold");
	if (id_same(actor, &p->seat_officer) || id_same(actor, &p->departure_officer))
		return refused("lift-own-seat");
	return allowed();
}

static bool is_held(const struct question *q)
{
	return q->person->holds || (question_is_child(q) && q->guardian && q->guardian->holds);
}

/*
 * "Only protection staff lift a hold, never the one who asked for the departure."
 *
 * A child does not go without its guardian, so a guardian's hold holds both.
 */
struct verdict judge_holds_hold(const struct question *q)
{
	switch (q->fact->kind->kind) {
	case KIND_SEAT_ASSIGNED:
	case KIND_DEPARTURE_RECORDED: return is_held(q) ? refused("held") : allowed();
	case KIND_HOLD_LIFTED: return may_lift(q);
	case KIND_FACT_ANNULLED:
		return q->named && q->named->kind_number == KIND_HOLD_PLACED ? refused("annul-hold")
									     : allowed();
	default: return allowed();
	}
}

/* --- 14 ---------------------------------------------------------------------------------- */

/*
 * "A card is surrendered at the crossing, never before; a withdrawal, or turning back
 * at or after the line, restores everything."
 *
 * So the crossing is recorded first, and nobody who may still turn back is without her
 * card.  From who was deported, or left under adverse circumstances, none is taken.
 */
struct verdict judge_documents_last(const struct question *q)
{
	const struct person *p = q->person, *d = question_decider(q);
	const struct value *crossing = &q->fact->values[DOCUMENT_SURRENDERED_CROSSING];

	if (q->fact->kind->kind != KIND_DOCUMENT_SURRENDERED)
		return allowed();
	if (p->withdrawn || (d && d->withdrawn))
		return refused("card-withdrawn");
	if (!p->crossed)
		return missing("crossing");
	if (p->return_kind == RETURN_KIND_DEPORTED || p->return_kind == RETURN_KIND_ADVERSE)
		return refused("card-taken");
	if (crossing->given && !text_same(crossing->text, p->crossing))
		return refused("card-elsewhere");
	return allowed();
}
