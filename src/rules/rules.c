#include "rules/rules.h"

#include "rules/judging.h"

typedef struct verdict judge(const struct question *q);

static const struct {
	struct rule_info info;
	judge *judge;
} table[] = {
#define RULE(id, number, key, source, judge) { { RULE_##id, #id, key, source }, judge_##judge },
#include "rules/rules.def"
};
_Static_assert(COUNT_OF(table) == RULES_COUNT, "rules.h counts the rules of rules.def");

static const struct {
	enum rule rule;
	enum kind kind;
} guards[] = {
#define GUARD(id, kind) { RULE_##id, KIND_##kind },
#include "rules/rules.def"
};

const struct rule_info *rule_info(enum rule r)
{
	for (size_t i = 0; i < COUNT_OF(table); i++)
		if (table[i].info.rule == r)
			return &table[i].info;
	return NULL;
}

const struct rule_info *rule_named(struct text id)
{
	for (size_t i = 0; i < COUNT_OF(table); i++)
		if (text_is(id, table[i].info.id))
			return &table[i].info;
	return NULL;
}

bool rule_guards(enum rule r, enum kind k)
{
	for (size_t i = 0; i < COUNT_OF(guards); i++)
		if (guards[i].rule == r && guards[i].kind == k)
			return true;
	return false;
}

struct verdict rule_judge(enum rule r, const struct question *q)
{
	for (size_t i = 0; i < COUNT_OF(table); i++)
		if (table[i].info.rule == r && !rule_is_off(r))
			return table[i].judge(q);
	return allowed();
}

size_t rules_judge(const struct question *q, struct verdict verdicts[RULES_COUNT + 1])
{
	size_t not_allowed = 0;

	/* Number 0 is no rule: it guards nothing. */
	for (int r = 0; r <= RULES_COUNT; r++) {
		bool asked = q->fact->kind && rule_guards((enum rule)r, q->fact->kind->kind);

		verdicts[r] = asked ? rule_judge((enum rule)r, q) : allowed();
		not_allowed += verdicts[r].outcome != OUTCOME_ALLOWED;
	}
	return not_allowed;
}

bool kind_is_permanent(enum kind k)
{
	switch (k) {
	case KIND_CHOICE_WITHDRAWN:
	case KIND_HOLD_PLACED:
	case KIND_PERSON_ERASED:
	case KIND_HOUSEHOLD_ERASED:
	case KIND_GRANT_PAID: return true;
	default: return false;
	}
}
