/*
 * Histories in which everything races: three sites record what a person decides and
 * what is done with her, each knowing what it has heard.  Whatever the order in which
 * the facts arrive, and whatever is missing for a while, the state is the same, and
 * what protects her is never undone by somebody who had not heard of it.
 *
 * The last is checked against a slow reading of the constitution that knows nothing of
 * marks and folds: sets of ancestors, and what stands by them.
 */
#include <assert.h>
#include <stdlib.h>

#include "base/prop.h"
#include "fact/fact_testing.h"
#include "state/house_testing.h"

#define HER "zarmina"
#define EVENTS_MAX 40

/* --- a random history --------------------------------------------------------- */

/* A fact of one kind about her that `site` knows; HOUSE_FACTS_MAX: none. */
static size_t one_of_kind(struct prop *p, const struct house *h, enum house_site site, enum kind k)
{
	size_t found = HOUSE_FACTS_MAX, seen = 0;

	for (size_t i = 0; i < h->count; i++)
		if (h->facts[i].kind_number == k && h->known[site][i / 64] >> i % 64 & 1 &&
		    prop_pick(p, ++seen) == 0)
			found = i;
	return found;
}

static void record_naming(struct prop *p, struct house *h, enum house_site site, enum kind k,
			  struct event (*make)(const char *who, size_t fact))
{
	size_t fact = one_of_kind(p, h, site, k);

	if (fact < HOUSE_FACTS_MAX)
		at(h, site, make(HER, fact));
}

static void record_any_annulment(struct prop *p, struct house *h, enum house_site site)
{
	size_t fact = prop_pick(p, h->count);

	if (h->known[site][fact / 64] >> fact % 64 & 1)
		at(h, site, annulled(HER, fact));
}

/* Records of which it is decided whether she is they. */
static const char *const others[] = { "gul", "laila" };

static const struct {
	enum kind kind;
	enum field_slot other;
	enum decided said;
} decisions[] = {
	{ KIND_PERSON_SAME_AS, PERSON_SAME_AS_OTHER, DECIDED_SAME },
	{ KIND_PERSON_NOT_SAME_AS, PERSON_NOT_SAME_AS_OTHER, DECIDED_DIFFERENT },
	{ KIND_PERSON_MAYBE_SAME_AS, PERSON_MAYBE_SAME_AS_OTHER, DECIDED_LATER },
};

static void record_decision(struct prop *p, struct house *h, enum house_site site)
{
	size_t n = prop_pick(p, COUNT_OF(decisions));

	at(h, site,
	   with_name(event_of(decisions[n].kind, HER), decisions[n].other,
		     others[prop_pick(p, COUNT_OF(others))]));
}

static void record_something(struct prop *p, struct house *h, enum house_site site)
{
	switch (prop_pick(p, 36)) {
	case 0: at(h, site, counselled(HER)); return;
	case 1: at(h, site, chose(HER, ANSWER_RETURN)); return;
	case 2: at(h, site, chose(HER, ANSWER_STAY)); return;
	case 3: at(h, site, not_hers(HER)); return;
	case 4:
	case 5:
	case 6: at(h, site, withdrawn(HER)); return;
	case 7: at(h, site, reconfirmed(HER)); return;
	case 8:
	case 9: at(h, site, held(HER)); return;
	case 10: at(h, site, holds_lifted(HER)); return;
	case 11: record_naming(p, h, site, KIND_HOLD_PLACED, hold_lifted); return;
	case 12: at(h, site, pressed(HER)); return;
	case 13: at(h, site, reviewed(HER, prop_int(p, 1, 3))); return;
	case 14: at(h, site, assessed(HER, prop_int(p, 1, 5), prop_int(p, 1, 4))); return;
	case 15: at(h, site, incident(HER, prop_int(p, 1, 3))); return;
	case 16: record_naming(p, h, site, KIND_INCIDENT_REPORTED, incident_closed); return;
	case 17: record_naming(p, h, site, KIND_INCIDENT_REPORTED, incident_referred); return;
	case 18: at(h, site, seated(HER, "bus")); return;
	case 19: at(h, site, seat_released(HER)); return;
	case 20:
	case 21: at(h, site, departed(HER)); return;
	case 22: at(h, site, crossed(HER, prop_int(p, 1, 3))); return;
	case 23: at(h, site, turned_back(HER)); return;
	case 24: at(h, site, surrendered(HER, DOCUMENT_KIND_POR)); return;
	case 25: at(h, site, arrived(HER)); return;
	case 26: at(h, site, paid(HER, prop_int(p, 1, 2))); return;
	case 27: record_naming(p, h, site, KIND_GRANT_PAID, payment_reversed); return;
	case 28: at(h, site, moved(HER, prop_bool(p) ? "home" : "brother's", prop_bool(p))); return;
	case 29: at(h, site, file_opened(HER)); return;
	case 30: record_any_annulment(p, h, site); return;
	case 31: at(h, site, approved(HER, prop_int(p, 1, 2))); return;
	case 32:
		at(h, site,
		   with_text(amended(HER), PERSON_AMENDED_FAMILY_LATIN,
			     prop_bool(p) ? "Khan" : "Safi"));
		return;
	case 33:
	case 34: record_decision(p, h, site); return;
	default:
		if (prop_pick(p, 20) == 0)
			at(h, site, erased(HER));
		else
			at(h, site, complained(HER));
	}
}

