/*
 * The steps of what is not a person.  Fields given replace fields; the last of the
 * order wins, save where it would be unsafe: an advisory ends, a cancelled movement is
 * planned again and a closed account opened again only by a fact that knew.
 */
#include "state/steps.h"

#define SHARED(field) (HOUSEHOLD_AMENDED_##field - HOUSEHOLD_AMENDED_CASE_NUMBER)
_Static_assert(SHARED(SOURCE_KEY) ==
		       HOUSEHOLD_REGISTERED_SOURCE_KEY - HOUSEHOLD_REGISTERED_CASE_NUMBER,
	       "both kinds have the same fields in the same order");

static void keep_household(struct household *h, const struct value *v)
{
	keep_text(&h->case_number, &v[SHARED(CASE_NUMBER)]);
	keep_text(&h->residence, &v[SHARED(RESIDENCE)]);
	keep_text(&h->address, &v[SHARED(ADDRESS)]);
	keep_text(&h->phone, &v[SHARED(PHONE)]);
	keep_code(&h->phone_owner, &v[SHARED(PHONE_OWNER)]);
	if (v[SHARED(PHONE_SAFE)].given)
		h->phone_safe = v[SHARED(PHONE_SAFE)].number != 0;
	keep_text(&h->language, &v[SHARED(LANGUAGE_SPOKEN)]);
	if (v[SHARED(ARRIVAL_YEAR)].given)
		h->arrival_year = (int16_t)v[SHARED(ARRIVAL_YEAR)].number;
	keep_id(&h->head, &v[SHARED(HEAD)]);
	keep_text(&h->source_key, &v[SHARED(SOURCE_KEY)]);
}

void fold_household_registered(struct folding *to, const struct fact *f)
{
	to->household.registered = true;
	to->household.registered_at = fact_time(f);
	keep_household(&to->household, &f->values[HOUSEHOLD_REGISTERED_CASE_NUMBER]);
}

void fold_household_amended(struct folding *to, const struct fact *f)
{
	keep_household(&to->household, &f->values[HOUSEHOLD_AMENDED_CASE_NUMBER]);
}

void fold_household_erased(struct folding *to, const struct fact *f)
{
	(void)f;
	to->household.erased = true;
}

void fold_movement_planned(struct folding *to, const struct fact *f)
{
	struct movement *m = &to->movement;
	int64_t seats = number_of(f, MOVEMENT_PLANNED_SEATS);

	standing_lift(&to->standing, MARKS(CANCELLED), 0);
	m->planned = true;
	m->cancelled = standing_has(&to->standing, MARK_CANCELLED);
	m->departs = number_of(f, MOVEMENT_PLANNED_DEPARTS);
	m->from = text_at(f, MOVEMENT_PLANNED_FROM);
	m->crossing = text_at(f, MOVEMENT_PLANNED_CROSSING);
	m->transporter = text_at(f, MOVEMENT_PLANNED_TRANSPORTER);
	m->seats = seats > 0 && seats <= UINT16_MAX ? (uint16_t)seats : 0;
	m->planner = f->actor;
}

void fold_movement_cancelled(struct folding *to, const struct fact *f)
{
	standing_add(&to->standing, MARK_CANCELLED, f);
	to->movement.cancelled = true;
}

void fold_account_opened(struct folding *to, const struct fact *f)
{
	struct account *a = &to->account;

	standing_lift(&to->standing, MARKS(CLOSED), 0);
	a->open = !standing_has(&to->standing, MARK_CLOSED);
	a->opened_at = fact_time(f);
	a->name = text_at(f, ACCOUNT_OPENED_NAME);
	a->roles = (uint16_t)bits_of(&f->values[ACCOUNT_OPENED_ROLES]);
	a->sex = code_of(f, ACCOUNT_OPENED_SEX);
}

void fold_account_roles(struct folding *to, const struct fact *f)
{
	to->account.roles = (uint16_t)bits_of(&f->values[ACCOUNT_ROLES_ROLES]);
}

void fold_account_closed(struct folding *to, const struct fact *f)
{
	standing_add(&to->standing, MARK_CLOSED, f);
	to->account.open = false;
}

