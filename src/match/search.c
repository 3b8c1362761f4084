/*
 * Searching the index of names.
 *
 * The dictionary says which words are near to those asked for; the people that have the
 * rarest of these are looked at, then those with more frequent ones, while these could
 * still bring somebody better than what is found.  A person is worth the sum of:
 *
 *     for each word asked for, of her near words the one for which most speaks, each once:
 *             what the name is worth (one that 1 of 1,000 has: 10 bits),
 *             less what another spelling costs
 *     less a little, and a part of that, for what is missing, and for what was not asked for
 *     less a little where words stand in another order
 *
 * What stands behind the last word that both have costs least: a grandfather's name is
 * written down or is not.
 *
 * Neighbours that are one word on the other side (Gul Zaman, Gulzaman) are asked for as one
 * as well, and a long word that few have and that may be two (Hosseinaisha) as two.
 *
 * The figures below were learned from a made-up register with people who stand in it twice
 * (docs/MATCHING.md): a change stayed where half of them were found more often among the first
 * ten, and was kept because the other half were, too.
 */
#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "match/names.h"

#define ASKED_MAX (3 * TOKENS_MAX)
#define PART_MAX TOKENS_MAX
#define MATCHES_MAX (ASKED_MAX * NEAR_MAX)

/* What must at least speak for two words being one name, and where doubt is even: of a
 * dictionary of thousands, some word is as near as this by chance. */
#define EVIDENCE_LEAST (2 * BIT)
#define EVIDENCE_EVEN 8.5f
/* Of the evidence short of the best of its script, what a spelling costs, and a script that is
 * not the one asked in: who comes again is mostly written in the same one. */
#define EVIDENCE_SHARE 0.14f
#define EVIDENCE_SHARE_OTHER 0.08f
#define OTHER_SCRIPT_COST 0.16f

#define WORTH_MAX 18.0f
#define ORDER_COST 1.7f
#define JOINED_COST 2.7f /* that somebody writes two words as one */

/*
 * What a word costs that only one side has: so much, and a share of what it is worth.  The
 * first word is most often the given name: who has another one is another person.
 */
struct word_cost {
	float each, share;
	float behind_first, behind_each, behind_share; /* behind all that both have */
};
static const struct word_cost missing = { 0.9f, 0.39f, 1.2f, 0.9f, 0.08f };
static const struct word_cost extra = { 1.5f, 0.18f, 0.4f, 0.4f, 0.12f };
#define FIRST_FACTOR 1.3f

/* People looked at in one search: so many, and one of two hundred. */
#define LOOKS_MAX 10000
#define LOOKS_SHARE 200

/* A word asked for, or two as one: bits of `parts` are the words of the question. */
struct asked {
	struct token token;
	uint16_t parts;
	uint8_t other; /* of a half of a word of the question, the other half; 0: it is whole */
	float worth;
	uint32_t first, count; /* of its matches */
	uint64_t posts;
};

struct word_match {
	uint32_t word;
	uint16_t asked;
	uint16_t next; /* of the same word, 0: none; from 1 */
	float bits;
};

/* What a word of the dictionary brings at most to a question, and to which of its parts. */
struct of_word {
	float gain; /* over a word that answers nothing */
	uint16_t parts;
	uint16_t first; /* of its matches, from 1; 0: none */
};

/* Near words that were found before: names repeat.  Good while the dictionary has not grown. */
#define REMEMBERED_COUNT 256

struct remembered {
	struct token token; /* of size 0: none */
	uint32_t words, count;
	struct near near[NEAR_MAX];
};

/* A question that is kept for whoever explains it of many people, one after another. */
#define KEPT_SIZE 256

struct match_search {
	const struct match_index *index;
	char kept[KEPT_SIZE];
	size_t kept_size;      /* 0: none */
	uint64_t kept_changes; /* of the index, when it was read */
	struct remembered remembered[REMEMBERED_COUNT];
	struct of_word *of_word;
	uint32_t words_room;

	unsigned parts_count, asked_count;
	struct token parts[PART_MAX];
	float part_worth[PART_MAX], part_missing[PART_MAX]; /* the least that it costs */
	struct asked asked[ASKED_MAX];
	struct word_match matches[MATCHES_MAX + 1];
	unsigned matches_count;

