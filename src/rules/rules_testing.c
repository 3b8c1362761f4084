#include "rules/rules_testing.h"

struct id id_numbered(uint8_t n)
{
	return (struct id){ { n } };
}

static bool within_by_letters(void *self, struct text inner, struct text outer)
{
	bool province = outer.size > 4 && outer.at[4] == '@';
	bool country = outer.size == 3;

	(void)self;
	if (text_same(inner, outer))
		return true;
	if (country)
		return inner.size > 4 && memcmp(inner.at, outer.at, 2) == 0;
	return province && inner.size > 4 && memcmp(inner.at, outer.at, 4) == 0;
}

static struct person adult(uint8_t id, uint8_t sex)
{
	return (struct person){
		.id = id_numbered(id),
		.registered = true,
		.sex = sex,
		.group = GROUP_POR,
		.marital = MARITAL_MARRIED,
		.household = id_numbered(90),
		.born_from = TODAY - 36 * 365,
		.born_to = TODAY - 35 * 365,
		.destination = TEXT("AF06@cod-ab-2021"),
		.registered_by = id_numbered(100 + CLERK),
		.counselled = NOW - 50 * HOUR,
		.counsellor = id_numbered(100 + COUNSELLOR),
		.counsel_company = COMPANY_ALONE,
		.counsellor_sex = SEX_FEMALE,
		.counsel_understood = true,
		.counsel_area = TEXT("AF06@cod-ab-2021"),
		.counselled_before_choice = true,
		.answer = ANSWER_RETURN,
		.answered = NOW - 48 * HOUR,
		.cooling_from = NOW - 48 * HOUR,
		.choice_by = id_numbered(id),
		.choice_officer = id_numbered(100 + CONSENT),
		.choice_company = COMPANY_ALONE,
		.choice_destination = TEXT("AF0617@cod-ab-2021"),
		.reconfirmed = NOW - HOUR,
		.reconfirm_officer = id_numbered(100 + BOARDING),
		.reconfirm_company = COMPANY_ALONE,
		.movement = id_numbered(80),
		.seat = id,
		.seat_officer = id_numbered(100 + PLANNER),
	};
}

static void make_people(struct scene *s)
{
	s->zarmina = &s->members[0];
	s->habib = &s->members[1];
	s->lal = &s->members[2];
	*s->zarmina = adult(1, SEX_FEMALE);
	s->zarmina->counsellor_sex_wanted = SEX_FEMALE;
	*s->habib = adult(2, SEX_MALE);
	*s->lal = (struct person){
		.id = id_numbered(3),
		.registered = true,
		.sex = SEX_MALE,
		.group = GROUP_POR,
		.household = id_numbered(90),
		.guardian = id_numbered(1),
		.care = CARE_WITH_PARENTS,
		.child_view = CHILD_VIEW_AGREES,
		.born_from = TODAY - 7 * 365,
		.born_to = TODAY - 7 * 365,
		.movement = id_numbered(80),
		.seat = 3,
		.seat_officer = id_numbered(100 + PLANNER),
	};
}

static void make_officers(struct scene *s)
{
	static const struct {
		const char *name;
		unsigned role;
	} who[OFFICERS] = {
		[CLERK] = { "shabnam", ROLE_REGISTRATION },
		[COUNSELLOR] = { "farida", ROLE_COUNSELLOR },
		[CONSENT] = { "nadia", ROLE_PROTECTION },
		[REVIEWER] = { "marwa", ROLE_PROTECTION },
		[BOARDING] = { "samina", ROLE_PROTECTION },
		[PLANNER] = { "daud", ROLE_MOVEMENT },
		[CASHIER] = { "rukhsana", ROLE_CASHIER },
	};

	for (size_t i = 0; i < OFFICERS; i++)
		s->officers[i] = (struct account){
			.id = id_numbered((uint8_t)(100 + i)),
			.name = text_of(who[i].name),
			.roles = (uint16_t)(1u << who[i].role),
			.open = true,
		};
}

