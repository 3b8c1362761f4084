/*
 * sought: what is known of somebody who is looked for, and how much speaks for each of
 * those who are registered.
 *
 *     zarmina gul, wife of ajmal, kandahar, about 35
 *
 * becomes names, relatives, areas, a year, a number.  Nobody is shown for less than two
 * pieces of evidence, one of them a name, or for one whole number: a single word would
 * be a way to leaf through the register.
 *
 * Evidence is in bits, as in match/: what the names say comes from there, what the other
 * fields say stands in evidence.def.  Only fields that whoever asks may see are evidence:
 * else the order of the answers would tell them.
 */
#pragma once

#include "desk/view.h"

#define SOUGHT_RELATIVES_MAX 6
#define SOUGHT_AREAS_MAX 8

struct sought {
	struct text names;	/* hers, and her father's; maybe empty             */
	struct text more_names; /* the same with those that are also areas' names;
				   empty: none is                                   */
	size_t name_words;
	struct text relatives[SOUGHT_RELATIVES_MAX];
	size_t relative_count;
	const struct area *areas[SOUGHT_AREAS_MAX]; /* any of these */
	size_t area_count;
	int year; /* of birth; 0: not said */
	bool about;
	uint8_t sex;	    /* SEX; 0: not said                                     */
	struct text number; /* of a paper or a case, letters and digits only */
};

/* Read `folded` (text_fold()); what is in `out` lives in d->arena. */
MUST_USE enum err sought_read(struct desk *d, struct text folded, int32_t today,
			      struct sought *out);
/* Whether it is enough that anybody may be shown. */
bool sought_is_enough(const struct sought *s);

enum evidence_sort {
#define EVIDENCE(name, ...) EVIDENCE_##name,
#include "desk/evidence.def"
	EVIDENCE_SORTS
};

/* One thing that speaks for or against her. */
struct evidence {
	enum evidence_sort sort;
	struct text said; /* the word, year or name that it is about, as it was asked */
	float bits;
};
#define EVIDENCE_MAX 48

struct likely {
	struct id id;
	bool household; /* found by its number: there is no evidence about anybody */
	float bits;
	struct evidence evidence[EVIDENCE_MAX];
	size_t count;
};

/* Weigh one person; the bits of the evidence add up to out->bits. */
MUST_USE enum err sought_weigh(struct view *v, const struct sought *s, const struct id *person,
			       struct likely *out);
/*
 * The likeliest, best first, at most FIND_MAX, for each of whom at least `bits_least`
 * speak; gives them in the arena.
 */
MUST_USE enum err sought_find(struct view *v, const struct sought *s, float bits_least,
			      const struct likely **out, size_t *count);
enum reasons {
	REASONS_OF_SEARCH,
	REASONS_WITH_BITS, /* also what each weighs, and their sum          */
	REASONS_OF_PAIR,   /* in words for two files instead of a question  */
};
/* The member "reasons": what speaks for and against her, in the reader's language. */
void sought_write_reasons(struct view *v, const struct likely *l, enum reasons how);
