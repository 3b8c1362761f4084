/*
 * A second table of who may do what, written by hand from what each role is for and not
 * from deeds.def: whatever is changed there is changed here too, by somebody who thinks.
 *
 * Columns: registration, counsellor, protection, legal aid, cashier, movement, border,
 * statistician, administrator, auditor.  y: may; a dot: may not.
 */
#include "base/test.h"
#include "base/words.h"
#include "policy/policy.h"

#define ROLES 10

/* clang-format off */
static const struct expectation {
	enum deed deed;
	const char *who;
} expected[] = {
	/*                                    r c p l   $ m b   s a u */
	/* Looking somebody up by name is for who sits with her, or pays her. */
	{ DEED_FIND,                         "y y y y   y . .   . . ." },
	/* Whoever takes down a withdrawal must be able to say whose. */
	{ DEED_RESOLVE,                      "y y y y   y y y   y y y" },
	{ DEED_SHOW_PERSON,                  "y y y y   . . .   . . y" },
	{ DEED_SHOW_HOUSEHOLD,               "y y y y   . . .   . . y" },
	{ DEED_SHOW_HISTORY,                 "y y y y   . . .   . . y" },
	{ DEED_PRINT_RECORD,                 "y y y y   . . .   . . ." },
	/* The border sees readiness; statistician and administrator see no person. */
	{ DEED_READY,                        "y y y y   y y y   . . y" },
	{ DEED_MOVEMENTS,                    "y y y y   . y y   . . y" },
	/* A list of those who return is for those who see them off. */
	{ DEED_MANIFEST,                     ". . y .   . y y   . . ." },
	{ DEED_CASELOAD,                     "y y y y   . . .   . . ." },
	/* Whether two records are one person is decided by who registers and who protects. */
	{ DEED_PAIRS,                        "y . y .   . . .   . . ." },
	{ DEED_CASES,                        ". . y y   . . .   . . ." },
	/* What binds us is no secret. */
	{ DEED_RULES,                        "y y y y   y y y   y y y" },
	{ DEED_KINDS,                        "y y y y   y y y   y y y" },
	{ DEED_BULLETIN,                     "y y y y   y y y   y y y" },
	/* Numbers go out by the plan; nobody writes them. */
	{ DEED_PUBLISH,                      ". . . .   . . .   y . ." },

	{ DEED_UNLOCK,                       "y y y y   y y y   y y y" },
	{ DEED_LOCK,                         "y y y y   y y y   y y y" },
	{ DEED_STATUS,                       "y y y y   y y y   y y y" },
	{ DEED_VERIFY,                       "y y y y   y y y   y y y" },
	{ DEED_BACKUP,                       ". . . .   . . .   . y ." },
	{ DEED_RESTORE,                      ". . . .   . . .   . y ." },
	{ DEED_IMPORT,                       "y . . .   . . .   . . ." },
	{ DEED_ACCOUNT_LIST,                 ". . . .   . . .   . y y" },
	{ DEED_MANAGE_ACCOUNTS,              ". . . .   . . .   . y ." },

	/* What protects a person is taken down by whoever hears it. */
	{ DEED_RECORD_CHOICE_WITHDRAWN,      "y y y y   y y y   y y y" },
	{ DEED_RECORD_PRESSURE_REPORTED,     "y y y y   y y y   y y y" },
	{ DEED_RECORD_INCIDENT_REPORTED,     "y y y y   y y y   y y y" },
	{ DEED_RECORD_COMPLAINT_MADE,        "y y y y   y y y   y y y" },
	{ DEED_RECORD_SHARING_WITHDRAWN,     "y y y y   y y y   y y y" },
	/* A hold stops somebody who may want to go: it is for who has met her. */
	{ DEED_RECORD_HOLD_PLACED,           "y y y y   y y y   . . ." },

	{ DEED_RECORD_HOUSEHOLD_REGISTERED,  "y . . .   . . .   . . ." },
	{ DEED_RECORD_HOUSEHOLD_AMENDED,     "y . y .   . . .   . . ." },
	{ DEED_RECORD_PERSON_REGISTERED,     "y . . .   . . .   . . ." },
	/* Care, guardian and capacity are protection's business as much as the clerk's. */
	{ DEED_RECORD_PERSON_AMENDED,        "y . y .   . . .   . . ." },
	{ DEED_RECORD_PERSON_MOVED,          "y . y .   . . .   . . ." },
	{ DEED_RECORD_PERSON_DIED,           "y . y y   . . .   . . ." },
	{ DEED_RECORD_PERSON_SAME_AS,        "y . y .   . . .   . . ." },
	{ DEED_RECORD_PERSON_NOT_SAME_AS,    "y . y .   . . .   . . ." },
	{ DEED_RECORD_PERSON_MAYBE_SAME_AS,  "y . y .   . . .   . . ." },
	/* Erasing needs no reading: also where time ran out, by the administrator. */
	{ DEED_RECORD_PERSON_ERASED,         ". . y .   . . .   . y ." },
	{ DEED_RECORD_HOUSEHOLD_ERASED,      ". . y .   . . .   . y ." },

	{ DEED_RECORD_COUNSELLING_HELD,      ". y y .   . . .   . . ." },
	{ DEED_RECORD_CHOICE_MADE,           ". y y .   . . .   . . ." },
	/* Not the transporter, and nobody who plans the bus. */
	{ DEED_RECORD_CHOICE_RECONFIRMED,    ". y y y   . . .   . . ." },
	{ DEED_RECORD_CHILD_HEARD,           ". y y .   . . .   . . ." },
	{ DEED_RECORD_DECLARATION_PRINTED,   ". y y .   . . .   . . ." },

	{ DEED_RECORD_HOLD_LIFTED,           ". . y .   . . .   . . ." },
	{ DEED_RECORD_REVIEW_MADE,           ". . y y   . . .   . . ." },
	{ DEED_RECORD_ASSESSMENT_MADE,       ". . y .   . . .   . . ." },
	{ DEED_RECORD_INCIDENT_REFERRED,     ". y y y   . . .   . . ." },
	{ DEED_RECORD_INCIDENT_VISITED,      ". . y y   . . .   . . ." },
	{ DEED_RECORD_INCIDENT_CLOSED,       ". . y y   . . .   . . ." },

	{ DEED_RECORD_APPOINTMENT_SET,       "y y y y   . y .   . . ." },
	{ DEED_RECORD_APPOINTMENT_MISSED,    "y y y y   . y .   . . ." },
	{ DEED_RECORD_MOVEMENT_PLANNED,      ". . . .   . y .   . . ." },
	/* Stopping a bus is safer than letting it go. */
	{ DEED_RECORD_MOVEMENT_CANCELLED,    ". . y .   . y .   . . ." },
	{ DEED_RECORD_SEAT_ASSIGNED,         ". . . .   . y .   . . ." },
	{ DEED_RECORD_SEAT_RELEASED,         ". y y .   . y .   . . ." },
	{ DEED_RECORD_DEPARTURE_RECORDED,    ". . . .   . y .   . . ." },
	/* Deportations are learnt of by those who look for the deported. */
	{ DEED_RECORD_CROSSING_RECORDED,     ". . y y   . . y   . . ." },
	{ DEED_RECORD_ARRIVAL_RECORDED,      ". y y .   . . y   . . ." },
	/* Only at the crossing. */
	{ DEED_RECORD_DOCUMENT_SURRENDERED,  ". . . .   . . y   . . ." },

	{ DEED_RECORD_TARIFF_SET,            ". . . .   . . .   . y ." },
	/* Who approves does not hold the cash. */
	{ DEED_RECORD_GRANT_APPROVED,        "y . y .   . . .   . . ." },
	{ DEED_RECORD_GRANT_PAID,            ". . . .   y . .   . . ." },
	{ DEED_RECORD_GRANT_REVERSED,        "y . y .   y . .   . . ." },

	{ DEED_RECORD_FOLLOWUP_HELD,         ". y y y   . . .   . . ." },
	{ DEED_RECORD_COMPLAINT_ANSWERED,    ". . y y   . . .   . . ." },
	{ DEED_RECORD_SHARING_AGREED,        "y y y y   . . .   . . ." },
	{ DEED_RECORD_SHARING_REFUSED,       "y y y y   . . .   . . ." },
	{ DEED_RECORD_EXPORT_REQUESTED,      ". . y y   . . .   . . ." },
	{ DEED_RECORD_EXPORT_APPROVED,       ". . y .   . . .   . . ." },
	{ DEED_RECORD_FACT_ANNULLED,         "y . y .   . . .   . . ." },
	{ DEED_RECORD_PAPER_ATTACHED,        "y y y y   . . .   . . ." },

	{ DEED_RECORD_INSTRUMENT_RECORDED,   ". . y y   . . .   . y ." },
	{ DEED_RECORD_INSTRUMENT_STEP,       ". . y y   . . .   . y ." },
	{ DEED_RECORD_INSTRUMENT_TEXT,       ". . y y   . . .   . y ." },
	{ DEED_RECORD_INSTRUMENT_MEETING,    ". . y y   . . .   . y ." },
	{ DEED_RECORD_INSTRUMENT_OUTCOME,    ". . y y   . . .   . y ." },
	{ DEED_RECORD_ADVISORY_SET,          ". . y .   . . .   . . ." },
	{ DEED_RECORD_TERMS_SET,             ". . . .   . . .   . y ." },
	{ DEED_RECORD_FIGURE_REPORTED,       ". . . .   . . .   y . ." },
	{ DEED_RECORD_SITE_REVOKED,          ". . . .   . . .   . y ." },
	{ DEED_RECORD_CLOCK_CONFIRMED,       ". . . .   . . .   . y ." },
	/* Blank forms are printed by who fills them in, and by who looks after the printer. */
	{ DEED_RECORD_CASE_NUMBERS_RESERVED, "y . . .   . . .   . y ." },
	{ DEED_RECORD_DAYS_SET,              ". . . .   . . .   . y ." },
};

