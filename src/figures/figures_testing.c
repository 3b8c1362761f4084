/* figures_testing: tables for the tests. */
#include "figures/figures_testing.h"

#include "base/test.h"

static const char *const codes[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l" };

struct test_key test_key(uint64_t n)
{
	struct test_key key = { { 0 } };

	memcpy(key.at, &n, sizeof(n));
	return key;
}

static size_t add(struct test_table *t, uint32_t parent, const char *division, size_t code)
{
	CHECK(t->count < TESTED_NODES_MAX && code < COUNT_OF(codes));
	t->nodes[t->count] =
		(struct count_node){ parent, text_of(division), text_of(codes[code]), 0 };
	return t->count++;
}

void test_leaves(struct test_table *t, const uint64_t *counts, size_t count)
{
	*t = (struct test_table){ .count = 1 };
	for (size_t i = 0; i < count; i++) {
		t->nodes[add(t, 0, "leaf", i)].count = counts[i];
		t->nodes[0].count += counts[i];
	}
}

void test_two_levels(struct test_table *t, const uint64_t *counts, size_t inner, size_t leaves)
{
	*t = (struct test_table){ .count = 1 };
	for (size_t i = 0; i < inner; i++)
		add(t, 0, "inner", i);
	for (size_t i = 0; i < inner; i++)
		for (size_t j = 0; j < leaves; j++) {
			uint64_t n = counts[i * leaves + j];

			t->nodes[add(t, (uint32_t)(1 + i), "leaf", j)].count = n;
			t->nodes[1 + i].count += n;
			t->nodes[0].count += n;
		}
}

/* --- of any shape ----------------------------------------------------------------- */

/* Cut `left` into the counts of a family. */
static void divide(struct test_table *t, struct prop *p, uint32_t parent, const char *division)
{
	uint64_t left = t->nodes[parent].count;
	size_t children = 1 + prop_pick(p, COUNT_OF(codes) - 1);

	for (size_t i = 0; i < children; i++) {
		uint64_t most = left < 12 || prop_bool(p) ? left : 12;
		uint64_t n = i + 1 == children ? left : prop_uint(p, 0, most);

		t->nodes[add(t, parent, division, i)].count = n;
		left -= n;
	}
}

void test_any(struct test_table *t, struct prop *p)
{
	*t = (struct test_table){ .count = 1 };
	t->nodes[0].count = prop_uint(p, 0, prop_bool(p) ? 60 : 1000000);
	for (uint32_t parent = 0; parent < 30 && parent < t->count; parent++) {
		if (parent && !prop_bool(p))
			continue;
		divide(t, p, parent, "first");
		if (prop_bool(p))
			divide(t, p, parent, "second");
	}
}

void test_round(struct test_table *t, const struct test_key *key)
{
	struct round_draw draw = { bytes_of(key->at, sizeof(key->at)), TEXT("2026-W41"),
				   TEXT("return.spontaneous") };
	struct arena *a = NULL;
	struct fault f = { 0 };

	CHECK(!arena_new(&a, 1 << 20));
	CHECK(!round_table(t->published, &draw, t->nodes, t->count, a, &f));
	arena_free(a);
}

/* --- a country -------------------------------------------------------------------- */

#define HAPPENINGS_MAX 20000

static const struct text provinces[] = { TEXT("PK5"), TEXT("PK6"), TEXT("PK3"), TEXT("") };
static const struct text places[TEST_PLACES] = { TEXT("PK501"), TEXT("PK502"), TEXT("PK503"),
						 TEXT(""),	TEXT("PK601"), TEXT(""),
						 TEXT(""),	TEXT("") };
static const uint16_t province_of[TEST_PLACES] = { 0, 0, 0, 0, 1, 1, 2, 3 };
static const struct text crossings[] = { TEXT("XP-TORKHAM"), TEXT("") };
static const struct text destinations[] = { TEXT("AF06"), TEXT("AF01"), TEXT("") };

/* Half of them women; a tenth in each of the five ages of each sex. */
static void fill_reference(struct test_country *c)
{
	static const struct reference_area areas[] = { { TEXT("PK501"), 9000 },
						       { TEXT("PK502"), 9000 },
						       { TEXT("PK503"), 499 },
						       { TEXT("PK601"), 1200 } };

	memcpy(c->areas, areas, sizeof(areas));
	c->reference = (struct reference){ .area_count = COUNT_OF(areas), .areas = c->areas };
	for (size_t s = 0; s < SEX_COUNTED_OTHER; s++)
		for (size_t a = 0; a < AGE_NOT_KNOWN; a++)
			c->reference.share_of += c->reference.shares[s][a] = 10;
}

void test_country_make(struct test_country *c)
{
	struct fault f = { 0 };

	*c = (struct test_country){ .room = HAPPENINGS_MAX };
	CHECK(!arena_new(&c->arena, (size_t)64 << 20));
	fill_reference(c);
	c->frame = (struct figure_frame){
		.provinces = provinces,
		.province_count = COUNT_OF(provinces),
		.crossings = crossings,
		.crossing_count = COUNT_OF(crossings),
		.destinations = destinations,
		.destination_count = COUNT_OF(destinations),
		.places = places,
		.province_of = province_of,
		.place_count = TEST_PLACES,
		.reference = &c->reference,
	};
	CHECK(!happenings_new(&c->happenings, c->room, c->arena, &f));
}

void test_country_end(struct test_country *c)
{
	arena_free(c->arena);
}

void test_happens(struct test_country *c, enum figure_counted figure, enum test_place place,
		  size_t count)
{
	struct happenings *h = &c->happenings;

	for (; count; count--, h->count++) {
		CHECK(h->count < c->room);
		h->figure[h->count] = (uint8_t)figure;
		h->place[h->count] = (uint16_t)place;
		h->sex[h->count] = SEX_COUNTED_FEMALE;
		h->age[h->count] = AGE_18_59;
		h->group[h->count] = GROUP_COUNTED_ACC;
	}
}

struct release test_release(struct test_country *c, struct period p, uint64_t key)
{
	struct test_key k = test_key(key);
	struct release_source source = { .period = p,
					 .key = bytes_of(k.at, sizeof(k.at)),
					 .frame = &c->frame,
					 .happenings = &c->happenings };
	struct fault f = { 0 };
	struct release out;

	CHECK(!release_make(&out, &source, c->arena, &f));
	return out;
}

int64_t test_number(const struct release *r, enum figure_counted figure, const char *axes)
{
	const struct figure_table *t = &r->tables[figure];
	struct arena *a = NULL;
	int64_t number = -1;

	CHECK(!arena_new(&a, 1 << 20));
	for (size_t i = 0; i < t->count; i++) {
		struct text line = cell_write(a, &t->cells[i]);
		struct text given = text_of(axes);

		if (text_begins(line, given) && line.at[given.size] == ' ')
			number = (int64_t)t->cells[i].value;
	}
	arena_free(a);
	return number;
}
