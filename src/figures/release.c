/*
 * release: what happened in a period, as the tables of the plan, rounded.
 *
 * A table is a tree.  What hangs below a node is decided by who lives there, not by who
 * was counted: a part is shown only where at least REFERENCE_LEAST people could be in
 * it, else it is merged with its neighbours into "other", or the node is not divided.
 *
 *     whole ─┬─ province ─┬─ sex ─── age            a week
 *            │            └─ group
 *            ├─ province ─┬─ district ─ sex ─ age   four weeks
 *            │            └─ group
 *            ├─ crossing
 *            ├─ destination
 *            ├─ wait
 *            └─ of
 *
 * The one thing that depends on the counts is that a district has at least
 * DISTRICT_CASES_LEAST of them; that a district stands in the table says so much.
 *
 * Below a number that is published as 0 everything is 0, and is left out.
 */
#include "figures/figures.h"

#include <assert.h>

enum division {
	DIVISION_WHOLE = 0,
	DIVISION_PROVINCE = 1,
	DIVISION_PEOPLE = 2, /* sex and age, and district */
	DIVISION_GROUP = 4,
	DIVISION_WAY = 8,
	DIVISION_WAIT = 16,
	DIVISION_OF = 32,
	DIVISION_RETIRED = 64,
};

static const uint8_t divisions[] = {
#define WHOLE DIVISION_WHOLE
#define PROVINCE DIVISION_PROVINCE
#define PLACE (DIVISION_PROVINCE | DIVISION_PEOPLE)
#define STATUS DIVISION_GROUP
#define WAY DIVISION_WAY
#define WAIT DIVISION_WAIT
#define OF DIVISION_OF
#define RETIRED DIVISION_RETIRED
#define FIGURE(name, word, label, divided, doc) (divided),
#include "figures/plan.def"
#undef WHOLE
#undef PROVINCE
#undef PLACE
#undef STATUS
#undef WAY
#undef WAIT
#undef OF
#undef RETIRED
};

bool figure_is_retired(enum figure_counted f)
{
	return divisions[f] & DIVISION_RETIRED;
}

/* Counts of one figure in one place, or in several put together. */
struct bin {
	struct text code;
	uint64_t people; /* who live there */
	uint64_t count;
	uint64_t of[SEXES_COUNTED][AGE_BANDS], groups[GROUPS_COUNTED];
};

struct tree {
	const struct release_source *source;
	struct crosstable by_people, by_group, by_crossing, by_destination, by_wait, by_figure;
	struct bin *places, *provinces; /* of the figure at hand */
	struct bin *parts;		/* districts of the province at hand */
	uint64_t *province_people;
	struct count_node *nodes;
	enum axis *axes; /* by which a node's parent is divided into it */
	size_t count, room;
	uint64_t *published;
	struct arena *arena, *scratch;
};

static enum err no_memory(struct fault *f)
{
	return fault(f, ERR_MEMORY, "figures.no-memory");
}

enum err happenings_new(struct happenings *out, size_t room, struct arena *a, struct fault *f)
{
	uint8_t *narrow = arena_take_array(a, room + 1, 6);
	uint16_t *wide = arena_take_array(a, room + 1, 3 * sizeof(*wide));

	if (!narrow || !wide)
		return no_memory(f);
	*out = (struct happenings){
		.figure = narrow,
		.group = narrow + (room + 1),
		.sex = narrow + 2 * (room + 1),
		.age = narrow + 3 * (room + 1),
		.wait = narrow + 4 * (room + 1),
		.of = narrow + 5 * (room + 1),
		.place = wide,
		.crossing = wide + (room + 1),
		.destination = wide + 2 * (room + 1),
	};
	return OK;
}

/* --- counting ------------------------------------------------------------------------ */

static enum err count_all(struct tree *t, struct fault *f)
{
	const struct happenings *h = t->source->happenings;
	const struct figure_frame *frame = t->source->frame;
	const struct code_column figure = { .narrow = h->figure, .count = FIGURE_COUNT };
	const struct code_column place = { .wide = h->place,
					   .count = (uint32_t)frame->place_count };
	const struct code_column people[] = { figure,
					      place,
					      { .narrow = h->sex, .count = SEXES_COUNTED },
					      { .narrow = h->age, .count = AGE_BANDS } };
	const struct code_column group[] = { figure,
					     place,
					     { .narrow = h->group, .count = GROUPS_COUNTED } };
	const struct code_column crossing[] = {
		figure, { .wide = h->crossing, .count = (uint32_t)frame->crossing_count }
	};
	const struct code_column destination[] = {
		figure, { .wide = h->destination, .count = (uint32_t)frame->destination_count }
	};
	const struct code_column wait[] = { figure, { .narrow = h->wait, .count = WAITS } };
	const struct code_column of[] = { figure, { .narrow = h->of, .count = FIGURE_COUNT } };
	enum err e;

