/*
 * disk_testing: nodes, names, the journal, and the calls of struct world.
 *
 * disk_apply() is the only place that changes nodes and names, for the disk in use and
 * for one that is rebuilt: what a call did then is what it does again.
 */
#include "log/disk_testing.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/test.h"

/* Room for one more of `size` bytes behind `count`. */
static void *grown(void *at, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return at;
	*room = *room ? 2 * *room : 16;
	at = realloc(at, *room * size);
	CHECK(at);
	return at;
}

/* --- nodes ------------------------------------------------------------------------- */

uint32_t node_new(struct disk *d, bool folder)
{
	d->nodes = grown(d->nodes, d->node_count, &d->node_room, sizeof(*d->nodes));
	d->nodes[d->node_count] = (struct disk_node){ .folder = folder };
	return (uint32_t)d->node_count++;
}

void node_resize(struct disk *d, uint32_t node, uint64_t size)
{
	struct disk_node *n = &d->nodes[node];

	if (size > n->room) {
		n->room = size > 2 * n->room ? size : 2 * n->room;
		n->at = realloc(n->at, n->room);
		CHECK(n->at);
	}
	if (size > n->size)
		memset(n->at + n->size, 0, size - n->size);
	n->size = size;
}

void node_write(struct disk *d, uint32_t node, struct bytes b, uint64_t at)
{
	if (!b.size)
		return;
	if (at + b.size > d->nodes[node].size)
		node_resize(d, node, at + b.size);
	memcpy(d->nodes[node].at + at, b.at, b.size);
}

/* --- names ------------------------------------------------------------------------- */

static struct disk_name *name_find(const struct disk *d, uint32_t folder, const char *name)
{
	for (size_t i = 0; i < d->name_count; i++)
		if (d->names[i].folder == folder && !strcmp(d->names[i].name, name))
			return &d->names[i];
	return NULL;
}

static struct disk_name *name_of(const struct disk *d, uint32_t node)
{
	for (size_t i = 0; i < d->name_count; i++)
		if (d->names[i].node == node)
			return &d->names[i];
	return NULL;
}

static void name_drop(struct disk *d, struct disk_name *n)
{
	if (n)
		*n = d->names[--d->name_count];
}

/* The name leads to the node, which has no other; what it led to before has none. */
static void name_give(struct disk *d, const struct disk_record *r)
{
	struct disk_name *n;

	name_drop(d, name_of(d, r->node));
	name_drop(d, name_find(d, r->folder, r->name));
	d->names = grown(d->names, d->name_count, &d->name_room, sizeof(*d->names));
	n = &d->names[d->name_count++];
	*n = (struct disk_name){ .folder = r->folder, .node = r->node };
	strcpy(n->name, r->name);
}

static bool folder_is_empty(const struct disk *d, uint32_t folder)
{
	for (size_t i = 0; i < d->name_count; i++)
		if (d->names[i].folder == folder)
			return false;
	return true;
}

/* Where a path ends: the folder, the last part, and the node if there is one. */
struct place {
	uint32_t folder, node;
	bool there;
	char name[DISK_NAME_SIZE];
};

static int walk_to(const struct disk *d, const char *path, struct place *out)
{
	*out = (struct place){ .node = DISK_ROOT, .there = true };
	while (*path == '/') {
		size_t size = strcspn(++path, "/");
		const struct disk_name *n;

		CHECK(size > 0 && size < DISK_NAME_SIZE);
		if (!out->there || !d->nodes[out->node].folder)
			return ENOENT;
		out->folder = out->node;
		memcpy(out->name, path, size);
		out->name[size] = 0;
		n = name_find(d, out->folder, out->name);
		out->there = n != NULL;
		if (n)
			out->node = n->node;
		path += size;
	}
	CHECK(*path == 0);
	return 0;
}

/* --- the journal --------------------------------------------------------------------- */

void disk_apply(struct disk *d, const struct disk_record *r)
{
	struct disk_name *n;

	switch (r->call) {
	case DISK_MAKE:
		/* A name that is given later has been settled before this one. */
		if (!name_of(d, r->node))
			name_give(d, r);
		break;
	case DISK_RENAME:
		name_give(d, r);
		break;
	case DISK_REMOVE:
		n = name_find(d, r->folder, r->name);
		if (n && n->node == r->node)
			name_drop(d, n);
		break;
	case DISK_WRITE:
		node_write(d, r->node, bytes_of(r->bytes, r->size), r->offset);
		break;
	case DISK_TRUNCATE:
		node_resize(d, r->node, r->offset);
		break;
	default:
		break;
	}
}

