/*
 * heap: texts of every size, small and many, addressed by four bytes.
 *
 * A block is a header of 4 bytes (the size of what it holds) and the bytes, rounded
 * up to units of 8; its address is the number of its first unit, so 32 GiB can be
 * named.  Units lie in chunks of 256 KiB; a block larger than a quarter of that has
 * chunks of its own.  What is dropped is wiped and waits in a list of its class of
 * size (linked through the 4 bytes behind the header) for the next one of that class:
 * the sizes that come are the sizes that went, and nothing has to be moved.
 *
 * Address 0 is no block.  What heap_at() gives holds until that block is dropped.
 */
#pragma once

#include "base/bytes.h"

#define HEAP_CLASSES 200

struct heap {
	uint8_t **chunks;
	uint32_t *chunk_units; /* size of each: 0 where it belongs to the large block before */
	uint32_t chunk_count, chunk_room;
	uint32_t next, end; /* unused units of the newest chunk */
	uint32_t dropped[HEAP_CLASSES];
	uint64_t bytes;
};

void heap_free(struct heap *h);
/* Room for `size` bytes, 1 to 16 MiB, zeroed; 0: no memory. */
MUST_USE uint32_t heap_take(struct heap *h, size_t size);
MUST_USE uint32_t heap_put(struct heap *h, const void *at, size_t size);
void heap_drop(struct heap *h, uint32_t block); /* 0 is harmless */
/* Size 0 for block 0. */
struct bytes heap_at(const struct heap *h, uint32_t block);
void *heap_edit(struct heap *h, uint32_t block);