static void live(struct prop *p, struct house *h)
{
	for (size_t i = 0; i < EVENTS_MAX && !prop_end(p); i++) {
		enum house_site site = (enum house_site)prop_pick(p, SITE_COUNT);

		if (prop_pick(p, 4) == 0)
			hear(h, site, (enum house_site)prop_pick(p, SITE_COUNT));
		/* Word reaches it of one thing, and not of what that builds on. */
		if (prop_pick(p, 12) == 0)
			hear_one(h, site, prop_pick(p, h->count));
		record_something(p, h, site);
	}
}

/* --- feeding ------------------------------------------------------------------ */

static void take_one(struct state *s, const struct house *h, size_t fact)
{
	CHECK_INT(state_take(s, &h->facts[fact], NULL), OK);
}

static void settle(struct state *s, struct house *h)
{
	struct fact_reader reader = house_reader(h);

	CHECK_INT(state_settle(s, &reader, NULL), OK);
}

static struct hash digest_of(const struct state *s)
{
	struct hash out;

	CHECK_INT(state_digest(s, &out), OK);
	return out;
}

static struct state *state_for_test(void)
{
	struct state *s;

	CHECK_INT(state_new(&s), OK);
	return s;
}

/* All facts in a random order, settled now and then, some doubled. */
static struct hash digest_shuffled(struct prop *p, struct house *h)
{
	struct state *s = state_for_test();
	size_t *order = arena_take_array(h->arena, h->count, sizeof(*order));
	struct hash digest;

	for (size_t i = 0; i < h->count; i++) {
		size_t other = prop_pick(p, i + 1);

		order[i] = order[other];
		order[other] = i;
	}
	for (size_t i = 0; i < h->count; i++) {
		take_one(s, h, order[i]);
		if (prop_pick(p, 6) == 0)
			settle(s, h);
		if (prop_pick(p, 8) == 0)
			take_one(s, h, order[prop_pick(p, i + 1)]);
	}
	settle(s, h);
	CHECK_INT(state_counts(s).waiting, 0);
	digest = digest_of(s);
	state_free(s);
	return digest;
}

static bool same(struct hash a, struct hash b)
{
	return memcmp(&a, &b, sizeof(a)) == 0;
}

static struct house begin(void)
{
	return house_with(ADULT(HER), ANSWERED(RETURN, 25 * HOUR));
}

static void any_order_gives_the_same_state(struct prop *p)
{
	struct house h = begin();
	struct hash digest;

	live(p, &h);
	digest = digest_of(house_state(&h));
	for (unsigned i = 0; i < 4; i++)
		CHECK(same(digest, digest_shuffled(p, &h)));
	house_end(&h);
}
PROP_FUZZ(1, any_order_gives_the_same_state)

TEST(facts_that_race_give_the_same_state_in_any_order)
{
	prop_run(any_order_gives_the_same_state, 1500, 1);
}

/*
 * Facts that know everything are applied to the stored row; a state that is made to
 * fold from the first fact on (its first fact comes last) must agree, at every step.
 */
