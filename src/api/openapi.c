/*
 * openapi: the tables of routes, shapes and kinds as one OpenAPI 3.1 document: what the
 * types of the web client are made from, and what testers of others ask the server by.
 *
 * A schema says what goes over the wire and no more: which fields of a fact belong
 * together, and what an account may not see, is told by the answer.
 */
#include "api/api.h"

#include <ctype.h>
#include <stdio.h>

#define REF_SIZE 96

static void text_of_key(struct json_writer *w, const char *key, const char *text)
{
	json_key(w, key);
	json_text(w, text_of(text));
}

static void object_of_key(struct json_writer *w, const char *key)
{
	json_key(w, key);
	json_object_begin(w);
}

static void array_of_key(struct json_writer *w, const char *key)
{
	json_key(w, key);
	json_array_begin(w);
}

/* What says nothing is left out. */
static void describe(struct json_writer *w, const char *doc)
{
	if (*doc)
		text_of_key(w, "description", doc);
}

/* `part` is "responses/", "schemas/" or the latter with what stands before the name. */
static void refer(struct json_writer *w, const char *part, const char *name)
{
	char ref[REF_SIZE];

	snprintf(ref, sizeof(ref), "#/components/%s%s", part, name);
	text_of_key(w, "$ref", ref);
}

/* --- shapes ------------------------------------------------------------------------- */

/* Types of one form wherever they stand. */
static const struct {
	const char *type, *format, *pattern; /* NULL: not said */
} types[] = {
	[SHAPE_ID] = { "string", NULL, "^[0-9a-f]{32}$" },
	[SHAPE_TEXT] = { "string", NULL, NULL },
	[SHAPE_INT] = { "integer", "int64", NULL },
	[SHAPE_FLAG] = { "boolean", NULL, NULL },
	[SHAPE_TIME] = { "string", "date-time", NULL },
	[SHAPE_DAY] = { "string", "date", NULL },
	[SHAPE_REF] = { "string", NULL, "^[0-9a-f]{32}/[0-9]+/[0-9]+$" },
};

static void write_type(struct json_writer *w, enum shape_type type)
{
	text_of_key(w, "type", types[type].type);
	if (types[type].format)
		text_of_key(w, "format", types[type].format);
	if (types[type].pattern)
		text_of_key(w, "pattern", types[type].pattern);
}

static void write_words(struct json_writer *w, const char *words)
{
	text_of_key(w, "type", "string");
	array_of_key(w, "enum");
	for (const char *word = words; *word;) {
		size_t size = strcspn(word, "|");

		json_text(w, (struct text){ word, size });
		word += size + (word[size] == '|');
	}
	json_array_end(w);
}

static void write_codes(struct json_writer *w, enum code_set set)
{
	char word[TABLE_WORD_SIZE];

	code_set_word(word, set);
	refer(w, "schemas/code.", word);
}

static void write_item(struct json_writer *w, const struct shape_member *m)
{
	switch (m->type) {
	case SHAPE_CODED: write_codes(w, m->set); break;
	case SHAPE_ONE_OF: write_words(w, m->words); break;
	case SHAPE_OF: refer(w, "schemas/", shape_name(m->of)); break;
	case SHAPE_FACT: refer(w, "schemas/", "Fact"); break;
	default: write_type(w, m->type); break;
	}
}

static void write_member(struct json_writer *w, const struct shape_member *m)
{
	bool list = m->many == SHAPE_LIST || m->many == SHAPE_MAYBE_LIST;

	object_of_key(w, m->key);
	describe(w, m->doc);
	if (list) {
		text_of_key(w, "type", "array");
		object_of_key(w, "items");
	}
	write_item(w, m);
	if (list)
		json_object_end(w);
	json_object_end(w);
}

static void write_shape(struct json_writer *w, enum shape s)
{
	size_t count;
	const struct shape_member *m = shape_members(s, &count);

	object_of_key(w, shape_name(s));
	text_of_key(w, "type", "object");
	describe(w, shape_doc(s));
	object_of_key(w, "properties");
	for (size_t i = 0; i < count; i++)
		write_member(w, &m[i]);
	json_object_end(w);
	array_of_key(w, "required");
	for (size_t i = 0; i < count; i++)
		if (m[i].many == SHAPE_ONE || m[i].many == SHAPE_LIST)
			json_text(w, text_of(m[i].key));
	json_array_end(w);
	json_key(w, "additionalProperties");
	json_bool(w, false);
	json_object_end(w);
}

/* --- facts -------------------------------------------------------------------------- */

/* Whether it comes in by POST /api/facts at all. */
static bool is_proposed(const struct kind_spec *k)
{
	return deed_of_recording(k->kind) != DEED_NONE;
}

