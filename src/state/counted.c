/*
 * counted: the facts that figures are made of, in a list of their own.
 *
 * A row of a person says how things are; a figure counts what happened, by the week in
 * which it was written down.  So each fact of the few kinds that are counted leaves a
 * line here when it comes in, whatever the order of the fold makes of it: figures do not
 * depend on which fact wins.  24 bytes each, and nothing of a person but the number of
 * the subject: who she is, is looked up when it is counted, and where she was erased
 * nothing is.
 *
 * An annulled fact counts no more, unless its annulment was annulled, or it is of a kind
 * that cannot be annulled.  A fact and what is said about it come in any order: both are
 * looked up when it is asked.
 */
#include "state/inside.h"

#include "state/steps.h"

/* Which code of a counted fact tells its sort, which of its fields a place, and which the
 * fact that it is about. */
#define NO_SLOT FIELDS_MAX
static const struct counted_kind {
	enum kind kind;
	size_t sort, place, about;
} counted_kinds[] = {
	{ KIND_PRESSURE_REPORTED, PRESSURE_REPORTED_SORT, NO_SLOT, NO_SLOT },
	{ KIND_CHOICE_WITHDRAWN, CHOICE_WITHDRAWN_CHANNEL, NO_SLOT, NO_SLOT },
	{ KIND_INCIDENT_REPORTED, INCIDENT_REPORTED_SORT, INCIDENT_REPORTED_AREA, NO_SLOT },
	{ KIND_INCIDENT_VISITED, NO_SLOT, NO_SLOT, INCIDENT_VISITED_INCIDENT },
	{ KIND_INCIDENT_CLOSED, INCIDENT_CLOSED_OUTCOME, NO_SLOT, INCIDENT_CLOSED_INCIDENT },
	{ KIND_CROSSING_RECORDED, CROSSING_RECORDED_RETURN_KIND, CROSSING_RECORDED_CROSSING,
	  NO_SLOT },
	{ KIND_FACT_ANNULLED, NO_SLOT, NO_SLOT, FACT_ANNULLED_FACT },
};

static const struct counted_kind *counted_kind(const struct fact *f)
{
	for (size_t i = 0; f->kind && i < COUNT_OF(counted_kinds); i++)
		if (counted_kinds[i].kind == f->kind->kind)
			return &counted_kinds[i];
	return NULL;
}

/* Who turned back at the line has not returned. */
static bool is_no_return(const struct fact *f)
{
	return f->kind->kind == KIND_CROSSING_RECORDED &&
	       code_of(f, CROSSING_RECORDED_DIRECTION) != DIRECTION_CROSSED;
}

void counted_init(struct counted_list *c)
{
	chunks_init(&c->rows, sizeof(struct counted_row), 12);
}

void counted_free(struct counted_list *c)
{
	chunks_free(&c->rows);
	table_free(&c->incidents);
	table_free(&c->answers);
	table_free(&c->annulments);
}

uint64_t counted_bytes(const struct counted_list *c)
{
	return chunks_bytes(&c->rows) + table_bytes(&c->incidents) + table_bytes(&c->answers) +
	       table_bytes(&c->annulments);
}

/* The number of the fact that it is about, also where that is not known yet; 0: none. */
static bool about_number(struct state *s, const struct fact *f, size_t slot, uint32_t *out)
{
	*out = 0;
	if (slot == NO_SLOT || !f->values[slot].given)
		return true;
	*out = trail_place(&s->trail, f->values[slot].fact);
	return *out != 0;
}

static bool add_row(struct state *s, const struct counted_row *row)
{
	struct counted_list *c = &s->counted;
	uint32_t at = c->rows.count ? c->rows.count : 1;

	if (!chunks_reach(&c->rows, at + 1))
		return false;
	*(struct counted_row *)chunks_at(&c->rows, at) = *row;
	switch (row->kind) {
	case KIND_FACT_ANNULLED: return table_add(&c->annulments, hash_mix(row->about), at);
	case KIND_INCIDENT_REPORTED: return table_add(&c->incidents, hash_mix(row->fact), at);
	case KIND_INCIDENT_VISITED:
	case KIND_INCIDENT_CLOSED: return table_add(&c->answers, hash_mix(row->about), at);
	default: return true;
	}
}

static uint16_t reasons_of(const struct fact *f)
{
	return f->kind->kind == KIND_CROSSING_RECORDED
		       ? (uint16_t)bits_of(&f->values[CROSSING_RECORDED_REASONS])
		       : 0;
}

bool counted_note(struct state *s, uint32_t subject, uint32_t fact, const struct fact *f)
{
	const struct counted_kind *k = counted_kind(f);
	struct counted_row row;

	if (!k || !fold_takes(f) || is_no_return(f))
		return true;
	row = (struct counted_row){
		.fact = fact,
		.subject = subject,
		.recorded = (uint32_t)fact_time(f),
		.kind = (uint8_t)k->kind,
		.sort = k->sort == NO_SLOT ? 0 : code_of(f, k->sort),
		.reasons = reasons_of(f),
	};
	return about_number(s, f, k->about, &row.about) &&
	       (k->place == NO_SLOT ||
		symbol_number(&s->symbols, &s->heap, text_at(f, k->place), &row.place)) &&
	       add_row(s, &row);
}

