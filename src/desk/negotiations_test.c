/* The province's terms of reference, from the draft to what a jirga owes. */
#include <stdlib.h>

#include "desk/desk_testing.h"

struct talks {
	struct town town;
	struct clerk clerk;
};

#define ABOUT "\"subject\": \"@terms\", "

static struct talks *talks_begin(void)
{
	struct talks *t = calloc(1, sizeof(*t));

	CHECK(t != NULL);
	town_make(&t->town, 1);
	clerk_begin(&t->clerk, &t->town, ROLE_LEGAL_AID, WORDS_EN);
	town_records(&t->town, ROLE_LEGAL_AID,
		     "{\"kind\": \"instrument.recorded\", " ABOUT "\"code\": \"TOR-KP\","
		     " \"date\": \"2026-11-04\", \"authority\": \"Government of KP\","
		     " \"level\": \"provincial\", \"instrument\": \"Terms of reference\","
		     " \"groups\": \"not applicable\", \"areas\": [\"PK5\"],"
		     " \"effect\": \"approval_awaited\", \"basis\": \"retrieved\","
		     " \"parties\": [\"Federal Government\"]}");
	return t;
}

static void talks_end(struct talks *t)
{
	clerk_end(&t->clerk);
	town_end(&t->town);
	free(t);
}

static void records(struct talks *t, const char *json)
{
	town_records(&t->town, ROLE_LEGAL_AID, json);
}

static const json_t *all_of_them(struct talks *t)
{
	return clerk_gets(&t->clerk, desk_negotiations(&t->clerk.desk, clerk_asks(&t->clerk)),
			  SHAPE_NEGOTIATIONS);
}

static const json_t *terms(struct talks *t, unsigned before, unsigned after)
{
	const struct desk_versions compared = { before, after };

	return clerk_gets(
		&t->clerk,
		desk_negotiation(&t->clerk.desk, TEXT("TOR-KP"), compared, clerk_asks(&t->clerk)),
		SHAPE_NEGOTIATION_FILE);
}

TEST(terms_of_reference_say_who_waits_for_whom_and_for_how_long)
{
	struct talks *t = talks_begin();
	const json_t *j = all_of_them(t);

	CHECK_TEXT(json_text_at(j, "negotiations/0/id"), "TOR-KP");
	CHECK_TEXT(json_text_at(j, "negotiations/0/stage"), "submitted");
	CHECK_TEXT(json_text_at(j, "negotiations/0/waits/0/who"), "Government of KP");
	CHECK_TEXT(json_text_at(j, "negotiations/0/waits/0/for"), "Federal Government");
	CHECK_INT(json_integer_value(json_at(j, "negotiations/0/waits/0/days")), 20);
	records(t, "{\"kind\": \"instrument.step\", " ABOUT "\"step\": \"commented\","
		   " \"party\": \"Federal Government\", \"on\": \"2026-11-20\","
		   " \"note\": \"name the members of the jirga\"}");
	j = all_of_them(t);
	CHECK_TEXT(json_text_at(j, "negotiations/0/waits/0/who"), "Federal Government");
	CHECK_INT(json_integer_value(json_at(j, "negotiations/0/waits/0/days")), 4);
	j = terms(t, 0, 0);
	CHECK_INT(json_array_size(json_at(j, "steps")), 1);
	CHECK_TEXT(json_text_at(j, "steps/0/step"), "commented");
	CHECK_TEXT(json_text_at(j, "steps/0/on"), "2026-11-20");
	talks_end(t);
}

TEST(what_is_negotiated_applies_to_nobody_before_a_step_says_that_it_is_in_force)
{
	struct talks *t = talks_begin();
	const struct desk_applies q = { TEXT("acc"), TEXT("PK528"), TEXT("2026-11-24"), { "", 0 } };
	const json_t *j;

	records(t, "{\"kind\": \"instrument.recorded\", " ABOUT "\"code\": \"TOR-KP\","
		   " \"date\": \"2026-11-04\", \"authority\": \"Government of KP\","
		   " \"level\": \"provincial\", \"instrument\": \"Terms of reference\","
		   " \"groups\": \"ACC\", \"areas\": [\"PK5\"],"
		   " \"effect\": \"permit_stay\", \"basis\": \"retrieved\","
		   " \"parties\": [\"Federal Government\"]}");
	j = clerk_gets(&t->clerk, desk_applies(&t->clerk.desk, &q, clerk_asks(&t->clerk)),
		       SHAPE_APPLIES);
	CHECK_INT(json_array_size(json_object_get(j, "instruments")), 0);
	records(t, "{\"kind\": \"instrument.step\", " ABOUT "\"step\": \"in-force\","
		   " \"on\": \"2026-11-24\"}");
	j = clerk_gets(&t->clerk, desk_applies(&t->clerk.desk, &q, clerk_asks(&t->clerk)),
		       SHAPE_APPLIES);
	CHECK_INT(json_array_size(json_object_get(j, "instruments")), 1);
	CHECK_TEXT(json_text_at(j, "instruments/0/from"), "2026-11-24");
	talks_end(t);
}

