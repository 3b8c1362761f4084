/*
 * words: GNU .mo files, little-endian (the build makes no other):
 *
 *     0   u32  0x950412de
 *     4   u32  version: 0, or 1 in a form we do not take
 *     8   u32  number of sentences
 *     12  u32  where the table of keys is: u32 size, u32 offset for each
 *     16  u32  where the table of sentences is, alike
 *
 * Keys are sorted by their bytes; each string ends with a zero byte that its size
 * does not count.  A key with a plural holds "key\0plural", its sentence all forms
 * with zero bytes between them.
 */
#include "base/words.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/embed.h"

#define MO_MAGIC UINT32_C(0x950412de)
#define SENTENCES_MAX 100000

#define ISOLATE "\xe2\x81\xa8"     /* U+2068 */
#define ISOLATE_END "\xe2\x81\xa9" /* U+2069 */

/* --- catalogues ------------------------------------------------------------------------ */

static uint32_t read_u32(const uint8_t *at)
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static struct text string_at(const struct catalogue *c, uint32_t table, uint32_t i)
{
	const uint8_t *entry = c->bytes.at + table + (size_t)i * 8;

	return (struct text){ (const char *)c->bytes.at + read_u32(entry + 4), read_u32(entry) };
}

static bool fits(const struct catalogue *c, uint64_t at, uint64_t size)
{
	return at <= c->bytes.size && size <= c->bytes.size - at;
}

static bool string_is_sound(const struct catalogue *c, uint32_t table, uint32_t i)
{
	const uint8_t *entry = c->bytes.at + table + (size_t)i * 8;
	uint64_t size = read_u32(entry), at = read_u32(entry + 4);

	return fits(c, at, size + 1) && c->bytes.at[at + size] == 0;
}

static bool strings_are_sound(const struct catalogue *c)
{
	for (uint32_t i = 0; i < c->count; i++) {
		if (!string_is_sound(c, c->keys_at, i) || !string_is_sound(c, c->sentences_at, i))
			return false;
		if (i && strcmp(string_at(c, c->keys_at, i - 1).at,
				string_at(c, c->keys_at, i).at) >= 0)
			return false;
	}
	return true;
}

enum err catalogue_open(struct catalogue *out, struct bytes bytes, struct fault *f)
{
	const uint8_t *at = bytes.at;
	struct catalogue c = { .bytes = bytes };

	*out = (struct catalogue){ .count = 0 };
	if (bytes.size < 20 || bytes.size > UINT32_MAX || read_u32(at) != MO_MAGIC ||
	    read_u32(at + 4) != 0)
		return fault(f, ERR_DAMAGED, "words.damaged");
	c.count = read_u32(at + 8);
	c.keys_at = read_u32(at + 12);
	c.sentences_at = read_u32(at + 16);
	if (c.count > SENTENCES_MAX || !fits(&c, c.keys_at, (uint64_t)c.count * 8) ||
	    !fits(&c, c.sentences_at, (uint64_t)c.count * 8) || !strings_are_sound(&c))
		return fault(f, ERR_DAMAGED, "words.damaged");
	*out = c;
	return OK;
}

static int compare_key(struct text key, const char *known)
{
	size_t size = strlen(known);
	int by_bytes = memcmp(key.at, known, key.size < size ? key.size : size);

	return by_bytes ? by_bytes : (key.size > size) - (key.size < size);
}

struct text catalogue_find(const struct catalogue *c, struct text key)
{
	uint32_t from = 0, to = c->count;

