/*
 * http: libmicrohttpd, and what it does not do by itself.
 *
 * A connection goes through these stages again and again; `due_ms` is the time at which
 * the present one must be over:
 *
 *      connected ──header_ms──► header read ──body_ms──► body read ──► answered ──send_ms──►
 *          ▲                                              (no limit)                  │
 *          └──────────────────────────────── idle_ms ◄────────────────────────────────┘
 *
 * libmicrohttpd's own time-out counts silence only: a client that sends a byte now and
 * then keeps its connection for ever, and 512 of them all there are.  So one thread, the
 * watchdog, sleeps until the earliest time and shuts down the sockets that are past
 * theirs; their own threads then find them closed.  It never closes one itself: the
 * number of a closed socket may be another's by then.  That is also why it works under
 * the lock that a connection takes before it goes.
 *
 * Times are set without the lock, three for each request.  A connection stores its own and
 * then looks at that of the watchdog, who stores "never" before it looks at theirs: so
 * whichever comes second sees the other, and the watchdog is woken where it would sleep
 * too long.
 *
 * The first call for a request, before its body, is where one is turned away that a
 * proxy and we could read in two ways (RFC 9112, section 11.2).  A body comes with its
 * length or not at all: nobody who belongs here needs chunks, and their grammar has been
 * the way in elsewhere.
 *
 * Two locks, of which nobody holds both: `lock`, under which nothing is called but
 * shutdown(), and `keeping`, under which libmicrohttpd takes an answer.
 */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <microhttpd.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "api/ca.h"
#include "api/listen.h"
#include "api/pages.h"

#define NEVER INT64_MAX
#define HEADER_SIZE_MAX (32 * 1024)
#define ANSWER_MEMORY ((size_t)64 << 20)
#define API TEXT("/api")
#define TLS_VERSIONS "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

struct connection {
	struct http *http;
	struct connection *next, *previous;
	int fd;
	atomic_int_least64_t due_ms;
	struct arena *arena; /* of the request that is being answered */
	bool begun;	     /* its header was looked at */
	struct api_request request;
	size_t body_size; /* that was announced */
	bool is_large;	  /* it is counted in http.large */
};

/* An answer with its head: putting that together costs more than most answers do. */
#define KEPT_MAX 16
#define KEPT_SIZE_MAX 4096
#define KEPT_TAG_SIZE 40
struct kept_answer {
	struct MHD_Response *response; /* NULL: none; what stands below tells it from others */
	const char *language, *type;
	bool gzipped;
	char tag[KEPT_TAG_SIZE];
	size_t tag_size;
};

struct http {
	struct http_setting setting;
	struct MHD_Daemon *daemon;
	pthread_t watchdog;
	int wake; /* an eventfd: there is an earlier time, or the end */
	atomic_bool ends;
	atomic_uint large; /* bodies above the usual size */

	pthread_mutex_t lock;
	struct connection *connections;
	atomic_int_least64_t next_ms; /* the watchdog sleeps until then */

	pthread_mutex_t keeping; /* of what is below */
	struct kept_answer kept[KEPT_MAX];
	size_t kept_next;
};

/* --- how long it may take -------------------------------------------------------------- */

static int64_t now_ms(const struct http *h)
{
	return h->setting.world->steady_ms(h->setting.world);
}

static void wake_watchdog(struct http *h)
{
	uint64_t one = 1;
	ssize_t written;

	do
		written = write(h->wake, &one, sizeof(one));
	while (written < 0 && errno == EINTR);
}

/* From now on; NEVER: as long as it likes. */
static void allow_ms(struct connection *c, int64_t ms)
{
	struct http *h = c->http;
	int64_t due_ms = ms == NEVER ? NEVER : now_ms(h) + ms;

	atomic_store(&c->due_ms, due_ms);
	if (due_ms < atomic_load(&h->next_ms))
		wake_watchdog(h);
}

