#include "api/server_testing.h"

#include <stdarg.h>
#include <stdio.h>

#define ASKING_MEMORY ((size_t)64 << 20)
#define BODY_SIZE_MAX ((size_t)2 << 20)
#define HOST "centre.example:8080"

void server_stands(struct server *s)
{
	struct fault f = { 0 };
	struct api_ground ground = { .reg = s->town.reg,
				     .world = &s->town.world.world,
				     .atlas = s->town.atlas,
				     .zone_min = reg_zone(s->town.reg)->offset_min };
	for (int l = 0; l < WORDS_LANGUAGES; l++) {
		CHECK_INT(words_open(&s->words[l], (enum words_language)l, &f), OK);
		ground.words[l] = s->words[l];
	}
	CHECK_INT(api_new(&s->api, &ground, &f), OK);
}

void server_begin(struct server *s, uint64_t seed)
{
	*s = (struct server){ .api = NULL };
	disk_start(&s->disk);
	s->disk.remembers = false;
	CHECK_INT(disk_make_folder(&s->disk, "/town"), 0);
	town_begin_on(&s->town, seed, &s->disk);
	CHECK_INT(town_found(&s->town), OK);
	for (int64_t role = 1; role <= ROLE_AUDITOR; role++)
		if (role != ROLE_ADMINISTRATOR)
			CHECK_INT(town_opens_account(&s->town, role), OK);
	server_stands(s);
}

void server_end(struct server *s)
{
	api_free(s->api);
	for (int l = 0; l < WORDS_LANGUAGES; l++)
		words_close(s->words[l]);
	town_end(&s->town);
	if (s->disk.vfs_name[0])
		disk_stop(&s->disk);
}

void browser_begin(struct browser *b, struct server *s)
{
	*b = (struct browser){
		.server = s, .origin = "http://" HOST, .host = HOST, .type = "application/json"
	};
	CHECK_INT(arena_new(&b->arena, ASKING_MEMORY), OK);
}

void browser_comes(struct browser *b, struct server *s, int64_t role)
{
	browser_begin(b, s);
	CHECK_INT(browser_logs_in(b, town_account(role), town_account(role)), 200);
	CHECK_TEXT(browser_said(b, "standing"), "in");
}

void browser_end(struct browser *b)
{
	json_decref(b->json);
	arena_free(b->arena);
}

/* --- what comes back is looked at ------------------------------------------------------ */

/* Whether a path is as a route's: one part stands where it has a brace. */
static bool is_route(struct text path, const char *pattern)
{
	size_t fixed = strcspn(pattern, "{"), rest = strlen(pattern + fixed);
	const char *tail = rest ? strchr(pattern + fixed, '}') + 1 : "";
	size_t tail_size = strlen(tail);

	if (!rest)
		return text_is(path, pattern);
	return path.size > fixed + tail_size && !memcmp(path.at, pattern, fixed) &&
	       !memcmp(path.at + path.size - tail_size, tail, tail_size) &&
	       !memchr(path.at + fixed, '/', path.size - fixed - tail_size);
}

static enum shape shape_wanted(const struct browser *b, const struct api_request *r)
{
	if (b->got.status >= 400)
		return SHAPE_PROBLEM;
	for (int i = 0; i < ROUTES_COUNT; i++) {
		const struct route_info *info = route_info((enum route)i);

		if (info->method == r->method && is_route(r->path, info->path))
			return info->answer;
	}
	check_failed(__FILE__, __LINE__, "no route for %.*s", SHOWN(r->path));
}

static void check_problem(const struct browser *b)
{
	CHECK_TEXT(b->got.type, "application/problem+json");
	CHECK(*json_text_at(b->json, "key") && *json_text_at(b->json, "detail"));
	CHECK(*json_text_at(b->json, "title"));
	CHECK_INT(json_integer_value(json_object_get(b->json, "status")), b->got.status);
}

static void look_at_answer(struct browser *b, const struct api_request *r)
{
	struct fault f = { 0 };
	enum shape shape;

	json_decref(b->json);
	b->json = NULL;
	CHECK(b->got.status >= 200 && b->got.status < 600 && b->got.language);
	if (b->got.status == 304) {
		CHECK_INT(b->got.body.size, 0);
		return;
	}
	CHECK_INT(json_parse(&b->json,
			     (struct text){ (const char *)b->got.body.at, b->got.body.size }, &f),
		  OK);
	shape = shape_wanted(b, r);
	if (shape && shape_check(shape, b->json, &f))
		check_failed(__FILE__, __LINE__, "%.*s: %s %s in %.*s", SHOWN(r->path), f.key,
			     f.values[0], (int)b->got.body.size, (const char *)b->got.body.at);
	if (shape == SHAPE_PROBLEM)
		check_problem(b);
}

/* --- asking ---------------------------------------------------------------------------- */

static void keep_cookie(struct browser *b)
{
	const char *line = b->got.set_cookie.at;

	if (b->got.set_cookie.size)
		snprintf(b->cookie, sizeof(b->cookie), "%.*s", (int)strcspn(line, ";"), line);
	if (json_object_get(b->json, "standing"))
		snprintf(b->token, sizeof(b->token), "%s", json_text_at(b->json, "token"));
}

unsigned browser_asks(struct browser *b, const struct api_request *request)
{
	arena_reset(b->arena);
	api_answer(b->server->api, request, b->arena, &b->got);
	look_at_answer(b, request);
	keep_cookie(b);
	return b->got.status;
}

static struct api_request request_of(const struct browser *b, enum api_method method,
				     const char *address)
{
	size_t path = strcspn(address, "?");

	return (struct api_request){
		.method = method,
		.path = { address, path },
		.query = text_of(address[path] ? address + path + 1 : ""),
		.cookie = text_of(b->cookie),
		.origin = text_of(method == METHOD_POST ? b->origin : NULL),
		.host = text_of(b->host),
		.token = text_of(b->token),
		.languages = text_of(b->languages),
		.if_none_match = text_of(b->if_none_match),
	};
}

unsigned browser_gets(struct browser *b, const char *address)
{
	struct api_request r = request_of(b, METHOD_GET, address);

	return browser_asks(b, &r);
}

unsigned browser_posts(struct browser *b, const char *address, const char *body)
{
	struct api_request r = request_of(b, METHOD_POST, address);

	if (body) {
		r.type = text_of(b->type);
		r.body = text_of(body);
	}
	return browser_asks(b, &r);
}

unsigned browser_posts_of(struct browser *b, const char *address, const char *format, ...)
{
	struct buffer body = { .limit = BODY_SIZE_MAX };
	va_list values;
	char *at;
	int size;
	unsigned status;

	va_start(values, format);
	size = vsnprintf(NULL, 0, format, values);
	va_end(values);
	CHECK(size >= 0 && (at = (char *)buffer_take(&body, (size_t)size + 1)));
	va_start(values, format);
	vsnprintf(at, (size_t)size + 1, format, values);
	va_end(values);
	status = browser_posts(b, address, at);
	buffer_free(&body);
	return status;
}

unsigned browser_logs_in(struct browser *b, const char *name, const char *passphrase)
{
	return browser_posts_of(b, "/api/login", "{\"name\": \"%s\", \"passphrase\": \"%s\"}", name,
				passphrase);
}

const char *browser_said(const struct browser *b, const char *path)
{
	return json_text_at(b->json, path);
}

void server_id(struct server *s, const char *name, char out[ID_HEX_SIZE + 1])
{
	struct id id = town_id(&s->town, name);

	hex_write(out, bytes_of(id.at, ID_SIZE));
}