#define PARAGRAPH(version, place, text)                                                            \
	"{\"kind\": \"instrument.text\", " ABOUT "\"version\": " version ", \"paragraph\": " place \
	", \"text\": \"" text "\"}"

TEST(two_versions_of_a_text_are_compared_word_by_word)
{
	struct talks *t = talks_begin();
	const json_t *j;

	records(t, "[" PARAGRAPH("1", "1", "Return is voluntary.") "," PARAGRAPH(
			   "1", "2", "The jirga meets.") "]");
	records(t, "[" PARAGRAPH("2", "1", "Return is voluntary and informed.") "," PARAGRAPH(
			   "2", "2", "The jirga meets.") "]");
	j = terms(t, 0, 0);
	CHECK_INT(json_array_size(json_at(j, "versions")), 2);
	CHECK_TEXT(json_text_at(j, "versions/0/text"), "Return is voluntary.\nThe jirga meets.\n");
	CHECK(strcmp(json_text_at(j, "versions/0/hash"), json_text_at(j, "versions/1/hash")) != 0);
	CHECK(!json_at(j, "changes"));
	j = terms(t, 1, 2);
	CHECK_TEXT(json_text_at(j, "changes/0/text"), "Return is ");
	CHECK_TEXT(json_text_at(j, "changes/1/sort"), "gone");
	CHECK_TEXT(json_text_at(j, "changes/2/sort"), "new");
	CHECK_TEXT(json_text_at(j, "changes/2/text"), "voluntary and informed.");
	clerk_is_refused(&t->clerk,
			 desk_negotiation(&t->clerk.desk, TEXT("TOR-KP"),
					  (struct desk_versions){ 1, 3 }, clerk_asks(&t->clerk)),
			 ERR_NOT_FOUND, "negotiation.no-version");
	talks_end(t);
}

TEST(a_jirga_has_its_members_its_agenda_and_who_owes_what)
{
	struct talks *t = talks_begin();
	const json_t *j;

	records(t, "{\"kind\": \"instrument.meeting\", " ABOUT "\"meeting\": \"Jirga to Kabul\","
		   " \"state\": \"planned\", \"members\": [\"Home Department\", \"UNHCR\"],"
		   " \"agenda\": [\"safety of those who return\"]}");
	records(t, "{\"kind\": \"instrument.outcome\", " ABOUT "\"meeting\": \"Jirga to Kabul\","
		   " \"what\": \"a list of districts\", \"owes\": \"Home Department\","
		   " \"until\": \"2026-12-15\"}");
	records(t, "{\"kind\": \"instrument.outcome\", " ABOUT "\"meeting\": \"Jirga to Kabul\","
		   " \"what\": \"a list of districts\", \"owes\": \"Home Department\","
		   " \"until\": \"2026-12-15\", \"done\": \"2026-11-24\"}");
	records(t, "{\"kind\": \"instrument.meeting\", " ABOUT "\"meeting\": \"Jirga to Kabul\","
		   " \"state\": \"held\", \"on\": \"2026-11-23\", \"members\": [\"UNHCR\"]}");
	j = terms(t, 0, 0);
	CHECK_INT(json_array_size(json_at(j, "meetings")), 1);
	CHECK_TEXT(json_text_at(j, "meetings/0/state"), "held");
	CHECK_TEXT(json_text_at(j, "meetings/0/members/0"), "UNHCR");
	CHECK_INT(json_array_size(json_at(j, "meetings/0/outcomes")), 1);
	CHECK_TEXT(json_text_at(j, "meetings/0/outcomes/0/owes"), "Home Department");
	CHECK_TEXT(json_text_at(j, "meetings/0/outcomes/0/done"), "2026-11-24");
	talks_end(t);
}

RUN_TESTS()
