/*
 * look: numbers of a release by what they are divided by.
 */
#include "figures/figures.h"

bool cell_is_of_axis(const struct figure_cell *c, enum axis axis)
{
	for (enum axis x = 0; x < AXIS_COUNT; x++)
		if ((c->at[x].size != 0) != (x == axis))
			return false;
	return true;
}

/* A district stands within its province. */
bool cell_is_district(const struct figure_cell *c)
{
	return c->at[AXIS_DISTRICT].size && !c->at[AXIS_SEX].size && !c->at[AXIS_AGE].size &&
	       !text_is(c->at[AXIS_DISTRICT], CODE_OTHER);
}

bool release_tells(const struct release *r, enum figure_counted figure)
{
	return r->tables[figure].count > 0;
}

uint64_t release_whole(const struct release *r, enum figure_counted figure)
{
	const struct figure_table *t = &r->tables[figure];

	return t->count ? t->cells[0].value : 0;
}

uint64_t release_at(const struct release *r, enum figure_counted figure, enum axis axis,
		    struct text code)
{
	const struct figure_table *t = &r->tables[figure];

	for (size_t i = 0; i < t->count; i++)
		if (cell_is_of_axis(&t->cells[i], axis) && text_same(t->cells[i].at[axis], code))
			return t->cells[i].value;
	return 0;
}

static const struct figure_cell *cell_of_district(const struct figure_table *t,
						  struct text district)
{
	for (size_t i = 0; i < t->count; i++)
		if (cell_is_district(&t->cells[i]) &&
		    text_same(t->cells[i].at[AXIS_DISTRICT], district))
			return &t->cells[i];
	return NULL;
}

bool release_tells_district(const struct release *r, enum figure_counted figure,
			    struct text district)
{
	return cell_of_district(&r->tables[figure], district);
}

uint64_t release_in_district(const struct release *r, enum figure_counted figure,
			     struct text district)
{
	const struct figure_cell *c = cell_of_district(&r->tables[figure], district);

	return c ? c->value : 0;
}

uint64_t release_of_age(const struct release *r, enum figure_counted figure, enum sex_counted sex,
			enum age_band age)
{
	const struct figure_table *t = &r->tables[figure];
	uint64_t sum = 0;

	for (size_t i = 0; i < t->count; i++)
		if (!t->cells[i].at[AXIS_DISTRICT].size &&
		    text_is(t->cells[i].at[AXIS_SEX], sex_counted_word(sex)) &&
		    text_is(t->cells[i].at[AXIS_AGE], age_band_word(age)))
			sum += t->cells[i].value;
	return sum;
}

size_t release_codes(const struct release *r, struct figure_run run, enum axis axis,
		     struct text *codes, size_t room)
{
	size_t count = 0;

	for (enum figure_counted f = run.first; f <= run.last; f++) {
		const struct figure_table *t = &r->tables[f];

		for (size_t i = 0; i < t->count; i++) {
			struct text code = t->cells[i].at[axis];
			size_t n = 0;

			if (!cell_is_of_axis(&t->cells[i], axis) || !t->cells[i].value)
				continue;
			while (n < count && !text_same(codes[n], code))
				n++;
			if (n == count && count < room)
				codes[count++] = code;
		}
	}
	return count;
}
