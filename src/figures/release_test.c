#include "figures/figures_testing.h"

#include "base/test.h"

#define WEEK ((struct period){ 20779, 20785 })
#define FOUR_WEEKS ((struct period){ 20758, 20785 })

TEST(a_week_is_told_by_province_sex_and_age_and_by_group)
{
	struct test_country c;
	struct release r;

	test_country_make(&c);
	test_happens(&c, FIGURE_RETURN_SPONTANEOUS, IN_PK501, 40);
	test_happens(&c, FIGURE_RETURN_SPONTANEOUS, IN_PK5, 10);
	r = test_release(&c, WEEK, 1);
	CHECK_INT(test_number(&r, FIGURE_RETURN_SPONTANEOUS, "whole"), 50);
	CHECK_INT(test_number(&r, FIGURE_RETURN_SPONTANEOUS, "province=PK5"), 50);
	CHECK_INT(test_number(&r, FIGURE_RETURN_SPONTANEOUS, "province=PK5;sex=female"), 50);
	CHECK_INT(test_number(&r, FIGURE_RETURN_SPONTANEOUS, "province=PK5;sex=female;age=18-59"),
		  50);
	CHECK_INT(test_number(&r, FIGURE_RETURN_SPONTANEOUS, "province=PK5;group=acc"), 50);
	CHECK_INT(test_number(&r, FIGURE_RETURN_SPONTANEOUS, "crossing=XP-TORKHAM"), 50);
	CHECK_INT(test_number(&r, FIGURE_RETURN_SPONTANEOUS, "destination=AF06"), 50);
	CHECK_INT(test_number(&r, FIGURE_RETURN_SPONTANEOUS, "province=PK5;district=PK501"), -1);
	CHECK_INT(test_number(&r, FIGURE_RETURN_DEPORTED, "whole"), 0);
	test_country_end(&c);
}

TEST(four_weeks_are_told_by_district_where_enough_people_live_and_enough_happened)
{
	struct test_country c;
	struct release r;

	test_country_make(&c);
	test_happens(&c, FIGURE_ARREST, IN_PK501, 40);
	test_happens(&c, FIGURE_ARREST, IN_PK502, DISTRICT_CASES_LEAST - 1);
	test_happens(&c, FIGURE_ARREST, IN_PK503, 100);
	test_happens(&c, FIGURE_ARREST, IN_PK5, 1);
	r = test_release(&c, FOUR_WEEKS, 1);
	CHECK_INT(test_number(&r, FIGURE_ARREST, "province=PK5;district=PK501"), 40);
	CHECK_INT(test_number(&r, FIGURE_ARREST, "province=PK5;district=PK501;sex=female"), 40);
	CHECK_INT(test_number(&r, FIGURE_ARREST, "province=PK5;district=PK502"), -1);
	CHECK_INT(test_number(&r, FIGURE_ARREST, "province=PK5;district=PK503"), -1);
	CHECK_INT(test_number(&r, FIGURE_ARREST, "province=PK5;district=other"), 120);
	test_country_end(&c);
}

TEST(a_province_where_hardly_anybody_lives_is_not_named)
{
	struct test_country c;
	struct release r;

	test_country_make(&c);
	test_happens(&c, FIGURE_RETURN_DEPORTED, IN_PK3, 300);
	test_happens(&c, FIGURE_RETURN_DEPORTED, NOWHERE, 5);
	r = test_release(&c, WEEK, 1);
	CHECK_INT(test_number(&r, FIGURE_RETURN_DEPORTED, "province=PK3"), -1);
	CHECK_INT(test_number(&r, FIGURE_RETURN_DEPORTED, "province=other"), 305);
	CHECK_INT(test_number(&r, FIGURE_RETURN_DEPORTED, "province=other;group=acc"), -1);
	test_country_end(&c);
}

/* PK6 has 1,200 people: enough for each sex, 120 for each age of it. */
TEST(sex_and_age_are_told_only_where_five_hundred_could_be_meant)
{
	struct test_country c;
	struct release r;

	test_country_make(&c);
	test_happens(&c, FIGURE_RETURN_DEPORTED, IN_PK6, 50);
	r = test_release(&c, WEEK, 1);
	CHECK_INT(test_number(&r, FIGURE_RETURN_DEPORTED, "province=PK6;sex=female"), 50);
	CHECK_INT(test_number(&r, FIGURE_RETURN_DEPORTED, "province=PK6;sex=female;age=18-59"), -1);
	c.areas[3].people = 900;
	r = test_release(&c, WEEK, 1);
	CHECK_INT(test_number(&r, FIGURE_RETURN_DEPORTED, "province=PK6"), 50);
	CHECK_INT(test_number(&r, FIGURE_RETURN_DEPORTED, "province=PK6;sex=female"), -1);
	test_country_end(&c);
}

/* The district loses a part to a neighbour, and fewer than 500 live in the rest. */
TEST(a_district_that_became_small_is_merged_and_its_province_says_the_same)
{
	struct test_country c;
	struct release before, after;

	test_country_make(&c);
	test_happens(&c, FIGURE_ARREST, IN_PK501, 43);
	test_happens(&c, FIGURE_ARREST, IN_PK502, 44);
	before = test_release(&c, FOUR_WEEKS, 9);
	c.areas[0].people = 400;
	c.areas[1].people += 8600;
	after = test_release(&c, FOUR_WEEKS, 9);
	CHECK(test_number(&before, FIGURE_ARREST, "province=PK5;district=PK501") > 0);
	CHECK_INT(test_number(&after, FIGURE_ARREST, "province=PK5;district=PK501"), -1);
	CHECK_INT(test_number(&before, FIGURE_ARREST, "province=PK5"),
		  test_number(&after, FIGURE_ARREST, "province=PK5"));
	test_country_end(&c);
}

