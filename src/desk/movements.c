/*
 * movements: what leaves when, and who has a seat: aliases and fitness only.
 *
 * Whoever withdraws, loses her seat in the same moment and is not on the manifest any
 * more: nobody at the bus calls her, and no list keeps that she was on it.
 */
#include <stdlib.h>

#include "desk/movements.h"
#include "desk/slip.h"

#define MOVEMENTS_MAX 500
/* A convoy that left is listed as one to come for a day: it may be late. */
#define LATE_S 86400
/* A manifest is there for the day on the road, and for a day after. */
#define MANIFEST_LIVES_S (2 * 86400)
/* What the rules take to judge one traveller. */
#define JUDGING_MEMORY ((size_t)4 << 20)

/* --- movements ---------------------------------------------------------------------- */

void view_movement(struct view *v, const struct movement *m)
{
	json_object_begin(v->w);
	view_id(v, "id", &m->id);
	view_time(v, "departs", m->departs);
	view_text(v, "from", m->from);
	view_text(v, "from_name", view_place(v, m->from));
	view_text(v, "crossing", m->crossing);
	view_text(v, "crossing_name", view_place(v, m->crossing));
	view_text(v, "transporter", m->transporter);
	view_int(v, "seats", m->seats);
	view_int(v, "taken", (int64_t)state_seated(v->s, &m->id, NULL, 0));
	view_flag(v, "cancelled", m->cancelled);
	json_object_end(v->w);
}

struct listing {
	int64_t from, to;
	struct movement *rows; /* NULL: they are counted */
	size_t count;
};

static bool take_movement(void *self, const struct movement *m)
{
	struct listing *l = self;

	if (!m->planned || m->departs < l->from || m->departs >= l->to)
		return true;
	if (l->rows)
		l->rows[l->count] = *m;
	l->count++;
	return true;
}

static int soonest_first(const void *a, const void *b)
{
	const struct movement *x = a, *y = b;

	if (x->departs != y->departs)
		return x->departs < y->departs ? -1 : 1;
	return memcmp(x->id.at, y->id.at, ID_SIZE);
}

/* Of more than can be shown, the latest. */
enum err view_movements(struct view *v, int64_t from, int64_t to)
{
	struct listing l = { .from = from, .to = to };
	size_t first;

	state_each_movement(v->s, take_movement, &l);
	l.rows = arena_take_array(v->d->arena, l.count + 1, sizeof(*l.rows));
	if (!l.rows)
		return fault(&v->d->fault, ERR_MEMORY, "memory.none");
	l.count = 0;
	state_each_movement(v->s, take_movement, &l);
	qsort(l.rows, l.count, sizeof(*l.rows), soonest_first);
	first = l.count > MOVEMENTS_MAX ? l.count - MOVEMENTS_MAX : 0;
	json_key(v->w, "movements");
	json_array_begin(v->w);
	for (size_t i = first; i < l.count; i++)
		view_movement(v, &l.rows[i]);
	json_array_end(v->w);
	return OK;
}

enum err desk_movements(struct desk *d, bool past, struct json_writer *w)
{
	struct view v;
	enum err e;

	if ((e = view_begin(&v, d, DEED_MOVEMENTS, w)))
		return e;
	json_object_begin(w);
	e = view_movements(&v, past ? INT64_MIN : v.now - LATE_S, INT64_MAX);
	json_object_end(w);
	return view_end(&v, e);
}

/* --- the manifest ------------------------------------------------------------------------ */

struct manifest {
	struct movement movement;
	struct person *travellers; /* by seat */
	size_t count;
	struct arena *judging; /* emptied after each traveller */
};

static bool has_boarded(const struct manifest *m, const struct person *p)
{
	return p->departed && id_same(&p->departed_with, &m->movement.id);
}

static bool has_crossed(const struct manifest *m, const struct person *p)
{
	return has_boarded(m, p) && p->crossed;
}

static bool has_arrived(const struct manifest *m, const struct person *p)
{
	return has_crossed(m, p) && p->arrived;
}

static int by_seat(const void *a, const void *b)
{
	const struct person *x = a, *y = b;

	if (x->seat != y->seat)
		return x->seat < y->seat ? -1 : 1;
	return memcmp(x->id.at, y->id.at, ID_SIZE);
}

static enum err take_travellers(struct view *v, struct manifest *m)
{
	size_t count = state_seated(v->s, &m->movement.id, NULL, 0);
	struct id *seated = arena_take_array(v->d->arena, count + 1, sizeof(*seated));

	m->travellers = arena_take_array(v->d->arena, count + 1, sizeof(*m->travellers));
	if (!seated || !m->travellers)
		return fault(&v->d->fault, ERR_MEMORY, "memory.none");
	count = state_seated(v->s, &m->movement.id, seated, count);
	for (size_t i = 0; i < count; i++)
		if (state_person(v->s, &seated[i], &m->travellers[m->count]))
			m->count++;
	qsort(m->travellers, m->count, sizeof(*m->travellers), by_seat);
	return OK;
}

