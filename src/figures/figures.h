/*
 * figures: what the numbers are.
 *
 * Two sorts, never mixed.  *Counted* figures come from the register's own facts and
 * leave the house rounded and by a fixed plan only (docs/FIGURES.md says what that
 * protects, and what it does not).  *Reported* figures are those of others, kept as
 * they were printed.
 *
 * The room stands on base/ alone: who calls it brings the counts, the keys and the
 * words.
 */
#pragma once

#include "base/arena.h"
#include "base/buffer.h"
#include "base/bytes.h"
#include "base/csv.h"
#include "base/err.h"

/* --- cross-tables: crosstable.c ------------------------------------------------------ */

/* One column of codes, one for each row: 0 to count - 1, of one or of two bytes. */
struct code_column {
	const uint8_t *narrow; /* count <= 256; NULL: */
	const uint16_t *wide;
	uint32_t count;
};

#define CROSSTABLE_COLUMNS_MAX 6
#define CROSSTABLE_CELLS_MAX ((size_t)1 << 24)

/* Counts of rows by several codes at once; the last column's codes lie side by side. */
struct crosstable {
	uint32_t counts[CROSSTABLE_COLUMNS_MAX]; /* of codes, column by column */
	size_t column_count;
	size_t cell_count;
	uint64_t *cells;
};

/*
 * Count `row_count` rows by `column_count` columns; the cells live in `a`.
 * ERR_LIMIT: more cells than CROSSTABLE_CELLS_MAX.  ERR_MEMORY.
 */
MUST_USE enum err crosstable_count(struct crosstable *out, const struct code_column *columns,
				   size_t column_count, size_t row_count, struct arena *a,
				   struct fault *f);

/* --- rounding: round.c --------------------------------------------------------------- */

#define ROUND_BASE 5
#define ROUND_KEY_SIZE 32
#define ROUND_DEPTH_MAX 8

/*
 * A number of a table and its place in it.  A node may be divided in several ways: a
 * province by district and, apart from that, by group.  The nodes of a table stand
 * root first, each behind its parent, those of one division side by side.
 */
struct count_node {
	uint32_t parent;      /* index; the root's own is 0 */
	struct text division; /* by what its parent is divided here: "district" */
	struct text code;     /* which of them: "PK211"; twice in no division */
	uint64_t count;	      /* the truth; a parent's is the sum of each of its divisions */
};

/* What the draws depend on: the same give the same table. */
struct round_draw {
	struct bytes key;    /* ROUND_KEY_SIZE bytes that nobody else knows */
	struct text release; /* "2026-W41" */
	struct text event;   /* "return-deported" */
};

/*
 * Round the `count` (1 and more) nodes of a table into `published`: each a multiple of
 * ROUND_BASE, within 4 of the truth, right on average, and each parent the sum of each of
 * its divisions.  A zero stays one.  What is needed meanwhile is of `scratch`.  ERR_MEMORY.
 */
MUST_USE enum err round_table(uint64_t *published, const struct round_draw *draw,
			      const struct count_node *nodes, size_t count, struct arena *scratch,
			      struct fault *f);
/* --- the release plan: plan.def, plan.c ------------------------------------------------ */

enum figure_counted {
#define FIGURE(name, ...) FIGURE_##name,
#include "figures/plan.def"
	FIGURE_COUNT
};

enum axis {
#define AXIS(name, ...) AXIS_##name,
#include "figures/plan.def"
	AXIS_COUNT
};

enum sex_counted { SEX_COUNTED_FEMALE, SEX_COUNTED_MALE, SEX_COUNTED_OTHER, SEXES_COUNTED };
enum age_band { AGE_0_4, AGE_5_11, AGE_12_17, AGE_18_59, AGE_60, AGE_NOT_KNOWN, AGE_BANDS };
enum group_counted { GROUP_COUNTED_POR, GROUP_COUNTED_ACC, GROUP_COUNTED_UNDOCUMENTED,
		     GROUP_COUNTED_OTHER, GROUPS_COUNTED };

