/* inside: how a book is kept; only the files of directive/ read it. */
#pragma once

#include "directive/directive.h"

#define ENTRY_NONE SIZE_MAX

struct entry {
	const struct directive *directive;
	struct directive_cover cover;
	enum directive_effect effect;
	int32_t from, known; /* the day itself, where the directive does not say one */
	size_t under;	     /* ENTRY_NONE */
	/* Those that it replaces, without what is not known and what closes a circle. */
	size_t supersedes[DIRECTIVE_LINKS_MAX];
	size_t supersedes_count;
	struct directive_flaws flaws;
};

struct directive_book {
	struct arena *arena;
	const struct directive_map *map;
	struct entry *entries; /* in the order in which they were given */
	size_t count;
	size_t *by_code; /* the same, sorted by code, each code once */
	size_t code_count;
};

/* ENTRY_NONE: the book has none of that code. */
size_t entry_of_code(const struct directive_book *b, struct text code);