/* What is seen of each kind: its identity fields, its case fields. */
static const struct sight {
	enum kind kind;
	const char *identity, *case_;
} seen[] = {
	/*                             r c p l   $ m b   s a u     r c p l   $ m b   s a u */
	{ KIND_HOUSEHOLD_REGISTERED,  "y y y y   . . .   . . .",  "y y y y   . . .   . . y" },
	{ KIND_HOUSEHOLD_AMENDED,     "y y y y   . . .   . . .",  "y y y y   . . .   . . y" },
	{ KIND_PERSON_REGISTERED,     "y y y y   . . .   . . .",  "y y y y   . . .   . . y" },
	{ KIND_PERSON_AMENDED,        "y y y y   . . .   . . .",  "y y y y   . . .   . . y" },
	{ KIND_PERSON_MOVED,          ". . . .   . . .   . . .",  "y y y y   . . .   . . y" },
	{ KIND_PERSON_DIED,           ". . . .   . . .   . . .",  "y y y y   . . .   . . y" },
	{ KIND_PERSON_SAME_AS,        ". . . .   . . .   . . .",  "y . y .   . . .   . . y" },
	{ KIND_PERSON_NOT_SAME_AS,    ". . . .   . . .   . . .",  "y . y .   . . .   . . y" },
	{ KIND_PERSON_MAYBE_SAME_AS,  ". . . .   . . .   . . .",  "y . y .   . . .   . . y" },
	{ KIND_PERSON_ERASED,         ". . . .   . . .   . . .",  "y y y y   . . .   . . y" },
	{ KIND_HOUSEHOLD_ERASED,      ". . . .   . . .   . . .",  "y y y y   . . .   . . y" },
	{ KIND_COUNSELLING_HELD,      ". y y .   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_PRESSURE_REPORTED,     ". . y y   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_CHOICE_MADE,           ". y y y   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_CHOICE_WITHDRAWN,      ". . . .   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_CHOICE_RECONFIRMED,    ". . . .   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_CHILD_HEARD,           ". . . .   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_DECLARATION_PRINTED,   ". . . .   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_HOLD_PLACED,           ". . . .   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_HOLD_LIFTED,           ". . . .   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_REVIEW_MADE,           ". . . .   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_ASSESSMENT_MADE,       ". . y .   . . .   . . .",  ". . y y   . . .   . . y" },
	{ KIND_INCIDENT_REPORTED,     ". . y y   . . .   . . .",  ". . y y   . . .   . . y" },
	{ KIND_INCIDENT_REFERRED,     ". . . .   . . .   . . .",  ". . y y   . . .   . . y" },
	{ KIND_INCIDENT_VISITED,      ". . . .   . . .   . . .",  ". . y y   . . .   . . y" },
	{ KIND_INCIDENT_CLOSED,       ". . . .   . . .   . . .",  ". . y y   . . .   . . y" },
	{ KIND_APPOINTMENT_SET,       ". . . .   . . .   . . .",  "y y y y   . . .   . . y" },
	{ KIND_APPOINTMENT_MISSED,    ". . . .   . . .   . . .",  "y y y y   . . .   . . y" },
	{ KIND_MOVEMENT_PLANNED,      ". . . .   . . .   . . .",  "y y y y   . y y   . . y" },
	{ KIND_MOVEMENT_CANCELLED,    ". . . .   . . .   . . .",  "y y y y   . y y   . . y" },
	{ KIND_SEAT_ASSIGNED,         ". . . .   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_SEAT_RELEASED,         ". . . .   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_DEPARTURE_RECORDED,    ". . . .   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_CROSSING_RECORDED,     ". . . .   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_ARRIVAL_RECORDED,      ". . . .   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_DOCUMENT_SURRENDERED,  ". . . .   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_GRANT_APPROVED,        ". . . .   . . .   . . .",  "y . y .   y . .   . . y" },
	{ KIND_GRANT_PAID,            ". . . .   . . .   . . .",  "y . y .   y . .   . . y" },
	{ KIND_GRANT_REVERSED,        ". . . .   . . .   . . .",  "y . y .   y . .   . . y" },
	{ KIND_FOLLOWUP_HELD,         ". . . .   . . .   . . .",  ". y y y   . . .   . . y" },
	{ KIND_COMPLAINT_MADE,        ". . y y   . . .   . . .",  ". . y y   . . .   . . y" },
	{ KIND_COMPLAINT_ANSWERED,    ". . y y   . . .   . . .",  ". . y y   . . .   . . y" },
	{ KIND_SHARING_AGREED,        ". . . .   . . .   . . .",  "y y y y   . . .   . . y" },
	{ KIND_SHARING_REFUSED,       ". . . .   . . .   . . .",  "y y y y   . . .   . . y" },
	{ KIND_SHARING_WITHDRAWN,     ". . . .   . . .   . . .",  "y y y y   . . .   . . y" },
	{ KIND_FACT_ANNULLED,         ". . . .   . . .   . . .",  "y . y .   . . .   . . y" },
	{ KIND_PAPER_ATTACHED,        ". . . .   . . .   . . .",  "y y y y   . . .   . . y" },
	{ KIND_RECORD_OPENED,         ". . . .   . . .   . . .",  "y y y y   . . .   . . y" },
	{ KIND_SEARCH_MADE,           ". . . .   . . .   . . .",  ". . . .   . . .   . y y" },
	{ KIND_EXPORT_REQUESTED,      ". . . .   . . .   . . .",  ". . y y   . . .   . . y" },
	{ KIND_EXPORT_APPROVED,       ". . . .   . . .   . . .",  ". . y y   . . .   . . y" },
	{ KIND_ACCOUNT_OPENED,        ". . . .   . . .   . y y",  ". . . .   . . .   . y y" },
	{ KIND_ACCOUNT_ROLES,         ". . . .   . . .   . . .",  ". . . .   . . .   . y y" },
	{ KIND_ACCOUNT_CLOSED,        ". . . .   . . .   . . .",  ". . . .   . . .   . y y" },
	{ KIND_ACCOUNT_RECOVERED,     ". . . .   . . .   . . .",  ". . . .   . . .   . y y" },
	{ KIND_ACCOUNT_TOTP,          ". . . .   . . .   . . .",  ". . . .   . . .   . y y" },
	{ KIND_DRAFT_HANDED_OVER,     ". . . .   . . .   . . .",  ". . . .   . . .   . y y" },
};

