/* Levels of agreement. */
#include "match/compare.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "match/large.h"

unsigned levels_of(enum column_sort sort)
{
	return sort == COLUMN_NAME ? NAME_SWAPPED : level_same(sort);
}

unsigned level_same(enum column_sort sort)
{
	switch (sort) {
	case COLUMN_NAME: return NAME_SAME;
	case COLUMN_BIRTH: return BIRTH_SAME;
	default: return PLAIN_SAME;
	}
}

bool column_is_own(const struct column *c)
{
	return c->sort == COLUMN_SEX || c->sort == COLUMN_DOCUMENT ||
	       (c->sort == COLUMN_NAME &&
		(!strcmp(c->name, "given") || !strcmp(c->name, "full_name")));
}

/* --- words -------------------------------------------------------------------------------- */

/* How near two words are. */
enum nearness { FAR, NEAR, SPELLED, SAME };

/* Pairs of words that are remembered. */
#define FOUND_LEAST (1u << 10)
#define FOUND_MOST (1u << 21)
#define FOUND_OF_WORD 16
#define FOUND_TOGETHER 4u

/* Of a word, what tells at once that it is far from another one. */
struct sketch {
	uint16_t sounds;
	uint8_t size, latin;
};

/* Which names of a record are in which letters, a bit for each. */
struct letters {
	uint8_t latin, arabic;
};
#define NAMES_MAX 8

struct memo {
	const struct records *records;
	struct letters *letters; /* of each record */
	struct sketch *sketches; /* of each word */
	/* How much it says that two have a word in a column, against what words usually say
	 * there, in bits; NULL: the column holds no names. */
	float *rarities[COLUMNS_MAX];
	/* The usual rarity of a value of each column on which two people agree. */
	float usual_value[COLUMNS_MAX];
	unsigned swaps; /* columns that may be swapped with the first, a bit each */
	/* Columns in the order in which they are looked at: what is cheap, the names that may be
	 * swapped, and all else from `settled` on. */
	unsigned order[COLUMNS_MAX], settled;
	/* Two words and how near they are, as one number, so that threads may share them: a word
	 * that was found near by one is not compared again by another. */
	_Atomic uint64_t *found;
	uint32_t found_count;
};

/* Evidence from which two words are one name; at first sight less is needed where it is most
 * of what a short word can give. */
#define SPELLED_LEAST (8 * BIT)
#define SPELLED_SHARE 0.45
#define NEAR_LEAST (4 * BIT)

/*
 * Letters that are missing, too many, wrong or swapped with a neighbour, up to 3: slips of
 * a keyboard, of which the channel knows nothing.
 */
static unsigned slips(const uint8_t *a, unsigned a_size, const uint8_t *b, unsigned b_size)
{
	unsigned rows[3][64];
	unsigned *before = rows[0], *above = rows[1], *row = rows[2];

	if (a_size > 63 || b_size > 63 || a_size > b_size + 3 || b_size > a_size + 3)
		return 4;
	for (unsigned j = 0; j <= b_size; j++)
		above[j] = before[j] = j;
	for (unsigned i = 1; i <= a_size; i++) {
		unsigned *spent = before;

		row[0] = i;
		for (unsigned j = 1; j <= b_size; j++) {
			unsigned d = above[j - 1] + (a[i - 1] != b[j - 1]);

			d = above[j] + 1 < d ? above[j] + 1 : d;
			d = row[j - 1] + 1 < d ? row[j - 1] + 1 : d;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    before[j - 2] + 1 < d)
				d = before[j - 2] + 1;
			row[j] = d;
		}
		before = above;
		above = row;
		row = spent;
	}
	return above[b_size];
}

/* What the one of two words gives that is easier to come by. */
static int most_evidence(const struct records *r, const struct token *a, const struct token *b)
{
	int of_a = -channel_plain(r->channel, a), of_b = -channel_plain(r->channel, b);

	return of_a < of_b ? of_a : of_b;
}

