/*
 * pairs: whom to ask about: records that may be one person.
 *
 * People are looked at one after another, by their numbers in `who`, and each is compared
 * with a few who have smaller ones: so each pair is found once, from the later of the two,
 * and never are all compared with all.  Who is amended gets a new number and is looked at
 * anew; whatever is kept here can be found again, and a lock throws it away.
 *
 * What was decided is not kept here: it is asked of the state each time, so that a
 * decision, its reversal and an annulment need no word to this file.
 */
#include "register/inside.h"

/* With how many each is compared at most. */
#define LIKE_MAX 10

void pairs_start(struct pairs *p)
{
	*p = (struct pairs){ 0 };
	pthread_mutex_init(&p->lock, NULL);
}

void pairs_end(struct pairs *p)
{
	pairs_wipe(p);
	pthread_mutex_destroy(&p->lock);
}

void pairs_wipe(struct pairs *p)
{
	pthread_mutex_lock(&p->lock);
	explicit_bzero(p->kept, sizeof(p->kept));
	p->count = 0;
	p->next = p->looked = 0;
	p->lost = false;
	pthread_mutex_unlock(&p->lock);
}

/* --- what the files say ------------------------------------------------------------- */

enum standing_of_pair {
	PAIR_NONE,  /* decided, or of somebody who is not there any more */
	PAIR_LATER, /* left open, and it is not yet time                 */
	PAIR_WAITS,
};

/* Whether her file is another than when the pair was left open. */
static bool has_changed(const struct decision *d, const struct person *p)
{
	return d->known != p->fact_count;
}

static enum standing_of_pair by_decision(const struct decision d[2], const struct person p[2],
					 int64_t now)
{
	/* One-sided, or of sites that did not know of each other. */
	if (d[0].said != d[1].said || d[0].differ || d[1].differ)
		return PAIR_WAITS;
	if (d[0].said != DECIDED_LATER)
		return d[0].said == DECIDED_NOTHING ? PAIR_WAITS : PAIR_NONE;
	if (now >= d[0].recorded + PAIR_LATER_S || has_changed(&d[0], &p[0]) ||
	    has_changed(&d[1], &p[1]))
		return PAIR_WAITS;
	return PAIR_LATER;
}

static bool is_there(const struct state *s, const struct id *id, struct person *out)
{
	return state_person(s, id, out) && out->registered && !out->erased;
}

static enum standing_of_pair standing_of(const struct state *s, const struct reg_pair *pair,
					 int64_t now)
{
	struct decision d[2] = { 0 };
	struct person p[2];

	if (!is_there(s, &pair->a, &p[0]) || !is_there(s, &pair->b, &p[1]) ||
	    id_same(&p[0].household, &p[1].household))
		return PAIR_NONE;
	if (!state_decision(s, &pair->a, &pair->b, &d[0]))
		d[0].said = DECIDED_NOTHING;
	if (!state_decision(s, &pair->b, &pair->a, &d[1]))
		d[1].said = DECIDED_NOTHING;
	return by_decision(d, p, now);
}

/* --- what is kept ---------------------------------------------------------------------- */

/* What most speaks for comes first, then what waits longest. */
static int compare(const struct reg_pair *x, const struct reg_pair *y)
{
	int by_id = memcmp(&x->a, &y->a, ID_SIZE);

	if (x->strength != y->strength)
		return x->strength > y->strength ? -1 : 1;
	if (x->since != y->since)
		return x->since < y->since ? -1 : 1;
	return by_id ? by_id : memcmp(&x->b, &y->b, ID_SIZE);
}

/* Where this pair stands, whatever spoke for it then; `count`: nowhere. */
static size_t place_of(const struct pairs *p, const struct reg_pair *pair)
{
	size_t at = 0;

	while (at < p->count &&
	       !(id_same(&p->kept[at].a, &pair->a) && id_same(&p->kept[at].b, &pair->b)))
		at++;
	return at;
}

static void take_out(struct pairs *p, size_t at)
{
	p->count--;
	memmove(&p->kept[at], &p->kept[at + 1], (p->count - at) * sizeof(p->kept[0]));
}

/* Where there is no room left, the last of all is left out. */
static void keep(struct pairs *p, const struct reg_pair *pair)
{
	size_t at;

	if (p->count == PAIRS_KEPT_MAX) {
		p->lost = true;
		if (compare(pair, &p->kept[p->count - 1]) > 0)
			return;
		p->count--;
	}
	for (at = p->count++; at > 0 && compare(pair, &p->kept[at - 1]) < 0; at--)
		p->kept[at] = p->kept[at - 1];
	p->kept[at] = *pair;
}

/* Throw away what is decided. */
static void sweep(struct pairs *p, const struct state *s, int64_t now)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->count; i++)
		if (standing_of(s, &p->kept[i], now) != PAIR_NONE)
			p->kept[kept++] = p->kept[i];
	p->count = kept;
}

