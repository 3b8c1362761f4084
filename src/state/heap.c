/*
 * Classes: 1 to 64 units one by one, then eight to each doubling, so that no block
 * wastes more than an eighth.
 */
#include "state/heap.h"

#include <assert.h>
#include <stdlib.h>

#define UNIT 8u
#define HEADER 4u
#define CHUNK_UNITS (1u << 15)
#define LARGE_UNITS (CHUNK_UNITS / 4)
#define HEAP_BLOCK_MAX ((size_t)16 << 20)
#define CHUNKS_MAX (1u << 17)

static uint8_t *unit_at(const struct heap *h, uint32_t unit)
{
	return h->chunks[unit / CHUNK_UNITS] + (size_t)(unit % CHUNK_UNITS) * UNIT;
}

static uint32_t units_of(size_t size)
{
	return (uint32_t)((size + HEADER + UNIT - 1) / UNIT);
}

/* The class of blocks of at least `units`, which get rounded up to its size. */
static unsigned class_of(uint32_t *units)
{
	unsigned doubling = 0;
	uint32_t step;

	if (*units <= 64)
		return *units;
	while (*units > 128u << doubling)
		doubling++;
	step = 8u << doubling;
	*units = (*units + step - 1) / step * step;
	return 64 + 8 * doubling + (*units - (64u << doubling)) / step;
}

static bool add_chunk(struct heap *h, uint32_t units)
{
	uint32_t spans = (units + CHUNK_UNITS - 1) / CHUNK_UNITS;
	uint8_t *memory;

	if (h->chunk_count + spans > CHUNKS_MAX)
		return false;
	if (h->chunk_count + spans > h->chunk_room) {
		uint32_t room = 2 * (h->chunk_count + spans);
		uint8_t **chunks = realloc(h->chunks, room * sizeof(*chunks));
		uint32_t *sizes;

		if (!chunks)
			return false;
		h->chunks = chunks;
		sizes = realloc(h->chunk_units, room * sizeof(*sizes));
		if (!sizes)
			return false;
		h->chunk_units = sizes;
		h->chunk_room = room;
	}
	memory = calloc((size_t)spans * CHUNK_UNITS, UNIT);
	if (!memory)
		return false;
	for (uint32_t i = 0; i < spans; i++) {
		h->chunks[h->chunk_count + i] = memory + (size_t)i * CHUNK_UNITS * UNIT;
		h->chunk_units[h->chunk_count + i] = i ? 0 : spans * CHUNK_UNITS;
	}
	h->next = h->chunk_count * CHUNK_UNITS;
	h->end = h->next + spans * CHUNK_UNITS;
	h->next += h->next == 0; /* unit 0 stays unused: address 0 is no block */
	h->chunk_count += spans;
	h->bytes += (uint64_t)spans * CHUNK_UNITS * UNIT;
	return true;
}

static void write_u32(uint8_t *at, uint32_t v)
{
	memcpy(at, &v, sizeof(v));
}

static uint32_t read_u32(const uint8_t *at)
{
	uint32_t v;

	memcpy(&v, at, sizeof(v));
	return v;
}

/* A large block has its own chunks, and the chunk in use stays in use. */
static uint32_t cut_large(struct heap *h, uint32_t units)
{
	uint32_t next = h->next, end = h->end, block;

	if (!add_chunk(h, units + 1))
		return 0;
	block = h->next;
	h->next = next;
	h->end = end;
	return block;
}

static uint32_t cut(struct heap *h, uint32_t units)
{
	uint32_t block;

	if (units > LARGE_UNITS)
		return cut_large(h, units);
	if (h->end - h->next < units && !add_chunk(h, CHUNK_UNITS))
		return 0;
	block = h->next;
	h->next += units;
	return block;
}

uint32_t heap_take(struct heap *h, size_t size)
{
	uint32_t units = units_of(size), block;
	unsigned class;

	assert(size > 0 && size <= HEAP_BLOCK_MAX);
	class = class_of(&units);
	assert(class < HEAP_CLASSES);
	block = h->dropped[class];
	if (block) {
		h->dropped[class] = read_u32(unit_at(h, block) + HEADER);
		write_u32(unit_at(h, block) + HEADER, 0);
	} else if (!(block = cut(h, units))) {
		return 0;
	}
	write_u32(unit_at(h, block), (uint32_t)size);
	return block;
}

uint32_t heap_put(struct heap *h, const void *at, size_t size)
{
	uint32_t block = heap_take(h, size);

	if (block)
		memcpy(unit_at(h, block) + HEADER, at, size);
	return block;
}

void heap_drop(struct heap *h, uint32_t block)
{
	uint32_t units;
	unsigned class;
	uint8_t *at;

	if (!block)
		return;
	at = unit_at(h, block);
	units = units_of(read_u32(at));
	class = class_of(&units);
	explicit_bzero(at, (size_t)units * UNIT);
	write_u32(at + HEADER, h->dropped[class]);
	h->dropped[class] = block;
}

struct bytes heap_at(const struct heap *h, uint32_t block)
{
	const uint8_t *at;

	if (!block)
		return (struct bytes){ 0 };
	at = unit_at(h, block);
	return bytes_of(at + HEADER, read_u32(at));
}

void *heap_edit(struct heap *h, uint32_t block)
{
	return unit_at(h, block) + HEADER;
}

/* Behind what was cut from the newest chunk nothing was ever written. */
static uint32_t units_used(const struct heap *h, uint32_t chunk)
{
	uint32_t first = chunk * CHUNK_UNITS;

	return h->next >= first && h->end == first + h->chunk_units[chunk] ? h->next - first
									   : h->chunk_units[chunk];
}

void heap_free(struct heap *h)
{
	for (uint32_t i = 0; i < h->chunk_count; i++) {
		if (!h->chunk_units[i])
			continue;
		explicit_bzero(h->chunks[i], (size_t)units_used(h, i) * UNIT);
		free(h->chunks[i]);
	}
	free(h->chunks);
	free(h->chunk_units);
	*h = (struct heap){ 0 };
}
