/*
 * The steps of a person.  What a fact says plainly is written into its column, where
 * the last of the order wins; what stands until something ends it becomes a mark
 * (standing.h), and its columns follow from the marks in derive.c.
 */
#include "state/steps.h"

/* --- who she is --------------------------------------------------------------- */

/* Slots of the fields that registering and amending share, from the first of them. */
#define SHARED(field) (PERSON_AMENDED_##field - PERSON_AMENDED_GIVEN)
_Static_assert(SHARED(SOURCE_KEY) == PERSON_REGISTERED_SOURCE_KEY - PERSON_REGISTERED_GIVEN,
	       "both kinds have the same fields in the same order");

#define AGE_MAX 150

static int32_t day_in_year(int64_t year, int month, int day)
{
	return day_of(GREGORIAN, (struct date){ (int)year, month, day });
}

static void keep_birth(struct person *p, const struct value *v)
{
	const struct value *age = &v[SHARED(AGE)], *year = &v[SHARED(BIRTH_YEAR)];
	int32_t date = day_held(&v[SHARED(BIRTH_DATE)]), age_on = day_held(&v[SHARED(AGE_ON)]);

	if (date != DAY_NONE) {
		p->born_from = p->born_to = date;
	} else if (year->given && year->number >= GREGORIAN_YEAR_MIN &&
		   year->number <= GREGORIAN_YEAR_MAX) {
		p->born_from = day_in_year(year->number, 1, 1);
		p->born_to = day_in_year(year->number, 12, 31);
	} else if (age->given && age->number >= 0 && age->number <= AGE_MAX &&
		   age_on >= day_in_year(GREGORIAN_YEAR_MIN + AGE_MAX + 1, 1, 1)) {
		p->born_from = day_plus_years(age_on, (int)-age->number - 1) + 1;
		p->born_to = day_plus_years(age_on, (int)-age->number);
	}
}

static void keep_documents(struct person_names *n, const struct value *v)
{
	if (!v->given)
		return;
	n->document_count = 0;
	for (size_t i = 0; i < v->count && i < COUNT_OF(n->documents); i++) {
		const struct value *part = v->items[i].items;

		n->documents[n->document_count++] = (struct document){
			.kind = code_held(&part[DOCUMENT_PART_KIND]),
			.number = part[DOCUMENT_PART_NUMBER].given ? part[DOCUMENT_PART_NUMBER].text
								   : (struct text){ 0 },
			.digits = part[DOCUMENT_PART_DIGITS].given ? part[DOCUMENT_PART_DIGITS].text
								   : (struct text){ 0 },
			.valid_to = day_held(&part[DOCUMENT_PART_VALID_TO]),
		};
	}
}

static void keep_names(struct person_names *n, const struct value *v)
{
	keep_text(&n->given, &v[SHARED(GIVEN)]);
	keep_text(&n->given_latin, &v[SHARED(GIVEN_LATIN)]);
	keep_text(&n->family, &v[SHARED(FAMILY)]);
	keep_text(&n->family_latin, &v[SHARED(FAMILY_LATIN)]);
	keep_text(&n->father, &v[SHARED(FATHER)]);
	keep_text(&n->father_latin, &v[SHARED(FATHER_LATIN)]);
	keep_text(&n->grandfather, &v[SHARED(GRANDFATHER)]);
	keep_text(&n->grandfather_latin, &v[SHARED(GRANDFATHER_LATIN)]);
	keep_text(&n->source_key, &v[SHARED(SOURCE_KEY)]);
	keep_documents(n, &v[SHARED(DOCUMENTS)]);
}

