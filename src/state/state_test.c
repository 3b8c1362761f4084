/* What each kind of fact does to what is so, in sentences. */
#include "base/test.h"
#include "state/house_testing.h"

#define HER "zarmina"

static struct house hers(void)
{
	return house_with(ADULT(HER), ANSWERED(RETURN, 25 * HOUR));
}

static bool is_id(struct id id, const char *name)
{
	struct id other = id_of_name(name);

	return name ? id_same(&id, &other) : id_is_none(&id);
}

/* Two sites, each once as the first in the order of the fold. */
#define APART(first, second)                                                                       \
	for (enum house_site first = SITE_OFFICE, second = SITE_GATE; first != SITE_BUS;           \
	     second = SITE_OFFICE, first = first == SITE_OFFICE ? SITE_GATE : SITE_BUS)

/* --- who she is --------------------------------------------------------------- */

TEST(nothing_is_known_of_a_person_without_facts)
{
	struct house h = house_with(ADULT(HER));
	struct id nobody = id_of_name("nobody");
	struct person p;

	CHECK(!state_person(house_state(&h), &nobody, &p));
	CHECK_INT(state_sort_of(house_state(&h), &nobody), SUBJECT_0);
	house_end(&h);
}

TEST(a_registered_person_has_what_was_said_of_her)
{
	struct house h = house_with(ADULT(HER));
	struct person p = person_of(&h, HER);

	CHECK_INT(p.status, STATUS_REGISTERED);
	CHECK(p.registered);
	CHECK_INT(p.sex, SEX_FEMALE);
	CHECK_INT(p.group, GROUP_POR);
	CHECK(is_id(p.household, "home"));
	CHECK(is_id(p.registered_by, "officer"));
	CHECK_INT(p.fact_count, 1);
	house_end(&h);
}

TEST(an_amendment_changes_the_fields_it_gives_and_no_others)
{
	struct house h = house_with(ADULT(HER));
	struct person p;

	at(&h, SITE_OFFICE, with_number(amended(HER), PERSON_AMENDED_GROUP, GROUP_ACC));
	at(&h, SITE_OFFICE,
	   with_codes(amended(HER), PERSON_AMENDED_NEEDS, 1 << NEED_ER | 1 << NEED_DS));
	while (next_order(&h)) {
		p = person_of(&h, HER);
		CHECK_INT(p.group, GROUP_ACC);
		CHECK_INT(p.sex, SEX_FEMALE);
		CHECK_INT(p.needs, 1 << NEED_ER | 1 << NEED_DS);
	}
}

TEST(a_year_of_birth_is_every_day_of_it)
{
	struct house h = house_with(ADULT(HER));
	struct person p = person_of(&h, HER);

	CHECK_INT(p.born_from, 7305); /* 1990-01-01 */
	CHECK_INT(p.born_to, 7669);   /* 1990-12-31 */
	house_end(&h);
}

TEST(an_age_said_on_a_day_is_a_year_of_birthdays)
{
	struct house h = house_with(ADULT(HER));
	struct event e = with_number(amended(HER), PERSON_AMENDED_AGE, 17);
	struct person p;

	at(&h, SITE_OFFICE, with_number(e, PERSON_AMENDED_AGE_ON, 20000)); /* 2024-10-04 */
	p = person_of(&h, HER);
	CHECK_INT(p.born_from, 13426); /* 2006-10-05 */
	CHECK_INT(p.born_to, 13790);   /* 2007-10-04 */
	house_end(&h);
}

TEST(who_moves_is_a_member_of_the_other_household_only)
{
	struct house h = house_with(ADULT(HER), ADULT("gul"));
	struct id home = id_of_name("home"), other = id_of_name("brother's"), members[4];
	struct person p;

	at(&h, SITE_OFFICE, moved(HER, "brother's", true));
	while (next_order(&h)) {
		p = person_of(&h, HER);
		CHECK(is_id(p.household, "brother's"));
		CHECK(p.apart_by_choice);
		CHECK_INT(state_members(house_state(&h), &home, members, 4), 1);
		CHECK(is_id(members[0], "gul"));
		CHECK_INT(state_members(house_state(&h), &other, members, 4), 1);
		CHECK(is_id(members[0], HER));
	}
}

TEST(who_comes_back_is_no_longer_apart)
{
	struct house h = house_with(ADULT(HER));

	at(&h, SITE_OFFICE, moved(HER, "brother's", true));
	at(&h, SITE_OFFICE, moved(HER, "home", false));
	while (next_order(&h)) {
		CHECK(!person_of(&h, HER).apart_by_choice);
		CHECK(is_id(person_of(&h, HER).household, "home"));
	}
}

TEST(members_stand_in_the_order_in_which_they_came)
{
	struct house h = house_with(ADULT("one"), ADULT("two"), CHILD("three"));
	struct id home = id_of_name("home"), members[2];

	while (next_order(&h)) {
		CHECK_INT(state_members(house_state(&h), &home, members, 2), 3);
		CHECK(is_id(members[0], "one"));
		CHECK(is_id(members[1], "two"));
	}
}

/* Of her record and that of somebody. */
static struct decision decided_of(struct house *h, const char *other)
{
	struct id her = id_of_name(HER), id = id_of_name(other);
	struct decision d = { 0 };

	return state_decision(house_state(h), &her, &id, &d) ? d : (struct decision){ 0 };
}

TEST(two_records_of_one_person_stay_two_records)
{
	struct house h = house_with(ADULT(HER));
	struct event same =
		with_name(event_of(KIND_PERSON_SAME_AS, HER), PERSON_SAME_AS_OTHER, "gul");
	struct event third = with_name(event_of(KIND_PERSON_NOT_SAME_AS, HER),
				       PERSON_NOT_SAME_AS_OTHER, "laila");
	struct event not =
		with_name(event_of(KIND_PERSON_NOT_SAME_AS, HER), PERSON_NOT_SAME_AS_OTHER, "gul");

	at(&h, SITE_OFFICE, same);
	CHECK_INT(decided_of(&h, "gul").said, DECIDED_SAME);
	at(&h, SITE_OFFICE, third);
	CHECK_INT(decided_of(&h, "gul").said, DECIDED_SAME);
	CHECK_INT(decided_of(&h, "laila").said, DECIDED_DIFFERENT);
	at(&h, SITE_OFFICE, not );
	CHECK_INT(decided_of(&h, "gul").said, DECIDED_DIFFERENT);
	CHECK_INT(decided_of(&h, "habib").said, DECIDED_NOTHING);
	house_end(&h);
}

TEST(a_decision_of_a_pair_is_the_newest_that_knew_the_others_whatever_the_order)
{
	struct house h = house_with(ADULT(HER));

	at(&h, SITE_OFFICE,
	   with_name(event_of(KIND_PERSON_SAME_AS, HER), PERSON_SAME_AS_OTHER, "gul"));
	at(&h, SITE_OFFICE,
	   with_name(event_of(KIND_PERSON_MAYBE_SAME_AS, HER), PERSON_MAYBE_SAME_AS_OTHER,
		     "laila"));
	at(&h, SITE_OFFICE,
	   with_name(event_of(KIND_PERSON_NOT_SAME_AS, HER), PERSON_NOT_SAME_AS_OTHER, "gul"));
	at(&h, SITE_OFFICE,
	   with_name(event_of(KIND_PERSON_SAME_AS, HER), PERSON_SAME_AS_OTHER, "laila"));
	while (next_order(&h)) {
		struct id same[4];
		struct id her = id_of_name(HER);

		CHECK_INT(decided_of(&h, "gul").said, DECIDED_DIFFERENT);
		CHECK_INT(decided_of(&h, "laila").said, DECIDED_SAME);
		CHECK_INT(state_same_as(house_state(&h), &her, same, COUNT_OF(same)), 1);
		CHECK(is_id(same[0], "laila"));
	}
}

