/*
 * household_applies: the members of a household side by side, each with what protects her
 * and with what is closed or suspended on her way.
 */
#include "desk/applied.h"

#include "desk/reference.h"

/* Nothing applies by a group to who is in none of the three; what is for everybody does. */
static enum directive_group group_of(const struct person *p)
{
	enum directive_group g = DIRECTIVE_GROUP_NONE;

	if (code_is_known(CODES_GROUP, p->group))
		g = directive_group_of(text_of(code_word(CODES_GROUP, p->group)));
	return g ? g : DIRECTIVE_GROUP_OTHER;
}

static void write_side(struct view *v, const struct instruments *all, const struct applied *answer,
		       enum directive_group g, bool protects)
{
	json_key(v->w, protects ? "protects" : "others");
	json_array_begin(v->w);
	for (size_t i = 0; i < answer->count; i++) {
		const struct directive_found *f = &answer->found[i];

		if ((directive_stance_of(f->effect) == STANCE_STAYS) == protects)
			applied_write(v, all, f, g);
	}
	json_array_end(v->w);
}

/* --- where she would go -------------------------------------------------------------------- */

/* As her choice names it, else as registered; a child goes where its guardian goes. */
static struct text destination_of(const struct view *v, const struct person *p)
{
	struct person guardian;

	if (person_is_child(p, v->today) && state_person(v->s, &p->guardian, &guardian))
		p = &guardian;
	if (p->choice_destination.size && view_sees(v, KIND_CHOICE_MADE, CHOICE_MADE_DESTINATION))
		return p->choice_destination;
	if (view_sees(v, KIND_PERSON_REGISTERED, PERSON_REGISTERED_DESTINATION))
		return p->destination;
	return (struct text){ 0 };
}

struct way {
	struct view *v;
	const struct area *to;
};

static bool write_if_there(void *self, const struct advisory *a)
{
	const struct way *way = self;
	const struct area *closed = atlas_area_of_key(way->v->d->atlas, a->area);

	if (reference_is_told(a) && closed && area_contains(closed->today, way->to->today))
		reference_advisory(way->v, a);
	return true;
}

/* Returns to there are suspended: what keeps her from being taken there. */
static void write_advisories(struct view *v, const struct person *p)
{
	struct way way = { v, atlas_area_of_key(v->d->atlas, destination_of(v, p)) };

	json_key(v->w, "advisories");
	json_array_begin(v->w);
	if (way.to)
		state_each_advisory(v->s, write_if_there, &way);
	json_array_end(v->w);
}

/* --- side by side ------------------------------------------------------------------------------ */

static enum err write_member(struct view *v, const struct instruments *all,
			     struct directive_question *q, const struct id *id,
			     struct applied *answer)
{
	struct person p;
	enum err e;

	*answer = (struct applied){ 0 };
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
	view_text(v, "group_said", applied_group(v, q->group));
	write_advisories(v, &p);
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
	struct applied *answers =
		arena_take_array(v->d->arena, MEMBERS_SHOWN_MAX, sizeof(*answers));
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
	applied_notes(v, answers, count);
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