/* Do it, and keep it. */
static void happen(struct disk *d, const struct disk_record *r)
{
	struct disk_record *kept;

	disk_apply(d, r);
	if (!d->remembers)
		return;
	d->journal = grown(d->journal, d->journal_count, &d->journal_room, sizeof(*d->journal));
	kept = &d->journal[d->journal_count++];
	*kept = *r;
	if (r->call != DISK_WRITE)
		return;
	kept->bytes = malloc(r->size + 1);
	CHECK(kept->bytes);
	memcpy(kept->bytes, r->bytes, r->size);
}

static void happen_to_name(struct disk *d, enum disk_call call, uint32_t node,
			   const struct place *at)
{
	struct disk_record r = { .call = call, .node = node, .folder = at->folder };

	strcpy(r.name, at->name);
	happen(d, &r);
}

/* --- failing --------------------------------------------------------------------------- */

void disk_fails(struct disk *d, int calls, uint64_t at, int error, bool for_good)
{
	d->fail_calls = calls;
	d->fail_at = at;
	d->fail_error = error;
	d->for_good = for_good;
	d->calls = 0;
}

void disk_is_mended(struct disk *d)
{
	d->fail_at = 0;
}

bool disk_has_failed(const struct disk *d)
{
	return d->fail_at && d->calls >= d->fail_at;
}

/* 0, or what this call fails with. */
static int fate(struct disk *d, enum disk_call call)
{
	if (!(d->fail_calls & (int)call))
		return 0;
	d->calls++;
	if (!d->fail_at || d->calls < d->fail_at || (d->calls > d->fail_at && !d->for_good))
		return 0;
	return d->fail_error;
}

/* --- the calls --------------------------------------------------------------------------- */

int disk_open(struct disk *d, const char *path, const struct disk_opening *how,
	      struct disk_handle *out)
{
	struct place at;
	int error = walk_to(d, path, &at);

	*out = (struct disk_handle){ .node = at.node };
	if (error)
		return error;
	if (at.there && how->must_be_new)
		return EEXIST;
	if (!at.there && !how->make)
		return ENOENT;
	if ((error = fate(d, at.there ? DISK_READ : DISK_MAKE)) || at.there)
		return error;
	out->made = true;
	out->node = node_new(d, false);
	happen_to_name(d, DISK_MAKE, out->node, &at);
	return 0;
}

int disk_read(struct disk *d, uint32_t node, void *out, size_t size, uint64_t at, size_t *got)
{
	const struct disk_node *n = &d->nodes[node];
	int error = fate(d, DISK_READ);

	*got = 0;
	if (error || at >= n->size)
		return error;
	*got = size < n->size - at ? size : n->size - at;
	memcpy(out, n->at + at, *got);
	return 0;
}

int disk_write(struct disk *d, uint32_t node, struct bytes b, uint64_t at)
{
	int error = fate(d, DISK_WRITE);
	struct disk_record r = {
		.call = DISK_WRITE,
		.node = node,
		.offset = at,
		.size = error ? b.size / 2 : b.size,
		.bytes = (uint8_t *)(uintptr_t)b.at,
	};

	happen(d, &r);
	return error;
}

int disk_truncate(struct disk *d, uint32_t node, uint64_t size)
{
	struct disk_record r = { .call = DISK_TRUNCATE, .node = node, .offset = size };
	int error = fate(d, DISK_TRUNCATE);

	if (!error)
		happen(d, &r);
	return error;
}

int disk_sync(struct disk *d, uint32_t node)
{
	int error = fate(d, DISK_SYNC);
	struct disk_record r = { .call = DISK_SYNC, .node = node, .failed = error != 0 };

	happen(d, &r);
	return error;
}

int disk_size(struct disk *d, const char *path, uint64_t *size)
{
	struct place at;
	int error = walk_to(d, path, &at);

	*size = 0;
	if (!error && !at.there)
		error = ENOENT;
	if (!error && !(error = fate(d, DISK_READ)))
		*size = d->nodes[at.node].size;
	return error;
}

int disk_make_folder(struct disk *d, const char *path)
{
	struct place at;
	int error = walk_to(d, path, &at);

	if (error)
		return error;
	if (at.there)
		return EEXIST;
	if (!(error = fate(d, DISK_MAKE)))
		happen_to_name(d, DISK_MAKE, node_new(d, true), &at);
	return error;
}

