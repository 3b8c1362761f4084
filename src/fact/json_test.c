/*
 * JSON in: each mistake has its own sentence that names the field.  JSON out: what was
 * written reads back as the same fact.
 */
#include "base/prop.h"
#include "fact/fact_testing.h"

#include <stdio.h>

#include "base/calendar.h"
#include "base/json.h"

#define NOW FACT_RANDOM_NOW
#define KARACHI 300

/* --- helpers -------------------------------------------------------------------------- */

/* "@name" is an id of its first letters; "@nobody" is nobody. */
static enum err resolve(void *self, enum subject_sort sort, struct text name, struct id *out,
			struct fault *f)
{
	enum subject_sort *asked = self;

	*asked = sort;
	if (name.size < 2 || name.at[0] != '@' || text_is(name, "@nobody"))
		return fault(f, ERR_NOT_FOUND, "test.nobody", name);
	memset(out->at, 0, ID_SIZE);
	memcpy(out->at, name.at + 1, name.size - 1 < ID_SIZE ? name.size - 1 : ID_SIZE);
	return OK;
}

struct reader {
	struct arena *arena;
	enum subject_sort asked;
	struct fact fact;
	struct fault fault;
	json_t *json;
};

static enum err read_json(struct reader *r, const char *text)
{
	struct name_source names = { &r->asked, resolve };
	enum err e;

	memset(r, 0, sizeof *r);
	CHECK_INT(arena_new(&r->arena, (size_t)1 << 20), OK);
	CHECK_INT(json_parse(&r->json, text_of(text), &r->fault), OK);
	e = fact_from_json(&r->fact, r->arena, r->json, &names, NOW, KARACHI, &r->fault);
	/* Nothing of the fact may view it. */
	json_decref(r->json);
	return e;
}

static void done(struct reader *r)
{
	arena_free(r->arena);
}

static void take(struct reader *r, const char *text)
{
	if (read_json(r, text))
		check_failed(__FILE__, __LINE__, "%s: %s %s %s", text, r->fault.key,
			     r->fault.values[0], r->fault.values[1]);
}

static void refuse(const char *text, const char *key, const char *first, const char *second,
		   const char *third)
{
	const char *wanted[] = { first, second, third };
	struct reader r;

	CHECK_INT(read_json(&r, text), ERR_INPUT);
	CHECK_TEXT(r.fault.key, key);
	for (size_t i = 0; i < COUNT_OF(wanted) && wanted[i]; i++) {
		CHECK(i < r.fault.value_count);
		CHECK_TEXT(&r.fault.values[i][0], wanted[i]);
	}
	done(&r);
}

#define PERSON "\"kind\": \"person.registered\", \"subject\": \"@zarmina\""

static int32_t day(int year, int month, int day_of_month)
{
	return day_of(GREGORIAN, (struct date){ year, month, day_of_month });
}

/* --- what is taken -------------------------------------------------------------------- */

