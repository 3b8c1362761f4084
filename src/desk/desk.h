/*
 * desk: what is asked of a register, and its answers as JSON.
 *
 * Somebody asks (`struct desk`), in a language, about people whom she may see or not:
 * a view here writes the one JSON object that both the commands with --json and the
 * server give.  shapes.def is the table of these objects; a view writes what its shape
 * says, and what the account may not see is absent.  Nothing here prints, and no view
 * records anything, save that desk_find() and desk_doubles() record that they were asked.
 *
 * A view takes the readers' lock, asks policy for its deed, writes, and gives the lock
 * back; it writes nothing where it fails.
 */
#pragma once

#include "base/arena.h"
#include "base/json.h"
#include "base/words.h"
#include "directive/directive.h"
#include "figures/figures.h"
#include "register/register.h"

/* Who asks, and what it takes to answer.  Used by one thread. */
struct desk {
	struct reg *reg;
	struct world *world;
	const struct atlas *atlas;
	const struct words *words; /* of the reader's language */
	struct session session;	   /* zero: nobody */
	int zone_min;		   /* of the register's site */
	struct arena *arena;	   /* of this question */
	struct fault fault;
};

/* --- the table of shapes ---------------------------------------------------------- */

enum shape {
	SHAPE_NONE = 0,
#define SHAPE(name, ...) SHAPE_##name,
#include "desk/shapes.def"
	SHAPES_COUNT
};

enum shape_type {
	SHAPE_ID,
	SHAPE_TEXT,
	SHAPE_INT,
	SHAPE_FLAG,
	SHAPE_TIME,
	SHAPE_DAY,
	SHAPE_REF,
	SHAPE_FACT,
	SHAPE_CODED,  /* `set` */
	SHAPE_ONE_OF, /* `words` */
	SHAPE_OF,     /* `of` */
};
enum shape_many { SHAPE_ONE, SHAPE_MAYBE, SHAPE_LIST, SHAPE_MAYBE_LIST };

struct shape_member {
	enum shape shape;
	const char *key;
	enum shape_type type;
	enum code_set set;
	enum shape of;
	const char *words; /* "accept|refuse" */
	enum shape_many many;
	const char *doc;
};

const char *shape_name(enum shape s); /* "Person" */
const char *shape_doc(enum shape s);
/* Its members, in the order of the table. */
const struct shape_member *shape_members(enum shape s, size_t *count);
/*
 * Whether `j` is of this shape: every member there that has to be, of its type, and no
 * other.  ERR_INPUT: the fault names the member ("people/0/status") and what is wrong.
 */
MUST_USE enum err shape_check(enum shape s, const json_t *j, struct fault *f);

/* --- what is proposed --------------------------------------------------------------- */

/*
 * What stands for an id or a hash in what a person or a program writes:
 *
 *     "@zarmina"              a new id the first time, the same one afterwards
 *     "PES-26-00012-K/2"      a case number, and the second of that household
 *     32 hex digits           an id
 *     "TAR-…", "DIR-…"        a tariff or a directive that comes with ikhtiar
 *     "code:TOR-KP"           the instrument of that code, as every list that names it means it
 *     "here"                  the site of this register
 *     "sheet": "current"      the information sheet that is shown for `sheet_area`
 *     "form": "current"       the text of the form that is marked, in `form_language`
 *     "departs": "+47h"       so long from now
 */
#define NAMES_MAX 10000000
/* In bytes, behind the @. */
#define NAME_SIZE_MAX 60

struct name_book;

/* `d` must outlive it; its faults are in d->fault. */
MUST_USE enum err name_book_new(struct name_book **out, struct desk *d);
void name_book_free(struct name_book *b);
/* The resolver for fact_from_json(); holds the readers' lock only while it asks. */
struct name_source name_book_source(struct name_book *b);
/* From now on "@name" stands for `id`: what a repeat had recorded the first time. */
MUST_USE enum err name_book_bind(struct name_book *b, struct text name, const struct id *id);
/* A new line of proposals begins, in which no name was used yet. */
void name_book_begin_line(struct name_book *b);
/* The names used in this line, in the order of their first use: 0 <= at < count. */
size_t name_book_used_count(const struct name_book *b);
struct text name_book_used(const struct name_book *b, size_t at, struct id *id);
/* Id of "@name", a case number or hex.  Whether there is such a subject is known only
 * of case numbers. */
MUST_USE enum err name_book_find(struct name_book *b, enum subject_sort sort, struct text name,
				 struct id *out);
/* The id under which what comes with ikhtiar is recorded: that of its code. */
struct id reference_id(struct text code);
/* Replace "current" and times from now in one proposal. */
MUST_USE enum err name_book_expand(struct name_book *b, json_t *proposal);

struct desk_proposal {
	json_t *facts; /* an object, or an array of objects */
	const struct reg_known *known;
	size_t known_count;
};
struct desk_answer {
	struct submission_answer submission;
	const struct text *receipts; /* where recorded: one a fact; empty: none is given */
};
/*
 * Record what is proposed for who asks.  A refusal and being overtaken are answers;
 * everything else that is not recorded is a fault in d->fault.  What is in `out` lives in
 * d->arena.
 */
