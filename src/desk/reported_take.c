/*
 * reported_take: a list of published figures becomes facts.
 *
 * The subject of a figure is made of all that it says, so the same row is the same figure
 * whenever it comes again; what the register has already is left alone, and of a list that
 * is taken twice the second time records nothing.
 */
#include <assert.h>
#include <stdlib.h>

#include "base/sha256.h"
#include "desk/reported.h"

#define FACTS_AT_A_TIME 500

static void add_text(struct sha256 *h, struct text t)
{
	uint8_t size[4] = { (uint8_t)t.size, (uint8_t)(t.size >> 8), (uint8_t)(t.size >> 16), 0 };

	sha256_add(h, bytes_of(size, sizeof(size)));
	sha256_add(h, bytes_of_text(t));
}

static void add_day(struct sha256 *h, int32_t day)
{
	char text[DATE_TEXT_SIZE] = "";

	if (day != FIGURE_DAY_NONE)
		date_write(text, day);
	add_text(h, text_of(text));
}

/* The note aside, which says something about the figure and is no part of it. */
static struct id id_of(const struct figure *x)
{
	const struct text texts[] = { x->source,    x->publisher, x->report,  x->area,	x->place,
				      x->area_name, x->group,	  x->measure, x->value, x->unit };
	struct sha256 h;
	struct hash hash;
	struct id id;

	sha256_begin(&h);
	sha256_add(&h, bytes_of_text(TEXT("ikhtiar/figure/v1\n")));
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		add_text(&h, texts[i]);
	add_day(&h, x->as_of);
	add_day(&h, x->period_start);
	add_day(&h, x->period_end);
	sha256_end(&h, &hash);
	memcpy(id.at, hash.at, ID_SIZE);
	return id;
}

static void put_text(struct fact *fact, enum field_slot slot, struct text t)
{
	if (t.size)
		fact->values[slot] = (struct value){ .given = true, .text = t };
}

static void put_day(struct fact *fact, enum field_slot slot, int32_t day)
{
	if (day != FIGURE_DAY_NONE)
		fact->values[slot] = (struct value){ .given = true, .number = day };
}

static void fact_of(struct fact *fact, const struct id *id, const struct figure *x, int64_t now)
{
	fact_begin(fact, KIND_FIGURE_REPORTED);
	fact->subject = *id;
	fact->happened = now;
	put_text(fact, FIGURE_REPORTED_SOURCE, x->source);
	put_text(fact, FIGURE_REPORTED_PUBLISHER, x->publisher);
	put_text(fact, FIGURE_REPORTED_REPORT, x->report);
	put_day(fact, FIGURE_REPORTED_AS_OF, x->as_of);
	put_day(fact, FIGURE_REPORTED_PERIOD_START, x->period_start);
	put_day(fact, FIGURE_REPORTED_PERIOD_END, x->period_end);
	put_text(fact, FIGURE_REPORTED_AREA, x->area);
	put_text(fact, FIGURE_REPORTED_PLACE, x->place);
	put_text(fact, FIGURE_REPORTED_AREA_NAME, x->area_name);
	put_text(fact, FIGURE_REPORTED_GROUP, x->group);
	put_text(fact, FIGURE_REPORTED_MEASURE, x->measure);
	put_text(fact, FIGURE_REPORTED_VALUE, x->value);
	put_text(fact, FIGURE_REPORTED_UNIT, x->unit);
	put_text(fact, FIGURE_REPORTED_NOTE, x->note);
}

/* --- what is new ---------------------------------------------------------------------- */

static int compare_ids(const void *a, const void *b)
{
	return memcmp(a, b, ID_SIZE);
}

/* Those that are on record, sorted. */
static enum err known_ids(struct desk *d, struct id **out, size_t *count)
{
	const struct fact *facts;
	enum err e = reg_public(d->reg, KIND_FIGURE_REPORTED, d->arena, &facts, count, &d->fault);

	if (e)
		return e;
	*out = arena_take_array(d->arena, *count + 1, sizeof(**out));
	if (!*out)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = facts[i].subject;
	qsort(*out, *count, sizeof(**out), compare_ids);
	return OK;
}

/* A figure of the list and what it is called; those of one id stand together. */
struct taken {
	struct id id;
	const struct figure *figure;
};

