/*
 * directive: what applies where and when, to whom, and who contradicts whom.
 *
 * A book holds instruments: laws, orders, statements, orders of courts, agreements.  It
 * is asked for a group, an area and a day, and gives every instrument that is in force
 * there and then, side by side with those that contradict it.  It never says which of
 * two prevails, and nothing that it says opens or closes a gate.
 *
 * TWO AXES OF TIME.  An instrument is in force from one day to another, and it is known
 * from a day on.  Both are asked: `on` is the day in question, `known_on` the day from
 * which one looks at it.  The cards that lapsed on 1 July 2023 and were extended
 * backwards on 8 November were in force on 1 August as is known today; as was known on
 * 1 August they were not.
 *
 * AREAS ARE THE CALLER'S: the library asks whether one contains another and knows none
 * by itself.  Days are those of base/calendar.h; DIRECTIVE_NO_DAY stands for none.
 *
 * Everything is memory of the caller's arena and views what the caller gave.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/calendar.h"
#include "base/err.h"

#define DIRECTIVE_NO_DAY INT32_MIN
/* Instruments in one book; all that are known of half a century are some hundreds. */
#define DIRECTIVES_MAX 10000
#define DIRECTIVE_AREAS_MAX 40
#define DIRECTIVE_LINKS_MAX 8

/* --- the words (words.def) ------------------------------------------------------------ */

enum directive_level {
	DIRECTIVE_LEVEL_NONE,
#define LEVEL(name, word) DIRECTIVE_##name,
#include "directive/words.def"
	DIRECTIVE_LEVELS
};

enum directive_group {
	DIRECTIVE_GROUP_NONE,
#define GROUP(name, word) DIRECTIVE_GROUP_##name,
#include "directive/words.def"
	DIRECTIVE_GROUPS
};

enum directive_effect {
	DIRECTIVE_EFFECT_UNCLEAR, /* a word that is not in the table */
#define EFFECT(name, word, stance) DIRECTIVE_EFFECT_##name,
#include "directive/words.def"
	DIRECTIVE_EFFECTS
};

enum directive_stance { STANCE_NEITHER, STANCE_STAYS, STANCE_LEAVES };

/* ..._NONE or ..._UNCLEAR where the table has no such word; case and `-` for `_` are alike. */
enum directive_level directive_level_of(struct text word);
enum directive_group directive_group_of(struct text word);
enum directive_effect directive_effect_of(struct text word);
const char *directive_level_word(enum directive_level l);
const char *directive_group_word(enum directive_group g);
const char *directive_effect_word(enum directive_effect e);
enum directive_stance directive_stance_of(enum directive_effect e);
/* Whether two instruments with these effects contradict each other; symmetric. */
bool directive_effects_contradict(enum directive_effect a, enum directive_effect b);

/* Whom the words of an instrument cover: bit n is group n. */
struct directive_cover {
	uint32_t whole; /* everybody of it */
	uint32_t some;	/* only those whom the instrument names or describes */
	bool unclear;	/* a word that the table does not have: it may mean some of anybody */
};
/* `words` with `+` between several: "undocumented+PoR+ACC". */
struct directive_cover directive_cover_of(struct text words);

/* --- instruments ------------------------------------------------------------------------ */

/* A time during which another instrument holds it back: a court's stay. */
struct directive_pause {
	struct text by;	  /* code of that instrument; empty: not said */
	int32_t from, to; /* `to` is the last day; DIRECTIVE_NO_DAY: it goes on */
	int32_t known;	  /* since when it is known; DIRECTIVE_NO_DAY: since `from` */
};

