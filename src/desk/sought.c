/*
 * Reading what is known of somebody who is looked for.
 */
#include "desk/sought.h"
#include "base/utf8.h"

#define WORDS_MAX 24
#define SAID_WORDS_MAX 96
#define AREA_WORDS_MAX 2 /* of an area's name: "Spin Boldak" */
#define YEAR_LEAST 1880
#define SOLAR_YEAR_LEAST 1270
#define SOLAR_YEAR_MOST 1450
#define SOLAR_YEARS_BEHIND 621
#define AGE_MOST 120
#define NUMBER_SIZE_LEAST 4
#define NUMBER_SIZE_WHOLE 7

enum says {
	SAYS_NOTHING,
	SAYS_FATHER,
	SAYS_RELATIVE,
	SAYS_CHILD,
	SAYS_OF,
	SAYS_ABOUT,
	SAYS_PASSED
};

struct word {
	struct text text;
	bool ends; /* a comma stands behind it */
	bool is_area;
	int relative; /* whose name it is: number of a relative, -1: her own */
	bool is_name, is_number;
};

struct reading {
	struct desk *d;
	struct sought *out;
	int32_t today;
	struct word words[WORDS_MAX];
	size_t count;
	char number[64];
	size_t number_size;
	struct text said[SAID_WORDS_MAX]; /* words of sought.def, folded */
};

/* --- words ----------------------------------------------------------------------------- */

/* Gives the size of the separator at the start of `t`; 0: none stands there. */
static size_t separator(struct text t, bool *ends)
{
	static const char *const ending[] = { ",", ";", "،", "؛", "۔" };

	*ends = false;
	if (t.at[0] == ' ')
		return 1;
	for (size_t i = 0; i < COUNT_OF(ending); i++) {
		*ends = text_begins(t, text_of(ending[i]));
		if (*ends)
			return strlen(ending[i]);
	}
	return 0;
}

static void split(struct reading *r, struct text rest)
{
	size_t start = 0, at = 0;

	while (at <= rest.size && r->count < WORDS_MAX) {
		struct text behind = { rest.at + at, rest.size - at };
		bool ends = false;
		size_t size = behind.size ? separator(behind, &ends) : 1;

		if (!size) {
			at++;
			continue;
		}
		if (at > start)
			r->words[r->count++] = (struct word){
				.text = { rest.at + start, at - start },
				.relative = -1,
			};
		if (ends && r->count)
			r->words[r->count - 1].ends = true;
		at += size;
		start = at;
	}
}

static const struct {
	enum says says;
	const char *word;
} said_words[] = {
#define SAYS(sort, word) { SAYS_##sort, word },
#include "desk/sought.def"
};

/* The words of the table as they are compared. */
static enum err fold_said_words(struct reading *r)
{
	_Static_assert(COUNT_OF(said_words) <= SAID_WORDS_MAX, "each has a place");

	for (size_t i = 0; i < COUNT_OF(said_words); i++) {
		r->said[i] = text_fold(r->d->arena, text_of(said_words[i].word));
		if (!r->said[i].at)
			return fault(&r->d->fault, ERR_MEMORY, "memory.none");
	}
	return OK;
}

static enum says says_of(const struct reading *r, struct text word)
{
	for (size_t i = 0; i < COUNT_OF(said_words); i++)
		if (text_same(r->said[i], word))
			return said_words[i].says;
	return SAYS_NOTHING;
}

/* --- numbers ----------------------------------------------------------------------------- */

static size_t digits_in(struct text t)
{
	size_t digits = 0;

	for (size_t i = 0; i < t.size; i++)
		digits += t.at[i] >= '0' && t.at[i] <= '9';
	return digits;
}

static int number_of(struct text t)
{
	int n = 0;

	for (size_t i = 0; i < t.size; i++)
		n = n * 10 + (t.at[i] - '0');
	return n;
}

/* A year of birth, of either calendar, or an age; false: it is neither. */
static bool read_year(struct reading *r, struct text t)
{
	int today = date_of(GREGORIAN, r->today).year, n;

	if (digits_in(t) != t.size || t.size > 4)
		return false;
	n = number_of(t);
	if (n >= YEAR_LEAST && n <= today) {
		r->out->year = n;
	} else if (n >= SOLAR_YEAR_LEAST && n <= SOLAR_YEAR_MOST) {
		/* It ends in the spring of the next one. */
		r->out->year = n + SOLAR_YEARS_BEHIND;
	} else if (n <= AGE_MOST && t.size < 4) {
		r->out->year = today - n;
		r->out->about = true;
	} else {
		return false;
	}
	return true;
}

/* Letters and digits of what may be a part of one number: "17301 1234567 8". */
static void add_number(struct reading *r, struct text t)
{
	for (size_t i = 0; i < t.size && r->number_size < sizeof(r->number); i++) {
		char c = t.at[i];

		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
			r->number[r->number_size++] = c;
	}
}

/* The last digit of "17301 7654321 8" is no age. */
static bool goes_on_number(const struct reading *r, size_t at)
{
	return at && r->words[at - 1].is_number && !r->words[at - 1].ends &&
	       r->words[at].text.size < 3;
}

/* --- areas ------------------------------------------------------------------------------- */

