/*
 * Each wrong proposal has its own sentence, and the sentence says what is wrong.
 */
#include "base/prop.h"
#include "fact/fact_testing.h"

#include <stdio.h>

#include "base/calendar.h"
#include "base/utf8.h"

#define NOW FACT_RANDOM_NOW

/* --- proposals to start from -------------------------------------------------------- */

struct proposal {
	struct arena *arena;
	struct fact fact;
	struct fault fault;
};

static struct proposal proposed(enum kind kind)
{
	struct proposal p = { .fault = { .err = OK } };

	CHECK_INT(arena_new(&p.arena, (size_t)1 << 20), OK);
	fact_begin(&p.fact, kind);
	p.fact.subject.at[0] = 7;
	p.fact.happened = NOW;
	return p;
}

static struct value number(int64_t n)
{
	return (struct value){ .given = true, .number = n };
}

static struct value text(const char *s)
{
	return (struct value){ .given = true, .text = text_of(s) };
}

static const struct id household = { { 9 } };

static struct proposal zarmina(void)
{
	struct proposal p = proposed(KIND_PERSON_REGISTERED);
	struct value *v = p.fact.values;

	v[PERSON_REGISTERED_HOUSEHOLD] = (struct value){ .given = true, .id = &household };
	v[PERSON_REGISTERED_GIVEN] = text("زرمینه");
	v[PERSON_REGISTERED_SEX] = number(SEX_FEMALE);
	v[PERSON_REGISTERED_GROUP] = number(GROUP_POR);
	return p;
}

static enum err check(struct proposal *p)
{
	memset(&p->fault, 0, sizeof p->fault);
	return fact_check(&p->fact, p->arena, NOW, &p->fault);
}

static void check_taken(struct proposal *p)
{
	if (check(p))
		check_failed(__FILE__, __LINE__, "refused: %s %s %s", p->fault.key,
			     p->fault.values[0], p->fault.values[1]);
	arena_free(p->arena);
}

/* Wanted values, as many as are not NULL. */
static void check_refused(struct proposal *p, const char *key, const char *first,
			  const char *second, const char *third)
{
	const char *wanted[] = { first, second, third };

	CHECK_INT(check(p), ERR_INPUT);
	CHECK_TEXT(p->fault.key, key);
	for (size_t i = 0; i < COUNT_OF(wanted) && wanted[i]; i++) {
		CHECK(i < p->fault.value_count);
		CHECK_TEXT(&p->fault.values[i][0], wanted[i]);
	}
	arena_free(p->arena);
}

static int32_t day(int year, int month, int day_of_month)
{
	return day_of(GREGORIAN, (struct date){ year, month, day_of_month });
}

/* --- what is required ----------------------------------------------------------------- */

TEST(a_person_with_a_name_sex_and_group_is_taken)
{
	struct proposal p = zarmina();

	check_taken(&p);
}

TEST(a_required_field_that_is_missing_is_named)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_GROUP].given = false;
	check_refused(&p, "fact.field-missing", "group", "person.registered", NULL);
}

TEST(a_person_needs_one_name_in_either_script)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_GIVEN].given = false;
	p.fact.values[PERSON_REGISTERED_FAMILY] = text("ساپی");
	check_refused(&p, "fact.name-missing", NULL, NULL, NULL);
	p = zarmina();
	p.fact.values[PERSON_REGISTERED_GIVEN].given = false;
	p.fact.values[PERSON_REGISTERED_GIVEN_LATIN] = text("Zarmina");
	check_taken(&p);
}

TEST(an_amendment_needs_no_name)
{
	struct proposal p = proposed(KIND_PERSON_AMENDED);

	p.fact.values[PERSON_AMENDED_RELATION] = number(RELATION_HEAD);
	check_taken(&p);
}

/* --- births ------------------------------------------------------------------------------ */

