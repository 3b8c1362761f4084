/*
 * The server behind real sockets: what it hands on, what it refuses to read, and whom it
 * waits for.  Time limits are a few hundredths of a second, and no check asks whether one
 * was long enough: a client waits until it is let go, or the whole test is too late.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "api/api.h"
#include "base/buffer.h"
#include "base/test.h"

/* --- a server whose answers tell what it was asked ----------------------------------- */

struct server {
	struct http *http;
	atomic_uint asked, refused, smuggled;
	pthread_mutex_t lock;
	pthread_cond_t may_go;
	bool held; /* /api/wait and /api/lists are not answered while this is so */
};

#define LARGE ((size_t)32 << 20)

static void wait_for_leave(struct server *s)
{
	pthread_mutex_lock(&s->lock);
	while (s->held)
		pthread_cond_wait(&s->may_go, &s->lock);
	pthread_mutex_unlock(&s->lock);
}

static void tell(void *self, const struct api_request *r, struct arena *a, struct api_response *out)
{
	static const char *const methods[] = { "GET", "POST", "OTHER" };
	struct server *s = self;
	struct text t;

	atomic_fetch_add(&s->asked, 1);
	if (r->refused)
		atomic_fetch_add(&s->refused, 1);
	else if (text_is(r->path, "/api/smuggled"))
		atomic_fetch_add(&s->smuggled, 1);
	if (!r->refused && (text_is(r->path, "/api/wait") || text_is(r->path, "/api/lists")))
		wait_for_leave(s);
	t = arena_print(
		a,
		"%s %.*s ? %.*s host=%.*s cookie=%.*s origin=%.*s token=%.*s body=%zu:%.20s why=%s",
		methods[r->method], SHOWN(r->path), SHOWN(r->query), SHOWN(r->host),
		SHOWN(r->cookie), SHOWN(r->origin), SHOWN(r->token), r->body.size,
		r->body.size ? arena_copy_text(a, r->body).at : "",
		r->refused ? r->refused_why : "-");
	*out = (struct api_response){ .status = r->refused ? r->refused : 200,
				      .type = "text/plain",
				      .body = bytes_of_text(t),
				      .etag = TEXT("\"e\""),
				      .set_cookie = TEXT("__Host-x=1"),
				      .language = "ps" };
	if (text_is(r->path, "/api/common")) {
		out->common = true;
		out->etag = r->query;
	}
	if (text_is(r->path, "/api/large"))
		out->body = bytes_of(arena_take(a, LARGE), LARGE);
}

static struct server *server_of(struct http_setting setting)
{
	struct server *s = calloc(1, sizeof(*s));
	struct fault f = { 0 };

	setting.world = world_real();
	setting.listen = "127.0.0.1:0";
	setting.answer = tell;
	setting.self = s;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->may_go, NULL);
	CHECK_INT(http_start(&s->http, &setting, &f), OK);
	return s;
}

static struct server *server_with(struct http_limits limits, unsigned per_address)
{
	return server_of((struct http_setting){ .limits = limits, .per_address_max = per_address });
}

static struct server *public_server(struct http_limits limits)
{
	return server_of((struct http_setting){ .limits = limits, .public_threads = 2 });
}

static struct server *server(void)
{
	return server_with((struct http_limits){ 0 }, 0);
}

static void stop(struct server *s)
{
	http_stop(s->http);
	pthread_mutex_destroy(&s->lock);
	pthread_cond_destroy(&s->may_go);
	free(s);
}

/* --- a client that says what it is told ------------------------------------------------ */

static int call(const struct server *s)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_port = htons((uint16_t)http_port(s->http)),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	CHECK(fd >= 0 && !connect(fd, (struct sockaddr *)&to, sizeof(to)));
	return fd;
}

/* The server may have gone meanwhile: that is for whoever reads to find. */
static void put(int fd, const void *at, size_t size)
{
	const char *from = at;
	ssize_t sent = 1;

	for (; size && sent > 0; from += sent, size -= (size_t)sent)
		sent = send(fd, from, size, MSG_NOSIGNAL);
}

#define GET "GET /api/x HTTP/1.1\r\nHost: here\r\n\r\n"
#define LAST "GET /api/x HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"

/* All that comes until the server is through, or `marks` answers that end in "why=-". */
static struct text hear(struct buffer *b, int fd, unsigned marks)
{
	char part[65536];
	unsigned seen = 0;
	ssize_t got = 1;

