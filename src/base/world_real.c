/*
 * world_real: the system's clock, chance and disk.
 *
 * A file that is renamed is on the disk only when its folder is synced as well, so
 * rename does both.  Files are made 0600: what lies in a register's folder is for
 * its owner alone.
 */
#include "base/world.h"

#include <arpa/inet.h>
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <limits.h>
#include <linux/magic.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"

struct file {
	int fd;
	char path[]; /* for faults */
};

/* --- clock and chance -------------------------------------------------------------- */

static int64_t read_clock_ms(clockid_t which)
{
	struct timespec t;
	int failed = clock_gettime(which, &t);

	assert(!failed);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t real_now_ms(struct world *w)
{
	(void)w;
	return read_clock_ms(CLOCK_REALTIME);
}

static int64_t real_steady_ms(struct world *w)
{
	(void)w;
	return read_clock_ms(CLOCK_BOOTTIME);
}

static struct timespec real_deadline(struct world *w, int64_t ms)
{
	struct timespec at = { 0 };
	int64_t ns;

	(void)w;
	if (clock_gettime(CLOCK_MONOTONIC, &at))
		abort();
	ns = at.tv_nsec + ms % 1000 * 1000000;
	at.tv_sec += ms / 1000 + ns / 1000000000;
	at.tv_nsec = ns % 1000000000;
	return at;
}

static uint64_t real_worked_ns(struct world *w)
{
	struct timespec t = { 0 };

	(void)w;
	if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t))
		abort();
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void real_chance(struct world *w, void *out, size_t size)
{
	uint8_t *to = out;

	(void)w;
	while (size) {
		ssize_t got = getrandom(to, size, 0);

		if (got < 0) {
			assert(errno == EINTR);
			continue;
		}
		to += got;
		size -= (size_t)got;
	}
}

/* --- disk -------------------------------------------------------------------------- */

static enum err disk_fault(struct fault *f, int error, const char *path)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
		return fault(f, ERR_NOT_FOUND, "file.not-found", path);
	case EEXIST:
	case ENOTEMPTY:
		return fault(f, ERR_BUSY, "file.exists", path);
	case EACCES:
	case EPERM:
	case EROFS:
		return fault(f, ERR_IO, "file.not-allowed", path);
	case ENOSPC:
	case EDQUOT:
		return fault(f, ERR_FULL, "file.disk-full", path);
	case EFBIG:
		return fault(f, ERR_FULL, "file.too-large-for-medium", path);
	case ENOMEM:
		return fault(f, ERR_MEMORY, "memory.none");
	default:
		return fault(f, ERR_IO, "file.failed", path, strerrordesc_np(error));
	}
}

static const int open_flags[] = {
	[FILE_READ] = O_RDONLY,
	[FILE_CREATE] = O_WRONLY | O_CREAT | O_EXCL,
	[FILE_REPLACE] = O_WRONLY | O_CREAT | O_TRUNC,
	[FILE_APPEND] = O_WRONLY | O_APPEND,
};

/* Whoever owns a file may change its mode, unless the file system has none: FAT gives
 * all its files the mode of the mount. */
static bool has_no_modes(const struct stat *st)
{
	return errno == EPERM && (geteuid() == st->st_uid || geteuid() == 0);
}

/* A file that was there with a wider mode is narrowed; a terminal or pipe is left alone. */
static int narrow(int fd)
{
	struct stat st;

	if (fstat(fd, &st))
		return -1;
	if (!S_ISREG(st.st_mode) || !(st.st_mode & 0177) || !fchmod(fd, 0600))
		return 0;
	return has_no_modes(&st) ? 0 : -1;
}

static enum err real_open(struct world *w, struct file **out, const char *path,
			  enum file_mode mode, struct fault *f)
{
	struct file *file = malloc(sizeof(*file) + strlen(path) + 1);

	(void)w;
	*out = NULL;
	if (!file)
		return fault(f, ERR_MEMORY, "memory.none");
	strcpy(file->path, path);
	file->fd = open(path, open_flags[mode] | O_CLOEXEC, 0600);
	if (file->fd < 0 || (mode == FILE_REPLACE && narrow(file->fd))) {
		enum err e = disk_fault(f, errno, path);

		if (file->fd >= 0)
			close(file->fd);
		free(file);
		return e;
	}
	*out = file;
	return OK;
}

