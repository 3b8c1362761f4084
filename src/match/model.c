/* The model: random pairs, and EM on a histogram. */
#include "match/model.h"

#include <math.h>
#include <stdlib.h>

#define RANDOM_PAIRS 200000
#define ROUNDS 40
#define PRIOR_PAIRS 40.0 /* what is known of such lists weighs like so many doubles */
#define MOST 30.0f	 /* bits of one column */

/* What is known before: how often doubles have each level, from 1. */
static const double known_m[][LEVELS_MAX] = {
	[COLUMN_NAME] = { 0, 0.02, 0.03, 0.05, 0.14, 0.30, 0.44, 0.02 },
	[COLUMN_SEX] = { 0, 0.02, 0.005, 0.005, 0.97 },
	[COLUMN_BIRTH] = { 0, 0.02, 0.05, 0.06, 0.04, 0.25, 0.08, 0.50 },
	[COLUMN_AREA] = { 0, 0.35, 0.01, 0.04, 0.60 },
	[COLUMN_DOCUMENT] = { 0, 0.05, 0.02, 0.05, 0.88 },
	[COLUMN_TEXT] = { 0, 0.15, 0.05, 0.10, 0.70 },
	[COLUMN_CODE] = { 0, 0.10, 0.05, 0.10, 0.75 },
	[COLUMN_NUMBER] = { 0, 0.10, 0.05, 0.10, 0.75 },
};

/* --- strangers -------------------------------------------------------------------------- */

static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15ull;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ z >> 27) * 0x94d049bb133111ebull;
	return z ^ z >> 31;
}

/* The chance that two strangers have one value, exactly. */
static double chance_same(const struct column *c)
{
	double all = 0, same = 0;

	for (uint32_t i = 1; i <= c->strings.count; i++) {
		double n = c->strings.counts[i];

		all += n;
		same += n * (n - 1);
	}
	return all > 1 ? same / (all * (all - 1)) : 0;
}

static enum err learn_strangers(struct model *out, struct fault *f)
{
	const struct records *r = out->records;
	uint32_t second = r->second < r->count ? r->second : 0;
	uint64_t state = 1;
	struct memo *memo;
	struct compared c;
	enum err e;

	if ((e = memo_new(&memo, r, f)))
		return e;
	for (unsigned i = 0; i < RANDOM_PAIRS && r->count > 1; i++) {
		uint32_t a = (uint32_t)(next_random(&state) % (second ? second : r->count));
		uint32_t b = second + (uint32_t)(next_random(&state) % (r->count - second));

		if (a == b)
			continue;
		compare(&c, memo, a, b);
		for (unsigned k = 0; k < r->columns_count; k++)
			out->u[k][level_in(c.pattern, k)]++;
	}
	memo_free(memo);
	for (unsigned k = 0; k < r->columns_count; k++) {
		unsigned top = levels_of(r->columns[k].sort);
		unsigned at_best = level_same(r->columns[k].sort);
		double sum = 0, same = chance_same(&r->columns[k]);

		for (unsigned l = 1; l <= top; l++)
			sum += out->u[k][l] += 0.5;
		for (unsigned l = 1; l <= top; l++)
			out->u[k][l] /= sum;
		/* What random pairs are too few for. */
		if (out->u[k][at_best] * sum < 20 && same > 0)
			out->u[k][at_best] = same;
		out->u[k][0] = 1;
	}
	return OK;
}

/* --- expectation and maximisation ---------------------------------------------------------- */

static double product(const double by_level[COLUMNS_MAX][LEVELS_MAX], unsigned columns,
		      uint64_t pattern)
{
	double p = 1;

	for (unsigned k = 0; k < columns; k++)
		p *= by_level[k][level_in(pattern, k)];
	return p;
}

bool column_is_own(const struct column *c)
{
	return c->sort == COLUMN_SEX || c->sort == COLUMN_DOCUMENT ||
	       (c->sort == COLUMN_NAME &&
		(!strcmp(c->name, "given") || !strcmp(c->name, "full_name")));
}

/* How often relatives have a level, before anything is learned: brothers and sisters are
 * born as strangers are, until it is learned that they are nearer. */