	struct match_found *found;
	size_t found_count, found_most;
	uint32_t looks_left;
};

static float larger(float a, float b)
{
	return a > b ? a : b;
}

static float smaller(float a, float b)
{
	return a < b ? a : b;
}

enum err match_search_new(struct match_search **out, const struct match_index *x, struct fault *f)
{
	struct match_search *s = calloc(1, sizeof(*s));

	*out = s;
	if (!s)
		return fault(f, ERR_MEMORY, "memory.none");
	s->index = x;
	return OK;
}

void match_search_free(struct match_search *s)
{
	if (!s)
		return;
	free(s->of_word);
	explicit_bzero(s, sizeof(*s));
	free(s);
}

static void forget_question(struct match_search *s)
{
	for (unsigned i = 1; i <= s->matches_count; i++)
		s->of_word[s->matches[i].word] = (struct of_word){ 0 };
	s->matches_count = 0;
	explicit_bzero(s->parts, sizeof(s->parts));
	explicit_bzero(s->kept, s->kept_size);
	s->kept_size = 0;
}

/* A place for each word of the dictionary, which may have grown since; false: no memory. */
static bool make_room(struct match_search *s)
{
	uint32_t room = s->index->dictionary.room + 1;

	if (s->words_room >= room)
		return true;
	forget_question(s);
	free(s->of_word);
	s->of_word = calloc(room, sizeof(*s->of_word));
	s->words_room = s->of_word ? room : 0;
	return s->words_room;
}

/* --- what is asked -------------------------------------------------------------------- */

/* People who are not here, so that a name is worth something while few are. */
#define OTHERS 1000.0

static float share_bits(const struct match_index *x, double people)
{
	double bits = log2((x->count + OTHERS) / (people + 1.0));

	return bits > WORTH_MAX ? WORTH_MAX : (float)bits;
}

/*
 * What it costs that a name is written so: doubt whether it is that name at all, and how
 * far it is from the best spelling there is.
 */
static float spelling_cost(int evidence, int best, bool other_script)
{
	float bits = (float)evidence / BIT, short_of = (float)(best - evidence) / BIT;
	float doubt = log2f(1 + exp2f(EVIDENCE_EVEN - bits));

	return other_script ? doubt + EVIDENCE_SHARE_OTHER * short_of + OTHER_SCRIPT_COST
			    : doubt + EVIDENCE_SHARE * short_of;
}

static void add_match(struct match_search *s, unsigned asked, uint32_t word, float bits)
{
	struct word_match *m;

	if (s->matches_count == MATCHES_MAX)
		return;
	m = &s->matches[++s->matches_count];
	*m = (struct word_match){ word, (uint16_t)asked, s->of_word[word].first, bits };
	s->of_word[word].first = (uint16_t)s->matches_count;
}

/* A word of two that are asked for is not worth more than both. */
static float worth_of(const struct match_search *s, const struct asked *a, double people)
{
	float bits = share_bits(s->index, people), parts = 0;

	for (unsigned i = 0; a->parts & (a->parts - 1) && i < s->parts_count; i++)
		parts += a->parts >> i & 1 ? s->part_worth[i] : 0;
	return a->parts & (a->parts - 1) && parts < bits ? parts : bits;
}

static const struct remembered *near_words(struct match_search *s, const struct token *t)
{
	const struct dictionary *d = &s->index->dictionary;
	struct remembered *r = &s->remembered[dictionary_hash(t) % REMEMBERED_COUNT];

	if (r->words == d->count && token_same(&r->token, t))
		return r;
	r->token = *t;
	r->words = d->count;
	r->count = (uint32_t)dictionary_near(d, t, EVIDENCE_LEAST, r->near);
	return r;
}

/* What each of the near words costs, of which those of one script are told from its best. */
static void costs_of_near(const struct match_search *s, const struct token *t,
			  const struct remembered *r, float out[NEAR_MAX])
{
	const struct dictionary *d = &s->index->dictionary;
	bool latin = token_is_latin(t);
	int best[2] = { INT_MIN, INT_MIN };

	for (size_t i = 0; i < r->count; i++) {
		bool other = token_is_latin(&d->tokens[r->near[i].word]) != latin;

		/* They stand in order: the first one is the best. */
		if (best[other] == INT_MIN)
			best[other] = r->near[i].evidence;
		out[i] = spelling_cost(r->near[i].evidence, best[other], other);
	}
}

