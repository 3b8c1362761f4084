/*
 * public: facts in clear that concern everybody, read while the register is locked.
 *
 * Among millions that are sealed they are some hundreds, and finding them by reading
 * everything takes as long as unlocking.  So each is on a list: a setting of the name
 *
 *     public/<kind>/<site>/<epoch>/<seq>        numbers in hex, of one width
 *
 * written in the transaction that keeps the fact, which says nothing that the log does not
 * say in clear itself.  The order of the names is that of the facts.  A register of an
 * earlier version gets the list when it is opened; the setting "public" says that it is
 * there.
 */
#include <stdio.h>

#include "register/inside.h"

#define LISTED_AT_A_TIME 1000
#define FINDING_MEMORY ((size_t)64 << 20)

bool is_public(const struct kind_spec *k)
{
	return k && k->seal == SEAL_CLEAR && k->purpose != PURPOSE_KEEP;
}

static void prefix_of(char out[SETTING_NAME_MAX], enum kind kind)
{
	snprintf(out, SETTING_NAME_MAX, PUBLIC_PREFIX "%04x/", (unsigned)kind);
}

void public_setting(char out[SETTING_NAME_MAX], const struct fact *fact)
{
	char site[ID_HEX_SIZE + 1];

	hex_write(site, bytes_of(fact->ref.site.at, ID_SIZE));
	snprintf(out, SETTING_NAME_MAX, PUBLIC_PREFIX "%04x/%s/%08x/%016llx",
		 (unsigned)fact->kind->kind, site, fact->ref.epoch,
		 (unsigned long long)fact->ref.seq);
}

static bool read_hex(struct text t, uint64_t *out)
{
	uint8_t bytes[8] = { 0 };

	if (t.size > 16 || !hex_read(bytes + sizeof(bytes) - t.size / 2, t.size / 2, t))
		return false;
	*out = 0;
	for (size_t i = 0; i < sizeof(bytes); i++)
		*out = *out << 8 | bytes[i];
	return true;
}

/* What stands behind the kind: "<site>/<epoch>/<seq>". */
static bool ref_of(struct text name, struct fact_ref *out)
{
	const size_t epoch_at = ID_HEX_SIZE + 1, seq_at = epoch_at + 8 + 1;
	uint64_t epoch;

	if (name.size != seq_at + 16 || name.at[epoch_at - 1] != '/' ||
	    name.at[seq_at - 1] != '/' ||
	    !hex_read(&out->site, ID_SIZE, (struct text){ name.at, ID_HEX_SIZE }) ||
	    !read_hex((struct text){ name.at + epoch_at, 8 }, &epoch) ||
	    !read_hex((struct text){ name.at + seq_at, 16 }, &out->seq))
		return false;
	out->epoch = (uint32_t)epoch;
	return true;
}

/* --- reading ---------------------------------------------------------------------- */

struct ref_list {
	struct arena *arena;
	size_t prefix_size;
	struct fact_ref *refs;
	size_t count, room;
};

static enum err keep_ref(void *self, struct text name, struct bytes bytes, struct fault *f)
{
	struct ref_list *l = self;

	(void)bytes;
	if (l->count == l->room) {
		size_t room = l->room ? 2 * l->room : 64;
		struct fact_ref *wider = arena_take_array(l->arena, room, sizeof(*wider));

		if (!wider)
			return fault(f, ERR_MEMORY, "register.no-memory");
		if (l->count)
			memcpy(wider, l->refs, l->count * sizeof(*wider));
		l->refs = wider;
		l->room = room;
	}
	if (!ref_of((struct text){ name.at + l->prefix_size, name.size - l->prefix_size },
		    &l->refs[l->count]))
		return fault(f, ERR_DAMAGED, "register.setting-damaged", name);
	l->count++;
	return OK;
}

enum err public_refs(struct reg *r, enum kind kind, struct arena *a, const struct fact_ref **out,
		     size_t *count, struct fault *f)
{
	struct ref_list list = { .arena = a };
	char prefix[SETTING_NAME_MAX];
	enum err e;

	prefix_of(prefix, kind);
	list.prefix_size = strlen(prefix);
	e = log_each_setting(r->log, prefix, keep_ref, &list, f);
	*out = list.refs;
	*count = e ? 0 : list.count;
	return e;
}

