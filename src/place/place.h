/*
 * place: the reference data that the product ships, in memory.
 *
 * An atlas is loaded once from the files of data/ and never changes.  It holds
 * areas, places, tariffs, directives, information sheets of destinations,
 * specific needs, languages and kinds of papers, and answers what they are.
 *
 * AN AREA IS WRITTEN `PCODE@VINTAGE`: `PK528@cod-ab-2022`, `AF0617@cod-ab-2021`.
 * The vintage says by which list of OCHA the code is meant, for the same code
 * means another province in another list: PK7 is Sindh in cod-ab-2022 and
 * Balochistan in cod-ab-2018.  Whole countries (`PAK`, `AFG`, `IRN`) have no
 * vintage.  What was typed without one means the current list; what is kept is
 * always `area->key`.
 *
 * Everything that an atlas gives out lives as long as the atlas.  Any number of
 * threads may read it.  Dates are texts `YYYY-MM-DD`; an empty text means that
 * the source does not say.
 */
#pragma once

#include "base/bytes.h"
#include "base/err.h"

/* --- loading ---------------------------------------------------------------- */

/* The files of an atlas, and where each lies under data/. */
#define PLACE_FILES(FILE)                                                                          \
	FILE(VINTAGES, "areas/vintages.csv")                                                       \
	FILE(COUNTRIES, "areas/countries.csv")                                                     \
	FILE(AREAS, "areas/areas.csv")                                                             \
	FILE(OLDER, "areas/older_vintage.csv")                                                     \
	FILE(PLACES, "places/places.csv")                                                          \
	FILE(TARIFFS, "tariffs/tariffs.csv")                                                       \
	FILE(DIRECTIVES, "directives/directives.csv")                                              \
	FILE(SHEETS, "sheets/sheets.csv")                                                          \
	FILE(SHEET_LINES, "sheets/lines.csv")                                                      \
	FILE(NEEDS, "needs/specific_needs.csv")                                                    \
	FILE(LANGUAGES, "languages/languages.csv")                                                 \
	FILE(PAPERS, "documents/kinds.csv")

enum place_file {
#define PLACE_FILE_ENUM(name, path) PLACE_FILE_##name,
	PLACE_FILES(PLACE_FILE_ENUM)
#undef PLACE_FILE_ENUM
		PLACE_FILE_COUNT
};

/* "areas/areas.csv": the path of a file under data/. */
const char *place_file_path(enum place_file file);

struct atlas;

/* The bytes of every file, by enum place_file; read only during the call. */
struct atlas_files {
	struct bytes files[PLACE_FILE_COUNT];
};

/*
 * Make an atlas of `files` and give it in `out`; the caller frees it.
 * ERR_INPUT: a file is not what it should be; the fault names file, line and
 * column.  ERR_LIMIT: more rows or larger cells than any real file has.
 */
MUST_USE enum err atlas_load(struct atlas **out, const struct atlas_files *files, struct fault *f);
/* NULL is harmless. */
void atlas_free(struct atlas *a);

/* --- the languages of the texts ------------------------------------------------ */

enum text_language { TEXT_EN, TEXT_UR, TEXT_PS, TEXT_FA, TEXT_LANGUAGE_COUNT };

/* The same thing in each language; an empty one is not known. */
struct names {
	struct text in[TEXT_LANGUAGE_COUNT];
};

/*
 * The name in `language`, or in the nearest one that is known: Pashto, Dari and
 * Urdu stand in for each other before English does.
 */
struct text name_in(const struct names *n, enum text_language language);

/* --- areas ----------------------------------------------------------------------- */

/* A list of area codes that OCHA published. */
struct vintage {
	struct text name;    /* cod-ab-2022 */
	struct text country; /* PAK */
	struct text valid_from, title, source;
	bool current; /* exactly one of a country is */
};

enum area_level { AREA_COUNTRY, AREA_PROVINCE, AREA_DISTRICT };

struct area {
	struct text key;  /* PK528@cod-ab-2022: what facts carry */
	struct text code; /* PK528 */
	struct text country;
	const struct vintage *vintage; /* NULL: a country */
	enum area_level level;
	const struct area *parent; /* NULL: a country */
	const struct area *today;  /* itself, or what it is in the current list */
	struct names names;
	struct text other_names;    /* English, `|` between them */
	struct text folded;	    /* text_fold() of its code and all these, `|` between; empty
				       for a country and for an area of an older list */
	int32_t lat_udeg, lon_udeg; /* label point, millionths of a degree */
	bool located;		    /* the label point is known */
};

/*
 * The area that `given` names, for entering.  ERR_INPUT, each with its own
 * sentence: no such code; a code of an older list (the fault says what it means
 * there and what the same code and the same area are today); a vintage that is
 * unknown or of another country; a name instead of a code (the fault suggests
 * the code).
 */
MUST_USE enum err atlas_area(const struct atlas *a, struct text given, const struct area **out,
			     struct fault *f);

