#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/prop.h"
#include "base/utf8.h"

static void check_refused(struct text t, enum err e, const char *key, const char *line,
			  const char *column)
{
	struct fault f;
	json_t *j;

	CHECK_FAULT(json_parse(&j, t, &f), e, &f, key);
	CHECK(!j);
	CHECK_TEXT(f.values[0], line);
	CHECK_TEXT(f.values[1], column);
}

TEST(an_object_is_read)
{
	json_t *j = NULL;

	CHECK(!json_parse(&j, TEXT(" {\"kind\": \"choice.made\", \"body\": [1, true, \"زرمینه\"]} \n"), NULL));
	CHECK_TEXT(json_text_of(json_object_get(j, "kind")), "choice.made");
	CHECK_TEXT(json_text_of(json_array_get(json_object_get(j, "body"), 2)), "زرمینه");
	CHECK(!json_text_of(json_object_get(j, "body")).at);
	CHECK(!json_text_of(NULL).at);
	json_decref(j);
}

TEST(what_is_not_json_is_refused_with_line_and_column)
{
	static const struct {
		const char *text, *key, *line;
	} cases[] = {
		{ "", "json.ends-early", "1" },
		{ "{\"a\": 1,\n \"a\": 2}", "json.key-twice", "2" },
		{ "{\"a\": 1", "json.ends-early", "1" },
		{ "[\"a", "json.ends-early", "1" },
		{ "{}\n{}", "json.more-behind", "2" },
		{ "[1]]", "json.more-behind", "1" },
		{ "[1,]", "json.wrong", "1" },
		{ "{'a': 1}", "json.wrong", "1" },
		{ "[01]", "json.wrong", "1" },
		{ "[+1]", "json.wrong", "1" },
		{ "[.5]", "json.wrong", "1" },
		{ "[1.]", "json.wrong", "1" },
		{ "[NaN]", "json.wrong", "1" },
		{ "[tru]", "json.wrong", "1" },
		{ "[\"\\x41\"]", "json.wrong", "1" },
		{ "[\"\\ud800\"]", "json.wrong", "1" },
		{ "[\"a\tb\"]", "json.wrong", "1" },
		{ "\xef\xbb\xbf{}", "json.wrong", "1" },
		{ "// x\n{}", "json.wrong", "1" },
		{ "\"text\"", "json.wrong", "1" },
		{ "[99999999999999999999]", "json.number-too-large", "1" },
		{ "[1e999]", "json.number-too-large", "1" },
		{ "[\"\\u0000\"]", "json.zero-character", "1" },
		{ "{\"a\\u0000\": 1}", "json.zero-character", "1" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fault f = { 0 };
		json_t *j = NULL;

		if (json_parse(&j, text_of(cases[i].text), &f) != ERR_INPUT ||
		    strcmp(f.key, cases[i].key) != 0 || strcmp(f.values[0], cases[i].line) != 0)
			check_failed(__FILE__, __LINE__, "%s: %s, line %s", cases[i].text,
				     f.key ? f.key : "taken", f.values[0]);
		CHECK(atoi(f.values[1]) >= 1);
	}
}

TEST(a_key_that_stands_twice_is_named)
{
	struct fault f = { 0 };
	json_t *j;

	CHECK_INT(json_parse(&j, TEXT("{\"happened\": 1, \"happened\": 2}"), &f), ERR_INPUT);
	CHECK_TEXT(f.values[2], "\"happened\"");
}

TEST(broken_utf8_is_found_where_it_stands)
{
	check_refused(TEXT("{\n \"n\": \"ی\xff\"}"), ERR_INPUT, "json.not-utf8", "2", "9");
}

static struct text repeat(struct arena *a, struct text piece, size_t count)
{
	char *out = arena_take(a, piece.size * count + 1);

	CHECK(out);
	for (size_t i = 0; i < count; i++)
		memcpy(out + i * piece.size, piece.at, piece.size);
	return (struct text){ out, piece.size * count };
}

TEST(bombs_are_refused_before_they_are_parsed)
{
	struct arena *a = NULL;
	struct fault f;
	json_t *j;

	CHECK(!arena_new(&a, 16 << 20));
	check_refused(repeat(a, TEXT("["), 100000), ERR_LIMIT, "json.too-deep", "1", "33");
	check_refused(repeat(a, TEXT("{\"a\":\n"), 1000), ERR_LIMIT, "json.too-deep", "33", "1");
	check_refused(arena_print(a, "[%.*s0]", SHOWN(repeat(a, TEXT("0,"), 200000))), ERR_LIMIT,
		      "json.too-many", "1", "200000");
	check_refused(arena_print(a, "[%.*s]", SHOWN(repeat(a, TEXT("9"), 41))), ERR_LIMIT,
		      "json.number-too-long", "1", "2");
	CHECK_FAULT(json_parse(&j, repeat(a, TEXT(" "), JSON_SIZE_MAX + 1), &f), ERR_LIMIT, &f,
		    "json.too-large");
	CHECK(!json_parse(&j, arena_print(a, "%.*s%.*s", SHOWN(repeat(a, TEXT("["), 32)),
					  SHOWN(repeat(a, TEXT("]"), 32))), NULL));
	json_decref(j);
	/* Brackets in a string nest nothing. */
	CHECK(!json_parse(&j, arena_print(a, "[\"\\\"%.*s\"]", SHOWN(repeat(a, TEXT("["), 100))),
			  NULL));
	json_decref(j);
	arena_free(a);
}

TEST(an_answer_is_written_on_one_line)
{
	struct buffer b = { 0 };
	struct json_writer w;

	json_begin(&w, &b);
	json_object_begin(&w);
	json_key(&w, "seq");
	json_uint(&w, UINT64_MAX);
	json_key(&w, "met");
	json_array_begin(&w);
	json_bool(&w, true);
	json_none(&w);
	json_int(&w, INT64_MIN);
	json_array_end(&w);
	json_key(&w, "none");
	json_array_begin(&w);
	json_array_end(&w);
	json_key(&w, "id");
	json_hex(&w, bytes_of("\x00\xff", 2));
	json_key(&w, "who");
	json_string_of(&w, NULL);
	json_key(&w, "raw");
	json_raw(&w, TEXT("{}"));
	json_object_end(&w);
	CHECK_TEXT(buffer_as_text(&b),
		   "{\"seq\":18446744073709551615,\"met\":[true,null,-9223372036854775808],"
		   "\"none\":[],\"id\":\"00ff\",\"who\":null,\"raw\":{}}");
	buffer_free(&b);
}

TEST(pretty_is_one_value_a_line)
{
	struct buffer b = { 0 };
	struct json_writer w;

	json_begin(&w, &b);
	w.pretty = true;
	json_object_begin(&w);
	json_key(&w, "a");
	json_array_begin(&w);
	json_int(&w, 1);
	json_int(&w, 2);
	json_array_end(&w);
	json_key(&w, "b");
	json_object_begin(&w);
	json_object_end(&w);
	json_object_end(&w);
	CHECK_TEXT(buffer_as_text(&b), "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}");
	buffer_free(&b);
}

static void write_wrongly(bool with_key, bool in_object, bool close_object)
{
	struct buffer b = { 0 };
	struct json_writer w;

	json_begin(&w, &b);
	if (in_object)
		json_object_begin(&w);
	else
		json_array_begin(&w);
	if (with_key)
		json_key(&w, "a");
	json_int(&w, 1);
	if (close_object)
		json_object_end(&w);
	else
		json_array_end(&w);
	buffer_free(&b);
}

TEST(the_writer_stops_where_it_would_write_no_json)
{
	write_wrongly(true, true, true);
	write_wrongly(false, false, false);
	CHECK_ASSERTS(write_wrongly(false, true, true));
	CHECK_ASSERTS(write_wrongly(true, false, false));
	CHECK_ASSERTS(write_wrongly(true, true, false));
}

TEST(text_is_escaped_where_it_must_be)
{
	struct buffer b = { 0 };
	struct json_writer w;

	json_begin(&w, &b);
	json_text(&w, TEXT("\"\\\n\t\x01\x7f\xe2\x80\xa8\xff/زر"));
	CHECK_TEXT(buffer_as_text(&b), "\"\\\"\\\\\\n\\t\\u0001\\u007f\\u2028\xef\xbf\xbd/زر\"");
	buffer_free(&b);
}

static void write_any(struct prop *p, struct json_writer *w, unsigned depth)
{
	size_t sort = prop_pick(p, depth < 6 ? 6 : 4), count = (size_t)prop_uint(p, 0, 5);

	switch (sort) {
	case 0:
		json_text(w, prop_text(p, 60));
		return;
	case 1:
		json_int(w, prop_int(p, INT64_MIN, INT64_MAX));
		return;
	case 2:
		json_bool(w, prop_bool(p));
		return;
	case 3:
		json_none(w);
		return;
	case 4:
		json_array_begin(w);
		for (size_t i = 0; i < count; i++)
			write_any(p, w, depth + 1);
		json_array_end(w);
		return;
	default:
		json_object_begin(w);
		for (size_t i = 0; i < count; i++) {
			char key[32];

			snprintf(key, sizeof(key), "%zu", i);
			json_key(w, key);
			write_any(p, w, depth + 1);
		}
		json_object_end(w);
		return;
	}
}

/* What jansson reads, written by jansson, is what we wrote. */
static void jansson_reads_what_is_written(struct prop *p)
{
	struct buffer b = { 0 };
	struct json_writer w;
	struct fault f = { 0 };
	json_t *j = NULL;
	char *again;
	bool pretty = prop_bool(p);

	json_begin(&w, &b);
	w.pretty = pretty;
	json_array_begin(&w);
	write_any(p, &w, 1);
	json_array_end(&w);
	if (json_parse(&j, buffer_as_text(&b), &f))
		check_failed(__FILE__, __LINE__, "%.*s: %s", SHOWN(buffer_as_text(&b)), f.key);
	if (!pretty) {
		again = json_dumps(j, JSON_COMPACT);
		CHECK(again);
		/* They differ in the controls that they escape, of which prop_text has none. */
		CHECK_TEXT(buffer_as_text(&b), again);
		free(again);
	}
	json_decref(j);
	buffer_free(&b);
}

TEST(jansson_and_the_writer_agree)
{
	prop_run(jansson_reads_what_is_written, 2000, 13);
}

static void any_bytes_are_json_or_a_fault(struct prop *p)
{
	static const char *const pieces[] = { "{", "}", "[", "]", "\"a\"", ":", ",", "1", "-2.5e3",
					      "null", "true", " ", "\n", "\\", "\"", "\\u00e9" };
	struct buffer b = { 0 };
	struct fault f = { 0 };
	json_t *j = NULL;

	while (!prop_end(p) && b.size < 400) {
		if (prop_uint(p, 0, 20) == 0)
			buffer_add(&b, prop_bytes(p, 4));
		buffer_text(&b, text_of(pieces[prop_pick(p, COUNT_OF(pieces))]));
	}
	if (json_parse(&j, buffer_as_text(&b), &f))
		CHECK(f.key && !j && f.value_count >= 1);
	else
		CHECK(j && utf8_valid(buffer_as_text(&b)));
	json_decref(j);
	buffer_free(&b);
}

TEST(nothing_gets_past_the_gate_but_json)
{
	prop_run(any_bytes_are_json_or_a_fault, 5000, 14);
}

/* What is taken says the same when it is written and read again. */
static void any_text_is_json_that_survives_or_a_fault(struct prop *p)
{
	struct bytes b = prop_rest(p);
	struct text t = { (const char *)b.at, b.size };
	struct fault f = { 0 };
	json_t *j, *back;
	char *again;

	if (json_parse(&j, t, &f)) {
		CHECK(f.key && !j);
		return;
	}
	CHECK(utf8_valid(t));
	again = json_dumps(j, JSON_COMPACT | JSON_ENCODE_ANY);
	CHECK(again);
	CHECK_INT(json_parse(&back, text_of(again), NULL), OK);
	CHECK(json_equal(j, back));
	free(again);
	json_decref(back);
	json_decref(j);
}

PROP_FUZZ(1, any_text_is_json_that_survives_or_a_fault)
PROP_FUZZ(2, any_bytes_are_json_or_a_fault)
PROP_FUZZ(3, jansson_reads_what_is_written)
RUN_TESTS()