/* clang-format on */

/* The n-th role's letter in a row, counted from 1 as roles are. */
static bool row_says(const char *row, int role)
{
	for (; *row; row++)
		if (*row != ' ' && --role == 0)
			return *row == 'y';
	check_failed(__FILE__, __LINE__, "a row has too few columns");
}

static uint16_t only(int role)
{
	return (uint16_t)(1u << role);
}

/* --- deeds --------------------------------------------------------------------------------- */

TEST(every_role_may_do_what_is_expected_of_it_and_nothing_else)
{
	for (size_t i = 0; i < COUNT_OF(expected); i++)
		for (int role = 1; role <= ROLES; role++)
			if (policy_allows(only(role), expected[i].deed) !=
			    row_says(expected[i].who, role))
				check_failed(__FILE__, __LINE__, "%s by %s",
					     deed_word(expected[i].deed),
					     code_word(CODES_ROLE, role));
}

TEST(every_deed_has_one_expectation)
{
	for (int d = DEED_NONE + 1; d < DEED_COUNT; d++) {
		size_t rows = 0;

		for (size_t i = 0; i < COUNT_OF(expected); i++)
			rows += expected[i].deed == (enum deed)d;
		CHECK_INT(rows, 1);
	}
	CHECK_INT(ROLES, ROLE_AUDITOR);
}

