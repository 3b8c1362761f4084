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
static const struct {
	const char *word, *label;
	int64_t hours; /* at which the next one begins */
} waits[WAITS] = {
	[WAIT_UNDER_24_H] = { "under-24-h", "wait.under-24-h", 24 },
	[WAIT_1_TO_3_DAYS] = { "1-3-days", "wait.1-3-days", 3 * 24 },
	[WAIT_3_TO_7_DAYS] = { "3-7-days", "wait.3-7-days", 7 * 24 },
	[WAIT_1_TO_2_WEEKS] = { "1-2-weeks", "wait.1-2-weeks", 14 * 24 },
	[WAIT_LONGER] = { "over-2-weeks", "wait.over-2-weeks", INT64_MAX / 3600 },
};
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

const char *wait_band_word(enum wait_band w)
{
	assert(w < WAITS);
	return waits[w].word;
}

const char *wait_band_label(struct text word)
{
	for (enum wait_band w = 0; w < WAITS; w++)
		if (text_is(word, waits[w].word))
			return waits[w].label;
	return NULL;
}

enum wait_band wait_band_of(int64_t seconds)
{
	enum wait_band band = 0;

	while (band < WAIT_LONGER && seconds >= waits[band].hours * 3600)
		band++;
	return band;
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
