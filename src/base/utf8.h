/*
 * utf8: checking, walking and folding text.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

/* Well-formed as in the Unicode Standard's table 3-7. */
bool utf8_valid(struct text t);
/* How many of its first bytes are well-formed: t.size, if all are. */
size_t utf8_valid_size(struct text t);
/* The longest beginning of `t` of at most `size_max` bytes that cuts no character. */
struct text utf8_cut(struct text t, size_t size_max);

/*
 * Take one character off the front of `rest`; false at its end.  A byte that is
 * not UTF-8 gives U+FFFD.
 */
bool utf8_next(struct text *rest, uint32_t *c);
/* 1 to 4 bytes; `c` must be a Unicode scalar value. */
size_t utf8_write(char out[4], uint32_t c);
size_t utf8_count(struct text t);

/* Normal form C; `at` is NULL where memory ends or `t` is not UTF-8. */
struct text utf8_nfc(struct arena *a, struct text t);

/*
 * Where in a line of text the first character stands that nobody can see or that
 * turns the writing around: controls, line ends, bidi marks, tags, non-characters
 * and invisible ones, but not the joiners U+200C and U+200D, which our languages
 * need.  *c gets it.  Returns t.size where there is none.
 */
size_t utf8_first_forbidden(struct text t, uint32_t *c);
/*
 * The next character of `rest` as it may be shown, in `out` (1 to 4 bytes): what is not
 * UTF-8, what a terminal would obey and what would turn the line around as U+FFFD.
 * 0: the end.
 */
size_t utf8_shown(struct text *rest, char out[4]);
/*
 * `t` without stray bidi marks, byte order marks and with plain spaces for no-break
 * ones; *count grows by how many were touched.  For lists of others.
 */
struct text utf8_strip(struct arena *a, struct text t, uint64_t *count);

/*
 * The form in which names and numbers are compared: NFKC, lower case; vowel signs,
 * tatweel, joiners and bidi marks gone; variants of one letter (ya, kaf, ha, alef
 * with hamza …) as one; Arabic and Persian digits as ASCII; runs of white space as
 * one space, none at the ends.  `at` is NULL where memory ends or it is not UTF-8.
 */
struct text text_fold(struct arena *a, struct text t);

/* The value of a decimal digit of ASCII, Arabic-Indic or Persian; -1: none. */
int digit_value(uint32_t c);
/* `t` with those digits as ASCII. */
struct text digits_to_ascii(struct arena *a, struct text t);
