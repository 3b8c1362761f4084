/*
 * One hash over what is so: every subject that has a row, by id, with its columns,
 * names, marks and heads as they are shown (numbers of this memory stand for nothing
 * elsewhere).  What was erased is left out: a register that is opened again cannot
 * tell it from what it cannot read.
 */
#include "base/sha256.h"
#include "state/inside.h"

#include <stdlib.h>

static void add_number(struct sha256 *h, int64_t n)
{
	uint8_t le[8];

	for (unsigned i = 0; i < 8; i++)
		le[i] = (uint8_t)((uint64_t)n >> 8 * i);
	sha256_add(h, bytes_of(le, sizeof(le)));
}

static void add_text(struct sha256 *h, struct text t)
{
	add_number(h, (int64_t)t.size);
	sha256_add(h, bytes_of_text(t));
}

static void add_id(struct sha256 *h, const struct id *id)
{
	sha256_add(h, bytes_of(id->at, ID_SIZE));
}

static void add_ref(struct sha256 *h, const struct fact_ref *ref)
{
	add_id(h, &ref->site);
	add_number(h, ref->epoch);
	add_number(h, (int64_t)ref->seq);
}

#define ADD_FLAG(h, v) add_number(h, v)
#define ADD_COUNT8(h, v) add_number(h, v)
#define ADD_COUNT16(h, v) add_number(h, v)
#define ADD_MASK16(h, v) add_number(h, v)
#define ADD_MASK32(h, v) add_number(h, v)
#define ADD_CODE(h, v) add_number(h, v)
#define ADD_DAY(h, v) add_number(h, v)
#define ADD_TIME(h, v) add_number(h, v)
#define ADD_ID(h, v) add_id(h, &(v))
#define ADD_SYMBOL(h, v) add_text(h, v)

static void add_names(struct sha256 *h, const struct person_names *n)
{
	const struct text texts[] = {
		n->given,  n->given_latin,  n->family,	    n->family_latin,	  n->source_key,
		n->father, n->father_latin, n->grandfather, n->grandfather_latin,
	};

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		add_text(h, texts[i]);
	for (size_t i = 0; i < n->document_count; i++) {
		add_number(h, n->documents[i].kind);
		add_text(h, n->documents[i].number);
		add_text(h, n->documents[i].digits);
		add_number(h, n->documents[i].valid_to);
	}
}

static void add_mark(struct sha256 *h, const struct mark *m)
{
	const int64_t numbers[] = { m->sort, m->code, m->second, m->flags, m->recorded, m->number };

	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		add_number(h, numbers[i]);
	add_ref(h, &m->ref);
	add_id(h, &m->officer);
	add_id(h, &m->other);
	add_text(h, m->symbol);
}

static void add_person(struct sha256 *h, const struct folding *r)
{
	const struct person *p = &r->person;

#define COLUMN(type, name) ADD_##type(h, p->name);
#include "state/person.def"
	add_names(h, &r->names);
	add_number(h, r->joined_at);
	add_ref(h, &r->joined);
	for (uint32_t i = 0; i < r->standing.count; i++)
		add_mark(h, &r->standing.marks[i]);
}

static void add_household(struct sha256 *h, const struct household *r)
{
	const struct text texts[] = { r->case_number, r->address,   r->phone,
				      r->source_key,  r->residence, r->language };
	const int64_t numbers[] = { r->registered, r->phone_owner, r->phone_safe, r->arrival_year,
				    r->registered_at };

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		add_text(h, texts[i]);
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		add_number(h, numbers[i]);
	add_id(h, &r->head);
}

static void add_movement(struct sha256 *h, const struct movement *m)
{
	add_number(h, m->planned);
	add_number(h, m->cancelled);
	add_number(h, m->departs);
	add_text(h, m->from);
	add_text(h, m->crossing);
	add_text(h, m->transporter);
	add_number(h, m->seats);
	add_id(h, &m->planner);
}

static void add_account(struct sha256 *h, const struct account *a)
{
	add_text(h, a->name);
	add_number(h, a->roles);
	add_number(h, a->sex);
	add_number(h, a->open);
	add_number(h, a->opened_at);
}

static void add_tariff(struct sha256 *h, const struct tariff *t)
{
	const struct text texts[] = { t->provider, t->currency, t->source, t->rule };
	const int64_t numbers[] = {
		t->group, t->per, t->part, t->amount, t->valid_from, t->valid_to
	};

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		add_text(h, texts[i]);
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		add_number(h, numbers[i]);
}

static void add_advisory(struct sha256 *h, const struct advisory *a)
{
	add_number(h, a->sort);
	add_number(h, a->in_force);
	add_text(h, a->area);
	add_text(h, a->crossing);
	add_text(h, a->source);
	add_number(h, a->since);
}

static void add_days(struct sha256 *h, const struct days *d)
{
	const int64_t numbers[] = { d->weekday, d->first_day, d->last_day, d->people_max,
				    d->ended };

	add_id(h, &d->site);
	for (size_t n = 0; n < COUNT_OF(numbers); n++)
		add_number(h, numbers[n]);
	add_text(h, d->reason);
}

