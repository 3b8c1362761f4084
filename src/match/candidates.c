/* Pairs that share a key. */
#include "match/candidates.h"

#include <math.h>
#include <stdlib.h>

#define ATOMS_MAX 28
#define NEXT_FEW 4 /* of too many under one key, each with the next ones */
#define COUNTERS (1u << 22)
#define KEYS_AT_ONCE_MAX ((size_t)12 << 20)
#define KEYS_OF_RECORD 400 /* room for so many of each, of few records */

/*
 * How far keys go: in a small list there is time for keys that many share, in one of a
 * million for few.  `expected` is how many may share two atoms by chance, `alone` one atom
 * that is a key by itself, `together` how many under one key are compared all with all.
 */
struct reach {
	double expected;
	uint32_t alone, together;
};

#define REACH_RECORDS 100000.0
#define REACH_THERE 3.0 /* `expected` in a list of so many */

static struct reach reach_of(uint32_t records)
{
	double expected = REACH_THERE * pow(REACH_RECORDS / (records + 1.0), 1.5);

	expected = expected < 0.5 ? 0.5 : expected > 24 ? 24 : expected;
	return (struct reach){ expected, 6 + (uint32_t)(expected * 0.75),
			       12 + (uint32_t)(expected * 0.8) };
}

/* --- atoms ------------------------------------------------------------------------------- */

struct atom {
	uint32_t hash;
	uint8_t column; /* names: NAMES, as if they were one column */
	bool weak;	/* says little: a year, an area */
};

struct atoms {
	unsigned count;
	struct atom at[ATOMS_MAX];
};

static uint32_t mixed(uint64_t h)
{
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdull;
	h ^= h >> 33;
	h *= 0xc4ceb9fe1a85ec53ull;
	return (uint32_t)(h ^ h >> 32);
}

static void add_atom(struct atoms *a, unsigned column, uint64_t value, bool weak)
{
	uint32_t hash = mixed(value * 31 + column);

	for (unsigned i = 0; i < a->count; i++)
		if (a->at[i].hash == hash)
			return;
	if (a->count < ATOMS_MAX)
		a->at[a->count++] = (struct atom){ hash, (uint8_t)column, weak };
}

#define NAMES COLUMNS_MAX
#define JOINED (COLUMNS_MAX + 1)

static void add_token(struct atoms *a, const struct token *t)
{
	struct keys keys;

	keys_of(&keys, t);
	for (unsigned i = 0; i < keys.exact && i < 2; i++)
		add_atom(a, NAMES, keys.at[i], false);
}

/* The words of a name, and all of them as one: they may be written so. */
static void add_name(struct atoms *a, const struct records *r, const struct value_words *v)
{
	struct token joined = { 0 };
	bool whole = v->count > 1;

	for (unsigned i = 0; i < v->count; i++) {
		const struct token *t = &r->words.tokens[v->at[i]];

		add_token(a, t);
		if (i == 0)
			joined = *t;
		else
			whole = whole && token_join(&joined, &joined, t);
	}
	if (whole)
		add_token(a, &joined);
}

static void add_birth(struct atoms *a, unsigned column, struct day_known d)
{
	if (d.day)
		add_atom(a, column, (uint64_t)d.year << 16 | (uint64_t)d.month << 8 | d.day, false);
	add_atom(a, column, d.year, true);
}

static void atoms_of(struct atoms *out, const struct records *r, uint32_t record)
{
	out->count = 0;
	for (unsigned i = 0; i < r->columns_count; i++) {
		const struct column *c = &r->columns[i];
		uint32_t value = c->values[record];

		if (!value || c->sort == COLUMN_SEX)
			continue;
		if (c->sort == COLUMN_NAME)
			add_name(out, r, &c->words[value]);
		else if (c->sort == COLUMN_BIRTH)
			add_birth(out, i, c->days[value]);
		else
			add_atom(out, i, (uint64_t)value << 8, c->sort == COLUMN_AREA);
	}
}

/* --- keys -------------------------------------------------------------------------------- */

