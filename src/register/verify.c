/*
 * verify: read everything back, and say what that proves.
 *
 *   the log        SQLite's own check, seqs without a gap, every tile and the right edge
 *   every fact     its envelope opens under its subject's keys, and its commitment is
 *                  the one under its leaf
 *   the trees      extend the newest signed checkpoint, and the last of each epoch before
 *   the fold       as logged and shuffled: both the same, and the same as the state in
 *                  memory
 *
 * Without keys only the log, the facts in clear and the tree can be proved.
 *
 * Others record meanwhile.  What is proved is the register as it was at one *moment*, for
 * which the turn is held and the state in memory is hashed; the folds leave out what has
 * come since.  Where somebody is erased meanwhile her facts do not open any more as they
 * did then: so all is folded once more, with the turn held.
 */
#include <sodium.h>

#include "register/inside.h"

struct moment {
	bool unlocked; /* else without `memory` and `keys` */
	uint64_t own_length;
	struct hash memory, erased;
	struct site_secrets keys;
};

static enum err add_erased(void *self, struct text name, struct bytes when, struct fault *f)
{
	crypto_generichash_state *hash = self;

	(void)f;
	crypto_generichash_update(hash, (const uint8_t *)name.at, name.size);
	crypto_generichash_update(hash, when.at, when.size);
	return OK;
}

/* Who was erased, and when. */
static enum err hash_erased(struct reg *r, struct hash *out, struct fault *f)
{
	crypto_generichash_state hash;
	enum err e;

	crypto_generichash_init(&hash, NULL, 0, sizeof(*out));
	if (!(e = log_each_setting(r->log, ERASED_PREFIX, add_erased, &hash, f)))
		crypto_generichash_final(&hash, (uint8_t *)out, sizeof(*out));
	return e;
}

/* Under turn; moment_end() is due in any case. */
static enum err moment_take(struct moment *m, struct reg *r, struct fault *f)
{
	enum err e;

	*m = (struct moment){ .unlocked = r->state, .own_length = log_length(r->log) };
	if ((e = hash_erased(r, &m->erased, f)) || !m->unlocked)
		return e;
	if ((e = state_digest(r->state, &m->memory)))
		return fault(f, e, "register.no-memory");
	return site_secrets_copy(&m->keys, &r->keys, f);
}

static void moment_end(struct moment *m)
{
	site_secrets_free(&m->keys);
}

static void take_over(struct reg_proof *out, const struct fold_count *c)
{
	out->envelopes_opened = c->opened;
	out->commitments_checked = c->commitments;
	out->unreadable = c->unreadable;
	out->unknown = c->unknown;
	out->damaged = c->damaged;
	out->first_damaged = c->first_damaged;
}

static enum err fold_digest(struct reg *r, enum fold_order order, const struct moment *m,
			    struct hash *out, struct fold_count *count, struct fault *f)
{
	struct fold_how how = { .order = order,
				.keys = &m->keys.site,
				.whole = order == FOLD_AS_LOGGED,
				.own_length = m->own_length };
	struct state *state = NULL;
	enum err e = fold(r, &how, &state, count, f);

	if (!e && (e = state_digest(state, out)))
		fault(f, e, "register.no-memory");
	state_free(state);
	return e;
}

static enum err verify_folds(struct reg *r, const struct moment *m, struct reg_proof *out,
			     struct fault *f)
{
	struct hash logged, shuffled;
	struct fold_count count;
	enum err e;

	if ((e = fold_digest(r, FOLD_AS_LOGGED, m, &logged, &count, f)))
		return e;
	take_over(out, &count);
	if ((e = fold_digest(r, FOLD_SHUFFLED, m, &shuffled, &count, f)))
		return e;
	out->folded = true;
	out->folds_agree = !memcmp(&logged, &shuffled, sizeof(logged)) &&
			   !memcmp(&logged, &m->memory, sizeof(logged));
	return OK;
}

static enum err verify_locked(struct reg *r, const struct moment *m, struct reg_proof *out,
			      struct fault *f)
{
	struct fold_how how = { .whole = true, .own_length = m->own_length };
	struct fold_count count;
	enum err e = fold(r, &how, NULL, &count, f);

	if (!e)
		take_over(out, &count);
	return e;
}

static enum err verify_facts(struct reg *r, const struct moment *m, struct reg_proof *out,
			     struct fault *f)
{
	return m->unlocked ? verify_folds(r, m, out, f) : verify_locked(r, m, out, f);
}

/* Under turn: whether nobody was erased since. */
static enum err still_holds(struct reg *r, const struct moment *m, bool *holds, struct fault *f)
{
	struct hash erased;
	enum err e = hash_erased(r, &erased, f);

	*holds = !e && !memcmp(&erased, &m->erased, sizeof(erased));
	return e;
}

/* Under turn. */
static enum err verify_again(struct reg *r, struct moment *m, struct reg_proof *out,
			     struct fault *f)
{
	enum err e;

	moment_end(m);
	e = moment_take(m, r, f);
	return e ? e : verify_facts(r, m, out, f);
}

static enum err verify_moment(struct reg *r, struct moment *m, struct reg_proof *out,
			      struct fault *f)
{
	struct fault why = { 0 };
	enum err e = verify_facts(r, m, out, &why), looked;
	bool holds;

	pthread_mutex_lock(&r->turn);
	looked = still_holds(r, m, &holds, f);
	if (!looked && !holds)
		e = verify_again(r, m, out, f);
	else if (!looked && e)
		e = fault_again(f, &why);
	pthread_mutex_unlock(&r->turn);
	return looked ? looked : e;
}

enum err reg_verify(struct reg *r, const struct reg_progress *progress, struct reg_proof *out,
		    struct fault *f)
{
	struct moment m = { 0 };
	struct log_proof log;
	bool old_held = false;
	enum err e;

	assert(!gate_is_inside(r));
	*out = (struct reg_proof){ 0 };
	if ((e = log_verify(r->log, &log, progress ? progress->told : NULL,
			    progress ? progress->self : NULL, f)))
		return e;
	out->facts = log.fact_count;
	out->slots = log.slot_count;
	out->tiles = log.tile_count;
	pthread_mutex_lock(&r->turn);
	if (!(e = checkpoint_hold(r, f)) && !(e = checkpoints_hold_old(r, &old_held, f)))
		e = moment_take(&m, r, f);
	out->checkpoint_there = r->signed_last.size || r->unsigned_why.key;
	out->checkpoint_held = out->checkpoint_there && !r->unsigned_why.key && old_held;
	pthread_mutex_unlock(&r->turn);
	if (!e)
		e = verify_moment(r, &m, out, f);
	moment_end(&m);
	return e;
}

bool reg_proof_is_sound(const struct reg_proof *p)
{
	return p->damaged == 0 && (!p->checkpoint_there || p->checkpoint_held) &&
	       (!p->folded || p->folds_agree);
}