TEST(a_birth_after_today_is_refused)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_BIRTH_DATE] = number(day(2026, 11, 25));
	check_refused(&p, "fact.date-in-future", "birth_date", "2026-11-25", "2026-11-24");
	p = zarmina();
	p.fact.values[PERSON_REGISTERED_BIRTH_DATE] = number(day(2026, 11, 24));
	check_taken(&p);
}

TEST(a_child_born_after_midnight_in_karachi_is_born_today)
{
	struct proposal p = zarmina();
	int64_t past_midnight = day_begins(day(2026, 11, 25), 5 * 60) + 60;

	p.fact.values[PERSON_REGISTERED_BIRTH_DATE] = number(day(2026, 11, 25));
	CHECK_INT(fact_check(&p.fact, p.arena, past_midnight, NULL), OK);
	CHECK_INT(fact_check(&p.fact, p.arena, past_midnight - 120, NULL), ERR_INPUT);
	arena_free(p.arena);
}

TEST(a_birth_in_a_year_to_come_is_refused)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_BIRTH_YEAR] = number(2027);
	check_refused(&p, "fact.birth-year-in-future", "2027", "2026", NULL);
}

/* A Solar Hijri year taken for a Gregorian one is the usual slip. */
TEST(a_birth_before_anybody_alive_is_refused)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_BIRTH_DATE] = number(day(1861, 5, 12));
	check_refused(&p, "fact.birth-too-early", "birth_date", "1861-05-12", "1890");
}

TEST(an_age_of_130_is_refused)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_AGE] = number(130);
	p.fact.values[PERSON_REGISTERED_AGE_ON] = number(day(2026, 1, 1));
	check_refused(&p, "fact.number-bounds", "age", "130", "0");
}

TEST(an_age_needs_its_day_and_a_day_its_age)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_AGE] = number(30);
	check_refused(&p, "fact.age-without-day", NULL, NULL, NULL);
	p = zarmina();
	p.fact.values[PERSON_REGISTERED_AGE_ON] = number(day(2026, 1, 1));
	check_refused(&p, "fact.day-without-age", NULL, NULL, NULL);
	p = zarmina();
	p.fact.values[PERSON_REGISTERED_AGE] = number(30);
	p.fact.values[PERSON_REGISTERED_AGE_ON] = number(day(2027, 1, 1));
	check_refused(&p, "fact.date-in-future", "age_on", "2027-01-01", NULL);
}

TEST(a_birth_is_given_in_one_way)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_BIRTH_DATE] = number(day(1990, 1, 1));
	p.fact.values[PERSON_REGISTERED_BIRTH_YEAR] = number(1990);
	check_refused(&p, "fact.birth-twice", "birth_date", "birth_year", NULL);
	p = zarmina();
	p.fact.values[PERSON_REGISTERED_BIRTH_YEAR] = number(1990);
	p.fact.values[PERSON_REGISTERED_AGE] = number(36);
	p.fact.values[PERSON_REGISTERED_AGE_ON] = number(day(2026, 1, 1));
	check_refused(&p, "fact.birth-twice", "birth_year", "age", NULL);
	p = proposed(KIND_PERSON_AMENDED);
	p.fact.values[PERSON_AMENDED_BIRTH_DATE] = number(day(1990, 1, 1));
	p.fact.values[PERSON_AMENDED_AGE] = number(36);
	p.fact.values[PERSON_AMENDED_AGE_ON] = number(day(2026, 1, 1));
	check_refused(&p, "fact.birth-twice", "birth_date", "age", NULL);
}

TEST(a_death_after_today_is_refused)
{
	struct proposal p = proposed(KIND_PERSON_DIED);

	p.fact.values[PERSON_DIED_ON] = number(day(2026, 12, 1));
	check_refused(&p, "fact.date-in-future", "on", "2026-12-01", NULL);
}

/* --- texts ------------------------------------------------------------------------------- */