TEST(decisions_that_did_not_know_of_each_other_count_as_the_same_and_differ)
{
	struct house h = house_with(ADULT(HER));

	at(&h, SITE_OFFICE,
	   with_name(event_of(KIND_PERSON_SAME_AS, HER), PERSON_SAME_AS_OTHER, "gul"));
	at(&h, SITE_GATE,
	   with_name(event_of(KIND_PERSON_NOT_SAME_AS, HER), PERSON_NOT_SAME_AS_OTHER, "gul"));
	while (next_order(&h)) {
		struct id her = id_of_name(HER);
		struct decision all[2];

		CHECK_INT(decided_of(&h, "gul").said, DECIDED_SAME);
		CHECK(decided_of(&h, "gul").differ);
		CHECK_INT(state_decisions(house_state(&h), &her, all, COUNT_OF(all)), 1);
	}
}

TEST(a_decision_keeps_how_much_was_known_of_the_record)
{
	struct house h = house_with(ADULT(HER));
	uint16_t then;

	at(&h, SITE_OFFICE,
	   with_name(event_of(KIND_PERSON_MAYBE_SAME_AS, HER), PERSON_MAYBE_SAME_AS_OTHER, "gul"));
	then = decided_of(&h, "gul").known;
	CHECK_INT(then, person_of(&h, HER).fact_count);
	at(&h, SITE_OFFICE, counselled(HER));
	CHECK_INT(decided_of(&h, "gul").known, then);
	CHECK_INT(person_of(&h, HER).fact_count, then + 1);
	house_end(&h);
}

TEST(the_dead_are_dead)
{
	struct house h = hers();

	at(&h, SITE_OFFICE, died(HER));
	at(&h, SITE_GATE, chose(HER, ANSWER_STAY));
	while (next_order(&h))
		CHECK_INT(status_of(&h, HER), STATUS_DIED);
}

/* --- counsel and choice ------------------------------------------------------- */

TEST(a_choice_that_had_not_heard_of_the_counselling_is_not_an_informed_one)
{
	struct house h = house_with(ADULT(HER));
	struct person p;

	at(&h, SITE_OFFICE, counselled(HER));
	at(&h, SITE_GATE, chose(HER, ANSWER_RETURN));
	while (next_order(&h)) {
		p = person_of(&h, HER);
		CHECK(p.counselled);
		CHECK_INT(p.answer, ANSWER_RETURN);
		CHECK(!p.counselled_before_choice);
	}
}

TEST(a_choice_after_a_counselling_is_an_informed_one)
{
	struct house h = hers();
	struct person p;

	while (next_order(&h)) {
		p = person_of(&h, HER);
		CHECK_INT(p.status, STATUS_RETURN);
		CHECK(p.counselled_before_choice);
		CHECK(is_id(p.counsellor, "officer"));
		CHECK_TEXT(p.counsel_language, "pus");
		CHECK_TEXT(p.choice_destination, "AF06@cod-ab-2022");
		CHECK(is_id(p.choice_by, HER));
		CHECK_INT(p.answered, HOUSE_START - 25 * HOUR);
		CHECK_INT(p.cooling_from, p.answered);
	}
}

TEST(a_withdrawal_stops_a_departure_that_had_not_heard_of_it)
{
	struct house h = hers();

	at(&h, SITE_GATE, withdrawn(HER));
	at(&h, SITE_BUS, departed(HER));
	while (next_order(&h)) {
		CHECK_INT(status_of(&h, HER), STATUS_WITHDRAWN);
		CHECK_INT(person_of(&h, HER).departed, 0);
	}
}

TEST(a_choice_that_had_not_heard_of_a_withdrawal_does_not_undo_it)
{
	struct house h = hers();

	at(&h, SITE_GATE, withdrawn(HER));
	at(&h, SITE_OFFICE, chose(HER, ANSWER_RETURN));
	while (next_order(&h)) {
		CHECK_INT(status_of(&h, HER), STATUS_WITHDRAWN);
		CHECK_INT(person_of(&h, HER).answer, 0);
	}
}

TEST(a_choice_that_has_heard_of_a_withdrawal_takes_its_place)
{
	struct house h = hers();

	at(&h, SITE_GATE, withdrawn(HER));
	hear(&h, SITE_OFFICE, SITE_GATE);
	at(&h, SITE_OFFICE, chose(HER, ANSWER_RETURN));
	while (next_order(&h)) {
		CHECK_INT(status_of(&h, HER), STATUS_RETURN);
		CHECK_INT(person_of(&h, HER).cooling_from, HOUSE_START + 60);
	}
}

TEST(a_withdrawal_that_was_not_hers_leaves_her_the_time_she_had_thought)
{
	struct house h = hers();

	at(&h, SITE_GATE, withdrawn(HER));
	hear(&h, SITE_OFFICE, SITE_GATE);
	at(&h, SITE_OFFICE, not_hers(HER));
	while (next_order(&h)) {
		CHECK_INT(status_of(&h, HER), STATUS_RETURN);
		CHECK_INT(person_of(&h, HER).answered, HOUSE_START + 60);
		CHECK_INT(person_of(&h, HER).cooling_from, HOUSE_START - 25 * HOUR);
	}
}

TEST(not_hers_gives_no_time_where_there_was_no_withdrawal_or_another_answer)
{
	struct house h = hers(), other = house_with(ADULT(HER), ANSWERED(STAY, 25 * HOUR));

	at(&h, SITE_OFFICE, not_hers(HER));
	CHECK_INT(person_of(&h, HER).cooling_from, HOUSE_START);
	house_end(&h);
	at(&other, SITE_OFFICE, withdrawn(HER));
	at(&other, SITE_OFFICE, not_hers(HER));
	CHECK_INT(person_of(&other, HER).cooling_from, HOUSE_START + 60);
	house_end(&other);
}

TEST(of_two_choices_that_stood_the_newer_says_how_long_she_had_thought)
{
	APART(one, two)
	{
		struct house h = house_with(ADULT(HER));

		at(&h, one, chose(HER, ANSWER_RETURN));
		at(&h, two, chose(HER, ANSWER_RETURN));
		hear_all(&h);
		CHECK_INT(person_of(&h, HER).cooling_from, HOUSE_START + 60);
		at(&h, one, withdrawn(HER));
		at(&h, one, not_hers(HER));
		while (next_order(&h))
			CHECK_INT(person_of(&h, HER).cooling_from, HOUSE_START + 60);
	}
}

TEST(two_answers_given_apart_make_her_undecided)
{
	struct house h = house_with(ADULT(HER));
	struct person p;

	at(&h, SITE_OFFICE, chose(HER, ANSWER_RETURN));
	at(&h, SITE_GATE, chose(HER, ANSWER_STAY));
	while (next_order(&h)) {
		p = person_of(&h, HER);
		CHECK_INT(p.status, STATUS_UNDECIDED);
		CHECK_INT(p.answer, ANSWER_UNDECIDED);
		CHECK(p.answers_differ);
	}
}

TEST(two_destinations_given_apart_are_two_answers)
{
	struct house h = house_with(ADULT(HER));
	struct event other = chose(HER, ANSWER_RETURN);

	other.values[other.count - 1].text = "AF01@cod-ab-2022";
	at(&h, SITE_OFFICE, chose(HER, ANSWER_RETURN));
	at(&h, SITE_GATE, other);
	while (next_order(&h))
		CHECK_INT(status_of(&h, HER), STATUS_UNDECIDED);
}

