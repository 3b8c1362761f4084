/*
 * What can be said of a proposal by looking at nothing else.
 *
 * First each value by its type, then what values mean together.  A text comes out
 * trimmed and in NFC, so that one name has one spelling on the disk; lists and
 * records that hold texts are copied for that.
 */
#include "fact/fact.h"
#include "fact/where.h"

#include "base/calendar.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdio.h>

#define HOUR_S 3600
#define DAY_S (24 * HOUR_S)
/* No site lies further east than Karachi: nowhere is it a later day than there. */
#define EASTMOST_MIN (5 * 60)
/* The clocks of two machines in one room. */
#define CLOCK_SLACK_S 300
#define BIRTH_YEAR_LEAST 1890

struct check {
	const struct kind_spec *kind;
	struct arena *arena;
	int64_t now;
	int32_t today;
	struct fault *fault;
};

#define NO_MEMORY(c) fault((c)->fault, ERR_MEMORY, "fact.no-memory")

/* --- one value ---------------------------------------------------------------- */

/* Letters that only one font knows: they come from old files, and nobody else can read them. */
static bool is_private(uint32_t c)
{
	return (c >= 0xe000 && c <= 0xf8ff) || c >= 0xf0000;
}

/* Where the first character stands that no text may hold; t.size where there is none. */
static size_t first_refused(struct text t, uint32_t *c)
{
	size_t forbidden = utf8_first_forbidden(t, c), at = 0;
	struct text rest = { t.at, forbidden };
	uint32_t here;

	while (utf8_next(&rest, &here)) {
		if (is_private(here)) {
			*c = here;
			return at;
		}
		at = forbidden - rest.size;
	}
	return forbidden;
}

static enum err check_text_value(struct check *c, const struct where *w, const struct field *field,
				 struct text *t)
{
	char where[WHERE_SIZE], name[16];
	uint32_t forbidden;
	size_t at;

	if (!utf8_valid(*t))
		return fault(c->fault, ERR_INPUT, "fact.text-not-utf8", where_write(where, w));
	at = first_refused(*t, &forbidden);
	if (at < t->size) {
		snprintf(name, sizeof name, "U+%04X", (unsigned)forbidden);
		return fault(c->fault, ERR_INPUT, "fact.text-forbidden", where_write(where, w),
			     name, utf8_count((struct text){ t->at, at }) + 1);
	}
	*t = utf8_nfc(c->arena, text_trimmed(*t, " "));
	if (!t->at)
		return NO_MEMORY(c);
	if (t->size == 0)
		return fault(c->fault, ERR_INPUT, "fact.text-blank", where_write(where, w));
	if (t->size < (size_t)field->least)
		return fault(c->fault, ERR_INPUT, "fact.text-too-short", where_write(where, w),
			     t->size, field->least);
	if (t->size > (size_t)field->most)
		return fault(c->fault, ERR_INPUT, "fact.text-too-long", where_write(where, w),
			     t->size, field->most);
	return OK;
}

/* Weather, faces and hands: what a telephone's keyboard has beside its letters. */
static bool is_picture(uint32_t c)
{
	return (c >= 0x2600 && c <= 0x27bf) || (c >= 0x1f000 && c <= 0x1fbff);
}

/* A name is said aloud at the gate and typed again at the border: a flower behind it does
 * no harm, a flower alone is no name. */
static enum err check_name(struct check *c, const struct where *w, const struct field *field,
			   struct text *t)
{
	char where[WHERE_SIZE];
	enum err e = check_text_value(c, w, field, t);
	struct text rest = *t;
	uint32_t here;

	while (!e && utf8_next(&rest, &here))
		if (here != ' ' && !is_picture(here))
			return OK;
	return e ? e : fault(c->fault, ERR_INPUT, "fact.name-picture", where_write(where, w), *t);
}

static enum err check_language(struct check *c, const struct where *w, const struct field *field,
			       struct text *t)
{
	char where[WHERE_SIZE];
	enum err e = check_text_value(c, w, field, t);

	for (size_t i = 0; !e && i < t->size; i++) {
		if (t->at[i] < 'a' || t->at[i] > 'z')
			e = fault(c->fault, ERR_INPUT, "fact.language-form", where_write(where, w),
				  *t);
	}
	return e;
}

static enum err check_number(struct check *c, const struct where *w, int64_t n, int64_t least,
			     int64_t most)
{
	char where[WHERE_SIZE];

	if (n >= least && n <= most)
		return OK;
	return fault(c->fault, ERR_INPUT, "fact.number-bounds", where_write(where, w), n, least,
		     most);
}

