#include "desk/desk_testing.h"

#include <stdio.h>
#include <stdlib.h>

/* A town, and one who proposes there. */
struct proposing {
	struct town town;
	struct clerk clerk;
	struct name_book *names;
	const struct reg_known *known; /* of one person; NULL: of none */
	struct desk_answer answer;
};

static struct proposing *proposing_begin(int64_t role)
{
	struct proposing *p = calloc(1, sizeof(*p));

	CHECK(p != NULL);
	town_make(&p->town, 1);
	town_registers_family(&p->town);
	clerk_begin(&p->clerk, &p->town, role, WORDS_EN);
	CHECK_INT(name_book_new(&p->names, &p->clerk.desk), OK);
	return p;
}

static void proposing_end(struct proposing *p)
{
	name_book_free(p->names);
	clerk_end(&p->clerk);
	town_end(&p->town);
	free(p);
}

static enum err propose(struct proposing *p, const char *json)
{
	struct desk_proposal proposal = { .known = p->known, .known_count = p->known != NULL };
	enum err e;

	clerk_asks(&p->clerk);
	CHECK_INT(json_parse(&proposal.facts, text_of(json), &p->clerk.desk.fault), OK);
	e = desk_propose(&p->clerk.desk, p->names, &proposal, &p->answer);
	json_decref(proposal.facts);
	return e;
}

/* The same about one of the town's people: {"kind": …, "subject": her id, … */
static enum err propose_about(struct proposing *p, const char *name, const char *kind,
			      const char *rest)
{
	char json[1024], hex[ID_HEX_SIZE + 1];
	struct id id = town_id(&p->town, name);

	hex_write(hex, bytes_of(id.at, ID_SIZE));
	CHECK(snprintf(json, sizeof(json), "{\"kind\": \"%s\", \"subject\": \"%s\"%s}", kind, hex,
		       rest) < (int)sizeof(json));
	return propose(p, json);
}

TEST(here_is_the_site_and_reserved_numbers_are_told)
{
	struct proposing *p = proposing_begin(ROLE_REGISTRATION);

	CHECK_INT(propose(p, "{\"kind\": \"case-numbers.reserved\", \"subject\": \"here\","
			     " \"count\": 2}"),
		  OK);
	CHECK_INT(p->answer.submission.reserved_count, 2);
	CHECK(!memcmp(p->answer.submission.reserved[1].at, "PSH-26-80001-", 13));
	CHECK(!p->answer.receipts[0].size);
	proposing_end(p);
}

#define HOUSEHOLD_OF(key)                                                                          \
	"[{\"kind\": \"household.registered\", \"subject\": \"@h\", \"residence\": \"PK5\"" key    \
	"}, {\"kind\": \"person.registered\", \"subject\": \"@gul\", \"household\": \"@h\","       \
	" \"given_latin\": \"Gul\", \"sex\": \"female\", \"group\": \"por\"}]"

TEST(a_proposal_is_recorded_and_its_names_are_told)
{
	struct proposing *p = proposing_begin(ROLE_REGISTRATION);
	struct id household, gul;

	CHECK_INT(propose(p, HOUSEHOLD_OF("")), OK);
	CHECK_INT(p->answer.submission.sort, SUBMISSION_RECORDED);
	CHECK_INT(p->answer.submission.count, 2);
	CHECK(p->answer.submission.case_number.size > 0);
	CHECK_INT(name_book_used_count(p->names), 2);
	CHECK_TEXT(name_book_used(p->names, 0, &household), "@h");
	CHECK_TEXT(name_book_used(p->names, 1, &gul), "@gul");
	CHECK(!id_same(&household, &gul));
	proposing_end(p);
}

TEST(the_names_of_a_repeat_stand_for_those_of_the_first_time)
{
	struct proposing *p = proposing_begin(ROLE_REGISTRATION);
	struct name_book *others;
	struct id first, again;

	CHECK_INT(propose(p, HOUSEHOLD_OF(", \"key\": \"k1\"")), OK);
	name_book_used(p->names, 0, &first);
	others = p->names;
	CHECK_INT(name_book_new(&p->names, &p->clerk.desk), OK);
	CHECK_INT(propose(p, HOUSEHOLD_OF(", \"key\": \"k1\"")), OK);
	CHECK_INT(p->answer.submission.sort, SUBMISSION_REPEATED);
	name_book_used(p->names, 0, &again);
	CHECK(id_same(&first, &again));
	name_book_free(others);
	proposing_end(p);
}

TEST(a_withdrawal_has_a_receipt_and_a_complaint_has_none)
{
	struct proposing *p = proposing_begin(ROLE_COUNSELLOR);

	CHECK_INT(propose_about(p, "@zarmina", "choice.withdrawn", ", \"channel\": \"gate\""), OK);
	CHECK_INT(p->answer.submission.count, 1);
	CHECK(p->answer.receipts[0].size > 5 && !memcmp(p->answer.receipts[0].at, "IKH1:", 5));
	CHECK_INT(propose_about(p, "@zarmina", "complaint.made", ", \"about\": \"service\""), OK);
	CHECK_INT(p->answer.receipts[0].size, 0);
	proposing_end(p);
}

TEST(a_refusal_is_an_answer_and_no_fault)
{
	struct proposing *p = proposing_begin(ROLE_MOVEMENT);

	CHECK_INT(propose(p, "{\"kind\": \"movement.planned\", \"subject\": \"@bus\", \"departs\":"
			     " \"+2d\", \"from\": \"VRC-AZAKHEL\", \"crossing\": \"XP-TORKHAM\","
			     " \"seats\": 1}"),
		  OK);
	CHECK_INT(propose_about(p, "@zarmina", "seat.assigned", ", \"movement\": \"@bus\""), OK);
	CHECK_INT(p->answer.submission.sort, SUBMISSION_REFUSED);
	CHECK(p->answer.submission.verdicts[RULE_EXPRESS].outcome != OUTCOME_ALLOWED);
	CHECK(p->clerk.desk.fault.key == NULL);
	proposing_end(p);
}

TEST(who_knew_a_person_as_she_was_is_told_that_others_came_first)
{
	struct proposing *p = proposing_begin(ROLE_COUNSELLOR);
	struct person zarmina = town_person(&p->town, "@zarmina");
	struct reg_known known = { zarmina.id, reg_person_version(&zarmina) };

	p->known = &known;
	CHECK_INT(propose_about(p, "@zarmina", "complaint.made", ", \"about\": \"service\""), OK);
	CHECK_INT(p->answer.submission.sort, SUBMISSION_RECORDED);
	CHECK_INT(propose_about(p, "@zarmina", "complaint.made", ", \"about\": \"data\""), OK);
	CHECK_INT(p->answer.submission.sort, SUBMISSION_OVERTAKEN);
	CHECK(p->answer.receipts == NULL);
	proposing_end(p);
}

TEST(what_is_no_fact_is_a_fault_that_says_what)
{
	struct proposing *p = proposing_begin(ROLE_REGISTRATION);

	CHECK_INT(propose(p, "[]"), ERR_LIMIT);
	CHECK_TEXT(p->clerk.desk.fault.key, "record.array-size");
	CHECK_INT(propose(p, "[7]"), ERR_INPUT);
	CHECK_INT(propose(p, "{\"kind\": \"choice.taken\"}"), ERR_INPUT);
	CHECK_INT(propose_about(p, "@zarmina", "grant.paid",
				", \"tariff\": \"TAR-UNHCR-2023-1\","
				" \"part\": 1, \"amount\": 1"),
		  ERR_DENIED);
	proposing_end(p);
}

RUN_TESTS()
