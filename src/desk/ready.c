/*
 * ready: what the rules say, in words.
 */
#include "desk/view.h"

static const struct {
	const char *word;
	enum kind kind;
} aims[] = {
	{ "departure", KIND_DEPARTURE_RECORDED },
	{ "seat", KIND_SEAT_ASSIGNED },
	{ "grant", KIND_GRANT_PAID },
	{ "boarding", KIND_CHOICE_RECONFIRMED },
	{ "choice", KIND_CHOICE_MADE },
	{ "surrender", KIND_DOCUMENT_SURRENDERED },
};

enum kind desk_aim(struct text word)
{
	if (!word.size)
		return KIND_DEPARTURE_RECORDED;
	for (size_t i = 0; i < COUNT_OF(aims); i++)
		if (text_is(word, aims[i].word))
			return aims[i].kind;
	return KIND_UNKNOWN;
}

static void write_rule(struct view *v, const struct rule_info *rule, const struct verdict *verdict)
{
	static const char *const outcomes[] = { [OUTCOME_ALLOWED] = "met",
						[OUTCOME_MISSING] = "missing",
						[OUTCOME_REFUSED] = "refused" };

	json_object_begin(v->w);
	view_text(v, "rule", text_of(rule->id));
	view_said(v, "statement", rule->statement);
	view_text(v, "source", text_of(rule->source));
	view_text(v, "outcome", text_of(outcomes[verdict->outcome]));
	if (verdict->outcome != OUTCOME_ALLOWED) {
		view_said(v, "why", verdict->why);
		view_said(v, "next", verdict->next);
		view_time(v, "not_before", verdict->not_before);
	}
	json_object_end(v->w);
}

static bool all_met(const struct verdict verdicts[RULES_COUNT + 1])
{
	for (int r = 1; r <= RULES_COUNT; r++)
		if (verdicts[r].outcome != OUTCOME_ALLOWED)
			return false;
	return true;
}

static void write_readiness(struct view *v, const struct id *person, enum kind kind,
			    const struct verdict verdicts[RULES_COUNT + 1])
{
	json_object_begin(v->w);
	view_id(v, "person", person);
	view_text(v, "for", text_of(kind_of_number((uint64_t)kind)->word));
	view_flag(v, "ready", all_met(verdicts));
	json_key(v->w, "rules");
	json_array_begin(v->w);
	for (int r = 1; r <= RULES_COUNT; r++)
		if (rule_guards((enum rule)r, kind))
			write_rule(v, rule_info((enum rule)r), &verdicts[r]);
	json_array_end(v->w);
	json_object_end(v->w);
}

enum err desk_ready(struct desk *d, const struct id *person, struct text aim, struct json_writer *w)
{
	struct verdict verdicts[RULES_COUNT + 1];
	enum kind kind = desk_aim(aim);
	struct person p;
	struct view v;
	enum err e;

	if (!kind)
		return fault(&d->fault, ERR_INPUT, "desk.ready-for-what", aim);
	if ((e = view_begin(&v, d, DEED_READY, w)))
		return e;
	if (!state_person(v.s, person, &p))
		e = fault(&d->fault, ERR_NOT_FOUND, "desk.no-person");
	if (!e)
		e = reg_ready(d->reg, &d->session, v.s, person, kind, verdicts, d->arena,
			      &d->fault);
	if (!e)
		write_readiness(&v, person, kind, verdicts);
	return view_end(&v, e);
}

void desk_refusals(struct desk *d, const struct verdict verdicts[RULES_COUNT + 1],
		   struct json_writer *w)
{
	struct view v;

	view_begin_open(&v, d, w);
	json_array_begin(w);
	for (int r = 1; r <= RULES_COUNT; r++)
		if (verdicts[r].outcome != OUTCOME_ALLOWED)
			write_rule(&v, rule_info((enum rule)r), &verdicts[r]);
	json_array_end(w);
}
