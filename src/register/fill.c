/*
 * fill: what makes no sense although no rule of the constitution forbids it, and
 * what the register itself gives: case numbers, seats, folded numbers of papers.
 */
#include "base/utf8.h"
#include "register/inside.h"

/* A convoy that is late still takes people on, for so long after its planned time. */
#define LATE_S (12 * INT64_C(3600))

/* --- households and people ------------------------------------------------------ */

static enum err fill_household(struct proposing *p, struct fact *fact, const struct fact *named,
			       struct fault *f)
{
	struct value *v = &fact->values[HOUSEHOLD_REGISTERED_CASE_NUMBER];

	(void)named;
	if (v->given)
		return take_case_number(p, fact, v, f);
	if (fact->kind->kind == KIND_HOUSEHOLD_AMENDED)
		return OK;
	return give_case_number(p, fact, v, f);
}

void members_setting(char out[SETTING_NAME_MAX], const struct id *household)
{
	memcpy(out, MEMBERS_PREFIX, sizeof(MEMBERS_PREFIX));
	hex_write(out + sizeof(MEMBERS_PREFIX) - 1, bytes_of(household->at, ID_SIZE));
}

/*
 * The next number among a household's members; the rules look at all of them at once,
 * and a household of more than MEMBERS_MAX is no household.  Those who left or were erased keep
 * theirs: it stands on their slips, and whoever repeats it must not reach another.
 */
static enum err give_member(struct proposing *p, const struct id *household, struct value *v,
			    struct fault *f)
{
	struct id members[MEMBERS_MAX];
	char name[SETTING_NAME_MAX];
	struct bytes stored;
	uint64_t highest;
	size_t count = preview_members(p->preview, household, members, MEMBERS_MAX);
	enum err e;

	if (count >= MEMBERS_MAX)
		return fault(f, ERR_INPUT, "household.full", MEMBERS_MAX);
	members_setting(name, household);
	if ((e = setting_or_none(p->reg, name, p->scratch, &stored, f)))
		return e;
	highest = load_u64(stored);
	for (size_t i = 0; i < count; i++) {
		struct person m;

		if (preview_person(p->preview, &members[i], &m) && m.member > highest)
			highest = m.member;
	}
	*v = value_number((int64_t)highest + 1);
	return OK;
}

/* Numbers of papers as they are searched for: plain digits and small letters only. */
struct text plain_number(struct arena *a, struct text number)
{
	struct text folded = text_fold(a, number);
	char *at = arena_take(a, folded.size + 1);
	size_t size = 0;

	if (!folded.at || !at)
		return (struct text){ 0 };
	for (size_t i = 0; i < folded.size; i++) {
		char c = folded.at[i];

		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c & 0x80))
			at[size++] = c;
	}
	return (struct text){ at, size };
}

static enum err fill_documents(struct proposing *p, struct value *v, struct fault *f)
{
	size_t parts;
	struct value *items = arena_take_array(p->arena, v->count, sizeof(*items));

	record_fields(RECORD_DOCUMENT, &parts);
	if (!items)
		return fault(f, ERR_MEMORY, "register.no-memory");
	for (size_t i = 0; i < v->count; i++) {
		struct value *part = arena_take_array(p->arena, parts, sizeof(*part));
		struct text digits;

		if (!part)
			return fault(f, ERR_MEMORY, "register.no-memory");
		memcpy(part, v->items[i].items, parts * sizeof(*part));
		items[i] = v->items[i];
		items[i].items = part;
		if (!part[DOCUMENT_PART_NUMBER].given || part[DOCUMENT_PART_DIGITS].given)
			continue;
		digits = plain_number(p->arena, part[DOCUMENT_PART_NUMBER].text);
		if (!digits.at)
			return fault(f, ERR_MEMORY, "register.no-memory");
		if (digits.size)
			part[DOCUMENT_PART_DIGITS] = value_text(digits);
	}
	v->items = items;
	return OK;
}

static enum err fill_person_registered(struct proposing *p, struct fact *fact,
				       const struct fact *named, struct fault *f)
{
	struct value *documents = &fact->values[PERSON_REGISTERED_DOCUMENTS];
	enum err e = give_member(p, fact->values[PERSON_REGISTERED_HOUSEHOLD].id,
				 &fact->values[PERSON_REGISTERED_MEMBER], f);

	(void)named;
	return !e && documents->given ? fill_documents(p, documents, f) : e;
}

