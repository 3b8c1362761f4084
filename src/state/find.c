/*
 * Find: from what somebody says at the counter to a person or a household.
 *
 * A *post* is 8 bytes: 32 bits of the hash of a folded text, and a subject.  Posted are
 * of each person, in both scripts: the given name, the given and family name together,
 * each word of both; the digits of papers and the source key; of a household its case
 * number and source key.  Posts lie in sorted runs, each at least twice as long as the
 * next (a new run swallows its neighbours until that holds), and a short unsorted tail:
 * what a query looks at is a handful of binary searches and at most POSTS_TAIL entries.
 *
 * A post is a hint.  What it leads to is read and compared, so neither hashes that
 * collide nor names of before a correction give a wrong answer, and nothing has to be
 * taken out.
 *
 * For prefixes the words themselves are kept, once each, in the order of their bytes,
 * again with a short unsorted end.
 *
 * There is no way to ask for more than FIND_MAX, and the work for one answer has a
 * limit: a prefix that half the register shares finds ten people, not all of them.
 */
#include "state/inside.h"

#include <stdalign.h>
#include <stdlib.h>

#include "base/utf8.h"

#define POSTS_TAIL 4096
#define WORDS_TAIL 1024
#define PREFIX_LETTERS_MIN 3
#define QUERY_SIZE_MAX 400
#define WORK_MAX 4000 /* candidates read for one answer */
#define FOLDING_ROOM ((size_t)64 * 1024) /* two names of any script, folded, and more */

enum { SEED_NAME = 1, SEED_CODE, SEED_WORD };

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

/* The next word of a folded text; empty at the end. */
static struct text next_word(struct text *rest)
{
	struct text word;
	size_t end = 0;

	while (rest->size && rest->at[0] == ' ')
		*rest = (struct text){ rest->at + 1, rest->size - 1 };
	while (end < rest->size && rest->at[end] != ' ')
		end++;
	word = (struct text){ rest->at, end };
	*rest = (struct text){ rest->at + end, rest->size - end };
	return word;
}

static struct text whole_name(struct arena *a, struct text given, struct text family)
{
	if (!given.size || !family.size)
		return (struct text){ 0 };
	return arena_print(a, "%.*s %.*s", SHOWN(given), SHOWN(family));
}

static size_t letters_of(struct text t)
{
	size_t letters = 0;

	for (size_t i = 0; i < t.size; i++)
		letters += ((unsigned char)t.at[i] & 0xc0) != 0x80;
	return letters;
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

static bool settle_posts(struct find *f)
{
	if (f->tail.count < POSTS_TAIL)
		return true;
	if (f->run_count == COUNT_OF(f->runs) || !sort_posts(&f->tail))
		return false;
	f->runs[f->run_count++] = f->tail;
	f->tail = (struct posts){ 0 };
	while (f->run_count > 1 &&
	       f->runs[f->run_count - 2].count < 2 * f->runs[f->run_count - 1].count) {
		if (!swallow(&f->runs[f->run_count - 2], &f->runs[f->run_count - 1]))
			return false;
		f->run_count--;
	}
	return true;
}

/* --- words -------------------------------------------------------------------- */

static struct text word_text(const struct state *s, uint32_t number)
{
	struct bytes b = heap_at(&s->heap, *(uint32_t *)chunks_at(&s->find.words, number));

	return (struct text){ (const char *)b.at, b.size };
}

static bool note_word(struct state *s, struct text word)
{
	struct find *f = &s->find;
	uint64_t hash = hash_of_text(word, SEED_WORD);
	struct table_walk w = table_walk(&f->of_word, hash);
	uint32_t number, block;

	if (letters_of(word) < PREFIX_LETTERS_MIN)
		return true;
	while ((number = table_next(&f->of_word, &w)))
		if (text_same(word_text(s, number), word))
			return true;
	number = f->words.count ? f->words.count : 1;
	block = heap_put(&s->heap, word.at, word.size);
	if (!block || !chunks_reach(&f->words, number + 1) || !table_add(&f->of_word, hash, number))
		return false;
	*(uint32_t *)chunks_at(&f->words, number) = block;
	return true;
}

static int compare_texts(struct text a, struct text b)
{
	int order = memcmp(a.at, b.at, a.size < b.size ? a.size : b.size);

	return order ? order : a.size < b.size ? -1 : a.size > b.size;
}

static int compare_words(const void *a, const void *b, void *state)
{
	return compare_texts(word_text(state, *(const uint32_t *)a),
			     word_text(state, *(const uint32_t *)b));
}

static bool settle_words(struct state *s)
{
	struct find *f = &s->find;
	uint32_t all = f->words.count ? f->words.count - 1 : 0, new = all - f->sorted_count;
	uint32_t *fresh, i, j, n = all;

	if (new < WORDS_TAIL || new < f->sorted_count / 64)
		return true;
	if (all > f->sorted_room) {
		uint32_t room = all + all / 2;
		uint32_t *more = realloc(f->sorted, room * sizeof(*more));

		if (!more)
			return false;
		f->sorted = more;
		f->sorted_room = room;
	}
	if (!(fresh = malloc(new * sizeof(*fresh))))
		return false;
	for (i = 0; i < new; i++)
		fresh[i] = f->sorted_count + i + 1;
	qsort_r(fresh, new, sizeof(*fresh), compare_words, s);
	for (i = f->sorted_count, j = new; j > 0;) { /* merged from the end: in place */
		bool old = i > 0 && compare_words(&f->sorted[i - 1], &fresh[j - 1], s) > 0;

		f->sorted[--n] = old ? f->sorted[--i] : fresh[--j];
	}
	free(fresh);
	f->sorted_count = all;
	return true;
}

bool find_settle(struct state *s)
{
	return settle_posts(&s->find) && settle_words(s);
}

/* --- noting ------------------------------------------------------------------- */

static bool note(struct state *s, uint32_t subject, struct text folded, uint64_t seed)
{
	return !folded.size || push(&s->find.tail, post_of(hash_of_text(folded, seed), subject));
}

static bool note_words(struct state *s, uint32_t subject, struct text folded)
{
	struct text rest = folded, word;

	while ((word = next_word(&rest)).size) {
		if (!note_word(s, word))
			return false;
		if (word.size < folded.size && !note(s, subject, word, SEED_NAME))
			return false;
	}
	return true;
}

static bool note_name(struct state *s, uint32_t subject, struct text given, struct text family)
{
	struct arena *a = s->scratch;
	struct text g = text_fold(a, given), f = text_fold(a, family);

	return note(s, subject, g, SEED_NAME) && note(s, subject, f, SEED_NAME) &&
	       note(s, subject, whole_name(a, g, f), SEED_NAME) && note_words(s, subject, g) &&
	       note_words(s, subject, f);
}

static bool note_code(struct state *s, uint32_t subject, struct text new, struct text old)
{
	return text_same(new, old) || note(s, subject, fold_code(s->scratch, new), SEED_CODE);
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
		    !note(s, subject, fold_code(s->scratch, d->number), SEED_CODE))
			return false;
		if (d->digits.size && !text_same(d->digits, d->number) &&
		    !has_document(old, d->digits) &&
		    !note(s, subject, fold_code(s->scratch, d->digits), SEED_CODE))
			return false;
	}
	return true;
}

