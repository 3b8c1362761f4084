/*
 * Taking facts in.
 *
 * A fact whose heads are just the subject's heads knows everything before it and is
 * the last in the order: it is applied to the stored row at once.  This is so for all
 * but a few.  The others make their subject dirty, and state_settle() folds it again
 * from its first fact on.
 *
 * A subject's sort is the least of the sorts that its facts claim; facts of another
 * sort are kept and change nothing.  (Only a broken site writes such; the rule makes
 * what comes of it the same everywhere.)
 */
#include "state/inside.h"

#include <stdlib.h>

#define SCRATCH_LIMIT ((size_t)2 << 30)

enum err no_memory(struct fault *f)
{
	return fault(f, ERR_MEMORY, "memory.none");
}

static void rows_init(struct state *s)
{
	chunks_init(&s->persons, sizeof(struct person_block), 0);
	chunks_init(&s->households, sizeof(struct household_row), 10);
	chunks_init(&s->movements, sizeof(struct movement_row), 6);
	chunks_init(&s->accounts, sizeof(struct account_row), 6);
	chunks_init(&s->tariffs, sizeof(struct tariff_row), 6);
	chunks_init(&s->advisories, sizeof(struct advisory_row), 6);
	chunks_init(&s->days, sizeof(struct days_row), 6);
	chunks_init(&s->instruments, sizeof(struct instrument_row), 6);
	chunks_init(&s->terms, sizeof(struct terms_row), 6);
	chunks_init(&s->sites, sizeof(struct site_kept), 6);
	chunks_init(&s->missing, sizeof(struct missing_row), 6);
	chunks_init(&s->dirty, sizeof(uint32_t), 10);
}

enum err state_new(struct state **out)
{
	struct state *s = calloc(1, sizeof(*s));
	enum err e = ERR_MEMORY;

	if (!s)
		return e;
	trail_init(&s->trail);
	rows_init(s);
	keys_init(&s->keys);
	counted_init(&s->counted);
	/* Where memory lies is chance enough to keep ids from being made to collide. */
	if (subjects_init(&s->subjects, hash_mix((uintptr_t)s)) && symbols_init(&s->symbols) &&
	    !(e = arena_new(&s->scratch, SCRATCH_LIMIT)))
		e = arena_new(&s->reading, SCRATCH_LIMIT);
	if (e)
		state_free(s);
	else
		*out = s;
	return e;
}

void state_free(struct state *s)
{
	if (!s)
		return;
	for (uint32_t i = 0; i < s->instruments.count; i++)
		free(((struct instrument_row *)chunks_at(&s->instruments, i))->lists);
	for (struct chunks *c = &s->households; c <= &s->sites; c++)
		chunks_free(c);
	chunks_free(&s->persons);
	chunks_free(&s->missing);
	chunks_free(&s->dirty);
	table_free(&s->of_missing);
	trail_free(&s->trail);
	subjects_free(&s->subjects);
	symbols_free(&s->symbols);
	numbers_free(&s->numbers);
	keys_free(&s->keys);
	counted_free(&s->counted);
	heap_free(&s->heap);
	arena_free(s->scratch);
	arena_free(s->reading);
	explicit_bzero(s, sizeof(*s));
	free(s);
}

bool make_dirty(struct state *s, uint32_t number)
{
	struct subject *subject = subject_at(&s->subjects, number);

	if (subject->marks & (SUBJECT_DIRTY | SUBJECT_ERASED))
		return true;
	if (!chunks_reach(&s->dirty, s->dirty.count + 1))
		return false;
	*(uint32_t *)chunks_at(&s->dirty, s->dirty.count - 1) = number;
	subject->marks |= SUBJECT_DIRTY;
	return true;
}

/* --- heads that are not here -------------------------------------------------- */

static uint64_t missing_hash(const struct fact_ref *ref)
{
	return hash_mix(hash_of_id(&ref->site, ref->epoch) ^ ref->seq);
}

bool missing_add(struct state *s, const struct fact_ref *ref, uint32_t subject)
{
	struct table_walk w = table_walk(&s->of_missing, missing_hash(ref));
	uint32_t at;

	while ((at = table_next(&s->of_missing, &w))) {
		const struct missing_row *r = chunks_at(&s->missing, at);

		if (r->subject == subject && fact_ref_compare(&r->ref, ref) == 0)
			return true;
	}
	at = s->missing.count ? s->missing.count : 1;
	if (!chunks_reach(&s->missing, at + 1) || !table_add(&s->of_missing, missing_hash(ref), at))
		return false;
	*(struct missing_row *)chunks_at(&s->missing, at) = (struct missing_row){ *ref, subject };
	s->missing_left++;
	return true;
}

