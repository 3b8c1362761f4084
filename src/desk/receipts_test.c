#include "desk/desk_testing.h"

#define WITHDRAWN                                                                                  \
	"{\"kind\": \"choice.withdrawn\", \"subject\": \"@zarmina\", \"channel\": \"phone\"}"

static const json_t *receipts(struct clerk *c, struct town *t, int64_t role)
{
	struct id zarmina = town_id(t, "@zarmina");

	clerk_begin(c, t, role, WORDS_EN);
	return json_at(
		clerk_gets(c, desk_receipts(&c->desk, &zarmina, clerk_asks(c)), SHAPE_RECEIPTS),
		"receipts");
}

/* She chose, and took it back; gives what she was given for the second. */
static struct text town_with_receipts(struct town *t)
{
	struct text text;

	town_make(t, 1);
	town_registers_family(t);
	town_counsels(t, "@zarmina");
	town_chooses(t, "@zarmina", "return");
	town_records(t, ROLE_CASHIER, WITHDRAWN);
	CHECK_INT(reg_receipt(t->reg, &t->as[ROLE_CASHIER], &t->answer.refs[0], t->arena, &text,
			      &t->fault),
		  OK);
	return text;
}

TEST(a_lost_receipt_is_given_again_letter_by_letter)
{
	struct town t;
	struct clerk c;
	struct text given = town_with_receipts(&t);
	const json_t *list = receipts(&c, &t, ROLE_COUNSELLOR);

	CHECK_INT(json_array_size(list), 2);
	CHECK_TEXT(json_text_at(list, "0/kind"), "choice.made");
	CHECK_TEXT(json_text_at(list, "1/kind"), "choice.withdrawn");
	CHECK(text_same(text_of(json_text_at(list, "1/receipt")), given));
	clerk_end(&c);
	town_end(&t);
}

TEST(who_could_not_have_recorded_it_gives_no_receipt_of_it)
{
	struct town t;
	struct clerk c;
	const json_t *list;

	town_with_receipts(&t);
	/* Legal aid knows of the choice, and takes down none. */
	list = receipts(&c, &t, ROLE_LEGAL_AID);
	CHECK_INT(json_array_size(list), 1);
	CHECK_TEXT(json_text_at(list, "0/kind"), "choice.withdrawn");
	clerk_end(&c);

	/* The clerk who registers is not told of either. */
	CHECK_INT(json_array_size(receipts(&c, &t, ROLE_REGISTRATION)), 0);
	clerk_end(&c);
	town_end(&t);
}

RUN_TESTS()
