/* The tables, and what holds for every family. */
#include "rules/rules_testing.h"

/* --- the tables ----------------------------------------------------------------------------- */

TEST(there_are_seventeen_rules_each_with_a_statement_and_a_source)
{
	for (int r = 1; r <= RULES_COUNT; r++) {
		const struct rule_info *info = rule_info((enum rule)r);

		CHECK_INT(info->rule, r);
		CHECK(strncmp(info->statement, "rule.", 5) == 0);
		CHECK(strlen(info->source) > 10);
		CHECK(rule_named(text_of(info->id)) == info);
	}
	CHECK(!rule_named(TEXT("TIME_TO")));
	CHECK(!rule_named(TEXT("")));
	CHECK(!rule_info((enum rule)0));
	CHECK(!rule_info((enum rule)(RULES_COUNT + 1)));
	CHECK_TEXT(rule_info(RULE_TIME_TO_THINK)->id, "TIME_TO_THINK");
}

TEST(every_rule_guards_something)
{
	for (int r = 1; r <= RULES_COUNT; r++) {
		bool guards = false;

		for (size_t k = 0; k < kind_count(); k++)
			guards |= rule_guards((enum rule)r, kind_at(k)->kind);
		CHECK(guards);
	}
	CHECK(!rule_guards(RULE_FREE, KIND_UNKNOWN));
	CHECK(rule_guards(RULE_FREE, KIND_SEAT_ASSIGNED));
	CHECK(!rule_guards(RULE_FIT_TO_TRAVEL, KIND_SEAT_ASSIGNED));
}

/* What a person does by herself, and what protects her, waits for no rule. */
static const enum kind unguarded[] = {
	KIND_CHOICE_WITHDRAWN,	 KIND_PRESSURE_REPORTED, KIND_COUNSELLING_HELD,
	KIND_CHILD_HEARD,	 KIND_HOLD_PLACED,	 KIND_INCIDENT_REPORTED,
	KIND_INCIDENT_REFERRED,	 KIND_INCIDENT_VISITED,	 KIND_INCIDENT_CLOSED,
	KIND_ASSESSMENT_MADE,	 KIND_CROSSING_RECORDED, KIND_ARRIVAL_RECORDED,
	KIND_SEAT_RELEASED,	 KIND_FOLLOWUP_HELD,	 KIND_COMPLAINT_MADE,
	KIND_COMPLAINT_ANSWERED, KIND_SHARING_REFUSED,	 KIND_SHARING_WITHDRAWN,
	KIND_PERSON_ERASED,
};

TEST(what_a_person_does_by_herself_is_guarded_by_no_rule)
{
	for (int r = 1; r <= RULES_COUNT; r++)
		for (size_t i = 0; i < COUNT_OF(unguarded); i++)
			CHECK(!rule_guards((enum rule)r, unguarded[i]));
}

TEST(what_is_permanent_is_never_annulled)
{
	struct scene s;

	scene_make(&s);
	for (size_t i = 0; i < kind_count(); i++) {
		enum kind kind = kind_at(i)->kind;

		fact_begin(&s.named, kind);
		scene_asks(&s, KIND_FACT_ANNULLED, s.zarmina);
		s.q.second = &s.officers[CLERK];
		CHECK_INT(scene_against(&s) > 0, kind_is_permanent(kind));
	}
	CHECK(kind_is_permanent(KIND_CHOICE_WITHDRAWN));
	CHECK(kind_is_permanent(KIND_HOLD_PLACED));
	CHECK(kind_is_permanent(KIND_PERSON_ERASED));
	CHECK(kind_is_permanent(KIND_GRANT_PAID));
	CHECK(!kind_is_permanent(KIND_CHOICE_MADE));
}

/* All that can speak against anybody, at once. */
static void make_the_worst(struct scene *s)
{
	scene_make(s);
	for (size_t i = 0; i < 3; i++) {
		struct person *p = &s->members[i];

		p->withdrawn = p->died = p->review_due = true;
		p->holds = p->detentions_open = 1;
		p->answer = ANSWER_STAY;
		p->counselled = p->reconfirmed = 0;
		p->fitness = RESULT_UNFAVOURABLE;
		p->child_view = CHILD_VIEW_DISAGREES;
		p->care = CARE_UNACCOMPANIED;
		p->registered_by = p->counsellor = p->choice_officer = p->reconfirm_officer =
			s->officers[CLERK].id;
		p->paid_parts = UINT16_MAX;
	}
	s->terms.cooling_s = 0;
	s->bus.seats = 0;
	fact_begin(&s->named, KIND_GRANT_PAID);
}

