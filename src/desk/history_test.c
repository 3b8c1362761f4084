#include "desk/desk_testing.h"

#include <stdio.h>
#include <stdlib.h>

/* Much has happened to her: she was counselled, chose, was held, paid for, and more. */
static struct town *town_of_a_long_story(void)
{
	struct town *t = calloc(1, sizeof(*t));
	struct id zarmina;

	CHECK(t != NULL);
	town_make(t, 1);
	zarmina = town_id(t, "@zarmina");
	town_records(t, ROLE_ADMINISTRATOR,
		     "{\"kind\": \"tariff.set\", \"subject\": \"@tariff\", \"provider\": \"UNHCR\","
		     " \"part\": 1, \"amount\": 37500, \"currency\": \"USD\", \"per\": \"person\","
		     " \"valid_from\": \"2023-01-01\", \"source\": \"a memorandum\"}");
	town_registers_family(t);
	town_counsels(t, "@zarmina");
	town_chooses(t, "@zarmina", "return");
	town_records(t, ROLE_COUNSELLOR,
		     "{\"kind\": \"pressure.reported\", \"subject\": \"@zarmina\", \"sort\":"
		     " \"eviction\", \"reporter\": \"person\", \"note\": \"her landlord\","
		     " \"happened\": \"2026-11-20\"}");
	town_records(t, ROLE_LEGAL_AID,
		     "{\"kind\": \"incident.reported\", \"subject\": \"@zarmina\", \"sort\":"
		     " \"arrest\", \"area\": \"PK528\"}");
	town_records(t, ROLE_COUNSELLOR,
		     "{\"kind\": \"appointment.set\", \"subject\": \"@zarmina\", \"at\":"
		     " \"2026-11-30T09:30:00+05:00\", \"purpose\": \"review\"}");
	town_records(t, ROLE_PROTECTION,
		     "{\"kind\": \"sharing.agreed\", \"subject\": \"@zarmina\", \"recipient\":"
		     " \"A clinic\", \"fields\": [\"name\", \"needs\"], \"purpose\": \"care\","
		     " \"until\": \"2027-03-21\"}");
	town_plans_bus(t, 48 * HOUR, 10);
	CHECK_INT(reg_opened(t->reg, &t->as[ROLE_COUNSELLOR], &zarmina, OPENING_COUNSELLING,
			     &t->fault),
		  OK);
	return t;
}

static void town_free(struct town *t)
{
	town_end(t);
	free(t);
}

static const json_t *history(struct clerk *c, struct town *t, int64_t role, const char *of,
			     enum words_language l)
{
	struct id id = town_id(t, of);

	clerk_begin(c, t, role, l);
	return clerk_gets(c, desk_history(&c->desk, &id, clerk_asks(c)), SHAPE_HISTORY);
}

/* The newest event of a kind; NULL: there is none. */
static const json_t *event(const json_t *history, const char *kind)
{
	const json_t *found = NULL;
	size_t at;
	json_t *e;

	json_array_foreach(json_object_get(history, "events"), at, e)
		if (!strcmp(json_text_at(e, "kind"), kind))
			found = e;
	return found;
}

/* What an event says of a field; "" where it says nothing. */
static const char *said(const json_t *history, const char *kind, const char *field)
{
	size_t at;
	json_t *value;

	json_array_foreach(json_at(event(history, kind), "values"), at, value)
		if (!strcmp(json_text_at(value, "field"), field))
			return json_text_at(value, "value");
	return "";
}

TEST(protection_staff_read_all_that_happened_in_plain_words)
{
	struct town *t = town_of_a_long_story();
	struct clerk c;
	const json_t *j = history(&c, t, ROLE_PROTECTION, "@zarmina", WORDS_EN);

	CHECK_TEXT(json_text_at(j, "events/0/kind"), "person.registered");
	CHECK_TEXT(said(j, "person.registered", "given"), "زرمینه");
	CHECK_TEXT(said(j, "person.registered", "sex"), "Female");
	CHECK_TEXT(said(j, "person.registered", "destination"), "Nangarhar (AF06)");
	CHECK_TEXT(said(j, "counselling.held", "read_back"), "yes");
	CHECK(strstr(said(j, "counselling.held", "topics"), ", ") != NULL);
	CHECK_TEXT(said(j, "choice.made", "by"), "Zarmina (زرمینه)");
	CHECK_TEXT(said(j, "choice.made", "witness"), "Gul");
	CHECK_TEXT(said(j, "pressure.reported", "note"), "her landlord");
	CHECK_TEXT(json_text_at(event(j, "pressure.reported"), "happened"), "2026-11-20");
	CHECK_TEXT(said(j, "incident.reported", "area"), "Peshawar (PK528)");
	CHECK_TEXT(said(j, "appointment.set", "at"), "2026-11-30 09:30 +05:00");
	CHECK_TEXT(said(j, "sharing.agreed", "until"), "2027-03-21 (1 Hamal 1406)");
	CHECK_TEXT(json_text_at(event(j, "choice.made"), "by"), "protection");
	CHECK(strcmp(json_text_at(event(j, "choice.made"), "what"), "kind.choice.made") != 0);
	clerk_end(&c);
	town_free(t);
}

TEST(the_file_shows_who_looked)
{
	struct town *t = town_of_a_long_story();
	struct clerk c;
	const json_t *j = history(&c, t, ROLE_REGISTRATION, "@zarmina", WORDS_EN);

	CHECK_TEXT(json_text_at(event(j, "record.opened"), "by"), "counsellor");
	CHECK(*said(j, "record.opened", "purpose"));
	clerk_end(&c);
	town_free(t);
}

