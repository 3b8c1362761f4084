/*
 * backup: status, and a copy of the register that opens.
 *
 * The copy is made in a folder `PATH.part` of its own, opened there as a register is
 * opened and verified, sealed, brought to the medium and read back from there whole,
 * before it gets its name: a file at `path` is a backup that was whole when it was made.
 * A process that is killed leaves such a folder behind, which is a backup of nothing and
 * must not stand in the way of the next one.
 *
 * The list of the erased comes last, since saving it also syncs the folder: then
 * nothing of the backup is in memory alone, and the medium may be removed.
 */
#include <limits.h>
#include <stdio.h>

#include "register/inside.h"

#define MEGABYTE 1000000

#define PATHS_MEMORY (256 * 1024)

/* Where that fails the backup is none the worse, and status asks for one too early. */
static void write_note(struct reg *r, uint64_t listed)
{
	uint8_t when[8], count[8];
	struct log_setting settings[] = {
		{ BACKUP_SETTING, bytes_of(when, sizeof(when)) },
		{ LISTED_SETTING, bytes_of(count, sizeof(count)) },
	};

	store_u64(when, (uint64_t)(r->world->now_ms(r->world) / 1000));
	store_u64(count, listed);
	never_mind(settings_write(r, settings, COUNT_OF(settings), NULL));
}

/* --- the copy ------------------------------------------------------------------- */

static uint64_t megabytes(uint64_t bytes)
{
	return (bytes + MEGABYTE - 1) / MEGABYTE;
}

/* Told before the copying starts: it takes half an hour until a stick is full. */
static enum err check_medium(struct reg *r, const char *path, struct fault *f)
{
	uint64_t size = log_bytes(r->log) + SEAL_SIZE;
	struct medium m;
	enum err e = r->world->medium(r->world, path, &m, f);

	if (!e && size > m.file_max)
		e = fault(f, ERR_FULL, "backup.file-too-large", path, megabytes(size),
			  megabytes(m.file_max));
	if (!e && size > m.room)
		e = fault(f, ERR_FULL, "backup.no-room", path, megabytes(size), m.room / MEGABYTE);
	return e;
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

bool part_is_marked(struct world *w, struct arena *a, const char *part)
{
	const char *mark = path_in(a, part, PART_MARK);
	uint64_t size;

	return mark && !w->file_size(w, mark, &size, NULL);
}

enum err part_begin(struct world *w, struct arena *a, const char *part, struct fault *f)
{
	const char *mark = path_in(a, part, PART_MARK);
	enum err e;

	if (!mark)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if (part_is_marked(w, a, part))
		part_clear(w, part);
	if (!(e = w->folder_make(w, part, f)) && (e = put_mark(w, mark, f)))
		part_clear(w, part);
	return e;
}

void part_clear(struct world *w, const char *part)
{
	/* What log_backup() begins, what it gives, and what opening that may add. */
	static const char *const files[] = { LOG_FILE ".part", LOG_FILE ".part-journal",
					     LOG_FILE,         LOG_FILE "-wal",
					     LOG_FILE "-shm",  LOG_FILE "-journal",
					     PART_MARK };

	/* On the stack: what failed for want of memory is cleared away as well. */
	char path[PATH_MAX];

	for (size_t i = 0; i < COUNT_OF(files); i++)
		if (snprintf(path, sizeof(path), "%s/%s", part, files[i]) < PATH_MAX)
			never_mind(w->remove(w, path, NULL));
	never_mind(w->remove(w, part, NULL));
}

void part_unmark(struct world *w, struct arena *a, const char *dir)
{
	const char *mark = path_in(a, dir, PART_MARK);

	if (mark)
		never_mind(w->remove(w, mark, NULL));
}

/* --- backup --------------------------------------------------------------------- */

/* What one backup is made of. */
struct backup {
	struct reg *reg;
	struct arena *arena;
	const char *path, *list;   /* the file, and the list beside it */
	const char *folder, *copy; /* where it is made */
	const struct reg_progress *progress;
};

static enum err backup_paths(struct backup *b, const char *path, struct fault *f)
{
	b->path = path;
	b->list = arena_print(b->arena, "%s" ERASURES_SUFFIX, path).at;
	b->folder = arena_print(b->arena, "%s.part", path).at;
	b->copy = b->folder ? path_in(b->arena, b->folder, LOG_FILE) : NULL;
	return b->list && b->copy ? OK : fault(f, ERR_MEMORY, "register.no-memory");
}

static enum err make_copy(struct backup *b, struct fault *f)
{
	struct reg *r = b->reg;
	struct world *w = r->world;
	uint64_t facts_least = log_length(r->log);
	enum err e;