struct directive {
	struct text code; /* DIR-056; one of a kind in a book */
	struct text authority, title, number, detail, basis, source, note;
	enum directive_level level;
	struct text groups; /* as it says */
	struct text effect; /* as it says */
	const struct text *areas;
	size_t area_count;	       /* 1 to DIRECTIVE_AREAS_MAX */
	int32_t date;		       /* when it was issued */
	int32_t from, to;	       /* in force; no `from`: since it was issued; no `to`: open */
	int32_t known;		       /* no day: since it was issued */
	int32_t end_known;	       /* since when `to` is known; no day: from the beginning */
	struct text under;	       /* code of what it was issued under; empty: nothing */
	const struct text *supersedes; /* codes */
	size_t supersedes_count;       /* <= DIRECTIVE_LINKS_MAX */
	const struct directive_pause *pauses;
	size_t pause_count;
};

/* --- the book --------------------------------------------------------------------------- */

struct directive_map {
	const void *self;
	/* Whether `part` is `whole` or lies in it; areas as directives and questions name them. */
	bool (*contains)(const void *self, struct text whole, struct text part);
};

/* What does not hold together, of one instrument; none of it keeps it out of a book. */
struct directive_flaws {
	bool ends_before;      /* it ends before it begins: in force on no day */
	bool twice;	       /* the code is that of an earlier one, which counts */
	bool circle;	       /* it supersedes itself by a way round: such links do not count */
	bool under_itself;     /* by a way round it is issued under itself */
	struct text not_known; /* a code that it names and that the book does not have */
};

struct directive_book;

/*
 * A book of `count` instruments, which must outlive it, as must `map`.
 * ERR_LIMIT: more than DIRECTIVES_MAX.  ERR_MEMORY.
 */
MUST_USE enum err directive_book_new(struct directive_book **out, struct arena *a,
				     const struct directive *all, size_t count,
				     const struct directive_map *map, struct fault *f);
/* What is wrong with instrument `at` of the book; false: nothing. */
bool directive_flawed(const struct directive_book *b, size_t at, struct directive_flaws *out);
/* NULL: there is none of that code. */
const struct directive *directive_of_code(const struct directive_book *b, struct text code);

/* --- the question ------------------------------------------------------------------------- */

struct directive_question {
	enum directive_group group;
	struct text area;
	int32_t on;
	int32_t known_on; /* DIRECTIVE_NO_DAY: all that the book knows */
};

struct directive_found {
	const struct directive *directive;
	enum directive_effect effect;
	bool some;    /* it covers only some of the group, or its words are unclear */
	bool unclear; /* the table does not have its words for whom, or for what */
	int32_t from; /* first day in force */
	int32_t to;   /* last day, as was known then; DIRECTIVE_NO_DAY: open */
	/* Held back on that day by another: it stands here all the same. */
	bool paused;
	struct text paused_by;
	/* Codes, memory of the arena: */
	const struct text *superseded_by; /* later than `on`, as was known then */
	size_t superseded_count;
	const struct text *under; /* what it was issued under, what that was issued under, … */
	size_t under_count;
	const struct text *conflicts_with; /* others of the same answer */
	size_t conflict_count;
};

/*
 * Every instrument in force for this group, in this area, on this day: by level, then by
 * date, then by code.  One that another has replaced for this group and area by that day
 * is not in force.  ERR_MEMORY.
 */
MUST_USE enum err directive_applies(const struct directive_book *b,
				    const struct directive_question *q, struct arena *a,
				    const struct directive_found **out, size_t *count,
				    struct fault *f);

/* --- lists of others ------------------------------------------------------------------- */

/*
 * A CSV with the columns of data/directives (id, date, authority, authority_level,
 * instrument, group, jurisdiction_pcode, effect, detail, valid_from, valid_to, basis,
 * source, note) and, where it has them, number, under, supersedes, known_on,
 * end_known_on, verified_by and parties; `|` between several.  Dates are
 * YYYY-MM-DD in the digits of any script.
 */
struct directive_row {
	uint64_t line;
	struct directive directive; /* its areas as they are kept */
	struct text verified_by;
	struct text parties; /* `|` between them */
};

/* What is wrong with a row. */
struct directive_reject {
	uint64_t line;	    /* from 1 */
	const char *column; /* as the list calls it */
	const struct fault *why;
	bool kept; /* it is taken all the same: what it names may still come */
};