TEST(a_person_is_read_with_all_sorts_of_values)
{
	struct reader r;
	const struct value *v, *paper;

	take(&r,
	     "{" PERSON ", \"household\": \"@sapi\", \"given\": \"زرمینه\", \"sex\": \"female\","
	     " \"group\": \"por\", \"birth_date\": \"1990-03-21\", \"origin\": "
	     "\"AF01@cod-ab-2021\","
	     " \"language\": \"pbu\", \"needs\": [\"DS\", \"PG\"], \"documents\": [{\"kind\": "
	     "\"por\","
	     " \"number\": \"00000-1\", \"valid_to\": \"2025-06-30\"}, {\"kind\": \"none\"}]}");
	v = r.fact.values;
	CHECK_INT(r.fact.kind->kind, KIND_PERSON_REGISTERED);
	CHECK_INT(r.fact.version, 1);
	CHECK(memcmp(r.fact.subject.at, "zarmina", 8) == 0);
	CHECK(memcmp(v[PERSON_REGISTERED_HOUSEHOLD].id->at, "sapi", 5) == 0);
	CHECK_TEXT(v[PERSON_REGISTERED_GIVEN].text, "زرمینه");
	CHECK_INT(v[PERSON_REGISTERED_SEX].number, SEX_FEMALE);
	CHECK_INT(v[PERSON_REGISTERED_BIRTH_DATE].number, day(1990, 3, 21));
	CHECK_INT(v[PERSON_REGISTERED_NEEDS].count, 2);
	CHECK_INT(v[PERSON_REGISTERED_NEEDS].items[1].number, NEED_PG);
	CHECK_INT(v[PERSON_REGISTERED_DOCUMENTS].count, 2);
	paper = v[PERSON_REGISTERED_DOCUMENTS].items[0].items;
	CHECK_INT(paper[DOCUMENT_PART_KIND].number, DOCUMENT_KIND_POR);
	CHECK_TEXT(paper[DOCUMENT_PART_NUMBER].text, "00000-1");
	CHECK_INT(paper[DOCUMENT_PART_VALID_TO].number, day(2025, 6, 30));
	CHECK(!paper[DOCUMENT_PART_DIGITS].given);
	CHECK(!v[PERSON_REGISTERED_FATHER].given);
	CHECK_INT(fact_check(&r.fact, r.arena, NOW, NULL), OK);
	done(&r);
}

TEST(fields_stand_beside_the_kind_or_inside_the_body)
{
	struct reader r;

	take(&r, "{\"kind\": \"choice.withdrawn\", \"subject\": \"@z\", \"body\": {\"channel\": "
		 "\"gate\"}}");
	CHECK_INT(r.fact.values[CHOICE_WITHDRAWN_CHANNEL].number, CHANNEL_GATE);
	done(&r);
	take(&r, "{\"kind\": \"seat.assigned\", \"subject\": \"@z\", \"seat\": 12,"
		 " \"body\": {\"movement\": \"@bus\"}}");
	CHECK_INT(r.fact.values[SEAT_ASSIGNED_SEAT].number, 12);
	CHECK_INT(r.asked, SUBJECT_MOVEMENT);
	done(&r);
	refuse("{\"kind\": \"choice.withdrawn\", \"subject\": \"@z\", \"channel\": \"gate\","
	       " \"body\": {\"channel\": \"gate\"}}",
	       "fact.field-twice", "channel", NULL, NULL);
}

/* The public key of a site is called like the frame's own word. */
TEST(a_field_with_a_word_of_the_frame_stands_in_the_body)
{
	static const char hex[] =
		"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
	struct reader r;
	char text[512];

	snprintf(text, sizeof text,
		 "{\"kind\": \"site.joined\", \"subject\": \"@site\", \"key\": \"once\", \"name\": "
		 "\"Azakhel\","
		 " \"code\": \"AZK\", \"zone\": \"Asia/Karachi\", \"demo\": true, \"body\": "
		 "{\"key\": \"%s\"}}",
		 hex);
	take(&r, text);
	CHECK(!id_is_none(&r.fact.key));
	CHECK_INT(r.fact.values[SITE_JOINED_KEY].hash->at[31], 0xff);
	CHECK_INT(r.fact.values[SITE_JOINED_DEMO].number, 1);
	done(&r);
}

TEST(ids_are_hex_or_a_name_that_the_caller_knows)
{
	struct reader r;

	take(&r, "{\"kind\": \"hold.placed\", \"subject\": \"00112233445566778899AABBCCDDEEFF\"}");
	CHECK_INT(r.fact.subject.at[15], 0xff);
	CHECK_INT(r.asked, SUBJECT_0);
	done(&r);
	CHECK_INT(read_json(&r, "{\"kind\": \"hold.placed\", \"subject\": \"@nobody\"}"),
		  ERR_NOT_FOUND);
	CHECK_TEXT(r.fault.key, "test.nobody");
	CHECK_INT(r.asked, SUBJECT_PERSON);
	done(&r);
}

