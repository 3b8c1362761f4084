/*
 * make: a register of so many people, each with so many facts, through the write door.
 *
 * Whole households are put into arrays that are nearly as large as the door takes, so
 * that the disk is asked once in a thousand facts.  Ids are as random as real ones and
 * yet follow from the household's number and the person's place in it.
 */
#include "bench.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "base/json.h"

#define MOVEMENTS 20
#define FACTS_A_PERSON_MAX 1000

/* --- ids ------------------------------------------------------------------------- */

/* SplitMix64: neighbours look nothing alike. */
static uint64_t mixed(uint64_t x)
{
	x += 0x9e3779b97f4a7c15;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
	return x ^ (x >> 31);
}

/* `place` 0: the household itself. */
static struct id id_at(uint64_t household, uint64_t place)
{
	uint64_t n[2] = { mixed(household * 64 + place), mixed(~(household * 64 + place)) };
	struct id id;

	static_assert(sizeof(n) == sizeof(id), "two halves");
	memcpy(&id, n, sizeof(id));
	return id;
}

/* "@7" is household 7, "@7.2" its third person. */
static enum err resolve(void *self, enum subject_sort sort, struct text name, struct id *out,
			struct fault *f)
{
	char text[40] = "";
	char *end;
	uint64_t household, place = 0;

	(void)self, (void)sort;
	if (name.size < 2 || name.size >= sizeof(text) || name.at[0] != '@')
		return fault(f, ERR_INPUT, "name.unknown", name);
	memcpy(text, name.at, name.size);
	household = strtoull(text + 1, &end, 10);
	if (*end == '.')
		place = strtoull(end + 1, NULL, 10) + 1;
	*out = id_at(household, place);
	return OK;
}

/* --- facts ----------------------------------------------------------------------- */

size_t household_facts(struct bench *b, struct arena *a, const struct made_household *h,
		       struct fact *facts, size_t count, size_t room)
{
	struct name_source names = { .resolve = resolve };
	int64_t now = b->world->now_ms(b->world) / 1000;
	struct buffer line = { 0 };
	json_t *array = NULL;

	people_write_facts(&line, h);
	must(json_parse(&array, buffer_as_text(&line), &b->fault), &b->fault, "read a household");
	must_be(count + json_array_size(array) <= room, "hold a household");
	for (size_t i = 0; i < json_array_size(array); i++)
		must(fact_from_json(&facts[count++], a, json_array_get(array, i), &names, now, 300,
				    &b->fault),
		     &b->fault, "read a fact");
	json_decref(array);
	buffer_free(&line);
	return count;
}

static struct value number(int64_t n)
{
	return (struct value){ .given = true, .number = n };
}

static struct value words(const char *s)
{
	return (struct value){ .given = true, .text = text_of(s) };
}

static struct value topics(struct arena *a)
{
	size_t count;
	const struct code_word *all = code_words(CODES_TOPIC, &count);
	struct value *items = arena_take_array(a, count, sizeof(*items));

	must_be(items, "take memory");
	for (size_t i = 0; i < count; i++)
		items[i] = number(all[i].number);
	return (struct value){ .given = true, .count = (uint16_t)count, .items = items };
}

static void counselling(struct fact *f, struct arena *a)
{
	static const struct hash sheet = { { 1 } };

	f->values[COUNSELLING_HELD_COMPANY] = number(COMPANY_ALONE);
	f->values[COUNSELLING_HELD_LANGUAGE_SPOKEN] = words("pbu");
	f->values[COUNSELLING_HELD_UNDERSTOOD] = number(1);
	f->values[COUNSELLING_HELD_INTERPRETER] = words("Made-up Interpreter");
	f->values[COUNSELLING_HELD_COUNSELLOR_SEX] = number(SEX_FEMALE);
	f->values[COUNSELLING_HELD_TOPICS] = topics(a);
	f->values[COUNSELLING_HELD_SHEET] = (struct value){ .given = true, .hash = &sheet };
	f->values[COUNSELLING_HELD_SHEET_AREA] = words("AF06");
	f->values[COUNSELLING_HELD_READ_BACK] = number(1);
}

