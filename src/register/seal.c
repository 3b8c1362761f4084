/*
 * seal: a backup's file, each byte of which is what was written.
 *
 *     the copy of the log     a multiple of LOG_PAGE_SIZE bytes
 *     "IKHTIAR-BACKUP-1"      16 bytes
 *     SHA-256 of the copy     32 bytes
 *
 * Verifying a log does not look at bytes that nothing reads, and a log that verifies
 * may still be another one.  The seal is against media and not against people: whoever
 * can write the file can also make a seal.  A file without one is of version 0.1.0 and
 * is what its verification says.
 */
#include "base/sha256.h"
#include "register/inside.h"

#define STEP ((size_t)64 * 1024)

static const char mark[] = "IKHTIAR-BACKUP-1";
#define MARK_SIZE (sizeof(mark) - 1)
static_assert(MARK_SIZE + HASH_SIZE == SEAL_SIZE, "the seal is its mark and its hash");

/* One reading of the file from its beginning on. */
struct pass {
	struct world *world;
	const char *path;
	struct file *from, *to; /* to: NULL where the bytes go nowhere */
	const struct reg_progress *progress;
	struct sha256 hash;
	uint8_t step[STEP];
};

static enum err not_as_written(const struct pass *p, struct fault *f)
{
	return fault(f, ERR_DAMAGED, "backup.not-as-written", p->path);
}

/* Exactly `size` bytes, at most a STEP, into `step`. */
static enum err read_step(struct pass *p, size_t size, struct fault *f)
{
	size_t done = 0, got;
	enum err e = OK;

	while (!e && done < size) {
		e = p->world->file_read(p->from, p->step + done, size - done, &got, f);
		if (!e && !got)
			e = not_as_written(p, f);
		done += got;
	}
	return e;
}

static enum err pass_over(struct pass *p, uint64_t size, struct fault *f)
{
	enum err e = OK;

	sha256_begin(&p->hash);
	for (uint64_t done = 0; !e && done < size;) {
		size_t step = size - done < STEP ? (size_t)(size - done) : STEP;

		if ((e = read_step(p, step, f)))
			break;
		sha256_add(&p->hash, bytes_of(p->step, step));
		if (p->to)
			e = p->world->file_write(p->to, bytes_of(p->step, step), f);
		done += step;
		if (p->progress && p->progress->told)
			p->progress->told(p->progress->self, done, size);
	}
	return e;
}

static enum err hash_file(struct world *w, const char *path, struct hash *out, struct fault *f)
{
	struct pass p = { .world = w, .path = path };
	uint64_t size;
	enum err e;

	if ((e = w->file_size(w, path, &size, f)) ||
	    (e = w->file_open(w, &p.from, path, FILE_READ, f)))
		return e;
	if (!(e = pass_over(&p, size, f)))
		sha256_end(&p.hash, out);
	w->file_close(p.from);
	return e;
}

enum err backup_seal(struct world *w, const char *path, struct fault *f)
{
	struct file *file = NULL;
	struct hash hash;
	enum err e;

	if ((e = hash_file(w, path, &hash, f)) ||
	    (e = w->file_open(w, &file, path, FILE_APPEND, f)))
		return e;
	if (!(e = w->file_write(file, bytes_of(mark, MARK_SIZE), f)) &&
	    !(e = w->file_write(file, bytes_of(hash.at, HASH_SIZE), f)) &&
	    !(e = w->file_sync(file, f)))
		e = w->file_forget(file, f);
	w->file_close(file);
	return e;
}

static enum err check_seal(struct pass *p, struct fault *f)
{
	struct hash hash;
	enum err e = read_step(p, SEAL_SIZE, f);

	if (e)
		return e;
	sha256_end(&p->hash, &hash);
	if (memcmp(p->step, mark, MARK_SIZE) != 0 ||
	    memcmp(p->step + MARK_SIZE, hash.at, HASH_SIZE) != 0)
		return not_as_written(p, f);
	return OK;
}

enum err backup_read(struct world *w, const char *path, struct file *to,
		     const struct reg_progress *progress, struct fault *f)
{
	struct pass p = { .world = w, .path = path, .to = to, .progress = progress };
	uint64_t size, seal;
	enum err e;

	if ((e = w->file_size(w, path, &size, f)) ||
	    (e = w->file_open(w, &p.from, path, FILE_READ, f)))
		return e;
	seal = size % LOG_PAGE_SIZE;
	e = seal && seal != SEAL_SIZE ? not_as_written(&p, f) : pass_over(&p, size - seal, f);
	if (!e && seal)
		e = check_seal(&p, f);
	w->file_close(p.from);
	return e;
}
