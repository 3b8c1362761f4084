/*
 * inside: the state itself, for the files of this room.
 *
 *   trail     which facts are known        subjects   everything with an id
 *   columns   rows of persons              rows       rows of everything else
 *   numbers   papers and cases              keys       idempotency
 *   fold      what a fact changes          refold     late and concurrent facts
 *   counted   the facts that figures count
 *
 * After ERR_MEMORY a state may be half changed, and is to be thrown away.
 */
#pragma once

#include "state/columns.h"
#include "state/fold.h"
#include "state/subjects.h"

struct household_row {
	uint32_t subject;
	uint32_t texts;		      /* case number, address, phone, source key */
	uint32_t residence, language; /* symbols */
	uint32_t head;		      /* subject */
	uint32_t registered_at;
	int16_t arrival_year;
	uint8_t phone_owner;
	bool registered, erased, phone_safe;
};

/* The few: their texts point into the block of the heap beside them. */
#define FEW_ROW(sort)                                                                              \
	struct sort##_row {                                                                        \
		struct sort row;                                                                   \
		uint32_t texts;                                                                    \
	}
FEW_ROW(movement);
FEW_ROW(account);
FEW_ROW(tariff);
FEW_ROW(advisory);
FEW_ROW(days);
struct instrument_row {
	struct instrument row;
	uint32_t texts;
	void *lists; /* the arrays of the row, one behind the other */
};
struct site_kept {
	struct site_row row;
	uint32_t texts;
};

/* Numbers to subjects: see numbers.c. */
struct numbers {
	struct posts {
		uint64_t *at;
		size_t count, room;
	} tail, runs[40];
	size_t run_count;
};

struct key_row {
	struct id key;
	uint32_t fact;
	uint32_t recorded;
};
struct keys {
	struct chunks rows; /* from 1 */
	struct table of_key;
	uint32_t kept; /* rows after the last clearing */
};

/* A fact that figures count: see counted.c. */
struct counted_row {
	uint32_t fact, subject, recorded;
	uint32_t place; /* symbol */
	uint32_t about; /* fact; 0: about none */
	uint8_t kind, sort;
	uint16_t reasons;
};
struct counted_list {
	struct chunks rows;	 /* from 1 */
	struct table incidents;	 /* by their facts */
	struct table answers;	 /* visits and endings, by the incident that they are about */
	struct table annulments; /* by the fact that they annul */
};

/* A head that is not known, and whose fact waits for it. */
struct missing_row {
	struct fact_ref ref;
	uint32_t subject; /* 0: it came */
};

#define MARKS_AT_HAND 64

struct state {
	struct heap heap;
	struct trail trail;
	struct subjects subjects;
	struct symbols symbols;
	struct chunks persons; /* struct person_block */
	uint32_t person_count;
	struct chunks households, movements, accounts, tariffs, advisories, days, instruments,
		terms, sites;
	struct numbers numbers;
	struct keys keys;
	struct counted_list counted;
	struct chunks missing; /* struct missing_row, from 1 */
	struct table of_missing;
	uint32_t missing_left;
	struct chunks dirty; /* uint32_t: subjects to fold again */
	uint64_t unknown, unreadable, waiting;
	struct arena *scratch; /* of one fact, or of one subject folded again */
	struct arena *reading; /* of one fact of a long history */
	struct mark marks[MARKS_AT_HAND];
};

enum err no_memory(struct fault *f);

/* --- rows: between a subject's stored row and a folding ----------------------- */

/* The row of a subject, where it has one; of a person without her names: most facts
 * leave them alone, and they lie elsewhere in memory. */
void row_load(const struct state *s, const struct subject *subject, struct folding *to);
void row_load_names(const struct state *s, const struct subject *subject, struct folding *to);
/* Made where there is none.  `was` is what row_load() gave; false: no memory. */
MUST_USE bool row_store(struct state *s, uint32_t subject, struct folding *to,
			const struct folding *was);
/* One more fact in the columns of the record itself. */
void count_fact(struct person *p, const struct fact *f);
/* The same in a stored row, and nothing else: of kinds that are FOLD_RECORD_ONLY. */
MUST_USE bool row_count(struct state *s, uint32_t subject, const struct fact *f);
/* A subject turns out to be of another sort: its row is emptied. */
MUST_USE bool row_vacate(struct state *s, uint32_t subject);

static inline struct person_block *person_block(const struct state *s, uint32_t row)
{
	return chunks_at(&s->persons, row >> PERSON_SHIFT);
}
static inline uint32_t person_place(uint32_t row)
{
	return row & (PERSON_ROWS - 1);
}
void person_load(const struct state *s, uint32_t row, struct person *out);
/* Persons and households that are not erased. */
void count_rows(const struct state *s, struct state_counts *counts);
MUST_USE bool person_store(struct state *s, uint32_t row, const struct person *new,
			   const struct person *old);
MUST_USE bool person_new(struct state *s, uint32_t subject, uint32_t *row);
void household_load(const struct state *s, uint32_t row, struct household *out);
/* Keep the texts of a folding alive beyond the fact they came with. */
MUST_USE bool folding_pin(struct state *s, struct folding *to, struct arena *a);

/* --- marks -------------------------------------------------------------------- */

void marks_load(const struct state *s, uint32_t block, struct standing *to);
MUST_USE bool marks_store(struct state *s, uint32_t *block, const struct standing *from);
/* The next mark of this sort at rest; *at is 0 at first.  false: there is none. */
MUST_USE bool marks_next(const struct state *s, uint32_t block, enum mark_sort sort, uint32_t *at,
			 struct mark *out);

/* --- pairs -------------------------------------------------------------------- */

/* Those of whom one of these marks says "the same", each once: as state_same_as(). */
size_t same_as_in(const struct standing *standing, struct id *out, size_t max);

/* --- members of a household --------------------------------------------------- */

void members_leave(struct state *s, uint32_t household, uint32_t row);
void members_join(struct state *s, uint32_t household, uint32_t row);

/* --- folding again ------------------------------------------------------------ */

MUST_USE bool make_dirty(struct state *s, uint32_t subject);
/* The subject's folding from its first fact on. */
MUST_USE enum err refold(struct state *s, uint32_t subject, const struct fact_reader *reader,
			 struct fault *f);
MUST_USE bool missing_add(struct state *s, const struct fact_ref *ref, uint32_t subject);
/* The fact came: those who waited for it are folded again. */
MUST_USE bool missing_came(struct state *s, const struct fact_ref *ref);

/* --- numbers and keys --------------------------------------------------------- */

void numbers_free(struct numbers *n); /* wipes; all zeroes is an empty one */
uint64_t numbers_bytes(const struct numbers *n);
MUST_USE bool numbers_note_person(struct state *s, uint32_t subject, const struct person_names *new,
				  const struct person_names *old);
MUST_USE bool numbers_note_household(struct state *s, uint32_t subject, const struct household *new,
				     const struct household *old);
MUST_USE bool numbers_settle(struct numbers *n);

void keys_init(struct keys *k);
void keys_free(struct keys *k);
MUST_USE bool keys_note(struct state *s, const struct id *key, uint32_t fact, int64_t recorded);

/* --- what is counted ---------------------------------------------------------- */

void counted_init(struct counted_list *c);
void counted_free(struct counted_list *c);
uint64_t counted_bytes(const struct counted_list *c);
/* A fact has come in; where its kind is counted it gets a line. */
MUST_USE bool counted_note(struct state *s, uint32_t subject, uint32_t fact, const struct fact *f);