static void at_once_is_as_good_as_folding_again(struct prop *p)
{
	struct house h = begin();
	struct state *s = state_for_test();
	size_t taken = 0;

	for (size_t n = 0; n < 12 && !prop_end(p); n++) {
		struct state *again = state_for_test();

		record_something(p, &h, SITE_OFFICE);
		hear_all(&h);
		for (; taken < h.count; taken++)
			take_one(s, &h, taken);
		settle(s, &h);
		for (size_t i = h.count; i-- > 0;)
			take_one(again, &h, i);
		settle(again, &h);
		CHECK(same(digest_of(s), digest_of(again)));
		state_free(again);
	}
	state_free(s);
	house_end(&h);
}

TEST(a_fact_applied_at_once_is_as_good_as_a_fold_from_the_beginning)
{
	prop_run(at_once_is_as_good_as_folding_again, 700, 2);
}

/* Of every kind: with what the identity key seals, and without where nothing is folded of it. */
static void what_is_not_folded_need_not_be_opened(struct prop *p)
{
	struct state *whole = state_for_test(), *rest = state_for_test();
	struct fact f;

	fact_random(p, p->arena, kind_random(p), &f);
	f.head_count = 0;
	CHECK_INT(state_take(whole, &f, NULL), OK);
	for (size_t i = 0; i < f.kind->field_count && !state_folds_identity(f.kind->kind); i++)
		if (f.kind->fields[i].seal == SEAL_IDENTITY)
			f.values[i] = (struct value){ .given = false };
	CHECK_INT(state_take(rest, &f, NULL), OK);
	CHECK(same(digest_of(whole), digest_of(rest)));
	state_free(whole);
	state_free(rest);
}

TEST(a_fact_opened_without_what_is_not_folded_gives_the_same_state)
{
	prop_run(what_is_not_folded_need_not_be_opened, 4000, 6);
}

static void what_is_missing_matters_not_in_which_order_the_rest_came(struct prop *p)
{
	struct house h = begin();
	struct state *a = state_for_test(), *b = state_for_test();
	uint64_t missing;

	live(p, &h);
	missing = prop_uint(p, 0, UINT64_MAX);
	for (size_t i = 0; i < h.count; i++)
		if (!(missing >> i % 64 & 1))
			take_one(a, &h, i);
	for (size_t i = h.count; i-- > 0;)
		if (!(missing >> i % 64 & 1)) {
			take_one(b, &h, i);
			if (prop_bool(p))
				settle(b, &h);
		}
	settle(a, &h);
	settle(b, &h);
	CHECK(same(digest_of(a), digest_of(b)));
	CHECK_INT(state_counts(a).waiting, state_counts(b).waiting);
	state_free(a);
	state_free(b);
	house_end(&h);
}

TEST(two_states_that_miss_the_same_facts_are_the_same)
{
	prop_run(what_is_missing_matters_not_in_which_order_the_rest_came, 1000, 3);
}

/* --- the constitution, read slowly -------------------------------------------- */

struct slow {
	const struct house *h;
	bool before[128][128]; /* [a][b]: b lies in the past of a */
	bool left_out[128];
};

static size_t fact_of_ref(const struct house *h, const struct fact_ref *ref)
{
	for (size_t i = 0; i < h->count; i++)
		if (fact_ref_compare(&h->facts[i].ref, ref) == 0)
			return i;
	return h->count;
}

static bool is_permanent(uint64_t kind)
{
	return kind == KIND_CHOICE_WITHDRAWN || kind == KIND_HOLD_PLACED ||
	       kind == KIND_PERSON_ERASED || kind == KIND_GRANT_PAID;
}

/* Facts stand in the order of recording, so heads come before those who name them. */
static void read_slowly(struct slow *s, const struct house *h)
{
	memset(s, 0, sizeof(*s));
	s->h = h;
	assert(h->count <= 128);
	for (size_t i = 0; i < h->count; i++)
		for (size_t n = 0; n < h->facts[i].head_count; n++) {
			size_t head = fact_of_ref(h, &h->facts[i].heads[n]);

			s->before[i][head] = true;
			for (size_t b = 0; b < h->count; b++)
				s->before[i][b] |= s->before[head][b];
		}
	for (size_t i = h->count; i-- > 0;) {
		const struct fact *f = &h->facts[i];
		size_t target;

		if (f->kind_number != KIND_FACT_ANNULLED || s->left_out[i])
			continue;
		target = fact_of_ref(h, f->values[FACT_ANNULLED_FACT].fact);
		if (s->before[i][target] && !is_permanent(h->facts[target].kind_number))
			s->left_out[target] = true;
	}
}

