/* Keys counted, level by level; places; who meets whom. */
#include "match/candidates.h"

#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "match/model.h"
#include "match/shares.h"

/* --- how far keys go ----------------------------------------------------------------------- */

#define LEVELS 4	/* atoms of a key */
#define EXTENDED_MAX 12 /* so many of a record's atoms, the rarest, are in keys of three and more */

/*
 * In a small list there is time for places of many; `most` is how many may share a key of so
 * many atoms, `by_sex` whether women and men have keys of their own.
 */
struct reach {
	unsigned most[LEVELS + 1];
	bool by_sex;
};

#define REACH_RECORDS 1000000.0
#define BY_SEX_RECORDS 100000

static struct reach reach_of(const struct records *r)
{
	static const double there[LEVELS + 1] = { 0, 3, 5, 9, 13 };
	double times = sqrt(REACH_RECORDS / (r->count + 1.0));
	struct reach reach = { .by_sex = r->count > BY_SEX_RECORDS };

	times = times < 1 ? 1 : times > 5 ? 5 : times;
	for (unsigned level = 1; level <= LEVELS; level++)
		reach.most[level] = (unsigned)(there[level] * times);
	return reach;
}

/*
 * Common atoms must say as much as makes up for how many others there are, but for so much: a
 * comparison sees more than they do.  In a small list there is time for more comparisons.
 */
#define SEEN_LATER 23.0
#define SEEN_LATER_SMALLER 3.5 /* for a list of a tenth */

static int least_of(uint32_t records)
{
	double smaller = log10(REACH_RECORDS / (records + 1.0));

	return (int)(2 * log2(10.0 * records + 1) - SEEN_LATER -
		     (smaller > 0 ? smaller * SEEN_LATER_SMALLER : 0));
}

/* --- keys of one record ---------------------------------------------------------------------- */

#define KEYS_AT_ONCE 600 /* of one level: ATOMS_MAX over 2, EXTENDED_MAX over 3 and over 4 */

struct key {
	uint32_t hash;
	uint8_t at[LEVELS]; /* which atoms of the record */
};

/* A record as its keys are made of it.  Bit j of pairs[i] and bit k of triples[i][j] say that
 * too many have it; i < j < k. */
struct view {
	unsigned count;
	uint64_t hashes[ATOMS_MAX], base;
	uint32_t people[ATOMS_MAX];
	uint8_t columns[ATOMS_MAX];
	uint32_t own; /* a bit for each */
	uint32_t pairs[ATOMS_MAX], triples[EXTENDED_MAX][EXTENDED_MAX];
	unsigned keys_count;
	struct key keys[KEYS_AT_ONCE];
};

#define PILES 256 /* of keys, by the first byte of their hash */
#define COUNT_MOST 100

#define SHEET_KEYS 2046

/* A pile is of sheets, so that none of it is moved or left empty when it grows. */
struct sheet {
	struct sheet *next;
	size_t count;
	uint64_t at[SHEET_KEYS]; /* hash and record */
};

struct pile {
	struct sheet *first, *last;
	size_t count; /* of keys */
};

/* The places of a pile. */
struct block {
	uint32_t *at;
	size_t count;
};

struct search_for_places {
	struct candidates *out;
	struct reach reach;
	bool families;
	unsigned sex; /* the column; COLUMNS_MAX: none */
	unsigned threads, level;
	uint64_t *many[LEVELS]; /* of each record: which keys of a level too many have */
	_Atomic uint8_t *counters;
	uint32_t counters_count;     /* of each level */
	struct pile (*piles)[PILES]; /* of each thread */
	struct block *blocks;	     /* of each pile */
	_Atomic bool no_memory;
};

static uint64_t mixed(uint64_t h)
{
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdull;
	h ^= h >> 33;
	h *= 0xc4ceb9fe1a85ec53ull;
	return h ^ h >> 32;
}

/* Of a set: the sum of its atoms, each of which is any 64 bits, whatever their order. */
static uint32_t hash_of(uint64_t sum)
{
	return (uint32_t)(sum >> 32);
}

