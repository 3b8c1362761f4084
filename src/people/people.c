/*
 * How a household is made:
 *
 *     group by the published numbers → residence → community by what surveys found
 *     there → size by the model of that group → head, spouses → so many children and
 *     adults that the published shape of age and sex comes out → relations that fit
 *     the ages → with whom each child lives → what a registration would know of each
 *
 * All chance of household n is a stream that starts at (seed, n), so that a household
 * does not depend on those before it.
 */
#include <stdio.h>

#include "base/calendar.h"
#include "people/inside.h"

#define CARD_PREFIX "00000" /* no issuer begins a number so */
#define CARDS UINT64_C(100000000)
/* Steps of this size come to each of the CARDS numbers once: it has no factor with 10. */
#define CARD_STEP UINT64_C(61803399)
/* No number inside Pakistan begins with a zero: nobody can be called by it. */
#define PHONE_PREFIX "+92 000 000"

#define PREGNANT_AGE_MAX 49
#define CHILDBIRTH_AGE_MIN 15
#define CHILDBIRTH_AGE_MAX 45
#define HEAD_AGE_MIN 20
/* Rates below are in 10,000.  ASSUMPTIONS for made-up people, where no source is named. */
#define PERSONS_PER_HOUSEHOLD 6
#define SINGLE_WHO_ARE_WOMEN 8500
#define WOMEN_HEADS_WIDOWED 7000
#define POLYGAMOUS 350
#define OTHER_PAPER 1000
#define GIRLS_MARRIED 600
#define NEEDS_ASSESSMENT 60
#define BORN_ON_THE_WAY 1500
#define DIED_ON_THE_WAY 150

static const struct {
	const char *word, *card;
	uint64_t share; /* by UNHCR and the government, 2025 */
} groups[GROUPS_MADE] = {
	[GROUP_POR_MADE] = { "por", "por", 4700 },
	[GROUP_ACC_MADE] = { "acc", "acc", 2800 },
	[GROUP_UNDOCUMENTED_MADE] = { "undocumented", "none", 2500 },
};

static uint64_t next(struct making *m)
{
	return chance_next(&m->chance);
}

static int between(struct making *m, int least, int most)
{
	return chance_between(&m->chance, least, most);
}

static bool happens(struct making *m, uint64_t per_10000)
{
	return chance_happens(&m->chance, per_10000);
}

static bool is_female(const struct made_person *p)
{
	return strcmp(p->sex, "female") == 0;
}

static bool relation_is(const struct made_person *p, const char *relation)
{
	return strcmp(p->relation, relation) == 0;
}

/* --- a person ------------------------------------------------------------------------ */

/* A day on which somebody was born who is `age` today. */
static int32_t birth_of(struct making *m, int age)
{
	int32_t today = m->p->today;
	int32_t last = day_plus_years(today, -age), first = day_plus_years(today, -age - 1) + 1;

	/* 29 February: who was born on 1 March has her birthday tomorrow. */
	last -= years_between(last, today) < age;
	return first + (int32_t)(next(m) % (uint64_t)(last - first + 1));
}

/*
 * What an office would know of an age: a day, of which many are 1 January; a year; or
 * a number that somebody said, and numbers that end in 0 and 5 are said most.  Of who
 * is just of age a year would not say that she is.
 */
static void make_birth(struct making *m, size_t at)
{
	struct made_person *person = &m->h->people[at];
	int age = m->ages[at];
	int32_t born = birth_of(m, age);
	struct date d = date_of(GREGORIAN, born), today = date_of(GREGORIAN, m->p->today);
	bool first_of_year = happens(m, 5000);
	uint64_t known = next(m) % 10000;

	if (person->born_on_the_way) {
		person->birth_date = m->p->today - (int32_t)between(m, 0, 13);
	} else if (age == 0 || known < 3000) {
		if (age > 0 && first_of_year)
			born = day_of(GREGORIAN, (struct date){ today.year - age, 1, 1 });
		person->birth_date = born;
	} else if (known < 6500 && age != ADULT_AGE) {
		person->birth_year = d.year;
	} else {
		if (age >= 20 && happens(m, 6000))
			age = (age + 2) / 5 * 5;
		person->age = age;
	}
}

