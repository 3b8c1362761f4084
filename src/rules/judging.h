/*
 * judging: the judges of rules.def, and what several of them ask.
 *
 * A judge answers for the kinds that its rule guards, and allows every other.  Where
 * a value of the proposed fact is not given, the fact is a supposed one ("may she
 * leave?"), and the judge answers from what is on record; such a value is all zero.
 *
 * A child decides nothing and follows its guardian: answer, counselling, cooling-off,
 * withdrawal, review and boarding question are then those of the guardian.  `decider`
 * is whoever's count.
 */
#pragma once

#include "rules/rules.h"

#define HOUR_S INT64_C(3600)

#define RULE(id, number, key, source, judge) struct verdict judge_##judge(const struct question *q);
#include "rules/rules.def"

/* Whether a test has switched the rule off; never in the program that is shipped. */
bool rule_is_off(enum rule r);

bool question_is_child(const struct question *q);
/* Herself, or a child's guardian; NULL: a child without one on record. */
const struct person *question_decider(const struct question *q);
/* The answer of a proposed choice; a supposed one is to return, which asks for most. */
int64_t question_answer(const struct question *q);
/* Allowed: a second person with an open account agrees, who is not the one who records. */
struct verdict question_has_second(const struct question *q);
/* A seat or a departure. */
bool question_is_travel(const struct question *q);

/* Allowed: her own answer on record is to return. */
struct verdict person_wants_to_return(const struct person *p);
/* Allowed: the decider's is. */
struct verdict question_wants_to_return(const struct question *q);
/* Allowed: an adult who can form a decision, where need be with support. */
struct verdict person_can_decide(const struct person *p);
/* A child that is separated, unaccompanied, married or heads a household. */
bool child_is_alone(const struct person *child);
/* A serious medical condition, a disability or a late pregnancy: her fitness is assessed. */
bool person_needs_fitness(const struct person *p);
/* Whether she has a seat on `m` or left with it, or is across; any seat where `m` is NULL. */
bool person_travels_with(const struct person *p, const struct movement *m);
/* Whether she is not among the living members any more. */
bool person_is_gone(const struct person *p);

/* `at` and some seconds; the end of time where there is no such number. */
static inline int64_t time_after(int64_t at, int64_t seconds)
{
	int64_t sum;

	return __builtin_add_overflow(at, seconds, &sum) ? INT64_MAX : sum;
}
