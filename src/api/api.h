/*
 * api: HTTP and JSON: one write door, many reads, and the built web client.
 *
 * A request is answered by api_answer(), which knows nothing of sockets: a test asks it
 * without any.  http_start() puts it behind libmicrohttpd.  routes.def is the table of
 * all addresses below /api; what is not there is a file of the web client or 404.
 *
 * Who asks is told by a cookie, whose hash alone is kept; what she may do is asked of
 * policy/ for every route and of register/ for every fact.  No name and no secret stands
 * in an address or in a line of the journal.
 */
#pragma once

#include "base/arena.h"
#include "base/words.h"
#include "desk/desk.h"
#include "register/register.h"

struct api;

/* What the server stands on; all of it must outlive it. */
struct api_ground {
	struct reg *reg;
	struct world *world;
	const struct atlas *atlas;
	const struct words *words[WORDS_LANGUAGES];
	int zone_min; /* of the register's site */
	/* The folder for backups that nobody names another for; NULL: there is none. */
	const char *backups;
};

/* The caller frees it, after the last request. */
MUST_USE enum err api_new(struct api **out, const struct api_ground *ground, struct fault *f);
void api_free(struct api *a); /* NULL is harmless; wipes */
/* Requests that wait for a change come back now, and none waits any more. */
void api_stop(struct api *a);

enum api_method { METHOD_GET, METHOD_POST, METHOD_OTHER };

/* `at` is NULL where a header is missing.  Views, until the answer was sent. */
struct api_request {
	enum api_method method;
	struct text path;  /* "/api/people/3f…", as it came, without the query */
	struct text query; /* "q=gul&x=1", as it came; empty: none */
	struct text cookie, origin, host, token, languages, if_none_match, type;
	struct text body;
	bool secure;     /* came over TLS */
	bool takes_gzip; /* who asks can read it */
	/*
	 * 0, or what was wrong before the rest of it was read: the status and the key of its
	 * sentence.  Such a request is answered with that problem, whatever it asks for.
	 */
	unsigned refused;
	const char *refused_why;
};

struct api_response {
	unsigned status;
	const char *type; /* of the body; NULL: there is none */
	struct bytes body;
	bool gzipped;            /* the body is */
	struct text set_cookie;  /* empty: none */
	struct text etag;        /* with its quotes; empty: none */
	const char *language;    /* of its words */
	unsigned retry_after_s;  /* 0: none */
	const char *location;    /* where it is instead; NULL: here */
	const char *allow;       /* methods, where another was asked for; NULL: not said */
	bool lasts;              /* may be kept for ever: its address names its content */
	bool common;             /* about nobody, and the same for whoever asks */
};

/* Any number of threads.  What is in `out` lives in `arena` or as long as the program. */
void api_answer(struct api *a, const struct api_request *request, struct arena *arena,
		struct api_response *out);
/*
 * The same for a public server: of the routes those alone that are for the public, whoever
 * asks; it waits for nobody, and answers also while the register is locked.
 */
void api_answer_public(struct api *a, const struct api_request *request, struct arena *arena,
		       struct api_response *out);

/* --- what encrypts ------------------------------------------------------------------- */

/* In the caller's arena. */
struct tls_files {
	struct bytes certificate, key; /* PEM, with a zero byte behind */
	struct bytes ca; /* DER; empty: the tablets know who signed it */
	bool made;       /* just now, since names have changed or there was none */
};
#define FINGERPRINT_SIZE (2 * HASH_SIZE + HASH_SIZE / 2)
/* SHA-256 in groups of four digits, to be compared by eye; "" where there is none. */
void tls_fingerprint(char out[FINGERPRINT_SIZE], const struct tls_files *files);

#define TLS_NAMES_MAX 16
#define TLS_ADDRESSES_MAX 32
struct tls_site {
	struct world *world; /* with the real clock */
	const char *folder;  /* of the register; they lie in tls/ below it */
	struct text name;    /* of the site */
	const char *const *names; /* by which the laptop is called, "azakhel.local" */
	size_t name_count;        /* <= TLS_NAMES_MAX; 0: those of the last certificate */
};
/*
 * The site's own certificate, for these names and all addresses that this machine has in
 * private networks now, and the authority of the site that signed it; what is not there,
 * ends soon or does not fit is made.
 * ERR_INPUT: a name that could be somebody else's.
 */
MUST_USE enum err tls_of_site(struct tls_files *out, const struct tls_site *site, struct arena *a,
			      struct fault *f);
/* ERR_INPUT: not a certificate and its key. */
MUST_USE enum err tls_check(const struct tls_files *files, struct fault *f);

