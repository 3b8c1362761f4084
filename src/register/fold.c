/*
 * fold: all facts of the log added up to a state.
 */
#include "register/ahead.h"

#define TOLD_EVERY 1000

/* For the state, when it folds a subject again. */
static enum err read_again(void *self, const struct fact_ref *ref, const struct id *subject,
			   struct arena *a, struct fact *out, struct fault *f)
{
	const struct ahead_how *how = self;
	struct origin o = { .site = ref->site, .epoch = ref->epoch };
	struct log_entry entry;
	enum err e = log_read(how->reg->log, &o, ref->seq, a, &entry, f);

	(void)subject;
	return e ? e : ahead_open(out, a, how, &o, &entry, f);
}

static void tell(const struct reg_progress *p, uint64_t done, uint64_t of)
{
	if (p && p->told)
		p->told(p->self, done, of > done ? of : done);
}

static enum err take(struct state *s, const struct opened *o, struct fault *f)
{
	return o->readable ? state_take(s, &o->fact, f)
			   : state_unreadable(s, &o->ref, &o->subject, f);
}

static enum err note_opening(const struct fold_how *how, const struct reg *r,
			     const struct opened *o, struct fault *f)
{
	if (!how->openings || !o->readable ||
	    !openings_take(how->openings, &r->self.site, &o->fact))
		return OK;
	return fault(f, ERR_MEMORY, "register.no-memory");
}

/* `state` NULL: look only. */
static enum err take_all(struct state *state, const struct ahead_how *how,
			 const struct fold_how *wanted, struct fold_count *count, struct fault *f)
{
	const struct reg_progress *progress = wanted->progress;
	uint64_t of = log_length(how->reg->log);
	struct ahead *ahead = NULL;
	const struct opened *o;
	enum err e;

	if ((e = ahead_start(&ahead, how, f)))
		return e;
	tell(progress, 0, of);
	while (!e && (o = ahead_next(ahead))) {
		if (state)
			e = take(state, o, f);
		if (!e)
			e = note_opening(wanted, how->reg, o, f);
		if (ahead_count(ahead) % TOLD_EVERY == 0)
			tell(progress, ahead_count(ahead), of);
	}
	tell(progress, ahead_count(ahead), of);
	return ahead_end(ahead, e, count, f);
}

enum err fold(struct reg *r, const struct fold_how *how, struct state **out,
	      struct fold_count *count, struct fault *f)
{
	struct key_table keys = { 0 };
	struct ahead_how reading = {
		.reg = r,
		.keys = &keys,
		.with_keys = how->keys != NULL,
		.whole = how->whole,
		.order = how->order,
		.own_length = how->own_length,
	};
	struct fact_reader reader = { .self = &reading, .read = read_again };
	struct state *state = NULL;
	enum err e;

	*count = (struct fold_count){ 0 };
	if (out && (e = state_new(&state))) {
		fault(f, e, "register.no-memory");
		goto out;
	}
	if ((e = key_table_fill(&keys, r, how->keys, f)))
		goto out;
	if ((e = take_all(state, &reading, how, count, f)))
		goto out;
	if (state && (e = state_settle(state, &reader, f)))
		goto out;
	if (out) {
		*out = state;
		state = NULL;
	}
out:
	state_free(state);
	key_table_free(&keys);
	return e;
}
