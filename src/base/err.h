/*
 * err: failures of the world and of input, told once by who first knows.
 *
 * A function that can fail gives an `enum err` and fills a `struct fault`: a key
 * of the catalogue and the values that its sentence needs, in order.  Nobody
 * below cli/ and api/ makes words of it.  A fault that is already filled is not
 * overwritten: the first cause is the one worth reading.
 *
 *     return fault(f, ERR_INPUT, "date.no-such-day", field, d.day, d.month);
 *
 * in the catalogue:  "There is no day {2} in month {3} (field {1})."
 */
#pragma once

#include "base/bytes.h"

enum err {
	OK = 0,
	ERR_INPUT,     /* what was given is wrong; the fault says where and why     */
	ERR_LIMIT,     /* what was given is larger than we take                     */
	ERR_NOT_FOUND, /* there is no such thing                                    */
	ERR_DENIED,    /* the account may not do this, or its passphrase is wrong   */
	ERR_LOCKED,    /* the register is locked: no keys in memory                 */
	ERR_BUSY,      /* somebody else holds it now                                */
	ERR_NEWER,     /* made by a later version of this program                   */
	ERR_DAMAGED,   /* what the disk gave back is not what was written           */
	ERR_DEAD,      /* an earlier sync failed: nothing more until opened again   */
	ERR_FULL,      /* no room on the disk                                       */
	ERR_IO,        /* the disk or the system failed otherwise                   */
	ERR_MEMORY,    /* no memory, or the arena's limit is reached                */
};

#define FAULT_VALUES_MAX 6
#define FAULT_VALUE_SIZE 200

struct fault {
	enum err err;
	const char *key; /* of the catalogue, static; NULL: no fault */
	unsigned value_count;
	/* Cut at a whole character; what a terminal would obey is shown as U+FFFD. */
	char values[FAULT_VALUES_MAX][FAULT_VALUE_SIZE];
};

/* One value of a sentence, of any of the types below. */
struct datum {
	enum { DATUM_TEXT, DATUM_INT, DATUM_UINT } sort;
	struct text text;
	int64_t number;
	uint64_t count;
};

static inline struct datum datum_text(struct text t)
{
	return (struct datum){ .sort = DATUM_TEXT, .text = t };
}

static inline struct datum datum_string(const char *s)
{
	return datum_text(text_of(s));
}

static inline struct datum datum_int(int64_t n)
{
	return (struct datum){ .sort = DATUM_INT, .number = n };
}

static inline struct datum datum_uint(uint64_t n)
{
	return (struct datum){ .sort = DATUM_UINT, .count = n };
}

#define DATUM(x)                                                                                   \
	_Generic((x),                                                                              \
		struct text: datum_text,                                                           \
		char *: datum_string,                                                              \
		const char *: datum_string,                                                        \
		int: datum_int,                                                                    \
		long: datum_int,                                                                   \
		long long: datum_int,                                                              \
		unsigned char: datum_uint,                                                         \
		unsigned short: datum_uint,                                                        \
		unsigned: datum_uint,                                                              \
		unsigned long: datum_uint,                                                         \
		unsigned long long: datum_uint)(x)

#define DATA_1(a) DATUM(a)
#define DATA_2(a, b) DATUM(a), DATUM(b)
#define DATA_3(a, b, c) DATUM(a), DATUM(b), DATUM(c)
#define DATA_4(a, b, c, d) DATUM(a), DATUM(b), DATUM(c), DATUM(d)
#define DATA_5(a, b, c, d, e) DATUM(a), DATUM(b), DATUM(c), DATUM(d), DATUM(e)
#define DATA_6(a, b, c, d, e, g) DATUM(a), DATUM(b), DATUM(c), DATUM(d), DATUM(e), DATUM(g)
#define DATA_PICK(_1, _2, _3, _4, _5, _6, name, ...) name
#define DATA(...) DATA_PICK(__VA_ARGS__, DATA_6, DATA_5, DATA_4, DATA_3, DATA_2, DATA_1, 0)(__VA_ARGS__)

/* Fill `f` (may be NULL); `e` is not OK. */
void fault_fill(struct fault *f, enum err e, const char *key, const struct datum *values,
		size_t count);

/*
 * Give `e` back.  It stands here for the compiler and the analyzers, which see at
 * each call that a fault is not OK, and do not follow ways that there are not.
 */
static inline enum err fault_told(struct fault *f, enum err e, const char *key,
				  const struct datum *values, size_t count)
{
	fault_fill(f, e, key, values, count);
	return e;
}

#define fault(f, e, ...) FAULT_PICK(__VA_ARGS__, FAULT_N, FAULT_N, FAULT_N, FAULT_N, FAULT_N, FAULT_N, FAULT_0, 0)(f, e, __VA_ARGS__)
#define FAULT_PICK(_0, _1, _2, _3, _4, _5, _6, name, ...) name
#define FAULT_0(f, e, key) fault_told(f, e, key, NULL, 0)
#define FAULT_N(f, e, key, ...)                                                                    \
	fault_told(f, e, key, (const struct datum[]){ DATA(__VA_ARGS__) },                         \
		   COUNT_OF(((const struct datum[]){ DATA(__VA_ARGS__) })))
