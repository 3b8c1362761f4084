/*
 * money: a grant is paid once, by a tariff, by two people.
 *
 * A return grant is for who went with the operation (facilitated) or came back by
 * herself and is helped (assisted spontaneous), and only once she is across: money
 * before that would be a price for leaving.  It does not depend on the answer: who
 * stays loses nothing by rule 8, and help at the border is no grant and waits for none.
 */
#include "rules/judging.h"

/* --- 15 ---------------------------------------------------------------------------------- */

/* Slots of the fields that an approval and a payment share. */
_Static_assert((int)GRANT_APPROVED_TARIFF == (int)GRANT_PAID_TARIFF &&
		       (int)GRANT_APPROVED_PART == (int)GRANT_PAID_PART &&
		       (int)GRANT_APPROVED_AMOUNT == (int)GRANT_PAID_AMOUNT,
	       "both kinds have the same fields in the same order");

static bool has_part(uint16_t parts, int64_t part)
{
	return part > 0 && part < 16 && parts >> part & 1;
}

static bool in_force(const struct tariff *t, int32_t today)
{
	return t->valid_from != DAY_NONE && today >= t->valid_from &&
	       (t->valid_to == DAY_NONE || today <= t->valid_to);
}

static struct verdict fits_tariff(const struct question *q)
{
	const struct value *v = q->fact->values;
	const struct tariff *t = q->tariff;

	if (!t)
		return v[GRANT_PAID_TARIFF].given ? refused("tariff") : allowed();
	if (!in_force(t, q->today))
		return refused("tariff-not-in-force");
	if (t->group && t->group != q->person->group)
		return refused("tariff-group");
	if (v[GRANT_PAID_PART].given && v[GRANT_PAID_PART].number != t->part)
		return refused("tariff-part");
	if (v[GRANT_PAID_AMOUNT].given && v[GRANT_PAID_AMOUNT].number != t->amount)
		return refused("tariff-amount");
	return allowed();
}

/*
 * A part that is paid for the family was had by all of its group; members of other
 * groups have tariffs of their own.
 */
static bool family_has_had(const struct question *q, const struct person *family, size_t count,
			   int64_t part)
{
	if (!q->tariff || q->tariff->per == GRANT_PER_PERSON)
		return false;
	for (size_t i = 0; i < count; i++)
		if (family[i].group == q->person->group && has_part(family[i].paid_parts, part))
			return true;
	return false;
}

/* Under another record of hers, herself or with the family in which she stands there. */
static bool double_has_had(const struct question *q, int64_t part)
{
	for (size_t i = 0; i < q->double_count; i++)
		if (has_part(q->doubles[i].paid_parts, part))
			return true;
	return family_has_had(q, q->double_kin, q->double_kin_count, part);
}

static struct verdict not_had(const struct question *q)
{
	int64_t part = q->fact->values[GRANT_PAID_PART].number;

	if (q->person->died)
		return refused("died");
	if (q->doubles_unsure)
		return refused("paid-double");
	if (!q->fact->values[GRANT_PAID_PART].given)
		return allowed();
	if (has_part(q->person->paid_parts, part))
		return refused("paid-already");
	if (double_has_had(q, part))
		return refused("paid-elsewhere");
	return family_has_had(q, q->members, q->member_count, part) ? refused("paid-family")
								    : allowed();
}

static struct verdict is_due(const struct question *q)
{
	struct verdict v = fits_tariff(q);

	return v.outcome == OUTCOME_ALLOWED ? not_had(q) : v;
}

static struct verdict is_approved(const struct question *q)
{
	const struct person *p = q->person;
	const struct value *part = &q->fact->values[GRANT_PAID_PART];

	if (part->given ? !has_part(p->approved_parts, part->number) : !p->approved_parts)
		return missing("approval");
	return id_same(&p->approver, &q->fact->actor) ? refused("approver-pays") : allowed();
}

/* A family of one has nobody else across. */
static bool came_alone(const struct question *q)
{
	for (size_t i = 0; i < q->member_count; i++)
		if (q->members[i].crossed && !id_same(&q->members[i].id, &q->person->id))
			return false;
	return true;
}

static struct verdict has_returned(const struct question *q)
{
	const struct person *p = q->person;

	if (!p->crossed)
		return missing("grant-crossing");
	if (p->return_kind != RETURN_KIND_FACILITATED &&
	    p->return_kind != RETURN_KIND_ASSISTED_SPONTANEOUS)
		return refused("grant-return-kind");
	if (q->tariff && q->tariff->per == GRANT_PER_FAMILY_OF_ONE && !came_alone(q))
		return refused("family-of-one");
	return allowed();
}

static struct verdict is_payable(const struct question *q)
{
	struct verdict v = is_due(q);

	if (v.outcome == OUTCOME_ALLOWED)
		v = has_returned(q);
	return v.outcome == OUTCOME_ALLOWED ? is_approved(q) : v;
}

static struct verdict is_reversible(const struct question *q)
{
	const struct fact *payment = q->named;

	if (!payment)
		return missing("payment");
	if (payment->kind_number != KIND_GRANT_PAID)
		return refused("not-a-payment");
	if (!has_part(q->person->paid_parts, payment->values[GRANT_PAID_PART].number))
		return refused("reversed-already");
	return id_same(&payment->actor, &q->fact->actor) ? refused("payer-reverses") : allowed();
}

static bool has_grant(const struct person *p)
{
	return p && (p->approved_parts || p->paid_parts);
}

/*
 * Whether two records are one person decides what may be paid under either, as soon as
 * anything is approved or paid under one of them.
 */
static struct verdict decides_of_money(const struct question *q)
{
	bool money = has_grant(q->person) || has_grant(q->other);

	for (size_t i = 0; !money && i < q->double_count; i++)
		money = has_grant(&q->doubles[i]);
	return money ? question_has_second(q) : allowed();
}

/*
 * "A grant is paid once per person and part, by tariff in force; two people; reversal,
 * never deletion."
 */
struct verdict judge_paid_once(const struct question *q)
{
	switch (q->fact->kind->kind) {
	case KIND_GRANT_APPROVED: return is_due(q);
	case KIND_GRANT_PAID: return is_payable(q);
	case KIND_GRANT_REVERSED: return is_reversible(q);
	case KIND_PERSON_SAME_AS:
	case KIND_PERSON_NOT_SAME_AS: return decides_of_money(q);
	case KIND_FACT_ANNULLED:
		return q->named && q->named->kind_number == KIND_GRANT_PAID
			       ? refused("annul-payment")
			       : allowed();
	default: return allowed();
	}
}
