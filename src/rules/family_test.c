/* Who goes with whom, and children who have nobody. */
#include "rules/rules_testing.h"

/* --- 9: families ------------------------------------------------------------------------- */

TEST(going_without_the_others_is_a_recorded_choice)
{
	struct scene s;

	scene_make(&s);
	s.habib->answer = ANSWER_STAY;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.apart");
	s.habib->answer = 0;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.apart");
	s.zarmina->apart_by_choice = true;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
}

TEST(every_adult_of_the_family_is_asked_before_one_leaves)
{
	struct scene s;

	scene_make(&s);
	s.habib->answer = 0;
	s.habib->counselled = 0;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.family-asked");
	s.zarmina->apart_by_choice = true;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
}

TEST(a_husbands_withdrawal_does_not_stop_his_wife)
{
	struct scene s;

	scene_make(&s);
	s.habib->answer = 0;
	s.habib->withdrawn = true;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_INT(scene_against(&s), 0);
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.habib);
	CHECK_TEXT(scene_says(&s, RULE_REVOCABLE), "refused.withdrawn");
}

TEST(who_answered_to_stay_without_being_counselled_was_asked)
{
	struct scene s;

	scene_make(&s);
	s.habib->answer = ANSWER_STAY;
	s.habib->counselled = 0;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.apart");
}

TEST(whoever_goes_alone_is_not_one_of_the_others)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->answer = ANSWER_STAY;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.habib);
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.apart");
}

TEST(the_dead_and_those_who_are_across_are_not_asked)
{
	struct scene s;

	scene_make(&s);
	s.habib->answer = 0;
	s.habib->counselled = 0;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	s.habib->crossed = NOW - DAY;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
	s.habib->crossed = 0;
	s.habib->died = true;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
}

TEST(a_mother_does_not_leave_without_her_child)
{
	struct scene s;

	scene_make(&s);
	s.lal->movement = (struct id){ 0 };
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.child-travels");
	s.lal->movement = id_numbered(81);
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.child-travels");
	s.lal->crossed = NOW;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
	s.lal->crossed = 0;
	s.lal->movement = s.bus.id;
	s.q.movement = NULL;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.child-travels");
}

TEST(a_child_that_stays_is_in_the_care_of_an_adult_who_stays)
{
	struct scene s;

	scene_make(&s);
	s.lal->movement = (struct id){ 0 };
	s.lal->guardian = s.habib->id;
	s.habib->answer = ANSWER_STAY;
	s.zarmina->apart_by_choice = true;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
	s.habib->departed = NOW;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.child-guardian");
	s.habib->departed = 0;
	s.habib->died = true;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.child-guardian");
	s.lal->guardian = (struct id){ 0 };
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.child-guardian");
}

/* Lal stays behind with his mother when his father leaves. */
static void is_left_with_its_mother(struct scene *s)
{
	scene_make(s);
	s->lal->movement = (struct id){ 0 };
	scene_asks(s, KIND_DEPARTURE_RECORDED, s->habib);
	CHECK_TEXT(scene_says(s, RULE_FAMILIES), "allowed");
}

TEST(who_left_is_across_or_is_a_child_herself_is_no_adult_who_stays)
{
	struct scene s;

	is_left_with_its_mother(&s);
	s.zarmina->departed = NOW;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.child-guardian");
	is_left_with_its_mother(&s);
	s.zarmina->crossed = NOW;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.child-guardian");
	is_left_with_its_mother(&s);
	s.zarmina->born_to = TODAY - 16 * 365;
	s.zarmina->guardian = s.habib->id;
	s.zarmina->movement = s.bus.id;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.child-guardian");
}

TEST(a_child_that_has_left_or_is_across_is_not_left_behind)
{
	struct scene s;

	is_left_with_its_mother(&s);
	s.zarmina->died = true;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.child-guardian");
	s.lal->departed = NOW;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
	s.lal->departed = 0;
	s.lal->crossed = NOW;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
}

TEST(a_child_whose_guardian_is_of_another_household_is_not_left_by_this_one)
{
	struct scene s;
	struct person household[3];

	is_left_with_its_mother(&s);
	household[0] = *s.habib;
	household[1] = *s.lal;
	household[2] = *s.zarmina;
	household[2].died = true;
	s.q.members = household;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.child-guardian");
	s.q.member_count = 2;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
}

TEST(a_child_that_is_across_already_is_not_waited_for)
{
	struct scene s;

	scene_make(&s);
	s.lal->crossed = NOW;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	s.q.movement = NULL;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
}

TEST(a_child_on_the_bus_with_its_guardian_is_left_by_nobody)
{
	struct scene s;

	scene_make(&s);
	s.lal->guardian = s.habib->id;
	s.habib->departed = NOW;
	s.habib->departed_with = s.bus.id;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
}

TEST(a_seat_is_given_where_there_are_seats_for_her_children_too)
{
	struct scene s;

	scene_make(&s);
	s.lal->movement = (struct id){ 0 };
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	s.bus.seats = 10;
	s.q.seats_taken = 8;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
	s.q.seats_taken = 9;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.room");
	s.lal->movement = s.bus.id;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
	s.q.movement = NULL;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
}

/* A bus with one seat left, for which Zarmina or her husband asks. */
static void asks_for_the_last_seat(struct scene *s)
{
	scene_make(s);
	s->lal->movement = s->habib->movement = (struct id){ 0 };
	s->bus.seats = 10;
	scene_asks(s, KIND_SEAT_ASSIGNED, s->zarmina);
	s->q.seats_taken = 9;
	CHECK_TEXT(scene_says(s, RULE_FAMILIES), "missing.room");
}

