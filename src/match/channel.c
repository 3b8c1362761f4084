/*
 * The channel: its chains, its table of costs, and what it is worth.
 */
#include "match/channel.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "match/counts.h"

static const char pair_names[PAIRS_COUNT][3] = {
	"aa", "ee", "oo", "ou", "ai", "ay", "ei", "ey", "au", "aw", "ow", "ie", "iy",
	"ii", "uu", "ae", "ah", "eh", "oe", "ue", "eu", "ia", "ya", "ye", "wa", "sh",
	"ch", "kh", "gh", "zh", "th", "dh", "ph", "bh", "jh", "ts", "dz", "ck", "qh",
};

const char *channel_pair(unsigned piece)
{
	assert(piece > 26 && piece < PIECES_COUNT);
	return pair_names[piece - 27];
}

/* --- chains --------------------------------------------------------------------------- */

enum beside { NONE, CONSONANT, VOWEL };

static bool letter_is_vowel(uint8_t letter)
{
	switch (letter) {
	case LETTER_ALEF:
	case LETTER_WAW:
	case LETTER_YEH:
	case LETTER_EYEH:
	case LETTER_A:
	case LETTER_A + 'e' - 'a':
	case LETTER_A + 'i' - 'a':
	case LETTER_A + 'o' - 'a':
	case LETTER_A + 'u' - 'a': return true;
	default: return false;
	}
}

static void chain_add(struct chain *c, unsigned unit, enum beside before, enum beside after)
{
	c->at[c->count].unit = (uint8_t)unit;
	c->at[c->count++].context = (uint8_t)(before * 3 + after);
}

/* The piece that begins at letter `i` of a Latin token, the longer one where there are two. */
static unsigned piece_at(const struct channel *c, const struct token *t, unsigned i)
{
	unsigned first = t->letters[i] - LETTER_A;
	unsigned pair = i + 1u < t->size ? c->pairs[first][t->letters[i + 1] - LETTER_A] : 0;

	return pair ? pair : 1 + first;
}

static bool piece_is_pair(unsigned piece)
{
	return piece > 26;
}

/* The letter with which a unit begins that is no gap. */
static uint8_t first_letter(unsigned unit)
{
	unsigned piece = unit - UNITS_LATIN;

	if (unit < UNITS_LATIN)
		return (uint8_t)unit;
	return (uint8_t)(LETTER_A + (piece_is_pair(piece) ? (unsigned)(channel_pair(piece)[0] - 'a')
							  : piece - 1));
}

unsigned channel_gap_before(unsigned unit, unsigned context)
{
	enum beside before = context / 3;

	return before * 3 + (letter_is_vowel(first_letter(unit)) ? VOWEL : CONSONANT);
}

static void add_rests(struct chain *c, const struct channel *channel, bool to_latin)
{
	c->rest[c->count] = 0;
	for (unsigned i = c->count; i-- > 0;)
		c->rest[i] =
			c->rest[i + 1] + channel->most[c->at[i].unit][c->at[i].context][to_latin];
}

/* All of a chain but what the rests of it can give. */
static void chain_units(struct chain *out, const struct channel *c, const struct token *t)
{
	bool latin = token_is_latin(t);
	unsigned gap = latin ? UNITS_LATIN : 0;
	enum beside beside = NONE;
	unsigned i = 0;

	out->count = 0;
	while (i < t->size) {
		unsigned unit = t->letters[i], size = 1;
		enum beside is = letter_is_vowel(t->letters[i]) ? VOWEL : CONSONANT, after;

		if (latin) {
			unsigned piece = piece_at(c, t, i);

			unit = UNITS_LATIN + piece;
			size = piece_is_pair(piece) ? 2 : 1;
		}
		i += size;
		after = i >= t->size ? NONE : letter_is_vowel(t->letters[i]) ? VOWEL : CONSONANT;
		chain_add(out, gap, beside, is);
		chain_add(out, unit, beside, after);
		beside = is;
	}
	chain_add(out, gap, beside, NONE);
}

