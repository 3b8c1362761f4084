/*
 * answer: a request finds its route, is held against what the route asks, and is answered.
 */
#include "api/inside.h"

#include <sodium.h>
#include <stdlib.h>

#include "api/pages.h"
#include "api/published.h"

static enum err (*const functions[ROUTES_COUNT])(struct asked *q) = {
#define ROUTE(name, method, path, who, body, answer, function, doc) [ROUTE_##name] = (function),
#include "api/routes.def"
};

/* --- the server ---------------------------------------------------------------------- */

enum err api_new(struct api **out, const struct api_ground *ground, struct fault *f)
{
	struct api *a = calloc(1, sizeof(*a));
	enum err e;

	*out = NULL;
	if (!a)
		return fault(f, ERR_MEMORY, "memory.none");
	a->ground = *ground;
	if ((e = arena_new(&a->arena, ANSWER_SIZE_MAX)))
		e = fault(f, e, "memory.none");
	if (!e)
		e = sessions_new(&a->sessions, ground->world, f);
	if (!e)
		e = backups_new(&a->backups, ground, f);
	if (!e)
		e = calls_new(&a->calls, ground->world, f);
	if (!e)
		e = kept_pages_new(&a->pages, f);
	if (!e)
		e = kept_make(a, f);
	if (e)
		api_free(a);
	else
		*out = a;
	return e;
}

void api_free(struct api *a)
{
	if (!a)
		return;
	backups_free(a->backups);
	calls_free(a->calls);
	kept_pages_free(a->pages);
	sessions_free(a->sessions);
	arena_free(a->arena);
	free(a);
}

void api_stop(struct api *a)
{
	reg_wake(a->ground.reg);
}

/* --- who asks ------------------------------------------------------------------------ */

/* Name and roles of the account at the screen.  ERR_DENIED: it is closed. */
static enum err read_account(struct asked *q, struct fault *f)
{
	struct reg *reg = q->desk.reg;
	struct account row;
	const struct state *s;
	enum err e = reg_read_begin(reg, &q->seen.who, DEED_RESOLVE, &s, f);

	if (e)
		return e;
	if (state_account(s, &q->seen.who.account, &row)) {
		q->name = arena_copy_text(q->desk.arena, row.name);
		q->roles = row.roles;
	}
	reg_read_end(reg);
	return OK;
}

/* Out is who came in by a passphrase that is replaced by now, and her colleague stays. */
static bool drop_older(struct asked *q)
{
	const struct id *account = &q->seen.who.account;
	uint32_t renewed = reg_passphrase_renewed(q->desk.reg, account);

	if (q->seen.renewed == renewed)
		return false;
	sessions_drop_older(q->api->sessions, account, renewed);
	return true;
}

enum err learn_who(struct asked *q, bool acts)
{
	struct sessions *sessions = q->api->sessions;
	struct fault f = { 0 };
	enum err e;

	q->name = (struct text){ NULL, 0 };
	q->roles = 0;
	/* Whoever locked it, and by whichever door: nobody is in. */
	if (reg_is_locked(q->desk.reg))
		sessions_clear(sessions);
	if (!q->cookie.given) {
		/* Nobody: that takes no look. */
		q->seen = (struct seen){ .standing = STANDING_OUT };
		q->desk.session = q->seen.who;
		return OK;
	}
	sessions_look(sessions, &q->cookie, acts, &q->seen);
	if (q->seen.standing != STANDING_OUT && drop_older(q))
		sessions_look(sessions, &q->cookie, false, &q->seen);
	e = q->seen.standing == STANDING_OUT ? OK : read_account(q, &f);
	if (e == ERR_DENIED)
		sessions_drop(sessions, &q->seen.who.account);
	if (e == ERR_LOCKED)
		sessions_clear(sessions);
	if (e == ERR_DENIED || e == ERR_LOCKED) {
		sessions_look(sessions, &q->cookie, false, &q->seen);
		e = OK;
	}
	if (e)
		q->desk.fault = f;
	q->desk.session = q->seen.who;
	return e;
}

/* What the screens ask by themselves, and asking how one stands, is no deed of anybody's. */
static bool is_act(const struct asked *q)
{
	return route_info(q->route)->method == METHOD_POST || q->route == ROUTE_AREAS;
}

static bool sets_up_code(enum route r)
{
	return r == ROUTE_TOTP || r == ROUTE_TOTP_CONFIRM || r == ROUTE_AGAIN;
}