/* A key and a record, in this order, so that sorting puts together what shares a key. */
struct search_for_pairs {
	const struct records *records;
	struct pairs *pairs;
	struct reach reach;
	uint32_t *counters; /* how many have an atom, by its hash */
	uint64_t *keys, *room;
	size_t count, keys_room;
	uint32_t part, parts; /* keys of this part alone are looked at */
	struct fault *fault;
};

static void add_key(struct search_for_pairs *s, uint32_t key, uint32_t record)
{
	if (key % s->parts == s->part && s->count < s->keys_room)
		s->keys[s->count++] = (uint64_t)key << 32 | record;
}

static double share(const struct search_for_pairs *s, const struct atom *a)
{
	return (double)s->counters[a->hash & (COUNTERS - 1)];
}

static void keys_of_three(struct search_for_pairs *s, const struct atoms *a, unsigned i, unsigned j,
			  uint32_t key, uint32_t record, double expected)
{
	for (unsigned k = 0; k < a->count; k++) {
		double n = share(s, &a->at[k]);

		/* Names are taken in their order, so that three of them are one key. */
		if (k == i || k == j || n < 2 || (a->at[k].column == NAMES && k < j))
			continue;
		if (expected * n / s->records->count <= s->reach.expected * 4)
			add_key(s, mixed(((uint64_t)key << 32) + a->at[k].hash), record);
	}
}

/* All atoms together: rows that are written twice meet, however frequent their parts are. */
static void key_of_whole(struct search_for_pairs *s, const struct atoms *a, uint32_t record)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < a->count; i++)
		sum += a->at[i].hash;
	if (a->count > 1)
		add_key(s, mixed(sum + a->count), record);
}

static void keys_of_record(struct search_for_pairs *s, uint32_t record)
{
	struct atoms a;

	atoms_of(&a, s->records, record);
	key_of_whole(s, &a, record);
	for (unsigned i = 0; i < a.count; i++) {
		double n = share(s, &a.at[i]);

		if (n < 2)
			continue;
		if (n <= s->reach.alone)
			add_key(s, a.at[i].hash, record);
		for (unsigned j = i + 1; j < a.count; j++) {
			double both = share(s, &a.at[j]);
			/* The sum, so that the order in which the atoms came is none of it. */
			uint32_t key = mixed((uint64_t)a.at[i].hash + a.at[j].hash);

			if (both < 2 ||
			    (a.at[i].column == a.at[j].column && a.at[i].column != NAMES))
				continue;
			both *= n / s->records->count;
			if (both <= s->reach.expected)
				add_key(s, key, record);
			else
				keys_of_three(s, &a, i, j, key, record, both);
		}
	}
}

static void count_atoms(struct search_for_pairs *s)
{
	struct atoms a;

	for (uint32_t record = 0; record < s->records->count; record++) {
		atoms_of(&a, s->records, record);
		for (unsigned i = 0; i < a.count; i++)
			s->counters[a.at[i].hash & (COUNTERS - 1)]++;
	}
}

/* By the upper half, in three passes of eleven bits; what is equal keeps its order. */
static void sort_keys(struct search_for_pairs *s)
{
	for (unsigned shift = 32; shift < 64; shift += 11) {
		size_t starts[2049] = { 0 };
		uint64_t *kept = s->keys;

		for (size_t i = 0; i < s->count; i++)
			starts[(s->keys[i] >> shift & 2047) + 1]++;
		for (unsigned i = 0; i < 2048; i++)
			starts[i + 1] += starts[i];
		for (size_t i = 0; i < s->count; i++)
			s->room[starts[s->keys[i] >> shift & 2047]++] = s->keys[i];
		s->keys = s->room;
		s->room = kept;
	}
}

/* --- pairs ------------------------------------------------------------------------------- */

bool pair_is_possible(const struct records *r, uint32_t a, uint32_t b)
{
	bool one_list = (a < r->second) == (b < r->second);

	if (a == b)
		return false;
	if (r->second < r->count)
		return !one_list;
	return !r->households[a] || r->households[a] != r->households[b];
}

