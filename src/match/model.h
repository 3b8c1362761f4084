/*
 * model: what each level of agreement is worth, learned from the lists themselves.
 *
 * Pairs are of three kinds: doubles (one person), relatives (other people who share a
 * father, a family, an address), and strangers.  In each kind a column has its level
 * independently of the others.  How strangers agree is counted over random pairs, from a
 * fixed seed; the rest is expectation and maximisation over the histogram of patterns, with
 * what is known of such lists as so many pairs seen before.  A double is worth
 *
 *     bits = log2 (doubles / all pairs) + sum of log2 (m of the level / u of the level)
 *            - log2 (1 + what relatives explain / what strangers explain)
 *
 * and its probability is that of 2^bits against 1.
 */
#pragma once

#include "match/compare.h"
#include "match/histogram.h"

struct scored {
	uint32_t a, b;
	uint64_t pattern;
	float rarity, shared; /* of all columns; of those that relatives share */
	float bits;
};

struct model {
	const struct records *records;
	double pairs_all;	   /* pairs that there are */
	double doubles, relatives; /* how many of them */
	double m[COLUMNS_MAX][LEVELS_MAX], r[COLUMNS_MAX][LEVELS_MAX], u[COLUMNS_MAX][LEVELS_MAX];
	float level_bits[COLUMNS_MAX][LEVELS_MAX]; /* of m against u, never falling */
	float prior_bits;
};

/* From the patterns of the candidates, settled. */
MUST_USE enum err model_learn(struct model *out, const struct records *r,
			      const struct histogram *patterns, struct fault *f);
/* Whether relatives do not share it more than strangers: a given name, sex, a number. */
bool column_is_own(const struct column *c);
/*
 * What relatives take away from a pattern, in bits; <= 0.  They share a rare name as doubles
 * do: `shared` is its rarity.
 */
float model_relatives_bits(const struct model *m, uint64_t pattern, float shared);
float model_bits(const struct model *m, const struct scored *p);
double probability_of(float bits);