TEST(what_a_star_is_made_of_is_left_out)
{
	struct test_country c;
	struct release r;
	uint64_t key = 1;

	test_country_make(&c);
	test_happens(&c, FIGURE_ARREST, IN_PK501, 1);
	do
		r = test_release(&c, WEEK, key++);
	while (r.tables[FIGURE_ARREST].cells[0].value);
	CHECK_INT(r.tables[FIGURE_ARREST].count, 1);
	test_country_end(&c);
}

/* Whoever adds a number of its own to each part learns nothing that the whole does not say. */
TEST(a_district_is_its_province_less_the_others)
{
	struct test_country c;
	struct release r;

	test_country_make(&c);
	for (uint64_t key = 0; key < 20; key++) {
		c.happenings.count = 0;
		test_happens(&c, FIGURE_ARREST, IN_PK501, 20 + key);
		test_happens(&c, FIGURE_ARREST, IN_PK502, 27 + 2 * key);
		test_happens(&c, FIGURE_ARREST, IN_PK5, 3);
		r = test_release(&c, FOUR_WEEKS, key);
		CHECK_INT(test_number(&r, FIGURE_ARREST, "province=PK5"),
			  test_number(&r, FIGURE_ARREST, "province=PK5;district=PK501") +
				  test_number(&r, FIGURE_ARREST, "province=PK5;district=PK502") +
				  test_number(&r, FIGURE_ARREST, "province=PK5;district=other"));
	}
	test_country_end(&c);
}

/* --- cells as lines --------------------------------------------------------------- */

TEST(a_cell_reads_as_it_was_written)
{
	struct figure_cell c = { .value = 1025 }, read;
	struct arena *a = NULL;
	struct fault f = { 0 };

	CHECK(!arena_new(&a, 1 << 16));
	CHECK_TEXT(cell_write(a, &c), "whole 1025");
	c.at[AXIS_PROVINCE] = TEXT("PK5");
	c.at[AXIS_AGE] = TEXT("60+");
	CHECK_TEXT(cell_write(a, &c), "province=PK5;age=60+ 1025");
	CHECK(!cell_read(&read, cell_write(a, &c), &f));
	CHECK_INT(read.value, 1025);
	CHECK_TEXT(read.at[AXIS_PROVINCE], "PK5");
	CHECK_TEXT(read.at[AXIS_AGE], "60+");
	CHECK(!read.at[AXIS_SEX].size);
	arena_free(a);
}

TEST(a_line_that_is_no_cell_is_damaged)
{
	static const char *const lines[] = {
		"",	      "5",	     "province=PK5", "province=PK5 7", "colour=red 5",
		"age= 5",     "province5 5", " 5",	     "whole -5",       "age=0-4;age=60+ 5",
		";age=0-4 5",
	};
	struct figure_cell c;
	struct fault f;

	for (size_t i = 0; i < COUNT_OF(lines); i++)
		CHECK_FAULT(cell_read(&c, text_of(lines[i]), &f), ERR_DAMAGED, &f,
			    "figures.cell-damaged");
}

/* --- who lives where -------------------------------------------------------------- */

TEST(the_newest_year_says_how_many_people_could_be_meant)
{
	struct text residence = TEXT("year,area_pcode,persons\n2024,PK5,7\n2025,PK5,1000\n"
				     "2025,PK501,30\n2025,PK5,500\n");
	struct text shape = TEXT("year,sex,age_band_years,persons\n2025,female,0-4,30\n"
				 "2025,female,60+,10\n2025,male,18-59,60\n2023,male,18-59,9\n");
	struct reference r;
	struct arena *a = NULL;
	struct fault f = { 0 };

	CHECK(!arena_new(&a, 1 << 20));
	CHECK(!reference_read(&r, bytes_of_text(residence), bytes_of_text(shape), a, &f));
	CHECK_INT(reference_people(&r, TEXT("PK5")), 1500);
	CHECK_INT(reference_people(&r, TEXT("PK501")), 30);
	CHECK_INT(reference_people(&r, TEXT("PK9")), 0);
	CHECK_INT(reference_part(&r, 1500, SEX_COUNTED_FEMALE, AGE_BANDS), 600);
	CHECK_INT(reference_part(&r, 1500, SEX_COUNTED_FEMALE, AGE_60), 150);
	CHECK_INT(reference_part(&r, 1500, SEX_COUNTED_OTHER, AGE_BANDS), 0);
	CHECK_FAULT(reference_read(&r, bytes_of_text(TEXT("year,persons\n")), bytes_of_text(shape),
				   a, &f),
		    ERR_INPUT, &f, "figures.reference-column");
	CHECK_FAULT(reference_read(&r,
				   bytes_of_text(TEXT("year,area_pcode,persons\n2025,PK5,1k\n")),
				   bytes_of_text(shape), a, &f),
		    ERR_INPUT, &f, "figures.reference-number");
	arena_free(a);
}

TEST(an_age_is_in_the_band_that_it_has_reached)
{
	CHECK_INT(age_band_of(0), AGE_0_4);
	CHECK_INT(age_band_of(4), AGE_0_4);
	CHECK_INT(age_band_of(5), AGE_5_11);
	CHECK_INT(age_band_of(17), AGE_12_17);
	CHECK_INT(age_band_of(18), AGE_18_59);
	CHECK_INT(age_band_of(60), AGE_60);
	CHECK_INT(age_band_of(-1), AGE_NOT_KNOWN);
}

TEST(every_figure_of_the_plan_has_one_word)
{
	for (enum figure_counted i = 0; i < FIGURE_COUNT; i++) {
		enum figure_counted read;

		CHECK(figure_of_word(&read, text_of(figure_word(i))));
		CHECK_INT(read, i);
	}
}

RUN_TESTS()
