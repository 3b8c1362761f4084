/* The model: EM on a histogram. */
#include "match/model.h"

#include <math.h>
#include <stdlib.h>

#include "match/met.h"

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

/* In two scripts a name is hardly ever the same, and is spelled as the other one sounds. */
#define SAME_ACROSS 0.1

static double known_level(const struct model *m, enum column_sort sort, unsigned level)
{
	double known = known_m[sort][level], same = known_m[COLUMN_NAME][NAME_SAME];

	if (m->scripts != ACROSS_SCRIPTS || sort != COLUMN_NAME)
		return known;
	return level == NAME_SAME      ? SAME_ACROSS * known
	       : level == NAME_SPELLED ? known + (1 - SAME_ACROSS) * same
				       : known;
}

/* --- strangers -------------------------------------------------------------------------- */

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

/*
 * What is rare says more, what is frequent less; over all strangers who agree it comes to
 * nothing, or rare names would speak for doubles by being many.
 */
#define LIFT_PAIRS 20.0
#define LIFT_SHARE 0.75f

static void learn_lift(struct model *out, const struct strangers *s, unsigned k)
{
	for (unsigned l = 0; l < LEVELS_MAX; l++)
		out->lift[k][l] = LIFT_SHARE * (float)log2((s->rarities[k][l] + LIFT_PAIRS) /
							   (s->levels[k][l] + LIFT_PAIRS));
}

/*
 * Strangers who could be taken for one person have one given name, and with it mostly one
 * sex, and more often than others one province.  What only few strangers share is left as
 * it is: among those are too many doubles.
 */
#define SHARED_BY_MANY 0.05
#define NAME_PAIRS 50.0

static void learn_of_name(struct model *out, const struct strangers *s, unsigned k)
{
	const struct column *c = &out->records->columns[k];
	double all = NAME_PAIRS;

	if (c->sort == COLUMN_NAME || c->sort == COLUMN_BIRTH ||
	    out->u[k][level_same(c->sort)] < SHARED_BY_MANY)
		return;
	for (unsigned l = 1; l <= levels_of(c->sort); l++)
		all += s->of_name[k][l];
	for (unsigned l = 1; l <= levels_of(c->sort); l++)
		out->u[k][l] = (s->of_name[k][l] + NAME_PAIRS * out->u[k][l]) / all;
}

