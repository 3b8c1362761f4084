/*
 * propose: what a submission goes through before it is recorded.
 *
 *     may she → was it recorded before → is everybody as she knew them → is it
 *     well-formed → are its subjects there → are its places → does it make sense → do
 *     the rules allow it
 *
 * Each fact of an array is checked against the state with the earlier ones on top; the
 * first that does not pass ends it, and nothing of it is recorded.
 *
 * Idempotency: the first fact carries the key, fact n carries BLAKE2b(key · n), so
 * that a repeat with another number of facts is told from a true one.
 */
#include <sodium.h>

#include "register/inside.h"

/* --- may she -------------------------------------------------------------------- */

/* Kinds that come only from the register's own doors. */
static bool is_inside_kind(const struct kind_spec *k)
{
	switch (k->kind) {
	case KIND_SITE_JOINED:
	case KIND_SITE_RESTORED:
	case KIND_TABLE_PUBLISHED:
	case KIND_RECORD_OPENED: return true;
	default: return k->subject == SUBJECT_ACCOUNT;
	}
}

static enum err check_deed(const struct proposing *p, const struct kind_spec *k, struct fault *f)
{
	const struct submission *s = p->submission;
	enum deed deed = s->deed;

	if (s->inside && deed == DEED_NONE)
		return OK;
	if (deed == DEED_NONE)
		deed = is_inside_kind(k) ? DEED_NONE : deed_of_recording(k->kind);
	if (deed == DEED_NONE)
		return fault(f, ERR_DENIED, "deed.by-nobody", k->word);
	if (!policy_allows(p->actor.roles, deed))
		return fault(f, ERR_DENIED, "deed.denied", deed_word(deed));
	return OK;
}

static enum err check_actor(struct proposing *p, struct fault *f)
{
	const struct submission *s = p->submission;
	enum err e = OK;

	if (!state_account(p->state, &s->by->account, &p->actor) || !p->actor.open)
		return fault(f, ERR_DENIED, "account.closed");
	for (size_t i = 0; !e && i < s->count; i++)
		e = check_deed(p, s->facts[i].kind, f);
	return e;
}

/* --- was it recorded before ----------------------------------------------------- */

static struct id derived_key(const struct id *key, size_t n)
{
	uint8_t in[ID_SIZE + 8];
	struct id out = *key;

	if (n == 0)
		return out;
	memcpy(in, key->at, ID_SIZE);
	store_u64(in + ID_SIZE, n);
	crypto_generichash(out.at, ID_SIZE, in, sizeof(in), NULL, 0);
	return out;
}

static bool same_values(const struct proposing *p, const struct field *fields, size_t count,
			const struct value *given, const struct value *then);

static bool same_value(const struct proposing *p, const struct field *field,
		       const struct value *given, const struct value *then)
{
	const struct field *parts;
	size_t count;

	switch (field->type) {
	case TYPE_NAME:
	case TYPE_LINE:
	case TYPE_LANGUAGE:
	case TYPE_AREA: return text_same(given->text, then->text);
	case TYPE_SUBJECT:
		/* "@name" is another new id each time; an id of somebody who is there is not. */
		return id_same(given->id, then->id) ||
		       state_sort_of(p->state, given->id) == SUBJECT_0;
	case TYPE_FACT: return fact_ref_compare(given->fact, then->fact) == 0;
	case TYPE_HASH: return memcmp(given->hash, then->hash, HASH_SIZE) == 0;
	case TYPE_RECORD:
		parts = record_fields((enum record_type)field->of, &count);
		return same_values(p, parts, count, given->items, then->items);
	case TYPE_CODE:
	case TYPE_FLAG:
	case TYPE_NUMBER:
	case TYPE_MONEY:
	case TYPE_DATE:
	case TYPE_TIME: break;
	}
	return given->number == then->number;
}

