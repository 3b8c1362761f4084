/*
 * consent: whose choice it is, that she knew what she chose, that she said it herself,
 * had time, can take it back, and is asked once more.
 */
#include "rules/judging.h"

static const struct value *value_at(const struct question *q, enum field_slot slot)
{
	return &q->fact->values[slot];
}

/* --- 1 ----------------------------------------------------------------------------------- */

/*
 * A child's own answer is taken only where it replaces one that is on record, or a
 * withdrawal: nothing else could ever supersede that.  It still follows its guardian.
 */
static struct verdict chooses_herself(const struct question *q)
{
	const struct person *p = q->person;
	const struct value *by = value_at(q, CHOICE_MADE_BY);

	if (p->died)
		return refused("died");
	if (by->given && !id_same(by->id, &q->fact->subject))
		return refused("by-another");
	if (question_is_child(q))
		return p->withdrawn || p->answer ? allowed() : refused("child-choice");
	if (question_answer(q) != ANSWER_RETURN)
		return allowed();
	return person_can_decide(p);
}

static bool is_guardian(const struct person *g, int32_t today)
{
	return g->registered && !person_is_gone(g) && !person_is_child(g, today) &&
	       person_can_decide(g).outcome == OUTCOME_ALLOWED;
}

static struct verdict follows_guardian(const struct question *q)
{
	const struct person *child = q->person, *g = q->guardian;
	struct verdict v;

	if (!g)
		return missing("guardian");
	if (!is_guardian(g, q->today))
		return missing("guardian-decides");
	if (child->answer && child->answer != ANSWER_RETURN)
		return person_wants_to_return(child);
	v = question_wants_to_return(q);
	if (v.outcome != OUTCOME_ALLOWED)
		return v;
	if (!child->child_view)
		return missing("child-heard");
	return person_travels_with(g, q->movement) ? allowed() : missing("guardian-travels");
}

static struct verdict goes_herself(const struct question *q)
{
	struct verdict v;

	if (q->person->died)
		return refused("died");
	if (question_is_child(q))
		return follows_guardian(q);
	v = person_can_decide(q->person);
	return v.outcome == OUTCOME_ALLOWED ? person_wants_to_return(q->person) : v;
}

/*
 * "Every adult decides for herself; nobody's fact is consent for another adult.  A
 * child (under 18, married or not) follows its guardian; the child's view is recorded.
 * An adult who cannot form a decision is assessed with support; no relative decides
 * instead."
 */
struct verdict judge_own_choice(const struct question *q)
{
	if (q->fact->kind->kind == KIND_CHOICE_MADE)
		return chooses_herself(q);
	return question_is_travel(q) ? goes_herself(q) : allowed();
}

/* --- 2 ----------------------------------------------------------------------------------- */

/* `PCODE@VINTAGE` is an area, a bare code a whole country. */
static bool is_country(struct text area)
{
	return !memchr(area.at, '@', area.size);
}

/* A sheet of the whole country is the sheet of those only who name no more than that. */
static bool sheet_fits(const struct question *q, struct text sheet, struct text destination)
{
	if (!sheet.size)
		return false;
	if (is_country(sheet))
		return text_same(sheet, destination);
	return q->area_within(q->areas, destination, sheet);
}

static struct verdict is_counselled(const struct question *q, const struct person *d,
				    struct text destination)
{
	if (!d->counselled)
		return missing("counselling");
	if (!d->counsel_understood)
		return missing("counselling-language");
	if (d->counsellor_sex_wanted && d->counsellor_sex != d->counsellor_sex_wanted)
		return missing("counsellor-sex");
	if (!destination.size)
		return missing("destination");
	if (!sheet_fits(q, d->counsel_area, destination))
		return missing("sheet");
	return allowed();
}

static struct text destination_of(const struct question *q, const struct person *d)
{
	if (q->fact->kind->kind == KIND_CHOICE_MADE && value_at(q, CHOICE_MADE_ANSWER)->given) {
		const struct value *v = value_at(q, CHOICE_MADE_DESTINATION);

		return v->given ? v->text : (struct text){ 0 };
	}
	return d->choice_destination.size ? d->choice_destination : d->destination;
}

/*
 * "A choice to return needs counselling before it: in a language she understands, with
 * the information sheet of her destination, by a counsellor of the sex she prefers,
 * alone or with a companion whom she alone chose (otherwise the case goes to review)."
 *
 * That others were present opens a review in the state, which rule 3 waits for.
 */
struct verdict judge_informed(const struct question *q)
{
	const struct person *d = question_decider(q);
	bool chooses = q->fact->kind->kind == KIND_CHOICE_MADE;
	struct verdict v;

	if (!chooses && !question_is_travel(q))
		return allowed();
	if (chooses && question_answer(q) != ANSWER_RETURN)
		return allowed();
	if (!d)
		return missing("guardian");
	/* Whoever has answered otherwise is not to be counselled for a journey. */
	if (!chooses && (d->withdrawn || d->answer)) {
		v = question_wants_to_return(q);
		if (v.outcome != OUTCOME_ALLOWED)
			return v;
	}
	v = is_counselled(q, d, destination_of(q, d));
	if (v.outcome != OUTCOME_ALLOWED || chooses)
		return v;
	return d->answer && !d->counselled_before_choice ? missing("choice-after-counselling")
							 : allowed();
}

