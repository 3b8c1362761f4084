/*
 * Two records that are one person: what is decided stands in both files, is paid once over
 * both, takes two officers where a grant is touched, and is taken back by another decision.
 */
#include "register/batch.h"
#include "register/town_testing.h"

#include <stdio.h>

/* Zarmina of "@household", and "@again", who says that she is called the same. */
static void town_with_doubles(struct town *t, uint64_t seed)
{
	town_make(t, seed);
	town_registers_family(t);
	town_records(t, ROLE_REGISTRATION,
		     "[{\"kind\": \"household.registered\", \"subject\": \"@other\", \"residence\":"
		     "  \"PK5\"},"
		     " {\"kind\": \"person.registered\", \"subject\": \"@again\", \"household\":"
		     "  \"@other\", \"given\": \"زرمينه\", \"sex\": \"female\", \"birth_year\":"
		     "  1990, \"group\": \"por\"}]");
	town_records(t, ROLE_ADMINISTRATOR,
		     "{\"kind\": \"tariff.set\", \"subject\": \"@tariff\", \"provider\": \"UNHCR\","
		     " \"part\": 1, \"amount\": 37500, \"currency\": \"USD\", \"per\": \"person\","
		     " \"valid_from\": \"2020-01-01\", \"source\": \"a circular\"}");
}

/* `kind` of both files, by registration; `second` NULL: she is alone. */
static enum err decides(struct town *t, const char *kind, const struct id *second)
{
	char agrees[80] = "", hex[ID_HEX_SIZE + 1];

	if (second) {
		hex_write(hex, bytes_of(second->at, ID_SIZE));
		snprintf(agrees, sizeof(agrees), ", \"second\": \"%s\"", hex);
	}
	return town_propose_of(
		t, ROLE_REGISTRATION,
		"[{\"kind\": \"%s\", \"subject\": \"@zarmina\", \"other\": \"@again\"%s},"
		" {\"kind\": \"%s\", \"subject\": \"@again\", \"other\": \"@zarmina\"%s}]",
		kind, agrees, kind, agrees);
}

static bool is_decided(struct town *t, const char *kind, const struct id *second)
{
	return decides(t, kind, second) == OK && t->answer.sort == SUBMISSION_RECORDED;
}

static enum err grant(struct town *t, int64_t role, const char *kind, const char *who)
{
	return town_propose_of(t, role,
			       "{\"kind\": \"%s\", \"subject\": \"%s\", \"tariff\": \"@tariff\","
			       " \"part\": 1, \"amount\": 37500}",
			       kind, who);
}

/* `who` came home by herself and is helped; officers approve, and pay. */
static bool is_paid(struct town *t, const char *who)
{
	town_records_of(t, ROLE_BORDER,
			"{\"kind\": \"crossing.recorded\", \"subject\": \"%s\", \"crossing\":"
			" \"XP-TORKHAM\", \"direction\": \"crossed\", \"return_kind\":"
			" \"assisted-spontaneous\"}",
			who);
	CHECK_INT(grant(t, ROLE_REGISTRATION, "grant.approved", who), OK);
	if (t->answer.sort != SUBMISSION_RECORDED)
		return false;
	CHECK_INT(grant(t, ROLE_CASHIER, "grant.paid", who), OK);
	return t->answer.sort == SUBMISSION_RECORDED;
}

static bool was_refused(const struct town *t, enum rule rule, const char *why)
{
	return t->answer.sort == SUBMISSION_REFUSED && t->answer.verdicts[rule].why &&
	       text_same(text_of(t->answer.verdicts[rule].why), text_of(why));
}

TEST(a_decision_of_two_records_stands_in_both_files_or_in_neither)
{
	static const char *const kinds[] = { "person.same-as", "person.not-same-as",
					     "person.maybe-same-as" };
	struct town t;

	town_with_doubles(&t, 1);
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		CHECK_FAULT(town_propose_of(&t, ROLE_REGISTRATION,
					    "{\"kind\": \"%s\", \"subject\": \"@zarmina\","
					    " \"other\": \"@again\"}",
					    kinds[i]),
			    ERR_INPUT, &t.fault, "pair.one-sided");
		CHECK(is_decided(&t, kinds[i], NULL));
	}
	town_end(&t);
}

