/*
 * The tables of kinds.def as static arrays.
 *
 * A list of the table has a line that begins it (CODES, RECORD, KIND) and none
 * that ends it.  So each of those lines ends the array before it and begins its
 * own: the passes below start with an array that is never used.  Every array
 * ends in an empty entry, which keeps one without entries legal and is not counted.
 *
 * The order of fields in a kind is that of their numbers (a test holds it): the
 * codec walks a map and the table side by side.
 */
#include "fact/fact.h"

#include <assert.h>
#include <stdio.h>

#define ENTRIES(array) (COUNT_OF(array) - 1)

/* The formatter does not see where these arrays end. */
/* clang-format off */

/* --- codes ------------------------------------------------------------------ */

static const struct code_word codes_of_0[] = {
#define CODES(set)                                                                                 \
	{ 0, NULL } };                                                                             \
	static const struct code_word codes_of_##set[] = {
#define CODE(set, name, number, word) { number, word },
#include "fact/kinds.def"
	{ 0, NULL } };

static const struct {
	const char *name;
	const struct code_word *words;
	size_t count;
} code_sets[CODES_COUNT] = {
	[CODES_0] = { "", codes_of_0, ENTRIES(codes_of_0) },
#define CODES(set) [CODES_##set] = { #set, codes_of_##set, ENTRIES(codes_of_##set) },
#include "fact/kinds.def"
};

const struct code_word *code_words(enum code_set set, size_t *count)
{
	assert(set < CODES_COUNT);
	*count = code_sets[set].count;
	return code_sets[set].words;
}

static void lower(char out[TABLE_WORD_SIZE], const char *name)
{
	size_t i = 0;

	for (; name[i] && i + 1 < TABLE_WORD_SIZE; i++)
		out[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] - 'A' + 'a') : name[i];
	out[i] = '\0';
}

void code_set_word(char out[TABLE_WORD_SIZE], enum code_set set)
{
	assert(set < CODES_COUNT);
	lower(out, code_sets[set].name);
}

/* Numbers mostly run 1, 2, 3 …, so that a word stands where its number says. */
static const struct code_word *find_code(enum code_set set, int64_t number)
{
	size_t count;
	const struct code_word *words = code_words(set, &count);

	if (number >= 1 && (uint64_t)number <= count && words[number - 1].number == number)
		return &words[number - 1];
	for (size_t i = 0; i < count; i++) {
		if (words[i].number == number)
			return &words[i];
	}
	return NULL;
}

bool code_is_known(enum code_set set, int64_t number)
{
	return find_code(set, number) != NULL;
}

const char *code_word(enum code_set set, int64_t number)
{
	const struct code_word *w = find_code(set, number);

	return w ? w->word : "?";
}

int64_t code_of_word(enum code_set set, struct text word)
{
	size_t count;
	const struct code_word *words = code_words(set, &count);

	for (size_t i = 0; i < count; i++) {
		if (text_is(word, words[i].word))
			return words[i].number;
	}
	return CODE_NOT_GIVEN;
}

/* --- fields ----------------------------------------------------------------- */

#define OF_NAME(of) (of)
#define OF_LINE(of) (of)
#define OF_AREA(of) (of)
#define OF_LANGUAGE(of) (of)
#define OF_CODE(of) CODES_##of
#define OF_FLAG(of) (of)
#define OF_NUMBER(of) (of)
#define OF_MONEY(of) (of)
#define OF_DATE(of) (of)
#define OF_TIME(of) (of)
#define OF_SUBJECT(of) SUBJECT_##of
#define OF_FACT(of) (of)
#define OF_HASH(of) (of)
#define OF_RECORD(of) RECORD_##of

static const struct field parts_of_0[] = {
#define RECORD(name)                                                                               \
	{ 0 } };                                                                                   \
	static const struct field parts_of_##name[] = {
#define PART(record, name, number, word, type, of, least, most, need, doc)                         \
	{ number, word, TYPE_##type, OF_##type(of), least, most, 1, SEAL_IDENTITY, NEED_##need,    \
	  doc },
#include "fact/kinds.def"
	{ 0 } };

static const struct {
	const char *name;
	const struct field *parts;
	size_t count;
} records[RECORD_COUNT] = {
	[RECORD_0] = { "", parts_of_0, ENTRIES(parts_of_0) },
#define RECORD(name) [RECORD_##name] = { #name, parts_of_##name, ENTRIES(parts_of_##name) },
#include "fact/kinds.def"
};

const struct field *record_fields(enum record_type r, size_t *count)
{
	assert(r < RECORD_COUNT);
	*count = records[r].count;
	return records[r].parts;
}

void record_word(char out[TABLE_WORD_SIZE], enum record_type r)
{
	assert(r < RECORD_COUNT);
	lower(out, records[r].name);
}

__attribute__((unused)) static const struct field fields_of_0[] = {
#define KIND(name, ...)                                                                            \
	{ 0 } };                                                                                   \
	static const struct field fields_of_##name[] = {