static enum err admit_standing(struct asked *q)
{
	switch (q->seen.standing) {
	case STANDING_IN: return OK;
	case STANDING_PIN: return refuse(q, 401, ERR_DENIED, "session.pin");
	case STANDING_CODE:
		return sets_up_code(q->route) ? OK
					      : refuse(q, 403, ERR_DENIED, "session.code-first");
	case STANDING_OUT: break;
	}
	if (reg_is_locked(q->desk.reg))
		return fault(&q->desk.fault, ERR_LOCKED, "register.locked");
	return refuse(q, 401, ERR_DENIED, "session.nobody");
}

/* A page that shows another account's screen, or one of before a login, has no such token. */
static bool has_token(const struct asked *q)
{
	struct text given = q->request->token;
	size_t size = strlen(q->seen.token);

	return size && given.size == size && !sodium_memcmp(given.at, q->seen.token, size);
}

static enum err admit_who(struct asked *q)
{
	const struct route_info *info = route_info(q->route);
	enum err e;

	if (q->in_public)
		return OK;
	e = learn_who(q, is_act(q));
	if (q->seen.wait_s) {
		q->problem.retry_after_s = q->seen.wait_s;
		return refuse(q, 429, ERR_DENIED, "session.too-many");
	}
	if (route_is_open(info)) {
		/* What the register cannot tell of an account keeps nobody from leaving. */
		q->desk.fault = (struct fault){ 0 };
		return OK;
	}
	if (e || (e = admit_standing(q)))
		return e;
	if (info->method == METHOD_POST && !has_token(q))
		return refuse(q, 403, ERR_DENIED, "session.token");
	if (info->who != WHO_SOMEBODY && !policy_allows(q->roles, (enum deed)info->who))
		return fault(&q->desk.fault, ERR_DENIED, "deed.denied",
			     deed_word((enum deed)info->who));
	return OK;
}

enum err need_again(struct asked *q)
{
	if (sessions_was_again(q->api->sessions, &q->cookie, &q->seen.who.account))
		return OK;
	return refuse(q, 403, ERR_DENIED, "session.again-needed");
}

/* --- what is asked ------------------------------------------------------------------- */

/* What is not for the public is not there, so that nobody learns what is. */
static enum err admit_public_route(struct asked *q, struct text *captured)
{
	const struct api_request *r = q->request;

	if (route_of_path(r->path, r->method, &q->route, captured) &&
	    route_info(q->route)->who == WHO_PUBLIC)
		return OK;
	return fault(&q->desk.fault, ERR_NOT_FOUND, "request.nowhere");
}

static enum err admit_route(struct asked *q, struct text *captured)
{
	const struct api_request *r = q->request;

	if (r->refused) {
		/* Pages are only read. */
		q->problem.allow = r->refused == 405 ? "GET" : NULL;
		return refuse(q, r->refused, ERR_INPUT, r->refused_why);
	}
	if (r->path.size > PATH_SIZE_MAX || r->query.size > QUERY_SIZE_MAX)
		return fault(&q->desk.fault, ERR_INPUT, "request.long");
	if (q->in_public)
		return admit_public_route(q, captured);
	if (route_of_path(r->path, r->method, &q->route, captured))
		return OK;
	if (!(q->problem.allow = route_methods(r->path)))
		return fault(&q->desk.fault, ERR_NOT_FOUND, "request.nowhere");
	return refuse(q, 405, ERR_INPUT, "request.method", q->problem.allow);
}

static enum err admit_origin(struct asked *q)
{
	if (route_info(q->route)->method != METHOD_POST || origin_is_own(q->request))
		return OK;
	return refuse(q, 403, ERR_DENIED, "request.origin");
}

static enum err read_param(struct asked *q, const struct route_param *p, struct text captured,
			   struct text *out)
{
	struct text raw = p->in_path ? captured : query_value(q->request->query, p->name);
	enum err e;

	if (!raw.at)
		return p->required
			       ? fault(&q->desk.fault, ERR_INPUT, "request.param-missing", p->name)
			       : OK;
	if ((e = percent_decode(q->desk.arena, raw, !p->in_path, out, &q->desk.fault)))
		return e;
	if (route_param_is_id(p) && !hex_read(&q->id, ID_SIZE, *out))
		return fault(&q->desk.fault, ERR_INPUT, "request.param-id", p->name);
	return OK;
}

static enum err read_params(struct asked *q, struct text captured)
{
	size_t count;
	const struct route_param *p = route_params(q->route, &count);
	enum err e = OK;

