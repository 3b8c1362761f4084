/* Whether she can bear it, whether the way is safe, holds, and cards. */
#include "rules/rules_testing.h"

/* --- 11: fit to travel ------------------------------------------------------------------- */

TEST(illness_disability_and_late_pregnancy_are_assessed)
{
	static const uint8_t needs[] = { NEED_SM, NEED_DS, NEED_PG };
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	for (size_t i = 0; i < COUNT_OF(needs); i++) {
		s.zarmina->needs = UINT32_C(1) << needs[i];
		s.zarmina->fitness = 0;
		CHECK_TEXT(scene_says(&s, RULE_FIT_TO_TRAVEL), "missing.fitness");
		s.zarmina->fitness = RESULT_FAVOURABLE;
		CHECK_TEXT(scene_says(&s, RULE_FIT_TO_TRAVEL), "allowed");
	}
	s.zarmina->needs = UINT32_C(1) << NEED_ER | UINT32_C(1) << NEED_WR;
	s.zarmina->fitness = 0;
	CHECK_TEXT(scene_says(&s, RULE_FIT_TO_TRAVEL), "allowed");
}

TEST(who_needs_an_escort_has_one_by_name)
{
	struct scene s;

	scene_make(&s);
	s.lal->needs = UINT32_C(1) << NEED_DS;
	s.lal->fitness = RESULT_FAVOURABLE_WITH_ESCORT;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_FIT_TO_TRAVEL), "missing.escort");
	s.lal->escort_named = true;
	CHECK_TEXT(scene_says(&s, RULE_FIT_TO_TRAVEL), "allowed");
}

TEST(what_an_assessment_found_counts_also_without_a_need_on_record)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	s.zarmina->fitness = RESULT_UNFAVOURABLE;
	CHECK_TEXT(scene_says(&s, RULE_FIT_TO_TRAVEL), "refused.fitness");
	s.zarmina->fitness = RESULT_PENDING;
	CHECK_TEXT(scene_says(&s, RULE_FIT_TO_TRAVEL), "missing.fitness");
}

/* --- 12: safe to go ------------------------------------------------------------------------ */

static void is_refused_under(struct scene *s, uint8_t sort, const char *why)
{
	s->advisory.sort = sort;
	scene_asks(s, KIND_SEAT_ASSIGNED, s->zarmina);
	s->q.advisories = &s->advisory;
	s->q.advisory_count = 1;
	CHECK_TEXT(scene_says(s, RULE_SAFE_TO_GO), why);
	scene_asks(s, KIND_DEPARTURE_RECORDED, s->lal);
	s->q.advisories = &s->advisory;
	s->q.advisory_count = 1;
	CHECK_TEXT(scene_says(s, RULE_SAFE_TO_GO), why);
	s->advisory.in_force = false;
	CHECK_TEXT(scene_says(s, RULE_SAFE_TO_GO), "allowed");
	s->advisory.in_force = true;
}

TEST(nobody_leaves_under_a_closure_or_a_suspension)
{
	struct scene s;

	scene_make(&s);
	is_refused_under(&s, ADVISORY_CROSSING_CLOSED, "refused.crossing-closed");
	is_refused_under(&s, ADVISORY_ATTACKS_NEAR_CROSSING, "refused.crossing-attacked");
	is_refused_under(&s, ADVISORY_RETURNS_SUSPENDED, "refused.returns-suspended");
}

/* --- 13: holds hold ------------------------------------------------------------------------ */

TEST(a_hold_stops_her_and_the_children_who_follow_her)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->holds = 1;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_HOLDS_HOLD), "refused.held");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_HOLDS_HOLD), "refused.held");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_HOLDS_HOLD), "refused.held");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.habib);
	CHECK_TEXT(scene_says(&s, RULE_HOLDS_HOLD), "allowed");
}

TEST(a_hold_of_who_was_her_guardian_does_not_stop_a_grown_daughter)
{
	struct scene s;

	scene_make(&s);
	s.habib->guardian = s.zarmina->id;
	s.zarmina->holds = 1;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.habib);
	CHECK(s.q.guardian == s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_HOLDS_HOLD), "allowed");
}

TEST(only_protection_staff_lift_a_hold)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->holds = 1;
	scene_asks(&s, KIND_HOLD_LIFTED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_HOLDS_HOLD), "allowed");
	scene_by(&s, CLERK);
	CHECK_TEXT(scene_says(&s, RULE_HOLDS_HOLD), "refused.lift-role");
	s.q.actor = NULL;
	CHECK_TEXT(scene_says(&s, RULE_HOLDS_HOLD), "refused.lift-role");
}

