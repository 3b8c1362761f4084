/*
 * calls: which tokens are called in the yard, and to which desk.
 *
 * A call is no fact (docs/decisions/0014): it is memory, of the newest CALLS_MAX tokens,
 * each for CALL_MS.  Whoever calls names a person; what is kept and shown is her token,
 * made by the desk, so that no name can come onto a screen that all can see.
 */
#include <stdlib.h>

#include "api/inside.h"

#define CALLS_MAX 64
#define CALL_MS (INT64_C(30) * 60 * 1000)
/* So long nobody else calls a token: two desks pressed at once. */
#define OWN_MS (INT64_C(30) * 1000)
#define DESK_MAX 99
#define TOKEN_SIZE 24

struct call {
	char token[TOKEN_SIZE];
	unsigned desk;
	uint64_t number;
	int64_t called_ms; /* steady */
	int64_t at;	   /* seconds, as the site's clock says */
};

struct calls {
	struct world *world;
	pthread_mutex_t lock;
	uint64_t number; /* of the newest */
	size_t count;
	struct call newest_first[CALLS_MAX]; /* each token once */
};

enum err calls_new(struct calls **out, struct world *w, struct fault *f)
{
	struct calls *c = calloc(1, sizeof(*c));

	*out = c;
	if (!c)
		return fault(f, ERR_MEMORY, "memory.none");
	c->world = w;
	/* After a restart a screen knows a new call from one that it has shown. */
	c->number = (uint64_t)w->now_ms(w);
	pthread_mutex_init(&c->lock, NULL);
	return OK;
}

void calls_free(struct calls *c)
{
	if (!c)
		return;
	pthread_mutex_destroy(&c->lock);
	free(c);
}

/* --- calling --------------------------------------------------------------------------- */

/* What is over goes, the oldest stand last; under the lock, as all below. */
static void forget_old(struct calls *c, int64_t now_ms)
{
	while (c->count && now_ms - c->newest_first[c->count - 1].called_ms > CALL_MS)
		c->count--;
}

static size_t place_of(const struct calls *c, struct text token)
{
	size_t at = 0;

	while (at < c->count && !text_same(text_of(c->newest_first[at].token), token))
		at++;
	return at;
}

/* Whether another desk has called it just now. */
static bool is_anothers(const struct calls *c, size_t at, unsigned desk, int64_t now_ms)
{
	return at < c->count && c->newest_first[at].desk != desk &&
	       now_ms - c->newest_first[at].called_ms < OWN_MS;
}

static void put_first(struct calls *c, size_t was_at, struct text token, unsigned desk,
		      int64_t now_ms)
{
	struct call *first = c->newest_first;

	if (was_at == c->count) {
		was_at = c->count < CALLS_MAX ? c->count : CALLS_MAX - 1;
		c->count = was_at + 1;
	}
	memmove(first + 1, first, was_at * sizeof(*first));
	*first = (struct call){ .desk = desk,
				.number = ++c->number,
				.called_ms = now_ms,
				.at = c->world->now_ms(c->world) / 1000 };
	snprintf(first->token, sizeof(first->token), "%.*s", SHOWN(token));
}

static enum err call(struct calls *c, struct text token, unsigned desk, struct fault *f)
{
	int64_t now_ms = c->world->steady_ms(c->world);
	enum err e = OK;
	size_t at;

	pthread_mutex_lock(&c->lock);
	forget_old(c, now_ms);
	at = place_of(c, token);
	if (is_anothers(c, at, desk, now_ms))
		e = fault(f, ERR_BUSY, "calls.another-desk", token, c->newest_first[at].desk);
	else
		put_first(c, at, token, desk, now_ms);
	pthread_mutex_unlock(&c->lock);
	return e;
}

/* --- what is told ------------------------------------------------------------------------ */

static void write_call(struct asked *q, const struct call *c)
{
	json_object_begin(&q->w);
	json_key(&q->w, "number");
	json_uint(&q->w, c->number);
	json_key(&q->w, "token");
	json_text(&q->w, text_of(c->token));
	json_key(&q->w, "desk");
	json_uint(&q->w, c->desk);
	write_time(q, "at", c->at);
	json_object_end(&q->w);
}

enum err answer_called(struct asked *q)
{
	struct calls *c = q->api->calls;

	json_object_begin(&q->w);
	json_key(&q->w, "calls");
	json_array_begin(&q->w);
	pthread_mutex_lock(&c->lock);
	forget_old(c, c->world->steady_ms(c->world));
	for (size_t i = 0; i < c->count; i++)
		write_call(q, &c->newest_first[i]);
	pthread_mutex_unlock(&c->lock);
	json_array_end(&q->w);
	json_object_end(&q->w);
	return OK;
}

enum err take_call(struct asked *q)
{
	json_int_t desk = json_integer_value(json_object_get(q->body, "desk"));
	struct id person = body_id(q, "person");
	struct text token;
	enum err e;

	if (desk < 1 || desk > DESK_MAX)
		return fault(&q->desk.fault, ERR_INPUT, "calls.desk", DESK_MAX);
	if ((e = desk_token(&q->desk, &person, &token)) ||
	    (e = call(q->api->calls, token, (unsigned)desk, &q->desk.fault)))
		return e;
	return answer_called(q);
}
