/*
 * people: her file, as far as this account may see it, and whose file a number names.
 *
 * Each member of a Person says a field of some fact (fields.def): whoever may not see
 * that field, does not see what follows from it.
 */
#include "desk/view.h"

/* --- her file ----------------------------------------------------------------------- */

/* Whether her file shows this field of who she is. */
#define SEES(v, field) view_sees(v, KIND_PERSON_REGISTERED, PERSON_REGISTERED_##field)

static void write_names(struct view *v, const struct person_names *n)
{
	const struct {
		const char *key;
		enum field_slot slot;
		struct text name;
	} names[] = {
		{ "given", PERSON_REGISTERED_GIVEN, n->given },
		{ "given_latin", PERSON_REGISTERED_GIVEN_LATIN, n->given_latin },
		{ "family", PERSON_REGISTERED_FAMILY, n->family },
		{ "family_latin", PERSON_REGISTERED_FAMILY_LATIN, n->family_latin },
		{ "father", PERSON_REGISTERED_FATHER, n->father },
		{ "father_latin", PERSON_REGISTERED_FATHER_LATIN, n->father_latin },
		{ "grandfather", PERSON_REGISTERED_GRANDFATHER, n->grandfather },
		{ "grandfather_latin", PERSON_REGISTERED_GRANDFATHER_LATIN, n->grandfather_latin },
	};

	json_key(v->w, "names");
	json_object_begin(v->w);
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (view_sees(v, KIND_PERSON_REGISTERED, names[i].slot))
			view_text(v, names[i].key, names[i].name);
	json_object_end(v->w);
}

static void write_papers(struct view *v, const struct person *p, const struct person_names *n)
{
	json_key(v->w, "papers");
	json_array_begin(v->w);
	for (size_t i = 0; i < n->document_count; i++) {
		const struct document *paper = &n->documents[i];

		if (!code_is_known(CODES_DOCUMENT_KIND, paper->kind))
			continue;
		json_object_begin(v->w);
		view_code(v, "kind", CODES_DOCUMENT_KIND, paper->kind);
		view_text(v, "number", paper->number);
		view_day(v, "valid_to", paper->valid_to);
		view_flag(v, "surrendered", p->surrendered & 1u << paper->kind);
		json_object_end(v->w);
	}
	json_array_end(v->w);
}

static void write_identity(struct view *v, const struct person *p)
{
	struct person_names n;

	if (!policy_sees_names(v->roles) || !state_names(v->s, &p->id, &n))
		return;
	write_names(v, &n);
	if (SEES(v, DOCUMENTS))
		write_papers(v, p, &n);
}

static void write_birth(struct view *v, const struct person *p)
{
	if (!SEES(v, BIRTH_DATE))
		return;
	view_day(v, "born_from", p->born_from);
	view_day(v, "born_to", p->born_to);
}

static void write_who(struct view *v, const struct person *p)
{
	const struct {
		const char *key;
		enum field_slot slot;
		enum code_set set;
		uint8_t code;
	} codes[] = {
		{ "sex", PERSON_REGISTERED_SEX, CODES_SEX, p->sex },
		{ "relation", PERSON_REGISTERED_RELATION, CODES_RELATION, p->relation },
		{ "marital", PERSON_REGISTERED_MARITAL, CODES_MARITAL, p->marital },
		{ "care", PERSON_REGISTERED_CARE, CODES_CARE, p->care },
		{ "capacity", PERSON_REGISTERED_CAPACITY, CODES_CAPACITY, p->capacity },
		{ "group", PERSON_REGISTERED_GROUP, CODES_GROUP, p->group },
		{ "counsellor_sex", PERSON_REGISTERED_COUNSELLOR_SEX, CODES_SEX,
		  p->counsellor_sex_wanted },
	};

	for (size_t i = 0; i < COUNT_OF(codes); i++)
		if (view_sees(v, KIND_PERSON_REGISTERED, codes[i].slot))
			view_code(v, codes[i].key, codes[i].set, codes[i].code);
	view_codes(v, "needs", CODES_NEED, SEES(v, NEEDS) ? p->needs : 0);
	if (SEES(v, LANGUAGE_SPOKEN))
		view_text(v, "language", p->language);
	if (SEES(v, ORIGIN))
		view_area_of(v, "origin", p->origin);
	if (SEES(v, DESTINATION))
		view_area_of(v, "destination", p->destination);
	if (SEES(v, SPOUSE))
		view_id(v, "spouse", &p->spouse);
	if (SEES(v, GUARDIAN))
		view_id(v, "guardian", &p->guardian);
}

