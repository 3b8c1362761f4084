/*
 * fact_testing: random facts out of a property's bytes, for tests of every room.
 */
#pragma once

#include "base/prop.h"
#include "fact/fact.h"

/* 2026-11-24T05:00:00Z, where a simulated world's clock begins. */
#define FACT_RANDOM_NOW INT64_C(1795496400)

/*
 * A fact of this kind, recorded and whole: every required field, some of the others,
 * heads, randomness; fact_check() takes it at FACT_RANDOM_NOW.  Its subject and what
 * it refers to are never the same id, and never none.
 */
void fact_random(struct prop *p, struct arena *a, enum kind kind, struct fact *out);
/* Any kind of the table. */
enum kind kind_random(struct prop *p);

/* Add fields that the table does not have. */
void fact_random_unknown(struct prop *p, struct arena *a, struct fact *f);
/* Make it one of a later version, in which a known field may hold something else. */
void fact_random_newer(struct prop *p, struct arena *a, struct fact *f);
/* A fact of a kind that the table does not have. */
void fact_random_foreign(struct prop *p, struct arena *a, struct fact *out);
