/*
 * rules_testing: a family of which everything is in order, to be put out of order.
 *
 * Zarmina and Habib, wife and husband, have chosen to return; Lal, seven years old,
 * follows his mother.  All three have a seat on a bus that leaves now.  A test changes
 * one thing and asks one rule:
 *
 *     struct scene s;
 *
 *     scene_make(&s);
 *     s.zarmina->review_due = true;
 *     scene_asks(&s, KIND_DEPARTURE_RECORDED, s.zarmina);
 *     CHECK_TEXT(scene_says(&s, RULE_FREE), "missing.review");
 *
 * Areas lie in each other by their first four letters: AF0617 is in AF06; and all of
 * them in their country, AFG.
 */
#pragma once

#include "base/prop.h"
#include "base/test.h"
#include "rules/rules.h"

#define HOUR INT64_C(3600)
#define DAY (24 * HOUR)
/* A Monday in 2025, and its day. */
#define NOW INT64_C(1746435600)
#define TODAY 20213

enum officer { CLERK, COUNSELLOR, CONSENT, REVIEWER, BOARDING, PLANNER, CASHIER, OFFICERS };

struct scene {
	struct person members[4];
	struct person *zarmina, *habib, *lal;
	struct account officers[OFFICERS];
	struct movement bus;
	struct terms terms;
	struct tariff tariff;
	struct advisory advisory;
	struct fact named; /* what the proposed fact names; a kind given: it does */
	struct fact fact;
	struct question q;
};

void scene_make(struct scene *s);
/* Propose a fact with no values by the officer whose work it is; call it last but for
 * the values, and again after changing `q` by hand. */
void scene_asks(struct scene *s, enum kind kind, struct person *about);
/* Values of the proposed fact. */
void scene_gives(struct scene *s, enum field_slot slot, int64_t number);
void scene_gives_text(struct scene *s, enum field_slot slot, const char *text);
void scene_gives_id(struct scene *s, enum field_slot slot, const struct id *id);
void scene_by(struct scene *s, enum officer who);
/* A choice of her own, well-formed, with a destination where she would return. */
void scene_chooses(struct scene *s, struct person *who, int64_t answer);

/* "allowed", or what this rule says is missing or refused, where it guards the kind. */
const char *scene_says(const struct scene *s, enum rule rule);
/* How many rules do not allow it. */
size_t scene_against(const struct scene *s);
struct id id_numbered(uint8_t n);