TEST(a_new_choice_settles_two_that_differ)
{
	struct house h = house_with(ADULT(HER));

	at(&h, SITE_OFFICE, chose(HER, ANSWER_RETURN));
	at(&h, SITE_GATE, chose(HER, ANSWER_STAY));
	hear_all(&h);
	at(&h, SITE_OFFICE, chose(HER, ANSWER_STAY));
	while (next_order(&h)) {
		CHECK_INT(status_of(&h, HER), STATUS_STAY);
		CHECK(!person_of(&h, HER).answers_differ);
	}
}

TEST(a_yes_at_boarding_counts_for_the_choice_it_was_about)
{
	struct house h = hers();

	at(&h, SITE_BUS, reconfirmed(HER));
	CHECK_INT(person_of(&h, HER).reconfirmed, HOUSE_START);
	CHECK(is_id(person_of(&h, HER).reconfirm_officer, "bus officer"));
	at(&h, SITE_OFFICE, chose(HER, ANSWER_RETURN)); /* unknown to the bus */
	while (next_order(&h))
		CHECK_INT(person_of(&h, HER).reconfirmed, 0);
}

TEST(a_yes_at_boarding_ends_with_a_new_choice)
{
	struct house h = hers();

	at(&h, SITE_OFFICE, reconfirmed(HER));
	at(&h, SITE_OFFICE, chose(HER, ANSWER_RETURN));
	while (next_order(&h))
		CHECK_INT(person_of(&h, HER).reconfirmed, 0);
}

TEST(a_child_is_heard)
{
	struct house h = house_with(ADULT(HER), CHILD("laila"));
	struct event e = with_number(event_of(KIND_CHILD_HEARD, "laila"), CHILD_HEARD_VIEW,
				     CHILD_VIEW_DISAGREES);

	at(&h, SITE_OFFICE, e);
	CHECK_INT(person_of(&h, "laila").child_view, CHILD_VIEW_DISAGREES);
	CHECK_INT(person_of(&h, "laila").answer, 0);
	house_end(&h);
}

/* --- protection --------------------------------------------------------------- */

TEST(a_hold_stands_until_it_is_lifted_by_somebody_who_knew_it)
{
	struct house h = hers();

	at(&h, SITE_OFFICE, held(HER));
	at(&h, SITE_GATE, holds_lifted(HER)); /* had not heard of it */
	while (next_order(&h))
		CHECK_INT(person_of(&h, HER).holds, 1);
}

TEST(one_hold_is_lifted_and_the_other_stands)
{
	struct house h = hers();
	size_t first = at(&h, SITE_OFFICE, held(HER));

	at(&h, SITE_OFFICE, held(HER));
	at(&h, SITE_OFFICE, hold_lifted(HER, first));
	CHECK_INT(person_of(&h, HER).holds, 1);
	at(&h, SITE_OFFICE, holds_lifted(HER));
	while (next_order(&h))
		CHECK_INT(person_of(&h, HER).holds, 0);
}

TEST(pressure_is_reviewed_by_somebody_who_had_heard_of_it)
{
	struct house h = hers();

	at(&h, SITE_GATE, pressed(HER));
	at(&h, SITE_OFFICE, reviewed(HER, FINDING_VOLUNTARY)); /* had not */
	CHECK(person_of(&h, HER).review_due);
	CHECK_INT(person_of(&h, HER).finding, FINDING_VOLUNTARY);
	hear_all(&h);
	at(&h, SITE_OFFICE, reviewed(HER, FINDING_NEEDS_TIME));
	while (next_order(&h)) {
		CHECK(!person_of(&h, HER).review_due);
		CHECK_INT(person_of(&h, HER).finding, FINDING_NEEDS_TIME);
	}
}

TEST(of_two_reviews_made_apart_the_more_careful_counts)
{
	struct house h = hers();

	at(&h, SITE_GATE, reviewed(HER, FINDING_NOT_VOLUNTARY));
	at(&h, SITE_OFFICE, reviewed(HER, FINDING_VOLUNTARY));
	at(&h, SITE_BUS, reviewed(HER, FINDING_NEEDS_TIME));
	while (next_order(&h)) {
		CHECK_INT(person_of(&h, HER).finding, FINDING_NOT_VOLUNTARY);
		CHECK(is_id(person_of(&h, HER).reviewer, "gate officer"));
	}
}

TEST(others_in_the_room_lead_to_a_review)
{
	struct house h = house_with(ADULT(HER));
	struct event e = counselled(HER), c = chose(HER, ANSWER_STAY);

	at(&h, SITE_OFFICE, e);
	CHECK(!person_of(&h, HER).review_due);
	e.values[0].number = COMPANY_OTHERS_PRESENT;
	at(&h, SITE_OFFICE, e);
	CHECK(person_of(&h, HER).review_due);
	at(&h, SITE_OFFICE, reviewed(HER, FINDING_VOLUNTARY));
	CHECK(!person_of(&h, HER).review_due);
	at(&h, SITE_OFFICE, with_number(c, CHOICE_MADE_COMPANY, COMPANY_OTHERS_PRESENT));
	while (next_order(&h))
		CHECK(person_of(&h, HER).review_due);
}

TEST(a_detention_is_open_until_it_is_closed_and_leads_to_a_review)
{
	struct house h = hers();
	size_t detention = at(&h, SITE_OFFICE, incident(HER, INCIDENT_DETENTION));
	size_t other = at(&h, SITE_OFFICE, incident(HER, INCIDENT_EXTORTION));
	struct person p = person_of(&h, HER);

	CHECK_INT(p.incidents_open, 2);
	CHECK_INT(p.detentions_open, 1);
	CHECK(p.review_due);
	CHECK_INT(p.incident_since, HOUSE_START);
	at(&h, SITE_OFFICE, incident_referred(HER, detention));
	CHECK_INT(person_of(&h, HER).incident_since, HOUSE_START + 60);
	at(&h, SITE_OFFICE, incident_closed(HER, detention));
	at(&h, SITE_OFFICE, incident_referred(HER, other));
	while (next_order(&h)) {
		p = person_of(&h, HER);
		CHECK_INT(p.incidents_open, 1);
		CHECK_INT(p.detentions_open, 0);
		CHECK_INT(p.incident_since, 0);
		CHECK(p.review_due);
	}
}

TEST(a_case_waits_since_the_oldest_of_what_stands)
{
	struct house h = hers();
	size_t hold = at(&h, SITE_OFFICE, held(HER));
	size_t other = at(&h, SITE_OFFICE, incident(HER, INCIDENT_EXTORTION));

	CHECK_INT(person_of(&h, HER).waits_since, HOUSE_START);
	at(&h, SITE_OFFICE, hold_lifted(HER, hold));
	CHECK_INT(person_of(&h, HER).waits_since, HOUSE_START + 60);
	at(&h, SITE_OFFICE, pressed(HER));
	at(&h, SITE_OFFICE, incident_closed(HER, other));
	while (next_order(&h))
		CHECK_INT(person_of(&h, HER).waits_since, HOUSE_START + 180);
}

static bool see_her(void *self, const struct person *p)
{
	*(bool *)self |= is_id(p->id, HER);
	return true;
}

/* Whether she is among those of whom the days since then ask. */
static bool is_awaited(struct house *h, int64_t since)
{
	bool seen = false;

	(void)person_of(h, HER); /* brings the state up to date */
	state_each_awaited(h->state, since, see_her, &seen);
	return seen;
}