int disk_rename(struct disk *d, const char *from, const char *to)
{
	struct place old, new_;
	int error = walk_to(d, from, &old);

	if (error || (error = walk_to(d, to, &new_)))
		return error;
	if (!old.there)
		return ENOENT;
	if (new_.there && d->nodes[new_.node].folder && !folder_is_empty(d, new_.node))
		return ENOTEMPTY;
	if (!(error = fate(d, DISK_RENAME)))
		happen_to_name(d, DISK_RENAME, old.node, &new_);
	return error;
}

int disk_remove(struct disk *d, const char *path)
{
	struct place at;
	int error = walk_to(d, path, &at);

	if (error)
		return error;
	if (!at.there)
		return ENOENT;
	if (d->nodes[at.node].folder && !folder_is_empty(d, at.node))
		return ENOTEMPTY;
	if (!(error = fate(d, DISK_REMOVE)))
		happen_to_name(d, DISK_REMOVE, at.node, &at);
	return error;
}

int disk_sync_folder(struct disk *d, const char *path)
{
	struct disk_record r = { .call = DISK_SYNC_FOLDER };
	struct place at;
	int error = walk_to(d, path, &at);

	r.node = at.folder;
	if (!error && !(error = fate(d, DISK_SYNC_FOLDER)))
		happen(d, &r);
	return error;
}

/* --- the world's files --------------------------------------------------------------------- */

struct file {
	struct disk *disk;
	uint32_t node;
	uint64_t at; /* of the next read or write */
	char path[];
};

static struct disk *disk_of(struct world *w)
{
	return ((struct world_simulated *)w)->disk;
}

/* As base/world_real.c says it. */
static enum err disk_fault(struct fault *f, int error, const char *path)
{
	switch (error) {
	case 0:
		return OK;
	case ENOENT:
		return fault(f, ERR_NOT_FOUND, "file.not-found", path);
	case EEXIST:
	case ENOTEMPTY:
		return fault(f, ERR_BUSY, "file.exists", path);
	case ENOSPC:
		return fault(f, ERR_FULL, "file.disk-full", path);
	default:
		return fault(f, ERR_IO, "file.failed", path, strerrordesc_np(error));
	}
}

static enum err file_open(struct world *w, struct file **out, const char *path,
			  enum file_mode mode, struct fault *f)
{
	static const struct disk_opening openings[] = {
		[FILE_READ] = { false, false },
		[FILE_CREATE] = { true, true },
		[FILE_REPLACE] = { true, false },
		[FILE_APPEND] = { false, false },
	};
	struct disk *d = disk_of(w);
	struct disk_handle handle;
	struct file *file;
	int error = disk_open(d, path, &openings[mode], &handle);

	*out = NULL;
	/* O_TRUNC is a part of the same call. */
	if (!error && mode == FILE_REPLACE && !handle.made)
		error = disk_truncate(d, handle.node, 0);
	if (error)
		return disk_fault(f, error, path);
	file = malloc(sizeof(*file) + strlen(path) + 1);
	CHECK(file);
	*file = (struct file){ .disk = d, .node = handle.node };
	if (mode == FILE_APPEND)
		file->at = d->nodes[handle.node].size;
	strcpy(file->path, path);
	*out = file;
	return OK;
}

static enum err file_read(struct file *file, void *out, size_t size, size_t *got, struct fault *f)
{
	int error = disk_read(file->disk, file->node, out, size, file->at, got);

	file->at += *got;
	return disk_fault(f, error, file->path);
}

static enum err file_write(struct file *file, struct bytes b, struct fault *f)
{
	int error = disk_write(file->disk, file->node, b, file->at);

	file->at += b.size;
	return disk_fault(f, error, file->path);
}

static enum err file_sync(struct file *file, struct fault *f)
{
	return disk_fault(f, disk_sync(file->disk, file->node), file->path);
}

/* What is in memory here is the disk. */
static enum err file_forget(struct file *file, struct fault *f)
{
	(void)file, (void)f;
	return OK;
}

/* It says that it is full when it is. */
static enum err medium(struct world *w, const char *path, struct medium *out, struct fault *f)
{
	(void)w, (void)path, (void)f;
	*out = (struct medium){ .room = INT64_MAX, .file_max = INT64_MAX };
	return OK;
}

static void file_close(struct file *file)
{
	free(file);
}

static enum err file_size(struct world *w, const char *path, uint64_t *size, struct fault *f)
{
	return disk_fault(f, disk_size(disk_of(w), path, size), path);
}

static enum err rename_file(struct world *w, const char *from, const char *to, struct fault *f)
{
	int error = disk_rename(disk_of(w), from, to);

	if (!error)
		error = disk_sync_folder(disk_of(w), to);
	return disk_fault(f, error, to);
}

