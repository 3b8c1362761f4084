/*
 * What the table says, for readers: docs/facts.schema.json and docs/FACTS.md.
 *
 * The schema describes a proposal as fact_from_json() takes it.  It cannot say all:
 * a size in bytes becomes a length in characters that no valid text exceeds, digits
 * of other scripts and what values mean together are left to fact_check().
 */
#include "fact/fact.h"

#include <inttypes.h>
#include <stdio.h>

#define DEF_SIZE 96

/* --- JSON Schema ---------------------------------------------------------------- */

static void text_of_key(struct json_writer *out, const char *key, const char *text)
{
	json_key(out, key);
	json_string_of(out, text);
}

static void number_of_key(struct json_writer *out, const char *key, int64_t number)
{
	json_key(out, key);
	json_int(out, number);
}

static void object_of_key(struct json_writer *out, const char *key)
{
	json_key(out, key);
	json_object_begin(out);
}

static void require(struct json_writer *out, const char *word)
{
	json_key(out, "required");
	json_array_begin(out);
	json_string_of(out, word);
	json_array_end(out);
}

/* Where the parts of a schema stand, for references to them. */
#define IN_SCHEMA "#/$defs/"
#define IN_COMPONENTS "#/components/schemas/"

static void refer(struct json_writer *out, const char *where, const char *sort, const char *word)
{
	char ref[DEF_SIZE];

	snprintf(ref, sizeof ref, "%s%s%s", where, sort, word);
	text_of_key(out, "$ref", ref);
}

static void refer_to_codes(struct json_writer *out, const char *where, enum code_set set)
{
	char word[TABLE_WORD_SIZE];

	code_set_word(word, set);
	refer(out, where, "code.", word);
}

static void refer_to_record(struct json_writer *out, const char *where, enum record_type r)
{
	char word[TABLE_WORD_SIZE];

	record_word(word, r);
	refer(out, where, "record.", word);
}

static void schema_of_item(struct json_writer *out, const char *where, const struct field *field)
{
	switch (field->type) {
	case TYPE_NAME:
	case TYPE_LINE:
		text_of_key(out, "type", "string");
		number_of_key(out, "minLength", 1);
		number_of_key(out, "maxLength", field->most);
		break;
	case TYPE_FLAG: text_of_key(out, "type", "boolean"); break;
	case TYPE_NUMBER:
	case TYPE_MONEY:
		text_of_key(out, "type", "integer");
		number_of_key(out, "minimum", field->least);
		number_of_key(out, "maximum", field->most);
		break;
	case TYPE_CODE: refer_to_codes(out, where, field->of); break;
	case TYPE_RECORD: refer_to_record(out, where, field->of); break;
	case TYPE_AREA:
	case TYPE_LANGUAGE:
	case TYPE_DATE:
	case TYPE_TIME:
	case TYPE_SUBJECT:
	case TYPE_FACT:
	case TYPE_HASH: refer(out, where, "", type_word(field->type)); break;
	}
}

static void schema_of_field(struct json_writer *out, const char *where, const struct field *field)
{
	object_of_key(out, field->word);
	text_of_key(out, "description", field->doc);
	if (field->many == 1) {
		schema_of_item(out, where, field);
	} else {
		text_of_key(out, "type", "array");
		number_of_key(out, "minItems", 1);
		number_of_key(out, "maxItems", field->many);
		object_of_key(out, "items");
		schema_of_item(out, where, field);
		json_object_end(out);
	}
	json_object_end(out);
}

static void list_required(struct json_writer *out, const struct field *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (fields[i].need == NEED_REQUIRED)
			json_string_of(out, fields[i].word);
	}
}

static void schema_of_fields(struct json_writer *out, const char *where, const struct field *fields,
			     size_t count)
{
	text_of_key(out, "type", "object");
	object_of_key(out, "properties");
	for (size_t i = 0; i < count; i++)
		schema_of_field(out, where, &fields[i]);
	json_object_end(out);
	json_key(out, "required");
	json_array_begin(out);
	list_required(out, fields, count);
	json_array_end(out);
}

