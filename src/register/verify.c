/*
 * verify: read everything back, and say what that proves.
 *
 *   the log        SQLite's own check, seqs without a gap, every tile and the right edge
 *   every fact     its envelope opens under its subject's keys, and its commitment is
 *                  the one under its leaf
 *   the tree       extends the newest signed checkpoint
 *   the fold       as logged and shuffled: both the same, and the same as the state in
 *                  memory
 *
 * Without keys only the log, the facts in clear and the tree can be proved.
 */
#include "register/inside.h"

static void take_over(struct reg_proof *out, const struct fold_count *c)
{
	out->envelopes_opened = c->opened;
	out->commitments_checked = c->commitments;
	out->unreadable = c->unreadable;
	out->unknown = c->unknown;
	out->damaged = c->damaged;
	out->first_damaged = c->first_damaged;
}

static enum err fold_digest(struct reg *r, enum fold_order order, const struct site_keys *keys,
			    struct hash *out, struct fold_count *count, struct fault *f)
{
	struct fold_how how = { .order = order,
				.keys = keys,
				.whole = order == FOLD_AS_LOGGED };
	struct state *state = NULL;
	enum err e = fold(r, &how, &state, count, f);

	if (!e && (e = state_digest(state, out)))
		fault(f, e, "register.no-memory");
	state_free(state);
	return e;
}

static enum err verify_folds(struct reg *r, struct reg_proof *out, struct fault *f)
{
	struct hash logged, shuffled, memory;
	struct fold_count count;
	enum err e;

	if ((e = fold_digest(r, FOLD_AS_LOGGED, &r->keys.site, &logged, &count, f)))
		return e;
	take_over(out, &count);
	if ((e = fold_digest(r, FOLD_SHUFFLED, &r->keys.site, &shuffled, &count, f)))
		return e;
	if ((e = state_digest(r->state, &memory)))
		return fault(f, e, "register.no-memory");
	out->folded = true;
	out->folds_agree = !memcmp(&logged, &shuffled, sizeof(logged)) &&
			   !memcmp(&logged, &memory, sizeof(logged));
	return OK;
}

static enum err verify_locked(struct reg *r, struct reg_proof *out, struct fault *f)
{
	struct fold_how how = { .whole = true };
	struct fold_count count;
	enum err e = fold(r, &how, NULL, &count, f);

	if (!e)
		take_over(out, &count);
	return e;
}

enum err reg_verify(struct reg *r, const struct reg_progress *progress, struct reg_proof *out,
		    struct fault *f)
{
	struct log_proof log;
	enum err e;

	assert(!gate_is_inside(r));
	*out = (struct reg_proof){ 0 };
	pthread_mutex_lock(&r->turn);
	e = log_verify(r->log, &log, progress ? progress->told : NULL,
		       progress ? progress->self : NULL, f);
	if (e)
		goto out;
	out->facts = log.fact_count;
	out->slots = log.slot_count;
	out->tiles = log.tile_count;
	if ((e = checkpoint_hold(r, f)))
		goto out;
	out->checkpoint_there = r->signed_last.size || r->unsigned_why.key;
	out->checkpoint_held = out->checkpoint_there && !r->unsigned_why.key;
	e = r->state ? verify_folds(r, out, f) : verify_locked(r, out, f);
out:
	pthread_mutex_unlock(&r->turn);
	return e;
}
