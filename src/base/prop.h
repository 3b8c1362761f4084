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
 *     PROP_FUZZ(3, what_is_written_reads_the_same)
 *     RUN_TESTS()
 *
 * A property takes all its values from a string of bytes.  Where it ends, values are
 * the least ones, so that a shorter string is a simpler case, and a fuzzer can drive
 * the same function.  Memory that a property was given lives for one run.
 *
 * PROP_FUZZ() hands it to the fuzzer's program of tests/fuzz/programs.txt that names
 * the test's file.  There the first byte of a case is the property's number: unique in
 * the program, and never changed, since it stands in the cases that are kept.  Those
 * run in the ordinary tests as well, of every compiler, one test for each property.
 *
 * IKHTIAR_SEED=N in the environment runs the one case that a failure has named;
 * IKHTIAR_BYTES=FILE, with the test kept_cases_of_<property>, the case in that file.
 */
#pragma once

#include "base/arena.h"
#include "base/test.h"

struct prop {
	struct bytes left;
	struct arena *arena;
	uint8_t *rest; /* of prop_rest() */
};

typedef void property(struct prop *p);

/* One that a fuzzer drives. */
struct prop_fuzzed {
	uint8_t number;
	property *fn;
	const char *name;
};

/* Run it `runs` times with random bytes that follow from `seed`; of a hundred or more,
 * where CASES_STEP says so, a part. */
void prop_run(property *fn, unsigned runs, uint64_t seed);
/* Run it once with these bytes. */
void prop_run_bytes(property *fn, struct bytes b);
/* Run it with each case of its number that `folder` keeps; there must be one. */
void prop_run_kept(const struct prop_fuzzed *its, const char *folder);

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
/* All that is left, once in a run: what a fuzzer changes is what a parser reads.  It
 * ends where its memory ends, so that a sanitizer sees who reads on. */
struct bytes prop_rest(struct prop *p);
/* Valid UTF-8 of 0 to size_max bytes in several scripts, NFC or not, no controls. */
struct text prop_text(struct prop *p, size_t size_max);
/* Whether all bytes are used: the end of an open-ended history. */
bool prop_end(const struct prop *p);

/* The same as prop_run_bytes() in a fuzzer, which has no cmocka: from then on a failed
 * check is a crash. */
void prop_fuzz(property *fn, struct bytes b);
bool prop_is_fuzzed(void);

#define PROP_FUZZ(its_number, property_name)                                                       \
	static const struct prop_fuzzed property_name##_fuzzed = { (its_number), property_name,    \
								   #property_name };               \
	__attribute__((used, section("house_fuzzed"))) static const struct prop_fuzzed             \
		*const property_name##_fuzzed_place = &property_name##_fuzzed;                     \
	TEST(kept_cases_of_##property_name)                                                        \
	{                                                                                          \
		prop_run_kept(&property_name##_fuzzed, IKHTIAR_KEPT);                              \
	}

#ifdef IKHTIAR_FUZZ
#undef RUN_TESTS
#define RUN_TESTS()
#endif