/* The near words of what is asked, and what each is worth. */
static void find_near(struct match_search *s, struct asked *a)
{
	const struct dictionary *d = &s->index->dictionary;
	uint32_t same = dictionary_find(d, &a->token);
	const struct remembered *r = near_words(s, &a->token);
	float costs[NEAR_MAX];
	double people = 0;

	costs_of_near(s, &a->token, r, costs);
	/* How often the name is there, in whatever spelling. */
	for (size_t i = 0; i < r->count; i++)
		people += d->people[r->near[i].word] * exp2(-costs[i]);
	a->worth = worth_of(s, a, people);
	a->first = s->matches_count + 1;
	for (size_t i = 0; i < r->count; i++) {
		uint32_t word = r->near[i].word;
		float cost = word == same ? 0 : costs[i];

		if (a->worth - cost > 0 && d->people[word]) {
			add_match(s, (unsigned)(a - s->asked), word, a->worth - cost);
			a->posts += d->people[word];
		}
	}
	a->count = s->matches_count + 1 - a->first;
}

/* Gives what it is worth. */
static float ask(struct match_search *s, const struct token *t, unsigned parts, unsigned other)
{
	struct asked *a = &s->asked[s->asked_count];

	if (s->asked_count == ASKED_MAX)
		return 0;
	*a = (struct asked){ .token = *t, .parts = (uint16_t)parts, .other = (uint8_t)other };
	s->asked_count++;
	find_near(s, a);
	return a->worth;
}

/* --- two words written as one --------------------------------------------------------- */

/* What a word is worth and how long it is that may be two, and how long a half of one. */
#define SPLIT_WORTH 9.0f
#define SPLIT_LETTERS 6
#define HALF_LETTERS 2

/* The likeliest ways to cut it, the first one most. */
#define CUTS_MAX 2

struct cut {
	struct token halves[2];
	uint64_t likely; /* how many people have the one times how many have the other */
};

static struct token piece_of(const struct token *t, unsigned from, unsigned to)
{
	struct token piece = { .size = (uint8_t)(to - from) };

	memcpy(piece.letters, t->letters + from, to - from);
	return piece;
}

static struct cut cut_at(const struct dictionary *d, const struct token *t, unsigned at)
{
	struct cut c = { { piece_of(t, 0, at), piece_of(t, at, t->size) }, 1 };

	for (unsigned i = 0; i < 2; i++)
		c.likely *= dictionary_people_like(d, &c.halves[i]);
	return c;
}

static void keep_cut(struct cut cuts[CUTS_MAX], struct cut c)
{
	for (unsigned i = 0; i < CUTS_MAX; i++)
		if (c.likely > cuts[i].likely) {
			struct cut less = cuts[i];

			cuts[i] = c;
			c = less;
		}
}

/* Whoever answers a word asked for is worth less, though not less than nothing. */
static void lower_matches(struct match_search *s, const struct asked *a, float less)
{
	for (unsigned m = a->first; m < a->first + a->count; m++)
		s->matches[m].bits -= less < s->matches[m].bits ? less : s->matches[m].bits;
}

/* What a word of the question is worth at most, and whoever has it. */
static void bound_worth(struct match_search *s, unsigned part, float most)
{
	struct asked *a = &s->asked[part];

	if (a->worth <= most)
		return;
	lower_matches(s, a, a->worth - most);
	a->worth = s->part_worth[part] = most;
}

/* A word as the two that it may be.  However rare it is, it is worth no more than these. */
static void ask_halves(struct match_search *s, unsigned part)
{
	const struct dictionary *d = &s->index->dictionary;
	const struct token *t = &s->parts[part];
	struct cut cuts[CUTS_MAX] = { 0 };

	for (unsigned at = HALF_LETTERS; at + HALF_LETTERS <= t->size; at++)
		keep_cut(cuts, cut_at(d, t, at));
	for (unsigned i = 0; i < CUTS_MAX && cuts[i].likely; i++) {
		unsigned first = s->asked_count;
		float worth;

		if (first + 2 > ASKED_MAX)
			break;
		worth = ask(s, &cuts[i].halves[0], 1u << part, first + 1) +
			ask(s, &cuts[i].halves[1], 1u << part, first);
		for (unsigned half = 0; half < 2; half++)
			lower_matches(s, &s->asked[first + half], JOINED_COST / 2);
		bound_worth(s, part, worth + JOINED_COST);
	}
}

