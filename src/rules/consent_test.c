/* Whose choice it is, what she knew, that she said it, had time, and is asked again. */
#include "base/calendar.h"
#include "rules/rules_testing.h"

/* --- 1: own choice --------------------------------------------------------------------- */

TEST(a_family_with_all_in_order_may_leave)
{
	struct scene s;

	scene_make(&s);
	for (size_t i = 0; i < 3; i++) {
		scene_asks(&s, KIND_DEPARTURE_RECORDED, &s.members[i]);
		CHECK_INT(scene_against(&s), 0);
		scene_asks(&s, KIND_SEAT_ASSIGNED, &s.members[i]);
		CHECK_INT(scene_against(&s), 0);
	}
}

TEST(who_has_given_no_answer_goes_nowhere)
{
	struct scene s;

	scene_make(&s);
	s.habib->answer = 0;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.habib);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.choice.return");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.habib);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.choice.return");
}

TEST(who_stays_or_does_not_know_yet_is_given_no_seat_and_not_asked_again)
{
	struct scene s;

	scene_make(&s);
	s.habib->answer = ANSWER_STAY;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.habib);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "refused.stays");
	s.habib->answer = ANSWER_UNDECIDED;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "refused.undecided");
	s.habib->answers_differ = true;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.one-answer");
}

TEST(a_husband_does_not_mark_for_his_wife)
{
	struct scene s;

	scene_make(&s);
	scene_chooses(&s, s.zarmina, ANSWER_RETURN);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "allowed");
	scene_gives_id(&s, CHOICE_MADE_BY, &s.habib->id);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "refused.by-another");
}

TEST(he_does_not_mark_that_she_stays_either)
{
	struct scene s;

	scene_make(&s);
	scene_chooses(&s, s.zarmina, ANSWER_STAY);
	scene_gives_id(&s, CHOICE_MADE_BY, &s.habib->id);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "refused.by-another");
}

TEST(a_child_makes_no_choice_and_is_heard)
{
	struct scene s;

	scene_make(&s);
	scene_chooses(&s, s.lal, ANSWER_RETURN);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "refused.child-choice");
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.lal);
	s.lal->child_view = 0;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.child-heard");
	s.lal->child_view = CHILD_VIEW_TOO_YOUNG;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "allowed");
}

TEST(a_married_girl_of_seventeen_is_a_child_until_her_birthday)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->born_from = s.zarmina->born_to = TODAY - 18 * 365 - 5 + 1;
	scene_chooses(&s, s.zarmina, ANSWER_RETURN);
	CHECK(person_is_child(s.zarmina, TODAY));
	s.zarmina->answer = 0;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "refused.child-choice");
	s.q.today = TODAY + 1;
	CHECK(!person_is_child(s.zarmina, TODAY + 1));
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "allowed");
}

TEST(who_may_be_a_child_is_treated_as_one)
{
	struct person p = { .born_from = TODAY - 40 * 365, .born_to = TODAY - 10 * 365 };

	CHECK(person_is_child(&p, TODAY));
	p.born_from = p.born_to = DAY_NONE;
	CHECK(person_is_child(&p, TODAY));
	p.born_to = TODAY + 1;
	CHECK(person_is_child(&p, TODAY));
	/* A day that no calendar reaches is after today as well. */
	p.born_to = INT32_MAX;
	CHECK(person_is_child(&p, TODAY));
	p.born_to = TODAY - 19 * 365;
	CHECK(!person_is_child(&p, TODAY));
	p.born_to = DAY_MIN - 1;
	CHECK(!person_is_child(&p, TODAY));
}

TEST(a_child_may_take_back_what_was_recorded_as_its_own_withdrawal)
{
	struct scene s;

	scene_make(&s);
	s.lal->withdrawn = true;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_REVOCABLE), "refused.withdrawn");
	scene_chooses(&s, s.lal, ANSWER_RETURN);
	CHECK_INT(scene_against(&s), 0);
}