static void view_record(struct view *v, const struct search_for_places *s, uint32_t record)
{
	const struct atoms *a = &s->out->atoms;
	const uint32_t *of = &a->of[a->starts[record]];

	v->count = (unsigned)(a->starts[record + 1] - a->starts[record]);
	v->own = s->families ? 0 : UINT32_MAX;
	v->base = s->reach.by_sex && s->sex < COLUMNS_MAX
			  ? mixed(record_values(s->out->records, record)[s->sex])
			  : 0;
	for (unsigned i = 0; i < v->count; i++) {
		uint32_t atom = of[i] & ~ATOM_OWN;

		v->hashes[i] = mixed(atom + 1);
		v->people[i] = a->people[atom];
		v->columns[i] = a->columns[atom];
		if (of[i] & ATOM_OWN)
			v->own |= UINT32_C(1) << i;
	}
}

static void add_key(struct view *v, struct key k, unsigned count)
{
	uint64_t sum = v->base;

	for (unsigned i = 0; i < count; i++)
		sum += v->hashes[k.at[i]];
	k.hash = hash_of(sum);
	assert(v->keys_count < KEYS_AT_ONCE);
	v->keys[v->keys_count++] = k;
}

/* Names are in pairs with each other, other columns not with themselves. */
static bool may_be_pair(const struct view *v, unsigned i, unsigned j)
{
	return v->columns[i] != v->columns[j] || v->columns[i] >= COLUMNS_MAX;
}

/* So many times more than may share a key are not counted where as many are to be expected by
 * chance: there is hardly one of them that few have. */
#define CHANCE_MANY 16.0

static void keys_of_two(struct view *v, const struct search_for_places *s)
{
	double many = CHANCE_MANY * s->reach.most[2] * s->out->records->count;

	for (unsigned i = 0; i < v->count; i++) {
		v->pairs[i] = 0;
		for (unsigned j = i + 1; v->people[i] > s->reach.most[1] && j < v->count; j++) {
			if (!may_be_pair(v, i, j))
				continue;
			if ((double)v->people[i] * v->people[j] > many)
				v->pairs[i] |= UINT32_C(1) << j;
			else
				add_key(v, (struct key){ .at = { (uint8_t)i, (uint8_t)j } }, 2);
		}
	}
}

static unsigned first_of(uint32_t *set)
{
	unsigned first = (unsigned)__builtin_ctz(*set);

	*set &= *set - 1;
	return first;
}

/* Three of which any two are too many. */
static void keys_of_three(struct view *v, const struct search_for_places *s)
{
	uint32_t extended = (UINT32_C(1) << EXTENDED_MAX) - 1;
	double n = s->out->records->count, many = CHANCE_MANY * s->reach.most[3] * n * n;

	for (unsigned i = 0; i < v->count && i < EXTENDED_MAX; i++)
		for (uint32_t second = v->pairs[i] & extended; second;) {
			unsigned j = first_of(&second);

			v->triples[i][j] = 0;
			for (uint32_t third = v->pairs[i] & v->pairs[j] & extended; third;) {
				unsigned k = first_of(&third);
				uint32_t set =
					UINT32_C(1) << i | UINT32_C(1) << j | UINT32_C(1) << k;

				if (!(set & v->own) ||
				    (double)v->people[i] * v->people[j] * v->people[k] > many)
					v->triples[i][j] |= UINT32_C(1) << k;
				else
					add_key(v,
						(struct key){ .at = { (uint8_t)i, (uint8_t)j,
								      (uint8_t)k } },
						3);
			}
		}
}

static void keys_of_four(struct view *v)
{
	uint32_t extended = (UINT32_C(1) << EXTENDED_MAX) - 1;

	for (unsigned i = 0; i < v->count && i < EXTENDED_MAX; i++)
		for (uint32_t second = v->pairs[i] & extended; second;) {
			unsigned j = first_of(&second);

			for (uint32_t third = v->triples[i][j]; third;) {
				unsigned k = first_of(&third);
				uint32_t fourth =
					v->triples[i][j] & v->triples[i][k] & v->triples[j][k];

				while (fourth) {
					unsigned l = first_of(&fourth);
					uint32_t set = UINT32_C(1) << i | UINT32_C(1) << j |
						       UINT32_C(1) << k | UINT32_C(1) << l;

					if (set & v->own)
						add_key(v,
							(struct key){
								.at = { (uint8_t)i, (uint8_t)j,
									(uint8_t)k, (uint8_t)l } },
							4);
				}
			}
		}
}