MUST_USE enum err desk_propose(struct desk *d, struct name_book *names,
			       const struct desk_proposal *proposal, struct desk_answer *out);

/* The member "reserved" of an answer, where case numbers were. */
void desk_reserved(const struct submission_answer *s, struct json_writer *w);

/* --- what others published ------------------------------------------------------------- */

struct csv;
struct figure_refusal;

/* A list as figures_read() takes it, and tells what it refuses (figures/figures.h). */
struct desk_figures_list {
	struct csv *csv;
	bool dry_run;	 /* only look */
	bool keep_going; /* a row that is refused keeps the others from nothing */
	void *self;
	void (*told)(void *self, const struct figure_refusal *r); /* of each that is */
};
struct desk_figures_taken {
	size_t rows, refused;
	size_t known; /* on record already, or twice in the list */
	size_t fit;   /* of a look: what would be recorded */
	size_t recorded;
};
/*
 * Record the figures of a list for who asks, some hundred at a time.  Where a row is
 * refused nothing is recorded, unless it is to go on; either is OK.
 */
MUST_USE enum err desk_take_figures(struct desk *d, const struct desk_figures_list *list,
				    struct desk_figures_taken *out);

/* --- the views: each writes one object of the shape of its name ----------------------- */

/*
 * Who is looked for, by whatever is known of her: names in any script, her father's, a
 * year or an age, a district, somebody of her household, a number.  Nobody is shown for
 * less than two of these, or one whole number.  The question is recorded (reg_searched()).
 * ERR_LIMIT: too many within an hour.
 */
struct desk_search {
	struct text words;
	struct text expected; /* case number of whom the officer expected; empty: of nobody */
	int64_t purpose;      /* OPENING; 0: not said */
	bool bits;	      /* give what each reason weighs, too */
};
MUST_USE enum err desk_find(struct desk *d, const struct desk_search *q, struct json_writer *w);
/* A person who is about to be registered, with her household. */
#define DRAFTS_MAX 64
struct desk_draft {
	struct text name;   /* given, father's, grandfather's, family's, in one script */
	struct text number; /* of a paper */
	struct text origin; /* P-code */
	int year;	    /* of birth; 0: not said */
	bool about;	    /* an age */
	uint8_t sex;	    /* SEX; 0: not said */
};
/* Who of them may be registered already; where anybody is shown, it is recorded as a
 * search.  `count` is DRAFTS_MAX at most. */
MUST_USE enum err desk_doubles(struct desk *d, const struct desk_draft *drafts, size_t count,
			       struct json_writer *w);
/*
 * Pairs of records that may be one person, by their numbers alone: what most speaks for
 * first, of these the oldest.  Each call looks on for `people` more of the register and
 * tells `progress` (may be NULL) how far it is.
 */
MUST_USE enum err desk_pairs(struct desk *d, uint32_t people, const struct reg_progress *progress,
			     struct json_writer *w);
/* Look on for nobody in particular, d->session or none, so that the list is there when
 * somebody asks.  ERR_LOCKED. */
MUST_USE enum err desk_pairs_look(struct desk *d, uint32_t people, struct reg_looked *out);
/* Two records side by side, whose files were opened, with what speaks for and against their
 * being one person.  ERR_NOT_FOUND: one is not there, or both are one. */
MUST_USE enum err desk_pair(struct desk *d, const struct id *one, const struct id *other,
			    struct json_writer *w);
MUST_USE enum err desk_household(struct desk *d, const struct id *household, struct json_writer *w);
MUST_USE enum err desk_person(struct desk *d, const struct id *person, struct json_writer *w);
MUST_USE enum err desk_history(struct desk *d, const struct id *subject, struct json_writer *w);
/* Her receipts again, of what this account could have recorded itself. */
MUST_USE enum err desk_receipts(struct desk *d, const struct id *person, struct json_writer *w);
/* `aim`: departure, seat, grant, boarding, choice or surrender; empty: departure. */
MUST_USE enum err desk_ready(struct desk *d, const struct id *person, struct text aim,
			     struct json_writer *w);
MUST_USE enum err desk_today(struct desk *d, uint64_t sessions, struct json_writer *w);
/* What is called in the yard for a person who comes today.  ERR_NOT_FOUND: none. */
MUST_USE enum err desk_token(struct desk *d, const struct id *person, struct text *out);
MUST_USE enum err desk_calendar(struct desk *d, struct json_writer *w);
MUST_USE enum err desk_cases(struct desk *d, struct json_writer *w);
MUST_USE enum err desk_movements(struct desk *d, bool past, struct json_writer *w);
MUST_USE enum err desk_manifest(struct desk *d, const struct id *movement, struct json_writer *w);
/* What was scanned or typed; `movement` NULL: none stands at the crossing. */
MUST_USE enum err desk_scan(struct desk *d, struct text scanned, const struct id *movement,
			    struct json_writer *w);