static bool is_kind(const struct slow *s, size_t i, enum kind k)
{
	return s->h->facts[i].kind_number == k && !s->left_out[i];
}

/* Whether a fact of `k` has no fact of `ends` behind it that knows it. */
static bool stands(const struct slow *s, size_t i, enum kind ends,
		   bool (*does)(const struct fact *f, const struct fact_ref *ref))
{
	for (size_t n = 0; n < s->h->count; n++)
		if (is_kind(s, n, ends) && s->before[n][i] &&
		    (!does || does(&s->h->facts[n], &s->h->facts[i].ref)))
			return false;
	return true;
}

static bool lifts(const struct fact *f, const struct fact_ref *hold)
{
	return !f->values[HOLD_LIFTED_HOLD].given ||
	       fact_ref_compare(f->values[HOLD_LIFTED_HOLD].fact, hold) == 0;
}

static bool closes(const struct fact *f, const struct fact_ref *incident)
{
	return fact_ref_compare(f->values[INCIDENT_CLOSED_INCIDENT].fact, incident) == 0;
}

static size_t count_standing(const struct slow *s, enum kind k, enum kind ends,
			     bool (*does)(const struct fact *f, const struct fact_ref *ref))
{
	size_t count = 0;

	for (size_t i = 0; i < s->h->count; i++)
		count += is_kind(s, i, k) && stands(s, i, ends, does);
	return count;
}

static bool has_kind(const struct slow *s, enum kind k)
{
	return count_standing(s, k, KIND_UNKNOWN, NULL) > 0;
}

/* Standing choices: whether there are some, and whether all of them say `answer`. */
static bool all_answers_are(const struct slow *s, int64_t answer)
{
	size_t count = 0;

	for (size_t i = 0; i < s->h->count; i++) {
		if (!is_kind(s, i, KIND_CHOICE_MADE) || !stands(s, i, KIND_CHOICE_MADE, NULL))
			continue;
		if (s->h->facts[i].values[CHOICE_MADE_ANSWER].number != answer)
			return false;
		count++;
	}
	return count > 0;
}

static void what_protects_her_stands(struct prop *p)
{
	struct house h = begin();
	struct slow s;
	struct person her;
	size_t withdrawals, holds;

	live(p, &h);
	read_slowly(&s, &h);
	her = person_of(&h, HER);
	withdrawals = count_standing(&s, KIND_CHOICE_WITHDRAWN, KIND_CHOICE_MADE, NULL);
	holds = count_standing(&s, KIND_HOLD_PLACED, KIND_HOLD_LIFTED, lifts);
	if (has_kind(&s, KIND_PERSON_ERASED)) {
		CHECK_INT(her.status, STATUS_ERASED);
		CHECK(her.erased && !her.registered && id_is_none(&her.household));
	} else {
		CHECK_INT(her.withdrawn, withdrawals > 0);
		CHECK_INT(her.holds, holds);
		CHECK_INT(her.incidents_open,
			  count_standing(&s, KIND_INCIDENT_REPORTED, KIND_INCIDENT_CLOSED, closes));
		if (count_standing(&s, KIND_PRESSURE_REPORTED, KIND_REVIEW_MADE, NULL))
			CHECK(her.review_due);
		CHECK_INT(her.answer == ANSWER_RETURN,
			  !withdrawals && all_answers_are(&s, ANSWER_RETURN));
		CHECK_INT(her.answer == ANSWER_STAY,
			  !withdrawals && all_answers_are(&s, ANSWER_STAY));
	}
	if (her.withdrawn) {
		CHECK(id_is_none(&her.movement) && !her.seat && !her.reconfirmed);
		CHECK(!her.surrendered);
		CHECK(!her.departed || her.crossed);
		CHECK(her.status == STATUS_WITHDRAWN || her.crossed || her.arrived);
	}
	house_end(&h);
}

TEST(what_protects_a_person_stands_until_somebody_lifts_it_who_knew)
{
	prop_run(what_protects_her_stands, 4000, 4);
}