static void make_keys(struct view *v, const struct search_for_places *s, unsigned level)
{
	v->keys_count = 0;
	if (level == 2)
		keys_of_two(v, s);
	else if (level == 3)
		keys_of_three(v, s);
	else
		keys_of_four(v);
}

/* --- counted ----------------------------------------------------------------------------------- */

/* Each level has counters of its own: those of the one before are read meanwhile, and what is
 * read must not depend on how far another thread has come. */
static _Atomic uint8_t *counter_of(const struct search_for_places *s, unsigned level, uint32_t hash)
{
	return &s->counters[(size_t)(level - 2) * s->counters_count +
			    (hash & (s->counters_count - 1))];
}

static unsigned count_of(const struct search_for_places *s, unsigned level, uint32_t hash)
{
	return atomic_load_explicit(counter_of(s, level, hash), memory_order_relaxed);
}

/* More than COUNT_MOST are as many as any; the threads that see it at once do not overflow. */
static void count(const struct search_for_places *s, unsigned level, uint32_t hash)
{
	static_assert(COUNT_MOST + SHARES_MAX < 256, "counters may overflow");
	if (count_of(s, level, hash) < COUNT_MOST)
		atomic_fetch_add_explicit(counter_of(s, level, hash), 1, memory_order_relaxed);
}

/* Counters lie anywhere in memory: all are asked for before the first is needed. */
static void ask_for_counters(const struct view *v, const struct search_for_places *s,
			     unsigned level)
{
	for (unsigned i = 0; i < v->keys_count; i++)
		__builtin_prefetch((void *)counter_of(s, level, v->keys[i].hash), 1);
}

static void note_many(struct view *v, const struct key *k, unsigned level)
{
	if (level == 2)
		v->pairs[k->at[0]] |= UINT32_C(1) << k->at[1];
	else if (level == 3)
		v->triples[k->at[0]][k->at[1]] |= UINT32_C(1) << k->at[2];
}

/* --- piled up ---------------------------------------------------------------------------------- */

static bool pile_up(struct pile *p, uint64_t what)
{
	if (!p->last || p->last->count == SHEET_KEYS) {
		struct sheet *sheet = malloc(sizeof(*sheet));

		if (!sheet)
			return false;
		sheet->next = NULL;
		sheet->count = 0;
		if (p->last)
			p->last->next = sheet;
		else
			p->first = sheet;
		p->last = sheet;
	}
	p->last->at[p->last->count++] = what;
	p->count++;
	return true;
}

static void pile_free(struct pile *p)
{
	for (struct sheet *sheet = p->first, *next; sheet; sheet = next) {
		next = sheet->next;
		free(sheet);
	}
	*p = (struct pile){ 0 };
}

static void put_key(struct search_for_places *s, unsigned share, uint32_t hash, uint32_t record)
{
	if (!pile_up(&s->piles[share][hash >> 24], (uint64_t)hash << 32 | record))
		s->no_memory = true;
}

/* Atoms that few have are keys by themselves; all of them together are one as well. */
static void put_short_and_whole(struct search_for_places *s, unsigned share, const struct view *v,
				uint32_t record)
{
	uint64_t sum = v->base;

	for (unsigned i = 0; i < v->count; i++) {
		sum += v->hashes[i];
		if (v->people[i] > 1 && v->people[i] <= s->reach.most[1])
			put_key(s, share, hash_of(v->hashes[i]), record);
	}
	if (v->count > 1)
		put_key(s, share, hash_of(sum), record);
}

/* --- level by level ---------------------------------------------------------------------------- */

#define REMEMBERED 64 /* keys of a level; of a record that has more they are looked up again */

/* Keys of a level that is counted: few have some, too many have others. */
static void settle_level(struct view *v, struct search_for_places *s, unsigned share,
			 uint32_t record, unsigned level)
{
	bool put = level + 1 == s->level;
	uint64_t many = 0;

	make_keys(v, s, level);
	ask_for_counters(v, s, level);
	for (unsigned i = 0; i < v->keys_count; i++) {
		unsigned found = count_of(s, level, v->keys[i].hash);

		if (found > s->reach.most[level]) {
			note_many(v, &v->keys[i], level);
			many |= i < REMEMBERED ? UINT64_C(1) << i : 0;
		} else if (put && found > 1) {
			put_key(s, share, v->keys[i].hash, record);
		}
	}
	if (level < LEVELS)
		s->many[level][record] = many;
}

