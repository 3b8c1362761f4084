/* That nobody pushes, that staying costs nothing, that no deadline counts. */
#include "rules/rules_testing.h"

/* --- 3: free ----------------------------------------------------------------------------- */

TEST(reported_pressure_waits_for_a_review)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->review_due = true;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "missing.review");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "missing.review");
}

TEST(a_child_does_not_leave_while_its_guardian_is_pressed)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->review_due = true;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "missing.review");
	s.zarmina->review_due = false;
	s.lal->detentions_open = 1;
	CHECK_TEXT(scene_says(&s, RULE_FREE), "refused.detained");
}

TEST(nothing_moves_while_she_is_detained_also_where_a_reviewer_found_it_voluntary)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->detentions_open = 1;
	s.zarmina->finding = FINDING_VOLUNTARY;
	s.zarmina->reviewer = s.officers[REVIEWER].id;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "refused.detained");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "refused.detained");
	scene_asks(&s, KIND_GRANT_PAID, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "refused.detained");
}

TEST(she_goes_only_where_the_review_found_it_voluntary)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->reviewer = s.officers[REVIEWER].id;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	s.zarmina->finding = FINDING_NOT_VOLUNTARY;
	CHECK_TEXT(scene_says(&s, RULE_FREE), "refused.not-voluntary");
	s.zarmina->finding = FINDING_NEEDS_TIME;
	CHECK_TEXT(scene_says(&s, RULE_FREE), "missing.needs-time");
	s.zarmina->finding = FINDING_VOLUNTARY;
	CHECK_TEXT(scene_says(&s, RULE_FREE), "allowed");
	s.zarmina->review_due = true;
	CHECK_TEXT(scene_says(&s, RULE_FREE), "missing.review");
}

TEST(nobody_is_found_free_while_she_is_detained)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_REVIEW_MADE, s.zarmina);
	s.zarmina->detentions_open = 1;
	scene_gives(&s, REVIEW_MADE_FINDING, FINDING_VOLUNTARY);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "refused.review-detained");
	scene_gives(&s, REVIEW_MADE_FINDING, FINDING_NOT_VOLUNTARY);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "allowed");
}

TEST(who_is_not_detained_may_be_found_to_go_freely)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_REVIEW_MADE, s.zarmina);
	scene_gives(&s, REVIEW_MADE_FINDING, FINDING_VOLUNTARY);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "allowed");
}

TEST(her_counsellor_does_not_review)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_REVIEW_MADE, s.zarmina);
	CHECK_INT(scene_against(&s), 0);
	scene_by(&s, COUNSELLOR);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "refused.reviewer-counselled");
	/* One that came from another site does not count. */
	s.zarmina->finding = FINDING_VOLUNTARY;
	s.zarmina->reviewer = s.officers[COUNSELLOR].id;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "missing.other-reviewer");
}

TEST(the_guardians_counsellor_does_not_review_a_child)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_REVIEW_MADE, s.lal);
	scene_by(&s, COUNSELLOR);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "refused.reviewer-counselled");
}

TEST(a_childs_own_counsellor_does_not_review_it)
{
	struct scene s;

	scene_make(&s);
	s.lal->counsellor = s.officers[REVIEWER].id;
	scene_asks(&s, KIND_REVIEW_MADE, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "refused.reviewer-counselled");
}

TEST(a_review_is_held_alone)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_REVIEW_MADE, s.zarmina);
	scene_gives(&s, REVIEW_MADE_COMPANY, COMPANY_ALONE);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "allowed");
	scene_gives(&s, REVIEW_MADE_COMPANY, COMPANY_OWN_COMPANION);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "refused.review-not-alone");
}

TEST(whoever_is_across_is_paid_also_where_pressure_is_reported_later)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->review_due = true;
	scene_asks(&s, KIND_GRANT_PAID, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FREE), "missing.review");
	s.zarmina->crossed = NOW - HOUR;
	CHECK_TEXT(scene_says(&s, RULE_FREE), "allowed");
}

/* --- 8: staying is free --------------------------------------------------------------------- */

TEST(an_answer_to_stay_is_tied_to_no_destination)
{
	struct scene s;

	scene_make(&s);
	scene_chooses(&s, s.zarmina, ANSWER_STAY);
	CHECK_TEXT(scene_says(&s, RULE_STAYING_IS_FREE), "allowed");
	scene_gives_text(&s, CHOICE_MADE_DESTINATION, "AF06@cod-ab-2021");
	CHECK_TEXT(scene_says(&s, RULE_STAYING_IS_FREE), "refused.stay-with-destination");
	scene_chooses(&s, s.zarmina, ANSWER_UNDECIDED);
	scene_gives_text(&s, CHOICE_MADE_DESTINATION, "AF06@cod-ab-2021");
	CHECK_TEXT(scene_says(&s, RULE_STAYING_IS_FREE), "refused.stay-with-destination");
	scene_chooses(&s, s.zarmina, ANSWER_RETURN);
	CHECK_TEXT(scene_says(&s, RULE_STAYING_IS_FREE), "allowed");
}

TEST(what_is_given_to_others_does_not_tell_her_answer)
{
	static const struct value both[] = { { .given = true, .number = SHARED_DOCUMENTS },
					     { .given = true, .number = SHARED_DESTINATION } };
	struct value *fields;
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_EXPORT_REQUESTED, s.habib);
	fields = &s.fact.values[EXPORT_REQUESTED_SHARED];
	*fields = (struct value){ .given = true, .count = 2, .items = both };
	CHECK_TEXT(scene_says(&s, RULE_STAYING_IS_FREE), "allowed");
	s.habib->withdrawn = true;
	CHECK_TEXT(scene_says(&s, RULE_STAYING_IS_FREE), "refused.export-tells-answer");
	s.habib->withdrawn = false;
	for (uint8_t answer = 0; answer <= ANSWER_UNDECIDED; answer++) {
		s.habib->answer = answer;
		*fields = (struct value){ .given = true, .count = 2, .items = both };
		CHECK_TEXT(scene_says(&s, RULE_STAYING_IS_FREE),
			   answer == ANSWER_RETURN ? "allowed" : "refused.export-tells-answer");
		*fields = (struct value){ .given = true, .count = 1, .items = both };
		CHECK_TEXT(scene_says(&s, RULE_STAYING_IS_FREE), "allowed");
		*fields = (struct value){ .given = true, .count = 1, .items = &both[1] };
		CHECK_TEXT(scene_says(&s, RULE_STAYING_IS_FREE),
			   answer == ANSWER_RETURN ? "allowed" : "refused.export-tells-answer");
	}
}

/* --- 16: no deadline --------------------------------------------------------------------------- */

TEST(terms_that_leave_less_time_than_the_constitution_are_not_obeyed)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_NO_DEADLINE), "allowed");
	s.terms.cooling_s = 24 * HOUR - 1;
	CHECK_TEXT(scene_says(&s, RULE_NO_DEADLINE), "refused.terms");
	s.terms.cooling_s = 24 * HOUR;
	s.terms.reconfirm_s = 12 * HOUR + 1;
	CHECK_TEXT(scene_says(&s, RULE_NO_DEADLINE), "refused.terms");
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_NO_DEADLINE), "refused.terms");
}

RUN_TESTS()
