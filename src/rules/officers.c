/*
 * officers: that one of ours alone can bring nobody across.
 *
 * Of the four steps (information, interview, consent, boarding):
 *
 *   consent     not by who both registered and counselled her
 *   review      not by who took the consent that is reviewed (and, by rule 3, not by
 *               who counselled her)
 *   boarding    not asked by who both counselled her and took her consent
 *   departure   not recorded by who asked the boarding question
 *
 * So two officers at least have seen her before she leaves, and who lets the bus go is
 * not who says that she still agreed.  Whoever answers to stay or is undecided needs no
 * second officer: nothing moves.
 */
#include "rules/judging.h"

/* --- 17 ---------------------------------------------------------------------------------- */

static struct verdict takes_consent(const struct question *q)
{
	const struct id *actor = &q->fact->actor;

	if (question_answer(q) != ANSWER_RETURN)
		return allowed();
	if (id_same(actor, &q->person->registered_by) && id_same(actor, &q->person->counsellor))
		return refused("one-officer-consent");
	return allowed();
}

static struct verdict reviews(const struct question *q)
{
	const struct person *d = question_decider(q);

	return d && id_same(&q->fact->actor, &d->choice_officer) ? refused("reviewer-consent")
								 : allowed();
}

static struct verdict asks_again(const struct question *q)
{
	const struct id *actor = &q->fact->actor;

	if (id_same(actor, &q->person->counsellor) && id_same(actor, &q->person->choice_officer))
		return refused("one-officer-boarding");
	return allowed();
}

static struct verdict lets_go(const struct question *q)
{
	const struct person *d = question_decider(q);

	if (!d)
		return missing("guardian");
	if (id_is_none(&d->reconfirm_officer))
		return allowed(); /* rule 7 asks for it */
	if (id_same(&d->reconfirm_officer, &d->counsellor) &&
	    id_same(&d->reconfirm_officer, &d->choice_officer))
		return missing("other-officer-boarding");
	if (id_same(&d->reconfirm_officer, &q->fact->actor))
		return refused("one-officer-departure");
	return allowed();
}

/*
 * "Information, interview, consent and boarding of one person are not all recorded by
 * one officer."
 */
struct verdict judge_four_eyes(const struct question *q)
{
	switch (q->fact->kind->kind) {
	case KIND_CHOICE_MADE: return takes_consent(q);
	case KIND_REVIEW_MADE: return reviews(q);
	case KIND_CHOICE_RECONFIRMED: return asks_again(q);
	case KIND_DEPARTURE_RECORDED: return lets_go(q);
	default: return allowed();
	}
}