/* The least that a word costs which only one side has, if the other one has any. */
static float least_cost(const struct word_cost *c, float worth, unsigned place)
{
	float first = c->behind_first + c->behind_share * worth;
	float behind = c->behind_each + c->behind_share * worth;
	float within = c->each + c->share * worth;

	return place ? smaller(within, smaller(first, behind)) : FIRST_FACTOR * within;
}

/* What each word answers at most, once nothing is lowered any more. */
static void bound_words(struct match_search *s)
{
	for (unsigned i = 1; i <= s->matches_count; i++) {
		const struct word_match *m = &s->matches[i];
		struct of_word *w = &s->of_word[m->word];

		w->gain = larger(w->gain, m->bits + least_cost(&extra, 0, 1));
		w->parts |= s->asked[m->asked].parts;
	}
	for (unsigned i = 0; i < s->parts_count; i++)
		s->part_missing[i] = least_cost(&missing, s->part_worth[i], i);
}

static void read_question(struct match_search *s, struct text name)
{
	s->parts_count = (unsigned)tokens_of(s->parts, name);
	s->asked_count = s->matches_count = 0;
	for (unsigned i = 0; i < s->parts_count; i++)
		s->part_worth[i] = ask(s, &s->parts[i], 1u << i, 0);
	for (unsigned i = 0; i + 1 < s->parts_count; i++) {
		struct token joined;

		if (token_join(&joined, &s->parts[i], &s->parts[i + 1]))
			ask(s, &joined, 3u << i, 0);
	}
	for (unsigned i = 0; i < s->parts_count; i++)
		if (s->part_worth[i] >= SPLIT_WORTH && s->parts[i].size >= SPLIT_LETTERS)
			ask_halves(s, i);
	bound_words(s);
}

/* The same, where it is not the one that was explained last. */
static void read_again(struct match_search *s, struct text name)
{
	if (s->kept_size && s->kept_changes == s->index->changes &&
	    text_same(name, (struct text){ s->kept, s->kept_size }))
		return;
	forget_question(s);
	read_question(s, name);
	if (!name.size || name.size > KEPT_SIZE)
		return;
	memcpy(s->kept, name.at, name.size);
	s->kept_size = name.size;
	s->kept_changes = s->index->changes;
}

/* --- one person ----------------------------------------------------------------------- */

/* A word of hers that answers a word asked for. */
struct answer {
	float bits;
	uint8_t word; /* its place among hers */
	uint16_t asked;
};

#define ANSWERS_MAX 48
static_assert(ASKED_MAX <= 64, "a bit for each word asked for");

struct judged {
	unsigned count;
	struct answer answers[TOKENS_MAX];
	uint64_t answered; /* of what is asked, a bit each */
	unsigned missing;  /* parts */
	unsigned taken;	   /* her words */
	unsigned order;	   /* how often a word stands before one that was asked for earlier */
};

/* *most is what they are worth at most: of each of her words the best. */
static size_t answers_of(const struct match_search *s, const uint32_t *words, unsigned count,
			 struct answer out[ANSWERS_MAX], float *most)
{
	size_t n = 0;

	*most = 0;
	for (unsigned i = 0; i < count; i++) {
		float best = 0;

		for (unsigned m = s->of_word[words[i]].first; m && n < ANSWERS_MAX;
		     m = s->matches[m].next) {
			const struct word_match *its = &s->matches[m];

			out[n++] = (struct answer){ its->bits, (uint8_t)i, its->asked };
			best = its->bits > best ? its->bits : best;
		}
		*most += best;
	}
	return n;
}