static double known_r(const struct model *m, unsigned k, unsigned level)
{
	const struct column *c = &m->records->columns[k];

	if (column_is_own(c) || c->sort == COLUMN_BIRTH)
		return m->u[k][level];
	return known_m[c->sort][level];
}

/* A list that knows fathers or households is one of families: relatives are many. */
static bool knows_families(const struct records *r)
{
	for (unsigned k = 0; k < r->columns_count; k++)
		if (!strcmp(r->columns[k].name, "father") ||
		    !strcmp(r->columns[k].name, "grandfather"))
			return true;
	return r->household_names.count > 0;
}

static void begin(struct model *m)
{
	const struct records *r = m->records;
	double n = r->count, second = r->count - r->second;

	m->pairs_all = second > 0 ? r->second * second : n * (n - 1) / 2;
	m->doubles = second > 0 ? fmin(r->second, second) / 2 : n / 10;
	m->relatives = knows_families(r) ? n : n / 50;
	for (unsigned k = 0; k < r->columns_count; k++) {
		m->m[k][0] = m->r[k][0] = 1;
		for (unsigned l = 1; l <= levels_of(r->columns[k].sort); l++) {
			m->m[k][l] = known_m[r->columns[k].sort][l];
			m->r[k][l] = known_r(m, k, l);
		}
	}
}

struct sums {
	double doubles, relatives;
	double m[COLUMNS_MAX][LEVELS_MAX], r[COLUMNS_MAX][LEVELS_MAX];
};

static void expect(const struct model *m, const struct histogram *h, struct sums *s)
{
	unsigned columns = m->records->columns_count;

	memset(s, 0, sizeof(*s));
	for (size_t i = 0; i < h->count; i++) {
		uint64_t pattern = h->at[i].pattern - 1;
		double d, r, u;

		d = m->doubles * product(m->m, columns, pattern);
		r = m->relatives * product(m->r, columns, pattern);
		u = m->pairs_all * product(m->u, columns, pattern);
		d *= h->at[i].count / (d + r + u);
		r *= h->at[i].count / (r + u + d);
		s->doubles += d;
		s->relatives += r;
		for (unsigned k = 0; k < columns; k++) {
			s->m[k][level_in(pattern, k)] += d;
			s->r[k][level_in(pattern, k)] += r;
		}
	}
}

/*
 * In the first rounds doubles are what is known of them, and only how many there are is
 * learned: else siblings, of whom there are more, become doubles with other given names.
 */
#define ROUNDS_KNOWN 10
#define OTHER_NAME_MOST 0.05 /* of doubles have another given name altogether */

/* Few relatives are twins: a day of birth says that it is one person, whatever the lists. */
#define TWINS_MOST 0.02

static void learn_relatives(struct model *m, const struct sums *s, unsigned k, double of_r)
{
	const struct column *c = &m->records->columns[k];

	for (unsigned l = 1; !column_is_own(c) && l <= levels_of(c->sort); l++)
		m->r[k][l] = (s->r[k][l] + PRIOR_PAIRS * known_r(m, k, l)) / of_r;
	for (unsigned l = BIRTH_SLIP; c->sort == COLUMN_BIRTH && l <= BIRTH_SAME; l++)
		if (m->r[k][l] > TWINS_MOST)
			m->r[k][l] = TWINS_MOST;
}

static void learn_column(struct model *m, const struct sums *s, unsigned k, double of_m)
{
	const struct column *c = &m->records->columns[k];

	for (unsigned l = 1; l <= levels_of(c->sort); l++)
		m->m[k][l] = (s->m[k][l] + PRIOR_PAIRS * known_m[c->sort][l]) / of_m;
	if (c->sort == COLUMN_NAME && column_is_own(c) && m->m[k][NAME_DIFFERS] > OTHER_NAME_MOST)
		m->m[k][NAME_DIFFERS] = OTHER_NAME_MOST;
}

