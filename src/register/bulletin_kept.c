/*
 * bulletin_kept: the files of the newest bulletin, as they went out, for anybody.
 *
 * What was signed are bytes, and some of them only a library writes.  So they are kept as
 * settings, which a backup has and which are read while the register is locked:
 *
 *     bulletin                         2026-W47
 *                                      contact, or an empty line
 *                                      week.csv 65491
 *                                      …
 *     bulletin/week.csv/0000           its first KEPT_PIECE bytes, and so on
 *
 * All of them change in one batch, and a file is read with the log held: nobody reads
 * pieces of two weeks.
 */
#include <stdio.h>

#include "register/inside.h"

#define LIST_SETTING "bulletin"
#define KEPT_PIECE (60 * (size_t)1024)
#define KEPT_MEMORY ((size_t)64 << 20)

static enum err no_memory(struct fault *f)
{
	return fault(f, ERR_MEMORY, "register.no-memory");
}

static size_t pieces_of(size_t size)
{
	return (size + KEPT_PIECE - 1) / KEPT_PIECE;
}

/* --- the list ---------------------------------------------------------------------------- */

/* Take a line off `*t`, without its newline. */
static struct text next_line(struct text *t)
{
	const char *end = t->size ? memchr(t->at, '\n', t->size) : NULL;
	size_t size = end ? (size_t)(end - t->at) : t->size;
	struct text line = { t->at, size };

	t->at += size + (end != NULL);
	t->size -= size + (end != NULL);
	return line;
}

static enum err damaged(struct fault *f)
{
	return fault(f, ERR_DAMAGED, "register.setting-damaged", text_of(LIST_SETTING));
}

/* "week.csv 65491" */
static bool read_entry(struct reg_kept_file *out, struct text line)
{
	const char *gap = line.size ? memchr(line.at, ' ', line.size) : NULL;

	if (!gap)
		return false;
	out->name = (struct text){ line.at, (size_t)(gap - line.at) };
	out->size = 0;
	for (const char *at = gap + 1; at < line.at + line.size; at++) {
		if (*at < '0' || *at > '9' || out->size > KEPT_MEMORY)
			return false;
		out->size = 10 * out->size + (size_t)(*at - '0');
	}
	return true;
}

enum err reg_bulletin_kept(struct reg *r, struct arena *a, struct reg_kept_bulletin *out,
			   struct fault *f)
{
	struct bytes list;
	struct text left;
	enum err e = setting_or_none(r, LIST_SETTING, a, &list, f);

	*out = (struct reg_kept_bulletin){ 0 };
	if (e || !list.size)
		return e;
	left = (struct text){ (const char *)list.at, list.size };
	out->week = next_line(&left);
	out->contact = next_line(&left);
	while (left.size) {
		if (out->count == BULLETIN_FILES_MAX ||
		    !read_entry(&out->files[out->count++], next_line(&left)))
			return damaged(f);
	}
	return OK;
}

/* --- keeping ------------------------------------------------------------------------------- */

struct keeping {
	struct arena *arena;
	struct log_setting *settings;
	size_t count, room;
};

static bool add_setting(struct keeping *k, const char *name, struct bytes bytes)
{
	assert(k->count < k->room);
	k->settings[k->count++] = (struct log_setting){ name, bytes };
	return name;
}

static bool add_piece(struct keeping *k, struct text file, size_t piece, struct bytes bytes)
{
	char *name = arena_take(k->arena, SETTING_NAME_MAX);

	if (name)
		snprintf(name, SETTING_NAME_MAX, LIST_SETTING "/%.*s/%04zx", SHOWN(file), piece);
	return add_setting(k, name, bytes);
}

/* The pieces of the bulletin before go: removed first, so that none of theirs stays. */
static bool remove_pieces(struct keeping *k, const struct reg_kept_bulletin *before)
{
	bool enough = true;

	for (size_t i = 0; enough && i < before->count; i++)
		for (size_t p = 0; enough && p < pieces_of(before->files[i].size); p++)
			enough = add_piece(k, before->files[i].name, p, (struct bytes){ 0 });
	return enough;
}

static bool add_file(struct keeping *k, const struct reg_bulletin_file *file)
{
	bool enough = true;

	for (size_t p = 0; enough && p < pieces_of(file->body.size); p++) {
		size_t from = p * KEPT_PIECE, left = file->body.size - from;

		enough = add_piece(
			k, file->name, p,
			bytes_of(file->body.at + from, left < KEPT_PIECE ? left : KEPT_PIECE));
	}
	return enough;
}

