/*
 * names: what the index of names is, for those who build it and those who search it.
 *
 * A person is the words of her names, as numbers of the dictionary, one behind the other in
 * `words`; `starts` says where hers begin.  `posts` has for each word the people who have
 * it, in ascending order, as far as the index was settled; who came later is looked at one
 * by one.  Some 35 bytes a person of four words, and the dictionary.
 */
#pragma once

#include "match/dictionary.h"
#include "match/match.h"

struct match_index {
	struct dictionary dictionary;
	uint32_t count, settled, room; /* people */
	uint64_t changes;	       /* how often somebody came or went */
	uint32_t *starts;	       /* count + 1 of them */
	uint32_t *words;
	uint32_t words_count, words_room;
	uint32_t *post_starts; /* for the first settled_words + 1 words */
	uint32_t *posts;
	uint32_t settled_words;
};