static void make_card(struct making *m, size_t at)
{
	struct made_person *person = &m->h->people[at];
	uint64_t slot = m->h->number % HOUSEHOLDS_MAX * HOUSEHOLD_SIZE_MAX + at;
	uint64_t number = (m->p->seed % CARDS + slot * CARD_STEP) % CARDS;
	enum made_group group = m->group;

	if (happens(m, OTHER_PAPER))
		group = (group + (enum made_group)between(m, 1, GROUPS_MADE - 1)) % GROUPS_MADE;
	person->group = groups[group].word;
	person->document = groups[group].card;
	if (group == GROUP_UNDOCUMENTED_MADE && happens(m, 3000))
		person->document = "tazkira";
	if (strcmp(person->document, "none") != 0)
		snprintf(person->document_number, sizeof(person->document_number),
			 CARD_PREFIX "-%07u-%u", (unsigned)(number / 10), (unsigned)(number % 10));
}

static size_t add_person(struct making *m, bool female, int age, const char *relation)
{
	size_t at = m->h->count++;
	struct made_person *person = &m->h->people[at];

	*person = (struct made_person){
		.guardian = -1,
		.spouse = -1,
		.age = -1,
		.birth_date = INT32_MIN,
		.relation = relation,
		.sex = female ? "female" : "male",
		.marital = age < 20 || (age < 25 && happens(m, 6000)) ? "single" : "married",
	};
	m->ages[at] = age;
	person->born_on_the_way = age == 0 && happens(m, BORN_ON_THE_WAY);
	name_person(m, at);
	make_birth(m, at);
	make_card(m, at);
	if (age >= ADULT_AGE && happens(m, NEEDS_ASSESSMENT))
		person->capacity = "needs-assessment";
	return at;
}

/* One age of a band; the last band is open, and thins out with age. */
static int age_in(struct making *m, const struct band *b)
{
	int age = between(m, b->from, b->to), other = between(m, b->from, b->to);

	return b->from >= 60 && other < age ? other : age;
}

static const struct band *band_of(struct making *m, enum age_class class)
{
	return odds_pick(&m->p->ages[m->group][class], next(m));
}

/* --- head and spouses ---------------------------------------------------------------- */

static uint64_t rate_of(const struct making *m, const char *need)
{
	const struct need *n = atlas_need(m->p->atlas, text_of(need));

	return n ? n->per_10000 : 0;
}

/* Children by themselves: an elder one and up to two others. */
static void make_children_alone(struct making *m)
{
	int age = between(m, 12, 17), others = between(m, 0, 2);

	add_person(m, happens(m, 3000), age, "head");
	for (int i = 0; i < others; i++)
		add_person(m, happens(m, 5000), between(m, 4, age - 1), "sibling");
}

static void make_head(struct making *m)
{
	bool single = happens(m, rate_of(m, "SP")),
	     female = single && happens(m, SINGLE_WHO_ARE_WOMEN);
	int age = age_in(m, band_of(m, ADULTS));
	struct made_person *head;

	add_person(m, female, age < HEAD_AGE_MIN ? HEAD_AGE_MIN : age, "head");
	head = &m->h->people[0];
	m->mother_age = m->ages[0];
	/* A woman who is the head: widowed, or her husband is elsewhere. */
	head->marital =
		single && (!female || happens(m, WOMEN_HEADS_WIDOWED)) ? "widowed" : "married";
	if (female) {
		m->father = *(const struct name *)odds_pick(&m->p->given[m->script][MALE], next(m));
		m->grandfather = m->father;
		return;
	}
	m->father = (struct name){ head->given, head->given_latin };
	m->grandfather = (struct name){ head->father, head->father_latin };
}