/* Shut down who is late; gives when the next one will be. */
static int64_t end_the_late(struct http *h)
{
	int64_t now = now_ms(h), next_ms = NEVER;

	pthread_mutex_lock(&h->lock);
	atomic_store(&h->next_ms, NEVER);
	for (struct connection *c = h->connections; c; c = c->next) {
		int64_t due_ms = atomic_load(&c->due_ms);

		if (due_ms <= now) {
			shutdown(c->fd, SHUT_RDWR);
			atomic_store(&c->due_ms, NEVER);
		} else if (due_ms < next_ms) {
			next_ms = due_ms;
		}
	}
	atomic_store(&h->next_ms, next_ms);
	pthread_mutex_unlock(&h->lock);
	return next_ms;
}

static int until(const struct http *h, int64_t next_ms)
{
	int64_t left = next_ms == NEVER ? -1 : next_ms - now_ms(h);

	if (next_ms != NEVER && left < 0)
		return 0;
	return left > INT_MAX ? INT_MAX : (int)left;
}

static void *watch(void *self)
{
	struct http *h = self;
	struct pollfd wake = { .fd = h->wake, .events = POLLIN };
	uint64_t count;

	while (!atomic_load(&h->ends))
		if (poll(&wake, 1, until(h, end_the_late(h))) > 0 &&
		    read(h->wake, &count, sizeof(count)) < 0)
			assert(errno == EAGAIN || errno == EINTR);
	return NULL;
}

/* --- connections ----------------------------------------------------------------------- */

static struct connection *connection_of(struct MHD_Connection *m)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(m, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info ? info->socket_context : NULL;
}

static struct connection *connected(struct http *h, struct MHD_Connection *m)
{
	struct connection *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	c->http = h;
	c->due_ms = NEVER;
	c->fd = MHD_get_connection_info(m, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	if (arena_new(&c->arena, ANSWER_MEMORY)) {
		free(c);
		return NULL;
	}
	pthread_mutex_lock(&h->lock);
	c->next = h->connections;
	if (c->next)
		c->next->previous = c;
	h->connections = c;
	pthread_mutex_unlock(&h->lock);
	allow_ms(c, h->setting.limits.header_ms);
	return c;
}

/* The next request comes, or nothing more. */
static void forget_request(struct connection *c)
{
	arena_reset(c->arena);
	c->begun = false;
	c->request = (struct api_request){ 0 };
	c->body_size = 0;
	if (c->is_large)
		atomic_fetch_sub(&c->http->large, 1);
	c->is_large = false;
}

static void disconnected(struct connection *c)
{
	struct http *h = c->http;

	pthread_mutex_lock(&h->lock);
	if (c->next)
		c->next->previous = c->previous;
	if (c->previous)
		c->previous->next = c->next;
	else
		h->connections = c->next;
	pthread_mutex_unlock(&h->lock);
	forget_request(c);
	arena_free(c->arena);
	free(c);
}

/* Before the socket is closed, also where the end comes from us. */
static void notify_connection(void *self, struct MHD_Connection *m, void **context,
			      enum MHD_ConnectionNotificationCode what)
{
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		*context = connected(self, m);
	else if (*context)
		disconnected(*context);
}

static void notify_completed(void *self, struct MHD_Connection *m, void **context,
			     enum MHD_RequestTerminationCode how)
{
	struct connection *c = connection_of(m);

