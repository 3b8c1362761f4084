#include "rules/rules_testing.h"

#define DUE(assessment) (UINT32_C(1) << ASSESSMENT_##assessment)

static uint32_t due(const struct person *p)
{
	return person_assessments_due(p, NULL, TODAY);
}

TEST(a_family_as_most_are_waits_for_no_assessment)
{
	struct scene s;

	scene_make(&s);
	CHECK_INT(due(s.zarmina), 0);
	CHECK_INT(due(s.habib), 0);
	CHECK_INT(due(s.lal), 0);
}

TEST(a_child_alone_is_traced_and_its_best_interests_are_assessed_whatever_anybody_answers)
{
	static const uint8_t cares[] = { CARE_SEPARATED, CARE_UNACCOMPANIED, CARE_HEADS_HOUSEHOLD };
	struct scene s;

	scene_make(&s);
	for (size_t i = 0; i < COUNT_OF(cares); i++) {
		s.lal->care = cares[i];
		CHECK_INT(due(s.lal), DUE(BEST_INTERESTS) | DUE(TRACING));
	}
	s.lal->tracing = RESULT_FAVOURABLE;
	CHECK_INT(due(s.lal), DUE(BEST_INTERESTS));
	s.lal->best_interests = RESULT_UNFAVOURABLE;
	CHECK_INT(due(s.lal), 0);
	s.zarmina->care = CARE_UNACCOMPANIED;
	CHECK_INT(due(s.zarmina), 0);
}

static uint32_t due_with(const struct person *p, const struct person *guardian)
{
	return person_assessments_due(p, guardian, TODAY);
}

TEST(a_child_that_goes_with_one_parent_waits_for_the_other)
{
	struct scene s;

	scene_make(&s);
	s.lal->care = s.zarmina->care = CARE_WITH_ONE_PARENT;
	s.lal->movement = s.zarmina->movement = (struct id){ 0 };
	s.zarmina->answer = ANSWER_RETURN;
	CHECK_INT(due_with(s.lal, s.zarmina), DUE(OTHER_PARENT));
	s.lal->other_parent = RESULT_PENDING;
	CHECK_INT(due_with(s.lal, s.zarmina), DUE(OTHER_PARENT));
	s.lal->other_parent = RESULT_FAVOURABLE;
	CHECK_INT(due_with(s.lal, s.zarmina), 0);
	CHECK_INT(due_with(s.zarmina, s.habib), 0);
}

TEST(of_a_family_that_stays_nobody_asks_what_the_other_parent_says)
{
	struct scene s;

	scene_make(&s);
	s.lal->care = CARE_WITH_ONE_PARENT;
	s.lal->movement = s.zarmina->movement = (struct id){ 0 };
	s.zarmina->answer = ANSWER_STAY;
	CHECK_INT(due_with(s.lal, s.zarmina), 0);
	CHECK_INT(due_with(s.lal, NULL), 0);
	s.zarmina->movement = s.bus.id;
	CHECK_INT(due_with(s.lal, s.zarmina), DUE(OTHER_PARENT));
	s.lal->movement = s.bus.id;
	CHECK_INT(due_with(s.lal, NULL), DUE(OTHER_PARENT));
}

TEST(an_adult_whose_capacity_is_in_doubt_is_assessed_and_a_child_is_not)
{
	struct scene s;

	scene_make(&s);
	s.habib->capacity = s.lal->capacity = CAPACITY_NEEDS_ASSESSMENT;
	CHECK_INT(due(s.habib), DUE(CAPACITY));
	CHECK_INT(due(s.lal), 0);
}

TEST(fitness_is_assessed_of_who_is_ill_and_would_travel)
{
	static const int needs[] = { NEED_SM, NEED_DS, NEED_PG };
	struct scene s;

	scene_make(&s);
	for (size_t i = 0; i < COUNT_OF(needs); i++) {
		s.zarmina->needs = s.lal->needs = UINT32_C(1) << needs[i];
		s.zarmina->answer = ANSWER_RETURN;
		CHECK_INT(due(s.zarmina), DUE(FITNESS));
		s.zarmina->answer = ANSWER_STAY;
		s.zarmina->movement = s.lal->movement = (struct id){ 0 };
		CHECK_INT(due(s.zarmina), 0);
		CHECK_INT(due(s.lal), 0);
		s.lal->movement = s.bus.id;
		CHECK_INT(due(s.lal), DUE(FITNESS));
	}
	s.zarmina->needs = UINT32_C(1) << NEED_ER;
	s.zarmina->answer = ANSWER_RETURN;
	CHECK_INT(due(s.zarmina), 0);
}

TEST(what_was_begun_for_no_reason_that_a_rule_knows_is_concluded_all_the_same)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->fitness = s.zarmina->tracing = RESULT_PENDING;
	CHECK_INT(due(s.zarmina), DUE(FITNESS) | DUE(TRACING));
}

TEST(nobody_waits_who_has_left_or_died)
{
	struct scene s;

	scene_make(&s);
	s.lal->care = CARE_UNACCOMPANIED;
	s.lal->departed = NOW;
	CHECK_INT(due(s.lal), 0);
	s.lal->departed = 0;
	s.lal->crossed = NOW;
	CHECK_INT(due(s.lal), 0);
	s.lal->crossed = 0;
	s.lal->died = true;
	CHECK_INT(due(s.lal), 0);
}

RUN_TESTS()