TEST(a_rule_has_nothing_to_say_about_what_it_does_not_guard)
{
	struct scene s;

	make_the_worst(&s);
	for (size_t i = 0; i < kind_count(); i++)
		for (size_t n = 0; n < 3; n++) {
			scene_asks(&s, kind_at(i)->kind, &s.members[n]);
			scene_by(&s, CLERK);
			s.q.advisories = &s.advisory;
			s.q.advisory_count = 1;
			s.q.time_counts = false;
			for (int r = 0; r <= RULES_COUNT + 1; r++)
				if (!rule_guards((enum rule)r, kind_at(i)->kind) &&
				    rule_judge((enum rule)r, &s.q).outcome != OUTCOME_ALLOWED)
					check_failed(__FILE__, __LINE__, "rule %d on %s", r,
						     kind_at(i)->word);
		}
}

TEST(a_fact_of_a_kind_that_is_not_known_is_stopped_by_no_rule)
{
	struct scene s;

	make_the_worst(&s);
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	CHECK(scene_against(&s) > 0);
	s.fact.kind = NULL;
	CHECK_INT(scene_against(&s), 0);
}

TEST(a_verdict_is_given_on_every_number_up_to_the_last_rule)
{
	struct verdict verdicts[RULES_COUNT + 1];
	struct scene s;

	scene_make(&s);
	scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
	memset(verdicts, 0xa5, sizeof(verdicts));
	CHECK_INT(rules_judge(&s.q, verdicts), 0);
	for (int r = 0; r <= RULES_COUNT; r++)
		CHECK(verdicts[r].outcome == OUTCOME_ALLOWED && !verdicts[r].why);
}

/* --- any family --------------------------------------------------------------------------------- */

static const enum kind guarded_kinds[] = {
	KIND_CHOICE_MADE,   KIND_SEAT_ASSIGNED,	       KIND_DEPARTURE_RECORDED,
	KIND_REVIEW_MADE,   KIND_CHOICE_RECONFIRMED,   KIND_HOLD_LIFTED,
	KIND_FACT_ANNULLED, KIND_DOCUMENT_SURRENDERED, KIND_GRANT_APPROVED,
	KIND_GRANT_PAID,    KIND_GRANT_REVERSED,       KIND_EXPORT_REQUESTED,
};

static uint8_t code(struct prop *p, int most)
{
	return (uint8_t)prop_pick(p, (size_t)most + 1);
}

static int64_t some_time(struct prop *p)
{
	return prop_bool(p) ? NOW - prop_int(p, -2 * DAY, 100 * DAY)
			    : NOW - prop_int(p, 0, 3) * 12 * HOUR;
}

static struct id some_officer(struct prop *p)
{
	return id_numbered((uint8_t)(100 + prop_pick(p, OFFICERS)));
}

static void disturb_choice(struct prop *p, struct person *x)
{
	switch (prop_pick(p, 10)) {
	case 0: x->answer = code(p, ANSWER_UNDECIDED); return;
	case 1: x->answered = some_time(p); return;
	case 2: x->cooling_from = some_time(p); return;
	case 3:
		x->withdrawn = true;
		x->answer = 0;
		return;
	case 4: x->counselled = prop_bool(p) ? 0 : some_time(p); return;
	case 5: x->counsellor_sex = code(p, SEX_OTHER); return;
	case 6: x->counselled_before_choice = prop_bool(p); return;
	case 7: x->reconfirmed = prop_bool(p) ? 0 : some_time(p); return;
	case 8: x->reconfirm_company = code(p, COMPANY_OTHERS_PRESENT); return;
	default: x->apart_by_choice = prop_bool(p); return;
	}
}

