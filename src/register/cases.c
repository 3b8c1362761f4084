/*
 * cases: case numbers that are given, taken from a paper, and reserved for one.
 *
 * Counters run by site and year.  They are kept as a setting that is written with the
 * household, not found by looking for the largest number in the state: the number of a
 * household that was erased is on somebody's slip, too, and is not given again.
 *
 *        1 … 79,999    given by the register, in their order
 *   80,000 … 99,999    reserved, some at a time, for blank forms that are printed for a day
 *                      without power; taken by the household whose form is typed in
 *  100,000 …           given by the register, once the first series is used up
 *
 * Whoever names a number of this site can only have it from such a form: so it must have
 * been reserved, and since what is printed is printed, it is taken once, also where the
 * household was erased or got another number afterwards.  Numbers of other sites are
 * theirs to give; here they are only compared with those on record.
 */
#include <stdio.h>

#include "register/inside.h"

#define PACK_FIRST UINT64_C(80000)
#define PACK_LAST UINT64_C(99999)

void cases_setting(char out[SETTING_NAME_MAX], const char *prefix, int year)
{
	snprintf(out, SETTING_NAME_MAX, "%s%02d", prefix, year);
}

uint64_t case_counter_after(uint64_t last, uint64_t steps)
{
	uint64_t next = last + steps;

	if (last < PACK_FIRST && next >= PACK_FIRST)
		next += PACK_LAST + 1 - PACK_FIRST;
	return next;
}

uint64_t pack_counter_after(uint64_t last, uint64_t steps)
{
	uint64_t next = (last < PACK_FIRST ? PACK_FIRST - 1 : last) + steps;

	return next < PACK_LAST ? next : PACK_LAST;
}

static bool is_of_pack(uint64_t counter)
{
	return counter >= PACK_FIRST && counter <= PACK_LAST;
}

static enum err read_series(struct proposing *p, const char *prefix, int year,
			    struct case_series *out, struct fault *f)
{
	char name[SETTING_NAME_MAX];
	struct bytes stored;
	enum err e;

	cases_setting(name, prefix, year);
	if ((e = setting_or_none(p->reg, name, p->scratch, &stored, f)))
		return e;
	*out = (struct case_series){ .last = load_u64(stored) };
	return OK;
}

static enum err read_counters(struct proposing *p, int year, struct fault *f)
{
	struct case_counters *c = p->counters;
	enum err e;

	if (c->year == year)
		return OK;
	if ((e = read_series(p, CASES_PREFIX, year, &c->cases, f)) ||
	    (e = read_series(p, PACKS_PREFIX, year, &c->packs, f)))
		return e;
	c->year = year;
	return OK;
}

/* --- given ------------------------------------------------------------------------ */

/* On record, or given by an earlier fact of the same array. */
static bool number_is_used(const struct proposing *p, const struct fact *fact, struct text number)
{
	struct id household;

	if (state_household_of_case(p->state, number, &household))
		return true;
	for (const struct fact *f = p->submission->facts; f != fact; f++) {
		const struct value *v = &f->values[HOUSEHOLD_REGISTERED_CASE_NUMBER];

		if ((f->kind->kind == KIND_HOUSEHOLD_REGISTERED ||
		     f->kind->kind == KIND_HOUSEHOLD_AMENDED) &&
		    v->given && text_same(v->text, number))
			return true;
	}
	return false;
}

enum err give_case_number(struct proposing *p, const struct fact *fact, struct value *v,
			  struct fault *f)
{
	int year = site_year(p->reg, p->now.seconds);
	struct case_series *cases = &p->counters->cases;
	char number[CASE_NUMBER_MAX];
	enum err e = read_counters(p, year, f);

	if (e)
		return e;
	do {
		cases->last = case_counter_after(cases->last, 1);
		case_number_write(number, p->reg->site.code, year, cases->last);
	} while (number_is_used(p, fact, text_of(number)));
	cases->given = true;
	*v = value_text(arena_copy_text(p->arena, text_of(number)));
	p->submission->answer->case_number = v->text;
	return v->text.at ? OK : fault(f, ERR_MEMORY, "register.no-memory");
}

/* --- taken ------------------------------------------------------------------------ */

static bool takes_number(const struct fact *fact)
{
	return (fact->kind->kind == KIND_HOUSEHOLD_REGISTERED ||
		fact->kind->kind == KIND_HOUSEHOLD_AMENDED) &&
	       fact->values[HOUSEHOLD_REGISTERED_CASE_NUMBER].given;
}