/* How long something took. */
enum wait_band {
	WAIT_UNDER_24_H, WAIT_1_TO_3_DAYS, WAIT_3_TO_7_DAYS, WAIT_1_TO_2_WEEKS, WAIT_LONGER, WAITS
};

/* What merged parts, and people of whom it is not known, are counted under. */
#define CODE_OTHER "other"

const char *figure_word(enum figure_counted f); /* "return-deported" */
const char *figure_label(enum figure_counted f); /* key of the catalogue */
const char *figure_doc(enum figure_counted f);
MUST_USE bool figure_of_word(enum figure_counted *out, struct text word);
const char *axis_word(enum axis a); /* "province" */
const char *axis_hxl(enum axis a);
const char *sex_counted_word(enum sex_counted s); /* "female" */
const char *age_band_word(enum age_band a);	  /* "18-59"  */
const char *group_counted_word(enum group_counted g);
const char *wait_band_word(enum wait_band w); /* "1-3-days" */
const char *wait_band_label(struct text word); /* key of the catalogue; NULL: no such word */
enum wait_band wait_band_of(int64_t seconds);
/* Whether it is counted no more. */
bool figure_is_retired(enum figure_counted f);
/* Below 0: not known. */
enum age_band age_band_of(int years);

/* --- periods: period.c ------------------------------------------------------------------ */

/* A week from Sunday to Saturday, or four of them. */
struct period {
	int32_t start, end; /* first and last day */
};

#define PERIOD_ID_SIZE 24
/* Weeks that lie in the same four are published together by district. */
struct period week_of(int32_t day);
struct period four_weeks_of(int32_t day);
bool period_is_week(struct period p);
/*
 * "2026-W47", "2026-W45-4W": the week's year is that of its Wednesday, so that week 1 is
 * the first with four days in the year.  DHIS2 calls the week "2026SunW47".
 */
void period_id(char out[PERIOD_ID_SIZE], struct period p);
void period_dhis2(char out[PERIOD_ID_SIZE], struct period p);
/* ERR_INPUT: neither form, or no such week. */
MUST_USE enum err period_read(struct period *out, struct text t, struct fault *f);
/* A period is closed, and may be published, once so many whole days have gone after it. */
#define PERIOD_CLOSED_DAYS 7
bool period_is_closed(struct period p, int32_t today);

/* --- who lives where: reference.c ------------------------------------------------------- */

/* How many people live in an area, from outside statistics. */
struct reference {
	size_t area_count;
	struct reference_area {
		struct text code;
		uint64_t people;
	} *areas;
	/* of all whose age is known */
	uint64_t shares[SEXES_COUNTED][AGE_BANDS], share_of;
};

/*
 * Read data/demography's residence_by_area.csv and age_sex_shape.csv, the newest year of
 * each; what it keeps lives in `a`.  ERR_INPUT: a column is missing or a number is none.
 */
MUST_USE enum err reference_read(struct reference *out, struct bytes residence, struct bytes shape,
				 struct arena *a, struct fault *f);
/* Those listed under this very code; 0: nobody has counted there. */
uint64_t reference_people(const struct reference *r, struct text code);
/* Of so many people, those of this sex and age; AGE_BANDS: of any age. */
uint64_t reference_part(const struct reference *r, uint64_t people, enum sex_counted sex,
			enum age_band age);

/* --- a release: release.c --------------------------------------------------------------- */

/* Where things are counted: the last place of each province has no code, and is for those
 * of whom no district is known; the last province, crossing and destination likewise. */
struct figure_frame {
	const struct text *provinces, *crossings, *destinations;
	size_t province_count, crossing_count, destination_count;
	const struct text *places; /* districts */
	const uint16_t *province_of; /* of a place */
	size_t place_count;
	const struct reference *reference;
};

/* What happened in a period, one line for each: columns of codes. */
struct happenings {
	size_t count;
	uint8_t *figure, *group, *sex, *age;
	uint8_t *wait; /* of what is divided by it */
	uint8_t *of;   /* of a correction: a figure */
	uint16_t *place, *crossing, *destination;
};
MUST_USE enum err happenings_new(struct happenings *out, size_t room, struct arena *a,
				 struct fault *f);

