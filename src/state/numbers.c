/*
 * Numbers: from what stands on a paper or a slip to a person or a household.
 *
 * A *post* is 8 bytes: 32 bits of the hash of a folded number, and a subject.  Posted are
 * of each person the digits of papers and the source key, of a household its case number
 * and source key.  Posts lie in sorted runs, each at least twice as long as the next (a
 * new run swallows its neighbours until that holds), and a short unsorted tail: what a
 * query looks at is a handful of binary searches and at most POSTS_TAIL entries.
 *
 * A post is a hint.  What it leads to is read and compared, so neither hashes that
 * collide nor numbers of before a correction give a wrong answer, and nothing has to be
 * taken out.
 *
 * There is no way to ask for more than FIND_MAX, and the work for one answer has a limit.
 * Names are looked for in register/who.h.
 */
#include "state/inside.h"

#include <stdalign.h>
#include <stdlib.h>

#include "base/utf8.h"

#define POSTS_TAIL 1024
#define QUERY_SIZE_MAX 400
#define WORK_MAX 4000 /* candidates read for one answer */
#define SEED 2
#define FOLDING_ROOM ((size_t)64 * 1024) /* a number of any script, folded, and more */

/* --- folded forms ------------------------------------------------------------- */

/* Numbers of papers and cases: without case, blanks, dashes and dots. */
static struct text fold_code(struct arena *a, struct text t)
{
	struct text folded = text_fold(a, t);
	char *out = folded.at ? arena_take(a, folded.size + 1) : NULL;
	size_t size = 0;

	for (size_t i = 0; out && i < folded.size; i++) {
		unsigned char c = (unsigned char)folded.at[i];

		if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
			out[size++] = (char)c;
	}
	return (struct text){ out, size };
}

/* --- posts -------------------------------------------------------------------- */

static uint64_t post_of(uint64_t hash, uint32_t subject)
{
	return (hash ^ hash >> 32) << 32 | subject;
}

static bool push(struct posts *p, uint64_t post)
{
	if (p->count == p->room) {
		size_t room = p->room ? 2 * p->room : 256;
		uint64_t *more = realloc(p->at, room * sizeof(*more));

		if (!more)
			return false;
		p->at = more;
		p->room = room;
	}
	p->at[p->count++] = post;
	return true;
}

/* By the hash alone, stable: what came first stays first. */
static bool sort_posts(struct posts *p)
{
	uint64_t *from = p->at, *to = malloc(p->count * sizeof(*to)), *spare = to;

	if (!to)
		return false;
	for (unsigned shift = 32; shift < 64; shift += 8) {
		size_t start[257] = { 0 };

		for (size_t i = 0; i < p->count; i++)
			start[(from[i] >> shift & 255) + 1]++;
		for (size_t i = 1; i < 257; i++)
			start[i] += start[i - 1];
		for (size_t i = 0; i < p->count; i++)
			to[start[from[i] >> shift & 255]++] = from[i];
		to = from;
		from = from == p->at ? spare : p->at;
	}
	explicit_bzero(spare, p->count * sizeof(*spare)); /* four passes: all is in p->at again */
	free(spare);
	return true;
}

static void posts_free(struct posts *p)
{
	if (p->at)
		explicit_bzero(p->at, p->room * sizeof(*p->at));
	free(p->at);
	*p = (struct posts){ 0 };
}

/* `b` into `a`, both sorted; what stands in `a` first. */
static bool swallow(struct posts *a, struct posts *b)
{
	size_t count = a->count + b->count, i = 0, j = 0;
	uint64_t *all = malloc(count * sizeof(*all));

	if (!all)
		return false;
	for (size_t n = 0; n < count; n++) {
		bool first = j == b->count || (i < a->count && a->at[i] >> 32 <= b->at[j] >> 32);

		all[n] = first ? a->at[i++] : b->at[j++];
	}
	posts_free(a);
	posts_free(b);
	*a = (struct posts){ all, count, count };
	return true;
}