/* What is given now was given then; what the register filled in is not asked for. */
static bool same_values(const struct proposing *p, const struct field *fields, size_t count,
			const struct value *given, const struct value *then)
{
	for (size_t i = 0; i < count; i++) {
		const struct value *g = &given[i], *t = &then[i];

		if (!g->given)
			continue;
		if (!t->given)
			return false;
		if (fields[i].many == 1) {
			if (!same_value(p, &fields[i], g, t))
				return false;
			continue;
		}
		if (g->count != t->count)
			return false;
		for (size_t k = 0; k < g->count; k++)
			if (!same_value(p, &fields[i], &g->items[k], &t->items[k]))
				return false;
	}
	return true;
}

/* Somebody who is there is named again; a new subject has a new id each time. */
static bool same_subject(const struct proposing *p, const struct fact *given,
			 const struct fact *then)
{
	return id_same(&given->subject, &then->subject) ||
	       state_sort_of(p->state, &given->subject) == SUBJECT_0;
}

/*
 * Whether a repeat says what was said the first time: a key used for something else by
 * mistake must not swallow it, least of all a withdrawal.
 */
static bool says_the_same(struct proposing *p, struct fact *given, const struct fact *then)
{
	if (!given->kind || given->kind != then->kind || !same_subject(p, given, then))
		return false;
	/* Texts are compared in the form in which they are kept. */
	if (fact_check(given, p->submission->arena, p->now.claims_until, NULL) ||
	    check_places(p, given, NULL))
		return false;
	return same_values(p, given->kind->fields, given->kind->field_count, given->values,
			   then->values);
}

/* The n-th fact of the answer that `first` began, if it is that. */
static enum err repeated_fact(struct proposing *p, struct fact_ref ref, size_t n, struct fault *f)
{
	struct fact *given = &p->submission->facts[n];
	struct id key = derived_key(&p->submission->facts[0].key, n);
	struct fact then;
	enum err e = entry_read(p->reg, &p->reg->keys.site, &ref, p->scratch, &then, f);

	if (e && e != ERR_NOT_FOUND)
		return e;
	if (e || !id_same(&then.key, &key) || !says_the_same(p, given, &then))
		return fault(f, ERR_INPUT, "key.used-otherwise");
	given->ref = ref;
	given->subject = then.subject;
	given->recorded = then.recorded;
	if (then.kind_number == KIND_HOUSEHOLD_REGISTERED)
		p->submission->answer->case_number = arena_copy_text(
			p->submission->arena, then.values[HOUSEHOLD_REGISTERED_CASE_NUMBER].text);
	return then.kind_number == KIND_CASE_NUMBERS_RESERVED ? tell_reserved(p, &then, f) : OK;
}

/* A fact behind the last would mean that there were more then. */
static bool went_on(const struct proposing *p, size_t n)
{
	struct id key = derived_key(&p->submission->facts[0].key, n);
	struct fact_ref there;

	return state_key(p->state, &key, &there);
}

static enum err find_repeat(struct proposing *p, bool *repeated, struct fault *f)
{
	struct submission *s = p->submission;
	struct fact_ref first, *refs;
	enum err e = OK;

	*repeated = !id_is_none(&s->facts[0].key) && state_key(p->state, &s->facts[0].key, &first);
	if (!*repeated)
		return OK;
	refs = arena_take_array(s->arena, s->count, sizeof(*refs));
	if (!refs)
		return fault(f, ERR_MEMORY, "register.no-memory");
	for (size_t n = 0; !e && n < s->count; n++) {
		refs[n] = first;
		refs[n].seq += n;
		e = repeated_fact(p, refs[n], n, f);
	}
	if (e)
		return e;
	if (went_on(p, s->count))
		return fault(f, ERR_INPUT, "key.used-otherwise");
	s->answer->sort = SUBMISSION_REPEATED;
	s->answer->count = s->count;
	s->answer->refs = refs;
	return OK;
}

/* --- is everybody as she knew them ------------------------------------------------- */

/* Nobody's facts are counted where there is nobody, or nobody any more. */
static uint32_t version_of(const struct state *s, const struct id *person)
{
	struct person p;

	return state_person(s, person, &p) ? reg_person_version(&p) : 0;
}

static bool is_overtaken(struct proposing *p)
{
	const struct submission *s = p->submission;

	for (size_t i = 0; i < s->known_count; i++) {
		if (version_of(p->state, &s->known[i].person) == s->known[i].version)
			continue;
		s->answer->sort = SUBMISSION_OVERTAKEN;
		s->answer->overtaken_at = i;
		return true;
	}
	return false;
}

