/*
 * crosstable: rows counted by several codes at once, in one pass over the columns.
 *
 * A block of rows at a time: the index of each row's cell is made column by column,
 * which the compiler turns into vector code, and only then the cells are counted.  The
 * block's indices stay in the first cache.  Neighbours in a list often fall into one
 * cell, and a count that waits for the one before it costs five times one that does not:
 * so four rows side by side count into tables of their own where those are small.
 */
#include "figures/figures.h"

#include <assert.h>

#define BLOCK 1024
#define LANES 4
#define LANE_CELLS_MAX 4096

struct counting {
	const struct code_column *columns;
	size_t column_count;
	uint32_t index[BLOCK];
};

static void begin_block(struct counting *c)
{
	memset(c->index, 0, sizeof(c->index));
}

/* A code out of its bounds is a mistake of who calls: the whole block is looked at, so
 * that the loop has no branch. */
static void add_narrow(uint32_t *index, const uint8_t *codes, uint32_t count, size_t rows)
{
	uint32_t most = 0;

	for (size_t i = 0; i < rows; i++) {
		index[i] = index[i] * count + codes[i];
		most = codes[i] > most ? codes[i] : most;
	}
	assert(most < count);
}

static void add_wide(uint32_t *index, const uint16_t *codes, uint32_t count, size_t rows)
{
	uint32_t most = 0;

	for (size_t i = 0; i < rows; i++) {
		index[i] = index[i] * count + codes[i];
		most = codes[i] > most ? codes[i] : most;
	}
	assert(most < count);
}

static void index_block(struct counting *c, size_t from, size_t rows)
{
	begin_block(c);
	for (size_t i = 0; i < c->column_count; i++) {
		const struct code_column *column = &c->columns[i];

		if (column->narrow)
			add_narrow(c->index, column->narrow + from, column->count, rows);
		else
			add_wide(c->index, column->wide + from, column->count, rows);
	}
}

static void count_block(const uint32_t *index, size_t rows, uint64_t *cells)
{
	for (size_t i = 0; i < rows; i++)
		cells[index[i]]++;
}

static void count_block_in_lanes(const uint32_t *index, size_t rows, uint64_t *lanes, size_t cells)
{
	size_t i = 0;

	for (; i + LANES <= rows; i += LANES)
		for (size_t lane = 0; lane < LANES; lane++)
			lanes[lane * cells + index[i + lane]]++;
	count_block(index + i, rows - i, lanes);
}

static void count_rows(struct counting *c, size_t row_count, uint64_t *cells, size_t cell_count,
		       bool lanes)
{
	for (size_t from = 0; from < row_count; from += BLOCK) {
		size_t rows = row_count - from < BLOCK ? row_count - from : BLOCK;

		index_block(c, from, rows);
		if (lanes)
			count_block_in_lanes(c->index, rows, cells, cell_count);
		else
			count_block(c->index, rows, cells);
	}
}

static void fold_lanes(uint64_t *cells, size_t cell_count)
{
	for (size_t lane = 1; lane < LANES; lane++)
		for (size_t i = 0; i < cell_count; i++)
			cells[i] += cells[lane * cell_count + i];
}

static bool measure(struct crosstable *out, const struct code_column *columns, size_t column_count)
{
	*out = (struct crosstable){ .column_count = column_count, .cell_count = 1 };
	for (size_t i = 0; i < column_count; i++) {
		assert(columns[i].count && (!columns[i].narrow || columns[i].count <= 256));
		out->counts[i] = columns[i].count;
		out->cell_count *= columns[i].count;
		if (out->cell_count > CROSSTABLE_CELLS_MAX)
			return false;
	}
	return true;
}

enum err crosstable_count(struct crosstable *out, const struct code_column *columns,
			  size_t column_count, size_t row_count, struct arena *a, struct fault *f)
{
	struct counting c = { .columns = columns, .column_count = column_count };
	bool lanes;

	assert(column_count <= CROSSTABLE_COLUMNS_MAX);
	if (!measure(out, columns, column_count))
		return fault(f, ERR_LIMIT, "figures.too-many-cells", CROSSTABLE_CELLS_MAX);
	lanes = out->cell_count <= LANE_CELLS_MAX;
	out->cells = arena_take_array(a, out->cell_count * (lanes ? LANES : 1), sizeof(uint64_t));
	if (!out->cells)
		return fault(f, ERR_MEMORY, "figures.no-memory");
	count_rows(&c, row_count, out->cells, out->cell_count, lanes);
	if (lanes)
		fold_lanes(out->cells, out->cell_count);
	return OK;
}
