/*
 * A subject folded again from its first fact on.
 *
 *   1  its facts are read back, each for its heads (and, if it is an annulment, for
 *      what it annuls); a head that is not known makes a fact wait
 *   2  order.c finds their order and pasts
 *   3  from the last to the first: an annulment that is not annulled itself, and has
 *      its fact in its past, leaves that fact out, unless it is permanent
 *   4  in the order, each is folded, knowing its past
 *   5  those that wait and protect her (a withdrawal, a hold, an erasure) count at once
 *   6  the chain of the subject's facts is laid anew in the order, heads and row stored
 *
 * Short histories are read once and kept.  A long one (a file that is opened all day
 * has thousands of facts) is read twice, one fact at a time.
 */
#include "state/inside.h"

#include <stdlib.h>

#include "state/steps.h"

#define KEPT_MAX 1024

struct entry {
	const struct fact *fact; /* NULL: read it again, or not readable */
	uint32_t annuls;	 /* node; POSITION_NONE: none */
	uint32_t flags;		 /* enum fold_flag */
	bool readable, taken, annulled;
};

struct history {
	struct state *s;
	uint32_t number;
	const struct subject *subject;
	const struct fact_reader *reader;
	struct fault *fault;
	struct node *nodes;    /* by ref */
	struct entry *entries; /* of the same index */
	uint32_t count;
	struct order order;
	struct deed *deeds;
	size_t deed_count;
};

static int compare_nodes(const void *a, const void *b)
{
	return fact_ref_compare(&((const struct node *)a)->ref, &((const struct node *)b)->ref);
}

static bool gather(struct history *h)
{
	const struct trail *t = &h->s->trail;
	struct arena *a = h->s->scratch;
	uint32_t i = 0;

	for (uint32_t fact = h->subject->last; fact; fact = *trail_link(t, fact))
		h->count++;
	h->nodes = arena_take_array(a, h->count + 1u, sizeof(*h->nodes));
	h->entries = arena_take_array(a, h->count + 1u, sizeof(*h->entries));
	h->deeds = arena_take_array(a, h->count + 1u, sizeof(*h->deeds));
	if (!h->nodes || !h->entries || !h->deeds)
		return false;
	for (uint32_t fact = h->subject->last; fact; fact = *trail_link(t, fact))
		h->nodes[i++] = (struct node){ .ref = trail_ref(t, fact), .fact = fact };
	qsort(h->nodes, h->count, sizeof(*h->nodes), compare_nodes);
	return true;
}

/* The node of a ref; POSITION_NONE: not one of this subject. */
static uint32_t node_of(const struct history *h, const struct fact_ref *ref)
{
	const struct node key = { .ref = *ref };
	const struct node *found =
		bsearch(&key, h->nodes, h->count, sizeof(*h->nodes), compare_nodes);

	return found ? (uint32_t)(found - h->nodes) : POSITION_NONE;
}

/* --- reading ------------------------------------------------------------------ */

static enum err read_fact(struct history *h, uint32_t at, struct arena *a, struct fact *out)
{
	struct fault *fault = h->fault;
	enum err e =
		h->reader->read(h->reader->self, &h->nodes[at].ref, &h->subject->id, a, out, fault);

	if (e == ERR_NOT_FOUND && fault)
		*fault = (struct fault){ 0 };
	return e;
}

static bool take_heads(struct history *h, uint32_t at, const struct fact *f)
{
	struct node *n = &h->nodes[at];
	uint32_t *heads = arena_take_array(h->s->scratch, f->head_count + 1, sizeof(*heads));

	if (!heads)
		return false;
	n->heads = heads;
	for (size_t i = 0; i < f->head_count; i++) {
		uint32_t head = node_of(h, &f->heads[i]);

		if (head != POSITION_NONE) {
			heads[n->head_count++] = head;
		} else if (!trail_find(&h->s->trail, &f->heads[i])) {
			n->lost = true;
			if (!missing_add(h->s, &f->heads[i], h->number))
				return false;
		}
	}
	return true;
}

static bool take_entry(struct history *h, uint32_t at, const struct fact *f)
{
	struct entry *entry = &h->entries[at];
	struct fact_ref annulled;

	entry->readable = true;
	entry->taken = fold_takes(f);
	entry->flags = f->kind ? fold_flags(f->kind->kind) : FOLD_RECORD_ONLY;
	if (entry->taken && f->kind->kind == KIND_FACT_ANNULLED) {
		annulled = ref_at(f, FACT_ANNULLED_FACT);
		entry->annuls = node_of(h, &annulled);
	}
	return take_heads(h, at, f);
}

static void lost_for_reading(struct history *h, uint32_t at)
{
	uint8_t *marks = trail_marks(&h->s->trail, h->nodes[at].fact);

	h->s->unreadable += !(*marks & TRAIL_UNREADABLE);
	*marks |= TRAIL_UNREADABLE;
}

