/* Tests run in the root of the sources, so data/ is at hand as it is shipped. */
#include "place/place_testing.h"

#include "base/test.h"
#include "base/world.h"

#define FILE_BYTES_MAX ((size_t)1 << 20)
#define ALL_BYTES_MAX ((size_t)8 << 20)

struct atlas_files shipped_files(struct arena *a)
{
	struct atlas_files files;

	for (enum place_file file = 0; file < PLACE_FILE_COUNT; file++) {
		struct text path = arena_print(a, "data/%s", place_file_path(file));

		CHECK(path.at);
		CHECK(!file_load(&files.files[file], a, world_real(), path.at, FILE_BYTES_MAX,
				 NULL));
	}
	return files;
}

struct atlas *shipped_atlas(void)
{
	struct atlas *atlas = NULL;
	struct fault f = { 0 };
	struct arena *a = NULL;
	struct atlas_files files;

	CHECK(!arena_new(&a, ALL_BYTES_MAX));
	files = shipped_files(a);
	if (atlas_load(&atlas, &files, &f))
		check_failed(__FILE__, __LINE__, "%s (%s, %s, %s, %s)", f.key, f.values[0],
			     f.values[1], f.values[2], f.values[3]);
	arena_free(a);
	return atlas;
}

const struct atlas *kept_atlas(void)
{
	static const struct atlas *kept;

	if (!kept)
		kept = shipped_atlas();
	return kept;
}
