/* Number 0 is the id of zeros: "none" maps to none both ways without a test. */
#include "state/subjects.h"

#define SUBJECTS_MAX UINT32_MAX

bool subjects_init(struct subjects *s, uint64_t key)
{
	*s = (struct subjects){ .key = key };
	chunks_init(&s->items, sizeof(struct subject), 10);
	return chunks_reach(&s->items, 1);
}

void subjects_free(struct subjects *s)
{
	chunks_free(&s->items);
	table_free(&s->of_id);
}

uint64_t subjects_bytes(const struct subjects *s)
{
	return chunks_bytes(&s->items) + table_bytes(&s->of_id);
}

uint32_t subjects_find(const struct subjects *s, const struct id *id)
{
	struct table_walk w = table_walk(&s->of_id, hash_of_id(id, s->key));
	uint32_t number;

	while ((number = table_next(&s->of_id, &w)))
		if (id_same(&subject_at(s, number)->id, id))
			break;
	return number;
}

uint32_t subjects_intern(struct subjects *s, const struct id *id)
{
	uint32_t number;

	if (id_is_none(id))
		return 0;
	if ((number = subjects_find(s, id)))
		return number;
	number = s->items.count;
	if (number == SUBJECTS_MAX || !chunks_reach(&s->items, number + 1) ||
	    !table_add(&s->of_id, hash_of_id(id, s->key), number))
		return 0;
	subject_at(s, number)->id = *id;
	return number;
}

struct heads subject_heads(const struct subject *s, const struct heap *h)
{
	struct bytes many;

	if (!(s->marks & SUBJECT_FORKED))
		return (struct heads){ &s->head, s->head != 0 };
	many = heap_at(h, s->head);
	return (struct heads){ (const void *)many.at, many.size / sizeof(uint32_t) };
}

bool subject_set_heads(struct subject *s, struct heap *h, struct heads heads)
{
	uint32_t head = heads.count == 1 ? heads.at[0] : 0;

	if (heads.count > 1 && !(head = heap_put(h, heads.at, heads.count * sizeof(*heads.at))))
		return false;
	if (s->marks & SUBJECT_FORKED)
		heap_drop(h, s->head);
	s->marks = (uint8_t)(s->marks & ~SUBJECT_FORKED);
	if (heads.count > 1)
		s->marks |= SUBJECT_FORKED;
	s->head = head;
	return true;
}
