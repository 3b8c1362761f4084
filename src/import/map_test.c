/* A map says what its maker meant, or is refused with the word that is wrong. */
#include <stdio.h>

#include "base/prop.h"
#include "base/test.h"
#include "base/utf8.h"
#include "base/world.h"
#include "import/map.h"

static struct bytes bytes_of_string(const char *s)
{
	return bytes_of(s, strlen(s));
}

static struct import_map good_map(const char *json)
{
	struct import_map m;
	struct fault f = { 0 };
	enum err e = import_map_read(&m, bytes_of_string(json), &f);

	if (e)
		check_failed(__FILE__, __LINE__, "%s: %s (%s, %s)", json, f.key, f.values[0],
			     f.values[1]);
	return m;
}

static struct fault fault_of(const char *json)
{
	struct import_map m;
	struct fault f = { 0 };

	if (import_map_read(&m, bytes_of_string(json), &f) == OK) {
		import_map_free(&m);
		check_failed(__FILE__, __LINE__, "%s was taken", json);
	}
	CHECK(!m.json && f.key);
	return f;
}

static const struct column *column_of(const struct import_map *m, enum section_sort s,
				      const char *target)
{
	for (size_t i = 0; i < m->sections[s].column_count; i++)
		if (strcmp(m->sections[s].columns[i].target->told.name, target) == 0)
			return &m->sections[s].columns[i];
	check_failed(__FILE__, __LINE__, "no column for %s", target);
}

TEST(a_map_of_two_tables_is_read)
{
	struct import_map m = good_map(
		"{\"source\": \"kobo\", \"header\": \"names\", \"ignore\": [\"_*\"],"
		" \"skip\": {\"_validation_status\": [\"no\"]},"
		" \"household\": {\"sheet\": 1, \"key\": [\"meta/rootUuid\", \"_uuid\"],"
		"  \"happened\": \"_submission_time\", \"columns\": {"
		"   \"residence\": {\"column\": \"location/district\", \"as\": \"area\", \"vintage\": \"cod-ab-2022\"},"
		"   \"phone\": \"contact/phone\", \"group\": \"status\"}},"
		" \"person\": {\"sheet\": \"members\", \"parent\": \"_parent_index\", \"columns\": {"
		"   \"given\": \"given_name\", \"sex\": {\"column\": \"sex\", \"codes\": {\"1\": \"male\", \"زن\": \"female\"}},"
		"   \"birth\": {\"column\": \"dob\", \"calendar\": \"solar-hijri\", \"order\": \"dmy\"},"
		"   \"age\": {\"column\": \"age\", \"on\": \"_submission_time\"},"
		"   \"document\": {\"kind\": {\"column\": \"doc\", \"codes\": {\"por\": \"por\"}}, \"number\": \"doc_no\"},"
		"   \"needs\": {\"column\": \"needs\", \"as\": \"select_multiple\", \"codes\": {\"disab\": \"DS\"}}}}}");
	const struct section *h = &m.sections[SECTION_HOUSEHOLD], *p = &m.sections[SECTION_PERSON];

	CHECK(!m.flat && m.skip);
	CHECK_TEXT(m.source, "kobo");
	CHECK_INT(h->key_count, 2);
	CHECK_TEXT(h->keys[1], "_uuid");
	CHECK_INT(h->sheet_number, 1);
	CHECK_TEXT(h->join, "_index");
	CHECK_TEXT(h->happened, "_submission_time");
	CHECK_INT(h->column_count, 2);
	CHECK_TEXT(column_of(&m, SECTION_HOUSEHOLD, "residence")->vintage, "cod-ab-2022");
	/* What each person has from her household's row. */
	CHECK_INT(m.sections[SECTION_SHARED].column_count, 1);
	CHECK_TEXT(column_of(&m, SECTION_SHARED, "group")->from, "status");
	CHECK_TEXT(p->sheet, "members");
	CHECK_INT(p->column_count, 7);
	CHECK_INT(column_of(&m, SECTION_PERSON, "birth")->calendar, SOLAR_HIJRI);
	CHECK_INT(column_of(&m, SECTION_PERSON, "birth")->order, DATE_DMY);
	CHECK_TEXT(column_of(&m, SECTION_PERSON, "age")->on, "_submission_time");
	CHECK_TEXT(column_of(&m, SECTION_PERSON, "document_number")->from, "doc_no");
	CHECK(column_of(&m, SECTION_PERSON, "needs")->codes);
	import_map_free(&m);
}

