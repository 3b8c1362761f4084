/* Atoms: of each value once, then of each record. */
#include "match/atoms.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "match/model.h"

/* Columns of atoms that are none of the list's. */
enum { NAMES = COLUMNS_MAX, BAND_LOW, BAND_HIGH };

/* Years of a band; the other one begins in the middle of it. */
#define BAND_YEARS 6u
/* A band says little beside its year, in half bits. */
#define BAND_WEIGHT 3

/* Atoms of each value of a column. */
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
	struct fault *fault;
};

static uint64_t mixed(uint64_t h)
{
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdull;
	h ^= h >> 33;
	h *= 0xc4ceb9fe1a85ec53ull;
	return h ^ h >> 33;
}

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

static bool add_atom(struct making *m, struct of_values *v, unsigned column, uint64_t value)
{
	if (v->count == v->room) {
		uint32_t room = v->room + v->room / 2 + 1024;
		uint32_t *at = realloc(v->at, room * sizeof(*at));

		if (!at)
			return false;
		v->at = at;
		v->room = room;
	}
	return atom_of(m, column, value, &v->at[v->count++]);
}

/* A letter that is read in two ways makes two skeletons; more are not looked at. */
#define SKELETONS_MAX 2

static bool add_token(struct making *m, struct of_values *v, const struct token *t)
{
	struct keys keys;
	bool ok = true;

	keys_of(&keys, t);
	for (unsigned i = 0; ok && i < keys.exact && i < SKELETONS_MAX; i++)
		ok = add_atom(m, v, NAMES, keys.at[i]);
	return ok;
}

/* The words of a name, and all of them as one: they may be written so. */
static bool add_name(struct making *m, struct of_values *v, const struct value_words *words)
{
	const struct token *tokens = m->records->words.tokens;
	struct token joined;

	for (unsigned i = 0; i < words->count; i++)
		if (!add_token(m, v, &tokens[words->at[i]]))
			return false;
	return words->count < 2 || !words->joins || !words_joined(&joined, tokens, words) ||
	       add_token(m, v, &joined);
}

static bool add_birth(struct making *m, struct of_values *v, unsigned column, struct day_known d)
{
	uint64_t year = (uint64_t)d.year << 16, day = (uint64_t)d.month << 8 | d.day;
	unsigned low = d.year / BAND_YEARS, high = (d.year + BAND_YEARS / 2) / BAND_YEARS;

	if (!d.year)
		return true;
	if (d.day && !add_atom(m, v, column, year | day))
		return false;
	return add_atom(m, v, column, year) && add_atom(m, v, BAND_LOW, low) &&
	       add_atom(m, v, BAND_HIGH, high);
}

static bool add_value(struct making *m, unsigned column, uint32_t value)
{
	const struct column *c = &m->records->columns[column];
	struct of_values *v = &m->values[column];

	switch (c->sort) {
	case COLUMN_SEX: return true;
	case COLUMN_NAME: return add_name(m, v, &c->words[value]);
	case COLUMN_BIRTH: return add_birth(m, v, column, c->days[value]);
	default: return add_atom(m, v, column, value);
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

/* Whether it is of the person herself. */
static bool is_own(const struct making *m, unsigned column, uint32_t atom)
{
	const struct column *c = &m->records->columns[column];

	if (c->sort == COLUMN_BIRTH)
		return m->out->columns[atom] == column;
	return column_is_own(c) || c->sort == COLUMN_CODE || c->sort == COLUMN_NUMBER;
}

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
			count = put_atom(out, count,
					 v->at[k] | (is_own(m, i, v->at[k]) ? ATOM_OWN : 0));
	}
	return count;
}

static void sort_by_people(const struct atoms *a, uint32_t *at, unsigned count)
{
	for (unsigned i = 1; i < count; i++) {
		uint32_t kept = at[i], people = a->people[kept & ~ATOM_OWN];
		unsigned k = i;

		for (; k > 0; k--) {
			uint32_t other = at[k - 1], others = a->people[other & ~ATOM_OWN];

			if (others < people ||
			    (others == people && (other & ~ATOM_OWN) < (kept & ~ATOM_OWN)))
				break;
			at[k] = other;
		}
		at[k] = kept;
	}
}

static enum err add_records(struct making *m)
{
	const struct records *r = m->records;
	struct atoms *out = m->out;
	uint32_t atoms[ATOMS_MAX];

	out->starts = malloc(((size_t)r->count + 1) * sizeof(*out->starts));
	out->people = calloc((size_t)out->count + 1, sizeof(*out->people));
	out->known = calloc((size_t)r->count + 1, sizeof(*out->known));
	if (!out->starts || !out->people || !out->known)
		return fault(m->fault, ERR_MEMORY, "memory.none");
	out->starts[0] = 0;
	for (uint32_t i = 0; i < r->count; i++) {
		unsigned count = atoms_of(m, i, atoms);

		out->starts[i + 1] = out->starts[i] + count;
		for (unsigned k = 0; k < count; k++) {
			uint32_t atom = atoms[k] & ~ATOM_OWN;

			out->people[atom]++;
			out->known[i] |= (uint8_t)(1u << out->sorts[atom]);
		}
	}
	out->of = malloc((out->starts[r->count] + 1) * sizeof(*out->of));
	if (!out->of)
		return fault(m->fault, ERR_MEMORY, "memory.none");
	for (uint32_t i = 0; i < r->count; i++) {
		unsigned count = atoms_of(m, i, &out->of[out->starts[i]]);

		sort_by_people(out, &out->of[out->starts[i]], count);
	}
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

enum err atoms_make(struct atoms *out, const struct records *r, struct fault *f)
{
	struct making m = { .records = r, .out = out, .fault = f };
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