/* A husband's wives: mostly one, sometimes two. */
static void make_spouses(struct making *m, size_t size)
{
	int wives = happens(m, POLYGAMOUS) ? 2 : 1;

	if (is_female(&m->h->people[0]) || strcmp(m->h->people[0].marital, "married") != 0)
		return;
	for (int i = 0; i < wives && m->h->count < size; i++) {
		int age = m->ages[0] - between(m, 0, 8 + 6 * i);
		size_t at = add_person(m, true, age < ADULT_AGE ? ADULT_AGE : age, "spouse");

		m->h->people[at].marital = "married";
		m->h->people[at].spouse = 0;
		m->mother_age = m->ages[at];
	}
}

/* --- the others ---------------------------------------------------------------------- */

/* Whether somebody of that age can be a child of the head's wife, or of the head. */
static bool can_be_child(const struct making *m, int age)
{
	int gap = m->mother_age - age;

	return gap >= CHILDBIRTH_AGE_MIN && gap <= CHILDBIRTH_AGE_MAX;
}

static void take_head_as_father(struct making *m, size_t at)
{
	struct made_person *child = &m->h->people[at], *head = &m->h->people[0];

	name_follows(child, &m->father, &m->grandfather);
	if (!is_female(head) && head->family.size) {
		child->family = head->family;
		child->family_latin = head->family_latin;
	}
}

/* A grown son without a wife in the household, whose wife she could be; -1: none. */
static int husband_for(const struct making *m, int age)
{
	for (size_t i = 0; i < m->h->count; i++) {
		const struct made_person *son = &m->h->people[i];
		bool taken = false;

		if (!relation_is(son, "child") || is_female(son) || m->ages[i] < 20 ||
		    m->ages[i] < age || m->ages[i] > age + 12)
			continue;
		for (size_t k = 0; k < m->h->count; k++)
			taken |= m->h->people[k].spouse == (int)i;
		if (!taken)
			return (int)i;
	}
	return -1;
}

static void add_child_in_law(struct making *m, int age, int husband)
{
	size_t at = add_person(m, true, age, "child-in-law");

	m->h->people[at].spouse = husband;
	m->h->people[at].marital = m->h->people[husband].marital = "married";
}

static void add_parent(struct making *m, bool female, int age)
{
	size_t at = add_person(m, female, age, "parent");
	struct made_person *parent = &m->h->people[at], *head = &m->h->people[0];

	m->has_parent[female] = true;
	if (happens(m, 6000))
		parent->marital = "widowed";
	if (!female) {
		parent->given = head->father;
		parent->given_latin = head->father_latin;
	}
}

static void add_adult(struct making *m)
{
	const struct band *band = band_of(m, ADULTS);
	int age = age_in(m, band), husband = band->female ? husband_for(m, age) : -1;
	size_t at;

	if (husband >= 0 && happens(m, 6000)) {
		add_child_in_law(m, age, husband);
	} else if (can_be_child(m, age)) {
		take_head_as_father(m, add_person(m, band->female, age, "child"));
	} else if (age >= m->ages[0] + CHILDBIRTH_AGE_MIN && !m->has_parent[band->female]) {
		add_parent(m, band->female, age);
	} else if (age > m->ages[0] - CHILDBIRTH_AGE_MIN && age < m->ages[0] + CHILDBIRTH_AGE_MIN) {
		at = add_person(m, band->female, age, "sibling");
		m->h->people[at].father = m->h->people[0].father;
		m->h->people[at].father_latin = m->h->people[0].father_latin;
	} else {
		add_person(m, band->female, age, "other-relative");
	}
	at = m->h->count - 1;
	m->h->people[at].died_on_the_way = m->ages[at] >= 60 && happens(m, DIED_ON_THE_WAY);
}

/* A grown child of the head who can have a child of that age; -1: none. */
static int parent_for(const struct making *m, int age)
{
	for (size_t i = 0; i < m->h->count; i++)
		if (relation_is(&m->h->people[i], "child") && m->ages[i] >= ADULT_AGE + age &&
		    m->ages[i] <= CHILDBIRTH_AGE_MAX + age)
			return (int)i;
	return -1;
}