/* Types whose form is the same wherever they stand. */
static void schema_of_types(struct json_writer *out)
{
	static const struct {
		enum field_type type;
		const char *pattern, *description;
	} types[] = {
		{ TYPE_AREA, "^[A-Z]{2,3}[0-9]*(@[a-z0-9.-]+)?$",
		  "P-code with the list it is of, such as PK528@cod-ab-2022, or PAK, AFG, IRN" },
		{ TYPE_LANGUAGE, "^[a-z]{3}$", "ISO 639-3" },
		{ TYPE_TIME, "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}",
		  "RFC 3339; without an offset it is the site's" },
		{ TYPE_SUBJECT, "^.+$",
		  "32 hex digits, @name for one that is new in this file, or a case number" },
		{ TYPE_FACT, "^[0-9A-Fa-f]{32}/[0-9]+/[0-9]+$", "site/epoch/seq" },
		{ TYPE_HASH, "^[0-9A-Fa-f]{64}$", "32 bytes as hex" },
	};

	for (size_t i = 0; i < COUNT_OF(types); i++) {
		object_of_key(out, type_word(types[i].type));
		text_of_key(out, "description", types[i].description);
		text_of_key(out, "type", "string");
		text_of_key(out, "pattern", types[i].pattern);
		json_object_end(out);
	}
}

#define ISO_DATE "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

static void schema_of_date(struct json_writer *out)
{
	object_of_key(out, type_word(TYPE_DATE));
	json_key(out, "oneOf");
	json_array_begin(out);
	json_object_begin(out);
	text_of_key(out, "type", "string");
	text_of_key(out, "pattern", ISO_DATE);
	json_object_end(out);
	json_object_begin(out);
	text_of_key(out, "type", "object");
	object_of_key(out, "properties");
	object_of_key(out, "solar_hijri");
	text_of_key(out, "type", "string");
	json_object_end(out);
	json_object_end(out);
	require(out, "solar_hijri");
	json_key(out, "additionalProperties");
	json_bool(out, false);
	json_object_end(out);
	json_array_end(out);
	json_object_end(out);
}

static void schema_of_codes(struct json_writer *out)
{
	char def[DEF_SIZE], word[TABLE_WORD_SIZE];
	size_t count;

	for (enum code_set set = CODES_0 + 1; set < CODES_COUNT; set++) {
		const struct code_word *words = code_words(set, &count);

		code_set_word(word, set);
		snprintf(def, sizeof def, "%s%s", "code.", word);
		object_of_key(out, def);
		json_key(out, "enum");
		json_array_begin(out);
		for (size_t i = 0; i < count; i++)
			json_string_of(out, words[i].word);
		json_array_end(out);
		json_object_end(out);
	}
}

static void schema_of_records(struct json_writer *out, const char *where)
{
	char def[DEF_SIZE], word[TABLE_WORD_SIZE];
	size_t count;

	for (enum record_type r = RECORD_0 + 1; r < RECORD_COUNT; r++) {
		const struct field *fields = record_fields(r, &count);

		record_word(word, r);
		snprintf(def, sizeof def, "%s%s", "record.", word);
		object_of_key(out, def);
		schema_of_fields(out, where, fields, count);
		json_key(out, "additionalProperties");
		json_bool(out, false);
		json_object_end(out);
	}
}

static void schema_of_kinds(struct json_writer *out)
{
	char def[DEF_SIZE];

	for (size_t i = 0; i < kind_count(); i++) {
		const struct kind_spec *k = kind_at(i);

		snprintf(def, sizeof def, "kind.%s", k->word);
		object_of_key(out, def);
		text_of_key(out, "description", k->doc);
		schema_of_fields(out, IN_SCHEMA, k->fields, k->field_count);
		json_object_end(out);
	}
}

static void schema_of_happened(struct json_writer *out, const char *where)
{
	object_of_key(out, "happened");
	json_key(out, "anyOf");
	json_array_begin(out);
	json_object_begin(out);
	refer(out, where, "", type_word(TYPE_DATE));
	json_object_end(out);
	json_object_begin(out);
	refer(out, where, "", type_word(TYPE_TIME));
	json_object_end(out);
	json_array_end(out);
	json_object_end(out);
}

/* What a proposal of any kind says besides its kind and its fields. */
static void schema_of_frame(struct json_writer *out, const char *where)
{
	object_of_key(out, "subject");
	refer(out, where, "", type_word(TYPE_SUBJECT));
	json_object_end(out);
	schema_of_happened(out, where);
	object_of_key(out, "key");
	text_of_key(out, "description", "makes a repeat of this proposal harmless");
	text_of_key(out, "type", "string");
	number_of_key(out, "minLength", 1);
	number_of_key(out, "maxLength", 64);
	json_object_end(out);
}

