/*
 * Random histories at three sites, each of which asks the real rules by what it has
 * heard.  What is let through is held against three sentences of the constitution that
 * are read here slowly, from sets of ancestors, and know nothing of columns, marks,
 * folds and judges:
 *
 *     nobody departs without every rule met
 *     a withdrawal wins over everything that had not heard of it
 *     no part of a grant is paid twice, and where two sites did, it is told
 *
 * Sites record in the order of time and hear whole sites, so a fact about her knows all
 * that its site knew: its ancestors.
 */
#include <stdlib.h>

#include "base/prop.h"
#include "place/place_testing.h"
#include "register/inside.h"
#include "state/house_testing.h"

#define HER "zarmina"
#define STEPS_MAX 48
#define FACTS_MAX 96
#define BROKEN(rule) (1u << RULE_##rule)

static const struct {
	const char *name;
	int64_t role;
} officers[] = {
	{ "officer", ROLE_REGISTRATION }, { "counsellor", ROLE_COUNSELLOR },
	{ "boarding", ROLE_MOVEMENT },	  { "protector", ROLE_PROTECTION },
	{ "approver", ROLE_CASHIER },	  { "cashier", ROLE_CASHIER },
};

struct history {
	struct house house;
	struct reg reg; /* of which a question needs the areas and the zone */
	struct state *sees[SITE_COUNT];
	bool taken[SITE_COUNT][FACTS_MAX];
	bool before[FACTS_MAX][FACTS_MAX]; /* [a][b]: b lies in the past of a */
};

/* --- living -------------------------------------------------------------------- */

static const struct fact *fact_at(const struct history *x, size_t n)
{
	return &x->house.facts[n];
}

/* What a site has heard comes into its state. */
static void listen(struct history *x, enum house_site site)
{
	struct house *h = &x->house;
	struct fact_reader reader = house_reader(h);

	for (size_t n = 0; n < h->count; n++) {
		if (x->taken[site][n] || !(h->known[site][n / 64] >> n % 64 & 1))
			continue;
		CHECK_INT(state_take(x->sees[site], &h->facts[n], NULL), OK);
		x->taken[site][n] = true;
	}
	CHECK_INT(state_settle(x->sees[site], &reader, NULL), OK);
}

static size_t fact_of_ref(const struct history *x, const struct fact_ref *ref)
{
	for (size_t n = 0; n < x->house.count; n++)
		if (fact_ref_compare(&fact_at(x, n)->ref, ref) == 0)
			return n;
	return FACTS_MAX;
}

static void note_past(struct history *x, size_t n)
{
	const struct fact *f = fact_at(x, n);

	memset(x->before[n], 0, sizeof(x->before[n]));
	for (size_t i = 0; i < f->head_count; i++) {
		size_t head = fact_of_ref(x, &f->heads[i]);

		CHECK(head < n);
		x->before[n][head] = true;
		for (size_t b = 0; b < n; b++)
			x->before[n][b] |= x->before[head][b];
	}
}

/* What the door asks: every rule that guards the kind. */
static bool rules_allow(struct history *x, enum house_site site, const struct fact *f,
			const struct fact *named)
{
	struct asking a = { .reg = &x->reg, .state = x->sees[site] };
	struct verdict verdicts[RULES_COUNT + 1];
	struct preview *preview;
	struct question q;
	bool allowed;

	if (!kind_is_guarded(f->kind->kind))
		return true;
	CHECK_INT(arena_new(&a.arena, (size_t)8 << 20), OK);
	CHECK_INT(preview_new(&preview, a.arena, a.state), OK);
	a.preview = preview;
	a.now.seconds = f->recorded;
	CHECK_INT(question_make(&q, &a, f, named, NULL), OK);
	allowed = rules_judge(&q, verdicts) == 0;
	arena_free(a.arena);
	return allowed;
}

static void take_back(struct house *h, enum house_site site)
{
	h->count--;
	h->length[site]--;
	h->known[site][h->count / 64] &= ~(UINT64_C(1) << h->count % 64);
}

/* Record it if the rules of that site allow it. */
static bool propose_at(struct history *x, enum house_site site, struct event e,
		       const struct fact *named)
{
	size_t n;

	listen(x, site);
	n = at(&x->house, site, e);
	note_past(x, n);
	if (rules_allow(x, site, fact_at(x, n), named))
		return true;
	take_back(&x->house, site);
	return false;
}

static struct event tariff_of_part_one(void)
{
	struct event e = event_of(KIND_TARIFF_SET, "tariff");

	e = with_text(e, TARIFF_SET_PROVIDER, "UNHCR");
	e = with_number(e, TARIFF_SET_PART, 1);
	e = with_number(e, TARIFF_SET_AMOUNT, 15600);
	e = with_text(e, TARIFF_SET_CURRENCY, "USD");
	e = with_number(e, TARIFF_SET_PER, GRANT_PER_PERSON);
	return with_number(e, TARIFF_SET_VALID_FROM, HOUSE_START / 86400 - 30);
}

