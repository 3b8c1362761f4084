/*
 * Drafts: each account's open under its own key alone, and go to a colleague by the hand of
 * whose they are or who manages accounts.
 */
#include <stdio.h>

#include "base/gcm.h"
#include "register/town_testing.h"

/* --- the key -------------------------------------------------------------------------- */

TEST(a_draft_key_is_an_accounts_own_and_the_same_after_a_restart)
{
	uint8_t mine[KEY_SIZE], yours[KEY_SIZE], again[KEY_SIZE];
	struct town t;

	town_make(&t, 7);
	CHECK_INT(reg_draft_key(t.reg, &t.as[ROLE_COUNSELLOR], mine, &t.fault), OK);
	CHECK_INT(reg_draft_key(t.reg, &t.as[ROLE_PROTECTION], yours, &t.fault), OK);
	CHECK(memcmp(mine, yours, KEY_SIZE));
	town_close(&t);
	town_open(&t);
	CHECK_FAULT(reg_draft_key(t.reg, &t.as[ROLE_COUNSELLOR], again, &t.fault), ERR_LOCKED,
		    &t.fault, "register.locked");
	town_login_all(&t);
	CHECK_INT(reg_draft_key(t.reg, &t.as[ROLE_COUNSELLOR], again, &t.fault), OK);
	CHECK(!memcmp(mine, again, KEY_SIZE));
	CHECK_INT(reg_account_close(t.reg, &t.as[ROLE_ADMINISTRATOR],
				    text_of(town_account(ROLE_COUNSELLOR)), &t.fault),
		  OK);
	CHECK_INT(reg_draft_key(t.reg, &t.as[ROLE_COUNSELLOR], again, &t.fault), ERR_DENIED);
	town_end(&t);
}

/* --- from one to another ------------------------------------------------------------------ */

#define FORM TEXT("{\"value\": {\"given\": \"زرغونه\"}}")
#define PLACE TEXT("household/new")
#define PLACE_THERE TEXT("household/new/2")

/* A protection officer began a household's form; registration is to go on with it. */
struct handing {
	struct town town;
	uint8_t keys[ROLE_AUDITOR + 1][KEY_SIZE], sealed[200];
	struct reg_draft draft, there;
};

/* As a browser has it, from what core/drafts.ts says. */
static struct bytes associated(struct handing *h, const struct reg_draft *d)
{
	char hex[ID_HEX_SIZE + 1];
	struct text t;

	hex_write(hex, bytes_of(d->account.at, ID_SIZE));
	t = arena_print(h->town.arena, "ikhtiar/draft/v1%c%s%c%.*s", 0, hex, 0, SHOWN(d->place));
	return bytes_of_text(t);
}

static void seal_as(struct handing *h, struct text place)
{
	struct reg_draft *d = &h->draft;
	struct gcm_lock lock = { h->keys[ROLE_PROTECTION], d->nonce, { 0 } };

	d->place = place;
	lock.associated = associated(h, d);
	gcm_seal(h->sealed, &lock, bytes_of_text(FORM));
	d->sealed = bytes_of(h->sealed, FORM.size + GCM_TAG_SIZE);
}

static void begin(struct handing *h)
{
	static const int64_t has_key[] = { ROLE_PROTECTION, ROLE_REGISTRATION };

	*h = (struct handing){ .draft.nonce = "twelve bytes" };
	town_make(&h->town, 8);
	town_registers_family(&h->town);
	for (size_t i = 0; i < COUNT_OF(has_key); i++)
		CHECK_INT(reg_draft_key(h->town.reg, &h->town.as[has_key[i]], h->keys[has_key[i]],
					&h->town.fault),
			  OK);
	h->draft.account = h->town.as[ROLE_PROTECTION].account;
	h->there = (struct reg_draft){ .account = h->town.as[ROLE_REGISTRATION].account,
				       .place = PLACE_THERE };
	seal_as(h, PLACE);
}

static enum err hands_over(struct handing *h, int64_t role)
{
	h->town.fault = (struct fault){ 0 };
	return reg_draft_hand_over(h->town.reg, &h->town.as[role], &h->draft, &h->there,
				   h->town.arena, &h->town.fault);
}

static bool opens_there(struct handing *h, int64_t role)
{
	struct gcm_lock lock = { h->keys[role], h->there.nonce, associated(h, &h->there) };
	uint8_t out[200];

	return gcm_open(out, &lock, h->there.sealed) &&
	       bytes_same(bytes_of(out, FORM.size), bytes_of_text(FORM));
}