TEST(the_days_people_are_those_who_came_or_are_expected_and_those_for_whom_something_waits)
{
	struct house h = hers();
	int64_t tomorrow = HOUSE_START + DAY;
	size_t hold;

	CHECK(is_awaited(&h, 0));
	CHECK(!is_awaited(&h, tomorrow));
	hold = at(&h, SITE_OFFICE, held(HER));
	CHECK(is_awaited(&h, tomorrow));
	at(&h, SITE_OFFICE, hold_lifted(HER, hold));
	CHECK(!is_awaited(&h, tomorrow));
	at(&h, SITE_OFFICE,
	   with_number(with_number(event_of(KIND_APPOINTMENT_SET, HER), APPOINTMENT_SET_AT,
				   tomorrow + HOUR),
		       APPOINTMENT_SET_PURPOSE, APPOINTMENT_REVIEW));
	CHECK(is_awaited(&h, tomorrow));
	CHECK(!is_awaited(&h, tomorrow + 2 * HOUR));
	while (next_order(&h))
		CHECK(is_awaited(&h, tomorrow) && !is_awaited(&h, tomorrow + 2 * HOUR));
}

TEST(an_assessment_takes_the_place_of_the_one_it_knows)
{
	struct house h = hers();
	struct event escort =
		with_text(assessed(HER, ASSESSMENT_FITNESS, RESULT_FAVOURABLE_WITH_ESCORT),
			  ASSESSMENT_MADE_ESCORT, "her sister");

	at(&h, SITE_OFFICE, assessed(HER, ASSESSMENT_FITNESS, RESULT_UNFAVOURABLE));
	at(&h, SITE_OFFICE, escort);
	at(&h, SITE_OFFICE, assessed(HER, ASSESSMENT_TRACING, RESULT_PENDING));
	CHECK_INT(person_of(&h, HER).fitness, RESULT_FAVOURABLE_WITH_ESCORT);
	CHECK(person_of(&h, HER).escort_named);
	CHECK_INT(person_of(&h, HER).tracing, RESULT_PENDING);
	at(&h, SITE_GATE, assessed(HER, ASSESSMENT_FITNESS, RESULT_UNFAVOURABLE));
	while (next_order(&h)) /* two apart: the more careful */
		CHECK_INT(person_of(&h, HER).fitness, RESULT_UNFAVOURABLE);
}

TEST(on_what_the_other_parent_s_consent_rests_is_kept)
{
	struct house h = house_with(CHILD("laila"));
	struct event e = assessed("laila", ASSESSMENT_OTHER_PARENT, RESULT_FAVOURABLE);

	at(&h, SITE_OFFICE, with_number(e, ASSESSMENT_MADE_PARENT_BASIS, PARENT_BASIS_CUSTODY));
	CHECK_INT(person_of(&h, "laila").other_parent, RESULT_FAVOURABLE);
	CHECK_INT(person_of(&h, "laila").other_parent_basis, PARENT_BASIS_CUSTODY);
	house_end(&h);
}

/* --- travel ------------------------------------------------------------------- */

static struct house seated_house(void)
{
	struct house h = hers();

	at(&h, SITE_OFFICE, planned("bus"));
	at(&h, SITE_OFFICE, seated(HER, "bus"));
	hear_all(&h);
	return h;
}

static size_t seats_of(struct house *h, const char *movement)
{
	struct id id = id_of_name(movement);

	return state_seated(house_state(h), &id, NULL, 0);
}

TEST(a_seat_is_in_force_until_it_is_released)
{
	struct house h = seated_house();
	struct person p = person_of(&h, HER);

	CHECK_INT(p.status, STATUS_SEATED);
	CHECK(is_id(p.movement, "bus"));
	CHECK_INT(p.seat, 12);
	CHECK(is_id(p.seat_officer, "officer"));
	CHECK_INT(seats_of(&h, "bus"), 1);
	at(&h, SITE_OFFICE, seat_released(HER));
	while (next_order(&h)) {
		CHECK_INT(status_of(&h, HER), STATUS_RETURN);
		CHECK_INT(seats_of(&h, "bus"), 0);
	}
}

TEST(a_new_seat_takes_the_place_of_the_old_one)
{
	struct house h = seated_house();

	at(&h, SITE_OFFICE, planned("second bus"));
	at(&h, SITE_OFFICE, seated(HER, "second bus"));
	while (next_order(&h)) {
		CHECK_INT(seats_of(&h, "bus"), 0);
		CHECK_INT(seats_of(&h, "second bus"), 1);
	}
}

TEST(who_withdraws_is_off_the_manifest_also_of_a_seat_given_meanwhile)
{
	struct house h = seated_house();

	at(&h, SITE_GATE, withdrawn(HER));
	at(&h, SITE_OFFICE, seated(HER, "bus"));
	while (next_order(&h)) {
		CHECK_INT(seats_of(&h, "bus"), 0);
		CHECK_INT(person_of(&h, HER).seat, 0);
	}
}

TEST(a_seat_lost_by_withdrawing_does_not_come_back_by_itself)
{
	struct house h = seated_house();

	at(&h, SITE_GATE, withdrawn(HER));
	at(&h, SITE_GATE, not_hers(HER));
	while (next_order(&h)) {
		CHECK_INT(status_of(&h, HER), STATUS_RETURN);
		CHECK_INT(seats_of(&h, "bus"), 0);
	}
}

TEST(who_chooses_to_stay_has_no_seat)
{
	struct house h = seated_house();

	at(&h, SITE_OFFICE, chose(HER, ANSWER_STAY));
	at(&h, SITE_OFFICE, chose(HER, ANSWER_RETURN));
	while (next_order(&h))
		CHECK_INT(seats_of(&h, "bus"), 0);
}

TEST(a_child_sits_beside_its_guardian_without_an_answer_of_its_own)
{
	struct house h = house_with(CHILD("laila"));

	at(&h, SITE_OFFICE, seated("laila", "bus"));
	CHECK_INT(status_of(&h, "laila"), STATUS_SEATED);
	house_end(&h);
}

TEST(every_seat_on_a_cancelled_movement_is_free)
{
	struct house h = seated_house();

	at(&h, SITE_OFFICE, cancelled("bus"));
	while (next_order(&h))
		CHECK_INT(seats_of(&h, "bus"), 0);
}

TEST(a_cancelled_movement_goes_again_only_by_a_plan_that_knew)
{
	APART(one, two)
	{
		struct house h = seated_house();
		struct id bus = id_of_name("bus");
		struct movement m;

		at(&h, one, cancelled("bus"));
		at(&h, two, planned("bus"));
		CHECK(state_movement(house_state(&h), &bus, &m));
		CHECK(m.cancelled && m.planned);
		hear_all(&h);
		at(&h, two, planned("bus"));
		while (next_order(&h)) {
			CHECK(state_movement(house_state(&h), &bus, &m));
			CHECK(!m.cancelled);
			CHECK_TEXT(m.crossing, "XP-TORKHAM");
			CHECK_INT(m.seats, 40);
		}
	}
}

static struct house crossed_house(void)
{
	struct house h = seated_house();

	at(&h, SITE_BUS, reconfirmed(HER));
	at(&h, SITE_BUS, departed(HER));
	hear(&h, SITE_GATE, SITE_BUS);
	at(&h, SITE_GATE, crossed(HER, RETURN_KIND_FACILITATED));
	at(&h, SITE_GATE, surrendered(HER, DOCUMENT_KIND_POR));
	hear_all(&h);
	return h;
}

TEST(a_way_over_the_border_breaks_no_rule)
{
	struct house h = crossed_house();
	struct person p;

	at(&h, SITE_GATE, arrived(HER));
	at(&h, SITE_OFFICE, followed_up(HER, WELLBEING_WELL));
	while (next_order(&h)) {
		p = person_of(&h, HER);
		CHECK_INT(p.status, STATUS_ARRIVED);
		CHECK_INT(p.broken, 0);
		CHECK(p.departed && p.crossed && p.arrived);
		CHECK(is_id(p.departed_with, "bus"));
		CHECK_INT(p.return_kind, RETURN_KIND_FACILITATED);
		CHECK_INT(p.surrendered, 1 << DOCUMENT_KIND_POR);
		CHECK_INT(p.wellbeing, WELLBEING_WELL);
	}
}

