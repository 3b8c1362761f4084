/*
 * reported_testing: lists of published figures, read without a map: a district lies in the
 * province whose code its own begins with, and of the places those are known that the
 * shipped list names.
 */
#pragma once

#include "base/buffer.h"
#include "figures/figures.h"

/* What was read, and of each row that was not: "12:value:figures.no-number". */
struct read_list {
	struct arena *arena;
	const struct figure *figures;
	size_t count;
	char refusals[40][80];
	size_t refusal_count;
	enum err err;
	struct fault fault; /* of the list as a whole */
};

/* As of 2026-11-26; the caller frees it. */
struct read_list list_read(struct text csv);
void list_free(struct read_list *l);
/* A file of the sources, with a zero byte behind it, in the list's arena. */
struct text shipped_file(struct arena *a, const char *path);
