/*
 * people: made-up households, the same for the same seed, for demos and tests.
 *
 * Shaped by data/demography (age and sex, size of household, residence, provinces of
 * origin and return, who lives where), data/names (both scripts, how names are put
 * together) and data/needs (how often a need is met).  Card numbers can never be real
 * ones: they begin with 00000, which no issuer uses, and no two people of one seed
 * have the same.  Among the households are ages heaped at 0 and 5, birthdays on
 * 1 January, widows, polygamous and mixed-status households, married minors, adults
 * who cannot form a decision alone, newborns, deaths on the way, and children by
 * themselves or with others than their parents.  Nobody in them exists; a hit on a
 * real name is chance.
 */
#pragma once

#include "base/arena.h"
#include "base/buffer.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/json.h"
#include "place/place.h"

#define HOUSEHOLD_SIZE_MAX 24
#define MADE_NEEDS_MAX 12
/* So many households of one seed have card numbers that nobody else has. */
#define HOUSEHOLDS_MAX 4000000

struct made_person {
	struct text given, given_latin, family, family_latin, father, father_latin;
	struct text grandfather, grandfather_latin;
	const char *sex, *group, *relation, *marital, *care, *capacity; /* words; NULL: not said */
	int32_t birth_date; /* days; INT32_MIN: not known as a date */
	int birth_year;     /* 0: not said */
	int age;            /* -1: not said; else on the day of registration */
	int guardian, spouse; /* index in the household; -1: none */
	const char *document; /* word of DOCUMENT_KIND */
	char document_number[24];
	struct text origin, destination; /* area keys */
	unsigned need_count;
	const char *needs[MADE_NEEDS_MAX]; /* no code twice */
	bool died_on_the_way, born_on_the_way;
};

/* Its texts are views of the people that made it and of itself: it is not copied. */
struct made_household {
	uint64_t number; /* from 0 */
	int32_t registered_on; /* day */
	struct text residence;
	const char *language; /* ISO 639-3 */
	char phone[24];       /* cannot be dialled */
	int arrival_year;
	size_t count;
	struct made_person people[HOUSEHOLD_SIZE_MAX]; /* the head is the first */

	size_t words_size; /* of names that are put together */
	char words[8192];
};

struct people;

/* The tables that the making stands on: bytes of the files under data/. */
#define PEOPLE_FILES(FILE)                                                                         \
	FILE(NAMES, "names/generator_names.tsv")                                                   \
	FILE(PATTERNS, "names/generator_patterns.tsv")                                             \
	FILE(SHAPE, "demography/age_sex_shape.csv")                                                \
	FILE(SIZES, "demography/household_size_model.csv")                                         \
	FILE(RESIDENCE, "demography/residence_by_area.csv")                                        \
	FILE(RETURNS, "demography/return_province_weights.csv")                                    \
	FILE(HOMES, "demography/origin_and_ethnicity_by_district.csv")
enum people_file {
#define PEOPLE_FILE_ENUM(name, path) PEOPLE_FILE_##name,
	PEOPLE_FILES(PEOPLE_FILE_ENUM)
#undef PEOPLE_FILE_ENUM
	PEOPLE_FILE_COUNT
};
struct people_files {
	struct bytes files[PEOPLE_FILE_COUNT];
};

/*
 * ERR_INPUT: a file is not what it should be.  The files are read only during the call,
 * the atlas must outlive it.  `today` is the day on which all are registered.
 */
MUST_USE enum err people_new(struct people **out, const struct people_files *files,
			     const struct atlas *atlas, uint64_t seed, int32_t today,
			     struct fault *f);
void people_free(struct people *p); /* NULL is harmless */
/* Household `number`: the same for the same seed and day, whatever was asked before. */
void people_make(const struct people *p, uint64_t number, struct made_household *out);

/* As one line for `ikhtiar record`: an array of facts. */
void people_write_facts(struct buffer *out, const struct made_household *h);
/*
 * As rows of a flat list, which the ready mapping `people` reads; the header first.
 * Who died on the way has no row: a list of people to be registered would bring her back.
 */
void people_write_csv_header(struct buffer *out);
void people_write_csv(struct buffer *out, const struct made_household *h);

/*
 * Week `which` (from 0) of a demo as lines of a story for `ikhtiar story`, told of the
 * demo's accounts: `count` households come, and what becomes of them is recorded hour by
 * hour.  Week 0 begins on the first Sunday after the day of `p`.  `h` is used and left as it is then.
 */
#define WEEK_HOUSEHOLDS_MAX 200
void people_write_week(struct buffer *out, const struct people *p, struct made_household *h,
		       uint64_t count, uint64_t which);
