/* Keys counted, level by level, and places where those meet who share one. */
#include "match/candidates.h"

#include <assert.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "match/keys.h"
#include "match/large.h"
#include "match/shares.h"

/*
 * Common atoms must say as much as makes up for how many others there are, but for so much: a
 * comparison sees more than they do.  In a small list there is time for more comparisons.
 * In a large one more is asked of the many who are looked at than of the few who are learned
 * from, where households are known: who is lost by it is found by another one of hers.
 */
#define LARGE_RECORDS 1000000.0
#define SEEN_LATER 23.0
#define SEEN_LATER_SMALLER 3.5 /* for a list of a tenth */
#define SEEN_BY_KIN 8.0
#define KIN_RECORDS 100000.0 /* from so many on, and all of it at ten times as many */

static double share_with_household(const struct records *r)
{
	uint32_t with = 0;

	for (uint32_t i = 0; i < r->count; i++)
		with += r->households[i] != 0;
	return with / (r->count + 1.0);
}

static void set_least(struct candidates *out)
{
	double records = out->records->count + 1.0, smaller = log10(LARGE_RECORDS / records);
	double larger = fmax(0, fmin(1, log10(records / KIN_RECORDS)));
	double least = 2 * log2(10 * records) - SEEN_LATER - fmax(0, smaller) * SEEN_LATER_SMALLER;

	out->least_learned = (int)least;
	out->least = (int)(least + SEEN_BY_KIN * larger * share_with_household(out->records));
}

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
	struct key_rules rules;
	unsigned threads, level;
	struct noted *noted; /* of each record */
	_Atomic uint8_t *counters;
	uint32_t counters_count;     /* of each level */
	struct pile (*piles)[PILES]; /* of each thread */
	struct block *blocks;	     /* of each pile */
	_Atomic bool no_memory;
};

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
		if (v->people[i] > 1 && v->people[i] <= s->rules.most[1])
			put_key(s, share, hash_of(v->hashes[i]), record);
	}
	if (v->count > 1)
		put_key(s, share, hash_of(sum), record);
}

/* --- level by level ---------------------------------------------------------------------------- */

/* Keys of a level that is counted: few have some, too many have others. */
static void settle_level(struct view *v, struct search_for_places *s, unsigned share,
			 uint32_t record, unsigned level)
{
	make_keys(v, &s->rules, level);
	ask_for_counters(v, s, level);
	for (unsigned i = 0; i < v->keys_count; i++) {
		unsigned found = count_of(s, level, v->keys[i].hash);

		if (found > s->rules.most[level])
			note_many(v, &v->keys[i], level);
		else if (found > 1)
			put_key(s, share, v->keys[i].hash, record);
	}
	keep_noted(&s->noted[record], v, level);
}