TEST(without_names_only_hex_is_an_id)
{
	struct fault fault;
	struct arena *a;
	struct fact f;
	json_t *j;

	CHECK_INT(arena_new(&a, 65536), OK);
	CHECK_INT(json_parse(&j, TEXT("{\"kind\": \"hold.placed\", \"subject\": \"@z\"}"), NULL),
		  OK);
	CHECK_FAULT(fact_from_json(&f, a, j, NULL, NOW, KARACHI, &fault), ERR_INPUT, &fault,
		    "fact.id-form");
	json_decref(j);
	arena_free(a);
}

TEST(a_fact_happened_now_at_a_time_or_on_a_day)
{
#define HOLD "{\"kind\": \"hold.placed\", \"subject\": \"@z\""
	struct reader r;

	take(&r, HOLD "}");
	CHECK_INT(r.fact.happened, NOW);
	CHECK(!r.fact.happened_is_day);
	done(&r);
	take(&r, HOLD ", \"happened\": \"2026-11-24T10:00:00+05:00\"}");
	CHECK_INT(r.fact.happened, NOW);
	done(&r);
	take(&r, HOLD ", \"happened\": \"2026-11-24T10:00\"}"); /* of the site */
	CHECK_INT(r.fact.happened, NOW);
	done(&r);
	take(&r, HOLD ", \"happened\": \"2026-11-24T05:00:00Z\"}");
	CHECK_INT(r.fact.happened, NOW);
	done(&r);
	take(&r, HOLD ", \"happened\": \"2026-11-20\"}");
	CHECK_INT(r.fact.happened, day_begins(day(2026, 11, 20), 0) + 12 * 3600);
	CHECK(r.fact.happened_is_day);
	done(&r);
	take(&r, HOLD ", \"happened\": {\"solar_hijri\": \"1405-08-29\"}}");
	CHECK_INT(r.fact.happened, day_begins(day(2026, 11, 20), 0) + 12 * 3600);
	done(&r);
	refuse(HOLD ", \"happened\": 7}", "fact.want-happened", "7", NULL, NULL);
}

TEST(days_are_read_in_both_calendars_and_three_scripts)
{
	static const struct {
		const char *json;
		int year, month, day;
	} days[] = {
		{ "\"2025-03-20\"", 2025, 3, 20 },
		{ "\"۲۰۲۵-۰۳-۲۰\"", 2025, 3, 20 },
		{ "\"٢٠٢٥-٠٣-٢٠\"", 2025, 3, 20 },
		{ "{\"solar_hijri\": \"1403-12-30\"}", 2025, 3, 20 },
		{ "{\"solar_hijri\": \"۱۴۰۳-۱۲-۳۰\"}", 2025, 3, 20 },
	};
	struct reader r;
	char text[256];

	for (size_t i = 0; i < COUNT_OF(days); i++) {
		snprintf(text, sizeof text, "{" PERSON ", \"birth_date\": %s}", days[i].json);
		take(&r, text);
		CHECK_INT(r.fact.values[PERSON_REGISTERED_BIRTH_DATE].number,
			  day(days[i].year, days[i].month, days[i].day));
		done(&r);
	}
}

TEST(days_that_do_not_exist_are_refused_by_field)
{
	refuse("{" PERSON ", \"birth_date\": \"2025-02-30\"}", "date.no-such-day", "birth_date",
	       NULL, NULL);
	refuse("{" PERSON ", \"birth_date\": {\"solar_hijri\": \"1404-12-30\"}}",
	       "date.no-such-day-solar", "birth_date", NULL, NULL);
	refuse("{" PERSON ", \"birth_date\": {\"solar_hijri\": \"1404-07-31\"}}",
	       "date.no-such-day-solar", "birth_date", NULL, NULL);
	refuse("{" PERSON ", \"documents\": [{\"kind\": \"por\", \"valid_to\": \"2025-13-01\"}]}",
	       "date.no-such-month", "documents 1: valid_to", NULL, NULL);
}

