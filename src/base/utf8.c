/*
 * utf8: UTF-8 by the Unicode Standard's table 3-7 (D92):
 *
 *     code points         1st     2nd     3rd     4th byte
 *     U+0000 … U+007F     00..7F
 *     U+0080 … U+07FF     C2..DF  80..BF
 *     U+0800 … U+0FFF     E0      A0..BF  80..BF
 *     U+1000 … U+CFFF     E1..EC  80..BF  80..BF
 *     U+D000 … U+D7FF     ED      80..9F  80..BF
 *     U+E000 … U+FFFF     EE..EF  80..BF  80..BF
 *     U+10000 … U+3FFFF   F0      90..BF  80..BF  80..BF
 *     U+40000 … U+FFFFF   F1..F3  80..BF  80..BF  80..BF
 *     U+100000… U+10FFFF  F4      80..8F  80..BF  80..BF
 *
 * utf8proc knows the normal forms and case; it is only given text that has passed
 * the table.
 */
#include "base/utf8.h"

#include <assert.h>
#include <utf8proc.h>

#define REPLACEMENT 0xfffd

struct lead {
	uint8_t first, last;   /* of the first byte  */
	uint8_t least, most;   /* of the second byte */
	uint8_t size;
};

static const struct lead leads[] = {
	{ 0xc2, 0xdf, 0x80, 0xbf, 2 }, { 0xe0, 0xe0, 0xa0, 0xbf, 3 },
	{ 0xe1, 0xec, 0x80, 0xbf, 3 }, { 0xed, 0xed, 0x80, 0x9f, 3 },
	{ 0xee, 0xef, 0x80, 0xbf, 3 }, { 0xf0, 0xf0, 0x90, 0xbf, 4 },
	{ 0xf1, 0xf3, 0x80, 0xbf, 4 }, { 0xf4, 0xf4, 0x80, 0x8f, 4 },
};

/* The size of the character at `s`, 0 where there is none that is well-formed. */
static size_t decode(const uint8_t *s, size_t size, uint32_t *c)
{
	const struct lead *lead = leads;

	if (size && s[0] < 0x80) {
		*c = s[0];
		return 1;
	}
	while (lead < leads + COUNT_OF(leads) && size && s[0] > lead->last)
		lead++;
	if (lead == leads + COUNT_OF(leads) || size < lead->size || s[0] < lead->first ||
	    s[1] < lead->least || s[1] > lead->most)
		return 0;
	*c = s[0] & (0x7fU >> lead->size);
	for (size_t i = 1; i < lead->size; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*c = *c << 6 | (s[i] & 0x3f);
	}
	return lead->size;
}

/* Most of what is checked is ASCII: eight bytes at a time. */
static size_t ascii_size(const uint8_t *s, size_t size)
{
	size_t at = 0;
	uint64_t eight;

	for (; size - at >= sizeof(eight); at += sizeof(eight)) {
		memcpy(&eight, s + at, sizeof(eight));
		if (eight & 0x8080808080808080)
			break;
	}
	return at;
}

size_t utf8_valid_size(struct text t)
{
	const uint8_t *s = (const uint8_t *)t.at;
	size_t at = 0, n = 1;
	uint32_t c;

	while (at < t.size && n) {
		at += ascii_size(s + at, t.size - at);
		n = decode(s + at, t.size - at, &c);
		at += n;
	}
	return at;
}

bool utf8_valid(struct text t)
{
	return utf8_valid_size(t) == t.size;
}

struct text utf8_cut(struct text t, size_t size_max)
{
	if (t.size <= size_max)
		return t;
	while (size_max && ((uint8_t)t.at[size_max] & 0xc0) == 0x80)
		size_max--;
	return (struct text){ t.at, size_max };
}

bool utf8_next(struct text *rest, uint32_t *c)
{
	size_t n;

	if (!rest->size)
		return false;
	n = decode((const uint8_t *)rest->at, rest->size, c);
	if (!n) {
		*c = REPLACEMENT;
		n = 1;
	}
	rest->at += n;
	rest->size -= n;
	return true;
}

