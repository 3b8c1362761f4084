/*
 * disk_vfs_testing: the disk as a VFS of SQLite's, call for call as its os_unix.c does
 * it, error codes included.  What it promises of a write is what os_unix.c promises
 * (SQLITE_IOCAP_POWERSAFE_OVERWRITE): the bytes beside those that are written are left
 * alone, also where power is cut in the middle.
 */
#include <errno.h>
#include <stdio.h>

#include "base/test.h"
#include "log/disk_testing.h"

struct disk_file {
	sqlite3_file base;
	struct disk *disk;
	uint32_t node;
	bool folder_due; /* to be synced with the first sync of the file */
	char path[DISK_PATH_SIZE];
};

static struct disk_file *of(sqlite3_file *file)
{
	return (struct disk_file *)file;
}

/* --- a file -------------------------------------------------------------------------- */

static int vfs_close(sqlite3_file *file)
{
	(void)file;
	return SQLITE_OK;
}

static int vfs_read(sqlite3_file *file, void *out, int size, sqlite3_int64 at)
{
	size_t wanted = (size_t)size, got;

	if (disk_read(of(file)->disk, of(file)->node, out, wanted, (uint64_t)at, &got))
		return SQLITE_IOERR_READ;
	if (got == wanted)
		return SQLITE_OK;
	memset((uint8_t *)out + got, 0, wanted - got);
	return SQLITE_IOERR_SHORT_READ;
}

static int vfs_write(sqlite3_file *file, const void *from, int size, sqlite3_int64 at)
{
	struct bytes b = bytes_of(from, (size_t)size);
	int error = disk_write(of(file)->disk, of(file)->node, b, (uint64_t)at);

	if (error == ENOSPC)
		return SQLITE_FULL;
	return error ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

static int vfs_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	int error = disk_truncate(of(file)->disk, of(file)->node, (uint64_t)size);

	return error ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

static int vfs_sync(sqlite3_file *file, int flags)
{
	struct disk_file *f = of(file);

	(void)flags;
	if (disk_sync(f->disk, f->node))
		return SQLITE_IOERR_FSYNC;
	if (f->folder_due) {
		/* Whether it can be synced is not asked there. */
		int ignored = disk_sync_folder(f->disk, f->path);

		(void)ignored;
		f->folder_due = false;
	}
	return SQLITE_OK;
}

static int vfs_size(sqlite3_file *file, sqlite3_int64 *size)
{
	*size = (sqlite3_int64)of(file)->disk->nodes[of(file)->node].size;
	return SQLITE_OK;
}

static int vfs_lock(sqlite3_file *file, int level)
{
	(void)file, (void)level;
	return SQLITE_OK;
}

static int vfs_reserved(sqlite3_file *file, int *out)
{
	(void)file;
	*out = 0;
	return SQLITE_OK;
}

static int vfs_control(sqlite3_file *file, int what, void *value)
{
	(void)file, (void)what, (void)value;
	return SQLITE_NOTFOUND;
}

static int vfs_sector(sqlite3_file *file)
{
	(void)file;
	return 4096;
}

static int vfs_device(sqlite3_file *file)
{
	(void)file;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = vfs_close,
	.xRead = vfs_read,
	.xWrite = vfs_write,
	.xTruncate = vfs_truncate,
	.xSync = vfs_sync,
	.xFileSize = vfs_size,
	.xLock = vfs_lock,
	.xUnlock = vfs_lock,
	.xCheckReservedLock = vfs_reserved,
	.xFileControl = vfs_control,
	.xSectorSize = vfs_sector,
	.xDeviceCharacteristics = vfs_device,
};

/* --- the disk -------------------------------------------------------------------------- */

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
		    int *flags_out)
{
	struct disk *d = vfs->pAppData;
	struct disk_opening how = { .make = flags & SQLITE_OPEN_CREATE,
				    .must_be_new = flags & SQLITE_OPEN_EXCLUSIVE };
	struct disk_file *out = of(file);
	struct disk_handle handle;

	file->pMethods = NULL;
	/* What SQLite needs for a while it has in memory. */
	CHECK(path && strlen(path) < DISK_PATH_SIZE);
	if (disk_open(d, path, &how, &handle))
		return SQLITE_CANTOPEN;
	*out = (struct disk_file){
		.base.pMethods = &methods,
		.disk = d,
		.node = handle.node,
		.folder_due = how.make && (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL |
						    SQLITE_OPEN_SUPER_JOURNAL)),
	};
	strcpy(out->path, path);
	if (flags_out)
		*flags_out = flags;
	return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
	struct disk *d = vfs->pAppData;
	int error = disk_remove(d, path);

	if (error)
		return error == ENOENT ? SQLITE_IOERR_DELETE_NOENT : SQLITE_IOERR_DELETE;
	if (sync_folder && disk_sync_folder(d, path))
		return SQLITE_IOERR_DIR_FSYNC;
	return SQLITE_OK;
}

/* A file of no bytes counts as none: SQLite asks for journals. */
static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
	uint64_t size;
	int error = disk_size(vfs->pAppData, path, &size);

	(void)flags;
	*out = !error && size > 0;
	return SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int size, char *out)
{
	(void)vfs;
	snprintf(out, (size_t)size, "%s", path);
	return SQLITE_OK;
}

static int vfs_random(sqlite3_vfs *vfs, int size, char *out)
{
	(void)vfs;
	memset(out, 0, (size_t)size);
	return size;
}

static int vfs_sleep(sqlite3_vfs *vfs, int us)
{
	(void)vfs;
	return us;
}

static int vfs_time(sqlite3_vfs *vfs, double *julian)
{
	(void)vfs;
	*julian = 2461000.5;
	return SQLITE_OK;
}

static int vfs_last_error(sqlite3_vfs *vfs, int size, char *text)
{
	const struct disk *d = vfs->pAppData;

	(void)size, (void)text;
	return disk_has_failed(d) ? d->fail_error : 0;
}

void disk_vfs_start(struct disk *d)
{
	snprintf(d->vfs_name, sizeof(d->vfs_name), "disk-%p", (void *)d);
	d->vfs = (sqlite3_vfs){
		.iVersion = 1,
		.szOsFile = (int)sizeof(struct disk_file),
		.mxPathname = DISK_PATH_SIZE - 1,
		.zName = d->vfs_name,
		.pAppData = d,
		.xOpen = vfs_open,
		.xDelete = vfs_delete,
		.xAccess = vfs_access,
		.xFullPathname = vfs_full_path,
		.xRandomness = vfs_random,
		.xSleep = vfs_sleep,
		.xCurrentTime = vfs_time,
		.xGetLastError = vfs_last_error,
	};
	CHECK_INT(sqlite3_vfs_register(&d->vfs, 0), SQLITE_OK);
	/* The salts of a WAL are chance as well. */
	CHECK_INT(sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, 1, NULL), SQLITE_OK);
}

void disk_vfs_stop(struct disk *d)
{
	CHECK_INT(sqlite3_vfs_unregister(&d->vfs), SQLITE_OK);
}
