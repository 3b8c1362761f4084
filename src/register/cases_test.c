/*
 * Case numbers for paper forms: reserved before anybody has them, taken once.
 */
#include <stdio.h>

#include "register/inside.h"
#include "register/town_testing.h"

static void reserves(struct town *t, int64_t role, int count)
{
	struct id site = t->reg->self.site;
	char hex[ID_HEX_SIZE + 1];

	hex_write(hex, bytes_of(site.at, ID_SIZE));
	town_records_of(t, role,
			"{\"kind\": \"case-numbers.reserved\", \"subject\": \"%s\", \"count\": %d}",
			hex, count);
}

/* `household` is registered from the form with this number. */
static enum err types_in(struct town *t, const char *household, const char *number)
{
	return town_propose_of(t, ROLE_REGISTRATION,
			       "{\"kind\": \"household.registered\", \"subject\": \"%s\","
			       " \"residence\": \"PK5\", \"case_number\": \"%s\"}",
			       household, number);
}

static const char *number_of(char out[CASE_NUMBER_MAX], int year, uint64_t counter)
{
	case_number_write(out, TEXT("PSH"), year, counter);
	return out;
}

TEST(reserved_numbers_are_told_and_follow_one_another)
{
	char number[CASE_NUMBER_MAX];
	struct town t;

	town_make(&t, 1);
	reserves(&t, ROLE_REGISTRATION, 3);
	CHECK_INT(t.answer.reserved_count, 3);
	CHECK_TEXT(t.answer.reserved[0], number_of(number, 26, 80000));
	CHECK_TEXT(t.answer.reserved[2], number_of(number, 26, 80002));

	/* Also after a restart, and for whoever else prints. */
	town_close(&t);
	town_open(&t);
	town_login_all(&t);
	reserves(&t, ROLE_ADMINISTRATOR, 1);
	CHECK_TEXT(t.answer.reserved[0], number_of(number, 26, 80003));
	town_end(&t);
}

TEST(the_same_request_sent_twice_reserves_the_same_numbers)
{
	static const char form[] = "{\"kind\": \"case-numbers.reserved\", \"subject\": \"%s\","
				   " \"count\": 2, \"key\": \"00112233445566778899aabbccddeeff\"}";
	char hex[ID_HEX_SIZE + 1], number[CASE_NUMBER_MAX];
	struct town t;

	town_make(&t, 2);
	hex_write(hex, bytes_of(t.reg->self.site.at, ID_SIZE));
	town_records_of(&t, ROLE_REGISTRATION, form, hex);
	CHECK_INT(town_propose_of(&t, ROLE_REGISTRATION, form, hex), OK);
	CHECK_INT(t.answer.sort, SUBMISSION_REPEATED);
	CHECK_INT(t.answer.reserved_count, 2);
	CHECK_TEXT(t.answer.reserved[1], number_of(number, 26, 80001));
	reserves(&t, ROLE_REGISTRATION, 1);
	CHECK_TEXT(t.answer.reserved[0], number_of(number, 26, 80002));
	town_end(&t);
}

TEST(a_number_of_a_form_is_taken_once)
{
	char number[CASE_NUMBER_MAX];
	struct town t;

	town_make(&t, 3);
	reserves(&t, ROLE_REGISTRATION, 2);
	number_of(number, 26, 80001);
	CHECK_INT(types_in(&t, "@first", number), OK);
	CHECK_INT(t.answer.sort, SUBMISSION_RECORDED);
	CHECK_TEXT(t.answer.case_number, number);
	CHECK_FAULT(types_in(&t, "@second", number), ERR_INPUT, &t.fault, "case-number.used");
	number[11] = number[11] == '0' ? '1' : '0';
	CHECK_FAULT(types_in(&t, "@second", number), ERR_INPUT, &t.fault,
		    "case-number.check-letter");
	town_end(&t);
}

TEST(a_number_of_this_site_that_is_on_no_form_is_refused)
{
	/* Behind the last reserved; one that the register gives itself; of another year. */
	static const struct {
		int year;
		uint64_t counter;
	} none[] = { { 26, 80001 }, { 26, 99999 }, { 26, 42 }, { 26, 100000 }, { 25, 80000 } };
	char number[CASE_NUMBER_MAX];
	struct town t;

	town_make(&t, 4);
	CHECK_FAULT(types_in(&t, "@early", number_of(number, 26, 80000)), ERR_INPUT, &t.fault,
		    "case-number.not-reserved");
	reserves(&t, ROLE_REGISTRATION, 1);
	for (size_t i = 0; i < COUNT_OF(none); i++)
		CHECK_FAULT(types_in(&t, "@h", number_of(number, none[i].year, none[i].counter)),
			    ERR_INPUT, &t.fault, "case-number.not-reserved");
	town_end(&t);
}