static void recall_level(struct view *v, struct search_for_places *s, unsigned share,
			 uint32_t record, unsigned level)
{
	make_keys(v, s, level);
	if (v->keys_count > REMEMBERED) {
		settle_level(v, s, share, record, level);
		return;
	}
	for (uint64_t many = s->many[level][record]; many; many &= many - 1)
		note_many(v, &v->keys[__builtin_ctzll(many)], level);
}

/* The keys of s->level are counted; those of the level below have been, and are put. */
static void pass_record(struct search_for_places *s, unsigned share, uint32_t record)
{
	struct view v;

	view_record(&v, s, record);
	if (s->level == 2)
		put_short_and_whole(s, share, &v, record);
	for (unsigned level = 2; level + 1 < s->level; level++)
		recall_level(&v, s, share, record, level);
	if (s->level > 2)
		settle_level(&v, s, share, record, s->level - 1);
	if (s->level > LEVELS)
		return;
	make_keys(&v, s, s->level);
	ask_for_counters(&v, s, s->level);
	for (unsigned i = 0; i < v.keys_count; i++)
		count(s, s->level, v.keys[i].hash);
}

static void pass_share(void *its, unsigned share)
{
	struct search_for_places *s = its;
	size_t all = s->out->records->count, to = share_begin(all, share + 1, s->threads);

	for (size_t i = share_begin(all, share, s->threads); i < to && !s->no_memory; i++)
		pass_record(s, share, (uint32_t)i);
}

/* --- places ------------------------------------------------------------------------------------ */

/* Keys side by side, and room to sort them. */
struct desk {
	uint64_t *at, *room;
	size_t count, size;
};

static bool desk_grow(struct desk *d, size_t count)
{
	if (d->size >= count)
		return true;
	free(d->at);
	free(d->room);
	d->size = count + count / 8;
	d->at = malloc(d->size * sizeof(*d->at));
	d->room = malloc(d->size * sizeof(*d->room));
	return d->at && d->room;
}

/* Of one pile, what all threads have put there, in the order of the records. */
static bool gather_pile(struct desk *d, struct search_for_places *s, unsigned number)
{
	size_t all = 0;

	for (unsigned i = 0; i < s->threads; i++)
		all += s->piles[i][number].count;
	if (!desk_grow(d, all))
		return false;
	d->count = 0;
	for (unsigned i = 0; i < s->threads; i++) {
		struct pile *p = &s->piles[i][number];

		for (const struct sheet *sheet = p->first; sheet; sheet = sheet->next) {
			memcpy(d->at + d->count, sheet->at, sheet->count * sizeof(*sheet->at));
			d->count += sheet->count;
		}
		pile_free(p);
	}
	return true;
}

/* By the lower three bytes of the hash, in two passes; what is equal keeps its order. */
static void sort_keys(struct desk *d)
{
	for (unsigned shift = 32; shift < 56; shift += 12) {
		size_t starts[4097] = { 0 };
		uint64_t *kept = d->at;

		for (size_t i = 0; i < d->count; i++)
			starts[(d->at[i] >> shift & 4095) + 1]++;
		for (unsigned i = 0; i < 4096; i++)
			starts[i + 1] += starts[i];
		for (size_t i = 0; i < d->count; i++)
			d->room[starts[d->at[i] >> shift & 4095]++] = d->at[i];
		d->at = d->room;
		d->room = kept;
	}
}

/* Records of one key, cut where they are too many, the pieces joined by a common record. */
static uint32_t *put_place(uint32_t *to, const uint64_t *keys, size_t count, size_t most)
{
	for (size_t from = 0; from + 1 < count; from += most - 1) {
		size_t piece = count - from < most ? count - from : most;

		for (size_t i = 0; i < piece; i++)
			*to++ = (uint32_t)keys[from + i];
		to[-1] |= PLACE_END;
	}
	return to;
}