	(void)self, (void)context, (void)how;
	if (!c)
		return;
	forget_request(c);
	allow_ms(c, c->http->setting.limits.idle_ms);
}

/* --- what is asked --------------------------------------------------------------------- */

/* The address as it came: what libmicrohttpd hands on later is decoded. */
static void *note_address(void *self, const char *address, struct MHD_Connection *m)
{
	struct connection *c = connection_of(m);
	struct text t, *path, *query;
	const char *mark;

	(void)self;
	if (!c)
		return NULL;
	path = &c->request.path;
	query = &c->request.query;
	t = arena_copy_text(c->arena, text_of(address));
	*path = t;
	mark = t.at ? memchr(t.at, '?', t.size) : NULL;
	if (!mark)
		return NULL;
	path->size = (size_t)(mark - t.at);
	*query = (struct text){ mark + 1, t.size - path->size - 1 };
	return NULL;
}

/* The headers that are handed on.  Those that may come once are used to decide: of two,
 * we might take another than whoever stands before us. */
static const struct {
	const char *name;
	size_t offset;
	bool once;
} taken[] = {
	{ "Host", offsetof(struct api_request, host), true },
	{ "Cookie", offsetof(struct api_request, cookie), true },
	{ "Origin", offsetof(struct api_request, origin), true },
	{ "X-Ikhtiar-Token", offsetof(struct api_request, token), true },
	{ "Content-Type", offsetof(struct api_request, type), true },
	{ "Accept-Language", offsetof(struct api_request, languages), false },
	{ "If-None-Match", offsetof(struct api_request, if_none_match), false },
};

static void refuse(struct connection *c, unsigned status, const char *key)
{
	if (c->request.refused)
		return;
	c->request.refused = status;
	c->request.refused_why = key;
}

struct seen {
	struct connection *c;
	unsigned count, lengths;
};

static bool is_named(struct text header, const char *name)
{
	return header.size == strlen(name) && strncasecmp(header.at, name, header.size) == 0;
}

static void see_taken(struct connection *c, size_t i, struct text value)
{
	struct text *place = (struct text *)((char *)&c->request + taken[i].offset);

	if (place->at && taken[i].once)
		refuse(c, 400, "http.header-twice");
	if (!place->at)
		*place = value;
}

/* Only digits, and of those not more than can be meant. */
static void see_length(struct seen *s, struct text value)
{
	size_t size = 0, most = api_body_max(s->c->request.path);

	if (s->lengths++)
		refuse(s->c, 400, "http.header-twice");
	if (!value.size)
		refuse(s->c, 400, "http.which-length");
	for (size_t i = 0; i < value.size; i++) {
		if (value.at[i] < '0' || value.at[i] > '9') {
			refuse(s->c, 400, "http.which-length");
			return;
		}
		if (size <= most)
			size = size * 10 + (size_t)(value.at[i] - '0');
	}
	if (size > most)
		refuse(s->c, 413,
		       most > HTTP_BODY_SIZE_MAX ? "http.list-too-large" : "http.too-large");
	s->c->body_size = size;
}

/* "gzip", unless it is said to be of no worth. */
static bool takes_gzip(struct text encodings)
{
	const char *at = memmem(encodings.at, encodings.size, "gzip", 4);
	size_t left = at ? encodings.size - (size_t)(at - encodings.at) : 0;

	return at && !(left >= 8 && memcmp(at + 4, ";q=0", 4) == 0 && (left == 8 || at[8] == ','));
}

/* Letters and digits of ASCII, and `others`. */
static bool is_made_of(struct text t, const char *others)
{
	bool is = t.size;

	for (size_t i = 0; i < t.size; i++) {
		char c = t.at[i];

		is &= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      (c && strchr(others, c));
	}
	return is;
}

/* "Content-Length " is another name to us than to whoever takes the space away. */
static bool is_token(struct text t)
{
	return is_made_of(t, "!#$%&'*+-.^_`|~");
}

static enum MHD_Result see_header(void *self, enum MHD_ValueKind kind, const char *key,
				  size_t key_size, const char *value, size_t value_size)
{
	const struct text name = { key, key_size }, is = { value ? value : "", value_size };
	struct seen *s = self;
	struct connection *c = s->c;

	(void)kind;
	if (++s->count > HTTP_HEADERS_MAX)
		refuse(c, 431, "http.too-many-headers");
	if (!is_token(name))
		refuse(c, 400, "http.no-header");
	for (size_t i = 0; i < COUNT_OF(taken); i++)
		if (is_named(name, taken[i].name))
			see_taken(c, i, is);
	if (is_named(name, "Content-Length"))
		see_length(s, is);
	else if (is_named(name, "Transfer-Encoding"))
		refuse(c, 411, "http.say-length");
	else if (is_named(name, "Accept-Encoding"))
		c->request.takes_gzip |= takes_gzip(is);
	return MHD_YES;
}

static const struct {
	const char *name;
	enum api_method method;
} methods[] = {
	/* Of an answer to HEAD libmicrohttpd leaves out the body. */
	{ "GET", METHOD_GET },	     { "HEAD", METHOD_GET },	{ "POST", METHOD_POST },
	{ "PUT", METHOD_OTHER },     { "PATCH", METHOD_OTHER }, { "DELETE", METHOD_OTHER },
	{ "OPTIONS", METHOD_OTHER },
};

static void see_method(struct connection *c, const char *method)
{
	for (size_t i = 0; i < COUNT_OF(methods); i++)
		if (strcmp(methods[i].name, method) == 0) {
			c->request.method = methods[i].method;
			return;
		}
	c->request.method = METHOD_OTHER;
	refuse(c, 501, "http.no-such-method");
}

/* A name or numbers with a port: it is compared, and written into a page. */
static bool is_host(struct text t)
{
	return is_made_of(t, "-._:[]");
}

/* Whoever sends one need not be anybody yet, so there is memory for a few of them alone. */
static void admit_large(struct connection *c)
{
	c->is_large = true;
	if (atomic_fetch_add(&c->http->large, 1) >= HTTP_LISTS_MAX)
		refuse(c, 503, "http.lists-busy");
}

static bool is_public(const struct connection *c)
{
	return c->http->setting.public_threads;
}

/* It is only read, and who asks is nobody's business. */
static void make_public(struct connection *c)
{
	struct api_request *r = &c->request;

	if (r->method != METHOD_GET)
		refuse(c, 405, "http.only-read");
	if (c->body_size)
		refuse(c, 400, "http.no-body");
	r->cookie = r->origin = r->token = (struct text){ NULL, 0 };
}

static void look_at_header(struct connection *c, struct MHD_Connection *m, const char *method)
{
	struct seen seen = { .c = c };

	c->begun = true;
	see_method(c, method);
	MHD_get_connection_values_n(m, MHD_HEADER_KIND, see_header, &seen);
	if (!is_host(c->request.host))
		refuse(c, 400, "http.which-host");
	if (is_public(c))
		make_public(c);
	if (!c->request.refused && c->body_size > HTTP_BODY_SIZE_MAX)
		admit_large(c);
}

/* --- the answer ------------------------------------------------------------------------- */

/* A page of ours loads from here alone and is in nobody's frame. */
#define POLICY_OF_PAGES                                                                            \
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "    \
	"font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "            \
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/*
 * What reads the codes of cards is WebAssembly, and others wrote it.  A worker has the policy
 * of its own script, so this right stands at no page: whoever has it may ask nobody for
 * anything, and is handed each picture and the module itself.
 */
#define READERS TEXT("/assets/readers/")
#define POLICY_OF_READERS                                                                          \
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; frame-ancestors 'none'"

static const char *policy_of(struct text path)
{
	return text_begins(path, READERS) ? POLICY_OF_READERS : POLICY_OF_PAGES;
}

/*
 * What goes with every answer besides: a page of ours tells nobody where it was, and may use
 * the camera, for codes, and nothing else.
 */
static const struct {
	const char *name, *value;
} always[] = {
	{ "Permissions-Policy", "camera=(self), display-capture=(), geolocation=(), "
				"microphone=(), payment=(), usb=()" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "no-referrer" },
};

#define FOR_EVER "max-age=31536000"

static bool is_api(struct text path)
{
	return path.size >= API.size && text_same((struct text){ path.at, API.size }, API) &&
	       (path.size == API.size || path.at[API.size] == '/');
}

static const char *kept_how(const struct api_request *request, const struct api_response *answer)
{
	if (answer->lasts)
		return "public, immutable, " FOR_EVER;
	return is_api(request->path) ? "no-store" : "no-cache";
}

/* Header lines of one answer; `ok` is false once there was no memory for one. */
struct lines {
	struct MHD_Response *response;
	struct arena *arena;
	bool ok;
};

static void add(struct lines *l, const char *name, const char *value)
{
	l->ok = l->ok && value && MHD_add_response_header(l->response, name, value) == MHD_YES;
}

static void add_text(struct lines *l, const char *name, struct text value)
{
	if (value.size)
		add(l, name, arena_copy_text(l->arena, value).at);
}

static bool add_headers(struct connection *c, const struct api_response *answer,
			struct MHD_Response *response)
{
	struct lines l = { .response = response, .arena = c->arena, .ok = true };

