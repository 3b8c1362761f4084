/*
 * metrics: one line a measure.  What is not known (no backup yet) has no line, since 0
 * would be a lie that sets off nothing.
 */
#include "cli/metrics.h"

#include <stdlib.h>

#include "api/api.h"
#include "cli/inlet.h"

struct measure {
	const char *name, *type, *help;
	bool known;
	uint64_t value;
};

static void write_measure(struct buffer *out, const struct measure *m)
{
	if (!m->known)
		return;
	buffer_print(out, "# HELP ikhtiar_%s %s\n# TYPE ikhtiar_%s %s\nikhtiar_%s %llu\n", m->name,
		     m->help, m->name, m->type, m->name, (unsigned long long)m->value);
}

/* A clock that was set back makes no backup younger than new. */
static uint64_t age_s(struct world *w, int64_t since)
{
	int64_t now = w->now_ms(w) / 1000;

	return now > since ? (uint64_t)(now - since) : 0;
}

/* How much room there is beside the register. */
static enum err look_at_disk(struct medium *out, struct reg *r, struct world *w, struct arena *a,
			     struct fault *f)
{
	const char *beside = arena_print(a, "%s/.", reg_folder(r)).at;

	return beside ? w->medium(w, beside, out, f) : fault(f, ERR_MEMORY, "memory.none");
}

/* How far it is with looking for pairs; false: locked. */
static bool look_at_pairs(struct reg *r, struct arena *a, struct reg_looked *out)
{
	struct reg_pairs *pairs = arena_take(a, sizeof(*pairs));
	const struct state *s;

	*out = (struct reg_looked){ .more = false };
	if (!pairs || reg_work_begin(r, &s, &(struct fault){ 0 }))
		return false;
	reg_pairs(r, pairs);
	reg_read_end(r);
	*out = pairs->looked;
	return true;
}

enum err metrics_write(struct buffer *out, struct reg *r, struct world *w, struct arena *a,
		       struct fault *f)
{
	struct reg_status status, *s = &status;
	struct reg_looked looked;
	struct medium medium;
	bool open;
	enum err e;

	if ((e = reg_status(r, s, f)) || (e = look_at_disk(&medium, r, w, a, f)))
		return e;
	open = look_at_pairs(r, a, &looked);
	const struct measure measures[] = {
		{ "demo", "gauge", "1: all in it is made up.", true, s->site.demo },
		{ "locked", "gauge", "1: nobody has logged in since start or lock.", true,
		  s->locked },
		{ "epoch", "gauge", "How often the register was restored.", true, s->self.epoch },
		{ "facts", "gauge", "Facts in the log.", true, s->facts },
		{ "log_bytes", "gauge", "Size of the log.", true, s->log_bytes },
		{ "disk_room_bytes", "gauge", "Free on the disk of the register.", true,
		  medium.room },
		{ "checkpoint_facts", "gauge", "Facts under the last signed checkpoint.", true,
		  s->checkpoint_size },
		{ "backup_age_seconds", "gauge", "Since the last backup.", s->last_backup != 0,
		  age_s(w, s->last_backup) },
		{ "erasures_unlisted", "gauge",
		  "Erasures of which no backup and no list elsewhere knows.", true,
		  s->erasures_unlisted },
		{ "pairs_looked_percent", "gauge",
		  "How much was looked through for records of one person.", open,
		  looked.people ? looked.at * 100 / looked.people : 100 },
		{ "clock_jumped", "gauge", "1: the clock has jumped and is to be confirmed.", true,
		  s->clock_jumped },
	};

	for (size_t i = 0; i < COUNT_OF(measures); i++)
		write_measure(out, &measures[i]);
	return OK;
}

/* --- for a program that asks itself --------------------------------------------------- */

struct metrics {
	struct reg *reg;
	struct world *world;
	struct inlet inlet;
	struct http *http;
};

static unsigned give(struct metrics *m, struct arena *a, struct api_response *out)
{
	struct buffer text = { 0 };
	struct fault f = { 0 };
	unsigned status = metrics_write(&text, m->reg, m->world, a, &f) ? 503 : 200;

	if (status == 200) {
		out->type = "text/plain; version=0.0.4; charset=utf-8";
		out->body = arena_copy(a, buffer_bytes(&text));
	}
	buffer_free(&text);
	return status != 200 || out->body.at ? status : 503;
}

/* A program reads the status; there is nobody to read a sentence. */
static void answer(void *self, const struct api_request *request, struct arena *a,
		   struct api_response *out)
{
	*out = (struct api_response){ .status = 404 };
	if (request->refused)
		out->status = request->refused;
	else if (text_is(request->path, "/metrics"))
		out->status = give(self, a, out);
}

enum err metrics_start(struct metrics **out, struct reg *r, struct world *w, const char *dir,
		       struct fault *f)
{
	struct metrics *m = calloc(1, sizeof(*m));
	struct http_setting setting = { .world = w, .public_threads = 1, .answer = answer };
	enum err e;

	*out = NULL;
	if (!m)
		return fault(f, ERR_MEMORY, "memory.none");
	*m = (struct metrics){ .reg = r, .world = w };
	setting.self = m;
	if (!(e = inlet_open(&m->inlet, w, dir, METRICS_NAME, f))) {
		setting.listening = m->inlet.listening;
		e = http_start(&m->http, &setting, f);
	}
	if (e)
		metrics_stop(m);
	else
		*out = m;
	return e;
}

void metrics_stop(struct metrics *m)
{
	if (!m)
		return;
	http_stop(m->http);
	inlet_close(&m->inlet);
	free(m);
}
