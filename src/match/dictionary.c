/* The dictionary: hashes, chains of keys, and the near words. */
#include "match/dictionary.h"

#include <assert.h>
#include <stdlib.h>

#include "match/mixed.h"

#define WORDS_MAX (UINT32_C(1) << 28)

/* --- memory that grows ---------------------------------------------------------------- */

static void wipe(void *at, size_t size)
{
	if (at)
		explicit_bzero(at, size);
	free(at);
}

#define LINE 64 /* of memory, of which no spelling lies across two */

/* `*at` with room for `count` items, the new ones zero, and nothing left where it was;
 * false: no memory, all as it was. */
static bool grow(void **at, size_t before, size_t count, size_t size)
{
	size_t whole = (count * size + LINE - 1) / LINE * LINE;
	void *grown = aligned_alloc(LINE, whole);

	if (!grown)
		return false;
	memset(grown, 0, whole);
	if (before)
		memcpy(grown, *at, before * size);
	wipe(*at, before * size);
	*at = grown;
	return true;
}

static size_t spellings_size(const struct dictionary *d)
{
	return d->spellings ? d->room * sizeof(*d->spellings) : 0;
}

void dictionary_free(struct dictionary *d)
{
	wipe(d->tokens, d->room * sizeof(*d->tokens));
	wipe(d->spellings, spellings_size(d));
	wipe(d->people, d->room * sizeof(*d->people));
	wipe(d->places, d->places_count * sizeof(*d->places));
	for (uint32_t i = 0; i < d->keys_count; i++)
		wipe(d->keys[i].words, d->keys[i].room * sizeof(*d->keys[i].words));
	wipe(d->keys, d->keys_count * sizeof(*d->keys));
	*d = (struct dictionary){ .channel = d->channel, .compared = d->compared };
}

size_t dictionary_size(const struct dictionary *d)
{
	return d->room * (sizeof(*d->tokens) + sizeof(*d->people)) + spellings_size(d) +
	       d->places_count * sizeof(*d->places) + d->keys_count * sizeof(*d->keys) +
	       d->key_words * sizeof(struct key_word);
}

/* --- words ---------------------------------------------------------------------------- */

uint32_t dictionary_hash(const struct token *t)
{
	uint64_t h = t->size;

	for (unsigned i = 0; i < t->size; i++)
		h = (h ^ t->letters[i]) * 0x100000001b3ull;
	return (uint32_t)mixed(h);
}

static uint32_t *place_of(const struct dictionary *d, const struct token *t)
{
	uint32_t at = dictionary_hash(t) & (d->places_count - 1);

	while (d->places[at] && !token_same(&d->tokens[d->places[at]], t))
		at = (at + 1) & (d->places_count - 1);
	return &d->places[at];
}

uint32_t dictionary_find(const struct dictionary *d, const struct token *t)
{
	return d->places_count ? *place_of(d, t) : 0;
}

static bool grow_places(struct dictionary *d)
{
	uint32_t count = d->places_count ? d->places_count * 2 : 1024;
	uint32_t *places = calloc(count, sizeof(*places));

	if (!places)
		return false;
	wipe(d->places, d->places_count * sizeof(*d->places));
	d->places = places;
	d->places_count = count;
	for (uint32_t word = 1; word <= d->count; word++)
		*place_of(d, &d->tokens[word]) = word;
	return true;
}

static bool grow_words(struct dictionary *d)
{
	uint32_t room = d->room ? d->room + d->room / 2 : 1024;

	if (!grow((void **)&d->tokens, d->room, room, sizeof(*d->tokens)) ||
	    !grow((void **)&d->people, d->room, room, sizeof(*d->people)) ||
	    (d->compared && !grow((void **)&d->spellings, d->room, room, sizeof(*d->spellings))))
		return false;
	d->room = room;
	return true;
}

/* --- keys ----------------------------------------------------------------------------- */

/* Of a key from which a consonant is left out. */
#define SHORTENED (UINT32_C(1) << 31)

/* The keys under which a word stands. */
static void keys_to_stand_under(struct keys *out, const struct token *t)
{
	keys_of(out, t);
	for (unsigned i = out->exact; i < out->count; i++)
		out->at[i] |= SHORTENED;
}

/* The keys under which words near to `t` stand: they have its consonants, or one more, or
 * one less, or one that is another while there are others enough. */
struct sought_keys {
	unsigned count;
	uint32_t at[2 * KEYS_MAX];
};

static void keys_to_look_under(struct sought_keys *out, const struct keys *keys)
{
	out->count = 0;
	for (unsigned i = 0; i < keys->count; i++) {
		out->at[out->count++] = keys->at[i];
		if (i < keys->exact || keys->at[i] >= KEY_OF_THREE)
			out->at[out->count++] = keys->at[i] | SHORTENED;
	}
}

