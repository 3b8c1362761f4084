/*
 * Marks at rest: 28 bytes each, one behind the other in a block of the heap.  Most
 * people have one or two; who has none has no block.
 */
#include "state/inside.h"

struct packed_mark {
	uint32_t fact; /* number in the trail */
	uint32_t recorded;
	uint32_t number;
	uint32_t officer, other; /* subjects */
	uint32_t symbol;
	uint8_t sort, code, second, flags;
};
_Static_assert(sizeof(struct packed_mark) == 28, "without holes");

static struct mark unpack(const struct state *s, const struct packed_mark *p)
{
	return (struct mark){
		.sort = p->sort,
		.code = p->code,
		.second = p->second,
		.flags = p->flags,
		.ref = trail_ref(&s->trail, p->fact),
		.recorded = p->recorded,
		.number = p->number,
		.officer = subject_at(&s->subjects, p->officer)->id,
		.other = subject_at(&s->subjects, p->other)->id,
		.symbol = symbol_text(&s->symbols, &s->heap, p->symbol),
	};
}

void marks_load(const struct state *s, uint32_t block, struct standing *to)
{
	struct bytes packed = heap_at(&s->heap, block);
	uint32_t count = (uint32_t)(packed.size / sizeof(struct packed_mark));

	if (count > to->room) {
		to->marks = arena_take_array(to->arena, count + MARKS_AT_HAND, sizeof(*to->marks));
		to->room = to->marks ? count + MARKS_AT_HAND : 0;
		to->failed |= !to->marks;
	}
	for (to->count = 0; to->count < count && to->count < to->room; to->count++) {
		struct packed_mark p;

		memcpy(&p, packed.at + to->count * sizeof(p), sizeof(p));
		to->marks[to->count] = unpack(s, &p);
		to->marks[to->count].stored = to->count + 1;
	}
}

bool marks_next(const struct state *s, uint32_t block, enum mark_sort sort, uint32_t *at,
		struct mark *out)
{
	struct bytes packed = heap_at(&s->heap, block);

	while (((size_t)*at + 1) * sizeof(struct packed_mark) <= packed.size) {
		struct packed_mark p;

		memcpy(&p, packed.at + (size_t)(*at)++ * sizeof(p), sizeof(p));
		if (p.sort != sort)
			continue;
		*out = unpack(s, &p);
		return true;
	}
	return false;
}

static bool pack(struct state *s, const struct mark *m, struct packed_mark *p)
{
	*p = (struct packed_mark){
		.fact = trail_find(&s->trail, &m->ref),
		.recorded = (uint32_t)m->recorded,
		.number = (uint32_t)m->number,
		.officer = subjects_intern(&s->subjects, &m->officer),
		.other = subjects_intern(&s->subjects, &m->other),
		.sort = m->sort,
		.code = m->code,
		.second = m->second,
	};
	return (p->officer || id_is_none(&m->officer)) && (p->other || id_is_none(&m->other)) &&
	       symbol_number(&s->symbols, &s->heap, m->symbol, &p->symbol);
}

/* Whether all stored marks stand and none came: flags may still differ. */
static bool same_marks(const struct standing *from, uint32_t count)
{
	if (from->count != count)
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (from->marks[i].stored != i + 1)
			return false;
	return true;
}

static void put_flags(struct state *s, uint32_t block, const struct standing *from)
{
	uint8_t *packed;

	if (!block)
		return;
	packed = heap_edit(&s->heap, block);
	for (uint32_t i = 0; i < from->count; i++)
		packed[i * sizeof(struct packed_mark) + offsetof(struct packed_mark, flags)] =
			from->marks[i].flags;
}

bool marks_store(struct state *s, uint32_t *block, const struct standing *from)
{
	struct bytes old = heap_at(&s->heap, *block);
	uint32_t new = 0;

	if (!same_marks(from, (uint32_t)(old.size / sizeof(struct packed_mark)))) {
		if (from->count &&
		    !(new = heap_take(&s->heap, from->count * sizeof(struct packed_mark))))
			return false;
		for (uint32_t i = 0; i < from->count; i++) {
			const struct mark *m = &from->marks[i];
			struct packed_mark p;

			if (m->stored)
				memcpy(&p, old.at + (m->stored - 1) * sizeof(p), sizeof(p));
			else if (!pack(s, m, &p))
				return false;
			memcpy((uint8_t *)heap_edit(&s->heap, new) + i * sizeof(p), &p, sizeof(p));
		}
		heap_drop(&s->heap, *block);
		*block = new;
	}
	put_flags(s, *block, from);
	return true;
}