TEST(a_child_that_said_no_itself_stays)
{
	struct scene s;

	scene_make(&s);
	s.lal->answer = ANSWER_STAY;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "refused.stays");
	scene_chooses(&s, s.lal, ANSWER_RETURN);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "allowed");
}

TEST(a_child_needs_a_guardian_on_record)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.lal);
	s.q.guardian = NULL;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.guardian");
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.guardian");
	CHECK_TEXT(scene_says(&s, RULE_FREE), "missing.guardian");
	CHECK_TEXT(scene_says(&s, RULE_EXPRESS), "missing.guardian");
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "missing.guardian");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	s.q.guardian = NULL;
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "missing.guardian");
	CHECK_TEXT(scene_says(&s, RULE_FOUR_EYES), "missing.guardian");
}

TEST(a_guardian_is_a_living_adult_who_decides)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "allowed");
	s.zarmina->died = true;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.guardian-decides");
	s.zarmina->died = false;
	s.zarmina->erased = true;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.guardian-decides");
	s.zarmina->erased = false;
	s.zarmina->registered = false;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.guardian-decides");
	s.zarmina->registered = true;
	s.zarmina->capacity = CAPACITY_NEEDS_ASSESSMENT;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.guardian-decides");
	s.zarmina->capacity = 0;
	s.zarmina->born_to = TODAY - 16 * 365;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.guardian-decides");
}

TEST(a_child_follows_its_guardians_answer)
{
	static const enum rule rules[] = { RULE_OWN_CHOICE, RULE_EXPRESS, RULE_TIME_TO_THINK };
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		s.zarmina->answer = ANSWER_RETURN;
		CHECK_TEXT(scene_says(&s, rules[i]), "allowed");
		s.zarmina->answer = ANSWER_STAY;
		CHECK_TEXT(scene_says(&s, rules[i]), "refused.guardian-stays");
		s.zarmina->answer = 0;
		CHECK_TEXT(scene_says(&s, rules[i]), "missing.guardian-choice");
	}
}

TEST(a_child_that_once_said_yes_follows_its_guardian_all_the_same)
{
	struct scene s;

	scene_make(&s);
	s.lal->answer = ANSWER_RETURN;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "allowed");
	s.zarmina->answer = ANSWER_STAY;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "refused.guardian-stays");
	s.q.guardian = NULL;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.guardian");
}

TEST(a_child_travels_with_its_guardian_only)
{
	struct scene s;
	struct id other_bus = id_numbered(81);

	scene_make(&s);
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.lal);
	s.zarmina->movement = other_bus;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.guardian-travels");
	s.zarmina->departed = NOW;
	s.zarmina->departed_with = other_bus;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.guardian-travels");
	s.zarmina->departed_with = s.bus.id;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "allowed");
	s.zarmina->departed = 0;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.guardian-travels");
	s.zarmina->crossed = NOW;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "allowed");
}

/* "May it leave?" is asked before there is a bus. */
TEST(before_a_bus_is_named_any_seat_of_the_guardian_will_do)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	s.q.movement = NULL;
	s.zarmina->movement = id_numbered(81);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "allowed");
	s.zarmina->movement = (struct id){ 0 };
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.guardian-travels");
	s.zarmina->departed = NOW;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "allowed");
}

TEST(an_adult_who_cannot_form_a_decision_is_assessed_and_no_relative_decides)
{
	struct scene s;

	scene_make(&s);
	s.habib->capacity = CAPACITY_NEEDS_ASSESSMENT;
	scene_chooses(&s, s.habib, ANSWER_RETURN);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.capacity");
	s.habib->capacity_result = RESULT_PENDING;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "missing.capacity");
	s.habib->capacity_result = RESULT_FAVOURABLE_WITH_ESCORT;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "allowed");
	s.habib->capacity_result = RESULT_FAVOURABLE;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "allowed");
	s.habib->capacity_result = RESULT_UNFAVOURABLE;
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "refused.capacity");
	scene_gives_id(&s, CHOICE_MADE_BY, &s.zarmina->id);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "refused.by-another");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.habib);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "refused.capacity");
}

