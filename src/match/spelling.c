/*
 * One word against many: bounds, and the best chain of eight places at once.
 *
 * Sums are of 16 bits, and stand for how far a place lies above what is not told apart: 0 is
 * a place that nothing reaches, so that moving lanes along brings in places without a way.
 */
#include "match/spelling.h"

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* --- what is made once ---------------------------------------------------------------- */

static unsigned step_of(unsigned unit, unsigned context)
{
	return unit * CONTEXTS_COUNT + context;
}

void spelling_of(struct spelling *out, const struct channel *c, const struct token *t)
{
	struct chain chain;

	chain_of(&chain, c, t, false);
	*out = (struct spelling){ .token = *t,
				  .last = chain.at[chain.count - 1].context,
				  .plain = (int16_t)channel_plain(c, t) };
	/* Gaps are the first, the third, and so on. */
	for (unsigned i = 1; i < chain.count; i += 2)
		out->steps[out->count++] = (uint16_t)step_of(chain.at[i].unit, chain.at[i].context);
}

/* --- lanes ---------------------------------------------------------------------------- */

/* Where all begin, and a cost that leads nowhere: sums stay within 16 bits. */
#define HEIGHT 18000
#define NO_WAY (-18000)

static inline lanes higher(lanes a, lanes b)
{
	for (unsigned i = 0; i < LANES; i++)
		a[i] = a[i] > b[i] ? a[i] : b[i];
	return a;
}

/* Each place where the one before it was, the first one where the last of `before` was. */
static inline lanes moved(lanes a, lanes before)
{
	lanes none = { 0 };

	return __builtin_shufflevector(a, none, 8, 0, 1, 2, 3, 4, 5, 6) |
	       __builtin_shufflevector(before, none, 7, 8, 8, 8, 8, 8, 8, 8);
}

static inline lanes moved_by_two(lanes a, lanes before)
{
	lanes none = { 0 };

	return __builtin_shufflevector(a, none, 8, 8, 0, 1, 2, 3, 4, 5) |
	       __builtin_shufflevector(before, none, 6, 7, 8, 8, 8, 8, 8, 8);
}

static int highest(const lanes *at, unsigned parts)
{
	lanes most = at[0], none = { 0 };

	for (unsigned p = 1; p < parts; p++)
		most = higher(most, at[p]);
	most = higher(most, __builtin_shufflevector(most, none, 4, 5, 6, 7, 8, 8, 8, 8));
	most = higher(most, __builtin_shufflevector(most, none, 2, 3, 8, 8, 8, 8, 8, 8));
	return larger(most[0], most[1]);
}

/* --- bounds --------------------------------------------------------------------------- */

#define COST_UNKNOWN 1 /* no cost is above 0 */
#define PAIRS_FROM (PIECES_COUNT - PAIRS_COUNT)

static unsigned letter_of_pair(unsigned piece, unsigned i)
{
	return LETTER_A + (unsigned)(channel_pair(piece)[i] - 'a');
}

static const int16_t *costs_of(const struct channel *c, unsigned step)
{
	return c->cost[step / CONTEXTS_COUNT][step % CONTEXTS_COUNT];
}

/* The most that a unit gives of the token. */
static int most_of_step(const struct comparison *with, unsigned step)
{
	const int16_t *cost = costs_of(with->channel, step);
	const struct results *r = &with->results;
	int most = cost[r->nothing];

	for (unsigned j = 0; j < r->size; j++) {
		most = larger(most, cost[r->one[j]]);
		if (r->two[j])
			most = larger(most, cost[r->two[j]]);
	}
	return most;
}

/* The most that the token can give for each letter of a script.  Of a piece that stands for two
 * letters, each has half. */
static void letters_make(struct comparison *with, bool latin)
{
	const struct chain *chain = &with->chains[latin];
	unsigned from = latin ? 0 : RESULTS_ARABIC, to = latin ? RESULTS_ARABIC : RESULTS_COUNT;
	int16_t most[RESULTS_COUNT];

	for (unsigned r = from; r < to; r++)
		most[r] = INT16_MIN;
	for (unsigned i = 0; i < chain->count; i++) {
		const int16_t *cost = with->channel->cost[chain->at[i].unit][chain->at[i].context];

		for (unsigned r = from; r < to; r++)
			most[r] = cost[r] > most[r] ? cost[r] : most[r];
	}
	if (!latin) {
		memcpy(with->letters + 1, most + RESULTS_ARABIC + 1,
		       LETTERS_ARABIC * sizeof(*most));
		return;
	}
	memcpy(with->letters + LETTER_A, most + 1, 26 * sizeof(*most));
	for (unsigned piece = PAIRS_FROM; piece < PIECES_COUNT; piece++)
		for (unsigned i = 0; i < 2; i++) {
			int16_t *its = &with->letters[letter_of_pair(piece, i)];

			*its = (int16_t)larger(*its, most[piece] / 2);
		}
}