void fold_tariff_set(struct folding *to, const struct fact *f)
{
	to->tariff = (struct tariff){
		.id = to->tariff.id,
		.provider = text_at(f, TARIFF_SET_PROVIDER),
		.currency = text_at(f, TARIFF_SET_CURRENCY),
		.source = text_at(f, TARIFF_SET_SOURCE),
		.rule = text_at(f, TARIFF_SET_RULE),
		.group = code_of(f, TARIFF_SET_GROUP),
		.per = code_of(f, TARIFF_SET_PER),
		.part = code_of(f, TARIFF_SET_PART),
		.amount = number_of(f, TARIFF_SET_AMOUNT),
		.valid_from = day_held(&f->values[TARIFF_SET_VALID_FROM]),
		.valid_to = day_held(&f->values[TARIFF_SET_VALID_TO]),
	};
}

void fold_advisory_set(struct folding *to, const struct fact *f)
{
	struct advisory *a = &to->advisory;
	bool in_force = code_of(f, ADVISORY_SET_STATE) != ADVISORY_STATE_ENDED;
	struct text area = text_at(f, ADVISORY_SET_AREA);
	struct text crossing = text_at(f, ADVISORY_SET_CROSSING);

	/* Who ends it need not say where it was.  Where another site has set it meanwhile it
	 * stays in force, and in force nowhere it would stop nobody. */
	if (!area.size && !crossing.size) {
		area = a->area;
		crossing = a->crossing;
	}
	standing_lift(&to->standing, MARKS(IN_FORCE), 0);
	if (in_force)
		standing_add(&to->standing, MARK_IN_FORCE, f);
	*a = (struct advisory){
		.id = a->id,
		.sort = code_of(f, ADVISORY_SET_SORT),
		.in_force = standing_has(&to->standing, MARK_IN_FORCE),
		.area = area,
		.crossing = crossing,
		.source = text_at(f, ADVISORY_SET_SOURCE),
		.since = fact_time(f),
	};
}

void fold_days_set(struct folding *to, const struct fact *f)
{
	to->days = (struct days){
		.id = to->days.id,
		.site = f->ref.site,
		.weekday = code_of(f, DAYS_SET_WEEKDAY),
		.first_day = day_held(&f->values[DAYS_SET_FIRST_DAY]),
		.last_day = day_held(&f->values[DAYS_SET_LAST_DAY]),
		.people_max = (uint16_t)number_of(f, DAYS_SET_PEOPLE_MAX),
		.ended = flag_of(f, DAYS_SET_ENDED),
		.reason = text_at(f, DAYS_SET_REASON),
	};
}

/* The texts of a list, in memory of the folding. */
static const struct text *texts_of(struct folding *to, const struct value *v, size_t *count)
{
	struct text *list = arena_take_array(to->standing.arena, v->count + 1u, sizeof(*list));

	*count = 0;
	to->standing.failed |= !list;
	for (size_t n = 0; list && v->given && n < v->count; n++)
		list[(*count)++] = v->items[n].text;
	return list;
}

static const struct id *ids_of(struct folding *to, const struct value *v, size_t *count)
{
	struct id *list = arena_take_array(to->standing.arena, v->count + 1u, sizeof(*list));

	*count = 0;
	to->standing.failed |= !list;
	for (size_t n = 0; list && v->given && n < v->count; n++)
		list[(*count)++] = *v->items[n].id;
	return list;
}