TEST(a_flat_map_is_read_with_what_is_only_for_matching)
{
	struct import_map m = good_map(
		"\xef\xbb\xbf{\"source\": \"list of May\", \"id\": \"rec_id\", \"household\": \"hh_no\","
		" \"given\": \"given\", \"father\": \"father\", \"birth\": \"birth_date\", \"origin\": \"area\","
		" \"residence\": {\"value\": \"PK528\"}, \"birth_month\": \"m\", \"birth_day\": \"d\","
		" \"other\": [{\"column\": \"suburb\", \"as\": \"text\"}],"
		" \"documents\": [{\"number\": \"a\"}, {\"kind\": {\"value\": \"passport\"}, \"number\": \"b\","
		"  \"valid_to\": \"c\"}]}");

	CHECK(m.flat);
	CHECK_TEXT(m.sections[SECTION_PERSON].parent, "hh_no");
	CHECK_TEXT(m.sections[SECTION_PERSON].keys[0], "rec_id");
	CHECK_INT(m.sections[SECTION_PERSON].column_count, 4 + 4);
	CHECK_TEXT(column_of(&m, SECTION_HOUSEHOLD, "residence")->fixed, "PK528");
	CHECK_INT(column_of(&m, SECTION_PERSON, "document_valid_to")->document, 1);
	import_map_free(&m);
}

TEST(where_people_name_their_household_is_known_for_kobo_and_odk)
{
	static const char *const pairs[][2] = {
		{ "_parent_index", "_index" },
		{ "PARENT_KEY", "KEY" },
		{ "hh", "hh" },
	};
	char json[300];

	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		struct import_map m;

		snprintf(json, sizeof(json),
			 "{\"household\": {\"key\": \"k\", \"columns\": {}},"
			 " \"person\": {\"parent\": \"%s\", \"columns\": {\"given\": \"g\"}}}",
			 pairs[i][0]);
		m = good_map(json);
		CHECK_TEXT(m.sections[SECTION_HOUSEHOLD].join, pairs[i][1]);
		CHECK_INT(m.sections[SECTION_PERSON].sheet_number, 2);
		import_map_free(&m);
	}
}

#define TWO_TABLES(household, person)                                                              \
	"{\"household\": {\"key\": \"k\", \"columns\": {" household "}},"                          \
	" \"person\": {\"parent\": \"p\", \"columns\": {" person "}}}"

TEST(no_column_can_be_mapped_to_a_choice_a_counselling_a_review_or_an_assessment)
{
	static const char *const names[] = {
		"choice",
		"choice.made",
		"answer",
		"wants_to_return",
		"return",
		"returns",
		"Return_Intention",
		"intention",
		"decision",
		"consent",
		"consent.given",
		"counselling",
		"counselling.held",
		"counsellor",
		"review",
		"review.made",
		"assessment",
		"assessment.made",
		"best_interests_assessment",
		"fitness",
		"voluntary",
		"is voluntary",
		"withdrawal",
		"choice.withdrawn",
		"choice.reconfirmed",
		"pressure",
		"hold",
		"hold.placed",
		"willing-to-go",
		"finding",
		"grant.paid",
	};
	char json[300];

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct fault f;

		/* As a column, of either table or a flat list, … */
		snprintf(json, sizeof(json), TWO_TABLES("", "\"given\": \"g\", \"%s\": \"spalte\""),
			 names[i]);
		f = fault_of(json);
		CHECK_TEXT(f.key, "import.never-a-choice");
		CHECK_INT(f.err, ERR_INPUT);
		CHECK_TEXT(f.values[0], names[i]);
		CHECK_TEXT(f.values[1], "spalte");
		snprintf(json, sizeof(json),
			 TWO_TABLES("\"%s\": {\"column\": \"spalte\"}", "\"given\": \"g\""),
			 names[i]);
		CHECK_TEXT(fault_of(json).key, "import.never-a-choice");
		snprintf(json, sizeof(json),
			 "{\"id\": \"a\", \"given\": \"g\", \"%s\": \"spalte\"}", names[i]);
		CHECK_TEXT(fault_of(json).key, "import.never-a-choice");
		/* … or as a table of its own. */
		snprintf(
			json, sizeof(json),
			"{\"%s\": {\"columns\": {\"a\": \"spalte\"}}, \"household\": {\"columns\": {}},"
			" \"person\": {\"columns\": {}}}",
			names[i]);
		f = fault_of(json);
		CHECK_TEXT(f.key, "import.never-a-choice");
		CHECK_TEXT(f.values[1], "spalte");
	}
}