	while (seen < marks && got > 0) {
		got = recv(fd, part, sizeof(part), 0);
		if (got > 0)
			buffer_add(b, bytes_of(part, (size_t)got));
		seen = 0;
		for (size_t i = 0; i + 5 <= b->size; i++)
			seen += memcmp(b->at + i, "why=-", 5) == 0;
	}
	return buffer_as_text(b);
}
#define TO_THE_END 1000000

static bool holds(struct text t, const char *what)
{
	return memmem(t.at, t.size, what, strlen(what));
}

static unsigned status_of(struct text t)
{
	unsigned status = 0;

	if (t.size < 12)
		return 0;
	return sscanf(t.at, "HTTP/1.1 %3u", &status) == 1 ? status : 0;
}

static unsigned status_to(const struct server *s, const void *request, size_t size, const char *why)
{
	struct buffer b = { 0 };
	int fd = call(s);
	struct text t;
	unsigned status;

	put(fd, request, size);
	shutdown(fd, SHUT_WR);
	t = hear(&b, fd, TO_THE_END);
	status = status_of(t);
	if (why && !holds(t, why))
		check_failed(__FILE__, __LINE__, "no “%s” in: %.*s", why, SHOWN(t));
	buffer_free(&b);
	close(fd);
	return status;
}

/* Whether the next one who comes is answered. */
static bool still_serves(const struct server *s)
{
	return status_to(s, LAST, strlen(LAST), NULL) == 200;
}

/* --- what is handed on ------------------------------------------------------------------ */

TEST(what_is_asked_is_handed_on_as_it_came)
{
	static const char request[] = "POST /api/a%2Fb/%41?q=g%20l&x=%3F HTTP/1.1\r\n"
				      "host: here:80\r\nCOOKIE: a=b\r\nOrigin: http://here:80\r\n"
				      "X-Ikhtiar-Token: t\r\nContent-Length: 5\r\n\r\nhello";
	struct server *s = server();
	struct buffer b = { 0 };
	int fd = call(s);
	struct text t;

	put(fd, request, strlen(request));
	t = hear(&b, fd, 1);

	CHECK_INT(status_of(t), 200);
	CHECK(holds(t, "POST /api/a%2Fb/%41 ? q=g%20l&x=%3F host=here:80 cookie=a=b "
		       "origin=http://here:80 token=t body=5:hello why=-"));
	close(fd);
	buffer_free(&b);
	stop(s);
}

TEST(each_answer_says_what_a_page_of_ours_may_do)
{
	static const char *const lines[] = {
		"Content-Security-Policy: default-src 'none'; script-src 'self'; ",
		"frame-ancestors 'none'\r\n",
		"Permissions-Policy: camera=(self), ",
		"Cross-Origin-Opener-Policy: same-origin\r\n",
		"Cross-Origin-Resource-Policy: same-origin\r\n",
		"X-Content-Type-Options: nosniff\r\n",
		"Referrer-Policy: no-referrer\r\n",
		"Cache-Control: no-store\r\n",
		"Content-Language: ps\r\n",
		"ETag: \"e\"\r\n",
		"Set-Cookie: __Host-x=1\r\n",
	};
	struct server *s = server();

	for (size_t i = 0; i < COUNT_OF(lines); i++)
		CHECK_INT(status_to(s, LAST, strlen(LAST), lines[i]), 200);
	stop(s);
}

/* The answer to a GET, whatever it is, has this line. */
static void comes_with(const struct server *s, const char *path, const char *line)
{
	char request[200];

	snprintf(request, sizeof(request),
		 "GET %s HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n", path);
	CHECK(status_to(s, request, strlen(request), line));
}

TEST(what_reads_codes_may_run_webassembly_and_reach_nobody_and_no_page_may)
{
	static const char *const others[] = { "/", "/assets/x.js", "/readers/x.js", "/api/x",
					      "/assets/readers" };
	struct server *s = server();

	comes_with(s, "/assets/readers/x.js",
		   "Content-Security-Policy: default-src 'none'; "
		   "script-src 'self' 'wasm-unsafe-eval'; frame-ancestors 'none'\r\n");
	for (size_t i = 0; i < COUNT_OF(others); i++)
		comes_with(s, others[i],
			   "Content-Security-Policy: default-src 'none'; script-src 'self'; "
			   "style-src 'self'; ");
	stop(s);
}

