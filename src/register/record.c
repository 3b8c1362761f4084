/*
 * record: the door through which facts come from outside.
 */
#include "register/inside.h"

static enum err check_shape(const struct reg_submission *s, struct fault *f)
{
	if (s->count == 0 || s->count > LOG_BATCH_MAX)
		return fault(f, ERR_LIMIT, "submission.size", s->count, LOG_BATCH_MAX);
	if (s->known_count > LOG_BATCH_MAX)
		return fault(f, ERR_LIMIT, "submission.known", s->known_count, LOG_BATCH_MAX);
	for (size_t i = 0; i < s->count; i++)
		if (!s->facts[i].kind)
			return fault(f, ERR_INPUT, "kind.unknown", s->facts[i].kind_number);
	return OK;
}

enum err reg_submit(struct reg *r, const struct session *by, const struct reg_submission *given,
		    struct arena *a, struct submission_answer *out, struct fault *f)
{
	struct submission s = {
		.by = by,
		.facts = given->facts,
		.count = given->count,
		.known = given->known,
		.known_count = given->known_count,
		.arena = a,
		.answer = out,
		.fault = f,
	};
	enum err e;

	*out = (struct submission_answer){ 0 };
	if ((e = check_shape(given, f)))
		return e;
	return writer_submit(r, &s);
}

enum err reg_record(struct reg *r, const struct session *by, struct fact *facts, size_t count,
		    struct arena *a, struct submission_answer *out, struct fault *f)
{
	struct reg_submission s = { .facts = facts, .count = count };

	return reg_submit(r, by, &s, a, out, f);
}

uint32_t reg_person_version(const struct person *p)
{
	return p->fact_count;
}

enum err record_own(struct reg *r, const struct session *by, enum deed deed, struct fact *fact,
		    struct fault *f)
{
	struct submission_answer answer;
	struct submission s = {
		.by = by,
		.deed = deed,
		.inside = true,
		.facts = fact,
		.count = 1,
		.answer = &answer,
		.fault = f,
	};
	enum err e;

	if (arena_new(&s.arena, FACT_MEMORY_MAX))
		return fault(f, ERR_MEMORY, "register.no-memory");
	e = writer_submit(r, &s);
	arena_free(s.arena);
	return e;
}

enum err reg_opened(struct reg *r, const struct session *by, const struct id *person,
		    int64_t purpose, struct fault *f)
{
	struct fact fact;

	fact_begin(&fact, KIND_RECORD_OPENED);
	fact.subject = *person;
	fact.happened = clock_now(&r->clock, r->world).seconds;
	fact.values[RECORD_OPENED_PURPOSE] = value_number(purpose);
	return record_own(r, by, DEED_SHOW_PERSON, &fact, f);
}
