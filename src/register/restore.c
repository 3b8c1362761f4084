/*
 * restore: a backup becomes a register.
 *
 * What came after the backup is lost here and may be known elsewhere (receipts,
 * checkpoints, other sites), so the log may not go on as if it had not been: a new
 * epoch begins, whose first fact, site.restored, says from how many facts of the old
 * one.  That fact is in clear; no key is needed to restore.  The last checkpoint of
 * the old epoch is kept under its number.
 *
 * Who was erased since is erased again, by the lists of newer backups or of the
 * register that was lost, and keeps her household's numbers from being given again.
 * Counters of case numbers go on CASES_SKIPPED further, also those that the backup does
 * not have yet, as it is older than the year's first number: what was given since is on
 * somebody's slip.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "register/inside.h"

#define CASES_SKIPPED 1000
#define YEARS 100
#define RESTORE_MEMORY ((size_t)256 * 1024 * 1024)
#define ERASURES_AT_A_TIME 500

/* --- the file ------------------------------------------------------------------- */

static enum err copy_in(struct world *w, const char *from, const char *to, struct fault *f)
{
	struct file *out = NULL;
	enum err e = w->file_open(w, &out, to, FILE_CREATE, f);

	if (!e && !(e = backup_read(w, from, out, NULL, f)))
		e = w->file_sync(out, f);
	w->file_close(out);
	return e;
}

/* --- the new epoch -------------------------------------------------------------- */

struct restoring {
	struct world *world;
	struct log *log;
	struct arena *arena;
	struct origin old, self;
	uint64_t old_length;
	struct fact_ref site_head;		  /* of the site's own facts, all in clear */
	struct erased *erased[RESTORE_LISTS_MAX]; /* by list */
	size_t erased_counts[RESTORE_LISTS_MAX], list_count;
	struct log_setting settings[2 * YEARS + 2];
	size_t setting_count;
};

/* A subject's facts of one site are a chain: the last one is the head. */
static enum err find_head(void *self, const struct origin *o, const struct log_entry *e,
			  struct fault *f)
{
	struct restoring *x = self;
	struct fact_ref ref = { .site = o->site, .epoch = o->epoch, .seq = e->seq };

	(void)f;
	if (id_same(&o->site, &x->old.site) && id_same(&e->subject, &x->old.site) &&
	    fact_ref_compare(&ref, &x->site_head) > 0)
		x->site_head = ref;
	return OK;
}

static enum err add_setting(struct restoring *x, const char *name, struct bytes bytes,
			    struct fault *f)
{
	struct text kept = arena_copy_text(x->arena, text_of(name));

	if (!kept.at)
		return fault(f, ERR_MEMORY, "register.no-memory");
	assert(x->setting_count < COUNT_OF(x->settings));
	x->settings[x->setting_count++] = (struct log_setting){ kept.at, bytes };
	return OK;
}

/* Numbers that were given or printed since the backup: none of them is given again. */
static enum err skip(struct restoring *x, struct text name, uint64_t to, struct fault *f)
{
	uint8_t *last = arena_take(x->arena, 8);
	char kept[SETTING_NAME_MAX];

	if (!last)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if (name.size >= sizeof(kept) || x->setting_count >= 2 * YEARS)
		return fault(f, ERR_DAMAGED, "register.setting-damaged", name);
	memcpy(kept, name.at, name.size);
	kept[name.size] = 0;
	store_u64(last, to);
	return add_setting(x, kept, bytes_of(last, 8), f);
}

static enum err skip_cases(void *self, struct text name, struct bytes bytes, struct fault *f)
{
	return skip(self, name, case_counter_after(load_u64(bytes), CASES_SKIPPED), f);
}

/* Paper forms printed since then are still typed in: theirs count as reserved. */
static enum err skip_packs(void *self, struct text name, struct bytes bytes, struct fault *f)
{
	return skip(self, name, pack_counter_after(load_u64(bytes), CASES_SKIPPED), f);
}

/* A series that the backup has not begun. */
static enum err skip_year(struct restoring *x, const char *prefix, int year, uint64_t to,
			  struct fault *f)
{
	char name[SETTING_NAME_MAX];
	struct fault why = { 0 };
	struct bytes known;
	enum err e;

	cases_setting(name, prefix, year % YEARS);
	e = log_setting_read(x->log, name, x->arena, &known, &why);
	if (e == ERR_NOT_FOUND)
		return skip(x, text_of(name), to, f);
	return e ? fault_again(f, &why) : OK;
}

/*
 * This year's, and last year's, whose forms are still typed in.  The site's clock is not
 * known while its register is closed: where the year is about to turn, it may have turned.
 */
static enum err skip_years(struct restoring *x, struct fault *f)
{
	int32_t today = day_at(x->world->now_ms(x->world) / 1000, 0);
	int last = date_of(GREGORIAN, today + 1).year;
	enum err e = OK;

