/*
 * erasures: who was erased, for the day when an older backup is restored.
 *
 * A backup carries the keys of its day.  So the register keeps the list of subjects
 * whose keys were destroyed: as settings, written in the same transaction, and from
 * them the file `erasures` in its folder, a list beside each backup, and one on
 * whatever second medium it is written to.  A line is
 *
 *     <id> [<household> <highest number given in it> [<source>]]
 *
 * ids in hex, one of zeros is none.  The number keeps those of a household from being
 * given again, though the backup knows less of it.  The source is the keyed hash of the
 * key under which a list named her (sources.c).  None of it says anything about her.
 */
#include <stdio.h>
#include <stdlib.h>

#include "register/inside.h"

#define LIST_MAX ((size_t)64 * 1024 * 1024)
#define WORDS_MAX 4

/* --- as a setting: when · household · number · source ----------------------------- */

void erased_setting(char out[SETTING_NAME_MAX], const struct id *subject)
{
	memcpy(out, ERASED_PREFIX, sizeof(ERASED_PREFIX));
	hex_write(out + sizeof(ERASED_PREFIX) - 1, bytes_of(subject->at, ID_SIZE));
}

void erased_store(uint8_t out[ERASED_STORED_SIZE], int64_t when, const struct erased *e)
{
	store_u64(out, (uint64_t)when);
	memcpy(out + 8, e->household.at, ID_SIZE);
	store_u64(out + 8 + ID_SIZE, e->member);
	memcpy(out + 16 + ID_SIZE, e->source.at, ID_SIZE);
}

/* Version 0.1.0 kept the time alone. */
static bool erased_load(struct erased *out, struct text name, struct bytes stored)
{
	size_t prefix = sizeof(ERASED_PREFIX) - 1;

	*out = (struct erased){ 0 };
	if (!hex_read(&out->subject, ID_SIZE,
		      (struct text){ name.at + prefix, name.size - prefix }))
		return false;
	if (stored.size == 8)
		return true;
	if (stored.size != ERASED_STORED_SIZE)
		return false;
	memcpy(out->household.at, stored.at + 8, ID_SIZE);
	out->member = load_u64(bytes_of(stored.at + 8 + ID_SIZE, 8));
	memcpy(out->source.at, stored.at + 16 + ID_SIZE, ID_SIZE);
	return true;
}

/* --- as a line ------------------------------------------------------------------ */

static void add_id(struct buffer *list, const struct id *id)
{
	char hex[ID_HEX_SIZE + 1];

	hex_write(hex, bytes_of(id->at, ID_SIZE));
	buffer_text(list, text_of(hex));
}

struct listing {
	struct buffer list;
	uint64_t count;
};

static enum err add_line(void *self, struct text name, struct bytes stored, struct fault *f)
{
	struct listing *x = self;
	struct erased e;

	if (!erased_load(&e, name, stored))
		return fault(f, ERR_DAMAGED, "register.setting-damaged", name);
	x->count++;
	add_id(&x->list, &e.subject);
	if (!id_is_none(&e.household) || !id_is_none(&e.source)) {
		buffer_byte(&x->list, ' ');
		add_id(&x->list, &e.household);
		buffer_print(&x->list, " %llu", (unsigned long long)e.member);
	}
	if (!id_is_none(&e.source)) {
		buffer_byte(&x->list, ' ');
		add_id(&x->list, &e.source);
	}
	buffer_byte(&x->list, '\n');
	return OK;
}

/* The words of a line; false: too many. */
static bool split(struct text line, struct text words[WORDS_MAX], size_t *count)
{
	*count = 0;
	for (size_t at = 0; at < line.size;) {
		size_t end = at;

		while (end < line.size && line.at[end] != ' ')
			end++;
		if (*count == WORDS_MAX)
			return false;
		words[(*count)++] = (struct text){ line.at + at, end - at };
		at = end + 1;
	}
	return true;
}

static bool read_number(struct text t, uint64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < t.size; i++) {
		if (t.at[i] < '0' || t.at[i] > '9')
			return false;
		*out = *out * 10 + (uint64_t)(t.at[i] - '0');
	}
	return t.size > 0 && t.size <= 9;
}

static bool read_line(struct text line, struct erased *out)
{
	struct text words[WORDS_MAX];
	size_t count;

	*out = (struct erased){ 0 };
	if (!split(line, words, &count) || count == 0 || count == 2 ||
	    !hex_read(&out->subject, ID_SIZE, words[0]))
		return false;
	if (count > 2 &&
	    (!hex_read(&out->household, ID_SIZE, words[1]) || !read_number(words[2], &out->member)))
		return false;
	return count < 4 || hex_read(&out->source, ID_SIZE, words[3]);
}

