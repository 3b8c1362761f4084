/*
 * `ikhtiar serve`: the register behind a server, until somebody says that it is enough;
 * for browsers over HTTP, for other commands over the socket in its folder.
 */
#include <signal.h>
#include <stdlib.h>

#include "api/api.h"
#include "cli/commands.h"
#include "cli/confine.h"
#include "cli/demo.h"
#include "cli/manager.h"
#include "cli/metrics.h"
#include "cli/socket.h"
#include "cli/tls.h"

#define LISTEN_IN_CLEAR "127.0.0.1:8080"
#define LISTEN_ENCRYPTED "0.0.0.0:8443"
/* How often a demo's clock is noted down, for where nobody can do it at the end. */
#define PAUSE_S 60
/* While nobody asks, pairs are looked for: so many people at a time, and then it rests so
 * many times as long as that took, so that it never has more than a fifth of one core. */
#define PEOPLE_A_LOOK 4
#define RESTS 4
#define REST_MS_LEAST 10

#define PUBLIC_THREADS 2

/* Where somebody is let in. */
struct door {
	const char *listen; /* NULL: it is closed */
	struct http *http;
};

struct serving {
	struct words *words[WORDS_LANGUAGES];
	struct tls_files tls;
	bool encrypted;
	struct api *api;
	struct door private, public;
	struct cli_ground ground; /* of commands that others ask for */
	struct socket_server *socket;
	struct metrics *metrics;
};

/* --- signals ---------------------------------------------------------------------------- */

static sigset_t ends(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	return set;
}

