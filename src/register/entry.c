/*
 * entry: an entry of the log as a fact.
 *
 * A subject that was erased has new keys, which open its erasure alone: what its
 * older facts are sealed with is gone.  So an entry that does not open is damaged
 * only where its subject is not on the list of the erased.
 *
 * A slot on the disk is the two wrapped keys of a subject, identity first.
 */
#include <sodium.h>

#include "register/inside.h"

enum err slot_read(struct slot *out, const struct id *subject, struct bytes stored, struct fault *f)
{
	if (stored.size != SLOT_STORED_SIZE)
		return fault(f, ERR_DAMAGED, "slot.damaged");
	out->subject = *subject;
	memcpy(out->identity, stored.at, WRAPPED_KEY_SIZE);
	memcpy(out->case_, stored.at + WRAPPED_KEY_SIZE, WRAPPED_KEY_SIZE);
	return OK;
}

void slot_store(uint8_t out[SLOT_STORED_SIZE], const struct slot *slot)
{
	memcpy(out, slot->identity, WRAPPED_KEY_SIZE);
	memcpy(out + WRAPPED_KEY_SIZE, slot->case_, WRAPPED_KEY_SIZE);
}

enum err subject_keys_read(struct reg *r, const struct site_keys *site, const struct id *subject,
			   struct subject_keys *out, struct fault *f)
{
	struct arena *a = NULL;
	struct fault why = { 0 };
	struct bytes stored;
	struct slot slot;
	enum err e;

	if ((e = call_arena(&a, 4096, f)))
		goto out;
	if ((e = log_slot_read(r->log, subject, a, &stored, &why))) {
		/* None is an answer: she is new, or was erased. */
		if (e != ERR_NOT_FOUND)
			fault_again(f, &why);
		goto out;
	}
	if ((e = slot_read(&slot, subject, stored, f)))
		goto out;
	e = slot_open(out, &slot, site, f);
out:
	arena_free(a);
	return e;
}

enum err entry_open_as(struct fact *out, struct arena *a, const struct entry_opening *how,
		       struct fault *f)
{
	const struct origin *o = how->origin;
	const struct log_entry *entry = how->entry;
	struct fact_ref ref = { .site = o->site, .epoch = o->epoch, .seq = entry->seq };
	struct hash commitment;
	enum err e;

	e = fact_open_wanted(out, a, entry->envelope, &ref, &entry->subject, how->keys, how->wanted,
			     f);
	if (e || !how->held_against_leaf)
		return e;
	if ((e = fact_commit(&commitment, out, f)))
		return e;
	if (memcmp(&commitment, &entry->commitment, sizeof(commitment)) != 0)
		return fault(f, ERR_DAMAGED, "register.fact-damaged", o->epoch, entry->seq);
	return OK;
}

enum err entry_open(struct fact *out, struct arena *a, const struct origin *o,
		    const struct log_entry *entry, const struct subject_keys *keys, struct fault *f)
{
	bool public = envelope_is_public(entry->envelope);
	struct entry_opening how = {
		.origin = o,
		.entry = entry,
		.keys = public ? NULL : keys,
		.held_against_leaf = public,
	};

	return entry_open_as(out, a, &how, f);
}

/* Whether its keys were destroyed. */
static enum err is_erased(struct reg *r, const struct id *subject, bool *erased, struct fault *f)
{
	char name[SETTING_NAME_MAX];
	struct arena *a = NULL;
	struct bytes when = { 0 };
	enum err e;

	erased_setting(name, subject);
	if ((e = call_arena(&a, 4096, f)))
		return e;
	e = setting_or_none(r, name, a, &when, f);
	*erased = when.size > 0;
	arena_free(a);
	return e;
}

/* Sealed: with the keys that its subject has now. */
static enum err open_sealed(struct reg *r, const struct site_keys *site, const struct origin *o,
			    const struct log_entry *entry, struct arena *a, struct fact *out,
			    struct fault *f)
{
	struct subject_keys keys;
	struct fault why = { 0 };
	bool erased = false;
	enum err e;

	if ((e = subject_keys_read(r, site, &entry->subject, &keys, f)))
		return e;
	e = entry_open(out, a, o, entry, &keys, &why);
	subject_keys_wipe(&keys);
	if (e != ERR_DAMAGED)
		return e ? fault_again(f, &why) : OK;
	if ((e = is_erased(r, &entry->subject, &erased, f)))
		return e;
	return erased ? ERR_NOT_FOUND : fault_again(f, &why);
}

enum err entry_read(struct reg *r, const struct site_keys *site, const struct fact_ref *ref,
		    struct arena *a, struct fact *out, struct fault *f)
{
	struct origin o = { .site = ref->site, .epoch = ref->epoch };
	struct fault why = { 0 };
	struct log_entry entry;
	enum err e = log_read(r->log, &o, ref->seq, a, &entry, &why);

	if (!e && envelope_is_public(entry.envelope))
		e = entry_open(out, a, &o, &entry, NULL, &why);
	else if (!e)
		e = open_sealed(r, site, &o, &entry, a, out, &why);
	if (e == ERR_DAMAGED)
		return fault(f, e, "register.fact-damaged", ref->epoch, ref->seq);
	return e && e != ERR_NOT_FOUND ? fault_again(f, &why) : e;
}

enum err entry_seal(struct log_entry *out, const struct sealing *s, const struct fact *fact,
		    const struct subject_keys *keys, struct fault *f)
{
	struct bytes envelope;

	buffer_reset(s->scratch);
	fact_seal(s->scratch, fact, keys, s->world);
	if (s->scratch->err == ERR_LIMIT)
		return fault(f, ERR_LIMIT, "register.fact-too-large", FACT_SIZE_MAX);
	if (s->scratch->err)
		return fault(f, s->scratch->err, "register.no-memory");
	envelope = arena_copy(s->arena, buffer_bytes(s->scratch));
	if (!envelope.at)
		return fault(f, ERR_MEMORY, "register.no-memory");
	*out = (struct log_entry){ .seq = fact->ref.seq,
				   .subject = fact->subject,
				   .envelope = envelope };
	return fact_commit(&out->commitment, fact, f);
}