void chain_of(struct chain *out, const struct channel *c, const struct token *t, bool to_latin)
{
	chain_units(out, c, t);
	add_rests(out, c, to_latin);
}

/* --- costs ---------------------------------------------------------------------------- */

static int larger(int a, int b)
{
	return a > b ? a : b;
}

void results_of(struct results *out, const struct channel *c, const struct token *t)
{
	bool latin = token_is_latin(t);

	out->size = t->size;
	out->nothing = latin ? 0 : RESULTS_ARABIC;
	for (unsigned i = 0; i < t->size; i++) {
		unsigned piece = latin ? piece_at(c, t, i) : 0;

		out->one[i] = (uint8_t)(latin ? 1 + t->letters[i] - LETTER_A
					      : RESULTS_ARABIC + t->letters[i]);
		out->two[i] = (uint8_t)(piece_is_pair(piece) ? piece : 0);
	}
}

int channel_cost(const struct channel *c, const struct chain *from, const struct token *to,
		 int least)
{
	int best[TOKEN_LETTERS_MAX + 1];
	struct results r;

	if (from->rest[0] < least)
		return NEVER;
	results_of(&r, c, to);
	best[0] = 0;
	for (unsigned j = 1; j <= r.size; j++)
		best[j] = NEVER;
	for (unsigned i = 0; i < from->count; i++) {
		const int16_t *cost = c->cost[from->at[i].unit][from->at[i].context];
		int nothing = cost[r.nothing], most = NEVER;

		/* From the end, so that each place still has what it had before this unit. */
		for (unsigned j = r.size; j > 0; j--) {
			int b = larger(best[j] + nothing, best[j - 1] + cost[r.one[j - 1]]);

			if (j > 1 && r.two[j - 2])
				b = larger(b, best[j - 2] + cost[r.two[j - 2]]);
			best[j] = b;
			most = larger(most, b);
		}
		best[0] += nothing;
		if (larger(most, best[0]) + from->rest[i + 1] < least)
			return NEVER;
	}
	return best[r.size];
}

int channel_plain(const struct channel *c, const struct token *t)
{
	unsigned before = 0;
	int sum = 0;

	for (unsigned i = 0; i < t->size; i++) {
		sum += c->pair_cost[before][t->letters[i]];
		before = t->letters[i];
	}
	return sum + c->pair_cost[before][0];
}

/* --- from counts to costs ------------------------------------------------------------- */

/*
 * What a unit gives before anything is learned, and what learned counts are smoothed
 * with: `seed` for a unit, and the unit as a whole for the unit in a context.
 */
#define SEED_WEIGHT 6.0
#define CONTEXT_WEIGHT 4.0
#define SPREAD 0.04 /* of the seed, over all results of the script: a slip of the pen */

/* None is above 0. */
static int16_t cost_of_bits(double bits)
{
	return bits < -16.0 ? -16 * BIT : (int16_t)(bits * BIT - 0.5);
}

static int16_t cost_of(double p)
{
	return cost_of_bits(log2(p));
}

static const char *sounds_of(unsigned letter)
{
	static const char *const sounds[] = {
		"-",
#define LETTER(name, class, sounds, point, others) sounds,
#include "match/letters.def"
#undef LETTER
	};

	return sounds[letter];
}

/* Whether a sound of one letter is one of another; *share: how many of its own. */
static double sounds_shared(unsigned a, unsigned b)
{
	const char *at = sounds_of(a);
	double all = 0, shared = 0;

	while (*at) {
		size_t size = strcspn(at, " ");
		const char *other = sounds_of(b);

		for (; *other; other += strcspn(other, " "), other += *other == ' ')
			shared += strcspn(other, " ") == size && !memcmp(other, at, size) &&
				  *at != '-';
		all++;
		at += size;
		at += *at == ' ';
	}
	return shared / all;
}