	add(&l, "Content-Security-Policy", policy_of(c->request.path));
	for (size_t i = 0; i < COUNT_OF(always); i++)
		add(&l, always[i].name, always[i].value);
	if (c->request.secure)
		add(&l, "Strict-Transport-Security", FOR_EVER);
	add(&l, "Cache-Control", kept_how(&c->request, answer));
	if (answer->type)
		add(&l, "Content-Type", answer->type);
	if (answer->gzipped)
		add(&l, "Content-Encoding", "gzip");
	if (!is_api(c->request.path))
		add(&l, "Vary", "Accept-Encoding");
	if (answer->language)
		add(&l, "Content-Language", answer->language);
	if (answer->retry_after_s)
		add(&l, "Retry-After", arena_print(c->arena, "%u", answer->retry_after_s).at);
	if (answer->location)
		add(&l, "Location", answer->location);
	if (answer->allow)
		add(&l, "Allow", answer->allow);
	add_text(&l, "ETag", answer->etag);
	if (!is_public(c))
		add_text(&l, "Set-Cookie", answer->set_cookie);
	if (c->request.refused)
		add(&l, "Connection", "close");
	return l.ok;
}

/* NULL: no memory. */
static struct MHD_Response *make_response(struct connection *c, const struct api_response *answer,
					  enum MHD_ResponseMemoryMode how)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		answer->body.size, (void *)(uintptr_t)answer->body.at, how);

	if (response && !add_headers(c, answer, response)) {
		MHD_destroy_response(response);
		response = NULL;
	}
	return response;
}

