/* Atoms: of each value once, then of each record. */
#include "match/atoms.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "match/large.h"
#include "match/mixed.h"
#include "match/model.h"
#include "match/shares.h"

/* Columns of atoms that are none of the list's. */
enum { NAMES = COLUMNS_MAX, BAND_LOW, BAND_HIGH };

/* Years of a band; the other one begins in the middle of it. */
#define BAND_YEARS 6u
/* A band says little beside its year, in half bits. */
#define BAND_WEIGHT 3

/* Each share of the records counts in a table of its own; more than these take more memory
 * than they are worth. */
#define COUNTING_MAX 8

/* Atoms of each value of a column, ATOM_OWN set where they are. */
struct of_values {
	uint32_t *starts; /* of each value, and one more */
	uint32_t *at;
	uint32_t count, room;
};

struct place {
	uint64_t what; /* 0: free */
	uint32_t atom;
};

struct making {
	const struct records *records;
	struct atoms *out;
	struct place *places;
	uint32_t places_count, room;
	struct of_values values[COLUMNS_MAX];
	unsigned shares;
	uint32_t *people[COUNTING_MAX]; /* how many records of each share have each atom */
	struct fault *fault;
};

/* --- numbers ------------------------------------------------------------------------------ */

static struct place *place_of(const struct making *m, uint64_t what)
{
	uint32_t at = (uint32_t)mixed(what) & (m->places_count - 1);

	while (m->places[at].what && m->places[at].what != what)
		at = (at + 1) & (m->places_count - 1);
	return &m->places[at];
}

static bool grow_places(struct making *m)
{
	struct making old = *m;

	m->places_count = old.places_count ? old.places_count * 2 : 4096;
	m->places = calloc(m->places_count, sizeof(*m->places));
	if (!m->places) {
		m->places = old.places;
		m->places_count = old.places_count;
		return false;
	}
	for (uint32_t i = 0; i < old.places_count; i++)
		if (old.places[i].what)
			*place_of(m, old.places[i].what) = old.places[i];
	free(old.places);
	return true;
}

static bool grow_atoms(struct making *m)
{
	uint32_t room = m->room * 2 + 4096;
	uint8_t *columns = realloc(m->out->columns, room), *sorts;

	if (!columns)
		return false;
	m->out->columns = columns;
	sorts = realloc(m->out->sorts, room);
	if (!sorts)
		return false;
	m->out->sorts = sorts;
	m->room = room;
	return true;
}

static uint8_t sort_of(const struct making *m, unsigned column)
{
	if (column == NAMES)
		return ATOM_NAME;
	if (column > NAMES || m->records->columns[column].sort == COLUMN_BIRTH)
		return ATOM_BIRTH;
	return ATOM_OTHER;
}

/* The number of an atom, a new one where it is new. */
static bool atom_of(struct making *m, unsigned column, uint64_t value, uint32_t *atom)
{
	struct place *p;

	if ((m->out->count + 1) * 2ull > m->places_count && !grow_places(m))
		return false;
	if (m->out->count == m->room && !grow_atoms(m))
		return false;
	p = place_of(m, (uint64_t)(column + 1) << 56 | value);
	if (!p->what) {
		p->what = (uint64_t)(column + 1) << 56 | value;
		p->atom = m->out->count++;
		m->out->columns[p->atom] = (uint8_t)column;
		m->out->sorts[p->atom] = sort_of(m, column);
	}
	*atom = p->atom;
	return true;
}

/* --- of values ---------------------------------------------------------------------------- */

/* Whether an atom of `column`, made from a value of column `from`, is of the person herself. */
static bool is_own(const struct making *m, unsigned from, unsigned column)
{
	const struct column *c = &m->records->columns[from];

	if (c->sort == COLUMN_BIRTH)
		return column == from;
	return column_is_own(c) || c->sort == COLUMN_CODE || c->sort == COLUMN_NUMBER;
}

static bool add_atom(struct making *m, unsigned from, unsigned column, uint64_t value)
{
	struct of_values *v = &m->values[from];
	uint32_t atom;

	if (v->count == v->room) {
		uint32_t room = v->room + v->room / 2 + 1024;
		uint32_t *at = realloc(v->at, room * sizeof(*at));

		if (!at)
			return false;
		v->at = at;
		v->room = room;
	}
	if (!atom_of(m, column, value, &atom))
		return false;
	v->at[v->count++] = atom | (is_own(m, from, column) ? ATOM_OWN : 0);
	return true;
}

