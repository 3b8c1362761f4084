/* Records: read, and what is compared of each value. */
#include "match/records.h"

#include <stdlib.h>

#include "base/calendar.h"
#include "base/utf8.h"
#include "match/large.h"
#include "match/reading.h"

/* --- days --------------------------------------------------------------------------------- */

#define YEAR_FIRST 1850
#define YEAR_LAST 2100

/* Years of the Afghan calendar in which somebody can be born who is still alive. */
#define SOLAR_YEAR_FIRST 1260
#define SOLAR_YEAR_LAST 1450
#define SOLAR_BEHIND 621 /* what is added where no more than the year is known */

static struct day_known day_in_year(int year, int month, int day)
{
	struct day_known d = { .year = (uint16_t)year };

	if (month >= 1 && month <= 12 && day >= 1 && day <= 31 && (month != 1 || day != 1)) {
		d.month = (uint8_t)month;
		d.day = (uint8_t)day;
	}
	return d;
}

static struct day_known day_of_solar(struct date written)
{
	bool is_year = written.month == 1 && written.day == 1;

	if (is_year || !date_exists(SOLAR_HIJRI, written))
		return day_in_year(written.year + SOLAR_BEHIND, 0, 0);
	written = date_of(GREGORIAN, day_of(SOLAR_HIJRI, written));
	return day_in_year(written.year, written.month, written.day);
}

struct day_known day_read(struct text t)
{
	unsigned numbers[3] = { 0 }, digits[3] = { 0 }, count = 0;
	struct date written;
	uint32_t c;

	while (utf8_next(&t, &c)) {
		int digit = digit_value(c);

		if (digit < 0) {
			count += count < 3 && digits[count];
			/* What stands behind the day is the hour. */
			if (count == 3)
				break;
			continue;
		}
		if (count < 3 && digits[count] < 8) {
			numbers[count] = numbers[count] * 10 + (unsigned)digit;
			digits[count]++;
		}
	}
	if (digits[0] == 8) {
		numbers[1] = numbers[0] / 100 % 100;
		numbers[2] = numbers[0] % 100;
		numbers[0] /= 10000;
	} else if (digits[2] == 4) {
		unsigned year = numbers[2];

		numbers[2] = numbers[0];
		numbers[0] = year;
	}
	written = (struct date){ (int)numbers[0], (int)numbers[1], (int)numbers[2] };
	if (written.year >= SOLAR_YEAR_FIRST && written.year <= SOLAR_YEAR_LAST)
		return day_of_solar(written);
	if (written.year < YEAR_FIRST || written.year > YEAR_LAST)
		return (struct day_known){ 0 };
	return day_in_year(written.year, written.month, written.day);
}

/* --- what is compared of each value ------------------------------------------------------- */

bool words_joined(struct token *out, const struct token *tokens, const struct value_words *v)
{
	*out = tokens[v->at[0]];
	for (unsigned i = 1; i < v->count; i++)
		if (!token_join(out, out, &tokens[v->at[i]]))
			return false;
	return true;
}

static enum err words_of_value(struct records *r, struct value_words *out, struct text t,
			       uint32_t people, struct fault *f)
{
	struct token tokens[TOKENS_MAX], joined;
	size_t count = tokens_of(tokens, t);
	enum err e = OK;

	for (size_t i = 0; !e && i < count && i < VALUE_WORDS_MAX; i++) {
		e = dictionary_add(&r->words, &tokens[i], &out->at[i], f);
		if (!e)
			r->words.people[out->at[i]] += people;
		out->count = (uint8_t)(i + 1);
	}
	out->latin = count && token_is_latin(&tokens[0]);
	if (!e && out->count && words_joined(&joined, r->words.tokens, out)) {
		out->joins = true;
		out->sounds = sounds_in(&joined);
	}
	return e;
}

static enum err work_out(struct records *r, struct column *c, struct fault *f)
{
	size_t count = (size_t)c->strings.count + 1;
	enum err e = OK;

	if (c->sort == COLUMN_NAME)
		c->words = calloc(count, sizeof(*c->words));
	if (c->sort == COLUMN_BIRTH)
		c->days = calloc(count, sizeof(*c->days));
	if ((c->sort == COLUMN_NAME && !c->words) || (c->sort == COLUMN_BIRTH && !c->days))
		return fault(f, ERR_MEMORY, "memory.none");
	in_large_pages(c->words, count * sizeof(*c->words));
	for (uint32_t i = 1; !e && i < count; i++) {
		if (c->words)
			e = words_of_value(r, &c->words[i], string_at(&c->strings, i),
					   c->strings.counts[i], f);
		if (c->days)
			c->days[i] = day_read(string_at(&c->strings, i));
	}
	/* A value of which nothing is left is not known. */
	for (uint32_t i = 0; i < r->count; i++) {
		uint32_t *value = &record_values(r, i)[c - r->columns];

		if ((c->words && !c->words[*value].count) || (c->days && !c->days[*value].year))
			*value = 0;
	}
	return e;
}

enum err records_read(struct records *out, const struct records_order *order, struct fault *f)
{
	struct map map;
	enum err e;

	out->words.channel = out->channel;
	if (!(e = map_read(&map, out, order->map, f)))
		e = list_read(out, &map, order, order->first, f);
	out->second = out->count;
	if (!e && order->second)
		e = list_read(out, &map, order, order->second, f);
	for (unsigned i = 0; !e && i < out->columns_count; i++)
		e = work_out(out, &out->columns[i], f);
	map_free(&map);
	return e;
}

void records_free(struct records *r)
{
	for (unsigned i = 0; i < r->columns_count; i++) {
		free(r->columns[i].words);
		free(r->columns[i].days);
		strings_free(&r->columns[i].strings);
	}
	free(r->id_of);
	free(r->households);
	free(r->persons);
	free(r->values);
	strings_free(&r->ids);
	strings_free(&r->household_names);
	strings_free(&r->person_names);
	dictionary_free(&r->words);
}

struct text record_id(const struct records *r, uint32_t record)
{
	return string_at(&r->ids, r->id_of[record]);
}