TEST(who_asked_for_the_departure_does_not_lift_the_hold)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->holds = 1;
	s.officers[PLANNER].roles |= 1u << ROLE_PROTECTION;
	scene_asks(&s, KIND_HOLD_LIFTED, s.zarmina);
	scene_by(&s, PLANNER);
	CHECK_TEXT(scene_says(&s, RULE_HOLDS_HOLD), "refused.lift-own-seat");
	s.zarmina->seat_officer = (struct id){ 0 };
	CHECK_TEXT(scene_says(&s, RULE_HOLDS_HOLD), "allowed");
	s.zarmina->departure_officer = s.officers[PLANNER].id;
	CHECK_TEXT(scene_says(&s, RULE_HOLDS_HOLD), "refused.lift-own-seat");
}

TEST(where_there_is_no_hold_none_is_lifted)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_HOLD_LIFTED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_HOLDS_HOLD), "refused.no-hold");
}

TEST(a_hold_is_never_annulled)
{
	struct scene s;

	scene_make(&s);
	fact_begin(&s.named, KIND_HOLD_PLACED);
	scene_asks(&s, KIND_FACT_ANNULLED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_HOLDS_HOLD), "refused.annul-hold");
	fact_begin(&s.named, KIND_HOLD_LIFTED);
	CHECK_TEXT(scene_says(&s, RULE_HOLDS_HOLD), "allowed");
}

/* --- 14: documents last ----------------------------------------------------------------------- */

TEST(a_card_is_given_up_at_the_crossing_and_not_before)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_DOCUMENT_SURRENDERED, s.zarmina);
	scene_gives_text(&s, DOCUMENT_SURRENDERED_CROSSING, "XP-TORKHAM");
	CHECK_TEXT(scene_says(&s, RULE_DOCUMENTS_LAST), "missing.crossing");
	s.zarmina->departed = NOW - HOUR;
	CHECK_TEXT(scene_says(&s, RULE_DOCUMENTS_LAST), "missing.crossing");
	s.zarmina->crossed = NOW;
	s.zarmina->crossing = TEXT("XP-TORKHAM");
	s.zarmina->return_kind = RETURN_KIND_FACILITATED;
	CHECK_TEXT(scene_says(&s, RULE_DOCUMENTS_LAST), "allowed");
	scene_gives_text(&s, DOCUMENT_SURRENDERED_CROSSING, "XP-CHAMAN");
	CHECK_TEXT(scene_says(&s, RULE_DOCUMENTS_LAST), "refused.card-elsewhere");
	s.fact.values[DOCUMENT_SURRENDERED_CROSSING] = (struct value){ 0 };
	CHECK_TEXT(scene_says(&s, RULE_DOCUMENTS_LAST), "allowed");
}

TEST(whoever_withdrew_keeps_her_card)
{
	struct scene s;

	scene_make(&s);
	s.lal->crossed = NOW;
	s.lal->return_kind = RETURN_KIND_FACILITATED;
	scene_asks(&s, KIND_DOCUMENT_SURRENDERED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_DOCUMENTS_LAST), "allowed");
	s.lal->withdrawn = true;
	CHECK_TEXT(scene_says(&s, RULE_DOCUMENTS_LAST), "refused.card-withdrawn");
	s.lal->withdrawn = false;
	s.zarmina->withdrawn = true;
	CHECK_TEXT(scene_says(&s, RULE_DOCUMENTS_LAST), "refused.card-withdrawn");
	scene_asks(&s, KIND_DOCUMENT_SURRENDERED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_DOCUMENTS_LAST), "refused.card-withdrawn");
}

TEST(no_card_is_taken_from_who_was_driven_out)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->crossed = NOW;
	scene_asks(&s, KIND_DOCUMENT_SURRENDERED, s.zarmina);
	s.zarmina->return_kind = RETURN_KIND_DEPORTED;
	CHECK_TEXT(scene_says(&s, RULE_DOCUMENTS_LAST), "refused.card-taken");
	s.zarmina->return_kind = RETURN_KIND_ADVERSE;
	CHECK_TEXT(scene_says(&s, RULE_DOCUMENTS_LAST), "refused.card-taken");
	s.zarmina->return_kind = RETURN_KIND_SPONTANEOUS;
	CHECK_TEXT(scene_says(&s, RULE_DOCUMENTS_LAST), "allowed");
}

RUN_TESTS()
