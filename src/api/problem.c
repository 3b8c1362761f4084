/*
 * problem: what is said where a request was not done (RFC 9457), in the reader's language.
 */
#include "api/inside.h"

#include <stdio.h>

#define KEY_SIZE_MAX 120

/* Status by error; an error that is not in the table is the server's own trouble. */
static const struct {
	enum err err;
	unsigned status;
} statuses[] = {
	{ ERR_INPUT, 400 },  { ERR_LIMIT, 400 },  { ERR_NOT_FOUND, 404 },
	{ ERR_DENIED, 403 }, { ERR_LOCKED, 423 }, { ERR_BUSY, 409 },
};

unsigned problem_status(const struct asked *q)
{
	if (q->problem.status)
		return q->problem.status;
	for (size_t i = 0; i < COUNT_OF(statuses); i++)
		if (statuses[i].err == q->desk.fault.err)
			return statuses[i].status;
	return 503;
}

/* The sentence of each status that a Problem may have. */
static const struct {
	unsigned status;
	const char *key;
} titles[] = {
	{ 400, "problem.400" }, { 401, "problem.401" }, { 403, "problem.403" },
	{ 404, "problem.404" }, { 405, "problem.405" }, { 409, "problem.409" },
	{ 411, "problem.411" }, { 413, "problem.413" }, { 415, "problem.415" },
	{ 422, "problem.422" }, { 423, "problem.423" }, { 429, "problem.429" },
	{ 431, "problem.431" }, { 501, "problem.501" }, { 503, "problem.503" },
};

static struct text title_of(struct asked *q, unsigned status)
{
	for (size_t i = 0; i < COUNT_OF(titles); i++)
		if (titles[i].status == status)
			return say(q->desk.arena, q->desk.words, titles[i].key);
	return say(q->desk.arena, q->desk.words, "problem.400");
}

static void write_changed(struct asked *q, struct json_writer *w)
{
	json_key(w, "changed");
	json_array_begin(w);
	for (size_t i = 0; i < q->problem.changed_count; i++) {
		const struct changed *c = &q->problem.changed[i];
		char label[LABEL_KEY_SIZE], at[TIME_TEXT_SIZE];

		kind_label(label, kind_of_number((uint64_t)c->kind));
		time_write(at, c->recorded, q->desk.zone_min);
		json_object_begin(w);
		write_id(w, "subject", &c->subject);
		json_key(w, "what");
		json_text(w, say(q->desk.arena, q->desk.words, label));
		if (c->by.size) {
			json_key(w, "by");
			json_text(w, c->by);
		}
		json_key(w, "recorded");
		json_text(w, text_of(at));
		json_object_end(w);
	}
	json_array_end(w);
}

static void write_refused(struct asked *q, struct json_writer *w)
{
	json_key(w, "at");
	json_uint(w, q->problem.refused_at);
	json_key(w, "refused");
	desk_refusals(&q->desk, q->problem.verdicts, w);
}

void problem_write(struct asked *q, struct json_writer *w)
{
	const struct fault *f = &q->desk.fault;
	unsigned status = problem_status(q);
	char type[KEY_SIZE_MAX];

	snprintf(type, sizeof(type), "urn:ikhtiar:problem:%s", f->key);
	json_object_begin(w);
	json_key(w, "type");
	json_text(w, text_of(type));
	json_key(w, "title");
	json_text(w, title_of(q, status));
	json_key(w, "status");
	json_uint(w, status);
	json_key(w, "detail");
	json_text(w, say_fault(q->desk.arena, q->desk.words, f));
	json_key(w, "key");
	json_text(w, text_of(f->key));
	if (q->problem.verdicts)
		write_refused(q, w);
	if (q->problem.changed)
		write_changed(q, w);
	if (q->problem.retry_after_s) {
		json_key(w, "retry_after_s");
		json_uint(w, q->problem.retry_after_s);
	}
	json_object_end(w);
}
