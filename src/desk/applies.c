/*
 * applies: what applies to whom, where and when, in the reader's words.
 *
 * No answer says which of two instruments prevails, and none counts days.
 */
#include "desk/applied.h"

/* --- what ended shortly before ---------------------------------------------------------- */

#define ENDED_WITHIN 30

static bool is_among(const struct applied *a, const struct directive *d)
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
			    const struct directive_question *asked, const struct applied *now)
{
	struct directive_question q = *asked;
	struct directive_found *told = arena_take_array(all->arena, all->count + 1, sizeof(*told));
	struct applied ended = { .found = told };
	const int32_t *days;
	size_t count;
	enum err e;

	if (!told)
		return fault(&v->d->fault, ERR_MEMORY, "memory.none");
	if ((e = applied_days(all, &days, &count, &v->d->fault)))
		return e;
	for (size_t i = count; !e && i-- > 0 && days[i] > asked->on - ENDED_WITHIN;) {
		struct applied before;

		if (days[i] > asked->on)
			continue;
		q.on = days[i] - 1;
		if ((e = applied_ask(v, all, &q, &before)))
			break;
		for (size_t k = 0; k < before.count; k++)
			if (!is_among(now, before.found[k].directive) &&
			    !is_among(&ended, before.found[k].directive))
				told[ended.count++] = before.found[k];
	}
	json_key(v->w, "ended");
	json_array_begin(v->w);
	for (size_t i = 0; i < ended.count; i++)
		applied_write(v, all, &told[i], q.group);
	json_array_end(v->w);
	return e;
}

/* --- a group, an area, a day ------------------------------------------------------------ */

static enum err write_applies(struct view *v, const struct instruments *all,
			      const struct directive_question *q, const struct area *area,
			      const struct applied *answer)
{
	enum err e;

	json_object_begin(v->w);
	view_text(v, "group", text_of(directive_group_word(q->group)));
	view_text(v, "group_said", applied_group(v, q->group));
	json_key(v->w, "area");
	view_area(v, area);
	view_day(v, "on", q->on);
	view_day(v, "known_on", q->known_on);
	json_key(v->w, "instruments");
	json_array_begin(v->w);
	for (size_t i = 0; i < answer->count; i++)
		applied_write(v, all, &answer->found[i], q->group);
	json_array_end(v->w);
	e = write_ended(v, all, q, answer);
	applied_notes(v, answer, 1);
	json_object_end(v->w);
	return e;
}

enum err desk_applies(struct desk *d, const struct desk_applies *asked, struct json_writer *w)
{
	struct directive_question q;
	const struct area *area;
	struct instruments all;
	struct applied answer;
	struct view v;
	enum err e;

	if ((e = view_begin_public(&v, d, w)))
		return e;
	if (!(e = applied_question(&v, asked, &q, &area)) && !(e = instruments_read(&all, &v)))
		e = applied_ask(&v, &all, &q, &answer);
	if (!e)
		e = write_applies(&v, &all, &q, area, &answer);
	return view_end(&v, e);
}