TEST(turning_back_restores_everything)
{
	struct house h = crossed_house();
	struct person p;

	at(&h, SITE_GATE, turned_back(HER));
	while (next_order(&h)) {
		p = person_of(&h, HER);
		CHECK_INT(p.status, STATUS_RETURN);
		CHECK(!p.crossed && !p.departed && !p.surrendered && !p.return_kind);
		CHECK(id_is_none(&p.movement));
		CHECK(p.turned_back);
	}
}

TEST(a_departure_unknown_to_the_turning_back_does_not_outlive_it)
{
	APART(one, two)
	{
		struct house h = crossed_house();

		at(&h, one, turned_back(HER));
		at(&h, two, departed(HER));
		while (next_order(&h))
			CHECK_INT(person_of(&h, HER).departed, 0);
	}
}

TEST(who_chooses_to_stay_has_her_card_again)
{
	struct house h = hers();

	at(&h, SITE_OFFICE, surrendered(HER, DOCUMENT_KIND_POR));
	at(&h, SITE_OFFICE, chose(HER, ANSWER_STAY));
	while (next_order(&h))
		CHECK_INT(person_of(&h, HER).surrendered, 0);
}

TEST(a_departure_despite_a_withdrawal_that_was_known_says_so)
{
	struct house h = seated_house();

	at(&h, SITE_BUS, withdrawn(HER));
	at(&h, SITE_BUS, departed(HER));
	while (next_order(&h)) {
		CHECK_INT(person_of(&h, HER).broken, 1 << 1 | 1 << 6 | 1 << 7);
		CHECK_INT(status_of(&h, HER), STATUS_WITHDRAWN);
	}
}

TEST(a_child_that_goes_with_its_guardian_breaks_nothing)
{
	struct house h = house_with(CHILD("laila"));

	at(&h, SITE_BUS, departed("laila"));
	at(&h, SITE_BUS, crossed("laila", RETURN_KIND_FACILITATED));
	while (next_order(&h)) {
		CHECK_INT(person_of(&h, "laila").broken, 0);
		CHECK_INT(status_of(&h, "laila"), STATUS_CROSSED);
	}
}

TEST(a_departure_under_a_hold_breaks_the_rule_of_holds_known_or_not)
{
	struct house known = seated_house(), unknown = seated_house();

	at(&known, SITE_BUS, held(HER));
	at(&known, SITE_BUS, reconfirmed(HER));
	at(&known, SITE_BUS, departed(HER));
	while (next_order(&known))
		CHECK_INT(person_of(&known, HER).broken, 1 << 13);
	at(&unknown, SITE_OFFICE, held(HER));
	at(&unknown, SITE_BUS, reconfirmed(HER));
	at(&unknown, SITE_BUS, departed(HER));
	while (next_order(&unknown))
		CHECK_INT(person_of(&unknown, HER).broken, 1 << 13);
}

TEST(a_departure_with_nobody_asked_again_says_so)
{
	struct house h = seated_house();

	at(&h, SITE_BUS, departed(HER));
	at(&h, SITE_OFFICE, reconfirmed(HER)); /* elsewhere, unknown to the bus */
	while (next_order(&h))
		CHECK_INT(person_of(&h, HER).broken, 1 << 7);
}

TEST(a_departure_against_her_choice_says_so)
{
	struct house h = house_with(ADULT(HER), ANSWERED(STAY, 25 * HOUR));

	at(&h, SITE_BUS, reconfirmed(HER));
	at(&h, SITE_BUS, departed(HER));
	while (next_order(&h))
		CHECK_INT(person_of(&h, HER).broken, 1 << 1);
}

TEST(a_departure_is_judged_by_what_its_site_knew)
{
	struct house h = seated_house();

	at(&h, SITE_BUS, reconfirmed(HER));
	at(&h, SITE_OFFICE, chose(HER, ANSWER_STAY)); /* unknown to the bus */
	at(&h, SITE_BUS, departed(HER));
	while (next_order(&h)) {
		CHECK_INT(person_of(&h, HER).broken, 0);
		CHECK_INT(status_of(&h, HER), STATUS_STAY);
	}
}

TEST(a_facilitated_crossing_despite_a_withdrawal_says_so_known_or_not)
{
	struct house h = seated_house();

	at(&h, SITE_BUS, reconfirmed(HER));
	at(&h, SITE_BUS, departed(HER));
	at(&h, SITE_OFFICE, withdrawn(HER)); /* neither knows of the other */
	at(&h, SITE_BUS, crossed(HER, RETURN_KIND_FACILITATED));
	while (next_order(&h)) {
		CHECK_INT(person_of(&h, HER).broken, 1 << 6);
		CHECK(person_of(&h, HER).withdrawn);
		CHECK(person_of(&h, HER).departed);
		CHECK_INT(status_of(&h, HER), STATUS_CROSSED);
	}
}

TEST(who_crosses_by_herself_breaks_nothing)
{
	struct house h = hers();

	at(&h, SITE_GATE, withdrawn(HER));
	at(&h, SITE_GATE, crossed(HER, RETURN_KIND_ADVERSE));
	while (next_order(&h))
		CHECK_INT(person_of(&h, HER).broken, 0);
}

TEST(a_card_given_up_before_the_crossing_says_so)
{
	struct house h = hers();

	at(&h, SITE_OFFICE, surrendered(HER, DOCUMENT_KIND_POR));
	CHECK_INT(person_of(&h, HER).broken, 1 << 14);
	CHECK_INT(person_of(&h, HER).surrendered, 1 << DOCUMENT_KIND_POR);
	at(&h, SITE_OFFICE, withdrawn(HER));
	while (next_order(&h))
		CHECK_INT(person_of(&h, HER).surrendered, 0);
}

TEST(an_appointment_is_kept_until_it_is_missed)
{
	struct house h = hers();
	struct event e = with_number(event_of(KIND_APPOINTMENT_SET, HER), APPOINTMENT_SET_AT,
				     HOUSE_START + DAY);

	at(&h, SITE_OFFICE, e);
	CHECK_INT(person_of(&h, HER).appointment, HOUSE_START + DAY);
	at(&h, SITE_OFFICE, event_of(KIND_APPOINTMENT_MISSED, HER));
	CHECK_INT(person_of(&h, HER).appointment, 0);
	house_end(&h);
}

/* --- money and after ---------------------------------------------------------- */

TEST(an_approval_is_used_up_by_the_payment)
{
	struct house h = hers();
	struct person p;

	at(&h, SITE_OFFICE, by("approver", approved(HER, 1)));
	CHECK_INT(person_of(&h, HER).approved_parts, 1 << 1);
	at(&h, SITE_OFFICE, by("cashier", paid(HER, 1)));
	while (next_order(&h)) {
		p = person_of(&h, HER);
		CHECK_INT(p.approved_parts, 0);
		CHECK_INT(p.paid_parts, 1 << 1);
		CHECK_INT(p.paid_twice, 0);
		CHECK(is_id(p.approver, "approver"));
		CHECK(is_id(p.cashier, "cashier"));
		CHECK_INT(p.broken, 0);
	}
}

