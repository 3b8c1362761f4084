/*
 * state: what is so: the fold of all facts, held in memory as columns.
 *
 * A subject's row depends on its own facts only, in the order
 *
 *     among the facts whose heads are all placed, always the least by
 *     (site, epoch, seq)
 *
 * which does not depend on arrival.  A fact whose heads are not all known yet
 * waits, and is folded when they come (a head that names a fact of another
 * subject, or is known never to come, counts as placed only by being present).
 * What must be safe does not depend on that order at all: it *stands* until a fact
 * that has it in its causal past lifts it (see person.def).  A withdrawal, a hold and
 * an erasure count also while they wait.
 *
 * What spans subjects (a family, a movement's manifest) is looked up when asked.
 * The state is always legal to throw away; one writer at a time, and register/
 * keeps readers out while it writes.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "fact/fact.h"

#define DAY_NONE INT32_MIN

enum person_status {
	STATUS_NONE = 0,   /* nothing known but the id          */
	STATUS_REGISTERED, /* no choice yet                     */
	STATUS_STAY,
	STATUS_UNDECIDED,
	STATUS_RETURN,     /* chose to return                   */
	STATUS_WITHDRAWN,
	STATUS_SEATED,     /* return, and a seat in force       */
	STATUS_DEPARTED,
	STATUS_CROSSED,
	STATUS_ARRIVED,
	STATUS_DIED,
	STATUS_ERASED,
	STATUS_COUNT
};
const char *status_word(enum person_status s); /* "withdrawn": for JSON, catalogue key status.<word> */

/* One row each; the types of person.def as they stand in a row. */
#define ROW_FLAG bool
#define ROW_COUNT8 uint8_t
#define ROW_COUNT16 uint16_t
#define ROW_MASK16 uint16_t
#define ROW_MASK32 uint32_t
#define ROW_CODE uint8_t
#define ROW_DAY int32_t
#define ROW_TIME int64_t
#define ROW_ID struct id
#define ROW_SYMBOL struct text

struct person {
	struct id id;
#define COLUMN(type, name) ROW_##type name;
#include "state/person.def"
};

/* Names and papers of a person: what only the identity key opens. */
struct person_names {
	struct text given, given_latin, family, family_latin;
	struct text father, father_latin, grandfather, grandfather_latin;
	struct text source_key;
	size_t document_count;
	struct document {
		uint8_t kind; /* DOCUMENT_KIND */
		struct text number, digits;
		int32_t valid_to; /* DAY_NONE: not given */
	} documents[8];
};

struct household {
	struct id id;
	bool registered, erased;
	struct text case_number; /* identity */
	struct text address, phone; /* identity */
	uint8_t phone_owner;
	bool phone_safe;
	struct text source_key; /* identity */
	struct text residence;
	struct text language;
	int32_t arrival_year; /* 0: unknown */
	struct id head;
	int64_t registered_at;
};

struct movement {
	struct id id;
	bool planned, cancelled;
	int64_t departs;
	struct text from, crossing, transporter;
	uint16_t seats;
	struct id planner;
};

struct account {
	struct id id;
	struct text name;
	uint16_t roles; /* bit n: ROLE code n */
	uint8_t sex;
	bool open;
	int64_t opened_at;
};

struct tariff {
	struct id id;
	struct text provider, currency, source, rule;
	uint8_t group, per, part;
	int64_t amount;
	int32_t valid_from, valid_to; /* DAY_NONE: open */
};

struct advisory {
	struct id id;
	uint8_t sort; /* ADVISORY */
	bool in_force;
	struct text area, crossing, source;
	int64_t since;
};

/* How many people a site receives on each of some days. */
struct days {
	struct id id;
	struct id site; /* whose they are */
	uint8_t weekday; /* WEEKDAY; 0: on each */
	int32_t first_day, last_day; /* DAY_NONE: open */
	uint16_t people_max;
	bool ended;
	struct text reason;
};

struct instrument {
	struct id id;
	struct text code, authority, title, number, groups, effect, detail, source, note;
	struct text verified_by;
	uint8_t level, confidence;
	int32_t date, valid_from, valid_to, known, end_known; /* DAY_NONE: not said */
	struct id under;
	size_t area_count, party_count, supersedes_count, step_count;
	const struct text *areas, *parties;
	const struct id *supersedes;
	const struct instrument_step *steps; /* in the order of the fold */
};

struct instrument_step {
	uint8_t step; /* STEP */
	int32_t on;   /* DAY_NONE: not said */
	int64_t recorded;
	uint16_t version; /* of its text; 0: not said */
	bool names_text;  /* that version, by its hash: */
	struct hash text_hash;
	struct id by;
	struct text party, note, source;
};

/* The times that the rules count; the newest terms.set, else the design's defaults. */
struct terms {
	int64_t cooling_s;   /* 24 h  */
	int64_t lapse_s;     /* 90 d  */
	int64_t reconfirm_s; /* 12 h  */
};