#define FIELD(kind, name, number, word, type, of, least, most, many, seal, need, doc)              \
	{ number, word, TYPE_##type, OF_##type(of), least, most, many, SEAL_##seal, NEED_##need,   \
	  doc },
#include "fact/kinds.def"
	{ 0 } };

/* --- kinds ------------------------------------------------------------------ */

enum {
#define KIND(name, ...) ORDER_##name,
#include "fact/kinds.def"
	KIND_COUNT
};
static_assert(KIND_COUNT <= KINDS_TOTAL_MAX, "too many kinds");
static_assert(ENTRIES(fields_of_0) == 0, "a field before the first kind");

#define KIND(name, ...)                                                                            \
	static_assert(ENTRIES(fields_of_##name) <= FIELDS_MAX, "too many fields: " #name);
#include "fact/kinds.def"

static const struct kind_spec kinds[KIND_COUNT] = {
#define KIND(name, number, version, word, subject, seal, purpose, doc)                             \
	{ KIND_##name, version, word, SUBJECT_##subject, SEAL_##seal, PURPOSE_##purpose, doc,      \
	  fields_of_##name, ENTRIES(fields_of_##name) },
#include "fact/kinds.def"
};

/* One more than the place in the table; 0: there is no such kind. */
static const uint8_t place_of_number[] = {
#define KIND(name, number, ...) [number] = ORDER_##name + 1,
#include "fact/kinds.def"
};

/* clang-format on */

size_t kind_count(void)
{
	return KIND_COUNT;
}

const struct kind_spec *kind_at(size_t at)
{
	assert(at < KIND_COUNT);
	return &kinds[at];
}

const struct kind_spec *kind_of_number(uint64_t number)
{
	if (number >= COUNT_OF(place_of_number) || place_of_number[number] == 0)
		return NULL;
	return &kinds[place_of_number[number] - 1];
}

const struct kind_spec *kind_of_word(struct text word)
{
	for (size_t i = 0; i < KIND_COUNT; i++) {
		if (text_is(word, kinds[i].word))
			return &kinds[i];
	}
	return NULL;
}

/* --- words of the enums ------------------------------------------------------ */

const char *subject_word(enum subject_sort s)
{
	static const char *const words[SUBJECT_SORTS] = {
		[SUBJECT_0] = "none",
		[SUBJECT_HOUSEHOLD] = "household",
		[SUBJECT_PERSON] = "person",
		[SUBJECT_MOVEMENT] = "movement",
		[SUBJECT_ACCOUNT] = "account",
		[SUBJECT_SITE] = "site",
		[SUBJECT_TARIFF] = "tariff",
		[SUBJECT_INSTRUMENT] = "instrument",
		[SUBJECT_ADVISORY] = "advisory",
		[SUBJECT_TERMS] = "terms",
		[SUBJECT_FIGURE] = "figure",
		[SUBJECT_TABLE] = "table",
		[SUBJECT_DAYS] = "days",
	};

	assert(s < SUBJECT_SORTS);
	return words[s];
}

const char *purpose_word(enum purpose p)
{
	static const char *const words[] = {
		[PURPOSE_REGISTER] = "register", [PURPOSE_INFORM] = "inform",
		[PURPOSE_DECIDE] = "decide",	 [PURPOSE_PROTECT] = "protect",
		[PURPOSE_TRAVEL] = "travel",	 [PURPOSE_ASSIST] = "assist",
		[PURPOSE_FOLLOW] = "follow",	 [PURPOSE_SHARE] = "share",
		[PURPOSE_PUBLIC] = "public",	 [PURPOSE_KEEP] = "keep",
	};

	assert(p < COUNT_OF(words));
	return words[p];
}

const char *type_word(enum field_type t)
{
	static const char *const words[] = {
		[TYPE_NAME] = "name",	      [TYPE_LINE] = "line",	  [TYPE_AREA] = "area",
		[TYPE_LANGUAGE] = "language", [TYPE_CODE] = "code",	  [TYPE_FLAG] = "flag",
		[TYPE_NUMBER] = "number",     [TYPE_MONEY] = "money",	  [TYPE_DATE] = "date",
		[TYPE_TIME] = "time",	      [TYPE_SUBJECT] = "subject", [TYPE_FACT] = "fact",
		[TYPE_HASH] = "hash",	      [TYPE_RECORD] = "record",
	};

	assert(t < COUNT_OF(words));
	return words[t];
}

/* --- labels ------------------------------------------------------------------ */

void kind_label(char out[LABEL_KEY_SIZE], const struct kind_spec *k)
{
	snprintf(out, LABEL_KEY_SIZE, "kind.%s", k->word);
}

void field_label(char out[LABEL_KEY_SIZE], const struct field *field)
{
	snprintf(out, LABEL_KEY_SIZE, "field.%s", field->word);
}

void code_label(char out[LABEL_KEY_SIZE], enum code_set set, int64_t number)
{
	char word[TABLE_WORD_SIZE];

	code_set_word(word, set);
	snprintf(out, LABEL_KEY_SIZE, "%s%s.%s", "code.", word, code_word(set, number));
}