/* A letter that is read in two ways makes two skeletons; more are not looked at. */
#define SKELETONS_MAX 2

static bool add_token(struct making *m, unsigned from, const struct token *t)
{
	struct keys keys;
	bool ok = true;

	keys_of(&keys, t);
	for (unsigned i = 0; ok && i < keys.exact && i < SKELETONS_MAX; i++)
		ok = add_atom(m, from, NAMES, keys.at[i]);
	return ok;
}

/* The words of a name, and all of them as one: they may be written so. */
static bool add_name(struct making *m, unsigned from, const struct value_words *words)
{
	const struct token *tokens = m->records->words.tokens;
	struct token joined;

	for (unsigned i = 0; i < words->count; i++)
		if (!add_token(m, from, &tokens[words->at[i]]))
			return false;
	return words->count < 2 || !words->joins || !words_joined(&joined, tokens, words) ||
	       add_token(m, from, &joined);
}

static bool add_birth(struct making *m, unsigned column, struct day_known d)
{
	uint64_t year = (uint64_t)d.year << 16, day = (uint64_t)d.month << 8 | d.day;
	unsigned low = d.year / BAND_YEARS, high = (d.year + BAND_YEARS / 2) / BAND_YEARS;

	if (!d.year)
		return true;
	if (d.day && !add_atom(m, column, column, year | day))
		return false;
	return add_atom(m, column, column, year) && add_atom(m, column, BAND_LOW, low) &&
	       add_atom(m, column, BAND_HIGH, high);
}

static bool add_value(struct making *m, unsigned column, uint32_t value)
{
	const struct column *c = &m->records->columns[column];

	switch (c->sort) {
	case COLUMN_SEX: return true;
	case COLUMN_NAME: return add_name(m, column, &c->words[value]);
	case COLUMN_BIRTH: return add_birth(m, column, c->days[value]);
	default: return add_atom(m, column, column, value);
	}
}

static bool add_values(struct making *m, unsigned column)
{
	uint32_t count = m->records->columns[column].strings.count;
	struct of_values *v = &m->values[column];

	v->starts = calloc((size_t)count + 2, sizeof(*v->starts));
	for (uint32_t value = 1; v->starts && value <= count; value++) {
		if (!add_value(m, column, value))
			return false;
		v->starts[value + 1] = v->count;
	}
	return v->starts != NULL;
}

/* --- of records --------------------------------------------------------------------------- */

static unsigned put_atom(uint32_t *out, unsigned count, uint32_t atom)
{
	for (unsigned i = 0; i < count; i++)
		if ((out[i] & ~ATOM_OWN) == (atom & ~ATOM_OWN)) {
			out[i] |= atom & ATOM_OWN;
			return count;
		}
	if (count < ATOMS_MAX)
		out[count++] = atom;
	return count;
}

static unsigned atoms_of(const struct making *m, uint32_t record, uint32_t out[ATOMS_MAX])
{
	unsigned count = 0;

	for (unsigned i = 0; i < m->records->columns_count; i++) {
		uint32_t value = record_values(m->records, record)[i];
		const struct of_values *v = &m->values[i];

		for (uint32_t k = v->starts[value]; value && k < v->starts[value + 1]; k++)
			count = put_atom(out, count, v->at[k]);
	}
	return count;
}

/* Those that few have first, of these the one that came first: as numbers in one word, whose
 * last bit is ATOM_OWN. */
static void sort_by_people(const struct atoms *a, uint32_t *at, unsigned count)
{
	uint64_t sorted[ATOMS_MAX];

	for (unsigned i = 0; i < count; i++) {
		uint64_t people = a->people[at[i] & ~ATOM_OWN];
		uint64_t it = people << 32 | (uint32_t)(at[i] << 1) | at[i] >> 31;
		unsigned k = i;

		for (; k > 0 && sorted[k - 1] > it; k--)
			sorted[k] = sorted[k - 1];
		sorted[k] = it;
	}
	for (unsigned i = 0; i < count; i++)
		at[i] = (uint32_t)sorted[i] >> 1 | (uint32_t)sorted[i] << 31;
}

static_assert((uint64_t)RECORDS_MAX * ATOMS_MAX < UINT32_MAX, "all atoms have a number");

