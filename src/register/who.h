/*
 * who: the index of match/ over the people of the register.
 *
 * Filled from the state at unlock, kept up by the writer, wiped by lock.  A person stands
 * in it once under her names in her own script and once under those in Latin script: as
 * one name of twice as many words, half of it would count as words nobody asked for.
 * Numbers of match/ are not used again, so that an amended record gets new ones; who was
 * erased is in it no more, save that a word which she alone had stays in its dictionary,
 * pointing to nobody, until the next lock.
 */
#pragma once

#include "base/world.h"
#include "fact/fact.h"
#include "match/match.h"
#include "state/state.h"

struct who;

/* With everybody of `s`. */
MUST_USE enum err who_new(struct who **out, struct world *w, const struct state *s,
			  struct fault *f);
void who_free(struct who *who); /* NULL is harmless; wipes */
/* `fact` was folded into `s`: whom it gives other names is found under these. */
MUST_USE enum err who_take(struct who *who, const struct state *s, const struct fact *fact);
/* Bytes in use. */
size_t who_size(const struct who *who);

/* All names of a person as one line, in her own script where they are known in it. */
#define WHO_NAME_SIZE 3204
struct text who_name(const struct state *s, const struct id *person, char out[WHO_NAME_SIZE]);
/* How many people are in it; the numbers that were given are below who_numbers(). */
uint32_t who_count(const struct who *who);
uint32_t who_numbers(const struct who *who);

/* Any thread may ask while nobody changes it; one is answered at a time. */
size_t who_run(struct who *who, struct text name, struct match_found *out, size_t most);
/* The same for who types: of a question that grows word by word most names were asked for a
 * moment ago, and what was found then is given again while nobody came or went. */
size_t who_run_again(struct who *who, struct text name, struct match_found *out, size_t most);
/* NULL: nobody has this number any more. */
const struct id *who_of(const struct who *who, uint32_t number);
/* Of her names, the ones in the script that fits better. */
size_t who_explain(struct who *who, struct text name, const struct id *person,
		   struct match_reason out[MATCH_REASONS_MAX], float *bits);
