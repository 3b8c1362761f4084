/*
 * Facts lie in one array; a site knows some of them, as bits.  The heads of a new fact
 * are the facts about its subject that the site knows and that no other such fact
 * names.  Whatever goes wrong here is the test's mistake, and stops it.
 *
 * Orders: as recorded, backwards, and then at random, settled on the way while the rest
 * is still missing.
 */
#include "state/house_testing.h"

#include <assert.h>
#include <stdlib.h>

#include "base/sha256.h"

#define ARENA_LIMIT ((size_t)1 << 30)
#define WORDS (HOUSE_FACTS_MAX / 64)
#define ORDERS 10
#define FIRST_FACT_AGE (30 * DAY)

/* --- names -------------------------------------------------------------------- */

struct id id_of_name(const char *name)
{
	struct hash h = sha256_of(bytes_of_text(text_of(name)));
	struct id id;

	memcpy(id.at, h.at, ID_SIZE);
	return id;
}

struct id id_of_site(enum house_site site)
{
	static const char *const names[SITE_COUNT] = { "site office", "site gate", "site bus" };

	return id_of_name(names[site]);
}

/* --- events ------------------------------------------------------------------- */

struct event event_of(enum kind k, const char *who)
{
	return (struct event){ .kind = k, .who = who };
}

static struct event with(struct event e, struct event_value v)
{
	assert(e.count < COUNT_OF(e.values));
	e.values[e.count++] = v;
	return e;
}

struct event with_number(struct event e, size_t slot, int64_t number)
{
	return with(e, (struct event_value){ slot, EVENT_NUMBER, number, NULL });
}

struct event with_text(struct event e, size_t slot, const char *text)
{
	return with(e, (struct event_value){ slot, EVENT_TEXT, 0, text });
}

struct event with_name(struct event e, size_t slot, const char *name)
{
	return with(e, (struct event_value){ slot, EVENT_NAME, 0, name });
}

struct event with_fact(struct event e, size_t slot, size_t fact)
{
	return with(e, (struct event_value){ slot, EVENT_FACT, (int64_t)fact, NULL });
}

struct event with_codes(struct event e, size_t slot, int64_t bits)
{
	return with(e, (struct event_value){ slot, EVENT_CODES, bits, NULL });
}

struct event by(const char *officer, struct event e)
{
	e.officer = officer;
	return e;
}

struct event household_registered(const char *household, const char *case_number)
{
	struct event e = event_of(KIND_HOUSEHOLD_REGISTERED, household);

	e = with_text(e, HOUSEHOLD_REGISTERED_RESIDENCE, "PK528@cod-ab-2022");
	return with_text(e, HOUSEHOLD_REGISTERED_CASE_NUMBER, case_number);
}

struct event registered(const char *who, const char *household)
{
	struct event e = event_of(KIND_PERSON_REGISTERED, who);

	e = with_name(e, PERSON_REGISTERED_HOUSEHOLD, household);
	e = with_text(e, PERSON_REGISTERED_GIVEN_LATIN, who);
	e = with_number(e, PERSON_REGISTERED_SEX, SEX_FEMALE);
	e = with_number(e, PERSON_REGISTERED_BIRTH_YEAR, 1990);
	return with_number(e, PERSON_REGISTERED_GROUP, GROUP_POR);
}

struct event amended(const char *who)
{
	return event_of(KIND_PERSON_AMENDED, who);
}

struct event moved(const char *who, const char *household, bool own_choice)
{
	struct event e = event_of(KIND_PERSON_MOVED, who);

	e = with_name(e, PERSON_MOVED_HOUSEHOLD, household);
	return with_number(e, PERSON_MOVED_OWN_CHOICE, own_choice);
}

struct event died(const char *who)
{
	return event_of(KIND_PERSON_DIED, who);
}

struct event erased(const char *who)
{
	return with_number(event_of(KIND_PERSON_ERASED, who), PERSON_ERASED_REASON,
			   ERASURE_PERSON_ASKED);
}

struct event counselled(const char *who)
{
	struct event e = event_of(KIND_COUNSELLING_HELD, who);

	e = with_number(e, COUNSELLING_HELD_COMPANY, COMPANY_ALONE);
	e = with_text(e, COUNSELLING_HELD_LANGUAGE_SPOKEN, "pus");
	e = with_number(e, COUNSELLING_HELD_UNDERSTOOD, true);
	e = with_number(e, COUNSELLING_HELD_COUNSELLOR_SEX, SEX_FEMALE);
	e = with_text(e, COUNSELLING_HELD_SHEET_AREA, "AF06@cod-ab-2022");
	return with_number(e, COUNSELLING_HELD_READ_BACK, true);
}

