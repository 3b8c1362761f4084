/*
 * applies: what applies to whom, where and when, in the reader's words.
 *
 * One sentence for each effect says what it means, with the group's own words in it.  No
 * answer says which of two instruments prevails, and none counts days.
 */
#include "desk/instruments.h"

/* --- one instrument ------------------------------------------------------------------- */

static const char *const stances[] = {
	[STANCE_NEITHER] = "neither",
	[STANCE_STAYS] = "stays",
	[STANCE_LEAVES] = "leaves",
};

static void write_texts(struct view *v, const char *key, const struct text *texts, size_t count)
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

static struct text group_said(struct view *v, enum directive_group g)
{
	struct text key = arena_print(v->d->arena, "directive.group.%s", directive_group_word(g));

	return say(v->d->arena, v->d->words, key.at);
}

static struct text effect_said(struct view *v, enum directive_effect e, enum directive_group g)
{
	const char *word = e ? directive_effect_word(e) : "unclear";
	struct text key = arena_print(v->d->arena, "directive.effect.%s", word);

	return say(v->d->arena, v->d->words, key.at, group_said(v, g));
}

static void write_areas(struct view *v, const struct directive *d)
{
	write_texts(v, "areas", d->areas, d->area_count);
	json_key(v->w, "areas_said");
	json_array_begin(v->w);
	for (size_t i = 0; i < d->area_count; i++)
		json_text(v->w, view_area_said(v, d->areas[i]));
	json_array_end(v->w);
}

static void write_links(struct view *v, const struct directive_found *f)
{
	view_text(v, "under", f->directive->under);
	write_texts(v, "line", f->under, f->under_count);
	write_texts(v, "superseded_by", f->superseded_by, f->superseded_count);
	write_texts(v, "conflicts_with", f->conflicts_with, f->conflict_count);
}

static void write_applied(struct view *v, const struct instruments *all,
			  const struct directive_found *f, enum directive_group g)
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
	view_text(v, "says", effect_said(v, f->effect, g));
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

struct answer {
	const struct directive_found *found;
	size_t count;
};

static void note(struct view *v, const char *key)
{
	json_text(v->w, say(v->d->arena, v->d->words, key));
}

static void write_notes(struct view *v, const struct answer *answers, size_t count)
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

/* --- a group, an area, a day ----------------------------------------------------------------- */

static enum err read_day(struct desk *d, struct text given, const char *field, int32_t otherwise,
			 int32_t *out)
{
	const struct date_form form = { GREGORIAN, DATE_YMD, field };

	*out = otherwise;
	return given.size ? date_read(out, given, &form, &d->fault) : OK;
}

