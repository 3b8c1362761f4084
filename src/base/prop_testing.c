/*
 * prop_testing: bytes for properties come from SplitMix64 (Steele, Lea, Flood 2014);
 * case n of a run has the seed that the run's seed gives as its n-th number.
 */
#include "base/prop.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "base/world.h"

#define CASE_SIZE_MAX 8192
#define CASE_MEMORY_MAX ((size_t)256 * 1024 * 1024)
#define CASE_FILE_MAX ((size_t)1024 * 1024)
#define PATH_SIZE 400
#define AGAIN_SIZE 1024
#define RUNS_SHARED_MIN 100

static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* How to run the case at hand again, for check_again(). */
static char again[AGAIN_SIZE];
static bool fuzzed;

bool prop_is_fuzzed(void)
{
	return fuzzed;
}

/* --- running -------------------------------------------------------------------------------- */

void prop_run_bytes(property *fn, struct bytes b)
{
	struct prop p = { .left = b };

	if (arena_new(&p.arena, CASE_MEMORY_MAX))
		abort();
	fn(&p);
	free(p.rest);
	arena_free(p.arena);
}

void prop_fuzz(property *fn, struct bytes b)
{
	fuzzed = true;
	prop_run_bytes(fn, b);
}

static void run_case(property *fn, uint64_t seed)
{
	uint8_t bytes[CASE_SIZE_MAX];
	uint64_t state = seed;
	/* Short cases as often as long ones. */
	size_t size = 16U << next_random(&state) % 10;

	for (size_t i = 0; i < size; i += 8) {
		uint64_t eight = next_random(&state);

		memcpy(bytes + i, &eight, 8);
	}
	snprintf(again, sizeof(again), "IKHTIAR_SEED=%" PRIu64 " %s", seed,
		 program_invocation_name);
	check_again(again);
	prop_run_bytes(fn, bytes_of(bytes, size));
}

void prop_run(property *fn, unsigned runs, uint64_t seed)
{
	const char *one = getenv("IKHTIAR_SEED");
	bool all = runs < RUNS_SHARED_MIN;

	if (one && *one)
		run_case(fn, strtoull(one, NULL, 10));
	else
		for (unsigned i = 0; i < runs; i++) {
			uint64_t its = next_random(&seed);

			if (all || i % CASES_STEP == CASES_BEGIN)
				run_case(fn, its);
		}
	check_again(NULL);
}

/* --- kept cases ----------------------------------------------------------------------------- */

static bool run_kept_case(const struct prop_fuzzed *its, const char *path)
{
	struct arena *a = NULL;
	struct bytes b;
	bool is_its_own;

	CHECK_INT(arena_new(&a, 4 * CASE_FILE_MAX), OK);
	CHECK_INT(file_load(&b, a, world_real(), path, CASE_FILE_MAX, NULL), OK);
	is_its_own = b.size && b.at[0] == its->number;
	snprintf(again, sizeof(again), "IKHTIAR_BYTES=%s %s kept_cases_of_%s", path,
		 program_invocation_name, its->name);
	check_again(again);
	if (is_its_own)
		prop_run_bytes(its->fn, bytes_of(b.at + 1, b.size - 1));
	check_again(NULL);
	arena_free(a);
	return is_its_own;
}

