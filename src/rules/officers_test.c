/* That one officer alone can bring nobody across. */
#include "rules/rules_testing.h"

TEST(who_registered_and_counselled_her_does_not_take_her_consent_to_return)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->registered_by = s.zarmina->counsellor = s.officers[CONSENT].id;
	scene_chooses(&s, s.zarmina, ANSWER_RETURN);
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "refused.one-officer-consent");
	scene_by(&s, REVIEWER);
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "allowed");
	scene_by(&s, CONSENT);
	s.zarmina->registered_by = s.officers[CLERK].id;
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "allowed");
	s.zarmina->registered_by = s.officers[CONSENT].id;
	s.zarmina->counsellor = s.officers[COUNSELLOR].id;
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "allowed");
}

TEST(an_answer_to_stay_needs_one_officer)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->registered_by = s.zarmina->counsellor = s.officers[CONSENT].id;
	scene_chooses(&s, s.zarmina, ANSWER_STAY);
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "allowed");
	scene_chooses(&s, s.zarmina, ANSWER_UNDECIDED);
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "allowed");
}

TEST(who_took_the_consent_does_not_review_it)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_REVIEW_MADE, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "allowed");
	scene_by(&s, CONSENT);
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "refused.reviewer-consent");
	scene_asks(&s, KIND_REVIEW_MADE, s.lal);
	scene_by(&s, CONSENT);
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "refused.reviewer-consent");
}

TEST(who_counselled_her_and_took_her_consent_does_not_ask_at_boarding)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->counsellor = s.zarmina->choice_officer = s.officers[BOARDING].id;
	scene_asks(&s, KIND_CHOICE_RECONFIRMED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "refused.one-officer-boarding");
	s.zarmina->counsellor = s.officers[COUNSELLOR].id;
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "allowed");
	s.zarmina->counsellor = s.officers[BOARDING].id;
	s.zarmina->choice_officer = s.officers[CONSENT].id;
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "allowed");
}

TEST(where_one_officer_did_it_all_another_asks_before_she_leaves)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->counsellor = s.zarmina->choice_officer = s.officers[BOARDING].id;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "missing.other-officer-boarding");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "missing.other-officer-boarding");
	s.zarmina->counsellor = s.officers[COUNSELLOR].id;
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "allowed");
	s.zarmina->counsellor = s.officers[BOARDING].id;
	s.zarmina->choice_officer = s.officers[CONSENT].id;
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "allowed");
}

TEST(who_asked_the_boarding_question_does_not_record_the_departure)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	scene_by(&s, BOARDING);
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "refused.one-officer-departure");
	s.zarmina->reconfirm_officer = (struct id){ 0 };
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "allowed");
}

RUN_TESTS()