	for (size_t i = 0; !e && i < count; i++)
		e = read_param(q, &p[i], captured, &q->params[i]);
	return e;
}

static enum err read_body(struct asked *q)
{
	enum shape shape = route_info(q->route)->body;
	size_t size_max = route_body_max(q->route);
	enum err e;

	if (shape == SHAPE_NONE)
		return OK;
	if (!type_is_json(q->request->type))
		return refuse(q, 415, ERR_INPUT, "request.no-json");
	if (q->request->body.size > size_max)
		return refuse(q, 413, ERR_LIMIT, "json.too-large", size_max);
	if ((e = json_parse_large(&q->body, q->request->body, size_max, &q->desk.fault)))
		return e;
	return shape_check(shape, q->body, &q->desk.fault);
}

static enum err do_what_is_asked(struct asked *q)
{
	struct text captured;
	enum err e;

	if ((e = admit_route(q, &captured)) || (e = admit_origin(q)) || (e = admit_who(q)) ||
	    (e = read_params(q, captured)) || (e = read_body(q)))
		return e;
	if ((e = functions[q->route](q)))
		return e;
	return buffer_end(&q->out, &q->desk.fault);
}

/* --- what is answered ------------------------------------------------------------------ */

/* Said where there is no memory to say anything. */
static void answer_nothing_left(struct api_response *out)
{
	static const char body[] = "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\","
				   "\"status\":503,\"detail\":\"There is no memory left.\","
				   "\"key\":\"memory.none\"}";

	*out = (struct api_response){ .status = 503,
				      .type = "application/problem+json",
				      .body = bytes_of(body, sizeof(body) - 1),
				      .language = "en" };
}

static const struct kept_form *form_of(const struct asked *q)
{
	return q->request->takes_gzip ? &q->kept->packed : &q->kept->plain;
}

static bool carry(struct asked *q, struct api_response *out)
{
	char line[COOKIE_LINE_SIZE];

	out->gzipped = q->kept && q->request->takes_gzip;
	if (q->kept)
		out->body = form_of(q)->body;
	else
		out->body = arena_copy(q->desk.arena, buffer_bytes(&q->out));
	if (q->new_cookie) {
		cookie_write(line, &q->cookie);
		out->set_cookie = arena_copy_text(q->desk.arena, text_of(line));
	}
	return out->body.at && (out->set_cookie.at || !q->new_cookie);
}

/* Whoever has this answer already gets none: a screen asks often, and little changes. */
static bool mark(struct asked *q, struct api_response *out)
{
	char tag[ETAG_SIZE];

	if (q->kept) {
		out->etag = (struct text){ form_of(q)->etag, ETAG_SIZE };
	} else {
		etag_write(tag, out->body);
		out->etag = arena_copy_text(q->desk.arena, (struct text){ tag, ETAG_SIZE });
	}
	if (out->etag.at && etag_is_known(q->request->if_none_match, out->etag)) {
		out->status = 304;
		out->type = NULL;
		out->gzipped = false;
		out->body = (struct bytes){ 0 };
	}
	return out->etag.at;
}

static bool answer_done(struct asked *q, struct api_response *out)
{
	out->status = route_success(q->route);
	out->type = "application/json";
	out->common = (q->kept || route_info(q->route)->who == WHO_PUBLIC) && !q->new_cookie;
	return carry(q, out) && (route_info(q->route)->method != METHOD_GET || mark(q, out));
}

static bool answer_problem(struct asked *q, struct api_response *out)
{
	q->kept = NULL;
	buffer_reset(&q->out);
	json_begin(&q->w, &q->out);
	problem_write(q, &q->w);
	out->status = problem_status(q);
	out->type = "application/problem+json";
	out->allow = q->problem.allow;
	out->retry_after_s = q->problem.retry_after_s;
	return !q->out.err && carry(q, out);
}

/* A page for everybody, or as a page why it is none. */
static bool answer_published(struct asked *q, struct api_response *out)
{
	enum err e;

	if (published_file(q, out))
		return true;
	e = published_write(q, &out->type);
	out->language = words_language_info(words_language(q->desk.words))->code;
	if (!e && !(e = buffer_end(&q->out, &q->desk.fault))) {
		out->status = 200;
		return carry(q, out) && mark(q, out);
	}
	out->status = problem_status(q);
	out->type = "text/html; charset=utf-8";
	published_problem(q);
	return !q->out.err && carry(q, out);
}