static enum err read_all(struct history *h)
{
	bool keep = h->count <= KEPT_MAX;
	struct arena *a = keep ? h->s->scratch : h->s->reading;

	for (uint32_t i = 0; i < h->count; i++) {
		struct fact *f = arena_take(a, sizeof(*f));
		enum err e;

		h->entries[i].annuls = POSITION_NONE;
		if (*trail_marks(&h->s->trail, h->nodes[i].fact) & TRAIL_UNREADABLE)
			continue;
		if (!f)
			return no_memory(h->fault);
		e = read_fact(h, i, a, f);
		if (e == ERR_NOT_FOUND) {
			lost_for_reading(h, i);
			continue;
		}
		if (e)
			return e;
		if (!take_entry(h, i, f))
			return no_memory(h->fault);
		h->entries[i].fact = keep ? f : NULL;
		if (!keep)
			arena_reset(a);
	}
	return OK;
}

/* --- annulments --------------------------------------------------------------- */

static void annul(struct history *h)
{
	for (uint32_t k = h->order.placed; k-- > 0;) {
		const struct entry *annulment = &h->entries[h->order.at[k]];
		uint32_t position;

		if (annulment->annulled || annulment->annuls == POSITION_NONE)
			continue;
		position = h->order.position[annulment->annuls];
		if (position != POSITION_NONE && past_has(&h->order.pasts[k], position) &&
		    !(h->entries[annulment->annuls].flags & FOLD_PERMANENT))
			h->entries[annulment->annuls].annulled = true;
	}
}

/* --- folding ------------------------------------------------------------------ */

static void start(const struct history *h, struct folding *to)
{
	folding_init(to, h->subject->sort, &h->subject->id, h->s->scratch);
}

/* What is to be done with one fact of the history while it can be read. */
typedef enum err with_fact(struct history *h, struct folding *to, uint32_t position,
			   const struct fact *f);

static enum err with(struct history *h, with_fact *fn, struct folding *to, uint32_t position)
{
	uint32_t at = h->order.at[position];
	const struct fact *kept = h->entries[at].fact;
	bool renamed = to->renamed;
	struct fact *f;
	enum err e;

	if (kept)
		return fn(h, to, position, kept);
	f = arena_take(h->s->reading, sizeof(*f));
	if (!f)
		return no_memory(h->fault);
	if ((e = read_fact(h, at, h->s->reading, f)))
		return e;
	to->renamed = false;
	e = fn(h, to, position, f);
	if (!e && !folding_pin(h->s, to, h->s->scratch))
		e = no_memory(h->fault);
	to->renamed |= renamed;
	arena_reset(h->s->reading);
	return e;
}

static enum err step(struct history *h, struct folding *to, uint32_t position, const struct fact *f)
{
	to->standing.past = &h->order.pasts[position];
	to->standing.now = position;
	fold_step(to, f);
	return to->standing.failed ? no_memory(h->fault) : OK;
}

static bool is_folded(const struct history *h, uint32_t position)
{
	const struct entry *entry = &h->entries[h->order.at[position]];

	return entry->taken && !entry->annulled;
}

/* The person as the site of the fact at `position` knew her. */
static enum err seen_by(struct history *h, uint32_t position, struct person *out)
{
	struct folding seen;
	enum err e = OK;

	start(h, &seen);
	for (uint32_t k = 0; !e && k < position; k++)
		if (is_folded(h, k) && past_has(&h->order.pasts[position], k))
			e = with(h, step, &seen, k);
	fold_derive(&seen);
	*out = seen.person;
	return e;
}

static enum err judge(struct history *h, struct folding *to, uint32_t position,
		      const struct fact *f)
{
	struct person *seen = arena_take(h->s->scratch, sizeof(*seen));
	enum err e = seen ? OK : no_memory(h->fault);

	if (!e && h->order.pasts[position].full == position) {
		derive_person(&to->person, &to->standing);
		*seen = to->person;
	} else if (!e) {
		e = seen_by(h, position, seen);
	}
	if (!e)
		to->person.broken |= fold_judge(seen, f);
	return e;
}

/*
 * Facts that did not know of each other.  Whoever knows everything before it needs no
 * look; what comes later and does not know it, looks at it.
 */
static uint32_t judge_pairs(const struct history *h)
{
	uint32_t broken = 0;

	for (size_t i = 0; i < h->deed_count; i++) {
		const struct deed *later = &h->deeds[i];
		const struct past *past = &h->order.pasts[later->position];

		for (size_t n = i; n-- > 0 && h->deeds[n].position >= past->full;)
			if (!past_has(past, h->deeds[n].position))
				broken |= fold_judge_pair(&h->deeds[n], later) |
					  fold_judge_pair(later, &h->deeds[n]);
	}
	return broken;
}