	while (from < to) {
		uint32_t middle = from + (to - from) / 2;
		int order = compare_key(key, string_at(c, c->keys_at, middle).at);

		if (order == 0)
			return string_at(c, c->sentences_at, middle);
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return (struct text){ NULL, 0 };
}

/* --- languages --------------------------------------------------------------------------- */

static unsigned form_one_is_single(uint64_t n)
{
	return n != 1;
}

/* CLDR: in Persian 0 and 1 take the first form. */
static unsigned form_none_is_single(uint64_t n)
{
	return n > 1;
}

static const struct {
	struct words_language_info info;
	unsigned (*form)(uint64_t n);
	const char *codes[6]; /* ISO 639 */
} languages[] = {
	[WORDS_EN] = { { "en", "words/en.mo", "English", false },
		       form_one_is_single, { "en", "eng" } },
	[WORDS_UR] = { { "ur", "words/ur.mo", "اردو", true },
		       form_one_is_single, { "ur", "urd" } },
	[WORDS_PS] = { { "ps", "words/ps.mo", "پښتو", true },
		       form_one_is_single, { "ps", "pus", "pbu", "pbt", "pst" } },
	[WORDS_FA_AF] = { { "fa-AF", "words/fa_AF.mo", "دری", true },
			  form_none_is_single, { "fa", "prs", "fas", "per", "pes" } },
};

const struct words_language_info *words_language_info(enum words_language l)
{
	assert(l < WORDS_LANGUAGES);
	return &languages[l].info;
}

bool words_language_read(enum words_language *out, struct text code)
{
	size_t size = 0;

	while (size < code.size && !memchr("-_.@", code.at[size], 4))
		size++;
	for (enum words_language l = 0; l < WORDS_LANGUAGES; l++)
		for (size_t i = 0; i < COUNT_OF(languages[l].codes) && languages[l].codes[i]; i++)
			if (strlen(languages[l].codes[i]) == size &&
			    strncasecmp(languages[l].codes[i], code.at, size) == 0) {
				*out = l;
				return true;
			}
	return false;
}

struct words {
	enum words_language language;
	struct catalogue own, english;
};

static enum err open_embedded(struct catalogue *out, enum words_language l, struct fault *f)
{
	struct bytes b = embedded(languages[l].info.file);

	*out = (struct catalogue){ .count = 0 };
	/* A language that nobody has translated into yet is no failure. */
	return b.at ? catalogue_open(out, b, f) : OK;
}

enum err words_open(struct words **out, enum words_language l, struct fault *f)
{
	enum err e;

	assert(l < WORDS_LANGUAGES);
	*out = calloc(1, sizeof(**out));
	if (!*out)
		return fault(f, ERR_MEMORY, "memory.none");
	(*out)->language = l;
	if ((e = open_embedded(&(*out)->english, WORDS_EN, f)) ||
	    (e = open_embedded(&(*out)->own, l, f))) {
		words_close(*out);
		*out = NULL;
	}
	return e;
}

void words_close(struct words *w)
{
	free(w);
}

enum words_language words_language(const struct words *w)
{
	return w->language;
}

/* --- sentences ------------------------------------------------------------------------------ */

/* All forms of a sentence and the language that it was found in. */
struct sentence {
	struct text forms; /* `at` NULL: found nowhere */
	enum words_language language;
};

static struct sentence find(const struct words *w, const char *key)
{
	struct text own = catalogue_find(&w->own, text_of(key));

