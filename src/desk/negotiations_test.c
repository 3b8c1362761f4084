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

static void refuses(struct talks *t, const char *json, const char *key)
{
	CHECK_FAULT(town_propose(&t->town, ROLE_LEGAL_AID, json), ERR_INPUT, &t->town.fault, key);
}

#define STEP(step, more)                                                                           \
	"{\"kind\": \"instrument.step\", " ABOUT "\"step\": \"" step "\", \"version\": 1" more "}"
/* Of "Return is voluntary." with an end of line, by sha256sum. */
#define HASH_OF_THE_TEXT "384e830e2d71591893c51b68fbf7ea276a456ec59785c2ddfc24593f9eff359f"
#define NAMES(hash) ", \"text_hash\": \"" hash "\""
#define HASH_OF_ANOTHER "1b4f0e9851971998e732078544c96b36c3d01cedf7caa332359d6f1d83567014"

TEST(a_step_about_a_version_carries_the_hash_of_its_text)
{
	struct talks *t = talks_begin();
	const json_t *j;

	records(t, PARAGRAPH("1", "1", "Return is voluntary."));
	records(t, STEP("submitted", ""));
	j = terms(t, 0, 0);
	CHECK_TEXT(json_text_at(j, "versions/0/hash"), HASH_OF_THE_TEXT);
	CHECK_TEXT(json_text_at(j, "steps/0/hash"), HASH_OF_THE_TEXT);
	records(t, STEP("approved", NAMES(HASH_OF_THE_TEXT)));
	CHECK_TEXT(json_text_at(terms(t, 0, 0), "steps/1/hash"), HASH_OF_THE_TEXT);
	talks_end(t);
}

TEST(an_approval_of_another_text_than_the_one_on_record_is_refused)
{
	struct talks *t = talks_begin();

	refuses(t, STEP("approved", NAMES(HASH_OF_THE_TEXT)), "text.none");
	records(t, PARAGRAPH("1", "1", "Return is voluntary."));
	refuses(t, STEP("approved", NAMES(HASH_OF_ANOTHER)), "text.other");
	refuses(t,
		"{\"kind\": \"instrument.step\", " ABOUT
		"\"step\": \"approved\"" NAMES(HASH_OF_THE_TEXT) "}",
		"text.hash-of-what");
	CHECK_INT(json_array_size(json_at(terms(t, 0, 0), "steps")), 0);
	talks_end(t);
}

TEST(a_text_that_came_with_another_hash_is_not_recorded_at_all)
{
	struct talks *t = talks_begin();

	refuses(t,
		"[" PARAGRAPH("1", "1", "Return is voluntary.") "," STEP(
			"drafted", NAMES(HASH_OF_ANOTHER)) "]",
		"text.other");
	CHECK_INT(json_array_size(json_at(terms(t, 0, 0), "versions")), 0);
	records(t, "[" PARAGRAPH("1", "1", "Return is voluntary.") "," STEP(
			   "drafted", NAMES(HASH_OF_THE_TEXT)) "]");
	CHECK_INT(json_array_size(json_at(terms(t, 0, 0), "versions")), 1);
	talks_end(t);
}

TEST(a_text_that_somebody_has_spoken_of_is_not_changed_any_more)
{
	struct talks *t = talks_begin();

	records(t, PARAGRAPH("1", "1", "Return is voluntary."));
	records(t, PARAGRAPH("1", "1", "Return is free."));
	records(t, STEP("submitted", ""));
	refuses(t, PARAGRAPH("1", "1", "Return is ordered."), "text.fixed");
	refuses(t, PARAGRAPH("1", "2", "All have to leave."), "text.fixed");
	refuses(t,
		"[" PARAGRAPH("2", "1", "Return is free.") ","
							   "{\"kind\": \"instrument.step\", " ABOUT
							   "\"step\": \"submitted\","
							   " \"version\": 2}," PARAGRAPH(
								   "2", "1",
								   "Return is ordered.") "]",
		"text.fixed");
	records(t, PARAGRAPH("2", "1", "Return is free and informed."));
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
