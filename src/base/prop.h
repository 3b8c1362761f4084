/*
 * prop: properties: what must hold for every value, tried with many.
 *
 *     static void what_is_written_reads_the_same(struct prop *p)
 *     {
 *             uint64_t n = prop_uint(p, 0, UINT64_MAX);
 *             …
 *             CHECK(read_back == n);
 *     }
 *
 *     TEST(numbers_survive) { prop_run(what_is_written_reads_the_same, 1000, 1); }
 *
 *     PROP_FUZZ(what_is_written_reads_the_same)
 *     RUN_TESTS()
 *
 * A property takes all its values from a string of bytes.  Where it ends, values are
 * the least ones, so that a shorter string is a simpler case, and a fuzzer can drive
 * the same function: built with -DIKHTIAR_FUZZ, PROP_FUZZ(), once in a file, makes a
 * target of libFuzzer out of the properties that it names (the first byte picks one),
 * and RUN_TESTS() is nothing.  Memory that a property was given lives for one run.
 *
 * IKHTIAR_SEED=N in the environment runs the one case that a failure has named.
 */
#pragma once

#include "base/arena.h"
#include "base/test.h"

struct prop {
	struct bytes left;
	struct arena *arena;
};

typedef void property(struct prop *p);

/* Run it `runs` times with random bytes that follow from `seed`. */
void prop_run(property *fn, unsigned runs, uint64_t seed);
/* Run it once with these bytes. */
void prop_run_bytes(property *fn, struct bytes b);
/* The same in a fuzzer, to which a failed check must be a crash. */
void prop_fuzz(property *fn, struct bytes b);

/* min <= n <= max, both ends and powers of two more often than their share. */
uint64_t prop_uint(struct prop *p, uint64_t min, uint64_t max);
int64_t prop_int(struct prop *p, int64_t min, int64_t max);
bool prop_bool(struct prop *p);
/* One of 0 … count - 1, all alike. */
size_t prop_pick(struct prop *p, size_t count);
void prop_fill(struct prop *p, void *out, size_t size);
struct id prop_id(struct prop *p);
/* 0 to size_max bytes. */
struct bytes prop_bytes(struct prop *p, size_t size_max);
/* Valid UTF-8 of 0 to size_max bytes in several scripts, NFC or not, no controls. */
struct text prop_text(struct prop *p, size_t size_max);
/* Whether all bytes are used: the end of an open-ended history. */
bool prop_end(const struct prop *p);


/* For check_failed(): the case that runs now. */
struct prop_case {
	bool runs, fuzzed;
	uint64_t seed;
};
struct prop_case prop_case(void);

#ifdef IKHTIAR_FUZZ
#define PROP_FUZZ(...)                                                                             \
	int LLVMFuzzerTestOneInput(const uint8_t *at, size_t size);                                \
	int LLVMFuzzerTestOneInput(const uint8_t *at, size_t size)                                 \
	{                                                                                          \
		static property *const all[] = { __VA_ARGS__ };                                    \
                                                                                                   \
		if (size)                                                                          \
			prop_fuzz(all[at[0] % COUNT_OF(all)], bytes_of(at + 1, size - 1));         \
		return 0;                                                                          \
	}
#undef RUN_TESTS
#define RUN_TESTS()
#else
#define PROP_FUZZ(...)
#endif