static bool make_places_of(struct search_for_places *s, const struct desk *p, unsigned number)
{
	size_t most = s->reach.most[LEVELS];
	/* A record more for each piece, at the most. */
	uint32_t *to = malloc((p->count + p->count / (most - 1) + 1) * sizeof(*to)), *begin = to;
	struct block *block = &s->blocks[number];

	if (!to)
		return false;
	for (size_t from = 0, next; from < p->count; from = next) {
		for (next = from + 1; next < p->count && p->at[next] >> 32 == p->at[from] >> 32;)
			next++;
		to = put_place(to, p->at + from, next - from, most);
	}
	block->count = (size_t)(to - begin);
	block->at = realloc(begin, (block->count + 1) * sizeof(*begin));
	if (!block->at)
		block->at = begin;
	return true;
}

static void make_places(void *its, unsigned share)
{
	struct search_for_places *s = its;
	struct desk desk = { 0 };

	for (unsigned i = share; i < PILES && !s->no_memory; i += s->threads) {
		if (!gather_pile(&desk, s, i)) {
			s->no_memory = true;
			break;
		}
		sort_keys(&desk);
		if (!make_places_of(s, &desk, i))
			s->no_memory = true;
	}
	free(desk.at);
	free(desk.room);
}

/* --- seats ------------------------------------------------------------------------------------- */

static bool join_blocks(struct search_for_places *s)
{
	struct candidates *out = s->out;
	size_t all = 0, at = 0;

	for (unsigned i = 0; i < PILES; i++)
		all += s->blocks[i].count;
	out->places = malloc((all + 1) * sizeof(*out->places));
	for (unsigned i = 0; out->places && i < PILES; i++) {
		struct block *b = &s->blocks[i];

		if (b->count)
			memcpy(out->places + at, b->at, b->count * sizeof(*b->at));
		at += b->count;
		free(b->at);
		b->at = NULL;
	}
	out->places_count = all;
	return out->places != NULL;
}

static bool give_seats(struct candidates *c)
{
	uint32_t records = c->records->count;

	c->starts = calloc((size_t)records + 2, sizeof(*c->starts));
	if (!c->starts)
		return false;
	for (size_t i = 0; i < c->places_count; i++)
		if (!(c->places[i] & PLACE_END))
			c->starts[c->places[i] + 1]++;
	for (uint32_t i = 0; i < records; i++)
		c->starts[i + 1] += c->starts[i];
	c->seats = malloc((c->starts[records] + 1) * sizeof(*c->seats));
	if (!c->seats)
		return false;
	/* Each start moves to where the next one was, and back. */
	for (size_t i = 0; i < c->places_count; i++)
		if (!(c->places[i] & PLACE_END))
			c->seats[c->starts[c->places[i]]++] = (uint32_t)i;
	memmove(c->starts + 1, c->starts, records * sizeof(*c->starts));
	c->starts[0] = 0;
	return true;
}

/* --- all of it --------------------------------------------------------------------------------- */

#define COUNTERS_OF_RECORD 24 /* of each level */
#define COUNTERS_LEAST (1u << 16)
#define COUNTERS_MOST (1u << 29)

static bool make_room(struct search_for_places *s)
{
	uint32_t count = COUNTERS_LEAST;

	while (count < COUNTERS_MOST && count / COUNTERS_OF_RECORD < s->out->records->count)
		count *= 2;
	s->counters_count = count;
	s->counters = calloc((size_t)count * (LEVELS - 1), sizeof(*s->counters));
	s->piles = calloc(s->threads, sizeof(*s->piles));
	s->blocks = calloc(PILES, sizeof(*s->blocks));
	for (unsigned level = 2; level < LEVELS; level++) {
		s->many[level] = malloc(((size_t)s->out->records->count + 1) * sizeof(**s->many));
		if (!s->many[level])
			return false;
	}
	return s->counters && s->piles && s->blocks;
}

static void leave_counters(struct search_for_places *s)
{
	free((void *)s->counters);
	s->counters = NULL;
	for (unsigned level = 0; level < LEVELS; level++) {
		free(s->many[level]);
		s->many[level] = NULL;
	}
}

static void leave_room(struct search_for_places *s)
{
	leave_counters(s);
	for (unsigned i = 0; s->piles && i < s->threads; i++)
		for (unsigned k = 0; k < PILES; k++)
			pile_free(&s->piles[i][k]);
	free(s->piles);
	for (unsigned i = 0; s->blocks && i < PILES; i++)
		free(s->blocks[i].at);
	free(s->blocks);
}