static bool piece_is_vowel(unsigned piece)
{
	const char *name = piece > 26 ? pair_names[piece - 27] : NULL;

	return name ? strchr("aeiouyw", name[0]) != NULL
		    : piece && letter_is_vowel((uint8_t)(LETTER_A + piece - 1));
}

static unsigned piece_of(const struct channel *c, const char *name, size_t size)
{
	if (size == 1 && *name == '-')
		return 0;
	return size == 1 ? 1u + (unsigned)(*name - 'a') : c->pairs[name[0] - 'a'][name[1] - 'a'];
}

/* Shares of one row of results; `from` and `to` bound those of a script. */
static void seed_spread(double *seed, unsigned from, unsigned to, bool (*only)(unsigned))
{
	unsigned count = 0;

	for (unsigned i = from; i < to; i++)
		count += !only || only(i);
	for (unsigned i = from; i < to; i++)
		seed[i] += !only || only(i) ? SPREAD / count : SPREAD / 20 / (to - from);
}

static void seed_arabic_letter(const struct channel *c, double *seed, unsigned letter)
{
	const char *at = sounds_of(letter);
	double share = 0.5;

	/* The first sound is the most likely one. */
	while (*at) {
		size_t size = strcspn(at, " ");

		seed[piece_of(c, at, size)] += share;
		share /= 2;
		at += size;
		at += *at == ' ';
	}
	for (unsigned other = 1; other <= LETTERS_ARABIC; other++)
		seed[RESULTS_ARABIC + other] += 0.1 * sounds_shared(letter, other);
	seed[RESULTS_ARABIC + letter] += 0.9;
	if (letter_is_vowel((uint8_t)letter))
		seed[RESULTS_ARABIC] += 0.2;
}

static void seed_gap(double *seed, bool latin)
{
	seed[0] = latin ? 0.9 : 0.5;
	seed_spread(seed, 1, PIECES_COUNT, piece_is_vowel);
	seed[1] += latin ? 0.01 : 0.2;
	seed[RESULTS_ARABIC] = 0.95;
	seed[RESULTS_ARABIC + LETTER_ALEF] += 0.01;
	seed[RESULTS_ARABIC + LETTER_WAW] += 0.01;
	seed[RESULTS_ARABIC + LETTER_YEH] += 0.01;
}

static void seed_latin_piece(double *seed, unsigned piece)
{
	seed[piece] = 0.8;
	seed[0] += piece_is_vowel(piece) ? 0.1 : 0.02;
	for (unsigned other = 1; piece_is_vowel(piece) && other < PIECES_COUNT; other++)
		if (piece_is_vowel(other))
			seed[other] += 0.005;
}

/* The seed of each unit, as shares of each script. */
static void seed_of(const struct channel *c, double seed[RESULTS_COUNT], unsigned unit)
{
	double sums[2] = { 0, 0 };

	memset(seed, 0, sizeof(double) * RESULTS_COUNT);
	if (unit == 0 || unit == UNITS_LATIN)
		seed_gap(seed, unit == UNITS_LATIN);
	else if (unit < UNITS_LATIN)
		seed_arabic_letter(c, seed, unit);
	else
		seed_latin_piece(seed, unit - UNITS_LATIN);
	seed_spread(seed, 0, RESULTS_ARABIC, NULL);
	seed_spread(seed, RESULTS_ARABIC, RESULTS_COUNT, NULL);
	for (unsigned i = 0; i < RESULTS_COUNT; i++)
		sums[i >= RESULTS_ARABIC] += seed[i];
	for (unsigned i = 0; i < RESULTS_COUNT; i++)
		seed[i] /= sums[i >= RESULTS_ARABIC];
}

/* out = (counts + weight * backoff) as shares of the results from … to. */
static void blend(double *out, const double *counts, const double *backoff, double weight,
		  unsigned from, unsigned to)
{
	double sum = weight;

	for (unsigned i = from; i < to; i++)
		sum += counts[i];
	for (unsigned i = from; i < to; i++)
		out[i] = (counts[i] + weight * backoff[i]) / sum;
}

