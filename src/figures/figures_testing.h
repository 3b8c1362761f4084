/* figures_testing: tables for the tests. */
#pragma once

#include "base/prop.h"
#include "figures/figures.h"

#define TESTED_NODES_MAX 512

/* A key that follows from `n`. */
struct test_key {
	uint8_t at[ROUND_KEY_SIZE];
};
struct test_key test_key(uint64_t n);

struct test_table {
	struct count_node nodes[TESTED_NODES_MAX];
	uint64_t published[TESTED_NODES_MAX];
	size_t count;
};

/* A root divided into leaves with these counts. */
void test_leaves(struct test_table *t, const uint64_t *counts, size_t count);
/* A root divided into `inner` nodes, each of them into so many leaves. */
void test_two_levels(struct test_table *t, const uint64_t *counts, size_t inner, size_t leaves);
/* Of any shape, some nodes divided in two ways. */
void test_any(struct test_table *t, struct prop *p);

void test_round(struct test_table *t, const struct test_key *key);

/*
 * A country of three provinces: PK5 with two districts and one too small to be shown, PK6
 * with one, PK3 where hardly anybody lives.  A crossing, a destination; one more of each
 * for what is not known.
 */
enum test_place { IN_PK501, IN_PK502, IN_PK503, IN_PK5, IN_PK601, IN_PK6, IN_PK3, NOWHERE };
#define TEST_PLACES (NOWHERE + 1)
struct test_country {
	struct reference reference;
	struct reference_area areas[4];
	struct figure_frame frame;
	struct happenings happenings;
	size_t room;
	struct arena *arena;
};
void test_country_make(struct test_country *c);
void test_country_end(struct test_country *c);
/* It happens to `count` women of 18 to 59 with an ACC, over the crossing. */
void test_happens(struct test_country *c, enum figure_counted figure, enum test_place place,
		  size_t count);
/* What is published of a period with this key; lives in the country's arena. */
struct release test_release(struct test_country *c, struct period p, uint64_t key);
/* The number of a cell, written as cell_write() does without the number; -1: it is none. */
int64_t test_number(const struct release *r, enum figure_counted figure, const char *axes);