static bool find_places(struct search_for_places *s)
{
	if (!make_room(s))
		return false;
	for (s->level = 2; s->level <= LEVELS + 1; s->level++)
		in_shares(s->threads, pass_share, s);
	leave_counters(s);
	if (!s->no_memory)
		in_shares(s->threads, make_places, s);
	return !s->no_memory && join_blocks(s);
}

/* Where a household or a father is known, most that two records share is of their family. */
static bool knows_families(const struct records *r)
{
	for (unsigned i = 0; i < r->columns_count; i++)
		if (!strcmp(r->columns[i].name, "father"))
			return true;
	return r->household_names.count > 0;
}

enum err candidates_new(struct candidates *out, const struct records *r, unsigned threads,
			struct fault *f)
{
	struct search_for_places s = { .out = out, .reach = reach_of(r), .threads = threads };
	enum err e;

	*out = (struct candidates){ .records = r, .least = least_of(r->count) };
	s.families = knows_families(r);
	while (s.sex < r->columns_count && r->columns[s.sex].sort != COLUMN_SEX)
		s.sex++;
	if (s.sex == r->columns_count)
		s.sex = COLUMNS_MAX;
	if ((e = atoms_make(&out->atoms, r, f)))
		return e;
	if (!find_places(&s) || !give_seats(out)) {
		candidates_free(out);
		e = fault(f, ERR_MEMORY, "memory.none");
	}
	leave_room(&s);
	return e;
}

void candidates_free(struct candidates *c)
{
	atoms_free(&c->atoms);
	free(c->places);
	free(c->starts);
	free(c->seats);
	*c = (struct candidates){ 0 };
}

/* --- who meets ----------------------------------------------------------------------------------- */

bool pair_is_possible(const struct records *r, uint32_t a, uint32_t b)
{
	bool one_list = (a < r->second) == (b < r->second);

	if (a == b)
		return false;
	if (r->second < r->count)
		return !one_list;
	return !r->households[a] || r->households[a] != r->households[b];
}

enum err meeting_new(struct meeting **out, const struct candidates *c, struct fault *f)
{
	struct meeting *m = calloc(1, sizeof(*m));

	*out = m;
	if (m) {
		m->candidates = c;
		m->seen = calloc((size_t)c->records->count + 1, sizeof(*m->seen));
		m->shared = calloc((size_t)c->atoms.count + 1, sizeof(*m->shared));
	}
	if (m && m->seen && m->shared)
		return OK;
	meeting_free(m);
	*out = NULL;
	return fault(f, ERR_MEMORY, "memory.none");
}

void meeting_free(struct meeting *m)
{
	if (!m)
		return;
	free(m->seen);
	free(m->shared);
	free(m);
}

static void gather(struct meeting *m, uint32_t record)
{
	const struct candidates *c = m->candidates;

	m->count = 0;
	m->asked++;
	for (size_t i = c->starts[record]; i < c->starts[record + 1]; i++) {
		const uint32_t *other = &c->places[c->seats[i]];

		if (i + 2 < c->starts[record + 1])
			__builtin_prefetch(&c->places[c->seats[i + 2]]);
		do {
			uint32_t b = *++other & ~PLACE_END;

			if (m->seen[b] == m->asked || m->count == CANDIDATES_MAX)
				continue;
			m->seen[b] = m->asked;
			m->found[m->count++] = b;
			__builtin_prefetch(&c->atoms.starts[b]);
			__builtin_prefetch(&c->records->households[b]);
		} while (!(*other & PLACE_END));
	}
}

/* Sums of what is said, side by side in one number: of names of the person, of names of her
 * family, of her birth, of all else, and how many atoms there are. */
enum { SAID_OWN = 0, SAID_NAMES = 12, SAID_BIRTH = 24, SAID_OTHER = 36, SAID_COUNT = 48 };
#define SAID_MASK 4095
static_assert(ATOMS_MAX * WEIGHT_MOST <= SAID_MASK, "sums would run into each other");

/* What is said at the most by names, and against by what both know and do not share. */
#define NAMES_MOST 28
#define NO_OWN_NAME 10
#define OTHER_BIRTH 10
#define NOTHING_OTHER 4