struct state;

MUST_USE enum err state_new(struct state **out);
void state_free(struct state *s); /* wipes */

/*
 * Take in one fact, in any order.  `at` is where the log keeps it: the state gives
 * it back through `reader` when a subject must be folded again.  A doubled fact is
 * a no-op.  Facts that cannot be opened any more (erased) are given by
 * state_unreadable() so that their seqs and subjects are still known.
 */
MUST_USE enum err state_take(struct state *s, const struct fact *f, struct fault *fault);
MUST_USE enum err state_unreadable(struct state *s, const struct fact_ref *ref,
				   const struct id *subject, struct fault *fault);
/* Whether anything that the identity key seals is folded of this kind; of the others a
 * fact may be given without (fact_open_wanted), and the state is the same. */
bool state_folds_identity(enum kind k);

/* Whether a fact of this kind can be annulled: not a withdrawal, a hold, an erasure, a
 * payment. */
bool state_may_annul(enum kind k);

/*
 * How the state asks for a subject's facts again.  Gives fact `ref` into `a`;
 * ERR_NOT_FOUND: unreadable now (erased).
 */
struct fact_reader {
	void *self;
	MUST_USE enum err (*read)(void *self, const struct fact_ref *ref, const struct id *subject,
				  struct arena *a, struct fact *out, struct fault *f);
};
/*
 * Fold again whatever the taken facts made uncertain (late and concurrent ones,
 * annulments).  Call after a batch, before anyone reads.
 */
MUST_USE enum err state_settle(struct state *s, const struct fact_reader *reader, struct fault *f);

/* The facts about `subject` that no other has among its heads, those that wait left
 * out: what a new fact that knows everything folded names as its heads.  Sorted. */
size_t state_heads(const struct state *s, const struct id *subject,
		   struct fact_ref out[HEADS_MAX]);
/* All facts about `subject`, in the order of the fold, those that wait last; into `a`. */
MUST_USE enum err state_facts_of(const struct state *s, const struct id *subject, struct arena *a,
				 const struct fact_ref **out, size_t *count, struct fault *f);

/* --- reads: false where there is no such subject ------------------------------ */
enum subject_sort state_sort_of(const struct state *s, const struct id *id);
MUST_USE bool state_person(const struct state *s, const struct id *id, struct person *out);
MUST_USE bool state_names(const struct state *s, const struct id *id, struct person_names *out);
MUST_USE bool state_household(const struct state *s, const struct id *id, struct household *out);
MUST_USE bool state_movement(const struct state *s, const struct id *id, struct movement *out);
MUST_USE bool state_account(const struct state *s, const struct id *id, struct account *out);
MUST_USE bool state_account_named(const struct state *s, struct text name, struct account *out);
MUST_USE bool state_tariff(const struct state *s, const struct id *id, struct tariff *out);
struct terms state_terms(const struct state *s);

/* Walks: `visit` gives false to stop. */
#define STATE_WALK(thing)                                                                          \
	void state_each_##thing(const struct state *s,                                             \
				bool (*visit)(void *self, const struct thing *row), void *self)
STATE_WALK(person);
STATE_WALK(household);
STATE_WALK(movement);
STATE_WALK(account);
STATE_WALK(tariff);
STATE_WALK(advisory);
STATE_WALK(instrument);
STATE_WALK(days);

/*
 * Of the persons only those for whom something waits (person.def: waits_since), and those
 * registered, counselled or expected at `since` or later: the day's few, found without
 * loading everybody.
 */
void state_each_awaited(const struct state *s, int64_t since,
			bool (*visit)(void *self, const struct person *row), void *self);

/* A fact that figures count. */
struct counted {
	struct fact_ref ref;
	struct id subject;
	enum kind kind;
	uint8_t sort; /* of pressure, an incident, its ending, a return; channel of a withdrawal */
	uint16_t reasons;  /* of a crossing: 1 << each RETURN_REASON_… that she gave */
	int64_t recorded;  /* seconds */
	struct text place; /* crossing, or area of the incident; empty: not said */
	/* incident.visited, incident.closed: the incident, and when it was recorded; 0: it is
	 * not known */
	uint8_t about_sort;
	int64_t about_recorded;
};
/*
 * Those recorded from `from` on and before `to`, in the order in which they came: what is
 * said of pressure, withdrawals, incidents, the first visit after each of them and the first
 * word of each ending, and crossings (who turned back is none).  Annulled ones and those
 * about the erased are left out.
 */
void state_each_counted(const struct state *s, int64_t from, int64_t to,
			bool (*visit)(void *self, const struct counted *c), void *self);
/* When the first of them was recorded, whatever became of it; INT64_MAX: there is none. */
int64_t state_counted_since(const struct state *s);
/*
 * Those that an annulment recorded from `from` on and before `to` took back and that still
 * are: each with the annulment of which that was said first.
 */