size_t utf8_write(char out[4], uint32_t c)
{
	assert(c <= 0x10ffff && (c < 0xd800 || c > 0xdfff));
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

size_t utf8_count(struct text t)
{
	size_t count = 0;
	uint32_t c;

	while (utf8_next(&t, &c))
		count++;
	return count;
}

/* --- what nobody can see -------------------------------------------------------- */

struct range {
	uint32_t first, last;
};

/* In ascending order.  U+FFFE and U+FFFF of every plane are checked apart. */
static const struct range forbidden[] = {
	{ 0x0000, 0x001f },   /* C0 controls, line ends                     */
	{ 0x007f, 0x009f },   /* delete, C1 controls                        */
	{ 0x00ad, 0x00ad },   /* soft hyphen                                */
	{ 0x034f, 0x034f },   /* combining grapheme joiner                  */
	{ 0x061c, 0x061c },   /* Arabic letter mark                         */
	{ 0x115f, 0x1160 },   /* Hangul fillers                             */
	{ 0x17b4, 0x17b5 },   /* Khmer inherent vowels                      */
	{ 0x180b, 0x180f },   /* Mongolian selectors                        */
	{ 0x200b, 0x200b },   /* zero-width space                           */
	{ 0x200e, 0x200f },   /* bidi marks                                 */
	{ 0x2028, 0x202e },   /* line and paragraph separator, embeddings   */
	{ 0x2060, 0x206f },   /* word joiner, isolates, deprecated controls */
	{ 0x3164, 0x3164 },   /* Hangul filler                              */
	{ 0xfdd0, 0xfdef },   /* non-characters                             */
	{ 0xfe00, 0xfe0f },   /* variation selectors                        */
	{ 0xfeff, 0xfeff },   /* byte order mark                            */
	{ 0xffa0, 0xffa0 },   /* Hangul filler                              */
	{ 0xfff0, 0xfffb },   /* specials                                   */
	{ 0x1d173, 0x1d17a }, /* musical controls                           */
	{ 0xe0000, 0xe0fff }, /* tags, more selectors                       */
};

/* Of these a list made by others may have some by accident. */
static const struct range stray[] = {
	{ 0x061c, 0x061c }, { 0x200e, 0x200f }, { 0x202a, 0x202e },
	{ 0x2066, 0x2069 }, { 0xfeff, 0xfeff },
};

static bool in_ranges(uint32_t c, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count && ranges[i].first <= c; i++)
		if (c <= ranges[i].last)
			return true;
	return false;
}

static bool is_forbidden(uint32_t c)
{
	return (c & 0xfffe) == 0xfffe || in_ranges(c, forbidden, COUNT_OF(forbidden));
}

size_t utf8_first_forbidden(struct text t, uint32_t *c)
{
	struct text rest = t, before = t;

	while (utf8_next(&rest, c)) {
		if (is_forbidden(*c))
			return t.size - before.size;
		before = rest;
	}
	*c = 0;
	return t.size;
}

/* A copy of `t` in which each character went through `change`; 0 drops it. */
/* What stays out.  Not 0, which lists of others do contain: whoever checks a text must
 * see it and refuse it. */
#define NO_CHARACTER UINT32_MAX

static struct text change_each(struct arena *a, struct text t,
			       uint32_t (*change)(uint32_t c, uint64_t *count), uint64_t *count)
{
	/* A broken byte of one becomes a U+FFFD of three. */
	char *out = t.size < SIZE_MAX / 3 - 1 ? arena_take(a, t.size * 3 + 1) : NULL;
	size_t size = 0;
	uint32_t c;

	if (!out)
		return (struct text){ NULL, 0 };
	while (utf8_next(&t, &c)) {
		c = change(c, count);
		if (c != NO_CHARACTER)
			size += utf8_write(out + size, c);
	}
	out[size] = 0;
	return (struct text){ out, size };
}

static uint32_t strip(uint32_t c, uint64_t *count)
{
	bool drop = in_ranges(c, stray, COUNT_OF(stray));
	bool space = c == 0xa0 || c == 0x2007 || c == 0x202f;

	*count += drop || space;
	return drop ? NO_CHARACTER : space ? ' ' : c;
}