/* Whether a word asked for is still to be answered: nothing of it is, or its other half. */
static bool is_open(const struct match_search *s, const struct judged *j, unsigned number)
{
	const struct asked *a = &s->asked[number];

	if (j->answered >> number & 1)
		return false;
	return (a->parts & ~j->missing) == 0 || (a->other && j->answered >> a->other & 1);
}

static void take_best(const struct match_search *s, struct judged *j, struct answer *all,
		      size_t count)
{
	j->missing = (1u << s->parts_count) - 1;
	while (j->count < TOKENS_MAX) {
		const struct answer *best = NULL;

		for (size_t i = 0; i < count; i++)
			if (is_open(s, j, all[i].asked) && !(j->taken >> all[i].word & 1) &&
			    (!best || all[i].bits > best->bits))
				best = &all[i];
		if (!best)
			break;
		j->answers[j->count++] = *best;
		j->taken |= 1u << best->word;
		j->missing &= ~(unsigned)s->asked[best->asked].parts;
		j->answered |= UINT64_C(1) << best->asked;
	}
}

/* The place behind the last of `places`, a bit each. */
static unsigned behind_last(unsigned places)
{
	return places ? 32 - (unsigned)__builtin_clz(places) : 0;
}

/* Of the word at `place`; what both sides have ends at `behind`. */
static float word_cost(const struct word_cost *c, float worth, unsigned place, unsigned behind)
{
	float cost = c->each + c->share * worth;

	if (place >= behind)
		return (place == behind ? c->behind_first : c->behind_each) +
		       c->behind_share * worth;
	return place ? cost : FIRST_FACTOR * cost;
}

static float extra_cost(const struct match_search *s, const struct judged *j, uint32_t word,
			unsigned place)
{
	float worth = share_bits(s->index, s->index->dictionary.people[word]);

	return word_cost(&extra, worth, place, behind_last(j->taken));
}

static float missing_cost(const struct match_search *s, const struct judged *j, unsigned part)
{
	unsigned there = ((1u << s->parts_count) - 1) & ~j->missing;

	return word_cost(&missing, s->part_worth[part], part, behind_last(there));
}

/* Of an answer that is half of a word, the half that nothing answers; NULL: none. */
static const struct asked *missing_half(const struct match_search *s, const struct judged *j,
					const struct answer *a)
{
	unsigned other = s->asked[a->asked].other;

	return other && !(j->answered >> other & 1) ? &s->asked[other] : NULL;
}

static float missing_half_cost(const struct asked *half)
{
	return word_cost(&missing, half->worth, 1, 2);
}

static unsigned first_part(unsigned parts)
{
	return (unsigned)__builtin_ctz(parts);
}

static unsigned disorder(const struct match_search *s, const struct judged *j)
{
	unsigned n = 0;

	for (unsigned a = 0; a < j->count; a++)
		for (unsigned b = 0; b < a; b++) {
			const struct answer *x = &j->answers[a], *y = &j->answers[b];
			unsigned px = first_part(s->asked[x->asked].parts);
			unsigned py = first_part(s->asked[y->asked].parts);

			n += (x->word < y->word && px > py) || (x->word > y->word && px < py);
		}
	return n;
}

/* More than rounding makes of a sum in another order. */
#define ROUNDING 0.01f

/*
 * What judge() gives is at most this: each of her words answers what it can, and what none of
 * them answers is missing or extra.  Most of those who are looked at are put aside by it.
 */
static float worth_most(const struct match_search *s, const uint32_t *words, unsigned count)
{
	float bits = ROUNDING - (float)count * least_cost(&extra, 0, 1);
	unsigned there = 0;

	for (unsigned i = 0; i < count; i++) {
		const struct of_word *w = &s->of_word[words[i]];

		bits += w->gain;
		there |= w->parts;
	}
	for (unsigned i = 0; i < s->parts_count; i++)
		bits -= there >> i & 1 ? 0 : s->part_missing[i];
	return bits;
}

/*
 * What a person is worth, and why; -1 at once where the words she has make it sure that it
 * is not more than `least`.
 */
