/*
 * Reading: rows as they are shown, walks, and what is looked up across subjects.
 * Nothing here writes, so that many threads may read at once.
 */
#include "state/inside.h"

const char *status_word(enum person_status s)
{
	static const char *const words[STATUS_COUNT] = {
		[STATUS_NONE] = "none",	      [STATUS_REGISTERED] = "registered",
		[STATUS_STAY] = "stay",	      [STATUS_UNDECIDED] = "undecided",
		[STATUS_RETURN] = "return",   [STATUS_WITHDRAWN] = "withdrawn",
		[STATUS_SEATED] = "seated",   [STATUS_DEPARTED] = "departed",
		[STATUS_CROSSED] = "crossed", [STATUS_ARRIVED] = "arrived",
		[STATUS_DIED] = "died",	      [STATUS_ERASED] = "erased",
	};

	return s < STATUS_COUNT ? words[s] : "none";
}

/* The subject with that id, where it has a row of that sort; NULL: none. */
static const struct subject *with_row(const struct state *s, const struct id *id,
				      enum subject_sort sort)
{
	uint32_t number = subjects_find(&s->subjects, id);
	const struct subject *subject = subject_at(&s->subjects, number);

	return number && subject->sort == sort && subject->marks & SUBJECT_HAS_ROW ? subject : NULL;
}

enum subject_sort state_sort_of(const struct state *s, const struct id *id)
{
	uint32_t number = subjects_find(&s->subjects, id);

	return number ? subject_at(&s->subjects, number)->sort : SUBJECT_0;
}

bool state_person(const struct state *s, const struct id *id, struct person *out)
{
	const struct subject *subject = with_row(s, id, SUBJECT_PERSON);

	if (subject)
		person_load(s, subject->row, out);
	return subject != NULL;
}

bool state_names(const struct state *s, const struct id *id, struct person_names *out)
{
	const struct subject *subject = with_row(s, id, SUBJECT_PERSON);

	if (subject)
		names_view(&s->heap,
			   person_block(s, subject->row)->names[person_place(subject->row)], out);
	return subject != NULL;
}

bool state_household(const struct state *s, const struct id *id, struct household *out)
{
	const struct subject *subject = with_row(s, id, SUBJECT_HOUSEHOLD);

	if (subject)
		household_load(s, subject->row, out);
	return subject != NULL;
}

/* --- the few ------------------------------------------------------------------ */