/* Whoever is on the road was ready; of her nobody asks the rules again. */
static enum err is_ready(struct view *v, struct manifest *m, const struct person *p, bool *ready)
{
	struct verdict verdicts[RULES_COUNT + 1];
	enum err e;

	*ready = true;
	if (has_boarded(m, p))
		return OK;
	e = reg_ready(v->d->reg, &v->d->session, v->s, &p->id, KIND_DEPARTURE_RECORDED, verdicts,
		      m->judging, &v->d->fault);
	for (int r = 1; !e && r <= RULES_COUNT; r++)
		*ready &= verdicts[r].outcome == OUTCOME_ALLOWED;
	arena_reset(m->judging);
	return e;
}

/* Recently enough for the departure; of who has left it was looked at then. */
static bool was_asked_again(struct view *v, const struct manifest *m, const struct person *p)
{
	const struct terms terms = state_terms(v->s);

	return p->reconfirmed &&
	       (has_boarded(m, p) || v->now - p->reconfirmed <= terms.reconfirm_s);
}

static enum err write_traveller(struct view *v, struct manifest *m, const struct person *p)
{
	char alias[ALIAS_SIZE], slip[SLIP_SIZE + 1];
	bool ready;
	enum err e;

	if ((e = is_ready(v, m, p, &ready)))
		return e;
	alias_of(alias, &p->id);
	slip_write(slip, &p->id);
	json_object_begin(v->w);
	view_id(v, "person", &p->id);
	view_int(v, "seat", p->seat);
	view_text(v, "alias", text_of(alias));
	view_text(v, "slip", text_of(slip));
	view_flag(v, "ready", ready);
	view_flag(v, "asked_again", was_asked_again(v, m, p));
	view_flag(v, "escort", p->fitness == RESULT_FAVOURABLE_WITH_ESCORT);
	view_flag(v, "boarded", has_boarded(m, p));
	view_flag(v, "crossed", has_crossed(m, p));
	view_flag(v, "arrived", has_arrived(m, p));
	view_flag(v, "withdrawn", p->withdrawn);
	json_object_end(v->w);
	return OK;
}

typedef bool whether(const struct manifest *m, const struct person *p);

static void write_count(struct view *v, const struct manifest *m, const char *key, whether *counts)
{
	int64_t count = 0;

	for (size_t i = 0; i < m->count; i++)
		count += counts(m, &m->travellers[i]);
	view_int(v, key, count);
}

/* Aliases of who was there at one of the three counts and not at the next. */
static void write_missing(struct view *v, const struct manifest *m, const char *key, whether *was,
			  whether *is)
{
	json_key(v->w, key);
	json_array_begin(v->w);
	for (size_t i = 0; i < m->count; i++) {
		char alias[ALIAS_SIZE];

		if (!was(m, &m->travellers[i]) || is(m, &m->travellers[i]))
			continue;
		alias_of(alias, &m->travellers[i].id);
		json_text(v->w, text_of(alias));
	}
	json_array_end(v->w);
}

static enum err write_manifest(struct view *v, struct manifest *m)
{
	enum err e = OK;

	json_object_begin(v->w);
	json_key(v->w, "movement");
	view_movement(v, &m->movement);
	json_key(v->w, "travellers");
	json_array_begin(v->w);
	for (size_t i = 0; !e && i < m->count; i++)
		e = write_traveller(v, m, &m->travellers[i]);
	json_array_end(v->w);
	write_count(v, m, "boarded", has_boarded);
	write_count(v, m, "crossed", has_crossed);
	write_count(v, m, "arrived", has_arrived);
	write_missing(v, m, "missing_at_crossing", has_boarded, has_crossed);
	write_missing(v, m, "missing_at_arrival", has_crossed, has_arrived);
	json_object_end(v->w);
	return e;
}

enum err desk_manifest(struct desk *d, const struct id *movement, struct json_writer *w)
{
	struct manifest m = { 0 };
	struct view v;
	enum err e;

	if (arena_new(&m.judging, JUDGING_MEMORY))
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	if ((e = view_begin(&v, d, DEED_MANIFEST, w)))
		goto out;
	if (!state_movement(v.s, movement, &m.movement) || !m.movement.planned)
		e = fault(&d->fault, ERR_NOT_FOUND, "desk.no-movement");
	else if (v.now >= m.movement.departs + MANIFEST_LIVES_S)
		e = fault(&d->fault, ERR_NOT_FOUND, "desk.manifest-over");
	if (!e)
		e = take_travellers(&v, &m);
	if (!e)
		e = write_manifest(&v, &m);
	e = view_end(&v, e);
out:
	arena_free(m.judging);
	return e;
}
