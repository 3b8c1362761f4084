/*
 * Lists: read, meet, compare, weigh, cluster.
 */
#include <assert.h>
#include <stdlib.h>

#include "match/clusters.h"
#include "match/household.h"
#include "match/match.h"
#include "match/pairs.h"

struct match_batch {
	struct records records;
	struct models models;
	struct pairs pairs;
	struct household_bits *households;
	uint64_t known;
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

static void told_comparing(void *self, uint64_t done, uint64_t of)
{
	tell(self, MATCH_COMPARING, done, of);
}

/* --- weighing --------------------------------------------------------------------------- */

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

/* Where households speak, there are at least as many doubles as they let be found. */
static void expect_what_was_found(struct match_batch *b)
{
	double found = 0;
	float more;

	for (size_t i = 0; i < b->pairs.count; i++)
		found += probability_of(b->pairs.at[i].bits);
	more = models_expect(&b->models, found);
	for (size_t i = 0; i < b->pairs.count; i++)
		b->pairs.at[i].bits += more;
}

static enum err weigh(struct match_batch *b, struct fault *f)
{
	enum err e;

	b->households = calloc(b->pairs.count + 1, sizeof(*b->households));
	b->clusters = malloc((b->records.count + 1) * sizeof(*b->clusters));
	b->thirds = calloc(b->pairs.count + 1, sizeof(*b->thirds));
	if (!b->households || !b->clusters || !b->thirds)
		return fault(f, ERR_MEMORY, "memory.none");
	if ((e = households_weigh(b->households, b->pairs.at, b->pairs.count, &b->records, f)))
		return e;
	if (b->records.household_names.count)
		expect_what_was_found(b);
	return clusters_make(b->clusters, b->thirds, b->pairs.at, b->pairs.count, &b->records, f);
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
	e = pairs_find(&b->pairs, &b->models,
		       &(struct pairs_order){ &b->records, &candidates, order->threads,
					      told_comparing, b },
		       f);
	if (e || (e = count_known(b, f)))
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
	pairs_free(&b->pairs);
	free(b->households);
	free(b->clusters);
	free(b->thirds);
	free(b);
}

/* --- what came out ------------------------------------------------------------------------ */

size_t match_batch_pairs(const struct match_batch *b)
{
	return b->pairs.count;
}

struct match_pair match_batch_pair(const struct match_batch *b, size_t number)
{
	const struct scored *p = &b->pairs.at[number];

	assert(number < b->pairs.count);
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
	return (struct match_counts){ b->records.count, b->pairs.candidates,
				      models_doubles(&b->models), b->known, b->pairs.known_met };
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
	for (size_t i = 0; i < b->pairs.count; i++) {
		const struct scored *p = &b->pairs.at[i];

		if ((p->a == a && p->b == c) || (p->a == c && p->b == a))
			return p;
	}
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

	model_others_bits(model_for(&b->models, c->pattern), c->pattern, c->shared, bits);
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
		const struct household_bits *h = &b->households[pair - b->pairs.at];

		add_line(&lines,
			 (struct match_line){ "", "match.support", { 0 }, { 0 }, h->support });
		add_line(&lines,
			 (struct match_line){ "", "match.rivals", { 0 }, { 0 }, h->rivals });
		add_line(&lines,
			 (struct match_line){
				 "", "match.third", { 0 }, { 0 }, b->thirds[pair - b->pairs.at] });
	}
	*count = lines.count;
	*bits = lines.bits;
	return OK;
}
