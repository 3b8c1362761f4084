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
 *     less a part of that for what is missing, and for what was not asked for
 *     less a little where words stand in another order
 *
 * Neighbours that are one word on the other side (Gul Zaman, Gulzaman) are asked for as one
 * as well, and a long word that is two known ones (Hosseinaisha) as two.
 */
#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "match/names.h"

#define ASKED_MAX (3 * TOKENS_MAX)
#define PART_MAX TOKENS_MAX
#define MATCHES_MAX (ASKED_MAX * NEAR_MAX)

/* What must at least speak for two words being one name, and where doubt is even: of a
 * dictionary of thousands, some word is as near as this by chance. */
#define EVIDENCE_LEAST (2 * BIT)
#define EVIDENCE_EVEN 7.0f
#define EVIDENCE_SHARE 0.13f /* of the evidence short of the best, what a spelling costs */

#define WORTH_MAX 18.0f
#define MISSING_SHARE 0.25f
#define EXTRA_SHARE 0.22f
#define FIRST_FACTOR 2.5f
#define ORDER_COST 2.0f

/* People looked at in one search: so many, and one of two hundred. */
#define LOOKS_MAX 10000
#define LOOKS_SHARE 200

/* A word asked for, or two as one: bits of `parts` are the words of the question. */
struct asked {
	struct token token;
	uint16_t parts;
	bool split; /* a half of a word of the question */
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

/* Near words that were found before: names repeat.  Good while the dictionary has not grown. */
#define REMEMBERED_COUNT 256

struct remembered {
	struct token token; /* of size 0: none */
	uint32_t words, count;
	struct near near[NEAR_MAX];
};

struct match_search {
	const struct match_index *index;
	struct remembered remembered[REMEMBERED_COUNT];
	uint8_t *marks;	   /* of dictionary_near() */
	uint16_t *of_word; /* the first match of a word, from 1 */
	uint32_t words_room;

	unsigned parts_count, asked_count;
	struct token parts[PART_MAX];
	float part_worth[PART_MAX];
	struct asked asked[ASKED_MAX];
	struct word_match matches[MATCHES_MAX + 1];
	unsigned matches_count;

	struct match_found *found;
	size_t found_count, found_most;
	uint32_t looks_left;
};

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
	free(s->marks);
	free(s->of_word);
	explicit_bzero(s, sizeof(*s));
	free(s);
}

