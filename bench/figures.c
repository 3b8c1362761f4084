/*
 * figures: a cross-table of ten million people beside a bare loop over the same columns,
 * and what it costs to publish a week of a register.
 *
 * The columns follow from the row's number, as bench/duckdb/crosstable.mjs makes them in
 * SQL; the sum over cells of count times place, modulo 1,000,003, is the same in all three, or they counted
 * different things.
 */
#include "bench.h"

#include <stdlib.h>

#include "base/arena.h"
#include "figures/figures.h"

#define ROUNDS 7 /* the middle one counts */
#define AREAS 170
#define GROUPS 4
#define SEXES 3
#define AGES 6

struct columns {
	size_t count;
	uint16_t *area;
	uint8_t *group, *sex, *age;
};

static void make_columns(struct columns *c, size_t count)
{
	*c = (struct columns){ count, malloc(2 * count), malloc(count), malloc(count),
			       malloc(count) };
	must_be(c->area && c->group && c->sex && c->age, "take memory");
	for (size_t i = 0; i < count; i++) {
		uint32_t h = (uint32_t)i * UINT32_C(2654435761);

		c->area[i] = (uint16_t)((h >> 16) % AREAS);
		c->group[i] = (uint8_t)((h >> 8) % GROUPS);
		c->sex[i] = (uint8_t)((h >> 12) % SEXES);
		c->age[i] = (uint8_t)((h >> 4) % AGES);
	}
}

/* Small enough to be told whole. */
static double sum_of(const uint64_t *cells, size_t count)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += cells[i] * (i + 1);
	return (double)(sum % 1000003);
}

static double time_bare(const struct columns *c, double *sum)
{
	uint64_t *cells = calloc(AREAS * GROUPS * SEXES * AGES, sizeof(*cells));
	double start = seconds(), took;

	must_be(cells, "take memory");
	for (size_t i = 0; i < c->count; i++)
		cells[((c->area[i] * GROUPS + c->group[i]) * SEXES + c->sex[i]) * AGES +
		      c->age[i]]++;
	took = seconds() - start;
	*sum = sum_of(cells, AREAS * GROUPS * SEXES * AGES);
	free(cells);
	return took;
}

static double time_crosstable(const struct columns *c, double *sum)
{
	const struct code_column columns[] = { { .wide = c->area, .count = AREAS },
					       { .narrow = c->group, .count = GROUPS },
					       { .narrow = c->sex, .count = SEXES },
					       { .narrow = c->age, .count = AGES } };
	struct arena *a = NULL;
	struct fault f = { 0 };
	struct crosstable t;
	double start, took;

	must(arena_new(&a, ANSWER_MEMORY), &f, "take memory");
	start = seconds();
	must(crosstable_count(&t, columns, COUNT_OF(columns), c->count, a, &f), &f, "count");
	took = seconds() - start;
	*sum = sum_of(t.cells, t.cell_count);
	arena_free(a);
	return took;
}

void part_crosstable(int count, char **arguments)
{
	struct samples here = { 0 }, bare = { 0 };
	struct columns c;
	double sum, other;

	(void)count;
	make_columns(&c, strtoul(arguments[0], NULL, 10));
	for (int i = 0; i < ROUNDS; i++) {
		samples_add(&here, time_crosstable(&c, &sum));
		samples_add(&bare, time_bare(&c, &other));
		must_be(sum == other, "count the same as a bare loop");
	}
	tell("crosstable_rows", (double)c.count);
	tell("crosstable_s", samples_part(&here, 0.5));
	tell("crosstable_bare_s", samples_part(&bare, 0.5));
	tell("crosstable_sum", sum);
}

/* --- a week ---------------------------------------------------------------------- */

#define OF_WHOM_ONE 10 /* crosses in that week: far more than in any real one */

struct crossing_all {
	struct bench *bench;
	struct id *people;
	size_t seen, count, room;
};

static bool take_person(void *self, const struct person *p)
{
	struct crossing_all *x = self;

	if (x->seen++ % OF_WHOM_ONE == 0)
		x->people[x->count++] = p->id;
	return x->count < x->room;
}

static void record_crossings(struct crossing_all *x, struct arena *a)
{
	static const struct value over = { .given = true, .text = { "XP-TORKHAM", 10 } };
	struct fact *facts = calloc(LOG_BATCH_MAX, sizeof(*facts));
	int64_t now = x->bench->world->now_ms(x->bench->world) / 1000;
	size_t filled = 0;

	must_be(facts, "take memory");
	for (size_t i = 0; i < x->count; i++) {
		struct fact *f = &facts[filled++];

		fact_begin(f, KIND_CROSSING_RECORDED);
		f->subject = x->people[i];
		f->happened = now;
		f->values[CROSSING_RECORDED_CROSSING] = over;
		f->values[CROSSING_RECORDED_DIRECTION] =
			(struct value){ .given = true, .number = DIRECTION_CROSSED };
		f->values[CROSSING_RECORDED_RETURN_KIND] =
			(struct value){ .given = true, .number = 2 + (int64_t)(i % 5) };
		if (filled < LOG_BATCH_MAX && i + 1 < x->count)
			continue;
		record_all(x->bench, a, facts, filled);
		arena_reset(a);
		filled = 0;
	}
	free(facts);
}

static size_t cross_some(struct bench *b)
{
	struct crossing_all x = { .bench = b };
	const struct state *s;
	struct reg_status status;
	struct arena *a = NULL;

	must(reg_status(b->reg, &status, &b->fault), &b->fault, "ask for the status");
	x.room = status.persons;
	must_be((x.people = calloc(x.room, sizeof(*x.people))), "take memory");
	must(reg_read_begin(b->reg, &b->session, DEED_FIND, &s, &b->fault), &b->fault, "read");
	state_each_person(s, take_person, &x);
	reg_read_end(b->reg);
	must(arena_new(&a, ANSWER_MEMORY), &b->fault, "take memory");
	record_crossings(&x, a);
	arena_free(a);
	free(x.people);
	return x.count;
}

/* The first midnight after which the week of now is closed, and the next is not. */
static int64_t closed_ms(struct world *w)
{
	int32_t today = day_at(w->now_ms(w) / 1000, 0);

	return day_begins(week_of(today).end + PERIOD_CLOSED_DAYS + 2, 0) * 1000;
}

void part_publish(int count, char **arguments)
{
	struct world_at later;
	struct reg_status status;
	struct bench b;
	size_t published, crossed;
	double start;

	(void)count;
	bench_begin(&b);
	bench_open(&b, arguments[0]);
	bench_login(&b);
	crossed = cross_some(&b);
	reg_close(b.reg);
	world_at_init(&later, closed_ms(b.world));
	b.world = &later.world;
	bench_open(&b, arguments[0]);
	bench_login(&b);
	must(reg_status(b.reg, &status, &b.fault), &b.fault, "ask for the status");
	start = seconds();
	must(reg_publish(b.reg, &b.session, &published, &b.fault), &b.fault, "publish");
	tell("publish_s", (seconds() - start) / (double)(published ? published : 1));
	must_be(published > 0, "publish a week");
	tell("publish_facts", (double)status.facts);
	tell("publish_counted", (double)crossed);
	bench_end(&b);
}
