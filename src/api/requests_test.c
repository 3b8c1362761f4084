/*
 * Any request, by anybody, at any hour: the server stands, and its answer is of the shape
 * of its route or a Problem.
 *
 * Requests are mostly almost right: what is wrong in every part is turned away at the
 * first.  A body is made from the table of shapes, as its types say or not.
 */
#include <stdio.h>

#include "api/server_testing.h"
#include "base/prop.h"

#define REQUESTS_MAX 40
#define LIST_MAX 3
#define TEXT_MAX 40

/* --- values --------------------------------------------------------------------------- */

/* Rarely. */
static bool astray(struct prop *p)
{
	return prop_pick(p, 16) == 15;
}

/* Somebody or something that is there, or an id that is nobody's. */
static struct id some_id(struct prop *p, struct town *t)
{
	static const char *const names[] = { "@zarmina", "@habib", "@lal", "@household", "@bus" };
	size_t which = prop_pick(p, COUNT_OF(names) + 2);

	if (which < COUNT_OF(names))
		return town_id(t, names[which]);
	return which == COUNT_OF(names) ? t->as[prop_uint(p, 1, ROLE_AUDITOR)].account : prop_id(p);
}

static void put_id(struct prop *p, struct town *t, struct json_writer *w)
{
	struct id id = some_id(p, t);

	json_hex(w, bytes_of(id.at, ID_SIZE));
}

static void put_code(struct prop *p, struct json_writer *w, enum code_set set)
{
	size_t count;
	const struct code_word *words = code_words(set, &count);

	json_text(w, text_of(words[prop_pick(p, count)].word));
}

/* --- facts ---------------------------------------------------------------------------- */

static void put_field(struct prop *p, struct town *t, struct json_writer *w,
		      const struct field *field)
{
	char day[DATE_TEXT_SIZE];

	switch (field->type) {
	case TYPE_CODE: put_code(p, w, (enum code_set)field->of); break;
	case TYPE_FLAG: json_bool(w, prop_bool(p)); break;
	case TYPE_NUMBER:
	case TYPE_MONEY: json_int(w, prop_int(p, field->least, field->most)); break;
	case TYPE_SUBJECT: put_id(p, t, w); break;
	case TYPE_DATE:
		date_write(day, (int32_t)prop_int(p, 0, 20000));
		json_text(w, text_of(day));
		break;
	case TYPE_AREA: json_text(w, TEXT("AF06")); break;
	case TYPE_LANGUAGE: json_text(w, TEXT("pbu")); break;
	default: json_text(w, prop_text(p, TEXT_MAX)); break;
	}
}

static void put_fields(struct prop *p, struct town *t, struct json_writer *w,
		       const struct kind_spec *k)
{
	for (size_t i = 0; i < k->field_count; i++) {
		const struct field *field = &k->fields[i];
		bool required = field->need == NEED_REQUIRED;

		if (astray(p) ? required : !required)
			continue;
		json_key(w, field->word);
		if (field->many > 1)
			json_array_begin(w);
		put_field(p, t, w, field);
		if (field->many > 1)
			json_array_end(w);
	}
}

static void put_fact(struct prop *p, struct town *t, struct json_writer *w)
{
	const struct kind_spec *k = kind_at(prop_pick(p, kind_count()));

	json_object_begin(w);
	json_key(w, "kind");
	json_text(w, text_of(k->word));
	json_key(w, "subject");
	if (prop_bool(p))
		put_id(p, t, w);
	else
		json_text(w, TEXT("@new"));
	put_fields(p, t, w, k);
	json_object_end(w);
}

/* --- bodies --------------------------------------------------------------------------- */

static void put_shape(struct prop *p, struct town *t, struct json_writer *w, enum shape s);

static void put_word(struct prop *p, struct json_writer *w, const char *words)
{
	size_t skipped = prop_pick(p, 4);

	while (skipped-- && strchr(words, '|'))
		words = strchr(words, '|') + 1;
	json_text(w, (struct text){ words, strcspn(words, "|") });
}

/* Names and passphrases of accounts come up more often than chance would have them. */
static void put_text(struct prop *p, struct json_writer *w)
{
	static const char *const known[] = { "481516", "border", "protection", "administrator" };
	size_t which = prop_pick(p, COUNT_OF(known) + 4);

	json_text(w, which < COUNT_OF(known) ? text_of(known[which]) : prop_text(p, TEXT_MAX));
}

static void put_value(struct prop *p, struct town *t, struct json_writer *w,
		      const struct shape_member *m)
{
	if (astray(p)) {
		json_none(w);
		return;
	}
	switch (m->type) {
	case SHAPE_ID: put_id(p, t, w); break;
	case SHAPE_INT: json_int(w, prop_int(p, INT64_MIN, INT64_MAX)); break;
	case SHAPE_FLAG: json_bool(w, prop_bool(p)); break;
	case SHAPE_CODED: put_code(p, w, m->set); break;
	case SHAPE_ONE_OF: put_word(p, w, m->words); break;
	case SHAPE_OF: put_shape(p, t, w, m->of); break;
	case SHAPE_FACT: put_fact(p, t, w); break;
	default: put_text(p, w); break;
	}
}