static enum nearness tokens_near(const struct records *r, const struct token *a,
				 const struct token *b)
{
	unsigned wrong = 4, shorter = a->size < b->size ? a->size : b->size;
	int evidence;

	if (token_same(a, b))
		return SAME;
	evidence = tokens_evidence(r->channel, a, b, NEAR_LEAST);
	if (token_is_latin(a) == token_is_latin(b))
		wrong = slips(a->letters, a->size, b->letters, b->size);
	if (evidence >= SPELLED_LEAST && evidence >= SPELLED_SHARE * most_evidence(r, a, b))
		return SPELLED;
	if (wrong == 1 && shorter >= 4)
		return SPELLED;
	if (evidence >= NEAR_LEAST || (wrong <= 2 && shorter >= 5) || (wrong == 1 && shorter >= 2))
		return NEAR;
	return FAR;
}

/* Sounds that two spellings of one name have not in common, a slip of the pen included. */
#define SOUNDS_OTHER_MAX 3 /* of one script, where letters are mistyped as well */
#define SOUNDS_ACROSS_MAX 2
#define SOUNDS_JOINED_MAX 2

/* Whether more than so many bits are set: not every processor that we run on counts them. */
static bool has_more(unsigned bits, unsigned many)
{
	for (; many && bits; many--)
		bits &= bits - 1;
	return bits;
}

static bool are_far(struct sketch a, struct sketch b)
{
	unsigned other = (unsigned)(a.sounds ^ b.sounds);

	if (a.latin != b.latin)
		return has_more(other, SOUNDS_ACROSS_MAX);
	return has_more(other, SOUNDS_OTHER_MAX) || a.size > b.size + 5 || b.size > a.size + 5;
}

/* Which one of the places side by side has them; else one of them, by chance. */
static _Atomic uint64_t *found_place(const struct memo *m, uint64_t both)
{
	uint64_t hash = both * 0x9e3779b97f4a7c15ull >> 43;
	_Atomic uint64_t *at = &m->found[hash & (m->found_count - 1) & ~(FOUND_TOGETHER - 1u)];

	for (unsigned i = 0; i < FOUND_TOGETHER; i++) {
		uint64_t found = atomic_load_explicit(&at[i], memory_order_relaxed);

		if (found >> 2 == both || !found)
			return &at[i];
	}
	return &at[hash & (FOUND_TOGETHER - 1)];
}

static enum nearness words_near(struct memo *m, uint32_t a, uint32_t b)
{
	uint64_t both = a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a, found;
	const struct token *tokens = m->records->words.tokens;
	_Atomic uint64_t *at;

	if (a == b)
		return SAME;
	if (are_far(m->sketches[a], m->sketches[b]))
		return FAR;
	at = found_place(m, both);
	found = atomic_load_explicit(at, memory_order_relaxed);
	if (found >> 2 != both) {
		found = both << 2 |
			tokens_near(m->records, &tokens[both >> 32], &tokens[(uint32_t)both]);
		atomic_store_explicit(at, found, memory_order_relaxed);
	}
	return (enum nearness)(found & 3);
}

/* --- names -------------------------------------------------------------------------------- */

/* Which words of one value are which of another: the nearest first. */
struct paired {
	unsigned count, worst, in_order;
	float rarity;
};

/* A word behind the first counts half: it is seldom independent of it. */
static void take_pair(struct paired *p, const float *rarities, uint32_t a, uint32_t b)
{
	float x = rarities[a] < rarities[b] ? rarities[a] : rarities[b];

	p->rarity += p->count ? x / 2 : x;
	p->count++;
}

static struct paired pair_words(struct memo *m, const float *rarities, const struct value_words *a,
				const struct value_words *b)
{
	struct paired p = { .worst = SAME, .in_order = 1 };
	uint8_t near[VALUE_WORDS_MAX][VALUE_WORDS_MAX];
	unsigned a_taken = 0, b_taken = 0, best = FAR;

	for (unsigned i = 0; i < a->count; i++)
		for (unsigned j = 0; j < b->count; j++) {
			near[i][j] = (uint8_t)words_near(m, a->at[i], b->at[j]);
			best = near[i][j] > best ? near[i][j] : best;
		}
	for (unsigned wanted = best; wanted >= NEAR; wanted--)
		for (unsigned i = 0; i < a->count; i++)
			for (unsigned j = 0; j < b->count && !(a_taken >> i & 1); j++) {
				if (b_taken >> j & 1 || near[i][j] < wanted)
					continue;
				a_taken |= 1u << i;
				b_taken |= 1u << j;
				p.worst = wanted;
				p.in_order &= i == j;
				take_pair(&p, rarities, a->at[i], b->at[j]);
			}
	return p;
}

