/*
 * Some weeks of a centre as a story: what its desks record of households that come to
 * it, so that a demo has closed weeks and figures to publish.
 *
 * Each week is told from Sunday on, by whoever would record it, each fact at its hour:
 *
 *     Sun  registered; who goes with the operation is counselled
 *     Mon  they choose, a bus is planned, pressure is reported
 *     Tue  seats, and those who changed their mind; arrests and detentions
 *     Tue  evening: legal aid sees some of the arrested within the day
 *     Wed  asked again, departed, crossed; some call from the way that they go no further
 *     Thu  these turn back; it sees others; those cross who go by themselves
 *     Fri  how the incidents ended, a review of whoever was pressed or arrested; some are
 *          deported
 *
 * What becomes of a household is drawn by the shares below, which are ASSUMPTIONS for
 * made-up people: they show every figure, and say nothing about how often it happens.
 * Who goes with the operation is drawn among households of which no rule asks more
 * than counselling, a choice and being asked again; all others go by themselves.
 */
#include <stdio.h>

#include "base/calendar.h"
#include "people/inside.h"

/* Households that no demo has registered before: a card number stays one person's. */
#define WEEKS_FIRST UINT64_C(1000000)
#define FACTS_A_STEP 300 /* fewer than a submission may have, with a household to spare */
#define BUS_SEATS 1000
/* Who is about 18 may be of age or not, by what a registration knows. */
#define SURELY_CHILD_MAX 15
#define SURELY_ADULT_MIN 21

/* In 10,000. */
#define REMAINING_ARRESTED 6000
#define ARREST_NOT_DETENTION 7000
#define SEEN_WITHIN_A_DAY 6000
#define SEEN_LATER 6000 /* of those who were not */
#define REMAINING_PRESSED 3000
#define SAYS_WHY 8000

enum fate {
	OPERATION,
	TURNED_BACK,
	CHANGED_MIND,
	ASSISTED,
	SPONTANEOUS,
	ADVERSE,
	DEPORTED,
	UNKNOWN,
	REMAINED
};

static const struct {
	uint64_t plain, other;	 /* of 100 households each: see is_plain() */
	const char *return_kind; /* NULL: they stay where they are */
	const char *reasons[3];	 /* of which those who are asked say one or two; NULL: none */
} fates[] = {
	[OPERATION] = { 50, 0, "facilitated-voluntary", { "family", "home", "livelihood" } },
	[TURNED_BACK] = { 10, 0, NULL, { 0 } },
	[CHANGED_MIND] = { 15, 0, NULL, { 0 } },
	[ASSISTED] = { 5, 20, "assisted-spontaneous", { "livelihood", "documents", "family" } },
	[SPONTANEOUS] = { 3, 14, "spontaneous", { "family", "livelihood", "services" } },
	[ADVERSE] = { 5,
		      20,
		      "adverse-circumstances",
		      { "fear-of-arrest", "eviction", "documents" } },
	[DEPORTED] = { 4, 12, "deported", { 0 } },
	[UNKNOWN] = { 1, 4, "unknown", { 0 } },
	[REMAINED] = { 7, 30, NULL, { 0 } },
};

/* Whom somebody reports to be pressed, and to what. */
static const char *const pressures[] = { "eviction", "deadline",       "arrest",
					 "threat",   "document-taken", "paid-agent" };

struct weeks {
	struct buffer *out;
	struct json_writer w;
	const struct people *people;
	size_t facts; /* of the step that is open; 0: none is */
	size_t named; /* of `names`: its facts by which later ones call them, in their order */
	char names[FACTS_A_STEP + HOUSEHOLD_SIZE_MAX][32];
};

/* A household and what becomes of it. */
struct lot {
	const struct made_household *h;
	enum fate fate;
	uint64_t chance; /* a stream of its own, the same on every day of the week */
	int32_t week;	 /* its Sunday */
};

/* --- steps ---------------------------------------------------------------------------- */

static void step_end(struct weeks *t)
{
	if (!t->facts)
		return;
	json_array_end(&t->w);
	buffer_text(t->out, TEXT(" → recorded"));
	for (size_t i = 0; i < t->named; i++)
		buffer_print(t->out, " %s", t->names[i]);
	buffer_text(t->out, TEXT("\n"));
	t->facts = t->named = 0;
}

/* Unless one is open: a desk records many facts at once. */
static void step_begin(struct weeks *t, const char *account)
{
	if (t->facts)
		return;
	buffer_print(t->out, "%s record ", account);
	json_begin(&t->w, t->out);
	json_array_begin(&t->w);
}