	if ((e = part_begin(w, b->arena, b->folder, f)))
		return e;
	if (!(e = log_backup(r->log, b->copy, f)) &&
	    !(e = read_back(r, b->folder, facts_least, f)) && !(e = backup_seal(w, b->copy, f)) &&
	    !(e = backup_read(w, b->copy, NULL, b->progress, f)) &&
	    (e = w->rename(w, b->copy, b->path, f)))
		/* It may have the name, and lose it again: one that was not told is none. */
		never_mind(w->remove(w, b->path, NULL));
	part_clear(w, b->folder);
	return e;
}

static enum err write_list(struct backup *b, uint64_t *listed, struct fault *f)
{
	enum err e = erasures_write(b->reg, b->list, listed, f);

	if (e)
		never_mind(b->reg->world->remove(b->reg->world, b->path, NULL));
	return e;
}

enum err reg_backup(struct reg *r, const char *path, const struct reg_progress *progress,
		    struct fault *f)
{
	struct backup b = { .reg = r, .progress = progress };
	uint64_t listed;
	enum err e;

	assert(!gate_is_inside(r));
	if ((e = file_check_free(r->world, path, "backup.exists", f)))
		return e;
	if ((e = call_arena(&b.arena, PATHS_MEMORY, f)))
		return e;
	if ((e = backup_paths(&b, path, f)) || (e = check_medium(r, path, f)))
		goto out;
	pthread_mutex_lock(&r->turn);
	e = checkpoint_renew(r, f);
	pthread_mutex_unlock(&r->turn);
	if (e)
		goto out;
	pthread_mutex_lock(&r->copying);
	if (!(e = make_copy(&b, f)))
		e = write_list(&b, &listed, f);
	pthread_mutex_unlock(&r->copying);
	if (e)
		goto out;
	/* The backup has its name.  Without the note, status tells of the one before it. */
	pthread_mutex_lock(&r->turn);
	write_note(r, listed);
	pthread_mutex_unlock(&r->turn);
	moment_pass(&r->moments);
out:
	arena_free(b.arena);
	return e;
}

/* --- status --------------------------------------------------------------------- */

enum err reg_status(struct reg *r, struct reg_status *out, struct fault *f)
{
	struct arena *a = NULL;
	struct bytes when;
	enum err e;

	*out = (struct reg_status){ .site = reg_site(r), .self = r->self };
	if ((e = call_arena(&a, PATHS_MEMORY, f)))
		return e;
	out->facts = log_length(r->log);
	out->log_bytes = log_bytes(r->log);
	out->clock_jumped = clock_now(&r->clock, r->world).jumped;
	if (!(e = setting_or_none(r, BACKUP_SETTING, a, &when, f)))
		out->last_backup = (int64_t)load_u64(when);
	arena_free(a);
	if (!e)
		e = erasures_unlisted(r, &out->erasures_unlisted, f);
	gate_enter(r);
	out->locked = !r->state;
	if (r->state) {
		out->counts = state_counts(r->state);
		out->persons = out->counts.persons;
		out->households = out->counts.households;
	}
	gate_leave(r);
	out->checkpoint_size = atomic_load(&r->signed_size);
	return e;
}