TEST(seats_are_counted_for_her_living_children_in_her_household_and_no_one_else)
{
	struct scene s;

	asks_for_the_last_seat(&s);
	s.lal->died = true;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
	asks_for_the_last_seat(&s);
	s.lal->born_to = TODAY - 19 * 365;
	s.lal->answer = ANSWER_RETURN;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
	asks_for_the_last_seat(&s);
	s.q.member_count = 2;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
	asks_for_the_last_seat(&s);
	s.lal->guardian = s.habib->id;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
}

TEST(the_first_of_the_household_has_a_seat_counted_as_well)
{
	struct scene s;
	struct person household[2];

	asks_for_the_last_seat(&s);
	household[0] = *s.lal;
	household[1] = *s.zarmina;
	s.q.members = household;
	s.q.member_count = 2;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.room");
}

TEST(a_full_bus_leaves)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	s.q.seats_taken = s.bus.seats;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
}

TEST(a_child_that_says_no_is_not_taken_before_its_best_interests_are_assessed)
{
	struct scene s;

	scene_make(&s);
	s.lal->child_view = CHILD_VIEW_DISAGREES;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.child-disagrees");
	s.lal->best_interests = RESULT_UNFAVOURABLE;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "missing.child-disagrees");
	s.lal->best_interests = RESULT_FAVOURABLE;
	CHECK_TEXT(scene_says(&s, RULE_FAMILIES), "allowed");
}

/* --- 10: children alone -------------------------------------------------------------------- */

static void needs_tracing_and_best_interests(struct scene *s)
{
	scene_asks(s, KIND_SEAT_ASSIGNED, s->lal);
	CHECK_TEXT(scene_says(s, RULE_CHILDREN_ALONE), "missing.tracing");
	scene_asks(s, KIND_DEPARTURE_RECORDED, s->lal);
	s->lal->tracing = RESULT_PENDING;
	CHECK_TEXT(scene_says(s, RULE_CHILDREN_ALONE), "missing.tracing");
	s->lal->tracing = RESULT_FAVOURABLE;
	CHECK_TEXT(scene_says(s, RULE_CHILDREN_ALONE), "missing.best-interests");
	s->lal->best_interests = RESULT_UNFAVOURABLE;
	CHECK_TEXT(scene_says(s, RULE_CHILDREN_ALONE), "refused.best-interests");
	s->lal->best_interests = RESULT_FAVOURABLE;
	CHECK_TEXT(scene_says(s, RULE_CHILDREN_ALONE), "allowed");
	s->lal->tracing = RESULT_UNFAVOURABLE;
	CHECK_TEXT(scene_says(s, RULE_CHILDREN_ALONE), "refused.tracing");
}

TEST(a_child_without_its_parents_waits_for_tracing_and_best_interests)
{
	static const uint8_t cares[] = { CARE_SEPARATED, CARE_UNACCOMPANIED, CARE_HEADS_HOUSEHOLD };
	struct scene s;

	for (size_t i = 0; i < COUNT_OF(cares); i++) {
		scene_make(&s);
		s.lal->care = cares[i];
		needs_tracing_and_best_interests(&s);
	}
	scene_make(&s);
	s.lal->needs = UINT32_C(1) << NEED_SC;
	needs_tracing_and_best_interests(&s);
}

TEST(a_child_alone_whose_assessments_ask_for_an_escort_may_go)
{
	struct scene s;

	scene_make(&s);
	s.lal->care = CARE_UNACCOMPANIED;
	s.lal->tracing = s.lal->best_interests = RESULT_FAVOURABLE_WITH_ESCORT;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_CHILDREN_ALONE), "allowed");
}

TEST(a_married_child_waits_for_tracing_and_best_interests)
{
	struct scene s;

	scene_make(&s);
	s.lal->marital = MARITAL_SINGLE;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_CHILDREN_ALONE), "allowed");
	for (uint8_t m = MARITAL_MARRIED; m <= MARITAL_SEPARATED; m++) {
		scene_make(&s);
		s.lal->marital = m;
		needs_tracing_and_best_interests(&s);
	}
}

TEST(with_one_parent_the_others_consent_custody_or_death_is_on_record)
{
	struct scene s;

	scene_make(&s);
	s.lal->care = CARE_WITH_ONE_PARENT;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_CHILDREN_ALONE), "missing.other-parent");
	s.lal->other_parent = RESULT_FAVOURABLE;
	CHECK_TEXT(scene_says(&s, RULE_CHILDREN_ALONE), "missing.other-parent");
	s.lal->other_parent_basis = PARENT_BASIS_DEATH;
	CHECK_TEXT(scene_says(&s, RULE_CHILDREN_ALONE), "allowed");
	s.lal->other_parent = RESULT_UNFAVOURABLE;
	CHECK_TEXT(scene_says(&s, RULE_CHILDREN_ALONE), "refused.other-parent");
	s.lal->other_parent = RESULT_PENDING;
	CHECK_TEXT(scene_says(&s, RULE_CHILDREN_ALONE), "missing.other-parent");
}

TEST(with_whom_a_child_lives_is_on_record)
{
	struct scene s;

	scene_make(&s);
	s.lal->care = 0;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_CHILDREN_ALONE), "missing.care");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_CHILDREN_ALONE), "allowed");
}

RUN_TESTS()
