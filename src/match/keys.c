/* The keys of one record. */
#include "match/keys.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "match/mixed.h"

/* --- how far they go ------------------------------------------------------------------------- */

#define REACH_RECORDS 1000000.0
#define BY_SEX_RECORDS 100000

/* In a small list there is time for places of many. */
static void reach_of(struct key_rules *out, uint32_t records)
{
	static const double there[KEY_ATOMS + 1] = { 0, 4, 7, 12, 16 };
	double times = sqrt(REACH_RECORDS / (records + 1.0));

	times = times < 1 ? 1 : times > 4 ? 4 : times;
	for (unsigned level = 1; level <= KEY_ATOMS; level++)
		out->most[level] = (unsigned)(there[level] * times);
}

/* Where a household or a father is known, most that two records share is of their family. */
static bool knows_families(const struct records *r)
{
	for (unsigned i = 0; i < r->columns_count; i++)
		if (!strcmp(r->columns[i].name, "father"))
			return true;
	return r->household_names.count > 0;
}

static unsigned column_of_sex(const struct records *r)
{
	for (unsigned i = 0; i < r->columns_count; i++)
		if (r->columns[i].sort == COLUMN_SEX)
			return i;
	return COLUMNS_MAX;
}

void key_rules_make(struct key_rules *out, const struct records *r, const struct atoms *a)
{
	*out = (struct key_rules){ .records = r, .atoms = a, .families = knows_families(r) };
	out->sex = r->count > BY_SEX_RECORDS ? column_of_sex(r) : COLUMNS_MAX;
	reach_of(out, r->count);
}

/* --- made -------------------------------------------------------------------------------------- */

uint32_t hash_of(uint64_t sum)
{
	return (uint32_t)(sum >> 32);
}

void view_record(struct view *v, const struct key_rules *by, uint32_t record)
{
	const struct atoms *a = by->atoms;
	const uint32_t *of = &a->of[a->starts[record]];

	v->count = (unsigned)(a->starts[record + 1] - a->starts[record]);
	v->births = 0;
	v->own = by->families ? 0 : UINT32_MAX;
	v->base = by->sex < COLUMNS_MAX ? mixed(record_values(by->records, record)[by->sex]) : 0;
	for (unsigned i = 0; i < v->count; i++) {
		uint32_t atom = of[i] & ~ATOM_OWN;

		v->hashes[i] = mixed(atom + 1);
		v->people[i] = a->people[atom];
		v->columns[i] = a->columns[atom];
		v->births |= (uint32_t)(a->sorts[atom] == ATOM_BIRTH) << i;
		if (of[i] & ATOM_OWN)
			v->own |= UINT32_C(1) << i;
	}
}

static void add_key(struct view *v, uint64_t sum, unsigned i, unsigned j, unsigned k, unsigned l)
{
	assert(v->keys_count < KEYS_AT_ONCE);
	v->keys[v->keys_count++] = (struct key){
		.hash = hash_of(sum),
		.at = { (uint8_t)i, (uint8_t)j, (uint8_t)k, (uint8_t)l },
	};
}

/* Names are in pairs with each other, other columns not with themselves; a year says already
 * in which bands it lies. */
static bool may_be_pair(const struct view *v, unsigned i, unsigned j)
{
	if (v->births >> i & v->births >> j & 1)
		return v->columns[i] >= COLUMNS_MAX && v->columns[j] >= COLUMNS_MAX;
	return v->columns[i] != v->columns[j] || v->columns[i] >= COLUMNS_MAX;
}

/* So many times more than may share a key are not counted where as many are to be expected by
 * chance: there is hardly one of them that few have. */
#define CHANCE_MANY 6.0

static void keys_of_two(struct view *v, const struct key_rules *by)
{
	double many = CHANCE_MANY * by->most[2] * by->records->count;

	for (unsigned i = 0; i < v->count; i++) {
		v->pairs[i] = 0;
		for (unsigned j = i + 1; v->people[i] > by->most[1] && j < v->count; j++) {
			if (!may_be_pair(v, i, j))
				continue;
			if (v->people[i] * v->people[j] > many)
				v->pairs[i] |= UINT32_C(1) << j;
			else
				add_key(v, v->base + v->hashes[i] + v->hashes[j], i, j, 0, 0);
		}
	}
}

static unsigned first_of(uint32_t *set)
{
	unsigned first = (unsigned)__builtin_ctz(*set);

	*set &= *set - 1;
	return first;
}

#define EXTENDED ((UINT32_C(1) << EXTENDED_MAX) - 1)

/* Of two that are too many, all three with one more of `third`. */
static void keys_with_third(struct view *v, unsigned i, unsigned j, uint32_t third, double most)
{
	uint64_t sum = v->base + v->hashes[i] + v->hashes[j];
	bool own = (v->own >> i | v->own >> j) & 1;

	v->triples[i][j] = 0;
	while (third) {
		unsigned k = first_of(&third);

		if (!(own || v->own >> k & 1) || v->people[k] > most)
			v->triples[i][j] |= UINT32_C(1) << k;
		else
			add_key(v, sum + v->hashes[k], i, j, k, 0);
	}
}