TEST(a_key_is_an_id_or_any_short_text)
{
	struct reader r;
	struct id first;

	take(&r, HOLD ", \"key\": \"00112233445566778899aabbccddeeff\"}");
	CHECK_INT(r.fact.key.at[1], 0x11);
	done(&r);
	take(&r, HOLD ", \"key\": \"form 17, page 3\"}");
	first = r.fact.key;
	CHECK(!id_is_none(&first));
	done(&r);
	take(&r, HOLD ", \"key\": \"form 17, page 3\"}");
	CHECK(id_same(&first, &r.fact.key));
	done(&r);
	take(&r, HOLD ", \"key\": \"form 17, page 4\"}");
	CHECK(!id_same(&first, &r.fact.key));
	done(&r);
	take(&r, HOLD ", \"key\": \"00000000000000000000000000000000\"}");
	CHECK(!id_is_none(&r.fact.key));
	done(&r);
	refuse(HOLD ", \"key\": \"\"}", "fact.want-key", "\"\"", "64", NULL);
	refuse(HOLD ", \"key\": 12}", "fact.want-key", "12", NULL, NULL);
}

/* --- what is refused ---------------------------------------------------------------------- */

TEST(an_unknown_field_is_named_with_the_one_that_was_meant)
{
	refuse("{" PERSON ", \"brith_date\": \"1990-01-01\"}", "fact.field-nearest", "brith_date",
	       "person.registered", "birth_date");
	refuse("{" PERSON ", \"Birth Date\": \"1990-01-01\"}", "fact.field-nearest", "Birth Date",
	       "person.registered", "birth_date");
	refuse("{" PERSON ", \"hapened\": \"1990-01-01\"}", "fact.field-nearest", "hapened",
	       "person.registered", "happened");
	refuse("{" PERSON ", \"documents\": [{\"knd\": \"por\"}]}", "fact.field-nearest", "knd",
	       "person.registered", "kind");
	refuse(HOLD ", \"colour\": \"red\"}", "fact.field-unknown", "colour", "hold.placed",
	       "reason");
	refuse("{\"kind\": \"account.closed\", \"subject\": \"@a\", \"colour\": \"red\"}",
	       "fact.field-none", "colour", "account.closed", NULL);
}

TEST(an_unknown_kind_is_named_with_the_one_that_was_meant)
{
	refuse("{\"kind\": \"choice.mad\", \"subject\": \"@z\"}", "fact.kind-nearest", "choice.mad",
	       "choice.made", NULL);
	refuse("{\"kind\": \"deport\", \"subject\": \"@z\"}", "fact.kind-unknown", "deport", NULL,
	       NULL);
	refuse("{\"kind\": 30, \"subject\": \"@z\"}", "fact.want-kind", "30", NULL, NULL);
	refuse("{\"subject\": \"@z\"}", "fact.kind-missing", NULL, NULL, NULL);
	refuse("[1, 2]", "fact.not-an-object", "[…]", NULL, NULL);
}

TEST(an_unknown_word_is_named_with_the_one_that_was_meant)
{
	refuse("{\"kind\": \"choice.made\", \"subject\": \"@z\", \"answer\": \"retrun\"}",
	       "fact.code-nearest", "answer", "retrun", "return");
	refuse("{\"kind\": \"choice.made\", \"subject\": \"@z\", \"answer\": \"yes\"}",
	       "fact.code-unknown", "answer", "yes", "stay, return, undecided");
	refuse("{" PERSON ", \"needs\": [\"DS\", \"none at all\"]}", "fact.code-unknown", "needs 2",
	       "none at all", "CR, SC, WR, ER, SP, DS, SM, FU, LP, TR, SV, PG");
}

TEST(a_subject_is_needed)
{
	refuse("{\"kind\": \"hold.placed\"}", "fact.subject-missing", "hold.placed", "person",
	       NULL);
	refuse("{\"kind\": \"hold.placed\", \"subject\": 7}", "fact.want-subject", "subject", "7",
	       NULL);
}