static void add_instrument_step(struct sha256 *h, const struct instrument_step *s)
{
	add_number(h, s->step);
	add_number(h, s->on);
	add_number(h, s->recorded);
	add_number(h, s->version);
	add_id(h, &s->by);
	add_text(h, s->party);
	add_text(h, s->note);
	add_text(h, s->source);
}

static void add_instrument(struct sha256 *h, const struct instrument *i)
{
	const struct text texts[] = {
		i->code,   i->authority, i->title,  i->number, i->groups,
		i->effect, i->detail,	 i->source, i->note,   i->verified_by
	};
	const int64_t numbers[] = { i->level,
				    i->confidence,
				    i->date,
				    i->valid_from,
				    i->valid_to,
				    i->known,
				    i->end_known,
				    (int64_t)i->area_count,
				    (int64_t)i->party_count,
				    (int64_t)i->supersedes_count };

	for (size_t n = 0; n < COUNT_OF(texts); n++)
		add_text(h, texts[n]);
	for (size_t n = 0; n < COUNT_OF(numbers); n++)
		add_number(h, numbers[n]);
	for (size_t n = 0; n < i->area_count; n++)
		add_text(h, i->areas[n]);
	for (size_t n = 0; n < i->party_count; n++)
		add_text(h, i->parties[n]);
	for (size_t n = 0; n < i->supersedes_count; n++)
		add_id(h, &i->supersedes[n]);
	for (size_t n = 0; n < i->step_count; n++)
		add_instrument_step(h, &i->steps[n]);
	add_id(h, &i->under);
}

static void add_terms(struct sha256 *h, const struct terms_row *t)
{
	add_number(h, t->terms.cooling_s);
	add_number(h, t->terms.lapse_s);
	add_number(h, t->terms.reconfirm_s);
	add_number(h, t->recorded);
	add_ref(h, &t->ref);
}

static void add_site(struct sha256 *h, const struct site_row *r)
{
	add_text(h, r->name);
	add_text(h, r->code);
	add_text(h, r->zone);
	add_number(h, r->demo);
	add_number(h, r->revoked);
}

static void add_row(struct sha256 *h, const struct folding *r)
{
	switch (r->sort) {
	case SUBJECT_PERSON: add_person(h, r); return;
	case SUBJECT_HOUSEHOLD: add_household(h, &r->household); return;
	case SUBJECT_MOVEMENT: add_movement(h, &r->movement); return;
	case SUBJECT_ACCOUNT: add_account(h, &r->account); return;
	case SUBJECT_TARIFF: add_tariff(h, &r->tariff); return;
	case SUBJECT_ADVISORY: add_advisory(h, &r->advisory); return;
	case SUBJECT_DAYS: add_days(h, &r->days); return;
	case SUBJECT_INSTRUMENT: add_instrument(h, &r->instrument); return;
	case SUBJECT_TERMS: add_terms(h, &r->terms); return;
	case SUBJECT_SITE: add_site(h, &r->site); return;
	case SUBJECT_0:
	case SUBJECT_FIGURE:
	case SUBJECT_TABLE:
	case SUBJECT_SORTS: return;
	}
}

static void add_subject(struct sha256 *h, const struct state *s, const struct subject *subject,
			struct arena *a)
{
	struct fact_ref heads[HEADS_MAX];
	size_t head_count = state_heads(s, &subject->id, heads);
	struct folding row;

	folding_init(&row, subject->sort, &subject->id, a);
	row_load(s, subject, &row);
	row_load_names(s, subject, &row);
	add_id(h, &subject->id);
	add_number(h, subject->sort);
	add_row(h, &row);
	add_number(h, (subject->marks & SUBJECT_WAITS) != 0);
	for (size_t i = 0; i < head_count; i++)
		add_ref(h, &heads[i]);
	arena_reset(a);
}

static int compare_subjects(const void *a, const void *b, void *state)
{
	const struct state *s = state;

	return memcmp(&subject_at(&s->subjects, *(const uint32_t *)a)->id,
		      &subject_at(&s->subjects, *(const uint32_t *)b)->id, ID_SIZE);
}

#define MARKS_ARENA ((size_t)256 << 20)

enum err state_digest(const struct state *s, struct hash *out)
{
	uint32_t *order = malloc(s->subjects.items.count * sizeof(*order)), count = 0;
	struct arena *a = NULL;
	struct sha256 h;

	*out = (struct hash){ 0 };
	if (!order || arena_new(&a, MARKS_ARENA)) {
		free(order);
		return ERR_MEMORY;
	}
	for (uint32_t i = 1; i < s->subjects.items.count; i++) {
		uint8_t marks = subject_at(&s->subjects, i)->marks;

		if (marks & SUBJECT_HAS_ROW && !(marks & SUBJECT_ERASED))
			order[count++] = i;
	}
	qsort_r(order, count, sizeof(*order), compare_subjects, (void *)s);
	sha256_begin(&h);
	for (uint32_t i = 0; i < count; i++)
		add_subject(&h, s, subject_at(&s->subjects, order[i]), a);
	sha256_end(&h, out);
	arena_free(a);
	free(order);
	return OK;
}