TEST(whoever_registers_does_not_learn_that_there_was_more)
{
	static const char *const hidden[] = { "counselling.held", "choice.made",
					      "pressure.reported", "incident.reported" };
	struct town *t = town_of_a_long_story();
	struct clerk c;
	const json_t *j = history(&c, t, ROLE_REGISTRATION, "@zarmina", WORDS_EN);

	for (size_t i = 0; i < COUNT_OF(hidden); i++)
		CHECK(!event(j, hidden[i]));
	CHECK(event(j, "person.registered") && event(j, "appointment.set"));
	CHECK(!json_mentions(j, "landlord"));
	clerk_end(&c);
	town_free(t);
}

TEST(an_auditor_reads_what_was_done_and_no_name)
{
	static const char *const names[] = { "Zarmina", "زرمینه", "Gul", "landlord", "PSH-" };
	struct town *t = town_of_a_long_story();
	struct clerk c;
	const json_t *j = history(&c, t, ROLE_AUDITOR, "@zarmina", WORDS_EN);

	CHECK(event(j, "choice.made") && event(j, "incident.reported"));
	CHECK(*said(j, "choice.made", "answer"));
	CHECK_INT(strlen(said(j, "choice.made", "by")), ALIAS_SIZE - 2);
	for (size_t i = 0; i < COUNT_OF(names); i++)
		CHECK(!json_mentions(j, names[i]));
	clerk_end(&c);
	town_free(t);
}

TEST(a_counsellor_reads_nothing_of_an_arrest)
{
	struct town *t = town_of_a_long_story();
	struct clerk c;
	const json_t *j = history(&c, t, ROLE_COUNSELLOR, "@zarmina", WORDS_EN);

	CHECK(event(j, "pressure.reported") && !event(j, "incident.reported"));
	/* That there was pressure, and not in whose words. */
	CHECK(!json_mentions(j, "landlord"));
	clerk_end(&c);
	town_free(t);
}

TEST(money_is_said_in_its_currency_and_a_payment_that_is_named_by_what_it_was)
{
	struct town *t = town_of_a_long_story();
	struct clerk c;
	const json_t *j;

	town_records(
		t, ROLE_LEGAL_AID,
		"{\"kind\": \"crossing.recorded\", \"subject\": \"@habib\", \"crossing\":"
		" \"XP-TORKHAM\", \"direction\": \"crossed\", \"return_kind\": \"spontaneous\"}");
	town_records(
		t, ROLE_PROTECTION,
		"{\"kind\": \"grant.approved\", \"subject\": \"@habib\", \"tariff\": \"@tariff\","
		" \"part\": 1, \"amount\": 37500}");
	j = history(&c, t, ROLE_PROTECTION, "@habib", WORDS_EN);
	CHECK_TEXT(said(j, "grant.approved", "amount"), "375.00 USD");
	CHECK_TEXT(said(j, "grant.approved", "tariff"), "UNHCR");
	CHECK_TEXT(said(j, "crossing.recorded", "crossing"), "Torkham");
	CHECK_TEXT(said(j, "person.registered", "documents"), "PoR card 00000-1234567-8");
	clerk_end(&c);
	town_free(t);
}

TEST(a_referral_names_the_incident_that_it_is_about)
{
	struct town *t = town_of_a_long_story();
	struct clerk c;
	const json_t *j = history(&c, t, ROLE_LEGAL_AID, "@zarmina", WORDS_EN);
	char incident[FACT_REF_TEXT_SIZE], referred[200];

	snprintf(incident, sizeof(incident), "%s",
		 json_text_at(event(j, "incident.reported"), "fact"));
	clerk_end(&c);
	snprintf(referred, sizeof(referred),
		 "{\"kind\": \"incident.referred\", \"subject\": \"@zarmina\", \"to\":"
		 " \"legal-aid\", \"incident\": \"%s\"}",
		 incident);
	town_records(t, ROLE_LEGAL_AID, referred);
	j = history(&c, t, ROLE_LEGAL_AID, "@zarmina", WORDS_EN);
	CHECK_TEXT(json_text_at(event(j, "incident.referred"), "values/0/names"), incident);
	CHECK(!json_at(event(j, "incident.referred"), "values/1/names"));
	clerk_end(&c);
	town_free(t);
}

TEST(a_reader_of_dari_reads_days_with_afghan_months)
{
	struct town *t = town_of_a_long_story();
	struct clerk c;
	const json_t *j = history(&c, t, ROLE_PROTECTION, "@zarmina", WORDS_FA_AF);

	CHECK_TEXT(said(j, "sharing.agreed", "until"), "2027-03-21 (1 حمل 1406)");
	CHECK_TEXT(said(j, "counselling.held", "read_back"), "بلی");
	clerk_end(&c);
	town_free(t);
}

TEST(a_household_has_a_history_of_its_own_and_a_convoy_has_none_here)
{
	struct town *t = town_of_a_long_story();
	struct id bus = town_id(t, "@bus");
	struct clerk c;
	const json_t *j = history(&c, t, ROLE_REGISTRATION, "@household", WORDS_EN);

	CHECK_INT(json_array_size(json_at(j, "events")), 1);
	CHECK_TEXT(said(j, "household.registered", "residence"), "Khyber Pakhtunkhwa (PK5)");
	clerk_is_refused(&c, desk_history(&c.desk, &bus, clerk_asks(&c)), ERR_NOT_FOUND,
			 "desk.no-person");
	clerk_end(&c);
	clerk_begin(&c, t, ROLE_CASHIER, WORDS_EN);
	clerk_is_refused(&c, desk_history(&c.desk, &bus, clerk_asks(&c)), ERR_DENIED,
			 "deed.denied");
	clerk_end(&c);
	town_free(t);
}

RUN_TESTS()
