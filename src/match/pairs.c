/* Candidates, compared. */
#include "match/pairs.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "match/kin.h"
#include "match/meeting.h"
#include "match/shares.h"

/* Pairs below this are forgotten before households are asked: no household makes them one. */
#define BITS_LEAST (-14.0f)

/* What one thread needs, and what it has found. */
struct worker {
	struct meeting *meeting;
	struct histogram patterns;
	struct scored *pairs;
	size_t count, room;
	uint64_t candidates, known_met;
	bool no_memory;
};

/* One way through all candidates. */
struct passage {
	const struct pairs_order *order;
	const struct records *records;
	struct pairs *out;
	struct models *models;
	struct memo *memo;
	struct worth worth[SCRIPTS_COUNT]; /* what is kept */
	struct kin kin;
	uint32_t step;	     /* while learning: one record of so many; else 0 */
	_Atomic size_t next; /* what no thread has yet */
	struct worker workers[SHARES_MAX];
};

/* --- kept ----------------------------------------------------------------------------------- */

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

/* False: the pair is not worth being kept. */
static bool score(struct scored *out, const struct passage *p, const struct asked *q,
		  uint32_t other)
{
	struct compared c;

	if (!compare_if_worth(&c, q, other))
		return false;
	*out = (struct scored){ .a = q->record,
				.b = other,
				.pattern = c.pattern,
				.rarity = c.rarity,
				.shared = c.shared };
	out->bits = model_bits(model_for(p->models, c.pattern), out);
	return out->bits >= BITS_LEAST;
}

static enum err run(struct passage *p, void (*work)(void *self, unsigned share), struct fault *f)
{
	p->next = 0;
	in_shares(p->order->threads, work, p);
	for (unsigned i = 0; i < p->order->threads; i++)
		if (p->workers[i].no_memory)
			return fault(f, ERR_MEMORY, "memory.none");
	return OK;
}

/* --- who meet --------------------------------------------------------------------------------- */

#define LEARNED_RECORDS 30000

static bool is_learned_from(uint32_t record, uint32_t step)
{
	/* By chance and always the same one, so that no order of the list is in it. */
	return (record * 0x9E3779B1u >> 8) % step == 0;
}

static void learn_pair(struct passage *p, struct worker *w, uint32_t a, uint32_t b)
{
	struct compared c;

	compare(&c, p->memo, a, b);
	w->no_memory |= !histogram_add(&w->patterns, c.pattern, 1);
}

