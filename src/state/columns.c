/*
 * Loading and storing a person's row, column by column, as person.def says.  Storing
 * writes what changed: to find the number of an id or a text is the dear part.
 */
#include "state/inside.h"

#define LOAD_FLAG(s, v) ((v) != 0)
#define LOAD_COUNT8(s, v) (v)
#define LOAD_COUNT16(s, v) (v)
#define LOAD_MASK16(s, v) (v)
#define LOAD_MASK32(s, v) (v)
#define LOAD_CODE(s, v) (v)
#define LOAD_DAY(s, v) (v)
#define LOAD_TIME(s, v) (v)
#define LOAD_ID(s, v) subject_at(&(s)->subjects, v)->id
#define LOAD_SYMBOL(s, v) symbol_text(&(s)->symbols, &(s)->heap, v)

void person_load(const struct state *s, uint32_t row, struct person *out)
{
	const struct person_block *b = person_block(s, row);
	uint32_t at = person_place(row);

	out->id = subject_at(&s->subjects, b->subject[at])->id;
#define COLUMN(type, name) out->name = LOAD_##type(s, b->name[at]);
#include "state/person.def"
}

static bool store_id(struct state *s, uint32_t *to, const struct id *new, const struct id *old)
{
	if (id_same(new, old))
		return true;
	*to = subjects_intern(&s->subjects, new);
	return *to || id_is_none(new);
}

static bool store_symbol(struct state *s, uint32_t *to, struct text new, struct text old)
{
	return text_same(new, old) || symbol_number(&s->symbols, &s->heap, new, to);
}

#define STORE_PLAIN(to, new) (*(to) = (new), true)
#define STORE_FLAG(s, to, new, old) STORE_PLAIN(to, new)
#define STORE_COUNT8(s, to, new, old) STORE_PLAIN(to, new)
#define STORE_COUNT16(s, to, new, old) STORE_PLAIN(to, new)
#define STORE_MASK16(s, to, new, old) STORE_PLAIN(to, new)
#define STORE_MASK32(s, to, new, old) STORE_PLAIN(to, new)
#define STORE_CODE(s, to, new, old) STORE_PLAIN(to, new)
#define STORE_DAY(s, to, new, old) STORE_PLAIN(to, new)
#define STORE_TIME(s, to, new, old) STORE_PLAIN(to, (uint32_t)(new))
#define STORE_ID(s, to, new, old) store_id(s, to, &(new), &(old))
#define STORE_SYMBOL(s, to, new, old) store_symbol(s, to, new, old)

bool person_store(struct state *s, uint32_t row, const struct person *new, const struct person *old)
{
	struct person_block *b = person_block(s, row);
	uint32_t at = person_place(row);
	bool stored = true;

#define COLUMN(type, name) stored &= STORE_##type(s, &b->name[at], new->name, old->name);
#include "state/person.def"
	return stored;
}

bool person_new(struct state *s, uint32_t subject, uint32_t *row)
{
	struct person_block *b;

	*row = s->person_count;
	if (!chunks_reach(&s->persons, (*row >> PERSON_SHIFT) + 1))
		return false;
	s->person_count++;
	b = person_block(s, *row);
	b->subject[person_place(*row)] = subject;
	b->born_from[person_place(*row)] = b->born_to[person_place(*row)] = DAY_NONE;
	return true;
}

/* --- members: a list through the columns, both ways --------------------------- */

void members_leave(struct state *s, uint32_t household, uint32_t row)
{
	struct person_block *b = person_block(s, row);
	uint32_t at = person_place(row), next = b->next[at], previous = b->previous[at];

	if (!household)
		return;
	if (previous)
		person_block(s, previous - 1)->next[person_place(previous - 1)] = next;
	else
		subject_at(&s->subjects, household)->first_member = next;
	if (next)
		person_block(s, next - 1)->previous[person_place(next - 1)] = previous;
	b->next[at] = b->previous[at] = 0;
}

void members_join(struct state *s, uint32_t household, uint32_t row)
{
	struct person_block *b = person_block(s, row);
	uint32_t at = person_place(row), first;

	if (!household)
		return;
	first = subject_at(&s->subjects, household)->first_member;
	b->next[at] = first;
	if (first)
		person_block(s, first - 1)->previous[person_place(first - 1)] = row + 1;
	subject_at(&s->subjects, household)->first_member = row + 1;
}
