/*
 * inside: what the files of api/ share: a request on its way to its answer.
 *
 * api_answer() asks in this order, and the first that says no is what is told: is there
 * such a route; is the request from our own pages; who is at this browser; may she; is
 * what she sent of the route's form.  Then the route's function runs.  It writes one
 * object of the route's shape with q->w, or leaves a fault in q->desk.fault and gives its
 * error; more about a refusal stands in q->problem.
 */
#pragma once

#include <pthread.h>

#include "api/api.h"
#include "api/session.h"

#define PATH_SIZE_MAX 512
#define QUERY_SIZE_MAX 2048
#define PARAMS_MAX 4
#define ANSWER_SIZE_MAX ((size_t)16 * 1024 * 1024)
/* Shorter than most routers keep a quiet connection. */
#define CHANGES_WAIT_MS 25000

/* An answer that is the same for all, in one of its two forms. */
#define ETAG_SIZE (2 * ID_SIZE + 2) /* 128 bits of SHA-256 in quotes */
struct kept_form {
	struct bytes body;
	char etag[ETAG_SIZE];
};
struct kept {
	struct kept_form plain, packed; /* by gzip */
};

struct api {
	struct api_ground ground;
	struct sessions *sessions;
	/* The same for all, made once. */
	struct arena *arena;
	struct kept openapi, words[WORDS_LANGUAGES], health[2]; /* unlocked, locked */
	struct backups *backups;
	struct calls *calls;
	struct kept_pages *pages;
};

/* What others recorded meanwhile. */
struct changed {
	struct id subject;
	enum kind kind;
	struct text by; /* empty: not known */
	int64_t recorded;
};

/* What a Problem says besides its fault. */
struct problem {
	unsigned status; /* 0: that of the fault's error */
	unsigned retry_after_s;
	const char *allow;
	const struct verdict *verdicts; /* NULL: no rule */
	size_t refused_at;
	const struct changed *changed; /* NULL: nobody was first */
	size_t changed_count;
};

struct asked {
	struct api *api;
	const struct api_request *request;
	enum route route;
	bool in_public;	  /* at the public server: nobody is asked who she is */
	struct desk desk; /* who asks, in which language, in which arena; the fault */
	struct cookie cookie;
	bool new_cookie; /* it has to be sent */
	struct seen seen;
	struct text name;		/* of the account at the screen */
	uint16_t roles;			/* its, now */
	struct text params[PARAMS_MAX]; /* in the order of routes.def; `at` NULL: absent */
	struct id id;			/* that of the path, where it has one */
	json_t *body;
	struct buffer out;
	struct json_writer w;
	const struct kept *kept; /* instead of `out`; NULL: none */
	struct problem problem;
};

/* --- request.c: what stands in an address and in the head ------------------------------ */

/*
 * The route of a path, in either method: whether there is one.  *captured gets what the
 * path has at the one place that the route leaves open, still encoded.
 */
bool route_of_path(struct text path, enum api_method method, enum route *out,
		   struct text *captured);
/* "GET, POST": what the path does take; NULL: there is no such path. */
const char *route_methods(struct text path);
/* `t` without percent signs, and + as a space where `is_query`.  ERR_INPUT: no such form. */
MUST_USE enum err percent_decode(struct arena *a, struct text t, bool is_query, struct text *out,
				 struct fault *f);
/* The value of a name in a query, still encoded; `at` NULL: it is not there. */
struct text query_value(struct text query, const char *name);
/* Whether `origin` is the page that `host` itself gave. */
bool origin_is_own(const struct api_request *r);
bool type_is_json(struct text type);
/* The first of ours by the weights of Accept-Language; else English. */
enum words_language language_wanted(struct text languages);
/* Whether one of these is `etag`. */
bool etag_is_known(struct text if_none_match, struct text etag);

/* --- kept.c ----------------------------------------------------------------------------- */

MUST_USE enum err kept_make(struct api *a, struct fault *f);
void etag_write(char out[ETAG_SIZE], struct bytes body);

/* --- backups.c -------------------------------------------------------------------------- */

struct backups;
/* The caller frees it. */
MUST_USE enum err backups_new(struct backups **out, const struct api_ground *ground,
			      struct fault *f);
/* Until none is being made; runs beside no request that begins one. */
void backups_wait(struct backups *b);
/* The same first; NULL is harmless. */
void backups_free(struct backups *b);

/* --- lists.c ---------------------------------------------------------------------------- */

/* A ListFile of the body: what its owner calls it, and what stands in it, in the arena of
 * the request.  ERR_INPUT: it is no base64.  ERR_LIMIT: the name is too long. */
MUST_USE enum err read_sent_file(struct asked *q, const json_t *file, const char **name,
				 struct bytes *out);

/* --- calls.c ---------------------------------------------------------------------------- */

struct calls;
/* The caller frees it; `w` must outlive it. */
MUST_USE enum err calls_new(struct calls **out, struct world *w, struct fault *f);
void calls_free(struct calls *c); /* NULL is harmless */

/* --- published_kept.c ------------------------------------------------------------------- */

struct kept_pages;
/* The caller frees it. */
MUST_USE enum err kept_pages_new(struct kept_pages **out, struct fault *f);
void kept_pages_free(struct kept_pages *k); /* NULL is harmless */

/* --- problem.c ------------------------------------------------------------------------- */

unsigned problem_status(const struct asked *q);
/* The Problem of q->desk.fault as JSON. */
void problem_write(struct asked *q, struct json_writer *w);

/* --- what routes share ------------------------------------------------------------------ */

/* A fault with a status of its own. */
#define refuse(q, its_status, e, ...)                                                              \
	((q)->problem.status = (its_status), fault(&(q)->desk.fault, e, __VA_ARGS__))

/* How the browser stands now, and who is at it; after what changed that. */
MUST_USE enum err learn_who(struct asked *q, bool acts);
/* The name of an account, as `by` may know it; empty: there is none, or `by` is closed. */
struct text account_name(struct asked *q, const struct session *by, const struct id *account);
/* A parameter by its name; empty where it is absent. */
struct text param(const struct asked *q, const char *name);
/* A member of the body, which is of the route's shape; empty where it is absent. */
struct text body_text(const struct asked *q, const char *key);
bool body_flag(const struct asked *q, const char *key);
struct id body_id(const struct asked *q, const char *key);
/* A passphrase, to be freed; what the body had is wiped.  ERR_INPUT: it is empty. */
MUST_USE enum err body_secret(struct asked *q, const char *key, struct secret **out);
void write_id(struct json_writer *w, const char *key, const struct id *id);
void write_time(struct asked *q, const char *key, int64_t seconds);
/* The words of these roles, as a list. */
void write_roles(struct json_writer *w, uint16_t roles);
/* Fails where her passphrase was not asked again. */
MUST_USE enum err need_again(struct asked *q);
/* What a second person agrees to where a fact is annulled. */
struct agreement agreement_to_annul(const struct id *second, struct text fact);
/* Where two records are decided of: it is the same whichever of them is named first. */
struct pair_agreed {
	struct text a, b; /* ids as 32 hex digits */
	struct text said; /* "same" or "different" */
};
struct agreement agreement_on_pair(const struct id *second, const struct pair_agreed *pair);
/* {"done": true} */
void write_done(struct asked *q);

#define ROUTE(name, method, path, who, body, answer, function, doc)                                \
	MUST_USE enum err function(struct asked *q);
#include "api/routes.def"
