/*
 * Numbers of members, keys of repeats, seats: what a clerk who repeats herself must not
 * be able to do to somebody else.
 */
#include <stdio.h>

#include "register/inside.h"
#include "register/town_testing.h"

/* Who "CASE/n" is now; the case number is that of the town's family. */
static enum err member(struct town *t, const char *case_number, int n, struct id *out)
{
	char name[CASE_NUMBER_MAX + 8];
	const struct state *s;
	enum err e;

	snprintf(name, sizeof(name), "%s/%d", case_number, n);
	memset(&t->fault, 0, sizeof(t->fault));
	CHECK_INT(reg_read_begin(t->reg, &t->as[ROLE_REGISTRATION], DEED_RESOLVE, &s, &t->fault), OK);
	e = reg_resolve(t->reg, s, SUBJECT_PERSON, text_of(name), out, &t->fault);
	reg_read_end(t->reg);
	return e;
}

static bool member_is(struct town *t, const char *case_number, int n, const char *name)
{
	struct id wanted = town_id(t, name), found;

	return member(t, case_number, n, &found) == OK && id_same(&wanted, &found);
}

#define ERASED "{\"kind\": \"person.erased\", \"subject\": \"@habib\", \"reason\": \"person-asked\"}"
#define GUL                                                                                        \
	"{\"kind\": \"person.registered\", \"subject\": \"@gul\", \"household\": \"@household\","  \
	" \"given_latin\": \"Gul\", \"sex\": \"male\", \"birth_year\": 1960, \"group\": \"por\"}"

TEST(the_number_of_somebody_erased_reaches_nobody_else)
{
	struct town t;
	struct id found;
	char number[CASE_NUMBER_MAX];

	town_make(&t, 1);
	town_registers_family(&t);
	snprintf(number, sizeof(number), "%.*s", SHOWN(t.answer.case_number));
	CHECK(member_is(&t, number, 2, "@habib"));
	town_records(&t, ROLE_PROTECTION, ERASED);

	CHECK_INT(member(&t, number, 2, &found), ERR_NOT_FOUND);
	CHECK(member_is(&t, number, 1, "@zarmina"));
	CHECK(member_is(&t, number, 3, "@lal"));
	town_end(&t);
}

TEST(the_number_of_the_last_one_erased_is_not_given_again_after_a_restart)
{
	struct town t;
	struct id found;
	char number[CASE_NUMBER_MAX];

	town_make(&t, 1);
	town_registers_family(&t);
	snprintf(number, sizeof(number), "%.*s", SHOWN(t.answer.case_number));
	town_records(&t, ROLE_PROTECTION,
		     "{\"kind\": \"person.erased\", \"subject\": \"@lal\", \"reason\": \"court\"}");
	town_close(&t);
	town_open(&t);
	town_login_all(&t);
	town_records(&t, ROLE_REGISTRATION, GUL);

	CHECK_INT(member(&t, number, 3, &found), ERR_NOT_FOUND);
	CHECK(member_is(&t, number, 4, "@gul"));
	town_end(&t);
}

TEST(a_key_used_before_does_not_swallow_the_withdrawal_of_another)
{
	struct town t;

	town_make(&t, 1);
	town_registers_family(&t);
	town_records(&t, ROLE_CASHIER,
		     "{\"kind\": \"choice.withdrawn\", \"key\": \"w1\", \"subject\": \"@zarmina\","
		     " \"channel\": \"phone\"}");
	CHECK_FAULT(town_propose(&t, ROLE_CASHIER,
				 "{\"kind\": \"choice.withdrawn\", \"key\": \"w1\", \"subject\":"
				 " \"@habib\", \"channel\": \"phone\"}"),
		    ERR_INPUT, &t.fault, "key.used-otherwise");
	CHECK_FAULT(town_propose(&t, ROLE_CASHIER,
				 "{\"kind\": \"choice.withdrawn\", \"key\": \"w1\", \"subject\":"
				 " \"@zarmina\", \"channel\": \"gate\"}"),
		    ERR_INPUT, &t.fault, "key.used-otherwise");
	/* The very same is the answer of the first time. */
	memset(&t.fault, 0, sizeof(t.fault));
	CHECK_INT(town_propose(&t, ROLE_CASHIER,
			       "{\"kind\": \"choice.withdrawn\", \"key\": \"w1\", \"subject\":"
			       " \"@zarmina\", \"channel\": \"phone\"}"),
		  OK);
	CHECK_INT(t.answer.sort, SUBMISSION_REPEATED);
	town_end(&t);
}

/* A man who is a household of his own. */
static void registers_alone(struct town *t)
{
	town_records(t, ROLE_REGISTRATION,
		     "{\"kind\": \"household.registered\", \"subject\": \"@own\", \"residence\": \"PK5\"}");
	town_records(t, ROLE_REGISTRATION,
		     "{\"kind\": \"person.registered\", \"subject\": \"@alone\", \"household\":"
		     " \"@own\", \"given_latin\": \"Sher\", \"sex\": \"male\", \"birth_year\": 1980,"
		     " \"group\": \"por\", \"language\": \"pbu\", \"destination\": \"AF06\"}");
}

#define DEPARTS "{\"kind\": \"departure.recorded\", \"subject\": \"@alone\", \"movement\": \"@bus\"}"

TEST(nobody_departs_without_a_seat_and_nobody_twice)
{
	struct town t;

	town_make(&t, 1);
	registers_alone(&t);
	town_counsels(&t, "@alone");
	town_chooses(&t, "@alone", "return");
	town_plans_bus(&t, 26 * 3600, 4);
	town_wait(&t, 25 * 3600);
	town_records(&t, ROLE_PROTECTION,
		     "{\"kind\": \"choice.reconfirmed\", \"subject\": \"@alone\", \"company\": \"alone\","
		     " \"by_transporter\": false}");

	CHECK_FAULT(town_propose(&t, ROLE_MOVEMENT, DEPARTS), ERR_INPUT, &t.fault,
		    "departure.no-seat");
	town_records(&t, ROLE_MOVEMENT,
		     "{\"kind\": \"seat.assigned\", \"subject\": \"@alone\", \"movement\": \"@bus\"}");
	town_records(&t, ROLE_MOVEMENT, DEPARTS);
	CHECK_FAULT(town_propose(&t, ROLE_MOVEMENT, DEPARTS), ERR_INPUT, &t.fault,
		    "departure.left-already");
	town_end(&t);
}

RUN_TESTS()