/* --- 4 ----------------------------------------------------------------------------------- */

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_name(struct text a, struct text b)
{
	a = text_trimmed(a, " ");
	b = text_trimmed(b, " ");
	if (a.size != b.size)
		return false;
	for (size_t i = 0; i < a.size; i++)
		if (small(a.at[i]) != small(b.at[i]))
			return false;
	return a.size > 0;
}

/*
 * "Marked by the person, with the exact form text's hash, a witness, and a receipt."
 *
 * Without form, mark and witness the fact is not well-formed; that the witness is not
 * who records it shows only where she gives the name of her account.
 */
struct verdict judge_express(const struct question *q)
{
	const struct value *witness = value_at(q, CHOICE_MADE_WITNESS);
	const struct person *d = question_decider(q);
	struct verdict v;

	if (q->fact->kind->kind == KIND_CHOICE_MADE) {
		if (q->actor && same_name(witness->text, q->actor->name))
			return refused("witness");
		return allowed();
	}
	if (!question_is_travel(q))
		return allowed();
	v = question_wants_to_return(q);
	if (v.outcome != OUTCOME_ALLOWED)
		return v;
	return id_same(&d->choice_by, &d->id) ? allowed() : missing("own-mark");
}

/* --- 5 ----------------------------------------------------------------------------------- */

/* When she goes: a seat is for the day on which its movement leaves. */
static int64_t goes_at(const struct question *q)
{
	if (q->fact->kind->kind != KIND_SEAT_ASSIGNED)
		return q->now;
	return q->movement ? q->movement->departs : INT64_MAX;
}

/*
 * "Cooling-off (default 24 h) between the choice and departure; a choice lapses
 * (default 90 days)."
 *
 * A choice ages from when it was recorded, not from when it is said to have been made:
 * the second is a claim, and a claim can be back-dated.  It is good from the end of
 * cooling-off until before it lapses.  A seat may be given during cooling-off, on a
 * movement that leaves after it.
 */
struct verdict judge_time_to_think(const struct question *q)
{
	const struct person *d = question_decider(q);
	struct verdict v;
	int64_t cooled;

	if (!question_is_travel(q))
		return allowed();
	v = question_wants_to_return(q);
	if (v.outcome != OUTCOME_ALLOWED)
		return v;
	if (!q->time_counts)
		return missing("clock");
	if (q->now >= time_after(d->answered, q->terms->lapse_s))
		return missing("lapsed");
	cooled = time_after(d->cooling_from, q->terms->cooling_s);
	return goes_at(q) < cooled ? not_before("cooling-off", cooled) : allowed();
}

/* --- 6 ----------------------------------------------------------------------------------- */

static struct verdict may_annul(const struct question *q)
{
	if (q->named && (q->named->kind_number == KIND_CHOICE_WITHDRAWN ||
			 q->named->kind_number == KIND_PERSON_ERASED ||
			 q->named->kind_number == KIND_HOUSEHOLD_ERASED))
		return refused("annul-withdrawal");
	return question_has_second(q);
}

/*
 * "Withdrawal at any site, by any channel, without reason, until the crossing; it wins
 * over everything concurrent; only a new choice that has heard of it supersedes it."
 *
 * The state knows what has heard of what.  A child that withdrew itself stays, too.
 */
struct verdict judge_revocable(const struct question *q)
{
	const struct person *d = question_decider(q);

	if (q->fact->kind->kind == KIND_FACT_ANNULLED)
		return may_annul(q);
	if (!question_is_travel(q))
		return allowed();
	if (q->person->withdrawn)
		return refused("withdrawn");
	return d && d->withdrawn ? refused("guardian-withdrawn") : allowed();
}

/* --- 7 ----------------------------------------------------------------------------------- */

static struct verdict asks_well(const struct question *q)
{
	const struct value *company = value_at(q, CHOICE_RECONFIRMED_COMPANY);

	if (question_is_child(q))
		return refused("child-choice");
	if (company->given && company->number != COMPANY_ALONE)
		return refused("asked-not-alone");
	if (value_at(q, CHOICE_RECONFIRMED_BY_TRANSPORTER)->number)
		return refused("asked-by-transporter");
	if (q->person->withdrawn)
		return refused("withdrawn");
	return person_wants_to_return(q->person);
}

static struct verdict was_asked(const struct question *q)
{
	const struct person *d = question_decider(q);
	struct verdict v = question_wants_to_return(q);

	if (v.outcome != OUTCOME_ALLOWED)
		return v;
	if (!d->reconfirmed)
		return missing("asked-again");
	if (d->reconfirm_company != COMPANY_ALONE)
		return missing("asked-alone");
	if (d->reconfirm_by_transporter)
		return missing("asked-by-another");
	if (!q->time_counts)
		return missing("clock");
	/* Of another site, whose clock is ahead, it may be in the future. */
	if (q->now > time_after(d->reconfirmed, q->terms->reconfirm_s) ||
	    d->reconfirmed > time_after(q->now, q->terms->reconfirm_s))
		return missing("asked-in-time");
	return allowed();
}

/* "At boarding, alone, by someone other than the transporter, within 12 h of departure." */
struct verdict judge_asked_again(const struct question *q)
{
	switch (q->fact->kind->kind) {
	case KIND_CHOICE_RECONFIRMED: return asks_well(q);
	case KIND_DEPARTURE_RECORDED: return was_asked(q);
	default: return allowed();
	}
}