/* A fact is of one of the kinds, which its member "kind" tells. */
static void write_fact(struct json_writer *w)
{
	object_of_key(w, "Fact");
	text_of_key(w, "description", "A fact that is proposed.");
	array_of_key(w, "oneOf");
	for (size_t i = 0; i < kind_count(); i++) {
		if (!is_proposed(kind_at(i)))
			continue;
		json_object_begin(w);
		refer(w, "schemas/kind.", kind_at(i)->word);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
}

static void write_kinds(struct json_writer *w)
{
	char name[REF_SIZE];

	for (size_t i = 0; i < kind_count(); i++) {
		if (!is_proposed(kind_at(i)))
			continue;
		snprintf(name, sizeof(name), "kind.%s", kind_at(i)->word);
		json_key(w, name);
		kind_component(w, kind_at(i));
	}
}

static void write_schemas(struct json_writer *w)
{
	object_of_key(w, "schemas");
	for (int s = SHAPE_NONE + 1; s < SHAPES_COUNT; s++)
		write_shape(w, (enum shape)s);
	write_fact(w);
	write_kinds(w);
	kinds_components(w);
	json_object_end(w);
}

/* --- routes ------------------------------------------------------------------------- */

static bool has_body(const struct route_info *r)
{
	return r->body != SHAPE_NONE;
}

static bool takes_path(const struct route_info *r)
{
	return strchr(r->path, '{') != NULL;
}

/* What is asked for may not be there; nothing may be signed yet. */
static bool names_something(const struct route_info *r)
{
	return has_body(r) || takes_path(r) || r->answer == SHAPE_CHECKPOINT;
}

static bool writes(const struct route_info *r)
{
	return r->method == METHOD_POST;
}

static bool asks_who(const struct route_info *r)
{
	return !route_is_open(r) || writes(r);
}

static bool takes_facts(const struct route_info *r)
{
	return r->body == SHAPE_PROPOSAL;
}

static bool any(const struct route_info *r)
{
	(void)r;
	return true;
}

/* The ways in which a request may not be done; each is answered by a Problem. */
static const struct {
	unsigned status;
	const char *name, *says;
	bool (*may_be)(const struct route_info *r);
} problems[] = {
	{ 400, "Wrong", "What was sent is not understood; the problem says where.", any },
	{ 401, "Nobody", "Nobody is logged in here, or the PIN is asked for.", asks_who },
	{ 403, "Denied", "This account may not, or the request is not from our own pages.",
	  asks_who },
	{ 404, "Unknown", "There is no such thing.", names_something },
	{ 409, "Overtaken", "Others were there first; what they recorded is listed.", writes },
	{ 413, "TooLarge", "More than is taken.", has_body },
	{ 415, "OtherType", "Not JSON.", has_body },
	{ 422, "Refused", "Rules that are not met, each with its next step.", takes_facts },
	{ 423, "Locked", "No key is in memory: somebody has to log in first.", asks_who },
	{ 429, "TooOften", "Once more after so many seconds.", asks_who },
	{ 503, "NotNow", "The laptop cannot do it now; the problem says why.", any },
};

/* `schema` NULL: an object of whatever members. */
static void write_content(struct json_writer *w, const char *type, const char *schema)
{
	object_of_key(w, "content");
	object_of_key(w, type);
	object_of_key(w, "schema");
	if (schema) {
		refer(w, "schemas/", schema);
	} else {
		text_of_key(w, "type", "object");
		json_key(w, "additionalProperties");
		json_bool(w, true);
	}
	json_object_end(w);
	json_object_end(w);
	json_object_end(w);
}

static void write_problems(struct json_writer *w)
{
	object_of_key(w, "responses");
	for (size_t i = 0; i < COUNT_OF(problems); i++) {
		object_of_key(w, problems[i].name);
		text_of_key(w, "description", problems[i].says);
		write_content(w, "application/problem+json", shape_name(SHAPE_PROBLEM));
		json_object_end(w);
	}
	json_object_end(w);
}

static void write_status(struct json_writer *w, unsigned status)
{
	char text[8];

	snprintf(text, sizeof(text), "%u", status);
	object_of_key(w, text);
}

static void write_responses(struct json_writer *w, enum route r)
{
	const struct route_info *info = route_info(r);

	object_of_key(w, "responses");
	write_status(w, route_success(r));
	text_of_key(w, "description", info->answer ? shape_doc(info->answer) : info->doc);
	write_content(w, "application/json", info->answer ? shape_name(info->answer) : NULL);
	json_object_end(w);
	if (info->method == METHOD_GET) {
		write_status(w, 304);
		text_of_key(w, "description", "It is as If-None-Match says.");
		json_object_end(w);
	}
	for (size_t i = 0; i < COUNT_OF(problems); i++) {
		if (!problems[i].may_be(info))
			continue;
		write_status(w, problems[i].status);
		refer(w, "responses/", problems[i].name);
		json_object_end(w);
	}
	json_object_end(w);
}

static void write_param(struct json_writer *w, const struct route_param *p)
{
	json_object_begin(w);
	text_of_key(w, "name", p->name);
	text_of_key(w, "in", p->in_path ? "path" : "query");
	json_key(w, "required");
	json_bool(w, p->required);
	describe(w, p->doc);
	object_of_key(w, "schema");
	write_type(w, route_param_is_id(p) ? SHAPE_ID : SHAPE_TEXT);
	json_object_end(w);
	json_object_end(w);
}

static void write_params(struct json_writer *w, enum route r)
{
	size_t count;
	const struct route_param *p = route_params(r, &count);

	if (!count)
		return;
	array_of_key(w, "parameters");
	for (size_t i = 0; i < count; i++)
		write_param(w, &p[i]);
	json_array_end(w);
}

static void write_body(struct json_writer *w, const struct route_info *info)
{
	if (!has_body(info))
		return;
	object_of_key(w, "requestBody");
	json_key(w, "required");
	json_bool(w, true);
	write_content(w, "application/json", shape_name(info->body));
	json_object_end(w);
}

/* Nothing for what anybody may ask; for a write both, which belong together. */
static void write_security(struct json_writer *w, const struct route_info *info)
{
	array_of_key(w, "security");
	if (!route_is_open(info)) {
		json_object_begin(w);
		array_of_key(w, "session");
		json_array_end(w);
		if (writes(info)) {
			array_of_key(w, "token");
			json_array_end(w);
		}
		json_object_end(w);
	}
	json_array_end(w);
}

/* "person_history": the name of the route, as programs write it. */
static void write_name(struct json_writer *w, const struct route_info *info)
{
	char name[REF_SIZE];
	size_t size = 0;

	for (; size < sizeof(name) - 1 && info->name[size]; size++)
		name[size] = (char)tolower((unsigned char)info->name[size]);
	name[size] = 0;
	text_of_key(w, "operationId", name);
}

static void write_route(struct json_writer *w, enum route r)
{
	const struct route_info *info = route_info(r);

	object_of_key(w, info->method == METHOD_GET ? "get" : "post");
	write_name(w, info);
	describe(w, info->doc);
	write_security(w, info);
	write_params(w, r);
	write_body(w, info);
	write_responses(w, r);
	json_object_end(w);
}

/* Whether a route before this one stands at the same path. */
static bool was_written(enum route r)
{
	for (int before = 0; before < (int)r; before++)
		if (!strcmp(route_info((enum route)before)->path, route_info(r)->path))
			return true;
	return false;
}

static void write_paths(struct json_writer *w)
{
	object_of_key(w, "paths");
	for (int r = 0; r < ROUTES_COUNT; r++) {
		const char *path = route_info((enum route)r)->path;

		if (was_written((enum route)r))
			continue;
		object_of_key(w, path);
		for (int same = r; same < ROUTES_COUNT; same++)
			if (!strcmp(route_info((enum route)same)->path, path))
				write_route(w, (enum route)same);
		json_object_end(w);
	}
	json_object_end(w);
}

/* --- the document ------------------------------------------------------------------- */

static void write_scheme(struct json_writer *w, const char *name, const char *in, const char *key,
			 const char *doc)
{
	object_of_key(w, name);
	text_of_key(w, "type", "apiKey");
	text_of_key(w, "in", in);
	text_of_key(w, "name", key);
	text_of_key(w, "description", doc);
	json_object_end(w);
}

static void write_components(struct json_writer *w)
{
	object_of_key(w, "components");
	object_of_key(w, "securitySchemes");
	write_scheme(w, "session", "cookie", API_COOKIE, "set by POST /api/login");
	write_scheme(
		w, "token", "header", "X-Ikhtiar-Token",
		"`token` of GET /api/session, with every write; Origin must be the server's own");
	json_object_end(w);
	write_problems(w);
	write_schemas(w);
	json_object_end(w);
}

void api_openapi(struct json_writer *w)
{
	json_object_begin(w);
	text_of_key(w, "openapi", "3.1.0");
	object_of_key(w, "info");
	text_of_key(w, "title", "ikhtiar");
	text_of_key(w, "version", IKHTIAR_VERSION);
	text_of_key(w, "description",
		    "A return centre's own server: one write door, many reads.  Whose file is "
		    "read is recorded by POST /api/openings before.");
	object_of_key(w, "license");
	text_of_key(w, "name", "Apache-2.0");
	text_of_key(w, "identifier", "Apache-2.0");
	json_object_end(w);
	json_object_end(w);
	array_of_key(w, "servers");
	json_object_begin(w);
	text_of_key(w, "url", "/");
	json_object_end(w);
	json_array_end(w);
	write_paths(w);
	write_components(w);
	json_object_end(w);
}
