/*
 * view: what the views share: the state while they look at it, what the account may see,
 * and the little writers.
 *
 *     struct view v;
 *     enum err e = view_begin(&v, d, DEED_SHOW_PERSON, w);
 *
 *     if (e)
 *             return e;
 *     json_object_begin(w);
 *     view_id(&v, "id", &person);
 *     view_time(&v, "departed", p.departed);
 *     json_object_end(w);
 *     return view_end(&v, OK);
 *
 * A writer of a member writes none where there is no value: an empty text, no id, the
 * time 0, DAY_NONE, the code 0.
 */
#pragma once

#include "desk/desk.h"

struct view {
	struct desk *d;
	struct json_writer *w;
	const struct state *s;
	uint16_t roles; /* of who asks */
	int64_t now;
	int32_t today; /* at the site */

	struct reg_public shared; /* of view_begin_public() */
	struct json_writer before; /* as the writer was, and how much was written */
	size_t size_before;
};

/* Take the readers' lock and ask for the deed; the fault is the desk's. */
MUST_USE enum err view_begin(struct view *v, struct desk *d, enum deed deed, struct json_writer *w);
/* The same for what everybody may see, with no register in between: no lock, no state. */
void view_begin_open(struct view *v, struct desk *d, struct json_writer *w);
/* The same for what is public: also while the register is locked, and for nobody in
 * particular. */
MUST_USE enum err view_begin_public(struct view *v, struct desk *d, struct json_writer *w);
/*
 * Give the lock back.  Where `e` is an error, or the arena was short and what was written is
 * therefore half of what there is, it is gone.  Gives the error.
 */
MUST_USE enum err view_end(struct view *v, enum err e);

/* `given` with its digits as ASCII, in the arena.  ERR_INPUT: it is not UTF-8. */
MUST_USE enum err view_plain(struct desk *d, struct text given, struct text *out);

/* Whether who asks may see this field, or know of such a fact. */
bool view_sees(const struct view *v, enum kind kind, enum field_slot slot);
bool view_knows(const struct view *v, enum kind kind);

/* --- members ---------------------------------------------------------------------- */

void view_text(struct view *v, const char *key, struct text t);
void view_id(struct view *v, const char *key, const struct id *id);
void view_time(struct view *v, const char *key, int64_t seconds);
void view_day(struct view *v, const char *key, int32_t day);
void view_code(struct view *v, const char *key, enum code_set set, int64_t number);
/* Each code whose bit stands, as a list; also an empty one. */
void view_codes(struct view *v, const char *key, enum code_set set, uint32_t mask);
/* The number of each bit that stands, as a list; also an empty one. */
void view_bits(struct view *v, const char *key, uint32_t mask);
void view_hash(struct view *v, const char *key, const struct hash *h);
/* These three are written whatever they are. */
void view_flag(struct view *v, const char *key, bool yes);
void view_int(struct view *v, const char *key, int64_t n);
void view_said(struct view *v, const char *key, const char *word_key);

/* One Area, and the member that holds it; none where no list has it. */
void view_area(struct view *v, const struct area *area);
void view_area_of(struct view *v, const char *key, struct text area_key);

/* --- how things are called in the reader's language ------------------------------------- */

struct text view_name_in(const struct view *v, const struct names *n);
/* "Peshawar (PK528)"; the key itself where no list has it. */
struct text view_area_said(const struct view *v, struct text area_key);
/* "Khyber Pakhtunkhwa, Pakistan": what it lies in; empty for a country. */
struct text view_within(const struct view *v, const struct area *area);
/* Names one after another, as the language separates them. */
struct text view_joined(const struct view *v, struct text all, struct text next);
/* Her name where this account may see it, her alias else. */
struct text view_person_name(const struct view *v, const struct id *person);
/* The name of a centre or crossing; its code where no list has it. */
struct text view_place(const struct view *v, struct text code);
/* Empty where this account may not see it, or there is none. */
struct text view_case_number(const struct view *v, const struct household *h);

/* --- a person ----------------------------------------------------------------------------- */

/* The object Person: her file as this account may see it. */
void view_person(struct view *v, const struct person *p);
/* The members "case_number" and "member": by which number she is called. */
void view_number_of(struct view *v, const struct person *p);