/*
 * The area of an exact key of any list, also an older one, for showing what was
 * recorded earlier; NULL: none.
 */
const struct area *atlas_area_of_key(const struct atlas *a, struct text key);

/* What the same code means in an older list where it means another area, or NULL. */
const struct area *area_other_meaning(const struct atlas *a, const struct area *area);

/* Whether `name` is one of its names, in any language or spelling that is known; false also
 * where there is no memory to compare them. */
bool area_is_called(const struct area *area, struct text name);

/* Whether `part` is `whole` or lies in it. */
bool area_contains(const struct area *whole, const struct area *part);
/* The area or its ancestor of that level; NULL: it is above that level itself. */
const struct area *area_at_level(const struct area *area, enum area_level level);

/* --- places ------------------------------------------------------------------------ */

struct place {
	struct text id;	  /* XP-TORKHAM */
	struct text kind; /* border_crossing, voluntary_repatriation_centre, … */
	struct names names;
	const struct area *area;       /* the smallest one that is known */
	const struct area *other_side; /* of a crossing; NULL: not known */
	int32_t lat_udeg, lon_udeg;
	bool located;
	struct text precision, note, source;
};

/* ERR_NOT_FOUND: no place has the id `id`. */
MUST_USE enum err atlas_place(const struct atlas *a, struct text id, const struct place **out,
			      struct fault *f);

/* --- information sheets of destinations ------------------------------------------------ */

struct sheet_line {
	struct text topic; /* a word of the code set TOPIC in fact/kinds.def */
	struct text as_of;
	struct text basis; /* retrieved, own-rule, not-known */
	struct text source;
	struct names text;
};

struct sheet {
	struct text id; /* SHEET-AF06 */
	const struct area *area;
	struct text date;   /* of its newest source */
	struct text review; /* languages that a native speaker has still to read, `|` between */
	struct hash version;
	const struct sheet_line *const *lines;
	size_t line_count;
};

/*
 * The sheet of the destination `area`: of its province, for a district.
 * ERR_NOT_FOUND: nobody has written one, as for any area outside Afghanistan.
 */
MUST_USE enum err atlas_sheet(const struct atlas *a, const struct area *area,
			      const struct sheet **out, struct fault *f);

/* The sheet whose text has the hash `version`; NULL: none that is shipped now. */
const struct sheet *atlas_sheet_of_version(const struct atlas *a, const struct hash *version);

/* --- money and directives: rows that become public facts ---------------------------------- */

struct shipped_tariff {
	struct text id; /* TAR-UNHCR-2023-1 */
	struct text provider, group, currency, per;
	uint64_t part;
	uint64_t amount_minor; /* cents of a dollar */
	struct text valid_from, valid_to;
	struct text rule, basis, source, note;
};

#define SHIPPED_AREAS_MAX 8
struct shipped_directive {
	struct text id; /* DIR-056 */
	struct text date, authority, level, instrument, group, jurisdiction, effect, detail;
	struct text valid_from, valid_to, basis, source, note;
	const struct area *areas[SHIPPED_AREAS_MAX];
	size_t area_count;
};

/* --- short lists ---------------------------------------------------------------------------- */

/* A specific need, and how often the made-up people have it. */
struct need {
	struct text code; /* CR */
	struct names names;
	struct text source;
	uint64_t per_10000;
	struct text of; /* persons, children, women, older, households */
	struct text rate_basis, rate_source;
};

struct language {
	struct text code;  /* ISO 639-3 */
	struct text macro; /* the language of which it is one; empty: none */
	struct names names;
	enum text_language text_language; /* in which its speakers read our texts best */
	struct text note;
};

/* A kind of paper; lengths of its number, to warn by and never to refuse by. */
struct paper {
	struct text kind; /* por */
	struct names names;
	uint64_t length_min, length_max; /* characters without spaces and dashes */
	bool letters;			 /* its number may have letters */
	struct text basis, note;
};

/* Each NULL where there is none. */
const struct need *atlas_need(const struct atlas *a, struct text code);
const struct language *atlas_language(const struct atlas *a, struct text code);
const struct paper *atlas_paper(const struct atlas *a, struct text kind);

/* --- all of a sort, in the order of the file (areas: by code, older lists last) -------------- */

const struct vintage *atlas_vintages(const struct atlas *a, size_t *count);
const struct area *atlas_areas(const struct atlas *a, size_t *count);
const struct place *atlas_places(const struct atlas *a, size_t *count);
const struct sheet *atlas_sheets(const struct atlas *a, size_t *count);
const struct shipped_tariff *atlas_tariffs(const struct atlas *a, size_t *count);
const struct shipped_directive *atlas_directives(const struct atlas *a, size_t *count);
const struct need *atlas_needs(const struct atlas *a, size_t *count);
const struct language *atlas_languages(const struct atlas *a, size_t *count);
const struct paper *atlas_papers(const struct atlas *a, size_t *count);
