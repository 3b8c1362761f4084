/*
 * erasures: who was erased, for the day when an older backup is restored.
 *
 * A backup carries the keys of its day.  So the register keeps the list of subjects
 * whose keys were destroyed: as settings, written in the same transaction, and from
 * them the file `erasures` in its folder, one id in hex a line, which is put beside
 * whatever is restored.  An id says nothing about the person.
 */
#include <stdio.h>
#include <stdlib.h>

#include "register/inside.h"

#define LIST_MAX ((size_t)64 * 1024 * 1024)
#define LINE_SIZE (ID_HEX_SIZE + 1)

void erased_setting(char out[SETTING_NAME_MAX], const struct id *subject)
{
	memcpy(out, ERASED_PREFIX, sizeof(ERASED_PREFIX));
	hex_write(out + sizeof(ERASED_PREFIX) - 1, bytes_of(subject->at, ID_SIZE));
}

static enum err add_line(void *self, struct text name, struct bytes bytes, struct fault *f)
{
	struct buffer *list = self;
	size_t prefix = sizeof(ERASED_PREFIX) - 1;

	(void)bytes, (void)f;
	buffer_text(list, (struct text){ name.at + prefix, name.size - prefix });
	buffer_byte(list, '\n');
	return OK;
}

char *path_in(struct arena *a, const char *dir, const char *name)
{
	struct text path = arena_print(a, "%s/%s", dir, name);

	return (char *)(uintptr_t)path.at;
}

enum err erasures_publish(struct reg *r, struct fault *f)
{
	struct arena *a = NULL;
	struct buffer list = { .limit = LIST_MAX };
	uint64_t size = 0;
	char *path;
	enum err e;

	if ((e = arena_new(&a, 64 * 1024)))
		goto out;
	path = path_in(a, r->dir, ERASURES_FILE);
	if (!path) {
		e = fault(f, ERR_MEMORY, "register.no-memory");
		goto out;
	}
	if ((e = log_each_setting(r->log, ERASED_PREFIX, add_line, &list, f)))
		goto out;
	if ((e = buffer_end(&list, f)))
		goto out;
	/* The list only grows: one of the same size is the same list. */
	if (r->world->file_size(r->world, path, &size, NULL))
		size = 0;
	if (size != list.size)
		e = file_save(r->world, path, buffer_bytes(&list), f);
out:
	buffer_free(&list);
	arena_free(a);
	return e;
}

enum err erasures_read(struct world *w, const char *path, struct arena *a, const struct id **out,
		       size_t *count, struct fault *f)
{
	struct bytes list;
	struct id *ids;
	size_t at = 0;
	enum err e;

	*count = 0;
	if ((e = file_load(&list, a, w, path, LIST_MAX, f)))
		return e;
	ids = arena_take_array(a, list.size / LINE_SIZE + 1, sizeof(*ids));
	if (!ids)
		return fault(f, ERR_MEMORY, "register.no-memory");
	while (at < list.size) {
		struct text line = { (const char *)list.at + at, 0 };

		while (at + line.size < list.size && line.at[line.size] != '\n')
			line.size++;
		at += line.size + 1;
		if (line.size == 0)
			continue;
		if (line.size != ID_HEX_SIZE || !hex_read(&ids[*count], ID_SIZE, line))
			return fault(f, ERR_INPUT, "erasures.line", path, *count + 1);
		(*count)++;
	}
	*out = ids;
	return OK;
}