enum err public_read(struct reg *r, const struct fact_ref *ref, struct arena *a, struct fact *out,
		     struct fault *f)
{
	enum err e = entry_read(r, NULL, ref, a, out, f);

	return e == ERR_NOT_FOUND
		       ? fault(f, ERR_DAMAGED, "register.setting-damaged", TEXT(PUBLIC_PREFIX))
		       : e;
}

enum err reg_public(struct reg *r, enum kind kind, struct arena *a, const struct fact **out,
		    size_t *count, struct fault *f)
{
	const struct fact_ref *refs;
	struct fact *facts;
	size_t ref_count;
	enum err e;

	*out = NULL;
	*count = 0;
	if ((e = public_refs(r, kind, a, &refs, &ref_count, f)) || !ref_count)
		return e;
	facts = arena_take_array(a, ref_count, sizeof(*facts));
	if (!facts)
		return fault(f, ERR_MEMORY, "register.no-memory");
	for (size_t i = 0; !e && i < ref_count; i++)
		e = public_read(r, &refs[i], a, &facts[i], f);
	*out = facts;
	*count = e ? 0 : ref_count;
	return e;
}

/* --- a register of an earlier version ------------------------------------------------ */

/* The log may not be changed while it is walked through: all are found before any is put
 * on the list. */
struct finding {
	struct arena *scratch; /* emptied after each fact */
	struct arena *arena;
	struct log_setting *settings;
	size_t count, room;
};

static enum err keep_setting(struct finding *x, const struct fact *fact, struct fault *f)
{
	char *name = arena_take(x->arena, SETTING_NAME_MAX);

	if (name && x->count == x->room) {
		size_t room = x->room ? 2 * x->room : 64;
		struct log_setting *wider = arena_take_array(x->arena, room, sizeof(*wider));

		if (wider && x->count)
			memcpy(wider, x->settings, x->count * sizeof(*wider));
		x->settings = wider;
		x->room = wider ? room : 0;
	}
	if (!name || !x->settings)
		return fault(f, ERR_MEMORY, "register.no-memory");
	public_setting(name, fact);
	x->settings[x->count++] = (struct log_setting){ name, bytes_of_text(TEXT(LISTED)) };
	return OK;
}

static enum err look_at(void *self, const struct origin *o, const struct log_entry *entry,
			struct fault *f)
{
	struct finding *x = self;
	struct fact fact;
	enum err e;

	if (!envelope_is_public(entry->envelope))
		return OK;
	arena_reset(x->scratch);
	e = entry_open(&fact, x->scratch, o, entry, NULL, NULL);
	if (e == ERR_MEMORY)
		return fault(f, e, "register.no-memory");
	/* What is damaged is told by verify; it keeps nobody from opening the register. */
	return !e && is_public(fact.kind) ? keep_setting(x, &fact, f) : OK;
}

static enum err write_some(struct reg *r, const struct finding *x, struct fault *f)
{
	enum err e = OK;

	for (size_t at = 0; !e && at < x->count; at += LISTED_AT_A_TIME) {
		size_t left = x->count - at;

		e = settings_write(r, x->settings + at,
				   left < LISTED_AT_A_TIME ? left : LISTED_AT_A_TIME, f);
	}
	return e;
}

enum err public_list(struct reg *r, struct fault *f)
{
	const struct log_setting mark = { PUBLIC_SETTING, bytes_of_text(TEXT(LISTED)) };
	struct finding x = { 0 };
	struct bytes there;
	enum err e;

	if ((e = call_arena(&x.arena, FINDING_MEMORY, f)) ||
	    (e = call_arena(&x.scratch, FACT_MEMORY_MAX, f)) ||
	    (e = setting_or_none(r, PUBLIC_SETTING, x.arena, &there, f)) || there.size)
		goto out;
	if ((e = log_each(r->log, look_at, &x, f)) || (e = write_some(r, &x, f)))
		goto out;
	e = settings_write(r, &mark, 1, f);
out:
	arena_free(x.arena);
	arena_free(x.scratch);
	return e;
}
