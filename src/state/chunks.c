/* Blocks come from calloc(): large ones are untouched zero pages until used. */
#include "state/chunks.h"

#include <stdlib.h>

void chunks_init(struct chunks *c, size_t item_size, unsigned shift)
{
	*c = (struct chunks){ .item_size = item_size, .shift = shift };
}

void chunks_free(struct chunks *c)
{
	for (uint32_t i = 0; i < c->block_count; i++) {
		uint32_t first = i << c->shift, used = c->count > first ? c->count - first : 0;

		used = used < 1u << c->shift ? used : 1u << c->shift;
		explicit_bzero(c->blocks[i], used * c->item_size);
		free(c->blocks[i]);
	}
	free(c->blocks);
	*c = (struct chunks){ .item_size = c->item_size, .shift = c->shift };
}

static bool add_block(struct chunks *c)
{
	if (c->block_count == c->block_room) {
		uint32_t room = c->block_room ? 2 * c->block_room : 8;
		uint8_t **more = realloc(c->blocks, room * sizeof(*more));

		if (!more)
			return false;
		c->blocks = more;
		c->block_room = room;
	}
	c->blocks[c->block_count] = calloc((size_t)1 << c->shift, c->item_size);
	return c->blocks[c->block_count] && ++c->block_count;
}

bool chunks_reach(struct chunks *c, uint32_t count)
{
	while ((uint64_t)c->block_count << c->shift < count)
		if (!add_block(c))
			return false;
	if (count > c->count)
		c->count = count;
	return true;
}

uint64_t chunks_bytes(const struct chunks *c)
{
	return c->block_room * sizeof(*c->blocks) +
	       (((uint64_t)c->block_count << c->shift) * c->item_size);
}
