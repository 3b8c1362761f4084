/*
 * Which fact: its order, and its way through text: "<32 hex digits>/<epoch>/<seq>",
 * numbers without leading zeros, so that one fact has one such text.
 */
#include "fact/fact.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

void fact_begin(struct fact *f, enum kind kind)
{
	memset(f, 0, sizeof *f);
	f->kind = kind_of_number(kind);
	assert(f->kind);
	f->kind_number = kind;
	f->version = f->kind->version;
}

int fact_ref_compare(const struct fact_ref *a, const struct fact_ref *b)
{
	int by_site = memcmp(a->site.at, b->site.at, ID_SIZE);

	if (by_site != 0)
		return by_site < 0 ? -1 : 1;
	if (a->epoch != b->epoch)
		return a->epoch < b->epoch ? -1 : 1;
	return (a->seq > b->seq) - (a->seq < b->seq);
}

void fact_ref_write(char out[FACT_REF_TEXT_SIZE], const struct fact_ref *r)
{
	hex_write(out, bytes_of(r->site.at, ID_SIZE));
	snprintf(out + ID_HEX_SIZE, FACT_REF_TEXT_SIZE - ID_HEX_SIZE, "/%" PRIu32 "/%" PRIu64,
		 r->epoch, r->seq);
}

/* Take "/n" off the front of `t`. */
static bool take_number(struct text *t, uint64_t most, uint64_t *out)
{
	size_t i = 1;

	*out = 0;
	if (t->size < 2 || t->at[0] != '/')
		return false;
	for (; i < t->size && t->at[i] >= '0' && t->at[i] <= '9'; i++) {
		uint64_t digit = (uint64_t)(t->at[i] - '0');

		if (*out > (most - digit) / 10 || (i == 2 && t->at[1] == '0'))
			return false;
		*out = *out * 10 + digit;
	}
	t->at += i;
	t->size -= i;
	return i > 1;
}

bool fact_ref_read(struct fact_ref *out, struct text t)
{
	uint64_t epoch;

	*out = (struct fact_ref){ .seq = 0 };
	if (t.size < ID_HEX_SIZE ||
	    !hex_read(out->site.at, ID_SIZE, (struct text){ t.at, ID_HEX_SIZE }))
		return false;
	t.at += ID_HEX_SIZE;
	t.size -= ID_HEX_SIZE;
	if (!take_number(&t, UINT32_MAX, &epoch) || !take_number(&t, INT64_MAX, &out->seq))
		return false;
	out->epoch = (uint32_t)epoch;
	return t.size == 0;
}
