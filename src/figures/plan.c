/* plan: the words of the release plan. */
#include "figures/figures.h"

#include <assert.h>

static const struct {
	const char *word, *label, *doc;
} figures[] = {
#define FIGURE(name, word, label, divisions, doc) { word, label, doc },
#include "figures/plan.def"
};

static const struct {
	const char *word, *hxl;
} axes[] = {
#define AXIS(name, word, hxl) { word, hxl },
#include "figures/plan.def"
};

static const char *const sexes[] = { "female", "male", CODE_OTHER };
static const char *const ages[] = { "0-4", "5-11", "12-17", "18-59", "60+", CODE_OTHER };
static const char *const groups[] = { "por", "acc", "undocumented", CODE_OTHER };

const char *figure_word(enum figure_counted f)
{
	assert(f < FIGURE_COUNT);
	return figures[f].word;
}

const char *figure_label(enum figure_counted f)
{
	assert(f < FIGURE_COUNT);
	return figures[f].label;
}

const char *figure_doc(enum figure_counted f)
{
	assert(f < FIGURE_COUNT);
	return figures[f].doc;
}

bool figure_of_word(enum figure_counted *out, struct text word)
{
	for (*out = 0; *out < FIGURE_COUNT; (*out)++)
		if (text_is(word, figures[*out].word))
			return true;
	return false;
}

const char *axis_word(enum axis a)
{
	assert(a < AXIS_COUNT);
	return axes[a].word;
}

const char *axis_hxl(enum axis a)
{
	assert(a < AXIS_COUNT);
	return axes[a].hxl;
}

const char *sex_counted_word(enum sex_counted s)
{
	assert(s < SEXES_COUNTED);
	return sexes[s];
}

const char *age_band_word(enum age_band a)
{
	assert(a < AGE_BANDS);
	return ages[a];
}

const char *group_counted_word(enum group_counted g)
{
	assert(g < GROUPS_COUNTED);
	return groups[g];
}

enum age_band age_band_of(int years)
{
	static const int firsts[] = { 5, 12, 18, 60 }; /* of the band after */
	enum age_band band = AGE_0_4;

	if (years < 0)
		return AGE_NOT_KNOWN;
	while (band < AGE_60 && years >= firsts[band])
		band++;
	return band;
}
