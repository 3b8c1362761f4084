/*
 * A subject's row, of whatever sort, to and from a folding.
 *
 * Households are many and kept tight; the other sorts are few and kept as they are
 * shown, with their texts in one block of the heap beside them.
 */
#include "state/inside.h"

#include <stdlib.h>

/* --- the few ------------------------------------------------------------------ */

#define LIST(...)                                                                                  \
	(struct text *const[])                                                                     \
	{                                                                                          \
		__VA_ARGS__                                                                        \
	}
#define COUNTED(...) LIST(__VA_ARGS__), COUNT_OF(((struct text *const[]){ __VA_ARGS__ }))
#define MOVEMENT_TEXTS(r) COUNTED(&(r)->from, &(r)->crossing, &(r)->transporter)
#define ACCOUNT_TEXTS(r) COUNTED(&(r)->name)
#define TARIFF_TEXTS(r) COUNTED(&(r)->provider, &(r)->currency, &(r)->source, &(r)->rule)
#define ADVISORY_TEXTS(r) COUNTED(&(r)->area, &(r)->crossing, &(r)->source)
#define DAYS_TEXTS(r) COUNTED(&(r)->reason)
#define SITE_TEXTS(r) COUNTED(&(r)->name, &(r)->code, &(r)->zone)
#define INSTRUMENT_OWN_TEXTS(r)                                                                    \
	&(r)->code, &(r)->authority, &(r)->title, &(r)->number, &(r)->groups, &(r)->effect,        \
		&(r)->detail, &(r)->source, &(r)->note, &(r)->verified_by

/* Give the row its texts in memory of its own. */
static bool settle_texts(struct heap *h, uint32_t *block, struct text *const *texts, size_t count)
{
	if (!texts_keep(h, block, texts, count))
		return false;
	texts_view(h, *block, texts, count);
	return true;
}

#define STORE_FEW(state, rows, type, at, value, TEXTS)                                             \
	do {                                                                                       \
		struct type *kept = chunks_at(&(state)->rows, at);                                 \
		kept->row = (value);                                                               \
		return settle_texts(&(state)->heap, &kept->texts, TEXTS(&kept->row));              \
	} while (0)

static bool store_movement(struct state *s, uint32_t at, const struct movement *m)
{
	STORE_FEW(s, movements, movement_row, at, *m, MOVEMENT_TEXTS);
}

static bool store_account(struct state *s, uint32_t at, const struct account *a)
{
	STORE_FEW(s, accounts, account_row, at, *a, ACCOUNT_TEXTS);
}

static bool store_tariff(struct state *s, uint32_t at, const struct tariff *t)
{
	STORE_FEW(s, tariffs, tariff_row, at, *t, TARIFF_TEXTS);
}

static bool store_advisory(struct state *s, uint32_t at, const struct advisory *a)
{
	STORE_FEW(s, advisories, advisory_row, at, *a, ADVISORY_TEXTS);
}

static bool store_days(struct state *s, uint32_t at, const struct days *d)
{
	STORE_FEW(s, days, days_row, at, *d, DAYS_TEXTS);
}

static bool store_site(struct state *s, uint32_t at, const struct site_row *r)
{
	STORE_FEW(s, sites, site_kept, at, *r, SITE_TEXTS);
}

/*
 * The arrays of an instrument: copies in one piece of memory, steps first, since they
 * need the most alignment.  Areas are symbols; the other texts go into the block beside
 * the row.  NULL: no memory.
 */
static void *copy_lists(struct instrument *i)
{
	size_t steps = i->step_count * sizeof(*i->steps);
	size_t areas = i->area_count * sizeof(*i->areas);
	size_t parties = i->party_count * sizeof(*i->parties);
	size_t supersedes = i->supersedes_count * sizeof(*i->supersedes);
	char *at = malloc(steps + areas + parties + supersedes + 1);
	char *const lists = at;

#define COPY(list)                                                                                 \
	do {                                                                                       \
		if (list)                                                                          \
			memcpy(at, i->list, list);                                                 \
		i->list = (void *)at;                                                              \
		at += list;                                                                        \
	} while (0)
	if (lists) {
		COPY(steps);
		COPY(areas);
		COPY(parties);
		COPY(supersedes);
	}
#undef COPY
	return lists;
}