/* --- looking ------------------------------------------------------------------------------ */

struct looking {
	struct reg *reg;
	const struct reg_scales *scales;
	int64_t now;
};

static struct reg_pair pair_of(const struct state *s, const struct id *one, const struct id *other)
{
	struct person p = { 0 }, q = { 0 };
	bool first;

	if (!state_person(s, one, &p) || !state_person(s, other, &q))
		return (struct reg_pair){ .a = *one, .b = *other };
	first = p.registered_at != q.registered_at ? p.registered_at < q.registered_at
						   : memcmp(one, other, ID_SIZE) < 0;
	return (struct reg_pair){
		.a = first ? *one : *other,
		.b = first ? *other : *one,
		.since = first ? q.registered_at : p.registered_at,
	};
}

/* One that is kept is met again only where a file of the two has changed. */
static void weigh(struct looking *x, const struct id *one, const struct id *other)
{
	const struct state *s = x->reg->state;
	struct pairs *p = &x->reg->pairs;
	struct reg_pair pair = pair_of(s, one, other);
	size_t at = place_of(p, &pair);

	if (at < p->count)
		take_out(p, at);
	if (standing_of(s, &pair, x->now) == PAIR_NONE)
		return;
	pair.strength = x->scales->weigh(x->scales->self, &pair.a, &pair.b);
	if (pair.strength)
		keep(p, &pair);
}

/* Everybody may stand in `who` twice, once a script. */
static bool was_met(const struct who *who, const struct match_found *like, size_t at)
{
	const struct id *other = who_of(who, like[at].number);

	for (size_t i = 0; i < at; i++) {
		const struct id *before = who_of(who, like[i].number);

		if (before && id_same(before, other))
			return true;
	}
	return false;
}

static void look_at(struct looking *x, uint32_t number, const struct id *person)
{
	struct who *who = x->reg->who;
	struct match_found like[2 * LIKE_MAX];
	char name[WHO_NAME_SIZE];
	struct text line = who_name(x->reg->state, person, name);
	size_t count = line.size ? who_run(who, line, like, COUNT_OF(like)) : 0;

	for (size_t i = 0; i < count; i++) {
		const struct id *other = who_of(who, like[i].number);

		if (other && like[i].number < number && !id_same(other, person) &&
		    !was_met(who, like, i))
			weigh(x, person, other);
	}
	explicit_bzero(name, sizeof(name));
}

/* Of her two numbers the first is hers here. */
static bool is_first_of(const struct who *who, uint32_t number, const struct id *person)
{
	const struct id *before = number ? who_of(who, number - 1) : NULL;

	return !before || !id_same(before, person);
}

/*
 * What was pushed out is found again by looking at everybody anew: when all are through
 * and half of what is kept is decided, so that this is never done for a pair or two.
 */
static bool has_more(struct reg *r)
{
	struct pairs *p = &r->pairs;

	if (p->next < who_numbers(r->who))
		return true;
	if (!p->lost || p->count > PAIRS_KEPT_MAX / 2)
		return false;
	p->next = p->looked = 0;
	p->lost = false;
	return true;
}

static struct reg_looked how_far(struct reg *r)
{
	const struct pairs *p = &r->pairs;
	struct reg_looked looked = { .more = has_more(r), .people = who_count(r->who) };

	looked.at = looked.more && p->looked < looked.people ? p->looked : looked.people;
	return looked;
}

struct reg_looked reg_pairs_look(struct reg *r, const struct reg_scales *scales, uint32_t people)
{
	struct pairs *p = &r->pairs;
	struct looking x = { .reg = r, .scales = scales };
	struct reg_looked looked;

	assert(gate_is_inside(r));
	x.now = clock_now(&r->clock, r->world).seconds;
	pthread_mutex_lock(&p->lock);
	while (people && has_more(r)) {
		uint32_t number = p->next++;
		const struct id *person = who_of(r->who, number);

		if (!person || !is_first_of(r->who, number, person))
			continue;
		look_at(&x, number, person);
		p->looked++;
		people--;
	}
	looked = how_far(r);
	pthread_mutex_unlock(&p->lock);
	return looked;
}

void reg_pairs(struct reg *r, struct reg_pairs *out)
{
	struct pairs *p = &r->pairs;
	int64_t now = clock_now(&r->clock, r->world).seconds;

	assert(gate_is_inside(r));
	out->count = 0;
	pthread_mutex_lock(&p->lock);
	sweep(p, r->state, now);
	for (size_t i = 0; i < p->count && out->count < REG_PAIRS_MAX; i++)
		if (standing_of(r->state, &p->kept[i], now) == PAIR_WAITS)
			out->pairs[out->count++] = p->kept[i];
	out->looked = how_far(r);
	pthread_mutex_unlock(&p->lock);
}
