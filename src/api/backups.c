/*
 * backups: the register is copied while others work, and who asked for it looks how far it
 * is.
 *
 * On a stick a backup takes minutes, which no request waits for: it is made by a thread of
 * its own, one at a time, and what became of the last one is told until the next.  The
 * administrator names a folder of the laptop; the name in it is ours, and nothing there is
 * ever written over.  So a browser can add a sealed copy where the server may write, and
 * nothing else.
 */
#include <limits.h>
#include <stdlib.h>

#include "api/inside.h"

/* "/CODE-2026-11-26-180203.ikhtiar.erasures.part" and some. */
#define NAME_ROOM 64
#define FOLDER_SIZE_MAX (PATH_MAX - NAME_ROOM)

enum stage { STAGE_NONE, STAGE_COPYING, STAGE_READING, STAGE_MADE, STAGE_FAILED };

/* What is told of the last one. */
struct copying {
	enum stage stage;
	char path[PATH_MAX];
	uint64_t done, of; /* bytes that were read back, while that goes on */
	uint64_t bytes;
	int64_t ended;
	struct fault why; /* it failed */
};

struct backups {
	struct reg *reg;
	struct world *world;
	pthread_mutex_t lock;  /* of all below */
	char folder[PATH_MAX]; /* into which the last one went; at first the usual one */
	struct copying now;
	pthread_t thread;
	bool has_thread; /* that is to be joined */
};

enum err backups_new(struct backups **out, const struct api_ground *ground, struct fault *f)
{
	const char *usual = ground->backups ? ground->backups : "";
	struct backups *b = calloc(1, sizeof(*b));

	*out = b;
	if (!b)
		return fault(f, ERR_MEMORY, "memory.none");
	b->reg = ground->reg;
	b->world = ground->world;
	pthread_mutex_init(&b->lock, NULL);
	if (strlen(usual) < FOLDER_SIZE_MAX)
		strcpy(b->folder, usual);
	return OK;
}

void backups_wait(struct backups *b)
{
	if (b->has_thread)
		pthread_join(b->thread, NULL);
	b->has_thread = false;
}

void backups_free(struct backups *b)
{
	if (!b)
		return;
	backups_wait(b);
	pthread_mutex_destroy(&b->lock);
	free(b);
}

/* --- the thread ------------------------------------------------------------------------ */

static void note_reading(void *self, uint64_t done, uint64_t of)
{
	struct backups *b = self;

	pthread_mutex_lock(&b->lock);
	b->now.stage = STAGE_READING;
	b->now.done = done;
	b->now.of = of;
	pthread_mutex_unlock(&b->lock);
}

/* The path stays as it is while this runs. */
static void *make(void *self)
{
	struct backups *b = self;
	const struct reg_progress progress = { note_reading, b };
	struct fault why = { 0 };
	uint64_t bytes = 0;
	enum err e = reg_backup(b->reg, b->now.path, &progress, &why);

	if (!e)
		e = b->world->file_size(b->world, b->now.path, &bytes, &why);
	pthread_mutex_lock(&b->lock);
	b->now.stage = e ? STAGE_FAILED : STAGE_MADE;
	b->now.bytes = bytes;
	b->now.ended = b->world->now_ms(b->world) / 1000;
	b->now.why = why;
	pthread_mutex_unlock(&b->lock);
	return NULL;
}

/* --- beginning one ---------------------------------------------------------------------- */

/* "FOLDER/CODE-2026-11-26-180203", and that the folder is there. */
static enum err name_file(struct asked *q, const char **out)
{
	struct text folder = body_text(q, "folder");
	struct world *w = q->desk.world;
	struct medium medium;
	char at[TIME_TEXT_SIZE];

	if (!folder.size || folder.at[0] != '/' || folder.size >= FOLDER_SIZE_MAX ||
	    memchr(folder.at, 0, folder.size))
		return fault(&q->desk.fault, ERR_INPUT, "backups.folder", folder);
	time_write(at, w->now_ms(w) / 1000, q->desk.zone_min);
	*out = arena_print(q->desk.arena, "%.*s/%.*s-%.10s-%.2s%.2s%.2s", SHOWN(folder),
			   SHOWN(reg_site(q->desk.reg).code), at, at + 11, at + 14, at + 17)
		       .at;
	if (!*out)
		return fault(&q->desk.fault, ERR_MEMORY, "memory.none");
	return w->medium(w, *out, &medium, &q->desk.fault);
}