/* A published number: what it is divided by, and it. */
struct figure_cell {
	struct text at[AXIS_COUNT]; /* empty: not divided by that */
	uint64_t value;		    /* a multiple of 5; 0 is shown as `*` */
};
struct figure_table {
	enum figure_counted figure;
	const struct figure_cell *cells; /* the whole first; what a `*` is made of is left out */
	size_t count;
};
struct release {
	struct period period;
	struct figure_table tables[FIGURE_COUNT];
};

/* A cell is divided only where so many people live who could be in each part … */
#define REFERENCE_LEAST 500
/* … and a district is shown only where so many cases are counted in the four weeks. */
#define DISTRICT_CASES_LEAST 20

struct release_source {
	struct period period;
	struct bytes key; /* ROUND_KEY_SIZE bytes, of the period's year */
	const struct figure_frame *frame;
	const struct happenings *happenings;
};
/* All tables of the plan, rounded; what is in them lives in `a`. */
MUST_USE enum err release_make(struct release *out, const struct release_source *source,
			       struct arena *a, struct fault *f);

/*
 * A cell as one line, "province=PK5;sex=female 25" or "whole 25", and back.  ERR_DAMAGED: no such line.
 */
struct text cell_write(struct arena *a, const struct figure_cell *c); /* at NULL: no memory */
MUST_USE enum err cell_read(struct figure_cell *out, struct text line, struct fault *f);
/* SHA-256 of a table's lines, each with a newline behind it. */
struct hash cell_lines_hash(const struct text *lines, size_t count);

/* --- looking into a release: look.c ------------------------------------------------------ */

/* Figures of the plan that stand beside each other. */
struct figure_run {
	enum figure_counted first, last;
};
#define FIGURES_RETURN { FIGURE_RETURN_FACILITATED, FIGURE_RETURN_UNKNOWN }
#define FIGURES_ARREST { FIGURE_ARREST, FIGURE_RELEASE }

/* Whether a number is divided by this and by nothing else. */
bool cell_is_of_axis(const struct figure_cell *c, enum axis axis);
/* Whether it is all that is told of one district. */
bool cell_is_district(const struct figure_cell *c);

/* False: what went out then says nothing of it, not even a `*`. */
bool release_tells(const struct release *r, enum figure_counted figure);
/* A number; 0: it is a `*`, or is not told. */
uint64_t release_whole(const struct release *r, enum figure_counted figure);
uint64_t release_at(const struct release *r, enum figure_counted figure, enum axis axis,
		    struct text code);
uint64_t release_in_district(const struct release *r, enum figure_counted figure,
			     struct text district);
/* Of a sex and age, all provinces that tell it put together. */
uint64_t release_of_age(const struct release *r, enum figure_counted figure, enum sex_counted sex,
			enum age_band age);
/* Whether a district stands in the table of a figure, with a number or a `*`. */
bool release_tells_district(const struct release *r, enum figure_counted figure,
			    struct text district);
/* The codes by which any of them is divided and not all is a star, in the order of the
 * plan's frame; the first `room`. */
size_t release_codes(const struct release *r, struct figure_run run, enum axis axis,
		     struct text *codes, size_t room);

/* --- a bulletin: bulletin.c, page.c ------------------------------------------------------- */

struct json_writer;
struct words;

/* An instrument that was in force in the week, as it is cited. */
struct bulletin_directive {
	struct text code, date, authority, title;
	struct text from, to; /* days; `to` empty: open */
	bool began;	      /* in the week; these stand first */
};
/* An area as DHIS2 keeps its organisation units. */
struct bulletin_unit {
	struct text code, name, parent; /* parent: a code; empty: none */
};

/* What goes out together.  Texts without a name are empty. */
struct bulletin {
	const struct release *week, *four; /* four weeks that went out by then; NULL: none */
	struct text site, vintage, contact;
	bool demo;
	const struct bulletin_directive *directives;
	size_t directive_count;
	/* What a province, district, crossing or destination is called in the words' language. */
	void *self;
	struct text (*name)(void *self, enum axis axis, struct text code, const struct words *w);
};