struct event pressed(const char *who)
{
	struct event e = event_of(KIND_PRESSURE_REPORTED, who);

	e = with_number(e, PRESSURE_REPORTED_SORT, PRESSURE_THREAT);
	return with_number(e, PRESSURE_REPORTED_REPORTER, REPORTER_PERSON);
}

struct event chose(const char *who, int64_t answer)
{
	struct event e = event_of(KIND_CHOICE_MADE, who);

	e = with_number(e, CHOICE_MADE_ANSWER, answer);
	e = with_number(e, CHOICE_MADE_MARK, MARK_THUMB);
	e = with_name(e, CHOICE_MADE_BY, who);
	e = with_text(e, CHOICE_MADE_WITNESS, "witness");
	e = with_number(e, CHOICE_MADE_COMPANY, COMPANY_ALONE);
	if (answer == ANSWER_RETURN)
		e = with_text(e, CHOICE_MADE_DESTINATION, "AF06@cod-ab-2022");
	return e;
}

struct event withdrawn(const char *who)
{
	return with_number(event_of(KIND_CHOICE_WITHDRAWN, who), CHOICE_WITHDRAWN_CHANNEL,
			   CHANNEL_GATE);
}

struct event not_hers(const char *who)
{
	return with_number(chose(who, ANSWER_RETURN), CHOICE_MADE_WITHDRAWAL_NOT_HERS, true);
}

struct event reconfirmed(const char *who)
{
	struct event e = event_of(KIND_CHOICE_RECONFIRMED, who);

	e = with_number(e, CHOICE_RECONFIRMED_COMPANY, COMPANY_ALONE);
	return with_number(e, CHOICE_RECONFIRMED_BY_TRANSPORTER, false);
}

struct event held(const char *who)
{
	return with_number(event_of(KIND_HOLD_PLACED, who), HOLD_PLACED_REASON,
			   HOLD_REASON_PROTECTION);
}

struct event hold_lifted(const char *who, size_t hold)
{
	return with_fact(event_of(KIND_HOLD_LIFTED, who), HOLD_LIFTED_HOLD, hold);
}

struct event holds_lifted(const char *who)
{
	return event_of(KIND_HOLD_LIFTED, who);
}

struct event reviewed(const char *who, int64_t finding)
{
	struct event e = event_of(KIND_REVIEW_MADE, who);

	e = with_number(e, REVIEW_MADE_COMPANY, COMPANY_ALONE);
	return with_number(e, REVIEW_MADE_FINDING, finding);
}

struct event assessed(const char *who, int64_t sort, int64_t result)
{
	struct event e = event_of(KIND_ASSESSMENT_MADE, who);

	e = with_number(e, ASSESSMENT_MADE_SORT, sort);
	return with_number(e, ASSESSMENT_MADE_RESULT, result);
}

struct event incident(const char *who, int64_t sort)
{
	return with_number(event_of(KIND_INCIDENT_REPORTED, who), INCIDENT_REPORTED_SORT, sort);
}

struct event incident_referred(const char *who, size_t fact)
{
	struct event e = event_of(KIND_INCIDENT_REFERRED, who);

	e = with_number(e, INCIDENT_REFERRED_TO, REFERRAL_LEGAL_AID);
	return with_fact(e, INCIDENT_REFERRED_INCIDENT, fact);
}

struct event incident_closed(const char *who, size_t fact)
{
	struct event e = event_of(KIND_INCIDENT_CLOSED, who);

	e = with_number(e, INCIDENT_CLOSED_OUTCOME, INCIDENT_OUTCOME_RELEASED);
	return with_fact(e, INCIDENT_CLOSED_INCIDENT, fact);
}

struct event planned(const char *movement)
{
	struct event e = event_of(KIND_MOVEMENT_PLANNED, movement);

	e = with_number(e, MOVEMENT_PLANNED_DEPARTS, HOUSE_START + 3 * DAY);
	e = with_text(e, MOVEMENT_PLANNED_FROM, "VRC-AZAKHEL");
	e = with_text(e, MOVEMENT_PLANNED_CROSSING, "XP-TORKHAM");
	return with_number(e, MOVEMENT_PLANNED_SEATS, 40);
}

struct event cancelled(const char *movement)
{
	return event_of(KIND_MOVEMENT_CANCELLED, movement);
}

struct event seated(const char *who, const char *movement)
{
	struct event e = event_of(KIND_SEAT_ASSIGNED, who);

