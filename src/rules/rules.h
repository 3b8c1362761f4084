/*
 * rules: may it happen?  The constitution as pure functions.
 *
 * A rule looks at a `struct question` and gives a verdict; it reads no clock and
 * no disk and allocates nothing.  The same call answers "may this be recorded?"
 * and "what is still missing before she may travel?".  rules.def is the table.
 *
 * The rules gate what the operation does, never what a person does by herself:
 * choice.withdrawn, pressure.reported, incident.*, complaint.*, child.heard and
 * crossing.recorded are guarded by no rule.
 */
#pragma once

#include "state/state.h"

enum rule {
#define RULE(id, number, ...) RULE_##id = (number),
#include "rules/rules.def"
};
#define RULES_COUNT 17

enum outcome {
	OUTCOME_ALLOWED, /* met                                              */
	OUTCOME_MISSING, /* something has to come first; `next` says what    */
	OUTCOME_REFUSED, /* not as proposed                                  */
};

struct verdict {
	enum outcome outcome;
	const char *why;    /* catalogue key: what is missing or wrong; NULL: allowed */
	const char *next;   /* catalogue key: what to do next; NULL: allowed          */
	int64_t not_before; /* seconds; 0: not a matter of time                       */
};

static inline struct verdict allowed(void)
{
	return (struct verdict){ .outcome = OUTCOME_ALLOWED };
}

/* The key of the next step is the same with "next." in front:
 * missing("choice.return") asks for "missing.choice.return" and "next.choice.return". */
#define missing(key)                                                                               \
	((struct verdict){ .outcome = OUTCOME_MISSING, .why = "missing." key, .next = "next." key })
#define refused(key)                                                                               \
	((struct verdict){ .outcome = OUTCOME_REFUSED, .why = "refused." key, .next = "next." key })
#define not_before(key, at)                                                                        \
	((struct verdict){ .outcome = OUTCOME_MISSING, .why = "missing." key, .next = "next." key, \
			   .not_before = (at) })

#define MEMBERS_MAX 64

/* All that a rule may look at.  Filled by register/ from the state. */
struct question {
	const struct fact *fact;      /* proposed: kind, subject, actor, values            */
	const struct person *person;  /* its subject                                       */
	const struct terms *terms;
	int64_t now;                  /* seconds; what `recorded` would be                 */
	bool time_counts;             /* false: the clock jumped and is not confirmed      */
	int32_t today;                /* day of `now` in the site's zone                   */

	const struct person *members; /* of her household, herself among them              */
	size_t member_count;          /* <= MEMBERS_MAX                                    */
	const struct person *guardian;   /* NULL: none on record                           */
	const struct account *actor;
	const struct movement *movement; /* that the fact or her seat names; NULL: none    */
	size_t seats_taken;              /* on it                                          */
	const struct tariff *tariff;     /* that the fact names; NULL: none                */
	const struct fact *named;        /* hold, payment, annulled fact … that it names   */
	const struct account *second;    /* second person it names                         */
	const struct person *other;      /* of whom it says whether she is she; NULL: none */
	/* Of a grant, or of a fact that names `other`: her other records, by what was decided
	 * of pairs, and those who stand in a household with one of them. */
	const struct person *doubles, *double_kin;
	size_t double_count, double_kin_count;
	bool doubles_unsure; /* one of them does not say the same of her, or there are more */
	const struct advisory *advisories; /* in force and about her destination or crossing */
	size_t advisory_count;
	/* Whether area `inner` is `outer` or lies in it. */
	bool (*area_within)(void *self, struct text inner, struct text outer);
	void *areas;
};

/* Ages from what is known: a person who may be under 18 is treated as a child. */
bool person_is_child(const struct person *p, int32_t today);

/* The assessments (bit n: ASSESSMENT code n) that her way waits for: asked for by a rule or
 * begun, and not concluded.  `guardian` is hers, NULL where none is on record. */
uint32_t person_assessments_due(const struct person *p, const struct person *guardian,
				int32_t today);

/* One rule's answer, whether or not it guards the kind. */
struct verdict rule_judge(enum rule r, const struct question *q);
bool rule_guards(enum rule r, enum kind k);

struct rule_info {
	enum rule rule;
	const char *id;        /* "TIME_TO_THINK" */
	const char *statement; /* catalogue key   */
	const char *source;
};
const struct rule_info *rule_info(enum rule r);
/* NULL: no such rule. */
const struct rule_info *rule_named(struct text id);

/* Judge all rules that guard the fact's kind: verdicts[r] for r = 1 … 17; rules that
 * do not guard it are ALLOWED.  Gives how many are not allowed. */
size_t rules_judge(const struct question *q, struct verdict verdicts[RULES_COUNT + 1]);

/* Whether `k` may never be annulled: withdrawal, hold, erasure, payment. */
bool kind_is_permanent(enum kind k);
