/*
 * centre: a register with the officers and the people of a centre, for the bench and
 * for tests that need more than a family.
 *
 * Its clock is its own: it stands, or runs so many times as fast as the real one, wall
 * and steady clock alike, so that a register sees no jump.  Any thread may read it.
 * Ids are as random as real ones and yet follow from a made household's number and
 * the person's place in it, so that who knows the number knows whom to ask for.
 */
#pragma once

#include <stdatomic.h>

#include "fact/fact.h"
#include "people/people.h"
#include "place/place.h"
#include "register/register.h"

struct centre_clock {
	struct world world; /* first: hand out &c.world */
	atomic_int_least64_t base_ms, since_ms;
	atomic_int speed; /* 0: it stands */
};

/* The real world with this clock, that stands at `at_ms`. */
void centre_clock_init(struct centre_clock *c, int64_t at_ms);
/* From now on it stands at `at_ms`, or runs from there. */
void centre_clock_set(struct centre_clock *c, int64_t at_ms, int speed);

/* Who sits where: one account each. */
enum desk {
	DESK_RECEPTION,
	DESK_REGISTRATION,
	DESK_COUNSELLING,
	DESK_CONSENT,
	DESK_BOARDING,
	DESK_MOVEMENTS,
	DESK_CASH,
	DESK_BORDER,
	DESK_ADMINISTRATION,
	DESK_COUNT
};

struct centre {
	struct centre_clock clock;
	const struct atlas *atlas;
	struct people *people;
	struct reg *reg;
	const char *dir;
	bool demo; /* the least that Argon2id can do, and no watch on the clock */
	struct session as[DESK_COUNT];
	struct id tariff; /* of part 1, a person */
	struct fault fault;
};

/* When it is made, 2026-11-22T09:00 there, two days before the day that is told of. */
#define CENTRE_MADE_MS INT64_C(1795320000000)
#define CENTRE_ZONE_S (5 * INT64_C(3600))
#define CENTRE_GRANT 1000000 /* minor units */

/*
 * A new register in `dir` with all accounts and a tariff, open and unlocked; what goes
 * wrong is in c->fault.  `atlas` and `dir` must outlive it, and so must `c` the register.
 */
MUST_USE enum err centre_make(struct centre *c, const char *dir, const struct atlas *atlas,
			      uint64_t seed, bool demo);
/* Closes the register; NULLs are harmless. */
void centre_end(struct centre *c);
/* Log in at one desk; unlocks. */
MUST_USE enum err centre_login(struct centre *c, enum desk desk);

/* --- people --------------------------------------------------------------------- */

/* Made-up people of day `today`, always the same for a seed; the caller frees them. */
MUST_USE enum err centre_people(struct people **out, const struct atlas *atlas, uint64_t seed,
				int32_t today, struct fault *f);
/* `place` 0: the household itself, else the place-th person of it. */
struct id made_id(uint64_t household, uint64_t place);
/*
 * A household's array of facts as `ikhtiar record` would read it, appended to `facts`,
 * of which there is room for `room`; `*count` goes on.
 */
MUST_USE enum err made_facts(const struct made_household *h, int64_t now, struct arena *a,
			     struct fact *facts, size_t *count, size_t room, struct fault *f);

/* --- values as a proposal gives them ---------------------------------------------- */

static inline struct value given_number(int64_t n)
{
	return (struct value){ .given = true, .number = n };
}

static inline struct value given_text(const char *s)
{
	return (struct value){ .given = true, .text = text_of(s) };
}

static inline struct value given_id(const struct id *id)
{
	return (struct value){ .given = true, .id = id };
}

static inline struct value given_hash(const struct hash *h)
{
	return (struct value){ .given = true, .hash = h };
}

/* Every topic of a counselling. */
struct value given_topics(struct arena *a);
