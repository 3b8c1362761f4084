/*
 * models: what agreement is worth, by the letters in which the names of two are written.
 *
 * Two spellings of one name are alike otherwise in one script than across scripts: there is
 * no name that is the same letter by letter, and whoever sounds alike is more often one
 * person.  Weighed by one table, those who were written once in each script would be found
 * less often than the others, and others be taken for one person more often.
 */
#pragma once

#include "match/model.h"

struct models {
	struct model of[SCRIPTS_COUNT];
	uint8_t which[SCRIPTS_COUNT]; /* few pairs in some letters are weighed as most are */
};

/* From the patterns of the candidates, settled; `memo` is of these records. */
MUST_USE enum err models_learn(struct models *out, const struct records *r, struct memo *memo,
			       const struct histogram *patterns, struct fault *f);
/* How many doubles there seem to be. */
double models_doubles(const struct models *m);
/*
 * So many were found, by what was not known when the models were learned (kin, households).
 * Where these are more, each pair is likelier from the beginning by the bits that this gives;
 * else 0: what was not found may be there all the same.
 */
float models_expect(struct models *m, double doubles);

static inline const struct model *model_for(const struct models *m, uint64_t pattern)
{
	return &m->of[m->which[scripts_in(pattern)]];
}

/* What the bits of a pair are at the most: relatives and namesakes only take away. */
void models_worth(const struct models *m, float least, struct worth out[SCRIPTS_COUNT]);