TEST(several_roles_may_do_what_each_may)
{
	uint16_t both = ROLE_BIT(CASHIER) | ROLE_BIT(MOVEMENT);

	CHECK(policy_allows(both, DEED_FIND));
	CHECK(policy_allows(both, DEED_MANIFEST));
	CHECK(!policy_allows(both, DEED_SHOW_PERSON));
}

TEST(without_a_role_or_a_deed_nothing_is_allowed)
{
	for (int d = 0; d <= DEED_COUNT; d++)
		CHECK(!policy_allows(0, (enum deed)d));
	CHECK(!policy_allows(UINT16_MAX, DEED_NONE));
	CHECK(!policy_allows(UINT16_MAX, DEED_COUNT));
	CHECK_TEXT(deed_word(DEED_NONE), "?");
}

TEST(what_the_register_itself_records_nobody_records_by_hand)
{
	static const enum kind inside[] = {
		KIND_SITE_JOINED,    KIND_SITE_RESTORED,     KIND_LOG_PADDED,
		KIND_RECORD_OPENED,  KIND_ACCOUNT_OPENED,    KIND_ACCOUNT_ROLES,
		KIND_ACCOUNT_CLOSED, KIND_ACCOUNT_RECOVERED, KIND_ACCOUNT_TOTP,
		KIND_TABLE_PUBLISHED, KIND_DRAFT_HANDED_OVER, KIND_SEARCH_MADE,
	};
	size_t by_hand = 0;

	for (size_t i = 0; i < COUNT_OF(inside); i++)
		CHECK_INT(deed_of_recording(inside[i]), DEED_NONE);
	CHECK_INT(deed_of_recording(KIND_UNKNOWN), DEED_NONE);
	for (size_t k = 0; k < kind_count(); k++)
		by_hand += deed_of_recording(kind_at(k)->kind) != DEED_NONE;
	CHECK_INT(by_hand, kind_count() - COUNT_OF(inside));
	CHECK_INT(deed_of_recording(KIND_CHOICE_MADE), DEED_RECORD_CHOICE_MADE);
	CHECK_TEXT(deed_word(DEED_RECORD_CHOICE_MADE), "choice.made");
	CHECK_TEXT(deed_word(DEED_SHOW_PERSON), "show-person");
}

