/* Who meets whom, and a first look at them. */
#include "match/meeting.h"

#include <assert.h>
#include <stdlib.h>

bool pair_is_possible(const struct records *r, uint32_t a, uint32_t b)
{
	bool one_list = (a < r->second) == (b < r->second);

	if (a == b)
		return false;
	if (r->second < r->count)
		return !one_list;
	return !r->households[a] || r->households[a] != r->households[b];
}

enum err meeting_new(struct meeting **out, const struct candidates *c, struct fault *f)
{
	struct meeting *m = calloc(1, sizeof(*m));

	*out = m;
	if (m) {
		m->candidates = c;
		m->seen = calloc((size_t)c->records->count / 64 + 1, sizeof(*m->seen));
		m->shared = calloc((size_t)c->atoms.count + 1, sizeof(*m->shared));
	}
	if (m && m->seen && m->shared)
		return OK;
	meeting_free(m);
	*out = NULL;
	return fault(f, ERR_MEMORY, "memory.none");
}

void meeting_free(struct meeting *m)
{
	if (!m)
		return;
	free(m->seen);
	free(m->shared);
	free(m);
}

static void gather(struct meeting *m, uint32_t record)
{
	const struct candidates *c = m->candidates;

	m->count = 0;
	for (size_t i = c->starts[record]; i < c->starts[record + 1]; i++) {
		const uint32_t *other = &c->places[c->seats[i]];

		if (i + 2 < c->starts[record + 1])
			__builtin_prefetch(&c->places[c->seats[i + 2]]);
		do {
			uint32_t b = *++other & ~PLACE_END;

			if (m->seen[b / 64] >> b % 64 & 1 || m->count == CANDIDATES_MAX)
				continue;
			m->seen[b / 64] |= UINT64_C(1) << b % 64;
			m->found[m->count++] = b;
			__builtin_prefetch(&c->atoms.starts[b]);
		} while (!(*other & PLACE_END));
	}
}

/* Sums of what is said, side by side in one number: of names of the person, of names of her
 * family, of her birth, of all else, and how many atoms there are. */
enum { SAID_OWN = 0, SAID_NAMES = 12, SAID_BIRTH = 24, SAID_OTHER = 36, SAID_COUNT = 48 };
#define SAID_MASK 4095
static_assert(ATOMS_MAX * WEIGHT_MOST <= SAID_MASK, "sums would run into each other");

/* What is said at the most by names, and against by what both know and do not share. */
#define NAMES_MOST 28
#define NO_OWN_NAME 10
#define OTHER_BIRTH 10
#define NOTHING_OTHER 4

static int part_of(uint64_t said, unsigned part)
{
	return (int)(said >> part & SAID_MASK);
}

/*
 * What the common atoms of two records say, in half bits: a first look, at a tenth of the
 * price of a comparison.  Names of the person and names of her family are bounded each, so
 * that brothers and sisters with a rare family do not pass by it alone.
 */
static int weigh_common(uint64_t said, unsigned known)
{
	int own = part_of(said, SAID_OWN), names = part_of(said, SAID_NAMES);
	int birth = part_of(said, SAID_BIRTH), other = part_of(said, SAID_OTHER);
	int sum = (own < NAMES_MOST ? own : NAMES_MOST) + (names < NAMES_MOST ? names : NAMES_MOST);

	sum += birth + other - (own ? 0 : NO_OWN_NAME);
	if (known >> ATOM_BIRTH & 1 && !birth)
		sum -= OTHER_BIRTH;
	if (known >> ATOM_OTHER & 1 && !other)
		sum -= NOTHING_OTHER;
	return sum;
}

static bool say_enough(const struct meeting *m, uint32_t record, uint32_t other, int least)
{
	const struct atoms *a = &m->candidates->atoms;
	size_t from = a->starts[other], to = a->starts[other + 1];
	uint64_t said = 0;

	for (size_t i = from; i < to; i++)
		said += m->says[a->of[i] >> 31][m->shared[a->of[i] & ~ATOM_OWN]];
	/* Rows that are written twice are compared, however little they say. */
	if ((size_t)part_of(said, SAID_COUNT) == to - from &&
	    to - from == a->starts[record + 1] - a->starts[record])
		return true;
	return weigh_common(said, a->known[record] & a->known[other]) >= least;
}

/* What an atom of the record says, to one who has it as her own and to one who has not. */
static void mark(struct meeting *m, uint32_t record)
{
	const struct atoms *a = &m->candidates->atoms;
	static const unsigned parts[] = { SAID_NAMES, SAID_BIRTH, SAID_OTHER };

	for (size_t i = a->starts[record]; i < a->starts[record + 1]; i++) {
		uint32_t atom = a->of[i] & ~ATOM_OWN;
		unsigned part = parts[a->sorts[atom]],
			 number = (unsigned)(i - a->starts[record]) + 1;
		unsigned own = part == SAID_NAMES && a->of[i] & ATOM_OWN ? SAID_OWN : part;

		m->shared[atom] = (uint8_t)number;
		m->says[0][number] = (uint64_t)a->weights[atom] << part | UINT64_C(1) << SAID_COUNT;
		m->says[1][number] = (uint64_t)a->weights[atom] << own | UINT64_C(1) << SAID_COUNT;
	}
}

static void unmark(struct meeting *m, uint32_t record)
{
	const struct atoms *a = &m->candidates->atoms;

	for (size_t i = a->starts[record]; i < a->starts[record + 1]; i++)
		m->shared[a->of[i] & ~ATOM_OWN] = 0;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

#define FEW 24 /* of which most are in order sooner than qsort() is called */

static void sort_numbers(uint32_t *at, unsigned count)
{
	if (count > FEW)
		qsort(at, count, sizeof(*at), by_number);
	for (unsigned i = 1; count <= FEW && i < count; i++) {
		uint32_t kept = at[i];
		unsigned k = i;

		for (; k > 0 && at[k - 1] > kept; k--)
			at[k] = at[k - 1];
		at[k] = kept;
	}
}

/* A record's atoms lie in one line of the cache, or two. */
static void ask_for_atoms(const struct atoms *a, uint32_t record)
{
	const uint32_t *from = &a->of[a->starts[record]];

	__builtin_prefetch(from);
	__builtin_prefetch(from + 12);
}

#define AHEAD 6 /* records, whose atoms are asked for before they are needed */

/* Of those found, the ones for whom enough is said. */
static void look_at_found(struct meeting *m, uint32_t record, int least)
{
	const struct atoms *a = &m->candidates->atoms;
	unsigned kept = 0;

	for (unsigned i = 0; i < m->count; i++) {
		uint32_t other = m->found[i];

		m->seen[other / 64] &= ~(UINT64_C(1) << other % 64);
		if (i + AHEAD < m->count)
			ask_for_atoms(a, m->found[i + AHEAD]);
		if (!say_enough(m, record, other, least))
			continue;
		__builtin_prefetch(&m->candidates->records->households[other]);
		m->found[kept++] = other;
	}
	m->count = kept;
}

static void leave_out_impossible(struct meeting *m, uint32_t record)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < m->count; i++)
		if (pair_is_possible(m->candidates->records, record, m->found[i]))
			m->found[kept++] = m->found[i];
	m->count = kept;
}

unsigned candidates_behind(struct meeting *m, uint32_t record, int least)
{
	gather(m, record);
	mark(m, record);
	look_at_found(m, record, least);
	unmark(m, record);
	leave_out_impossible(m, record);
	sort_numbers(m->found, m->count);
	return m->count;
}
