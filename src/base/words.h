/*
 * words: what the program says, in the reader's language.
 *
 * A sentence stands in a catalogue (data/words/<language>/<room>.po) under a key;
 * its values go where {1} {2} … stand.  What a language has not is said in English,
 * what English has not, by the key and the values.  In languages that run from
 * right to left each value is isolated (U+2068 … U+2069), so that a P-code does not
 * turn the sentence around.
 *
 *     struct text t = say(a, words, "count.people", n, name);
 *
 * What comes back ends with a zero byte, lives in the arena and is never NULL: where
 * memory ends it is the bare key.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

enum words_language { WORDS_EN, WORDS_UR, WORDS_PS, WORDS_FA_AF, WORDS_LANGUAGES };

struct words_language_info {
	const char *code; /* "fa-AF" */
	const char *file; /* of its catalogue, embedded: "words/fa_AF.mo" */
	const char *name; /* in itself */
	bool right_to_left;
};
const struct words_language_info *words_language_info(enum words_language l);
/* "fa-AF", "fa_AF.UTF-8", "fa", "prs", in either case; false: not one of ours. */
bool words_language_read(enum words_language *out, struct text code);

struct words;

/* The catalogue of `l`; any number of threads may use it.  The caller closes it. */
MUST_USE enum err words_open(struct words **out, enum words_language l, struct fault *f);
void words_close(struct words *w); /* NULL is harmless */
enum words_language words_language(const struct words *w);
/* Whether any language that `w` would use has the key. */
bool words_have(const struct words *w, const char *key);

/*
 * Walk through all keys, with every form of each sentence as `w` says it, zero bytes
 * between the forms: start with *at 0; false behind the last.
 */
bool words_next(const struct words *w, uint32_t *at, struct text *key, struct text *forms);

/* say(arena, words, key, up to six values): the types as in fault(). */
#define say(a, w, ...)                                                                             \
	SAY_PICK(__VA_ARGS__, SAY_N, SAY_N, SAY_N, SAY_N, SAY_N, SAY_N, SAY_0, 0)(a, w, __VA_ARGS__)
#define SAY_PICK(_0, _1, _2, _3, _4, _5, _6, name, ...) name
#define SAY_0(a, w, key) say_data(a, w, key, NULL, 0)
#define SAY_N(a, w, key, ...)                                                                      \
	say_data(a, w, key, (const struct datum[]){ DATA(__VA_ARGS__) },                           \
		 COUNT_OF(((const struct datum[]){ DATA(__VA_ARGS__) })))

struct text say_data(struct arena *a, const struct words *w, const char *key,
		     const struct datum *values, size_t count);
/* The form of the sentence (msgid_plural, msgstr[n]) that goes with `n`; {1} is `n`. */
struct text say_count(struct arena *a, const struct words *w, const char *key, uint64_t n);
struct text say_fault(struct arena *a, const struct words *w, const struct fault *f);

/*
 * The reader of GNU .mo files below it, every offset checked.  `bytes` must outlive it.
 * ERR_DAMAGED: not such a file.
 */
struct catalogue {
	struct bytes bytes;
	uint32_t count, keys_at, sentences_at;
};
MUST_USE enum err catalogue_open(struct catalogue *out, struct bytes bytes, struct fault *f);
/* All forms, with zero bytes between; `at` is NULL where there is none. */
struct text catalogue_find(const struct catalogue *c, struct text key);
