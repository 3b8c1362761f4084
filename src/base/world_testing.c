/*
 * world_testing: each call to the disk is counted before it goes to the real one; an
 * open file knows its world, so that reads and writes are counted as well.
 */
#include "base/world_testing.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/test.h"

struct file {
	struct file *real; /* of world_real() */
	struct world_simulated *of;
};

static struct world_simulated *simulated(struct world *w)
{
	return (struct world_simulated *)w;
}

static int64_t now_ms(struct world *w)
{
	return simulated(w)->wall_ms;
}

static int64_t steady_ms(struct world *w)
{
	return simulated(w)->monotonic_ms;
}

static struct timespec deadline(struct world *w, int64_t ms)
{
	(void)ms;
	return (struct timespec){ .tv_sec = simulated(w)->waits_last ? INT32_MAX : 0 };
}

/* Nothing takes time here. */
static uint64_t worked_ns(struct world *w)
{
	(void)w;
	return 0;
}

/* SplitMix64, byte by byte. */
static void chance(struct world *w, void *out, size_t size)
{
	uint8_t *to = out;

	for (size_t i = 0; i < size; i++) {
		uint64_t z = __atomic_add_fetch(&simulated(w)->chance_state,
						UINT64_C(0x9e3779b97f4a7c15), __ATOMIC_RELAXED);

		z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
		z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
		to[i] = (uint8_t)(z >> 56);
	}
}

static enum err count_call(struct world_simulated *s, struct fault *f)
{
	uint64_t call = __atomic_add_fetch(&s->disk_calls, 1, __ATOMIC_RELAXED);

	if (!s->disk_fail_at || call < s->disk_fail_at || (call > s->disk_fail_at && !s->disk_dead))
		return OK;
	return fault(f, s->disk_error, "file.failed", "simulated", call);
}

static enum err file_open(struct world *w, struct file **out, const char *path,
			  enum file_mode mode, struct fault *f)
{
	struct file *file;
	enum err e = count_call(simulated(w), f);

	*out = NULL;
	if (e)
		return e;
	file = malloc(sizeof(*file));
	if (!file)
		return fault(f, ERR_MEMORY, "memory.none");
	file->of = simulated(w);
	if ((e = world_real()->file_open(world_real(), &file->real, path, mode, f))) {
		free(file);
		return e;
	}
	*out = file;
	return OK;
}

static enum err file_read(struct file *file, void *out, size_t size, size_t *got, struct fault *f)
{
	enum err e = count_call(file->of, f);

	*got = 0;
	return e ? e : world_real()->file_read(file->real, out, size, got, f);
}

static enum err file_write(struct file *file, struct bytes b, struct fault *f)
{
	enum err e = count_call(file->of, f);

	return e ? e : world_real()->file_write(file->real, b, f);
}

static enum err file_sync(struct file *file, struct fault *f)
{
	enum err e = count_call(file->of, f);

	/* Nothing in a test outlives a cut of power: the real one would only cost time. */
	return e;
}

static enum err file_forget(struct file *file, struct fault *f)
{
	enum err e = count_call(file->of, f);

	return e ? e : world_real()->file_forget(file->real, f);
}

static void file_close(struct file *file)
{
	if (!file)
		return;
	world_real()->file_close(file->real);
	free(file);
}

static enum err file_size(struct world *w, const char *path, uint64_t *size, struct fault *f)
{
	enum err e = count_call(simulated(w), f);

	*size = 0;
	return e ? e : world_real()->file_size(world_real(), path, size, f);
}

static enum err rename_file(struct world *w, const char *from, const char *to, struct fault *f)
{
	enum err e = count_call(simulated(w), f);

	return e ? e : world_real()->rename(world_real(), from, to, f);
}

static enum err remove_file(struct world *w, const char *path, struct fault *f)
{
	enum err e = count_call(simulated(w), f);

	return e ? e : world_real()->remove(world_real(), path, f);
}

static enum err folder_make(struct world *w, const char *path, struct fault *f)
{
	enum err e = count_call(simulated(w), f);

	return e ? e : world_real()->folder_make(world_real(), path, f);
}

static enum err medium(struct world *w, const char *path, struct medium *out, struct fault *f)
{
	const struct medium *said = &simulated(w)->medium;
	enum err e = count_call(simulated(w), f);

	*out = (struct medium){ 0 };
	if (!e)
		e = world_real()->medium(world_real(), path, out, f);
	if (!e && said->room)
		out->room = said->room;
	if (!e && said->file_max)
		out->file_max = said->file_max;
	return e;
}

/* It is in no network. */
static size_t addresses(struct world *w, char out[][WORLD_ADDRESS_SIZE], size_t most)
{
	(void)w, (void)out, (void)most;
	return 0;
}

/* And nobody has started it who wants to hear of it. */
static enum err manager(struct world *w, struct file **out, struct fault *f)
{
	(void)w;
	*out = NULL;
	return fault(f, ERR_NOT_FOUND, "file.not-found", "");
}

void world_simulated_init(struct world_simulated *out, uint64_t seed)
{
	*out = (struct world_simulated){
		.world = {
			.now_ms = now_ms,
			.steady_ms = steady_ms,
			.deadline = deadline,
			.worked_ns = worked_ns,
			.chance = chance,
			.file_open = file_open,
			.file_read = file_read,
			.file_write = file_write,
			.file_sync = file_sync,
			.file_forget = file_forget,
			.file_close = file_close,
			.file_size = file_size,
			.rename = rename_file,
			.remove = remove_file,
			.folder_make = folder_make,
			.medium = medium,
			.addresses = addresses,
			.manager = manager,
		},
		.wall_ms = INT64_C(1795496400000),
		.monotonic_ms = 1000,
		.chance_state = seed,
		.disk_error = ERR_IO,
	};
}

void world_wait(struct world_simulated *s, int64_t ms)
{
	s->wall_ms += ms;
	s->monotonic_ms += ms;
}

void test_folder_make(char out[TEST_FOLDER_SIZE])
{
	snprintf(out, TEST_FOLDER_SIZE, "/tmp/ikhtiar-test-XXXXXX");
	CHECK(mkdtemp(out));
}

static int remove_one(const char *path, const struct stat *st, int sort, struct FTW *place)
{
	(void)st;
	(void)sort;
	(void)place;
	return remove(path);
}

void test_folder_remove(const char *folder)
{
	CHECK(strncmp(folder, "/tmp/ikhtiar-test-", 18) == 0);
	CHECK(nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0);
}