static void take_pair(struct passage *p, struct worker *w, const struct asked *q, uint32_t other)
{
	struct scored pair;

	if (score(&pair, p, q, other))
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
	const struct candidates *c = p->order->candidates;
	unsigned count =
		candidates_behind(w->meeting, record, p->step ? c->least_learned : c->least);
	const uint32_t *found = w->meeting->found;
	struct asked q;

	if (!p->step) {
		w->candidates += count;
		count_known_met(p->records, w, record);
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
	size_t count = p->records->count, from;

	while ((from = atomic_fetch_add(&p->next, RECORDS_AT_ONCE)) < count) {
		size_t to = count - from < RECORDS_AT_ONCE ? count : from + RECORDS_AT_ONCE;

		for (size_t i = from; i < to && !w->no_memory; i++)
			if (!p->step || is_learned_from((uint32_t)i, p->step))
				take_record(p, w, (uint32_t)i);
		if (share == 0)
			p->order->told(p->order->self, p->step ? 0 : from, count);
	}
}

static enum err learn(struct passage *p, struct fault *f)
{
	struct histogram all = { 0 };
	enum err e;

	p->step = p->records->count / LEARNED_RECORDS + 1;
	if ((e = run(p, pass_share, f)))
		return e;
	for (unsigned i = 0; !e && i < p->order->threads; i++)
		if (!histogram_join(&all, &p->workers[i].patterns, p->step))
			e = fault(f, ERR_MEMORY, "memory.none");
	histogram_settle(&all);
	if (!e)
		e = models_learn(p->models, p->records, p->memo, &all, f);
	histogram_free(&all);
	models_worth(p->models, BITS_LEAST, p->worth);
	p->step = 0;
	return e;
}

/* The worker whose next pair comes first; NULL: they have no more. */
static struct worker *first_worker(struct passage *p, const size_t taken[SHARES_MAX])
{
	struct worker *first = NULL;
	uint32_t least = UINT32_MAX;

	for (unsigned i = 0; i < p->order->threads; i++) {
		struct worker *w = &p->workers[i];

		if (taken[i] < w->count && w->pairs[taken[i]].a <= least) {
			least = w->pairs[taken[i]].a;
			first = w;
		}
	}
	return first;
}

/* What the workers have found: more than there was until now by so many. */
static enum err make_room(struct passage *p, size_t *more, struct fault *f)
{
	struct scored *at;

	*more = 0;
	for (unsigned i = 0; i < p->order->threads; i++) {
		*more += p->workers[i].count;
		p->out->candidates += p->workers[i].candidates;
		p->out->known_met += p->workers[i].known_met;
	}
	at = realloc(p->out->at, (p->out->count + *more + 1) * sizeof(*at));
	if (!at)
		return fault(f, ERR_MEMORY, "memory.none");
	p->out->at = at;
	return OK;
}

static void forget_pairs(struct passage *p)
{
	for (unsigned i = 0; i < p->order->threads; i++) {
		struct worker *w = &p->workers[i];

		free(w->pairs);
		w->pairs = NULL;
		w->count = w->room = 0;
		w->candidates = w->known_met = 0;
	}
}

/* Each worker has its pairs in order, and all those of a record. */
static enum err gather_pairs(struct passage *p, struct fault *f)
{
	size_t taken[SHARES_MAX] = { 0 }, more;
	struct worker *w;
	enum err e = make_room(p, &more, f);

	while (!e && (w = first_worker(p, taken)))
		p->out->at[p->out->count++] = w->pairs[taken[w - p->workers]++];
	forget_pairs(p);
	return e;
}

/* --- and their households ----------------------------------------------------------------------- */

static int by_records(const void *a, const void *b)
{
	const struct scored *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return x->b < y->b ? -1 : x->b > y->b;
}

static void take_kin(struct passage *p, struct worker *w, size_t number)
{
	uint32_t found[KIN_PAIRS_MAX][2];
	unsigned count = kin_of(&p->kin, number, found);
	struct scored pair;
	struct asked q;

	w->candidates += count;
	for (unsigned i = 0; i < count; i++) {
		if (!i || found[i][0] != found[i - 1][0])
			asked_begin(&q, p->memo, p->worth, found[i][0]);
		if (!score(&pair, p, &q, found[i][1]) ||
		    bsearch(&pair, p->out->at, p->out->count, sizeof(pair), by_records))
			continue;
		keep_pair(w, pair);
		w->known_met += p->records->persons[pair.a] &&
				p->records->persons[pair.a] == p->records->persons[pair.b];
	}
}

#define KIN_AT_ONCE 64

static void kin_share(void *its, unsigned share)
{
	struct passage *p = its;
	struct worker *w = &p->workers[share];
	size_t count = p->kin.count, from;

	while ((from = atomic_fetch_add(&p->next, KIN_AT_ONCE)) < count)
		for (size_t i = from; i < from + KIN_AT_ONCE && i < count && !w->no_memory; i++)
			take_kin(p, w, i);
}

/* From behind, so that nothing is written over that is still to be read. */
static void merge(struct scored *at, size_t count, const struct scored *more, size_t more_count)
{
	size_t to = count + more_count;

	while (more_count) {
		if (count && by_records(&at[count - 1], &more[more_count - 1]) > 0)
			at[--to] = at[--count];
		else
			at[--to] = more[--more_count];
	}
}

static enum err gather_kin(struct passage *p, struct fault *f)
{
	size_t more, taken = 0;
	struct scored *kin;
	enum err e = make_room(p, &more, f);

	if (e)
		return e;
	kin = malloc((more + 1) * sizeof(*kin));
	if (!kin)
		return fault(f, ERR_MEMORY, "memory.none");
	for (unsigned i = 0; i < p->order->threads; i++) {
		struct worker *w = &p->workers[i];

		if (w->count)
			memcpy(kin + taken, w->pairs, w->count * sizeof(*kin));
		taken += w->count;
	}
	qsort(kin, more, sizeof(*kin), by_records);
	merge(p->out->at, p->out->count, kin, more);
	p->out->count += more;
	free(kin);
	return OK;
}

static enum err look_at_kin(struct passage *p, struct fault *f)
{
	enum err e = kin_new(&p->kin, p->out->at, p->out->count, p->records, f);

	if (!e && !(e = run(p, kin_share, f)))
		e = gather_kin(p, f);
	forget_pairs(p);
	kin_free(&p->kin);
	return e;
}

/* --- all of it ------------------------------------------------------------------------------------ */

static enum err compare_met(struct passage *p, struct fault *f)
{
	unsigned threads = p->order->threads;
	enum err e = OK;

	for (unsigned i = 0; !e && i < threads; i++)
		e = meeting_new(&p->workers[i].meeting, p->order->candidates, f);
	if (!e && !(e = learn(p, f)))
		e = run(p, pass_share, f);
	for (unsigned i = 0; i < threads; i++) {
		meeting_free(p->workers[i].meeting);
		histogram_free(&p->workers[i].patterns);
	}
	candidates_free(p->order->candidates);
	return e ? e : gather_pairs(p, f);
}

enum err pairs_find(struct pairs *out, struct models *models, const struct pairs_order *by,
		    struct fault *f)
{
	struct passage p = { .order = by, .records = by->records, .out = out, .models = models };
	enum err e;

	assert(by->threads >= 1 && by->threads <= SHARES_MAX);
	*out = (struct pairs){ 0 };
	if (!(e = memo_new(&p.memo, p.records, f)) && !(e = compare_met(&p, f)))
		e = look_at_kin(&p, f);
	forget_pairs(&p);
	memo_free(p.memo);
	if (e)
		pairs_free(out);
	return e;
}

void pairs_free(struct pairs *p)
{
	free(p->at);
	*p = (struct pairs){ 0 };
}