TEST(every_target_is_a_field_of_what_an_import_records)
{
	const struct kind_spec *kinds[] = { kind_of_word(TEXT("person.registered")),
					    kind_of_word(TEXT("household.registered")) };
	const struct import_target *t;

	for (size_t i = 0; (t = import_target_at(i)); i++) {
		const struct kind_spec *k = kinds[t->household];
		bool found = false;

		for (size_t n = 0; n < k->field_count; n++)
			found |= strcmp(k->fields[n].word, t->field) == 0;
		if (!found)
			check_failed(__FILE__, __LINE__, "%s has no %s", k->word, t->field);
	}
}

TEST(what_is_wrong_with_a_map_is_told)
{
	static const struct {
		const char *json, *key, *value;
	} wrongs[] = {
		{ "[]", "import.map-not-understood", "{}" },
		{ "{\"a\": 1,}", "json.wrong", NULL },
		{ "{}", "import.map-names-none", NULL },
		{ "{\"source\": \"x\", \"id\": \"a\"}", "import.map-names-none", NULL },
		{ TWO_TABLES("\"residence\": \"r\"", ""), "import.map-names-none", NULL },
		{ "{\"given\": \"g\"}", "import.no-column-named", "id" },
		{ "{\"household\": {}}", "import.map-not-understood", "household" },
		{ "{\"household\": {\"key\": \"k\", \"columns\": {}}}", "import.map-not-understood",
		  "person" },
		{ "{\"household\": {\"key\": \"k\", \"columns\": {}}, \"person\": {\"columns\": {\"given\": \"g\"}}}",
		  "import.no-column-named", "parent" },
		{ "{\"household\": {\"columns\": {}}, \"person\": {\"parent\": \"p\", \"columns\": {\"given\": \"g\"}}}",
		  "import.no-column-named", "key" },
		{ TWO_TABLES("", "\"given\": \"g\", \"colour\": \"c\""), "import.no-such-target",
		  "colour" },
		{ TWO_TABLES("", "\"given\": \"g\", \"household_size\": \"c\""),
		  "import.no-such-target", "household_size" },
		{ TWO_TABLES("", "\"given\": \"g\", \"residence\": \"r\""),
		  "import.of-the-household", "residence" },
		{ TWO_TABLES("", "\"given\": {\"collumn\": \"g\"}"), "import.map-unknown-word",
		  "collumn" },
		{ TWO_TABLES("", "\"given\": {\"codes\": {}}"), "import.no-column-named", "given" },
		{ TWO_TABLES("", "\"given\": {\"column\": \"a\", \"value\": \"b\"}"),
		  "import.column-and-value", "given" },
		{ TWO_TABLES("", "\"given\": 7"), "import.no-column-named", "given" },
		{ TWO_TABLES("", "\"origin\": {\"column\": \"o\", \"as\": \"text\"}"),
		  "import.no-such-as", "text" },
		{ TWO_TABLES("", "\"birth\": {\"column\": \"b\", \"order\": \"ydm\"}"),
		  "import.no-such-order", "ydm" },
		{ TWO_TABLES("", "\"birth\": {\"column\": \"b\", \"calendar\": \"lunar\"}"),
		  "import.no-such-calendar", "lunar" },
		{ TWO_TABLES("", "\"age\": \"a\""), "import.age-without-day", "a" },
		{ TWO_TABLES("", "\"sex\": {\"column\": \"s\", \"codes\": {\"1\": 1}}"),
		  "import.map-not-understood", "1" },
		{ TWO_TABLES("", "\"sex\": {\"column\": \"s\", \"codes\": []}"),
		  "import.map-not-understood", "codes" },
		{ TWO_TABLES("", "\"document\": {\"number\": \"n\", \"colour\": \"c\"}"),
		  "import.map-unknown-word", "colour" },
		{ TWO_TABLES("", "\"documents\": \"n\""), "import.map-not-understood",
		  "documents" },
		{ TWO_TABLES("", "\"documents\": [1, 2, 3, 4, 5, 6, 7, 8, 9]"),
		  "import.too-many-documents", "8" },
		{ TWO_TABLES("", "\"age\": {\"value\": \"7\", \"on\": \"2025-04-04\"}"),
		  "import.no-column-named", "age" },
		{ "{\"id\": \"a\", \"given\": \"g\", \"encoding\": \"latin-1\"}", "import.encoding",
		  "latin-1" },
		{ "{\"id\": \"a\", \"given\": \"g\", \"skip\": []}", "import.map-not-understood",
		  "skip" },
		{ "{\"id\": \"a\", \"given\": \"g\", \"skip\": {\"a\": \"b\"}}",
		  "import.map-not-understood", "a" },
		{ "{\"id\": \"a\", \"given\": \"g\", \"sheet\": 0}", "import.map-not-understood",
		  "sheet" },
		{ "{\"id\": [\"a\", \"b\", \"c\", \"d\", \"e\"], \"given\": \"g\"}",
		  "import.too-many-keys", NULL },
		{ "{\"id\": [\"\"], \"given\": \"g\"}", "import.map-not-understood", "key" },
		{ "{\"id\": \"a\", \"household\": {\"key\": \"k\"}}", "import.map-unknown-word",
		  "id" },
	};

	for (size_t i = 0; i < COUNT_OF(wrongs); i++) {
		struct fault f = fault_of(wrongs[i].json);

		if (strcmp(f.key, wrongs[i].key) != 0)
			check_failed(__FILE__, __LINE__, "%s gives %s (%s)", wrongs[i].json, f.key,
				     f.values[0]);
		if (wrongs[i].value)
			CHECK_TEXT(f.values[0], wrongs[i].value);
	}
}

