/*
 * What stands in a line goes through the desk, and what came of it is written out.
 */
#include "cli/propose.h"

/*
 * Who agrees is named as --second names her.  A name alone is no agreement, nor is the
 * number of an account, which stands on many a fact: her passphrase was given, or nothing
 * of the line is recorded.
 */
static enum err put_second(struct cli *c, json_t *fact)
{
	const json_t *named = json_object_get(fact, "second");
	char id[ID_HEX_SIZE + 1];

	if (!named)
		return OK;
	if (!c->second_name || !text_same(json_text_of(named), text_of(c->second_name)))
		return fault(&c->fault, ERR_DENIED, "record.second-first");
	hex_write(id, bytes_of(c->second.at, ID_SIZE));
	if (json_object_set_new(fact, "second", json_string(id)))
		return fault(&c->fault, ERR_MEMORY, "memory.none");
	return OK;
}

/* One fact, or an array of them. */
static enum err put_seconds(struct cli *c, json_t *facts)
{
	enum err e = put_second(c, facts);
	json_t *fact;
	size_t i;

	json_array_foreach(facts, i, fact) {
		if (!e)
			e = put_second(c, fact);
	}
	return e;
}

struct proposal_answer propose_line(struct cli *c, struct name_book *names,
				    const struct session *by, struct text line, struct arena *a)
{
	struct proposal_answer p = { .ending = DONE };
	struct desk_proposal proposal = { 0 };
	enum err e;

	c->fault = (struct fault){ 0 };
	cli_ask(c, by, a);
	if (!(e = json_parse(&proposal.facts, line, &c->fault)) &&
	    !(e = put_seconds(c, proposal.facts)))
		e = cli_asked(c, desk_propose(&c->desk, names, &proposal, &p.answer));
	json_decref(proposal.facts);
	if (e)
		p.ending = ending_of(e);
	else if (p.answer.submission.sort == SUBMISSION_REFUSED)
		p.ending = RULE_REFUSED;
	return p;
}

/* Names used in this line, in the order of their first use: {"@zarmina": "3f…"}. */
static void write_used(const struct name_book *names, struct json_writer *w)
{
	json_object_begin(w);
	for (size_t i = 0; i < name_book_used_count(names); i++) {
		struct id id;

		json_key_text(w, name_book_used(names, i, &id));
		json_hex(w, bytes_of(id.at, ID_SIZE));
	}
	json_object_end(w);
}

static void write_recorded(const struct name_book *names, const struct desk_answer *a,
			   struct json_writer *w)
{
	const struct submission_answer *s = &a->submission;
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
		if (a->receipts[i].size) {
			json_key(w, "receipt");
			json_text(w, a->receipts[i]);
		}
		json_object_end(w);
	}
	json_array_end(w);
	if (s->case_number.size) {
		json_key(w, "case_number");
		json_text(w, s->case_number);
	}
	desk_reserved(s, w);
	json_key(w, "ids");
	write_used(names, w);
}

/* The kind that was refused is not kept: the verdicts name their rules. */
static void write_refused(struct cli *c, const struct submission_answer *s, struct json_writer *w)
{
	json_key(w, "refused");
	desk_refusals(&c->desk, s->verdicts, w);
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
		write_recorded(names, &p->answer, &w);
	else if (p->ending == RULE_REFUSED)
		write_refused(c, &p->answer.submission, &w);
	else
		cli_json_error(c, &w);
	cli_json_end(c, &w);
}
