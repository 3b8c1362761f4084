/*
 * Lists: read, meet, compare, weigh, cluster.
 */
#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "match/clusters.h"
#include "match/household.h"
#include "match/match.h"
#include "match/meeting.h"
#include "match/models.h"
#include "match/shares.h"

/* Pairs below this are forgotten before households are asked: no household makes them one. */
#define BITS_LEAST (-14.0f)

struct match_batch {
	struct records records;
	struct models models;
	struct scored *pairs;
	struct household_bits *households;
	size_t count;
	uint64_t candidates, known, known_met;
	uint32_t *clusters;
	float *thirds; /* of each pair: what a third record says */
	const struct match_order *order;
};

static void tell(const struct match_batch *b, enum match_stage stage, uint64_t done, uint64_t of)
{
	if (b->order->told)
		b->order->told(b->order->self, stage, done, of);
}

static void told_reading(void *self, uint64_t done, uint64_t of)
{
	tell(self, MATCH_READING, done, of);
}

/* --- comparing -------------------------------------------------------------------------- */

static float shared_rarity(const struct records *r, const struct compared *c)
{
	float bits = 0;

	for (unsigned i = 0; i < r->columns_count; i++)
		bits += column_is_own(&r->columns[i]) ? 0 : c->rarities[i];
	return bits;
}

/* What one thread needs, and what it has found. */
struct worker {
	struct meeting *meeting;
	struct histogram patterns;
	struct scored *pairs;
	size_t count, room;
	uint64_t candidates, known_met;
	bool no_memory;
};

/*
 * One way through all candidates.  They are too many to be kept: of a long list, patterns are
 * counted over those of every few records, and what is learned from them says of all which
 * are worth keeping.
 */
struct passage {
	struct match_batch *batch;
	const struct candidates *candidates;
	struct memo *memo;
	struct worth worth[SCRIPTS_COUNT]; /* what is kept */
	unsigned threads;
	uint32_t step;	       /* while learning: one record of so many; else 0 */
	_Atomic uint32_t next; /* record that no thread has yet */
	struct worker workers[MATCH_THREADS_MAX];
};

#define LEARNED_RECORDS 30000

static bool is_learned_from(uint32_t record, uint32_t step)
{
	/* By chance and always the same one, so that no order of the list is in it. */
	return (record * 0x9E3779B1u >> 8) % step == 0;
}

static void keep_pair(struct worker *w, struct scored p)
{
	if (w->count == w->room) {
		size_t room = w->room + w->room / 4 + 4096;
		struct scored *at = realloc(w->pairs, room * sizeof(*at));

		if (!at) {
			w->no_memory = true;
			return;
		}
		w->pairs = at;
		w->room = room;
	}
	w->pairs[w->count++] = p;
}

static void learn_pair(struct passage *p, struct worker *w, uint32_t a, uint32_t b)
{
	struct compared c;

	compare(&c, p->memo, a, b);
	w->no_memory |= !histogram_add(&w->patterns, c.pattern, 1);
}

static void take_pair(struct passage *p, struct worker *w, const struct asked *q, uint32_t other)
{
	struct scored pair = { .a = q->record, .b = other };
	struct compared c;

	if (!compare_if_worth(&c, q, other))
		return;
	pair.pattern = c.pattern;
	pair.rarity = c.rarity;
	pair.shared = shared_rarity(&p->batch->records, &c);
	pair.bits = model_bits(model_for(&p->batch->models, pair.pattern), &pair);
	if (pair.bits >= BITS_LEAST)
		keep_pair(w, pair);
}

static void count_known_met(const struct records *r, struct worker *w, uint32_t record)
{
	uint32_t person = r->persons[record];

	for (unsigned i = 0; person && i < w->meeting->count; i++)
		w->known_met += r->persons[w->meeting->found[i]] == person;
}

#define AHEAD 4 /* pairs */

static void take_record(struct passage *p, struct worker *w, uint32_t record)
{
	unsigned count = candidates_behind(w->meeting, record);
	const uint32_t *found = w->meeting->found;
	struct asked q;

	if (!p->step) {
		w->candidates += count;
		count_known_met(&p->batch->records, w, record);
		asked_begin(&q, p->memo, p->worth, record);
	}
	for (unsigned i = 0; i < count; i++) {
		if (i + 2 * AHEAD < count)
			compare_soon(p->memo, found[i + 2 * AHEAD], false);
		if (i + AHEAD < count)
			compare_soon(p->memo, found[i + AHEAD], true);
		if (p->step)
			learn_pair(p, w, record, found[i]);
		else
			take_pair(p, w, &q, found[i]);
	}
}