MUST_USE enum err desk_node(struct desk *d, uint64_t sessions, struct json_writer *w);
MUST_USE enum err desk_accounts(struct desk *d, struct json_writer *w);
MUST_USE enum err desk_rules(struct desk *d, struct json_writer *w);
MUST_USE enum err desk_kinds(struct desk *d, struct json_writer *w);
/* `country` empty: of all. */
MUST_USE enum err desk_areas(struct desk *d, struct text query, struct text country,
			     struct json_writer *w);
MUST_USE enum err desk_places(struct desk *d, struct json_writer *w);
MUST_USE enum err desk_tariffs(struct desk *d, struct json_writer *w);
MUST_USE enum err desk_advisories(struct desk *d, struct json_writer *w);
MUST_USE enum err desk_sheet(struct desk *d, struct text area, struct json_writer *w);
MUST_USE enum err desk_form(struct desk *d, struct json_writer *w);
MUST_USE enum err desk_verify(struct desk *d, struct json_writer *w);
/*
 * What others published of an area (a code; empty: of all) as of `on` (a day; empty: until
 * now) or earlier, and what contradicts it.  For anybody, also while locked.
 */
MUST_USE enum err desk_figures(struct desk *d, struct text area, struct text on,
			       struct json_writer *w);

/* --- directives and agreements -------------------------------------------------------- */

/* As somebody typed it; empty: today, and all that is known. */
struct desk_applies {
	struct text group, area, on, known_on;
};
/* Public: also while the register is locked.  ERR_INPUT: no such group, area or day. */
MUST_USE enum err desk_applies(struct desk *d, const struct desk_applies *q, struct json_writer *w);
/* The same over all years: from which day to which each of them has been in force, and what
 * contradicted it then.  `on` is not looked at. */
MUST_USE enum err desk_times(struct desk *d, const struct desk_applies *q, struct json_writer *w);
/* Each member of a household, side by side; the same for one person. */
MUST_USE enum err desk_household_applies(struct desk *d, const struct id *household,
					 struct json_writer *w);

/* Public, too: what is negotiated, who waits for whom; and one of them with its texts,
 * meetings and, where two versions are named (0: none), what changed between them.
 * ERR_NOT_FOUND: no such negotiation, or no such version. */
MUST_USE enum err desk_negotiations(struct desk *d, struct json_writer *w);
struct desk_versions {
	unsigned before, after;
};
MUST_USE enum err desk_negotiation(struct desk *d, struct text code, struct desk_versions compared,
				   struct json_writer *w);

/* Of a list that others keep: directive_list_read() with the areas and instruments that are
 * known here. */
MUST_USE enum err desk_read_directives(struct desk *d, const char *name, struct bytes list,
				       void (*rejected)(void *self,
							const struct directive_reject *reject),
				       void *self, const struct directive_row **out, size_t *count);
/* A row as the fact that records it; its subject is that of its code. */
void desk_write_directive(struct json_writer *w, const struct directive_row *row);

struct desk_directives_list {
	const char *name; /* of the list, for faults */
	struct bytes list;
	bool dry_run;	 /* only look */
	bool keep_going; /* a row that is refused keeps the others from nothing */
	void *self;
	void (*rejected)(void *self, const struct directive_reject *reject);
};
struct desk_directives_taken {
	size_t rows, refused;
	size_t known; /* recorded before as they are */
	size_t fit;   /* of a look: what would be recorded */
	size_t recorded;
};
/*
 * Record the rows of a list for who asks, each by itself under a key made of what it says.
 * Where a row is refused nothing is recorded, unless it is to go on; either is OK.
 */
MUST_USE enum err desk_take_directives(struct desk *d, const struct desk_directives_list *list,
				       struct desk_directives_taken *out);

/*
 * The members of a Session that the register knows, into an object that is open: site,
 * demo, locked, now, moment; where d->session is somebody's also account, and unless it
 * is locked name, roles and deeds.
 */
void desk_session(struct desk *d, struct json_writer *w);
/* The fact that "departure", "seat", … asks the rules about; KIND_UNKNOWN: none of them. */
enum kind desk_aim(struct text word);
/* The array of Refusal: the rules that are not met. */
void desk_refusals(struct desk *d, const struct verdict verdicts[RULES_COUNT + 1],
		   struct json_writer *w);
/*
 * Whose files are meant by `subject` (an id, a case number, a paper's number): her
 * household, and herself where a person was named (else none).
 */
MUST_USE enum err desk_whose(struct desk *d, struct text subject, struct id *household,
			     struct id *person);

/* --- bulletins: bulletin.c --------------------------------------------------------------- */

/* Of what went out.  Where `bulletin` is looked at, this has not moved. */
struct desk_bulletin {
	struct reg_release week, four;
	struct bulletin bulletin; /* without a contact */
};
/*
 * Gather the bulletin of a week, or of the newest that went out (`week` NULL), into `d`'s
 * arena; nobody has to be logged in.  ERR_NOT_FOUND: it has not gone out.
 */
MUST_USE enum err desk_bulletin(struct desk *d, const struct period *week,
				struct desk_bulletin *out);
/* The newest weeks that went out, the newest first, `room` at most; 0 of them is OK. */
MUST_USE enum err desk_weeks(struct desk *d, struct reg_release *out, size_t room, size_t *count);
