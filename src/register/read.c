/*
 * read: the readers' side: names that people say, readiness, a history.
 */
#include <sodium.h>
#include <stdio.h>

#include "base/utf8.h"
#include "register/inside.h"

static enum err may_read(const struct reg *r, struct fault *f)
{
	if (!r->state)
		return fault(f, ERR_LOCKED, "register.locked");
	return r->damage.key ? fault_again(f, &r->damage) : OK;
}

enum err reg_read_begin(struct reg *r, const struct session *by, enum deed deed,
			const struct state **out, struct fault *f)
{
	struct account row;
	enum err e;

	gate_enter(r);
	if (!(e = may_read(r, f))) {
		if (!state_account(r->state, &by->account, &row) || !row.open)
			e = fault(f, ERR_DENIED, "account.closed");
		else if (!policy_allows(row.roles, deed))
			e = fault(f, ERR_DENIED, "deed.denied", deed_word(deed));
	}
	if (e)
		gate_leave(r);
	else
		*out = r->state;
	return e;
}

enum err reg_work_begin(struct reg *r, const struct state **out, struct fault *f)
{
	enum err e;

	gate_enter(r);
	if ((e = may_read(r, f)))
		gate_leave(r);
	else
		*out = r->state;
	return e;
}

void reg_read_end(struct reg *r)
{
	gate_leave(r);
}

enum err reg_public_begin(struct reg *r, struct reg_public *out, struct fault *f)
{
	enum err e;

	*out = (struct reg_public){ 0 };
	gate_enter(r);
	if (r->state && !r->damage.key) {
		out->state = r->state;
		return OK;
	}
	gate_leave(r);
	if ((e = public_state_take(r, &out->apart, f)))
		return e;
	out->state = out->apart->state;
	return OK;
}

void reg_public_end(struct reg *r, struct reg_public *p)
{
	if (p->apart)
		public_state_give_back(r, p->apart);
	else
		gate_leave(r);
}

/* --- names ---------------------------------------------------------------------- */

struct naming {
	const struct state *state;
	enum subject_sort sort; /* SUBJECT_0: any */
	struct text name;
	struct arena *arena;
	struct id *out;
};

static enum err resolve_hex(const struct naming *n, struct fault *f)
{
	enum subject_sort sort = state_sort_of(n->state, n->out);

	if (!sort)
		return fault(f, ERR_NOT_FOUND, "name.unknown", n->name);
	if (n->sort && sort != n->sort)
		return fault(f, ERR_INPUT, "name.other-sort", n->name, subject_word(n->sort),
			     subject_word(sort));
	return OK;
}

/* "PSH-26-00042-K/3" in its two parts; false: no such form. */
static bool split_member(struct text name, struct text *number, size_t *member)
{
	size_t at = 0;

	while (at < name.size && name.at[at] != '/')
		at++;
	*number = (struct text){ name.at, at };
	*member = 0;
	if (at == name.size)
		return true;
	if (at + 1 == name.size || name.size - at > 4)
		return false;
	for (size_t i = at + 1; i < name.size; i++) {
		if (name.at[i] < '0' || name.at[i] > '9')
			return false;
		*member = *member * 10 + (size_t)(name.at[i] - '0');
	}
	return *member > 0;
}

static enum err resolve_member(const struct naming *n, const struct id *household, size_t member,
			       struct fault *f)
{
	struct id members[MEMBERS_MAX];
	size_t count = state_members(n->state, household, members, MEMBERS_MAX);

	if (member == 0 && count != 1)
		return fault(f, ERR_INPUT, "name.which-member", n->name, count);
	for (size_t i = 0; i < count && i < MEMBERS_MAX; i++) {
		struct person p;

		if (!state_person(n->state, &members[i], &p) || (member && p.member != member))
			continue;
		*n->out = members[i];
		return OK;
	}
	return fault(f, ERR_NOT_FOUND, "name.no-member", n->name, count);
}

static enum err resolve_case(const struct naming *n, struct text number, size_t member,
			     struct fault *f)
{
	struct id household;
	enum err e = case_number_check(number, f);

	if (e)
		return e;
	if (!state_household_of_case(n->state, number, &household))
		return fault(f, ERR_NOT_FOUND, "name.no-case", number);
	if (n->sort == SUBJECT_HOUSEHOLD && member)
		return fault(f, ERR_INPUT, "name.other-sort", n->name,
			     subject_word(SUBJECT_HOUSEHOLD), subject_word(SUBJECT_PERSON));
	if (n->sort == SUBJECT_PERSON || member)
		return resolve_member(n, &household, member, f);
	*n->out = household;
	return OK;
}

static enum err resolve_account(const struct naming *n, struct fault *f)
{
	struct account row;

	if (!state_account_named(n->state, n->name, &row))
		return fault(f, ERR_NOT_FOUND, "name.unknown", n->name);
	*n->out = row.id;
	return OK;
}

static bool has_paper(const struct person_names *names, struct text digits)
{
	for (size_t i = 0; i < names->document_count; i++)
		if (names->documents[i].digits.size &&
		    text_same(names->documents[i].digits, digits))
			return true;
	return false;
}

static enum err resolve_paper(const struct naming *n, struct fault *f)
{
	struct text digits = plain_number(n->arena, n->name);
	struct id found[FIND_MAX];
	size_t count, papers = 0;

	if (!digits.at)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if (!digits.size)
		return fault(f, ERR_NOT_FOUND, "name.unknown", n->name);
	count = state_of_number(n->state, digits, found);
	for (size_t i = 0; i < count; i++) {
		struct person_names names;

		if (!state_names(n->state, &found[i], &names) || !has_paper(&names, digits))
			continue;
		papers++;
		*n->out = found[i];
	}
	if (papers == 0)
		return fault(f, ERR_NOT_FOUND, "name.unknown", n->name);
	if (papers > 1)
		return fault(f, ERR_INPUT, "name.not-only-one", n->name);
	return OK;
}

