#include "cli/socket.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/inlet.h"
#include "cli/wire.h"

#define HELLO_WAIT_S 10
/* What is told while a lock is held waits no longer for whoever does not listen. */
#define WORDS_WAIT_S 5
#define REST_MS 500
#define HELLO_MEMORY (4 * FRAME_SIZE_MAX)

/* One who asks; by whom its thread is made and joined is `used`. */
struct client {
	struct caller caller; /* first: its functions get it */
	struct socket_server *server;
	struct wire wire;
	struct arena *arena; /* of the hello and of faults */
	pthread_t thread;
	bool used, ended; /* under the server's lock */
	bool gone;	  /* nobody reads what is said */
};

struct socket_server {
	const struct cli_ground *ground;
	struct inlet inlet;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t free_place;
	bool stop;
	struct client clients[SOCKET_CLIENTS_MAX];
};

/* --- the caller at the other end -------------------------------------------------------- */

static bool put_out(struct caller *caller, struct bytes b)
{
	struct client *c = (struct client *)caller;

	while (b.size && !c->gone) {
		size_t size = b.size < FRAME_SIZE_MAX ? b.size : FRAME_SIZE_MAX;

		c->gone = !wire_put(&c->wire, FRAME_OUT, bytes_of(b.at, size));
		b = bytes_of(b.at + size, b.size - size);
	}
	return !c->gone;
}

static void put_err(struct caller *caller, struct text t)
{
	struct client *c = (struct client *)caller;

	while (t.size && !c->gone) {
		size_t size = t.size < FRAME_SIZE_MAX ? t.size : FRAME_SIZE_MAX;

		c->gone = !wire_put_soon(&c->wire, FRAME_ERR, bytes_of(t.at, size));
		t = (struct text){ t.at + size, t.size - size };
	}
}

/* Ask, and take the answer of that sort; a fault that comes instead is told. */
static enum err ask(struct client *c, enum frame_sort sort, struct bytes body,
		    enum frame_sort wanted, struct frame *out, struct fault *f)
{
	struct fault why;
	enum err e;

	c->gone = c->gone || !wire_put(&c->wire, sort, body) || !wire_take(&c->wire, out);
	if (!c->gone && out->sort == FRAME_FAULT) {
		if ((e = fault_read(&why, c->arena, out->body, f)))
			return e;
		if (f && !f->key)
			*f = why;
		return why.err;
	}
	if (c->gone || out->sort != wanted) {
		c->gone = true;
		return fault(f, ERR_IO, "socket.ended");
	}
	return OK;
}

static enum err take_in(struct caller *caller, void *out, size_t size, size_t *got, struct fault *f)
{
	struct client *c = (struct client *)caller;
	struct frame in;
	enum err e;

	*got = 0;
	assert(size >= FRAME_SIZE_MAX);
	if ((e = ask(c, FRAME_READ, (struct bytes){ 0 }, FRAME_IN, &in, f)))
		return e;
	memcpy(out, in.body.at, in.body.size);
	*got = in.body.size;
	return OK;
}

static enum err ask_passphrase(struct caller *caller, enum frame_sort how, const char *words,
			       struct secret **out, struct fault *f)
{
	struct client *c = (struct client *)caller;
	struct text t = utf8_cut(text_of(words), FRAME_SIZE_MAX);
	struct frame in;
	enum err e = ask(c, how, bytes_of(t.at, t.size), FRAME_PASSPHRASE, &in, f);

	if (e)
		return e;
	e = in.body.size ? secret_of(out, in.body, f) : fault(f, ERR_DENIED, "passphrase.empty");
	explicit_bzero(c->wire.body, in.body.size);
	return e;
}

static enum err passphrase_of_fd(struct caller *caller, struct secret **out, const char *number,
				 struct fault *f)
{
	return ask_passphrase(caller, FRAME_ASK_DESCRIPTOR, number, out, f);
}

static enum err passphrase_of_terminal(struct caller *caller, struct secret **out,
				       const char *prompt, struct fault *f)
{
	return ask_passphrase(caller, FRAME_ASK_TERMINAL, prompt, out, f);
}

/* --- one client ------------------------------------------------------------------------- */

/*
 * From now on this thread stands in the client's folder, and no other with it: all paths
 * that she names, also those that SQLite opens, begin there.
 */
static bool stand_in(int folder)
{
	return folder >= 0 && !unshare(CLONE_FS) && !fchdir(folder);
}

static enum err meet(struct client *c, struct hello *hello, struct fault *f)
{
	struct frame frame;
	int folder = -1;
	enum err e = OK;

	if (!wire_is_ours(&c->wire))
		return fault(f, ERR_DENIED, "socket.other-user");
	if (!wire_keep_time(&c->wire, WORDS_WAIT_S, HELLO_WAIT_S) ||
	    !wire_take_first(&c->wire, &frame, &folder) || frame.sort != FRAME_HELLO)
		e = fault(f, ERR_INPUT, "socket.not-understood");
	if (!e)
		e = hello_read(hello, c->arena, frame.body, f);
	if (!e && (!stand_in(folder) || !wire_keep_time(&c->wire, WORDS_WAIT_S, 0)))
		e = fault(f, ERR_IO, "socket.no-folder");
	if (folder >= 0)
		close(folder);
	return e;
}

