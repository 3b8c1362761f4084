/*
 * standing: what is in force for a person until a fact that knows of it ends it.
 *
 * A *mark* is such a thing: a withdrawal, a hold, a reason for review, an open
 * incident, a choice, a seat.  There are two ways to end one, and which one applies is
 * what makes a register safe:
 *
 *   lift   a fact ends the marks that lie in its causal past, and no others.  What
 *          protects a person ends this way: a choice that had not heard of a
 *          withdrawal leaves it standing.
 *   kill   a fact ends all marks that did not know of it, also concurrent ones, in
 *          whichever order the two are folded.  What the operation does to a person
 *          ends this way: a withdrawal takes the seat that was given meanwhile.
 *
 *   mark         lifted by                        killed by
 *   WITHDRAWAL   choice, newer withdrawal         -
 *   HOLD         hold.lifted                      -
 *   CAUSE        review, newer cause              -
 *   INCIDENT     incident.closed                  -
 *   REVIEW       newer review                     -
 *   ASSESSMENT   newer one of its sort            -
 *   CHOICE       newer choice                     -
 *   RECONFIRMED  newer one                        withdrawal, choice, turning back
 *   SEAT         newer seat                       withdrawal, choice not to return,
 *                                                 release, turning back
 *   DEPARTURE    newer departure                  turning back; hidden by withdrawal
 *                                                 and by a choice not to return
 *   CROSSING     newer crossing                   turning back
 *   ARRIVAL      newer arrival                    turning back
 *   SURRENDERED  the same card again               withdrawal, choice not to return,
 *                                                 turning back
 *   APPROVAL     newer of its part, payment       -
 *   PAYMENT      grant.reversed                   -
 *   COMPLAINT    complaint.answered               -
 *   APART        person.moved, in the order of the fold
 *   DECIDED      newer decision of the same pair  -
 *
 * A newer withdrawal may take the place of an older one that it knows, because
 * whoever knows the newer knows both.
 *
 * Where the fact being folded knows everything before it, which is the rule, `past`
 * is NULL and nothing has to be remembered but the marks.  In a fold of concurrent
 * facts the *endings* are remembered too, for what comes later and did not know them.
 */
#pragma once

#include "base/arena.h"
#include "fact/fact.h"
#include "state/order.h"

enum mark_sort {
	MARK_WITHDRAWAL,
	MARK_HOLD,
	MARK_CAUSE,
	MARK_INCIDENT,    /* code: INCIDENT                                           */
	MARK_REVIEW,      /* code: FINDING                                            */
	MARK_ASSESSMENT,  /* code: ASSESSMENT, second: RESULT, number: PARENT_BASIS   */
	MARK_CHOICE,      /* code: ANSWER, second: COMPANY, other: who marked it, number: cooling_from */
	MARK_RECONFIRMED, /* second: COMPANY                                          */
	MARK_SEAT,        /* other: movement, number: seat                            */
	MARK_DEPARTURE,   /* other: movement                                          */
	MARK_CROSSING,    /* code: RETURN_KIND, symbol: crossing                      */
	MARK_ARRIVAL,     /* symbol: area                                             */
	MARK_SURRENDERED, /* code: DOCUMENT_KIND                                      */
	MARK_APPROVAL,    /* code: part                                               */
	MARK_PAYMENT,     /* code: part                                               */
	MARK_COMPLAINT,
	MARK_APART,
	MARK_DECIDED,     /* code: enum decided, other: of which record, number: fact_count then */
	MARK_IN_FORCE,    /* of an advisory                                           */
	MARK_CANCELLED,   /* of a movement                                            */
	MARK_CLOSED,      /* of an account                                            */
	MARK_SORTS,
};

#define MARKS(sort) (1u << MARK_##sort)

enum mark_flag {
	FLAG_COUNSELLED = 1,  /* CHOICE: a counselling lies in its past           */
	FLAG_APART = 2,       /* CHOICE: knowing that others of her family differ */
	FLAG_TRANSPORTER = 4, /* RECONFIRMED: asked by the transporter            */
	FLAG_REFERRED = 8,    /* INCIDENT: to legal aid                           */
	FLAG_HIDDEN = 16,     /* DEPARTURE: ended by her word, not by turning back */
	FLAG_ESCORT = 32,     /* ASSESSMENT: an escort is named                   */
};

struct mark {
	uint8_t sort, code, second, flags;
	uint32_t position; /* in this fold; 0 for what was loaded */
	uint32_t stored;   /* 1 + its place among the stored ones, 0: new */
	struct fact_ref ref;
	int64_t recorded;
	int64_t number;
	struct id officer; /* who recorded it */
	struct id other;
	struct text symbol;
};

/* What may have happened unknown to a later fact of the order. */
enum ending {
	ENDING_WITHDRAWN = 1,
	ENDING_CHOICE = 2,
	ENDING_NOT_RETURN = 4, /* a choice to stay, or undecided */
	ENDING_RELEASED = 8,
	ENDING_TURNED_BACK = 16,
	ENDING_COUNSELLED = 32, /* ends nothing; a choice asks whether it knew one */
};

struct standing {
	struct mark *marks; /* in the order of the fold */
	uint32_t count, room;
	struct arena *arena; /* of what is not loaded */
	bool failed;         /* no memory; what follows is worth nothing */
	struct mark spare;   /* what is written to then */

	const struct past *past; /* of the fact being folded; NULL: everything */
	uint32_t now;            /* its position */
	struct {
		uint32_t position, endings;
	} *endings;
	uint32_t ending_count, ending_room;
};

/* When a fact says that it was recorded, within what a row can hold: 1970 to 2106. */
int64_t fact_time(const struct fact *f);
int64_t time_held(int64_t seconds);

/* A new mark of fact `f`; never NULL, also without memory. */
struct mark *standing_add(struct standing *s, enum mark_sort sort, const struct fact *f);
/* End the marks of these sorts that the fact knows, of `code` only where it is not 0. */
void standing_lift(struct standing *s, uint32_t sorts, uint8_t code);
/* End the one that fact `ref` made, where the fact knows it. */
void standing_lift_one(struct standing *s, enum mark_sort sort, const struct fact_ref *ref);
/* End those about `other` that the fact knows. */
void standing_lift_about(struct standing *s, enum mark_sort sort, const struct id *other);
/* End all marks of these sorts; hide departures where asked. */
void standing_kill(struct standing *s, uint32_t sorts);
void standing_hide_departures(struct standing *s);
/* The mark that fact `ref` made and the fact knows; NULL: none. */
struct mark *standing_named(struct standing *s, enum mark_sort sort, const struct fact_ref *ref);
/* Whether the fact knows such a mark. */
bool standing_knows(const struct standing *s, const struct mark *m);
bool standing_has(const struct standing *s, enum mark_sort sort);

/* Remember that this fact is one of `endings`. */
void standing_ended(struct standing *s, uint32_t endings);
/* Whether one of `endings` came before in the order, unknown to this fact. */
bool standing_missed(const struct standing *s, uint32_t endings);
/* Whether one of `endings` lies in the past of this fact; only where `past` is given. */
bool standing_heard(const struct standing *s, uint32_t endings);