/* The reader takes the fields of a kind beside the frame's words, or all in "body". */
static void schema_of_proposal(struct json_writer *out)
{
	object_of_key(out, "properties");
	object_of_key(out, "kind");
	json_key(out, "enum");
	json_array_begin(out);
	for (size_t i = 0; i < kind_count(); i++)
		json_string_of(out, kind_at(i)->word);
	json_array_end(out);
	json_object_end(out);
	schema_of_frame(out, IN_SCHEMA);
	object_of_key(out, "body");
	text_of_key(out, "type", "object");
	json_object_end(out);
	json_object_end(out);
	json_key(out, "required");
	json_array_begin(out);
	json_string_of(out, "kind");
	json_string_of(out, "subject");
	json_array_end(out);
}

/* if there is a "body", the fields of the kind stand in it; else beside the frame's. */
static void schema_of_place(struct json_writer *out, const struct kind_spec *k)
{
	object_of_key(out, "if");
	require(out, "body");
	json_object_end(out);
	object_of_key(out, "then");
	object_of_key(out, "properties");
	object_of_key(out, "body");
	refer(out, IN_SCHEMA, "kind.", k->word);
	json_key(out, "unevaluatedProperties");
	json_bool(out, false);
	json_object_end(out);
	json_object_end(out);
	json_object_end(out);
	object_of_key(out, "else");
	refer(out, IN_SCHEMA, "kind.", k->word);
	json_object_end(out);
}

/* if the kind is this one, then … */
static void schema_of_choice(struct json_writer *out, const struct kind_spec *k)
{
	json_object_begin(out);
	object_of_key(out, "if");
	object_of_key(out, "properties");
	object_of_key(out, "kind");
	text_of_key(out, "const", k->word);
	json_object_end(out);
	json_object_end(out);
	json_object_end(out);
	object_of_key(out, "then");
	schema_of_place(out, k);
	json_object_end(out);
	json_object_end(out);
}

void kinds_schema(struct json_writer *out)
{
	json_object_begin(out);
	text_of_key(out, "$schema", "https://json-schema.org/draft/2020-12/schema");
	text_of_key(out, "title", "A proposal to ikhtiar");
	text_of_key(out, "type", "object");
	schema_of_proposal(out);
	json_key(out, "allOf");
	json_array_begin(out);
	for (size_t i = 0; i < kind_count(); i++)
		schema_of_choice(out, kind_at(i));
	json_array_end(out);
	json_key(out, "unevaluatedProperties");
	json_bool(out, false);
	object_of_key(out, "$defs");
	schema_of_types(out);
	schema_of_date(out);
	schema_of_codes(out);
	schema_of_records(out, IN_SCHEMA);
	schema_of_kinds(out);
	json_object_end(out);
	json_object_end(out);
}

/* --- parts of an OpenAPI document ----------------------------------------------------- */

void kinds_components(struct json_writer *out)
{
	schema_of_types(out);
	schema_of_date(out);
	schema_of_codes(out);
	schema_of_records(out, IN_COMPONENTS);
}

void kind_component(struct json_writer *out, const struct kind_spec *k)
{
	json_object_begin(out);
	text_of_key(out, "type", "object");
	text_of_key(out, "description", k->doc);
	object_of_key(out, "properties");
	object_of_key(out, "kind");
	text_of_key(out, "type", "string");
	text_of_key(out, "const", k->word);
	json_object_end(out);
	schema_of_frame(out, IN_COMPONENTS);
	for (size_t i = 0; i < k->field_count; i++)
		schema_of_field(out, IN_COMPONENTS, &k->fields[i]);
	json_object_end(out);
	json_key(out, "required");
	json_array_begin(out);
	json_string_of(out, "kind");
	json_string_of(out, "subject");
	list_required(out, k->fields, k->field_count);
	json_array_end(out);
	json_key(out, "additionalProperties");
	json_bool(out, false);
	json_object_end(out);
}

/* --- Markdown ----------------------------------------------------------------------- */

static const char *seal_word(enum seal seal)
{
	static const char *const words[] = {
		[SEAL_IDENTITY] = "identity",
		[SEAL_CASE] = "case",
		[SEAL_CLEAR] = "public",
	};

	return words[seal];
}

