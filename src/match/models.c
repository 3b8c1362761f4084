/* A model for each pair of scripts of which there is enough. */
#include "match/models.h"

#include <math.h>
#include <stdlib.h>

/* Of all pairs, those in these letters: with fewer nothing is learned of them alone. */
#define SHARE_LEAST 0.02

/* Which model is whose; what was seen of the strangers goes with it. */
static void choose(struct models *out, struct strangers seen[SCRIPTS_COUNT])
{
	unsigned most = 0;
	double all = 0;

	for (unsigned i = 0; i < SCRIPTS_COUNT; i++) {
		all += seen[i].pairs;
		if (seen[i].pairs > seen[most].pairs)
			most = i;
	}
	for (unsigned i = 0; i < SCRIPTS_COUNT; i++) {
		out->which[i] = (uint8_t)i;
		if (i == most || seen[i].pairs > SHARE_LEAST * all)
			continue;
		out->which[i] = (uint8_t)most;
		strangers_join(&seen[most], &seen[i]);
	}
}

/* The patterns that model `number` is for. */
static bool take_own(struct histogram *own, const struct models *m, unsigned number,
		     const struct histogram *patterns)
{
	for (size_t i = 0; i < patterns->count; i++) {
		uint64_t pattern = patterns->at[i].pattern - 1;

		if (m->which[scripts_in(pattern)] == number &&
		    !histogram_add(own, levels_in(pattern), patterns->at[i].count))
			return false;
	}
	histogram_settle(own);
	return true;
}

static enum err learn_one(struct models *out, unsigned number, struct lesson *lesson,
			  const struct histogram *patterns, struct fault *f)
{
	struct histogram own = { 0 };
	enum err e = OK;

	lesson->patterns = &own;
	lesson->scripts = (enum scripts)number;
	if (!take_own(&own, out, number, patterns))
		e = fault(f, ERR_MEMORY, "memory.none");
	else
		e = model_learn(&out->of[number], lesson, f);
	histogram_free(&own);
	return e;
}

enum err models_learn(struct models *out, const struct records *r, struct memo *memo,
		      const struct histogram *patterns, struct fault *f)
{
	struct strangers *seen = calloc(SCRIPTS_COUNT, sizeof(*seen));
	struct lesson lesson = { .records = r };
	double all = 0;
	enum err e = OK;

	memset(out, 0, sizeof(*out));
	if (!seen)
		return fault(f, ERR_MEMORY, "memory.none");
	strangers_count(seen, r, memo);
	for (unsigned i = 0; i < SCRIPTS_COUNT; i++)
		all += seen[i].pairs;
	choose(out, seen);
	for (unsigned i = 0; !e && i < SCRIPTS_COUNT; i++) {
		lesson.strangers = &seen[i];
		lesson.share = all > 0 ? seen[i].pairs / all : 1;
		if (out->which[i] == i)
			e = learn_one(out, i, &lesson, patterns, f);
	}
	free(seen);
	return e;
}

double models_doubles(const struct models *m)
{
	double sum = 0;

	for (unsigned i = 0; i < SCRIPTS_COUNT; i++)
		sum += m->of[i].doubles;
	return sum;
}

float models_expect(struct models *m, double doubles)
{
	double times = fmax(1, doubles / models_doubles(m));
	float bits = (float)log2(times);

	for (unsigned i = 0; i < SCRIPTS_COUNT; i++) {
		m->of[i].doubles *= times;
		m->of[i].prior_bits += bits;
	}
	return bits;
}

void models_worth(const struct models *m, float least, struct worth out[SCRIPTS_COUNT])
{
	for (unsigned i = 0; i < SCRIPTS_COUNT; i++) {
		const struct model *of = model_for(m, (uint64_t)i << SCRIPTS_AT);

		out[i] = (struct worth){ of->prior_bits, least, of->level_bits, { 0 } };
		for (unsigned k = 0; k < of->records->columns_count; k++)
			for (unsigned level = 1; level < LEVELS_MAX; level++)
				out[i].most[k] = fmaxf(out[i].most[k], of->level_bits[k][level]);
	}
}
