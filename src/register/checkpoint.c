/*
 * checkpoint: what this register has signed, and that it still holds.
 *
 * A checkpoint is signed when the register is locked or closed, before a backup, and
 * every CHECKPOINT_EVERY facts: after the commit, so it may lag behind the log and is
 * never ahead of it.  On opening, the log must extend the one it finds.  Where it does
 * not, facts that were shown to somebody are gone or have been changed: nothing more
 * is written, and nothing more is signed.  Those of the epochs before a restore are
 * held against their trees when it is verified.
 */
#include "register/inside.h"

#define NOTE_MEMORY (64 * 1024)

static bool same_origin(const struct origin *a, const struct origin *b)
{
	return id_same(&a->site, &b->site) && a->epoch == b->epoch;
}

static enum err hold(struct reg *r, const struct checkpoint *c, struct fault *f)
{
	uint64_t length = log_length(r->log);
	struct hash root;
	enum err e;

	if (!same_origin(&c->origin, &r->self))
		return fault(f, ERR_DAMAGED, "checkpoint.other-log");
	if (c->size > length)
		return fault(f, ERR_DAMAGED, "checkpoint.facts-lost", c->size, length);
	if ((e = log_root(r->log, c->size, &root, f)))
		return e;
	if (memcmp(&root, &c->root, sizeof(root)) != 0)
		return fault(f, ERR_DAMAGED, "checkpoint.differs", c->size);
	return OK;
}

/* Whether a look that failed tells of the note and the tree, and not of the machine. */
static bool says_something(enum err e)
{
	return e != ERR_MEMORY && e != ERR_IO;
}

/* Read the note and hold it; size 0: there is none, or it is wrong, and *why says how. */
static enum err read_and_hold(struct reg *r, struct checkpoint *c, struct fault *why,
			      struct fault *f)
{
	struct arena *a = NULL;
	struct bytes note;
	enum err e, wrong = OK;

	if ((e = call_arena(&a, NOTE_MEMORY, f)))
		return e;
	e = setting_or_none(r, CHECKPOINT_SETTING, a, &note, f);
	if (!e && note.size) {
		struct text t = { (const char *)note.at, note.size };

		if ((wrong = checkpoint_read(c, t, &r->sign_key, why)) == OK)
			wrong = hold(r, c, why);
	}
	arena_free(a);
	if (e || !note.size || wrong)
		*c = (struct checkpoint){ .origin = r->self };
	/* What cannot be read now says nothing about what was signed. */
	if (wrong && !says_something(wrong))
		return fault_again(f, why);
	if (wrong)
		why->err = ERR_DAMAGED;
	return e;
}

static void note_signed(struct reg *r, const struct checkpoint *c)
{
	r->signed_last = *c;
	atomic_store(&r->signed_size, c->size);
}

enum err checkpoint_hold(struct reg *r, struct fault *f)
{
	struct checkpoint c;
	struct fault why = { 0 };
	enum err e = read_and_hold(r, &c, &why, f);

	/* What is known stays known where this look fails: a register that has forgotten
	 * what it signed would sign anything. */
	if (e)
		return e;
	note_signed(r, &c);
	r->unsigned_why = why;
	return OK;
}

struct holding {
	struct reg *reg;
	bool held;
};

/* A damaged tree is found by whoever reads it; here it does not fit, whatever it says. */
static enum err hold_old(void *self, struct text name, struct bytes note, struct fault *f)
{
	struct holding *x = self;
	struct text t = { (const char *)note.at, note.size };
	struct fault why = { 0 };
	struct checkpoint c;
	struct hash root;
	enum err e;

	(void)name;
	if ((e = checkpoint_read(&c, t, &x->reg->sign_key, &why)) ||
	    !id_same(&c.origin.site, &x->reg->self.site) ||
	    (e = log_root_of(x->reg->log, &c.origin, c.size, &root, &why)) ||
	    memcmp(&root, &c.root, sizeof(root)) != 0)
		x->held = false;
	return e && !says_something(e) ? fault_again(f, &why) : OK;
}

enum err checkpoints_hold_old(struct reg *r, bool *held, struct fault *f)
{
	struct holding x = { .reg = r, .held = true };
	enum err e = log_each_setting(r->log, CHECKPOINT_SETTING "/", hold_old, &x, f);

	*held = x.held;
	return e;
}

/* That `new_` extends the last signed one; of nothing, everything is an extension. */
static enum err extends(struct reg *r, const struct checkpoint *new_, struct fault *f)
{
	const struct checkpoint *old = &r->signed_last;
	struct merkle_proof p;
	enum err e;

	if (old->size == 0)
		return OK;
	if ((e = consistency_prove(&p, r->log, old->size, new_->size, f)))
		return e;
	if (!consistency_holds(&p, old->size, new_->size, &old->root, &new_->root))
		return fault(f, ERR_DAMAGED, "checkpoint.differs", old->size);
	return OK;
}

enum err checkpoint_renew(struct reg *r, struct fault *f)
{
	struct checkpoint c = { .origin = r->self, .size = log_length(r->log) };
	struct log_setting setting = { .name = CHECKPOINT_SETTING };
	struct arena *a = NULL;
	struct text note;
	enum err e;

	if (!r->keys.seed || r->unsigned_why.key || r->damage.key || c.size == r->signed_last.size)
		return OK;
	if ((e = call_arena(&a, NOTE_MEMORY, f)))
		goto out;
	if ((e = log_root(r->log, c.size, &c.root, f)))
		goto out;
	if ((e = extends(r, &c, f))) {
		if (e == ERR_DAMAGED)
			fault(&r->unsigned_why, e, "checkpoint.differs", r->signed_last.size);
		goto out;
	}
	if ((e = checkpoint_sign(&note, a, &c, r->keys.seed, f)))
		goto out;
	setting.bytes = bytes_of_text(note);
	if ((e = settings_write(r, &setting, 1, f)))
		goto out;
	note_signed(r, &c);
out:
	arena_free(a);
	return e;
}

enum err reg_checkpoint(struct reg *r, struct arena *a, struct reg_signed *out, struct fault *f)
{
	struct bytes note;
	enum err e = setting_or_none(r, CHECKPOINT_SETTING, a, &note, f);

	if (e)
		return e;
	if (!note.size)
		return fault(f, ERR_NOT_FOUND, "checkpoint.none");
	*out = (struct reg_signed){ .note = { (const char *)note.at, note.size },
				    .key = verifier_key(a, &r->self, &r->sign_key) };
	return out->key.at ? OK : fault(f, ERR_MEMORY, "register.no-memory");
}