static bool is_running(const struct backups *b)
{
	return b->now.stage == STAGE_COPYING || b->now.stage == STAGE_READING;
}

/* Under the lock. */
static enum err start(struct backups *b, struct text folder, const char *path, struct fault *f)
{
	if (is_running(b))
		return fault(f, ERR_BUSY, "backups.another");
	backups_wait(b);
	b->now = (struct copying){ .stage = STAGE_COPYING };
	snprintf(b->now.path, sizeof(b->now.path), "%s.ikhtiar", path);
	snprintf(b->folder, sizeof(b->folder), "%.*s", SHOWN(folder));
	b->has_thread = !pthread_create(&b->thread, NULL, make, b);
	if (b->has_thread)
		return OK;
	b->now = (struct copying){ .stage = STAGE_NONE };
	return fault(f, ERR_MEMORY, "memory.none");
}

/* --- what is told ------------------------------------------------------------------------ */

static void write_number(struct asked *q, const char *key, uint64_t number)
{
	json_key(&q->w, key);
	json_uint(&q->w, number);
}

static void write_text(struct asked *q, const char *key, struct text t)
{
	json_key(&q->w, key);
	json_text(&q->w, t);
}

static void write_end(struct asked *q, const struct copying *c)
{
	write_time(q, "ended", c->ended);
	if (c->stage == STAGE_MADE)
		write_number(q, "bytes", c->bytes);
	else
		write_text(q, "why", say_fault(q->desk.arena, q->desk.words, &c->why));
}

static void write_copying(struct asked *q, const char *folder, const struct copying *c)
{
	static const char *const words[] = { [STAGE_NONE] = "none",
					     [STAGE_COPYING] = "copying",
					     [STAGE_READING] = "reading",
					     [STAGE_MADE] = "made",
					     [STAGE_FAILED] = "failed" };

	json_object_begin(&q->w);
	write_text(q, "stage", text_of(words[c->stage]));
	if (*folder)
		write_text(q, "folder", text_of(folder));
	if (c->stage != STAGE_NONE)
		write_text(q, "path", text_of(c->path));
	if (c->stage == STAGE_READING) {
		write_number(q, "done", c->done);
		write_number(q, "of", c->of);
	}
	if (c->stage == STAGE_MADE || c->stage == STAGE_FAILED)
		write_end(q, c);
	json_object_end(&q->w);
}

enum err answer_backup(struct asked *q)
{
	struct backups *b = q->api->backups;
	struct copying now;
	char folder[PATH_MAX];

	pthread_mutex_lock(&b->lock);
	now = b->now;
	memcpy(folder, b->folder, sizeof(folder));
	pthread_mutex_unlock(&b->lock);
	write_copying(q, folder, &now);
	return OK;
}

enum err take_backup(struct asked *q)
{
	struct backups *b = q->api->backups;
	const char *path;
	enum err e = name_file(q, &path);

	if (e)
		return e;
	pthread_mutex_lock(&b->lock);
	e = start(b, body_text(q, "folder"), path, &q->desk.fault);
	pthread_mutex_unlock(&b->lock);
	return e ? e : answer_backup(q);
}

/* --- those erased -------------------------------------------------------------------------- */

enum err take_erasures(struct asked *q)
{
	struct text path;
	const char *name;
	uint64_t count;
	enum err e = name_file(q, &name);

	if (e)
		return e;
	path = arena_print(q->desk.arena, "%s.erasures", name);
	if (!path.at)
		return fault(&q->desk.fault, ERR_MEMORY, "memory.none");
	if ((e = file_check_free(q->desk.world, path.at, "backup.exists", &q->desk.fault)) ||
	    (e = reg_erasures(q->desk.reg, path.at, &count, &q->desk.fault)))
		return e;
	json_object_begin(&q->w);
	write_text(q, "path", path);
	write_number(q, "count", count);
	json_object_end(&q->w);
	return OK;
}