/* What is expected stands in the sentence, what was found in its value. */
TEST(a_wrong_type_is_refused_with_what_was_found)
{
	static const struct {
		const char *json, *key, *field, *found;
	} wrong[] = {
		{ "\"given\": 12", "fact.want-text", "given", "12" },
		{ "\"given\": null", "fact.want-text", "given", "null" },
		{ "\"given\": [\"a\"]", "fact.want-text", "given", "[…]" },
		{ "\"origin\": 528", "fact.want-area", "origin", "528" },
		{ "\"language\": true", "fact.want-language", "language", "true" },
		{ "\"sex\": 1", "fact.want-code", "sex", "1" },
		{ "\"age\": \"30\"", "fact.want-number", "age", "\"30\"" },
		{ "\"age\": 30.5", "fact.want-number", "age", "30.5" },
		{ "\"birth_date\": 19900101", "fact.want-date", "birth_date", "19900101" },
		{ "\"birth_date\": {\"hijri\": \"1\"}", "fact.want-date", "birth_date", "{…}" },
		{ "\"birth_date\": {\"solar_hijri\": \"1403-12-30\", \"x\": 1}", "fact.want-date",
		  "birth_date", "{…}" },
		{ "\"spouse\": {}", "fact.want-subject", "spouse", "{…}" },
		{ "\"needs\": \"DS\"", "fact.want-list", "needs", "\"DS\"" },
		{ "\"needs\": []", "fact.list-empty", "needs", NULL },
		{ "\"documents\": [7]", "fact.want-record", "documents 1", "7" },
		{ "\"documents\": [{\"kind\": \"none\"}, {\"kind\": false}]", "fact.want-code",
		  "documents 2: kind", "false" },
		{ "\"body\": 3", "fact.want-body", "3", NULL },
	};
	char text[256];

	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		snprintf(text, sizeof text, "{" PERSON ", %s}", wrong[i].json);
		refuse(text, wrong[i].key, wrong[i].field, wrong[i].found, NULL);
	}
	refuse("{\"kind\": \"person.moved\", \"subject\": \"@z\", \"own_choice\": \"yes\"}",
	       "fact.want-flag", "own_choice", "\"yes\"", NULL);
	refuse("{\"kind\": \"grant.paid\", \"subject\": \"@z\", \"amount\": 375.0}",
	       "fact.want-money", "amount", "375", NULL);
	refuse("{\"kind\": \"appointment.set\", \"subject\": \"@z\", \"at\": 9}", "fact.want-time",
	       "at", "9", NULL);
	refuse("{\"kind\": \"hold.lifted\", \"subject\": \"@z\", \"hold\": \"17\"}",
	       "fact.want-fact", "hold", "\"17\"", NULL);
	refuse("{\"kind\": \"choice.made\", \"subject\": \"@z\", \"form\": \"abc\"}",
	       "fact.want-hash", "form", "\"abc\"", NULL);
}

TEST(a_list_that_is_too_long_is_refused_before_it_is_read)
{
	refuse("{" PERSON ", \"documents\": [1,2,3,4,5,6,7,8,9]}", "fact.list-too-long",
	       "documents", "9", "8");
}

TEST(a_long_text_in_a_wrong_place_is_cut_in_the_sentence)
{
	refuse("{\"kind\": \"hold.lifted\", \"subject\": \"@z\", \"hold\":"
	       " \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbb\"}",
	       "fact.want-fact", "hold", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"",
	       NULL);
}

/* --- out ------------------------------------------------------------------------------------ */

static struct text written(struct arena *a, const struct fact *f, const struct field_filter *filter)
{
	struct buffer b = { .limit = 0 };
	struct json_writer w;
	struct text copy;

	json_begin(&w, &b);
	fact_to_json(&w, f, filter, KARACHI);
	CHECK_INT(b.err, OK);
	copy = arena_copy_text(a, buffer_as_text(&b));
	buffer_free(&b);
	return copy;
}