static enum err remove_file(struct world *w, const char *path, struct fault *f)
{
	return disk_fault(f, disk_remove(disk_of(w), path), path);
}

static enum err folder_make(struct world *w, const char *path, struct fault *f)
{
	struct disk *d = disk_of(w);
	struct place at;
	int error = disk_make_folder(d, path);

	if (error == EEXIST && !walk_to(d, path, &at)) {
		if (!d->nodes[at.node].folder)
			return disk_fault(f, error, path);
		if (!folder_is_empty(d, at.node))
			return fault(f, ERR_BUSY, "file.folder-not-empty", path);
		error = 0;
	}
	if (!error)
		error = disk_sync_folder(d, path);
	return disk_fault(f, error, path);
}

void disk_is_under(struct disk *d, struct world_simulated *w)
{
	w->disk = d;
	w->world.vfs = d->vfs_name;
	w->world.file_open = file_open;
	w->world.file_read = file_read;
	w->world.file_write = file_write;
	w->world.file_sync = file_sync;
	w->world.file_forget = file_forget;
	w->world.file_close = file_close;
	w->world.file_size = file_size;
	w->world.rename = rename_file;
	w->world.remove = remove_file;
	w->world.folder_make = folder_make;
	w->world.medium = medium;
}

/* --- the whole ------------------------------------------------------------------------------- */

void disk_start(struct disk *d)
{
	*d = (struct disk){ .remembers = true };
	node_new(d, true);
	disk_vfs_start(d);
}

static void nodes_free(struct disk *d)
{
	for (size_t i = 0; i < d->node_count; i++)
		free(d->nodes[i].at);
	d->node_count = 0;
}

static void journal_forget(struct disk *d)
{
	for (size_t i = 0; i < d->journal_count; i++)
		free(d->journal[i].bytes);
	d->journal_count = 0;
}

void disk_clear(struct disk *d)
{
	nodes_free(d);
	journal_forget(d);
	d->name_count = 0;
	node_new(d, true);
	disk_is_mended(d);
}

void disk_copy(struct disk *out, const struct disk *from)
{
	disk_clear(out);
	for (size_t i = 1; i < from->node_count; i++) {
		uint32_t node = node_new(out, from->nodes[i].folder);

		node_write(out, node, bytes_of(from->nodes[i].at, from->nodes[i].size), 0);
	}
	for (size_t i = 0; i < from->name_count; i++) {
		struct disk_record r = { .node = from->names[i].node,
					 .folder = from->names[i].folder };

		strcpy(r.name, from->names[i].name);
		name_give(out, &r);
	}
}

void disk_free(struct disk *d)
{
	nodes_free(d);
	journal_forget(d);
	free(d->nodes);
	free(d->names);
	free(d->journal);
}

void disk_stop(struct disk *d)
{
	disk_vfs_stop(d);
	disk_free(d);
}

bool disk_holds(const struct disk *d, const char *path, struct bytes piece)
{
	struct place at;

	CHECK(!walk_to(d, path, &at) && at.there);
	for (size_t i = 0; i < d->name_count; i++) {
		const struct disk_node *n = &d->nodes[d->names[i].node];

		if (d->names[i].folder == at.node && n->size &&
		    memmem(n->at, n->size, piece.at, piece.size))
			return true;
	}
	return false;
}

struct bytes disk_file(const struct disk *d, const char *path)
{
	struct place at;

	if (walk_to(d, path, &at) || !at.there)
		return bytes_of(NULL, 0);
	return bytes_of(d->nodes[at.node].at, d->nodes[at.node].size);
}

/* FNV-1a, eight bytes at a step. */
static uint64_t mix(uint64_t sum, const void *from, size_t size)
{
	const uint8_t *at = from;

	while (size) {
		size_t step = size < 8 ? size : 8;
		uint64_t word = step;

		memcpy(&word, at, step);
		sum = (sum ^ word) * UINT64_C(0x100000001b3);
		sum ^= sum >> 29;
		at += step;
		size -= step;
	}
	return sum;
}

static uint64_t image_of(const struct disk *d, const struct disk_name *n)
{
	uint64_t sum = UINT64_C(0xcbf29ce484222325);
	const struct disk_node *node = &d->nodes[n->node];

	for (const struct disk_name *up = n; up; up = name_of(d, up->folder))
		sum = mix(sum, up->name, strlen(up->name) + 1);
	sum = mix(sum, &node->size, sizeof(node->size));
	return mix(sum, node->at, node->size);
}

/* A sum, since names lie in no order. */
uint64_t disk_image(const struct disk *d)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < d->name_count; i++)
		sum += image_of(d, &d->names[i]);
	return sum;
}
