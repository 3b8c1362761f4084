/*
 * area: which area a text means, and what to say when it means none.
 *
 * The likeliest mistakes are told apart, for each has another remedy: an old
 * spreadsheet (a code of an older list), a hand-typed key (letter case, a wrong
 * vintage), a name where a code should be, and a code that is nowhere.
 */
#include "place/place.h"

#include <stdio.h>

#include "base/utf8.h"
#include "place/atlas.h"

#define SUGGESTIONS_MAX 3
#define NAME_SIZE_MAX 200
#define SCRATCH_BYTES ((size_t)256 << 10)

static char ascii_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

int texts_compare(struct text x, struct text y)
{
	size_t size = x.size < y.size ? x.size : y.size;
	int order = size ? memcmp(x.at, y.at, size) : 0;

	if (order)
		return order < 0 ? -1 : 1;
	return (x.size > y.size) - (x.size < y.size);
}

bool text_next(struct text *rest, char separator, struct text *piece)
{
	const char *end;

	if (!rest->at)
		return false;
	end = rest->size ? memchr(rest->at, separator, rest->size) : NULL;
	if (!end) {
		*piece = *rest;
		*rest = (struct text){ NULL, 0 };
		return true;
	}
	*piece = (struct text){ rest->at, (size_t)(end - rest->at) };
	*rest = (struct text){ end + 1, rest->size - piece->size - 1 };
	return true;
}

static struct text vintage_name(const struct area *area)
{
	return area->vintage ? area->vintage->name : TEXT("");
}

int areas_compare(const struct area *x, const struct area *y)
{
	int order = texts_compare(x->code, y->code);
	bool x_today = !x->vintage || x->vintage->current;
	bool y_today = !y->vintage || y->vintage->current;

	if (order)
		return order;
	if (x_today != y_today)
		return x_today ? -1 : 1;
	return texts_compare(vintage_name(x), vintage_name(y));
}

const struct area *areas_of_code(const struct atlas *a, struct text code, size_t *count)
{
	size_t low = 0, high = a->areas.count, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (texts_compare(a->areas.at[middle].code, code) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	end = low;
	while (end < a->areas.count && text_same(a->areas.at[end].code, code))
		end++;
	*count = end - low;
	return *count ? &a->areas.at[low] : NULL;
}

const struct area *area_of_today(const struct atlas *a, struct text code)
{
	size_t count;
	const struct area *area = areas_of_code(a, code, &count);

	return area && area->today == area ? area : NULL;
}

const struct area *area_in_vintage(const struct atlas *a, struct text code, struct text vintage)
{
	size_t count;
	const struct area *area = areas_of_code(a, code, &count);

	for (size_t i = 0; i < count; i++)
		if (text_same(vintage_name(&area[i]), vintage))
			return &area[i];
	return NULL;
}

/* `PK528@cod-ab-2022` in its two parts; no `@`: the vintage has no memory. */
static void split(struct text key, struct text *code, struct text *vintage)
{
	struct text rest = key;

	if (!text_next(&rest, '@', code))
		*code = key;
	*vintage = rest;
}

const struct area *atlas_area_of_key(const struct atlas *a, struct text key)
{
	const struct area *area;
	struct text code, vintage;

	split(key, &code, &vintage);
	area = area_in_vintage(a, code, vintage);
	return area && text_same(area->key, key) ? area : NULL;
}

const struct area *area_other_meaning(const struct atlas *a, const struct area *area)
{
	size_t count;
	const struct area *same_code = areas_of_code(a, area->code, &count);

	for (size_t i = 0; i < count; i++)
		if (same_code[i].today != area->today)
			return &same_code[i];
	return NULL;
}

bool area_contains(const struct area *whole, const struct area *part)
{
	for (; part; part = part->parent)
		if (part == whole)
			return true;
	return false;
}

const struct area *area_at_level(const struct area *area, enum area_level level)
{
	while (area && area->level > level)
		area = area->parent;
	return area && area->level == level ? area : NULL;
}

/* --- what to say ------------------------------------------------------------ */

static struct text english(const struct area *area)
{
	return name_in(&area->names, TEXT_EN);
}

static enum err older_code(const struct atlas *a, const struct area *old, struct fault *f)
{
	const struct area *now = area_of_today(a, old->code);

	if (!now)
		return fault(f, ERR_INPUT, "place.area-older-only", old->code, old->vintage->name,
			     english(old), english(old->today), old->today->key);
	if (now == old->today)
		return fault(f, ERR_INPUT, "place.area-older-same", old->code, old->vintage->name,
			     english(old), now->key);
	return fault(f, ERR_INPUT, "place.area-older-other", old->code, old->vintage->name,
		     english(old), now->vintage->name, english(now), old->today->key);
}

static const struct vintage *vintage_of(const struct atlas *a, struct text name)
{
	for (size_t i = 0; i < a->vintages.count; i++)
		if (text_same(a->vintages.at[i].name, name))
			return &a->vintages.at[i];
	return NULL;
}

/* The code exists, the vintage given with it does not have it. */
static enum err wrong_vintage(const struct atlas *a, const struct area *area, struct text vintage,
			      struct fault *f)
{
	const struct vintage *v = vintage_of(a, vintage);

	if (area->level == AREA_COUNTRY)
		return fault(f, ERR_INPUT, "place.area-country-vintage", area->code, vintage,
			     english(area));
	if (!vintage.size)
		return fault(f, ERR_INPUT, "place.area-vintage-empty", area->code, area->today->key,
			     english(area->today));
	if (!v)
		return fault(f, ERR_INPUT, "place.area-vintage-unknown", area->code, vintage,
			     area->today->key, english(area->today));
	if (!text_same(v->country, area->country))
		return fault(f, ERR_INPUT, "place.area-vintage-foreign", area->code, vintage,
			     v->country, area->today->key, english(area->today));
	if (area->today != area)
		return older_code(a, area, f);
	return fault(f, ERR_INPUT, "place.area-not-in-list", area->code, vintage, area->key,
		     english(area));
}

static bool letter_is_passed_over(char c)
{
	return c == ' ' || c == '-' || c == '\'' || c == '.';
}

/* Two folded names are the same but for spaces, dashes and points. */
static bool same_name(struct text x, struct text y)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < x.size && letter_is_passed_over(x.at[i]))
			i++;
		while (j < y.size && letter_is_passed_over(y.at[j]))
			j++;
		if (i == x.size || j == y.size)
			return i == x.size && j == y.size;
		if (x.at[i++] != y.at[j++])
			return false;
	}
}