TEST(a_name_comes_out_in_one_normal_form_without_spaces_around_it)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_GIVEN_LATIN] = text("  Ame\xcc\x81lie ");
	CHECK_INT(check(&p), OK);
	CHECK_TEXT(p.fact.values[PERSON_REGISTERED_GIVEN_LATIN].text, "Am\xc3\xa9lie");
	arena_free(p.arena);
}

TEST(a_bidi_override_in_a_name_is_refused_with_its_place)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_GIVEN] = text("زر\xe2\x80\xaeمینه");
	check_refused(&p, "fact.text-forbidden", "given", "U+202E", "3");
}

TEST(a_name_of_pictures_alone_is_refused_and_a_blessing_is_not)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_GIVEN] = text("😀 🌷");
	check_refused(&p, "fact.name-picture", "given", "😀 🌷", NULL);
	p = zarmina();
	p.fact.values[PERSON_REGISTERED_GIVEN] = text("محمد ﷺ");
	CHECK_INT(check(&p), OK);
	arena_free(p.arena);
}

TEST(controls_and_private_characters_are_refused)
{
	static const struct {
		const char *text, *character;
	} wrong[] = {
		{ "Zar\tmina", "U+0009" },	     { "Zar\nmina", "U+000A" },
		{ "Zar\x7fmina", "U+007F" },	     { "Zar\xe2\x81\xa6mina", "U+2066" },
		{ "Zar\xee\x80\x80mina", "U+E000" },
	};

	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct proposal p = zarmina();

		p.fact.values[PERSON_REGISTERED_GIVEN_LATIN] = text(wrong[i].text);
		check_refused(&p, "fact.text-forbidden", "given_latin", wrong[i].character, "4");
	}
}

TEST(joiners_marks_and_pictures_in_a_name_are_taken)
{
	static const char *const right[] = {
		"بی\xe2\x80\x8cبی", "مُحَمَّد", "Zarmina \xf0\x9f\x8c\xb7", "O'Brien", "عبدالله",
	};

	for (size_t i = 0; i < COUNT_OF(right); i++) {
		struct proposal p = zarmina();

		p.fact.values[PERSON_REGISTERED_GIVEN] = text(right[i]);
		check_taken(&p);
	}
}

TEST(broken_utf8_is_refused)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_GIVEN] = text("Zar\xffmina");
	check_refused(&p, "fact.text-not-utf8", "given", NULL, NULL);
}

TEST(a_text_of_spaces_is_refused)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_FATHER] = text("   ");
	check_refused(&p, "fact.text-blank", "father", NULL, NULL);
}

TEST(texts_have_their_sizes)
{
	struct proposal p = zarmina();
	char long_name[202];

	memset(long_name, 'a', 201);
	long_name[201] = '\0';
	p.fact.values[PERSON_REGISTERED_FAMILY] = text(long_name);
	check_refused(&p, "fact.text-too-long", "family", "201", "200");
	p = proposed(KIND_HOUSEHOLD_AMENDED);
	p.fact.values[HOUSEHOLD_AMENDED_PHONE] = text("12");
	check_refused(&p, "fact.text-too-short", "phone", "2", "3");
}

TEST(a_language_has_three_small_letters)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_LANGUAGE_SPOKEN] = text("PBU");
	check_refused(&p, "fact.language-form", "language", "PBU", NULL);
}

/* --- lists and records --------------------------------------------------------------------- */

TEST(a_list_says_nothing_twice_and_is_not_empty)
{
	struct value needs[] = { number(NEED_DS), number(NEED_SM), number(NEED_DS) };
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_NEEDS] =
		(struct value){ .given = true, .count = 3, .items = needs };
	check_refused(&p, "fact.list-double", "needs 3", "needs", "1");
	p = zarmina();
	p.fact.values[PERSON_REGISTERED_NEEDS] =
		(struct value){ .given = true, .count = 0, .items = needs };
	check_refused(&p, "fact.list-empty", "needs", NULL, NULL);
	p = zarmina();
	p.fact.values[PERSON_REGISTERED_NEEDS] =
		(struct value){ .given = true, .count = 2, .items = needs };
	check_taken(&p);
}

