/* Made-up people are repeatable, hold together, and are shaped as published. */
#include <stdlib.h>

#include "base/calendar.h"
#include "base/json.h"
#include "base/prop.h"
#include "base/test.h"
#include "base/utf8.h"
#include "base/world.h"
#include "people/people.h"
#include "place/place_testing.h"

#define HOUSEHOLDS 5000
#define FILE_MAX ((size_t)4 << 20)

static int32_t today(void)
{
	return day_of(GREGORIAN, (struct date){ 2026, 11, 24 });
}

/* The maker on the shipped files. */
struct maker {
	struct arena *arena;
	struct atlas *atlas;
	struct people_files files;
	struct people *people;
	struct made_household *h;
	struct fault fault;
};

static struct maker maker_of(uint64_t seed, int32_t day)
{
	static const char *const paths[] = {
#define PATH(name, path) "data/" path,
		PEOPLE_FILES(PATH)
#undef PATH
	};
	struct maker m = { .atlas = shipped_atlas() };

	CHECK_INT(arena_new(&m.arena, (size_t)16 << 20), OK);
	for (int i = 0; i < PEOPLE_FILE_COUNT; i++)
		CHECK_INT(file_load(&m.files.files[i], m.arena, world_real(), paths[i], FILE_MAX,
				    &m.fault),
			  OK);
	CHECK_INT(people_new(&m.people, &m.files, m.atlas, seed, day, &m.fault), OK);
	m.h = calloc(1, sizeof(*m.h));
	CHECK(m.h);
	return m;
}

static void maker_end(struct maker *m)
{
	people_free(m->people);
	atlas_free(m->atlas);
	arena_free(m->arena);
	free(m->h);
}

static struct text written(struct maker *m, uint64_t number, struct buffer *b)
{
	buffer_reset(b);
	people_make(m->people, number, m->h);
	people_write_facts(b, m->h);
	people_write_csv(b, m->h);
	CHECK_INT(b->err, OK);
	return buffer_as_text(b);
}

/* The age that a registration would count; -1: by no means. */
static int age_of(const struct made_person *p)
{
	if (p->birth_date != INT32_MIN)
		return years_between(p->birth_date, today());
	if (p->birth_year)
		return date_of(GREGORIAN, today()).year - p->birth_year;
	return p->age;
}

static bool is(const char *word, const char *wanted)
{
	return word && strcmp(word, wanted) == 0;
}

static bool needs(const struct made_person *p, const char *code)
{
	for (unsigned i = 0; i < p->need_count; i++)
		if (strcmp(p->needs[i], code) == 0)
			return true;
	return false;
}

/* --- repeatable ---------------------------------------------------------------------- */

TEST(the_same_seed_gives_the_same_bytes_and_another_seed_others)
{
	struct maker a = maker_of(7, today()), b = maker_of(7, today()), c = maker_of(8, today());
	struct buffer x = { 0 }, y = { 0 }, z = { 0 };
	size_t same = 0;

	for (uint64_t n = 0; n < 200; n++) {
		CHECK(text_same(written(&a, n, &x), written(&b, n, &y)));
		same += text_same(buffer_as_text(&x), written(&c, n, &z));
	}
	CHECK_INT(same, 0);
	buffer_free(&x);
	buffer_free(&y);
	buffer_free(&z);
	maker_end(&a);
	maker_end(&b);
	maker_end(&c);
}

TEST(a_household_does_not_depend_on_those_before_it)
{
	struct maker a = maker_of(7, today()), b = maker_of(7, today());
	struct buffer x = { 0 }, y = { 0 };

	for (uint64_t n = 0; n < 50; n++)
		written(&a, n, &x);
	CHECK(text_same(written(&a, 4711, &x), written(&b, 4711, &y)));
	buffer_free(&x);
	buffer_free(&y);
	maker_end(&a);
	maker_end(&b);
}

/* --- each household holds together --------------------------------------------------- */

static void check_name(struct text t, bool own_script)
{
	struct text rest = t;
	uint32_t c;
	size_t arabic = 0;

	CHECK(t.size > 0 && utf8_valid(t) && utf8_first_forbidden(t, &c) == t.size);
	while (utf8_next(&rest, &c))
		arabic += c >= 0x600 && c < 0x700;
	CHECK(own_script ? arabic > 0 : arabic == 0);
}

static void check_birth(const struct made_person *p)
{
	int given = (p->birth_date != INT32_MIN) + (p->birth_year != 0) + (p->age >= 0);

	CHECK_INT(given, 1);
	CHECK(p->birth_date == INT32_MIN || p->birth_date <= today());
	CHECK(age_of(p) >= 0 && age_of(p) <= 120);
	if (p->born_on_the_way)
		CHECK(p->birth_date != INT32_MIN && today() - p->birth_date <= 14);
}

