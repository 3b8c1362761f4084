#include "desk/desk_testing.h"

TEST(the_calendar_tells_which_days_have_room_and_what_is_set_and_nobody)
{
	struct town t;
	struct clerk c;
	const json_t *j;

	town_make(&t, 1);
	town_registers_family(&t);
	town_records(&t, ROLE_ADMINISTRATOR,
		     "{\"kind\": \"days.set\", \"subject\": \"@usual\", \"people_max\": 1}");
	town_records(&t, ROLE_ADMINISTRATOR,
		     "{\"kind\": \"days.set\", \"subject\": \"@eid\", \"people_max\": 0,"
		     " \"first_day\": \"2026-11-27\", \"last_day\": \"2026-11-29\","
		     " \"reason\": \"Eid\"}");
	town_records(&t, ROLE_ADMINISTRATOR,
		     "{\"kind\": \"days.set\", \"subject\": \"@past\", \"people_max\": 0,"
		     " \"last_day\": \"2026-10-01\"}");
	town_records(&t, ROLE_COUNSELLOR,
		     "{\"kind\": \"appointment.set\", \"subject\": \"@zarmina\","
		     " \"at\": \"2026-11-26T23:59:00+05:00\", \"purpose\": \"counselling\"}");
	clerk_begin(&c, &t, ROLE_STATISTICIAN, WORDS_EN);
	j = clerk_gets(&c, desk_calendar(&c.desk, clerk_asks(&c)), SHAPE_CALENDAR);
	CHECK_TEXT(json_text_at(j, "days/2/day"), "2026-11-26");
	CHECK_INT(json_integer_value(json_at(j, "days/2/taken")), 1);
	CHECK(json_is_false(json_at(j, "days/2/room")));
	CHECK_INT(json_integer_value(json_at(j, "days/3/people_max")), 0);
	CHECK_TEXT(json_text_at(j, "days/3/reason"), "Eid");
	CHECK(json_is_true(json_at(j, "days/6/room")));
	CHECK_INT(json_array_size(json_at(j, "set")), 2);
	CHECK(!json_mentions(j, "Zarmina"));
	clerk_end(&c);
	town_end(&t);
}

RUN_TESTS()