/* --- answers that are kept ---------------------------------------------------------------- */

/* Only a common one: what is about somebody stays in memory no longer than it takes. */
static bool is_kept(const struct connection *c, const struct api_response *answer)
{
	return answer->common && answer->status == 200 && answer->etag.size &&
	       answer->body.size <= KEPT_SIZE_MAX && !c->request.refused;
}

static bool is_same(const struct kept_answer *k, const struct api_response *answer)
{
	return k->response && k->language == answer->language && k->type == answer->type &&
	       k->gzipped == answer->gzipped && k->tag_size == answer->etag.size &&
	       !memcmp(k->tag, answer->etag.at, k->tag_size);
}

/* Under `keeping`; NULL: it is not there. */
static struct MHD_Response *find_kept(struct http *h, const struct api_response *answer)
{
	for (size_t i = 0; i < KEPT_MAX; i++)
		if (is_same(&h->kept[i], answer))
			return h->kept[i].response;
	return NULL;
}

/* Under `keeping`; in the place of the oldest. */
static struct MHD_Response *keep(struct connection *c, const struct api_response *answer)
{
	struct http *h = c->http;
	struct kept_answer *k = &h->kept[h->kept_next++ % KEPT_MAX];

	if (answer->etag.size > sizeof(k->tag))
		return NULL;
	if (k->response)
		MHD_destroy_response(k->response);
	*k = (struct kept_answer){ .language = answer->language,
				   .type = answer->type,
				   .gzipped = answer->gzipped,
				   .tag_size = answer->etag.size };
	memcpy(k->tag, answer->etag.at, answer->etag.size);
	return k->response = make_response(c, answer, MHD_RESPMEM_MUST_COPY);
}

static enum MHD_Result send_kept(struct connection *c, struct MHD_Connection *m,
				 const struct api_response *answer)
{
	struct http *h = c->http;
	struct MHD_Response *response;
	enum MHD_Result sent = MHD_NO;

	pthread_mutex_lock(&h->keeping);
	if ((response = find_kept(h, answer)) || (response = keep(c, answer)))
		sent = MHD_queue_response(m, answer->status, response);
	pthread_mutex_unlock(&h->keeping);
	return sent;
}

static void forget_kept(struct http *h)
{
	for (size_t i = 0; i < KEPT_MAX; i++)
		if (h->kept[i].response)
			MHD_destroy_response(h->kept[i].response);
}

/* --- on its way ---------------------------------------------------------------------------- */

/* The body stays where it is: in the arena of this request, or in the program. */
static enum MHD_Result send_answer(struct connection *c, struct MHD_Connection *m,
				   const struct api_response *answer)
{
	struct MHD_Response *response;
	enum MHD_Result sent;

	if (is_kept(c, answer))
		return send_kept(c, m, answer);
	if (!(response = make_response(c, answer, MHD_RESPMEM_PERSISTENT)))
		return MHD_NO;
	sent = MHD_queue_response(m, answer->status, response);
	MHD_destroy_response(response);
	return sent;
}