	for (int year = date_of(GREGORIAN, today - 1).year - 1; !e && year <= last; year++) {
		e = skip_year(x, CASES_PREFIX, year, case_counter_after(0, CASES_SKIPPED), f);
		if (!e)
			e = skip_year(x, PACKS_PREFIX, year, pack_counter_after(0, CASES_SKIPPED),
				      f);
	}
	return e;
}

static enum err keep_checkpoint(struct restoring *x, struct fault *f)
{
	char name[SETTING_NAME_MAX];
	struct bytes note;
	struct fault why = { 0 };
	enum err e = log_setting_read(x->log, CHECKPOINT_SETTING, x->arena, &note, &why);

	if (e == ERR_NOT_FOUND)
		return OK;
	if (e)
		return fault_again(f, &why);
	snprintf(name, sizeof(name), CHECKPOINT_SETTING "/%u", x->old.epoch);
	if ((e = add_setting(x, name, note, f)))
		return e;
	return add_setting(x, CHECKPOINT_SETTING, (struct bytes){ 0 }, f);
}

static enum err restored_fact(struct restoring *x, struct fact *out, struct fault *f)
{
	int64_t now = x->world->now_ms(x->world) / 1000;

	fact_begin(out, KIND_SITE_RESTORED);
	out->ref = (struct fact_ref){ .site = x->self.site, .epoch = x->self.epoch };
	out->subject = x->self.site;
	out->heads = &x->site_head;
	out->head_count = 1;
	out->recorded = out->happened = now;
	out->values[SITE_RESTORED_FROM_SIZE] = value_number((int64_t)x->old_length);
	x->world->chance(x->world, &out->r, sizeof(out->r));
	return fact_check(out, x->arena, now, f);
}

static enum err append_restored(struct restoring *x, struct fault *f)
{
	struct buffer scratch = { .limit = ENVELOPE_SIZE_MAX };
	struct sealing sealing = { .world = x->world, .scratch = &scratch, .arena = x->arena };
	struct log_entry entry;
	struct fact fact;
	struct log_batch b = {
		.entries = &entry,
		.entry_count = 1,
		.settings = x->settings,
	};
	enum err e;

	if (!(e = restored_fact(x, &fact, f)) &&
	    !(e = entry_seal(&entry, &sealing, &fact, NULL, f)) &&
	    !(e = log_each_setting(x->log, CASES_PREFIX, skip_cases, x, f)) &&
	    !(e = log_each_setting(x->log, PACKS_PREFIX, skip_packs, x, f)) &&
	    !(e = skip_years(x, f)) && !(e = keep_checkpoint(x, f))) {
		b.setting_count = x->setting_count;
		e = log_append(x->log, &b, f);
	}
	buffer_free(&scratch);
	return e;
}

/* --- erasing again -------------------------------------------------------------- */

/* What a batch of erasures changes: a slot each, and up to three settings. */
#define ERASED_SETTINGS (3 * ERASURES_AT_A_TIME)
struct erasing {
	struct log_slot slots[ERASURES_AT_A_TIME];
	struct log_setting settings[ERASED_SETTINGS];
	char names[ERASED_SETTINGS][SETTING_NAME_MAX];
	uint8_t stored[ERASURES_AT_A_TIME][ERASED_STORED_SIZE];
	uint8_t members[ERASURES_AT_A_TIME][8];
	size_t slot_count, setting_count;
};

static struct log_setting *next_setting(struct erasing *x, char **name)
{
	struct log_setting *s = &x->settings[x->setting_count];

	*name = x->names[x->setting_count++];
	*s = (struct log_setting){ .name = *name };
	return s;
}

