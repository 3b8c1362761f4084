/*
 * A line is parsed, its words that stand for ids, hashes and times are replaced, and
 * what comes out goes through the write door as one unit.
 */
#include "cli/propose.h"

/* Turn the parsed line into facts of `a`. */
static enum err read_facts(struct cli *c, struct name_book *names, json_t *line, struct arena *a,
			   struct fact **facts, size_t *count)
{
	struct name_source source = name_book_source(names);
	int64_t now = c->world->now_ms(c->world) / 1000;
	bool many = json_is_array(line);
	enum err e;

	*count = many ? json_array_size(line) : 1;
	if (*count == 0 || *count > LOG_BATCH_MAX)
		return fault(&c->fault, ERR_LIMIT, "record.array-size", *count, LOG_BATCH_MAX);
	*facts = arena_take_array(a, *count, sizeof(**facts));
	if (!*facts)
		return fault(&c->fault, ERR_MEMORY, "memory.none");
	for (size_t i = 0; i < *count; i++) {
		json_t *one = many ? json_array_get(line, i) : line;

		if (json_is_object(one) && (e = name_book_expand(names, one)))
			return e;
		if ((e = fact_from_json(&(*facts)[i], a, one, &source, now, c->zone_min, &c->fault)))
			return e;
	}
	return OK;
}

/* A repeat is about those whom the first time was about: so are its names from now on. */
static enum err rebind(struct name_book *names, const json_t *line, const struct fact *facts,
		       size_t count)
{
	enum err e = OK;

	for (size_t i = 0; i < count && !e; i++) {
		const json_t *one = json_is_array(line) ? json_array_get(line, i) : line;
		struct text name = json_text_of(json_object_get(one, "subject"));

		if (name.size && name.at[0] == '@')
			e = name_book_bind(names, name, &facts[i].subject);
	}
	return e;
}

/* A person takes home a receipt for what she chose, and for taking it back. */
static bool has_receipt(const struct fact *fact)
{
	return fact->kind->kind == KIND_CHOICE_MADE || fact->kind->kind == KIND_CHOICE_WITHDRAWN;
}

static enum err make_receipts(struct cli *c, const struct session *by, const struct fact *facts,
			      struct proposal_answer *p, struct arena *a)
{
	struct text *receipts = arena_take_array(a, p->answer.count, sizeof(*receipts));
	enum err e = receipts ? OK : fault(&c->fault, ERR_MEMORY, "memory.none");

	for (size_t i = 0; i < p->answer.count && !e; i++)
		if (has_receipt(&facts[i]))
			e = reg_receipt(c->reg, by, &p->answer.refs[i], a, &receipts[i], &c->fault);
	p->receipts = receipts;
	return e;
}

struct proposal_answer propose_line(struct cli *c, struct name_book *names,
				    const struct session *by, struct text line, struct arena *a)
{
	struct proposal_answer p = { .ending = DONE };
	struct fact *facts = NULL;
	json_t *parsed = NULL;
	size_t count = 0;
	enum err e;

	c->fault = (struct fault){ 0 };
	name_book_begin_line(names);
	e = json_parse(&parsed, line, &c->fault);
	if (!e)
		e = read_facts(c, names, parsed, a, &facts, &count);
	if (!e)
		e = reg_record(c->reg, by, facts, count, a, &p.answer, &c->fault);
	if (!e && p.answer.sort == SUBMISSION_REPEATED)
		e = rebind(names, parsed, facts, count);
	if (!e && p.answer.sort != SUBMISSION_REFUSED)
		e = make_receipts(c, by, facts, &p, a);
	json_decref(parsed);
	if (e)
		p.ending = ending_of(e);
	else if (p.answer.sort == SUBMISSION_REFUSED)
		p.ending = RULE_REFUSED;
	return p;
}

static void write_recorded(struct name_book *names, const struct proposal_answer *p,
			   struct json_writer *w)
{
	const struct submission_answer *s = &p->answer;
	char ref[FACT_REF_TEXT_SIZE];

	json_key(w, s->sort == SUBMISSION_REPEATED ? "repeated" : "recorded");
	json_array_begin(w);
	for (size_t i = 0; i < s->count; i++) {
		fact_ref_write(ref, &s->refs[i]);
		json_object_begin(w);
		json_key(w, "seq");
		json_int(w, (int64_t)s->refs[i].seq);
		json_key(w, "fact");
		json_text(w, text_of(ref));
		if (p->receipts[i].size) {
			json_key(w, "receipt");
			json_text(w, p->receipts[i]);
		}
		json_object_end(w);
	}
	json_array_end(w);
	if (s->case_number.size) {
		json_key(w, "case_number");
		json_text(w, s->case_number);
	}
	json_key(w, "ids");
	name_book_write_used(names, w);
}

/* The kind that was refused is not kept: the verdicts name their rules. */
static void write_refused(struct cli *c, const struct submission_answer *s, struct json_writer *w)
{
	json_key(w, "refused");
	cli_refusals_json(c, w, s->verdicts);
	json_key(w, "at");
	json_int(w, (int64_t)s->refused_at);
}

void propose_write_answer(struct cli *c, struct name_book *names, const struct proposal_answer *p)
{
	struct json_writer w;

	cli_json_begin(c, &w);
	if (p->line) {
		json_key(&w, "line");
		json_uint(&w, p->line);
	}
	if (p->ending == DONE)
		write_recorded(names, p, &w);
	else if (p->ending == RULE_REFUSED)
		write_refused(c, &p->answer, &w);
	else
		cli_json_error(c, &w);
	cli_json_end(c, &w);
}