static int most_of_letters(const struct comparison *with, unsigned unit)
{
	unsigned piece = unit - UNITS_LATIN;

	if (unit < UNITS_LATIN)
		return with->letters[unit];
	if (piece < PAIRS_FROM)
		return with->letters[LETTER_A + piece - 1];
	return with->letters[letter_of_pair(piece, 0)] + with->letters[letter_of_pair(piece, 1)];
}

static void add_nothing(struct comparison *with, bool to_latin)
{
	const struct chain *chain = &with->chains[to_latin];
	unsigned nothing = to_latin ? 0 : RESULTS_ARABIC;
	int sum = 0;

	for (unsigned i = 0; i < CHAIN_LANES * LANES; i++) {
		with->nothing[to_latin][i / LANES][i % LANES] = (int16_t)larger(sum, INT16_MIN);
		if (i < chain->count)
			sum += with->channel
				       ->cost[chain->at[i].unit][chain->at[i].context][nothing];
	}
}

void comparison_with(struct comparison *out, const struct channel *c, const struct token *t)
{
	out->channel = c;
	out->token = *t;
	out->latin = token_is_latin(t);
	out->plain = channel_plain(c, t);
	chain_of(&out->chains[0], c, t, false);
	chain_of(&out->chains[1], c, t, true);
	results_of(&out->results, c, t);
	for (unsigned step = 0; step < STEPS_COUNT; step++)
		out->bounds[step].back = COST_UNKNOWN;
	memset(out->rows_made, 0, sizeof(out->rows_made));
	memset(out->columns_made, 0, sizeof(out->columns_made));
	add_nothing(out, false);
	add_nothing(out, true);
	letters_make(out, false);
	letters_make(out, true);
}

static bool is_gap(unsigned unit)
{
	return unit == 0 || unit == UNITS_LATIN;
}

static void bound_make(struct comparison *with, unsigned step)
{
	unsigned unit = step / CONTEXTS_COUNT, context = step % CONTEXTS_COUNT;
	struct bound *b = &with->bounds[step];
	unsigned gap;

	*b = (struct bound){ .back = (int16_t)most_of_step(with, step), .gap = (uint16_t)step };
	if (is_gap(unit))
		return;
	gap = step_of(unit < UNITS_LATIN ? 0 : UNITS_LATIN, channel_gap_before(unit, context));
	b->gap = (uint16_t)gap;
	b->back = (int16_t)(b->back + most_of_step(with, gap));
	b->there = (int16_t)most_of_letters(with, unit);
}

static const struct bound *bound_of(struct comparison *with, unsigned step)
{
	struct bound *b = &with->bounds[step];

	if (b->back == COST_UNKNOWN)
		bound_make(with, step);
	return b;
}

static unsigned gap_behind(const struct spelling *s)
{
	return step_of(token_is_latin(&s->token) ? UNITS_LATIN : 0, s->last);
}

/* What log2 P(token | other) and log2 P(other | token) are at most. */
struct most {
	int back, there;
};

/* Of each direction by itself. */
static struct most most_of(struct comparison *with, const struct spelling *other)
{
	int rest = with->chains[token_is_latin(&other->token)].rest[0];
	struct most most = { bound_of(with, gap_behind(other))->back, 0 };

	for (unsigned i = 0; i < other->count; i++) {
		const struct bound *b = bound_of(with, other->steps[i]);

		most.back += b->back;
		most.there += b->there;
	}
	most.there = rest < most.there ? rest : most.there;
	return most;
}

/* --- what a word gives of the token ---------------------------------------------------- */

static const struct row *row_of(struct comparison *with, unsigned step)
{
	const int16_t *cost = costs_of(with->channel, step);
	const struct results *r = &with->results;
	struct row *row = &with->rows[step];

	if (with->rows_made[step])
		return row;
	with->rows_made[step] = true;
	row->nothing = cost[r->nothing];
	for (unsigned p = 0; p <= r->size / LANES; p++)
		row->one[p] = row->two[p] = (lanes){ 0 } + NO_WAY;
	for (unsigned j = 0; j < r->size; j++) {
		row->one[(j + 1) / LANES][(j + 1) % LANES] = cost[r->one[j]];
		if (r->two[j])
			row->two[(j + 2) / LANES][(j + 2) % LANES] = cost[r->two[j]];
	}
	return row;
}

