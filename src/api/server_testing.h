/*
 * server_testing: a server over a town (register/town_testing.h), asked without sockets by
 * browsers that keep their cookie and token as real ones do.
 *
 *     struct server s;
 *     struct browser b;
 *
 *     server_begin(&s, 1);
 *     browser_comes(&b, &s, ROLE_COUNSELLOR);
 *     CHECK_INT(browser_posts(&b, "/api/find", "{\"q\": \"zarmina\"}"), 200);
 *     CHECK_TEXT(browser_said(&b, "found/0/sort"), "person");
 *     browser_end(&b);
 *     server_end(&s);
 *
 * Every answer is looked at: it is of the shape of its route, or a Problem with key and
 * sentence; whatever has a status that fits.
 */
#pragma once

#include "api/api.h"
#include "desk/desk_testing.h"
#include "register/town_testing.h"

struct server {
	struct town town;
	struct disk disk; /* in memory; used by one thread */
	struct words *words[WORDS_LANGUAGES];
	struct api *api;
};

void server_begin(struct server *s, uint64_t seed);
/* The same over a town that stands already, on whatever disk. */
void server_stands(struct server *s);
void server_end(struct server *s);

#define HEADER_SIZE 200
struct browser {
	struct server *server;
	struct arena *arena; /* of the newest answer */
	char cookie[HEADER_SIZE], token[HEADER_SIZE];
	const char *languages; /* NULL: none said */
	const char *origin;    /* "http://centre.example:8080" unless changed; NULL: none */
	const char *host;
	const char *type; /* "application/json" unless changed */
	const char *if_none_match;
	struct api_response got;
	json_t *json; /* its body; NULL: none */
};

/* One at which nobody is. */
void browser_begin(struct browser *b, struct server *s);
/* One at which the account of `role` has just logged in. */
void browser_comes(struct browser *b, struct server *s, int64_t role);
void browser_end(struct browser *b);

/* The status.  `address` with its query. */
unsigned browser_gets(struct browser *b, const char *address);
/* `body` NULL: none. */
unsigned browser_posts(struct browser *b, const char *address, const char *body);
/* The same with a printf format. */
unsigned browser_posts_of(struct browser *b, const char *address, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
unsigned browser_asks(struct browser *b, const struct api_request *request);
/* Log in by name and passphrase, which are the same in a town. */
unsigned browser_logs_in(struct browser *b, const char *name, const char *passphrase);
/* Text at a place of the newest answer (json_text_at). */
const char *browser_said(const struct browser *b, const char *path);

/* Hex of a town's "@name". */
void server_id(struct server *s, const char *name, char out[ID_HEX_SIZE + 1]);