TEST(a_recorded_fact_shows_where_it_stands)
{
	struct arena *a;
	struct fact f;

	CHECK_INT(arena_new(&a, 65536), OK);
	fact_begin(&f, KIND_CHOICE_WITHDRAWN);
	memset(f.ref.site.at, 0xaa, ID_SIZE);
	memset(f.subject.at, 0xbb, ID_SIZE);
	memset(f.actor.at, 0xcc, ID_SIZE);
	f.ref.epoch = 1;
	f.ref.seq = 17;
	f.recorded = NOW;
	f.happened = day_begins(day(2026, 11, 20), 0) + 12 * 3600;
	f.happened_is_day = true;
	f.values[CHOICE_WITHDRAWN_CHANNEL] =
		(struct value){ .given = true, .number = CHANNEL_PAPER };
	CHECK_TEXT(
		written(a, &f, NULL),
		"{\"kind\":\"choice.withdrawn\",\"subject\":\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\","
		"\"ref\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/1/17\","
		"\"actor\":\"cccccccccccccccccccccccccccccccc\","
		"\"recorded\":\"2026-11-24T10:00:00+05:00\",\"happened\":\"2026-11-20\","
		"\"body\":{\"channel\":\"paper\"}}");
	arena_free(a);
}

static bool not_the_identity(void *self, const struct kind_spec *k, const struct field *field)
{
	CHECK(self == NULL && k != NULL);
	return field->seal != SEAL_IDENTITY;
}

TEST(what_a_reader_may_not_see_is_left_out)
{
	struct field_filter filter = { NULL, not_the_identity };
	struct reader r;
	struct text out;

	take(&r, "{" PERSON ", \"given\": \"Canary\", \"sex\": \"female\"}");
	out = written(r.arena, &r.fact, &filter);
	CHECK(!memmem(out.at, out.size, "Canary", 6));
	CHECK(memmem(out.at, out.size, "\"sex\":\"female\"", 14));
	done(&r);
}

static void what_is_unknown_is_counted(struct prop *p)
{
	struct text out;
	struct fact f;
	json_t *j = NULL;
	unsigned count;

	fact_random_foreign(p, p->arena, &f);
	out = written(p->arena, &f, NULL);
	CHECK_INT(json_parse(&j, out, NULL), OK);
	count = (unsigned)f.unknown_case.count + f.unknown_identity.count;
	CHECK_INT(json_integer_value(json_object_get(j, "unknown_fields")), count);
	CHECK(json_is_number(json_object_get(j, "kind")));
	json_decref(j);
}

TEST(fields_that_are_unknown_are_counted)
{
	prop_run(what_is_unknown_is_counted, 200, 41);
}

/* --- there and back ---------------------------------------------------------------------------- */

static struct bytes encoded(struct prop *p, const struct fact *f)
{
	struct buffer b = { .limit = 0 };
	struct bytes copy;

	fact_write(&b, f);
	copy = arena_copy(p->arena, buffer_bytes(&b));
	buffer_free(&b);
	return copy;
}

static void a_fact_goes_through_json(struct prop *p)
{
	struct fault fault = { .err = OK };
	struct fact f, back;
	json_t *j = NULL;
	struct text out;

	fact_random(p, p->arena, kind_random(p), &f);
	/* What the register fills in is not part of a proposal. */
	memset(&f.ref, 0, sizeof f.ref);
	memset(&f.actor, 0, sizeof f.actor);
	f.recorded = 0;
	f.head_count = 0;
	out = written(p->arena, &f, NULL);
	CHECK_INT(json_parse(&j, out, &fault), OK);
	if (fact_from_json(&back, p->arena, j, NULL, NOW, KARACHI, &fault))
		check_failed(__FILE__, __LINE__, "%s %s: %.*s", fault.key, fault.values[0],
			     SHOWN(out));
	json_decref(j);
	CHECK(bytes_same(encoded(p, &f), encoded(p, &back)));
}

