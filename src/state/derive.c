/*
 * What follows from the marks of a person.
 *
 * Where several marks of a sort stand because their sites did not know of each other,
 * what is safer for the person counts: choices that differ make her undecided, of
 * several reviews and assessments the most careful counts, cooling-off counts from the
 * newest choice.
 *
 * Two things of the world are not undone by words: who has crossed, has crossed, also
 * where a withdrawal stands (`withdrawn` and `broken` say the rest).  A departure is
 * undone by a withdrawal as long as she has not crossed.
 */
#include "state/steps.h"

static uint8_t count8(uint8_t n)
{
	return (uint8_t)(n + (n < UINT8_MAX));
}

static bool choices_differ(const struct mark *a, const struct mark *b)
{
	return a->code != b->code || (a->code == ANSWER_RETURN && !text_same(a->symbol, b->symbol));
}

static void take_choice(struct person *p, const struct mark *m, const struct mark **first)
{
	if (!*first) {
		*first = m;
		p->answer = m->code;
		p->counselled_before_choice = true;
	}
	if (choices_differ(*first, m)) {
		p->answers_differ = true;
		p->answer = ANSWER_UNDECIDED;
	}
	if (m->recorded > p->answered)
		p->answered = m->recorded;
	if (m->number > p->cooling_from)
		p->cooling_from = m->number;
	if (m->second > p->choice_company) /* alone, with her own companion, with others */
		p->choice_company = m->second;
	p->counselled_before_choice &= (m->flags & FLAG_COUNSELLED) != 0;
	p->apart_by_choice |= (m->flags & FLAG_APART) != 0;
	p->choice_by = m->other;
	p->choice_officer = m->officer;
	p->choice_destination = m->symbol;
}

/* From the worst: not voluntary, needs time, voluntary. */
static int care_of_finding(uint8_t finding)
{
	return finding == FINDING_VOLUNTARY ? 1 : finding == FINDING_NEEDS_TIME ? 2 : 3;
}

static void take_review(struct person *p, const struct mark *m)
{
	if (p->reviewed && care_of_finding(m->code) < care_of_finding(p->finding))
		return;
	p->finding = m->code;
	p->reviewed = m->recorded;
	p->reviewer = m->officer;
}

static int care_of_result(uint8_t result)
{
	switch (result) {
	case 0: return 0;
	case RESULT_FAVOURABLE: return 1;
	case RESULT_FAVOURABLE_WITH_ESCORT: return 2;
	case RESULT_PENDING: return 3;
	default: return 4;
	}
}

static void take_assessment(struct person *p, const struct mark *m)
{
	static const struct {
		uint8_t sort;
		size_t column;
	} columns[] = {
		{ ASSESSMENT_BEST_INTERESTS, offsetof(struct person, best_interests) },
		{ ASSESSMENT_TRACING, offsetof(struct person, tracing) },
		{ ASSESSMENT_FITNESS, offsetof(struct person, fitness) },
		{ ASSESSMENT_CAPACITY, offsetof(struct person, capacity_result) },
		{ ASSESSMENT_OTHER_PARENT, offsetof(struct person, other_parent) },
	};

	for (size_t i = 0; i < COUNT_OF(columns); i++) {
		uint8_t *column = (uint8_t *)p + columns[i].column;

		if (columns[i].sort != m->code ||
		    care_of_result(m->second) < care_of_result(*column))
			continue;
		*column = m->second;
		if (m->code == ASSESSMENT_FITNESS)
			p->escort_named = (m->flags & FLAG_ESCORT) != 0;
		if (m->code == ASSESSMENT_OTHER_PARENT)
			p->other_parent_basis = (uint8_t)m->number;
	}
}

/* What others have to answer: the longest wait counts. */
static void take_wait(struct person *p, const struct mark *m)
{
	if (!p->waits_since || m->recorded < p->waits_since)
		p->waits_since = m->recorded;
}

static void take_incident(struct person *p, const struct mark *m)
{
	take_wait(p, m);
	p->incidents_open = count8(p->incidents_open);
	if (m->code == INCIDENT_ARREST || m->code == INCIDENT_DETENTION)
		p->detentions_open = count8(p->detentions_open);
	if (!(m->flags & FLAG_REFERRED) && (!p->incident_since || m->recorded < p->incident_since))
		p->incident_since = m->recorded;
}

static void take_payment(struct person *p, uint8_t part)
{
	uint16_t bit = (uint16_t)(part < 16 ? 1u << part : 0);

	p->paid_twice |= p->paid_parts & bit;
	p->paid_parts |= bit;
}

static void take_departure(struct person *p, const struct mark *m)
{
	p->departed = m->recorded;
	p->departed_with = m->other;
	p->departure_officer = m->officer;
}