static void add_grandchild(struct making *m, bool female, int age, int parent)
{
	size_t at = add_person(m, female, age, "grandchild");
	struct made_person *of = &m->h->people[parent];
	struct name father = { of->given, of->given_latin };

	m->h->people[at].guardian = parent;
	of->marital = "married";
	if (!is_female(of))
		name_follows(&m->h->people[at], &father, &m->father);
}

/* A child of the head whom its age fits, or is made to fit; else a grandchild. */
static void add_child(struct making *m)
{
	const struct band *band = band_of(m, CHILDREN);
	int age = age_in(m, band);
	int least = m->mother_age - CHILDBIRTH_AGE_MAX, most = m->mother_age - CHILDBIRTH_AGE_MIN;
	int parent = parent_for(m, age);

	if (parent >= 0 && (age < least || happens(m, 3000))) {
		add_grandchild(m, band->female, age, parent);
		return;
	}
	if (age > most)
		age = between(m, 0, most);
	if (age < least)
		age = between(m, least, least < 17 ? 17 : least + 5);
	take_head_as_father(m, add_person(m, band->female, age, "child"));
}

/*
 * So many children that, with head and spouses, the published share comes out; a few
 * more, since households of one or two have none.
 */
static void make_others(struct making *m, size_t size)
{
	uint64_t children = odds_total(&m->p->ages[m->group][CHILDREN]);
	uint64_t all = children + odds_total(&m->p->ages[m->group][ADULTS]);
	size_t others = size - m->h->count, count = 0;

	for (size_t i = 0; i < others; i++)
		count += happens(m, 11500 * children / all * size / others);
	/* Adults first: grandchildren need their parents. */
	while (m->h->count + count < size)
		add_adult(m);
	while (m->h->count < size)
		add_child(m);
}

/* --- what follows from the whole ----------------------------------------------------- */

static bool has_spouse(const struct made_household *h, int of)
{
	if (h->people[of].spouse >= 0)
		return true;
	for (size_t i = 0; i < h->count; i++)
		if (h->people[i].spouse == of)
			return true;
	return false;
}

/* With whom a child lives, and whom it follows. */
static void make_care(struct making *m, size_t at, bool alone, bool separated)
{
	struct made_person *child = &m->h->people[at];

	if (alone) {
		child->care = at == 0 ? "heads-household" : "unaccompanied";
		return;
	}
	if (child->guardian < 0)
		child->guardian = 0;
	child->care = separated				  ? "separated"
		      : has_spouse(m->h, child->guardian) ? "with-parents"
							  : "with-one-parent";
	if (separated)
		child->relation = "other-relative";
	else if (m->ages[at] >= 15 && is_female(child) && happens(m, GIRLS_MARRIED))
		child->marital = "married";
}

/* Of a hundred such households one has a child of others with it: the last in age. */
static void make_all_care(struct making *m, bool alone)
{
	bool separated = !alone && happens(m, rate_of(m, "SC") * PERSONS_PER_HOUSEHOLD / 2);

	for (size_t i = m->h->count; i-- > 0;) {
		if (m->ages[i] >= ADULT_AGE)
			continue;
		make_care(m, i, alone, separated);
		separated = false;
	}
}

static void add_need(struct made_person *person, const char *need)
{
	for (unsigned i = 0; i < person->need_count; i++)
		if (strcmp(person->needs[i], need) == 0)
			return;
	if (person->need_count < MADE_NEEDS_MAX)
		person->needs[person->need_count++] = need;
}

/* Whether chance decides that this person has the need. */
static bool need_concerns(const struct made_person *p, int age, const struct need *need)
{
	bool woman = age >= ADULT_AGE && is_female(p);

	/* These follow from with whom one lives. */
	if (text_is(need->code, "SC") || text_is(need->code, "SP"))
		return false;
	if (text_is(need->code, "PG"))
		return woman && age <= PREGNANT_AGE_MAX;
	if (text_is(need->of, "children"))
		return age < ADULT_AGE;
	if (text_is(need->of, "women"))
		return woman;
	if (text_is(need->of, "older"))
		return age >= 60;
	return text_is(need->of, "persons");
}