static enum err fill_person_amended(struct proposing *p, struct fact *fact,
				    const struct fact *named, struct fault *f)
{
	struct value *documents = &fact->values[PERSON_AMENDED_DOCUMENTS];

	(void)named;
	return documents->given ? fill_documents(p, documents, f) : OK;
}

static enum err check_moved(struct proposing *p, struct fact *fact, const struct fact *named,
			    struct fault *f)
{
	const struct id *to = fact->values[PERSON_MOVED_HOUSEHOLD].id;
	struct person person;

	(void)named;
	if (preview_person(p->preview, &fact->subject, &person) && id_same(&person.household, to))
		return fault(f, ERR_INPUT, "household.already-there");
	return give_member(p, to, &fact->values[PERSON_MOVED_MEMBER], f);
}

/* --- seats ---------------------------------------------------------------------- */

static enum err movement_takes(const struct proposing *p, const struct id *id, struct movement *out,
			       struct fault *f)
{
	if (!preview_movement(p->preview, id, out) || !out->planned)
		return fault(f, ERR_INPUT, "movement.unknown");
	if (out->cancelled)
		return fault(f, ERR_INPUT, "movement.cancelled");
	if (out->departs + LATE_S < p->now.seconds)
		return fault(f, ERR_INPUT, "movement.left");
	return OK;
}

/* Which seats are taken, one byte each, from 1. */
static enum err seats_taken(struct proposing *p, const struct movement *m, const uint8_t **out,
			    struct fault *f)
{
	uint8_t *taken = arena_take(p->scratch, (size_t)m->seats + 1);
	struct id *ids = arena_take_array(p->scratch, m->seats, sizeof(*ids));
	size_t count;

	if (!taken || !ids)
		return fault(f, ERR_MEMORY, "register.no-memory");
	count = preview_seated(p->preview, &m->id, ids, m->seats);
	for (size_t i = 0; i < count && i < m->seats; i++) {
		struct person person;

		if (preview_person(p->preview, &ids[i], &person) && person.seat <= m->seats)
			taken[person.seat] = 1;
	}
	*out = taken;
	return OK;
}

static enum err fill_seat(struct proposing *p, struct fact *fact, const struct fact *named,
			  struct fault *f)
{
	struct value *seat = &fact->values[SEAT_ASSIGNED_SEAT];
	const uint8_t *taken = NULL;
	struct movement m;
	struct person person;
	int64_t lowest = 1;
	enum err e;

	(void)named;
	if ((e = movement_takes(p, fact->values[SEAT_ASSIGNED_MOVEMENT].id, &m, f)))
		return e;
	if (preview_person(p->preview, &fact->subject, &person) && !id_is_none(&person.movement))
		return fault(f, ERR_INPUT, "seat.has-one", person.seat);
	if ((e = seats_taken(p, &m, &taken, f)))
		return e;
	while (lowest <= m.seats && taken[lowest])
		lowest++;
	if (lowest > m.seats)
		return fault(f, ERR_INPUT, "movement.full", m.seats);
	if (!seat->given)
		*seat = value_number(lowest);
	if (seat->number > m.seats)
		return fault(f, ERR_INPUT, "seat.beyond", seat->number, m.seats);
	if (taken[seat->number])
		return fault(f, ERR_INPUT, "seat.taken", seat->number, lowest);
	return OK;
}

static enum err check_released(struct proposing *p, struct fact *fact, const struct fact *named,
			       struct fault *f)
{
	struct person person;

	(void)named;
	if (preview_person(p->preview, &fact->subject, &person) && id_is_none(&person.movement))
		return fault(f, ERR_INPUT, "seat.has-none");
	return OK;
}

static enum err check_departure(struct proposing *p, struct fact *fact, const struct fact *named,
				struct fault *f)
{
	struct movement m;

	(void)named;
	if (!preview_movement(p->preview, fact->values[DEPARTURE_RECORDED_MOVEMENT].id, &m))
		return fault(f, ERR_INPUT, "movement.unknown");
	return m.cancelled ? fault(f, ERR_INPUT, "movement.cancelled") : OK;
}

enum err check_seated(const struct proposing *p, const struct fact *fact, struct fault *f)
{
	struct person person;