static void maximise(struct model *m, const struct sums *s, bool known)
{
	const struct records *r = m->records;

	m->doubles = s->doubles + 1;
	m->relatives = m->relatives > 0 ? s->relatives + 1 : 0;
	for (unsigned k = 0; k < r->columns_count; k++) {
		unsigned top = levels_of(r->columns[k].sort);
		double of_m = PRIOR_PAIRS, of_r = PRIOR_PAIRS;

		for (unsigned l = 1; l <= top; l++) {
			of_m += s->m[k][l];
			of_r += s->r[k][l];
		}
		learn_relatives(m, s, k, of_r);
		if (!known)
			learn_column(m, s, k, of_m);
	}
}

/* Levels that would be worth less than the one below are taken together with it. */
static void make_monotone(struct model *m, unsigned k)
{
	enum column_sort sort = m->records->columns[k].sort;
	unsigned top = level_same(sort);
	float *bits = m->level_bits[k];

	bits[0] = 0;
	for (unsigned l = 1; l <= top; l++) {
		double of_m = m->m[k][l], of_u = m->u[k][l];

		bits[l] = (float)log2(of_m / of_u);
		for (unsigned below = l; below > 1 && bits[below] < bits[below - 1]; below--) {
			of_m += m->m[k][below - 1];
			of_u += m->u[k][below - 1];
			for (unsigned i = below - 1; i <= l; i++)
				bits[i] = (float)log2(of_m / of_u);
		}
	}
	for (unsigned l = top + 1; l <= levels_of(sort); l++)
		bits[l] = (float)log2(m->m[k][l] / m->u[k][l]);
	for (unsigned l = 1; l <= levels_of(sort); l++)
		bits[l] = bits[l] > MOST ? MOST : bits[l] < -MOST ? -MOST : bits[l];
	/* To agree wholly never speaks against it. */
	if (bits[top] < 0)
		bits[top] = 0;
}

/*
 * Brothers and sisters are seldom born in one year.  Where most of the relatives are, they
 * are doubles under another given name, and the list is one without families: else what
 * such doubles share would be held against all.
 */
#define BORN_TOGETHER_MOST 0.5

static bool are_no_relatives(const struct model *m, const struct sums *s)
{
	double together = 0, all = 0;

	for (unsigned k = 0; k < m->records->columns_count; k++)
		for (unsigned l = 1; m->records->columns[k].sort == COLUMN_BIRTH && l < LEVELS_MAX;
		     l++) {
			all += s->r[k][l];
			together += l >= BIRTH_YEAR ? s->r[k][l] : 0;
		}
	return together > BORN_TOGETHER_MOST * all;
}

static void fit(struct model *m, const struct histogram *h, bool families, struct sums *sums)
{
	begin(m);
	if (!families)
		m->relatives = 0;
	for (unsigned i = 0; i < ROUNDS; i++) {
		expect(m, h, sums);
		maximise(m, sums, i < ROUNDS_KNOWN);
	}
}

enum err model_learn(struct model *out, const struct records *r, const struct histogram *patterns,
		     struct fault *f)
{
	struct sums sums;
	enum err e;

	memset(out, 0, sizeof(*out));
	out->records = r;
	if ((e = learn_strangers(out, f)))
		return e;
	fit(out, patterns, true, &sums);
	if (are_no_relatives(out, &sums))
		fit(out, patterns, false, &sums);
	for (unsigned k = 0; k < r->columns_count; k++)
		make_monotone(out, k);
	out->prior_bits = out->pairs_all > 0 ? (float)log2(out->doubles / out->pairs_all) : 0;
	return OK;
}

float model_relatives_bits(const struct model *m, uint64_t pattern, float shared)
{
	unsigned columns = m->records->columns_count;
	double r = m->relatives * product(m->r, columns, pattern);
	double u = m->pairs_all * product(m->u, columns, pattern);

	return -(float)log2(1 + r / u * exp2((double)shared));
}

float model_bits(const struct model *m, const struct scored *p)
{
	float bits = m->prior_bits + model_relatives_bits(m, p->pattern, p->shared) + p->rarity;

	for (unsigned k = 0; k < m->records->columns_count; k++)
		bits += m->level_bits[k][level_in(p->pattern, k)];
	return bits;
}

double probability_of(float bits)
{
	return 1 / (1 + exp2(-(double)bits));
}
