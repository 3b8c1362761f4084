/*
 * facts: the write door, and the opening of files.
 */
#include "api/inside.h"

/* --- proposing ---------------------------------------------------------------------- */

/* Whom it erases nobody brings back. */
static bool cannot_be_undone(const json_t *facts)
{
	const json_t *fact;
	size_t i;

	json_array_foreach(facts, i, fact) {
		const struct kind_spec *k =
			kind_of_word(json_text_of(json_object_get(fact, "kind")));

		if (k && (k->kind == KIND_PERSON_ERASED || k->kind == KIND_HOUSEHOLD_ERASED))
			return true;
	}
	return false;
}

/* What a second person has to have agreed to, so that this is recorded; false: to nothing. */
static bool needs_agreement(const json_t *fact, struct agreement *out)
{
	const struct kind_spec *k = kind_of_word(json_text_of(json_object_get(fact, "kind")));
	struct text second = json_text_of(json_object_get(fact, "second"));
	struct pair_agreed pair = {
		.a = json_text_of(json_object_get(fact, "subject")),
		.b = json_text_of(json_object_get(fact, "other")),
	};
	struct id id = { 0 };

	/* Whoever is not named by her id has agreed to nothing. */
	if (!hex_read(&id, ID_SIZE, second))
		id = (struct id){ 0 };
	switch (k ? k->kind : KIND_UNKNOWN) {
	case KIND_FACT_ANNULLED:
		*out = agreement_to_annul(&id, json_text_of(json_object_get(fact, "fact")));
		return true;
	case KIND_PERSON_SAME_AS: pair.said = TEXT("same"); break;
	case KIND_PERSON_NOT_SAME_AS: pair.said = TEXT("different"); break;
	default: return false;
	}
	*out = agreement_on_pair(&id, &pair);
	return json_object_get(fact, "second") != NULL;
}

/* Whoever is named as the second person was here, and agreed to just that. */
static enum err need_agreement(struct asked *q, const json_t *facts)
{
	const json_t *fact;
	size_t i;

	json_array_foreach(facts, i, fact) {
		struct agreement wanted;

		if (needs_agreement(fact, &wanted) &&
		    (id_is_none(&wanted.second) ||
		     !sessions_was_agreed(q->api->sessions, &q->cookie, &q->seen.who.account,
					  &wanted)))
			return refuse(q, 403, ERR_DENIED, "facts.second-first");
	}
	return OK;
}

static enum err read_known(struct asked *q, struct desk_proposal *p)
{
	const json_t *list = json_object_get(q->body, "known"), *one;
	struct reg_known *known;
	size_t i;

	p->known_count = json_array_size(list);
	if (p->known_count > LOG_BATCH_MAX)
		return fault(&q->desk.fault, ERR_LIMIT, "record.array-size", p->known_count,
			     LOG_BATCH_MAX);
	known = arena_take_array(q->desk.arena, p->known_count + 1, sizeof(*known));
	if (!known)
		return fault(&q->desk.fault, ERR_MEMORY, "memory.none");
	json_array_foreach(list, i, one) {
		json_int_t version = json_integer_value(json_object_get(one, "version"));

		/* A version that cannot be is none that anybody saw. */
		known[i].version = version >= 0 && version <= UINT32_MAX ? (uint32_t)version : 0;
		if (!hex_read(&known[i].person, ID_SIZE,
			      json_text_of(json_object_get(one, "subject"))))
			return fault(&q->desk.fault, ERR_INPUT, "request.param-id", "known");
	}
	p->known = known;
	return OK;
}

static void write_kept(struct asked *q, const struct desk_answer *answer)
{
	const struct submission_answer *s = &answer->submission;
	char ref[FACT_REF_TEXT_SIZE];

	json_key(&q->w, "recorded");
	json_array_begin(&q->w);
	for (size_t i = 0; i < s->count; i++) {
		fact_ref_write(ref, &s->refs[i]);
		json_object_begin(&q->w);
		json_key(&q->w, "seq");
		json_uint(&q->w, s->refs[i].seq);
		json_key(&q->w, "fact");
		json_text(&q->w, text_of(ref));
		if (answer->receipts[i].size) {
			json_key(&q->w, "receipt");
			json_text(&q->w, answer->receipts[i]);
		}
		json_object_end(&q->w);
	}
	json_array_end(&q->w);
}

static void write_names(struct asked *q, const struct name_book *names)
{
	json_key(&q->w, "ids");
	json_array_begin(&q->w);
	for (size_t i = 0; i < name_book_used_count(names); i++) {
		struct id id;
		struct text name = name_book_used(names, i, &id);

		json_object_begin(&q->w);
		json_key(&q->w, "name");
		json_text(&q->w, name);
		write_id(&q->w, "id", &id);
		json_object_end(&q->w);
	}
	json_array_end(&q->w);
}