static float judge(const struct match_search *s, uint32_t number, float least, struct judged *j)
{
	const struct match_index *x = s->index;
	const uint32_t *words = x->words + x->starts[number];
	unsigned count = x->starts[number + 1] - x->starts[number];
	struct answer all[ANSWERS_MAX];
	float bits = 0, most;
	size_t answers = answers_of(s, words, count, all, &most);

	j->count = j->taken = 0;
	j->answered = 0;
	if (!answers || most <= least)
		return -1;
	take_best(s, j, all, answers);
	for (unsigned i = 0; i < j->count; i++) {
		const struct asked *half = missing_half(s, j, &j->answers[i]);

		bits += j->answers[i].bits - (half ? missing_half_cost(half) : 0);
	}
	for (unsigned i = 0; i < s->parts_count; i++)
		bits -= j->missing >> i & 1 ? missing_cost(s, j, i) : 0;
	if (bits <= least)
		return -1;
	for (unsigned i = 0; i < count; i++)
		bits -= j->taken >> i & 1 ? 0 : extra_cost(s, j, words[i], i);
	j->order = disorder(s, j);
	return bits - ORDER_COST * (float)j->order;
}

/* --- the best so far ------------------------------------------------------------------ */

static float least_found(const struct match_search *s)
{
	return s->found_count < s->found_most ? 0 : s->found[s->found_count - 1].bits;
}

static bool comes_before(const struct match_found *a, const struct match_found *b)
{
	return a->bits > b->bits || (a->bits == b->bits && a->number < b->number);
}

static void keep(struct match_search *s, struct match_found found)
{
	size_t at = s->found_count;

	for (size_t i = 0; i < s->found_count; i++)
		if (s->found[i].number == found.number)
			return;
	if (s->found_count < s->found_most)
		s->found_count++;
	else if (!comes_before(&found, &s->found[--at]))
		return;
	for (; at > 0 && comes_before(&found, &s->found[at - 1]); at--)
		s->found[at] = s->found[at - 1];
	s->found[at] = found;
}

static void look_at(struct match_search *s, uint32_t number)
{
	struct match_found found = { .number = number };
	const struct match_index *x = s->index;
	uint32_t from = x->starts[number], count = x->starts[number + 1] - from;
	float least = least_found(s);
	struct judged j;

	if (worth_most(s, x->words + from, count) <= least)
		return;
	found.bits = judge(s, number, least, &j);
	if (found.bits > 0)
		keep(s, found);
}

/* --- whom to look at ------------------------------------------------------------------ */

/* How far ahead memory is asked for: a person's words lie anywhere. */
#define AHEAD 20

static void look_at_posts(struct match_search *s, uint32_t word)
{
	const struct match_index *x = s->index;
	uint32_t from, to;

	if (word > x->settled_words)
		return;
	from = x->post_starts[word];
	to = x->post_starts[word + 1];
	for (uint32_t i = from; i < to && s->looks_left; i++, s->looks_left--) {
		if (i + 2 * AHEAD < to)
			__builtin_prefetch(&x->starts[x->posts[i + 2 * AHEAD]]);
		if (i + AHEAD < to)
			__builtin_prefetch(&x->words[x->starts[x->posts[i + AHEAD]]]);
		look_at(s, x->posts[i]);
	}
}

/* Words asked for by how few have them or a near one. */
static void by_rarity(const struct match_search *s, uint8_t out[ASKED_MAX])
{
	for (unsigned i = 0; i < s->asked_count; i++) {
		unsigned at = i;

		for (; at > 0 && s->asked[out[at - 1]].posts > s->asked[i].posts; at--)
			out[at] = out[at - 1];
		out[at] = (uint8_t)i;
	}
}

/* What somebody is worth who has all of `parts` as they are asked for, as far as the last one
 * that both have. */
static float worth_up_to(const struct match_search *s, unsigned parts, unsigned last)
{
	float bits = 0;

	for (unsigned i = 0; i < s->parts_count; i++)
		bits += i <= last && parts >> i & 1
				? s->part_worth[i]
				: -word_cost(&missing, s->part_worth[i], i, last + 1);
	return bits;
}

/* The most that somebody can be worth who has none of the words looked at so far. */
static float still_possible(const struct match_search *s, const uint8_t *order, unsigned from)
{
	unsigned parts = 0;
	float most = 0;

	for (unsigned i = from; i < s->asked_count; i++)
		parts |= s->asked[order[i]].parts;
	for (unsigned last = 0; last < s->parts_count; last++) {
		float bits = parts >> last & 1 ? worth_up_to(s, parts, last) : 0;

		most = bits > most ? bits : most;
	}
	return most;
}

