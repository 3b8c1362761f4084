/*
 * The file comes in pieces, a line is put together out of as many as it takes.  What
 * is in memory may be names: it is wiped.
 */
#include "cli/lines.h"

#include <stdlib.h>

#define PIECE 65536

struct lines {
	struct line_source from;
	struct file *file;     /* NULL: standard input */
	size_t line_max, size; /* of `line` */
	size_t piece_at, piece_size;
	uint64_t place, of;
	bool ended;
	char piece[PIECE];
	char line[]; /* line_max */
};

enum err lines_open(struct lines **out, const struct line_source *from, size_t line_max,
		    struct fault *f)
{
	struct world *w = from->world;
	struct lines *l = calloc(1, sizeof(*l) + line_max);
	enum err e = OK;

	*out = NULL;
	if (!l)
		return fault(f, ERR_MEMORY, "memory.none");
	l->from = *from;
	l->line_max = line_max;
	if (strcmp(from->path, "-") != 0 &&
	    !(e = w->file_open(w, &l->file, from->path, FILE_READ, f)))
		e = w->file_size(w, from->path, &l->of, f);
	if (e)
		lines_close(l);
	else
		*out = l;
	return e;
}

uint64_t lines_place(const struct lines *l, uint64_t *of)
{
	*of = l->of;
	return l->place;
}

void lines_close(struct lines *l)
{
	if (!l)
		return;
	l->from.world->file_close(l->file);
	explicit_bzero(l->piece, sizeof(l->piece));
	explicit_bzero(l->line, l->line_max);
	free(l);
}

static enum err read_piece(struct lines *l, struct fault *f)
{
	struct caller *caller = l->from.caller;

	l->piece_at = l->piece_size = 0;
	if (l->file)
		return l->from.world->file_read(l->file, l->piece, PIECE, &l->piece_size, f);
	return caller->take_in(caller, l->piece, PIECE, &l->piece_size, f);
}

/* Move all up to the end of line, or of the piece, over to the line; false: too long. */
static bool take(struct lines *l, bool *whole)
{
	const char *from = l->piece + l->piece_at;
	size_t left = l->piece_size - l->piece_at;
	const char *end = memchr(from, '\n', left);
	size_t size = end ? (size_t)(end - from) : left;
	bool fits = size <= l->line_max - l->size;

	if (fits)
		memcpy(l->line + l->size, from, size);
	l->size = fits ? l->size + size : l->line_max;
	l->piece_at += size + (end != NULL);
	l->place += size + (end != NULL);
	*whole = end != NULL;
	return fits;
}

enum err lines_next(struct lines *l, struct text *line, struct fault *f)
{
	bool whole = false, fits = true;
	enum err e;

	*line = (struct text){ NULL, 0 };
	l->size = 0;
	while (!whole && !l->ended) {
		if (l->piece_at == l->piece_size) {
			if ((e = read_piece(l, f)))
				return e;
			l->ended = l->piece_size == 0;
		}
		fits &= take(l, &whole);
	}
	if (!fits)
		return fault(f, ERR_LIMIT, "record.line-too-long", l->line_max);
	if (!whole && !l->size)
		return OK;
	if (l->size && l->line[l->size - 1] == '\r')
		l->size--;
	*line = (struct text){ l->line, l->size };
	return OK;
}