/* Before the first thread begins, so that no thread is the one that a signal ends. */
static void hold_signals(void)
{
	sigset_t set = ends();

	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

/* Whoever asks a second time does not want to wait for what is going on. */
static void release_signals(void)
{
	sigset_t set = ends();

	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

/* What is due while it serves: who watches hears that the register still answers. */
static enum err go_on(struct cli *c, struct manager *m)
{
	reg_moment(c->reg);
	manager_tell(m, "WATCHDOG=1");
	return c->demo ? demo_keep_time(c, c->line.arguments[0]) : OK;
}

/* Gives after how many ms there is more to be looked at; INT64_MAX: nothing now. */
static int64_t look_for_pairs(struct cli *c)
{
	int64_t began_ms = c->world->steady_ms(c->world), rest_ms;
	struct reg_looked looked;

	cli_ask(c, &c->session, c->arena);
	/* Locked, or short of memory: the next pause may find it otherwise. */
	if (desk_pairs_look(&c->desk, PEOPLE_A_LOOK, &looked) || !looked.more)
		return INT64_MAX;
	rest_ms = RESTS * (c->world->steady_ms(c->world) - began_ms);
	return rest_ms < REST_MS_LEAST ? REST_MS_LEAST : rest_ms;
}

/* Whether a signal came within `ms`. */
static bool is_ended_within(const sigset_t *set, int64_t ms)
{
	const struct timespec wait = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	return sigtimedwait(set, NULL, &wait) >= 0;
}

static enum err wait_for_the_end(struct cli *c, struct manager *m)
{
	const int64_t pause_ms = (int64_t)(m->pause_s < PAUSE_S ? m->pause_s : PAUSE_S) * 1000;
	int64_t left_ms, rest_ms, due_ms = c->world->steady_ms(c->world) + pause_ms;
	sigset_t set = ends();
	enum err e = OK;

	manager_tell(m, "READY=1");
	do {
		rest_ms = look_for_pairs(c);
		left_ms = due_ms - c->world->steady_ms(c->world);
		if (left_ms <= 0) {
			e = go_on(c, m);
			left_ms = pause_ms;
			due_ms = c->world->steady_ms(c->world) + pause_ms;
		}
	} while (!e && !is_ended_within(&set, rest_ms < left_ms ? rest_ms : left_ms));
	manager_tell(m, "STOPPING=1");
	release_signals();
	return e;
}

/*
 * The whole name of a folder: commands of others are run by threads that stand in other
 * folders, and what is written beside the log must not land there.  Where there is no such
 * folder the name stays as it is, and whoever uses it says so.
 */
static enum err name_whole(struct cli *c, const char *name, const char **out)
{
	char *whole = realpath(name, NULL);

	*out = whole ? arena_copy_text(c->arena, text_of(whole)).at : name;
	free(whole);
	return *out ? OK : fault(&c->fault, ERR_MEMORY, "memory.none");
}

/* --- what is served ----------------------------------------------------------------------- */

static void answer(void *self, const struct api_request *request, struct arena *arena,
		   struct api_response *out)
{
	api_answer(self, request, arena, out);
}

static void answer_public(void *self, const struct api_request *request, struct arena *arena,
			  struct api_response *out)
{
	api_answer_public(self, request, arena, out);
}

static enum err per_address(struct cli *c, unsigned *out)
{
	const char *given = option_value(&c->line, "per-address");
	char *end;
	unsigned long n;

	*out = 0;
	if (!given)
		return OK;
	n = strtoul(given, &end, 10);
	if (*end || *given < '0' || *given > '9' || !n || n > HTTP_CONNECTIONS_MAX)
		return fault(&c->fault, ERR_INPUT, "serve.per-address", given,
			     HTTP_CONNECTIONS_MAX);
	*out = (unsigned)n;
	return OK;
}

/* With its whole name, by which a browser may name it, too. */
static enum err usual_backups(struct cli *c, const char **out)
{
	const char *given = option_value(&c->line, "backups");

	*out = NULL;
	return given ? name_whole(c, given, out) : OK;
}

static enum err open_words(struct serving *s, struct cli *c)
{
	enum err e = OK;

	for (int l = 0; !e && l < WORDS_LANGUAGES; l++)
		e = words_open(&s->words[l], (enum words_language)l, &c->fault);
	return e;
}

static enum err stand_api(struct serving *s, struct cli *c)
{
	struct api_ground ground = {
		.reg = c->reg, .world = c->world, .atlas = c->atlas, .zone_min = c->zone_min
	};
	enum err e;

	if ((e = open_words(s, c)) || (e = tls_wanted(c, &s->tls, &s->encrypted)) ||
	    (e = usual_backups(c, &ground.backups)))
		return e;
	for (int l = 0; l < WORDS_LANGUAGES; l++)
		ground.words[l] = s->words[l];
	return api_new(&s->api, &ground, &c->fault);
}

/* For those who work here, and where it is asked for, for everybody. */
static enum err open_to_browsers(struct serving *s, struct cli *c)
{
	struct http_setting setting = { .world = c->world,
					.tls = s->encrypted ? &s->tls : NULL,
					.answer = answer,
					.self = s->api };
	enum err e;

	for (int l = 0; l < WORDS_LANGUAGES; l++)
		setting.words[l] = s->words[l];
	s->private.listen = option_value(&c->line, "listen");
	if (!s->private.listen)
		s->private.listen = s->encrypted ? LISTEN_ENCRYPTED : LISTEN_IN_CLEAR;
	setting.listen = s->private.listen;
	if ((e = per_address(c, &setting.per_address_max)) ||
	    (e = http_start(&s->private.http, &setting, &c->fault)))
		return e;
	s->public.listen = option_value(&c->line, "public");
	if (!s->public.listen)
		return OK;
	setting.listen = s->public.listen;
	setting.public_threads = PUBLIC_THREADS;
	setting.answer = answer_public;
	return http_start(&s->public.http, &setting, &c->fault);
}

static enum err open_to_programs(struct serving *s, struct cli *c)
{
	const char *folder = c->line.arguments[0];
	enum err e;

	s->ground = (struct cli_ground){ .world = c->world, .reg = c->reg, .atlas = c->atlas };
	if ((e = metrics_start(&s->metrics, c->reg, c->world, folder, &c->fault)))
		return e;
	return socket_start(&s->socket, &s->ground, folder, &c->fault);
}

static enum err begin(struct serving *s, struct cli *c)
{
	enum err e;

	if ((e = stand_api(s, c)) || (e = open_to_browsers(s, c)))
		return e;
	return open_to_programs(s, c);
}

static void end(struct serving *s)
{
	socket_stop(s->socket);
	metrics_stop(s->metrics);
	http_stop(s->public.http);
	if (s->api)
		api_stop(s->api);
	http_stop(s->private.http);
	api_free(s->api);
	for (int l = 0; l < WORDS_LANGUAGES; l++)
		words_close(s->words[l]);
}

/* --- what is told -------------------------------------------------------------------------- */

static const char *address_at(struct cli *c, const struct serving *s, const struct door *d,
			      struct text host)
{
	bool bare = *host.at != '[' && memchr(host.at, ':', host.size);

	return arena_print(c->arena, "%s://%s%.*s%s:%u/", s->encrypted ? "https" : "http",
			   bare ? "[" : "", SHOWN(host), bare ? "]" : "", http_port(d->http))
		.at;
}

#define SHOWN_MAX 8

/* Where it is found, with the port that it got; gives how many places. */
static size_t addresses_of(struct cli *c, const struct serving *s, const struct door *d,
			   const char *out[SHOWN_MAX])
{
	char all[SHOWN_MAX - 1][WORLD_ADDRESS_SIZE];
	struct text host = text_of(d->listen);
	size_t count = 0, found;

	while (host.at[--host.size] != ':')
		;
	if (!text_is(host, "0.0.0.0") && !text_is(host, "[::]")) {
		out[count++] = address_at(c, s, d, host);
		return count;
	}
	found = c->world->addresses(c->world, all, COUNT_OF(all));
	for (size_t i = 0; i < found; i++)
		if (*host.at == '[' || !strchr(all[i], ':'))
			out[count++] = address_at(c, s, d, text_of(all[i]));
	out[count++] = address_at(c, s, d, TEXT("localhost"));
	return count;
}

static enum err tell_account(struct cli *c, const char *name)
{
	struct secret *passphrase = NULL;
	enum err e = demo_passphrase(c, c->line.arguments[0], name, &passphrase);
	struct bytes b;

	if (e)
		return e;
	b = secret_bytes(passphrase);
	cli_line(c, "  %s %.*s", cli_padded(c, name, 16), (int)b.size, (const char *)b.at);
	secret_free(passphrase);
	return OK;
}

/* A backup of a demo that was restored has lost its passphrases: that stops nothing. */
static void tell_accounts(struct cli *c)
{
	size_t count;
	const struct demo_account *accounts = demo_accounts(&count);
	struct fault none = { 0 };

	cli_line(c, "%s", cli_say(c, "serve.accounts"));
	if (tell_account(c, "administrator"))
		c->fault = none;
	for (size_t i = 0; i < count; i++)
		if (tell_account(c, accounts[i].name)) {
			cli_line(c, "  %s", say_fault(c->arena, c->words, &c->fault).at);
			c->fault = none;
			return;
		}
}

static void tell_program(struct cli *c, const struct serving *s)
{
	const struct {
		const char *key;
		const struct door *door;
	} doors[] = { { "addresses", &s->private }, { "public", &s->public } };
	struct json_writer w;

	cli_json_begin(c, &w);
	for (size_t i = 0; i < COUNT_OF(doors); i++) {
		const char *addresses[SHOWN_MAX];
		size_t count =
			doors[i].door->http ? addresses_of(c, s, doors[i].door, addresses) : 0;

		if (!doors[i].door->http)
			continue;
		json_key(&w, doors[i].key);
		json_array_begin(&w);
		for (size_t k = 0; k < count; k++)
			json_text(&w, text_of(addresses[k]));
		json_array_end(&w);
	}
	cli_json_end(c, &w);
}

/* The first lines are addresses to click on: the public ones are told as what they are. */
static void tell_public(struct cli *c, const struct serving *s)
{
	const char *addresses[SHOWN_MAX];
	size_t count = addresses_of(c, s, &s->public, addresses);

	for (size_t i = 0; i < count; i++)
		cli_line(c, "%s", say(c->arena, c->words, "serve.public", addresses[i]).at);
}

static enum err tell(struct cli *c, const struct serving *s)
{
	const char *addresses[SHOWN_MAX];
	size_t count;

	if (c->json) {
		tell_program(c, s);
		return cli_flush(c);
	}
	count = addresses_of(c, s, &s->private, addresses);
	for (size_t i = 0; i < count; i++)
		cli_line(c, "%s", addresses[i]);
	if (s->public.http)
		tell_public(c, s);
	if (s->encrypted)
		tls_tell(c, &s->tls);
	if (c->demo)
		tell_accounts(c);
	cli_line(c, "%s", cli_say(c, "serve.how"));
	return cli_flush(c);
}

/* Where it cannot be, that is told, and the centre works all the same. */
static void confine_if_possible(struct cli *c)
{
	struct fault f = { 0 };

	if (confine(&f))
		cli_caution(c, "%.*s", SHOWN(say_fault(c->arena, c->words, &f)));
}

enum ending cmd_serve(struct cli *c)
{
	struct serving s = { 0 };
	struct manager manager;
	enum err e;

	hold_signals();
	if (name_whole(c, c->line.arguments[0], &c->line.arguments[0]) || cli_open(c) ||
	    cli_login_if_asked(c))
		return cli_fail(c);
	if (c->demo)
		demo_run(c);
	manager_find(&manager, c->world);
	e = begin(&s, c);
	if (!e)
		confine_if_possible(c);
	if (!e && !(e = tell(c, &s)))
		e = wait_for_the_end(c, &manager);
	end(&s);
	manager_leave(&manager);
	if (!e && c->demo)
		e = demo_keep_time(c, c->line.arguments[0]);
	return e ? cli_fail(c) : DONE;
}
