/*
 * arena: memory that is given back all at once.
 *
 * One arena a request, a command, a fold; each has a limit in bytes, so that a
 * hostile input ends in ERR_MEMORY and not in the machine's last page.  Pieces
 * are aligned for any type and zeroed.  An arena is used by one thread.
 */
#pragma once

#include "base/bytes.h"
#include "base/err.h"

struct arena;

/* A new arena that gives at most `limit` bytes; the caller frees it. */
MUST_USE enum err arena_new(struct arena **out, size_t limit);
/*
 * One that stands in `room`, of `size` bytes and aligned for any type, gives a little less
 * than that, and takes nothing of the machine's: for what must not fail for want of memory.
 */
struct arena *arena_in(void *room, size_t size);
/* One block for the first `size` bytes, before any is taken; a reset keeps it.  ERR_MEMORY. */
MUST_USE enum err arena_reserve(struct arena *a, size_t size);
/* NULL is harmless.  All memory is wiped first: an arena may have held names. */
void arena_free(struct arena *a);
/* Forget (and wipe) everything, keep the first block for the next round. */
void arena_reset(struct arena *a);
/* Bytes handed out since the start or the last reset. */
size_t arena_used(const struct arena *a);

/* Whether it has said no since the start or the last reset: for who takes many small pieces
 * and looks once, at the end. */
bool arena_was_short(const struct arena *a);

/* `size` zeroed bytes, or NULL where the limit or the machine says no. */
void *arena_take(struct arena *a, size_t size);
/* `count` zeroed items of `size`; NULL also where the product overflows. */
void *arena_take_array(struct arena *a, size_t count, size_t size);
/* A copy of `t` with a zero byte behind it (not counted); `at` is NULL on failure. */
struct text arena_copy_text(struct arena *a, struct text t);
struct bytes arena_copy(struct arena *a, struct bytes b);
/* printf into the arena; `at` is NULL on failure. */
struct text arena_print(struct arena *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
