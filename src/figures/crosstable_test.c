#include "figures/figures.h"

#include "base/prop.h"
#include "base/test.h"

#define ROWS_MAX 5000

struct rows {
	uint16_t area[ROWS_MAX];
	uint8_t group[ROWS_MAX], sex[ROWS_MAX];
	size_t count;
};

static uint64_t one_by_one(const struct rows *r, uint32_t area, uint32_t group, uint32_t sex)
{
	uint64_t n = 0;

	for (size_t i = 0; i < r->count; i++)
		n += r->area[i] == area && r->group[i] == group && r->sex[i] == sex;
	return n;
}

static void a_cell_is_the_number_of_its_rows(struct prop *p)
{
	struct rows *r = arena_take(p->arena, sizeof(*r));
	uint32_t areas = (uint32_t)prop_uint(p, 1, 700), groups = (uint32_t)prop_uint(p, 1, 5);
	struct code_column columns[] = { { .wide = r->area, .count = areas },
					 { .narrow = r->group, .count = groups },
					 { .narrow = r->sex, .count = 3 } };
	struct crosstable t;
	struct fault f = { 0 };
	uint64_t sum = 0;

	r->count = prop_uint(p, 0, ROWS_MAX);
	for (size_t i = 0; i < r->count; i++) {
		r->area[i] = (uint16_t)prop_pick(p, areas);
		r->group[i] = (uint8_t)prop_pick(p, groups);
		r->sex[i] = (uint8_t)prop_pick(p, 3);
	}
	CHECK(!crosstable_count(&t, columns, COUNT_OF(columns), r->count, p->arena, &f));
	CHECK_INT(t.cell_count, areas * groups * 3);
	for (size_t i = 0; i < t.cell_count; i++)
		sum += t.cells[i];
	CHECK_INT(sum, r->count);
	for (uint32_t i = 0; i < 20; i++) {
		uint32_t area = (uint32_t)prop_pick(p, areas), group = i % groups, sex = i % 3;

		CHECK_INT(t.cells[(area * groups + group) * 3 + sex],
			  one_by_one(r, area, group, sex));
	}
}

TEST(a_cell_holds_how_many_rows_have_its_codes)
{
	prop_run(a_cell_is_the_number_of_its_rows, 60, 11);
}

TEST(no_columns_give_the_number_of_rows)
{
	struct crosstable t;
	struct arena *a = NULL;
	struct fault f = { 0 };

	CHECK(!arena_new(&a, 1 << 16));
	CHECK(!crosstable_count(&t, NULL, 0, 2049, a, &f));
	CHECK_INT(t.cell_count, 1);
	CHECK_INT(t.cells[0], 2049);
	arena_free(a);
}

TEST(a_table_that_is_too_large_is_refused_before_memory_is_taken)
{
	struct code_column columns[] = { { .wide = NULL, .count = 65536 },
					 { .wide = NULL, .count = 65536 },
					 { .wide = NULL, .count = 65536 },
					 { .wide = NULL, .count = 65536 } };
	struct crosstable t;
	struct arena *a = NULL;
	struct fault f;

	CHECK(!arena_new(&a, 1 << 16));
	CHECK_FAULT(crosstable_count(&t, columns, COUNT_OF(columns), 0, a, &f), ERR_LIMIT, &f,
		    "figures.too-many-cells");
	CHECK_INT(arena_used(a), 0);
	columns[0].count = 65536;
	CHECK_FAULT(crosstable_count(&t, columns, 1, 0, a, &f), ERR_MEMORY, &f,
		    "figures.no-memory");
	arena_free(a);
}

TEST(a_code_out_of_its_bounds_is_a_mistake)
{
	const uint8_t codes[] = { 0, 1, 2, 3 };
	struct code_column column = { .narrow = codes, .count = 3 };
	struct crosstable t;
	struct arena *a = NULL;
	struct fault f = { 0 };

	CHECK(!arena_new(&a, 1 << 16));
	CHECK_ASSERTS((void)!crosstable_count(&t, &column, 1, COUNT_OF(codes), a, &f));
	arena_free(a);
}

RUN_TESTS()