static void disturb_protection(struct prop *p, struct person *x)
{
	switch (prop_pick(p, 12)) {
	case 0: x->holds = code(p, 2); return;
	case 1: x->review_due = prop_bool(p); return;
	case 2: x->finding = code(p, FINDING_NEEDS_TIME); return;
	case 3: x->reviewer = some_officer(p); return;
	case 4: x->detentions_open = code(p, 1); return;
	case 5: x->fitness = code(p, RESULT_PENDING); return;
	case 6: x->needs = (uint32_t)prop_uint(p, 0, 1u << 13); return;
	case 7: x->best_interests = code(p, RESULT_PENDING); return;
	case 8: x->tracing = code(p, RESULT_PENDING); return;
	case 9: x->other_parent = code(p, RESULT_PENDING); return;
	case 10: x->child_view = code(p, CHILD_VIEW_TOO_YOUNG); return;
	default: x->capacity = code(p, CAPACITY_NEEDS_ASSESSMENT); return;
	}
}

static void disturb_rest(struct prop *p, struct person *x)
{
	switch (prop_pick(p, 12)) {
	case 0: x->care = code(p, CARE_HEADS_HOUSEHOLD); return;
	case 1: x->marital = code(p, MARITAL_SEPARATED); return;
	case 2: x->born_to = TODAY - (int32_t)prop_int(p, 0, 60 * 365); return;
	case 3: x->movement = id_numbered((uint8_t)(80 + prop_pick(p, 2))); return;
	case 4: x->movement = (struct id){ 0 }; return;
	case 5:
		x->departed = some_time(p);
		x->departed_with = id_numbered(80);
		return;
	case 6:
		x->crossed = some_time(p);
		x->return_kind = code(p, RETURN_KIND_UNKNOWN);
		return;
	case 7: x->died = prop_bool(p); return;
	case 8: x->guardian = id_numbered((uint8_t)prop_pick(p, 4)); return;
	case 9: x->paid_parts = (uint16_t)prop_uint(p, 0, 7); return;
	case 10: x->approved_parts = (uint16_t)prop_uint(p, 0, 7); return;
	default: x->approver = some_officer(p); return;
	}
}

/* A family with up to five things out of order, and a question about one of it. */
static void any_scene(struct prop *p, struct scene *s, enum kind kind)
{
	size_t about = prop_pick(p, 3);

	scene_make(s);
	for (size_t n = prop_pick(p, 6); n > 0; n--) {
		struct person *x = &s->members[prop_pick(p, 3)];

		switch (prop_pick(p, 3)) {
		case 0: disturb_choice(p, x); break;
		case 1: disturb_protection(p, x); break;
		default: disturb_rest(p, x); break;
		}
	}
	s->bus.departs = prop_bool(p) ? NOW : some_time(p);
	scene_asks(s, kind, &s->members[about]);
	s->q.time_counts = prop_pick(p, 8) != 0;
	if (prop_bool(p))
		scene_by(s, (enum officer)prop_pick(p, OFFICERS));
}

static enum kind any_guarded(struct prop *p)
{
	return guarded_kinds[prop_pick(p, COUNT_OF(guarded_kinds))];
}

static enum kind any_travel(struct prop *p)
{
	return prop_bool(p) ? KIND_SEAT_ASSIGNED : KIND_DEPARTURE_RECORDED;
}

static void a_verdict_is_the_same_again_and_says_why(struct prop *p)
{
	struct verdict first[RULES_COUNT + 1], again[RULES_COUNT + 1];
	struct scene s;
	struct person before[3];
	size_t against = 0;

	any_scene(p, &s, any_guarded(p));
	memcpy(before, s.members, sizeof(before));
	CHECK_INT(rules_judge(&s.q, first), rules_judge(&s.q, again));
	CHECK(memcmp(before, s.members, sizeof(before)) == 0);
	for (int r = 0; r <= RULES_COUNT; r++) {
		struct verdict v = first[r];

		CHECK(v.outcome == again[r].outcome && v.why == again[r].why &&
		      v.not_before == again[r].not_before);
		CHECK(!v.why == (v.outcome == OUTCOME_ALLOWED) && !v.next == !v.why);
		if (!v.why)
			continue;
		against++;
		CHECK(strncmp(v.why, v.outcome == OUTCOME_MISSING ? "missing." : "refused.", 8) ==
		      0);
		CHECK(strncmp(v.next, "next.", 5) == 0);
		CHECK_TEXT(v.next + 5, v.why + 8);
	}
	CHECK_INT(against, rules_judge(&s.q, first));
}

PROP_FUZZ(2, a_verdict_is_the_same_again_and_says_why)