static void name_pack(char out[SETTING_NAME_MAX], const struct case_number *n)
{
	snprintf(out, SETTING_NAME_MAX, "pack/%02d-%llu", n->year, (unsigned long long)n->counter);
}

bool pack_setting(char out[SETTING_NAME_MAX], const struct reg *r, const struct fact *fact)
{
	struct case_number n;

	if (!takes_number(fact))
		return false;
	n = case_number_read(fact->values[HOUSEHOLD_REGISTERED_CASE_NUMBER].text);
	if (!text_same(n.code, r->site.code) || !is_of_pack(n.counter))
		return false;
	name_pack(out, &n);
	return true;
}

/* Whether a number of this site was printed on a form, and nobody has had it yet. */
static enum err check_reserved(struct proposing *p, struct text number, struct fault *f)
{
	struct case_number n = case_number_read(number);
	struct case_series packs;
	char name[SETTING_NAME_MAX];
	struct bytes taken;
	enum err e;

	if (!text_same(n.code, p->reg->site.code))
		return OK;
	if ((e = read_series(p, PACKS_PREFIX, n.year, &packs, f)))
		return e;
	if (!is_of_pack(n.counter) || n.counter > packs.last)
		return fault(f, ERR_INPUT, "case-number.not-reserved", number);
	name_pack(name, &n);
	if ((e = setting_or_none(p->reg, name, p->scratch, &taken, f)))
		return e;
	return taken.size ? fault(f, ERR_INPUT, "case-number.used", number) : OK;
}

enum err take_case_number(struct proposing *p, const struct fact *fact, struct value *v,
			  struct fault *f)
{
	char number[CASE_NUMBER_MAX];
	struct text upper = case_number_upper(number, v->text);
	struct id household;
	enum err e = case_number_check(upper, f);

	if (e)
		return e;
	if (!state_household_of_case(p->state, upper, &household) ||
	    !id_same(&household, &fact->subject)) {
		if (number_is_used(p, fact, upper))
			return fault(f, ERR_INPUT, "case-number.used", upper);
		if ((e = check_reserved(p, upper, f)))
			return e;
	}
	*v = value_text(arena_copy_text(p->arena, upper));
	if (fact->kind->kind == KIND_HOUSEHOLD_REGISTERED)
		p->submission->answer->case_number = v->text;
	return v->text.at ? OK : fault(f, ERR_MEMORY, "register.no-memory");
}

/* --- reserved --------------------------------------------------------------------- */

enum err tell_reserved(struct proposing *p, const struct fact *then, struct fault *f)
{
	struct submission_answer *answer = p->submission->answer;
	size_t before = answer->reserved_count;
	size_t count = (size_t)then->values[CASE_NUMBERS_RESERVED_COUNT].number;
	int year = (int)then->values[CASE_NUMBERS_RESERVED_YEAR].number;
	uint64_t first = (uint64_t)then->values[CASE_NUMBERS_RESERVED_FIRST].number;
	struct text *told = arena_take_array(p->arena, before + count, sizeof(*told));

	if (!told)
		return fault(f, ERR_MEMORY, "register.no-memory");
	for (size_t i = 0; i < before; i++)
		told[i] = answer->reserved[i];
	for (size_t i = 0; i < count; i++) {
		char number[CASE_NUMBER_MAX];

		case_number_write(number, p->reg->site.code, year, first + i);
		told[before + i] = arena_copy_text(p->arena, text_of(number));
		if (!told[before + i].at)
			return fault(f, ERR_MEMORY, "register.no-memory");
	}
	answer->reserved = told;
	answer->reserved_count = before + count;
	return OK;
}

enum err reserve_case_numbers(struct proposing *p, struct fact *fact, struct fault *f)
{
	struct case_series *packs = &p->counters->packs;
	int year = site_year(p->reg, p->now.seconds);
	uint64_t count = (uint64_t)fact->values[CASE_NUMBERS_RESERVED_COUNT].number, first;
	enum err e = read_counters(p, year, f);

	if (e)
		return e;
	first = packs->last < PACK_FIRST ? PACK_FIRST : packs->last + 1;
	if (first + count > PACK_LAST + 1)
		return fault(f, ERR_INPUT, "case-number.none-to-reserve", PACK_LAST + 1 - first);
	packs->last = first + count - 1;
	packs->given = true;
	fact->values[CASE_NUMBERS_RESERVED_YEAR] = value_number(year);
	fact->values[CASE_NUMBERS_RESERVED_FIRST] = value_number((int64_t)first);
	return tell_reserved(p, fact, f);
}