TEST(a_number_of_another_site_is_theirs_to_give)
{
	char number[CASE_NUMBER_MAX];
	struct town t;

	town_make(&t, 5);
	case_number_write(number, TEXT("QTA"), 26, 17);
	CHECK_INT(types_in(&t, "@moved", number), OK);
	CHECK_FAULT(types_in(&t, "@other", number), ERR_INPUT, &t.fault, "case-number.used");
	town_end(&t);
}

TEST(a_form_s_number_is_not_taken_again_after_the_household_was_erased_or_renamed)
{
	char first[CASE_NUMBER_MAX], second[CASE_NUMBER_MAX], third[CASE_NUMBER_MAX];
	struct town t;

	town_make(&t, 6);
	reserves(&t, ROLE_REGISTRATION, 3);
	number_of(first, 26, 80000);
	number_of(second, 26, 80001);
	number_of(third, 26, 80002);
	CHECK_INT(types_in(&t, "@erased", first), OK);
	town_records(&t, ROLE_ADMINISTRATOR,
		     "{\"kind\": \"household.erased\", \"subject\": \"@erased\","
		     " \"reason\": \"person-asked\"}");
	CHECK_FAULT(types_in(&t, "@next", first), ERR_INPUT, &t.fault, "case-number.used");

	CHECK_INT(types_in(&t, "@renamed", second), OK);
	town_records_of(&t, ROLE_REGISTRATION,
			"{\"kind\": \"household.amended\", \"subject\": \"@renamed\","
			" \"case_number\": \"%s\"}",
			third);
	CHECK_FAULT(types_in(&t, "@next", second), ERR_INPUT, &t.fault, "case-number.used");
	CHECK_FAULT(types_in(&t, "@next", third), ERR_INPUT, &t.fault, "case-number.used");
	town_end(&t);
}

/* The number of a household that was erased stands on its slip. */
TEST(a_number_that_the_register_gave_cannot_be_named_once_its_household_is_erased)
{
	char number[CASE_NUMBER_MAX];
	struct town t;

	town_make(&t, 7);
	town_records(&t, ROLE_REGISTRATION,
		     "{\"kind\": \"household.registered\", \"subject\": \"@erased\","
		     " \"residence\": \"PK5\"}");
	snprintf(number, sizeof(number), "%.*s", SHOWN(t.answer.case_number));
	town_records(&t, ROLE_ADMINISTRATOR,
		     "{\"kind\": \"household.erased\", \"subject\": \"@erased\","
		     " \"reason\": \"person-asked\"}");
	CHECK_FAULT(types_in(&t, "@next", number), ERR_INPUT, &t.fault, "case-number.not-reserved");
	town_end(&t);
}

TEST(a_form_of_last_year_is_typed_in_this_year)
{
	char number[CASE_NUMBER_MAX];
	struct town t;

	town_make(&t, 8);
	reserves(&t, ROLE_REGISTRATION, 1);
	town_wait(&t, 366 * DAY);
	town_login_all(&t);
	CHECK_INT(types_in(&t, "@late", number_of(number, 26, 80000)), OK);
	reserves(&t, ROLE_REGISTRATION, 1);
	CHECK_TEXT(t.answer.reserved[0], number_of(number, 27, 80000));
	town_end(&t);
}

TEST(no_more_numbers_are_reserved_than_a_year_has)
{
	struct town t;
	char hex[ID_HEX_SIZE + 1];

	town_make(&t, 9);
	hex_write(hex, bytes_of(t.reg->self.site.at, ID_SIZE));
	for (int i = 0; i < 199; i++)
		reserves(&t, ROLE_REGISTRATION, 100);
	reserves(&t, ROLE_REGISTRATION, 99);
	CHECK_FAULT(town_propose_of(&t, ROLE_REGISTRATION,
				    "{\"kind\": \"case-numbers.reserved\", \"subject\": \"%s\","
				    " \"count\": 2}",
				    hex),
		    ERR_INPUT, &t.fault, "case-number.none-to-reserve");
	reserves(&t, ROLE_REGISTRATION, 1);
	town_end(&t);
}

TEST(counters_leave_out_the_numbers_of_printed_forms)
{
	CHECK_INT(case_counter_after(0, 1), 1);
	CHECK_INT(case_counter_after(79998, 1), 79999);
	CHECK_INT(case_counter_after(79999, 1), 100000);
	CHECK_INT(case_counter_after(100000, 1), 100001);
	CHECK_INT(case_counter_after(79500, 1000), 100500);
}

TEST(those_of_printed_forms_stay_among_themselves)
{
	CHECK_INT(pack_counter_after(0, 1000), 80999);
	CHECK_INT(pack_counter_after(80009, 1000), 81009);
	CHECK_INT(pack_counter_after(99500, 1000), 99999);
}

RUN_TESTS()
