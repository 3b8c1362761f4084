/*
 * serve: a small answer through the whole server, beside libmicrohttpd alone.
 *
 * GET /api/health is routed, its account looked up, answered as JSON, hashed, and sent
 * with all headers.  The bare one has the same mode (a thread for each connection, poll)
 * and answers the same body out of memory, ready made.  Both are asked by the same
 * clients, which keep their connections, in turns of half a second.
 */
#include "bench.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "api/api.h"

#define CLIENTS 4
#define TURNS 5
#define TURN_S 0.5
#define ANSWER_SIZE_MAX 8192

static const char request[] = "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n";

/* --- clients --------------------------------------------------------------------------- */

struct client {
	pthread_t thread;
	unsigned port;
	double until;
	uint64_t asked;
	struct samples times;
};

/* The size of the answer that `t`, so far, is the beginning of; 0: not to be seen yet. */
static size_t size_of(const char *t)
{
	const char *body = strstr(t, "\r\n\r\n"), *length = strstr(t, "Content-Length: ");

	if (!body)
		return 0;
	must_be(length && length < body && !strncmp(t, "HTTP/1.1 200 ", 13), "get an answer");
	return (size_t)(body + 4 - t) + strtoul(length + 16, NULL, 10);
}

static void ask(int fd)
{
	char answer[ANSWER_SIZE_MAX];
	size_t size = 0, whole = 0;

	must_be(send(fd, request, strlen(request), MSG_NOSIGNAL) == (ssize_t)strlen(request),
		"ask");
	while (!whole || size < whole) {
		ssize_t got = recv(fd, answer + size, sizeof(answer) - 1 - size, 0);

		must_be(got > 0, "hear an answer");
		size += (size_t)got;
		answer[size] = 0;
		whole = size_of(answer);
	}
}

static void *ask_on(void *self)
{
	struct client *c = self;
	int fd = talk_call(c->port);
	double start = seconds(), end;

	for (; start < c->until; start = end, c->asked++) {
		ask(fd);
		end = seconds();
		samples_add(&c->times, end - start);
	}
	close(fd);
	return NULL;
}

/* Answers a second, in one turn. */
static double turn(unsigned port, struct samples *times)
{
	struct client clients[CLIENTS];
	double begun = seconds();
	uint64_t asked = 0;

	for (size_t i = 0; i < CLIENTS; i++) {
		clients[i] = (struct client){ .port = port, .until = begun + TURN_S };
		must_be(!pthread_create(&clients[i].thread, NULL, ask_on, &clients[i]),
			"start a thread");
	}
	for (size_t i = 0; i < CLIENTS; i++) {
		pthread_join(clients[i].thread, NULL);
		asked += clients[i].asked;
		for (size_t n = 0; n < clients[i].times.count; n++)
			samples_add(times, clients[i].times.at[n]);
		free(clients[i].times.at);
	}
	return (double)asked / (seconds() - begun);
}

/* --- the bare one ------------------------------------------------------------------------ */

static enum MHD_Result answer_bare(void *self, struct MHD_Connection *c, const char *url,
				   const char *method, const char *version, const char *data,
				   size_t *size, void **context)
{
	(void)url, (void)method, (void)version, (void)data, (void)size;
	if (!*context) {
		*context = self;
		return MHD_YES;
	}
	*context = NULL;
	return MHD_queue_response(c, 200, self);
}

struct bare {
	struct MHD_Response *response;
	struct MHD_Daemon *daemon;
};

static void bare_start(struct bare *b, struct bytes body)
{
	const struct sockaddr_in at = { .sin_family = AF_INET,
					.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	b->response = MHD_create_response_from_buffer(body.size, (void *)(uintptr_t)body.at,
						      MHD_RESPMEM_PERSISTENT);
	must_be(b->response, "make an answer");
	MHD_add_response_header(b->response, "Content-Type", "application/json");
	b->daemon = MHD_start_daemon(
		MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL, 0,
		NULL, NULL, answer_bare, b->response, MHD_OPTION_SOCK_ADDR, &at,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)HTTP_CONNECTIONS_MAX, MHD_OPTION_END);
	must_be(b->daemon, "start libmicrohttpd");
}

static void bare_stop(struct bare *b)
{
	MHD_stop_daemon(b->daemon);
	MHD_destroy_response(b->response);
}

/* --- both ------------------------------------------------------------------------------ */

/* What ours says, so that the bare one says the same. */
static struct bytes body_of(struct served *o, struct arena *a)
{
	struct api_request r = { .method = METHOD_GET,
				 .path = TEXT("/api/health"),
				 .host = TEXT("localhost") };
	struct api_response answer;

	api_answer(o->api, &r, a, &answer);
	must_be(answer.status == 200, "ask for health");
	return answer.body;
}

static void measure(struct served *o, struct bare *b)
{
	struct samples ours_s = { 0 }, bare_s = { 0 }, ratios = { 0 };
	struct samples ours_times = { 0 }, bare_times = { 0 };
	unsigned port = MHD_get_daemon_info(b->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;

	for (int i = 0; i < TURNS; i++) {
		double ours_now = turn(http_port(o->http), &ours_times);
		double bare_now = turn(port, &bare_times);

		samples_add(&ours_s, ours_now);
		samples_add(&bare_s, bare_now);
		samples_add(&ratios, ours_now / bare_now);
	}
	tell("answers_per_s", samples_part(&ours_s, 0.5));
	tell("bare_per_s", samples_part(&bare_s, 0.5));
	tell("of_bare", samples_part(&ratios, 0.5));
	samples_tell(&ours_times, "answer");
	samples_tell(&bare_times, "bare");
	free(ours_s.at);
	free(bare_s.at);
	free(ratios.at);
}

void part_serve(int count, char **arguments)
{
	struct served ours = { 0 };
	struct arena *a = NULL;
	struct bare bare;
	struct bench b;

	(void)count;
	bench_begin(&b);
	bench_create(&b, arguments[0]);
	must(arena_new(&a, ANSWER_MEMORY), &b.fault, "take memory");
	served_start(&ours, &b);
	bare_start(&bare, body_of(&ours, a));
	measure(&ours, &bare);
	bare_stop(&bare);
	served_stop(&ours);
	arena_free(a);
	bench_end(&b);
}
