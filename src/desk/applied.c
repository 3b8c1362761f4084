/*
 * applied: what an answer about directives is made of.
 *
 * One sentence for each effect says what it means, with the group's own words in it.
 */
#include "desk/applied.h"

#include <stdlib.h>

/* --- one instrument ------------------------------------------------------------------- */

static const char *const stances[] = {
	[STANCE_NEITHER] = "neither",
	[STANCE_STAYS] = "stays",
	[STANCE_LEAVES] = "leaves",
};

void applied_codes(struct view *v, const char *key, const struct text *texts, size_t count)
{
	json_key(v->w, key);
	json_array_begin(v->w);
	for (size_t i = 0; i < count; i++)
		json_text(v->w, texts[i]);
	json_array_end(v->w);
}

/* "undocumented+PoR+ACC" as a list. */
static void write_groups(struct view *v, struct text words)
{
	json_key(v->w, "groups");
	json_array_begin(v->w);
	while (words.size) {
		const char *plus = memchr(words.at, '+', words.size);
		size_t size = plus ? (size_t)(plus - words.at) : words.size;

		json_text(v->w, text_trimmed((struct text){ words.at, size }, BLANKS));
		words.at += size + (plus != NULL);
		words.size -= size + (plus != NULL);
	}
	json_array_end(v->w);
}

struct text applied_group(struct view *v, enum directive_group g)
{
	struct text key = arena_print(v->d->arena, "directive.group.%s", directive_group_word(g));

	return say(v->d->arena, v->d->words, key.at);
}

struct text applied_effect(struct view *v, enum directive_effect e, enum directive_group g)
{
	const char *word = e ? directive_effect_word(e) : "unclear";
	struct text key = arena_print(v->d->arena, "directive.effect.%s", word);

	return say(v->d->arena, v->d->words, key.at, applied_group(v, g));
}

static void write_areas(struct view *v, const struct directive *d)
{
	applied_codes(v, "areas", d->areas, d->area_count);
	json_key(v->w, "areas_said");
	json_array_begin(v->w);
	for (size_t i = 0; i < d->area_count; i++)
		json_text(v->w, view_area_said(v, d->areas[i]));
	json_array_end(v->w);
}

static void write_links(struct view *v, const struct directive_found *f)
{
	view_text(v, "under", f->directive->under);
	applied_codes(v, "line", f->under, f->under_count);
	applied_codes(v, "superseded_by", f->superseded_by, f->superseded_count);
	applied_codes(v, "conflicts_with", f->conflicts_with, f->conflict_count);
}

void applied_write(struct view *v, const struct instruments *all, const struct directive_found *f,
		   enum directive_group g)
{
	const struct directive *d = f->directive;
	const struct instrument *row = instruments_row(all, d);

	json_object_begin(v->w);
	view_text(v, "id", d->code);
	view_day(v, "date", d->date);
	view_text(v, "authority", d->authority);
	view_code(v, "level", CODES_LEVEL, row->level);
	view_text(v, "instrument", d->title);
	view_text(v, "number", d->number);
	write_groups(v, d->groups);
	write_areas(v, d);
	view_text(v, "effect", d->effect);
	view_text(v, "stance", text_of(stances[directive_stance_of(f->effect)]));
	view_text(v, "says", applied_effect(v, f->effect, g));
	view_text(v, "detail", d->detail);
	view_day(v, "from", f->from);
	view_day(v, "to", f->to);
	view_code(v, "basis", CODES_CONFIDENCE, row->confidence);
	view_text(v, "source", d->source);
	view_text(v, "verified_by", row->verified_by);
	view_text(v, "note", d->note);
	write_links(v, f);
	view_flag(v, "some", f->some);
	view_flag(v, "unclear", f->unclear);
	view_flag(v, "paused", f->paused);
	view_text(v, "paused_by", f->paused_by);
	json_object_end(v->w);
}