	if (own.size)
		return (struct sentence){ own, w->language };
	return (struct sentence){ catalogue_find(&w->english, text_of(key)), WORDS_EN };
}

bool words_have(const struct words *w, const char *key)
{
	return find(w, key).forms.size > 0;
}

/* English has every key.  The header stands under the empty one. */
bool words_next(const struct words *w, uint32_t *at, struct text *key, struct text *forms)
{
	while (*at < w->english.count) {
		*key = text_of(string_at(&w->english, w->english.keys_at, (*at)++).at);
		if (!key->size)
			continue;
		*forms = find(w, key->at).forms;
		return true;
	}
	return false;
}

/* Text that is first only measured: `at` NULL. */
struct out {
	char *at;
	size_t size;
};

static void put(struct out *o, struct text t)
{
	if (o->at && t.size)
		memcpy(o->at + o->size, t.at, t.size);
	o->size += t.size;
}

static void put_value(struct out *o, const struct datum *d, bool isolated)
{
	char number[24];
	struct text t = d->text;

	if (d->sort == DATUM_INT)
		snprintf(number, sizeof(number), "%" PRId64, d->number);
	if (d->sort == DATUM_UINT)
		snprintf(number, sizeof(number), "%" PRIu64, d->count);
	if (d->sort != DATUM_TEXT)
		t = text_of(number);
	if (isolated)
		put(o, TEXT(ISOLATE));
	put(o, t);
	if (isolated)
		put(o, TEXT(ISOLATE_END));
}

struct saying {
	struct text sentence;
	bool isolated;
	const struct datum *values;
	size_t count;
};

/* The value that "{n}" at the front of `t` stands for; NULL: it stands for itself. */
static const struct datum *value_at(const struct saying *s, struct text t)
{
	size_t n;

	if (t.size < 3 || t.at[0] != '{' || t.at[2] != '}' || t.at[1] < '1' || t.at[1] > '9')
		return NULL;
	n = (size_t)(t.at[1] - '1');
	return n < s->count ? &s->values[n] : NULL;
}

static void put_sentence(struct out *o, const struct saying *s)
{
	struct text rest = s->sentence;

	while (rest.size) {
		const struct datum *d = value_at(s, rest);
		size_t run = d ? 3 : 1;

		if (d) {
			put_value(o, d, s->isolated);
		} else {
			while (run < rest.size && rest.at[run] != '{')
				run++;
			put(o, (struct text){ rest.at, run });
		}
		rest = (struct text){ rest.at + run, rest.size - run };
	}
}

/* A key that no catalogue has, with all that would have been said. */
static void put_key(struct out *o, const struct saying *s)
{
	put(o, s->sentence);
	for (size_t i = 0; i < s->count; i++) {
		put(o, i ? TEXT(", ") : TEXT(": "));
		put_value(o, &s->values[i], false);
	}
}

static struct text make(struct arena *a, const char *key, const struct saying *s,
			void (*write)(struct out *o, const struct saying *s))
{
	struct out o = { NULL, 0 };

	write(&o, s);
	o = (struct out){ arena_take(a, o.size + 1), 0 };
	if (!o.at)
		return text_of(key);
	write(&o, s);
	return (struct text){ o.at, o.size };
}

static struct text say_form(struct arena *a, const struct words *w, const char *key,
			    uint64_t number, const struct datum *values, size_t count)
{
	struct sentence found = find(w, key);
	struct saying s = { .sentence = text_of(key), .values = values, .count = count };
	const char *end;

	if (!found.forms.size)
		return make(a, key, &s, put_key);
	end = found.forms.at + found.forms.size;
	s.sentence = text_of(found.forms.at);
	s.isolated = languages[found.language].info.right_to_left;
	for (unsigned n = languages[found.language].form(number); n; n--) {
		const char *next = s.sentence.at + s.sentence.size + 1;

		if (next < end)
			s.sentence = text_of(next);
	}
	return make(a, key, &s, put_sentence);
}

struct text say_data(struct arena *a, const struct words *w, const char *key,
		     const struct datum *values, size_t count)
{
	return say_form(a, w, key, 1, values, count);
}

struct text say_count(struct arena *a, const struct words *w, const char *key, uint64_t n)
{
	struct datum value = datum_uint(n);

	return say_form(a, w, key, n, &value, 1);
}

struct text say_fault(struct arena *a, const struct words *w, const struct fault *f)
{
	struct datum values[FAULT_VALUES_MAX];

	assert(f->key && f->value_count <= FAULT_VALUES_MAX);
	for (unsigned i = 0; i < f->value_count; i++)
		values[i] = datum_string(f->values[i]);
	return say_data(a, w, f->key, values, f->value_count);
}