bool missing_came(struct state *s, const struct fact_ref *ref)
{
	struct table_walk w = table_walk(&s->of_missing, missing_hash(ref));
	uint32_t at;

	if (!s->missing_left)
		return true;
	while ((at = table_next(&s->of_missing, &w))) {
		struct missing_row *r = chunks_at(&s->missing, at);

		if (!r->subject || fact_ref_compare(&r->ref, ref) != 0)
			continue;
		if (!make_dirty(s, r->subject))
			return false;
		r->subject = 0;
		s->missing_left--;
	}
	if (!s->missing_left) {
		table_free(&s->of_missing);
		chunks_free(&s->missing);
	}
	return true;
}

/* --- taking ------------------------------------------------------------------- */

static void link_fact(struct state *s, struct subject *subject, uint32_t fact, uint8_t marks)
{
	*trail_marks(&s->trail, fact) = (uint8_t)(TRAIL_KNOWN | marks);
	*trail_link(&s->trail, fact) = subject->last;
	subject->last = fact;
	s->trail.count++;
}

/* Least of the sorts claimed. */
static bool claim_sort(struct state *s, uint32_t number, enum subject_sort sort)
{
	struct subject *subject = subject_at(&s->subjects, number);
	bool folded_otherwise = *trail_link(&s->trail, subject->last) != 0;

	if (subject->marks & SUBJECT_ERASED || (subject->sort && subject->sort <= sort))
		return true;
	if (subject->sort && !row_vacate(s, number))
		return false;
	subject->sort = (uint8_t)sort;
	return !folded_otherwise || make_dirty(s, number);
}

static bool knows_all(const struct state *s, const struct subject *subject, const struct fact *f)
{
	struct heads heads = subject_heads(subject, &s->heap);

	if (heads.count != f->head_count)
		return false;
	for (size_t i = 0; i < f->head_count; i++) {
		uint32_t head = trail_find(&s->trail, &f->heads[i]);
		bool current = false;

		for (size_t n = 0; head && n < heads.count; n++)
			current |= heads.at[n] == head;
		if (!current)
			return false;
	}
	return true;
}

/* The heads without those that the fact names, and the fact. */
static bool move_heads(struct state *s, struct subject *subject, uint32_t fact,
		       const struct fact_ref *named, size_t named_count)
{
	struct heads old = subject_heads(subject, &s->heap);
	uint32_t *new = arena_take_array(s->scratch, old.count + 1, sizeof(*new));
	size_t count = 0;

	if (!new)
		return false;
	for (size_t i = 0; i < old.count; i++) {
		struct fact_ref ref = trail_ref(&s->trail, old.at[i]);
		bool is_named = false;

		for (size_t n = 0; n < named_count; n++)
			is_named |= fact_ref_compare(&ref, &named[n]) == 0;
		if (!is_named)
			new[count++] = old.at[i];
	}
	new[count++] = fact;
	return subject_set_heads(subject, &s->heap, (struct heads){ new, count });
}

static bool apply(struct state *s, uint32_t number, const struct fact *f)
{
	const struct subject *subject = subject_at(&s->subjects, number);
	uint32_t broken = 0;
	struct folding to, was;

	if (!fold_takes(f) || fold_flags(f->kind->kind) & FOLD_RECORD_ONLY)
		return row_count(s, number, f);
	folding_init(&to, subject->sort, &subject->id, s->scratch);
	to.standing.marks = s->marks;
	to.standing.room = MARKS_AT_HAND;
	row_load(s, subject, &to);
	if (fold_flags(f->kind->kind) & FOLD_NAMES)
		row_load_names(s, subject, &to);
	was = to;
	if (fold_flags(f->kind->kind) & FOLD_JUDGED && to.sort == SUBJECT_PERSON)
		broken = fold_judge(&to.person, f);
	if (to.sort == SUBJECT_PERSON)
		count_fact(&to.person, f);
	fold_step(&to, f);
	if (to.sort == SUBJECT_PERSON)
		to.person.broken |= broken;
	fold_derive(&to);
	return row_store(s, number, &to, &was);
}

static bool take(struct state *s, uint32_t number, uint32_t fact, const struct fact *f)
{
	struct subject *subject = subject_at(&s->subjects, number);
	const uint8_t late = SUBJECT_DIRTY | SUBJECT_WAITS;

	if (f->kind && !claim_sort(s, number, f->kind->subject))
		return false;
	if (subject->marks & SUBJECT_ERASED)
		return move_heads(s, subject, fact, f->heads, f->head_count);
	if (subject->marks & late || !knows_all(s, subject, f) ||
	    f->kind_number == KIND_FACT_ANNULLED)
		return make_dirty(s, number);
	return subject_set_heads(subject, &s->heap, (struct heads){ &fact, 1 }) &&
	       apply(s, number, f);
}

enum err state_take(struct state *s, const struct fact *f, struct fault *fault)
{
	uint32_t fact = trail_place(&s->trail, &f->ref), number;
	struct trail_origin *origin;
	bool taken;

