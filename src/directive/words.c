#include "directive/directive.h"

#define WORDS_SIZE_MAX 80

/* --- the tables ------------------------------------------------------------------------- */

static const char *const level_words[DIRECTIVE_LEVELS] = {
#define LEVEL(name, word) [DIRECTIVE_##name] = word,
#include "directive/words.def"
};

static const char *const group_words[DIRECTIVE_GROUPS] = {
#define GROUP(name, word) [DIRECTIVE_GROUP_##name] = word,
#include "directive/words.def"
};

static const struct {
	const char *word;
	enum directive_stance stance;
} effects[DIRECTIVE_EFFECTS] = {
	[DIRECTIVE_EFFECT_UNCLEAR] = { NULL, STANCE_NEITHER },
#define EFFECT(name, its_word, its_stance)                                                         \
	[DIRECTIVE_EFFECT_##name] = { its_word, STANCE_##its_stance },
#include "directive/words.def"
};

static const char *const step_words[DIRECTIVE_STEPS] = {
#define STEP(name, word) [DIRECTIVE_STEP_##name] = word,
#include "directive/words.def"
};

enum group_bit {
#define GROUP(name, word) name = 1u << DIRECTIVE_GROUP_##name,
#include "directive/words.def"
};

static const struct {
	const char *words;
	uint32_t whole, some;
} covers[] = {
#define COVERS(words, whole, some) { words, whole, some },
#include "directive/words.def"
};

/* --- looking up -------------------------------------------------------------------------- */

/* `t` in the form of the table; false: longer than anything there. */
static bool plain(char out[WORDS_SIZE_MAX], struct text t)
{
	const char *bracket = t.size ? memchr(t.at, '(', t.size) : NULL;

	if (bracket)
		t.size = (size_t)(bracket - t.at);
	t = text_trimmed(t, BLANKS);
	if (t.size >= WORDS_SIZE_MAX)
		return false;
	for (size_t i = 0; i < t.size; i++) {
		char c = t.at[i];

		out[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c == '-' ? '_' : c;
	}
	out[t.size] = 0;
	return true;
}

enum directive_level directive_level_of(struct text word)
{
	char said[WORDS_SIZE_MAX];

	for (int l = 1; plain(said, word) && l < DIRECTIVE_LEVELS; l++)
		if (!strcmp(level_words[l], said))
			return (enum directive_level)l;
	return DIRECTIVE_LEVEL_NONE;
}

enum directive_group directive_group_of(struct text word)
{
	char said[WORDS_SIZE_MAX];

	for (int g = 1; plain(said, word) && g < DIRECTIVE_GROUPS; g++)
		if (!strcmp(group_words[g], said))
			return (enum directive_group)g;
	return DIRECTIVE_GROUP_NONE;
}

enum directive_step directive_step_of(struct text word)
{
	char said[WORDS_SIZE_MAX];

	for (int s = 1; plain(said, word) && s < DIRECTIVE_STEPS; s++)
		if (!strcmp(step_words[s], said))
			return (enum directive_step)s;
	return DIRECTIVE_STEP_NONE;
}

enum directive_effect directive_effect_of(struct text word)
{
	char said[WORDS_SIZE_MAX];

	for (int e = 1; plain(said, word) && e < DIRECTIVE_EFFECTS; e++)
		if (!strcmp(effects[e].word, said))
			return (enum directive_effect)e;
	return DIRECTIVE_EFFECT_UNCLEAR;
}

const char *directive_level_word(enum directive_level l)
{
	return level_words[l];
}

const char *directive_group_word(enum directive_group g)
{
	return group_words[g];
}

const char *directive_effect_word(enum directive_effect e)
{
	return effects[e].word;
}

enum directive_stance directive_stance_of(enum directive_effect e)
{
	return effects[e].stance;
}

bool directive_effects_contradict(enum directive_effect a, enum directive_effect b)
{
	enum directive_stance one = effects[a].stance, other = effects[b].stance;

	return (one == STANCE_STAYS && other == STANCE_LEAVES) ||
	       (one == STANCE_LEAVES && other == STANCE_STAYS);
}

/* --- whom it covers ------------------------------------------------------------------------ */

static void add_cover(struct directive_cover *c, struct text words)
{
	char said[WORDS_SIZE_MAX];

	for (size_t i = 0; plain(said, words) && i < COUNT_OF(covers); i++) {
		if (strcmp(covers[i].words, said) != 0)
			continue;
		c->whole |= covers[i].whole;
		c->some |= covers[i].some;
		return;
	}
	c->unclear = true;
}

struct directive_cover directive_cover_of(struct text words)
{
	struct directive_cover c = { 0 };

	for (;;) {
		const char *plus = words.size ? memchr(words.at, '+', words.size) : NULL;
		size_t size = plus ? (size_t)(plus - words.at) : words.size;

		add_cover(&c, (struct text){ words.at, size });
		if (!plus)
			break;
		words = (struct text){ plus + 1, words.size - size - 1 };
	}
	c.some &= ~c.whole;
	return c;
}