static void make_needs(struct making *m, size_t at)
{
	struct made_person *person = &m->h->people[at];
	bool single = at == 0 && m->ages[0] >= ADULT_AGE && !has_spouse(m->h, 0) && m->h->count > 1;
	size_t count;
	const struct need *needs = atlas_needs(m->p->atlas, &count);

	if (person->care && strncmp(person->care, "with-", 5) != 0)
		add_need(person, "SC");
	if (single)
		add_need(person, "SP");
	for (size_t i = 0; i < count; i++)
		if (need_concerns(person, m->ages[at], &needs[i]) && happens(m, needs[i].per_10000))
			add_need(person, needs[i].code.at);
}

/* --- where --------------------------------------------------------------------------- */

/* What is known of the people of an area, or of the next larger one. */
static const struct home *home_of(const struct people *p, const struct area *area, bool origins)
{
	for (; area; area = area->parent)
		for (size_t i = 0; i < p->home_count; i++) {
			const struct home *home = &p->homes[i];

			if (home->area == area &&
			    (origins ? home->origins.count : home->communities.count))
				return home;
		}
	return NULL;
}

static void make_areas(struct making *m, const struct area *residence)
{
	const struct home *home = home_of(m->p, residence, true);
	const struct text *origin = home && happens(m, 7000) ? odds_pick(&home->origins, next(m))
							     : odds_pick(&m->p->returns, next(m));
	const struct text *back = happens(m, 8000) ? origin : odds_pick(&m->p->returns, next(m));

	for (size_t i = 0; i < m->h->count; i++) {
		m->h->people[i].origin = *origin;
		m->h->people[i].destination = *back;
	}
}

static const struct area *make_residence(struct making *m)
{
	const struct text *key = odds_pick(&m->p->residence[m->group], next(m));
	const struct area *area = atlas_area_of_key(m->p->atlas, *key);
	const struct home *home = home_of(m->p, area, false);
	const struct community *community =
		*(const struct community *const *)odds_pick(&home->communities, next(m));

	m->h->residence = *key;
	m->h->language = community->language;
	m->script = community->script;
	return area;
}

/* --- the whole ----------------------------------------------------------------------- */

void people_make(const struct people *p, uint64_t number, struct made_household *out)
{
	struct making m = { .p = p, .h = out, .chance = p->seed * 0x2545f4914f6cdd1du ^ number };
	const struct area *residence;
	bool alone;
	uint64_t draw;
	size_t size;

	*out = (struct made_household){ .number = number, .registered_on = p->today };
	next(&m);
	draw = next(&m) % 10000;
	while (m.group + 1 < GROUPS_MADE && draw >= groups[m.group].share)
		draw -= groups[m.group++].share;
	residence = make_residence(&m);
	out->arrival_year = between(&m, 1979, date_of(GREGORIAN, p->today).year - 1);
	snprintf(out->phone, sizeof(out->phone), PHONE_PREFIX "%04u", (unsigned)(next(&m) % 10000));
	size = (size_t) * (const int *)odds_pick(&p->sizes[m.group], next(&m));
	size = size > HOUSEHOLD_SIZE_MAX ? HOUSEHOLD_SIZE_MAX : size;
	alone = happens(&m, rate_of(&m, "SC") * PERSONS_PER_HOUSEHOLD / 2 / 2);
	if (alone) {
		make_children_alone(&m);
	} else {
		make_head(&m);
		make_spouses(&m, size);
		if (size > out->count)
			make_others(&m, size);
	}
	make_all_care(&m, alone);
	for (size_t i = 0; i < out->count; i++)
		make_needs(&m, i);
	make_areas(&m, residence);
}