/* What it says is as it was recorded last; its steps are its own. */
void fold_instrument_recorded(struct folding *to, const struct fact *f)
{
	struct instrument *i = &to->instrument;
	const struct value *v = f->values;

	*i = (struct instrument){
		.id = i->id,
		.steps = i->steps,
		.step_count = i->step_count,
		.code = text_at(f, INSTRUMENT_RECORDED_CODE),
		.authority = text_at(f, INSTRUMENT_RECORDED_AUTHORITY),
		.title = text_at(f, INSTRUMENT_RECORDED_TITLE),
		.number = text_at(f, INSTRUMENT_RECORDED_NUMBER),
		.groups = text_at(f, INSTRUMENT_RECORDED_GROUPS),
		.effect = text_at(f, INSTRUMENT_RECORDED_EFFECT),
		.detail = text_at(f, INSTRUMENT_RECORDED_DETAIL),
		.source = text_at(f, INSTRUMENT_RECORDED_SOURCE),
		.note = text_at(f, INSTRUMENT_RECORDED_NOTE),
		.verified_by = text_at(f, INSTRUMENT_RECORDED_VERIFIED_BY),
		.level = code_of(f, INSTRUMENT_RECORDED_LEVEL),
		.confidence = code_of(f, INSTRUMENT_RECORDED_CONFIDENCE),
		.date = day_held(&v[INSTRUMENT_RECORDED_DATE]),
		.valid_from = day_held(&v[INSTRUMENT_RECORDED_VALID_FROM]),
		.valid_to = day_held(&v[INSTRUMENT_RECORDED_VALID_TO]),
		.known = day_held(&v[INSTRUMENT_RECORDED_KNOWN]),
		.end_known = day_held(&v[INSTRUMENT_RECORDED_END_KNOWN]),
		.under = id_at(f, INSTRUMENT_RECORDED_UNDER),
	};
	i->areas = texts_of(to, &v[INSTRUMENT_RECORDED_AREAS], &i->area_count);
	i->parties = texts_of(to, &v[INSTRUMENT_RECORDED_PARTIES], &i->party_count);
	i->supersedes = ids_of(to, &v[INSTRUMENT_RECORDED_SUPERSEDES], &i->supersedes_count);
}

void fold_instrument_step(struct folding *to, const struct fact *f)
{
	struct instrument *i = &to->instrument;
	const struct value *hash = &f->values[INSTRUMENT_STEP_TEXT_HASH];
	int64_t version = number_of(f, INSTRUMENT_STEP_VERSION);
	struct instrument_step *steps =
		arena_take_array(to->standing.arena, i->step_count + 1, sizeof(*steps));

	to->standing.failed |= !steps;
	if (!steps)
		return;
	if (i->step_count)
		memcpy(steps, i->steps, i->step_count * sizeof(*steps));
	steps[i->step_count++] = (struct instrument_step){
		.step = code_of(f, INSTRUMENT_STEP_STEP),
		.on = day_held(&f->values[INSTRUMENT_STEP_ON]),
		.recorded = fact_time(f),
		.version = version > 0 && version <= UINT16_MAX ? (uint16_t)version : 0,
		.names_text = hash->given,
		.by = id_at(f, INSTRUMENT_STEP_BY),
		.party = text_at(f, INSTRUMENT_STEP_PARTY),
		.note = text_at(f, INSTRUMENT_STEP_NOTE),
		.source = text_at(f, INSTRUMENT_STEP_SOURCE),
	};
	if (hash->given)
		steps[i->step_count - 1].text_hash = *hash->hash;
	i->steps = steps;
}

#define HOUR_S 3600
#define DAY_S 86400
#define TERM_MAX 100000 /* hours or days; more is not a term but an accident */

static int64_t term_of(const struct fact *f, size_t slot, int64_t unit_s)
{
	int64_t n = number_of(f, slot);

	return (n < 0 ? 0 : n > TERM_MAX ? TERM_MAX : n) * unit_s;
}

void fold_terms_set(struct folding *to, const struct fact *f)
{
	to->terms.terms = (struct terms){
		.cooling_s = term_of(f, TERMS_SET_COOLING, HOUR_S),
		.lapse_s = term_of(f, TERMS_SET_LAPSE, DAY_S),
		.reconfirm_s = term_of(f, TERMS_SET_RECONFIRM, HOUR_S),
	};
	to->terms.recorded = fact_time(f);
	to->terms.ref = f->ref;
}

void fold_site_joined(struct folding *to, const struct fact *f)
{
	to->site.name = text_at(f, SITE_JOINED_NAME);
	to->site.code = text_at(f, SITE_JOINED_CODE);
	to->site.zone = text_at(f, SITE_JOINED_ZONE);
	to->site.demo = flag_of(f, SITE_JOINED_DEMO);
}

void fold_site_revoked(struct folding *to, const struct fact *f)
{
	(void)f;
	to->site.revoked = true;
}
