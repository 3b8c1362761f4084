/* Number 0 is the empty text, so that a zeroed row has none. */
#include "state/columns.h"

bool symbols_init(struct symbols *s)
{
	*s = (struct symbols){ 0 };
	chunks_init(&s->items, sizeof(uint32_t), 10);
	return chunks_reach(&s->items, 1);
}

void symbols_free(struct symbols *s)
{
	chunks_free(&s->items);
	table_free(&s->of_text);
}

struct text symbol_text(const struct symbols *s, const struct heap *h, uint32_t number)
{
	struct bytes b = heap_at(h, *(uint32_t *)chunks_at(&s->items, number));

	return (struct text){ (const char *)b.at, b.size };
}

bool symbol_number(struct symbols *s, struct heap *h, struct text t, uint32_t *number)
{
	uint64_t hash = hash_of_text(t, 0);
	struct table_walk w = table_walk(&s->of_text, hash);
	uint32_t block;

	*number = 0;
	if (!t.size)
		return true;
	while ((*number = table_next(&s->of_text, &w)))
		if (text_same(symbol_text(s, h, *number), t))
			return true;
	*number = s->items.count;
	block = heap_put(h, t.at, t.size);
	if (!block || !chunks_reach(&s->items, *number + 1) ||
	    !table_add(&s->of_text, hash, *number))
		return false;
	*(uint32_t *)chunks_at(&s->items, *number) = block;
	return true;
}