TEST(every_deed_has_a_name_in_the_catalogue)
{
	struct words *words;

	CHECK_INT(words_open(&words, WORDS_EN, NULL), OK);
	for (int d = DEED_NONE + 1; d < DEED_COUNT; d++) {
		char label[LABEL_KEY_SIZE];

		deed_label(label, (enum deed)d);
		if (!words_have(words, label))
			check_failed(__FILE__, __LINE__, "no sentence for %s", label);
	}
	words_close(words);
}

TEST(a_recording_is_called_as_its_kind_and_a_deed_by_its_own_name)
{
	char label[LABEL_KEY_SIZE] = "";

	deed_label(label, DEED_SHOW_PERSON);
	CHECK_TEXT(label, "deed.show-person");
	deed_label(label, DEED_RECORD_CHOICE_MADE);
	CHECK_TEXT(label, "kind.choice.made");
	CHECK_ASSERTS(deed_label(label, DEED_COUNT));
}

/* --- fields -------------------------------------------------------------------------------- */

/* Name, papers and group, of a person's own kinds: what a cashier sees besides. */
static bool is_for_cashier(enum kind k, const struct field *field)
{
	static const char *const words[] = {
		"given",     "given_latin",  "family",	    "family_latin",
		"father",    "father_latin", "grandfather", "grandfather_latin",
		"documents", "group",
	};

	if (k != KIND_PERSON_REGISTERED && k != KIND_PERSON_AMENDED)
		return false;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(field->word, words[i]) == 0)
			return true;
	return false;
}

