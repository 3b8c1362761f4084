/*
 * Names as tokens, and the skeleton keys of a token.
 */
#include "match/letters.h"

#include <assert.h>
#include <utf8proc.h>

#include "base/utf8.h"

/* --- one character ------------------------------------------------------------------- */

static enum letter arabic_letter(uint32_t c)
{
	switch (c) {
#define AT(its) case its:
#define LETTER(name, class, sounds, point, others) AT(point) others return LETTER_##name;
#include "match/letters.def"
#undef LETTER
#undef AT
	default: return LETTER_NONE;
	}
}

/* Latin letters that have no mark that could be taken off. */
static uint8_t latin_letter(uint32_t c)
{
	static const struct {
		uint32_t point;
		char plain;
	} others[] = { { 0xE6, 'a' },  { 0xF0, 'd' },  { 0xF8, 'o' },  { 0xFE, 't' },
		       { 0x131, 'i' }, { 0x142, 'l' }, { 0x153, 'o' }, { 0x111, 'd' } };

	for (size_t i = 0; c >= 0x80 && i < COUNT_OF(others); i++)
		if (others[i].point == c)
			c = (uint32_t)others[i].plain;
	return c >= 'a' && c <= 'z' ? (uint8_t)(LETTER_A + c - 'a') : LETTER_NONE;
}

/* What stands inside of a word and is no letter of it: an apostrophe, a hamza. */
static bool is_silent(uint32_t c)
{
	return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x2BB || c == 0x2BC ||
	       c == 0x2BE || c == 0x2BF || c == 0x640 || c == 0x200C || c == 0x200D || c == 0x621 ||
	       (c >= 0x64B && c <= 0x65F) || c == 0x670;
}

/* --- words --------------------------------------------------------------------------- */

struct words_read {
	struct token *out;
	size_t count;
	struct token word;
	bool full; /* the word has more letters than are counted */
};

static bool is_vowel(uint8_t letter)
{
	return letter == LETTER_A || letter == LETTER_A + 'e' - 'a' ||
	       letter == LETTER_A + 'i' - 'a' || letter == LETTER_A + 'o' - 'a' ||
	       letter == LETTER_A + 'u' - 'a';
}

/* Whether a consonant is written double is chance: Abdulah, Abdullah. */
static bool is_double(uint8_t before, uint8_t letter)
{
	return before == letter && letter_is_latin(letter) && !is_vowel(letter);
}

static void end_word(struct words_read *r)
{
	if (r->word.size && r->count < TOKENS_MAX)
		r->out[r->count++] = r->word;
	r->word = (struct token){ 0 };
	r->full = false;
}

static void add_letter(struct words_read *r, uint8_t letter)
{
	struct token *w = &r->word;

	if (w->size && letter_is_latin(letter) != token_is_latin(w))
		end_word(r);
	if (w->size && is_double(w->letters[w->size - 1], letter))
		return;
	if (w->size == TOKEN_LETTERS_MAX)
		r->full = true;
	if (!r->full)
		w->letters[w->size++] = letter;
}

static void add_character(struct words_read *r, uint32_t c)
{
	uint8_t letter = c < 0x600 ? latin_letter(c) : (uint8_t)arabic_letter(c);

	if (letter)
		add_letter(r, letter);
	else if (!is_silent(c))
		end_word(r);
}

