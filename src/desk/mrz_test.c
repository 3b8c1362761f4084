#include "desk/mrz.h"

#include "base/test.h"

/* The specimens of ICAO Doc 9303, parts 4 and 5. */
#define TD3_NAMES "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define TD3_DATA "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
#define TD1_FIRST "I<UTOD231458907<<<<<<<<<<<<<<<"
#define TD1_SECOND "7408122F1204159UTO<<<<<<<<<<<6"
#define TD1_THIRD "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"

TEST(the_passport_of_the_standard_gives_its_number)
{
	char number[MRZ_NUMBER_SIZE_MAX + 1];

	CHECK_INT(mrz_read(number, text_of(TD3_NAMES "\n" TD3_DATA)), MRZ_READ);
	CHECK_TEXT(number, "L898902C3");
}

TEST(the_card_of_the_standard_gives_its_number)
{
	char number[MRZ_NUMBER_SIZE_MAX + 1];

	CHECK_INT(mrz_read(number, text_of(TD1_FIRST "\r\n" TD1_SECOND "\r\n" TD1_THIRD)),
		  MRZ_READ);
	CHECK_TEXT(number, "D23145890");
}

TEST(lines_may_run_together_and_be_small)
{
	char number[MRZ_NUMBER_SIZE_MAX + 1];

	CHECK_INT(mrz_read(number, text_of(TD3_NAMES TD3_DATA)), MRZ_READ);
	CHECK_INT(mrz_read(number, text_of("p<utoeriksson<<anna<maria<<<<<<<<<<<<<<<<<<< "
					   "l898902c36uto7408122f1204159ze184226b<<<<<10 ")),
		  MRZ_READ);
	CHECK_TEXT(number, "L898902C3");
}

TEST(a_long_number_of_a_card_goes_on_behind_its_filler)
{
	char number[MRZ_NUMBER_SIZE_MAX + 1];

	/* D23145890 and 734, checked by 9: the example of part 5. */
	CHECK_INT(mrz_read(number, text_of("I<UTOD23145890<7349<<<<<<<<<<<"
					   "3407127M9507122UTO<<<<<<<<<<<2"
					   "STEVENSON<<PETER<JOHN<<<<<<<<<")),
		  MRZ_READ);
	CHECK_TEXT(number, "D23145890734");
}

TEST(any_other_digit_in_the_checked_line_is_noticed)
{
	char number[MRZ_NUMBER_SIZE_MAX + 1];
	char zone[] = TD3_NAMES TD3_DATA;

	for (size_t at = sizeof(TD3_NAMES) - 1; at < sizeof(zone) - 1; at++) {
		char was = zone[at];

		if (was < '0' || was > '9')
			continue;
		zone[at] = was == '9' ? '0' : (char)(was + 1);
		CHECK_INT(mrz_read(number, text_of(zone)), MRZ_WRONG);
		CHECK_TEXT(number, "");
		zone[at] = was;
	}
	CHECK_INT(mrz_read(number, text_of(zone)), MRZ_READ);
}

TEST(any_other_digit_of_a_card_is_noticed)
{
	char number[MRZ_NUMBER_SIZE_MAX + 1];
	char zone[] = TD1_FIRST TD1_SECOND TD1_THIRD;

	for (size_t at = 0; at < 60; at++) {
		char was = zone[at];

		if (was < '0' || was > '9')
			continue;
		zone[at] = was == '9' ? '0' : (char)(was + 1);
		CHECK_INT(mrz_read(number, text_of(zone)), MRZ_WRONG);
		zone[at] = was;
	}
	CHECK_INT(mrz_read(number, text_of(zone)), MRZ_READ);
}

TEST(what_is_no_zone_is_none)
{
	char number[MRZ_NUMBER_SIZE_MAX + 1];
	static const char *const others[] = {
		"",
		"00000-1234567-8",
		"PSH-26-00001-K/2",
		TD3_DATA,
		TD1_FIRST,
		TD3_NAMES "\n" TD3_DATA "1",
		TD3_NAMES "\n"
			  "L898902C36UTO7408122F1204159ZE184226B<<<<<1!",
	};

	for (size_t i = 0; i < COUNT_OF(others); i++)
		CHECK_INT(mrz_read(number, text_of(others[i])), MRZ_NONE);
}

RUN_TESTS()
