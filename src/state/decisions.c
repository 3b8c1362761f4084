/*
 * What was decided of pairs of records, as each record has it.
 *
 * A decision is a mark of the record that it is about; the other record has one of its
 * own.  Mostly one stands for a pair; more than one do where sites decided without
 * knowing of each other.
 */
#include "state/inside.h"

static void begin(struct decision *d, const struct mark *m)
{
	*d = (struct decision){
		.other = m->other,
		.officer = m->officer,
		.said = (enum decided)m->code,
		.recorded = m->recorded,
		.known = (uint16_t)m->number,
	};
}

static void join(struct decision *d, const struct mark *m)
{
	d->differ |= d->said != (enum decided)m->code;
	if (m->code == DECIDED_SAME)
		d->said = DECIDED_SAME;
	if (m->recorded < d->recorded)
		return;
	d->recorded = m->recorded;
	d->officer = m->officer;
	d->known = (uint16_t)m->number;
}

/* The block of a person's marks; 0: she has none. */
static uint32_t marks_of(const struct state *s, const struct id *person)
{
	uint32_t number = subjects_find(&s->subjects, person);
	const struct subject *subject = subject_at(&s->subjects, number);

	if (!number || subject->sort != SUBJECT_PERSON || !(subject->marks & SUBJECT_HAS_ROW))
		return 0;
	return person_block(s, subject->row)->marks[person_place(subject->row)];
}

bool state_decision(const struct state *s, const struct id *person, const struct id *other,
		    struct decision *out)
{
	uint32_t block = marks_of(s, person), at = 0;
	bool found = false;
	struct mark m;

	while (marks_next(s, block, MARK_DECIDED, &at, &m)) {
		if (!id_same(&m.other, other))
			continue;
		if (found)
			join(out, &m);
		else
			begin(out, &m);
		found = true;
	}
	return found;
}

/* Whether an earlier mark of the block is about the same record. */
static bool was_told(const struct state *s, uint32_t block, uint32_t until, const struct id *other)
{
	struct mark m;
	uint32_t at = 0;

	while (marks_next(s, block, MARK_DECIDED, &at, &m) && at < until)
		if (id_same(&m.other, other))
			return true;
	return false;
}

size_t state_decisions(const struct state *s, const struct id *person, struct decision *out,
		       size_t max)
{
	uint32_t block = marks_of(s, person), at = 0;
	size_t count = 0;
	struct mark m;

	while (marks_next(s, block, MARK_DECIDED, &at, &m)) {
		if (was_told(s, block, at, &m.other))
			continue;
		if (count < max && !state_decision(s, person, &m.other, &out[count]))
			continue;
		count++;
	}
	return count;
}

/* --- who is said to be the same --------------------------------------------------- */

struct sames {
	struct id *out;
	size_t max, count;
};

/* Of two sites each may have said it: what has no room is counted twice at most. */
static void take(struct sames *x, const struct mark *m)
{
	if (m->code != DECIDED_SAME)
		return;
	for (size_t i = 0; i < x->count && i < x->max; i++)
		if (id_same(&x->out[i], &m->other))
			return;
	if (x->count < x->max)
		x->out[x->count] = m->other;
	x->count++;
}

size_t state_same_as(const struct state *s, const struct id *person, struct id *out, size_t max)
{
	uint32_t block = marks_of(s, person), at = 0;
	struct sames x = { out, max, 0 };
	struct mark m;

	while (marks_next(s, block, MARK_DECIDED, &at, &m))
		take(&x, &m);
	return x.count;
}

size_t same_as_in(const struct standing *standing, struct id *out, size_t max)
{
	struct sames x = { out, max, 0 };

	for (uint32_t i = 0; i < standing->count; i++)
		if (standing->marks[i].sort == MARK_DECIDED)
			take(&x, &standing->marks[i]);
	return x.count;
}