static void fact_begin(struct weeks *t, const char *account, const char *kind)
{
	step_begin(t, account);
	t->facts++;
	json_object_begin(&t->w);
	json_key(&t->w, "kind");
	json_string_of(&t->w, kind);
}

static void fact_end(struct weeks *t)
{
	json_object_end(&t->w);
}

static void put(struct weeks *t, const char *key, const char *word)
{
	json_key(&t->w, key);
	json_string_of(&t->w, word);
}

static void put_text(struct weeks *t, const char *key, struct text text)
{
	json_key(&t->w, key);
	json_text(&t->w, text);
}

static void put_yes(struct weeks *t, const char *key, bool yes)
{
	json_key(&t->w, key);
	json_bool(&t->w, yes);
}

/* Of the person `at`, as people_write_facts() names her. */
static void about(struct weeks *t, const char *key, const struct lot *l, size_t at)
{
	char name[48];

	snprintf(name, sizeof(name), "@%llu.%zu", (unsigned long long)l->h->number, at);
	put(t, key, name);
}

static void put_bus(struct weeks *t, const char *key, int32_t week)
{
	char name[24];

	snprintf(name, sizeof(name), "@bus%d", (int)week);
	put(t, key, name);
}

static void clock(struct weeks *t, int32_t week, int day, const char *hour)
{
	char date[DATE_TEXT_SIZE];

	date_write(date, week + day);
	buffer_print(t->out, "at %sT%s\n", date, hour);
}

/* --- who they are ----------------------------------------------------------------------- */

static int age_of(const struct lot *l, size_t at)
{
	const struct made_person *p = &l->h->people[at];

	if (p->birth_date != INT32_MIN)
		return years_between(p->birth_date, l->week);
	return p->birth_year ? date_of(GREGORIAN, l->week).year - p->birth_year : p->age;
}

static bool is_child(const struct lot *l, size_t at)
{
	return age_of(l, at) <= SURELY_CHILD_MAX;
}

static bool is_there(const struct lot *l, size_t at)
{
	return !l->h->people[at].died_on_the_way;
}

static bool is_grown_man(const struct lot *l, size_t at)
{
	return is_there(l, at) && !strcmp(l->h->people[at].sex, "male") &&
	       age_of(l, at) >= SURELY_ADULT_MIN;
}

/* No rule asks for an assessment, a parent's consent or an escort. */
static bool is_plain_person(const struct lot *l, size_t at)
{
	const struct made_person *p = &l->h->people[at];
	int age = age_of(l, at);

	if (p->need_count || p->born_on_the_way || p->died_on_the_way || !p->destination.size ||
	    (p->capacity && strcmp(p->capacity, "decides") != 0))
		return false;
	if (age >= SURELY_ADULT_MIN)
		return true;
	return age <= SURELY_CHILD_MAX && p->guardian >= 0 && p->care &&
	       !strcmp(p->care, "with-parents");
}

static bool is_plain(const struct lot *l)
{
	for (size_t i = 0; i < l->h->count; i++)
		if (!is_plain_person(l, i))
			return false;
	return true;
}

static uint64_t share_of(enum fate fate, bool plain)
{
	return plain ? fates[fate].plain : fates[fate].other;
}

static struct lot lot_of(const struct people *p, const struct made_household *h, int32_t week)
{
	struct lot l = { .h = h, .week = week, .chance = p->seed ^ h->number };
	uint64_t drawn = chance_next(&l.chance) % 100;
	bool plain = is_plain(&l);

	for (l.fate = OPERATION; drawn >= share_of(l.fate, plain); l.fate++)
		drawn -= share_of(l.fate, plain);
	return l;
}

static bool goes_by_bus(const struct lot *l)
{
	return l->fate == OPERATION || l->fate == TURNED_BACK;
}

/*
 * Where those live of whom the list knows the province alone: some in districts that have
 * refugee villages, since others are never told, so that the demo's four weeks have a map.
 */
static const struct {
	const char *province, *district;
	uint64_t share; /* in 100 */
} homes[] = {
	{ "PK5@", "PK528@cod-ab-2022", 40 }, { "PK5@", "PK526@cod-ab-2022", 20 },
	{ "PK5@", "PK511@cod-ab-2022", 15 }, { "PK2@", "PK226@cod-ab-2022", 40 },
	{ "PK2@", "PK203@cod-ab-2022", 30 },
};

static void settle(const struct people *p, struct made_household *h)
{
	uint64_t chance = (p->seed ^ h->number) * 31, drawn = chance_next(&chance) % 100;
	struct text known = h->residence;

	for (size_t i = 0; i < COUNT_OF(homes); i++) {
		if (!text_begins(known, text_of(homes[i].province)))
			continue;
		if (drawn < homes[i].share) {
			h->residence = text_of(homes[i].district);
			return;
		}
		drawn -= homes[i].share;
	}
}