static void write_recorded(struct asked *q, const struct name_book *names,
			   const struct desk_answer *answer)
{
	const struct submission_answer *s = &answer->submission;

	json_object_begin(&q->w);
	json_key(&q->w, "repeated");
	json_bool(&q->w, s->sort == SUBMISSION_REPEATED);
	write_kept(q, answer);
	if (s->case_number.size) {
		json_key(&q->w, "case_number");
		json_text(&q->w, s->case_number);
	}
	desk_reserved(s, &q->w);
	write_names(q, names);
	json_object_end(&q->w);
}

/* --- who was first ---------------------------------------------------------------------- */

/* What is needed to tell what became of one person since she was shown. */
struct since {
	const struct reg_known *known;
	const struct fact_ref *refs; /* of all facts about her, in their order */
	size_t ref_count;
	const struct fact *facts; /* of these, what this account may know of */
	size_t fact_count;
};

static enum err read_since(struct asked *q, struct since *since)
{
	struct desk *d = &q->desk;
	const struct id *person = &since->known->person;
	const struct state *s;
	enum err e = reg_read_begin(d->reg, &d->session, DEED_SHOW_HISTORY, &s, &d->fault);

	if (e)
		return e;
	e = state_facts_of(s, person, d->arena, &since->refs, &since->ref_count, &d->fault);
	reg_read_end(d->reg);
	if (e)
		return e;
	return reg_history(d->reg, &d->session, person, d->arena, &since->facts, &since->fact_count,
			   &d->fault);
}

/*
 * A version counts facts, those aside that say that a file was read.  What this account may
 * not know of is counted and not told; whoever fills a form about a person may know who
 * read her file, so none of those is counted by mistake.
 */
static void list_changed(struct asked *q, const struct since *since, struct changed *out)
{
	size_t count = 0, next = 0;

	for (size_t i = 0; i < since->ref_count; i++) {
		const struct fact *fact = NULL;

		if (next < since->fact_count &&
		    !fact_ref_compare(&since->facts[next].ref, &since->refs[i]))
			fact = &since->facts[next++];
		if (fact && fact->kind && fact->kind->kind == KIND_RECORD_OPENED)
			continue;
		count++;
		if (count <= since->known->version || !fact || !fact->kind)
			continue;
		out[q->problem.changed_count++] = (struct changed){
			.subject = since->known->person,
			.kind = fact->kind->kind,
			.by = account_name(q, &q->desk.session, &fact->actor),
			.recorded = fact->recorded,
		};
	}
}

static enum err tell_overtaken(struct asked *q, const struct reg_known *known)
{
	struct since since = { .known = known };
	struct changed *changed;
	enum err e = read_since(q, &since);

	if (e && e != ERR_DENIED)
		return e;
	q->desk.fault = (struct fault){ 0 };
	changed = arena_take_array(q->desk.arena, since.ref_count + 1, sizeof(*changed));
	if (!changed)
		return fault(&q->desk.fault, ERR_MEMORY, "memory.none");
	if (!e)
		list_changed(q, &since, changed);
	q->problem.changed = changed;
	return refuse(q, 409, ERR_BUSY, "facts.overtaken");
}

/* --- the answer ------------------------------------------------------------------------ */

static enum err answer_submission(struct asked *q, const struct name_book *names,
				  const struct desk_proposal *p, const struct desk_answer *answer)
{
	const struct submission_answer *s = &answer->submission;

	switch (s->sort) {
	case SUBMISSION_RECORDED:
	case SUBMISSION_REPEATED: write_recorded(q, names, answer); return OK;
	case SUBMISSION_REFUSED:
		q->problem.verdicts = s->verdicts;
		q->problem.refused_at = s->refused_at;
		return refuse(q, 422, ERR_INPUT, "facts.refused");
	case SUBMISSION_OVERTAKEN: break;
	}
	return tell_overtaken(q, &p->known[s->overtaken_at]);
}

enum err take_facts(struct asked *q)
{
	struct desk_proposal p = { .facts = json_object_get(q->body, "facts") };
	struct desk_answer *answer = arena_take(q->desk.arena, sizeof(*answer));
	struct name_book *names = NULL;
	enum err e;