/* Whether the rules would hold her to be a child: she may be under 18. */
static bool may_be_child(const struct made_person *p)
{
	if (p->birth_year)
		return years_between(day_of(GREGORIAN, (struct date){ p->birth_year, 12, 31 }),
				     today()) < 18;
	return age_of(p) < 18;
}

static void check_child(const struct made_household *h, const struct made_person *p)
{
	bool alone = is(p->care, "unaccompanied") || is(p->care, "heads-household");

	CHECK(p->care != NULL && !p->capacity);
	CHECK_INT(p->guardian < 0, alone);
	CHECK_INT(needs(p, "SC"), alone || is(p->care, "separated"));
	if (!alone)
		CHECK(!may_be_child(&h->people[p->guardian]) && &h->people[p->guardian] != p &&
		      !h->people[p->guardian].died_on_the_way);
	if (is(p->marital, "married"))
		CHECK(is(p->sex, "female") && age_of(p) >= 15);
}

static void check_adult(const struct made_person *p)
{
	CHECK(!p->care && p->guardian < 0);
	CHECK(!needs(p, "SC") && !needs(p, "CR"));
	CHECK(!needs(p, "ER") || age_of(p) >= 58);
	CHECK(!needs(p, "PG") || (is(p->sex, "female") && age_of(p) <= 52));
}

static void check_spouse(const struct made_household *h, const struct made_person *p)
{
	const struct made_person *husband;

	if (p->spouse < 0)
		return;
	husband = &h->people[p->spouse];
	CHECK(is(p->sex, "female") && is(husband->sex, "male"));
	CHECK(is(p->marital, "married") && is(husband->marital, "married"));
	CHECK(is(p->relation, "spouse")
		      ? p->spouse == 0
		      : is(p->relation, "child-in-law") && is(husband->relation, "child"));
}

static void check_person(const struct made_household *h, const struct made_person *p,
			 const struct atlas *atlas)
{
	check_name(p->given, true);
	check_name(p->given_latin, false);
	check_name(p->father, true);
	check_name(p->father_latin, false);
	check_birth(p);
	check_spouse(h, p);
	if (may_be_child(p))
		check_child(h, p);
	else
		check_adult(p);
	for (unsigned i = 0; i < p->need_count; i++) {
		CHECK(atlas_need(atlas, text_of(p->needs[i])));
		for (unsigned k = 0; k < i; k++)
			CHECK(strcmp(p->needs[i], p->needs[k]) != 0);
	}
	CHECK_INT(is(p->document, "none"), !p->document_number[0]);
	if (p->document_number[0])
		CHECK(strncmp(p->document_number, "00000-", 6) == 0 &&
		      strlen(p->document_number) == 15);
	CHECK(atlas_area_of_key(atlas, p->origin) && atlas_area_of_key(atlas, p->destination));
}

static void check_household(const struct made_household *h, const struct atlas *atlas)
{
	size_t heads = 0, fathers = 0, mothers = 0;

	CHECK(h->count >= 1 && h->count <= HOUSEHOLD_SIZE_MAX);
	CHECK(atlas_area_of_key(atlas, h->residence));
	CHECK(atlas_language(atlas, text_of(h->language)));
	CHECK(strncmp(h->phone, "+92 000 000", 11) == 0);
	for (size_t i = 0; i < h->count; i++) {
		const struct made_person *p = &h->people[i];

		check_person(h, p, atlas);
		heads += is(p->relation, "head");
		fathers += is(p->relation, "parent") && is(p->sex, "male");
		mothers += is(p->relation, "parent") && is(p->sex, "female");
	}
	CHECK_INT(heads, 1);
	CHECK(is(h->people[0].relation, "head") && fathers <= 1 && mothers <= 1);
}

static void every_household_holds_together(struct prop *p)
{
	/* Leap days, first and last days of a year. */
	static const struct date days[] = { { 2024, 2, 29 }, { 2024, 12, 31 }, { 2025, 1, 1 } };
	struct maker m = maker_of(prop_uint(p, 0, UINT64_MAX), today());

	for (int i = 0; i < 50; i++) {
		people_make(m.people, prop_uint(p, 0, HOUSEHOLDS_MAX - 1), m.h);
		check_household(m.h, m.atlas);
	}
	people_free(m.people);
	CHECK_INT(people_new(&m.people, &m.files, m.atlas, 1,
			     day_of(GREGORIAN, days[prop_pick(p, COUNT_OF(days))]), &m.fault),
		  OK);
	for (uint64_t n = 0; n < 50; n++) {
		people_make(m.people, n, m.h);
		for (size_t i = 0; i < m.h->count; i++)
			CHECK(m.h->people[i].birth_date <= m.h->registered_on &&
			      m.h->people[i].birth_year <= 2025);
	}
	maker_end(&m);
}

