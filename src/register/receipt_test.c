/*
 * Receipts: what a person takes home, and who may give it to her.
 */
#include "register/inside.h"
#include "register/town_testing.h"

#define WITHDRAWN "{\"kind\": \"choice.withdrawn\", \"subject\": \"@zarmina\", \"channel\": \"phone\"}"

TEST(a_receipt_of_a_withdrawal_is_signed_by_the_site_and_names_nobody)
{
	struct town t;
	struct text text;
	struct receipt receipt;
	struct hash key;

	town_make(&t, 1);
	town_registers_family(&t);
	key = t.reg->sign_key;
	town_records(&t, ROLE_BORDER, WITHDRAWN);
	CHECK_INT(reg_receipt(t.reg, &t.as[ROLE_BORDER], &t.answer.refs[0], t.arena, &text, &t.fault),
		  OK);

	CHECK(text.size <= RECEIPT_TEXT_MAX);
	CHECK(!memcmp(text.at, "IKH1:", 5));
	CHECK_INT(receipt_read(&receipt, text, &key, &t.fault), OK);
	CHECK_INT(receipt.kind, KIND_CHOICE_WITHDRAWN);
	CHECK_INT(receipt.seq, t.answer.refs[0].seq);
	key.at[0] ^= 1;
	CHECK_INT(receipt_read(&receipt, text, &key, &t.fault), ERR_DAMAGED);
	town_end(&t);
}

TEST(a_receipt_is_given_by_who_could_have_recorded_it)
{
	struct town t;
	struct text text;

	town_make(&t, 1);
	town_registers_family(&t);
	CHECK_FAULT(reg_receipt(t.reg, &t.as[ROLE_BORDER], &t.answer.refs[0], t.arena, &text, &t.fault),
		    ERR_DENIED, &t.fault, "deed.denied");
	town_end(&t);
}

TEST(no_site_gives_a_receipt_for_another)
{
	struct town t;
	struct fact_ref other;
	struct text text;

	town_make(&t, 1);
	town_registers_family(&t);
	other = t.answer.refs[0];
	other.site.at[0] ^= 1;
	CHECK_FAULT(reg_receipt(t.reg, &t.as[ROLE_REGISTRATION], &other, t.arena, &text, &t.fault),
		    ERR_INPUT, &t.fault, "receipt.other-site");
	town_end(&t);
}

RUN_TESTS()
