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