void scene_make(struct scene *s)
{
	*s = (struct scene){
		.bus = { .id = id_numbered(80),
			 .planned = true,
			 .departs = NOW,
			 .crossing = TEXT("XP-TORKHAM"),
			 .seats = 40 },
		.terms = { .cooling_s = 24 * HOUR, .lapse_s = 90 * DAY, .reconfirm_s = 12 * HOUR },
		.tariff = { .id = id_numbered(70),
			    .group = GROUP_POR,
			    .per = GRANT_PER_PERSON,
			    .part = 1,
			    .amount = 37500,
			    .valid_from = TODAY - 100,
			    .valid_to = DAY_NONE },
		.advisory = { .id = id_numbered(60),
			      .sort = ADVISORY_CROSSING_CLOSED,
			      .in_force = true,
			      .crossing = TEXT("XP-TORKHAM") },
	};
	make_people(s);
	make_officers(s);
}

static enum officer usual_officer(enum kind kind)
{
	switch (kind) {
	case KIND_CHOICE_MADE: return CONSENT;
	case KIND_CHOICE_RECONFIRMED: return BOARDING;
	case KIND_REVIEW_MADE:
	case KIND_HOLD_LIFTED:
	case KIND_FACT_ANNULLED: return REVIEWER;
	case KIND_GRANT_PAID: return CASHIER;
	case KIND_SEAT_ASSIGNED:
	case KIND_DEPARTURE_RECORDED: return PLANNER;
	default: return CLERK;
	}
}

static const struct person *guardian_of(const struct scene *s, const struct person *p)
{
	for (size_t i = 0; i < 3 && !id_is_none(&p->guardian); i++)
		if (id_same(&s->members[i].id, &p->guardian))
			return &s->members[i];
	return NULL;
}

void scene_by(struct scene *s, enum officer who)
{
	s->fact.actor = s->officers[who].id;
	s->q.actor = &s->officers[who];
}

void scene_asks(struct scene *s, enum kind kind, struct person *about)
{
	fact_begin(&s->fact, kind);
	s->fact.subject = about->id;
	s->fact.recorded = s->fact.happened = NOW;
	s->q = (struct question){
		.fact = &s->fact,
		.person = about,
		.terms = &s->terms,
		.now = NOW,
		.time_counts = true,
		.today = TODAY,
		.members = s->members,
		.member_count = 3,
		.guardian = guardian_of(s, about),
		.movement = &s->bus,
		.tariff =
			kind == KIND_GRANT_APPROVED || kind == KIND_GRANT_PAID ? &s->tariff : NULL,
		.named = s->named.kind ? &s->named : NULL,
		.area_within = within_by_letters,
	};
	scene_by(s, usual_officer(kind));
}

void scene_gives(struct scene *s, enum field_slot slot, int64_t number)
{
	s->fact.values[slot] = (struct value){ .given = true, .count = 1, .number = number };
}

void scene_gives_text(struct scene *s, enum field_slot slot, const char *text)
{
	s->fact.values[slot] = (struct value){ .given = true, .count = 1, .text = text_of(text) };
}

void scene_gives_id(struct scene *s, enum field_slot slot, const struct id *id)
{
	s->fact.values[slot] = (struct value){ .given = true, .count = 1, .id = id };
}

void scene_chooses(struct scene *s, struct person *who, int64_t answer)
{
	scene_asks(s, KIND_CHOICE_MADE, who);
	scene_gives(s, CHOICE_MADE_ANSWER, answer);
	scene_gives(s, CHOICE_MADE_MARK, MARK_THUMB);
	scene_gives(s, CHOICE_MADE_COMPANY, COMPANY_ALONE);
	scene_gives_text(s, CHOICE_MADE_WITNESS, "Bibi Hawa, teacher");
	scene_gives_id(s, CHOICE_MADE_BY, &who->id);
	if (answer == ANSWER_RETURN)
		scene_gives_text(s, CHOICE_MADE_DESTINATION, "AF0617@cod-ab-2021");
}

const char *scene_says(const struct scene *s, enum rule rule)
{
	struct verdict verdicts[RULES_COUNT + 1];

	rules_judge(&s->q, verdicts);
	return verdicts[rule].outcome == OUTCOME_ALLOWED ? "allowed" : verdicts[rule].why;
}

size_t scene_against(const struct scene *s)
{
	struct verdict verdicts[RULES_COUNT + 1];

	return rules_judge(&s->q, verdicts);
}
