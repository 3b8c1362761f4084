/*
 * Words that stand for ids, hashes and times are replaced, and what comes out goes
 * through the write door as one unit.
 */
#include "desk/desk.h"
#include "desk/receipts.h"

static size_t count_of(const json_t *facts)
{
	return json_is_array(facts) ? json_array_size(facts) : 1;
}

static json_t *fact_at(json_t *facts, size_t at)
{
	return json_is_array(facts) ? json_array_get(facts, at) : facts;
}

/* Turn what is proposed into facts of the desk's arena. */
static enum err read_facts(struct desk *d, struct name_book *names, json_t *proposed,
			   struct reg_submission *s)
{
	struct name_source source = name_book_source(names);
	int64_t now = d->world->now_ms(d->world) / 1000;
	enum err e;

	s->count = count_of(proposed);
	if (s->count == 0 || s->count > LOG_BATCH_MAX)
		return fault(&d->fault, ERR_LIMIT, "record.array-size", s->count, LOG_BATCH_MAX);
	s->facts = arena_take_array(d->arena, s->count, sizeof(*s->facts));
	if (!s->facts)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	for (size_t i = 0; i < s->count; i++) {
		json_t *one = fact_at(proposed, i);

		if (json_is_object(one) && (e = name_book_expand(names, one)))
			return e;
		if ((e = fact_from_json(&s->facts[i], d->arena, one, &source, now, d->zone_min,
					&d->fault)))
			return e;
	}
	return OK;
}

/* A repeat is about those whom the first time was about: so are its names from now on. */
static enum err rebind(struct name_book *names, json_t *proposed, const struct reg_submission *s)
{
	enum err e = OK;

	for (size_t i = 0; i < s->count && !e; i++) {
		const json_t *one = fact_at(proposed, i);
		struct text name = json_text_of(json_object_get(one, "subject"));

		if (name.size && name.at[0] == '@')
			e = name_book_bind(names, name, &s->facts[i].subject);
	}
	return e;
}

static enum err make_receipts(struct desk *d, const struct fact *facts, struct desk_answer *out)
{
	const struct submission_answer *s = &out->submission;
	struct text *receipts = arena_take_array(d->arena, s->count, sizeof(*receipts));
	enum err e = receipts ? OK : fault(&d->fault, ERR_MEMORY, "memory.none");

	for (size_t i = 0; i < s->count && !e; i++)
		if (has_receipt(&facts[i]))
			e = reg_receipt(d->reg, &d->session, &s->refs[i], d->arena, &receipts[i],
					&d->fault);
	out->receipts = receipts;
	return e;
}

static bool is_recorded(const struct submission_answer *s)
{
	return s->sort == SUBMISSION_RECORDED || s->sort == SUBMISSION_REPEATED;
}

enum err desk_propose(struct desk *d, struct name_book *names, const struct desk_proposal *proposal,
		      struct desk_answer *out)
{
	struct reg_submission s = { .known = proposal->known,
				    .known_count = proposal->known_count };
	enum err e;

	*out = (struct desk_answer){ 0 };
	name_book_begin_line(names);
	e = read_facts(d, names, proposal->facts, &s);
	if (!e)
		e = reg_submit(d->reg, &d->session, &s, d->arena, &out->submission, &d->fault);
	if (!e && out->submission.sort == SUBMISSION_REPEATED)
		e = rebind(names, proposal->facts, &s);
	if (!e && is_recorded(&out->submission))
		e = make_receipts(d, s.facts, out);
	return e;
}

void desk_reserved(const struct submission_answer *s, struct json_writer *w)
{
	if (!s->reserved_count)
		return;
	json_key(w, "reserved");
	json_array_begin(w);
	for (size_t i = 0; i < s->reserved_count; i++)
		json_text(w, s->reserved[i]);
	json_array_end(w);
}
