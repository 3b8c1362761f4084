/*
 * The table of steps, and which rules a recorded fact breaks.
 *
 * Facts of other sites are never refused: they happened.  Where one breaks a rule of
 * the constitution the row says so.  What a fact breaks is judged by what its own
 * site knew of the person, that is by the fold of its causal past; and by what stood
 * unknown to it and cannot be made good: a crossing with the operation's help while a
 * withdrawal stood somewhere, a departure under a hold, a second payment.  (A
 * departure and a withdrawal that did not know of each other break nothing: the
 * withdrawal takes her off the bus.)
 */
#include "state/fold.h"

#include "state/steps.h"

#define STEPS_MAX 256
#define BROKEN(rule) (1u << (rule))

/* Numbers of the constitution (rules/rules.def stands above this room). */
enum {
	OWN_CHOICE = 1,
	REVOCABLE = 6,
	ASKED_AGAIN = 7,
	HOLDS_HOLD = 13,
	DOCUMENTS_LAST = 14,
	PAID_ONCE = 15,
};

static const struct {
	fold_fn *step;
	uint32_t flags;
} steps[STEPS_MAX] = {
#define STEP(kind, name, flags) [KIND_##kind] = { fold_##name, flags },
	PERSON_STEPS(STEP) THING_STEPS(STEP)
#undef STEP
};

static fold_fn *step_of(enum kind k)
{
	return (unsigned)k < STEPS_MAX ? steps[k].step : NULL;
}

uint32_t fold_flags(enum kind k)
{
	return step_of(k) ? steps[k].flags : FOLD_RECORD_ONLY;
}

bool state_folds_identity(enum kind k)
{
	return fold_flags(k) & FOLD_IDENTITY;
}

bool state_may_annul(enum kind k)
{
	return !(fold_flags(k) & FOLD_PERMANENT);
}

bool fold_is_unknown(const struct fact *f)
{
	return !f->kind || f->version > f->kind->version || f->unknown_case.count ||
	       f->unknown_identity.count;
}

bool fold_takes(const struct fact *f)
{
	return f->kind &&
	       (f->version <= f->kind->version || fold_flags(f->kind->kind) & FOLD_AT_ONCE);
}

void folding_init(struct folding *to, enum subject_sort sort, const struct id *id, struct arena *a)
{
	*to = (struct folding){ .sort = sort, .standing = { .arena = a } };
	switch (sort) {
	case SUBJECT_PERSON:
		to->person = (struct person){ .id = *id };
		to->person.born_from = to->person.born_to = DAY_NONE;
		break;
	case SUBJECT_HOUSEHOLD: to->household = (struct household){ .id = *id }; break;
	case SUBJECT_MOVEMENT: to->movement = (struct movement){ .id = *id }; break;
	case SUBJECT_ACCOUNT: to->account = (struct account){ .id = *id }; break;
	case SUBJECT_TARIFF:
		to->tariff = (struct tariff){ .id = *id };
		to->tariff.valid_from = to->tariff.valid_to = DAY_NONE;
		break;
	case SUBJECT_ADVISORY: to->advisory = (struct advisory){ .id = *id }; break;
	case SUBJECT_DAYS:
		to->days = (struct days){ .id = *id };
		to->days.first_day = to->days.last_day = DAY_NONE;
		break;
	case SUBJECT_INSTRUMENT:
		to->instrument = (struct instrument){ .id = *id };
		to->instrument.date = to->instrument.valid_from = to->instrument.valid_to =
			to->instrument.known = to->instrument.end_known = DAY_NONE;
		break;
	case SUBJECT_TERMS: to->terms = (struct terms_row){ .id = *id }; break;
	case SUBJECT_SITE: to->site = (struct site_row){ .id = *id }; break;
	case SUBJECT_0:
	case SUBJECT_FIGURE:
	case SUBJECT_TABLE:
	case SUBJECT_SORTS: break;
	}
}