bool find_note_person(struct state *s, uint32_t subject, const struct person_names *new,
		      const struct person_names *old)
{
	bool own = text_same(new->given, old->given) && text_same(new->family, old->family);
	bool latin = text_same(new->given_latin, old->given_latin) &&
		     text_same(new->family_latin, old->family_latin);

	return (own || note_name(s, subject, new->given, new->family)) &&
	       (latin || note_name(s, subject, new->given_latin, new->family_latin)) &&
	       note_code(s, subject, new->source_key, old->source_key) &&
	       note_documents(s, subject, new, old);
}

bool find_note_household(struct state *s, uint32_t subject, const struct household *new,
			 const struct household *old)
{
	return note_code(s, subject, new->case_number, old->case_number) &&
	       note_code(s, subject, new->source_key, old->source_key);
}

void find_init(struct find *f)
{
	*f = (struct find){ 0 };
	chunks_init(&f->words, sizeof(uint32_t), 12);
}

void find_free(struct find *f)
{
	posts_free(&f->tail);
	for (size_t i = 0; i < f->run_count; i++)
		posts_free(&f->runs[i]);
	chunks_free(&f->words);
	table_free(&f->of_word);
	free(f->sorted);
	*f = (struct find){ 0 };
}

uint64_t find_bytes(const struct find *f)
{
	uint64_t posts = f->tail.room;

	for (size_t i = 0; i < f->run_count; i++)
		posts += f->runs[i].room;
	return posts * sizeof(uint64_t) + f->sorted_room * sizeof(uint32_t) +
	       chunks_bytes(&f->words) + table_bytes(&f->of_word);
}

/* --- asking ------------------------------------------------------------------- */

enum asked { ASKED_NAME, ASKED_PREFIX, ASKED_CODE, ASKED_CASE, ASKED_SOURCE };

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

static bool word_fits(const struct search *q, struct text name)
{
	struct text rest = name, word;

	while ((word = next_word(&rest)).size)
		if (q->asked == ASKED_PREFIX ? text_begins(word, q->folded)
					     : text_same(word, q->folded))
			return true;
	return false;
}

