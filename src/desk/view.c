/*
 * The lock, the little writers, and how people and places are called.
 */
#include "desk/view.h"

#include "base/utf8.h"

static void look_around(struct view *v, struct desk *d, struct json_writer *w)
{
	*v = (struct view){ .d = d, .w = w, .before = *w, .size_before = w->out->size };
	v->now = d->world->now_ms(d->world) / 1000;
	v->today = day_at(v->now, d->zone_min);
}

enum err view_begin(struct view *v, struct desk *d, enum deed deed, struct json_writer *w)
{
	enum err e;

	look_around(v, d, w);
	if ((e = reg_read_begin(d->reg, &d->session, deed, &v->s, &d->fault)))
		return e;
	v->roles = reg_roles(d->reg, &d->session);
	return OK;
}

void view_begin_open(struct view *v, struct desk *d, struct json_writer *w)
{
	look_around(v, d, w);
}

enum err view_begin_public(struct view *v, struct desk *d, struct json_writer *w)
{
	enum err e;

	look_around(v, d, w);
	if (!(e = reg_public_begin(d->reg, &v->shared, &d->fault)))
		v->s = v->shared.state;
	return e;
}

enum err view_end(struct view *v, enum err e)
{
	if (v->shared.state)
		reg_public_end(v->d->reg, &v->shared);
	else if (v->s)
		reg_read_end(v->d->reg);
	if (!e && arena_was_short(v->d->arena))
		e = fault(&v->d->fault, ERR_MEMORY, "memory.none");
	if (!e)
		return OK;
	*v->w = v->before;
	buffer_cut(v->w->out, v->size_before);
	return e;
}

enum err view_plain(struct desk *d, struct text given, struct text *out)
{
	if (!utf8_valid(given))
		return fault(&d->fault, ERR_INPUT, "name.form");
	*out = digits_to_ascii(d->arena, given);
	return out->at ? OK : fault(&d->fault, ERR_MEMORY, "memory.none");
}

bool view_sees(const struct view *v, enum kind kind, enum field_slot slot)
{
	return policy_may_see(v->roles, kind, &kind_of_number((uint64_t)kind)->fields[slot]);
}

bool view_knows(const struct view *v, enum kind kind)
{
	return policy_may_know(v->roles, kind);
}

/* --- members ---------------------------------------------------------------------- */

void view_text(struct view *v, const char *key, struct text t)
{
	if (!t.size)
		return;
	json_key(v->w, key);
	json_text(v->w, t);
}

void view_id(struct view *v, const char *key, const struct id *id)
{
	if (id_is_none(id))
		return;
	json_key(v->w, key);
	json_hex(v->w, bytes_of(id->at, ID_SIZE));
}

void view_time(struct view *v, const char *key, int64_t seconds)
{
	char text[TIME_TEXT_SIZE];

	if (!seconds)
		return;
	time_write(text, seconds, v->d->zone_min);
	view_text(v, key, text_of(text));
}

void view_day(struct view *v, const char *key, int32_t day)
{
	char text[DATE_TEXT_SIZE];

	if (day == DAY_NONE)
		return;
	date_write(text, day);
	view_text(v, key, text_of(text));
}

void view_code(struct view *v, const char *key, enum code_set set, int64_t number)
{
	if (code_is_known(set, number))
		view_text(v, key, text_of(code_word(set, number)));
}

void view_codes(struct view *v, const char *key, enum code_set set, uint32_t mask)
{
	size_t count;
	const struct code_word *words = code_words(set, &count);

	json_key(v->w, key);
	json_array_begin(v->w);
	for (size_t i = 0; i < count; i++)
		if (mask & UINT32_C(1) << words[i].number)
			json_text(v->w, text_of(words[i].word));
	json_array_end(v->w);
}

void view_bits(struct view *v, const char *key, uint32_t mask)
{
	json_key(v->w, key);
	json_array_begin(v->w);
	for (int bit = 0; bit < 32; bit++)
		if (mask & UINT32_C(1) << bit)
			json_int(v->w, bit);
	json_array_end(v->w);
}

void view_hash(struct view *v, const char *key, const struct hash *h)
{
	json_key(v->w, key);
	json_hex(v->w, bytes_of(h->at, HASH_SIZE));
}

void view_flag(struct view *v, const char *key, bool yes)
{
	json_key(v->w, key);
	json_bool(v->w, yes);
}

void view_int(struct view *v, const char *key, int64_t n)
{
	json_key(v->w, key);
	json_int(v->w, n);
}