void later_fact(struct fact *out, struct arena *a, const struct id *person, unsigned n, int64_t now)
{
	static const enum kind kinds[] = { KIND_COUNSELLING_HELD, KIND_APPOINTMENT_SET,
					   KIND_FOLLOWUP_HELD, KIND_COMPLAINT_MADE };

	fact_begin(out, kinds[n % COUNT_OF(kinds)]);
	out->subject = *person;
	out->happened = now;
	switch (kinds[n % COUNT_OF(kinds)]) {
	case KIND_COUNSELLING_HELD: counselling(out, a); break;
	case KIND_APPOINTMENT_SET:
		out->values[APPOINTMENT_SET_AT] = number(now + 86400);
		out->values[APPOINTMENT_SET_PURPOSE] = number(APPOINTMENT_COUNSELLING);
		break;
	case KIND_FOLLOWUP_HELD:
		out->values[FOLLOWUP_HELD_WELLBEING] = number(WELLBEING_WELL);
		out->values[FOLLOWUP_HELD_CHANNEL] = number(CHANNEL_PHONE);
		break;
	default:
		out->values[COMPLAINT_MADE_ABOUT] = number(COMPLAINT_SERVICE);
		out->values[COMPLAINT_MADE_NOTE] =
			words("The queue was long and there was no shade.");
	}
}

void record_all(struct bench *b, struct arena *a, struct fact *facts, size_t count)
{
	struct submission_answer answer;

	if (!count)
		return;
	must(reg_record(b->reg, &b->session, facts, count, a, &answer, &b->fault), &b->fault,
	     "record");
	must_be(answer.sort == SUBMISSION_RECORDED, "record: refused");
}

static void plan_movements(struct bench *b, struct arena *a)
{
	int64_t now = b->world->now_ms(b->world) / 1000;

	for (uint64_t i = 0; i < MOVEMENTS; i++) {
		struct fact f;

		fact_begin(&f, KIND_MOVEMENT_PLANNED);
		f.subject = id_at(UINT32_MAX, i);
		f.happened = now;
		f.values[MOVEMENT_PLANNED_DEPARTS] = number(now + 86400 * (int64_t)(i + 1));
		f.values[MOVEMENT_PLANNED_FROM] = words("VRC-AZAKHEL");
		f.values[MOVEMENT_PLANNED_CROSSING] = words("XP-TORKHAM");
		f.values[MOVEMENT_PLANNED_SEATS] = number(45);
		record_all(b, a, &f, 1);
		arena_reset(a);
	}
}

/* --- a town ---------------------------------------------------------------------- */

struct making {
	struct bench *bench;
	struct arena *arena;
	struct fact facts[LOG_BATCH_MAX];
	size_t count;
	uint64_t recorded;
};

static void flush(struct making *m)
{
	record_all(m->bench, m->arena, m->facts, m->count);
	m->recorded += m->count;
	m->count = 0;
	arena_reset(m->arena);
}

/* Everybody who has been registered and lives gets the rest of the file. */
static void add_later(struct making *m, const struct made_household *h, unsigned each)
{
	int64_t now = m->bench->world->now_ms(m->bench->world) / 1000;

	for (size_t i = 0; i < h->count; i++) {
		struct id person = id_at(h->number, i + 1);

		if (h->people[i].died_on_the_way)
			continue;
		for (unsigned n = 0; n + 1 < each; n++) {
			if (m->count == COUNT_OF(m->facts))
				flush(m);
			later_fact(&m->facts[m->count++], m->arena, &person, n, now);
		}
	}
}

void part_make(int count, char **arguments)
{
	uint64_t wanted = strtoull(arguments[1], NULL, 10), people = 0;
	unsigned each = (unsigned)strtoul(arguments[2], NULL, 10);
	struct made_household *h = malloc(sizeof(*h));
	struct making *m = calloc(1, sizeof(*m));
	struct people *made;
	struct bench b;
	double start;

	(void)count;
	must_be(h && m && each >= 1 && each <= FACTS_A_PERSON_MAX, "make so many facts a person");
	bench_begin(&b);
	bench_create(&b, arguments[0]);
	made = bench_people(&b);
	m->bench = &b;
	must(arena_new(&m->arena, ANSWER_MEMORY), &b.fault, "take memory");
	plan_movements(&b, m->arena);
	start = seconds();
	for (uint64_t n = 0; people < wanted; n++) {
		people_make(made, n, h);
		people += h->count;
		if (m->count + 2 * HOUSEHOLD_SIZE_MAX + 1 > COUNT_OF(m->facts))
			flush(m);
		m->count = household_facts(&b, m->arena, h, m->facts, m->count, COUNT_OF(m->facts));
		add_later(m, h, each);
	}
	flush(m);
	tell("make_s", seconds() - start);
	tell("make_facts", (double)m->recorded);
	tell("make_people", (double)people);
	people_free(made);
	arena_free(m->arena);
	free(m);
	free(h);
	bench_end(&b);
}