TEST(one_part_paid_at_two_sites_is_paid_twice_until_one_is_reversed)
{
	struct house h = hers();
	size_t payment;

	at(&h, SITE_OFFICE, paid(HER, 1));
	payment = at(&h, SITE_GATE, paid(HER, 1));
	CHECK_INT(person_of(&h, HER).paid_twice, 1 << 1);
	hear_all(&h);
	at(&h, SITE_OFFICE, payment_reversed(HER, payment));
	while (next_order(&h)) {
		CHECK_INT(person_of(&h, HER).paid_twice, 0);
		CHECK_INT(person_of(&h, HER).paid_parts, 1 << 1);
		CHECK_INT(person_of(&h, HER).broken, 1 << 15);
	}
}

TEST(a_part_paid_again_after_its_reversal_breaks_nothing)
{
	struct house h = hers();
	size_t payment = at(&h, SITE_OFFICE, paid(HER, 1));

	at(&h, SITE_OFFICE, payment_reversed(HER, payment));
	CHECK_INT(person_of(&h, HER).paid_parts, 0);
	at(&h, SITE_OFFICE, paid(HER, 1));
	while (next_order(&h))
		CHECK_INT(person_of(&h, HER).broken, 0);
}

TEST(a_complaint_is_open_until_it_is_answered)
{
	struct house h = hers();
	size_t complaint = at(&h, SITE_OFFICE, complained(HER));

	at(&h, SITE_OFFICE, complained(HER));
	CHECK_INT(person_of(&h, HER).complaints_open, 2);
	at(&h, SITE_OFFICE, complaint_answered(HER, complaint));
	while (next_order(&h))
		CHECK_INT(person_of(&h, HER).complaints_open, 1);
}

TEST(reading_a_file_is_counted)
{
	struct house h = hers();

	for (int i = 0; i < 3; i++)
		at(&h, SITE_OFFICE, file_opened(HER));
	while (next_order(&h)) {
		CHECK_INT(person_of(&h, HER).opened_count, 3);
		CHECK_INT(person_of(&h, HER).fact_count, 3);
	}
}

/* --- correction --------------------------------------------------------------- */

TEST(an_annulled_fact_never_was)
{
	struct house h = hers();
	size_t choice = at(&h, SITE_OFFICE, chose(HER, ANSWER_STAY));

	CHECK_INT(status_of(&h, HER), STATUS_STAY);
	at(&h, SITE_OFFICE, annulled(HER, choice));
	while (next_order(&h))
		CHECK_INT(status_of(&h, HER), STATUS_RETURN);
}

TEST(an_annulment_of_what_its_site_had_not_heard_of_changes_nothing)
{
	APART(one, two)
	{
		struct house h = hers();
		size_t choice = at(&h, one, chose(HER, ANSWER_STAY));

		at(&h, two, annulled(HER, choice));
		while (next_order(&h))
			CHECK_INT(status_of(&h, HER), STATUS_STAY);
	}
}

TEST(a_withdrawal_a_hold_and_a_payment_cannot_be_annulled)
{
	struct house h = hers();
	size_t facts[] = { at(&h, SITE_OFFICE, withdrawn(HER)), at(&h, SITE_OFFICE, held(HER)),
			   at(&h, SITE_OFFICE, paid(HER, 1)) };

	for (size_t i = 0; i < COUNT_OF(facts); i++)
		at(&h, SITE_OFFICE, annulled(HER, facts[i]));
	while (next_order(&h)) {
		CHECK(person_of(&h, HER).withdrawn);
		CHECK_INT(person_of(&h, HER).holds, 1);
		CHECK_INT(person_of(&h, HER).paid_parts, 1 << 1);
	}
}

TEST(an_annulled_choice_no_longer_lifts_the_withdrawal)
{
	struct house h = hers();
	size_t choice;

	at(&h, SITE_OFFICE, withdrawn(HER));
	choice = at(&h, SITE_OFFICE, chose(HER, ANSWER_RETURN));
	at(&h, SITE_OFFICE, annulled(HER, choice));
	while (next_order(&h))
		CHECK_INT(status_of(&h, HER), STATUS_WITHDRAWN);
}

TEST(an_annulment_that_is_annulled_leaves_the_fact)
{
	struct house h = hers();
	size_t choice = at(&h, SITE_OFFICE, chose(HER, ANSWER_STAY));
	size_t annulment = at(&h, SITE_OFFICE, annulled(HER, choice));

	at(&h, SITE_OFFICE, annulled(HER, annulment));
	while (next_order(&h))
		CHECK_INT(status_of(&h, HER), STATUS_STAY);
}

/* --- erasure ------------------------------------------------------------------ */

TEST(who_is_erased_stays_erased_and_has_no_name)
{
	struct house h = hers();
	struct id id = id_of_name(HER), home = id_of_name("home");
	struct person_names n;
	struct person p;

	at(&h, SITE_OFFICE, erased(HER));
	at(&h, SITE_GATE, with_text(amended(HER), PERSON_AMENDED_FAMILY_LATIN, "Khan"));
	at(&h, SITE_GATE, chose(HER, ANSWER_RETURN));
	while (next_order(&h)) {
		p = person_of(&h, HER);
		CHECK_INT(p.status, STATUS_ERASED);
		CHECK(!p.registered && !p.answer && !p.fact_count);
		CHECK(id_is_none(&p.household));
		CHECK(state_names(house_state(&h), &id, &n));
		CHECK_INT(n.given_latin.size + n.family_latin.size, 0);
		CHECK_INT(state_members(house_state(&h), &home, NULL, 0), 0);
	}
}

TEST(a_register_that_can_read_nothing_of_her_says_the_same_as_one_that_erased_her)
{
	struct house h = hers(), again = hers();
	struct id her = id_of_name(HER);
	struct fact_reader reader;
	struct hash erased_here, unreadable;
	struct state *s;

	at(&h, SITE_OFFICE, erased(HER));
	CHECK_INT(state_digest(house_state(&h), &erased_here), OK);
	CHECK_INT(state_new(&s), OK);
	for (size_t i = 0; i < h.count; i++) {
		bool hers_too = id_same(&h.facts[i].subject, &her);

		CHECK_INT(hers_too ? state_unreadable(s, &h.facts[i].ref, &her, NULL)
				   : state_take(s, &h.facts[i], NULL),
			  OK);
	}
	reader = house_reader(&h);
	CHECK_INT(state_settle(s, &reader, NULL), OK);
	CHECK_INT(state_digest(s, &unreadable), OK);
	CHECK(memcmp(&erased_here, &unreadable, sizeof(unreadable)) == 0);
	CHECK_INT(state_counts(s).unreadable, 4);
	CHECK_INT(state_digest(house_state(&again), &unreadable), OK);
	CHECK(memcmp(&erased_here, &unreadable, sizeof(unreadable)) != 0);
	state_free(s);
	house_end(&again);
	house_end(&h);
}

/* --- what waits --------------------------------------------------------------- */

/* A state without fact `missing`. */
static struct state *state_without(struct house *h, size_t missing)
{
	struct fact_reader reader = house_reader(h);
	struct state *s;

	CHECK_INT(state_new(&s), OK);
	for (size_t i = 0; i < h->count; i++)
		if (i != missing)
			CHECK_INT(state_take(s, &h->facts[i], NULL), OK);
	CHECK_INT(state_settle(s, &reader, NULL), OK);
	return s;
}

