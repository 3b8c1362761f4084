/*
 * family: who goes with whom, and children who have nobody.
 */
#include "rules/judging.h"

/* --- 9 ----------------------------------------------------------------------------------- */

static bool is_self(const struct question *q, const struct person *m)
{
	return id_same(&m->id, &q->person->id);
}

static bool depends_on_her(const struct question *q, const struct person *m)
{
	return person_is_child(m, q->today) && id_same(&m->guardian, &q->person->id);
}

static const struct person *member(const struct question *q, const struct id *id)
{
	for (size_t i = 0; i < q->member_count; i++)
		if (id_same(&q->members[i].id, id))
			return &q->members[i];
	return NULL;
}

/*
 * A child that stays needs an adult who stays and has it in her care.  One whose
 * guardian is of another household is not left by this one.
 */
static bool is_left(const struct question *q, const struct person *child)
{
	const struct person *g = member(q, &child->guardian);

	if (child->crossed || child->departed || !id_is_none(&child->movement))
		return false;
	if (id_is_none(&child->guardian))
		return true;
	return g &&
	       (person_is_gone(g) || g->departed || g->crossed || person_is_child(g, q->today));
}

static bool goes_with_her(const struct question *q, const struct person *child)
{
	return child->crossed || (q->movement && person_travels_with(child, q->movement));
}

static struct verdict leaves_child(const struct question *q, const struct person *child)
{
	if (!depends_on_her(q, child))
		return is_left(q, child) ? missing("child-guardian") : allowed();
	if (q->fact->kind->kind == KIND_DEPARTURE_RECORDED && !goes_with_her(q, child))
		return missing("child-travels");
	return allowed();
}

/* Seats for herself and for those of her children who have none yet. */
static struct verdict has_room(const struct question *q)
{
	size_t needed = 1;

	for (size_t i = 0; i < q->member_count; i++) {
		const struct person *m = &q->members[i];

		if (!person_is_gone(m) && depends_on_her(q, m) && !goes_with_her(q, m))
			needed++;
	}
	return q->seats_taken + needed <= q->movement->seats ? allowed() : missing("room");
}

/*
 * Whoever withdrew was asked and has answered, and stops nobody else.  With `apart` she
 * has said that she goes whatever the others answer.
 */
static struct verdict leaves_adult(const struct question *q, const struct person *m)
{
	if (q->person->apart_by_choice || m->withdrawn || m->crossed)
		return allowed();
	if (!m->answer && !m->counselled)
		return missing("family-asked");
	return m->answer == ANSWER_RETURN ? allowed() : missing("apart");
}

static struct verdict leaves(const struct question *q)
{
	struct verdict v = allowed();

	for (size_t i = 0; i < q->member_count && v.outcome == OUTCOME_ALLOWED; i++) {
		const struct person *m = &q->members[i];

		if (is_self(q, m) || person_is_gone(m))
			continue;
		v = person_is_child(m, q->today) ? leaves_child(q, m) : leaves_adult(q, m);
	}
	return v;
}

/*
 * A child's no is weighed by those whose work it is, not by the bus.  Whether the
 * family goes apart is answered by its guardian.
 */
static struct verdict is_taken(const struct person *child)
{
	if (child->child_view != CHILD_VIEW_DISAGREES || child->best_interests == RESULT_FAVOURABLE)
		return allowed();
	return missing("child-disagrees");
}

/*
 * "No member left or taken unwillingly; spouses are asked apart and may answer
 * differently; splitting is a recorded choice; one member's withdrawal stops that
 * member and her dependants only."
 */
struct verdict judge_families(const struct question *q)
{
	struct verdict v;

	if (!question_is_travel(q))
		return allowed();
	if (question_is_child(q))
		return is_taken(q->person);
	v = leaves(q);
	if (v.outcome != OUTCOME_ALLOWED || q->fact->kind->kind != KIND_SEAT_ASSIGNED ||
	    !q->movement)
		return v;
	return has_room(q);
}

/* --- 10 ---------------------------------------------------------------------------------- */

static bool is_favourable(uint8_t result)
{
	return result == RESULT_FAVOURABLE || result == RESULT_FAVOURABLE_WITH_ESCORT;
}

static struct verdict is_assessed(const struct person *child)
{
	if (child->best_interests == RESULT_UNFAVOURABLE)
		return refused("best-interests");
	if (child->tracing == RESULT_UNFAVOURABLE)
		return refused("tracing");
	if (!is_favourable(child->tracing))
		return missing("tracing");
	return is_favourable(child->best_interests) ? allowed() : missing("best-interests");
}

static struct verdict other_parent_agrees(const struct person *child)
{
	if (child->other_parent == RESULT_UNFAVOURABLE)
		return refused("other-parent");
	if (!is_favourable(child->other_parent) || !child->other_parent_basis)
		return missing("other-parent");
	return allowed();
}

/*
 * "Unaccompanied, separated, married, or heading a household: no travel before tracing
 * and a best-interests assessment; with one parent: the other's consent, custody or
 * death on record."
 */
struct verdict judge_children_alone(const struct question *q)
{
	const struct person *child = q->person;
	struct verdict v;

	if (!question_is_travel(q) || !question_is_child(q))
		return allowed();
	if (child_is_alone(child)) {
		v = is_assessed(child);
		if (v.outcome != OUTCOME_ALLOWED)
			return v;
	}
	if (!child->care)
		return missing("care");
	return child->care == CARE_WITH_ONE_PARENT ? other_parent_agrees(child) : allowed();
}