/* Three of which any two are too many. */
static void keys_of_three(struct view *v, const struct key_rules *by)
{
	double n = by->records->count, many = CHANCE_MANY * by->most[3] * n * n;

	for (unsigned i = 0; i < v->count && i < EXTENDED_MAX; i++)
		for (uint32_t second = v->pairs[i] & EXTENDED; second;) {
			unsigned j = first_of(&second);

			keys_with_third(v, i, j, v->pairs[i] & v->pairs[j] & EXTENDED,
					many / (v->people[i] * v->people[j]));
		}
}

/* Of three that are too many, all four with one more of `fourth`. */
static void keys_with_fourth(struct view *v, unsigned i, unsigned j, unsigned k, uint32_t fourth)
{
	uint64_t sum = v->base + v->hashes[i] + v->hashes[j] + v->hashes[k];

	if (!((v->own >> i | v->own >> j | v->own >> k) & 1))
		fourth &= v->own;
	while (fourth) {
		unsigned l = first_of(&fourth);

		add_key(v, sum + v->hashes[l], i, j, k, l);
	}
}

static void keys_of_four(struct view *v)
{
	for (unsigned i = 0; i < v->count && i < EXTENDED_MAX; i++)
		for (uint32_t second = v->pairs[i] & EXTENDED; second;) {
			unsigned j = first_of(&second);

			for (uint32_t third = v->triples[i][j]; third;) {
				unsigned k = first_of(&third);

				keys_with_fourth(v, i, j, k,
						 v->triples[i][j] & v->triples[i][k] &
							 v->triples[j][k]);
			}
		}
}

void make_keys(struct view *v, const struct key_rules *by, unsigned level)
{
	v->keys_count = 0;
	if (level == 2)
		keys_of_two(v, by);
	else if (level == 3)
		keys_of_three(v, by);
	else
		keys_of_four(v);
}

/* --- kept until another level -------------------------------------------------------------------- */

/* Bits behind each other, in words of 64. */
static void put_bits(uint64_t *to, unsigned at, uint32_t bits, unsigned width)
{
	to[at / 64] |= (uint64_t)bits << at % 64;
	if (at % 64 + width > 64)
		to[at / 64 + 1] |= (uint64_t)bits >> (64 - at % 64);
}

static uint32_t take_bits(const uint64_t *from, unsigned at, unsigned width)
{
	uint64_t bits = from[at / 64] >> at % 64;

	if (at % 64 + width > 64)
		bits |= from[at / 64 + 1] << (64 - at % 64);
	return (uint32_t)(bits & ((UINT64_C(1) << width) - 1));
}

/* Those that follow an atom among the first ones. */
static unsigned behind(unsigned atom)
{
	return EXTENDED_MAX - 1 - atom;
}

static void keep_two(struct noted *out, const struct view *v)
{
	for (unsigned i = 0, at = 0; i < v->count && i < EXTENDED_MAX; at += behind(i++))
		put_bits(out->of_two, at, (v->pairs[i] & EXTENDED) >> (i + 1), behind(i));
}

static void recall_two(struct view *v, const struct noted *from)
{
	for (unsigned i = 0, at = 0; i < v->count && i < EXTENDED_MAX; at += behind(i++))
		v->pairs[i] = take_bits(from->of_two, at, behind(i)) << (i + 1);
}

/* Triples are those of pairs that too many have: of no others there is anything to keep. */
static void keep_three(struct noted *out, const struct view *v)
{
	unsigned at = 0;

	for (unsigned i = 0; i < v->count && i < EXTENDED_MAX; i++)
		for (uint32_t second = v->pairs[i] & EXTENDED; second;) {
			unsigned j = first_of(&second);

			put_bits(out->of_three, at, v->triples[i][j] >> (j + 1), behind(j));
			at += behind(j);
		}
}

static void recall_three(struct view *v, const struct noted *from)
{
	unsigned at = 0;

	for (unsigned i = 0; i < v->count && i < EXTENDED_MAX; i++)
		for (uint32_t second = v->pairs[i] & EXTENDED; second;) {
			unsigned j = first_of(&second);

			v->triples[i][j] = take_bits(from->of_three, at, behind(j)) << (j + 1);
			at += behind(j);
		}
}

void keep_noted(struct noted *out, const struct view *v, unsigned level)
{
	if (level == 2)
		keep_two(out, v);
	else if (level == 3)
		keep_three(out, v);
}

void recall_noted(struct view *v, const struct noted *from, unsigned level)
{
	if (level == 2)
		recall_two(v, from);
	else
		recall_three(v, from);
}

void note_many(struct view *v, const struct key *k, unsigned level)
{
	if (level == 2)
		v->pairs[k->at[0]] |= UINT32_C(1) << k->at[1];
	else if (level == 3)
		v->triples[k->at[0]][k->at[1]] |= UINT32_C(1) << k->at[2];
}