static const struct sight *sight_of(enum kind k)
{
	for (size_t i = 0; i < COUNT_OF(seen); i++)
		if (seen[i].kind == k)
			return &seen[i];
	return NULL;
}

static bool expects_to_see(const struct kind_spec *k, const struct field *field, int role)
{
	const struct sight *sight = sight_of(k->kind);

	if (field->seal == SEAL_CLEAR)
		return true;
	if (role == ROLE_CASHIER && is_for_cashier(k->kind, field))
		return true;
	return sight &&
	       row_says(field->seal == SEAL_IDENTITY ? sight->identity : sight->case_, role);
}

TEST(every_role_sees_the_fields_that_are_expected_and_no_other)
{
	for (size_t i = 0; i < kind_count(); i++) {
		const struct kind_spec *k = kind_at(i);

		CHECK((sight_of(k->kind) != NULL) == (k->seal != SEAL_CLEAR));
		for (size_t n = 0; n < k->field_count; n++)
			for (int role = 1; role <= ROLES; role++)
				if (policy_may_see(only(role), k->kind, &k->fields[n]) !=
				    expects_to_see(k, &k->fields[n], role))
					check_failed(__FILE__, __LINE__, "%s of %s by %s",
						     k->fields[n].word, k->word,
						     code_word(CODES_ROLE, role));
	}
}

/* A field that the kind does not have now, and may have one day. */
static bool sees_new_field(int role, enum kind k, enum seal seal)
{
	struct field field = { .word = "new", .number = UINT8_MAX, .seal = seal };

	return policy_may_see(only(role), k, &field);
}

TEST(a_new_field_is_seen_by_those_who_see_its_seal_in_that_kind_and_no_other)
{
	for (size_t i = 0; i < kind_count(); i++) {
		enum kind k = kind_at(i)->kind;
		const struct sight *sight = sight_of(k);

		for (int role = 0; role <= ROLES; role++) {
			CHECK_INT(sees_new_field(role, k, SEAL_IDENTITY),
				  role && sight && row_says(sight->identity, role));
			CHECK_INT(sees_new_field(role, k, SEAL_CASE),
				  role && sight && row_says(sight->case_, role));
		}
	}
}

/* Whether the role sees a sealed field of this seal in any kind about such a subject. */
static bool sees_any(int role, enum seal seal, enum subject_sort sort)
{
	for (size_t i = 0; i < kind_count(); i++) {
		const struct kind_spec *k = kind_at(i);

		for (size_t n = 0; k->subject == sort && n < k->field_count; n++)
			if (k->fields[n].seal == seal &&
			    policy_may_see(only(role), k->kind, &k->fields[n]))
				return true;
	}
	return false;
}