static enum err real_read(struct file *file, void *out, size_t size, size_t *got,
			  struct fault *f)
{
	ssize_t n;

	*got = 0;
	do
		n = read(file->fd, out, size);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return disk_fault(f, errno, file->path);
	*got = (size_t)n;
	return OK;
}

static enum err real_write(struct file *file, struct bytes b, struct fault *f)
{
	while (b.size) {
		ssize_t n = write(file->fd, b.at, b.size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return disk_fault(f, errno, file->path);
		b.at += n;
		b.size -= (size_t)n;
	}
	return OK;
}

static enum err real_sync(struct file *file, struct fault *f)
{
	return fsync(file->fd) ? disk_fault(f, errno, file->path) : OK;
}

static enum err real_forget(struct file *file, struct fault *f)
{
	int error = posix_fadvise(file->fd, 0, 0, POSIX_FADV_DONTNEED);

	return error ? disk_fault(f, error, file->path) : OK;
}

static void real_close(struct file *file)
{
	if (!file)
		return;
	close(file->fd);
	free(file);
}

static enum err real_size(struct world *w, const char *path, uint64_t *size, struct fault *f)
{
	struct stat st;

	(void)w;
	*size = 0;
	if (stat(path, &st))
		return disk_fault(f, errno, path);
	*size = (uint64_t)st.st_size;
	return OK;
}

/*
 * The folder in which it is; false: longer than the system takes.  Not of the heap: a name
 * that was changed must not be told as one that was not for want of memory.
 */
static bool folder_of(char out[PATH_MAX], const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t size = slash && slash > path ? (size_t)(slash - path) : 1;

	if (size >= PATH_MAX)
		return false;
	memcpy(out, slash ? path : ".", size);
	out[size] = 0;
	return true;
}

static enum err sync_folder_of(const char *path, struct fault *f)
{
	char folder[PATH_MAX];
	enum err e = OK;
	int fd;

	if (!folder_of(folder, path))
		return disk_fault(f, ENAMETOOLONG, path);
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd))
		e = disk_fault(f, errno, folder);
	if (fd >= 0)
		close(fd);
	return e;
}

static enum err real_rename(struct world *w, const char *from, const char *to, struct fault *f)
{
	(void)w;
	if (rename(from, to))
		return disk_fault(f, errno, to);
	return sync_folder_of(to, f);
}

static enum err real_remove(struct world *w, const char *path, struct fault *f)
{
	(void)w;
	return remove(path) ? disk_fault(f, errno, path) : OK;
}

/* 1 empty, 0 not, -1 no folder or not to be read. */
static int folder_is_empty(const char *path)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;
	int empty = 1;

	if (!folder)
		return -1;
	while (empty && (entry = readdir(folder)))
		empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
	closedir(folder);
	return empty;
}

static enum err real_folder_make(struct world *w, const char *path, struct fault *f)
{
	struct stat st;
	int empty;

	(void)w;
	if (!mkdir(path, 0700))
		return sync_folder_of(path, f);
	if (errno != EEXIST)
		return disk_fault(f, errno, path);
	empty = folder_is_empty(path);
	if (empty < 0)
		return disk_fault(f, errno == ENOTDIR ? EEXIST : errno, path);
	if (!empty)
		return fault(f, ERR_BUSY, "file.folder-not-empty", path);
	if (stat(path, &st) || (chmod(path, 0700) && !has_no_modes(&st)))
		return disk_fault(f, errno, path);
	/* Whoever made it may have been cut off before its name was on the disk. */
	return sync_folder_of(path, f);
}

/* VFAT says of itself that it takes files of any size. */
static uint64_t file_max_of(const struct statfs *s)
{
	return s->f_type == MSDOS_SUPER_MAGIC ? UINT32_MAX : INT64_MAX;
}

static enum err real_medium(struct world *w, const char *path, struct medium *out, struct fault *f)
{
	char folder[PATH_MAX];
	struct statfs s;
	enum err e = OK;

	(void)w;
	*out = (struct medium){ 0 };
	if (!folder_of(folder, path))
		return disk_fault(f, ENAMETOOLONG, path);
	if (statfs(folder, &s))
		e = disk_fault(f, errno, folder);
	else
		*out = (struct medium){ .room = s.f_bavail * (uint64_t)s.f_bsize,
					.file_max = file_max_of(&s) };
	return e;
}