static int is_case(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static size_t run_kept_folder(const struct prop_fuzzed *its, const char *folder)
{
	struct dirent **files;
	int count = scandir(folder, &files, is_case, alphasort);
	size_t run = 0;

	if (count < 0)
		check_failed(__FILE__, __LINE__, "there is no folder %s", folder);
	for (int i = 0; i < count; i++) {
		char path[PATH_SIZE];

		snprintf(path, sizeof(path), "%s/%s", folder, files[i]->d_name);
		run += run_kept_case(its, path);
		free(files[i]);
	}
	free(files);
	return run;
}

void prop_run_kept(const struct prop_fuzzed *its, const char *folder)
{
	const char *one = getenv("IKHTIAR_BYTES");
	size_t run;

	run = one && *one ? run_kept_case(its, one) : run_kept_folder(its, folder);
	if (!run)
		check_failed(__FILE__, __LINE__, "no case of %s in %s", its->name,
			     one && *one ? one : folder);
}

/* --- values --------------------------------------------------------------------------------- */

bool prop_end(const struct prop *p)
{
	return p->left.size == 0;
}

void prop_fill(struct prop *p, void *out, size_t size)
{
	size_t got = size < p->left.size ? size : p->left.size;

	memset(out, 0, size);
	if (!got)
		return;
	memcpy(out, p->left.at, got);
	p->left = bytes_of(p->left.at + got, p->left.size - got);
}

static uint64_t read_uint(struct prop *p, unsigned size)
{
	uint8_t bytes[8];
	uint64_t n = 0;

	prop_fill(p, bytes, size);
	for (unsigned i = 0; i < size; i++)
		n = n << 8 | bytes[i];
	return n;
}

static unsigned size_of(uint64_t n)
{
	unsigned size = 1;

	while (size < 8 && n >> (8 * size))
		size++;
	return size;
}

/* Where things break: the ends, and about powers of two. */
static uint64_t edge(struct prop *p, uint64_t span)
{
	uint64_t how = read_uint(p, 1), power = UINT64_C(1) << (how & 63);

	switch (how >> 6) {
	case 0: return span;
	case 1: return how & 1 ? 0 : 1;
	case 2: return power;
	default: return power - 1;
	}
}

uint64_t prop_uint(struct prop *p, uint64_t min, uint64_t max)
{
	uint64_t span = max - min, n;

	if (!span)
		return min;
	if (span > 255 && read_uint(p, 1) % 8 == 7)
		n = edge(p, span);
	else
		n = read_uint(p, size_of(span));
	return min + (span == UINT64_MAX ? n : n % (span + 1));
}

int64_t prop_int(struct prop *p, int64_t min, int64_t max)
{
	uint64_t span = (uint64_t)max - (uint64_t)min;

	return (int64_t)((uint64_t)min + prop_uint(p, 0, span));
}

bool prop_bool(struct prop *p)
{
	return read_uint(p, 1) & 1;
}

size_t prop_pick(struct prop *p, size_t count)
{
	return count ? (size_t)(read_uint(p, count > 256 ? 8 : 1) % count) : 0;
}

struct id prop_id(struct prop *p)
{
	struct id id;

	prop_fill(p, id.at, ID_SIZE);
	return id;
}

struct bytes prop_bytes(struct prop *p, size_t size_max)
{
	size_t size = (size_t)prop_uint(p, 0, size_max);
	uint8_t *at;

	if (size > p->left.size)
		size = p->left.size;
	at = arena_take(p->arena, size);
	if (!at)
		abort();
	prop_fill(p, at, size);
	return bytes_of(at, size);
}

struct bytes prop_rest(struct prop *p)
{
	size_t size = p->left.size;

	assert(!p->rest);
	p->rest = malloc(size);
	if (size && !p->rest)
		abort();
	prop_fill(p, p->rest, size);
	return bytes_of(p->rest, size);
}

/* Letters of our languages, marks that combine, and characters of all four sizes. */
static const struct {
	uint32_t first, last;
} scripts[] = {
	{ ' ', '~' },	    { 0xa1, 0xac },	{ 0xc0, 0x24f },    { 0x300, 0x34e },
	{ 0x390, 0x3ce },   { 0x621, 0x64a },	{ 0x64b, 0x652 },   { 0x660, 0x669 },
	{ 0x671, 0x6d5 },   { 0x6f0, 0x6f9 },	{ 0x200c, 0x200d }, { 0x1100, 0x1112 },
	{ 0x4e00, 0x4e80 }, { 0xac00, 0xac80 }, { 0xfb50, 0xfbb1 }, { 0x1f600, 0x1f640 },
};

struct text prop_text(struct prop *p, size_t size_max)
{
	size_t count = (size_t)prop_uint(p, 0, size_max), size = 0, script = 0;
	char *at = arena_take(p->arena, size_max + 4);

	if (!at)
		abort();
	while (count-- && !prop_end(p)) {
		uint64_t byte = read_uint(p, 1);
		uint32_t c;

		/* A name mostly stays in its script. */
		if (byte >= 192)
			script = (size_t)byte % COUNT_OF(scripts);
		c = scripts[script].first +
		    (uint32_t)(read_uint(p, 1) %
			       (scripts[script].last - scripts[script].first + 1));
		size += utf8_write(at + size, c);
		if (size > size_max)
			return utf8_cut((struct text){ at, size }, size_max);
	}
	return (struct text){ at, size };
}