static void run_for(struct client *c, struct hello *hello)
{
	uint8_t status;

	c->caller = (struct caller){
		.as = hello->as,
		.language = hello->language,
		.colour = hello->colour,
		.draws = hello->draws,
		.journal = hello->journal,
		.put_out = put_out,
		.put_err = put_err,
		.take_in = take_in,
		.passphrase_of_fd = passphrase_of_fd,
		.passphrase_of_terminal = passphrase_of_terminal,
	};
	status = (uint8_t)cli_run_for(c->server->ground, &c->caller, hello->word_count,
				      hello->words);
	if (!c->gone)
		c->gone = !wire_put(&c->wire, FRAME_END, bytes_of(&status, 1));
}

/* Why she is not served; whether she hears it is all the same. */
static void turn_away(struct client *c, const struct fault *why)
{
	struct bytes body;

	if (!fault_write(&body, c->arena, why, NULL))
		c->gone = !wire_put_soon(&c->wire, FRAME_FAULT, body);
}

static void *serve(void *self)
{
	struct client *c = self;
	struct socket_server *s = c->server;
	struct fault why = { 0 };
	struct hello hello;

	if (!arena_new(&c->arena, HELLO_MEMORY)) {
		if (meet(c, &hello, &why))
			turn_away(c, &why);
		else
			run_for(c, &hello);
	}
	arena_free(c->arena);
	c->arena = NULL;
	pthread_mutex_lock(&s->lock);
	wire_end(&c->wire);
	c->ended = true;
	pthread_cond_signal(&s->free_place);
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

/* --- listening -------------------------------------------------------------------------- */

/* Under the lock: a place whose thread has ended is joined, and free again. */
static struct client *free_client(struct socket_server *s)
{
	for (size_t i = 0; i < SOCKET_CLIENTS_MAX; i++) {
		struct client *c = &s->clients[i];

		if (c->used && c->ended) {
			pthread_join(c->thread, NULL);
			c->used = false;
		}
		if (!c->used)
			return c;
	}
	return NULL;
}

/* NULL: to stop. */
static struct client *next_client(struct socket_server *s)
{
	struct client *c = NULL;

	pthread_mutex_lock(&s->lock);
	while (!s->stop && !(c = free_client(s)))
		pthread_cond_wait(&s->free_place, &s->lock);
	if (s->stop)
		c = NULL;
	pthread_mutex_unlock(&s->lock);
	return c;
}

static void take_in_client(struct socket_server *s, struct client *c, int fd)
{
	pthread_mutex_lock(&s->lock);
	c->server = s;
	c->gone = c->ended = false;
	wire_begin(&c->wire, fd);
	c->used = !s->stop && !pthread_create(&c->thread, NULL, serve, c);
	if (!c->used)
		wire_end(&c->wire);
	pthread_mutex_unlock(&s->lock);
}

/* No descriptors or no memory: somebody who leaves gives some back. */
static void rest(struct socket_server *s)
{
	struct world *w = s->ground->world;
	struct timespec until = w->deadline(w, REST_MS);

	pthread_mutex_lock(&s->lock);
	if (!s->stop)
		pthread_cond_timedwait(&s->free_place, &s->lock, &until);
	pthread_mutex_unlock(&s->lock);
}

static void *listen_on(void *self)
{
	struct socket_server *s = self;
	struct client *c;

	while ((c = next_client(s))) {
		int fd = accept4(s->inlet.listening, NULL, NULL, SOCK_CLOEXEC);

		if (fd >= 0)
			take_in_client(s, c, fd);
		else
			rest(s);
	}
	return NULL;
}

static void server_free(struct socket_server *s)
{
	inlet_close(&s->inlet);
	pthread_cond_destroy(&s->free_place);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

static void locks_start(struct socket_server *s)
{
	pthread_condattr_t monotonic;

	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&s->free_place, &monotonic);
	pthread_condattr_destroy(&monotonic);
	pthread_mutex_init(&s->lock, NULL);
}

enum err socket_start(struct socket_server **out, const struct cli_ground *ground, const char *dir,
		      struct fault *f)
{
	struct socket_server *s = calloc(1, sizeof(*s));
	enum err e;

	if (!s)
		return fault(f, ERR_MEMORY, "memory.none");
	s->ground = ground;
	locks_start(s);
	if (!(e = inlet_open(&s->inlet, ground->world, dir, SOCKET_NAME, f)) &&
	    pthread_create(&s->thread, NULL, listen_on, s))
		e = fault(f, ERR_IO, "register.no-thread");
	if (e)
		server_free(s);
	else
		*out = s;
	return e;
}

void socket_stop(struct socket_server *s)
{
	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	s->stop = true;
	shutdown(s->inlet.listening, SHUT_RDWR);
	for (size_t i = 0; i < SOCKET_CLIENTS_MAX; i++)
		if (s->clients[i].used && !s->clients[i].ended)
			shutdown(s->clients[i].wire.fd, SHUT_RDWR);
	pthread_cond_signal(&s->free_place);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	for (size_t i = 0; i < SOCKET_CLIENTS_MAX; i++)
		if (s->clients[i].used)
			pthread_join(s->clients[i].thread, NULL);
	server_free(s);
}