static bool asks_the_operation(const struct lot *l)
{
	return goes_by_bus(l) || l->fate == CHANGED_MIND;
}

/* --- with the operation -------------------------------------------------------------------- */

static void counsel(struct weeks *t, const struct lot *l, size_t at)
{
	fact_begin(t, "counsellor", "counselling.held");
	about(t, "subject", l, at);
	put(t, "company", "alone");
	put(t, "language", l->h->language);
	put_yes(t, "understood", true);
	put(t, "counsellor_sex", "female");
	json_key(&t->w, "topics");
	json_array_begin(&t->w);
	json_string_of(&t->w, "safety");
	json_string_of(&t->w, "staying");
	json_string_of(&t->w, "withdrawal");
	json_array_end(&t->w);
	put(t, "sheet", "current");
	put_text(t, "sheet_area", l->h->people[at].destination);
	put_yes(t, "read_back", true);
	fact_end(t);
}

static void choose(struct weeks *t, const struct lot *l, size_t at)
{
	fact_begin(t, "protection", "choice.made");
	about(t, "subject", l, at);
	put(t, "answer", "return");
	put(t, "form", "current");
	put(t, "mark", "thumb");
	put(t, "witness", "Bibi Hawa, teacher");
	about(t, "by", l, at);
	put(t, "company", "alone");
	put_text(t, "destination", l->h->people[at].destination);
	fact_end(t);
}

static void hear(struct weeks *t, const struct lot *l, size_t at)
{
	fact_begin(t, "protection", "child.heard");
	about(t, "subject", l, at);
	put(t, "view", age_of(l, at) < 6 ? "too-young" : "agrees");
	put(t, "company", "alone");
	fact_end(t);
}

static void ask_again(struct weeks *t, const struct lot *l, size_t at)
{
	fact_begin(t, "boarding", "choice.reconfirmed");
	about(t, "subject", l, at);
	put(t, "company", "alone");
	put_yes(t, "by_transporter", false);
	fact_end(t);
}

static void withdraw(struct weeks *t, const struct lot *l, size_t at)
{
	fact_begin(t, "registration", "choice.withdrawn");
	about(t, "subject", l, at);
	put(t, "channel", at % 2 || l->fate == TURNED_BACK ? "phone" : "in-person");
	fact_end(t);
}

static void travel(struct weeks *t, const struct lot *l, size_t at, const char *kind)
{
	fact_begin(t, "movement", kind);
	about(t, "subject", l, at);
	put_bus(t, "movement", l->week);
	fact_end(t);
}

static void plan_bus(struct weeks *t, int32_t week)
{
	fact_begin(t, "movement", "movement.planned");
	put_bus(t, "subject", week);
	put(t, "departs", "+50h");
	put(t, "from", "VRC-AZAKHEL");
	put(t, "crossing", "XP-TORKHAM");
	json_key(&t->w, "seats");
	json_int(&t->w, BUS_SEATS);
	fact_end(t);
	step_end(t);
}

/* --- others ---------------------------------------------------------------------------------- */

static bool lives_in(const struct lot *l, const char *province)
{
	return text_begins(l->h->residence, text_of(province));
}

static const char *crossing_of(const struct lot *l)
{
	if (l->fate == OPERATION)
		return "XP-TORKHAM";
	return lives_in(l, "PK2") || lives_in(l, "PK7") ? "XP-CHAMAN"
	       : l->h->number % 8 == 0			? "XP-GHULAMKHAN"
							: "XP-TORKHAM";
}

static void put_reasons(struct weeks *t, const struct lot *l, size_t at)
{
	uint64_t chance = l->chance + at * 1187, drawn = chance_next(&chance);

	if (is_child(l, at) || !fates[l->fate].reasons[0] || !chance_happens(&chance, SAYS_WHY))
		return;
	json_key(&t->w, "reasons");
	json_array_begin(&t->w);
	json_string_of(&t->w, fates[l->fate].reasons[drawn % 3]);
	if (drawn % 2)
		json_string_of(&t->w, fates[l->fate].reasons[(drawn + 1) % 3]);
	json_array_end(&t->w);
}

static void cross(struct weeks *t, const struct lot *l)
{
	for (size_t i = 0; i < l->h->count; i++) {
		if (!is_there(l, i))
			continue;
		fact_begin(t, "border", "crossing.recorded");
		about(t, "subject", l, i);
		put(t, "crossing", crossing_of(l));
		put(t, "direction", "crossed");
		put(t, "return_kind", fates[l->fate].return_kind);
		put_reasons(t, l, i);
		fact_end(t);
	}
}