/* So many are taken at once: early records have more behind them than late ones. */
#define RECORDS_AT_ONCE 1024

static void pass_share(void *its, unsigned share)
{
	struct passage *p = its;
	struct worker *w = &p->workers[share];
	uint32_t count = p->batch->records.count, from;

	while ((from = atomic_fetch_add(&p->next, RECORDS_AT_ONCE)) < count) {
		uint32_t to = count - from < RECORDS_AT_ONCE ? count : from + RECORDS_AT_ONCE;

		for (uint32_t i = from; i < to && !w->no_memory; i++)
			if (!p->step || is_learned_from(i, p->step))
				take_record(p, w, i);
		if (share == 0)
			tell(p->batch, MATCH_COMPARING, p->step ? 0 : from, count);
	}
}

static enum err pass(struct passage *p, struct fault *f)
{
	p->next = 0;
	in_shares(p->threads, pass_share, p);
	for (unsigned i = 0; i < p->threads; i++)
		if (p->workers[i].no_memory)
			return fault(f, ERR_MEMORY, "memory.none");
	return OK;
}

static enum err learn(struct passage *p, struct fault *f)
{
	struct histogram all = { 0 };
	struct match_batch *b = p->batch;
	enum err e;

	p->step = b->records.count / LEARNED_RECORDS + 1;
	if ((e = pass(p, f)))
		return e;
	for (unsigned i = 0; !e && i < p->threads; i++)
		if (!histogram_join(&all, &p->workers[i].patterns, p->step))
			e = fault(f, ERR_MEMORY, "memory.none");
	histogram_settle(&all);
	if (!e)
		e = models_learn(&b->models, &b->records, p->memo, &all, f);
	histogram_free(&all);
	models_worth(&b->models, BITS_LEAST, p->worth);
	p->step = 0;
	return e;
}

/* The worker whose next pair comes first; NULL: they have no more. */
static struct worker *first_worker(struct passage *p, const size_t taken[MATCH_THREADS_MAX])
{
	struct worker *first = NULL;
	uint32_t least = UINT32_MAX;

	for (unsigned i = 0; i < p->threads; i++) {
		struct worker *w = &p->workers[i];

		if (taken[i] < w->count && w->pairs[taken[i]].a <= least) {
			least = w->pairs[taken[i]].a;
			first = w;
		}
	}
	return first;
}

/* Each worker has its pairs in order, and all those of a record. */
static enum err gather_pairs(struct passage *p, struct fault *f)
{
	struct match_batch *b = p->batch;
	size_t taken[MATCH_THREADS_MAX] = { 0 }, all = 0;
	struct worker *w;

	for (unsigned i = 0; i < p->threads; i++) {
		all += p->workers[i].count;
		b->candidates += p->workers[i].candidates;
		b->known_met += p->workers[i].known_met;
	}
	b->pairs = malloc((all + 1) * sizeof(*b->pairs));
	if (!b->pairs)
		return fault(f, ERR_MEMORY, "memory.none");
	while ((w = first_worker(p, taken)))
		b->pairs[b->count++] = w->pairs[taken[w - p->workers]++];
	return OK;
}

/* The candidates are freed: beside them and the pairs there is no room for the rest. */
static enum err compare_all(struct match_batch *b, struct candidates *c, unsigned threads,
			    struct fault *f)
{
	struct passage p = { .batch = b, .candidates = c, .threads = threads };
	enum err e = OK;

	e = memo_new(&p.memo, &b->records, f);
	for (unsigned i = 0; !e && i < threads; i++)
		e = meeting_new(&p.workers[i].meeting, c, f);
	if (!e && !(e = learn(&p, f)))
		e = pass(&p, f);
	for (unsigned i = 0; i < threads; i++) {
		meeting_free(p.workers[i].meeting);
		histogram_free(&p.workers[i].patterns);
	}
	memo_free(p.memo);
	candidates_free(c);
	if (!e)
		e = gather_pairs(&p, f);
	for (unsigned i = 0; i < threads; i++)
		free(p.workers[i].pairs);
	return e;
}