static void take_mark(struct person *p, const struct mark *m, const struct mark **choice)
{
	switch ((enum mark_sort)m->sort) {
	case MARK_WITHDRAWAL:
		p->withdrawn = true;
		if (m->recorded > p->withdrawn_at)
			p->withdrawn_at = m->recorded;
		return;
	case MARK_HOLD:
		take_wait(p, m);
		p->holds = count8(p->holds);
		return;
	case MARK_CAUSE:
		take_wait(p, m);
		p->review_due = true;
		return;
	case MARK_INCIDENT: take_incident(p, m); return;
	case MARK_REVIEW: take_review(p, m); return;
	case MARK_ASSESSMENT: take_assessment(p, m); return;
	case MARK_CHOICE: take_choice(p, m, choice); return;
	case MARK_RECONFIRMED:
		p->reconfirmed = m->recorded;
		p->reconfirm_officer = m->officer;
		p->reconfirm_company = m->second;
		p->reconfirm_by_transporter = (m->flags & FLAG_TRANSPORTER) != 0;
		return;
	case MARK_SEAT:
		p->movement = m->other;
		p->seat = (uint16_t)m->number;
		p->seated = m->recorded;
		p->seat_officer = m->officer;
		return;
	case MARK_DEPARTURE: return; /* once it is known whether she crossed */
	case MARK_CROSSING:
		p->crossed = m->recorded;
		p->return_kind = m->code;
		p->crossing = m->symbol;
		return;
	case MARK_ARRIVAL:
		p->arrived = m->recorded;
		p->arrival_area = m->symbol;
		return;
	case MARK_SURRENDERED:
		p->surrendered |= (uint16_t)(m->code < 16 ? 1u << m->code : 0);
		return;
	case MARK_APPROVAL:
		p->approved_parts |= (uint16_t)(m->code < 16 ? 1u << m->code : 0);
		return;
	case MARK_PAYMENT: take_payment(p, m->code); return;
	case MARK_COMPLAINT:
		take_wait(p, m);
		p->complaints_open = count8(p->complaints_open);
		return;
	case MARK_APART: p->apart_by_choice = true; return;
	case MARK_DECIDED: return; /* of a pair: read by state_decision() */
	case MARK_IN_FORCE:
	case MARK_CANCELLED:
	case MARK_CLOSED:
	case MARK_SORTS: return;
	}
}

/* All columns that only marks decide. */
static void clear_derived(struct person *p)
{
	p->apart_by_choice = false;
	p->counselled_before_choice = p->answers_differ = p->withdrawn = false;
	p->answer = p->choice_company = 0;
	p->answered = p->cooling_from = p->withdrawn_at = 0;
	p->choice_by = p->choice_officer = (struct id){ 0 };
	p->choice_destination = (struct text){ 0 };
	p->reconfirmed = 0;
	p->reconfirm_officer = (struct id){ 0 };
	p->reconfirm_company = 0;
	p->reconfirm_by_transporter = false;
	p->holds = p->incidents_open = p->detentions_open = p->complaints_open = 0;
	p->review_due = p->escort_named = false;
	p->finding = p->best_interests = p->tracing = p->fitness = 0;
	p->capacity_result = p->other_parent = p->other_parent_basis = 0;
	p->reviewed = p->incident_since = p->waits_since = 0;
	p->reviewer = (struct id){ 0 };
	p->movement = p->seat_officer = p->departed_with = p->departure_officer = (struct id){ 0 };
	p->seat = p->surrendered = 0;
	p->seated = p->departed = p->crossed = p->arrived = 0;
	p->return_kind = 0;
	p->crossing = p->arrival_area = (struct text){ 0 };
	p->approved_parts = p->paid_parts = p->paid_twice = 0;
}

static void clear_choice(struct person *p)
{
	p->answer = p->choice_company = 0;
	p->answers_differ = p->counselled_before_choice = false;
	p->answered = p->cooling_from = p->reconfirmed = 0;
	p->choice_by = p->choice_officer = (struct id){ 0 };
	p->choice_destination = (struct text){ 0 };
}

static void clear_seat(struct person *p)
{
	p->movement = p->seat_officer = (struct id){ 0 };
	p->seat = 0;
	p->seated = 0;
}

static enum person_status status_of(const struct person *p)
{
	if (p->erased)
		return STATUS_ERASED;
	if (p->died)
		return STATUS_DIED;
	if (p->arrived)
		return STATUS_ARRIVED;
	if (p->crossed)
		return STATUS_CROSSED;
	if (p->withdrawn)
		return STATUS_WITHDRAWN;
	if (p->departed)
		return STATUS_DEPARTED;
	if (!id_is_none(&p->movement))
		return STATUS_SEATED;
	switch (p->answer) {
	case 0: return p->registered ? STATUS_REGISTERED : STATUS_NONE;
	case ANSWER_RETURN: return STATUS_RETURN;
	case ANSWER_STAY: return STATUS_STAY;
	default: return STATUS_UNDECIDED;
	}
}

void derive_person(struct person *p, const struct standing *s)
{
	const struct mark *choice = NULL;

	clear_derived(p);
	for (uint32_t i = 0; i < s->count; i++)
		take_mark(p, &s->marks[i], &choice);
	if (p->withdrawn)
		clear_choice(p);
	if (p->withdrawn)
		p->surrendered = 0;
	/* A child has no answer of its own and sits beside its guardian. */
	if (p->withdrawn || (p->answer && p->answer != ANSWER_RETURN))
		clear_seat(p);
	for (uint32_t i = 0; i < s->count; i++) {
		bool undone = s->marks[i].flags & FLAG_HIDDEN || p->withdrawn;

		if (s->marks[i].sort == MARK_DEPARTURE && (!undone || p->crossed))
			take_departure(p, &s->marks[i]);
	}
	p->status = (uint8_t)status_of(p);
}
