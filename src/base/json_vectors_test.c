/*
 * JSONTestSuite: y_ must be taken, n_ must be refused, i_ is left to the reader.  What
 * we refuse of y_ stands below with the sentence that says so; what we take of i_ is
 * told too, so that neither changes unseen.
 */
#include "base/json.h"

#include "base/test.h"
#include "base/vectors_testing.h"

/* Well-formed JSON that is no proper message to us. */
static const struct {
	const char *name, *key;
} bounds[] = {
	/* Longer than JSON_NUMBER_SIZE_MAX. */
	{ "y_number_double_close_to_zero", "json.number-too-long" },
	/* The same key twice: the two readers of a fact could believe different ones. */
	{ "y_object_duplicated_key", "json.key-twice" },
	{ "y_object_duplicated_key_and_value", "json.key-twice" },
	/* U+0000 in a text. */
	{ "y_object_escaped_null_in_key", "json.zero-character" },
	{ "y_string_null_escape", "json.zero-character" },
	/* A document is an object or an array. */
	{ "y_string_space", "json.wrong" },
	{ "y_structure_lonely_false", "json.wrong" },
	{ "y_structure_lonely_int", "json.wrong" },
	{ "y_structure_lonely_negative_real", "json.wrong" },
	{ "y_structure_lonely_null", "json.wrong" },
	{ "y_structure_lonely_string", "json.wrong" },
	{ "y_structure_lonely_true", "json.wrong" },
	{ "y_structure_string_empty", "json.wrong" },
};

static const char *const taken_of_i[] = {
	/* Numbers too small for a double, which become zero. */
	"i_number_double_huge_neg_exp",
	"i_number_real_underflow",
};

static const char *bound_of(struct text name)
{
	for (size_t i = 0; i < COUNT_OF(bounds); i++)
		if (text_is(name, bounds[i].name))
			return bounds[i].key;
	return NULL;
}

static bool is_taken_of_i(struct text name)
{
	for (size_t i = 0; i < COUNT_OF(taken_of_i); i++)
		if (text_is(name, taken_of_i[i]))
			return true;
	return false;
}

/* name, how often the piece stands, the piece, what stands behind it. */
static struct text document_of(struct vectors *v, const struct text *fields)
{
	size_t times = (size_t)vectors_number(fields[1]);
	struct bytes piece = vectors_hex(v, fields[2]), behind = vectors_hex(v, fields[3]);
	size_t size = times * piece.size + behind.size;
	char *out = arena_take(v->arena, size + 1);

	CHECK(out);
	for (size_t i = 0; i < times; i++)
		memcpy(out + i * piece.size, piece.at, piece.size);
	memcpy(out + times * piece.size, behind.at, behind.size);
	return (struct text){ out, size };
}

static void check_document(struct text name, struct text document)
{
	const char *bound = bound_of(name);
	bool wanted = name.at[0] == 'y' ? !bound : name.at[0] == 'i' && is_taken_of_i(name);
	struct fault f = { 0 };
	json_t *j = NULL;
	enum err e = json_parse(&j, document, &f);

	if ((e == OK) != wanted || (j != NULL) != wanted)
		check_failed(__FILE__, __LINE__, "%.*s is %s", SHOWN(name),
			     f.key ? f.key : "taken");
	if (e) {
		CHECK(e == ERR_INPUT || e == ERR_LIMIT);
		CHECK(f.key);
	}
	if (bound)
		CHECK_TEXT(f.key, bound);
	json_decref(j);
}

TEST(the_suite_is_taken_and_refused_as_it_says_but_for_our_own_bounds)
{
	size_t counts[3] = { 0 };
	struct text fields[4];
	struct vectors v;

	vectors_open(&v, "tests/vectors/json/parsing.tsv");
	while (vectors_next(&v, fields, COUNT_OF(fields))) {
		const char *sort = memchr("yni", fields[0].size ? fields[0].at[0] : 0, 3);

		CHECK(sort);
		counts[*sort == 'y' ? 0 : *sort == 'n' ? 1 : 2]++;
		check_document(fields[0], document_of(&v, fields));
	}
	CHECK_INT(counts[0], 95);
	CHECK_INT(counts[1], 188);
	CHECK_INT(counts[2], 35);
	vectors_close(&v, 318);
}

RUN_TESTS()
