/*
 * ids: a set of at most IDS_MAX ids, for the rounds of the writer.
 */
#pragma once

#include <assert.h>
#include <sodium.h>

#include "base/bytes.h"

#define IDS_MAX 16384

struct id_set {
	uint64_t round; /* above 0 */
	size_t count;
	struct id listed[IDS_MAX];		 /* the `count` that are in it */
	uint8_t salt[crypto_shorthash_KEYBYTES]; /* random; filled by the owner */
	struct {
		struct id id;
		uint64_t round;
	} at[2 * IDS_MAX];
};

void ids_clear(struct id_set *s);
bool ids_has(const struct id_set *s, const struct id *id);
/* False: it is full. */
bool ids_add(struct id_set *s, const struct id *id);