TEST(who_was_paid_under_one_record_is_not_paid_under_the_other)
{
	struct town t;

	town_with_doubles(&t, 2);
	CHECK(is_decided(&t, "person.same-as", NULL));
	CHECK(is_paid(&t, "@zarmina"));
	CHECK(!is_paid(&t, "@again"));
	CHECK(was_refused(&t, RULE_PAID_ONCE, "refused.paid-elsewhere"));
	town_end(&t);
}

TEST(two_records_that_turn_out_to_be_two_people_are_both_paid)
{
	struct town t;
	struct id second;

	town_with_doubles(&t, 3);
	second = t.as[ROLE_PROTECTION].account;
	CHECK(is_decided(&t, "person.same-as", NULL));
	CHECK(is_paid(&t, "@again"));
	CHECK(!is_decided(&t, "person.not-same-as", NULL));
	CHECK(was_refused(&t, RULE_PAID_ONCE, "missing.second-person"));
	CHECK(is_decided(&t, "person.not-same-as", &second));
	CHECK(is_paid(&t, "@zarmina"));
	/* And to say anew that they are one takes two as well. */
	CHECK(!is_decided(&t, "person.same-as", NULL));
	CHECK(is_decided(&t, "person.maybe-same-as", NULL));
	town_end(&t);
}

TEST(the_second_person_of_a_decision_is_another_one_who_works_here)
{
	struct town t;

	town_with_doubles(&t, 4);
	CHECK_FAULT(decides(&t, "person.same-as", &t.as[ROLE_REGISTRATION].account), ERR_INPUT,
		    &t.fault, "second.same-officer");
	CHECK_INT(reg_account_close(t.reg, &t.as[ROLE_ADMINISTRATOR], TEXT("cashier"), &t.fault),
		  OK);
	CHECK_FAULT(decides(&t, "person.not-same-as", &t.as[ROLE_CASHIER].account), ERR_INPUT,
		    &t.fault, "second.closed");
	town_end(&t);
}

TEST(three_records_of_one_person_are_paid_once)
{
	struct town t;

	town_with_doubles(&t, 5);
	CHECK(is_decided(&t, "person.same-as", NULL));
	town_records(&t, ROLE_REGISTRATION,
		     "[{\"kind\": \"household.registered\", \"subject\": \"@third\","
		     "  \"residence\": \"PK5\"},"
		     " {\"kind\": \"person.registered\", \"subject\": \"@thrice\", \"household\":"
		     "  \"@third\", \"given\": \"زرمينه\", \"sex\": \"female\", \"birth_year\":"
		     "  1990, \"group\": \"por\"},"
		     " {\"kind\": \"person.same-as\", \"subject\": \"@thrice\", \"other\":"
		     "  \"@again\"},"
		     " {\"kind\": \"person.same-as\", \"subject\": \"@again\", \"other\":"
		     "  \"@thrice\"}]");
	CHECK(is_paid(&t, "@zarmina"));
	CHECK(!is_paid(&t, "@thrice"));
	CHECK(was_refused(&t, RULE_PAID_ONCE, "refused.paid-elsewhere"));
	town_end(&t);
}

static struct fact payment_of(struct town *t, const char *who)
{
	struct fact fact;

	fact_begin(&fact, KIND_GRANT_PAID);
	fact.subject = town_id(t, who);
	return fact;
}

TEST(two_records_of_one_person_are_not_paid_in_one_batch)
{
	struct town t;
	struct batch *b;

	town_with_doubles(&t, 6);
	for (int same = 0; same <= 1; same++) {
		struct fact facts[2] = { payment_of(&t, "@zarmina"), payment_of(&t, "@again") };
		struct submission one = { .by = &t.as[ROLE_CASHIER],
					  .facts = &facts[0],
					  .count = 1 };
		struct submission other = one;

		other.facts = &facts[1];
		CHECK_INT(batch_new(&b, t.reg, &t.fault), OK);
		CHECK(batch_take(b, &one));
		CHECK_INT(batch_take(b, &other), !same);
		batch_free(b);
		CHECK(same || is_decided(&t, "person.same-as", NULL));
	}
	town_end(&t);
}

RUN_TESTS()
