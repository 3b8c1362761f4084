/* A grant is paid once, by a tariff, by two people. */
#include "rules/rules_testing.h"

#define PART_1 (1u << 1)

/* Zarmina is across, and part 1 is approved and paid out now. */
static void pays(struct scene *s, enum kind kind)
{
	scene_make(s);
	s->zarmina->crossed = NOW - DAY;
	s->zarmina->return_kind = RETURN_KIND_FACILITATED;
	s->zarmina->approved_parts = PART_1;
	s->zarmina->approver = s->officers[CLERK].id;
	scene_asks(s, kind, s->zarmina);
	scene_gives_id(s, GRANT_PAID_TARIFF, &s->tariff.id);
	scene_gives(s, GRANT_PAID_PART, 1);
	scene_gives(s, GRANT_PAID_AMOUNT, 37500);
}

TEST(a_grant_that_is_due_is_approved_and_paid)
{
	struct scene s;

	pays(&s, KIND_GRANT_APPROVED);
	CHECK_INT(scene_against(&s), 0);
	pays(&s, KIND_GRANT_PAID);
	CHECK_INT(scene_against(&s), 0);
	scene_asks(&s, KIND_GRANT_PAID, s.zarmina);
	s.q.tariff = NULL;
	CHECK_INT(scene_against(&s), 0);
}

TEST(a_part_is_paid_once)
{
	static const enum kind kinds[] = { KIND_GRANT_APPROVED, KIND_GRANT_PAID };
	struct scene s;

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		pays(&s, kinds[i]);
		s.zarmina->paid_parts = PART_1 << 1;
		CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
		s.zarmina->paid_parts = PART_1;
		CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.paid-already");
	}
}

/* Parts are bits 1 to 15 of a word of sixteen; no other number is a part. */
TEST(a_part_that_cannot_be_was_not_paid)
{
	static const struct {
		int64_t part;
		const char *says;
	} parts[] = {
		{ -1, "allowed" },
		{ 0, "allowed" },
		{ 1, "refused.paid-already" },
		{ 15, "refused.paid-already" },
		{ 16, "allowed" },
		{ 64, "allowed" },
	};
	struct scene s;

	pays(&s, KIND_GRANT_APPROVED);
	s.q.tariff = NULL;
	s.fact.values[GRANT_PAID_TARIFF] = (struct value){ 0 };
	s.zarmina->paid_parts = UINT16_MAX;
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		scene_gives(&s, GRANT_PAID_PART, parts[i].part);
		CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), parts[i].says);
	}
}

TEST(what_is_paid_for_the_family_is_paid_to_one_of_it)
{
	struct scene s;

	pays(&s, KIND_GRANT_PAID);
	s.habib->paid_parts = PART_1;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
	s.q.tariff = NULL;
	s.fact.values[GRANT_PAID_TARIFF] = (struct value){ 0 };
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
	s.q.tariff = &s.tariff;
	s.tariff.per = GRANT_PER_FAMILY;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.paid-family");
	s.habib->group = GROUP_UNDOCUMENTED;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
}

TEST(all_of_the_household_and_nobody_else_count_as_the_family)
{
	struct scene s;

	pays(&s, KIND_GRANT_PAID);
	s.tariff.per = GRANT_PER_FAMILY;
	s.lal->paid_parts = PART_1;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.paid-family");
	s.q.member_count = 2;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
	s.q.person = s.lal;
	s.lal->paid_parts = 0;
	s.lal->crossed = NOW - DAY;
	s.lal->return_kind = RETURN_KIND_FACILITATED;
	s.lal->approved_parts = PART_1;
	s.lal->approver = s.officers[CLERK].id;
	s.zarmina->paid_parts = PART_1;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.paid-family");
}

TEST(the_tariff_for_one_alone_is_for_who_came_alone)
{
	struct scene s;

	pays(&s, KIND_GRANT_PAID);
	s.tariff.per = GRANT_PER_FAMILY_OF_ONE;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
	s.lal->crossed = NOW - DAY;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.family-of-one");
	s.q.member_count = 2;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
	s.q.member_count = 3;
	s.tariff.per = GRANT_PER_PERSON;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
}

TEST(the_first_of_the_household_came_as_well)
{
	struct scene s;

	pays(&s, KIND_GRANT_PAID);
	s.tariff.per = GRANT_PER_FAMILY_OF_ONE;
	*s.habib = *s.zarmina;
	s.habib->id = id_numbered(2);
	s.q.person = s.habib;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.family-of-one");
}

TEST(a_part_that_was_paid_under_another_record_of_hers_is_not_paid)
{
	static const enum kind kinds[] = { KIND_GRANT_APPROVED, KIND_GRANT_PAID };
	struct person doubles[2];
	struct scene s;

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		pays(&s, kinds[i]);
		doubles[0] = doubles[1] = *s.zarmina;
		s.q.doubles = doubles;
		s.q.double_count = 2;
		CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
		doubles[1].paid_parts = PART_1 << 1;
		CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
		doubles[1].paid_parts = PART_1;
		CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.paid-elsewhere");
		s.q.double_count = 1;
		CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
	}
}

TEST(what_a_family_was_paid_she_has_had_with_it_under_each_of_her_records)
{
	struct person kin[2];
	struct scene s;

	pays(&s, KIND_GRANT_PAID);
	s.tariff.per = GRANT_PER_FAMILY;
	kin[0] = kin[1] = *s.habib;
	s.q.double_kin = kin;
	s.q.double_kin_count = 2;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
	kin[1].paid_parts = PART_1;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.paid-elsewhere");
	kin[1].group = GROUP_OTHER;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
	kin[1].group = s.zarmina->group;
	s.tariff.per = GRANT_PER_PERSON;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
}