TEST(a_fact_waits_for_what_it_builds_on_unless_it_protects)
{
	struct house h = hers();
	struct id id = id_of_name(HER);
	struct fact_reader reader = house_reader(&h);
	size_t missing = at(&h, SITE_GATE, counselled(HER));
	struct fact_ref heads[HEADS_MAX];
	struct person p;
	struct state *s;

	at(&h, SITE_GATE, seated(HER, "bus"));
	at(&h, SITE_GATE, held(HER));
	at(&h, SITE_GATE, withdrawn(HER));
	s = state_without(&h, missing);
	CHECK(state_person(s, &id, &p));
	CHECK_INT(state_counts(s).waiting, 3);
	CHECK_INT(p.status, STATUS_WITHDRAWN);
	CHECK_INT(p.holds, 1);
	CHECK(id_is_none(&p.movement));
	CHECK_INT(p.fact_count, 3);
	/* A new fact builds on what is folded. */
	CHECK_INT(state_heads(s, &id, heads), 1);
	CHECK_INT(fact_ref_compare(&heads[0], &h.facts[missing].heads[0]), 0);
	CHECK_INT(state_take(s, &h.facts[missing], NULL), OK);
	CHECK_INT(state_settle(s, &reader, NULL), OK);
	CHECK_INT(state_counts(s).waiting, 0);
	CHECK(state_person(s, &id, &p));
	CHECK_INT(p.fact_count, 7);
	state_free(s);
	house_end(&h);
}

TEST(a_head_about_somebody_else_is_waited_for_and_then_is_enough)
{
	struct house h = house_with(ADULT(HER), ADULT("gul"));
	size_t other = at(&h, SITE_OFFICE, counselled("gul"));
	size_t odd = at(&h, SITE_GATE, chose(HER, ANSWER_STAY));
	struct fact_reader reader = house_reader(&h);
	struct id id = id_of_name(HER);
	struct fact_ref heads[2] = { h.facts[odd].heads[0], h.facts[other].ref };
	struct person p;
	struct state *s;

	h.facts[odd].heads = heads;
	h.facts[odd].head_count = 2;
	s = state_without(&h, other);
	CHECK(state_person(s, &id, &p));
	CHECK_INT(p.answer, 0);
	CHECK_INT(state_counts(s).waiting, 1);
	CHECK_INT(state_take(s, &h.facts[other], NULL), OK);
	CHECK_INT(state_settle(s, &reader, NULL), OK);
	CHECK(state_person(s, &id, &p));
	CHECK_INT(p.answer, ANSWER_STAY);
	state_free(s);
	house_end(&h);
}

TEST(facts_that_name_each_other_in_a_circle_wait_for_ever)
{
	struct house h = hers();
	size_t a = at(&h, SITE_GATE, counselled(HER)),
	       b = at(&h, SITE_GATE, chose(HER, ANSWER_STAY));

	h.facts[a].heads = &h.facts[b].ref;
	h.facts[a].head_count = 1;
	while (next_order(&h)) {
		CHECK_INT(status_of(&h, HER), STATUS_RETURN);
		CHECK_INT(state_counts(house_state(&h)).waiting, 2);
	}
}

TEST(a_fact_taken_twice_is_taken_once)
{
	struct house h = hers();
	struct state *s = state_without(&h, h.count);
	struct id id = id_of_name(HER);
	struct person p;

	CHECK_INT(state_take(s, &h.facts[h.count - 1], NULL), OK);
	CHECK(state_person(s, &id, &p));
	CHECK_INT(p.fact_count, 3);
	CHECK_INT(state_counts(s).facts, h.count);
	state_free(s);
	house_end(&h);
}

TEST(facts_of_a_later_version_are_counted_and_not_folded_unless_they_protect)
{
	struct house h = hers();
	size_t later = at(&h, SITE_OFFICE, chose(HER, ANSWER_STAY)), newer;

	h.facts[later].version = 2;
	CHECK_INT(status_of(&h, HER), STATUS_RETURN);
	CHECK_INT(person_of(&h, HER).unknown_count, 1);
	newer = at(&h, SITE_OFFICE, file_opened(HER));
	h.facts[newer].kind = NULL;
	h.facts[newer].kind_number = 99999;
	later = at(&h, SITE_OFFICE, withdrawn(HER));
	h.facts[later].version = 2;
	while (next_order(&h)) {
		CHECK_INT(status_of(&h, HER), STATUS_WITHDRAWN);
		CHECK_INT(person_of(&h, HER).unknown_count, 3);
		CHECK_INT(state_counts(house_state(&h)).unknown, 3);
	}
}

TEST(a_fact_of_a_kind_unknown_is_counted_also_where_it_comes_first)
{
	struct house h = house_with(ADULT(HER));
	size_t odd = at(&h, SITE_OFFICE, file_opened("gul"));

	h.facts[odd].kind = NULL;
	h.facts[odd].kind_number = 99999;
	at(&h, SITE_OFFICE, registered("gul", "home"));
	while (next_order(&h)) {
		CHECK_INT(person_of(&h, "gul").unknown_count, 1);
		CHECK_INT(person_of(&h, "gul").fact_count, 2);
	}
}

TEST(an_id_used_for_two_sorts_of_things_is_of_the_first_sort_in_every_order)
{
	struct house h = hers();
	struct id id = id_of_name(HER);
	struct household household;

	at(&h, SITE_GATE, household_registered(HER, "AZK-25-00002-M"));
	while (next_order(&h)) {
		CHECK_INT(state_sort_of(house_state(&h), &id), SUBJECT_HOUSEHOLD);
		CHECK_INT(status_of(&h, HER), STATUS_NONE);
		CHECK(state_household(house_state(&h), &id, &household));
		CHECK_TEXT(household.case_number, "AZK-25-00002-M");
		CHECK_INT(state_counts(house_state(&h)).persons, 0);
	}
}

TEST(all_facts_about_a_person_are_listed_in_the_order_of_the_fold)
{
	struct house h = hers();
	struct id id = id_of_name(HER);
	const struct fact_ref *refs;
	struct arena *a;
	size_t count;

	CHECK_INT(arena_new(&a, 1 << 20), OK);
	at(&h, SITE_GATE, counselled(HER));
	while (next_order(&h)) {
		CHECK_INT(state_facts_of(house_state(&h), &id, a, &refs, &count, NULL), OK);
		CHECK_INT(count, 4);
		for (size_t i = 0; i < count; i++)
			CHECK_INT(fact_ref_compare(&refs[i], &h.facts[i + 1].ref), 0);
	}
	arena_free(a);
}

TEST(a_long_history_is_folded_again_like_a_short_one)
{
	struct house h = hers();
	struct person p;

	at(&h, SITE_OFFICE, with_text(amended(HER), PERSON_AMENDED_FAMILY_LATIN, "Khan"));
	for (int i = 0; i < 1100; i++)
		at(&h, SITE_OFFICE, i % 10 ? file_opened(HER) : counselled(HER));
	at(&h, SITE_GATE, withdrawn(HER));
	p = person_of(&h, HER);
	CHECK_INT(p.status, STATUS_WITHDRAWN);
	CHECK_INT(p.opened_count, 990);
	CHECK_INT(p.fact_count, 115);
	CHECK_TEXT(p.counsel_language, "pus");
	house_end(&h);
}

/* --- what is not a person ----------------------------------------------------- */

TEST(a_closed_account_is_opened_again_only_by_somebody_who_knew)
{
	APART(one, two)
	{
		struct house h = house_with(ADULT(HER));
		struct account a;

		at(&h, one, account_opened("amina", ROLE_COUNSELLOR));
		CHECK(state_account_named(house_state(&h), TEXT("amina"), &a));
		CHECK(a.open);
		CHECK_INT(a.roles, 1 << ROLE_COUNSELLOR);
		CHECK(!state_account_named(house_state(&h), TEXT("amin"), &a));
		hear_all(&h);
		at(&h, one, event_of(KIND_ACCOUNT_CLOSED, "amina"));
		at(&h, two, account_opened("amina", ROLE_CASHIER));
		while (next_order(&h)) {
			CHECK(state_account_named(house_state(&h), TEXT("amina"), &a));
			CHECK(!a.open);
		}
	}
}