static bool keep_areas(struct state *s, struct instrument *i)
{
	struct text *areas = (struct text *)i->areas;
	uint32_t number;

	for (size_t n = 0; n < i->area_count; n++) {
		if (!symbol_number(&s->symbols, &s->heap, areas[n], &number))
			return false;
		areas[n] = symbol_text(&s->symbols, &s->heap, number);
	}
	return true;
}

#define STEP_TEXTS 3

/* All texts of an instrument but its areas, for free(); NULL: no memory. */
static struct text **instrument_texts(struct instrument *i, size_t *count)
{
	struct text *const own[] = { INSTRUMENT_OWN_TEXTS(i) };
	struct text **list = calloc(COUNT_OF(own) + i->party_count + STEP_TEXTS * i->step_count,
				    sizeof(struct text *));

	*count = 0;
	for (size_t n = 0; list && n < COUNT_OF(own); n++)
		list[(*count)++] = own[n];
	for (size_t n = 0; list && n < i->party_count; n++)
		list[(*count)++] = (struct text *)&i->parties[n];
	for (size_t n = 0; list && n < i->step_count; n++) {
		struct instrument_step *step = (struct instrument_step *)&i->steps[n];

		list[(*count)++] = &step->party;
		list[(*count)++] = &step->note;
		list[(*count)++] = &step->source;
	}
	return list;
}

static bool store_instrument(struct state *s, uint32_t at, const struct instrument *i)
{
	struct instrument_row *kept = chunks_at(&s->instruments, at);
	struct instrument copy = *i;
	void *lists = copy_lists(&copy);
	struct text **texts;
	size_t count;
	bool stored;

	if (!lists || !keep_areas(s, &copy)) {
		free(lists);
		return false;
	}
	kept->row = copy;
	free(kept->lists);
	kept->lists = lists;
	texts = instrument_texts(&kept->row, &count);
	stored = texts && settle_texts(&s->heap, &kept->texts, texts, count);
	free(texts);
	return stored;
}

/* --- households --------------------------------------------------------------- */

#define HOUSEHOLD_TEXTS(h) COUNTED(&(h)->case_number, &(h)->address, &(h)->phone, &(h)->source_key)

void household_load(const struct state *s, uint32_t row, struct household *out)
{
	const struct household_row *r = chunks_at(&s->households, row);

	*out = (struct household){
		.id = subject_at(&s->subjects, r->subject)->id,
		.registered = r->registered,
		.erased = r->erased,
		.phone_owner = r->phone_owner,
		.phone_safe = r->phone_safe,
		.residence = symbol_text(&s->symbols, &s->heap, r->residence),
		.language = symbol_text(&s->symbols, &s->heap, r->language),
		.arrival_year = r->arrival_year,
		.head = subject_at(&s->subjects, r->head)->id,
		.registered_at = r->registered_at,
	};
	texts_view(&s->heap, r->texts, HOUSEHOLD_TEXTS(out));
}

static bool store_household(struct state *s, uint32_t at, const struct household *h,
			    const struct household *was)
{
	struct household_row *r = chunks_at(&s->households, at);
	struct household copy = *h;

	r->registered = h->registered;
	r->erased = h->erased;
	r->phone_owner = h->phone_owner;
	r->phone_safe = h->phone_safe;
	r->arrival_year = (int16_t)h->arrival_year;
	r->registered_at = (uint32_t)h->registered_at;
	r->head = subjects_intern(&s->subjects, &h->head);
	return (r->head || id_is_none(&h->head)) &&
	       symbol_number(&s->symbols, &s->heap, h->residence, &r->residence) &&
	       symbol_number(&s->symbols, &s->heap, h->language, &r->language) &&
	       numbers_note_household(s, r->subject, h, was) &&
	       texts_keep(&s->heap, &r->texts, HOUSEHOLD_TEXTS(&copy));
}

/* --- persons ------------------------------------------------------------------ */