static enum err check_item(struct check *c, struct where *w, const struct field *field,
			   struct value *v);

static enum err check_record(struct check *c, struct where *w, enum record_type type,
			     struct value *v)
{
	char where[WHERE_SIZE];
	size_t count;
	const struct field *fields = record_fields(type, &count);
	struct value *parts = arena_take_array(c->arena, count, sizeof *parts);
	enum err e = OK;

	if (!parts)
		return NO_MEMORY(c);
	memcpy(parts, v->items, count * sizeof *parts);
	for (size_t i = 0; !e && i < count; i++) {
		w->part = &fields[i];
		if (parts[i].given)
			e = check_item(c, w, &fields[i], &parts[i]);
		else if (fields[i].need == NEED_REQUIRED)
			e = fault(c->fault, ERR_INPUT, "fact.field-missing", where_write(where, w),
				  c->kind->word);
	}
	w->part = NULL;
	v->items = parts;
	return e;
}

static enum err check_item(struct check *c, struct where *w, const struct field *field,
			   struct value *v)
{
	char where[WHERE_SIZE];

	switch (field->type) {
	case TYPE_NAME: return check_name(c, w, field, &v->text);
	case TYPE_LINE:
	case TYPE_AREA: return check_text_value(c, w, field, &v->text);
	case TYPE_LANGUAGE: return check_language(c, w, field, &v->text);
	case TYPE_CODE:
		if (code_is_known(field->of, v->number))
			return OK;
		return fault(c->fault, ERR_INPUT, "fact.code-number", where_write(where, w),
			     v->number);
	case TYPE_FLAG: return check_number(c, w, v->number, 0, 1);
	case TYPE_NUMBER:
	case TYPE_MONEY: return check_number(c, w, v->number, field->least, field->most);
	case TYPE_DATE:
		if (v->number >= DAY_MIN && v->number <= DAY_MAX)
			return OK;
		return fault(c->fault, ERR_INPUT, "fact.date-bounds", where_write(where, w),
			     GREGORIAN_YEAR_MIN, GREGORIAN_YEAR_MAX);
	case TYPE_TIME:
		if (v->number >= TIME_MIN && v->number <= TIME_MAX)
			return OK;
		return fault(c->fault, ERR_INPUT, "fact.date-bounds", where_write(where, w),
			     GREGORIAN_YEAR_MIN, GREGORIAN_YEAR_MAX);
	case TYPE_SUBJECT:
		if (!id_is_none(v->id))
			return OK;
		return fault(c->fault, ERR_INPUT, "fact.id-zero", where_write(where, w));
	case TYPE_FACT:
		if (!id_is_none(&v->fact->site))
			return OK;
		return fault(c->fault, ERR_INPUT, "fact.id-zero", where_write(where, w));
	case TYPE_HASH: return OK;
	case TYPE_RECORD: return check_record(c, w, field->of, v);
	}
	return OK;
}

/* Whether two items of a list say the same; records may. */
static bool same_item(const struct field *field, const struct value *a, const struct value *b)
{
	switch (field->type) {
	case TYPE_RECORD: return false;
	case TYPE_NAME:
	case TYPE_LINE:
	case TYPE_AREA:
	case TYPE_LANGUAGE: return text_same(a->text, b->text);
	case TYPE_SUBJECT: return id_same(a->id, b->id);
	case TYPE_HASH: return memcmp(a->hash, b->hash, HASH_SIZE) == 0;
	case TYPE_FACT: return fact_ref_compare(a->fact, b->fact) == 0;
	default: return a->number == b->number;
	}
}

static enum err check_list(struct check *c, const struct field *field, struct value *v)
{
	struct where w = { .field = field };
	struct value *items;
	char where[WHERE_SIZE];
	enum err e = OK;

	if (v->count == 0)
		return fault(c->fault, ERR_INPUT, "fact.list-empty", field->word);
	if (v->count > field->many)
		return fault(c->fault, ERR_INPUT, "fact.list-too-long", field->word, v->count,
			     field->many);
	if (!(items = arena_take_array(c->arena, v->count, sizeof *items)))
		return NO_MEMORY(c);
	memcpy(items, v->items, v->count * sizeof *items);
	for (unsigned i = 0; !e && i < v->count; i++) {
		w.item = i + 1;
		e = check_item(c, &w, field, &items[i]);
		for (unsigned j = 0; !e && j < i; j++) {
			if (same_item(field, &items[i], &items[j]))
				e = fault(c->fault, ERR_INPUT, "fact.list-double",
					  where_write(where, &w), field->word, j + 1);
		}
	}
	v->items = items;
	return e;
}