	if (fact->kind->kind != KIND_DEPARTURE_RECORDED ||
	    !preview_person(p->preview, &fact->subject, &person))
		return OK;
	if (person.departed)
		return fault(f, ERR_INPUT, "departure.left-already");
	/* Whoever has no seat is on no list: nobody would miss her. */
	if (!id_same(&person.movement, fact->values[DEPARTURE_RECORDED_MOVEMENT].id))
		return fault(f, ERR_INPUT, "departure.no-seat");
	return OK;
}

static enum err check_cancelled(struct proposing *p, struct fact *fact, const struct fact *named,
				struct fault *f)
{
	struct movement m;

	(void)named;
	if (preview_movement(p->preview, &fact->subject, &m) && m.cancelled)
		return fault(f, ERR_INPUT, "movement.cancelled");
	return OK;
}

/* --- second persons ------------------------------------------------------------- */

/* Whoever asked for an export does not approve it, and the person has agreed to it. */
static enum err check_export(struct proposing *p, struct fact *fact, const struct fact *named,
			     struct fault *f)
{
	(void)fact;
	if (id_same(&named->actor, &p->actor.id))
		return fault(f, ERR_INPUT, "export.same-officer");
	return check_agreement(p, named, f);
}

static enum err check_second(const struct proposing *p, const struct id *second, struct fault *f)
{
	struct account account;

	if (id_same(second, &p->actor.id))
		return fault(f, ERR_INPUT, "second.same-officer");
	if (!preview_account(p->preview, second, &account) || !account.open)
		return fault(f, ERR_INPUT, "second.closed");
	return OK;
}

static enum err check_annulled(struct proposing *p, struct fact *fact, const struct fact *named,
			       struct fault *f)
{
	(void)named;
	return check_second(p, fact->values[FACT_ANNULLED_SECOND].id, f);
}

/*
 * What is decided of two records stands in both files, or in neither: each of them says
 * it of the other, in one submission.
 */
static bool says_it_too(const struct submission *s, const struct fact *fact, const struct id *other)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct fact *too = &s->facts[i];
		const struct id *of = too->kind == fact->kind ? other_of_pair(too) : NULL;

		if (of && id_same(of, &fact->subject) && id_same(&too->subject, other))
			return true;
	}
	return false;
}

static enum err check_pair(struct proposing *p, struct fact *fact, const struct fact *named,
			   struct fault *f)
{
	const struct id *other = other_of_pair(fact);

	(void)named;
	if (!other || says_it_too(p->submission, fact, other))
		return OK;
	return fault(f, ERR_INPUT, "pair.one-sided");
}

static enum err check_decided(struct proposing *p, struct fact *fact, const struct fact *named,
			      struct fault *f)
{
	const struct value *second = &fact->values[PERSON_SAME_AS_SECOND];
	enum err e = check_pair(p, fact, named, f);

	return e || !second->given ? e : check_second(p, second->id, f);
}

static_assert((int)PERSON_SAME_AS_SECOND == (int)PERSON_NOT_SAME_AS_SECOND,
	      "one slot serves both kinds");

/* --- accounts ------------------------------------------------------------------- */

static bool count_administrator(void *self, const struct account *row)
{
	size_t *count = self;

	if (row->open && row->roles & ROLE_BIT(ADMINISTRATOR))
		(*count)++;
	return true;
}

/* Nobody could open an account any more. */
static enum err check_not_last(const struct proposing *p, const struct id *account, struct fault *f)
{
	struct account row;
	size_t count = 0;

	state_each_account(p->state, count_administrator, &count);
	if (count == 1 && state_account(p->state, account, &row) && row.open &&
	    row.roles & ROLE_BIT(ADMINISTRATOR))
		return fault(f, ERR_INPUT, "account.last-administrator");
	return OK;
}

static enum err check_account_opened(struct proposing *p, struct fact *fact,
				     const struct fact *named, struct fault *f)
{
	struct text name = fact->values[ACCOUNT_OPENED_NAME].text;
	char login[SETTING_NAME_MAX];
	struct bytes taken;
	enum err e;

	(void)named;
	if ((e = login_setting(login, name, p->reg->salt, f)) ||
	    (e = setting_or_none(p->reg, login, p->scratch, &taken, f)))
		return e;
	return taken.size ? fault(f, ERR_INPUT, "account.exists", name) : OK;
}