TEST(nobody_decides_for_the_dead)
{
	struct scene s;

	scene_make(&s);
	s.habib->died = true;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.habib);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "refused.died");
	scene_chooses(&s, s.habib, ANSWER_STAY);
	CHECK_TEXT(scene_says(&s, RULE_OWN_CHOICE), "refused.died");
}

TEST(who_stays_or_withdrew_is_neither_counselled_nor_asked_for_a_journey)
{
	struct scene s;

	scene_make(&s);
	s.habib->counselled = s.habib->reconfirmed = 0;
	s.habib->answer = ANSWER_STAY;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.habib);
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "refused.stays");
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "refused.stays");
	s.habib->answer = 0;
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.counselling");
	s.habib->withdrawn = true;
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.choice.return");
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "missing.choice.return");
}

/* --- 2: informed ------------------------------------------------------------------------- */

TEST(a_choice_to_return_needs_counselling_before_it_and_one_to_stay_none)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->counselled = 0;
	scene_chooses(&s, s.zarmina, ANSWER_RETURN);
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.counselling");
	scene_chooses(&s, s.zarmina, ANSWER_STAY);
	CHECK_INT(scene_against(&s), 0);
	scene_chooses(&s, s.zarmina, ANSWER_UNDECIDED);
	CHECK_INT(scene_against(&s), 0);
}

TEST(counselling_after_the_choice_does_not_make_it_informed)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->counselled_before_choice = false;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.choice-after-counselling");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.choice-after-counselling");
}

TEST(she_understands_the_language_of_her_counselling)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->counsel_understood = false;
	scene_chooses(&s, s.zarmina, ANSWER_RETURN);
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.counselling-language");
}

TEST(who_prefers_a_woman_as_counsellor_gets_one)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->counsellor_sex = SEX_MALE;
	scene_chooses(&s, s.zarmina, ANSWER_RETURN);
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.counsellor-sex");
	s.zarmina->counsellor_sex_wanted = 0;
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "allowed");
}

TEST(the_information_sheet_is_that_of_her_destination)
{
	struct scene s;

	scene_make(&s);
	scene_chooses(&s, s.zarmina, ANSWER_RETURN);
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "allowed");
	scene_gives_text(&s, CHOICE_MADE_DESTINATION, "AF06@cod-ab-2021");
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "allowed");
	scene_gives_text(&s, CHOICE_MADE_DESTINATION, "AF01@cod-ab-2021");
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.sheet");
}

TEST(a_sheet_of_the_whole_country_is_for_those_who_name_no_more_of_it)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->counsel_area = TEXT("AFG");
	scene_chooses(&s, s.zarmina, ANSWER_RETURN);
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.sheet");
	scene_gives_text(&s, CHOICE_MADE_DESTINATION, "AFG");
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "allowed");
}

TEST(a_choice_to_return_names_a_destination)
{
	struct scene s;

	scene_make(&s);
	scene_chooses(&s, s.zarmina, ANSWER_RETURN);
	s.fact.values[CHOICE_MADE_DESTINATION] = (struct value){ 0 };
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.destination");
	/* Where nothing is proposed yet, what is registered will do. */
	scene_asks(&s, KIND_CHOICE_MADE, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "allowed");
	s.zarmina->destination = s.zarmina->choice_destination = (struct text){ 0 };
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.destination");
}

TEST(a_seat_is_for_the_destination_that_she_was_told_of)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->choice_destination = TEXT("AF24@cod-ab-2021");
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.sheet");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.sheet");
}

TEST(counselled_without_a_sheet_she_was_not_told_of_her_destination)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->counsel_area = (struct text){ 0 };
	scene_chooses(&s, s.zarmina, ANSWER_RETURN);
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.sheet");
}

TEST(whoever_stayed_or_withdrew_may_choose_again_after_being_counselled)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->answer = ANSWER_STAY;
	s.zarmina->counselled_before_choice = false;
	scene_chooses(&s, s.zarmina, ANSWER_RETURN);
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "allowed");
	s.zarmina->answer = 0;
	s.zarmina->withdrawn = true;
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "allowed");
}