	(void)((e = crosstable_count(&t->by_people, people, 4, h->count, t->scratch, f)) ||
	       (e = crosstable_count(&t->by_group, group, 3, h->count, t->scratch, f)) ||
	       (e = crosstable_count(&t->by_crossing, crossing, 2, h->count, t->scratch, f)) ||
	       (e = crosstable_count(&t->by_destination, destination, 2, h->count, t->scratch,
				     f)) ||
	       (e = crosstable_count(&t->by_wait, wait, 2, h->count, t->scratch, f)) ||
	       (e = crosstable_count(&t->by_figure, of, 2, h->count, t->scratch, f)));
	return e;
}

static void fill_bin(struct bin *b, const struct tree *t, enum figure_counted figure, size_t place)
{
	size_t at = (size_t)figure * t->source->frame->place_count + place;
	const uint64_t *people = t->by_people.cells + at * SEXES_COUNTED * AGE_BANDS;

	for (size_t s = 0; s < SEXES_COUNTED; s++)
		for (size_t a = 0; a < AGE_BANDS; a++)
			b->count += b->of[s][a] = people[s * AGE_BANDS + a];
	memcpy(b->groups, t->by_group.cells + at * GROUPS_COUNTED, sizeof(b->groups));
}

static void add_bin(struct bin *to, const struct bin *b)
{
	to->count += b->count;
	for (size_t s = 0; s < SEXES_COUNTED; s++)
		for (size_t a = 0; a < AGE_BANDS; a++)
			to->of[s][a] += b->of[s][a];
	for (size_t g = 0; g < GROUPS_COUNTED; g++)
		to->groups[g] += b->groups[g];
}

static void fill_bins(struct tree *t, enum figure_counted figure)
{
	const struct figure_frame *frame = t->source->frame;

	for (size_t p = 0; p < frame->province_count; p++)
		t->provinces[p] = (struct bin){ .code = frame->provinces[p],
						.people = t->province_people[p] };
	for (size_t i = 0; i < frame->place_count; i++) {
		t->places[i] = (struct bin){ .code = frame->places[i] };
		t->places[i].people = reference_people(frame->reference, frame->places[i]);
		fill_bin(&t->places[i], t, figure, i);
		add_bin(&t->provinces[frame->province_of[i]], &t->places[i]);
	}
}

/* A province's people are those told of it and of its districts. */
static void count_province_people(struct tree *t)
{
	const struct figure_frame *frame = t->source->frame;

	for (size_t p = 0; p < frame->province_count; p++)
		t->province_people[p] = reference_people(frame->reference, frame->provinces[p]);
	for (size_t i = 0; i < frame->place_count; i++)
		t->province_people[frame->province_of[i]] +=
			reference_people(frame->reference, frame->places[i]);
}

/* --- the tree ------------------------------------------------------------------------ */

static size_t add_node(struct tree *t, size_t parent, enum axis axis, struct text code,
		       uint64_t count)
{
	assert(t->count < t->room);
	t->nodes[t->count] =
		(struct count_node){ (uint32_t)parent, text_of(axis_word(axis)), code, count };
	t->axes[t->count] = axis;
	return t->count++;
}

/* What is shown of `bins` stands first afterwards, the rest put together behind it. */
static size_t merge(struct bin *bins, size_t count, bool (*is_shown)(const struct bin *b))
{
	struct bin rest = { .code = TEXT(CODE_OTHER) };
	size_t shown = 0;

	for (size_t i = 0; i < count; i++) {
		if (is_shown(&bins[i]))
			bins[shown++] = bins[i];
		else
			add_bin(&rest, &bins[i]);
	}
	bins[shown] = rest;
	return shown;
}

static bool province_is_shown(const struct bin *b)
{
	return b->code.size && b->people >= REFERENCE_LEAST;
}

static bool district_is_shown(const struct bin *b)
{
	return province_is_shown(b) && b->count >= DISTRICT_CASES_LEAST;
}