static void blend_both(double *out, const double *counts, const double *backoff, double weight)
{
	blend(out, counts, backoff, weight, 0, RESULTS_ARABIC);
	blend(out, counts, backoff, weight, RESULTS_ARABIC, RESULTS_COUNT);
}

/* What a unit gives in any context, and log2 of its part where a context never gave it: most
 * are of that sort. */
struct smoothing {
	double whole[RESULTS_COUNT], unseen[RESULTS_COUNT];
};

static void smoothing_of(struct smoothing *out, const struct channel *c,
			 const struct channel_counts *n, unsigned unit)
{
	double seed[RESULTS_COUNT];

	memset(out, 0, sizeof(*out));
	for (unsigned k = 0; k < CONTEXTS_COUNT; k++)
		for (unsigned i = 0; i < RESULTS_COUNT; i++)
			out->whole[i] += n->gave[unit][k][i];
	seed_of(c, seed, unit);
	blend_both(out->whole, out->whole, seed, SEED_WEIGHT);
	for (unsigned i = 0; i < RESULTS_COUNT; i++)
		out->unseen[i] = log2(CONTEXT_WEIGHT * out->whole[i]);
}

/* log2 of (counts + CONTEXT_WEIGHT * whole) as shares of the results from … to; gives the
 * largest. */
static int16_t costs_of_script(int16_t *out, const double *counts, const struct smoothing *with,
			       unsigned from, unsigned to)
{
	double sum = CONTEXT_WEIGHT, all;
	int16_t most = INT16_MIN;

	for (unsigned i = from; i < to; i++)
		sum += counts[i];
	all = log2(sum);
	for (unsigned i = from; i < to; i++) {
		double bits = with->unseen[i];

		if (counts[i] > 0)
			bits = log2(counts[i] + CONTEXT_WEIGHT * with->whole[i]);
		out[i] = cost_of_bits(bits - all);
		if (out[i] > most)
			most = out[i];
	}
	return most;
}

static void costs_of_unit(struct channel *out, const struct channel_counts *n, unsigned unit)
{
	struct smoothing with;

	smoothing_of(&with, out, n, unit);
	for (unsigned k = 0; k < CONTEXTS_COUNT; k++) {
		const double *counts = n->gave[unit][k];
		int16_t *cost = out->cost[unit][k], *most = out->most[unit][k];

		most[1] = costs_of_script(cost, counts, &with, 0, RESULTS_ARABIC);
		most[0] = costs_of_script(cost, counts, &with, RESULTS_ARABIC, RESULTS_COUNT);
	}
}

/* Pairs of letters, half of a pair's weight from the second alone where it is rare. */
static void costs_of_pairs(struct channel *out, const struct channel_counts *n, unsigned from,
			   unsigned to)
{
	double alone[LETTERS] = { 0 }, all = 0;

	for (unsigned a = 0; a < LETTERS; a++)
		for (unsigned b = from; b < to && (a == 0 || (a >= from && a < to)); b++)
			alone[b] += n->followed[a][b];
	for (unsigned b = from; b < to; b++)
		all += ++alone[b];
	for (unsigned a = 0; a < LETTERS; a++) {
		double sum = 4, ends = n->followed[a][0];

		if (a && (a < from || a >= to))
			continue;
		for (unsigned b = from; b < to; b++)
			sum += n->followed[a][b];
		for (unsigned b = from; b < to; b++)
			out->pair_cost[a][b] =
				cost_of((n->followed[a][b] + 4 * alone[b] / all) / (sum + ends));
		if (a)
			out->pair_cost[a][0] = cost_of((ends + 0.5) / (sum + ends));
	}
}

static void know_pairs(struct channel *out)
{
	memset(out->pairs, 0, sizeof(out->pairs));
	for (unsigned i = 0; i < PAIRS_COUNT; i++)
		out->pairs[pair_names[i][0] - 'a'][pair_names[i][1] - 'a'] = (uint8_t)(27 + i);
}