enum err pairs_add(struct pairs *p, uint32_t a, uint32_t b, struct fault *f)
{
	if (p->count == p->room) {
		size_t room = p->room + p->room / 2 + 65536;
		struct pair *at = realloc(p->at, room * sizeof(*at));

		if (!at)
			return fault(f, ERR_MEMORY, "memory.none");
		p->at = at;
		p->room = room;
	}
	p->at[p->count++] = a < b ? (struct pair){ a, b } : (struct pair){ b, a };
	return OK;
}

static uint64_t pair_number(struct pair p)
{
	return (uint64_t)p.a << 32 | p.b;
}

void pairs_sort(struct pairs *p, struct pair *room)
{
	size_t kept = 0;

	for (unsigned shift = 0; shift < 64; shift += 16) {
		static const unsigned mask = 65535;
		size_t starts[65537] = { 0 };
		struct pair *from = p->at;

		for (size_t i = 0; i < p->count; i++)
			starts[(pair_number(from[i]) >> shift & mask) + 1]++;
		for (unsigned i = 0; i < mask; i++)
			starts[i + 1] += starts[i];
		for (size_t i = 0; i < p->count; i++)
			room[starts[pair_number(from[i]) >> shift & mask]++] = from[i];
		p->at = room;
		room = from;
	}
	for (size_t i = 0; i < p->count; i++)
		if (!kept || pair_number(p->at[i]) != pair_number(p->at[kept - 1]))
			p->at[kept++] = p->at[i];
	p->count = kept;
}

static enum err pairs_of_key(struct search_for_pairs *s, size_t from, size_t to)
{
	size_t next_few = to - from <= s->reach.together ? to - from : NEXT_FEW;
	enum err e = OK;

	for (size_t i = from; !e && i < to; i++)
		for (size_t j = i + 1; !e && j < to && j <= i + next_few; j++) {
			uint32_t a = (uint32_t)s->keys[i], b = (uint32_t)s->keys[j];

			if (pair_is_possible(s->records, a, b))
				e = pairs_add(s->pairs, a, b, s->fault);
		}
	return e;
}

static enum err pairs_of_part(struct search_for_pairs *s)
{
	enum err e = OK;
	size_t from = 0;

	s->count = 0;
	for (uint32_t record = 0; record < s->records->count; record++)
		keys_of_record(s, record);
	sort_keys(s);
	while (!e && from < s->count) {
		size_t to = from;

		while (to < s->count && s->keys[to] >> 32 == s->keys[from] >> 32)
			to++;
		e = pairs_of_key(s, from, to);
		from = to;
	}
	return e;
}

enum err candidates_find(struct pairs *out, const struct records *r, struct fault *f)
{
	struct search_for_pairs s = { .records = r, .pairs = out, .fault = f };
	struct pair *room = NULL;
	enum err e = OK;

	s.reach = reach_of(r->count);
	s.counters = calloc(COUNTERS, sizeof(*s.counters));
	s.keys_room = ((size_t)r->count + 1) * KEYS_OF_RECORD;
	if (s.keys_room > KEYS_AT_ONCE_MAX)
		s.keys_room = KEYS_AT_ONCE_MAX;
	s.keys = malloc(s.keys_room * sizeof(*s.keys));
	s.room = malloc(s.keys_room * sizeof(*s.room));
	/* So many parts that the keys of one have room, as far as can be known before. */
	s.parts = r->count / 150000 + 1;
	if (!s.counters || !s.keys || !s.room)
		e = fault(f, ERR_MEMORY, "memory.none");
	if (!e)
		count_atoms(&s);
	for (s.part = 0; !e && s.part < s.parts; s.part++) {
		e = pairs_of_part(&s);
		free(room);
		room = e ? NULL : malloc((out->count + 1) * sizeof(*room));
		if (!e && !room)
			e = fault(f, ERR_MEMORY, "memory.none");
		if (!e)
			pairs_sort(out, room);
	}
	free(room);
	free(s.counters);
	free(s.keys);
	free(s.room);
	return e;
}

void pairs_free(struct pairs *p)
{
	free(p->at);
	*p = (struct pairs){ 0 };
}
