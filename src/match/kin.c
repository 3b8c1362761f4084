/* Pairs of households, and of their members. */
#include "match/kin.h"

#include <stdlib.h>

/* From here on a pair speaks for the others of its households. */
#define BITS_KIN 0.0f
/* Households that one household may be; one that looks like more looks like any. */
#define LIKE_MAX 16

static enum err list_members(struct kin *k)
{
	const struct records *r = k->records;
	size_t households = households_end(r);

	k->starts = calloc(households + 2, sizeof(*k->starts));
	k->members = malloc(((size_t)r->count + 1) * sizeof(*k->members));
	if (!k->starts || !k->members)
		return ERR_MEMORY;
	for (uint32_t i = 0; i < r->count; i++)
		k->starts[household_of(r, i) + 1]++;
	for (size_t h = 0; h < households; h++)
		k->starts[h + 1] += k->starts[h];
	/* Each start moves to where the next one was, and back. */
	for (uint32_t i = 0; i < r->count; i++)
		k->members[k->starts[household_of(r, i)]++] = i;
	memmove(k->starts + 1, k->starts, households * sizeof(*k->starts));
	k->starts[0] = 0;
	return OK;
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void gather(struct kin *k, const struct scored *pairs, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		uint64_t both = both_households(k->records, pairs[i].a, pairs[i].b);

		if (both && pairs[i].bits >= BITS_KIN)
			k->pairs[k->count++] = both;
	}
	qsort(k->pairs, k->count, sizeof(*k->pairs), by_number);
	for (size_t i = 0; i < k->count; i++)
		if (!kept || k->pairs[i] != k->pairs[kept - 1])
			k->pairs[kept++] = k->pairs[i];
	k->count = kept;
}

static unsigned size_of(const struct kin *k, uint32_t household)
{
	return k->starts[household + 1] - k->starts[household];
}

static bool leave_out(struct kin *k)
{
	uint32_t *like = calloc(households_end(k->records), sizeof(*like));
	size_t kept = 0;

	if (!like)
		return false;
	for (size_t i = 0; i < k->count; i++) {
		like[k->pairs[i] >> 32]++;
		like[(uint32_t)k->pairs[i]]++;
	}
	for (size_t i = 0; i < k->count; i++) {
		uint32_t x = (uint32_t)(k->pairs[i] >> 32), y = (uint32_t)k->pairs[i];

		if (like[x] <= LIKE_MAX && like[y] <= LIKE_MAX && size_of(k, x) > 1 &&
		    size_of(k, y) > 1 && size_of(k, x) <= KIN_MEMBERS_MAX &&
		    size_of(k, y) <= KIN_MEMBERS_MAX)
			k->pairs[kept++] = k->pairs[i];
	}
	k->count = kept;
	free(like);
	return true;
}

enum err kin_new(struct kin *out, const struct scored *pairs, size_t count, const struct records *r,
		 struct fault *f)
{
	*out = (struct kin){ .records = r };
	if (!r->household_names.count)
		return OK;
	out->pairs = malloc((count + 1) * sizeof(*out->pairs));
	if (out->pairs && !list_members(out)) {
		gather(out, pairs, count);
		if (leave_out(out))
			return OK;
	}
	kin_free(out);
	return fault(f, ERR_MEMORY, "memory.none");
}

void kin_free(struct kin *k)
{
	free(k->starts);
	free(k->members);
	free(k->pairs);
	*k = (struct kin){ 0 };
}

/* Those of `others` that are behind a record. */
static unsigned put_behind(const struct kin *k, uint32_t record, uint32_t others,
			   uint32_t out[KIN_PAIRS_MAX][2], unsigned count)
{
	for (uint32_t i = k->starts[others]; i < k->starts[others + 1]; i++)
		if (k->members[i] > record) {
			out[count][0] = record;
			out[count++][1] = k->members[i];
		}
	return count;
}

unsigned kin_of(const struct kin *k, size_t number, uint32_t out[KIN_PAIRS_MAX][2])
{
	uint32_t x = (uint32_t)(k->pairs[number] >> 32), y = (uint32_t)k->pairs[number];
	unsigned count = 0;

	for (uint32_t i = k->starts[x]; i < k->starts[x + 1]; i++)
		count = put_behind(k, k->members[i], y, out, count);
	for (uint32_t i = k->starts[y]; i < k->starts[y + 1]; i++)
		count = put_behind(k, k->members[i], x, out, count);
	return count;
}