void fold_step(struct folding *to, const struct fact *f)
{
	fold_fn *step = step_of(f->kind->kind);

	if (step && f->kind->subject == to->sort)
		step(to, f);
}

void fold_derive(struct folding *to)
{
	if (to->sort == SUBJECT_PERSON)
		derive_person(&to->person, &to->standing);
	if (to->sort == SUBJECT_PERSON && to->person.erased)
		fold_erase(to);
	if (to->sort == SUBJECT_HOUSEHOLD && to->household.erased)
		fold_erase(to);
}

void fold_erase(struct folding *to)
{
	struct id id = to->sort == SUBJECT_PERSON ? to->person.id : to->household.id;
	enum subject_sort sort = to->sort;

	folding_init(to, sort, &id, to->standing.arena);
	if (sort == SUBJECT_PERSON) {
		to->person.erased = true;
		to->person.status = STATUS_ERASED;
		to->renamed = true;
	} else {
		to->household.erased = true;
	}
}

/* --- what a recorded fact breaks ---------------------------------------------- */

#define ADULT_DAYS_MAX 6575 /* days in 18 years, at most */

/* A child follows its guardian: it may go without an answer of its own. */
static bool may_be_child(const struct person *p, const struct fact *f)
{
	return p->born_to != DAY_NONE && fact_time(f) / 86400 - p->born_to < ADULT_DAYS_MAX;
}

static uint32_t judge_leaving(const struct person *seen, const struct fact *f)
{
	uint32_t broken = 0;

	if (seen->withdrawn)
		broken |= BROKEN(REVOCABLE);
	if (seen->holds)
		broken |= BROKEN(HOLDS_HOLD);
	if (seen->answer != ANSWER_RETURN && !may_be_child(seen, f))
		broken |= BROKEN(OWN_CHOICE);
	return broken;
}

static uint32_t judge_departure(const struct person *seen, const struct fact *f)
{
	uint32_t broken = judge_leaving(seen, f);

	if (!seen->reconfirmed && !may_be_child(seen, f))
		broken |= BROKEN(ASKED_AGAIN);
	return broken;
}

uint32_t fold_judge(const struct person *seen, const struct fact *f)
{
	uint8_t part;

	switch (f->kind->kind) {
	case KIND_DEPARTURE_RECORDED: return judge_departure(seen, f);
	case KIND_CROSSING_RECORDED:
		return fold_deed(f, 0).code == RETURN_KIND_FACILITATED ? judge_leaving(seen, f) : 0;
	case KIND_DOCUMENT_SURRENDERED: return seen->crossed ? 0 : BROKEN(DOCUMENTS_LAST);
	case KIND_GRANT_PAID:
		part = code_of(f, GRANT_PAID_PART);
		return part < 16 && seen->paid_parts >> part & 1 ? BROKEN(PAID_ONCE) : 0;
	default: return 0;
	}
}

struct deed fold_deed(const struct fact *f, uint32_t position)
{
	struct deed d = { .position = position, .kind = f->kind->kind };

	if (d.kind == KIND_CROSSING_RECORDED &&
	    code_of(f, CROSSING_RECORDED_DIRECTION) == DIRECTION_CROSSED)
		d.code = code_of(f, CROSSING_RECORDED_RETURN_KIND);
	if (d.kind == KIND_GRANT_PAID)
		d.code = code_of(f, GRANT_PAID_PART);
	return d;
}

uint32_t fold_judge_pair(const struct deed *a, const struct deed *b)
{
	if (a->kind == KIND_CHOICE_WITHDRAWN && b->kind == KIND_CROSSING_RECORDED)
		return b->code == RETURN_KIND_FACILITATED ? BROKEN(REVOCABLE) : 0;
	if (a->kind == KIND_HOLD_PLACED && b->kind == KIND_DEPARTURE_RECORDED)
		return BROKEN(HOLDS_HOLD);
	if (a->kind == KIND_GRANT_PAID && b->kind == KIND_GRANT_PAID && a->code == b->code)
		return BROKEN(PAID_ONCE);
	return 0;
}