/* --- network ------------------------------------------------------------------------ */

/* false: of no use to others, who reach this machine by another one. */
static bool write_address(char out[WORLD_ADDRESS_SIZE], const struct ifaddrs *i)
{
	const struct sockaddr_in6 *v6 = (const void *)i->ifa_addr;
	const struct sockaddr_in *v4 = (const void *)i->ifa_addr;

	if (!i->ifa_addr || (i->ifa_flags & IFF_LOOPBACK) || !(i->ifa_flags & IFF_UP))
		return false;
	if (i->ifa_addr->sa_family == AF_INET)
		return inet_ntop(AF_INET, &v4->sin_addr, out, WORLD_ADDRESS_SIZE);
	return i->ifa_addr->sa_family == AF_INET6 && !IN6_IS_ADDR_LINKLOCAL(&v6->sin6_addr) &&
	       inet_ntop(AF_INET6, &v6->sin6_addr, out, WORLD_ADDRESS_SIZE);
}

static size_t real_addresses(struct world *w, char out[][WORLD_ADDRESS_SIZE], size_t most)
{
	struct ifaddrs *all;
	size_t count = 0;

	(void)w;
	if (getifaddrs(&all))
		return 0;
	for (const struct ifaddrs *i = all; i && count < most; i = i->ifa_next)
		count += write_address(out[count], i);
	freeifaddrs(all);
	return count;
}

/* "/run/systemd/notify", or "@name" for one that is in no folder. */
static bool manager_address(struct sockaddr_un *out, socklen_t *size, const char *t)
{
	size_t length = t ? strlen(t) : 0;

	*out = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (length < 2 || length >= sizeof(out->sun_path) || (*t != '/' && *t != '@'))
		return false;
	memcpy(out->sun_path, t, length);
	if (*t == '@')
		out->sun_path[0] = 0;
	*size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
	return true;
}

static enum err real_manager(struct world *w, struct file **out, struct fault *f)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to;
	socklen_t size;
	enum err e;

	(void)w;
	*out = NULL;
	if (!manager_address(&to, &size, path))
		return fault(f, ERR_NOT_FOUND, "file.not-found", path ? path : "NOTIFY_SOCKET");
	*out = malloc(sizeof(**out) + strlen(path) + 1);
	if (!*out)
		return fault(f, ERR_MEMORY, "memory.none");
	strcpy((*out)->path, path);
	(*out)->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if ((*out)->fd >= 0 && !connect((*out)->fd, (struct sockaddr *)&to, size))
		return OK;
	e = disk_fault(f, errno, path);
	if ((*out)->fd >= 0)
		close((*out)->fd);
	free(*out);
	*out = NULL;
	return e;
}

#define REAL_DISK                                                                                  \
	.steady_ms = real_steady_ms, .deadline = real_deadline, .worked_ns = real_worked_ns,       \
	.chance = real_chance, .file_open = real_open, .file_read = real_read,                     \
	.file_write = real_write, .file_sync = real_sync, .file_forget = real_forget,              \
	.file_close = real_close, .file_size = real_size, .rename = real_rename,                   \
	.remove = real_remove, .folder_make = real_folder_make, .medium = real_medium,             \
	.addresses = real_addresses, .manager = real_manager

struct world *world_real(void)
{
	/* Never changed; not const because a made-up world needs to be. */
	static struct world real = { .now_ms = real_now_ms, REAL_DISK };

	return &real;
}

static int64_t standing_now_ms(struct world *w)
{
	return ((struct world_at *)w)->at_ms;
}

void world_at_init(struct world_at *out, int64_t at_ms)
{
	*out = (struct world_at){ .world = { .now_ms = standing_now_ms, REAL_DISK },
				  .at_ms = at_ms };
}

static int64_t running_now_ms(struct world *w)
{
	const struct world_at *at = (struct world_at *)w;

	return at->at_ms + w->steady_ms(w) - at->steady_ms;
}

void world_at_run(struct world_at *w)
{
	w->at_ms = w->world.now_ms(&w->world);
	w->steady_ms = w->world.steady_ms(&w->world);
	w->world.now_ms = running_now_ms;
}