/* A file of the web client, or how a tablet comes to know the site; false: neither. */
static bool answer_page(struct connection *c, struct api_response *out)
{
	struct api_request *request = &c->request;

	if (is_public(c) || request->refused || is_api(request->path) ||
	    page_is_published(request->path))
		return false;
	if (!ca_answer(&c->http->setting, request, c->arena, out))
		request->refused = pages_answer(request, c->arena, out, &request->refused_why);
	return !request->refused;
}

static enum MHD_Result respond(struct connection *c, struct MHD_Connection *m)
{
	const struct http_setting *s = &c->http->setting;
	struct api_request *request = &c->request;
	struct api_response answer = { 0 };

	if (!request->path.at)
		return MHD_NO;
	allow_ms(c, NEVER);
	request->secure = s->tls;
	if (!answer_page(c, &answer))
		s->answer(s->self, request, c->arena, &answer);
	allow_ms(c, s->limits.send_ms);
	return send_answer(c, m, &answer);
}

static bool take_body(struct connection *c, const char *data, size_t size)
{
	struct text *body = &c->request.body;

	if (!body->at)
		body->at = arena_take(c->arena, c->body_size);
	if (!body->at || size > c->body_size - body->size)
		return false;
	memcpy((char *)(uintptr_t)body->at + body->size, data, size);
	body->size += size;
	return true;
}

/* Called once behind the header, then with each part of the body, then at its end. */
static enum MHD_Result handle(void *self, struct MHD_Connection *m, const char *url,
			      const char *method, const char *version, const char *data,
			      size_t *size, void **context)
{
	struct connection *c = connection_of(m);

	(void)self, (void)url, (void)version, (void)context;
	if (!c)
		return MHD_NO;
	if (!c->begun) {
		look_at_header(c, m, method);
		if (c->request.refused)
			return respond(c, m);
		if (c->body_size)
			allow_ms(c, c->http->setting.limits.body_ms);
		return MHD_YES;
	}
	if (*size) {
		if (!take_body(c, data, *size))
			return MHD_NO;
		*size = 0;
		return MHD_YES;
	}
	return respond(c, m);
}

/* --- start and stop ---------------------------------------------------------------------- */

static void fill_limits(struct http_limits *l)
{
	const struct {
		int *limit, usual;
	} limits[] = {
		{ &l->header_ms, 10000 },
		{ &l->body_ms, 30000 },
		{ &l->send_ms, 60000 },
		{ &l->idle_ms, 30000 },
	};

	for (size_t i = 0; i < COUNT_OF(limits); i++)
		if (!*limits[i].limit)
			*limits[i].limit = limits[i].usual;
}

static void *text_at(struct bytes b)
{
	return (void *)(uintptr_t)b.at;
}

/* One thread alone is no pool. */
static unsigned pool_size(const struct http_setting *s)
{
	return s->public_threads > 1 ? s->public_threads : 0;
}

static unsigned flags_of(const struct http_setting *s, const struct listen_at *at)
{
	unsigned flags = s->public_threads ? MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC
					   : MHD_USE_THREAD_PER_CONNECTION |
						     MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL;

	if (at->address.any.sa_family == AF_INET6)
		flags |= MHD_USE_IPv6;
	return s->tls ? flags | MHD_USE_TLS : flags;
}