/* --- where she stands ----------------------------------------------------------------- */

/* The fact that a status tells of. */
static const enum kind told_by[STATUS_COUNT] = {
	[STATUS_REGISTERED] = KIND_PERSON_REGISTERED, [STATUS_STAY] = KIND_CHOICE_MADE,
	[STATUS_UNDECIDED] = KIND_CHOICE_MADE,	      [STATUS_RETURN] = KIND_CHOICE_MADE,
	[STATUS_WITHDRAWN] = KIND_CHOICE_WITHDRAWN,   [STATUS_SEATED] = KIND_SEAT_ASSIGNED,
	[STATUS_DEPARTED] = KIND_DEPARTURE_RECORDED,  [STATUS_CROSSED] = KIND_CROSSING_RECORDED,
	[STATUS_ARRIVED] = KIND_ARRIVAL_RECORDED,     [STATUS_DIED] = KIND_PERSON_DIED,
	[STATUS_ERASED] = KIND_PERSON_ERASED,
};

/* Whoever may not know of her choice, sees her as she was registered. */
static enum person_status status_seen(const struct view *v, const struct person *p)
{
	if (told_by[p->status] && view_knows(v, told_by[p->status]))
		return (enum person_status)p->status;
	return p->registered ? STATUS_REGISTERED : STATUS_NONE;
}

static void write_choice(struct view *v, const struct person *p)
{
	if (view_knows(v, KIND_CHOICE_WITHDRAWN))
		view_time(v, "withdrawn", p->withdrawn ? p->withdrawn_at : 0);
	if (!p->answer || !view_knows(v, KIND_CHOICE_MADE))
		return;
	json_key(v->w, "choice");
	json_object_begin(v->w);
	view_code(v, "answer", CODES_ANSWER, p->answer);
	view_time(v, "at", p->answered);
	view_area_of(v, "destination", p->choice_destination);
	if (view_knows(v, KIND_CHOICE_RECONFIRMED))
		view_time(v, "reconfirmed", p->reconfirmed);
	json_object_end(v->w);
}

static void write_protection(struct view *v, const struct person *p)
{
	if (view_knows(v, KIND_HOLD_PLACED))
		view_int(v, "holds", p->holds);
	if (view_knows(v, KIND_REVIEW_MADE)) {
		view_flag(v, "review_due", p->review_due);
		view_code(v, "finding", CODES_FINDING, p->finding);
	}
	if (view_knows(v, KIND_ASSESSMENT_MADE)) {
		view_code(v, "best_interests", CODES_RESULT, p->best_interests);
		view_code(v, "tracing", CODES_RESULT, p->tracing);
		view_code(v, "fitness", CODES_RESULT, p->fitness);
	}
	if (view_knows(v, KIND_INCIDENT_REPORTED)) {
		view_int(v, "incidents", p->incidents_open);
		view_flag(v, "detained", p->detentions_open > 0);
	}
	if (view_knows(v, KIND_COMPLAINT_MADE))
		view_int(v, "complaints", p->complaints_open);
}

static void write_seat(struct view *v, const struct person *p)
{
	const struct id *with = id_is_none(&p->movement) ? &p->departed_with : &p->movement;
	struct movement m;

	if (!view_knows(v, KIND_SEAT_ASSIGNED) || !state_movement(v->s, with, &m))
		return;
	json_key(v->w, "seat");
	json_object_begin(v->w);
	view_id(v, "movement", with);
	view_int(v, "seat", p->seat);
	view_time(v, "departs", m.departs);
	view_text(v, "crossing", m.crossing);
	json_object_end(v->w);
}