/* --- reading ------------------------------------------------------------------ */

static const struct counted_row *counted_row(const struct state *s, uint32_t at)
{
	return chunks_at(&s->counted.rows, at);
}

#define ANNULMENTS_DEEP 8

/* By when it was recorded, not by when it came. */
static bool is_before(const struct state *s, const struct counted_row *a,
		      const struct counted_row *b)
{
	struct fact_ref x = trail_ref(&s->trail, a->fact), y = trail_ref(&s->trail, b->fact);

	return a->recorded != b->recorded ? a->recorded < b->recorded
					  : fact_ref_compare(&x, &y) < 0;
}

/*
 * The first annulment of a row that stands, or NULL.  A chain of annulments that goes on for
 * longer than anybody makes one counts as ended.
 */
static const struct counted_row *annulment_of(const struct state *s, const struct counted_row *row,
					      unsigned depth)
{
	struct table_walk w = table_walk(&s->counted.annulments, hash_mix(row->fact));
	const struct counted_row *first = NULL;
	uint32_t at;

	if (depth == ANNULMENTS_DEEP || fold_flags((enum kind)row->kind) & FOLD_PERMANENT)
		return NULL;
	while ((at = table_next(&s->counted.annulments, &w))) {
		const struct counted_row *annulment = counted_row(s, at);

		if (annulment->about == row->fact && annulment->subject == row->subject &&
		    (!first || is_before(s, annulment, first)) &&
		    !annulment_of(s, annulment, depth + 1))
			first = annulment;
	}
	return first;
}

/* The incident that a visit or an ending is about, or NULL. */
static const struct counted_row *incident_of(const struct state *s, const struct counted_row *row)
{
	struct table_walk w = table_walk(&s->counted.incidents, hash_mix(row->about));
	uint32_t at;

	while (row->about && (at = table_next(&s->counted.incidents, &w)))
		if (counted_row(s, at)->fact == row->about)
			return counted_row(s, at);
	return NULL;
}

/* Whether somebody was seen for the same incident before, or the same was said of its end. */
static bool is_said_again(const struct state *s, const struct counted_row *row)
{
	struct table_walk w = table_walk(&s->counted.answers, hash_mix(row->about));
	uint32_t at;

	if (row->kind != KIND_INCIDENT_VISITED && row->kind != KIND_INCIDENT_CLOSED)
		return false;
	while (row->about && (at = table_next(&s->counted.answers, &w))) {
		const struct counted_row *other = counted_row(s, at);

		if (other->about == row->about && other->kind == row->kind &&
		    other->sort == row->sort && is_before(s, other, row) &&
		    !annulment_of(s, other, 0))
			return true;
	}
	return false;
}

static bool is_erased(const struct state *s, const struct counted_row *row)
{
	return subject_at(&s->subjects, row->subject)->marks & SUBJECT_ERASED;
}

static bool is_left_out(const struct state *s, const struct counted_row *row)
{
	return row->kind == KIND_FACT_ANNULLED || is_erased(s, row) || annulment_of(s, row, 0) ||
	       is_said_again(s, row);
}

static struct counted counted_of(const struct state *s, const struct counted_row *row)
{
	const struct counted_row *incident = incident_of(s, row);
	uint32_t place = incident && !row->place ? incident->place : row->place;

	return (struct counted){
		.ref = trail_ref(&s->trail, row->fact),
		.subject = subject_at(&s->subjects, row->subject)->id,
		.kind = (enum kind)row->kind,
		.sort = row->sort,
		.reasons = row->reasons,
		.recorded = row->recorded,
		.place = symbol_text(&s->symbols, &s->heap, place),
		.about_sort = incident ? incident->sort : 0,
		.about_recorded = incident ? incident->recorded : 0,
	};
}

void state_each_counted(const struct state *s, int64_t from, int64_t to,
			bool (*visit)(void *self, const struct counted *c), void *self)
{
	for (uint32_t at = 1; at < s->counted.rows.count; at++) {
		const struct counted_row *row = counted_row(s, at);
		struct counted out;

		if (row->recorded < from || row->recorded >= to || is_left_out(s, row))
			continue;
		out = counted_of(s, row);
		if (!visit(self, &out))
			return;
	}
}

void state_each_annulled(const struct state *s, int64_t from, int64_t to,
			 bool (*visit)(void *self, const struct annulled *a), void *self)
{
	for (uint32_t at = 1; at < s->counted.rows.count; at++) {
		const struct counted_row *row = counted_row(s, at), *by = annulment_of(s, row, 0);
		struct annulled out;

		if (!by || row->kind == KIND_FACT_ANNULLED || is_erased(s, row) ||
		    by->recorded < from || by->recorded >= to)
			continue;
		out = (struct annulled){ counted_of(s, row), trail_ref(&s->trail, by->fact),
					 by->recorded };
		if (!visit(self, &out))
			return;
	}
}

int64_t state_counted_since(const struct state *s)
{
	int64_t first = INT64_MAX;

	for (uint32_t at = 1; at < s->counted.rows.count; at++) {
		const struct counted_row *row = counted_row(s, at);

		if (row->kind != KIND_FACT_ANNULLED && row->recorded < first)
			first = row->recorded;
	}
	return first;
}
