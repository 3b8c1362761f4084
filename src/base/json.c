/*
 * json: the gate in front of the parser is one pass over the bytes.  It knows
 * strings, brackets and numbers just well enough to count them; whether the whole is
 * JSON, jansson says.
 */
#include "base/json.h"

#include <assert.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/utf8.h"

/* --- in: the gate ------------------------------------------------------------------------ */

static void find_place(struct text t, size_t at, size_t *line, size_t *column)
{
	struct text rest = { t.at, at };
	uint32_t c;

	*line = *column = 1;
	while (utf8_next(&rest, &c)) {
		*column = c == '\n' ? 1 : *column + 1;
		*line += c == '\n';
	}
}

static enum err refuse(struct text t, size_t at, enum err e, const char *key, size_t limit,
		       struct fault *f)
{
	size_t line, column;

	find_place(t, at, &line, &column);
	return fault(f, e, key, line, column, limit);
}

/* The place behind the string whose quote stands at `at`. */
static size_t skip_string(struct text t, size_t at)
{
	for (at++; at < t.size && t.at[at] != '"'; at++)
		if (t.at[at] == '\\')
			at++;
	return at < t.size ? at + 1 : t.size;
}

/* A number, true, false, null, or what is meant to be one. */
static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '-' || c == '+' || c == '.';
}

static enum err pass_gate(struct text t, struct fault *f)
{
	size_t depth = 0, values = 0, from;

	for (size_t at = 0; at < t.size;) {
		char c = t.at[at];

		from = at++;
		if (c == '"') {
			at = skip_string(t, from);
			values++;
		} else if (c == '{' || c == '[') {
			depth++;
			values++;
		} else if (c == '}' || c == ']') {
			depth -= depth > 0;
		} else if (is_word(c)) {
			while (at < t.size && is_word(t.at[at]))
				at++;
			values++;
			if (at - from > JSON_NUMBER_SIZE_MAX)
				return refuse(t, from, ERR_LIMIT, "json.number-too-long",
					      JSON_NUMBER_SIZE_MAX, f);
		}
		if (depth > JSON_DEPTH_MAX)
			return refuse(t, from, ERR_LIMIT, "json.too-deep", JSON_DEPTH_MAX, f);
		if (values > JSON_VALUES_MAX)
			return refuse(t, from, ERR_LIMIT, "json.too-many", JSON_VALUES_MAX, f);
	}
	return OK;
}

/* --- jansson's memory ------------------------------------------------------------------------ */

/*
 * jansson 2.14 does not always say that there was no memory.  Where its lexer cannot grow
 * it drops the character and goes on: a name comes out one letter short, or the closing
 * quote is gone and it copies what stands behind.  Where what it writes cannot grow, a
 * piece is missing.  So it asks here, and while it reads or writes nothing more is given
 * after one no, and what came out is thrown away.  jansson takes functions and nothing to
 * call them with, hence a variable, one a thread.
 */
static _Thread_local struct {
	bool watched, refused;
} memory;

static void *give(size_t size)
{
	void *at = memory.refused ? NULL : malloc(size);

	memory.refused = memory.watched && !at;
	return at;
}

static void give_memory(void)
{
	json_set_alloc_funcs(give, free);
}

static void watch(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, give_memory);
	memory.watched = true;
}

/* Whether anything was refused meanwhile. */
static bool watched(void)
{
	bool refused = memory.refused;

	memory.watched = memory.refused = false;
	return refused;
}

/* --- in: the parser ------------------------------------------------------------------------ */

static const struct {
	enum json_error_code code;
	const char *key;
} sentences[] = {
	{ json_error_duplicate_key, "json.key-twice" },
	{ json_error_premature_end_of_input, "json.ends-early" },
	{ json_error_end_of_input_expected, "json.more-behind" },
	{ json_error_numeric_overflow, "json.number-too-large" },
	{ json_error_null_character, "json.zero-character" },
	{ json_error_null_byte_in_key, "json.zero-character" },
};

/* What jansson stopped at: its message ends in near 'WORD'. */
static struct text stopped_at(const json_error_t *error)
{
	const char *near = strstr(error->text, " near '");
	size_t size;

	if (!near)
		return TEXT("");
	near += sizeof(" near '") - 1;
	size = strlen(near);
	return (struct text){ near, size ? size - 1 : 0 };
}

static enum err tell(const json_error_t *error, struct fault *f)
{
	int line = error->line > 0 ? error->line : 1;
	int column = error->column > 0 ? error->column : 1;
	const char *key = "json.wrong";

	for (size_t i = 0; i < COUNT_OF(sentences); i++)
		if (sentences[i].code == json_error_code(error))
			key = sentences[i].key;
	return fault(f, ERR_INPUT, key, line, column, stopped_at(error));
}

enum err json_parse(json_t **out, struct text t, struct fault *f)
{
	return json_parse_large(out, t, JSON_SIZE_MAX, f);
}

enum err json_parse_large(json_t **out, struct text t, size_t size_max, struct fault *f)
{
	json_error_t error;
	size_t valid;
	enum err e;

	*out = NULL;
	if (t.size > size_max)
		return fault(f, ERR_LIMIT, "json.too-large", size_max);
	valid = utf8_valid_size(t);
	if (valid != t.size)
		return refuse(t, valid, ERR_INPUT, "json.not-utf8", 0, f);
	if ((e = pass_gate(t, f)))
		return e;
	watch();
	*out = json_loadb(t.size ? t.at : "", t.size, JSON_REJECT_DUPLICATES, &error);
	if (watched()) {
		json_decref(*out);
		*out = NULL;
		return fault(f, ERR_MEMORY, "memory.none");
	}
	return *out ? OK : tell(&error, f);
}