/* One name in one script is not longer by more, and has in Latin letters up to two and a half
 * times those of Arabic. */
#define LONGER_MAX 3

static bool may_be_joined(const struct token *a, const struct token *b)
{
	unsigned latin = token_is_latin(a) ? a->size : b->size;
	unsigned arabic = token_is_latin(a) ? b->size : a->size;

	if (token_is_latin(a) == token_is_latin(b))
		return a->size <= b->size + LONGER_MAX && b->size <= a->size + LONGER_MAX;
	return latin * 2 <= arabic * 5 + 6 && latin + 2 >= arabic;
}

/* Words that are one on the other side; looked at closely only where the sounds agree. */
static bool are_joined(const struct memo *m, const struct value_words *a,
		       const struct value_words *b)
{
	const struct token *tokens = m->records->words.tokens;
	struct token x, y;

	return a->joins && b->joins &&
	       !has_more((unsigned)(a->sounds ^ b->sounds), SOUNDS_JOINED_MAX) &&
	       words_joined(&x, tokens, a) && words_joined(&y, tokens, b) &&
	       may_be_joined(&x, &y) && tokens_near(m->records, &x, &y) >= SPELLED;
}

/* One value is the same as itself, word by word. */
static float rarity_of_same(const float *rarities, const struct value_words *a)
{
	struct paired p = { 0 };

	for (unsigned i = 0; i < a->count; i++)
		take_pair(&p, rarities, a->at[i], a->at[i]);
	return p.rarity;
}

static unsigned name_level(struct memo *m, unsigned column, const struct value_words *a,
			   const struct value_words *b, float *rarity)
{
	unsigned shorter = a->count < b->count ? a->count : b->count;
	unsigned longer = a->count < b->count ? b->count : a->count;
	struct paired p;

	if (a == b) {
		*rarity = rarity_of_same(m->rarities[column], a);
		return NAME_SAME;
	}
	p = pair_words(m, m->rarities[column], a, b);
	*rarity = p.count && p.worst >= SPELLED ? p.rarity : 0;
	if (p.count == longer && p.worst == SAME && p.in_order)
		return NAME_SAME;
	if (p.count == longer && p.worst >= SPELLED)
		return NAME_SPELLED;
	if (a->count != b->count && p.count < longer && are_joined(m, a, b))
		return NAME_SPELLED;
	if (p.count == shorter && p.worst >= SPELLED)
		return NAME_SUBSET;
	if (p.count == shorter)
		return NAME_NEAR;
	return p.count ? NAME_PARTLY : NAME_DIFFERS;
}

/* --- the others ---------------------------------------------------------------------------- */

static unsigned birth_level(struct day_known a, struct day_known b)
{
	int years = abs(a.year - b.year);
	int same = (a.year == b.year) + (a.month == b.month) + (a.day == b.day);

	if (a.day && b.day) {
		if (same == 3)
			return BIRTH_SAME;
		if (same == 2 || (!years && a.month == b.day && a.day == b.month))
			return BIRTH_SLIP;
		if (!years)
			return BIRTH_YEAR;
	} else if (!years) {
		return BIRTH_YEAR_ONLY;
	}
	return years <= 1 ? BIRTH_NEXT_YEAR : years <= 5 ? BIRTH_YEARS : BIRTH_DIFFERS;
}

static unsigned text_slips(struct text a, struct text b)
{
	a = utf8_cut(a, 63);
	b = utf8_cut(b, 63);
	return slips((const uint8_t *)a.at, (unsigned)a.size, (const uint8_t *)b.at,
		     (unsigned)b.size);
}

/* Bytes at the beginning that are the same. */
static size_t same_beginning(struct text a, struct text b)
{
	size_t i = 0;

	while (i < a.size && i < b.size && a.at[i] == b.at[i])
		i++;
	return i;
}

#define AREA_PROVINCE_SIZE 4 /* AF06 of AF0617 */

