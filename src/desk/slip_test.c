#include "desk/slip.h"

#include "base/prop.h"
#include "base/test.h"

static const struct id someone = { { 0x3f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xfd } };

TEST(a_slip_leads_back_to_whose_it_is)
{
	char slip[SLIP_SIZE + 1];
	struct id back;

	slip_write(slip, &someone);
	CHECK_INT(strlen(slip), SLIP_SIZE);
	CHECK(slip_has_mark(text_of(slip)));
	CHECK(slip_read(&back, text_of(slip)));
	CHECK(id_same(&back, &someone));
}

TEST(a_slip_is_read_in_small_letters_too)
{
	char slip[SLIP_SIZE + 1];
	struct id back;

	slip_write(slip, &someone);
	for (size_t i = 0; i < SLIP_SIZE; i++)
		if (slip[i] >= 'A' && slip[i] <= 'Z')
			slip[i] = (char)(slip[i] - 'A' + 'a');
	CHECK(slip_read(&back, text_of(slip)));
	CHECK(id_same(&back, &someone));
}

TEST(a_slip_with_a_letter_read_wrong_is_none)
{
	static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	char slip[SLIP_SIZE + 1];
	size_t passed = 0, tried = 0;
	struct id back;

	slip_write(slip, &someone);
	for (size_t at = 5; at < SLIP_SIZE; at++) {
		char was = slip[at];

		for (const char *c = letters; *c; c++) {
			if (*c == was)
				continue;
			slip[at] = *c;
			passed += slip_read(&back, text_of(slip));
			tried++;
		}
		slip[at] = was;
	}
	/* Ten bits of check: of 868 wrong ones about one may pass, and is nobody's id. */
	CHECK_INT(tried, 28 * 31);
	CHECK(passed <= 5);
}

TEST(what_is_no_slip_is_none)
{
	static const char *const others[] = { "", "IKS1:", "IKH1:0123456789ABCDEFGHJKMNPQRSTV",
					      "IKS1:!!!!!!!!!!!!!!!!!!!!!!!!!!!!", "3f0102" };
	struct id back;

	for (size_t i = 0; i < COUNT_OF(others); i++)
		CHECK(!slip_read(&back, text_of(others[i])));
}

static void any_id_survives_its_slip(struct prop *p)
{
	char slip[SLIP_SIZE + 1];
	struct id id, back;

	for (size_t i = 0; i < ID_SIZE; i++)
		id.at[i] = (uint8_t)prop_int(p, 0, 255);
	slip_write(slip, &id);
	CHECK(slip_read(&back, text_of(slip)) && id_same(&back, &id));
}

TEST(any_id_survives)
{
	prop_run(any_id_survives_its_slip, 2000, 1);
}

RUN_TESTS()
