/*
 * times: what has applied over the years: of each instrument the days in a row on which it
 * was in force and contradicted by the same ones.
 */
#include "desk/applied.h"

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
	enum err e = applied_days(t->all, &days, &count, &v->d->fault);

	for (size_t i = 0; !e && i < count; i++) {
		int32_t to = i + 1 < count ? days[i + 1] - 1 : DIRECTIVE_NO_DAY;
		struct applied answer;

		q.on = days[i];
		e = applied_ask(v, t->all, &q, &answer);
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
		applied_codes(v, "conflicts_with", s->found->conflicts_with,
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
	view_text(v, "says", applied_effect(v, f->effect, g));
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
	view_text(v, "group_said", applied_group(v, q->group));
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
	if (!(e = applied_question(&v, asked, &q, &area)) && !(e = instruments_read(&all, &v)) &&
	    !(e = gather_spans(&v, &times, &q)))
		write_times(&v, &times, &q, area);
	return view_end(&v, e);
}