static enum err check_field(struct check *c, const struct field *field, struct value *v)
{
	struct where w = { .field = field };

	if (!v->given)
		return field->need == NEED_OPTIONAL
			       ? OK
			       : fault(c->fault, ERR_INPUT, "fact.field-missing", field->word,
				       c->kind->word);
	return field->many == 1 ? check_item(c, &w, field, v) : check_list(c, field, v);
}

/* --- values together ------------------------------------------------------------ */

/* NULL: not given, or the kind has no such field of that type. */
static const struct value *given(const struct fact *f, const char *word, enum field_type type)
{
	for (size_t i = 0; i < f->kind->field_count; i++) {
		const struct field *field = &f->kind->fields[i];

		if (strcmp(field->word, word) == 0 && field->type == type && f->values[i].given)
			return &f->values[i];
	}
	return NULL;
}

static enum err not_after_today(struct check *c, const char *word, const struct value *v)
{
	char date[DATE_TEXT_SIZE], today[DATE_TEXT_SIZE];

	if (!v || v->number <= c->today)
		return OK;
	date_write(date, (int32_t)v->number);
	date_write(today, c->today);
	return fault(c->fault, ERR_INPUT, "fact.date-in-future", word, date, today);
}

static enum err check_birth(struct check *c, const struct fact *f)
{
	const struct value *date = given(f, "birth_date", TYPE_DATE);
	const struct value *year = given(f, "birth_year", TYPE_NUMBER);
	const struct value *age = given(f, "age", TYPE_NUMBER);
	const struct value *age_on = given(f, "age_on", TYPE_DATE);
	int this_year = date_of(GREGORIAN, c->today).year;
	char text[DATE_TEXT_SIZE];
	enum err e;

	if (!!date + !!year + !!age > 1)
		return fault(c->fault, ERR_INPUT, "fact.birth-twice",
			     date ? "birth_date" : "birth_year", age ? "age" : "birth_year");
	if (!age != !age_on)
		return fault(c->fault, ERR_INPUT,
			     age ? "fact.age-without-day" : "fact.day-without-age");
	if ((e = not_after_today(c, "birth_date", date)) ||
	    (e = not_after_today(c, "age_on", age_on)))
		return e;
	if (year && year->number > this_year)
		return fault(c->fault, ERR_INPUT, "fact.birth-year-in-future", year->number,
			     this_year);
	if (date && date_of(GREGORIAN, (int32_t)date->number).year < BIRTH_YEAR_LEAST) {
		date_write(text, (int32_t)date->number);
		return fault(c->fault, ERR_INPUT, "fact.birth-too-early", "birth_date", text,
			     BIRTH_YEAR_LEAST);
	}
	return OK;
}

static enum err check_person(struct check *c, const struct fact *f)
{
	static const char *const others[] = { "spouse", "guardian" };

	for (size_t i = 0; i < COUNT_OF(others); i++) {
		const struct value *v = given(f, others[i], TYPE_SUBJECT);

		if (v && id_same(v->id, &f->subject))
			return fault(c->fault, ERR_INPUT, "fact.about-itself", others[i]);
	}
	return check_birth(c, f);
}

static enum err check_registered(struct check *c, const struct fact *f)
{
	if (!given(f, "given", TYPE_NAME) && !given(f, "given_latin", TYPE_NAME))
		return fault(c->fault, ERR_INPUT, "fact.name-missing");
	return check_person(c, f);
}

static enum err check_same_as(struct check *c, const struct fact *f)
{
	const struct value *other = given(f, "other", TYPE_SUBJECT);

	if (other && id_same(other->id, &f->subject))
		return fault(c->fault, ERR_INPUT, "fact.about-itself", "other");
	return OK;
}

static enum err check_died(struct check *c, const struct fact *f)
{
	return not_after_today(c, "on", given(f, "on", TYPE_DATE));
}

static enum err check_choice(struct check *c, const struct fact *f)
{
	if (f->values[CHOICE_MADE_ANSWER].number == ANSWER_RETURN &&
	    !f->values[CHOICE_MADE_DESTINATION].given)
		return fault(c->fault, ERR_INPUT, "fact.return-without-destination");
	return OK;
}