size_t match_search_run(struct match_search *s, struct text name, struct match_found *out,
			size_t most)
{
	const struct match_index *x = s->index;
	uint8_t order[ASKED_MAX];

	assert(most >= 1 && most <= MATCH_FOUND_MAX);
	s->found = out;
	s->found_most = most;
	s->found_count = 0;
	s->looks_left = LOOKS_MAX + x->count / LOOKS_SHARE;
	if (!make_room(s))
		return 0;
	forget_question(s);
	read_question(s, name);
	by_rarity(s, order);
	for (uint32_t number = x->settled; number < x->count; number++)
		look_at(s, number);
	for (unsigned i = 0; i < s->asked_count; i++) {
		const struct asked *a = &s->asked[order[i]];
		float possible = still_possible(s, order, i);

		if (s->found_count == most && least_found(s) >= possible)
			break;
		for (unsigned m = a->first; m < a->first + a->count; m++) {
			if (s->found_count == most &&
			    least_found(s) >= possible - a->worth + s->matches[m].bits)
				break;
			look_at_posts(s, s->matches[m].word);
		}
	}
	forget_question(s);
	return s->found_count;
}

/* --- why ------------------------------------------------------------------------------ */

static struct match_reason *add_reason(struct match_reason *out, size_t *count,
				       enum match_reason_sort sort, float bits)
{
	struct match_reason *r = &out[(*count)++];

	assert(*count <= MATCH_REASONS_MAX);
	*r = (struct match_reason){ .sort = sort, .bits = bits };
	return r;
}

static void show(char out[MATCH_WORD_SIZE], const struct token *t)
{
	out[token_show(out, t)] = 0;
}

static void explain_answer(const struct match_search *s, const struct judged *j,
			   const struct answer *a, uint32_t word, struct match_reason *out,
			   size_t *count)
{
	const struct asked *half = missing_half(s, j, a);
	const struct asked *asked = &s->asked[a->asked];
	const struct token *found = &s->index->dictionary.tokens[word];
	bool joined = asked->other || (asked->parts & (asked->parts - 1));
	struct match_reason *r;

	r = add_reason(out, count,
		       joined				  ? MATCH_JOINED
		       : token_same(&asked->token, found) ? MATCH_SAME
							  : MATCH_SPELLED,
		       a->bits);
	show(r->asked, &asked->token);
	show(r->found, found);
	if (half)
		show(add_reason(out, count, MATCH_MISSING, -missing_half_cost(half))->asked,
		     &half->token);
}

size_t match_search_explain(struct match_search *s, struct text name, uint32_t number,
			    struct match_reason out[MATCH_REASONS_MAX], float *bits)
{
	const struct match_index *x = s->index;
	const uint32_t *words;
	size_t count = 0;
	struct judged j;

	assert(number < x->count);
	*bits = 0;
	if (!make_room(s))
		return 0;
	words = x->words + x->starts[number];
	read_again(s, name);
	judge(s, number, -INFINITY, &j);
	for (unsigned i = 0; i < j.count; i++)
		explain_answer(s, &j, &j.answers[i], words[j.answers[i].word], out, &count);
	for (unsigned i = 0; j.count && i < s->parts_count; i++)
		if (j.missing >> i & 1)
			show(add_reason(out, &count, MATCH_MISSING, -missing_cost(s, &j, i))->asked,
			     &s->parts[i]);
	for (unsigned i = 0; j.count && i < x->starts[number + 1] - x->starts[number]; i++)
		if (!(j.taken >> i & 1))
			show(add_reason(out, &count, MATCH_EXTRA, -extra_cost(s, &j, words[i], i))
				     ->found,
			     &x->dictionary.tokens[words[i]]);
	if (j.count && j.order)
		add_reason(out, &count, MATCH_ORDER, -ORDER_COST * (float)j.order);
	for (size_t i = 0; i < count; i++)
		*bits += out[i].bits;
	if (!s->kept_size)
		forget_question(s);
	return count;
}
