/*
 * conflict: which submissions may go into one batch.
 *
 * Each submission of a batch is checked against the state as it was before the
 * batch.  So no two may read or change the same household, movement or account: what
 * a submission touches is a set of ids,
 *
 *   each fact's subject, and every subject that its values name;
 *   of each of these that is a person: household, movement of her seat, guardian,
 *   and the guardian's household;
 *   of a grant, the same of all records of the person who gets it;
 *   the day of an appointment (as a hash), for a day has only so many;
 *   its idempotency key, and the case number it gives (as a hash);
 *   those whom it knows as they were;
 *   the account that opens a file or looks for somebody, for both are counted.
 *
 * Facts in clear, terms, sites and accounts change what every check reads: they go
 * alone.  A submission that must wait is the first of the next batch or comes closer
 * to it, so none waits for ever.
 */
#include "register/batch.h"

static bool must_be_alone(const struct submission *s)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct kind_spec *k = s->facts[i].kind;

		/* That she looked for somebody changes nothing about her account. */
		if (k->kind == KIND_SEARCH_MADE)
			continue;
		if (k->seal == SEAL_CLEAR || k->subject == SUBJECT_ACCOUNT)
			return true;
	}
	return s->setting_count > 0;
}

static bool want_id(struct batch *b, const struct id *id)
{
	return id_is_none(id) || ids_add(&b->wanted, id);
}

static bool want_person(struct batch *b, const struct id *id)
{
	const struct state *state = b->reg->state;
	struct person p, guardian;

	if (!state_person(state, id, &p))
		return true;
	if (!want_id(b, &p.household) || !want_id(b, &p.movement) || !want_id(b, &p.guardian))
		return false;
	return !state_person(state, &p.guardian, &guardian) || want_id(b, &guardian.household);
}

static bool want(struct batch *b, const struct id *id)
{
	return want_id(b, id) && want_person(b, id);
}

static bool want_value(struct batch *b, const struct field *field, const struct value *v)
{
	if (!v->given || field->type != TYPE_SUBJECT)
		return true;
	if (field->many == 1)
		return want(b, v->id);
	for (size_t i = 0; i < v->count; i++)
		if (!want(b, v->items[i].id))
			return false;
	return true;
}

static bool want_case_number(struct batch *b, const struct fact *fact)
{
	const struct value *v = &fact->values[HOUSEHOLD_REGISTERED_CASE_NUMBER];
	char upper[CASE_NUMBER_MAX];
	struct text number;
	struct id hash;

	if (fact->kind->subject != SUBJECT_HOUSEHOLD || !v->given ||
	    (fact->kind->kind != KIND_HOUSEHOLD_REGISTERED &&
	     fact->kind->kind != KIND_HOUSEHOLD_AMENDED))
		return true;
	number = case_number_upper(upper, v->text);
	crypto_generichash(hash.at, ID_SIZE, (const uint8_t *)number.at, number.size, NULL, 0);
	return want_id(b, &hash);
}

static_assert((int)HOUSEHOLD_REGISTERED_CASE_NUMBER == (int)HOUSEHOLD_AMENDED_CASE_NUMBER,
	      "one slot serves both kinds");

static bool want_day(struct batch *b, const struct fact *fact)
{
	struct id day;

	if (fact->kind->kind != KIND_APPOINTMENT_SET)
		return true;
	day = appointment_day(b->reg, fact);
	return want_id(b, &day);
}

/* Who is paid under one record is paid under none of the others. */
static bool want_doubles(struct batch *b, const struct fact *fact)
{
	struct preview *now;
	struct doubles d;
	bool fits = true;

	if (fact->kind->kind != KIND_GRANT_APPROVED && fact->kind->kind != KIND_GRANT_PAID)
		return true;
	if (preview_new(&now, b->arena, b->reg->state))
		return false;
	doubles_of(now, &fact->subject, &d);
	for (size_t i = 1; fits && i < d.count; i++)
		fits = want(b, &d.ids[i]);
	return fits;
}

static bool want_fact(struct batch *b, const struct session *by, const struct fact *fact)
{
	if (!want(b, &fact->subject) || !want_case_number(b, fact) || !want_day(b, fact) ||
	    !want_doubles(b, fact))
		return false;
	if (!want_id(b, &fact->key))
		return false;
	if (fact->kind->kind == KIND_RECORD_OPENED && !want_id(b, &by->account))
		return false;
	for (size_t i = 0; i < fact->kind->field_count; i++)
		if (!want_value(b, &fact->kind->fields[i], &fact->values[i]))
			return false;
	return true;
}

/* Fill `wanted`; false: it is more than a set holds. */
static bool want_all(struct batch *b, const struct submission *s)
{
	ids_clear(&b->wanted);
	for (size_t i = 0; i < s->count; i++)
		if (!want_fact(b, s->by, &s->facts[i]))
			return false;
	for (size_t i = 0; i < s->known_count; i++)
		if (!want_id(b, &s->known[i].person))
			return false;
	return true;
}

static bool is_free(const struct batch *b)
{
	for (size_t i = 0; i < b->wanted.count; i++)
		if (ids_has(&b->touched, &b->wanted.listed[i]))
			return false;
	return true;
}

static bool touch_wanted(struct batch *b)
{
	for (size_t i = 0; i < b->wanted.count; i++)
		if (!ids_add(&b->touched, &b->wanted.listed[i]))
			return false;
	return true;
}

bool batch_take(struct batch *b, struct submission *s)
{
	bool alone = must_be_alone(s), fits;

	if (b->taken_count && (alone || b->alone || b->taken_count == BATCH_SUBMISSIONS_MAX ||
			       b->taken_facts + s->count > LOG_BATCH_MAX))
		return false;
	if (!alone && b->reg->state) {
		fits = want_all(b, s);
		if (b->taken_count && (!fits || !is_free(b)))
			return false;
		alone = !fits || !touch_wanted(b);
	}
	b->alone = alone;
	b->taken[b->taken_count++] = s;
	b->taken_facts += s->count;
	return true;
}
