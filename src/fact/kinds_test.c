#include "base/test.h"
#include "fact/fact.h"

#include <stdio.h>
#include <stdlib.h>

TEST(slots_of_fields_are_places_in_the_table)
{
	const struct kind_spec *k = kind_of_number(KIND_CHOICE_MADE);

	CHECK_TEXT(k->word, "choice.made");
	CHECK_TEXT(k->fields[CHOICE_MADE_ANSWER].word, "answer");
	CHECK_TEXT(k->fields[CHOICE_MADE_INTERPRETER].word, "interpreter");
	CHECK_INT(CHOICE_MADE_INTERPRETER, k->field_count - 1);
	k = kind_of_number(KIND_PERSON_AMENDED);
	CHECK_INT(PERSON_AMENDED_GIVEN, 0);
	CHECK_TEXT(k->fields[PERSON_AMENDED_SOURCE_KEY].word, "source_key");
	CHECK_INT(PERSON_AMENDED_SOURCE_KEY, k->field_count - 1);
}

TEST(parts_of_a_record_are_places_in_its_list)
{
	size_t count;
	const struct field *parts = record_fields(RECORD_DOCUMENT, &count);

	CHECK_INT(count, 4);
	CHECK_TEXT(parts[DOCUMENT_PART_KIND].word, "kind");
	CHECK_TEXT(parts[DOCUMENT_PART_VALID_TO].word, "valid_to");
	CHECK_INT(parts[DOCUMENT_PART_KIND].of, CODES_DOCUMENT_KIND);
}

TEST(every_kind_is_found_by_its_number_and_its_word)
{
	for (size_t i = 0; i < kind_count(); i++) {
		const struct kind_spec *k = kind_at(i);

		CHECK(kind_of_number(k->kind) == k);
		CHECK(kind_of_word(text_of(k->word)) == k);
	}
}

TEST(what_is_not_in_the_table_is_not_found)
{
	CHECK(!kind_of_number(0));
	CHECK(!kind_of_number(12));
	CHECK(!kind_of_number(255));
	CHECK(!kind_of_number(UINT64_MAX));
	CHECK(!kind_of_word(TEXT("choice.mad")));
	CHECK(!kind_of_word(TEXT("")));
	CHECK_INT(code_of_word(CODES_ANSWER, TEXT("leave")), CODE_NOT_GIVEN);
	CHECK_TEXT(code_word(CODES_ANSWER, 9), "?");
	CHECK_TEXT(code_word(CODES_ANSWER, 0), "?");
	CHECK(!code_is_known(CODES_ANSWER, -1));
}

TEST(every_word_of_every_list_is_found_by_its_number_and_back)
{
	size_t count;

	for (enum code_set set = CODES_0 + 1; set < CODES_COUNT; set++) {
		const struct code_word *words = code_words(set, &count);

		CHECK(count >= 2);
		for (size_t i = 0; i < count; i++) {
			CHECK_INT(code_of_word(set, text_of(words[i].word)), words[i].number);
			CHECK(code_word(set, words[i].number) == words[i].word);
			CHECK(code_is_known(set, words[i].number));
		}
	}
	CHECK_INT(code_of_word(CODES_ANSWER, TEXT("return")), ANSWER_RETURN);
	CHECK_TEXT(code_word(CODES_NEED, NEED_PG), "PG");
}

static void check_field_list(const struct field *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		CHECK(fields[i].number > 0);
		CHECK(i == 0 || fields[i - 1].number < fields[i].number);
		CHECK(fields[i].least <= fields[i].most);
		CHECK(fields[i].many >= 1);
		CHECK(fields[i].doc[0]);
		for (size_t j = 0; j < i; j++)
			CHECK(strcmp(fields[i].word, fields[j].word) != 0);
	}
}

TEST(fields_stand_in_the_order_of_their_numbers_each_word_once)
{
	size_t count;

	for (size_t i = 0; i < kind_count(); i++)
		check_field_list(kind_at(i)->fields, kind_at(i)->field_count);
	for (enum record_type r = RECORD_0 + 1; r < RECORD_COUNT; r++) {
		const struct field *fields = record_fields(r, &count);

		check_field_list(fields, count);
	}
}

TEST(texts_have_room_and_codes_have_a_list)
{
	for (size_t i = 0; i < kind_count(); i++) {
		const struct kind_spec *k = kind_at(i);

		for (size_t j = 0; j < k->field_count; j++) {
			const struct field *field = &k->fields[j];

			if (field->type == TYPE_NAME || field->type == TYPE_LINE)
				CHECK(field->least >= 1 && field->most <= 1000);
			if (field->type == TYPE_CODE)
				CHECK(field->of > CODES_0 && field->of < CODES_COUNT);
			if (field->type == TYPE_SUBJECT)
				CHECK(field->of > SUBJECT_0 && field->of < SUBJECT_SORTS);
			if (field->type == TYPE_RECORD)
				CHECK(field->of > RECORD_0 && field->of < RECORD_COUNT);
		}
	}
}

TEST(public_kinds_hold_nothing_sealed_and_sealed_kinds_nothing_public)
{
	for (size_t i = 0; i < kind_count(); i++) {
		const struct kind_spec *k = kind_at(i);

		CHECK(k->seal == SEAL_CLEAR || k->seal == SEAL_CASE);
		for (size_t j = 0; j < k->field_count; j++)
			CHECK((k->fields[j].seal == SEAL_CLEAR) == (k->seal == SEAL_CLEAR));
	}
}