/* At the public server there is nothing else to see. */
static bool asks_for_the_door(const struct asked *q)
{
	const struct api_request *r = q->request;

	return q->in_public && !r->refused && r->method == METHOD_GET && text_is(r->path, "/");
}

static bool answer_asked(struct asked *q, struct api_response *out)
{
	if (asks_for_the_door(q)) {
		*out = (struct api_response){ .status = 302, .location = "/public/" };
		return true;
	}
	if (!q->request->refused && q->request->method == METHOD_GET &&
	    page_is_published(q->request->path))
		return answer_published(q, out);
	return do_what_is_asked(q) ? answer_problem(q, out) : answer_done(q, out);
}

static void answer(struct api *a, const struct api_request *request, bool in_public,
		   struct arena *arena, struct api_response *out)
{
	enum words_language language = language_wanted(request->languages);
	struct asked q = {
		.api = a,
		.request = request,
		.in_public = in_public,
		.out = { .limit = ANSWER_SIZE_MAX },
		.desk = { .reg = a->ground.reg,
			  .world = a->ground.world,
			  .atlas = a->ground.atlas,
			  .words = a->ground.words[language],
			  .zone_min = a->ground.zone_min,
			  .arena = arena },
	};

	*out = (struct api_response){ .language = words_language_info(language)->code };
	json_begin(&q.w, &q.out);
	if (!in_public)
		q.cookie = cookie_read(request->cookie);
	if (!answer_asked(&q, out))
		answer_nothing_left(out);
	json_decref(q.body);
	buffer_free(&q.out);
	sodium_memzero(&q, sizeof(q));
}

void api_answer(struct api *a, const struct api_request *request, struct arena *arena,
		struct api_response *out)
{
	answer(a, request, false, arena, out);
}

void api_answer_public(struct api *a, const struct api_request *request, struct arena *arena,
		       struct api_response *out)
{
	answer(a, request, true, arena, out);
}

/* --- what routes share ------------------------------------------------------------------ */

struct text account_name(struct asked *q, const struct session *by, const struct id *account)
{
	struct text name = { NULL, 0 };
	struct account row;
	const struct state *s;

	if (reg_read_begin(q->desk.reg, by, DEED_RESOLVE, &s, &(struct fault){ 0 }))
		return name;
	if (state_account(s, account, &row))
		name = arena_copy_text(q->desk.arena, row.name);
	reg_read_end(q->desk.reg);
	return name;
}

struct text param(const struct asked *q, const char *name)
{
	size_t count;
	const struct route_param *p = route_params(q->route, &count);

	for (size_t i = 0; i < count; i++)
		if (!strcmp(p[i].name, name))
			return q->params[i];
	return (struct text){ NULL, 0 };
}

struct text body_text(const struct asked *q, const char *key)
{
	return json_text_of(json_object_get(q->body, key));
}

bool body_flag(const struct asked *q, const char *key)
{
	return json_is_true(json_object_get(q->body, key));
}

struct id body_id(const struct asked *q, const char *key)
{
	struct id id = { 0 };

	return hex_read(&id, ID_SIZE, body_text(q, key)) ? id : (struct id){ 0 };
}

/* The text is in jansson's own memory, which it frees as it is. */
enum err body_secret(struct asked *q, const char *key, struct secret **out)
{
	struct text t = body_text(q, key);
	enum err e;

	*out = NULL;
	if (!t.size)
		return fault(&q->desk.fault, ERR_INPUT, "session.no-passphrase");
	e = secret_of(out, bytes_of_text(t), &q->desk.fault);
	sodium_memzero((char *)t.at, t.size);
	return e;
}

void write_id(struct json_writer *w, const char *key, const struct id *id)
{
	json_key(w, key);
	json_hex(w, bytes_of(id->at, ID_SIZE));
}

void write_time(struct asked *q, const char *key, int64_t seconds)
{
	char at[TIME_TEXT_SIZE];

	time_write(at, seconds, q->desk.zone_min);
	json_key(&q->w, key);
	json_text(&q->w, text_of(at));
}

void write_roles(struct json_writer *w, uint16_t roles)
{
	json_key(w, "roles");
	json_array_begin(w);
	for (int64_t role = 1; role <= ROLE_AUDITOR; role++)
		if (roles & 1u << role)
			json_text(w, text_of(code_word(CODES_ROLE, role)));
	json_array_end(w);
}

void write_done(struct asked *q)
{
	json_object_begin(&q->w);
	json_key(&q->w, "done");
	json_bool(&q->w, true);
	json_object_end(&q->w);
}