	e = with_name(e, SEAT_ASSIGNED_MOVEMENT, movement);
	return with_number(e, SEAT_ASSIGNED_SEAT, 12);
}

struct event seat_released(const char *who)
{
	return with_number(event_of(KIND_SEAT_RELEASED, who), SEAT_RELEASED_REASON,
			   SEAT_RELEASE_PERSON_ASKED);
}

struct event departed(const char *who)
{
	return with_name(event_of(KIND_DEPARTURE_RECORDED, who), DEPARTURE_RECORDED_MOVEMENT,
			 "bus");
}

static struct event at_the_line(const char *who, int64_t direction, int64_t return_kind)
{
	struct event e = event_of(KIND_CROSSING_RECORDED, who);

	e = with_text(e, CROSSING_RECORDED_CROSSING, "XP-TORKHAM");
	e = with_number(e, CROSSING_RECORDED_DIRECTION, direction);
	return with_number(e, CROSSING_RECORDED_RETURN_KIND, return_kind);
}

struct event crossed(const char *who, int64_t return_kind)
{
	return at_the_line(who, DIRECTION_CROSSED, return_kind);
}

struct event turned_back(const char *who)
{
	return at_the_line(who, DIRECTION_TURNED_BACK, RETURN_KIND_FACILITATED);
}

struct event arrived(const char *who)
{
	return with_text(event_of(KIND_ARRIVAL_RECORDED, who), ARRIVAL_RECORDED_AREA,
			 "AF06@cod-ab-2022");
}

struct event surrendered(const char *who, int64_t document)
{
	struct event e = event_of(KIND_DOCUMENT_SURRENDERED, who);

	e = with_text(e, DOCUMENT_SURRENDERED_CROSSING, "XP-TORKHAM");
	return with_number(e, DOCUMENT_SURRENDERED_DOCUMENT, document);
}

struct event approved(const char *who, int64_t part)
{
	struct event e = event_of(KIND_GRANT_APPROVED, who);

	e = with_name(e, GRANT_APPROVED_TARIFF, "tariff");
	e = with_number(e, GRANT_APPROVED_AMOUNT, 15600);
	return with_number(e, GRANT_APPROVED_PART, part);
}

struct event paid(const char *who, int64_t part)
{
	struct event e = event_of(KIND_GRANT_PAID, who);

	e = with_name(e, GRANT_PAID_TARIFF, "tariff");
	e = with_number(e, GRANT_PAID_AMOUNT, 15600);
	return with_number(e, GRANT_PAID_PART, part);
}

struct event payment_reversed(const char *who, size_t payment)
{
	struct event e = event_of(KIND_GRANT_REVERSED, who);

	e = with_number(e, GRANT_REVERSED_REASON, REVERSAL_WRONG_PERSON);
	return with_fact(e, GRANT_REVERSED_PAYMENT, payment);
}

struct event followed_up(const char *who, int64_t wellbeing)
{
	struct event e = event_of(KIND_FOLLOWUP_HELD, who);

	e = with_number(e, FOLLOWUP_HELD_CHANNEL, CHANNEL_PHONE);
	return with_number(e, FOLLOWUP_HELD_WELLBEING, wellbeing);
}

struct event complained(const char *who)
{
	return with_number(event_of(KIND_COMPLAINT_MADE, who), COMPLAINT_MADE_ABOUT,
			   COMPLAINT_CONDUCT);
}

struct event complaint_answered(const char *who, size_t complaint)
{
	return with_fact(event_of(KIND_COMPLAINT_ANSWERED, who), COMPLAINT_ANSWERED_COMPLAINT,
			 complaint);
}

struct event file_opened(const char *who)
{
	return with_number(event_of(KIND_RECORD_OPENED, who), RECORD_OPENED_PURPOSE,
			   OPENING_COUNSELLING);
}

struct event annulled(const char *who, size_t fact)
{
	struct event e = event_of(KIND_FACT_ANNULLED, who);

	e = with_number(e, FACT_ANNULLED_REASON, ANNULMENT_WRONG_PERSON);
	e = with_name(e, FACT_ANNULLED_SECOND, "second officer");
	return with_fact(e, FACT_ANNULLED_FACT, fact);
}

struct event account_opened(const char *name, int64_t role)
{
	struct event e = event_of(KIND_ACCOUNT_OPENED, name);

	e = with_text(e, ACCOUNT_OPENED_NAME, name);
	return with_codes(e, ACCOUNT_OPENED_ROLES, INT64_C(1) << role);
}

/* --- from events to facts ----------------------------------------------------- */