/* The highest number that the backup, or this batch, knows of in the household. */
static enum err highest_member(struct restoring *x, const struct erasing *b, const char *name,
			       uint64_t *highest, struct fault *f)
{
	struct arena *a = NULL;
	struct bytes stored = { 0 };
	enum err e;

	for (size_t i = b->setting_count; i-- > 0;)
		if (!strcmp(b->settings[i].name, name) && b->settings[i].bytes.size) {
			*highest = load_u64(b->settings[i].bytes);
			return OK;
		}
	if ((e = call_arena(&a, 4096, f)))
		return e;
	e = log_setting_read(x->log, name, a, &stored, f);
	*highest = e ? 0 : load_u64(stored);
	arena_free(a);
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err keep_member(struct restoring *x, struct erasing *b, const struct erased *who,
			    uint8_t member[8], struct fault *f)
{
	char name[SETTING_NAME_MAX], *kept;
	struct log_setting *s;
	struct fault why = { 0 };
	uint64_t highest;

	members_setting(name, &who->household);
	if (highest_member(x, b, name, &highest, &why))
		return fault_again(f, &why);
	store_u64(member, who->member > highest ? who->member : highest);
	s = next_setting(b, &kept);
	strcpy(kept, name);
	s->bytes = bytes_of(member, 8);
	return OK;
}

static enum err erase_one(struct restoring *x, struct erasing *b, const struct erased *who,
			  struct fault *f)
{
	size_t n = b->slot_count++;
	struct log_setting *s;
	char *name;

	b->slots[n] = (struct log_slot){ .subject = who->subject };
	s = next_setting(b, &name);
	erased_setting(name, &who->subject);
	erased_store(b->stored[n], x->world->now_ms(x->world) / 1000, who);
	s->bytes = bytes_of(b->stored[n], ERASED_STORED_SIZE);
	if (!id_is_none(&who->source)) {
		s = next_setting(b, &name);
		source_setting(name, &who->source);
		s->bytes = bytes_of(b->stored[n], 8);
	}
	return id_is_none(&who->household) ? OK : keep_member(x, b, who, b->members[n], f);
}

static enum err erase_some(struct restoring *x, const struct erased *list, size_t count,
			   struct fault *f)
{
	struct erasing *b = calloc(1, sizeof(*b));
	struct log_batch batch;
	enum err e = OK;

	if (!b)
		return fault(f, ERR_MEMORY, "register.no-memory");
	for (size_t i = 0; !e && i < count; i++)
		e = erase_one(x, b, &list[i], f);
	batch = (struct log_batch){ .slots = b->slots,
				    .slot_count = b->slot_count,
				    .settings = b->settings,
				    .setting_count = b->setting_count };
	if (!e)
		e = log_append(x->log, &batch, f);
	free(b);
	return e;
}

static enum err erase_list(struct restoring *x, const struct erased *list, size_t count,
			   struct fault *f)
{
	enum err e = OK;

	for (size_t at = 0; !e && at < count; at += ERASURES_AT_A_TIME) {
		size_t left = count - at;

		e = erase_some(x, list + at, left < ERASURES_AT_A_TIME ? left : ERASURES_AT_A_TIME,
			       f);
	}
	return e;
}

/* Before the new epoch begins: what broke off here is no register yet. */
static enum err erase_again(struct restoring *x, struct fault *f)
{
	enum err e = OK;

	for (size_t i = 0; !e && i < x->list_count; i++)
		e = erase_list(x, x->erased[i], x->erased_counts[i], f);
	return e;
}

static enum err begin_again(struct restoring *x, struct fault *f)
{
	struct log_proof proof;
	enum err e;

	if ((e = log_verify(x->log, &proof, NULL, NULL, f)) || (e = erase_again(x, f)))
		return e;
	x->old = log_self(x->log);
	x->old_length = log_length(x->log);
	x->site_head = (struct fact_ref){ .site = x->old.site };
	if ((e = log_each(x->log, find_head, x, f)) || (e = log_begin_epoch(x->log, f)))
		return e;
	x->self = log_self(x->log);
	return append_restored(x, f);
}

/* Copy, begin again, and only then give the folder its name: half a restored register
 * would go on in the old epoch. */
static enum err restore_into(struct restoring *x, const char *path, const char *part,
			     const char *dir, struct fault *f)
{
	struct world *w = x->world;
	const char *file = path_in(x->arena, part, LOG_FILE);
	enum err e;

	if (!file)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if ((e = part_begin(w, x->arena, part, f)))
		return e;
	if (!(e = copy_in(w, path, file, f)) && !(e = log_open(&x->log, w, part, f)))
		e = begin_again(x, f);
	log_close(x->log);
	x->log = NULL;
	/* It may have the name, and lose it again: one that was not told is none. */
	if (!e && (e = w->rename(w, part, dir, f)) && part_is_marked(w, x->arena, dir))
		part_clear(w, dir);
	if (e)
		part_clear(w, part);
	else
		part_unmark(w, x->arena, dir);
	return e;
}

static enum err read_lists(struct restoring *x, const struct reg_restoring *what, struct fault *f)
{
	enum err e = OK;

	assert(what->list_count <= RESTORE_LISTS_MAX);
	for (; !e && x->list_count < what->list_count; x->list_count++)
		e = erasures_read(x->world, what->lists[x->list_count], x->arena,
				  &x->erased[x->list_count], &x->erased_counts[x->list_count], f);
	return e;
}

enum err reg_restore(struct world *w, const struct reg_restoring *what, struct fault *f)
{
	struct restoring x = { .world = w };
	struct text part;
	struct fault why = { 0 };
	uint64_t size;
	enum err e;

	if (sodium_init() < 0)
		return fault(f, ERR_IO, "register.no-crypto");
	if ((e = w->file_size(w, what->path, &size, &why)) == ERR_NOT_FOUND)
		return fault(f, e, "restore.no-backup", what->path);
	if (e)
		return fault_again(f, &why);
	if ((e = call_arena(&x.arena, RESTORE_MEMORY, f)))
		return e;
	if ((e = read_lists(&x, what, f)))
		goto out;
	part = arena_print(x.arena, "%s.part", what->dir);
	if (!part.at) {
		e = fault(f, ERR_MEMORY, "register.no-memory");
		goto out;
	}
	if ((e = w->folder_make(w, what->dir, f)))
		goto out;
	e = restore_into(&x, what->path, part.at, what->dir, f);
	/* Where the empty folder stays, it is in nobody's way. */
	if (e)
		never_mind(w->remove(w, what->dir, NULL));
out:
	arena_free(x.arena);
	return e;
}