static void read_ascii(struct words_read *r, struct text name)
{
	for (size_t i = 0; i < name.size; i++) {
		char c = name.at[i];

		add_character(r, (uint32_t)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
	}
}

static bool is_ascii(struct text t)
{
	for (size_t i = 0; i < t.size; i++)
		if ((unsigned char)t.at[i] >= 0x80)
			return false;
	return true;
}

/*
 * One character as what is left of it; a compatibility form can be many (ﷺ has 18
 * letters).  What utf8proc cannot take is left out.
 */
static void read_character(struct words_read *r, uint32_t c)
{
	utf8proc_int32_t plain[32];
	int last = 0;
	utf8proc_ssize_t n;

	if (c < 0x80 || arabic_letter(c)) {
		add_character(r, c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
		return;
	}
	n = utf8proc_decompose_char((utf8proc_int32_t)c, plain, COUNT_OF(plain),
				    UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
					    UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
				    &last);
	for (utf8proc_ssize_t i = 0; i < n && i < (utf8proc_ssize_t)COUNT_OF(plain); i++)
		add_character(r, (uint32_t)plain[i]);
}

/* --- bound names and null words ------------------------------------------------------ */

/* A list of Latin words with a blank before, between and behind them has this one. */
static bool is_in(const char *list, const struct token *t)
{
	char word[TOKEN_LETTERS_MAX + 3] = " ";

	if (!token_is_latin(t))
		return false;
	for (unsigned i = 0; i < t->size; i++)
		word[1 + i] = (char)('a' + t->letters[i] - LETTER_A);
	word[1 + t->size] = ' ';
	return strstr(list, word) != NULL;
}

static bool is_one_of(const struct token *t, const struct token *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (token_same(t, &words[i]))
			return true;
	return false;
}

#define WORD(...)                                                                                  \
	{                                                                                          \
		.size = sizeof((const uint8_t[]){ __VA_ARGS__ }), .letters = { __VA_ARGS__ }       \
	}

/* Nobody is called so; written where nothing is known. */
static bool is_null_word(const struct token *t)
{
	static const struct token words[] = {
		/* نامعلوم */
		WORD(LETTER_NOON, LETTER_ALEF, LETTER_MEEM, LETTER_AIN, LETTER_LAM, LETTER_WAW,
		     LETTER_MEEM),
		/* ندارد */
		WORD(LETTER_NOON, LETTER_DAL, LETTER_ALEF, LETTER_REH, LETTER_DAL),
	};

	return is_in(" unknown none nil nul nan na missing notknown ", t) ||
	       is_one_of(t, words, COUNT_OF(words));
}

/* Servant of …, father of …: bound to the word behind it. */
static bool binds_next(const struct token *t)
{
	static const struct token words[] = {
		WORD(LETTER_AIN, LETTER_BEH, LETTER_DAL),			   /* عبد */
		WORD(LETTER_AIN, LETTER_BEH, LETTER_DAL, LETTER_ALEF, LETTER_LAM), /* عبدال */
		WORD(LETTER_ALEF, LETTER_BEH, LETTER_WAW),			   /* ابو */
	};

	return is_in(" abd abdul abdal abdel abdol abdur abdus abdu abu ", t) ||
	       is_one_of(t, words, COUNT_OF(words));
}

/* … of God, … of the faith: bound to the word before it. */
static bool binds_previous(const struct token *t)
{
	static const struct token words[] = {
		WORD(LETTER_ALEF, LETTER_LAM, LETTER_LAM, LETTER_HEH),		    /* الله */
		WORD(LETTER_ALEF, LETTER_LAM, LETTER_DAL, LETTER_YEH, LETTER_NOON), /* الدین */
	};

	return is_in(" ulah olah ula alah udin aldin ", t) || is_one_of(t, words, COUNT_OF(words));
}

/* An article, bound to what is on either side of it. */
static bool is_article(const struct token *t)
{
	static const struct token arabic = WORD(LETTER_ALEF, LETTER_LAM);

	return is_in(" al el ul ud ur us ", t) || token_same(t, &arabic);
}

static size_t bind(struct token out[TOKENS_MAX], size_t count)
{
	size_t kept = 0;
	bool open = false; /* the last one kept waits for what it is bound to */

	for (size_t i = 0; i < count; i++) {
		struct token t = out[i];
		bool joins = kept && (open || binds_previous(&t) || is_article(&t));

		open = binds_next(&t) || is_article(&t);
		if (!joins || !token_join(&out[kept - 1], &out[kept - 1], &t))
			out[kept++] = t;
	}
	return kept;
}

static size_t drop_null_words(struct token out[TOKENS_MAX], size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (!is_null_word(&out[i]))
			out[kept++] = out[i];
	return kept;
}

size_t tokens_of(struct token out[TOKENS_MAX], struct text name)
{
	struct words_read r = { .out = out };
	uint32_t c;

	if (name.size > NAME_SIZE_MAX)
		name.size = NAME_SIZE_MAX;
	if (is_ascii(name))
		read_ascii(&r, name);
	else
		while (utf8_next(&name, &c))
			read_character(&r, c);
	end_word(&r);
	return bind(out, drop_null_words(out, r.count));
}

bool token_join(struct token *out, const struct token *a, const struct token *b)
{
	struct token joined = *a;
	unsigned from;

	if (!a->size || !b->size || token_is_latin(a) != token_is_latin(b))
		return false;
	from = is_double(a->letters[a->size - 1], b->letters[0]);
	if (a->size + b->size - from > TOKEN_LETTERS_MAX)
		return false;
	memcpy(joined.letters + a->size, b->letters + from, b->size - from);
	joined.size = (uint8_t)(a->size + b->size - from);
	*out = joined;
	return true;
}

size_t token_show(char out[TOKEN_SHOWN_SIZE], const struct token *t)
{
	static const uint16_t points[] = {
		0,
#define LETTER(name, class, sounds, point, others) point,
#include "match/letters.def"
#undef LETTER
	};
	size_t size = 0;

	for (size_t i = 0; i < t->size; i++) {
		uint8_t letter = t->letters[i];

		size += utf8_write(out + size, letter_is_latin(letter)
						       ? (uint32_t)('a' + letter - LETTER_A)
						       : points[letter]);
	}
	return size;
}

/* --- skeletons ------------------------------------------------------------------------ */

/*
 * Eight classes of consonants, in three bits each with a bit on top; ten at most.  What
 * is left: h, y, w, v, ain and the vowels.
 */
enum class { W, B, T, S, K, M, N, L, R, F };

#define CLASS_BITS 4
#define SKELETON_MAX 7
static_assert(KEY_OF_THREE == 1 << 3 * CLASS_BITS, "letters.h says how long three are");

struct skeletons {
	unsigned count;
	struct {
		unsigned size;
		uint8_t at[SKELETON_MAX];
	} all[4];
};

static void add_class(struct skeletons *s, unsigned from, unsigned to, enum class class)
{
	for (unsigned i = from; i < to; i++)
		if (class != W && s->all[i].size < SKELETON_MAX)
			s->all[i].at[s->all[i].size++] = (uint8_t) class;
}

/* A letter that is read in one way or the other: each skeleton goes on in both, while
 * there is room. */
static void add_classes(struct skeletons *s, enum class one, enum class other)
{
	unsigned n = s->count;

	if (one == other || n * 2 > COUNT_OF(s->all)) {
		add_class(s, 0, n, one);
		return;
	}
	memcpy(s->all + n, s->all, n * sizeof(s->all[0]));
	s->count = n * 2;
	add_class(s, 0, n, one);
	add_class(s, n, n * 2, other);
}

/* Latin letters one by one, from a to z, and as they are read before an h. */
static const struct {
	enum class one, other, with_h, with_h_other;
} latin[26] = {
	{ W, W, W, W }, { B, B, B, B }, { S, K, S, K }, { T, T, T, S }, { W, W, W, W },
	{ F, F, F, F }, { K, S, K, K }, { W, W, W, W }, { W, W, W, W }, { S, S, S, S },
	{ K, K, K, W }, { L, L, L, L }, { M, M, M, M }, { N, N, N, N }, { W, W, W, W },
	{ B, B, F, B }, { K, K, K, K }, { R, R, R, R }, { S, S, S, S }, { T, T, T, S },
	{ W, W, W, W }, { W, F, W, F }, { W, W, W, W }, { K, S, K, K }, { W, W, W, W },
	{ S, S, S, S },
};

static void add_latin(struct skeletons *s, const struct token *t)
{
	for (unsigned i = 0; i < t->size; i++) {
		unsigned letter = t->letters[i] - LETTER_A;
		bool h = i + 1u < t->size && t->letters[i + 1] == LETTER_A + 'h' - 'a';

		if (h)
			add_classes(s, latin[letter].with_h, latin[letter].with_h_other);
		else
			add_classes(s, latin[letter].one, latin[letter].other);
	}
}

static void add_arabic(struct skeletons *s, const struct token *t)
{
	static const uint8_t classes[] = {
		W,
#define LETTER(name, class, sounds, point, others) class,
#include "match/letters.def"
#undef LETTER
	};

	for (unsigned i = 0; i < t->size; i++) {
		switch (t->letters[i]) {
		case LETTER_XEEN:
		case LETTER_GEH:
		case LETTER_JEEM: add_classes(s, S, K); break;
		case LETTER_DAD:
		case LETTER_THEH:
		case LETTER_THAL: add_classes(s, S, T); break;
		default: add_class(s, 0, s->count, classes[t->letters[i]]);
		}
	}
}

/*
 * The finer sounds of a token, one bit each, of consonants alone: what a spelling of the
 * same name has as well, but for one or two.  z, zh, dh and j are one (a Pashto ږ is all of
 * them), so are s and th, d and dh, k and q, g and gh.
 */
enum sound {
	BP = 1,
	TD = 2,
	SS = 4,
	SH = 8,
	ZJ = 16,
	CH = 32,
	KQ = 64,
	GH = 128,
	KH = 256,
	MM = 512,
	NN = 1024,
	LL = 2048,
	RR = 4096,
	FF = 8192
};

static uint16_t sounds_of_letter(uint8_t letter)
{
	switch (letter) {
	case LETTER_BEH:
	case LETTER_PEH: return BP;
	case LETTER_TEH:
	case LETTER_TTEH:
	case LETTER_TAH: return TD;
	case LETTER_DAL:
	case LETTER_DDAL: return TD;
	case LETTER_SEEN:
	case LETTER_SAD:
	case LETTER_THEH: return SS;
	case LETTER_SHEEN: return SH;
	case LETTER_ZAIN:
	case LETTER_ZAH:
	case LETTER_DAD:
	case LETTER_THAL: return ZJ;
	case LETTER_JEEM:
	case LETTER_ZHEH: return ZJ;
	case LETTER_KAF:
	case LETTER_QAF: return KQ;
	case LETTER_GAF:
	case LETTER_GHAIN: return GH;
	case LETTER_KHAH: return KH;
	case LETTER_CHEH: return CH;
	case LETTER_MEEM: return MM;
	case LETTER_NOON: return NN;
	case LETTER_LAM: return LL;
	case LETTER_REH: return RR;
	case LETTER_FEH: return FF;
	default: return 0;
	}
}

static uint16_t sounds_of_latin(const struct token *t)
{
	static const uint16_t alone[26] = { 0,	BP, KQ, TD, 0,	FF, GH, 0, 0, ZJ, KQ, LL, MM,
					    NN, 0,  BP, KQ, RR, SS, TD, 0, 0, 0,  KQ, 0,  ZJ };
	uint16_t sounds = 0;

	for (unsigned i = 0; i < t->size; i++) {
		char c = (char)('a' + t->letters[i] - LETTER_A);
		bool h = i + 1u < t->size && t->letters[i + 1] == LETTER_A + 'h' - 'a';

		if (h && (c == 's' || c == 'k' || c == 'c'))
			sounds |= (uint16_t)(c == 's' ? SH : c == 'k' ? KH : CH);
		else
			sounds |= alone[c - 'a'];
	}
	return sounds;
}

uint16_t sounds_in(const struct token *t)
{
	uint16_t sounds = 0;

	if (token_is_latin(t))
		return sounds_of_latin(t);
	for (unsigned i = 0; i < t->size; i++)
		sounds |= sounds_of_letter(t->letters[i]);
	return sounds;
}

static void add_key(struct keys *out, uint32_t key)
{
	for (unsigned i = 0; i < out->count; i++)
		if (out->at[i] == key)
			return;
	if (out->count < KEYS_MAX)
		out->at[out->count++] = key;
}

static uint32_t key_of(const uint8_t *classes, unsigned size, unsigned without)
{
	uint32_t key = 1;

	for (unsigned i = 0; i < size; i++)
		if (i != without)
			key = key << CLASS_BITS | classes[i];
	return key;
}

void keys_of(struct keys *out, const struct token *t)
{
	struct skeletons s = { .count = 1 };

	*out = (struct keys){ .sounds = sounds_in(t) };
	if (token_is_latin(t))
		add_latin(&s, t);
	else
		add_arabic(&s, t);
	for (unsigned i = 0; i < s.count; i++)
		add_key(out, key_of(s.all[i].at, s.all[i].size, SKELETON_MAX));
	out->exact = out->count;
	/* Of one consonant nothing would be left that says anything. */
	for (unsigned i = 0; i < s.count; i++)
		for (unsigned j = 0; s.all[i].size > 1 && j < s.all[i].size; j++)
			add_key(out, key_of(s.all[i].at, s.all[i].size, j));
}