/* --- behind sockets ------------------------------------------------------------------ */

/*
 * The server.  A connection that takes longer than its limits allow is ended, however busy
 * it keeps us.  A request that two readers could read in two ways is refused before its
 * body is read.  A request that is refused goes to `answer` all the same, so that it is
 * told in the reader's language.
 *
 * A *private* server is for those who work here.  Each connection has a thread of its own,
 * in which `answer` may block.  All below /api and /public goes to `answer`; all else is a
 * file of the web client.  Where the site has an authority of its own, /ca tells how a tablet comes to
 * know it, and /ca.crt is it.
 *
 * A *public* one is for everybody and only read: GET and HEAD, without a body.  No cookie,
 * token or origin is handed on, and no cookie is set.  All that is asked goes to `answer`,
 * which runs in one of a few threads that all connections share, and does not block.
 */
struct http;

/* In milliseconds; 0: what stands behind. */
struct http_limits {
	int header_ms; /* from the connection to the end of the first header: 10 s  */
	int body_ms;   /* from there to the end of what is sent: 30 s               */
	int send_ms;   /* until all of the answer is taken: 60 s                    */
	int idle_ms;   /* from there to the end of the next header: 30 s            */
};
#define HTTP_CONNECTIONS_MAX 512
#define HTTP_BODY_SIZE_MAX (1024 * 1024)
/* Of a list; at most HTTP_LISTS_MAX bodies above the usual size are in memory at a time. */
#define HTTP_LIST_SIZE_MAX (8 * 1024 * 1024)
#define HTTP_LISTS_MAX 4
#define HTTP_HEADERS_MAX 100

struct http_setting {
	struct world *world;     /* must outlive it */
	const char *listen;      /* "127.0.0.1:8080", "[::1]:8080"; port 0: any that is free */
	int listening;           /* instead: a Unix socket that does; the caller closes his */
	unsigned public_threads; /* 0: a private server */
	const struct tls_files *tls; /* NULL: plain HTTP, on loopback only; must outlive it */
	const struct words *words[WORDS_LANGUAGES]; /* with `tls`: for /ca */
	unsigned per_address_max; /* connections of one address; 0: as many as of all */
	struct http_limits limits;
	void (*answer)(void *self, const struct api_request *request, struct arena *arena,
		       struct api_response *out);
	void *self;
};

/*
 * ERR_INPUT: `listen` is no address, or other machines could read what is not
 * encrypted.  ERR_BUSY: somebody listens there.  ERR_IO: the system says no.
 */
MUST_USE enum err http_start(struct http **out, const struct http_setting *setting,
			     struct fault *f);
unsigned http_port(const struct http *h);
/* Ends all connections and waits for what `answer` is about; NULL is harmless. */
void http_stop(struct http *h);

/* --- the table of routes ------------------------------------------------------------ */

enum route {
#define ROUTE(name, ...) ROUTE_##name,
#include "api/routes.def"
	ROUTES_COUNT
};

/* Who may use a route, apart from those who hold a deed. */
#define WHO_PUBLIC (-3) /* anybody, at the public server, too */
#define WHO_ANYBODY (-2)
#define WHO_SOMEBODY (-1)

struct route_param {
	enum route route;
	const char *name;
	bool in_path, required;
	const char *doc;
};

struct route_info {
	enum api_method method;
	const char *path; /* "/api/people/{id}/ready" */
	int who;          /* WHO_PUBLIC, WHO_ANYBODY, WHO_SOMEBODY, or enum deed */
	enum shape body, answer; /* SHAPE_NONE */
	const char *name, *doc;
};
const struct route_info *route_info(enum route r);
/* Whether nobody has to be in for it. */
bool route_is_open(const struct route_info *info);
/* All parameters, those of a route together. */
const struct route_param *route_params(enum route r, size_t *count);
/* Whether it is an id, 32 hex digits; else a text. */
bool route_param_is_id(const struct route_param *p);
/* Bytes of the body that it takes: a list that others keep is larger than what is typed. */
size_t route_body_max(enum route r);
/* The same of the address of a POST that comes; what is no route gets what most have. */
size_t api_body_max(struct text path);
/* The status of the answer where all went well: 200, or 201 where a fact came into being. */
unsigned route_success(enum route r);

/* Who asks, as the browser keeps it. */
#define API_COOKIE "__Host-ikhtiar"

/* The tables of routes, shapes and kinds as one OpenAPI 3.1 document; docs/openapi.json. */
void api_openapi(struct json_writer *w);