TEST(a_list_has_its_length)
{
	struct value needs[13] = { number(NEED_DS) };
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_NEEDS] =
		(struct value){ .given = true, .count = 13, .items = needs };
	check_refused(&p, "fact.list-too-long", "needs", "13", "12");
}

TEST(a_part_of_the_second_paper_is_named_as_such)
{
	struct value por[4] = { number(DOCUMENT_KIND_POR), text("00000-1") };
	struct value none[4] = { { .given = false }, text("00000-2") };
	struct value papers[] = {
		{ .given = true, .items = por },
		{ .given = true, .items = none },
	};
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_DOCUMENTS] =
		(struct value){ .given = true, .count = 2, .items = papers };
	check_refused(&p, "fact.field-missing", "documents 2: kind", "person.registered", NULL);

	none[DOCUMENT_PART_KIND] = number(DOCUMENT_KIND_ACC);
	none[DOCUMENT_PART_NUMBER] = text("12\xe2\x80\xab"
					  "34");
	p = zarmina();
	p.fact.values[PERSON_REGISTERED_DOCUMENTS] =
		(struct value){ .given = true, .count = 2, .items = papers };
	check_refused(&p, "fact.text-forbidden", "documents 2: number", "U+202B", "3");
}

TEST(texts_inside_a_record_are_normalised_in_a_copy)
{
	struct value paper[4] = { number(DOCUMENT_KIND_POR), text(" e\xcc\x81 1 ") };
	struct value papers[] = { { .given = true, .items = paper } };
	struct proposal p = zarmina();
	struct value *v = &p.fact.values[PERSON_REGISTERED_DOCUMENTS];

	*v = (struct value){ .given = true, .count = 1, .items = papers };
	CHECK_INT(check(&p), OK);
	CHECK_TEXT(v->items[0].items[DOCUMENT_PART_NUMBER].text, "\xc3\xa9 1");
	CHECK_TEXT(paper[DOCUMENT_PART_NUMBER].text, " e\xcc\x81 1 ");
	arena_free(p.arena);
}

TEST(numbers_that_no_list_has_are_refused)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_SEX] = number(77);
	check_refused(&p, "fact.code-number", "sex", "77", NULL);
}

TEST(an_id_of_zeros_is_refused)
{
	static const struct id none;
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_HOUSEHOLD].id = &none;
	check_refused(&p, "fact.id-zero", "household", NULL, NULL);
}

/* --- values together ----------------------------------------------------------------------- */

TEST(nobody_is_her_own_spouse_guardian_or_double)
{
	struct proposal p = zarmina();

	p.fact.values[PERSON_REGISTERED_GUARDIAN] =
		(struct value){ .given = true, .id = &p.fact.subject };
	check_refused(&p, "fact.about-itself", "guardian", NULL, NULL);
	p = proposed(KIND_PERSON_SAME_AS);
	p.fact.values[PERSON_SAME_AS_OTHER] =
		(struct value){ .given = true, .id = &p.fact.subject };
	check_refused(&p, "fact.about-itself", "other", NULL, NULL);
	p = proposed(KIND_PERSON_NOT_SAME_AS);
	p.fact.values[PERSON_NOT_SAME_AS_OTHER] =
		(struct value){ .given = true, .id = &p.fact.subject };
	check_refused(&p, "fact.about-itself", "other", NULL, NULL);
}

static struct proposal choice(int64_t answer)
{
	static const struct hash form = { { 1 } };
	struct proposal p = proposed(KIND_CHOICE_MADE);
	struct value *v = p.fact.values;