	if (!answer)
		return fault(&q->desk.fault, ERR_MEMORY, "memory.none");
	if ((e = read_known(q, &p)) || (cannot_be_undone(p.facts) && (e = need_again(q))) ||
	    (e = need_agreement(q, p.facts)))
		return e;
	if (!(e = name_book_new(&names, &q->desk)) &&
	    !(e = desk_propose(&q->desk, names, &p, answer)))
		e = answer_submission(q, names, &p, answer);
	name_book_free(names);
	return e;
}

/* --- opening a file --------------------------------------------------------------------- */

struct files {
	struct id household, person; /* none: she has none; none was named */
	struct id people[MEMBERS_MAX];
	size_t count;
};

/*
 * A household's file is one: whoever reads about her reads about those with her, and it is
 * recorded for each of them.  Who has no household is opened alone.
 */
static enum err choose_files(struct asked *q, struct files *out)
{
	struct desk *d = &q->desk;
	const struct state *s;
	enum err e;

	*out = (struct files){ .count = 0 };
	if ((e = desk_whose(d, body_text(q, "subject"), &out->household, &out->person)) ||
	    (e = reg_read_begin(d->reg, &d->session, DEED_SHOW_PERSON, &s, &d->fault)))
		return e;
	out->count = state_members(s, &out->household, out->people, MEMBERS_MAX);
	reg_read_end(d->reg);
	if (out->count > MEMBERS_MAX)
		out->count = MEMBERS_MAX;
	if (!out->count && !id_is_none(&out->person))
		out->people[out->count++] = out->person;
	return OK;
}

/* First recorded, then open: nobody reads what says nothing of it. */
static enum err open_files(struct asked *q, const struct files *files, int64_t purpose)
{
	enum err e = OK;

	for (size_t i = 0; !e && i < files->count; i++) {
		e = reg_opened(q->desk.reg, &q->desk.session, &files->people[i], purpose,
			       &q->desk.fault);
		if (!e)
			sessions_opened(q->api->sessions, &q->cookie, &q->seen.who.account,
					&files->people[i]);
	}
	if (!e && !id_is_none(&files->household))
		sessions_opened(q->api->sessions, &q->cookie, &q->seen.who.account,
				&files->household);
	/* Her hour is over before her work is: she comes back, or talks to somebody. */
	if (e == ERR_LIMIT) {
		q->problem.status = 429;
		q->problem.retry_after_s = reg_openings_wait_s(q->desk.reg, &q->desk.session);
	}
	return e;
}

/* The two alone: with whom they live is not shown. */
enum err take_pair(struct asked *q)
{
	const struct id one = body_id(q, "a"), other = body_id(q, "b");
	struct files files = { .people = { one, other }, .count = 2 };
	enum err e = open_files(q, &files, OPENING_REGISTRATION);

	return e ? e : desk_pair(&q->desk, &one, &other, &q->w);
}

enum err take_opening(struct asked *q)
{
	struct files files;
	enum err e;

	if ((e = choose_files(q, &files)) ||
	    (e = open_files(q, &files, code_of_word(CODES_OPENING, body_text(q, "purpose")))))
		return e;
	json_object_begin(&q->w);
	write_id(&q->w, "household", &files.household);
	if (!id_is_none(&files.person))
		write_id(&q->w, "person", &files.person);
	json_key(&q->w, "left");
	json_uint(&q->w, reg_openings_left(q->desk.reg, &q->desk.session));
	json_object_end(&q->w);
	return OK;
}

static enum err need_open(struct asked *q)
{
	if (sessions_has_open(q->api->sessions, &q->cookie, &q->seen.who.account, &q->id))
		return OK;
	return refuse(q, 403, ERR_DENIED, "opening.first");
}

enum err answer_household(struct asked *q)
{
	enum err e = need_open(q);

	return e ? e : desk_household(&q->desk, &q->id, &q->w);
}

enum err answer_household_applies(struct asked *q)
{
	enum err e = need_open(q);

	return e ? e : desk_household_applies(&q->desk, &q->id, &q->w);
}

enum err answer_person(struct asked *q)
{
	enum err e = need_open(q);

	return e ? e : desk_person(&q->desk, &q->id, &q->w);
}

enum err answer_history(struct asked *q)
{
	enum err e = need_open(q);

	return e ? e : desk_history(&q->desk, &q->id, &q->w);
}

enum err answer_receipts(struct asked *q)
{
	enum err e = need_open(q);

	return e ? e : desk_receipts(&q->desk, &q->id, &q->w);
}

/* What the rules miss tells her answer, and what was done to her. */
enum err answer_ready(struct asked *q)
{
	enum err e = need_open(q);

	return e ? e : desk_ready(&q->desk, &q->id, param(q, "for"), &q->w);
}