static struct history *history_new(void)
{
	struct history *x = calloc(1, sizeof(*x));

	CHECK(x);
	x->house = house_with(ADULT(HER));
	x->reg.atlas = kept_atlas();
	x->reg.zone = zone_of(TEXT("UTC"));
	CHECK(x->reg.zone);
	for (size_t i = 0; i < COUNT_OF(officers); i++)
		at(&x->house, SITE_OFFICE, account_opened(officers[i].name, officers[i].role));
	at(&x->house, SITE_OFFICE, planned("bus"));
	at(&x->house, SITE_OFFICE, tariff_of_part_one());
	hear_all(&x->house);
	for (size_t n = 0; n < x->house.count; n++)
		note_past(x, n);
	for (int site = 0; site < SITE_COUNT; site++)
		CHECK_INT(state_new(&x->sees[site]), OK);
	return x;
}

static void history_end(struct history *x)
{
	for (int site = 0; site < SITE_COUNT; site++)
		state_free(x->sees[site]);
	house_end(&x->house);
	free(x);
}

/* As the atlas knows it: rules ask whether a sheet is about where she goes. */
#define WHERE_SHE_GOES "AF06@cod-ab-2021"

static struct event counselled_on_it(void)
{
	return with_text(counselled(HER), COUNSELLING_HELD_SHEET_AREA, WHERE_SHE_GOES);
}

static struct event chose_to_return(void)
{
	return with_text(chose(HER, ANSWER_RETURN), CHOICE_MADE_DESTINATION, WHERE_SHE_GOES);
}

/* --- a random history ------------------------------------------------------------ */

/* A payment that the site knows; FACTS_MAX: none. */
static size_t any_payment(const struct history *x, enum house_site site)
{
	for (size_t n = x->house.count; n-- > 0;)
		if (fact_at(x, n)->kind_number == KIND_GRANT_PAID &&
		    x->house.known[site][n / 64] >> n % 64 & 1)
			return n;
	return FACTS_MAX;
}

static void reverse_something(struct history *x, enum house_site site, const char *who)
{
	size_t payment = any_payment(x, site);
	struct fact named;

	if (payment == FACTS_MAX)
		return;
	named = *fact_at(x, payment);
	propose_at(x, site, by(who, payment_reversed(HER, payment)), &named);
}

/* The steps of the way stand in its order, so that a few equal bytes go along it. */
static void do_something(struct prop *p, struct history *x)
{
	enum house_site site = (enum house_site)prop_pick(p, SITE_COUNT);
	const char *who = officers[prop_pick(p, COUNT_OF(officers))].name;
	struct event e;

	switch (prop_pick(p, 22)) {
	case 0: e = counselled_on_it(); break;
	case 1: e = chose_to_return(); break;
	case 2: wait_s(&x->house, 25 * HOUR); return;
	case 3: e = seated(HER, "bus"); break;
	case 4: e = reconfirmed(HER); break;
	case 5:
	case 6: e = departed(HER); break;
	case 7: e = crossed(HER, RETURN_KIND_FACILITATED); break;
	case 8: e = approved(HER, 1); break;
	case 9:
	case 10: e = paid(HER, 1); break;
	case 11: e = withdrawn(HER); break;
	case 12: e = chose(HER, ANSWER_STAY); break;
	case 13: e = held(HER); break;
	case 14: e = holds_lifted(HER); break;
	case 15: e = pressed(HER); break;
	case 16: e = reviewed(HER, prop_int(p, 1, 3)); break;
	case 17: e = incident(HER, INCIDENT_DETENTION); break;
	case 18: e = turned_back(HER); break;
	case 19: reverse_something(x, site, who); return;
	case 20: wait_s(&x->house, prop_bool(p) ? 13 * HOUR : 89 * DAY); return;
	default: hear(&x->house, site, (enum house_site)prop_pick(p, SITE_COUNT)); return;
	}
	propose_at(x, site, by(who, e), NULL);
}

static void live(struct prop *p, struct history *x)
{
	for (size_t i = 0; i < STEPS_MAX && !prop_end(p); i++)
		do_something(p, x);
}

/* --- the constitution, read slowly ------------------------------------------------- */

static bool is_kind(const struct history *x, size_t n, enum kind k)
{
	return fact_at(x, n)->kind_number == k;
}

/* Whether fact `knower` has fact `i` in its past; house.count knows all. */
static bool is_known(const struct history *x, size_t knower, size_t i)
{
	return knower == x->house.count || x->before[knower][i];
}