static void load_person(const struct state *s, uint32_t row, struct folding *to)
{
	const struct person_block *b = person_block(s, row);
	uint32_t at = person_place(row);

	person_load(s, row, &to->person);
	marks_load(s, b->marks[at], &to->standing);
	to->joined_at = b->joined_at[at];
	to->joined = b->joined[at] ? trail_ref(&s->trail, b->joined[at]) : (struct fact_ref){ 0 };
}

void row_load_names(const struct state *s, const struct subject *subject, struct folding *to)
{
	const struct person_block *b;

	if (subject->sort != SUBJECT_PERSON || !(subject->marks & SUBJECT_HAS_ROW))
		return;
	b = person_block(s, subject->row);
	names_view(&s->heap, b->names[person_place(subject->row)], &to->names);
}

static bool store_names(struct state *s, uint32_t *block, uint32_t subject,
			const struct folding *to, const struct folding *was)
{
	return !to->renamed || (numbers_note_person(s, subject, &to->names, &was->names) &&
				names_keep(&s->heap, block, &to->names));
}

static bool store_person(struct state *s, uint32_t row, const struct folding *to,
			 const struct folding *was)
{
	struct person_block *b = person_block(s, row);
	uint32_t at = person_place(row), household = b->household[at];

	if (!store_names(s, &b->names[at], b->subject[at], to, was) ||
	    !marks_store(s, &b->marks[at], &to->standing) ||
	    !person_store(s, row, &to->person, &was->person))
		return false;
	b->joined_at[at] = (uint32_t)to->joined_at;
	if (fact_ref_compare(&to->joined, &was->joined) != 0)
		b->joined[at] = trail_find(&s->trail, &to->joined);
	if (b->household[at] != household) {
		members_leave(s, household, row);
		members_join(s, b->household[at], row);
	}
	return true;
}

/* --- any sort ----------------------------------------------------------------- */

static struct chunks *rows_of(struct state *s, enum subject_sort sort)
{
	switch (sort) {
	case SUBJECT_HOUSEHOLD: return &s->households;
	case SUBJECT_MOVEMENT: return &s->movements;
	case SUBJECT_ACCOUNT: return &s->accounts;
	case SUBJECT_TARIFF: return &s->tariffs;
	case SUBJECT_ADVISORY: return &s->advisories;
	case SUBJECT_DAYS: return &s->days;
	case SUBJECT_INSTRUMENT: return &s->instruments;
	case SUBJECT_TERMS: return &s->terms;
	case SUBJECT_SITE: return &s->sites;
	default: return NULL;
	}
}

static bool make_row(struct state *s, uint32_t number)
{
	struct subject *subject = subject_at(&s->subjects, number);
	struct chunks *rows = rows_of(s, subject->sort);

	if (subject->sort == SUBJECT_PERSON) {
		if (!person_new(s, number, &subject->row))
			return false;
	} else if (rows) {
		subject->row = rows->count;
		if (!chunks_reach(rows, rows->count + 1))
			return false;
		if (subject->sort == SUBJECT_HOUSEHOLD)
			((struct household_row *)chunks_at(rows, subject->row))->subject = number;
	} else {
		return true; /* figures and tables are kept, and have no row */
	}
	subject->marks |= SUBJECT_HAS_ROW;
	return true;
}

void row_load(const struct state *s, const struct subject *subject, struct folding *to)
{
	if (!(subject->marks & SUBJECT_HAS_ROW))
		return;
	switch ((enum subject_sort)subject->sort) {
	case SUBJECT_PERSON: load_person(s, subject->row, to); return;
	case SUBJECT_HOUSEHOLD: household_load(s, subject->row, &to->household); return;
#define LOAD_FEW(rows, type, member)                                                               \
	to->member = ((const struct type *)chunks_at(&s->rows, subject->row))->row;                \
	return
	case SUBJECT_MOVEMENT: LOAD_FEW(movements, movement_row, movement);
	case SUBJECT_ACCOUNT: LOAD_FEW(accounts, account_row, account);
	case SUBJECT_TARIFF: LOAD_FEW(tariffs, tariff_row, tariff);
	case SUBJECT_ADVISORY: LOAD_FEW(advisories, advisory_row, advisory);
	case SUBJECT_DAYS: LOAD_FEW(days, days_row, days);
	case SUBJECT_INSTRUMENT: LOAD_FEW(instruments, instrument_row, instrument);
	case SUBJECT_SITE: LOAD_FEW(sites, site_kept, site);
	case SUBJECT_TERMS:
		to->terms = *(const struct terms_row *)chunks_at(&s->terms, subject->row);
		return;
	case SUBJECT_0:
	case SUBJECT_FIGURE:
	case SUBJECT_TABLE:
	case SUBJECT_SORTS: return;
	}
}