static void keep_fields(struct folding *to, const struct value *v)
{
	struct person *p = &to->person;

	keep_names(&to->names, v);
	to->renamed = true;
	keep_birth(p, v);
	keep_code(&p->sex, &v[SHARED(SEX)]);
	keep_code(&p->relation, &v[SHARED(RELATION)]);
	keep_code(&p->marital, &v[SHARED(MARITAL)]);
	keep_code(&p->care, &v[SHARED(CARE)]);
	keep_code(&p->capacity, &v[SHARED(CAPACITY)]);
	keep_code(&p->group, &v[SHARED(GROUP)]);
	keep_code(&p->counsellor_sex_wanted, &v[SHARED(COUNSELLOR_SEX)]);
	keep_id(&p->spouse, &v[SHARED(SPOUSE)]);
	keep_id(&p->guardian, &v[SHARED(GUARDIAN)]);
	keep_text(&p->origin, &v[SHARED(ORIGIN)]);
	keep_text(&p->destination, &v[SHARED(DESTINATION)]);
	keep_text(&p->language, &v[SHARED(LANGUAGE_SPOKEN)]);
	if (v[SHARED(NEEDS)].given)
		p->needs = bits_of(&v[SHARED(NEEDS)]);
}

static void join_household(struct folding *to, const struct fact *f, size_t slot,
			   const struct value *member)
{
	to->person.household = id_at(f, slot);
	to->person.member = (uint16_t)(member->given ? member->number : 0);
	to->joined_at = fact_time(f);
	to->joined = f->ref;
}

void fold_person_registered(struct folding *to, const struct fact *f)
{
	to->person.registered = true;
	to->person.registered_at = fact_time(f);
	to->person.registered_by = f->actor;
	join_household(to, f, PERSON_REGISTERED_HOUSEHOLD,
		       &f->values[PERSON_REGISTERED_MEMBER]);
	keep_fields(to, &f->values[PERSON_REGISTERED_GIVEN]);
}

void fold_person_amended(struct folding *to, const struct fact *f)
{
	keep_fields(to, &f->values[PERSON_AMENDED_GIVEN]);
}

void fold_person_moved(struct folding *to, const struct fact *f)
{
	join_household(to, f, PERSON_MOVED_HOUSEHOLD, &f->values[PERSON_MOVED_MEMBER]);
	keep_code(&to->person.relation, &f->values[PERSON_MOVED_RELATION]);
	standing_kill(&to->standing, MARKS(APART));
	if (flag_of(f, PERSON_MOVED_OWN_CHOICE))
		standing_add(&to->standing, MARK_APART, f);
}

void fold_person_died(struct folding *to, const struct fact *f)
{
	(void)f;
	to->person.died = true;
}

/* What is decided of this record and another; the newest word about the two counts. */
static void decide(struct folding *to, const struct fact *f, enum decided said, size_t other)
{
	struct id whom = id_at(f, other);
	struct mark *m;

	standing_lift_about(&to->standing, MARK_DECIDED, &whom);
	m = standing_add(&to->standing, MARK_DECIDED, f);
	m->code = (uint8_t)said;
	m->other = whom;
	m->number = to->person.fact_count;
}

void fold_person_same_as(struct folding *to, const struct fact *f)
{
	decide(to, f, DECIDED_SAME, PERSON_SAME_AS_OTHER);
}

void fold_person_not_same_as(struct folding *to, const struct fact *f)
{
	decide(to, f, DECIDED_DIFFERENT, PERSON_NOT_SAME_AS_OTHER);
}

void fold_person_maybe_same_as(struct folding *to, const struct fact *f)
{
	decide(to, f, DECIDED_LATER, PERSON_MAYBE_SAME_AS_OTHER);
}

void fold_person_erased(struct folding *to, const struct fact *f)
{
	(void)f;
	to->person.erased = true;
}

/* --- counsel and choice ------------------------------------------------------- */

/* Whoever knows the newer reason for a review knows the older ones too. */
static void add_cause(struct standing *s, const struct fact *f)
{
	standing_lift(s, MARKS(CAUSE), 0);
	standing_add(s, MARK_CAUSE, f);
}

void fold_counselling_held(struct folding *to, const struct fact *f)
{
	struct person *p = &to->person;

	p->counselled = fact_time(f);
	p->counsellor = f->actor;
	p->counsel_company = code_of(f, COUNSELLING_HELD_COMPANY);
	p->counsellor_sex = code_of(f, COUNSELLING_HELD_COUNSELLOR_SEX);
	p->counsel_language = text_at(f, COUNSELLING_HELD_LANGUAGE_SPOKEN);
	p->counsel_understood = flag_of(f, COUNSELLING_HELD_UNDERSTOOD);
	p->counsel_read_back = flag_of(f, COUNSELLING_HELD_READ_BACK);
	p->counsel_area = text_at(f, COUNSELLING_HELD_SHEET_AREA);
	standing_ended(&to->standing, ENDING_COUNSELLED);
	if (p->counsel_company == COMPANY_OTHERS_PRESENT)
		add_cause(&to->standing, f);
}