	if (!fact)
		return no_memory(fault);
	if (*trail_marks(&s->trail, fact) & TRAIL_KNOWN)
		return OK;
	number = subjects_intern(&s->subjects, &f->subject);
	if (!number && !id_is_none(&f->subject))
		return no_memory(fault);
	link_fact(s, subject_at(&s->subjects, number), fact, 0);
	s->unknown += fold_is_unknown(f);
	origin = trail_origin(&s->trail, fact);
	if (fact_time(f) > origin->last_recorded)
		origin->last_recorded = fact_time(f);
	taken = keys_note(s, &f->key, fact, fact_time(f)) && missing_came(s, &f->ref) &&
		(!number || take(s, number, fact, f)) && counted_note(s, number, fact, f);
	arena_reset(s->scratch);
	return taken ? OK : no_memory(fault);
}

enum err state_unreadable(struct state *s, const struct fact_ref *ref, const struct id *subject,
			  struct fault *fault)
{
	uint32_t fact = trail_place(&s->trail, ref), number;
	bool taken;

	if (!fact)
		return no_memory(fault);
	if (*trail_marks(&s->trail, fact) & TRAIL_KNOWN)
		return OK;
	number = subjects_intern(&s->subjects, subject);
	if (!number && !id_is_none(subject))
		return no_memory(fault);
	link_fact(s, subject_at(&s->subjects, number), fact, TRAIL_UNREADABLE);
	s->unreadable++;
	taken = missing_came(s, ref) &&
		move_heads(s, subject_at(&s->subjects, number), fact, NULL, 0);
	arena_reset(s->scratch);
	return taken ? OK : no_memory(fault);
}

enum err state_settle(struct state *s, const struct fact_reader *reader, struct fault *f)
{
	while (s->dirty.count) {
		uint32_t number = *(uint32_t *)chunks_at(&s->dirty, s->dirty.count - 1);
		struct subject *subject = subject_at(&s->subjects, number);
		enum err e = OK;

		if (!(subject->marks & SUBJECT_ERASED))
			e = refold(s, number, reader, f);
		arena_reset(s->scratch);
		arena_reset(s->reading);
		if (e)
			return e;
		subject->marks = (uint8_t)(subject->marks & ~SUBJECT_DIRTY);
		s->dirty.count--;
	}
	return numbers_settle(&s->numbers) ? OK : no_memory(f);
}

/* --- what is known ------------------------------------------------------------ */

static int compare_refs(const void *a, const void *b)
{
	return fact_ref_compare(a, b);
}

size_t state_heads(const struct state *s, const struct id *id, struct fact_ref out[HEADS_MAX])
{
	uint32_t number = subjects_find(&s->subjects, id);
	struct heads heads;
	size_t count = 0;

	if (!number)
		return 0;
	heads = subject_heads(subject_at(&s->subjects, number), &s->heap);
	for (; count < heads.count && count < HEADS_MAX; count++)
		out[count] = trail_ref(&s->trail, heads.at[count]);
	qsort(out, count, sizeof(*out), compare_refs);
	return count;
}

enum err state_facts_of(const struct state *s, const struct id *id, struct arena *a,
			const struct fact_ref **out, size_t *count, struct fault *f)
{
	uint32_t number = subjects_find(&s->subjects, id), fact;
	const struct subject *subject = subject_at(&s->subjects, number);
	struct fact_ref *refs;
	size_t at = 0;

	for (fact = number ? subject->last : 0; fact; fact = *trail_link(&s->trail, fact))
		at++;
	refs = arena_take_array(a, at + 1, sizeof(*refs));
	if (!refs)
		return no_memory(f);
	*out = refs;
	*count = at;
	for (fact = number ? subject->last : 0; fact; fact = *trail_link(&s->trail, fact))
		refs[--at] = trail_ref(&s->trail, fact);
	return OK;
}

static uint64_t rows_bytes(const struct state *s)
{
	uint64_t bytes = chunks_bytes(&s->persons) + chunks_bytes(&s->missing) +
			 chunks_bytes(&s->dirty) + table_bytes(&s->of_missing);

	for (const struct chunks *c = &s->households; c <= &s->sites; c++)
		bytes += chunks_bytes(c);
	return bytes;
}

static bool count_movement(void *self, const struct movement *row)
{
	struct state_counts *counts = self;

	counts->movements += row->planned;
	return true;
}

static bool count_account(void *self, const struct account *row)
{
	struct state_counts *counts = self;

	counts->accounts += row->open;
	return true;
}

struct state_counts state_counts(const struct state *s)
{
	struct state_counts counts = {
		.facts = s->trail.count,
		.unknown = s->unknown,
		.unreadable = s->unreadable,
		.waiting = s->waiting,
		.bytes = s->heap.bytes + trail_bytes(&s->trail) + subjects_bytes(&s->subjects) +
			 chunks_bytes(&s->symbols.items) + table_bytes(&s->symbols.of_text) +
			 numbers_bytes(&s->numbers) + chunks_bytes(&s->keys.rows) +
			 table_bytes(&s->keys.of_key) + counted_bytes(&s->counted) + rows_bytes(s) +
			 sizeof(*s),
	};

	count_rows(s, &counts);
	state_each_movement(s, count_movement, &counts);
	state_each_account(s, count_account, &counts);
	return counts;
}
