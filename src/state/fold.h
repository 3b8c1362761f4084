/*
 * fold: what one fact changes: a table from kinds to functions without side effects.
 *
 * A `struct folding` is one subject while facts are folded onto it.  The same
 * fold_step() serves a fact that knows everything before it (applied to the stored
 * row at once), a fold from the first fact on, and a preview.
 */
#pragma once

#include "state/standing.h"
#include "state/state.h"

struct terms_row {
	struct id id;
	struct terms terms;
	int64_t recorded;
	struct fact_ref ref;
};

struct site_row {
	struct id id;
	struct text name, code, zone;
	bool demo, revoked;
};

struct folding {
	enum subject_sort sort;
	struct standing standing;
	bool renamed; /* of a person: her names changed */
	struct person_names names;
	int64_t joined_at; /* of a person: when she came into her household … */
	struct fact_ref joined; /* … and by which fact */
	union {
		struct person person;
		struct household household;
		struct movement movement;
		struct account account;
		struct tariff tariff;
		struct advisory advisory;
		struct days days;
		struct instrument instrument;
		struct terms_row terms;
		struct site_row site;
	};
};

/* How a kind is folded. */
enum fold_flag {
	FOLD_PERMANENT = 1,    /* cannot be annulled                                          */
	FOLD_AT_ONCE = 2,      /* counts also while it waits, and in any version: it protects */
	FOLD_JUDGED = 4,       /* may break a rule                                            */
	FOLD_PAIRED = 8,       /* may break one together with a concurrent fact               */
	FOLD_NAMES = 16,       /* changes names                                               */
	FOLD_RECORD_ONLY = 32, /* changes nothing but the columns of the record itself        */
	FOLD_IDENTITY = 64,    /* folds fields that only the identity key opens               */
};
uint32_t fold_flags(enum kind k);

/* An empty one of this sort; marks come out of `a`. */
void folding_init(struct folding *to, enum subject_sort sort, const struct id *id,
		  struct arena *a);
/* One fact; whether it may be folded at all, the caller knows. */
void fold_step(struct folding *to, const struct fact *f);
/* The columns that follow from the marks, and the status: last of all. */
void fold_derive(struct folding *to);
/* A row that is erased keeps nothing but that. */
void fold_erase(struct folding *to);
/* Which rules (bit n: rule n) this fact breaks for the person that its site saw. */
uint32_t fold_judge(const struct person *seen, const struct fact *f);
/*
 * Which rules two facts break that did not know of each other, in either order:
 * what the operation did while something stood that forbids it.
 */
struct deed {
	uint32_t position;
	enum kind kind;
	uint8_t code; /* kind of return, or part of a grant */
};
struct deed fold_deed(const struct fact *f, uint32_t position);
uint32_t fold_judge_pair(const struct deed *a, const struct deed *b);
/* Whether the fact is of a later version: kept, and not folded. */
bool fold_is_unknown(const struct fact *f);
/* Whether this version folds the fact: it is known, or protects in any version. */
bool fold_takes(const struct fact *f);

/* One kind's step; in fold_person.c and fold_things.c. */
typedef void fold_fn(struct folding *to, const struct fact *f);