TEST(who_has_not_chosen_yet_is_not_told_to_choose_again)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->answer = 0;
	s.zarmina->counselled_before_choice = false;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "allowed");
}

/* The first field of a seat is its movement, that of a choice the answer. */
TEST(what_a_seat_names_is_not_read_as_an_answer)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	scene_gives_id(&s, CHOICE_MADE_ANSWER, &s.bus.id);
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "allowed");
	s.zarmina->counselled = 0;
	s.zarmina->answer = 0;
	CHECK_TEXT(scene_says(&s, RULE_INFORMED), "missing.counselling");
}

/* --- 4: express --------------------------------------------------------------------------- */

TEST(the_witness_is_not_who_records_the_choice)
{
	struct scene s;

	scene_make(&s);
	scene_chooses(&s, s.zarmina, ANSWER_RETURN);
	CHECK_TEXT(scene_says(&s, RULE_EXPRESS), "allowed");
	scene_gives_text(&s, CHOICE_MADE_WITNESS, " Nadia ");
	CHECK_TEXT(scene_says(&s, RULE_EXPRESS), "refused.witness");
	scene_chooses(&s, s.zarmina, ANSWER_STAY);
	scene_gives_text(&s, CHOICE_MADE_WITNESS, "nadia");
	CHECK_TEXT(scene_says(&s, RULE_EXPRESS), "refused.witness");
	scene_by(&s, COUNSELLOR);
	CHECK_TEXT(scene_says(&s, RULE_EXPRESS), "allowed");
}

static const char *witnessed_by(struct text witness, const char *officer)
{
	struct scene s;

	scene_make(&s);
	scene_chooses(&s, s.zarmina, ANSWER_RETURN);
	s.fact.values[CHOICE_MADE_WITNESS].text = witness;
	s.officers[CONSENT].name = text_of(officer);
	return scene_says(&s, RULE_EXPRESS);
}

TEST(a_witness_is_the_officer_in_any_spelling_of_the_name_and_in_no_other)
{
	static const struct {
		const char *witness, *officer, *says;
	} pairs[] = {
		{ "ZARIN AZAD", "zarin azad", "refused.witness" },
		{ "bibi", "  Bibi ", "refused.witness" },
		{ "n", "N", "refused.witness" },
		{ "nadia", "sadia", "allowed" },
		{ "nadia", "nadir", "allowed" },
		{ "nadia", "nadiam", "allowed" },
		/* Neighbours of A and Z are no letters. */
		{ "nadia@", "nadia`", "allowed" },
		{ "nadia[", "nadia{", "allowed" },
	};

	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		CHECK_TEXT(witnessed_by(text_of(pairs[i].witness), pairs[i].officer),
			   pairs[i].says);
}

TEST(blanks_are_the_name_of_nobody)
{
	static const char blanks[] = "        nadia";

	CHECK_TEXT(witnessed_by((struct text){ .at = blanks + 2, .size = 3 }, "nadia"), "allowed");
	CHECK_TEXT(witnessed_by((struct text){ .at = blanks + 2, .size = 3 }, " "), "allowed");
	CHECK_TEXT(witnessed_by((struct text){ 0 }, ""), "allowed");
}

TEST(where_nobody_records_it_yet_no_witness_is_the_officer)
{
	struct scene s;

	scene_make(&s);
	scene_chooses(&s, s.zarmina, ANSWER_RETURN);
	s.q.actor = NULL;
	CHECK_TEXT(scene_says(&s, RULE_EXPRESS), "allowed");
}

TEST(a_choice_that_somebody_else_marked_moves_nobody)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->choice_by = s.habib->id;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_EXPRESS), "missing.own-mark");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_EXPRESS), "missing.own-mark");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_EXPRESS), "missing.own-mark");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.habib);
	s.habib->answer = 0;
	CHECK_TEXT(scene_says(&s, RULE_EXPRESS), "missing.choice.return");
}

