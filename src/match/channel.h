/*
 * channel: how one spelling of a name becomes another, as probabilities that were learned
 * from names that many people have spelled (data/match/).
 *
 * A spelling is read as a chain of units: its letters, and the gaps before, between and
 * behind them.  Each unit gives one piece of the other spelling, of 0, 1 or 2 letters: a
 * letter what it sounds like, a gap nothing or a vowel that was not written:
 *
 *          ز   ر   م   ی   ن   ه
 *        -   a   -   -   -   -   -        gaps
 *          z   r   m  ee   n   a          letters               zarmeena
 *
 * The probability of a piece depends on the unit and on its neighbours (none, a consonant,
 * a vowel on either side).  A spelling in Latin letters is read in the same way, with
 * pieces (sh, ee) for letters, and so is one that is to become Arabic letters.  The best
 * chain is what counts; against it stands what the other spelling is worth by itself, as
 * a word of its script (pairs of letters):
 *
 *     evidence = log2 P(other | one) - log2 P(other)
 *
 * All are whole numbers of 1/64 bit, so that every machine gives the same.
 */
#pragma once

#include "base/bytes.h"
#include "base/err.h"
#include "match/letters.h"

#define BIT 64 /* one bit of evidence */

/* Latin pieces: 0 is none, then the letters, then pairs of letters. */
#define PAIRS_COUNT 39
#define PIECES_COUNT (1 + 26 + PAIRS_COUNT)

/* Units: Arabic letters (0: a gap between them), then Latin pieces (their 0: a gap). */
#define UNITS_LATIN (LETTERS_ARABIC + 1)
#define UNITS_COUNT (UNITS_LATIN + PIECES_COUNT)
#define CONTEXTS_COUNT 9
/* Results: Latin pieces, then "nothing" and the letters of Arabic. */
#define RESULTS_ARABIC PIECES_COUNT
#define RESULTS_COUNT (PIECES_COUNT + LETTERS_ARABIC + 1)

struct channel {
	int16_t cost[UNITS_COUNT][CONTEXTS_COUNT][RESULTS_COUNT]; /* log2 P, in 1/64 bit */
	/* The largest of each row, of Arabic and of Latin results. */
	int16_t most[UNITS_COUNT][CONTEXTS_COUNT][2];
	/* log2 P(letter | the one before it), 0 for either end. */
	int16_t pair_cost[LETTERS][LETTERS];
	uint8_t pairs[26][26]; /* the piece that two Latin letters are; 0: none */
};

#define CHAIN_MAX (2 * TOKEN_LETTERS_MAX + 1)

/* A token as a chain of units, that is to become a word of one script. */
struct chain {
	unsigned count;
	struct {
		uint8_t unit, context;
	} at[CHAIN_MAX];
	int rest[CHAIN_MAX + 1]; /* the most that the units from here on can give */
};

/* The name of a piece of two letters: "sh". */
const char *channel_pair(unsigned piece);
/* The context of the gap before a unit that is none itself, and stands in `context`. */
unsigned channel_gap_before(unsigned unit, unsigned context);

/* Which channel a file of counts makes; the caller frees it (channel_free()).  ERR_INPUT. */
MUST_USE enum err channel_new(struct channel **out, struct text counts, struct fault *f);
void channel_free(struct channel *c); /* NULL is harmless */

void chain_of(struct chain *out, const struct channel *c, const struct token *t, bool to_latin);

/* The results that stand at each letter of a token: of the letter alone, of it and the next
 * (0: they are no piece), and the one that is nothing. */
struct results {
	unsigned size, nothing;
	uint8_t one[TOKEN_LETTERS_MAX + 1], two[TOKEN_LETTERS_MAX + 1];
};
void results_of(struct results *out, const struct channel *c, const struct token *t);

/* Less than any cost. */
#define NEVER (-(1 << 20))

/* log2 P(to | from) of the best chain; something less than `least` where it is less. */
int channel_cost(const struct channel *c, const struct chain *from, const struct token *to,
		 int least);
/* log2 P(t) as a word of its script. */
int channel_plain(const struct channel *c, const struct token *t);
/* --- for those who learn it ----------------------------------------------------------- */

/* How often each unit gave each result, and letter followed letter. */
struct channel_counts {
	double gave[UNITS_COUNT][CONTEXTS_COUNT][RESULTS_COUNT];
	double followed[LETTERS][LETTERS];
};

/* The channel of these counts, in which what was never seen has its small share. */
void channel_of_counts(struct channel *out, const struct channel_counts *n);
/*
 * A pair of spellings, `weight` times: what each unit gave is added to `n` by forward and
 * backward sums, under `c`.  Gives log2 P(to | from).
 */
double channel_count_pair(struct channel_counts *n, const struct channel *c,
			  const struct token *from, const struct token *to, double weight);
void channel_count_word(struct channel_counts *n, const struct token *t, double weight);