/* Whether none of kind `end` that `knower` knows has fact `i` in its past. */
static bool stands(const struct history *x, size_t knower, size_t i, enum kind end)
{
	for (size_t n = 0; n < x->house.count; n++)
		if (is_kind(x, n, end) && is_known(x, knower, n) && x->before[n][i])
			return false;
	return is_known(x, knower, i);
}

static bool any_stands(const struct history *x, size_t knower, enum kind k, enum kind end)
{
	for (size_t i = 0; i < x->house.count; i++)
		if (is_kind(x, i, k) && stands(x, knower, i, end))
			return true;
	return false;
}

static bool any_in_past(const struct history *x, size_t n, enum kind k)
{
	return any_stands(x, n, k, KIND_UNKNOWN);
}

/* A standing choice that allows departure `n` by itself. */
static void check_choice(const struct history *x, size_t n, size_t choice)
{
	const struct fact *leaves = fact_at(x, n), *chose = fact_at(x, choice);
	bool asked_again = false;

	CHECK_INT(chose->values[CHOICE_MADE_ANSWER].number, ANSWER_RETURN);
	CHECK(id_same(chose->values[CHOICE_MADE_BY].id, &chose->subject));
	CHECK(leaves->recorded - chose->recorded >= 24 * HOUR);
	CHECK(any_in_past(x, choice, KIND_COUNSELLING_HELD));
	for (size_t i = 0; i < x->house.count; i++)
		asked_again |= is_kind(x, i, KIND_CHOICE_RECONFIRMED) && x->before[n][i] &&
			       x->before[i][choice] &&
			       leaves->recorded - fact_at(x, i)->recorded <= 12 * HOUR &&
			       !id_same(&fact_at(x, i)->actor, &leaves->actor);
	CHECK(asked_again);
}

static void check_departure(const struct history *x, size_t n)
{
	size_t choices = 0;
	int64_t newest = 0;

	CHECK(!any_stands(x, n, KIND_CHOICE_WITHDRAWN, KIND_CHOICE_MADE));
	CHECK(!any_stands(x, n, KIND_HOLD_PLACED, KIND_HOLD_LIFTED));
	CHECK(!any_stands(x, n, KIND_PRESSURE_REPORTED, KIND_REVIEW_MADE));
	CHECK(!any_in_past(x, n, KIND_INCIDENT_REPORTED)); /* of detention, never closed */
	for (size_t i = 0; i < x->house.count; i++) {
		const struct fact *f = fact_at(x, i);

		if (is_kind(x, i, KIND_REVIEW_MADE) && stands(x, n, i, KIND_REVIEW_MADE) &&
		    stands(x, n, i, KIND_COUNSELLING_HELD))
			CHECK_INT(f->values[REVIEW_MADE_FINDING].number, FINDING_VOLUNTARY);
		if (!is_kind(x, i, KIND_CHOICE_MADE) || !stands(x, n, i, KIND_CHOICE_MADE))
			continue;
		check_choice(x, n, i);
		newest = f->recorded > newest ? f->recorded : newest;
		choices++;
	}
	CHECK(choices > 0);
	CHECK(fact_at(x, n)->recorded - newest < 90 * DAY);
}

static bool is_reversed(const struct history *x, size_t knower, size_t payment)
{
	for (size_t n = 0; n < x->house.count; n++)
		if (is_kind(x, n, KIND_GRANT_REVERSED) && is_known(x, knower, n) &&
		    fact_ref_compare(fact_at(x, n)->values[GRANT_REVERSED_PAYMENT].fact,
				     &fact_at(x, payment)->ref) == 0)
			return true;
	return false;
}

static size_t count_paid(const struct history *x, size_t knower)
{
	size_t count = 0;

	for (size_t i = 0; i < x->house.count; i++)
		count += is_kind(x, i, KIND_GRANT_PAID) && is_known(x, knower, i) &&
			 !is_reversed(x, knower, i);
	return count;
}

static void check_payment(const struct history *x, size_t n)
{
	bool approved_by_another = false;

	CHECK_INT(count_paid(x, n), 0);
	CHECK(any_stands(x, n, KIND_CROSSING_RECORDED, KIND_CROSSING_RECORDED));
	for (size_t i = 0; i < x->house.count; i++)
		approved_by_another |= is_kind(x, i, KIND_GRANT_APPROVED) && x->before[n][i] &&
				       !id_same(&fact_at(x, i)->actor, &fact_at(x, n)->actor);
	CHECK(approved_by_another);
}

/* --- the three sentences ----------------------------------------------------------- */

/* Each fact by what its own site knew. */
static void check_what_was_let_through(const struct history *x)
{
	for (size_t n = 0; n < x->house.count; n++) {
		if (is_kind(x, n, KIND_DEPARTURE_RECORDED))
			check_departure(x, n);
		if (is_kind(x, n, KIND_GRANT_PAID))
			check_payment(x, n);
	}
}