/* --- 5: time to think ------------------------------------------------------------------------ */

TEST(she_leaves_after_twenty_four_hours_and_not_a_second_before)
{
	struct scene s;
	struct verdict v;

	scene_make(&s);
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	s.zarmina->answered = s.zarmina->cooling_from = NOW - 24 * HOUR + 1;
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "missing.cooling-off");
	v = rule_judge(RULE_TIME_TO_THINK, &s.q);
	CHECK_INT(v.not_before, NOW + 1);
	s.zarmina->answered = s.zarmina->cooling_from = NOW - 24 * HOUR;
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "allowed");
}

TEST(cooling_off_counts_from_her_first_choice_where_the_withdrawal_was_not_hers)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	s.zarmina->answered = NOW - HOUR;
	s.zarmina->cooling_from = NOW - 30 * HOUR;
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "allowed");
	s.zarmina->cooling_from = NOW - HOUR;
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "missing.cooling-off");
}

TEST(longer_terms_give_more_time)
{
	struct scene s;

	scene_make(&s);
	s.terms.cooling_s = 72 * HOUR;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "missing.cooling-off");
	CHECK_INT(rule_judge(RULE_TIME_TO_THINK, &s.q).not_before, NOW + 24 * HOUR);
}

TEST(a_child_waits_as_long_as_its_guardian)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->cooling_from = NOW - HOUR;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "missing.cooling-off");
}

TEST(a_choice_lapses_after_ninety_days_and_not_a_second_before)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->cooling_from = NOW - 90 * DAY;
	s.zarmina->answered = NOW - 90 * DAY + 1;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "allowed");
	s.zarmina->answered = NOW - 90 * DAY;
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "missing.lapsed");
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "missing.lapsed");
}

TEST(a_seat_may_be_planned_for_a_bus_that_leaves_after_cooling_off)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->answered = s.zarmina->cooling_from = NOW;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	s.bus.departs = NOW + 24 * HOUR - 1;
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "missing.cooling-off");
	s.bus.departs = NOW + 24 * HOUR;
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "allowed");
	s.q.movement = NULL;
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "allowed");
}

TEST(on_a_clock_that_jumped_no_time_has_passed)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	s.q.time_counts = false;
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "missing.clock");
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "missing.clock");
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	s.q.time_counts = false;
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "missing.clock");
}

TEST(a_choice_at_the_end_of_time_does_not_come_round)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->cooling_from = s.zarmina->answered = INT64_MAX - 1;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_TIME_TO_THINK), "missing.cooling-off");
	CHECK_INT(rule_judge(RULE_TIME_TO_THINK, &s.q).not_before, INT64_MAX);
}

/* --- 6: revocable ------------------------------------------------------------------------------ */

TEST(whoever_withdrew_has_no_seat_and_does_not_leave)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->withdrawn = true;
	scene_asks(&s, KIND_SEAT_ASSIGNED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_REVOCABLE), "refused.withdrawn");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_REVOCABLE), "refused.withdrawn");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_REVOCABLE), "refused.guardian-withdrawn");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.habib);
	CHECK_TEXT(scene_says(&s, RULE_REVOCABLE), "allowed");
}

TEST(no_rule_asks_anything_of_a_withdrawal)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->departed = NOW;
	scene_asks(&s, KIND_CHOICE_WITHDRAWN, s.zarmina);
	CHECK_INT(scene_against(&s), 0);
	for (int r = 1; r <= RULES_COUNT; r++)
		CHECK(!rule_guards((enum rule)r, KIND_CHOICE_WITHDRAWN));
}

static void annuls(struct scene *s, enum kind kind)
{
	fact_begin(&s->named, kind);
	scene_asks(s, KIND_FACT_ANNULLED, s->zarmina);
	s->q.second = &s->officers[CLERK];
}