TEST(a_record_is_not_paid_while_its_double_does_not_say_the_same_of_it)
{
	struct scene s;

	pays(&s, KIND_GRANT_PAID);
	s.q.doubles_unsure = true;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.paid-double");
}

/* --- whether two records are one person ----------------------------------------------- */

static void decides(struct scene *s, enum kind kind)
{
	scene_make(s);
	scene_asks(s, kind, s->zarmina);
	s->q.other = s->habib;
}

TEST(two_persons_decide_whether_two_records_are_one_where_a_grant_is_touched)
{
	static const enum kind kinds[] = { KIND_PERSON_SAME_AS, KIND_PERSON_NOT_SAME_AS };
	struct person third;
	struct scene s;

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		decides(&s, kinds[i]);
		third = *s.lal;
		s.q.doubles = &third;
		s.q.double_count = 1;
		CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
		s.zarmina->approved_parts = PART_1;
		CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "missing.second-person");
		s.zarmina->approved_parts = 0;
		s.habib->paid_parts = PART_1;
		CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "missing.second-person");
		s.habib->paid_parts = 0;
		third.paid_parts = PART_1;
		CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "missing.second-person");
		s.q.second = &s.officers[REVIEWER];
		CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
		s.officers[REVIEWER].open = false;
		CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "missing.second-person");
		s.officers[REVIEWER].open = true;
		s.q.second = s.q.actor;
		CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.second-person");
	}
}

TEST(of_a_record_that_is_not_known_nothing_is_known_to_be_paid)
{
	struct scene s;

	decides(&s, KIND_PERSON_NOT_SAME_AS);
	s.q.other = NULL;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
	s.zarmina->paid_parts = PART_1;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "missing.second-person");
}

TEST(to_ask_later_takes_nobody_else)
{
	struct scene s;

	decides(&s, KIND_PERSON_MAYBE_SAME_AS);
	s.zarmina->paid_parts = PART_1;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
}

TEST(the_dead_are_not_paid)
{
	struct scene s;

	pays(&s, KIND_GRANT_PAID);
	s.zarmina->died = true;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.died");
}

TEST(a_tariff_counts_from_its_first_day_to_its_last)
{
	struct scene s;

	pays(&s, KIND_GRANT_PAID);
	s.tariff.valid_from = s.tariff.valid_to = TODAY;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
	s.tariff.valid_from = TODAY + 1;
	s.tariff.valid_to = DAY_NONE;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.tariff-not-in-force");
	s.tariff.valid_from = TODAY - 1;
	s.tariff.valid_to = TODAY - 1;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.tariff-not-in-force");
	s.tariff.valid_from = s.tariff.valid_to = DAY_NONE;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.tariff-not-in-force");
}

TEST(group_part_and_amount_are_those_of_the_tariff)
{
	struct scene s;

	pays(&s, KIND_GRANT_PAID);
	s.tariff.group = GROUP_ACC;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.tariff-group");
	s.tariff.group = 0;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
	scene_gives(&s, GRANT_PAID_PART, 2);
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.tariff-part");
	scene_gives(&s, GRANT_PAID_PART, 1);
	scene_gives(&s, GRANT_PAID_AMOUNT, 37501);
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.tariff-amount");
	s.q.tariff = NULL;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.tariff");
}

TEST(a_payment_is_approved_before_and_by_somebody_else)
{
	struct scene s;

	pays(&s, KIND_GRANT_PAID);
	s.zarmina->approved_parts = PART_1 << 1;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "missing.approval");
	s.zarmina->approved_parts = PART_1;
	s.zarmina->approver = s.officers[CASHIER].id;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.approver-pays");
	scene_asks(&s, KIND_GRANT_PAID, s.zarmina);
	s.zarmina->approved_parts = 0;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "missing.approval");
}

TEST(no_money_before_the_crossing)
{
	struct scene s;

	pays(&s, KIND_GRANT_PAID);
	s.zarmina->departed = NOW - HOUR;
	s.zarmina->crossed = 0;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "missing.grant-crossing");
	pays(&s, KIND_GRANT_APPROVED);
	s.zarmina->crossed = 0;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
}

TEST(a_deportation_is_not_paid_as_a_return)
{
	struct scene s;

	pays(&s, KIND_GRANT_PAID);
	for (uint8_t kind = RETURN_KIND_FACILITATED; kind <= RETURN_KIND_UNKNOWN; kind++) {
		s.zarmina->return_kind = kind;
		CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), kind <= RETURN_KIND_ASSISTED_SPONTANEOUS
								   ? "allowed"
								   : "refused.grant-return-kind");
	}
}

TEST(a_payment_is_reversed_once_by_somebody_else_and_never_annulled)
{
	struct scene s;

	scene_make(&s);
	fact_begin(&s.named, KIND_GRANT_PAID);
	s.named.actor = s.officers[CASHIER].id;
	s.named.values[GRANT_PAID_PART] = (struct value){ .given = true, .number = 1 };
	s.zarmina->paid_parts = PART_1;
	scene_asks(&s, KIND_GRANT_REVERSED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
	scene_by(&s, CASHIER);
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.payer-reverses");
	s.zarmina->paid_parts = 0;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.reversed-already");
	s.q.named = NULL;
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "missing.payment");
	scene_asks(&s, KIND_FACT_ANNULLED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.annul-payment");
	fact_begin(&s.named, KIND_GRANT_APPROVED);
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "allowed");
	scene_asks(&s, KIND_GRANT_REVERSED, s.zarmina);
	CHECK_TEXT(scene_says(&s, RULE_PAID_ONCE), "refused.not-a-payment");
}

RUN_TESTS()