void fold_pressure_reported(struct folding *to, const struct fact *f)
{
	add_cause(&to->standing, f);
}

/*
 * A choice that answers a withdrawal which was not hers goes on where her first one
 * was: the newest of the same answer that it replaces.
 */
static int64_t cooling_from(const struct standing *s, const struct fact *f)
{
	bool withdrawal = false;
	int64_t from = 0;

	for (uint32_t i = 0; i < s->count; i++) {
		const struct mark *m = &s->marks[i];

		if (!standing_knows(s, m))
			continue;
		withdrawal |= m->sort == MARK_WITHDRAWAL;
		if (m->sort == MARK_CHOICE && m->code == code_of(f, CHOICE_MADE_ANSWER) &&
		    m->number > from)
			from = m->number;
	}
	if (flag_of(f, CHOICE_MADE_WITHDRAWAL_NOT_HERS) && withdrawal && from)
		return from;
	return fact_time(f);
}

/* What rests on her wish to return ends, also what was done meanwhile. */
static void wish_ended(struct standing *s)
{
	standing_kill(s, MARKS(SEAT) | MARKS(SURRENDERED));
	standing_hide_departures(s);
}

void fold_choice_made(struct folding *to, const struct fact *f)
{
	struct standing *s = &to->standing;
	bool counselled =
		s->past ? standing_heard(s, ENDING_COUNSELLED) : to->person.counselled != 0;
	bool returns = code_of(f, CHOICE_MADE_ANSWER) == ANSWER_RETURN;
	int64_t from = cooling_from(s, f);
	struct mark *m;

	standing_lift(s, MARKS(WITHDRAWAL) | MARKS(CHOICE), 0);
	standing_kill(s, MARKS(RECONFIRMED));
	standing_ended(s, ENDING_CHOICE | (returns ? 0 : ENDING_NOT_RETURN));
	if (!returns)
		wish_ended(s);
	m = standing_add(s, MARK_CHOICE, f);
	m->code = code_of(f, CHOICE_MADE_ANSWER);
	m->second = code_of(f, CHOICE_MADE_COMPANY);
	m->number = from;
	m->other = id_at(f, CHOICE_MADE_BY);
	m->symbol = text_at(f, CHOICE_MADE_DESTINATION);
	m->flags = (uint8_t)((counselled ? FLAG_COUNSELLED : 0) |
			     (flag_of(f, CHOICE_MADE_APART) ? FLAG_APART : 0));
	if (m->second == COMPANY_OTHERS_PRESENT)
		add_cause(s, f);
}

void fold_choice_withdrawn(struct folding *to, const struct fact *f)
{
	struct standing *s = &to->standing;

	standing_lift(s, MARKS(WITHDRAWAL), 0);
	standing_add(s, MARK_WITHDRAWAL, f);
	standing_kill(s, MARKS(RECONFIRMED));
	standing_ended(s, ENDING_WITHDRAWN);
	wish_ended(s);
}

void fold_choice_reconfirmed(struct folding *to, const struct fact *f)
{
	struct standing *s = &to->standing;
	struct mark *m;

	standing_lift(s, MARKS(RECONFIRMED), 0);
	if (standing_missed(s, ENDING_WITHDRAWN | ENDING_CHOICE | ENDING_TURNED_BACK))
		return;
	m = standing_add(s, MARK_RECONFIRMED, f);
	m->second = code_of(f, CHOICE_RECONFIRMED_COMPANY);
	m->flags = flag_of(f, CHOICE_RECONFIRMED_BY_TRANSPORTER) ? FLAG_TRANSPORTER : 0;
}

void fold_child_heard(struct folding *to, const struct fact *f)
{
	to->person.child_view = code_of(f, CHILD_HEARD_VIEW);
}

/* --- protection --------------------------------------------------------------- */