TEST(a_withdrawal_or_an_erasure_is_never_annulled)
{
	struct scene s;

	scene_make(&s);
	annuls(&s, KIND_CHOICE_MADE);
	CHECK_INT(scene_against(&s), 0);
	annuls(&s, KIND_CHOICE_WITHDRAWN);
	CHECK_TEXT(scene_says(&s, RULE_REVOCABLE), "refused.annul-withdrawal");
	annuls(&s, KIND_PERSON_ERASED);
	CHECK_TEXT(scene_says(&s, RULE_REVOCABLE), "refused.annul-withdrawal");
	annuls(&s, KIND_HOUSEHOLD_ERASED);
	CHECK_TEXT(scene_says(&s, RULE_REVOCABLE), "refused.annul-withdrawal");
}

TEST(a_fact_is_annulled_by_two)
{
	struct scene s;

	scene_make(&s);
	annuls(&s, KIND_CHOICE_MADE);
	s.q.second = &s.officers[REVIEWER];
	CHECK_TEXT(scene_says(&s, RULE_REVOCABLE), "refused.second-person");
	s.q.second = NULL;
	CHECK_TEXT(scene_says(&s, RULE_REVOCABLE), "missing.second-person");
	s.q.second = &s.officers[CLERK];
	s.officers[CLERK].open = false;
	CHECK_TEXT(scene_says(&s, RULE_REVOCABLE), "missing.second-person");
}

/* --- 7: asked again ------------------------------------------------------------------------------- */

TEST(nobody_leaves_without_being_asked_again)
{
	struct scene s;

	scene_make(&s);
	s.zarmina->reconfirmed = 0;
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "missing.asked-again");
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "missing.asked-again");
}

TEST(she_is_asked_alone_and_not_by_the_transporter)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	s.zarmina->reconfirm_company = COMPANY_OWN_COMPANION;
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "missing.asked-alone");
	s.zarmina->reconfirm_company = COMPANY_ALONE;
	s.zarmina->reconfirm_by_transporter = true;
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "missing.asked-by-another");
}

TEST(the_boarding_question_is_good_for_twelve_hours_and_not_a_second_more)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	s.zarmina->reconfirmed = NOW - 12 * HOUR;
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "allowed");
	s.zarmina->reconfirmed = NOW - 12 * HOUR - 1;
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "missing.asked-in-time");
	s.zarmina->reconfirmed = NOW + 12 * HOUR;
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "allowed");
	s.zarmina->reconfirmed = NOW + 12 * HOUR + 1;
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "missing.asked-in-time");
}

TEST(a_boarding_question_that_was_put_badly_is_not_recorded_as_a_yes)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_CHOICE_RECONFIRMED, s.zarmina);
	scene_gives(&s, CHOICE_RECONFIRMED_COMPANY, COMPANY_ALONE);
	scene_gives(&s, CHOICE_RECONFIRMED_BY_TRANSPORTER, 0);
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "allowed");
	scene_gives(&s, CHOICE_RECONFIRMED_COMPANY, COMPANY_OTHERS_PRESENT);
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "refused.asked-not-alone");
	scene_gives(&s, CHOICE_RECONFIRMED_COMPANY, COMPANY_OWN_COMPANION);
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "refused.asked-not-alone");
	scene_gives(&s, CHOICE_RECONFIRMED_COMPANY, COMPANY_ALONE);
	scene_gives(&s, CHOICE_RECONFIRMED_BY_TRANSPORTER, 1);
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "refused.asked-by-transporter");
}

TEST(only_a_standing_choice_to_return_is_confirmed)
{
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_CHOICE_RECONFIRMED, s.zarmina);
	s.zarmina->answer = 0;
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "missing.choice.return");
	s.zarmina->withdrawn = true;
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "refused.withdrawn");
	s.zarmina->withdrawn = false;
	s.zarmina->answer = ANSWER_STAY;
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "refused.stays");
	scene_asks(&s, KIND_CHOICE_RECONFIRMED, s.lal);
	CHECK_TEXT(scene_says(&s, RULE_ASKED_AGAIN), "refused.child-choice");
}

RUN_TESTS()
