/*
 * model: what each level of agreement is worth, learned from the lists themselves.
 *
 * Pairs are of four kinds: doubles (one person), relatives (other people who share a
 * father, a family, an address), namesakes (other people whose names agree more often than
 * chance in each name alone would have it: names go by region, language and desk), and
 * strangers.  In each kind a column has its level independently of the others.  How
 * strangers agree is counted over random pairs, from a fixed seed; the rest is expectation
 * and maximisation over the histogram of patterns, with what is known of such lists as so
 * many pairs seen before.  A double is worth
 *
 *     bits = log2 (doubles / all pairs) + sum of log2 (m of the level / u of the level)
 *            - log2 (1 + what relatives and namesakes explain / what strangers explain)
 *
 * and its probability is that of 2^bits against 1.
 */
#pragma once

#include "match/histogram.h"
#include "match/strangers.h"

struct scored {
	uint32_t a, b;
	uint64_t pattern;
	float rarity, shared; /* of all columns; of those that relatives share */
	float bits;
};

/* Who agree on more than strangers do, and are not one person. */
enum other { RELATIVES, NAMESAKES, OTHERS };

struct model {
	const struct records *records;
	enum scripts scripts;
	double share;			/* of all pairs, those in these letters */
	double pairs_all;		/* how many these are */
	double doubles, others[OTHERS]; /* how many of them */
	/* How often each level is seen in doubles, others, and strangers. */
	double m[COLUMNS_MAX][LEVELS_MAX];
	double o[OTHERS][COLUMNS_MAX][LEVELS_MAX];
	double u[COLUMNS_MAX][LEVELS_MAX];
	double unknown[COLUMNS_MAX]; /* the share of pairs of which one side does not know it */
	float lift[COLUMNS_MAX][LEVELS_MAX]; /* bits that rare values give strangers on the whole */
	float level_bits[COLUMNS_MAX][LEVELS_MAX];	   /* of m against u, never falling */
	float other_bits[OTHERS][COLUMNS_MAX][LEVELS_MAX]; /* never rising faster than those */
	float prior_bits, other_prior[OTHERS];
};

/* What one learns from: the pairs whose names are written in these letters. */
struct lesson {
	const struct records *records;
	enum scripts scripts;
	double share; /* of all pairs, these */
	const struct strangers *strangers;
	const struct histogram *patterns; /* of the candidates, settled */
};
MUST_USE enum err model_learn(struct model *out, const struct lesson *l, struct fault *f);
/*
 * What relatives, and then namesakes, take away from a pattern, in bits; <= 0.  Relatives
 * share a rare name as doubles do: `shared` is its rarity.  Namesakes share it by chance.
 */
void model_others_bits(const struct model *m, uint64_t pattern, float shared, float out[OTHERS]);
float model_bits(const struct model *m, const struct scored *p);
double probability_of(float bits);
