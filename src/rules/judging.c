#include "rules/judging.h"

#include "base/calendar.h"

#define ADULT_YEARS 18

bool person_is_child(const struct person *p, int32_t today)
{
	if (p->born_to == DAY_NONE || p->born_to > today)
		return true;
	return p->born_to >= DAY_MIN && years_between(p->born_to, today) < ADULT_YEARS;
}

bool question_is_child(const struct question *q)
{
	return person_is_child(q->person, q->today);
}

const struct person *question_decider(const struct question *q)
{
	return question_is_child(q) ? q->guardian : q->person;
}

int64_t question_answer(const struct question *q)
{
	const struct value *answer = &q->fact->values[CHOICE_MADE_ANSWER];

	return answer->given ? answer->number : ANSWER_RETURN;
}

struct verdict question_has_second(const struct question *q)
{
	if (!q->second || !q->second->open)
		return missing("second-person");
	return id_same(&q->second->id, &q->fact->actor) ? refused("second-person") : allowed();
}

bool question_is_travel(const struct question *q)
{
	enum kind k = q->fact->kind->kind;

	return k == KIND_SEAT_ASSIGNED || k == KIND_DEPARTURE_RECORDED;
}

struct verdict person_wants_to_return(const struct person *p)
{
	if (p->answers_differ)
		return missing("one-answer");
	switch (p->answer) {
	case ANSWER_RETURN: return allowed();
	case ANSWER_STAY: return refused("stays");
	case ANSWER_UNDECIDED: return refused("undecided");
	default: return missing("choice.return");
	}
}

struct verdict question_wants_to_return(const struct question *q)
{
	const struct person *d = question_decider(q);

	if (!d)
		return missing("guardian");
	if (!question_is_child(q) || d->answer == ANSWER_RETURN)
		return person_wants_to_return(d);
	return d->answer ? refused("guardian-stays") : missing("guardian-choice");
}

struct verdict person_can_decide(const struct person *p)
{
	if (p->capacity != CAPACITY_NEEDS_ASSESSMENT)
		return allowed();
	switch (p->capacity_result) {
	case RESULT_FAVOURABLE:
	case RESULT_FAVOURABLE_WITH_ESCORT: return allowed();
	case RESULT_UNFAVOURABLE: return refused("capacity");
	default: return missing("capacity");
	}
}

bool person_travels_with(const struct person *p, const struct movement *m)
{
	if (p->crossed)
		return true;
	if (!m)
		return p->departed || !id_is_none(&p->movement);
	return id_same(&p->movement, &m->id) || (p->departed && id_same(&p->departed_with, &m->id));
}

bool person_is_gone(const struct person *p)
{
	return p->died || p->erased;
}