/* A place for each word of the dictionary, which may have grown since; false: no memory. */
static bool make_room(struct match_search *s)
{
	uint32_t room = s->index->dictionary.room + 1;

	if (s->words_room >= room)
		return true;
	free(s->marks);
	free(s->of_word);
	s->marks = calloc(room, sizeof(*s->marks));
	s->of_word = calloc(room, sizeof(*s->of_word));
	s->words_room = s->marks && s->of_word ? room : 0;
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
static float spelling_cost(int evidence, int best)
{
	float bits = (float)evidence / BIT, short_of = (float)(best - evidence) / BIT;

	return log2f(1 + exp2f(EVIDENCE_EVEN - bits)) + EVIDENCE_SHARE * short_of;
}

static void add_match(struct match_search *s, unsigned asked, uint32_t word, float bits)
{
	struct word_match *m;

	if (s->matches_count == MATCHES_MAX)
		return;
	m = &s->matches[++s->matches_count];
	*m = (struct word_match){ word, (uint16_t)asked, s->of_word[word], bits };
	s->of_word[word] = (uint16_t)s->matches_count;
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
	r->count = (uint32_t)dictionary_near(d, t, EVIDENCE_LEAST, s->marks, r->near);
	return r;
}

/* The near words of what is asked, and what each is worth. */
static void find_near(struct match_search *s, struct asked *a)
{
	const struct dictionary *d = &s->index->dictionary;
	uint32_t same = dictionary_find(d, &a->token);
	const struct remembered *r = near_words(s, &a->token);
	const struct near *near = r->near;
	double people = 0;
	size_t count = r->count;
	int best;

	best = count ? near[0].evidence : 0;
	/* How often the name is there, in whatever spelling. */
	for (size_t i = 0; i < count; i++)
		people += d->people[near[i].word] * exp2(-spelling_cost(near[i].evidence, best));
	a->worth = worth_of(s, a, people);
	a->first = s->matches_count + 1;
	for (size_t i = 0; i < count; i++) {
		float cost = near[i].word == same ? 0 : spelling_cost(near[i].evidence, best);

		if (a->worth - cost > 0 && d->people[near[i].word]) {
			add_match(s, (unsigned)(a - s->asked), near[i].word, a->worth - cost);
			a->posts += d->people[near[i].word];
		}
	}
	a->count = s->matches_count + 1 - a->first;
}

static void ask(struct match_search *s, const struct token *t, unsigned parts, bool split)
{
	struct asked *a = &s->asked[s->asked_count];

	if (s->asked_count == ASKED_MAX)
		return;
	*a = (struct asked){ .token = *t, .parts = (uint16_t)parts, .split = split };
	s->asked_count++;
	find_near(s, a);
}

/* How many of all must have a word, so that it may be a half of one. */
#define HALF_SHARE 2000
#define HALF_LETTERS 2

/* A word that nobody has, as the two frequent ones that it is most likely. */
static void ask_halves(struct match_search *s, unsigned part)
{
	const struct dictionary *d = &s->index->dictionary;
	const struct token *t = &s->parts[part];
	uint64_t most = s->index->count / HALF_SHARE;
	struct token best[2], halves[2];
	unsigned cuts = 0;

	for (unsigned cut = HALF_LETTERS; cut + HALF_LETTERS <= t->size; cut++) {
		uint32_t people = UINT32_MAX;

		for (unsigned i = 0; i < 2; i++) {
			unsigned from = i ? cut : 0, to = i ? t->size : cut;
			uint32_t its;

			halves[i] = (struct token){ .size = (uint8_t)(to - from) };
			memcpy(halves[i].letters, t->letters + from, to - from);
			its = d->people[dictionary_find(d, &halves[i])];
			people = its < people ? its : people;
		}
		if (people > most) {
			most = people;
			memcpy(best, halves, sizeof(best));
			cuts++;
		}
	}
	for (unsigned i = 0; cuts && i < 2; i++)
		ask(s, &best[i], 1u << part, true);
}

static void read_question(struct match_search *s, struct text name)
{
	const struct dictionary *d = &s->index->dictionary;

	s->parts_count = (unsigned)tokens_of(s->parts, name);
	s->asked_count = s->matches_count = 0;
	for (unsigned i = 0; i < s->parts_count; i++) {
		ask(s, &s->parts[i], 1u << i, false);
		s->part_worth[i] = s->asked[s->asked_count - 1].worth;
	}
	for (unsigned i = 0; i + 1 < s->parts_count; i++) {
		struct token joined;

		if (token_join(&joined, &s->parts[i], &s->parts[i + 1]))
			ask(s, &joined, 3u << i, false);
	}
	for (unsigned i = 0; i < s->parts_count; i++)
		if (!d->people[dictionary_find(d, &s->parts[i])])
			ask_halves(s, i);
}

static void forget_question(struct match_search *s)
{
	for (unsigned i = 1; i <= s->matches_count; i++)
		s->of_word[s->matches[i].word] = 0;
	explicit_bzero(s->parts, sizeof(s->parts));
}

/* --- one person ----------------------------------------------------------------------- */

/* A word of hers that answers a word asked for. */
struct answer {
	float bits;
	uint8_t word; /* its place among hers */
	uint16_t asked;
};

#define ANSWERS_MAX 48

struct judged {
	unsigned count;
	struct answer answers[TOKENS_MAX];
	unsigned missing; /* parts */
	unsigned taken;	  /* her words */
	unsigned order;	  /* how often a word stands before one that was asked for earlier */
};

/* *most is what they are worth at most: of each of her words the best. */
static size_t answers_of(const struct match_search *s, const uint32_t *words, unsigned count,
			 struct answer out[ANSWERS_MAX], float *most)
{
	size_t n = 0;

	*most = 0;
	for (unsigned i = 0; i < count; i++) {
		float best = 0;

		for (unsigned m = s->of_word[words[i]]; m && n < ANSWERS_MAX;
		     m = s->matches[m].next) {
			const struct word_match *its = &s->matches[m];

			out[n++] = (struct answer){ its->bits, (uint8_t)i, its->asked };
			best = its->bits > best ? its->bits : best;
		}
		*most += best;
	}
	return n;
}

static void take_best(const struct match_search *s, struct judged *j, struct answer *all,
		      size_t count)
{
	unsigned parts_left = (1u << s->parts_count) - 1, words_taken = 0, halves_taken = 0;

	while (j->count < TOKENS_MAX) {
		const struct answer *best = NULL;

		for (size_t i = 0; i < count; i++) {
			const struct asked *a = &s->asked[all[i].asked];
			bool free_parts = (a->parts & parts_left) == a->parts ||
					  (a->split && (a->parts & halves_taken));

			if (free_parts && !(words_taken >> all[i].word & 1) &&
			    (!best || all[i].bits > best->bits))
				best = &all[i];
		}
		if (!best)
			break;
		j->answers[j->count++] = *best;
		words_taken |= 1u << best->word;
		parts_left &= ~(unsigned)s->asked[best->asked].parts;
		if (s->asked[best->asked].split)
			halves_taken |= s->asked[best->asked].parts;
	}
	j->missing = parts_left;
	j->taken = words_taken;
}

/* The first word is most often the given name: who has another one is another person. */
static float weight_at(unsigned place)
{
	return place ? 1 : FIRST_FACTOR;
}

static float extra_cost(const struct match_search *s, uint32_t word, unsigned place)
{
	const struct match_index *x = s->index;

	return EXTRA_SHARE * weight_at(place) * share_bits(x, x->dictionary.people[word]);
}

static float missing_cost(const struct match_search *s, unsigned part)
{
	return MISSING_SHARE * weight_at(part) * s->part_worth[part];
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

	j->count = 0;
	if (!answers || most <= least)
		return -1;
	take_best(s, j, all, answers);
	for (unsigned i = 0; i < j->count; i++)
		bits += j->answers[i].bits;
	for (unsigned i = 0; i < s->parts_count; i++)
		bits -= j->missing >> i & 1 ? missing_cost(s, i) : 0;
	if (bits <= least)
		return -1;
	for (unsigned i = 0; i < count; i++)
		bits -= j->taken >> i & 1 ? 0 : extra_cost(s, words[i], i);
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
	struct judged j;

	found.bits = judge(s, number, least_found(s), &j);
	if (found.bits > 0)
		keep(s, found);
}

/* --- whom to look at ------------------------------------------------------------------ */

/* How far ahead memory is asked for: a person's words lie anywhere. */
#define AHEAD 12

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

/* The most that somebody can be worth who has none of the words looked at so far. */
static float still_possible(const struct match_search *s, const uint8_t *order, unsigned from)
{
	unsigned parts = 0;
	float bits = 0;

	for (unsigned i = from; i < s->asked_count; i++)
		parts |= s->asked[order[i]].parts;
	for (unsigned i = 0; i < s->parts_count; i++)
		bits += parts >> i & 1 ? s->part_worth[i] : -missing_cost(s, i);
	return bits;
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

static void explain_answer(const struct match_search *s, const struct answer *a, uint32_t word,
			   struct match_reason *out, size_t *count)
{
	const struct asked *asked = &s->asked[a->asked];
	const struct token *found = &s->index->dictionary.tokens[word];
	bool joined = asked->split || (asked->parts & (asked->parts - 1));
	struct match_reason *r;

	r = add_reason(out, count,
		       joined				  ? MATCH_JOINED
		       : token_same(&asked->token, found) ? MATCH_SAME
							  : MATCH_SPELLED,
		       a->bits);
	show(r->asked, &asked->token);
	show(r->found, found);
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
	read_question(s, name);
	judge(s, number, -INFINITY, &j);
	for (unsigned i = 0; i < j.count; i++)
		explain_answer(s, &j.answers[i], words[j.answers[i].word], out, &count);
	for (unsigned i = 0; j.count && i < s->parts_count; i++)
		if (j.missing >> i & 1)
			show(add_reason(out, &count, MATCH_MISSING, -missing_cost(s, i))->asked,
			     &s->parts[i]);
	for (unsigned i = 0; j.count && i < x->starts[number + 1] - x->starts[number]; i++)
		if (!(j.taken >> i & 1))
			show(add_reason(out, &count, MATCH_EXTRA, -extra_cost(s, words[i], i))
				     ->found,
			     &x->dictionary.tokens[words[i]]);
	if (j.count && j.order)
		add_reason(out, &count, MATCH_ORDER, -ORDER_COST * (float)j.order);
	for (size_t i = 0; i < count; i++)
		*bits += out[i].bits;
	forget_question(s);
	return count;
}