static int part_of(uint64_t said, unsigned part)
{
	return (int)(said >> part & SAID_MASK);
}

/*
 * What the common atoms of two records say, in half bits: a first look, at a tenth of the
 * price of a comparison.  Names of the person and names of her family are bounded each, so
 * that brothers and sisters with a rare family do not pass by it alone.
 */
static int weigh_common(uint64_t said, unsigned known)
{
	int own = part_of(said, SAID_OWN), names = part_of(said, SAID_NAMES);
	int birth = part_of(said, SAID_BIRTH), other = part_of(said, SAID_OTHER);
	int sum = (own < NAMES_MOST ? own : NAMES_MOST) + (names < NAMES_MOST ? names : NAMES_MOST);

	sum += birth + other - (own ? 0 : NO_OWN_NAME);
	if (known >> ATOM_BIRTH & 1 && !birth)
		sum -= OTHER_BIRTH;
	if (known >> ATOM_OTHER & 1 && !other)
		sum -= NOTHING_OTHER;
	return sum;
}

static bool say_enough(const struct meeting *m, uint32_t record, uint32_t other)
{
	const struct atoms *a = &m->candidates->atoms;
	size_t from = a->starts[other], to = a->starts[other + 1];
	uint64_t said = 0;

	for (size_t i = from; i < to; i++)
		said += m->says[a->of[i] >> 31][m->shared[a->of[i] & ~ATOM_OWN]];
	/* Rows that are written twice are compared, however little they say. */
	if ((size_t)part_of(said, SAID_COUNT) == to - from &&
	    to - from == a->starts[record + 1] - a->starts[record])
		return true;
	return weigh_common(said, a->known[record] & a->known[other]) >= m->candidates->least;
}

/* What an atom of the record says, to one who has it as her own and to one who has not. */
static void mark(struct meeting *m, uint32_t record)
{
	const struct atoms *a = &m->candidates->atoms;
	static const unsigned parts[] = { SAID_NAMES, SAID_BIRTH, SAID_OTHER };

	for (size_t i = a->starts[record]; i < a->starts[record + 1]; i++) {
		uint32_t atom = a->of[i] & ~ATOM_OWN;
		unsigned part = parts[a->sorts[atom]],
			 number = (unsigned)(i - a->starts[record]) + 1;
		unsigned own = part == SAID_NAMES && a->of[i] & ATOM_OWN ? SAID_OWN : part;

		m->shared[atom] = (uint8_t)number;
		m->says[0][number] = (uint64_t)a->weights[atom] << part | UINT64_C(1) << SAID_COUNT;
		m->says[1][number] = (uint64_t)a->weights[atom] << own | UINT64_C(1) << SAID_COUNT;
	}
}

static void unmark(struct meeting *m, uint32_t record)
{
	const struct atoms *a = &m->candidates->atoms;

	for (size_t i = a->starts[record]; i < a->starts[record + 1]; i++)
		m->shared[a->of[i] & ~ATOM_OWN] = 0;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

#define FEW 24 /* of which most are in order sooner than qsort() is called */

static void sort_numbers(uint32_t *at, unsigned count)
{
	if (count > FEW)
		qsort(at, count, sizeof(*at), by_number);
	for (unsigned i = 1; count <= FEW && i < count; i++) {
		uint32_t kept = at[i];
		unsigned k = i;

		for (; k > 0 && at[k - 1] > kept; k--)
			at[k] = at[k - 1];
		at[k] = kept;
	}
}

#define AHEAD 6 /* records, whose atoms are asked for before they are needed */

unsigned candidates_behind(struct meeting *m, uint32_t record)
{
	const struct atoms *a = &m->candidates->atoms;
	unsigned kept = 0;

	gather(m, record);
	mark(m, record);
	for (unsigned i = 0; i < m->count; i++) {
		uint32_t other = m->found[i];

		if (i + AHEAD < m->count)
			__builtin_prefetch(&a->of[a->starts[m->found[i + AHEAD]]]);
		if (pair_is_possible(m->candidates->records, record, other) &&
		    say_enough(m, record, other))
			m->found[kept++] = other;
	}
	unmark(m, record);
	m->count = kept;
	sort_numbers(m->found, kept);
	return kept;
}