/* A sheet of paper with a name on it is a sheet of paper too many. */
TEST(names_are_sealed_with_the_identity_key)
{
	for (size_t i = 0; i < kind_count(); i++) {
		const struct kind_spec *k = kind_at(i);

		for (size_t j = 0; j < k->field_count; j++) {
			if (k->fields[j].type == TYPE_NAME || k->fields[j].type == TYPE_RECORD)
				CHECK(k->fields[j].seal == SEAL_IDENTITY);
		}
	}
}

/* --- labels ------------------------------------------------------------------- */

static char *load(const char *path)
{
	FILE *file = fopen(path, "rb");
	size_t room = 1 << 20, size;
	char *text = malloc(room);

	CHECK(file && text);
	size = fread(text, 1, room - 1, file);
	text[size] = '\0';
	fclose(file);
	return text;
}

static void check_label(const char *catalogue, const char *key)
{
	char line[LABEL_KEY_SIZE + 16];

	snprintf(line, sizeof line, "\nmsgid \"%s\"\nmsgstr \"", key);
	if (!strstr(catalogue, line))
		check_failed(__FILE__, __LINE__, "no label %s in data/words/en/kinds.po", key);
}

TEST(every_kind_field_and_word_has_an_english_label)
{
	char *catalogue = load("data/words/en/kinds.po"), key[LABEL_KEY_SIZE];
	size_t count;

	for (size_t i = 0; i < kind_count(); i++) {
		const struct kind_spec *k = kind_at(i);

		kind_label(key, k);
		check_label(catalogue, key);
		for (size_t j = 0; j < k->field_count; j++) {
			field_label(key, &k->fields[j]);
			check_label(catalogue, key);
		}
	}
	for (enum record_type r = RECORD_0 + 1; r < RECORD_COUNT; r++) {
		const struct field *parts = record_fields(r, &count);

		for (size_t i = 0; i < count; i++) {
			field_label(key, &parts[i]);
			check_label(catalogue, key);
		}
	}
	for (enum code_set set = CODES_0 + 1; set < CODES_COUNT; set++) {
		const struct code_word *words = code_words(set, &count);

		for (size_t i = 0; i < count; i++) {
			code_label(key, set, words[i].number);
			check_label(catalogue, key);
		}
	}
	free(catalogue);
}

TEST(keys_of_labels_are_made_of_the_words)
{
	char key[LABEL_KEY_SIZE];

	kind_label(key, kind_of_number(KIND_CHOICE_MADE));
	CHECK_TEXT(&key[0], "kind.choice.made");
	field_label(key, &kind_of_number(KIND_CHOICE_MADE)->fields[CHOICE_MADE_ANSWER]);
	CHECK_TEXT(&key[0], "field.answer");
	code_label(key, CODES_DOCUMENT_KIND, DOCUMENT_KIND_E_TAZKIRA);
	CHECK_TEXT(&key[0], "code.document_kind.e-tazkira");
}

/* --- which fact ----------------------------------------------------------------- */

TEST(a_reference_reads_back_as_it_was_written)
{
	struct fact_ref r = { .epoch = UINT32_MAX, .seq = INT64_MAX }, back;
	char text[FACT_REF_TEXT_SIZE];

	memset(r.site.at, 0xab, ID_SIZE);
	fact_ref_write(text, &r);
	CHECK_TEXT(&text[0], "abababababababababababababababab/4294967295/9223372036854775807");
	CHECK(fact_ref_read(&back, text_of(text)));
	CHECK_INT(fact_ref_compare(&r, &back), 0);
}

TEST(only_one_text_stands_for_a_reference)
{
#define SITE "abababababababababababababababab"
	static const char *const wrong[] = {
		"",
		"/",
		SITE,
		SITE "/",
		SITE "/0",
		SITE "/0/",
		SITE "//1",
		SITE "/0/1/",
		SITE "/00/1",
		SITE "/0/01",
		SITE "/0/1 ",
		SITE "/-1/0",
		SITE "/0/+1",
		SITE "/4294967296/0",
		SITE "/0/9223372036854775808",
		SITE "/0/99999999999999999999",
		"x" SITE "/0/1",
		SITE "0/0/1",
		SITE "/0x1/1",
	};
	struct fact_ref r;

	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		if (fact_ref_read(&r, text_of(wrong[i])))
			check_failed(__FILE__, __LINE__, "“%s” was taken", wrong[i]);
	}
	CHECK(fact_ref_read(&r, TEXT(SITE "/0/0")));
}

TEST(references_are_ordered_by_site_then_epoch_then_number)
{
	struct fact_ref a = { .epoch = 1, .seq = 9 }, b = { .epoch = 2, .seq = 0 }, c = b;

	c.site.at[15] = 1;
	CHECK_INT(fact_ref_compare(&a, &b), -1);
	CHECK_INT(fact_ref_compare(&b, &a), 1);
	CHECK_INT(fact_ref_compare(&b, &c), -1);
	b = a;
	b.seq = 10;
	CHECK_INT(fact_ref_compare(&a, &b), -1);
}

RUN_TESTS()