static unsigned plain_level(enum column_sort sort, struct text a, struct text b)
{
	size_t shorter = a.size < b.size ? a.size : b.size, same = same_beginning(a, b);
	unsigned wrong;

	if (sort == COLUMN_SEX)
		return a.at[0] == b.at[0] ? PLAIN_SAME : PLAIN_DIFFERS;
	if (sort == COLUMN_AREA)
		return same >= AREA_PROVINCE_SIZE ? PLAIN_NEAR : PLAIN_DIFFERS;
	wrong = text_slips(a, b);
	if (sort == COLUMN_NUMBER) {
		double x = strtod(a.at, NULL), y = strtod(b.at, NULL);

		if (fabs(x - y) <= 1)
			return PLAIN_NEAR;
		return wrong == 1 ? PLAIN_PARTLY : PLAIN_DIFFERS;
	}
	if (wrong == 1 || (sort == COLUMN_TEXT && wrong <= 2 && shorter >= 6))
		return PLAIN_NEAR;
	if (wrong <= 2 || (sort == COLUMN_TEXT && same >= 4))
		return PLAIN_PARTLY;
	return PLAIN_DIFFERS;
}

static float value_rarity(const struct memo *m, unsigned column, uint32_t value)
{
	const struct column *c = &m->records->columns[column];

	return (float)log2((double)m->records->count / c->strings.counts[value]) -
	       m->usual_value[column];
}

/* Agreeing on what is rare counts for more, but its own error is as likely as any. */
#define RARITY_SHARE 0.7f
#define RARITY_MOST 6.0f

static float tamed(float bits)
{
	bits *= RARITY_SHARE;
	return bits > RARITY_MOST ? RARITY_MOST : bits < -RARITY_MOST ? -RARITY_MOST : bits;
}

static unsigned column_level(struct memo *m, unsigned column, uint32_t a, uint32_t b, float *rarity)
{
	const struct column *c = &m->records->columns[column];

	*rarity = 0;
	if (!a || !b)
		return 0;
	if (c->sort == COLUMN_NAME)
		return name_level(m, column, &c->words[a], &c->words[b], rarity);
	if (c->sort == COLUMN_BIRTH)
		return birth_level(c->days[a], c->days[b]);
	if (a == b) {
		if (c->sort != COLUMN_SEX)
			*rarity = value_rarity(m, column, a);
		return PLAIN_SAME;
	}
	return plain_level(c->sort, string_at(&c->strings, a), string_at(&c->strings, b));
}

/* Whether two names, each of another column, are one: -1 where one is not known. */
static int are_crossed(struct memo *m, unsigned column, const struct value_words *a,
		       const struct value_words *b)
{
	float rarity;

	if (!a->count || !b->count)
		return -1;
	return name_level(m, column, a, b, &rarity) >= NAME_SUBSET;
}

/*
 * A family name may also stand alone, as if it were the given name.  Not so a father's: who
 * is called as her father is may be her father.
 */
static bool is_swapped(struct memo *m, unsigned x, unsigned y, uint32_t a, uint32_t b)
{
	const struct column *columns = m->records->columns;
	const uint32_t *of_a = record_values(m->records, a), *of_b = record_values(m->records, b);
	const struct value_words *ax = &columns[x].words[of_a[x]];
	const struct value_words *ay = &columns[y].words[of_a[y]];
	const struct value_words *bx = &columns[x].words[of_b[x]];
	const struct value_words *by = &columns[y].words[of_b[y]];
	int one = are_crossed(m, x, ax, by), other;
	bool alone = !strcmp(columns[y].name, "family");

	if (one <= 0 && !alone)
		return false;
	other = are_crossed(m, y, ay, bx);
	if (one >= 0 && other >= 0)
		return one && other;
	return (one > 0 || other > 0) && alone;
}

/* Two columns that were filled in the wrong way round are one slip: the first one says so,
 * the second says nothing. */
