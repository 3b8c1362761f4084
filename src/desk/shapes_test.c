/*
 * The table of shapes, and what is of a shape.
 */
#include "base/test.h"
#include "desk/desk.h"

/* What shape_check() says of this text. */
static enum err checked(enum shape s, const char *text, struct fault *f)
{
	json_t *j = NULL;
	enum err e;

	*f = (struct fault){ 0 };
	CHECK_INT(json_parse(&j, text_of(text), f), OK);
	e = shape_check(s, j, f);
	json_decref(j);
	return e;
}

TEST(every_shape_has_a_name_of_its_own_and_members)
{
	for (int s = SHAPE_NONE + 1; s < SHAPES_COUNT; s++) {
		size_t count;

		CHECK(shape_name((enum shape)s));
		shape_members((enum shape)s, &count);
		CHECK(count > 0);
		for (int other = SHAPE_NONE + 1; other < s; other++)
			CHECK(strcmp(shape_name((enum shape)s), shape_name((enum shape)other)));
	}
}

TEST(no_shape_has_a_key_twice)
{
	for (int s = SHAPE_NONE + 1; s < SHAPES_COUNT; s++) {
		size_t count;
		const struct shape_member *m = shape_members((enum shape)s, &count);

		for (size_t i = 0; i < count; i++)
			for (size_t k = 0; k < i; k++)
				CHECK(strcmp(m[i].key, m[k].key));
	}
}

TEST(a_value_of_its_shape_is_taken)
{
	struct fault f;

	CHECK_INT(checked(SHAPE_SCAN, "{\"text\": \"x\"}", &f), OK);
	CHECK_INT(checked(SHAPE_SCAN,
			  "{\"text\": \"x\", \"movement\": \"00112233445566778899aabbccddeeff\"}", &f),
		  OK);
	CHECK_INT(checked(SHAPE_CASES, "{\"cases\": [], \"more\": false}", &f), OK);
	CHECK_INT(checked(SHAPE_NEW_ROLES,
			  "{\"account\": \"00112233445566778899aabbccddeeff\","
			  " \"roles\": [\"border\", \"auditor\"]}",
			  &f),
		  OK);
}

TEST(what_is_not_of_its_shape_is_named)
{
	static const struct {
		enum shape shape;
		const char *text, *key, *where;
	} wrongs[] = {
		{ SHAPE_SCAN, "[]", "shape.no-object", "" },
		{ SHAPE_SCAN, "{}", "shape.missing", "text" },
		{ SHAPE_SCAN, "{\"text\": 1}", "shape.not-of-its-type", "text" },
		{ SHAPE_SCAN, "{\"text\": \"x\", \"movement\": \"xy\"}", "shape.not-of-its-type",
		  "movement" },
		{ SHAPE_SCAN, "{\"text\": \"x\", \"who\": 1}", "shape.unknown-member", "" },
		{ SHAPE_CASES, "{\"cases\": {}, \"more\": false}", "shape.no-list", "cases" },
		{ SHAPE_CASES, "{\"cases\": [1], \"more\": false}", "shape.no-object", "cases/0" },
		{ SHAPE_OPENING, "{\"subject\": \"x\", \"purpose\": \"curiosity\"}",
		  "shape.not-of-its-type", "purpose" },
		{ SHAPE_PROVED,
		  "{\"sound\": true, \"facts\": 1, \"opened\": 1, \"unreadable\": 0, \"damaged\": 1,"
		  " \"first_damaged\": \"x/0/1\"}",
		  "shape.not-of-its-type", "first_damaged" },
	};

	for (size_t i = 0; i < COUNT_OF(wrongs); i++) {
		struct fault f;

		CHECK_INT(checked(wrongs[i].shape, wrongs[i].text, &f), ERR_INPUT);
		CHECK_TEXT(f.key, wrongs[i].key);
		CHECK_TEXT(f.values[0], wrongs[i].where);
	}
}

RUN_TESTS()
