#include "desk/mrz.h"

#define TD3_LINE 44
#define TD1_LINE 30
#define ZONE_SIZE_MAX (3 * TD1_LINE)
#define FILLER '<'

/* A part of the zone, whole. */
struct span {
	size_t first, size;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The characters of the zone, in capitals, without what stands between the lines; its
 * size, or 0 where there is one that no zone has, or too many. */
static size_t take_zone(char out[ZONE_SIZE_MAX], struct text t)
{
	size_t size = 0;

	for (size_t i = 0; i < t.size; i++) {
		char c = t.at[i];

		if (is_blank(c))
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == FILLER) ||
		    size == ZONE_SIZE_MAX)
			return 0;
		out[size++] = c;
	}
	return size;
}

static int value_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c == FILLER ? 0 : c - 'A' + 10;
}

/* Doc 9303 part 3, 4.9: modulus 10, weights 7 3 1 again and again; over the spans one after
 * another. */
static int check_over(const char *zone, const struct span *spans, size_t count)
{
	static const int weights[] = { 7, 3, 1 };
	size_t place = 0;
	int sum = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < spans[i].size; k++)
			sum += value_of(zone[spans[i].first + k]) * weights[place++ % 3];
	return sum % 10;
}

/* Whether the digit at `at` is the check of the spans.  Where there is no personal number,
 * a filler may stand for its 0. */
static bool checks(const char *zone, const struct span *spans, size_t count, size_t at)
{
	return (zone[at] >= '0' && zone[at] <= '9') || zone[at] == FILLER
		       ? check_over(zone, spans, count) == value_of(zone[at])
		       : false;
}

static void copy_number(char out[MRZ_NUMBER_SIZE_MAX + 1], const char *zone,
			const struct span *spans, size_t count)
{
	size_t size = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < spans[i].size && size < MRZ_NUMBER_SIZE_MAX; k++)
			if (zone[spans[i].first + k] != FILLER)
				out[size++] = zone[spans[i].first + k];
	out[size] = '\0';
}

/* What a check digit is of, and where it stands. */
struct checked {
	struct span spans[4];
	size_t count, at;
};

static bool all_check(const char *zone, const struct checked *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!checks(zone, list[i].spans, list[i].count, list[i].at))
			return false;
	return true;
}

/* Places in the second line, which is the one that is checked. */
#define AT(place) (TD3_LINE + (place))

static enum mrz_reading read_td3(char number[MRZ_NUMBER_SIZE_MAX + 1], const char *zone)
{
	static const struct checked checks_of[] = {
		{ { { AT(0), 9 } }, 1, AT(9) },	   /* number */
		{ { { AT(13), 6 } }, 1, AT(19) },  /* date of birth */
		{ { { AT(21), 6 } }, 1, AT(27) },  /* date of expiry */
		{ { { AT(28), 14 } }, 1, AT(42) }, /* personal number */
		{ { { AT(0), 10 }, { AT(13), 7 }, { AT(21), 22 } }, 3, AT(43) },
	};

	if (zone[0] != 'P')
		return MRZ_NONE;
	if (!all_check(zone, checks_of, COUNT_OF(checks_of)))
		return MRZ_WRONG;
	copy_number(number, zone, checks_of[0].spans, 1);
	return MRZ_READ;
}

/*
 * A number of more than nine characters goes on in the optional data, and its check digit
 * follows it there; the digit's own place has a filler then (part 5).
 */
static struct checked td1_number(const char *zone)
{
	struct checked c = { { { 5, 9 }, { 15, 0 } }, 1, 14 };
	size_t more = 0;

	if (zone[14] != FILLER)
		return c;
	while (more < 13 && zone[15 + more] != FILLER)
		more++;
	if (more < 2)
		return c;
	c.spans[1].size = more - 1;
	c.count = 2;
	c.at = 15 + more - 1;
	return c;
}

static enum mrz_reading read_td1(char number[MRZ_NUMBER_SIZE_MAX + 1], const char *zone)
{
	static const struct checked checks_of[] = {
		{ { { 30, 6 } }, 1, 36 }, /* date of birth */
		{ { { 38, 6 } }, 1, 44 }, /* date of expiry */
		{ { { 5, 25 }, { 30, 7 }, { 38, 7 }, { 48, 11 } }, 4, 59 },
	};
	const struct checked of_number = td1_number(zone);

	if (!strchr("ACI", zone[0]))
		return MRZ_NONE;
	if (!all_check(zone, &of_number, 1) || !all_check(zone, checks_of, COUNT_OF(checks_of)))
		return MRZ_WRONG;
	copy_number(number, zone, of_number.spans, of_number.count);
	return MRZ_READ;
}

enum mrz_reading mrz_read(char number[MRZ_NUMBER_SIZE_MAX + 1], struct text t)
{
	char zone[ZONE_SIZE_MAX];
	size_t size = take_zone(zone, t);

	number[0] = '\0';
	if (size == 2 * TD3_LINE)
		return read_td3(number, zone);
	if (size == 3 * TD1_LINE)
		return read_td1(number, zone);
	return MRZ_NONE;
}