static void *take(struct house *h, size_t size)
{
	void *out = arena_take(h->arena, size);

	assert(out);
	return out;
}

static struct value list_of_codes(struct house *h, int64_t bits)
{
	struct value *items = take(h, 64 * sizeof(*items));
	struct value list = { .given = true, .items = items };

	for (int n = 0; n < 63; n++)
		if (bits >> n & 1)
			items[list.count++] = (struct value){ .given = true, .number = n };
	return list;
}

static struct value value_of(struct house *h, const struct event_value *v)
{
	struct value out = { .given = true };
	struct fact_ref *ref;
	struct id *id;

	switch (v->sort) {
	case EVENT_NUMBER: out.number = v->number; return out;
	case EVENT_TEXT: out.text = text_of(v->text); return out;
	case EVENT_CODES: return list_of_codes(h, v->number);
	case EVENT_FACT:
		assert((size_t)v->number < h->count);
		ref = take(h, sizeof(*ref));
		*ref = h->facts[v->number].ref;
		out.fact = ref;
		return out;
	case EVENT_NAME:
		id = take(h, sizeof(*id));
		*id = id_of_name(v->text);
		out.id = id;
		return out;
	}
	return out;
}

static bool knows(const struct house *h, enum house_site site, size_t fact)
{
	return h->known[site][fact / 64] >> fact % 64 & 1;
}

static bool names(const struct fact *f, const struct fact_ref *ref)
{
	for (size_t i = 0; i < f->head_count; i++)
		if (fact_ref_compare(&f->heads[i], ref) == 0)
			return true;
	return false;
}

static bool is_named(const struct house *h, enum house_site site, size_t fact)
{
	for (size_t n = fact + 1; n < h->count; n++)
		if (knows(h, site, n) && names(&h->facts[n], &h->facts[fact].ref))
			return true;
	return false;
}

static int compare_refs(const void *a, const void *b)
{
	return fact_ref_compare(a, b);
}

static void give_heads(struct house *h, enum house_site site, struct fact *f)
{
	struct fact_ref *heads = take(h, (h->count + 1) * sizeof(*heads));

	for (size_t n = 0; n < h->count; n++)
		if (knows(h, site, n) && id_same(&h->facts[n].subject, &f->subject) &&
		    !is_named(h, site, n))
			heads[f->head_count++] = h->facts[n].ref;
	qsort(heads, f->head_count, sizeof(*heads), compare_refs);
	f->heads = heads;
}

static void make_room(struct house *h)
{
	assert(h->count < HOUSE_FACTS_MAX);
	if (h->count < h->room)
		return;
	h->room = h->room ? 2 * h->room : 32;
	h->facts = realloc(h->facts, h->room * sizeof(*h->facts));
	assert(h->facts);
}

size_t at(struct house *h, enum house_site site, struct event e)
{
	static const char *const officers[SITE_COUNT] = { "officer", "gate officer",
							  "bus officer" };
	struct fact *f;

	make_room(h);
	f = &h->facts[h->count];
	*f = (struct fact){
		.ref = { .site = id_of_site(site), .seq = h->length[site]++ },
		.subject = id_of_name(e.who),
		.kind = kind_of_number(e.kind),
		.kind_number = e.kind,
		.version = 1,
		.actor = id_of_name(e.officer ? e.officer : officers[site]),
		.recorded = h->now,
		.happened = h->now,
	};
	h->now += 60;
	for (size_t i = 0; i < e.count; i++)
		f->values[e.values[i].slot] = value_of(h, &e.values[i]);
	give_heads(h, site, f);
	hear_one(h, site, h->count);
	return h->count++;
}

void hear(struct house *h, enum house_site site, enum house_site from)
{
	for (size_t w = 0; w < WORDS; w++)
		h->known[site][w] |= h->known[from][w];
}

void hear_one(struct house *h, enum house_site site, size_t fact)
{
	h->known[site][fact / 64] |= UINT64_C(1) << fact % 64;
}

void hear_all(struct house *h)
{
	for (int site = 0; site < SITE_COUNT; site++)
		for (size_t n = 0; n < h->count; n++)
			hear_one(h, (enum house_site)site, n);
}

void wait_s(struct house *h, int64_t seconds)
{
	h->now += seconds;
}

/* --- houses ------------------------------------------------------------------- */

static void begin_answer(struct house *h, const char *who, const struct beginning *b)
{
	int64_t now = h->now;

	assert(who);
	h->now = HOUSE_START - b->ago_s - 60;
	at(h, SITE_OFFICE, counselled(who));
	at(h, SITE_OFFICE, chose(who, b->answer));
	h->now = now;
}