/* A release as CSV: headings, HXL tags, a row for each number.  A number is in its cell or
 * the cell is empty; `*` ("fewer than 5", none among them) stands in the cell beside it. */
void bulletin_csv(struct buffer *out, const struct bulletin *b, const struct release *r, bool mark);
/* The same numbers, and all else that the bulletin says. */
void bulletin_json(struct buffer *out, const struct bulletin *b);
/* A page in one language, which prints on two sheets and needs nothing else. */
MUST_USE enum err bulletin_page(struct buffer *out, const struct bulletin *b,
				const struct words *w, struct fault *f);
/* The same for a page that has a frame, and a title, of its own. */
MUST_USE enum err bulletin_content(struct buffer *out, const struct bulletin *b,
				   const struct words *w, struct fault *f);
/* Which week it is of, in words. */
struct text bulletin_title(struct arena *a, const struct bulletin *b, const struct words *w);
/* For DHIS2: data values of the week by the codes of its areas, and these as units. */
void bulletin_dhis2_values(struct buffer *out, const struct bulletin *b);
void bulletin_dhis2_units(struct buffer *out, const struct bulletin_unit *units, size_t count);
/* What each figure and each column is. */
void bulletin_dictionary(struct buffer *out);
/* Method, licence and contact, as a text to go along. */
void bulletin_about(struct buffer *out, const struct bulletin *b);

/* The files of a bulletin, in the order in which they are listed; at count: NULL. */
const char *bulletin_file_name(size_t at);
/* Links to those named, in `folder` ("../bulletin/"), with what each is, for a page. */
MUST_USE enum err bulletin_links(struct buffer *out, const struct text *names, size_t count,
				 const char *folder, const struct words *w, struct fault *f);
/* Method, licence and contact in a line that stands below each table of a page. */
struct text bulletin_note(struct arena *a, const struct bulletin *b, const struct words *w);

/* The columns of a release and what stands in them, for whoever writes another format. */
#define BULLETIN_COLUMNS (AXIS_COUNT + 7)
#define BULLETIN_VALUE (BULLETIN_COLUMNS - 2) /* the one column of numbers */
struct bulletin_row {
	struct text cells[BULLETIN_COLUMNS]; /* that of the number is empty */
	uint64_t value;			     /* 0: not told */
};
const char *bulletin_heading(size_t column);
const char *bulletin_hxl(size_t column);
void bulletin_each_row(const struct bulletin *b, const struct release *r,
		       void (*visit)(void *self, const struct bulletin_row *row), void *self);

/* --- reported: reported.c ------------------------------------------------------------- */

/* A day that is not said. */
#define FIGURE_DAY_NONE INT32_MIN
/* Values are kept in hundredths: percentages are printed with two decimals at most. */
#define FIGURE_ONE INT64_C(100)
/* Of a value that was entered by hand and is no number. */
#define FIGURE_UNREADABLE INT64_C(-1)

/* A number that somebody published; a text that is not given is empty. */
struct figure {
	struct text source, publisher, report;
	int32_t as_of;			  /* always said where it was read from a list */
	int32_t period_start, period_end; /* days, both included */
	int64_t entered;		  /* seconds; 0: not yet */
	/*
	 * Where, as printed, and as keys: area PK528@cod-ab-2022, place XP-TORKHAM, and the
	 * way there from the country on, "PAK/PK5@cod-ab-2022/PK513@cod-ab-2022/XP-TORKHAM".
	 */
	struct text area_name, area, place, path;
	struct text group, measure, unit, note;
	struct text value;  /* plain: "99857", "58.1" */
	int64_t hundredths; /* FIGURE_UNREADABLE: it is compared with nothing */
};

/* A row that is no figure: its line, the column (from 1; 0: the row as a whole), why. */
struct figure_refusal {
	uint64_t line;
	size_t column;
	const char *column_name; /* "" where column is 0 */
	const struct fault *why;
};