TEST(facts_of_every_kind_go_through_json_unchanged)
{
	prop_run(a_fact_goes_through_json, 3000, 42);
}

/* A value of JSON that is almost right: what comes in cannot break the reader. */
static json_t *random_json(struct prop *p, unsigned depth)
{
	static const char *const words[] = {
		"person.registered",
		"choice.made",
		"return",
		"@zarmina",
		"2025-02-29",
		"por",
		"2025-01-01T00:00",
		"1/2/3",
		"00112233445566778899aabbccddeeff",
		"solar_hijri",
		"",
	};
	json_t *out;

	switch (prop_pick(p, depth ? 8 : 5)) {
	case 0: return json_integer(prop_int(p, INT64_MIN, INT64_MAX));
	case 1: return json_boolean(prop_bool(p));
	case 2: return json_null();
	case 3: return json_real(0.5);
	case 4: return json_string(words[prop_pick(p, COUNT_OF(words))]);
	case 5:
		out = json_array();
		for (size_t i = prop_pick(p, 4); i > 0; i--)
			json_array_append_new(out, random_json(p, depth - 1));
		return out;
	default:
		out = json_object();
		for (size_t i = prop_pick(p, 4); i > 0; i--)
			json_object_set_new(out, words[prop_pick(p, COUNT_OF(words))],
					    random_json(p, depth - 1));
		return out;
	}
}

static void odd_json_is_refused_or_taken(struct prop *p)
{
	const struct kind_spec *k = kind_at(prop_pick(p, kind_count()));
	struct fault fault = { .err = OK };
	json_t *j = json_object();
	struct fact f;
	enum err e;

	json_object_set_new(j, "kind", prop_pick(p, 8) ? json_string(k->word) : random_json(p, 2));
	json_object_set_new(j, "subject", json_string("00112233445566778899aabbccddeeff"));
	for (size_t i = prop_pick(p, 6); i > 0; i--) {
		const char *word =
			k->field_count ? k->fields[prop_pick(p, k->field_count)].word : "x";

		json_object_set_new(j, word, random_json(p, 3));
	}
	e = fact_from_json(&f, p->arena, j, NULL, NOW, KARACHI, &fault);
	json_decref(j);
	CHECK((e == OK) == (fault.key == NULL));
	if (e == OK && fact_check(&f, p->arena, NOW, NULL) == OK)
		CHECK_INT(fact_read(&f, p->arena, encoded(p, &f), NULL), OK);
}
PROP_FUZZ(11, odd_json_is_refused_or_taken)

/* The way of a proposal: what is taken can be kept, and told again it is the same fact. */
static void a_proposal_is_refused_or_told_again_the_same(struct prop *p)
{
	struct bytes b = prop_rest(p);
	struct fault fault = { .err = OK };
	struct fact f, back;
	json_t *j, *again;
	enum err e;

	if (json_parse(&j, (struct text){ (const char *)b.at, b.size }, NULL))
		return;
	e = fact_from_json(&f, p->arena, j, NULL, NOW, KARACHI, &fault);
	CHECK((e == OK) == (fault.key == NULL));
	json_decref(j);
	if (e || fact_check(&f, p->arena, NOW, NULL))
		return;
	CHECK_INT(fact_read(&back, p->arena, encoded(p, &f), NULL), OK);
	f.head_count = 0;
	CHECK_INT(json_parse(&again, written(p->arena, &f, NULL), NULL), OK);
	CHECK_INT(fact_from_json(&back, p->arena, again, NULL, NOW, KARACHI, &fault), OK);
	json_decref(again);
	CHECK(bytes_same(encoded(p, &f), encoded(p, &back)));
}
PROP_FUZZ(12, a_proposal_is_refused_or_told_again_the_same)

TEST(odd_json_never_breaks_the_reader)
{
	prop_run(odd_json_is_refused_or_taken, 4000, 43);
}

RUN_TESTS()