/* The keys of s->level are counted; those of the level below have been, and are put. */
static void pass_record(struct search_for_places *s, unsigned share, uint32_t record)
{
	struct view v;

	view_record(&v, &s->rules, record);
	if (s->level == 2)
		put_short_and_whole(s, share, &v, record);
	for (unsigned level = 2; level + 1 < s->level; level++)
		recall_noted(&v, &s->noted[record], level);
	if (s->level > 2)
		settle_level(&v, s, share, record, s->level - 1);
	if (s->level > KEY_ATOMS)
		return;
	make_keys(&v, &s->rules, s->level);
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

static int by_record(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/*
 * Records of one key in their order, each once; gives how many.  They nearly always are:
 * only where keys of two levels have one hash they come one level behind the other, and in
 * another order with other threads.
 */
static size_t put_in_order(uint64_t *keys, size_t count)
{
	size_t kept = 1;

	for (size_t i = 1; i < count && keys[i - 1] < keys[i]; i++)
		kept++;
	if (kept == count)
		return count;
	qsort(keys, count, sizeof(*keys), by_record);
	kept = 1;
	for (size_t i = 1; i < count; i++)
		if (keys[i] != keys[kept - 1])
			keys[kept++] = keys[i];
	return kept;
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

static bool make_places_of(struct search_for_places *s, struct desk *p, unsigned number)
{
	size_t most = s->rules.most[KEY_ATOMS];
	/* A record more for each piece, at the most. */
	uint32_t *to = malloc((p->count + p->count / (most - 1) + 1) * sizeof(*to)), *begin = to;
	struct block *block = &s->blocks[number];

	if (!to)
		return false;
	for (size_t from = 0, next; from < p->count; from = next) {
		for (next = from + 1; next < p->count && p->at[next] >> 32 == p->at[from] >> 32;)
			next++;
		to = put_place(to, p->at + from, put_in_order(p->at + from, next - from), most);
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
	in_large_pages(out->places, all * sizeof(*out->places));
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

/* Seats are given by shares of the records: all places are gone through by each, and what is
 * written anywhere is less. */
struct giving {
	struct candidates *out;
	unsigned threads;
};

/* Counted before there are any; then each start moves to where the next one was. */
static void give_share(void *its, unsigned share)
{
	const struct giving *g = its;
	const struct candidates *c = g->out;
	size_t from = share_begin(c->records->count, share, g->threads);
	size_t count = share_begin(c->records->count, share + 1, g->threads) - from;

	for (size_t i = 0; i < c->places_count; i++) {
		uint32_t record = c->places[i];

		/* PLACE_END is behind any share. */
		if (record - from >= count)
			continue;
		if (c->seats)
			c->seats[c->starts[record]++] = (uint32_t)i;
		else
			c->starts[record + 1]++;
	}
}

static bool give_seats(struct candidates *c, unsigned threads)
{
	struct giving g = { c, threads };
	uint32_t records = c->records->count;

	c->starts = calloc((size_t)records + 2, sizeof(*c->starts));
	in_large_pages(c->starts, records * sizeof(*c->starts));
	if (!c->starts)
		return false;
	in_shares(threads, give_share, &g);
	for (uint32_t i = 0; i < records; i++)
		c->starts[i + 1] += c->starts[i];
	c->seats = malloc((c->starts[records] + 1) * sizeof(*c->seats));
	if (!c->seats)
		return false;
	in_large_pages(c->seats, c->starts[records] * sizeof(*c->seats));
	in_shares(threads, give_share, &g);
	/* And back. */
	memmove(c->starts + 1, c->starts, records * sizeof(*c->starts));
	c->starts[0] = 0;
	return true;
}

/* --- all of it --------------------------------------------------------------------------------- */

#define COUNTERS_OF_RECORD 12 /* of each level */
#define COUNTERS_LEAST (1u << 20)
#define COUNTERS_MOST (1u << 29)

static bool make_room(struct search_for_places *s)
{
	uint32_t count = COUNTERS_LEAST;

	while (count < COUNTERS_MOST && count / COUNTERS_OF_RECORD < s->out->records->count)
		count *= 2;
	s->counters_count = count;
	s->counters = calloc((size_t)count * (KEY_ATOMS - 1), sizeof(*s->counters));
	in_large_pages((void *)s->counters, (size_t)count * (KEY_ATOMS - 1));
	s->piles = calloc(s->threads, sizeof(*s->piles));
	s->blocks = calloc(PILES, sizeof(*s->blocks));
	s->noted = calloc((size_t)s->out->records->count + 1, sizeof(*s->noted));
	return s->counters && s->piles && s->blocks && s->noted;
}

static void leave_counters(struct search_for_places *s)
{
	free((void *)s->counters);
	s->counters = NULL;
	free(s->noted);
	s->noted = NULL;
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
	for (s->level = 2; s->level <= KEY_ATOMS + 1; s->level++)
		in_shares(s->threads, pass_share, s);
	leave_counters(s);
	if (!s->no_memory)
		in_shares(s->threads, make_places, s);
	return !s->no_memory && join_blocks(s);
}

enum err candidates_new(struct candidates *out, const struct records *r, unsigned threads,
			struct fault *f)
{
	struct search_for_places s = { .out = out, .threads = threads };
	enum err e;

	*out = (struct candidates){ .records = r };
	set_least(out);
	if ((e = atoms_make(&out->atoms, r, threads, f)))
		return e;
	key_rules_make(&s.rules, r, &out->atoms);
	if (!find_places(&s) || !give_seats(out, threads)) {
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