bool numbers_settle(struct numbers *n)
{
	if (n->tail.count < POSTS_TAIL)
		return true;
	if (n->run_count == COUNT_OF(n->runs) || !sort_posts(&n->tail))
		return false;
	n->runs[n->run_count++] = n->tail;
	n->tail = (struct posts){ 0 };
	while (n->run_count > 1 &&
	       n->runs[n->run_count - 2].count < 2 * n->runs[n->run_count - 1].count) {
		if (!swallow(&n->runs[n->run_count - 2], &n->runs[n->run_count - 1]))
			return false;
		n->run_count--;
	}
	return true;
}

/* --- noting ------------------------------------------------------------------- */

static bool note(struct state *s, uint32_t subject, struct text folded)
{
	return !folded.size || push(&s->numbers.tail, post_of(hash_of_text(folded, SEED), subject));
}

static bool note_code(struct state *s, uint32_t subject, struct text new, struct text old)
{
	return text_same(new, old) || note(s, subject, fold_code(s->scratch, new));
}

static bool has_document(const struct person_names *n, struct text number)
{
	for (size_t i = 0; i < n->document_count; i++)
		if (text_same(n->documents[i].number, number) ||
		    text_same(n->documents[i].digits, number))
			return true;
	return false;
}

static bool note_documents(struct state *s, uint32_t subject, const struct person_names *new,
			   const struct person_names *old)
{
	for (size_t i = 0; i < new->document_count; i++) {
		const struct document *d = &new->documents[i];

		if (!has_document(old, d->number) &&
		    !note(s, subject, fold_code(s->scratch, d->number)))
			return false;
		if (d->digits.size && !text_same(d->digits, d->number) &&
		    !has_document(old, d->digits) &&
		    !note(s, subject, fold_code(s->scratch, d->digits)))
			return false;
	}
	return true;
}

bool numbers_note_person(struct state *s, uint32_t subject, const struct person_names *new,
			 const struct person_names *old)
{
	return note_code(s, subject, new->source_key, old->source_key) &&
	       note_documents(s, subject, new, old);
}

bool numbers_note_household(struct state *s, uint32_t subject, const struct household *new,
			    const struct household *old)
{
	return note_code(s, subject, new->case_number, old->case_number) &&
	       note_code(s, subject, new->source_key, old->source_key);
}

void numbers_free(struct numbers *n)
{
	posts_free(&n->tail);
	for (size_t i = 0; i < n->run_count; i++)
		posts_free(&n->runs[i]);
	*n = (struct numbers){ 0 };
}

uint64_t numbers_bytes(const struct numbers *n)
{
	uint64_t posts = n->tail.room;

	for (size_t i = 0; i < n->run_count; i++)
		posts += n->runs[i].room;
	return posts * sizeof(uint64_t);
}

/* --- asking ------------------------------------------------------------------- */

enum asked { ASKED_ANY, ASKED_CASE, ASKED_SOURCE };

struct search {
	const struct state *s;
	struct arena *a;
	enum asked asked;
	struct text query;
	struct text folded; /* of the query, in memory that stays */
	unsigned work;
	size_t count, max;
	struct id *out;
};

static bool code_fits(const struct search *q, struct text t)
{
	arena_reset(q->a);
	return t.size && text_same(fold_code(q->a, t), q->folded);
}

/* A source key is somebody else's: asked for by itself, every character counts. */
static bool source_fits(const struct search *q, struct text key)
{
	return q->asked == ASKED_SOURCE ? text_same(key, q->query) : code_fits(q, key);
}

static bool person_fits(const struct search *q, uint32_t row)
{
	struct person_names n;

	names_view(&q->s->heap, person_block(q->s, row)->names[person_place(row)], &n);
	for (size_t i = 0; q->asked == ASKED_ANY && i < n.document_count; i++)
		if (code_fits(q, n.documents[i].number) || code_fits(q, n.documents[i].digits))
			return true;
	return q->asked != ASKED_CASE && source_fits(q, n.source_key);
}

