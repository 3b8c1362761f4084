/*
 * make: a register of so many people, each with so many facts, through the write door.
 *
 * Whole households are put into arrays that are nearly as large as the door takes, so
 * that the disk is asked once in a thousand facts.
 */
#include "bench.h"

#include <stdlib.h>

#include "centre/centre.h"

#define MOVEMENTS 20
#define FACTS_A_PERSON_MAX 1000

/* --- facts ----------------------------------------------------------------------- */

static void counselling(struct fact *f, struct arena *a)
{
	static const struct hash sheet = { { 1 } };

	f->values[COUNSELLING_HELD_COMPANY] = given_number(COMPANY_ALONE);
	f->values[COUNSELLING_HELD_LANGUAGE_SPOKEN] = given_text("pbu");
	f->values[COUNSELLING_HELD_UNDERSTOOD] = given_number(1);
	f->values[COUNSELLING_HELD_INTERPRETER] = given_text("Made-up Interpreter");
	f->values[COUNSELLING_HELD_COUNSELLOR_SEX] = given_number(SEX_FEMALE);
	f->values[COUNSELLING_HELD_TOPICS] = given_topics(a);
	f->values[COUNSELLING_HELD_SHEET] = given_hash(&sheet);
	f->values[COUNSELLING_HELD_SHEET_AREA] = given_text("AF06");
	f->values[COUNSELLING_HELD_READ_BACK] = given_number(1);
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
		out->values[APPOINTMENT_SET_AT] = given_number(now + 86400);
		out->values[APPOINTMENT_SET_PURPOSE] = given_number(APPOINTMENT_COUNSELLING);
		break;
	case KIND_FOLLOWUP_HELD:
		out->values[FOLLOWUP_HELD_WELLBEING] = given_number(WELLBEING_WELL);
		out->values[FOLLOWUP_HELD_CHANNEL] = given_number(CHANNEL_PHONE);
		break;
	default:
		out->values[COMPLAINT_MADE_ABOUT] = given_number(COMPLAINT_SERVICE);
		out->values[COMPLAINT_MADE_NOTE] =
			given_text("The queue was long and there was no shade.");
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
		f.subject = made_id(UINT32_MAX, i);
		f.happened = now;
		f.values[MOVEMENT_PLANNED_DEPARTS] = given_number(now + 86400 * (int64_t)(i + 1));
		f.values[MOVEMENT_PLANNED_FROM] = given_text("VRC-AZAKHEL");
		f.values[MOVEMENT_PLANNED_CROSSING] = given_text("XP-TORKHAM");
		f.values[MOVEMENT_PLANNED_SEATS] = given_number(45);
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
		struct id person = made_id(h->number, i + 1);

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
	int64_t now;
	double start;

	(void)count;
	must_be(h && m && each >= 1 && each <= FACTS_A_PERSON_MAX, "make so many facts a person");
	bench_begin(&b);
	bench_create(&b, arguments[0]);
	now = b.world->now_ms(b.world) / 1000;
	must(centre_people(&made, b.atlas, 1, (int32_t)(now / 86400), &b.fault), &b.fault,
	     "make people");
	m->bench = &b;
	must(arena_new(&m->arena, ANSWER_MEMORY), &b.fault, "take memory");
	plan_movements(&b, m->arena);
	start = seconds();
	for (uint64_t n = 0; people < wanted; n++) {
		people_make(made, n, h);
		people += h->count;
		if (m->count + 2 * HOUSEHOLD_SIZE_MAX + 1 > COUNT_OF(m->facts))
			flush(m);
		must(made_facts(h, now, m->arena, m->facts, &m->count, COUNT_OF(m->facts),
				&b.fault),
		     &b.fault, "make a household");
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