/* Pairs that are one person by what is known. */
static enum err count_known(struct match_batch *b, struct fault *f)
{
	const struct records *r = &b->records;
	uint32_t *seen = calloc((size_t)r->person_names.count + 1, sizeof(*seen));
	bool one_list = r->second == r->count;

	if (!seen)
		return fault(f, ERR_MEMORY, "memory.none");
	for (uint32_t i = 0; i < r->count; i++) {
		uint32_t person = r->persons[i];

		b->known += person && (one_list || i >= r->second) ? seen[person] : 0;
		seen[person] += i < r->second;
	}
	free(seen);
	return OK;
}

/* --- weighing --------------------------------------------------------------------------- */

static enum err weigh(struct match_batch *b, struct fault *f)
{
	enum err e;

	b->households = calloc(b->count + 1, sizeof(*b->households));
	b->clusters = malloc((b->records.count + 1) * sizeof(*b->clusters));
	b->thirds = calloc(b->count + 1, sizeof(*b->thirds));
	if (!b->households || !b->clusters || !b->thirds)
		return fault(f, ERR_MEMORY, "memory.none");
	if ((e = households_weigh(b->households, b->pairs, b->count, &b->records, f)))
		return e;
	return clusters_make(b->clusters, b->thirds, b->pairs, b->count, &b->records, f);
}

enum err match_batch_new(struct match_batch **out, const struct match_order *order, struct fault *f)
{
	struct match_batch *b = calloc(1, sizeof(*b));
	struct candidates candidates = { 0 };
	enum err e;

	assert(order->threads >= 1 && order->threads <= MATCH_THREADS_MAX);
	*out = NULL;
	if (!b)
		return fault(f, ERR_MEMORY, "memory.none");
	b->order = order;
	if ((e = match_channel_shipped(&b->records.channel, f)))
		goto out;
	e = records_read(&b->records,
			 &(struct records_order){ order->world, order->first, order->second,
						  order->map, order->threads, told_reading, b },
			 f);
	if (e)
		goto out;
	tell(b, MATCH_MEETING, 0, 0);
	if ((e = candidates_new(&candidates, &b->records, order->threads, f)))
		goto out;
	if ((e = compare_all(b, &candidates, order->threads, f)) || (e = count_known(b, f)))
		goto out;
	tell(b, MATCH_WEIGHING, 0, 0);
	e = weigh(b, f);
out:
	candidates_free(&candidates);
	b->order = NULL;
	if (e)
		match_batch_free(b);
	else
		*out = b;
	return e;
}

void match_batch_free(struct match_batch *b)
{
	if (!b)
		return;
	records_free(&b->records);
	free(b->pairs);
	free(b->households);
	free(b->clusters);
	free(b->thirds);
	free(b);
}

/* --- what came out ------------------------------------------------------------------------ */

size_t match_batch_pairs(const struct match_batch *b)
{
	return b->count;
}

struct match_pair match_batch_pair(const struct match_batch *b, size_t number)
{
	const struct scored *p = &b->pairs[number];

	assert(number < b->count);
	return (struct match_pair){
		.id_a = record_id(&b->records, p->a),
		.id_b = record_id(&b->records, p->b),
		.bits = p->bits,
		.probability = probability_of(p->bits),
		.same = p->bits >= 0 && b->clusters[p->a] == b->clusters[p->b],
	};
}

uint32_t match_batch_records(const struct match_batch *b)
{
	return b->records.count;
}

struct text match_batch_id(const struct match_batch *b, uint32_t record)
{
	return record_id(&b->records, record);
}

uint32_t match_batch_cluster(const struct match_batch *b, uint32_t record)
{
	return b->clusters[record];
}

struct match_counts match_batch_counts(const struct match_batch *b)
{
	return (struct match_counts){ b->records.count, b->candidates, models_doubles(&b->models),
				      b->known, b->known_met };
}

/* --- why ---------------------------------------------------------------------------------- */

