/*
 * assessments: for whom one is due, as rules 1, 10 and 11 ask for them.
 */
#include "rules/judging.h"

#define NEED_BIT(need) (UINT32_C(1) << NEED_##need)

bool child_is_alone(const struct person *child)
{
	return child->care == CARE_SEPARATED || child->care == CARE_UNACCOMPANIED ||
	       child->care == CARE_HEADS_HOUSEHOLD || child->needs & NEED_BIT(SC) ||
	       (child->marital && child->marital != MARITAL_SINGLE);
}

bool person_needs_fitness(const struct person *p)
{
	return p->needs & (NEED_BIT(SM) | NEED_BIT(DS) | NEED_BIT(PG));
}

static bool would_travel(const struct person *p)
{
	return p->answer == ANSWER_RETURN || !id_is_none(&p->movement);
}

/* A child on its own is somebody's business whatever anybody answers; who is fit to travel,
 * and what the other parent says, is asked only of who would go. */
uint32_t person_assessments_due(const struct person *p, const struct person *guardian,
				int32_t today)
{
	bool child = person_is_child(p, today);
	bool alone = child && child_is_alone(p);
	bool goes_along = would_travel(p) || (guardian && would_travel(guardian));
	const struct {
		int64_t assessment;
		uint8_t result;
		bool asked_for;
	} all[] = {
		{ ASSESSMENT_BEST_INTERESTS, p->best_interests, alone },
		{ ASSESSMENT_TRACING, p->tracing, alone },
		{ ASSESSMENT_FITNESS, p->fitness, would_travel(p) && person_needs_fitness(p) },
		{ ASSESSMENT_CAPACITY, p->capacity_result,
		  !child && p->capacity == CAPACITY_NEEDS_ASSESSMENT },
		{ ASSESSMENT_OTHER_PARENT, p->other_parent,
		  child && p->care == CARE_WITH_ONE_PARENT && goes_along },
	};
	uint32_t due = 0;

	if (person_is_gone(p) || p->departed || p->crossed)
		return 0;
	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (all[i].result == RESULT_PENDING || (!all[i].result && all[i].asked_for))
			due |= UINT32_C(1) << all[i].assessment;
	return due;
}