static enum err resolve(const struct naming *n, struct fault *f)
{
	char upper[CASE_NUMBER_MAX];
	struct text number;
	size_t member;

	if (n->name.size == ID_HEX_SIZE && hex_read(n->out, ID_SIZE, n->name))
		return resolve_hex(n, f);
	if (n->sort == SUBJECT_ACCOUNT)
		return resolve_account(n, f);
	if (split_member(n->name, &number, &member)) {
		number = case_number_upper(upper, number);
		if (case_number_has_form(number))
			return resolve_case(n, number, member, f);
	}
	if (n->sort == SUBJECT_PERSON || n->sort == SUBJECT_0)
		return resolve_paper(n, f);
	return fault(f, ERR_NOT_FOUND, "name.unknown", n->name);
}

#define NAME_SIZE_MAX 200

enum err reg_resolve(struct reg *r, const struct state *s, enum subject_sort sort, struct text name,
		     struct id *out, struct fault *f)
{
	struct naming n = { .state = s, .sort = sort, .name = name, .out = out };
	enum err e;

	assert(gate_is_inside(r));
	if (name.size == 0 || name.size > NAME_SIZE_MAX || !utf8_valid(name))
		return fault(f, ERR_INPUT, "name.form");
	if (arena_new(&n.arena, 16 * 1024))
		return fault(f, ERR_MEMORY, "register.no-memory");
	e = resolve(&n, f);
	arena_free(n.arena);
	return e;
}

/* Six characters of Crockford's base 32 from a hash of the id: the same person has the
 * same alias everywhere, and the id cannot be read from it. */
void alias_of(char out[ALIAS_SIZE], const struct id *person)
{
	static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	uint8_t hash[crypto_generichash_BYTES_MIN];

	crypto_generichash(hash, sizeof(hash), person->at, ID_SIZE,
			   (const uint8_t *)"ikhtiar/alias/v1", 16);
	for (size_t i = 0; i < ALIAS_SIZE - 2; i++)
		out[i] = digits[hash[i] & 31];
	out[ALIAS_SIZE - 2] = 0;
}

/* --- readiness ------------------------------------------------------------------ */

enum err reg_ready(struct reg *r, const struct session *by, const struct state *s,
		   const struct id *person, enum kind kind,
		   struct verdict verdicts[RULES_COUNT + 1], struct arena *a, struct fault *f)
{
	struct asking asking = { .reg = r, .state = s, .arena = a };
	struct fact fact;
	struct preview *preview;
	struct question q;
	enum err e;

	assert(gate_is_inside(r));
	asking.now = clock_now(&r->clock, r->world);
	fact_begin(&fact, kind);
	fact.subject = *person;
	fact.actor = by->account;
	fact.recorded = fact.happened = asking.now.seconds;
	if ((e = preview_new(&preview, a, s)))
		return fault(f, e, "register.no-memory");
	asking.preview = preview;
	if ((e = question_make(&q, &asking, &fact, NULL, f)))
		return e;
	(void)rules_judge(&q, verdicts);
	return OK;
}

/* --- history -------------------------------------------------------------------- */

/* What her roles may not see is not given; what this version cannot read is nobody's. */
static void hide_fields(struct fact *fact, uint16_t roles)
{
	fact->unknown_case = fact->unknown_identity = (struct raw_fields){ 0 };
	if (!fact->kind)
		return;
	for (size_t i = 0; i < fact->kind->field_count; i++)
		if (!policy_may_see(roles, fact->kind->kind, &fact->kind->fields[i]))
			fact->values[i] = (struct value){ 0 };
}

static enum err read_history(struct reg *r, const struct state *s, const struct id *subject,
			     uint16_t roles, struct arena *a, struct fact **out, size_t *count,
			     struct fault *f)
{
	const struct fact_ref *refs;
	size_t refs_count;
	struct fact *facts;
	enum err e;

	*count = 0;
	if ((e = state_facts_of(s, subject, a, &refs, &refs_count, f)))
		return e;
	facts = arena_take_array(a, refs_count ? refs_count : 1, sizeof(*facts));
	if (!facts)
		return fault(f, ERR_MEMORY, "register.no-memory");
	for (size_t i = 0; i < refs_count; i++) {
		e = entry_read(r, &r->keys.site, &refs[i], a, &facts[*count], f);
		if (e == ERR_NOT_FOUND)
			continue;
		if (e)
			return e;
		if (facts[*count].kind && !policy_may_know(roles, facts[*count].kind->kind))
			continue;
		hide_fields(&facts[(*count)++], roles);
	}
	*out = facts;
	return OK;
}

enum err reg_public_history(struct reg *r, const struct reg_public *p, const struct id *subject,
			    struct arena *a, const struct fact **out, size_t *count,
			    struct fault *f)
{
	struct fact *facts = NULL;
	enum err e = read_history(r, p->state, subject, 0, a, &facts, count, f);

	*out = facts;
	return e;
}

enum err reg_history(struct reg *r, const struct session *by, const struct id *subject,
		     struct arena *a, const struct fact **out, size_t *count, struct fault *f)
{
	const struct state *s;
	struct fact *facts = NULL;
	enum err e;

	if ((e = reg_read_begin(r, by, DEED_SHOW_HISTORY, &s, f)))
		return e;
	e = read_history(r, s, subject, reg_roles(r, by), a, &facts, count, f);
	reg_read_end(r);
	*out = facts;
	return e;
}