static struct key_place *key_place(struct key_place *keys, uint32_t count, uint32_t key)
{
	uint32_t at = (uint32_t)mixed(key) & (count - 1);

	while (keys[at].key && keys[at].key != key)
		at = (at + 1) & (count - 1);
	return &keys[at];
}

static bool grow_keys(struct dictionary *d)
{
	uint32_t count = d->keys_count ? d->keys_count * 2 : 1024;
	struct key_place *keys = calloc(count, sizeof(*keys));

	if (!keys)
		return false;
	for (uint32_t i = 0; i < d->keys_count; i++)
		if (d->keys[i].key)
			*key_place(keys, count, d->keys[i].key) = d->keys[i];
	wipe(d->keys, d->keys_count * sizeof(*d->keys));
	d->keys = keys;
	d->keys_count = count;
	return true;
}

/* Room for one more word of each of the keys; false: no memory. */
static bool grow_key_words(struct dictionary *d, const struct keys *keys)
{
	for (unsigned i = 0; i < keys->count; i++) {
		struct key_place *p = key_place(d->keys, d->keys_count, keys->at[i]);
		uint32_t room = p->room ? p->room + p->room / 2 + 1 : 2;

		if (p->count < p->room)
			continue;
		if (!grow((void **)&p->words, p->room, room, sizeof(*p->words)))
			return false;
		d->keys_used += !p->key;
		d->key_words += room - p->room;
		p->key = keys->at[i];
		p->room = room;
	}
	return true;
}

/* All memory that one more word can need. */
static bool make_room(struct dictionary *d, const struct keys *keys)
{
	while (d->room < d->count + 2)
		if (!grow_words(d))
			return false;
	while (d->places_count * 3 < (d->count + 1) * 4)
		if (!grow_places(d))
			return false;
	while (d->keys_count * 3 < (d->keys_used + KEYS_MAX) * 4)
		if (!grow_keys(d))
			return false;
	return grow_key_words(d, keys);
}

enum err dictionary_add(struct dictionary *d, const struct token *t, uint32_t *word,
			struct fault *f)
{
	struct keys keys;

	*word = dictionary_find(d, t);
	if (*word)
		return OK;
	keys_to_stand_under(&keys, t);
	if (d->count >= WORDS_MAX || !make_room(d, &keys))
		return fault(f, ERR_MEMORY, "memory.none");
	*word = ++d->count;
	d->tokens[*word] = *t;
	if (d->compared)
		spelling_of(&d->spellings[*word], d->channel, t);
	*place_of(d, t) = *word;
	for (unsigned i = 0; i < keys.count; i++) {
		struct key_place *p = key_place(d->keys, d->keys_count, keys.at[i]);

		p->words[p->count++] =
			(struct key_word){ *word, keys.sounds, token_is_latin(t), t->size };
	}
	return OK;
}

/* --- near words ----------------------------------------------------------------------- */

static int by_evidence(const void *a, const void *b)
{
	const struct near *x = a, *y = b;

	if (x->evidence != y->evidence)
		return x->evidence < y->evidence ? 1 : -1;
	return x->word < y->word ? -1 : x->word > y->word;
}

/* The best NEAR_MAX so far, the least of them on top of a heap. */
struct best {
	struct near *at;
	size_t count;
};

static bool is_worse(const struct near *a, const struct near *b)
{
	return by_evidence(a, b) > 0;
}

static void sink(struct best *b)
{
	size_t i = 0;

	for (;;) {
		size_t worst = i, left = 2 * i + 1, right = left + 1;
		struct near kept = b->at[i];

		if (left < b->count && is_worse(&b->at[left], &b->at[worst]))
			worst = left;
		if (right < b->count && is_worse(&b->at[right], &b->at[worst]))
			worst = right;
		if (worst == i)
			return;
		b->at[i] = b->at[worst];
		b->at[worst] = kept;
		i = worst;
	}
}

static void rise(struct best *b)
{
	for (size_t i = b->count - 1; i && is_worse(&b->at[i], &b->at[(i - 1) / 2]);
	     i = (i - 1) / 2) {
		struct near kept = b->at[i];

		b->at[i] = b->at[(i - 1) / 2];
		b->at[(i - 1) / 2] = kept;
	}
}

static bool is_in(const struct best *b, uint32_t word)
{
	for (size_t i = 0; i < b->count; i++)
		if (b->at[i].word == word)
			return true;
	return false;
}

static void keep(struct best *b, struct near n)
{
	if (b->count < NEAR_MAX) {
		b->at[b->count++] = n;
		rise(b);
	} else if (is_worse(&b->at[0], &n)) {
		b->at[0] = n;
		sink(b);
	}
}

/* Sounds in which two spellings of one name may differ, those of one side counted and those
 * of the other: a consonant that is left out counts once, one heard as another twice. */
#define SOUNDS_OTHER_MAX 2

