/*
 * talk: the whole server on loopback, and what a browser says to it over a connection
 * that it keeps.
 */
#include "bench.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "api/api.h"

#define PART_SIZE 65536

/* --- the server ------------------------------------------------------------------------ */

static void answer(void *self, const struct api_request *r, struct arena *a,
		   struct api_response *out)
{
	api_answer(self, r, a, out);
}

void served_start(struct served *s, struct bench *b)
{
	struct api_ground ground = { .reg = b->reg, .world = b->world, .atlas = b->atlas };
	struct http_setting setting = { .world = b->world,
					.listen = "127.0.0.1:0",
					.answer = answer };

	for (int l = 0; l < WORDS_LANGUAGES; l++) {
		must(words_open(&s->words[l], (enum words_language)l, &b->fault), &b->fault,
		     "open the words");
		ground.words[l] = s->words[l];
	}
	must(api_new(&s->api, &ground, &b->fault), &b->fault, "stand the API");
	setting.self = s->api;
	must(http_start(&s->http, &setting, &b->fault), &b->fault, "start the server");
}

void served_stop(struct served *s)
{
	api_stop(s->api);
	http_stop(s->http);
	api_free(s->api);
	for (int l = 0; l < WORDS_LANGUAGES; l++)
		words_close(s->words[l]);
}

unsigned served_port(const struct served *s)
{
	return http_port(s->http);
}

/* --- browsers -------------------------------------------------------------------------- */

int talk_call(unsigned port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_port = htons((uint16_t)port),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	must_be(fd >= 0 && !connect(fd, (struct sockaddr *)&to, sizeof(to)), "call the server");
	return fd;
}

void talk_begin(struct talker *t, unsigned port)
{
	*t = (struct talker){ .fd = talk_call(port), .port = port };
}

void talk_end(struct talker *t)
{
	close(t->fd);
	buffer_free(&t->said);
}

static void put(int fd, const char *at, size_t size)
{
	while (size) {
		ssize_t sent = send(fd, at, size, MSG_NOSIGNAL);

		must_be(sent > 0, "ask");
		at += sent;
		size -= (size_t)sent;
	}
}

/* The value of a line of the head; NULL: there is none. */
static const char *line_of(const char *head, const char *body, const char *name)
{
	const char *at = strstr(head, name);

	return at && at < body ? at + strlen(name) : NULL;
}

/* Until all of one answer is there, with a zero behind it. */
static void hear(struct talker *t)
{
	const char *head, *body = NULL, *length;
	size_t whole = SIZE_MAX;

	buffer_reset(&t->said);
	while (t->said.size < whole) {
		char *to = (char *)buffer_take(&t->said, PART_SIZE);
		ssize_t got = recv(t->fd, to, PART_SIZE - 1, 0);

		must_be(got > 0, "hear an answer");
		to[got] = 0;
		buffer_cut(&t->said, t->said.size - PART_SIZE + (size_t)got);
		head = (const char *)t->said.at;
		if (whole == SIZE_MAX && (body = strstr(head, "\r\n\r\n"))) {
			length = line_of(head, body, "Content-Length: ");
			whole = (size_t)(body + 4 - head) +
				(length ? strtoul(length, NULL, 10) : 0);
		}
	}
	head = (const char *)t->said.at;
	t->body = strstr(head, "\r\n\r\n") + 4;
}

/* The cookie is another after a login. */
static void keep_cookie(struct talker *t)
{
	const char *at = line_of((const char *)t->said.at, t->body, "Set-Cookie: ");

	if (at)
		snprintf(t->cookie, sizeof(t->cookie), "Cookie: %.*s\r\n", (int)strcspn(at, ";"),
			 at);
}

unsigned talk(struct talker *t, const char *what, struct text body)
{
	struct buffer asks = { 0 };

	buffer_print(&asks,
		     "%s HTTP/1.1\r\nHost: localhost:%u\r\nOrigin: http://localhost:%u\r\n"
		     "%s%sContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
		     what, t->port, t->port, t->cookie, t->token, body.size);
	buffer_text(&asks, body);
	/* As a whole: half a request waits for the other end to say that it has it. */
	put(t->fd, (const char *)asks.at, asks.size);
	buffer_free(&asks);
	hear(t);
	keep_cookie(t);
	return (unsigned)strtoul((const char *)t->said.at + strlen("HTTP/1.1 "), NULL, 10);
}

void talk_login(struct talker *t, const char *name, const char *passphrase)
{
	char body[200];
	const char *token;

	snprintf(body, sizeof(body), "{\"name\": \"%s\", \"passphrase\": \"%s\"}", name,
		 passphrase);
	must_be(talk(t, "POST /api/login", text_of(body)) == 200, "log in over HTTP");
	token = strstr(t->body, "\"token\":\"");
	must_be(token, "get a token");
	snprintf(t->token, sizeof(t->token), "X-Ikhtiar-Token: %.64s\r\n",
		 token + strlen("\"token\":\""));
}