static int compare_taken(const void *a, const void *b)
{
	const struct taken *x = a, *y = b;
	int order = memcmp(&x->id, &y->id, ID_SIZE);

	return order ? order : (x->figure > y->figure) - (x->figure < y->figure);
}

static int compare_places(const void *a, const void *b)
{
	const struct taken *x = a, *y = b;

	return (x->figure > y->figure) - (x->figure < y->figure);
}

/* The figures that are not on record, each once, in the order of the list. */
static enum err choose_new(struct desk *d, const struct figure *figures, size_t count,
			   struct taken **out, size_t *new_count)
{
	struct taken *all = arena_take_array(d->arena, count + 1, sizeof(*all));
	struct id *known;
	size_t known_count, kept = 0;
	enum err e;

	if (!all)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	if ((e = known_ids(d, &known, &known_count)))
		return e;
	for (size_t i = 0; i < count; i++)
		all[i] = (struct taken){ id_of(&figures[i]), &figures[i] };
	qsort(all, count, sizeof(*all), compare_taken);
	for (size_t i = 0; i < count; i++) {
		bool again = kept && id_same(&all[kept - 1].id, &all[i].id);

		if (!again && !bsearch(&all[i].id, known, known_count, sizeof(*known), compare_ids))
			all[kept++] = all[i];
	}
	qsort(all, kept, sizeof(*all), compare_places);
	*out = all;
	*new_count = kept;
	return OK;
}

static enum err record_some(struct desk *d, const struct taken *taken, size_t count, int64_t now)
{
	struct fact *facts = arena_take_array(d->arena, count, sizeof(*facts));
	struct submission_answer answer;
	enum err e;

	if (!facts)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	for (size_t i = 0; i < count; i++)
		fact_of(&facts[i], &taken[i].id, taken[i].figure, now);
	e = reg_record(d->reg, &d->session, facts, count, d->arena, &answer, &d->fault);
	/* No rule guards what others published. */
	assert(e || answer.sort == SUBMISSION_RECORDED);
	return e;
}

static enum err record_new(struct desk *d, const struct figure *figures, size_t count, bool dry_run,
			   struct desk_figures_taken *out)
{
	int64_t now = d->world->now_ms(d->world) / 1000;
	struct taken *new_ones;
	size_t new_count;
	enum err e;

	if ((e = choose_new(d, figures, count, &new_ones, &new_count)))
		return e;
	out->known = count - new_count;
	if (dry_run) {
		out->fit = new_count;
		return OK;
	}
	for (size_t at = 0; !e && at < new_count; at += FACTS_AT_A_TIME) {
		size_t left = new_count - at,
		       some = left < FACTS_AT_A_TIME ? left : FACTS_AT_A_TIME;

		e = record_some(d, new_ones + at, some, now);
		if (!e)
			out->recorded += some;
	}
	return e;
}

/* --- the list ------------------------------------------------------------------------------ */

struct taking {
	struct desk *desk;
	const struct desk_figures_list *list;
	struct desk_figures_taken *out;
};

static enum err locate(void *self, struct text given, struct figure *out, struct fault *f)
{
	struct taking *t = self;

	return reported_locate(t->desk, given, out, f);
}

static void tell_refused(void *self, const struct figure_refusal *r)
{
	struct taking *t = self;

	t->out->refused++;
	t->list->told(t->list->self, r);
}

/* A demo lives on a day of its story, with figures that came later. */
static int32_t last_day(const struct desk *d)
{
	if (reg_site(d->reg).demo)
		return DAY_MAX;
	return day_at(d->world->now_ms(d->world) / 1000, d->zone_min);
}

enum err desk_take_figures(struct desk *d, const struct desk_figures_list *list,
			   struct desk_figures_taken *out)
{
	struct taking taking = { d, list, out };
	struct figures_reading how = {
		.csv = list->csv,
		.today = last_day(d),
		.arena = d->arena,
		.self = &taking,
		.locate = locate,
		.refused = tell_refused,
	};
	const struct figure *figures;
	size_t count;
	enum err e;

	*out = (struct desk_figures_taken){ 0 };
	if ((e = figures_read(&figures, &count, &how, &d->fault)))
		return e;
	out->rows = count + out->refused;
	if (out->refused && !list->keep_going && !list->dry_run)
		return OK;
	return record_new(d, figures, count, list->dry_run, out);
}