static bool is_pressed(const struct lot *l, uint64_t chance)
{
	return l->fate == ADVERSE ||
	       (l->fate == REMAINED && chance_happens(&chance, REMAINING_PRESSED));
}

static void press(struct weeks *t, const struct lot *l)
{
	uint64_t chance = l->chance, drawn = chance_next(&chance);

	if (!is_pressed(l, chance))
		return;
	fact_begin(t, "legal-aid", "pressure.reported");
	about(t, "subject", l, 0);
	put(t, "sort", pressures[drawn % COUNT_OF(pressures)]);
	put(t, "reporter", drawn % 4 ? "person" : "relative");
	fact_end(t);
}

/* Of one person; drawn anew, and the same, on each day that has to do with it. */
struct arrest {
	bool happens, is_detention, seen_soon, seen_later;
	char name[32]; /* of the fact, as a story calls it */
};

static struct arrest arrest_of(const struct lot *l, size_t at)
{
	uint64_t chance = l->chance + at * 977;
	struct arrest a = { .happens = is_grown_man(l, at) && !asks_the_operation(l) };

	a.happens &= l->fate == DEPORTED ||
		     (l->fate == REMAINED && chance_happens(&chance, REMAINING_ARRESTED));
	a.is_detention = !chance_happens(&chance, ARREST_NOT_DETENTION);
	a.seen_soon = chance_happens(&chance, SEEN_WITHIN_A_DAY);
	a.seen_later = !a.seen_soon && chance_happens(&chance, SEEN_LATER);
	snprintf(a.name, sizeof(a.name), "#%llu.%zu", (unsigned long long)l->h->number, at);
	return a;
}

static void arrest(struct weeks *t, const struct lot *l)
{
	for (size_t i = 0; i < l->h->count; i++) {
		struct arrest a = arrest_of(l, i);

		if (!a.happens)
			continue;
		fact_begin(t, "legal-aid", "incident.reported");
		about(t, "subject", l, i);
		put(t, "sort", a.is_detention ? "detention" : "arrest");
		put_text(t, "area", l->h->residence);
		fact_end(t);
		memcpy(t->names[t->named++], a.name, sizeof(a.name));
	}
}

static void see(struct weeks *t, const struct lot *l, size_t at, const struct arrest *a)
{
	fact_begin(t, "legal-aid", "incident.visited");
	about(t, "subject", l, at);
	put(t, "incident", a->name);
	fact_end(t);
}

static void see_soon(struct weeks *t, const struct lot *l)
{
	for (size_t i = 0; i < l->h->count; i++) {
		struct arrest a = arrest_of(l, i);

		if (a.happens && a.seen_soon)
			see(t, l, i, &a);
	}
}

static void see_later(struct weeks *t, const struct lot *l)
{
	for (size_t i = 0; i < l->h->count; i++) {
		struct arrest a = arrest_of(l, i);

		if (a.happens && a.seen_later)
			see(t, l, i, &a);
	}
}

static void close_incidents(struct weeks *t, const struct lot *l)
{
	for (size_t i = 0; i < l->h->count; i++) {
		struct arrest a = arrest_of(l, i);

		if (!a.happens)
			continue;
		fact_begin(t, "legal-aid", "incident.closed");
		about(t, "subject", l, i);
		put(t, "incident", a.name);
		put(t, "outcome", l->fate == DEPORTED ? "deported" : "released");
		fact_end(t);
	}
}

/* Whoever was pressed or arrested is heard by somebody who did not counsel her. */
static void review(struct weeks *t, const struct lot *l)
{
	uint64_t chance = l->chance;

	chance_next(&chance);
	for (size_t i = 0; i < l->h->count; i++) {
		if (!arrest_of(l, i).happens && (i > 0 || !is_pressed(l, chance)))
			continue;
		fact_begin(t, "reviewer", "review.made");
		about(t, "subject", l, i);
		put(t, "finding", "not-voluntary");
		put(t, "company", "alone");
		fact_end(t);
	}
}

/* --- the week -------------------------------------------------------------------------- */

static void take_in(struct weeks *t, const struct lot *l)
{
	step_begin(t, "registration");
	put_household(&t->w, l->h);
	t->facts += 1 + l->h->count;
}

static void counsel_adults(struct weeks *t, const struct lot *l)
{
	for (size_t i = 0; asks_the_operation(l) && i < l->h->count; i++)
		if (!is_child(l, i))
			counsel(t, l, i);
}