static void look_for_swap(struct compared *out, struct memo *m, unsigned x, unsigned y, uint32_t a,
			  uint32_t b)
{
	unsigned of_x = level_in(out->pattern, x), of_y = level_in(out->pattern, y);
	uint64_t both = (uint64_t)(LEVELS_MAX - 1) << (x * LEVEL_BITS) |
			(uint64_t)(LEVELS_MAX - 1) << (y * LEVEL_BITS);

	if (!of_x || of_x > NAME_PARTLY || of_y > NAME_PARTLY || !is_swapped(m, x, y, a, b))
		return;
	out->pattern = (out->pattern & ~both) | (uint64_t)NAME_SWAPPED << (x * LEVEL_BITS);
	out->rarity -= out->rarities[x] + out->rarities[y];
	out->rarities[x] = out->rarities[y] = 0;
}

/* By the names that both have. */
static enum scripts scripts_of(struct letters a, struct letters b)
{
	unsigned both = (a.latin | a.arabic) & (b.latin | b.arabic);
	bool latin = (a.latin | b.latin) & both, arabic = (a.arabic | b.arabic) & both;

	return latin && arabic ? ACROSS_SCRIPTS : arabic ? BOTH_ARABIC : BOTH_LATIN;
}

static void look_at_column(struct compared *out, struct memo *m, unsigned column, uint32_t a,
			   uint32_t b)
{
	unsigned level = column_level(m, column, record_values(m->records, a)[column],
				      record_values(m->records, b)[column], &out->rarities[column]);

	out->rarities[column] = tamed(out->rarities[column]);
	out->pattern |= (uint64_t)level << (column * LEVEL_BITS);
}

static void look_for_swaps(struct compared *out, struct memo *m, uint32_t a, uint32_t b)
{
	for (unsigned y = 1; m->swaps && y < m->records->columns_count; y++)
		if (m->swaps >> y & 1)
			look_for_swap(out, m, 0, y, a, b);
}

static void begin(struct compared *out, const struct memo *m, uint32_t a, uint32_t b)
{
	out->pattern = (uint64_t)scripts_of(m->letters[a], m->letters[b]) << SCRIPTS_AT;
}

static void add_rarities(struct compared *out, const struct records *r)
{
	out->rarity = out->shared = 0;
	for (unsigned i = 0; i < r->columns_count; i++) {
		out->rarity += out->rarities[i];
		out->shared += column_is_own(&r->columns[i]) ? 0 : out->rarities[i];
	}
}

void compare(struct compared *out, struct memo *m, uint32_t a, uint32_t b)
{
	begin(out, m, a, b);
	for (unsigned i = 0; i < m->records->columns_count; i++)
		look_at_column(out, m, i, a, b);
	look_for_swaps(out, m, a, b);
	add_rarities(out, m->records);
}

/* --- only where it is worth it ------------------------------------------------------------- */

/* Sums in another order are not the same to the last bit. */
#define ROUNDED 0.01f

/* The most that a value gives by being rare. */
static float rarity_most(const struct memo *m, unsigned column, uint32_t value)
{
	const struct column *c = &m->records->columns[column];
	float sum = 0;

	if (c->sort == COLUMN_SEX || c->sort == COLUMN_BIRTH)
		return 0;
	if (c->sort != COLUMN_NAME)
		return fmaxf(0, tamed(value_rarity(m, column, value)));
	for (unsigned i = 0; i < c->words[value].count; i++)
		sum += fmaxf(0, m->rarities[column][c->words[value].at[i]]);
	return tamed(sum);
}

void asked_begin(struct asked *q, struct memo *m, const struct worth worth[SCRIPTS_COUNT],
		 uint32_t record)
{
	*q = (struct asked){ .memo = m, .worth = worth, .record = record };
	for (unsigned s = 0; s < SCRIPTS_COUNT; s++)
		q->all[s] = worth[s].before + ROUNDED;
	for (unsigned i = 0; i < m->records->columns_count; i++) {
		uint32_t value = record_values(m->records, record)[i];
		float rarity = value ? rarity_most(m, i, value) : 0;

		for (unsigned s = 0; value && s < SCRIPTS_COUNT; s++) {
			q->most[s][i] = worth[s].most[i] + rarity;
			q->all[s] += q->most[s][i];
		}
	}
}

