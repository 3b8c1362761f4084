/*
 * reference: how many people could be in a cell, from UNHCR's statistics.
 *
 * They tell where people live (by province, and by district for refugee villages), and
 * apart from that of which sex and age they are.  That the second is alike everywhere is
 * an assumption, good enough to say whether 500 people could be meant.
 */
#include "figures/figures.h"

#include <stdlib.h>

#include "base/csv.h"

enum residence_column { RESIDENCE_YEAR, RESIDENCE_AREA, RESIDENCE_PERSONS, RESIDENCE_COLUMNS };
enum shape_column { SHAPE_YEAR, SHAPE_SEX, SHAPE_AGE, SHAPE_PERSONS, SHAPE_COLUMNS };
#define COLUMNS_MAX 4

static const char *const residence_names[] = { "year", "area_pcode", "persons" };
static const char *const shape_names[] = { "year", "sex", "age_band_years", "persons" };

/* A file, and what is done with each of its rows; called twice, for the newest year. */
struct table_file {
	struct bytes bytes;
	const char *name;
	const char *const *columns;
	size_t column_count;
	enum err (*take)(void *self, const struct text *cells, uint64_t persons, struct fault *f);
	void *self;
};

static enum err number(uint64_t *out, const struct table_file *file, const struct csv_row *row,
		       struct text t, struct fault *f)
{
	*out = 0;
	for (size_t i = 0; i < t.size; i++) {
		if (t.at[i] < '0' || t.at[i] > '9' || i > 12)
			return fault(f, ERR_INPUT, "figures.reference-number", file->name,
				     row->line, t);
		*out = *out * 10 + (uint64_t)(t.at[i] - '0');
	}
	return OK;
}

static enum err find_columns(size_t at[COLUMNS_MAX], const struct table_file *file,
			     const struct csv_row *header, struct fault *f)
{
	for (size_t c = 0; c < file->column_count; c++) {
		at[c] = header ? header->count : 0;
		for (size_t i = 0; header && i < header->count; i++)
			if (text_is(header->cells[i], file->columns[c]))
				at[c] = i;
		if (!header || at[c] == header->count)
			return fault(f, ERR_INPUT, "figures.reference-column", file->name,
				     file->columns[c]);
	}
	return OK;
}

/* The first column is the year, the last the number of persons. */
static enum err take_row(const struct table_file *file, const struct csv_row *row,
			 const size_t at[COLUMNS_MAX], uint64_t *year, bool looking,
			 struct fault *f)
{
	struct text cells[COLUMNS_MAX] = { { 0 } };
	uint64_t of, persons;
	enum err e;

	for (size_t c = 0; c < file->column_count; c++)
		if (at[c] < row->count)
			cells[c] = row->cells[at[c]];
	if ((e = number(&of, file, row, cells[0], f)) ||
	    (e = number(&persons, file, row, cells[file->column_count - 1], f)))
		return e;
	if (looking)
		*year = of > *year ? of : *year;
	return looking || of != *year ? OK : file->take(file->self, cells, persons, f);
}

static enum err read_once(const struct table_file *file, uint64_t *year, bool looking,
			  struct fault *f)
{
	struct csv_form form = { .name = file->name };
	const struct csv_row *row;
	size_t at[COLUMNS_MAX];
	struct csv *csv = NULL;
	enum err e;

	if ((e = csv_open_bytes(&csv, file->bytes, &form, f)))
		return e;
	if (!(e = csv_next(csv, &row, f)))
		e = find_columns(at, file, row, f);
	while (!e && !(e = csv_next(csv, &row, f)) && row)
		e = take_row(file, row, at, year, looking, f);
	csv_close(csv);
	return e;
}

static enum err read_newest(const struct table_file *file, struct fault *f)
{
	uint64_t year = 0;
	enum err e = read_once(file, &year, true, f);

	return e ? e : read_once(file, &year, false, f);
}

/* --- where people live -------------------------------------------------------- */

#define AREAS_MAX 1024

struct filling {
	struct reference *reference;
	struct arena *arena;
};

static enum err take_residence(void *self, const struct text *cells, uint64_t persons,
			       struct fault *f)
{
	struct filling *x = self;
	struct reference *r = x->reference;
	struct text code = cells[RESIDENCE_AREA];

	for (size_t i = 0; i < r->area_count; i++)
		if (text_same(r->areas[i].code, code)) {
			r->areas[i].people += persons;
			return OK;
		}
	if (r->area_count == AREAS_MAX)
		return fault(f, ERR_LIMIT, "figures.too-many-areas", AREAS_MAX);
	code = arena_copy_text(x->arena, code);
	if (!code.at)
		return fault(f, ERR_MEMORY, "figures.no-memory");
	r->areas[r->area_count++] = (struct reference_area){ code, persons };
	return OK;
}

/* --- of which sex and age they are -------------------------------------------- */

static enum err take_shape(void *self, const struct text *cells, uint64_t persons, struct fault *f)
{
	struct reference *r = ((struct filling *)self)->reference;

	(void)f;
	for (enum sex_counted s = 0; s < SEX_COUNTED_OTHER; s++)
		for (enum age_band a = 0; a < AGE_NOT_KNOWN; a++) {
			if (!text_is(cells[SHAPE_SEX], sex_counted_word(s)) ||
			    !text_is(cells[SHAPE_AGE], age_band_word(a)))
				continue;
			r->shares[s][a] += persons;
			r->share_of += persons;
		}
	return OK;
}

enum err reference_read(struct reference *out, struct bytes residence, struct bytes shape,
			struct arena *a, struct fault *f)
{
	struct filling x = { out, a };
	const struct table_file files[] = {
		{ residence, "residence_by_area.csv", residence_names, RESIDENCE_COLUMNS,
		  take_residence, &x },
		{ shape, "age_sex_shape.csv", shape_names, SHAPE_COLUMNS, take_shape, &x },
	};
	enum err e = OK;

	*out = (struct reference){ .areas = arena_take_array(a, AREAS_MAX, sizeof(*out->areas)) };
	if (!out->areas)
		return fault(f, ERR_MEMORY, "figures.no-memory");
	for (size_t i = 0; !e && i < COUNT_OF(files); i++)
		e = read_newest(&files[i], f);
	return e;
}

uint64_t reference_people(const struct reference *r, struct text code)
{
	for (size_t i = 0; i < r->area_count; i++)
		if (text_same(r->areas[i].code, code))
			return r->areas[i].people;
	return 0;
}

uint64_t reference_part(const struct reference *r, uint64_t people, enum sex_counted sex,
			enum age_band age)
{
	uint64_t share = 0;

	for (enum age_band a = 0; a < AGE_BANDS; a++)
		if (age == AGE_BANDS || age == a)
			share += r->shares[sex][a];
	return r->share_of ? people * share / r->share_of : 0;
}