/* The words from `at` on that this name is; 0: it is another. */
static size_t words_called(const struct reading *r, size_t at, struct text name)
{
	size_t used = 0;

	for (size_t i = at; i < r->count && i < at + AREA_WORDS_MAX; i++) {
		struct text word = r->words[i].text;

		if (!r->words[i].is_name || r->words[i].relative >= 0 ||
		    !text_begins((struct text){ name.at + used, name.size - used }, word))
			return 0;
		used += word.size;
		if (used == name.size)
			return i - at + 1;
		if (name.at[used++] != ' ')
			return 0;
	}
	return 0;
}

static void look_for(struct reading *r, const struct area *area, struct text name)
{
	struct sought *out = r->out;

	for (size_t at = 0; name.size && at < r->count; at++) {
		size_t words = words_called(r, at, name);

		if (!words)
			continue;
		for (size_t i = 0; i < words; i++)
			r->words[at + i].is_area = true;
		if (out->area_count < SOUGHT_AREAS_MAX &&
		    (!out->area_count || out->areas[out->area_count - 1] != area))
			out->areas[out->area_count++] = area;
	}
}

/* Areas of today's lists by any of their names; there are some hundreds of them. */
static void find_areas(struct reading *r)
{
	size_t count;
	const struct area *areas = atlas_areas(r->d->atlas, &count);

	for (size_t i = 0; i < count; i++) {
		struct text rest = areas[i].folded;

		while (rest.size) {
			const char *end = memchr(rest.at, '|', rest.size);
			size_t size = end ? (size_t)(end - rest.at) : rest.size;

			look_for(r, &areas[i], (struct text){ rest.at, size });
			size += end != NULL;
			rest = (struct text){ rest.at + size, rest.size - size };
		}
	}
}

/* --- whose name is it -------------------------------------------------------------------- */

/* What each word is, from left to right. */
static void sort_words(struct reading *r)
{
	struct sought *out = r->out;
	int relative = -1, relatives = 0;
	bool child = false;

	for (size_t i = 0; i < r->count; i++) {
		struct word *w = &r->words[i];
		enum says says = says_of(r, w->text);

		switch (says) {
		case SAYS_FATHER: relative = -1; break;
		case SAYS_RELATIVE:
		case SAYS_CHILD:
			relative = relatives < SOUGHT_RELATIVES_MAX ? relatives++ : -1;
			child = says == SAYS_CHILD;
			break;
		case SAYS_OF:
			if (child && i && says_of(r, r->words[i - 1].text) == SAYS_CHILD)
				relative = -1;
			break;
		case SAYS_ABOUT: out->about = true; break;
		case SAYS_PASSED: break;
		case SAYS_NOTHING:
			if (!digits_in(w->text)) {
				w->is_name = true;
				w->relative = relative;
			} else if (goes_on_number(r, i) || !read_year(r, w->text)) {
				add_number(r, w->text);
				w->is_number = true;
			}
		}
		if (w->ends)
			relative = -1;
	}
}

static bool was_said(const struct reading *r, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (r->words[i].is_name && text_same(r->words[i].text, r->words[at].text))
			return true;
	return false;
}

enum wanted_words { WITHOUT_AREAS, WITH_AREAS };

/* Names of `relative` one after another, and how many. */
static struct text names_of(const struct reading *r, int relative, enum wanted_words wanted,
			    size_t *count)
{
	struct text all = { 0 };

	*count = 0;
	for (size_t i = 0; i < r->count; i++) {
		const struct word *w = &r->words[i];

		if (!w->is_name || w->relative != relative ||
		    (w->is_area && wanted == WITHOUT_AREAS))
			continue;
		all = all.size ? arena_print(r->d->arena, "%.*s %.*s", SHOWN(all), SHOWN(w->text))
			       : w->text;
		/* A single letter is a mark behind a name, and a word said twice is one. */
		*count += utf8_count(w->text) > 1 && !was_said(r, i);
	}
	return all;
}

static void take_names(struct reading *r)
{
	struct sought *out = r->out;
	size_t all_words, words;
	struct text all = names_of(r, -1, WITH_AREAS, &all_words);

	out->names = names_of(r, -1, WITHOUT_AREAS, &out->name_words);
	if (!out->name_words) {
		/* Nothing else is said of her: they are her names. */
		out->names = all;
		out->name_words = all_words;
		out->area_count = 0;
	} else if (all_words > out->name_words) {
		out->more_names = all;
	}
	for (int relative = 0; relative < SOUGHT_RELATIVES_MAX; relative++) {
		struct text names = names_of(r, relative, WITH_AREAS, &words);

		if (words)
			out->relatives[out->relative_count++] = names;
	}
}

enum err sought_read(struct desk *d, struct text folded, int32_t today, struct sought *out)
{
	struct reading r = { .d = d, .out = out, .today = today };
	enum err e;

	*out = (struct sought){ 0 };
	if ((e = fold_said_words(&r)))
		return e;
	split(&r, folded);
	sort_words(&r);
	find_areas(&r);
	take_names(&r);
	if (r.number_size >= NUMBER_SIZE_LEAST)
		out->number = arena_copy_text(d->arena, (struct text){ r.number, r.number_size });
	return OK;
}

bool sought_is_enough(const struct sought *s)
{
	size_t words = s->name_words + s->relative_count;

	if (s->number.size >= NUMBER_SIZE_WHOLE || words > 1)
		return true;
	return words && (s->year || s->area_count || s->number.size);
}