static enum err check_assessment(struct check *c, const struct fact *f)
{
	int64_t sort = f->values[ASSESSMENT_MADE_SORT].number;
	bool based = f->values[ASSESSMENT_MADE_PARENT_BASIS].given;

	if (sort == ASSESSMENT_OTHER_PARENT && !based)
		return fault(c->fault, ERR_INPUT, "fact.parent-basis-missing");
	if (sort != ASSESSMENT_OTHER_PARENT && based)
		return fault(c->fault, ERR_INPUT, "fact.parent-basis-unneeded",
			     code_word(CODES_ASSESSMENT, sort));
	return OK;
}

/* Of any kind that has both as dates. */
static enum err check_periods(struct check *c, const struct fact *f)
{
	static const struct {
		const char *first, *last;
	} periods[] = {
		{ "valid_from", "valid_to" },
		{ "from", "to" },
		{ "period_start", "period_end" },
		{ "first_day", "last_day" },
	};
	char first_text[DATE_TEXT_SIZE], last_text[DATE_TEXT_SIZE];

	for (size_t i = 0; i < COUNT_OF(periods); i++) {
		const struct value *first = given(f, periods[i].first, TYPE_DATE);
		const struct value *last = given(f, periods[i].last, TYPE_DATE);

		if (!first || !last || first->number <= last->number)
			continue;
		date_write(first_text, (int32_t)first->number);
		date_write(last_text, (int32_t)last->number);
		return fault(c->fault, ERR_INPUT, "fact.dates-swapped", periods[i].first,
			     first_text, periods[i].last, last_text);
	}
	return OK;
}

static enum err check_together(struct check *c, const struct fact *f)
{
	static const struct {
		enum kind kind;
		enum err (*check)(struct check *c, const struct fact *f);
	} checks[] = {
		{ KIND_PERSON_REGISTERED, check_registered },
		{ KIND_PERSON_AMENDED, check_person },
		{ KIND_PERSON_DIED, check_died },
		{ KIND_PERSON_SAME_AS, check_same_as },
		{ KIND_PERSON_NOT_SAME_AS, check_same_as },
		{ KIND_PERSON_MAYBE_SAME_AS, check_same_as },
		{ KIND_CHOICE_MADE, check_choice },
		{ KIND_ASSESSMENT_MADE, check_assessment },
	};
	enum err e = check_periods(c, f);

	for (size_t i = 0; !e && i < COUNT_OF(checks); i++) {
		if (checks[i].kind == f->kind->kind)
			e = checks[i].check(c, f);
	}
	return e;
}

/* --- the whole ------------------------------------------------------------------- */

/* A claimed day is kept as its noon, whatever hour it came with. */
static enum err check_happened(struct check *c, struct fact *f)
{
	char when[TIME_TEXT_SIZE];
	bool ahead;

	if (f->happened < TIME_MIN || f->happened > TIME_MAX)
		return fault(c->fault, ERR_INPUT, "fact.date-bounds", "happened",
			     GREGORIAN_YEAR_MIN, GREGORIAN_YEAR_MAX);
	if (f->happened_is_day) {
		int32_t day = day_at(f->happened, 0);

		f->happened = day_begins(day, 0) + DAY_S / 2;
		ahead = day > c->today;
		date_write(when, day);
	} else {
		ahead = f->happened > c->now + CLOCK_SLACK_S;
		time_write(when, f->happened, EASTMOST_MIN);
	}
	return ahead ? fault(c->fault, ERR_INPUT, "fact.happened-in-future", when) : OK;
}

static enum err check_size(struct check *c, const struct fact *f)
{
	struct buffer plain = { .limit = FACT_SIZE_MAX };
	enum err e;

	fact_write(&plain, f);
	e = plain.err;
	buffer_free(&plain);
	if (e == ERR_LIMIT)
		return fault(c->fault, e, "fact.too-large", c->kind->word, FACT_SIZE_MAX);
	return e ? NO_MEMORY(c) : OK;
}

enum err fact_check(struct fact *fact, struct arena *a, int64_t now, struct fault *f)
{
	struct check c = {
		.kind = fact->kind,
		.arena = a,
		.now = now,
		.today = day_at(now, EASTMOST_MIN),
		.fault = f,
	};
	enum err e;

	assert(fact->kind);
	e = check_happened(&c, fact);
	for (size_t i = 0; !e && i < c.kind->field_count; i++)
		e = check_field(&c, &c.kind->fields[i], &fact->values[i]);
	if (!e)
		e = check_together(&c, fact);
	return e ? e : check_size(&c, fact);
}