static void learn_strangers(struct model *out, const struct lesson *lesson)
{
	const struct strangers *seen = lesson->strangers;

	for (unsigned k = 0; k < out->records->columns_count; k++) {
		const struct column *c = &out->records->columns[k];
		unsigned top = levels_of(c->sort), at_best = level_same(c->sort);
		double sum = 0, same = chance_same(c);

		for (unsigned l = 1; l <= top; l++)
			sum += out->u[k][l] = seen->levels[k][l] + 0.5;
		for (unsigned l = 1; l <= top; l++)
			out->u[k][l] /= sum;
		out->unknown[k] = seen->levels[k][0] / (seen->levels[k][0] + sum);
		/* What random pairs are too few for; in two scripts no name is just the same. */
		if (out->u[k][at_best] * sum < 20 && same > 0 &&
		    !(lesson->scripts == ACROSS_SCRIPTS && c->sort == COLUMN_NAME))
			out->u[k][at_best] = same;
		out->u[k][0] = 1;
		learn_lift(out, seen, k);
		learn_of_name(out, seen, k);
	}
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

/*
 * How often others have a level, before anything is learned.  Brothers and sisters are born
 * as strangers are, until it is learned that they are nearer; of namesakes nothing but the
 * names is alike.
 */
static double known_other(const struct model *m, enum other o, unsigned k, unsigned level)
{
	const struct column *c = &m->records->columns[k];
	bool alike = o == RELATIVES ? !column_is_own(c) && c->sort != COLUMN_BIRTH
				    : c->sort == COLUMN_NAME;

	return alike ? known_level(m, c->sort, level) : m->u[k][level];
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

/* Namesakes can be told from doubles only where there is more than names and sex. */
static bool knows_more_than_names(const struct records *r)
{
	unsigned count = 0;

	for (unsigned k = 0; k < r->columns_count; k++)
		count += r->columns[k].sort != COLUMN_NAME && r->columns[k].sort != COLUMN_SEX;
	return count > 1;
}

static double pairs_of(const struct records *r)
{
	double n = r->count, second = r->count - r->second;

	return second > 0 ? r->second * second : n * (n - 1) / 2;
}

static void begin(struct model *m)
{
	const struct records *r = m->records;
	double n = r->count * m->share, second = (r->count - r->second) * m->share;

	m->doubles = second > 0 ? fmin(r->second * m->share, second) / 2 : n / 10;
	m->others[RELATIVES] = knows_families(r) ? n : n / 50;
	m->others[NAMESAKES] = knows_more_than_names(r) ? n / 10 : 0;
	for (unsigned k = 0; k < r->columns_count; k++) {
		m->m[k][0] = 1;
		for (unsigned l = 1; l <= levels_of(r->columns[k].sort); l++)
			m->m[k][l] = known_level(m, r->columns[k].sort, l);
		for (enum other o = 0; o < OTHERS; o++) {
			m->o[o][k][0] = 1;
			for (unsigned l = 1; l <= levels_of(r->columns[k].sort); l++)
				m->o[o][k][l] = known_other(m, o, k, l);
		}
	}
}

struct sums {
	double doubles, others[OTHERS];
	double m[COLUMNS_MAX][LEVELS_MAX], o[OTHERS][COLUMNS_MAX][LEVELS_MAX];
};

/* `met`: which columns may be learned from which pattern (met.h). */
static void expect(const struct model *m, const struct histogram *h, const uint32_t *met,
		   struct sums *s)
{
	unsigned columns = m->records->columns_count;

	memset(s, 0, sizeof(*s));
	for (size_t i = 0; i < h->count; i++) {
		uint64_t pattern = h->at[i].pattern - 1;
		double d, o[OTHERS], all;

		d = m->doubles * product(m->m, columns, pattern);
		all = d + m->pairs_all * product(m->u, columns, pattern);
		for (unsigned k = 0; k < OTHERS; k++)
			all += o[k] = m->others[k] * product(m->o[k], columns, pattern);
		d *= h->at[i].count / all;
		s->doubles += d;
		for (unsigned k = 0; k < columns; k++)
			s->m[k][level_in(pattern, k)] += met[i] >> k & 1 ? d : 0;
		for (unsigned x = 0; x < OTHERS; x++) {
			o[x] *= h->at[i].count / all;
			s->others[x] += o[x];
			for (unsigned k = 0; k < columns; k++)
				s->o[x][k][level_in(pattern, k)] += o[x];
		}
	}
}

/*
 * In the first rounds doubles are what is known of them, and only how many there are is
 * learned: else siblings, of whom there are more, become doubles with other given names.
 */
#define ROUNDS_KNOWN 10
#define OTHER_NAME_MOST 0.05 /* of doubles in a list of families have another name altogether */

/* Few relatives are twins: a day of birth says that it is one person, whatever the lists. */
#define TWINS_MOST 0.02

static bool is_learned(enum other o, const struct column *c)
{
	return o == RELATIVES ? !column_is_own(c) : c->sort != COLUMN_BIRTH;
}

static void learn_others(struct model *m, enum other o, const struct sums *s, unsigned k)
{
	const struct column *c = &m->records->columns[k];
	double all = PRIOR_PAIRS;

	for (unsigned l = 1; l <= levels_of(c->sort); l++)
		all += s->o[o][k][l];
	for (unsigned l = 1; is_learned(o, c) && l <= levels_of(c->sort); l++)
		m->o[o][k][l] = (s->o[o][k][l] + PRIOR_PAIRS * known_other(m, o, k, l)) / all;
	for (unsigned l = BIRTH_SLIP; c->sort == COLUMN_BIRTH && l <= BIRTH_SAME; l++)
		if (m->o[o][k][l] > TWINS_MOST)
			m->o[o][k][l] = TWINS_MOST;
}

static void learn_column(struct model *m, const struct sums *s, unsigned k)
{
	const struct column *c = &m->records->columns[k];
	double all = PRIOR_PAIRS;

	for (unsigned l = 1; l <= levels_of(c->sort); l++)
		all += s->m[k][l];
	for (unsigned l = 1; l <= levels_of(c->sort); l++)
		m->m[k][l] = (s->m[k][l] + PRIOR_PAIRS * known_level(m, c->sort, l)) / all;
	if (c->sort == COLUMN_NAME && knows_families(m->records) &&
	    m->m[k][NAME_DIFFERS] > OTHER_NAME_MOST)
		m->m[k][NAME_DIFFERS] = OTHER_NAME_MOST;
}

static void maximise(struct model *m, const struct sums *s, bool known)
{
	m->doubles = s->doubles + 1;
	for (enum other o = 0; o < OTHERS; o++)
		m->others[o] = m->others[o] > 0 ? s->others[o] + 1 : 0;
	for (unsigned k = 0; k < m->records->columns_count; k++) {
		for (enum other o = 0; o < OTHERS; o++)
			learn_others(m, o, s, k);
		if (!known)
			learn_column(m, s, k);
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
		double of_m = m->m[k][l], of_u = m->u[k][l] * exp2(m->lift[k][l]);

		bits[l] = (float)log2(of_m / of_u);
		for (unsigned below = l; below > 1 && bits[below] < bits[below - 1]; below--) {
			of_m += m->m[k][below - 1];
			of_u += m->u[k][below - 1] * exp2(m->lift[k][below - 1]);
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
 * Agreeing on one column more never speaks for others more than for doubles: else two
 * records would be less likely one person because they agree on more.  What relatives share
 * is another matter where no household is known: a father's name that agrees can say that
 * this is her sister.  Where households are, who is a sister shows in them, and nothing has
 * to be taken away for it.
 */
static void bound_others(struct model *m, enum other o, unsigned k)
{
	const struct column *c = &m->records->columns[k];
	bool is_shared = o == RELATIVES && !m->records->household_names.count &&
			 !column_is_own(c) && c->sort != COLUMN_BIRTH;
	const float *doubles = m->level_bits[k];
	float *bits = m->other_bits[o][k];

	bits[0] = 0;
	for (unsigned l = 1; l <= levels_of(c->sort); l++) {
		bits[l] = (float)log2(m->o[o][k][l] / m->u[k][l]);
		if (!is_shared && bits[l] > doubles[l])
			bits[l] = doubles[l];
	}
	for (unsigned l = level_same(c->sort); !is_shared && l > 1; l--)
		bits[l - 1] = fmaxf(bits[l - 1], bits[l] - (doubles[l] - doubles[l - 1]));
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
			all += s->o[RELATIVES][k][l];
			together += l >= BIRTH_YEAR ? s->o[RELATIVES][k][l] : 0;
		}
	return together > BORN_TOGETHER_MOST * all;
}

static void fit(struct model *m, const struct histogram *h, const uint32_t *met, bool families,
		struct sums *sums)
{
	begin(m);
	if (!families)
		m->others[RELATIVES] = 0;
	for (unsigned i = 0; i < ROUNDS; i++) {
		expect(m, h, met, sums);
		maximise(m, sums, i < ROUNDS_KNOWN);
	}
}

static void weigh_levels(struct model *m)
{
	for (unsigned k = 0; k < m->records->columns_count; k++) {
		make_monotone(m, k);
		for (enum other o = 0; o < OTHERS; o++)
			bound_others(m, o, k);
	}
	m->prior_bits = m->pairs_all > 0 ? (float)log2(m->doubles / m->pairs_all) : 0;
	for (enum other o = 0; o < OTHERS; o++)
		m->other_prior[o] = m->others[o] > 0 ? (float)log2(m->others[o] / m->pairs_all)
						     : -MOST * COLUMNS_MAX;
}

enum err model_learn(struct model *out, const struct lesson *l, struct fault *f)
{
	struct sums sums;
	uint32_t *met;

	memset(out, 0, sizeof(*out));
	out->records = l->records;
	out->scripts = l->scripts;
	out->share = l->share;
	out->pairs_all = pairs_of(l->records) * l->share;
	learn_strangers(out, l);
	met = met_columns(out, l->patterns);
	if (!met)
		return fault(f, ERR_MEMORY, "memory.none");
	fit(out, l->patterns, met, true, &sums);
	if (are_no_relatives(out, &sums))
		fit(out, l->patterns, met, false, &sums);
	free(met);
	weigh_levels(out);
	return OK;
}

static double share_of(const struct model *m, enum other o, uint64_t pattern, float shared)
{
	float bits = m->other_prior[o] + (o == RELATIVES ? shared : 0);

	for (unsigned k = 0; k < m->records->columns_count; k++)
		bits += m->other_bits[o][k][level_in(pattern, k)];
	return exp2((double)bits);
}

void model_others_bits(const struct model *m, uint64_t pattern, float shared, float out[OTHERS])
{
	double sum = 1;

	for (enum other o = 0; o < OTHERS; o++) {
		double before = sum;

		sum += share_of(m, o, pattern, shared);
		out[o] = -(float)log2(sum / before);
	}
}

float model_bits(const struct model *m, const struct scored *p)
{
	float bits = m->prior_bits + p->rarity, others[OTHERS];

	for (unsigned k = 0; k < m->records->columns_count; k++)
		bits += m->level_bits[k][level_in(p->pattern, k)];
	model_others_bits(m, p->pattern, p->shared, others);
	for (enum other o = 0; o < OTHERS; o++)
		bits += others[o];
	return bits;
}

double probability_of(float bits)
{
	return 1 / (1 + exp2(-(double)bits));
}