static enum err check_account_closed(struct proposing *p, struct fact *fact,
				     const struct fact *named, struct fault *f)
{
	struct account row;

	(void)named;
	if (!state_account(p->state, &fact->subject, &row) || !row.open)
		return fault(f, ERR_INPUT, "account.closed");
	return check_not_last(p, &fact->subject, f);
}

static enum err check_account_roles(struct proposing *p, struct fact *fact,
				    const struct fact *named, struct fault *f)
{
	const struct value *roles = &fact->values[ACCOUNT_ROLES_ROLES];

	(void)named;
	for (size_t i = 0; i < roles->count; i++)
		if (roles->items[i].number == ROLE_ADMINISTRATOR)
			return OK;
	return check_not_last(p, &fact->subject, f);
}

/* The form goes to somebody who may record what stands in it, and so may read it. */
static enum err check_draft(struct proposing *p, struct fact *fact, const struct fact *named,
			    struct fault *f)
{
	const struct id *to = fact->values[DRAFT_HANDED_OVER_TO].id;
	struct account row;

	(void)named;
	if (id_same(to, &fact->subject))
		return fault(f, ERR_INPUT, "draft.same-account");
	if (!preview_account(p->preview, to, &row) || !row.open ||
	    !policy_allows(row.roles, DEED_RECORD_HOUSEHOLD_REGISTERED))
		return fault(f, ERR_INPUT, "draft.not-for-them");
	return OK;
}

/* --- the site ------------------------------------------------------------------- */

static enum err check_own_site(struct proposing *p, struct fact *fact, const struct fact *named,
			       struct fault *f)
{
	(void)named;
	if (!id_same(&fact->subject, &p->reg->self.site))
		return fault(f, ERR_INPUT, "site.other");
	return OK;
}

static enum err fill_reserved(struct proposing *p, struct fact *fact, const struct fact *named,
			      struct fault *f)
{
	enum err e = check_own_site(p, fact, named, f);

	return e ? e : reserve_case_numbers(p, fact, f);
}

static const struct filling {
	enum kind kind;
	enum err (*fill)(struct proposing *p, struct fact *fact, const struct fact *named,
			 struct fault *f);
} fillings[] = {
	{ KIND_HOUSEHOLD_REGISTERED, fill_household },
	{ KIND_HOUSEHOLD_AMENDED, fill_household },
	{ KIND_PERSON_REGISTERED, fill_person_registered },
	{ KIND_PERSON_AMENDED, fill_person_amended },
	{ KIND_PERSON_MOVED, check_moved },
	{ KIND_APPOINTMENT_SET, check_appointment },
	{ KIND_SEAT_ASSIGNED, fill_seat },
	{ KIND_SEAT_RELEASED, check_released },
	{ KIND_DEPARTURE_RECORDED, check_departure },
	{ KIND_MOVEMENT_CANCELLED, check_cancelled },
	{ KIND_EXPORT_APPROVED, check_export },
	{ KIND_INSTRUMENT_STEP, fill_step },
	{ KIND_INSTRUMENT_TEXT, check_paragraph },
	{ KIND_FACT_ANNULLED, check_annulled },
	{ KIND_PERSON_SAME_AS, check_decided },
	{ KIND_PERSON_NOT_SAME_AS, check_decided },
	{ KIND_PERSON_MAYBE_SAME_AS, check_pair },
	{ KIND_ACCOUNT_OPENED, check_account_opened },
	{ KIND_ACCOUNT_ROLES, check_account_roles },
	{ KIND_ACCOUNT_CLOSED, check_account_closed },
	{ KIND_DRAFT_HANDED_OVER, check_draft },
	{ KIND_CLOCK_CONFIRMED, check_own_site },
	{ KIND_LOG_PADDED, check_own_site },
	{ KIND_CASE_NUMBERS_RESERVED, fill_reserved },
};

enum err fill_fact(struct proposing *p, struct fact *fact, const struct fact *named,
		   struct fault *f)
{
	for (size_t i = 0; i < COUNT_OF(fillings); i++)
		if (fillings[i].kind == fact->kind->kind)
			return fillings[i].fill(p, fact, named, f);
	return OK;
}