TEST(the_maps_that_ship_are_good_ones)
{
	static const char *const words[] = { "kobo", "odk", "hope", "people" };

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		struct import_map m;
		struct fault f = { 0 };

		CHECK(import_ready_map(words[i]).at);
		CHECK_INT(import_map_read(&m, import_ready_map(words[i]), &f), OK);
		CHECK(m.source.size > 0);
		import_map_free(&m);
	}
	CHECK(!import_ready_map("latin").at && !import_ready_map("../maps/kobo").at &&
	      !import_ready_map("").at);
}

TEST(the_guide_names_all_that_can_be_mapped)
{
	struct arena *a;
	struct bytes guide;
	struct fault f = { 0 };
	const struct import_target *t;

	CHECK_INT(arena_new(&a, (size_t)1 << 20), OK);
	CHECK_INT(file_load(&guide, a, world_real(), "docs/IMPORT.md", (size_t)1 << 19, &f), OK);
	for (size_t i = 0; (t = import_target_at(i)); i++) {
		struct text row = arena_print(a, "| `%s` | %s | %s |", t->name,
					      t->household ? "household" : "person", t->as);

		if (!memmem(guide.at, guide.size, row.at, row.size))
			check_failed(__FILE__, __LINE__, "docs/IMPORT.md has no row %s", row.at);
	}
	arena_free(a);
}

/* --- whatever comes ------------------------------------------------------------------ */

/* A value of words that maps are made of, nested in any way. */
static void add_value(struct prop *p, struct buffer *b, unsigned depth)
{
	static const char *const words[] = {
		"household", "person",	 "sheet",    "key",	  "columns",   "column",
		"codes",     "value",	 "document", "documents", "kind",      "number",
		"given",     "birth",	 "age",	     "on",	  "order",     "dmy",
		"skip",	     "source",	 "id",	     "needs",	  "residence", "choice",
		"as",	     "parent",	 "",	     "happened",  "other",     "ز",
		"1",	     "optional", "vintage",  "encoding",
	};
	size_t count = prop_uint(p, 0, 4);
	bool object = prop_bool(p);

	if (depth == 0 || prop_uint(p, 0, 2) == 0) {
		static const char *const plain[] = { "null", "true", "7", "-1", "1.5", "[]", "{}" };

		if (prop_bool(p))
			buffer_print(b, "\"%s\"", words[prop_pick(p, COUNT_OF(words))]);
		else
			buffer_text(b, text_of(plain[prop_pick(p, COUNT_OF(plain))]));
		return;
	}
	buffer_byte(b, object ? '{' : '[');
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_byte(b, ',');
		if (object)
			buffer_print(b, "\"%s\":", words[prop_pick(p, COUNT_OF(words))]);
		add_value(p, b, depth - 1);
	}
	buffer_byte(b, object ? '}' : ']');
}

static void check_any_map(struct bytes b)
{
	struct import_map m;
	struct fault f = { 0 };
	enum err e = import_map_read(&m, b, &f);

	CHECK(e == OK || e == ERR_INPUT || e == ERR_LIMIT);
	CHECK_INT(f.err, e);
	if (!e)
		CHECK(m.sections[SECTION_PERSON].column_count > 0);
	import_map_free(&m);
}

static void any_map_is_read_or_refused(struct prop *p)
{
	struct buffer b = { 0 };

	add_value(p, &b, 6);
	check_any_map(buffer_bytes(&b));
	buffer_free(&b);
}
PROP_FUZZ(1, any_map_is_read_or_refused)

static void any_text_is_a_map_or_refused(struct prop *p)
{
	check_any_map(prop_rest(p));
}
PROP_FUZZ(2, any_text_is_a_map_or_refused)

TEST(any_map_is_read_or_refused_without_harm)
{
	prop_run(any_map_is_read_or_refused, 3000, 1);
	prop_run(any_text_is_a_map_or_refused, 1000, 2);
}

RUN_TESTS()