static void write_travel(struct view *v, const struct person *p)
{
	if (view_knows(v, KIND_APPOINTMENT_SET))
		view_time(v, "appointment", p->appointment);
	write_seat(v, p);
	if (view_knows(v, KIND_DEPARTURE_RECORDED))
		view_time(v, "departed", p->departed);
	if (view_knows(v, KIND_CROSSING_RECORDED))
		view_time(v, "crossed", p->crossed);
	if (view_knows(v, KIND_ARRIVAL_RECORDED))
		view_time(v, "arrived", p->arrived);
}

static void write_money(struct view *v, const struct person *p)
{
	if (!view_knows(v, KIND_GRANT_PAID))
		return;
	view_bits(v, "paid_parts", p->paid_parts);
	view_bits(v, "approved_parts", p->approved_parts);
}

/* A rule is broken by what others did to her choice: for those who may know of it. */
static void write_broken(struct view *v, const struct person *p)
{
	if (!view_knows(v, KIND_CHOICE_MADE))
		return;
	json_key(v->w, "broken");
	json_array_begin(v->w);
	for (int r = 1; r <= RULES_COUNT; r++)
		if (p->broken & UINT32_C(1) << r)
			json_text(v->w, text_of(rule_info((enum rule)r)->id));
	json_array_end(v->w);
}

/* --- other records of hers ---------------------------------------------------------------- */

static const char *said_word(const struct decision *d)
{
	static const char *const words[] = { "nothing", "same", "different", "later" };

	return words[d->said];
}

static void write_decision(struct view *v, const struct person *p, const struct decision *d)
{
	struct person other;

	if (!state_person(v->s, &d->other, &other) || other.erased)
		return;
	json_object_begin(v->w);
	view_id(v, "other", &d->other);
	view_number_of(v, &other);
	view_text(v, "said", text_of(said_word(d)));
	view_time(v, "at", d->recorded);
	view_flag(v, "takes_two", reg_pair_takes_two(v->s, &p->id, &d->other));
	json_object_end(v->w);
}

/* Of so many at most: who shares a name with hundreds is told apart from them elsewhere. */
#define DECISIONS_SHOWN_MAX 40

static void write_decisions(struct view *v, const struct person *p)
{
	struct decision all[DECISIONS_SHOWN_MAX];
	size_t count;

	if (!view_knows(v, KIND_PERSON_SAME_AS))
		return;
	count = state_decisions(v->s, &p->id, all, DECISIONS_SHOWN_MAX);
	json_key(v->w, "pairs");
	json_array_begin(v->w);
	for (size_t i = 0; i < count && i < DECISIONS_SHOWN_MAX; i++)
		write_decision(v, p, &all[i]);
	json_array_end(v->w);
}

void view_number_of(struct view *v, const struct person *p)
{
	struct household h;

	if (state_household(v->s, &p->household, &h))
		view_text(v, "case_number", view_case_number(v, &h));
	if (p->member)
		view_int(v, "member", p->member);
}

void view_person(struct view *v, const struct person *p)
{
	char alias[ALIAS_SIZE];

	alias_of(alias, &p->id);
	json_object_begin(v->w);
	view_id(v, "id", &p->id);
	view_int(v, "version", reg_person_version(p));
	view_int(v, "member", p->member);
	view_text(v, "name", view_person_name(v, &p->id));
	view_text(v, "alias", text_of(alias));
	write_identity(v, p);
	write_birth(v, p);
	view_flag(v, "child", person_is_child(p, v->today));
	write_who(v, p);
	view_text(v, "status", text_of(status_word(status_seen(v, p))));
	if (view_knows(v, KIND_COUNSELLING_HELD))
		view_time(v, "counselled", p->counselled);
	write_choice(v, p);
	write_protection(v, p);
	write_travel(v, p);
	write_money(v, p);
	write_broken(v, p);
	write_decisions(v, p);
	view_int(v, "opened", p->opened_count);
	json_object_end(v->w);
}

