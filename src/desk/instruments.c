/*
 * The facts of a register become a book: instrument.recorded is a directive, its steps say
 * since when it is in force, when it is held back and when it ended.
 *
 * What is negotiated is in force only once a step says so.  Such an instrument stands in
 * no book before.
 */
#include "desk/instruments.h"

static int32_t day_or_none(int32_t day)
{
	return day == DAY_NONE ? DIRECTIVE_NO_DAY : day;
}

/* --- gathering ---------------------------------------------------------------------------- */

struct gathering {
	struct instrument *rows; /* NULL: only counted */
	size_t count;
};

static bool gather(void *self, const struct instrument *row)
{
	struct gathering *g = self;

	if (row->code.size && g->rows)
		g->rows[g->count] = *row;
	g->count += row->code.size != 0;
	return true;
}

struct text instruments_code(const struct instruments *all, const struct id *id)
{
	char hex[ID_HEX_SIZE + 1];

	for (size_t i = 0; i < all->row_count; i++)
		if (id_same(&all->rows[i].id, id))
			return all->rows[i].code;
	hex_write(hex, bytes_of(id->at, ID_SIZE));
	return arena_copy_text(all->arena, text_of(hex));
}

const struct instrument *instruments_row(const struct instruments *all, const struct directive *d)
{
	return all->of[d - all->directives];
}

/* --- steps ------------------------------------------------------------------------------- */

int32_t instrument_step_day(const struct view *v, const struct instrument_step *s)
{
	return s->on != DAY_NONE ? s->on : day_at(s->recorded, v->d->zone_min);
}

static const struct instrument_step *last_step(const struct instrument *i, uint8_t step)
{
	const struct instrument_step *last = NULL;

	for (size_t n = 0; n < i->step_count; n++)
		if (i->steps[n].step == step)
			last = &i->steps[n];
	return last;
}

bool instrument_is_negotiated(const struct instrument *i)
{
	return i->party_count || last_step(i, STEP_DRAFTED) || last_step(i, STEP_SUBMITTED);
}

/* Times during which it is held back; one that was not taken back goes on. */
static void read_pauses(struct instruments *all, struct view *v, const struct instrument *i,
			struct directive *d)
{
	struct directive_pause *pauses =
		arena_take_array(all->arena, i->step_count + 1, sizeof(*pauses));
	size_t count = 0;

	for (size_t n = 0; pauses && n < i->step_count; n++) {
		const struct instrument_step *s = &i->steps[n];
		int32_t day = instrument_step_day(v, s);

		if (s->step == STEP_SUSPENDED)
			pauses[count++] = (struct directive_pause){
				.by = id_is_none(&s->by) ? s->party : instruments_code(all, &s->by),
				.from = day,
				.to = DIRECTIVE_NO_DAY,
				.known = DIRECTIVE_NO_DAY,
			};
		if (s->step == STEP_RESUMED && count && pauses[count - 1].to == DIRECTIVE_NO_DAY)
			pauses[count - 1].to = day - 1;
	}
	d->pauses = pauses;
	d->pause_count = count;
}

static void read_steps(struct instruments *all, struct view *v, const struct instrument *i,
		       struct directive *d)
{
	const struct instrument_step *begun = last_step(i, STEP_IN_FORCE);
	const struct instrument_step *ended = last_step(i, STEP_ENDED);

	if (begun && d->from == DIRECTIVE_NO_DAY)
		d->from = instrument_step_day(v, begun);
	if (ended) {
		d->to = instrument_step_day(v, ended);
		d->end_known = d->to;
	}
	read_pauses(all, v, i, d);
}

/* --- the book ----------------------------------------------------------------------------- */

static void read_links(struct instruments *all, const struct instrument *i, struct directive *d)
{
	struct text *codes = arena_take_array(all->arena, i->supersedes_count + 1, sizeof(*codes));

	for (size_t n = 0; codes && n < i->supersedes_count; n++)
		codes[n] = instruments_code(all, &i->supersedes[n]);
	d->supersedes = codes;
	d->supersedes_count = codes ? i->supersedes_count : 0;
	if (!id_is_none(&i->under))
		d->under = instruments_code(all, &i->under);
}

static void read_directive(struct instruments *all, struct view *v, const struct instrument *i,
			   struct directive *d)
{
	*d = (struct directive){
		.code = i->code,
		.authority = i->authority,
		.title = i->title,
		.number = i->number,
		.detail = i->detail,
		.source = i->source,
		.note = i->note,
		.groups = i->groups,
		.effect = i->effect,
		.areas = i->areas,
		.area_count = i->area_count,
		.date = day_or_none(i->date),
		.from = day_or_none(i->valid_from),
		.to = day_or_none(i->valid_to),
		.known = day_or_none(i->known),
		.end_known = day_or_none(i->end_known),
	};
	if (code_is_known(CODES_LEVEL, i->level))
		d->level = directive_level_of(text_of(code_word(CODES_LEVEL, i->level)));
	read_links(all, i, d);
	read_steps(all, v, i, d);
}

/* By the lists of today: what was named by an older one is where that area is now. */
static bool contains(const void *self, struct text whole, struct text part)
{
	const struct atlas *atlas = self;
	const struct area *one = atlas_area_of_key(atlas, whole);
	const struct area *other = atlas_area_of_key(atlas, part);

	return one && other && area_contains(one->today, other->today);
}

enum err instruments_read(struct instruments *out, struct view *v)
{
	struct arena *a = v->d->arena;
	struct gathering g = { 0 };

	state_each_instrument(v->s, gather, &g);
	*out = (struct instruments){
		.arena = a,
		.atlas = v->d->atlas,
		.map = { v->d->atlas, contains },
		.directives = arena_take_array(a, g.count + 1, sizeof(struct directive)),
		.of = arena_take_array(a, g.count + 1, sizeof(const struct instrument *)),
	};
	g = (struct gathering){ .rows = arena_take_array(a, g.count + 1, sizeof(*g.rows)) };
	if (!out->directives || !out->of || !g.rows)
		return fault(&v->d->fault, ERR_MEMORY, "memory.none");
	state_each_instrument(v->s, gather, &g);
	out->rows = g.rows;
	out->row_count = g.count;
	for (size_t i = 0; i < g.count; i++) {
		const struct instrument *row = &g.rows[i];

		if (instrument_is_negotiated(row) && !last_step(row, STEP_IN_FORCE))
			continue;
		read_directive(out, v, row, &out->directives[out->count]);
		out->of[out->count++] = row;
	}
	return directive_book_new(&out->book, a, out->directives, out->count, &out->map,
				  &v->d->fault);
}
