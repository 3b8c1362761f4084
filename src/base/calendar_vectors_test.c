/* Every day of the years 1300 to 1450 as ICU's Persian calendar has it. */
#include "base/calendar.h"

#include "base/test.h"
#include "base/vectors_testing.h"

TEST(every_day_from_1300_to_1450_is_the_day_of_icu)
{
	struct text fields[4];
	int32_t day, next = 0;
	struct vectors v;
	int days = 0;

	vectors_open(&v, "tests/vectors/solar-hijri/months.tsv");
	while (vectors_next(&v, fields, COUNT_OF(fields))) {
		int year = (int)vectors_number(fields[0]), month = (int)vectors_number(fields[1]);
		int last = (int)vectors_number(fields[3]);

		CHECK(!date_read_iso(&day, fields[2], NULL, NULL));
		CHECK(!days || day == next);
		CHECK_INT(month_days(SOLAR_HIJRI, year, month), last);
		for (int i = 1; i <= last; i++, day++, days++) {
			struct date d = date_of(SOLAR_HIJRI, day);

			if (d.year != year || d.month != month || d.day != i)
				check_failed(__FILE__, __LINE__, "%d-%d-%d is %d-%d-%d", year,
					     month, i, d.year, d.month, d.day);
			CHECK_INT(day_of(SOLAR_HIJRI, d), day);
		}
		next = day;
	}
	CHECK_INT(days, 55152);
	vectors_close(&v, 1812);
}

RUN_TESTS()