/* --- what to know about an answer --------------------------------------------------------- */

static void note(struct view *v, const char *key)
{
	json_text(v->w, say(v->d->arena, v->d->words, key));
}

void applied_notes(struct view *v, const struct applied *answers, size_t count)
{
	bool some = false, conflict = false, paused = false, unclear = false, any = false;

	for (size_t a = 0; a < count; a++)
		for (size_t i = 0; i < answers[a].count; i++) {
			const struct directive_found *f = &answers[a].found[i];

			any = true;
			some |= f->some && !f->unclear;
			unclear |= f->unclear;
			paused |= f->paused;
			conflict |= f->conflict_count > 0;
		}
	json_key(v->w, "notes");
	json_array_begin(v->w);
	note(v, any ? "directive.note.no-gate" : "directive.note.none");
	if (conflict)
		note(v, "directive.note.conflict");
	if (some)
		note(v, "directive.note.some");
	if (unclear)
		note(v, "directive.note.unclear");
	if (paused)
		note(v, "directive.note.paused");
	json_array_end(v->w);
}

/* --- asking ------------------------------------------------------------------------- */

static enum err read_day(struct desk *d, struct text given, const char *field, int32_t otherwise,
			 int32_t *out)
{
	const struct date_form form = { GREGORIAN, DATE_YMD, field };

	*out = otherwise;
	return given.size ? date_read(out, given, &form, &d->fault) : OK;
}

enum err applied_question(struct view *v, const struct desk_applies *asked,
			  struct directive_question *q, const struct area **area)
{
	struct desk *d = v->d;
	enum err e;

	*q = (struct directive_question){ .group = directive_group_of(asked->group) };
	if (!q->group)
		return fault(&d->fault, ERR_INPUT, "directive.no-such-group", asked->group);
	if ((e = atlas_area(d->atlas, asked->area, area, &d->fault)) ||
	    (e = read_day(d, asked->on, "on", v->today, &q->on)))
		return e;
	q->area = (*area)->key;
	return read_day(d, asked->known_on, "known-on", DIRECTIVE_NO_DAY, &q->known_on);
}

enum err applied_ask(struct view *v, const struct instruments *all,
		     const struct directive_question *q, struct applied *out)
{
	return directive_applies(all->book, q, v->d->arena, &out->found, &out->count, &v->d->fault);
}

/* --- from one day to another --------------------------------------------------------- */

static int32_t first_day(const struct directive *d)
{
	return d->from == DIRECTIVE_NO_DAY ? d->date : d->from;
}

static int by_day(const void *a, const void *b)
{
	const int32_t *one = a, *other = b;

	return (*one > *other) - (*one < *other);
}

enum err applied_days(const struct instruments *all, const int32_t **out, size_t *count,
		      struct fault *f)
{
	size_t room = 1, n = 0, kept = 0;
	int32_t *days;

	for (size_t i = 0; i < all->count; i++)
		room += 2 + 2 * all->directives[i].pause_count;
	if (!(days = arena_take_array(all->arena, room, sizeof(*days))))
		return fault(f, ERR_MEMORY, "memory.none");
	for (size_t i = 0; i < all->count; i++) {
		const struct directive *d = &all->directives[i];

		days[n++] = first_day(d);
		if (d->to != DIRECTIVE_NO_DAY)
			days[n++] = d->to + 1;
		for (size_t k = 0; k < d->pause_count; k++) {
			days[n++] = d->pauses[k].from;
			if (d->pauses[k].to != DIRECTIVE_NO_DAY)
				days[n++] = d->pauses[k].to + 1;
		}
	}
	qsort(days, n, sizeof(*days), by_day);
	for (size_t i = 0; i < n; i++)
		if (days[i] != DIRECTIVE_NO_DAY && (!kept || days[kept - 1] != days[i]))
			days[kept++] = days[i];
	*out = days;
	*count = kept;
	return OK;
}