size_t utf8_shown(struct text *rest, char out[4])
{
	uint32_t c, refused;
	size_t size;

	if (!utf8_next(rest, &c))
		return 0;
	size = utf8_write(out, c);
	if (utf8_first_forbidden((struct text){ out, size }, &refused) != size)
		size = utf8_write(out, REPLACEMENT);
	return size;
}

struct text utf8_strip(struct arena *a, struct text t, uint64_t *count)
{
	return change_each(a, t, strip, count);
}

/* --- normal forms ------------------------------------------------------------------ */

/* ASCII and the letters and digits of our languages, which nothing combines with and
 * which have no other form: text of these alone needs no tables of utf8proc. */
static const struct range plain[] = {
	{ 0x0020, 0x007e }, { 0x0621, 0x064a }, { 0x0660, 0x0669 }, { 0x0671, 0x0674 },
	{ 0x0679, 0x06d3 }, { 0x06d5, 0x06d5 }, { 0x06f0, 0x06f9 },
};

static bool is_plain(struct text t)
{
	uint32_t c;

	while (utf8_next(&t, &c))
		if (!in_ranges(c, plain, COUNT_OF(plain)))
			return false;
	return true;
}

struct points {
	utf8proc_int32_t *at;
	size_t count;
};

/* `t` as code points, taken apart; `at` is NULL on failure. */
static struct points take_apart(struct arena *a, struct text t, utf8proc_option_t options)
{
	const utf8proc_uint8_t *s = (const utf8proc_uint8_t *)t.at;
	struct points p = { NULL, 0 };
	utf8proc_ssize_t count;

	if (!utf8_valid(t) || t.size > (size_t)1 << 30)
		return p;
	count = utf8proc_decompose(s, (utf8proc_ssize_t)t.size, NULL, 0, options);
	if (count < 0)
		return p;
	/* utf8proc_reencode() wants one more for its zero byte. */
	p.at = arena_take_array(a, (size_t)count + 1, sizeof(*p.at));
	if (p.at)
		count = utf8proc_decompose(s, (utf8proc_ssize_t)t.size, p.at, count, options);
	p.count = p.at ? (size_t)count : 0;
	return p;
}

static struct text put_together(struct points p, utf8proc_option_t options)
{
	utf8proc_ssize_t size = utf8proc_reencode(p.at, (utf8proc_ssize_t)p.count, options);

	if (size < 0)
		return (struct text){ NULL, 0 };
	return (struct text){ (const char *)p.at, (size_t)size };
}

struct text utf8_nfc(struct arena *a, struct text t)
{
	const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	struct points p;

	if (is_plain(t))
		return arena_copy_text(a, t);
	p = take_apart(a, t, options);
	return p.at ? put_together(p, options) : (struct text){ NULL, 0 };
}

/* --- folding ----------------------------------------------------------------------- */

int digit_value(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return (int)(c - '0');
	if (c >= 0x660 && c <= 0x669)
		return (int)(c - 0x660);
	if (c >= 0x6f0 && c <= 0x6f9)
		return (int)(c - 0x6f0);
	return -1;
}

static uint32_t ascii_digit(uint32_t c, uint64_t *count)
{
	int value = digit_value(c);

	(void)count;
	return value < 0 ? c : (uint32_t)('0' + value);
}

struct text digits_to_ascii(struct arena *a, struct text t)
{
	return change_each(a, t, ascii_digit, NULL);
}

/* Marks that one clerk writes and the next one does not. */
static const struct range unwritten[] = {
	{ 0x0610, 0x061a }, { 0x0640, 0x0640 }, { 0x064b, 0x065f }, { 0x0670, 0x0670 },
	{ 0x06d6, 0x06dc }, { 0x06df, 0x06e4 }, { 0x06e7, 0x06e8 }, { 0x06ea, 0x06ed },
};