struct directive_reading {
	const char *name; /* of the list, for faults */
	/* The area that a code stands for, as it is kept; memory that lasts. */
	MUST_USE enum err (*area)(void *self, struct text given, struct text *key, struct fault *f);
	/* Whether an instrument that the list does not have is known all the same. */
	bool (*known)(void *self, struct text code);
	void (*rejected)(void *self, const struct directive_reject *reject);
	void *self;
};

/*
 * Read a list, all of it; a row that is wrong is told and left out.  Refused are: a cell
 * that is missing or cannot be read, an area that is unknown or of another vintage, an end
 * before the beginning, a code twice, a circle of supersessions.  Told and kept is a row
 * that names an instrument which nobody knows yet.
 * ERR_INPUT: not a CSV, or a column is missing.  ERR_LIMIT.  ERR_MEMORY.
 */
MUST_USE enum err directive_list_read(const struct directive_reading *how, struct bytes list,
				      struct arena *a, const struct directive_row **out,
				      size_t *count, struct fault *f);

/* --- negotiations ------------------------------------------------------------------------ */

enum directive_step {
	DIRECTIVE_STEP_NONE,
#define STEP(name, word) DIRECTIVE_STEP_##name,
#include "directive/words.def"
	DIRECTIVE_STEPS
};
/* `-` and `_` are alike; DIRECTIVE_STEP_NONE: no such word. */
enum directive_step directive_step_of(struct text word);

struct negotiation_move {
	enum directive_step step;
	struct text party; /* empty: nobody in particular */
	struct text said;
	unsigned version; /* of the text; 0: not said */
	int32_t day;
};

enum negotiation_stage {
	NEGOTIATION_DRAFT,
	NEGOTIATION_SUBMITTED,
	NEGOTIATION_APPROVED, /* by every party, and not in force yet */
	NEGOTIATION_REJECTED, /* by one at least */
	NEGOTIATION_IN_FORCE,
	NEGOTIATION_SUSPENDED,
	NEGOTIATION_ENDED,
	NEGOTIATION_STAGES
};
const char *negotiation_stage_word(enum negotiation_stage s);

enum party_stand {
	PARTY_WAITED_FOR,
	PARTY_APPROVED,
	PARTY_COMMENTED,
	PARTY_REJECTED,
	PARTY_STANDS
};
const char *party_stand_word(enum party_stand s);

struct negotiation_party {
	struct text name;
	enum party_stand stand;
	int32_t since;
	unsigned version; /* of the text that it spoke of; 0: not said */
	struct text said;
};

struct negotiation {
	enum negotiation_stage stage;
	int32_t since; /* DIRECTIVE_NO_DAY: no move has a day */
	const struct negotiation_party *parties;
	size_t party_count;
};

/*
 * Where a negotiation stands after these moves, in the order in which they came, with
 * the parties whose approval is needed; who spoke without being among them is one, too.
 * Submitting it anew asks every party again: an approval is of one text and of no other.
 * Without any move it counts as submitted on `date`.
 */
MUST_USE enum err negotiation_read(struct negotiation *out, struct arena *a,
				   const struct negotiation_move *moves, size_t move_count,
				   const struct text *parties, size_t party_count, int32_t date,
				   struct fault *f);

/* --- two versions of a text ---------------------------------------------------------------- */

enum change_sort { CHANGE_SAME, CHANGE_GONE, CHANGE_NEW };
struct text_change {
	enum change_sort sort;
	struct text text; /* a run of words with the blanks behind them, of either version */
};
/*
 * What became of `before` in `after`, word by word and as little as possible: the runs
 * that are the same or gone are `before`, those that are the same or new are `after`.
 * Texts that differ in too many words are compared line by line.
 * ERR_LIMIT: too many lines, too.  ERR_MEMORY.
 */
MUST_USE enum err text_compare(struct text before, struct text after, struct arena *a,
			       const struct text_change **out, size_t *count, struct fault *f);
