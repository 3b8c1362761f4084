/* world: what any world has: whole files, and chance by the page. */
#include "base/world.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buffer.h"

#define PIECE_SIZE ((size_t)64 * 1024)

static enum err read_pieces(struct buffer *b, struct world *w, struct file *file, struct fault *f)
{
	size_t got = 1;
	enum err e = OK;

	while (!e && got && !b->err) {
		size_t before = b->size;
		/* One byte more than the limit tells a file that fits from one that does not. */
		size_t most = b->limit - b->size < PIECE_SIZE ? b->limit - b->size : PIECE_SIZE;
		uint8_t *to = most ? buffer_take(b, most) : NULL;

		if (!to)
			return OK;
		e = w->file_read(file, to, most, &got, f);
		buffer_cut(b, before + got);
	}
	return e;
}

enum err file_load(struct bytes *out, struct arena *a, struct world *w, const char *path,
		   size_t size_max, struct fault *f)
{
	struct buffer b = { .limit = size_max + 1 };
	struct file *file = NULL;
	struct text copy;
	enum err e;

	*out = (struct bytes){ NULL, 0 };
	if ((e = w->file_open(w, &file, path, FILE_READ, f)))
		goto out;
	if ((e = read_pieces(&b, w, file, f)) || (e = buffer_end(&b, f)))
		goto out;
	if (b.size > size_max) {
		e = fault(f, ERR_LIMIT, "file.too-large", path, size_max);
		goto out;
	}
	copy = arena_copy_text(a, buffer_as_text(&b));
	if (!copy.at)
		e = fault(f, ERR_MEMORY, "memory.none");
	*out = bytes_of_text(copy);
out:
	w->file_close(file);
	buffer_free(&b);
	return e;
}

enum err file_check_free(struct world *w, const char *path, const char *key, struct fault *f)
{
	struct fault why = { 0 };
	uint64_t size;
	enum err e = w->file_size(w, path, &size, &why);

	if (!e)
		return fault(f, ERR_BUSY, key, path);
	if (e == ERR_NOT_FOUND)
		return OK;
	if (f && !f->key)
		*f = why;
	return e;
}

static enum err write_whole(struct world *w, const char *path, struct bytes b, struct fault *f)
{
	struct file *file = NULL;
	enum err e = w->file_open(w, &file, path, FILE_REPLACE, f);

	if (!e)
		e = w->file_write(file, b, f);
	if (!e)
		e = w->file_sync(file, f);
	w->file_close(file);
	return e;
}

enum err file_save(struct world *w, const char *path, struct bytes b, struct fault *f)
{
	size_t size = strlen(path) + sizeof(".new");
	char *beside = malloc(size);
	enum err e;

	if (!beside)
		return fault(f, ERR_MEMORY, "memory.none");
	memcpy(beside, path, strlen(path));
	memcpy(beside + strlen(path), ".new", sizeof(".new"));
	e = write_whole(w, beside, b, f);
	if (!e)
		e = w->rename(w, beside, path, f);
	if (e && w->remove(w, beside, NULL)) {
		/* The first failure is the one worth telling. */
	}
	free(beside);
	return e;
}

/* --- chance by the page ------------------------------------------------------------- */

static void draw(struct world *w, void *out, size_t size)
{
	struct world_drawing *d = (struct world_drawing *)w;
	uint8_t *at;

	if (size > sizeof(d->drawn)) {
		d->from->chance(d->from, out, size);
		return;
	}
	if (size > d->left) {
		d->from->chance(d->from, d->drawn, sizeof(d->drawn));
		d->left = sizeof(d->drawn);
	}
	at = d->drawn + sizeof(d->drawn) - d->left;
	memcpy(out, at, size);
	explicit_bzero(at, size);
	d->left -= size;
}

void world_drawing_init(struct world_drawing *out, struct world *from)
{
	*out = (struct world_drawing){ .world = { .chance = draw }, .from = from };
}

void world_drawing_wipe(struct world_drawing *d)
{
	explicit_bzero(d->drawn, sizeof(d->drawn));
	d->left = 0;
}
