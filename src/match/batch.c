/*
 * Lists: read, meet, compare, weigh, cluster.
 */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "match/candidates.h"
#include "match/clusters.h"
#include "match/household.h"
#include "match/match.h"

/* Pairs below this are forgotten before households are asked: no household makes them one. */
#define BITS_LEAST (-14.0f)

struct match_batch {
	struct records records;
	struct channel *channel;
	struct model model;
	struct scored *pairs;
	struct household_bits *households;
	size_t count;
	uint64_t candidates;
	uint32_t *clusters;
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

struct share {
	pthread_t thread;
	const struct records *records;
	struct memo *memo;
	struct scored *pairs;
	size_t count;
};

#define AHEAD 8 /* pairs */

static float shared_rarity(const struct records *r, const struct compared *c)
{
	float bits = 0;

	for (unsigned i = 0; i < r->columns_count; i++)
		bits += column_is_own(&r->columns[i]) ? 0 : c->rarities[i];
	return bits;
}

static void *compare_share(void *its)
{
	struct share *s = its;
	struct compared c;

	for (size_t i = 0; i < s->count; i++) {
		if (i + 2 * AHEAD < s->count)
			compare_soon(s->memo, s->pairs[i + 2 * AHEAD].b, false);
		if (i + AHEAD < s->count)
			compare_soon(s->memo, s->pairs[i + AHEAD].b, true);
		compare(&c, s->memo, s->pairs[i].a, s->pairs[i].b);
		s->pairs[i].pattern = c.pattern;
		s->pairs[i].rarity = c.rarity;
		s->pairs[i].shared = shared_rarity(s->records, &c);
	}
	return NULL;
}

static enum err compare_all(struct match_batch *b, unsigned threads, struct fault *f)
{
	struct share shares[MATCH_THREADS_MAX];
	unsigned made = 0, started = 0;
	enum err e = OK;

	for (; !e && made < threads; made++) {
		size_t from = b->count * made / threads, to = b->count * (made + 1) / threads;

		shares[made] = (struct share){ .records = &b->records,
					       .pairs = b->pairs + from,
					       .count = to - from };
		e = memo_new(&shares[made].memo, &b->records, f);
	}
	/* The first share is this thread's own, and so is any for which there is no thread. */
	for (started = 1; !e && started < threads; started++)
		if (pthread_create(&shares[started].thread, NULL, compare_share, &shares[started]))
			break;
	for (unsigned i = 0; !e && i < threads; i++)
		if (i == 0 || i >= started)
			compare_share(&shares[i]);
	for (unsigned i = 1; !e && i < started; i++)
		pthread_join(shares[i].thread, NULL);
	for (unsigned i = 0; i < made; i++)
		memo_free(shares[i].memo);
	return e;
}

static enum err meet(struct match_batch *b, struct fault *f)
{
	struct pairs pairs = { 0 };
	enum err e = candidates_find(&pairs, &b->records, f);

	if (!e) {
		b->pairs = malloc((pairs.count + 1) * sizeof(*b->pairs));
		if (!b->pairs)
			e = fault(f, ERR_MEMORY, "memory.none");
	}
	for (size_t i = 0; !e && i < pairs.count; i++)
		b->pairs[b->count++] = (struct scored){ .a = pairs.at[i].a, .b = pairs.at[i].b };
	b->candidates = b->count;
	pairs_free(&pairs);
	return e;
}

/* --- weighing --------------------------------------------------------------------------- */

static void weigh_alone(struct match_batch *b)
{
	size_t kept = 0;

	for (size_t i = 0; i < b->count; i++) {
		struct scored p = b->pairs[i];

		p.bits = model_bits(&b->model, &p);
		if (p.bits >= BITS_LEAST)
			b->pairs[kept++] = p;
	}
	b->count = kept;
}

static enum err learn(struct match_batch *b, struct fault *f)
{
	struct histogram h = { 0 };
	enum err e = OK;

	for (size_t i = 0; !e && i < b->count; i++)
		if (!histogram_add(&h, b->pairs[i].pattern, 1))
			e = fault(f, ERR_MEMORY, "memory.none");
	histogram_settle(&h);
	if (!e)
		e = model_learn(&b->model, &b->records, &h, f);
	histogram_free(&h);
	return e;
}

static enum err weigh(struct match_batch *b, struct fault *f)
{
	enum err e = learn(b, f);

	if (e)
		return e;
	weigh_alone(b);
	b->households = calloc(b->count + 1, sizeof(*b->households));
	b->clusters = malloc((b->records.count + 1) * sizeof(*b->clusters));
	if (!b->households || !b->clusters)
		return fault(f, ERR_MEMORY, "memory.none");
	if ((e = households_weigh(b->households, b->pairs, b->count, &b->records, f)))
		return e;
	return clusters_make(b->clusters, b->pairs, b->count, &b->records, f);
}

enum err match_batch_new(struct match_batch **out, const struct match_order *order, struct fault *f)
{
	struct match_batch *b = calloc(1, sizeof(*b));
	enum err e;

	assert(order->threads >= 1 && order->threads <= MATCH_THREADS_MAX);
	*out = NULL;
	if (!b)
		return fault(f, ERR_MEMORY, "memory.none");
	b->order = order;
	if ((e = match_channel_new(&b->channel, f)))
		goto out;
	b->records.channel = b->channel;
	e = records_read(&b->records,
			 &(struct records_order){ order->world, order->first, order->second,
						  order->map, told_reading, b },
			 f);
	if (e)
		goto out;
	tell(b, MATCH_MEETING, 0, 0);
	if ((e = meet(b, f)))
		goto out;
	tell(b, MATCH_COMPARING, 0, b->count);
	if ((e = compare_all(b, order->threads, f)))
		goto out;
	tell(b, MATCH_WEIGHING, 0, 0);
	e = weigh(b, f);
out:
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
	match_channel_free(b->channel);
	free(b->pairs);
	free(b->households);
	free(b->clusters);
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
	return (struct match_counts){ b->records.count, b->candidates, b->model.doubles };
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

static void explain_columns(const struct match_batch *b, const struct compared *c, uint32_t x,
			    uint32_t y, struct lines *out)
{
	for (unsigned i = 0; i < b->records.columns_count; i++) {
		const struct column *column = &b->records.columns[i];
		unsigned level = level_in(c->pattern, i);

		add_line(out,
			 (struct match_line){ column->name, level_key(column->sort, level),
					      string_at(&column->strings, column->values[x]),
					      string_at(&column->strings, column->values[y]),
					      b->model.level_bits[i][level] + c->rarities[i] });
	}
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
	add_line(&lines,
		 (struct match_line){ "", "match.before", { 0 }, { 0 }, b->model.prior_bits });
	explain_columns(b, &c, x, y, &lines);
	add_line(&lines, (struct match_line){ "",
					      "match.relatives",
					      { 0 },
					      { 0 },
					      model_relatives_bits(&b->model, c.pattern,
								   shared_rarity(r, &c)) });
	pair = pair_of(b, x, y);
	if (pair) {
		const struct household_bits *h = &b->households[pair - b->pairs];

		add_line(&lines,
			 (struct match_line){ "", "match.support", { 0 }, { 0 }, h->support });
		add_line(&lines,
			 (struct match_line){ "", "match.rivals", { 0 }, { 0 }, h->rivals });
	}
	*count = lines.count;
	*bits = lines.bits;
	return OK;
}