TEST(verdicts_are_pure_and_say_why_and_what_next)
{
	prop_run(a_verdict_is_the_same_again_and_says_why, 3000, 1);
}

/* Something more that speaks against her going. */
static void add_bad_news(struct prop *p, struct scene *s, struct person *x)
{
	switch (prop_pick(p, 8)) {
	case 0: x->holds++; return;
	case 1:
		x->withdrawn = true;
		x->answer = 0;
		return;
	case 2: x->review_due = true; return;
	case 3: x->detentions_open = 1; return;
	case 4: x->finding = FINDING_NOT_VOLUNTARY; return;
	case 5: x->fitness = RESULT_UNFAVOURABLE; return;
	case 6: x->reconfirmed = 0; return;
	default: s->q.advisories = &s->advisory; s->q.advisory_count = 1;
	}
}

static void bad_news_opens_nothing(struct prop *p)
{
	struct scene s;
	bool stopped;

	any_scene(p, &s, any_travel(p));
	stopped = scene_against(&s) > 0;
	add_bad_news(p, &s, &s.members[s.q.person - s.members]);
	CHECK(!stopped || scene_against(&s) > 0);
}
PROP_FUZZ(1, bad_news_opens_nothing)

TEST(what_speaks_against_her_going_never_opens_a_gate)
{
	prop_run(bad_news_opens_nothing, 5000, 2);
}

static void held_or_withdrawn_or_detained_she_stays(struct prop *p)
{
	struct scene s;
	struct person *x;

	any_scene(p, &s, any_travel(p));
	x = &s.members[s.q.person - s.members];
	switch (prop_pick(p, 3)) {
	case 0: x->holds = 1; break;
	case 1: x->withdrawn = true; break;
	default: x->detentions_open = 1; break;
	}
	CHECK(scene_against(&s) > 0);
}

TEST(held_withdrawn_or_detained_nobody_leaves_whatever_else_is_on_record)
{
	prop_run(held_or_withdrawn_or_detained_she_stays, 5000, 3);
}

static void to_stay_asks_for_nothing(struct prop *p)
{
	struct scene s;
	struct person *x;

	any_scene(p, &s, KIND_CHOICE_MADE);
	x = &s.members[s.q.person - s.members];
	x->died = false;
	x->born_to = TODAY - 30 * 365;
	scene_chooses(&s, x, prop_bool(p) ? ANSWER_STAY : ANSWER_UNDECIDED);
	scene_by(&s, (enum officer)prop_pick(p, OFFICERS));
	s.q.time_counts = prop_bool(p);
	CHECK_INT(scene_against(&s), 0);
}

TEST(an_adults_answer_to_stay_waits_for_nothing)
{
	prop_run(to_stay_asks_for_nothing, 3000, 4);
}

/* In 28 years the Gregorian calendar comes round, weekdays and leap days, until 2100. */
#define ROUND_DAYS 10227
#define ROUND_S (ROUND_DAYS * DAY)

static void later_time(int64_t *t)
{
	if (*t)
		*t += ROUND_S;
}

static void later_person(struct person *x)
{
	x->born_from += ROUND_DAYS;
	x->born_to += ROUND_DAYS;
	later_time(&x->counselled);
	later_time(&x->answered);
	later_time(&x->cooling_from);
	later_time(&x->reconfirmed);
	later_time(&x->departed);
	later_time(&x->crossed);
}

static void no_day_is_like_a_deadline(struct prop *p)
{
	struct verdict now[RULES_COUNT + 1], later[RULES_COUNT + 1];
	struct scene s;

	any_scene(p, &s, any_guarded(p));
	rules_judge(&s.q, now);
	for (size_t i = 0; i < 3; i++)
		later_person(&s.members[i]);
	s.q.now += ROUND_S;
	s.q.today += ROUND_DAYS;
	s.bus.departs += ROUND_S;
	s.tariff.valid_from += ROUND_DAYS;
	rules_judge(&s.q, later);
	for (int r = 1; r <= RULES_COUNT; r++) {
		CHECK(now[r].why == later[r].why);
		CHECK_INT(now[r].not_before ? now[r].not_before + ROUND_S : 0, later[r].not_before);
	}
}

/* What counts is how long ago things were, never which day it is. */
TEST(the_same_family_is_judged_the_same_on_any_date)
{
	prop_run(no_day_is_like_a_deadline, 5000, 5);
}

RUN_TESTS()