void view_said(struct view *v, const char *key, const char *word_key)
{
	json_key(v->w, key);
	json_text(v->w, say(v->d->arena, v->d->words, word_key));
}

/* "Old name|Other": other names of the lists, as one text. */
static struct text former_names(const struct view *v, struct text all)
{
	struct text out = { 0 };

	while (all.size) {
		const char *end = memchr(all.at, '|', all.size);
		size_t size = end ? (size_t)(end - all.at) : all.size;

		out = view_joined(v, out, (struct text){ all.at, size });
		all.at += size + (end != NULL);
		all.size -= size + (end != NULL);
	}
	return out;
}

void view_area(struct view *v, const struct area *area)
{
	static const char *const levels[] = { [AREA_COUNTRY] = "country",
					      [AREA_PROVINCE] = "province",
					      [AREA_DISTRICT] = "district" };

	json_object_begin(v->w);
	view_text(v, "key", area->key);
	view_text(v, "code", area->code);
	view_text(v, "name", view_name_in(v, &area->names));
	view_text(v, "within", view_within(v, area));
	view_text(v, "level", text_of(levels[area->level]));
	view_text(v, "former", former_names(v, area->other_names));
	json_object_end(v->w);
}

void view_area_of(struct view *v, const char *key, struct text area_key)
{
	const struct area *area = atlas_area_of_key(v->d->atlas, area_key);

	if (!area)
		return;
	json_key(v->w, key);
	view_area(v, area);
}

/* --- how things are called ---------------------------------------------------------- */

/* The languages of the catalogues and of the lists stand in the same order. */
_Static_assert((int)WORDS_EN == TEXT_EN && (int)WORDS_UR == TEXT_UR && (int)WORDS_PS == TEXT_PS &&
		       (int)WORDS_FA_AF == TEXT_FA,
	       "a language of the screens is one of the lists");

struct text view_name_in(const struct view *v, const struct names *n)
{
	return name_in(n, (enum text_language)words_language(v->d->words));
}

struct text view_area_said(const struct view *v, struct text area_key)
{
	const struct area *area = atlas_area_of_key(v->d->atlas, area_key);

	if (!area)
		return area_key;
	return arena_print(v->d->arena, "%.*s (%.*s)", SHOWN(view_name_in(v, &area->names)),
			   SHOWN(area->code));
}

struct text view_joined(const struct view *v, struct text all, struct text next)
{
	bool rtl = words_language_info(words_language(v->d->words))->right_to_left;

	if (!all.size)
		return next;
	if (!next.size)
		return all;
	return arena_print(v->d->arena, "%.*s%s%.*s", SHOWN(all), rtl ? "، " : ", ", SHOWN(next));
}

struct text view_within(const struct view *v, const struct area *area)
{
	struct text out = { 0 };

	for (area = area->parent; area; area = area->parent)
		out = view_joined(v, out, view_name_in(v, &area->names));
	return out;
}

/* "Gul Rahman": one text of the names that are known. */
static struct text full_name(const struct view *v, struct text given, struct text family)
{
	if (!given.size || !family.size)
		return given.size ? given : family;
	return arena_print(v->d->arena, "%.*s %.*s", SHOWN(given), SHOWN(family));
}

/* Both scripts, that of the reader first: she reads what is on the paper, whichever. */
struct text view_person_name(const struct view *v, const struct id *person)
{
	bool rtl = words_language_info(words_language(v->d->words))->right_to_left;
	struct text own = { 0 }, latin = { 0 }, first, second;
	struct person_names n;
	char alias[ALIAS_SIZE];

	if (policy_sees_names(v->roles) && state_names(v->s, person, &n)) {
		own = full_name(v, n.given, n.family);
		latin = full_name(v, n.given_latin, n.family_latin);
	}
	first = rtl ? own : latin;
	second = rtl ? latin : own;
	if (first.size && second.size && !text_same(first, second))
		return arena_print(v->d->arena, "%.*s (%.*s)", SHOWN(first), SHOWN(second));
	if (first.size || second.size)
		return first.size ? first : second;
	alias_of(alias, person);
	return arena_copy_text(v->d->arena, text_of(alias));
}

struct text view_place(const struct view *v, struct text code)
{
	const struct place *place;

	if (atlas_place(v->d->atlas, code, &place, &(struct fault){ 0 }))
		return code;
	return view_name_in(v, &place->names);
}

struct text view_case_number(const struct view *v, const struct household *h)
{
	bool seen = view_sees(v, KIND_HOUSEHOLD_REGISTERED, HOUSEHOLD_REGISTERED_CASE_NUMBER);

	return seen ? h->case_number : (struct text){ 0 };
}