/* Until it is settled whether columns are swapped, names in them that differ may still agree. */
static float worth_at_most(const struct asked *q, const struct compared *c, unsigned column,
			   bool settled)
{
	const struct worth *worth = &q->worth[scripts_in(c->pattern)];
	unsigned level = level_in(c->pattern, column), swaps = q->memo->swaps;
	float bits = worth->levels[column][level] + c->rarities[column];

	if (settled || level > NAME_PARTLY)
		return bits;
	if (column == 0 && swaps)
		return fmaxf(bits, worth->levels[0][NAME_SWAPPED]);
	return swaps >> column & 1 ? fmaxf(bits, 0) : bits;
}

static float worth_settled(const struct asked *q, const struct compared *c)
{
	enum scripts scripts = scripts_in(c->pattern);
	float all = q->worth[scripts].before + ROUNDED;
	const unsigned *order = q->memo->order;

	for (unsigned i = 0; i < q->memo->records->columns_count; i++)
		all += i < q->memo->settled ? worth_at_most(q, c, order[i], true)
					    : q->most[scripts][order[i]];
	return all;
}

bool compare_if_worth(struct compared *out, const struct asked *q, uint32_t other)
{
	struct memo *m = q->memo;
	const struct worth *worth;
	const float *most;
	float all;

	begin(out, m, q->record, other);
	worth = &q->worth[scripts_in(out->pattern)];
	most = q->most[scripts_in(out->pattern)];
	all = q->all[scripts_in(out->pattern)];
	for (unsigned i = 0; i < m->records->columns_count; i++) {
		unsigned column = m->order[i];

		look_at_column(out, m, column, q->record, other);
		all += worth_at_most(q, out, column, i >= m->settled) - most[column];
		if (i + 1 == m->settled && all >= worth->least) {
			look_for_swaps(out, m, q->record, other);
			all = worth_settled(q, out);
		}
		if (all < worth->least)
			return false;
	}
	add_rarities(out, m->records);
	return true;
}

void compare_soon(const struct memo *m, uint32_t record, bool next)
{
	const struct records *r = m->records;
	const uint32_t *values = record_values(r, record);

	if (!next) {
		__builtin_prefetch(values);
		__builtin_prefetch(&m->letters[record]);
	}
	for (unsigned i = 0; next && i < r->columns_count; i++)
		if (r->columns[i].words && (!i || m->swaps >> i & 1))
			__builtin_prefetch(&r->columns[i].words[values[i]]);
}

/* --- what is usual ------------------------------------------------------------------------- */

/* The mean rarity where two agree: the frequent ones count by the square. */
static float usual_of(const double *counts, uint32_t count, double all)
{
	double sum = 0, squares = 0;

	for (uint32_t i = 1; i <= count; i++) {
		double n = counts[i];

		if (n > 0) {
			sum += n * n * log2(all / n);
			squares += n * n;
		}
	}
	return squares > 0 ? (float)(sum / squares) : 0;
}

/*
 * How many have each word in a column: what is rare among fathers need not be so among
 * their daughters.  Of a word that few have there, all columns together know better; their
 * word counts like that of PEOPLE_BEFORE people.
 */
#define PEOPLE_BEFORE 3.0

static void smooth(double *people, const struct records *r)
{
	double here = 0, anywhere = 0;

	for (uint32_t i = 1; i <= r->words.count; i++) {
		here += people[i];
		anywhere += r->words.people[i];
	}
	for (uint32_t i = 1; here > 0 && i <= r->words.count; i++)
		people[i] = (people[i] + PEOPLE_BEFORE) /
			    (1 + PEOPLE_BEFORE / (r->words.people[i] * here / anywhere));
}

static enum err learn_rarities(struct memo *m, unsigned column)
{
	const struct records *r = m->records;
	const struct column *c = &r->columns[column];
	uint32_t words = r->words.count;
	double *people = calloc((size_t)words + 1, sizeof(*people));
	float *rarities = calloc((size_t)words + 1, sizeof(*rarities));
	float usual;

	m->rarities[column] = rarities;
	if (!people || !rarities) {
		free(people);
		return ERR_MEMORY;
	}
	for (uint32_t i = 1; i <= c->strings.count; i++)
		for (unsigned k = 0; k < c->words[i].count; k++)
			people[c->words[i].at[k]] += c->strings.counts[i];
	smooth(people, r);
	usual = usual_of(people, words, r->count);
	for (uint32_t i = 1; i <= words; i++)
		rarities[i] = (float)log2(r->count / people[i]) - usual;
	free(people);
	return OK;
}