TEST(every_household_of_any_seed_holds_together)
{
	prop_run(every_household_holds_together, 20, 1);
}

/* --- shaped as published ------------------------------------------------------------- */

struct counts {
	uint64_t households, people, children, female, over_60, por, acc, undocumented;
	uint64_t single_heads, widows, polygamous, mixed, married_minors, capacity, newborn, dead;
	uint64_t born_on_the_way, dates, january, ages_over_20, heaped, unaccompanied, separated;
	uint64_t sc, ds, cr, er, wr, pg, sp, older, women, fertile, pashto, alone, composed;
};

static void count_person(struct counts *c, const struct made_person *p)
{
	int age = age_of(p);
	bool woman = is(p->sex, "female") && age >= 18;
	struct date d;

	c->people++;
	c->children += age < 18;
	c->female += is(p->sex, "female");
	c->over_60 += age >= 60;
	c->por += is(p->group, "por");
	c->acc += is(p->group, "acc");
	c->undocumented += is(p->group, "undocumented");
	c->widows += woman && is(p->marital, "widowed");
	c->married_minors += age < 18 && is(p->marital, "married");
	c->capacity += p->capacity != NULL;
	c->newborn += age == 0;
	c->born_on_the_way += p->born_on_the_way;
	c->dead += p->died_on_the_way;
	c->unaccompanied += is(p->care, "unaccompanied");
	c->separated += is(p->care, "separated");
	c->sc += needs(p, "SC");
	c->ds += needs(p, "DS");
	c->cr += needs(p, "CR");
	c->er += needs(p, "ER");
	c->wr += needs(p, "WR");
	c->pg += needs(p, "PG");
	c->older += age >= 60;
	c->women += woman;
	c->fertile += woman && age <= 49;
	c->composed += memchr(p->given_latin.at, ' ', p->given_latin.size) != NULL;
	c->ages_over_20 += p->age >= 20;
	c->heaped += p->age >= 20 && p->age % 5 == 0;
	if (p->birth_date != INT32_MIN) {
		d = date_of(GREGORIAN, p->birth_date);
		c->dates++;
		c->january += d.month == 1 && d.day == 1;
	}
}

static void count_household(struct counts *c, const struct made_household *h)
{
	size_t wives = 0;
	bool mixed = false;

	c->households++;
	for (size_t i = 0; i < h->count; i++) {
		count_person(c, &h->people[i]);
		wives += h->people[i].spouse == 0;
		mixed |= !is(h->people[i].group, h->people[0].group);
	}
	c->polygamous += wives > 1;
	c->mixed += mixed;
	c->single_heads += needs(&h->people[0], "SP");
	c->sp += needs(&h->people[0], "SP");
	c->alone += is(h->people[0].care, "heads-household");
	c->pashto += is(h->language, "pbu");
}

