/*
 * freedom: that nobody pushes, that staying costs nothing, and that no deadline counts.
 */
#include "rules/judging.h"

/* --- 3 ----------------------------------------------------------------------------------- */

static struct verdict is_free(const struct person *p)
{
	if (p->detentions_open)
		return refused("detained");
	if (p->review_due)
		return missing("review");
	switch (p->finding) {
	case FINDING_NOT_VOLUNTARY: return refused("not-voluntary");
	case FINDING_NEEDS_TIME: return missing("needs-time");
	case FINDING_VOLUNTARY:
		return id_same(&p->reviewer, &p->counsellor) ? missing("other-reviewer")
							     : allowed();
	default: return allowed();
	}
}

/* A child is stopped by what happened to it, and by what happened to its guardian. */
static struct verdict goes_freely(const struct question *q)
{
	struct verdict v = is_free(q->person);

	if (v.outcome != OUTCOME_ALLOWED || !question_is_child(q))
		return v;
	return q->guardian ? is_free(q->guardian) : missing("guardian");
}

static struct verdict reviews_well(const struct question *q)
{
	const struct value *company = &q->fact->values[REVIEW_MADE_COMPANY];
	int64_t finding = q->fact->values[REVIEW_MADE_FINDING].number;
	const struct person *d = question_decider(q);

	/* Nobody is free to say so while she is held. */
	if (q->person->detentions_open && finding == FINDING_VOLUNTARY)
		return refused("review-detained");
	if (id_same(&q->fact->actor, &q->person->counsellor) ||
	    (d && id_same(&q->fact->actor, &d->counsellor)))
		return refused("reviewer-counselled");
	if (company->given && company->number != COMPANY_ALONE)
		return refused("review-not-alone");
	return allowed();
}

/*
 * Money for somebody in custody goes to somebody else.  Whoever is across is paid even
 * so: a report that came after her departure is no reason to leave her without.
 */
static struct verdict is_paid_freely(const struct question *q)
{
	if (q->person->detentions_open)
		return refused("detained");
	return q->person->crossed ? allowed() : is_free(q->person);
}

/*
 * "Reported pressure, detention, or release-in-exchange-for-return sends the case to
 * review, and nothing moves while she is detained; no return until a reviewer (not the
 * counsellor) finds it voluntary."
 */
struct verdict judge_free_of_pressure(const struct question *q)
{
	switch (q->fact->kind->kind) {
	case KIND_SEAT_ASSIGNED:
	case KIND_DEPARTURE_RECORDED: return goes_freely(q);
	case KIND_GRANT_PAID: return is_paid_freely(q);
	case KIND_REVIEW_MADE: return reviews_well(q);
	default: return allowed();
	}
}

/* --- 8 ----------------------------------------------------------------------------------- */

static bool asks_for(const struct value *list, int64_t code)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].number == code)
			return true;
	return false;
}

/*
 * "“stay” and “undecided” are outcomes of the same rank; no service, grant or status
 * depends on the answer; no list, filter, export or figure of those who decline exists."
 *
 * An answer to stay names no destination, so that it cannot be read as a plan.  What is
 * given to others about a person is the same whatever she answered: who may share her
 * documents with a clinic if she returns may do so if she stays.  Only a destination
 * would tell the answer, so it goes out of those only who chose it; a registered one of
 * somebody who stays would make her seem to leave.
 */
struct verdict judge_staying_is_free(const struct question *q)
{
	const struct value *v = q->fact->values;

	if (q->fact->kind->kind == KIND_CHOICE_MADE)
		return question_answer(q) != ANSWER_RETURN && v[CHOICE_MADE_DESTINATION].given
			       ? refused("stay-with-destination")
			       : allowed();
	if (q->fact->kind->kind != KIND_EXPORT_REQUESTED)
		return allowed();
	if (asks_for(&v[EXPORT_REQUESTED_SHARED], SHARED_DESTINATION) &&
	    (q->person->withdrawn || q->person->answer != ANSWER_RETURN))
		return refused("export-tells-answer");
	return allowed();
}

/* --- 16 ---------------------------------------------------------------------------------- */

#define COOLING_LEAST_S (24 * HOUR_S)
#define RECONFIRM_MOST_S (12 * HOUR_S)

/*
 * "Directives are shown, explained and counted; they never open a gate."
 *
 * No directive can be in a question.  What haste could still reach are the terms; those
 * that leave less time than the constitution does are not obeyed.
 */
struct verdict judge_no_deadline(const struct question *q)
{
	if (!question_is_travel(q))
		return allowed();
	if (q->terms->cooling_s < COOLING_LEAST_S || q->terms->reconfirm_s > RECONFIRM_MOST_S)
		return refused("terms");
	return allowed();
}