void channel_of_counts(struct channel *out, const struct channel_counts *n)
{
	memset(out, 0, sizeof(*out));
	know_pairs(out);
	for (unsigned unit = 0; unit < UNITS_COUNT; unit++)
		costs_of_unit(out, n, unit);
	costs_of_pairs(out, n, 1, LETTER_A);
	costs_of_pairs(out, n, LETTER_A, LETTERS);
}

enum err channel_new(struct channel **out, struct text counts, struct fault *f)
{
	struct channel_counts *n = calloc(1, sizeof(*n));
	struct channel *c = calloc(1, sizeof(*c));
	enum err e;

	if (!n || !c)
		e = fault(f, ERR_MEMORY, "memory.none");
	else
		e = counts_read(n, counts, f);
	if (!e) {
		channel_of_counts(c, n);
		*out = c;
		c = NULL;
	}
	free(c);
	free(n);
	return e;
}

void channel_free(struct channel *c)
{
	free(c);
}

/* --- learning ------------------------------------------------------------------------- */

/* Sums of probability: `before[i][j]` of the first i units giving the first j letters. */
struct sums {
	double before[CHAIN_MAX + 1][TOKEN_LETTERS_MAX + 1];
	double behind[CHAIN_MAX + 1][TOKEN_LETTERS_MAX + 1];
};

static double chance_of(int cost)
{
	return exp2((double)cost / BIT);
}

/* The next way on from letter `j`: its result and how many letters it takes; false: none. */
static bool next_way(const struct results *r, unsigned j, unsigned *size, unsigned *result)
{
	unsigned takes = *size;

	if (j + takes > r->size || (takes == 2 && !r->two[j]))
		return false;
	*result = takes == 0 ? r->nothing : takes == 1 ? r->one[j] : r->two[j];
	return true;
}

static void sum_up(struct sums *s, const struct channel *c, const struct chain *from,
		   const struct results *r)
{
	unsigned result;

	memset(s, 0, sizeof(*s));
	s->before[0][0] = 1;
	s->behind[from->count][r->size] = 1;
	for (unsigned i = 0; i < from->count; i++) {
		const int16_t *cost = c->cost[from->at[i].unit][from->at[i].context];

		for (unsigned j = 0; j <= r->size; j++)
			for (unsigned size = 0; size <= 2; size++)
				if (next_way(r, j, &size, &result))
					s->before[i + 1][j + size] +=
						s->before[i][j] * chance_of(cost[result]);
	}
	for (unsigned i = from->count; i-- > 0;) {
		const int16_t *cost = c->cost[from->at[i].unit][from->at[i].context];

		for (unsigned j = 0; j <= r->size; j++)
			for (unsigned size = 0; size <= 2; size++)
				if (next_way(r, j, &size, &result))
					s->behind[i][j] += s->behind[i + 1][j + size] *
							   chance_of(cost[result]);
	}
}

double channel_count_pair(struct channel_counts *n, const struct channel *c,
			  const struct token *from, const struct token *to, double weight)
{
	struct chain chain;
	struct results r;
	struct sums s;
	unsigned result;

	chain_of(&chain, c, from, token_is_latin(to));
	results_of(&r, c, to);
	sum_up(&s, c, &chain, &r);
	for (unsigned i = 0; i < chain.count; i++) {
		unsigned unit = chain.at[i].unit, context = chain.at[i].context;

		for (unsigned j = 0; j <= r.size; j++)
			for (unsigned size = 0; size <= 2; size++)
				if (next_way(&r, j, &size, &result))
					n->gave[unit][context][result] +=
						weight * s.before[i][j] *
						chance_of(c->cost[unit][context][result]) *
						s.behind[i + 1][j + size] / s.behind[0][0];
	}
	return log2(s.behind[0][0]);
}

void channel_count_word(struct channel_counts *n, const struct token *t, double weight)
{
	unsigned before = 0;

	for (unsigned i = 0; i < t->size; i++) {
		n->followed[before][t->letters[i]] += weight;
		before = t->letters[i];
	}
	n->followed[before][0] += weight;
}