/* Neither had heard of the other. */
static bool apart(const struct history *x, size_t a, size_t b)
{
	return a != b && !x->before[a][b] && !x->before[b][a];
}

static bool any_apart(const struct history *x, enum kind one, enum kind other)
{
	for (size_t a = 0; a < x->house.count; a++)
		for (size_t b = 0; b < x->house.count; b++)
			if (is_kind(x, a, one) && is_kind(x, b, other) && apart(x, a, b))
				return true;
	return false;
}

static bool any_went_over_in_spite_of_a_withdrawal(const struct history *x)
{
	for (size_t a = 0; a < x->house.count; a++)
		for (size_t b = 0; b < x->house.count; b++)
			if (is_kind(x, a, KIND_CHOICE_WITHDRAWN) &&
			    is_kind(x, b, KIND_CROSSING_RECORDED) && apart(x, a, b) &&
			    fact_at(x, b)->values[CROSSING_RECORDED_DIRECTION].number ==
				    DIRECTION_CROSSED)
				return true;
	return false;
}

/* What the sites could not know of each other, once all is known to all. */
static void check_what_is_told(struct history *x)
{
	struct person her;
	size_t all = x->house.count;

	hear_all(&x->house);
	listen(x, SITE_OFFICE);
	her = person_of(&x->house, HER);
	if (any_stands(x, all, KIND_CHOICE_WITHDRAWN, KIND_CHOICE_MADE)) {
		CHECK(her.withdrawn && her.answer == 0);
		CHECK(id_is_none(&her.movement) && !her.reconfirmed && !her.surrendered);
		CHECK(her.status == STATUS_WITHDRAWN || her.crossed);
	}
	if (any_went_over_in_spite_of_a_withdrawal(x))
		CHECK(her.broken & BROKEN(REVOCABLE));
	if (any_apart(x, KIND_HOLD_PLACED, KIND_DEPARTURE_RECORDED))
		CHECK(her.broken & BROKEN(HOLDS_HOLD));
	CHECK_INT(her.paid_twice, count_paid(x, all) > 1 ? 1 << 1 : 0);
	CHECK_INT(her.broken & BROKEN(PAID_ONCE),
		  any_apart(x, KIND_GRANT_PAID, KIND_GRANT_PAID) ? BROKEN(PAID_ONCE) : 0);
}

static void nothing_is_let_through_that_the_constitution_forbids(struct prop *p)
{
	struct history *x = history_new();

	live(p, x);
	check_what_was_let_through(x);
	check_what_is_told(x);
	history_end(x);
}
PROP_FUZZ(1, nothing_is_let_through_that_the_constitution_forbids)

TEST(no_history_gets_a_departure_or_a_payment_past_the_rules)
{
	prop_run(nothing_is_let_through_that_the_constitution_forbids, 400, 1);
}

/* The sentences above would hold as well where nothing was ever let through. */
TEST(who_has_met_every_rule_goes_and_is_paid_once)
{
	struct history *x = history_new();

	CHECK(propose_at(x, SITE_OFFICE, by("counsellor", counselled_on_it()), NULL));
	CHECK(propose_at(x, SITE_OFFICE, by("officer", chose_to_return()), NULL));
	CHECK(!propose_at(x, SITE_OFFICE, by("boarding", departed(HER)), NULL));
	wait_s(&x->house, 25 * HOUR);
	CHECK(propose_at(x, SITE_OFFICE, by("boarding", seated(HER, "bus")), NULL));
	CHECK(propose_at(x, SITE_OFFICE, by("protector", reconfirmed(HER)), NULL));
	CHECK(!propose_at(x, SITE_BUS, by("boarding", departed(HER)), NULL));
	hear(&x->house, SITE_BUS, SITE_OFFICE);
	CHECK(propose_at(x, SITE_BUS, by("boarding", departed(HER)), NULL));
	CHECK(!propose_at(x, SITE_BUS, by("cashier", paid(HER, 1)), NULL));
	CHECK(propose_at(x, SITE_BUS, by("boarding", crossed(HER, RETURN_KIND_FACILITATED)), NULL));
	CHECK(propose_at(x, SITE_BUS, by("approver", approved(HER, 1)), NULL));
	CHECK(!propose_at(x, SITE_BUS, by("approver", paid(HER, 1)), NULL));
	CHECK(propose_at(x, SITE_BUS, by("cashier", paid(HER, 1)), NULL));
	CHECK(!propose_at(x, SITE_BUS, by("cashier", paid(HER, 1)), NULL));
	check_what_was_let_through(x);
	check_what_is_told(x);
	history_end(x);
}

RUN_TESTS()