/* What stands in the column "value": "code [answer](#answer)", "1 to 8", … */
static void describe_value(struct buffer *out, const struct field *field)
{
	char word[TABLE_WORD_SIZE];

	if (field->many > 1)
		buffer_print(out, "list of 1 to %u: ", field->many);
	switch (field->type) {
	case TYPE_CODE:
		code_set_word(word, field->of);
		buffer_print(out, "word of [%s](#%s)", word, word);
		break;
	case TYPE_SUBJECT: buffer_print(out, "%s", subject_word(field->of)); break;
	case TYPE_RECORD:
		record_word(word, field->of);
		buffer_print(out, "record [%s](#%s)", word, word);
		break;
	case TYPE_NUMBER:
	case TYPE_MONEY:
		buffer_print(out, "%s, %" PRId64 " to %" PRId64, type_word(field->type),
			     field->least, field->most);
		break;
	case TYPE_NAME:
	case TYPE_LINE:
		if (field->least == field->most)
			buffer_print(out, "%s of %" PRId64 " bytes", type_word(field->type),
				     field->most);
		else
			buffer_print(out, "%s, %" PRId64 " to %" PRId64 " bytes",
				     type_word(field->type), field->least, field->most);
		break;
	default: buffer_print(out, "%s", type_word(field->type)); break;
	}
}

static void describe_field(struct buffer *out, const struct field *field, bool sealed)
{
	buffer_print(out, "| %u | `%s` | ", field->number, field->word);
	describe_value(out, field);
	buffer_print(out, " | %s |", field->need == NEED_REQUIRED ? "yes" : "");
	if (sealed)
		buffer_print(out, " %s |", seal_word(field->seal));
	buffer_print(out, " %s |\n", field->doc);
}

static void describe_kind(struct buffer *out, const struct kind_spec *k)
{
	buffer_print(out, "### %s\n\n%s\n\n", k->word, k->doc);
	buffer_print(out, "Kind %d, version %" PRIu32 "; about: %s; purpose: %s; sealed: %s.\n\n",
		     (int)k->kind, k->version, subject_word(k->subject), purpose_word(k->purpose),
		     seal_word(k->seal));
	if (k->field_count == 0)
		return;
	buffer_text(out, TEXT("| no | field | value | required | sealed | what it says |\n"
			      "|---|---|---|---|---|---|\n"));
	for (size_t i = 0; i < k->field_count; i++)
		describe_field(out, &k->fields[i], true);
	buffer_byte(out, '\n');
}

static void describe_records(struct buffer *out)
{
	char word[TABLE_WORD_SIZE];
	size_t count;

	buffer_text(out, TEXT("## Records\n\n"));
	for (enum record_type r = RECORD_0 + 1; r < RECORD_COUNT; r++) {
		const struct field *fields = record_fields(r, &count);

		record_word(word, r);
		buffer_print(out, "### %s\n\n", word);
		buffer_text(out, TEXT("| no | part | value | required | what it says |\n"
				      "|---|---|---|---|---|\n"));
		for (size_t i = 0; i < count; i++)
			describe_field(out, &fields[i], false);
		buffer_byte(out, '\n');
	}
}

static void describe_codes(struct buffer *out)
{
	char word[TABLE_WORD_SIZE];
	size_t count;

	buffer_text(out, TEXT("## Lists of words\n\n"));
	for (enum code_set set = CODES_0 + 1; set < CODES_COUNT; set++) {
		const struct code_word *words = code_words(set, &count);

		code_set_word(word, set);
		buffer_print(out, "### %s\n\n", word);
		for (size_t i = 0; i < count; i++)
			buffer_print(out, "%s%" PRId64 " `%s`", i ? ", " : "", words[i].number,
				     words[i].word);
		buffer_text(out, TEXT("\n\n"));
	}
}

void kinds_markdown(struct buffer *out)
{
	buffer_text(
		out,
		TEXT("# Facts\n\n"
		     "Made from `src/fact/kinds.def`; do not edit.  `ikhtiar kinds` prints the "
		     "same.\n\n"
		     "A fact is one immutable event about one subject.  On the disk only its "
		     "site,\n"
		     "epoch, number and subject can be read; the rest is sealed with the "
		     "subject's\n"
		     "*case* key, names, contact and papers with its *identity* key.  Public "
		     "kinds\n"
		     "are in clear.  Numbers of kinds, fields and words are never used again.\n\n"
		     "Texts are UTF-8 in NFC, one line, without controls or marks that turn the\n"
		     "writing around; their sizes are in bytes.  Money is in minor units of its\n"
		     "currency.  Dates are Gregorian, `2025-03-20`, or given as\n"
		     "`{\"solar_hijri\": \"1403-12-30\"}`.\n\n"
		     "## Kinds\n\n"));
	for (size_t i = 0; i < kind_count(); i++)
		describe_kind(out, kind_at(i));
	describe_records(out);
	describe_codes(out);
}
