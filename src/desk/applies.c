/*
 * applies: what applies to whom, where and when, in the reader's words.
 *
 * One sentence for each effect says what it means, with the group's own words in it.  No
 * answer says which of two instruments prevails, and none counts days.
 */
#include <stdlib.h>

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

/* --- from one day to another ------------------------------------------------------------------- */

#define ENDED_WITHIN 30

static int32_t first_day(const struct directive *d)
{
	return d->from == DIRECTIVE_NO_DAY ? d->date : d->from;
}

static int by_day(const void *a, const void *b)
{
	const int32_t *one = a, *other = b;

	return (*one > *other) - (*one < *other);
}

/*
 * The days on which an answer can become another one, in order, each once: between two of
 * them nothing begins, ends, is held back or goes on.
 */
static enum err change_days(const struct instruments *all, const int32_t **out, size_t *count,
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

static enum err ask(struct view *v, const struct instruments *all,
		    const struct directive_question *q, struct answer *out)
{
	return directive_applies(all->book, q, v->d->arena, &out->found, &out->count, &v->d->fault);
}

static bool is_among(const struct answer *a, const struct directive *d)
{
	for (size_t i = 0; i < a->count; i++)
		if (a->found[i].directive == d)
			return true;
	return false;
}

/*
 * What was in force shortly before and is so no longer, each as it was on its last day.
 * `told` holds what has been told; a later day is asked first.
 */
static enum err write_ended(struct view *v, const struct instruments *all,
			    const struct directive_question *asked, const struct answer *now)
{
	struct directive_question q = *asked;
	struct directive_found *told = arena_take_array(all->arena, all->count + 1, sizeof(*told));
	struct answer ended = { .found = told };
	const int32_t *days;
	size_t count;
	enum err e;

	if (!told)
		return fault(&v->d->fault, ERR_MEMORY, "memory.none");
	if ((e = change_days(all, &days, &count, &v->d->fault)))
		return e;
	for (size_t i = count; !e && i-- > 0 && days[i] > asked->on - ENDED_WITHIN;) {
		struct answer before;

		if (days[i] > asked->on)
			continue;
		q.on = days[i] - 1;
		if ((e = ask(v, all, &q, &before)))
			break;
		for (size_t k = 0; k < before.count; k++)
			if (!is_among(now, before.found[k].directive) &&
			    !is_among(&ended, before.found[k].directive))
				told[ended.count++] = before.found[k];
	}
	json_key(v->w, "ended");
	json_array_begin(v->w);
	for (size_t i = 0; i < ended.count; i++)
		write_applied(v, all, &told[i], q.group);
	json_array_end(v->w);
	return e;
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

static enum err write_applies(struct view *v, const struct instruments *all,
			      const struct directive_question *q, const struct area *area,
			      const struct answer *answer)
{
	enum err e;

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
	e = write_ended(v, all, q, answer);
	write_notes(v, answer, 1);
	json_object_end(v->w);
	return e;
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
		e = ask(&v, &all, &q, &answer);
	if (!e)
		e = write_applies(&v, &all, &q, area, &answer);
	return view_end(&v, e);
}

/* --- over the years ------------------------------------------------------------------------------ */

/* Days in a row on which it is in force and contradicted by the same ones. */
struct span {
	const struct directive_found *found; /* on the first of them */
	int32_t from, to;		     /* DIRECTIVE_NO_DAY: open */
};

struct times {
	const struct instruments *all;
	struct span *spans; /* in order of their first days */
	size_t count, room;
};

static bool same_conflicts(const struct directive_found *a, const struct directive_found *b)
{
	if (a->conflict_count != b->conflict_count)
		return false;
	for (size_t i = 0; i < a->conflict_count; i++)
		if (!text_same(a->conflicts_with[i], b->conflicts_with[i]))
			return false;
	return true;
}

/* The span of this instrument that ends on the day before and goes on unchanged. */
static struct span *span_before(struct times *t, const struct directive_found *f, int32_t day)
{
	for (size_t i = t->count; i-- > 0;) {
		struct span *s = &t->spans[i];

		if (s->found->directive == f->directive)
			return s->to == day - 1 && same_conflicts(s->found, f) ? s : NULL;
	}
	return NULL;
}

static enum err keep_span(struct times *t, const struct directive_found *found, int32_t from,
			  int32_t to, struct fault *f)
{
	struct span *before = span_before(t, found, from);

	if (before) {
		before->to = to;
		return OK;
	}
	if (t->count == t->room) {
		size_t room = t->room ? 2 * t->room : 64;
		struct span *wider = arena_take_array(t->all->arena, room, sizeof(*wider));

		if (!wider)
			return fault(f, ERR_MEMORY, "memory.none");
		if (t->count)
			memcpy(wider, t->spans, t->count * sizeof(*wider));
		t->spans = wider;
		t->room = room;
	}
	t->spans[t->count++] = (struct span){ found, from, to };
	return OK;
}

static enum err gather_spans(struct view *v, struct times *t,
			     const struct directive_question *asked)
{
	struct directive_question q = *asked;
	const int32_t *days;
	size_t count;
	enum err e = change_days(t->all, &days, &count, &v->d->fault);

	for (size_t i = 0; !e && i < count; i++) {
		int32_t to = i + 1 < count ? days[i + 1] - 1 : DIRECTIVE_NO_DAY;
		struct answer answer;

		q.on = days[i];
		e = ask(v, t->all, &q, &answer);
		for (size_t k = 0; !e && k < answer.count; k++)
			e = keep_span(t, &answer.found[k], days[i], to, &v->d->fault);
	}
	return e;
}

static void write_spans(struct view *v, const struct times *t, const struct directive *d)
{
	json_key(v->w, "spans");
	json_array_begin(v->w);
	for (size_t i = 0; i < t->count; i++) {
		const struct span *s = &t->spans[i];

		if (s->found->directive != d)
			continue;
		json_object_begin(v->w);
		view_day(v, "from", s->from);
		view_day(v, "to", s->to);
		write_texts(v, "conflicts_with", s->found->conflicts_with,
			    s->found->conflict_count);
		json_object_end(v->w);
	}
	json_array_end(v->w);
}

static void write_time_row(struct view *v, const struct times *t, const struct directive_found *f,
			   enum directive_group g)
{
	const struct directive *d = f->directive;

	json_object_begin(v->w);
	view_text(v, "id", d->code);
	view_text(v, "instrument", d->title);
	view_text(v, "authority", d->authority);
	view_code(v, "level", CODES_LEVEL, instruments_row(t->all, d)->level);
	view_text(v, "says", effect_said(v, f->effect, g));
	write_spans(v, t, d);
	json_object_end(v->w);
}

static bool is_first_span(const struct times *t, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (t->spans[i].found->directive == t->spans[at].found->directive)
			return false;
	return true;
}

static void write_times(struct view *v, const struct times *t, const struct directive_question *q,
			const struct area *area)
{
	json_object_begin(v->w);
	view_text(v, "group_said", group_said(v, q->group));
	json_key(v->w, "area");
	view_area(v, area);
	view_day(v, "today", v->today);
	json_key(v->w, "rows");
	json_array_begin(v->w);
	for (int level = DIRECTIVE_LEVEL_NONE; level < DIRECTIVE_LEVELS; level++)
		for (size_t i = 0; i < t->count; i++)
			if ((int)t->spans[i].found->directive->level == level &&
			    is_first_span(t, i))
				write_time_row(v, t, t->spans[i].found, q->group);
	json_array_end(v->w);
	json_object_end(v->w);
}

enum err desk_times(struct desk *d, const struct desk_applies *asked, struct json_writer *w)
{
	struct directive_question q;
	const struct area *area;
	struct instruments all;
	struct times times = { .all = &all };
	struct view v;
	enum err e;

	if ((e = view_begin_public(&v, d, w)))
		return e;
	if (!(e = read_question(&v, asked, &q, &area)) && !(e = instruments_read(&all, &v)) &&
	    !(e = gather_spans(&v, &times, &q)))
		write_times(&v, &times, &q, area);
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