/* --- whether two records are one person ------------------------------------------ */

/* Which of `decisions` it is, about that record; their count: it is none, or left out. */
static size_t decision_of(const struct slow *s, size_t i, const struct id *other)
{
	const struct fact *f = &s->h->facts[i];

	for (size_t n = 0; n < COUNT_OF(decisions); n++)
		if (is_kind(s, i, decisions[n].kind) &&
		    id_same(f->values[decisions[n].other].id, other))
			return n;
	return COUNT_OF(decisions);
}

/* Whether no other decision of the two knows of it. */
static bool is_last_word(const struct slow *s, size_t i, const struct id *other)
{
	for (size_t n = 0; n < s->h->count; n++)
		if (s->before[n][i] && decision_of(s, n, other) < COUNT_OF(decisions))
			return false;
	return true;
}

static void check_decided(const struct slow *s, const struct state *state, const char *name)
{
	struct id her = id_of_name(HER), other = id_of_name(name);
	bool said[COUNT_OF(decisions) + 1] = { false };
	struct decision d = { 0 };
	bool decided = state_decision(state, &her, &other, &d);

	for (size_t i = 0; i < s->h->count; i++)
		if (is_last_word(s, i, &other))
			said[decision_of(s, i, &other)] = true;
	CHECK_INT(decided, said[0] || said[1] || said[2]);
	CHECK_INT(decided && d.differ, said[0] + said[1] + said[2] > 1);
	if (decided && (said[0] || !d.differ))
		CHECK(said[d.said == DECIDED_SAME ? 0 : d.said == DECIDED_DIFFERENT ? 1 : 2]);
	if (said[0])
		CHECK_INT(d.said, DECIDED_SAME);
}

static void the_last_word_of_a_pair_stands(struct prop *p)
{
	struct house h = begin();
	struct slow s;

	for (size_t i = 0; i < EVENTS_MAX && !prop_end(p); i++) {
		enum house_site site = (enum house_site)prop_pick(p, SITE_COUNT);

		if (prop_pick(p, 3) == 0)
			hear(&h, site, (enum house_site)prop_pick(p, SITE_COUNT));
		if (prop_pick(p, 6) == 0)
			record_any_annulment(p, &h, site);
		else
			record_decision(p, &h, site);
	}
	read_slowly(&s, &h);
	for (size_t i = 0; i < COUNT_OF(others); i++)
		check_decided(&s, house_state(&h), others[i]);
	CHECK(same(digest_of(house_state(&h)), digest_shuffled(p, &h)));
	house_end(&h);
}

TEST(what_was_decided_of_a_pair_is_the_last_word_of_all_who_knew_the_others)
{
	prop_run(the_last_word_of_a_pair_stands, 700, 7);
}

/* --- several people of one household ------------------------------------------ */

static void a_household_is_the_sum_of_its_people(struct prop *p)
{
	static const char *const people[] = { "zarmina", "gul", "laila" };
	static const char *const houses[] = { "home", "brother's" };
	struct house h = house_with(ADULT("zarmina"), ADULT("gul"), CHILD("laila"));
	struct hash digest;
	size_t total = 0;

	for (size_t i = 0; i < 20 && !prop_end(p); i++) {
		enum house_site site = (enum house_site)prop_pick(p, SITE_COUNT);

		if (prop_pick(p, 3) == 0)
			hear(&h, site, (enum house_site)prop_pick(p, SITE_COUNT));
		at(&h, site, moved(people[prop_pick(p, 3)], houses[prop_pick(p, 2)], true));
	}
	digest = digest_of(house_state(&h));
	CHECK(same(digest, digest_shuffled(p, &h)));
	for (size_t i = 0; i < 2; i++) {
		struct id household = id_of_name(houses[i]), members[3];
		size_t count = state_members(house_state(&h), &household, members, 3);

		for (size_t n = 0; n < count; n++) {
			struct person member;

			CHECK(state_person(house_state(&h), &members[n], &member));
			CHECK(id_same(&member.household, &household));
		}
		total += count;
	}
	CHECK_INT(total, 3);
	house_end(&h);
}

TEST(everybody_is_a_member_of_one_household_wherever_the_moves_crossed)
{
	prop_run(a_household_is_the_sum_of_its_people, 500, 5);
}

RUN_TESTS()