struct text json_text_of(const json_t *j)
{
	if (!json_is_string(j))
		return (struct text){ NULL, 0 };
	return (struct text){ json_string_value(j), json_string_length(j) };
}

char *json_line(const json_t *j)
{
	char *out;

	watch();
	out = json_dumps(j, JSON_COMPACT);
	if (watched()) {
		free(out);
		out = NULL;
	}
	return out;
}

/* --- out -------------------------------------------------------------------------------- */

void json_begin(struct json_writer *w, struct buffer *out)
{
	*w = (struct json_writer){ .out = out };
}

static uint64_t bit(unsigned depth)
{
	return UINT64_C(1) << depth;
}

static void new_line(struct json_writer *w)
{
	if (!w->pretty)
		return;
	buffer_text(w->out, TEXT("\n"));
	for (unsigned i = 0; i < w->depth; i++)
		buffer_text(w->out, TEXT("  "));
}

/* What stands before a key, or before an item of an array. */
static void separate(struct json_writer *w)
{
	if (w->begun & bit(w->depth))
		buffer_text(w->out, TEXT(","));
	w->begun |= bit(w->depth);
	if (w->depth)
		new_line(w);
}

static void before_value(struct json_writer *w)
{
	bool in_object = w->is_object & bit(w->depth);

	assert(in_object == w->after_key);
	/* One document is one value. */
	assert(w->depth || !(w->begun & bit(0)));
	if (!w->after_key)
		separate(w);
	w->after_key = false;
}

static void open_level(struct json_writer *w, bool object)
{
	before_value(w);
	assert(w->depth < JSON_DEPTH_MAX);
	w->depth++;
	w->begun &= ~bit(w->depth);
	w->is_object = object ? w->is_object | bit(w->depth) : w->is_object & ~bit(w->depth);
	buffer_text(w->out, object ? TEXT("{") : TEXT("["));
}

static void close_level(struct json_writer *w, bool object)
{
	bool had_any = w->begun & bit(w->depth);

	assert(w->depth && !w->after_key && object == !!(w->is_object & bit(w->depth)));
	w->depth--;
	if (had_any)
		new_line(w);
	buffer_text(w->out, object ? TEXT("}") : TEXT("]"));
}

void json_object_begin(struct json_writer *w)
{
	open_level(w, true);
}

void json_object_end(struct json_writer *w)
{
	close_level(w, true);
}

void json_array_begin(struct json_writer *w)
{
	open_level(w, false);
}

void json_array_end(struct json_writer *w)
{
	close_level(w, false);
}

/* 0: the character stands for itself. */
static char short_escape(uint32_t c)
{
	static const char escapes[][2] = {
		{ '"', '"' },  { '\\', '\\' }, { '\n', 'n' }, { '\r', 'r' },
		{ '\t', 't' }, { '\b', 'b' },   { '\f', 'f' },
	};

	for (size_t i = 0; i < COUNT_OF(escapes); i++)
		if ((uint32_t)escapes[i][0] == c)
			return escapes[i][1];
	return 0;
}

/* U+2028 and U+2029 end a line in JavaScript. */
static bool is_escaped(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

static void write_character(struct buffer *b, uint32_t c)
{
	char plain[4], escape = short_escape(c);

	if (escape)
		buffer_text(b, (struct text){ (const char[]){ '\\', escape }, 2 });
	else if (is_escaped(c))
		buffer_print(b, "\\u%04" PRIx32, c);
	else
		buffer_text(b, (struct text){ plain, utf8_write(plain, c) });
}

static bool is_plain(char c)
{
	return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
}

static void write_string(struct buffer *b, struct text t)
{
	uint32_t c;

	buffer_text(b, TEXT("\""));
	while (t.size) {
		size_t run = 0;

		while (run < t.size && is_plain(t.at[run]))
			run++;
		buffer_text(b, (struct text){ t.at, run });
		t = (struct text){ t.at + run, t.size - run };
		if (utf8_next(&t, &c))
			write_character(b, c);
	}
	buffer_text(b, TEXT("\""));
}

void json_key_text(struct json_writer *w, struct text key)
{
	assert(w->is_object & bit(w->depth) && !w->after_key);
	separate(w);
	write_string(w->out, key);
	buffer_text(w->out, w->pretty ? TEXT(": ") : TEXT(":"));
	w->after_key = true;
}

void json_key(struct json_writer *w, const char *key)
{
	json_key_text(w, text_of(key));
}

void json_text(struct json_writer *w, struct text t)
{
	before_value(w);
	write_string(w->out, t);
}

void json_string_of(struct json_writer *w, const char *s)
{
	if (s)
		json_text(w, text_of(s));
	else
		json_none(w);
}

void json_hex(struct json_writer *w, struct bytes b)
{
	char two[3];

	before_value(w);
	buffer_text(w->out, TEXT("\""));
	for (size_t i = 0; i < b.size; i++) {
		hex_write(two, bytes_of(b.at + i, 1));
		buffer_text(w->out, (struct text){ two, 2 });
	}
	buffer_text(w->out, TEXT("\""));
}

void json_int(struct json_writer *w, int64_t n)
{
	before_value(w);
	buffer_print(w->out, "%" PRId64, n);
}

void json_uint(struct json_writer *w, uint64_t n)
{
	before_value(w);
	buffer_print(w->out, "%" PRIu64, n);
}

void json_bool(struct json_writer *w, bool yes)
{
	json_raw(w, yes ? TEXT("true") : TEXT("false"));
}

void json_none(struct json_writer *w)
{
	json_raw(w, TEXT("null"));
}

void json_raw(struct json_writer *w, struct text value)
{
	before_value(w);
	buffer_text(w->out, value);
}