static const char *level_key(enum column_sort sort, unsigned level)
{
	static const char *const name[] = { "match.not-known",	 "match.name-differs",
					    "match.name-partly", "match.name-near",
					    "match.name-subset", "match.name-spelled",
					    "match.same",	 "match.name-swapped" };
	static const char *const birth[] = { "match.not-known",	  "match.differs",
					     "match.birth-years", "match.birth-next-year",
					     "match.birth-year",  "match.birth-year-only",
					     "match.birth-slip",  "match.same" };
	static const char *const plain[] = { "match.not-known", "match.differs", "match.partly",
					     "match.near", "match.same" };

	return sort == COLUMN_NAME    ? name[level]
	       : sort == COLUMN_BIRTH ? birth[level]
				      : plain[level];
}

static uint32_t record_with(const struct match_batch *b, struct text id, uint32_t from)
{
	uint32_t wanted = string_find(&b->records.ids, id);

	for (uint32_t i = from; wanted && i < b->records.count; i++)
		if (b->records.id_of[i] == wanted)
			return i;
	return UINT32_MAX;
}

static const struct scored *pair_of(const struct match_batch *b, uint32_t a, uint32_t c)
{
	for (size_t i = 0; i < b->count; i++)
		if ((b->pairs[i].a == a && b->pairs[i].b == c) ||
		    (b->pairs[i].a == c && b->pairs[i].b == a))
			return &b->pairs[i];
	return NULL;
}

struct lines {
	struct match_line *at;
	size_t count;
	float bits;
};

static void add_line(struct lines *l, struct match_line line)
{
	assert(l->count < MATCH_LINES_MAX);
	l->at[l->count++] = line;
	l->bits += line.bits;
}

static void explain_comparison(const struct match_batch *b, const struct compared *c, uint32_t x,
			       uint32_t y, struct lines *out)
{
	const struct model *model = model_for(&b->models, c->pattern);

	add_line(out, (struct match_line){ "", "match.before", { 0 }, { 0 }, model->prior_bits });
	for (unsigned i = 0; i < b->records.columns_count; i++) {
		const struct column *column = &b->records.columns[i];
		unsigned level = level_in(c->pattern, i);

		add_line(out, (struct match_line){
				      column->name, level_key(column->sort, level),
				      string_at(&column->strings, record_values(&b->records, x)[i]),
				      string_at(&column->strings, record_values(&b->records, y)[i]),
				      model->level_bits[i][level] + c->rarities[i] });
	}
}

static void explain_others(const struct match_batch *b, const struct compared *c, struct lines *out)
{
	static const char *const keys[OTHERS] = { "match.relatives", "match.namesakes" };
	float bits[OTHERS];

	model_others_bits(model_for(&b->models, c->pattern), c->pattern,
			  shared_rarity(&b->records, c), bits);
	for (enum other o = 0; o < OTHERS; o++)
		add_line(out, (struct match_line){ "", keys[o], { 0 }, { 0 }, bits[o] });
}

enum err match_batch_explain(struct match_batch *b, struct text id_a, struct text id_b,
			     struct match_line out[MATCH_LINES_MAX], size_t *count, float *bits,
			     struct fault *f)
{
	const struct records *r = &b->records;
	uint32_t x = record_with(b, id_a, 0);
	uint32_t y = record_with(b, id_b, r->second < r->count ? r->second : 0);
	struct lines lines = { .at = out };
	const struct scored *pair;
	struct compared c;
	struct memo *memo;
	enum err e;

	if (x == UINT32_MAX || y == UINT32_MAX)
		return fault(f, ERR_NOT_FOUND, "match.no-such-id", x == UINT32_MAX ? id_a : id_b);
	if ((e = memo_new(&memo, r, f)))
		return e;
	compare(&c, memo, x, y);
	memo_free(memo);
	explain_comparison(b, &c, x, y, &lines);
	explain_others(b, &c, &lines);
	pair = pair_of(b, x, y);
	if (pair) {
		const struct household_bits *h = &b->households[pair - b->pairs];

		add_line(&lines,
			 (struct match_line){ "", "match.support", { 0 }, { 0 }, h->support });
		add_line(&lines,
			 (struct match_line){ "", "match.rivals", { 0 }, { 0 }, h->rivals });
		add_line(&lines,
			 (struct match_line){
				 "", "match.third", { 0 }, { 0 }, b->thirds[pair - b->pairs] });
	}
	*count = lines.count;
	*bits = lines.bits;
	return OK;
}