/* One letter under several code points, or several that keyboards mix up. */
static const struct {
	uint16_t from, to;
} variants[] = {
	{ 0x0649, 0x06cc }, /* ى */ { 0x064a, 0x06cc }, /* ي */ { 0x06cd, 0x06cc }, /* ۍ */
	{ 0x06d0, 0x06cc }, /* ې */ { 0x06d2, 0x06cc }, /* ے */ { 0x0643, 0x06a9 }, /* ك */
	{ 0x06aa, 0x06a9 }, /* ڪ */ { 0x06ab, 0x06af }, /* ګ */ { 0x0629, 0x0647 }, /* ة */
	{ 0x06be, 0x0647 }, /* ھ */ { 0x06c1, 0x0647 }, /* ہ */ { 0x06c3, 0x0647 }, /* ۃ */
	{ 0x06d5, 0x0647 }, /* ە */ { 0x0671, 0x0627 }, /* ٱ */ { 0x06ba, 0x0646 }, /* ں */
	/* Composed, in text that was not taken apart. */
	{ 0x0622, 0x0627 }, /* آ */ { 0x0623, 0x0627 }, /* أ */ { 0x0624, 0x0648 }, /* ؤ */
	{ 0x0625, 0x0627 }, /* إ */ { 0x0626, 0x06cc }, /* ئ */ { 0x06c0, 0x0647 }, /* ۀ */
	{ 0x06c2, 0x0647 }, /* ۂ */ { 0x06d3, 0x06cc }, /* ۓ */
};

static const struct range spaces[] = {
	{ 0x0009, 0x000d }, { 0x0020, 0x0020 }, { 0x0085, 0x0085 }, { 0x00a0, 0x00a0 },
	{ 0x1680, 0x1680 }, { 0x2000, 0x200a }, { 0x2028, 0x2029 }, { 0x202f, 0x202f },
	{ 0x205f, 0x205f }, { 0x3000, 0x3000 },
};

/* 0: it goes. */
static uint32_t fold_letter(uint32_t c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 'a';
	if (in_ranges(c, spaces, COUNT_OF(spaces)))
		return ' ';
	if (c < 0x80)
		return c;
	if (in_ranges(c, unwritten, COUNT_OF(unwritten)))
		return 0;
	for (size_t i = 0; i < COUNT_OF(variants); i++)
		if (variants[i].from == c)
			return variants[i].to;
	return ascii_digit(c, NULL);
}

static size_t fold_points(struct points p)
{
	size_t count = 0;

	for (size_t i = 0; i < p.count; i++) {
		uint32_t c = fold_letter((uint32_t)p.at[i]);
		bool second_space = c == ' ' && (!count || p.at[count - 1] == ' ');

		if (c && !second_space)
			p.at[count++] = (utf8proc_int32_t)c;
	}
	return count && p.at[count - 1] == ' ' ? count - 1 : count;
}

/* Plain text as it is. */
static struct points read_plain(struct arena *a, struct text t)
{
	struct points p = { arena_take_array(a, t.size + 1, sizeof(*p.at)), 0 };
	uint32_t c;

	while (p.at && utf8_next(&t, &c))
		p.at[p.count++] = (utf8proc_int32_t)c;
	return p;
}

/*
 * Letters are folded while the text is taken apart, when a hamza or madda still
 * stands behind its letter and simply goes.  What went may have kept marks of other
 * scripts from their order, so the rest is normalized once more.  And once before:
 * U+0345 becomes a letter in lower case, and where it stands must not depend on how
 * the text was typed (Unicode, D145).
 */
struct text text_fold(struct arena *a, struct text t)
{
	const utf8proc_option_t apart = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
					UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
	bool as_it_is = is_plain(t);
	struct points p = as_it_is ? read_plain(a, t) : (struct points){ NULL, 0 };
	struct text folded = as_it_is ? t : utf8_nfc(a, t);

	if (!as_it_is && folded.at)
		p = take_apart(a, folded, apart);
	if (!p.at)
		return (struct text){ NULL, 0 };
	p.count = fold_points(p);
	folded = put_together(p, UTF8PROC_STABLE);
	return folded.at && !as_it_is ? utf8_nfc(a, folded) : folded;
}