static uint64_t facts_of(struct handing *h)
{
	struct reg_status status;

	CHECK_INT(reg_status(h->town.reg, &status, &h->town.fault), OK);
	return status.facts;
}

static void check_refused(struct handing *h, int64_t role, enum err e, const char *key)
{
	uint64_t before = facts_of(h);

	h->there.sealed = (struct bytes){ 0 };
	CHECK_FAULT(hands_over(h, role), e, &h->town.fault, key);
	CHECK(!h->there.sealed.at);
	CHECK_INT(facts_of(h), before);
}

TEST(a_draft_goes_to_a_colleague_opens_under_her_key_alone_and_that_is_recorded)
{
	struct handing h;
	uint64_t before;

	begin(&h);
	before = facts_of(&h);
	CHECK_INT(hands_over(&h, ROLE_PROTECTION), OK);
	CHECK(opens_there(&h, ROLE_REGISTRATION));
	CHECK(!opens_there(&h, ROLE_PROTECTION));
	CHECK(memcmp(h.there.nonce, h.draft.nonce, GCM_NONCE_SIZE));
	CHECK_INT(facts_of(&h), before + 1);
	town_end(&h.town);
}

TEST(an_administrator_hands_over_also_what_an_account_left_that_was_closed)
{
	struct handing h;

	begin(&h);
	CHECK_INT(reg_account_close(h.town.reg, &h.town.as[ROLE_ADMINISTRATOR],
				    text_of(town_account(ROLE_PROTECTION)), &h.town.fault),
		  OK);
	check_refused(&h, ROLE_PROTECTION, ERR_DENIED, "login.denied");
	CHECK_INT(hands_over(&h, ROLE_ADMINISTRATOR), OK);
	CHECK(opens_there(&h, ROLE_REGISTRATION));
	town_end(&h.town);
}

TEST(nobody_else_hands_a_draft_over)
{
	struct handing h;

	begin(&h);
	for (int64_t role = ROLE_REGISTRATION; role <= ROLE_AUDITOR; role++)
		if (role != ROLE_PROTECTION && role != ROLE_ADMINISTRATOR)
			check_refused(&h, role, ERR_DENIED, "draft.not-yours");
	town_end(&h.town);
}

/* Else whoever manages accounts could have every form read to herself. */
TEST(only_who_may_register_households_gets_a_households_draft)
{
	struct handing h;

	begin(&h);
	for (int64_t role = ROLE_COUNSELLOR; role <= ROLE_AUDITOR; role++) {
		h.there.account = h.town.as[role].account;
		check_refused(&h, ROLE_ADMINISTRATOR, ERR_INPUT,
			      role == ROLE_PROTECTION ? "draft.same-account"
						      : "draft.not-for-them");
	}
	h.there.account = town_id(&h.town, "@zarmina");
	check_refused(&h, ROLE_ADMINISTRATOR, ERR_INPUT, "reference.other-sort");
	town_end(&h.town);
}

TEST(a_draft_of_another_form_stays_where_it_is)
{
	struct handing h;

	begin(&h);
	seal_as(&h, TEXT("counselling/@zarmina"));
	check_refused(&h, ROLE_PROTECTION, ERR_INPUT, "draft.other-form");
	/* Nor as what it is not. */
	h.draft.place = PLACE;
	check_refused(&h, ROLE_PROTECTION, ERR_INPUT, "draft.damaged");
	seal_as(&h, PLACE);
	h.there.place = TEXT("household/newer");
	check_refused(&h, ROLE_PROTECTION, ERR_INPUT, "draft.other-form");
	town_end(&h.town);
}

TEST(a_draft_that_was_changed_or_is_of_another_account_is_refused)
{
	struct handing h;

	begin(&h);
	h.draft.account = h.town.as[ROLE_COUNSELLOR].account;
	check_refused(&h, ROLE_ADMINISTRATOR, ERR_INPUT, "draft.damaged");
	h.draft.account = h.town.as[ROLE_PROTECTION].account;
	h.sealed[3] ^= 1;
	check_refused(&h, ROLE_ADMINISTRATOR, ERR_INPUT, "draft.damaged");
	h.draft.sealed.size = GCM_TAG_SIZE - 1;
	check_refused(&h, ROLE_ADMINISTRATOR, ERR_INPUT, "draft.damaged");
	h.draft.sealed = (struct bytes){ 0 };
	check_refused(&h, ROLE_ADMINISTRATOR, ERR_INPUT, "draft.damaged");
	town_end(&h.town);
}

RUN_TESTS()