/* `folded` is a name of the area, in any language or spelling that is known. */
static bool is_called(const struct area *area, struct text folded, struct arena *scratch)
{
	struct text rest = area->other_names, other;

	for (size_t i = 0; i < TEXT_LANGUAGE_COUNT; i++)
		if (area->names.in[i].size &&
		    same_name(text_fold(scratch, area->names.in[i]), folded))
			return true;
	while (text_next(&rest, '|', &other))
		if (other.size && same_name(text_fold(scratch, other), folded))
			return true;
	return false;
}

bool area_is_called(const struct area *area, struct text name)
{
	struct arena *scratch = NULL;
	struct text folded = { NULL, 0 };
	bool called = false;

	if (name.size <= NAME_SIZE_MAX && !arena_new(&scratch, SCRATCH_BYTES))
		folded = text_fold(scratch, name);
	if (folded.size)
		called = is_called(area, folded, scratch);
	arena_free(scratch);
	return called;
}

/* Put ", AF01@cod-ab-2021 (Kabul, Afghanistan)" behind the `size` bytes of `out`. */
static bool add_suggestion(char out[FAULT_VALUE_SIZE], size_t *size, const struct area *area)
{
	struct text inside = area->parent ? english(area->parent) : area->country;
	int written =
		snprintf(out + *size, FAULT_VALUE_SIZE - *size, "%s%.*s (%.*s, %.*s)",
			 *size ? ", " : "", SHOWN(area->key), SHOWN(english(area)), SHOWN(inside));

	if (written < 0 || (size_t)written >= FAULT_VALUE_SIZE - *size) {
		out[*size] = '\0';
		return false;
	}
	*size += (size_t)written;
	return true;
}

/* The areas called `name`, as many as a sentence holds; false: none. */
static bool suggest(const struct atlas *a, struct text name, char out[FAULT_VALUE_SIZE])
{
	struct arena *kept = NULL, *scratch = NULL;
	struct text folded = { NULL, 0 };
	size_t count = 0, size = 0;

	/* Without memory there is no suggestion, and the code is still refused. */
	if (name.size <= NAME_SIZE_MAX && !arena_new(&kept, SCRATCH_BYTES) &&
	    !arena_new(&scratch, SCRATCH_BYTES))
		folded = text_fold(kept, name);
	for (size_t i = 0; folded.size && i < a->areas.count && count < SUGGESTIONS_MAX; i++) {
		const struct area *area = &a->areas.at[i];

		arena_reset(scratch);
		if (area->today != area || !is_called(area, folded, scratch))
			continue;
		if (!add_suggestion(out, &size, area))
			break;
		count++;
	}
	arena_free(kept);
	arena_free(scratch);
	return count > 0;
}

/* The province that the first letters of a district code name; NULL: none. */
static const struct area *province_of_prefix(const struct atlas *a, struct text code)
{
	for (size_t size = code.size; size-- > 3;) {
		const struct area *area = area_of_today(a, (struct text){ code.at, size });

		if (area && area->level == AREA_PROVINCE)
			return area;
	}
	return NULL;
}

static enum err unknown_code(const struct atlas *a, struct text given, struct text code,
			     struct fault *f)
{
	char suggestions[FAULT_VALUE_SIZE], upper[16];
	const struct area *area = NULL;

	if (code.size < sizeof(upper)) {
		for (size_t i = 0; i < code.size; i++)
			upper[i] = ascii_upper(code.at[i]);
		area = area_of_today(a, (struct text){ upper, code.size });
	}
	if (area)
		return fault(f, ERR_INPUT, "place.area-case", given, area->key, english(area));
	if (suggest(a, code, suggestions))
		return fault(f, ERR_INPUT, "place.area-name", given, text_of(suggestions));
	area = province_of_prefix(a, code);
	if (area)
		return fault(f, ERR_INPUT, "place.area-no-district", code, english(area),
			     area->vintage->name);
	return fault(f, ERR_INPUT, "place.area-unknown", given);
}

enum err atlas_area(const struct atlas *a, struct text given, const struct area **out,
		    struct fault *f)
{
	struct text code, vintage;
	const struct area *area;
	size_t count;

	*out = NULL;
	if (!given.size)
		return fault(f, ERR_INPUT, "place.area-empty");
	split(given, &code, &vintage);
	area = areas_of_code(a, code, &count);
	if (!area)
		return unknown_code(a, given, code, f);
	if (vintage.at || area->level == AREA_COUNTRY) {
		const struct area *exact = atlas_area_of_key(a, given);

		if (!exact)
			return wrong_vintage(a, area, vintage, f);
		area = exact;
	}
	if (area->today != area)
		return older_code(a, area, f);
	*out = area;
	return OK;
}
