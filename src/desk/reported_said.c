/*
 * reported_said: figures and their contradictions in words.
 *
 * Groups, measures and units are kept as printed.  Those that we know have a sentence
 * under "figures.group.all-afghans", "figures.measure.stock", "figures.unit.persons".
 */
#include "desk/reported.h"

#include <stdio.h>

#define LRI "\u2066"
#define PDI "\u2069"

#define WORD_SIZE_MAX 80
#define SAID_KEY_SIZE (WORD_SIZE_MAX + 20)

static struct arena *arena_of(const struct view *v)
{
	return v->d->arena;
}

/* "PoR+ACC" as "por-acc": how a key is written.  What is too long is no word of ours. */
static const char *key_word(const struct view *v, struct text printed)
{
	char word[WORD_SIZE_MAX];
	struct text kept;
	size_t size = 0;

	if (printed.size >= sizeof(word))
		return "";
	for (size_t i = 0; i < printed.size; i++) {
		char c = printed.at[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')
			word[size++] = c;
		else if (size && word[size - 1] != '-')
			word[size++] = '-';
	}
	while (size && word[size - 1] == '-')
		size--;
	kept = arena_copy_text(arena_of(v), (struct text){ word, size });
	return kept.at ? kept.at : "";
}

static struct text said_or_printed(const struct view *v, const char *key, struct text printed)
{
	return words_have(v->d->words, key) ? say(arena_of(v), v->d->words, key) : printed;
}

struct text reported_group(const struct view *v, const struct figure *x)
{
	char key[SAID_KEY_SIZE];

	snprintf(key, sizeof(key), "figures.group.%s", key_word(v, x->group));
	return said_or_printed(v, key, x->group);
}

struct text reported_measure(const struct view *v, const struct figure *x)
{
	char key[SAID_KEY_SIZE];

	snprintf(key, sizeof(key), "figures.measure.%s", key_word(v, x->measure));
	return said_or_printed(v, key, x->measure);
}

struct text reported_unit(const struct view *v, const struct figure *x)
{
	char key[SAID_KEY_SIZE];

	snprintf(key, sizeof(key), "figures.unit.%s", key_word(v, x->unit));
	return said_or_printed(v, key, x->unit);
}

struct text reported_where(const struct view *v, const struct figure *x)
{
	const struct area *area = atlas_area_of_key(v->d->atlas, x->area);

	if (x->place.size)
		return view_place(v, x->place);
	if (area)
		return view_name_in(v, &area->names);
	return x->area_name.size ? x->area_name
				 : say(arena_of(v), v->d->words, "figures.area-not-said");
}

/* The whole part in groups of three. */
static struct text with_commas(const struct view *v, struct text plain)
{
	const char *point = memchr(plain.at, '.', plain.size);
	size_t whole = point ? (size_t)(point - plain.at) : plain.size, at = 0;
	char out[64];

	for (size_t i = 0; i < plain.size && at + 2 < sizeof(out); i++) {
		if (i && i < whole && (whole - i) % 3 == 0)
			out[at++] = ',';
		out[at++] = plain.at[i];
	}
	return arena_copy_text(arena_of(v), (struct text){ out, at });
}

struct text reported_value(const struct view *v, const struct figure *x)
{
	struct text number = with_commas(v, x->value);

	if (!text_is(x->unit, "percent"))
		return number;
	return arena_print(arena_of(v), "%.*s %%", SHOWN(number));
}

/* --- contradictions ----------------------------------------------------------------------- */

static struct text said_sum(const struct view *v, int64_t hundredths)
{
	long long whole = hundredths / FIGURE_ONE, part = hundredths % FIGURE_ONE;
	struct text plain = part ? arena_print(arena_of(v), "%lld.%02lld", whole, part)
				 : arena_print(arena_of(v), "%lld", whole);

	return plain.at ? with_commas(v, plain) : TEXT("");
}

/* Behind an Arabic letter the parts of a day would change places: it stands for itself. */
static struct text said_day(const struct view *v, int32_t day)
{
	bool rtl = words_language_info(words_language(v->d->words))->right_to_left;
	char text[DATE_TEXT_SIZE];

	date_write(text, day);
	return arena_print(arena_of(v), rtl ? LRI "%s" PDI : "%s", text);
}

/* "NNI · Punjab Special Branch", which is of their own script in every language */
static struct text said_body(const struct view *v, const struct figure *x)
{
	if (!x->report.size)
		return x->publisher;
	return arena_print(arena_of(v), "%.*s · %.*s", SHOWN(x->publisher), SHOWN(x->report));
}

static struct text said_period(const struct view *v, const struct figure *x)
{
	if (x->period_start == FIGURE_DAY_NONE || x->period_start == x->period_end)
		return said_day(v, x->period_end == FIGURE_DAY_NONE ? x->as_of : x->period_end);
	return arena_print(arena_of(v), "%.*s – %.*s", SHOWN(said_day(v, x->period_start)),
			   SHOWN(said_day(v, x->period_end)));
}

/* "PoR card holders, Punjab" */
static struct text said_of_whom(const struct view *v, const struct figure *x)
{
	return view_joined(v, reported_group(v, x), reported_where(v, x));
}

/* The same with measure and days: what a cell is. */
static struct text said_cell(const struct view *v, const struct figure *x)
{
	return view_joined(v, view_joined(v, reported_measure(v, x), said_of_whom(v, x)),
			   said_period(v, x));
}

static struct text say_sum(const struct view *v, const struct contradiction *c)
{
	const struct figure *first = c->parts[0];
	struct text sum = said_sum(v, c->sum);

	if (!c->whole)
		return say(arena_of(v), v->d->words, "figures.contradiction.shares", sum,
			   view_joined(v, reported_measure(v, first), said_period(v, first)),
			   said_body(v, first));
	return say(arena_of(v), v->d->words, "figures.contradiction.sum", sum,
		   reported_value(v, c->whole), said_cell(v, c->whole), said_body(v, c->whole));
}

static struct text say_divisions(const struct view *v, const struct contradiction *c)
{
	const struct figure *x = c->parts[0];
	struct text where = view_joined(v, reported_measure(v, x), reported_where(v, x));

	return say(arena_of(v), v->d->words, "figures.contradiction.divisions", said_sum(v, c->sum),
		   said_sum(v, c->other), view_joined(v, where, said_period(v, x)),
		   said_body(v, x));
}

static struct text say_part(const struct view *v, const struct contradiction *c)
{
	const struct figure *part = c->parts[0];

	return say(arena_of(v), v->d->words, "figures.contradiction.part", reported_value(v, part),
		   said_cell(v, part), reported_value(v, c->whole), said_cell(v, c->whole),
		   said_body(v, part));
}

static struct text say_cell(const struct view *v, const struct contradiction *c)
{
	const struct figure *other = c->parts[0];

	return say(arena_of(v), v->d->words, "figures.contradiction.cell",
		   reported_value(v, c->whole), said_body(v, c->whole), reported_value(v, other),
		   said_body(v, other), said_cell(v, other));
}

static struct text say_fall(const struct view *v, const struct contradiction *c)
{
	const struct figure *before = c->parts[0];
	struct text what = view_joined(v, reported_measure(v, before), said_of_whom(v, before));

	return say(arena_of(v), v->d->words, "figures.contradiction.fall",
		   reported_value(v, before), said_day(v, before->period_end),
		   reported_value(v, c->whole), said_day(v, c->whole->period_end), what,
		   said_body(v, before));
}

static struct text say_base(const struct view *v, const struct contradiction *c)
{
	const struct figure *other = c->parts[0];
	struct text cell = view_joined(v, reported_measure(v, other), reported_where(v, other));

	return say(arena_of(v), v->d->words, "figures.contradiction.base", reported_value(v, other),
		   reported_group(v, c->whole), said_body(v, c->whole), reported_group(v, other),
		   said_body(v, other), view_joined(v, cell, said_day(v, other->as_of)));
}

static struct text say_unsaid(const struct view *v, const struct contradiction *c)
{
	struct text wholes = { 0 };

	for (size_t i = 0; i < c->part_count; i++)
		wholes = view_joined(v, wholes,
				     arena_print(arena_of(v), "%.*s (%.*s)",
						 SHOWN(reported_value(v, c->parts[i])),
						 SHOWN(reported_group(v, c->parts[i]))));
	return say(arena_of(v), v->d->words, "figures.contradiction.unsaid",
		   reported_value(v, c->whole), said_of_whom(v, c->whole),
		   reported_where(v, c->parts[0]), wholes, said_body(v, c->whole));
}

struct text reported_contradiction(const struct view *v, const struct contradiction *c)
{
	static struct text (*const all[CONTRADICTIONS_COUNT])(const struct view *v,
							      const struct contradiction *c) = {
		[CONTRADICTION_SUM] = say_sum,	     [CONTRADICTION_DIVISIONS] = say_divisions,
		[CONTRADICTION_PART] = say_part,     [CONTRADICTION_CELL] = say_cell,
		[CONTRADICTION_FALL] = say_fall,     [CONTRADICTION_BASE] = say_base,
		[CONTRADICTION_UNSAID] = say_unsaid,
	};

	return all[c->sort](v, c);
}