static bool ages_may_be_shown(const struct reference *r, uint64_t people, enum sex_counted s)
{
	for (enum age_band a = 0; a < AGE_NOT_KNOWN; a++)
		if (reference_part(r, people, s, a) < REFERENCE_LEAST)
			return false;
	return true;
}

static uint64_t of_sex(const struct bin *b, enum sex_counted s)
{
	uint64_t count = 0;

	for (enum age_band a = 0; a < AGE_BANDS; a++)
		count += b->of[s][a];
	return count;
}

/* Of what is neither female nor male, and of ages not known, nobody has counted who lives
 * there: these take up what the others leave, and are not divided. */
static void divide_people(struct tree *t, size_t node, const struct bin *b)
{
	const struct reference *r = t->source->frame->reference;
	size_t sexes = t->count;

	for (enum sex_counted s = 0; s < SEX_COUNTED_OTHER; s++)
		if (reference_part(r, b->people, s, AGE_BANDS) < REFERENCE_LEAST)
			return;
	for (enum sex_counted s = 0; s < SEXES_COUNTED; s++)
		add_node(t, node, AXIS_SEX, text_of(sex_counted_word(s)), of_sex(b, s));
	for (enum sex_counted s = 0; s < SEX_COUNTED_OTHER; s++) {
		if (!ages_may_be_shown(r, b->people, s))
			continue;
		for (enum age_band a = 0; a < AGE_BANDS; a++)
			add_node(t, sexes + s, AXIS_AGE, text_of(age_band_word(a)), b->of[s][a]);
	}
}

static void divide_districts(struct tree *t, size_t node, size_t province)
{
	const struct figure_frame *frame = t->source->frame;
	size_t count = 0, shown, first = t->count;

	for (size_t i = 0; i < frame->place_count; i++)
		if (frame->province_of[i] == province)
			t->parts[count++] = t->places[i];
	shown = merge(t->parts, count, district_is_shown);
	if (!shown)
		return;
	for (size_t i = 0; i <= shown; i++)
		add_node(t, node, AXIS_DISTRICT, t->parts[i].code, t->parts[i].count);
	for (size_t i = 0; i < shown; i++)
		divide_people(t, first + i, &t->parts[i]);
}

static void divide_province(struct tree *t, size_t node, const struct bin *b,
			    enum figure_counted figure)
{
	const struct figure_frame *frame = t->source->frame;

	for (size_t p = 0; divisions[figure] & DIVISION_PEOPLE && p < frame->province_count; p++) {
		if (!text_same(frame->provinces[p], b->code))
			continue;
		if (period_is_week(t->source->period))
			divide_people(t, node, b);
		else
			divide_districts(t, node, p);
	}
	for (size_t g = 0; divisions[figure] & DIVISION_GROUP && g < GROUPS_COUNTED; g++)
		add_node(t, node, AXIS_GROUP, text_of(group_counted_word((enum group_counted)g)),
			 b->groups[g]);
}

static void divide_provinces(struct tree *t, enum figure_counted figure)
{
	size_t shown = merge(t->provinces, t->source->frame->province_count, province_is_shown);
	size_t first = t->count;

	for (size_t i = 0; i <= shown; i++)
		add_node(t, 0, AXIS_PROVINCE, t->provinces[i].code, t->provinces[i].count);
	for (size_t i = 0; i < shown; i++)
		divide_province(t, first + i, &t->provinces[i], figure);
}

static void divide_way(struct tree *t, enum axis axis, const struct text *codes, size_t count,
		       const uint64_t *cells)
{
	for (size_t i = 0; i < count; i++)
		add_node(t, 0, axis, codes[i].size ? codes[i] : TEXT(CODE_OTHER), cells[i]);
}

static void divide_waits(struct tree *t, enum figure_counted figure)
{
	for (enum wait_band w = 0; w < WAITS; w++)
		add_node(t, 0, AXIS_WAIT, text_of(wait_band_word(w)),
			 t->by_wait.cells[(size_t)figure * WAITS + w]);
}

static void divide_figures(struct tree *t, enum figure_counted figure)
{
	for (enum figure_counted f = 0; f < FIGURE_COUNT; f++)
		add_node(t, 0, AXIS_OF, text_of(figure_word(f)),
			 t->by_figure.cells[(size_t)figure * FIGURE_COUNT + f]);
}