TEST(one_connection_carries_one_request_after_another)
{
	struct server *s = server();
	struct buffer b = { 0 };
	int fd = call(s);

	for (unsigned i = 1; i <= 20; i++) {
		put(fd, GET, strlen(GET));
		hear(&b, fd, i);
	}
	put(fd, GET GET GET GET, 4 * strlen(GET));
	hear(&b, fd, 24);

	CHECK_INT(atomic_load(&s->asked), 24);
	close(fd);
	buffer_free(&b);
	stop(s);
}

TEST(a_body_is_taken_up_to_its_largest_size)
{
	size_t head, size = HTTP_BODY_SIZE_MAX;
	char *request = malloc(200 + size);
	struct server *s = server();

	head = (size_t)sprintf(
		request, "POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Length: %zu\r\n\r\n", size);
	memset(request + head, 'a', size);

	CHECK_INT(status_to(s, request, head + size, "body=1048576:aaaaaaaaaaaaaaaaaaaa why=-"),
		  200);
	free(request);
	stop(s);
}

/* What the server is asked as `number`, by somebody with this line in her head. */
static void check_common(const struct server *s, int number, const char *line, const char *says)
{
	char request[200], wanted[80];

	snprintf(request, sizeof(request),
		 "GET /api/common?%d HTTP/1.1\r\nHost: here\r\nConnection: close\r\n%s\r\n", number,
		 line);
	snprintf(wanted, sizeof(wanted), "/api/common ? %d host=here cookie=%s origin", number, says);
	CHECK_INT(status_to(s, request, strlen(request), wanted), 200);
}

TEST(an_answer_about_nobody_is_kept_with_its_head_and_told_from_every_other)
{
	struct server *s = server();

	check_common(s, 1, "Cookie: a=b\r\n", "a=b");
	check_common(s, 1, "", "a=b");
	/* More than are kept: the oldest makes room. */
	for (int round = 0; round < 2; round++)
		for (int number = 2; number < 60; number++)
			check_common(s, number, "", "");
	check_common(s, 1, "", "");
	stop(s);
}

/* --- what is refused -------------------------------------------------------------------- */