struct house house_from(const struct beginning *b, size_t count)
{
	struct house h = { .now = HOUSE_START - FIRST_FACT_AGE };
	const char *who = NULL;

	if (arena_new(&h.arena, ARENA_LIMIT))
		abort();
	for (int site = 0; site < SITE_COUNT; site++)
		h.known[site] = take(&h, WORDS * sizeof(uint64_t));
	at(&h, SITE_OFFICE, household_registered("home", "AZK-25-00001-K"));
	for (size_t i = 0; i < count; i++) {
		if (b[i].sort == BEGIN_ANSWER) {
			begin_answer(&h, who, &b[i]);
			continue;
		}
		who = b[i].who;
		at(&h, SITE_OFFICE,
		   b[i].sort == BEGIN_ADULT ? registered(who, "home")
					    : with_number(registered(who, "home"),
							  PERSON_REGISTERED_BIRTH_YEAR, 2016));
	}
	hear_all(&h);
	h.now = HOUSE_START;
	return h;
}

void house_end(struct house *h)
{
	state_free(h->state);
	arena_free(h->arena);
	free(h->facts);
	*h = (struct house){ 0 };
}

/* --- states ------------------------------------------------------------------- */

/* Texts into the reader's arena, as a fact from the disk has them: gone with it. */
static bool copy_texts(struct fact *f, struct arena *a)
{
	for (size_t i = 0; f->kind && i < f->kind->field_count; i++) {
		const struct field *field = &f->kind->fields[i];
		struct text *t = &f->values[i].text;
		bool is_text = field->type == TYPE_NAME || field->type == TYPE_LINE ||
			       field->type == TYPE_AREA || field->type == TYPE_LANGUAGE;

		if (!f->values[i].given || !is_text || field->many > 1)
			continue;
		*t = arena_copy_text(a, *t);
		if (!t->at)
			return false;
	}
	return true;
}

static enum err read_fact(void *self, const struct fact_ref *ref, const struct id *subject,
			  struct arena *a, struct fact *out, struct fault *f)
{
	const struct house *h = self;

	(void)f;
	for (size_t i = 0; i < h->count; i++)
		if (fact_ref_compare(&h->facts[i].ref, ref) == 0) {
			assert(id_same(&h->facts[i].subject, subject));
			*out = h->facts[i];
			return copy_texts(out, a) ? OK : ERR_MEMORY;
		}
	return ERR_NOT_FOUND;
}

struct fact_reader house_reader(struct house *h)
{
	return (struct fact_reader){ .self = h, .read = read_fact };
}

static void settle(struct house *h)
{
	struct fact_reader reader = house_reader(h);

	if (state_settle(h->state, &reader, NULL))
		abort();
}

static void take_fact(struct house *h, size_t fact)
{
	if (state_take(h->state, &h->facts[fact], NULL))
		abort();
}

static void new_state(struct house *h)
{
	state_free(h->state);
	h->state = NULL;
	if (state_new(&h->state))
		abort();
	h->taken = 0;
}

const struct state *house_state(struct house *h)
{
	if (!h->state)
		new_state(h);
	if (h->taken < h->count) {
		for (; h->taken < h->count; h->taken++)
			take_fact(h, h->taken);
		settle(h);
	}
	return h->state;
}

static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static void shuffle(size_t *order, size_t count, uint64_t seed)
{
	for (size_t i = count; i > 1; i--) {
		size_t other = next_random(&seed) % i, swapped = order[i - 1];

		order[i - 1] = order[other];
		order[other] = swapped;
	}
}

bool next_order(struct house *h)
{
	size_t *order, count = h->count;

	if (h->order == ORDERS) {
		house_end(h);
		return false;
	}
	order = calloc(count + 1, sizeof(*order));
	assert(order);
	new_state(h);
	for (size_t i = 0; i < count; i++)
		order[i] = h->order == 1 ? count - 1 - i : i;
	if (h->order > 1)
		shuffle(order, count, h->order);
	for (size_t i = 0; i < count; i++) {
		take_fact(h, order[i]);
		if (h->order > 1 && i % (count / 3 + 1) == count / 3)
			settle(h);
	}
	free(order);
	h->taken = count;
	h->order++;
	settle(h);
	return true;
}

struct person person_of(struct house *h, const char *who)
{
	struct id id = id_of_name(who);
	struct person p = { 0 };

	if (!state_person(house_state(h), &id, &p))
		p.status = STATUS_NONE;
	return p;
}

enum person_status status_of(struct house *h, const char *who)
{
	return (enum person_status)person_of(h, who).status;
}