#define READ_FEW(thing, SORT, rows)                                                                \
	bool state_##thing(const struct state *s, const struct id *id, struct thing *out)          \
	{                                                                                          \
		const struct subject *subject = with_row(s, id, SORT);                             \
                                                                                                   \
		if (subject)                                                                       \
			*out = ((const struct thing##_row *)chunks_at(&s->rows, subject->row))     \
				       ->row;                                                      \
		return subject != NULL;                                                            \
	}
READ_FEW(movement, SUBJECT_MOVEMENT, movements)
READ_FEW(account, SUBJECT_ACCOUNT, accounts)
READ_FEW(tariff, SUBJECT_TARIFF, tariffs)

/* Rows whose subject turned out to be of another sort are left behind, empty. */
#define WALK_FEW(thing, SORT, rows)                                                                \
	void state_each_##thing(const struct state *s,                                             \
				bool (*visit)(void *self, const struct thing *row), void *self)    \
	{                                                                                          \
		for (uint32_t i = 0; i < s->rows.count; i++) {                                     \
			const struct thing##_row *r = chunks_at(&s->rows, i);                      \
			const struct subject *subject = with_row(s, &r->row.id, SORT);             \
                                                                                                   \
			if (subject && subject->row == i && !visit(self, &r->row))                 \
				return;                                                            \
		}                                                                                  \
	}
WALK_FEW(movement, SUBJECT_MOVEMENT, movements)
WALK_FEW(account, SUBJECT_ACCOUNT, accounts)
WALK_FEW(tariff, SUBJECT_TARIFF, tariffs)
WALK_FEW(advisory, SUBJECT_ADVISORY, advisories)
WALK_FEW(instrument, SUBJECT_INSTRUMENT, instruments)
WALK_FEW(days, SUBJECT_DAYS, days)

static bool is_row_of(const struct state *s, uint32_t number, enum subject_sort sort, uint32_t row)
{
	const struct subject *subject = subject_at(&s->subjects, number);

	return subject->sort == sort && subject->marks & SUBJECT_HAS_ROW && subject->row == row;
}

void state_each_household(const struct state *s,
			  bool (*visit)(void *self, const struct household *row), void *self)
{
	for (uint32_t i = 0; i < s->households.count; i++) {
		const struct household_row *r = chunks_at(&s->households, i);
		struct household h;

		if (!is_row_of(s, r->subject, SUBJECT_HOUSEHOLD, i))
			continue;
		household_load(s, i, &h);
		if (!visit(self, &h))
			return;
	}
}

void state_each_person(const struct state *s, bool (*visit)(void *self, const struct person *row),
		       void *self)
{
	for (uint32_t i = 0; i < s->person_count; i++) {
		struct person p;

		if (!is_row_of(s, person_block(s, i)->subject[person_place(i)], SUBJECT_PERSON, i))
			continue;
		person_load(s, i, &p);
		if (!visit(self, &p))
			return;
	}
}

#define DAY_S 86400

void state_expected(const struct state *s, int64_t begins, uint32_t *counts, size_t days)
{
	memset(counts, 0, days * sizeof(*counts));
	for (uint32_t i = 0; i < s->person_count; i++) {
		int64_t at = person_block(s, i)->appointment[person_place(i)];
		int64_t day = (at - begins) / DAY_S;

		if (at && at >= begins && day < (int64_t)days)
			counts[day]++;
	}
}

/* Of what `since` means there is no time before 1970 in a column. */
static bool is_awaited(const struct person_block *b, uint32_t at, uint32_t since)
{
	return b->waits_since[at] || b->appointment[at] >= since || b->registered_at[at] >= since ||
	       b->counselled[at] >= since;
}

void state_each_awaited(const struct state *s, int64_t since,
			bool (*visit)(void *self, const struct person *row), void *self)
{
	uint32_t from = since < 1 ? 1 : since > UINT32_MAX ? UINT32_MAX : (uint32_t)since;

	for (uint32_t i = 0; i < s->person_count; i++) {
		const struct person_block *b = person_block(s, i);
		struct person p;

		if (!is_awaited(b, person_place(i), from) ||
		    !is_row_of(s, b->subject[person_place(i)], SUBJECT_PERSON, i))
			continue;
		person_load(s, i, &p);
		if (!visit(self, &p))
			return;
	}
}

/* Of the rows only what is counted is read: a status is asked for every minute. */
void count_rows(const struct state *s, struct state_counts *counts)
{
	for (uint32_t i = 0; i < s->person_count; i++) {
		const struct person_block *b = person_block(s, i);
		uint32_t at = person_place(i);

		counts->persons +=
			!b->erased[at] && is_row_of(s, b->subject[at], SUBJECT_PERSON, i);
	}
	for (uint32_t i = 0; i < s->households.count; i++) {
		const struct household_row *r = chunks_at(&s->households, i);

		counts->households += !r->erased && is_row_of(s, r->subject, SUBJECT_HOUSEHOLD, i);
	}
}

struct named {
	struct text name;
	struct account *out;
	bool found;
};

/* Two sites may have given one name to two accounts: an open one, then the least id. */
static bool take_named(void *self, const struct account *a)
{
	struct named *n = self;
	bool better = !n->found || a->open > n->out->open ||
		      (a->open == n->out->open && memcmp(&a->id, &n->out->id, sizeof(a->id)) < 0);

	if (text_same(a->name, n->name) && better) {
		*n->out = *a;
		n->found = true;
	}
	return true;
}

bool state_account_named(const struct state *s, struct text name, struct account *out)
{
	struct named n = { .name = name, .out = out };

	state_each_account(s, take_named, &n);
	return n.found;
}

struct terms state_terms(const struct state *s)
{
	static const struct terms by_design = { 24 * 3600, 90 * 86400, 12 * 3600 };
	const struct terms_row *newest = NULL;

	for (uint32_t i = 0; i < s->terms.count; i++) {
		const struct terms_row *r = chunks_at(&s->terms, i);

		if (!r->recorded || !with_row(s, &r->id, SUBJECT_TERMS))
			continue;
		if (!newest || r->recorded > newest->recorded ||
		    (r->recorded == newest->recorded &&
		     fact_ref_compare(&r->ref, &newest->ref) > 0))
			newest = r;
	}
	return newest ? newest->terms : by_design;
}

bool state_site(const struct state *s, const struct id *site, struct site_state *out)
{
	const struct subject *subject = with_row(s, site, SUBJECT_SITE);
	const struct site_kept *kept;

	if (!subject)
		return false;
	kept = chunks_at(&s->sites, subject->row);
	*out = (struct site_state){
		.id = *site,
		.name = kept->row.name,
		.code = kept->row.code,
		.zone = kept->row.zone,
		.demo = kept->row.demo,
		.revoked = kept->row.revoked,
	};
	for (uint32_t i = 1; i < s->trail.origins.count; i++) {
		const struct trail_origin *o = chunks_at(&s->trail.origins, i);

		if (id_same(&o->site, site) && o->last_recorded > out->last_recorded)
			out->last_recorded = o->last_recorded;
	}
	return true;
}

/* --- across subjects ---------------------------------------------------------- */

struct joining {
	uint32_t row;
	uint32_t at;
	struct fact_ref by;
};

static struct joining joining_of(const struct state *s, uint32_t row)
{
	const struct person_block *b = person_block(s, row);
	uint32_t at = person_place(row);

	struct joining j = { .row = row, .at = b->joined_at[at] };

	if (b->joined[at])
		j.by = trail_ref(&s->trail, b->joined[at]);
	return j;
}

static const struct id *id_of_row(const struct state *s, uint32_t row)
{
	return &subject_at(&s->subjects, person_block(s, row)->subject[person_place(row)])->id;
}

static bool joined_before(const struct joining *a, const struct joining *b)
{
	return a->at != b->at ? a->at < b->at : fact_ref_compare(&a->by, &b->by) < 0;
}

/*
 * The list is in the order in which facts were folded, which differs between sites; it
 * is put in the order in which people came.
 */
size_t state_members(const struct state *s, const struct id *household, struct id *out, size_t max)
{
	uint32_t number = subjects_find(&s->subjects, household);
	uint32_t next = number ? subject_at(&s->subjects, number)->first_member : 0;
	size_t count = 0;

	for (; next; next = person_block(s, next - 1)->next[person_place(next - 1)]) {
		struct joining new = joining_of(s, next - 1);
		size_t kept = count < max ? count : max, at = kept;

		for (; at > 0; at--) {
			uint32_t other = subjects_find(&s->subjects, &out[at - 1]);
			struct joining before = joining_of(s, subject_at(&s->subjects, other)->row);

			if (!joined_before(&new, &before))
				break;
			if (at < max)
				out[at] = out[at - 1];
		}
		if (at < max)
			out[at] = *id_of_row(s, new.row);
		count++;
	}
	return count;
}

size_t state_seated(const struct state *s, const struct id *movement, struct id *out, size_t max)
{
	uint32_t number = subjects_find(&s->subjects, movement);
	struct movement m;
	size_t count = 0;

	if (!number || (state_movement(s, movement, &m) && m.cancelled))
		return 0;
	for (uint32_t base = 0; base < s->person_count; base += PERSON_ROWS) {
		const uint32_t *column = person_block(s, base)->movement;

		for (uint32_t i = 0; i < PERSON_ROWS; i++) {
			if (column[i] != number)
				continue;
			if (count < max)
				out[count] = *id_of_row(s, base + i);
			count++;
		}
	}
	return count;
}
