/* The sheet in two halves. */
#include "base/prop.h"
#include "base/world_testing.h"
#include "register/inside.h"

struct recovery_sheet {
	struct world_simulated world;
	struct secret *secret;
	struct reg_recovery printed;
};

static struct recovery_sheet a_sheet(uint64_t seed)
{
	struct recovery_sheet s;

	world_simulated_init(&s.world, seed);
	CHECK_INT(secret_random(&s.secret, &s.world.world, RECOVERY_SECRET_SIZE, NULL), OK);
	CHECK_INT(recovery_split(&s.printed, s.secret, &s.world.world, NULL), OK);
	return s;
}

static bool joins(const struct recovery_sheet *s, const char *a, const char *b)
{
	struct secret *joined = NULL;
	bool same;

	if (recovery_join(&joined, text_of(a), text_of(b), NULL))
		return false;
	same = secret_same(joined, s->secret);
	secret_free(joined);
	return same;
}

TEST(both_halves_in_either_order_are_the_secret)
{
	struct recovery_sheet s = a_sheet(1);

	CHECK(joins(&s, s.printed.half[0], s.printed.half[1]));
	CHECK(joins(&s, s.printed.half[1], s.printed.half[0]));
	secret_free(s.secret);
}

TEST(a_half_is_read_as_people_copy_it)
{
	struct recovery_sheet s = a_sheet(2);
	char small[2 * RECOVERY_HALF_SIZE];
	size_t size = 0;

	for (const char *c = s.printed.half[0]; *c; c++) {
		char written = *c == '1' ? 'l' : *c == '0' ? 'o' : *c;

		if (*c == '-')
			written = ' ';
		if (written >= 'A' && written <= 'Z')
			written = (char)(written - 'A' + 'a');
		small[size++] = written;
	}
	small[size] = 0;
	CHECK(joins(&s, small, s.printed.half[1]));
	secret_free(s.secret);
}

static void a_slip_of_the_pen_is_told_in(struct prop *p)
{
	static const char wrong[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	struct recovery_sheet s = a_sheet(prop_uint(p, 0, UINT64_MAX));
	size_t half = prop_pick(p, 2), at = 2 + prop_pick(p, strlen(s.printed.half[0]) - 2);
	char was = s.printed.half[half][at], now = wrong[prop_pick(p, 32)];
	struct secret *joined = NULL;
	struct fault f = { 0 };

	if (was != '-' && was != now) {
		s.printed.half[half][at] = now;
		CHECK_FAULT(recovery_join(&joined, text_of(s.printed.half[0]),
					  text_of(s.printed.half[1]), &f),
			    ERR_INPUT, &f, "recovery.mistyped");
		CHECK_TEXT(f.values[0], half ? "2" : "1");
	}
	secret_free(s.secret);
}
PROP_FUZZ(1, a_slip_of_the_pen_is_told_in)

/* Anything that somebody types beside one good half: either it is told, or it stands for
 * one half and no other. */
static void whatever_is_typed_is_a_half_or_told(struct prop *p)
{
	struct recovery_sheet s = a_sheet(7);
	struct text good = text_of(s.printed.half[prop_pick(p, 2)]);
	struct bytes b = prop_rest(p);
	struct text typed = { (const char *)b.at, b.size };
	struct secret *joined = NULL, *again = NULL;
	struct fault f = { 0 };
	enum err e = recovery_join(&joined, good, typed, &f);

	CHECK(e == OK || e == ERR_INPUT);
	CHECK_INT(f.key != NULL, e != OK);
	if (!e) {
		CHECK_INT(recovery_join(&again, typed, good, NULL), OK);
		CHECK(secret_same(joined, again));
	}
	secret_free(again);
	secret_free(joined);
	secret_free(s.secret);
}
PROP_FUZZ(2, whatever_is_typed_is_a_half_or_told)

TEST(what_is_no_half_is_told)
{
	prop_run(whatever_is_typed_is_a_half_or_told, 1000, 4);
}

TEST(a_slip_of_the_pen_is_told)
{
	prop_run(a_slip_of_the_pen_is_told_in, 1000, 3);
}

TEST(the_same_half_twice_is_told)
{
	struct recovery_sheet s = a_sheet(4);
	struct secret *joined = NULL;
	struct text half = text_of(s.printed.half[0]);
	struct fault f;

	CHECK_FAULT(recovery_join(&joined, half, half, &f), ERR_INPUT, &f, "recovery.same-half");
	secret_free(s.secret);
}

TEST(halves_of_two_sheets_are_another_secret)
{
	struct recovery_sheet s = a_sheet(5), other = a_sheet(6);

	CHECK(!joins(&s, s.printed.half[0], other.printed.half[1]));
	secret_free(s.secret);
	secret_free(other.secret);
}

RUN_TESTS()