struct figures_reading {
	struct csv *csv;
	int32_t today;	     /* nothing is published as of a later day */
	struct arena *arena; /* of what is read */
	void *self;
	/* Fill area or place, and path, of what a list calls `given`.  ERR_INPUT: why not. */
	MUST_USE enum err (*locate)(void *self, struct text given, struct figure *out,
				    struct fault *f);
	void (*refused)(void *self, const struct figure_refusal *r);
};

#define FIGURES_MAX 5000

/*
 * Read a list whose first row names the columns: source, publisher, as_of, group, measure,
 * value and unit must be there; report, period_start, period_end, area_name, area_pcode and
 * note may.  Rows that are figures go to *out, in order; of each other `refused` is told.
 * ERR_INPUT: a column is missing, unknown or there twice, or it is no CSV.  ERR_LIMIT: more
 * than FIGURES_MAX rows.
 */
MUST_USE enum err figures_read(const struct figure **out, size_t *count,
			       const struct figures_reading *how, struct fault *f);

/*
 * A number as people print it: digits of any script, commas or spaces between thousands
 * or between lakhs (1,70,000), at most two decimals behind a point.  *plain gets it as
 * "170000", *hundredths its value.  ERR_INPUT: it is none, or could be two.
 */
MUST_USE enum err figure_value_read(struct arena *a, struct text given, struct text *plain,
				    int64_t *hundredths, struct fault *f);

/*
 * Between which values the printed one says that the truth lies, in hundredths.  A number
 * that ends in two zeros and more, or whose source says "about" and the like (quoted in the
 * note), is known to its last other digit, either way; a percentage to half of its last
 * decimal; every other number is what it says.
 */
struct figure_span {
	int64_t least, most;
};
struct figure_span figure_span(const struct figure *f);

/* --- contradictions: contradictions.c -------------------------------------------------- */

enum contradiction_sort {
	/* Parts that do not add up to the printed total; `whole` NULL: to 100 percent. */
	CONTRADICTION_SUM,
	/* One whole divided in two ways, with different sums: parts, and others. */
	CONTRADICTION_DIVISIONS,
	/* A part (parts[0]) that is larger than its whole. */
	CONTRADICTION_PART,
	/* Two values for one cell: whole, and parts[0]. */
	CONTRADICTION_CELL,
	/* A count since one day (parts[0]) that was larger than it is later (whole). */
	CONTRADICTION_FALL,
	/* One number that two reports print of different people: whole, and parts[0]. */
	CONTRADICTION_BASE,
	/* A part (whole) of which of several wholes (parts) it is, is not said. */
	CONTRADICTION_UNSAID,
	CONTRADICTIONS_COUNT
};
/* "sum", "divisions", …: in keys and JSON. */
const char *contradiction_word(enum contradiction_sort s);

#define CONTRADICTION_PARTS_MAX 64
struct contradiction {
	enum contradiction_sort sort;
	const struct figure *whole;
	const struct figure *const *parts;
	size_t part_count; /* <= CONTRADICTION_PARTS_MAX */
	size_t first_count; /* DIVISIONS: as many are of the first; else part_count */
	int64_t sum, other; /* SUM: of the parts; DIVISIONS: of the first and the others */
};

/*
 * What contradicts what among `count` figures (FIGURES_MAX at most), in the order of the
 * figures; all in `a`, and `figures` must outlive it.
 *
 * Only what cannot be true at once is told.  Within one report parts are compared with
 * wholes; of one body also across its reports; of different bodies only counts of one
 * day.  Different days, groups and periods that merely overlap, rounded numbers, and parts
 * of which nobody knows whether they are all, contradict nothing.
 */
MUST_USE enum err figures_contradictions(const struct contradiction **out, size_t *contradictions,
					 const struct figure *figures, size_t count,
					 struct arena *a, struct fault *f);
/* Whether it is about `figure`. */
bool contradiction_names(const struct contradiction *c, const struct figure *figure);