enum err desk_person(struct desk *d, const struct id *person, struct json_writer *w)
{
	struct person p;
	struct view v;
	enum err e;

	if ((e = view_begin(&v, d, DEED_SHOW_PERSON, w)))
		return e;
	if (state_person(v.s, person, &p))
		view_person(&v, &p);
	else
		e = fault(&d->fault, ERR_NOT_FOUND, "desk.no-person");
	return view_end(&v, e);
}

/* --- a household ------------------------------------------------------------------------ */

static void write_contact(struct view *v, const struct household *h)
{
	const struct {
		const char *key;
		enum field_slot slot;
		struct text value;
	} texts[] = {
		{ "case_number", HOUSEHOLD_REGISTERED_CASE_NUMBER, h->case_number },
		{ "address", HOUSEHOLD_REGISTERED_ADDRESS, h->address },
		{ "phone", HOUSEHOLD_REGISTERED_PHONE, h->phone },
		{ "language", HOUSEHOLD_REGISTERED_LANGUAGE_SPOKEN, h->language },
	};

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (view_sees(v, KIND_HOUSEHOLD_REGISTERED, texts[i].slot))
			view_text(v, texts[i].key, texts[i].value);
	if (h->phone.size &&
	    view_sees(v, KIND_HOUSEHOLD_REGISTERED, HOUSEHOLD_REGISTERED_PHONE_SAFE))
		view_flag(v, "phone_safe", h->phone_safe);
	if (!view_knows(v, KIND_HOUSEHOLD_REGISTERED))
		return;
	view_area_of(v, "residence", h->residence);
	if (h->arrival_year)
		view_int(v, "arrival_year", h->arrival_year);
	view_id(v, "head", &h->head);
}

static enum err write_household(struct view *v, const struct household *h)
{
	size_t count = state_members(v->s, &h->id, NULL, 0);
	struct id *members = arena_take_array(v->d->arena, count + 1, sizeof(*members));

	if (!members)
		return fault(&v->d->fault, ERR_MEMORY, "memory.none");
	count = state_members(v->s, &h->id, members, count);
	json_object_begin(v->w);
	view_id(v, "id", &h->id);
	write_contact(v, h);
	json_key(v->w, "people");
	json_array_begin(v->w);
	for (size_t i = 0; i < count; i++) {
		struct person p;

		if (state_person(v->s, &members[i], &p))
			view_person(v, &p);
	}
	json_array_end(v->w);
	json_object_end(v->w);
	return OK;
}

enum err desk_household(struct desk *d, const struct id *household, struct json_writer *w)
{
	struct household h;
	struct view v;
	enum err e;

	if ((e = view_begin(&v, d, DEED_SHOW_HOUSEHOLD, w)))
		return e;
	if (state_household(v.s, household, &h))
		e = write_household(&v, &h);
	else
		e = fault(&d->fault, ERR_NOT_FOUND, "desk.no-household");
	return view_end(&v, e);
}

/* --- whose file ---------------------------------------------------------------------------- */

static enum err whose(struct desk *d, const struct state *s, struct text subject,
		      struct id *household, struct id *person)
{
	struct person p;
	struct id id;
	enum err e = reg_resolve(d->reg, s, SUBJECT_0, subject, &id, &d->fault);

	if (e)
		return e;
	if (state_person(s, &id, &p)) {
		*person = id;
		*household = p.household;
	} else if (state_sort_of(s, &id) == SUBJECT_HOUSEHOLD) {
		*household = id;
	} else {
		e = fault(&d->fault, ERR_NOT_FOUND, "name.unknown", subject);
	}
	return e;
}

enum err desk_whose(struct desk *d, struct text subject, struct id *household, struct id *person)
{
	struct text plain;
	const struct state *s;
	enum err e;

	*household = *person = (struct id){ 0 };
	if ((e = view_plain(d, subject, &plain)) ||
	    (e = reg_read_begin(d->reg, &d->session, DEED_SHOW_PERSON, &s, &d->fault)))
		return e;
	e = whose(d, s, plain, household, person);
	reg_read_end(d->reg);
	return e;
}