static bool name_fits(const struct search *q, struct text given, struct text family)
{
	struct text g, f;

	arena_reset(q->a);
	g = text_fold(q->a, given);
	f = text_fold(q->a, family);
	if (word_fits(q, g) || word_fits(q, f))
		return true;
	return q->asked == ASKED_NAME && (text_same(g, q->folded) || text_same(f, q->folded) ||
					  text_same(whole_name(q->a, g, f), q->folded));
}

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
	if (q->asked == ASKED_NAME || q->asked == ASKED_PREFIX)
		return name_fits(q, n.given, n.family) ||
		       name_fits(q, n.given_latin, n.family_latin);
	for (size_t i = 0; q->asked == ASKED_CODE && i < n.document_count; i++)
		if (code_fits(q, n.documents[i].number) || code_fits(q, n.documents[i].digits))
			return true;
	return q->asked != ASKED_CASE && source_fits(q, n.source_key);
}

static bool household_fits(const struct search *q, uint32_t row)
{
	struct household h;

	if (q->asked == ASKED_NAME || q->asked == ASKED_PREFIX)
		return false;
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

static void look_up(struct search *q, struct text folded, uint64_t seed)
{
	uint64_t hash = post_of(hash_of_text(folded, seed), 0) >> 32;
	const struct find *f = &q->s->find;

	for (size_t r = 0; r < f->run_count; r++)
		for (size_t i = first_of(&f->runs[r], hash);
		     goes_on(q) && i < f->runs[r].count && f->runs[r].at[i] >> 32 == hash;
		     i++, q->work++)
			look_at(q, (uint32_t)f->runs[r].at[i]);
	for (size_t i = 0; goes_on(q) && i < f->tail.count; i++)
		if (f->tail.at[i] >> 32 == hash) {
			look_at(q, (uint32_t)f->tail.at[i]);
			q->work++;
		}
}

static uint32_t first_word(const struct state *s, struct text prefix)
{
	uint32_t low = 0, high = s->find.sorted_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (compare_texts(word_text(s, s->find.sorted[middle]), prefix) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void look_up_prefix(struct search *q)
{
	const struct find *f = &q->s->find;

	if (letters_of(q->folded) < PREFIX_LETTERS_MIN || memchr(q->folded.at, ' ', q->folded.size))
		return;
	for (uint32_t i = first_word(q->s, q->folded); goes_on(q) && i < f->sorted_count; i++) {
		struct text word = word_text(q->s, f->sorted[i]);

		if (!text_begins(word, q->folded))
			break;
		look_up(q, word, SEED_NAME);
	}
	for (uint32_t n = f->sorted_count + 1; goes_on(q) && n < f->words.count; n++)
		if (text_begins(word_text(q->s, n), q->folded))
			look_up(q, word_text(q->s, n), SEED_NAME);
}

/* The query folded, in `room`; empty where it is too long. */
static struct text folded_query(struct search *q, struct text query, bool code,
				char room[2 * QUERY_SIZE_MAX])
{
	struct text t = code ? fold_code(q->a, query) : text_fold(q->a, query);
	size_t size = t.at && t.size <= 2 * QUERY_SIZE_MAX ? t.size : 0;

	if (size)
		memcpy(room, t.at, size);
	arena_reset(q->a);
	return (struct text){ room, size };
}

static void ask(struct search *q, enum asked asked, struct text query)
{
	char room[2 * QUERY_SIZE_MAX];
	bool name = asked == ASKED_NAME || asked == ASKED_PREFIX;

	q->asked = asked;
	q->folded = folded_query(q, query, !name, room);
	if (q->folded.size && asked == ASKED_PREFIX)
		look_up_prefix(q);
	else if (q->folded.size)
		look_up(q, q->folded, name ? SEED_NAME : SEED_CODE);
	explicit_bzero(room, sizeof(room));
	q->folded = (struct text){ 0 };
}

static size_t ask_all(const struct state *s, const enum asked *asked, size_t asked_count,
		      struct text query, struct id *out, size_t max)
{
	struct search q = { .s = s, .query = query, .out = out, .max = max };
	/* Of the stack: "nobody" for want of memory would register somebody twice. */
	alignas(max_align_t) unsigned char room[FOLDING_ROOM];

	if (!query.size || query.size > QUERY_SIZE_MAX)
		return 0;
	q.a = arena_in(room, sizeof(room));
	for (size_t i = 0; i < asked_count; i++)
		ask(&q, asked[i], query);
	arena_free(q.a);
	return q.count;
}

size_t state_find(const struct state *s, struct text query, struct id out[FIND_MAX])
{
	static const enum asked all[] = { ASKED_CODE, ASKED_NAME, ASKED_PREFIX };

	return ask_all(s, all, COUNT_OF(all), query, out, FIND_MAX);
}

bool state_household_of_case(const struct state *s, struct text case_number, struct id *out)
{
	static const enum asked of_case[] = { ASKED_CASE };

	return ask_all(s, of_case, 1, case_number, out, 1) == 1;
}

bool state_of_source_key(const struct state *s, struct text source_key, struct id *out)
{
	static const enum asked of_source[] = { ASKED_SOURCE };

	return ask_all(s, of_source, 1, source_key, out, 1) == 1;
}