TEST(the_border_and_the_bus_see_nothing_of_a_persons_file)
{
	static const int roles[] = { ROLE_BORDER, ROLE_MOVEMENT };

	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		CHECK(!sees_any(roles[i], SEAL_IDENTITY, SUBJECT_PERSON));
		CHECK(!sees_any(roles[i], SEAL_CASE, SUBJECT_PERSON));
		CHECK(!sees_any(roles[i], SEAL_IDENTITY, SUBJECT_HOUSEHOLD));
		CHECK(!sees_any(roles[i], SEAL_CASE, SUBJECT_HOUSEHOLD));
		CHECK(sees_any(roles[i], SEAL_CASE, SUBJECT_MOVEMENT));
		CHECK(policy_allows(only(roles[i]), DEED_READY));
	}
}

TEST(a_statistician_sees_no_person_and_an_administrator_no_case)
{
	static const int roles[] = { ROLE_STATISTICIAN, ROLE_ADMINISTRATOR };
	static const enum subject_sort sorts[] = { SUBJECT_PERSON, SUBJECT_HOUSEHOLD,
						   SUBJECT_MOVEMENT };

	for (size_t i = 0; i < COUNT_OF(roles); i++)
		for (size_t n = 0; n < COUNT_OF(sorts); n++) {
			CHECK(!sees_any(roles[i], SEAL_IDENTITY, sorts[n]));
			CHECK(!sees_any(roles[i], SEAL_CASE, sorts[n]));
		}
	CHECK(!sees_any(ROLE_STATISTICIAN, SEAL_CASE, SUBJECT_ACCOUNT));
	CHECK(sees_any(ROLE_ADMINISTRATOR, SEAL_IDENTITY, SUBJECT_ACCOUNT));
}

TEST(an_auditor_sees_cases_and_nobodys_identity)
{
	CHECK(sees_any(ROLE_AUDITOR, SEAL_CASE, SUBJECT_PERSON));
	CHECK(!sees_any(ROLE_AUDITOR, SEAL_IDENTITY, SUBJECT_PERSON));
	CHECK(!sees_any(ROLE_AUDITOR, SEAL_IDENTITY, SUBJECT_HOUSEHOLD));
}

TEST(names_are_for_who_sits_with_her_or_pays_her)
{
	for (int role = 1; role <= ROLES; role++)
		CHECK_INT(policy_sees_names(only(role)), role <= ROLE_CASHIER);
	CHECK(!policy_sees_names(0));
}

TEST(who_sees_nothing_of_a_fact_does_not_learn_of_it)
{
	CHECK(policy_may_know(ROLE_BIT(COUNSELLOR), KIND_PRESSURE_REPORTED));
	CHECK(!policy_may_know(ROLE_BIT(REGISTRATION), KIND_PRESSURE_REPORTED));
	CHECK(!policy_may_know(ROLE_BIT(CASHIER), KIND_CHOICE_MADE));
	CHECK(policy_may_know(ROLE_BIT(CASHIER), KIND_PERSON_REGISTERED));
	CHECK(policy_may_know(ROLE_BIT(CASHIER), KIND_TARIFF_SET));
	CHECK(policy_may_know(0, KIND_LOG_PADDED));
	/* Kinds without fields, too. */
	CHECK(policy_may_know(ROLE_BIT(LEGAL_AID), KIND_APPOINTMENT_MISSED));
	CHECK(!policy_may_know(ROLE_BIT(BORDER), KIND_APPOINTMENT_MISSED));
	CHECK(!policy_may_know(UINT16_MAX, KIND_UNKNOWN));
	for (size_t i = 0; i < kind_count(); i++)
		CHECK_INT(policy_may_know(0, kind_at(i)->kind), kind_at(i)->seal == SEAL_CLEAR);
}

RUN_TESTS()