/* All lanes after one unit.  `parts` is a constant, so that short words stay in registers. */
static inline __attribute__((always_inline)) void climb(lanes at[LETTER_LANES],
							const struct row *row, const unsigned parts)
{
	lanes none = { 0 };

	for (unsigned p = parts; p-- > 0;) {
		lanes before = p ? at[p - 1] : none;
		lanes best = higher(at[p] + row->nothing, none);

		best = higher(best, moved(at[p], before) + row->one[p]);
		at[p] = higher(best, moved_by_two(at[p], before) + row->two[p]);
	}
}

/* Looked at now and then: looking costs as much as a step. */
#define STEPS_BETWEEN_LOOKS 2

/* The lanes of the token after all of `from`, which gives `rest` of it at most; false: that is
 * less than `least`. */
static inline __attribute__((always_inline)) bool climb_all(lanes out[LETTER_LANES],
							    struct comparison *with,
							    const struct spelling *from, int rest,
							    int least, const unsigned parts)
{
	lanes at[LETTER_LANES] = { 0 };

	at[0][0] = HEIGHT;
	for (unsigned i = 0; i < from->count; i++) {
		unsigned step = from->steps[i];

		climb(at, row_of(with, with->bounds[step].gap), parts);
		climb(at, row_of(with, step), parts);
		rest -= with->bounds[step].back;
		if (i % STEPS_BETWEEN_LOOKS == STEPS_BETWEEN_LOOKS - 1 &&
		    highest(at, parts) - HEIGHT + rest < least)
			return false;
	}
	climb(at, row_of(with, gap_behind(from)), parts);
	for (unsigned p = 0; p < parts; p++)
		out[p] = at[p];
	return true;
}

/* log2 P(token | from), as channel_cost() has it, by way of the rows. */
static int cost_back(struct comparison *with, const struct spelling *from, int most, int least)
{
	unsigned size = with->token.size;
	lanes at[LETTER_LANES];
	bool there;

	if (most < least)
		return NEVER;
	switch (size / LANES) {
	case 0: there = climb_all(at, with, from, most, least, 1); break;
	case 1: there = climb_all(at, with, from, most, least, 2); break;
	default: there = climb_all(at, with, from, most, least, LETTER_LANES);
	}
	return there ? at[size / LANES][size % LANES] - HEIGHT : NEVER;
}

/* --- what the token gives of a word ---------------------------------------------------- */

static const lanes *column_of(struct comparison *with, unsigned result)
{
	bool latin = result < RESULTS_ARABIC;
	const struct chain *chain = &with->chains[latin];
	lanes *column = with->columns[result];

	if (with->columns_made[result])
		return column;
	with->columns_made[result] = true;
	for (unsigned i = 0; i < CHAIN_LANES; i++)
		column[i] = (lanes){ 0 } + NO_WAY;
	for (unsigned i = 0; i < chain->count; i++) {
		const int16_t *cost = with->channel->cost[chain->at[i].unit][chain->at[i].context];

		column[(i + 1) / LANES][(i + 1) % LANES] =
			(int16_t)(cost[result] - cost[latin ? 0 : RESULTS_ARABIC]);
	}
	return column;
}

/* Whatever place is reached, those behind it are, too, by units that give nothing. */
static inline lanes carried(lanes a, lanes before)
{
	lanes none = { 0 };

	a = higher(a, __builtin_shufflevector(before, before, 7, 7, 7, 7, 7, 7, 7, 7));
	a = higher(a, __builtin_shufflevector(a, none, 8, 0, 1, 2, 3, 4, 5, 6));
	a = higher(a, __builtin_shufflevector(a, none, 8, 8, 0, 1, 2, 3, 4, 5));
	return higher(a, __builtin_shufflevector(a, none, 8, 8, 8, 8, 0, 1, 2, 3));
}

/* Whether heights stay within 16 bits: by what all units together lose by giving nothing. */
static bool lanes_suffice(const struct comparison *with, bool to_latin)
{
	unsigned count = with->chains[to_latin].count;

	return with->nothing[to_latin][count / LANES][count % LANES] >= HEIGHT - INT16_MAX;
}

/* The places of the chain after one letter: by the letter alone, or by a piece of which it is the
 * second, from before the first.  `two` is NULL where the two are no piece. */
static void next_letter(lanes *restrict at, const lanes *from, const lanes *one,
			const lanes *from_two, const lanes *two, unsigned parts)
{
	lanes none = { 0 };

	for (unsigned p = 0; p < parts; p++) {
		lanes best = higher(none, moved(from[p], p ? from[p - 1] : none) + one[p]);

		if (two)
			best = higher(best,
				      moved(from_two[p], p ? from_two[p - 1] : none) + two[p]);
		at[p] = carried(best, p ? at[p - 1] : none);
	}
}

/* The best cost at any place. */
static int best_of(const lanes *at, const lanes *nothing, unsigned parts)
{
	lanes costs[CHAIN_LANES];

	for (unsigned p = 0; p < parts; p++)
		costs[p] = at[p] + nothing[p];
	return highest(costs, parts) - HEIGHT;
}

