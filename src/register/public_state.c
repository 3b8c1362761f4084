/*
 * public_state: what is public as a state of its own, for while the register is locked.
 *
 * Anybody may ask then, as often as she likes.  So it is folded from the list of public
 * facts, which are some hundreds among millions, and kept until the register's moment has
 * passed; who comes while it is folded waits for it and folds none of her own.
 */
#include <stdlib.h>

#include "register/inside.h"

static enum err read_again(void *self, const struct fact_ref *ref, const struct id *subject,
			   struct arena *a, struct fact *out, struct fault *f)
{
	(void)subject;
	return entry_read(self, NULL, ref, a, out, f);
}

/* `scratch` holds one fact at a time. */
static enum err take_kind(struct reg *r, enum kind kind, struct state *s, struct arena *list,
			  struct arena *scratch, struct fault *f)
{
	const struct fact_ref *refs;
	struct fact fact;
	size_t count;
	enum err e;

	arena_reset(list);
	e = public_refs(r, kind, list, &refs, &count, f);
	for (size_t i = 0; !e && i < count; i++) {
		arena_reset(scratch);
		if (!(e = public_read(r, &refs[i], scratch, &fact, f)))
			e = state_take(s, &fact, f);
	}
	return e;
}

#define LIST_MEMORY ((size_t)64 << 20)

static enum err take_all(struct reg *r, struct state *s, struct fault *f)
{
	const struct fact_reader reader = { .self = r, .read = read_again };
	struct arena *list = NULL, *scratch = NULL;
	enum err e;

	if ((e = call_arena(&list, LIST_MEMORY, f)) ||
	    (e = call_arena(&scratch, FACT_MEMORY_MAX, f)))
		goto out;
	for (size_t k = 0; !e && k < kind_count(); k++)
		if (is_public(kind_at(k)))
			e = take_kind(r, kind_at(k)->kind, s, list, scratch, f);
	if (!e)
		e = state_settle(s, &reader, f);
out:
	arena_free(list);
	arena_free(scratch);
	return e;
}

static void free_public(struct public_state *p)
{
	if (p)
		state_free(p->state);
	free(p);
}

static enum err make(struct reg *r, uint64_t moment, struct public_state **out, struct fault *f)
{
	struct public_state *p = calloc(1, sizeof(*p));
	enum err e;

	if (!p)
		return fault(f, ERR_MEMORY, "register.no-memory");
	p->moment = moment;
	if ((e = state_new(&p->state)))
		fault(f, e, "register.no-memory");
	else
		e = take_all(r, p->state, f);
	if (e)
		free_public(p);
	else
		*out = p;
	return e;
}

/* An older one goes with the last who has it. */
static enum err renew(struct reg *r, uint64_t moment, struct fault *f)
{
	struct public_state *old = r->public, *now;
	enum err e = make(r, moment, &now, f);

	if (e)
		return e;
	r->public = now;
	if (old && !old->users)
		free_public(old);
	return OK;
}

enum err public_state_take(struct reg *r, struct public_state **out, struct fault *f)
{
	enum err e = OK;
	uint64_t moment;

	pthread_mutex_lock(&r->showing);
	moment = reg_moment(r);
	if (!r->public || r->public->moment != moment)
		e = renew(r, moment, f);
	if (!e) {
		*out = r->public;
		r->public->users++;
	}
	pthread_mutex_unlock(&r->showing);
	return e;
}

void public_state_give_back(struct reg *r, struct public_state *p)
{
	pthread_mutex_lock(&r->showing);
	if (--p->users == 0 && p != r->public)
		free_public(p);
	pthread_mutex_unlock(&r->showing);
}

void public_state_forget(struct reg *r)
{
	free_public(r->public);
	r->public = NULL;
}