void fold_hold_placed(struct folding *to, const struct fact *f)
{
	standing_add(&to->standing, MARK_HOLD, f);
}

void fold_hold_lifted(struct folding *to, const struct fact *f)
{
	struct fact_ref hold = ref_at(f, HOLD_LIFTED_HOLD);

	if (is_given(f, HOLD_LIFTED_HOLD))
		standing_lift_one(&to->standing, MARK_HOLD, &hold);
	else
		standing_lift(&to->standing, MARKS(HOLD), 0);
}

void fold_review_made(struct folding *to, const struct fact *f)
{
	standing_lift(&to->standing, MARKS(CAUSE) | MARKS(REVIEW), 0);
	standing_add(&to->standing, MARK_REVIEW, f)->code = code_of(f, REVIEW_MADE_FINDING);
}

void fold_assessment_made(struct folding *to, const struct fact *f)
{
	uint8_t sort = code_of(f, ASSESSMENT_MADE_SORT);
	struct mark *m;

	if (!sort)
		return;
	standing_lift(&to->standing, MARKS(ASSESSMENT), sort);
	m = standing_add(&to->standing, MARK_ASSESSMENT, f);
	m->code = sort;
	m->second = code_of(f, ASSESSMENT_MADE_RESULT);
	m->number = code_of(f, ASSESSMENT_MADE_PARENT_BASIS);
	m->flags = is_given(f, ASSESSMENT_MADE_ESCORT) ? FLAG_ESCORT : 0;
}

static bool takes_freedom(uint8_t incident)
{
	return incident == INCIDENT_ARREST || incident == INCIDENT_DETENTION;
}

void fold_incident_reported(struct folding *to, const struct fact *f)
{
	uint8_t sort = code_of(f, INCIDENT_REPORTED_SORT);

	standing_add(&to->standing, MARK_INCIDENT, f)->code = sort;
	if (takes_freedom(sort))
		add_cause(&to->standing, f);
}

void fold_incident_referred(struct folding *to, const struct fact *f)
{
	struct fact_ref incident = ref_at(f, INCIDENT_REFERRED_INCIDENT);
	struct mark *m = standing_named(&to->standing, MARK_INCIDENT, &incident);

	if (m && code_of(f, INCIDENT_REFERRED_TO) == REFERRAL_LEGAL_AID)
		m->flags |= FLAG_REFERRED;
}

void fold_incident_closed(struct folding *to, const struct fact *f)
{
	struct fact_ref incident = ref_at(f, INCIDENT_CLOSED_INCIDENT);

	standing_lift_one(&to->standing, MARK_INCIDENT, &incident);
}

/* --- travel ------------------------------------------------------------------- */

void fold_appointment_set(struct folding *to, const struct fact *f)
{
	to->person.appointment = time_held(number_of(f, APPOINTMENT_SET_AT));
}

void fold_appointment_missed(struct folding *to, const struct fact *f)
{
	(void)f;
	to->person.appointment = 0;
}

void fold_seat_assigned(struct folding *to, const struct fact *f)
{
	struct standing *s = &to->standing;
	int64_t seat = number_of(f, SEAT_ASSIGNED_SEAT);
	struct mark *m;

	standing_lift(s, MARKS(SEAT), 0);
	if (standing_missed(s, ENDING_WITHDRAWN | ENDING_NOT_RETURN | ENDING_RELEASED |
				       ENDING_TURNED_BACK))
		return;
	m = standing_add(s, MARK_SEAT, f);
	m->other = id_at(f, SEAT_ASSIGNED_MOVEMENT);
	m->number = seat > 0 && seat <= UINT16_MAX ? seat : 0;
}

void fold_seat_released(struct folding *to, const struct fact *f)
{
	(void)f;
	standing_kill(&to->standing, MARKS(SEAT));
	standing_ended(&to->standing, ENDING_RELEASED);
}