static enum err read_question(struct view *v, const struct desk_applies *asked,
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

static void write_applies(struct view *v, const struct instruments *all,
			  const struct directive_question *q, const struct area *area,
			  const struct answer *answer)
{
	json_object_begin(v->w);
	view_text(v, "group", text_of(directive_group_word(q->group)));
	view_text(v, "group_said", group_said(v, q->group));
	json_key(v->w, "area");
	view_area(v, area);
	view_day(v, "on", q->on);
	view_day(v, "known_on", q->known_on);
	json_key(v->w, "instruments");
	json_array_begin(v->w);
	for (size_t i = 0; i < answer->count; i++)
		write_applied(v, all, &answer->found[i], q->group);
	json_array_end(v->w);
	write_notes(v, answer, 1);
	json_object_end(v->w);
}

enum err desk_applies(struct desk *d, const struct desk_applies *asked, struct json_writer *w)
{
	struct directive_question q;
	const struct area *area;
	struct instruments all;
	struct answer answer;
	struct view v;
	enum err e;

	if ((e = view_begin_public(&v, d, w)))
		return e;
	if (!(e = read_question(&v, asked, &q, &area)) && !(e = instruments_read(&all, &v)))
		e = directive_applies(all.book, &q, d->arena, &answer.found, &answer.count,
				      &d->fault);
	if (!e)
		write_applies(&v, &all, &q, area, &answer);
	return view_end(&v, e);
}

/* --- a household, side by side ----------------------------------------------------------------- */

/* Nothing applies by a group to who is in none of the three; what is for everybody does. */
static enum directive_group group_of(const struct person *p)
{
	enum directive_group g = DIRECTIVE_GROUP_NONE;

	if (code_is_known(CODES_GROUP, p->group))
		g = directive_group_of(text_of(code_word(CODES_GROUP, p->group)));
	return g ? g : DIRECTIVE_GROUP_OTHER;
}

static void write_side(struct view *v, const struct instruments *all, const struct answer *answer,
		       enum directive_group g, bool protects)
{
	json_key(v->w, protects ? "protects" : "others");
	json_array_begin(v->w);
	for (size_t i = 0; i < answer->count; i++) {
		const struct directive_found *f = &answer->found[i];

		if ((directive_stance_of(f->effect) == STANCE_STAYS) == protects)
			write_applied(v, all, f, g);
	}
	json_array_end(v->w);
}

static enum err write_member(struct view *v, const struct instruments *all,
			     struct directive_question *q, const struct id *id,
			     struct answer *answer)
{
	struct person p;
	enum err e;

	*answer = (struct answer){ 0 };
	if (!state_person(v->s, id, &p) || p.erased)
		return OK;
	q->group = group_of(&p);
	if ((e = directive_applies(all->book, q, v->d->arena, &answer->found, &answer->count,
				   &v->d->fault)))
		return e;
	json_object_begin(v->w);
	view_id(v, "person", id);
	view_text(v, "name", view_person_name(v, id));
	view_text(v, "group", text_of(directive_group_word(q->group)));
	view_text(v, "group_said", group_said(v, q->group));
	write_side(v, all, answer, q->group, true);
	write_side(v, all, answer, q->group, false);
	json_object_end(v->w);
	return OK;
}

#define MEMBERS_SHOWN_MAX 200

static enum err write_members(struct view *v, const struct instruments *all,
			      struct directive_question *q, const struct id *household)
{
	struct id *members = arena_take_array(v->d->arena, MEMBERS_SHOWN_MAX, sizeof(*members));
	struct answer *answers = arena_take_array(v->d->arena, MEMBERS_SHOWN_MAX, sizeof(*answers));
	size_t count;
	enum err e = OK;

	if (!members || !answers)
		return fault(&v->d->fault, ERR_MEMORY, "memory.none");
	count = state_members(v->s, household, members, MEMBERS_SHOWN_MAX);
	if (count > MEMBERS_SHOWN_MAX)
		count = MEMBERS_SHOWN_MAX;
	json_key(v->w, "members");
	json_array_begin(v->w);
	for (size_t i = 0; !e && i < count; i++)
		e = write_member(v, all, q, &members[i], &answers[i]);
	json_array_end(v->w);
	write_notes(v, answers, count);
	return e;
}

/* What is not said where they live is answered for the country: less, and nothing wrong. */
static const struct area *area_of(const struct view *v, const struct household *h)
{
	const struct area *area = atlas_area_of_key(v->d->atlas, h->residence);

	return area ? area->today : atlas_area_of_key(v->d->atlas, TEXT("PAK"));
}

static enum err write_household(struct view *v, const struct household *h)
{
	struct directive_question q = { .on = v->today, .known_on = DIRECTIVE_NO_DAY };
	const struct area *area = area_of(v, h);
	struct instruments all;
	enum err e = instruments_read(&all, v);

	if (e)
		return e;
	q.area = area->key;
	json_object_begin(v->w);
	json_key(v->w, "area");
	view_area(v, area);
	view_day(v, "on", v->today);
	e = write_members(v, &all, &q, &h->id);
	json_object_end(v->w);
	return e;
}

enum err desk_household_applies(struct desk *d, const struct id *household, struct json_writer *w)
{
	struct household h;
	struct view v;
	enum err e;

	if ((e = view_begin(&v, d, DEED_SHOW_HOUSEHOLD, w)))
		return e;
	if (!state_household(v.s, household, &h) || h.erased)
		e = fault(&d->fault, ERR_NOT_FOUND, "desk.no-household");
	else
		e = write_household(&v, &h);
	return view_end(&v, e);
}
