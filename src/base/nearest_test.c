#include "base/test.h"
#include "base/nearest.h"

static const char *meant(const char *given)
{
	static const char *const words[] = {
		"birth_date", "birth_year", "age", "age_on", "needs", "child-in-law", "PG", "DS",
	};
	struct nearest n = nearest_to(text_of(given));

	for (size_t i = 0; i < COUNT_OF(words); i++)
		nearest_try(&n, words[i]);
	return n.word ? n.word : "";
}

TEST(a_slip_of_the_finger_is_understood)
{
	CHECK_TEXT(meant("birth_dat"), "birth_date");
	CHECK_TEXT(meant("birth_datee"), "birth_date");
	CHECK_TEXT(meant("brith_date"), "birth_date");
	CHECK_TEXT(meant("birth_yaer"), "birth_year");
	CHECK_TEXT(meant("neds"), "needs");
	CHECK_TEXT(meant("ago"), "age");
}

TEST(how_words_are_joined_and_their_case_do_not_matter)
{
	CHECK_TEXT(meant("Birth Date"), "birth_date");
	CHECK_TEXT(meant("birth-year"), "birth_year");
	CHECK_TEXT(meant("CHILD_IN_LAW"), "child-in-law");
	CHECK_TEXT(meant("pg"), "PG");
}

TEST(a_word_that_is_far_from_all_is_near_none)
{
	CHECK_TEXT(meant(""), "");
	CHECK_TEXT(meant("religion"), "");
	CHECK_TEXT(meant("XX"), "");
	CHECK_TEXT(meant("a_word_that_is_longer_than_any_of_the_words_of_the_table"), "");
}

RUN_TESTS()