/* `socket` is the server's own, or -1. */
static bool start_daemon(struct http *h, const struct listen_at *at, int socket)
{
	const struct http_setting *s = &h->setting;
	const struct MHD_OptionItem found[] = { { MHD_OPTION_SOCK_ADDR, 0,
						  (void *)(uintptr_t)&at->address.any },
						{ MHD_OPTION_END, 0, NULL } };
	const struct MHD_OptionItem given[] = { { MHD_OPTION_LISTEN_SOCKET, socket, NULL },
						{ MHD_OPTION_END, 0, NULL } };
	const struct MHD_OptionItem plain[] = { { MHD_OPTION_END, 0, NULL } };
	const struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, s->tls ? text_at(s->tls->certificate) : NULL },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, s->tls ? text_at(s->tls->key) : NULL },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)TLS_VERSIONS },
		{ MHD_OPTION_END, 0, NULL },
	};
	const struct MHD_OptionItem options[] = {
		{ MHD_OPTION_ARRAY, 0, (void *)(uintptr_t)(socket < 0 ? found : given) },
		{ MHD_OPTION_THREAD_POOL_SIZE, pool_size(s), NULL },
		{ MHD_OPTION_CONNECTION_LIMIT, HTTP_CONNECTIONS_MAX, NULL },
		{ MHD_OPTION_PER_IP_CONNECTION_LIMIT, s->per_address_max, NULL },
		{ MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEADER_SIZE_MAX, NULL },
		{ MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL },
		{ MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)notify_connection, h },
		{ MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)notify_completed, h },
		{ MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)note_address, h },
		{ MHD_OPTION_ARRAY, 0, (void *)(uintptr_t)(s->tls ? tls : plain) },
		{ MHD_OPTION_END, 0, NULL },
	};

	h->daemon = MHD_start_daemon(flags_of(s, at), 0, NULL, NULL, handle, h, MHD_OPTION_ARRAY,
				     options, MHD_OPTION_END);
	return h->daemon;
}

/* libmicrohttpd closes the socket that it listens at, on some of its ways also where it
 * does not start: whose it is then cannot be told, and the process is about to end. */
static bool start_listening(struct http *h, const struct listen_at *at)
{
	int given = h->setting.listening;
	int socket = given ? fcntl(given, F_DUPFD_CLOEXEC, 0) : -1;

	return (!given || socket >= 0) && start_daemon(h, at, socket);
}

static enum err no_place(const struct http *h, struct fault *f)
{
	const char *listen = h->setting.listening ? "" : h->setting.listen;

	if (errno == EADDRINUSE)
		return fault(f, ERR_BUSY, "http.taken", listen);
	return fault(f, ERR_IO, "http.cannot-listen", listen, strerrordesc_np(errno));
}

static void free_http(struct http *h)
{
	forget_kept(h);
	pthread_mutex_destroy(&h->keeping);
	pthread_mutex_destroy(&h->lock);
	if (h->wake >= 0)
		close(h->wake);
	free(h);
}

static enum err start_all(struct http *h, const struct listen_at *at, struct fault *f)
{
	enum err e;

	h->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (h->wake < 0 || pthread_create(&h->watchdog, NULL, watch, h))
		return fault(f, ERR_MEMORY, "memory.none");
	errno = 0;
	if (start_listening(h, at))
		return OK;
	e = no_place(h, f);
	atomic_store(&h->ends, true);
	wake_watchdog(h);
	pthread_join(h->watchdog, NULL);
	return e;
}

/* Where it is found; no other machine reaches what nothing encrypts. */
static enum err find_place(const struct http_setting *s, struct listen_at *out, struct fault *f)
{
	*out = (struct listen_at){ .loopback = true };
	if (s->listening)
		return OK;
	if (!listen_read(out, s->listen))
		return fault(f, ERR_INPUT, "http.no-address", s->listen);
	if (!out->loopback && !s->tls)
		return fault(f, ERR_INPUT, "http.only-loopback", s->listen);
	return s->tls ? tls_check(s->tls, f) : OK;
}

enum err http_start(struct http **out, const struct http_setting *setting, struct fault *f)
{
	struct listen_at at;
	struct http *h;
	enum err e;

	*out = NULL;
	if ((e = find_place(setting, &at, f)))
		return e;
	h = calloc(1, sizeof(*h));
	if (!h)
		return fault(f, ERR_MEMORY, "memory.none");
	h->setting = *setting;
	h->next_ms = NEVER;
	fill_limits(&h->setting.limits);
	pthread_mutex_init(&h->lock, NULL);
	pthread_mutex_init(&h->keeping, NULL);
	if ((e = start_all(h, &at, f)))
		free_http(h);
	else
		*out = h;
	return e;
}

unsigned http_port(const struct http *h)
{
	return MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

void http_stop(struct http *h)
{
	if (!h)
		return;
	MHD_stop_daemon(h->daemon);
	atomic_store(&h->ends, true);
	wake_watchdog(h);
	pthread_join(h->watchdog, NULL);
	free_http(h);
}