	v[CHOICE_MADE_ANSWER] = number(answer);
	v[CHOICE_MADE_FORM] = (struct value){ .given = true, .hash = &form };
	v[CHOICE_MADE_MARK] = number(MARK_THUMB);
	v[CHOICE_MADE_WITNESS] = text("Gul Bibi");
	v[CHOICE_MADE_BY] = (struct value){ .given = true, .id = &household };
	v[CHOICE_MADE_COMPANY] = number(COMPANY_ALONE);
	return p;
}

TEST(a_choice_to_return_says_where_to_and_the_others_need_not)
{
	struct proposal p = choice(ANSWER_RETURN);

	check_refused(&p, "fact.return-without-destination", NULL, NULL, NULL);
	p = choice(ANSWER_RETURN);
	p.fact.values[CHOICE_MADE_DESTINATION] = text("AF01@cod-ab-2021");
	check_taken(&p);
	p = choice(ANSWER_STAY);
	check_taken(&p);
	p = choice(ANSWER_UNDECIDED);
	check_taken(&p);
}

TEST(an_assessment_of_the_other_parent_says_on_what_it_rests)
{
	struct proposal p = proposed(KIND_ASSESSMENT_MADE);

	p.fact.values[ASSESSMENT_MADE_SORT] = number(ASSESSMENT_OTHER_PARENT);
	p.fact.values[ASSESSMENT_MADE_RESULT] = number(RESULT_FAVOURABLE);
	check_refused(&p, "fact.parent-basis-missing", NULL, NULL, NULL);
	p = proposed(KIND_ASSESSMENT_MADE);
	p.fact.values[ASSESSMENT_MADE_SORT] = number(ASSESSMENT_FITNESS);
	p.fact.values[ASSESSMENT_MADE_RESULT] = number(RESULT_FAVOURABLE);
	p.fact.values[ASSESSMENT_MADE_PARENT_BASIS] = number(PARENT_BASIS_DEATH);
	check_refused(&p, "fact.parent-basis-unneeded", "fitness-to-travel", NULL, NULL);
}

TEST(a_last_day_before_the_first_is_refused)
{
	struct proposal p = proposed(KIND_INSTRUMENT_RECORDED);
	struct value areas[] = { text("PAK") };
	struct value *v = p.fact.values;

	v[INSTRUMENT_RECORDED_CODE] = text("DIR-1");
	v[INSTRUMENT_RECORDED_DATE] = number(day(2025, 3, 1));
	v[INSTRUMENT_RECORDED_AUTHORITY] = text("Ministry");
	v[INSTRUMENT_RECORDED_LEVEL] = number(LEVEL_FEDERAL);
	v[INSTRUMENT_RECORDED_TITLE] = text("Order");
	v[INSTRUMENT_RECORDED_GROUPS] = text("all");
	v[INSTRUMENT_RECORDED_AREAS] = (struct value){ .given = true, .count = 1, .items = areas };
	v[INSTRUMENT_RECORDED_EFFECT] = text("extend_stay");
	v[INSTRUMENT_RECORDED_CONFIDENCE] = number(CONFIDENCE_MIXED);
	v[INSTRUMENT_RECORDED_VALID_FROM] = number(day(2025, 6, 30));
	v[INSTRUMENT_RECORDED_VALID_TO] = number(day(2025, 3, 31));
	check_refused(&p, "fact.dates-swapped", "from", "2025-06-30", "to");
}

TEST(what_has_not_come_yet_has_not_happened)
{
	struct proposal p = zarmina();

	p.fact.happened = NOW + 301;
	check_refused(&p, "fact.happened-in-future", "2026-11-24T10:05:01+05:00", NULL, NULL);
	p = zarmina();
	p.fact.happened = NOW + 300;
	check_taken(&p);
	p = zarmina();
	p.fact.happened = day_begins(day(2026, 11, 25), 0);
	p.fact.happened_is_day = true;
	check_refused(&p, "fact.happened-in-future", "2026-11-25", NULL, NULL);
}