static bool store(struct state *s, const struct subject *subject, struct folding *to,
		  const struct folding *was)
{
	switch ((enum subject_sort)subject->sort) {
	case SUBJECT_PERSON: return store_person(s, subject->row, to, was);
	case SUBJECT_HOUSEHOLD:
		return store_household(s, subject->row, &to->household, &was->household);
	case SUBJECT_MOVEMENT: return store_movement(s, subject->row, &to->movement);
	case SUBJECT_ACCOUNT: return store_account(s, subject->row, &to->account);
	case SUBJECT_TARIFF: return store_tariff(s, subject->row, &to->tariff);
	case SUBJECT_ADVISORY: return store_advisory(s, subject->row, &to->advisory);
	case SUBJECT_DAYS: return store_days(s, subject->row, &to->days);
	case SUBJECT_INSTRUMENT: return store_instrument(s, subject->row, &to->instrument);
	case SUBJECT_SITE: return store_site(s, subject->row, &to->site);
	case SUBJECT_TERMS:
		*(struct terms_row *)chunks_at(&s->terms, subject->row) = to->terms;
		return true;
	case SUBJECT_0:
	case SUBJECT_FIGURE:
	case SUBJECT_TABLE:
	case SUBJECT_SORTS: return true;
	}
	return true;
}

static bool is_erased(const struct folding *to)
{
	return (to->sort == SUBJECT_PERSON && to->person.erased) ||
	       (to->sort == SUBJECT_HOUSEHOLD && to->household.erased);
}

bool row_store(struct state *s, uint32_t number, struct folding *to, const struct folding *was)
{
	struct subject *subject = subject_at(&s->subjects, number);

	if (!(subject->marks & SUBJECT_HAS_ROW) && !make_row(s, number))
		return false;
	if (is_erased(to))
		subject->marks |= SUBJECT_ERASED;
	return !to->standing.failed && store(s, subject, to, was);
}

bool row_vacate(struct state *s, uint32_t number)
{
	struct subject *subject = subject_at(&s->subjects, number);
	struct folding was, empty;
	bool stored;

	if (!(subject->marks & SUBJECT_HAS_ROW))
		return true;
	folding_init(&was, subject->sort, &subject->id, s->scratch);
	folding_init(&empty, subject->sort, &subject->id, s->scratch);
	row_load(s, subject, &was);
	row_load_names(s, subject, &was);
	empty.renamed = true;
	stored = store(s, subject, &empty, &was);
	subject->marks = (uint8_t)(subject->marks & ~SUBJECT_HAS_ROW);
	return stored;
}

/* --- one fact counted --------------------------------------------------------- */

static bool is_opening(const struct fact *f)
{
	return fold_takes(f) && f->kind->kind == KIND_RECORD_OPENED;
}

void count_fact(struct person *p, const struct fact *f)
{
	if (!is_opening(f) && p->fact_count < UINT16_MAX)
		p->fact_count++;
	if (fold_is_unknown(f) && p->unknown_count < UINT16_MAX)
		p->unknown_count++;
}

/*
 * Reading a file is a fact, so most facts are of this sort: they touch three columns
 * and need not load the row.
 */
