/*
 * backup: status, and a copy of the register that opens.
 *
 * The copy is made in a folder `PATH.part` of its own, opened there as a register is
 * opened, and read back whole, before it gets its name: a file at `path` is a backup
 * that was whole when it was made.  A process that is killed leaves such a folder behind,
 * which is a backup of nothing and must not stand in the way of the next one.
 */
#include "register/inside.h"

#define PATHS_MEMORY (256 * 1024)

static enum err write_note(struct reg *r, struct fault *f)
{
	uint8_t when[8];
	struct log_setting setting = { BACKUP_SETTING, bytes_of(when, sizeof(when)) };

	store_u64(when, (uint64_t)(r->world->now_ms(r->world) / 1000));
	return settings_write(r, &setting, 1, f);
}

/* That the copy opens, is whole, and is not shorter than what was there before. */
static enum err read_back(struct reg *r, const char *folder, uint64_t facts_least, struct fault *f)
{
	struct log_proof proof;
	struct log *copy = NULL;
	enum err e = log_open(&copy, r->world, folder, f);

	if (!e)
		e = log_verify(copy, &proof, NULL, NULL, f);
	if (!e && log_length(copy) < facts_least)
		e = fault(f, ERR_DAMAGED, "backup.short", log_length(copy), facts_least);
	log_close(copy);
	return e;
}

/* --- the folder in which a copy is made ------------------------------------------ */

/*
 * The mark is the first file in it and the last to go: without it nothing is cleared
 * away, for a folder of that name may be somebody's, even a register.
 */
#define PART_MARK "ikhtiar-part"

static enum err put_mark(struct world *w, const char *mark, struct fault *f)
{
	struct file *file = NULL;
	enum err e = w->file_open(w, &file, mark, FILE_CREATE, f);

	w->file_close(file);
	return e;
}

enum err part_begin(struct world *w, struct arena *a, const char *part, struct fault *f)
{
	const char *mark = path_in(a, part, PART_MARK);
	uint64_t size;
	enum err e;

	if (!mark)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if (!w->file_size(w, mark, &size, NULL))
		part_clear(w, a, part);
	if (!(e = w->folder_make(w, part, f)) && (e = put_mark(w, mark, f)))
		part_clear(w, a, part);
	return e;
}

void part_clear(struct world *w, struct arena *a, const char *part)
{
	/* What log_backup() begins, what it gives, and what opening that may add. */
	static const char *const files[] = { LOG_FILE ".part", LOG_FILE ".part-journal",
					     LOG_FILE,         LOG_FILE "-wal",
					     LOG_FILE "-shm",  LOG_FILE "-journal",
					     PART_MARK };

	for (size_t i = 0; i < COUNT_OF(files); i++) {
		const char *path = path_in(a, part, files[i]);

		if (path)
			never_mind(w->remove(w, path, NULL));
	}
	never_mind(w->remove(w, part, NULL));
}

void part_unmark(struct world *w, struct arena *a, const char *dir)
{
	const char *mark = path_in(a, dir, PART_MARK);

	if (mark)
		never_mind(w->remove(w, mark, NULL));
}

/* --- backup --------------------------------------------------------------------- */

static enum err copy_out(struct reg *r, const char *folder, const char *path, struct arena *a,
			 struct fault *f)
{
	struct world *w = r->world;
	const char *copy = path_in(a, folder, LOG_FILE);
	uint64_t facts_least = log_length(r->log);
	enum err e;

	if (!copy)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if ((e = part_begin(w, a, folder, f)))
		return e;
	if (!(e = log_backup(r->log, copy, f)) && !(e = read_back(r, folder, facts_least, f)))
		e = w->rename(w, copy, path, f);
	part_clear(w, a, folder);
	return e;
}

enum err reg_backup(struct reg *r, const char *path, struct fault *f)
{
	struct arena *a = NULL;
	struct text folder;
	uint64_t size;
	enum err e;

	assert(!gate_is_inside(r));
	if (!r->world->file_size(r->world, path, &size, NULL))
		return fault(f, ERR_BUSY, "backup.exists", path);
	if ((e = arena_new(&a, PATHS_MEMORY)))
		return e;
	folder = arena_print(a, "%s.part", path);
	if (!folder.at) {
		e = fault(f, ERR_MEMORY, "register.no-memory");
		goto out;
	}
	pthread_mutex_lock(&r->turn);
	e = checkpoint_renew(r, f);
	pthread_mutex_unlock(&r->turn);
	if (e)
		goto out;
	pthread_mutex_lock(&r->copying);
	e = copy_out(r, folder.at, path, a, f);
	pthread_mutex_unlock(&r->copying);
	if (e)
		goto out;
	pthread_mutex_lock(&r->turn);
	e = write_note(r, f);
	pthread_mutex_unlock(&r->turn);
out:
	arena_free(a);
	return e;
}

enum err reg_status(struct reg *r, struct reg_status *out, struct fault *f)
{
	struct arena *a = NULL;
	struct bytes when;
	enum err e;

	*out = (struct reg_status){ .site = reg_site(r), .self = r->self };
	if ((e = arena_new(&a, PATHS_MEMORY)))
		return e;
	out->facts = log_length(r->log);
	out->log_bytes = log_bytes(r->log);
	out->clock_jumped = clock_now(&r->clock, r->world).jumped;
	if (!(e = setting_or_none(r, BACKUP_SETTING, a, &when, f)))
		out->last_backup = (int64_t)load_u64(when);
	arena_free(a);
	gate_enter(r);
	out->locked = !r->state;
	if (r->state) {
		out->counts = state_counts(r->state);
		out->persons = out->counts.persons;
		out->households = out->counts.households;
	}
	gate_leave(r);
	if (!gate_is_inside(r)) {
		pthread_mutex_lock(&r->turn);
		out->checkpoint_size = r->signed_last.size;
		pthread_mutex_unlock(&r->turn);
	}
	return e;
}