TEST(a_claimed_day_is_kept_as_its_noon)
{
	struct proposal p = zarmina();

	p.fact.happened = day_begins(day(2026, 11, 20), 0) + 7;
	p.fact.happened_is_day = true;
	CHECK_INT(check(&p), OK);
	CHECK_INT(p.fact.happened, day_begins(day(2026, 11, 20), 0) + 12 * 3600);
	arena_free(p.arena);
}

TEST(a_fact_that_is_too_large_is_refused)
{
	struct proposal p = zarmina();
	uint8_t *entry;

	entry = arena_take(p.arena, FACT_SIZE_MAX);
	CHECK(entry);
	/* 1000: a byte string that alone fills the limit */
	memcpy(entry, (const uint8_t[]){ 0x19, 0x03, 0xe8, 0x59, 0xff, 0xf8 }, 6);
	p.fact.unknown_case = (struct raw_fields){ { entry, 6 + 0xfff8 }, 1 };
	CHECK_INT(check(&p), ERR_LIMIT);
	CHECK_TEXT(p.fault.key, "fact.too-large");
	CHECK_TEXT(&p.fault.values[0][0], "person.registered");
	arena_free(p.arena);
}

/* --- for every fact --------------------------------------------------------------------------- */

static struct bytes encoded(struct prop *p, const struct fact *f)
{
	struct buffer b = { .limit = 0 };
	struct bytes copy;

	fact_write(&b, f);
	copy = arena_copy(p->arena, buffer_bytes(&b));
	buffer_free(&b);
	return copy;
}

static void a_checked_fact_is_taken_and_not_changed_again(struct prop *p)
{
	struct fault fault = { .err = OK };
	struct bytes before;
	struct fact f, back;

	fact_random(p, p->arena, kind_random(p), &f);
	before = encoded(p, &f);
	if (fact_check(&f, p->arena, NOW, &fault))
		check_failed(__FILE__, __LINE__, "%s: %s %s %s", f.kind->word, fault.key,
			     fault.values[0], fault.values[1]);
	CHECK(bytes_same(before, encoded(p, &f)));
	CHECK_INT(fact_read(&back, p->arena, before, NULL), OK);
}

TEST(random_facts_of_every_kind_are_taken_as_they_are)
{
	prop_run(a_checked_fact_is_taken_and_not_changed_again, 3000, 21);
}

static struct text random_text(struct prop *p)
{
	struct bytes b;

	if (prop_bool(p))
		return prop_text(p, 300);
	b = prop_bytes(p, 20);
	return (struct text){ (const char *)b.at, b.size };
}

/* Whatever stands in a fact of the right types: what the check takes, the codec reads. */
static void what_the_check_takes_can_be_read_back(struct prop *p)
{
	struct fact f, back;

	fact_random(p, p->arena, kind_random(p), &f);
	for (size_t i = 0; i < f.kind->field_count; i++) {
		const struct field *field = &f.kind->fields[i];
		struct value *v = &f.values[i];

		if (prop_pick(p, 4) == 0)
			v->given = false;
		if (!v->given || field->many > 1)
			continue;
		if (field->type == TYPE_NAME || field->type == TYPE_LINE ||
		    field->type == TYPE_AREA)
			v->text = random_text(p);
		if (field->type >= TYPE_CODE && field->type <= TYPE_TIME && prop_bool(p))
			v->number = prop_int(p, INT64_MIN, INT64_MAX);
	}
	if (fact_check(&f, p->arena, NOW, NULL) == OK)
		CHECK_INT(fact_read(&back, p->arena, encoded(p, &f), NULL), OK);
}
PROP_FUZZ(21, what_the_check_takes_can_be_read_back)

TEST(what_is_taken_can_be_read_back)
{
	prop_run(what_the_check_takes_can_be_read_back, 3000, 22);
}

RUN_TESTS()
