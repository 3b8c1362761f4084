/*
 * What a check letter is for: no slip of one character, and no swap of two
 * neighbours, makes another number that is right.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/prop.h"
#include "register/inside.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
static const char digits[] = "0123456789";

struct number {
	char text[CASE_NUMBER_MAX];
};

static struct number any_number(struct prop *p)
{
	char code[7];
	size_t size = 2 + prop_pick(p, 5);
	struct number n;

	for (size_t i = 0; i < size; i++)
		code[i] = letters[prop_pick(p, 26)];
	case_number_write(n.text, (struct text){ code, size }, (int)prop_uint(p, 2000, 2099),
			  prop_uint(p, 0, 999999));
	return n;
}

static bool is_right(const char *text)
{
	return case_number_check(text_of(text), NULL) == OK;
}

static void one_wrong_character_is_found_in(struct prop *p)
{
	struct number n = any_number(p);

	CHECK(is_right(n.text));
	for (size_t i = 0; n.text[i]; i++) {
		char was = n.text[i];
		const char *others = was >= 'A' ? letters : digits;

		for (size_t k = 0; was != '-' && others[k]; k++) {
			n.text[i] = others[k];
			CHECK(is_right(n.text) == (others[k] == was));
		}
		n.text[i] = was;
	}
}

/* Neighbours are neighbours across a hyphen, too: the year's last digit and the
 * counter's first. */
static void two_swapped_neighbours_are_found_in(struct prop *p)
{
	struct number n = any_number(p);

	for (size_t i = 0, k; n.text[i]; i++) {
		struct number swapped = n;

		if (n.text[i] == '-')
			continue;
		k = n.text[i + 1] == '-' ? i + 2 : i + 1;
		if (!n.text[k])
			continue;
		swapped.text[i] = n.text[k];
		swapped.text[k] = n.text[i];
		CHECK(is_right(swapped.text) == (n.text[i] == n.text[k]));
	}
}
PROP_FUZZ(11, two_swapped_neighbours_are_found_in)

/* Whatever is typed is refused, or is the one way to write that number. */
static void a_number_that_is_taken_has_one_form(struct prop *p)
{
	struct bytes b = prop_rest(p);
	struct text t = { (const char *)b.at, b.size }, upper;
	char room[CASE_NUMBER_MAX], again[CASE_NUMBER_MAX];
	const char *year, *counter;
	struct fault f = { 0 };

	upper = case_number_upper(room, t);
	if (case_number_check(upper, &f)) {
		CHECK(f.key);
		return;
	}
	CHECK(upper.size < CASE_NUMBER_MAX && case_number_has_form(upper));
	year = strchr(room, '-') + 1;
	counter = strchr(year, '-') + 1;
	case_number_write(again, (struct text){ room, (size_t)(year - 1 - room) }, atoi(year),
			  strtoull(counter, NULL, 10));
	/* A counter may be typed with more noughts than it is written with. */
	if (counter[0] != '0' || strlen(again) == upper.size)
		CHECK_TEXT(upper, again);
}
PROP_FUZZ(12, a_number_that_is_taken_has_one_form)

TEST(whatever_is_typed_is_refused_or_one_number)
{
	prop_run(a_number_that_is_taken_has_one_form, 2000, 3);
}

TEST(one_wrong_character_is_found)
{
	prop_run(one_wrong_character_is_found_in, 500, 1);
}

TEST(two_swapped_neighbours_are_found)
{
	prop_run(two_swapped_neighbours_are_found_in, 2000, 2);
}

TEST(a_number_is_written_with_site_year_and_counter)
{
	char text[CASE_NUMBER_MAX];

	case_number_write(text, TEXT("PSH"), 2026, 42);
	text[strlen(text) - 1] = '?';
	CHECK_TEXT(text, "PSH-26-00042-?");
	case_number_write(text, TEXT("ABCDEF"), 2026, 9999999999);
	CHECK(is_right(text));
}

TEST(what_has_not_the_form_is_told_apart_from_a_slip)
{
	static const char *const others[] = { "",
					      "PSH",
					      "P-26-00042-K",
					      "PSHAZAK-26-00042-K",
					      "PSH-6-00042-K",
					      "PSH-26-0042-K",
					      "PSH-26-00042",
					      "PSH-26-00042-",
					      "PSH-26-00042-KK",
					      "psh-26-00042-k",
					      "PSH/26/00042/K",
					      "PSH-26-O0042-K",
					      "PSH-26-00042-K " };
	char text[CASE_NUMBER_MAX];
	struct fault f;

	for (size_t i = 0; i < COUNT_OF(others); i++)
		CHECK_FAULT(case_number_check(text_of(others[i]), &f), ERR_INPUT, &f,
			    "case-number.form");
	case_number_write(text, TEXT("PSH"), 2026, 42);
	text[7] = text[7] == '9' ? '8' : '9';
	CHECK_FAULT(case_number_check(text_of(text), &f), ERR_INPUT, &f,
		    "case-number.check-letter");
}

TEST(small_letters_are_read_as_capitals)
{
	char upper[CASE_NUMBER_MAX];

	CHECK_TEXT(case_number_upper(upper, TEXT("psh-26-00042-k")), "PSH-26-00042-K");
}

TEST(a_number_is_read_as_it_was_written)
{
	static const uint64_t counters[] = { 1, 42, 79999, 80000, 100000, 9999999999 };
	char text[CASE_NUMBER_MAX];

	for (size_t i = 0; i < COUNT_OF(counters); i++) {
		struct case_number n;

		case_number_write(text, TEXT("PSH"), 2007, counters[i]);
		n = case_number_read(text_of(text));
		CHECK_TEXT(n.code, "PSH");
		CHECK_INT(n.year, 7);
		CHECK_INT(n.counter, counters[i]);
	}
}

RUN_TESTS()