void fold_departure_recorded(struct folding *to, const struct fact *f)
{
	struct standing *s = &to->standing;
	struct mark *m;

	standing_lift(s, MARKS(DEPARTURE), 0);
	if (standing_missed(s, ENDING_TURNED_BACK))
		return;
	m = standing_add(s, MARK_DEPARTURE, f);
	m->other = id_at(f, DEPARTURE_RECORDED_MOVEMENT);
	if (standing_missed(s, ENDING_WITHDRAWN | ENDING_NOT_RETURN))
		m->flags = FLAG_HIDDEN;
}

static void turned_back(struct folding *to, const struct fact *f)
{
	to->person.turned_back = fact_time(f);
	standing_kill(&to->standing, MARKS(CROSSING) | MARKS(ARRIVAL) | MARKS(DEPARTURE) |
					     MARKS(SEAT) | MARKS(SURRENDERED) | MARKS(RECONFIRMED));
	standing_ended(&to->standing, ENDING_TURNED_BACK);
}

void fold_crossing_recorded(struct folding *to, const struct fact *f)
{
	struct mark *m;

	if (code_of(f, CROSSING_RECORDED_DIRECTION) != DIRECTION_CROSSED) {
		turned_back(to, f);
		return;
	}
	standing_lift(&to->standing, MARKS(CROSSING), 0);
	if (standing_missed(&to->standing, ENDING_TURNED_BACK))
		return;
	m = standing_add(&to->standing, MARK_CROSSING, f);
	m->code = code_of(f, CROSSING_RECORDED_RETURN_KIND);
	m->symbol = text_at(f, CROSSING_RECORDED_CROSSING);
}

void fold_arrival_recorded(struct folding *to, const struct fact *f)
{
	standing_lift(&to->standing, MARKS(ARRIVAL), 0);
	if (!standing_missed(&to->standing, ENDING_TURNED_BACK))
		standing_add(&to->standing, MARK_ARRIVAL, f)->symbol =
			text_at(f, ARRIVAL_RECORDED_AREA);
}

void fold_document_surrendered(struct folding *to, const struct fact *f)
{
	struct standing *s = &to->standing;
	uint8_t document = code_of(f, DOCUMENT_SURRENDERED_DOCUMENT);

	if (!document ||
	    standing_missed(s, ENDING_WITHDRAWN | ENDING_NOT_RETURN | ENDING_TURNED_BACK))
		return;
	standing_lift(s, MARKS(SURRENDERED), document);
	standing_add(s, MARK_SURRENDERED, f)->code = document;
}

/* --- money and after ---------------------------------------------------------- */

void fold_grant_approved(struct folding *to, const struct fact *f)
{
	uint8_t part = code_of(f, GRANT_APPROVED_PART);

	to->person.approver = f->actor;
	if (!part)
		return;
	standing_lift(&to->standing, MARKS(APPROVAL), part);
	standing_add(&to->standing, MARK_APPROVAL, f)->code = part;
}

void fold_grant_paid(struct folding *to, const struct fact *f)
{
	uint8_t part = code_of(f, GRANT_PAID_PART);

	to->person.cashier = f->actor;
	if (!part)
		return;
	standing_lift(&to->standing, MARKS(APPROVAL), part);
	standing_add(&to->standing, MARK_PAYMENT, f)->code = part;
}

void fold_grant_reversed(struct folding *to, const struct fact *f)
{
	struct fact_ref payment = ref_at(f, GRANT_REVERSED_PAYMENT);

	standing_lift_one(&to->standing, MARK_PAYMENT, &payment);
}

void fold_followup_held(struct folding *to, const struct fact *f)
{
	to->person.followed_up = fact_time(f);
	to->person.wellbeing = code_of(f, FOLLOWUP_HELD_WELLBEING);
}

void fold_complaint_made(struct folding *to, const struct fact *f)
{
	standing_add(&to->standing, MARK_COMPLAINT, f);
}

void fold_complaint_answered(struct folding *to, const struct fact *f)
{
	struct fact_ref complaint = ref_at(f, COMPLAINT_ANSWERED_COMPLAINT);

	standing_lift_one(&to->standing, MARK_COMPLAINT, &complaint);
}

/* --- the record itself -------------------------------------------------------- */

void fold_record_opened(struct folding *to, const struct fact *f)
{
	(void)f;
	if (to->person.opened_count < UINT16_MAX)
		to->person.opened_count++;
}