/* `status` 0: no answer is owed; `why` NULL: libmicrohttpd says it in its own words. */
#define SMUGGLED "GET /api/smuggled HTTP/1.1\r\nHost: h\r\n\r\n"
static const struct {
	struct text request;
	unsigned status;
	const char *why;
} doubtful[] = {
	{ TEXT("POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n"
	       "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED),
	  411, "why=http.say-length" },
	{ TEXT("POST /api/x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
	       "5\r\nhello\r\n0\r\n\r\n" SMUGGLED),
	  411, "why=http.say-length" },
	{ TEXT("POST /api/x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
	       "zz\r\nhello\r\n" SMUGGLED),
	  411, "why=http.say-length" },
	{ TEXT("POST /api/x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: identity\r\n\r\n" SMUGGLED),
	  411, "why=http.say-length" },
	{ TEXT("POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nContent-Length: "
	       "44\r\n\r\n" SMUGGLED),
	  400, "why=http.header-twice" },
	{ TEXT("POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: "
	       "5\r\n\r\nhello" SMUGGLED),
	  400, "why=http.header-twice" },
	{ TEXT("POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Length: 5, 5\r\n\r\nhello" SMUGGLED),
	  400, NULL },
	{ TEXT("POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Length: +5\r\n\r\nhello" SMUGGLED), 400,
	  NULL },
	{ TEXT("POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\nhello" SMUGGLED), 400,
	  NULL },
	{ TEXT("POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Length:\r\n\r\nhello" SMUGGLED), 400,
	  NULL },
	{ TEXT("GET /api/x HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n" SMUGGLED), 400,
	  "why=http.header-twice" },
	{ TEXT("GET /api/x HTTP/1.1\r\n\r\n" SMUGGLED), 400, NULL },
	{ TEXT("GET /api/x HTTP/1.1\r\nHost:\r\n\r\n" SMUGGLED), 400, "why=http.which-host" },
	{ TEXT("GET /api/x HTTP/1.1\r\nHost: <h>\r\n\r\n" SMUGGLED), 400, "why=http.which-host" },
	{ TEXT("GET /api/x HTTP/1.1\r\nHost: h, i\r\n\r\n" SMUGGLED), 400, "why=http.which-host" },
	{ TEXT("GET /api/x HTTP/1.0\r\n\r\n" SMUGGLED), 400, "why=http.which-host" },
	{ TEXT("GET /api/x HTTP/1.1\r\nHost: h\r\nCookie: a=b\r\nCookie: a=c\r\n\r\n" SMUGGLED),
	  400, "why=http.header-twice" },
	{ TEXT("POST /api/x HTTP/1.1\r\nHost: h\r\nOrigin: http://a\r\norigin: "
	       "http://b\r\n\r\n" SMUGGLED),
	  400, "why=http.header-twice" },
	{ TEXT("GET /api/x HTTP/1.1\r\nHost: h\r\nX: a\r\n Host: i\r\n\r\n" SMUGGLED), 400,
	  "why=http.no-header" },
	{ TEXT("GET /api/x HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n" SMUGGLED), 400, NULL },
	{ TEXT("POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Length : 44\r\n\r\n" SMUGGLED), 400,
	  "why=http.no-header" },
	{ TEXT("GET /api/x HTTP/1.1\r\nHost: h\r\n(x): y\r\n\r\n" SMUGGLED), 400,
	  "why=http.no-header" },
	{ TEXT("BREW /api/x HTTP/1.1\r\nHost: h\r\n\r\n" SMUGGLED), 501,
	  "why=http.no-such-method" },
	{ TEXT("CONNECT here:443 HTTP/1.1\r\nHost: h\r\n\r\n" SMUGGLED), 501,
	  "why=http.no-such-method" },
	{ TEXT("GET /api/x\r\n\r\n" SMUGGLED), 400, NULL },
	{ TEXT("GET /api/x HTTP/9.9\r\nHost: h\r\n\r\n" SMUGGLED), 505, NULL },
	{ TEXT("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 " SMUGGLED), 0, NULL },
};

TEST(what_two_readers_could_read_in_two_ways_is_refused)
{
	struct server *s = server();

	for (size_t i = 0; i < COUNT_OF(doubtful); i++) {
		struct text r = doubtful[i].request;
		unsigned status = status_to(s, r.at, r.size, doubtful[i].why);

		if (status != doubtful[i].status || atomic_load(&s->smuggled))
			check_failed(__FILE__, __LINE__, "case %zu: %u, %u smuggled", i, status,
				     atomic_load(&s->smuggled));
	}
	CHECK(still_serves(s));
	stop(s);
}

TEST(two_mebibytes_are_refused_before_they_are_read)
{
	static const char head[] =
		"POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Length: 2097152\r\n\r\n";
	size_t size = sizeof(head) - 1 + 2097152;
	char *request = calloc(1, size);
	struct server *s = server();

	memcpy(request, head, sizeof(head) - 1);
	CHECK_INT(status_to(s, head, sizeof(head) - 1, "why=http.too-large"), 413);
	/* Its answer may be lost to whoever goes on sending, but it is not read. */
	status_to(s, request, size, NULL);

	CHECK_INT(atomic_load(&s->refused), 2);
	CHECK(still_serves(s));
	free(request);
	stop(s);
}

/* A list of `size` bytes; to be freed. */
static char *list_of(size_t size, size_t *whole)
{
	char *request = malloc(200 + size);
	size_t head = (size_t)sprintf(request,
				      "POST /api/lists HTTP/1.1\r\nHost: h\r\n"
				      "Connection: close\r\nContent-Length: %zu\r\n\r\n",
				      size);

	memset(request + head, 'a', size);
	*whole = head + size;
	return request;
}

TEST(a_list_may_be_larger_than_what_is_typed_and_has_its_own_limit)
{
	struct server *s = server();
	size_t size;
	char *request = list_of(HTTP_LIST_SIZE_MAX, &size);

	CHECK_INT(status_to(s, request, size, "body=8388608:aaaaaaaaaaaaaaaaaaaa why=-"), 200);
	free(request);
	request = list_of(HTTP_LIST_SIZE_MAX + 1, &size);
	CHECK_INT(status_to(s, request, size - HTTP_LIST_SIZE_MAX - 1, "why=http.list-too-large"),
		  413);
	free(request);
	stop(s);
}

TEST(more_headers_than_anybody_means_are_refused)
{
	struct server *s = server();
	struct buffer b = { 0 };

	buffer_text(&b, TEXT("GET /api/x HTTP/1.1\r\nHost: h\r\n"));
	for (int i = 0; i < HTTP_HEADERS_MAX; i++)
		buffer_print(&b, "X-%d: y\r\n", i);
	buffer_text(&b, TEXT("\r\n"));
	CHECK_INT(status_to(s, b.at, b.size, "why=http.too-many-headers"), 431);

	buffer_cut(&b, b.size - 2);
	for (int i = 0; i < 10000; i++)
		buffer_print(&b, "X-%d: y\r\n", i);
	buffer_text(&b, TEXT("\r\n"));
	CHECK_INT(status_to(s, b.at, b.size, NULL), 431);
	CHECK_INT(atomic_load(&s->asked), 1);

	CHECK(still_serves(s));
	buffer_free(&b);
	stop(s);
}

/* --- who takes too long ------------------------------------------------------------------- */

#define SOON 50

/* A byte of `bytes`, again and again, until the server hangs up. */
static void drip(int fd, const char *bytes)
{
	struct pollfd end = { .fd = fd, .events = POLLRDHUP };
	size_t at = 0;

	while (!poll(&end, 1, 1)) {
		put(fd, bytes + at, 1);
		at = bytes[at + 1] ? at + 1 : at;
	}
	close(fd);
}

TEST(a_header_that_comes_drop_by_drop_is_not_waited_for)
{
	struct server *s = server_with((struct http_limits){ .header_ms = SOON }, 0);

	drip(call(s), "GET /api/x HTTP/1.1\r\nHost: h\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

	CHECK_INT(atomic_load(&s->asked), 0);
	/* On a busy machine one who means well may be too late for this server, too. */
	while (!still_serves(s))
		continue;
	stop(s);
}

TEST(a_body_that_comes_drop_by_drop_is_not_waited_for)
{
	static const char head[] =
		"POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n";
	struct server *s = server_with((struct http_limits){ .body_ms = SOON }, 0);
	int fd = call(s);

	put(fd, head, strlen(head));
	drip(fd, "a");

	CHECK_INT(atomic_load(&s->asked), 0);
	stop(s);
}

TEST(a_second_request_that_comes_drop_by_drop_is_not_waited_for)
{
	struct server *s = server_with((struct http_limits){ .idle_ms = SOON }, 0);
	struct buffer b = { 0 };
	int fd = call(s);

	put(fd, GET, strlen(GET));
	hear(&b, fd, 1);
	drip(fd, "GET /api/x HTTP/1.1\r\nHost: h\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

	CHECK_INT(atomic_load(&s->asked), 1);
	buffer_free(&b);
	stop(s);
}

TEST(who_is_silent_is_let_go)
{
	struct server *s = server_with((struct http_limits){ .header_ms = SOON }, 0);
	struct pollfd end = { .fd = call(s), .events = POLLRDHUP };

	CHECK_INT(poll(&end, 1, -1), 1);
	close(end.fd);
	stop(s);
}

TEST(an_answer_that_nobody_takes_is_given_up)
{
	static const char request[] = "GET /api/large HTTP/1.1\r\nHost: h\r\n\r\n";
	struct server *s = server_with((struct http_limits){ .send_ms = SOON }, 0);
	char part[4096];
	size_t size = 0;
	ssize_t got;
	int fd = call(s);

	put(fd, request, strlen(request));
	while ((got = recv(fd, part, sizeof(part), 0)) > 0) {
		size += (size_t)got;
		poll(NULL, 0, 1);
	}

	CHECK(size < LARGE);
	close(fd);
	stop(s);
}

/* --- for everybody ------------------------------------------------------------------------- */

TEST(a_public_server_hands_on_what_is_asked_and_not_by_whom)
{
	static const char request[] = "GET /public/a?x=1 HTTP/1.1\r\nHost: here\r\nCookie: a=b\r\n"
				      "Origin: http://here\r\nX-Ikhtiar-Token: t\r\n\r\n";
	struct server *s = public_server((struct http_limits){ 0 });
	struct buffer b = { 0 };
	int fd = call(s);
	struct text t;

	put(fd, request, strlen(request));
	t = hear(&b, fd, 1);

	CHECK_INT(status_of(t), 200);
	CHECK(holds(t, "GET /public/a ? x=1 host=here cookie= origin= token= body=0: why=-"));
	CHECK(!holds(t, "Set-Cookie"));
	CHECK(holds(t, "Content-Security-Policy: "));
	close(fd);
	buffer_free(&b);
	stop(s);
}

TEST(a_public_server_is_only_read)
{
	static const struct {
		const char *request;
		unsigned status;
		const char *why;
	} cases[] = {
		{ "POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello" SMUGGLED, 405,
		  "why=http.only-read" },
		{ "DELETE /api/x HTTP/1.1\r\nHost: h\r\n\r\n" SMUGGLED, 405, "why=http.only-read" },
		{ "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n" SMUGGLED, 405, "why=http.only-read" },
		{ "GET /api/x HTTP/1.1\r\nHost: h\r\nContent-Length: 44\r\n\r\n" SMUGGLED, 400,
		  "why=http.no-body" },
		{ "HEAD /api/x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", 200, NULL },
	};
	struct server *s = public_server((struct http_limits){ 0 });

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		CHECK_INT(status_to(s, cases[i].request, strlen(cases[i].request), cases[i].why),
			  cases[i].status);
	CHECK_INT(atomic_load(&s->smuggled), 0);
	CHECK(still_serves(s));
	stop(s);
}

TEST(what_two_readers_could_read_in_two_ways_is_refused_to_everybody)
{
	struct server *s = public_server((struct http_limits){ 0 });

	for (size_t i = 0; i < COUNT_OF(doubtful); i++) {
		struct text r = doubtful[i].request;
		unsigned status = status_to(s, r.at, r.size, NULL);

		if (status == 200 || atomic_load(&s->smuggled))
			check_failed(__FILE__, __LINE__, "case %zu: %u, %u smuggled", i, status,
				     atomic_load(&s->smuggled));
	}
	CHECK(still_serves(s));
	stop(s);
}

TEST(who_drips_into_a_public_server_is_not_waited_for)
{
	struct server *s =
		public_server((struct http_limits){ .header_ms = SOON, .idle_ms = SOON });
	struct buffer b = { 0 };
	int fd;

	drip(call(s), "GET /api/x HTTP/1.1\r\nHost: h\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	CHECK_INT(atomic_load(&s->asked), 0);
	/* Its first request may be late, too, on a busy machine. */
	do {
		buffer_reset(&b);
		fd = call(s);
		put(fd, GET, strlen(GET));
		if (status_of(hear(&b, fd, 1)) != 200)
			close(fd);
	} while (status_of(buffer_as_text(&b)) != 200);
	drip(fd, "GET /api/x HTTP/1.1\r\nHost: h\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	buffer_free(&b);
	stop(s);
}

TEST(an_answer_that_nobody_takes_keeps_no_public_thread)
{
	static const char request[] = "GET /api/large HTTP/1.1\r\nHost: h\r\n\r\n";
	struct server *s = public_server((struct http_limits){ 0 });
	int slow[8];

	for (size_t i = 0; i < COUNT_OF(slow); i++) {
		slow[i] = call(s);
		put(slow[i], request, strlen(request));
	}
	while (atomic_load(&s->asked) < COUNT_OF(slow))
		;

	CHECK(still_serves(s));
	for (size_t i = 0; i < COUNT_OF(slow); i++)
		close(slow[i]);
	stop(s);
}

TEST(a_hundred_who_say_nothing_keep_nobody_waiting_at_a_public_server)
{
	struct server *s = public_server((struct http_limits){ 0 });
	int idle[100];

	for (size_t i = 0; i < COUNT_OF(idle); i++) {
		idle[i] = call(s);
		put(idle[i], "G", 1);
	}

	CHECK(still_serves(s));
	for (size_t i = 0; i < COUNT_OF(idle); i++)
		close(idle[i]);
	stop(s);
}

/* --- who waits ------------------------------------------------------------------------------ */

static void let_go(struct server *s)
{
	pthread_mutex_lock(&s->lock);
	s->held = false;
	pthread_cond_broadcast(&s->may_go);
	pthread_mutex_unlock(&s->lock);
}

TEST(who_waits_for_an_answer_is_not_late)
{
	static const char waits[] =
		"GET /api/wait HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
	struct server *s =
		server_with((struct http_limits){ .header_ms = SOON, .body_ms = SOON }, 0);
	struct buffer b = { 0 };
	int fd = call(s), silent;

	s->held = true;
	put(fd, waits, strlen(waits));
	while (!atomic_load(&s->asked))
		;
	/* Whoever comes after it, and says nothing, is let go before it. */
	silent = call(s);
	CHECK_INT(poll(&(struct pollfd){ .fd = silent, .events = POLLRDHUP }, 1, -1), 1);
	let_go(s);

	CHECK_INT(status_of(hear(&b, fd, TO_THE_END)), 200);
	close(silent);
	close(fd);
	buffer_free(&b);
	stop(s);
}

/* Whether one more is turned away by its head alone. */
static bool lists_are_busy(const struct server *s)
{
	static const char head[] = "POST /api/lists HTTP/1.1\r\nHost: h\r\n"
				   "Content-Length: 1048577\r\n\r\n";

	return status_to(s, head, sizeof(head) - 1, NULL) == 503;
}

/* Each holds its memory until it is answered, and is sent by somebody unknown as yet. */
TEST(only_a_few_lists_are_in_memory_at_a_time)
{
	struct server *s = server();
	struct buffer b = { 0 };
	int fds[HTTP_LISTS_MAX];
	size_t size;
	char *request = list_of(HTTP_BODY_SIZE_MAX + 1, &size);

	s->held = true;
	for (size_t i = 0; i < COUNT_OF(fds); i++) {
		fds[i] = call(s);
		put(fds[i], request, size);
	}
	while (atomic_load(&s->asked) < COUNT_OF(fds))
		;
	CHECK_INT(lists_are_busy(s), true);
	let_go(s);
	for (size_t i = 0; i < COUNT_OF(fds); i++) {
		CHECK_INT(status_of(hear(&b, fds[i], TO_THE_END)), 200);
		close(fds[i]);
	}
	while (lists_are_busy(s))
		;
	free(request);
	buffer_free(&b);
	stop(s);
}

/* --- many at a time -------------------------------------------------------------------------- */

TEST(a_hundred_who_say_nothing_keep_nobody_waiting)
{
	struct server *s = server();
	int idle[100];

	for (size_t i = 0; i < COUNT_OF(idle); i++)
		idle[i] = call(s);

	CHECK(still_serves(s));
	for (size_t i = 0; i < COUNT_OF(idle); i++)
		close(idle[i]);
	stop(s);
}

TEST(one_address_has_so_many_connections_and_no_more)
{
	struct server *s = server_with((struct http_limits){ 0 }, 2);
	struct buffer first = { 0 }, second = { 0 };
	int one = call(s), two = call(s);

	put(one, GET, strlen(GET));
	hear(&first, one, 1);
	put(two, GET, strlen(GET));
	hear(&second, two, 1);

	CHECK_INT(status_to(s, LAST, strlen(LAST), NULL), 0);
	close(one);
	while (!still_serves(s))
		;
	close(two);
	buffer_free(&first);
	buffer_free(&second);
	stop(s);
}

/* --- start and stop ----------------------------------------------------------------------------- */

static enum err start_at(const char *listen, struct fault *f)
{
	struct http_setting setting = { .world = world_real(), .listen = listen, .answer = tell };
	struct http *h;
	enum err e = http_start(&h, &setting, f);

	http_stop(h);
	return e;
}

TEST(what_is_not_encrypted_stays_on_this_machine)
{
	struct fault f;

	CHECK_FAULT(start_at("0.0.0.0:0", &f), ERR_INPUT, &f, "http.only-loopback");
	CHECK_FAULT(start_at("[::]:0", &f), ERR_INPUT, &f, "http.only-loopback");
	CHECK_FAULT(start_at("here:0", &f), ERR_INPUT, &f, "http.no-address");
}

TEST(a_port_on_which_somebody_listens_is_told_as_taken)
{
	struct server *s = server();
	char listen[32];
	struct fault f;

	snprintf(listen, sizeof(listen), "127.0.0.1:%u", http_port(s->http));
	CHECK_FAULT(start_at(listen, &f), ERR_BUSY, &f, "http.taken");
	stop(s);
}

TEST(stopping_ends_the_connections_that_are_open)
{
	struct server *s = server();
	struct buffer b = { 0 };
	int fd = call(s), silent = call(s);

	put(fd, GET, strlen(GET));
	hear(&b, fd, 1);
	stop(s);

	hear(&b, fd, TO_THE_END);
	hear(&b, silent, TO_THE_END);
	close(fd);
	close(silent);
	buffer_free(&b);
}

RUN_TESTS()