#define CHECK_SHARE(part, whole, least, most)                                                      \
	do {                                                                                       \
		double share = 10000.0 * (double)(part) / (double)(whole);                         \
		if (share < (least) || share > (most))                                             \
			check_failed(__FILE__, __LINE__, "%s of %s: %.0f in 10,000", #part,        \
				     #whole, share);                                               \
	} while (0)

TEST(the_shares_come_out_near_the_published_ones)
{
	struct maker m = maker_of(1, today());
	struct counts c = { 0 };

	for (uint64_t n = 0; n < HOUSEHOLDS; n++) {
		people_make(m.people, n, m.h);
		count_household(&c, m.h);
	}
	maker_end(&m);
	/* data/demography/age_sex_shape.csv, 2025: PoR 53 % children, others 49 %; 49 % female;
	 * 3 to 4 % of 60 and over. */
	CHECK_SHARE(c.children, c.people, 4700, 5600);
	CHECK_SHARE(c.female, c.people, 4600, 5400);
	CHECK_SHARE(c.over_60, c.people, 200, 600);
	/* Households are of the groups as people are; those of card holders are smaller. */
	CHECK_SHARE(c.por, c.people, 3000, 4700);
	CHECK_SHARE(c.acc, c.people, 2300, 4000);
	CHECK_SHARE(c.undocumented, c.people, 2000, 3700);
	CHECK_SHARE(c.people, c.households, 45000, 75000);
	/* 86 % Pashtun by the survey of the whole country. */
	CHECK_SHARE(c.pashto, c.households, 8000, 9300);
	/* Each sort of household and person that the demo must show is there. */
	CHECK_SHARE(c.polygamous, c.households, 150, 450);
	CHECK_SHARE(c.mixed, c.households, 2000, 6000);
	CHECK_SHARE(c.single_heads, c.households, 700, 1100);
	CHECK_SHARE(c.widows, c.women, 300, 1500);
	CHECK_SHARE(c.married_minors, c.people, 10, 120);
	CHECK_SHARE(c.capacity, c.people - c.children, 35, 90);
	CHECK_SHARE(c.born_on_the_way, c.newborn, 900, 2200);
	CHECK(c.dead >= 3);
	CHECK(c.alone >= 10 && c.unaccompanied >= 10 && c.separated >= 10);
	CHECK_SHARE(c.january, c.dates, 3500, 6000);
	CHECK_SHARE(c.heaped, c.ages_over_20, 5500, 8000);
	CHECK_SHARE(c.composed, c.people, 2500, 6500);
	/* data/needs/specific_needs.csv */
	CHECK_SHARE(c.sc, c.people, 12, 50);
	CHECK_SHARE(c.ds, c.people, 180, 280);
	CHECK_SHARE(c.cr, c.children, 110, 190);
	CHECK_SHARE(c.er, c.older, 1500, 2500);
	CHECK_SHARE(c.wr, c.women, 230, 370);
	CHECK_SHARE(c.pg, c.fertile, 600, 1000);
	CHECK_SHARE(c.sp, c.households, 700, 1100);
}

TEST(no_two_people_of_a_seed_have_the_same_card_number)
{
	struct maker m = maker_of(3, today());
	uint64_t *seen = calloc(100000000 / 64 + 1, sizeof(*seen));

	CHECK(seen);
	for (uint64_t n = 0; n < 20000; n++) {
		people_make(m.people, n * (HOUSEHOLDS_MAX / 20000), m.h);
		for (size_t i = 0; i < m.h->count; i++) {
			const char *number = m.h->people[i].document_number;
			uint64_t card;

			if (!*number)
				continue;
			card = strtoull(number + 6, NULL, 10) * 10 +
			       strtoull(number + 14, NULL, 10);
			CHECK(!(seen[card / 64] >> card % 64 & 1));
			seen[card / 64] |= UINT64_C(1) << card % 64;
		}
	}
	free(seen);
	maker_end(&m);
}

/* --- written ------------------------------------------------------------------------- */

TEST(facts_are_one_line_of_json_that_names_each_person_once)
{
	struct maker m = maker_of(1, today());
	struct buffer b = { 0 };

	for (uint64_t n = 0; n < 300; n++) {
		struct fault f = { 0 };
		size_t dead = 0;
		json_t *j;

		people_make(m.people, n, m.h);
		buffer_reset(&b);
		people_write_facts(&b, m.h);
		CHECK(memchr(b.at, '\n', b.size) == b.at + b.size - 1);
		CHECK_INT(json_parse(&j, buffer_as_text(&b), &f), OK);
		for (size_t i = 0; i < m.h->count; i++)
			dead += m.h->people[i].died_on_the_way;
		CHECK_INT(json_array_size(j), 1 + m.h->count + dead);
		CHECK_TEXT(json_text_of(json_object_get(json_array_get(j, 0), "kind")),
			   "household.registered");
		json_decref(j);
	}
	buffer_free(&b);
	maker_end(&m);
}

TEST(the_flat_list_has_a_row_for_each_of_the_living)
{
	struct maker m = maker_of(1, today());
	struct buffer b = { 0 };
	size_t rows = 0, living = 0;

	for (uint64_t n = 0; n < 2000; n++) {
		people_make(m.people, n, m.h);
		buffer_reset(&b);
		people_write_csv(&b, m.h);
		for (size_t i = 0; i < m.h->count; i++)
			living += !m.h->people[i].died_on_the_way;
		for (size_t i = 0; i < b.size; i++)
			rows += b.at[i] == '\n';
	}
	CHECK_INT(rows, living);
	buffer_free(&b);
	maker_end(&m);
}

TEST(a_list_that_is_empty_or_cut_is_told_by_name)
{
	struct maker m = maker_of(1, today());
	struct people *none;

	for (int i = 0; i < PEOPLE_FILE_COUNT; i++) {
		struct people_files files = m.files;
		struct fault f = { 0 };

		files.files[i].size = 0;
		CHECK_FAULT(people_new(&none, &files, m.atlas, 1, today(), &f), ERR_INPUT, &f,
			    "people.tables-empty");
		CHECK(!none && f.value_count == 1 && strchr(f.values[0], '/'));
		/* The names of the columns alone. */
		files.files[i].size = (size_t)((const uint8_t *)memchr(m.files.files[i].at, '\n',
								       m.files.files[i].size) -
					       m.files.files[i].at);
		CHECK_FAULT(people_new(&none, &files, m.atlas, 1, today(), &f), ERR_INPUT, &f,
			    "people.tables-empty");
	}
	maker_end(&m);
}

RUN_TESTS()