static void put_member(struct prop *p, struct town *t, struct json_writer *w,
		       const struct shape_member *m)
{
	bool list = m->many == SHAPE_LIST || m->many == SHAPE_MAYBE_LIST;
	size_t count = list ? prop_pick(p, LIST_MAX + 1) : 1;

	json_key(w, m->key);
	if (list)
		json_array_begin(w);
	for (size_t i = 0; i < count; i++)
		put_value(p, t, w, m);
	if (list)
		json_array_end(w);
}

static void put_shape(struct prop *p, struct town *t, struct json_writer *w, enum shape s)
{
	size_t count;
	const struct shape_member *m = shape_members(s, &count);

	json_object_begin(w);
	for (size_t i = 0; i < count; i++) {
		bool needed = m[i].many == SHAPE_ONE || m[i].many == SHAPE_LIST;

		if (needed ? !astray(p) : prop_bool(p))
			put_member(p, t, w, &m[i]);
	}
	json_object_end(w);
}

static struct text some_body(struct prop *p, struct town *t, enum shape s)
{
	struct buffer b = { .limit = JSON_SIZE_MAX };
	struct json_writer w;
	struct text copy;

	if (s == SHAPE_NONE || astray(p)) {
		struct bytes raw = prop_bytes(p, 2 * TEXT_MAX);

		return (struct text){ (const char *)raw.at, raw.size };
	}
	json_begin(&w, &b);
	put_shape(p, t, &w, s);
	copy = arena_copy_text(p->arena, buffer_as_text(&b));
	buffer_free(&b);
	return copy;
}

/* --- addresses ------------------------------------------------------------------------- */

/* What stands at the open place of a path, or as the value of a query. */
static struct text some_value(struct prop *p, struct town *t)
{
	static const char *const known[] = { "zarmina", "AF06",	     "kabul",
					     "1",	"departure", "PSH-26-00001-X" };
	size_t which = prop_pick(p, COUNT_OF(known) + 3);
	char hex[ID_HEX_SIZE + 1];
	struct bytes raw;

	if (which < COUNT_OF(known))
		return text_of(known[which]);
	if (which == COUNT_OF(known)) {
		raw = prop_bytes(p, TEXT_MAX);
		return (struct text){ (const char *)raw.at, raw.size };
	}
	hex_write(hex, bytes_of(some_id(p, t).at, ID_SIZE));
	return arena_copy_text(p->arena, text_of(hex));
}

static void put_path(struct prop *p, struct town *t, struct buffer *out, const char *pattern)
{
	size_t fixed = strcspn(pattern, "{");

	buffer_text(out, (struct text){ pattern, fixed });
	if (!pattern[fixed])
		return;
	buffer_text(out, some_value(p, t));
	buffer_text(out, text_of(strchr(pattern, '}') + 1));
}

static void put_query(struct prop *p, struct town *t, struct buffer *out, enum route r)
{
	size_t count;
	const struct route_param *params = route_params(r, &count);

	for (size_t i = 0; i < count; i++) {
		if (params[i].in_path || astray(p))
			continue;
		buffer_print(out, "%s%s=", out->size ? "&" : "", params[i].name);
		buffer_text(out, some_value(p, t));
	}
}

static struct text made(struct prop *p, struct buffer *b)
{
	struct text copy = arena_copy_text(p->arena, buffer_as_text(b));

	buffer_free(b);
	return copy;
}

/* --- requests -------------------------------------------------------------------------- */

static void some_request(struct prop *p, struct browser *b)
{
	struct town *t = &b->server->town;
	enum route r = (enum route)prop_pick(p, ROUTES_COUNT);
	const struct route_info *info = route_info(r);
	struct buffer path = { .limit = JSON_SIZE_MAX }, query = { .limit = JSON_SIZE_MAX };
	struct api_request request = {
		.method = astray(p) ? (enum api_method)prop_pick(p, 3) : info->method,
		.cookie = text_of(b->cookie),
		.token = astray(p) ? prop_text(p, HEADER_SIZE) : text_of(b->token),
		.host = text_of(b->host),
		.origin = text_of(astray(p) ? NULL : b->origin),
		.languages = prop_bool(p) ? prop_text(p, TEXT_MAX) : TEXT("ur, ps;q=0.4"),
		.if_none_match = astray(p) ? TEXT("*") : TEXT(""),
		.type = astray(p) ? prop_text(p, TEXT_MAX) : TEXT("application/json"),
	};

	put_path(p, t, &path, info->path);
	request.path = made(p, &path);
	put_query(p, t, &query, r);
	request.query = made(p, &query);
	request.body = some_body(p, t, info->body);
	browser_asks(b, &request);
}

static void any_request_is_answered_as_its_route_says(struct prop *p)
{
	struct server s;
	struct browser at[2];

	server_begin(&s, 1);
	town_registers_family(&s.town);
	town_plans_bus(&s.town, 48 * HOUR, 10);
	browser_comes(&at[0], &s, (int64_t)prop_uint(p, 1, ROLE_AUDITOR));
	browser_begin(&at[1], &s);
	for (int i = 0; i < REQUESTS_MAX && !prop_end(p); i++) {
		some_request(p, &at[prop_pick(p, 8) == 7]);
		if (astray(p))
			world_wait(&s.town.world, prop_int(p, 0, 20 * 60 * 1000));
	}
	browser_end(&at[1]);
	browser_end(&at[0]);
	server_end(&s);
}

TEST(whatever_is_asked_the_server_stands)
{
	prop_run(any_request_is_answered_as_its_route_says, 30, 41);
}

PROP_FUZZ(1, any_request_is_answered_as_its_route_says)
RUN_TESTS()