/* How many atoms each record of the share has, of which sorts, and how many records each. */
static void count_share(void *its, unsigned share)
{
	struct making *m = its;
	struct atoms *out = m->out;
	uint32_t atoms[ATOMS_MAX], *people = m->people[share];
	size_t to = share_begin(m->records->count, share + 1, m->shares);

	for (size_t i = share_begin(m->records->count, share, m->shares); i < to; i++) {
		unsigned count = atoms_of(m, (uint32_t)i, atoms);

		out->starts[i + 1] = count;
		for (unsigned k = 0; k < count; k++) {
			uint32_t atom = atoms[k] & ~ATOM_OWN;

			people[atom]++;
			out->known[i] |= (uint8_t)(1u << out->sorts[atom]);
		}
	}
}

static void fill_share(void *its, unsigned share)
{
	struct making *m = its;
	struct atoms *out = m->out;
	size_t to = share_begin(m->records->count, share + 1, m->shares);

	for (size_t i = share_begin(m->records->count, share, m->shares); i < to; i++) {
		uint32_t *at = &out->of[out->starts[i]];

		sort_by_people(out, at, atoms_of(m, (uint32_t)i, at));
	}
}

static bool make_counters(struct making *m)
{
	struct atoms *out = m->out;

	out->starts = malloc(((size_t)m->records->count + 1) * sizeof(*out->starts));
	in_large_pages(out->starts, m->records->count * sizeof(*out->starts));
	out->known = calloc((size_t)m->records->count + 1, sizeof(*out->known));
	for (unsigned i = 0; i < m->shares; i++)
		if (!(m->people[i] = calloc((size_t)out->count + 1, sizeof(**m->people))))
			return false;
	return out->starts && out->known;
}

/* From what was counted in shares to what is so of all. */
static void sum_up(struct making *m)
{
	struct atoms *out = m->out;

	out->people = m->people[0];
	m->people[0] = NULL;
	for (unsigned i = 1; i < m->shares; i++)
		for (uint32_t atom = 0; atom < out->count; atom++)
			out->people[atom] += m->people[i][atom];
	out->starts[0] = 0;
	for (uint32_t i = 0; i < m->records->count; i++)
		out->starts[i + 1] += out->starts[i];
}

static enum err add_records(struct making *m)
{
	struct atoms *out = m->out;

	if (!make_counters(m))
		return fault(m->fault, ERR_MEMORY, "memory.none");
	in_shares(m->shares, count_share, m);
	sum_up(m);
	out->of = malloc(((size_t)out->starts[m->records->count] + 1) * sizeof(*out->of));
	in_large_pages(out->of, out->starts[m->records->count] * sizeof(*out->of));
	if (!out->of)
		return fault(m->fault, ERR_MEMORY, "memory.none");
	in_shares(m->shares, fill_share, m);
	return OK;
}

static enum err weigh(struct making *m)
{
	struct atoms *out = m->out;

	out->weights = malloc((size_t)out->count + 1);
	if (!out->weights)
		return fault(m->fault, ERR_MEMORY, "memory.none");
	for (uint32_t i = 0; i < out->count; i++) {
		double bits = log2((double)m->records->count / (out->people[i] + 0.5));
		double most = out->columns[i] >= BAND_LOW ? BAND_WEIGHT : WEIGHT_MOST;

		out->weights[i] = (uint8_t)fmax(1, fmin(2 * bits, most));
	}
	return OK;
}

enum err atoms_make(struct atoms *out, const struct records *r, unsigned threads, struct fault *f)
{
	struct making m = { .records = r,
			    .out = out,
			    .shares = threads < COUNTING_MAX ? threads : COUNTING_MAX,
			    .fault = f };
	bool ok = true;
	enum err e = OK;

	*out = (struct atoms){ 0 };
	for (unsigned i = 0; ok && i < r->columns_count; i++)
		ok = add_values(&m, i);
	if (!ok)
		e = fault(f, ERR_MEMORY, "memory.none");
	if (!e)
		e = add_records(&m);
	if (!e)
		e = weigh(&m);
	for (unsigned i = 0; i < r->columns_count; i++) {
		free(m.values[i].starts);
		free(m.values[i].at);
	}
	for (unsigned i = 0; i < m.shares; i++)
		free(m.people[i]);
	free(m.places);
	if (e)
		atoms_free(out);
	return e;
}

void atoms_free(struct atoms *a)
{
	free(a->people);
	free(a->columns);
	free(a->sorts);
	free(a->weights);
	free(a->starts);
	free(a->of);
	free(a->known);
	*a = (struct atoms){ 0 };
}