static enum err fold_one(struct history *h, struct folding *to, uint32_t position,
			 const struct fact *f)
{
	const struct entry *entry = &h->entries[h->order.at[position]];
	bool person = to->sort == SUBJECT_PERSON && f->kind && f->kind->subject == SUBJECT_PERSON;
	enum err e;

	if (to->sort == SUBJECT_PERSON)
		count_fact(&to->person, f);
	if (!is_folded(h, position))
		return OK;
	if (person && entry->flags & FOLD_JUDGED && (e = judge(h, to, position, f)))
		return e;
	if (person && entry->flags & FOLD_PAIRED)
		h->deeds[h->deed_count++] = fold_deed(f, position);
	return step(h, to, position, f);
}

/* It waits for its heads, but it must not wait to be heeded: it knows nothing. */
static enum err fold_waiting(struct history *h, struct folding *to, uint32_t position,
			     const struct fact *f)
{
	static const struct past nothing;

	to->standing.past = &nothing;
	to->standing.now = position;
	fold_step(to, f);
	return to->standing.failed ? no_memory(h->fault) : OK;
}

static enum err fold_all(struct history *h, struct folding *to)
{
	enum err e = OK;

	start(h, to);
	for (uint32_t k = 0; !e && k < h->order.placed; k++)
		if (h->entries[h->order.at[k]].readable)
			e = with(h, fold_one, to, k);
	for (uint32_t k = h->order.placed; !e && k < h->count; k++) {
		const struct entry *entry = &h->entries[h->order.at[k]];

		if (entry->readable && entry->taken && entry->flags & FOLD_AT_ONCE)
			e = with(h, fold_waiting, to, k);
	}
	if (to->sort == SUBJECT_PERSON)
		to->person.broken |= judge_pairs(h);
	fold_derive(to);
	return e;
}

/* --- putting it back ---------------------------------------------------------- */

/* Of what is erased nothing waits: nothing will come of it. */
static void lay_chain(struct history *h, bool erased)
{
	struct subject *subject = subject_at(&h->s->subjects, h->number);
	uint32_t before = 0;

	subject->marks = (uint8_t)(subject->marks & ~SUBJECT_WAITS);
	for (uint32_t k = 0; k < h->count; k++) {
		uint32_t fact = h->nodes[h->order.at[k]].fact;
		uint8_t *marks = trail_marks(&h->s->trail, fact);
		bool waits = k >= h->order.placed && !erased;

		h->s->waiting += waits;
		h->s->waiting -= (*marks & TRAIL_WAITING) != 0;
		*marks = (uint8_t)((*marks & ~TRAIL_WAITING) | (waits ? TRAIL_WAITING : 0));
		if (waits)
			subject->marks |= SUBJECT_WAITS;
		*trail_link(&h->s->trail, fact) = before;
		before = fact;
	}
	subject->last = before;
}

static bool set_heads(struct history *h)
{
	uint32_t *heads = arena_take_array(h->s->scratch, h->count + 1u, sizeof(*heads));
	bool *named = arena_take_array(h->s->scratch, h->count + 1u, sizeof(*named));
	size_t count = 0;

	if (!heads || !named)
		return false;
	for (uint32_t k = 0; k < h->order.placed; k++) {
		const struct node *n = &h->nodes[h->order.at[k]];

		for (uint32_t i = 0; i < n->head_count; i++)
			named[n->heads[i]] = true;
	}
	for (uint32_t i = 0; i < h->count; i++)
		if (h->order.position[i] != POSITION_NONE && !named[i])
			heads[count++] = h->nodes[i].fact;
	return subject_set_heads(subject_at(&h->s->subjects, h->number), &h->s->heap,
				 (struct heads){ heads, count });
}

enum err refold(struct state *s, uint32_t number, const struct fact_reader *reader, struct fault *f)
{
	struct history h = {
		.s = s,
		.number = number,
		.subject = subject_at(&s->subjects, number),
		.reader = reader,
		.fault = f,
	};
	struct folding to, was;
	enum err e;

	if (!gather(&h))
		return no_memory(f);
	if ((e = read_all(&h)))
		return e;
	if (!order_make(&h.order, s->scratch, h.nodes, h.count))
		return no_memory(f);
	annul(&h);
	if ((e = fold_all(&h, &to)))
		return e;
	start(&h, &was);
	row_load(s, h.subject, &was);
	row_load_names(s, h.subject, &was);
	to.renamed = true;
	if (!row_store(s, number, &to, &was) || !set_heads(&h))
		return no_memory(f);
	lay_chain(&h, h.subject->marks & SUBJECT_ERASED);
	return OK;
}