struct annulled {
	struct counted fact;
	struct fact_ref by;
	int64_t recorded; /* the annulment, in seconds */
};
void state_each_annulled(const struct state *s, int64_t from, int64_t to,
			 bool (*visit)(void *self, const struct annulled *a), void *self);

/* Appointments by day: counts[i] gets those within 24 hours from `begins` and i days. */
void state_expected(const struct state *s, int64_t begins, uint32_t *counts, size_t days);

/* What was decided of a pair of records. */
enum decided {
	DECIDED_NOTHING = 0,
	DECIDED_SAME,	   /* they are one person            */
	DECIDED_DIFFERENT, /* they are two                   */
	DECIDED_LATER,	   /* left open: to be asked again   */
};
/*
 * One record's word about another.  Where words stand that did not know of each other,
 * the newest `recorded` is told, and `said` is DECIDED_SAME where one of them is: so
 * nobody is paid twice until somebody decides anew.
 */
struct decision {
	struct id other, officer;
	enum decided said;
	bool differ;	  /* they do not say the same */
	int64_t recorded;
	uint16_t known; /* `fact_count` of this record then */
};
/* What this record says of that one; false: nothing. */
MUST_USE bool state_decision(const struct state *s, const struct id *person,
			     const struct id *other, struct decision *out);
/* All that it says of others, oldest first: into `out`, at most `max`; gives how many. */
size_t state_decisions(const struct state *s, const struct id *person, struct decision *out,
		       size_t max);
/* Of which records it says that they are the same person: as state_decisions(). */
size_t state_same_as(const struct state *s, const struct id *person, struct id *out, size_t max);

/* Members of a household, in the order in which they came: ids into `out`, at most
 * `max`; gives how many there are. */
size_t state_members(const struct state *s, const struct id *household, struct id *out, size_t max);
/* Those with a seat in force on a movement (by a walk over one column). */
size_t state_seated(const struct state *s, const struct id *movement, struct id *out, size_t max);

/*
 * Who has this number: of a paper, of a case, of a list (source key), however it is typed.
 * At most FIND_MAX ids of persons or households; never how many more.
 */
#define FIND_MAX 10
size_t state_of_number(const struct state *s, struct text number, struct id out[FIND_MAX]);
MUST_USE bool state_household_of_case(const struct state *s, struct text case_number,
				      struct id *out);
MUST_USE bool state_of_source_key(const struct state *s, struct text source_key, struct id *out);

/* Idempotency: true and the first answer's place where `key` was recorded already. */
MUST_USE bool state_key(const struct state *s, const struct id *key, struct fact_ref *first);

/* For the site and the clock. */
struct site_state {
	struct id id;
	struct text name, code, zone;
	bool demo;
	bool revoked; /* no longer believed */
	int64_t last_recorded; /* newest `recorded` of this site's facts */
};
MUST_USE bool state_site(const struct state *s, const struct id *site, struct site_state *out);

/* Counts for status and verify; and the hash of every row in a fixed order, so that
 * two folds in different orders can be compared; what was erased is left out. */
struct state_counts {
	uint64_t persons, households, movements, accounts, facts, unknown, unreadable, waiting;
	uint64_t bytes; /* of memory */
};
struct state_counts state_counts(const struct state *s);
enum err state_digest(const struct state *s, struct hash *out); /* ERR_MEMORY: `out` is zeros */

/* --- what would be so --------------------------------------------------------- */

/*
 * The state with some proposed facts on top, for checking an atomic array before any
 * of it is recorded: each fact of the array is judged against those before it.  The
 * rows that the proposals touch are copies in `a`; the state itself does not change.
 * A proposal counts as knowing everything known about its subject.  With a preview
 * of no facts the reads below give what the state gives.
 */
struct preview;
MUST_USE enum err preview_new(struct preview **out, struct arena *a, const struct state *s);
MUST_USE enum err preview_take(struct preview *p, const struct fact *proposed, struct fault *f);
enum subject_sort preview_sort_of(const struct preview *p, const struct id *id);
MUST_USE bool preview_person(const struct preview *p, const struct id *id, struct person *out);
MUST_USE bool preview_household(const struct preview *p, const struct id *id, struct household *out);
MUST_USE bool preview_movement(const struct preview *p, const struct id *id, struct movement *out);
MUST_USE bool preview_account(const struct preview *p, const struct id *id, struct account *out);
MUST_USE bool preview_tariff(const struct preview *p, const struct id *id, struct tariff *out);
size_t preview_same_as(const struct preview *p, const struct id *person, struct id *out, size_t max);
size_t preview_members(const struct preview *p, const struct id *household, struct id *out, size_t max);
size_t preview_seated(const struct preview *p, const struct id *movement, struct id *out, size_t max);
