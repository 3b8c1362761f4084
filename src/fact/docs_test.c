#include "base/test.h"
#include "fact/fact.h"

#include <stdio.h>

static json_t *schema(void)
{
	struct buffer b = { .limit = 0 };
	struct json_writer w;
	json_t *j = NULL;

	json_begin(&w, &b);
	kinds_schema(&w);
	CHECK_INT(b.err, OK);
	CHECK_INT(json_parse(&j, buffer_as_text(&b), NULL), OK);
	buffer_free(&b);
	return j;
}

/* Every {"$ref": "#/$defs/x"} below `j` names something. */
static size_t check_references(json_t *j, json_t *defs)
{
	const char *key, *ref;
	json_t *value;
	size_t at, count = 0;

	if ((ref = json_string_value(json_object_get(j, "$ref")))) {
		CHECK(strncmp(ref, "#/$defs/", 8) == 0);
		if (!json_object_get(defs, ref + 8))
			check_failed(__FILE__, __LINE__, "no %s", ref);
		count++;
	}
	json_object_foreach(j, key, value) count += check_references(value, defs);
	json_array_foreach(j, at, value) count += check_references(value, defs);
	return count;
}

TEST(every_reference_of_the_schema_leads_somewhere)
{
	json_t *j = schema();

	CHECK_TEXT(json_string_value(json_object_get(j, "$schema")),
		   "https://json-schema.org/draft/2020-12/schema");
	CHECK(check_references(j, json_object_get(j, "$defs")) > 200);
	json_decref(j);
}

TEST(the_schema_has_every_field_of_every_kind_with_its_type)
{
	json_t *j = schema(), *defs = json_object_get(j, "$defs");
	char name[80];

	for (size_t i = 0; i < kind_count(); i++) {
		const struct kind_spec *k = kind_at(i);
		json_t *kind, *fields;
		size_t required = 0;

		snprintf(name, sizeof name, "kind.%s", k->word);
		kind = json_object_get(defs, name);
		fields = json_object_get(kind, "properties");
		CHECK_INT(json_object_size(fields), k->field_count);
		for (size_t n = 0; n < k->field_count; n++) {
			json_t *field = json_object_get(fields, k->fields[n].word);

			CHECK(json_object_get(field, "type") || json_object_get(field, "$ref"));
			CHECK((json_object_get(field, "items") != NULL) == (k->fields[n].many > 1));
			required += k->fields[n].need == NEED_REQUIRED;
		}
		CHECK_INT(json_array_size(json_object_get(kind, "required")), required);
	}
	json_decref(j);
}

TEST(the_schema_lists_the_words_of_a_code)
{
	json_t *j = schema();
	json_t *answer = json_object_get(json_object_get(j, "$defs"), "code.answer");
	json_t *words = json_object_get(answer, "enum");

	CHECK_INT(json_array_size(words), 3);
	CHECK_TEXT(json_string_value(json_array_get(words, 1)), "return");
	json_decref(j);
}

static bool says(const struct buffer *b, const char *text)
{
	return memmem(b->at, b->size, text, strlen(text)) != NULL;
}

TEST(the_document_tells_of_every_kind_field_and_list)
{
	struct buffer b = { .limit = 0 };
	char line[96], word[TABLE_WORD_SIZE];

	kinds_markdown(&b);
	CHECK_INT(b.err, OK);
	for (size_t i = 0; i < kind_count(); i++) {
		const struct kind_spec *k = kind_at(i);

		snprintf(line, sizeof line, "\n### %s\n\n", k->word);
		CHECK(says(&b, line));
		for (size_t n = 0; n < k->field_count; n++) {
			snprintf(line, sizeof line, "| %u | `%s` |", k->fields[n].number,
				 k->fields[n].word);
			CHECK(says(&b, line));
		}
	}
	for (enum code_set set = CODES_0 + 1; set < CODES_COUNT; set++) {
		code_set_word(word, set);
		snprintf(line, sizeof line, "\n### %s\n\n1 `", word);
		CHECK(says(&b, line));
	}
	CHECK(says(&b, "Kind 30, version 1; about: person; purpose: decide; sealed: case."));
	CHECK(says(&b, "| 14 | `age_on` | date |  | case |"));
	CHECK(says(&b, "| 22 | `documents` | list of 1 to 8: record [document](#document) |  | "
		       "identity |"));
	buffer_free(&b);
}

RUN_TESTS()
