/*
 * case_number: the number by which a household is spoken of.
 *
 *     PSH-26-00042-K       site code · year · counter · check letter
 *
 * The code has two to six letters, the counter five digits or more.  The check
 * letter is one of 26 and finds every single wrong character and every swap of two
 * neighbours.  No weighted sum does that for letters and digits at once with only
 * 26 answers, so the sum is taken in a group in which order matters: the dihedral
 * group of the 13-gon (the method of Verhoeff, as Gumm gave it for any 2n, n odd).
 *
 * Element i < 13 is the rotation d^i, element 13 + i is d^i s.  With
 *
 *     sigma(d^i) = d^(1 - i)      sigma(d^i s) = d^i s
 *
 * x · sigma(y) = y · sigma(x) only where x = y, so that in
 *
 *     check · sigma(x1) · sigma^2(x2) · … · sigma^n(xn) = 1
 *
 * two neighbours cannot change places unseen.  A letter stands for its place in the
 * alphabet, a digit for itself; which of the two may stand where is fixed, so that
 * an O typed for a 0 is no character of that place at all.
 */
#include <stdio.h>

#include "register/inside.h"

#define GON 13
#define CODE_LETTERS_MIN 2
#define CODE_LETTERS_MAX 6
#define COUNTER_DIGITS_MIN 5
#define COUNTER_DIGITS_MAX 10

static unsigned times(unsigned x, unsigned y)
{
	unsigned i = x % GON, j = y % GON;
	bool flips = x >= GON, flipped = y >= GON;

	return (flips ? i + GON - j : i + j) % GON + (flips != flipped ? GON : 0);
}

static unsigned sigma(unsigned x)
{
	return x < GON ? (GON + 1 - x) % GON : x;
}

static bool is_letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static unsigned value_of(char c)
{
	return (unsigned)(is_letter(c) ? c - 'A' : c - '0');
}

/* The letter that goes with the characters before it; hyphens do not count. */
static char check_letter(struct text t)
{
	unsigned sum = 0, place = 0;

	for (size_t i = 0; i < t.size; i++) {
		unsigned x;

		if (t.at[i] == '-')
			continue;
		x = value_of(t.at[i]);
		place++;
		for (unsigned n = 0; n < place; n++)
			x = sigma(x);
		sum = times(sum, x);
	}
	/* The inverse: a rotation turns back, a reflection undoes itself. */
	return (char)('A' + (sum < GON ? (GON - sum) % GON : sum));
}

void case_number_write(char out[CASE_NUMBER_MAX], struct text site_code, int year, uint64_t counter)
{
	int size;

	assert(site_code.size >= CODE_LETTERS_MIN && site_code.size <= CODE_LETTERS_MAX);
	assert(counter <= 9999999999u);
	size = snprintf(out, CASE_NUMBER_MAX, "%.*s-%02d-%0*llu-", SHOWN(site_code), year % 100,
			COUNTER_DIGITS_MIN, (unsigned long long)counter);
	assert(size > 0 && size + 1 < CASE_NUMBER_MAX);
	out[size] = check_letter((struct text){ out, (size_t)size });
	out[size + 1] = 0;
}

/* How many characters from `at` on are of that sort. */
static size_t run(struct text t, size_t at, bool (*is)(char c))
{
	size_t count = 0;

	while (at + count < t.size && is(t.at[at + count]))
		count++;
	return count;
}

bool case_number_has_form(struct text t)
{
	size_t code = run(t, 0, is_letter), year, counter, at;

	if (code < CODE_LETTERS_MIN || code > CODE_LETTERS_MAX)
		return false;
	at = code;
	if (at >= t.size || t.at[at] != '-' || (year = run(t, at + 1, is_digit)) != 2)
		return false;
	at += 1 + year;
	if (at >= t.size || t.at[at] != '-')
		return false;
	counter = run(t, at + 1, is_digit);
	if (counter < COUNTER_DIGITS_MIN || counter > COUNTER_DIGITS_MAX)
		return false;
	at += 1 + counter;
	return at + 2 == t.size && t.at[at] == '-' && is_letter(t.at[at + 1]);
}

struct case_number case_number_read(struct text t)
{
	struct case_number n = { .code = { t.at, run(t, 0, is_letter) } };
	size_t at = n.code.size + 1;

	assert(case_number_has_form(t));
	n.year = (t.at[at] - '0') * 10 + (t.at[at + 1] - '0');
	for (at += 3; t.at[at] != '-'; at++)
		n.counter = n.counter * 10 + (uint64_t)(t.at[at] - '0');
	return n;
}

enum err case_number_check(struct text t, struct fault *f)
{
	if (!case_number_has_form(t))
		return fault(f, ERR_INPUT, "case-number.form", t);
	if (check_letter((struct text){ t.at, t.size - 1 }) != t.at[t.size - 1])
		return fault(f, ERR_INPUT, "case-number.check-letter", t);
	return OK;
}

struct text case_number_upper(char out[CASE_NUMBER_MAX], struct text t)
{
	if (t.size >= CASE_NUMBER_MAX)
		return t;
	for (size_t i = 0; i < t.size; i++)
		out[i] = (char)(t.at[i] >= 'a' && t.at[i] <= 'z' ? t.at[i] - 'a' + 'A' : t.at[i]);
	out[t.size] = 0;
	return (struct text){ out, t.size };
}
