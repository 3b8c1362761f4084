/* place_testing: the atlas that is shipped, and what to ask of a refusal, for tests. */
#pragma once

#include "base/arena.h"
#include "place/place.h"

/* The bytes of all files, read from data/; memory of `a`. */
struct atlas_files shipped_files(struct arena *a);

/* A new atlas of the shipped files; the caller frees it. */
struct atlas *shipped_atlas(void);
/* The same, loaded once in a process and never freed: for those who need it often. */
const struct atlas *kept_atlas(void);