bool row_count(struct state *s, uint32_t number, const struct fact *f)
{
	struct subject *subject = subject_at(&s->subjects, number);
	struct person_block *b;
	struct person p;
	uint32_t at;

	if (subject->sort != SUBJECT_PERSON || subject->marks & SUBJECT_ERASED)
		return true;
	if (!(subject->marks & SUBJECT_HAS_ROW) && !make_row(s, number))
		return false;
	b = person_block(s, subject->row);
	at = person_place(subject->row);
	p.fact_count = b->fact_count[at];
	p.unknown_count = b->unknown_count[at];
	count_fact(&p, f);
	b->fact_count[at] = p.fact_count;
	b->unknown_count[at] = p.unknown_count;
	if (is_opening(f) && b->opened_count[at] < UINT16_MAX)
		b->opened_count[at]++;
	return true;
}

/* --- texts that outlive their fact -------------------------------------------- */

static bool pin_symbol(struct state *s, struct text *t)
{
	uint32_t number;

	if (!symbol_number(&s->symbols, &s->heap, *t, &number))
		return false;
	*t = symbol_text(&s->symbols, &s->heap, number);
	return true;
}

static bool pin_text(struct arena *a, struct text *t)
{
	if (t->size)
		*t = arena_copy_text(a, *t);
	return !t->size || t->at;
}

static bool pin_texts(struct arena *a, struct text *const *texts, size_t count)
{
	bool pinned = true;

	for (size_t i = 0; i < count; i++)
		pinned &= pin_text(a, texts[i]);
	return pinned;
}

static bool pin_names(struct arena *a, struct person_names *n)
{
	bool pinned = pin_texts(a, COUNTED(&n->given, &n->given_latin, &n->family, &n->family_latin,
					   &n->father, &n->father_latin, &n->grandfather,
					   &n->grandfather_latin, &n->source_key));

	for (size_t i = 0; i < n->document_count; i++)
		pinned &= pin_text(a, &n->documents[i].number) &&
			  pin_text(a, &n->documents[i].digits);
	return pinned;
}

#define PIN_FLAG(s, t) true
#define PIN_COUNT8(s, t) true
#define PIN_COUNT16(s, t) true
#define PIN_MASK16(s, t) true
#define PIN_MASK32(s, t) true
#define PIN_CODE(s, t) true
#define PIN_DAY(s, t) true
#define PIN_TIME(s, t) true
#define PIN_ID(s, t) true
#define PIN_SYMBOL(s, t) pin_symbol(s, t)

static bool pin_person(struct state *s, struct folding *to, struct arena *a)
{
	struct person *p = &to->person;
	bool pinned = true;

#define COLUMN(type, name) pinned &= PIN_##type(s, &p->name);
#include "state/person.def"
	for (uint32_t i = to->standing.count; pinned && i-- > 0;)
		pinned &= pin_symbol(s, &to->standing.marks[i].symbol);
	return pinned && (!to->renamed || pin_names(a, &to->names));
}

static bool pin_instrument(struct instrument *i, struct arena *a)
{
	size_t count;
	struct text **texts = instrument_texts(i, &count);
	bool pinned = texts && pin_texts(a, texts, count);

	for (size_t n = 0; n < i->area_count; n++)
		pinned &= pin_text(a, (struct text *)&i->areas[n]);
	free(texts);
	return pinned;
}

bool folding_pin(struct state *s, struct folding *to, struct arena *a)
{
	struct household *h = &to->household;

	switch (to->sort) {
	case SUBJECT_PERSON: return pin_person(s, to, a);
	case SUBJECT_HOUSEHOLD:
		return pin_texts(a, HOUSEHOLD_TEXTS(h)) && pin_symbol(s, &h->residence) &&
		       pin_symbol(s, &h->language);
	case SUBJECT_MOVEMENT: return pin_texts(a, MOVEMENT_TEXTS(&to->movement));
	case SUBJECT_ACCOUNT: return pin_texts(a, ACCOUNT_TEXTS(&to->account));
	case SUBJECT_TARIFF: return pin_texts(a, TARIFF_TEXTS(&to->tariff));
	case SUBJECT_ADVISORY: return pin_texts(a, ADVISORY_TEXTS(&to->advisory));
	case SUBJECT_DAYS: return pin_texts(a, DAYS_TEXTS(&to->days));
	case SUBJECT_SITE: return pin_texts(a, SITE_TEXTS(&to->site));
	case SUBJECT_INSTRUMENT: return pin_instrument(&to->instrument, a);
	default: return true;
	}
}