/*
 * log2 P(to | token), as channel_cost() has it, by way of the columns: places are those of the
 * chain, and heights are what is better than if all units so far had given nothing.
 */
static int climb_letters(struct comparison *with, const struct token *to, int least)
{
	bool latin = token_is_latin(to);
	unsigned count = with->chains[latin].count, parts = count / LANES + 1;
	const lanes *nothing = with->nothing[latin];
	lanes reached[3][CHAIN_LANES]; /* after the last letters */
	int rest = 0, bound, bound_before;
	struct results r;

	for (unsigned j = 0; j < to->size; j++)
		rest += with->letters[to->letters[j]];
	results_of(&r, with->channel, to);
	for (unsigned p = 0; p < parts; p++)
		reached[0][p] = (lanes){ 0 } + HEIGHT;
	bound = rest;
	for (unsigned j = 0; j < r.size; j++) {
		const lanes *two = j && r.two[j - 1] ? column_of(with, r.two[j - 1]) : NULL;
		lanes *at = reached[(j + 1) % 3];

		next_letter(at, reached[j % 3], column_of(with, r.one[j]), reached[(j + 2) % 3],
			    two, parts);
		rest -= with->letters[to->letters[j]];
		bound_before = bound;
		bound = best_of(at, nothing, parts) + rest;
		/* A piece of two letters goes on from the place before this one. */
		if (bound < least && (!r.two[j] || bound_before < least))
			return NEVER;
	}
	return reached[r.size % 3][count / LANES][count % LANES] - HEIGHT +
	       nothing[count / LANES][count % LANES];
}

static int cost_there(struct comparison *with, const struct token *to, int least)
{
	bool latin = token_is_latin(to);

	return lanes_suffice(with, latin)
		       ? climb_letters(with, to, least)
		       : channel_cost(with->channel, &with->chains[latin], to, least);
}

/* --- evidence ------------------------------------------------------------------------- */

/* Of one script, half of each direction: first the one that costs less time, and the other
 * where it can still bring enough. */
static int evidence(struct comparison *with, const struct spelling *other, int least)
{
	bool other_latin = token_is_latin(&other->token);
	struct most most = most_of(with, other);
	int both = 2 * least + with->plain + other->plain, first, second;

	if (with->latin && !other_latin)
		return cost_back(with, other, most.back, least + with->plain) - with->plain;
	if (other_latin && !with->latin)
		return most.there < least + other->plain
			       ? NEVER
			       : cost_there(with, &other->token, least + other->plain) -
					 other->plain;
	first = cost_back(with, other, most.back, both - most.there);
	if (first < both - most.there)
		return NEVER;
	second = cost_there(with, &other->token, both - first);
	return first < NEVER / 2 || second < NEVER / 2
		       ? NEVER
		       : (first - with->plain + second - other->plain) / 2;
}

/* Below it, sums are not exact. */
#define TOLD_APART_LEAST (-100 * BIT)

static int at_least(int least, int is)
{
	return is < least ? NEVER : is;
}

int comparison_evidence(struct comparison *with, const struct spelling *other, int least)
{
	least = larger(least, TOLD_APART_LEAST);
	return at_least(least, evidence(with, other, least));
}

/* --- one with one --------------------------------------------------------------------- */

/* How much one spelling says for another one. */
static int gain(const struct channel *c, const struct token *from, const struct token *to,
		int least)
{
	struct chain chain;
	int plain = channel_plain(c, to);

	chain_of(&chain, c, from, token_is_latin(to));
	return channel_cost(c, &chain, to, least + plain) - plain;
}

/* As evidence() has it. */
static int gain_both_ways(const struct channel *c, const struct token *a, const struct token *b,
			  int least)
{
	int plain = channel_plain(c, b), most, first, second;
	struct chain chain;

	chain_of(&chain, c, a, token_is_latin(b));
	most = chain.rest[0] - plain;
	if (most - channel_plain(c, a) < 2 * least)
		return NEVER;
	first = gain(c, b, a, 2 * least - most);
	if (first < 2 * least - most)
		return NEVER;
	second = channel_cost(c, &chain, b, 2 * least - first + plain) - plain;
	return first < NEVER / 2 || second < NEVER / 2 ? NEVER : (first + second) / 2;
}

int tokens_evidence(const struct channel *c, const struct token *a, const struct token *b,
		    int least)
{
	bool a_latin = token_is_latin(a), b_latin = token_is_latin(b);

	least = larger(least, TOLD_APART_LEAST);
	if (a_latin == b_latin)
		return at_least(least, gain_both_ways(c, a, b, least));
	return at_least(least, b_latin ? gain(c, a, b, least) : gain(c, b, a, least));
}