static void grow_tree(struct tree *t, enum figure_counted figure)
{
	const struct figure_frame *frame = t->source->frame;
	uint64_t whole = 0;

	fill_bins(t, figure);
	for (size_t p = 0; p < frame->province_count; p++)
		whole += t->provinces[p].count;
	t->count = 0;
	add_node(t, 0, AXIS_COUNT - 1, TEXT(""), whole);
	if (divisions[figure] & DIVISION_PROVINCE)
		divide_provinces(t, figure);
	if (divisions[figure] & DIVISION_WAY) {
		divide_way(t, AXIS_CROSSING, frame->crossings, frame->crossing_count,
			   t->by_crossing.cells + (size_t)figure * frame->crossing_count);
		divide_way(t, AXIS_DESTINATION, frame->destinations, frame->destination_count,
			   t->by_destination.cells + (size_t)figure * frame->destination_count);
	}
	if (divisions[figure] & DIVISION_WAIT)
		divide_waits(t, figure);
	if (divisions[figure] & DIVISION_OF)
		divide_figures(t, figure);
}

/* --- what is published --------------------------------------------------------------- */

static void fill_cell(struct figure_cell *c, const struct tree *t, size_t node)
{
	*c = (struct figure_cell){ .value = t->published[node] };
	for (; node; node = t->nodes[node].parent)
		c->at[t->axes[node]] = t->nodes[node].code;
}

static enum err take_cells(struct figure_table *out, const struct tree *t,
			   enum figure_counted figure, struct fault *f)
{
	struct figure_cell *cells = arena_take_array(t->arena, t->count, sizeof(*cells));

	if (!cells)
		return no_memory(f);
	*out = (struct figure_table){ .figure = figure, .cells = cells };
	for (size_t i = 0; i < t->count; i++)
		if (!i || t->published[t->nodes[i].parent])
			fill_cell(&cells[out->count++], t, i);
	return OK;
}

static enum err make_table(struct release *out, struct tree *t, enum figure_counted figure,
			   struct fault *f)
{
	char id[PERIOD_ID_SIZE];
	struct round_draw draw = { t->source->key, { 0 }, text_of(figure_word(figure)) };
	enum err e;

	out->tables[figure] = (struct figure_table){ .figure = figure };
	if (figure_is_retired(figure))
		return OK;
	period_id(id, t->source->period);
	draw.release = text_of(id);
	grow_tree(t, figure);
	if ((e = round_table(t->published, &draw, t->nodes, t->count, t->scratch, f)))
		return e;
	return take_cells(&out->tables[figure], t, figure, f);
}

static bool take_room(struct tree *t)
{
	const struct figure_frame *frame = t->source->frame;
	const size_t people = SEXES_COUNTED + SEXES_COUNTED * AGE_BANDS;
	struct arena *a = t->scratch;

	t->room = 1 + (frame->province_count + 1) * (1 + people + GROUPS_COUNTED + 1) +
		  frame->place_count * (1 + people) + frame->crossing_count +
		  frame->destination_count + WAITS + FIGURE_COUNT;
	return (t->places = arena_take_array(a, frame->place_count, sizeof(*t->places))) &&
	       (t->parts = arena_take_array(a, frame->place_count + 1, sizeof(*t->parts))) &&
	       (t->provinces =
			arena_take_array(a, frame->province_count + 1, sizeof(*t->provinces))) &&
	       (t->province_people =
			arena_take_array(a, frame->province_count, sizeof(*t->province_people))) &&
	       (t->nodes = arena_take_array(a, t->room, sizeof(*t->nodes))) &&
	       (t->axes = arena_take_array(a, t->room, sizeof(*t->axes))) &&
	       (t->published = arena_take_array(a, t->room, sizeof(*t->published)));
}

#define SCRATCH_LIMIT ((size_t)1 << 30)

enum err release_make(struct release *out, const struct release_source *source, struct arena *a,
		      struct fault *f)
{
	struct tree t = { .source = source, .arena = a };
	enum err e;

	*out = (struct release){ .period = source->period };
	if (arena_new(&t.scratch, SCRATCH_LIMIT))
		return no_memory(f);
	e = take_room(&t) ? count_all(&t, f) : no_memory(f);
	if (!e)
		count_province_people(&t);
	for (enum figure_counted figure = 0; !e && figure < FIGURE_COUNT; figure++)
		e = make_table(out, &t, figure, f);
	arena_free(t.scratch);
	return e;
}