static bool household_fits(const struct search *q, uint32_t row)
{
	struct household h;

	household_load(q->s, row, &h);
	return (q->asked != ASKED_SOURCE && code_fits(q, h.case_number)) ||
	       (q->asked != ASKED_CASE && source_fits(q, h.source_key));
}

static bool is_new(const struct search *q, const struct id *id)
{
	for (size_t i = 0; i < q->count; i++)
		if (id_same(&q->out[i], id))
			return false;
	return true;
}

static void look_at(struct search *q, uint32_t number)
{
	const struct subject *subject = subject_at(&q->s->subjects, number);
	bool fits = false;

	if (!(subject->marks & SUBJECT_HAS_ROW) || !is_new(q, &subject->id))
		return;
	if (subject->sort == SUBJECT_PERSON)
		fits = person_fits(q, subject->row);
	else if (subject->sort == SUBJECT_HOUSEHOLD)
		fits = household_fits(q, subject->row);
	if (fits)
		q->out[q->count++] = subject->id;
	arena_reset(q->a);
}

static bool goes_on(const struct search *q)
{
	return q->count < q->max && q->work < WORK_MAX;
}

static size_t first_of(const struct posts *p, uint64_t hash)
{
	size_t low = 0, high = p->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (p->at[middle] >> 32 < hash)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void look_up(struct search *q)
{
	uint64_t hash = post_of(hash_of_text(q->folded, SEED), 0) >> 32;
	const struct numbers *n = &q->s->numbers;

	for (size_t r = 0; r < n->run_count; r++)
		for (size_t i = first_of(&n->runs[r], hash);
		     goes_on(q) && i < n->runs[r].count && n->runs[r].at[i] >> 32 == hash;
		     i++, q->work++)
			look_at(q, (uint32_t)n->runs[r].at[i]);
	for (size_t i = 0; goes_on(q) && i < n->tail.count; i++)
		if (n->tail.at[i] >> 32 == hash) {
			look_at(q, (uint32_t)n->tail.at[i]);
			q->work++;
		}
}

/* The query folded, in `room`; empty where it is too long. */
static struct text folded_query(struct search *q, char room[2 * QUERY_SIZE_MAX])
{
	struct text t = fold_code(q->a, q->query);
	size_t size = t.at && t.size <= 2 * QUERY_SIZE_MAX ? t.size : 0;

	if (size)
		memcpy(room, t.at, size);
	arena_reset(q->a);
	return (struct text){ room, size };
}

static size_t ask(const struct state *s, enum asked asked, struct text query, struct id *out,
		  size_t max)
{
	struct search q = { .s = s, .asked = asked, .query = query, .out = out, .max = max };
	/* Of the stack: "nobody" for want of memory would register somebody twice. */
	alignas(max_align_t) unsigned char memory[FOLDING_ROOM];
	char room[2 * QUERY_SIZE_MAX];

	if (!query.size || query.size > QUERY_SIZE_MAX)
		return 0;
	q.a = arena_in(memory, sizeof(memory));
	q.folded = folded_query(&q, room);
	if (q.folded.size)
		look_up(&q);
	explicit_bzero(room, sizeof(room));
	arena_free(q.a);
	return q.count;
}

size_t state_of_number(const struct state *s, struct text number, struct id out[FIND_MAX])
{
	return ask(s, ASKED_ANY, number, out, FIND_MAX);
}

bool state_household_of_case(const struct state *s, struct text case_number, struct id *out)
{
	return ask(s, ASKED_CASE, case_number, out, 1) == 1;
}

bool state_of_source_key(const struct state *s, struct text source_key, struct id *out)
{
	return ask(s, ASKED_SOURCE, source_key, out, 1) == 1;
}
