/*
 * house_testing: a household on whose people several sites record facts, each knowing
 * what it has heard.  Ends up as a state; in every order in which facts can arrive.
 *
 *     struct house h = house_with(ADULT("zarmina"), ANSWERED(RETURN, 25 * HOUR));
 *
 *     at(&h, SITE_GATE, withdrawn("zarmina"));
 *     at(&h, SITE_BUS, departed("zarmina"));      // concurrent: knows nothing of the gate
 *     while (next_order(&h))
 *             CHECK(status_of(&h, "zarmina") == STATUS_WITHDRAWN);
 *
 * What house_with() makes, every site has heard.  People, movements, accounts and
 * households are called by name; a name is always the same id.  at() gives the number
 * of the fact, by which later ones name it:
 *
 *     size_t hold = at(&h, SITE_OFFICE, held("zarmina"));
 *
 *     hear(&h, SITE_GATE, SITE_OFFICE);           // the gate hears all the office knows
 *     at(&h, SITE_GATE, hold_lifted("zarmina", hold));
 *
 * Each fact is recorded a minute after the one before, or later after wait_s().
 * A house ends with next_order() giving false, or with house_end().
 */
#pragma once

#include "state/state.h"

#define HOUR INT64_C(3600)
#define DAY (24 * HOUR)

enum house_site { SITE_OFFICE, SITE_GATE, SITE_BUS, SITE_COUNT };

#define HOUSE_FACTS_MAX 4096
#define HOUSE_START 1764000000 /* seconds: 2025-11-24T16:00Z */

struct house {
	struct arena *arena;
	struct fact *facts;        /* in the order in which they were recorded; may move */
	size_t count, room;
	uint64_t *known[SITE_COUNT]; /* bit n: fact n */
	uint64_t length[SITE_COUNT]; /* facts of its own */
	int64_t now;
	struct state *state;       /* of the present order */
	size_t taken;              /* facts that are in it */
	unsigned order;            /* number of the present one */
};

/* --- what happens ------------------------------------------------------------- */

struct event {
	enum kind kind;
	const char *who;     /* the subject's name */
	const char *officer; /* account; NULL: the site's */
	size_t count;
	struct event_value {
		size_t slot;
		enum { EVENT_NUMBER, EVENT_TEXT, EVENT_NAME, EVENT_FACT, EVENT_CODES } sort;
		int64_t number;
		const char *text;
	} values[24];
};

struct event event_of(enum kind k, const char *who);
/* The same event with one value more, by the slot of its kind: CHOICE_MADE_APART. */
struct event with_number(struct event e, size_t slot, int64_t number);
struct event with_text(struct event e, size_t slot, const char *text);
struct event with_name(struct event e, size_t slot, const char *name); /* id of a subject */
struct event with_fact(struct event e, size_t slot, size_t fact);      /* number from at() */
struct event with_codes(struct event e, size_t slot, int64_t bits);    /* bit n: code n    */
struct event by(const char *officer, struct event e);

struct event household_registered(const char *household, const char *case_number);
struct event registered(const char *who, const char *household); /* a woman born in 1990 */
struct event amended(const char *who);
struct event moved(const char *who, const char *household, bool own_choice);
struct event died(const char *who);
struct event erased(const char *who);
struct event counselled(const char *who); /* alone */
struct event pressed(const char *who);    /* somebody pushes her */
struct event chose(const char *who, int64_t answer); /* alone, to Nangarhar */
struct event withdrawn(const char *who);
struct event not_hers(const char *who);   /* she chooses to return: the withdrawal was not hers */
struct event reconfirmed(const char *who);
struct event held(const char *who);
struct event hold_lifted(const char *who, size_t hold);
struct event holds_lifted(const char *who); /* all that the site knows */
struct event reviewed(const char *who, int64_t finding);
struct event assessed(const char *who, int64_t sort, int64_t result);
struct event incident(const char *who, int64_t sort);
struct event incident_referred(const char *who, size_t incident); /* to legal aid */
struct event incident_closed(const char *who, size_t incident);
struct event planned(const char *movement);
struct event cancelled(const char *movement);
struct event seated(const char *who, const char *movement);
struct event seat_released(const char *who);
struct event departed(const char *who); /* with movement "bus" */
struct event crossed(const char *who, int64_t return_kind);
struct event turned_back(const char *who);
struct event arrived(const char *who);
struct event surrendered(const char *who, int64_t document);
struct event approved(const char *who, int64_t part);
struct event paid(const char *who, int64_t part);
struct event payment_reversed(const char *who, size_t payment);
struct event followed_up(const char *who, int64_t wellbeing);
struct event complained(const char *who);
struct event complaint_answered(const char *who, size_t complaint);
struct event file_opened(const char *who);
struct event annulled(const char *who, size_t fact);
struct event account_opened(const char *name, int64_t role);

/* --- a house ------------------------------------------------------------------ */

/* What a house begins with. */
struct beginning {
	enum { BEGIN_ADULT, BEGIN_CHILD, BEGIN_ANSWER } sort;
	const char *who;
	int64_t answer, ago_s;
};
/* A woman, or a girl of nine, of household "home". */
#define ADULT(name) { .sort = BEGIN_ADULT, .who = (name) }
#define CHILD(name) { .sort = BEGIN_CHILD, .who = (name) }
/* The last one named was counselled and chose, so long ago. */
#define ANSWERED(which, ago) { .sort = BEGIN_ANSWER, .answer = ANSWER_##which, .ago_s = (ago) }
#define house_with(...)                                                                            \
	house_from((const struct beginning[]){ __VA_ARGS__ },                                      \
		   COUNT_OF(((const struct beginning[]){ __VA_ARGS__ })))
struct house house_from(const struct beginning *b, size_t count);
void house_end(struct house *h);

/* Record it at `site`, which knows what it has heard; gives its number. */
size_t at(struct house *h, enum house_site site, struct event e);
/* `site` hears all that `from` knows; one fact alone (not what it builds on). */
void hear(struct house *h, enum house_site site, enum house_site from);
void hear_one(struct house *h, enum house_site site, size_t fact);
void hear_all(struct house *h);
void wait_s(struct house *h, int64_t seconds);

/*
 * A state with all facts, in the next order of arrival, folded; false after the last
 * one, and the house has ended.  Some of the facts are missing for a while, with a
 * settling in between.
 */
bool next_order(struct house *h);
/* The state as it is: all facts, in the order of recording where no other is asked for. */
const struct state *house_state(struct house *h);
struct person person_of(struct house *h, const char *who);
enum person_status status_of(struct house *h, const char *who);

/* For those who feed facts themselves. */
struct id id_of_name(const char *name);
struct id id_of_site(enum house_site site);
struct fact_reader house_reader(struct house *h);