static void choose_all(struct weeks *t, const struct lot *l)
{
	for (size_t i = 0; asks_the_operation(l) && i < l->h->count; i++) {
		if (is_child(l, i))
			hear(t, l, i);
		else
			choose(t, l, i);
	}
}

static void call_from_the_way(struct weeks *t, const struct lot *l)
{
	for (size_t i = 0; l->fate == TURNED_BACK && i < l->h->count; i++)
		if (!is_child(l, i))
			withdraw(t, l, i);
}

static void turn_back(struct weeks *t, const struct lot *l)
{
	for (size_t i = 0; l->fate == TURNED_BACK && i < l->h->count; i++) {
		fact_begin(t, "border", "crossing.recorded");
		about(t, "subject", l, i);
		put(t, "crossing", "XP-TORKHAM");
		put(t, "direction", "turned-back");
		put(t, "return_kind", "unknown");
		fact_end(t);
	}
}

static void change_minds(struct weeks *t, const struct lot *l)
{
	for (size_t i = 0; l->fate == CHANGED_MIND && i < l->h->count; i++)
		if (!is_child(l, i))
			withdraw(t, l, i);
}

/* A child follows its guardian: adults first. */
static void travel_all(struct weeks *t, const struct lot *l, const char *kind)
{
	for (int children = 0; goes_by_bus(l) && children < 2; children++)
		for (size_t i = 0; i < l->h->count; i++)
			if (is_child(l, i) == (bool)children)
				travel(t, l, i, kind);
}

static void seat(struct weeks *t, const struct lot *l)
{
	travel_all(t, l, "seat.assigned");
}

static void ask_adults_again(struct weeks *t, const struct lot *l)
{
	for (size_t i = 0; goes_by_bus(l) && i < l->h->count; i++)
		if (!is_child(l, i))
			ask_again(t, l, i);
}

static void depart(struct weeks *t, const struct lot *l)
{
	travel_all(t, l, "departure.recorded");
}

static void cross_with_bus(struct weeks *t, const struct lot *l)
{
	if (l->fate == OPERATION)
		cross(t, l);
}

static void cross_alone(struct weeks *t, const struct lot *l)
{
	if (fates[l->fate].return_kind && l->fate != OPERATION && l->fate != DEPORTED)
		cross(t, l);
}

static void deport(struct weeks *t, const struct lot *l)
{
	if (l->fate == DEPORTED)
		cross(t, l);
}

static const struct {
	int day; /* 0: Sunday */
	const char *hour;
	bool bus_is_planned;
	void (*each)(struct weeks *t, const struct lot *l);
} hours[] = {
	{ 0, "08:00", false, take_in },
	{ 0, "10:00", false, counsel_adults },
	{ 1, "09:00", false, choose_all },
	{ 1, "10:00", true, press },
	{ 2, "09:00", false, seat },
	{ 2, "09:30", false, arrest },
	{ 2, "15:00", false, change_minds },
	{ 2, "18:00", false, see_soon },
	{ 3, "09:00", false, ask_adults_again },
	{ 3, "12:00", false, depart },
	{ 3, "15:00", false, call_from_the_way },
	{ 3, "17:00", false, cross_with_bus },
	{ 4, "10:00", false, see_later },
	{ 4, "12:00", false, cross_alone },
	{ 4, "16:00", false, turn_back },
	{ 5, "10:00", false, close_incidents },
	{ 5, "11:00", false, review },
	{ 5, "12:00", false, deport },
};

static void write_week(struct weeks *t, struct made_household *h, uint64_t first, uint64_t count)
{
	int32_t week = t->people->today;

	for (size_t i = 0; i < COUNT_OF(hours); i++) {
		clock(t, week, hours[i].day, hours[i].hour);
		if (hours[i].bus_is_planned)
			plan_bus(t, week);
		for (uint64_t n = first; n < first + count; n++) {
			struct lot l;

			people_make(t->people, n, h);
			settle(t->people, h);
			l = lot_of(t->people, h, week);
			hours[i].each(t, &l);
			if (t->facts >= FACTS_A_STEP)
				step_end(t);
		}
		step_end(t);
	}
}

/* Day 0 was a Thursday. */
static int32_t sunday_after(int32_t day)
{
	return day + 7 - (day + 4) % 7;
}

void people_write_week(struct buffer *out, const struct people *p, struct made_household *h,
		       uint64_t count, uint64_t which)
{
	/* Who comes in a later week is registered, and is so old, then. */
	struct people then = *p;
	struct weeks t = { .out = out, .people = &then };

	then.today = sunday_after(p->today) + (int32_t)which * 7;
	write_week(&t, h, WEEKS_FIRST + which * count, count);
}