static enum err learn_usual_value(struct memo *m, unsigned column)
{
	const struct strings *s = &m->records->columns[column].strings;
	double *counts = calloc((size_t)s->count + 1, sizeof(*counts));

	if (!counts)
		return ERR_MEMORY;
	for (uint32_t i = 1; i <= s->count; i++)
		counts[i] = s->counts[i];
	m->usual_value[column] = usual_of(counts, s->count, m->records->count);
	free(counts);
	return OK;
}

static bool look_at_letters(struct memo *m)
{
	const struct records *r = m->records;
	unsigned names = 0;

	m->letters = calloc((size_t)r->count + 1, sizeof(*m->letters));
	for (unsigned i = 0; m->letters && i < r->columns_count; i++) {
		const struct value_words *words = r->columns[i].words;

		if (r->columns[i].sort != COLUMN_NAME)
			continue;
		assert(names < NAMES_MAX);
		for (uint32_t record = 0; record < r->count; record++) {
			uint32_t value = record_values(r, record)[i];
			struct letters *l = &m->letters[record];

			l->latin |= (uint8_t)((value && words[value].latin) << names);
			l->arabic |= (uint8_t)((value && !words[value].latin) << names);
		}
		names++;
	}
	return m->letters;
}

static enum err learn_usual(struct memo *m)
{
	const struct records *r = m->records;
	enum err e = OK;

	m->sketches = calloc((size_t)r->words.count + 1, sizeof(*m->sketches));
	if (!m->sketches)
		return ERR_MEMORY;
	for (uint32_t i = 1; i <= r->words.count; i++) {
		const struct token *t = &r->words.tokens[i];

		m->sketches[i] = (struct sketch){ sounds_in(t), t->size, token_is_latin(t) };
	}
	for (unsigned i = 0; !e && i < r->columns_count; i++) {
		const struct column *c = &r->columns[i];

		e = c->sort == COLUMN_NAME ? learn_rarities(m, i) : learn_usual_value(m, i);
	}
	return e;
}

static bool make_room(struct memo *m)
{
	m->found_count = FOUND_LEAST;
	while (m->found_count < FOUND_MOST &&
	       m->found_count / FOUND_OF_WORD < m->records->words.count)
		m->found_count *= 2;
	m->found = calloc(m->found_count, sizeof(*m->found));
	in_large_pages((void *)m->found, m->found_count * sizeof(*m->found));
	return m->found;
}

static unsigned cost_of(const struct memo *m, unsigned column)
{
	enum column_sort sort = m->records->columns[column].sort;

	if (sort == COLUMN_NAME) {
		if (m->swaps >> column & 1)
			return 1;
		return m->swaps && column == 0 ? 2 : 3;
	}
	return sort == COLUMN_TEXT ? 3 : 0;
}

static void make_order(struct memo *m)
{
	unsigned count = 0;

	for (unsigned cost = 0; cost <= 3; cost++) {
		m->settled = cost == 3 ? count : 0;
		for (unsigned i = 0; i < m->records->columns_count; i++)
			if (cost_of(m, i) == cost)
				m->order[count++] = i;
	}
}

enum err memo_new(struct memo **out, const struct records *r, struct fault *f)
{
	struct memo *m = calloc(1, sizeof(*m));

	*out = m;
	if (!m)
		return fault(f, ERR_MEMORY, "memory.none");
	m->records = r;
	/* The given name is the first column, where there is one. */
	for (unsigned i = 1; i < r->columns_count && !strcmp(r->columns[0].name, "given"); i++)
		if (!strcmp(r->columns[i].name, "father") || !strcmp(r->columns[i].name, "family"))
			m->swaps |= 1u << i;
	make_order(m);
	if (!make_room(m) || !look_at_letters(m) || learn_usual(m)) {
		memo_free(m);
		*out = NULL;
		return fault(f, ERR_MEMORY, "memory.none");
	}
	return OK;
}

void memo_free(struct memo *m)
{
	if (!m)
		return;
	for (unsigned i = 0; i < COLUMNS_MAX; i++)
		free(m->rarities[i]);
	free(m->letters);
	free(m->sketches);
	free((void *)m->found);
	free(m);
}