/*
 * Whether a word of a key can be worth a look.  Of one script, a spelling is at most four
 * letters longer; in Latin letters a name has up to two and a half times those of Arabic.
 */
static bool may_be_near(const struct key_word *k, const struct token *t, uint16_t sounds)
{
	unsigned other = k->sounds ^ sounds;
	bool latin = token_is_latin(t);
	unsigned arabic = latin ? k->size : t->size, in_latin = latin ? t->size : k->size;

	for (unsigned i = 0; i < SOUNDS_OTHER_MAX; i++)
		other &= other - 1; /* the lowest of them */
	if (other)
		return false;
	if (latin == k->latin)
		return k->size + 4 >= t->size && t->size + 4 >= k->size;
	return in_latin * 2 <= arabic * 5 + 6 && in_latin + 2 >= arabic;
}

/* Whether a word of a key has the same consonants and about the same length. */
#define ABOUT_AS_LONG 2

static bool is_like(const struct key_word *k, const struct token *t, uint16_t sounds)
{
	if (k->sounds != sounds)
		return false;
	if (k->latin != token_is_latin(t))
		return may_be_near(k, t, sounds);
	return k->size + ABOUT_AS_LONG >= t->size && k->size <= t->size + ABOUT_AS_LONG;
}

uint32_t dictionary_people_like(const struct dictionary *d, const struct token *t)
{
	uint32_t people[2] = { 0, 0 }; /* by script */
	bool latin = token_is_latin(t);
	struct keys keys;

	if (!d->keys_count)
		return 0;
	keys_of(&keys, t);
	for (unsigned i = 0; i < keys.exact; i++) {
		const struct key_place *p = key_place(d->keys, d->keys_count, keys.at[i]);

		for (uint32_t k = 0; k < p->count; k++)
			if (is_like(&p->words[k], t, keys.sounds))
				people[p->words[k].latin] += d->people[p->words[k].word];
	}
	return people[latin] ? people[latin] : people[!latin];
}

/*
 * Words farther than this behind the best one (1/64 bits) are not worth being kept.  In its own
 * script a long name has 40 bits to itself, and in the other one never more than 15 or 20.
 */
#define BEHIND_BEST (32 * BIT)

static int least_worth(const struct best *b, int least, int most)
{
	if (b->count == NEAR_MAX && b->at[0].evidence > least)
		least = b->at[0].evidence;
	return most - BEHIND_BEST > least ? most - BEHIND_BEST : least;
}

/* Words that are waited for: they lie anywhere in memory, which is slow. */
#define WAITING_MAX 32

/* A look for what is near to one token. */
struct looking {
	const struct dictionary *d;
	const struct token *token;
	uint16_t sounds;
	int least, most;
	uint32_t waiting[WAITING_MAX];
	uint32_t waiting_count;
	struct best best;
	struct comparison *with;
};

static void look_at(struct looking *l, uint32_t word)
{
	int least = least_worth(&l->best, l->least, l->most);
	struct near n = { word, comparison_evidence(l->with, &l->d->spellings[word], least) };

	l->most = n.evidence > l->most ? n.evidence : l->most;
	/* It may stand under several keys.  What was put aside once is put aside again. */
	if (n.evidence >= least && !is_in(&l->best, word))
		keep(&l->best, n);
}

static void look_at_waiting(struct looking *l)
{
	for (uint32_t i = 0; i < l->waiting_count; i++)
		look_at(l, l->waiting[i]);
	l->waiting_count = 0;
}

static void look_under(struct looking *l, const struct key_place *p)
{
	for (uint32_t i = 0; i < p->count; i++) {
		uint32_t word = p->words[i].word;

		if (!may_be_near(&p->words[i], l->token, l->sounds))
			continue;
		__builtin_prefetch(&l->d->spellings[word]);
		l->waiting[l->waiting_count++] = word;
		if (l->waiting_count == WAITING_MAX)
			look_at_waiting(l);
	}
}

size_t dictionary_near(const struct dictionary *d, const struct token *t, int least,
		       struct near out[NEAR_MAX])
{
	struct comparison with; /* large, and mostly left as it is */
	struct sought_keys sought;
	struct looking l;
	struct keys keys;

	assert(d->compared);
	if (!d->keys_count)
		return 0;
	keys_of(&keys, t);
	comparison_with(&with, d->channel, t);
	l = (struct looking){ .d = d,
			      .token = t,
			      .sounds = keys.sounds,
			      .least = least,
			      .best = { .at = out },
			      .with = &with };
	keys_to_look_under(&sought, &keys);
	for (unsigned i = 0; i < sought.count; i++)
		look_under(&l, key_place(d->keys, d->keys_count, sought.at[i]));
	look_at_waiting(&l);
	qsort(out, l.best.count, sizeof(*out), by_evidence);
	return l.best.count;
}