enum err erasures_read(struct world *w, const char *path, struct arena *a, struct erased **out,
		       size_t *count, struct fault *f)
{
	struct bytes list;
	size_t lines = 1, number = 0;
	enum err e;

	*count = 0;
	if ((e = file_load(&list, a, w, path, LIST_MAX, f)))
		return e;
	for (size_t i = 0; i < list.size; i++)
		lines += list.at[i] == '\n';
	*out = arena_take_array(a, lines, sizeof(**out));
	if (!*out)
		return fault(f, ERR_MEMORY, "register.no-memory");
	for (size_t at = 0; at < list.size;) {
		struct text line = { (const char *)list.at + at, 0 };

		while (at + line.size < list.size && line.at[line.size] != '\n')
			line.size++;
		at += line.size + 1;
		number++;
		if (line.size && !read_line(line, &(*out)[(*count)++]))
			return fault(f, ERR_INPUT, "erasures.line", path, number);
	}
	return OK;
}

/* --- where it is written ----------------------------------------------------------- */

char *path_in(struct arena *a, const char *dir, const char *name)
{
	struct text path = arena_print(a, "%s/%s", dir, name);

	return (char *)(uintptr_t)path.at;
}

static enum err list_all(struct reg *r, struct listing *x, struct fault *f)
{
	enum err e;

	*x = (struct listing){ .list.limit = LIST_MAX };
	if (!(e = log_each_setting(r->log, ERASED_PREFIX, add_line, x, f)))
		e = buffer_end(&x->list, f);
	return e;
}

enum err erasures_publish(struct reg *r, struct fault *f)
{
	struct arena *a = NULL;
	struct listing x = { 0 };
	uint64_t size = 0;
	char *path;
	enum err e;

	if ((e = call_arena(&a, 64 * 1024, f)))
		goto out;
	path = path_in(a, r->dir, ERASURES_FILE);
	if (!path) {
		e = fault(f, ERR_MEMORY, "register.no-memory");
		goto out;
	}
	if ((e = list_all(r, &x, f)))
		goto out;
	/* The list only grows: one of the same size is the same list. */
	if (r->world->file_size(r->world, path, &size, NULL))
		size = 0;
	if (size != x.list.size)
		e = file_save(r->world, path, buffer_bytes(&x.list), f);
out:
	buffer_free(&x.list);
	arena_free(a);
	return e;
}

/* What was saved at `path`, from the medium itself. */
static enum err read_back(struct world *w, const char *path, struct bytes saved, struct fault *f)
{
	struct file *file = NULL;
	struct arena *a = NULL;
	struct bytes there;
	enum err e;

	if ((e = call_arena(&a, 2 * LIST_MAX + 64 * 1024, f)))
		return e;
	if (!(e = w->file_open(w, &file, path, FILE_READ, f)))
		e = w->file_forget(file, f);
	w->file_close(file);
	if (!e && !(e = file_load(&there, a, w, path, LIST_MAX, f)) &&
	    (there.size != saved.size ||
	     (saved.size && memcmp(there.at, saved.at, saved.size) != 0)))
		e = fault(f, ERR_DAMAGED, "backup.not-as-written", path);
	arena_free(a);
	return e;
}

enum err erasures_write(struct reg *r, const char *path, uint64_t *count, struct fault *f)
{
	struct listing x;
	enum err e = list_all(r, &x, f);

	if (!e && !(e = file_save(r->world, path, buffer_bytes(&x.list), f)))
		e = read_back(r->world, path, buffer_bytes(&x.list), f);
	*count = x.count;
	buffer_free(&x.list);
	return e;
}

/* --- how many are on no list yet ----------------------------------------------------- */

static enum err count_one(void *self, struct text name, struct bytes stored, struct fault *f)
{
	uint64_t *count = self;

	(void)name, (void)stored, (void)f;
	(*count)++;
	return OK;
}

enum err erasures_unlisted(struct reg *r, uint64_t *out, struct fault *f)
{
	struct arena *a = NULL;
	struct bytes listed;
	uint64_t count = 0;
	enum err e;

	*out = 0;
	if ((e = call_arena(&a, 64 * 1024, f)))
		return e;
	if (!(e = log_each_setting(r->log, ERASED_PREFIX, count_one, &count, f)) &&
	    !(e = setting_or_none(r, LISTED_SETTING, a, &listed, f)))
		*out = count - load_u64(listed);
	arena_free(a);
	return e;
}

enum err reg_erasures(struct reg *r, const char *path, uint64_t *count, struct fault *f)
{
	uint8_t listed[8];
	struct log_setting setting = { LISTED_SETTING, bytes_of(listed, sizeof(listed)) };
	enum err e;

	assert(!gate_is_inside(r));
	pthread_mutex_lock(&r->turn);
	if (!(e = erasures_write(r, path, count, f))) {
		store_u64(listed, *count);
		e = settings_write(r, &setting, 1, f);
	}
	pthread_mutex_unlock(&r->turn);
	moment_pass(&r->moments);
	return e;
}
