/*
 * steps: what the functions of the fold share: reading a fact's values, and the
 * names of all steps.  A value that does not fit its column counts as not given.
 */
#pragma once

#include "base/calendar.h"
#include "state/fold.h"

static inline bool is_given(const struct fact *f, size_t slot)
{
	return f->values[slot].given;
}

static inline int64_t number_of(const struct fact *f, size_t slot)
{
	return f->values[slot].given ? f->values[slot].number : 0;
}

static inline uint8_t code_held(const struct value *v)
{
	return v->given && v->number > 0 && v->number <= UINT8_MAX ? (uint8_t)v->number : 0;
}

static inline uint8_t code_of(const struct fact *f, size_t slot)
{
	return code_held(&f->values[slot]);
}

static inline bool flag_of(const struct fact *f, size_t slot)
{
	return number_of(f, slot) != 0;
}

static inline struct text text_at(const struct fact *f, size_t slot)
{
	return f->values[slot].given ? f->values[slot].text : (struct text){ 0 };
}

static inline struct id id_at(const struct fact *f, size_t slot)
{
	return f->values[slot].given ? *f->values[slot].id : (struct id){ 0 };
}

static inline struct fact_ref ref_at(const struct fact *f, size_t slot)
{
	return f->values[slot].given ? *f->values[slot].fact : (struct fact_ref){ 0 };
}

static inline void keep_text(struct text *to, const struct value *v)
{
	if (v->given)
		*to = v->text;
}

static inline void keep_code(uint8_t *to, const struct value *v)
{
	if (v->given)
		*to = code_held(v);
}

static inline void keep_id(struct id *to, const struct value *v)
{
	if (v->given)
		*to = *v->id;
}

static inline int32_t day_held(const struct value *v)
{
	return v->given && v->number >= DAY_MIN && v->number <= DAY_MAX ? (int32_t)v->number :
									  DAY_NONE;
}

static inline uint32_t bits_of(const struct value *list)
{
	uint32_t bits = 0;

	for (size_t i = 0; list->given && i < list->count; i++)
		if (list->items[i].number > 0 && list->items[i].number < 32)
			bits |= (uint32_t)1 << list->items[i].number;
	return bits;
}

/* STEP(KIND, function, flags) for every kind that has one. */
#define PERSON_STEPS(STEP)                                                                         \
	STEP(PERSON_REGISTERED, person_registered, FOLD_NAMES | FOLD_IDENTITY)                     \
	STEP(PERSON_AMENDED, person_amended, FOLD_NAMES | FOLD_IDENTITY)                           \
	STEP(PERSON_MOVED, person_moved, 0)                                                        \
	STEP(PERSON_DIED, person_died, 0)                                                          \
	STEP(PERSON_SAME_AS, person_same_as, 0)                                                    \
	STEP(PERSON_NOT_SAME_AS, person_not_same_as, 0)                                            \
	STEP(PERSON_MAYBE_SAME_AS, person_maybe_same_as, 0)                                        \
	STEP(PERSON_ERASED, person_erased, FOLD_PERMANENT | FOLD_AT_ONCE)                          \
	STEP(COUNSELLING_HELD, counselling_held, 0)                                                \
	STEP(PRESSURE_REPORTED, pressure_reported, 0)                                              \
	STEP(CHOICE_MADE, choice_made, 0)                                                          \
	STEP(CHOICE_WITHDRAWN, choice_withdrawn, FOLD_PERMANENT | FOLD_AT_ONCE | FOLD_PAIRED)      \
	STEP(CHOICE_RECONFIRMED, choice_reconfirmed, 0)                                            \
	STEP(CHILD_HEARD, child_heard, 0)                                                          \
	STEP(HOLD_PLACED, hold_placed, FOLD_PERMANENT | FOLD_AT_ONCE | FOLD_PAIRED)                \
	STEP(HOLD_LIFTED, hold_lifted, 0)                                                          \
	STEP(REVIEW_MADE, review_made, 0)                                                          \
	STEP(ASSESSMENT_MADE, assessment_made, FOLD_IDENTITY)                                      \
	STEP(INCIDENT_REPORTED, incident_reported, 0)                                              \
	STEP(INCIDENT_REFERRED, incident_referred, 0)                                              \
	STEP(INCIDENT_CLOSED, incident_closed, 0)                                                  \
	STEP(APPOINTMENT_SET, appointment_set, 0)                                                  \
	STEP(APPOINTMENT_MISSED, appointment_missed, 0)                                            \
	STEP(SEAT_ASSIGNED, seat_assigned, 0)                                                      \
	STEP(SEAT_RELEASED, seat_released, 0)                                                      \
	STEP(DEPARTURE_RECORDED, departure_recorded, FOLD_JUDGED | FOLD_PAIRED)                    \
	STEP(CROSSING_RECORDED, crossing_recorded, FOLD_JUDGED | FOLD_PAIRED)                      \
	STEP(ARRIVAL_RECORDED, arrival_recorded, 0)                                                \
	STEP(DOCUMENT_SURRENDERED, document_surrendered, FOLD_JUDGED)                              \
	STEP(GRANT_APPROVED, grant_approved, 0)                                                    \
	STEP(GRANT_PAID, grant_paid, FOLD_PERMANENT | FOLD_JUDGED | FOLD_PAIRED)                   \
	STEP(GRANT_REVERSED, grant_reversed, 0)                                                    \
	STEP(FOLLOWUP_HELD, followup_held, 0)                                                      \
	STEP(COMPLAINT_MADE, complaint_made, 0)                                                    \
	STEP(COMPLAINT_ANSWERED, complaint_answered, 0)                                            \
	STEP(RECORD_OPENED, record_opened, FOLD_RECORD_ONLY)

#define THING_STEPS(STEP)                                                                          \
	STEP(HOUSEHOLD_REGISTERED, household_registered, FOLD_IDENTITY)                            \
	STEP(HOUSEHOLD_AMENDED, household_amended, FOLD_IDENTITY)                                  \
	STEP(HOUSEHOLD_ERASED, household_erased, FOLD_PERMANENT | FOLD_AT_ONCE)                    \
	STEP(MOVEMENT_PLANNED, movement_planned, 0)                                                \
	STEP(MOVEMENT_CANCELLED, movement_cancelled, 0)                                            \
	STEP(TARIFF_SET, tariff_set, 0)                                                            \
	STEP(INSTRUMENT_RECORDED, instrument_recorded, 0)                                          \
	STEP(INSTRUMENT_STEP, instrument_step, 0)                                                  \
	STEP(ADVISORY_SET, advisory_set, 0)                                                        \
	STEP(TERMS_SET, terms_set, 0)                                                              \
	STEP(DAYS_SET, days_set, 0)                                                                \
	STEP(ACCOUNT_OPENED, account_opened, FOLD_IDENTITY)                                        \
	STEP(ACCOUNT_ROLES, account_roles, 0)                                                      \
	STEP(ACCOUNT_CLOSED, account_closed, 0)                                                    \
	STEP(SITE_JOINED, site_joined, 0)                                                          \
	STEP(SITE_REVOKED, site_revoked, 0)

#define DECLARE_STEP(kind, name, flags) fold_fn fold_##name;
PERSON_STEPS(DECLARE_STEP)
THING_STEPS(DECLARE_STEP)
#undef DECLARE_STEP

/* The status, and all columns of a person that follow from her marks. */
void derive_person(struct person *row, const struct standing *s);