static struct event advisory(int64_t state)
{
	struct event e = event_of(KIND_ADVISORY_SET, "closure");

	e = with_number(e, ADVISORY_SET_SORT, ADVISORY_CROSSING_CLOSED);
	e = with_text(e, ADVISORY_SET_CROSSING, "XP-TORKHAM");
	e = with_text(e, ADVISORY_SET_SOURCE, "border police");
	return with_number(e, ADVISORY_SET_STATE, state);
}

static bool keep_advisory(void *self, const struct advisory *row)
{
	*(struct advisory *)self = *row;
	return true;
}

TEST(a_closed_crossing_is_open_again_only_for_somebody_who_knew_it_closed)
{
	struct house h = house_with(ADULT(HER));
	struct advisory a;

	at(&h, SITE_OFFICE, advisory(ADVISORY_STATE_IN_FORCE));
	at(&h, SITE_GATE, advisory(ADVISORY_STATE_ENDED));
	state_each_advisory(house_state(&h), keep_advisory, &a);
	CHECK(a.in_force);
	hear_all(&h);
	at(&h, SITE_GATE, advisory(ADVISORY_STATE_ENDED));
	while (next_order(&h)) {
		state_each_advisory(house_state(&h), keep_advisory, &a);
		CHECK(!a.in_force);
		CHECK_TEXT(a.crossing, "XP-TORKHAM");
	}
}

TEST(an_ending_that_does_not_say_where_leaves_a_closure_that_stands_where_it_was)
{
	struct house h = house_with(ADULT(HER));
	struct event ending = event_of(KIND_ADVISORY_SET, "closure");
	struct advisory a;

	ending = with_number(ending, ADVISORY_SET_SORT, ADVISORY_CROSSING_CLOSED);
	ending = with_text(ending, ADVISORY_SET_SOURCE, "border police");
	ending = with_number(ending, ADVISORY_SET_STATE, ADVISORY_STATE_ENDED);
	at(&h, SITE_OFFICE, advisory(ADVISORY_STATE_IN_FORCE));
	hear_all(&h);
	at(&h, SITE_OFFICE, advisory(ADVISORY_STATE_IN_FORCE));
	at(&h, SITE_GATE, ending);
	while (next_order(&h)) {
		state_each_advisory(house_state(&h), keep_advisory, &a);
		CHECK(a.in_force);
		CHECK_TEXT(a.crossing, "XP-TORKHAM");
	}
}

static struct event terms_set(const char *which, int64_t cooling_h)
{
	struct event e = event_of(KIND_TERMS_SET, which);

	e = with_number(e, TERMS_SET_COOLING, cooling_h);
	e = with_number(e, TERMS_SET_LAPSE, 60);
	return with_number(e, TERMS_SET_RECONFIRM, 6);
}

TEST(the_terms_are_those_of_the_design_until_others_are_set)
{
	struct house h = house_with(ADULT(HER));

	CHECK_INT(state_terms(house_state(&h)).cooling_s, 24 * HOUR);
	CHECK_INT(state_terms(house_state(&h)).lapse_s, 90 * DAY);
	CHECK_INT(state_terms(house_state(&h)).reconfirm_s, 12 * HOUR);
	at(&h, SITE_OFFICE, terms_set("first terms", 48));
	at(&h, SITE_OFFICE, terms_set("second terms", 36));
	while (next_order(&h)) {
		CHECK_INT(state_terms(house_state(&h)).cooling_s, 36 * HOUR);
		CHECK_INT(state_terms(house_state(&h)).lapse_s, 60 * DAY);
		CHECK_INT(state_terms(house_state(&h)).reconfirm_s, 6 * HOUR);
	}
}

static bool keep_instrument(void *self, const struct instrument *row)
{
	*(struct instrument *)self = *row;
	return true;
}

TEST(an_instrument_keeps_its_text_through_its_steps)
{
	struct house h = house_with(ADULT(HER));
	struct instrument i;

	at(&h, SITE_OFFICE,
	   with_text(event_of(KIND_INSTRUMENT_RECORDED, "order"), INSTRUMENT_RECORDED_CODE,
		     "DIR-056"));
	at(&h, SITE_OFFICE,
	   with_number(with_text(event_of(KIND_INSTRUMENT_STEP, "order"), INSTRUMENT_STEP_PARTY,
				 "Peshawar High Court"),
		       INSTRUMENT_STEP_STEP, STEP_SUSPENDED));
	at(&h, SITE_OFFICE,
	   with_number(event_of(KIND_INSTRUMENT_STEP, "order"), INSTRUMENT_STEP_STEP,
		       STEP_RESUMED));
	while (next_order(&h)) {
		state_each_instrument(house_state(&h), keep_instrument, &i);
		CHECK_TEXT(i.code, "DIR-056");
		CHECK_INT(i.step_count, 2);
		CHECK_INT(i.steps[0].step, STEP_SUSPENDED);
		CHECK_TEXT(i.steps[0].party, "Peshawar High Court");
		CHECK_INT(i.steps[1].step, STEP_RESUMED);
		CHECK_INT(i.steps[1].on, DAY_NONE);
		CHECK_INT(i.date, DAY_NONE);
	}
}

TEST(a_tariff_is_what_was_set_last)
{
	struct house h = house_with(ADULT(HER));
	struct id id = id_of_name("tariff");
	struct tariff t;

	for (int64_t amount = 100; amount < 300; amount += 100)
		at(&h, SITE_OFFICE,
		   with_number(with_text(event_of(KIND_TARIFF_SET, "tariff"), TARIFF_SET_CURRENCY,
					 "PKR"),
			       TARIFF_SET_AMOUNT, amount));
	while (next_order(&h)) {
		CHECK(state_tariff(house_state(&h), &id, &t));
		CHECK_INT(t.amount, 200);
		CHECK_TEXT(t.currency, "PKR");
		CHECK_INT(t.valid_to, DAY_NONE);
	}
}

TEST(a_site_says_its_name_and_when_it_last_recorded)
{
	struct house h = house_with(ADULT(HER));
	struct id id = id_of_site(SITE_OFFICE);
	struct site_state site;

	CHECK(!state_site(house_state(&h), &id, &site));
	at(&h, SITE_OFFICE,
	   with_text(event_of(KIND_SITE_JOINED, "site office"), SITE_JOINED_NAME, "Azakhel"));
	while (next_order(&h)) {
		CHECK(state_site(house_state(&h), &id, &site));
		CHECK_TEXT(site.name, "Azakhel");
		CHECK_INT(site.last_recorded, HOUSE_START);
		CHECK(!site.revoked);
	}
}

/* --- idempotency -------------------------------------------------------------- */

TEST(a_key_is_known_for_thirty_days_of_its_own_site)
{
	struct house h = hers();
	struct id old = id_of_name("old key"), new = id_of_name("new key");
	struct fact_ref ref;
	size_t first = at(&h, SITE_OFFICE, file_opened(HER)), second;

	h.facts[first].key = old;
	CHECK(state_key(house_state(&h), &old, &ref));
	CHECK_INT(fact_ref_compare(&ref, &h.facts[first].ref), 0);
	CHECK(!state_key(house_state(&h), &new, &ref));
	wait_s(&h, 40 * DAY);
	at(&h, SITE_GATE, file_opened(HER)); /* another site's clock makes it no older */
	CHECK(state_key(house_state(&h), &old, &ref));
	second = at(&h, SITE_OFFICE, file_opened(HER));
	h.facts[second].key = new;
	while (next_order(&h)) {
		CHECK(!state_key(house_state(&h), &old, &ref));
		CHECK(state_key(house_state(&h), &new, &ref));
	}
}

RUN_TESTS()
