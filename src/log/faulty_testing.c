#include "log/faulty_testing.h"

#include "base/test.h"

struct faulty_file {
	sqlite3_file base;
	struct faulty *faulty;
	sqlite3_file *real; /* behind this struct */
};

static struct faulty_file *of(sqlite3_file *file)
{
	return (struct faulty_file *)file;
}

/* SQLITE_OK, or what this call fails with. */
static int fate(struct faulty *f, enum faulty_call sort)
{
	if (f->for_good && f->fail_at && f->calls >= f->fail_at)
		return f->code;
	if (!(f->sorts & (int)sort))
		return SQLITE_OK;
	return ++f->calls == f->fail_at ? f->code : SQLITE_OK;
}

static int faulty_close(sqlite3_file *file)
{
	return of(file)->real->pMethods->xClose(of(file)->real);
}

static int faulty_read(sqlite3_file *file, void *out, int size, sqlite3_int64 at)
{
	return of(file)->real->pMethods->xRead(of(file)->real, out, size, at);
}

static int faulty_write(sqlite3_file *file, const void *from, int size, sqlite3_int64 at)
{
	sqlite3_file *real = of(file)->real;
	int code = fate(of(file)->faulty, FAULTY_WRITE);

	/* Half of it gets there. */
	if (code)
		real->pMethods->xWrite(real, from, size / 2, at);
	return code ? code : real->pMethods->xWrite(real, from, size, at);
}

static int faulty_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	int code = fate(of(file)->faulty, FAULTY_TRUNCATE);

	return code ? code : of(file)->real->pMethods->xTruncate(of(file)->real, size);
}

static int faulty_sync(sqlite3_file *file, int flags)
{
	int code = fate(of(file)->faulty, FAULTY_SYNC);

	return code ? code : of(file)->real->pMethods->xSync(of(file)->real, flags);
}

static int faulty_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return of(file)->real->pMethods->xFileSize(of(file)->real, size);
}

static int faulty_lock(sqlite3_file *file, int level)
{
	return of(file)->real->pMethods->xLock(of(file)->real, level);
}

static int faulty_unlock(sqlite3_file *file, int level)
{
	return of(file)->real->pMethods->xUnlock(of(file)->real, level);
}

static int faulty_reserved(sqlite3_file *file, int *out)
{
	return of(file)->real->pMethods->xCheckReservedLock(of(file)->real, out);
}

static int faulty_control(sqlite3_file *file, int what, void *value)
{
	return of(file)->real->pMethods->xFileControl(of(file)->real, what, value);
}

static int faulty_sector(sqlite3_file *file)
{
	return of(file)->real->pMethods->xSectorSize(of(file)->real);
}

static int faulty_device(sqlite3_file *file)
{
	return of(file)->real->pMethods->xDeviceCharacteristics(of(file)->real);
}

static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = faulty_close,
	.xRead = faulty_read,
	.xWrite = faulty_write,
	.xTruncate = faulty_truncate,
	.xSync = faulty_sync,
	.xFileSize = faulty_size,
	.xLock = faulty_lock,
	.xUnlock = faulty_unlock,
	.xCheckReservedLock = faulty_reserved,
	.xFileControl = faulty_control,
	.xSectorSize = faulty_sector,
	.xDeviceCharacteristics = faulty_device,
};

static int faulty_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
		       int *flags_out)
{
	struct faulty *f = vfs->pAppData;
	struct faulty_file *out = of(file);
	int code;

	out->faulty = f;
	out->real = (sqlite3_file *)(out + 1);
	code = f->real->xOpen(f->real, name, out->real, flags, flags_out);
	file->pMethods = out->real->pMethods ? &methods : NULL;
	return code;
}

void faulty_start(struct faulty *f, const char *name)
{
	memset(f, 0, sizeof(*f));
	f->real = sqlite3_vfs_find(NULL);
	f->vfs = *f->real;
	f->vfs.zName = name;
	f->vfs.pNext = NULL;
	f->vfs.pAppData = f;
	f->vfs.szOsFile = (int)sizeof(struct faulty_file) + f->real->szOsFile;
	f->vfs.xOpen = faulty_open;
	CHECK_INT(sqlite3_vfs_register(&f->vfs, 0), SQLITE_OK);
}

void faulty_stop(struct faulty *f)
{
	CHECK_INT(sqlite3_vfs_unregister(&f->vfs), SQLITE_OK);
}

void faulty_arm(struct faulty *f, unsigned n, int sorts, int code, bool for_good)
{
	f->calls = 0;
	f->fail_at = n;
	f->sorts = sorts;
	f->code = code;
	f->for_good = for_good;
}