/* --- one fact ------------------------------------------------------------------- */

/* Whoever confirms the clock says what time it is: from there it goes on. */
static int64_t recorded_of(const struct proposing *p, const struct fact *fact)
{
	return fact->kind->kind == KIND_CLOCK_CONFIRMED ? p->now.claims_until : p->now.seconds;
}

/* The register's part of the header. */
static enum err fill_header(struct proposing *p, size_t n, struct fault *f)
{
	const struct submission *s = p->submission;
	struct fact *fact = &s->facts[n];
	struct fact_ref *heads;

	fact->ref = (struct fact_ref){ .site = p->reg->self.site,
				       .epoch = p->reg->self.epoch,
				       .seq = p->seq_first + n };
	fact->kind_number = (uint64_t)fact->kind->kind;
	fact->version = fact->kind->version;
	fact->actor = s->by->account;
	fact->recorded = recorded_of(p, fact);
	fact->key = derived_key(&s->facts[0].key, id_is_none(&s->facts[0].key) ? 0 : n);
	fact->unknown_case = fact->unknown_identity = (struct raw_fields){ 0 };
	p->chance->chance(p->chance, &fact->r, sizeof(fact->r));

	heads = arena_take_array(p->arena, HEADS_MAX, sizeof(*heads));
	if (!heads)
		return fault(f, ERR_MEMORY, "register.no-memory");
	fact->heads = heads;
	for (size_t i = n; i-- > 0;) {
		if (!id_same(&s->facts[i].subject, &fact->subject))
			continue;
		heads[0] = s->facts[i].ref;
		fact->head_count = 1;
		return OK;
	}
	fact->head_count = state_heads(p->state, &fact->subject, heads);
	if (fact->head_count > HEADS_MAX)
		fact->head_count = HEADS_MAX;
	return OK;
}

static enum err ask_rules(struct proposing *p, const struct fact *fact, const struct fact *named,
			  size_t *refusals, struct fault *f)
{
	struct asking a = {
		.reg = p->reg,
		.state = p->state,
		.preview = p->preview,
		.now = p->now,
		.arena = p->scratch,
	};
	struct question q;
	enum err e;

	*refusals = 0;
	if (!kind_is_guarded(fact->kind->kind))
		return OK;
	if ((e = question_make(&q, &a, fact, named, f)))
		return e;
	*refusals = rules_judge(&q, p->submission->answer->verdicts);
	return OK;
}

static enum err propose_one(struct proposing *p, size_t n, size_t *refusals, struct fault *f)
{
	struct fact *fact = &p->submission->facts[n];
	const struct fact *named;
	enum err e;

	if ((e = fill_header(p, n, f)) ||
	    (e = fact_check(fact, p->arena, p->now.claims_until, f)) ||
	    (e = check_subjects(p, fact, f)) || (e = check_places(p, fact, f)) ||
	    (e = check_named(p, fact, &named, f)) || (e = fill_fact(p, fact, named, f)))
		return e;
	if ((e = ask_rules(p, fact, named, refusals, f)))
		return e;
	return *refusals ? OK : check_seated(p, fact, f);
}

enum err propose(struct proposing *p, bool *record, struct fault *f)
{
	struct submission *s = p->submission;
	bool repeated;
	enum err e;

	*record = false;
	if ((e = check_actor(p, f)) || (e = check_openings(p, f)) ||
	    (e = find_repeat(p, &repeated, f)) || repeated)
		return e;
	if (is_overtaken(p))
		return OK;
	if ((e = preview_new(&p->preview, p->scratch, p->state)))
		return fault(f, e, "register.no-memory");
	for (size_t n = 0; n < s->count; n++) {
		size_t refusals = 0;

		if ((e = propose_one(p, n, &refusals, f)))
			return e;
		if (refusals) {
			s->answer->sort = SUBMISSION_REFUSED;
			s->answer->refused_at = n;
			return OK;
		}
		if ((e = preview_take(p->preview, &s->facts[n], f)))
			return e;
	}
	*record = true;
	return OK;
}