static size_t count_pieces(const struct reg_bulletin_files *b,
			   const struct reg_kept_bulletin *before)
{
	size_t count = 1;

	for (size_t i = 0; i < b->count; i++)
		count += pieces_of(b->at[i].body.size);
	for (size_t i = 0; i < before->count; i++)
		count += pieces_of(before->files[i].size);
	return count;
}

static bool add_all(struct keeping *k, const struct reg_bulletin_files *b,
		    const struct reg_kept_bulletin *before, struct buffer *list)
{
	char week[PERIOD_ID_SIZE];

	k->room = count_pieces(b, before);
	k->settings = arena_take_array(k->arena, k->room, sizeof(*k->settings));
	if (!k->settings || !remove_pieces(k, before))
		return false;
	period_id(week, b->week);
	buffer_print(list, "%s\n%.*s\n", week, SHOWN(b->contact));
	for (size_t i = 0; i < b->count; i++) {
		buffer_print(list, "%.*s %zu\n", SHOWN(b->at[i].name), b->at[i].body.size);
		if (!add_file(k, &b->at[i]))
			return false;
	}
	return add_setting(k, LIST_SETTING, buffer_bytes(list));
}

static enum err keep(struct reg *r, const struct reg_bulletin_files *b, struct arena *a,
		     struct buffer *list, struct fault *f)
{
	struct keeping k = { .arena = a };
	struct reg_kept_bulletin before;
	enum err e;

	if ((e = reg_bulletin_kept(r, a, &before, f)))
		return e;
	if (!add_all(&k, b, &before, list))
		return no_memory(f);
	return (e = buffer_end(list, f)) ? e : settings_write(r, k.settings, k.count, f);
}

enum err reg_bulletin_keep(struct reg *r, const struct session *by,
			   const struct reg_bulletin_files *b, struct fault *f)
{
	struct buffer list = { .limit = LOG_KEPT_SIZE_MAX };
	struct arena *a = NULL;
	const struct state *s;
	enum err e;

	assert(b->count <= BULLETIN_FILES_MAX && period_is_week(b->week));
	if ((e = reg_read_begin(r, by, DEED_PUBLISH, &s, f)))
		return e;
	reg_read_end(r);
	if ((e = call_arena(&a, KEPT_MEMORY, f)))
		return e;
	pthread_mutex_lock(&r->turn);
	e = keep(r, b, a, &list, f);
	pthread_mutex_unlock(&r->turn);
	moment_pass(&r->moments);
	buffer_free(&list);
	arena_free(a);
	return e;
}

/* --- reading one ----------------------------------------------------------------------------- */

static enum err read_piece(struct reg *r, const struct reg_kept_file *file, size_t piece,
			   struct arena *a, uint8_t *at, size_t size, struct fault *f)
{
	char name[SETTING_NAME_MAX];
	struct bytes got;
	enum err e;

	snprintf(name, sizeof(name), LIST_SETTING "/%.*s/%04zx", SHOWN(file->name), piece);
	if ((e = setting_or_none(r, name, a, &got, f)))
		return e;
	if (got.size != size)
		return damaged(f);
	memcpy(at, got.at, size);
	return OK;
}

static enum err read_file(struct reg *r, const struct reg_kept_file *file, struct arena *a,
			  struct bytes *out, struct fault *f)
{
	uint8_t *body = arena_take(a, file->size + 1);
	enum err e = body ? OK : no_memory(f);

	for (size_t p = 0; !e && p < pieces_of(file->size); p++) {
		size_t from = p * KEPT_PIECE, left = file->size - from;

		e = read_piece(r, file, p, a, body + from, left < KEPT_PIECE ? left : KEPT_PIECE,
			       f);
	}
	*out = e ? (struct bytes){ 0 } : bytes_of(body, file->size);
	return e;
}

static enum err find_file(struct reg *r, struct text name, struct arena *a, struct bytes *out,
			  struct fault *f)
{
	struct reg_kept_bulletin kept;
	enum err e = reg_bulletin_kept(r, a, &kept, f);

	for (size_t i = 0; !e && i < kept.count; i++)
		if (text_same(kept.files[i].name, name))
			return read_file(r, &kept.files[i], a, out, f);
	return e ? e : fault(f, ERR_NOT_FOUND, "register.no-file", name);
}

/* The list and all pieces of one moment: what is kept meanwhile may have the same sizes. */
enum err reg_bulletin_file(struct reg *r, struct text name, struct arena *a, struct bytes *out,
			   struct fault *f)
{
	enum err e;

	log_hold(r->log);
	e = find_file(r, name, a, out, f);
	log_let_go(r->log);
	return e;
}
