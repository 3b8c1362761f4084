/*
 * What the files of people/ share: the tables, read once, and one household's making.
 */
#pragma once

#include "people/people.h"
#include "people/odds.h"

enum made_group { GROUP_POR_MADE, GROUP_ACC_MADE, GROUP_UNDOCUMENTED_MADE, GROUPS_MADE };
enum script { SCRIPT_PASHTO, SCRIPT_DARI, SCRIPTS };
enum sex_made { MALE, FEMALE, SEXES_MADE };
enum age_class { CHILDREN, ADULTS, AGE_CLASSES };

#define ADULT_AGE 18
#define HOMES_MAX 32

/* One name in both scripts. */
struct name {
	struct text form, latin;
};

/* A row of the published shape. */
struct band {
	bool female;
	int from, to; /* age in years */
};

/* What a name is put together of: "{given} Bibi". */
enum name_part {
	NAME_END,
	NAME_GIVEN,
	NAME_SECOND, /* Khan, Jan, Gul … behind a given name */
	NAME_FAMILY, /* stands in a field of its own */
	NAME_PREFIX, /* Haji, Mullah … of grown men */
	NAME_FATHER,
	NAME_MOHAMMAD,
	NAME_BIBI,
};
struct name_pattern {
	enum name_part parts[3];
};

/* Who speaks what, and in which script the names are written; never recorded. */
struct community {
	const char *word; /* as the surveys write it */
	enum script script;
	const char *language; /* ISO 639-3 */
};

/* What surveys found of one district, one province or the whole country. */
struct home {
	const struct area *area;
	struct odds origins;     /* of struct text: area key        */
	struct odds communities; /* of const struct community *     */
};

struct people {
	struct arena *arena;
	const struct atlas *atlas;
	uint64_t seed;
	int32_t today;
	struct odds residence[GROUPS_MADE];         /* of struct text: area key */
	struct odds sizes[GROUPS_MADE];             /* of int                   */
	struct odds ages[GROUPS_MADE][AGE_CLASSES]; /* of struct band           */
	struct odds returns;                        /* of struct text           */
	struct odds given[SCRIPTS][SEXES_MADE];     /* of struct name           */
	struct odds family[SCRIPTS], second[SCRIPTS], prefix[SCRIPTS];
	struct name mohammad[SCRIPTS], bibi[SCRIPTS];
	struct odds patterns[SEXES_MADE]; /* of struct name_pattern */
	size_t home_count;
	struct home homes[HOMES_MAX];
};

/* Where the making of one household stands. */
struct making {
	const struct people *p;
	struct made_household *h;
	uint64_t chance;
	enum made_group group;
	enum script script;
	int ages[HOUSEHOLD_SIZE_MAX];   /* true ages; a registration knows them less well */
	int mother_age;                 /* of the youngest woman who can be the children's mother */
	struct name father, grandfather; /* of the head's children */
	bool has_parent[SEXES_MADE];    /* of the head */
};

uint64_t chance_next(uint64_t *chance);
/* least … most, both included. */
int chance_between(uint64_t *chance, int least, int most);
/* True in so many of 10,000 cases. */
bool chance_happens(uint64_t *chance, uint64_t per_10000);

/* Give person `at` a name that fits her sex and age, and a father's and grandfather's. */
void name_person(struct making *m, size_t at);
/* The father's name of the head's children, and what follows from it. */
void name_follows(struct made_person *child, const struct name *father,
		  const struct name *grandfather);

/* Its facts, as objects of the array that is open: "@7" is household 7, "@7.2" its third. */
void put_household(struct json_writer *w, const struct made_household *h);
